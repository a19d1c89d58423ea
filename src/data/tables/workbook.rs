//! A sheet of an Excel workbook (XLSX), row by row: the values that stand in it and how they are shown, never its formulas.

use std::borrow::Cow;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, Ordering};

use calamine::{DataRef, Reader as _, Style, Xlsx};
use zip::{CompressionMethod, ZipArchive};

use super::cell::{Content, SheetCell, SheetRow};
use super::refused::{LONGEST_CELL, MOST_COLUMNS, NoTable};

/// Bytes that a workbook may come to, whatever its size.
const MOST_UNPACKED: u64 = 6_000_000_000;
/// Bytes that a part of a workbook may come to, whatever its size.
const MOST_PART: u64 = 4_000_000_000;
/// Bytes that any workbook and any part of one may come to; more than this no part may that is kept in memory.
const FREE: u64 = 64_000_000;
/// Times its packed size that a larger part may come to.
const MOST_TIMES: u64 = 64;
/// Elements of the shared strings; each takes memory, however short.
const MOST_STRINGS: usize = 8_000_000;
/// Bytes that the styles may take: each copies its names.
const MOST_STYLES: usize = 256_000_000;
/// Bytes of a style without its names.
const STYLE: usize = 512;

/// A workbook whose sheets are read one by one.
pub(super) struct Book<'a> {
    book: Xlsx<Stoppable<'a>>,
    stop: &'a AtomicBool,
    /// Names of the sheets.
    pub names: Vec<String>,
}

impl<'a> Book<'a> {
    /// Opens a workbook. Reading ends when `stop` is set.
    ///
    /// # Errors
    /// [`NoTable`], where the bytes are no workbook or come to more than any workbook does.
    pub fn open(bytes: &'a [u8], stop: &'a AtomicBool) -> Result<Self, NoTable> {
        let book: Xlsx<_> = calamine::open_workbook_from_rs(Stoppable::new(bytes, stop))
            .map_err(|why: calamine::XlsxError| NoTable::broken(&why))?;
        let names = book.sheet_names();
        Ok(Self { book, stop, names })
    }

    /// Gives the rows of a sheet in which something stands, one by one. Rows and columns count from 1 as in the
    /// spreadsheet.
    ///
    /// # Errors
    /// [`NoTable`], where the sheet holds no table of a size that can be meant; or what `each` answers.
    pub fn rows(
        &mut self,
        sheet: usize,
        each: &mut dyn FnMut(&SheetRow<'_>) -> Result<(), NoTable>,
    ) -> Result<(), NoTable> {
        let name = self.names.get(sheet).ok_or(NoTable::Empty)?;
        let broken = |why: calamine::XlsxError| NoTable::broken(&why);
        // Cell by cell: a sheet with a single cell far out would otherwise fill the memory.
        let mut cells = self.book.worksheet_cells_reader(name).map_err(broken)?;
        let percent: Vec<bool> = cells.styles().iter().map(in_percent).collect();
        let mut row = SheetRow::default();
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(broken)? {
            let content = content(cell.get_value(), percent.get(style) == Some(&true))?;
            if content == Content::Empty {
                continue;
            }
            let (line, column) = cell.get_position();
            let (line, column) = (line as usize + 1, column as usize);
            if column >= MOST_COLUMNS {
                return Err(NoTable::TooManyColumns);
            }
            if line != row.line {
                if self.stop.load(Ordering::Relaxed) {
                    return Err(NoTable::broken(&"stopped"));
                }
                if line < row.line {
                    return Err(NoTable::broken(&"its rows are not in order"));
                }
                if !row.cells.is_empty() {
                    each(&row)?;
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
        }
        if row.cells.is_empty() { Ok(()) } else { each(&row) }
    }
}

/// Whether a style shows numbers as percentages.
fn in_percent(style: &Style) -> bool {
    let format = style.number_format.as_ref();
    format.is_some_and(|format| {
        let first = format.format_code.split(';').next().unwrap_or_default();
        first.contains('%') || matches!(format.format_id, Some(9 | 10))
    })
}

/// Refuses what unpacks to more than any workbook, by what it really comes to. Each part is weighed against its own
/// packed size, so that nothing else in the file makes up for it.
pub(super) fn weigh(bytes: &[u8], stop: &AtomicBool) -> Result<(), NoTable> {
    let mut archive = ZipArchive::new(Stoppable::new(bytes, stop)).map_err(|why| NoTable::broken(&why))?;
    let mut parts: u64 = 0;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|why| NoTable::broken(&why))?;
        let times = if part.compression() == CompressionMethod::Stored {
            1
        } else {
            MOST_TIMES
        };
        parts = parts.saturating_add(times.saturating_mul(part.compressed_size()));
    }
    let most = parts.min(MOST_TIMES * bytes.len() as u64).clamp(FREE, MOST_UNPACKED);
    let mut left = most;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|why| NoTable::broken(&why))?;
        let name = part.name().map_err(|why| NoTable::broken(&why))?.to_ascii_lowercase();
        let packed = part.compressed_size().min(bytes.len() as u64);
        let of_part = (MOST_TIMES * packed).clamp(FREE, MOST_PART);
        let kept = ["sharedstrings.xml", "styles.xml"]
            .into_iter()
            .find(|kept| name.ends_with(kept));
        let of_part = if kept.is_some() { FREE } else { of_part };
        let may = of_part.min(left);
        let mut text = Vec::new();
        let mut part = (&mut part).take(may + 1);
        let size = if kept.is_some() {
            part.read_to_end(&mut text).map(|size| size as u64)
        } else {
            io::copy(&mut part, &mut io::sink())
        };
        let size = size.map_err(|why| NoTable::broken(&why))?;
        let fits = match kept {
            Some("styles.xml") => styles_fit(&text),
            Some(_) => strings_fit(&text),
            None => true,
        };
        if size > may || !fits {
            return Err(NoTable::Bomb(if size > of_part { of_part } else { most } / 1_000_000));
        }
        left -= size;
    }
    Ok(())
}

