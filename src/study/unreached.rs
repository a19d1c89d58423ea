//! Who is not reached, and for want of what (`docs/src/equity.md`).
//!
//! Each learner who is not reached is counted once, in shares: what reach lacks in a place falls on its parts as *What holds each group
//! back* has it, and what is left where all parts meet is lesser use by some of the learners.

use crate::model::measures::{Binding, Run, held_back};
use crate::model::{Bin, OfPersons, stat};
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::person::{Person, Sex};
use crate::scenario::{Level, Locality};

/// For want of what learners are not reached: the parts of reach, then lesser use where all of them meet.
pub const LACKS: [Option<Binding>; Binding::ALL.len() + 1] = {
    let mut lacks = [None; Binding::ALL.len() + 1];
    let mut at = 0;
    while at < Binding::ALL.len() {
        lacks[at] = Some(Binding::ALL[at]);
        at += 1;
    }
    lacks
};

/// Learners of a level and locality who are not reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Level.
    pub level: Level,
    /// Locality.
    pub locality: Locality,
    /// Share of girls among them.
    pub girls: f64,
    /// How many for want of what, in the order of [`LACKS`].
    pub lacks: [f64; LACKS.len()],
}

impl Place {
    /// All who are not reached.
    #[must_use]
    pub fn learners(&self) -> f64 {
        self.lacks.iter().sum()
    }
}

/// Who is not reached in a year, place by place; empty where the run keeps no places.
#[must_use]
pub fn unreached(run: Run<'_>, t: usize) -> Vec<Place> {
    let (model, pass) = (run.model, run.pass());
    let levels = model.levels.iter().map(|table| table.level);
    let places = levels.flat_map(|level| [Locality::Rural, Locality::Urban].map(|locality| (level, locality)));
    let of = |(level, locality): (Level, Locality)| {
        let scope = Scope {
            level: Some(level),
            locality: Some(locality),
            ..Scope::ALL
        };
        let here = |bin: Bin| {
            let cut = &model.cuts[bin.index()];
            model.levels[cut.level].level == level && cut.locality == locality
        };
        let learners = pass.over(t, stat::LEARNERS, &here);
        let missing = 1.0 - run.value(Measure::Reach, scope, t)?;
        let parts = held_back(run, t, scope)?;
        // A part that holds nobody back here takes nothing from the others.
        let parts = parts.map(|part| part.max(0.0));
        let known: f64 = parts.iter().sum();
        let fit = if known > missing { missing / known } else { 1.0 };
        let mut lacks = [0.0; LACKS.len()];
        for (lack, part) in lacks.iter_mut().zip(parts) {
            *lack = learners * part * fit;
        }
        lacks[LACKS.len() - 1] = learners * (missing - known * fit).max(0.0);
        let left_out = |sex: Sex| {
            let of = |which| pass.persons(t, Person::Sex(sex), which, &here);
            (of(OfPersons::Learners) - of(OfPersons::Reached)).max(0.0)
        };
        let [girls, boys] = [Sex::Female, Sex::Male].map(left_out);
        Some(Place {
            level,
            locality,
            girls: if girls + boys > 0.0 {
                girls / (girls + boys)
            } else {
                0.0
            },
            lacks,
        })
    };
    places.filter_map(of).filter(|place| place.learners() > 0.0).collect()
}

/// Whole numbers that add up to a sum and lie nearest to shares of it: what is left over goes to the largest remainders, ties to the
/// first. `most` bounds each.
fn rounded(shares: &[f64], sum: u32, most: &dyn Fn(usize) -> u32) -> Vec<u32> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let mut whole: Vec<u32> = shares
        .iter()
        .enumerate()
        .map(|(at, share)| (share.floor() as u32).min(most(at)))
        .collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let left = |at: usize| shares[at] - shares[at].floor();
    order.sort_by(|a, b| left(*b).total_cmp(&left(*a)));
    let mut open = sum.saturating_sub(whole.iter().sum());
    while open > 0 {
        let before = open;
        for at in &order {
            if open > 0 && whole[*at] < most(*at) {
                whole[*at] += 1;
                open -= 1;
            }
        }
        if open == before {
            break;
        }
    }
    whole
}

/// Of every hundred learners who are not reached, how many girls and boys stand in each place and lack what: figures by place, in the
/// order of [`LACKS`]. Rows, columns, girls and boys add up to the hundred. Empty where nobody is left out.
#[must_use]
pub fn hundred(places: &[Place]) -> Vec<[[u32; 2]; LACKS.len()]> {
    let all: f64 = places.iter().map(Place::learners).sum();
    if all < 1.0 {
        return Vec::new();
    }
    let shares: Vec<f64> = places
        .iter()
        .flat_map(|place| place.lacks)
        .map(|lack| 100.0 * lack / all)
        .collect();
    let cells = rounded(&shares, 100, &|_| 100);
    let girls: Vec<f64> = cells
        .iter()
        .enumerate()
        .map(|(at, count)| f64::from(*count) * places[at / LACKS.len()].girls)
        .collect();
    let in_all: f64 = places.iter().map(|place| place.girls * place.learners()).sum::<f64>() / all;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let girls = rounded(&girls, (100.0 * in_all).round() as u32, &|at| cells[at]);
    let figures = |place: usize| {
        std::array::from_fn(|lack| {
            let at = place * LACKS.len() + lack;
            [girls[at], cells[at] - girls[at]]
        })
    };
    (0..places.len()).map(figures).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(girls: f64, lacks: [f64; LACKS.len()]) -> Place {
        Place {
            level: Level::Primary,
            locality: Locality::Rural,
            girls,
            lacks,
        }
    }

    #[test]
    fn the_hundred_adds_up_in_all_directions() {
        // 1 000 learners: 600 and 400. By hand: shares of 100 are 33.3, 16.7, 10 | 40; floors 33, 16, 10, 40 leave one, which goes to
        // 16.7. Girls: 0.55 · 600 + 0.4 · 400 = 490, 49 of 100: of 33, 17, 10, 40 they are 18.15, 9.35, 5.5, 16; floors 18, 9, 5, 16
        // leave one, which goes to 5.5.
        let places = [
            place(0.55, [333.0, 167.0, 100.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
            place(0.4, [0.0, 0.0, 0.0, 400.0, 0.0, 0.0, 0.0, 0.0]),
        ];
        let figures = hundred(&places);
        assert_eq!(figures[0][..3], [[18, 15], [9, 8], [6, 4]]);
        assert_eq!(figures[1][3], [16, 24]);
        assert_eq!(figures.iter().flatten().flatten().sum::<u32>(), 100);
        assert!(hundred(&[place(0.5, [0.0; LACKS.len()])]).is_empty());
    }

    #[test]
    fn what_cannot_be_rounded_up_goes_elsewhere() {
        assert_eq!(rounded(&[0.5, 0.5, 0.0], 2, &|at| [1, 0, 5][at]), [1, 0, 1]);
        assert_eq!(rounded(&[0.5], 3, &|_| 1), [1]);
    }
}
