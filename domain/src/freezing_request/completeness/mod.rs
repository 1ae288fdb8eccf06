//! Whether a request says what it must (RS 96(2), RPE 218, the certificate of Regulation (EU) 2018/1805).
//!
//! What must be there is one table, what it must look like is one list of rules; both also print the manual page.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    Measure, Origin,
    content::{ObjectKind, RequestContent},
    national::AnswersUsed,
};
use crate::{
    case::PersonStatus,
    identifiers,
    identifiers::Verdict,
    order::{PurposeKind, Terms},
    words::words,
};

mod markdown;
mod order_terms;
mod preflight;
mod probe;
mod rules;
#[cfg(test)]
mod sample;
mod table;
#[cfg(test)]
mod tests;
mod values;

pub use markdown::markdown;
#[cfg(test)]
pub(crate) use sample::sample;

words! {
    /// How much a finding matters.
    pub enum Severity {
        /// The request cannot leave with it, unless overridden with a reason.
        Error = "error",
        /// Worth a look.
        Warning = "warning",
        /// The State has not said.
        NotKnown = "not_known",
    }
}

/// One thing that is missing or odd.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Path of the field, as `freezing_request.content.facts`.
    pub field: String,
    /// What is missing or odd and what would be right; never quotes what was written.
    pub description: String,
    /// Section of the certificate or provision that asks for it.
    pub section: String,
    /// Key of the question whose answer it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The State's answer, as conditions see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Day since when the answer is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_date: Option<NaiveDate>,
    /// Version of the questionnaire that was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questionnaire_version: Option<i32>,
}

impl Finding {
    /// Whether a reason can override the finding. A missing legal basis cannot be overridden, because without it no State
    /// has to answer the request; nor can it ask for more than its order.
    #[must_use]
    pub fn can_be_overridden(&self) -> bool {
        self.field != preflight::NON_PARTY_BASIS && self.section != ORDER
    }

    /// A finding that does not follow from an answer.
    fn new(severity: Severity, field: String, description: String, section: &str) -> Self {
        Self {
            severity,
            field,
            description,
            section: section.to_owned(),
            question: None,
            answer: None,
            answer_date: None,
            questionnaire_version: None,
        }
    }
}

/// The section of what follows from the order.
const ORDER: &str = "Order";

/// What a request is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// What is asked for.
    pub measures: &'a [Measure],
    /// Whose request it is.
    pub origin: Origin,
    /// What it says.
    pub content: &'a RequestContent,
    /// Whether it names an order.
    pub has_order: bool,
    /// Day of that order.
    pub order_date: Option<NaiveDate>,
    /// Day from which no appeal against it is possible.
    pub order_final_date: Option<NaiveDate>,
    /// Day of the warrant or summons of each person of the content, in their order.
    pub target_warrants: &'a [Option<NaiveDate>],
    /// What the order allows; none without an order.
    pub terms: Option<&'a Terms>,
    /// Where each person of the content stands, in their order.
    pub statuses: &'a [Option<PersonStatus>],
    /// The pairs of position and purpose that have ended in the request already. An amendment does not begin them again.
    pub ended: &'a [(i32, PurposeKind)],
    /// Whether each target is convicted.
    pub targets_convicted: bool,
    /// The day of the check.
    pub today: NaiveDate,
    /// The latest day anywhere on Earth.
    pub latest_day: NaiveDate,
}

/// What the check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Errors before warnings, each in the order of the sections.
    pub findings: Vec<Finding>,
    /// Nothing mandatory is missing or wrong.
    pub complete: bool,
    /// At least one asset can be singled out, or all assets of a person are asked for with grounds.
    pub specific: bool,
    /// The day of execution leaves the State the time it says it needs.
    pub timely: bool,
    /// The answers it was checked against.
    pub answers_used: Option<AnswersUsed>,
}

/// Checks everything at once.
#[must_use]
pub fn check(facts: &Facts<'_>) -> Check {
    let mut report = Report::default();
    for row in table::TABLE {
        row.check(facts, &mut report);
    }
    for rule in rules::RULES {
        (rule.check)(facts, &mut report);
    }
    let mut findings = report.0;
    findings.sort_by_key(|finding| (finding.severity, table::place(&finding.section)));
    let complete = findings.iter().all(|finding| finding.severity != Severity::Error);
    Check { findings, complete, specific: is_specific(facts.content), timely: false, answers_used: None }
}

fn is_specific(content: &RequestContent) -> bool {
    let mut identifiers = content.assets.iter().flat_map(|asset| &asset.identifiers);
    let all_assets = content.objects.contains(&ObjectKind::AllAssets);
    all_assets && content.grounds.as_ref().is_some_and(|grounds| !grounds.trim().is_empty())
        || identifiers.any(|identifier| {
            identifiers::is_verifiable(identifier.kind)
                && !matches!(identifiers::check(identifier.kind, &identifier.value), Verdict::Wrong(_))
        })
}

/// The findings so far. Paths are given from within the request.
#[derive(Debug, Default)]
struct Report(Vec<Finding>);

impl Report {
    fn error(&mut self, section: &str, path: &str, description: impl Into<String>) {
        self.add(Severity::Error, section, path, description.into());
    }

    fn warning(&mut self, section: &str, path: &str, description: impl Into<String>) {
        self.add(Severity::Warning, section, path, description.into());
    }

    fn add(&mut self, severity: Severity, section: &str, path: &str, description: String) {
        let field = format!("freezing_request.{path}");
        self.0.push(Finding::new(severity, field, description, section));
    }
}
