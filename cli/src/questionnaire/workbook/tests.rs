use calamine::{Data, Range};
use focalnet_domain::{
    directory::Contact,
    freezing_request::content::Attachment,
    questionnaire::{
        Document,
        answer::{LegislationReference, LegislationReferences, NewAnswer, OptionKeys, Period, Unit, Value},
        logic::Logic,
        response::AnswerView,
    },
    text::LocalizedText,
};

use super::{
    super::sheets::{self, Cell, Sheet},
    layout::*,
    *,
};

mod edits;
mod forms;
mod problems;
mod round_trip;
mod seen;

fn sample() -> Document {
    super::super::samples::sample()
}

fn origin(language: &str) -> Origin {
    Origin {
        response: "responses/1".to_owned(),
        questionnaire: "questionnaires/1".to_owned(),
        version_number: 2,
        language: language.to_owned(),
    }
}

fn fr(text: &str) -> LocalizedText {
    LocalizedText { text: text.to_owned(), language_code: "fr".to_owned() }
}

fn answer(question: &str, value: Value) -> AnswerView {
    AnswerView {
        question: question.to_owned(),
        value,
        valid_from_date: "2020-02-29".parse().unwrap(),
        shared: true,
        comment: Some(fr("Voir\nla loi.")),
        etag: format!("etag of {question}"),
        number: 1,
        unconfirmed: false,
        author_display_name: Some("Ana".to_owned()),
        create_time: Some("2026-03-02T09:30:00Z".parse().unwrap()),
    }
}

/// An answer to each question of the sample.
fn answers() -> Vec<AnswerView> {
    let law = LegislationReference {
        title: fr("Loi de séparation"),
        article: Some("3-4".to_owned()),
        url: None,
        in_force_from_date: Some("1905-12-09".parse().unwrap()),
    };
    let old = LegislationReference {
        in_force_from_date: Some("1881-07-29".parse().unwrap()),
        article: None,
        ..law.clone()
    };
    let contact = Contact {
        authority: "Ministry".to_owned(),
        person_display_name: None,
        postal_address: Some("1 Street\n2 Town".to_owned()),
        email: Some("a@b.org".to_owned()),
        telephone: Some("+351 21 000 0000".to_owned()),
        around_the_clock: true,
    };
    let file = Attachment {
        kind: "form".to_owned(),
        file_name: "form.pdf".to_owned(),
        sha256: "1e5".to_owned() + &"0".repeat(61),
        size_bytes: 12,
        language_code: "en".to_owned(),
        translation_of: None,
    };
    let mut answers = vec![
        answer("A1", Value::Boolean(true)),
        answer("A2", Value::Legislation(LegislationReferences { references: vec![law, old] })),
        answer("A3", Value::Contact(contact)),
        answer("B1", Value::Options(OptionKeys { keys: vec!["direct".to_owned()] })),
        answer("B2", Value::Period(Period { amount: 3, unit: Unit::Months })),
        answer("B3", Value::Option("always".to_owned())),
        answer("B4", Value::Text(fr("=1+1"))),
        answer("B5", Value::Integer(i64::MAX)),
        answer("B6", Value::Decimal("12.50".to_owned())),
        answer("B7", Value::Date("2024-02-29".parse().unwrap())),
        answer("B8", Value::File(file)),
    ];
    let before = &mut answers[5];
    (before.etag, before.number, before.unconfirmed) = (String::new(), 0, true);
    answers
}

/// A workbook as a person changes it, cell by cell.
struct Edited {
    sheets: Vec<Sheet>,
}

impl Edited {
    fn new(answers: &[AnswerView]) -> Self {
        let workbook = write(&origin("en"), &sample(), answers).unwrap();
        Self { sheets: sheets::open(&workbook).unwrap() }
    }

    fn sheet(&mut self, name: &str) -> &mut Range<Cell> {
        &mut self.sheets.iter_mut().find(|(sheet, _)| sheet == name).unwrap().1
    }

    /// The row of a question, or of a part of its answer, as in `A1` or `A2 1.title`.
    fn row(&mut self, name: &str) -> u32 {
        let (key, part) = name.split_once(' ').unwrap_or((name, ""));
        let is = |cell: &Cell, text: &str| parse::text(cell).unwrap().unwrap_or_default() == text;
        let row = self.sheet(ANSWERS).rows().position(|row| is(&row[0], key) && is(&row[1], part));
        u32::try_from(row.unwrap()).unwrap()
    }

    fn set(&mut self, name: &str, column: Column, cell: impl Into<Data>) -> &mut Self {
        let place = (self.row(name), u32::from(column.place()));
        self.sheet(ANSWERS).set_value(place, Cell::from(cell.into()));
        self
    }

    fn workbook(&self) -> Workbook {
        Workbook::of(self.sheets.clone()).unwrap()
    }

    /// What is to be saved over these answers.
    fn changes(&self, present: &[AnswerView]) -> Result<Vec<NewAnswer>, Vec<String>> {
        let document = sample();
        let logic = Logic::of(&document).unwrap();
        let changes = changes(&self.workbook(), &logic, present);
        changes
            .map(|changes| changes.into_iter().map(|change| change.answer).collect())
            .map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}
