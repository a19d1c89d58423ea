//! Tables of the kinds that ministries have: each gives what somebody who reads it would say, by hand.

use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use rollcall::data::tables::{Aside, File, LocalityBy, Meaning, Measure, Outcome, Recipe, RowsAre, Sheet, Sure};
use rollcall::data::{Pack, country};
use rollcall::scenario::{Country, Level, Locality, Severity};

use super::{Said, said};

fn of(iso3: &str) -> Country {
    country(&Pack::embedded(), iso3, false).expect("a country")
}

/// A table by what it is likely to mean.
fn taken(name: &str, bytes: &[u8], country: &Country) -> (Sheet, Recipe, Outcome) {
    let never = AtomicBool::new(false);
    let file = File::open(name, bytes, &never).expect("a file");
    let sheet = file.look_for(country, &never).expect("a sheet");
    let recipe = Recipe::guess(&sheet, country);
    let outcome = file.read(&sheet, &recipe, country.clone(), &never).expect("an outcome");
    (sheet, recipe, outcome)
}

fn field(name: &str, iso3: &str) -> (Sheet, Recipe, Outcome) {
    let path = format!("{}/tests/data/field/{name}", env!("CARGO_MANIFEST_DIR"));
    taken(name, &std::fs::read(path).expect("a table"), &of(iso3))
}

/// A number of a group of a region; of all localities together where none is told.
fn number(outcome: &Outcome, region: &str, locality: Option<Locality>, level: Level, measure: Measure) -> f64 {
    let own = outcome.groups.iter().filter(|group| {
        group.region == region && group.level == level && locality.is_none_or(|locality| group.locality == locality)
    });
    own.filter_map(|group| group.get(measure)).sum()
}

fn near(value: f64, wanted: f64) -> bool {
    (value - wanted).abs() <= 1e-9 * wanted.abs().max(1.0)
}

const PRIMARY: Level = Level::Primary;

#[test]
fn a_register_with_ages_and_no_level_is_added_up() {
    let (_, recipe, outcome) = field("01-school-register.xlsx", "TZA");
    assert!(outcome.is_read, "{:?}", outcome.findings);
    assert_eq!((recipe.rows, recipe.locality), (RowsAre::Schools, LocalityBy::Council));
    assert_eq!(
        recipe.level.map(rollcall::data::tables::LevelSet::levels),
        Some(vec![PRIMARY])
    );
    // The ages say again what the totals say.
    for column in &recipe.columns[7..11] {
        assert_eq!(column.meaning, Meaning::Aside(Aside::PartOfTotal), "{}", column.header);
    }
    let regions: std::collections::BTreeSet<&str> = outcome.groups.iter().map(|group| group.region.as_str()).collect();
    assert_eq!((outcome.rows, regions.len()), (12, 3));
    let schools: f64 = outcome
        .groups
        .iter()
        .filter_map(|group| group.get(Measure::Schools))
        .sum();
    assert!(near(schools, 12.0));
    // Too few for the country: said, and brought to the published total.
    assert!(outcome.country.is_some() && outcome.groups.len() == 6);
    assert_eq!(outcome.questions.len(), 2, "level and councils");
}

#[test]
fn grades_by_sex_are_added_to_levels_by_durations() {
    let (_, recipe, outcome) = field("02-grades-by-sex.csv", "KEN");
    // By hand, North Hills: boys of grades 1 to 6 are 10,250 + 9,420 + 9,320 + 10,200 + 9,380 + 9,550 = 58,120, girls
    // 9,300 + 8,550 + 8,680 + 9,550 + 9,180 + 9,420 = 54,680; of grades 7 and 8 9,860 + 7,480 and 9,810 + 7,260.
    let learners = |level: Level| number(&outcome, "North Hills", None, level, Measure::Learners);
    assert!(near(learners(PRIMARY), 112_800.0) && near(learners(Level::LowerSecondary), 34_410.0));
    let north = outcome
        .groups
        .iter()
        .find(|group| group.region == "North Hills" && group.level == PRIMARY);
    assert!(near(
        north.and_then(|group| group.get(Measure::Girls)).expect("girls"),
        54_680.0 / 112_800.0
    ));
    assert_eq!(recipe.locality, LocalityBy::Nation);
    for (at, header) in [(1, "LAT"), (2, "LON")] {
        assert_eq!(recipe.columns[at].meaning, Meaning::Aside(Aside::NotNeeded));
        // Known and not needed: not a word of it.
        assert!(outcome.findings.iter().all(|finding| finding.path != header));
    }
}