fn elements(text: &[u8]) -> usize {
    text.split(|byte| *byte == b'<').skip(1).count()
}

/// Whether the shared strings are as many as a workbook has, and also say so: memory is taken for as many as they say.
fn strings_fit(text: &[u8]) -> bool {
    const SAYS: &[u8] = b"uniqueCount";
    let said = |at: usize| {
        let digits = text[at + SAYS.len()..]
            .iter()
            .skip_while(|byte| !byte.is_ascii_digit() && **byte != b'>');
        let digits = digits.take_while(|byte| byte.is_ascii_digit());
        digits.fold(0_usize, |number, digit| {
            number.saturating_mul(10).saturating_add(usize::from(digit - b'0'))
        })
    };
    let mut says = (0..text.len()).filter(|at| text[*at..].starts_with(SAYS));
    elements(text) <= MOST_STRINGS && says.all(|at| said(at) <= MOST_STRINGS)
}

/// Whether the styles fit in memory if each has the longest of the names.
fn styles_fit(text: &[u8]) -> bool {
    let (mut quote, mut length, mut longest) = (None, 0, 0);
    for byte in text {
        match quote {
            Some(open) if open == *byte => quote = None,
            Some(_) => {
                length += 1;
                longest = longest.max(length);
            }
            None if matches!(byte, b'"' | b'\'') => (quote, length) = (Some(*byte), 0),
            None => {}
        }
    }
    elements(text).saturating_mul(STYLE + 2 * longest) <= MOST_STYLES
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

/// What stands in a cell.
fn content<'a>(value: &DataRef<'a>, percent: bool) -> Result<Content<'a>, NoTable> {
    let text = |text: Cow<'a, str>| {
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
    };
    #[allow(clippy::cast_precision_loss)]
    Ok(match value {
        DataRef::Int(number) if percent => Content::Percent(*number as f64),
        DataRef::Float(number) if percent => Content::Percent(*number),
        DataRef::Int(number) => Content::Number(*number as f64),
        DataRef::Float(number) => Content::Number(*number),
        DataRef::SharedString(shared) => text(Cow::Borrowed(shared))?,
        DataRef::Bool(truth) => text(if *truth { "yes" } else { "no" }.into())?,
        DataRef::DateTime(when) => Content::Date(when.as_f64()),
        DataRef::String(own) | DataRef::DateTimeIso(own) | DataRef::DurationIso(own) => text(Cow::Owned(own.clone()))?,
        DataRef::Error(error) => text(error.to_string().into())?,
        DataRef::Empty => Content::Empty,
    })
}
