//! The list of changes: a click goes to any of them, bookmarks find them again, also after a restart.

use std::path::Path;

use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::command::Command;
use rollcall::app::lever::LeverId;
use rollcall::scenario::text::write_scenario;

use super::harness::{Window, app_at, house, keys, press, window_of};

fn window(home: &Path, path: &Path) -> Window {
    window_of(app_at(home, Some(path)))
}

fn set(window: &mut Window, lever: LeverId, value: f64) {
    let context = window.ctx.clone();
    let command = Command::SetLever {
        lever,
        value,
        more: false,
    };
    window.state_mut().apply(command, &context);
    window.run();
}

fn text(window: &Window) -> String {
    write_scenario(window.state().scenario().expect("a scenario"), false)
}

fn bookmark(window: &mut Window, name: &str) {
    window
        .get_by_role_and_label(Role::TextInput, "Name of the bookmark")
        .click();
    window.run();
    window
        .get_by_role_and_label(Role::TextInput, "Name of the bookmark")
        .type_text(name);
    window.run();
    keys(window, Modifiers::NONE, Key::Enter);
}

#[test]
fn a_click_goes_to_any_change_and_back() {
    let (_folder, home, plan) = house();
    let mut window = window(&home, &plan);
    let mut states = vec![text(&window)];
    for (lever, value) in [
        (crate::harness::lever("plan.power.powered"), 0.91),
        (crate::harness::lever("plan.links.connected"), 0.52),
        (crate::harness::lever("plan.training.ready"), 0.63),
        (crate::harness::lever("plan.power.powered"), 0.95),
    ] {
        set(&mut window, lever, value);
        states.push(text(&window));
    }
    keys(&mut window, Modifiers::COMMAND, Key::H);
    window.get_by_label("Changes of plan.ron");
    let names: Vec<String> = ["91 %", "52 %", "63 %", "95 %"]
        .into_iter()
        .map(|to| {
            let found = window.query_all_by_role(Role::Button).find_map(|node| {
                let label = node.accesskit_node().label()?;
                label.ends_with(&format!("→ {to}")).then_some(label)
            });
            found.expect("each change is listed by name")
        })
        .collect();
    press(&mut window, &names[1]);
    assert_eq!(text(&window), states[2], "two changes are in force");
    window.get_by_label_contains("Back at: ");
    press(&mut window, "as it was first opened");
    assert_eq!(text(&window), states[0]);
    assert!(!window.state().is_changed(), "the file holds this");
    press(&mut window, &names[3]);
    assert_eq!(text(&window), states[4]);
    // A change from the middle leaves what came after it behind, with its bookmark.
    bookmark(&mut window, "the last");
    press(&mut window, &names[0]);
    set(&mut window, crate::harness::lever("plan.training.ready"), 0.44);
    assert!(window.query_by_label_contains("the last").is_none());
    window.get_by_label_contains("bookmarks of undone changes left behind: 1");
    assert!(window.query_by_label(&names[1]).is_none());
    press(&mut window, "as it was first opened");
    assert_eq!(text(&window), states[0]);
    keys(&mut window, Modifiers::COMMAND, Key::H);
    assert!(window.query_by_label("Changes of plan.ron").is_none());
}

#[test]
fn a_bookmark_is_found_again_after_a_restart() {
    let (_folder, home, plan) = house();
    let mut first = window(&home, &plan);
    set(&mut first, crate::harness::lever("plan.power.powered"), 0.91);
    let marked = text(&first);
    keys(&mut first, Modifiers::COMMAND, Key::H);
    bookmark(&mut first, "what the minister liked");
    set(&mut first, crate::harness::lever("plan.links.connected"), 0.52);
    keys(&mut first, Modifiers::COMMAND, Key::S);
    let last = text(&first);
    drop(first);

    let mut second = window(&home, &plan);
    assert_eq!(text(&second), last);
    keys(&mut second, Modifiers::COMMAND, Key::H);
    second.get_by_label("Bookmarks only").click();
    second.run();
    second.get_by_label_contains("● what the minister liked").click();
    second.run();
    assert_eq!(text(&second), marked);
    press(&mut second, "Remove the bookmark what the minister liked");
    second.get_by_label("There is no bookmark yet.");
}

/// Each change says when it was made and what it did; so it does after a restart.
#[test]
fn each_change_says_when_it_was_made_and_what_it_did() {
    let (_folder, home, plan) = house();
    let mut first = window(&home, &plan);
    let reach = |window: &Window| window.state().outcome().expect("results").final_reach();
    let before = reach(&first);
    set(&mut first, crate::harness::lever("plan.training.ready"), 0.4);
    let lost = 100.0 * (before - reach(&first));
    assert!(lost > 1.0, "fewer ready teachers, less reach");
    set(&mut first, crate::harness::lever("plan.training.ready"), 0.8);
    set(&mut first, crate::harness::lever("plan.training.ready"), 0.4);
    keys(&mut first, Modifiers::COMMAND, Key::H);
    let said = |window: &Window| {
        let texts = window.query_all_by_label_contains(" s ago  ·  reach ");
        texts
            .filter_map(|node| node.accesskit_node().value())
            .collect::<Vec<_>>()
    };
    let made = said(&first);
    assert_eq!(made.len(), 3, "{made:?}");
    let points = format!("{lost:.1}");
    let points = points.trim_end_matches(".0");
    assert!(made[0].contains(&format!("−{points} points")), "{points}: {made:?}");
    assert!(made[1].contains(&format!("+{points} points")), "{points}: {made:?}");
    assert!(made[0].contains("to do it all −US$"), "{made:?}");
    keys(&mut first, Modifiers::COMMAND, Key::S);
    drop(first);

    let mut second = window(&home, &plan);
    keys(&mut second, Modifiers::COMMAND, Key::H);
    let again = said(&second);
    let did = |lines: &[String]| -> Vec<String> {
        let effects = lines.iter().filter_map(|line| line.split_once(" ago"));
        effects.map(|(_, did)| did.to_owned()).collect()
    };
    assert_eq!(did(&again), did(&made));
}
