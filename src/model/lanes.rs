//! Four groups at a time: written like a number, computed as many at once as the processor can.
//!
//! Inside a model groups of the same level stand four by four; a level that does not fill its last four is filled up
//! with places that hold no school, no learner and no teacher. Each operation is written lane by lane, so that the
//! compiler can use instructions of any width: two lanes on every processor, four where [`widest`] finds them.

use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Sub, SubAssign};

/// Groups that are worked on together.
pub(crate) const LANES: usize = 4;

/// One number for each of four groups.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(C, align(32))]
pub struct Lanes([f64; LANES]);

/// A yes or no for each of four groups.
#[derive(Clone, Copy, Debug)]
pub struct Mask([bool; LANES]);

/// Nothing.
pub const ZERO: Lanes = Lanes([0.0; LANES]);

/// One.
pub(crate) const ONE: Lanes = Lanes([1.0; LANES]);

impl Lanes {
    /// From the numbers of the four groups.
    #[inline(always)]
    #[must_use]
    pub(crate) const fn from_arr(lanes: [f64; LANES]) -> Self {
        Self(lanes)
    }

    /// From the numbers of groups in their order, four of them from a place on.
    #[inline(always)]
    #[must_use]
    pub(crate) fn from_slice(numbers: &[f64], at: usize) -> Self {
        let numbers = &numbers[at..at + LANES];
        Self([numbers[0], numbers[1], numbers[2], numbers[3]])
    }

    /// The numbers of the four groups.
    #[inline(always)]
    #[must_use]
    pub(crate) const fn into_arr(self) -> [f64; LANES] {
        self.0
    }

    /// A function of two numbers, group by group.
    #[inline(always)]
    #[must_use]
    pub fn with(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        let ([a, b, c, d], [e, g, h, i]) = (self.0, other.0);
        Self([f(a, e), f(b, g), f(c, h), f(d, i)])
    }
}

macro_rules! operators {
    ($($operator:ident $method:ident $assigning:ident $assign:ident;)*) => { $(
        impl $operator for Lanes {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                self.with(other, f64::$method)
            }
        }
        impl $operator<f64> for Lanes {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: f64) -> Self {
                self.with(all(other), f64::$method)
            }
        }
        impl $operator<Lanes> for f64 {
            type Output = Lanes;
            #[inline(always)]
            fn $method(self, other: Lanes) -> Lanes {
                all(self).with(other, f64::$method)
            }
        }
        impl $assigning for Lanes {
            #[inline(always)]
            fn $assign(&mut self, other: Self) {
                *self = $operator::$method(*self, other);
            }
        }
    )* };
}

operators! {
    Add add AddAssign add_assign;
    Sub sub SubAssign sub_assign;
    Mul mul MulAssign mul_assign;
    Div div DivAssign div_assign;
}

/// Runs a piece of work with the widest instructions that this processor has. The results are the same to the bit: each
/// lane is computed with the same operations, whatever the width.
#[inline(always)]
pub(crate) fn widest(work: impl FnOnce()) {
    pulp::Arch::new().dispatch(work);
}

/// The same number for all four.
#[inline(always)]
#[must_use]
pub const fn all(value: f64) -> Lanes {
    Lanes([value; LANES])
}

/// The larger, group by group. Neither is ever not a number.
#[inline(always)]
#[must_use]
pub fn max(a: Lanes, b: Lanes) -> Lanes {
    a.with(b, |a, b| if a > b { a } else { b })
}

/// The smaller, group by group. Neither is ever not a number.
#[inline(always)]
#[must_use]
pub fn min(a: Lanes, b: Lanes) -> Lanes {
    a.with(b, |a, b| if a < b { a } else { b })
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
    Mask([a.0[0] > b.0[0], a.0[1] > b.0[1], a.0[2] > b.0[2], a.0[3] > b.0[3]])
}

/// `yes` where the mask holds, `no` elsewhere.
#[inline(always)]
#[must_use]
pub fn pick(mask: Mask, yes: Lanes, no: Lanes) -> Lanes {
    let of = |lane: usize| if mask.0[lane] { yes.0[lane] } else { no.0[lane] };
    Lanes([of(0), of(1), of(2), of(3)])
}

/// `a / b` where `b` is above zero, `otherwise` elsewhere.
#[inline(always)]
#[must_use]
pub(crate) fn divide_or(a: Lanes, b: Lanes, otherwise: Lanes) -> Lanes {
    pick(above(b, ZERO), a / b, otherwise)
}

/// Rounded up to a whole number; for numbers from 0 to 2^51.
#[inline(always)]
#[must_use]
pub fn ceil(a: Lanes) -> Lanes {
    const SHIFT: f64 = 4_503_599_627_370_496.0;
    let nearest = (a + SHIFT) - SHIFT;
    nearest + pick(above(a, nearest), ONE, ZERO)
}

/// Whether any of the four is above zero.
#[inline(always)]
#[must_use]
pub(crate) fn any_above_zero(a: Lanes) -> bool {
    let Mask([a, b, c, d]) = above(a, ZERO);
    a | b | c | d
}

/// The first of the four.
#[inline(always)]
#[must_use]
pub const fn first(a: Lanes) -> f64 {
    a.0[0]
}

/// Sum of the four, always in the same order.
#[inline(always)]
#[must_use]
pub fn sum(a: Lanes) -> f64 {
    let [a, b, c, d] = a.0;
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
pub(crate) fn widen(a: [f32; LANES]) -> Lanes {
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