#[test]
fn a_date_in_a_count_is_an_error_with_its_cell() {
    let (_, _, outcome) = field("04-dates-in-learners.xlsx", "NPL");
    let errors: Vec<String> = outcome
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert_eq!(errors.len(), 2, "{errors:?}");
    for (error, cell, number) in [(&errors[0], "E3", "55\u{202f}243"), (&errors[1], "E6", "47\u{202f}140")] {
        assert!(error.contains(cell) && error.contains(number), "{error}");
    }
    assert!(outcome.country.is_none() && !outcome.is_read);
}

#[test]
fn levels_across_under_a_title_are_six_groups() {
    let (sheet, _, outcome) = field("05-levels-across.xlsx", "SLE");
    assert_eq!((sheet.header, sheet.header_rows), (1, 2));
    assert_eq!(outcome.groups.len(), 6);
    let of = |level, measure| number(&outcome, "Riverside", Some(Locality::Rural), level, measure);
    assert!(near(of(PRIMARY, Measure::Learners), 750_000.0) && near(of(PRIMARY, Measure::Schools), 600.0));
    let lower = Level::LowerSecondary;
    assert!(near(of(lower, Measure::Learners), 150_000.0) && near(of(lower, Measure::Teachers), 7_500.0));
}

#[test]
fn a_percent_cell_is_a_percentage_under_any_header() {
    let (_, _, outcome) = field("07-percent-cells.xlsx", "SEN");
    for (region, power, internet) in [("Coast", 0.95, 0.6), ("Savanna", 0.3, 0.02)] {
        assert!(
            near(number(&outcome, region, None, PRIMARY, Measure::Power), power),
            "{region}"
        );
        assert!(
            near(number(&outcome, region, None, PRIMARY, Measure::Internet), internet),
            "{region}"
        );
    }
}

#[test]
fn counts_are_no_shares() {
    let (_, _, outcome) = field("08-counts-not-shares.csv", "SLE");
    let rural = |measure| number(&outcome, "Riverside", Some(Locality::Rural), PRIMARY, measure);
    assert!(near(rural(Measure::Power), 130.0 / 620.0));
    assert!(near(rural(Measure::Girls), 415.0 / 825.0));
    let (_, _, outcome) = field("08b-counts-of-one.csv", "SEN");
    assert!(near(
        number(&outcome, "Coast", None, PRIMARY, Measure::Internet),
        1.0 / 900.0
    ));
    // A header that does not say `schools with` is asked about, and 1 of 900 is still no 100 %.
    let bare = "Region,Locality,Level,Schools,Pupils,Internet\nCoast,urban,primary,900,1000000,1\nRiver,rural,primary,1500,1321000,0\n";
    let (_, recipe, outcome) = taken("bare.csv", bare.as_bytes(), &of("SEN"));
    assert!(near(
        number(&outcome, "Coast", None, PRIMARY, Measure::Internet),
        1.0 / 900.0
    ));
    assert_eq!((recipe.columns[5].sure, outcome.questions.len()), (Sure::Asks, 1));
    // The other answer is one change away.
    let other = outcome.questions[0]
        .answers
        .iter()
        .find(|answer| !answer.holds)
        .expect("another answer");
    let mut changed = recipe.clone();
    changed.change(other.change);
    assert_ne!(changed.columns[5].unit, recipe.columns[5].unit);
}

#[test]
fn without_urban_and_rural_rows_are_shared_as_the_nation_is() {
    let (_, _, outcome) = field("10-no-locality.csv", "SEN");
    assert_eq!(outcome.groups.len(), 6);
    assert!(near(
        number(&outcome, "Coast", None, PRIMARY, Measure::Learners),
        600_000.0
    ));
    assert!(near(
        number(&outcome, "Coast", None, PRIMARY, Measure::Schools),
        1_000.0
    ));
    let country = outcome.country.as_ref().expect("a country");
    let coast = country
        .groups
        .iter()
        .find(|group| group.region == "Coast")
        .expect("Coast");
    let passport = coast.learners.passport.as_ref().expect("a passport");
    assert!(passport.low_confidence && passport.note.contains("D2"), "{passport:?}");
    assert!(
        outcome
            .assumed
            .iter()
            .any(|said| said.to_string().contains("shared as in the nation"))
    );
}

