//! The value that the rows of a question hold.

use focalnet_domain::{
    directory::Contact,
    freezing_request::content::Attachment,
    questionnaire::{
        QuestionType,
        answer::{Absence, LegislationReference, LegislationReferences, OptionKeys, Period, Unit, Value},
    },
    text::LocalizedText,
};

use super::{
    super::sheets::Cell,
    layout::{CONTACT, Column, FILE, Part},
    options, parse,
    problem::{Findings, Place},
    rows::{Block, Row, law},
    words::Labels,
};

/// Reads the rows of a question.
pub(super) struct Reader<'a, 'f> {
    /// The rows.
    pub(super) block: &'a Block<'a>,
    /// The language of the workbook.
    pub(super) language: &'a str,
    /// What is wrong so far.
    pub(super) findings: &'f mut Findings,
}

/// A value, and the cell where its problems belong.
pub(super) type Placed = (Value, Place);

impl Reader<'_, '_> {
    /// Something is wrong at a cell.
    pub(super) fn wrong(&mut self, place: Place, reason: impl Into<String>) {
        self.findings.wrong(Some(self.block.question), place, reason);
    }

    /// The value of a cell, nothing when it is blank or wrong.
    pub(super) fn take<T>(
        &mut self,
        row: &Row<'_>,
        column: Column,
        read: impl FnOnce(&Cell) -> parse::Read<T>,
    ) -> Option<T> {
        match read(row.cell(column)) {
            Ok(value) => value,
            Err(reason) => {
                self.wrong(row.place(column), reason);
                None
            }
        }
    }

    /// Labels with their language: that of the workbook when nothing is said.
    pub(super) fn words(&mut self, row: &Row<'_>, text: Column, language: Column) -> Option<LocalizedText> {
        let text = self.take(row, text, parse::text)?;
        let language_code =
            self.take(row, language, parse::language).unwrap_or_else(|| self.language.to_owned());
        Some(LocalizedText { text, language_code })
    }

    /// The value, or the reason why there is none.
    pub(super) fn value(&mut self) -> Option<Placed> {
        let block = self.block;
        let head = &block.head;
        if !block.parts.is_empty() || matches!(block.question.kind, QuestionType::Legislation) {
            self.blank(head, &[Column::Answer], "the answer belongs into the rows below");
        }
        for row in block.parts.values() {
            let columns = [
                Column::Unit,
                Column::Absence,
                Column::ValidFrom,
                Column::Shared,
                Column::Comment,
                Column::CommentLanguage,
                Column::Confirm,
            ];
            self.blank(row, &columns, "this belongs into the row of the question");
        }
        if block.question.kind != QuestionType::Period {
            self.blank(head, &[Column::Unit], "only a length of time has a unit");
        }
        let value = self.given();
        let absence = self.take(head, Column::Absence, |cell| {
            parse::member(cell, Absence::ALL, |words: &Labels| &words.absences)
        });
        let place = head.place(Column::Absence);
        match (value, absence) {
            (Some(_), Some(_)) => {
                self.wrong(place, "there is an answer and a reason why there is none: one of them must go");
                None
            }
            (value, None) => value,
            (None, Some(absence)) => Some((Value::Absence(absence), place)),
        }
    }

    fn blank(&mut self, row: &Row<'_>, columns: &[Column], reason: &str) {
        for column in columns {
            if self.take(row, *column, parse::text).is_some() {
                self.wrong(row.place(*column), reason);
            }
        }
    }

    fn given(&mut self) -> Option<Placed> {
        let (block, language) = (self.block, self.language);
        let (head, question) = (&block.head, block.question);
        let (place, answer) = (head.place(Column::Answer), Column::Answer);
        let value = match question.kind {
            QuestionType::Boolean => self.take(head, answer, parse::yes_no).map(Value::Boolean),
            QuestionType::SelectOne => {
                let text = self.take(head, answer, parse::text)?;
                let key = options::chosen(question, language, &text);
                if key.is_none() {
                    let list = options::shown(question, language).join("; ");
                    self.wrong(place, format!("is none of the options: {list}"));
                }
                key.map(Value::Option)
            }
            QuestionType::SelectMultiple => return self.options(),
            QuestionType::Text => self.words(head, answer, Column::Language).map(Value::Text),
            QuestionType::Integer => self.take(head, answer, parse::integer).map(Value::Integer),
            QuestionType::Decimal => self.take(head, answer, parse::decimal).map(Value::Decimal),
            QuestionType::Date => self.take(head, answer, parse::day).map(Value::Date),
            QuestionType::Period => self.period().map(Value::Period),
            QuestionType::Legislation => return self.laws(),
            QuestionType::File => return self.file(),
            QuestionType::Contact => return self.contact(),
            // Its row is told to be blank where it is found.
            QuestionType::Note => return None,
        };
        value.map(|value| (value, place))
    }

    fn options(&mut self) -> Option<Placed> {
        let block = self.block;
        let (mut keys, mut first) = (Vec::new(), None);
        for option in &block.question.options {
            let Some(row) = block.parts.get(&option.key) else { continue };
            if self.take(row, Column::Answer, parse::yes_no) == Some(true) {
                first.get_or_insert(row.place(Column::Answer));
                keys.push(option.key.clone());
            }
        }
        first.map(|place| (Value::Options(OptionKeys { keys }), place))
    }

