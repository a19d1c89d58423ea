//! The plan: modes of learning and regions that it names.

use std::collections::BTreeSet;

use super::Checker;
use crate::scenario::{Lever, Scenario, messages};

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
    let mut levers: Vec<(String, &Lever)> = Vec::new();
    if let Some(part) = &plan.power {
        levers.push(("plan.power.powered".into(), &part.powered));
    }
    if let Some(part) = &plan.links {
        levers.push(("plan.links.connected".into(), &part.connected));
    }
    if let Some(part) = &plan.devices {
        levers.push(("plan.devices.equipped".into(), &part.equipped));
        levers.push(("plan.devices.learners_per_device".into(), &part.learners_per_device));
    }
    if let Some(part) = &plan.training {
        levers.extend(
            [
                ("ready", &part.ready),
                ("preservice", &part.preservice),
                ("follow_up", &part.follow_up),
            ]
            .map(|(name, lever)| (format!("plan.training.{name}"), lever)),
        );
    }
    if let Some(part) = &plan.content {
        levers.push(("plan.content.coverage".into(), &part.coverage));
    }
    if let Some(part) = &plan.support {
        levers.push(("plan.support.technicians".into(), &part.technicians));
    }
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
