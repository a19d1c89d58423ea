//! Numbers as a scenario holds them: plain, or with the passport that says how far they can be trusted.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::distribution::Distribution;
use super::field::{Field, RULE, Tag};
use super::markets::YEAR_OF_DEFAULTS;

/// Where a number comes from and how far it can be trusted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passport {
    /// Low end of the likely range.
    pub low: Option<f64>,
    /// High end of the likely range.
    pub high: Option<f64>,
    /// How it is spread over the range, where that is known.
    pub distribution: Option<Distribution>,
    /// Year in which it was observed, or of the price.
    pub year: Option<i32>,
    /// Currency in which an amount is written: a code of ISO 4217, or the local one; empty for US dollars.
    pub currency: String,
    /// Units of the currency for one US dollar in that year, where the published rate is not taken.
    pub rate: Option<f64>,
    /// Source id, row of the evidence file, or stand-in key (P1 to P28).
    pub source: String,
    /// Remark.
    pub note: String,
    /// Whether it is an assumption rather than an observation.
    pub low_confidence: bool,
}

impl Passport {
    /// The same for passports alike, most often another for others.
    #[must_use]
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let Self {
            low,
            high,
            distribution,
            year,
            currency,
            rate,
            source,
            note,
            low_confidence,
        } = self;
        (
            low.map(f64::to_bits),
            high.map(f64::to_bits),
            distribution,
            year,
            currency,
            rate.map(f64::to_bits),
            source,
            note,
            low_confidence,
        )
            .hash(&mut hasher);
        hasher.finish()
    }

    /// Key of the stand-in that this number is, if it is one: `P16`.
    #[must_use]
    pub fn stand_in(&self) -> Option<&str> {
        let key = self.source.split([' ', ',', ':']).next().unwrap_or_default();
        let digits = key.strip_prefix('P')?;
        (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some(key)
    }
}

/// How far a number can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// An observation or a reading with a named source, or a decision of the planner with one.
    Sourced,
    /// A rule or a setting of this program: no claim about the world.
    Setting,
    /// Written into the file without a source.
    Unsourced,
    /// A stand-in, a judgement or a recollection.
    Low,
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sourced => "sourced",
            Self::Setting => "setting",
            Self::Unsourced => "no source given",
            Self::Low => "low",
        })
    }
}

/// A number, plain or with a passport.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The value, in the unit of its field.
    pub value: f64,
    /// What is known of it; numbers of which the same is known share it.
    pub passport: Option<Arc<Passport>>,
}

impl Quantity {
    /// A plain number.
    #[must_use]
    pub const fn new(value: f64) -> Self {
        Self { value, passport: None }
    }

    /// A number with its passport.
    #[must_use]
    pub fn with(value: f64, passport: impl Into<Arc<Passport>>) -> Self {
        Self {
            value,
            passport: Some(passport.into()),
        }
    }

    /// What is known of it, to be changed for this number alone.
    pub(crate) fn passport_mut(&mut self) -> Option<&mut Passport> {
        self.passport.as_mut().map(Arc::make_mut)
    }

    /// Whether it is the default of its field, untouched.
    #[must_use]
    pub(crate) fn is_default(&self, field: &Field) -> bool {
        self.passport.is_none()
            && field
                .default
                .is_some_and(|default| default.to_bits() == self.value.to_bits())
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
}

pub(super) fn default_passport(field: &Field) -> Passport {
    Passport {
        low: field.likely.map(|(low, _)| low),
        high: field.likely.map(|(_, high)| high),
        year: field.is_dated_money().then_some(YEAR_OF_DEFAULTS),
        source: field.source.into(),
        low_confidence: field.tag.is_low(),
        ..Passport::default()
    }
}

pub(super) fn confidence(own: Option<&Passport>, default: bool, field: &Field) -> Confidence {
    match own {
        Some(own) if own.low_confidence => Confidence::Low,
        Some(own) if own.source.starts_with(RULE) => Confidence::Setting,
        Some(own) if !own.source.is_empty() => Confidence::Sourced,
        None if default && field.tag.is_low() => Confidence::Low,
        None if default && (field.tag == Tag::Setting || field.source.starts_with(RULE)) => Confidence::Setting,
        None if default => Confidence::Sourced,
        _ => Confidence::Unsourced,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stand_in_key_is_recognised() {
        let passport = |source: &str| Passport {
            source: source.into(),
            ..Passport::default()
        };
        assert_eq!(passport("P16").stand_in(), Some("P16"));
        assert_eq!(passport("P5 (national)").stand_in(), Some("P5"));
        assert_eq!(passport("PISA 2022").stand_in(), None);
        assert_eq!(passport("uis_sdg_202409").stand_in(), None);
    }
}
