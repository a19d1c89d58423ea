//! Tables and files that would harm: bombs, persons, formulas, and text that acts on a terminal.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rollcall::data::tables::{File, NoTable, Sheet};
use rollcall::data::{Pack, country};
use zip::write::SimpleFileOptions;

use super::{Said, example, said};

/// Tells a reader on another thread to stop.
static STOP: AtomicBool = AtomicBool::new(false);

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A workbook whose sheet has this head, a part that comes back so many times, and this foot.
fn workbook(head: &str, part: &[u8], times: usize, foot: &str) -> Vec<u8> {
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut put = |name: &str, parts: &[(&[u8], usize)]| {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        for (part, times) in parts {
            for _ in 0..*times {
                zip.write_all(part).expect("written");
            }
        }
    };
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/sheets/s1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>";
    put("[Content_Types].xml", &[(types.as_bytes(), 1)]);
    let root = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    put("_rels/.rels", &[(root.as_bytes(), 1)]);
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    put("xl/workbook.xml", &[(book.as_bytes(), 1)]);
    let sheets = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"sheets/s1.xml\"/></Relationships>"
    );
    put("xl/_rels/workbook.xml.rels", &[(sheets.as_bytes(), 1)]);
    let (open, close) = (
        format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{head}"),
        format!("{foot}</sheetData></worksheet>"),
    );
    put(
        "xl/sheets/s1.xml",
        &[(open.as_bytes(), 1), (part, times), (close.as_bytes(), 1)],
    );
    zip.finish().expect("a workbook").into_inner()
}

/// A sheet as it is looked at, for Senegal.
fn looked(bytes: &[u8], stop: &AtomicBool) -> Result<Sheet, NoTable> {
    let senegal = country(&Pack::embedded(), "SEN", false).expect("a country");
    File::open("case", bytes, stop)?.look(0, None, &senegal, stop)
}

fn read(bytes: &[u8]) -> Result<Sheet, &'static str> {
    looked(bytes, &AtomicBool::new(false)).map_err(|why| why.code())
}

/// Tries a table with `rollcall new`: what is said of it. Nothing may be written.
fn tried(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let (table, plan) = (folder.path().join(name), folder.path().join("plan.ron"));
    std::fs::write(&table, bytes).expect("written");
    let [table, out] = [&table, &plan].map(|path| path.display().to_string());
    let Said { code, err, .. } = said(&["new", "SEN", "--groups", &table, "--out", &out]);
    assert_eq!((code, plan.exists()), (2, false), "{err}");
    err
}

