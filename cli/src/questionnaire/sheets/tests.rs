use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Formula, Workbook};

use super::*;

/// What a cell with a number in a format is taken for.
fn of(number: f64, format: &str) -> Cell {
    let mut workbook = Workbook::new();
    let format = Format::new().set_num_format(format);
    workbook.add_worksheet().write_number_with_format(0, 0, number, &format).unwrap();
    let sheets = open(&workbook.save_to_buffer().unwrap()).unwrap();
    sheets[0].1[(0, 0)].clone()
}

#[test]
fn a_number_is_what_its_cell_shows() {
    let shown = [
        (12.5, "General", "12.5"),
        (0.1 + 0.2, "General", "0.3"),
        (45_292.0, "General", "45292"),
        (12.5, "0.00", "12.50"),
        (12.6, "0", "13"),
        (1_234_567.0, "#,##0", "1,234,567"),
        (0.125, "0.0%", "12.5%"),
        (0.125, "0%", "13%"),
        (12_000.0, "0,\" k\"", "12 k"),
        (3.0, "0\" months\"", "3 months"),
        (-5.0, "0;(0)", "(5)"),
        (12_345.0, "0.0E+00", "1.2E+04"),
        (7.0, "000", "007"),
        (2024.0, "@", "2024"),
    ];
    for (number, format, expected) in shown {
        let Cell::Number { value, shown, .. } = of(number, format) else { unreachable!("{format}") };
        assert_eq!((value, shown.as_str()), (number, expected), "{format}");
    }
}

#[test]
fn a_day_is_one_that_its_cell_shows_and_nobody_can_take_for_another_number() {
    let day = |number, format: &str| of(number, format);
    let is = |text: &str| Cell::Day(text.parse().unwrap());
    for format in ["yyyy-mm-dd", "dd/mm/yyyy", "mmm yy", "yyyy-mm-dd hh:mm", "[$-40C]d mmmm yyyy"] {
        assert_eq!(day(46_083.0, format), is("2026-03-02"), "{format}");
    }
    assert_eq!(day(46_083.75, "yyyy-mm-dd hh:mm"), is("2026-03-02"));
    // A law of 1906 is one.
    assert_eq!(day(2_300.0, "yyyy-mm-dd"), is("1906-04-18"));
    let unclear = |number, format: &str| match day(number, format) {
        Cell::Unclear(reason) => reason,
        other => unreachable!("{other:?}"),
    };
    for (number, told) in [
        (2024.0, "its number 2024 shows as 1905-07-16"),
        (1905.0, "its number 1905 shows as 1905-03-19"),
        (20_240_301.0, "its number 20240301 shows as no day"),
        (240_301.0, "its number 240301 shows as 2557-12-01"),
        (5.0, "its number 5 shows as 1900-01-05"),
        (-3.0, "its number -3 shows as no day"),
    ] {
        let reason = unclear(number, "yyyy-mm-dd");
        assert!(
            reason.starts_with("the cell is formatted as a date, and ") && reason.contains(told),
            "{reason}"
        );
    }
    for (number, format) in [(0.5, "hh:mm"), (0.0, "yyyy-mm-dd"), (1.5, "[h]:mm")] {
        let reason = unclear(number, format);
        assert!(reason.starts_with("the cell is formatted as a time and holds "), "{reason}");
    }
}

#[test]
fn a_day_is_written_as_a_number_only_if_it_is_read_again() {
    let ymd = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let (mut day, last) = (ymd(1850, 1, 1), ymd(2250, 1, 1));
    while day < last {
        if let Some(number) = day_number(day) {
            let time = calamine::ExcelDateTime::new(number, calamine::ExcelDateTimeType::DateTime, false);
            assert_eq!(Cell::from(Data::DateTime(time)), Cell::Day(day));
        } else {
            assert!(day < ymd(1905, 10, 1) || day > ymd(2199, 12, 31), "{day}");
        }
        day = day.succ_opt().unwrap();
    }
}

#[test]
fn a_formula_is_its_result() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_formula(0, 0, Formula::new("=1/4").set_result("0.25")).unwrap();
    sheet.write_formula(0, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let cells = &open(&workbook.save_to_buffer().unwrap()).unwrap()[0].1;
    assert_eq!(cells[(0, 0)], Cell::Number { value: 0.25, shown: "0.25".to_owned(), day: None });
    let told = "the formula of this cell has the error #DIV/0!: write what is meant";
    assert_eq!(cells[(0, 1)], Cell::Unclear(told.to_owned()));
}
