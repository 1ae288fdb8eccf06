//! Answers to questions: values, and the statements that take the place of one.

use std::str::FromStr as _;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Question, QuestionType};
use crate::{
    directory::Contact, freezing_request::content::Attachment, journal::Hash, names::UserId,
    text::LocalizedText, words::words,
};

mod against;
#[cfg(test)]
mod tests;

pub use against::{Against, Unfit};

words! {
    /// Why there is no value. Each is an answer with a meaning of its own, but for the last: it leaves the question open.
    pub enum Absence {
        /// Not known, or unclear.
        Unknown = "unknown",
        /// Does not apply here.
        DoesNotApply = "does_not_apply",
        /// The law is being changed.
        UnderReform = "under_reform",
        /// Known and deliberately not said.
        Withheld = "withheld",
        /// The answer that stood was taken back.
        TakenBack = "taken_back",
    }
}

words! {
    /// What a length of time counts.
    pub enum Unit {
        /// Hours.
        Hours = "hours",
        /// Days.
        Days = "days",
        /// Months.
        Months = "months",
        /// Years.
        Years = "years",
    }
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// How many.
    #[serde(default)]
    pub amount: i32,
    /// The unit.
    pub unit: Unit,
}

impl Period {
    /// The most that it can count.
    pub const MAX: i32 = 10_000;

    /// Its length in days, as conditions see it: a month counts 30, a year 365.
    #[must_use]
    pub fn days(self) -> f64 {
        let amount = f64::from(self.amount);
        match self.unit {
            Unit::Hours => amount / 24.0,
            Unit::Days => amount,
            Unit::Months => amount * 30.0,
            Unit::Years => amount * 365.0,
        }
    }

    /// The day this long after another, by the calendar; hours count as the days they begin.
    #[must_use]
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        let amount = u32::try_from(self.amount).ok()?;
        match self.unit {
            Unit::Hours => day.checked_add_days(chrono::Days::new(u64::from(amount.div_ceil(24)))),
            Unit::Days => day.checked_add_days(chrono::Days::new(u64::from(amount))),
            Unit::Months => day.checked_add_months(chrono::Months::new(amount)),
            Unit::Years => day.checked_add_months(chrono::Months::new(amount.checked_mul(12)?)),
        }
    }

    /// The day this long before another, by the calendar.
    #[must_use]
    pub fn before(self, day: NaiveDate) -> Option<NaiveDate> {
        let amount = u32::try_from(self.amount).ok()?;
        match self.unit {
            Unit::Hours => day.checked_sub_days(chrono::Days::new(u64::from(amount.div_ceil(24)))),
            Unit::Days => day.checked_sub_days(chrono::Days::new(u64::from(amount))),
            Unit::Months => day.checked_sub_months(chrono::Months::new(amount)),
            Unit::Years => day.checked_sub_months(chrono::Months::new(amount.checked_mul(12)?)),
        }
    }
}

/// Options chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionKeys {
    /// Their keys.
    #[serde(default)]
    pub keys: Vec<String>,
}

/// A reference to legislation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegislationReference {
    /// Title of the law, in its language.
    pub title: LocalizedText,
    /// Article or section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Day since when it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_from_date: Option<NaiveDate>,
}

/// References to legislation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegislationReferences {
    /// At least one.
    #[serde(default)]
    pub references: Vec<LegislationReference>,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Yes or no.
    Boolean(bool),
    /// Key of an option.
    Option(String),
    /// Keys of options.
    Options(OptionKeys),
    /// Words.
    Text(LocalizedText),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(String),
    /// A day.
    Date(NaiveDate),
    /// A length of time.
    Period(Period),
    /// References to legislation.
    Legislation(LegislationReferences),
    /// A file, by its metadata.
    File(Attachment),
    /// An authority or person.
    Contact(Contact),
    /// Why there is no value.
    Absence(Absence),
}

impl Value {
    /// Whether it takes an answer back, and so answers nothing.
    #[must_use]
    pub const fn takes_back(&self) -> bool {
        matches!(self, Self::Absence(Absence::TakenBack))
    }

