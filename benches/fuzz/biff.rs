//! A workbook of Excel 97 around cells: records, and the compound file that holds them.

use super::workbook::{Cell, Sheet};

const BEGIN: u16 = 0x0809;
const SHEET: u16 = 0x0085;

/// Kind of a record and what it holds.
pub type Record = (u16, Vec<u8>);

/// The records of an XLS file: texts are shared, percentages and days are styles, as spreadsheets write them.
pub fn records(sheets: &[Sheet]) -> Vec<Record> {
    let begin = |kind: u8| (BEGIN, vec![0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let mut records = vec![begin(5)];
    for format in [0, 10, 14] {
        let mut style = vec![0; 20];
        style[2] = format;
        records.push((0x00e0, style));
    }
    for sheet in sheets {
        let letters: Vec<u16> = sheet.name.encode_utf16().collect();
        let mut data = vec![0, 0, 0, 0, 0, 0, u8::try_from(letters.len()).unwrap_or(0), 1];
        data.extend(letters.iter().flat_map(|letter| letter.to_le_bytes()));
        records.push((SHEET, data));
    }
    let (mut shared, mut cells): (Vec<&str>, Vec<Record>) = (Vec::new(), Vec::new());
    for sheet in sheets {
        cells.push(begin(0x10));
        for (row, line) in (0_u16..).zip(sheet.rows) {
            for (column, cell) in (0_u16..).zip(line) {
                let at = |style: u16| {
                    [row, column, style]
                        .iter()
                        .flat_map(|part| part.to_le_bytes())
                        .collect()
                };
                let number = |style: u16, number: f64| {
                    let mut data: Vec<u8> = at(style);
                    data.extend(number.to_le_bytes());
                    (0x0203, data)
                };
                cells.push(match cell {
                    Cell::Nothing => (0x0201, at(0)),
                    Cell::Number(own) => number(0, *own),
                    Cell::Percent(share) => number(1, *share),
                    Cell::Day(day) => number(2, *day),
                    Cell::Text(own) => {
                        let place = shared.iter().position(|known| known == own).unwrap_or_else(|| {
                            shared.push(own);
                            shared.len() - 1
                        });
                        let mut data: Vec<u8> = at(0);
                        data.extend(u32::try_from(place).unwrap_or(0).to_le_bytes());
                        (0x00fd, data)
                    }
                });
            }
        }
        cells.push((0x000a, Vec::new()));
    }
    let count = u32::try_from(shared.len()).unwrap_or(0).to_le_bytes();
    let mut texts = (0x00fc, [count, count].concat());
    for text in shared {
        let units: Vec<u16> = text.encode_utf16().collect();
        if texts.1.len() + 3 + 2 * units.len() > 8_000 {
            records.push(std::mem::replace(&mut texts, (0x003c, Vec::new())));
        }
        texts.1.extend(u16::try_from(units.len()).unwrap_or(0).to_le_bytes());
        let is_narrow = units.iter().all(|unit| *unit < 256);
        texts.1.push(u8::from(!is_narrow));
        let bytes = units.iter().flat_map(|unit| unit.to_le_bytes());
        texts.1.extend(bytes.step_by(if is_narrow { 2 } else { 1 }));
    }
    records.extend([texts, (0x000a, Vec::new())]);
    records.extend(cells);
    records
}

/// Records one after the other; each sheet's says where its own begin.
pub fn stream(records: &[Record]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut says, mut begins) = (Vec::new(), Vec::new());
    for (kind, data) in records {
        match *kind {
            BEGIN => begins.push(u32::try_from(bytes.len()).unwrap_or(0)),
            SHEET => says.push(bytes.len() + 4),
            _ => {}
        }
        bytes.extend(kind.to_le_bytes());
        bytes.extend(u16::try_from(data.len()).unwrap_or(u16::MAX).to_le_bytes());
        bytes.extend(data);
    }
    for (at, begin) in says.into_iter().zip(begins.into_iter().skip(1)) {
        if let Some(place) = bytes.get_mut(at..at + 4) {
            place.copy_from_slice(&begin.to_le_bytes());
        }
    }
    bytes
}

/// The compound file (MS-CFB) that holds bytes under a name: sectors of 512 bytes, the directory and the table of sectors
/// behind them.
pub fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    const END: u32 = 0xffff_fffe;
    const NONE: u32 = 0xffff_ffff;
    let sectors = stream.len().max(4096).div_ceil(512);
    let tables = (sectors + 1).div_ceil(127);
    let long = |number: usize| u32::try_from(number).unwrap_or(NONE);
    let mut file = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    file.resize(24, 0);
    file.extend([0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [long(tables), long(sectors), 0, 4096, END, 0, END, 0] {
        file.extend(number.to_le_bytes());
    }
    let places = (0..tables).map(|table| long(sectors + 1 + table));
    for place in places.chain(std::iter::repeat(NONE)).take(109) {
        file.extend(place.to_le_bytes());
    }
    file.extend(stream);
    file.resize(512 * (1 + sectors), 0);
    let whole = sectors * 512;
    for (name, kind, child, start, size) in [("Root Entry", 5, 1, END, 0), (name, 2, NONE, 0, long(whole))] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(entry.len() + 2).unwrap_or(64);
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        for number in [NONE, NONE, child] {
            entry.extend(number.to_le_bytes());
        }
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend(u64::from(size).to_le_bytes());
        file.extend(entry);
    }
    file.resize(512 * (2 + sectors), 0);
    let chain = (1..sectors).map(long).chain([END, END]);
    let of_tables = std::iter::repeat_n(0xffff_fffd, tables);
    for next in chain.chain(of_tables).chain(std::iter::repeat(NONE)).take(128 * tables) {
        file.extend(next.to_le_bytes());
    }
    file
}
