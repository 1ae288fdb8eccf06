//! Signing in and out.

use crate::app::{Answer, Plain};
use chrono::{DateTime, Duration, Utc};
use focalnet_contract::Rpc;
use focalnet_domain::{
    error::Reason,
    ids,
    journal::Event,
    names::UserId,
    organization::{OrganizationView, Role},
    user::{State, User},
};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    App, Call, Input,
    context::{Entry, actor, event, head},
    organizations::stream,
};
use crate::{
    authz::{Permit, authorize, policy::Relation},
    error::{Error, Result},
    security,
    security::Passwords,
    store::{Credentials, Entrant, Plans, Refresh, Tx},
};

/// How long the answer to a refresh can be had again.
const LOST_ANSWER: Duration = Duration::seconds(10);

/// Login and password, or one-time code.
#[derive(Debug, Deserialize)]
pub struct Login {
    /// The login.
    pub login: String,
    /// The password or code.
    pub password: SecretString,
}

/// What continues a session.
#[derive(Debug, Deserialize)]
pub struct Refreshing {
    /// The token, which works once.
    pub refresh_token: SecretString,
}

/// A change of password.
#[derive(Debug, Deserialize)]
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
    pub organization: OrganizationView,
    /// The roles in force.
    pub roles: Vec<Role>,
}

/// How long to wait after so many attempts since the last success. A few may come at once: people have more than one
/// window open. Nobody is locked out for ever by strangers.
fn wait(attempts: i32) -> Duration {
    match attempts {
        ..=3 => Duration::zero(),
        4..=9 => Duration::seconds(3),
        10..=25 => Duration::seconds(5),
        _ => Duration::seconds(10),
    }
}

/// How a login was proved.
enum Proof {
    Password,
    Code,
}

impl App {
    /// Begins a session. No connection is held while the password is hashed: a flood of logins must not starve others.
    pub async fn login(&self, _call: &Call, input: Input<Login>) -> Result<TokenPair> {
        let login = input.get()?;
        let (tx, _) = self.store.begin(Entrant::Nobody).await?;
        let now = self.clock.now(tx.clock_offset().await?);
        let account = tx.credentials(&login.login).await?;
        let key = self.attempt(tx, &login.login, now).await?;
        let proof = self.prove(account.as_ref(), &login.password, now).await?;
        let stored = account.as_ref().and_then(|account| account.password_hash.as_deref());
        let old =
            matches!(proof, Some(Proof::Password)) && stored.is_some_and(|hash| self.passwords.is_old(hash));
        let rehashed = if old { Some(self.passwords.hash(&login.password).await?) } else { None };
        let (Some(account), Some(proof)) = (account, proof) else { return Err(refused()) };

        let (tx, _) = self.store.begin(Entrant::Nobody).await?;
        // The account is read again, under its lock: it may have changed while the password was hashed.
        let present = tx.credentials_of(account.user).await?;
        if !present.is_some_and(|present| present.same_as(&account) && present.state == State::Active) {
            return Err(refused());
        }
        tx.count_attempts(key, 0, now).await?;
        if let Some(hash) = rehashed {
            tx.rehash_password(account.user, hash).await?;
        }
        let tokens = self.begin_session(&tx, account.user, matches!(proof, Proof::Code), now).await?;
        tx.commit().await?;
        tracing::info!(actor = %account.user, outcome = "allowed", "login");
        Ok(tokens)
    }

    /// Counts an attempt before it is looked at, so that attempts side by side all count; too many must wait.
    async fn attempt(&self, tx: Tx, login: &str, now: DateTime<Utc>) -> Result<[u8; 32]> {
        let key = self.keys.login_key(login);
        let (attempts, last) = tx.lock_attempts(key, now).await?;
        let wait = wait(attempts);
        // Nobody waits longer because the clock was set back.
        let left = (last + wait - now).min(wait);
        if left > Duration::zero() {
            return Err(Error::Exhausted(Reason::Throttled, left.to_std().unwrap_or_default()));
        }
        tx.count_attempts(key, attempts.saturating_add(1), now).await?;
        tx.commit().await?;
        Ok(key)
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
        let refresh = bound(session, &security::refresh_token()?);
        let expire = now + self.session_lifetime;
        tx.insert_session(session, user, restricted, security::token_hash(&refresh), now, expire).await?;
        self.tokens_for(user, session, refresh, restricted, now, expire)
    }

