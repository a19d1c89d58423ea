//! What of the plan's things would have stood without a plan as well (6.2): its upkeep and renewal come first.
//!
//! Of each component in four groups `π = min(1, quantity without a plan / quantity with it)` at the opening of the year,
//! whatever the kind. Quantities are those that upkeep and renewal are stated for.

use std::ops::Range;

use super::COMPONENT_COUNT;
use super::lanes::{LANES, Lanes, ONE, ZERO, above, all, divide_or, narrow, pick, widen};

/// Kinds of need that keep what stands: upkeep and renewal.
pub(crate) const KEEPING: usize = 2;

/// Component and kind of need as one index, of those that keep what stands.
pub(crate) const KEPT: usize = COMPONENT_COUNT * KEEPING;

/// A number below one by less than this is one: quantities without a plan are stored with half their digits.
const HAIR: f64 = 1e-6;

/// As good as one is one.
#[must_use]
pub(crate) fn nearly_one(share: f64) -> f64 {
    if share > 1.0 - HAIR { 1.0 } else { share }
}

/// What would have stood, in a part of the groups.
#[derive(Clone, Debug)]
pub struct Kept {
    years: usize,
    /// π of the year by four, component and kind of need.
    share: Vec<[[Lanes; KEEPING]; COMPONENT_COUNT]>,
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
            share: vec![[[ZERO; KEEPING]; COMPONENT_COUNT]; fours],
            without: vec![[[[0.0; LANES]; KEEPING]; COMPONENT_COUNT]; fours * years],
        }
    }

    /// π of four groups by component and kind of need.
    #[inline(always)]
    #[must_use]
    pub fn of(&self, four: usize) -> &[[Lanes; KEEPING]; COMPONENT_COUNT] {
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
    pub(super) fn note(&mut self, four: usize, t: usize, component: usize, stands: [Lanes; KEEPING]) {
        self.without[four * self.years + t][component] = stands.map(narrow);
        self.share[four][component] = [ONE; KEEPING];
    }

    /// Compares what stands with what would have stood: π, and the quantity that would.
    #[inline(always)]
    pub(super) fn compare(
        &mut self,
        four: usize,
        t: usize,
        component: usize,
        stands: [Lanes; KEEPING],
    ) -> [[Lanes; KEEPING]; 2] {
        let without = self.without[four * self.years + t][component];
        let share: [Lanes; KEEPING] = std::array::from_fn(|need| {
            let share = divide_or(widen(without[need]), stands[need], ONE);
            pick(above(share, all(1.0 - HAIR)), ONE, share)
        });
        self.share[four][component] = share;
        [share, std::array::from_fn(|need| share[need] * stands[need])]
    }
}
