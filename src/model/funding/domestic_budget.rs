//! Money of the ministry for the plan: an amount a year, or a share of public spending on education.

use super::source::{Mechanism, Past, Unspent};
use crate::model::tables::Model;
use crate::scenario::funding::BudgetSlots;
use crate::units::ConstantUsd;

/// A domestic budget.
pub struct DomesticBudget<'a> {
    /// Where its numbers stand.
    pub slots: &'a BudgetSlots,
    /// Parameters.
    pub p: &'a [f64],
}

impl Mechanism for DomesticBudget<'_> {
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        match (self.slots.amount, self.slots.share_of_education) {
            (Some(amount), _) => ConstantUsd(Model::at(self.p, amount, t)),
            (None, Some(share)) => past.outlook.education_spending(t) * Model::at(self.p, share, t),
            (None, None) => ConstantUsd::default(),
        }
    }

    fn unspent(&self) -> Unspent {
        Unspent::Lapses
    }
}
