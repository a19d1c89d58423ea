//! Every input that is not the same in all scenarios that are compared: numbers, paths, choices, names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::scenario::field::{Field, Holds, ROOT, without_indices};
use crate::scenario::price_basis::{PriceBasis, dollars_of_source};
use crate::scenario::registry::{Entry, Leaf};
use crate::scenario::{Passport, Scenario, YearPath};
use crate::units::{Style, Unit};

/// Which part of a scenario an input belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What is to be built.
    Plan,
    /// Who pays.
    Funding,
    /// Unit prices.
    Prices,
    /// The country before the plan.
    Country,
    /// Years, effects on learning, targets.
    Other,
}

impl Part {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 5] = [Self::Plan, Self::Funding, Self::Prices, Self::Country, Self::Other];

    /// The part that a path belongs to.
    #[must_use]
    pub fn of(path: &str) -> Self {
        match path.split(['.', '[']).next() {
            Some("plan") => Self::Plan,
            Some("funding") => Self::Funding,
            Some("prices") => Self::Prices,
            Some("country") => Self::Country,
            _ => Self::Other,
        }
    }
}

/// What a scenario holds in a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A number by year.
    Path(Vec<(i32, f64)>),
    /// A word, a text, or words in a row.
    Word(String),
}

impl Value {
    /// As a person reads it: `85 %`, `40 % (2026), 80 % (2030)`, `tablet`.
    #[must_use]
    pub fn show(&self, unit: Unit) -> String {
        self.show_in(unit, &Style::ENGLISH)
    }

    /// The same with the numbers of a reader.
    #[must_use]
    pub fn show_in(&self, unit: Unit, style: &Style) -> String {
        match self {
            Self::Number(value) => style.show(unit, *value),
            Self::Path(points) => {
                let last = points.len().saturating_sub(1);
                let parts: Vec<String> = points
                    .iter()
                    .enumerate()
                    .map(|(at, (year, value))| {
                        let text = if at == last {
                            style.show(unit, *value)
                        } else if unit.is_percentage() {
                            style.show(Unit::Share, *value)
                        } else {
                            style.magnitude(*value)
                        };
                        if *year == 0 { text } else { format!("{text} ({year})") }
                    })
                    .collect();
                parts.join(", ")
            }
            Self::Word(word) => word.clone(),
        }
    }

    /// Whether two values mean the same in every year.
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Path(a), Self::Path(b)) => {
                let (one, other) = (YearPath::of(a), YearPath::of(b));
                // A point on a line may be a rounding off it.
                let near = |a: f64, b: f64| a == b || (a - b).abs() <= 1e-12 * a.abs().max(b.abs());
                a.iter().chain(b).all(|(year, _)| near(one.at(*year), other.at(*year)))
            }
            (Self::Number(a), Self::Number(b)) => a == b || (a.is_nan() && b.is_nan()),
            _ => self == other,
        }
    }
}

/// An input that is not the same in all scenarios.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Path; items of a list go by their name rather than their position: `funding.sources[Partner grant].commitment`.
    pub path: String,
    /// What is known of the field.
    pub field: &'static Field,
    /// A value for each scenario; none where it leaves the field out.
    pub values: Vec<Option<Value>>,
}

impl Difference {
    /// Part of the scenario.
    #[must_use]
    pub fn part(&self) -> Part {
        Part::of(&self.path)
    }

    /// Whether the field holds a number, which has a unit.
    #[must_use]
    pub(crate) fn has_unit(&self) -> bool {
        self.values
            .iter()
            .flatten()
            .any(|value| !matches!(value, Value::Word(_)))
    }
}

/// Every input in which scenarios differ: numbers, paths, choices, names, by part and in file order.
#[must_use]
pub fn differences(scenarios: &[&Scenario]) -> Vec<Difference> {
    let mut ranks = BTreeMap::new();
    Scenario::describe_all(&mut |path, _| {
        let rank = ranks.len();
        ranks.entry(path.to_owned()).or_insert(rank);
    });
    let same_country = scenarios
        .windows(2)
        .all(|pair| pair[0].country.is_same_country(&pair[1].country));
    let mut inputs = Inputs {
        scenarios: scenarios.len(),
        ranks,
        places: BTreeMap::new(),
        found: BTreeMap::new(),
        cases: BTreeMap::new(),
        same_country,
    };
    for (index, scenario) in scenarios.iter().enumerate() {
        inputs.read(index, scenario);
    }
    inputs.fill_cases();
    let mut differences: Vec<Difference> = inputs
        .found
        .into_values()
        .filter(|found| {
            found.values.windows(2).any(|pair| match (&pair[0], &pair[1]) {
                (Some(a), Some(b)) => !a.same(b),
                (a, b) => a.is_some() != b.is_some(),
            })
        })
        .collect();
    spare_defaults(&mut differences);
    differences.sort_by_key(Difference::part);
    differences
}

