//! Fields and parts of a scenario by the names that people give them, and the way to them: no page shows a path of the
//! file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::command::Command;
use super::lever::LeverId;
use super::page::Page;
use super::words::{Words, capital, first_sentence};
use crate::scenario::field::without_indices;
use crate::scenario::field::{Field, Holds, ROOT};
use crate::scenario::reference;
use crate::scenario::registry::Entry;
use crate::scenario::{Finding, Level, Lever, Locality, Scenario};

/// Every field of the format by its path without positions.
static FIELDS: LazyLock<BTreeMap<String, &'static Field>> = LazyLock::new(|| reference::paths().into_iter().collect());

/// What stands at a path, and whose it is: `Schools with solar power, rural, primary`. Without a scenario, as where a file
/// cannot be opened, its place is told by position. A path that is none of the format stays as it is.
#[must_use]
pub fn name(path: &str, scenario: Option<&Scenario>, words: &Words) -> String {
    let general = without_indices(path);
    let Some((known, field)) = known(&general) else {
        return path.to_owned();
    };
    let inside = |path: &String| {
        let rest = path.strip_prefix(known);
        rest.is_some_and(|rest| rest.starts_with('.') || rest.starts_with("[]."))
    };
    let is_leaf = !FIELDS.keys().any(inside);
    let whole = if is_leaf || !path.ends_with(']') {
        path.to_owned()
    } else {
        format!("{path}.")
    };
    let place = match scenario {
        Some(scenario) => place(scenario, &whole, words),
        None => positions(&whole, words),
    };
    let own = if is_leaf {
        // What follows a semicolon explains.
        let name = first_sentence(words.meaning(known, field));
        name.split(';').next().unwrap_or(name).trim_end().to_owned()
    } else {
        capital(&words.word(field.name))
    };
    // The year of a path stands in brackets behind it.
    let by_year = matches!(field.holds, Holds::Path | Holds::Lever) && general.ends_with("[]");
    let year = path.strip_suffix(']').and_then(|path| path.rsplit_once('['));
    let year = year.filter(|_| by_year).map_or("", |(_, year)| year);
    // What the format does not know stands as it was written.
    let rest = general[known.len()..].trim_start_matches("[]").trim_start_matches('.');
    let rest = if is_leaf { "" } else { rest };
    let own = if !is_leaf && !place.is_empty() {
        ""
    } else {
        own.as_str()
    };
    let parts = [rest, own, place.as_str(), year];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// The field of a path without positions, or of the nearest thing around it.
fn known(general: &str) -> Option<(&str, &'static Field)> {
    let mut known = general;
    loop {
        if let Some(field) = FIELDS.get(known).or_else(|| FIELDS.get(&format!("{known}[]"))) {
            return Some((known, field));
        }
        known = &known[..known.rfind(['.', '['])?];
    }
}

/// `groups 3` for `country.groups[2].schools`.
fn positions(path: &str, words: &Words) -> String {
    let mut found = Vec::new();
    for part in path.split('.') {
        if let Some((list, rest)) = part.split_once('[')
            && let Some(index) = rest.split(']').next().and_then(|index| index.parse::<usize>().ok())
            && index < 1900
        {
            found.push(format!("{} {}", words.word(list), index + 1));
        }
    }
    found.join(", ")
}

/// Name and place of an input as a comparison knows it: entries of lists go by their names, which stand in brackets.
#[must_use]
pub fn compared(path: &str, name: &str, words: &Words) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = path;
    let mut sections = 0;
    while !rest.is_empty() {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (section, after) = rest.split_at(end);
        if let Some(inside) = after.strip_prefix('[') {
            // The name of an entry may hold any sign.
            let close = inside.find("].").or_else(|| inside.rfind(']')).unwrap_or(inside.len());
            let names: Vec<String> = inside[..close].split(", ").map(|word| words.word(word)).collect();
            parts.push(names.join(", "));
            rest = inside[close..].trim_start_matches(']');
        } else {
            if sections > 0 && !after.is_empty() {
                parts.push(words.word(section));
            }
            rest = after;
        }
        sections += 1;
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    if parts.is_empty() {
        name.to_owned()
    } else {
        format!("{}, {}", name.trim_end_matches('.'), parts.join(", "))
    }
}

/// What leads to a finding: to the lever on Plan, else to the number on Sources, else to the page Plan. Shares that do not
/// add up are found together.
#[must_use]
pub(crate) fn way_to(finding: &Finding, scenario: &Scenario) -> Command {
    let path = &finding.path[..];
    for lever in LeverId::all() {
        let rest = path.strip_prefix(lever.path());
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '['])) {
            return Command::GoTo(lever);
        }
    }
    let mut numbers: Vec<String> = Vec::new();
    let mut share = None;
    scenario.walk("", &ROOT, &mut |number, field, _| {
        if share.is_none() && field.simplex.is_some_and(|simplex| simplex.whole(number) == path) {
            share = Some(number.to_owned());
        }
        numbers.push(number.to_owned());
    });
    if let Some(share) = share.filter(|_| matches!(finding.code, "shares-sum" | "implied-rest")) {
        return Command::GoToNumber(share);
    }
    let mut wanted = path;
    loop {
        let below = |number: &&String| {
            let rest = number.strip_prefix(wanted);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        if let Some(number) = numbers.iter().find(below) {
            return Command::GoToNumber(number.clone());
        }
        match wanted.rfind(['.', '[']) {
            Some(end) => wanted = &wanted[..end],
            None => return Command::Show(Page::Plan),
        }
    }
}

