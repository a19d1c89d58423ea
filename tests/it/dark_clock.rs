//! The dark-schools clock of Present: one key a year, dots that add up, a sentence from the run.

use eframe::egui::Key;
use rollcall::app::command::Command;
use rollcall::model::stat;

use super::harness::{WIDE, Window, app_on, apply, shows, sized};

fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run();
}

/// On the clock's screen: the last one.
fn window() -> Window {
    let mut window = sized(app_on("sierra_leone/balanced.ron"), WIDE);
    apply(&mut window, Command::Present);
    for _ in 0..7 {
        press(&mut window, Key::PageDown);
    }
    window
}

#[test]
fn a_key_is_a_year_and_the_sentence_says_who_is_dark_again() {
    let mut window = window();
    assert!(shows(&window, "Which schools still have light? 2026"));
    assert!(shows(&window, "none that had them lacks them"));
    for year in 2027..=2030 {
        press(&mut window, Key::ArrowRight);
        assert!(
            shows(&window, &format!("Which schools still have light? {year}")),
            "{year}"
        );
    }
    // In 2030 what was built is dark again: as many schools as the run says, to a dot.
    let document = &window.state().documents()[0];
    let run = &document.now.as_ref().expect("results").run;
    let last = run.model.years - 1;
    let [dark, lit, all] =
        [stat::DARK, stat::LIT, stat::SCHOOLS].map(|which| run.run.plan.over(last, which, &|_| true));
    assert!(dark > 500.0 && lit + dark <= all, "{dark} {lit} {all}");
    assert!(shows(&window, "are dark again"));
    // The year after the last is no screen: it stays; a page back is the screen before.
    press(&mut window, Key::ArrowRight);
    assert!(shows(&window, "2030"));
    press(&mut window, Key::Home);
    assert!(shows(&window, "Which schools still have light? 2026"));
    press(&mut window, Key::End);
    assert!(shows(&window, "Which schools still have light? 2030"));
    press(&mut window, Key::PageUp);
    assert!(!shows(&window, "Which schools still have light?"));
}
