//! What an order's act leaves to be done on each request that it concerns.
//!
//! The Chamber decides once; each request ends in an act of its own, because no State may learn of another.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    case::PersonStatus,
    freezing_request::{FreezingRequest, RequestPurpose, State as RequestState, cease::Cease},
    names::{FreezingRequestId, PersonId},
    order::{
        PurposeKind,
        bearing::{Bearing, bearing},
    },
    words::words,
};

words! {
    /// Whether a piece of work was taken up.
    pub enum State {
        /// It waits for a server.
        Pending = "pending",
        /// It was carried out, or nothing was left to carry out.
        Done = "done",
    }
}

words! {
    /// What came of a piece of work.
    pub enum Outcome {
        /// The obligation ended as decided.
        Ceased = "ceased",
        /// None of the purposes held any more for these persons.
        NothingHeld = "nothing_held",
        /// Nothing can cease in the state the request was in.
        NotPossible = "not_possible",
    }
}

/// States after which nothing is left to end: no work is written for requests in them.
pub const ENDED: &[RequestState] = &[
    RequestState::Ceased,
    RequestState::ReleaseReported,
    RequestState::Withdrawn,
    RequestState::Superseded,
    RequestState::Closed,
];

/// What a decision ends, by persons and purposes of the case. Their positions in a request are found when the
/// work is carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// For whom; empty: for all persons of the request.
    pub persons: Vec<PersonId>,
    /// Which purposes; empty: all.
    pub purposes: Vec<PurposeKind>,
    /// The status of these persons from then on; none: as before.
    pub status: Option<PersonStatus>,
    /// Day from which the obligation no longer holds.
    pub effective_date: NaiveDate,
    /// Why, in words for the State.
    pub reason: String,
}

impl Ending {
    /// What ends because a person gets this status, if anything does.
    #[must_use]
    pub fn of_person(person: PersonId, status: PersonStatus, date: NaiveDate, reason: &str) -> Option<Self> {
        let ends = |purpose: &PurposeKind| bearing(status, *purpose) == Bearing::Ends;
        let purposes: Vec<_> = PurposeKind::ALL.iter().copied().filter(ends).collect();
        (!purposes.is_empty()).then(|| Self {
            persons: vec![person],
            purposes,
            status: Some(status),
            effective_date: date,
            reason: reason.to_owned(),
        })
    }

    fn names(&self, purpose: PurposeKind) -> bool {
        self.purposes.is_empty() || self.purposes.contains(&purpose)
    }

    /// The act that ends it in a request; none where none of it holds any more.
    #[must_use]
    pub fn cease(&self, request: &FreezingRequest) -> Option<Cease> {
        let holds = |pair: &&RequestPurpose| pair.end_date.is_none() && self.names(pair.purpose);
        let held = |position: i32| request.purposes.iter().filter(holds).any(|p| p.position == position);
        let is_named = |person: Option<PersonId>| {
            self.persons.is_empty() || person.is_some_and(|person| self.persons.contains(&person))
        };
        let named = request.persons.iter().filter(|person| held(person.position) && is_named(person.person));
        let persons: Vec<_> = named.map(|person| person.position).collect();
        if persons.is_empty() {
            return None;
        }
        let active = |purpose: &PurposeKind| {
            let mut pairs = request.purposes.iter().filter(holds);
            pairs.any(|pair| pair.purpose == *purpose && persons.contains(&pair.position))
        };
        let purposes = PurposeKind::ALL.iter().copied().filter(active).collect();
        // A request's obligation is not older than its order.
        let effective_date =
            request.order_date.map_or(self.effective_date, |order| order.max(self.effective_date));
        Some(Cease { persons, purposes, status: self.status, effective_date, reason: self.reason.clone() })
    }
}

/// A piece of work, as its order shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderWork {
    /// The request.
    pub freezing_request: FreezingRequestId,
    /// Name of the State it was sent to.
    pub requested_state_display_name: String,
    /// Whether it was taken up.
    pub state: State,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// When it was written.
    pub create_time: DateTime<Utc>,
    /// When it was done.
    pub done_time: Option<DateTime<Utc>>,
}
