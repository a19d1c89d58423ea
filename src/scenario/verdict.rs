//! What an edit is judged by: what is wrong with a scenario, what of it may mislead, and what it rests on. What a country
//! alone contributes is found once and kept, so that a lever that is moved goes through no group again.

use super::check;
use super::country::PlacedCountry;
use super::findings::{self, Finding, Severity};
use super::grounds::Grounds;
use super::{Part, Scenario};

/// A scenario judged.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// What is wrong: such a scenario cannot be opened again.
    pub errors: Vec<Finding>,
    /// What may mislead.
    pub warnings: Vec<Finding>,
    /// What it rests on.
    pub grounds: Grounds,
    of_country: OfCountry,
}

/// What the country of a scenario contributes.
#[derive(Clone, Debug)]
struct OfCountry {
    country: PlacedCountry,
    /// First and last year, by which its years are judged.
    years: (i32, i32),
    findings: Vec<Finding>,
    grounds: Grounds,
}

impl OfCountry {
    fn of(scenario: &Scenario) -> Self {
        Self {
            country: scenario.country.clone(),
            years: (scenario.base_year, scenario.horizon),
            findings: check::of_country(scenario),
            grounds: Grounds::of_part(scenario, Part::Country),
        }
    }

    fn holds_for(&self, scenario: &Scenario) -> bool {
        self.years == (scenario.base_year, scenario.horizon) && self.country.is_same_country(&scenario.country)
    }
}

impl Verdict {
    /// Judges a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self::with(scenario, OfCountry::of(scenario))
    }

    /// Judges a scenario that was made of the one judged here; the same as [`of`](Verdict::of), and quickly where both share
    /// their country.
    #[must_use]
    pub fn after(&self, scenario: &Scenario) -> Self {
        if self.of_country.holds_for(scenario) {
            Self::with(scenario, self.of_country.clone())
        } else {
            Self::of(scenario)
        }
    }

    fn with(scenario: &Scenario, of_country: OfCountry) -> Self {
        let mut found = of_country.findings.clone();
        found.extend(check::beside_country(scenario));
        found.retain(|finding| finding.severity != Severity::Note);
        findings::cut(&mut found, "");
        let (errors, warnings) = found
            .into_iter()
            .partition(|finding| finding.severity == Severity::Error);
        Self {
            errors,
            warnings,
            grounds: of_country.grounds + Grounds::of_part(scenario, Part::BesideCountry),
            of_country,
        }
    }
}
