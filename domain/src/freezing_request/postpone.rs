//! Postponement of execution to an agreed day, and its end.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Changes, FreezingRequest, Recorded, payload::Payload};
use crate::{error::Violation, words::words};

words! {
    /// The closed list of grounds.
    pub enum PostponementGround {
        /// An ongoing investigation or prosecution of another case (RS 94).
        OtherInvestigation = "other_investigation",
        /// An admissibility challenge (RS 95).
        AdmissibilityChallenge = "admissibility_challenge",
        /// A competing request (RS 93(9)(a)).
        CompetingRequest = "competing_request",
    }
}

/// A postponement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Postponement {
    /// The ground.
    pub ground: PostponementGround,
    /// The agreed last day; the postponement ends by itself after it.
    pub until_date: NaiveDate,
    /// Reference of the case that stands in the way.
    pub case_reference: String,
}

/// The postponement of execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Postpone {
    /// Ground, end, reference.
    pub postponement: Postponement,
}

impl Payload for Postpone {
    fn violations(&self, _: &FreezingRequest, at: DateTime<Utc>) -> Vec<Violation> {
        let today = at.date_naive();
        if self.postponement.until_date > today {
            return Vec::new();
        }
        let text = format!("must be in the future: today is {today} (UTC)");
        vec![Violation::new("postponement.until_date", text)]
    }

    fn perform(&self, request: &mut FreezingRequest, _: Recorded) -> Changes {
        request.facts.postponement = Some(self.postponement.clone());
        Changes::default()
    }
}

/// The end of a postponement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    /// A note.
    pub note: Option<String>,
}

impl Payload for Resume {
    fn perform(&self, request: &mut FreezingRequest, _: Recorded) -> Changes {
        request.facts.postponement = None;
        Changes::default()
    }
}
