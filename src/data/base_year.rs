//! Published figures beside what a run prints for the base year: the table of the book that shows how far a baseline can
//! be trusted.

use std::fmt::Write;

use super::baseline::{BASE_YEAR, Refusal, country, levels};
use super::country_names;
use super::pack::{Observation, Pack, Records};
use super::{BUNDLED, new_scenario};
use crate::model::measures::each_row;
use crate::model::{Bin, Trajectory, simulate, stat};
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::{Country, Level, LevelData, Locality, Passport};
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
    /// What a run says of the base year.
    pub ours: f64,
    /// The measure and level that `ours` is in `indicators.csv`, where it is one.
    pub printed: Option<(Measure, Level)>,
    /// Why the two differ.
    pub why: String,
}

impl Comparison {
    /// Ours over published, less 1.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.ours / self.published.value - 1.0
    }
}

/// All rows of one country, from open data: a first plan is run, and its base year read.
///
/// # Errors
/// [`Refusal`] if there is no baseline for the country.
pub fn rows(pack: &Pack, iso3: &str) -> Result<Vec<Comparison>, Refusal> {
    let country = country(pack, iso3, true)?;
    let records = pack.records(&country.iso3, true);
    let run = simulate(new_scenario(country));
    let country = &*run.model.scenario.country;
    let mut table = Table {
        run: &run,
        rows: Vec::new(),
    };
    for (index, level) in country.levels.iter().enumerate() {
        of_level(country, level, index, &records, &mut table);
    }
    of_country(country, &records, &mut table);
    table
        .rows
        .retain(|row| row.published.value > 0.0 && row.ours.is_finite());
    Ok(table.rows)
}

/// An indicator that a run prints for the base year, of the whole country.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// Its code in `indicators.csv`.
    pub code: String,
    /// Level; none for all of them together.
    pub level: Option<Level>,
    /// Unit.
    pub unit: Unit,
    /// Value.
    pub value: f64,
}

/// All that a run of a first plan prints for the base year of a country, from open data, in the order of `indicators.csv`.
///
/// # Errors
/// [`Refusal`] if there is no baseline for the country.
pub fn printed(pack: &Pack, iso3: &str) -> Result<Vec<Printed>, Refusal> {
    let run = simulate(new_scenario(country(pack, iso3, true)?));
    let mut printed = Vec::new();
    each_row(&run, &mut |row| {
        let Scope {
            level,
            region,
            locality,
            person,
        } = row.scope;
        let whole = region.is_none() && locality.is_none() && person.is_none();
        if let (Some(BASE_YEAR), Some(value), true) = (row.year, row.value, whole) {
            printed.push(Printed {
                code: row.indicator.code().into_owned(),
                level,
                unit: row.indicator.unit(),
                value,
            });
        }
    });
    Ok(printed)
}

/// One table of what runs of all countries print.
fn all_printed(pack: &Pack) -> Result<String, Refusal> {
    let mut countries = Vec::new();
    let mut rows: Vec<(String, Option<Level>, Unit)> = Vec::new();
    for (iso3, _) in BUNDLED {
        let printed = printed(pack, iso3)?;
        for row in &printed {
            let row = (row.code.clone(), row.level, row.unit);
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        countries.push((iso3, printed));
    }
    let mut text = String::from(
        "\n## All that a run prints for the base year\n\n\
        Every indicator of `indicators.csv` that the base year has, of the whole country; an empty cell: the country has no base value, or nobody to count. What a plan costs and does\n\
        begins a year later. How each is computed stands in [Indicators](indicators.md); where its base value comes from, in the tables above and in the country's file, number by number.\n\n| code | level |",
    );
    for (iso3, _) in &countries {
        let _ = write!(text, " {iso3} |");
    }
    let _ = writeln!(text, "\n| --- | --- |{}", " ---: |".repeat(countries.len()));
    for (code, level, unit) in rows {
        let _ = write!(text, "| `{code}` | {} |", level.map_or("", words));
        for (_, printed) in &countries {
            let here = printed.iter().find(|row| row.code == code && row.level == level);
            let _ = match here {
                Some(row) => write!(text, " {} |", unit.show(row.value)),
                None => write!(text, " |"),
            };
        }
        text.push('\n');
    }
    Ok(text)
}

/// Rows of a country, and the run that they are read from.
struct Table<'a> {
    run: &'a Trajectory,
    rows: Vec<Comparison>,
}

