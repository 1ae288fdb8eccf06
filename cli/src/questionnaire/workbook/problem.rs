//! What is wrong with a workbook, by cell.

use std::{collections::BTreeSet, fmt};

use focalnet_domain::questionnaire::Question;
use rust_xlsxwriter::column_number_to_name;

use super::layout::ANSWERS;

/// A cell of the sheet that is filled in: row and column from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Its row.
    pub(crate) row: u32,
    /// Its column.
    pub(crate) column: u16,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{ANSWERS}!{}{}", column_number_to_name(self.column), u64::from(self.row) + 1)
    }
}

/// Something that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    /// The cell; nothing when it is about the workbook.
    pub(crate) place: Option<Place>,
    /// What is wrong.
    pub(crate) reason: String,
}

impl Problem {
    /// At a cell.
    pub(super) fn at(place: Place, reason: impl Into<String>) -> Self {
        Self { place: Some(place), reason: reason.into() }
    }

    /// About the workbook.
    pub(super) fn whole(reason: impl Into<String>) -> Self {
        Self { place: None, reason: reason.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.reason)
    }
}

/// What a reading has found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// What is wrong.
    pub(super) problems: Vec<Problem>,
    /// Keys of the questions whose rows cannot be read.
    pub(super) broken: BTreeSet<String>,
}

impl Findings {
    /// Something is wrong, about a question if it is.
    pub(super) fn wrong(&mut self, question: Option<&Question>, place: Place, reason: impl Into<String>) {
        self.problems.push(Problem::at(place, reason));
        self.broken.extend(question.map(|question| question.key.clone()));
    }
}
