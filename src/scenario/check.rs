//! What fields mean together: sums, order in time, names that refer to one another, and what rests on assumptions.

use std::collections::{BTreeMap, BTreeSet};

use super::country::Group;
use super::findings::{Finding, MOST_FINDINGS, Place, Severity, nearest};
use super::funding::{Source, SourceKind};
use super::messages::{self, Message, Value};
use super::quantity::{Confidence, Passport, YearPath};
use super::read::plain;
use super::registry::{Entry, Field, Leaf, ROOT};
use super::simplex;
use super::{Level, Scenario, Technology};
use crate::units::{Unit, grouped};

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

struct Checker<'a> {
    file: &'a str,
    places: &'a BTreeMap<String, Place>,
    findings: Vec<Finding>,
}

impl Checker<'_> {
    fn say(
        &mut self,
        severity: Severity,
        code: &'static str,
        path: &str,
        value: impl Into<Value>,
        rule: Message,
        hint: impl Into<Option<Message>>,
    ) {
        self.findings.push(Finding {
            code,
            severity,
            path: path.into(),
            place: self.place(path),
            value: value.into(),
            rule,
            hint: hint.into(),
        });
    }

    /// The place of a field, or of the nearest thing around it that stands in the file.
    fn place(&self, path: &str) -> Place {
        let mut path = path;
        loop {
            if let Some(place) = self.places.get(path) {
                return place.clone();
            }
            match path.rfind(['.', '[']) {
                Some(end) => path = &path[..end],
                None => {
                    return Place {
                        file: self.file.into(),
                        line: 0,
                        column: 0,
                    };
                }
            }
        }
    }

    /// The known name that is likely meant; not looked for once there are more findings than are listed.
    fn near<'a>(&self, written: &str, known: &BTreeSet<&'a str>) -> Option<&'a str> {
        let listed = self.findings.len() < MOST_FINDINGS;
        listed.then(|| nearest(written, known.iter().copied())).flatten()
    }

    fn error(
        &mut self,
        code: &'static str,
        path: &str,
        value: impl Into<Value>,
        rule: Message,
        hint: impl Into<Option<Message>>,
    ) {
        self.say(Severity::Error, code, path, value, rule, hint);
    }

    fn warn(
        &mut self,
        code: &'static str,
        path: &str,
        value: impl Into<Value>,
        rule: Message,
        hint: impl Into<Option<Message>>,
    ) {
        self.say(Severity::Warning, code, path, value, rule, hint);
    }
}

/// Looks at a scenario whose single fields are sound. `places` tells where each field stands; it may be empty.
#[must_use]
pub fn check(scenario: &Scenario, file: &str, places: &BTreeMap<String, Place>) -> Vec<Finding> {
    let mut checker = Checker {
        file,
        places,
        findings: Vec::new(),
    };
    years(scenario, &mut checker);
    levels(scenario, &mut checker);
    for (index, group) in scenario.country.groups.iter().enumerate() {
        one_group(group, index, &mut checker);
    }
    ranges(scenario, &mut checker);
    fold_alike(&mut checker.findings);
    wholes(scenario, &mut checker);
    lines(scenario, &mut checker);
    plan(scenario, &mut checker);
    funding(scenario, &mut checker);
    targets(scenario, &mut checker);
    confidence(scenario, &mut checker);
    super::findings::cut(&mut checker.findings, file);
    checker.findings
}

/// Values outside the range that is written beside them.
fn ranges(scenario: &Scenario, checker: &mut Checker<'_>) {
    scenario.walk("", &ROOT, &mut |path, _, leaf| {
        let Leaf::Number(number) = leaf else { return };
        let Some(passport) = &number.passport else { return };
        let (value, (low, high)) = (number.value, (passport.low, passport.high));
        if low.is_some_and(|low| value < low) || high.is_some_and(|high| value > high) {
            let place = checker.place(&format!("{path}.value"));
            checker.warn(
                "range",
                path,
                plain(value),
                messages::outside_range(),
                messages::outside_range_hint(),
            );
            if let Some(finding) = checker.findings.last_mut() {
                finding.place = place;
            }
        }
    });
}

