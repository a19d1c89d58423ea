//! What the plan asks of the country: debt service against what it earns, cost against what it spends, and what households are
//! charged against their income (model.md 5 and 6.5).

use std::ops::Range;

use super::{Run, over};
use crate::model::funding::{source::SourceId, until};
use crate::scenario::funding::SourceKindSlots;
use crate::scenario::parameters::NumberSlot;
use crate::units::ConstantUsd;

impl Run<'_> {
    /// Debt service of all sources in a year over what is so large a share of gross domestic product; none where that is not known.
    pub(super) fn debt_service_over(&self, t: usize, share: Option<NumberSlot>) -> Option<f64> {
        over(
            self.workspace.money.debt_service(t).0,
            self.number(share?) * self.workspace.money.outlook.gdp[t],
        )
    }

    /// To do it all in some years over what is so large a share of gross domestic product in them.
    pub(super) fn cost_over(&self, years: &Range<usize>, share: f64) -> Option<f64> {
        let years = years.start.max(1)..years.end;
        let cost = years.clone().map(|t| self.cost_full(t)).sum::<Option<f64>>()?;
        over(
            cost,
            share * years.map(|t| self.workspace.money.outlook.gdp[t]).sum::<f64>(),
        )
    }

    /// Public spending on education and, on top of it, doing it all, over what is so large a share of gross domestic product.
    pub(super) fn education_over(&self, t: usize, share: f64) -> Option<f64> {
        let outlook = &self.workspace.money.outlook;
        let plan = if self.is_twin { 0.0 } else { self.cost_full(t)? };
        over(outlook.education_spending(t).0 + plan, share * outlook.gdp[t])
    }

    /// Public spending on education for each learner of the scenario's levels.
    pub(super) fn spending_per_learner(&self, t: usize) -> Option<f64> {
        let ConstantUsd(spending) = self.workspace.money.outlook.education_spending(t);
        over(spending, self.learner_years(t..t + 1))
    }

    /// What households of the poorest fifth are charged for a learner and year, over the yearly income of one person of it. Who
    /// is exempt is so from the poorest on. None where nobody is charged.
    pub(super) fn charge_of_income(&self, t: usize) -> Option<f64> {
        const FIFTH: f64 = 0.2;
        let charges = self
            .model
            .slots
            .funding
            .sources
            .iter()
            .enumerate()
            .filter(|(index, _)| {
                let last = until(self.model, self.parameters, SourceId::listed(*index));
                last.is_none_or(|last| t <= last)
            })
            .filter_map(|(_, source)| match &source.kind {
                SourceKindSlots::HouseholdCharge(slots) => Some(slots),
                _ => None,
            });
        let mean = self.workspace.yearly.trends(t).gdp_per_person;
        let taken = charges.map(|slots| {
            let pays = 1.0 - (self.number(slots.exempt) / FIFTH).min(1.0);
            let income = self.number(slots.poorest_fifth) / FIFTH * mean;
            self.number(slots.charge) * pays / income
        });
        taken.reduce(|sum, one| sum + one).filter(|taken| taken.is_finite())
    }
}
