//! What the country's figures rest on: assumptions, and figures of earlier years.

use std::collections::BTreeMap;

use super::Checker;
use crate::scenario::Scenario;
use crate::scenario::field::{ROOT, without_indices};
use crate::scenario::findings::Severity;
use crate::scenario::messages::{self, Message, Value};
use crate::scenario::quantity::{Confidence, Passport};
use crate::scenario::registry::{Entry, Leaf};
use crate::units::Unit;

/// One assumption, however many fields share it.
struct Assumed {
    path: String,
    count: usize,
    shown: String,
    rule: Message,
}

pub(super) fn check(scenario: &Scenario, checker: &mut Checker<'_>) {
    // By path without indices, then by source.
    let mut assumed: BTreeMap<String, BTreeMap<String, Assumed>> = BTreeMap::new();
    let mut nowcast: BTreeMap<i32, usize> = BTreeMap::new();
    let mut carried: Vec<(String, String, Message)> = Vec::new();
    scenario.walk("", &ROOT, &mut |path, field, leaf| {
        if !path.starts_with("country.") {
            return;
        }
        let (own, confidence) = match leaf {
            Leaf::Number(number) => (&number.passport, number.confidence(field)),
            Leaf::Path(points) => (&points.passport, points.confidence(field)),
        };
        if let Leaf::Number(number) = leaf
            && let Some(passport) = own.as_ref().filter(|passport| passport.stand_in() == Some("P27"))
        {
            let rule = messages::nowcast_learners(Value::Source(passport.note.clone()));
            carried.push((path.to_owned(), field.unit.show(number.value), rule));
            return;
        }
        let year = own.as_ref().and_then(|passport| passport.year);
        if let Some(year) = year.filter(|year| *year < scenario.base_year) {
            *nowcast.entry(year).or_default() += 1;
        }
        // Defaults are listed with the format; here stand what was written into this file as an assumption.
        if confidence != Confidence::Low {
            return;
        }
        let source = own.as_ref().map_or(field.source, |passport| &passport.source);
        let of_field = assumed.entry(without_indices(path)).or_default();
        if let Some(alike) = of_field.get_mut(source) {
            alike.count += 1;
            return;
        }
        let (value, passport) = match leaf {
            Leaf::Number(number) => (number.value, number.passport(field)),
            Leaf::Path(points) => (points.at(scenario.base_year), points.passport(field)),
        };
        of_field.insert(
            source.to_owned(),
            Assumed {
                path: path.to_owned(),
                count: 1,
                shown: field.unit.show(value),
                rule: assumption(&passport, field.unit),
            },
        );
    });
    for entry in assumed.into_values().flat_map(BTreeMap::into_values) {
        let rule = match entry.count {
            1 => entry.rule,
            count => messages::assumed_alike(entry.rule, count - 1),
        };
        checker.say(Severity::Note, "assumed", &entry.path, entry.shown, rule, None);
    }
    for (path, learners, rule) in carried {
        checker.say(Severity::Note, "nowcast", &path, learners, rule, None);
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
