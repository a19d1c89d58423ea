//! Swaps of existing debt (6.4): refinancing, giving back, cancelling with a counterpart fund. What changes against no swap is
//! debt; what is freed or given is money for the plan.

use super::debt::{DebtYear, Repayment};
use super::source::{Mechanism, Past, Unspent};
use crate::model::tables::Model;
use crate::scenario::funding::{CancellationSlots, Debt2EdSlots, RefinancingSlots};
use crate::scenario::parameters::NumberSlot;
use crate::units::{ConstantUsd, NominalUsd};

/// Debt that stands when a swap begins, repaid in equal parts once a year.
struct OldDebt {
    amount: NominalUsd,
    /// The year before its first payment that counts.
    before: f64,
    terms: Repayment,
}

impl OldDebt {
    fn of(model: &Model, [debt, from, interest, years]: [NumberSlot; 4], p: &[f64]) -> Self {
        let number = |slot| Model::number(p, slot);
        Self {
            amount: NominalUsd(number(debt)),
            before: (number(from) - f64::from(model.scenario.base_year)).round() - 1.0,
            terms: Repayment::plain(number(interest), number(years), 0.0),
        }
    }

    /// Years since it was taken up, in year `t`.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss
    )]
    fn age(&self, t: usize) -> Option<usize> {
        let age = t as f64 - self.before;
        (age >= 0.0).then_some(age as usize)
    }

    /// Service of an amount on some terms, taken up when the swap begins; a fee falls with the first payment.
    fn year(&self, terms: &Repayment, t: usize) -> DebtYear {
        self.age(t).map_or_else(DebtYear::default, |age| DebtYear {
            disbursed: if age == 0 { self.amount } else { NominalUsd(0.0) },
            principal: self.amount * terms.principal(age),
            interest: self.amount * if age == 0 { 0.0 } else { terms.interest(age) },
            fees: self.amount * if age == 1 { terms.fee } else { 0.0 },
            outstanding: self.amount * terms.owed(age),
        })
    }

    /// Service as it stands.
    fn stands(&self, t: usize) -> DebtYear {
        self.year(&self.terms, t)
    }
}

/// What changes from one debt to another.
fn change(new: DebtYear, old: DebtYear) -> DebtYear {
    DebtYear {
        disbursed: new.disbursed - old.disbursed,
        principal: new.principal - old.principal,
        interest: new.interest - old.interest,
        fees: new.fees - old.fees,
        outstanding: new.outstanding - old.outstanding,
    }
}

/// Dear debt is bought back with a longer loan. What is spared goes to the plan; where the new loan costs more in a year, that is
/// debt service.
pub struct Refinancing {
    old: OldDebt,
    new: Repayment,
    share: f64,
}

impl Refinancing {
    /// From the parameters of a source.
    #[must_use]
    pub fn of(model: &Model, slots: &RefinancingSlots, p: &[f64]) -> Self {
        let number = |slot| Model::number(p, slot);
        Self {
            old: OldDebt::of(model, [slots.debt, slots.from, slots.old_interest, slots.old_years], p),
            new: Repayment {
                fee: number(slots.fee),
                ..Repayment::plain(number(slots.interest), number(slots.maturity), number(slots.grace))
            },
            share: number(slots.share),
        }
    }
}

impl Mechanism for Refinancing {
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        let spared = -change(self.old.year(&self.new, t), self.old.stands(t)).service().0;
        past.constant(t, NominalUsd(spared.max(0.0) * self.share))
    }

    fn unspent(&self) -> Unspent {
        Unspent::Lapses
    }

    fn owes(&self, t: usize, _past: &Past<'_>) -> DebtYear {
        change(self.old.year(&self.new, t), self.old.stands(t))
    }

    fn owes_at_all(&self) -> bool {
        true
    }

    fn repayment(&self) -> Option<&Repayment> {
        Some(&self.new)
    }
}

/// The country goes on paying a debt, and the creditor gives back what is paid as a grant.
pub struct Debt2Ed {
    old: OldDebt,
    given_back: f64,
}

impl Debt2Ed {
    /// From the parameters of a source.
    #[must_use]
    pub fn of(model: &Model, slots: &Debt2EdSlots, p: &[f64]) -> Self {
        Self {
            old: OldDebt::of(model, [slots.debt, slots.from, slots.old_interest, slots.old_years], p),
            given_back: Model::number(p, slots.given_back),
        }
    }
}

