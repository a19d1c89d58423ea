//! Shares of one whole.

use std::collections::BTreeMap;

use super::Checker;
use crate::scenario::field::Field;
use crate::scenario::findings::Severity;
use crate::scenario::simplex::Simplex;
use crate::scenario::wholes::wholes_of;
use crate::scenario::{Scenario, messages};
use crate::units::Unit;

/// Shares that belong together: whether they are a whole, and whether what they leave to one was meant.
pub(super) fn check(scenario: &Scenario, checker: &mut Checker<'_>) {
    // The first finding of a kind speaks for all groups.
    let mut alike: BTreeMap<Simplex, (usize, usize)> = BTreeMap::new();
    for whole in wholes_of(scenario, checker.part) {
        let wrong = (scenario.base_year..=scenario.horizon).find(|year| !whole.simplex.allows(whole.sum(*year)));
        if let Some(year) = wrong {
            let (rule, hint) = whole.simplex.rule(year);
            let sum = format!("{:.3}", whole.sum(year));
            checker.error("shares-sum", &whole.path, sum, rule, hint);
        } else if let (Some(rest), Some(parts)) = (whole.simplex.rest(), whole.half_stated()) {
            let left = 1.0 - whole.sum(scenario.base_year);
            if left < 0.005 {
                continue;
            }
            if whole.path.starts_with("country.groups[") {
                let known = alike.entry(whole.simplex).or_insert((checker.findings.len(), 0));
                known.1 += 1;
                if known.1 > 1 {
                    continue;
                }
            }
            let [stated, assumed] = parts.map(|parts| {
                let said = |(field, share): &(&Field, f64)| format!("{} {}", field.name, Unit::Share.show(*share));
                parts.iter().map(said).collect::<Vec<_>>().join(", ")
            });
            let severity = if whole.simplex.rest_counts() {
                Severity::Warning
            } else {
                Severity::Note
            };
            checker.say(
                severity,
                "implied-rest",
                &whole.path,
                Unit::Share.show(left),
                messages::implied_rest(rest, stated, assumed),
                messages::implied_rest_hint(),
            );
        }
    }
    for (at, count) in alike.into_values().filter(|(_, count)| *count > 1) {
        let finding = &mut checker.findings[at];
        finding.rule = messages::and_more_groups(finding.rule.clone(), count - 1);
    }
}
