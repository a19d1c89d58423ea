//! Debt of what is repaid (6.5): equal, uneven or level payments, bullets and sinking funds; nominal US$.

use crate::scenario::funding::Creditor;
use crate::units::NominalUsd;

/// Rate of discount of debt analyses by the IMF and the World Bank (evidence G1).
pub const UNIFIED_RATE: f64 = 0.05;

/// Part of a loan that must be a gift at that rate for the loan to be concessional (evidence G1).
pub const CONCESSIONAL: f64 = 0.35;

/// At which rate the OECD DAC discounts a loan, and which part of it must be a gift for it to be aid: 5 and 10 % where a development bank lends; of
/// a country's loan 9 and 45 % to least developed and low-income countries, 7 and 15 % to lower and 6 and 10 % to upper middle income. The group is
/// told by its rate (evidence G1).
#[must_use]
pub fn dac(creditor: Creditor, group: f64) -> [f64; 2] {
    let minimum = match group {
        rate if rate > 0.08 => 0.45,
        rate if rate > 0.065 => 0.15,
        _ => 0.1,
    };
    match creditor {
        Creditor::Multilateral => [UNIFIED_RATE, 0.1],
        Creditor::Bilateral => [group, minimum],
    }
}

/// Debt of one source in one year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DebtYear {
    /// Paid out by the lender; of a partner, what is to be paid for what it has built.
    pub disbursed: NominalUsd,
    /// Principal repaid.
    pub principal: NominalUsd,
    /// Interest paid.
    pub interest: NominalUsd,
    /// Fees paid.
    pub fees: NominalUsd,
    /// Owed at the end of the year.
    pub outstanding: NominalUsd,
}

impl DebtYear {
    /// What is paid in the year: principal, interest and fees. Below nothing where a swap spares more than it costs.
    #[must_use]
    pub fn service(&self) -> NominalUsd {
        self.principal + self.interest + self.fees
    }
}

/// How the principal comes back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// In equal parts after grace.
    Equal,
    /// A share of the loan in each year from grace to a year of the loan, the rest in equal parts.
    Uneven {
        /// Share a year.
        first: f64,
        /// Last year of the first part.
        until: f64,
    },
    /// In equal payments of principal and interest together after grace.
    Annuity,
    /// At maturity.
    Bullet,
    /// At maturity, out of a fund that earns interest and into which the same amount is paid with each payment. What is in the
    /// fund is no longer owed.
    SinkingFund {
        /// Interest a year of the fund.
        earns: f64,
    },
}

/// How what is drawn is repaid: payments at the end of each part of a year, counted from disbursement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repayment {
    /// Interest a year; a part of a year bears its part.
    pub interest: f64,
    /// Years to the last payment.
    pub maturity: f64,
    /// Years without principal.
    pub grace: f64,
    /// Years without interest.
    pub interest_grace: f64,
    /// Payments a year.
    pub payments: f64,
    /// How the principal comes back.
    pub shape: Shape,
    /// Fee on what is disbursed.
    pub fee: f64,
    /// Fee on the whole commitment, paid once.
    pub arrangement_fee: f64,
    /// Fee a year on what is not yet disbursed.
    pub commitment_fee: f64,
}

impl Repayment {
    /// Equal principal after grace, once a year, without fees.
    #[must_use]
    pub const fn plain(interest: f64, maturity: f64, grace: f64) -> Self {
        Self {
            interest,
            maturity,
            grace,
            interest_grace: 0.0,
            payments: 1.0,
            shape: Shape::Equal,
            fee: 0.0,
            arrangement_fee: 0.0,
            commitment_fee: 0.0,
        }
    }

    /// Number of payments to the end of a span of years; what a part of a year does not fill is left out.
    fn payments_in(&self, years: f64) -> f64 {
        (years * self.payments + 1e-9).floor()
    }

