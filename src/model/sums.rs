//! What is summed over groups, year by year: quantities, amounts, services, flows.

use std::ops::Range;

use super::access::MARGINS;
use super::component::{LINES, STOCKS};
use super::lanes::{LANES, Lanes, ZERO, sum};
use super::trajectory::stat;
use super::workspace::Detail;
use super::{CELLS, component_index};
use crate::scenario::Component;

/// Rows of sums by year: `[t][row][bin]`, of all bins or of some that follow one another.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: usize,
    first: usize,
    bins: usize,
    /// Whether what is summed is written down.
    kept: bool,
    data: Vec<f64>,
}

impl Table {
    fn new(years: usize, rows: usize, bins: &Range<usize>) -> Self {
        Self {
            rows,
            first: bins.start,
            bins: bins.len(),
            kept: true,
            data: vec![0.0; years * rows * bins.len()],
        }
    }

    /// One sum; nothing of a bin that is not here.
    #[inline]
    #[must_use]
    pub fn get(&self, t: usize, row: usize, bin: usize) -> f64 {
        let here = bin.wrapping_sub(self.first);
        if here < self.bins {
            self.data[(t * self.rows + row) * self.bins + here]
        } else {
            0.0
        }
    }

    /// A row: one sum a bin that is here.
    #[must_use]
    pub fn row(&self, t: usize, row: usize) -> &[f64] {
        let at = (t * self.rows + row) * self.bins;
        &self.data[at..at + self.bins]
    }

    /// All rows of a year; none if the table is not kept.
    fn year(&self, t: usize) -> &[f64] {
        let size = self.rows * self.bins;
        self.data.get(t * size..(t + 1) * size).unwrap_or_default()
    }

    /// A row of the bins that are here, to be written.
    pub fn row_mut(&mut self, t: usize, row: usize) -> &mut [f64] {
        let at = (t * self.rows + row) * self.bins;
        &mut self.data[at..at + self.bins]
    }

    /// Sums into `N` rows from `first` on; goes nowhere if the table is not kept.
    #[inline(always)]
    pub fn tally<const N: usize>(&mut self, t: usize, first: usize) -> Tally<'_, N> {
        let at = (t * self.rows + first) * self.bins;
        let rows = if self.data.is_empty() || !self.kept {
            &mut []
        } else {
            &mut self.data[at..at + N * self.bins]
        };
        Tally {
            rows,
            first: self.first,
            bins: self.bins,
            now: [u32::try_from(self.first).unwrap_or(0); LANES],
            sums: [ZERO; N],
        }
    }

    /// Adds a table of some of the bins.
    fn add(&mut self, part: &Self) {
        if self.data.is_empty() || !part.kept {
            return;
        }
        let at = part.first - self.first;
        let rows = self
            .data
            .chunks_exact_mut(self.bins)
            .zip(part.data.chunks_exact(part.bins));
        for (sums, parts) in rows {
            for (sum, part) in sums[at..].iter_mut().zip(parts) {
                *sum += part;
            }
        }
    }

    /// Whether both hold the same rows of the same bins.
    fn is_like(&self, other: &Self) -> bool {
        (self.first, self.bins, self.data.len()) == (other.first, other.bins, other.data.len())
    }
}

/// Sums in the making: held while groups of the same bins follow one another.
pub struct Tally<'a, const N: usize> {
    rows: &'a mut [f64],
    first: usize,
    bins: usize,
    now: [u32; LANES],
    sums: [Lanes; N],
}

impl<const N: usize> Tally<'_, N> {
    /// Goes on with the bins of the next four groups.
    #[inline(always)]
    pub fn bin(&mut self, bins: [u32; LANES]) {
        if bins != self.now {
            self.flush();
            self.now = bins;
        }
    }

    /// Adds to one row, counted from the first.
    #[inline(always)]
    pub fn add(&mut self, row: usize, value: Lanes) {
        self.sums[row] += value;
    }

    /// Adds to all rows.
    #[inline(always)]
    pub fn add_all(&mut self, values: [Lanes; N]) {
        for row in 0..N {
            self.sums[row] += values[row];
        }
    }

    fn flush(&mut self) {
        if self.rows.is_empty() {
            return;
        }
        let [first, rest @ ..] = self.now;
        let alike = rest.iter().all(|bin| *bin == first);
        for (row, lanes) in self.sums.iter_mut().enumerate() {
            // Of the bins that are here, `at` is the place of what would be bin 0.
            let at = (row * self.bins).wrapping_sub(self.first);
            if alike {
                self.rows[at.wrapping_add(first as usize)] += sum(*lanes);
            } else {
                for (bin, value) in self.now.iter().zip(lanes.into_arr()) {
                    self.rows[at.wrapping_add(*bin as usize)] += value;
                }
            }
            *lanes = ZERO;
        }
    }
}

