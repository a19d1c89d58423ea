//! Money of the ministry for the plan: an amount a year, or a share of public spending on education.

use super::debt::DebtYear;
use super::source::{Mechanism, Past, Unspent};
use crate::model::tables::Model;
use crate::scenario::funding::BudgetSlots;
use crate::units::{ConstantUsd, NominalUsd};

/// A domestic budget.
pub struct DomesticBudget<'a> {
    /// Where its numbers stand.
    pub slots: &'a BudgetSlots,
    /// Parameters.
    pub p: &'a [f64],
}

impl Mechanism for DomesticBudget<'_> {
    /// The amount, grown; less what of the debt service of the year before is taken from it, and not below its floor.
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        let number = |slot| Model::number(self.p, slot);
        let stated = match (self.slots.amount, self.slots.share_of_education) {
            (Some(amount), _) => past.stated(t, Model::at(self.p, amount, t)),
            (None, Some(share)) => past.outlook.education_spending(t) * Model::at(self.p, share, t),
            (None, None) => ConstantUsd::default(),
        };
        let growth = number(self.slots.growth);
        #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
        let grown = if growth == 0.0 {
            stated
        } else {
            stated * (1.0 + growth).powi(t as i32 - 1)
        };
        let crowding = number(self.slots.crowding_out);
        let taken = if crowding == 0.0 {
            ConstantUsd::default()
        } else {
            // What a swap spares is given to the plan already: it pays no other debt.
            let paid = |debt: &DebtYear| NominalUsd(debt.service().0.max(0.0));
            let service: NominalUsd = past.debt_of_all(t - 1).iter().map(paid).sum();
            past.outlook.constant(t - 1, service) * crowding
        };
        ConstantUsd((grown - taken).0.max(past.stated(t, number(self.slots.floor)).0))
    }

    fn unspent(&self) -> Unspent {
        Unspent::Lapses
    }
}
