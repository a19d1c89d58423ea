//! What the plan costs (model.md 5), constant US$. Needs of several years are never added up: what is not paid in a year
//! is needed again in the next. What it costs to do it all is read off the run in which all is paid for.

use std::ops::Range;

use super::Run;
use crate::model::components::ON_TOP;
use crate::model::sums::stat;
use crate::scenario::Component;
use crate::units::ConstantUsd;

/// Part of a cost that is not of courses out of school, which are no cost of a learner at school: management goes with what it manages. `beyond` is
/// what a component costs of it.
fn without_courses(cost: f64, beyond: &dyn Fn(Component) -> f64) -> f64 {
    let courses = beyond(Component::Lifelong);
    if courses <= 0.0 {
        return 1.0;
    }
    let managed = cost - beyond(ON_TOP);
    if managed > courses {
        1.0 - courses / managed
    } else {
        0.0
    }
}

impl Run<'_> {
    /// To do it all: what the plan costs in a year beyond the twin when all is paid for.
    pub(super) fn cost_full(&self, t: usize) -> Option<f64> {
        let full = self.workspace.in_full().filter(|_| !self.is_twin)?;
        Some(full.year_need(t) - self.workspace.twin_in_full().year_need(t))
    }

    /// What of the money of a year keeps up what stands: what is paid for without a new plan comes first of what is paid for
    /// in this run.
    #[must_use]
    pub fn twin_paid(&self, t: usize) -> f64 {
        let (plan, twin) = (&self.workspace.plan, &self.workspace.twin);
        twin.year_funded(t).min(plan.year_funded(t))
    }

    /// Present value in the base year of doing it all, at the real rate of discount; a year's money is paid at its end.
    pub(super) fn cost_present(&self, years: &Range<usize>) -> Option<f64> {
        let rate = self.number(self.model.slots.prices.general.discount);
        let mut factor = 1.0;
        let mut sum = 0.0;
        for t in 1..years.end {
            factor /= 1.0 + rate;
            sum += self.cost_full(t)? * factor;
        }
        Some(sum)
    }

    /// The same amount in each of the years with the same present value.
    pub(super) fn cost_annual(&self, years: &Range<usize>) -> Option<f64> {
        let rate = self.number(self.model.slots.prices.general.discount);
        let mut annuity = 0.0;
        let mut factor = 1.0;
        for _ in 1..years.end {
            factor /= 1.0 + rate;
            annuity += factor;
        }
        let present = self.cost_present(years)?;
        (annuity > 0.0).then(|| present / annuity)
    }

    /// Has a source: what is paid for in a year beyond what keeps up what stands; never negative.
    #[must_use]
    pub(super) fn cost_paid(&self, t: usize) -> f64 {
        self.workspace.plan.year_funded(t) - self.twin_paid(t)
    }

    /// To find: what doing it all takes in a year beyond what has a source. Negative where this run catches up on what it
    /// put off.
    pub(super) fn to_find(self, t: usize) -> Option<f64> {
        Some(self.cost_full(t)? - self.cost_paid(t))
    }

    /// Money that goes out for the plan in some years: what is paid for beyond the twin, and what sources keep for their
    /// own administration. It is the cost in every ratio.
    #[must_use]
    pub fn spent(&self, years: Range<usize>) -> f64 {
        let money = &self.workspace.money;
        let overhead = |t: usize| money.ids().map(|s| money.of(t, s).overhead).sum::<ConstantUsd>().0;
        years.map(|t| self.cost_paid(t) + overhead(t)).sum()
    }

    /// The same for learners at school: without courses out of school and their part of management and of what sources keep.
    pub(super) fn spent_on_schools(&self, years: Range<usize>) -> f64 {
        let (plan, twin) = (&self.workspace.plan, &self.workspace.twin);
        let of_schools = |t: usize| {
            let beyond = |of| plan.component_funded(t, of) - twin.component_funded(t, of);
            without_courses(self.cost_paid(t), &beyond)
        };
        years.map(|t| self.spent(t..t + 1) * of_schools(t)).sum()
    }

    /// Years of the plan, counted from the base year.
    #[must_use]
    pub fn plan_years(&self) -> Range<usize> {
        self.model.plan_from.max(1)..self.model.years
    }

    /// Those of some years.
    pub(super) fn planned(&self, years: &Range<usize>) -> Range<usize> {
        let plan = self.plan_years();
        let first = years.start.max(plan.start);
        first..years.end.min(plan.end).max(first)
    }

    /// What it costs to do it all in the plan's years, for each learner and year.
    #[must_use]
    pub fn full_per_learner(&self) -> Option<f64> {
        let years = self.plan_years();
        let learners = self.learner_years(years.clone());
        let full = self.workspace.in_full().filter(|_| !self.is_twin)?;
        let twin = self.workspace.twin_in_full();
        let cost = years.map(|t| {
            let beyond = |of| full.component_need(t, of) - twin.component_need(t, of);
            Some(self.cost_full(t)? * without_courses(self.cost_full(t)?, &beyond))
        });
        let cost = cost.sum::<Option<f64>>()?;
        (learners > 0.0).then(|| cost / learners)
    }

    /// Learners of the scenario's levels in some years, added up: learner-years.
    #[must_use]
    pub fn learner_years(&self, years: Range<usize>) -> f64 {
        let levels = 0..self.model.levels.len();
        years
            .flat_map(|t| levels.clone().map(move |level| (t, level)))
            .map(|(t, level)| self.workspace.demand.learners(t, level))
            .sum()
    }

    /// Learner-years reached in the plan's years beyond those that are reached without a new plan.
    pub(super) fn reached_beyond_twin(&self, years: &Range<usize>) -> f64 {
        let reached = |t: usize| [self.pass(), &self.workspace.twin].map(|pass| pass.over(t, stat::REACHED, &|_| true));
        self.planned(years)
            .map(|t| {
                let [with, without] = reached(t);
                with - without
            })
            .sum()
    }

    /// First year in which a thousandth of what is needed, or more, has no source; less is rounding.
    #[must_use]
    pub fn first_unfunded_year(&self) -> Option<i32> {
        let plan = &self.workspace.plan;
        (1..plan.years)
            .find(|t| plan.year_need(*t) - plan.year_funded(*t) > 1e-3 * plan.year_need(*t))
            .map(|t| self.model.calendar(t))
    }
}
