//! Consultations between State and Court (RS 93(3), 97): beside the state, never in it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Changes, FreezingRequest, Recorded, payload::Payload};
use crate::words::words;

words! {
    /// What a consultation is about.
    pub enum ConsultationProblem {
        /// Insufficient information (RS 97(a)).
        InsufficientInformation = "insufficient_information",
        /// Person or thing not found. RS 97(b) says it of a person who is to be surrendered; of things no provision does.
        NotFound = "not_found",
        /// Conflict with a treaty duty (RS 97(c)).
        TreatyConflict = "treaty_conflict",
        /// An existing fundamental legal principle (RS 93(3)).
        FundamentalPrinciple = "fundamental_principle",
        /// Another problem.
        Other = "other",
    }
}

/// The problem as the State puts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// What it is about.
    pub problem: ConsultationProblem,
    /// In words.
    pub description: String,
}

/// A consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consultation {
    /// The problem.
    #[serde(flatten)]
    pub problem: Problem,
    /// When it was opened.
    pub open_time: DateTime<Utc>,
    /// How it ended.
    pub resolution: Option<String>,
    /// When it ended.
    pub close_time: Option<DateTime<Utc>>,
}

/// The opening of a consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenConsultation {
    /// The problem.
    pub consultation: Problem,
}

impl Payload for OpenConsultation {
    fn perform(&self, request: &mut FreezingRequest, recorded: Recorded) -> Changes {
        request.facts.consultations.push(Consultation {
            problem: self.consultation.clone(),
            open_time: recorded.create_time,
            resolution: None,
            close_time: None,
        });
        Changes::default()
    }
}

/// The end of a consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseConsultation {
    /// How it ended.
    pub resolution: String,
}

impl Payload for CloseConsultation {
    fn perform(&self, request: &mut FreezingRequest, recorded: Recorded) -> Changes {
        if let Some(consultation) = request.facts.consultations.last_mut() {
            consultation.resolution = Some(self.resolution.clone());
            consultation.close_time = Some(recorded.create_time);
        }
        Changes::default()
    }
}
