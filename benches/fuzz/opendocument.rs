//! An `OpenDocument` workbook around cells.

use std::fmt::Write as _;

use super::workbook::{Cell, Sheet, escaped};

/// The parts of an ODS file.
pub fn parts(sheets: &[Sheet]) -> Vec<(String, Vec<u8>)> {
    let mut tables = String::new();
    for sheet in sheets {
        let _ = write!(tables, r#"<table:table table:name="{}">"#, escaped(sheet.name));
        for row in sheet.rows {
            tables += "<table:table-row>";
            tables.extend(row.iter().map(element));
            tables += "</table:table-row>";
        }
        tables += r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>"#;
    }
    let mut spaces = String::new();
    for name in ["office", "table", "text"] {
        let _ = write!(
            spaces,
            r#" xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0""#
        );
    }
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} office:version="1.2"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let list = format!(
        r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    let parts = [
        ("mimetype", kind.to_owned()),
        ("content.xml", content),
        ("META-INF/manifest.xml", list),
    ];
    parts.map(|(name, text)| (name.to_owned(), text.into_bytes())).into()
}

fn element(cell: &Cell) -> String {
    let of_type = |kind: &str, value: f64, shown: String| {
        format!(
            r#"<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>"#
        )
    };
    match cell {
        Cell::Nothing => "<table:table-cell/>".to_owned(),
        Cell::Number(number) => of_type("float", *number, number.to_string()),
        Cell::Percent(share) => of_type("percentage", *share, format!("{}%", 100.0 * share)),
        Cell::Day(number) => format!(
            r#"<table:table-cell office:value-type="date" office:date-value="{}"/>"#,
            date(*number)
        ),
        Cell::Text(own) => {
            let lines: Vec<String> = own.lines().map(escaped).collect();
            let lines = lines.join("</text:p><text:p>");
            format!(r#"<table:table-cell office:value-type="string"><text:p>{lines}</text:p></table:table-cell>"#)
        }
    }
}

/// The date that spreadsheets keep as a number: day by day from 30 December 1899.
#[allow(clippy::cast_possible_truncation)]
fn date(number: f64) -> String {
    let (mut left, mut year, mut month) = ((number as i64 - 2).clamp(0, 3_000_000), 1900_i64, 1);
    let is_leap = |year: i64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    while left >= 365 + i64::from(is_leap(year)) {
        left -= 365 + i64::from(is_leap(year));
        year += 1;
    }
    for days in [
        31,
        28 + i64::from(is_leap(year)),
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ] {
        if left < days {
            break;
        }
        left -= days;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", left + 1)
}
