//! What is in a cell is what the person saw there, or it is refused.

use super::*;
use crate::questionnaire::toml_file;

/// The questionnaire of the workbooks in `cases`.
fn questionnaire() -> Document {
    let question = |key: &str, kind: &str| {
        let options = match kind {
            "select_one" => "options = [{ key = \"y\", label = { en = \"Yes\" } }]\n",
            "select_multiple" => {
                "options = [{ key = \"1\", label = { en = \"Banks\" } }, { key = \"2\", label = { en = \"Houses\" } }, \
                 { key = \"3\", label = { en = \"Ships, boats\" } }]\n"
            }
            _ => "",
        };
        format!(
            "[[questions]]\nkey = \"{key}\"\nsection = \"a\"\ntype = \"{kind}\"\nlabel = {{ en = \"{key}\" }}\n{options}"
        )
    };
    let questions = [
        ("b1", "boolean"),
        ("s1", "select_one"),
        ("m1", "select_multiple"),
        ("t1", "text"),
        ("i1", "integer"),
        ("d1", "decimal"),
        ("dt1", "date"),
        ("p1", "period"),
        ("t2", "text"),
        ("t3", "text"),
    ];
    let head =
        "key = \"cells\"\ntitle = { en = \"Cells\" }\n[[sections]]\nkey = \"a\"\nlabel = { en = \"All\" }\n";
    let questions: String = questions.iter().map(|(key, kind)| question(key, kind)).collect();
    toml_file::read(&format!("{head}{questions}")).unwrap()
}

/// What a workbook says of a question, and all that is wrong with it.
fn said(workbook: &[u8], key: &str) -> (Option<NewAnswer>, Vec<String>) {
    let reading = Workbook::open(workbook).unwrap().read(&questionnaire());
    let entry = reading.entries.into_iter().find(|entry| entry.question == key);
    let problems = reading.problems.iter().map(ToString::to_string).collect();
    (entry.and_then(|entry| entry.answer), problems)
}

/// What is told of a number that shows as a day.
fn no_day(cell: &str, number: &str, day: &str) -> String {
    format!(
        "answers!{cell}: the cell is formatted as a date, and its number {number} shows as {day}: if that day is \
         meant, write it as text, as 2026-03-31; if not, write what is meant"
    )
}

#[test]
fn a_year_in_a_cell_of_a_date_is_no_day_of_1905() {
    let (answer, problems) = said(include_bytes!("cases/year_in_date_cell.xlsx"), "dt1");
    assert_eq!((answer, problems), (None, vec![no_day("I11", "2024", "1905-07-16")]));
    let (_, problems) = said(include_bytes!("cases/year_in_valid_from.xlsx"), "t1");
    assert_eq!(problems, [no_day("M8", "2024", "1905-07-16"), no_day("I11", "2024", "1905-07-16")]);
}

#[test]
fn a_day_without_a_format_is_counted_as_its_workbook_counts() {
    let (answer, problems) = said(include_bytes!("cases/serial_in_1904_workbook.xlsx"), "dt1");
    let answer = answer.unwrap();
    assert_eq!((answer.value, problems), (Value::Date("2026-03-02".parse().unwrap()), vec![]));
    // As are those with one.
    assert_eq!(answer.valid_from_date, Some("2026-11-30".parse().unwrap()));
}

#[test]
fn a_formula_without_its_result_is_named_by_its_cell() {
    let (_, problems) = said(include_bytes!("cases/formula_without_result_first.xlsx"), "b1");
    let told = "the formula of this cell has no result: open the workbook in a spreadsheet program and save it, or \
                write what is meant";
    assert_eq!(problems, [format!("answers!I2: {told}"), format!("answers!I10: {told}")]);
}

#[test]
fn a_percentage_is_the_number_before_the_sign() {
    let (answer, problems) = said(include_bytes!("cases/percent_cell.xlsx"), "d1");
    assert_eq!((answer.unwrap().value, problems), (Value::Decimal("12.5".to_owned()), vec![]));
}

/// A number that is shown in a format, as an answer to a question of a type.
fn number(value: f64, shown: &str) -> Cell {
    Cell::Number { value, shown: shown.to_owned(), day: None }
}

#[test]
fn a_number_is_what_is_shown_of_it() {
    let decimals = [
        (number(0.125, "12.5%"), Ok("12.5")),
        (number(12.5, "12.50"), Ok("12.50")),
        (number(1_234.5, "€ 1,234.5"), Ok("1234.5")),
        (number(-3.25, "-3.25"), Ok("-3.25")),
        (number(12_000.0, "1.2E+04"), Ok("12000")),
        (number(0.07, "7%"), Ok("7")),
        (Cell::Text("12,5 %".to_owned()), Ok("12.5")),
        (Cell::Text("12.5%".to_owned()), Ok("12.5")),
        (number(0.125, "13%"), Err("the cell shows `13%` and holds 0.125: write as text what is meant")),
        (number(12.6, "13"), Err("the cell shows `13` and holds 12.6: write as text what is meant")),
        (number(12_000.0, "12 k"), Err("the cell shows `12 k` and holds 12000: write as text what is meant")),
        (number(-5.0, "(5)"), Err("the cell shows `(5)` and holds -5: write as text what is meant")),
        (
            Cell::Day("2026-03-02".parse().unwrap()),
            Err(
                "must be a decimal number, as 12.5: the cell is formatted as a date and shows 2026-03-02; format it as \
                 text",
            ),
        ),
    ];
    for (cell, expected) in decimals {
        let expected = expected.map(|text| Some(text.to_owned())).map_err(str::to_owned);
        assert_eq!(parse::decimal(&cell), expected, "{cell:?}");
    }
    let integers = [
        (number(12.0, "12.00"), Ok(12)),
        (number(0.12, "12%"), Ok(12)),
        (number(1_234_567.0, "1,234,567"), Ok(1_234_567)),
        (number(3.0, "3 months"), Ok(3)),
        (Cell::Text("12 %".to_owned()), Ok(12)),
        (Cell::Text("12.00".to_owned()), Err("must be a whole number")),
        (number(2.4, "2"), Err("the cell shows `2` and holds 2.4: write as text what is meant")),
        (Cell::Bool(true), Err("must be a whole number")),
    ];
    for (cell, expected) in integers {
        assert_eq!(parse::integer(&cell), expected.map(Some).map_err(str::to_owned), "{cell:?}");
    }
    // Words are what was seen, too.
    assert_eq!(parse::text(&number(7.0, "007")), Ok(Some("007".to_owned())));
    assert_eq!(parse::text(&Cell::Bool(true)), Ok(Some("TRUE".to_owned())));
}
