//! The numbers of a scenario as one vector: what a run reads, and what a draw changes.
//!
//! One walk through a scenario gives each number its place. What a number is called, who reads it and how many places it
//! takes is asked of the same walk; nothing may be concluded from the order of the places.

use std::any::Any;
use std::collections::BTreeMap;
use std::ops::Range;

use super::field::{Field, Holds, Role};
use super::price_basis::PriceBasis;
use super::quantity::Quantity;
use super::simplex::Simplex;
use super::{Scenario, YearPath};

/// Position of a number in the parameter vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberSlot(pub u32);

/// Position of the base-year value of a path in the parameter vector; the years follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathSlot(pub u32);

/// One number or year path of a scenario.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Path as findings have it: `country.levels[0].entry_age`.
    pub path: String,
    /// The same by what tells entries of a list apart, wherever they stand: `country.levels[primary].entry_age`.
    pub name: String,
    /// Its field.
    pub field: &'static Field,
    /// Who reads it.
    pub role: Role,
    /// Its first place in the vector.
    pub place: usize,
    /// Number of places: one, or one a year.
    pub size: usize,
    /// Year of the first place of a path.
    pub first_year: Option<i32>,
    /// What one unit as the file writes it is in the vector: not 1 for an amount in another currency or of another year.
    pub factor: f64,
}

impl Parameter {
    /// Its places.
    #[must_use]
    pub const fn places(&self) -> Range<usize> {
        self.place..self.place + self.size
    }
}

/// The parameter vector with the name of each of its numbers.
#[derive(Clone, Debug)]
pub struct Parameters {
    /// Values by place.
    pub values: Vec<f64>,
    /// What stands where.
    pub list: Vec<Parameter>,
}

impl Parameters {
    /// The parameter of a name or path.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Parameter> {
        self.list.iter().find(|known| known.name == name || known.path == name)
    }

    /// The shares of each whole, by the path of the whole: where they start in the vector.
    #[must_use]
    pub fn wholes(&self) -> BTreeMap<(Simplex, &str), Vec<usize>> {
        let mut wholes: BTreeMap<(Simplex, &str), Vec<usize>> = BTreeMap::new();
        for part in &self.list {
            if let Some(simplex) = part.field.simplex {
                wholes
                    .entry((simplex, simplex.whole(&part.path)))
                    .or_default()
                    .push(part.place);
            }
        }
        wholes
    }

    /// All of them by path.
    #[must_use]
    pub(crate) fn by_path(&self) -> BTreeMap<&str, &Parameter> {
        self.list.iter().map(|known| (known.path.as_str(), known)).collect()
    }
}

/// Who reads which part of the vector.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles {
    /// From which place on which role holds, up to the next.
    runs: Vec<(usize, Role)>,
    /// Number of places.
    end: usize,
    /// Where the part stands that several scenarios share.
    shared: Range<usize>,
}

impl Roles {
    /// The places of some roles.
    pub fn places(&self, wanted: impl Fn(Role) -> bool) -> impl Iterator<Item = Range<usize>> {
        let ends = self.runs.iter().skip(1).map(|(next, _)| *next);
        self.runs
            .iter()
            .zip(ends.chain(std::iter::once(self.end)))
            .filter(move |((_, role), _)| wanted(*role))
            .map(|((start, _), end)| *start..end)
    }

    /// Notes that from a place on, which is the last so far, a role holds.
    fn turn(&mut self, from: usize, role: Role) {
        if self.runs.last().is_some_and(|(start, _)| *start == from) {
            self.runs.pop();
        }
        if self.runs.last().is_none_or(|(_, before)| *before != role) {
            self.runs.push((from, role));
        }
    }
}

/// Prices that are of another year than the price year, by place in the vector.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnYears(Vec<(u32, i32)>);

impl OwnYears {
    /// The year of a price, where it is not the price year.
    #[must_use]
    pub fn of(&self, slot: NumberSlot) -> Option<i32> {
        let at = self.0.binary_search_by_key(&slot.0, |(place, _)| *place);
        at.ok().map(|at| self.0[at].1)
    }
}