/// One finding for all groups in which the same rule fails for the same field, where it is no error: a table of a
/// hundred regions would otherwise say the same thing a hundred times.
fn fold_alike(findings: &mut Vec<Finding>) {
    let alike = |finding: &Finding| {
        (finding.severity != Severity::Error && finding.path.starts_with("country.groups["))
            .then(|| (finding.code, without_indices(&finding.path)))
    };
    let mut counts: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    findings.retain(|finding| {
        alike(finding).is_none_or(|kind| {
            let count = counts.entry(kind).or_default();
            *count += 1;
            *count == 1
        })
    });
    for finding in findings {
        if let Some(more) = alike(finding)
            .and_then(|kind| counts.get(&kind))
            .filter(|count| **count > 1)
        {
            finding.rule = messages::and_more_groups(finding.rule.clone(), more - 1);
        }
    }
}

/// Entries of a list of prices or modes that stand twice; the later one would be passed over in silence.
#[must_use]
pub fn written_twice(scenario: &Scenario, file: &str, places: &BTreeMap<String, Place>) -> Vec<Finding> {
    let mut checker = Checker {
        file,
        places,
        findings: Vec::new(),
    };
    let lists: [(&str, Vec<&str>); 4] = [
        (
            "prices.links",
            scenario
                .prices
                .links
                .iter()
                .map(|entry| entry.technology.name())
                .collect(),
        ),
        (
            "prices.devices",
            scenario
                .prices
                .devices
                .iter()
                .map(|entry| entry.device.name())
                .collect(),
        ),
        (
            "prices.training",
            scenario.prices.training.iter().map(|entry| entry.mode.name()).collect(),
        ),
        (
            "evidence.modes",
            scenario.evidence.modes.iter().map(|mode| mode.name.as_str()).collect(),
        ),
    ];
    for (path, names) in lists {
        let mut seen = BTreeSet::new();
        for (index, name) in names.iter().enumerate() {
            if !seen.insert(*name) {
                checker.error(
                    "entry-twice",
                    &format!("{path}[{index}]"),
                    *name,
                    messages::entry_twice(),
                    messages::keep_one(),
                );
            }
        }
    }
    checker.findings
}

fn years(scenario: &Scenario, checker: &mut Checker<'_>) {
    let (base, from, horizon) = (scenario.base_year, scenario.plan_from, scenario.horizon);
    if from <= base {
        checker.error(
            "years",
            "plan_from",
            from,
            messages::plan_before_base(base),
            messages::plan_before_base_hint(),
        );
    }
    if horizon < from {
        checker.error(
            "years",
            "horizon",
            horizon,
            messages::horizon_before_plan(from),
            messages::horizon_before_plan_hint(),
        );
    }
    if horizon - base > 40 {
        checker.error("years", "horizon", horizon, messages::too_many_years(), None);
    }
    if scenario.price_year > horizon {
        checker.error(
            "price-year",
            "price_year",
            scenario.price_year,
            messages::price_year(horizon),
            messages::price_year_hint(),
        );
    }
    let last_birth = scenario.country.births.points.last().map_or(0, |point| point.0);
    if let Some(primary) = scenario
        .country
        .levels
        .iter()
        .find(|level| level.level == Level::Primary)
    {
        #[allow(clippy::cast_possible_truncation)]
        let needed = horizon - primary.entry_age.value as i32;
        if last_birth != 0 && last_birth < needed {
            checker.warn(
                "births-end",
                "country.births",
                last_birth,
                messages::births_end(needed),
                messages::births_end_hint(),
            );
        }
    }
    scenario.walk("", &ROOT, &mut |path, field, leaf| {
        if let Leaf::Path(points) = leaf
            && !field.any_year
        {
            for (year, _) in &points.points {
                if *year != 0 && (*year < base || *year > horizon) {
                    let rule = if path.ends_with(".release") {
                        messages::release_outside(base, horizon)
                    } else {
                        messages::year_outside(base, horizon)
                    };
                    checker.warn(
                        "year-outside",
                        &format!("{path}[{year}]"),
                        *year,
                        rule,
                        messages::correct_year(),
                    );
                }
            }
        }
    });
}

