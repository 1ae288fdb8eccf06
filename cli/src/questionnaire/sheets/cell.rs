//! A cell as a person sees it.

use calamine::{CellType, Data, ExcelDateTime};
use chrono::{Duration, NaiveDate};
use rust_decimal::prelude::ToPrimitive as _;

use super::formats::Formats;

/// What a cell shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::questionnaire) enum Cell {
    /// Nothing.
    #[default]
    Blank,
    /// Text.
    Text(String),
    /// TRUE or FALSE.
    Bool(bool),
    /// A number.
    Number {
        /// What the cell holds.
        value: f64,
        /// What it shows of it.
        shown: String,
        /// The day that it may stand for: a program that forgets formats leaves the number of the day.
        day: Option<NaiveDate>,
    },
    /// A day.
    Day(NaiveDate),
    /// What cannot be taken as it is shown, and why.
    Unclear(String),
}

impl CellType for Cell {}

/// The numbers of days that a cell without a format may hold: in the system of 1900, from 1927 to 2149. Below, it is
/// rather a year.
const SERIALS: std::ops::RangeInclusive<f64> = 10_000.0..=91_000.0;

/// Numbers that look like years. As days, they are all in one year: 1905, or 1909 when days are counted from 1904.
const YEARS: std::ops::RangeInclusive<f64> = 1900.0..=2100.0;

/// The last day that is taken from a number: what is later is rather a day written as one number, as 20240301.
const LAST: Option<NaiveDate> = NaiveDate::from_ymd_opt(2199, 12, 31);

/// Whether a cell may hold a day as its number.
fn is_kept(day: NaiveDate, serial: f64) -> bool {
    // Before March 1900, programs count differently.
    let first = NaiveDate::from_ymd_opt(1900, 3, 1);
    first.is_some_and(|first| first <= day)
        && LAST.is_some_and(|last| day <= last)
        && !YEARS.contains(&serial)
}

/// The first day in a way of counting.
fn zero(from_1904: bool) -> Option<NaiveDate> {
    let (year, month, day) = if from_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The day with a number.
fn day_of(serial: f64, from_1904: bool) -> Option<NaiveDate> {
    let days = Duration::try_days(serial.floor().to_i64()?)?;
    zero(from_1904)?.checked_add_signed(days)
}

/// The day that a cell formatted as one shows, in its workbook's own way of counting.
fn shown_day(time: ExcelDateTime) -> Option<NaiveDate> {
    // Programs show no day before their first and after their last one, 9999-12-31.
    let (year, month, day, ..) =
        Some(time).filter(|time| (0.0..2_958_466.0).contains(&time.as_f64()))?.to_ymd_hms_milli();
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())
}

/// The number of a day in a cell; none for a day that must be text, for it is not read as a day.
pub(in crate::questionnaire) fn day_number(day: NaiveDate) -> Option<f64> {
    let number = (day - zero(false)?).num_days().to_f64()?;
    is_kept(day, number).then_some(number)
}

/// A number with the 15 digits that a spreadsheet program keeps.
pub(super) fn digits(number: f64) -> String {
    let kept: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    kept.to_string()
}

impl Cell {
    /// A cell of a workbook, of a style of these formats.
    pub(super) fn of(data: &Data, formats: &Formats, style: usize) -> Self {
        match data {
            Data::Empty => Self::Blank,
            Data::String(text) => Self::Text(text.clone()),
            Data::Bool(yes) => Self::Bool(*yes),
            Data::Int(number) => Self::of(&Data::Float(number.to_f64().unwrap_or(f64::NAN)), formats, style),
            Data::Float(number) => formats.shown(*number, style).map_or_else(Self::Unclear, |shown| {
                let is_day = formats.is_plain(style) && SERIALS.contains(number);
                let day = is_day.then(|| day_of(*number, formats.from_1904)).flatten();
                Self::Number { value: *number, shown, day }
            }),
            Data::DateTime(time) => Self::of_time(*time),
            Data::DateTimeIso(text) => {
                let day = text.get(..10).and_then(|day| day.parse().ok());
                day.map_or_else(
                    || Self::Unclear(format!("`{text}` is no day: write it as 2026-03-31")),
                    Self::Day,
                )
            }
            Data::DurationIso(text) => Self::Unclear(format!("`{text}` is a time of day: write it as text")),
            Data::Error(error) => {
                Self::Unclear(format!("the formula of this cell has the error {error}: write what is meant"))
            }
        }
    }

    /// A formula without its result.
    pub(super) fn of_formula() -> Self {
        let reason = "the formula of this cell has no result: open the workbook in a spreadsheet program and save \
                      it, or write what is meant";
        Self::Unclear(reason.to_owned())
    }

    fn of_time(time: ExcelDateTime) -> Self {
        let number = time.as_f64();
        let shown = digits(number);
        if time.is_duration() || (0.0..1.0).contains(&number) {
            return Self::Unclear(format!(
                "the cell is formatted as a time and holds {shown}: format it as text and write what is meant"
            ));
        }
        match shown_day(time) {
            Some(day) if is_kept(day, number.floor()) => Self::Day(day),
            day => {
                let day = day.map_or_else(|| "no day".to_owned(), |day| day.to_string());
                Self::Unclear(format!(
                    "the cell is formatted as a date, and its number {shown} shows as {day}: if that day is meant, \
                     write it as text, as 2026-03-31; if not, write what is meant"
                ))
            }
        }
    }
}

impl From<Data> for Cell {
    /// A cell of which nothing is known but its value.
    fn from(data: Data) -> Self {
        Self::of(&data, &Formats::default(), 0)
    }
}
