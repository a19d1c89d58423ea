//! Files of an older format are read as what they mean today, and a new mechanism of funding touches few files.

use std::fs;
use std::path::{Path, PathBuf};

use rollcall::data::store;
use rollcall::scenario::funding::SourceKind;
use rollcall::scenario::text::{Reading, read_scenario, write_scenario};
use rollcall::scenario::{Scenario, Severity, messages};

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(text: &str) -> Reading {
    read_scenario("plan.ron", text.as_bytes(), &|_| Err(messages::no_such_file()))
}

#[test]
fn kept_files_of_format_1_are_the_scenarios_that_they_became() {
    // The example has a source of each mechanism there was.
    for (kept, now) in [
        ("example.ron", "tests/data/example.ron"),
        ("balanced.ron", "scenarios/senegal/balanced.ron"),
    ] {
        let kept = at("tests/data/format_1").join(kept);
        assert!(
            fs::read_to_string(&kept)
                .expect("a file")
                .starts_with("(\n    format: 1,")
        );
        let open = |path: &Path| -> Scenario { store::open(path).scenario.expect("a scenario") };
        let (mut old, new) = (open(&kept), open(&at(now)));
        old.country.file.clone_from(&new.country.file);
        // What belongs to the country has left the plan; in an old file it still stands there.
        if let Some(content) = &mut old.plan.content {
            content.languages = None;
        }
        assert!(old == new, "{}", kept.display());
        let written = write_scenario(&old, false);
        assert!(
            written.starts_with("(\n    format: 2,") && !written.contains("kind:"),
            "{written}"
        );
    }
    let example = store::open(&at("tests/data/format_1/example.ron"))
        .scenario
        .expect("a scenario");
    let mut kinds: Vec<&str> = example
        .funding
        .sources
        .iter()
        .map(|source| source.kind.name())
        .collect();
    kinds.dedup();
    assert_eq!(
        kinds,
        [
            "domestic_budget",
            "universal_service_levy",
            "grant",
            "concessional_loan"
        ]
    );
}

#[test]
fn what_never_counted_in_format_1_is_left_out_with_a_word() {
    let old = fs::read_to_string(at("tests/data/format_1/example.ron")).expect("a file");
    let plain = read(&old).scenario.expect("a scenario");
    let reading = read(&old.replacen("kind: grant,", "kind: \"grant\", maturity: 30, rate: 0.02,", 1));
    let told: Vec<_> = reading
        .findings
        .iter()
        .filter(|finding| finding.code == "field-of-kind")
        .map(|finding| (finding.severity, finding.path.as_str(), finding.rule.to_string()))
        .collect();
    let of = |kind: &str| format!("`grant` has no such field: it is one of {kind}");
    assert_eq!(
        told,
        [
            (
                Severity::Warning,
                "funding.sources[2].maturity",
                of("concessional_loan")
            ),
            (
                Severity::Warning,
                "funding.sources[2].rate",
                of("universal_service_levy")
            ),
        ]
    );
    assert!(reading.scenario == Some(plain));
}

/// What several mechanisms have means the same in all of them: one path, one unit, one text.
#[test]
fn a_field_of_several_mechanisms_is_one_field() {
    for (at, kind) in SourceKind::KINDS.iter().enumerate() {
        for other in &SourceKind::KINDS[..at] {
            for field in kind.fields {
                let same = other.fields.iter().find(|known| known.name == field.name);
                assert!(
                    same.is_none_or(
                        |known| (known.unit, known.holds, known.doc) == (field.unit, field.holds, field.doc)
                    ),
                    "{} of {} and {}",
                    field.name,
                    kind.name,
                    other.name
                );
            }
        }
    }
}

/// Adding a mechanism touches what CONTRIBUTING says and nothing else: only these files name one that is there.
#[test]
fn few_files_know_a_mechanism() {
    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let mut all = Vec::new();
    sources(&at("src"), &mut all);
    let root = at("src");
    let mut knowing: Vec<String> = Vec::new();
    for path in all {
        let text = fs::read_to_string(&path).expect("a text");
        // What the tests at the foot of a file say touches nothing.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        if ["ConcessionalLoan", "concessional_loan", "LoanTerms", "LoanSlots"]
            .iter()
            .any(|name| code.contains(name))
        {
            let path = path
                .strip_prefix(&root)
                .expect("inside")
                .to_string_lossy()
                .replace('\\', "/");
            knowing.push(path);
        }
    }
    knowing.sort();
    assert_eq!(
        knowing,
        [
            "app/funding_page/mechanisms.rs",
            "app/funding_page/terms.rs",
            "model/funding.rs",
            "model/funding/concessional_loan.rs",
            "scenario/check/funding.rs",
            "scenario/format_1.rs",
            "scenario/mechanisms.rs",
        ]
    );
}
