//! A response as a side sees it, and how far it is.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Reminder, Response, State};
use crate::{
    names::{CirculationId, OrganizationId, QuestionnaireId, ResponseId},
    organization::Kind,
    questionnaire::{
        QuestionType,
        answer::{SavedAnswer, Value},
        logic::{Given, Logic},
    },
    text::LocalizedText,
};

/// How far a response is, by keys of questions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Asked; a note asks nothing.
    #[serde(default)]
    pub asked: Vec<String>,
    /// Asked, and not answered, not confirmed, or answered by what its constraint does not allow.
    #[serde(default)]
    pub open: Vec<String>,
    /// Open, and to be answered before submission.
    #[serde(default)]
    pub required: Vec<String>,
    /// Not asked.
    #[serde(default)]
    pub hidden: Vec<String>,
}

/// How far a response with these answers is: of each question the key, the value, and whether it is confirmed.
#[must_use]
pub fn progress<'a>(
    logic: &Logic<'_>,
    answers: impl Iterator<Item = (&'a str, &'a Value, bool)>,
) -> Progress {
    let mut given = Given::new();
    let mut confirmed = BTreeSet::new();
    for (question, value, is_confirmed) in answers {
        given.insert(question.to_owned(), value.given());
        confirmed.extend((is_confirmed && !value.takes_back()).then_some(question));
    }
    let mut progress = Progress::default();
    let questions = logic.document().questions.iter().zip(logic.evaluate(&given));
    for (question, standing) in questions.filter(|(question, _)| question.kind != QuestionType::Note) {
        let key = || question.key.clone();
        if !standing.asked {
            progress.hidden.push(key());
            continue;
        }
        progress.asked.push(key());
        // An answer that was confirmed was allowed then, but others on which the constraint depends have changed.
        let is_confirmed = confirmed.contains(question.key.as_str());
        if !is_confirmed || standing.violated {
            progress.open.push(key());
            progress.required.extend((is_confirmed || standing.required).then(key));
        }
    }
    progress
}

/// An answer as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerView {
    /// Key of the question.
    pub question: String,
    /// What is answered.
    pub value: Value,
    /// Day since when it is so.
    pub valid_from_date: NaiveDate,
    /// Whether other States Parties may read it.
    #[serde(default)]
    pub shared: bool,
    /// A word about it.
    pub comment: Option<LocalizedText>,
    /// Version of the answer.
    #[serde(default)]
    pub etag: String,
    /// Its number; 0 for one that is filled in from before.
    #[serde(default)]
    pub number: i32,
    /// Filled in from before, and not yet confirmed.
    #[serde(default)]
    pub unconfirmed: bool,
    /// Who saved it.
    pub author_display_name: Option<String>,
    /// When it was saved.
    pub create_time: Option<DateTime<Utc>>,
}

impl AnswerView {
    /// A saved answer, as its State sees it.
    #[must_use]
    pub fn of(answer: SavedAnswer, etag: String) -> Self {
        Self {
            question: answer.question,
            value: answer.value,
            valid_from_date: answer.valid_from_date,
            shared: answer.shared,
            comment: answer.comment,
            etag,
            number: answer.number,
            unconfirmed: false,
            author_display_name: Some(answer.author_display_name),
            create_time: Some(answer.create_time),
        }
    }

    /// An answer in force, as the Court sees it, or as it is filled in for its State to confirm.
    #[must_use]
    pub fn in_force(answer: InForce, unconfirmed: bool) -> Self {
        Self {
            question: answer.question,
            value: answer.value,
            valid_from_date: answer.valid_from_date,
            shared: answer.shared,
            comment: answer.comment,
            etag: String::new(),
            number: 0,
            unconfirmed,
            author_display_name: None,
            create_time: None,
        }
    }
}

/// Two answers to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerConflict {
    /// The one that was sent.
    pub sent: AnswerView,
    /// The one that stands.
    pub present: AnswerView,
}

/// An answer in force: attested, and the newest that holds on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InForce {
    /// The State.
    pub requested_state: Option<OrganizationId>,
    /// Its country code.
    pub country_code: String,
    /// Key of the questionnaire.
    pub questionnaire_key: String,
    /// Version that was answered.
    pub version_number: i32,
    /// The response.
    pub response: Option<ResponseId>,
    /// Key of the question.
    pub question: String,
    /// What was answered.
    pub value: Value,
    /// A word about it.
    pub comment: Option<LocalizedText>,
    /// Day since when it is so.
    pub valid_from_date: NaiveDate,
    /// When it was attested.
    pub attest_time: DateTime<Utc>,
    /// Whether other States Parties may read it.
    pub shared: bool,
}

/// A response as a side sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct ResponseView {
    pub name: ResponseId,
    pub questionnaire: QuestionnaireId,
    pub questionnaire_key: String,
    pub version_number: i32,
    pub requested_state: OrganizationId,
    pub requested_state_display_name: String,
    pub circulation: Option<CirculationId>,
    pub note_verbale: String,
    pub due_date: NaiveDate,
    pub state: State,
    #[serde(default)]
    pub overdue: bool,
    #[serde(default)]
    pub answers: Vec<AnswerView>,
    pub progress: Option<Progress>,
    #[serde(default)]
    pub reminders: Vec<Reminder>,
    pub submitter_display_name: Option<String>,
    pub reopen_reason: Option<String>,
    pub attest_time: Option<DateTime<Utc>>,
    pub create_time: DateTime<Utc>,
}

impl Response {
    /// The response as somebody of a kind of organization sees it on a day, without its answers. Only the
    /// Registry sees the circulation, which names other States, and the reminders.
    #[must_use]
    pub fn view(&self, kind: Kind, today: NaiveDate) -> ResponseView {
        let registry = kind == Kind::Registry;
        ResponseView {
            name: self.name,
            questionnaire: self.questionnaire(),
            questionnaire_key: self.questionnaire_key.clone(),
            version_number: self.version_number,
            requested_state: self.requested_state,
            requested_state_display_name: self.requested_state_display_name.clone(),
            circulation: registry.then_some(self.circulation),
            note_verbale: self.note_verbale.clone(),
            due_date: self.due_date,
            state: self.state_for(kind.is_court()),
            overdue: self.attest_time.is_none() && self.due_date < today,
            answers: Vec::new(),
            progress: None,
            reminders: if registry { self.reminders.clone() } else { Vec::new() },
            submitter_display_name: self.submitter_display_name.clone(),
            reopen_reason: self.reopen_reason.clone(),
            attest_time: self.attest_time,
            create_time: self.create_time,
        }
    }
}
