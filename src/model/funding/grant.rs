//! Grant of a donor: a commitment in nominal US$, released over the years. A grant that others must match is a grant too.

use super::source::{Commitment, Mechanism, Past, Unspent};
use crate::model::tables::Model;
use crate::scenario::funding::GrantSlots;
use crate::units::ConstantUsd;

/// A grant.
pub struct Grant<'a> {
    commitment: Commitment<'a>,
}

impl<'a> Grant<'a> {
    /// From its parameters.
    #[must_use]
    pub fn of(model: &Model, slots: &GrantSlots, p: &'a [f64]) -> Self {
        let number = |slot| Model::number(p, slot);
        Self {
            commitment: Commitment {
                lag: number(slots.lag),
                ..Commitment::new(number(slots.commitment), model.path(p, slots.release))
            },
        }
    }
}

impl Mechanism for Grant<'_> {
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        self.commitment.released(t, past)
    }

    fn unspent(&self) -> Unspent {
        Unspent::KeepsAmount
    }

    fn commitment(&self) -> Option<&Commitment<'_>> {
        Some(&self.commitment)
    }

    fn grant_element(&self, _discount: f64) -> Option<f64> {
        Some(1.0)
    }
}
