//! Numbers as a scenario holds them: plain, or with the passport that says how far they can be trusted.

use std::fmt;

use super::messages;
use super::read::Reader;
use super::registry::{Entry, Field, Layout, Leaf, LeafMut, NumberSlot, PathSlot, Section};
use super::tree::{Node, NodeKind};
use super::write::{Writer, number, quote};
use super::{Level, Locality};

/// Where a number comes from and how far it can be trusted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passport {
    /// Low end of the likely range.
    pub low: Option<f64>,
    /// High end of the likely range.
    pub high: Option<f64>,
    /// Year in which it was observed, or of the price.
    pub year: Option<i32>,
    /// Source id, row of the evidence file, or stand-in key (P1 to P25).
    pub source: String,
    /// Remark.
    pub note: String,
    /// Whether it is an assumption rather than an observation.
    pub low_confidence: bool,
}

impl Passport {
    /// Key of the stand-in that this number is, if it is one: `P16`.
    #[must_use]
    pub fn stand_in(&self) -> Option<&str> {
        let key = self.source.split([' ', ',', ':']).next().unwrap_or_default();
        let digits = key.strip_prefix('P')?;
        (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some(key)
    }
}

/// How far a number can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// An observation or a reading with a named source, or a decision or setting of the planner.
    Sourced,
    /// Written into the file without a source.
    Unsourced,
    /// A stand-in, a judgement or a recollection.
    Low,
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sourced => "sourced",
            Self::Unsourced => "no source given",
            Self::Low => "low",
        })
    }
}

/// A number, plain or with a passport.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The value, in the unit of its field.
    pub value: f64,
    /// What is known of it.
    pub passport: Option<Box<Passport>>,
}

impl Quantity {
    /// A plain number.
    #[must_use]
    pub const fn new(value: f64) -> Self {
        Self { value, passport: None }
    }

    /// A number with its passport.
    #[must_use]
    pub fn with(value: f64, passport: Passport) -> Self {
        Self {
            value,
            passport: Some(Box::new(passport)),
        }
    }

    /// Whether it is the default of its field, untouched.
    #[must_use]
    pub fn is_default(&self, field: &Field) -> bool {
        self.passport.is_none()
            && field
                .default
                .is_some_and(|default| default.to_bits() == self.value.to_bits())
    }

    /// The passport that counts: its own, or that of the field's default.
    #[must_use]
    pub fn passport(&self, field: &Field) -> Passport {
        match &self.passport {
            Some(own) => (**own).clone(),
            None if self.is_default(field) => default_passport(field),
            None => Passport::default(),
        }
    }

    /// How far it can be trusted.
    #[must_use]
    pub fn confidence(&self, field: &Field) -> Confidence {
        confidence(self.passport.as_deref(), self.is_default(field), field)
    }
}

fn default_passport(field: &Field) -> Passport {
    Passport {
        low: field.likely.map(|(low, _)| low),
        high: field.likely.map(|(_, high)| high),
        year: None,
        source: field.source.into(),
        note: String::new(),
        low_confidence: field.tag.is_low(),
    }
}

fn confidence(own: Option<&Passport>, default: bool, field: &Field) -> Confidence {
    match own {
        Some(own) if own.low_confidence => Confidence::Low,
        Some(own) if !own.source.is_empty() => Confidence::Sourced,
        None if default && field.tag.is_low() => Confidence::Low,
        None if default => Confidence::Sourced,
        _ => Confidence::Unsourced,
    }
}

