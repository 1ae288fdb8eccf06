//! The rows of a question.

use focalnet_domain::questionnaire::{Document, Question, QuestionType, response::AnswerView};
use rust_xlsxwriter::{DataValidation, Format, Worksheet, XlsxError};

use super::{
    super::{
        super::sheets::day_number,
        cells::{self, Cells, Content},
        layout::{Column, Origin, Part, parts},
        options,
        styles::Styles,
        telling,
        words::Labels,
    },
    lists::{self, Lists},
};
use crate::paper;

/// The sheet that is filled in, with the next row to write.
pub(super) struct Page<'a> {
    pub(super) sheet: &'a mut Worksheet,
    pub(super) origin: &'a Origin,
    pub(super) document: &'a Document,
    pub(super) words: &'static Labels,
    pub(super) styles: &'a Styles,
    pub(super) lists: &'a mut Lists,
    pub(super) row: u32,
    /// What is written in the row.
    pub(super) done: Vec<(Column, String)>,
}

impl Page<'_> {
    /// Writes the rows of a question with its answer.
    pub(super) fn question(
        &mut self,
        question: &Question,
        answer: Option<&AnswerView>,
    ) -> Result<(), XlsxError> {
        self.head(question, answer)?;
        self.end()?;
        let value = answer.map(|answer| &answer.value);
        for part in parts(question, value) {
            self.put(Column::Key, &Content::text(&question.key), &self.styles.key)?;
            self.put(Column::Part, &Content::Text(part.to_string()), &self.styles.key)?;
            self.put(Column::Question, &Content::Text(self.label(question, part)), &self.styles.part)?;
            let Cells { answer, language, .. } =
                cells::of(value, Some(part), question, &self.origin.language, self.words);
            let is_list = matches!(part, Part::Option(_) | Part::Contact(5));
            let is_value = is_list || matches!(part, Part::File(3));
            let format = match part {
                Part::Law(_, 3) => &self.styles.day,
                _ if is_value => &self.styles.value,
                _ => &self.styles.words,
            };
            self.put(Column::Answer, &answer, format)?;
            if is_list {
                let words = [self.words.yes, self.words.no];
                let words = if matches!(part, Part::Option(_)) { &words[..1] } else { &words };
                self.choose(Column::Answer, words)?;
            }
            if matches!(part, Part::Law(_, 0)) {
                self.put(Column::Language, &language, &self.styles.words)?;
            }
            self.end()?;
        }
        Ok(())
    }

    /// Writes the heading of a section.
    pub(super) fn section(&mut self, label: &str) -> Result<(), XlsxError> {
        for column in Column::ALL {
            let label = if column == Column::Question { Content::text(label) } else { Content::Blank };
            self.put(column, &label, &self.styles.section)?;
        }
        self.end()
    }

    fn head(&mut self, question: &Question, answer: Option<&AnswerView>) -> Result<(), XlsxError> {
        let (styles, words, language) = (self.styles, self.words, &self.origin.language);
        let telling = telling::Told { document: self.document, language, words };
        let label = format!("{}. {}", question.key, question.label.in_language(language));
        self.put(Column::Key, &Content::text(&question.key), &styles.key)?;
        self.put(Column::Question, &Content::Text(label), &styles.question)?;
        self.put(Column::About, &Content::Text(telling.about(question)), &styles.plain)?;
        if question.kind == QuestionType::Note {
            return Ok(());
        }

        let value = answer.map(|answer| &answer.value);
        let Cells { answer: given, language: written_in, unit, absence } =
            cells::of(value, None, question, language, words);
        let format = match question.kind {
            QuestionType::SelectMultiple
            | QuestionType::Legislation
            | QuestionType::File
            | QuestionType::Contact => &styles.plain,
            QuestionType::Text | QuestionType::Decimal => &styles.words,
            QuestionType::Date => &styles.day,
            _ => &styles.value,
        };
        self.put(Column::Answer, &given, format)?;
        match question.kind {
            QuestionType::Boolean => self.choose(Column::Answer, &[words.yes, words.no])?,
            QuestionType::SelectOne => {
                let list = self.lists.add(options::shown(question, language));
                self.list(Column::Answer, &list)?;
            }
            QuestionType::Period => {
                self.put(Column::Unit, &unit, &styles.value)?;
                self.choose(Column::Unit, &words.units)?;
            }
            QuestionType::Text => self.put(Column::Language, &written_in, &styles.words)?,
            _ => {}
        }
        self.put(Column::Absence, &absence, &styles.value)?;
        self.choose(Column::Absence, &words.absences)?;
        self.about(answer)
    }

    /// What stands beside an answer.
    fn about(&mut self, answer: Option<&AnswerView>) -> Result<(), XlsxError> {
        let (styles, words) = (self.styles, self.words);
        let yes_no = [words.yes, words.no];
        let day = answer.map_or(Content::Blank, |answer| Content::Day(answer.valid_from_date));
        let shared = answer.map_or("", |answer| words.yes_no(answer.shared));
        let comment = answer.and_then(|answer| answer.comment.as_ref());
        let comment = comment.map_or(("", ""), |comment| (&comment.text, &comment.language_code));
        self.put(Column::ValidFrom, &day, &styles.day)?;
        self.put(Column::Shared, &Content::text(shared), &styles.value)?;
        self.choose(Column::Shared, &yes_no)?;
        self.put(Column::Comment, &Content::text(comment.0), &styles.words)?;
        self.put(Column::CommentLanguage, &Content::text(comment.1), &styles.words)?;
        if answer.is_some_and(|answer| answer.unconfirmed) {
            self.put(Column::Status, &Content::text(words.unconfirmed), &styles.attention)?;
        }
        self.put(Column::Confirm, &Content::Blank, &styles.value)?;
        self.choose(Column::Confirm, &yes_no[..1])?;
        let etag = answer.map_or("", |answer| &answer.etag);
        self.put(Column::Version, &Content::text(etag), &styles.key)
    }

    fn label(&self, question: &Question, part: Part<'_>) -> String {
        match part {
            Part::Option(key) => {
                let place = question.options.iter().position(|option| option.key == key);
                let label = place
                    .and_then(|place| options::shown(question, &self.origin.language).into_iter().nth(place));
                label.unwrap_or_default()
            }
            Part::Law(number, field) => self.words.law[field].replace("{}", &number.to_string()),
            Part::Contact(field) => self.words.contact[field].to_owned(),
            Part::File(field) => self.words.file[field].to_owned(),
        }
    }

    /// A drop-down in a cell.
    fn choose(&mut self, column: Column, words: &[&str]) -> Result<(), XlsxError> {
        self.list(column, &lists::short(words)?)
    }

    fn list(&mut self, column: Column, list: &DataValidation) -> Result<(), XlsxError> {
        self.sheet.add_data_validation(self.row, column.place(), self.row, column.place(), list)?;
        Ok(())
    }

    /// Ends the row: whatever nothing was written into is not to be filled in.
    fn end(&mut self) -> Result<(), XlsxError> {
        for column in Column::ALL {
            if !self.done.iter().any(|(done, _)| *done == column) {
                self.put(column, &Content::Blank, &self.styles.plain)?;
            }
        }
        let texts = self.done.iter().filter(|(column, _)| !column.is_hidden());
        paper::fit(self.sheet, self.row, texts.map(|(column, text)| (text.as_str(), column.width())))?;
        self.done.clear();
        self.row += 1;
        Ok(())
    }

    fn put(&mut self, column: Column, content: &Content, format: &Format) -> Result<(), XlsxError> {
        let text = if let Content::Text(text) = content { text.clone() } else { String::new() };
        self.done.push((column, text));
        let (row, column) = (self.row, column.place());
        match content {
            Content::Blank => self.sheet.write_blank(row, column, format)?,
            Content::Text(text) => self.sheet.write_string_with_format(row, column, text, format)?,
            Content::Number(number) => self.sheet.write_number_with_format(row, column, *number, format)?,
            Content::Day(day) => match day_number(*day) {
                Some(number) => self.sheet.write_number_with_format(row, column, number, format)?,
                None => self.sheet.write_string_with_format(row, column, day.to_string(), format)?,
            },
        };
        Ok(())
    }
}
