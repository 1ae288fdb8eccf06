//! Questionnaires for the tests.

use std::collections::BTreeMap;

use super::{
    Document, Question, QuestionOption, QuestionType, Questionnaire, Section, State, Texts, publication,
};
use crate::{names::QuestionnaireId, text::LocalizedText};

/// The set on asset recovery, as it is shipped.
pub(super) fn shipped() -> Document {
    toml::from_str(super::STANDARD).unwrap()
}

/// Words in English.
pub(super) fn texts(words: &str) -> Texts {
    Texts::from_iter([english(words)])
}

/// Words in English, as somebody writes them.
pub(super) fn english(words: &str) -> LocalizedText {
    LocalizedText { text: words.into(), language_code: "en".into() }
}

/// A question of the section `A` that is always asked and need not be answered.
pub(super) fn question(key: &str, kind: QuestionType) -> Question {
    Question {
        key: key.into(),
        section: "A".into(),
        kind,
        label: texts("What does the law say?"),
        help: Texts::default(),
        options: Vec::new(),
        relevant: None,
        required: None,
        constraint: None,
        constraint_message: Texts::default(),
        gap_rules: Vec::new(),
        legal_basis: None,
        feeds: None,
        change: None,
    }
}

/// A question with options.
pub(super) fn closed(key: &str, kind: QuestionType, options: &[&str]) -> Question {
    Question { options: options.iter().map(|key| option(key)).collect(), ..question(key, kind) }
}

/// An option.
pub(super) fn option(key: &str) -> QuestionOption {
    QuestionOption { key: key.into(), label: texts("So it is") }
}

/// A questionnaire of the one section `A`.
pub(super) fn document(questions: impl IntoIterator<Item = Question>) -> Document {
    Document {
        key: "law".into(),
        title: texts("Questionnaire on national law"),
        sections: vec![Section { key: "A".into(), label: texts("Law") }],
        questions: questions.into_iter().collect(),
    }
}

/// A document as a published version; `before` are the meanings of the version before.
pub(super) fn published(document: Document, number: i32, before: &BTreeMap<String, i32>) -> Questionnaire {
    let time = "2026-01-01T12:00:00Z".parse().unwrap();
    Questionnaire {
        name: QuestionnaireId::random(),
        meanings: publication::meanings(&document, number, before),
        document,
        version_number: Some(number),
        state: State::Published,
        create_time: time,
        publish_time: Some(time),
    }
}
