//! How the cells of a workbook look: white ones are filled in, grey ones explain.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The formats.
#[derive(Debug)]
pub(super) struct Styles {
    /// Headings.
    pub(super) heading: Format,
    /// What explains.
    pub(super) plain: Format,
    /// The question itself.
    pub(super) question: Format,
    /// What a row below a question is about.
    pub(super) part: Format,
    /// The heading of a section.
    pub(super) section: Format,
    /// What the program finds the row by.
    pub(super) key: Format,
    /// What asks for attention.
    pub(super) attention: Format,
    /// What is filled in with words. Programs leave such cells as they are typed.
    pub(super) words: Format,
    /// What is filled in with a number, or chosen from a list.
    pub(super) value: Format,
    /// What is filled in with a day.
    pub(super) day: Format,
    /// A line of the instructions.
    pub(super) line: Format,
}

impl Styles {
    /// All of them.
    pub(super) fn new() -> Self {
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let boxed = wrapped.clone().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00D0_D0D0));
        let grey = boxed.clone().set_background_color(Color::RGB(0x00F2_F2F2));
        let left = boxed.clone().set_align(FormatAlign::Left);
        Self {
            heading: boxed.clone().set_bold().set_background_color(Color::RGB(0x00D9_E2F3)),
            question: grey.clone().set_bold(),
            part: grey.clone().set_align(FormatAlign::Left).set_indent(1),
            section: boxed.clone().set_bold().set_background_color(Color::RGB(0x00BF_CFE7)),
            key: grey.clone().set_font_color(Color::RGB(0x0080_8080)),
            attention: boxed.set_background_color(Color::RGB(0x00FF_E699)),
            words: left.clone().set_num_format("@"),
            day: left.clone().set_num_format("yyyy-mm-dd"),
            value: left,
            plain: grey,
            line: wrapped,
        }
    }
}
