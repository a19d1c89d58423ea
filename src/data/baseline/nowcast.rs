//! Learners of the base year from the last year in which they were counted.
//!
//! `E_b = pupils(y) · GER(z) / GER(y) · people(b) / people(y)`: y is the year of the count, z that of the newest enrolment
//! ratio, people those of the level's official ages. Teachers follow at their ratio.

use super::BASE_YEAR;
use super::stand_in::{assumed, remark, resting_on, rounded};
use crate::data::pack::{Observation, Records};
use crate::scenario::country::group_of_age;
use crate::scenario::{Country, Level, LevelData, Quantity, messages};

/// Change of an enrolment ratio beyond which grades have moved, or a population has been counted anew, rather than
/// learners come.
const MOST: f64 = 1.25;

/// Carries a level from the year of its count to the base year. `country` gives births and population.
pub fn carry(records: &Records, country: &Country, level: &mut LevelData) {
    let passport = level.learners.passport.as_deref();
    let Some(year) = passport.and_then(|p| p.year).filter(|year| *year < BASE_YEAR) else {
        return;
    };
    let source = passport.map_or_else(String::new, |p| p.source.clone());
    let ratio = ratio(records, level.level, year);
    let people = people(country, level, BASE_YEAR) / people(country, level, year);
    let step = ratio.as_ref().map_or(1.0, |(_, change)| *change) * people;
    let counted = level.learners.value;
    let at = |part: f64| (counted * (1.0 + part * (step - 1.0))).round();
    let (half, more) = (at(0.5), at(1.5));
    let percent = |change: f64| format!("{:+.1}", (change - 1.0) * 100.0);
    let note = messages::own_nowcast(format!("{counted:.0}"), year, percent(step), BASE_YEAR, percent(people));
    level.learners = resting_on(
        assumed(format!("P27: {source}"), at(1.0), (half.min(more), half.max(more))),
        Some(year),
        note.to_string(),
    );
    if let Some((newest, change)) = ratio {
        level.ger.value = rounded(level.ger.value * change);
        let (change, newest_year, source) = (percent(change), newest.year, newest.source);
        let said = if level.level == Level::Primary {
            messages::own_nowcast_ratio(change, newest_year, source)
        } else {
            messages::own_nowcast_secondary(change, newest_year, source)
        };
        for number in [&mut level.learners, &mut level.ger] {
            remark(number, &said.to_string());
        }
    }
    if !published(country, level) {
        remark(&mut level.learners, &messages::own_births_alone().to_string());
    }
    scale(&mut level.teachers, step);
    let said = messages::own_teachers_follow(BASE_YEAR);
    remark(&mut level.teachers, &said.to_string());
}

/// Teachers times a step, and their range with them.
fn scale(teachers: &mut Quantity, step: f64) {
    let times = |count: &mut f64| *count = (*count * step).round().max(1.0);
    times(&mut teachers.value);
    if let Some(passport) = teachers.passport_mut() {
        [&mut passport.low, &mut passport.high]
            .into_iter()
            .flatten()
            .for_each(times);
    }
}

/// The newest enrolment ratio of the World Bank and what it is of the same series in the year of the count: of primary
/// school, or of secondary school as a whole. None where that year has no value, or the two do not fit.
fn ratio(records: &Records, level: Level, year: i32) -> Option<(Observation, f64)> {
    let series = match level {
        Level::Primary => "SE.PRM.ENRR",
        Level::LowerSecondary | Level::UpperSecondary => "SE.SEC.ENRR",
    };
    let newest = records.latest(series).filter(|newest| newest.year > year)?;
    let change = newest.value / records.in_year(series, year)?.value;
    (1.0 / MOST..=MOST).contains(&change).then_some((newest, change))
}

fn ages(level: &LevelData) -> std::ops::Range<i32> {
    #[allow(clippy::cast_possible_truncation)]
    let (entry, grades) = (
        level.entry_age.value.round() as i32,
        level.duration.value.round() as i32,
    );
    entry..entry + grades
}

/// People of a level's official ages in a year.
fn people(country: &Country, level: &LevelData, year: i32) -> f64 {
    ages(level).map(|age| country.aged(year, age)).sum()
}

/// Whether the population of all of a level's ages is published.
fn published(country: &Country, level: &LevelData) -> bool {
    let groups = country.population.groups();
    ages(level).all(|age| groups[group_of_age(age)].is_some())
}

#[cfg(test)]
mod tests {
    use super::super::country;
    use super::carry;
    use crate::data::Pack;
    use crate::scenario::country::Population;
    use crate::scenario::field::ROOT;
    use crate::scenario::registry::Entry;
    use crate::scenario::{Level, Passport, Quantity};

    #[test]
    fn learners_are_carried_by_the_people_of_their_ages_and_the_newest_enrolment_ratio() {
        let pack = Pack::embedded();
        for (iso3, level, by_hand) in [
            // 2,321,000 pupils of 2022; enrolment ratio 85.328 of 2024 over 84.2733; ages 6 to 9, births scaled to
            // 2,302,224 and 2,363,984 people of 5 to 9, and 10 and 11, to 2,185,784 and 2,274,388 of 10 to 14:
            // 2,749,157.8 in 2022, 2,798,690.1 in 2026. 2,321,000 · 1.012515 · 1.018017.
            ("SEN", Level::Primary, 2_392_389.0),
            // 537,000 of 2021, secondary school as a whole 86.908 of 2023 over 73.4251, 629,503.8 over 588,606.2 people.
            ("SLE", Level::LowerSecondary, 679_772.0),
            // Fewer children in Tonga: 17,000 of 2022, 108.79 over 106.5357, 14,054.6 over 15,472.3 people.
            ("TON", Level::Primary, 15_769.0),
        ] {
            let Ok(country) = country(&pack, iso3, true) else {
                return;
            };
            let data = country.levels.iter().find(|data| data.level == level).expect("a level");
            assert!(
                (data.learners.value - by_hand).abs() < 1.0,
                "{iso3}: {}",
                data.learners.value
            );
        }
    }

    #[test]
    fn the_flag_gives_size_and_sign_of_the_step() {
        let Ok(tonga) = country(&Pack::embedded(), "TON", true) else {
            return;
        };
        let passport = tonga.levels[0].learners.passport.as_ref().expect("a passport");
        assert_eq!(passport.stand_in(), Some("P27"));
        assert_eq!(
            passport.note,
            "17000 in 2022, -7.2 % to 2026: people of the ages -9.2 %; enrolment ratio +2.1 % by 2024 (wdi_202607)"
        );
    }

    #[test]
    fn births_alone_carry_a_country_whose_population_is_not_published() {
        let pack = Pack::embedded();
        let Ok(mut senegal) = country(&pack, "SEN", true) else {
            return;
        };
        senegal.population = Population::absent(&ROOT);
        let mut level = senegal.levels[0].clone();
        level.learners = Quantity::with(
            1_000_000.0,
            Passport {
                year: Some(2022),
                ..Passport::default()
            },
        );
        carry(&pack.records("SEN", true), &senegal, &mut level);
        // By hand: births of 2015-2020 over those of 2011-2016, 3,022,296 / 3,002,257, and 85.328 / 84.2733.
        assert!(
            (level.learners.value - 1_019_270.0).abs() < 5.0,
            "{}",
            level.learners.value
        );
        let passport = level.learners.passport.expect("a passport");
        assert!(
            passport.note.ends_with("births alone, which miss deaths and migration"),
            "{}",
            passport.note
        );
    }
}
