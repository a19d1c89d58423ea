//! Schools counted in a country's own register, for the countries of which one is bundled: how many schools there are is
//! known from no international source.
//!
//! A register stands in `assets/registers` as a table of the kind that a ministry has, its source above it, and comes in by
//! the same road ([`tables`](super::tables)). What it does not tell stays as published figures and stand-ins have it.

use std::sync::atomic::AtomicBool;

use super::baseline::{Refusal, country};
use super::embedded::REGISTERS;
use super::pack::Pack;
use super::tables::{File, Recipe, RowsAre};
use crate::scenario::Country;

/// A country from the pack with the schools of its register, if one is bundled.
///
/// # Errors
/// As [`country`].
pub fn started(pack: &Pack, written: &str, open_only: bool) -> Result<Country, Refusal> {
    let country = country(pack, written, open_only)?;
    Ok(counted(&country).unwrap_or(country))
}

/// The source of the register of a country.
#[must_use]
pub fn source(iso3: &str) -> Option<&'static str> {
    text(iso3).and_then(|text| text.lines().next())
}

fn text(iso3: &str) -> Option<&'static str> {
    let name = format!("{iso3}.csv");
    REGISTERS.iter().find(|(own, _)| *own == name).map(|(_, text)| *text)
}

fn counted(country: &Country) -> Option<Country> {
    let (text, never) = (text(&country.iso3)?, AtomicBool::new(false));
    let file = File::open(source(&country.iso3)?, text.as_bytes(), &never).ok()?;
    let sheet = file.look_for(country, &never).ok()?;
    // Each row counts schools, which need not tell their learners.
    let recipe = Recipe {
        rows: RowsAre::Schools,
        ..Recipe::guess(&sheet, country)
    };
    let mut counted = file.read(&sheet, &recipe, country.clone(), &never).ok()?.country?;
    // Next year's register is no file of the planner's.
    counted.reading.clear();
    Some(counted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::new_scenario;
    use crate::scenario::check::check;
    use crate::scenario::places::Places;
    use crate::scenario::{Level, Severity};

    #[test]
    fn four_countries_start_with_the_schools_of_their_registers() {
        // Rows of the registers with a level and region, counted apart from this program.
        for (iso3, levels, schools) in [
            ("KEN", &[Level::Primary, Level::LowerSecondary][..], 22_469.0),
            ("LKA", Level::ALL, 10_076.0),
            ("NIC", Level::ALL, 9_947.0),
            ("TZA", &[Level::Primary][..], 19_261.0),
        ] {
            let Ok(before) = country(&Pack::embedded(), iso3, true) else {
                continue; // a build without the tables
            };
            let country = started(&Pack::embedded(), iso3, true).expect("a country");
            let own = || country.groups.iter().filter(|group| levels.contains(&group.level));
            let sum: f64 = own().map(|group| group.schools.value).sum();
            assert!((sum - schools).abs() < 1e-6, "{iso3}: {sum}");
            let (register, places) = (source(iso3).expect("a register"), Places::new());
            for group in own() {
                let passport = group.schools.passport.as_ref().expect("a passport");
                assert_eq!(passport.source, register);
                assert!(!group.region.is_empty());
            }
            // Learners are those of the nation, and what the register lacks is as it was.
            for level in &country.levels {
                let of_level = country.groups.iter().filter(|group| group.level == level.level);
                let learners: f64 = of_level.map(|group| group.learners.value).sum();
                assert!(
                    (learners / level.learners.value - 1.0).abs() < 0.011,
                    "{iso3} {learners}"
                );
            }
            let others = |country: &Country| {
                let others = country.groups.iter().filter(|group| !levels.contains(&group.level));
                others.cloned().collect::<Vec<_>>()
            };
            assert!(others(&country) == others(&before), "{iso3}");
            let found = check(&new_scenario(country), "", &places);
            assert!(
                found.iter().all(|finding| finding.severity != Severity::Error),
                "{found:?}"
            );
        }
    }

    #[test]
    fn pupils_of_the_tanzanian_register_are_the_published_ones() {
        // 11,420,973 pupils as published for 2022, less than 0.1 % apart.
        let sum: f64 = text("TZA")
            .expect("a register")
            .lines()
            .skip(2)
            .filter_map(|line| line.rsplit(',').next()?.parse::<f64>().ok())
            .sum();
        assert!((sum / 11_420_973.0 - 1.0).abs() < 1e-3, "{sum}");
    }
}
