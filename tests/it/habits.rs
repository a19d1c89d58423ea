//! Habits of the window: what may mislead is said quietly, all can be reached by keyboard, long work can be stopped.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use eframe::egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::scenario::text::write_scenario;

use super::harness::{USUAL, Window, app_on, first_frame, keys, press, window_on};

const EXAMPLE: &str = include_str!("../data/example.ron");
const PAGES: [Key; 7] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
];
fn first_frame_on(path: &Path) -> Window {
    first_frame(app_on(path), USUAL)
}

/// The example in a folder of its own, with a part of its text replaced.
fn edited(from: &str, to: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    assert!(EXAMPLE.contains(from));
    std::fs::write(&path, EXAMPLE.replacen(from, to, 1)).expect("a copy");
    (folder, path)
}

fn points(window: &Window) -> Option<String> {
    let button = window.query_by_label_contains("Points to check: ")?;
    button.accesskit_node().label()
}

#[test]
fn a_file_with_a_warning_opens_quietly_and_the_list_can_be_had_at_any_time() {
    let (_folder, path) = edited("connected: {2026: 0.1,", "connected: {2025: 0.1,");
    let mut window = window_on(&path);
    assert!(window.query_by_label("Close").is_none(), "nothing stands in front");
    let slider = "Teachers ready by 2030";
    window
        .get_by_role_and_label(Role::Slider, slider)
        .set_value_accesskit(0.5);
    window.run();
    let ready = crate::harness::lever("plan.training.ready").get(window.state().scenario().expect("a scenario"));
    assert_eq!(ready, Some(0.5), "the window works at once");
    press(&mut window, "Points to check: 1");
    window.get_by_label("plan.ron: points to check");
    window.get_by_label("Share of each group's schools with a pupil-accessible link at year end, links, 2025");
    assert!(
        window.query_by_label_contains("plan.links").is_none() && window.query_by_label_contains("line 26").is_none()
    );
    window.get_by_label_contains("⚠ Warning: the year lies outside 2026 to 2030");
    press(&mut window, "Close");
    keys(&mut window, Modifiers::COMMAND, Key::K);
    window
        .get_by_role_and_label(Role::TextInput, "Command palette")
        .type_text("points");
    window.run();
    keys(&mut window, Modifiers::NONE, Key::Enter);
    window.get_by_label("plan.ron: points to check");
    // It leads to the lever.
    window
        .get_by_label_contains("Go to Share of each group's schools")
        .click();
    window.run();
    assert!(window.query_by_label("plan.ron: points to check").is_none());
    window.get_by_role_and_label(Role::Slider, "Schools online by 2030");
    assert!(
        window.query_by_role_and_label(Role::Slider, slider).is_none(),
        "the levers show it alone"
    );
}

#[test]
fn points_are_those_of_the_scenario_as_it_is_now() {
    let (_folder, path) = edited("connected: {2026: 0.1,", "connected: {2025: 0.1, 2026: 0.1,");
    let mut window = window_on(&path);
    assert_eq!(points(&window).as_deref(), Some("Points to check: 1"));
    // Tall enough for the levers below money.
    window.set_size(vec2(1280.0, 1200.0));
    window.run();
    press(&mut window, "Years of Schools online by 2030");
    press(&mut window, "Remove Schools online by 2030, 2025");
    assert_eq!(points(&window), None, "what is put right is no longer a point");
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(points(&window).as_deref(), Some("Points to check: 1"));
    let (_folder, path) = edited("(\n", "(\n");
    assert_eq!(points(&window_on(&path)), None, "the example has none");
}

#[test]
fn a_slip_of_writing_is_a_point_until_the_file_is_written_anew() {
    let (_folder, path) = edited("    format: 2,\n    title:", "    title:");
    let text = std::fs::read_to_string(&path).expect("the copy");
    std::fs::write(
        &path,
        text.replacen("    country: (", "    format: 2,\n    country: (", 1),
    )
    .expect("a slip");
    let mut window = window_on(&path);
    press(&mut window, "Points to check: 1");
    window.get_by_label_contains("`format` belongs at the top of the file");
    press(&mut window, "Close");
    keys(&mut window, Modifiers::COMMAND, Key::S);
    assert_eq!(points(&window), None);
    assert_eq!(points(&window_on(&path)), None, "the file is written right now");
}

#[test]
fn errors_stay_in_front() {
    let (_folder, path) = edited("2030: 0.9", "2030: 90");
    let window = window_on(&path);
    window.get_by_label("plan.ron could not be opened");
    window.get_by_label_contains("✗ Error: a share runs from 0 to 1");
    window.get_by_label("Close");
}

