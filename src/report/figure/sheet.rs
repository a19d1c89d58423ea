//! Things side by side, a column each: charts, rows of numbers and bars in the same columns, on one page.

use super::{Axis, Entry, Rgb, Series, TableRow};
use crate::units::NumberFormat;

/// A thing that is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name.
    pub name: String,
    /// What it is, in a few words.
    pub note: String,
    /// Mark and colour, which stay with it wherever it stands.
    pub mark: usize,
    /// Colour of its name and line.
    pub colour: Rgb,
}

/// How the sample of a part looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Filled.
    Full,
    /// Hatched: what is missing.
    Hatched,
    /// Dotted: what is paid back.
    Dotted,
}

/// A part by its name and ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Name.
    pub name: String,
    /// Colour.
    pub colour: Rgb,
    /// Ground.
    pub ground: Ground,
}

/// What a column has in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetCell {
    /// The number; none where there is none.
    pub value: Option<f64>,
    /// As a person reads it.
    pub shown: String,
    /// What stands behind it: the difference from the base, or more of the base's own.
    pub beside: String,
    /// Best or worst of its row; none where it is neither.
    pub best: Option<bool>,
}

/// A row of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    /// Name.
    pub name: String,
    /// Unit in the table, where it is not that of the sheet.
    pub unit: String,
    /// The part whose legend it is.
    pub sample: Option<Sample>,
    /// Whether it is the sum of the rows above.
    pub total: bool,
    /// A cell a column.
    pub cells: Vec<SheetCell>,
}

/// A row of bars.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetBars {
    /// Name.
    pub name: String,
    /// What the whole comes to.
    pub told: String,
    /// For each column the share of each part of the sheet.
    pub shares: Vec<Vec<f64>>,
    /// Words behind each bar.
    pub labels: Vec<String>,
}

/// A part of a sheet, from edge to edge.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Stacked bars by year.
    Bars {
        /// What is asked.
        name: String,
        /// In small below it.
        notes: Vec<String>,
        /// Axis that all columns share.
        axis: Axis,
        /// For each column a value a year of each part of the sheet; what is below zero hangs.
        columns: Vec<Vec<Vec<f64>>>,
    },
    /// A line a column, the others in grey behind it.
    Lines {
        /// What is asked.
        name: String,
        /// In small below it.
        notes: Vec<String>,
        /// Axis that all columns share.
        axis: Axis,
        /// Lines, a column each.
        lines: Vec<Series>,
    },
    /// Rows of numbers.
    Rows {
        /// Name; empty where the rows need none.
        name: String,
        /// Rows.
        rows: Vec<SheetRow>,
    },
    /// Bars of shares.
    Shares {
        /// Name.
        name: String,
        /// What the numbers and bars are.
        note: String,
        /// Rows.
        rows: Vec<SheetBars>,
    },
}

/// A page of columns; the first is the base.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// What it says, the finding first.
    pub said: Vec<String>,
    /// Columns.
    pub columns: Vec<Column>,
    /// What stands beside the name of the base.
    pub base: String,
    /// The column at hand, if there is one.
    pub chosen: Option<usize>,
    /// Parts of which bars are made.
    pub parts: Vec<Sample>,
    /// Words for the best and the worst of a row.
    pub verdicts: [String; 2],
    /// What stands below one another.
    pub blocks: Vec<Block>,
    /// Ground and edge of the base's column.
    pub tint: Rgb,
    /// Colours of what is best and worst.
    pub colours: [Rgb; 2],
}

impl Sheet {
    /// Rows of its table: a column for each thing.
    pub(super) fn rows(&self, years: &[i32], format: NumberFormat) -> Vec<TableRow> {
        let number = |value: f64, shown: String| value.is_finite().then_some(Entry::Shown(value, shown));
        let mut rows = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Bars {
                    name, axis, columns, ..
                } => {
                    for (part, sample) in self.parts.iter().enumerate() {
                        for (at, year) in years.iter().enumerate() {
                            let cells: Vec<f64> = columns.iter().map(|column| column[part][at]).collect();
                            if cells.iter().all(|value| *value == 0.0) {
                                continue;
                            }
                            rows.push(TableRow {
                                name: format!("{name}: {}, {year}", sample.name),
                                cells: cells
                                    .into_iter()
                                    .map(|value| number(value, axis.show(value, format)))
                                    .collect(),
                            });
                        }
                    }
                }
                Block::Lines { name, axis, lines, .. } => {
                    for (at, year) in years.iter().enumerate() {
                        let value = |line: &Series| line.values.get(at).copied().unwrap_or(f64::NAN);
                        rows.push(TableRow {
                            name: format!("{name}, {year}"),
                            cells: lines
                                .iter()
                                .map(|line| number(value(line), axis.show(value(line), format)))
                                .collect(),
                        });
                    }
                }
                Block::Rows { rows: of, .. } => rows.extend(of.iter().map(|row| {
                    TableRow {
                        name: if row.unit.is_empty() {
                            row.name.clone()
                        } else {
                            format!("{} ({})", row.name, row.unit)
                        },
                        cells: row
                            .cells
                            .iter()
                            .map(|cell| Some(Entry::Shown(cell.value?, cell.shown.clone())))
                            .collect(),
                    }
                })),
                Block::Shares { name, rows: of, .. } => {
                    for row in of {
                        for (part, sample) in self.parts.iter().enumerate() {
                            let shares = row.shares.iter().map(|shares| shares[part]);
                            if shares.clone().all(|share| share == 0.0) {
                                continue;
                            }
                            rows.push(TableRow {
                                name: format!("{name}: {}, {} (%)", row.name, sample.name),
                                cells: shares
                                    .map(|share| number(100.0 * share, format.fixed(100.0 * share, 0)))
                                    .collect(),
                            });
                        }
                    }
                }
            }
        }
        rows
    }
}
