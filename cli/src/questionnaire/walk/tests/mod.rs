//! Whole conversations, with a server of a few lines.

mod conflicts;
mod forms;
mod kinds;
mod notes;
mod ways;

use std::collections::VecDeque;

use focalnet_contract::client::Failure;
use focalnet_domain::questionnaire::{
    Document,
    answer::{NewAnswer, Value},
    logic::Logic,
    response::{AnswerView, ResponseView},
};
use serde_json::{Value as Json, json};
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use super::{
    reader::Lines,
    steps::{Walk, Which},
    talk::Talk,
};
use crate::{
    block_on,
    questionnaire::{samples, tongue::Tongue},
};

const NAME: &str = "responses/7d8f6b52-5e0f-4a52-9a8f-0d8f0f5a1c11";

/// What happens before a save.
enum Meanwhile {
    Nothing,
    Answered(AnswerView),
    Fails(Failure),
    /// Others answer, and the save is refused all the same.
    FailsAfter(AnswerView, Failure),
}

/// Keeps answers as the real one does, and lets others answer meanwhile.
struct Server {
    view: ResponseView,
    saved: Vec<NewAnswer>,
    meanwhile: VecDeque<Meanwhile>,
}

impl Server {
    fn turn(&mut self, new: Option<NewAnswer>) -> Result<ResponseView, Failure> {
        let Some(new) = new else { return Ok(self.view.clone()) };
        match self.meanwhile.pop_front() {
            Some(Meanwhile::Answered(theirs)) => self.put(theirs),
            Some(Meanwhile::Fails(failure)) => return Err(failure),
            Some(Meanwhile::FailsAfter(theirs, failure)) => {
                self.put(theirs);
                return Err(failure);
            }
            Some(Meanwhile::Nothing) | None => {}
        }
        let present = self.view.answers.iter().find(|answer| answer.question == new.question);
        let present = present.filter(|present| !present.unconfirmed);
        if present.map(|present| &present.etag) != new.etag.as_ref() {
            return Err(refused(Code::Aborted, "ANSWER_CONFLICT", ""));
        }
        let mut view = theirs(&new.question, &json!(new.value), "Ana Silva");
        view.number = present.map_or(0, |present| present.number) + 1;
        view.etag = format!("{}-{}", new.question, view.number);
        view.valid_from_date = new.valid_from_date.unwrap_or(view.valid_from_date);
        (view.shared, view.comment) = (new.shared, new.comment.clone());
        self.put(view);
        self.saved.push(new);
        Ok(self.view.clone())
    }

    fn put(&mut self, answer: AnswerView) {
        self.view.answers.retain(|other| other.question != answer.question);
        self.view.answers.push(answer);
    }
}

/// A refusal of the server.
fn refused(code: Code, reason: &str, description: &str) -> Failure {
    let mut details = ErrorDetails::new();
    details.set_error_info(reason, "focalnet", std::collections::HashMap::<String, String>::new());
    if !description.is_empty() {
        details.add_bad_request_violation("answers[0].value", description);
    }
    Status::with_error_details(code, "refused", details).into()
}

/// An answer that somebody saved.
fn theirs(question: &str, value: &Json, author: &str) -> AnswerView {
    serde_json::from_value(json!({
        "question": question, "value": value, "valid_from_date": "2026-03-02", "number": 1, "etag": "etag-1",
        "author_display_name": author, "create_time": "2026-03-02T09:30:00Z",
    }))
    .unwrap()
}

/// An answer that is filled in from before.
fn from_before(question: &str, value: &Json) -> AnswerView {
    serde_json::from_value(json!({
        "question": question, "value": value, "valid_from_date": "2024-01-01", "unconfirmed": true, "shared": true,
        "comment": { "text": "As ever.", "language_code": "en" },
    }))
    .unwrap()
}

/// Before a conversation.
struct Scene {
    document: Document,
    server: Server,
    which: Which,
    language: &'static str,
    terminal: bool,
}

/// After it.
struct Played {
    saved: Vec<NewAnswer>,
    text: String,
    end: Result<(), Failure>,
}

impl Scene {
    fn with(answers: impl IntoIterator<Item = AnswerView>) -> Self {
        let view = serde_json::from_value(json!({
            "name": NAME, "questionnaire": "questionnaires/7d8f6b52-5e0f-4a52-9a8f-0d8f0f5a1c12",
            "questionnaire_key": "asset_recovery", "version_number": 2,
            "requested_state": "organizations/7d8f6b52-5e0f-4a52-9a8f-0d8f0f5a1c13",
            "requested_state_display_name": "Portugal", "note_verbale": "NV/2026/1", "due_date": "2026-06-01",
            "state": "draft", "create_time": "2026-03-01T10:00:00Z", "answers": answers.into_iter().collect::<Vec<_>>(),
        }));
        let server = Server { view: view.unwrap(), saved: Vec::new(), meanwhile: VecDeque::new() };
        Self { document: samples::sample(), server, which: Which::Open, language: "en", terminal: false }
    }

    fn empty() -> Self {
        Self::with([])
    }

    fn place(&self, key: &str) -> usize {
        self.document.questions.iter().position(|question| question.key == key).unwrap()
    }

    fn only(self, key: &str) -> Self {
        Self { which: Which::One(self.place(key)), ..self }
    }

    fn all(self) -> Self {
        Self { which: Which::All, ..self }
    }

    fn in_language(self, language: &'static str) -> Self {
        Self { language, ..self }
    }

    fn meanwhile(mut self, happens: impl IntoIterator<Item = Meanwhile>) -> Self {
        self.server.meanwhile.extend(happens);
        self
    }

    fn hears(self, lines: &[&str]) -> Played {
        self.reads((lines.join("\n") + if lines.is_empty() { "" } else { "\n" }).as_bytes())
    }

    fn reads(mut self, input: &[u8]) -> Played {
        let logic = Logic::of(&self.document).unwrap();
        let mut out = Vec::new();
        let view = self.server.view.clone();
        let server = async |answer| self.server.turn(answer);
        let columns = self.terminal.then_some(60);
        let reader = Lines { input, echoed: columns.is_none(), composed: columns.is_some() };
        let talk = Talk { reader, out: &mut out, columns, tongue: Tongue::of(self.language) };
        let end =
            block_on(Walk { logic: &logic, language: self.language, talk, server, view }.run(self.which));
        Played { saved: self.server.saved, text: String::from_utf8(out).unwrap(), end }
    }
}

impl Played {
    /// What was saved, by question.
    fn answers(&self) -> Vec<(&str, &Value)> {
        self.saved.iter().map(|answer| (answer.question.as_str(), &answer.value)).collect()
    }

    /// The questions in the order in which they were saved.
    fn questions(&self) -> Vec<&str> {
        self.saved.iter().map(|answer| answer.question.as_str()).collect()
    }

    /// The questions in the order in which they were shown.
    fn shown(&self) -> Vec<&str> {
        self.text.lines().filter_map(|line| line.split_once(" · ")).map(|(key, _)| key).collect()
    }

    fn last(&self) -> &str {
        self.text.lines().last().unwrap()
    }

    #[track_caller]
    fn says(&self, words: &str) {
        assert!(self.text.contains(words), "no {words:?} in:\n{}", self.text);
    }
}
