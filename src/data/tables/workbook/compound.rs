//! The compound file around a workbook of Excel 97 to 2003 (\[MS-CFB\]): sectors in chains, and a tree of names.

use super::super::refused::NoTable;

/// First bytes of a compound file.
pub(super) const SIGNATURE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Bytes of the header in front of the first sector.
const HEADER: usize = 512;
/// Places in the header that say where the table of sectors stands.
const IN_HEADER: usize = 109;
/// Bytes of an entry of the directory.
const ENTRY: usize = 128;
/// Numbers from this on are marks, no sectors.
const MARKS: u32 = 0xffff_fffa;
/// Kind of an entry that holds bytes.
const STREAM: u8 = 2;

/// A number of two bytes.
pub(super) fn short_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// A number of four bytes.
pub(super) fn long_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Sectors of one size, and the table that says which follows which. No chain is longer than all of them.
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
    next: Vec<u8>,
}

impl<'a> Sectors<'a> {
    fn get(&self, sector: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(sector).ok()?.checked_mul(self.size)?;
        // The last sector may be cut off.
        let end = start.checked_add(self.size)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|bytes| !bytes.is_empty())
    }

    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let (mut bytes, mut sector, mut left) = (Vec::new(), first, self.bytes.len() / self.size + 1);
        while sector < MARKS {
            left = left.checked_sub(1)?;
            bytes.extend(self.get(sector)?);
            sector = long_at(&self.next, 4 * usize::try_from(sector).ok()?)?;
        }
        Some(bytes)
    }
}

/// A compound file: its sectors, its directory.
pub(super) struct Compound<'a> {
    sectors: Sectors<'a>,
    directory: Vec<u8>,
    bytes: &'a [u8],
}

impl<'a> Compound<'a> {
    /// Opens a file; memory is taken for parts of it, never for what it says of itself.
    ///
    /// # Errors
    /// [`NoTable`], where it is torn.
    pub fn open(bytes: &'a [u8]) -> Result<Self, NoTable> {
        Self::read(bytes).ok_or_else(|| NoTable::broken(&"its container is torn"))
    }

    fn read(bytes: &'a [u8]) -> Option<Self> {
        let size = match short_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut sectors = Sectors {
            bytes: bytes.get(size.max(HEADER)..)?,
            size,
            next: Vec::new(),
        };
        // The sectors of the table stand in the header, and then in a chain of their own.
        let mut places = bytes.get(76..76 + 4 * IN_HEADER)?.to_vec();
        let (mut more, mut left) = (long_at(bytes, 68)?, sectors.bytes.len() / size + 1);
        while more < MARKS {
            left = left.checked_sub(1)?;
            let sector = sectors.get(more)?;
            let (of_sector, next) = sector.split_at_checked(size - 4)?;
            places.extend(of_sector);
            more = long_at(next, 0)?;
        }
        let most = bytes.len() / size + 1;
        let table = places.chunks_exact(4).filter_map(|place| long_at(place, 0));
        for sector in table.filter(|sector| *sector < MARKS).take(most) {
            let of_sector = sectors.get(sector)?;
            sectors.next.extend(of_sector);
        }
        let directory = sectors.chain(long_at(bytes, 48)?)?;
        Some(Self {
            sectors,
            directory,
            bytes,
        })
    }

    fn entry(&self, at: u32) -> Option<&[u8]> {
        let start = usize::try_from(at).ok()?.checked_mul(ENTRY)?;
        self.directory.get(start..start.checked_add(ENTRY)?)
    }

    /// The entry of a name at the top, of whatever case.
    fn find(&self, name: &str) -> Option<&[u8]> {
        let mut waiting = vec![long_at(self.entry(0)?, 76)?];
        let mut left = self.directory.len() / ENTRY;
        while let Some(at) = waiting.pop() {
            let Some(entry) = self.entry(at) else { continue };
            left = left.checked_sub(1)?;
            let letters = usize::from(short_at(entry, 64)?.saturating_sub(2) / 2).min(31);
            let own = char::decode_utf16((0..letters).filter_map(|at| short_at(entry, 2 * at)));
            let own: String = own
                .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect();
            if own.eq_ignore_ascii_case(name) && entry[66] == STREAM {
                return Some(entry);
            }
            waiting.extend([long_at(entry, 68)?, long_at(entry, 72)?]);
        }
        None
    }

    /// Whether bytes are kept under this name.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The bytes under a name.
    ///
    /// # Errors
    /// [`NoTable`], where they are not all there.
    pub fn stream(&self, name: &str) -> Result<Vec<u8>, NoTable> {
        self.read_stream(name)
            .ok_or_else(|| NoTable::broken(&format!("its part `{name}` is torn")))
    }

    fn read_stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.find(name)?;
        let (first, size) = (long_at(entry, 116)?, long_at(entry, 120)?);
        let mut bytes = if size < long_at(self.bytes, 56)? {
            // What is small lies in small sectors of its own, which lie in those of the root.
            let small = self.sectors.chain(long_at(self.entry(0)?, 116)?)?;
            let small = Sectors {
                bytes: &small,
                size: 64,
                next: self.sectors.chain(long_at(self.bytes, 60)?)?,
            };
            small.chain(first)?
        } else {
            self.sectors.chain(first)?
        };
        bytes.truncate(usize::try_from(size).ok()?);
        Some(bytes)
    }
}
