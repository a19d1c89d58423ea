//! A workbook around cells: an archive whose parts are stored as they are.

use std::fmt::Write as _;

/// A cell of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing, as below a merged cell.
    Nothing,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A number that is shown as a percentage.
    Percent(f64),
    /// A day, as the number that is kept for it.
    Day(f64),
}

/// A sheet: its name, its rows, and the ranges of cells that are merged (`A2:A7`).
pub struct Sheet<'a> {
    pub name: &'a str,
    pub rows: &'a [Vec<Cell>],
    pub merged: &'a [String],
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The parts of an XLSX file: texts are shared, percentages and days are styles, as spreadsheets write them.
pub fn parts(sheets: &[Sheet]) -> Vec<(String, Vec<u8>)> {
    let mut shared: Vec<&str> = Vec::new();
    let (mut types, mut names, mut relations) = (String::new(), String::new(), String::new());
    let mut parts = Vec::new();
    for (at, sheet) in (1..).zip(sheets) {
        let _ = write!(
            types,
            r#"<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{TYPE}.worksheet+xml"/>"#
        );
        let _ = write!(
            names,
            r#"<sheet name="{}" sheetId="{at}" r:id="rId{at}"/>"#,
            escaped(sheet.name)
        );
        let _ = write!(
            relations,
            r#"<Relationship Id="rId{at}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{at}.xml"/>"#
        );
        let text = sheet_xml(sheet, &mut shared);
        parts.push((format!("xl/worksheets/sheet{at}.xml"), text));
    }
    let mut strings = String::new();
    for text in &shared {
        let _ = write!(strings, "<si><t xml:space=\"preserve\">{}</t></si>", escaped(text));
    }
    let count = shared.len();
    for (name, text) in [
        (
            "[Content_Types].xml",
            format!(
                r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>{types}<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{names}</sheets></workbook>"#),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{PACKAGE}/relationships">{relations}<Relationship Id="rIdS" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rIdT" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                r#"<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            ),
        ),
        (
            "xl/sharedStrings.xml",
            format!(r#"<sst xmlns="{MAIN}" count="{count}" uniqueCount="{count}">{strings}</sst>"#),
        ),
    ] {
        parts.push((name.to_owned(), text.into_bytes()));
    }
    parts
}

fn sheet_xml<'a>(sheet: &Sheet<'a>, shared: &mut Vec<&'a str>) -> Vec<u8> {
    let mut text = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>"#);
    for (index, row) in sheet.rows.iter().enumerate() {
        let _ = write!(text, r#"<row r="{}">"#, index + 1);
        for (column, cell) in row.iter().enumerate() {
            let name = format!("{}{}", letters(column), index + 1);
            let _ = match cell {
                Cell::Nothing => Ok(()),
                Cell::Number(number) => write!(text, r#"<c r="{name}"><v>{number}</v></c>"#),
                Cell::Percent(share) => write!(text, r#"<c r="{name}" s="1"><v>{share}</v></c>"#),
                Cell::Day(day) => write!(text, r#"<c r="{name}" s="2"><v>{day}</v></c>"#),
                Cell::Text(own) => {
                    let at = shared.iter().position(|known| known == own).unwrap_or_else(|| {
                        shared.push(own);
                        shared.len() - 1
                    });
                    write!(text, r#"<c r="{name}" t="s"><v>{at}</v></c>"#)
                }
            };
        }
        text += "</row>";
    }
    text += "</sheetData>";
    if !sheet.merged.is_empty() {
        let mut ranges = String::new();
        for range in sheet.merged {
            let _ = write!(ranges, r#"<mergeCell ref="{range}"/>"#);
        }
        let _ = write!(
            text,
            r#"<mergeCells count="{}">{ranges}</mergeCells>"#,
            sheet.merged.len()
        );
    }
    text += "</worksheet>";
    text.into_bytes()
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// The letters under which a spreadsheet knows a column.
pub fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or(0));
    if column < 26 {
        last.into()
    } else {
        letters(column / 26 - 1) + &last.to_string()
    }
}

/// Local headers, directory and its end, as APPNOTE.TXT 4.3 has them; every part stored.
pub fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let size = |length: usize| u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
    let short = |length: usize| u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes();
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, part) in parts {
        let at = bytes.len();
        let mut common = Vec::new();
        // Version 2.0, no flags, stored, no time.
        common.extend([20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        common.extend(crc(part).to_le_bytes());
        common.extend(size(part.len()));
        common.extend(size(part.len()));
        common.extend(short(name.len()));
        common.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(name.bytes());
        bytes.extend(part);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(size(at));
        directory.extend(name.bytes());
    }
    let start = bytes.len();
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend(short(parts.len()));
    bytes.extend(short(parts.len()));
    bytes.extend(size(directory.len()));
    bytes.extend(size(start));
    bytes.extend([0, 0]);
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1)))
    })
}
