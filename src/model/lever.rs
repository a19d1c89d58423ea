//! A lever of the plan, resolved for each group.

use super::lanes::{LANES, Lanes, max};
use super::tables::Model;
use crate::scenario::lever::LeverSlots;

/// For each group, where the path that holds for it starts in the parameter vector.
#[derive(Clone, Debug)]
pub struct LeverMap {
    start: Vec<u32>,
}

impl LeverMap {
    /// From the cases of a lever.
    #[must_use]
    pub fn of(model: &Model, lever: &LeverSlots) -> Self {
        let of_cut: Vec<u32> = model
            .cuts
            .iter()
            .map(|cut| {
                lever
                    .path_for(model.levels[cut.level].level, cut.locality, &cut.region)
                    .0
            })
            .collect();
        Self {
            start: model.cut_of.iter().map(|cut| of_cut[cut.index()]).collect(),
        }
    }

    /// Values for four groups in a year.
    #[inline(always)]
    #[must_use]
    pub fn at(&self, p: &[f64], four: usize, t: usize) -> Lanes {
        let at = four * LANES;
        let of = |lane: usize| p[self.start[at + lane] as usize + t];
        Lanes::from_arr([of(0), of(1), of(2), of(3)])
    }
}

/// What a lever asks for in a year, never less than what stands; what stands where no lever acts.
#[inline(always)]
#[must_use]
pub fn target(lever: Option<&LeverMap>, p: &[f64], four: usize, t: usize, stands: Lanes) -> Lanes {
    match lever {
        Some(lever) => max(lever.at(p, four, t), stands),
        None => stands,
    }
}
