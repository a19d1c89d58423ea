//! A sheet of an Excel workbook (XLSX), cell by cell.

use std::borrow::Cow;
use std::sync::atomic::AtomicBool;

use calamine::{DataRef, Reader as _, Style, Xlsx, XlsxError};

use super::super::cell::Content;
use super::super::refused::NoTable;
use super::archive::Stoppable;
use super::{Each, Rows, percent, text, truth};

fn open<'a>(bytes: &'a [u8], stop: &'a AtomicBool) -> Result<Xlsx<Stoppable<'a>>, NoTable> {
    calamine::open_workbook_from_rs(Stoppable::new(bytes, stop)).map_err(|why: XlsxError| NoTable::broken(&why))
}

/// Names of the sheets.
pub(super) fn sheets(bytes: &[u8], stop: &AtomicBool) -> Result<Vec<String>, NoTable> {
    Ok(open(bytes, stop)?.sheet_names())
}

/// Gives the cells of a sheet.
pub(super) fn read(bytes: &[u8], sheet: usize, stop: &AtomicBool, each: Each<'_>) -> Result<(), NoTable> {
    let mut book = open(bytes, stop)?;
    let name = book.sheet_names().into_iter().nth(sheet).ok_or(NoTable::Empty)?;
    let broken = |why: XlsxError| NoTable::broken(&why);
    // Cell by cell: a sheet with a single cell far out would otherwise fill the memory.
    let mut cells = book.worksheet_cells_reader(&name).map_err(broken)?;
    let scales: Vec<Option<f64>> = cells.styles().iter().map(in_percent).collect();
    let mut rows = Rows::new(stop, each);
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(broken)? {
        let content = content(cell.get_value(), scales.get(style).copied().flatten())?;
        let (line, column) = cell.get_position();
        rows.put(line as usize + 1, column as usize, content)?;
    }
    rows.end()
}

/// What makes shares of numbers, where a style shows them as percentages.
fn in_percent(style: &Style) -> Option<f64> {
    let format = style.number_format.as_ref()?;
    percent(&format.format_code).or(matches!(format.format_id, Some(9 | 10)).then_some(1.0))
}

/// What stands in a cell.
fn content<'a>(value: &DataRef<'a>, percent: Option<f64>) -> Result<Content<'a>, NoTable> {
    #[allow(clippy::cast_precision_loss)]
    Ok(match value {
        DataRef::Int(number) => shown(*number as f64, percent),
        DataRef::Float(number) => shown(*number, percent),
        DataRef::SharedString(shared) => text(Cow::Borrowed(shared))?,
        DataRef::Bool(is_true) => text(truth(*is_true).into())?,
        DataRef::DateTime(when) => Content::Date(when.as_f64()),
        DataRef::String(own) | DataRef::DateTimeIso(own) | DataRef::DurationIso(own) => text(Cow::Owned(own.clone()))?,
        DataRef::Error(error) => text(error.to_string().into())?,
        DataRef::Empty => Content::Empty,
    })
}

fn shown<'a>(number: f64, percent: Option<f64>) -> Content<'a> {
    percent.map_or(Content::Number(number), |scale| Content::Percent(number * scale))
}
