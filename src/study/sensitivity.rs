//! How much each number weighs in the result: one number at a time goes over its likely range, all others stay.

use std::ops::Range;

use super::parallel::{self, Progress};
use crate::model::measures::Run;
use crate::model::{Detail, Model};
use crate::scenario::Scenario;
use crate::scenario::field::{Field, ROOT};
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::registry::{Entry, Leaf};
use crate::scenario::simplex::Simplex;

/// Where there is no likely range, a number goes this far up and down.
pub(crate) const TENTH: f64 = 0.1;

/// Between which values a number goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ends {
    /// The likely range.
    Range(f64, f64),
    /// A tenth up and down, in every year.
    Tenth,
}

impl Ends {
    /// The same in another unit.
    fn times(self, factor: f64) -> Self {
        match self {
            Self::Range(low, high) => Self::Range(low * factor, high * factor),
            Self::Tenth => Self::Tenth,
        }
    }
}

/// A number to be varied.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Path of the number.
    pub path: String,
    /// Between which values.
    pub ends: Ends,
    at: Range<usize>,
    within: (f64, f64),
    /// The shares of one whole of which it is one, by their places.
    whole: Option<(Simplex, Vec<usize>)>,
}

impl Trial {
    /// Keeps the whole of which the number is a share.
    fn settle(&self, p: &mut [f64]) {
        let Some((simplex, places)) = &self.whole else { return };
        let Some(moved) = places.iter().position(|place| *place == self.at.start) else {
            return;
        };
        for year in 0..self.at.len() {
            let mut parts: Vec<f64> = places.iter().map(|place| p[place + year]).collect();
            simplex.settle(&mut parts, moved);
            for (place, part) in places.iter().zip(parts) {
                p[place + year] = part;
            }
        }
    }
}

/// Lowest and highest result of a trial and of the scenario itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// Between which values the number went.
    pub ends: Ends,
    /// In the order of [`Measure::ALL`].
    spans: Vec<Option<(f64, f64)>>,
}

impl Swing {
    /// Lowest and highest value of a measure for all together by the last year; none where there is none in one of the runs.
    #[must_use]
    pub fn of(&self, measure: Measure) -> Option<(f64, f64)> {
        self.spans[measure as usize]
    }

    /// How far the number moves a measure.
    #[must_use]
    pub fn moves(&self, measure: Measure) -> Option<f64> {
        self.of(measure).map(|(low, high)| high - low)
    }
}

/// Why a number is not varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixed {
    /// It changes no result, or is no parameter: the registry says why.
    Idle,
    /// It has no likely range, and a tenth of nothing is nothing.
    Zero,
}

/// Between which values a number can be varied.
///
/// # Errors
/// Why it cannot.
pub fn ends(field: &Field, leaf: Leaf<'_>) -> Result<Ends, Fixed> {
    if !field.idle.is_empty() {
        return Err(Fixed::Idle);
    }
    let (passport, constant, zero) = match leaf {
        Leaf::Number(number) => (number.passport(field), Some(number.value), number.value == 0.0),
        Leaf::Path(path) => (
            path.passport(field),
            path.as_constant(),
            path.points.iter().all(|point| point.1 == 0.0),
        ),
    };
    match (constant, passport.low, passport.high) {
        // A range belongs to one value; a path that changes over time goes up and down as a whole.
        (Some(value), low, high) if low.is_some() || high.is_some() => {
            Ok(Ends::Range(low.unwrap_or(value), high.unwrap_or(value)))
        }
        _ if zero => Err(Fixed::Zero),
        _ => Ok(Ends::Tenth),
    }
}

/// The numbers of a scenario that can be varied, as far as they are wanted.
#[must_use]
pub fn trials(scenario: &Scenario, wanted: &dyn Fn(&str) -> bool) -> Vec<Trial> {
    let parameters = scenario.parameters();
    let (known, wholes) = (parameters.by_path(), parameters.wholes());
    let mut trials = Vec::new();
    scenario.walk("", &ROOT, &mut |path, field, leaf| {
        if wanted(path)
            && let Ok(ends) = ends(field, leaf)
            && let Some(parameter) = known.get(path)
        {
            trials.push(Trial {
                path: path.to_owned(),
                ends: ends.times(parameter.factor),
                at: parameter.places(),
                within: field.within,
                whole: field
                    .simplex
                    .and_then(|simplex| Some((simplex, wholes.get(&(simplex, simplex.whole(path)))?.clone()))),
            });
        }
    });
    trials
}

/// Number of runs of a study.
#[must_use]
pub const fn runs(trials: usize) -> usize {
    2 * trials + 1
}

/// Varies each number in turn; results in the order of the trials, none if the study was cancelled.
#[must_use]
pub fn swings(model: &Model, trials: &[Trial], progress: &Progress) -> Option<Vec<Swing>> {
    let vary = |draw: usize, p: &mut [f64]| {
        // The first run is the scenario itself.
        let Some(draw) = draw.checked_sub(1) else { return };
        let (trial, high) = (&trials[draw / 2], draw % 2 == 1);
        for value in &mut p[trial.at.clone()] {
            *value = match trial.ends {
                Ends::Range(_, end) if high => end,
                Ends::Range(end, _) => end,
                Ends::Tenth if high => *value * (1.0 + TENTH),
                Ends::Tenth => *value * (1.0 - TENTH),
            }
            .clamp(trial.within.0, trial.within.1);
        }
        trial.settle(p);
    };
    let results = parallel::map(
        model,
        Detail::TOTALS,
        runs(trials.len()),
        progress,
        vary,
        |model, parameters, run| {
            model.pay_in_full(parameters, run);
            let run = Run::new(model, parameters, run);
            let of = |measure: &Measure| run.by(*measure, Scope::ALL, model.years - 1);
            Measure::ALL.iter().map(of).collect::<Vec<Option<f64>>>()
        },
    )?;
    let span = |trial: usize, measure: Measure| {
        let three = [0, 2 * trial + 1, 2 * trial + 2].map(|run| results[run][measure as usize]);
        three
            .into_iter()
            .try_fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                let value = value?;
                Some((value.min(low), value.max(high)))
            })
    };
    Some(
        trials
            .iter()
            .enumerate()
            .map(|(trial, of)| Swing {
                ends: of.ends,
                spans: Measure::ALL.iter().map(|measure| span(trial, *measure)).collect(),
            })
            .collect(),
    )
}