    fn period(&mut self) -> Option<Period> {
        let head = &self.block.head;
        let amount = self.take(head, Column::Answer, parse::integer);
        let unit = self
            .take(head, Column::Unit, |cell| parse::member(cell, Unit::ALL, |words: &Labels| &words.units));
        let is_blank = |column| parse::text(head.cell(column)).is_ok_and(|text| text.is_none());
        match (amount, unit) {
            (Some(amount), Some(unit)) => match i32::try_from(amount) {
                Ok(amount) => return Some(Period { amount, unit }),
                Err(_) => {
                    self.wrong(head.place(Column::Answer), format!("must be from 0 to {}", Period::MAX));
                }
            },
            (Some(_), None) if is_blank(Column::Unit) => {
                self.wrong(head.place(Column::Unit), "the unit of the answer is missing");
            }
            (None, Some(_)) if is_blank(Column::Answer) => {
                self.wrong(head.place(Column::Answer), "there is a unit and no number");
            }
            _ => {}
        }
        None
    }

    fn laws(&mut self) -> Option<Placed> {
        let block = self.block;
        let mut numbers: Vec<u16> =
            block.parts.keys().filter_map(|part| law(part)).map(|(number, _)| number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let (mut references, mut first) = (Vec::new(), None);
        for number in numbers {
            let row = |field: usize| block.parts.get(&Part::Law(number.into(), field).to_string());
            let [Some(title), Some(article), Some(url), Some(since)] = [row(0), row(1), row(2), row(3)]
            else {
                continue;
            };
            let words = self.words(title, Column::Answer, Column::Language);
            let article = self.take(article, Column::Answer, parse::text);
            let url = self.take(url, Column::Answer, parse::text);
            let in_force_from_date = self.take(since, Column::Answer, parse::day);
            let place = title.place(Column::Answer);
            match words {
                Some(title) => {
                    first.get_or_insert(place);
                    references.push(LegislationReference { title, article, url, in_force_from_date });
                }
                None if article.is_some() || url.is_some() || in_force_from_date.is_some() => {
                    self.wrong(place, "the title of the law is missing");
                }
                None => {}
            }
        }
        first.map(|place| (Value::Legislation(LegislationReferences { references }), place))
    }

    fn contact(&mut self) -> Option<Placed> {
        let block = self.block;
        let mut field =
            |name: &str| block.parts.get(name).and_then(|row| self.take(row, Column::Answer, parse::text));
        let [authority, person_display_name, postal_address, email, telephone] =
            [CONTACT[0], CONTACT[1], CONTACT[2], CONTACT[3], CONTACT[4]].map(&mut field);
        let at_any_hour = block.parts.get(CONTACT[5]);
        let around_the_clock =
            at_any_hour.and_then(|row| self.take(row, Column::Answer, parse::yes_no)).unwrap_or_default();
        let texts = [&authority, &person_display_name, &postal_address, &email, &telephone];
        if texts.iter().all(|text| text.is_none()) && !around_the_clock {
            return None;
        }
        let authority = authority.unwrap_or_default();
        let contact =
            Contact { authority, person_display_name, postal_address, email, telephone, around_the_clock };
        let wrong = match contact.problem() {
            Some((".email", _)) => CONTACT[3],
            _ => CONTACT[0],
        };
        let place = block.parts.get(wrong)?.place(Column::Answer);
        Some((Value::Contact(contact), place))
    }

    fn file(&mut self) -> Option<Placed> {
        let block = self.block;
        let row = |field: usize| block.parts.get(FILE[field]);
        let mut texts = Vec::new();
        for field in [0, 1, 2, 4, 5] {
            let read = if field == 4 { parse::language } else { parse::text };
            texts.push(self.take(row(field)?, Column::Answer, read));
        }
        let size = self.take(row(3)?, Column::Answer, parse::integer);
        let is_blank = |row: &Row<'_>| parse::text(row.cell(Column::Answer)).is_ok_and(|text| text.is_none());
        if block.parts.values().all(is_blank) {
            return None;
        }
        // All but the last must be there.
        for row in (0..FILE.len() - 1).filter_map(row).filter(|row| is_blank(row)) {
            self.wrong(row.place(Column::Answer), "must be said of a file");
        }
        let is_digest = |text: &String| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if texts[2].as_ref().is_some_and(|text| !is_digest(text)) {
            self.wrong(row(2)?.place(Column::Answer), "must be 64 hexadecimal digits");
        }
        if size.is_some_and(|size| size < 1) {
            self.wrong(row(3)?.place(Column::Answer), "must be at least 1");
        }
        let mut texts = texts.into_iter();
        let mut text = || texts.next().flatten();
        let (kind, file_name, sha256) = (text()?, text()?, text()?);
        let (language_code, translation_of) = (text()?, text());
        let file = Attachment { kind, file_name, sha256, size_bytes: size?, language_code, translation_of };
        Some((Value::File(file), row(0)?.place(Column::Answer)))
    }
}
