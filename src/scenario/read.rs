//! From tree to types: opens sections, names what is unknown, missing or doubled.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::field::{Field, Holds, Kind};
use super::findings::{Finding, MOST_FINDINGS, NotListed, Severity, nearest, not_listed};
use super::messages::{self, Message};
use super::parser;
use super::places::Places;
use super::quantity::Passport;
use super::source::{Source, Span};
use super::syntax;
use super::tree::{Node, NodeKind};
use super::year_path::two_years;

/// Fetches a file that a scenario names: its display name and bytes, or why not.
pub type Fetch<'a> = &'a dyn Fn(&str) -> Result<(String, Vec<u8>), Message>;

/// One step of the way to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A field of a section.
    Field(&'static str),
    /// A name as it is written, known or not.
    Written(String),
    /// An item of a list, or a year of a path.
    Item(i64),
}

impl From<&'static str> for Step {
    fn from(name: &'static str) -> Self {
        Self::Field(name)
    }
}

impl From<i32> for Step {
    fn from(year: i32) -> Self {
        Self::Item(year.into())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Item(i64::try_from(index).unwrap_or(i64::MAX))
    }
}

/// One reading under way.
pub struct Reader<'a> {
    source: &'a Source,
    fetch: Fetch<'a>,
    path: Vec<Step>,
    more: NotListed,
    /// The text of the country file, once it is read.
    places: Places,
    /// Fields of the section being read, or of its kind, that a misspelt name was taken for.
    meant: Vec<&'static str>,
    /// Passports met so far, by their fingerprint; of a large table most are alike.
    passports: BTreeMap<u64, Arc<Passport>>,
    /// What was found so far.
    pub findings: Vec<Finding>,
}

impl<'a> Reader<'a> {
    /// Starts at the root of a text.
    #[must_use]
    pub const fn new(source: &'a Source, fetch: Fetch<'a>) -> Self {
        Self {
            source,
            fetch,
            path: Vec::new(),
            more: NotListed::new(),
            places: Places::new(),
            meant: Vec::new(),
            passports: BTreeMap::new(),
            findings: Vec::new(),
        }
    }

    /// Whether a node is this bare word.
    #[must_use]
    pub fn is_word(&self, node: &Node, word: &str) -> bool {
        matches!(node.kind, NodeKind::Word) && self.written(node.span) == word
    }

