//! What UNESCO's statistics institute publishes, in the layout of its bulk files, from a run.

use super::tables::{Table, number, text};
use crate::model::Trajectory;
use crate::scenario::Level;
use crate::scenario::measure::{Levels, Measure, Scope};
use crate::scenario::person::{Person, Sex};
use crate::units::Unit;

/// Series of a measure; `{}` stands for the ISCED level.
///
/// Codes are those of the institute's data dictionary (SDG release of September 2024; enrolment ratio, February 2019).
const SERIES: [(Measure, &str); 14] = [
    (Measure::Electricity, "SCHBSP.{}.WELEC"),
    (Measure::PupilInternet, "SCHBSP.{}.WINTERN"),
    (Measure::Computers, "SCHBSP.{}.WCOMPUT"),
    (Measure::AdaptedSchools, "SCHBSP.{}.WINFSTUDIS"),
    (Measure::QualifiedTeachers, "TRTP.{}"),
    (Measure::Completion, "CR.{}"),
    (Measure::OutOfSchool, "ROFST.{}.CP"),
    (Measure::GrossEnrolment, "GER.{}"),
    (Measure::EarlyReading, "READ.G3"),
    (Measure::EarlyMathematics, "MATH.G3"),
    (Measure::PrimaryReading, "READ.PRIMARY"),
    (Measure::PrimaryMathematics, "MATH.PRIMARY"),
    (Measure::SecondaryReading, "READ.LOWERSEC"),
    (Measure::SecondaryMathematics, "MATH.LOWERSEC"),
];

/// Series of youth and adults, who are of no level.
const OF_ALL: [(Measure, Option<Person>, &str); 4] = [
    (Measure::CopyMove, None, "ICTSKILLCOPI"),
    (Measure::CopyMove, Some(Person::Sex(Sex::Female)), "ICTSKILLCOPI.F"),
    (Measure::CopyMove, Some(Person::Sex(Sex::Male)), "ICTSKILLCOPI.M"),
    (Measure::CopyMoveYouth, None, "ICTSKILLCOPI.AG15T24"),
];

/// ISCED level.
const fn isced(level: Level) -> &'static str {
    match level {
        Level::Primary => "1",
        Level::LowerSecondary => "2",
        Level::UpperSecondary => "3",
    }
}

/// `uis.csv`: all years of each series, in per cent. What a country has no base value of is left out, never guessed.
pub(super) fn write(run: &Trajectory, table: &mut Table<'_>) {
    table.header("indicator_id,country_id,year,value,magnitude,qualifier");
    let (lent, country) = (run.lend(), &run.model.scenario.country);
    let mut put = |series: &str, t: usize, value: f64| {
        table.row([
            series,
            &country.iso3,
            &text(run.model.calendar(t)),
            &number(100.0 * value),
            if value == 0.0 { "NIL" } else { "" },
            "NAT_EST",
        ]);
    };
    for (measure, series) in SERIES {
        debug_assert!(matches!(measure.unit(), Unit::Share | Unit::Ratio));
        for level in run.model.levels.iter().map(|of| of.level) {
            if matches!(measure.levels(), Levels::One(one) if one != level) {
                continue;
            }
            for t in 0..run.model.years {
                let Some(value) = lent.value(measure, Scope::of(Some(level)), t) else {
                    continue;
                };
                put(&series.replace("{}", isced(level)), t, value);
            }
        }
    }
    for (measure, person, series) in OF_ALL {
        let scope = Scope { person, ..Scope::ALL };
        for t in 0..run.model.years {
            if let Some(value) = lent.value(measure, scope, t) {
                put(series, t, value);
            }
        }
    }
}
