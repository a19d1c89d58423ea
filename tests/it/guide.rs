//! The guide's story by keyboard alone, and the figures that the guide gives.

use std::cell::RefCell;

use eframe::egui::{Event, Key, Modifiers, Role, vec2};
use egui_kittest::kittest::Queryable as _;
use rollcall::app::command::Command;
use rollcall::app::deeds::DEEDS;
use rollcall::app::outcome::Outcome;
use rollcall::app::{App, Page, StartUp};
use rollcall::scenario::Level;
use rollcall::scenario::measure::Measure;
use rollcall::units::Unit;

use super::harness::{EXAMPLE, Window, copy, window_of, window_on};

const GUIDE: &str = include_str!("../../docs/src/guide.md");
fn press(window: &mut Window, keys: &[Key]) {
    for key in keys {
        window.key_press(*key);
        window.run();
    }
}

fn ctrl(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    window.run();
}

fn write(window: &mut Window, text: &str) {
    window.event(Event::Text(text.into()));
    window.run();
}

/// Goes to the search field, to the lever found, and sets it.
fn set_lever(window: &mut Window, name: &str, value: &str) {
    ctrl(window, Key::F);
    write(window, name);
    press(window, &[Key::Tab, Key::Tab]);
    ctrl(window, Key::A);
    write(window, value);
    press(window, &[Key::Enter]);
}

fn outcome(window: &Window) -> &Outcome {
    window.state().outcome().expect("results")
}

/// The value of a card as the window shows it.
fn reached(window: &Window, level: Option<Level>) -> String {
    let score = outcome(window)
        .scores
        .iter()
        .find(|score| score.target.indicator == Measure::Reach.into() && score.target.level == level)
        .expect("a card");
    Unit::Share.show(score.reached.expect("a value"))
}

#[test]
fn the_guide_gives_the_figures_of_the_window() {
    let mut window = window_on("senegal/balanced.ron");
    let missing = RefCell::new(Vec::new());
    let told = |figure: &str| {
        if !GUIDE.contains(figure) {
            missing.borrow_mut().push(figure.to_owned());
        }
    };
    let money = |window: &Window| {
        told(&Unit::Usd.show(outcome(window).cost_full));
        told(&Unit::Usd.show(outcome(window).to_find()));
    };
    told(&reached(&window, None));
    money(&window);
    // The target: primary school in place of all levels, 33 %.
    ctrl(&mut window, Key::F);
    write(&mut window, "targets");
    press(&mut window, &[Key::Tab, Key::Space, Key::Tab, Key::Tab, Key::Space]);
    press(&mut window, &[Key::ArrowDown, Key::ArrowDown, Key::Enter]);
    ctrl(&mut window, Key::F);
    write(&mut window, "targets");
    press(&mut window, &[Key::Tab; 6]);
    ctrl(&mut window, Key::A);
    write(&mut window, "33 %");
    press(&mut window, &[Key::Enter]);
    let target = &window.state().scenario().expect("a scenario").targets[0];
    assert_eq!((target.level, target.value()), (Some(Level::Primary), 0.33));
    told(&reached(&window, Some(Level::Primary)));
    for (name, value) in [
        ("learners per device", "20"),
        ("equipped", "75 %"),
        ("technicians", "2"),
    ] {
        set_lever(&mut window, name, value);
        money(&window);
        told(&reached(&window, Some(Level::Primary)));
    }
    assert!(outcome(&window).cost_full <= 300e6, "within the budget of the guide");
    told(&reached(&window, None));
    // Three figures of the country's own.
    ctrl(&mut window, Key::Num6);
    ctrl(&mut window, Key::F);
    write(&mut window, "devices in each");
    for value in ["12", "7", "15"] {
        ctrl(&mut window, Key::J);
        write(&mut window, value);
        press(&mut window, &[Key::Tab, Key::Tab, Key::Tab]);
        write(&mut window, "2025");
        press(&mut window, &[Key::Tab]);
        write(&mut window, "School census 2025");
        press(&mut window, &[Key::Enter]);
    }
    let groups = &window.state().scenario().expect("a scenario").country.groups;
    let own: Vec<f64> = groups
        .iter()
        .filter(|group| {
            group
                .devices
                .passport
                .as_deref()
                .is_some_and(|passport| passport.source == "School census 2025")
        })
        .map(|group| group.devices.value)
        .collect();
    assert_eq!(own, [12.0, 7.0, 15.0]);
    money(&window);
    told(&reached(&window, Some(Level::Primary)));
    assert!(
        missing.borrow().is_empty(),
        "the guide does not say {:?}",
        missing.borrow()
    );
}

#[test]
fn the_guides_list_of_keys_is_the_programs() {
    let window = window_on(EXAMPLE);
    let rows = |text: &str| -> Vec<String> {
        let list = text.split_once("## Keys").expect("the list").1;
        let rows = list.lines().filter(|line| line.starts_with("| "));
        rows.skip(2).map(str::to_owned).collect()
    };
    let told = rows(GUIDE);
    let keys = |shortcut| window.ctx.format_shortcut(shortcut);
    for deed in DEEDS.iter().filter(|deed| !deed.told.is_empty()) {
        let row = format!("| {} | {} |", keys(&deed.keys[0]), deed.told);
        assert!(told.contains(&row), "the guide's list lacks {row}");
    }
    // What has no row of its own is told of in that of another; the pages are a row of six.
    for deed in DEEDS
        .iter()
        .filter(|deed| deed.told.is_empty() && !deed.keys.is_empty())
    {
        let in_another = |row: &String| row.contains(&format!("{} ", keys(&deed.keys[0])));
        let is_page = matches!(deed.command, Command::Show(_));
        assert!(
            is_page || told.iter().any(in_another),
            "the guide's list lacks {:?}",
            deed.command
        );
    }
    // And it tells of no key that does nothing.
    let with_row = DEEDS.iter().filter(|deed| !deed.told.is_empty()).count();
    assert_eq!(
        told.len(),
        with_row + 2,
        "rows of the pages and of Tab come to those of the table"
    );
}

