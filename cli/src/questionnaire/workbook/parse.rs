//! What a person or a program left in a cell, as a value. Nothing is guessed: what can be read in two ways is refused.

use chrono::NaiveDate;
use focalnet_domain::country::is_language;

use super::{
    super::sheets::Cell,
    words::{LANGUAGES, Labels},
};

/// A value, nothing for a blank cell, or what is wrong with it.
pub(super) type Read<T> = Result<Option<T>, String>;

/// Whole numbers up to here are exact in a spreadsheet.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Labels. White space around them is not part of them.
pub(super) fn text(cell: &Cell) -> Read<String> {
    let text = match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => text.trim().to_owned(),
        Cell::Number { shown, .. } => shown.clone(),
        Cell::Bool(yes) => yes.to_string().to_uppercase(),
        Cell::Day(day) => day.to_string(),
        Cell::Unclear(reason) => return Err(reason.clone()),
    };
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Yes or no, in a language of the program.
pub(super) fn yes_no(cell: &Cell) -> Read<bool> {
    if let Cell::Bool(yes) = cell {
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
    cell: &Cell,
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
pub(super) fn day(cell: &Cell) -> Read<NaiveDate> {
    let found = match cell {
        Cell::Blank => return Ok(None),
        Cell::Text(text) if text.trim().is_empty() => return Ok(None),
        Cell::Text(text) => iso(text.trim()),
        Cell::Day(day) | Cell::Number { day: Some(day), .. } => Some(*day),
        Cell::Bool(_) | Cell::Number { day: None, .. } => None,
        Cell::Unclear(reason) => return Err(reason.clone()),
    };
    found.map(Some).ok_or_else(|| "must be a date, or text as 2026-03-31".to_owned())
}

fn iso(text: &str) -> Option<NaiveDate> {
    let is_plain = text.len() == 10 && text.bytes().filter(u8::is_ascii_digit).count() == 8;
    text.parse().ok().filter(|_| is_plain && !text.starts_with("0000"))
}

/// A whole number. Spaces between its digits are allowed.
pub(super) fn integer(cell: &Cell) -> Read<i64> {
    if let Cell::Number { value, .. } = cell
        && value.abs() > EXACT
    {
        return Err("the spreadsheet has rounded this number: write it as text".to_owned());
    }
    let whole = "must be a whole number";
    let Some(text) = plain(cell, whole)? else { return Ok(None) };
    // As in 12.00, which a cell may show of 12.
    let text = match text.split_once('.') {
        Some((before, after))
            if after.bytes().all(|digit| digit == b'0') && matches!(cell, Cell::Number { .. }) =>
        {
            before
        }
        _ => &text,
    };
    text.parse().map(Some).map_err(|_| whole.to_owned())
}

/// A decimal number, with its digits as they are written.
pub(super) fn decimal(cell: &Cell) -> Read<String> {
    let wrong = "must be a decimal number, as 12.5";
    let Some(text) = plain(cell, wrong)? else { return Ok(None) };
    match text.split_once(',') {
        None => Ok(Some(text)),
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
        Some(_) => Err(wrong.to_owned()),
    }
}

/// The text of a number without spaces and, for a person writes 12.5 % where a percentage is asked, without its sign
/// for percent.
fn plain(cell: &Cell, wrong: &str) -> Read<String> {
    let text = match cell {
        Cell::Blank => return Ok(None),
        Cell::Text(text) => without_spaces(text),
        Cell::Number { value, shown, .. } => return seen(*value, shown).map(Some),
        Cell::Day(day) => {
            return Err(format!(
                "{wrong}: the cell is formatted as a date and shows {day}; format it as text"
            ));
        }
        Cell::Bool(_) => return Err(wrong.to_owned()),
        Cell::Unclear(reason) => return Err(reason.clone()),
    };
    let text = text.strip_suffix('%').unwrap_or(&text);
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

/// The number that a cell shows, when it is the one that the cell holds.
fn seen(value: f64, shown: &str) -> Result<String, String> {
    // What is shown is in the way of the United States: a comma separates thousands.
    let is_of_number = |letter: char| letter.is_ascii_digit() || "+-.,".contains(letter);
    let bare: String = without_spaces(shown).trim_matches(|letter| !is_of_number(letter)).replace(',', "");
    let held = if shown.contains('%') { value * 100.0 } else { value };
    match bare.parse::<f64>() {
        Ok(number) if format!("{number:.11e}") == format!("{held:.11e}") => {
            Ok(if bare.contains(['e', 'E']) { number.to_string() } else { bare })
        }
        _ => Err(format!("the cell shows `{shown}` and holds {value}: write as text what is meant")),
    }
}

/// A language.
pub(super) fn language(cell: &Cell) -> Read<String> {
    match text(cell)? {
        Some(tag) if !is_language(&tag) => Err("must be a BCP 47 language tag, as fr or pt-BR".to_owned()),
        tag => Ok(tag),
    }
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}
