//! The first administrator, made from the database side.

use chrono::Utc;
use focalnet_domain::{
    ids,
    names::{OrganizationId, UserId},
    organization::{Kind, Organization, Role},
    user::{Mandate, State, User, is_login},
};
use secrecy::SecretString;
use serde_json::json;

use super::{
    App,
    context::{Entry, event, head},
    organizations::stream,
};
use crate::{
    authz::{Actor, Permit},
    error::{Error, Result},
    security,
    security::Passwords,
    store::{Entrant, Position},
};

/// Who the first administrator is.
#[derive(Debug)]
pub struct FirstAdministrator {
    /// Name of the organ, usually `Registry`.
    pub organization: String,
    /// What to sign in with.
    pub login: String,
    /// The person's name.
    pub display_name: String,
    /// The password.
    pub password: SecretString,
}

impl App {
    /// Makes the Registry and its first platform administrator; refused when there is any account already.
    pub async fn bootstrap(&self, first: &FirstAdministrator) -> Result<UserId> {
        if !is_login(&first.login) {
            return Err(Error::invalid("login", "has 3 to 100 characters of a-z, 0-9, `.`, `-`, `_`, `@`"));
        }
        let words = [first.login.as_str(), first.display_name.as_str()];
        Passwords::check_rules(&first.password, &words).map_err(|text| Error::invalid("password", text))?;
        let hash = self.passwords.hash(&first.password).await?;
        let (tx, _) = self.store.begin(Entrant::Nobody).await?;
        if tx.has_accounts().await? {
            let text = "there are accounts already: sign in as an administrator".to_owned();
            return Err(Error::Precondition(focalnet_domain::error::Reason::WrongState, text, Vec::new()));
        }
        let now = self.clock.now(tx.clock_offset().await?);
        let (organization, user) = (OrganizationId::random(), UserId::random());
        let actor = Actor {
            user,
            display_name: first.display_name.clone(),
            organization,
            kind: Kind::Registry,
            roles: vec![Role::PlatformAdmin],
            session: ids::new(),
            restricted: false,
            now,
        };
        let permit = Permit::bootstrap(actor);
        let content = json!({ "bootstrap": { "display_name": first.organization, "login": first.login } });
        let stream = stream(organization);
        let entry = Entry::new(stream, Position::start(stream), "bootstrap", &organization, content);
        let event = event(&permit, entry)?;
        let registry = Organization {
            name: organization,
            kind: Kind::Registry,
            display_name: first.organization.clone(),
            country_code: None,
            state: None,
            create_time: now,
        };
        let account = User {
            name: user,
            organization,
            login: first.login.clone(),
            display_name: first.display_name.clone(),
            state: State::Active,
            mandates: Vec::new(),
            create_time: now,
        };
        let mandate = Mandate { role: Role::PlatformAdmin, start_time: now, end_time: None };
        let unused_code =
            (security::token_hash(&security::one_time_code()?), chrono::DateTime::<Utc>::UNIX_EPOCH);
        tx.insert_organization(&permit, &registry, head(&event)).await?;
        tx.insert_account(&permit, &account, unused_code, head(&event)).await?;
        tx.set_password(&permit, user, hash, head(&event)).await?;
        tx.insert_mandate(&permit, user, &mandate).await?;
        tx.append(&permit, vec![event]).await?;
        tx.commit().await?;
        Ok(user)
    }
}
