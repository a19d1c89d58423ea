//! Targets: indicators that exist, years and levels of the scenario, values in their unit.

use super::Checker;
use crate::scenario::findings::nearest;
use crate::scenario::{Scenario, messages, read};
use crate::units::Unit;

/// Indicator codes that a target can name, with the unit of their values.
pub const TARGET_CODES: &[(&str, Unit)] = &[
    ("reach", Unit::Share),
    ("dose", Unit::Share),
    ("4.a.1.a", Unit::Share),
    ("4.a.1.b", Unit::Share),
    ("4.a.1.c", Unit::Share),
    ("4.c.1", Unit::Share),
    ("4.1.1.b.reading", Unit::Share),
    ("4.1.1.b.mathematics", Unit::Share),
    ("4.1.2", Unit::Share),
    ("ED8", Unit::Share),
];

pub(super) fn check(scenario: &Scenario, checker: &mut Checker<'_>) {
    for (index, target) in scenario.targets.iter().enumerate() {
        let path = format!("targets[{index}]");
        let Some((_, unit)) = TARGET_CODES.iter().find(|(code, _)| *code == target.indicator) else {
            let known: Vec<&str> = TARGET_CODES.iter().map(|(code, _)| *code).collect();
            let hint = nearest(&target.indicator, known.iter().copied())
                .map_or_else(|| messages::known(known.join(", ")), messages::did_you_mean);
            checker.error(
                "unknown-indicator",
                &format!("{path}.indicator"),
                target.indicator.clone(),
                messages::unknown_indicator(),
                hint,
            );
            continue;
        };
        if target.year <= scenario.base_year || target.year > scenario.horizon {
            let rule = messages::target_year(scenario.base_year + 1, scenario.horizon);
            checker.error(
                "target-year",
                &format!("{path}.year"),
                target.year,
                rule,
                messages::correct_year(),
            );
        }
        let value = target.at_least.value;
        if *unit == Unit::Share && !(0.0..=1.0).contains(&value) {
            checker.error(
                "percentage",
                &format!("{path}.at_least"),
                value,
                messages::share_runs(),
                messages::percent_as(value, read::percent(value)),
            );
        }
        if let Some(level) = target.level
            && !scenario.country.levels.iter().any(|l| l.level == level)
        {
            checker.error(
                "group-level",
                &format!("{path}.level"),
                level,
                messages::group_level(),
                None,
            );
        }
    }
}
