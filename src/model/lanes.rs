//! Four groups at a time: what a processor adds in one instruction, written like a number.
//!
//! Inside a model groups of the same level stand four by four; a level that does not fill its last four is filled up
//! with places that hold no school, no learner and no teacher.

use simba::simd::{SimdPartialOrd, SimdValue, WideBoolF64x4, WideF64x4};

/// Groups that are worked on together.
pub const LANES: usize = 4;

/// One number for each of four groups.
pub type Lanes = WideF64x4;

/// A yes or no for each of four groups.
pub type Mask = WideBoolF64x4;

/// Nothing.
pub const ZERO: Lanes = Lanes::ZERO;

/// One.
pub const ONE: Lanes = Lanes::ONE;

/// The same number for all four.
#[inline(always)]
#[must_use]
pub fn all(value: f64) -> Lanes {
    Lanes::splat(value)
}

/// The larger, group by group. Neither is ever not a number.
#[inline(always)]
#[must_use]
pub fn max(a: Lanes, b: Lanes) -> Lanes {
    WideF64x4(a.0.fast_max(b.0))
}

/// The smaller, group by group. Neither is ever not a number.
#[inline(always)]
#[must_use]
pub fn min(a: Lanes, b: Lanes) -> Lanes {
    WideF64x4(a.0.fast_min(b.0))
}

/// Kept between 0 and 1.
#[inline(always)]
#[must_use]
pub fn share(a: Lanes) -> Lanes {
    min(max(a, ZERO), ONE)
}

/// Where `a > b`.
#[inline(always)]
#[must_use]
pub fn above(a: Lanes, b: Lanes) -> Mask {
    a.simd_gt(b)
}

/// `yes` where the mask holds, `no` elsewhere.
#[inline(always)]
#[must_use]
pub fn pick(mask: Mask, yes: Lanes, no: Lanes) -> Lanes {
    yes.select(mask, no)
}

/// `a / b` where `b` is above zero, `otherwise` elsewhere.
#[inline(always)]
#[must_use]
pub fn divide_or(a: Lanes, b: Lanes, otherwise: Lanes) -> Lanes {
    pick(above(b, ZERO), a / b, otherwise)
}

/// Rounded up to a whole number; for numbers from 0 to 2^51.
#[inline(always)]
#[must_use]
pub fn ceil(a: Lanes) -> Lanes {
    let shift = all(4_503_599_627_370_496.0);
    let nearest = (a + shift) - shift;
    nearest + pick(above(a, nearest), ONE, ZERO)
}

/// Whether any of the four is above zero.
#[inline(always)]
#[must_use]
pub fn any_above_zero(a: Lanes) -> bool {
    above(a, ZERO).0.any()
}

/// The first of the four: the value of a term, which is the same for all.
#[inline]
#[must_use]
pub fn first(a: Lanes) -> f64 {
    a.extract(0)
}

/// Sum of the four, always in the same order.
#[inline(always)]
#[must_use]
pub fn sum(a: Lanes) -> f64 {
    let [a, b, c, d] = a.into_arr();
    (a + b) + (c + d)
}

/// As it is stored where half the digits do.
#[inline(always)]
#[must_use]
#[allow(clippy::cast_possible_truncation)]
pub fn narrow(a: Lanes) -> [f32; LANES] {
    a.into_arr().map(|value| value as f32)
}

/// Back from storage.
#[inline(always)]
#[must_use]
pub fn widen(a: [f32; LANES]) -> Lanes {
    Lanes::from_arr(a.map(f64::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_at_a_time_do_what_one_does() {
        let a = Lanes::from_arr([0.0, 1.0, 1.25, 7.999]);
        assert_eq!(ceil(a).into_arr(), [0.0, 1.0, 2.0, 8.0]);
        assert_eq!(
            divide_or(ONE, Lanes::from_arr([0.0, 2.0, -1.0, 4.0]), ZERO).into_arr(),
            [0.0, 0.5, 0.0, 0.25]
        );
        assert_eq!(
            share(Lanes::from_arr([-1.0, 0.5, 1.0, 3.0])).into_arr(),
            [0.0, 0.5, 1.0, 1.0]
        );
        assert_eq!(sum(Lanes::from_arr([1.0, 2.0, 4.0, 8.0])), 15.0);
    }
}
