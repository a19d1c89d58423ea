//! Records of a workbook of Excel 97 to 2003 (BIFF8, \[MS-XLS\] 2.1.4), and the texts in them.

use super::super::refused::NoTable;
use super::compound::{long_at, short_at};

pub(super) const END: u16 = 0x000a;
pub(super) const FILE_PASS: u16 = 0x002f;
pub(super) const CONTINUE: u16 = 0x003c;
pub(super) const SHEET: u16 = 0x0085;
pub(super) const MANY_RK: u16 = 0x00bd;
pub(super) const RICH_LABEL: u16 = 0x00d6;
pub(super) const STYLE: u16 = 0x00e0;
pub(super) const SHARED: u16 = 0x00fc;
pub(super) const SHARED_LABEL: u16 = 0x00fd;
pub(super) const NUMBER: u16 = 0x0203;
pub(super) const LABEL: u16 = 0x0204;
pub(super) const TRUTH_OR_ERROR: u16 = 0x0205;
pub(super) const TEXT_OF_FORMULA: u16 = 0x0207;
pub(super) const RK: u16 = 0x027e;
pub(super) const FORMULA: u16 = 0x0006;
pub(super) const FORMAT: u16 = 0x041e;
pub(super) const BEGIN: u16 = 0x0809;

/// A record: its kind, what it holds, and where the next one starts.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    pub kind: u16,
    pub data: &'a [u8],
    pub next: usize,
}

/// The record that starts at a place; none where the bytes end.
pub(super) fn record(bytes: &[u8], at: usize) -> Option<Record<'_>> {
    let (kind, length) = (short_at(bytes, at)?, usize::from(short_at(bytes, at + 2)?));
    let next = at + 4 + length;
    let data = bytes.get(at + 4..next)?;
    Some(Record { kind, data, next })
}

/// Texts that may go on from record to record.
pub(super) struct Texts<'a> {
    bytes: &'a [u8],
    data: &'a [u8],
    next: usize,
}

fn torn() -> NoTable {
    NoTable::broken(&"a text in it is torn")
}

impl<'a> Texts<'a> {
    /// Starts in a record, behind so many bytes of it.
    pub fn new(bytes: &'a [u8], record: Record<'a>, behind: usize) -> Result<Self, NoTable> {
        let data = record.data.get(behind..).ok_or_else(torn)?;
        let next = record.next;
        Ok(Self { bytes, data, next })
    }

    /// Goes on in the record that continues this one.
    fn go_on(&mut self) -> Result<(), NoTable> {
        let more = record(self.bytes, self.next)
            .filter(|more| more.kind == CONTINUE)
            .ok_or_else(torn)?;
        (self.data, self.next) = (more.data, more.next);
        Ok(())
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], NoTable> {
        let (taken, rest) = self.data.split_at_checked(count).ok_or_else(torn)?;
        self.data = rest;
        Ok(taken)
    }

    fn skip(&mut self, mut count: usize) -> Result<(), NoTable> {
        while count > self.data.len() {
            count -= self.data.len();
            self.go_on()?;
        }
        self.take(count).map(drop)
    }

    /// The next text, whose count of letters takes one byte or two. Letters take one byte or two; where a text goes on
    /// in another record, that is said anew. Fonts and readings that follow are left aside.
    pub fn text(&mut self, is_short: bool) -> Result<String, NoTable> {
        if self.data.is_empty() {
            self.go_on()?;
        }
        let mut letters = if is_short {
            usize::from(self.take(1)?[0])
        } else {
            usize::from(short_at(self.take(2)?, 0).unwrap_or(0))
        };
        // A text of no letters may end here.
        if letters == 0 && self.data.is_empty() {
            return Ok(String::new());
        }
        let mut marks = self.take(1)?[0];
        let mut behind = 0;
        if marks & 8 != 0 {
            behind += 4 * usize::from(short_at(self.take(2)?, 0).unwrap_or(0));
        }
        if marks & 4 != 0 {
            behind += usize::try_from(long_at(self.take(4)?, 0).unwrap_or(0)).unwrap_or(usize::MAX / 2);
        }
        let mut units: Vec<u16> = Vec::new();
        loop {
            let width = 1 + usize::from(marks & 1);
            let here = letters.min(self.data.len() / width);
            let own = self.take(here * width)?;
            if width == 1 {
                units.extend(own.iter().map(|byte| u16::from(*byte)));
            } else {
                units.extend(own.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
            }
            letters -= here;
            if letters == 0 {
                break;
            }
            self.go_on()?;
            marks = self.take(1)?[0];
        }
        self.skip(behind)?;
        let decoded = char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER));
        Ok(decoded.collect())
    }
}
