//! Published figures beside ours for the base year: the table of the book that shows how far a baseline can be trusted.
//!
//! A row that merely repeats an input says so. The others follow from the six groups, from several inputs together, or
//! from a source that the baseline does not use.

use std::fmt::Write;

use super::pack::{Observation, Records};
use super::{BUNDLED, Pack, Refusal, country};
use crate::data::baseline::levels::code;
use crate::scenario::{Country, Group, Level, LevelData};
use crate::units::Unit;

/// One comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What is compared.
    pub figure: String,
    /// Unit of both values.
    pub unit: Unit,
    /// Published value, in that unit, with year and source.
    pub published: Observation,
    /// The value that follows from the baseline.
    pub ours: f64,
    /// Why the two differ, or that the row repeats an input.
    pub why: String,
}

impl Comparison {
    /// Ours over published, less 1.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.ours / self.published.value - 1.0
    }
}

/// All rows of one country, from open data.
///
/// # Errors
/// [`Refusal`] if there is no baseline for the country.
pub fn rows(pack: &Pack, iso3: &str) -> Result<Vec<Comparison>, Refusal> {
    let country = country(pack, iso3, true)?;
    let records = pack.records(&country.iso3, true);
    let mut rows = Vec::new();
    for level in &country.levels {
        of_level(&country, level, &records, &mut rows);
    }
    of_country(&country, &records, &mut rows);
    rows.retain(|row| row.published.value > 0.0 && row.ours.is_finite());
    Ok(rows)
}

fn row(
    rows: &mut Vec<Comparison>,
    figure: impl Into<String>,
    unit: Unit,
    published: Option<Observation>,
    ours: f64,
    why: impl Into<String>,
) {
    if let Some(published) = published {
        rows.push(Comparison {
            figure: figure.into(),
            unit,
            published,
            ours,
            why: why.into(),
        });
    }
}

/// Mean over a level's groups, weighted by schools.
fn by_schools(country: &Country, level: Level, share: impl Fn(&Group) -> f64) -> f64 {
    let groups = || country.groups.iter().filter(|group| group.level == level);
    let schools: f64 = groups().map(|group| group.schools.value).sum();
    groups().map(|group| share(group) * group.schools.value).sum::<f64>() / schools
}

/// A share of a group's schools.
type Share = fn(&Group) -> f64;

fn of_level(country: &Country, level: &LevelData, records: &Records, rows: &mut Vec<Comparison>) {
    let (c, name) = (code(level.level), words(level.level));
    let groups = || country.groups.iter().filter(|group| group.level == level.level);
    let learners: f64 = groups().map(|group| group.learners.value).sum();
    let yearbook = records.latest(&format!("SYB.E.{c}")).map(|o| o.times(1000.0));
    row(
        rows,
        format!("Learners, {name}"),
        Unit::Count,
        yearbook,
        learners,
        "input; sum of the groups",
    );

    let indicator = if level.level == Level::Primary {
        "SE.PRM.ENRL.TC.ZS".to_owned()
    } else {
        format!("UIS19.PTRHC.{c}")
    };
    let teachers: f64 = groups().map(|group| group.teachers.value).sum();
    let note = level.teachers.passport.as_ref().map_or("", |p| p.note.as_str());
    let why = if note.contains("carried") {
        "input; the ratio was carried to newer learners"
    } else if note.contains("counted together") {
        "lower and upper secondary counted together; other year"
    } else {
        "the published ratio is of an older year"
    };
    row(
        rows,
        format!("Learners per teacher, {name}"),
        Unit::Ratio,
        records.latest(&indicator),
        learners / teachers,
        why,
    );

    let access: [(&str, &str, Share); 3] = [
        ("electricity", "WELEC", |g| g.grid.value + g.solar.value),
        ("internet", "WINTERN", |g| {
            g.cellular.value + g.fibre.value + g.wireless.value + g.satellite.value
        }),
        ("computers", "WCOMPUT", |g| g.equipped.value),
    ];
    for (what, series, share) in access {
        let published = records
            .latest(&format!("UIS.SCHBSP.{c}.{series}"))
            .map(|o| o.times(0.01));
        let ours = by_schools(country, level.level, share);
        row(
            rows,
            format!("Schools with {what}, {name}"),
            Unit::Share,
            published,
            ours,
            "school-weighted mean of urban and rural, split by P24",
        );
    }

    let counted = records.together(&[&format!("UIS19.E.{c}.F"), &format!("UIS19.E.{c}")]);
    let girls = counted.map(|pair| Observation {
        value: pair[0].value / pair[1].value,
        ..pair[0].clone()
    });
    row(
        rows,
        format!("Girls among learners, {name}"),
        Unit::Share,
        girls,
        level.girls.value,
        "ours from enrolment ratios by sex of a later year",
    );

    let year = level.learners.passport.as_ref().and_then(|p| p.year).unwrap_or(0);
    let born = born(country, level, year);
    row(
        rows,
        format!("Enrolment from births x enrolment ratio, {name}"),
        Unit::Count,
        records.latest(&format!("SYB.E.{c}")).map(|o| o.times(1000.0)),
        born * level.ger.value,
        "births of the official ages without deaths and migration; the publisher's population is of another revision",
    );

    if level
        .last_grade_intake
        .passport
        .as_ref()
        .is_some_and(|p| p.low_confidence)
    {
        let completion = records.latest(&format!("UIS.CR.{c}")).map(|o| o.times(0.01));
        row(
            rows,
            format!("Intake to the last grade against completion, {name}"),
            Unit::Ratio,
            completion,
            level.last_grade_intake.value,
            "stand-in P18; completion counts only those on time, from a survey",
        );
    }
}

