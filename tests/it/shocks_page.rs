//! Shocks on the page Plan: added among the levers, moved along the time line, taken away; what their charts say against runs of
//! the model. What the pictures of *Equity* lead to.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::Page;
use rollcall::app::command::Command;
use rollcall::model::simulate;
use rollcall::scenario::measure::{Comparison, Indicator, Measure, Scope};
use rollcall::scenario::person::Dimension;
use rollcall::scenario::places::Places;
use rollcall::scenario::plan::Order;
use rollcall::scenario::shocks::{Shock, ShockKind};
use rollcall::scenario::{Scenario, Severity, check};
use rollcall::study::recovery::{recovery, struck};

use super::harness::{Window, app, apply, keys, press, shows, wait_for, window_of};
use super::regression::bundled;

fn on(page: Page, plan: &str) -> Window {
    let mut window = window_of(app());
    apply(&mut window, Command::Open(PathBuf::from(plan)));
    apply(&mut window, Command::Show(page));
    window
}

fn plan(window: &Window) -> &Scenario {
    &window.state().document().expect("a plan").scenario
}

/// A shock from the list is an edit like any other: it stands in the plan, its charts are shown, and it is undone.
#[test]
fn a_shock_is_added_shown_moved_and_taken_away() {
    let mut window = on(Page::Plan, "senegal/balanced.ron");
    let before = plan(&window).clone();
    press(&mut window, "Shocks: add and change");
    press(&mut window, "Add a shock: Flood");
    assert_eq!(
        plan(&window).shocks,
        Shock::example("flood", 2028).into_iter().collect::<Vec<_>>()
    );
    wait_for(&mut window, "Flood 2028: ");
    wait_for(&mut window, "more than without it");
    assert!(shows(&window, "If it came then: Flood"));
    let chip = "Flood 2028: click to see what it does; arrows move it by a year, Delete takes it away";
    // A click takes hold of it.
    window.get_by_label(chip).click();
    window.run();
    keys(&mut window, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(plan(&window).shocks[0].year, 2029);
    keys(&mut window, Modifiers::NONE, Key::ArrowLeft);
    keys(&mut window, Modifiers::NONE, Key::ArrowLeft);
    keys(&mut window, Modifiers::NONE, Key::ArrowLeft);
    // The base year is behind the plan: nothing strikes there.
    assert_eq!(plan(&window).shocks[0].year, before.base_year + 1);
    keys(&mut window, Modifiers::NONE, Key::Delete);
    assert!(plan(&window).shocks.is_empty());
    wait_for(&mut window, "Reach: device, link, power, ready teacher");
    for _ in 0..5 {
        apply(&mut window, Command::Undo);
    }
    assert_eq!(*plan(&window), before);
}

/// What is dropped onto a year strikes in it.
#[test]
fn a_shock_is_dropped_onto_a_year() {
    let mut window = on(Page::Plan, "senegal/balanced.ron");
    press(&mut window, "Shocks: add and change");
    let from = window.get_by_label("Add a shock: Pandemic").rect().center();
    window.drag_at(from);
    window.run_steps(2);
    window.hover_at(from + eframe::egui::vec2(400.0, -100.0));
    window.run_steps(3);
    // The line is there while something is held over it.
    let line = window
        .get_by_label("Reach: device, link, power, ready teacher (% of learners)")
        .rect();
    let place = eframe::egui::pos2(line.right() + 60.0, line.top() - 20.0);
    window.hover_at(place);
    window.run_steps(2);
    window.drop_at(place);
    window.run();
    assert_eq!(plan(&window).shocks.len(), 1);
    assert!(matches!(plan(&window).shocks[0].kind, ShockKind::Pandemic(_)));
    assert_eq!(plan(&window).shocks[0].year, 2029);
}

/// What its own year costs is what the summary of a run says, and whom it stops are learners of closed schools less those who go on.
#[test]
fn if_it_came_then_agrees_with_the_run_in_its_own_year() {
    for name in ["shocks/flood.ron", "shocks/currency_fall.ron", "shocks/price_jump.ron"] {
        let scenario = bundled(name);
        let year = scenario.shocks[0].year;
        let run = simulate(scenario.clone());
        let told = struck(&Arc::new(scenario), 0, &|| false).expect("a shock");
        let own = told.years.iter().find(|came| came.year == year).expect("its year");
        let more = recovery(run.lend()).expect("a shock");
        assert!(
            (own.more - more).abs() <= 1e-9 * more.abs(),
            "{name}: {} and {more}",
            own.more
        );
        let t = usize::try_from(year - run.model.scenario.base_year).expect("a year");
        let of = |measure| run.lend().value(measure, Scope::ALL, t);
        let stopped = of(Measure::ClosedLearners)
            .filter(|learners| *learners > 0.0)
            .map(|closed| closed * (1.0 - of(Measure::Continuity).unwrap_or(0.0)));
        assert_eq!(own.stopped, stopped, "{name}");
        assert_eq!(told.calm.model.scenario.shocks.len(), 0);
        assert_eq!(told.years.len(), run.model.years - 1, "{name}");
    }
}

/// An example of each kind stands in a file without an error, and says of each number that it is one.
#[test]
fn the_example_of_each_kind_may_be_written() {
    for kind in ShockKind::KINDS {
        let mut scenario = bundled("senegal/balanced.ron");
        let shock = Shock::example(kind.name, 2028).expect("a kind");
        assert_eq!(shock.kind.name(), kind.name);
        scenario.shocks.push(shock);
        let findings = check::check(&scenario, "a.ron", &Places::new());
        let wrong: Vec<_> = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
    assert!(Shock::example("drought", 2028).is_none());
    // The bundled scenarios and the examples are the same numbers.
    for (name, kind) in [
        ("flood", "flood"),
        ("currency_fall", "currency_fall"),
        ("price_jump", "price_jump"),
    ] {
        let bundled = &bundled(&format!("shocks/{name}.ron")).shocks[0];
        let example = Shock::example(kind, bundled.year).expect("a kind");
        assert_eq!(*bundled, example, "{name}");
    }
}

/// A block of the picture leads to the lever of what those in it lack.
#[test]
fn a_block_of_those_left_out_leads_to_its_lever() {
    let mut window = on(Page::Equity, "senegal/balanced.ron");
    let block = window
        .get_all_by_role(Role::Button)
        .filter_map(|node| node.accesskit_node().label())
        .find(|label| label.contains(", lack trained teachers: "))
        .expect("a block");
    press(&mut window, &block);
    assert!(shows(&window, "Teachers ready by 2030"));
    assert!(!shows(&window, "Solar system of a school"));
}

/// One click makes parity of what is looked at a target, once.
#[test]
fn parity_becomes_a_target_by_one_click() {
    let mut window = on(Page::Equity, "senegal/balanced.ron");
    let count = plan(&window).targets.len();
    window.get_by_role_and_label(Role::RadioButton, "Show: Gaps").click();
    window.run();
    press(&mut window, "+ Parity as a target");
    let targets = plan(&window).targets.clone();
    assert_eq!(targets.len(), count + 1);
    let wanted = Indicator::Between(Measure::Reach, Comparison::Ratio, Dimension::Locality);
    assert_eq!(targets[count].indicator, wanted);
    assert_eq!(targets[count].at_least.as_ref().map(|value| value.value), Some(0.97));
    press(&mut window, "+ Parity as a target");
    assert_eq!(plan(&window).targets.len(), count + 1);
}

/// Another order of the schools becomes a plan of its own, at the same money.
#[test]
fn another_order_becomes_a_plan() {
    let mut window = on(Page::Equity, "senegal/balanced.ron");
    let before = plan(&window).clone();
    press(&mut window, "As a new plan");
    let (name, order) = if before.plan.order == Order::PoorestFirst {
        ("Cheapest first", Order::CheapestFirst)
    } else {
        ("Poorest first", Order::PoorestFirst)
    };
    press(&mut window, name);
    let after = plan(&window);
    assert_eq!(after.plan.order, order);
    assert_eq!(after.funding, before.funding);
    assert_ne!(after.title, before.title);
}