#[test]
fn a_workbook_that_unpacks_to_more_than_any_table_is_refused() {
    let cells = b"<c r=\"A1\"><v>1</v></c>".repeat(1000);
    let bomb = workbook("<row r=\"1\">", &cells, 3_500, "</row>");
    assert!(bomb.len() < 1_000_000, "{} bytes packed", bomb.len());
    let err = tried("bomb.xlsx", &bomb);
    assert!(
        err.contains("error[table-too-large]: it would unpack to more than 64 MB"),
        "{err}"
    );
    // Nor does it help to claim to be small: what it comes to is counted too.
    let mut liar = bomb;
    let size = 22 * 3_500_000_u32;
    for at in 0..liar.len() - 4 {
        let said = u32::from_le_bytes([liar[at], liar[at + 1], liar[at + 2], liar[at + 3]]);
        if (size..size + 1_000).contains(&said) {
            liar[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
        }
    }
    assert!(
        matches!(read(&liar), Err("table-too-large" | "not-a-table")),
        "{:?}",
        read(&liar).map(|_| ())
    );
}

/// A workbook with a part more, packed as told.
fn with_part(name: &str, parts: &[(&[u8], usize)], stored: bool, junk: usize) -> Vec<u8> {
    let book = workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c>", b"", 0, "</row>");
    let mut zip = zip::ZipWriter::new_append(std::io::Cursor::new(book)).expect("a workbook");
    let method = if stored {
        zip::CompressionMethod::Stored
    } else {
        zip::CompressionMethod::Deflated
    };
    let options = SimpleFileOptions::default();
    zip.start_file(name, options.compression_method(method))
        .expect("a part");
    for (part, times) in parts {
        for _ in 0..*times {
            zip.write_all(part).expect("written");
        }
    }
    zip.start_file("junk.bin", options.compression_method(zip::CompressionMethod::Stored))
        .expect("a part");
    zip.write_all(&vec![7; junk]).expect("written");
    zip.finish().expect("a workbook").into_inner()
}

#[test]
fn what_is_kept_of_a_workbook_has_bounds_of_its_own() {
    let (strings, styles) = ("xl/sharedStrings.xml", "xl/styles.xml");
    let many = |part: &str| part.repeat(1_000).into_bytes();
    let (si, xf) = (many("<si/>"), many("<xf/>"));
    let (head, foot): (&[u8], &[u8]) = (b"<sst>", b"</sst>");
    // Stored junk makes up for nothing.
    let bomb = with_part(strings, &[(head, 1), (&si, 13_000), (foot, 1)], false, 5_000_000);
    assert_eq!(read(&bomb).map(|_| ()), Err("table-too-large"));
    // Small parts, each string or style of which takes memory.
    let bomb = with_part(strings, &[(head, 1), (&si, 9_000), (foot, 1)], false, 0);
    assert_eq!(read(&bomb).map(|_| ()), Err("table-too-large"));
    let bomb = with_part(styles, &[(b"<styleSheet><cellXfs>", 1), (&xf, 1_000)], false, 0);
    assert_eq!(read(&bomb).map(|_| ()), Err("table-too-large"));
    let font = format!(
        "<styleSheet><fonts><font><name val=\"{}\"/></font></fonts><cellXfs>",
        "x".repeat(1_000_000)
    );
    let bomb = with_part(styles, &[(font.as_bytes(), 1), (&xf, 1)], false, 0);
    assert_eq!(read(&bomb).map(|_| ()), Err("table-too-large"));
    // Memory is taken for as many as a part says it has.
    let liar = with_part(
        strings,
        &[(b"<sst uniqueCount=\"1000000000000\">", 1), (foot, 1)],
        true,
        0,
    );
    assert_eq!(read(&liar).map(|_| ()), Err("table-too-large"));
    let honest = with_part(
        strings,
        &[(b"<sst uniqueCount=\"1\"><si><t>a</t></si></sst>", 1)],
        false,
        1_000,
    );
    assert!(read(&honest).is_ok());
}

#[test]
fn a_cell_larger_than_any_spreadsheet_holds_is_refused() {
    let long = workbook(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>",
        b"A",
        40_000,
        "</t></is></c></row>",
    );
    let err = tried("long.xlsx", &long);
    assert!(err.contains("a cell of it holds more than 32 KB"), "{err}");
    let err = tried("long.csv", format!("region,\"{}\"\n", "x".repeat(40_000)).as_bytes());
    assert!(err.contains("a cell of it holds more than 32 KB"), "{err}");
}

#[test]
fn reading_a_workbook_stops_when_it_is_told_to() {
    let cells = b"<c r=\"A1\"><v>1</v></c>".repeat(1000);
    let large = workbook("<row r=\"1\">", &cells, 2_500, "</row>");
    let reader = std::thread::spawn(move || {
        let start = Instant::now();
        let read = looked(&large, &STOP);
        (read.map(|_| ()).map_err(|why| why.code()), start.elapsed())
    });
    std::thread::sleep(Duration::from_millis(20));
    STOP.store(true, Ordering::Relaxed);
    let (read, took) = reader.join().expect("no panic");
    assert_eq!(read, Err("not-a-table"));
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[test]
fn cells_stand_where_the_sheet_says_and_formulas_are_not_read() {
    let back = workbook(
        "<row r=\"1\"><c r=\"B1\"><v>7</v></c><c r=\"A1\"><f>1+1</f><v>1</v></c><c r=\"C1\"><f>WEBSERVICE(\"http://x\")</f></c></row><row r=\"5\"><c r=\"C5\"><v>2</v></c></row>",
        b"",
        0,
        "",
    );
    let sheet = read(&back).expect("a sheet");
    let cells: Vec<Vec<(usize, usize, String)>> = sheet
        .upper
        .iter()
        .map(|row| {
            row.cells
                .iter()
                .map(|cell| (cell.line, cell.column, cell.shown().into_owned()))
                .collect()
        })
        .collect();
    let at = |line, column, text: &str| (line, column, text.to_owned());
    assert_eq!(
        cells,
        [
            vec![at(1, 1, "1"), at(1, 2, "7")],
            vec![at(5, 1, ""), at(5, 2, ""), at(5, 3, "2")]
        ]
    );
    let disorder = workbook(
        "<row r=\"5\"><c r=\"A5\"><v>2</v></c></row><row r=\"1\"><c r=\"A1\"><v>7</v></c></row>",
        b"",
        0,
        "",
    );
    assert_eq!(read(&disorder).err(), Some("not-a-table"));
}

#[test]
fn the_command_line_takes_the_workbook_that_the_window_takes() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = folder.path().join("plan.ron").display().to_string();
    let Said { code, err, .. } = said(&["new", "SEN", "--groups", "tests/data/regions.xlsx", "--out", &plan]);
    assert_eq!(code, 0, "{err}");
    let text = std::fs::read_to_string(&plan).expect("the plan");
    assert!(text.contains("region: \""), "{err}");
    // As older spreadsheets write it.
    let old = folder.path().join("old.csv");
    let text = "R\u{e9}gion;Milieu;Niveau;\u{c9}coles;\u{c9}l\u{e8}ves\nK\u{e9}dougou;rural;primaire;1200;1200000\nThi\u{e8}s;urbain;primaire;300;1121000\n";
    std::fs::write(&old, text.chars().map(|c| c as u8).collect::<Vec<u8>>()).expect("written");
    let Said { code, err, .. } = said(&[
        "new",
        "SEN",
        "--groups",
        &old.display().to_string(),
        "--out",
        &plan,
        "--force",
    ]);
    assert_eq!(code, 0, "{err}");
    assert!(std::fs::read_to_string(&plan).expect("the plan").contains("Kédougou"));
}

#[test]
fn tables_of_persons_are_refused_and_nothing_of_them_is_shown() {
    let head = "region,locality,level,schools,learners";
    for (column, cell) in [
        ("learner id", "1990-01-02-123"),
        ("Date of birth", "1990-01-02"),
        ("Nom de l'élève", "Awa Diop"),
        ("Fecha de nacimiento", "1990-01-02"),
        ("Nome do aluno", "Awa Diop"),
        ("teacher_name", "Awa Diop"),
    ] {
        let err = tried(
            "persons.csv",
            format!("{head},{column}\nDakar,urban,primary,1000,500000,{cell}\n").as_bytes(),
        );
        assert!(
            err.contains(&format!("error[table-of-persons]: its column `{column}`")),
            "{err}"
        );
        assert!(!err.contains(cell), "{err}");
    }
    let err = tried(
        "persons.csv",
        b"Name,Sex,Age,Class\nAwa Diop,F,12,6\nMoussa Fall,M,13,7\n",
    );
    assert!(
        err.contains("error[table-of-persons]: its column `Name`") && !err.contains("Awa"),
        "{err}"
    );
    // A table of schools is none: who heads them is left aside, unread.
    let table = format!(
        "School name,EMIS code,{head},Head teacher,Phone\nX,7,Dakar,urban,primary,1000,1200000,Awa Diop,+221 77\nY,8,Kolda,rural,primary,900,1121000,Moussa Fall,+221 78\n"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let (path, plan) = (folder.path().join("schools.csv"), folder.path().join("plan.ron"));
    std::fs::write(&path, &table).expect("written");
    let [path, out] = [&path, &plan].map(|path| path.display().to_string());
    let Said { code, err, .. } = said(&["new", "SEN", "--groups", &path, "--out", &out]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(err.matches("note[persons-aside]").count(), 2, "{err}");
    assert!(!std::fs::read_to_string(plan).expect("a plan").contains("Awa"));
    let sheet = read(table.as_bytes()).expect("a sheet");
    assert!(
        sheet.upper[1..]
            .iter()
            .flat_map(|row| &row.cells)
            .all(|cell| !cell.shown().contains("Awa") && !cell.shown().contains("+221"))
    );
}

#[test]
fn a_row_for_each_learner_is_refused_whatever_its_columns_are_called() {
    for (header, row, column) in [
        (
            "Région;Sexe;Nom complet;Tél. parent;Classe",
            "Dakar;F;Awa Diop;77 000;CM2",
            "Tél. parent",
        ),
        ("Région;Sexe;Nom complet;Classe", "Dakar;F;Awa Diop;CM2", "Nom complet"),
        (
            "id,region,level,Full name,class",
            "1,Dakar,primary,Awa Diop,6",
            "Full name",
        ),
        ("id,Full name,class", "1,Awa Diop,6", "Full name"),
        (
            "Learner's name and class,Sex,School",
            "Awa Diop 6,F,A",
            "Learner's name and class",
        ),
        ("Name of pupils,Gender,School,Age", "Awa Diop,F,A,12", "Name of pupils"),
    ] {
        let err = tried("persons.csv", format!("{header}\n{row}\n").as_bytes());
        assert!(
            err.contains(&format!("error[table-of-persons]: its column `{column}`")) && !err.contains("Awa"),
            "{header}: {err}"
        );
    }
}

#[test]
fn a_letterhead_and_counts_of_persons_cost_no_column() {
    let head = "region;locality;level;schools;learners";
    let rows = "Dakar;urban;primary;1000;1200000;12\nKolda;rural;primary;900;1121000;13\n";
    for (above, column) in [
        ("Contact : planification@education.example\n", "girls"),
        ("Contact;planification@education.example\n", "girls"),
        ("Ministry of Education;Tel. 33 849 00 00\n", "girls"),
        ("Enrolment by year of birth\n", "girls"),
        ("", "learners without birth certificate"),
        ("", "Registered with birth certificate (%)"),
        ("", "Student ID issued"),
        ("", "Enseignants par âge, année de naissance"),
        ("", "Head count"),
        ("", "Schools with telephone"),
    ] {
        let text = format!("{above}{head};{column}\n{rows}");
        let sheet = read(text.as_bytes()).unwrap_or_else(|why| panic!("{above}{column}: {why}"));
        let last = sheet.upper.iter().rev().take(2).flat_map(|row| &row.cells);
        let kept: Vec<String> = last.map(|cell| cell.shown().into_owned()).collect();
        assert_eq!(
            kept.join(";"),
            "Kolda;rural;primary;900;1121000;13;Dakar;urban;primary;1000;1200000;12",
            "{above}{column}"
        );
    }
    let long = "Région;Niveau;Sexe;Nombre\nDakar;primaire;F;1200\n";
    assert!(read(long.as_bytes()).is_ok());
}

/// The example with names that a spreadsheet would run.
fn armed(folder: &std::path::Path) -> String {
    let text = example()
        .replacen(
            "(locality: urban, level: primary",
            "(region: \"=cmd|' /C calc'!A0\", locality: urban, level: primary",
            1,
        )
        .replacen(
            "name: \"ministry\"",
            "name: \"=HYPERLINK(\\\"http://x\\\",\\\"click\\\")\"",
            1,
        )
        .replacen("name: \"levy\"", "name: \"@SUM(1)\\t=2;+3\"", 1);
    let path = folder.join("armed.ron");
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

#[test]
fn no_cell_of_a_table_is_a_formula_and_negative_numbers_stay_numbers() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, out) = (armed(folder.path()), folder.path().join("out"));
    let Said { code, err, .. } = said(&["run", &path, "--out", &out.display().to_string()]);
    assert_eq!(code, 0, "{err}");
    let compared = folder.path().join("compared").display().to_string();
    assert_eq!(said(&["compare", &path, super::EXAMPLE, "--out", &compared]).code, 0);
    let (mut quoted, mut negative) = (0, 0);
    for folder in [out, folder.path().join("compared")] {
        for entry in std::fs::read_dir(folder).expect("tables") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|ending| ending != "csv") {
                continue;
            }
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_path(&path)
                .expect("a table");
            for record in reader.records() {
                for cell in &record.expect("a row") {
                    let is_number = cell.parse::<f64>().is_ok();
                    // Where a comma stands before decimals, spreadsheets split rows at semicolons.
                    let formula = |part: &str| part.starts_with(['=', '+', '-', '@', '\t', '\r']);
                    assert!(
                        is_number || !cell.split([';', '\t', '\n']).any(formula),
                        "{}: {cell}",
                        path.display()
                    );
                    quoted += usize::from(cell.starts_with("'=") || cell.starts_with("'@"));
                    negative += usize::from(is_number && cell.starts_with('-'));
                }
            }
        }
    }
    assert!(quoted > 100 && negative > 0, "{quoted} {negative}");
}