/// Where a component or source is left out somewhere, what it merely leaves at its default elsewhere says nothing, as
/// long as something else shows that it is there.
fn spare_defaults(differences: &mut Vec<Difference>) {
    let of = |path: &str| {
        path.rsplit_once('.')
            .map_or(String::new(), |(above, _)| above.to_owned())
    };
    let idle = |difference: &Difference| {
        difference.values.iter().any(Option::is_none)
            && difference.values.iter().flatten().all(|value| match value {
                Value::Number(value) => difference.field.default == Some(*value),
                Value::Path(points) => points.iter().all(|(_, value)| difference.field.default == Some(*value)),
                // What an item is called stands in its path.
                Value::Word(word) => difference.path.contains(&format!("[{word}].")),
            })
    };
    let told: BTreeSet<String> = differences
        .iter()
        .filter(|difference| !idle(difference))
        .map(|difference| of(&difference.path))
        .collect();
    differences.retain(|difference| !idle(difference) || !told.contains(&of(&difference.path)));
}

/// Inputs of several scenarios, under construction. The key keeps file order, and an item of a list together.
struct Inputs {
    scenarios: usize,
    ranks: BTreeMap<String, usize>,
    /// Items of lists by path, in the order in which they were met.
    places: BTreeMap<String, usize>,
    found: BTreeMap<Vec<usize>, Difference>,
    /// Exceptions of levers, with the key of the general case.
    cases: BTreeMap<Vec<usize>, Vec<usize>>,
    same_country: bool,
}

