//! Numbers and year paths in a file: plain, or in the long form with their passport.

use super::{Entry, Leaf, LeafMut};
use crate::scenario::currency;
use crate::scenario::distribution::Distribution;
use crate::scenario::field::{Field, Years};
use crate::scenario::messages;
use crate::scenario::parameters::{Layout, NumberSlot, PathSlot};
use crate::scenario::quantity::{Passport, Quantity, default_passport};
use crate::scenario::read::Reader;
use crate::scenario::tree::{Node, NodeKind};
use crate::scenario::write::{Writer, number, quote};
use crate::scenario::year_path::{YearPath, fiscal_name, fiscal_year, two_years};
use crate::units::Unit;

/// Fields of the long form of a number.
const PARTS: &[Field] = &[
    Field::number(Unit::Index).named("value", "The value."),
    Field::number(Unit::Index).named("low", "Low end of the likely range."),
    Field::number(Unit::Index).named("high", "High end of the likely range."),
    Field::number(Unit::CalendarYear).named("year", "Year of the observation or price."),
    Field::text().named("source", "Source."),
    Field::text().named("note", "Remark."),
    Field::choice().named("confidence", "`low` for an assumption."),
    Field::number(Unit::Index).named("points", "Values by year, for a path."),
    Field::choice().named("distribution", "How it is spread over the range."),
    Field::choice().named(
        "currency",
        "Currency of an amount: a code of ISO 4217, or `LCU` for the country's own.",
    ),
    Field::number(Unit::LcuPerUsd).within(1e-9, 1e15).named(
        "rate",
        "Units of the currency for one US dollar in the year of the amount.",
    ),
];

struct LongForm<'n> {
    value: Option<&'n Node>,
    points: Option<&'n Node>,
    passport: Passport,
}

fn read_long<'n>(node: &'n Node, field: &Field, reader: &mut Reader<'_>) -> LongForm<'n> {
    let parts = reader.open(node, PARTS);
    let mut passport = Passport::default();
    if let Some(low) = parts[1] {
        passport.low = Some(reader.within("low", low, |node, reader| reader.number(node, field)));
    }
    if let Some(high) = parts[2] {
        passport.high = Some(reader.within("high", high, |node, reader| reader.number(node, field)));
    }
    if let Some(year) = parts[3] {
        passport.year = reader.within("year", year, |node, reader| reader.year(node));
    }
    if let Some(source) = parts[4] {
        passport.source = reader.within("source", source, |node, reader| reader.text(node));
    }
    if let Some(note) = parts[5] {
        passport.note = reader.within("note", note, |node, reader| reader.text(node));
    }
    if let Some(word) = parts[6] {
        passport.low_confidence = reader
            .within("confidence", word, |node, reader| {
                reader.word(node, &["low", "sourced"])
            })
            .as_deref()
            == Some("low");
    }
    if let Some(word) = parts[8] {
        let words = Distribution::ALL.map(Distribution::name);
        let named = reader.within("distribution", word, |node, reader| reader.word(node, &words));
        passport.distribution = named.as_deref().and_then(Distribution::from_name);
        check_distribution(word, &passport, reader);
    }
    if passport.stand_in().is_some() {
        passport.low_confidence = true;
    }
    if let Some(word) = parts[9] {
        passport.currency = reader.within("currency", word, |node, reader| read_currency(node, field, reader));
    }
    if let Some(rate) = parts[10] {
        passport.rate = Some(reader.within("rate", rate, |node, reader| reader.number(node, &PARTS[10])));
        if parts[9].is_none() {
            reader.error(rate, "currency", messages::rate_alone(), messages::rate_alone_hint());
        }
    }
    LongForm {
        value: parts[0],
        points: parts[7],
        passport,
    }
}

/// A code of the list, for money only.
fn read_currency(node: &Node, field: &Field, reader: &mut Reader<'_>) -> String {
    if !field.is_dated_money() {
        reader.error(
            node,
            "currency",
            messages::currency_no_money(),
            messages::currency_no_money_hint(),
        );
    }
    read_code(node, reader)
}

/// A code of the list, as a word or in quotes.
pub(super) fn read_code(node: &Node, reader: &mut Reader<'_>) -> String {
    let codes: Vec<&str> = currency::codes().collect();
    let written = match &node.kind {
        NodeKind::Word => reader.written(node.span),
        NodeKind::Text(text) => text,
        _ => "",
    };
    if !codes.contains(&written) {
        let upper = written.to_uppercase();
        let hint = codes
            .iter()
            .find(|code| **code == upper)
            .map_or_else(messages::currency_hint, |code| messages::write_this(*code));
        reader.error(node, "currency", messages::currency_unknown(), hint);
        return String::new();
    }
    written.to_owned()
}