/// Children born in the years that make the official ages in a year.
fn born(country: &Country, level: &LevelData, year: i32) -> f64 {
    let mut sum = 0.0;
    let mut age = level.entry_age.value;
    while age < level.entry_age.value + level.duration.value {
        #[allow(clippy::cast_possible_truncation)]
        let then = year - age as i32;
        sum += country.births.at(then);
        age += 1.0;
    }
    sum
}

fn of_country(country: &Country, records: &Records, rows: &mut Vec<Comparison>) {
    let learners: f64 = country.levels.iter().map(|level| level.learners.value).sum();
    let rural: f64 = country
        .groups
        .iter()
        .filter(|g| g.locality == crate::scenario::Locality::Rural)
        .map(|g| g.learners.value)
        .sum();
    let population = records.latest("SP.RUR.TOTL.ZS").map(|o| o.times(0.01));
    row(
        rows,
        "Rural share of learners against that of people",
        Unit::Share,
        population,
        rural / learners,
        "fewer rural children reach secondary school",
    );

    let people = records.in_year("POP.T", 2025).map_or(f64::NAN, |o| o.value);
    let gdp = country.economy.gdp.value;
    row(
        rows,
        "GDP per person",
        Unit::Usd,
        records.latest("NY.GDP.PCAP.CD"),
        gdp / people,
        "input over the population of the UN",
    );

    let spending = gdp * country.economy.education_spending.value / learners;
    let share = records
        .latest("UIS.XUNIT.GDPCAP.1.FSGOV.FFNTR")
        .zip(records.latest("NY.GDP.PCAP.CD"));
    let nominal = share.map(|(share, gdp)| Observation {
        value: share.value / 100.0 * gdp.value,
        ..share
    });
    let why = "ours spreads all public spending, tertiary too, over school learners, an upper bound (P10); where it is lower, the published share is of an older, smaller GDP";
    row(
        rows,
        "Education spending per learner against funding per primary pupil (share of GDP per person)",
        Unit::UsdPerLearner,
        nominal,
        spending,
        why,
    );
    let international = records
        .latest("UIS.XUNIT.PPPCONST.1.FSGOV.FFNTR")
        .zip(records.latest("PA.NUS.PPPC.RF"));
    let converted = international.map(|(ppp, price)| Observation {
        value: ppp.value * price.value,
        ..ppp
    });
    row(
        rows,
        "The same, published in PPP dollars and converted by the price level",
        Unit::UsdPerLearner,
        converted,
        spending,
        "as above; PPP of two publishers and of different base years",
    );

    let schools: f64 = country.groups.iter().map(|group| group.schools.value).sum();
    if country.iso3 == "PHL" {
        let register = Observation {
            value: 46_983.0,
            year: 0,
            source: "school register, README".into(),
        };
        row(
            rows,
            "Schools",
            Unit::Count,
            Some(register),
            schools,
            "stand-in P5 against a register that may leave out private schools; a school with two levels counts twice in ours",
        );
    }
}

