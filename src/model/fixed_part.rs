//! A national part that costs the same for one region as for the country (2.8a), shared by learners of the base year among the
//! groups that take part in it in a year. The shares of a year add up to one as soon as anybody takes part.

use super::lanes::{Lanes, ZERO, above, all, max, pick, sum};
use super::lever::LeverMap;
use super::tables::Model;

/// Who takes part in a national part, year by year.
#[derive(Clone, Debug)]
pub struct FixedPart {
    /// Whether who has taken part does so for good.
    stays: bool,
    /// The part that falls on each four groups `[year][four]`.
    part: Vec<Lanes>,
    fours: usize,
    /// The highest share that anybody asks for, by year.
    asked: Vec<f64>,
    /// First year in which anybody takes part.
    first: usize,
}

impl FixedPart {
    /// Room for a model's groups and years.
    #[must_use]
    pub fn new(model: &Model, stays: bool) -> Self {
        let fours = model.fours();
        Self {
            stays,
            part: vec![ZERO; model.years * fours],
            fours,
            asked: vec![0.0; model.years],
            first: 0,
        }
    }

    /// From what a lever asks for once the plan acts, and the share that everybody has today.
    pub fn fill(&mut self, model: &Model, p: &[f64], lever: Option<&LeverMap>, today: f64) {
        self.part.fill(ZERO);
        self.asked.fill(0.0);
        self.first = 0;
        if lever.is_none() && today == 0.0 {
            return;
        }
        let mut first = None;
        for t in 0..model.years {
            let before = if self.stays && t > 0 { self.asked[t - 1] } else { 0.0 };
            let lever = lever.filter(|_| t >= model.plan_from);
            let (mut learners, mut most) = (0.0, before);
            for four in 0..self.fours {
                let stood = if before > 0.0 { self.of(t - 1, four) } else { ZERO };
                let asked = max(lever.map_or(ZERO, |lever| lever.at(p, four, t)), all(today));
                let everybody = model.count(p, four, |of| of.learners);
                let here = pick(above(max(asked, stood), ZERO), everybody, ZERO);
                self.part[t * self.fours + four] = here;
                learners += sum(here);
                most = asked.into_arr().into_iter().fold(most, f64::max);
            }
            if learners > 0.0 {
                first.get_or_insert(t);
                for part in &mut self.part[t * self.fours..(t + 1) * self.fours] {
                    *part = *part / learners;
                }
            }
            self.asked[t] = most;
        }
        self.first = first.unwrap_or(0);
    }

    /// The part of four groups in a year.
    #[inline(always)]
    #[must_use]
    pub fn of(&self, t: usize, four: usize) -> Lanes {
        self.part[t * self.fours + four]
    }

    /// The part of four groups in the first year in which anybody takes part.
    #[must_use]
    pub fn first(&self, four: usize) -> Lanes {
        self.of(self.first, four)
    }

    /// The highest share that anybody asks for in a year, or has asked for where who has taken part does so for good.
    #[must_use]
    pub fn asked(&self, t: usize) -> f64 {
        self.asked[t]
    }
}
