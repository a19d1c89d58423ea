//! What shocks make dearer: the plan with them against the same plan without (`docs/src/shocks.md`).

use crate::model::measures::Run;
use crate::model::{Detail, Model, Workspace};
use crate::scenario::Scenario;
use crate::scenario::measure::{Measure, Scope};

/// What doing all of a plan costs more, over all its years, because of its shocks: what was lost and stands again, and what
/// is dearer. None for a scenario without shocks. It takes a run of its own.
#[must_use]
pub fn recovery(run: Run<'_>) -> Option<f64> {
    let scenario = &run.model.scenario;
    if scenario.shocks.is_empty() {
        return None;
    }
    let calm = Model::new(Scenario {
        shocks: Vec::new(),
        ..(**scenario).clone()
    });
    let mut room = Workspace::new(&calm, Detail::TOTALS);
    calm.run(&calm.parameters, &mut room);
    calm.pay_in_full(&calm.parameters, &mut room);
    let cost = |run: Run<'_>| run.over(Measure::CostFull, Scope::ALL, 1..run.model.years);
    Some(cost(run)? - cost(Run::new(&calm, &calm.parameters, &room))?)
}
