//! The drop-downs: short lists stand in the cell, those of options in a sheet of their own.

use rust_xlsxwriter::{DataValidation, Formula, Worksheet, XlsxError, row_col_to_cell_absolute};

use super::super::layout::OPTIONS;

/// The lists of options, a column each.
#[derive(Debug, Default)]
pub(super) struct Lists(Vec<Vec<String>>);

impl Lists {
    /// A drop-down with a list of options.
    pub(super) fn add(&mut self, options: Vec<String>) -> DataValidation {
        // A questionnaire has fewer questions than a sheet has columns, and a question fewer options than it has rows.
        let column = u16::try_from(self.0.len()).unwrap_or(u16::MAX);
        let last = u32::try_from(options.len()).unwrap_or(u32::MAX).saturating_sub(1);
        self.0.push(options);
        let (first, last) = (row_col_to_cell_absolute(0, column), row_col_to_cell_absolute(last, column));
        DataValidation::new().allow_list_formula(Formula::new(format!("={OPTIONS}!{first}:{last}")))
    }

    /// Writes the lists.
    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        for (column, list) in (0..).zip(&self.0) {
            for (row, option) in (0..).zip(list) {
                sheet.write_string(row, column, option)?;
            }
        }
        Ok(())
    }
}

/// A drop-down with a short list.
pub(super) fn short(words: &[&str]) -> Result<DataValidation, XlsxError> {
    DataValidation::new().allow_list_strings(words)
}
