//! Denial by the State, on a ground of the closed list.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Changes, FreezingRequest, Measure, Recorded, payload::Payload};
use crate::{error::Violation, words::words};

words! {
    /// The closed list of grounds. A missing national procedure is none (RS 88).
    pub enum DenialGround {
        /// Documents or evidence that touch national security (RS 93(4), 72).
        NationalSecurity = "national_security",
        /// Assistance of the kind of RS 93(1)(l) that national law forbids (RS 93(5)).
        ProhibitedByLaw = "prohibited_by_law",
    }
}

/// A denial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Denial {
    /// The ground.
    pub ground: DenialGround,
    /// The reasons (RS 93(6)).
    pub reasons: String,
}

/// The denial of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deny {
    /// Ground and reasons.
    pub denial: Denial,
}

impl Payload for Deny {
    fn violations(&self, request: &FreezingRequest, _: DateTime<Utc>) -> Vec<Violation> {
        let other_assistance = request.measures.iter().all(|m| *m == Measure::RecoverLegalAid);
        if self.denial.ground == DenialGround::ProhibitedByLaw && !other_assistance {
            let text = "covers only other assistance (RS 93(1)(l)), not tracing, freezing or enforcement: open a \
                        consultation (RS 93(3)) instead";
            return vec![Violation::new("denial.ground", text)];
        }
        Vec::new()
    }

    fn perform(&self, request: &mut FreezingRequest, _: Recorded) -> Changes {
        request.facts.denial = Some(self.denial.clone());
        Changes::default()
    }
}
