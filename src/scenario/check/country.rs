//! The country: levels beside one another and beside their groups, and groups that are likely a slip.

use std::collections::BTreeSet;

use super::Checker;
use crate::scenario::country::{Country, Group};
use crate::scenario::currency::{DOLLAR, code_of};
use crate::scenario::findings::Severity;
use crate::scenario::messages::{self, Value};
use crate::scenario::price_basis::PriceBasis;
use crate::scenario::write::number;
use crate::scenario::{Level, Scenario};
use crate::units::{Unit, grouped};

/// What a person has of gross domestic product is nowhere less, and nowhere more, US$.
const LEAST_GDP: f64 = 100.0;
const MOST_GDP: f64 = 250_000.0;

pub(super) fn check(scenario: &Scenario, checker: &mut Checker<'_>) {
    let country = &scenario.country;
    levels(country, checker);
    gdp(scenario, checker);
    for (index, group) in country.groups.iter().enumerate() {
        one_group(group, index, checker);
    }
}

/// Gross domestic product a person is within what countries have.
fn gdp(scenario: &Scenario, checker: &mut Checker<'_>) {
    let (country, economy) = (&scenario.country, &scenario.country.economy);
    let path = "country.economy.gdp";
    let written = number(economy.gdp.value);
    if economy.gdp.value <= 0.0 {
        checker.error("no-gdp", path, written, messages::no_gdp(), messages::no_gdp_hint());
        return;
    }
    let base = scenario.base_year;
    // Where the number of people is not published, the births of sixty years stand for them.
    let people = country.population.total.as_ref().map_or_else(
        || (base - 59..=base).map(|year| country.births.at(year)).sum(),
        |total| total.at(base),
    );
    let passport = economy.gdp.passport.as_deref();
    let dollars = economy.gdp.value * PriceBasis::of(scenario).factor_of(Unit::Usd, passport, false);
    let person = dollars / people;
    if person.is_nan() || (LEAST_GDP..=MOST_GDP).contains(&person) {
        return;
    }
    let (plain, code) = (
        passport.is_none_or(|passport| passport.currency.is_empty()),
        code_of(&country.iso3),
    );
    let hint = if person < LEAST_GDP {
        messages::unlikely_gdp_small()
    } else if plain && code != DOLLAR {
        messages::unlikely_gdp_local(code)
    } else {
        messages::unlikely_gdp_hint()
    };
    let rule = messages::unlikely_gdp(Unit::Usd.show(person));
    checker.warn("unlikely-gdp", path, written, rule, hint);
}

