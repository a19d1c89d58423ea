//! Loan at market terms: dear, short, with a fee for arranging it.

use super::loan::{Loan, loan};
use crate::model::tables::Model;
use crate::scenario::funding::CommercialSlots;

/// A commercial loan, from the parameters of a source.
#[must_use]
pub fn of<'a>(model: &Model, slots: &CommercialSlots, p: &'a [f64]) -> Loan<'a> {
    loan!(model, slots, p, Model::number(p, slots.commitment), None)
}
