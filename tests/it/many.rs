//! Files with very many faults or entries: an answer in a moment, and no longer than a person reads.

use std::fs;
use std::time::{Duration, Instant};

use super::{example, of, rollcall};

/// The example with a part replaced, checked; what was said and how long it took.
fn check(from: &str, to: &str) -> (String, Duration) {
    let text = example();
    assert!(text.contains(from), "{from}");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("plan.ron");
    fs::write(&file, text.replacen(from, to, 1)).expect("written");
    let start = Instant::now();
    let said = of(&mut rollcall(), &["check", &file.display().to_string()]);
    assert_eq!(said.code, 2);
    (said.out + &said.err, start.elapsed())
}

fn repeated(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect()
}

#[test]
fn a_last_line_counts_what_is_not_listed() {
    let sources = repeated(20_000, |n| {
        format!("grant(name: \"s{n}\", commitment: 1, release: 1, colour: red),")
    });
    let (said, took) = check("sources: [", &format!("sources: [{sources}"));
    assert!(
        said.lines().count() < 500 && said.len() < 100_000,
        "{} bytes",
        said.len()
    );
    assert!(
        said.contains("findings that are not listed: 19800 (19800 unknown-field)"),
        "{said}"
    );
    let cases = repeated(20_000, |n| format!("(to: 0.5, region: \"nowhere {n}\"),"));
    let (said, more) = check(
        "powered: {2026: 0.3, 2030: 0.9}",
        &format!("powered: [(to: 0.5), {cases}]"),
    );
    assert!(
        said.len() < 100_000 && said.contains("findings that are not listed: 19800 (19800 unknown-region)"),
        "{said}"
    );
    assert!(took.max(more) < Duration::from_secs(20), "{took:?} {more:?}");
}

#[test]
fn a_hundred_thousand_sources_are_refused_in_a_moment() {
    let sources = repeated(100_000, |n| format!("domestic_budget(name: \"s{n}\", amount: 1),"));
    let (said, took) = check("sources: [", &format!("sources: [{sources}"));
    assert!(
        said.contains("funding.sources = 100004: a scenario has at most 31 sources"),
        "{said}"
    );
    // A minute and more where each name was held against each other.
    assert!(took < Duration::from_secs(20), "{took:?}");
}

#[test]
fn twenty_thousand_groups_alike_are_checked_in_a_moment() {
    let group = "(region: \"r{}\", locality: rural, level: primary, schools: 5, learners: 500, teachers: 10, grid: 0.3, cellular: 0.1, reach_4g: 0.8, equipped: 0.1),";
    let groups = repeated(20_000, |n| group.replace("{}", &(n % 10_000).to_string()));
    let (said, took) = check(
        "groups: [",
        &format!(
            "groups: [{groups} (locality: rural, level: upper_secondary, schools: 1, learners: 1, teachers: 1, grid: 0, cellular: 0, reach_4g: 0, equipped: 0),"
        ),
    );
    assert!(said.contains("group-twice") && said.contains("and 9999 more"), "{said}");
    assert!(took < Duration::from_secs(30), "{took:?}");
}
