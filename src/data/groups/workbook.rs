//! A sheet of an Excel workbook (XLSX) as a table: the values that stand in it, never its formulas.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, Ordering};

use calamine::{DataRef, Reader as _, Xlsx};
use zip::ZipArchive;

use super::table::{Cell, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, NoTable, Table};

/// Bytes that a workbook may come to, whatever its size.
const MOST_UNPACKED: u64 = 2_000_000_000;
/// Bytes that any workbook may come to.
const FREE: u64 = 64_000_000;
/// Times its size that a larger workbook may come to.
const MOST_TIMES: u64 = 64;

/// Names of the sheets, and one of them as a table. Rows and columns count from 1 as in the spreadsheet. Reading ends
/// when `stop` is set.
///
/// # Errors
/// [`NoTable`], where the bytes are no workbook, come to more than any workbook does, or the sheet holds no table of a
/// size that can be meant.
pub fn read(bytes: &[u8], sheet: usize, stop: &AtomicBool) -> Result<(Table, Vec<String>), NoTable> {
    weigh(bytes, stop)?;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Stoppable::new(bytes, stop))
        .map_err(|why: calamine::XlsxError| broken(&why))?;
    let names = book.sheet_names();
    let name = names.get(sheet).ok_or(NoTable::Empty)?;
    // Cell by cell: a sheet with a single cell far out would otherwise fill the memory.
    let mut cells = book.worksheet_cells_reader(name).map_err(|why| broken(&why))?;
    let (mut found, mut lines) = (BTreeMap::new(), BTreeSet::new());
    while let Some(cell) = cells.next_cell().map_err(|why| broken(&why))? {
        if stop.load(Ordering::Relaxed) {
            return Err(broken(&"stopped"));
        }
        let text = text(cell.get_value());
        if text.len() > LONGEST_CELL {
            return Err(NoTable::CellTooLong);
        }
        if text.is_empty() {
            continue;
        }
        let (line, column) = cell.get_position();
        if column as usize >= MOST_COLUMNS {
            return Err(NoTable::TooManyColumns);
        }
        if lines.insert(line) && lines.len() > MOST_ROWS {
            return Err(NoTable::TooManyRows);
        }
        // Where it stands in the sheet counts, not the order in which it was written.
        found.entry((line, column)).or_insert(text);
    }
    if found.is_empty() {
        return Err(NoTable::Empty);
    }
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for ((line, column), text) in found {
        let (line, column) = (line as usize + 1, column as usize + 1);
        if rows.last().is_none_or(|row| row[0].line != line) {
            rows.push(Vec::new());
        }
        let Some(row) = rows.last_mut() else { continue };
        let between = row.len() + 1..column;
        row.extend(between.map(|column| Cell {
            text: String::new(),
            line,
            column,
        }));
        row.push(Cell { text, line, column });
    }
    Ok((Table { separator: ',', rows }, names))
}

fn broken(why: &dyn std::fmt::Display) -> NoTable {
    NoTable::Workbook(why.to_string().into())
}

/// Refuses what unpacks to more than any workbook: by what it says of itself, then by what it really comes to, of which
/// nothing is kept.
fn weigh(bytes: &[u8], stop: &AtomicBool) -> Result<(), NoTable> {
    let mut archive = ZipArchive::new(Stoppable::new(bytes, stop)).map_err(|why| broken(&why))?;
    let most = (MOST_TIMES * bytes.len() as u64).clamp(FREE, MOST_UNPACKED);
    let mut said: u64 = 0;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|why| broken(&why))?;
        said = said.saturating_add(part.size());
    }
    let mut left = most;
    for index in 0..archive.len() {
        if said > most {
            break;
        }
        let part = archive.by_index(index).map_err(|why| broken(&why))?;
        let size = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|why| broken(&why))?;
        said = if size > left { u64::MAX } else { said };
        left = left.saturating_sub(size);
    }
    if said > most {
        return Err(NoTable::Bomb(most / 1_000_000));
    }
    Ok(())
}

/// Bytes that can no longer be read once somebody has said stop.
struct Stoppable<'a> {
    bytes: Cursor<&'a [u8]>,
    stop: &'a AtomicBool,
}

impl<'a> Stoppable<'a> {
    fn new(bytes: &'a [u8], stop: &'a AtomicBool) -> Self {
        Self {
            bytes: Cursor::new(bytes),
            stop,
        }
    }
}

impl Read for Stoppable<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::Error::other("stopped"));
        }
        self.bytes.read(into)
    }
}

impl Seek for Stoppable<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

/// Numbers are written with a point, so that they mean one thing only.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => format!("{number}"),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(when) => when.to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}
