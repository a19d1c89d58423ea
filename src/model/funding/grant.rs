//! Grant of a donor: a commitment in nominal US$, released over the years.

use super::source::{Commitment, Mechanism, Past, Unspent};
use crate::units::ConstantUsd;

/// A grant.
pub struct Grant<'a> {
    /// What is promised.
    pub commitment: Commitment<'a>,
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
