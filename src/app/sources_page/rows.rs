//! The numbers of a scenario as rows of a table: what each is called, what is known of it, and what has changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::named::{place, position};
use crate::app::phrases::{currency_of, in_currency};
use crate::app::words::{Words, fill, first_sentence};
use crate::scenario::field::{Field, ROOT};
use crate::scenario::grounds::Grounds;
use crate::scenario::price_basis::PriceBasis;
use crate::scenario::quantity::{Confidence, Passport};
use crate::scenario::registry::{Entry, Leaf};
use crate::scenario::{Quantity, Scenario, YearPath};
use crate::units::Unit;

/// Rows beyond which a table helps nobody; a country of ten thousand groups has as many.
const MOST: usize = 250_000;

/// Part of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// The country before the plan.
    Country,
    /// Prices.
    Prices,
    /// Effects on learning.
    Evidence,
    /// Plan and targets.
    Plan,
    /// Money.
    Funding,
}

impl Topic {
    /// All of them, in the order of the file.
    pub const ALL: [Self; 5] = [Self::Country, Self::Plan, Self::Prices, Self::Evidence, Self::Funding];

    /// Its name.
    #[must_use]
    pub const fn name(self, words: &Words) -> &'static str {
        match self {
            Self::Country => words.topic_country,
            Self::Prices => words.topic_prices,
            Self::Evidence => words.topic_evidence,
            Self::Plan => words.topic_plan,
            Self::Funding => words.topic_funding,
        }
    }

    fn of(path: &str) -> Self {
        match path.split(['.', '[']).next() {
            // What happens to the country is no decision of the plan.
            Some("country" | "shocks") => Self::Country,
            Some("prices") => Self::Prices,
            Some("evidence") => Self::Evidence,
            Some("funding") => Self::Funding,
            _ => Self::Plan,
        }
    }
}

/// A number or year path, as it stands in a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// One number.
    Number(Quantity),
    /// A number by year.
    Path(YearPath),
}

impl Value {
    fn of(leaf: Leaf<'_>) -> Self {
        match leaf {
            Leaf::Number(number) => Self::Number(number.clone()),
            Leaf::Path(path) => Self::Path(path.clone()),
        }
    }

    fn is(&self, leaf: Leaf<'_>) -> bool {
        match (self, leaf) {
            (Self::Number(own), Leaf::Number(other)) => own == other,
            (Self::Path(own), Leaf::Path(other)) => own == other,
            _ => false,
        }
    }

    /// Leaves the passport aside: whether the figures are the same.
    #[must_use]
    pub(crate) fn same_figures(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(own), Self::Number(other)) => own.value.to_bits() == other.value.to_bits(),
            (Self::Path(own), Self::Path(other)) => own.points == other.points,
            _ => false,
        }
    }

    /// As a person reads it; `currency` is that of its place where it states none of its own.
    #[must_use]
    pub fn show(&self, unit: Unit, currency: &str, words: &Words) -> String {
        let own = self.passport().map_or("", |passport| &passport.currency);
        let currency = if own.is_empty() { currency } else { own };
        self.show_with(&|value| in_currency(&words.show(unit, value), currency), words)
    }

    fn show_with(&self, show: &dyn Fn(f64) -> String, words: &Words) -> String {
        let path = match self {
            Self::Number(number) => return show(number.value),
            Self::Path(path) => path,
        };
        match path.points[..] {
            [] => show(f64::NAN),
            [(0, value)] => show(value),
            [(first, from), .., (last, to)] => fill(
                words.path_from_to,
                &[
                    ("from", &show(from)),
                    ("first", &path.year_name(first)),
                    ("to", &show(to)),
                    ("last", &path.year_name(last)),
                ],
            ),
            [(year, value)] => format!("{} ({})", show(value), path.year_name(year)),
        }
    }

    /// What is known of it, of its own.
    pub(super) fn passport(&self) -> Option<&Passport> {
        match self {
            Self::Number(number) => number.passport.as_deref(),
            Self::Path(path) => path.passport.as_deref(),
        }
    }

    /// What an amount in another currency or of another year is in US dollars of the price year; empty for others.
    fn worth(&self, field: &Field, basis: &PriceBasis<'_>, words: &Words) -> String {
        let default = match self {
            Self::Number(number) => number.is_default(field),
            Self::Path(path) => path.is_default(field),
        };
        let factor = basis.factor(field, self.passport(), default);
        if factor.to_bits() == 1.0_f64.to_bits() {
            return String::new();
        }
        self.show_with(&|value| words.show(field.unit, value * factor), words)
    }
}

/// A number of the scenario.
#[derive(Clone, Debug)]
pub struct NumberRow {
    /// Path in the file.
    pub path: String,
    /// What is known of its field.
    pub field: &'static Field,
    /// Name.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// Unit, that of the indicator for a target.
    pub unit: Unit,
    /// Smallest and largest allowed value.
    pub within: (f64, f64),
    /// Part of the scenario.
    pub topic: Topic,
    /// Whose number it is, for instance a level or a device.
    pub place: String,
    /// The number.
    pub value: Value,
    /// What an amount in another currency or of another year is in US dollars of the price year; empty for others.
    pub worth: String,
    /// Currency of the source whose amount it is; empty for US dollars and for all that is no source's.
    pub currency: String,
    /// The passport that counts, its own or that of the default.
    pub passport: Passport,
    /// Its source and its note in words.
    pub source: String,
    /// See [`source`](NumberRow::source).
    pub note: String,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Whether it differs from the scenario as saved.
    pub changed: bool,
}

