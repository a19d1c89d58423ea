//! How far a result can be trusted: how many inputs, and how much of the cost, rest on low-confidence numbers.

use std::collections::BTreeMap;

use crate::model::component::Line;
use crate::model::{Trajectory, ledger};
use crate::scenario::field::ROOT;
use crate::scenario::grounds::Grounds;
use crate::scenario::prices::TrainingMode;
use crate::scenario::registry::Entry;
use crate::scenario::{Component, Confidence, Device, Level, Scenario, Technology};

/// What a result rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Trust {
    /// The scenario's inputs.
    pub grounds: Grounds,
    /// What it costs to do it all, constant US$.
    pub cost: f64,
    /// The part whose unit price rests on an assumption.
    pub low_cost: f64,
}

/// Looks through the inputs and the plan's cost of a run.
#[must_use]
pub fn trust(run: &Trajectory) -> Trust {
    let scenario = &run.model.scenario;
    let mut trust = Trust {
        grounds: Grounds::of(scenario),
        ..Trust::default()
    };
    let mut confidence: BTreeMap<String, Confidence> = BTreeMap::new();
    scenario.walk("", &ROOT, &mut |path, field, leaf| {
        if path.starts_with("prices.") || path.starts_with("plan.management.") {
            confidence.insert(path.into(), leaf.confidence(field));
        }
    });
    // Savings have no price to be trusted or not: what the plan adds counts.
    for row in ledger::costs_in_full(run).filter(|row| !row.existing && row.amount() > 0.0) {
        let low = price_of(scenario, row.line, row.level)
            .iter()
            .any(|path| confidence.get(path) == Some(&Confidence::Low));
        trust.cost += row.amount();
        trust.low_cost += if low { row.amount() } else { 0.0 };
    }
    trust
}

/// Paths of the inputs that make the unit price of a cost line.
fn price_of(scenario: &Scenario, line: &Line, level: Level) -> Vec<String> {
    let prices = |part: &str, fields: &[&str]| {
        fields
            .iter()
            .map(|field| format!("prices.{part}.{field}"))
            .collect::<Vec<_>>()
    };
    let imports = match line.category {
        "import duty" => return prices("general", &["duty"]),
        "value-added tax" => return prices("general", &["duty", "vat"]),
        category => category,
    };
    match line.component {
        Component::Power => match imports {
            "grid energy" => prices("power", &["grid_kwh"]),
            "grid connections" => prices("power", &["grid_connection"]),
            "batteries" => prices("power", &["solar_watt", "battery_share"]),
            "solar upkeep" => prices("power", &["solar_watt", "solar_upkeep"]),
            _ => prices("power", &["solar_watt"]),
        },
        Component::Links => {
            let technology = Technology::ALL
                .iter()
                .position(|technology| imports.ends_with(technology.name()))
                .unwrap_or(0);
            let fields: &[&str] = match imports {
                "lines" => &["line_km"],
                category if category.starts_with("service") => &["plan"],
                category if category.starts_with("committed") => &["committed"],
                category if category.starts_with("hardware upkeep") => &["setup", "upkeep"],
                _ => &["setup"],
            };
            prices(&format!("links[{technology}]"), fields)
        }
        Component::Devices => {
            let fields: &[&str] = match imports {
                "repair" | "repair of earlier devices" => &["price", "repair"],
                "end of life" | "end of life of earlier devices" => &["end_of_life"],
                _ => &["price", "landing"],
            };
            prices(&format!("devices[{}]", device(scenario, level) as usize), fields)
        }
        Component::Training if imports == "follow-up" => prices("teachers", &["follow_up"]),
        Component::Training => {
            let modes = scenario.plan.training.as_ref().map_or(&[][..], |plan| &plan.modes);
            let used: Vec<TrainingMode> = if modes.is_empty() {
                vec![TrainingMode::Workshop]
            } else {
                modes.iter().map(|part| part.mode).collect()
            };
            used.iter()
                .map(|mode| format!("prices.training[{}].day", *mode as usize))
                .collect()
        }
        Component::Content => match imports {
            "licences" => prices("content", &["licence"]),
            "hosting" => prices("content", &["open_course", "hosting"]),
            _ => prices("content", &["open_course"]),
        },
        Component::Support if imports == "recruiting" => prices("support", &["recruit"]),
        Component::Support => prices("support", &["technician"]),
        Component::Management => {
            let field = match imports {
                "programme management" => "programme",
                "data protection" => "data_protection",
                other => other,
            };
            vec![format!("plan.management.{field}")]
        }
    }
}

fn device(scenario: &Scenario, level: Level) -> Device {
    match (&scenario.plan.devices, level) {
        (Some(plan), Level::Primary) => plan.primary,
        (Some(plan), Level::LowerSecondary) => plan.lower_secondary,
        (Some(plan), Level::UpperSecondary) => plan.upper_secondary,
        (None, _) => scenario
            .country
            .levels
            .iter()
            .find(|data| data.level == level)
            .map_or(Device::Tablet, |data| data.device),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::component::LINES;

    use crate::scenario::{Plan, plan::ManagementPlan};

    #[test]
    fn every_cost_line_finds_its_price() {
        let mut scenario = Scenario::absent(&ROOT);
        scenario.plan = Plan {
            management: Some(ManagementPlan::absent(&ROOT)),
            ..Plan::absent(&ROOT)
        };
        scenario.prices.complete();
        let mut known = Vec::new();
        scenario.walk("", &ROOT, &mut |path, _, _| known.push(path.to_owned()));
        for line in LINES {
            for path in price_of(&scenario, line, Level::Primary) {
                assert!(known.contains(&path) || path.ends_with("committed"), "{line:?} {path}");
            }
        }
    }
}
