//! The command line as a user meets it: exit codes, what goes where, what is written.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use super::{EXAMPLE, Said, example, of, rollcall, said};

const TABLES: [&str; 12] = [
    "ahead.csv",
    "costs.csv",
    "debt.csv",
    "donors.csv",
    "funding.csv",
    "indicators.csv",
    "places.csv",
    "run.ron",
    "sources.csv",
    "stocks.csv",
    "terms.csv",
    "uis.csv",
];

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    names
}

/// A scenario in a folder of its own: the example with parts replaced.
fn changed(changes: &[(&str, &str)]) -> (tempfile::TempDir, String) {
    let mut text = example();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    fs::write(&path, text).expect("written");
    (folder, path.display().to_string())
}

#[test]
fn version_names_commit_and_data() {
    let Said { code, out, err } = said(&["--version"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.starts_with(&format!("rollcall {} (commit ", env!("CARGO_PKG_VERSION"))) && out.contains(", data pack "),
        "{out}"
    );
}

#[test]
fn help_teaches() {
    let Said { code, out, .. } = said(&["--help"]);
    assert_eq!(code, 0);
    for word in [
        "open",
        "check",
        "run",
        "new",
        "Examples:",
        "Exit codes:",
        "rollcall new SEN",
        "Next:",
    ] {
        assert!(out.contains(word), "{word} is missing in\n{out}");
    }
    for command in ["check", "run", "new"] {
        let Said { code, out, .. } = said(&[command, "--help"]);
        assert!(code == 0 && out.contains("Exit codes:"), "{out}");
    }
}

#[test]
fn wrong_usage_is_2_and_speaks_on_standard_error() {
    for arguments in [
        &["fly"][..],
        &["run"],
        &["check"],
        &["new"],
        &["run", EXAMPLE, "--fast"],
    ] {
        let Said { code, out, err } = said(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains("error"), "{err}");
    }
}

#[test]
fn check_puts_findings_on_standard_error_and_the_count_on_standard_output() {
    let Said { code, out, err } = said(&["check", EXAMPLE]);
    assert_eq!(code, 0);
    assert!(
        out.starts_with(&format!("{EXAMPLE}: ")) && out.ends_with("; it can run\n") && out.lines().count() == 1,
        "{out}"
    );
    assert!(
        err.lines()
            .all(|line| line.contains("note[") || line.starts_with("    ")),
        "{err}"
    );
    // The worst file decides.
    let Said { code, out, .. } = said(&["check", EXAMPLE, "tests/bad/percent_sign.ron", EXAMPLE]);
    assert_eq!((code, out.lines().count()), (2, 3), "{out}");
}

#[test]
fn only_strict_makes_warnings_matter() {
    let (_folder, file) = changed(&[("powered: {2026: 0.3,", "powered: {2025: 0.3,")]);
    assert_eq!(said(&["check", &file]).code, 0);
    let Said { code, out, err } = said(&["check", "--strict", &file]);
    assert_eq!(code, 1);
    assert!(
        out.contains("1 warning") && err.contains("warning[year-outside]"),
        "{out}{err}"
    );
    assert_eq!(said(&["check", "--strict", EXAMPLE]).code, 0, "notes are no warnings");
    assert_eq!(
        said(&["check", "--strict", "tests/bad/percent_sign.ron"]).code,
        2,
        "errors stay errors"
    );
}

/// A summary of one screen; below it, after an empty line, what the plan asks of the country and who pays.
fn fits(out: &str) {
    let (summary, below) = out.split_once("\n\n").expect("a summary and what is below");
    assert!(summary.lines().count() <= 25 && below.lines().count() <= 25, "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
}

#[test]
fn run_prints_a_summary_that_fits_the_screen() {
    let Said { code, out, err } = said(&["run", EXAMPLE]);
    assert_eq!(code, 0);
    fits(&out);
    for word in [
        "Example (EXA)",
        "learners reached",
        "target",
        "met",
        "US$ million",
        "to do it all",
        "has a source",
        "to find",
        "Paid by",
        "Per learner and year",
        "dark year",
        "held back",
        "Low confidence",
        "SD",
    ] {
        assert!(out.contains(word), "`{word}` is missing in\n{out}");
    }
    assert!(!out.contains("..."), "something is cut off:\n{out}");
    assert!(err.contains("notes") && err.contains("rollcall check"), "{err}");
}

#[test]
fn a_summary_fits_the_screen_whatever_the_scenario() {
    let long = "a very long name of a source of money ".repeat(4);
    let sources: String = (0..25)
        .map(|i| format!("domestic_budget(name: \"{long}{i}\", amount: 1_000_000),\n"))
        .collect();
    let targets: String = (0..9)
        .map(|i| format!("(indicator: \"4.1.1.b.mathematics\", level: primary, year: 2030, at_least: 0.2{i}),\n"))
        .collect();
    let (_folder, file) = changed(&[
        ("title: \"", &format!("horizon: 2060, title: \"\\u{{1b}}[31m{long}")),
        ("sources: [", &format!("sources: [{sources}")),
        ("targets: [", &format!("targets: [{targets}")),
        ("gdp: 30_000_000_000", "gdp: 3_000_000_000_000"),
    ]);
    let Said { code, out, err } = said(&["run", &file]);
    assert_eq!(code, 0, "{err}");
    fits(&out);
    assert!(!out.contains('\u{1b}'));
    assert!(
        out.contains("more targets") && out.contains("more sources") && out.contains("Learning"),
        "{out}"
    );
}

#[test]
fn run_writes_all_tables_into_a_new_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("a/b");
    let Said { code, err, .. } = said(&["run", EXAMPLE, "--out", &out.display().to_string()]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(files(&out), TABLES);
    assert!(err.contains("11 tables and run.ron written"), "{err}");
}

#[test]
fn tables_that_cannot_be_written_are_a_failure_and_the_summary_still_comes() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "mine").expect("written");
    let Said { code, out, err } = said(&["run", EXAMPLE, "--out", &file.display().to_string()]);
    assert_eq!(code, 2);
    assert!(
        out.contains("Cost") && err.contains("is a file, not a folder"),
        "{out}{err}"
    );
    assert_eq!(fs::read_to_string(&file).expect("read"), "mine");
}

