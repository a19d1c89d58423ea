//! The years of a lever on the Plan page, its search, and the levers of content, support and management.

use std::path::PathBuf;

use eframe::egui::{Event, Key, Modifiers, PointerButton, Role, vec2};
use egui_kittest::kittest::Queryable as _;
use rollcall::app::command::Command;
use rollcall::app::words::ENGLISH;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::target::Bound;
use rollcall::scenario::{Level, Locality, Scenario};

use super::harness::{EXAMPLE, Window, app_on, click, copy, window_of};

const SENEGAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/senegal/balanced.ron");
fn window_on(path: &str) -> (tempfile::TempDir, Window) {
    let (folder, copy) = copy();
    let path = if path == EXAMPLE { copy } else { PathBuf::from(path) };
    let window = window_of(app_on(path));
    (folder, window)
}

fn scenario(window: &Window) -> &Scenario {
    window.state().scenario().expect("a scenario")
}

fn powered(window: &Window) -> Vec<(i32, f64)> {
    let power = scenario(window).plan.power.as_ref().expect("power");
    power.powered.cases[0].to.points.clone()
}

fn undo(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
}

fn type_into(window: &mut Window, name: &str, text: &str) {
    click(window, Role::TextInput, name);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    window.get_by_role_and_label(Role::TextInput, name).type_text(text);
    window.run();
    window.key_press_modifiers(Modifiers::NONE, Key::Enter);
    window.run();
}

/// Shows only the lever of schools with power, with its years.
fn open_powered(window: &mut Window) {
    click(window, Role::TextInput, "Find a lever");
    window
        .get_by_role_and_label(Role::TextInput, "Find a lever")
        .type_text("with power");
    window.run();
    click(window, Role::Button, "Years of Schools with power by 2030");
}

#[test]
fn a_year_is_added_typed_and_removed_and_each_is_one_step_of_undo() {
    let (_folder, mut window) = window_on(EXAMPLE);
    let before = powered(&window);
    let path = rollcall::scenario::YearPath::of(&before);
    let free = (2025..2030)
        .find(|year| before.iter().all(|(taken, _)| taken != year) && *year > before[0].0)
        .expect("a year between the points");
    open_powered(&mut window);
    click(&mut window, Role::ComboBox, "Add a year: Schools with power by 2030");
    click(&mut window, Role::Button, &free.to_string());
    let added = powered(&window);
    assert_eq!(added.len(), before.len() + 1);
    let (_, value) = *added.iter().find(|(year, _)| *year == free).expect("the new year");
    assert!((value - path.at(free)).abs() < 1e-12, "the path is as before");
    let name = format!("Schools with power by 2030, {free}");
    type_into(&mut window, &name, "80");
    let typed = powered(&window);
    assert!(typed.contains(&(free, 0.8)), "{typed:?}");
    window.get_by_label_contains(&format!("{name} {:.0} % → 80 %", value * 100.0));
    undo(&mut window);
    assert_eq!(powered(&window), added);
    click(&mut window, Role::Button, &format!("Remove {name}"));
    assert_eq!(powered(&window), before);
}

#[test]
fn a_year_below_the_one_before_or_out_of_range_is_refused_in_words() {
    let (_folder, mut window) = window_on(EXAMPLE);
    let before = powered(&window);
    open_powered(&mut window);
    window.get_by_label_contains("no year may be lower than the year before");
    let name = "Schools with power by 2030, 2030";
    let crosses = |window: &Window| window.query_all_by_label_contains("✗").count();
    let missed = crosses(&window);
    for wrong in ["1", "130", "much"] {
        type_into(&mut window, name, wrong);
        assert_eq!(powered(&window), before, "{wrong}");
        assert!(crosses(&window) > missed, "{wrong}");
        window.key_press_modifiers(Modifiers::NONE, Key::Escape);
        window.run();
    }
}

#[test]
fn a_point_is_dragged_as_one_step_and_stops_at_its_neighbour() {
    let (_folder, mut window) = window_on(EXAMPLE);
    let before = powered(&window);
    open_powered(&mut window);
    let place = window
        .get_by_role_and_label(Role::Slider, "Schools with power by 2030, 2030")
        .rect()
        .center();
    window.drag_at(place);
    window.run_steps(1);
    for step in 1u8..=10 {
        window.hover_at(place + vec2(0.0, 9.0 * f32::from(step)));
        window.run_steps(1);
    }
    window.drop_at(place + vec2(0.0, 90.0));
    window.run();
    let after = powered(&window);
    let neighbour = before[before.len() - 2].1;
    assert!(
        (after.last().expect("a point").1 - neighbour).abs() < 1e-12,
        "{after:?}"
    );
    undo(&mut window);
    assert_eq!(powered(&window), before);
}

