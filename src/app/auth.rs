//! Signing in and out.

use chrono::{DateTime, Duration, Utc};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    App, Call, Checked,
    organizations::stream,
    work::{Entry, Work, event, head},
};
use crate::{
    authz::{Permit, policy::Relation},
    domain::{
        ids,
        names::UserId,
        organization::{Organization, Role},
        user::{State, User},
    },
    error::{Error, Reason, Result},
    security::{self, Passwords},
    store::{Continued, Credentials, Entrant, Refresh, Tx},
};

/// How long the answer to a refresh can be had again.
const LOST_ANSWER: Duration = Duration::seconds(10);

/// Login and password, or one-time code.
#[derive(Debug)]
pub struct Login {
    /// The login.
    pub login: String,
    /// The password or code.
    pub password: SecretString,
}

/// A change of password.
#[derive(Debug)]
pub struct PasswordChange {
    /// The password or code of now.
    pub current_password: SecretString,
    /// The new one.
    pub new_password: SecretString,
}

/// Tokens of a session.
#[derive(Debug)]
pub struct TokenPair {
    /// For the `authorization` header.
    pub access_token: SecretString,
    /// Until when it works.
    pub access_expire_time: DateTime<Utc>,
    /// Gives the next tokens, once.
    pub refresh_token: SecretString,
    /// Until when the session can be continued.
    pub session_expire_time: DateTime<Utc>,
    /// The session can only change the password.
    pub password_change_required: bool,
}

/// Who the caller is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SelfView {
    /// The account.
    pub user: User,
    /// Its organization.
    pub organization: Organization,
    /// The roles in force.
    pub roles: Vec<Role>,
}

/// How long to wait after so many failures in a row.
fn wait(failures: i32) -> Duration {
    match failures {
        ..=0 => Duration::zero(),
        1..=3 => Duration::seconds(1),
        4..=9 => Duration::seconds(3),
        10..=25 => Duration::seconds(5),
        26..=100 => Duration::seconds(10),
        _ => Duration::days(1),
    }
}

/// How a login was proved.
enum Proof {
    Password,
    Code,
}

impl App {
    /// Begins a session. No connection is held while the password is hashed: a flood of logins must not starve others.
    pub async fn login(&self, _call: &Call, input: Checked<Login>) -> Result<TokenPair> {
        let login = input.get()?;
        let (tx, _) = self.store.begin(Entrant::Nobody).await?;
        let now = self.clock.now(tx.clock_offset().await?);
        let account = tx.credentials(&login.login).await?;
        tx.commit().await?;
        let throttle = account.as_ref().and_then(|a| Some(a.last_failure_time? + wait(a.failures) - now));
        if let Some(left) = throttle.filter(|left| *left > Duration::zero()) {
            return Err(Error::Exhausted(Reason::Throttled, left.to_std().unwrap_or_default()));
        }
        let proof = self.prove(account.as_ref(), &login.password, now).await?;
        let stored = account.as_ref().and_then(|account| account.password_hash.as_deref());
        let old =
            matches!(proof, Some(Proof::Password)) && stored.is_some_and(|hash| self.passwords.is_old(hash));
        let rehashed = if old { Some(self.passwords.hash(&login.password).await?) } else { None };

        let (tx, _) = self.store.begin(Entrant::Nobody).await?;
        // Read again, under its lock: failures are counted one after the other, and what ended meanwhile has ended.
        let present = match &account {
            Some(account) => tx.credentials_of(account.user).await?,
            None => None,
        };
        let unchanged = |present: &&Credentials| {
            let same = account.as_ref().map(|read| (&read.password_hash, &read.code));
            present.state == State::Active && same == Some((&present.password_hash, &present.code))
        };
        let usable = present.as_ref().filter(unchanged);
        let (Some(account), Some(proof)) = (usable, proof) else {
            if let Some(present) = &present {
                tx.count_failures(present.user, present.failures.saturating_add(1), Some(now)).await?;
                tx.commit().await?;
            }
            tracing::info!(outcome = "refused", "login");
            return Err(Error::Unauthenticated(Reason::LoginFailed));
        };
        tx.count_failures(account.user, 0, None).await?;
        if let Some(hash) = rehashed {
            tx.rehash_password(account.user, hash).await?;
        }
        let tokens = self.begin_session(&tx, account.user, matches!(proof, Proof::Code), now).await?;
        tx.commit().await?;
        tracing::info!(actor = %account.user, outcome = "allowed", "login");
        Ok(tokens)
    }

    /// Whether a password or code is right; an unknown, suspended or closed account costs the same work.
    async fn prove(
        &self,
        account: Option<&Credentials>,
        presented: &SecretString,
        now: DateTime<Utc>,
    ) -> Result<Option<Proof>> {
        let usable = account.filter(|account| account.state == State::Active);
        let stored = usable.and_then(|account| account.password_hash.as_deref());
        let right = self.passwords.verify(presented, stored).await?;
        let code = usable.and_then(|account| account.code.as_ref()).filter(|(_, until)| now < *until);
        let typed = security::typed_code(presented).map(|code| security::token_hash(&code));
        let code_right = code.zip(typed).is_some_and(|((hash, _), typed)| hash.as_slice() == typed);
        Ok(match (right, code_right) {
            (_, true) => Some(Proof::Code),
            (true, false) => Some(Proof::Password),
            (false, false) => None,
        })
    }

