//! A response written as a workbook: the same bytes for the same document, answers and language.

use std::collections::BTreeMap;

use focalnet_domain::questionnaire::{Change, Document, Question, response::AnswerView};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, IgnoreError, Workbook, Worksheet, XlsxError};

use super::{
    layout::{ANSWERS, Column, DIGEST_OF, FORMAT, MADE_OF, OPTIONS, Origin, READ_ME},
    same::{digest, sendable},
    styles::Styles,
    words::Labels,
};
use crate::paper;

mod lists;
mod question;

/// Scripts that are written from right to left.
const RIGHT_TO_LEFT: [&str; 6] = ["ar", "dv", "fa", "he", "ps", "ur"];

/// Writes a workbook. It fails when a text is longer than a cell can hold, 32,767 characters.
pub(crate) fn write(
    origin: &Origin,
    document: &Document,
    answers: &[AnswerView],
) -> Result<Vec<u8>, XlsxError> {
    let words = Labels::of(&origin.language);
    let styles = Styles::new();
    let asked: Vec<&Question> =
        document.questions.iter().filter(|question| question.change != Some(Change::Retired)).collect();
    // What is no answer to its question cannot be shown as one.
    let answers: BTreeMap<&str, &AnswerView> = asked
        .iter()
        .filter_map(|question| {
            answers
                .iter()
                .find(|answer| answer.question == question.key && answer.value.problem(question).is_none())
        })
        .map(|answer| (answer.question.as_str(), answer))
        .collect();

    let mut workbook = Workbook::new();
    // The time of writing would make each file another one.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    let sheet = workbook.add_worksheet().set_name(ANSWERS)?;
    headings(sheet, words, &styles)?;
    sheet.set_right_to_left(RIGHT_TO_LEFT.iter().any(|code| origin.language.split('-').next() == Some(code)));
    let mut lists = lists::Lists::default();
    let mut page = question::Page {
        sheet,
        origin,
        document,
        words,
        styles: &styles,
        lists: &mut lists,
        row: 1,
        done: Vec::new(),
    };
    let mut section = "";
    for question in &asked {
        if question.section != section {
            section = &question.section;
            let label = document.sections.iter().find(|known| known.key == section);
            page.section(label.map_or(section, |known| known.label.in_language(&origin.language)))?;
        }
        page.question(question, answers.get(question.key.as_str()).copied())?;
    }
    let last = page.row.saturating_sub(1).max(1);
    paper::page(sheet, document.title.in_language(&origin.language))?;
    sheet.set_print_area(0, 0, last, Column::LAST_PRINTED.place())?;
    sheet.ignore_error_range(
        1,
        Column::Answer.place(),
        last,
        Column::CommentLanguage.place(),
        IgnoreError::NumberStoredAsText,
    )?;

    read_me(workbook.add_worksheet().set_name(READ_ME)?, words, &styles)?;
    lists.write(workbook.add_worksheet().set_name(OPTIONS)?.set_hidden(true))?;
    made_of(workbook.add_worksheet().set_name(MADE_OF)?.set_hidden(true), origin, &asked, &answers)?;
    paper::growing(&workbook.save_to_buffer()?)
}

fn headings(sheet: &mut Worksheet, words: &Labels, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, Column::Question.place() + 1)?;
    for (column, heading) in Column::ALL.into_iter().zip(words.headings) {
        if column.is_hidden() {
            sheet.set_column_hidden(column.place())?;
        }
        sheet.set_column_width(column.place(), column.width())?;
        sheet.write_string_with_format(0, column.place(), heading, &styles.heading)?;
    }
    let headings = Column::ALL.into_iter().zip(words.headings);
    paper::fit(
        sheet,
        0,
        headings.filter(|(column, _)| !column.is_hidden()).map(|(column, text)| (text, column.width())),
    )
}

fn read_me(sheet: &mut Worksheet, words: &Labels, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 110.0)?;
    paper::page(sheet, words.read_me[0])?;
    for (row, line) in (0..).zip(words.read_me) {
        let format = if row == 0 { &styles.heading } else { &styles.line };
        sheet.write_string_with_format(row, 0, *line, format)?;
        paper::fit(sheet, row, [(*line, 110.0)].into_iter())?;
    }
    Ok(())
}

/// What the workbook is made of, by name.
fn made_of(
    sheet: &mut Worksheet,
    origin: &Origin,
    asked: &[&Question],
    answers: &BTreeMap<&str, &AnswerView>,
) -> Result<(), XlsxError> {
    let facts = [
        ("format", FORMAT.to_owned()),
        ("response", origin.response.clone()),
        ("questionnaire", origin.questionnaire.clone()),
        ("version", origin.version_number.to_string()),
        ("language", origin.language.clone()),
    ];
    let facts = facts.into_iter().map(|(name, fact)| (name.to_owned(), fact));
    let digests = asked.iter().filter_map(|question| {
        let answer = answers.get(question.key.as_str())?;
        Some((format!("{DIGEST_OF}{}", question.key), digest(&sendable(answer), question)))
    });
    for (row, (name, fact)) in (0..).zip(facts.chain(digests)) {
        sheet.write_string(row, 0, name)?;
        sheet.write_string(row, 1, fact)?;
    }
    Ok(())
}
