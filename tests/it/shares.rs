//! Shares of one whole: declared once, edited together, and never left to one part in silence.

use std::collections::BTreeSet;
use std::path::Path;

use rollcall::data::store;
use rollcall::scenario::reference;
use rollcall::scenario::simplex::Simplex;
use rollcall::scenario::wholes::wholes;
use rollcall::scenario::{Scenario, Severity};

use super::{example, said};

#[test]
fn shares_that_belong_together_are_declared_in_the_registry() {
    let declared: BTreeSet<Simplex> = reference::paths()
        .iter()
        .filter_map(|(_, field)| field.simplex)
        .collect();
    assert_eq!(declared.len(), 8, "{declared:?}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/senegal/balanced.ron");
    let senegal: Scenario = store::open(&path).scenario.expect("Senegal");
    for whole in wholes(&senegal) {
        for year in senegal.base_year..=senegal.horizon {
            assert!(whole.simplex.allows(whole.sum(year)), "{whole:?}");
        }
    }
}

/// The example with some of the teachers' competence written by hand.
fn check(competence: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    let text = example().replacen("teachers: 60_000", &format!("teachers: 60_000, {competence}"), 1);
    assert!(text.contains(competence), "the level is where it was");
    std::fs::write(&path, text).expect("written");
    let said = said(&["check", path.to_str().expect("Unicode")]);
    said.err + &said.out
}

#[test]
fn a_file_that_leaves_a_share_to_the_rest_is_told_how_much() {
    let out = check("competence_none: 0.35");
    assert!(
        out.contains("warning[implied-rest] country.levels[0] = 45 %: left for teachers at knowledge creation, the top level, which nobody has stated: competence_none 35 % is stated, competence_acquisition 15 %, competence_deepening 5 % is assumed"),
        "{out}"
    );
    for meant in [
        "competence_none: 0.35, competence_acquisition: 0.45, competence_deepening: 0.2",
        "competence_none: 0.35, competence_acquisition: 0.4, competence_deepening: 0.1",
        "content: 0.2",
    ] {
        let out = check(meant);
        assert!(!out.contains("implied-rest"), "{meant}: {out}");
    }
    let out = check("competence_none: 0.95");
    assert!(out.contains("error[shares-sum]"), "{out}");
}

#[test]
fn bundled_stories_leave_nothing_to_the_rest_in_silence() {
    for (name, _) in rollcall::data::bundled() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
        let findings = store::open(&path).findings;
        let implied = findings.iter().filter(|finding| finding.code == "implied-rest");
        let implied: Vec<String> = implied
            .filter(|finding| finding.severity != Severity::Note)
            .map(ToString::to_string)
            .collect();
        assert!(implied.is_empty(), "{name}: {implied:?}");
    }
}

#[cfg(feature = "gui")]
mod in_the_window {
    use std::path::PathBuf;
    use std::sync::Arc;

    use eframe::egui::{Key, Modifiers, Role};

    use egui_kittest::kittest::{NodeT as _, Queryable as _};
    use rollcall::app::Page;
    use rollcall::app::command::Command;
    use rollcall::scenario::Scenario;

    use crate::harness::{Window, app_on, apply, window_of, write};

