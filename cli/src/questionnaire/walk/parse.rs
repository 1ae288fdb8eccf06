//! Values that fit in one entry, from and to the words of people.

use chrono::{Datelike as _, NaiveDate};
use focalnet_contract::schema;
use focalnet_domain::{
    questionnaire::{
        Question, QuestionOption, QuestionType,
        answer::{OptionKeys, Period, Unit, Value},
    },
    text::LocalizedText,
};

use super::phrases::Phrase;
use crate::questionnaire::tongue::Tongue;

/// A unit of length of time: its words, for one and for more, and what else is read as it, in English and French.
struct UnitWords {
    unit: Unit,
    one: Phrase,
    more: Phrase,
    read: &'static [&'static str],
}

const UNITS: [UnitWords; 4] = [
    UnitWords {
        unit: Unit::Hours,
        one: Phrase::Hour,
        more: Phrase::Hours,
        read: &["hour", "hours", "h", "heure", "heures"],
    },
    UnitWords {
        unit: Unit::Days,
        one: Phrase::OneDay,
        more: Phrase::Days,
        read: &["day", "days", "d", "j", "jour", "jours"],
    },
    UnitWords {
        unit: Unit::Months,
        one: Phrase::Month,
        more: Phrase::Months,
        read: &["month", "months", "mois"],
    },
    UnitWords {
        unit: Unit::Years,
        one: Phrase::Year,
        more: Phrase::Years,
        read: &["year", "years", "y", "an", "ans", "année", "années"],
    },
];

/// An answer to a question of a type that fits in one entry; or what is wrong with it.
pub(super) fn value(question: &Question, text: &str, language: &str) -> Result<Value, String> {
    let tongue = Tongue::of(language);
    match question.kind {
        QuestionType::Boolean => boolean(text, tongue).map(Value::Boolean),
        QuestionType::SelectOne => one(&question.options, text, tongue),
        QuestionType::SelectMultiple => many(&question.options, text, tongue),
        QuestionType::Text => {
            fitting(text, "LocalizedText.text", tongue).map(|text| Value::Text(words(text, language)))
        }
        QuestionType::Integer => {
            text.parse().map(Value::Integer).map_err(|_| tongue.say(Phrase::WholeNumber, &[]))
        }
        QuestionType::Decimal => {
            let value = Value::Decimal(text.to_owned());
            let fits = value.problem(question).is_none();
            if fits { Ok(value) } else { Err(tongue.say(Phrase::DecimalNumber, &[])) }
        }
        QuestionType::Date => day(text, tongue).map(Value::Date),
        QuestionType::Period => period(text, tongue).map(Value::Period),
        kind @ (QuestionType::Legislation | QuestionType::File | QuestionType::Contact) => {
            Err(tongue.say(Phrase::SeveralLines, &[kind.as_str()]))
        }
        QuestionType::Note => Err(tongue.say(Phrase::NothingToAnswer, &[])),
    }
}

/// A text, if it is as short as its field.
pub(super) fn fitting<'t>(text: &'t str, field: &str, tongue: Tongue) -> Result<&'t str, String> {
    let most = schema::rules(field).map_or(usize::MAX, |rules| rules.max_length);
    let long = text.chars().nth(most).is_some();
    if long { Err(tongue.say(Phrase::TooLong, &[&tongue.number(most)])) } else { Ok(text) }
}

/// Words in a language.
pub(super) fn words(text: &str, language: &str) -> LocalizedText {
    LocalizedText { text: text.to_owned(), language_code: language.to_owned() }
}

/// Yes or no, in English or French.
pub(super) fn boolean(text: &str, tongue: Tongue) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "y" | "yes" | "o" | "oui" => Ok(true),
        "n" | "no" | "non" => Ok(false),
        _ => Err(tongue.say(Phrase::YesOrNo, &[])),
    }
}

/// A day that the contract takes: a year of four digits.
pub(super) fn day(text: &str, tongue: Tongue) -> Result<NaiveDate, String> {
    let day = text.parse::<NaiveDate>().ok().filter(|day| (1..=9999).contains(&day.year()));
    day.ok_or_else(|| tongue.say(Phrase::Day, &[]))
}

/// A length of time, as `24 months`.
pub(super) fn period(text: &str, tongue: Tongue) -> Result<Period, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (amount, word) = text.split_at(digits);
    let word = word.trim().to_lowercase();
    let known = UNITS.iter().find(|known| known.read.contains(&word.as_str()));
    let (Some(UnitWords { unit, .. }), false) = (known, amount.is_empty()) else {
        return Err(tongue.say(Phrase::Length, &[]));
    };
    let amount = amount.parse().ok().filter(|amount| (0..=Period::MAX).contains(amount));
    let amount = amount.ok_or_else(|| tongue.say(Phrase::LengthWithin, &[&Period::MAX.to_string()]))?;
    Ok(Period { amount, unit: *unit })
}

/// The length of time as [`period`] reads it.
pub(super) fn print_period(Period { amount, unit }: Period, tongue: Tongue) -> String {
    let known = UNITS.iter().find(|known| known.unit == unit);
    // In French nothing is one, in grammar: zero jour.
    let one = amount == 1 || amount == 0 && tongue == Tongue::French;
    let word = known.map_or("", |known| if one { known.one } else { known.more }.text(tongue));
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

fn none_of(options: &[QuestionOption], text: &str, tongue: Tongue) -> String {
    if are_numbered(options) {
        tongue.say(Phrase::NoneOfNumbered, &[text, &options.len().to_string()])
    } else {
        tongue.say(Phrase::NoneOfKeys, &[text])
    }
}

fn one(options: &[QuestionOption], text: &str, tongue: Tongue) -> Result<Value, String> {
    let place = place(options, text).ok_or_else(|| none_of(options, text, tongue))?;
    Ok(Value::Option(options[place].key.clone()))
}

/// Options in their own order, each once. A key may itself hold a comma: a whole word counts first.
fn many(options: &[QuestionOption], text: &str, tongue: Tongue) -> Result<Value, String> {
    let mut chosen = vec![false; options.len()];
    for word in text.split_whitespace() {
        let parts = if place(options, word).is_some() { vec![word] } else { word.split(',').collect() };
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            chosen[place(options, part).ok_or_else(|| none_of(options, part, tongue))?] = true;
        }
    }
    let keys = options.iter().zip(chosen).filter(|(_, chosen)| *chosen);
    Ok(Value::Options(OptionKeys { keys: keys.map(|(option, _)| option.key.clone()).collect() }))
}
