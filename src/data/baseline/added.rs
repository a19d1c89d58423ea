//! A level that the published tables lack, from the few figures that a person knows of it.

use super::stand_in::assumed;
use super::{Context, groups, levels};
use crate::data::country_names::{self, CountryName};
use crate::data::pack::{Observation, Pack};
use crate::scenario::{Country, Level, LevelData, Passport, Quantity};

/// What is known of a level; the rest is stood in for, as in a country made from published data.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// Which level.
    pub level: Level,
    /// Learners enrolled, at least 1.
    pub learners: f64,
    /// Teachers.
    pub teachers: Option<f64>,
    /// Schools.
    pub schools: Option<f64>,
    /// Number of grades.
    pub grades: Option<f64>,
    /// Year of the figures.
    pub year: i32,
    /// Where they come from.
    pub source: String,
}

impl Given {
    fn quantity(&self, value: f64) -> Quantity {
        let passport = Passport {
            year: Some(self.year),
            source: self.source.clone(),
            ..Passport::default()
        };
        Quantity::with(value, passport)
    }
}

/// The country with the level and its urban and rural groups. What is not given is stood in for and marked: ages follow
/// on the level below (P2), teachers P3, schools P5, the others as for a country made from published data.
#[must_use]
pub fn with_level(pack: &Pack, mut country: Country, given: &Given) -> Country {
    let unknown = CountryName {
        iso3: country.iso3.clone(),
        name: country.name.clone(),
        ..CountryName::default()
    };
    let records = pack.records(&country.iso3, false);
    let context = Context {
        pack,
        place: country_names::one(&country.iso3).unwrap_or(&unknown),
        records: &records,
    };
    let below = country.levels.iter().rev().find(|data| data.level < given.level);
    let above = country.levels.iter().find(|data| data.level > given.level);
    let counted = Observation {
        value: given.learners,
        year: given.year,
        source: given.source.clone(),
    };
    let ages = ages(&context, given, below, above);
    let mut level = levels::of_learners(&context, given.level, &counted, ages);
    if records.is_empty() {
        level.ger = of_births(&country, &level, given);
    }
    levels::end(&records, &mut level, below);
    if let Some(teachers) = given.teachers {
        level.teachers = given.quantity(teachers);
    }
    let mut made = groups::groups(&context, std::slice::from_ref(&level));
    if let Some(schools) = given.schools {
        let all: f64 = made.iter().map(|group| group.schools.value).sum();
        for group in &mut made {
            let part = schools * group.schools.value / all;
            let source = "P5: the schools of the level, rural ones half the size of urban ones";
            group.schools = assumed(source, part, (0.8 * part, 1.2 * part));
        }
    }
    let after = |other: Level| other > given.level;
    let at = country.levels.iter().position(|data| after(data.level));
    country.levels.insert(at.unwrap_or(country.levels.len()), level);
    let at = country.groups.iter().position(|group| after(group.level));
    let at = at.unwrap_or(country.groups.len());
    country.groups.splice(at..at, made);
    country
}

/// Age of entry and number of grades: on from the level below, up to the level above.
fn ages(
    context: &Context<'_>,
    given: &Given,
    below: Option<&LevelData>,
    above: Option<&LevelData>,
) -> (Quantity, Quantity) {
    let usual = if given.level == Level::Primary { 6.0 } else { 3.0 };
    let between = below.zip(above).map(|(below, above)| {
        let entry = below.entry_age.value + below.duration.value;
        above.entry_age.value - entry
    });
    let grades = match (given.grades, between.filter(|grades| *grades >= 1.0)) {
        (Some(grades), _) => given.quantity(grades),
        (None, Some(grades)) => assumed("P2: the grades between the levels beside it", grades, (grades, grades)),
        (None, None) => levels::published_duration(context.records, given.level)
            .unwrap_or_else(|| assumed("P2: the usual number of grades", usual, (usual - 1.0, usual + 1.0))),
    };
    let entry = match (below, above) {
        (Some(below), _) => below.entry_age.value + below.duration.value,
        (None, Some(above)) => (above.entry_age.value - grades.value).max(3.0),
        (None, None) => 6.0,
    };
    let entry = assumed("P2: on from the level below", entry.min(20.0), (entry, entry));
    (entry, grades)
}

