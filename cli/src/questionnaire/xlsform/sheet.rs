//! Sheets of a workbook as rows of text.

use calamine::Range;
use focalnet_domain::questionnaire::Texts;

use super::{super::sheets, Finding, Findings, headers, languages};

/// Columns whose words are kept in every language.
const TRANSLATED: &[&str] = &["label", "hint", "constraint_message", "form_title", "description"];

/// A cell that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// The column in its one spelling, as `relevant`.
    pub(super) column: String,
    /// The language of the column, as a code or, where it has none, as written.
    pub(super) language: Option<String>,
    /// The header of the column as written.
    pub(super) header: String,
    /// The text, without white space around it.
    pub(super) text: String,
}

/// A row that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its sheet.
    pub(super) sheet: String,
    /// Its number as the spreadsheet shows it.
    pub(super) number: u32,
    /// Its cells from left to right.
    pub(super) cells: Vec<Cell>,
}

impl Row {
    fn add(&mut self, column: &Column, cell: &sheets::Cell) -> Result<(), String> {
        let text = match text(cell) {
            // What is not kept may be anything.
            Err(reason) if !column.kept => reason,
            text => text?,
        };
        let twin =
            self.cells.iter().find(|cell| cell.column == column.name && cell.language == column.language);
        match twin {
            _ if text.is_empty() => {}
            Some(twin) if twin.text == text || !column.kept => {}
            Some(_) => return Err("this column is there twice, and the cells differ".to_owned()),
            None => self.cells.push(Cell {
                column: column.name.clone(),
                language: column.language.clone(),
                header: column.header.clone(),
                text,
            }),
        }
        Ok(())
    }

    /// The text of a column without a language, empty when there is none.
    pub(super) fn get(&self, column: &str) -> &str {
        self.cells
            .iter()
            .find(|cell| cell.column == column && cell.language.is_none())
            .map_or("", |cell| &cell.text)
    }

    /// The text of a column without a language, if there is one.
    pub(super) fn find(&self, column: &str) -> Option<String> {
        Some(self.get(column)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// The words of a column in all languages. Those without a language are in `default`.
    pub(super) fn texts(&self, column: &str, default: &str, problems: &mut Vec<Finding>) -> Texts {
        let mut texts = Texts::default();
        for cell in self.cells.iter().filter(|cell| cell.column == column) {
            let language = cell.language.as_deref().unwrap_or(default);
            if cell.text.contains("${") {
                problems.push(
                    self.finding_at(&cell.header, "words cannot contain the answer to another question"),
                );
            }
            let before = texts.insert(language, cell.text.clone());
            if before.is_some_and(|before| before != cell.text) {
                problems
                    .push(self.finding(column, format!("there are two texts in the language `{language}`")));
            }
        }
        texts
    }

    /// A finding at a column of this row, or at the row when it has no such cell.
    pub(super) fn finding(&self, column: &str, reason: impl Into<String>) -> Finding {
        let cell = self.cells.iter().find(|cell| cell.column == column);
        self.finding_at(cell.map_or(column, |cell| &cell.header), reason)
    }

    /// A finding at the column with a header.
    pub(super) fn finding_at(&self, header: &str, reason: impl Into<String>) -> Finding {
        let (sheet, column) = (self.sheet.clone(), header.to_owned());
        Finding { sheet, row: self.number, column, reason: reason.into() }
    }
}

/// A column by its header.
struct Column {
    header: String,
    name: String,
    language: Option<String>,
    /// Whether what it says is part of the questionnaire.
    kept: bool,
    /// Whether it holds words that are kept, in a language that has no code.
    unknown: bool,
}

impl Column {
    fn new(header: String, kept: &[&str]) -> Self {
        let (name, language) = headers::parse(&header);
        let code = language.as_deref().and_then(languages::code);
        let kept = kept.contains(&name.as_str());
        let unknown = kept && TRANSLATED.contains(&name.as_str()) && language.is_some() && code.is_none();
        Self { header, name, language: code.or(language), kept, unknown }
    }
}

/// The rows of a sheet under its first row, which has the headers. `kept` are the columns that are part of the
/// questionnaire.
pub(super) fn rows(
    sheet: &str,
    kept: &[&str],
    range: &Range<sheets::Cell>,
    findings: &mut Findings,
) -> Vec<Row> {
    let mut lines = (range.start().map_or(1, |(row, _)| row + 1)..).zip(range.rows());
    let Some((first, line)) = lines.next() else { return Vec::new() };
    let columns: Vec<_> = line.iter().map(|cell| Column::new(text(cell).unwrap_or_default(), kept)).collect();
    let finding = |row: u32, header: &str, reason: &str| {
        let (sheet, column, reason) = (sheet.to_owned(), header.to_owned(), reason.to_owned());
        Finding { sheet, row, column, reason }
    };
    let mut rows = Vec::new();
    let mut comment = None;
    for (number, line) in lines {
        let mut row = Row { sheet: sheet.to_owned(), number, cells: Vec::new() };
        for (cell, column) in line.iter().zip(&columns) {
            if !column.header.is_empty() {
                let added = row.add(column, cell).map_err(|reason| finding(number, &column.header, &reason));
                findings.problems.extend(added.err());
            } else if *cell != sheets::Cell::Blank {
                comment.get_or_insert(number);
            }
        }
        if !row.cells.is_empty() {
            rows.push(row);
        }
    }
    findings.remarks.extend(comment.map(|row| finding(row, "", "cells under no header are not kept")));
    let cells = || rows.iter().flat_map(|row| &row.cells);
    let unknown = columns.iter().filter(|column| column.unknown);
    let used = unknown.filter(|column| cells().any(|cell| cell.header == column.header));
    let reason = "the language has no code here: write as `label::French (fr)`";
    findings.problems.extend(used.map(|column| finding(first, &column.header, reason)));
    rows
}

fn text(cell: &sheets::Cell) -> Result<String, String> {
    Ok(match cell {
        sheets::Cell::Blank => String::new(),
        sheets::Cell::Text(text) => text.trim().to_owned(),
        sheets::Cell::Number { value, .. } => value.to_string(),
        // As spreadsheet programs show it, and as the converter of this format reads it.
        sheets::Cell::Bool(yes) => yes.to_string().to_uppercase(),
        sheets::Cell::Day(_) => return Err("a date must be written as text".to_owned()),
        sheets::Cell::Unclear(reason) => return Err(reason.clone()),
    })
}