impl Table<'_> {
    /// A figure that no measure holds.
    fn add(
        &mut self,
        figure: impl Into<String>,
        unit: Unit,
        published: Option<Observation>,
        ours: f64,
        why: impl Into<String>,
    ) {
        if let Some(published) = published {
            self.rows.push(Comparison {
                figure: figure.into(),
                unit,
                published,
                ours,
                printed: None,
                why: why.into(),
            });
        }
    }

    fn measured(&self, measure: Measure, level: Level) -> f64 {
        let value = self.run.lend().value(measure, Scope::of(Some(level)), 0);
        value.unwrap_or(f64::NAN)
    }

    /// A figure that the run prints for a level.
    fn measure(
        &mut self,
        figure: &str,
        (measure, level): (Measure, Level),
        published: Option<Observation>,
        why: impl Fn(f64, f64) -> String,
    ) {
        let Some(published) = published else { return };
        let ours = self.measured(measure, level);
        self.rows.push(Comparison {
            figure: format!("{figure}, {}", words(level)),
            unit: measure.unit(),
            why: why(ours, published.value),
            published,
            ours,
            printed: Some((measure, level)),
        });
    }
}

fn note(passport: Option<&Passport>) -> &str {
    passport.map_or("", |passport| passport.note.as_str())
}

fn of_level(country: &Country, level: &LevelData, index: usize, records: &Records, table: &mut Table<'_>) {
    let (c, name, key) = (levels::code(level.level), words(level.level), level.level);
    let carried = note(level.learners.passport.as_deref()).to_owned();
    let counted = records.latest(&format!("SYB.E.{c}")).map(|o| o.times(1000.0));
    table.measure("Learners", (Measure::Learners, key), counted, |_, _| carried.clone());

    let newest = if key == Level::Primary {
        records.latest("SE.PRM.ENRR").map(|o| o.times(0.01))
    } else {
        None
    };
    table.measure(
        "Gross enrolment ratio",
        (Measure::GrossEnrolment, key),
        newest,
        |_, _| "ours from ratios by sex of the year of the count, moved as the published one since".into(),
    );

    let people: f64 = (0..whole(level.duration.value))
        .map(|grade| country.aged(BASE_YEAR, whole(level.entry_age.value) + grade))
        .sum();
    let published = country.population.total.as_ref().map(|path| Observation {
        value: people,
        year: BASE_YEAR,
        source: path.passport.as_ref().map_or_else(String::new, |p| p.source.clone()),
    });
    table.add(
        format!("People of the official ages, {name}"),
        Unit::Count,
        published,
        table.measured(Measure::Learners, key) / table.measured(Measure::GrossEnrolment, key),
        "ours is learners over enrolment ratio, the population on which the publisher's ratio rests",
    );

    let indicator = if key == Level::Primary {
        "SE.PRM.ENRL.TC.ZS".to_owned()
    } else {
        format!("UIS19.PTRHC.{c}")
    };
    table.add(
        format!("Learners per teacher, {name}"),
        Unit::Ratio,
        records.latest(&indicator),
        table.measured(Measure::Learners, key) / table.measured(Measure::Teachers, key),
        note(level.teachers.passport.as_deref()),
    );

    for (figure, measure, series) in [
        ("Schools with electricity", Measure::Electricity, "WELEC"),
        ("Schools with internet", Measure::PupilInternet, "WINTERN"),
        ("Schools with computers", Measure::Computers, "WCOMPUT"),
    ] {
        let own = format!("UIS.SCHBSP.{c}.{series}");
        let published = records.latest(&own).map(|o| o.times(0.01));
        table.measure(figure, (measure, key), published, |ours, published| {
            if ours < published - 0.0005 {
                "published above electricity: only schools with power count".into()
            } else {
                "as published; urban and rural apart by P24".into()
            }
        });
    }

    let adapted = records.latest(&format!("UIS.SCHBSP.{c}.WINFSTUDIS"));
    let adapted = adapted.filter(|share| share.value > 0.0).map(|o| o.times(0.01));
    table.measure(
        "Schools adapted to disability",
        (Measure::AdaptedSchools, key),
        adapted,
        |_, _| "as published".into(),
    );
    of_learning(level, records, table);

    let counted = records.together(&[&format!("UIS19.E.{c}.F"), &format!("UIS19.E.{c}")]);
    let girls = counted.map(|pair| Observation {
        value: pair[0].value / pair[1].value,
        ..pair[0].clone()
    });
    let demand = &table.run.run.demand;
    table.add(
        format!("Girls among learners, {name}"),
        Unit::Share,
        girls,
        demand.girls(0, index) / demand.learners(0, index),
        "ours from enrolment ratios by sex of a later year",
    );

    let intake = level.last_grade_intake.passport.as_deref();
    if intake.is_some_and(|p| p.low_confidence) {
        let completion = records.latest(&format!("UIS.CR.{c}")).map(|o| o.times(0.01));
        table.add(
            format!("Intake to the last grade against completion, {name}"),
            Unit::Ratio,
            completion,
            level.last_grade_intake.value,
            "stand-in P18; completion counts only those on time, from a survey",
        );
    }
}