#[test]
fn a_search_leaves_the_levers_it_names() {
    let (_folder, mut window) = window_on(SENEGAL);
    click(&mut window, Role::TextInput, "Find a lever");
    window
        .get_by_role_and_label(Role::TextInput, "Find a lever")
        .type_text("spare");
    window.run();
    window.get_by_role_and_label(Role::Slider, "Spare devices");
    assert_eq!(window.query_all_by_role(Role::Slider).count(), 1);
    click(&mut window, Role::TextInput, "Find a lever");
    window
        .get_by_role_and_label(Role::TextInput, "Find a lever")
        .type_text("zzz");
    window.run();
    window.get_by_label("No lever has this name.");
}

#[test]
fn content_support_and_management_have_levers_that_change_the_cost() {
    let (_folder, mut window) = window_on(SENEGAL);
    let context = window.ctx.clone();
    for lever in [
        crate::harness::lever("plan.content.coverage"),
        crate::harness::lever("plan.support.technicians"),
        crate::harness::lever("plan.management.programme"),
        crate::harness::lever("plan.management.contingency"),
    ] {
        let value = lever.get(scenario(&window)).expect("it is in the plan");
        let cost = window.state().outcome().expect("results").cost_full;
        let command = Command::SetLever {
            lever,
            value: value + 0.1,
            more: false,
        };
        window.state_mut().apply(command, &context);
        window.run();
        let now = window.state().outcome().expect("results").cost_full;
        assert!(now > cost, "{lever:?}: {cost} to {now}");
    }
}

#[test]
fn moving_the_last_year_adds_no_year_and_says_that_others_went_with_it() {
    let (_folder, mut window) = window_on(SENEGAL);
    let points = |window: &Window| {
        let devices = scenario(window).plan.devices.as_ref().expect("devices");
        devices.learners_per_device.cases[0].to.points.clone()
    };
    assert_eq!(points(&window), [(2027, 25.0), (2028, 18.0), (2030, 10.0)]);
    // Tall enough for the levers below money.
    window.set_size(vec2(1280.0, 1200.0));
    window.run();
    type_into(&mut window, "Learners per device", "40");
    assert_eq!(points(&window), [(2027, 25.0), (2028, 32.0), (2030, 40.0)]);
    window.get_by_label_contains("Learners per device 10 → 40, the years between in proportion");
    undo(&mut window);
    assert_eq!(points(&window), [(2027, 25.0), (2028, 18.0), (2030, 10.0)]);
}

#[test]
fn a_lever_differs_for_some_schools_and_no_longer() {
    let (_folder, mut window) = window_on(EXAMPLE);
    open_powered(&mut window);
    let cases = |window: &Window| {
        scenario(window)
            .plan
            .power
            .as_ref()
            .expect("power")
            .powered
            .cases
            .clone()
    };
    let before = cases(&window);
    assert_eq!(before.len(), 1, "the example has one path for all");
    click(
        &mut window,
        Role::Button,
        "Differ for some schools: Schools with power by 2030",
    );
    click(&mut window, Role::ComboBox, "Level that differs");
    click(&mut window, Role::Button, "Primary");
    click(&mut window, Role::ComboBox, "Locality that differs");
    click(&mut window, Role::Button, "rural");
    click(&mut window, Role::Button, "Differ here");
    let added = cases(&window);
    assert_eq!(added.len(), 2);
    assert_eq!(
        (added[1].level, added[1].locality, &added[1].to),
        (Some(Level::Primary), Some(Locality::Rural), &before[0].to),
        "the new case starts with the path of all"
    );
    let with_power = |window: &Window| {
        let run = &window.state().outcome().expect("a result").run;
        run.lend().value(
            Measure::Electricity,
            Scope::of(Some(Level::Primary)),
            run.model.years - 1,
        )
    };
    let all_alike = with_power(&window).expect("known");
    type_into(&mut window, "Schools with power by 2030 (primary rural), 2030", "100");
    let set = cases(&window);
    assert!((set[1].to.at(2030) - 1.0).abs() < 1e-12 && set[0] == before[0]);
    let more = with_power(&window).expect("known");
    assert!(more > all_alike, "rural primary schools gain: {all_alike} {more}");
    click(&mut window, Role::Button, "No difference for primary rural");
    assert_eq!(cases(&window), before);
    for _ in 0..3 {
        undo(&mut window);
    }
    assert_eq!(cases(&window), before);
}

