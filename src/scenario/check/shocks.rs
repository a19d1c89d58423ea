//! Shocks: years of the run, regions of the country, and what strikes the same schools twice.

use super::Checker;
use super::plan::{regions, unknown_region};
use crate::scenario::{Scenario, messages};

pub(super) fn check(scenario: &Scenario, checker: &mut Checker<'_>) {
    let regions = regions(scenario);
    for (index, shock) in scenario.shocks.iter().enumerate() {
        let path = format!("shocks[{index}]");
        if shock.year <= scenario.base_year || shock.year > scenario.horizon {
            checker.error(
                "shock-year",
                &format!("{path}.year"),
                shock.year,
                messages::shock_year(scenario.base_year + 1, scenario.horizon),
                messages::correct_year(),
            );
        }
        let Some(terms) = shock.kind.closure() else {
            continue;
        };
        for (place, region) in terms.regions.iter().enumerate() {
            unknown_region(region, &regions, &format!("{path}.regions[{place}]"), checker);
        }
        let before = scenario.shocks[..index].iter().position(|other| {
            let both = |region: &&str| other.kind.closure().is_some_and(|other| other.strikes(region));
            other.year == shock.year && regions.iter().any(|region| terms.strikes(region) && both(region))
        });
        if let Some(before) = before {
            checker.warn(
                "shock-overlap",
                &path,
                shock.year,
                messages::shock_overlap(format!("shocks[{before}]")),
                messages::shock_overlap_hint(),
            );
        }
    }
}
