//! Loan of a development bank on a guarantee of donors: the bank lends a multiple of what donors stand for.

use super::loan::{Loan, loan};
use crate::model::tables::Model;
use crate::scenario::funding::GuaranteedSlots;

/// A loan on a guarantee, from the parameters of a source.
#[must_use]
pub fn of<'a>(model: &Model, slots: &GuaranteedSlots, p: &'a [f64]) -> Loan<'a> {
    let number = |slot| Model::number(p, slot);
    let face = number(slots.guarantee) * number(slots.leverage);
    loan!(model, slots, p, face, Some(slots.creditor))
}
