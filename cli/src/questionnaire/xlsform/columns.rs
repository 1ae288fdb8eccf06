//! Columns that a questionnaire has no place for.

use std::collections::BTreeMap;

use super::{
    Finding, Findings,
    sheet::{Cell, Row},
};

/// Why nothing is calculated.
pub(super) const CALCULATE: &str = "`calculate` is not supported: no value is calculated from answers; ask for it, or write \
                                    the calculation into the conditions that use it";

/// Why nothing repeats.
pub(super) const REPEAT: &str = "`begin_repeat` is not supported: each question is asked once; write a question for each \
                                 time, as bank_1 and bank_2, or one of the type `text`";

/// Columns that change what is asked or what may be answered.
const REFUSED: &[(&str, &str)] = &[
    ("calculation", CALCULATE),
    (
        "choice_filter",
        "`choice_filter` is not supported: a list has the same options whatever was answered; write a question for each \
         part of the list, each with its own `relevant`",
    ),
    ("default", "`default` is not supported: no answer is filled in beforehand"),
    ("trigger", "`trigger` is not supported: nothing happens when an answer changes"),
    ("repeat_count", REPEAT),
    ("read_only", "a question that cannot be answered is no question: make it a `note`"),
    ("guidance_hint", "there is one help for a question: put these words into its hint"),
    ("intent", "no other app is started"),
];

/// Why a cell cannot be dropped, when it cannot.
fn reason(cell: &Cell) -> Option<&'static str> {
    let column = cell.column.as_str();
    match column {
        "read_only" if truth(&cell.text) == Some(false) => None,
        "appearance" if cell.text.starts_with("search(") => Some("options cannot come from a file"),
        "appearance" if cell.text.starts_with("ex:") => Some("no other app is started"),
        // What an app does while the form is filled in.
        "bind::saveincomplete" => None,
        _ if column.starts_with("media::") => Some("a picture, sound or film cannot be part of a question"),
        _ if column.starts_with("bind::") && !column.starts_with("bind::jr") => {
            Some("an attribute of an XForm has no meaning here")
        }
        _ => REFUSED.iter().find(|(name, _)| *name == column).map(|(_, reason)| *reason),
    }
}

/// The words that the converter of this format takes for yes and no: in these spellings, and in no others.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "true()" => Some(true),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "false()" => Some(false),
        _ => None,
    }
}

/// The same where a condition stands, of which one and zero are the shortest.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text {
        "1" => Some(true),
        "0" => Some(false),
        words => yes_or_no(words),
    }
}

/// What becomes of the cells that a sheet has no use for.
#[derive(Debug, Default)]
pub(super) struct Leftovers {
    /// A remark on the first cell of each column that is not kept, by its header.
    dropped: BTreeMap<String, Finding>,
}

impl Leftovers {
    /// Goes through the cells of a row other than those `read`: refuses them or remembers that they are dropped.
    pub(super) fn check(&mut self, row: &Row, read: &[&str], problems: &mut Vec<Finding>) {
        for cell in row.cells.iter().filter(|cell| !read.contains(&cell.column.as_str())) {
            if let Some(reason) = reason(cell) {
                problems.push(row.finding_at(&cell.header, reason));
            } else {
                let remark = || row.finding_at(&cell.header, "what this column says is not kept");
                self.dropped.entry(cell.header.clone()).or_insert_with(remark);
            }
        }
    }

    /// Remarks on each column that was dropped, once.
    pub(super) fn finish(self, findings: &mut Findings) {
        findings.remarks.extend(self.dropped.into_values());
    }
}
