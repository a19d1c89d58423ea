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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{bundled, store};

    #[test]
    fn what_is_judged_after_an_edit_is_what_is_judged_anew() {
        for (path, _) in bundled().iter().filter(|(path, _)| !path.starts_with("countries/")) {
            let Some(scenario) = store::load_bundled(path).reading.scenario else {
                continue;
            };
            let verdict = Verdict::of(&scenario);
            assert_eq!(verdict.grounds, Grounds::of(&scenario), "{path}");
            let mut all = check::check(&scenario, "", &super::super::places::Places::new());
            all.retain(|finding| finding.severity != Severity::Note);
            let sorted = |findings: &[Finding]| {
                let mut texts: Vec<String> = findings.iter().map(|finding| format!("{finding:?}")).collect();
                texts.sort();
                texts
            };
            let judged: Vec<Finding> = verdict.errors.iter().chain(&verdict.warnings).cloned().collect();
            assert_eq!(sorted(&judged), sorted(&all), "{path}");
            let mut edited = scenario.clone();
            edited.horizon += 1;
            edited.targets.clear();
            let (after, anew) = (verdict.after(&edited), Verdict::of(&edited));
            assert_eq!(sorted(&after.warnings), sorted(&anew.warnings), "{path}");
            assert_eq!(after.grounds, anew.grounds, "{path}");
        }
    }
}
