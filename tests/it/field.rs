//! The small tables of kinds that ministries have, by each of the roads: `rollcall tables`, `rollcall new --groups`, the
//! Regions page. The same comes in by all of them.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use rollcall::data::tables::{File, GroupRow, Measure, Recipe};
use rollcall::data::{Pack, country};
use rollcall::scenario::text::read_scenario;
use rollcall::scenario::{Level, Locality, Scenario};

use super::workbook::{self, Cell, Sheet};
use super::{Said, said};

/// Each file and the country whose it is.
const FILES: [(&str, &str); 13] = [
    ("01-school-register.xlsx", "TZA"),
    ("02-grades-by-sex.csv", "KEN"),
    ("04-dates-in-learners.xlsx", "NPL"),
    ("05-levels-across.xlsx", "SLE"),
    ("07-percent-cells.xlsx", "SEN"),
    ("08-counts-not-shares.csv", "SLE"),
    ("08b-counts-of-one.csv", "SLE"),
    ("10-no-locality.csv", "SEN"),
    ("12-lakh.csv", "BGD"),
    ("13-thousands-comma.csv", "SEN"),
    ("16-windows-1252.csv", "SEN"),
    ("17-spanish.csv", "PER"),
    ("32-same-name-schools.csv", "SEN"),
];

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/field")
        .join(name)
}

/// Region, locality, level and all numbers of each group.
fn groups(scenario: &Scenario) -> Vec<(String, Vec<f64>)> {
    let group = |group: &rollcall::scenario::Group| {
        let name = format!("{} {} {}", group.region, group.locality.name(), group.level.name());
        let numbers = [
            &group.schools,
            &group.learners,
            &group.teachers,
            &group.grid,
            &group.solar,
            &group.cellular,
            &group.fibre,
            &group.equipped,
            &group.devices,
            &group.girls,
        ];
        (name, numbers.map(|number| number.value).to_vec())
    };
    scenario.country.groups.iter().map(group).collect()
}

fn scenario(path: &std::path::Path) -> Scenario {
    let bytes = fs::read(path).expect("written");
    let reading = read_scenario("plan.ron", &bytes, &|_| {
        Err(rollcall::scenario::messages::no_such_file())
    });
    reading.scenario.expect("a scenario")
}

/// The groups that `rollcall new --groups` makes, or the codes of the errors.
fn made(iso3: &str, table: &str) -> Result<Vec<(String, Vec<f64>)>, Vec<String>> {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("plan.ron");
    let Said { code, err, .. } = said(&["new", iso3, "--groups", table, "--out", &out.display().to_string()]);
    if code == 0 {
        Ok(groups(&scenario(&out)))
    } else {
        Err(codes(&err))
    }
}

/// Codes of the errors in what was said.
fn codes(said: &str) -> Vec<String> {
    let error = |line: &str| Some(line.split_once("error[")?.1.split_once(']')?.0.to_owned());
    let mut codes: Vec<String> = said.lines().filter_map(error).collect();
    codes.sort_unstable();
    codes
}

#[test]
fn tables_and_new_take_the_same_road() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut taken = 0;
    for (name, iso3) in FILES {
        let table = path(name).display().to_string();
        let out = folder.path().join(format!("{name}.csv")).display().to_string();
        let tables = said(&["tables", &table, "--country", iso3, "--out", &out]);
        let new = made(iso3, &table);
        match new {
            Err(errors) => assert_eq!((tables.code, codes(&tables.err)), (2, errors), "{name}"),
            Ok(groups) => {
                assert_eq!(tables.code, 0, "{name}: {}", tables.err);
                // What `tables` writes is what `new` takes.
                let again = made(iso3, &out).expect("taken");
                assert_eq!(again.len(), groups.len(), "{name}");
                for ((place, numbers), (same, written)) in groups.iter().zip(&again) {
                    assert_eq!(place, same, "{name}");
                    for (number, written) in numbers.iter().zip(written) {
                        assert!(
                            (number - written).abs() <= 1e-9 * number.abs().max(1.0),
                            "{name} {place}: {numbers:?} {written}"
                        );
                    }
                }
                taken += 1;
            }
        }
    }
    // All but the dates among learners.
    assert_eq!(taken, FILES.len() - 1);
}

#[test]
fn sums_far_from_the_published_are_said_by_both_roads_and_never_refused() {
    // By hand: 830 boys and 856 girls of the register; 112,800 and 180,800 learners of grades 1 to 6.
    for (name, iso3, sum) in [
        ("01-school-register.xlsx", "TZA", "1\u{202f}686 learners"),
        ("02-grades-by-sex.csv", "KEN", "293\u{202f}600 learners"),
    ] {
        let table = path(name).display().to_string();
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("plan.ron").display().to_string();
        for said in [
            said(&["tables", &table, "--country", iso3]),
            said(&["new", iso3, "--groups", &table, "--out", &out]),
        ] {
            let far: Vec<&str> = said.err.lines().filter(|line| line.contains("times as many")).collect();
            assert!(said.code == 0 && !far.is_empty(), "{name}: {}", said.err);
            assert!(far[0].contains(sum), "{far:?}");
        }
    }
}

