//! Tables of ministries, changed at random: bytes of a text; cells, parts, records and the container of a workbook.

use super::biff::{self, Record};
use super::chance::{Chance, change};
use super::opendocument;
use super::workbook::{self, Cell, Sheet};

/// Texts that are read as they are.
const TEXTS: &[&[u8]] = &[
    include_bytes!("../../tests/data/field/02-grades-by-sex.csv"),
    include_bytes!("../../tests/data/field/08-counts-not-shares.csv"),
    include_bytes!("../../tests/data/field/08b-counts-of-one.csv"),
    include_bytes!("../../tests/data/field/10-no-locality.csv"),
    include_bytes!("../../tests/data/field/12-lakh.csv"),
    include_bytes!("../../tests/data/field/13-thousands-comma.csv"),
    include_bytes!("../../tests/data/field/16-windows-1252.csv"),
    include_bytes!("../../tests/data/field/17-spanish.csv"),
    include_bytes!("../../tests/data/field/32-same-name-schools.csv"),
    b"Region\tLevel\tSchools\tPupils\nDakar\tPrimary\t1000\t1160500\nKolda\tPrimary\t900\t1160500\n",
];

/// Countries whose tables they are.
pub const COUNTRIES: [&str; 5] = ["SEN", "SLE", "KEN", "PER", "BGD"];

/// What stands in cells of such tables, and what should not.
const CELLS: &[&str] = &[
    "",
    "..",
    "n/a",
    "<5",
    "Total",
    "Total Dakar",
    "Source: census",
    "Region",
    "Urban",
    "Primary",
    "Secondary",
    "Grade 5 Boys",
    "Girls",
    "2023",
    "2022/23",
    "1,234",
    "1.234",
    "1,23,456",
    "12 345",
    "١٬٢٣٤",
    "34.5%",
    "0,5",
    "Yes",
    "(1)",
    "9999999999999999999999",
    "-1",
    "\u{202e}",
    "\u{fffd}",
    "A\u{301}",
    "#REF!",
    "Electricity (%)",
    "School code",
    "Name of pupil",
    "Date of birth",
];

/// A text, changed in a few places; sometimes in another encoding.
pub fn text(chance: &mut Chance) -> Vec<u8> {
    let mut bytes = chance.pick(TEXTS).to_vec();
    for _ in 0..=chance.below(4) {
        if chance.percent(30) {
            put_cell(&mut bytes, chance);
        } else if !bytes.is_empty() {
            change(&mut bytes, chance);
        }
    }
    match chance.below(20) {
        0 => String::from_utf8_lossy(&bytes)
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect(),
        1 => [0xfe, 0xff]
            .into_iter()
            .chain(
                String::from_utf8_lossy(&bytes)
                    .encode_utf16()
                    .flat_map(u16::to_be_bytes),
            )
            .collect(),
        _ => bytes,
    }
}

/// Puts another text in the place of a cell.
fn put_cell(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let is_mark = |byte: &u8| matches!(byte, b',' | b';' | b'\t' | b'\n');
    let from = chance.below(bytes.len());
    let start = bytes[..from].iter().rposition(is_mark).map_or(0, |at| at + 1);
    let end = bytes[from..]
        .iter()
        .position(is_mark)
        .map_or(bytes.len(), |at| from + at);
    bytes.splice(start.min(end)..end, chance.pick(CELLS).bytes());
}

/// Workbooks as other programs write them.
const OPEN_DOCUMENTS: &[&[u8]] = &[
    include_bytes!("../../tests/data/field/01-school-register.ods"),
    include_bytes!("../../tests/data/field/04-dates-in-learners.ods"),
    include_bytes!("../../tests/data/field/05-levels-across.ods"),
    include_bytes!("../../tests/data/field/07-percent-cells.ods"),
];
const EXCEL_97: &[&[u8]] = &[
    include_bytes!("../../tests/data/field/01-school-register.xls"),
    include_bytes!("../../tests/data/field/04-dates-in-learners.xls"),
    include_bytes!("../../tests/data/field/05-levels-across.xls"),
    include_bytes!("../../tests/data/field/07-percent-cells.xls"),
];