/// What a pointer can use, the tab key reaches.
#[test]
fn every_control_of_every_page_is_reached_by_keyboard() {
    let (_folder, path) = edited("connected: {2026: 0.1,", "connected: {2025: 0.1,");
    for page in PAGES {
        let mut window = window_on(&path);
        keys(&mut window, Modifiers::COMMAND, page);
        let controls = |window: &Window, focused: bool| {
            let found = window.query_all_by(|_| true).filter_map(|node| {
                let node = node.accesskit_node();
                let used = matches!(
                    node.role(),
                    Role::Button
                        | Role::TextInput
                        | Role::Slider
                        | Role::CheckBox
                        | Role::RadioButton
                        | Role::ComboBox
                        | Role::Tab
                );
                (used && !node.is_disabled() && (!focused || node.is_focused()))
                    .then(|| format!("{:?} {}", node.role(), node.label().unwrap_or_default()))
            });
            found.collect::<BTreeSet<String>>()
        };
        let there = controls(&window, false);
        assert!(there.len() > 10, "{page:?}: {there:?}");
        let mut reached = BTreeSet::new();
        for _ in 0..400 {
            keys(&mut window, Modifiers::NONE, Key::Tab);
            reached.append(&mut controls(&window, true));
            if there.is_subset(&reached) {
                break;
            }
        }
        let missed: Vec<_> = there.difference(&reached).collect();
        assert!(missed.is_empty(), "{page:?}: {missed:?}");
    }
}

#[test]
fn a_long_study_says_how_far_it_is_and_stops_when_asked() {
    let mut window = window_on("senegal/balanced.ron");
    keys(&mut window, Modifiers::COMMAND, Key::Num6);
    window.get_by_label_contains("Weigh the ").click();
    let start = Instant::now();
    while window.query_by_label_contains(" runs").is_none() {
        window.step();
        assert!(start.elapsed() < Duration::from_secs(20), "it says how far it is");
    }
    window.get_by_role_and_label(Role::Button, "Stop").click_accesskit();
    window.run();
    assert!(window.query_by_label("Stop").is_none());
    window.get_by_label_contains("Weigh the ");
    assert!(
        window.query_by_label_contains("Moves cost by").is_none(),
        "nothing half done is shown"
    );
}

#[test]
fn a_large_file_is_opened_beside_the_window_and_that_can_be_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.ron");
    let large = crate::enlarged::enlarged(9_000, 2030);
    std::fs::write(&path, write_scenario(&large, false)).expect("a file");
    let mut window = first_frame_on(&path);
    window.get_by_label("Opening large.ron…");
    window
        .get_by_role_and_label(Role::Button, "Stop opening large.ron")
        .click_accesskit();
    window.run();
    assert!(window.query_by_label("Opening large.ron…").is_none());
    assert!(window.state().documents().is_empty(), "it does not come after all");
    let mut window = first_frame_on(&path);
    let start = Instant::now();
    while window.query_by_label("Opening large.ron…").is_some() {
        window.step();
        assert!(start.elapsed() < Duration::from_mins(1), "it is read");
    }
    assert_eq!(**window.state().scenario().expect("a scenario"), large);
    // What is wrong with a large file is said as with any other.
    let text = std::fs::read_to_string(&path).expect("the file");
    std::fs::write(&path, text.replacen("powered: {2026: 0.3", "powered: {2026: 30", 1)).expect("an error");
    let mut window = first_frame_on(&path);
    while window.query_by_label("Opening large.ron…").is_some() {
        window.step();
        assert!(start.elapsed() < Duration::from_mins(1), "it is read");
    }
    window.run();
    window.get_by_label("large.ron could not be opened");
}

#[test]
fn a_wrong_path_can_be_put_right_after_its_error() {
    let (folder, path) = edited("(\n", "(\n");
    let mut window = window_on(&path);
    keys(&mut window, Modifiers::COMMAND, Key::O);
    let field = |window: &mut Window| {
        window.get_by_role_and_label(Role::TextInput, "File").click();
        window.run();
        keys(window, Modifiers::COMMAND, Key::A);
    };
    field(&mut window);
    let wrong = folder.path().join("none.ron");
    window
        .get_by_role_and_label(Role::TextInput, "File")
        .type_text(&wrong.display().to_string());
    window.run();
    press(&mut window, "Open: File");
    window.get_by_label("none.ron could not be opened");
    press(&mut window, "Close");
    assert!(window.query_by_label("none.ron could not be opened").is_none());
    let text = window
        .get_by_role_and_label(Role::TextInput, "File")
        .accesskit_node()
        .value();
    assert_eq!(text, Some(wrong.display().to_string()), "what was typed is still there");
    keys(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_role_and_label(Role::TextInput, "File").is_none());
}
