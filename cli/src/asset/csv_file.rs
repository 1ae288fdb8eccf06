//! The inventory as CSV (RFC 4180, UTF-8).

use chrono::SecondsFormat;
use csv::{QuoteStyle, WriterBuilder};

use super::table::{Cell, Table};

/// A table with a line of headings. Words are in quotes, numbers are not.
pub(super) fn write(table: &Table) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| column.heading))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(plain))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Amount(amount) => amount.to_string(),
        Cell::Count(count) => count.to_string(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Time(time) => time.to_rfc3339_opts(SecondsFormat::Secs, true),
    }
}

/// Spreadsheet programs take what begins with one of these for a formula, and run it; an apostrophe makes it words
/// (OWASP, CSV injection).
fn harmless(text: &str) -> String {
    let runs = text
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if runs { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{super::table::Column, *};

    fn written(cells: Vec<Cell>) -> String {
        let columns = const { &[Column::new("a", 1.0), Column::new("b", 1.0)] };
        String::from_utf8(write(&Table { title: "t", columns, rows: vec![cells] }).unwrap()).unwrap()
    }

    #[test]
    fn no_words_become_a_formula() {
        for begins in ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"] {
            let text = format!("{begins}HYPERLINK(1)");
            assert_eq!(harmless(&text), format!("'{text}"));
        }
        for text in ["", "1", "a=b", "'=1", " x", "é"] {
            assert_eq!(harmless(text), text);
        }
        let out = written(vec![Cell::text("=1+1;\"x\"\ny"), Cell::Amount("-1.50".parse().unwrap())]);
        assert_eq!(out, "\"a\",\"b\"\n\"'=1+1;\"\"x\"\"\ny\",-1.50\n");
    }

    #[test]
    fn what_is_no_text_is_plain() {
        let time = "2026-01-02T03:04:05Z".parse().unwrap();
        assert_eq!(
            written(vec![Cell::Time(time), Cell::Flag(true)]),
            "\"a\",\"b\"\n\"2026-01-02T03:04:05Z\",\"true\"\n"
        );
        assert_eq!(written(vec![Cell::Count(2), Cell::Empty]), "\"a\",\"b\"\n2,\"\"\n");
    }
}