/// A table with cells at random in the place of some.
fn rows(chance: &mut Chance) -> Vec<Vec<Cell>> {
    let text = String::from_utf8_lossy(TEXTS[chance.below(TEXTS.len())]).into_owned();
    let mut rows: Vec<Vec<Cell>> = text
        .lines()
        .map(|line| line.split([',', ';', '\t']).map(cell).collect())
        .collect();
    for _ in 0..chance.below(4) {
        let at = chance.below(rows.len());
        match chance.below(4) {
            0 => {
                let to = chance.below(rows.len());
                let row = rows[at].clone();
                rows.insert(to, row);
            }
            1 => rows[at].truncate(chance.below(6)),
            _ => {
                let width = rows[at].len();
                if width > 0 {
                    rows[at][chance.below(width)] = any_cell(chance);
                }
            }
        }
    }
    rows
}

/// A sheet of these rows, and one of none.
const fn sheets<'a>(rows: &'a [Vec<Cell>], merged: &'a [String]) -> [Sheet<'a>; 2] {
    let (name, none) = ("Data", &[]);
    [
        Sheet { name, rows, merged },
        Sheet {
            name: "Notes",
            rows: none,
            merged: &[],
        },
    ]
}

/// An XLSX file: cells, then parts, then the archive changed.
pub fn book(chance: &mut Chance) -> Vec<u8> {
    let rows = rows(chance);
    let merged = if chance.percent(20) {
        vec!["A1:C1".to_owned(), "A2:XFD1048576".to_owned()]
    } else {
        Vec::new()
    };
    let parts = workbook::parts(&sheets(&rows, &merged)[..=chance.below(2)]);
    packed(parts, PARTS_OF_XLSX, chance)
}

/// An ODS file, in the same ways.
pub fn open_document(chance: &mut Chance) -> Vec<u8> {
    if chance.percent(20) {
        let mut bytes = chance.pick(OPEN_DOCUMENTS).to_vec();
        change(&mut bytes, chance);
        return bytes;
    }
    let rows = rows(chance);
    let parts = opendocument::parts(&sheets(&rows, &[])[..=chance.below(2)]);
    packed(parts, PARTS_OF_ODS, chance)
}

/// An archive of parts, some of them changed.
fn packed(mut parts: Vec<(String, Vec<u8>)>, swaps: &[Swap], chance: &mut Chance) -> Vec<u8> {
    for _ in 0..chance.below(3) {
        let at = chance.below(parts.len());
        if chance.percent(60) {
            structure(&mut parts[at].1, swaps, chance);
        } else if chance.percent(90) {
            change(&mut parts[at].1, chance);
        } else {
            parts.remove(at);
        }
    }
    let mut bytes = workbook::archive(&parts);
    if chance.percent(15) {
        change(&mut bytes, chance);
    }
    bytes
}

/// An XLS file: cells, then records, then the compound file changed.
pub fn excel_97(chance: &mut Chance) -> Vec<u8> {
    if chance.percent(20) {
        let mut bytes = chance.pick(EXCEL_97).to_vec();
        for _ in 0..=chance.below(4) {
            number(&mut bytes, chance);
        }
        return bytes;
    }
    let rows = rows(chance);
    let mut records = biff::records(&sheets(&rows, &[])[..=chance.below(2)]);
    for _ in 0..chance.below(4) {
        let at = chance.below(records.len());
        record(&mut records, at, chance);
    }
    let mut stream = biff::stream(&records);
    if chance.percent(15) {
        change(&mut stream, chance);
    }
    let mut bytes = biff::compound("Workbook", &stream);
    if chance.percent(15) {
        number(&mut bytes, chance);
    }
    if chance.percent(10) {
        change(&mut bytes, chance);
    }
    bytes
}

