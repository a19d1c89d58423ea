//! Targets of a scenario against what a run reaches.

use super::Run;
use crate::scenario::Target;

/// How a target fares.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The target.
    pub target: Target,
    /// Its value in this run.
    pub goal: f64,
    /// What is reached by its year with the plan.
    pub reached: Option<f64>,
    /// Value in the base year.
    pub base: Option<f64>,
}

impl Progress {
    /// Whether the target is met; false where the value is not known.
    #[must_use]
    pub fn met(&self) -> bool {
        self.target.is_met(self.reached, self.goal)
    }
}

/// Targets of the scenario against what the run reaches.
#[must_use]
pub fn scoreboard(run: Run<'_>) -> Vec<Progress> {
    let model = run.model;
    let targets = model.scenario.targets.iter().zip(&model.slots.targets);
    targets
        .map(|(target, slots)| {
            let t = usize::try_from(target.year - model.scenario.base_year)
                .unwrap_or(0)
                .min(model.years - 1);
            let goal = slots.at_least.or(slots.at_most);
            let of = |t| run.by(target.indicator, target.scope(), t);
            Progress {
                target: target.clone(),
                goal: goal.map_or(f64::NAN, |slot| run.number(slot)),
                reached: of(t),
                base: of(0),
            }
        })
        .collect()
}
