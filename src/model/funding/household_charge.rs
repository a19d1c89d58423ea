//! Charge on the households of learners.

use super::source::{Mechanism, Past, Unspent};
use crate::model::tables::Model;
use crate::scenario::funding::HouseholdSlots;
use crate::units::ConstantUsd;

/// A charge on households.
pub struct HouseholdCharge {
    /// Paid for a learner and year, on average over all.
    paid: f64,
}

impl HouseholdCharge {
    /// From the parameters of a source.
    #[must_use]
    pub fn of(slots: &HouseholdSlots, p: &[f64]) -> Self {
        let number = |slot| Model::number(p, slot);
        Self {
            paid: number(slots.charge) * (1.0 - number(slots.exempt)) * number(slots.compliance),
        }
    }
}

impl Mechanism for HouseholdCharge {
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        past.stated(t, past.learners[t] * self.paid)
    }

    fn unspent(&self) -> Unspent {
        Unspent::Lapses
    }
}
