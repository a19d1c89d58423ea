//! A workbook of Excel 97 to 2003 (XLS, BIFF8): its sheets, its shared texts, its formats, and the cells of a sheet.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use super::super::cell::Content;
use super::super::refused::NoTable;
use super::archive::MOST_STRINGS;
use super::compound::{Compound, long_at, short_at};
use super::records::{self, Record, Texts, record};
use super::{Each, MOST_SHEETS, Rows, format_is_date, percent, text, truth};

/// Version of the records of Excel 97 and later.
const BIFF8: u16 = 0x0600;

/// Whether bytes are the bare records of Excel 2 to 5.
pub(super) fn is_older(bytes: &[u8]) -> bool {
    matches!(bytes, [9, 0 | 2 | 4 | 8, 4..=16, 0, ..])
}

/// How a style shows numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shows {
    Number,
    Percent(f64),
    Date,
}

/// What a workbook says of all its sheets.
struct Book {
    bytes: Vec<u8>,
    /// Names of the sheets, and where they start.
    sheets: Vec<(String, usize)>,
    styles: Vec<Shows>,
    shared: Vec<Box<str>>,
}

impl Book {
    fn open(file: &[u8]) -> Result<Self, NoTable> {
        let file = Compound::open(file)?;
        if !file.has("Workbook") {
            return Err(if file.has("EncryptedPackage") {
                NoTable::Locked
            } else if file.has("Book") {
                NoTable::OldWorkbook
            } else {
                NoTable::Binary
            });
        }
        let bytes = file.stream("Workbook")?;
        let (mut sheets, mut shared) = (Vec::new(), Vec::new());
        let (mut formats, mut of_styles) = (BTreeMap::new(), Vec::new());
        let mut at = 0;
        loop {
            let found = record(&bytes, at).ok_or_else(|| NoTable::broken(&"it ends too early"))?;
            let data = found.data;
            match found.kind {
                records::BEGIN if short_at(data, 0) != Some(BIFF8) => return Err(NoTable::OldWorkbook),
                records::FILE_PASS => return Err(NoTable::Locked),
                records::SHEET => {
                    if sheets.len() == MOST_SHEETS {
                        return Err(NoTable::broken(&"it has too many sheets"));
                    }
                    let name = Texts::new(&bytes, found, 6)?.text(true)?;
                    // The others are charts and macros.
                    if data.get(5) == Some(&0) {
                        let start = long_at(data, 0).and_then(|start| usize::try_from(start).ok());
                        sheets.push((name, start.unwrap_or(usize::MAX)));
                    }
                }
                records::FORMAT => {
                    let code = Texts::new(&bytes, found, 2)?.text(false)?;
                    formats.insert(short_at(data, 0).unwrap_or(0), shows(&code));
                }
                records::STYLE => of_styles.push(short_at(data, 2).unwrap_or(0)),
                records::SHARED => shared = shared_texts(&bytes, found)?,
                records::END => break,
                _ => {}
            }
            at = found.next;
        }
        let shows = |format: &u16| formats.get(format).copied().unwrap_or_else(|| built_in(*format));
        let styles = of_styles.iter().map(shows).collect();
        Ok(Self {
            bytes,
            sheets,
            styles,
            shared,
        })
    }

    fn number(&self, number: f64, style: u16) -> Result<Content<'static>, NoTable> {
        if !number.is_finite() {
            return text(Cow::Borrowed("#NUM!"));
        }
        Ok(match self.styles.get(usize::from(style)) {
            Some(Shows::Percent(scale)) => Content::Percent(number * scale),
            Some(Shows::Date) => Content::Date(number),
            Some(Shows::Number) | None => Content::Number(number),
        })
    }
}

fn shows(code: &str) -> Shows {
    if let Some(scale) = percent(code) {
        Shows::Percent(scale)
    } else if format_is_date(code) {
        Shows::Date
    } else {
        Shows::Number
    }
}

/// Formats that every workbook has.
const fn built_in(format: u16) -> Shows {
    match format {
        9 | 10 => Shows::Percent(1.0),
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Shows::Date,
        _ => Shows::Number,
    }
}

/// The shared texts: as many as there are, whatever their count says.
fn shared_texts(bytes: &[u8], found: Record<'_>) -> Result<Vec<Box<str>>, NoTable> {
    let says = long_at(found.data, 4).and_then(|count| usize::try_from(count).ok());
    let says = says.unwrap_or(0);
    if says > MOST_STRINGS {
        return Err(NoTable::broken(&"it says it holds more texts than any workbook"));
    }
    let mut texts = Texts::new(bytes, found, 8)?;
    let mut shared = Vec::new();
    for _ in 0..says {
        shared.push(texts.text(false)?.into_boxed_str());
    }
    Ok(shared)
}

/// Names of the sheets.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<String>, NoTable> {
    Ok(Book::open(bytes)?.sheets.into_iter().map(|(name, _)| name).collect())
}