    fn window_on(file: &str) -> Window {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file);
        let mut window = window_of(app_on(path));
        apply(&mut window, Command::Show(Page::Sources));
        window
    }

    fn scenario(window: &Window) -> Arc<Scenario> {
        Arc::clone(window.state().scenario().expect("a scenario"))
    }

    /// Opens the row of a number, found by its path.
    fn open(window: &mut Window, path: &str, name: &str) {
        write(window, "Search", path);
        let of_the_number = |label: &str| label.starts_with(name) && label.contains(" %, ");
        let row = window
            .query_all_by_role(Role::Button)
            .find(|row| row.accesskit_node().label().is_some_and(|label| of_the_number(&label)));
        row.expect("the row").click();
        window.run();
    }

    fn choose(window: &mut Window, label: &str) {
        window.get_by_role_and_label(Role::RadioButton, label).click();
        window.run();
    }

    fn is_barred(window: &Window) -> bool {
        let button = window.get_by_role_and_label(Role::Button, "Replace the number");
        button.accesskit_node().is_disabled()
    }

    const NONE: &str = "Share of teachers without ICT competence (ICT-CFT)";
    const ACQUISITION: &str = "Share of teachers at knowledge acquisition (ICT-CFT level 1)";
    const TOP: &str = "teachers at knowledge creation, the top level";

    fn competence(scenario: &Scenario) -> [f64; 3] {
        let level = &scenario.country.levels[0];
        [
            &level.competence_none,
            &level.competence_acquisition,
            &level.competence_deepening,
        ]
        .map(|share| share.value)
    }

    fn close(are: [f64; 3], wanted: [f64; 3]) {
        let near = are.iter().zip(wanted).all(|(is, wanted)| (is - wanted).abs() < 1e-9);
        assert!(near, "{are:?}, not {wanted:?}");
    }

    #[test]
    fn fewer_teachers_without_competence_are_no_masters_unless_somebody_says_so() {
        let mut window = window_on("tests/data/example.ron");
        let before = scenario(&window);
        open(&mut window, "levels[0].competence_none", NONE);
        write(&mut window, NONE, "35");
        write(&mut window, "Source", "survey of 2025");
        window.get_by_label("✗ the shares add up to 55 %; 45 % is missing");
        assert!(is_barred(&window));
        window.key_press(Key::Enter);
        window.run();
        assert_eq!(*scenario(&window), *before, "nothing is taken over until it adds up");

        choose(&mut window, "The difference goes to the others in proportion");
        assert!(!is_barred(&window));
        window.get_by_role_and_label(Role::Button, "Replace the number").click();
        window.run();
        let now = scenario(&window);
        close(competence(&now), [0.35, 0.4875, 0.1625]);
        let passport = now.country.levels[0]
            .competence_acquisition
            .passport
            .clone()
            .expect("a passport");
        assert!(
            passport.source.starts_with("P20") && passport.low_confidence,
            "{passport:?}"
        );
        assert!(passport.note.contains("without ICT competence"), "{passport:?}");
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run();
        assert_eq!(*scenario(&window), *before, "one step back");
    }

    #[test]
    fn the_difference_can_go_to_one_share_or_be_typed() {
        let mut window = window_on("tests/data/example.ron");
        open(&mut window, "levels[0].competence_none", NONE);
        write(&mut window, NONE, "60");
        choose(&mut window, &format!("The difference goes to: {ACQUISITION}"));
        // Typing on, the share goes on taking the rest.
        write(&mut window, NONE, "35");
        write(&mut window, "Source", "survey of 2025");
        window.get_by_role_and_label(Role::Button, "Replace the number").click();
        window.run();
        close(competence(&scenario(&window)), [0.35, 0.6, 0.05]);

        open(&mut window, "levels[0].competence_none", NONE);
        write(&mut window, NONE, "30");
        write(&mut window, TOP, "5");
        assert!(!is_barred(&window), "typed, it adds up: 30, 60, 5 and 5");
        write(&mut window, TOP, "6");
        window.get_by_label("✗ the shares add up to 101 %; 1 % too much");
        choose(&mut window, &format!("The difference goes to: {ACQUISITION}"));
        window.get_by_role_and_label(Role::Button, "Replace the number").click();
        window.run();
        close(competence(&scenario(&window)), [0.3, 0.59, 0.05]);
    }

    #[test]
    fn shares_by_year_are_edited_together_and_get_no_point_of_another() {
        let mut window = window_on("scenarios/senegal/balanced.ron");
        let before = scenario(&window);
        let paths = |scenario: &Scenario| -> Vec<Vec<(i32, f64)>> {
            scenario
                .plan
                .learning
                .iter()
                .map(|mode| mode.share.points.clone())
                .collect()
        };
        write(&mut window, "Search", "plan.learning[0].share");
        window.get_by_label_contains("adaptive software").click();
        window.run();
        write(&mut window, "adaptive software, 2030", "80");
        write(&mut window, "Source", "teachers' council");
        window.get_by_label("✗ 2030: the shares add up to 110 %; 10 % too much");
        choose(&mut window, "The difference goes to: lesson support");
        window.get_by_role_and_label(Role::Button, "Replace the number").click();
        window.run();
        let mut wanted = paths(&before);
        wanted[0].last_mut().expect("a point").1 = 0.8;
        wanted[1].last_mut().expect("a point").1 = 0.2;
        let now = paths(&scenario(&window));
        for (is, wanted) in now.iter().flatten().zip(wanted.iter().flatten()) {
            assert!(
                is.0 == wanted.0 && (is.1 - wanted.1).abs() < 1e-9,
                "{now:?}, not {wanted:?}"
            );
        }
        assert_eq!(now.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3]);

        // A year is added for the part that was opened alone, and taken out for all.
        let open = |window: &mut Window| {
            let row = window.query_all_by_role(Role::Button).find(|row| {
                let label = row.accesskit_node().label();
                label.is_some_and(|label| label.contains("adaptive software: "))
            });
            row.expect("the row").click();
            window.run();
        };
        open(&mut window);
        window.get_by_role_and_label(Role::ComboBox, "Add a year").click();
        window.run();
        window.get_by_role_and_label(Role::Button, "2029").click();
        window.run();
        window.get_by_role_and_label(Role::Button, "Replace the number").click();
        window.run();
        let lengths = |window: &Window| paths(&scenario(window)).iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(lengths(&window), [4, 3]);
        open(&mut window);
        window.get_by_role_and_label(Role::Button, "Remove year 2").click();
        window.run();
        window.get_by_role_and_label(Role::Button, "Replace the number").click();
        window.run();
        assert_eq!(lengths(&window), [3, 2]);
    }

    #[test]
    fn every_share_of_a_whole_opens_the_whole() {
        let mut window = window_on("tests/data/example.ron");
        for (path, parts) in [
            ("groups[0].grid", 3),
            ("groups[0].cellular", 5),
            ("groups[0].poorest", 5),
            ("levels[0].competence_deepening", 4),
        ] {
            write(&mut window, "Search", path);
            let is_row = |label: Option<String>| label.is_some_and(|label| label.contains(" %, "));
            let shown: Vec<_> = window
                .query_all_by_role(Role::Button)
                .filter(|row| is_row(row.accesskit_node().label()))
                .collect();
            shown.last().expect("a row").click();
            window.run();
            let ways = window
                .query_all_by_role(Role::RadioButton)
                .filter(|way| {
                    way.accesskit_node()
                        .label()
                        .is_some_and(|label| label.starts_with("The difference goes to: "))
                })
                .count();
            assert_eq!(ways, parts, "{path}");
        }
    }
}