impl NumberRow {
    /// The value as it is written, and as US dollars of the price year where that is something else.
    #[must_use]
    pub(super) fn shown(&self, words: &Words) -> String {
        let written = self.value.show(self.unit, &self.currency, words);
        if self.worth.is_empty() {
            return written;
        }
        let year = self.passport.year.map_or_else(String::new, |year| year.to_string());
        let values = [("written", &*written), ("year", &year), ("worth", &self.worth)];
        let template = if year.is_empty() {
            words.amount_as_written
        } else {
            words.amount_of_year
        };
        fill(template, &values)
    }

    /// The unit in which it is typed: an amount in another currency is a bare number.
    pub(super) fn typed_unit(&self) -> Unit {
        if self.currency().is_empty() {
            self.unit
        } else {
            Unit::Ratio
        }
    }

    /// The currency in which it is written; empty for US dollars.
    fn currency(&self) -> &str {
        if self.passport.currency.is_empty() {
            &self.currency
        } else {
            &self.passport.currency
        }
    }

    /// Name and whose number it is.
    #[must_use]
    pub(crate) fn full_name(&self) -> String {
        if self.place.is_empty() {
            self.name.to_owned()
        } else {
            format!("{}, {}", self.name, self.place)
        }
    }

    /// Whether it is a stand-in, to be replaced with the country's own figure.
    #[must_use]
    pub(crate) fn is_stand_in(&self) -> bool {
        self.passport.stand_in().is_some()
    }

    /// The likely range as a person reads it; empty where there is none.
    #[must_use]
    pub fn range(&self, words: &Words) -> String {
        let show = |value: f64| in_currency(&words.show(self.unit, value), self.currency());
        match (self.passport.low, self.passport.high) {
            (Some(low), Some(high)) => {
                let (low, high) = (show(low), show(high));
                // The unit stands once, behind both.
                let unit = high.find([' ', '\u{a0}']).map_or("", |at| &high[at..]);
                let unit = if unit.contains(|c: char| c.is_ascii_digit()) {
                    ""
                } else {
                    unit
                };
                let low = low.strip_suffix(unit).unwrap_or(&low);
                fill(words.range_from_to, &[("low", low), ("high", &high)])
            }
            (Some(low), None) => fill(words.range_from, &[("low", &show(low))]),
            (None, Some(high)) => fill(words.range_to, &[("high", &show(high))]),
            (None, None) => String::new(),
        }
    }

    fn holds(&self, word: &str) -> bool {
        [
            self.meaning,
            &self.place,
            &self.source,
            &self.passport.source,
            &self.note,
            &self.path,
        ]
        .iter()
        .any(|text| text.to_lowercase().contains(word))
    }

    /// Whether all words of a search stand somewhere in the row.
    #[must_use]
    pub fn answers(&self, search: &str) -> bool {
        search.split_whitespace().all(|word| self.holds(&word.to_lowercase()))
    }
}

/// All numbers of a scenario.
#[derive(Debug)]
pub struct Rows {
    /// The scenario.
    pub of: Arc<Scenario>,
    /// The scenario as saved.
    pub saved: Arc<Scenario>,
    /// The language of names and places.
    pub words: &'static Words,
    /// The rows, in the order of the file.
    pub list: Vec<NumberRow>,
    /// Numbers that are not listed because there are too many.
    pub left_out: usize,
    /// What the scenario rests on.
    pub grounds: Grounds,
    /// Numbers that differ from the scenario as saved.
    pub changed: usize,
}

impl Rows {
    /// Looks through a scenario.
    #[must_use]
    pub fn of(scenario: &Arc<Scenario>, saved: &Arc<Scenario>, grounds: Grounds, words: &'static Words) -> Self {
        let mut rows = Self {
            of: Arc::clone(scenario),
            saved: Arc::clone(saved),
            words,
            list: Vec::new(),
            left_out: 0,
            grounds,
            changed: 0,
        };
        let mut before: BTreeMap<String, Leaf<'_>> = BTreeMap::new();
        if !Arc::ptr_eq(scenario, saved) {
            saved.walk("", &ROOT, &mut |path, _, leaf| {
                before.insert(path.to_owned(), leaf);
            });
        }
        let same = before.is_empty();
        let basis = PriceBasis::of(scenario);
        scenario.walk("", &ROOT, &mut |path, field, leaf| {
            if rows.list.len() == MOST {
                rows.left_out += 1;
                return;
            }
            let value = Value::of(leaf);
            let passport = match leaf {
                Leaf::Number(number) => number.passport(field),
                Leaf::Path(path) => path.passport(field),
            };
            let unit = unit_of(scenario, path, field);
            let meaning = words.meaning(path, field);
            let row = NumberRow {
                changed: !same && !before.get(path).is_some_and(|leaf| value.is(*leaf)),
                topic: Topic::of(path),
                place: place(scenario, path, words),
                within: if unit == Unit::Share && field.unit != unit {
                    (0.0, 1.0)
                } else {
                    field.within
                },
                name: first_sentence(meaning),
                meaning,
                path: path.to_owned(),
                source: words.source(&passport.source),
                note: words.source(&passport.note),
                field,
                unit,
                currency: position(path, "funding.sources")
                    .and_then(|index| scenario.funding.sources.get(index))
                    .map_or(String::new(), |source| currency_of(scenario, source, field).to_owned()),
                worth: value.worth(field, &basis, words),
                value,
                passport,
                confidence: leaf.confidence(field),
            };
            rows.changed += usize::from(row.changed);
            rows.list.push(row);
        });
        rows
    }
}

/// A target is in the unit of its indicator.
fn unit_of(scenario: &Scenario, path: &str, field: &Field) -> Unit {
    let target = position(path, "targets").and_then(|index| scenario.targets.get(index));
    target.map_or(field.unit, |target| target.indicator.unit())
}
