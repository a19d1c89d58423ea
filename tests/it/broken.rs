//! A run of the model that breaks off is told, harms nothing, and the next one is computed as ever.

use std::sync::Arc;

use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;
use rollcall::app::outcome::Outcome;
use rollcall::app::{App, StartUp};
use rollcall::scenario::Scenario;

use super::harness::{EXAMPLE, USUAL, Window, first_frame, shows, wait, wait_for};

/// The model with a fault at one position of a lever.
fn faulty(room: Option<Outcome>, scenario: Arc<Scenario>) -> Outcome {
    let powered = crate::harness::lever("plan.power.powered")
        .get(&scenario)
        .unwrap_or_default();
    assert!((powered - 0.42).abs() > 1e-9, "the fault");
    Outcome::again(room, scenario)
}
fn slide(window: &mut Window, value: f64) {
    window
        .get_by_role_and_label(Role::Slider, "Schools with power by 2030")
        .set_value_accesskit(value);
    window.run();
}

#[test]
fn a_run_that_breaks_off_becomes_a_message_and_the_next_one_is_computed() {
    for beside in [true, false] {
        let path = Some(EXAMPLE.into());
        let app = App::new(StartUp { path }).computing(faulty);
        let app = if beside { app } else { app.inline() };
        let mut window = first_frame(app, USUAL);
        wait(&mut window, "results", |window| window.state().outcome().is_some());
        slide(&mut window, 0.42);
        wait_for(&mut window, "a fault of the program (the fault)");
        window.get_by_role_and_label(Role::Button, "Close").click();
        window.run();
        // Older numbers are not shown as those of this plan.
        assert!(window.state().outcome().is_none());
        assert!(shows(&window, "The results could not be computed.") && !shows(&window, "computing…"));
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run();
        wait(&mut window, "results", |window| window.state().outcome().is_some());
        assert!(!shows(&window, "could not be computed"));
        // A fault that comes back is told again.
        slide(&mut window, 0.42);
        wait_for(&mut window, "a fault of the program (the fault)");
    }
}
