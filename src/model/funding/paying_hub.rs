//! School as a paying hub: people around the school pay for the use of its link.

use super::source::{Mechanism, Past, Unspent};
use crate::model::tables::Model;
use crate::scenario::funding::HubSlots;
use crate::units::ConstantUsd;

/// Revenue of paying hubs.
pub struct PayingHub {
    /// A school online and year, on average over all.
    revenue: f64,
}

impl PayingHub {
    /// From the parameters of a source.
    #[must_use]
    pub fn of(slots: &HubSlots, p: &[f64]) -> Self {
        let number = |slot| Model::number(p, slot);
        Self {
            revenue: number(slots.revenue) * number(slots.take_up),
        }
    }
}

impl Mechanism for PayingHub {
    /// Schools that were online in the year before earn.
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        past.stated(t, past.outcomes[t - 1].online * self.revenue)
    }

    fn unspent(&self) -> Unspent {
        Unspent::Lapses
    }
}
