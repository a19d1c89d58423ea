//! Where published inputs do not fit together: the number that rests on them says so beside it, wherever it is shown.

use crate::model::measures::Run;
use crate::model::{Model, Trajectory};
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::{Country, Level};

/// What doing it all takes of public spending on education over all years.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OfSpending {
    /// Existing services and the plan.
    pub all: f64,
    /// The plan alone.
    pub plan: f64,
    /// Where publishers differ: that spending over GDP as it is used and as another has it, and the first share by the other.
    pub disputed: Option<(f64, f64, f64)>,
}

/// What doing it all takes of public spending on education; none where the country spends nothing that is known.
#[must_use]
pub fn of_spending(run: &Trajectory) -> Option<OfSpending> {
    let (model, p) = (&run.model, &run.parameters);
    let over = |of: &dyn Fn(usize) -> f64| (1..model.years).map(of).sum::<f64>();
    let spending =
        Model::number(p, model.slots.country.economy.education_spending) * over(&|t| run.run.money.outlook.gdp[t]);
    if spending < 1.0 {
        return None;
    }
    let lent: Run<'_> = run.lend();
    let all = over(&|t| run.in_full().year_need(t)) / spending;
    Some(OfSpending {
        all,
        plan: lent.over(Measure::CostFull, Scope::ALL, 1..model.years).unwrap_or(0.0) / spending,
        disputed: other_spending(&model.scenario.country).map(|(ours, other)| (ours, other, all * ours / other)),
    })
}

/// Ratio of two published figures from which the number that rests on one of them names the other.
const DISPUTED: f64 = 1.3;

/// Public spending on education over GDP as it is used and as another publisher has it, where the two are far apart.
#[must_use]
pub fn other_spending(country: &Country) -> Option<(f64, f64)> {
    let spending = &country.economy.education_spending;
    let passport = spending.passport.as_ref().filter(|passport| !passport.low_confidence)?;
    let ends = [passport.low?, passport.high?].into_iter().filter(|end| *end > 0.0);
    let apart = |end: f64| (end / spending.value).ln().abs();
    let other = ends.max_by(|a, b| apart(*a).total_cmp(&apart(*b)))?;
    (apart(other) > DISPUTED.ln()).then_some((spending.value, other))
}

/// Levels into which more learners enter than leave the level below, by published figures, with the ratio.
#[must_use]
pub fn entering(run: &Trajectory) -> Vec<(Level, f64)> {
    let levels = run.model.levels.iter().zip(&run.run.demand.progression);
    levels
        .filter(|(_, progress)| progress.entrants_per_graduate > 1.005)
        .map(|(table, progress)| (table.level, progress.entrants_per_graduate))
        .collect()
}