    /// Share still owed after `k` payments.
    fn owed_after(&self, k: f64) -> f64 {
        let last = (self.maturity * self.payments).round().max(1.0);
        let grace = self.payments_in(self.grace).min(last - 1.0);
        if k <= grace {
            return 1.0;
        }
        if k >= last {
            return 0.0;
        }
        // Of an amount that bears interest, what is paid in after some payments, over what is paid in after all.
        let grown = |rate: f64| {
            if rate == 0.0 {
                (k - grace) / (last - grace)
            } else {
                ((rate).ln_1p() * (k - grace)).exp_m1() / (rate.ln_1p() * (last - grace)).exp_m1()
            }
        };
        match self.shape {
            Shape::Equal => 1.0 - (k - grace) / (last - grace),
            Shape::Uneven { first, until } => {
                let until = self.payments_in(until).clamp(grace, last - 1.0);
                let each = first / self.payments;
                let of_first = 1.0 - each * (until - grace);
                if k <= until {
                    1.0 - each * (k - grace)
                } else {
                    of_first * (1.0 - (k - until) / (last - until))
                }
            }
            Shape::Annuity => 1.0 - grown(self.interest / self.payments),
            Shape::Bullet => 1.0,
            Shape::SinkingFund { earns } => 1.0 - grown(earns / self.payments),
        }
    }

    /// Interest of payment `k`, as a share of what was disbursed: that of the loan, less what a sinking fund earns.
    fn interest_of(&self, k: f64) -> f64 {
        if k <= self.payments_in(self.interest_grace) || k > (self.maturity * self.payments).round().max(1.0) {
            return 0.0;
        }
        let owed = self.owed_after(k - 1.0);
        match self.shape {
            Shape::SinkingFund { earns } => (self.interest - earns * (1.0 - owed)) / self.payments,
            _ => self.interest * owed / self.payments,
        }
    }

    /// Payments of the year of the loan that ends `age` years after disbursement.
    fn payments_of_year(&self, age: usize) -> impl Iterator<Item = f64> + use<> {
        #[allow(clippy::cast_precision_loss)]
        let (before, payments) = (age as f64 - 1.0, self.payments);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let count = payments as u32;
        (1..=count).map(move |part| before * payments + f64::from(part))
    }

    /// Share still owed `age` years after disbursement, after that year's payments; nothing after the last one.
    #[must_use]
    pub fn owed(&self, age: usize) -> f64 {
        #[allow(clippy::cast_precision_loss)]
        self.owed_after(age as f64 * self.payments)
    }

    /// Principal due in the year that ends `age` years after disbursement, as a share of what was disbursed.
    #[must_use]
    pub fn principal(&self, age: usize) -> f64 {
        if age == 0 {
            0.0
        } else {
            self.owed(age - 1) - self.owed(age)
        }
    }

    /// Interest due in the same year.
    #[must_use]
    pub fn interest(&self, age: usize) -> f64 {
        self.payments_of_year(age).map(|k| self.interest_of(k)).sum()
    }

