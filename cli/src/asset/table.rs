//! What CSV and XLSX have in common: columns and cells.

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::money::Money;
use rust_decimal::Decimal;

/// A table, a sheet of the workbook.
#[derive(Debug)]
pub(super) struct Table {
    /// Its name.
    pub(super) title: &'static str,
    /// The columns.
    pub(super) columns: &'static [Column],
    /// Rows, with as many cells as there are columns.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// Its name.
    pub(super) heading: &'static str,
    /// Its width in characters.
    pub(super) width: f64,
    /// Whether it is folded away in a workbook until somebody unfolds it: with all columns, a page is too wide to read.
    pub(super) folded: bool,
}

impl Column {
    /// A column that is shown.
    pub(super) const fn new(heading: &'static str, width: f64) -> Self {
        Self { heading, width, folded: false }
    }

    /// A column that is folded away.
    pub(super) const fn folded(heading: &'static str, width: f64) -> Self {
        Self { folded: true, ..Self::new(heading, width) }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// Words, which may be anybody's.
    Text(String),
    /// An amount, exact.
    Amount(Decimal),
    /// A number of things.
    Count(usize),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Day(NaiveDate),
    /// An instant.
    Time(DateTime<Utc>),
}

impl Cell {
    /// Words, where there are any.
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Something that may not be there.
    pub(super) fn maybe(thing: Option<impl ToString>) -> Self {
        thing.map_or(Self::Empty, |thing| Self::text(thing.to_string()))
    }

    /// A day that may not be there.
    pub(super) fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// An amount and its currency: a number beside its unit is still a number.
    pub(super) fn money(money: Option<&Money>) -> [Self; 2] {
        money.map_or([Self::Empty, Self::Empty], |money| {
            [Self::Amount(money.amount()), Self::text(money.currency_code())]
        })
    }
}
