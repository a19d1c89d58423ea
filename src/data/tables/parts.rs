//! Columns that are parts of others: a total and its parts are not added up.

use std::collections::BTreeSet;

use super::header::Heard;
use super::measure::{Kind, Measure, Sex};
use super::recipe::{Aside, ColumnRecipe, Meaning, Named};
use crate::scenario::{Country, Level};

/// Columns of public and private schools: added up where several stand for no whole, else left aside.
pub(super) fn sectors(columns: &mut [ColumnRecipe], heard: &[Option<Heard>]) {
    // Where one of them is not understood, neither is what they are parts of.
    let beside = |(column, heard): (&ColumnRecipe, &Option<Heard>)| {
        heard.as_ref().is_some_and(|heard| heard.sector.is_some()) && column.meaning == Meaning::Aside(Aside::NotNeeded)
    };
    let whole = !columns.iter().zip(heard).any(beside);
    let before: Vec<ColumnRecipe> = columns.to_vec();
    for column in columns {
        let Some(sector) = &column.sector else { continue };
        let alike = |other: &&ColumnRecipe| other.meaning == column.meaning && other.levels == column.levels;
        let of_all = |other: &ColumnRecipe| other.sector.is_none() && (other.sex.is_none() || other.sex == column.sex);
        let is_count = matches!(column.meaning, Meaning::Number(measure) if measure.kind() == Kind::Count);
        column.meaning = match column.meaning {
            Meaning::Number(_) if is_count && before.iter().filter(alike).any(of_all) => {
                Meaning::Aside(Aside::PartOfTotal)
            }
            Meaning::Number(_)
                if is_count
                    && whole
                    && before
                        .iter()
                        .filter(alike)
                        .any(|other| other.sector.as_ref() != Some(sector)) =>
            {
                continue;
            }
            Meaning::Number(_) => Meaning::Aside(Aside::NotNeeded),
            same => same,
        };
    }
}

/// Of a total and its parts, one is taken: grades tell the levels, ages only say again what the total says.
pub(super) fn totals(columns: &mut [ColumnRecipe], heard: &[Option<Heard>], country: &Country) {
    for measure in [Measure::Learners, Measure::Teachers, Measure::Schools] {
        let of_measure: Vec<usize> = (0..columns.len())
            .filter(|at| columns[*at].meaning == Meaning::Number(measure))
            .collect();
        let heard = |at: &usize| heard.get(*at).and_then(Option::as_ref);
        let is_age = |at: &usize| heard(at).is_some_and(|heard| heard.age.is_some());
        let ages: Vec<usize> = of_measure.iter().copied().filter(is_age).collect();
        let part = |at: &usize| !columns[*at].levels.is_empty() && !is_age(at);
        let (parts, whole): (Vec<usize>, Vec<usize>) =
            of_measure.iter().copied().filter(|at| !is_age(at)).partition(part);
        if !whole.is_empty() || !parts.is_empty() {
            for at in ages {
                columns[at].meaning = Meaning::Aside(Aside::PartOfTotal);
            }
        }
        if !parts.is_empty() {
            for at in whole {
                columns[at].meaning = Meaning::Aside(Aside::TotalOfParts);
            }
        }
        // A level that spans others in columns of their own is their total.
        for &at in &parts {
            let own = &columns[at];
            let narrower = |level: &Named<Level>| {
                parts.iter().any(|other| {
                    let other = &columns[*other];
                    other.sex == own.sex && other.levels.len() < own.levels.len() && other.levels.contains(level)
                })
            };
            if own.levels.len() > 1 && own.levels.iter().all(narrower) {
                columns[at].meaning = Meaning::Aside(Aside::TotalOfParts);
            }
        }
        for &at in &parts {
            within_level(columns, at, &parts, heard, country);
        }
        sexes(columns, measure, &of_measure, |at| {
            heard(at).is_some_and(|heard| heard.grade.is_some())
        });
    }
}

