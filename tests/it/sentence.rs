//! The sentence with which the page Plan opens says what the cards say.

use std::path::{Path, PathBuf};

use eframe::egui::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::command::Command;
use rollcall::app::outcome::Outcome;
use rollcall::app::words::language;
use rollcall::app::{Page, sentence};
use rollcall::data::store;
use rollcall::scenario::{Level, Scenario};
use rollcall::units::Unit;

use super::harness::{Window, window_on};

fn window(file: &str, code: &str) -> Window {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file);
    let mut window = window_on(path);
    if code == "fr" {
        let context = window.ctx.clone();
        window.state_mut().apply(Command::NextLanguage, &context);
    }
    window.run();
    window
}

/// The sentence as it is read to somebody, and the height that it takes.
fn opening(window: &Window, starts: &str) -> (String, f32) {
    let mut labels = window.query_all_by_role(Role::Label);
    let label = labels.find(|label| {
        label
            .accesskit_node()
            .value()
            .is_some_and(|text| text.starts_with(starts))
    });
    let label = label.expect("the sentence");
    (
        label.accesskit_node().value().unwrap_or_default(),
        label.rect().height(),
    )
}

#[test]
fn the_plan_opens_with_what_the_cards_say() {
    let window = window("scenarios/senegal/balanced.ron", "en");
    let (text, height) = opening(&window, "By 2030 this plan reaches");
    let now = window.state().outcome().expect("results");
    let (cost, missing) = (Unit::Usd.show(now.cost_full), Unit::Usd.show(now.to_find()));
    let (today, tenths) = ((1.0 / now.reach[0]).round(), (10.0 * now.final_reach()).round());
    assert_eq!(
        text,
        format!(
            "By 2030 this plan reaches about {tenths} in 10 learners (1 in {today} today) with the money it has. To do it all costs {cost}; {missing} have no source yet, from 2027 on. From 2030 on what was built is not kept: money set aside may keep it (reserve years)."
        )
    );
    for shown in [&cost, &missing] {
        window.get_by_label(shown);
    }
    assert!(height < 40.0, "two lines at most: {height}");
}

#[test]
fn every_bundled_plan_says_it_in_both_languages_and_on_this_page_alone() {
    for (name, _) in rollcall::data::bundled() {
        if ["countries/", "standards/", "packages/", "practices/"]
            .iter()
            .any(|own| name.starts_with(own))
        {
            continue;
        }
        let file = format!("scenarios/{name}");
        for (code, starts) in [
            ("en", ["By 20", "Nothing new"]),
            ("fr", ["D’ici 20", "Rien de nouveau"]),
        ] {
            let mut window = window(&file, code);
            let none = usize::from(name.ends_with("no_new_plan.ron"));
            let (text, height) = opening(&window, starts[none]);
            assert!(height < 40.0 && !text.contains('{') && !text.contains('|'), "{text}");
            let context = window.ctx.clone();
            window.state_mut().apply(Command::Show(Page::Money), &context);
            window.run();
            assert!(window.query_by_label_contains(starts[none]).is_none());
        }
    }
}

fn senegal() -> (Scenario, Outcome) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/senegal/balanced.ron");
    let scenario = store::open(&path).scenario.expect("Senegal");
    let outcome = Outcome::of(scenario.clone());
    (scenario, outcome)
}

#[test]
fn it_knows_plans_without_cost_gap_or_reach() {
    let (mut scenario, now) = senegal();
    let say = |scenario: &Scenario, change: &dyn Fn(&mut Outcome), code: &str| {
        let mut now = now.clone();
        // What holds learners back is said where no money set aside would help.
        now.reserve_may_help = false;
        change(&mut now);
        sentence::of(scenario, &now, &language(code).words)
    };
    let funded = |now: &mut Outcome| {
        now.unfunded_from = None;
        now.cost_paid = now.cost_full;
    };
    assert!(say(&scenario, &funded, "en").contains("; all of it has a source."));
    assert!(say(&scenario, &funded, "fr").contains("\u{a0}; tout a une source."));
    let bare = |now: &mut Outcome| {
        now.unfunded_from = Some(2027);
        now.cost_paid = 0.0;
    };
    assert!(say(&scenario, &bare, "en").contains("; none of it has a source yet."));
    let saves = |now: &mut Outcome| {
        funded(now);
        now.cost_full = -3e6;
        now.cost_paid = -3e6;
    };
    assert!(say(&scenario, &saves, "en").contains("today) and saves US$ 3 million; all of it"));
    let early = |now: &mut Outcome| {
        now.unfunded_from = Some(2028);
        now.cost_paid = 0.9 * now.cost_full;
    };
    assert!(say(&scenario, &early, "en").contains("have no source yet, from 2028 on."));
    let reached = |share: f64| {
        move |now: &mut Outcome| {
            now.scores[0].reached = Some(share);
        }
    };
    for (share, wanted) in [
        (0.0, "reaches no learners (1 in "),
        (0.004, "reaches almost no learners"),
        (0.04, "about 1 in 25 learners"),
        (0.1, "about 1 in 10 learners"),
        (0.449, "about 4 in 10 learners"),
        (0.96, "almost all learners"),
        (1.0, "reaches all learners"),
    ] {
        let text = say(&scenario, &reached(share), "en");
        assert!(text.contains(wanted), "{share}: {text}");
        assert_eq!(text.contains("What holds"), share < 0.995, "{text}");
    }
    assert!(say(&scenario, &reached(0.1), "fr").contains("environ 1 élève sur 10"));
    assert!(say(&scenario, &reached(0.7), "fr").contains("environ 7 élèves sur 10"));
    let nothing = |now: &mut Outcome| {
        for (_, by_year) in &mut now.cost {
            by_year.fill(0.0);
        }
    };
    let text = say(&scenario, &nothing, "en");
    assert!(
        text.starts_with("Nothing new is planned: in 2030 what stands reaches") && text.contains(" today). What"),
        "{text}"
    );
    let text = say(&scenario, &nothing, "fr");
    assert!(
        text.starts_with("Rien de nouveau n’est prévu. Élèves atteints en 2030")
            && text.contains("environ 4 élèves sur 10"),
        "{text}"
    );
    scenario
        .country
        .levels
        .retain(|level| level.level != Level::UpperSecondary);
    let text = say(&scenario, &|_| (), "en");
    assert!(
        text.contains("learners of primary and lower secondary school, the only levels with data (1 in "),
        "{text}"
    );
}
