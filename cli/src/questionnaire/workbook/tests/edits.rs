//! Workbooks as people and their programs leave them.

use calamine::{ExcelDateTime, ExcelDateTimeType};
use chrono::Datelike as _;
use focalnet_domain::questionnaire::answer::Absence;

use super::*;

fn no(question: &str, value: Value) -> NewAnswer {
    NewAnswer {
        question: question.to_owned(),
        value,
        valid_from_date: None,
        shared: false,
        comment: None,
        etag: None,
    }
}

#[test]
fn only_what_changed_is_saved_over_what_stood_there() {
    let mut edited = Edited::new(&answers());
    edited.set("A1", Column::ValidFrom, Data::Empty).set("B5", Column::Answer, 7.0);
    edited.set("B1 diplomatic", Column::Answer, true).set("B4", Column::Comment, text("  Voir\r\nla loi. "));
    let mut number = same::sendable(&answer("B5", Value::Integer(7)));
    let both = Value::Options(OptionKeys { keys: vec!["diplomatic".to_owned(), "direct".to_owned()] });
    let options = same::sendable(&answer("B1", both));
    assert_eq!(edited.changes(&answers()), Ok(vec![options.clone(), number.clone()]));

    // Once it is saved, the same workbook has nothing more to say, although its etags are old.
    let mut after = answers();
    for answer in &mut after {
        for change in [&options, &number] {
            if answer.question == change.question {
                (answer.value, answer.etag) = (change.value.clone(), "newer".to_owned());
            }
        }
    }
    assert_eq!(edited.changes(&after), Ok(vec![]));

    // What somebody else saved since stays the server's to refuse.
    after[7].value = Value::Integer(8);
    number.etag = Some("etag of B5".to_owned());
    assert_eq!(edited.changes(&after), Ok(vec![number]));
}

#[test]
fn answers_from_before_are_confirmed_or_changed() {
    let before = &answers()[5];
    let mut edited = Edited::new(&answers());
    edited.set("B3", Column::Confirm, text("Yes"));
    let confirmed = same::sendable(before);
    assert_eq!(confirmed.etag, None);
    assert_eq!(edited.changes(&answers()), Ok(vec![confirmed]));

    let mut after = answers();
    (after[5].etag, after[5].number, after[5].unconfirmed) = ("newer".to_owned(), 1, false);
    assert_eq!(edited.changes(&after), Ok(vec![]), "it is confirmed already");

    edited.set("B3", Column::Confirm, Data::Empty).set("B3", Column::Answer, text("once"));
    let changed = NewAnswer { value: Value::Option("once".to_owned()), ..same::sendable(before) };
    assert_eq!(edited.changes(&answers()), Ok(vec![changed]));

    edited.set("B3", Column::Answer, Data::Empty).set("B3", Column::ValidFrom, Data::Empty);
    edited.set("B3", Column::Shared, Data::Empty).set("B3", Column::Comment, Data::Empty);
    assert_eq!(edited.changes(&answers()), Ok(vec![]), "nobody has to confirm");
}

#[test]
fn any_answer_can_be_given_again() {
    let mut edited = Edited::new(&answers());
    edited.set("A1", Column::Confirm, text("oui"));
    assert_eq!(edited.changes(&answers()), Ok(vec![same::sendable(&answers()[0])]));
}

#[test]
fn cells_may_come_in_other_forms() {
    let day = |serial| Data::DateTime(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, false));
    let mac = Data::DateTime(ExcelDateTime::new(44_620.0, ExcelDateTimeType::DateTime, true));
    let on = |day: &str| Value::Date(day.parse().unwrap());
    let forms = [
        ("A1", Data::Bool(false), Value::Boolean(false)),
        ("A1", Data::Float(1.0), Value::Boolean(true)),
        ("A1", text(" OUI "), Value::Boolean(true)),
        ("B3", text("ONCE"), Value::Option("once".to_owned())),
        (
            "B4",
            Data::Float(2026.0),
            Value::Text(LocalizedText { text: "2026".to_owned(), language_code: "en".to_owned() }),
        ),
        ("B5", text("1 234\u{202f}567"), Value::Integer(1_234_567)),
        ("B5", text("-9223372036854775808"), Value::Integer(i64::MIN)),
        ("B6", text("-0,125"), Value::Decimal("-0.125".to_owned())),
        ("B6", text("12,50"), Value::Decimal("12.50".to_owned())),
        ("B6", Data::Float(0.1 + 0.2), Value::Decimal("0.3".to_owned())),
        ("B7", day(46_082.0), on("2026-03-01")),
        ("B7", day(46_082.75), on("2026-03-01")),
        ("B7", mac, on("2026-03-01")),
        ("B7", Data::Float(46_082.0), on("2026-03-01")),
        ("B7", Data::DateTimeIso("2026-03-01T00:00:00".to_owned()), on("2026-03-01")),
        ("B7", text("1789-07-14"), on("1789-07-14")),
    ];
    for (question, cell, value) in forms {
        let shown = format!("{cell:?}");
        let mut edited = Edited::new(&[]);
        edited.set(question, Column::Answer, cell);
        assert_eq!(edited.changes(&[]), Ok(vec![no(question, value)]), "{shown}");
    }
}

