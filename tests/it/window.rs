//! The window, driven by the names of its controls as a screen reader would say them, and as pictures.

use eframe::egui::{Key, Modifiers, Role, vec2};
use egui_kittest::SnapshotOptions;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::command::Command;
use rollcall::app::deeds::DEEDS;
use rollcall::app::lever::groups;
use rollcall::app::{App, StartUp};
use rollcall::scenario::messages;

use super::harness::{Window, app, copy, keys, powered, window_of, window_on};

fn reach(window: &Window) -> f64 {
    window.state().outcome().expect("results").final_reach()
}

fn slide(window: &mut Window, name: &str, value: f64) {
    window
        .get_by_role_and_label(Role::Slider, name)
        .set_value_accesskit(value);
    window.run();
}

#[test]
fn a_moved_slider_changes_the_scoreboard_and_undo_brings_it_back() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    let before = reach(&window);
    assert_eq!(window.get_all_by_label("✓ met").count(), 2);
    slide(&mut window, "Teachers ready by 2030", 0.3);
    assert!(reach(&window) < before - 0.1, "fewer ready teachers, less reach");
    window.get_by_label_contains("was 33 % as saved");
    window.get_by_label_contains("This edit: Teachers ready by 2030 80 % → 30 %");
    assert!(window.state().is_changed());
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert!((reach(&window) - before).abs() < 1e-12);
    assert!(!window.state().is_changed(), "back where the file is");
    keys(&mut window, Modifiers::COMMAND, Key::Y);
    assert!(reach(&window) < before - 0.1);
}

#[test]
fn a_drag_is_one_step_of_undo() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    let rail = window
        .get_by_role_and_label(Role::Slider, "Schools with power by 2030")
        .rect();
    let place = |part: f32| rail.lerp_inside(vec2(part, 0.5));
    window.drag_at(place(0.88));
    window.run_steps(1);
    for step in 1u8..=10 {
        window.hover_at(place(0.88 - 0.04 * f32::from(step)));
        window.run_steps(1);
    }
    window.drop_at(place(0.48));
    window.run();
    assert!(powered(&window) < 0.6, "{}", powered(&window));
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert!((powered(&window) - 0.9).abs() < 1e-12);
    assert!(
        window
            .get_by_role_and_label(Role::Button, "Undo")
            .accesskit_node()
            .is_disabled()
    );
}

#[test]
fn a_number_can_be_typed() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    window
        .get_by_role_and_label(Role::TextInput, "Schools with power by 2030")
        .click();
    window.run();
    keys(&mut window, Modifiers::COMMAND, Key::A);
    window
        .get_by_role_and_label(Role::TextInput, "Schools with power by 2030")
        .type_text("72,5");
    window.run();
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert!((powered(&window) - 0.725).abs() < 1e-12, "{}", powered(&window));
}

#[test]
fn save_writes_what_is_shown() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    slide(&mut window, "Schools online by 2030", 0.6);
    keys(&mut window, Modifiers::COMMAND, Key::S);
    assert!(!window.state().is_changed());
    let again = window_on(&path);
    assert_eq!(again.state().scenario(), window.state().scenario());
    assert_eq!(
        crate::harness::lever("plan.links.connected").get(again.state().scenario().expect("a scenario")),
        Some(0.6)
    );
}

#[test]
fn saving_over_remarks_asks_first() {
    let (_folder, path) = copy();
    let text = std::fs::read_to_string(&path).expect("the copy");
    std::fs::write(&path, text.replacen("plan: (", "plan: ( // agreed in May", 1)).expect("a remark");
    let mut window = window_on(&path);
    slide(&mut window, "Schools online by 2030", 0.6);
    keys(&mut window, Modifiers::COMMAND, Key::S);
    assert!(
        std::fs::read_to_string(&path)
            .expect("the file")
            .contains("agreed in May")
    );
    window.get_by_label("Save over it").click();
    window.run();
    assert!(
        !std::fs::read_to_string(&path)
            .expect("the file")
            .contains("agreed in May")
    );
    assert!(!window.state().is_changed());
}

#[test]
fn a_broken_file_is_explained_and_what_was_open_stays() {
    let (folder, path) = copy();
    let broken = folder.path().join("broken.ron");
    let text = std::fs::read_to_string(&path).expect("the copy");
    std::fs::write(&broken, text.replacen("2030: 0.9", "2030: 90", 1)).expect("a broken copy");
    let mut window = window_on(&path);
    keys(&mut window, Modifiers::COMMAND, Key::O);
    window.get_by_role_and_label(Role::TextInput, "File").focus();
    window.run();
    keys(&mut window, Modifiers::COMMAND, Key::A);
    window
        .get_by_role_and_label(Role::TextInput, "File")
        .type_text(&broken.display().to_string());
    window.run();
    window.get_by_label("Open: File").click();
    window.run();
    window.get_by_label_contains("a share runs from 0 to 1");
    window.get_by_label_contains("For 90 % write 0.9.");
    window.get_by_label_contains("line 25, column");
    window.get_by_label("Close").click();
    window.run();
    assert!(window.query_by_label("Close").is_none());
    assert!((powered(&window) - 0.9).abs() < 1e-12);
}