fn levels(country: &Country, checker: &mut Checker<'_>) {
    if country.levels.is_empty() {
        checker.error("no-levels", "country.levels", "", messages::no_levels(), None);
    }
    let absent: Vec<Value> = country.levels_left_out().into_iter().map(Value::from).collect();
    if !absent.is_empty() && !country.levels.is_empty() {
        checker.say(
            Severity::Note,
            "level-left-out",
            "country.levels",
            absent,
            messages::levels_left_out(),
            messages::levels_left_out_hint(),
        );
    }
    let mut last = None;
    for (index, level) in country.levels.iter().enumerate() {
        let path = format!("country.levels[{index}]");
        let name = level.level;
        if last.is_some_and(|last| last >= level.level) {
            checker.error("levels-order", &path, name, messages::levels_order(), None);
            // Its numbers belong to a level that has been looked at.
            continue;
        }
        last = Some(level.level);
        if level.learners.value < 1.0 {
            checker.error(
                "level-without-learners",
                &format!("{path}.learners"),
                name,
                messages::level_without_learners(),
                messages::level_without_learners_hint(),
            );
        }
        if level.teachers.value <= 0.0 && level.learners.value > 0.0 {
            checker.error(
                "no-teachers",
                &format!("{path}.teachers"),
                name,
                messages::no_teachers(),
                messages::no_teachers_hint(),
            );
        }
        let teachers: f64 = country
            .groups
            .iter()
            .filter(|g| g.level == level.level)
            .map(|g| g.teachers.value)
            .sum();
        if teachers <= 0.0 && level.teachers.value > 0.0 && country.groups.iter().any(|g| g.level == level.level) {
            checker.error(
                "no-teachers",
                &path,
                name,
                messages::no_group_teachers(),
                messages::no_group_teachers_hint(),
            );
        }
        let sum: f64 = country
            .groups
            .iter()
            .filter(|g| g.level == level.level)
            .map(|g| g.learners.value)
            .sum();
        if !country.groups.iter().any(|g| g.level == level.level) || (sum <= 0.0 && level.learners.value > 0.0) {
            checker.error(
                "level-without-learners",
                &path,
                name,
                messages::no_group_learners(),
                messages::no_group_learners_hint(),
            );
        } else if (sum / level.learners.value - 1.0).abs() > 0.01 {
            let rule = messages::groups_total(grouped(sum), grouped(level.learners.value));
            checker.warn("groups-total", &path, name, rule, messages::groups_total_hint());
        }
    }
    let ratio = |level: Level| {
        country
            .levels
            .iter()
            .find(|l| l.level == level)
            .map(|l| l.learners.value / l.teachers.value.max(1.0))
    };
    if let (Some(lower), Some(upper)) = (ratio(Level::LowerSecondary), ratio(Level::UpperSecondary))
        && (lower / upper > 2.0 || upper / lower > 2.0)
    {
        checker.warn(
            "pupil-teacher-ratio",
            "country.levels",
            messages::both(format!("{lower:.1}"), format!("{upper:.1}")),
            messages::pupil_teacher(),
            messages::pupil_teacher_hint(),
        );
    }
    let present: BTreeSet<Level> = country.levels.iter().map(|level| level.level).collect();
    let mut seen = BTreeSet::new();
    for (index, group) in country.groups.iter().enumerate() {
        if !present.contains(&group.level) {
            checker.error(
                "group-level",
                &format!("country.groups[{index}].level"),
                group.level,
                messages::group_level(),
                messages::group_level_hint(),
            );
        }
        if !seen.insert((&group.region, group.locality, group.level, &group.size_class)) {
            checker.warn(
                "group-twice",
                &format!("country.groups[{index}]"),
                group.level,
                messages::group_twice(),
                messages::group_twice_hint(),
            );
        }
    }
}

/// Learners of a school, and of a teacher, outside of which a number is more likely a slip than a fact.
const SCHOOL_SIZE: std::ops::RangeInclusive<f64> = 3.0..=10_000.0;
const CLASS_SIZE: std::ops::RangeInclusive<f64> = 2.0..=250.0;

fn one_group(group: &Group, index: usize, checker: &mut Checker<'_>) {
    let path = format!("country.groups[{index}]");
    let learners = group.learners.value;
    for (field, per, range, rule) in [
        (
            "schools",
            learners / group.schools.value,
            SCHOOL_SIZE,
            messages::unlikely_school(),
        ),
        (
            "teachers",
            learners / group.teachers.value,
            CLASS_SIZE,
            messages::unlikely_class(),
        ),
    ] {
        if per.is_finite() && learners > 0.0 && !range.contains(&per) {
            checker.warn(
                "unlikely-size",
                &format!("{path}.{field}"),
                format!("{per:.1}"),
                rule,
                messages::unlikely_size_hint(),
            );
        }
    }
    if group.learners.value > 0.0 && group.schools.value <= 0.0 {
        checker.error(
            "zero-schools",
            &format!("{path}.schools"),
            "0",
            messages::zero_schools(),
            messages::zero_schools_hint(),
        );
    }
    let power = group.grid.value + group.solar.value;
    let links = group.fibre.value + group.cellular.value + group.wireless.value + group.satellite.value;
    for (field, share, rule) in [
        ("cellular", links, messages::internet_above_power()),
        ("equipped", group.equipped.value, messages::computers_above_power()),
    ] {
        if share > power + 0.005 {
            let value = messages::against_power(format!("{:.1}", share * 100.0), format!("{:.1}", power * 100.0));
            checker.warn(
                "above-power",
                &format!("{path}.{field}"),
                value,
                rule,
                messages::above_power_hint(),
            );
        }
    }
    if group.learners.value > 0.0 && group.teachers.value <= 0.0 {
        checker.warn(
            "group-without-teachers",
            &format!("{path}.teachers"),
            "0",
            messages::group_without_teachers(),
            messages::group_without_teachers_hint(),
        );
    }
}