/// A level beside its grades, or grades beside some of them: the total of its parts, if all of them are there; else they are
/// left aside.
fn within_level<'h>(
    columns: &mut [ColumnRecipe],
    at: usize,
    parts: &[usize],
    heard: impl Fn(&usize) -> Option<&'h Heard>,
    country: &Country,
) {
    let grades = |at: usize| heard(&at)?.grade.as_ref();
    // A grade that has a name of its own tells no number.
    let numbers = |at: usize| {
        let own = grades(at).filter(|own| columns[at].part.ends_with(&format!("{}-{}", own.number, own.last)))?;
        Some(own.number..=own.last)
    };
    let own = &columns[at];
    let words = |column: &ColumnRecipe| -> BTreeSet<String> { column.part.split(' ').map(ToOwned::to_owned).collect() };
    let is_within = |other: &&usize| {
        let (other, at_other) = (&columns[**other], **other);
        let alike = (other.meaning, &other.levels, other.sex, &other.sector)
            == (own.meaning, &own.levels, own.sex, &own.sector);
        alike
            && at_other != at
            && match (grades(at), grades(at_other)) {
                (None, Some(_)) => true,
                (None, None) => {
                    let (own, other) = (words(own), words(other));
                    own.len() < other.len() && own.is_subset(&other)
                }
                (Some(_), None) => false,
                (Some(_), Some(_)) => matches!((numbers(at), numbers(at_other)), (Some(own), Some(other))
                    if own != other && own.contains(other.start()) && own.contains(other.end())),
            }
    };
    let within: Vec<usize> = parts.iter().filter(is_within).copied().collect();
    if within.is_empty() || !matches!(own.meaning, Meaning::Number(_)) {
        return;
    }
    let of_grade: BTreeSet<usize> = within.iter().filter_map(|at| numbers(*at)).flatten().collect();
    let named: BTreeSet<&str> = within
        .iter()
        .filter(|at| numbers(**at).is_none())
        .map(|at| columns[*at].part.as_str())
        .collect();
    let there = of_grade.len() + named.len();
    let wanted = match (numbers(at), within.iter().any(|at| grades(*at).is_some())) {
        (Some(own), _) => own.count(),
        (None, false) => 2,
        (None, true) => {
            let own = |level: &&crate::scenario::LevelData| columns[at].levels.contains(&Named(level.level));
            let years: f64 = country
                .levels
                .iter()
                .filter(own)
                .map(|level| level.duration.value.round())
                .sum();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // From 1 to 9, as the format has it.
            let years = years.clamp(0.0, 20.0) as usize;
            years
        }
    };
    if there >= wanted {
        columns[at].meaning = Meaning::Aside(Aside::TotalOfParts);
    } else {
        for at in within {
            columns[at].meaning = Meaning::Aside(Aside::PartOfTotal);
        }
    }
}

/// Of all, boys and girls of the same level, boys say nothing new, and of teachers or schools neither do girls. Of these one
/// sex alone is no number of all.
fn sexes(columns: &mut [ColumnRecipe], measure: Measure, of_measure: &[usize], graded: impl Fn(&usize) -> bool) {
    for at in of_measure {
        let own = &columns[*at];
        let Some(sex) = own.sex.filter(|_| own.meaning == Meaning::Number(measure)) else {
            continue;
        };
        let of_level = |other: &&ColumnRecipe| other.meaning == own.meaning && other.levels == own.levels;
        let is_total =
            |other: &ColumnRecipe| other.sex.is_none() && (other.sector.is_none() || other.sector == own.sector);
        // Grades of one level are added up; a total of them would stand beside each.
        let has_total = !graded(at) && columns.iter().filter(of_level).any(is_total);
        let is_other = |other: &ColumnRecipe| other.sex.is_some_and(|other| other != sex);
        let has_other = columns.iter().filter(of_level).any(is_other);
        let of_learners = measure == Measure::Learners;
        if has_total && (sex == Sex::Boys || !of_learners) {
            columns[*at].meaning = Meaning::Aside(Aside::PartOfTotal);
        } else if !of_learners && !has_other {
            columns[*at].meaning = Meaning::Aside(Aside::NotNeeded);
        }
    }
}
