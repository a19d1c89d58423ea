//! What would reach those who are not: one lever after the other, each run alone and paid in full, against the plan paid in full; and the
//! plan's own money with the schools in another order.

use std::sync::Arc;

use crate::app::lever::{self, LeverId};
use crate::model::measures::Binding;
use crate::model::{OfPersons, Trajectory, stat};
use crate::scenario::Scenario;
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::person::{Person, Wealth};
use crate::scenario::plan::Order;
use crate::study::parallel::simulate;

/// The lever that brings a part to all, and where it then stands.
pub(super) fn lever_for(lack: Option<Binding>) -> Option<(LeverId, Wanted)> {
    let (path, wanted) = match lack {
        Some(Binding::Power) => ("plan.power.powered", Wanted::All),
        Some(Binding::Link) => ("plan.links.connected", Wanted::All),
        Some(Binding::Devices) => ("plan.devices.equipped", Wanted::All),
        Some(Binding::Teachers) => ("plan.training.ready", Wanted::All),
        Some(Binding::Networks) => ("plan.campus.networked", Wanted::All),
        Some(Binding::Hours) => ("plan.devices.learners_per_device", Wanted::Half),
        Some(Binding::Money) => return None,
        None => ("plan.inclusion.assistive", Wanted::All),
    };
    Some((LeverId::of(path)?, wanted))
}

/// Fifths by wealth, the poorest first.
pub(super) const FIFTHS: [Wealth; 5] = [
    Wealth::Poorest,
    Wealth::Second,
    Wealth::Middle,
    Wealth::Fourth,
    Wealth::Richest,
];

/// Where a lever is moved to, in each of its cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Everywhere.
    All,
    /// Half of what it is.
    Half,
}

/// A lever that reaches some of those who are not reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Way {
    /// What they lack.
    pub lack: Option<Binding>,
    /// The lever.
    pub lever: LeverId,
    /// Where it stands in the last year, and where it would; none before where the plan leaves the component out.
    pub from: Option<f64>,
    pub to: f64,
    /// Whether it is there already, in all years and cases.
    pub is_there: bool,
    /// Learners whom it reaches in the last year beyond the plan.
    pub reached: f64,
    /// What it adds to the cost of doing it all, constant US$.
    pub cost: f64,
}

impl Way {
    /// The plan with the lever moved.
    pub fn applied(&self, plan: &Scenario) -> Scenario {
        let wanted = lever_for(self.lack).map_or(Wanted::All, |(_, wanted)| wanted);
        moved(plan, self.lever, wanted)
    }

    /// US$ for each learner whom it reaches; none where it reaches nobody beyond the plan.
    pub fn price(&self) -> Option<f64> {
        (self.reached >= 1.0).then(|| self.cost / self.reached)
    }
}

/// The plan at its own money with its schools served in an order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ordered {
    pub order: Order,
    /// Share reached in the last year, of all learners and of each fifth by wealth from the poorest.
    pub all: f64,
    pub fifths: [f64; 5],
}

/// What came of all runs.
#[derive(Debug, Default)]
pub(super) struct Ways {
    pub each: Vec<Way>,
    /// Learners reached by all levers at once, and what they add.
    pub together: Option<(f64, f64)>,
    /// Poorest first and cheapest first.
    pub orders: Vec<Ordered>,
}

fn moved(plan: &Scenario, lever: LeverId, wanted: Wanted) -> Scenario {
    let mut edited = plan.clone();
    if let (None, Some(component)) = (lever.get(plan), lever.group()) {
        lever::add(&mut edited, component);
    }
    lever.set_everywhere(&mut edited, |value| match wanted {
        Wanted::All => 1.0,
        Wanted::Half => value / 2.0,
    });
    edited
}

/// Learners reached in the last year and the cost of doing it all, where all is paid for.
fn in_full(run: &Trajectory) -> (f64, f64) {
    let last = run.model.years - 1;
    let cost = run.lend().over(Measure::CostFull, Scope::ALL, 0..run.model.years);
    (run.in_full().over(last, stat::REACHED, &|_| true), cost.unwrap_or(0.0))
}

/// The order of a run and whom it reaches.
pub(super) fn ordered(run: &Trajectory) -> Ordered {
    let (last, pass) = (run.model.years - 1, &run.run.plan);
    let share = |reached: f64, learners: f64| if learners > 0.0 { reached / learners } else { 0.0 };
    let of = |which| pass.over(last, which, &|_| true);
    let fifth = |fifth: Wealth| {
        let of = |which| pass.persons(last, Person::Wealth(fifth), which, &|_| true);
        share(of(OfPersons::Reached), of(OfPersons::Learners))
    };
    Ordered {
        order: run.model.scenario.plan.order,
        all: share(of(stat::REACHED), of(stat::LEARNERS)),
        fifths: FIFTHS.map(fifth),
    }
}

/// Runs each lever alone, all together, and both orders; nothing once it is stopped.
pub(super) fn ways(plan: &Arc<Scenario>, now: &Trajectory, stopped: &dyn Fn() -> bool) -> Ways {
    let (reached, cost) = in_full(now);
    let mut found = Ways::default();
    let mut all = Scenario::clone(plan);
    for lack in crate::study::unreached::LACKS {
        let Some((lever, wanted)) = lever_for(lack) else {
            continue;
        };
        let from = lever.get(plan);
        let to = match (wanted, from) {
            (Wanted::All, _) => 1.0,
            (Wanted::Half, Some(from)) => from / 2.0,
            (Wanted::Half, None) => continue,
        };
        if stopped() {
            return Ways::default();
        }
        let alone = moved(plan, lever, wanted);
        let is_there = alone == **plan;
        let (then, costs) = if is_there {
            (reached, cost)
        } else {
            all = moved(&all, lever, wanted);
            in_full(&simulate(alone))
        };
        found.each.push(Way {
            lack,
            lever,
            from,
            to,
            is_there,
            reached: then - reached,
            cost: costs - cost,
        });
    }
    let (then, costs) = in_full(&simulate(all));
    found.together = Some((then - reached, costs - cost));
    for order in [Order::PoorestFirst, Order::CheapestFirst] {
        if stopped() {
            return Ways::default();
        }
        let mut edited = Scenario::clone(plan);
        edited.plan.order = order;
        found.orders.push(ordered(&simulate(edited)));
    }
    found
}
