//! A questionnaire about national law: an immutable document once published, in versions, and what is made of it.
//!
//! The document is data: sections, questions, options, skip conditions, requiredness and the rules that tell a gap.
//! [`expression`] is the one language of all conditions, [`logic`] the one place where they are evaluated.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{names::QuestionnaireId, words::words};

pub mod answer;
pub mod expression;
pub mod feeds;
pub mod gaps;
pub mod logic;
pub mod publication;
pub mod response;
#[cfg(test)]
mod samples;
pub mod texts;

pub use texts::Texts;

words! {
    /// What an answer to a question is.
    pub enum QuestionType {
        /// Yes or no.
        Boolean = "boolean",
        /// One option.
        SelectOne = "select_one",
        /// Any number of options.
        SelectMultiple = "select_multiple",
        /// Words.
        Text = "text",
        /// A whole number.
        Integer = "integer",
        /// A decimal number.
        Decimal = "decimal",
        /// A day.
        Date = "date",
        /// A length of time: an amount of hours, days, months or years.
        Period = "period",
        /// References to legislation.
        Legislation = "legislation",
        /// A file, by its metadata.
        File = "file",
        /// An authority or person with its address.
        Contact = "contact",
        /// Nothing: a text that stands between questions.
        Note = "note",
    }
}

impl QuestionType {
    /// Whether conditions see a number, and compare it as one.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal | Self::Period)
    }
}

words! {
    /// How much a gap in national law matters.
    pub enum GapSeverity {
        /// There is no way to execute a request.
        Critical = "critical",
        /// Only some purposes or assets can be reached.
        Major = "major",
        /// Slow or unclear.
        Minor = "minor",
    }
}

words! {
    /// How a question differs from the same question in the version before.
    pub enum Change {
        /// The same.
        Unchanged = "unchanged",
        /// Other words, the same meaning: earlier answers hold.
        Reworded = "reworded",
        /// Another meaning: an earlier answer holds only once it is confirmed.
        ChangedInMeaning = "changed_in_meaning",
        /// The version before did not have it.
        New = "new",
        /// Is no longer asked.
        Retired = "retired",
    }
}

words! {
    /// Which part of the directory an answer fills in, once a second person has confirmed it.
    pub enum Feed {
        /// The focal point.
        FocalPoint = "focal_point",
        /// The deputy.
        DeputyFocalPoint = "deputy_focal_point",
        /// The channel for requests.
        Channel = "channel",
        /// Which ministry or which other channel.
        ChannelDescription = "channel_description",
        /// Whether requests may come through INTERPOL as well.
        Interpol = "interpol",
        /// The languages of requests.
        Languages = "languages",
    }
}

words! {
    /// Where a version of a questionnaire stands.
    pub enum State {
        /// Being written.
        Draft = "draft",
        /// Published: it never changes again.
        Published = "published",
    }
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Stable key, as `A`.
    pub key: String,
    /// Its title.
    #[serde(default)]
    pub label: Texts,
}

/// An option of a closed question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionOption {
    /// Stable key, as `diplomatic`.
    pub key: String,
    /// Its wording.
    #[serde(default)]
    pub label: Texts,
}

/// A rule by which an answer shows a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GapRule {
    /// Condition over answers under which there is a gap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Months after which an answer that was not given again is stale; instead of a condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_after_months: Option<i32>,
    /// How much it matters.
    pub severity: GapSeverity,
    /// The obligation that national law does not meet, as `RS 88`.
    pub provision: String,
    /// What is missing.
    #[serde(default)]
    pub description: Texts,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable key over all versions, as `D2` or `D2_renewals`.
    pub key: String,
    /// Key of its section.
    pub section: String,
    /// What an answer is; a note has none, and asks nothing.
    #[serde(rename = "type")]
    pub kind: QuestionType,
    /// The question.
    #[serde(default)]
    pub label: Texts,
    /// Help for the person who answers.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub help: Texts,
    /// The options of a closed question, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<QuestionOption>,
    /// Condition under which it is asked; always when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// Condition under which the question, if it is asked, must be answered; never when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<String>,
    /// Condition that an answer with a value must satisfy; `.` is the answer. None when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<String>,
    /// What is said against an answer that does not satisfy the constraint.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub constraint_message: Texts,
    /// The rules by which an answer shows a gap.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gap_rules: Vec<GapRule>,
    /// Provision the question rests on, as `RS 93(1)(k)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
    /// Which part of the directory an answer fills in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub feeds: Option<Feed>,
    /// How the question differs from the version before; must be said for each question from the second
    /// version on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

impl Question {
    /// What is said, in a language, against an answer that does not satisfy the constraint.
    #[must_use]
    pub fn refusal(&self, language: &str) -> String {
        match (self.constraint_message.in_language(language), &self.constraint) {
            ("", Some(constraint)) => format!("must satisfy the constraint `{constraint}`"),
            (message, _) => message.to_owned(),
        }
    }
}

/// What a questionnaire says: the document that is written, imported and exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Stable key over all versions, as `asset_recovery`.
    pub key: String,
    /// Its title.
    #[serde(default)]
    pub title: Texts,
    /// The sections in their order.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// The questions in their order, those of a section together.
    #[serde(default)]
    pub questions: Vec<Question>,
}

/// What can be changed in a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentUpdate {
    /// The title.
    pub title: Option<Texts>,
    /// The sections.
    pub sections: Option<Vec<Section>>,
    /// The questions.
    pub questions: Option<Vec<Question>>,
}

/// A version of a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Questionnaire {
    /// Its name.
    pub name: QuestionnaireId,
    /// What it says.
    #[serde(flatten)]
    pub document: Document,
    /// From 1, given at publication.
    pub version_number: Option<i32>,
    /// Where it stands.
    pub state: State,
    /// When it was first drafted.
    pub create_time: DateTime<Utc>,
    /// When it was published.
    pub publish_time: Option<DateTime<Utc>>,
    /// For each question the first version in which it had its present meaning; empty for a draft. An answer
    /// to an earlier version does not count for this version.
    #[serde(skip)]
    pub meanings: BTreeMap<String, i32>,
}

/// Key of the questionnaire that requests to States are checked against.
pub const ASSET_RECOVERY: &str = "asset_recovery";

/// The questionnaire of that key that comes with the program, in TOML.
pub const STANDARD: &str = include_str!("../../../data/questionnaires/asset_recovery.toml");