/// Changes a record: what it is, what it says, how long it is, where it stands.
fn record(records: &mut Vec<Record>, at: usize, chance: &mut Chance) {
    const KINDS: [u16; 19] = [
        0x0006, 0x000a, 0x002f, 0x003c, 0x0085, 0x00bd, 0x00d6, 0x00e0, 0x00fc, 0x00fd, 0x0201, 0x0203, 0x0204, 0x0205,
        0x0207, 0x027e, 0x041e, 0x0809, 0xffff,
    ];
    let length = records[at].1.len();
    match chance.below(8) {
        0 if records.len() > 1 => {
            records.remove(at);
        }
        1 => {
            let (to, own) = (chance.below(records.len()), records[at].clone());
            records.insert(to, own);
        }
        2 => records[at].0 = *chance.pick(&KINDS),
        3 => records[at].1.truncate(chance.below(length + 1)),
        4 => records[at]
            .1
            .resize(length + chance.below(9_000), *chance.pick(&[0, 1, 0xff])),
        // It goes on in another record.
        5 => {
            let rest = records[at].1.split_off(chance.below(length + 1));
            records.insert(at + 1, (0x003c, rest));
        }
        _ => number(&mut records[at].1, chance),
    }
}

/// Puts a number at the end of what a field may say in the place of another.
fn number(bytes: &mut [u8], chance: &mut Chance) {
    let number: u32 = *chance.pick(&[0, 1, 2, 0xff, 0xfffe, 0xffff, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff]);
    let width = *chance.pick(&[1, 2, 4]);
    let at = chance.below(bytes.len()) / width * width;
    for (byte, own) in bytes.iter_mut().skip(at).zip(&number.to_le_bytes()[..width]) {
        *byte = *own;
    }
}

/// A number where it looks like one.
pub fn cell(text: &str) -> Cell {
    text.parse().map_or_else(|_| Cell::Text(text.to_owned()), Cell::Number)
}

fn any_cell(chance: &mut Chance) -> Cell {
    let number = *chance.pick(&[0.0, 1.0, 0.5, -3.0, 55_243.0, 1e9, 1e300, 2_958_466.0, -1e17, 1.5]);
    match chance.below(5) {
        0 => Cell::Nothing,
        1 => Cell::Percent(number),
        2 => Cell::Day(number),
        3 => Cell::Number(number),
        _ => Cell::Text((*chance.pick(CELLS)).to_owned()),
    }
}