#[test]
fn what_acts_on_a_terminal_is_written_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    let title = "\\u{202e}safe\\u{1b}]0;x\\u{7}plan";
    let text = example()
        .replacen("Example country: all components", title, 1)
        .replacen(
            "locality: urban, level: primary",
            "region: \"a\\u{1b}[2Jb\", locality: urban, level: primary",
            1,
        )
        .replacen("indicator: \"reach\"", "indicator: \"re\\u{1b}[31mach\"", 1);
    std::fs::write(&path, &text).expect("written");
    let path = path.display().to_string();
    let good = folder.path().join("good.ron");
    std::fs::write(&good, text.replace("re\\u{1b}[31mach", "reach")).expect("written");
    let good = good.display().to_string();
    for arguments in [
        &["check", &path][..],
        &["run", &good],
        &["compare", &good, super::EXAMPLE],
        &["check", &good],
    ] {
        let Said { out, err, .. } = said(arguments);
        let acts = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(
            !out.contains(acts) && !err.contains(acts),
            "{arguments:?}\n{out:?}\n{err:?}"
        );
    }
    assert!(said(&["check", &path]).err.contains("re\\u{1b}[31mach"));
    let run = said(&["run", &good]).out;
    assert!(run.starts_with("\\u{202e}safe\\u{1b}]0;x\\u{7}plan\n"), "{run}");
}

#[test]
fn a_share_of_nearly_nothing_is_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let [table, plan] = ["table.csv", "plan.ron"].map(|name| folder.path().join(name).display().to_string());
    let text = "Region,Locality,Level,n/a,Pupils,Schools with internet,Schools with electricity\nCoast,urban,primary,900,5e-324,1,1\nSavanna,rural,primary,1990,600000,0,1\nRiver,rural,primary,1500,721000,1,1\n";
    std::fs::write(&table, text).expect("written");
    for iso3 in ["SEN", "SLE", "KEN", "PER", "BGD"] {
        let made = said(&["new", iso3, "--groups", &table, "--out", &plan, "--force"]);
        assert!(
            made.code == 2 || said(&["check", &plan]).code == 0,
            "{iso3}: {}",
            made.err
        );
    }
}
