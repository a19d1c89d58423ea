//! What a plan costs, what of it has a source and what is to be found are said once: the same on the command line, in a
//! comparison and in the window, whatever the money.

use std::path::PathBuf;

#[cfg(feature = "gui")]
use crate::harness::window_on;
use crate::{Said, said};

/// A copy of a bundled story with some text replaced, in a folder of its own.
fn story(changes: &[(&str, &str)]) -> (tempfile::TempDir, String) {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let mut text = std::fs::read_to_string(format!("{root}/senegal/balanced.ron")).expect("a story");
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("countries")).expect("a folder");
    std::fs::create_dir(folder.path().join("senegal")).expect("a folder");
    let country = folder.path().join("countries/senegal.ron");
    std::fs::copy(format!("{root}/countries/senegal.ron"), country).expect("a country");
    let path = folder.path().join("senegal/plan.ron");
    std::fs::write(&path, text).expect("a file");
    (folder, path.to_str().expect("UTF-8").to_owned())
}

fn run(file: &str) -> String {
    let Said { code, out, err } = said(&["run", file]);
    assert_eq!(code, 0, "{err}");
    out
}

/// The amounts of a row of the cost table.
fn row(out: &str, name: &str) -> Vec<f64> {
    let line = out.lines().find_map(|line| line.trim().strip_prefix(name));
    let line = line.unwrap_or_else(|| panic!("no row {name:?} in\n{out}"));
    line.split_whitespace()
        .map(|cell| cell.replace('\u{2212}', "-").parse().expect("an amount"))
        .collect()
}

/// A sum over all years of `compare.csv`.
fn compared(folder: &std::path::Path, file: &str, code: &str) -> f64 {
    let (out, copy) = (folder.join("compared"), folder.join("senegal/copy.ron"));
    std::fs::copy(file, &copy).expect("a copy");
    let [copy, into] = [&copy, &out].map(|path| path.to_str().expect("UTF-8"));
    let Said { code: exit, err, .. } = said(&["compare", file, copy, "--out", into]);
    assert_eq!(exit, 0, "{err}");
    let text = std::fs::read_to_string(out.join("compare.csv")).expect("a table");
    std::fs::remove_dir_all(&out).expect("a folder");
    let sum = |cells: Vec<&str>| {
        (cells[0] == code && cells[3].is_empty()).then(|| cells[4].parse::<f64>().expect("a number"))
    };
    text.lines()
        .filter(|line| line.contains(file))
        .filter_map(|line| sum(line.split(',').collect()))
        .sum()
}

const MONEY: &str = "share_of_education: 0.01,";

#[test]
fn it_costs_the_same_whoever_pays() {
    let all: Vec<Vec<f64>> = ["0.0005", "0.002", "0.05"]
        .iter()
        .map(|share| {
            let (_folder, file) = story(&[(MONEY, &format!("share_of_education: {share},"))]);
            let out = run(&file);
            let short = row(&out, "to find").iter().sum::<f64>();
            assert_eq!(short > 1.0, *share != "0.05", "{out}");
            row(&out, "to do it all")
        })
        .collect();
    assert!(all.iter().all(|row| *row == all[0] && row.len() == 7), "{all:?}");
}

#[test]
fn what_has_a_source_and_what_is_to_find_add_up() {
    let (folder, file) = story(&[(MONEY, "share_of_education: 0.0005,")]);
    let out = run(&file);
    let [all, paid, find] = ["to do it all", "has a source", "to find"].map(|name| row(&out, name));
    for ((all, paid), find) in all.iter().zip(&paid).zip(&find) {
        assert!((all - paid - find).abs() < 0.151, "three rounded amounts: {out}");
    }
    let [all, paid, find] = ["cost_full", "cost_paid", "to_find"].map(|code| compared(folder.path(), &file, code));
    assert!(
        find > 1e6 && (all - paid - find).abs() < 1e-6 * all,
        "{all} {paid} {find}"
    );
}

