//! Bond: issued when it is released, interest each payment, the principal at maturity, perhaps out of a sinking fund.

use super::debt::{Repayment, Shape};
use super::loan::Loan;
use super::source::Commitment;
use crate::model::tables::Model;
use crate::scenario::funding::{BondRepayment, BondSlots};

/// A bond, from the parameters of a source.
#[must_use]
pub fn of<'a>(model: &Model, slots: &BondSlots, p: &'a [f64]) -> Loan<'a> {
    let number = |slot| Model::number(p, slot);
    Loan {
        commitment: Commitment::new(number(slots.commitment), model.path(p, slots.release)),
        creditor: None,
        at_once: true,
        repayment: Repayment {
            payments: number(slots.payments_per_year),
            shape: match slots.repayment {
                BondRepayment::AtMaturity => Shape::Bullet,
                BondRepayment::SinkingFund => Shape::SinkingFund {
                    earns: number(slots.fund_interest),
                },
            },
            arrangement_fee: number(slots.arrangement_fee),
            ..Repayment::plain(number(slots.interest), number(slots.maturity), 0.0)
        },
    }
}
