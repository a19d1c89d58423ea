//! The Compare page, used by the names of its controls.

use std::path::{Path, PathBuf};

use eframe::egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::Page;
use rollcall::app::command::Command;

use super::harness::{EXAMPLE, Window, app_on, apply, press, sized};

/// The Compare page on scenarios, the first of which was opened first.
fn window_on(paths: &[&Path]) -> Window {
    let mut window = sized(app_on(paths[0]), vec2(1280.0, 2200.0));
    for path in &paths[1..] {
        apply(&mut window, Command::Open((*path).to_owned()));
    }
    apply(&mut window, Command::Show(Page::Compare));
    window
}

/// The example and changed copies of it, in a folder of their own.
fn copies(changes: &[(&str, &str, &str)]) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string(EXAMPLE).expect("the example");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a copy");
        path
    };
    let mut paths = vec![write("plan.ron", &text)];
    for (name, from, to) in changes {
        assert!(text.contains(from), "{from}");
        paths.push(write(name, &text.replacen(from, to, 1)));
    }
    (folder, paths)
}

fn tick(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::CheckBox, name).click();
    window.run();
}

#[test]
fn two_open_scenarios_are_compared_at_once() {
    let (_folder, paths) = copies(&[("more.ron", "technicians: 2.5", "technicians: 5")]);
    let window = window_on(&[&paths[0], &paths[1]]);
    let costs: Vec<f64> = window
        .state()
        .documents()
        .iter()
        .map(|document| document.now.as_ref().expect("results").cost_full)
        .collect();
    assert!(costs[1] > costs[0] + 1e5);
    let show = |value: f64| rollcall::units::Unit::Usd.show(value);
    let more = show(costs[1] - costs[0]);
    window.get_by_label(&format!(
        "To do it all, 2027–2030, more: {}; +{more} against plan",
        show(costs[1])
    ));
    window.get_by_label_contains("Technicians for each 1,000 devices at year end, support, more: 5 per 1");
    for chart in [
        "Learners reached (% of learners)",
        "Learning gain beyond no new plan, primary (SD, end of level)",
    ] {
        let chart = window.get_by_role_and_label(Role::Figure, chart);
        let told = chart
            .accesskit_node()
            .data()
            .description()
            .unwrap_or_default()
            .to_owned();
        assert!(told.contains("plan: ") && told.contains("more: "), "{told}");
    }
}

#[test]
fn the_base_is_chosen_and_scenarios_are_ticked() {
    let (_folder, paths) = copies(&[("less.ron", "poorest_first", "largest_first")]);
    let mut window = window_on(&[&paths[0], &paths[1]]);
    press(&mut window, "Show differences from less");
    window.get_by_label("Which groups are served first, less: largest first");
    window.get_by_role_and_label(Role::Button, "Show differences from plan");
    tick(&mut window, "less");
    window.get_by_label("Tick at least two scenarios to compare them.");
    tick(&mut window, "less");
    // Ticked again it comes last: the other is the base.
    window.get_by_role_and_label(Role::Button, "Show differences from less");
}

#[test]
fn with_one_open_the_page_says_how_to_open_more() {
    let mut window = window_on(&[Path::new("senegal/balanced.ron")]);
    window.get_by_label_contains("Open another to compare it with");
    assert!(window.query_by_label("Open balanced").is_none(), "it is open already");
    press(&mut window, "Open devices first");
    assert_eq!(window.state().documents().len(), 2);
    assert_eq!(window.state().page(), Page::Compare);
    let now = window.state().documents()[1].now.clone().expect("results");
    let reached = rollcall::units::Unit::Share.show(now.final_reach());
    window.get_by_label_contains(&format!("Learners reached, 2030, Devices first: {reached}"));
    // Elsewhere there are no stories, but a copy can be opened.
    let mut window = window_on(&[Path::new(EXAMPLE)]);
    press(&mut window, "A copy of this plan");
    window.get_by_label("No input differs.");
}

