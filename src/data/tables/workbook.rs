//! A workbook (XLSX, ODS, XLS), told by what it is and not by its name: its sheets, and the rows of a sheet with the
//! values that stand in them and how they are shown, never their formulas.

mod archive;
mod compound;
mod formats;
mod ods;
mod records;
mod xls;
mod xlsx;

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};

use zip::ZipArchive;

use super::cell::{Content, SheetCell, SheetRow};
use super::refused::{LONGEST_CELL, MOST_COLUMNS, NoTable};
use archive::Stoppable;
use formats::{format_is_date, percent};

/// Sheets of a workbook.
const MOST_SHEETS: usize = 1_000;

/// Takes a row.
pub(super) type Each<'e> = &'e mut dyn FnMut(&SheetRow<'_>) -> Result<(), NoTable>;

/// Kinds of workbooks.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// Office Open XML, of Excel since 2007.
    Xlsx,
    /// `OpenDocument`.
    Ods,
    /// Records in a compound file, of Excel 97 to 2003.
    Xls,
}

/// What bytes are; none where they may be a text.
fn kind(bytes: &[u8], stop: &AtomicBool) -> Result<Option<Kind>, NoTable> {
    if bytes.starts_with(b"PK\x03\x04") {
        let archive = ZipArchive::new(Stoppable::new(bytes, stop)).map_err(|why| NoTable::broken(&why))?;
        let is_open_document = archive.file_names_raw().any(|name| ods::PARTS.contains(&name));
        return Ok(Some(if is_open_document { Kind::Ods } else { Kind::Xlsx }));
    }
    if xls::is_older(bytes) {
        return Err(NoTable::OldWorkbook);
    }
    Ok(bytes.starts_with(&compound::SIGNATURE).then_some(Kind::Xls))
}

/// Names of the sheets of a workbook; none of what may be a text.
///
/// # Errors
/// [`NoTable`], where it is a workbook that cannot be read or comes to more than any workbook does.
pub(super) fn sheets(bytes: &[u8], stop: &AtomicBool) -> Result<Vec<String>, NoTable> {
    let kind = kind(bytes, stop)?;
    match kind {
        Some(Kind::Xlsx | Kind::Ods) => archive::weigh(bytes, kind == Some(Kind::Xlsx), stop)?,
        Some(Kind::Xls) | None => {}
    }
    match kind {
        Some(Kind::Xlsx) => xlsx::sheets(bytes, stop),
        Some(Kind::Ods) => ods::sheets(bytes, stop),
        Some(Kind::Xls) => xls::sheets(bytes),
        None => Ok(Vec::new()),
    }
}

/// Gives the rows of a sheet in which something stands, one by one. Rows and columns count from 1 as in the
/// spreadsheet. Reading ends when `stop` is set.
///
/// # Errors
/// [`NoTable`], where the sheet holds no table of a size that can be meant; or what `each` answers.
pub(super) fn rows(bytes: &[u8], sheet: usize, stop: &AtomicBool, each: Each<'_>) -> Result<(), NoTable> {
    match kind(bytes, stop)? {
        Some(Kind::Xlsx) => xlsx::read(bytes, sheet, stop, each),
        Some(Kind::Ods) => ods::read(bytes, sheet, stop, each),
        Some(Kind::Xls) => xls::read(bytes, sheet, stop, each),
        None => Err(NoTable::Binary),
    }
}

/// Cells that become rows.
struct Rows<'a, 'e> {
    row: SheetRow<'a>,
    stop: &'e AtomicBool,
    each: Each<'e>,
}

impl<'a, 'e> Rows<'a, 'e> {
    fn new(stop: &'e AtomicBool, each: Each<'e>) -> Self {
        let row = SheetRow::default();
        Self { row, stop, each }
    }

    /// Takes a cell of a line from 1 and a column from 0. Lines come in their order.
    fn put(&mut self, line: usize, column: usize, content: Content<'a>) -> Result<(), NoTable> {
        if content == Content::Empty {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            return Err(NoTable::TooManyColumns);
        }
        let row = &mut self.row;
        if line != row.line {
            if self.stop.load(Ordering::Relaxed) {
                return Err(NoTable::broken(&"stopped"));
            }
            if line < row.line {
                return Err(NoTable::broken(&"its rows are not in order"));
            }
            if !row.cells.is_empty() {
                (self.each)(row)?;
            }
            row.cells.clear();
            row.line = line;
        }
        while row.cells.len() <= column {
            row.cells.push(SheetCell::nothing_at(line, row.cells.len() + 1));
        }
        // Where it stands in the sheet counts, not the order in which it was written.
        if row.cells[column].is_empty() {
            row.cells[column].content = content;
        }
        Ok(())
    }

    /// Gives the last row.
    fn end(self) -> Result<(), NoTable> {
        if self.row.cells.is_empty() {
            Ok(())
        } else {
            (self.each)(&self.row)
        }
    }
}

/// A text without outer spaces.
fn text(text: Cow<'_, str>) -> Result<Content<'_>, NoTable> {
    if text.len() > LONGEST_CELL {
        return Err(NoTable::CellTooLong);
    }
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    Ok(if text.is_empty() {
        Content::Empty
    } else {
        Content::Text(text)
    })
}

/// A cell that holds true or false, as a text file has it.
const fn truth(truth: bool) -> &'static str {
    if truth { "yes" } else { "no" }
}
