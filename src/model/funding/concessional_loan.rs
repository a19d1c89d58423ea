//! Loan below market terms: a commitment in nominal US$, released over the years and repaid in equal parts after grace.

use super::debt::{DebtYear, Repayment};
use super::source::{Commitment, Mechanism, Past, Unspent};
use crate::model::tables::Model;
use crate::scenario::funding::LoanSlots;
use crate::units::{ConstantUsd, NominalUsd};

/// A concessional loan.
pub struct ConcessionalLoan<'a> {
    commitment: Commitment<'a>,
    repayment: Repayment,
}

impl<'a> ConcessionalLoan<'a> {
    /// From its parameters.
    #[must_use]
    pub fn of(model: &Model, slots: &LoanSlots, p: &'a [f64]) -> Self {
        let number = |slot| Model::number(p, slot);
        Self {
            commitment: Commitment {
                face: NominalUsd(number(slots.commitment)),
                release: model.path(p, slots.release),
            },
            repayment: Repayment {
                interest: number(slots.interest),
                maturity: number(slots.maturity),
                grace: number(slots.grace),
                fee: number(slots.fee),
            },
        }
    }
}

impl Mechanism for ConcessionalLoan<'_> {
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        self.commitment.released(t, past)
    }

    fn unspent(&self) -> Unspent {
        Unspent::KeepsAmount
    }

    fn owes(&self, t: usize, past: &Past<'_>) -> DebtYear {
        self.repayment.service(t, |year| past.drawn(year))
    }

    fn repayment(&self) -> Option<&Repayment> {
        Some(&self.repayment)
    }

    fn commitment(&self) -> Option<&Commitment<'_>> {
        Some(&self.commitment)
    }

    fn grant_element(&self, discount: f64) -> Option<f64> {
        Some(self.repayment.grant_element(discount))
    }
}
