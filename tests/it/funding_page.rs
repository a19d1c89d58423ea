//! The Funding page as a planner uses it: money is added, changed, copied, put in order and removed, each as one edit.

use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::Page;
use rollcall::app::command::Command;
use rollcall::app::outcome::Outcome;
use rollcall::data::{self, Pack};
use rollcall::scenario::funding::{BudgetTerms, Funding};
use rollcall::scenario::{Quantity, Scenario, Source, SourceKind, YearPath};

use super::harness::{Window, app_on, apply, keys, lever, press, shows, window_on, write};

fn window() -> Window {
    let mut window = window_on("senegal/balanced.ron");
    keys(&mut window, Modifiers::COMMAND, Key::Num3);
    assert_eq!(window.state().page(), Page::Funding);
    window
}

fn funding(window: &Window) -> &Funding {
    &window.state().scenario().expect("a scenario").funding
}

fn names(window: &Window) -> Vec<String> {
    funding(window)
        .sources
        .iter()
        .map(|source| source.name.clone())
        .collect()
}

fn key(window: &mut Window, key: Key) {
    keys(window, Modifiers::NONE, key);
}

/// Types where the keys are, as a hand does: nothing is clicked.
fn hand(window: &mut Window, text: &str) {
    window.event(eframe::egui::Event::Text(text.into()));
    window.run();
}

fn edits(window: &Window) -> usize {
    window.state().document().expect("a document").history().at()
}

#[test]
fn a_person_adds_a_grant_by_keys_alone_and_one_undo_takes_it_back() {
    let mut window = window();
    let before = funding(&window).clone();
    let missing = window.state().outcome().expect("results").to_find();
    key(&mut window, Key::A);
    for letter in ["g", "r", "a", "n", "t"] {
        hand(&mut window, letter);
    }
    key(&mut window, Key::Tab);
    hand(&mut window, "20m");
    assert!(shows(&window, "= US$ 20 million"), "what is understood is said");
    key(&mut window, Key::Enter);
    let added = funding(&window).sources.last().expect("a source").clone();
    let SourceKind::Grant(terms) = &added.kind else {
        panic!("no grant: {added:?}")
    };
    assert_eq!(added.name, "Grant");
    assert!((terms.commitment.value - 20e6).abs() < 1e-6);
    // By hand: four years of the plan, a quarter in each.
    let quarters: Vec<(i32, f64)> = (2027..=2030).map(|year| (year, 0.25)).collect();
    assert_eq!(terms.release.points, quarters);
    assert_eq!(funding(&window).sources.len(), before.sources.len() + 1);
    assert!(window.state().outcome().expect("results").to_find() < missing);
    assert_eq!(edits(&window), 1, "adding is one edit");
    assert!(shows(&window, "Money added: Grant"));
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*funding(&window), before);
}