impl Mechanism for Debt2Ed {
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        past.constant(t, self.old.stands(t).service() * self.given_back)
    }

    fn unspent(&self) -> Unspent {
        Unspent::KeepsAmount
    }

    fn grant_element(&self, _discount: f64) -> Option<f64> {
        Some(1.0)
    }
}

/// A debt is cancelled, and what is left of it after a discount is paid into a fund for the plan. What is paid into the fund comes
/// from the country's own budget in place of the service of the debt.
pub struct Cancellation {
    old: OldDebt,
    /// Paid into the fund in a year.
    counterpart: NominalUsd,
    fund_years: f64,
}

impl Cancellation {
    /// From the parameters of a source.
    #[must_use]
    pub fn of(model: &Model, slots: &CancellationSlots, p: &[f64]) -> Self {
        let number = |slot| Model::number(p, slot);
        let old = OldDebt::of(model, [slots.debt, slots.from, slots.old_interest, slots.old_years], p);
        let fund_years = number(slots.fund_years).round().max(1.0);
        Self {
            counterpart: old.amount * ((1.0 - number(slots.discount)) / fund_years),
            fund_years,
            old,
        }
    }

    /// Paid into the fund in year `t`.
    #[allow(clippy::cast_precision_loss)]
    fn paid_in(&self, t: usize) -> NominalUsd {
        let pays = self
            .old
            .age(t)
            .is_some_and(|age| age > 0 && age as f64 <= self.fund_years);
        if pays { self.counterpart } else { NominalUsd(0.0) }
    }
}

impl Mechanism for Cancellation {
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        past.constant(t, self.paid_in(t))
    }

    fn unspent(&self) -> Unspent {
        Unspent::KeepsAmount
    }

    /// The service of the old debt is no more. What is paid into the fund is money for the plan, and no debt.
    fn owes(&self, t: usize, _past: &Past<'_>) -> DebtYear {
        change(DebtYear::default(), self.old.stands(t))
    }

    fn owes_at_all(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn old() -> OldDebt {
        OldDebt {
            amount: NominalUsd(400.0),
            before: 1.0,
            terms: Repayment::plain(0.07, 5.0, 0.0),
        }
    }

    /// 400 at 7 % in five equal parts pay 80 + 28, 80 + 22.4, 80 + 16.8, 80 + 11.2, 80 + 5.6. In its place 400 at 4.5 % over 15
    /// years with 6 of grace pay 18 in each of the first six years, then 400 / 9 and the interest. Spared: 90, 84.4, 78.8, 73.2,
    /// 67.6; in the sixth year 18 are to be paid, in the seventh 18 + 44.44.
    #[test]
    fn refinancing_frees_money_now_and_costs_it_later() {
        let new = Repayment::plain(0.045, 15.0, 6.0);
        let service = |t| change(old().year(&new, t), old().stands(t)).service().0;
        for (t, wanted) in [
            (1, 0.0),
            (2, -90.0),
            (3, -84.4),
            (4, -78.8),
            (5, -73.2),
            (6, -67.6),
            (7, 18.0),
            (8, 62.444_444),
        ] {
            assert!((service(t) - wanted).abs() < 1e-5, "{t} {} {wanted}", service(t));
        }
        let paid: f64 = (1..=16).map(|t| old().year(&new, t).principal.0).sum();
        assert!((paid - 400.0).abs() < 1e-9);
    }

    /// A fee of 1 % lowers what is spared in the first year by 4: 86 in place of 90.
    #[test]
    fn the_fee_of_a_refinancing_falls_with_its_first_payment() {
        let new = Repayment {
            fee: 0.01,
            ..Repayment::plain(0.045, 15.0, 6.0)
        };
        let service = |t| change(old().year(&new, t), old().stands(t)).service().0;
        assert!((service(2) + 86.0).abs() < 1e-9);
        assert!((service(3) + 84.4).abs() < 1e-9);
    }

    /// 400 cancelled at a discount of 30 %: 280 in five years, 56 a year, in place of the service of the debt.
    #[test]
    fn what_is_cancelled_is_paid_into_the_fund() {
        let swap = Cancellation {
            old: old(),
            counterpart: NominalUsd(56.0),
            fund_years: 5.0,
        };
        let paid = [1, 2, 6, 7].map(|t| swap.paid_in(t).0);
        assert_eq!(paid, [0.0, 56.0, 56.0, 0.0]);
    }
}
