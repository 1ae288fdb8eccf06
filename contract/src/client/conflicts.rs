//! Answers that stand against each other: what the server says when somebody else answered meanwhile.

use std::fmt::Write as _;

use focalnet_domain::questionnaire::{
    answer::{OptionKeys, Value},
    response::{AnswerConflict, AnswerView},
};
use prost::Message as _;
use prost_reflect::{DynamicMessage, MessageDescriptor};
use serde_json::{Value as Json, json};
use tonic::Status;
use tonic_types::pb;

use super::{escape, words};
use crate::{catalogue, convert};

const DETAIL: &str = "focalnet.v1.AnswerConflicts";

fn descriptor() -> Option<MessageDescriptor> {
    catalogue::method("SaveAnswers").ok()?.parent_pool().get_message_by_name(DETAIL)
}

/// The conflicts that a status tells; none when it is about something else, or when they did not fit into it.
#[must_use]
pub fn of(status: &Status) -> Vec<AnswerConflict> {
    read(status).unwrap_or_default()
}

fn read(status: &Status) -> Option<Vec<AnswerConflict>> {
    #[derive(serde::Deserialize)]
    struct Told {
        conflicts: Vec<AnswerConflict>,
    }
    let details = pb::Status::decode(status.details()).ok()?.details;
    let told = details.iter().find(|detail| detail.type_url.ends_with(&format!("/{DETAIL}")))?;
    let message = DynamicMessage::decode(descriptor()?, told.value.as_slice()).ok()?;
    convert::to_domain(&message).ok().map(|Told { conflicts }| conflicts)
}

/// Each conflict on lines of its own: the question, what was sent, and what stands, by whom and since when.
#[must_use]
pub fn text(conflicts: &[AnswerConflict]) -> String {
    conflicts.iter().fold(String::new(), |mut text, AnswerConflict { sent, present }| {
        let author = present.author_display_name.as_deref().unwrap_or("somebody else");
        let time = present.create_time.map(|time| time.format(", %Y-%m-%d %H:%M UTC").to_string());
        let by = format!("{author}{}", time.unwrap_or_default());
        let _ = writeln!(text, "  {}", escape::line(&present.question));
        let _ = writeln!(text, "    yours: {}", escape::line(&said(sent)));
        let _ = writeln!(text, "    theirs: {} ({})", escape::line(&said(present)), escape::line(&by));
        text
    })
}

/// The same in JSON, with the names of the contract.
#[must_use]
pub fn json(conflicts: &[AnswerConflict]) -> Json {
    let written = || {
        let message = convert::from_domain(&descriptor()?, &json!({ "conflicts": conflicts })).ok()?;
        let json: Json = serde_json::from_str(&words::json(&message).ok()?).ok()?;
        json.get("conflicts").cloned()
    };
    written().unwrap_or_else(|| json!([]))
}

/// An answer on one line.
fn said(answer: &AnswerView) -> String {
    let mut text = format!("{}; valid from {}", value(&answer.value), answer.valid_from_date);
    if answer.shared {
        text.push_str("; shared");
    }
    if let Some(comment) = &answer.comment {
        let _ = write!(text, "; comment: {}", comment.text);
    }
    text
}

/// A value on one line.
#[must_use]
pub fn value(value: &Value) -> String {
    let list = |parts: &[Option<&str>]| {
        parts.iter().copied().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    match value {
        Value::Boolean(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Option(key) => key.clone(),
        Value::Options(OptionKeys { keys }) => keys.join(", "),
        Value::Text(words) => words.text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.clone(),
        Value::Date(day) => day.to_string(),
        Value::Period(period) => format!("{} {}", period.amount, period.unit),
        Value::Legislation(laws) => {
            let law = |law: &focalnet_domain::questionnaire::answer::LegislationReference| {
                let since = law.in_force_from_date.map(|day| format!("in force from {day}"));
                list(&[Some(&law.title.text), law.article.as_deref(), law.url.as_deref(), since.as_deref()])
            };
            laws.references.iter().map(law).collect::<Vec<_>>().join(" | ")
        }
        Value::File(file) => list(&[Some(&file.file_name), Some(&file.kind), Some(&file.sha256)]),
        Value::Contact(contact) => list(&[
            Some(&contact.authority),
            contact.person_display_name.as_deref(),
            contact.postal_address.as_deref(),
            contact.email.as_deref(),
            contact.telephone.as_deref(),
            contact.around_the_clock.then_some("at any hour"),
        ]),
        Value::Absence(absence) => format!("no value: {}", absence.as_str().replace('_', " ")),
    }
}

#[cfg(test)]
mod tests {
    use focalnet_domain::questionnaire::answer::Absence;

    use super::*;
    use tonic::Code;
    use tonic_types::{ErrorDetails, StatusExt as _};

    use crate::client::failure::Failure;

    fn answer(value: Value, author: &str) -> AnswerView {
        AnswerView {
            question: "D2".to_owned(),
            value,
            valid_from_date: "2026-01-01".parse().unwrap(),
            shared: false,
            comment: None,
            etag: String::new(),
            number: 2,
            unconfirmed: false,
            author_display_name: Some(author.to_owned()),
            create_time: Some("2026-03-02T09:30:00Z".parse().unwrap()),
        }
    }

    fn conflict() -> AnswerConflict {
        AnswerConflict {
            sent: answer(Value::Boolean(true), "Ana"),
            present: answer(Value::Absence(Absence::UnderReform), "Rui\u{1b}"),
        }
    }

    /// As the server refuses answers, with the conflicts where it had room for them.
    fn refused(conflicts: Option<&[AnswerConflict]>) -> Status {
        let mut details = ErrorDetails::new();
        details.set_error_info(
            "ANSWER_CONFLICT",
            "focalnet",
            std::collections::HashMap::<String, String>::new(),
        );
        let status = Status::with_error_details(Code::Aborted, "changed", details);
        let mut told = pb::Status::decode(status.details()).unwrap();
        if let Some(conflicts) = conflicts {
            let message = convert::from_domain(&descriptor().unwrap(), &json!({ "conflicts": conflicts }));
            let value = message.unwrap().encode_to_vec();
            told.details.push(prost_types::Any { type_url: format!("type.googleapis.com/{DETAIL}"), value });
        }
        Status::with_details(Code::Aborted, "changed", told.encode_to_vec().into())
    }

    #[test]
    fn both_answers_come_with_who_and_when() {
        let status = refused(Some(&[conflict()]));
        assert_eq!(of(&status), [conflict()]);
        let expected = "  D2\n    yours: yes; valid from 2026-01-01\n    \
                        theirs: no value: under reform; valid from 2026-01-01 (Rui\\u{1b}, 2026-03-02 09:30 UTC)\n";
        assert_eq!(text(&of(&status)), expected);
        let json = json(&of(&status));
        assert_eq!(json[0]["sent"]["value"]["boolean"], true);
        assert_eq!(json[0]["present"]["value"]["absence"], "ABSENCE_UNDER_REFORM");
        assert_eq!(json[0]["present"]["author_display_name"], "Rui\u{1b}");
    }

    #[test]
    fn what_does_not_fit_is_told_from_what_was_read() {
        assert_eq!(of(&refused(None)), []);
        assert_eq!(Failure::from(refused(None)).or_conflicts(vec![conflict()]).conflicts(), [conflict()]);
        let other = Failure::from(Status::aborted("stale")).or_conflicts(vec![conflict()]);
        assert_eq!(other.conflicts(), []);
    }
}
