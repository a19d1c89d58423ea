//! A country from published data.
//!
//! Every value says its year and source. What no source has is filled by the stand-ins of the data notes, with their key
//! (P1 to P28) as source, a range, and low confidence; nothing is filled in silence, and what may not be guessed
//! (proficiency, completion, out-of-school rates) stays out.

pub mod added;
pub mod economy;
pub mod groups;
pub mod levels;
mod nowcast;
pub mod stand_in;
pub mod structure;

use std::sync::Arc;

use thiserror::Error;

use super::country_names::{self, CountryName};
use super::pack::{Observation, Pack, Records};
use crate::scenario::country::{
    BaseLearning, Difficulties, Establishment, People, Population, Schooling, ServicesToday, Skills,
};
use crate::scenario::field::ROOT;
use crate::scenario::registry::Entry;
use crate::scenario::{Country, LevelData, Passport, Quantity, YearPath};
use stand_in::observed;

/// Why no country could be made.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    /// No country has this code or name.
    #[error("no country has the code or name `{written}`{}", if offers.is_empty() { String::new() } else { format!("; did you mean {}?", offers.join(" or ")) })]
    Unknown {
        /// What was asked for.
        written: String,
        /// Codes and names of the nearest countries.
        offers: Vec<String>,
    },
    /// More than one country goes by this name.
    #[error("more than one country goes by the name `{written}`: {}; write its code or its name in full", choices.join(", "))]
    Several {
        /// What was asked for.
        written: String,
        /// Codes and names of these countries.
        choices: Vec<String>,
    },
    /// The country is known, but the tables lack figures that nothing may stand in for.
    #[error("{name} ({iso3}): the tables have no {}", missing.join(", no "))]
    Missing {
        /// Code.
        iso3: String,
        /// Name.
        name: String,
        /// What is missing, in words.
        missing: Vec<String>,
    },
}

/// The levels of a country as they were last counted, before they are carried to the base year; none of an unknown one.
#[must_use]
pub fn counted(pack: &Pack, iso3: &str) -> Vec<LevelData> {
    let Some(place) = country_names::all().iter().find(|place| place.iso3 == iso3) else {
        return Vec::new();
    };
    let records = pack.records(iso3, false);
    levels::published(&Context {
        pack,
        place,
        records: &records,
    })
}

/// The year for which a baseline is made: the last before a plan begins.
pub const BASE_YEAR: i32 = 2026;

/// A full country from the pack. `written` is a code or any name in use; `open_only` leaves out tables with a
/// restricted licence.
///
/// # Errors
/// [`Refusal`] if the country is not known, or if it has no enrolment, no births or no GDP.
pub fn country(pack: &Pack, written: &str, open_only: bool) -> Result<Country, Refusal> {
    let place = match country_names::named(written)[..] {
        [place] => place,
        [] => return Err(unknown(written)),
        ref several => {
            return Err(Refusal::Several {
                written: written.trim().to_owned(),
                choices: several.iter().map(|place| told(place)).collect(),
            });
        }
    };
    let records = pack.records(&place.iso3, open_only);
    let context = Context {
        pack,
        place,
        records: &records,
    };
    let published = levels::published(&context);
    let births = births(&records);
    let economy = economy::economy(&context);
    let mut missing = Vec::new();
    if published.is_empty() {
        missing.push("enrolment at any level".to_owned());
    }
    if births.is_none() {
        missing.push("births".to_owned());
    }
    if economy.is_none() {
        missing.push("gross domestic product".to_owned());
    }
    let (Some(births), Some(economy), true) = (births, economy, missing.is_empty()) else {
        return Err(Refusal::Missing {
            iso3: place.iso3.clone(),
            name: place.name.clone(),
            missing,
        });
    };
    let mut country = Country {
        iso3: place.iso3.clone(),
        name: place.name.clone(),
        economy,
        births,
        population: population(&records),
        people: People::absent(&ROOT),
        difficulties: Difficulties::absent(&ROOT),
        schooling: Schooling::absent(&ROOT),
        services: ServicesToday::absent(&ROOT),
        governance: Establishment::absent(&ROOT),
        learning: learning(&records),
        skills: skills(&records),
        modes: Vec::new(),
        levels: Vec::new(),
        groups: Vec::new(),
        reading: String::new(),
    };
    country.levels = levels::of_the_base_year(&context, &country, published);
    country.groups = groups::groups(&context, &country.levels);
    Ok(country)
}

/// What the parts of a baseline look at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The pack, for medians.
    pub pack: &'a Pack,
    /// The country.
    pub place: &'a CountryName,
    /// What is known of it.
    pub records: &'a Records,
}

fn unknown(written: &str) -> Refusal {
    Refusal::Unknown {
        written: written.trim().to_owned(),
        offers: country_names::nearly(written).into_iter().map(told).collect(),
    }
}

fn told(place: &CountryName) -> String {
    format!("{} ({})", place.iso3, place.name)
}

fn births(records: &Records) -> Option<YearPath> {
    estimated(records, "BIRTHS.T")
}

fn population(records: &Records) -> Population {
    Population {
        total: estimated(records, "POP.T"),
        aged_5_9: estimated(records, "POP.0509.T"),
        aged_10_14: estimated(records, "POP.1014.T"),
        aged_15_19: estimated(records, "POP.1519.T"),
    }
}

