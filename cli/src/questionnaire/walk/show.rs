//! Questions and answers in words. What is said of them is made harmless where it is said, in [`super::talk`]; here only
//! what must stay on its line.

use std::fmt::Write as _;

use focalnet_contract::client::escape;
use focalnet_domain::{
    directory::Contact,
    freezing_request::content::Attachment,
    questionnaire::{
        Question, QuestionType,
        answer::{Absence, LegislationReference, NewAnswer, Value},
        response::AnswerView,
    },
    text::LocalizedText,
};

use super::parse;

/// What the prompt of a question asks for.
pub(super) fn prompt(question: &Question, language: &str) -> String {
    let key = |many: &str| {
        let number =
            if parse::are_numbered(&question.options) { format!("number{many} or ") } else { String::new() };
        format!("{number}key{many}")
    };
    match question.kind {
        QuestionType::Boolean => "y or n".to_owned(),
        QuestionType::SelectOne => key(""),
        QuestionType::SelectMultiple => key("s"),
        QuestionType::Text => format!("text ({language})"),
        QuestionType::Integer => "whole number".to_owned(),
        QuestionType::Decimal => "number, as 12.5".to_owned(),
        QuestionType::Date => "day, as 2026-03-02".to_owned(),
        QuestionType::Period => "length of time, as 24 months".to_owned(),
        QuestionType::Legislation => format!("title of a law ({language})"),
        QuestionType::Contact => "authority (- for none)".to_owned(),
        QuestionType::File => "kind of file, as certified copy of the order".to_owned(),
        QuestionType::Note => "nothing".to_owned(),
    }
}

/// A value; of texts and laws several lines.
pub(super) fn value(question: &Question, value: &Value, language: &str) -> String {
    let option = |key: &String| {
        let found = question.options.iter().find(|option| option.key == *key);
        let label = found.map_or("", |option| option.label.in_language(language));
        if label.is_empty() { key.clone() } else { format!("{} ({key})", escape::line(label)) }
    };
    match value {
        Value::Boolean(true) => "yes".to_owned(),
        Value::Boolean(false) => "no".to_owned(),
        Value::Option(key) => option(key),
        Value::Options(chosen) => chosen.keys.iter().map(option).collect::<Vec<_>>().join("; "),
        Value::Text(words) => text(words, language),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.clone(),
        Value::Date(day) => day.to_string(),
        Value::Period(period) => parse::print_period(*period),
        Value::Legislation(laws) => {
            laws.references.iter().map(|reference| law(reference, language)).collect::<Vec<_>>().join("\n")
        }
        Value::File(file) => attachment(file),
        Value::Contact(contact) => reached(contact),
        Value::Absence(absence) => match absence {
            Absence::Unknown => "unknown",
            Absence::DoesNotApply => "does not apply",
            Absence::UnderReform => "under reform",
            Absence::Withheld => "withheld",
        }
        .to_owned(),
    }
}

/// A text, with its language where that is another one.
fn text(words: &LocalizedText, language: &str) -> String {
    let LocalizedText { text, language_code } = words;
    if language_code == language { text.clone() } else { format!("{text} ({language_code})") }
}

fn law(law: &LegislationReference, language: &str) -> String {
    let day = law.in_force_from_date.map(|day| format!("in force from {day}"));
    let title = escape::line(&text(&law.title, language));
    listed([Some(title), law.article.clone(), law.url.clone(), day])
}

fn reached(contact: &Contact) -> String {
    let hours = contact.around_the_clock.then(|| "at any hour".to_owned());
    listed([
        Some(contact.authority.clone()),
        contact.person_display_name.clone(),
        contact.postal_address.clone(),
        contact.email.clone(),
        contact.telephone.clone(),
        hours,
    ])
}

fn attachment(file: &Attachment) -> String {
    let Attachment { kind, file_name, sha256, size_bytes, language_code, .. } = file;
    let size = format!("{size_bytes} bytes");
    listed([
        Some(kind.clone()),
        Some(file_name.clone()),
        Some(language_code.clone()),
        Some(size),
        Some(format!("SHA-256 {sha256}")),
    ])
}

/// What there is, on one line.
fn listed<const N: usize>(parts: [Option<String>; N]) -> String {
    let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
    parts.map(|part| escape::line(&part)).collect::<Vec<_>>().join(", ")
}

/// Who saved an answer, and when.
pub(super) fn author(answer: &AnswerView) -> String {
    let name = escape::line(answer.author_display_name.as_deref().unwrap_or("somebody"));
    answer
        .create_time
        .map_or(name.clone(), |time| format!("{name} on {}", time.format("%Y-%m-%d at %H:%M UTC")))
}

/// An answer that is saved, or filled in from before, with all that was said beside the value.
pub(super) fn answer(question: &Question, answer: &AnswerView, language: &str) -> String {
    let mut said = value(question, &answer.value, language);
    let _ = write!(said, "\nvalid from {}", answer.valid_from_date);
    beside(&mut said, answer.shared, answer.comment.as_ref(), language);
    said
}

/// The same of one that is not saved.
pub(super) fn new_answer(question: &Question, answer: &NewAnswer, language: &str) -> String {
    let mut said = value(question, &answer.value, language);
    if let Some(day) = answer.valid_from_date {
        let _ = write!(said, "\nvalid from {day}");
    }
    beside(&mut said, answer.shared, answer.comment.as_ref(), language);
    said
}

fn beside(said: &mut String, shared: bool, comment: Option<&LocalizedText>, language: &str) {
    if shared {
        said.push_str("\nshared with other States Parties");
    }
    if let Some(comment) = comment {
        let _ = write!(said, "\ncomment: {}", text(comment, language));
    }
}
