//! What of the needs of a year is funded.

use super::lanes::{LANES, Lanes, all};
use super::{CELLS, Cell};
use crate::scenario::{Component, Need};

/// Share of each cell's need that is funded, the same for all groups or one by one.
#[derive(Clone, Debug)]
pub struct Funded {
    groups: usize,
    /// The share for all groups, per cell; not a number where it differs by group.
    pub uniform: [f64; CELLS],
    /// Shares `[cell][group]` where they differ.
    pub by_group: Vec<f64>,
}

/// The funded share of one cell.
#[derive(Clone, Copy)]
pub enum Fraction<'a> {
    /// The same for all groups.
    All(Lanes),
    /// One for each group.
    Each(&'a [f64]),
}

impl Fraction<'_> {
    /// Whether all of the need is funded everywhere.
    #[must_use]
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self, Self::All(share) if share.into_arr() == [1.0; LANES])
    }

    /// Shares of four groups.
    #[inline(always)]
    #[must_use]
    pub fn at(&self, four: usize) -> Lanes {
        match self {
            Self::All(share) => *share,
            Self::Each(shares) => {
                let at = four * LANES;
                Lanes::from_arr([shares[at], shares[at + 1], shares[at + 2], shares[at + 3]])
            }
        }
    }
}

impl Funded {
    /// Room for a number of groups.
    #[must_use]
    pub fn new(groups: usize) -> Self {
        Self {
            groups,
            uniform: [1.0; CELLS],
            by_group: vec![1.0; CELLS * groups],
        }
    }

    /// Everything is funded.
    pub fn everything(&mut self) {
        self.uniform = [1.0; CELLS];
    }

    /// Shares of a cell by group, to be written.
    pub fn each(&mut self, at: Cell) -> &mut [f64] {
        let at = at.index();
        self.uniform[at] = f64::NAN;
        &mut self.by_group[at * self.groups..(at + 1) * self.groups]
    }

    /// Shares of a cell by group.
    #[must_use]
    pub fn shares(&self, at: Cell) -> &[f64] {
        let at = at.index();
        &self.by_group[at * self.groups..(at + 1) * self.groups]
    }

    /// The funded share of a component's need.
    #[must_use]
    pub fn of(&self, component: Component, need: Need) -> Fraction<'_> {
        let at = Cell::of(component, need);
        if self.uniform[at.index()].is_nan() {
            Fraction::Each(self.shares(at))
        } else {
            Fraction::All(all(self.uniform[at.index()]))
        }
    }
}