#[test]
fn only_require_targets_makes_a_missed_target_matter() {
    let (_folder, file) = changed(&[("at_least: 0.25", "at_least: 0.99")]);
    let Said { code, out, .. } = said(&["run", &file]);
    assert_eq!(code, 0);
    assert!(out.contains("missed by"), "{out}");
    let Said { code, err, .. } = said(&["run", &file, "--require-targets"]);
    assert_eq!(code, 1);
    assert!(err.contains("a target is missed: learners reached (reach)"), "{err}");
    assert_eq!(said(&["run", EXAMPLE, "--require-targets"]).code, 0);
}

/// Any measure can be a target, from either side, for a place or a margin of learners.
#[test]
fn a_ceiling_on_cost_and_a_target_for_some_learners_are_held_against_the_run() {
    let targets = |ceiling: &str| {
        let cost = format!("(indicator: \"cost_full\", year: 2030, at_most: {ceiling}),");
        let dark = "(indicator: \"first_dark_year\", year: 2030, at_least: 2031)";
        changed(&[
            // As many graduates as entrants: no word about them takes the room of a target.
            ("last_grade_intake: 0.6", "last_grade_intake: 0.75"),
            ("(indicator: \"reach\", year: 2030, at_least: 0.25),", &cost),
            (
                "(indicator: \"4.a.1.b\", level: primary, year: 2030, at_least: 0.75)",
                &format!(
                    "(indicator: \"reach\", level: primary, locality: rural, year: 2030, at_least: 0.01), \
                     (indicator: \"gap.reach.wealth\", year: 2030, at_most: 50), {dark}"
                ),
            ),
        ])
    };
    let (_folder, file) = targets("1e12");
    let Said { code, out, err } = said(&["run", &file, "--require-targets"]);
    assert_eq!(code, 0, "{out}{err}");
    for name in [
        "to do it all (cost_full), US$ billion",
        "learners reached (reach), primary, r...",
    ] {
        let line = out
            .lines()
            .find(|said| said.contains(name))
            .unwrap_or_else(|| panic!("{name}: {out}"));
        assert!(line.ends_with("met"), "{line}");
    }
    assert!(out.contains("and 2 more targets, of which 2 met"), "{out}");
    let (_folder, file) = targets("1000");
    let Said { code, out, err } = said(&["run", &file, "--require-targets"]);
    assert_eq!(code, 1, "{out}{err}");
    assert!(err.contains("a target is missed: to do it all (cost_full)"), "{err}");
    let line = out
        .lines()
        .find(|said| said.contains("cost_full"))
        .expect("the ceiling");
    assert!(line.contains('\u{2264}') && line.contains("missed by"), "{line}");
}

#[test]
fn bad_input_to_run_is_2_and_prints_no_summary() {
    for file in [
        "tests/bad/percent_sign.ron",
        "tests/bad",
        "no/such.ron",
        "../senegal/balanced.ron",
    ] {
        let Said { code, out, err } = said(&["run", file]);
        assert_eq!((code, out.as_str()), (2, ""), "{file}");
        assert!(err.contains("error[") && err.contains("nothing was run"), "{err}");
    }
}

