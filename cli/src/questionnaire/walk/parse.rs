//! Values that fit on one line, from and to the words of people.

use chrono::{Datelike as _, NaiveDate};
use focalnet_domain::{
    questionnaire::{
        Question, QuestionOption, QuestionType,
        answer::{OptionKeys, Period, Unit, Value},
    },
    text::LocalizedText,
};

/// The words for what a length of time counts, English and French; the first two are printed, for one and for more.
const UNITS: [(Unit, &[&str]); 4] = [
    (Unit::Hours, &["hour", "hours", "h", "heure", "heures"]),
    (Unit::Days, &["day", "days", "d", "j", "jour", "jours"]),
    (Unit::Months, &["month", "months", "mois"]),
    (Unit::Years, &["year", "years", "y", "an", "ans", "année", "années"]),
];

/// An answer to a question of a type that fits on one line; or what is wrong with it.
pub(super) fn value(question: &Question, text: &str, language: &str) -> Result<Value, String> {
    match question.kind {
        QuestionType::Boolean => boolean(text).map(Value::Boolean),
        QuestionType::SelectOne => one(&question.options, text),
        QuestionType::SelectMultiple => many(&question.options, text),
        QuestionType::Text => Ok(Value::Text(words(text, language))),
        QuestionType::Integer => text
            .parse()
            .map(Value::Integer)
            .map_err(|_| "Write a whole number in figures without blanks, as 12000.".to_owned()),
        QuestionType::Decimal => Ok(Value::Decimal(text.to_owned())),
        QuestionType::Date => day(text).map(Value::Date),
        QuestionType::Period => period(text).map(Value::Period),
        kind @ (QuestionType::Legislation | QuestionType::File | QuestionType::Contact) => {
            Err(format!("An answer of the type {kind} takes several lines."))
        }
        QuestionType::Note => Err("There is nothing to answer.".to_owned()),
    }
}

/// Words in a language.
pub(super) fn words(text: &str, language: &str) -> LocalizedText {
    LocalizedText { text: text.to_owned(), language_code: language.to_owned() }
}

/// Yes or no, in English or French.
pub(super) fn boolean(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "y" | "yes" | "o" | "oui" => Ok(true),
        "n" | "no" | "non" => Ok(false),
        _ => Err("Write y or n.".to_owned()),
    }
}

/// A day that the contract takes: a year of four digits.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    let day = text.parse::<NaiveDate>().ok().filter(|day| (1..=9999).contains(&day.year()));
    day.ok_or_else(|| "Write a day as year, month and day: 2026-03-02.".to_owned())
}

/// A length of time, as `24 months`.
pub(super) fn period(text: &str) -> Result<Period, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (amount, unit) = text.split_at(digits);
    let unit = unit.trim().to_lowercase();
    let unit = UNITS.iter().find(|(_, words)| words.contains(&unit.as_str())).map(|(unit, _)| *unit);
    let (Some(unit), false) = (unit, amount.is_empty()) else {
        return Err(
            "Write a whole number of hours, days, months or years: 48 h, 5 d, 24 months, 2 ans.".to_owned()
        );
    };
    let amount = amount.parse().ok().filter(|amount| (0..=Period::MAX).contains(amount));
    let amount = amount.ok_or_else(|| format!("The number must be from 0 to {}.", Period::MAX))?;
    Ok(Period { amount, unit })
}

/// The length of time as [`period`] reads it.
pub(super) fn print_period(Period { amount, unit }: Period) -> String {
    let words = UNITS.iter().find(|(known, _)| *known == unit).map_or(&[][..], |(_, words)| *words);
    let word = words.get(usize::from(amount != 1)).copied().unwrap_or_default();
    format!("{amount} {word}")
}

/// Whether options can be chosen by number: not where the key of one looks like the number of another.
pub(super) fn are_numbered(options: &[QuestionOption]) -> bool {
    options.iter().all(|option| option.key.parse::<usize>().is_err())
}

/// The place of an option, by its key or number.
fn place(options: &[QuestionOption], text: &str) -> Option<usize> {
    let number = || text.parse::<usize>().ok()?.checked_sub(1).filter(|place| *place < options.len());
    let key = options.iter().position(|option| option.key == text);
    key.or_else(|| are_numbered(options).then(number).flatten())
}

fn none_of(options: &[QuestionOption], text: &str) -> String {
    if are_numbered(options) {
        format!("`{text}` is none of the options: write a number from 1 to {}, or a key.", options.len())
    } else {
        format!("`{text}` is none of the options: write a key.")
    }
}

fn one(options: &[QuestionOption], text: &str) -> Result<Value, String> {
    let place = place(options, text).ok_or_else(|| none_of(options, text))?;
    Ok(Value::Option(options[place].key.clone()))
}

/// Options in their own order, each once. A key may itself hold a comma: a whole word counts first.
fn many(options: &[QuestionOption], text: &str) -> Result<Value, String> {
    let mut chosen = vec![false; options.len()];
    for word in text.split_whitespace() {
        let parts = if place(options, word).is_some() { vec![word] } else { word.split(',').collect() };
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            chosen[place(options, part).ok_or_else(|| none_of(options, part))?] = true;
        }
    }
    let keys = options.iter().zip(chosen).filter(|(_, chosen)| *chosen);
    Ok(Value::Options(OptionKeys { keys: keys.map(|(option, _)| option.key.clone()).collect() }))
}
