//! The dark-schools clock of Present: one key a year, dots that add up, a sentence from the run.

use eframe::egui::Key;
use rollcall::app::command::Command;
use rollcall::model::stat;
use rollcall::scenario::Locality;
use rollcall::units::Unit;

use super::harness::{WIDE, Window, app_on, apply, shows, sized, texts};

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

/// The room says first how many it expects dark in the last year; no later year and no sentence is shown before the reveal.
#[test]
fn the_room_guesses_before_it_sees() {
    let mut window = window();
    press(&mut window, Key::P);
    assert!(shows(&window, "How many schools will be dark again in 2030?"));
    let title = window.state().scenario().expect("a plan").title.clone();
    assert!(shows(&window, &format!("in 2030? {title}")), "of which plan is said");
    assert!(shows(&window, "the room's guess"));
    for key in [Key::ArrowRight, Key::End, Key::Space] {
        press(&mut window, key);
        assert!(
            shows(&window, "How many schools will be dark again in 2030?"),
            "{key:?}"
        );
        assert!(!shows(&window, "are dark again"), "{key:?}");
    }
    // Half of all schools, and two steps of a twentieth less: what stands beside the rail is two fifths, in whole dots.
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::R);
    assert!(shows(&window, "are dark again"));
    let document = &window.state().documents()[0];
    let run = &document.now.as_ref().expect("results").run;
    let last = run.model.years - 1;
    let dots = |schools: f64, each: f64| (schools / each).round() * each;
    let all = run.run.plan.over(0, stat::SCHOOLS, &|_| true);
    let each = [1.0, 5.0, 10.0, 50.0, 100.0, 500.0, 1000.0]
        .into_iter()
        .find(|each| all / each <= 130.0)
        .expect("a dot");
    let said = Unit::Count.show(dots(0.4 * all, each));
    let dark = [Locality::Rural, Locality::Urban].map(|here| {
        let cuts = &run.model.cuts;
        dots(
            run.run
                .plan
                .over(last, stat::DARK, &|bin| cuts[bin.index()].locality == here),
            each,
        )
    });
    let model = Unit::Count.show(dark.iter().sum());
    assert!(
        shows(&window, &format!("The room said {said}. The model says {model}.")),
        "{said} {model}"
    );
    // Years are free again.
    press(&mut window, Key::Home);
    assert!(shows(&window, "Which schools still have light? 2026"));
}

/// Senegal has packages of its own: the plan beside the first of them, and another by a key at either side.
#[test]
fn packages_stand_beside_the_plan_and_what_bends_the_line_is_named() {
    let mut window = sized(app_on("senegal/balanced.ron"), WIDE);
    apply(&mut window, Command::Present);
    for _ in 0..7 {
        press(&mut window, Key::PageDown);
    }
    press(&mut window, Key::End);
    assert!(shows(&window, "Senegal: balanced: "));
    assert!(shows(&window, "A grant that leaves in 2029: "));
    let place = window.ctx.content_rect();
    let named = |window: &Window, text: &str| texts(window, place).iter().any(|drawn| drawn.contains(text));
    assert!(named(&window, "■ last payment: "), "the grant's, at the right");
    press(&mut window, Key::Num2);
    assert!(shows(&window, "A credit of IDA: "));
    press(&mut window, Key::Num1);
    assert!(!shows(&window, "Senegal: balanced: "));
}

/// Chad has next to nothing lit: too few schools for a dot are counted, and not said to be none.
#[test]
fn too_few_schools_for_a_dot_are_counted() {
    let mut window = sized(app_on("sierra_leone/balanced.ron"), WIDE);
    apply(&mut window, Command::New("TCD"));
    apply(&mut window, Command::Present);
    for _ in 0..7 {
        press(&mut window, Key::PageDown);
    }
    let document = window.state().document().expect("a plan");
    let run = &document.now.as_ref().expect("results").run;
    let lit = run.run.plan.over(0, stat::LIT, &|_| true);
    assert!((0.5..250.0).contains(&lit), "{lit}");
    let said = format!(": {} schools have power", Unit::Count.show(lit.round()));
    assert!(shows(&window, &said), "{said}");
}
