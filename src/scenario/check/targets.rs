//! Targets: years, levels, places and persons for which there is a value, one bound, values in their unit.

use super::Checker;
use super::plan::{regions, unknown_region};
use crate::scenario::{Scenario, Target, messages, read};
use crate::units::Unit;

pub(super) fn check(scenario: &Scenario, checker: &mut Checker<'_>) {
    let regions = regions(scenario);
    for (index, target) in scenario.targets.iter().enumerate() {
        let path = format!("targets[{index}]");
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
        if let Some(region) = &target.region {
            unknown_region(region, &regions, &format!("{path}.region"), checker);
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
        of_whom(target, &path, checker);
        bounds(target, &path, checker);
    }
}

/// There is a value for its level, place and person, and it is about one margin of learners.
fn of_whom(target: &Target, path: &str, checker: &mut Checker<'_>) {
    let margins = [
        target.sex.is_some(),
        target.wealth.is_some(),
        target.disability.is_some(),
    ];
    if margins.into_iter().filter(|named| *named).count() > 1 {
        checker.error("target-person", path, "", messages::target_one_person(), None);
    }
    if let Some(field) = target.indicator.lacks(&target.scope()) {
        checker.error(
            "target-scope",
            &format!("{path}.{field}"),
            &*target.indicator.code(),
            messages::target_lacks(field),
            messages::target_lacks_hint(),
        );
    }
}

/// It has a value on one side, in the unit of its indicator.
fn bounds(target: &Target, path: &str, checker: &mut Checker<'_>) {
    let bounds = [("at_least", &target.at_least), ("at_most", &target.at_most)];
    match bounds.map(|(_, value)| value.is_some()) {
        [false, false] => checker.error(
            "target-bound",
            path,
            "",
            messages::target_no_bound(),
            messages::target_no_bound_hint(),
        ),
        [true, true] => checker.error(
            "target-bound",
            &format!("{path}.at_most"),
            "",
            messages::target_two_bounds(),
            messages::target_two_bounds_hint(),
        ),
        _ => {}
    }
    for (name, value) in bounds {
        let Some(value) = value.as_ref().map(|value| value.value) else {
            continue;
        };
        if target.indicator.unit() == Unit::Share && !(0.0..=1.0).contains(&value) {
            checker.error(
                "percentage",
                &format!("{path}.{name}"),
                value,
                messages::share_runs(),
                messages::percent_as(value, read::percent(value)),
            );
        }
    }
}