impl Inputs {
    fn read(&mut self, scenario: usize, of: &Scenario) {
        let mut words: Vec<(String, &'static Field, String)> = Vec::new();
        let country = self.same_country;
        let wanted = |path: &str| !(country && path.starts_with("country."));
        of.walk_words("", &ROOT, &mut |path, field, word| {
            if wanted(path) {
                words.push((path.to_owned(), field, word.to_owned()));
            }
        });
        let names = names(&words);
        for (path, field, word) in &words {
            // What people read is no input, and a case of a lever stands in its path.
            let remark = matches!(path.as_str(), "title" | "story") || field.name == "note";
            if remark || word.is_empty() || self.is_case(path) {
                continue;
            }
            // Words in a row are one value.
            let (path, row) = match path.strip_suffix(']') {
                Some(head) => (head.rsplit_once('[').map_or(head, |(list, _)| list), true),
                None => (path.as_str(), false),
            };
            let entry = self.entry(path, field, &names);
            match &mut entry.values[scenario] {
                Some(Value::Word(before)) if row => {
                    before.push_str(", ");
                    before.push_str(word);
                }
                value => *value = Some(Value::Word(word.clone())),
            }
        }
        // Amounts are compared as what they are worth, whatever currency they are written in.
        let basis = PriceBasis::of(of);
        let worth = |path: &str, field: &Field, passport: &Option<Arc<Passport>>, default: bool| {
            basis.factor(field, passport.as_deref(), default) * dollars_of_source(of, path, field)
        };
        of.walk("", &ROOT, &mut |path, field, leaf| {
            if wanted(path) {
                let value = match leaf {
                    Leaf::Number(number) => {
                        Value::Number(number.value * worth(path, field, &number.passport, number.is_default(field)))
                    }
                    Leaf::Path(values) => {
                        let worth = worth(path, field, &values.passport, values.is_default(field));
                        let points = values.points.iter().map(|(year, value)| (*year, value * worth));
                        Value::Path(points.collect())
                    }
                };
                self.entry(path, field, &names).values[scenario] = Some(value);
            }
        });
    }

    /// Whether a path is inside a case of a lever: the registry ends at the lever.
    fn is_case(&self, path: &str) -> bool {
        path.contains('[')
            && path
                .rsplit_once('[')
                .is_some_and(|(lever, _)| self.ranks.contains_key(&without_indices(lever)))
            && !self.ranks.contains_key(&without_indices(path))
            && matches!(path.rsplit('.').next(), Some("level" | "locality" | "region" | "to"))
    }

    fn rank(&self, path: &str) -> usize {
        let path = without_indices(path);
        let list = format!("{path}[]");
        self.ranks
            .get(&path)
            .or_else(|| self.ranks.get(&list))
            .copied()
            .unwrap_or(usize::MAX)
    }

    /// The entry of a path, with the names of items in the place of their positions.
    fn entry(&mut self, raw: &str, field: &'static Field, names: &BTreeMap<String, String>) -> &mut Difference {
        let case = self.is_case(raw);
        let text = if case {
            raw.strip_suffix(".to").unwrap_or(raw)
        } else {
            raw
        };
        let (mut path, mut key, mut done) = (String::new(), Vec::new(), 0);
        let mut general = None;
        while let Some(open) = text[done..].find('[').map(|at| done + at) {
            let close = text[open..].find(']').map_or(text.len() - 1, |at| open + at);
            path.push_str(&text[done..open]);
            done = close + 1;
            let last_of_case = case && done == text.len();
            let name = names.get(&text[..done]);
            if last_of_case && name.is_none() {
                // The general case of a lever is the lever.
                break;
            }
            if last_of_case {
                let mut above = key.clone();
                above.push(self.rank(&text[..open]));
                general = Some(above);
            }
            let name = name.map_or(&text[open + 1..close], String::as_str);
            key.push(self.rank(&text[..open]));
            path.push('[');
            path.push_str(name);
            path.push(']');
            let next = self.places.len();
            key.push(*self.places.entry(path.clone()).or_insert(next));
        }
        path.push_str(&text[done..]);
        key.push(self.rank(if case {
            text.rsplit_once('[').map_or(text, |(lever, _)| lever)
        } else {
            text
        }));
        if let Some(general) = general {
            self.cases.insert(key.clone(), general);
        }
        let scenarios = self.scenarios;
        self.found.entry(key).or_insert_with(|| Difference {
            path,
            field,
            values: vec![None; scenarios],
        })
    }

    /// Where a scenario sets a case of a lever apart and another does not, the other's general case holds.
    fn fill_cases(&mut self) {
        for (case, general) in &self.cases {
            let Some(general) = self.found.get(general).map(|found| found.values.clone()) else {
                continue;
            };
            if let Some(found) = self.found.get_mut(case) {
                for (value, general) in found.values.iter_mut().zip(general) {
                    if value.is_none() {
                        *value = general;
                    }
                }
            }
        }
    }
}

/// Items of lists by what they are called: their name, or else the words that they must have and where they hold.
fn names(words: &[(String, &'static Field, String)]) -> BTreeMap<String, String> {
    let mut parts: BTreeMap<&str, (Option<&str>, Vec<&str>)> = BTreeMap::new();
    for (path, field, word) in words {
        let Some((item, last)) = path.rsplit_once('.').filter(|(item, _)| item.ends_with(']')) else {
            continue;
        };
        let place = matches!(last, "level" | "locality" | "region");
        if word.is_empty() || field.holds == Holds::List || !(field.required || place) {
            continue;
        }
        let (name, others) = parts.entry(item).or_default();
        if last == "name" {
            *name = Some(word);
        } else {
            others.push(word);
        }
    }
    let mut names = BTreeMap::new();
    let mut taken = BTreeSet::new();
    // In the order of the file: the second of two of a name is the second also where both have ten before them.
    for (path, ..) in words {
        let Some((item, _)) = path.rsplit_once('.') else {
            continue;
        };
        if names.contains_key(item) {
            continue;
        }
        let Some((name, others)) = parts.get(item) else {
            continue;
        };
        let list = item.rsplit_once('[').map_or(item, |(list, _)| list);
        let name = name.map_or_else(|| others.join(", "), str::to_owned);
        let mut own = name.clone();
        let mut again = 2;
        while !taken.insert(format!("{list}[{own}]")) {
            own = format!("{name} ({again})");
            again += 1;
        }
        names.insert(item.to_owned(), own);
    }
    names
}
