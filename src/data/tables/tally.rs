//! Schools of one region, locality and level, added up, and from which cells.

use super::measure::Measure;
use super::remarks::Remarks;
use crate::scenario::{Level, Locality};

/// How many measures there are.
pub(super) const MEASURES: usize = Measure::ALL.len();

/// The cells from which a number was added up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cells {
    /// How many.
    pub count: usize,
    /// Line and column (from 0) of the first.
    pub first: (usize, usize),
    /// The last column.
    pub last_column: usize,
}

impl Cells {
    /// One cell.
    pub(super) const fn one(line: usize, column: usize) -> Self {
        Self {
            count: 1,
            first: (line, column),
            last_column: column,
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        if self.count == 0 {
            *self = other;
        } else if other.count > 0 {
            self.count += other.count;
            self.last_column = self.last_column.max(other.last_column);
        }
    }

    /// The cell, or `sum of 12 cells in column E`.
    #[must_use]
    pub fn said(&self) -> String {
        let letters = super::cell::letters;
        let (line, column) = self.first;
        match self.count {
            0 => String::new(),
            1 => Remarks::cell_name(line, column),
            count if column == self.last_column => format!("sum of {count} cells in column {}", letters(column)),
            count => format!(
                "sum of {count} cells in columns {} to {}",
                letters(column),
                letters(self.last_column)
            ),
        }
    }
}

/// A number of a group and where it comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Given {
    /// The number, as its measure has it.
    pub value: f64,
    /// Its cells; none where it was assumed.
    pub cells: Cells,
}

/// A row of our own table: schools of one region, locality and level.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRow {
    /// Region.
    pub region: String,
    /// Locality.
    pub locality: Locality,
    /// Level.
    pub level: Level,
    /// Size class; empty where schools are not split.
    pub size_class: String,
    /// What is known of it, in the order of [`Measure::ALL`].
    pub numbers: [Option<Given>; MEASURES],
    /// What was assumed of it.
    pub assumed: Vec<&'static str>,
}

impl GroupRow {
    /// A number, if it is known.
    #[must_use]
    pub fn get(&self, measure: Measure) -> Option<f64> {
        self.numbers[measure as usize].map(|given| given.value)
    }

    /// Where a number comes from.
    pub(super) fn cells(&self, measure: Measure) -> String {
        self.numbers[measure as usize].map_or(String::new(), |given| given.cells.said())
    }
}

/// A sum and the weight over which a share or mean of it is taken.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    /// The sum.
    pub value: f64,
    /// What it is a part of.
    pub of: f64,
    /// Its cells.
    pub cells: Cells,
}

impl Sum {
    pub fn add(&mut self, value: f64, of: f64, cells: Cells) {
        self.value += value;
        self.of += of;
        self.cells.add(cells);
    }
}

/// Schools of one region, locality and level, as they are added up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// Sums of the measures, in the order of [`Measure::ALL`]: counts as they are, shares as so many of a whole.
    pub sums: [Sum; MEASURES],
    /// Schools whose learners are not known.
    pub without_learners: f64,
}

impl Tally {
    pub fn sum(&mut self, measure: Measure) -> &mut Sum {
        &mut self.sums[measure as usize]
    }
}
