//! The reading of a table, kept with the country that was made from it: next year's file of the same shape is read by it,
//! and what changed between the two is listed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::measure::Measure;
use super::recipe::{Aside, ColumnRecipe, Meaning, Named, Recipe, Sure, Why};
use super::reconcile::Reconciled;
use super::sheet::Sheet;
use super::tally::GroupRow;
use crate::data::spelling::plain;
use crate::scenario::{Country, Level};

/// How a table was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Name of the file.
    pub file: String,
    /// Its recipe: the columns that were used, and those that a person left aside.
    pub recipe: Recipe,
    /// Levels of the table, and what its learners and teachers were multiplied with; none where it told no teachers.
    scaled: Vec<(Named<Level>, f64, Option<f64>)>,
}

/// A number before and now.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart {
    /// Region; empty for the whole level.
    pub region: String,
    /// Level.
    pub level: Level,
    /// Schools, learners or teachers.
    pub measure: Measure,
    /// In the table before.
    pub before: f64,
    /// In this one.
    pub now: f64,
}

impl Apart {
    /// Now over before, less 1.
    #[must_use]
    pub fn change(&self) -> f64 {
        self.now / self.before - 1.0
    }
}

/// What differs between two tables of one shape.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SinceBefore {
    /// Regions that the table before did not have.
    pub come: Vec<String>,
    /// Regions that only the table before had.
    pub gone: Vec<String>,
    /// Sums by level.
    pub levels: Vec<Apart>,
    /// Numbers of regions that changed by more than was asked for.
    pub regions: Vec<Apart>,
}

/// Numbers that are compared.
const COMPARED: [Measure; 3] = [Measure::Schools, Measure::Learners, Measure::Teachers];

type Sums = BTreeMap<(Level, String), [Option<f64>; COMPARED.len()]>;

impl Kept {
    pub(super) fn new(file: &str, recipe: &Recipe, reconciled: &[Reconciled]) -> Self {
        let mut recipe = recipe.clone();
        let used = |column: &ColumnRecipe| !matches!(column.meaning, Meaning::Aside(why) if why != Aside::ByHand);
        recipe.columns.retain(used);
        let by = |level: Level, what: &str| {
            let of = reconciled.iter().find(|part| part.level == level && part.what == what);
            of.map(|part| part.by)
        };
        let levels = Level::ALL.iter().copied();
        Self {
            file: file.to_owned(),
            recipe,
            scaled: levels
                .filter_map(|level| Some((Named(level), by(level, "learners")?, by(level, "teachers"))))
                .collect(),
        }
    }

    /// The reading that is kept with a country, if one is and it can be read.
    #[must_use]
    pub fn of(country: &Country) -> Option<Self> {
        ron::from_str(&country.reading).ok()
    }

    /// As it is kept.
    pub(super) fn text(&self) -> String {
        ron::to_string(self).unwrap_or_default()
    }

    /// Whether a sheet has the name of the one that was read, whatever year is in it.
    pub(super) fn is_sheet(&self, name: &str) -> bool {
        key(name) == key(&self.recipe.sheet)
    }

    /// The reading for a sheet of the same shape: columns are found by their headers, whatever year is in them, and of
    /// several the latest is taken. Headers that were used and are not there are returned.
    pub(super) fn recipe_for(&self, sheet: &Sheet, country: &Country) -> (Recipe, Vec<String>) {
        let guess = Recipe::guess(sheet, country);
        let mut columns: Vec<Option<&ColumnRecipe>> = vec![None; guess.columns.len()];
        let mut gone = Vec::new();
        for kept in &self.recipe.columns {
            let name = key(&kept.header);
            let same =
                (0..columns.len()).filter(|at| columns[*at].is_none() && key(&guess.columns[*at].header) == name);
            // Where no year is told, the first is.
            let found = same.max_by_key(|at| (guess.columns[*at].year, std::cmp::Reverse(*at)));
            match found {
                Some(at) => columns[at] = Some(kept),
                None if kept.meaning == Meaning::Aside(Aside::ByHand) => {}
                None => gone.push(kept.header.clone()),
            }
        }
        let read = |(own, kept): (&ColumnRecipe, Option<&ColumnRecipe>)| match kept {
            Some(kept) => ColumnRecipe {
                header: own.header.clone(),
                year: own.year,
                decimal: kept.decimal.or(own.decimal),
                // The same header over numbers of another kind is asked.
                sure: if (own.unit, own.times) == (kept.unit, kept.times) {
                    Sure::Sure
                } else {
                    Sure::Asks
                },
                why: Why::Kept,
                ..kept.clone()
            },
            None => ColumnRecipe {
                meaning: match own.meaning {
                    Meaning::Aside(why) => Meaning::Aside(why),
                    _ => Meaning::Aside(Aside::NotKept),
                },
                ..own.clone()
            },
        };
        let recipe = Recipe {
            sheet: guess.sheet.clone(),
            header: guess.header,
            header_rows: guess.header_rows,
            columns: guess.columns.iter().zip(columns).map(read).collect(),
            year: self.recipe.year.and(guess.year),
            ..self.recipe.clone()
        };
        (recipe, gone)
    }