    /// What is written there.
    #[must_use]
    pub fn written(&self, span: Span) -> &'a str {
        self.source.written(span)
    }

    /// Reads the country file that a scenario names; `read` takes what stands in it.
    pub fn country_file<T>(
        &mut self,
        node: &Node,
        name: &str,
        read: impl FnOnce(&Node, &mut Reader<'_>) -> T,
    ) -> Option<T> {
        let (shown, bytes) = match (self.fetch)(name) {
            Ok(found) => found,
            Err(why) => {
                self.error(node, "country-file", why, messages::country_path());
                return None;
            }
        };
        let has_format = |source: &Source, root: &Node| match &root.kind {
            NodeKind::Struct(_, fields) => fields
                .iter()
                .any(|(name, value)| source.written(*name) == "format" && matches!(value.kind, NodeKind::Number(_))),
            _ => false,
        };
        let (source, mut root, mended) = match parser::parse(&shown, &bytes) {
            Ok(parsed) if has_format(&parsed.0, &parsed.1) => parsed,
            Err(findings) if syntax::starts_with_format(&bytes) => {
                self.findings.extend(findings);
                return None;
            }
            // Of a file that is something else nothing is shown: it may hold what is nobody's business.
            _ => {
                self.error(
                    node,
                    "country-file",
                    messages::not_a_country(shown),
                    messages::country_starts(),
                );
                return None;
            }
        };
        self.findings.extend(mended);
        let mut inner = Reader::new(&source, self.fetch);
        inner.path.clone_from(&self.path);
        let country = inner.format(&mut root).map(|_| read(&root, &mut inner));
        let (findings, _) = inner.finish();
        self.findings.extend(findings);
        self.places.add(&self.path(), source, root);
        country
    }

    /// Takes `format` out of a file, checks it and gives it. Nothing else is read from a file of a newer format.
    pub fn format(&mut self, root: &mut Node) -> Option<i32> {
        let NodeKind::Struct(_, fields) = &mut root.kind else {
            self.error(
                root,
                "not-a-scenario",
                messages::not_a_scenario(root.kind_name()),
                messages::compare_with_new(),
            );
            return None;
        };
        let source = self.source;
        let Some(index) = fields.iter().position(|(name, _)| source.written(*name) == "format") else {
            self.error(
                root,
                "missing-field",
                messages::format_missing(),
                messages::write_this("(format: 2, ...)"),
            );
            return Some(super::FORMAT);
        };
        let (name, node) = fields.remove(index);
        let known = |version| (1..=super::FORMAT).find(|known| f64::from(*known) == version);
        match node.kind {
            NodeKind::Number(version) if version > f64::from(super::FORMAT) => {
                self.error(
                    &node,
                    "newer-format",
                    messages::newer_format(version, super::FORMAT),
                    messages::newer_format_hint(),
                );
                None
            }
            NodeKind::Number(version) if known(version).is_some() => {
                if index > 0 {
                    self.report(
                        Severity::Warning,
                        &Node::word(name),
                        "format-first",
                        messages::format_first(),
                        messages::format_first_hint(),
                    );
                }
                known(version)
            }
            _ => {
                self.error(
                    &node,
                    "wrong-type",
                    messages::format_whole(),
                    messages::write_this("format: 2"),
                );
                Some(super::FORMAT)
            }
        }
    }

    /// The path of the field being read.
    #[must_use]
    pub fn path(&self) -> String {
        let mut text = String::new();
        for step in &self.path {
            let name = match step {
                Step::Field(name) => name,
                Step::Written(name) => name.as_str(),
                Step::Item(index) => {
                    let _ = write!(text, "[{index}]");
                    continue;
                }
            };
            if !text.is_empty() {
                text.push('.');
            }
            text.push_str(name);
        }
        text
    }

    /// The passport, shared with those alike.
    pub fn shared(&mut self, passport: Passport) -> Arc<Passport> {
        let known = self.passports.entry(passport.fingerprint());
        let known = known.or_insert_with(|| Arc::new(passport.clone()));
        if **known == passport {
            Arc::clone(known)
        } else {
            Arc::new(passport)
        }
    }

    /// Reports an error at a node.
    pub fn error(&mut self, node: &Node, code: &'static str, rule: Message, hint: impl Into<Option<Message>>) {
        self.report(Severity::Error, node, code, rule, hint);
    }

    /// Reports a finding at a node.
    pub fn report(
        &mut self,
        severity: Severity,
        node: &Node,
        code: &'static str,
        rule: Message,
        hint: impl Into<Option<Message>>,
    ) {
        // The first ones decide and are kept, whatever their severity.
        if self.findings.len() >= MOST_FINDINGS
            && self
                .findings
                .iter()
                .filter(|finding| finding.severity == severity)
                .count()
                >= MOST_FINDINGS
        {
            *self.more.entry(code).or_default() += 1;
            return;
        }
        let mut value = self.source.excerpt(node.span);
        // A finding about a name would only say it twice.
        let said = match self.path.last() {
            Some(Step::Field(name)) => *name == value,
            Some(Step::Written(name)) => *name == value,
            _ => false,
        };
        if said {
            value.clear();
        }
        self.findings.push(Finding {
            code,
            severity,
            path: self.path(),
            place: self.source.place(node.span.start as usize),
            value: value.into(),
            rule,
            hint: hint.into(),
        });
    }

    /// What was found, with a last word on what is not listed, and the places of the country file.
    #[must_use]
    pub fn finish(mut self) -> (Vec<Finding>, Places) {
        if !self.more.is_empty() {
            let severity = if super::findings::any_error(&self.findings) {
                Severity::Error
            } else {
                Severity::Warning
            };
            self.findings.push(not_listed(severity, &self.more, &self.source.file));
        }
        (self.findings, self.places)
    }

    /// Reads a part under its name. `Some(x)` counts as x.
    pub fn within<T>(&mut self, step: impl Into<Step>, node: &Node, read: impl FnOnce(&Node, &mut Self) -> T) -> T {
        self.path.push(step.into());
        let value = read(node.bare(self.source), self);
        self.path.pop();
        value
    }

    /// Changes a part under its name.
    pub fn change(&mut self, step: impl Into<Step>, node: &mut Node, change: impl FnOnce(&mut Node, &mut Self)) {
        self.path.push(step.into());
        change(node, self);
        self.path.pop();
    }

    /// Reads a part of a section. The fields of its kind stand among its own.
    pub fn part<T>(&mut self, field: &'static Field, node: &Node, read: impl FnOnce(&Node, &mut Self) -> T) -> T {
        if field.holds == Holds::Kind {
            read(node, self)
        } else {
            self.within(field.name, node, read)
        }
    }

    /// Reports something about a name that is written, below the field being read.
    pub(crate) fn report_name(
        &mut self,
        severity: Severity,
        name: Span,
        code: &'static str,
        rule: Message,
        hint: impl Into<Option<Message>>,
    ) {
        self.path.push(Step::Written(self.written(name).to_owned()));
        self.report(severity, &Node::word(name), code, rule, hint);
        self.path.pop();
    }

    /// The kind of a section, which is the word before its bracket, and the node with what only some kinds have.
    pub fn kind(&mut self, node: &Node, kinds: &'static [Kind]) -> Option<(&'static str, Node)> {
        let NodeKind::Struct(word, fields) = &node.kind else {
            return None;
        };
        let written = self.written(*word);
        let Some(kind) = kinds.iter().find(|kind| kind.name == written) else {
            let names: Vec<&str> = kinds.iter().map(|kind| kind.name).collect();
            if written.is_empty() {
                let hint = messages::kind_missing_hint(format!("{}(...)", names[0]), names.join(", "));
                self.error(node, "missing-kind", messages::kind_missing(), hint);
            } else {
                let hint = nearest(written, names.iter().copied())
                    .map_or_else(|| messages::one_of(names.join(", ")), messages::did_you_mean);
                self.error(
                    &Node::word(*word),
                    "unknown-word",
                    messages::unknown_word(written),
                    hint,
                );
            }
            return None;
        };
        let own = fields.iter().filter(|(name, _)| kind.has(self.written(*name)));
        let node = Node {
            span: node.span,
            kind: NodeKind::Struct(*word, own.cloned().collect()),
        };
        Some((kind.name, node))
    }

    /// The parts of a section in the order of its fields; reports what is unknown, doubled or missing.
    pub fn open<'n>(&mut self, node: &'n Node, fields: &'static [Field]) -> Vec<Option<&'n Node>> {
        let mut parts = vec![None; fields.len()];
        let NodeKind::Struct(word, written) = &node.kind else {
            let names: Vec<_> = fields.iter().take(3).map(|field| field.name).collect();
            let hint = messages::write_this(format!("({}: ..., ...)", names.join(": ..., ")));
            self.error(node, "wrong-type", messages::group_wanted(node.kind_name()), hint);
            return parts;
        };
        let mut kinds: &'static [Kind] = &[];
        for (field, part) in fields.iter().zip(&mut parts) {
            if field.holds == Holds::Kind {
                // The kind looks for its fields itself.
                (kinds, *part) = (field.kinds, Some(node));
                self.meant.clear();
            }
        }
        let word = self.written(*word);
        let kind = kinds.iter().find(|kind| kind.name == word);
        let own = fields.iter().filter(|field| field.holds != Holds::Kind);
        let known: Vec<&'static str> = own
            .chain(kind.map_or(&[][..], |kind| kind.fields))
            .map(|field| field.name)
            .collect();
        for (span, value) in written {
            let name = self.written(*span);
            if let Some(index) = fields
                .iter()
                .position(|field| field.name == name && field.holds != Holds::Kind)
            {
                if parts[index].is_some() {
                    let (rule, hint) = (messages::field_twice(), messages::keep_one());
                    self.report_name(Severity::Error, *span, "duplicate-field", rule, hint);
                }
                parts[index] = Some(value);
                continue;
            }
            let having: Vec<&str> = kinds
                .iter()
                .filter(|kind| kind.has(name))
                .map(|kind| kind.name)
                .collect();
            let (code, rule, hint) = match kind {
                Some(kind) if kind.has(name) => continue,
                Some(kind) if !having.is_empty() => (
                    "field-of-kind",
                    messages::field_of_kind(kind.name, having.join(", ")),
                    messages::field_of_kind_hint(),
                ),
                // Of which kind it is will be asked first.
                None if !having.is_empty() || (!kinds.is_empty() && name == "kind") => continue,
                _ => {
                    let near = nearest(name, known.iter().copied());
                    self.meant.extend(near);
                    let hint = near.map_or_else(|| messages::known_here(known.join(", ")), messages::did_you_mean);
                    ("unknown-field", messages::unknown_field(), hint)
                }
            };
            self.report_name(Severity::Error, *span, code, rule, hint);
        }
        for (field, part) in fields.iter().zip(&parts) {
            // One slip, one finding: a misspelt field is not missing as well.
            if field.required && part.is_none() && !self.meant.contains(&field.name) {
                self.path.push(field.name.into());
                self.error(
                    &Node::word(Span {
                        end: node.span.start,
                        ..node.span
                    }),
                    "missing-field",
                    messages::field_missing(field.name),
                    messages::field_is(field.doc.trim()),
                );
                self.path.pop();
            }
        }
        parts
    }

    /// A word out of a list; bare or in quotes.
    pub fn word(&mut self, node: &Node, known: &[&str]) -> Option<String> {
        let word = match &node.kind {
            NodeKind::Word => self.written(node.span),
            NodeKind::Text(text) => text,
            _ => {
                self.error(
                    node,
                    "wrong-type",
                    messages::word_wanted(node.kind_name()),
                    messages::one_of(known.join(", ")),
                );
                return None;
            }
        };
        if known.contains(&word) {
            return Some(word.to_owned());
        }
        let hint = nearest(word, known.iter().copied())
            .map_or_else(|| messages::one_of(known.join(", ")), messages::did_you_mean);
        self.error(node, "unknown-word", messages::unknown_word(word), hint);
        None
    }

    /// A text in quotes.
    pub fn text(&mut self, node: &Node) -> String {
        if let NodeKind::Text(text) = &node.kind {
            return text.clone();
        }
        let hint = match &node.kind {
            NodeKind::Word | NodeKind::Number(_) => {
                Some(messages::write_this(format!("\"{}\"", self.source.excerpt(node.span))))
            }
            _ => None,
        };
        self.error(node, "wrong-type", messages::text_wanted(node.kind_name()), hint);
        String::new()
    }

    /// A number that keeps the field's rule.
    pub fn number(&mut self, node: &Node, field: &Field) -> f64 {
        let NodeKind::Number(value) = node.kind else {
            self.error(
                node,
                "wrong-type",
                messages::number_wanted(field.unit.name(), node.kind_name()),
                number_meant(node),
            );
            return f64::NAN;
        };
        let (min, max) = field.within;
        if !value.is_finite() {
            self.error(node, "not-finite", messages::not_finite(), messages::not_finite_hint());
        } else if value < 0.0 && min >= 0.0 {
            self.error(node, "negative", messages::negative(field.unit.name()), None);
        } else if field.unit.is_percentage() && value > 1.0 && (min, max) == (0.0, 1.0) {
            let hint = match value {
                value if value <= 2.0 => messages::percent_above(value, percent(value)),
                value if value <= 100.0 => messages::percent_as(value, percent(value)),
                _ => messages::more_than_all(value),
            };
            self.error(node, "percentage", messages::share_runs(), hint);
        } else if value < min || value > max {
            let meant = field.unit.is_percentage() && value <= 100.0 && value > max.max(1.0);
            let hint = meant.then(|| messages::percent_as(value, percent(value)));
            self.error(
                node,
                "out-of-range",
                messages::allowed(plain(min), plain(max), field.unit.name()),
                hint,
            );
        }
        value
    }

    /// A whole year.
    pub fn year(&mut self, node: &Node) -> Option<i32> {
        match node.kind {
            #[allow(clippy::cast_possible_truncation)]
            NodeKind::Number(year) if (1900.0..=2200.0).contains(&year) && year.fract() == 0.0 => Some(year as i32),
            _ => {
                let hint = match &node.kind {
                    NodeKind::Text(text) if text.trim().parse::<u16>().is_ok() => messages::without_quotes(text.trim()),
                    NodeKind::Text(text) if two_years(text).is_some() => messages::calendar_meant(),
                    _ => messages::write_for_instance("2030"),
                };
                self.error(node, "not-a-year", messages::year_wanted(), hint);
                None
            }
        }
    }
}

