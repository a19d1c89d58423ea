//! Loan below market terms, as IDA gives.

use super::loan::{Loan, loan};
use crate::model::tables::Model;
use crate::scenario::funding::LoanSlots;

/// A concessional loan, from the parameters of a source.
#[must_use]
pub fn of<'a>(model: &Model, slots: &LoanSlots, p: &'a [f64]) -> Loan<'a> {
    loan!(
        model,
        slots,
        p,
        Model::number(p, slots.commitment),
        Some(slots.creditor)
    )
}
