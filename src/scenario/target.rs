//! Targets: what a plan is held against.

use super::field::Field;
use super::measure::{Indicator, Levels, Measure, Scope};
use super::person::{Disability, Person, Sex, Wealth};
use super::{Country, Level, Locality, Quantity};
use crate::units::Unit;

crate::section! {
    /// A target of the scoreboard. What is told over years, such as money, counts from the first year with money to the target's.
    pub struct Target / TargetSlots {
        /// Indicator code, for instance `reach`, `4.a.1.b` or `cost_full`.
        indicator: Indicator = Field::text().required().key();
        /// Level; all levels together when left out, or the last one where there is no value for all.
        level: Option<Level> = Field::choice().key();
        /// Region; all when left out.
        region: Option<String> = Field::text().key();
        /// Locality; both when left out.
        locality: Option<Locality> = Field::choice().key();
        /// Sex; both when left out.
        sex: Option<Sex> = Field::choice().key();
        /// Fifth of households by wealth; all when left out.
        wealth: Option<Wealth> = Field::choice().key();
        /// With or without a disability; both when left out.
        disability: Option<Disability> = Field::choice().key();
        /// Year.
        year: i32 = Field::number(Unit::CalendarYear).required().key().idle("a year of the calendar: it says what is asked");
        /// Value to reach or pass, in the indicator's unit.
        at_least: Option<Quantity> = Field::number(Unit::Index).within(-1e9, 1e15);
        /// Value not to be passed, in the indicator's unit; a target has this or `at_least`.
        at_most: Option<Quantity> = Field::number(Unit::Index).within(-1e9, 1e15);
    }
}

/// On which side of its value a target is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// At the value or above.
    AtLeast,
    /// At the value or below.
    AtMost,
}

impl Bound {
    /// The sign before a value.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "\u{2265}",
            Self::AtMost => "\u{2264}",
        }
    }

    /// How far a value falls short of a goal or passes it on the wrong side; not above zero where it is met.
    #[must_use]
    pub fn missed_by(self, value: f64, goal: f64) -> f64 {
        match self {
            Self::AtLeast => goal - value,
            Self::AtMost => value - goal,
        }
    }

    /// Whether a value meets a goal, but for rounding.
    #[must_use]
    pub fn is_met(self, value: f64, goal: f64) -> bool {
        self.missed_by(value, goal) <= 1e-9 * goal.abs().max(1.0)
    }
}

impl Target {
    /// A target for all, at least this much.
    #[must_use]
    pub fn at_least(indicator: impl Into<Indicator>, year: i32, value: f64) -> Self {
        Self {
            indicator: indicator.into(),
            level: None,
            region: None,
            locality: None,
            sex: None,
            wealth: None,
            disability: None,
            year,
            at_least: Some(Quantity::new(value)),
            at_most: None,
        }
    }

    /// The level whose value it is about, where that is not said by the name of the measure: of some there is no value of all
    /// levels, and the country's last one is meant where none is named.
    #[must_use]
    pub fn level_in(&self, country: &Country) -> Option<Level> {
        let measure = self.indicator.measure();
        match measure.levels() {
            Levels::Each => {
                let has = |level| country.levels.iter().any(|table| table.level == level);
                measure.level(self.level, has).ok().flatten()
            }
            Levels::EachAndAll => self.level,
            Levels::All | Levels::One(_) => None,
        }
    }

    /// The margin of learners that it is about; a valid target names one at most.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        let (sex, wealth) = (self.sex.map(Person::Sex), self.wealth.map(Person::Wealth));
        sex.or(wealth).or(self.disability.map(Person::Disability))
    }

    /// Of whom it is told.
    #[must_use]
    pub fn scope(&self) -> Scope<'_> {
        Scope {
            level: self.level,
            region: self.region.as_deref(),
            locality: self.locality,
            person: self.person(),
        }
    }

    /// On which side of its value it is met.
    #[must_use]
    pub const fn bound(&self) -> Bound {
        if self.at_least.is_none() && self.at_most.is_some() {
            Bound::AtMost
        } else {
            Bound::AtLeast
        }
    }

    /// Its value.
    #[must_use]
    pub fn value(&self) -> f64 {
        let value = self.at_least.as_ref().or(self.at_most.as_ref());
        value.map_or(f64::NAN, |value| value.value)
    }

    /// Sets its value on one side.
    pub fn set(&mut self, bound: Bound, value: f64) {
        let value = Some(Quantity::new(value));
        (self.at_least, self.at_most) = match bound {
            Bound::AtLeast => (value, None),
            Bound::AtMost => (None, value),
        };
    }

    /// Whether a value meets a goal; a value that is not known meets none. A first year that never comes is later than any.
    #[must_use]
    pub fn is_met(&self, value: Option<f64>, goal: f64) -> bool {
        match value {
            Some(value) => self.bound().is_met(value, goal),
            None => self.indicator == Measure::FirstDarkYear.into() && self.bound() == Bound::AtLeast,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ceiling_is_met_from_below_and_a_floor_from_above() {
        let floor = Target::at_least(Measure::Reach, 2030, 0.5);
        let mut ceiling = Target::at_least(Measure::CostFull, 2030, 0.0);
        ceiling.set(Bound::AtMost, 5e8);
        assert!(floor.is_met(Some(0.5), 0.5) && !floor.is_met(Some(0.49), 0.5));
        assert!(ceiling.is_met(Some(4e8), 5e8) && !ceiling.is_met(Some(6e8), 5e8));
        // By hand: 600 million less 500 million.
        assert!((ceiling.bound().missed_by(6e8, 5e8) - 1e8).abs() < 1e-6);
        assert!(!floor.is_met(None, 0.5) && !ceiling.is_met(None, 5e8));
        let dark = Target::at_least(Measure::FirstDarkYear, 2030, 2031.0);
        assert!(dark.is_met(None, 2031.0) && !dark.is_met(Some(2029.0), 2031.0));
    }
}
