//! Workbooks of three kinds (XLSX, ODS, XLS) by one road: the same cells, the same groups; what is none is said.

use std::fs;
use std::sync::atomic::AtomicBool;

use rollcall::data::tables::{File, GroupRow, Measure, NoTable, Recipe, Sheet};
use rollcall::data::{Pack, country};

use super::{Said, biff, opendocument, said, workbook};

fn path(name: &str) -> String {
    format!("{}/tests/data/field/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// The sheets of a file, its first one, and the groups that come of it for a country.
fn taken(bytes: &[u8], iso3: &str) -> Result<(Vec<String>, Sheet, Vec<GroupRow>), NoTable> {
    let (country, never) = (
        country(&Pack::embedded(), iso3, false).expect("a country"),
        AtomicBool::new(false),
    );
    let file = File::open("case", bytes, &never)?;
    let sheet = file.look_for(&country, &never)?;
    let recipe = Recipe::guess(&sheet, &country);
    let groups = file.read(&sheet, &recipe, country, &never)?.groups;
    Ok((file.sheets, sheet, groups))
}

fn refused(bytes: &[u8]) -> String {
    taken(bytes, "SEN")
        .map(|_| ())
        .expect_err("no table")
        .finding("case")
        .to_string()
}

/// Line, column and text of each filled cell of the upper rows.
fn cells(bytes: &[u8]) -> Vec<(usize, usize, String)> {
    let (_, sheet, _) = taken(bytes, "SEN").unwrap_or_else(|why| panic!("{}", why.finding("case")));
    let cells = sheet
        .upper
        .iter()
        .flat_map(|row| &row.cells)
        .filter(|cell| !cell.is_empty());
    cells
        .map(|cell| (cell.line, cell.column, cell.shown().into_owned()))
        .collect()
}

#[test]
fn the_same_table_in_each_kind_of_workbook_is_the_same_cell_by_cell() {
    for (name, iso3) in [
        ("01-school-register", "TZA"),
        ("04-dates-in-learners", "NPL"),
        ("05-levels-across", "SLE"),
        ("07-percent-cells", "SEN"),
    ] {
        let of =
            |ending: &str| taken(&fs::read(path(&format!("{name}.{ending}"))).expect("a file"), iso3).expect(ending);
        let xlsx = of("xlsx");
        assert!(!xlsx.1.upper.is_empty(), "{name}");
        for ending in ["ods", "xls"] {
            let other = of(ending);
            assert_eq!(other.0, xlsx.0, "{name}.{ending}: sheets");
            assert_eq!(other.1.upper, xlsx.1.upper, "{name}.{ending}: cells");
            assert_eq!(other.2, xlsx.2, "{name}.{ending}: groups");
        }
    }
}

#[test]
fn percent_cells_and_dates_are_so_in_each_kind_of_workbook() {
    for ending in ["ods", "xls"] {
        let bytes = fs::read(path(&format!("07-percent-cells.{ending}"))).expect("a file");
        let (_, _, groups) = taken(&bytes, "SEN").expect("a table");
        // As the sheet shows it: Coast 95 % and 60 %, Savanna 30 % and 2 %.
        for (region, power, internet) in [("Coast", 0.95, 0.6), ("Savanna", 0.3, 0.02)] {
            let own: Vec<&GroupRow> = groups.iter().filter(|group| group.region == region).collect();
            assert!(!own.is_empty());
            for group in own {
                let came = [Measure::Power, Measure::Internet].map(|measure| group.get(measure));
                assert_eq!(came, [Some(power), Some(internet)], "{region} of {ending}");
            }
        }
        let table = path(&format!("04-dates-in-learners.{ending}"));
        let Said { code, err, .. } = said(&["tables", &table, "--country", "NPL"]);
        let named = err.contains("cell E3 is a date, 2051-03-31") && err.contains("cell E6 is a date");
        assert!(code == 2 && named, "{err}");
    }
}

#[test]
fn a_file_is_what_its_bytes_are_and_a_plan_is_made_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = folder.path().join("plan.ron").display().to_string();
    for (of, name) in [
        ("07-percent-cells.ods", "table.csv"),
        ("07-percent-cells.xls", "table.xlsx"),
        ("07-percent-cells.xlsx", "table.xls"),
    ] {
        let as_named = folder.path().join(name);
        fs::copy(path(of), &as_named).expect("copied");
        let table = as_named.display().to_string();
        let Said { code, err, .. } = said(&["new", "SEN", "--groups", &table, "--out", &plan, "--force"]);
        assert_eq!(code, 0, "{of}: {err}");
        assert!(fs::read_to_string(&plan).expect("a plan").contains("Savanna"));
    }
}

/// An ODS file around the rows of a sheet.
fn ods(rows: &str) -> Vec<u8> {
    let mut parts = opendocument::parts(&[]);
    let text = String::from_utf8(parts[1].1.clone()).expect("UTF-8");
    let sheet = format!("<office:spreadsheet><table:table table:name=\"Data\">{rows}</table:table>");
    parts[1].1 = text.replacen("<office:spreadsheet>", &sheet, 1).into_bytes();
    workbook::archive(&parts)
}

#[test]
fn an_opendocument_sheet_is_read_as_it_is_shown() {
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let text = |text: &str| format!("<table:table-cell office:value-type=\"string\">{text}</table:table-cell>");
    let rows = [
        // A note is not the cell's text; white space of the file is one space.
        row(&(text("<office:annotation><text:p>see below</text:p></office:annotation><text:p>Name of\n  <text:span>the &amp; region</text:span></text:p>")
            + &text("<text:p>Pupils</text:p><text:p>2023</text:p>")
            + &text("<text:p>a<text:s text:c=\"3\"/>b<text:line-break/>c</text:p>"))),
        "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>".to_owned(),
        "<table:table-header-rows><table:table-row table:number-rows-repeated=\"2\"><table:covered-table-cell table:number-columns-repeated=\"2\"><text:p>hidden</text:p></table:covered-table-cell><table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"currency\" office:value=\"7\"><text:p>7 F</text:p></table:table-cell></table:table-row></table:table-header-rows>".to_owned(),
        row("<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>VRAI</text:p></table:table-cell><table:table-cell office:value-type=\"percentage\" office:value=\"0.07\"><text:p>7%</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"1e999\"/><table:table-cell table:formula=\"of:=1/0\" office:value-type=\"string\" office:string-value=\"\"><text:p>#DIV/0!</text:p></table:table-cell>"),
    ]
    .concat();
    let at = |line, column, text: &str| (line, column, text.to_owned());
    assert_eq!(
        cells(&ods(&rows)),
        [
            at(1, 1, "Name of the & region"),
            at(1, 2, "Pupils\n2023"),
            at(1, 3, "a   b\nc"),
            at(1_048_002, 3, "7"),
            at(1_048_002, 4, "7"),
            at(1_048_003, 3, "7"),
            at(1_048_003, 4, "7"),
            at(1_048_004, 1, "yes"),
            at(1_048_004, 2, "7 %"),
            at(1_048_004, 3, "1e999"),
            at(1_048_004, 4, "#DIV/0!"),
        ]
    );
}

#[test]
fn what_repeats_takes_no_memory() {
    let cell = |times: &str, text: &str| {
        format!(
            "<table:table-cell table:number-columns-repeated=\"{times}\" office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |times: &str, cells: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{times}\">{cells}</table:table-row>")
    };
    for (times_down, times_across, text, said) in [
        ("1048576", "16384", "x", "would unpack to more than 256 MB"),
        ("1048576", "1", &"x".repeat(30_000), "would unpack to more than 256 MB"),
        ("99999999999", "1", "x", "more than 5000000 rows"),
        ("1", "16385", "x", "columns"),
        ("1", "18446744073709551615", "x", "columns"),
        ("1", "1", &"x".repeat(33_000), "more than 32 KB"),
    ] {
        let said_of = refused(&ods(&row(times_down, &cell(times_across, text))));
        assert!(
            said_of.contains("error[table-too-large]") && said_of.contains(said),
            "{said}: {said_of}"
        );
    }
    let far = "<table:table-cell table:number-columns-repeated=\"16383\"/>".to_owned() + &cell("1", "x");
    assert_eq!(
        cells(&ods(&(row("4999999", "<table:table-cell/>") + &row("1", &far)))),
        [(5_000_000, 16_384, "x".to_owned())]
    );
    // Texts and elements that never end, and elements in elements.
    for (part, why) in [
        (
            format!("<table:table-row><!-- {} -->", "x".repeat(3_000_000)),
            "too long",
        ),
        ("<table:table-row>".repeat(100), "too deep"),
    ] {
        let said_of = refused(&ods(&part));
        assert!(said_of.contains(why), "{said_of}");
    }
}

#[test]
fn what_is_kept_to_be_shown_has_a_bound() {
    // One text in many cells: 50 rows of 256 cells would take 400 MB.
    let long = "x".repeat(32_000);
    let rows = vec![vec![workbook::Cell::Text(long); 256]; 50];
    let sheet = [workbook::Sheet {
        name: "Data",
        rows: &rows,
        merged: &[],
    }];
    let xls = biff::compound("Workbook", &biff::stream(&biff::records(&sheet)));
    let xlsx = workbook::archive(&workbook::parts(&sheet));
    assert!(
        xls.len() < 400_000 && xlsx.len() < 800_000,
        "{} {}",
        xls.len(),
        xlsx.len()
    );
    for bytes in [xls, xlsx] {
        let said = refused(&bytes);
        assert!(
            said.contains("error[table-too-large]") && said.contains("more than 200 MB"),
            "{said}"
        );
    }
}

/// Bytes of a record of a cell in the first row.
fn at(column: u8, style: u8, rest: &[u8]) -> Vec<u8> {
    [&[0, 0, column, 0, style, 0][..], rest].concat()
}

#[test]
fn an_excel_97_sheet_is_read_record_by_record() {
    let sheet = workbook::Sheet {
        name: "Données",
        rows: &[],
        merged: &[],
    };
    let mut records = biff::records(&[sheet]);
    // A format of our own at a fourth style: percentages with two digits.
    let mut style = vec![0; 20];
    style[2] = 200;
    records.insert(4, (0x00e0, style));
    records.insert(1, (0x041e, [&[200, 0, 5, 0, 0][..], b"0.00%"].concat()));
    // Shared texts: one that goes on in another record, there with two bytes a letter.
    let shared = records
        .iter()
        .position(|record| record.0 == 0x00fc)
        .expect("shared texts");
    records[shared].1 = [&[1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0][..], b"Re"].concat();
    records.insert(shared + 1, (0x003c, vec![1, 0x34, 6, 0x35, 6]));
    let end = records.len() - 1;
    let thousandth = 0x4093_4800_u32 + 1; // 1234.0 / 100, upper half of the number
    let cells_of = [
        (0x00fd, at(0, 0, &[0, 0, 0, 0])),
        (0x027e, at(1, 0, &(4_321_i32 << 2 | 2).to_le_bytes())),
        (0x027e, at(2, 0, &thousandth.to_le_bytes())),
        (0x027e, at(3, 3, &((7 << 2) | 3_u32).to_le_bytes())),
        // Two at once, from the fifth column.
        (
            0x00bd,
            at(4, 0, &[(5 << 2) | 2, 0, 0, 0, 1, 0, (1 << 2) | 2, 0, 0, 0, 5, 0]),
        ),
        (0x0205, at(6, 0, &[1, 0])),
        (0x0205, at(7, 0, &[0x2a, 1])),
        (0x0006, at(8, 2, &55_243.0_f64.to_le_bytes())),
        (0x0006, at(9, 0, &[0, 0, 0, 0, 0, 0, 0xff, 0xff])),
        (0x04bc, vec![0; 8]),
        (0x0207, [&[3, 0, 0][..], b"sum"].concat()),
        (0x0204, at(10, 0, &[2, 0, 0, b'o', b'k'])),
        (0x0201, at(11, 0, &[])),
        // A chart within the sheet, with numbers of its own.
        (0x0809, vec![0, 6, 0x20, 0]),
        (0x0203, at(11, 0, &1.0_f64.to_le_bytes())),
        (0x000a, Vec::new()),
        // Written last, and stands first in its row.
        (0x0203, [&[1, 0, 1, 0, 0, 0][..], &2.5_f64.to_le_bytes()].concat()),
        (0x0203, [&[1, 0, 0, 0, 0, 0][..], &1.5_f64.to_le_bytes()].concat()),
    ];
    records.splice(end..end, cells_of);
    let bytes = biff::compound("Workbook", &biff::stream(&records));
    let (sheets, ..) = taken(&bytes, "SEN").expect("a table");
    assert_eq!(sheets, ["Données"]);
    let shown: Vec<(usize, usize, String)> = cells(&bytes);
    let wanted = [
        (1, 1, "Reشص"),
        (1, 2, "4321"),
        (1, 3, "12.34"),
        (1, 4, "7 %"),
        (1, 5, "5"),
        (1, 6, "100 %"),
        (1, 7, "yes"),
        (1, 8, "#N/A"),
        (1, 9, "2051-03-31"),
        (1, 10, "sum"),
        (1, 11, "ok"),
        (2, 1, "1.5"),
        (2, 2, "2.5"),
    ];
    let wanted = wanted.map(|(line, column, text)| (line, column, text.to_owned()));
    assert_eq!(shown, wanted);
}

#[test]
fn what_no_reader_here_understands_is_said_with_the_way_out() {
    let sheet = [workbook::Sheet {
        name: "Data",
        rows: &[],
        merged: &[],
    }];
    let mut locked = biff::records(&sheet);
    locked.insert(1, (0x002f, vec![0; 6]));
    let mut old = biff::records(&sheet);
    old[0].1[1] = 5;
    let of = |records: &[biff::Record]| biff::compound("Workbook", &biff::stream(records));
    let mut sealed = opendocument::parts(&sheet);
    sealed[2].1 = String::from_utf8_lossy(&sealed[2].1)
        .replace(
            "\"text/xml\"/>",
            "\"text/xml\"><manifest:encryption-data/></manifest:file-entry>",
        )
        .into_bytes();
    let page = "<html><table><tr><td>Region</td></tr></table></html>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes);
    for (bytes, rule, hint) in [
        (of(&locked), "encrypted with a password", "without a password"),
        (
            biff::compound("EncryptedPackage", b"x"),
            "encrypted with a password",
            "without a password",
        ),
        (
            workbook::archive(&sealed),
            "encrypted with a password",
            "without a password",
        ),
        (of(&old), "Excel 95 or older", "as XLSX or CSV"),
        (biff::compound("Book", b"x"), "Excel 95 or older", "as XLSX or CSV"),
        (
            b"\x09\x04\x06\x00\x00\x00\x10\x00".to_vec(),
            "Excel 95 or older",
            "as XLSX or CSV",
        ),
        (
            biff::compound("WordDocument", b"x"),
            "a file of another kind",
            "as XLSX or CSV",
        ),
        (
            b"\xef\xbb\xbf\n<!DOCTYPE html><html><table>".to_vec(),
            "a web page or XML",
            "as XLSX or CSV",
        ),
        (
            b"<?xml version=\"1.0\"?><Workbook>".to_vec(),
            "a web page or XML",
            "as XLSX or CSV",
        ),
        (page.collect(), "a web page or XML", "as XLSX or CSV"),
    ] {
        let said = refused(&bytes);
        assert!(
            said.contains("error[not-a-table]") && said.contains(rule) && said.contains(hint),
            "{rule}: {said}"
        );
    }
    // A mark of few pupils is no tag.
    assert!(taken(b"<5,Region,Level,Pupils\nx,Dakar,primary,7\n", "SEN").is_ok());
}

#[test]
fn a_torn_compound_file_is_refused() {
    let whole = fs::read(path("01-school-register.xls")).expect("a file");
    for length in (8..whole.len()).step_by(97) {
        // No panic; what is whole up to there may be read.
        let _ = taken(&whole[..length], "TZA");
    }
    // Sectors that follow themselves.
    let mut circle = whole.clone();
    for at in (512..whole.len()).step_by(4) {
        let own = u32::try_from(at / 512 - 1).expect("small").to_le_bytes();
        circle[at..at + 4].copy_from_slice(&own);
    }
    assert!(refused(&circle).contains("torn"));
}
