//! Cumulated shares: of what some people have, how much falls on the first of them, in an order such as from the poorest.

use super::{Entry, Rgb, Style, TableRow};

/// Curves over cumulated shares of people, with the line of an even share.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Curves, the one that matters most first.
    pub lines: Vec<CurveLine>,
    /// Name of the line on which all have the same.
    pub even: String,
    /// Colour of that line and its name.
    pub colour: Rgb,
    /// Who stands at the left end and who at the right.
    pub ends: [String; 2],
    /// Names of the steps: up to whom the people are counted.
    pub steps: Vec<String>,
}

/// One curve.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveLine {
    /// Name, which stands beside it.
    pub name: String,
    /// Cumulated shares in percent, of people and of what they have, step by step; the origin is not among them.
    pub points: Vec<(f64, f64)>,
    /// Way of drawing: bold or dashed.
    pub style: Style,
    /// Colour.
    pub colour: Rgb,
}

impl Curve {
    /// What each line has by each step.
    pub(super) fn table(&self) -> Vec<TableRow> {
        let of = |line: &CurveLine| TableRow {
            name: line.name.clone(),
            cells: line.points.iter().map(|(_, has)| Some(Entry::Number(*has))).collect(),
        };
        self.lines.iter().map(of).collect()
    }
}
