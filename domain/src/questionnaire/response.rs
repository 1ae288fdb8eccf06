//! The response of one State to one circulation: its lifecycle as a table, and what each side sees of it.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    names::{CirculationId, OrganizationId, QuestionnaireId, ResponseId, UserId},
    words::words,
};

#[cfg(test)]
mod tests;
mod view;

pub use view::{AnswerConflict, AnswerView, InForce, Progress, ResponseView, progress};

words! {
    /// Where a response stands.
    pub enum State {
        /// Being answered.
        Draft = "draft",
        /// Answered, waiting for a second person of the State.
        Submitted = "submitted",
        /// Confirmed by a second person.
        Attested = "attested",
        /// Being answered again.
        Reopened = "reopened",
    }
}

words! {
    /// What can be done with a response.
    pub enum ResponseAct {
        /// Save answers.
        SaveAnswers = "save_answers",
        /// Declare it answered.
        Submit = "submit_response",
        /// Confirm it as a second person.
        Attest = "attest_response",
        /// Take it up again.
        Reopen = "reopen_response",
        /// Remind the State of it.
        Remind = "record_reminder",
    }
}

/// A row of the lifecycle.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The act.
    pub act: ResponseAct,
    /// States in which it is allowed.
    pub from: &'static [State],
    /// The state after; the same when nothing is said.
    pub to: Option<State>,
    /// Whether it takes another human being than the one who submitted.
    pub second_person: bool,
}

const fn row(act: ResponseAct, from: &'static [State], to: Option<State>, second_person: bool) -> Row {
    Row { act, from, to, second_person }
}

/// The lifecycle of responses.
pub const ROWS: &[Row] = &[
    row(ResponseAct::SaveAnswers, &[State::Draft, State::Reopened], None, false),
    row(ResponseAct::Submit, &[State::Draft, State::Reopened], Some(State::Submitted), false),
    row(ResponseAct::Attest, &[State::Submitted], Some(State::Attested), true),
    row(ResponseAct::Reopen, &[State::Submitted, State::Attested], Some(State::Reopened), false),
    // The Registry does not know what the State does before it attests, so a reminder is allowed in all these
    // states.
    row(ResponseAct::Remind, &[State::Draft, State::Submitted, State::Reopened], None, false),
];

impl ResponseAct {
    /// Its row.
    #[must_use]
    pub fn row(self) -> Option<&'static Row> {
        ROWS.iter().find(|row| row.act == self)
    }
}

/// The table as a part of a page of the documentation.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "\n# Lifecycle of a response to a questionnaire\n\nFrom the table in \
         `domain/src/questionnaire/response.rs`. Who may do what stands in `docs/policy.md`.\n\n\
         | act | from | to | second person |\n| --- | --- | --- | --- |\n",
    );
    for Row { act, from, to, second_person } in ROWS {
        let from = from.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(", ");
        let to = to.map_or("the same", State::as_str);
        let second = if *second_person { "another human being than the one who submitted" } else { "" };
        let _ = writeln!(page, "| {act} | {from} | {to} | {second} |");
    }
    page
}

/// A reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// Reference of the note verbale or message.
    pub reference: String,
    /// When it was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub create_time: Option<DateTime<Utc>>,
}

/// What is circulated, and to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCirculation {
    /// Reference of the note verbale.
    pub note_verbale: String,
    /// Day by which an answer is asked for.
    pub due_date: NaiveDate,
    /// The States asked.
    #[serde(default)]
    pub requested_states: Vec<OrganizationId>,
}

/// A circulation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circulation {
    /// Its name.
    pub name: CirculationId,
    /// What is circulated, and to whom.
    #[serde(flatten)]
    pub facts: NewCirculation,
    /// The responses, in the order of the States.
    pub responses: Vec<ResponseId>,
    /// When it was circulated.
    pub create_time: DateTime<Utc>,
}

/// A response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Its name.
    pub name: ResponseId,
    /// The circulation it belongs to.
    pub circulation: CirculationId,
    /// Key of the questionnaire.
    pub questionnaire_key: String,
    /// Number of its version.
    pub version_number: i32,
    /// The State.
    pub requested_state: OrganizationId,
    /// Name of the State.
    pub requested_state_display_name: String,
    /// Reference of the note verbale.
    pub note_verbale: String,
    /// Day by which an answer is asked for.
    pub due_date: NaiveDate,
    /// Where it stands.
    pub state: State,
    /// Reminders sent.
    pub reminders: Vec<Reminder>,
    /// Who submitted it last.
    pub submitter: Option<UserId>,
    /// Name of who submitted it last.
    pub submitter_display_name: Option<String>,
    /// Why it was reopened last.
    pub reopen_reason: Option<String>,
    /// When it was attested last.
    pub attest_time: Option<DateTime<Utc>>,
    /// When it was circulated.
    pub create_time: DateTime<Utc>,
}

impl Response {
    /// The version of the questionnaire.
    #[must_use]
    pub const fn questionnaire(&self) -> QuestionnaireId {
        self.circulation.parent
    }

    /// Where it stands as a side may know: the Court learns of nothing but attestation.
    #[must_use]
    pub const fn state_for(&self, court: bool) -> State {
        match (court, self.attest_time) {
            (false, _) => self.state,
            (true, None) => State::Draft,
            (true, Some(_)) => State::Attested,
        }
    }
}
