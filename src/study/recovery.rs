//! What shocks make dearer and whom they stop: the plan with them against the same plan without (`docs/src/shocks.md`).

use std::sync::Arc;

use super::parallel::simulate;
use crate::model::measures::Run;
use crate::model::{Detail, Model, Trajectory, Workspace};
use crate::scenario::Scenario;
use crate::scenario::measure::{Measure, Scope};

/// What one shock of a plan does: the plan without it, and what it would do in each year.
#[derive(Clone, Debug)]
pub struct Struck {
    /// The plan without it; its other shocks stand.
    pub calm: Trajectory,
    /// If it came in another year, from the year after the base year to the last.
    pub years: Vec<Came>,
}

/// What a shock would do if it came in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Came {
    /// The year.
    pub year: i32,
    /// Learners of schools that close in this year, by whatever shock, who cannot go on at home; none where no school closes.
    pub stopped: Option<f64>,
    /// What doing all of the plan costs more than without it, over all years, constant US$.
    pub more: f64,
}

/// What doing all of a plan costs more, over all its years, because of its shocks: what was lost and stands again, and what
/// is dearer. None for a scenario without shocks. It takes a run of its own.
#[must_use]
pub fn recovery(run: Run<'_>) -> Option<f64> {
    let scenario = &run.model.scenario;
    if scenario.shocks.is_empty() {
        return None;
    }
    let calm = Scenario {
        shocks: Vec::new(),
        ..(**scenario).clone()
    };
    Some(cost(run)? - totals(calm, cost)?)
}

/// What a shock of a plan does, and what it would do in each year; none where there is no such shock or the work is
/// cancelled. It takes a run for each year.
#[must_use]
pub fn struck(scenario: &Arc<Scenario>, at: usize, cancelled: &dyn Fn() -> bool) -> Option<Struck> {
    let mut calm = Scenario::clone(scenario);
    if at >= calm.shocks.len() {
        return None;
    }
    let shock = calm.shocks.remove(at);
    let calm = simulate(calm);
    let without = cost(calm.lend())?;
    let mut years = Vec::new();
    for year in scenario.base_year + 1..=scenario.horizon {
        if cancelled() {
            return None;
        }
        let mut moved = Scenario::clone(&calm.model.scenario);
        let mut shock = shock.clone();
        shock.year = year;
        moved.shocks.insert(at, shock);
        let (with, stopped) = totals(moved, |run| (cost(run), stopped(run, year)));
        years.push(Came {
            year,
            stopped,
            more: with? - without,
        });
    }
    Some(Struck { calm, years })
}

/// Learners of schools that close in a year who cannot go on at home; none where no school closes.
fn stopped(run: Run<'_>, year: i32) -> Option<f64> {
    let t = usize::try_from(year - run.model.scenario.base_year).ok()?;
    let told = |measure| run.value(measure, Scope::ALL, t);
    let closes = told(Measure::ClosedLearners).is_some_and(|learners| learners > 0.0);
    told(Measure::StoppedLearners).filter(|_| closes)
}

/// What doing all of a plan costs over all its years.
fn cost(run: Run<'_>) -> Option<f64> {
    run.over(Measure::CostFull, Scope::ALL, 1..run.model.years)
}

/// Something of the totals of a run of its own.
fn totals<T>(scenario: Scenario, of: impl FnOnce(Run<'_>) -> T) -> T {
    let model = Model::new(scenario);
    let mut room = Workspace::new(&model, Detail::TOTALS);
    model.run(&model.parameters, &mut room);
    model.pay_in_full(&model.parameters, &mut room);
    of(Run::new(&model, &model.parameters, &room))
}
