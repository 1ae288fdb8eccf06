//! A response as a workbook, to be answered offline in any spreadsheet program.
//!
//! The sheet `answers` has a row for each question, and rows below it for what does not fit into one cell: the options
//! of a multiple choice, the fields of laws, contacts and files. Rows are found again by the columns `key` and `part`,
//! columns by their headings, so that what a program or a person moves is still understood. `options` holds the lists
//! of the drop-downs, `focalnet` what the workbook was made of, with a digest of each answer it was made with: what
//! still has this digest was not touched.
//!
//! Numbers stand as numbers up to 15 digits, which is what spreadsheet programs keep; longer ones, and decimals, whose
//! digits matter, as text. Days before March 1900, which the programs count differently, are text, too.

mod cells;
mod changes;
mod english;
mod french;
mod layout;
mod options;
mod parse;
mod problem;
mod read;
mod rows;
mod same;
mod styles;
mod telling;
#[cfg(test)]
mod tests;
mod values;
mod words;
mod write;

pub(crate) use changes::{Change, changes};
pub(crate) use layout::Origin;
pub(crate) use problem::Problem;
pub(crate) use read::Workbook;
pub(super) use words::Labels;
pub(crate) use write::write;
