//! The plan: modes of learning and regions that it names.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::Checker;
use crate::scenario::field::Holds;
use crate::scenario::registry::Entry;
use crate::scenario::{Lever, Scenario, messages};

/// Paths of the fields that may differ by region.
static LEVERS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut levers = Vec::new();
    Scenario::describe_all(&mut |path, field| {
        if field.holds == Holds::Lever {
            levers.push(path.to_owned());
        }
    });
    levers
});

pub(super) fn check(scenario: &Scenario, checker: &mut Checker<'_>) {
    let plan = &scenario.plan;
    let known: BTreeSet<&str> = scenario.evidence.modes.iter().map(|mode| mode.name.as_str()).collect();
    for (index, learning) in plan.learning.iter().enumerate() {
        if !known.contains(learning.mode.as_str()) {
            let names = || known.iter().copied().collect::<Vec<_>>().join(", ");
            let hint = checker
                .near(&learning.mode, &known)
                .map_or_else(|| messages::known(names()), messages::did_you_mean);
            checker.error(
                "unknown-mode",
                &format!("plan.learning[{index}].mode"),
                learning.mode.clone(),
                messages::unknown_mode(),
                hint,
            );
        }
    }
    let regions = regions(scenario);
    let lever = |path: &'static String| Some((path, scenario.part(path)?.downcast_ref::<Lever>()?));
    let levers = LEVERS.iter().filter_map(lever);
    for (path, lever) in levers {
        for (index, case) in lever.cases.iter().enumerate() {
            if let Some(region) = &case.region {
                unknown_region(region, &regions, &format!("{path}[{index}].region"), checker);
            }
        }
    }
}

pub(super) fn regions(scenario: &Scenario) -> BTreeSet<&str> {
    scenario
        .country
        .groups
        .iter()
        .map(|group| group.region.as_str())
        .collect()
}

pub(super) fn unknown_region(region: &str, regions: &BTreeSet<&str>, path: &str, checker: &mut Checker<'_>) {
    if regions.contains(region) {
        return;
    }
    let hint = checker
        .near(region, regions)
        .filter(|near| !near.is_empty())
        .map_or_else(messages::unknown_region_hint, messages::did_you_mean);
    checker.error("unknown-region", path, region, messages::unknown_region(), hint);
}