#[test]
fn new_writes_a_scenario_that_runs_and_overwrites_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = || {
        let mut command = rollcall();
        command.current_dir(folder.path());
        command
    };
    let Said { code, out, err } = of(&mut here(), &["new", "SEN"]);
    if err.contains("without the data pack") {
        assert_eq!(code, 2);
        return;
    }
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("SEN.ron: Senegal, 6 groups") && out.contains("rollcall run SEN.ron"),
        "{out}"
    );
    assert_eq!(of(&mut here(), &["check", "SEN.ron"]).code, 0);
    assert_eq!(of(&mut here(), &["run", "SEN.ron"]).code, 0);
    fs::write(folder.path().join("SEN.ron"), "mine").expect("written");
    let Said { code, err, .. } = of(&mut here(), &["new", "SEN"]);
    assert!(code == 2 && err.contains("--force"), "{err}");
    assert_eq!(fs::read_to_string(folder.path().join("SEN.ron")).expect("read"), "mine");
    assert_eq!(of(&mut here(), &["new", "SEN", "--force"]).code, 0);
    assert!(
        fs::read_to_string(folder.path().join("SEN.ron"))
            .expect("read")
            .starts_with("(\n    format: 2,")
    );
    assert_eq!(of(&mut here(), &["new", "senegal", "--out", "named.ron"]).code, 0);
    let Said { code, out, err } = of(&mut here(), &["new", "SEM"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("no country has the code or name `SEM`"), "{err}");
    assert_eq!(files(folder.path()), ["SEN.ron", "named.ron"]);
}

#[test]
fn new_takes_a_regional_table_and_says_what_is_wrong_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    if said(&["new", "SEN", "--out", &at("first.ron")])
        .err
        .contains("without the data pack")
    {
        return;
    }
    let good =
        "region,locality,level,schools,learners\nDakar,urban,primary,900,420000\nKolda,rural,primary,1100,160000\n";
    fs::write(at("good.csv"), good).expect("written");
    let Said { code, err, .. } = said(&["new", "SEN", "--groups", &at("good.csv"), "--out", &at("regions.ron")]);
    assert_eq!(code, 0, "{err}");
    assert!(
        fs::read_to_string(at("regions.ron"))
            .expect("read")
            .contains("region: \"Dakar\"")
    );
    assert_eq!(said(&["run", &at("regions.ron")]).code, 0);
    fs::write(
        at("bad.csv"),
        "region,locality,level,schools,learners\nDakar,seaside,primary,many,420000\n",
    )
    .expect("written");
    let Said { code, err, .. } = said(&["new", "SEN", "--groups", &at("bad.csv"), "--out", &at("never.ron")]);
    assert!(
        code == 2 && err.contains("bad.csv:2:7: error[") && err.contains("nothing was written"),
        "{err}"
    );
    assert!(!Path::new(&at("never.ron")).exists());
    // A level without a teacher would be a scenario that cannot run.
    let idle = "region,locality,level,schools,learners,teachers\nDakar,urban,primary,9000,2100000,0\n";
    fs::write(at("idle.csv"), idle).expect("written");
    let Said { code, err, .. } = said(&["new", "SEN", "--groups", &at("idle.csv"), "--out", &at("never.ron")]);
    assert!(code == 2 && err.contains("error[no-teachers] primary"), "{err}");
    let Said { code, err, .. } = said(&["new", "SEN", "--groups", &at("none.csv"), "--out", &at("never.ron")]);
    assert!(code == 2 && err.contains("there is no such file"), "{err}");
}

#[test]
fn bundled_scenarios_run_from_any_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, _) in rollcall::data::bundled()
        .iter()
        .filter(|(name, _)| rollcall::data::store::runs_alone(name))
    {
        for path in [(*name).to_owned(), format!("scenarios/{name}")] {
            let mut command = rollcall();
            command.current_dir(folder.path());
            let Said { code, err, .. } = of(&mut command, &["run", &path]);
            assert_eq!(code, 0, "{path}: {err}");
        }
    }
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    for arguments in [&["run", EXAMPLE][..], &["--help"], &["--version"], &["check", EXAMPLE]] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_rollcall"))
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("ended");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(
            !String::from_utf8_lossy(&output.stderr).contains("panicked"),
            "{arguments:?}"
        );
    }
}

#[cfg(not(feature = "gui"))]
#[test]
fn without_a_window_the_program_names_the_command_line() {
    for arguments in [&[][..], &["open", EXAMPLE]] {
        let Said { code, out, err } = said(arguments);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(
            err.contains("no window") && err.contains("rollcall run") && err.lines().count() == 1,
            "{err}"
        );
    }
}

#[test]
fn new_finds_a_country_by_any_name_in_use() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, code) in [
        ("Gambia", "GMB"),
        ("Cote d'Ivoire", "CIV"),
        ("rdc", "COD"),
        ("sn", "SEN"),
    ] {
        let path = folder.path().join(code).display().to_string();
        let Said { code: exit, err, .. } = said(&["new", name, "--out", &path]);
        assert_eq!(exit, 0, "{name}: {err}");
        let text = fs::read_to_string(path).expect("a plan");
        assert!(text.contains(&format!("iso3: \"{code}\"")), "{name}");
    }
}
