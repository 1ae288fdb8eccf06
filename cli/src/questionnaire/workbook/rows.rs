//! The rows of the sheet that is filled in, found by key and part.

use std::collections::{BTreeMap, btree_map::Entry};

use calamine::Range;
use focalnet_domain::questionnaire::{Change, Document, Question, QuestionType};

use super::{
    super::sheets::Cell,
    layout::{Column, LAW, Part, parts},
    parse,
    problem::{Findings, Place},
    words::LANGUAGES,
};

/// A row: what it holds in each column, and where it stands.
#[derive(Debug)]
pub(super) struct Row<'a> {
    cells: Vec<&'a Cell>,
    columns: [u16; Column::ALL.len()],
    number: u32,
}

impl<'a> Row<'a> {
    /// The cell in a column.
    pub(super) fn cell(&self, column: Column) -> &'a Cell {
        self.cells[usize::from(column.place())]
    }

    /// Where that cell stands.
    pub(super) fn place(&self, column: Column) -> Place {
        Place { row: self.number, column: self.columns[usize::from(column.place())] }
    }

    /// The cell as text, for what is compared only.
    fn text(&self, column: Column) -> String {
        parse::text(self.cell(column)).ok().flatten().unwrap_or_default()
    }
}

/// The rows of one question.
#[derive(Debug)]
pub(super) struct Block<'a> {
    /// The question.
    pub(super) question: &'a Question,
    /// Its own row.
    pub(super) head: Row<'a>,
    /// The rows below, by part.
    pub(super) parts: BTreeMap<String, Row<'a>>,
}

static EMPTY: Cell = Cell::Blank;

/// The rows of each question in the sheet, in the order of the document. Questions without any row are left out.
pub(super) fn blocks<'a>(
    range: &'a Range<Cell>,
    document: &'a Document,
    findings: &mut Findings,
) -> Vec<Block<'a>> {
    let mut found: BTreeMap<&str, BTreeMap<String, Row<'a>>> = BTreeMap::new();
    for row in rows(range, findings) {
        let (key, part) = (row.text(Column::Key), row.text(Column::Part));
        if key.is_empty() {
            if Column::READ.iter().any(|column| !row.text(*column).is_empty()) {
                findings.wrong(None, row.place(Column::Key), "the key of the question is missing");
            }
            continue;
        }
        let question = document
            .questions
            .iter()
            .find(|question| question.key == key && question.change != Some(Change::Retired));
        let Some(question) = question else {
            let reason = format!("`{key}` is no question of this questionnaire");
            findings.wrong(None, row.place(Column::Key), reason);
            continue;
        };
        if !part.is_empty() && !is_part(question, &part) {
            let reason = format!("`{part}` is no part of an answer to `{key}`");
            findings.wrong(Some(question), row.place(Column::Part), reason);
            continue;
        }
        if question.kind == QuestionType::Note {
            let written = Column::READ[1..].iter().find(|column| !row.text(**column).is_empty());
            if let Some(column) = written {
                let reason = format!("`{key}` is a note: there is nothing to answer in its row");
                findings.wrong(Some(question), row.place(*column), reason);
            }
            continue;
        }
        let rows = found.entry(&question.key).or_default();
        match rows.entry(part) {
            Entry::Vacant(free) => drop(free.insert(row)),
            Entry::Occupied(_) => {
                findings.wrong(Some(question), row.place(Column::Key), "this row is there twice");
            }
        }
    }
    let block = |question: &'a Question| block(question, found.remove(question.key.as_str())?, findings);
    document.questions.iter().filter_map(block).collect()
}

/// The rows under the headings.
fn rows<'a>(range: &'a Range<Cell>, findings: &mut Findings) -> Vec<Row<'a>> {
    let (first, left) = range.start().unwrap_or_default();
    let mut lines = (first..).zip(range.rows());
    let headings: Vec<String> = lines
        .next()
        .map(|(_, line)| {
            line.iter().map(|cell| parse::text(cell).ok().flatten().unwrap_or_default().to_lowercase())
        })
        .into_iter()
        .flatten()
        .collect();
    let place = |column: Column| {
        let heading = |heading: &String| {
            LANGUAGES.iter().any(|words| words.headings[usize::from(column.place())] == heading)
        };
        headings.iter().position(heading)
    };
    let places = Column::ALL.map(place);
    for column in Column::READ {
        if places[usize::from(column.place())].is_none() {
            let heading = LANGUAGES.map(|words| format!("`{}`", words.headings[usize::from(column.place())]));
            let reason = format!("the column {} is missing", heading.join(" or "));
            findings.wrong(None, Place { row: first, column: column.place() }, reason);
        }
    }
    if !findings.problems.is_empty() {
        return Vec::new();
    }
    let column = |place: Option<usize>| {
        u16::try_from(left).unwrap_or_default()
            + place.and_then(|place| u16::try_from(place).ok()).unwrap_or_default()
    };
    let columns = places.map(column);
    let cell =
        |line: &'a [Cell], place: Option<usize>| place.and_then(|place| line.get(place)).unwrap_or(&EMPTY);
    lines
        .map(|(number, line)| Row {
            cells: places.iter().map(|place| cell(line, *place)).collect(),
            columns,
            number,
        })
        .collect()
}

fn is_part(question: &Question, part: &str) -> bool {
    match question.kind {
        QuestionType::Legislation => law(part).is_some(),
        _ => parts(question, None).iter().any(|known| known.to_string() == part),
    }
}

/// The number of a law in a part, and the place of the field.
pub(super) fn law(part: &str) -> Option<(u16, usize)> {
    let (number, field) = part.split_once('.')?;
    let number = number.parse().ok().filter(|read: &u16| *read > 0 && read.to_string() == number)?;
    Some((number, LAW.iter().position(|known| *known == field)?))
}

/// The rows of a question, when none is missing: a row that is gone could mean that the answer is, too.
fn block<'a>(
    question: &'a Question,
    mut rows: BTreeMap<String, Row<'a>>,
    findings: &mut Findings,
) -> Option<Block<'a>> {
    let Some(head) = rows.remove("") else {
        let first = rows.values().min_by_key(|row| row.number)?;
        let reason = format!("the row of the question `{}` itself is missing", question.key);
        findings.wrong(Some(question), first.place(Column::Key), reason);
        return None;
    };
    let expected: Vec<String> = if question.kind == QuestionType::Legislation {
        let numbers = rows.keys().filter_map(|part| law(part)).map(|(number, _)| usize::from(number));
        numbers
            .flat_map(|number| (0..LAW.len()).map(move |field| Part::Law(number, field).to_string()))
            .collect()
    } else {
        parts(question, None).iter().map(ToString::to_string).collect()
    };
    let mut missing: Vec<_> = expected.into_iter().filter(|part| !rows.contains_key(part)).collect();
    missing.dedup();
    if missing.is_empty() {
        return Some(Block { question, head, parts: rows });
    }
    let reason = format!("rows of this question are missing: {}", missing.join(", "));
    findings.wrong(Some(question), head.place(Column::Key), reason);
    None
}
