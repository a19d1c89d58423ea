//! Of what stands, whose upkeep and renewal are paid first (6.2): what would have stood without a plan as well, then what else
//! serves whom the plan reaches.
//!
//! Of each component in four groups `π = min(1, quantity without a plan / quantity with it)` at the opening of the year,
//! whatever the kind, and `μ = max(0, κ - π)` with κ the part of it that serves where power, a link, devices and ready teachers
//! stand together. Quantities are those that
//! upkeep and renewal are stated for.

use std::ops::Range;

use super::COMPONENT_COUNT;
use super::lanes::{LANES, Lanes, ONE, ZERO, above, all, divide_or, first, max, narrow, pick, widen};

/// Kinds of need that keep what stands: upkeep and renewal.
pub(crate) const KEEPING: usize = 2;

/// Component and kind of need as one index, of those that keep what stands.
pub(crate) const KEPT: usize = COMPONENT_COUNT * KEEPING;

/// A number below one by less than this is one: quantities without a plan are stored with half their digits.
const HAIR: f64 = 1e-6;

/// Parts of what stands.
#[derive(Clone, Copy, Debug)]
pub struct Parts<T = Lanes> {
    /// What would have stood without a plan, π.
    pub first: T,
    /// What else serves whom the plan reaches, μ.
    pub reaching: T,
}

impl<T> Parts<T> {
    /// The same of both.
    pub(crate) fn map<U>(self, of: impl Fn(T) -> U) -> Parts<U> {
        Parts {
            first: of(self.first),
            reaching: of(self.reaching),
        }
    }
}

impl Parts {
    /// What a need asks for by part, the rest last, from what the two parts ask for with the plan; `at_twins_cost` is what the
    /// first costs without a plan over what it costs with it. What it costs more goes with the second.
    #[inline(always)]
    #[must_use]
    pub(crate) fn amounts(self, need: Lanes, at_twins_cost: f64) -> [Lanes; 3] {
        let first = self.first * at_twins_cost;
        [
            first,
            self.reaching + (self.first - first),
            max(need - self.first - self.reaching, ZERO),
        ]
    }
}

impl Parts<f64> {
    /// The same of one amount.
    #[must_use]
    pub(crate) fn amounts(self, need: f64, at_twins_cost: f64) -> [f64; 3] {
        self.map(all).amounts(all(need), at_twins_cost).map(first)
    }
}

/// As good as one is one.
#[must_use]
pub(crate) fn nearly_one(share: f64) -> f64 {
    if share > 1.0 - HAIR { 1.0 } else { share }
}

/// Neither.
const NOTHING: Parts = Parts {
    first: ZERO,
    reaching: ZERO,
};

/// What would have stood, in a part of the groups.
#[derive(Clone, Debug)]
pub struct Kept {
    years: usize,
    /// Parts of what stands in the year, by four, component and kind of need.
    share: Vec<[[Parts; KEEPING]; COMPONENT_COUNT]>,
    /// Quantities without a plan, by four and year.
    without: Vec<[[[f32; LANES]; KEEPING]; COMPONENT_COUNT]>,
}

impl Kept {
    /// Room for so many fours.
    #[must_use]
    pub fn new(fours: usize, years: usize) -> Self {
        Self {
            years,
            // What never says what stands, as management, would not stand without a plan.
            share: vec![[[NOTHING; KEEPING]; COMPONENT_COUNT]; fours],
            without: vec![[[[0.0; LANES]; KEEPING]; COMPONENT_COUNT]; fours * years],
        }
    }

    /// Parts of what stands in four groups, by component and kind of need.
    #[inline(always)]
    #[must_use]
    pub fn of(&self, four: usize) -> &[[Parts; KEEPING]; COMPONENT_COUNT] {
        &self.share[four]
    }

    /// Takes over what stands without a plan in a block, worked out by itself from its first four on.
    pub fn take(&mut self, block: &Range<usize>, twin: &Self) {
        let years = self.years;
        let size = block.len() * years;
        self.without[block.start * years..][..size].copy_from_slice(&twin.without[..size]);
    }

    /// Writes down what stands without a plan.
    #[inline(always)]
    pub(super) fn note(
        &mut self,
        four: usize,
        t: usize,
        component: usize,
        stands: [Lanes; KEEPING],
    ) -> [Parts; KEEPING] {
        self.without[four * self.years + t][component] = std::array::from_fn(|need| narrow(stands[need]));
        let parts = [Parts { first: ONE, ..NOTHING }; KEEPING];
        self.share[four][component] = parts;
        parts
    }

    /// Compares what stands with what would have stood and with what serves whom the plan reaches, as a part of it.
    #[inline(always)]
    pub(super) fn compare(
        &mut self,
        four: usize,
        t: usize,
        component: usize,
        stands: [Lanes; KEEPING],
        reaching: Lanes,
    ) -> [Parts; KEEPING] {
        let without = self.without[four * self.years + t][component];
        let parts = std::array::from_fn(|need| {
            let share = divide_or(widen(without[need]), stands[need], ONE);
            let first = pick(above(share, all(1.0 - HAIR)), ONE, share);
            Parts {
                first,
                reaching: max(reaching - first, ZERO),
            }
        });
        self.share[four][component] = parts;
        parts
    }
}
