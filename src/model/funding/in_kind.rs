//! Goods given in place of money, booked at their fair value: what is needed is taken, the rest is declined.

use super::source::{Mechanism, Past, Unspent};
use crate::model::tables::Model;
use crate::scenario::funding::InKindSlots;
use crate::scenario::{Component, Need};
use crate::units::ConstantUsd;

/// A gift in kind.
pub struct InKind<'a> {
    value: &'a [f64],
}

impl<'a> InKind<'a> {
    /// From the parameters of a source.
    #[must_use]
    pub fn of(model: &Model, slots: &InKindSlots, p: &'a [f64]) -> Self {
        Self {
            value: model.path(p, slots.value),
        }
    }
}

impl Mechanism for InKind<'_> {
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        past.stated(t, self.value[t])
    }

    fn unspent(&self) -> Unspent {
        Unspent::IsDeclined
    }

    /// Goods are there to be taken: no budget has to be executed.
    fn is_spent_in_full(&self) -> bool {
        true
    }

    /// Goods are things: they replace and add; they run, repair and manage nothing.
    fn pays(&self, _component: Component, need: Need, managing: bool) -> bool {
        !managing && need != Need::Upkeep
    }

    fn grant_element(&self, _discount: f64) -> Option<f64> {
        Some(1.0)
    }
}
