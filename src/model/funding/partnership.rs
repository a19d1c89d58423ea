//! Public-private partnership: a partner builds and runs, and is paid for years as long as the service is available (6.4). What is
//! contracted for running keeps what stands; all else that it spends is financed by it.

use super::debt::{DebtYear, Repayment, Shape};
use super::source::{Commitment, Mechanism, Past, Unspent};
use crate::model::tables::Model;
use crate::scenario::funding::PartnershipSlots;
use crate::units::{ConstantUsd, NominalUsd};

/// A public-private partnership.
pub struct Partnership<'a> {
    commitment: Commitment<'a>,
    /// Payment for what is built: an annuity at the partner's return over the years of the contract.
    payment: Repayment,
    /// What is owed for each dollar built: with the transaction cost, less what is kept back.
    owed_for_one: f64,
    /// Running of what was built, a share of it a year.
    operation: f64,
    /// Share of all payments that is kept back.
    deduction: f64,
}

impl<'a> Partnership<'a> {
    /// From the parameters of a source.
    #[must_use]
    pub fn of(model: &Model, slots: &PartnershipSlots, p: &'a [f64]) -> Self {
        let number = |slot| Model::number(p, slot);
        let deduction = number(slots.deduction);
        Self {
            commitment: Commitment::new(number(slots.commitment), model.path(p, slots.release)),
            payment: Repayment {
                shape: Shape::Annuity,
                ..Repayment::plain(number(slots.wacc), number(slots.contract_years), 0.0)
            },
            owed_for_one: (1.0 + number(slots.transaction)) * (1.0 - deduction),
            operation: number(slots.operation),
            deduction,
        }
    }

    /// Running that is contracted in year `t`: a share of all that was to be built before, as long as its contract holds. Nominal
    /// US$.
    fn contracted(&self, t: usize) -> NominalUsd {
        #[allow(clippy::cast_precision_loss)]
        let holds = |year: &usize| (t - year) as f64 <= self.payment.maturity.round();
        let shares: f64 = (1..t).filter(holds).map(|year| self.commitment.share(year)).sum();
        self.commitment.face * (self.operation * shares)
    }
}

impl Mechanism for Partnership<'_> {
    /// What may be built, and the running of what was built.
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        self.commitment.released(t, past) + self.runs(t, past)
    }

    fn runs(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        past.constant(t, self.contracted(t))
    }

    fn unspent(&self) -> Unspent {
        Unspent::KeepsAmount
    }

    /// The availability payment: the annuity, and the running at cost.
    fn owes(&self, t: usize, past: &Past<'_>) -> DebtYear {
        let mut year = self
            .payment
            .service(t, |year| (past.drawn(year) - past.ran(year)) * self.owed_for_one);
        year.fees += past.ran(t) * (1.0 - self.deduction);
        year
    }

    fn owes_at_all(&self) -> bool {
        true
    }

    fn repayment(&self) -> Option<&Repayment> {
        Some(&self.payment)
    }

    fn commitment(&self) -> Option<&Commitment<'_>> {
        Some(&self.commitment)
    }

    /// What is built, and running in each year of the contract.
    fn present_value(&self, discount: f64) -> Option<f64> {
        #[allow(clippy::cast_possible_truncation)]
        let years = 1..=self.payment.maturity.round() as i32;
        let running: f64 = years.map(|year| (1.0 + discount).powi(-year)).sum();
        Some(1.0 - self.grant_element(discount)? + self.operation * (1.0 - self.deduction) * running)
    }

    /// By what is paid for what is built; running is paid at cost.
    fn grant_element(&self, discount: f64) -> Option<f64> {
        let present = 1.0 - self.payment.grant_element(discount);
        Some(1.0 - present * self.owed_for_one)
    }
}
