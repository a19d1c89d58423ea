//! Results-based grant: an advance, then a price for each verified result of the year before, up to the commitment. An investor
//! who lends against the results is repaid out of them first (6.4).

use super::source::{Mechanism, Outcome, Past, Unspent};
use crate::model::tables::Model;
use crate::scenario::funding::{PaidResult, ResultsSlots};
use crate::units::{ConstantUsd, NominalUsd};

/// A results-based grant; amounts are nominal, in its own money.
pub struct ResultsBased {
    face: f64,
    first: usize,
    last: usize,
    price: f64,
    result: PaidResult,
    advance: f64,
    verification: f64,
    prefinanced: f64,
    investor_return: f64,
}

impl ResultsBased {
    /// From the parameters of a source.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn of(model: &Model, slots: &ResultsSlots, p: &[f64]) -> Self {
        let number = |slot| Model::number(p, slot);
        let first = (number(slots.results_from) - f64::from(model.scenario.base_year))
            .round()
            .max(1.0) as usize;
        let face = number(slots.commitment);
        Self {
            face,
            first,
            last: first + (number(slots.result_years).round().max(1.0) as usize) - 1,
            price: number(slots.price),
            result: slots.result,
            advance: face * number(slots.advance),
            verification: number(slots.verification),
            prefinanced: number(slots.prefinanced),
            investor_return: number(slots.investor_return),
        }
    }

    /// Units of result of a year.
    fn verified(&self, base: &Outcome, year: &Outcome) -> f64 {
        match self.result {
            PaidResult::Reached => (year.reached - base.reached).max(0.0),
            PaidResult::Learning => (year.learning * year.learners).max(0.0),
        }
    }

    /// What comes in up to a year: advance, what the investor lends, and what of the payments for results is left once
    /// verification is paid and the investor repaid. Only the last year's is given.
    fn comes_in(&self, t: usize, outcomes: &[Outcome]) -> f64 {
        let mut left = self.face - self.advance;
        let mut invested = 0.0;
        let mut now = 0.0;
        for year in self.first..=t.min(self.last + 1) {
            now = 0.0;
            invested *= 1.0 + self.investor_return;
            if year > self.first {
                let paid = (self.price * self.verified(&outcomes[0], &outcomes[year - 1])).min(left);
                left -= paid;
                now = paid * (1.0 - self.verification);
                let repaid = now.min(invested);
                invested -= repaid;
                now -= repaid;
            }
            if year == self.first {
                now += self.advance + self.prefinanced;
                invested += self.prefinanced;
            }
        }
        if t < self.first || t > self.last + 1 { 0.0 } else { now }
    }
}

impl Mechanism for ResultsBased {
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        past.constant(t, NominalUsd(self.comes_in(t, past.outcomes)))
    }

    fn unspent(&self) -> Unspent {
        Unspent::KeepsAmount
    }

    fn grant_element(&self, _discount: f64) -> Option<f64> {
        Some(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grant() -> ResultsBased {
        ResultsBased {
            face: 1_000.0,
            first: 1,
            last: 2,
            price: 5.0,
            result: PaidResult::Reached,
            advance: 250.0,
            verification: 0.06,
            prefinanced: 100.0,
            investor_return: 0.08,
        }
    }

    fn reached(by_year: &[f64]) -> Vec<Outcome> {
        let outcome = |reached: &f64| Outcome {
            reached: *reached,
            ..Outcome::default()
        };
        by_year.iter().map(outcome).collect()
    }

    /// No result: the advance and what the investor lent stay, nothing more comes, the investor bears the loss.
    #[test]
    fn without_results_the_advance_stays() {
        let outcomes = reached(&[10.0, 10.0, 4.0, 10.0, 10.0]);
        let paid = [1, 2, 3, 4].map(|t| grant().comes_in(t, &outcomes));
        assert_eq!(paid, [350.0, 0.0, 0.0, 0.0]);
    }

    /// 100 learners more in the first year: 500 paid in the second, 470 after verification, 108 to the investor, 362 left. 110
    /// more in the second would be 550, but 250 are left: 235 after verification. Later results are not paid.
    #[test]
    fn full_results_pay_up_to_the_commitment() {
        let outcomes = reached(&[10.0, 110.0, 120.0, 500.0, 500.0]);
        let paid = [1, 2, 3, 4].map(|t| grant().comes_in(t, &outcomes));
        for (paid, wanted) in paid.into_iter().zip([350.0, 362.0, 235.0, 0.0]) {
            assert!((paid - wanted).abs() < 1e-9, "{paid} {wanted}");
        }
    }
}