fn check_range(node: &Node, value: f64, passport: &Passport, reader: &mut Reader<'_>) {
    let (low, high) = (passport.low.unwrap_or(value), passport.high.unwrap_or(value));
    if low > high {
        reader.error(
            node,
            "range",
            messages::low_above_high(),
            messages::low_above_high_hint(),
        );
    }
}

/// A distribution needs both ends of the range, and they must be such that it can have them.
fn check_distribution(node: &Node, passport: &Passport, reader: &mut Reader<'_>) {
    let Some(distribution) = passport.distribution else {
        return;
    };
    match (passport.low, passport.high) {
        (Some(low), Some(high)) if distribution.allows(low, high) => {}
        (Some(_), Some(_)) => reader.error(
            node,
            "distribution",
            messages::distribution_ends(distribution.name()),
            messages::distribution_ends_hint(),
        ),
        _ => reader.error(
            node,
            "distribution",
            messages::distribution_range(),
            messages::distribution_range_hint(),
        ),
    }
}

fn write_passport(passport: &Passport, writer: &mut Writer) {
    if let Some(low) = passport.low {
        writer.pair("low", &number(low));
    }
    if let Some(high) = passport.high {
        writer.pair("high", &number(high));
    }
    if let Some(distribution) = passport.distribution {
        writer.pair("distribution", distribution.name());
    }
    if let Some(year) = passport.year {
        writer.pair("year", &year.to_string());
    }
    if !passport.currency.is_empty() {
        writer.pair("currency", &passport.currency);
    }
    if let Some(rate) = passport.rate {
        writer.pair("rate", &number(rate));
    }
    if !passport.source.is_empty() {
        writer.pair("source", &quote(&passport.source));
    }
    if !passport.note.is_empty() {
        writer.pair("note", &quote(&passport.note));
    }
    if passport.low_confidence && passport.stand_in().is_none() {
        writer.pair("confidence", "low");
    }
}

impl Entry for Quantity {
    type Slots = NumberSlot;

    fn read(node: &Node, field: &'static Field, reader: &mut Reader<'_>) -> Self {
        if !matches!(node.kind, NodeKind::Struct(..)) {
            return Self::new(reader.number(node, field));
        }
        let long = read_long(node, field, reader);
        if let Some(points) = long.points {
            reader.error(
                points,
                "wrong-type",
                messages::number_not_path(),
                messages::number_not_path_hint(),
            );
        }
        let Some(value) = long.value else {
            reader.error(
                node,
                "missing-field",
                messages::value_missing(),
                messages::write_this("(value: 0.5, source: \"...\")"),
            );
            return Self::new(f64::NAN);
        };
        let number = reader.within("value", value, |node, reader| reader.number(node, field));
        check_range(value, number, &long.passport, reader);
        if long.passport == Passport::default() {
            Self::new(number)
        } else {
            Self::with(number, reader.shared(long.passport))
        }
    }

    fn absent(field: &'static Field) -> Self {
        Self::new(field.default.unwrap_or(f64::NAN))
    }

    fn is_absent(&self, field: &'static Field) -> bool {
        self.is_default(field)
    }

    fn write(&self, field: &'static Field, writer: &mut Writer) {
        let explained = (writer.explain && self.is_default(field)).then(|| default_passport(field));
        match self.passport.as_deref().or(explained.as_ref()) {
            None => writer.value(&number(self.value)),
            Some(passport) => writer.inline(|writer| {
                writer.open("(");
                writer.pair("value", &number(self.value));
                write_passport(passport, writer);
                writer.close(")");
            }),
        }
    }

    fn lay(&self, field: &'static Field, layout: &mut Layout<'_>) -> NumberSlot {
        layout.number(field, self)
    }

    fn walk<'a>(&'a self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {
        see(path, field, Leaf::Number(self));
    }

