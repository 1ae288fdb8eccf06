//! The sheet `survey`: sections and questions.

use std::collections::BTreeSet;

use focalnet_domain::questionnaire::{Question, Section, Texts, publication::is_key};

use super::{
    Findings, Places,
    choices::Choices,
    columns::{Leftovers, REPEAT, yes_or_no},
    own,
    read::{NO_KEY, condition},
    sheet::Row,
    types::{self, RowType},
};

mod question;

/// Columns that are read.
pub(super) const READ: &[&str] = &[
    "type",
    "name",
    "label",
    "relevant",
    "hint",
    "required",
    "constraint",
    "constraint_message",
    own::TYPE,
    own::LEGAL_BASIS,
    own::FEEDS,
    own::CHANGE,
];

/// Those of them that only a question has.
const READ_OF_QUESTIONS: &[&str] =
    &["hint", "required", "constraint_message", own::TYPE, own::LEGAL_BASIS, own::FEEDS, own::CHANGE];

/// A group whose end has not come yet.
struct Open<'a> {
    row: &'a Row,
    repeats: bool,
    relevant: Option<String>,
}

/// What is read of the sheet.
#[derive(Default)]
pub(super) struct Read {
    /// The sections.
    pub(super) sections: Vec<Section>,
    /// The questions.
    pub(super) questions: Vec<Question>,
    /// The rows of both.
    pub(super) places: Places,
}

struct Survey<'a> {
    choices: &'a mut Choices,
    default: &'a str,
    findings: &'a mut Findings,
    leftovers: Leftovers,
    read: Read,
    keys: BTreeSet<String>,
    open: Vec<Open<'a>>,
    /// Whether the last section is one for questions outside any group.
    general: bool,
}

/// Reads the sections and their questions.
pub(super) fn read(rows: &[Row], choices: &mut Choices, default: &str, findings: &mut Findings) -> Read {
    let mut survey = Survey {
        choices,
        default,
        findings,
        leftovers: Leftovers::default(),
        read: Read::default(),
        keys: BTreeSet::new(),
        open: Vec::new(),
        general: false,
    };
    for row in rows {
        survey.row(row);
    }
    for open in std::mem::take(&mut survey.open) {
        survey.problem(open.row, "type", "this group has no end");
    }
    survey.leftovers.finish(survey.findings);
    survey.read
}

impl<'a> Survey<'a> {
    fn problem(&mut self, row: &Row, column: &str, reason: impl Into<String>) {
        self.findings.problems.push(row.finding(column, reason));
    }

    fn remark(&mut self, row: &Row, column: &str, reason: impl Into<String>) {
        self.findings.remarks.push(row.finding(column, reason));
    }

    fn row(&mut self, row: &'a Row) {
        if yes_or_no(row.get("disabled")) == Some(true) {
            return self.remark(row, "disabled", "this row is disabled and not read");
        }
        if row.get("type").is_empty() {
            let empty = row.cells.iter().all(|cell| !matches!(cell.column.as_str(), "name" | "label"));
            return if empty {
                self.remark(row, "", "this row has no type and is taken for a comment");
            } else {
                self.problem(row, "type", "this row has no type");
            };
        }
        match types::parse(row.get("type")) {
            RowType::Question(kind, list) => self.question(row, kind, list.as_deref()),
            RowType::BeginGroup => self.begin(row, false),
            RowType::BeginRepeat => {
                self.problem(row, "type", REPEAT);
                self.begin(row, true);
            }
            RowType::EndGroup => self.end(row, false),
            RowType::EndRepeat => self.end(row, true),
            RowType::Bookkeeping => self.remark(row, "type", "this row asks nothing and is not kept"),
            RowType::Refused(reason) => self.problem(row, "type", reason),
        }
    }

    fn begin(&mut self, row: &'a Row, repeats: bool) {
        let problems = &mut self.findings.problems;
        self.leftovers.check(row, READ, problems);
        let relevant = condition(row, "relevant", problems);
        let label = row.texts("label", self.default, problems);
        if !row.get("constraint").is_empty() {
            problems
                .push(row.finding("constraint", "a group has no answer: hold its questions to constraints"));
        }
        let of_questions = row.cells.iter().filter(|cell| READ_OF_QUESTIONS.contains(&cell.column.as_str()));
        for cell in of_questions {
            self.remark(row, &cell.column, "a section has nothing of this kind: it is not kept");
        }
        if self.open.is_empty() {
            self.section(row, label);
        } else {
            self.remark(
                row,
                "name",
                "this group is within another: its questions are in the section of the outer one",
            );
        }
        self.open.push(Open { row, repeats, relevant });
    }

    fn section(&mut self, row: &Row, mut label: Texts) {
        let key = row.get("name");
        if !is_key(key) {
            self.problem(row, "name", format!("`{key}` {NO_KEY}"));
        } else if self.read.sections.iter().any(|section| section.key == key) {
            self.problem(row, "name", format!("there is a section `{key}` already"));
        }
        if label.is_empty() {
            self.remark(row, "label", "this group has no words: the title of the section is its name");
            label.insert(self.default, key.to_owned());
        }
        self.read.sections.push(Section { key: key.to_owned(), label });
        self.read.places.sections.push(row.clone());
        self.general = false;
    }

    fn end(&mut self, row: &Row, repeats: bool) {
        match self.open.pop() {
            Some(open) if open.repeats == repeats => {}
            Some(open) => {
                let reason = format!("this ends what row {} did not begin", open.row.number);
                self.problem(row, "type", reason);
            }
            None => self.problem(row, "type", "there is no group to end"),
        }
    }
}