/// Learners over the births of their years, where nothing else is known of the population.
fn of_births(country: &Country, level: &LevelData, given: &Given) -> Quantity {
    let mut born = 0.0;
    #[allow(clippy::cast_possible_truncation)]
    let (entry, grades) = (level.entry_age.value as i32, level.duration.value.round() as i32);
    for grade in 0..grades {
        born += country.births.at(given.year - entry - grade);
    }
    let ratio = if born > 0.0 {
        (given.learners / born).clamp(0.05, 2.0)
    } else {
        1.0
    };
    assumed(
        "P1: learners over the births of their years",
        ratio,
        (0.9 * ratio, 1.2 * ratio),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{country, new_scenario};
    use crate::scenario::text::{read_scenario, write_scenario};
    use crate::scenario::{Locality, messages};

    fn given(level: Level) -> Given {
        Given {
            level,
            learners: 1_500_000.0,
            teachers: None,
            schools: Some(4_000.0),
            grades: None,
            year: 2024,
            source: "yearbook".into(),
        }
    }

    #[test]
    fn a_missing_level_is_added_with_its_groups_and_holds_together() {
        let pack = Pack::embedded();
        let Ok(kenya) = country(&pack, "KEN", false) else {
            return;
        };
        assert_eq!(kenya.levels_left_out(), [Level::UpperSecondary]);
        let kenya = with_level(&pack, kenya, &given(Level::UpperSecondary));
        assert!(kenya.levels_left_out().is_empty());
        let groups: Vec<_> = kenya
            .groups
            .iter()
            .filter(|g| g.level == Level::UpperSecondary)
            .collect();
        assert_eq!(
            groups.iter().map(|g| g.locality).collect::<Vec<_>>(),
            [Locality::Urban, Locality::Rural]
        );
        let sum = |of: fn(&crate::scenario::Group) -> f64| groups.iter().map(|g| of(g)).sum::<f64>();
        assert!((sum(|g| g.learners.value) - 1_500_000.0).abs() < 1.0);
        assert!((sum(|g| g.schools.value) - 4_000.0).abs() < 1e-6);
        let lower = &kenya.levels[1];
        assert!((kenya.levels[2].entry_age.value - lower.entry_age.value - lower.duration.value).abs() < 1e-12);
        let text = write_scenario(&new_scenario(kenya), false);
        let reading = read_scenario("r.ron", text.as_bytes(), &|_| Err(messages::no_such_file()));
        assert!(reading.scenario.is_some(), "{:?}", reading.findings.first());
    }

    #[test]
    fn a_country_that_no_table_knows_leans_on_its_births() {
        let pack = Pack::embedded();
        let Ok(mut made_up) = country(&pack, "SEN", true) else {
            return;
        };
        made_up.iso3 = "EXA".into();
        made_up.levels.remove(1);
        made_up.groups.retain(|group| group.level != Level::LowerSecondary);
        let made_up = with_level(&pack, made_up, &given(Level::LowerSecondary));
        let levels: Vec<Level> = made_up.levels.iter().map(|data| data.level).collect();
        assert_eq!(levels, Level::ALL);
        let level = &made_up.levels[1];
        // By hand: primary ends and upper secondary begins where they did, so the grades between are those of Senegal.
        assert!((level.duration.value - 4.0).abs() < 1e-12, "{}", level.duration.value);
        let ratio = level.ger.passport.as_ref().expect("a passport");
        assert_eq!((ratio.stand_in(), ratio.low_confidence), (Some("P1"), true));
        let order: Vec<Level> = made_up.groups.iter().map(|group| group.level).collect();
        assert!(order.is_sorted(), "{order:?}");
    }
}
