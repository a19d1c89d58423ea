//! From sums to rows of our own table: what is not told by urban and rural is shared as the nation is, and unknown schools
//! and learners are filled by the mean, each marked.

use std::collections::BTreeMap;

use super::add_up::{Added, Key};
use super::measure::{Kind, Measure};
use super::tally::{Given, GroupRow, MEASURES, Tally};
use crate::scenario::{Country, Level, Locality};

/// What was filled, and for how many schools or groups.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Filled {
    /// Groups shared over urban and rural.
    pub shared: usize,
    /// Groups whose number of schools is not known.
    pub without_schools: usize,
}

/// The rows of our own table.
pub(super) fn share_out(added: &Added<'_>, country: &Country) -> (Vec<GroupRow>, Filled) {
    let (tallies, places) = (&added.tallies, &added.reader.places);
    let mut filled = Filled::default();
    let mut rows = Vec::new();
    let mut carried: BTreeMap<Level, [f64; MEASURES]> = BTreeMap::new();
    for ((place, locality, level, class), tally) in tallies {
        let mut tally = *tally;
        let mut assumed = Vec::new();
        if tally.without_learners > 0.0 {
            assumed.push("learners of schools that do not tell them as the mean of those that do");
            let size = size(tallies, *level, country);
            tally.sum(Measure::Learners).value += size * tally.without_learners;
        }
        let numbers = numbers(&tally, carried.entry(*level).or_insert([0.0; MEASURES]));
        if numbers[Measure::Schools as usize].is_none() {
            filled.without_schools += 1;
        }
        let row = |locality: Locality, numbers, assumed: Vec<&'static str>| GroupRow {
            region: places.name(*place).to_owned(),
            locality,
            level: *level,
            size_class: added.class_names.get(&(*level, *class)).cloned().unwrap_or_default(),
            numbers,
            assumed,
        };
        let Some(locality) = locality else {
            filled.shared += 1;
            assumed.push("urban and rural as in the nation");
            let mut parts = parts(country, *level);
            let schools = numbers[Measure::Schools as usize].map_or(f64::INFINITY, |given| given.value);
            if schools < 2.0 {
                // A single school is where most learners are.
                let most = parts.into_iter().max_by(|(_, a), (_, b)| a[1].total_cmp(&b[1]));
                parts = most.map(|(locality, _)| (locality, [1.0; 3])).into_iter().collect();
            }
            let last = parts.last().map_or(Locality::Rural, |(locality, _)| *locality);
            let mut shared = [0.0; 3];
            for (locality, parts) in parts {
                let mut own = numbers;
                for measure in [Measure::Schools, Measure::Learners, Measure::Teachers] {
                    if let Some(given) = &mut own[measure as usize] {
                        let all = given.value;
                        let part = (all * parts[measure as usize]).round();
                        let part = if all < 2.0 { part } else { part.clamp(1.0, all - 1.0) };
                        // There is no half of a school: what is left is the other's.
                        given.value = if locality == last {
                            (all - shared[measure as usize]).max(0.0)
                        } else {
                            part
                        };
                        shared[measure as usize] += given.value;
                    }
                }
                rows.push(row(locality, own, assumed.clone()));
            }
            continue;
        };
        rows.push(row(*locality, numbers, assumed));
    }
    for row in &mut rows {
        if row.get(Measure::Schools).is_none() {
            let size = national_size(country, row.level, row.locality);
            let schools = (row.get(Measure::Learners).unwrap_or(0.0) / size).round().max(1.0);
            row.numbers[Measure::Schools as usize] = Some(Given {
                value: schools,
                ..Given::default()
            });
            row.assumed
                .push("schools as the nation's of this level and locality in size");
        }
    }
    (rows, filled)
}

/// Sums as the measures have them: counts, shares, means.
///
/// Parts of schools that stand in several levels are rounded to whole ones, as far as there is one; what that takes off or adds goes
/// on to the next of the level (`carried`), so that the whole stays what it was. Less than one stays what it is.
fn numbers(tally: &Tally, carried: &mut [f64; MEASURES]) -> [Option<Given>; MEASURES] {
    std::array::from_fn(|at| {
        let sum = tally.sums[at];
        let value = match Measure::ALL[at].kind() {
            Kind::Count => (sum.of > 0.0 || sum.value > 0.0).then(|| {
                if sum.value < 1.0 {
                    return sum.value;
                }
                let exact = sum.value + carried[at];
                let whole = exact.round().max(1.0);
                carried[at] = exact - whole;
                whole
            }),
            // Beside a whole of nearly nothing there is no share.
            _ => (sum.of > 0.0)
                .then(|| sum.value / sum.of)
                .filter(|share| share.is_finite()),
        };
        value.map(|value| Given {
            value,
            cells: sum.cells,
        })
    })
}

/// Mean learners of the schools of a level that tell them; where none does, the nation's learners over all schools.
fn size(tallies: &BTreeMap<Key, Tally>, level: Level, country: &Country) -> f64 {
    let own = || tallies.iter().filter(|(key, _)| key.2 == level).map(|(_, tally)| tally);
    let schools: f64 = own().map(|tally| tally.sums[Measure::Schools as usize].value).sum();
    let unknown: f64 = own().map(|tally| tally.without_learners).sum();
    let learners: f64 = own().map(|tally| tally.sums[Measure::Learners as usize].value).sum();
    if schools - unknown > 0.0 && learners > 0.0 {
        return learners / (schools - unknown);
    }
    let known = country.levels.iter().find(|known| known.level == level);
    known.map_or(0.0, |known| known.learners.value) / schools.max(1.0)
}

/// Learners in a school of the nation.
fn national_size(country: &Country, level: Level, locality: Locality) -> f64 {
    let own = || country.groups.iter().filter(|group| group.level == level);
    let sum = |of: fn(&crate::scenario::Group) -> f64, here: bool| -> f64 {
        own().filter(|group| !here || group.locality == locality).map(of).sum()
    };
    let here = sum(|group| group.schools.value, true) > 0.0;
    sum(|group| group.learners.value, here) / sum(|group| group.schools.value, here).max(1.0)
}

/// Parts of schools, learners and teachers of a level that are urban and rural in the nation.
fn parts(country: &Country, level: Level) -> Vec<(Locality, [f64; 3])> {
    let part = |locality: Locality| {
        let mut sums = [0.0; 3];
        for group in country
            .groups
            .iter()
            .filter(|group| group.level == level && group.locality == locality)
        {
            sums[0] += group.schools.value;
            sums[1] += group.learners.value;
            sums[2] += group.teachers.value;
        }
        sums
    };
    let (urban, rural) = (part(Locality::Urban), part(Locality::Rural));
    if urban[1] + rural[1] <= 0.0 {
        return vec![(Locality::Urban, [0.5; 3]), (Locality::Rural, [0.5; 3])];
    }
    let share = |own: [f64; 3]| std::array::from_fn(|at| own[at] / (urban[at] + rural[at]).max(f64::MIN_POSITIVE));
    [(Locality::Urban, share(urban)), (Locality::Rural, share(rural))]
        .into_iter()
        .filter(|(_, parts): &(Locality, [f64; 3])| parts[1] > 0.0)
        .collect()
}
