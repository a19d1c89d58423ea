//! Grades and ages of a country added to the levels that the model knows.

use super::header::{Grade, Heard};
use crate::scenario::{Country, Level};

/// The levels that a header or a cell names: by its words, its grade or its age; none where they lie outside.
pub(super) fn of_heard(heard: &Heard, country: &Country) -> Option<Vec<Level>> {
    if heard.outside {
        return None;
    }
    let levels: Vec<Level> = match (&heard.levels[..], &heard.grade, heard.age) {
        (&[level], ..) => vec![level],
        (_, Some(grade), _) => of_grades(grade, country),
        (_, None, Some(age)) => vec![of_age(age, country)?],
        ([], None, None) => return Some(Vec::new()),
        (levels, None, None) => levels.to_vec(),
    };
    let own = |level: &Level| country.levels.iter().any(|known| known.level == *level);
    let levels: Vec<Level> = levels.into_iter().filter(own).collect();
    (!levels.is_empty()).then_some(levels)
}

/// The levels in which grades lie.
fn of_grades(grade: &Grade, country: &Country) -> Vec<Level> {
    let all = (grade.number..=grade.last).filter_map(|number| of_grade(grade.from, number, country));
    let mut levels: Vec<Level> = all.collect();
    levels.dedup();
    levels
}

/// The level in which a grade lies. Grades of a level run on into the next: Standard 7 of a country with six years of
/// primary is lower secondary.
pub(super) fn of_grade(from: Level, number: usize, country: &Country) -> Option<Level> {
    let mut left = number;
    let from = country.levels.iter().skip_while(|level| level.level != from);
    for level in from {
        let grades = whole(level.duration.value);
        if left <= grades {
            return Some(level.level);
        }
        left -= grades;
    }
    None
}

/// The level whose official ages an age belongs to. Who is younger than the first is in it early.
pub(super) fn of_age(age: u8, country: &Country) -> Option<Level> {
    let mut levels = country.levels.iter();
    let first = levels.clone().next()?;
    if f64::from(age) < first.entry_age.value {
        return Some(first.level);
    }
    let within = levels.find(|level| f64::from(age) < level.entry_age.value + level.duration.value);
    within.map(|level| level.level)
}

fn whole(years: f64) -> usize {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // From 1 to 9, as the format has it.
    let years = years.round().clamp(0.0, 20.0) as usize;
    years
}