#[test]
fn what_is_found_next_takes_the_place_of_what_was_found() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    set_lever(&mut window, "schools with power", "50 %");
    set_lever(&mut window, "schools online", "55 %");
    let scenario = window.state().scenario().expect("a scenario");
    assert_eq!(crate::harness::lever("plan.power.powered").get(scenario), Some(0.5));
    assert_eq!(crate::harness::lever("plan.links.connected").get(scenario), Some(0.55));
    // A page without a search leaves the key alone.
    ctrl(&mut window, Key::Num2);
    ctrl(&mut window, Key::F);
    write(&mut window, "power");
    assert_eq!(window.state().page(), Page::Money);
}

#[test]
fn a_title_is_written_above_the_levers_as_one_edit() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    let title = |window: &Window| window.state().scenario().expect("a scenario").title.clone();
    let before = title(&window);
    ctrl(&mut window, Key::F);
    window.key_press_modifiers(Modifiers::SHIFT, Key::Tab);
    window.run();
    ctrl(&mut window, Key::A);
    for letter in ["E", "d", "u"] {
        write(&mut window, letter);
    }
    assert_eq!(title(&window), "Edu");
    set_lever(&mut window, "schools online", "55 %");
    ctrl(&mut window, Key::Z);
    assert_eq!(title(&window), "Edu");
    ctrl(&mut window, Key::Z);
    assert_eq!(title(&window), before);
}

#[test]
fn the_next_stand_in_is_one_key_away_on_every_page() {
    let mut window = window_on("senegal/balanced.ron");
    for page in [Key::Num1, Key::Num2, Key::Num6] {
        ctrl(&mut window, page);
        ctrl(&mut window, Key::J);
        assert_eq!(window.state().page(), Page::Sources);
        window.get_by_role_and_label(Role::Button, "Replace the number");
    }
}

#[test]
fn a_chart_is_saved_by_its_name() {
    let (folder, path) = copy();
    let mut window = window_on(&path);
    for (page, name, file) in [
        (Key::Num1, "csv reach", "plan_reach_device_link_power_ready_teacher.csv"),
        (Key::Num2, "svg who pays", "plan_who_pays_for_all_services.svg"),
        (
            Key::Num2,
            "png learner",
            "plan_cost_per_learner_and_year_beside_documented_cases.png",
        ),
    ] {
        ctrl(&mut window, page);
        ctrl(&mut window, Key::K);
        write(&mut window, name);
        press(&mut window, &[Key::Enter]);
        // The name that is proposed.
        press(&mut window, &[Key::Enter]);
        let written = std::fs::read(folder.path().join(file)).unwrap_or_default();
        assert!(!written.is_empty(), "{file}");
    }
}

#[test]
fn keys_act_on_the_page_once_the_palette_is_left() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    ctrl(&mut window, Key::K);
    ctrl(&mut window, Key::Num5);
    assert_eq!(window.state().page(), Page::Equity);
    assert!(
        window
            .query_by_role_and_label(Role::TextInput, "Command palette")
            .is_none()
    );
}

#[test]
fn quitting_asks_about_each_scenario_with_unsaved_changes() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    set_lever(&mut window, "schools online", "55 %");
    ctrl(&mut window, Key::Q);
    window.get_by_label("Save the changes to plan.ron?");
    press(&mut window, &[Key::Escape]);
    assert!(window.state().is_changed(), "nothing is lost by looking");
    ctrl(&mut window, Key::Q);
    window.get_by_role_and_label(Role::Button, "Do not save").focus();
    window.run();
    press(&mut window, &[Key::Enter]);
    assert!(window.query_by_label("Save the changes to plan.ron?").is_none());
}

#[test]
fn what_was_not_saved_by_mistake_is_one_undo_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    std::fs::copy(EXAMPLE, &path).expect("a copy");
    let start = StartUp {
        path: Some(path.clone()),
    };
    let mut window = window_of(App::at_home(start, folder.path()));
    set_lever(&mut window, "schools online", "55 %");
    ctrl(&mut window, Key::W);
    window.get_by_role_and_label(Role::Button, "Do not save").click();
    window.run();
    assert!(window.state().documents().is_empty());
    ctrl(&mut window, Key::O);
    write(&mut window, &path.display().to_string());
    press(&mut window, &[Key::Enter]);
    ctrl(&mut window, Key::Z);
    let scenario = window.state().scenario().expect("a scenario");
    assert_eq!(crate::harness::lever("plan.links.connected").get(scenario), Some(0.55));
}

#[test]
fn a_small_window_shows_the_whole_of_the_money() {
    let mut window = window_on("senegal/balanced.ron");
    for zoom in [1.0, 1.5] {
        window.ctx.set_zoom_factor(zoom);
        window.set_size(vec2(1280.0, 800.0) / zoom);
        window.run();
        let card = window.get_by_label("To find 2027–2030").rect();
        assert!(card.right() <= 1280.0 / zoom, "{card}");
    }
}
