//! A standard laid over a plan in the window: what it sets, what changes, taken over and taken back, and one of one's own.

use std::sync::Arc;

use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::Page;
use rollcall::app::command::Command;
use rollcall::app::outcome::Outcome;
use rollcall::data::store;
use rollcall::scenario::Scenario;
use rollcall::scenario::plan::{LinkRule, LinkService};
use rollcall::units::{Unit, signed};

use super::harness::{Window, app_on, apply, click, copy, keys, lever, press, shows, window_of, write};

const ENEC: &str = "Brazil, ENEC 2024";

fn scenario(window: &Window) -> Arc<Scenario> {
    Arc::clone(window.state().scenario().expect("a scenario"))
}

#[test]
fn a_standard_says_what_it_sets_and_what_changes_and_is_taken_over_and_back() {
    let mut window = window_of(app_on("senegal/balanced.ron"));
    press(&mut window, "Standards…");
    let before = scenario(&window);
    let laid = store::standard("enec").expect("a standard").over(&before);
    let (now, then) = (Outcome::of(Arc::clone(&before)), Outcome::of(laid.clone()));
    // The list says what each costs more.
    let added = then.cost_full - now.cost_full;
    assert!(added > 1e6, "{added}");
    let added = signed(added, |size| Unit::Usd.show(size).replace("US$ ", ""));
    click(&mut window, Role::RadioButton, &format!("{ENEC}: {added}"));
    window.get_by_label("Giga, floor for a school: kept already");
    // What it sets, with its source; what it leaves.
    window.get_by_label_contains("CENEC resolution 2/2024");
    window.get_by_label_contains(&format!("with {ENEC}: per learner"));
    window.get_by_label_contains(&format!("with {ENEC}: 50 Mbit/s"));
    let left = window.get_by_label_contains("stays as in the plan: ").accesskit_node();
    let left = left.label().or_else(|| left.value()).expect("a text");
    assert!(
        left.contains("devices") && left.contains("teachers") && !left.contains("links"),
        "{left}"
    );
    // What changes: from a run of the plan with the standard over it.
    let cost = Unit::Usd.show(then.cost_full);
    window.get_by_label_contains(&format!("To do it all, 2027–2030, with {ENEC}: {cost}"));
    assert_eq!(*scenario(&window), *before, "nothing changes before it is taken over");
    press(&mut window, &format!("Take over {ENEC}"));
    assert_eq!(*scenario(&window), laid);
    assert!(shows(&window, &format!("{ENEC} laid over")));
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*scenario(&window), *before);
    press(&mut window, "Open as a second plan");
    assert_eq!(window.state().documents().len(), 2);
    assert_eq!(scenario(&window).plan, laid.plan);
    assert!(scenario(&window).title.ends_with(ENEC));
    press(&mut window, "Back to the plan");
    assert_eq!(window.state().page(), Page::Plan);
    assert!(!shows(&window, "A standard of your own"));
}

#[test]
fn an_edit_of_the_plan_is_seen_at_once() {
    let mut window = window_of(app_on("senegal/balanced.ron"));
    press(&mut window, "Standards…");
    let edit = Command::SetLever {
        lever: lever("plan.links.floor"),
        value: 60.0,
        more: false,
    };
    apply(&mut window, edit);
    let now = window.state().outcome().expect("results").cost_full;
    let laid = store::standard("gape").expect("a standard").over(&scenario(&window));
    let added = signed(Outcome::of(laid).cost_full - now, |size| {
        Unit::Usd.show(size).replace("US$ ", "")
    });
    window.get_by_label(&format!("Brazil, GAPE 2022: {added}"));
}

#[test]
fn what_a_plan_asks_for_becomes_a_standard_that_can_be_laid_over_another() {
    let (folder, path) = copy();
    let mut window = window_of(app_on(&path));
    for command in [
        Command::SetLever {
            lever: lever("plan.links.floor"),
            value: 30.0,
            more: false,
        },
        Command::SetLever {
            lever: lever("plan.training.days"),
            value: 8.0,
            more: false,
        },
        Command::Standards,
    ] {
        apply(&mut window, command);
    }
    // Without a name and a source it is none.
    let save = window.get_by_role_and_label(Role::Button, "Save as a standard…");
    assert!(save.accesskit_node().is_disabled());
    write(&mut window, "Name of the standard", "Our norm");
    write(&mut window, "Where it is published", "Circular 12 of 2026");
    press(&mut window, "Save as a standard…");
    let file = folder.path().join("our_norm.ron");
    write(&mut window, "File", &file.display().to_string());
    keys(&mut window, Modifiers::NONE, Key::Enter);
    let norm = store::standard(&file.display().to_string()).expect("a standard");
    assert_eq!(
        (norm.name.as_str(), norm.source.as_str()),
        ("Our norm", "Circular 12 of 2026")
    );
    let links = norm.links.as_ref().expect("links");
    assert_eq!(links.floor.as_ref().map(|floor| floor.value), Some(30.0));
    assert_eq!(norm.training_days.as_ref().map(|days| days.value), Some(8.0));
    // It stands in the list and is looked at.
    assert!(shows(&window, "Our norm: ") && shows(&window, "Circular 12 of 2026"));
    // Laid over another plan it sets what that one asks for otherwise.
    apply(&mut window, Command::OpenBundled("senegal/balanced.ron"));
    let over = norm.over(&scenario(&window));
    assert_eq!(over.plan.links.as_ref().map(|links| links.floor.value), Some(30.0));
    let added = Outcome::of(over).cost_full - window.state().outcome().expect("results").cost_full;
    let added = signed(added, |size| Unit::Usd.show(size).replace("US$ ", ""));
    window.get_by_role_and_label(Role::RadioButton, &format!("Our norm: {added}"));
    // A file that is a plan is refused in words.
    apply(&mut window, Command::OpenStandard(path));
    assert!(shows(&window, "That is no standard"));
}

#[test]
fn a_standard_written_and_read_again_is_the_same() {
    for name in store::standards() {
        let standard = store::standard(name).expect("a standard");
        let text = rollcall::scenario::standard::write_standard(&standard);
        let back = rollcall::scenario::standard::read_standard(name, text.as_bytes())
            .0
            .expect("a standard");
        assert_eq!(standard, back, "{name}");
    }
    let mut plan = super::regression::bundled("senegal/balanced.ron");
    let links = plan.plan.links.as_mut().expect("links");
    (links.rule, links.service) = (LinkRule::PerLearner, LinkService::Managed);
    let standard = rollcall::scenario::standard::Standard::of(&plan, "Ours", "Circular");
    let text = rollcall::scenario::standard::write_standard(&standard);
    let back = rollcall::scenario::standard::read_standard("ours.ron", text.as_bytes())
        .0
        .expect("a standard");
    assert_eq!(standard, back);
    // The plan keeps to what it asks for itself, but for levers that differ by case.
    let over = back.over(&plan);
    assert_eq!(over.plan.links, plan.plan.links);
    assert_eq!(over.plan.training, plan.plan.training);
}
