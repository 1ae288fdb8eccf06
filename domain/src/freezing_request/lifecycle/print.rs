//! The table, printed.

use std::fmt::Write as _;

use super::{ROWS, Row, To};
use crate::{freezing_request::Flag, order::bearing};

fn join(words: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    words.into_iter().map(|w| w.to_string()).collect::<Vec<_>>().join(", ")
}

impl std::fmt::Display for To {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::State(state) => state.fmt(f),
            Self::Same => f.write_str("the same"),
            Self::OneOf(states) => {
                f.write_str(&states.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(" or "))
            }
        }
    }
}

/// The cells of a row, as `focalnet lifecycle` prints them.
#[must_use]
pub fn cells(row: &Row) -> [String; 9] {
    let flag = |word: &str, flag: Option<Flag>| flag.map(|f| format!("{word} {f}"));
    [
        row.act.to_string(),
        if row.from.is_empty() { "–".into() } else { join(row.from) },
        row.to.to_string(),
        join([flag("only if", row.needs), flag("not if", row.bars)].into_iter().flatten()),
        join(row.sides),
        join(row.roles),
        join(row.approvers),
        row.accompanied_by.into(),
        row.basis.into(),
    ]
}

/// The headings of [`cells`].
pub const HEADINGS: [&str; 9] =
    ["act", "from", "to", "flag", "side", "role", "second person", "accompanied by", "basis"];

/// The table as a page of the documentation.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "# Lifecycle of a freezing request\n\nPrinted by `focalnet lifecycle --markdown` from the table that the \
         server enforces (`domain/src/freezing_request/lifecycle/mod.rs`).\n\n",
    );
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    page.push_str(&line(&HEADINGS.map(String::from)));
    page.push_str(&line(&HEADINGS.map(|_| "---".to_owned())));
    for row in ROWS {
        let _ = write!(page, "{}", line(&cells(row)));
    }
    page + &bearing::markdown()
}
