//! Scenarios side by side: the numbers against a calculation of their own, and which inputs are said to differ.

use std::collections::BTreeMap;

use rollcall::model::{Trajectory, simulate};
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::{Scenario, messages, text};
use rollcall::study::compare::{Caution, Comparison, Value, compare, differences};

use super::{EXAMPLE, Said, example, said};

/// The example with parts replaced.
fn scenario(changes: &[(&str, &str)]) -> Scenario {
    let mut text = example();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let reading = text::read_scenario("example", text.as_bytes(), &|_| Err(messages::no_such_file()));
    reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

fn compared(scenarios: &[&Scenario]) -> (Vec<Trajectory>, Comparison) {
    let runs: Vec<Trajectory> = scenarios.iter().map(|scenario| simulate(*scenario)).collect();
    let comparison = compare(&runs.iter().collect::<Vec<_>>());
    (runs, comparison)
}

fn value(comparison: &Comparison, code: &str, run: usize) -> f64 {
    let row = comparison
        .rows
        .iter()
        .find(|row| row.about.code() == code && row.level.is_none());
    row.and_then(|row| row.values[run]).unwrap_or_else(|| panic!("{code}"))
}

/// Paths that differ, with the values as text.
fn differing(scenarios: &[&Scenario]) -> BTreeMap<String, Vec<String>> {
    differences(scenarios)
        .into_iter()
        .map(|difference| {
            let values = difference.values.iter().map(|value| {
                value
                    .as_ref()
                    .map_or_else(String::new, |value| value.show(difference.field.unit))
            });
            (difference.path.clone(), values.collect())
        })
        .collect()
}

/// Money from the cost and funding tables, which are written from the ledger, not from the sums of a year.
#[test]
fn money_is_what_the_tables_say() {
    let (other, base) = (
        scenario(&[("equipped: {2026: 0.1, 2030: 0.8}", "equipped: 0.1")]),
        scenario(&[]),
    );
    let (runs, comparison) = compared(&[&base, &other]);
    for (run, trajectory) in runs.iter().enumerate() {
        let rows = |existing: bool| {
            let rows = rollcall::model::ledger::costs_in_full(trajectory).filter(move |row| row.existing == existing);
            rows.map(|row| row.amount().0).sum::<f64>()
        };
        let cost = rows(false);
        let paid: f64 = rollcall::model::ledger::funding(trajectory)
            .filter(|row| row.source != "unfunded")
            .map(|row| row.amount.0)
            .sum();
        let gap = rows(true) + cost - paid;
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * b.abs().max(1.0);
        assert!(near(value(&comparison, "cost_full", run), cost), "{run}: {cost}");
        assert!(near(value(&comparison, "to_find", run), gap), "{run}: {gap}");
        let by_year: f64 = comparison.series[1].values[run].iter().flatten().sum();
        assert!(near(by_year, cost), "{run}: {by_year}");
    }
    let row = comparison
        .rows
        .iter()
        .find(|row| row.about.code() == "cost_full")
        .expect("a row");
    let saved = value(&comparison, "cost_full", 1) - value(&comparison, "cost_full", 0);
    assert!(
        row.difference(1)
            .is_some_and(|difference| (difference - saved).abs() < 1e-9)
            && saved < 0.0
    );
    assert_eq!(row.difference(0), None);
    assert!(comparison.cautions.is_empty());
}

/// Other horizons: sums are of the years that both share, and equal what the longer run spends in these.
#[test]
fn years_are_aligned_by_the_calendar() {
    let long = scenario(&[("country: (", "horizon: 2034, country: (")]);
    let base = scenario(&[]);
    let (runs, comparison) = compared(&[&base, &long]);
    assert_eq!(comparison.common, Some((2027, 2030)));
    assert_eq!(comparison.cautions, [Caution::Years { from: 2027, to: 2030 }]);
    assert_eq!(
        (comparison.years.first(), comparison.years.last()),
        (Some(&2026), Some(&2034))
    );
    let to_2030: f64 = (1..=4)
        .filter_map(|t| runs[1].lend().value(Measure::CostFull, Scope::ALL, t))
        .sum();
    assert!((value(&comparison, "cost_full", 1) - to_2030).abs() < 1e-6 * to_2030);
    assert!(comparison.series[0].values[0][8].is_none() && comparison.series[0].values[1][8].is_some());
}

#[test]
fn money_of_other_price_years_and_totals_of_other_countries_are_not_subtracted() {
    let base = scenario(&[]);
    let prices = scenario(&[("country: (", "price_year: 2024, country: (")]);
    let abroad = scenario(&[("\"EXA\"", "\"EXB\"")]);
    let of = |other: &Scenario, code: &str| {
        let (_, comparison) = compared(&[&base, other]);
        let row = comparison
            .rows
            .iter()
            .find(|row| row.about.code() == code)
            .expect("a row")
            .clone();
        (comparison.cautions, row.difference(1).is_some())
    };
    assert_eq!(of(&prices, "cost_per_learner"), (vec![Caution::PriceYears], false));
    assert_eq!(of(&abroad, "cost_full"), (vec![Caution::Countries], false));
    assert_eq!(of(&abroad, "reach"), (vec![Caution::Countries], true));
}

#[test]
fn runs_without_a_common_year_still_show_their_targets() {
    let early = scenario(&[
        (
            "country: (",
            "base_year: 2016, plan_from: 2017, horizon: 2020, price_year: 2015, country: (",
        ),
        ("2026: 0.5, 2030: 0.8", "2016: 0.5, 2020: 0.8"),
        ("year: 2030, at_least: 0.25", "year: 2020, at_least: 0.25"),
        ("year: 2030, at_least: 0.75", "year: 2020, at_least: 0.75"),
    ]);
    let (_, comparison) = compared(&[&scenario(&[]), &early]);
    assert!(comparison.cautions.contains(&Caution::NoCommonYear));
    assert!(comparison.rows.iter().all(|row| row.year.is_none()));
    assert!(comparison.rows.iter().any(|row| row.about.code() == "targets_met"));
}

/// Only what means something else differs: neither order nor spelling does.
#[test]
fn inputs_are_matched_by_name_and_meaning() {
    let base = scenario(&[]);
    let levy = "universal_service_levy(name: \"levy\", components: [links, power]),";
    let moved = scenario(&[(levy, ""), ("sources: [", &format!("sources: [{levy}"))]);
    assert!(differing(&[&base, &moved]).is_empty(), "the order of sources");
    let spelt = scenario(&[("{2026: 0.3, 2030: 0.9}", "{2026: 0.3, 2028: 0.6, 2030: 0.9}")]);
    assert!(differing(&[&base, &spelt]).is_empty(), "a point on the line");
    let changed = scenario(&[
        ("poorest_first", "largest_first"),
        ("commitment: 120_000_000", "commitment: 90_000_000"),
        ("[links, power]", "[links]"),
        ("[(to: 10), (level: lower_secondary, to: 5)]", "8"),
    ]);
    let found = differing(&[&base, &changed]);
    let wanted: [(&str, [&str; 2]); 5] = [
        ("funding.sources[levy].components", ["links, power", "links"]),
        (
            "funding.sources[partner grant].commitment",
            ["US$ 120 million", "US$ 90 million"],
        ),
        (
            "plan.devices.learners_per_device",
            ["10 learners per device", "8 learners per device"],
        ),
        (
            "plan.devices.learners_per_device[lower_secondary]",
            ["5 learners per device", "8 learners per device"],
        ),
        ("plan.order", ["poorest_first", "largest_first"]),
    ];
    let wanted: BTreeMap<String, Vec<String>> = wanted
        .into_iter()
        .map(|(path, values)| (path.to_owned(), values.map(str::to_owned).to_vec()))
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn what_is_left_out_is_seen_even_if_all_of_it_was_default() {
    let base = scenario(&[]);
    let without = scenario(&[("management: (),", "")]);
    let found = differences(&[&base, &without]);
    assert!(!found.is_empty());
    for difference in &found {
        assert!(difference.path.starts_with("plan.management."), "{}", difference.path);
        assert!(matches!(difference.values[..], [Some(Value::Number(_)), None]));
    }
}

/// Technicians of 2.5, 5 and 4 for a thousand devices: least the first, most the second, mean 11.5 / 3. A grant of 120,
/// 60 and 120 million: 300 / 3 in the mean.
#[test]
fn levers_have_a_least_a_mean_and_a_most_over_all_scenarios() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(EXAMPLE).expect("the example");
    let write = |name: &str, changes: &[(&str, &str)]| {
        let changed = changes.iter().fold(text.clone(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1)
        });
        let path = folder.path().join(name);
        std::fs::write(&path, changed).expect("a copy");
        path.display().to_string()
    };
    let names = [
        write("a.ron", &[]),
        write(
            "b.ron",
            &[
                ("technicians: 2.5", "technicians: 5"),
                ("commitment: 120_000_000", "commitment: 60_000_000"),
            ],
        ),
        write(
            "c.ron",
            &[
                ("technicians: 2.5", "technicians: 4"),
                (
                    "release: {2027: 0.4, 2028: 0.4, 2029: 0.2}",
                    "release: {2027: 0.4, 2028: 0.4, 2030: 0.2}",
                ),
            ],
        ),
    ];
    let out = folder.path().join("tables");
    let path = out.display().to_string();
    let arguments: Vec<&str> = ["compare"]
        .into_iter()
        .chain(names.iter().map(String::as_str))
        .chain(["--out", &path])
        .collect();
    let said = said(&arguments);
    assert_eq!(said.code, 0, "{}", said.err);
    let mut table = csv::Reader::from_path(out.join("levers.csv")).expect("levers.csv");
    let head: Vec<String> = table.headers().expect("a head").iter().map(String::from).collect();
    assert_eq!(
        head.join(","),
        "path,year,unit,min,min_scenario,mean,max,max_scenario,scenarios"
    );
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    let row = |path: &str| rows.iter().find(|row| row[0].ends_with(path)).expect(path);
    // In 2030 two of three release nothing.
    let release = row("release");
    assert_eq!((&release[1], &release[3], &release[6]), ("2030", "0", "0.2"));
    let technicians = row("technicians");
    assert_eq!((&technicians[3], &technicians[4]), ("2.5", names[0].as_str()));
    assert!((technicians[5].parse::<f64>().expect("a mean") - 11.5 / 3.0).abs() < 1e-12);
    assert_eq!(
        (&technicians[6], &technicians[7], &technicians[8]),
        ("5", names[1].as_str(), "3")
    );
    let grant = row("commitment");
    assert_eq!((&grant[3], &grant[4]), ("60000000", names[1].as_str()));
    assert_eq!(
        (&grant[5], &grant[6], &grant[7]),
        ("100000000", "120000000", names[0].as_str())
    );
}