/// Gives the cells of a sheet. They stand in any order: where each lies is noted first, which takes less memory than
/// the file.
pub(super) fn read(bytes: &[u8], sheet: usize, stop: &AtomicBool, each: Each<'_>) -> Result<(), NoTable> {
    let book = Book::open(bytes)?;
    let (_, start) = book.sheets.get(sheet).ok_or(NoTable::Empty)?;
    let mut cells = places(&book.bytes, *start)?;
    cells.sort_by_key(|cell| (cell.row, cell.column));
    let mut rows = Rows::new(stop, each);
    for cell in &cells {
        let content = content(&book, cell)?;
        rows.put(usize::from(cell.row) + 1, usize::from(cell.column), content)?;
    }
    rows.end()
}

/// Where a cell stands in the sheet, and its record in the stream.
struct Placed {
    row: u16,
    column: u16,
    at: u32,
}

fn places(bytes: &[u8], start: usize) -> Result<Vec<Placed>, NoTable> {
    let torn = || NoTable::broken(&"a sheet of it is torn");
    let mut placed = Vec::new();
    let (mut at, mut depth) = (start, 0_usize);
    loop {
        let found = record(bytes, at).ok_or_else(torn)?;
        match found.kind {
            records::BEGIN => depth += 1,
            records::END if depth <= 1 => return Ok(placed),
            // Behind a chart in the sheet.
            records::END => depth -= 1,
            records::NUMBER
            | records::LABEL
            | records::RICH_LABEL
            | records::SHARED_LABEL
            | records::TRUTH_OR_ERROR
            | records::RK
            | records::FORMULA
            | records::MANY_RK
                if depth == 1 =>
            {
                let (row, first) = short_at(found.data, 0).zip(short_at(found.data, 2)).ok_or_else(torn)?;
                // Row, first column, style and number of each, last column.
                let many = (found.data.len().saturating_sub(6) / 6).max(1);
                let count = if found.kind == records::MANY_RK { many } else { 1 };
                let at = u32::try_from(at).map_err(|_| torn())?;
                for column in (first..=u16::MAX).take(count) {
                    placed.push(Placed { row, column, at });
                }
            }
            _ => {}
        }
        if depth == 0 {
            return Err(torn());
        }
        at = found.next;
    }
}

/// What stands in a cell.
fn content<'a>(book: &'a Book, cell: &Placed) -> Result<Content<'a>, NoTable> {
    let torn = || NoTable::broken(&"a cell of it is torn");
    let at = usize::try_from(cell.at).map_err(|_| torn())?;
    let found = record(&book.bytes, at).ok_or_else(torn)?;
    let data = found.data;
    let style = short_at(data, 4).ok_or_else(torn)?;
    match found.kind {
        records::NUMBER => book.number(real_at(data, 6).ok_or_else(torn)?, style),
        records::RK => book.number(packed(long_at(data, 6).ok_or_else(torn)?), style),
        records::MANY_RK => {
            let first = short_at(data, 2).ok_or_else(torn)?;
            let own = 4 + 6 * usize::from(cell.column - first);
            let (style, number) = short_at(data, own).zip(long_at(data, own + 2)).ok_or_else(torn)?;
            book.number(packed(number), style)
        }
        records::SHARED_LABEL => {
            let shared = long_at(data, 6).and_then(|at| book.shared.get(usize::try_from(at).ok()?));
            let shared = shared.ok_or_else(|| NoTable::broken(&"a text that a cell names is not in it"))?;
            text(Cow::Borrowed(shared))
        }
        records::LABEL | records::RICH_LABEL => text(Cow::Owned(Texts::new(&book.bytes, found, 6)?.text(false)?)),
        records::TRUTH_OR_ERROR => match data.get(6..8) {
            Some([value, 0]) => text(truth(*value != 0).into()),
            Some([value, _]) => text(error(*value).into()),
            _ => Err(torn()),
        },
        // Otherwise it is a formula, and its last result stands in it.
        _ => match data.get(6..14).ok_or_else(torn)? {
            [0, .., 0xff, 0xff] => text(Cow::Owned(text_behind(&book.bytes, found)?)),
            [1, _, value, .., 0xff, 0xff] => text(truth(*value != 0).into()),
            [2, _, value, .., 0xff, 0xff] => text(error(*value).into()),
            [.., 0xff, 0xff] => Ok(Content::Empty),
            _ => book.number(real_at(data, 6).ok_or_else(torn)?, style),
        },
    }
}

/// The text to which a formula came: in the next record, or behind the one that several formulas share.
fn text_behind(bytes: &[u8], formula: Record<'_>) -> Result<String, NoTable> {
    let mut at = formula.next;
    for _ in 0..3 {
        let Some(found) = record(bytes, at) else { break };
        if found.kind == records::TEXT_OF_FORMULA {
            return Texts::new(bytes, found, 0)?.text(false);
        }
        at = found.next;
    }
    Ok(String::new())
}

fn real_at(data: &[u8], at: usize) -> Option<f64> {
    let bytes = data.get(at..at.checked_add(8)?)?;
    Some(f64::from_le_bytes(bytes.try_into().ok()?))
}

/// A number of four bytes: a whole one or the upper half of a real one, as it is or divided by 100.
fn packed(rk: u32) -> f64 {
    let number = if rk & 2 == 0 {
        f64::from_bits(u64::from(rk & !3) << 32)
    } else {
        f64::from(rk.cast_signed() >> 2)
    };
    if rk & 1 == 0 { number } else { number / 100.0 }
}

const fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
