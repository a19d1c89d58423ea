//! A sheet of an Excel workbook (XLSX) as a table.

use std::io::Cursor;

use calamine::{DataRef, Reader as _, Xlsx};

use super::table::{Cell, MOST_COLUMNS, MOST_ROWS, NoTable, Table};

/// Names of the sheets, and one of them as a table. Rows and columns count from 1 as in the spreadsheet.
///
/// # Errors
/// [`NoTable`], where the bytes are no workbook or the sheet holds no table of a size that can be meant.
pub fn read(bytes: &[u8], sheet: usize) -> Result<(Table, Vec<String>), NoTable> {
    let broken = |why: &dyn std::fmt::Display| NoTable::Workbook(why.to_string().into());
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|why: calamine::XlsxError| broken(&why))?;
    let names = book.sheet_names();
    let name = names.get(sheet).ok_or(NoTable::Empty)?;
    // Cell by cell: a sheet with a single cell far out would otherwise fill the memory.
    let mut cells = book.worksheet_cells_reader(name).map_err(|why| broken(&why))?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|why| broken(&why))? {
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let (line, column) = (row as usize + 1, column as usize + 1);
        if column > MOST_COLUMNS {
            return Err(NoTable::TooManyColumns);
        }
        if rows
            .last()
            .and_then(|row| row.first())
            .is_none_or(|first| first.line < line)
        {
            if rows.len() == MOST_ROWS {
                return Err(NoTable::TooManyRows);
            }
            rows.push(Vec::new());
        }
        if let Some(row) = rows.last_mut() {
            let between = row.len() + 1..column;
            row.extend(between.map(|column| Cell {
                text: String::new(),
                line,
                column,
            }));
            row.push(Cell { text, line, column });
        }
    }
    if rows.is_empty() {
        return Err(NoTable::Empty);
    }
    Ok((Table { separator: ',', rows }, names))
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
