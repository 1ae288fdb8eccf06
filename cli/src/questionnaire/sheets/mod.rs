//! Workbooks of any spreadsheet program, cell by cell as a person sees them.

use std::{
    collections::BTreeSet,
    fmt,
    io::{Cursor, Read, Seek},
};

use calamine::{Data, Range, Reader, SheetType, Sheets, Xlsx, XlsxError, open_workbook_auto_from_rs};

mod cell;
mod formats;
#[cfg(test)]
mod tests;

pub(super) use cell::{Cell, day_number};
use formats::Formats;

/// Most cells of a sheet, empty ones included.
const MAX_CELLS: u64 = 10_000_000;

/// A sheet by its name, and its cells.
pub(super) type Sheet = (String, Range<Cell>);

/// Why a workbook cannot be read: the sheet, unless it is the workbook itself, and the reason.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    /// The sheet.
    pub(super) sheet: Option<String>,
    /// The reason.
    pub(super) reason: String,
}

impl Unreadable {
    fn workbook(reason: impl Into<String>) -> Self {
        Self { sheet: None, reason: reason.into() }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sheet) = &self.sheet {
            write!(f, "{sheet}: ")?;
        }
        f.write_str(&self.reason)
    }
}

impl From<calamine::Error> for Unreadable {
    fn from(error: calamine::Error) -> Self {
        Self::workbook(format!("this is no workbook: {error}"))
    }
}

/// Reads the sheets of a workbook, xlsx or xls. Of an xls file, how numbers are shown is not known.
pub(super) fn open(workbook: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    read(open_workbook_auto_from_rs(Cursor::new(workbook))?)
}

/// Reads the sheets of an xlsx workbook.
pub(super) fn open_xlsx(workbook: &[u8]) -> Result<Vec<Sheet>, Unreadable> {
    match open_workbook_auto_from_rs(Cursor::new(workbook))? {
        book @ Sheets::Xlsx(_) => read(book),
        _ => Err(Unreadable::workbook("save the workbook as an xlsx file")),
    }
}

fn read<R: Read + Seek>(mut book: Sheets<R>) -> Result<Vec<Sheet>, Unreadable> {
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    let mut read = Vec::new();
    for name in names {
        let range = match &mut book {
            Sheets::Xlsx(book) => cells(book, &name).map_err(calamine::Error::from)?,
            Sheets::Xls(book) => Some(plain(&book.worksheet_range(&name).map_err(calamine::Error::from)?)),
            _ => return Err(Unreadable::workbook("the workbook must be an xlsx or xls file")),
        };
        let far = || "a cell stands too far from the others".to_owned();
        let range = range.ok_or_else(|| Unreadable { sheet: Some(name.clone()), reason: far() })?;
        read.push((name, range));
    }
    Ok(read)
}

/// The cells of a sheet, nothing when they are so far apart that the space between them would fill the memory.
fn cells<R: Read + Seek>(book: &mut Xlsx<R>, sheet: &str) -> Result<Option<Range<Cell>>, XlsxError> {
    let from_1904 = book.has_1904_epoch();
    let formulas = formulas(book, sheet)?;
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let formats = Formats::new(reader.styles(), from_1904);
    let (mut cells, mut height, mut width) = (Vec::new(), 0, 0);
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let place @ (row, column) = cell.get_position();
        let shown = match Data::from(cell.get_value().clone()) {
            Data::Empty if formulas.contains(&place) => Cell::of_formula(),
            data => Cell::of(&data, &formats, style),
        };
        if shown != Cell::Blank {
            (height, width) = (row.max(height), column.max(width));
            cells.push(calamine::Cell::new(place, shown));
        }
    }
    let near = (u64::from(height) + 1) * (u64::from(width) + 1) <= MAX_CELLS;
    Ok(near.then(|| Range::from_sparse(cells)))
}

/// Where formulas stand.
fn formulas<R: Read + Seek>(book: &mut Xlsx<R>, sheet: &str) -> Result<BTreeSet<(u32, u32)>, XlsxError> {
    let mut formulas = BTreeSet::new();
    let mut reader = book.worksheet_cells_reader(sheet)?;
    while let Some(formula) = reader.next_formula()? {
        if !formula.get_value().is_empty() {
            formulas.insert(formula.get_position());
        }
    }
    Ok(formulas)
}

/// The cells of a sheet of which nothing is known but their values.
fn plain(range: &Range<Data>) -> Range<Cell> {
    let cells = range.used_cells().filter_map(|(row, column, data)| {
        let (top, left) = range.start()?;
        let place = (top + u32::try_from(row).ok()?, left + u32::try_from(column).ok()?);
        Some(calamine::Cell::new(place, Cell::from(data.clone())))
    });
    Range::from_sparse(cells.collect())
}
