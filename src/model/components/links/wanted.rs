//! The capacity that a school's link is to have, by the rule of the plan.

use super::STEPS;
use crate::model::lanes::{Lanes, ZERO, above, all, max, min, pick};

/// Capacity that a school is to have: never less than a floor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) floor: f64,
    /// One over the number of shifts.
    pub(super) per_shift: f64,
    pub(super) rule: Rule,
}

/// Rule by which a school's capacity follows its size.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    /// So much for each learner, or device if these are fewer.
    PerDevice(f64),
    /// So much for each learner of the largest shift, and no more than a most.
    PerLearner(f64, f64),
    /// From so many learners of the largest shift on, so much.
    Steps([(f64, f64); STEPS]),
}

impl Wanted {
    /// Capacity of schools with so many learners and devices; shifts are taken to be alike.
    #[inline(always)]
    pub(super) fn of(&self, learners: Lanes, devices: Lanes) -> Lanes {
        let by_rule = match self.rule {
            Rule::PerDevice(each) => each * min(devices, learners),
            Rule::PerLearner(each, most) => min(each * self.per_shift * learners, all(most)),
            Rule::Steps(steps) => {
                let (mut mbps, learners) = (ZERO, self.per_shift * learners);
                for (from, step) in steps {
                    mbps = pick(above(all(from), learners), mbps, max(mbps, all(step)));
                }
                mbps
            }
        };
        max(all(self.floor), by_rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lanes::first;

    #[test]
    fn what_a_school_is_to_have_follows_the_rule() {
        let schools = |learners: [f64; 4]| Lanes::from_arr(learners);
        // Evidence M10.5: 100 pupils in the largest shift and 10 devices are 100 Mbps by ENEC, 20 by the floor alone.
        let per_learner = Wanted {
            floor: 50.0,
            per_shift: 1.0,
            rule: Rule::PerLearner(1.0, 1_000.0),
        };
        let wanted = per_learner.of(schools([100.0, 30.0, 999.0, 1_500.0]), all(10.0));
        assert_eq!(wanted.into_arr(), [100.0, 50.0, 999.0, 1_000.0]);
        let per_device = Wanted {
            floor: 20.0,
            per_shift: 1.0,
            rule: Rule::PerDevice(2.0 * 0.1),
        };
        assert_eq!(first(per_device.of(all(100.0), all(10.0))), 20.0);
        // Evidence M10.6: GAPE gives 199, 200, 499 and 500 pupils 50, 100, 100 and 200 Mbps.
        let mut steps = [(f64::INFINITY, 0.0); STEPS];
        steps[..3].copy_from_slice(&[(15.0, 50.0), (200.0, 100.0), (500.0, 200.0)]);
        let by_size = Wanted {
            floor: 20.0,
            per_shift: 1.0,
            rule: Rule::Steps(steps),
        };
        let wanted = by_size.of(schools([199.0, 200.0, 499.0, 500.0]), ZERO);
        assert_eq!(wanted.into_arr(), [50.0, 100.0, 100.0, 200.0]);
        assert_eq!(first(by_size.of(all(14.0), ZERO)), 20.0);
    }
}
