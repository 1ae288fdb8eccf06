//! The inventory as a workbook, a sheet for each table.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::table::{Cell, Table};
use crate::paper;

/// Numbers of so many digits a spreadsheet program keeps as they are.
const EXACT: i128 = 1_000_000_000_000_000;

struct Styles {
    heading: Format,
    words: Format,
    day: Format,
    time: Format,
}

/// Writes the tables: the same bytes for the same tables. It fails when a text is longer than a cell can hold.
pub(super) fn write(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let top = Format::new().set_align(FormatAlign::Top);
    let styles = Styles {
        heading: top.clone().set_bold().set_text_wrap().set_background_color(Color::RGB(0x00D9_E2F3)),
        words: top.clone().set_text_wrap(),
        day: top.clone().set_num_format("yyyy-mm-dd"),
        time: top.set_num_format("yyyy-mm-dd hh:mm:ss"),
    };
    let mut workbook = Workbook::new();
    // The time of writing would make each file another one.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    for table in tables {
        sheet(workbook.add_worksheet().set_name(table.title)?, table, &styles)?;
    }
    paper::growing(&workbook.save_to_buffer()?)
}

fn sheet(sheet: &mut Worksheet, table: &Table, styles: &Styles) -> Result<(), XlsxError> {
    let headings: Vec<_> = table.columns.iter().map(|column| column.heading.replace('_', " ")).collect();
    for ((place, column), heading) in (0..).zip(table.columns).zip(&headings) {
        sheet.set_column_width(place, column.width)?;
        if column.folded {
            sheet.group_columns_collapsed(place, place)?;
        }
        sheet.write_string_with_format(0, place, heading, &styles.heading)?;
    }
    fit(sheet, 0, table, headings.iter().map(String::as_str))?;
    let mut last = 0;
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            put(sheet, row, column, cell, styles)?;
        }
        let texts = cells.iter().map(|cell| if let Cell::Text(text) = cell { text } else { "" });
        fit(sheet, row, table, texts)?;
        last = row;
    }
    let columns = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
    let shown = table.columns.iter().position(|column| !column.folded);
    let frozen = shown.and_then(|place| u16::try_from(place + 1).ok()).unwrap_or_default();
    sheet.set_freeze_panes(1, frozen)?;
    sheet.autofilter(0, 0, last, columns.saturating_sub(1))?;
    paper::page(sheet, table.title)
}

/// Makes a row as high as its highest text that is shown.
fn fit<'a>(
    sheet: &mut Worksheet,
    row: u32,
    table: &Table,
    texts: impl Iterator<Item = &'a str>,
) -> Result<(), XlsxError> {
    let shown = table.columns.iter().zip(texts).filter(|(column, _)| !column.folded);
    paper::fit(sheet, row, shown.map(|(column, text)| (text, column.width)))
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, styles: &Styles) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        // As a string, whatever it begins with: nothing here is ever a formula.
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, text, &styles.words)?;
        }
        Cell::Amount(amount) => match number(*amount) {
            Some(number) => {
                sheet.write_number_with_format(row, column, number, &decimals(amount.scale()))?;
            }
            None => {
                sheet.write_string_with_format(row, column, amount.to_string(), &styles.words)?;
            }
        },
        Cell::Count(count) => {
            let count = u32::try_from(*count).unwrap_or(u32::MAX);
            sheet.write_number_with_format(row, column, count, &decimals(0))?;
        }
        Cell::Flag(flag) => {
            sheet.write_boolean_with_format(row, column, *flag, &styles.words)?;
        }
        Cell::Day(day) => match excel_day(*day) {
            Some(day) => {
                sheet.write_datetime_with_format(row, column, &day, &styles.day)?;
            }
            None => {
                sheet.write_string_with_format(row, column, day.to_string(), &styles.words)?;
            }
        },
        Cell::Time(time) => {
            let excel = excel_time(*time)?;
            sheet.write_datetime_with_format(row, column, &excel, &styles.time)?;
        }
    }
    Ok(())
}

/// An amount as a spreadsheet's number, where that is exactly the amount.
fn number(amount: Decimal) -> Option<f64> {
    let exact = amount.mantissa().abs() < EXACT;
    exact.then(|| amount.to_string().parse().ok()).flatten()
}

fn decimals(scale: u32) -> Format {
    let places = "0".repeat(usize::try_from(scale).unwrap_or_default());
    let format = if places.is_empty() { "#,##0".to_owned() } else { format!("#,##0.{places}") };
    Format::new().set_align(FormatAlign::Top).set_num_format(format)
}

/// Spreadsheet programs count days alike from March 1900 on only.
fn excel_day(day: NaiveDate) -> Option<ExcelDateTime> {
    let counted = NaiveDate::from_ymd_opt(1900, 3, 1).is_some_and(|first| first <= day);
    let part = |number: u32| u8::try_from(number).ok();
    let year = u16::try_from(day.year()).ok().filter(|_| counted)?;
    ExcelDateTime::from_ymd(year, part(day.month())?, part(day.day())?).ok()
}

fn excel_time(time: DateTime<Utc>) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_timestamp(time.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_exact_or_none() {
        assert_eq!(number("300000.00".parse().unwrap()), Some(300_000.0));
        assert_eq!(number("9999999999999.99".parse().unwrap()), Some(9_999_999_999_999.99));
        assert_eq!(number("99999999999999999999.99".parse().unwrap()), None);
    }

    #[test]
    fn days_before_spreadsheets_count_are_words() {
        let day = |text: &str| excel_day(text.parse().unwrap()).is_some();
        assert!(day("1900-03-01") && day("2026-01-02") && !day("1900-02-28") && !day("1864-01-01"));
    }
}
