//! What a person or a program left in a cell, as a value. Nothing is guessed: what can be read in two ways is refused.

use calamine::Data;
use chrono::NaiveDate;
use focalnet_domain::country::is_language;

use super::words::{LANGUAGES, Labels};

/// A value, nothing for a blank cell, or what is wrong with it.
pub(super) type Read<T> = Result<Option<T>, String>;

/// Whole numbers up to here are exact in a spreadsheet.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The days that a number without a format can stand for: from 1927 to 2149. Below, it is rather a year.
const SERIALS: std::ops::RangeInclusive<f64> = 10_000.0..=91_000.0;

/// Labels. White space around them is not part of them.
pub(super) fn text(cell: &Data) -> Read<String> {
    let text = match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.trim().to_owned(),
        Data::Float(number) => digits(*number),
        Data::Int(number) => number.to_string(),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTime(_) | Data::DateTimeIso(_) => {
            return day(cell).map(|day| day.map(|day| day.to_string()));
        }
        Data::DurationIso(text) => text.clone(),
        Data::Error(_) => return Err("the formula of this cell has an error".to_owned()),
    };
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// A number with the 15 digits that a spreadsheet shows.
fn digits(number: f64) -> String {
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    shown.to_string()
}

/// Yes or no, in a language of the program.
pub(super) fn yes_no(cell: &Data) -> Read<bool> {
    if let Data::Bool(yes) = cell {
        return Ok(Some(*yes));
    }
    let Some(text) = text(cell)? else { return Ok(None) };
    let lower = text.to_lowercase();
    let is = |word: fn(&Labels) -> &'static str| LANGUAGES.iter().any(|words| word(words) == lower);
    match lower.as_str() {
        _ if is(|words| words.yes) => Ok(Some(true)),
        _ if is(|words| words.no) => Ok(Some(false)),
        "true" | "1" | "x" => Ok(Some(true)),
        "false" | "0" => Ok(Some(false)),
        _ => Err("must be yes or no".to_owned()),
    }
}

/// A member of a list, by its word in a language of the program or in the contract.
pub(super) fn member<T: Copy + ToString>(
    cell: &Data,
    all: &[T],
    words: impl Fn(&'static Labels) -> &'static [&'static str],
) -> Read<T> {
    let Some(text) = text(cell)? else { return Ok(None) };
    let lower = text.to_lowercase();
    let named = |place: usize| {
        let shown =
            LANGUAGES.iter().any(|language| words(language).get(place).is_some_and(|word| *word == lower));
        shown || all[place].to_string() == lower
    };
    let found = (0..all.len()).find(|place| named(*place)).map(|place| all[place]);
    let list = || words(LANGUAGES[0]).join(", ");
    found.map(Some).ok_or_else(|| format!("must be one of: {}", list()))
}

/// A day.
pub(super) fn day(cell: &Data) -> Read<NaiveDate> {
    let wrong = || "must be a date, or text as 2026-03-31".to_owned();
    let serial =
        |serial: f64| calamine::ExcelDateTime::new(serial, calamine::ExcelDateTimeType::DateTime, false);
    let of = |time: calamine::ExcelDateTime| {
        let (year, month, day, ..) = time.to_ymd_hms_milli();
        NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
    };
    let found = match cell {
        Data::DateTime(time) if time.is_datetime() && time.as_f64() >= 1.0 => of(*time),
        Data::DateTimeIso(text) => text.get(..10).and_then(iso),
        // A program that forgets formats leaves the number of the day.
        Data::Float(number) if SERIALS.contains(number) => of(serial(*number)),
        Data::String(text) if text.trim().is_empty() => return Ok(None),
        Data::String(text) => iso(text.trim()),
        Data::Empty => return Ok(None),
        _ => None,
    };
    found.map(Some).ok_or_else(wrong)
}

fn iso(text: &str) -> Option<NaiveDate> {
    let is_plain = text.len() == 10 && text.bytes().filter(u8::is_ascii_digit).count() == 8;
    text.parse().ok().filter(|_| is_plain && !text.starts_with("0000"))
}

/// A whole number. Spaces between its digits are allowed.
#[expect(clippy::cast_possible_truncation, reason = "numbers up to here are whole and fit")]
pub(super) fn integer(cell: &Data) -> Read<i64> {
    match cell {
        Data::Int(number) => Ok(Some(*number)),
        Data::Float(number) if number.fract() != 0.0 => Err("must be a whole number".to_owned()),
        Data::Float(number) if number.abs() > EXACT => {
            Err("the spreadsheet has rounded this number: write it as text".to_owned())
        }
        Data::Float(number) => Ok(Some(*number as i64)),
        Data::String(text) if text.trim().is_empty() => Ok(None),
        Data::String(text) => {
            without_spaces(text).parse().map(Some).map_err(|_| "must be a whole number".to_owned())
        }
        Data::Empty => Ok(None),
        _ => Err("must be a whole number".to_owned()),
    }
}

/// A decimal number, with its digits as they are written.
pub(super) fn decimal(cell: &Data) -> Read<String> {
    let text = match cell {
        Data::String(text) => without_spaces(text),
        Data::Float(number) => digits(*number),
        Data::Int(number) => number.to_string(),
        Data::Empty => return Ok(None),
        _ => return Err("must be a decimal number, as 12.5".to_owned()),
    };
    match text.split_once(',') {
        None => Ok(Some(text).filter(|text| !text.is_empty())),
        // A comma before three digits may also separate thousands.
        Some((before, after))
            if after.len() == 3
                && after.bytes().all(|byte| byte.is_ascii_digit())
                && before.trim_start_matches('-') != "0" =>
        {
            Err(format!("`{text}` can be read in two ways: write it without a comma, as 12.5"))
        }
        Some((before, after)) if !before.contains('.') && !after.contains([',', '.']) => {
            Ok(Some(format!("{before}.{after}")))
        }
        Some(_) => Err("must be a decimal number, as 12.5".to_owned()),
    }
}

/// A language.
pub(super) fn language(cell: &Data) -> Read<String> {
    match text(cell)? {
        Some(tag) if !is_language(&tag) => Err("must be a BCP 47 language tag, as fr or pt-BR".to_owned()),
        tag => Ok(tag),
    }
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}
