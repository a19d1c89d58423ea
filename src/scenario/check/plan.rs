//! The plan: modes of learning and regions that it names.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::Checker;
use crate::scenario::country::ModeToday;
use crate::scenario::field::{Holds, ROOT};
use crate::scenario::findings::Severity;
use crate::scenario::lever::Case;
use crate::scenario::markets::{Market, Markets, by_order};
use crate::scenario::messages::{Message, Value};
use crate::scenario::plan::{LinkRule, LinksPlan};
use crate::scenario::price_basis::PriceBasis;
use crate::scenario::prices::{DevicePrices, SystemsPrices};
use crate::scenario::read::plain;
use crate::scenario::registry::{Entry, Leaf};
use crate::scenario::simplex::Simplex;
use crate::scenario::{Group, Level, Lever, Plan, Scenario, messages};
use crate::units::Unit;

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
    let planned = plan.learning.iter().map(|used| &used.mode).enumerate();
    let today = scenario.country.modes.iter().map(|used| &used.mode).enumerate();
    let named = planned
        .map(|(index, mode)| (format!("plan.learning[{index}].mode"), mode))
        .chain(today.map(|(index, mode)| (format!("country.modes[{index}].mode"), mode)));
    for (path, mode) in named.filter(|(_, mode)| !known.contains(mode.as_str())) {
        let names = || known.iter().copied().collect::<Vec<_>>().join(", ");
        let hint = checker
            .near(mode, &known)
            .map_or_else(|| messages::known(names()), messages::did_you_mean);
        checker.error("unknown-mode", &path, mode.clone(), messages::unknown_mode(), hint);
    }
    exclude_one_another(scenario, checker);
    without_a_price(scenario, checker);
    beyond_a_full_dose(scenario, checker);
    faster_than_documented(scenario, checker);
    of_the_country(scenario, checker);
    unmanaged(scenario, checker);
    without_an_effect(scenario, checker);
    children_nobody_counts(scenario, checker);
    more_of_a_sex_than_there_are(scenario, checker);
    if let Some(links) = &plan.links
        && links.rule == LinkRule::Steps
    {
        let rises = links
            .steps
            .windows(2)
            .all(|pair| pair[0].learners.value < pair[1].learners.value);
        let count = links.steps.len();
        if count == 0 || count > LinksPlan::STEPS || !rises {
            checker.error(
                "link-steps",
                "plan.links.steps",
                count,
                messages::link_steps(LinksPlan::STEPS),
                messages::link_steps_hint(),
            );
        }
    }
    systems(scenario, checker);
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

/// A learner is in one mode at a time: modes of today that the plan does not name go on beside those that it does.
fn exclude_one_another(scenario: &Scenario, checker: &mut Checker<'_>) {
    let learning = &scenario.plan.learning;
    let goes_on = |today: &&ModeToday| learning.iter().all(|used| used.mode != today.mode);
    let beside: f64 = scenario
        .country
        .modes
        .iter()
        .filter(goes_on)
        .map(|today| today.share.value)
        .sum();
    let sum = |year| beside + learning.iter().map(|used| used.share.at(year)).sum::<f64>();
    let over = (scenario.plan_from..=scenario.horizon).find(|year| !Simplex::Learning.allows(sum(*year)));
    if let Some(year) = over.filter(|_| beside > 0.0 && !learning.is_empty()) {
        let (rule, hint) = Simplex::Learning.rule(year);
        checker.error("shares-sum", "plan.learning", format!("{:.3}", sum(year)), rule, hint);
    }
}

/// Where nobody manages what is added, sources can spend less (`funding.unmanaged`).
fn unmanaged(scenario: &Scenario, checker: &mut Checker<'_>) {
    let plan = &scenario.plan;
    if plan.management.is_none() && *plan != Plan::absent(&ROOT) && !scenario.funding.sources.is_empty() {
        checker.say(
            Severity::Note,
            "no-management",
            "plan",
            "",
            messages::no_management(Unit::Share.show(scenario.funding.unmanaged.value)),
            messages::no_management_hint(),
        );
    }
}

/// A programme for girls does nothing unless somebody states what it does (`evidence.girls_effect`).
fn without_an_effect(scenario: &Scenario, checker: &mut Checker<'_>) {
    let cases = scenario.plan.inclusion.as_ref().map(|plan| &plan.girls.cases);
    let asked = cases.is_some_and(|cases| {
        cases
            .iter()
            .any(|case| case.to.points.iter().any(|(_, share)| *share > 0.0))
    });
    if asked && scenario.evidence.girls_effect.value == 0.0 {
        checker.say(
            Severity::Note,
            "programme-without-effect",
            "plan.inclusion.girls",
            "",
            messages::programme_without_effect(),
            messages::programme_without_effect_hint(),
        );
    }
}

