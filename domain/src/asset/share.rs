//! Sharing with organs of the Court that are no parties of the request: per asset, for a purpose, revocable.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Recorded;
use crate::names::OrganizationId;

/// That an asset is, or was, shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssetShare {
    /// With whom.
    pub recipient: OrganizationId,
    /// For what.
    pub purpose: String,
    /// Why it is shared no more.
    #[serde(default)]
    pub revoke_reason: Option<String>,
    /// Until when.
    #[serde(default)]
    pub revoke_time: Option<DateTime<Utc>>,
    /// Since when, and by which event.
    #[serde(flatten)]
    pub recorded: Recorded,
}

impl AssetShare {
    /// Whether it is shared with an organ, and that has not ended.
    #[must_use]
    pub fn is_with(&self, recipient: OrganizationId) -> bool {
        self.recipient == recipient && self.revoke_time.is_none()
    }

    /// Leaves out its end, where that became known later.
    pub fn forget_after(&mut self, at: DateTime<Utc>) {
        if self.revoke_time.is_some_and(|end| end > at) {
            (self.revoke_reason, self.revoke_time) = (None, None);
        }
    }
}
