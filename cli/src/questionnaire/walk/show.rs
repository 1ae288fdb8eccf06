//! Questions and answers in words. What is said of them is made harmless where it is said, in [`super::talk`]; here only
//! what must stay on its line.

use chrono::NaiveDate;
use focalnet_contract::client::escape;
use focalnet_domain::{
    directory::Contact,
    freezing_request::content::Attachment,
    questionnaire::{
        Question, QuestionType,
        answer::{LegislationReference, NewAnswer, Value},
        response::AnswerView,
    },
    text::LocalizedText,
};

use super::{parse, phrases::Phrase};
use crate::questionnaire::{tongue::Tongue, workbook::Labels};

/// What the prompt of a question asks for.
pub(super) fn prompt(question: &Question, language: &str) -> String {
    let numbered = parse::are_numbered(&question.options);
    let phrase = match question.kind {
        QuestionType::Boolean => Phrase::AskBoolean,
        QuestionType::SelectOne if numbered => Phrase::AskNumber,
        QuestionType::SelectOne => Phrase::AskKey,
        QuestionType::SelectMultiple if numbered => Phrase::AskNumbers,
        QuestionType::SelectMultiple => Phrase::AskKeys,
        QuestionType::Text => Phrase::AskText,
        QuestionType::Integer => Phrase::AskInteger,
        QuestionType::Decimal => Phrase::AskDecimal,
        QuestionType::Date => Phrase::AskDay,
        QuestionType::Period => Phrase::AskLength,
        QuestionType::Legislation => Phrase::AskLaw,
        QuestionType::Contact => Phrase::AskContact,
        QuestionType::File => Phrase::AskFile,
        QuestionType::Note => Phrase::NothingToAnswer,
    };
    Tongue::of(language).say(phrase, &[language])
}

/// A value; of texts and laws several lines.
pub(super) fn value(question: &Question, value: &Value, language: &str) -> String {
    let option = |key: &String| {
        let found = question.options.iter().find(|option| option.key == *key);
        let label = found.map_or("", |option| option.label.in_language(language));
        if label.is_empty() { key.clone() } else { format!("{} ({key})", escape::line(label)) }
    };
    let tongue = Tongue::of(language);
    let labels = Labels::of(language);
    match value {
        Value::Boolean(yes) => labels.yes_no(*yes).to_owned(),
        Value::Option(key) => option(key),
        Value::Options(chosen) => chosen.keys.iter().map(option).collect::<Vec<_>>().join("; "),
        Value::Text(words) => text(words, language),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => number.clone(),
        Value::Date(day) => day.to_string(),
        Value::Period(period) => parse::print_period(*period, tongue),
        Value::Legislation(laws) => {
            laws.references.iter().map(|reference| law(reference, language)).collect::<Vec<_>>().join("\n")
        }
        Value::File(file) => attachment(file, tongue),
        Value::Contact(contact) => reached(contact, tongue),
        Value::Absence(absence) => labels.absence(*absence).to_owned(),
    }
}

/// A text, with its language where that is another one.
fn text(words: &LocalizedText, language: &str) -> String {
    let LocalizedText { text, language_code } = words;
    if language_code == language { text.clone() } else { format!("{text} ({language_code})") }
}

fn law(law: &LegislationReference, language: &str) -> String {
    let day = law.in_force_from_date;
    let day = day.map(|day| Tongue::of(language).say(Phrase::InForceFrom, &[&day.to_string()]));
    let title = escape::line(&text(&law.title, language));
    listed([Some(title), law.article.clone(), law.url.clone(), day])
}

fn reached(contact: &Contact, tongue: Tongue) -> String {
    let hours = contact.around_the_clock.then(|| tongue.say(Phrase::AtAnyHour, &[]));
    listed([
        Some(contact.authority.clone()),
        contact.person_display_name.clone(),
        contact.postal_address.clone(),
        contact.email.clone(),
        contact.telephone.clone(),
        hours,
    ])
}

fn attachment(file: &Attachment, tongue: Tongue) -> String {
    let Attachment { kind, file_name, sha256, size_bytes, language_code, .. } = file;
    let size = tongue.say(Phrase::Bytes, &[&size_bytes.to_string()]);
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
pub(super) fn author(answer: &AnswerView, tongue: Tongue) -> String {
    let somebody = Phrase::Somebody.text(tongue);
    let name = escape::line(answer.author_display_name.as_deref().unwrap_or(somebody));
    let Some(time) = answer.create_time else { return name };
    let (day, hour) = (time.format("%Y-%m-%d").to_string(), time.format("%H:%M").to_string());
    tongue.say(Phrase::Author, &[&name, &day, &hour])
}

/// An answer that is saved, or filled in from before, with all that was said beside the value.
pub(super) fn answer(question: &Question, answer: &AnswerView, language: &str) -> String {
    let said = value(question, &answer.value, language);
    beside(said, Some(answer.valid_from_date), answer.shared, answer.comment.as_ref(), language)
}

/// The same of one that is not saved.
pub(super) fn new_answer(question: &Question, answer: &NewAnswer, language: &str) -> String {
    let said = value(question, &answer.value, language);
    beside(said, answer.valid_from_date, answer.shared, answer.comment.as_ref(), language)
}

/// Most characters of a text that is repeated whole when it was saved.
const WHOLE: usize = 1_000;
/// Characters of its beginning and of its end that are repeated of a longer one.
const ENDS: usize = 300;

/// An answer as it was just saved, under a heading; of a long text its length, beginning and end.
pub(super) fn saved(question: &Question, answer: &AnswerView, language: &str) -> [String; 2] {
    let tongue = Tongue::of(language);
    let mut said = value(question, &answer.value, language);
    let length = said.chars().count();
    let mut heading = Phrase::Saved.text(tongue).to_owned();
    if length > WHOLE {
        heading = tongue.say(Phrase::SavedLong, &[&tongue.number(length)]);
        let more = tongue.say(Phrase::More, &[&tongue.number(length - 2 * ENDS)]);
        let begins: String = said.chars().take(ENDS).collect();
        let ends: String = said.chars().skip(length - ENDS).collect();
        said = format!("{begins}\n{more}\n{ends}");
    }
    [heading, beside(said, Some(answer.valid_from_date), answer.shared, answer.comment.as_ref(), language)]
}

fn beside(
    mut said: String,
    since: Option<NaiveDate>,
    shared: bool,
    comment: Option<&LocalizedText>,
    language: &str,
) -> String {
    let tongue = Tongue::of(language);
    let mut line = |text: String| {
        said.push('\n');
        said.push_str(&text);
    };
    if let Some(day) = since {
        line(tongue.say(Phrase::ValidFrom, &[&day.to_string()]));
    }
    if shared {
        line(tongue.say(Phrase::Shared, &[]));
    }
    if let Some(comment) = comment {
        line(tongue.say(Phrase::Comment, &[&text(comment, language)]));
    }
    said
}