/// Of a level of which nobody has published how many children are out of school none is in a course.
fn children_nobody_counts(scenario: &Scenario, checker: &mut Checker<'_>) {
    let Some(plan) = &scenario.plan.lifelong else { return };
    let asks = |level: Level| {
        let of_level = |case: &&Case| case.level.is_none_or(|of| of == level);
        let mut cases = plan.children.cases.iter().filter(of_level);
        cases.any(|case| case.to.points.iter().any(|(_, share)| *share > 0.0))
    };
    for level in &scenario.country.levels {
        if level.out_of_school.is_none() && asks(level.level) {
            checker.say(
                Severity::Note,
                "children-unknown",
                "plan.lifelong.children",
                "",
                messages::children_unknown(level.level),
                messages::children_unknown_hint(),
            );
        }
    }
}

/// Half of youth and adults are of either sex: more of one cannot be in courses.
fn more_of_a_sex_than_there_are(scenario: &Scenario, checker: &mut Checker<'_>) {
    let Some(plan) = &scenario.plan.lifelong else { return };
    let part = plan.women.value.max(1.0 - plan.women.value);
    let beyond = |lever: &Lever| {
        let mut shares = lever.cases.iter().flat_map(|case| &case.to.points);
        shares.any(|(_, share)| share * part > 0.5 + 1e-9)
    };
    if beyond(&plan.youth) || beyond(&plan.adults) {
        checker.warn(
            "more-than-of-a-sex",
            "plan.lifelong.women",
            plan.women.value.to_string(),
            messages::more_than_of_a_sex(),
            messages::more_than_of_a_sex_hint(),
        );
    }
}

/// Whoever works in a mode of learning costs something.
fn without_a_price(scenario: &Scenario, checker: &mut Checker<'_>) {
    for (index, mode) in scenario.evidence.modes.iter().enumerate() {
        let used = scenario.plan.learning.iter().any(|used| used.mode == mode.name);
        let teacher = mode.teacher.as_ref().unwrap_or(&mode.teacher_by_income);
        let free = [&mode.learner, teacher, &mode.school]
            .iter()
            .all(|price| price.value == 0.0);
        if used && free && mode.gain.value > 0.0 {
            let (rule, hint) = (messages::mode_without_price(), messages::mode_without_price_hint());
            checker.warn(
                "mode-without-price",
                &format!("evidence.modes[{index}]"),
                mode.name.clone(),
                rule,
                hint,
            );
        }
    }
}

/// More devices than give every learner a full dose teach nobody more.
fn beyond_a_full_dose(scenario: &Scenario, checker: &mut Checker<'_>) {
    let Some(devices) = &scenario.plan.devices else {
        return;
    };
    let country = &scenario.country;
    let hours = scenario
        .evidence
        .device_hours
        .as_ref()
        .unwrap_or(&country.schooling.device_hours)
        .value;
    let shifts = devices.shifts.as_ref().unwrap_or(&country.schooling.shifts).value;
    let full = scenario.evidence.full_dose.value;
    let (basis, markets) = (PriceBasis::of(scenario), Markets::of(scenario));
    for level in &country.levels {
        let kind = match level.level {
            Level::Primary => devices.primary,
            Level::LowerSecondary => devices.lower_secondary,
            Level::UpperSecondary => devices.upper_secondary,
        };
        let Some(price) = scenario.prices.devices.iter().find(|known| known.device == kind) else {
            continue;
        };
        // The landed price of the year in which they stand, as a run pays it.
        let (dollars, year) = basis.dollars(&price.price, &DevicePrices::of(kind).price);
        let [now, then] = [scenario.horizon, year].map(|year| markets.index(Market::Devices, year));
        let ordered = price.tender.as_ref().zip(price.order.as_ref());
        let elasticity = scenario.prices.general.order_elasticity.value;
        let ordered = ordered.map_or(1.0, |(tender, order)| by_order(tender.value, order.value, elasticity));
        let landed = dollars * ordered * now / then * (1.0 + price.landing.value);
        let (mut most, mut cost) = (0.0_f64, 0.0);
        for group in country.groups.iter().filter(|group| group.level == level.level) {
            let here = |lever: &Lever| {
                lever
                    .path_for(group.level, group.locality, &group.region)
                    .at(scenario.horizon)
            };
            let given = hours / here(&devices.learners_per_device);
            if given > full * 1.01 {
                let wanted = group.learners.value * here(&devices.equipped) * given / hours / shifts;
                cost += wanted * (1.0 + devices.spares.value) * (1.0 - full / given) * landed;
                most = most.max(given);
            }
        }
        if most > 0.0 && cost.is_finite() {
            let of_week = |hours| Unit::HoursPerWeek.show(hours);
            let rule = messages::beyond_full_dose(level.level, of_week(most), of_week(full), Unit::Usd.show(cost));
            checker.say(
                Severity::Note,
                "beyond-full-dose",
                "plan.devices.learners_per_device",
                level.level,
                rule,
                messages::beyond_full_dose_hint(),
            );
        }
    }
}