    fn walk_mut(&mut self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {
        see(path, field, LeafMut::Number(self));
    }
}

/// Points of a path, and whether their years are fiscal ones.
fn read_points(node: &Node, field: &Field, reader: &mut Reader<'_>) -> (Vec<(i32, f64)>, bool) {
    let NodeKind::Map(pairs) = &node.kind else {
        return (vec![(0, reader.number(node, field))], false);
    };
    let written = |key: &Node| match &key.kind {
        NodeKind::Text(text) if field.years == Years::Fiscal => fiscal_year(text),
        _ => None,
    };
    let fiscal = pairs.iter().any(|(key, _)| written(key).is_some());
    let mut points: Vec<(i32, f64)> = Vec::new();
    for (key, value) in pairs {
        if let NodeKind::Text(text) = &key.kind
            && let Some((begins, _)) = two_years(text).filter(|_| field.years == Years::Fiscal)
            && fiscal_year(text).is_none()
        {
            let hint = messages::write_for_instance(format!("\"{}\"", fiscal_name(begins)));
            reader.error(key, "fiscal-year", messages::fiscal_follow(), hint);
            continue;
        }
        let year = match written(key) {
            None if fiscal => {
                reader.error(
                    key,
                    "fiscal-year",
                    messages::years_mixed(),
                    messages::years_mixed_hint(),
                );
                continue;
            }
            None => reader.year(key),
            year => year,
        };
        let Some(year) = year else { continue };
        let value = reader.within(year, value, |node, reader| reader.number(node, field));
        match points.last() {
            Some(&(last, _)) if last == year => {
                reader.error(key, "duplicate-key", messages::year_twice(year), messages::keep_one());
            }
            Some(&(last, _)) if last > year => {
                reader.error(
                    key,
                    "years-unordered",
                    messages::year_unordered(year, last),
                    messages::year_unordered_hint(),
                );
            }
            Some(&(_, before)) if !field.may_fall && value < before => {
                reader.error(
                    key,
                    "target-falls",
                    messages::target_falls(),
                    messages::target_falls_hint(),
                );
            }
            _ => {}
        }
        points.push((year, value));
    }
    if pairs.is_empty() {
        reader.error(
            node,
            "empty-path",
            messages::path_empty(),
            messages::write_for_instance("{2027: 0.4, 2030: 0.8}"),
        );
    }
    if points.is_empty() {
        points.push((0, f64::NAN));
    }
    (points, fiscal)
}

impl Entry for YearPath {
    type Slots = PathSlot;

    fn read(node: &Node, field: &'static Field, reader: &mut Reader<'_>) -> Self {
        if !matches!(node.kind, NodeKind::Struct(..)) {
            let (points, fiscal) = read_points(node, field, reader);
            return Self {
                points,
                fiscal,
                passport: None,
            };
        }
        let long = read_long(node, field, reader);
        let Some(points) = long.points.or(long.value) else {
            reader.error(
                node,
                "missing-field",
                messages::points_missing(),
                messages::write_this("(points: {2027: 0.4}, source: \"...\")"),
            );
            return Self::constant(f64::NAN);
        };
        let (points, fiscal) = reader.within("points", points, |node, reader| read_points(node, field, reader));
        Self {
            points,
            fiscal,
            passport: Some(reader.shared(long.passport)),
        }
    }

    fn absent(field: &'static Field) -> Self {
        Self::constant(field.default.unwrap_or(f64::NAN))
    }

    fn is_absent(&self, field: &'static Field) -> bool {
        self.passport.is_none()
            && !field.required
            && self.as_constant().is_some_and(|value| field.default == Some(value))
    }

    fn write(&self, field: &'static Field, writer: &mut Writer) {
        let written = |year: i32| {
            let name = self.year_name(year);
            if self.fiscal { quote(&name) } else { name }
        };
        let points = |writer: &mut Writer| {
            if let Some(value) = self.as_constant() {
                writer.value(&number(value));
            } else {
                let points: Vec<_> = self
                    .points
                    .iter()
                    .map(|(year, value)| format!("{}: {}", written(*year), number(*value)))
                    .collect();
                writer.value(&format!("{{{}}}", points.join(", ")));
            }
        };
        let explained =
            (writer.explain && self.is_absent(field) && !field.source.is_empty()).then(|| default_passport(field));
        match self.passport.as_deref().or(explained.as_ref()) {
            None => points(writer),
            Some(passport) => writer.inline(|writer| {
                writer.open("(");
                writer.value("points: ");
                points(writer);
                writer.value(", ");
                write_passport(passport, writer);
                writer.close(")");
            }),
        }
    }

    fn lay(&self, field: &'static Field, layout: &mut Layout<'_>) -> PathSlot {
        layout.path(field, self)
    }

    fn walk<'a>(&'a self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {
        see(path, field, Leaf::Path(self));
    }

    fn walk_mut(&mut self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {
        see(path, field, LeafMut::Path(self));
    }
}
