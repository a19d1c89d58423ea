//! A ministry's regional table in place of the six national groups.
//!
//! The table has one row for each region, locality and level, with schools and learners and whatever else is known.
//! It comes as text ([`table`]) or as a sheet of a workbook ([`workbook`]); [`columns`] says what its header means, and
//! a person may say otherwise. All that is wrong is said at once, with line and column. Learners are reconciled with
//! the national totals; what a row leaves open takes the national value of the same level and locality, marked as such.

pub mod columns;
pub mod persons;
pub mod table;
pub mod workbook;

mod reconcile;
mod rows;

use std::sync::atomic::AtomicBool;

use crate::scenario::findings::{Place, any_error, cut};
use crate::scenario::{Country, Finding, Severity};
use columns::Mapping;
pub use columns::plain;
pub use reconcile::Reconciled;
use rows::Reader;
use table::{NoTable, Table};
use workbook::Book;

/// What came of a table.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The country with the table's rows as groups; none if a finding is an error.
    pub country: Option<Country>,
    /// All findings.
    pub findings: Vec<Finding>,
    /// Columns against national totals; empty where the rows could not be read.
    pub reconciled: Vec<Reconciled>,
}

/// Reads the bytes of a file as a table: text (UTF-8, or as older spreadsheets write it) or a workbook, by what they
/// are and not by their name. The names of the sheets come with it; a text has none. Reading ends when `stop` is set.
///
/// # Errors
/// [`NoTable`].
pub fn read(bytes: &[u8], sheet: usize, stop: &AtomicBool) -> Result<(Table, Vec<String>), NoTable> {
    if is_workbook(bytes) {
        let mut book = Book::open(bytes, stop)?;
        let table = book.sheet(sheet).and_then(looked_at)?;
        return Ok((table, book.names));
    }
    Ok((looked_at(written(bytes)?)?, Vec::new()))
}

/// The same; of a workbook the first sheet that has all required columns, or else the first.
fn read_best(bytes: &[u8]) -> Result<Table, NoTable> {
    let never = AtomicBool::new(false);
    if !is_workbook(bytes) {
        return read(bytes, 0, &never).map(|(table, _)| table);
    }
    let mut book = Book::open(bytes, &never)?;
    let mut best = book.sheet(0).and_then(looked_at)?;
    for sheet in 1..book.names.len() {
        if Mapping::guess(&best).is_complete() {
            break;
        }
        let other = book.sheet(sheet).and_then(looked_at).ok();
        if let Some(table) = other.filter(|table| Mapping::guess(table).is_complete()) {
            best = table;
        }
    }
    Ok(best)
}

fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

fn looked_at(mut table: Table) -> Result<Table, NoTable> {
    persons::look(&mut table).map_err(NoTable::Persons)?;
    Ok(table)
}

fn written(bytes: &[u8]) -> Result<Table, NoTable> {
    if bytes.contains(&0) || bytes.starts_with(b"%PDF") {
        return Err(NoTable::Binary);
    }
    // Spreadsheets of Western Europe and West Africa save CSV in Windows-1252, which for letters is Latin-1.
    let text = std::str::from_utf8(bytes).map_or_else(
        |_| bytes.iter().map(|byte| char::from(*byte)).collect(),
        ToOwned::to_owned,
    );
    table::read(&text)
}

/// Why there is no table, as a finding about a file.
#[must_use]
pub fn refusal(why: &NoTable, file_name: &str) -> Finding {
    Finding {
        code: why.code(),
        severity: Severity::Error,
        path: String::new(),
        place: Place {
            file: file_name.into(),
            ..Place::default()
        },
        value: "".into(),
        rule: why.message(),
        hint: Some(why.hint()),
    }
}

/// Puts a ministry's regional table in the place of the country's groups, by a mapping of its columns.
#[must_use]
pub fn place(country: Country, table: &Table, mapping: &Mapping, file_name: &str) -> Placed {
    let mut reader = Reader::new(file_name, mapping, table.separator);
    rows::header(table, &mut reader);
    let mut placed = Placed {
        country: None,
        findings: Vec::new(),
        reconciled: Vec::new(),
    };
    if !any_error(&reader.findings) {
        let rows = rows::rows(table, &country, &mut reader);
        if !any_error(&reader.findings) {
            let (made, reconciled) = reconcile::assemble(country, &rows, &mut reader);
            placed.reconciled = reconciled;
            placed.country = (!any_error(&reader.findings)).then_some(made);
        }
    }
    placed.findings = reader.findings;
    cut(&mut placed.findings, file_name);
    placed
}

