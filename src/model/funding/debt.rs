//! Debt of what is repaid (6.5): equal principal after grace, interest on what is disbursed; nominal US$.

use crate::units::NominalUsd;

/// Debt of one source in one year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DebtYear {
    /// Paid out by the lender.
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
    /// What is paid in the year: principal, interest and fees.
    #[must_use]
    pub fn service(&self) -> NominalUsd {
        self.principal + self.interest + self.fees
    }
}

/// How what is drawn is repaid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repayment {
    /// Interest a year.
    pub interest: f64,
    /// Years to the last payment.
    pub maturity: f64,
    /// Years without principal.
    pub grace: f64,
    /// Fee on what is disbursed.
    pub fee: f64,
}

impl Repayment {
    /// Principal due `age` years after disbursement, as a share of what was disbursed.
    #[must_use]
    pub fn principal(&self, age: usize) -> f64 {
        let (grace, maturity) = (self.grace.round(), self.maturity.round());
        #[allow(clippy::cast_precision_loss)]
        let age = age as f64;
        if age > grace && age <= maturity {
            1.0 / (maturity - grace).max(1.0)
        } else {
            0.0
        }
    }

    /// Share still owed `age` years after disbursement, after that year's payment; nothing after the last one.
    #[must_use]
    pub fn owed(&self, age: usize) -> f64 {
        #[allow(clippy::cast_precision_loss)]
        if age as f64 >= self.maturity.round() {
            return 0.0;
        }
        (1.0 - (1..=age).map(|year| self.principal(year)).sum::<f64>()).max(0.0)
    }

    /// Grant element (evidence G1): 1 less the present value of debt service, paid at year ends, over face value.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn grant_element(&self, discount: f64) -> f64 {
        let mut present = self.fee;
        let (mut owed, mut worth) = (1.0, 1.0);
        for age in 1..=self.maturity.round().max(1.0) as usize {
            let principal = self.principal(age);
            worth /= 1.0 + discount;
            present += (principal + self.interest * owed) * worth;
            owed -= principal;
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
            let (drawn, age) = (drawn(before), t - before);
            year.principal += drawn * self.principal(age);
            year.interest += drawn * (self.owed(age - 1) * self.interest);
            year.outstanding += drawn * self.owed(age);
        }
        year
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grant_elements_of_ida_products() {
        // Evidence L4 (table G1), in per cent: maturity, grace, rate, at 5 %, at 9 %.
        for (maturity, grace, interest, at_5, at_9) in [
            (40.0, 11.0, 0.0, 69.5, 86.4),
            (31.0, 6.0, 0.0135, 42.3, 65.1),
            (31.0, 6.0, 0.0075, 49.2, 70.2),
            (25.0, 5.0, 0.0218, 28.9, 53.3),
            (12.0, 6.0, 0.0, 36.9, 55.4),
            (38.0, 6.0, 0.0075, 53.7, 73.9),
        ] {
            let terms = Repayment {
                interest,
                maturity,
                grace,
                fee: 0.0,
            };
            assert!(
                (100.0 * terms.grant_element(0.05) - at_5).abs() < 0.06,
                "{terms:?} {}",
                terms.grant_element(0.05)
            );
            assert!(
                (100.0 * terms.grant_element(0.09) - at_9).abs() < 0.06,
                "{terms:?} {}",
                terms.grant_element(0.09)
            );
        }
    }

    #[test]
    fn what_is_drawn_is_repaid() {
        let terms = Repayment {
            interest: 0.01,
            maturity: 10.0,
            grace: 3.0,
            fee: 0.0,
        };
        let total: f64 = (1..=10).map(|age| terms.principal(age)).sum();
        assert!((total - 1.0).abs() < 1e-12);
        assert!(terms.owed(10) < 1e-12);
        assert!((terms.owed(3) - 1.0).abs() < 1e-12);
    }
}
