//! Targets of a scenario against what a run reaches.

use super::Scope;
use crate::model::Trajectory;
use crate::scenario::Target;
use crate::scenario::measure::Indicator;

/// How a target fares.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The target.
    pub target: Target,
    /// Value in the target year with the plan.
    pub reached: Option<f64>,
    /// Value in the base year.
    pub base: Option<f64>,
}

impl Progress {
    /// Whether the target is met; false where the value is not known.
    #[must_use]
    pub fn met(&self) -> bool {
        self.reached
            .is_some_and(|value| value >= self.target.at_least.value - 1e-9)
    }
}

/// Targets of the scenario against what the run reaches.
#[must_use]
pub fn scoreboard(run: &Trajectory) -> Vec<Progress> {
    let base = run.model.scenario.base_year;
    let lent = run.lend();
    run.model
        .scenario
        .targets
        .iter()
        .map(|target| {
            let t = usize::try_from(target.year - base)
                .unwrap_or(0)
                .min(run.model.years - 1);
            let of = |t: usize| {
                let indicator = Indicator::from_code(&target.indicator)?;
                lent.value(indicator, Scope::of(target.level), t)
            };
            Progress {
                target: target.clone(),
                reached: of(t),
                base: of(0),
            }
        })
        .collect()
}
