//! The total of a level to which a table's rows add up: the published one, or the table's own.

use std::fs;
use std::sync::atomic::AtomicBool;

use rollcall::data::tables::{File, Kept, LevelTotal, Outcome, Recipe};
use rollcall::data::{Pack, country};
use rollcall::scenario::text::read_scenario;
use rollcall::scenario::{Country, Level, LevelData, Severity, messages};

use super::said;

/// By hand: 700,000 + 600,000 = 1,300,000 learners, 14,000 + 15,000 = 29,000 teachers.
const STAFFED: &str = "region,locality,level,schools,learners,teachers\n\
    Dakar,urban,primary,900,700000,14000\nKolda,rural,primary,1100,600000,15000\n";
const LEARNERS: &str = "region,locality,level,schools,learners\n\
    Dakar,urban,primary,900,700000\nKolda,rural,primary,1100,600000\n";

fn senegal() -> Country {
    country(&Pack::embedded(), "SEN", false).expect("a country")
}

fn read(text: &str, total: LevelTotal, country: Country) -> Outcome {
    let never = AtomicBool::new(false);
    let file = File::open("r.csv", text.as_bytes(), &never).expect("a file");
    let sheet = file.look_for(&country, &never).expect("a sheet");
    let mut recipe = Recipe::guess(&sheet, &country);
    recipe.total = total;
    file.read(&sheet, &recipe, country, &never).expect("an outcome")
}

fn primary(country: &Country) -> &LevelData {
    let mut levels = country.levels.iter();
    levels.find(|level| level.level == Level::Primary).expect("primary")
}

/// Learners and teachers of the two regions.
fn groups(country: &Country) -> Vec<[f64; 2]> {
    let own = country.groups.iter().filter(|group| group.level == Level::Primary);
    own.map(|group| [group.learners.value, group.teachers.value]).collect()
}

#[test]
fn the_sheets_own_total_takes_the_place_of_the_published_one() {
    let made = read(STAFFED, LevelTotal::Sheet, senegal()).country.expect("a country");
    assert_eq!(groups(&made), [[700_000.0, 14_000.0], [600_000.0, 15_000.0]]);
    let level = primary(&made);
    assert_eq!((level.learners.value, level.teachers.value), (1_300_000.0, 29_000.0));
    let passport = level.learners.passport.as_ref().expect("a passport");
    assert_eq!((passport.source.as_str(), passport.low_confidence), ("r.csv", false));
    assert_eq!(Kept::of(&made).map(|kept| kept.recipe.total), Some(LevelTotal::Sheet));
    // Other levels stay.
    assert!(made.levels[1..] == senegal().levels[1..]);

    // Teachers that it does not tell are as many for each learner as in the nation.
    let nation = primary(&senegal()).teachers.value / primary(&senegal()).learners.value;
    let made = read(LEARNERS, LevelTotal::Sheet, senegal()).country.expect("a country");
    let level = primary(&made);
    assert!((level.teachers.value - 1_300_000.0 * nation).abs() < 1e-6);
    assert!((groups(&made)[0][1] - 700_000.0 * nation).abs() < 1e-6);
    assert!(level.teachers.passport.as_ref().is_some_and(|own| own.low_confidence));
}

#[test]
fn a_total_of_a_sheet_is_no_ground_for_the_next() {
    let fresh = read(STAFFED, LevelTotal::Published, senegal())
        .country
        .expect("a country");
    let published = primary(&senegal()).learners.value;
    assert!((groups(&fresh)[0][0] - 700_000.0 * published / 1_300_000.0).abs() < 1e-3);
    let once = read(LEARNERS, LevelTotal::Sheet, senegal()).country.expect("a country");
    let mut twice = read(STAFFED, LevelTotal::Published, once).country.expect("a country");
    twice.reading.clone_from(&fresh.reading);
    assert!(twice == fresh);
}

#[test]
fn a_plan_of_an_older_version_is_read_against_the_published_total() {
    let mut made = read(STAFFED, LevelTotal::Published, senegal())
        .country
        .expect("a country");
    made.reading = made.reading.replace(",total:Published", "");
    assert!(!made.reading.contains("total"), "{}", made.reading);
    let kept = Kept::of(&made).expect("a reading");
    assert_eq!(kept.recipe.total, LevelTotal::Published);
}

#[test]
fn the_command_line_keeps_the_total_with_the_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    fs::write(at("this.csv"), STAFFED).expect("written");
    fs::write(at("next.csv"), STAFFED.replace("700000", "710000")).expect("written");
    let plan = |arguments: &[&str], out: &str| {
        let said = said(&[arguments, &["--out", &at(out)]].concat());
        assert_eq!(said.code, 0, "{}", said.err);
        let bytes = fs::read(at(out)).expect("written");
        let reading = read_scenario("plan.ron", &bytes, &|_| Err(messages::no_such_file()));
        let errors = reading
            .findings
            .iter()
            .filter(|found| found.severity == Severity::Error);
        assert_eq!(errors.count(), 0);
        let country = Country::clone(&reading.scenario.expect("a scenario").country);
        primary(&country).learners.value
    };
    let (this, next) = (at("this.csv"), at("next.csv"));
    let first = plan(&["new", "SEN", "--groups", &this, "--total", "sheet"], "a.ron");
    let second = plan(&["new", "SEN", "--groups", &next, "--reading", &at("a.ron")], "b.ron");
    let told = [
        "new",
        "SEN",
        "--groups",
        &next,
        "--reading",
        &at("a.ron"),
        "--total",
        "published",
    ];
    let published = plan(&told, "c.ron");
    assert_eq!([first, second], [1_300_000.0, 1_310_000.0]);
    assert!((published - primary(&senegal()).learners.value).abs() < 1e-6);
    let said = said(&[
        "tables",
        &this,
        "--country",
        "SEN",
        "--total",
        "sheet",
        "--out",
        &at("groups.csv"),
    ]);
    assert!(
        said.out.contains("take the place of the published ones") && said.out.contains("--total sheet`"),
        "{}",
        said.out
    );
}