/// What to write where a number was wanted and something else stands.
fn number_meant(node: &Node) -> Option<Message> {
    match &node.kind {
        NodeKind::Text(text) if two_years(text).is_some() => Some(messages::calendar_meant()),
        NodeKind::Text(text) => {
            let bare: String = text
                .chars()
                .filter(|c| !c.is_whitespace() && !matches!(c, '%' | '_' | '\u{202f}'))
                .collect();
            let value = bare
                .replace(',', ".")
                .parse::<f64>()
                .ok()
                .filter(|value| value.is_finite())?;
            Some(if text.contains('%') {
                messages::without_quotes(percent(value))
            } else {
                messages::without_quotes(super::write::number(value))
            })
        }
        NodeKind::Map(_) => Some(messages::one_number()),
        _ => None,
    }
}

/// A percentage as a share, without the digits that dividing by 100 adds.
#[must_use]
pub fn percent(value: f64) -> f64 {
    // 32.2 / 100 is 0.32200000000000006.
    let share = value / 100.0;
    format!("{share:.12}").parse().unwrap_or(share)
}

/// A number without needless digits.
#[must_use]
pub fn plain(value: f64) -> String {
    let value = value + 0.0; // minus zero becomes zero
    if value.abs() >= 1e15 {
        format!("{value:e}")
    } else {
        format!("{value}")
    }
}
