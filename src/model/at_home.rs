//! Who can go on learning at home (2.7): with a connection and a device, or with an offline kit; within each group the poorest
//! fifths get what a plan gives first, among those who have none.

use super::groups::Shared;
use super::lanes::{Lanes, ONE, ZERO, all, divide_or, max, min};
use super::tables::Model;
use crate::scenario::country::AtHomeSlots;

/// Fifths of households by wealth.
pub(crate) const FIFTHS: usize = 5;

/// A number for each fifth, the poorest first.
pub(crate) type ByFifth = [Lanes; FIFTHS];

/// What homes have without the plan, as shares of learners by fifth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Homes {
    connected: [f64; FIFTHS],
    device: [f64; FIFTHS],
}

impl Homes {
    /// From the parameters.
    pub(crate) fn of(model: &Model, p: &[f64]) -> Self {
        let fifths = |of: &AtHomeSlots| {
            [of.poorest, of.second, of.middle, of.fourth, of.richest].map(|share| Model::number(p, share))
        };
        let people = &model.slots.country.people;
        Self {
            connected: fifths(&people.connected_at_home),
            device: fifths(&people.device_at_home),
        }
    }

    /// Shares of learners who have a connection, who have a device, and who can go on with both, without the plan.
    #[inline(always)]
    pub(crate) fn without_plan(&self, mix: &ByFifth) -> [Lanes; 3] {
        let mean = |of: &dyn Fn(usize) -> f64| (0..FIFTHS).fold(ZERO, |sum, f| sum + mix[f] * of(f));
        [
            mean(&|f| self.connected[f]),
            mean(&|f| self.device[f]),
            mean(&|f| self.connected[f].min(self.device[f])),
        ]
    }

    /// Share of the learners of each fifth who can go on at home, with what of the plan is in service. Connection and device stand in
    /// the same homes, as far as there are both.
    #[inline(always)]
    pub(crate) fn go_on(&self, mix: &ByFifth, shared: &Shared) -> ByFifth {
        let connected = poorest_first(mix, self.connected.map(all), shared.home_connected);
        let device = poorest_first(mix, self.device.map(all), shared.home_device);
        let online = std::array::from_fn(|f| min(connected[f], device[f]));
        poorest_first(mix, online, shared.home_kits)
    }
}

/// What each fifth has once a share of all learners is given it, the poorest first, each learner once.
#[inline(always)]
fn poorest_first(mix: &ByFifth, has: ByFifth, given: Lanes) -> ByFifth {
    let mut left = given;
    std::array::from_fn(|f| {
        let gets = min(left, mix[f] * max(ONE - has[f], ZERO));
        left = max(left - gets, ZERO);
        min(has[f] + divide_or(gets, mix[f], ZERO), ONE)
    })
}

/// Learners of four groups by fifth, as shares that add up to one.
#[inline(always)]
pub(crate) fn mix(model: &Model, p: &[f64], four: usize) -> ByFifth {
    let fifths = [
        model.four(p, four, |of| of.poorest),
        model.four(p, four, |of| of.second),
        model.four(p, four, |of| of.middle),
        model.four(p, four, |of| of.fourth),
        model.four(p, four, |of| of.richest),
    ];
    let whole = max(fifths.into_iter().fold(ZERO, |sum, of| sum + of), all(1e-300));
    fifths.map(|of| of / whole)
}

/// A share of each fifth, over all learners.
#[inline(always)]
pub(crate) fn of_all(mix: &ByFifth, shares: &ByFifth) -> Lanes {
    (0..FIFTHS).fold(ZERO, |sum, f| sum + mix[f] * shares[f])
}

#[cfg(test)]
mod tests {
    use super::super::lanes::first;
    use super::*;

    /// The numbers of the book. A fifth each. A connection have 0, 0.1, 0.2, 0.4 and 0.6 of the fifths, a device 0, 0, 0.1, 0.2 and 0.5:
    /// 0, 0, 0.1, 0.2, 0.5 go on. Connections for 0.3 of learners: all of the poorest (0.2) and 0.5 of the second; devices for 0.22: all
    /// of the poorest, 0.1 of the second. Kits for 0.25: the second's 0.9 take 0.18, the middle's 0.9 · 0.2 the 0.07 left, 0.35 of them.
    #[test]
    fn what_a_plan_gives_goes_to_the_poorest_who_have_none() {
        let homes = Homes {
            connected: [0.0, 0.1, 0.2, 0.4, 0.6],
            device: [0.0, 0.0, 0.1, 0.2, 0.5],
        };
        let mix = [all(0.2); FIFTHS];
        let near = |ours: ByFifth, by_hand: [f64; FIFTHS]| {
            for (ours, by_hand) in ours.map(first).into_iter().zip(by_hand) {
                assert!((ours - by_hand).abs() < 1e-12, "{ours}, by hand {by_hand}");
            }
        };
        let mut shared = Shared::default();
        near(homes.go_on(&mix, &shared), [0.0, 0.0, 0.1, 0.2, 0.5]);
        (shared.home_connected, shared.home_device) = (all(0.3), all(0.22));
        near(homes.go_on(&mix, &shared), [1.0, 0.1, 0.1, 0.2, 0.5]);
        shared.home_kits = all(0.25);
        near(homes.go_on(&mix, &shared), [1.0, 1.0, 0.45, 0.2, 0.5]);
        assert!((first(of_all(&mix, &homes.go_on(&mix, &shared))) - 0.63).abs() < 1e-12);
        shared.home_kits = ONE;
        near(homes.go_on(&mix, &shared), [1.0; FIFTHS]);
        let today = homes.without_plan(&mix).map(first);
        assert!(
            today.iter().zip([0.26, 0.16, 0.16]).all(|(a, b)| (a - b).abs() < 1e-12),
            "{today:?}"
        );
    }
}
