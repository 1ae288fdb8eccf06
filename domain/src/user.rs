//! Accounts and mandates.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    names::{OrganizationId, UserId},
    organization::Role,
    words::words,
};

words! {
    /// Whether an account can be used.
    pub enum State {
        /// It can.
        Active = "active",
        /// It cannot.
        Suspended = "suspended",
    }
}

/// A role held for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mandate {
    /// The role.
    pub role: Role,
    /// Its first instant.
    pub start_time: DateTime<Utc>,
    /// The first instant after it; none while open-ended.
    pub end_time: Option<DateTime<Utc>>,
}

impl Mandate {
    /// When it ends if it is ended at an instant: what has not begun ends a moment after it begins.
    #[must_use]
    pub fn ended(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        at.max(self.start_time + chrono::Duration::microseconds(1))
    }

    /// Whether it is in force at an instant.
    #[must_use]
    pub fn holds_at(&self, at: DateTime<Utc>) -> bool {
        self.start_time <= at && self.end_time.is_none_or(|end| at < end)
    }
}

/// One human being in one organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Its name.
    pub name: UserId,
    /// The organization.
    pub organization: OrganizationId,
    /// What the person signs in with.
    pub login: String,
    /// The person's name.
    pub display_name: String,
    /// Whether the account can be used.
    pub state: State,
    /// All mandates.
    pub mandates: Vec<Mandate>,
    /// When the account was created.
    pub create_time: DateTime<Utc>,
}

/// What a new account is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewUser {
    /// The organization.
    pub organization: OrganizationId,
    /// What the person signs in with.
    pub login: String,
    /// The person's name.
    pub display_name: String,
}

/// Whether a login has the allowed form: 3 to 100 of `a-z 0-9 . - _ @`.
#[must_use]
pub fn is_login(text: &str) -> bool {
    (3..=100).contains(&text.len())
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_' | b'@'))
}