#[test]
fn this_plan_under_that_funding_is_one_click() {
    let (folder, paths) = copies(&[
        ("less.ron", "commitment: 120_000_000", "commitment: 1_000_000"),
        ("same.ron", "poorest_first", "largest_first"),
    ]);
    let mut window = window_on(&[&paths[0], &paths[1], &paths[2]]);
    apply(&mut window, Command::Switch(0));
    let offer = |that: &str| format!("The plan of plan with the funding of {that}, as a new scenario beside them");
    assert!(
        window
            .get_by_role_and_label(Role::Button, &offer("same"))
            .accesskit_node()
            .is_disabled(),
        "the same money"
    );
    press(&mut window, &offer("less"));
    let documents = window.state().documents();
    assert_eq!(documents.len(), 4);
    assert_eq!(documents[3].scenario.plan, documents[0].scenario.plan);
    assert_eq!(documents[3].scenario.funding, documents[1].scenario.funding);
    assert!(window.state().is_changed(), "no file holds it");
    window.get_by_label_contains(", funding of less: US$ 1 million");
    // It can be saved and opened again.
    let path = folder.path().join("new.ron");
    apply(&mut window, Command::SaveAs(path.clone()));
    let again = window_on(&[&path]);
    assert_eq!(
        again.state().scenario().map(|scenario| &scenario.funding),
        window.state().scenario().map(|scenario| &scenario.funding)
    );
}

#[test]
fn a_funding_for_regions_that_this_country_lacks_is_refused_in_words() {
    let (_folder, paths) = copies(&[]);
    let mut window = window_on(&[&paths[0], Path::new("senegal/balanced.ron")]);
    let mut abroad = rollcall::scenario::Scenario::clone(window.state().scenario().expect("a scenario"));
    abroad.country.groups[0].region = "Dakar".into();
    abroad.funding.sources[0].regions = vec!["Dakar".into()];
    let edit = Command::Change {
        scenario: std::sync::Arc::new(abroad),
        what: "money for Dakar".into(),
        dragged: None,
    };
    apply(&mut window, edit);
    apply(&mut window, Command::Switch(0));
    press(
        &mut window,
        "The plan of Example country: all components with the funding of Senegal: balanced, as a new scenario beside them",
    );
    assert_eq!(window.state().documents().len(), 2);
    window.get_by_label_contains("The plan cannot take that funding");
}

#[test]
fn what_differs_is_filtered_by_part_and_by_word() {
    let mut window = window_on(&[
        Path::new("senegal/balanced.ron"),
        Path::new("bangladesh/devices_first.ron"),
    ]);
    window.get_by_label_contains("The countries differ");
    let listed = |window: &Window, start: &str| window.query_all_by_label_contains(start).count();
    let text = "Plan (";
    window.get_by_label_contains(text).click();
    window.run();
    assert!(
        listed(
            &window,
            "Which groups are served first, Senegal: balanced: poorest first"
        ) == 1
    );
    assert_eq!(listed(&window, "ISO 3166 code of three letters, Senegal: balanced"), 0);
    let field = window.get_by_role_and_label(Role::TextInput, "Find");
    field.focus();
    window.run();
    window
        .get_by_role_and_label(Role::TextInput, "Find")
        .type_text("no such thing");
    window.run();
    window.get_by_label("Nothing that differs has this in its name.");
}

/// Six of them, small and large, light and dark: no panic, no two controls of one identity, frames in time.
#[test]
fn six_scenarios_fit() {
    let stories = ["balanced", "devices_first", "teachers_first", "no_new_plan"];
    let mut names: Vec<String> = stories.iter().map(|story| format!("senegal/{story}.ron")).collect();
    names.extend(
        [
            "bangladesh/balanced.ron",
            "sierra_leone/balanced.ron",
            "bangladesh/no_new_plan.ron",
        ]
        .map(String::from),
    );
    let paths: Vec<&Path> = names.iter().map(Path::new).collect();
    let mut window = window_on(&paths);
    assert!(
        window
            .get_by_role_and_label(Role::CheckBox, "Bangladesh: no new plan")
            .accesskit_node()
            .is_disabled(),
        "six at most"
    );
    for theme in [eframe::egui::Theme::Dark, eframe::egui::Theme::Light] {
        window.ctx.set_theme(theme);
        for (width, height, zoom) in [
            (760.0, 480.0, 1.0),
            (1280.0, 800.0, 1.6),
            (1920.0, 1080.0, 1.0),
            (300.0, 200.0, 1.0),
        ] {
            window.ctx.set_zoom_factor(zoom);
            window.set_size(vec2(width, height));
            window.run();
        }
    }
    // Closing what is compared leaves the others.
    for _ in 0..6 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::W);
        window.run();
    }
    assert_eq!(window.state().documents().len(), 1);
    window.get_by_label_contains("One scenario is open");
}