/// Paid per learner and year: from the tables by hand, in the summary, in a comparison.
#[test]
fn a_learner_costs_the_same_everywhere() {
    let (folder, file) = story(&[(
        "    country:",
        "    plan_from: 2029,\n    base_year: 2026,\n    country:",
    )]);
    let out = folder.path().join("tables");
    let Said { code, out: text, err } = said(&["run", &file, "--out", out.to_str().expect("UTF-8")]);
    assert_eq!(code, 0, "{err}");
    let sum = |table: &str, counts: &dyn Fn(&csv::StringRecord) -> bool, column: usize| -> f64 {
        let mut reader = csv::Reader::from_path(out.join(table)).expect("a table");
        let rows = reader.records().map(|row| row.expect("a row"));
        let rows = rows.filter(|row| row[0].parse::<i32>().expect("a year") >= 2029 && counts(row));
        rows.map(|row| row[column].parse::<f64>().expect("a number")).sum()
    };
    let paid = sum("funding.csv", &|row| &row[1] != "unfunded", 9);
    let overhead = sum("sources.csv", &|_| true, 5);
    let existing = sum("costs.csv", &|row| &row[5] == "existing", 12);
    let scenario = rollcall::scenario::text::read_scenario("plan", &std::fs::read(&file).expect("a file"), &|_| {
        let path = PathBuf::from(&file);
        let country = path.parent().and_then(|folder| folder.parent()).expect("a folder");
        let bytes = std::fs::read(country.join("countries/senegal.ron")).expect("a country");
        Ok(("senegal.ron".to_owned(), bytes))
    });
    let demand = rollcall::model::simulate(scenario.scenario.expect("valid")).run.demand;
    let learners: f64 = (3..=4)
        .flat_map(|t| (0..3).map(move |level| (t, level)))
        .map(|(t, level)| demand.learners(t, level))
        .sum();
    let each = (paid + overhead - existing) / learners;
    assert!(each > 1.0);
    assert!((compared(folder.path(), &file, "cost_per_learner") / each - 1.0).abs() < 1e-9);
    // Beside what it costs to do it all stands that cost over the same learners, not what is paid of it.
    let in_full = compared(folder.path(), &file, "cost_full") / learners;
    assert!(in_full > 1.2 * each, "{in_full} {each}");
    let said = format!(
        "Per learner and year: {}, paid {}. ",
        rollcall::units::Unit::Usd.show(in_full),
        rollcall::units::Unit::Usd.show(each).trim_start_matches("US$ ")
    );
    assert!(text.contains(&said), "{said} in\n{text}");
    // Side by side it has the same figures.
    let copy = folder.path().join("senegal/copy.ron");
    std::fs::copy(&file, &copy).expect("a copy");
    let Said { out: table, .. } = self::said(&["compare", &file, copy.to_str().expect("UTF-8")]);
    let line = table.lines().find(|line| line.starts_with("Paid per learner and year"));
    let cells: Vec<&str> = line.expect("a row").split_whitespace().collect();
    let shown = rollcall::units::Unit::Usd.show(each).replace("US$", "");
    assert!(
        cells.contains(&shown.trim_matches(|c: char| c.is_whitespace())),
        "{shown} in {cells:?}"
    );
    #[cfg(feature = "gui")]
    {
        let window = window_on(&file);
        let shown = window
            .state()
            .outcome()
            .and_then(|outcome| outcome.per_learner)
            .expect("a number");
        assert!((shown / in_full - 1.0).abs() < 1e-9, "{shown} {in_full}");
    }
}

#[test]
fn groups_that_differ_are_named() {
    let (_folder, file) = story(&[]);
    let (_other, changed) = story(&[]);
    let country = PathBuf::from(&changed)
        .parent()
        .and_then(|folder| folder.parent())
        .expect("a folder")
        .join("countries/senegal.ron");
    let text = std::fs::read_to_string(&country).expect("a country");
    let at = text.find("groups:").expect("groups");
    let from = at + text[at..].find("grid:").expect("grid power");
    let end = from + text[from..].find([',', '(']).expect("the end of a number");
    // Whatever stands there, in whichever form.
    let text = if text[from..=end].ends_with('(') {
        let value = from + text[from..].find("value:").expect("a value");
        let end = value + text[value..].find([',', ')']).expect("the end of a number");
        format!("{}value: 0.123{}", &text[..value], &text[end..])
    } else {
        format!("{}grid: 0.123{}", &text[..from], &text[end..])
    };
    std::fs::write(&country, text).expect("a file");
    let Said { code, out, err } = said(&["compare", &file, &changed]);
    assert_eq!(code, 0, "{err}");
    assert!(!out.contains("No input differs"), "{out}");
    assert!(
        out.contains("Country: 1 input differs") && out.contains("country.groups["),
        "{out}"
    );
}

#[cfg(feature = "gui")]
#[test]
fn assumptions_are_counted_alike_in_the_summary_at_the_foot_and_on_sources() {
    use egui_kittest::kittest::{NodeT as _, Queryable as _};

    let (_folder, file) = story(&[]);
    let out = run(&file);
    let told = out
        .lines()
        .find_map(|line| line.strip_prefix("Low confidence: "))
        .expect("a line");
    let counts: Vec<&str> = told
        .split(' ')
        .filter(|word| word.bytes().all(|b| b.is_ascii_digit()))
        .take(2)
        .collect();
    let [low, all] = counts[..] else { panic!("{told}") };
    let mut window = window_on(&file);
    let foot = format!("{low} of {all} inputs are low confidence");
    assert!(window.query_by_label_contains(&foot).is_some(), "{foot}");
    let context = window.ctx.clone();
    window.state_mut().apply(
        rollcall::app::command::Command::Show(rollcall::app::Page::Sources),
        &context,
    );
    window.run();
    let head = window.get_by_label_contains(" inputs, each once");
    let head = head
        .accesskit_node()
        .label()
        .or_else(|| head.accesskit_node().value())
        .expect("a text");
    assert!(
        head.starts_with(&format!("{all} inputs")) && head.contains(&format!("{low} low")),
        "{head}"
    );
}

