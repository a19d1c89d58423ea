//! Packages: who pays, as a thing of its own that can be laid over any plan.
//!
//! A package is a small file with a title and a story. It takes the place of all of a plan's funding, and of nothing else.

use std::sync::Arc;

use super::check;
use super::field::{Field, ROOT};
use super::findings::Finding;
use super::funding::Funding;
use super::messages;
use super::quantity::Passport;
use super::registry::{Entry, LeafMut, Section};
use super::text::{read_section, write_file};
use super::{Scenario, USUAL_PRICE_YEAR};
use crate::units::Unit;

crate::section! {
    /// A package of funding.
    pub struct Package / PackageSlots {
        /// Title.
        title: String = Field::text().required();
        /// What one learns from it.
        story: String = Field::text();
        /// Year of its constant US dollars.
        price_year: i32 = Field::number(Unit::CalendarYear).default(USUAL_PRICE_YEAR);
        /// Who pays.
        funding: Funding = Field::fields().required();
    }
}

/// A package as the text of a file.
#[must_use]
pub fn write_package(package: &Package) -> String {
    write_file(package, false)
}

/// Reads a package from the bytes of a file: the package, if no finding is an error, and all findings that need no plan.
#[must_use]
pub fn read_package(file: &str, bytes: &[u8]) -> (Option<Package>, Vec<Finding>) {
    let (package, mut findings) = read_section(file, bytes, |package: &Package, places| {
        check::of_package(package.price_year, &package.funding, file, places)
    });
    // Parts of a plan are known, but not here.
    for finding in findings.iter_mut().filter(|finding| finding.code == "unknown-field") {
        if Scenario::FIELDS.iter().any(|field| field.name == finding.path) {
            (finding.rule, finding.hint) = (messages::funding_alone(), None);
        }
    }
    (package, findings)
}

impl Package {
    /// The funding of a plan as a package, under the plan's title.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            title: scenario.title.clone(),
            story: String::new(),
            price_year: scenario.price_year,
            funding: scenario.funding.clone(),
        }
    }

    /// The plan with this funding in place of its own. Amounts stay what they are worth where the plan counts in dollars of
    /// another year.
    #[must_use]
    pub fn over(&self, scenario: &Scenario) -> Scenario {
        let mut funding = self.funding.clone();
        if self.price_year != scenario.price_year {
            funding.walk_mut("funding", &ROOT, &mut |_, field, leaf| {
                let (passport, nothing) = match leaf {
                    LeafMut::Number(number) => {
                        let nothing = number.value == 0.0;
                        (&mut number.passport, nothing)
                    }
                    LeafMut::Path(path) => (&mut path.passport, false),
                };
                let foreign = passport.as_deref().is_some_and(|known| !known.currency.is_empty());
                let undated = passport.as_deref().is_none_or(|known| known.year.is_none());
                if field.is_dated_money() && undated && !nothing && (foreign || field.unit != Unit::NominalUsd) {
                    let known = passport.as_deref().cloned().unwrap_or_default();
                    *passport = Some(Arc::new(Passport {
                        year: Some(self.price_year),
                        ..known
                    }));
                }
            });
        }
        Scenario {
            funding,
            ..scenario.clone()
        }
    }

    /// What is found in a plan under this package that is not found without it, or that concerns its money: regions and levels
    /// that the country lacks, years outside the plan's, amounts above all spending. `file` is the package's.
    #[must_use]
    pub fn found_over(&self, scenario: &Scenario, file: &str) -> Vec<Finding> {
        check::brought_by(scenario, &self.over(scenario), file)
    }
}
