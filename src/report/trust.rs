//! How far a result can be trusted: how many inputs, and how much of the cost, rest on low-confidence numbers.

use std::collections::BTreeMap;

use crate::model::price_paths;
use crate::model::{Trajectory, ledger};
use crate::scenario::Confidence;
use crate::scenario::field::ROOT;
use crate::scenario::grounds::Grounds;
use crate::scenario::registry::Entry;

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
        if ["prices.", "plan.", "evidence."]
            .iter()
            .any(|room| path.starts_with(room))
        {
            confidence.insert(path.into(), leaf.confidence(field));
        }
    });
    // Savings have no price to be trusted or not: what the plan adds counts.
    for row in ledger::costs_in_full(run).filter(|row| !row.existing && row.amount().0 > 0.0) {
        let low = price_paths(row.line, scenario, row.level)
            .iter()
            .any(|path| in_use(path, |path| confidence.get(path)) == Some(&Confidence::Low));
        trust.cost += row.amount().0;
        trust.low_cost += if low { row.amount().0 } else { 0.0 };
    }
    trust
}

/// What is known of a price: of its statement in dollars, else of the multiple of GDP per person that stands in for it.
fn in_use<T>(path: &str, known: impl Fn(&str) -> Option<T>) -> Option<T> {
    known(path).or_else(|| known(&format!("{path}_by_income")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LINES;

    use crate::scenario::plan::ManagementPlan;
    use crate::scenario::{Level, Plan, Scenario};

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
            for path in price_paths(line, &scenario, Level::Primary) {
                let found = in_use(&path, |path| known.iter().find(|known| *known == path));
                assert!(found.is_some() || path.ends_with("committed"), "{line:?} {path}");
            }
        }
    }
}
