//! A number for every year.

use std::sync::Arc;

use super::field::{Field, Span};
use super::quantity::{Confidence, Passport, confidence, default_passport};

/// A number for every year: points joined by straight lines, level outside them.
#[derive(Clone, Debug, PartialEq)]
pub struct YearPath {
    /// Points in order of year; a single point of year 0 is a constant.
    pub points: Vec<(i32, f64)>,
    /// What is known of it.
    pub passport: Option<Arc<Passport>>,
}

impl YearPath {
    /// The same value in every year.
    #[must_use]
    pub fn constant(value: f64) -> Self {
        Self {
            points: vec![(0, value)],
            passport: None,
        }
    }

    /// Points joined by straight lines.
    #[must_use]
    pub fn of(points: &[(i32, f64)]) -> Self {
        Self {
            points: points.to_vec(),
            passport: None,
        }
    }

    /// The value if it is the same in every year.
    #[must_use]
    pub fn as_constant(&self) -> Option<f64> {
        match self.points[..] {
            [(0, value)] => Some(value),
            _ => None,
        }
    }

    /// Value in a year; not a number for an empty path.
    #[must_use]
    pub fn at(&self, year: i32) -> f64 {
        let Some(&(first, first_value)) = self.points.first() else {
            return f64::NAN;
        };
        if year <= first {
            return first_value;
        }
        for pair in self.points.windows(2) {
            let ((y0, v0), (y1, v1)) = (pair[0], pair[1]);
            if year <= y1 {
                return v0 + (v1 - v0) * f64::from(year - y0) / f64::from(y1 - y0);
            }
        }
        self.points.last().map_or(first_value, |last| last.1)
    }

    /// What is written for that very year, or the constant: a schedule gives nothing in a year that is not written.
    #[must_use]
    pub fn in_year(&self, year: i32) -> f64 {
        self.as_constant().unwrap_or_else(|| {
            let written = self.points.iter().find(|point| point.0 == year);
            written.map_or(0.0, |point| point.1)
        })
    }

    /// Value in a year as the path of a field.
    #[must_use]
    pub(super) fn of_field(&self, field: &Field, year: i32) -> f64 {
        if field.span == Span::Written {
            self.in_year(year)
        } else {
            self.at(year)
        }
    }

    /// Takes values year by year from `first` on. The years that are written stay the only ones where the values in
    /// between still lie on straight lines; where they do not, each year is written. A path that means something
    /// outside these years keeps its points there.
    pub(super) fn fit(&mut self, field: &Field, wanted: &[f64], first: i32) {
        let year = |at: usize| first + i32::try_from(at).unwrap_or(0);
        let gives =
            |path: &Self| (0..wanted.len()).all(|at| path.of_field(field, year(at)).to_bits() == wanted[at].to_bits());
        if gives(self) {
            return;
        }
        let value_of = |wanted_year: i32| {
            let at = usize::try_from(wanted_year - first).ok()?;
            wanted.get(at).copied()
        };
        let mut moved = self.clone();
        for (of, value) in &mut moved.points {
            *value = match *of {
                0 => wanted[0],
                of => value_of(of).unwrap_or(*value),
            };
        }
        if !gives(&moved) {
            let inside = first..first + i32::try_from(wanted.len()).unwrap_or(0);
            moved
                .points
                .retain(|(of, _)| field.span == Span::AnyYear && *of != 0 && !inside.contains(of));
            moved
                .points
                .extend(wanted.iter().enumerate().map(|(at, value)| (year(at), *value)));
            moved.points.sort_by_key(|point| point.0);
        }
        self.points = moved.points;
    }

    /// The passport that counts: its own, or that of the field's default.
    #[must_use]
    pub fn passport(&self, field: &Field) -> Passport {
        match &self.passport {
            Some(own) => (**own).clone(),
            None if self.is_default(field) => default_passport(field),
            None => Passport::default(),
        }
    }

    /// How far it can be trusted.
    #[must_use]
    pub fn confidence(&self, field: &Field) -> Confidence {
        confidence(self.passport.as_deref(), self.is_default(field), field)
    }

    pub(super) fn is_default(&self, field: &Field) -> bool {
        self.passport.is_none() && self.as_constant().is_some_and(|value| field.default == Some(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_straight_between_points_and_level_outside() {
        let path = YearPath::of(&[(2027, 0.4), (2030, 0.7)]);
        // By hand: one third of the way from 0.4 to 0.7 is 0.5.
        assert!((path.at(2028) - 0.5).abs() < 1e-12);
        assert!((path.at(2020) - 0.4).abs() < 1e-12);
        assert!((path.at(2040) - 0.7).abs() < 1e-12);
    }
}
