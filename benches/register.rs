//! A register of a million schools, as text and as a workbook: seconds and peak memory until its groups stand.
//! `cargo bench --no-default-features --bench register`.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use rollcall::data::tables::{File, Measure, Recipe};
use rollcall::data::{Pack, country};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SCHOOLS: usize = 1_000_000;

const HEADER: [&str; 12] = [
    "School code",
    "School name",
    "Region",
    "District",
    "Locality",
    "Level",
    "Boys",
    "Girls",
    "Teachers",
    "Electricity",
    "Internet",
    "Computers",
];

/// A school; learners are few, so that a country's may be a million schools'.
fn school(at: usize) -> [String; 12] {
    let word = |words: &[&str], at: usize| words[at % words.len()].to_owned();
    [
        (100_000 + at).to_string(),
        format!("School {}", at % 50_021),
        format!("Region {}", at % 30),
        format!("District {}", at % 600),
        word(&["Urban", "Rural", "Rural"], at),
        word(
            &["Primary", "Primary", "Primary", "Lower secondary", "Upper secondary"],
            at / 7,
        ),
        (at % 5).to_string(),
        (at / 3 % 5).to_string(),
        (at % 11 / 10).to_string(),
        word(&["Yes", "No"], at),
        word(&["No", "Yes", "No", "No", "No"], at),
        (at % 17).to_string(),
    ]
}

fn text() -> Vec<u8> {
    let mut text = HEADER.join(",") + "\n";
    for at in 0..SCHOOLS {
        let _ = writeln!(text, "{}", school(at).join(","));
    }
    text.into_bytes()
}

fn workbook() -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    };
    put(
        "[Content_Types].xml",
        &format!(
            r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/></Types>"#
        ),
    );
    put(
        "_rels/.rels",
        &format!(
            r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        ),
    );
    put(
        "xl/workbook.xml",
        &format!(
            r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="Schools" sheetId="1" r:id="r1"/></sheets></workbook>"#
        ),
    );
    put(
        "xl/_rels/workbook.xml.rels",
        &format!(
            r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
        ),
    );
    let mut sheet = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>"#);
    let header = HEADER.map(ToOwned::to_owned);
    for line in 0..=SCHOOLS {
        let cells = if line == 0 { header.clone() } else { school(line - 1) };
        let _ = write!(sheet, r#"<row r="{}">"#, line + 1);
        for (column, cell) in (b'A'..).zip(cells) {
            let name = format!("{}{}", char::from(column), line + 1);
            let _ = match cell.parse::<f64>() {
                Ok(_) => write!(sheet, r#"<c r="{name}"><v>{cell}</v></c>"#),
                Err(_) => write!(sheet, r#"<c r="{name}" t="inlineStr"><is><t>{cell}</t></is></c>"#),
            };
        }
        sheet += "</row>";
    }
    put("xl/worksheets/sheet1.xml", &(sheet + "</sheetData></worksheet>"));
    zip.finish().expect("a workbook").into_inner()
}

/// Peak of the memory of this process; `clear` forgets what was before.
#[allow(clippy::disallowed_methods)]
fn peak(clear: bool) -> String {
    if clear {
        let _ = std::fs::write("/proc/self/clear_refs", "5");
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or("not measured here", str::trim).to_owned()
}

#[allow(clippy::disallowed_methods)]
fn main() {
    let senegal = country(&Pack::embedded(), "SEN", false).expect("a country");
    let never = AtomicBool::new(false);
    for (kind, bytes) in [("CSV", text as fn() -> Vec<u8>), ("XLSX", workbook)] {
        let bytes = bytes();
        let (size, _) = (bytes.len() / 1_000_000, peak(true));
        let start = Instant::now();
        let file = File::open("register", bytes, &never).expect("a file");
        let sheet = file.look_for(&senegal, &never).expect("a sheet");
        let recipe = Recipe::guess(&sheet, &senegal);
        let outcome = file.read(&sheet, &recipe, senegal.clone(), &never).expect("groups");
        let schools: f64 = outcome
            .groups
            .iter()
            .filter_map(|group| group.get(Measure::Schools))
            .sum();
        println!(
            "{kind}, {size} MB: {} groups of {schools} schools in {:.1?}; peak memory {}, the file included",
            outcome.groups.len(),
            start.elapsed(),
            peak(false)
        );
    }
}
