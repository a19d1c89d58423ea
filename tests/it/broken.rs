//! A run of the model that breaks off is told, harms nothing, and the next one is computed as ever.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui::{Key, Modifiers, Role, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use rollcall::app::lever::LeverId;
use rollcall::app::outcome::Outcome;
use rollcall::app::{App, StartUp};
use rollcall::scenario::Scenario;

/// The model with a fault at one position of a lever.
fn faulty(scenario: Arc<Scenario>) -> Outcome {
    let powered = LeverId::Powered.get(&scenario).unwrap_or_default();
    assert!((powered - 0.42).abs() > 1e-9, "the fault");
    Outcome::of(scenario)
}

type Window = Harness<'static, App>;

fn wait(window: &mut Window, until: impl Fn(&Window) -> bool) {
    let start = Instant::now();
    while !until(window) {
        assert!(start.elapsed() < Duration::from_secs(20), "it never comes");
        std::thread::sleep(Duration::from_millis(5));
        window.run();
    }
}

fn slide(window: &mut Window, value: f64) {
    window
        .get_by_role_and_label(Role::Slider, "Schools with power by 2030")
        .set_value_accesskit(value);
    window.run();
}

fn shows(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

#[test]
fn a_run_that_breaks_off_becomes_a_message_and_the_next_one_is_computed() {
    for beside in [true, false] {
        let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/example.ron"));
        let app = App::new(StartUp { path: Some(path) }).computing(faulty);
        let app = if beside { app } else { app.inline() };
        let mut window = Harness::builder()
            .with_size(vec2(1280.0, 800.0))
            .with_theme(Theme::Light)
            .build_ui_state(|ui, app: &mut App| app.show(ui), app);
        wait(&mut window, |window| window.state().outcome().is_some());
        slide(&mut window, 0.42);
        wait(&mut window, |window| {
            shows(window, "a fault of the program (the fault)")
        });
        window.get_by_role_and_label(Role::Button, "Close").click();
        window.run();
        // Older numbers are not shown as those of this plan.
        assert!(window.state().outcome().is_none());
        assert!(shows(&window, "The results could not be computed.") && !shows(&window, "computing…"));
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run();
        wait(&mut window, |window| window.state().outcome().is_some());
        assert!(!shows(&window, "could not be computed"));
        // A fault that comes back is told again.
        slide(&mut window, 0.42);
        wait(&mut window, |window| {
            shows(window, "a fault of the program (the fault)")
        });
    }
}