/// Whose number it is: the sections around it, with the names of list entries in place of their positions.
#[must_use]
pub fn place(scenario: &Scenario, path: &str, words: &Words) -> String {
    let mut names = Vec::new();
    let mut at = 0;
    let ends = path.match_indices('.').map(|(end, _)| end);
    for end in ends {
        let section = &path[at..end];
        let name = if section.ends_with(']') {
            entry(scenario, &path[..end], words)
        } else if at == 0 {
            // The topic has a column of its own.
            String::new()
        } else {
            words.word(section)
        };
        if !name.is_empty() {
            names.push(name);
        }
        at = end + 1;
    }
    names.join(", ")
}

/// Name of an entry of a list.
fn entry(scenario: &Scenario, path: &str, words: &Words) -> String {
    let (list, _) = path.rsplit_once('[').unwrap_or((path, ""));
    let Some(index) = position(path, list) else {
        return String::new();
    };
    let case = |level: Option<Level>, locality: Option<Locality>, region: Option<&str>| {
        let of_engine = [locality.map(Locality::name), level.map(Level::name)];
        let region = region.filter(|region| !region.is_empty()).map(str::to_owned);
        let of_engine = of_engine.into_iter().flatten().map(|name| words.word(name));
        let names: Vec<String> = region.into_iter().chain(of_engine).collect();
        names.join(", ")
    };
    let country = &scenario.country;
    let name = match list {
        "country.levels" => country.levels.get(index).map(|level| words.word(level.level.name())),
        "country.groups" => country
            .groups
            .get(index)
            .map(|group| case(Some(group.level), Some(group.locality), Some(&group.region))),
        "prices.links" => scenario
            .prices
            .links
            .get(index)
            .map(|link| words.word(link.technology.name())),
        "prices.devices" => scenario
            .prices
            .devices
            .get(index)
            .map(|device| words.word(device.device.name())),
        "prices.training" => scenario
            .prices
            .training
            .get(index)
            .map(|training| words.word(training.mode.name())),
        "plan.training.modes" => scenario
            .plan
            .training
            .as_ref()
            .and_then(|training| training.modes.get(index))
            .map(|part| words.word(part.mode.name())),
        "plan.learning" => scenario.plan.learning.get(index).map(|part| words.word(&part.mode)),
        "evidence.modes" => scenario.evidence.modes.get(index).map(|mode| words.word(&mode.name)),
        "funding.sources" => scenario.funding.sources.get(index).map(|source| source.name.clone()),
        "shocks" => scenario
            .shocks
            .get(index)
            .map(|shock| format!("{} {}", words.word(shock.kind.name()), shock.year)),
        "targets" => scenario.targets.get(index).map(|target| {
            let level = target.level;
            let level = level.map_or(String::new(), |level| format!(", {}", words.word(level.name())));
            format!("{}{level}, {}", target.indicator, target.year)
        }),
        _ => scenario
            .part(list)
            .and_then(|part| part.downcast_ref::<Lever>())
            .and_then(|lever| lever.cases.get(index))
            .map(|of| case(of.level, of.locality, of.region.as_deref())),
    };
    name.unwrap_or_default().replace('_', " ")
}

/// Position in a list: that of `prices.devices[2]` in `prices.devices`.
pub(super) fn position(path: &str, list: &str) -> Option<usize> {
    path.strip_prefix(list)?
        .strip_prefix('[')?
        .split(']')
        .next()?
        .parse()
        .ok()
}
