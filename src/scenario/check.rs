//! What fields mean together: sums, order in time, names that refer to one another, and what rests on assumptions.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::country::Group;
use super::findings::{Finding, Place, Severity, nearest};
use super::funding::{Source, SourceKind};
use super::quantity::{Confidence, Passport, YearPath};
use super::registry::{Entry, Field, Leaf, ROOT};
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
        value: impl Into<String>,
        rule: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.findings.push(Finding {
            code,
            severity,
            path: path.into(),
            place: self.place(path),
            value: value.into(),
            rule: rule.into(),
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

    fn error(
        &mut self,
        code: &'static str,
        path: &str,
        value: impl Into<String>,
        rule: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.say(Severity::Error, code, path, value, rule, hint);
    }

    fn warn(
        &mut self,
        code: &'static str,
        path: &str,
        value: impl Into<String>,
        rule: impl Into<String>,
        hint: impl Into<String>,
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
    fold_alike(&mut checker.findings);
    lines(scenario, &mut checker);
    plan(scenario, &mut checker);
    funding(scenario, &mut checker);
    targets(scenario, &mut checker);
    confidence(scenario, &mut checker);
    checker.findings
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
            let _ = write!(finding.rule, " (and {} more groups alike)", more - 1);
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
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                checker.error(
                    "entry-twice",
                    &format!("{path}[{index}]"),
                    *name,
                    "this entry stands twice in the list",
                    "Keep one of the two.",
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
            from.to_string(),
            format!("the plan must start after the base year {base}"),
            "The base year is the last one before the plan.",
        );
    }
    if horizon < from {
        checker.error(
            "years",
            "horizon",
            horizon.to_string(),
            format!("the horizon lies before the plan starts in {from}"),
            "Move the horizon, or start earlier.",
        );
    }
    if horizon - base > 40 {
        checker.error(
            "years",
            "horizon",
            horizon.to_string(),
            "a run covers at most 40 years",
            "",
        );
    }
    if scenario.price_year > horizon {
        checker.error(
            "price-year",
            "price_year",
            scenario.price_year.to_string(),
            format!("the price year lies after the horizon {horizon}"),
            "Prices are those of a year that has been, for instance 2025.",
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
                last_birth.to_string(),
                format!("births end before {needed}; the last value is held"),
                "Add projected births.",
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
                        format!("the year lies outside {base} to {horizon}; what is released then is not received")
                    } else {
                        format!("the year lies outside {base} to {horizon}; it only bends the line inside")
                    };
                    checker.warn(
                        "year-outside",
                        &format!("{path}[{year}]"),
                        year.to_string(),
                        rule,
                        "Correct the year, or move the horizon.",
                    );
                }
            }
        }
    });
}

