//! The parameter vector: names, what a changed number changes, and a model that takes another scenario.

use std::sync::Arc;

use rollcall::model::stat;
use rollcall::model::{Detail, Model, Workspace};
use rollcall::scenario::lever::Lever;
use rollcall::scenario::plan::Order;
use rollcall::scenario::{Level, Scenario, YearPath};

use super::enlarged::enlarged;
use super::regression::bundled;

/// All that a run says, as bits.
fn bits(model: &Model, run: &Workspace) -> Vec<u64> {
    let mut bits = Vec::new();
    let mut see = |value: f64| bits.push(value.to_bits());
    for t in 0..model.years {
        for pass in [&run.twin, &run.plan] {
            see(pass.year_need(t));
            see(pass.year_funded(t));
            for which in [stat::LEARNERS, stat::REACHED, stat::DOSE] {
                see(pass.over(t, which, &|_| true));
            }
        }
        for level in 0..model.levels.len() {
            see(run.demand.learners(t, level));
            see(run.demand.teachers(t, level));
        }
        for source in run.money.ids() {
            let book = run.money.of(t, source);
            for amount in [book.available, book.spent, book.carried_out, book.lapsed] {
                see(amount.0);
            }
            see(run.money.owed(t, source).outstanding.0);
        }
    }
    bits
}

/// A plain source of random numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

/// Moves one number by its place, or changes what is no number.
fn edit(scenario: &Scenario, dice: &mut Dice) -> Scenario {
    let mut edited = scenario.clone();
    match dice.roll(12) {
        0 => edited.plan.order = Order::ALL[dice.roll(Order::ALL.len())],
        1 => {
            if let Some(power) = &mut edited.plan.power {
                let path = power.powered.cases[0].to.clone();
                power.powered = Lever::everywhere(path.clone());
                if dice.roll(2) == 0 {
                    power.powered = power.powered.clone().but(Level::Primary, path);
                }
            }
        }
        2 => edited.plan.training = None,
        3 => edited.horizon = 2028 + i32::try_from(dice.roll(4)).expect("few"),
        4 => {
            let places = edited.country.groups.len();
            let group = &mut edited.country.groups[dice.roll(places)];
            group.learners.value *= 1.0 + 0.01 * f64::from(u8::from(dice.roll(2) == 0));
        }
        5 => edited.country.levels[0].duration.value = 5.0 + f64::from(u8::from(dice.roll(2) == 0)),
        _ => {
            let parameters = scenario.parameters();
            let parameter = &parameters.list[dice.roll(parameters.list.len())];
            let mut values = parameters.values;
            for value in &mut values[parameter.places()] {
                *value = (*value * 0.99).clamp(parameter.field.within.0, parameter.field.within.1);
            }
            edited = scenario.with(&values);
        }
    }
    edited
}

#[test]
fn a_model_that_takes_another_scenario_is_that_scenarios_model() {
    for (seed, start) in [
        (1, bundled("senegal/balanced.ron")),
        (2, enlarged(5, 2032)),
        (3, bundled("bangladesh/teachers_first.ron")),
    ] {
        let mut dice = Dice(seed);
        let mut scenario = Arc::new(start);
        let mut model = Model::new(Arc::clone(&scenario));
        let mut run = Workspace::new(&model, Detail::Totals);
        let mut kept = 0;
        for step in 0..60 {
            scenario = Arc::new(edit(&scenario, &mut dice));
            let stays = model.retarget(Arc::clone(&scenario));
            kept += usize::from(stays);
            if !stays {
                run = Workspace::new(&model, Detail::Totals);
            }
            let fresh = Model::new(Arc::clone(&scenario));
            assert_eq!(model.parameters, fresh.parameters, "step {step}");
            assert_eq!(model.slots, fresh.slots, "step {step}");
            assert_eq!(model.serving, fresh.serving, "step {step}");
            let mut anew = Workspace::new(&fresh, Detail::Totals);
            model.run(&model.parameters, &mut run);
            fresh.run(&fresh.parameters, &mut anew);
            assert!(bits(&model, &run) == bits(&fresh, &anew), "step {step}");
        }
        assert!(
            kept > 10,
            "{kept}: numbers that shape nothing leave the tables as they are"
        );
    }
}

#[test]
fn a_number_has_a_name_that_does_not_depend_on_where_it_stands() {
    let senegal = bundled("senegal/balanced.ron");
    let parameters = senegal.parameters();
    let age = parameters
        .find("country.levels[primary].entry_age")
        .expect("a level by its name");
    assert_eq!(age.path, "country.levels[0].entry_age");
    assert_eq!(parameters.values[age.place], senegal.country.levels[0].entry_age.value);
    let births = parameters.find("country.births").expect("births");
    let first = births.first_year.expect("a path");
    assert_eq!(parameters.values[births.place], senegal.country.births.at(first));
    for known in &parameters.list {
        assert_eq!(
            parameters.find(&known.name).map(|found| found.place),
            Some(known.place),
            "{}",
            known.name
        );
    }
}

#[test]
fn a_path_that_moves_as_a_whole_keeps_its_years() {
    let mut scenario = bundled("senegal/balanced.ron");
    scenario.plan.bundling = YearPath::of(&[(2026, 0.25), (2030, 0.75)]);
    let parameters = scenario.parameters();
    let bundling = parameters.find("plan.bundling").expect("a path").places();
    let mut values = parameters.values.clone();
    values[bundling.clone()].iter_mut().for_each(|value| *value *= 0.5);
    let moved = scenario.with(&values);
    assert_eq!(moved.plan.bundling.points, [(2026, 0.125), (2030, 0.375)]);
    assert_eq!(moved.layout().values, values);
    values[bundling.start + 1] = 0.9;
    let bent = scenario.with(&values);
    assert_eq!(bent.plan.bundling.points.len(), 5);
    assert_eq!(bent.layout().values, values);
}
