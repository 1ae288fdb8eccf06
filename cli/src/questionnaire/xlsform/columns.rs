//! Columns that a questionnaire has no place for.

use std::collections::BTreeMap;

use super::{
    Finding, Findings,
    sheet::{Cell, Row},
};

/// Columns that change what is asked or what may be answered.
const REFUSED: &[(&str, &str)] = &[
    ("constraint", "an answer cannot be held to a constraint"),
    ("calculation", "no value is calculated"),
    ("choice_filter", "the options of a question cannot depend on other answers"),
    ("default", "no answer is filled in beforehand"),
    ("trigger", "nothing happens when an answer changes"),
    ("repeat_count", "a question is asked once: nothing repeats"),
    ("read_only", "a question that cannot be answered is no question"),
    ("guidance_hint", "there is one help for a question: put these words into its hint"),
    ("intent", "no other app is started"),
];

/// Why a cell cannot be dropped, when it cannot.
fn reason(cell: &Cell) -> Option<&'static str> {
    let column = cell.column.as_str();
    match column {
        "read_only" if !says_yes(&cell.text) => None,
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

/// Whether a cell of a column of yes and no says yes. A condition counts as yes.
pub(super) fn says_yes(text: &str) -> bool {
    !matches!(text.to_lowercase().as_str(), "" | "no" | "false" | "false()" | "0")
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