    /// Grant element (evidence G1): 1 less the present value of debt service over face value. What is paid within a year is
    /// discounted to its own day; fees on disbursement and for arranging are paid at once. A fee on what is not yet disbursed takes
    /// no part: the loan is taken as disbursed on one day.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn grant_element(&self, discount: f64) -> f64 {
        let mut present = self.fee + self.arrangement_fee;
        for age in 1..=self.maturity.ceil().max(1.0) as usize {
            for k in self.payments_of_year(age) {
                let principal = self.owed_after(k - 1.0) - self.owed_after(k);
                present += (principal + self.interest_of(k)) / (1.0 + discount).powf(k / self.payments);
            }
        }
        1.0 - present
    }

    /// Debt of year `t`, of what was drawn in each year since the first of the plan.
    #[must_use]
    pub fn service(&self, t: usize, drawn: impl Fn(usize) -> NominalUsd) -> DebtYear {
        let now = drawn(t);
        let mut year = DebtYear {
            disbursed: now,
            fees: now * self.fee,
            outstanding: now,
            ..DebtYear::default()
        };
        for before in 1..t {
            let drawn = drawn(before);
            if drawn == NominalUsd::default() {
                continue;
            }
            let age = t - before;
            let owed = self.owed(age);
            year.principal += drawn * (self.owed(age - 1) - owed);
            year.interest += drawn * self.interest(age);
            year.outstanding += drawn * owed;
        }
        year
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grant_elements_of_ida_products() {
        // Evidence L4 (table G1), in per cent: maturity, grace, rate, uneven principal, at 5 %, at 9 %.
        let even = None;
        for (maturity, grace, interest, uneven, at_5, at_9) in [
            (40.0, 11.0, 0.0, even, 69.5, 86.4),
            (31.0, 6.0, 0.0135, even, 42.3, 65.1),
            (31.0, 6.0, 0.0075, even, 49.2, 70.2),
            (40.0, 10.0, 0.0131, Some((0.02, 20.0)), 52.9, 75.2),
            (25.0, 5.0, 0.0218, even, 28.9, 53.3),
            (12.0, 6.0, 0.0, even, 36.9, 55.4),
            (38.0, 6.0, 0.0075, even, 53.7, 73.9),
            (30.0, 5.0, 0.02, Some((0.033, 25.0)), 35.5, 60.2),
        ] {
            let mut terms = Repayment::plain(interest, maturity, grace);
            if let Some((first, until)) = uneven {
                terms.shape = Shape::Uneven { first, until };
            }
            for (rate, wanted) in [(0.05, at_5), (0.09, at_9)] {
                let gift = 100.0 * terms.grant_element(rate);
                assert!((gift - wanted).abs() < 0.06, "{terms:?} {gift} {wanted}");
            }
        }
    }

    /// 2 % over 20 years with 5 of grace, interest paid in grace, discounted at 1.05 a year; the last is the loan of an
    /// annuity twice a year with five years free of interest.
    #[test]
    fn a_loan_as_creditors_write_it() {
        let plain = Repayment::plain(0.02, 20.0, 5.0);
        let gift = |payments, shape, interest_grace| {
            let terms = Repayment {
                interest_grace,
                payments,
                shape,
                ..plain
            };
            100.0 * terms.grant_element(0.05)
        };
        for (terms, wanted) in [
            ((1.0, Shape::Equal, 0.0), 27.47),
            ((2.0, Shape::Equal, 0.0), 26.84),
            ((1.0, Shape::Annuity, 0.0), 28.05),
            ((2.0, Shape::Annuity, 0.0), 27.43),
            ((2.0, Shape::Annuity, 5.0), 36.20),
        ] {
            let got = gift(terms.0, terms.1, terms.2);
            assert!((got - wanted).abs() < 0.006, "{terms:?}: {got} {wanted}");
        }
    }

    /// Evidence L6: an annuity of 100 over ten years at 5 % is 12.95 a year. A bullet of 100 at 5 % pays 5 a year and 105 at the
    /// end. A sinking fund at 3 % takes 100 · 0.03 / (1.03^10 - 1) = 8.7231 a year beside the interest of 5.
    #[test]
    fn closed_cases_to_a_cent() {
        let of = |shape| Repayment {
            shape,
            ..Repayment::plain(0.05, 10.0, 0.0)
        };
        let drawn = |year| NominalUsd(if year == 1 { 100.0 } else { 0.0 });
        let paid = |shape, age: usize| of(shape).service(1 + age, drawn).service().0;
        for age in 1..=10 {
            assert!((paid(Shape::Annuity, age) - 12.950_457).abs() < 1e-5);
            let last = f64::from(u8::from(age == 10));
            assert!((paid(Shape::Bullet, age) - (5.0 + 100.0 * last)).abs() < 1e-9);
            assert!((paid(Shape::SinkingFund { earns: 0.03 }, age) - 13.723_051).abs() < 1e-5);
        }
        assert!(
            of(Shape::SinkingFund { earns: 0.03 })
                .service(11, drawn)
                .outstanding
                .0
                .abs()
                < 1e-9
        );
    }

    #[test]
    fn what_is_drawn_is_repaid() {
        for shape in [
            Shape::Equal,
            Shape::Annuity,
            Shape::Bullet,
            Shape::SinkingFund { earns: 0.02 },
            Shape::Uneven { first: 0.1, until: 5.0 },
        ] {
            for (payments, grace) in [(1.0, 3.0), (2.0, 2.5), (4.0, 0.25), (12.0, 9.99)] {
                let terms = Repayment {
                    payments,
                    shape,
                    ..Repayment::plain(0.01, 10.0, grace)
                };
                let total: f64 = (1..=10).map(|age| terms.principal(age)).sum();
                assert!((total - 1.0).abs() < 1e-12, "{terms:?} {total}");
                assert!(terms.owed(10).abs() < 1e-12);
                assert!((terms.owed(0) - 1.0).abs() < 1e-12);
            }
        }
    }

    /// With 5.5 years of grace and two payments a year the first of 29 parts is paid after six years.
    #[test]
    fn grace_may_end_within_a_year() {
        let terms = Repayment {
            payments: 2.0,
            ..Repayment::plain(0.02, 20.0, 5.5)
        };
        assert!(terms.principal(5).abs() < 1e-12);
        assert!((terms.principal(6) - 1.0 / 29.0).abs() < 1e-12);
        assert!((terms.principal(7) - 2.0 / 29.0).abs() < 1e-12);
    }
}
