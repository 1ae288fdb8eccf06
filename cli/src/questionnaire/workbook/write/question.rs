//! The rows of a question.

use chrono::NaiveDate;
use focalnet_domain::questionnaire::{Document, Question, QuestionType, response::AnswerView};
use rust_xlsxwriter::{DataValidation, Format, Worksheet, XlsxError};

use super::{
    super::{
        cells::{self, Cells, Content},
        layout::{Column, Origin, Part, parts},
        options,
        styles::Styles,
        telling,
        words::{Labels, word},
    },
    lists::{self, Lists},
};

/// The sheet that is filled in, with the next row to write.
pub(super) struct Page<'a> {
    pub(super) sheet: &'a mut Worksheet,
    pub(super) origin: &'a Origin,
    pub(super) document: &'a Document,
    pub(super) words: &'static Labels,
    pub(super) styles: &'a Styles,
    pub(super) lists: &'a mut Lists,
    pub(super) row: u32,
    /// Columns of the row that are written.
    pub(super) done: Vec<Column>,
}

/// The first day that spreadsheet programs count alike, and the day from which they count.
const COUNTED: (NaiveDate, NaiveDate) =
    match (NaiveDate::from_ymd_opt(1900, 3, 1), NaiveDate::from_ymd_opt(1899, 12, 30)) {
        (Some(first), Some(zero)) => (first, zero),
        _ => (NaiveDate::MAX, NaiveDate::MIN),
    };

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
            self.put(Column::Question, &Content::Text(self.label(question, part)), &self.styles.plain)?;
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

    fn head(&mut self, question: &Question, answer: Option<&AnswerView>) -> Result<(), XlsxError> {
        let (styles, words, language) = (self.styles, self.words, &self.origin.language);
        let section = self.document.sections.iter().find(|section| section.key == question.section);
        let section = section.map_or("", |section| section.label.in_language(language));
        let telling = telling::Told { document: self.document, language, words };
        self.put(Column::Key, &Content::text(&question.key), &styles.question)?;
        self.put(Column::Section, &Content::text(section), &styles.plain)?;
        self.put(Column::Question, &Content::text(question.label.in_language(language)), &styles.question)?;
        self.put(Column::Help, &Content::text(question.help.in_language(language)), &styles.plain)?;
        self.put(Column::Asked, &Content::Text(telling.asked(question)), &styles.plain)?;
        let kind = word(QuestionType::ALL, &words.kinds, &question.kind);
        self.put(Column::Kind, &Content::text(kind), &styles.plain)?;
        if question.kind == QuestionType::Note {
            return Ok(());
        }

        self.put(Column::Required, &Content::Text(telling.required(question)), &styles.plain)?;
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
            if !self.done.contains(&column) {
                self.put(column, &Content::Blank, &self.styles.plain)?;
            }
        }
        self.done.clear();
        self.row += 1;
        Ok(())
    }

    fn put(&mut self, column: Column, content: &Content, format: &Format) -> Result<(), XlsxError> {
        self.done.push(column);
        let (row, column) = (self.row, column.place());
        match content {
            Content::Blank => self.sheet.write_blank(row, column, format)?,
            Content::Text(text) => self.sheet.write_string_with_format(row, column, text, format)?,
            Content::Number(number) => self.sheet.write_number_with_format(row, column, *number, format)?,
            Content::Day(day) if *day < COUNTED.0 => {
                self.sheet.write_string_with_format(row, column, day.to_string(), format)?
            }
            Content::Day(day) => {
                let days = i32::try_from((*day - COUNTED.1).num_days()).unwrap_or(i32::MAX);
                self.sheet.write_number_with_format(row, column, days, format)?
            }
        };
        Ok(())
    }
}
