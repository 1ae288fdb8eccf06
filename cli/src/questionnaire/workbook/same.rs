//! Whether two answers are the same, apart from what spreadsheet programs change on their own.

use std::{fmt::Write as _, str::FromStr as _};

use focalnet_domain::{
    directory::Contact,
    journal::sha256,
    questionnaire::{
        Question,
        answer::{LegislationReference, LegislationReferences, NewAnswer, OptionKeys, Value},
        response::AnswerView,
    },
    text::LocalizedText,
};
use rust_decimal::Decimal;

/// What an answer says, as it would be sent.
pub(super) fn sendable(answer: &AnswerView) -> NewAnswer {
    NewAnswer {
        question: answer.question.clone(),
        value: answer.value.clone(),
        valid_from_date: Some(answer.valid_from_date),
        shared: answer.shared,
        comment: answer.comment.clone(),
        etag: Some(answer.etag.clone()).filter(|etag| !etag.is_empty()),
    }
}

/// An answer in one spelling: white space, line ends, the order of options and zeros after the point do not count,
/// and neither does the etag.
pub(super) fn plain(answer: &NewAnswer, question: &Question) -> NewAnswer {
    NewAnswer {
        value: value(&answer.value, question),
        comment: answer.comment.as_ref().map(words),
        etag: None,
        ..answer.clone()
    }
}

/// Whether the second says what the first says; a day that the first leaves open is any day.
pub(super) fn same(one: &NewAnswer, other: &NewAnswer, question: &Question) -> bool {
    let (mut one, other) = (plain(one, question), plain(other, question));
    one.valid_from_date = one.valid_from_date.or(other.valid_from_date);
    one == other
}

/// The digest by which an answer is known again.
pub(super) fn digest(answer: &NewAnswer, question: &Question) -> String {
    // An answer has no keys that are no text, so that this cannot fail.
    let json = serde_json::to_string(&plain(answer, question)).unwrap_or_default();
    let hash = sha256(&[json.as_bytes()]);
    hash.iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn text(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn optional(words: Option<&String>) -> Option<String> {
    words.map(|words| text(words)).filter(|words| !words.is_empty())
}

fn words(words: &LocalizedText) -> LocalizedText {
    LocalizedText { text: text(&words.text), language_code: words.language_code.clone() }
}

fn value(value: &Value, question: &Question) -> Value {
    match value {
        Value::Options(OptionKeys { keys }) => {
            let place = |key: &String| question.options.iter().position(|option| option.key == *key);
            let mut keys = keys.clone();
            keys.sort_by_key(place);
            Value::Options(OptionKeys { keys })
        }
        Value::Text(said) => Value::Text(words(said)),
        Value::Decimal(number) => {
            let normal = Decimal::from_str(number).map(|number| number.normalize().to_string());
            Value::Decimal(normal.unwrap_or_else(|_| number.clone()))
        }
        Value::Legislation(LegislationReferences { references }) => {
            let plain = |law: &LegislationReference| LegislationReference {
                title: words(&law.title),
                article: optional(law.article.as_ref()),
                url: optional(law.url.as_ref()),
                in_force_from_date: law.in_force_from_date,
            };
            Value::Legislation(LegislationReferences { references: references.iter().map(plain).collect() })
        }
        Value::File(file) => {
            let mut file = file.clone();
            for field in [&mut file.kind, &mut file.file_name, &mut file.sha256] {
                *field = text(field);
            }
            file.translation_of = optional(file.translation_of.as_ref());
            Value::File(file)
        }
        Value::Contact(contact) => Value::Contact(Contact {
            authority: text(&contact.authority),
            person_display_name: optional(contact.person_display_name.as_ref()),
            postal_address: optional(contact.postal_address.as_ref()),
            email: optional(contact.email.as_ref()),
            telephone: optional(contact.telephone.as_ref()),
            around_the_clock: contact.around_the_clock,
        }),
        other => other.clone(),
    }
}