/// A text of a part, and what is put in its place.
type Swap = (&'static str, &'static [&'static str]);

const PARTS_OF_XLSX: &[Swap] = &[
    (
        "<v>",
        &[
            "<v>99999999",
            "<v>-1",
            "<v>1e999",
            "<v>",
            "<v>4294967296",
            "<v>&#x0;",
            "<f>A1+1</f><v>",
        ],
    ),
    (
        "t=\"s\"",
        &[
            "t=\"str\"",
            "t=\"inlineStr\"",
            "t=\"d\"",
            "t=\"b\"",
            "t=\"e\"",
            "t=\"n\"",
            "t=\"x\"",
            "t=\"s\" s=\"77\"",
        ],
    ),
    (
        "s=\"1\"",
        &["s=\"999999999\"", "s=\"-1\"", "s=\"18446744073709551616\""],
    ),
    (
        " r=\"",
        &[
            " r=\"XFD",
            " r=\"0",
            " r=\"A0",
            " r=\"ZZZZZZ1",
            " r=\"1048576",
            " r=\"99999999999",
            " x=\"",
        ],
    ),
    (
        "<row",
        &["<row><row", "<row spans=\"1:16384\"", "</row><row", "<!--", "<![CDATA["],
    ),
    (
        "<sheetData>",
        &[
            "<dimension ref=\"A1:XFD1048576\"/><sheetData>",
            "<dimension ref=\"A1:ZZZZZ99999999999\"/><sheetData>",
            "",
        ],
    ),
    (
        "uniqueCount=\"",
        &[
            "uniqueCount=\"7999999\" x=\"",
            "uniqueCount=\"99999999999999999999",
            "uniqueCount=\"-",
        ],
    ),
    (
        "numFmtId=\"10\"",
        &["numFmtId=\"4294967295\"", "numFmtId=\"-3\"", "numFmtId=\"22\""],
    ),
    ("rId1", &["rId9", "", "rId1\" r:id=\"rId1"]),
    ("Target=\"", &["Target=\"../../../", "Target=\"/xl/", "Target=\""]),
    ("count=\"", &["count=\"99999999\" y=\""]),
    ("<si>", &["<si><si>", "<si><r><t>x</t></r><rPh>", "<si/><si>"]),
    (
        "?>",
        &[
            " encoding=\"UTF-16\"?>",
            "?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>",
        ],
    ),
];

const PARTS_OF_ODS: &[Swap] = &[
    (
        "office:value-type=\"string\"",
        &[
            "office:value-type=\"float\"",
            "office:value-type=\"date\" office:date-value=\"9999-12-31T99:99:99\"",
            "office:value-type=\"time\" office:time-value=\"PT1e300H\"",
            "",
        ],
    ),
    (
        "office:value=\"",
        &[
            "office:value=\"1e999",
            "office:value=\"-",
            "office:value=\"&#0;",
            "office:value=\"&x;",
            "office:date-value=\"",
            "office:value='",
        ],
    ),
    (
        "<table:table-cell",
        &[
            "<table:table-cell table:number-columns-repeated=\"16384\"",
            "<table:table-cell table:number-columns-repeated=\"18446744073709551615\"",
            "<table:table-cell table:number-columns-repeated=\"3\"",
            "<table:covered-table-cell/><table:table-cell",
            "<!--",
            "<![CDATA[",
        ],
    ),
    (
        "<table:table-row>",
        &[
            "<table:table-row table:number-rows-repeated=\"1048576\">",
            "<table:table-row table:number-rows-repeated=\"18446744073709551615\">",
            "<table:table-row table:number-rows-repeated=\"200\">",
            "<table:table-row><table:table-row>",
            "<table:table-header-rows><table:table-row>",
            "</table:table-row>",
        ],
    ),
    (
        "<text:p>",
        &[
            "<text:p><text:s text:c=\"99999999999\"/>",
            "<text:p><text:p>",
            "<office:annotation><text:p>",
            "<text:p>&lt;&#x1F600;&#xD800;",
            "<text:p>&nothing;",
            "<text:p/><text:p>",
        ],
    ),
    ("</text:p>", &["", "</text:p></text:p>", "<text:line-break/></text:p>"]),
    (
        "<table:table ",
        &[
            "<table:table><table:table ",
            "<table:table table:name=\"&amp;\" ",
            "<table:shapes><table:table ",
        ],
    ),
    ("office:spreadsheet", &["office:text", "office:spreadsheet x=\"\""]),
    (
        "?>",
        &[
            " encoding=\"UTF-16\"?>",
            "?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>",
        ],
    ),
    ("media-type=\"text/xml\"", &["media-type=\"encryption-data\""]),
];

/// What a part of a workbook says of itself, changed to what harms: indices that are none, sizes beyond any, deep
/// nesting.
fn structure(part: &mut Vec<u8>, swaps: &[Swap], chance: &mut Chance) {
    let mut text = String::from_utf8_lossy(part).into_owned();
    if chance.percent(10) {
        // Deep nesting somewhere.
        let name = *chance.pick(&[
            "<is>",
            "<r>",
            "<t>",
            "<row>",
            "<c>",
            "<x>",
            "<text:p>",
            "<table:table-row>",
        ]);
        let mut at = chance.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        text.insert_str(at, &name.repeat(1 + chance.below(20_000)));
    } else {
        let (from, to) = chance.pick(swaps);
        let found: Vec<usize> = text.match_indices(from).map(|(at, _)| at).collect();
        if !found.is_empty() {
            let at = *chance.pick(&found);
            text.replace_range(at..at + from.len(), to[chance.below(to.len())]);
        }
    }
    *part = text.into_bytes();
}