impl<const N: usize> Drop for Tally<'_, N> {
    fn drop(&mut self) {
        self.flush();
    }
}

/// All that a pass sums over groups.
#[derive(Clone, Debug)]
pub struct Sums {
    /// Quantity by cost line.
    pub quantity: Table,
    /// Amount needed by cell, constant US$.
    pub need: Table,
    /// Services and stocks, see [`stat`].
    pub stats: Table,
    /// What came into each stock and what left it; at full detail only.
    pub flows: Table,
    /// Learners, reached and dose by margin; at full detail only.
    pub persons: Table,
}

impl Sums {
    /// Room for years and bins that follow one another.
    #[must_use]
    pub fn new(years: usize, bins: &Range<usize>, detail: Detail) -> Self {
        let kept = |rows| {
            if detail == Detail::Full {
                Table::new(years, rows, bins)
            } else {
                Table::default()
            }
        };
        Self {
            quantity: Table::new(years, LINES.len(), bins),
            need: Table::new(years, CELLS, bins),
            stats: Table::new(years, stat::COUNT, bins),
            flows: kept(STOCKS.len() * 2),
            persons: kept(MARGINS * 3),
        }
    }

    /// Whether results by person are kept.
    #[must_use]
    pub fn keeps_persons(&self) -> bool {
        self.persons.kept && !self.persons.data.is_empty()
    }

    /// Gives back the room for persons and flows.
    pub(super) fn forget_persons(&mut self) {
        (self.flows, self.persons) = (Table::default(), Table::default());
    }

    /// Gives back all but quantities.
    pub(super) fn forget_all_but_quantities(&mut self) {
        self.forget_persons();
        (self.need, self.stats) = (Table::default(), Table::default());
    }

    /// The bins that are summed here.
    #[must_use]
    pub fn bins(&self) -> Range<usize> {
        self.need.first..self.need.first + self.need.bins
    }

    /// Whether from here on persons and flows are written down, where there is room for them.
    pub fn keep_persons(&mut self, kept: bool) {
        (self.flows.kept, self.persons.kept) = (kept, kept);
    }

    /// Whether both have room for the same.
    #[must_use]
    pub fn is_like(&mut self, other: &mut Self) -> bool {
        let others = other.tables();
        self.tables()
            .iter()
            .zip(others)
            .all(|(table, other)| table.is_like(other))
    }

    /// Whether all sums of a year are numbers.
    pub(super) fn are_finite(&self, t: usize) -> bool {
        [&self.quantity, &self.need, &self.stats, &self.flows, &self.persons]
            .iter()
            .all(|table| table.year(t).iter().all(|sum| sum.is_finite()))
    }

    fn tables(&mut self) -> [&mut Table; 5] {
        [
            &mut self.quantity,
            &mut self.need,
            &mut self.stats,
            &mut self.flows,
            &mut self.persons,
        ]
    }

    /// Empties all tables.
    pub fn clear(&mut self) {
        for table in self.tables() {
            table.data.fill(0.0);
        }
    }

    /// Adds another part of the groups.
    pub fn add(&mut self, other: &Self) {
        let others = [&other.quantity, &other.need, &other.stats, &other.flows, &other.persons];
        for (table, other) in self.tables().into_iter().zip(others) {
            table.add(other);
        }
    }

    /// Quantities of `N` cost lines and the three amounts (upkeep, renewal, expansion) of a component, to be summed.
    #[inline(always)]
    pub fn component<const N: usize>(
        &mut self,
        t: usize,
        component: Component,
        first_line: usize,
    ) -> (Tally<'_, N>, Tally<'_, 3>) {
        (
            self.quantity.tally(t, first_line),
            self.need.tally(t, component_index(component) * 3),
        )
    }

    /// What came into a stock and what left it, to be summed.
    #[inline(always)]
    pub fn flow(&mut self, t: usize, stock: usize) -> Tally<'_, 2> {
        self.flows.tally(t, stock * 2)
    }
}
