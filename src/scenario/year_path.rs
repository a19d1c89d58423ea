//! A number for every year.

use std::sync::Arc;

use super::field::{Field, Span};
use super::quantity::{Confidence, Passport, confidence, default_passport};

/// A number for every year: points joined by straight lines, level outside them.
#[derive(Clone, Debug, PartialEq)]
pub struct YearPath {
    /// Points in order of year; a single point of year 0 is a constant.
    pub points: Vec<(i32, f64)>,
    /// Whether the years are fiscal ones, called by the calendar year in which they begin.
    pub fiscal: bool,
    /// What is known of it.
    pub passport: Option<Arc<Passport>>,
}

impl YearPath {
    /// The same value in every year.
    #[must_use]
    pub fn constant(value: f64) -> Self {
        Self {
            points: vec![(0, value)],
            fiscal: false,
            passport: None,
        }
    }

    /// Points joined by straight lines.
    #[must_use]
    pub fn of(points: &[(i32, f64)]) -> Self {
        Self {
            points: points.to_vec(),
            fiscal: false,
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

    /// Value in a calendar year as the path of a field. `start` is the month in which fiscal years begin: the months before
    /// it belong to the fiscal year of the calendar year before.
    #[must_use]
    pub(super) fn of_field(&self, field: &Field, year: i32, start: u8) -> f64 {
        if field.span == Span::Written {
            self.released_in(year, start)
        } else {
            self.level_in(year, start)
        }
    }

    /// Value in a calendar year of a path that is level outside its points.
    #[must_use]
    pub(crate) fn level_in(&self, year: i32, start: u8) -> f64 {
        self.by_months(year, start, |year| self.at(year))
    }

    /// What a schedule gives in a calendar year.
    #[must_use]
    pub(super) fn released_in(&self, year: i32, start: u8) -> f64 {
        self.by_months(year, start, |year| self.in_year(year))
    }

    fn by_months(&self, year: i32, start: u8, of: impl Fn(i32) -> f64) -> f64 {
        if self.fiscal {
            let before = months_before(start);
            of(year - 1) * before + of(year) * (1.0 - before)
        } else {
            of(year)
        }
    }

    /// A year of the path as a person writes it: `2027`, `2026/27`.
    #[must_use]
    pub fn year_name(&self, year: i32) -> String {
        if self.fiscal {
            fiscal_name(year)
        } else {
            year.to_string()
        }
    }

    /// Takes values year by year from `first` on. The years that are written stay the only ones where the values in
    /// between still lie on straight lines; where they do not, each year is written. A path that means something
    /// outside these years keeps its points there; one of fiscal years becomes one of calendar years. One unit as written is `factor` of what is wanted.
    pub(super) fn fit(&mut self, field: &Field, wanted: &[f64], first: i32, (factor, start): (f64, u8)) {
        let year = |at: usize| first + i32::try_from(at).unwrap_or(0);
        let value = |path: &Self, at: usize| path.of_field(field, year(at), start) * factor;
        if (0..wanted.len()).all(|at| value(self, at).to_bits() == wanted[at].to_bits()) {
            return;
        }
        let wanted: Vec<f64> = wanted.iter().map(|wanted| wanted / factor).collect();
        let gives = |path: &Self| {
            (0..wanted.len()).all(|at| path.of_field(field, year(at), start).to_bits() == wanted[at].to_bits())
        };
        let value_of = |wanted_year: i32| {
            let at = usize::try_from(wanted_year - first).ok()?;
            wanted.get(at).copied()
        };
        let mut moved = self.clone();
        moved.fiscal = false;
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
        *self = moved;
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

    /// Whether it is the default of its field, untouched.
    #[must_use]
    pub(crate) fn is_default(&self, field: &Field) -> bool {
        self.passport.is_none() && self.as_constant().is_some_and(|value| field.default == Some(value))
    }
}

/// The part of a calendar year that lies before a month.
#[must_use]
pub(super) fn months_before(month: u8) -> f64 {
    f64::from(month.max(1) - 1) / 12.0
}

/// The calendar year in which a fiscal year begins that is written as `2026/27`, `2026-27` or `2026/2027`.
#[must_use]
pub fn fiscal_year(text: &str) -> Option<i32> {
    let (year, second) = two_years(text).filter(|_| text.trim().len() >= "2026/27".len())?;
    let next: i32 = second.parse().ok()?;
    let short = second.len() == 2 && next == (year + 1) % 100;
    (short || next == year + 1).then_some(year)
}

/// The first of two years around a stroke, and the digits of the second, which need not follow it; `26/27` as well.
pub(crate) fn two_years(text: &str) -> Option<(i32, &str)> {
    let (first, second) = text.trim().split_once(['/', '-', '–'])?;
    let year: i32 = first.parse().ok()?;
    if first.len() == 2 && second.len() == 2 && second.parse() == Ok((year + 1) % 100) {
        return Some((2000 + year, second));
    }
    if !(1900..=2200).contains(&year) {
        return None;
    }
    let digits = matches!(second.len(), 2 | 4) && second.bytes().all(|byte| byte.is_ascii_digit());
    digits.then_some((year, second))
}

/// How a fiscal year is written: `2026/27`.
pub(crate) fn fiscal_name(year: i32) -> String {
    format!("{year}/{:02}", (year + 1).rem_euclid(100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Unit;

    #[test]
    fn a_fiscal_year_is_split_over_calendar_years_by_its_months() {
        let release = YearPath {
            fiscal: true,
            ..YearPath::of(&[(2026, 0.3), (2027, 0.4), (2028, 0.3)])
        };
        let field = Field::path(Unit::Share).schedule();
        let of = |start| [2026, 2027, 2028, 2029].map(|year| release.of_field(&field, year, start));
        // From July on: half of 0.3; half of 0.3 and half of 0.4; half of 0.4 and half of 0.3; half of 0.3.
        for (found, by_hand) in of(7).into_iter().zip([0.15, 0.35, 0.35, 0.15]) {
            assert!((found - by_hand).abs() < 1e-12, "{:?}", of(7));
        }
        // From April on nine months of 2026/27 lie in 2026, and three in 2027.
        for (found, by_hand) in of(4).into_iter().zip([0.225, 0.375, 0.325, 0.075]) {
            assert!((found - by_hand).abs() < 1e-12, "{:?}", of(4));
        }
        assert_eq!(release.year_name(2099), "2099/00");
        for (text, year) in [
            ("2026/27", Some(2026)),
            ("2099/00", Some(2099)),
            ("2026/2027", Some(2026)),
            ("2026-27", Some(2026)),
            ("2026/28", None),
            ("2026", None),
            ("26/27", None),
            ("26/28", None),
        ] {
            assert_eq!(fiscal_year(text), year, "{text}");
        }
        assert_eq!(two_years("26/27"), Some((2026, "27")));
        assert_eq!(two_years("10/12"), None);
    }

    #[test]
    fn a_path_is_straight_between_points_and_level_outside() {
        let path = YearPath::of(&[(2027, 0.4), (2030, 0.7)]);
        // By hand: one third of the way from 0.4 to 0.7 is 0.5.
        assert!((path.at(2028) - 0.5).abs() < 1e-12);
        assert!((path.at(2020) - 0.4).abs() < 1e-12);
        assert!((path.at(2040) - 0.7).abs() < 1e-12);
    }
}