    fn tokens_for(
        &self,
        user: UserId,
        session: Uuid,
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

    /// Gives new tokens for a refresh token. A token names its session. Whoever uses a token that does not
    /// work any more ends its session: of two people who hold the same token, one is a thief.
    pub async fn refresh_token(&self, call: &Call, input: Input<Refreshing>) -> Result<TokenPair> {
        let not_signed_in = || Error::Unauthenticated(Reason::NotSignedIn);
        let presented = &input.get()?.refresh_token;
        let session = session_of(presented).ok_or_else(not_signed_in)?;
        let (tx, _) = self.store.begin(Entrant::Nobody).await?;
        let now = self.clock.now(tx.clock_offset().await?);
        let found = tx.lock_session(session).await?.ok_or_else(not_signed_in)?;
        let row = tx.enter(found.user, session, Plans::Kept).await?;
        let (restricted, expire) = (row.restricted, row.expire_time);
        let permit = authorize(&actor(row, session, now)?, call.rpc, Relation::None)?;
        let hash = security::token_hash(presented);
        let successor = bound(session, &self.keys.refresh_successor(presented));
        let newest = found.refresh_hash == hash;
        let lost = found.previous_hash.is_some_and(|previous| previous == hash)
            && now <= found.refresh_time + LOST_ANSWER;
        if newest {
            let refresh = Refresh { presented: hash, successor: security::token_hash(&successor) };
            tx.rotate_session(session, refresh, now).await?;
        } else if !lost {
            tx.end_session(session, now).await?;
            let event =
                account_event(&tx, &permit, "end_session", json!({ "reason": "refresh token used again" }))
                    .await?;
            tx.append(&permit, vec![event]).await?;
            tx.commit().await?;
            tracing::warn!(actor = %found.user, "a refresh token was used again; the session has ended");
            return Err(not_signed_in());
        }
        tx.commit().await?;
        self.tokens_for(found.user, session, successor, restricted, now, expire)
    }

    /// Ends the caller's session.
    pub async fn logout(&self, call: &Call) -> Result<()> {
        let cx = self.enter(call).await?;
        cx.tx.end_session(cx.actor.session, cx.actor.now).await?;
        cx.tx.commit().await
    }

    /// Changes the caller's password, ends all sessions and begins a new one. As in a login, no connection is held
    /// while passwords are hashed.
    pub async fn change_password(&self, call: &Call, input: Input<PasswordChange>) -> Result<TokenPair> {
        let cx = self.enter(call).await?;
        let change = input.get()?;
        let (user, now, name) = (cx.actor.user, cx.actor.now, cx.actor.display_name.clone());
        let account = cx.tx.credentials_of(user).await?.ok_or(Error::NotFound("user"))?;
        let key = self.attempt(cx.tx, &account.login, now).await?;
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

        let cx = self.enter(call).await?;
        let permit = cx.authorize(Relation::None)?;
        let event = account_event(&cx.tx, &permit, "change_password", json!({})).await?;
        let present = cx.tx.credentials_of(user).await?.ok_or(Error::NotFound("user"))?;
        if !present.same_as(&account) {
            return Err(Error::Stale);
        }
        cx.tx.count_attempts(key, 0, now).await?;
        cx.tx.set_password(&permit, user, hash, head(&event)).await?;
        cx.tx.end_sessions(user, now).await?;
        let tokens = self.begin_session(&cx.tx, user, false, now).await?;
        cx.record(&permit, vec![event]).await?;
        Ok(tokens)
    }

    /// Tells who the caller is.
    pub async fn get_self(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let own = cx.tx.account(&cx.scope, cx.actor.user).await?.ok_or(Error::NotFound("user"))?;
        let roles = cx.actor.roles.clone();
        let view = SelfView { user: own.user, organization: own.organization.into(), roles };
        cx.answer(&Plain(view)).await
    }

    /// Whether somebody may call anything at all: for what is reached without a use case.
    pub async fn check_session(&self, call: &Call) -> Result<()> {
        self.enter(&Call { rpc: Rpc::GetSelf, request_id: None, ..call.clone() }).await?.tx.commit().await
    }
}

/// The event of something that happened to the actor's own account, in the stream of its organization.
async fn account_event(tx: &Tx, permit: &Permit, act: &str, content: serde_json::Value) -> Result<Event> {
    let actor = permit.actor();
    let stream = stream(actor.organization);
    tx.lock_stream(actor.organization).await?;
    let position = tx.position(stream).await?;
    event(permit, Entry::new(stream, position, act, &actor.user, json!({ act: content })))
}

/// A refresh token that names its session.
fn bound(session: Uuid, secret: &SecretString) -> SecretString {
    format!("{session}.{}", secret.expose_secret()).into()
}

/// The session that a refresh token names.
fn session_of(token: &SecretString) -> Option<Uuid> {
    token.expose_secret().split_once('.').and_then(|(session, _)| Uuid::parse_str(session).ok())
}

/// The same answer for every cause of failure.
fn refused() -> Error {
    tracing::info!(outcome = "refused", "login");
    Error::Unauthenticated(Reason::LoginFailed)
}
