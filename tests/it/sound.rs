//! Files whose numbers cannot be counted with are refused in words, and what is not finite is never written.

use std::fs;

use rollcall::model::{Detail, Trajectory, Workspace, simulate};
use rollcall::scenario::Level;
use rollcall::scenario::measure::{Measure, Scope};

use super::{EXAMPLE, example, of, rollcall};

/// The example with something written otherwise.
fn changed(changes: &[(&str, &str)]) -> (tempfile::TempDir, String) {
    let mut text = example();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    fs::write(&path, text).expect("written");
    (folder, path.display().to_string())
}

const BIRTHS: &str = "births: {2000: 400_000, 2026: 500_000, 2040: 520_000}";

#[test]
fn inputs_that_leave_nothing_to_count_are_errors() {
    for (from, to, wanted) in [
        (
            BIRTHS,
            "births: {2000: 0, 2026: 0, 2040: 0}",
            "country.births[2000] = 0: allowed is 1 to",
        ),
        (
            BIRTHS,
            "births: {2026: 0, 2030: 500_000}",
            "country.births[2026] = 0: allowed is 1 to",
        ),
        (
            "    plan: (",
            "    prices: (general: (device_decline: 1)),\n    plan: (",
            "prices.general.device_decline = 1: allowed is 0 to 0.9",
        ),
        (
            "    plan: (",
            "    prices: (general: (plan_decline: 1)),\n    plan: (",
            "prices.general.plan_decline = 1: allowed is 0 to 0.9",
        ),
        (
            "    plan: (",
            "    prices: (general: (bandwidth_decline: 1)),\n    plan: (",
            "prices.general.bandwidth_decline = 1: allowed is 0 to 0.9",
        ),
        (
            "learners: 2_000_000",
            "learners: 1e-308",
            "a level without learners cannot be planned for",
        ),
        (
            "learners: 2_000_000",
            "learners: 0.5",
            "a level without learners cannot be planned for",
        ),
    ] {
        let (_folder, file) = changed(&[(from, to)]);
        let said = of(&mut rollcall(), &["check", &file]);
        assert!(
            said.code == 2 && (said.err.contains(wanted) || said.out.contains(wanted)),
            "{to}: {} {}",
            said.out,
            said.err
        );
    }
}

/// A run that cannot be counted with is refused with a year, a place to look at, exit code 2, and no file.
#[test]
fn a_run_that_is_not_finite_writes_nothing() {
    let (_folder, file) = changed(&[
        (BIRTHS, "births: {2019: 1e15, 2020: 1, 2040: 1}"),
        ("format: 2,", "format: 2, horizon: 2040,"),
    ]);
    let results = tempfile::tempdir().expect("a folder");
    let out = results.path().join("tables");
    let said = of(&mut rollcall(), &["run", &file, "--out", &out.display().to_string()]);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
    for wanted in [
        "not-finite-result",
        "less than one learner of primary is left",
        "country.births[2019]",
    ] {
        assert!(said.err.contains(wanted), "{wanted}: {}", said.err);
    }
    assert!(!out.exists());
    let said = of(&mut rollcall(), &["compare", EXAMPLE, &file]);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
    assert!(said.err.contains("nothing was compared"), "{}", said.err);
}

/// Minus zero is zero to a reader, and in what the program writes.
#[test]
fn minus_zero_is_written_as_zero() {
    let (_folder, file) = changed(&[("share: {2026: 0, 2030: 0.8}", "share: {2026: -0, 2030: -0.0}")]);
    let said = of(&mut rollcall(), &["run", &file]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(!said.out.contains("-0 ") && !said.out.contains("-0.0"), "{}", said.out);
}

/// What a target or a weight of an input is about: a level has the same results whether places are kept or not.
#[test]
fn a_level_has_the_same_results_at_either_detail() {
    let scenario = super::enlarged::enlarged(3, 2030);
    let full = simulate(&scenario);
    let mut totals = full.clone();
    totals.run = Workspace::new(&full.model, Detail::TOTALS);
    full.model.run(&full.parameters, &mut totals.run);
    for level in [None, Some(Level::Primary), Some(Level::LowerSecondary)] {
        for measure in Measure::ALL.iter().copied().filter(|measure| measure.has_places()) {
            for t in 0..full.model.years {
                let of = |run: &Trajectory| run.lend().value(measure, Scope::of(level), t).unwrap_or(-1.0);
                let (one, other) = (of(&full), of(&totals));
                assert!(
                    (one - other).abs() < 1e-12,
                    "{measure:?} {level:?}: {one} is not {other}"
                );
            }
        }
    }
}

/// In the window such a plan opens, is said to give no results, and nothing of them is shown; another plan goes on.
#[cfg(feature = "gui")]
#[test]
fn the_window_says_that_there_are_no_results() {
    use egui_kittest::kittest::Queryable as _;

    use crate::harness::window_on;

    let (_folder, file) = changed(&[
        (BIRTHS, "births: {2019: 1e15, 2020: 1, 2040: 1}"),
        ("format: 2,", "format: 2, horizon: 2040,"),
    ]);
    let window = window_on(file);
    window.get_by_label_contains(
        "less than one learner of primary is left. Nothing is shown of such a run. Look at Live births by calendar year, 2019:",
    );
    assert!(window.state().outcome().is_none());
}