/// A plan that grows faster in a year than any roll-out of which a figure is published.
fn faster_than_documented(scenario: &Scenario, checker: &mut Checker<'_>) {
    type Rule = fn(String, i32, String) -> Message;
    type Known<'a> = (&'a str, Option<&'a Lever>, f64, fn(&Group) -> f64, Rule);
    // Share of schools in a year. Evidence M1.3: 45 to 65 % of Brazil's public schools in two years. Evidence A4.1: all primary
    // schools of Uruguay in three.
    let known: [Known<'_>; 2] = [
        (
            "plan.links.connected",
            scenario.plan.links.as_ref().map(|links| &links.connected),
            0.1,
            Group::linked,
            |growth, year, fastest| messages::faster_links(growth, year, fastest),
        ),
        (
            "plan.devices.equipped",
            scenario.plan.devices.as_ref().map(|devices| &devices.equipped),
            1.0 / 3.0,
            Group::equipped_today,
            |growth, year, fastest| messages::faster_devices(growth, year, fastest),
        ),
    ];
    let schools: f64 = scenario.country.groups.iter().map(|group| group.schools.value).sum();
    for (path, lever, fastest, today, rule) in known {
        let Some(lever) = lever else { continue };
        // What stands is never taken down.
        let mut stands: Vec<f64> = scenario.country.groups.iter().map(today).collect();
        let mut most = (0.0, scenario.plan_from);
        for year in scenario.plan_from..=scenario.horizon {
            let mut added = 0.0;
            for (group, stands) in scenario.country.groups.iter().zip(&mut stands) {
                let target = lever
                    .path_for(group.level, group.locality, &group.region)
                    .at(year)
                    .max(*stands);
                added += group.schools.value * (target - *stands);
                *stands = target;
            }
            if added / schools > most.0 {
                most = (added / schools, year);
            }
        }
        // A hundredth of the schools more is no finding.
        if most.0 > fastest + 0.01 {
            let show = |share: f64| Unit::Share.show(share);
            let rule = rule(show(most.0), most.1, show(fastest));
            let hint = messages::faster_hint();
            checker.say(Severity::Note, "faster-than-documented", path, show(most.0), rule, hint);
        }
    }
}

/// What a plan finds and does not change may stand in a file of earlier versions: it then holds for the counterpart too.
fn of_the_country(scenario: &Scenario, checker: &mut Checker<'_>) {
    scenario.walk_part(checker.part, &mut |path, field, leaf| {
        if let (Leaf::Number(number), false) = (leaf, field.belongs.is_empty()) {
            let rule = messages::of_the_country(Value::Path(field.belongs.into()));
            let hint = messages::of_the_country_hint();
            checker.warn("of-the-country", path, plain(number.value), rule, hint);
        }
    });
}

/// National systems cost the same for few learners as for many.
fn systems(scenario: &Scenario, checker: &mut Checker<'_>) {
    /// US$ a learner and year from which the national part is much.
    const MUCH: f64 = 5.0;
    if scenario.plan.systems.is_none() {
        return;
    }
    let (prices, usual) = (&scenario.prices.systems, SystemsPrices::absent(&ROOT));
    let basis = PriceBasis::of(scenario);
    let [set_up, running] = [(&prices.set_up, &usual.set_up), (&prices.running, &usual.running)]
        .map(|(price, usual)| basis.dollars(price, usual).0);
    let a_year = set_up / prices.life.value + running;
    let learners: f64 = scenario.country.groups.iter().map(|group| group.learners.value).sum();
    let each = a_year / learners.max(1.0);
    if each > MUCH {
        checker.warn(
            "dear-systems",
            "plan.systems",
            Unit::UsdPerLearner.show(each),
            messages::dear_systems(Unit::UsdPerLearner.show(MUCH)),
            messages::dear_systems_hint(),
        );
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
