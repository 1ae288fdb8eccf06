//! Withdrawal by the issuing side, with or without a successor.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Changes, FreezingRequest, Recorded, State, payload::Payload};
use crate::{error::Violation, names::FreezingRequestId};

/// The withdrawal of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// Why.
    pub reason: String,
    /// The request that replaces it, to the same State; the use case looks it up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<FreezingRequestId>,
}

impl Withdraw {
    /// The state it leads to.
    #[must_use]
    pub const fn target(&self) -> State {
        if self.successor.is_some() { State::Superseded } else { State::Withdrawn }
    }
}

impl Payload for Withdraw {
    fn violations(&self, request: &FreezingRequest, _: DateTime<Utc>) -> Vec<Violation> {
        if self.successor == Some(request.name) {
            return vec![Violation::new("successor", "must be another request")];
        }
        Vec::new()
    }

    fn perform(&self, request: &mut FreezingRequest, recorded: Recorded) -> Changes {
        request.facts.successor = self.successor;
        // A request that was withdrawn obliges nobody any more.
        for pair in request.purposes.iter_mut().filter(|pair| pair.end_date.is_none()) {
            pair.end_date = Some(recorded.create_time.date_naive());
            pair.end_time = Some(recorded.create_time);
        }
        Changes { persons: true, ..Changes::default() }
    }
}