/// What a level's learners reach, and who teaches them.
fn of_learning(level: &LevelData, records: &Records, table: &mut Table<'_>) {
    let (c, key) = (levels::code(level.level), level.level);
    let share = |series: &str| {
        let published = records.latest(series).filter(|share| share.value > 0.0);
        published.map(|share| share.times(0.01))
    };
    let as_published = |ours: f64, published: f64| {
        let same = (ours / published - 1.0).abs() < 1e-3;
        (if same {
            "as published"
        } else {
            "a newer figure of another series"
        })
        .to_owned()
    };
    for (figure, measure, series) in [
        ("Completion", Measure::Completion, format!("UIS.CR.{c}")),
        ("Out of school", Measure::OutOfSchool, format!("UIS.ROFST.{c}.CP")),
    ] {
        table.measure(figure, (measure, key), share(&series), as_published);
    }
    let qualified = note(level.qualified.as_ref().and_then(|share| share.passport.as_deref())).to_owned();
    let qualified = if qualified.is_empty() {
        "published is qualified, ours is trained, the newest of several sources".to_owned()
    } else {
        qualified
    };
    let published = share(&format!("UIS.QUTP.{c}")).or_else(|| share(&format!("UIS.TRTP.{c}")));
    table.measure(
        "Qualified teachers",
        (Measure::QualifiedTeachers, key),
        published,
        |_, _| qualified.clone(),
    );
    for (of, figure, measure, series) in [
        (Level::Primary, "Reading, grade 3", Measure::EarlyReading, "UIS.READ.G3"),
        (
            Level::Primary,
            "Mathematics, grade 3",
            Measure::EarlyMathematics,
            "UIS.MATH.G3",
        ),
        (
            Level::Primary,
            "Reading at the end",
            Measure::PrimaryReading,
            "UIS.READ.PRIMARY",
        ),
        (
            Level::Primary,
            "Mathematics at the end",
            Measure::PrimaryMathematics,
            "UIS.MATH.PRIMARY",
        ),
        (
            Level::LowerSecondary,
            "Reading at the end",
            Measure::SecondaryReading,
            "UIS.READ.LOWERSEC",
        ),
        (
            Level::LowerSecondary,
            "Mathematics at the end",
            Measure::SecondaryMathematics,
            "UIS.MATH.LOWERSEC",
        ),
    ] {
        if of == key {
            table.measure(figure, (measure, key), share(series), as_published);
        }
    }
}

#[allow(clippy::cast_possible_truncation)]
fn whole(years: f64) -> i32 {
    years.round() as i32
}

