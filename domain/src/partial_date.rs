//! Days of which only the month, or only the year, may be known, as of many births.

use std::{fmt, str::FromStr};

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

/// A day, a month or a year, as it was given: `1962-11-04`, `1962-11` or `1962` (ISO 8601-1:2019, 5.2.2.2, reduced
/// precision). What is not known of it is never filled up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    first: NaiveDate,
    precision: Precision,
}

/// How much of it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Precision {
    Year,
    Month,
    Day,
}

/// A text is no such date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a day, a month or a year in ISO 8601, as 1962-11-04, 1962-11 or 1962")]
pub struct NoDate;

impl PartialDate {
    /// Its first day: the day itself, or the first of its month or year.
    #[must_use]
    pub const fn first_day(self) -> NaiveDate {
        self.first
    }
}

impl From<NaiveDate> for PartialDate {
    fn from(first: NaiveDate) -> Self {
        Self { first, precision: Precision::Day }
    }
}

impl FromStr for PartialDate {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let (precision, rest) = match text.len() {
            4 => (Precision::Year, "-01-01"),
            7 => (Precision::Month, "-01"),
            10 => (Precision::Day, ""),
            _ => return Err(NoDate),
        };
        // The parser alone takes signs, spaces and the year 0.
        let is_plain = text
            .bytes()
            .enumerate()
            .all(|(place, byte)| if matches!(place, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
        let first = format!("{text}{rest}").parse().ok().filter(|_| is_plain && !text.starts_with("0000"));
        first.map(|first| Self { first, precision }).ok_or(NoDate)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.first.year())?;
        if self.precision != Precision::Year {
            write!(f, "-{:02}", self.first.month())?;
        }
        if self.precision == Precision::Day {
            write!(f, "-{:02}", self.first.day())?;
        }
        Ok(())
    }
}

impl TryFrom<String> for PartialDate {
    type Error = NoDate;

    fn try_from(text: String) -> Result<Self, NoDate> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_known_is_kept_and_nothing_else() {
        for (text, first) in [
            ("1962", "1962-01-01"),
            ("1962-11", "1962-11-01"),
            ("1962-11-04", "1962-11-04"),
            ("0001", "0001-01-01"),
            ("2024-02-29", "2024-02-29"),
        ] {
            let date: PartialDate = text.parse().unwrap();
            assert_eq!((date.to_string().as_str(), date.first_day()), (text, first.parse().unwrap()));
            assert_eq!(serde_json::to_string(&date).unwrap(), format!("\"{text}\""));
        }
    }

    #[test]
    fn nothing_else_is_a_date() {
        let texts = "62 1962- 1962-13 1962-00 1962-1 1962-11-31 1962-11-4 1962/11 0000 0000-01 +962 1962-W01 1962-309 \
                     19620 196211 1962-11-04T00 c.1962 1962? ١٩٦٢";
        for text in texts.split(' ').chain(["", " 1962", "1962 ", "19 2", "1962-+1"]) {
            assert_eq!(text.parse::<PartialDate>(), Err(NoDate), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_taken_is_shown_as_it_was_given(text in "[0-9+ -]{0,11}|[0-9]{4}(-[01][0-9](-[0-3][0-9])?)?") {
            if let Ok(date) = text.parse::<PartialDate>() {
                prop_assert_eq!(date.to_string(), text);
            }
        }

        #[test]
        fn nothing_panics(text in any::<String>()) {
            let _ = text.parse::<PartialDate>();
        }
    }
}