fn levels(scenario: &Scenario, checker: &mut Checker<'_>) {
    let country = &scenario.country;
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
        if !seen.insert((&group.region, group.locality, group.level)) {
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

/// Shares that belong together: whether they are a whole, and whether what they leave to one was meant.
fn wholes(scenario: &Scenario, checker: &mut Checker<'_>) {
    // The first finding of a kind speaks for all groups.
    let mut alike: BTreeMap<simplex::Simplex, (usize, usize)> = BTreeMap::new();
    for whole in simplex::wholes(scenario) {
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

fn lines(scenario: &Scenario, checker: &mut Checker<'_>) {
    for (index, link) in scenario.prices.links.iter().enumerate() {
        if link.technology != Technology::Fibre && link.hop.value * (link.line_km.value + link.line_upkeep.value) > 0.0
        {
            checker.error(
                "line-without-fibre",
                &format!("prices.links[{index}].hop"),
                link.technology.name(),
                messages::line_without_fibre(),
                messages::line_without_fibre_hint(),
            );
        }
    }
}

fn plan(scenario: &Scenario, checker: &mut Checker<'_>) {
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
    let mut levers: Vec<(String, &super::Lever)> = Vec::new();
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

fn regions(scenario: &Scenario) -> BTreeSet<&str> {
    scenario
        .country
        .groups
        .iter()
        .map(|group| group.region.as_str())
        .collect()
}

fn unknown_region(region: &str, regions: &BTreeSet<&str>, path: &str, checker: &mut Checker<'_>) {
    if regions.contains(region) {
        return;
    }
    let hint = checker
        .near(region, regions)
        .filter(|near| !near.is_empty())
        .map_or_else(messages::unknown_region_hint, messages::did_you_mean);
    checker.error("unknown-region", path, region, messages::unknown_region(), hint);
}

/// A source with a matching ratio names another that pays its part and asks for no counterpart itself.
fn counterpart(sources: &[Source], index: usize, checker: &mut Checker<'_>) {
    let source = &sources[index];
    let path = format!("funding.sources[{index}].counterpart");
    let found = sources
        .iter()
        .find(|other| other.name == source.counterpart && other.name != source.name);
    let (rule, hint) = match (&source.matching, found) {
        (None, _) if source.counterpart.is_empty() => return,
        (None, _) => (messages::counterpart_alone(), messages::counterpart_alone_hint()),
        (Some(_), Some(other)) if other.matching.is_none() => return,
        (Some(_), Some(_)) => (messages::counterpart_chain(), messages::counterpart_chain_hint()),
        (Some(_), None) => (
            messages::counterpart_unknown(),
            nearest(
                &source.counterpart,
                sources
                    .iter()
                    .map(|other| other.name.as_str())
                    .filter(|name| *name != source.name),
            )
            .map_or_else(messages::counterpart_unknown_hint, messages::did_you_mean),
        ),
    };
    checker.error("source-counterpart", &path, source.counterpart.clone(), rule, hint);
}

/// Amounts that can be meant but most often are a slip.
fn unlikely(source: &Source, path: &str, checker: &mut Checker<'_>) {
    let mut doubt = |field: &str, value: String, rule: Message, hint: Message| {
        checker.warn("unlikely", &format!("{path}.{field}"), value, rule, hint);
    };
    if let Some(commitment) = &source.commitment
        && commitment.value < 10_000.0
    {
        let hint = messages::small_commitment_hint();
        doubt(
            "commitment",
            grouped(commitment.value),
            messages::small_commitment(),
            hint,
        );
    }
    let most = |path: &YearPath| path.points.iter().map(|(_, value)| *value).fold(0.0, f64::max);
    if let Some(share) = source.share_of_education.as_ref().map(most)
        && share > 0.3
    {
        let hint = messages::large_share_hint();
        let rule = messages::large_share();
        doubt("share_of_education", Unit::Share.show(share), rule, hint);
    }
    if source.absorption.value == 0.0 {
        doubt(
            "absorption",
            "0".into(),
            messages::no_absorption(),
            messages::no_absorption_hint(),
        );
    }
}

/// Largest number of sources beside the existing budget; the engine keeps who may pay what in 32 bits.
pub const MOST_SOURCES: usize = 31;

fn funding(scenario: &Scenario, checker: &mut Checker<'_>) {
    let regions = regions(scenario);
    let sources = &scenario.funding.sources;
    if sources.len() > MOST_SOURCES {
        checker.error(
            "too-many-sources",
            "funding.sources",
            sources.len(),
            messages::too_many_sources(MOST_SOURCES),
            messages::too_many_sources_hint(),
        );
    }
    // Of more than can be told apart, the first ones say what is wrong.
    for (index, source) in sources.iter().enumerate().take(MOST_SOURCES) {
        let path = format!("funding.sources[{index}]");
        if source.name.is_empty() || matches!(source.name.as_str(), "unfunded" | "existing budget") {
            checker.error(
                "source-name",
                &format!("{path}.name"),
                source.name.clone(),
                messages::source_name_taken(),
                None,
            );
        }
        if sources[..index].iter().any(|other| other.name == source.name) {
            checker.error(
                "source-name",
                &format!("{path}.name"),
                source.name.clone(),
                messages::source_name_twice(),
                messages::source_name_twice_hint(),
            );
        }
        match source.kind {
            SourceKind::DomesticBudget if source.amount.is_some() == source.share_of_education.is_some() => {
                checker.error(
                    "source-terms",
                    &path,
                    source.name.clone(),
                    messages::budget_terms(),
                    messages::write_for_instance("share_of_education: 0.02"),
                );
            }
            SourceKind::Grant | SourceKind::ConcessionalLoan
                if source.commitment.is_none() || source.release.is_none() =>
            {
                checker.error(
                    "source-terms",
                    &path,
                    source.name.clone(),
                    messages::loan_needs(),
                    messages::write_for_instance("release: {2027: 0.3, 2028: 0.4, 2029: 0.3}"),
                );
            }
            _ => {}
        }
        counterpart(sources, index, checker);
        if let Some(release) = &source.release {
            let sum = released_in_all(scenario, release);
            if sum < 1.0
                && let Some(commitment) = &source.commitment
            {
                let unpaid = commitment.value * (1.0 - sum);
                checker.warn(
                    "release-short",
                    &format!("{path}.release"),
                    Unit::Share.show(sum),
                    messages::release_short(Unit::Usd.show(unpaid), scenario.horizon),
                    messages::release_short_hint(),
                );
            }
            if sum > 1.000_001 {
                checker.error(
                    "shares-sum",
                    &format!("{path}.release"),
                    format!("{sum:.3}"),
                    messages::release_sum(),
                    messages::release_sum_hint(),
                );
            }
        }
        if source.kind == SourceKind::ConcessionalLoan && source.grace.value >= source.maturity.value {
            checker.error(
                "loan-terms",
                &format!("{path}.grace"),
                source.grace.value,
                messages::grace(),
                messages::grace_hint(source.maturity.value),
            );
        }
        unlikely(source, &path, checker);
        for (place, level) in source.levels.iter().enumerate() {
            if scenario.country.levels.iter().all(|data| data.level != *level) {
                checker.error(
                    "group-level",
                    &format!("{path}.levels[{place}]"),
                    *level,
                    messages::group_level(),
                    None,
                );
            }
        }
        for (place, region) in source.regions.iter().enumerate() {
            unknown_region(region, &regions, &format!("{path}.regions[{place}]"), checker);
        }
    }
    let mut ranked = BTreeSet::new();
    for (index, component) in scenario.funding.priority.iter().enumerate() {
        if !ranked.insert(*component) {
            checker.error(
                "priority-twice",
                &format!("funding.priority[{index}]"),
                component.name(),
                messages::priority_twice(),
                None,
            );
        }
    }
}

/// Share of a commitment released in all years of a scenario; what is a hair from the whole is the whole.
#[must_use]
pub fn released_in_all(scenario: &Scenario, release: &super::YearPath) -> f64 {
    let sum: f64 = (scenario.base_year + 1..=scenario.horizon)
        .map(|year| released(release, year))
        .sum();
    if (sum - 1.0).abs() < 1e-9 { 1.0 } else { sum }
}

/// Share of a commitment released in a year: what is written for that very year, or the constant.
#[must_use]
pub fn released(release: &super::YearPath, year: i32) -> f64 {
    release.as_constant().unwrap_or_else(|| {
        release
            .points
            .iter()
            .find(|point| point.0 == year)
            .map_or(0.0, |point| point.1)
    })
}

fn targets(scenario: &Scenario, checker: &mut Checker<'_>) {
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
                messages::percent_as(value, super::read::percent(value)),
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

/// One assumption, however many fields share it.
struct Assumed {
    path: String,
    count: usize,
    shown: String,
    rule: Message,
}

fn confidence(scenario: &Scenario, checker: &mut Checker<'_>) {
    let mut assumed: BTreeMap<(String, String), Assumed> = BTreeMap::new();
    let mut nowcast: BTreeMap<i32, usize> = BTreeMap::new();
    let mut see = |path: &str, field: &'static Field, value: f64, confidence: Confidence, passport: Passport| {
        if let Some(year) = passport
            .year
            .filter(|year| *year < scenario.base_year && path.starts_with("country."))
        {
            *nowcast.entry(year).or_default() += 1;
        }
        // Defaults are listed with the format; here stand what was written into this file as an assumption.
        if confidence == Confidence::Low && path.starts_with("country.") {
            let general = without_indices(path);
            let entry = assumed
                .entry((general, passport.source.clone()))
                .or_insert_with(|| Assumed {
                    path: path.to_owned(),
                    count: 0,
                    shown: field.unit.show(value),
                    rule: assumption(&passport, field.unit),
                });
            entry.count += 1;
        }
    };
    scenario.walk("", &ROOT, &mut |path, field, leaf| match leaf {
        Leaf::Number(number) => see(
            path,
            field,
            number.value,
            number.confidence(field),
            number.passport(field),
        ),
        Leaf::Path(points) => {
            let passport = points.passport(field);
            see(
                path,
                field,
                points.at(scenario.base_year),
                points.confidence(field),
                passport,
            );
        }
    });
    for entry in assumed.into_values() {
        let rule = match entry.count {
            1 => entry.rule,
            count => messages::assumed_alike(entry.rule, count - 1),
        };
        checker.say(Severity::Note, "assumed", &entry.path, entry.shown, rule, None);
    }
    for (year, count) in nowcast {
        let rule = messages::nowcast(count, year, scenario.base_year);
        checker.say(Severity::Note, "nowcast", "country", year, rule, None);
    }
}

/// What is said of an assumption: its range and its source, where it has them.
fn assumption(passport: &Passport, unit: Unit) -> Message {
    let mut rule = messages::assumed();
    if let (Some(low), Some(high)) = (passport.low, passport.high) {
        rule = messages::assumed_range(rule, unit.show(low), unit.show(high));
    }
    if !passport.source.is_empty() {
        rule = messages::assumed_source(rule, Value::Source(passport.source.clone()));
    }
    rule
}

/// `country.groups[3].mbps` as `country.groups[].mbps`.
#[must_use]
pub fn without_indices(path: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in path.chars() {
        match c {
            '[' => {
                inside = true;
                text.push('[');
            }
            ']' => {
                inside = false;
                text.push(']');
            }
            _ if inside => {}
            _ => text.push(c),
        }
    }
    text
}
