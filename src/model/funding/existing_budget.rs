//! The existing budget: it goes on paying what the twin needs for upkeep and renewal, and adds nothing.

use super::source::{Mechanism, Past, Unspent};
use crate::scenario::{Component, Need};
use crate::units::ConstantUsd;

/// The existing budget.
pub struct ExistingBudget {
    /// Share of the twin's needs that it goes on paying.
    pub kept: f64,
}

impl Mechanism for ExistingBudget {
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        ConstantUsd(self.kept * past.envelope[t])
    }

    fn unspent(&self) -> Unspent {
        Unspent::Lapses
    }

    /// It keeps up and renews what stands, and what manages that; it adds nothing.
    fn pays(&self, _component: Component, need: Need, _managing: bool) -> bool {
        need != Need::Expansion
    }
}
