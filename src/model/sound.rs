//! The gate at the end of a run: results that are no numbers are no results.
//!
//! Single inputs may be allowed and yet be too large or too small together: a price of 10^15 for 10^300 devices, births
//! that leave a level without a learner. Such a run is refused with the place where it breaks, and nothing of it is shown.

use super::Cell;
use super::ledger::source_name;
use super::trajectory::Trajectory;
use crate::scenario::field::ROOT;
use crate::scenario::findings::Place;
use crate::scenario::messages::{self, Message, Value};
use crate::scenario::registry::{Entry, Leaf};
use crate::scenario::{Finding, Scenario, Severity};

/// Inputs beyond these are worth a look where a run breaks.
const USUAL: std::ops::RangeInclusive<f64> = 1e-6..=1e12;

/// So many inputs are named.
const NAMED: usize = 3;

impl Trajectory {
    /// Whether all results are numbers, and each level has learners in each year.
    ///
    /// # Errors
    /// A finding that says what breaks first, in which year, and which inputs to look at.
    pub fn sound(&self) -> Result<(), Box<Finding>> {
        let broken = (0..self.model.years).find_map(|t| self.broken_in(t));
        broken.map_or(Ok(()), |rule| {
            Err(Box::new(Finding {
                code: "not-finite-result",
                severity: Severity::Error,
                path: String::new(),
                place: Place::default(),
                value: "".into(),
                rule,
                hint: Some(remedy(&self.model.scenario)),
            }))
        })
    }

    fn broken_in(&self, t: usize) -> Option<Message> {
        let (model, run) = (&self.model, &self.run);
        let year = model.calendar(t);
        for (index, table) in model.levels.iter().enumerate() {
            let learners = run.demand.learners(t, index);
            if !learners.is_finite() || !run.demand.teachers(t, index).is_finite() {
                return Some(messages::learners_not_finite(table.level, year));
            }
            if learners < 1.0 {
                return Some(messages::learners_run_out(table.level, year));
            }
        }
        for pass in [&run.plan, &run.twin, self.in_full(), self.twin_in_full()] {
            let cell = Cell::all().find(|at| !pass.is_finite_in(t, *at));
            if let Some(at) = cell {
                return Some(messages::cost_not_finite(at.component(), year));
            }
            if !pass.year_need(t).is_finite() || !pass.year_funded(t).is_finite() {
                return Some(messages::sum_not_finite(year));
            }
            if !pass.sums.are_finite(t)
                || (0..pass.grades).any(|grade| !pass.theta(t, grade).is_finite())
                || !pass.skills.are_finite(t)
            {
                return Some(messages::service_not_finite(year));
            }
        }
        let money = &run.money;
        let source = money.ids().find(|source| !money.is_finite_in(t, *source));
        source.map(|source| messages::source_not_finite(source_name(self, source), year))
    }
}

/// The inputs farthest from what is usual, by name.
fn remedy(scenario: &Scenario) -> Message {
    let mut odd: Vec<(f64, String)> = Vec::new();
    scenario.walk("", &ROOT, &mut |path, _, leaf| {
        let mut look = |value: f64, path: String| {
            if value != 0.0 && !USUAL.contains(&value.abs()) {
                odd.push((value.abs().log10().abs(), path));
            }
        };
        match leaf {
            Leaf::Number(number) => look(number.value, path.to_owned()),
            Leaf::Path(points) => points
                .points
                .iter()
                .for_each(|(year, value)| look(*value, format!("{path}[{year}]"))),
        }
    });
    odd.sort_by(|one, other| other.0.total_cmp(&one.0));
    let names: Vec<Value> = odd.into_iter().take(NAMED).map(|(_, path)| Value::Path(path)).collect();
    if names.is_empty() {
        messages::not_finite_result_hint()
    } else {
        messages::not_finite_result_look(names)
    }
}