#[test]
fn the_command_prints_a_table_that_fits_and_writes_two() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("new/tables");
    let files = [
        EXAMPLE,
        "senegal/balanced.ron",
        "senegal/devices_first.ron",
        "senegal/no_new_plan.ron",
        "bangladesh/balanced.ron",
        "sierra_leone/balanced.ron",
    ];
    let path = out.display().to_string();
    let arguments: Vec<&str> = ["compare"].into_iter().chain(files).chain(["--out", &path]).collect();
    let Said { code, out: page, err } = said(&arguments);
    assert_eq!(code, 0, "{err}");
    assert!(page.lines().all(|line| line.chars().count() <= 100), "{page}");
    for words in [
        "A  tests/data/example.ron (base)",
        "the countries differ",
        "Learners reached, 2030",
        "Plan: ",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    // Rows of money say what they are in, however many columns stand beside them.
    let two = said(&["compare", EXAMPLE, "senegal/balanced.ron"]).out;
    for page in [&page, &two] {
        for row in [
            "To do it all",
            "  has a source",
            "  to find, US$",
            "Keeping up",
            "Paid per learner and",
            "Paid per learner-year",
        ] {
            let line = page.lines().find(|line| line.starts_with(row)).expect(row);
            assert!(line.contains(", US$"), "{line}");
        }
    }
    assert!(two.contains("Paid per learner-year reached, US$ "), "{two}");
    assert!(
        err.contains("compare.csv, payers.csv, levers.csv, differs.csv and compare.ron written"),
        "{err}"
    );
    let read = |name: &str| {
        let mut table = csv::Reader::from_path(out.join(name)).expect(name);
        let head: Vec<String> = table.headers().expect(name).iter().map(String::from).collect();
        let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect(name)).collect();
        (head, rows)
    };
    let (head, rows) = read("compare.csv");
    assert_eq!(head, ["indicator", "level", "scenario", "year", "value", "unit"]);
    // The same number as the run's own table has.
    let reach = rows
        .iter()
        .find(|row| &row[0] == "reach" && &row[2] == "senegal/balanced.ron" && &row[3] == "2030")
        .expect("reach");
    let tables = folder.path().join("run").display().to_string();
    assert_eq!(said(&["run", "senegal/balanced.ron", "--out", &tables]).code, 0);
    let own = std::fs::read_to_string(format!("{tables}/indicators.csv")).expect("indicators");
    assert!(
        own.contains(&format!("2030,reach,,,,,,,{},share", &reach[4])),
        "{}",
        &reach[4]
    );
    let (head, rows) = read("differs.csv");
    assert_eq!(head[2..], files);
    assert!(
        rows.iter()
            .any(|row| &row[0] == "plan.power.powered" && &row[1] == "share")
    );
}

