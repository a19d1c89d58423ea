//! What the country's figures rest on: assumptions, and figures of earlier years.

use std::collections::BTreeMap;

use super::Checker;
use crate::scenario::Scenario;
use crate::scenario::field::{Field, ROOT, without_indices};
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