fn of_country(country: &Country, records: &Records, table: &mut Table<'_>) {
    let run = table.run;
    let over = |bins: &dyn Fn(Bin) -> bool| run.run.plan.over(0, stat::LEARNERS, bins);
    let learners = over(&|_| true);
    let rural = over(&|bin| run.model.cuts[bin.index()].locality == Locality::Rural);
    let population = records.latest("SP.RUR.TOTL.ZS").map(|o| o.times(0.01));
    table.add(
        "Rural share of learners against that of people",
        Unit::Share,
        population,
        rural / learners,
        "fewer rural children reach secondary school",
    );

    let people = country
        .population
        .total
        .as_ref()
        .map_or(f64::NAN, |path| path.at(BASE_YEAR));
    table.add(
        "GDP per person",
        Unit::Usd,
        records.latest("NY.GDP.PCAP.CD"),
        run.run.money.outlook.gdp[0] / people,
        format!("ours of {BASE_YEAR}: GDP grown on, over the population of the UN"),
    );

    for (figure, measure, series) in [
        (
            "Youth and adults who copied or moved a file",
            Measure::CopyMove,
            "UIS.ICTSKILLCOPI",
        ),
        (
            "Youth who copied or moved a file",
            Measure::CopyMoveYouth,
            "UIS.ICTSKILLCOPI.AG15T24",
        ),
    ] {
        let published = records.latest(series).filter(|share| share.value > 0.0);
        table.add(
            figure,
            Unit::Share,
            published.map(|share| share.times(0.01)),
            run.lend().value(measure, Scope::ALL, 0).unwrap_or(f64::NAN),
            "as published, of its own year",
        );
    }

    let spending = run.run.money.outlook.education_spending(0).0 / learners;
    let share = records
        .latest("UIS.XUNIT.GDPCAP.1.FSGOV.FFNTR")
        .zip(records.latest("NY.GDP.PCAP.CD"));
    let nominal = share.map(|(share, gdp)| Observation {
        value: share.value / 100.0 * gdp.value,
        ..share
    });
    table.add(
        "Education spending per learner against funding per primary pupil (share of GDP per person)",
        Unit::UsdPerLearner,
        nominal,
        spending,
        "ours spreads all public spending, tertiary too, over school learners, an upper bound (P10); where it is lower, the published share is of an older, smaller GDP",
    );
    let international = records
        .latest("UIS.XUNIT.PPPCONST.1.FSGOV.FFNTR")
        .zip(records.latest("PA.NUS.PPPC.RF"));
    let converted = international.map(|(ppp, price)| Observation {
        value: ppp.value * price.value,
        ..ppp
    });
    table.add(
        "The same, published in PPP dollars and converted by the price level",
        Unit::UsdPerLearner,
        converted,
        spending,
        "as above; PPP of two publishers and of different base years",
    );

    if country.iso3 == "PHL" {
        let register = Observation {
            value: 46_983.0,
            year: 0,
            source: "school register, README".into(),
        };
        table.add(
            "Schools",
            Unit::Count,
            Some(register),
            run.run.plan.over(0, stat::SCHOOLS, &|_| true),
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
        <!-- Written from the program by `UPDATE_BOOK=1 cargo test --no-default-features base_year`. -->\n\n\
        For the bundled countries, from open data: what is published, and what a run of a first plan (`rollcall new`) prints for\n\
        its base year, 2026. Learners, enrolment ratios, 4.a.1, 4.1.1, 4.1.2, 4.c.1 and 4.4.1 stand so in `indicators.csv`, which [a table at the end](#all-that-a-run-prints-for-the-base-year) holds whole. Large differences are not\n\
        smoothed over: they say where a ministry's own figures help most. Where more schools are published with computers or\n\
        internet than with electricity, both figures stand here; the run counts only those with power. Source ids are those\n\
        of `assets/data/sources.csv`, keys such as P24 those of [what stands in](stand_ins.md).\n",
    );
    for (iso3, _) in BUNDLED {
        let name = country_names::one(iso3).map_or(iso3, |place| place.name.as_str());
        let _ = writeln!(
            text,
            "\n## {name}\n\n| figure | published | year, source | a run prints | difference | why |\n| --- | ---: | --- | ---: | ---: | --- |"
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
    text.push_str(&all_printed(pack)?);
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
    fn a_run_gives_back_what_was_published_unless_power_is_missing() {
        let pack = Pack::embedded();
        if country_names::all().is_empty() {
            return;
        }
        let mut capped = Vec::new();
        for (iso3, _) in BUNDLED {
            for row in rows(&pack, iso3).expect("a baseline") {
                if !row.figure.starts_with("Schools with") {
                    continue;
                }
                if row.why.starts_with("published above electricity") {
                    capped.push((iso3, row.figure, (row.ours * 1e4).round() / 1e4, row.published.value));
                } else {
                    assert!(row.difference().abs() < 1e-3, "{iso3} {}: {}", row.figure, row.ours);
                }
            }
        }
        // By hand: Senegal publishes 98.3 % of lower secondary schools with computers and 85.4 % with electricity.
        let senegal = capped.iter().find(|(iso3, ..)| *iso3 == "SEN").expect("Senegal");
        assert_eq!(senegal.1, "Schools with computers, lower secondary");
        assert!(
            (senegal.2 - 0.854).abs() < 6e-4 && (senegal.3 - 0.983).abs() < 6e-4,
            "{senegal:?}"
        );
    }

    #[test]
    fn a_difference_of_nothing_has_no_sign() {
        assert_eq!(signed(-0.001), "0 %");
        assert_eq!(signed(-4.25), "-4.2 %");
    }
}
