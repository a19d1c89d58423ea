//! What of the needs of a year is funded (6.2).
//!
//! Upkeep and renewal come in three parts: what would have been kept without a plan, which is paid first, then what else
//! serves whom the plan reaches, then the rest. Kept is `π · paid share of the first + μ · paid share of the second + (1 - π - μ) ·
//! paid share of the rest`.

use super::kept::{KEEPING, Kept, Parts};
use super::lanes::{LANES, Lanes, ONE, all};
use super::{CELLS, COMPONENT_COUNT, Cell, component_index};
use crate::scenario::{Component, Level, Need};

/// Largest number of levels.
const LEVELS: usize = Level::ALL.len();

/// Funded shares of one part of each cell, the same for all groups or one by one.
#[derive(Clone, Debug)]
pub struct PartFunded {
    groups: usize,
    /// The share for all groups, per cell; not a number where it differs by group.
    uniform: [f64; CELLS],
    /// Shares `[cell][group]` where they differ.
    by_group: Vec<f64>,
}

/// A funded share.
#[derive(Clone, Copy)]
pub(super) enum Share<'a> {
    /// The same for all groups.
    All(Lanes),
    /// One for each group.
    Each(&'a [f64]),
}

impl Share<'_> {
    /// Shares of four groups.
    #[inline(always)]
    pub(super) fn at(&self, four: usize) -> Lanes {
        match self {
            Self::All(share) => *share,
            Self::Each(shares) => Lanes::from_slice(shares, four * LANES),
        }
    }

    fn is_whole(&self) -> bool {
        matches!(self, Self::All(share) if share.into_arr() == [1.0; LANES])
    }
}

impl PartFunded {
    fn new(groups: usize) -> Self {
        Self {
            groups,
            uniform: [1.0; CELLS],
            by_group: vec![1.0; CELLS * groups],
        }
    }

    /// The same share of a cell for all groups.
    pub fn set(&mut self, at: Cell, share: f64) {
        self.uniform[at.index()] = share;
    }

    /// Shares of a cell by group, to be written.
    pub fn each(&mut self, at: Cell) -> &mut [f64] {
        let at = at.index();
        self.uniform[at] = f64::NAN;
        &mut self.by_group[at * self.groups..(at + 1) * self.groups]
    }

    /// The share of a cell that holds for all groups; none where it differs.
    #[must_use]
    pub fn for_all(&self, at: Cell) -> Option<f64> {
        Some(self.uniform[at.index()]).filter(|share| !share.is_nan())
    }

    /// The share of a cell in any group.
    pub(super) fn share(&self, at: Cell) -> Share<'_> {
        match self.for_all(at) {
            Some(share) => Share::All(all(share)),
            None => Share::Each(&self.by_group[at.index() * self.groups..(at.index() + 1) * self.groups]),
        }
    }
}

/// Share of each cell's need that is funded.
#[derive(Clone, Debug)]
pub struct Funded {
    /// What would have been kept without a plan.
    pub first: PartFunded,
    /// What else serves whom the plan reaches.
    pub reaching: PartFunded,
    /// All else.
    pub rest: PartFunded,
    /// What of national parts is funded, per cell: the groups' shares, weighed by what of it each pays.
    pub national: [f64; CELLS],
    /// What the first part costs without a plan over what it costs with it, at most 1, by component, kind of need, level.
    pub at_twins_cost: [[[f64; LEVELS]; KEEPING]; COMPONENT_COUNT],
}

/// The funded share of one cell, as what it keeps in service.
#[derive(Clone, Copy)]
pub struct Fraction<'a> {
    first: Share<'a>,
    reaching: Share<'a>,
    rest: Share<'a>,
    /// Whether the share of the rest is that of all parts.
    alike: bool,
    kept: &'a Kept,
    /// First of the fours of which `kept` tells.
    from: usize,
    component: usize,
    need: usize,
}

impl Fraction<'_> {
    /// Whether all of the need is funded everywhere.
    #[must_use]
    pub(crate) fn is_whole(&self) -> bool {
        self.alike && self.rest.is_whole()
    }

    /// The share that holds for all groups; none where it differs.
    #[must_use]
    pub(crate) fn for_all(&self) -> Option<f64> {
        let share = |share| match share {
            Share::All(share) => Some(share.into_arr()[0]),
            Share::Each(_) => None,
        };
        let rest = share(self.rest);
        rest.filter(|_| self.need >= KEEPING || (share(self.first) == rest && share(self.reaching) == rest))
    }

    /// Shares of four groups.
    #[inline(always)]
    #[must_use]
    pub fn at(&self, four: usize) -> Lanes {
        if self.alike {
            return self.rest.at(four);
        }
        let Parts { first, reaching } = self.kept.of(four - self.from)[self.component][self.need];
        first * self.first.at(four) + reaching * self.reaching.at(four) + (ONE - first - reaching) * self.rest.at(four)
    }
}

impl Funded {
    /// Room for a number of groups; 0 where none is told apart.
    #[must_use]
    pub fn new(groups: usize) -> Self {
        Self {
            first: PartFunded::new(groups),
            reaching: PartFunded::new(groups),
            rest: PartFunded::new(groups),
            national: [1.0; CELLS],
            at_twins_cost: [[[1.0; LEVELS]; KEEPING]; COMPONENT_COUNT],
        }
    }

    /// Everything is funded.
    pub fn everything(&mut self) {
        self.first.uniform = [1.0; CELLS];
        self.reaching.uniform = [1.0; CELLS];
        self.rest.uniform = [1.0; CELLS];
        self.national = [1.0; CELLS];
    }

    /// What the first part of a need costs without a plan over what it costs with it, by level; 1 where no part is told apart.
    #[must_use]
    pub(super) fn at_twins_cost(&self, component: Component, need: Need) -> [f64; LEVELS] {
        let of_kind = self.at_twins_cost[component_index(component)].get(need as usize);
        *of_kind.unwrap_or(&[1.0; LEVELS])
    }

    /// The funded share of a component's need in groups from a four on.
    #[inline(always)]
    #[must_use]
    pub fn of<'a>(&'a self, component: Component, need: Need, kept: &'a Kept, from: usize) -> Fraction<'a> {
        let at = Cell::of(component, need);
        let (first, reaching, rest) = (self.first.share(at), self.reaching.share(at), self.rest.share(at));
        let whole = || first.is_whole() && reaching.is_whole() && rest.is_whole();
        Fraction {
            first,
            reaching,
            rest,
            alike: need as usize >= KEEPING || whole(),
            kept,
            from,
            component: component_index(component),
            need: need as usize,
        }
    }
}
