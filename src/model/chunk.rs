//! Parts of the groups, which are worked on at the same time, and what they need together.

use super::components::{Components, List};
use super::groups::Groups;
use super::kept::{KEEPING, Kept, Parts};
use super::lanes::{LANES, Lanes, ZERO};
use super::sums::{Bin, Sums, kept_row};
use super::tables::Model;
use super::year::LEVELS;
use super::{Cell, component_index};
use crate::scenario::{Component, Need};

/// Fours of groups that go through all components before the next are looked at, so that they stay at hand.
pub(crate) const BLOCK: usize = 64;

/// Fours below which a country is not cut into chunks, and the most chunks there are. Fixed, so that sums are added in
/// the same order on any number of threads.
pub(super) const SMALLEST_CHUNK: usize = 1024;
pub(super) const MOST_CHUNKS: usize = 16;

/// A way to work on all chunks, each once, in any order or at the same time.
pub type Each = fn(&mut [Chunk], &(dyn Fn(&mut Chunk) + Sync));

/// One chunk after the other.
pub fn one_by_one(chunks: &mut [Chunk], work: &(dyn Fn(&mut Chunk) + Sync)) {
    chunks.iter_mut().for_each(work);
}

/// A part of the groups: its stocks and its sums. Chunks are worked on at the same time.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// The plan's stocks.
    pub plan: State,
    /// A block's stocks in the twin, which needs no more: nothing in it waits for money.
    pub twin: State,
    /// Sums of its bins: of the twin, then of the plan.
    pub sums: Sums,
}

/// What the plan needs in one year.
#[derive(Clone, Copy)]
pub struct Needs<'a> {
    /// Year.
    pub t: usize,
    /// Parts of the groups.
    pub chunks: &'a [Chunk],
}

impl Needs<'_> {
    /// Amount of a cell.
    #[must_use]
    pub fn total(&self, at: Cell) -> f64 {
        self.chunks
            .iter()
            .map(|chunk| chunk.sums.need.row(self.t, at.index()).iter().sum::<f64>())
            .sum()
    }

    /// Of upkeep or renewal of a component by level: a part of what stands, as [`kept_row`] tells them.
    #[must_use]
    pub(crate) fn kept_by_level(&self, component: usize, need: usize, part: usize, bin_level: &[u8]) -> [f64; LEVELS] {
        let row = kept_row(component, need, part);
        let mut sums = [0.0; LEVELS];
        for chunk in self.chunks {
            for (bin, amount) in chunk.sums.bins().zip(chunk.sums.kept.row(self.t, row)) {
                sums[usize::from(bin_level[bin.index()])] += amount;
            }
        }
        sums
    }

    /// Amounts of a need by bin, part after part of the groups: bin, amount, and what of it is upkeep or renewal of each part of
    /// what stands.
    pub(crate) fn by_bin(&self, component: Component, need: Need) -> impl Iterator<Item = (Bin, f64, Parts<f64>)> {
        let (at, index, kind) = (Cell::of(component, need), component_index(component), need as usize);
        self.chunks.iter().flat_map(move |chunk| {
            let row = |part| (kind < KEEPING).then(|| chunk.sums.kept.row(self.t, kept_row(index, kind, part)));
            let (first, reaching) = (row(0), row(2));
            let amounts = chunk.sums.need.row(self.t, at.index());
            chunk
                .sums
                .bins()
                .zip(amounts)
                .enumerate()
                .map(move |(here, (bin, amount))| {
                    let of = |row: Option<&[f64]>| row.map_or(0.0, |row| row[here]);
                    let parts = Parts {
                        first: of(first),
                        reaching: of(reaching),
                    };
                    (bin, *amount, parts)
                })
        })
    }

    /// Shows a need four by four in the groups' order: place of the first group, and what it asks for by part (as
    /// [`Parts::amounts`]), constant US$. `at_twins_cost` goes by level.
    #[inline(always)]
    pub(crate) fn by_part(
        &self,
        model: &Model,
        (component, need): (Component, Need),
        at_twins_cost: &[f64; LEVELS],
        mut see: impl FnMut(usize, [Lanes; 3]),
    ) {
        let (index, kind) = (component_index(component), need as usize);
        let at = Cell::of(component, need).index();
        let mut four = 0;
        for chunk in self.chunks {
            let State { groups, kept, .. } = &chunk.plan;
            for (here, row) in groups.rows.iter().enumerate() {
                let needed = row[at];
                let amounts = if kind < KEEPING {
                    let parts = kept.of(here)[index][kind].map(|part| part * needed);
                    parts.amounts(needed, at_twins_cost[model.level_of_four(four)])
                } else {
                    [ZERO, ZERO, needed]
                };
                see(four * LANES, amounts);
                four += 1;
            }
        }
    }
}

/// Groups and what stands in them.
#[derive(Clone, Debug)]
pub struct State {
    /// The groups.
    pub groups: Groups,
    /// What stands, component by component.
    pub stocks: <Components as List>::Stocks,
    /// What of it would have stood without a plan.
    pub kept: Kept,
}

impl State {
    /// Room for so many fours from one on.
    #[must_use]
    pub fn new(first: usize, fours: usize, years: usize, by_group: bool) -> Self {
        Self {
            groups: Groups::new(first, fours, by_group),
            stocks: Components::stocks(fours, years),
            kept: Kept::new(fours, years),
        }
    }
}
