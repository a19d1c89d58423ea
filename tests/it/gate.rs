//! Commands act on the plan that they were asked for, in their order, and no edit passes that could not be opened again.

use std::sync::Arc;

use eframe::egui::Role;
use rollcall::app::command::Command;
use rollcall::app::words::ENGLISH;
use rollcall::scenario::Scenario;

use super::harness::{apply, click, copy, lever, power, powered, press, shows, window_on, write};

#[test]
fn an_edit_that_could_not_be_opened_again_is_refused() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    let before = Arc::clone(window.state().scenario().expect("a scenario"));
    let mut edited = Scenario::clone(&before);
    edited.horizon = edited.base_year - 1;
    let change = Command::Change {
        scenario: Arc::new(edited.clone()),
        what: "Years turned round".into(),
        dragged: None,
    };
    apply(&mut window, change);
    assert!(shows(&window, ENGLISH.edit_refused));
    assert!(Arc::ptr_eq(&before, window.state().scenario().expect("a scenario")));
    let history = window.state().document().expect("a plan").history();
    assert_eq!((history.to_undo(), window.state().is_changed()), (None, false));
    press(&mut window, "Close");
    // Nor is such a plan opened.
    let open = window.state().documents().len();
    let new = Command::OpenNew {
        scenario: Arc::new(edited),
        name: "turned".into(),
    };
    apply(&mut window, new);
    assert!(shows(&window, "turned could not be opened"));
    assert_eq!(window.state().documents().len(), open);
}

#[test]
fn a_lever_that_moves_copies_no_country() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    let before = Arc::clone(window.state().scenario().expect("a scenario"));
    apply(&mut window, power(0.5));
    let after = window.state().scenario().expect("a scenario");
    assert!(**after != *before && after.country.is_shared_with(&before.country));
}

#[test]
fn a_name_belongs_to_the_plan_for_which_it_was_asked() {
    let (folder, path) = copy();
    let mut window = window_on(&path);
    apply(&mut window, Command::OpenBundled("senegal/devices_first.ron"));
    apply(&mut window, Command::Switch(0));
    apply(&mut window, power(0.5));
    apply(&mut window, Command::AskSaveAs);
    apply(&mut window, Command::Switch(1));
    let name = folder.path().join("other.ron");
    write(&mut window, ENGLISH.path, &name.display().to_string());
    press(&mut window, "Save: File");
    let names: Vec<&str> = window
        .state()
        .documents()
        .iter()
        .map(|open| open.name.as_str())
        .collect();
    assert_eq!(names, ["other.ron", "devices_first.ron"]);
    assert!(name.exists());
}

#[test]
fn what_is_typed_is_taken_over_by_the_plan_that_was_shown() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    apply(&mut window, Command::OpenBundled("sierra_leone/balanced.ron"));
    let other = window.state().scenario().expect("a scenario").title.clone();
    let before = powered(&window);
    apply(&mut window, Command::Switch(0));
    let horizon = window.state().scenario().expect("a scenario").horizon;
    // A press on the other tab leaves the field: the number and the change of tab are asked for in one frame.
    write(
        &mut window,
        &lever("plan.power.powered").name(&ENGLISH, horizon),
        "51 %",
    );
    let tab = ENGLISH.show_tab.replace("{file}", &other);
    click(&mut window, Role::Tab, &tab);
    assert_eq!(powered(&window).to_bits(), before.to_bits());
    apply(&mut window, Command::Switch(0));
    assert!((powered(&window) - 0.51).abs() < 1e-9, "{}", powered(&window));
}
