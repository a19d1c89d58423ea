//! A national part that costs the same for one region as for the country (2.8a), shared by learners of the base year among the
//! groups that take part in it in a year. The shares of a year add up to one as soon as anybody takes part.
//!
//! What of it is paid for is one number of the country: the groups' funded shares, weighed by what of it each pays.

use super::lanes::{LANES, Lanes, ZERO, above, all, max, pick, sum};
use super::lever::LeverMap;
use super::tables::Model;
use super::year::Year;

/// A year that never comes.
const NEVER: u8 = u8::MAX;

/// Who takes part in a national part, year by year.
#[derive(Clone, Debug)]
pub struct FixedPart {
    /// What asks for it once the plan acts.
    pub lever: Option<LeverMap>,
    /// First year in which each group takes part, where who has taken part does so for good; empty elsewhere.
    joined: Vec<[u8; LANES]>,
    /// Learners of those who take part, by year.
    learners: Vec<f64>,
    /// The highest share that anybody asks for, by year.
    asked: Vec<f64>,
    /// First year in which anybody takes part.
    first: usize,
}

impl FixedPart {
    /// Room for a model's groups and years.
    #[must_use]
    pub fn new(model: &Model, lever: Option<LeverMap>, stays: bool) -> Self {
        Self {
            lever,
            joined: vec![[NEVER; LANES]; if stays { model.fours() } else { 0 }],
            learners: vec![0.0; model.years],
            asked: vec![0.0; model.years],
            first: 0,
        }
    }

    /// From what the lever asks for, and the share that everybody has today.
    pub fn fill(&mut self, model: &Model, p: &[f64], today: f64) {
        self.joined.fill([NEVER; LANES]);
        self.learners.fill(0.0);
        self.asked.fill(0.0);
        self.first = 0;
        if self.lever.is_none() && today == 0.0 {
            return;
        }
        let stays = !self.joined.is_empty();
        for t in 0..model.years {
            let mut most = if stays && t > 0 { self.asked[t - 1] } else { 0.0 };
            let mut learners = 0.0;
            for four in 0..model.fours() {
                let lever = self.lever.as_ref().filter(|_| t >= model.plan_from);
                let asked = max(lever.map_or(ZERO, |lever| lever.at(p, four, t)), all(today));
                if let Some(joined) = self.joined.get_mut(four) {
                    for (joined, asked) in joined.iter_mut().zip(asked.into_arr()) {
                        if asked > 0.0 && *joined == NEVER {
                            *joined = u8::try_from(t).unwrap_or(NEVER);
                        }
                    }
                }
                let here = self.with_part(model, p, t, four);
                learners += sum(here);
                // Who has no learners asks for nothing.
                most = pick(above(here, ZERO), asked, ZERO)
                    .into_arr()
                    .into_iter()
                    .fold(most, f64::max);
            }
            self.learners[t] = learners;
            self.asked[t] = most;
        }
        self.first = self.learners.iter().position(|learners| *learners > 0.0).unwrap_or(0);
    }

    /// Learners of four groups where they take part in a year.
    #[inline(always)]
    fn with_part(&self, model: &Model, p: &[f64], t: usize, four: usize) -> Lanes {
        let takes_part = match (self.joined.get(four), &self.lever) {
            (Some(joined), _) => Lanes::from_arr(joined.map(|joined| f64::from(u8::from(usize::from(joined) <= t)))),
            (None, Some(lever)) if t >= model.plan_from => lever.at(p, four, t),
            (None, _) => ZERO,
        };
        pick(above(takes_part, ZERO), model.count(p, four, |of| of.learners), ZERO)
    }

    /// The part of four groups in a year.
    #[inline(always)]
    #[must_use]
    pub fn of(&self, model: &Model, p: &[f64], t: usize, four: usize) -> Lanes {
        let learners = self.learners[t];
        if learners > 0.0 {
            self.with_part(model, p, t, four) / learners
        } else {
            ZERO
        }
    }

    /// The part of four groups in the first year in which anybody takes part.
    #[must_use]
    pub fn first(&self, model: &Model, p: &[f64], four: usize) -> Lanes {
        self.of(model, p, self.first, four)
    }

    /// The share that is wanted in a year: the highest that anybody asks for, or has asked for where who has taken part does so for
    /// good. Nothing but by the plan.
    #[must_use]
    pub fn wanted(&self, year: &Year<'_>) -> f64 {
        if year.acts() && self.lever.is_some() {
            self.asked[year.t]
        } else {
            0.0
        }
    }

    /// The same of what is whole or not at all: 1 as soon as anything is wanted.
    #[must_use]
    pub fn wanted_whole(&self, year: &Year<'_>) -> f64 {
        f64::from(u8::from(self.wanted(year) > 0.0))
    }
}
