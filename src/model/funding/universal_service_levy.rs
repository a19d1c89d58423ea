//! Levy on telecommunications revenue, of which a part goes to education and a part of that is paid out.

use super::source::{Mechanism, Past, Unspent};
use crate::model::tables::Model;
use crate::scenario::funding::LevySlots;
use crate::units::ConstantUsd;

/// A universal service levy.
pub struct UniversalServiceLevy {
    /// Share of telecommunications revenue that reaches the plan.
    share: f64,
}

impl UniversalServiceLevy {
    /// From the parameters of a source.
    #[must_use]
    pub fn of(slots: &LevySlots, p: &[f64]) -> Self {
        let number = |slot| Model::number(p, slot);
        Self {
            share: number(slots.rate) * number(slots.education_share) * number(slots.disbursement),
        }
    }
}

impl Mechanism for UniversalServiceLevy {
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        past.outlook.telecom_revenue(t) * self.share
    }

    fn unspent(&self) -> Unspent {
        Unspent::KeepsWorth
    }
}
