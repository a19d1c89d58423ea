//! Who is not reached: the picture of a hundred, and what each lever would bring, against runs of the model.

use std::path::PathBuf;

use egui_kittest::kittest::Queryable as _;
use rollcall::app::command::Command;
use rollcall::app::{Page, chart_data};
use rollcall::model::{Trajectory, simulate, stat};
use rollcall::report::figure::Entry;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::study::unreached::{Place, hundred, unreached};
use rollcall::units::Unit;

use super::harness::{app, apply, lever, wait_for, window_of};
use super::regression::{bundled, stories};

/// Whoever is not reached is counted once, in every story: places come to all learners less those reached.
#[test]
fn everybody_who_is_not_reached_is_counted_once() {
    for name in stories() {
        let run = simulate(bundled(name));
        for t in 0..run.model.years {
            let of = |which| run.run.plan.over(t, which, &|_| true);
            let wanted = of(stat::LEARNERS) - of(stat::REACHED);
            let places = unreached(run.lend(), t);
            let got: f64 = places.iter().map(Place::learners).sum();
            assert!(
                (got - wanted).abs() < 1e-9 * wanted + 1e-3,
                "{name}, {t}: {got}, not {wanted}"
            );
            assert!(
                places.iter().flat_map(|place| place.lacks).all(|lack| lack >= 0.0),
                "{name}, {t}"
            );
            let figures: u32 = hundred(&places).iter().flatten().flatten().sum();
            assert!(figures == 100 || wanted < 1.0, "{name}, {t}: {figures}");
        }
    }
}

/// The lever that trains all teachers, beside the plan as it is, both paid in full.
#[test]
fn a_card_says_what_its_lever_reaches_and_costs() {
    let mut window = window_of(app());
    apply(&mut window, Command::Open(PathBuf::from("senegal/balanced.ron")));
    apply(&mut window, Command::Show(Page::Equity));
    let try_it = "Try for want of trained teachers: Teachers ready by 2030";
    wait_for(&mut window, try_it);
    let full = |run: &Trajectory| {
        let cost = run.lend().over(Measure::CostFull, Scope::ALL, 0..run.model.years);
        let last = run.model.years - 1;
        (
            run.in_full().over(last, stat::REACHED, &|_| true),
            cost.expect("a cost"),
        )
    };
    let plan = bundled("senegal/balanced.ron");
    let mut all = plan.clone();
    lever("plan.training.ready").set(&mut all, 1.0);
    let run = simulate(plan);
    let ((reached, cost), (then, costs)) = (full(&run), full(&simulate(all)));
    let last = run.model.years - 1;
    let left_out: f64 = unreached(run.lend(), last).iter().map(Place::learners).sum();
    window.get_by_label_contains(&format!(
        "{} a learner",
        Unit::Usd.show((costs - cost) / (then - reached))
    ));
    let of_hundred = (100.0 * (then - reached) / left_out).round();
    window.get_by_label_contains(&format!("reaches {of_hundred} of these 100"));
    window.get_by_label(try_it).click();
    window.run();
    let edited = &window.state().document().expect("a plan").scenario;
    let ready = &edited.plan.training.as_ref().expect("training").ready.cases[0].to;
    assert_eq!(ready.at(2030), 1.0);
}

/// What leaves the program as a table: a hundred figures, and curves that end at all.
#[test]
fn the_figures_leave_the_program_as_a_hundred() {
    let mut window = window_of(app());
    apply(&mut window, Command::Show(Page::Equity));
    chart_data::ask(&window.ctx);
    window.step();
    let shown = chart_data::shown(&window.ctx);
    let number = |entry: &Option<Entry>| match entry {
        Some(Entry::Number(value)) => *value,
        _ => 0.0,
    };
    let people: f64 = shown[0]
        .rows()
        .iter()
        .flat_map(|row| row.cells.iter().map(number))
        .sum();
    assert!((people - 100.0).abs() < 1e-9, "{people}");
    for row in shown[2].rows() {
        let last = row.cells.last().map_or(0.0, number);
        assert!((last - 100.0).abs() < 1e-9, "{row:?}");
    }
}
