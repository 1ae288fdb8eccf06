//! An answer as the contents of cells.

use chrono::NaiveDate;
use focalnet_domain::questionnaire::{
    Question,
    answer::{Unit, Value},
};

use super::{
    layout::Part,
    options,
    words::{Labels, word},
};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// Nothing.
    Blank,
    /// Text.
    Text(String),
    /// A number that every program keeps.
    Number(f64),
    /// A day.
    Day(NaiveDate),
}

/// What a row holds of a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cells {
    /// The answer.
    pub(super) answer: Content,
    /// The language of its words.
    pub(super) language: Content,
    /// The unit.
    pub(super) unit: Content,
    /// Why there is none.
    pub(super) absence: Content,
}

/// Whole numbers below have 15 digits at most: those that every program keeps.
const KEPT: i64 = 1_000_000_000_000_000;

impl Content {
    /// Text, unless it is empty.
    pub(super) fn text(text: &str) -> Self {
        if text.is_empty() { Self::Blank } else { Self::Text(text.to_owned()) }
    }

    fn optional(text: Option<&String>) -> Self {
        text.map_or(Self::Blank, |text| Self::text(text))
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers of 15 digits are exact")]
    fn integer(number: i64) -> Self {
        if number.unsigned_abs() < KEPT.unsigned_abs() {
            Self::Number(number as f64)
        } else {
            Self::Text(number.to_string())
        }
    }
}

/// What the row of a question, or one below it, holds of a value.
pub(super) fn of(
    value: Option<&Value>,
    part: Option<Part<'_>>,
    question: &Question,
    language: &str,
    words: &Labels,
) -> Cells {
    let mut cells = Cells {
        answer: Content::Blank,
        language: Content::Blank,
        unit: Content::Blank,
        absence: Content::Blank,
    };
    match (value, part) {
        (Some(Value::Boolean(yes)), None) => cells.answer = Content::text(words.yes_no(*yes)),
        (Some(Value::Option(key)), None) => {
            let place = question.options.iter().position(|option| option.key == *key);
            let shown = options::shown(question, language);
            cells.answer = Content::optional(place.and_then(|place| shown.get(place)));
        }
        (Some(Value::Options(chosen)), Some(Part::Option(key))) => {
            let is_chosen = chosen.keys.iter().any(|chosen| chosen == key);
            cells.answer = Content::text(if is_chosen { words.yes } else { "" });
        }
        (Some(Value::Text(said)), None) => {
            cells.answer = Content::text(&said.text);
            cells.language = Content::text(&said.language_code);
        }
        (Some(Value::Integer(number)), None) => cells.answer = Content::integer(*number),
        (Some(Value::Decimal(number)), None) => cells.answer = Content::text(number),
        (Some(Value::Date(day)), None) => cells.answer = Content::Day(*day),
        (Some(Value::Period(period)), None) => {
            cells.answer = Content::integer(period.amount.into());
            cells.unit = Content::text(word(Unit::ALL, &words.units, &period.unit));
        }
        (Some(Value::Absence(absence)), None) => {
            cells.absence = Content::text(words.absence(*absence));
        }
        (Some(value), Some(part)) => of_part(&mut cells, value, part, words),
        _ => {}
    }
    cells
}

fn of_part(cells: &mut Cells, value: &Value, part: Part<'_>, words: &Labels) {
    cells.answer = match (value, part) {
        (Value::Legislation(laws), Part::Law(number, field)) => {
            let Some(law) = laws.references.get(number - 1) else { return };
            if field == 0 {
                cells.language = Content::text(&law.title.language_code);
            }
            match field {
                0 => Content::text(&law.title.text),
                1 => Content::optional(law.article.as_ref()),
                2 => Content::optional(law.url.as_ref()),
                _ => law.in_force_from_date.map_or(Content::Blank, Content::Day),
            }
        }
        (Value::Contact(contact), Part::Contact(field)) => match field {
            0 => Content::text(&contact.authority),
            1 => Content::optional(contact.person_display_name.as_ref()),
            2 => Content::optional(contact.postal_address.as_ref()),
            3 => Content::optional(contact.email.as_ref()),
            4 => Content::optional(contact.telephone.as_ref()),
            _ => Content::text(words.yes_no(contact.around_the_clock)),
        },
        (Value::File(file), Part::File(field)) => match field {
            0 => Content::text(&file.kind),
            1 => Content::text(&file.file_name),
            2 => Content::text(&file.sha256),
            3 => Content::integer(file.size_bytes),
            4 => Content::text(&file.language_code),
            _ => Content::optional(file.translation_of.as_ref()),
        },
        _ => return,
    };
}
