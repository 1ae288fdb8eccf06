//! The use cases: one transaction each. Load within scope, answer a repeated call, authorize, check content, etag and
//! state, let the domain do the act, save it with its event, commit.

use std::sync::Arc;

use chrono::Duration;
use focalnet_domain::clock::Clock;
use tokio::sync::Notify;

use crate::{
    error::Result,
    security::{Keys, Passwords, Tokens},
    store::{Entrant, Store},
};

mod approvals;
mod assets;
mod auth;
mod bootstrap;
mod call;
mod cases;
mod clarifications;
mod context;
mod directory;
mod freezing_requests;
mod journal;
mod ledger;
mod lists;
mod order_work;
mod orders;
mod organizations;
mod proposals;
mod questionnaires;
mod users;

pub use auth::TokenPair;
pub use bootstrap::FirstAdministrator;
pub use call::{Answer, Call, Input, MAX_ANSWER, Made, PageRequest, Plain, Seen};

/// What accompanies calls, for the test that reads every message of the contract.
#[cfg(test)]
pub mod content {
    pub use super::{
        Justification, OptionalJustification,
        assets::{AssetQuery, KnownQuery, OverviewQuery},
        auth::SelfView,
        call::ReceiptView,
        cases::{Member, Unassign},
        clarifications::{NewMessage, OptionalText, Question},
        directory::{ChannelChoice, Day, Designate, EndDate},
        freezing_requests::VersionChoice,
        journal::SigningKey,
        organizations::OrganizationUpdate,
        questionnaires::{Answers, AnswersQuery, GapQuery, ReminderSent, StatisticsQuery},
        users::{Grant, Revoke},
    };
}

/// Everything a use case needs. There is no state in it that another server process would miss.
pub struct App {
    pub(crate) store: Store,
    pub(crate) keys: Arc<Keys>,
    pub(crate) passwords: Passwords,
    pub(crate) tokens: Tokens,
    pub(crate) clock: Clock,
    pub(crate) session_lifetime: Duration,
    /// Notified when a call has left work for the server itself. If a notification is missed, the next
    /// regular look for work finds it.
    pub(crate) doorbell: Notify,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(
        store: Store,
        keys: Arc<Keys>,
        passwords: Passwords,
        tokens: Tokens,
        session_lifetime: Duration,
    ) -> Self {
        let doorbell = Notify::new();
        Self { store, keys, passwords, tokens, clock: Clock, session_lifetime, doorbell }
    }

    /// Forgets what is only kept for a time: answers to repeated calls, and attempts to sign in.
    pub async fn forget(&self) -> Result<()> {
        let (tx, _) = self.store.begin(Entrant::Nobody).await?;
        let now = self.clock.now(tx.clock_offset().await?);
        tx.forget(now).await?;
        tx.commit().await
    }

    /// The store, for health checks.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }
}

/// Why something is done.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Justification {
    /// In words.
    pub reason: String,
}

/// Why something is done, where it need not be said.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct OptionalJustification {
    /// In words.
    pub reason: Option<String>,
}

/// The content of an act that nothing needs to accompany.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct Nothing {}
