//! What is known of the requested State on a day: whether it is a Party, by which channel and in which languages it
//! receives requests, and what its answers in force say of its law.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    asset::FreezeLimits,
    directory::Channel,
    names::QuestionnaireId,
    questionnaire::{Questionnaire, answer::Value, gaps::Answers, logic::Logic, response::InForce},
    states::State,
    words::words,
};

words! {
    /// The kind of legal basis of a request to a State that is not a Party.
    pub enum NonPartyBasisKind {
        /// An ad hoc arrangement (RS 87(5)).
        AdHocArrangement = "ad_hoc_arrangement",
        /// An agreement (RS 87(5)).
        Agreement = "agreement",
        /// A resolution of the Security Council.
        SecurityCouncilResolution = "security_council_resolution",
        /// The duty of a former Party in matters from before its withdrawal (RS 127(2)).
        ContinuingDuty = "continuing_duty",
        /// Another appropriate basis (RS 87(5)).
        Other = "other",
    }
}

/// The legal basis of a request to a State that is not a Party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NonPartyBasis {
    /// What kind of basis.
    pub kind: NonPartyBasisKind,
    /// Its reference.
    pub reference: String,
}

/// The answers that a request was checked against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswersUsed {
    /// The version of the questionnaire.
    pub questionnaire: QuestionnaireId,
    /// Its number.
    pub version_number: i32,
    /// The day on which the answers held.
    pub as_of_date: NaiveDate,
    /// When the newest of them was attested; none when the State has not answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attest_time: Option<DateTime<Utc>>,
}

/// What is known of the requested State.
#[derive(Debug, Clone, Default)]
pub struct National {
    /// The State, as far as the list of States knows it.
    pub state: Option<&'static State>,
    /// Channel and languages in force.
    pub channel: Option<Channel>,
    /// The questionnaire whose answers are used: its newest published version.
    pub questionnaire: Option<Questionnaire>,
    /// Its answers to any version in force.
    pub answers: Vec<InForce>,
}

impl National {
    /// What the State has answered of the end of a freeze.
    #[must_use]
    pub fn freeze_limits(&self) -> FreezeLimits {
        let Some(questionnaire) = &self.questionnaire else { return FreezeLimits::default() };
        let Ok(logic) = Logic::of(&questionnaire.document) else { return FreezeLimits::default() };
        let answers = Answers::of(questionnaire, &logic, &self.answers);
        let period = |key: &str| match answers.to(key)?.value {
            Value::Period(period) => Some(period),
            _ => None,
        };
        FreezeLimits { length: period("D2"), notice: period("D2_notice") }
    }

    /// The answers a request is checked against on a day.
    #[must_use]
    pub fn answers_used(&self, as_of_date: NaiveDate) -> Option<AnswersUsed> {
        let questionnaire = self.questionnaire.as_ref()?;
        Some(AnswersUsed {
            questionnaire: questionnaire.name,
            version_number: questionnaire.version_number?,
            as_of_date,
            attest_time: self.answers.iter().map(|answer| answer.attest_time).max(),
        })
    }
}
