//! The second person: an act that is proposed by one human being and carried out by the approval of another.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::{
    freezing_request,
    journal::Subject,
    names::{ApprovalId, FreezingRequestId, OrderId, UserId},
    order,
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

/// What is proposed: an act on a subject. Each kind of subject is a variant here; the table of acts of that
/// kind says who proposes and who approves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Proposed {
    /// An act of the lifecycle of requests.
    Request {
        /// The request.
        subject: FreezingRequestId,
        /// The act.
        #[serde(flatten)]
        act: Box<freezing_request::Act>,
    },
    /// A decision about an order.
    Order {
        /// The order.
        subject: OrderId,
        /// The act.
        #[serde(flatten)]
        act: order::Act,
    },
}

impl Proposed {
    /// The subject of the proposal. For each subject and act there is never more than one open proposal.
    #[must_use]
    pub const fn subject(&self) -> Subject {
        match self {
            Self::Request { subject, .. } => Subject::Request(*subject),
            Self::Order { subject, .. } => Subject::Order(*subject),
        }
    }

    /// The word of the act.
    #[must_use]
    pub const fn act(&self) -> &'static str {
        match self {
            Self::Request { act, .. } => act.kind().as_str(),
            Self::Order { act, .. } => act.kind().as_str(),
        }
    }

    /// The act with what accompanies it, as it is stored and journaled.
    #[must_use]
    pub fn content(&self) -> serde_json::Value {
        match self {
            Self::Request { act, .. } => serde_json::json!(act),
            Self::Order { act, .. } => serde_json::json!(act),
        }
    }
}

/// A proposal of an act that needs a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Its name.
    pub name: ApprovalId,
    /// The act as it was proposed, and on what.
    #[serde(flatten)]
    pub proposed: Proposed,
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
    /// The state at an instant: a proposal that nobody has decided in time has expired by itself.
    #[must_use]
    pub fn state_at(&self, at: DateTime<Utc>) -> State {
        if self.state == State::Open && at >= self.expire_time { State::Expired } else { self.state }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A proposal is told as one flat object: the word of the act is a field, and what accompanies the act is its value.
    #[test]
    fn a_proposal_is_told_with_its_act_as_a_field() {
        let denial = json!({ "deny": { "denial": { "ground": "national_security", "reasons": "It is." } } });
        let revocation = json!({ "revoke_order": {
            "document_number": "8", "decision_date": "2008-06-12", "reason": "Over",
        } });
        let (request, order) = (FreezingRequestId::random(), OrderId::random());
        for (proposed, subject, content) in [
            (
                Proposed::Request { subject: request, act: serde_json::from_value(denial.clone()).unwrap() },
                Subject::Request(request),
                denial,
            ),
            (
                Proposed::Order { subject: order, act: serde_json::from_value(revocation.clone()).unwrap() },
                Subject::Order(order),
                revocation,
            ),
        ] {
            let act = proposed.act();
            assert_eq!((proposed.subject(), proposed.content()), (subject, content.clone()));
            let told = json!(Approval {
                name: ApprovalId::random(),
                proposed,
                state: State::Open,
                proposer: UserId::random(),
                proposer_display_name: "A. Nother".to_owned(),
                decider: None,
                reason: None,
                propose_time: "2008-05-27T10:00:00Z".parse().unwrap(),
                expire_time: "2008-06-03T10:00:00Z".parse().unwrap(),
            });
            assert_eq!((&told[act], &told["state"]), (&content[act], &json!("open")));
        }
    }
}