    async fn begin_session(
        &self,
        tx: &Tx,
        user: UserId,
        restricted: bool,
        now: DateTime<Utc>,
    ) -> Result<TokenPair> {
        let session = ids::new();
        let refresh = security::refresh_token()?;
        let expire = now + self.session_lifetime;
        tx.insert_session(session, user, restricted, security::token_hash(&refresh), now, expire).await?;
        self.tokens_for(user, session, refresh, restricted, now, expire)
    }

    fn tokens_for(
        &self,
        user: UserId,
        session: uuid::Uuid,
        refresh: SecretString,
        restricted: bool,
        now: DateTime<Utc>,
        expire: DateTime<Utc>,
    ) -> Result<TokenPair> {
        let access = self.tokens.issue(user.0, session, now)?;
        Ok(TokenPair {
            access_token: access.token,
            access_expire_time: access.expires,
            refresh_token: refresh,
            session_expire_time: expire,
            password_change_required: restricted,
        })
    }

    /// Gives new tokens for a refresh token.
    pub async fn refresh_token(&self, _call: &Call, input: Checked<SecretString>) -> Result<TokenPair> {
        let not_signed_in = Error::Unauthenticated(Reason::NotSignedIn);
        let presented = input.get()?;
        let (tx, _) = self.store.begin(Entrant::Nobody).await?;
        let now = self.clock.now(tx.clock_offset().await?);
        let hash = security::token_hash(presented);
        let Some(found) = tx.session_by_refresh(hash).await? else {
            return Err(not_signed_in);
        };
        let Continued { session, user, restricted, expire_time: expire, .. } = found;
        let active = tx.credentials_of(user).await?.is_some_and(|account| account.state == State::Active);
        if now >= expire || !active {
            return Err(not_signed_in);
        }
        let successor = self.keys.refresh_successor(presented);
        if found.newest {
            let refresh = Refresh { presented: hash, successor: security::token_hash(&successor) };
            tx.rotate_session(session, refresh, now).await?;
        } else if now > found.refresh_time + LOST_ANSWER {
            // An old token used again: one of two holders is a thief.
            tx.end_session(session, now).await?;
            tx.commit().await?;
            tracing::warn!(actor = %user, "a refresh token was used twice; the session has ended");
            return Err(not_signed_in);
        }
        tx.commit().await?;
        self.tokens_for(user, session, successor, restricted, now, expire)
    }

    /// Ends the caller's session.
    pub async fn logout(&self, call: &Call) -> Result<()> {
        let work = self.enter(call).await?;
        work.tx.end_session(work.actor.session, work.actor.now).await?;
        work.tx.commit().await
    }

    /// Changes the caller's password, ends all sessions and begins a new one. As in a login, no connection is held
    /// while passwords are hashed.
    pub async fn change_password(&self, call: &Call, input: Checked<PasswordChange>) -> Result<TokenPair> {
        let work = self.enter(call).await?;
        let change = input.get()?;
        let (user, now, name) = (work.actor.user, work.actor.now, work.actor.display_name.clone());
        let account = work.tx.credentials_of(user).await?.ok_or(Error::NotFound)?;
        work.tx.commit().await?;
        if self.prove(Some(&account), &change.current_password, now).await?.is_none() {
            return Err(Error::Unauthenticated(Reason::LoginFailed));
        }
        let words = [account.login.as_str(), name.as_str()];
        Passwords::check_rules(&change.new_password, &words)
            .map_err(|text| Error::invalid("new_password", text))?;
        if change.new_password.expose_secret() == change.current_password.expose_secret() {
            return Err(Error::invalid("new_password", "must differ from the current one"));
        }
        let hash = self.passwords.hash(&change.new_password).await?;

        let work = self.enter(call).await?;
        let permit = work.authorize(Relation::None)?;
        let event = work.password_event(&permit).await?;
        let present = work.tx.credentials_of(user).await?.ok_or(Error::NotFound)?;
        if (&present.password_hash, &present.code) != (&account.password_hash, &account.code) {
            return Err(Error::Stale);
        }
        work.tx.set_password(&permit, user, hash, head(&event)).await?;
        work.tx.end_sessions(user, now).await?;
        let tokens = self.begin_session(&work.tx, user, false, now).await?;
        work.finish(&permit, vec![event], ()).await?;
        Ok(tokens)
    }

    /// Tells who the caller is.
    pub async fn get_self(&self, call: &Call) -> Result<SelfView> {
        let work = self.enter(call).await?;
        let user = work.tx.account(&work.scope, work.actor.user).await?.ok_or(Error::NotFound)?.user;
        let organization = work.tx.own_organization(&work.scope).await?.ok_or(Error::NotFound)?;
        let roles = work.actor.roles.clone();
        work.tx.commit().await?;
        Ok(SelfView { user, organization, roles })
    }
}

impl Work<'_> {
    async fn password_event(&self, permit: &Permit) -> Result<crate::domain::journal::Event> {
        let stream = stream(self.actor.organization);
        self.tx.lock_stream(self.actor.organization).await?;
        let position = self.tx.position(stream).await?;
        let subject = self.actor.user.to_string();
        let content = json!({ "change_password": {} });
        event(permit, Entry::new(stream, position, "change_password", &subject, content))
    }
}