fn levels(scenario: &Scenario, checker: &mut Checker<'_>) {
    let country = &scenario.country;
    if country.levels.is_empty() {
        checker.error(
            "no-levels",
            "country.levels",
            "",
            "a country needs at least one level of schooling",
            "",
        );
    }
    let absent: Vec<&str> = Level::ALL
        .iter()
        .filter(|level| country.levels.iter().all(|data| data.level != **level))
        .map(|level| level.name())
        .collect();
    if !absent.is_empty() && !country.levels.is_empty() {
        checker.say(
            Severity::Note,
            "level-left-out",
            "country.levels",
            absent.join(", "),
            "not in this file: its learners, schools and costs are in no total",
            "Add the level, or read totals as those of the levels that are there.",
        );
    }
    let regions: Vec<_> = country.groups.iter().map(|group| group.region.as_str()).collect();
    let mut order: Vec<Level> = Vec::new();
    for (index, level) in country.levels.iter().enumerate() {
        let path = format!("country.levels[{index}]");
        let name = level.level.name();
        if order.last().is_some_and(|last| *last >= level.level) {
            checker.error(
                "levels-order",
                &path,
                name,
                "levels stand once each, from primary upward",
                "",
            );
        }
        order.push(level.level);
        if level.learners.value <= 0.0 {
            checker.error(
                "level-without-learners",
                &format!("{path}.learners"),
                name,
                "a level without learners cannot be planned for",
                "Leave the level out, or write its learners.",
            );
        }
        if level.teachers.value <= 0.0 && level.learners.value > 0.0 {
            checker.error(
                "no-teachers",
                &format!("{path}.teachers"),
                name,
                "the level has learners but no teachers",
                "Write the number of teachers.",
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
                "no group of schools of this level has teachers",
                "Share the teachers out over the groups.",
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
                "no group of schools has learners of this level",
                "Add groups, or leave the level out.",
            );
        } else if (sum / level.learners.value - 1.0).abs() > 0.01 {
            let rule = format!(
                "groups add up to {} learners, the level has {}; groups are used as shares of the level",
                grouped(sum),
                grouped(level.learners.value)
            );
            checker.warn("groups-total", &path, name, rule, "Reconcile the two.");
        }
        let competence =
            level.competence_none.value + level.competence_acquisition.value + level.competence_deepening.value;
        if competence > 1.000_001 {
            checker.error(
                "shares-sum",
                &path,
                format!("{competence:.3}"),
                "shares of teachers by ICT competence add up to more than 1",
                "What is left to 1 counts as knowledge creation.",
            );
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
            format!("{lower:.1} and {upper:.1}"),
            "learners per teacher differ more than twofold between lower and upper secondary",
            "The two are often counted together; check how teachers were split.",
        );
    }
    for (index, group) in country.groups.iter().enumerate() {
        if !country.levels.iter().any(|level| level.level == group.level) {
            checker.error(
                "group-level",
                &format!("country.groups[{index}].level"),
                group.level.name(),
                "the country has no data for this level",
                "Add it to `levels`.",
            );
        }
        let same = country.groups[..index]
            .iter()
            .any(|other| (&other.region, other.locality, other.level) == (&group.region, group.locality, group.level));
        if same && regions.len() < 10_000 {
            checker.warn(
                "group-twice",
                &format!("country.groups[{index}]"),
                group.level.name(),
                "a group with the same region, locality and level stands above",
                "Results of the two are shown together.",
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
    for (field, per, range, what) in [
        ("schools", learners / group.schools.value, SCHOOL_SIZE, "school"),
        ("teachers", learners / group.teachers.value, CLASS_SIZE, "teacher"),
    ] {
        if per.is_finite() && learners > 0.0 && !range.contains(&per) {
            checker.warn(
                "unlikely-size",
                &format!("{path}.{field}"),
                format!("{per:.1}"),
                format!("so many learners for each {what} are unlikely"),
                "Check thousands and decimal points of the two numbers.",
            );
        }
    }
    if group.learners.value > 0.0 && group.schools.value <= 0.0 {
        checker.error(
            "zero-schools",
            &format!("{path}.schools"),
            "0",
            "the group has learners but no schools",
            "Write the number of schools, or move the learners.",
        );
    }
    let power = group.grid.value + group.solar.value;
    if power > 1.000_001 {
        checker.error(
            "shares-sum",
            &path,
            format!("{power:.3}"),
            "shares of schools on the grid and with solar power add up to more than 1",
            "Count each school once, under its main supply.",
        );
    }
    let links = group.fibre.value + group.cellular.value + group.wireless.value + group.satellite.value;
    if links > 1.000_001 {
        checker.error(
            "shares-sum",
            &path,
            format!("{links:.3}"),
            "shares of schools by technology of the link add up to more than 1",
            "Count each school once, under its main link.",
        );
    }
    for (what, field, share) in [
        ("pupil-accessible internet", "cellular", links),
        ("computers", "equipped", group.equipped.value),
    ] {
        if share > power + 0.005 {
            let value = format!("{:.1} % against {:.1} % with power", share * 100.0, power * 100.0);
            checker.warn(
                "above-power",
                &format!("{path}.{field}"),
                value,
                format!("more schools are said to have {what} than power; only powered schools count"),
                "One of the two figures is wrong or counts something else.",
            );
        }
    }
    if group.learners.value > 0.0 && group.teachers.value <= 0.0 {
        checker.warn(
            "group-without-teachers",
            &format!("{path}.teachers"),
            "0",
            "learners without a teacher: nobody can be trained there, so nobody is reached",
            "Write the teachers of the group, or leave the column out of a regional table to share out the national number.",
        );
    }
    let fifths = [
        &group.poorest,
        &group.second,
        &group.middle,
        &group.fourth,
        &group.richest,
    ];
    let sum: f64 = fifths.iter().map(|fifth| fifth.value).sum();
    if (sum - 1.0).abs() > 0.005 {
        checker.error(
            "shares-sum",
            &format!("{path}.poorest"),
            format!("{sum:.3}"),
            "shares of learners by wealth fifth do not add up to 1",
            "The five are poorest, second, middle, fourth and richest; one left out is 0.2.",
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
                "only fibre has a line of its own",
                "Put the price of masts and radio links into `setup`.",
            );
        }
    }
}

fn plan(scenario: &Scenario, checker: &mut Checker<'_>) {
    let plan = &scenario.plan;
    let known: Vec<&str> = scenario.evidence.modes.iter().map(|mode| mode.name.as_str()).collect();
    for (index, learning) in plan.learning.iter().enumerate() {
        if !known.contains(&learning.mode.as_str()) {
            let hint = nearest(&learning.mode, known.iter().copied()).map_or_else(
                || format!("Known: {}.", known.join(", ")),
                |near| format!("Did you mean `{near}`?"),
            );
            checker.error(
                "unknown-mode",
                &format!("plan.learning[{index}].mode"),
                learning.mode.clone(),
                "no mode of learning has this name",
                hint,
            );
        }
    }
    for year in scenario.base_year..=scenario.horizon {
        let sum: f64 = plan.learning.iter().map(|learning| learning.share.at(year)).sum();
        if sum > 1.000_001 {
            checker.error(
                "shares-sum",
                "plan.learning",
                format!("{sum:.3}"),
                format!("shares of learners by mode of learning add up to more than 1 in {year}"),
                "A learner is counted in one mode at a time; lower one of the shares.",
            );
            break;
        }
    }
    if let Some(training) = &plan.training {
        let sum: f64 = training.modes.iter().map(|mode| mode.share.value).sum();
        if !training.modes.is_empty() && (sum - 1.0).abs() > 0.005 {
            checker.error(
                "shares-sum",
                "plan.training.modes",
                format!("{sum:.3}"),
                "shares of training by mode do not add up to 1",
                "",
            );
        }
    }
    let regions: Vec<&str> = scenario
        .country
        .groups
        .iter()
        .map(|group| group.region.as_str())
        .collect();
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

fn unknown_region(region: &str, regions: &[&str], path: &str, checker: &mut Checker<'_>) {
    if regions.contains(&region) {
        return;
    }
    let hint = nearest(region, regions.iter().copied())
        .filter(|near| !near.is_empty())
        .map_or_else(
            || "Regions are those of `country.groups`.".to_owned(),
            |near| format!("Did you mean `{near}`?"),
        );
    checker.error(
        "unknown-region",
        path,
        region,
        "no group of schools lies in this region",
        hint,
    );
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
        (None, _) => (
            "a counterpart without a matching ratio",
            "Write for instance matching: 0.5 for fifty cents of the counterpart to each US dollar.".to_owned(),
        ),
        (Some(_), Some(other)) if other.matching.is_none() => return,
        (Some(_), Some(_)) => (
            "the counterpart asks for a counterpart itself",
            "Name a source that pays alone, such as the domestic budget.".to_owned(),
        ),
        (Some(_), None) => (
            "a source with a matching ratio names the source that matches it",
            nearest(
                &source.counterpart,
                sources
                    .iter()
                    .map(|other| other.name.as_str())
                    .filter(|name| *name != source.name),
            )
            .map_or_else(
                || "Sources stand in funding.sources, each with its name.".to_owned(),
                |name| format!("Did you mean `{name}`?"),
            ),
        ),
    };
    checker.error("source-counterpart", &path, source.counterpart.clone(), rule, hint);
}

/// Amounts that can be meant but most often are a slip.
fn unlikely(source: &Source, path: &str, checker: &mut Checker<'_>) {
    let mut doubt = |field: &str, value: String, rule: &str, hint: &str| {
        checker.warn("unlikely", &format!("{path}.{field}"), value, rule, hint);
    };
    if let Some(commitment) = &source.commitment
        && commitment.value < 10_000.0
    {
        let hint = "Amounts are whole US dollars: write 75_000_000 for 75 million.";
        doubt(
            "commitment",
            grouped(commitment.value),
            "less than US$ 10 000 in all",
            hint,
        );
    }
    let most = |path: &YearPath| path.points.iter().map(|(_, value)| *value).fold(0.0, f64::max);
    if let Some(share) = source.share_of_education.as_ref().map(most)
        && share > 0.3
    {
        let hint = "A ministry's new money is most often 0.5 to 5 % of education spending: 0.02 is two per cent.";
        let rule = "more than three tenths of all public education spending";
        doubt("share_of_education", Unit::Share.show(share), rule, hint);
    }
    if source.absorption.value == 0.0 {
        doubt(
            "absorption",
            "0".into(),
            "none of the source's money can ever be spent",
            "Write 1 if all can.",
        );
    }
}

/// Largest number of sources beside the existing budget; the engine keeps who may pay what in 32 bits.
pub const MOST_SOURCES: usize = 31;

fn funding(scenario: &Scenario, checker: &mut Checker<'_>) {
    let regions: Vec<&str> = scenario
        .country
        .groups
        .iter()
        .map(|group| group.region.as_str())
        .collect();
    let sources = &scenario.funding.sources;
    if sources.len() > MOST_SOURCES {
        checker.error(
            "too-many-sources",
            "funding.sources",
            sources.len().to_string(),
            format!("a scenario has at most {MOST_SOURCES} sources"),
            "Put sources with the same terms together.",
        );
    }
    for (index, source) in sources.iter().enumerate() {
        let path = format!("funding.sources[{index}]");
        if source.name.is_empty() || matches!(source.name.as_str(), "unfunded" | "existing budget") {
            checker.error(
                "source-name",
                &format!("{path}.name"),
                source.name.clone(),
                "a source needs a name of its own; `unfunded` and `existing budget` are taken",
                "",
            );
        }
        if sources[..index].iter().any(|other| other.name == source.name) {
            checker.error(
                "source-name",
                &format!("{path}.name"),
                source.name.clone(),
                "two sources have the same name",
                "Give each its own; tables and charts tell sources apart by name.",
            );
        }
        match source.kind {
            SourceKind::DomesticBudget if source.amount.is_some() == source.share_of_education.is_some() => {
                checker.error(
                    "source-terms",
                    &path,
                    source.name.clone(),
                    "a domestic budget has either `amount` or `share_of_education`",
                    "Write for instance share_of_education: 0.02.",
                );
            }
            SourceKind::Grant | SourceKind::ConcessionalLoan
                if source.commitment.is_none() || source.release.is_none() =>
            {
                checker.error(
                    "source-terms",
                    &path,
                    source.name.clone(),
                    "a grant or loan needs `commitment` and `release`",
                    "Write for instance release: {2027: 0.3, 2028: 0.4, 2029: 0.3}.",
                );
            }
            _ => {}
        }
        counterpart(sources, index, checker);
        if let Some(release) = &source.release {
            let sum: f64 = (scenario.base_year + 1..=scenario.horizon)
                .map(|year| released(release, year))
                .sum();
            if sum > 1.000_001 {
                checker.error(
                    "shares-sum",
                    &format!("{path}.release"),
                    format!("{sum:.3}"),
                    "more than the whole commitment is released",
                    "Shares by year add up to at most 1; a year that is not written releases nothing.",
                );
            }
        }
        if source.kind == SourceKind::ConcessionalLoan && source.grace.value >= source.maturity.value {
            checker.error(
                "loan-terms",
                &format!("{path}.grace"),
                format!("{}", source.grace.value),
                "grace is not shorter than maturity",
                format!(
                    "Write fewer than {} years, or lengthen maturity.",
                    source.maturity.value
                ),
            );
        }
        unlikely(source, &path, checker);
        for (place, level) in source.levels.iter().enumerate() {
            if scenario.country.levels.iter().all(|data| data.level != *level) {
                checker.error(
                    "group-level",
                    &format!("{path}.levels[{place}]"),
                    level.name(),
                    "the country has no data for this level",
                    "",
                );
            }
        }
        for (place, region) in source.regions.iter().enumerate() {
            unknown_region(region, &regions, &format!("{path}.regions[{place}]"), checker);
        }
    }
    for (index, component) in scenario.funding.priority.iter().enumerate() {
        if scenario.funding.priority[..index].contains(component) {
            checker.error(
                "priority-twice",
                &format!("funding.priority[{index}]"),
                component.name(),
                "the component stands twice in the order of priority",
                "",
            );
        }
    }
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
            let hint = nearest(&target.indicator, known.iter().copied()).map_or_else(
                || format!("Known: {}.", known.join(", ")),
                |near| format!("Did you mean `{near}`?"),
            );
            checker.error(
                "unknown-indicator",
                &format!("{path}.indicator"),
                target.indicator.clone(),
                "no indicator has this code",
                hint,
            );
            continue;
        };
        if target.year <= scenario.base_year || target.year > scenario.horizon {
            let rule = format!(
                "a target needs a year from {} to {}",
                scenario.base_year + 1,
                scenario.horizon
            );
            checker.error(
                "target-year",
                &format!("{path}.year"),
                target.year.to_string(),
                rule,
                "Correct the year, or move the horizon.",
            );
        }
        let value = target.at_least.value;
        if *unit == Unit::Share && !(0.0..=1.0).contains(&value) {
            checker.error(
                "percentage",
                &format!("{path}.at_least"),
                format!("{value}"),
                "a share runs from 0 to 1",
                format!("For {value} % write {}.", super::read::percent(value)),
            );
        }
        if let Some(level) = target.level
            && !scenario.country.levels.iter().any(|l| l.level == level)
        {
            checker.error(
                "group-level",
                &format!("{path}.level"),
                level.name(),
                "the country has no data for this level",
                "",
            );
        }
    }
}

/// One assumption, however many fields share it.
struct Assumed {
    path: String,
    count: usize,
    shown: String,
    range: String,
    source: String,
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
                    range: passport.low.zip(passport.high).map_or_else(String::new, |(low, high)| {
                        format!(", likely {} to {}", field.unit.show(low), field.unit.show(high))
                    }),
                    source: passport.source.clone(),
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
        let more = if entry.count > 1 {
            format!(" (and {} more alike)", entry.count - 1)
        } else {
            String::new()
        };
        let source = if entry.source.is_empty() {
            String::new()
        } else {
            format!("; {}", entry.source)
        };
        let rule = format!("assumed, low confidence{}{source}{more}", entry.range);
        checker.say(Severity::Note, "assumed", &entry.path, entry.shown, rule, "");
    }
    for (year, count) in nowcast {
        let rule = format!(
            "{count} values observed in {year} stand for {}: nowcast from {year}",
            scenario.base_year
        );
        checker.say(Severity::Note, "nowcast", "country", year.to_string(), rule, "");
    }
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