    /// What conditions see of it: the empty text where there is no value.
    #[must_use]
    pub fn given(&self) -> String {
        match self {
            Self::Boolean(true) => "yes".to_owned(),
            Self::Boolean(false) => "no".to_owned(),
            Self::Option(key) => key.clone(),
            Self::Options(OptionKeys { keys }) => keys.join(" "),
            Self::Text(words) => words.text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Decimal(number) => number.clone(),
            Self::Date(day) => day.to_string(),
            Self::Period(period) => period.days().to_string(),
            Self::Legislation(_) | Self::File(_) | Self::Contact(_) => "given".to_owned(),
            Self::Absence(_) => String::new(),
        }
    }

    /// What is wrong with it as an answer to a question: where within the value, and what.
    #[must_use]
    pub fn problem(&self, question: &Question) -> Option<(&'static str, Unfit)> {
        let is_option = |key: &String| question.options.iter().any(|option| option.key == *key);
        let no_option =
            || Unfit::NoOption(question.options.iter().map(|option| option.key.clone()).collect());
        match (self, question.kind) {
            (_, QuestionType::Note) => Some(("", Unfit::Note)),
            (Self::Option(key), QuestionType::SelectOne) => {
                (!is_option(key)).then(|| (".option", no_option()))
            }
            (Self::Options(OptionKeys { keys }), QuestionType::SelectMultiple) => {
                let twice = |(place, key): (usize, &String)| keys[..place].contains(key);
                let unfit = if keys.is_empty() {
                    Some(Unfit::NothingChosen)
                } else if keys.iter().enumerate().any(twice) {
                    Some(Unfit::ChosenTwice)
                } else {
                    (!keys.iter().all(is_option)).then(no_option)
                };
                unfit.map(|unfit| (".options.keys", unfit))
            }
            (Self::Decimal(number), QuestionType::Decimal) => {
                let plain = number.chars().all(|letter| letter.is_ascii_digit() || ".-".contains(letter));
                (!plain || Decimal::from_str(number).is_err()).then_some((".decimal", Unfit::NoDecimal))
            }
            (Self::Period(period), QuestionType::Period) => {
                (!(0..=Period::MAX).contains(&period.amount)).then_some((".period.amount", Unfit::Length))
            }
            (Self::Legislation(LegislationReferences { references }), QuestionType::Legislation) => {
                references.is_empty().then_some((".legislation.references", Unfit::NoLaw))
            }
            (Self::Contact(contact), QuestionType::Contact) => {
                let within = |field| if field == ".email" { ".contact.email" } else { ".contact" };
                contact.problem().map(|(field, why)| (within(field), Unfit::Contact(field, why)))
            }
            (Self::Absence(_), _)
            | (Self::Boolean(_), QuestionType::Boolean)
            | (Self::Text(_), QuestionType::Text)
            | (Self::Integer(_), QuestionType::Integer)
            | (Self::Date(_), QuestionType::Date)
            | (Self::File(_), QuestionType::File) => None,
            (_, kind) => Some(("", Unfit::Type(kind))),
        }
    }
}

/// An answer as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// Key of the question.
    pub question: String,
    /// What is answered.
    pub value: Value,
    /// Day since when it is so; the day of the save when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from_date: Option<NaiveDate>,
    /// Whether other States Parties may read it.
    #[serde(default)]
    pub shared: bool,
    /// A word about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<LocalizedText>,
    /// The etag of the answer it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
}

/// An answer as it was saved. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedAnswer {
    /// Key of the question.
    pub question: String,
    /// Its number among those to the question in the response, from 1.
    pub number: i32,
    /// What was answered.
    pub value: Value,
    /// Day since when it is so.
    pub valid_from_date: NaiveDate,
    /// Whether other States Parties may read it.
    pub shared: bool,
    /// A word about it.
    pub comment: Option<LocalizedText>,
    /// Who saved it.
    pub author: UserId,
    /// Name of who saved it.
    pub author_display_name: String,
    /// When it was saved.
    pub create_time: DateTime<Utc>,
    /// Hash of the event that saved it.
    pub head: Hash,
    /// Whether it was attested already.
    pub attested: bool,
}