#[cfg(feature = "gui")]
#[test]
fn the_page_takes_the_road_of_the_command_line() {
    use super::harness::{apply, use_figures, wait_for, window_on};
    use super::regions_page::{is_disabled, open};
    use rollcall::app::{Page, command::Command};

    let folder = tempfile::tempdir().expect("a folder");
    for (name, iso3) in FILES {
        // A plan as it is begun, with the schools of a register where one is bundled.
        let plan = folder.path().join(format!("{name}.ron"));
        let begun = said(&["new", iso3, "--out", &plan.display().to_string()]);
        assert_eq!(begun.code, 0, "{}", begun.err);
        let mut window = window_on(&plan);
        apply(&mut window, Command::Show(Page::Regions));
        open(&mut window, &path(name));
        match made(iso3, &path(name).display().to_string()) {
            Ok(wanted) => {
                wait_for(&mut window, "take the place");
                use_figures(&mut window);
                let scenario = window.state().scenario().expect("a scenario");
                assert_eq!(groups(scenario), wanted, "{name}");
            }
            Err(codes) => {
                wait_for(&mut window, "to be put right");
                assert_eq!(codes, ["date", "date"], "{name}");
                assert!(is_disabled(&window, "Use these figures"), "{name}");
            }
        }
    }
}

/// Cuts of three registers without names of schools, of the whole country or its two largest regions: Kenya's Ministry of Education 2016 and Open
/// Data 2007 (CC0), Sri Lanka's Ministry of Education 2024 (lk-schools, MIT licence), Nicaragua's Ministry of Education 2025
/// (nicaraguan-public-schools, MIT licence).
const REGISTERS: [(&str, &str); 3] = [
    ("KEN", include_str!("../data/register_ken.csv")),
    ("LKA", include_str!("../data/register_lka.csv")),
    ("NIC", include_str!("../data/register_nic.csv")),
];

#[test]
fn cuts_of_registers_have_as_many_schools_as_rows() {
    let never = AtomicBool::new(false);
    for (iso3, text) in REGISTERS {
        let country = country(&Pack::embedded(), iso3, false).expect("a country");
        let file = File::open(iso3, text.as_bytes(), &never).expect("a file");
        let sheet = file.look_for(&country, &never).expect("a sheet");
        let recipe = Recipe::guess(&sheet, &country);
        let outcome = file.read(&sheet, &recipe, country.clone(), &never).expect("groups");
        assert!(outcome.country.is_some(), "{iso3} {:?}", outcome.findings);
        let schools = |level: Option<Level>, region: &str| -> f64 {
            let own = outcome.groups.iter().filter(|group| {
                level.is_none_or(|level| group.level == level) && (region.is_empty() || group.region == region)
            });
            own.filter_map(|group| group.get(Measure::Schools)).sum()
        };
        let national = |level: Level| {
            let own = country.levels.iter().find(|own| own.level == level);
            own.map_or(0.0, |own| own.learners.value)
        };
        let [primary, lower, upper] = [Level::Primary, Level::LowerSecondary, Level::UpperSecondary].map(national);
        // Counted with awk. Where a school has several levels, its parts are as large as these in the nation; groups are of
        // whole schools, one at least.
        let (rows, wanted) = match iso3 {
            // 93 rows of Primary, 26 of Secondary, for which Kenya has no figures here.
            "KEN" => (93, 93.0),
            // 53 schools of Type 3, 52 of Type 2, 34 of Type 1C and 11 of Type 1AB.
            "LKA" => (
                150,
                53.0 + 52.0 * primary / (primary + lower) + 45.0 * primary / (primary + lower + upper),
            ),
            // 126 rows of PRIMARIA alone, 3 of SECUNDARIA alone, 21 of both.
            _ => (150, 126.0 + 21.0 * primary / (primary + lower + upper)),
        };
        assert_eq!(outcome.rows, rows, "{iso3}");
        let all = schools(None, "");
        #[allow(clippy::cast_precision_loss)]
        let rows = rows as f64;
        assert!((all - rows).abs() <= 1.0, "{iso3} {all}");
        let here = schools(Some(Level::Primary), "");
        assert!((here - wanted).abs() <= 1.5, "{iso3} {here} {wanted}");
        if iso3 == "KEN" {
            assert_eq!(
                [all, schools(None, "Nakuru"), schools(None, "Homa Bay")],
                [93.0, 6.0, 6.0]
            );
        }
    }
}

/// Primary schools of Katavi, Tanzania: PO-RALG basic education data 2022, without names of schools (MIT licence).
const KATAVI: &str = include_str!("../data/katavi.csv");

#[test]
fn a_register_gives_the_same_sums_from_a_text_and_from_a_workbook() {
    let tanzania = country(&Pack::embedded(), "TZA", false).expect("a country");
    let never = AtomicBool::new(false);
    let cell = |text: &str| match text.parse() {
        _ if text.is_empty() => Cell::Nothing,
        Ok(number) => Cell::Number(number),
        Err(_) => Cell::Text(text.to_owned()),
    };
    let rows: Vec<Vec<Cell>> = KATAVI.lines().map(|line| line.split(',').map(cell).collect()).collect();
    let (name, merged) = ("Sheet 1", &[]);
    let workbook = workbook::archive(&workbook::parts(&[Sheet {
        name,
        rows: &rows,
        merged,
    }]));
    for bytes in [KATAVI.as_bytes(), &workbook] {
        let file = File::open("katavi", bytes, &never).expect("a file");
        let sheet = file.look_for(&tanzania, &never).expect("a sheet");
        let recipe = Recipe::guess(&sheet, &tanzania);
        let outcome = file.read(&sheet, &recipe, tanzania.clone(), &never).expect("groups");
        // Added up by awk: 261 schools with 225,768 pupils; 50 of them with 53,255 in the municipal council of Mpanda.
        let sums = |of: fn(&GroupRow) -> bool| {
            let own: Vec<&GroupRow> = outcome.groups.iter().filter(|group| of(group)).collect();
            [Measure::Schools, Measure::Learners]
                .map(|measure| own.iter().filter_map(|group| group.get(measure)).sum::<f64>())
        };
        assert_eq!(sums(|_| true), [261.0, 225_768.0]);
        assert_eq!(sums(|group| group.locality == Locality::Urban), [50.0, 53_255.0]);
    }
}