#[test]
fn what_is_filled_in_row_by_row_becomes_one_answer() {
    let mut edited = Edited::new(&[]);
    edited.set("A1", Column::Answer, text("yes")).set("A1", Column::Shared, text("yes"));
    edited.set("A2 2.title", Column::Answer, text("Law")).set("A2 2.title", Column::Language, text("pt"));
    edited.set("A2 2.in_force_from", Column::Answer, text("2001-01-31"));
    edited.set("A3 person", Column::Answer, text("Rui")).set(
        "A3 around_the_clock",
        Column::Answer,
        text("no"),
    );
    edited.set("B2", Column::Answer, 30.0).set("B2", Column::Unit, text("jours"));
    edited.set("B1", Column::Absence, text("réforme en cours"));
    let law = LegislationReference {
        title: LocalizedText { text: "Law".to_owned(), language_code: "pt".to_owned() },
        article: None,
        url: None,
        in_force_from_date: Some("2001-01-31".parse().unwrap()),
    };
    let contact = Contact {
        authority: String::new(),
        person_display_name: Some("Rui".to_owned()),
        postal_address: None,
        email: None,
        telephone: None,
        around_the_clock: false,
    };
    let expected = vec![
        NewAnswer { shared: true, ..no("A1", Value::Boolean(true)) },
        no("A2", Value::Legislation(LegislationReferences { references: vec![law] })),
        no("A3", Value::Contact(contact)),
        no("B1", Value::Absence(Absence::UnderReform)),
    ];
    // B2 is asked of those who have more than one channel, or a direct one.
    let refused = edited.changes(&[]).unwrap_err();
    assert_eq!(refused.len(), 1, "{refused:?}");
    edited.set("B2", Column::Answer, Data::Empty).set("B2", Column::Unit, Data::Empty);
    assert_eq!(edited.changes(&[]), Ok(expected));
}

/// Another program: other order of sheets, columns and rows, no formats, explaining columns gone, blank rows between.
#[test]
fn another_program_may_write_it_anew() {
    let mut edited = Edited::new(&answers());
    edited.set("B5", Column::Answer, 7.0);
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, range) in edited.sheets.iter().rev().filter(|(name, _)| name != READ_ME) {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        let (height, width) = range.get_size();
        let (height, width) = (u32::try_from(height).unwrap(), u16::try_from(width).unwrap());
        for (row, column, cell) in range.used_cells() {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            let is_moved = name == ANSWERS;
            if is_moved && (Column::Question.place()..=Column::About.place()).contains(&column) {
                continue;
            }
            // Headings stay on top; the rows below are turned round, with blank ones between.
            let row = if is_moved && row > 0 { 2 * (height - row) } else { row };
            let column = if is_moved { width - column } else { column };
            match cell {
                Cell::Number { value, .. } => sheet.write_number(row, column, *value).unwrap(),
                // Without its format, the number of so old a day could be a year.
                Cell::Day(day) if day.year() < 1927 => {
                    sheet.write_string(row, column, day.to_string()).unwrap()
                }
                Cell::Day(day) => sheet.write_number(row, column, sheets::day_number(*day).unwrap()).unwrap(),
                cell => {
                    sheet.write_string(row, column, parse::text(cell).unwrap().unwrap_or_default()).unwrap()
                }
            };
        }
    }
    let rewritten = Edited { sheets: sheets::open(&book.save_to_buffer().unwrap()).unwrap() };
    let number = same::sendable(&answer("B5", Value::Integer(7)));
    assert_eq!(rewritten.changes(&answers()), Ok(vec![number]));
}