#[test]
fn a_share_of_nothing_is_not_told() {
    let (folder, file) = story(&[]);
    let country = folder.path().join("countries/senegal.ron");
    let text = std::fs::read_to_string(&country).expect("a country");
    let at = text.find("education_spending:").expect("spending") + "education_spending:".len();
    let end = at + text[at..].find('\n').expect("a line");
    std::fs::write(&country, format!("{} 0,{}", &text[..at], &text[end..])).expect("a file");
    let out = run(&file);
    assert!(out.contains("All services: not known of education spending"), "{out}");
}

/// Without any money but a part of the existing budget nothing of the plan has a source, and nothing is less than nothing.
#[test]
fn what_stands_and_is_not_kept_up_is_not_the_plans() {
    let at = ("sources: [", "existing: 0.3,\n        sources: [],\n        /* ");
    let (folder, file) = story(&[at, ("    targets: [", "*/\n    ),\n    targets: [")]);
    let out = run(&file);
    let [all, paid, find] = ["to do it all", "has a source", "to find"].map(|name| row(&out, name));
    // The last columns: all services, those that stand, the plan.
    assert_eq!((paid[6], find[6]), (0.0, all[6]), "{out}");
    assert!(
        (find[5] - 0.7 * all[5]).abs() < 0.11 && (find[4] - find[5] - find[6]).abs() < 0.11,
        "{out}"
    );
    assert!(out.contains(", paid 0. All services"), "{out}");
    assert!(compared(folder.path(), &file, "cost_paid").abs() < 1e-3);
}

/// Sierra Leone's balanced plan builds with money that could wait and loses almost a quarter of it in its last year; set aside for
/// one year, that money keeps all but a twenty-fifth. The first is what is told, the second what the advice rests on.
#[test]
fn where_keeping_goes_unpaid_after_expansion_the_reserve_is_named() {
    let advice = "reserve_years may set some aside";
    let plain = said(&["run", "sierra_leone/balanced.ron"]).out;
    assert!(
        plain.contains("First dark year 2030") && plain.contains(advice),
        "{plain}"
    );
    let text = std::fs::read_to_string("scenarios/sierra_leone/balanced.ron").expect("a story");
    let text = text.replace("../countries/", "countries/").replacen(
        "    funding: (",
        "    funding: (\n        reserve_years: 1,",
        1,
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("reserved.ron");
    std::fs::write(&path, text).expect("written");
    let kept = said(&["run", &path.display().to_string()]).out;
    assert!(
        plain.contains("(24.1 % of those in service)") && kept.contains("(4 % of those in service)"),
        "{plain}{kept}"
    );
    assert!(!kept.contains(advice), "{kept}");
    // Where no year is dark there is no advice.
    assert!(!said(&["run", "senegal/teachers_first.ron"]).out.contains(advice));
}

/// In 2029 and 2030 nothing is paid. The one source that waits may pay for expansion alone, or until 2028 alone: years reserved for
/// change nothing, so that they are not named.
#[test]
fn a_reserve_is_not_named_where_it_could_keep_nothing() {
    let text = include_str!("../data/example.ron");
    let start = text.find("    funding: (").expect("funding");
    let end = start + text[start..].find("\n    ),\n").expect("its end");
    let folder = tempfile::tempdir().expect("a folder");
    let told = |reserve: u32, rules: &str| {
        let funding = format!(
            "    funding: (\n        reserve_years: {reserve},\n        sources: [\n            grant(name: \"Partner\", commitment: 120_000_000, \
             release: {{2027: 0.5, 2028: 0.5}}{rules}),\n            domestic_budget(name: \"Budget\", amount: {{2027: 60_000_000, 2028: \
             60_000_000, 2029: 0}}),\n        ],"
        );
        let path = folder.path().join("plan.ron");
        std::fs::write(&path, format!("{}{funding}{}", &text[..start], &text[end..])).expect("written");
        let out = said(&["run", &path.display().to_string()]).out;
        assert!(out.contains("First dark year"), "{out}");
        let dark = out
            .lines()
            .find(|line| line.contains("First dark year"))
            .map(str::to_owned);
        (dark, out.contains("reserve_years"))
    };
    for rules in [", natures: [capital], needs: [expansion]", ", until: 2028"] {
        let (dark, named) = told(0, rules);
        assert!(!named, "{rules}");
        assert_eq!(told(2, rules).0, dark, "{rules}");
    }
}
