//! How workbooks look on paper and on a screen: pages of A4, as wide as the sheet, and rows as high as their text.

use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::{Worksheet, XlsxError};
use zip::{DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The height of a line in points.
const LINE: f64 = 15.0;

/// The highest row that programs take, in points.
const HIGHEST: f64 = 409.0;

/// A4, in the list of paper sizes of the format.
const A4: u8 = 9;

/// Sets a sheet up for paper: landscape, all columns on one page, the first row on each, and the title below.
pub(crate) fn page(sheet: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    // What a program puts into a footer itself begins with `&`; longer than 255 characters, the library leaves it out.
    let title: String = title.chars().take(100).collect();
    sheet.set_footer(format!("&L{}&R&P / &N", title.replace('&', "&&")));
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

/// Makes a row as high as its highest text; each comes with the width of its column in characters.
pub(crate) fn fit<'a>(
    sheet: &mut Worksheet,
    row: u32,
    texts: impl Iterator<Item = (&'a str, f64)>,
) -> Result<(), XlsxError> {
    let lines = texts.map(|(text, width)| lines(text, width)).max().unwrap_or_default();
    if lines > 1 {
        let height = f64::from(u32::try_from(lines).unwrap_or(u32::MAX)) * LINE;
        sheet.set_row_height(row, height.min(HIGHEST))?;
    }
    Ok(())
}

/// The lines of a text in a column. Where a font is wide, a column has room for fewer letters than its width says.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a width of at most 255 characters"
)]
fn lines(text: &str, width: f64) -> usize {
    textwrap::wrap(text, (width * 0.9) as usize).len()
}

/// Lets rows grow with what is written into them later: the writer of workbooks fixes each height that is set.
pub(crate) fn growing(workbook: &[u8]) -> Result<Vec<u8>, XlsxError> {
    let mut parts = ZipArchive::new(Cursor::new(workbook))?;
    let mut grown = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for place in 0..parts.len() {
        let mut part = parts.by_index(place)?;
        if !part.name()?.starts_with("xl/worksheets/sheet") {
            grown.raw_copy_file(part)?;
            continue;
        }
        let mut text = String::new();
        part.read_to_string(&mut text)?;
        grown.start_file(part.name()?.into_owned(), options)?;
        grown.write_all(unfixed(&text).as_bytes())?;
    }
    Ok(grown.finish()?.into_inner())
}

/// The rows of a sheet without the mark that their height is fixed.
fn unfixed(sheet: &str) -> String {
    let mut parts = sheet.split("<row ");
    let mut unfixed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (tag, rest) = part.split_once('>').unwrap_or((part, ""));
        unfixed.push_str("<row ");
        unfixed.push_str(&tag.replace(" customHeight=\"1\"", ""));
        if part.contains('>') {
            unfixed.push('>');
        }
        unfixed.push_str(rest);
    }
    unfixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_a_narrow_column() {
        for (text, width, count) in [
            ("", 10.0, 1),
            ("one", 10.0, 1),
            ("one two three", 10.0, 2),
            ("a\nb\n\nc", 10.0, 4),
            ("abcdefghijklmnopqrst", 10.0, 3),
        ] {
            assert_eq!(lines(text, width), count, "{text:?}");
        }
    }

    #[test]
    fn only_rows_lose_the_mark() {
        let sheet = "<sheetFormatPr customHeight=\"1\"/><row r=\"1\" ht=\"30\" customHeight=\"1\"><c><t>&lt;row \
                     customHeight=\"1\"</t></c></row><row r=\"2\"/>";
        let expected = "<sheetFormatPr customHeight=\"1\"/><row r=\"1\" ht=\"30\"><c><t>&lt;row \
                        customHeight=\"1\"</t></c></row><row r=\"2\"/>";
        assert_eq!(unfixed(sheet), expected);
    }
}