#[test]
fn marks_encodings_and_words_are_understood() {
    let (_, _, outcome) = field("12-lakh.csv", "BGD");
    assert!(near(
        number(&outcome, "Delta", Some(Locality::Urban), PRIMARY, Measure::Learners),
        2_146_300.0
    ));
    assert!(near(
        number(&outcome, "Plain", None, PRIMARY, Measure::Learners),
        10_707_590.0
    ));
    assert!(near(
        number(&outcome, "Plain", None, PRIMARY, Measure::Schools),
        71_000.0
    ));
    let (_, _, outcome) = field("13-thousands-comma.csv", "SEN");
    assert!(near(
        number(&outcome, "Savanna", None, PRIMARY, Measure::Schools),
        1_100.0
    ));
    assert!(near(
        number(&outcome, "River", None, PRIMARY, Measure::Schools),
        1_500.0
    ));
    let (_, _, outcome) = field("16-windows-1252.csv", "SEN");
    assert!(near(
        number(&outcome, "Kédougou", None, PRIMARY, Measure::Schools),
        1_200.0
    ));
    assert!(near(
        number(&outcome, "Thiès", None, PRIMARY, Measure::Learners),
        1_121_000.0
    ));
    let (_, _, outcome) = field("17-spanish.csv", "PER");
    assert!(outcome.country.is_some(), "{:?}", outcome.findings);
    assert!(near(
        number(&outcome, "Sierra", Some(Locality::Rural), PRIMARY, Measure::Teachers),
        60_000.0
    ));
}

#[test]
fn schools_of_one_name_are_told_apart_by_code() {
    let (_, recipe, outcome) = field("32-same-name-schools.csv", "SEN");
    assert_eq!(recipe.rows, RowsAre::Schools);
    assert!(near(number(&outcome, "East", None, PRIMARY, Measure::Schools), 3.0));
    assert!(near(
        number(&outcome, "East", None, PRIMARY, Measure::Learners),
        1_005_000.0
    ));
    assert!(near(
        number(&outcome, "South", None, PRIMARY, Measure::Learners),
        951_000.0
    ));
}

#[test]
fn marks_of_nothing_are_counted_and_two_spellings_are_one_place() {
    let table = "Region,Locality,Level,Schools,Pupils,Teachers\nSAINT LOUIS,urban,primary,900,1000000,..\nSaint-Louis,rural,primary,1100,600000,n/a\nKolda,rural,primary,1500,721000,900\nRégion de Kolda,urban,primary,10,9000,<5\n";
    let (_, _, outcome) = taken("marks.csv", table.as_bytes(), &of("SEN"));
    assert!(outcome.is_read, "{:?}", outcome.findings);
    let regions: std::collections::BTreeSet<&str> = outcome.groups.iter().map(|group| group.region.as_str()).collect();
    assert_eq!(regions.len(), 2, "{regions:?}");
    assert!(
        outcome
            .assumed
            .iter()
            .any(|said| said.to_string().starts_with("3 cells hold a mark"))
    );
    assert!(
        outcome
            .questions
            .iter()
            .any(|question| question.text.to_string().contains("SAINT LOUIS (1) = Saint-Louis (1)"))
    );
}

