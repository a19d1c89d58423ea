//! What goes on beside the window while somebody works in it: runs, files that are written, and files that cannot be.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use eframe::egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::Queryable as _;
use rollcall::app::command::Command;
use rollcall::app::outcome::Outcome;
use rollcall::app::words::ENGLISH;
use rollcall::app::{App, StartUp};
use rollcall::scenario::Scenario;

use super::harness::{
    EXAMPLE, USUAL, Window, app_on, apply, copy, first_frame, first_frame_at, keys, lever, power, powered, press,
    shows, wait, window_on,
};

static BEGUN: [AtomicBool; 2] = [const { AtomicBool::new(false) }; 2];
static FREE: AtomicBool = AtomicBool::new(false);

fn wait_until(sign: &AtomicBool) {
    let start = Instant::now();
    while !sign.load(Ordering::Relaxed) && start.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The model, which tells when it begins on two positions of a lever and is held up at the second.
fn slow(room: Option<Outcome>, scenario: Arc<Scenario>) -> Outcome {
    let powered = lever("plan.power.powered").get(&scenario).unwrap_or_default();
    for (value, begun) in [0.52, 0.53].iter().zip(&BEGUN) {
        if (powered - value).abs() < 1e-9 {
            begun.store(true, Ordering::Relaxed);
        }
    }
    if (powered - 0.53).abs() < 1e-9 {
        wait_until(&FREE);
    }
    Outcome::again(room, scenario)
}

#[test]
fn a_frame_waits_for_no_run() {
    let path = Some(EXAMPLE.into());
    let mut window = first_frame(App::new(StartUp { path }).computing(slow), USUAL);
    let context = window.ctx.clone();
    let drag = |window: &mut Window, value: f64| {
        let (lever, more) = (lever("plan.power.powered"), true);
        window
            .state_mut()
            .apply(Command::SetLever { lever, value, more }, &context);
    };
    let rest = |window: &mut Window| wait(window, "results", |window| !window.state().is_computing());
    rest(&mut window);
    drag(&mut window, 0.51);
    rest(&mut window);
    // One result is there and the next is being computed when the frame begins.
    drag(&mut window, 0.52);
    wait_until(&BEGUN[0]);
    drag(&mut window, 0.53);
    wait_until(&BEGUN[1]);
    let start = Instant::now();
    window.step();
    let took = start.elapsed();
    FREE.store(true, Ordering::Relaxed);
    assert!(took < Duration::from_secs(5), "{took:?}");
    rest(&mut window);
}

#[test]
fn a_saving_that_fails_leaves_the_plan_its_country_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plans/plan.ron");
    for (name, text) in [
        ("plans/plan.ron", include_str!("../../scenarios/senegal/balanced.ron")),
        (
            "countries/senegal.ron",
            include_str!("../../scenarios/countries/senegal.ron"),
        ),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let mut window = window_on(&path);
    let named = |window: &Window| window.state().scenario().expect("a plan").country.file.clone();
    apply(&mut window, Command::SaveAs(folder.path().join("nowhere/plan.ron")));
    assert!(shows(&window, "could not be saved"));
    press(&mut window, "Close");
    assert_eq!(named(&window), "../countries/senegal.ron");
    apply(&mut window, power(0.5));
    apply(
        &mut window,
        Command::Replace(path.clone(), rollcall::app::files::Purpose::Save),
    );
    let text = fs::read_to_string(&path).expect("the plan");
    assert!(text.contains("File(\"../countries/senegal.ron\")"), "{text}");
    // Where it can be saved, the country goes with it.
    apply(&mut window, Command::SaveAs(folder.path().join("alone.ron")));
    assert_eq!((&*named(&window), window.state().is_changed()), ("", false));
}

#[test]
fn what_is_edited_while_the_plan_is_written_is_asked_about() {
    let (_folder, path) = copy();
    let start = StartUp {
        path: Some(path.clone()),
    };
    let mut window = first_frame(App::new(start), USUAL);
    wait(&mut window, "results", |window| !window.state().is_computing());
    apply(&mut window, power(0.5));
    apply(&mut window, Command::CloseThis);
    let context = window.ctx.clone();
    window.state_mut().apply(Command::Save, &context);
    if window.state().documents().is_empty() {
        println!("the disk was faster than the hand");
        return;
    }
    window.state_mut().apply(power(0.6), &context);
    // What is shown is no longer the first question.
    window.step();
    wait(&mut window, "the question", |window| {
        window.state().documents().is_empty() || shows(window, "Save the changes to plan.ron?")
    });
    assert!((powered(&window) - 0.6).abs() < 1e-9, "the plan is still there");
    press(&mut window, "Do not save");
    assert!(window.state().documents().is_empty());
    assert!((powered(&window_on(&path)) - 0.5).abs() < 1e-9);
}

#[test]
fn who_lets_go_what_no_file_holds_is_asked_once() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    fs::remove_file(&path).expect("gone");
    apply(&mut window, Command::CloseThis);
    press(&mut window, ENGLISH.keep_drop);
    assert!(window.state().documents().is_empty());
}

