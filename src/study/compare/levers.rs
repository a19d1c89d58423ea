//! Least, mean and most of each lever over several proposals, and who holds them.

use super::{Difference, Part, Value};
use crate::scenario::YearPath;
use crate::scenario::field::Span;

/// A lever that is not the same in all proposals.
#[derive(Clone, Debug, PartialEq)]
pub struct LeverSpread {
    /// Position among the inputs that differ.
    pub input: usize,
    /// Year in which a path is read; none for a number.
    pub year: Option<i32>,
    /// A value for each proposal, in the unit of the input; none where it has none.
    pub values: Vec<Option<f64>>,
    /// Least value, and the first proposal that holds it.
    pub least: (f64, usize),
    /// Mean of the values that there are.
    pub mean: f64,
    /// Most, and the first proposal that holds it.
    pub most: (f64, usize),
}

/// The levers of plan and funding that differ: numbers, and paths in the last common year. Words have no mean.
pub(super) fn levers(differences: &[Difference], year: i32) -> Vec<LeverSpread> {
    let of = |(input, difference): (usize, &Difference)| {
        let path = difference
            .values
            .iter()
            .flatten()
            .any(|value| matches!(value, Value::Path(_)));
        let at = |value: &Value| match value {
            Value::Number(number) => Some(*number),
            // Nothing is released in a year that is not written.
            Value::Path(points) if difference.field.span == Span::Written => Some(YearPath::of(points).in_year(year)),
            Value::Path(points) => Some(YearPath::of(points).at(year)),
            Value::Word(_) => None,
        };
        let values: Vec<Option<f64>> = difference
            .values
            .iter()
            .map(|value| value.as_ref().and_then(at).filter(|value| value.is_finite()))
            .collect();
        let known = || {
            values
                .iter()
                .enumerate()
                .filter_map(|(at, value)| Some((value.as_ref().copied()?, at)))
        };
        let least = known().reduce(|least, other| if other.0 < least.0 { other } else { least })?;
        let most = known().reduce(|most, other| if other.0 > most.0 { other } else { most })?;
        #[allow(clippy::cast_precision_loss)]
        let mean = known().map(|(value, _)| value).sum::<f64>() / known().count() as f64;
        Some(LeverSpread {
            input,
            year: path.then_some(year),
            least,
            mean,
            most,
            values,
        })
    };
    let levers = differences.iter().enumerate();
    levers
        .filter(|(_, difference)| matches!(difference.part(), Part::Plan | Part::Funding))
        .filter_map(of)
        .collect()
}