#[test]
fn several_scenarios_are_open_at_once_and_closing_one_asks_for_its_changes() {
    let (folder, path) = copy();
    let other = folder.path().join("other.ron");
    std::fs::copy(&path, &other).expect("another copy");
    let mut window = window_on(&path);
    slide(&mut window, "Schools online by 2030", 0.6);
    let context = window.ctx.clone();
    window.state_mut().apply(Command::Open(other), &context);
    window.run();
    assert_eq!(window.state().documents().len(), 2);
    assert!(!window.state().is_changed(), "the second is as its file");
    window
        .get_by_role_and_label(Role::Tab, "Show Example country: all components · plan.ron")
        .click();
    window.run();
    assert!(window.state().is_changed(), "the first still holds its change");
    keys(&mut window, Modifiers::COMMAND, Key::W);
    window.get_by_label("Save the changes to plan.ron?");
    window.get_by_role_and_label(Role::Button, "Cancel").click();
    window.run();
    assert_eq!(window.state().documents().len(), 2);
    // The same file twice is the same tab.
    window.state_mut().apply(Command::Open(path), &context);
    window.run();
    assert_eq!(window.state().documents().len(), 2);
    keys(&mut window, Modifiers::COMMAND, Key::W);
    window.get_by_role_and_label(Role::Button, "Do not save").click();
    window.run();
    assert_eq!(window.state().documents().len(), 1);
}

#[test]
fn a_component_left_out_can_be_added() {
    let (_folder, path) = copy();
    let text = std::fs::read_to_string(&path).expect("the copy");
    std::fs::write(&path, text.replacen("power: (powered: {2026: 0.3, 2030: 0.9}),", "", 1))
        .expect("a copy without power");
    let mut window = window_on(&path);
    assert!(
        window
            .query_by_role_and_label(Role::Slider, "Schools with power by 2030")
            .is_none()
    );
    let before = window.state().outcome().expect("results").cost_full;
    window.get_by_label("Add Power to the plan").click();
    window.run();
    assert!(
        powered(&window).abs() < 1e-12,
        "nothing is built until the lever is moved"
    );
    assert!((window.state().outcome().expect("results").cost_full - before).abs() < 1.0);
    slide(&mut window, "Schools with power by 2030", 0.8);
    assert!(window.state().outcome().expect("results").cost_full > before + 1e5);
}

/// Every lever at every end of its slider gives a scenario that can be saved and read again.
#[test]
fn no_lever_leads_to_a_scenario_that_cannot_be_opened() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    let context = window.ctx.clone();
    for (_, members) in groups() {
        for lever in members {
            let (low, high, _) = lever.span();
            for value in [low, high, f64::NAN, -1.0, 1e12] {
                window.state_mut().apply(
                    Command::SetLever {
                        lever: *lever,
                        value,
                        more: false,
                    },
                    &context,
                );
                window.run();
                let scenario = window.state().scenario().expect("a scenario");
                let text = rollcall::scenario::text::write_scenario(scenario, false);
                let reading = rollcall::scenario::text::read_scenario("again", text.as_bytes(), &|_| {
                    Err(messages::no_such_file())
                });
                assert_eq!(
                    reading.scenario.as_ref(),
                    Some(&**scenario),
                    "{lever:?} at {value}: {:?}",
                    reading.findings
                );
            }
        }
    }
}

/// Each key and each button, with and without a file, in any order: no panic, every control named, every glyph there.
#[test]
fn nothing_that_can_be_pressed_breaks_the_window() {
    let (_folder, path) = copy();
    let mut windows = vec![window_of(app()), window_on(&path)];
    for window in &mut windows {
        for shortcut in DEEDS.iter().flat_map(|deed| deed.keys) {
            keys(window, shortcut.modifiers, shortcut.logical_key);
            keys(window, Modifiers::NONE, Key::Escape);
        }
        let context = window.ctx.clone();
        for command in [
            Command::Settle,
            Command::Browse,
            Command::DropChanges,
            Command::Undo,
            Command::Redo,
            Command::Dismiss,
        ] {
            window.state_mut().apply(command, &context);
            window.run();
        }
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
    }
}

