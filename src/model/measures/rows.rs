//! Indicators as they stand in indicators.csv: what is published under SDG 4 and by UIS, and the plan's own.

use super::place::PlaceIndex;
use super::{Here, Run};
use crate::model::Trajectory;
use crate::model::sums::stat;
use crate::scenario::measure::{Comparison, Indicator, Levels, Measure, Scope, Told};
use crate::scenario::person::Person;

/// One value of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorRow<'a> {
    /// Calendar year; none for all years together.
    pub year: Option<i32>,
    /// Indicator.
    pub indicator: Indicator,
    /// Of whom.
    pub scope: Scope<'a>,
    /// Value; none where a first year is told and there is none.
    pub value: Option<f64>,
}

/// From here on measures stand at the end of the table, whose earlier rows stay where they are.
const FIRST_AT_END: Measure = Measure::CostFull;

/// Shows all indicators of a run. They are not held all at once: there are many for each group.
pub fn each_row<'a>(run: &'a Trajectory, see: &mut dyn FnMut(IndicatorRow<'a>)) {
    let index = PlaceIndex::of(&run.model);
    let levels: Vec<_> = run.model.levels.iter().map(|table| table.level).collect();
    let run = run.lend();
    // The index lives as long as this call, rows as long as the run: what they hold of a place is the model's.
    let scopes: Vec<Scope<'a>> = index.scopes().collect();
    let run = Run {
        index: Some(&index),
        ..run
    };
    for t in 0..run.model.years {
        for scope in &scopes {
            by_scope(run, t, *scope, see);
        }
        let mut put = |measure: Measure, scope: Scope<'a>| put(run, t, measure.into(), scope, see);
        let of = |wanted: &'static dyn Fn(Levels) -> bool| {
            let measures = Measure::ALL.iter().copied().filter(|measure| *measure < FIRST_AT_END);
            measures.filter(move |measure| !measure.has_places() && wanted(measure.levels()))
        };
        for level in &levels {
            for measure in of(&|levels| matches!(levels, Levels::Each | Levels::EachAndAll)) {
                put(measure, Scope::of(Some(*level)));
            }
        }
        for measure in of(&|levels| levels == Levels::EachAndAll) {
            put(measure, Scope::ALL);
        }
        for measure in of(&|levels| matches!(levels, Levels::One(_))) {
            let Levels::One(level) = measure.levels() else { continue };
            put(measure, Scope::of(Some(level)));
        }
        for measure in of(&|levels| levels == Levels::All) {
            put(measure, Scope::ALL);
        }
        for measure in of(&|levels| levels == Levels::All) {
            of_persons(run, t, measure, Scope::ALL, see);
        }
        for level in &levels {
            for measure in of(&|levels| levels == Levels::Each) {
                of_persons(run, t, measure, Scope::of(Some(*level)), see);
            }
        }
    }
    at_end(run, &scopes, see);
}

/// All indicators of a run.
#[must_use]
pub fn rows(run: &Trajectory) -> Vec<IndicatorRow<'_>> {
    let mut rows = Vec::new();
    each_row(run, &mut |row| rows.push(row));
    rows
}

/// Shows a value in a year, if there is one.
fn put<'a>(run: Run<'_>, t: usize, indicator: Indicator, scope: Scope<'a>, see: &mut dyn FnMut(IndicatorRow<'a>)) {
    if let Some(value) = Here::new(run, scope).indicator(indicator, &(t..t + 1)) {
        see(IndicatorRow {
            year: Some(run.model.calendar(t)),
            indicator,
            scope,
            value: Some(value),
        });
    }
}

/// What is told by place, with margins of learners and comparisons.
fn by_scope<'a>(run: Run<'_>, t: usize, scope: Scope<'a>, see: &mut dyn FnMut(IndicatorRow<'a>)) {
    if Here::new(run, scope).sum(t, stat::SCHOOLS) <= 0.0 {
        return;
    }
    let measures = || {
        let measures = Measure::ALL.iter().copied();
        measures.filter(|measure| measure.has_places() && *measure < FIRST_AT_END)
    };
    for measure in measures() {
        put(run, t, measure.into(), scope, see);
    }
    for measure in measures() {
        of_persons(run, t, measure, scope, see);
        for by in measure.dimensions() {
            for comparison in [Comparison::Gap, Comparison::Parity] {
                put(run, t, Indicator::Between(measure, comparison, by), scope, see);
            }
        }
    }
}

/// What is told by person, of each margin of learners.
fn of_persons<'a>(run: Run<'_>, t: usize, measure: Measure, scope: Scope<'a>, see: &mut dyn FnMut(IndicatorRow<'a>)) {
    for person in Person::ALL.into_iter().filter(|person| measure.is_told_of(*person)) {
        let scope = Scope {
            person: Some(person),
            ..scope
        };
        put(run, t, measure.into(), scope, see);
    }
}

/// Measures at the end of the table: each by year, then over all years; then the other comparisons and how unequal they are.
fn at_end<'a>(run: Run<'_>, scopes: &[Scope<'a>], see: &mut dyn FnMut(IndicatorRow<'a>)) {
    let years = run.model.years;
    for measure in Measure::ALL.iter().copied().filter(|measure| *measure >= FIRST_AT_END) {
        let levels = run.model.levels.iter().map(|table| Scope::of(Some(table.level)));
        let scopes: Vec<Scope<'a>> = match (measure.has_places(), measure.levels()) {
            (true, _) => scopes.to_vec(),
            (false, Levels::Each) => levels.collect(),
            (false, _) => vec![Scope::ALL],
        };
        if measure.told() != Told::OfAll {
            for t in 1..years {
                for scope in &scopes {
                    put(run, t, measure.into(), *scope, see);
                    for person in Person::ALL.into_iter().filter(|_| measure.has_persons()) {
                        let scope = Scope {
                            person: Some(person),
                            ..*scope
                        };
                        put(run, t, measure.into(), scope, see);
                    }
                }
            }
        }
        if measure.told() != Told::ByYear {
            let value = run.over(measure, Scope::ALL, 1..years);
            if value.is_some() || measure == Measure::FirstDarkYear {
                see(IndicatorRow {
                    year: None,
                    indicator: measure.into(),
                    scope: Scope::ALL,
                    value,
                });
            }
        }
    }
    for indicator in Indicator::all() {
        let is_earlier = match indicator {
            Indicator::Plain(_) => true,
            Indicator::Between(_, comparison, _) => matches!(comparison, Comparison::Gap | Comparison::Parity),
            Indicator::Among(..) => false,
        };
        if is_earlier {
            continue;
        }
        for t in 0..years {
            for scope in scopes {
                put(run, t, indicator, *scope, see);
            }
        }
    }
}
