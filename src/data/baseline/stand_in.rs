//! Numbers with passports: observed ones, stand-ins, and defaults spelt out.

use crate::data::pack::Observation;
use crate::scenario::registry::{Entry, Section};
use crate::scenario::{Passport, Quantity};

/// Six decimals: more than any source has, and shares that a person can read.
#[must_use]
pub fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// A published value as it stands, already in the unit of its field.
#[must_use]
pub fn observed(observation: &Observation) -> Quantity {
    noted(observation, "")
}

/// A published value with a remark on how it was read or combined.
#[must_use]
pub fn noted(observation: &Observation, note: impl Into<String>) -> Quantity {
    let passport = Passport {
        year: Some(observation.year),
        source: observation.source.clone(),
        note: note.into(),
        ..Passport::default()
    };
    Quantity::with(rounded(observation.value), passport)
}

/// A stand-in. `source` starts with its key: `P9` or `P4: median of low income countries`.
#[must_use]
pub fn assumed(source: impl Into<String>, value: f64, (low, high): (f64, f64)) -> Quantity {
    let value = rounded(value);
    let passport = Passport {
        low: Some(rounded(low).min(value)),
        high: Some(rounded(high).max(value)),
        source: source.into(),
        low_confidence: true,
        ..Passport::default()
    };
    Quantity::with(value, passport)
}

/// Adds the year of the observation behind a stand-in, and a remark.
#[must_use]
pub(crate) fn resting_on(mut quantity: Quantity, year: Option<i32>, note: impl Into<String>) -> Quantity {
    if let Some(passport) = quantity.passport_mut() {
        passport.year = year;
        passport.note = note.into();
    }
    quantity
}

/// The default of a field, spelt out with its range and source, so that it is listed as an assumption of the country.
#[must_use]
pub(crate) fn default_of<T: Section>(field: &str) -> Quantity {
    T::FIELDS.iter().find(|f| f.name == field).map_or_else(
        || Quantity::new(f64::NAN),
        |field| match field.likely {
            Some(range) => assumed(field.source, field.default.unwrap_or(f64::NAN), range),
            None => Quantity::absent(field),
        },
    )
}

/// The remark of a number, to be added to.
pub fn remark(quantity: &mut Quantity, note: &str) {
    if let Some(passport) = quantity.passport_mut() {
        if !passport.note.is_empty() {
            passport.note.push_str("; ");
        }
        passport.note.push_str(note);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::LevelData;

    #[test]
    fn a_default_spelt_out_is_a_marked_stand_in() {
        let attrition = default_of::<LevelData>("attrition");
        let passport = attrition.passport.expect("a passport");
        assert_eq!(
            (attrition.value, passport.low, passport.high),
            (0.05, Some(0.03), Some(0.09))
        );
        assert_eq!(passport.stand_in(), Some("P9"));
        assert!(passport.low_confidence);
    }
}
