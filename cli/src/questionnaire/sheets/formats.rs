//! How a workbook shows numbers: the formats of its cells (ECMA-376, part 1, §18.8.31).

use std::cell::OnceCell;

use calamine::Style;
use ssfmt::{FormatOptions, NumberFormat};

use super::cell::digits;

/// The format of a cell that nobody has formatted.
const GENERAL: &str = "General";

/// The formats of a workbook, by the number of the style of a cell.
#[derive(Debug, Default)]
pub(super) struct Formats {
    codes: Vec<String>,
    parsed: Vec<OnceCell<Option<NumberFormat>>>,
    /// Whether its days are counted from 1904.
    pub(super) from_1904: bool,
}

impl Formats {
    /// Of these styles.
    pub(super) fn new(styles: &[Style], from_1904: bool) -> Self {
        let code = |style: &Style| {
            style
                .number_format
                .as_ref()
                .map_or_else(|| GENERAL.to_owned(), |format| format.format_code.clone())
        };
        let codes: Vec<_> = styles.iter().map(code).collect();
        Self { parsed: vec![OnceCell::new(); codes.len()], codes, from_1904 }
    }

    /// Whether cells of a style show their numbers with all their digits and nothing else.
    pub(super) fn is_plain(&self, style: usize) -> bool {
        let code = self.codes.get(style).map_or(GENERAL, String::as_str);
        // A cell of text keeps a number as it is.
        code.eq_ignore_ascii_case(GENERAL) || code == "@"
    }

    /// What cells of a style show of a number.
    pub(super) fn shown(&self, number: f64, style: usize) -> Result<String, String> {
        if self.is_plain(style) {
            return Ok(digits(number));
        }
        let code = &self.codes[style];
        let parsed = self.parsed[style].get_or_init(|| NumberFormat::parse(code).ok());
        let shown =
            parsed.as_ref().and_then(|format| format.try_format(number, &FormatOptions::default()).ok());
        shown.map(|shown| shown.trim().to_owned()).ok_or_else(|| {
            format!("the number is shown in a format that is not known here, `{code}`: write it as text")
        })
    }
}
