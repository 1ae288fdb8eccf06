//! Where in a workbook each part of its document stands, for what is found to be wrong with it later.

use super::{own, sheet::Row};

/// The rows of a questionnaire.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Places {
    /// Those with the title and the key of the form.
    pub(super) form: Vec<Row>,
    /// That of each section.
    pub(super) sections: Vec<Row>,
    /// Those of each question.
    pub(super) questions: Vec<Rows>,
}

/// The rows of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rows {
    /// Its own.
    pub(super) question: Row,
    /// That of each option.
    pub(super) options: Vec<Row>,
    /// That of each gap rule.
    pub(super) gap_rules: Vec<Row>,
}

impl Places {
    /// Where a field of the document stands, by its path, as `questionnaire.questions[3].options[0].label`.
    pub(crate) fn of(&self, path: &str) -> Option<String> {
        let path = path.strip_prefix("questionnaire.").unwrap_or(path);
        let (row, field) = match step(path) {
            ("sections", Some(place), field) => (self.sections.get(place)?, field),
            ("questions", Some(place), rest) => {
                let rows = self.questions.get(place)?;
                match step(rest) {
                    ("options", Some(place), field) => (rows.options.get(place)?, field),
                    ("gap_rules", Some(place), field) => (rows.gap_rules.get(place)?, field),
                    _ => (&rows.question, rest),
                }
            }
            (field @ ("title" | "key"), ..) => {
                let column = if field == "key" { "form_id" } else { "form_title" };
                let row = self.form.iter().find(|row| row.cells.iter().any(|cell| cell.column == column))?;
                return Some(row.finding(column, "").place());
            }
            _ => return None,
        };
        let column = match step(field).0 {
            "key" => "name",
            "help" => "hint",
            "section" | "options" => "type",
            "gap_rules" => "",
            "legal_basis" => own::LEGAL_BASIS,
            "feeds" => own::FEEDS,
            "change" => own::CHANGE,
            column => column,
        };
        Some(row.finding(column, "").place())
    }
}

/// The first step of a path: its name, its number where it has one, and what comes after it.
fn step(path: &str) -> (&str, Option<usize>, &str) {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let numbered = first.strip_suffix(']').and_then(|first| first.split_once('['));
    let (name, number) = numbered.unwrap_or((first, ""));
    (name, number.parse().ok(), rest)
}