#[test]
fn sources_are_copied_moved_and_removed_by_keys_each_in_one_edit() {
    let mut window = window();
    let before = names(&window);
    assert_eq!(before[2..], ["Partner grant", "Development credit"]);
    key(&mut window, Key::ArrowDown);
    key(&mut window, Key::ArrowDown);
    key(&mut window, Key::C);
    assert_eq!(names(&window)[2..4], ["Partner grant", "Partner grant, copy"]);
    keys(&mut window, Modifiers::ALT, Key::ArrowUp);
    assert_eq!(names(&window)[2..4], ["Partner grant, copy", "Partner grant"]);
    keys(&mut window, Modifiers::ALT, Key::ArrowDown);
    key(&mut window, Key::Delete);
    assert_eq!(names(&window), before);
    assert_eq!(edits(&window), 4);
    for _ in 0..4 {
        keys(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(names(&window), before);
    assert_eq!(edits(&window), 0);
    // The same by buttons.
    key(&mut window, Key::ArrowUp);
    press(&mut window, "Copy: Partner grant");
    press(&mut window, "Remove: Partner grant, copy");
    assert_eq!((names(&window), edits(&window)), (before, 2));
}

#[test]
fn every_mechanism_can_be_found_and_nothing_is_added_before_it_is_said_how_much() {
    let mut window = window();
    for (wanted, found) in [
        ("donor", "Grant"),
        ("telecom", "Universal service levy"),
        ("tablets", "In kind"),
        ("ida", "Concessional loan"),
        ("ppp", "Partnership"),
        ("outcome fund", "Results based"),
    ] {
        apply(&mut window, Command::AddMoney);
        write(&mut window, "Find a mechanism", wanted);
        let rows = window.query_all_by_role(Role::RadioButton);
        let rows: Vec<String> = rows.filter_map(|row| row.accesskit_node().label()).collect();
        assert!(rows.iter().any(|row| row == found), "{wanted}: {rows:?}");
        let add = window.get_by_role_and_label(Role::Button, "Add this money");
        let ready = !add.accesskit_node().is_disabled();
        assert_eq!(
            ready,
            found == "Universal service levy",
            "{found}: only a levy has all its terms from others"
        );
        press(&mut window, "Cancel");
    }
    assert_eq!(edits(&window), 0);
}

#[test]
fn terms_that_cannot_be_are_told_at_their_field_and_keep_the_button_grey() {
    let mut window = window();
    apply(&mut window, Command::AddMoney);
    write(&mut window, "Find a mechanism", "concessional");
    write(&mut window, "Promised in all", "30m");
    key(&mut window, Key::Tab);
    let disabled = |window: &Window| {
        let add = window.get_by_role_and_label(Role::Button, "Add this money");
        add.accesskit_node().is_disabled()
    };
    assert!(!disabled(&window));
    write(&mut window, "Of these without principal", "40");
    key(&mut window, Key::Tab);
    assert!(disabled(&window));
    assert!(shows(&window, "✗ ") && shows(&window, "31"), "the maturity is named");
    write(&mut window, "Of these without principal", "8");
    key(&mut window, Key::Tab);
    assert!(!disabled(&window));
    press(&mut window, "Add this money");
    let SourceKind::ConcessionalLoan(terms) = &funding(&window).sources[4].kind else {
        panic!("no loan")
    };
    assert_eq!(
        (terms.commitment.value, terms.grace.value, terms.maturity.value),
        (30e6, 8.0, 31.0)
    );
    assert_eq!(edits(&window), 1);
}

#[test]
fn terms_of_a_source_are_changed_on_its_card_with_their_units_a_release_year_by_year() {
    let mut window = window();
    for _ in 0..2 {
        key(&mut window, Key::ArrowDown);
    }
    key(&mut window, Key::Enter);
    write(&mut window, "Promised in all", "80m");
    key(&mut window, Key::Enter);
    assert!(shows(
        &window,
        "Partner grant, Promised in all: US$ 75 million → US$ 80 million"
    ));
    write(&mut window, "Can be drawn, 2027", "20 %");
    key(&mut window, Key::Enter);
    write(&mut window, "Can be drawn, 2030", "10 %");
    key(&mut window, Key::Enter);
    // More than is left is not taken.
    write(&mut window, "Can be drawn, 2030", "30 %");
    key(&mut window, Key::Enter);
    key(&mut window, Key::Escape);
    let SourceKind::Grant(terms) = &funding(&window).sources[2].kind else {
        panic!("no grant")
    };
    assert!((terms.commitment.value - 80e6).abs() < 1e-6);
    assert_eq!(
        terms.release.points,
        [(2027, 0.2), (2028, 0.4), (2029, 0.25), (2030, 0.1)]
    );
    assert_eq!(edits(&window), 3);
}

#[test]
fn a_source_leaves_after_a_year_tried_before_it_is_done_in_one_edit() {
    let mut window = window();
    let missing = |window: &Window| window.state().outcome().expect("results").to_find();
    let before = missing(&window);
    for _ in 0..2 {
        key(&mut window, Key::ArrowDown);
    }
    // From the last year in which it makes a difference, a year sooner.
    key(&mut window, Key::OpenBracket);
    key(&mut window, Key::OpenBracket);
    assert!(shows(&window, "more has no source"), "what it would do is said before");
    assert_eq!((edits(&window), missing(&window).to_bits()), (0, before.to_bits()));
    press(&mut window, "Leave after 2028");
    let until = funding(&window).sources[2].until.as_ref().map(|until| until.value);
    assert_eq!((until, edits(&window)), (Some(2028.0), 1));
    assert!(missing(&window) > before);
    assert!(shows(&window, "Partner grant leaves after 2028"));
    keys(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(missing(&window).to_bits(), before.to_bits());
}

#[test]
fn money_is_the_first_lever_of_the_plan() {
    let mut window = window_on("senegal/balanced.ron");
    write(&mut window, "Partner grant: Promised in all", "90m");
    key(&mut window, Key::Enter);
    let SourceKind::Grant(terms) = &funding(&window).sources[2].kind else {
        panic!("no grant")
    };
    assert!((terms.commitment.value - 90e6).abs() < 1e-6);
    assert_eq!(edits(&window), 1);
    press(&mut window, "+ Add money");
    assert_eq!(window.state().page(), Page::Funding);
    assert!(shows(&window, "Nothing changes until you add it"));
}

#[test]
fn if_fully_paid_is_what_money_without_end_reaches() {
    let scenario: Scenario = Scenario::clone(app_on("senegal/balanced.ron").scenario().expect("a scenario"));
    let now = Outcome::of(scenario.clone());
    // Independently of that run: a ministry with a billion a year that can all be spent.
    let mut rich = scenario;
    rich.funding.sources = vec![Source {
        name: "Treasure".into(),
        kind: SourceKind::DomesticBudget(BudgetTerms {
            amount: Some(YearPath::constant(1e9)),
            ..BudgetTerms::default()
        }),
        absorption: Some(Quantity::new(1.0)),
        ..Source::default()
    }];
    let rich = Outcome::of(rich);
    assert!(rich.to_find().abs() < 1.0, "all is paid for");
    for (full, reach) in now.reach_in_full.iter().zip(&rich.reach) {
        assert!((full - reach).abs() < 1e-9, "{full} against {reach}");
    }
    assert!(now.reach_in_full.last() > now.reach.last());
}

#[test]
fn a_first_plan_of_a_poor_country_starts_alive_and_says_what_is_missing() {
    let country = data::country(&Pack::embedded(), "TCD", false).expect("Chad");
    let scenario = data::new_scenario(country);
    let now = Outcome::of(scenario.clone());
    assert!(now.cost_paid < 0.2 * now.cost_full, "its one source pays for little");
    let mut more = scenario.clone();
    lever("plan.training.ready").set(&mut more, 0.9);
    let then = Outcome::of(more);
    assert!(
        then.reach_in_full.last() > now.reach_in_full.last(),
        "a lever moves what it would reach if paid"
    );
    let SourceKind::DomesticBudget(terms) = &scenario.funding.sources[0].kind else {
        panic!("no budget")
    };
    let passport = terms
        .share_of_education
        .as_ref()
        .and_then(|share| share.passport.as_ref());
    assert!(
        passport.is_some_and(|passport| passport.low_confidence),
        "named as assumed"
    );
    let mut window = window_on("senegal/balanced.ron");
    apply(&mut window, Command::New("TCD"));
    assert!(shows(&window, "Paid in full it would reach"));
}
