//! What people do with assets beyond single calls: take them along, in the formats that spreadsheets and analysts use.

mod csv_file;
mod export;
mod ftm;
mod inventory;
mod listed;
mod table;
#[cfg(test)]
mod tests;
mod workbook;

use super::Handwritten;

/// The verbs of this folder, beside those that are derived.
pub(crate) const VERBS: &[Handwritten] = &[export::EXPORT];