const fn words(level: Level) -> &'static str {
    match level {
        Level::Primary => "primary",
        Level::LowerSecondary => "lower secondary",
        Level::UpperSecondary => "upper secondary",
    }
}

/// The chapter of the book, in Markdown.
///
/// # Errors
/// [`Refusal`] if one of the countries has no baseline.
pub fn chapter(pack: &Pack) -> Result<String, Refusal> {
    let mut text = String::from(
        "# The base year, published and ours\n\n\
        <!-- Written by `cargo run --no-default-features --example base_year > docs/src/base_year.md`. -->\n\n\
        For the bundled countries, from open data. A row marked *input* repeats what was put in; the others follow from the six\n\
        groups, from several inputs together, or stand beside a source that the baseline does not use. Large differences are\n\
        not smoothed over: they say where a ministry's own figures help most. Source ids are those of `assets/data/sources.csv`.\n",
    );
    for (iso3, _) in BUNDLED {
        let name = pack.find(iso3).map_or(iso3, |place| place.name.as_str());
        let _ = writeln!(
            text,
            "\n## {name}\n\n| figure | published | year, source | ours | difference | why |\n| --- | ---: | --- | ---: | ---: | --- |"
        );
        for row in rows(pack, iso3)? {
            let year = if row.published.year > 0 {
                format!("{}, ", row.published.year)
            } else {
                String::new()
            };
            let _ = writeln!(
                text,
                "| {} | {} | {year}{} | {} | {} | {} |",
                row.figure,
                row.unit.show(row.published.value),
                row.published.source,
                row.unit.show(row.ours),
                signed(row.difference() * 100.0),
                row.why,
            );
        }
    }
    Ok(text)
}

/// A difference in percent; what rounds to nothing has no sign.
fn signed(percent: f64) -> String {
    if percent.abs() < 0.05 {
        "0 %".into()
    } else {
        format!("{percent:+.1} %")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_groups_give_back_what_was_published() {
        let pack = Pack::embedded();
        if pack.countries().is_empty() {
            return;
        }
        for (iso3, _) in BUNDLED {
            for row in rows(&pack, iso3).expect("a baseline") {
                let held = row.figure.starts_with("Schools with") || row.figure.starts_with("Learners, ");
                assert!(
                    !held || row.difference().abs() < 1e-3,
                    "{iso3} {}: {}",
                    row.figure,
                    row.difference()
                );
            }
        }
    }

    #[test]
    #[allow(clippy::disallowed_methods)] // A test may read the book.
    fn the_book_shows_the_table_of_today() {
        let pack = Pack::embedded();
        let book = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/src/base_year.md");
        let (Ok(chapter), Ok(book)) = (chapter(&pack), std::fs::read_to_string(book)) else {
            return;
        };
        assert!(
            chapter == book,
            "write it anew: cargo run --no-default-features --example base_year > docs/src/base_year.md"
        );
    }

    #[test]
    fn enrolment_follows_from_births() {
        let pack = Pack::embedded();
        let Ok(rows) = rows(&pack, "SEN") else { return };
        let row = rows
            .iter()
            .find(|row| row.figure.starts_with("Enrolment from births") && row.figure.ends_with(" primary"))
            .expect("a row");
        // By hand: births of 2011-2016 (484,541 + 499,620 + 503,840 + 502,121 + 503,549 + 508,586 = 3,002,257) x 0.830454.
        assert!((row.ours - 2_493_236.0).abs() < 50.0, "{}", row.ours);
    }

    #[test]
    fn a_difference_of_nothing_has_no_sign() {
        assert_eq!(signed(-0.001), "0 %");
        assert_eq!(signed(-4.25), "-4.2 %");
    }
}
