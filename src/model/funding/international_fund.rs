//! International fund for least developed countries: a grant that ends, step by step, once the country has left the list.

use super::source::{Commitment, Mechanism, Past, Unspent};
use crate::model::tables::Model;
use crate::scenario::funding::FundSlots;
use crate::units::{ConstantUsd, NominalUsd};

/// Money of an international fund.
pub struct InternationalFund<'a> {
    commitment: Commitment<'a>,
    /// Calendar year of the base year.
    base_year: i32,
    /// Calendar year of graduation.
    graduation: Option<f64>,
    /// Years from graduation until nothing is released.
    transition: f64,
}

impl<'a> InternationalFund<'a> {
    /// From the parameters of a source.
    #[must_use]
    pub fn of(model: &Model, slots: &FundSlots, p: &'a [f64]) -> Self {
        let number = |slot| Model::number(p, slot);
        Self {
            commitment: Commitment {
                lag: number(slots.lag),
                ..Commitment::new(number(slots.commitment), model.path(p, slots.release))
            },
            base_year: model.scenario.base_year,
            graduation: slots.graduation.map(number),
            transition: number(slots.transition),
        }
    }

    /// Share of a release that is still given: all before graduation, then less each year until nothing is left after the
    /// years of transition.
    fn eligible(&self, year: i32) -> f64 {
        let after = self
            .graduation
            .map_or(-1.0, |graduation| f64::from(year) - graduation.round());
        if after < 0.0 {
            1.0
        } else {
            (1.0 - (after + 1.0) / (self.transition + 1.0)).max(0.0)
        }
    }
}

impl Mechanism for InternationalFund<'_> {
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        self.commitment.released(t, past) * self.eligible(past.calendar(t))
    }

    fn unspent(&self) -> Unspent {
        Unspent::KeepsAmount
    }

    fn commitment(&self) -> Option<&Commitment<'_>> {
        Some(&self.commitment)
    }

    fn grant_element(&self, _discount: f64) -> Option<f64> {
        Some(1.0)
    }

    /// What is never given after graduation is no gift.
    fn grant_equivalent(&self, _discount: f64, until: usize) -> Option<NominalUsd> {
        let given = |(year, t): (i32, usize)| self.commitment.share(t) * self.eligible(year);
        let shares: f64 = (self.base_year + 1..)
            .zip(1..self.commitment.release.len().min(until.saturating_add(1)))
            .map(given)
            .sum();
        Some(self.commitment.face * shares)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Graduation in 2030 with three years of transition: three quarters in 2030, a half, a quarter, nothing from 2033 on.
    #[test]
    fn what_is_released_falls_after_graduation() {
        let fund = InternationalFund {
            commitment: Commitment::new(400.0, &[0.0, 0.5, 0.5]),
            base_year: 2028,
            graduation: Some(2030.0),
            transition: 3.0,
        };
        let shares = [2029, 2030, 2031, 2032, 2033, 2040].map(|year| fund.eligible(year));
        assert_eq!(shares, [1.0, 0.75, 0.5, 0.25, 0.0, 0.0]);
        // 200 in 2029, and three quarters of 200 in 2030.
        assert_eq!(fund.grant_equivalent(0.09, usize::MAX), Some(NominalUsd(350.0)));
        assert_eq!(fund.grant_equivalent(0.09, 1), Some(NominalUsd(200.0)));
    }
}
