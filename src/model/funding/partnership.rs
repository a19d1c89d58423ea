//! Public-private partnership: a partner builds, and is paid for years as long as the service is available (6.4).

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
    fn runs(&self, t: usize) -> NominalUsd {
        #[allow(clippy::cast_precision_loss)]
        let holds = |year: &usize| (t - year) as f64 <= self.payment.maturity.round();
        let shares: f64 = (1..t).filter(holds).map(|year| self.commitment.share(year)).sum();
        self.commitment.face * (self.operation * shares)
    }

    /// What it spends in a year on running, and on building: what is drawn runs first what is contracted.
    fn spends(&self, t: usize, past: &Past<'_>) -> [NominalUsd; 2] {
        let drawn = past.drawn(t).0;
        let runs = if self.operation == 0.0 || drawn == 0.0 {
            0.0
        } else {
            self.runs(t).0.min(drawn)
        };
        [NominalUsd(runs), NominalUsd(drawn - runs)]
    }
}

impl Mechanism for Partnership<'_> {
    /// What may be built, and the running of what was built.
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        self.commitment.released(t, past) + past.constant(t, self.runs(t))
    }

    fn unspent(&self) -> Unspent {
        Unspent::KeepsAmount
    }

    /// The availability payment: the annuity, and the running at cost.
    fn owes(&self, t: usize, past: &Past<'_>) -> DebtYear {
        let mut year = self.payment.service(t, |year| {
            let [_, builds] = self.spends(year, past);
            builds * self.owed_for_one
        });
        let [runs, _] = self.spends(t, past);
        year.fees += runs * (1.0 - self.deduction);
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

    /// By what is paid for what is built; running is paid at cost.
    fn grant_element(&self, discount: f64) -> Option<f64> {
        let present = 1.0 - self.payment.grant_element(discount);
        Some(1.0 - present * self.owed_for_one)
    }
}