/// The switch of Money cuts the plans here too, and each cut adds to the same totals.
#[test]
fn costs_are_cut_by_any_view_and_each_adds_to_what_it_costs_to_do_it_all() {
    let mut window = window_on(&[
        Path::new("senegal/balanced.ron"),
        Path::new("senegal/devices_first.ron"),
    ]);
    let names = ["Balanced", "Devices first"];
    let totals: Vec<f64> = window
        .state()
        .documents()
        .iter()
        .map(|document| document.now.as_ref().expect("results").cost_full)
        .collect();
    let value = |text: &str| -> f64 {
        let (sign, amount) = match text.split_once("US$ ") {
            Some((before, amount)) => (if before.contains('\u{2212}') { -1.0 } else { 1.0 }, amount),
            None => panic!("no money: {text}"),
        };
        let number = |amount: &str| {
            amount
                .trim()
                .replace(['\u{202f}', ' '], "")
                .parse::<f64>()
                .expect("a number")
        };
        let amount = amount.split(" (").next().unwrap_or_default();
        sign * match amount.split_once(" m") {
            Some((amount, _)) => 1e6 * number(amount),
            None => number(amount.trim_end_matches(" thousand")),
        }
    };
    for (by, first) in [
        ("Component", "Devices"),
        ("Pillar", "Capacity"),
        ("Tier", "Centre"),
        ("Phase", "Set-up"),
        ("Dimension", "Devices"),
        ("Nature", "Capital"),
    ] {
        window
            .get_by_role_and_label(Role::RadioButton, &format!("Cost by: {by}"))
            .click();
        window.run();
        for (name, total) in names.iter().zip(&totals) {
            let shown = rollcall::units::Unit::Usd.show(*total);
            window.get_by_label(&format!("Total, {name}: {shown}"));
            // Rows with a share are parts.
            let parts: Vec<String> = window
                .query_all_by_label_contains(&format!(", {name}: "))
                .filter_map(|node| node.accesskit_node().label().or_else(|| node.accesskit_node().value()))
                .map(|label| label.replace(['\u{202f}', '\u{a0}'], " "))
                .filter(|label| label.ends_with("%)"))
                .collect();
            let sum: f64 = parts
                .iter()
                .map(|part| value(part.rsplit_once(": ").expect("a value").1))
                .sum();
            assert!(
                (sum - total).abs() < 0.01 * total,
                "{by}, {name}: {sum} of {total}: {parts:?}"
            );
            assert!(parts.iter().any(|part| part.starts_with(first)), "{by}: {parts:?}");
        }
    }
}

#[test]
fn the_page_is_turned_by_keys() {
    let (_folder, paths) = copies(&[("more.ron", "technicians: 2.5", "technicians: 5")]);
    let mut window = window_on(&[&paths[0], &paths[1]]);
    window.set_size(vec2(1280.0, 800.0));
    window.run();
    let top = |window: &Window| {
        let chart = window.get_by_role_and_label(Role::Figure, "Learners reached (% of learners)");
        chart.rect().top()
    };
    let before = top(&window);
    window.key_press(Key::PageDown);
    window.run();
    let page = top(&window);
    window.key_press(Key::End);
    window.run();
    let end = top(&window);
    assert!(end < page && page < before - 100.0, "{before} {page} {end}");
    window.key_press(Key::Home);
    window.run();
    assert!((top(&window) - before).abs() < 1.0, "{before}");
}