#[test]
fn a_chart_tells_a_screen_reader_what_it_shows() {
    let (_folder, path) = copy();
    let window = window_on(&path);
    let chart = window.get_by_role_and_label(
        Role::Figure,
        "Reach: device, link, power, ready teacher (% of learners)",
    );
    let summary = chart
        .accesskit_node()
        .data()
        .description()
        .unwrap_or_default()
        .to_owned();
    assert!(
        summary.starts_with("Reach of the plan goes from 3 % in 2026 to 33 % in 2030"),
        "{summary}"
    );
}

/// The thread, not the inline worker: many requests, one answer that counts, the newest.
#[test]
fn the_newest_request_wins() {
    let (_folder, path) = copy();
    let mut window = window_of(App::new(StartUp { path: Some(path) }));
    let context = window.ctx.clone();
    for step in 0..200u32 {
        let value = f64::from(step) / 200.0;
        window.state_mut().apply(
            Command::SetLever {
                lever: crate::harness::lever("plan.training.ready"),
                value,
                more: true,
            },
            &context,
        );
    }
    let start = std::time::Instant::now();
    while window.state().is_computing() {
        window.step();
        assert!(start.elapsed().as_secs() < 20, "the worker answers");
    }
    let scenario = window.state().scenario().expect("a scenario");
    let expected = rollcall::app::outcome::Outcome::of(&**scenario).final_reach();
    assert!((reach(&window) - expected).abs() < 1e-12);
}

#[test]
fn pictures() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    slide(&mut window, "Teachers ready by 2030", 0.5);
    slide(&mut window, "Learners per device", 4.0);
    if let Err(why) = window.render() {
        println!("pictures are not compared: there is no renderer here ({why})");
        return;
    }
    // Anti-aliasing differs a little between graphics drivers; the computing time from run to run.
    let options = SnapshotOptions::new()
        .threshold(2.0)
        .max_failed_pixels(400)
        .output_path("tests/pictures");
    let foot = window.get_by_label_contains("ran in").rect();
    window.mask(foot.with_min_x(foot.right() - 70.0));
    window.snapshot_options("plan_light", &options);
    window.ctx.set_theme(eframe::egui::Theme::Dark);
    window.run();
    window.snapshot_options("plan_dark", &options);
}

#[test]
fn a_typed_path_is_opened_by_enter() {
    let (folder, path) = copy();
    let other = folder.path().join("other.ron");
    let text = std::fs::read_to_string(&path).expect("the copy");
    std::fs::write(&other, text.replacen("2030: 0.9", "2030: 0.7", 1)).expect("another copy");
    let mut window = window_on(&path);
    keys(&mut window, Modifiers::COMMAND, Key::O);
    keys(&mut window, Modifiers::COMMAND, Key::A);
    window
        .get_by_role_and_label(Role::TextInput, "File")
        .type_text(&other.display().to_string());
    window.run();
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert!((powered(&window) - 0.7).abs() < 1e-12, "{}", powered(&window));
    assert!(window.query_by_role_and_label(Role::TextInput, "File").is_none());
}

#[test]
fn a_room_guesses_before_it_sees() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    let zoom = window.ctx.zoom_factor();
    keys(&mut window, Modifiers::NONE, Key::F5);
    assert!(
        window.query_by_role_and_label(Role::Button, "Undo").is_none(),
        "nothing but the screen"
    );
    keys(&mut window, Modifiers::NONE, Key::P);
    window.get_by_label("What do you think: how many learners are reached in 2030?");
    assert!(
        window.query_by_label_contains("33 %").is_none(),
        "nothing gives the result away"
    );
    keys(&mut window, Modifiers::NONE, Key::ArrowUp);
    keys(&mut window, Modifiers::NONE, Key::R);
    window.get_by_label("The room said 55 %. The model says 33 %.");
    // A lever is moved here too: the first is power, five steps of one percentage point down.
    keys(&mut window, Modifiers::NONE, Key::Minus);
    assert!((powered(&window) - 0.85).abs() < 1e-12);
    keys(&mut window, Modifiers::NONE, Key::Escape);
    assert!(
        (window.ctx.zoom_factor() - zoom).abs() < 1e-6,
        "the window is as before"
    );
    window.get_by_role_and_label(Role::Button, "Undo");
}

#[test]
fn everything_is_found_by_typing_a_part_of_its_name() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    keys(&mut window, Modifiers::COMMAND, Key::K);
    window
        .get_by_role_and_label(Role::TextInput, "Command palette")
        .type_text("go equi");
    window.run();
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().page(), rollcall::app::Page::Equity);
    assert!(
        window
            .query_by_role_and_label(Role::TextInput, "Command palette")
            .is_none()
    );
    keys(&mut window, Modifiers::COMMAND, Key::K);
    keys(&mut window, Modifiers::NONE, Key::Escape);
    assert!(
        window
            .query_by_role_and_label(Role::TextInput, "Command palette")
            .is_none()
    );
}