#[test]
fn the_command_refuses_what_it_cannot_compare() {
    for arguments in [&["compare"][..], &["compare", EXAMPLE]] {
        assert_eq!(said(arguments).code, 2, "{arguments:?}");
    }
    let Said { code, out, err } = said(&["compare", EXAMPLE, EXAMPLE]);
    assert!(code == 2 && out.is_empty() && err.contains("named twice"), "{err}");
    let folder = tempfile::tempdir().expect("a folder");
    let tables = folder.path().display().to_string();
    let Said { code, out, err } = said(&["compare", EXAMPLE, "tests/bad/percent_sign.ron", "--out", &tables]);
    assert!(
        code == 2 && out.is_empty() && err.contains("nothing was compared"),
        "{err}"
    );
    assert_eq!(
        std::fs::read_dir(folder.path()).expect("the folder").count(),
        0,
        "nothing is written"
    );
    let Said { code, err, .. } = said(&["compare", EXAMPLE, "senegal/balanced.ron", "--out", EXAMPLE]);
    assert!(code == 2 && err.contains("not saved"), "{err}");
    let Said { code, out, .. } = said(&["compare", "--help"]);
    assert!(
        code == 0 && out.contains("Exit codes:") && out.contains("differs.csv"),
        "{out}"
    );
}

/// What the terminal says of a fall has the minus sign of the window; tables for programs have the hyphen that they read.
#[test]
fn a_fall_has_a_minus_sign_in_words_and_a_hyphen_in_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().display().to_string();
    let plans = ["senegal/balanced.ron", "senegal/devices_first.ron"];
    let Said { code, out, .. } = said(&["compare", plans[0], plans[1], "--out", &path]);
    assert_eq!(code, 0);
    assert!(out.contains("(\u{2212}") && !out.contains("(-"), "{out}");
    let Said { out, .. } = said(&["run", "bangladesh/teachers_first.ron", "--out", &path]);
    let falls = |text: &str, sign: char| {
        let mut pairs = text.chars().zip(text.chars().skip(1));
        pairs.any(|(one, next)| one == sign && next.is_ascii_digit())
    };
    let words: Vec<&str> = out.split_whitespace().filter(|word| word.starts_with('-')).collect();
    assert!(!words.iter().any(|word| falls(word, '-')), "{words:?}");
    let costs = std::fs::read_to_string(folder.path().join("costs.csv")).expect("a table");
    assert!(costs.contains(",-") && !costs.contains('\u{2212}'));
}