#[test]
fn targets_are_added_changed_and_removed_and_the_scoreboard_follows() {
    let (_folder, mut window) = window_on(EXAMPLE);
    let before = scenario(&window).targets.clone();
    click(&mut window, Role::Button, "Show and change the targets");
    click(&mut window, Role::Button, "Add a target");
    let new = scenario(&window).targets.last().expect("the new target").clone();
    assert_eq!(scenario(&window).targets.len(), before.len() + 1);
    assert!(
        !before
            .iter()
            .any(|target| target.indicator == new.indicator && target.level == new.level),
        "what is added is not there yet"
    );
    let named = |what: &str, name: &str| format!("{what} of {name}");
    let level = new.level.map_or("all levels", |_| "primary");
    let name = format!(
        "{}, {level}, 2030",
        rollcall::app::targets::indicator_name(new.indicator, &ENGLISH)
    );
    click(&mut window, Role::ComboBox, &named("Indicator", &name));
    click(&mut window, Role::Button, "Schools with power (4.a.1.a)");
    let name = name.replace(
        &name[..name.find(',').expect("a comma")],
        "Schools with power (4.a.1.a)",
    );
    click(&mut window, Role::ComboBox, &named("Year", &name));
    click(&mut window, Role::Button, "2029");
    let name = name.replace("2030", "2029");
    type_into(&mut window, &named("Value", &name), "85 %");
    let target = scenario(&window).targets.last().expect("the target").clone();
    assert_eq!((target.indicator, target.year), (Measure::Electricity.into(), 2029));
    assert!((target.value() - 0.85).abs() < 1e-12);
    let level = new.level.map_or("", |_| "primary, ");
    window.get_by_label_contains(&format!("Power, {level}2029"));
    let findings = rollcall::scenario::check::check(
        scenario(&window),
        "plan.ron",
        &rollcall::scenario::places::Places::new(),
    );
    assert!(
        !findings
            .iter()
            .any(|finding| finding.severity == rollcall::scenario::Severity::Error),
        "{findings:?}"
    );
    // A share above one is refused in words and changes nothing.
    type_into(&mut window, &named("Value", &name), "850");
    assert_eq!(scenario(&window).targets.last(), Some(&target));
    window.key_press_modifiers(Modifiers::NONE, Key::Escape);
    window.run();
    click(&mut window, Role::Button, &format!("Remove the target {name}"));
    assert_eq!(scenario(&window).targets, before);
    undo(&mut window);
    assert_eq!(scenario(&window).targets.last(), Some(&target));
}

/// A target starts with what the plan comes to now, whatever it is about, and is judged at once.
#[test]
fn a_ceiling_on_cost_is_added_in_the_window_and_judged() {
    let (_folder, mut window) = window_on(EXAMPLE);
    let score = |window: &Window| {
        window
            .state()
            .outcome()
            .expect("results")
            .scores
            .last()
            .expect("a score")
            .clone()
    };
    click(&mut window, Role::Button, "Show and change the targets");
    click(&mut window, Role::Button, "Add a target");
    let new = scenario(&window).targets.last().expect("the new target").clone();
    let outcome = window.state().outcome().expect("results").clone();
    let reached = outcome
        .run
        .lend()
        .by(new.indicator, new.scope(), outcome.years.len() - 1);
    assert_eq!(Some(new.value()), reached, "as much as it is now");
    assert!(score(&window).met());
    let level = new.level.map_or("all levels", |_| "primary");
    let name = rollcall::app::targets::indicator_name(new.indicator, &ENGLISH);
    click(
        &mut window,
        Role::ComboBox,
        &format!("Indicator of {name}, {level}, 2030"),
    );
    // The list is longer than its room.
    window
        .get_by_role_and_label(Role::Button, "To do it all")
        .click_accesskit();
    window.run();
    let target = scenario(&window).targets.last().expect("the target").clone();
    assert_eq!(
        (target.indicator, target.bound()),
        (Measure::CostFull.into(), Bound::AtMost)
    );
    assert!(
        (target.value() - outcome.cost_full).abs() < 1.0,
        "{} is not {}",
        target.value(),
        outcome.cost_full
    );
    assert!(score(&window).met());
    window.get_by_label_contains("Cost, 2030");
    // Half of that is not enough.
    type_into(
        &mut window,
        "Value of To do it all, 2030",
        &format!("{:.0}", outcome.cost_full / 2.0),
    );
    let judged = score(&window);
    assert!(
        !judged.met()
            && judged
                .reached
                .is_some_and(|cost| (cost - outcome.cost_full).abs() < 1.0)
    );
    // A floor at the same place is passed.
    click(&mut window, Role::ComboBox, "Side of To do it all, 2030");
    click(&mut window, Role::Button, "\u{2265}");
    assert!(score(&window).met());
}

#[test]
fn a_quick_click_of_the_mouse_opens_the_targets_once() {
    let (_folder, mut window) = window_on(EXAMPLE);
    let place = window
        .get_by_role_and_label(Role::Button, "Show and change the targets")
        .rect()
        .center();
    window.hover_at(place);
    window.run();
    // Press and release within one frame, as a slow machine sees them.
    for pressed in [true, false] {
        window.event(Event::PointerButton {
            pos: place,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    window.run();
    window.get_by_role_and_label(Role::Button, "Add a target");
}