/// Fields of the long form of a number.
const PARTS: &[Field] = &[
    Field::number(crate::units::Unit::Index).named("value", "The value."),
    Field::number(crate::units::Unit::Index).named("low", "Low end of the likely range."),
    Field::number(crate::units::Unit::Index).named("high", "High end of the likely range."),
    Field::number(crate::units::Unit::CalendarYear).named("year", "Year of the observation or price."),
    Field::text().named("source", "Source."),
    Field::text().named("note", "Remark."),
    Field::choice().named("confidence", "`low` for an assumption."),
    Field::number(crate::units::Unit::Index).named("points", "Values by year, for a path."),
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
    if passport.stand_in().is_some() {
        passport.low_confidence = true;
    }
    LongForm {
        value: parts[0],
        points: parts[7],
        passport,
    }
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

fn write_passport(passport: &Passport, writer: &mut Writer) {
    if let Some(low) = passport.low {
        writer.pair("low", &number(low));
    }
    if let Some(high) = passport.high {
        writer.pair("high", &number(high));
    }
    if let Some(year) = passport.year {
        writer.pair("year", &year.to_string());
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
        if !matches!(node.kind, NodeKind::Struct(_)) {
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
            Self::with(number, long.passport)
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

    fn lay(&self, layout: &mut Layout) -> NumberSlot {
        layout.push(self.value)
    }

    fn walk<'a>(&'a self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {
        see(path, field, Leaf::Number(self));
    }

    fn walk_mut(&mut self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {
        see(path, field, LeafMut::Number(self));
    }
}

/// A number for every year: points joined by straight lines, level outside them.
#[derive(Clone, Debug, PartialEq)]
pub struct YearPath {
    /// Points in order of year; a single point of year 0 is a constant.
    pub points: Vec<(i32, f64)>,
    /// What is known of it.
    pub passport: Option<Box<Passport>>,
}

impl YearPath {
    /// The same value in every year.
    #[must_use]
    pub fn constant(value: f64) -> Self {
        Self {
            points: vec![(0, value)],
            passport: None,
        }
    }

    /// Points joined by straight lines.
    #[must_use]
    pub fn of(points: &[(i32, f64)]) -> Self {
        Self {
            points: points.to_vec(),
            passport: None,
        }
    }

    /// The value if it is the same in every year.
    #[must_use]
    pub fn as_constant(&self) -> Option<f64> {
        match self.points[..] {
            [(0, value)] => Some(value),
            _ => None,
        }
    }

    /// Value in a year; not a number for an empty path.
    #[must_use]
    pub fn at(&self, year: i32) -> f64 {
        let Some(&(first, first_value)) = self.points.first() else {
            return f64::NAN;
        };
        if year <= first {
            return first_value;
        }
        for pair in self.points.windows(2) {
            let ((y0, v0), (y1, v1)) = (pair[0], pair[1]);
            if year <= y1 {
                return v0 + (v1 - v0) * f64::from(year - y0) / f64::from(y1 - y0);
            }
        }
        self.points.last().map_or(first_value, |last| last.1)
    }

    /// The passport that counts: its own, or that of the field's default.
    #[must_use]
    pub fn passport(&self, field: &Field) -> Passport {
        match &self.passport {
            Some(own) => (**own).clone(),
            None if self.is_default(field) => default_passport(field),
            None => Passport::default(),
        }
    }

    /// How far it can be trusted.
    #[must_use]
    pub fn confidence(&self, field: &Field) -> Confidence {
        confidence(self.passport.as_deref(), self.is_default(field), field)
    }

    fn is_default(&self, field: &Field) -> bool {
        self.passport.is_none() && self.as_constant().is_some_and(|value| field.default == Some(value))
    }

    fn read_points(node: &Node, field: &Field, reader: &mut Reader<'_>) -> Vec<(i32, f64)> {
        let NodeKind::Map(pairs) = &node.kind else {
            return vec![(0, reader.number(node, field))];
        };
        let mut points: Vec<(i32, f64)> = Vec::new();
        for (key, value) in pairs {
            let Some(year) = reader.year(key) else { continue };
            let value = reader.within(&format!("[{year}]"), value, |node, reader| reader.number(node, field));
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
        points
    }
}

impl Entry for YearPath {
    type Slots = PathSlot;

    fn read(node: &Node, field: &'static Field, reader: &mut Reader<'_>) -> Self {
        if !matches!(node.kind, NodeKind::Struct(_)) {
            return Self {
                points: Self::read_points(node, field, reader),
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
        let points = reader.within("points", points, |node, reader| Self::read_points(node, field, reader));
        Self {
            points,
            passport: Some(Box::new(long.passport)),
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
        let points = |writer: &mut Writer| {
            if let Some(value) = self.as_constant() {
                writer.value(&number(value));
            } else {
                let points: Vec<_> = self
                    .points
                    .iter()
                    .map(|(year, value)| format!("{year}: {}", number(*value)))
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

    fn lay(&self, layout: &mut Layout) -> PathSlot {
        layout.push_path(self)
    }

    fn walk<'a>(&'a self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {
        see(path, field, Leaf::Path(self));
    }

    fn walk_mut(&mut self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {
        see(path, field, LeafMut::Path(self));
    }
}

crate::section! {
    /// One case of a lever: the path that holds for some level, locality or region.
    pub struct Case / CaseSlots {
        /// The level for which it holds; all levels when left out.
        level: Option<Level> = Field::choice();
        /// The locality for which it holds; both when left out.
        locality: Option<Locality> = Field::choice();
        /// The region for which it holds; all when left out.
        region: Option<String> = Field::text();
        /// The path.
        to: YearPath = Field::path(crate::units::Unit::Index).required();
    }
}

/// A year path that may differ by level, locality and region. Of the cases that fit, the last one holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// Cases, from general to particular; the first holds everywhere.
    pub cases: Vec<Case>,
}

/// Where a lever's cases stand in the parameter vector.
#[derive(Clone, Debug)]
pub struct LeverSlots {
    /// One entry a case.
    pub cases: Vec<CaseSlots>,
}

impl Lever {
    /// The same path everywhere.
    #[must_use]
    pub fn everywhere(to: YearPath) -> Self {
        Self {
            cases: vec![Case {
                level: None,
                locality: None,
                region: None,
                to,
            }],
        }
    }

    /// Adds a case for one level.
    #[must_use]
    pub fn but(mut self, level: Level, to: YearPath) -> Self {
        self.cases.push(Case {
            level: Some(level),
            locality: None,
            region: None,
            to,
        });
        self
    }

    /// The case that holds for a group.
    #[must_use]
    pub fn case_for(&self, level: Level, locality: Locality, region: &str) -> usize {
        self.cases
            .iter()
            .rposition(|case| {
                case.level.is_none_or(|l| l == level)
                    && case.locality.is_none_or(|l| l == locality)
                    && case.region.as_deref().is_none_or(|r| r == region)
            })
            .unwrap_or(0)
    }
}

impl Entry for Lever {
    type Slots = LeverSlots;

    fn read(node: &Node, field: &'static Field, reader: &mut Reader<'_>) -> Self {
        let NodeKind::List(items) = &node.kind else {
            return Self::everywhere(YearPath::read(node, field, reader));
        };
        let mut cases = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let case = reader.within(&format!("[{index}]"), item, |node, reader| {
                let parts = reader.open(node, Case::FIELDS);
                let [level, locality, region, to] = parts[..] else {
                    unreachable!("a case has four fields")
                };
                Case {
                    level: level.and_then(|n| reader.within("level", n, |n, r| Option::read(n, &Case::FIELDS[0], r))),
                    locality: locality
                        .and_then(|n| reader.within("locality", n, |n, r| Option::read(n, &Case::FIELDS[1], r))),
                    region: region.map(|n| reader.within("region", n, |n, r| r.text(n))),
                    // The rule is that of the lever, not that of a nameless path.
                    to: to.map_or_else(
                        || YearPath::constant(f64::NAN),
                        |n| reader.within("to", n, |n, r| YearPath::read(n, field, r)),
                    ),
                }
            });
            if index == 0 && (case.level.is_some() || case.locality.is_some() || case.region.is_some()) {
                reader.error(
                    item,
                    "lever-general-case",
                    messages::general_case(),
                    messages::general_case_hint(),
                );
            }
            cases.push(case);
        }
        if cases.is_empty() {
            reader.error(
                node,
                "empty-path",
                messages::lever_empty(),
                messages::write_for_instance("[(to: 0.5)]"),
            );
            return Self::absent(field);
        }
        Self { cases }
    }

    fn absent(field: &'static Field) -> Self {
        Self::everywhere(YearPath::absent(field))
    }

    fn is_absent(&self, field: &'static Field) -> bool {
        self.cases.len() == 1 && self.cases[0].to.is_absent(field)
    }

    fn write(&self, field: &'static Field, writer: &mut Writer) {
        if self.cases.len() == 1 {
            return self.cases[0].to.write(field, writer);
        }
        writer.open("[");
        for case in &self.cases {
            writer.item(|writer| writer.inline(|writer| case.write(field, writer)));
        }
        writer.close("]");
    }

    fn lay(&self, layout: &mut Layout) -> LeverSlots {
        LeverSlots {
            cases: self.cases.iter().map(|case| case.lay(layout)).collect(),
        }
    }

    fn walk<'a>(&'a self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {
        for (index, case) in self.cases.iter().enumerate() {
            let path = if self.cases.len() == 1 {
                path.to_owned()
            } else {
                format!("{path}[{index}].to")
            };
            case.to.walk(&path, field, see);
        }
    }

    fn walk_mut(&mut self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {
        let several = self.cases.len() > 1;
        for (index, case) in self.cases.iter_mut().enumerate() {
            let path = if several {
                format!("{path}[{index}].to")
            } else {
                path.to_owned()
            };
            case.to.walk_mut(&path, field, see);
        }
    }
    fn walk_words(&self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, &str)) {
        if self.cases.len() > 1 {
            self.cases.walk_words(path, field, see);
        }
    }
}

impl Entry for String {
    type Slots = Self;

    fn read(node: &Node, _: &'static Field, reader: &mut Reader<'_>) -> Self {
        reader.text(node)
    }

    fn absent(_: &'static Field) -> Self {
        Self::new()
    }

    fn is_absent(&self, _: &'static Field) -> bool {
        self.is_empty()
    }

    fn write(&self, _: &'static Field, writer: &mut Writer) {
        writer.quoted(self);
    }

    fn lay(&self, _: &mut Layout) -> Self {
        self.clone()
    }

    fn walk<'a>(&'a self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {}

    fn walk_mut(&mut self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {}

    fn walk_words(&self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, &str)) {
        see(path, field, self);
    }
}

impl Entry for i32 {
    type Slots = Self;

    fn read(node: &Node, _: &'static Field, reader: &mut Reader<'_>) -> Self {
        reader.year(node).unwrap_or(0)
    }

    #[allow(clippy::cast_possible_truncation)]
    fn absent(field: &'static Field) -> Self {
        field.default.unwrap_or(0.0) as Self
    }

    fn is_absent(&self, field: &'static Field) -> bool {
        field.default == Some(f64::from(*self))
    }

    fn write(&self, _: &'static Field, writer: &mut Writer) {
        writer.value(&self.to_string());
    }

    fn lay(&self, _: &mut Layout) -> Self {
        *self
    }

    fn walk<'a>(&'a self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {}

    fn walk_mut(&mut self, _: &str, _: &'static Field, _: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {}

    fn walk_words(&self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, &str)) {
        see(path, field, &self.to_string());
    }
}

impl<T: Entry> Entry for Option<T> {
    type Slots = Option<T::Slots>;

    fn read(node: &Node, field: &'static Field, reader: &mut Reader<'_>) -> Self {
        match &node.kind {
            NodeKind::Word(word) if word == "None" => None,
            _ => Some(T::read(node, field, reader)),
        }
    }

    fn absent(_: &'static Field) -> Self {
        None
    }

    fn is_absent(&self, _: &'static Field) -> bool {
        self.is_none()
    }

    fn write(&self, field: &'static Field, writer: &mut Writer) {
        match self {
            Some(value) => value.write(field, writer),
            None => writer.value("None"),
        }
    }

    fn lay(&self, layout: &mut Layout) -> Self::Slots {
        self.as_ref().map(|value| value.lay(layout))
    }

    fn walk<'a>(&'a self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {
        if let Some(value) = self {
            value.walk(path, field, see);
        }
    }

    fn walk_mut(&mut self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {
        if let Some(value) = self {
            value.walk_mut(path, field, see);
        }
    }

    fn walk_words(&self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, &str)) {
        if let Some(value) = self {
            value.walk_words(path, field, see);
        }
    }

    fn describe(path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field)) {
        T::describe(path, field, see);
    }
}

impl<T: Entry> Entry for Vec<T> {
    type Slots = Vec<T::Slots>;

    fn read(node: &Node, field: &'static Field, reader: &mut Reader<'_>) -> Self {
        let NodeKind::List(items) = &node.kind else {
            let hint = matches!(node.kind, NodeKind::Struct(_)).then(messages::list_wanted_hint);
            reader.error(node, "wrong-type", messages::list_wanted(node.kind_name()), hint);
            return Self::new();
        };
        items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                reader.within(&format!("[{index}]"), item, |node, reader| T::read(node, field, reader))
            })
            .collect()
    }

    fn absent(_: &'static Field) -> Self {
        Self::new()
    }

    fn is_absent(&self, _: &'static Field) -> bool {
        self.is_empty()
    }

    fn write(&self, field: &'static Field, writer: &mut Writer) {
        writer.open("[");
        for item in self {
            writer.item(|writer| item.write(field, writer));
        }
        writer.close("]");
    }

    fn lay(&self, layout: &mut Layout) -> Self::Slots {
        self.iter().map(|item| item.lay(layout)).collect()
    }

    fn walk<'a>(&'a self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {
        for (index, item) in self.iter().enumerate() {
            item.walk(&format!("{path}[{index}]"), field, see);
        }
    }

    fn walk_mut(&mut self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {
        for (index, item) in self.iter_mut().enumerate() {
            item.walk_mut(&format!("{path}[{index}]"), field, see);
        }
    }

    fn walk_words(&self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, &str)) {
        for (index, item) in self.iter().enumerate() {
            item.walk_words(&format!("{path}[{index}]"), field, see);
        }
    }

    fn describe(path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field)) {
        T::describe(&format!("{path}[]"), field, see);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_straight_between_points_and_level_outside() {
        let path = YearPath::of(&[(2027, 0.4), (2030, 0.7)]);
        // By hand: one third of the way from 0.4 to 0.7 is 0.5.
        assert!((path.at(2028) - 0.5).abs() < 1e-12);
        assert!((path.at(2020) - 0.4).abs() < 1e-12);
        assert!((path.at(2040) - 0.7).abs() < 1e-12);
    }

    #[test]
    fn a_stand_in_key_is_recognised() {
        let passport = |source: &str| Passport {
            source: source.into(),
            ..Passport::default()
        };
        assert_eq!(passport("P16").stand_in(), Some("P16"));
        assert_eq!(passport("P5 (national)").stand_in(), Some("P5"));
        assert_eq!(passport("PISA 2022").stand_in(), None);
        assert_eq!(passport("uis_sdg_202409").stand_in(), None);
    }

    #[test]
    fn the_last_fitting_case_of_a_lever_holds() {
        let lever = Lever::everywhere(YearPath::constant(10.0)).but(Level::UpperSecondary, YearPath::constant(5.0));
        assert_eq!(lever.case_for(Level::Primary, Locality::Urban, ""), 0);
        assert_eq!(lever.case_for(Level::UpperSecondary, Locality::Rural, ""), 1);
    }
}