    /// What differs between the table behind a country's groups and a later one: sums by level, and regions in which a
    /// number changed by more than a share.
    #[must_use]
    pub fn since(&self, country: &Country, groups: &[GroupRow], share: f64) -> SinceBefore {
        let (before, names_before) = self.sums(country);
        let (now, names_now) = sums_of(groups);
        let only = |names: &BTreeMap<String, String>, others: &BTreeMap<String, String>| {
            let only = names.iter().filter(|(key, _)| !others.contains_key(*key));
            only.map(|(_, name)| name.clone()).collect()
        };
        let mut since = SinceBefore {
            come: only(&names_now, &names_before),
            gone: only(&names_before, &names_now),
            ..SinceBefore::default()
        };
        let both: BTreeSet<&(Level, String)> = before.keys().chain(now.keys()).collect();
        let levels: BTreeSet<Level> = both.iter().map(|(level, _)| *level).collect();
        for level in levels {
            for (at, measure) in COMPARED.into_iter().enumerate() {
                let sum = |sums: &Sums| {
                    let own = sums
                        .iter()
                        .filter(|((of, _), _)| *of == level)
                        .map(|(_, sums)| sums[at]);
                    own.sum::<Option<f64>>()
                };
                if let (Some(before), Some(now)) = (sum(&before), sum(&now)) {
                    since.levels.push(Apart {
                        region: String::new(),
                        level,
                        measure,
                        before,
                        now,
                    });
                }
            }
        }
        for place in both {
            let (Some(old), Some(new)) = (before.get(place), now.get(place)) else {
                continue;
            };
            for (at, measure) in COMPARED.into_iter().enumerate() {
                let (Some(before), Some(now)) = (old[at], new[at]) else {
                    continue;
                };
                let apart = Apart {
                    region: names_now.get(&place.1).cloned().unwrap_or_default(),
                    level: place.0,
                    measure,
                    before,
                    now,
                };
                if apart.change().abs() > share {
                    since.regions.push(apart);
                }
            }
        }
        since
    }

    /// Sums of the table behind a country's groups, as the table had them, and the names of its regions.
    fn sums(&self, country: &Country) -> (Sums, BTreeMap<String, String>) {
        let (mut sums, mut names) = (Sums::new(), BTreeMap::new());
        for group in &country.groups {
            let Some((_, learners, teachers)) = self.scaled.iter().find(|(level, ..)| level.0 == group.level) else {
                continue;
            };
            names.entry(key(&group.region)).or_insert_with(|| group.region.clone());
            let numbers = [
                Some(group.schools.value),
                Some(group.learners.value / learners),
                teachers.map(|by| group.teachers.value / by),
            ];
            add(&mut sums, group.level, &group.region, numbers);
        }
        (sums, names)
    }
}

/// Sums of a table, and the names of its regions.
fn sums_of(groups: &[GroupRow]) -> (Sums, BTreeMap<String, String>) {
    let (mut sums, mut names) = (Sums::new(), BTreeMap::new());
    for group in groups {
        names.entry(key(&group.region)).or_insert_with(|| group.region.clone());
        add(
            &mut sums,
            group.level,
            &group.region,
            COMPARED.map(|measure| group.get(measure)),
        );
    }
    (sums, names)
}

fn add(sums: &mut Sums, level: Level, region: &str, numbers: [Option<f64>; COMPARED.len()]) {
    let sum = sums.entry((level, key(region))).or_insert([Some(0.0); COMPARED.len()]);
    for (sum, number) in sum.iter_mut().zip(numbers) {
        *sum = sum.zip(number).map(|(sum, number)| sum + number);
    }
}

/// What two headers, or names, have in common from year to year: their words without years.
fn key(name: &str) -> String {
    let name = plain(name);
    let words = name.split('_').filter(|word| super::header::year(word).is_none());
    words.collect::<Vec<_>>().join("_")
}