#[test]
fn a_screen_for_a_room_comes_to_rest_on_any_display() {
    for (native, height) in [
        (1.25, 1083.0),
        (1.5, 1152.0),
        (1.5, 1441.0),
        (1.75, 1271.0),
        (2.0, 1800.0),
    ] {
        let mut window = first_frame_at(app_on(EXAMPLE), vec2(1200.0, height / native), native);
        window.run();
        keys(&mut window, Modifiers::NONE, Key::F5);
        let (dots, points) = (height, height / window.ctx.pixels_per_point());
        assert!((400.0..=480.0).contains(&points), "{dots} dots at {native}: {points}");
        assert!(window.query_by_role_and_label(Role::Button, "Undo").is_none());
    }
}

#[test]
fn keys_of_one_frame_are_heard_in_their_order() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    for value in [0.8, 0.7, 0.6] {
        apply(&mut window, power(value));
    }
    // A hand that is faster than the window: twice back, saved, and back again.
    for _ in 0..2 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    }
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert!((powered(&window) - 0.9).abs() < 1e-9, "{}", powered(&window));
    assert!(
        (powered(&window_on(&path)) - 0.8).abs() < 1e-9,
        "saved after the second"
    );
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.run();
    assert!((powered(&window) - 0.8).abs() < 1e-9, "{}", powered(&window));
}

#[test]
fn presenting_for_a_moment_leaves_the_zoom() {
    let mut window = window_on(EXAMPLE);
    window.key_press(Key::F5);
    window.step();
    window.key_press(Key::Escape);
    window.step();
    window.run();
    assert!(
        (window.ctx.zoom_factor() - 1.0).abs() < 1e-6,
        "{}",
        window.ctx.zoom_factor()
    );
}

#[test]
fn a_plan_that_is_closed_takes_what_stands_before_it_along() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    apply(&mut window, Command::OpenBundled("senegal/balanced.ron"));
    apply(
        &mut window,
        Command::AskLevel(rollcall::scenario::Level::UpperSecondary),
    );
    apply(&mut window, Command::AskSaveAs);
    apply(&mut window, Command::CloseThis);
    assert!(window.query_by_role_and_label(Role::TextInput, ENGLISH.path).is_none());
    keys(&mut window, Modifiers::COMMAND, Key::Num2);
    assert_eq!(window.state().page(), rollcall::app::Page::Money, "keys are heard");
}

#[test]
fn what_is_half_typed_stays_with_its_plan() {
    let (_folder, path) = copy();
    let mut window = window_on(&path);
    let horizon = window.state().scenario().expect("a plan").horizon;
    let name = lever("plan.power.powered").name(&ENGLISH, horizon);
    window.get_by_role_and_label(Role::TextInput, &name).click();
    window.run();
    keys(&mut window, Modifiers::COMMAND, Key::A);
    window.get_by_role_and_label(Role::TextInput, &name).type_text("60");
    window.run();
    keys(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    keys(&mut window, Modifiers::NONE, Key::Enter);
    let open = window.state().documents().len();
    assert_eq!(open, 2);
    assert!((powered(&window) - 0.9).abs() < 1e-9, "the copy is as it was made");
}

#[test]
fn a_number_that_is_typed_and_a_lever_that_is_moved_in_one_frame_both_count() {
    let mut window = window_on(EXAMPLE);
    let horizon = window.state().scenario().expect("a plan").horizon;
    let name = |path: &str| lever(path).name(&ENGLISH, horizon);
    let typed = name("plan.power.powered");
    window.get_by_role_and_label(Role::TextInput, &typed).click();
    window.run();
    keys(&mut window, Modifiers::COMMAND, Key::A);
    window.get_by_role_and_label(Role::TextInput, &typed).type_text("60");
    window.run();
    let moved = name("plan.links.connected");
    let rail = window.get_by_role_and_label(Role::Slider, &moved).rect();
    let place = rail.lerp_inside(vec2(0.3, 0.5));
    window.drag_at(place);
    window.run_steps(1);
    window.drop_at(place);
    window.run();
    let connected = lever("plan.links.connected").get(window.state().scenario().expect("a plan"));
    assert!((powered(&window) - 0.6).abs() < 1e-9, "{}", powered(&window));
    assert!(
        connected.is_some_and(|share| (share - 0.3).abs() < 0.1),
        "{connected:?}"
    );
}

#[test]
fn what_somebody_else_has_written_is_asked_about_before_what_it_would_lose() {
    let (_folder, path) = copy();
    let text = fs::read_to_string(&path).expect("the copy");
    let remarked = text.replacen("plan: (", "plan: ( // agreed in May", 1);
    fs::write(&path, &remarked).expect("a remark");
    let mut window = window_on(&path);
    apply(&mut window, power(0.5));
    fs::write(
        &path,
        remarked.replacen("agreed in May", "agreed in June, after all", 1),
    )
    .expect("another hand");
    apply(&mut window, Command::Save);
    assert!(shows(&window, ENGLISH.disk_keep_save) && !shows(&window, ENGLISH.remarks_over));
    press(&mut window, ENGLISH.cancel);
    // Where the file is gone, there are no remarks to lose.
    fs::remove_file(&path).expect("gone");
    apply(&mut window, Command::Save);
    assert!(!shows(&window, ENGLISH.remarks_over) && path.exists());
}
