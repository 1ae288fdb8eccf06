//! Accounts and mandates.

use crate::app::Answer;
use chrono::{DateTime, Duration, Utc};
use focalnet_domain::{
    error::{Obstacle, Reason},
    journal::{Event, Hash},
    names::UserId,
    organization::{Kind, Organization, Role},
    user::{Mandate, NewUser, State, User, is_login},
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    App, Call, Input, Justification, Seen,
    context::{CallContext, Entry, event, head},
    lists::{Form, words_of},
    organizations::{kept, stream},
};
use crate::{
    authz::{Permit, policy::Relation},
    error::{Error, Result},
    security,
    store::Account,
};

/// How long a one-time code works.
const CODE_LIFETIME: Duration = Duration::hours(24);

/// A mandate to give.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// When it begins; now when nothing is said.
    pub start_time: Option<DateTime<Utc>>,
    /// When it ends.
    pub end_time: Option<DateTime<Utc>>,
}

impl Grant {
    /// The mandate that it gives at an instant.
    fn mandate(&self, now: DateTime<Utc>) -> Mandate {
        Mandate { role: self.role, start_time: self.start_time.unwrap_or(now), end_time: self.end_time }
    }
}

/// A mandate to end.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Revoke {
    /// The role.
    pub role: Role,
    /// Why.
    pub reason: String,
}

fn relation(account: &Account) -> Relation {
    Relation::Kept {
        organization: account.user.organization,
        kind: account.organization.kind,
        state: account.organization.state,
        user: Some(account.user.name),
    }
}

impl CallContext<'_> {
    /// An account of the caller's scope, read after its organization was locked.
    async fn locked_account(&self, name: UserId) -> Result<Account> {
        self.tx.lock_organization_of(&self.scope, name).await?;
        self.tx.account(&self.scope, name).await?.ok_or(Error::NotFound("user"))
    }

    /// The platform's administrators give a State its first administrator, while it has none; everything else there is
    /// the State's own affair. A puppet in a State would read its requests, those of the Prosecutor included.
    async fn first_administrator(&self, permit: &Permit, organization: &Organization) -> Result<()> {
        let has_one = permit.role() == Some(Role::PlatformAdmin)
            && organization.kind == Kind::State
            && self.tx.has_state_admin(organization.name, self.actor.now).await?;
        if has_one { own_affair(permit, organization) } else { Ok(()) }
    }

    /// The event of an act on an account, in the stream of its organization.
    async fn account_event(
        &self,
        permit: &Permit,
        user: &User,
        act: &str,
        content: serde_json::Value,
    ) -> Result<Event> {
        let stream = stream(user.organization);
        let position = self.tx.position(stream).await?;
        let subject = user.name.to_string();
        event(permit, Entry::new(stream, position, act, &subject, content))
    }

    fn account_answer(&self, user: User, event: &Event) -> Result<Seen<User>> {
        let etag = self.etag(&user.name, head(event));
        Ok(CallContext::seen(user, etag, Some(self.receipt(event)?), None))
    }

    fn account_etag(&self, user: &User, last: Hash) -> String {
        self.etag(&user.name, last)
    }
}

impl App {
    /// Creates an account; the code is in the first answer only.
    pub async fn create_user(
        &self,
        call: &Call,
        input: Input<NewUser>,
    ) -> Result<(Answer, Option<SecretString>)> {
        let cx = self.enter(call).await?;
        let organization = match input.known() {
            Some(new) => {
                let found = cx.tx.lock_organization(&cx.scope, new.organization).await?;
                Some(found.ok_or(Error::NotFound("organization"))?.0)
            }
            None => None,
        };
        if let Some(answer) = cx.replay().await? {
            cx.tx.account(&cx.scope, answer.name(call.rpc)?).await?.ok_or(Error::NotFound("user"))?;
            return Ok((answer, None));
        }
        let permit = cx.authorize(organization.as_ref().map_or(Relation::None, kept))?;
        let new = input.get()?;
        if !is_login(&new.login) {
            let text = "has 3 to 100 characters of a-z, 0-9, `.`, `-`, `_`, `@`";
            return Err(Error::invalid("user.login", text));
        }
        let organization = organization.ok_or_else(|| Error::internal("an organization unread"))?;
        cx.first_administrator(&permit, &organization).await?;
        let user = User {
            name: UserId::random(),
            organization: new.organization,
            login: new.login.clone(),
            display_name: new.display_name.clone(),
            state: State::Active,
            mandates: Vec::new(),
            create_time: cx.actor.now,
        };
        let code = security::one_time_code()?;
        let event = cx.account_event(&permit, &user, "create_user", json!({ "create_user": new })).await?;
        let hashed = (security::token_hash(&code), cx.actor.now + CODE_LIFETIME);
        cx.tx.insert_account(&permit, &user, hashed, head(&event)).await?;
        let answer = cx.account_answer(user, &event)?;
        Ok((cx.finish(&permit, vec![event], &answer).await?, Some(code)))
    }

    /// Reads an account.
    pub async fn get_user(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let account = cx.tx.account(&cx.scope, name).await?.ok_or(Error::NotFound("user"))?;
        let etag = cx.account_etag(&account.user, account.head);
        cx.answer(&CallContext::seen(account.user, etag, None, None)).await
    }

