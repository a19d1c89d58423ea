//! The archive of a workbook (XLSX, ODS): what it comes to before anything of it is kept.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, Ordering};

use zip::{CompressionMethod, ZipArchive};

use super::super::refused::NoTable;

/// Bytes that a workbook may come to, whatever its size.
const MOST_UNPACKED: u64 = 6_000_000_000;
/// Bytes that a part of a workbook may come to, whatever its size.
const MOST_PART: u64 = 4_000_000_000;
/// Bytes that any workbook and any part of one may come to; more than this no part may that is kept in memory.
const FREE: u64 = 64_000_000;
/// Times its packed size that a larger part may come to.
const MOST_TIMES: u64 = 64;
/// Elements of the shared strings; each takes memory, however short.
pub(super) const MOST_STRINGS: usize = 8_000_000;
/// Bytes that the styles may take: each copies its names.
const MOST_STYLES: usize = 256_000_000;
/// Bytes of a style without its names.
const STYLE: usize = 512;

/// Refuses what unpacks to more than any workbook, by what it really comes to. Each part is weighed against its own
/// packed size, so that nothing else in the file makes up for it.
/// `is_xlsx` says whether its strings and styles are kept in memory.
pub(super) fn weigh(bytes: &[u8], is_xlsx: bool, stop: &AtomicBool) -> Result<(), NoTable> {
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
            .find(|kept| is_xlsx && name.ends_with(kept));
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
pub(super) struct Stoppable<'a> {
    bytes: Cursor<&'a [u8]>,
    stop: &'a AtomicBool,
}

impl<'a> Stoppable<'a> {
    pub fn new(bytes: &'a [u8], stop: &'a AtomicBool) -> Self {
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