/// Puts a ministry's regional table, read from the bytes of a file, in the place of the national groups, by what its
/// header is likely to mean. Of a workbook the first sheet counts that has all required columns.
///
/// Required columns: `region`, `locality` (`urban`, `rural`), `level` (`primary`, `lower_secondary`,
/// `upper_secondary`), `schools`, `learners`. Shares are written as `0.35` or `35%`. Separators `,`, `;` and tabulator.
/// A level without rows keeps its national groups.
///
/// # Errors
/// All findings, if one of them is an error. Otherwise they come back with the country.
pub fn with_regions(
    country: Country,
    bytes: impl AsRef<[u8]>,
    file_name: &str,
) -> Result<(Country, Vec<Finding>), Vec<Finding>> {
    let table = read_best(bytes.as_ref()).map_err(|why| vec![refusal(&why, file_name)])?;
    let Placed { country, findings, .. } = place(country, &table, &Mapping::guess(&table), file_name);
    match country {
        Some(country) => Ok((country, findings)),
        None => Err(findings),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Pack, country, new_scenario};
    use crate::scenario::grounds::Grounds;
    use crate::scenario::messages;
    use crate::scenario::text::{read_scenario, write_scenario};
    use crate::scenario::{Group, Level};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static SENEGAL: LazyLock<Option<Country>> = LazyLock::new(|| {
        let mut country = country(&Pack::embedded(), "SEN", true).ok()?;
        // As counted in 2022: round figures for sums by hand.
        country.levels[0].learners.value = 2_321_000.0;
        country.levels[0].teachers.value = 72_281.0;
        Some(country)
    });

    fn senegal() -> Option<Country> {
        SENEGAL.clone()
    }

    proptest! {
        /// Any text gets an answer, and what is accepted makes a scenario without errors.
        #[test]
        fn no_table_brings_the_program_down(text in any::<String>()) {
            if let Some(country) = senegal() {
                let _ = with_regions(country, text, "r.csv");
            }
        }

        #[test]
        fn what_is_accepted_makes_a_sound_scenario(cells in proptest::collection::vec("(0|1|0[.]5|35%|12|900|1 200||1,2|x)", 11)) {
            let text = format!("region;locality;level;schools;learners;teachers;power;solar;internet;fibre;computers;devices;mbps;girls\nDakar;urban;primary;{}\n", cells.join(";"));
            if let Some(country) = senegal()
                && let Ok((country, _)) = with_regions(country, &text, "r.csv")
            {
                let text = write_scenario(&new_scenario(country), false);
                let reading = read_scenario("r.ron", text.as_bytes(), &|_| Err(messages::no_such_file()));
                prop_assert!(reading.scenario.is_some(), "{:?}", reading.findings.first());
            }
        }
    }

    fn bytes_read(bytes: &[u8]) -> Result<(Table, Vec<String>), NoTable> {
        read(bytes, 0, &AtomicBool::new(false))
    }

    fn codes(findings: &[Finding]) -> Vec<String> {
        findings
            .iter()
            .map(|f| format!("{}:{} {}", f.place.line, f.place.column, f.code))
            .collect()
    }

    #[test]
    fn a_clean_table_becomes_groups_that_add_up() {
        let Some(country) = senegal() else { return };
        let text = "\u{feff}Region;Locality;Level;Schools;Pupils;Electricity;Internet\r\nDakar;urban;primary;1 000;500 000;98%;60 %\r\nKolda;rural;primary;1500;660500;0,3;0,05\r\n";
        let (country, findings) = with_regions(country, text, "regions.csv").expect("no error");
        let primary: Vec<&Group> = country.groups.iter().filter(|g| g.level == Level::Primary).collect();
        assert_eq!(primary.len(), 2);
        // By hand: 500,000 + 660,500 = 1,160,500 in the table, 2,321,000 nationally: everything counts twice.
        assert!(
            (primary[0].learners.value - 1_000_000.0).abs() < 1e-6
                && (primary[1].learners.value - 1_321_000.0).abs() < 1e-6
        );
        // By hand: 72,281 teachers x 1,000,000 / 2,321,000.
        assert!((primary[0].teachers.value - 31_142.2).abs() < 0.1);
        assert!((primary[0].grid.value + primary[0].solar.value - 0.98).abs() < 1e-12);
        assert!((primary[1].cellular.value - 0.05).abs() < 1e-12);
        assert_eq!(
            primary[1].devices.passport.as_ref().map(|p| p.source.as_str()),
            Some("P24: national value")
        );
        let reconciled = findings.iter().find(|f| f.code == "reconciled").expect("reported");
        assert!(reconciled.to_string().contains("multiplied by 2.0000"), "{reconciled}");
        assert_eq!(findings.iter().filter(|f| f.code == "level-not-in-table").count(), 2);
        assert_eq!(findings.iter().filter(|f| f.code == "percent-sign").count(), 2);
    }

    #[test]
    fn everything_wrong_is_said_at_once_with_its_place() {
        let Some(country) = senegal() else { return };
        let text = "region,locality,level,schools,learners,powr\n,urban,primary,10,100,1\nDakar,urben,primary,10,100,1\nDakar,urban,primery,10,100,1\nKolda,rural,primary,0,100,1\nKolda,rural,primary,-3,\"1,200\",1\nThies,rural,primary,x,,1\n";
        let findings = with_regions(country, text, "r.csv").expect_err("errors");
        let codes = codes(&findings);
        for wanted in [
            "1:40 unknown-column",
            "2:1 empty-region",
            "3:7 unknown-word",
            "4:13 unknown-word",
            "5:21 zero-schools",
            "6:21 negative",
            "6:24 thousands",
            "6:1 duplicate-row",
            "7:21 wrong-type",
            "7:23 missing-value",
        ] {
            assert!(codes.iter().any(|code| code == wanted), "{wanted} not in {codes:?}");
        }
        assert!(
            findings.iter().any(|f| f.to_string().contains("`power`?"))
                && findings.iter().any(|f| f.to_string().contains("`urban`?"))
        );
    }

    #[test]
    fn a_percentage_without_its_sign_is_refused() {
        let Some(country) = senegal() else { return };
        let text = "region,locality,level,schools,learners,solar,grid\nDakar,urban,primary,10,100,35,0.2\nDakar,rural,primary,10,100,0.9,0.2\n";
        let findings = with_regions(country, text, "r.csv").expect_err("errors");
        assert_eq!(codes(&findings), ["2:28 percentage", "3:32 shares-sum"]);
        assert!(findings[0].to_string().contains("write 0.35"));
    }

    #[test]
    fn a_table_without_rows_or_columns_is_refused() {
        let Some(country) = senegal() else { return };
        for text in ["", "\n\n", "region,locality,level,schools,learners\n", "a,b\n1,2\n"] {
            assert!(with_regions(country.clone(), text, "r.csv").is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_french_table_with_a_title_and_totals_is_understood() {
        let Some(country) = senegal() else { return };
        let text = "Recensement scolaire 2024\n\nRégion;Milieu;Niveau;Nombre d'écoles;Effectif élèves;Électricité (%)\nDakar;Urbain;Élémentaire;900;1 200 000;98,5\nKolda;rural;Primaire;1100;1 121 000;30\nTotal;;;2000;2 400 000;\n";
        let (country, findings) = with_regions(country, text, "r.csv").expect("no error");
        let kolda = country.groups.iter().find(|g| g.region == "Kolda").expect("Kolda");
        assert!((kolda.grid.value + kolda.solar.value - 0.3).abs() < 1e-12);
        // By hand: 1,200,000 + 1,121,000 is the national 2,321,000, not the 2,400,000 of the last row.
        assert!((kolda.learners.value - 1_121_000.0).abs() < 1e-6);
        let total = findings.iter().find(|f| f.code == "wrong-total").expect("said");
        assert_eq!((total.place.line, total.place.column), (6, 1));
        assert!(total.to_string().contains("2\u{202f}321\u{202f}000"), "{total}");
    }

    #[test]
    fn a_second_table_leans_on_the_mean_of_the_first() {
        let Some(country) = senegal() else { return };
        let first = "region,locality,level,schools,learners,computers\nA,rural,primary,100,1000000,0.1\nB,rural,primary,300,1321000,0.5\n";
        let (country, _) = with_regions(country, first, "a.csv").expect("no error");
        let second = "region,locality,level,schools,learners\nC,rural,primary,400,2321000\n";
        let (country, _) = with_regions(country, second, "b.csv").expect("no error");
        let c = country.groups.iter().find(|g| g.region == "C").expect("C");
        // By hand: (100 x 0.1 + 300 x 0.5) / 400 schools.
        assert!((c.equipped.value - 0.4).abs() < 1e-12, "{}", c.equipped.value);
    }

    #[test]
    fn regions_of_their_own_make_assumptions_fewer() {
        let Some(country) = senegal() else { return };
        let before = Grounds::of(&new_scenario(country.clone()));
        let mut table = String::from("region,locality,level,schools,learners\n");
        for (level, learners) in [("primary", 2_321), ("lower_secondary", 892), ("upper_secondary", 394)] {
            for region in 0..20 {
                for locality in ["urban", "rural"] {
                    let row = format!("R{region},{locality},{level},90,{}\n", learners * 25);
                    table.push_str(&row);
                }
            }
        }
        let (country, _) = with_regions(country, table, "r.csv").expect("no error");
        assert_eq!(country.groups.len(), 120);
        let after = Grounds::of(&new_scenario(country));
        assert_eq!(before.all(), after.all());
        assert!(after.assumed() < before.assumed(), "{before:?} {after:?}");
        assert!(after.stand_ins <= before.stand_ins, "{before:?} {after:?}");
    }

    #[test]
    fn bytes_of_another_kind_are_refused_in_words() {
        assert_eq!(
            bytes_read(b"PK\x03\x04 and no more").map_err(|why| why.code()),
            Err("not-a-table")
        );
        assert_eq!(bytes_read(b"\xd0\xcf\x11\xe0\0\0"), Err(NoTable::Binary));
        assert_eq!(bytes_read(b""), Err(NoTable::Empty));
        let (table, _) = bytes_read(b"R\xe9gion,x\nThi\xe8s,1\n").expect("Latin-1");
        assert_eq!(
            (table.rows[0][0].text.as_str(), table.rows[1][0].text.as_str()),
            ("Région", "Thiès")
        );
    }
}
