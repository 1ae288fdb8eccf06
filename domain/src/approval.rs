//! The second person: an act that is proposed by one human being and carried out by the approval of another.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::{
    freezing_request::Act,
    names::{ApprovalId, FreezingRequestId, UserId},
    words::words,
};

words! {
    /// Where a proposal stands.
    pub enum State {
        /// Waits for the second person.
        Open = "open",
        /// Carried out.
        Approved = "approved",
        /// Refused by the second person.
        Declined = "declined",
        /// Taken back.
        Withdrawn = "withdrawn",
        /// Overtaken by a change of the resource.
        Voided = "voided",
        /// Nobody decided in time.
        Expired = "expired",
    }
}

words! {
    /// What can be done with a proposal.
    pub enum Decision {
        /// Carry it out.
        Approve = "approve",
        /// Refuse it.
        Decline = "decline",
        /// Take it back.
        Withdraw = "withdraw",
    }
}

impl Decision {
    /// The state after.
    #[must_use]
    pub const fn state(self) -> State {
        match self {
            Self::Approve => State::Approved,
            Self::Decline => State::Declined,
            Self::Withdraw => State::Withdrawn,
        }
    }
}

/// After how long an undecided proposal lapses.
pub const LIFETIME: Duration = Duration::days(7);

/// A proposal of an act that needs a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Its name.
    pub name: ApprovalId,
    /// The request.
    pub subject: FreezingRequestId,
    /// The act as it was proposed.
    #[serde(flatten)]
    pub act: Act,
    /// Where it stands.
    pub state: State,
    /// Who proposed.
    pub proposer: UserId,
    /// The proposer's name.
    pub proposer_display_name: String,
    /// Who decided.
    pub decider: Option<UserId>,
    /// Why it was declined or withdrawn.
    pub reason: Option<String>,
    /// When it was proposed.
    pub propose_time: DateTime<Utc>,
    /// When it lapses by itself.
    pub expire_time: DateTime<Utc>,
}

impl Approval {
    /// The state at an instant: what nobody decided in time has expired, without anybody's doing.
    #[must_use]
    pub fn state_at(&self, at: DateTime<Utc>) -> State {
        if self.state == State::Open && at >= self.expire_time { State::Expired } else { self.state }
    }
}
