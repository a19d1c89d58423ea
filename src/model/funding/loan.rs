//! What all loans have in common: a commitment in nominal US$, released over the years, and how it is repaid.

use super::debt::{DebtYear, Repayment, Shape};
use super::source::{Commitment, Mechanism, Past, Unspent};
use crate::scenario::funding::{Creditor, LoanRepayment};
use crate::units::{ConstantUsd, NominalUsd};

/// A loan or a bond.
pub struct Loan<'a> {
    /// What the creditor has promised.
    pub commitment: Commitment<'a>,
    /// How it is repaid.
    pub repayment: Repayment,
    /// Who lends, where it may be aid.
    pub creditor: Option<Creditor>,
    /// Whether all of it is paid out when it is released, spent or not.
    pub at_once: bool,
}

impl Mechanism for Loan<'_> {
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        self.commitment.released(t, past)
    }

    fn unspent(&self) -> Unspent {
        Unspent::KeepsAmount
    }

    /// Service of what was drawn; the fee on what is not drawn from the year of the first release on, and the fee for arranging
    /// in that year.
    fn owes(&self, t: usize, past: &Past<'_>) -> DebtYear {
        let face = self.commitment.face;
        let mut year = self.repayment.service(t, |year| {
            if !self.at_once {
                past.drawn(year)
            } else if year < past.years() && year <= past.until {
                face * self.commitment.share(year)
            } else {
                NominalUsd::default()
            }
        });
        if t >= past.years() || t > past.until {
            return year;
        }
        if self.repayment.arrangement_fee > 0.0 && self.commitment.opens(t) {
            year.fees += face * self.repayment.arrangement_fee;
        }
        if self.repayment.commitment_fee > 0.0 && (1..=t).any(|year| self.commitment.opens(year)) {
            let drawn: NominalUsd = (1..=t).map(|year| past.drawn(year)).sum();
            year.fees += NominalUsd((face - drawn).0.max(0.0)) * self.repayment.commitment_fee;
        }
        year
    }

    fn owes_at_all(&self) -> bool {
        true
    }

    fn repayment(&self) -> Option<&Repayment> {
        Some(&self.repayment)
    }

    fn creditor(&self) -> Option<Creditor> {
        self.creditor
    }

    fn commitment(&self) -> Option<&Commitment<'_>> {
        Some(&self.commitment)
    }

    fn grant_element(&self, discount: f64) -> Option<f64> {
        Some(self.repayment.grant_element(discount))
    }
}

/// A loan from its terms: all loans write them alike, with defaults of their own.
macro_rules! loan {
    ($model:expr, $slots:expr, $p:expr, $face:expr, $creditor:expr) => {{
        let (slots, p) = ($slots, $p);
        let number = |slot| $crate::model::tables::Model::number(p, slot);
        $crate::model::funding::loan::Loan {
            commitment: $crate::model::funding::source::Commitment::new($face, $model.path(p, slots.release)),
            creditor: $creditor,
            at_once: false,
            repayment: $crate::model::funding::debt::Repayment {
                interest: number(slots.interest),
                maturity: number(slots.maturity),
                grace: number(slots.grace),
                interest_grace: number(slots.interest_grace),
                payments: number(slots.payments_per_year),
                shape: $crate::model::funding::loan::shape(
                    slots.repayment,
                    slots
                        .first_principal
                        .zip(slots.first_until)
                        .map(|(first, until)| (number(first), number(until))),
                ),
                fee: number(slots.fee),
                arrangement_fee: number(slots.arrangement_fee),
                commitment_fee: number(slots.commitment_fee),
            },
        }
    }};
}
pub(super) use loan;

/// How the principal comes back, as a loan is written; `uneven` is the share of a year of the first part, and its last year.
pub(super) fn shape(repayment: LoanRepayment, uneven: Option<(f64, f64)>) -> Shape {
    match (repayment, uneven) {
        (LoanRepayment::Equal, Some((first, until))) => Shape::Uneven { first, until },
        (LoanRepayment::Equal, None) => Shape::Equal,
        (LoanRepayment::Annuity, _) => Shape::Annuity,
        (LoanRepayment::Bullet, _) => Shape::Bullet,
    }
}