#[test]
fn the_command_line_says_the_same_in_six_blocks_and_writes_the_groups() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("groups.csv").display().to_string();
    let file = "tests/data/field/05-levels-across.xlsx";
    let Said { code, out: text, err } = said(&["tables", file, "--country", "SLE", "--out", &out]);
    assert_eq!(code, 0, "{err}");
    let blocks = [
        "UNDERSTOOD",
        "LEFT ASIDE",
        "ASSUMED",
        "QUESTIONS",
        "AGAINST THE PUBLISHED TOTALS",
        "GROUPS",
    ];
    let places: Vec<usize> = blocks.iter().map(|block| text.find(block).expect("a block")).collect();
    assert!(places.is_sorted(), "{text}");
    let table = std::fs::read_to_string(&out).expect("a table");
    assert!(table.contains("Riverside,rural,primary,600,750000,20000"), "{table}");
    // What was written comes in by the same road.
    let plan = folder.path().join("plan.ron").display().to_string();
    let Said { code, err, .. } = said(&["new", "SLE", "--groups", &out, "--out", &plan]);
    assert_eq!(code, 0, "{err}");
    let Said { code, err, .. } = said(&[
        "tables",
        "tests/data/field/04-dates-in-learners.xlsx",
        "--country",
        "Nepal",
    ]);
    assert!(code == 2 && err.contains("cell E3 is a date"), "{err}");
}

/// Three schools, one of primary, one of both levels and one of lower secondary: each is one school. The second has 300 and 100
/// learners, so it is 0.75 of a primary school and 0.25 of a lower secondary one, and of its 20 teachers 15 and 5 belong to each.
#[test]
fn a_school_of_two_levels_is_one_school() {
    let table = "Region,Locality,School code,School,Teachers,Primary pupils,Lower secondary pupils\n\
        North,urban,A1,Acacia,10,400,\nNorth,urban,A2,Baobab,20,300,100\nNorth,urban,A3,Cedar,8,,200\n";
    let (_, recipe, outcome) = taken("levels.csv", table.as_bytes(), &of("SEN"));
    assert_eq!(recipe.rows, RowsAre::Schools);
    let sum = |level, measure| number(&outcome, "North", None, level, measure);
    for (level, teachers, learners) in [(PRIMARY, 25.0, 700.0), (Level::LowerSecondary, 13.0, 300.0)] {
        assert!(
            near(sum(level, Measure::Teachers), teachers),
            "{}",
            sum(level, Measure::Teachers)
        );
        assert!(
            near(sum(level, Measure::Learners), learners),
            "{}",
            sum(level, Measure::Learners)
        );
    }
    let schools = sum(PRIMARY, Measure::Schools) + sum(Level::LowerSecondary, Measure::Schools);
    assert!(near(schools, 3.0), "{schools}");
    let said: Vec<String> = outcome.assumed.iter().map(ToString::to_string).collect();
    assert!(
        said.iter()
            .any(|said| said.starts_with("1 rows tell learners of several levels")),
        "{said:?}"
    );
}

/// So many schools with internet beside learners alone are no share of anything.
#[test]
fn a_count_of_schools_beside_no_schools_is_left_aside() {
    let table = "Region,Locality,Level,Pupils,Schools with internet\nCoast,urban,primary,100000,40\nCoast,rural,primary,60000,72000\n";
    let (_, _, outcome) = taken("count.csv", table.as_bytes(), &of("SEN"));
    assert!(
        outcome
            .groups
            .iter()
            .all(|group| group.get(Measure::Internet).is_none())
    );
    let said: Vec<String> = outcome.assumed.iter().map(ToString::to_string).collect();
    assert!(
        said.iter().any(|said| said.starts_with("2 counts of schools")),
        "{said:?}"
    );
}

/// Totals may stand beside the names of places: as a district, an owner, both. They are left aside, so primary has 1 000 + 500.
#[test]
fn totals_beside_the_region_are_totals() {
    for (header, rows) in [
        ("Region,District", ["North,One", "North,Two", "North,Total"]),
        ("Region,Ownership", ["North,Public", "North,Private", "North,Total"]),
        ("Region,Gestion", ["North,Estatal", "North,Privada", "North,Ambas"]),
        ("Region,District", ["North,One", "North,Two", "North,Tous"]),
    ] {
        let [a, b, all] = rows;
        let table = format!(
            "{header},Level,Locality,Schools,Pupils\n{a},primary,urban,3,1000\n{b},primary,urban,2,500\n{all},primary,urban,5,1500\n"
        );
        let (_, _, outcome) = taken("totals.csv", table.as_bytes(), &of("SEN"));
        let sum: f64 = outcome
            .sums
            .iter()
            .find(|sum| sum.level == PRIMARY && sum.measure == Measure::Learners)
            .and_then(|sum| sum.table)
            .unwrap_or(0.0);
        assert!(near(sum, 1_500.0), "{header} {all}: {sum}");
    }
}

