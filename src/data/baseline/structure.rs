//! Which grades belong to which level. The only published entry ages and durations here are those of 2018; several
//! countries have moved grades between levels since, and a wrong duration would bend every flow of learners.
//!
//! Learners over enrolment ratio is the publisher's own population of the official ages. Over the population of one age
//! it is the number of grades that the publisher counts today: 3.85 for lower secondary in the Philippines, where 2018
//! still says 3.

use crate::data::pack::Records;
use crate::scenario::{Level, LevelData, Passport, Quantity};

/// Farthest from a whole number of grades at which an implied duration is believed.
const NEAR_WHOLE: f64 = 0.25;
/// Distance from the published duration from which a change is meant, not noise.
const CHANGED: f64 = 0.7;
/// Learners in every level from which thousands are fine enough.
const ENOUGH: f64 = 5_000.0;
/// Least grades in all, relative to the published ones: below it the two publishers' populations differ instead.
const LEAST_IN_ALL: f64 = 0.93;

/// Five-year age group that stands for the level where its sex ratio or the size of one age is needed.
#[must_use]
pub const fn ages(level: Level) -> &'static str {
    match level {
        Level::Primary => "POP.0509",
        Level::LowerSecondary => "POP.1014",
        Level::UpperSecondary => "POP.1519",
    }
}

/// Replaces published durations (P1) where all three levels imply whole numbers of grades and at least one of them has
/// changed. Entry ages follow from that of primary school.
pub fn renew(records: &Records, levels: &mut [LevelData]) {
    let implied: Option<Vec<f64>> = levels.iter().map(|level| implied(records, level)).collect();
    let Some(implied) = implied.filter(|implied| implied.len() == 3) else {
        return;
    };
    let published: Vec<f64> = levels.iter().map(|level| level.duration.value).collect();
    if !changed(&implied, &published) {
        return;
    }
    let mut entry = levels[0].entry_age.value;
    for (level, implied) in levels.iter_mut().zip(implied) {
        let grades = implied.round();
        let year = level.learners.passport.as_ref().and_then(|p| p.year);
        if (grades - level.duration.value).abs() > 0.5 {
            let source = format!("P1: learners over enrolment ratio over population of one age, {implied:.2}");
            level.duration = moved(source, grades, year, level.duration.value);
        }
        if (entry - level.entry_age.value).abs() > 0.5 {
            level.entry_age = moved(
                "P1: entry age and duration of the level below".into(),
                entry,
                year,
                level.entry_age.value,
            );
        }
        entry += grades;
    }
}

/// A whole number of years in place of the published one. It has no range: between two structures there is none.
fn moved(source: String, years: f64, year: Option<i32>, published: f64) -> Quantity {
    let note = format!("{published} published for 2018; grades have moved between levels since");
    Quantity::with(
        years,
        Passport {
            year,
            source,
            note,
            low_confidence: true,
            ..Passport::default()
        },
    )
}

/// Grades that a level's counts imply: learners / enrolment ratio / (five-year age group / 5).
fn implied(records: &Records, level: &LevelData) -> Option<f64> {
    let own = |q: &Quantity| {
        q.passport
            .as_ref()
            .filter(|p| p.source.starts_with("un_syb"))
            .and_then(|p| p.year)
    };
    let year = own(&level.learners)?;
    if own(&level.ger)? != year || level.learners.value < ENOUGH {
        return None;
    }
    let population = records.nearest(&format!("{}.T", ages(level.level)), year)?.value / 5.0;
    Some(level.learners.value / level.ger.value / population)
}

fn changed(implied: &[f64], published: &[f64]) -> bool {
    let whole = implied
        .iter()
        .all(|i| (i - i.round()).abs() <= NEAR_WHOLE && (1.0..=9.0).contains(&i.round()));
    let moved = implied.iter().zip(published).any(|(i, p)| (i - p).abs() >= CHANGED);
    whole && moved && implied.iter().sum::<f64>() > LEAST_IN_ALL * published.iter().sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reform_is_told_from_populations_that_differ() {
        assert!(
            changed(&[5.98, 3.85, 1.97], &[6.0, 3.0, 1.0]),
            "Philippines, grades 1 to 12 since 2016"
        );
        assert!(
            changed(&[3.91, 3.97, 3.9], &[6.0, 3.0, 3.0]),
            "Poland, eight years of basic school since 2017"
        );
        assert!(
            !changed(&[4.18, 2.1, 2.1], &[6.0, 3.0, 3.0]),
            "Cyprus: the population of another area"
        );
        assert!(
            !changed(&[3.57, 3.41, 2.56], &[5.0, 4.0, 3.0]),
            "United Arab Emirates: no whole numbers"
        );
        assert!(
            !changed(&[6.05, 3.75, 2.81], &[6.0, 4.0, 3.0]),
            "Senegal: nothing changed"
        );
    }
}
