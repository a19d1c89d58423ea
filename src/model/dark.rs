//! What has gone dark (6.6): schools that had power, link and devices in service and have them no more, whatever the cause.
//!
//! In a group `now = schools with all three in service · min(1, 2 v / v_best)`: once they have fewer than half the devices that
//! a school had at its best, they are counted down. Dark is what is lacking of the highest `now` of the years before.

use super::lanes::{Lanes, ONE, ZERO, all, divide_or, max, min};

/// The best that four groups have had so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Best {
    /// Schools with all three in service.
    schools: Lanes,
    /// Working devices of an equipped school.
    devices: Lanes,
}

impl Best {
    /// Takes up a year: schools with all three in service, and working devices of an equipped school. Gives what was the
    /// best before, what of it is gone, and what there is now.
    #[inline(always)]
    pub fn turn(&mut self, complete: Lanes, devices: Lanes) -> [Lanes; 3] {
        let thinned = min(all(2.0) * divide_or(devices, self.devices, ONE), ONE);
        let now = complete * thinned;
        let best = self.schools;
        self.schools = max(best, now);
        self.devices = max(self.devices, devices);
        [best, max(best - now, ZERO), now]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lanes::first;

    #[test]
    fn schools_are_counted_down_below_half_of_their_best_devices() {
        // 100 schools with 20 devices each at their best. With 12 of 20 all count; with 5 of 20, 2 · 5 / 20 = half do; with 5
        // of 20 in 80 schools 40 are left and 60 gone. What comes back is not dark.
        let mut best = Best::default();
        let mut year = |schools: f64, devices: f64| best.turn(all(schools), all(devices)).map(first);
        assert_eq!(year(100.0, 20.0), [0.0, 0.0, 100.0]);
        assert_eq!(year(100.0, 12.0), [100.0, 0.0, 100.0]);
        assert_eq!(year(100.0, 5.0), [100.0, 50.0, 50.0]);
        assert_eq!(year(80.0, 5.0), [100.0, 60.0, 40.0]);
        assert_eq!(year(0.0, 0.0), [100.0, 100.0, 0.0]);
        assert_eq!(year(120.0, 20.0), [100.0, 0.0, 120.0]);
        assert_eq!(year(110.0, 20.0), [120.0, 10.0, 110.0]);
    }
}