    /// Lists accounts.
    pub async fn list_users(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let fields = [
            ("organization", Form::Name("organizations")),
            ("state", words_of!("STATE_", State)),
            ("login", Form::Text),
        ];
        let query = cx.query(&fields)?;
        let rows = cx.tx.accounts(&cx.scope, &query.conditions, &query.page).await?;
        let answer = cx.page(
            &query,
            rows,
            |account| (account.user.create_time, account.user.name.0),
            |account| {
                let etag = cx.account_etag(&account.user, account.head);
                Ok(CallContext::seen(account.user, etag, None, None))
            },
        )?;
        cx.leave(answer).await
    }

    /// Suspends an account and ends its sessions.
    pub async fn suspend_user(&self, call: &Call, input: Input<Justification>) -> Result<Answer> {
        let check = async |_: &CallContext<'_>, _: &Permit, _: &Account, _: &Justification| Ok(());
        let suspend = async |cx: &CallContext<'_>, _: &Permit, user: &mut User, _: &Justification| {
            if user.state == State::Suspended {
                return Err(wrong_state("the account is suspended already"));
            }
            user.state = State::Suspended;
            cx.tx.end_sessions(user.name, cx.actor.now).await
        };
        self.change_account(call, input, "suspend_user", check, suspend).await
    }

    /// Gives a role for a time.
    pub async fn grant_mandate(&self, call: &Call, input: Input<Grant>) -> Result<Answer> {
        let check = async |cx: &CallContext<'_>, permit: &Permit, account: &Account, grant: &Grant| {
            let mandate = grant.mandate(cx.actor.now);
            let kind = account.organization.kind;
            if mandate.start_time < cx.actor.now {
                return Err(Error::invalid("start_time", "must not be in the past"));
            }
            if mandate.end_time.is_some_and(|end| end <= mandate.start_time) {
                return Err(Error::invalid("end_time", "must be after start_time"));
            }
            if !grant.role.kinds().contains(&kind) {
                return Err(Error::invalid(
                    "role",
                    format!("cannot be held in an organization of kind {kind}"),
                ));
            }
            if grant.role != Role::StateAdmin {
                own_affair(permit, &account.organization)?;
            }
            cx.first_administrator(permit, &account.organization).await
        };
        let give = async |cx: &CallContext<'_>, permit: &Permit, user: &mut User, grant: &Grant| {
            let mandate = grant.mandate(cx.actor.now);
            cx.tx.insert_mandate(permit, user.name, &mandate).await?;
            user.mandates.push(mandate);
            user.mandates.sort_by_key(|mandate| (mandate.start_time, mandate.role.as_str()));
            Ok(())
        };
        self.change_account(call, input, "grant_mandate", check, give).await
    }

    /// Ends a role now.
    pub async fn revoke_mandate(&self, call: &Call, input: Input<Revoke>) -> Result<Answer> {
        let check = async |_: &CallContext<'_>, _: &Permit, _: &Account, _: &Revoke| Ok(());
        let end = async |cx: &CallContext<'_>, permit: &Permit, user: &mut User, revoke: &Revoke| {
            let now = cx.actor.now;
            let alive = |mandate: &&mut Mandate| {
                mandate.role == revoke.role && mandate.end_time.is_none_or(|end| end > mandate.ended(now))
            };
            let mut ended = false;
            for mandate in user.mandates.iter_mut().filter(alive) {
                mandate.end_time = Some(mandate.ended(now));
                ended = true;
            }
            if !ended {
                return Err(wrong_state("there is no such mandate in force or to come"));
            }
            cx.tx.end_mandates(permit, user.name, revoke.role, now).await
        };
        self.change_account(call, input, "revoke_mandate", check, end).await
    }

    /// The steps of every act on an account. What is wrong with its content is told before the etag is
    /// compared; what the state of the account does not allow is told after.
    async fn change_account<T: Serialize>(
        &self,
        call: &Call,
        input: Input<T>,
        act: &str,
        check: impl AsyncFnOnce(&CallContext<'_>, &Permit, &Account, &T) -> Result<()>,
        apply: impl AsyncFnOnce(&CallContext<'_>, &Permit, &mut User, &T) -> Result<()>,
    ) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let account = cx.locked_account(call.name()?).await?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(relation(&account))?;
        let content = input.get()?;
        check(&cx, &permit, &account, content).await?;
        cx.check_etag(&cx.account_etag(&account.user, account.head))?;
        let mut user = account.user;
        apply(&cx, &permit, &mut user, content).await?;
        let event = cx.account_event(&permit, &user, act, json!({ act: content })).await?;
        cx.tx.update_account(&permit, user.name, user.state, head(&event)).await?;
        let answer = cx.account_answer(user, &event)?;
        cx.finish(&permit, vec![event], &answer).await
    }
}

/// Refuses the platform's administrators in a State.
fn own_affair(permit: &Permit, organization: &Organization) -> Result<()> {
    if permit.role() == Some(Role::PlatformAdmin) && organization.kind == Kind::State {
        let text = "this is for the State's own administrator";
        return Err(Error::PermissionDenied(Reason::WrongParty, text));
    }
    Ok(())
}

pub(super) fn wrong_state(text: &str) -> Error {
    Error::Precondition(Reason::WrongState, text.to_owned(), vec![Obstacle::new("state", text)])
}
