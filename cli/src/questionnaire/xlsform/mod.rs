//! Questionnaires as XLSForm workbooks, the spreadsheets of ODK and its kin.
//!
//! What a form says beyond a questionnaire is refused, place by place; what only says how an app shows it is dropped
//! with a remark. What a questionnaire says beyond an `XLSForm` stands in columns and sheets of our own, which other
//! programs pass over.

use std::fmt;

mod choices;
mod columns;
mod gap_rules;
mod headers;
mod languages;
mod places;
mod read;
mod settings;
mod sheet;
mod survey;
mod types;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use places::Places;
#[cfg(test)]
pub(crate) use read::Imported;
pub(crate) use read::read;
pub(crate) use write::write;

/// Something to tell of a place in a workbook: why it cannot be imported, or what of it is not kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// The sheet; empty when it is about the workbook.
    pub(crate) sheet: String,
    /// The row as the spreadsheet shows it, from 1; 0 when it is about the sheet.
    pub(crate) row: u32,
    /// The header of the column as it is written; empty when it is about the row.
    pub(crate) column: String,
    /// What there is to tell.
    pub(crate) reason: String,
}

impl From<super::sheets::Unreadable> for Finding {
    fn from(unreadable: super::sheets::Unreadable) -> Self {
        Self::of_sheet(&unreadable.sheet.unwrap_or_default(), unreadable.reason)
    }
}

impl Finding {
    fn of_sheet(sheet: &str, reason: impl Into<String>) -> Self {
        Self { sheet: sheet.to_owned(), row: 0, column: String::new(), reason: reason.into() }
    }

    /// Where it is, as `survey, row 2, column relevant`; empty when it is about the workbook.
    fn place(&self) -> String {
        let row = if self.row > 0 { format!(", row {}", self.row) } else { String::new() };
        let column = if self.column.is_empty() { String::new() } else { format!(", column {}", self.column) };
        if self.sheet.is_empty() { String::new() } else { format!("{}{row}{column}", self.sheet) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place().as_str() {
            "" => f.write_str(&self.reason),
            place => write!(f, "{place}: {}", self.reason),
        }
    }
}

/// What a reading has found so far.
#[derive(Debug, Default)]
struct Findings {
    problems: Vec<Finding>,
    remarks: Vec<Finding>,
}

/// Names of the sheets and columns that are ours.
mod own {
    pub(super) const TYPE: &str = "focalnet_type";
    pub(super) const LEGAL_BASIS: &str = "focalnet_legal_basis";
    pub(super) const FEEDS: &str = "focalnet_feeds";
    pub(super) const CHANGE: &str = "focalnet_change";
    pub(super) const GAP_RULES: &str = "gap_rules";
    /// The sheet with the titles: `XLSForm` knows a title in one language only.
    pub(super) const TITLES: &str = "focalnet";
}