/// What is known of the shared part from an earlier layout.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub values: &'a [f64],
    pub roles: &'a Roles,
    pub own_years: &'a OwnYears,
    pub slots: &'a dyn Any,
}

/// The walk that gives each number its place.
#[derive(Debug)]
pub struct Layout<'a> {
    values: Vec<f64>,
    roles: Roles,
    own_years: OwnYears,
    base_year: i32,
    years: usize,
    basis: PriceBasis<'a>,
    /// Role of what is laid now.
    role: Role,
    known: Option<Known<'a>>,
    names: Option<Names>,
}

#[derive(Debug, Default)]
struct Names {
    path: String,
    name: String,
    list: Vec<Parameter>,
}

impl<'a> Layout<'a> {
    /// An empty vector for a scenario.
    pub(super) fn new(scenario: &'a Scenario, known: Option<Known<'a>>) -> Self {
        let mut roles = Roles::default();
        roles.turn(0, Role::Both);
        Self {
            values: Vec::new(),
            roles,
            own_years: OwnYears::default(),
            base_year: scenario.base_year,
            years: scenario.years(),
            basis: PriceBasis::of(scenario),
            role: Role::Both,
            known,
            names: None,
        }
    }

    /// The same with names.
    pub(super) fn named(scenario: &'a Scenario) -> Self {
        Self {
            names: Some(Names::default()),
            ..Self::new(scenario, None)
        }
    }

    /// The vector, who reads which part of it, and prices of another year than the price year.
    pub(super) fn into_values(mut self) -> (Vec<f64>, Roles, OwnYears) {
        self.roles.end = self.values.len();
        (self.values, self.roles, self.own_years)
    }

    /// The vector with its names.
    pub(super) fn into_parameters(self) -> Parameters {
        Parameters {
            values: self.values,
            list: self.names.map_or_else(Vec::new, |names| names.list),
        }
    }

    /// Lays what is inside a field.
    #[inline]
    pub fn within<T>(&mut self, field: &Field, lay: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.role;
        let role = field.role.unwrap_or(outer);
        if self.names.is_none() && role == outer {
            return lay(self);
        }
        self.turn(role);
        let laid = if self.names.is_some() && field.holds != Holds::Kind {
            let part = match field.holds {
                // The fields of a kind stand among those of its section.
                Holds::Kind => String::new(),
                _ if self.base().is_empty() => field.name.to_owned(),
                _ => format!(".{}", field.name),
            };
            self.named_part(&part, &part, lay)
        } else {
            lay(self)
        };
        self.turn(outer);
        laid
    }

    fn turn(&mut self, role: Role) {
        if role != self.role {
            self.roles.turn(self.values.len(), role);
            self.role = role;
        }
    }

    /// Whether what is laid now is read by a run.
    pub(super) fn is_read(&self) -> bool {
        !matches!(self.role, Role::Nobody | Role::Target)
    }

    /// Makes room for entries of a list, each as large as what was laid since a place.
    pub(super) fn expect_like(&mut self, since: usize, more: usize) {
        self.values.reserve((self.values.len() - since) * more);
    }

    /// Number of places so far.
    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// Lays an entry of a list; `key` tells it from the others.
    pub fn item<T>(
        &mut self,
        index: usize,
        key: impl FnOnce() -> Option<String>,
        lay: impl FnOnce(&mut Self) -> T,
    ) -> T {
        if self.names.is_none() {
            return lay(self);
        }
        let name = key().unwrap_or_else(|| index.to_string());
        self.named_part(&format!("[{index}]"), &format!("[{name}]"), lay)
    }

    /// Lays a case of a lever that has several; the general one has the name of the lever.
    pub fn case<T>(
        &mut self,
        index: usize,
        key: impl FnOnce() -> Option<String>,
        lay: impl FnOnce(&mut Self) -> T,
    ) -> T {
        if self.names.is_none() {
            return lay(self);
        }
        let name = key().map_or_else(String::new, |key| format!("[{key}]"));
        self.named_part(&format!("[{index}].to"), &name, lay)
    }