/// A series of the World Population Prospects.
fn estimated(records: &Records, indicator: &str) -> Option<YearPath> {
    let series = records.series(indicator)?;
    let passport = Passport {
        source: series.source.clone(),
        note: "estimates to 2023, medium projection after".into(),
        ..Passport::default()
    };
    Some(YearPath {
        points: series.values.clone(),
        fiscal: false,
        passport: Some(Arc::new(passport)),
    })
}

/// 4.1.1 as published; a 0 may mean "not applicable" and is left out, and nothing is ever guessed.
fn learning(records: &Records) -> BaseLearning {
    let first = |indicators: &[&str]| -> Option<Quantity> {
        let found: Vec<_> = indicators
            .iter()
            .filter_map(|i| records.latest(i).map(|o| (*i, o)))
            .collect();
        let (indicator, latest) = found
            .iter()
            .filter(|(_, o)| o.value > 0.0 && o.value <= 100.0)
            .max_by_key(|(_, o)| o.year)?;
        let mut quantity = observed(&latest.times(0.01));
        if let Some(passport) = quantity.passport_mut()
            && indicator.ends_with("G2")
        {
            passport.note = "grade 2".into();
        }
        Some(quantity)
    };
    BaseLearning {
        early_reading: first(&["UIS.READ.G3", "UIS.READ.G2"]),
        early_mathematics: first(&["UIS.MATH.G3", "UIS.MATH.G2"]),
        primary_reading: first(&["UIS.READ.PRIMARY"]),
        primary_mathematics: first(&["UIS.MATH.PRIMARY"]),
        lower_secondary_reading: first(&["UIS.READ.LOWERSEC"]),
        lower_secondary_mathematics: first(&["UIS.MATH.LOWERSEC"]),
    }
}

/// 4.4.1 of one activity as published, both sexes of one year, which may be before that of all; a 0 may mean "not applicable" and is left out, and nothing is ever
/// guessed. The pack has no 4.3.1.
fn skills(records: &Records) -> Skills {
    let value = |indicator| -> Option<Observation> {
        let latest: Observation = records.latest(indicator)?;
        (latest.value > 0.0 && latest.value <= 100.0).then(|| latest.times(0.01))
    };
    let [women, men] = match ["UIS.ICTSKILLCOPI.F", "UIS.ICTSKILLCOPI.M"].map(value) {
        [Some(women), Some(men)] if women.year == men.year => [Some(women), Some(men)],
        _ => [None, None],
    };
    let known = |one: Option<Observation>| one.map(|one| observed(&one));
    Skills {
        copy_move: known(value("UIS.ICTSKILLCOPI")),
        copy_move_youth: known(value("UIS.ICTSKILLCOPI.AG15T24")),
        copy_move_women: known(women),
        copy_move_men: known(men),
        participation_youth: None,
        participation_adults: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::new_scenario;
    use crate::scenario::text::{read_scenario, write_scenario};
    use crate::scenario::{Severity, messages};

    /// Errors that a scenario around this country would be refused for.
    fn errors(country: Country) -> Vec<String> {
        let text = write_scenario(&new_scenario(country), false);
        let reading = read_scenario("new.ron", text.as_bytes(), &|_| Err(messages::no_such_file()));
        reading
            .findings
            .iter()
            .filter(|f| f.severity == Severity::Error)
            .map(ToString::to_string)
            .collect()
    }

    fn count(open_only: bool) -> usize {
        let pack = Pack::embedded();
        let mut runs = 0;
        for place in country_names::all() {
            match country(&pack, &place.iso3, open_only) {
                Ok(country) => {
                    let errors = errors(country);
                    assert!(errors.is_empty(), "{}: {}", place.iso3, errors.join("\n"));
                    runs += 1;
                }
                Err(refusal) => println!("{refusal}"),
            }
        }
        runs
    }

    #[test]
    fn at_least_a_hundred_countries_run_with_and_without_restricted_data() {
        if country_names::all().is_empty() {
            return; // a build without the tables
        }
        let (open, all) = (count(true), count(false));
        println!("{open} countries run with open data, {all} with all");
        assert!(open >= 100 && all >= 100, "{open} with open data, {all} with all");
    }

    #[test]
    fn no_file_says_that_a_figure_does_not_exist_that_stands_under_another_licence() {
        let pack = Pack::embedded();
        let Ok(senegal) = country(&pack, "SEN", true) else {
            return;
        };
        for group in &senegal.groups {
            let passport = group.reach_4g.passport.as_ref().expect("a passport");
            assert_eq!(passport.source, "P15: no figure for 4G coverage under an open licence");
        }
    }

    #[test]
    fn a_misspelt_country_is_offered_the_nearest() {
        let pack = Pack::embedded();
        if country_names::all().is_empty() {
            return;
        }
        let refusal = |written| {
            country(&pack, written, true)
                .err()
                .map(|r| r.to_string())
                .unwrap_or_default()
        };
        assert_eq!(
            refusal("senegall"),
            "no country has the code or name `senegall`; did you mean SEN (Senegal)?"
        );
        assert_eq!(
            refusal("Cote d Ivore"),
            "no country has the code or name `Cote d Ivore`; did you mean CIV (Côte d’Ivoire)?"
        );
        assert_eq!(
            refusal("KEM"),
            "no country has the code or name `KEM`; did you mean KEN (Kenya) or KHM (Cambodia)?"
        );
        assert_eq!(
            refusal("Congo"),
            "more than one country goes by the name `Congo`: COD (Democratic Republic of the Congo), COG (Congo); write its code or its name in full"
        );
        assert_eq!(
            refusal("IOT"),
            "British Indian Ocean Territory (IOT): the tables have no enrolment at any level, no births, no gross domestic product"
        );
    }
}
