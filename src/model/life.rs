//! Technical lives: when what was put in place in past years reaches its end.

use super::lanes::{Lanes, ZERO};

/// A technical life split once for all groups: when what was put in place in past years reaches its end.
///
/// A life of 5.3 years ends after 5 years for 70 % and after 6 years for 30 %. What stood in the base year has ages
/// spread evenly over its life, so a share of 1 / life ends each year until none is left.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    years: usize,
    /// Part that ends after whole years, and after one year more.
    early: f64,
    late: f64,
    /// Share of the base year's stock that ends this year, until none of it is left.
    pub of_base: f64,
    /// Share of a stock of mixed ages that ends each year when what ends is replaced.
    pub steady: f64,
}

impl Life {
    /// A life of so many years, seen in year `t`.
    #[must_use]
    pub fn new(life: f64, t: usize) -> Self {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss
        )]
        let (years, gone) = (life as usize, (t as f64 - 1.0) / life);
        #[allow(clippy::cast_precision_loss)]
        let part = life - years as f64;
        Self {
            years,
            early: 1.0 - part,
            late: part,
            of_base: (1.0 / life).min((1.0 - gone).max(0.0)),
            steady: 1.0 / life,
        }
    }

    /// What is not used up in year `t` of what was placed after the base year, in mid-year each time.
    #[must_use]
    pub(crate) fn left_of_placed(&self, t: usize, placed: impl Fn(usize) -> Lanes) -> Lanes {
        let mut left = ZERO;
        for y in 1..t {
            #[allow(clippy::cast_precision_loss)]
            let part = 1.0 - ((t - y) as f64 - 0.5) * self.steady;
            left += part.max(0.0) * placed(y);
        }
        left
    }

    /// The same of what stood in the base year, whose ages were mixed: of each unit, if none is replaced.
    #[must_use]
    pub(crate) fn left_of_base(&self, t: usize) -> f64 {
        #[allow(clippy::cast_precision_loss)]
        let left = (1.0 - (t as f64 - 1.0) * self.steady).max(0.0);
        0.5 * left * left
    }

    /// What ends this year of what was placed after the base year.
    #[inline(always)]
    #[must_use]
    pub(crate) fn of_placed(&self, t: usize, placed: impl Fn(usize) -> Lanes) -> Lanes {
        if t <= self.years {
            return ZERO;
        }
        let mut due = self.early * placed(t - self.years);
        if t > self.years + 1 {
            due += self.late * placed(t - self.years - 1);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::super::lanes::{all, first};
    use super::*;

    #[test]
    fn what_is_placed_once_ends_once() {
        // 100 units in the base year and 60 placed in year 2, life 2.5 years, over 12 years: all 160 end, no more.
        let placed = |y| all(if y == 2 { 60.0 } else { 0.0 });
        let due = |t| {
            let life = Life::new(2.5, t);
            life.of_base * 100.0 + first(life.of_placed(t, placed))
        };
        let total: f64 = (1..12).map(due).sum();
        assert!((total - 160.0).abs() < 1e-9, "{total}");
        // By hand: half of the 60 end after two years, half after three.
        assert!((first(Life::new(2.5, 4).of_placed(4, placed)) - 30.0).abs() < 1e-12);
    }
}