    fn base(&self) -> &str {
        self.names.as_ref().map_or("", |names| &names.path)
    }

    fn named_part<T>(&mut self, path: &str, name: &str, lay: impl FnOnce(&mut Self) -> T) -> T {
        let mut lengths = (0, 0);
        if let Some(names) = &mut self.names {
            lengths = (names.path.len(), names.name.len());
            names.path.push_str(path);
            names.name.push_str(name);
        }
        let laid = lay(self);
        if let Some(names) = &mut self.names {
            names.path.truncate(lengths.0);
            names.name.truncate(lengths.1);
        }
        laid
    }

    /// Lays the part that scenarios share; what is known of it from an earlier layout is taken as it is.
    pub fn shared<S: Clone + 'static>(&mut self, lay: impl FnOnce(&mut Self) -> S) -> S {
        let start = self.values.len();
        if let Some(known) = self.known.filter(|known| known.roles.shared.start == start)
            && let Some(slots) = known.slots.downcast_ref::<S>()
        {
            let places = known.roles.shared.clone();
            self.values.extend_from_slice(&known.values[places.clone()]);
            let inside = |(from, _): &&(usize, Role)| places.contains(from);
            for (from, role) in known.roles.runs.iter().filter(inside) {
                self.roles.turn(*from, *role);
            }
            self.roles.turn(places.end, self.role);
            let inside = |(place, _): &&(u32, i32)| places.contains(&(*place as usize));
            self.own_years.0.extend(known.own_years.0.iter().filter(inside));
            self.roles.shared = places;
            return slots.clone();
        }
        let slots = lay(self);
        self.roles.shared = start..self.values.len();
        slots
    }

    /// Appends a number.
    #[inline]
    pub fn number(&mut self, field: &'static Field, number: &Quantity) -> NumberSlot {
        let place = self.values.len();
        let mut factor = 1.0;
        if field.is_dated_money() {
            let (passport, default) = (number.passport.as_deref(), number.is_default(field));
            factor = self.basis.factor(field, passport, default);
            let year = self.basis.year_of(passport, default);
            if year != self.basis.price_year {
                self.own_years.0.push((u32::try_from(place).unwrap_or(u32::MAX), year));
            }
        }
        self.values.push(number.value * factor);
        NumberSlot(self.placed(field, None, place, factor))
    }

    /// Appends a path, one value a year.
    pub fn path(&mut self, field: &'static Field, path: &YearPath) -> PathSlot {
        let first = self.base_year - i32::try_from(field.earlier).unwrap_or(0);
        let years = self.years + field.earlier as usize;
        let year = |at: usize| first + i32::try_from(at).unwrap_or(0);
        let place = self.values.len();
        let (passport, default) = (path.passport.as_deref(), path.is_default(field));
        let factor = self.basis.factor(field, passport, default);
        let value = |at: usize| path.of_field(field, year(at), self.basis.fiscal_year_start) * factor;
        self.values.extend((0..years).map(value));
        PathSlot(self.placed(field, Some(first), place, factor) + field.earlier)
    }

    /// Names what stands from a place on.
    #[inline]
    fn placed(&mut self, field: &'static Field, first_year: Option<i32>, place: usize, factor: f64) -> u32 {
        if let Some(names) = &mut self.names {
            names.list.push(Parameter {
                path: names.path.clone(),
                name: names.name.clone(),
                field,
                role: self.role,
                place,
                size: self.values.len() - place,
                first_year,
                factor,
            });
        }
        u32::try_from(place).expect("fewer than 2^32 parameters")
    }
}

/// Keys of a list's entries, each given once: the second entry of a key is told apart by its number.
#[derive(Debug, Default)]
pub struct Keys {
    seen: BTreeMap<String, usize>,
}

impl Keys {
    /// What tells an entry apart; none where it has no key.
    pub fn tell(&mut self, key: String) -> Option<String> {
        if key.is_empty() {
            return None;
        }
        let count = self.seen.entry(key.clone()).or_default();
        *count += 1;
        Some(if *count > 1 { format!("{key}#{count}") } else { key })
    }
}
