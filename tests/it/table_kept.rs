//! The reading of a ministry's table is kept with the plan and reads the table of the next year.

use std::fs;

use rollcall::data::tables::Kept;
use rollcall::data::{Pack, country, new_scenario};
use rollcall::scenario::text::{read_scenario, write_scenario};
use rollcall::scenario::{Country, messages};

use super::{of, rollcall};

const FIRST: &str = "\
Region;Locality;Level;Schools;Pupils 2023;Electricity
Dakar;urban;primary;1000;500000;800
Kolda;rural;primary;1500;660500;180
";

/// A title more, the columns in another order, one column more, Kolda in place of which stands Thiès.
const SECOND: &str = "\
Statistics of 2024;;;;;;
Region;Level;Locality;Electricity;Internet;Schools;Pupils 2024
DAKAR;primary;urban;918;3;1020;600000
Thiès;primary;rural;210;4;1400;650000
";

fn kept(file: &std::path::Path) -> Option<(Country, Kept)> {
    let text = fs::read(file).ok()?;
    let reading = read_scenario("plan.ron", &text, &|_| Err(messages::no_such_file()));
    let country = Country::clone(&reading.scenario?.country);
    let kept = Kept::of(&country)?;
    Some((country, kept))
}

#[test]
fn next_years_file_goes_in_by_the_reading_that_the_plan_keeps() {
    if country(&Pack::embedded(), "SEN", false).is_err() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("first.csv"), FIRST).expect("written");
    fs::write(path("second.csv"), SECOND).expect("written");
    let [plan, first, second] = ["plan.ron", "first.csv", "second.csv"].map(|name| path(name).display().to_string());
    let made = of(&mut rollcall(), &["new", "SEN", "--groups", &first, "--out", &plan]);
    assert_eq!(made.code, 0, "{}", made.err);

    // It survives writing and reading, and moving the file.
    let (country, kept) = kept(&path("plan.ron")).expect("a reading");
    assert!(kept.file.ends_with("first.csv"));
    let again = read_scenario(
        "moved.ron",
        write_scenario(&new_scenario(country.clone()), false).as_bytes(),
        &|_| Err(messages::no_such_file()),
    );
    assert_eq!(again.scenario.and_then(|moved| Kept::of(&moved.country)), Some(kept));

    let said = of(&mut rollcall(), &["tables", &second, "--reading", &plan]);
    assert_eq!(said.code, 0, "{}", said.err);
    let shown = said.out.replace('\u{202f}', " ");
    let since = shown.split("SINCE").nth(1).expect("a list of what changed");
    // By hand: regions by name, whatever its capitals; 1,000 + 1,500 schools before, 1,020 + 1,400 now: 2,420 / 2,500 - 1 =
    // -3.2 %; learners 1,160,500 before as the table had them, not as they were scaled; 1,250,000 now: +7.7 %; of Dakar
    // 600,000 / 500,000 - 1 = 20 %, and its schools by 2 % are not listed.
    for line in [
        "new regions: Thiès",
        "regions no longer there: Kolda",
        "2 500         2 420  −3.2 %",
        "1 160 500     1 250 000  +7.7 %",
        "500 000       600 000  +20.0 %",
    ] {
        assert!(since.contains(line), "{line} is not in {since}");
    }
    assert!(!since.contains("1 020"), "{since}");
    // The new column is told and left aside; the pupils of another year are the same column.
    assert!(
        said.out.contains("new since the table before: E Internet"),
        "{}",
        said.out
    );
    assert!(said.out.contains("Pupils 2024"), "{}", said.out);

    let next = path("next.ron").display().to_string();
    let made = of(
        &mut rollcall(),
        &["new", "SEN", "--groups", &second, "--reading", &plan, "--out", &next],
    );
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.err.contains("new regions: Thiès"), "{}", made.err);
    let (country, _) = self::kept(&path("next.ron")).expect("a reading");
    let dakar = country
        .groups
        .iter()
        .find(|group| group.region == "DAKAR")
        .expect("Dakar");
    let power = dakar.grid.value + dakar.solar.value;
    // By hand: 918 of 1,020 schools, counted as in the year before.
    assert!((power - 0.9).abs() < 1e-12, "{power} {:?}", dakar.grid);
}

#[test]
fn a_column_that_is_gone_is_named() {
    if country(&Pack::embedded(), "SEN", false).is_err() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("first.csv"), FIRST).expect("written");
    fs::write(path("second.csv"), SECOND.replace("Electricity", "Water")).expect("written");
    let made = of(
        &mut rollcall(),
        &["new", "SEN", "--groups", &path("first.csv"), "--out", &path("plan.ron")],
    );
    assert_eq!(made.code, 0, "{}", made.err);
    let said = of(
        &mut rollcall(),
        &["tables", &path("second.csv"), "--reading", &path("plan.ron")],
    );
    assert!(
        said.err.contains("column-gone") && said.err.contains("Electricity"),
        "{}",
        said.err
    );
}