/// A row that is as large as all others together is told, whatever it is called.
#[test]
fn a_row_as_large_as_the_others_together_is_told() {
    let table = "Region,Locality,Level,Schools,Pupils\nNorth,urban,primary,3,1000\nSouth,urban,primary,2,500\nWhole land,urban,primary,5,1500\n";
    let (_, _, outcome) = taken("like.csv", table.as_bytes(), &of("SEN"));
    let like: Vec<usize> = outcome
        .findings
        .iter()
        .filter(|finding| finding.code == "row-like-total")
        .map(|finding| finding.place.line)
        .collect();
    assert_eq!(like, [4]);
}

/// An error is told after any number of warnings.
#[test]
fn an_error_is_never_lost_among_warnings() {
    let mut table = "Region,Ward,Locality,Level,Schools,Pupils\n".to_owned();
    for ward in 0..2_100 {
        let _ = writeln!(table, "North,W{ward},urban,primary,1,0");
    }
    table += "South,X,urban,primary,-5,100\n";
    let (_, _, outcome) = taken("errors.csv", table.as_bytes(), &of("SEN"));
    assert!(!outcome.is_read);
}

/// 50 places with a school of three levels and one with 1 000 primary schools: 50 thirds of a level are 50 / 3 schools, and the one
/// keeps its 1 000.
#[test]
fn parts_of_schools_take_nothing_from_others() {
    let mut table =
        "Region,Locality,School code,School,Primary pupils,Lower secondary pupils,Upper secondary pupils\n".to_owned();
    for place in 0..50 {
        let _ = writeln!(table, "R{place:02},rural,C{place},S{place},100,100,100");
    }
    for school in 0..1_000 {
        let _ = writeln!(table, "ZZ,rural,Z{school},T{school},100,,");
    }
    let (_, _, outcome) = taken("parts.csv", table.as_bytes(), &of("SEN"));
    let schools = |region: &str| number(&outcome, region, None, PRIMARY, Measure::Schools);
    assert!(near(schools("ZZ"), 1_000.0), "{}", schools("ZZ"));
    assert!(near(schools("R07"), 1.0 / 3.0), "{}", schools("R07"));
}

/// Below "Ensemble" the row without a region is the nation's rural half, not Dakar's: Dakar has its own 200 schools.
#[test]
fn what_follows_a_total_without_a_name_is_a_total() {
    let table = "Région,Milieu,Niveau,Écoles,Élèves\nThiès,Urbain,Primaire,300,600000\n,Rural,Primaire,900,700000\n\
        Dakar,Urbain,Primaire,200,300000\nEnsemble,Urbain,Primaire,500,900000\n,Rural,Primaire,900,700000\n";
    let (_, _, outcome) = taken("ensemble.csv", table.as_bytes(), &of("SEN"));
    assert!(near(number(&outcome, "Dakar", None, PRIMARY, Measure::Schools), 200.0));
    assert!(near(
        number(&outcome, "Thiès", None, PRIMARY, Measure::Schools),
        1_200.0
    ));
}

#[test]
fn an_open_quote_is_refused_with_its_line() {
    let never = AtomicBool::new(false);
    let table = "region,locality,level,schools,learners\nA,rural,primary,1000,1000000\n\"B,rural,primary,1500,700000\nC,rural,primary,10,1000\n";
    let file = File::open("quote.csv", table.as_bytes(), &never).expect("a file");
    let why = file.look_for(&of("SEN"), &never).expect_err("no table");
    let finding = why.finding("quote.csv");
    assert_eq!(finding.code, "open-quote");
    assert!(finding.rule.to_string().contains("line 3"), "{}", finding.rule);
}

/// Half a per cent among percentages is told; shares among shares are not.
#[test]
fn a_share_in_a_column_of_percentages_is_told() {
    let table = "Region,Locality,Level,Schools,Pupils,% girls\nA,urban,primary,10,1000,51\nB,urban,primary,10,1000,0.49\nC,urban,primary,10,1000,48\n";
    let (_, _, outcome) = taken("percent.csv", table.as_bytes(), &of("SEN"));
    assert!(outcome.findings.iter().any(|finding| finding.code == "small-percent"));
}
