//! What people do with questionnaires beyond single calls: write them as files, and answer them in a terminal or a
//! spreadsheet. The conditions are evaluated where the server evaluates them, in the domain.

mod exchange;
mod form;
mod offline;
#[cfg(test)]
mod samples;
mod sheets;
mod toml_file;
mod tongue;
mod walk;
mod workbook;
mod xlsform;

use super::Handwritten;

/// The verbs of this folder, beside those that are derived.
pub(crate) const VERBS: &[Handwritten] =
    &[form::CHECK, form::LOAD, form::SAVE, offline::EXPORT, offline::IMPORT, walk::ANSWER];
