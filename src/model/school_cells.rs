//! Schools by what stands together (chapter 3): a group's schools and ready teachers in each of eight cells.
//!
//! A cell is a subset of {power, link, devices}. What is lost of a thing leaves schools that lack another first, in the same
//! fraction, then complete ones, the same ones for all things; what is new is placed, and what moves takes its ready teachers
//! along. Nothing else moves.

use super::lanes::{Lanes, ONE, ZERO, above, any_above_zero, divide_or, max, min, pick};

/// Things that stand in a school, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Things(usize);

impl Things {
    /// Nothing.
    pub(crate) const NOTHING: Self = Self(0);
    /// A source of power.
    pub(crate) const POWER: Self = Self(1);
    /// A link.
    pub(crate) const LINK: Self = Self(2);
    /// Devices.
    pub(crate) const DEVICES: Self = Self(4);
    /// Everything.
    pub(crate) const ALL: Self = Self(7);

    /// From the bits of power (1), link (2) and devices (4).
    #[must_use]
    pub(crate) const fn of(bits: usize) -> Self {
        Self(bits & Self::ALL.0)
    }

    /// These and those.
    #[must_use]
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These without those.
    #[must_use]
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether those are among these.
    #[must_use]
    pub(crate) const fn hold(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// Number of cells.
const COUNT: usize = 8;

/// Cells that are shown, in the order of places.csv.
pub(crate) const SHOWN: [&str; 6] = ["nothing", "waiting", "power", "power_link", "power_devices", "all"];

/// Losses below this share are the last bits of a sum, and no loss.
const LAST_BITS: f64 = 1e-12;

/// Shares of four groups' schools, and of their teachers who are ready, by what stands in the school.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SchoolCells {
    schools: [Lanes; COUNT],
    ready: [Lanes; COUNT],
}

/// One thing in a year: the share of schools that have it at year end, and the share that got it this year.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turned {
    /// What.
    pub(crate) thing: Things,
    /// Share of schools that have it at year end.
    pub(crate) stands: Lanes,
    /// Share of schools that got it this year.
    pub(crate) new: Lanes,
}

/// Ready teachers in a year, as shares of this year's teachers but for `stays`.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadyFlows {
    /// Part of those who opened the year ready whom neither attrition nor decay took.
    pub stays: Lanes,
    /// Hires who arrive ready.
    pub arrived: Lanes,
    /// Training that brings the ready share back to where it opened.
    pub restored: Lanes,
    /// Training beyond that.
    pub newly: Lanes,
}

impl SchoolCells {
    /// The base year: links and devices stand in powered schools, together as far as `co_location` says, and teachers
    /// are ready alike in all schools.
    #[inline(always)]
    #[must_use]
    pub(crate) fn open([power, link, devices]: [Lanes; 3], ready: Lanes, co_location: f64) -> Self {
        let together = co_location * min(link, devices) + (1.0 - co_location) * divide_or(link * devices, power, ZERO);
        let mut schools = [ZERO; COUNT];
        let mut put = |things: Things, share: Lanes| schools[things.0] = max(share, ZERO);
        put(Things::NOTHING, ONE - power);
        put(Things::POWER, power - link - devices + together);
        put(Things::POWER.and(Things::LINK), link - together);
        put(Things::POWER.and(Things::DEVICES), devices - together);
        put(Things::ALL, together);
        Self {
            schools,
            ready: schools.map(|share| ready * share),
        }
    }

    /// A year: what was lost, teachers who left, forgot, came back and came, what is new in the order power, links,
    /// devices, and teachers newly ready. Of what is new the share `bundling` goes first to schools that lack only this.
    #[inline(always)]
    pub(crate) fn turn(&mut self, things: &[Turned; 3], teachers: &ReadyFlows, bundling: f64) {
        self.lose(things);
        self.keep_ready(teachers);
        for turned in things {
            self.place(turned, bundling);
        }
        self.make_ready(teachers.newly, bundling);
    }

    /// Share of schools in which at least these stand.
    #[inline(always)]
    #[must_use]
    pub(crate) fn schools_with(&self, things: Things) -> Lanes {
        sum_of(&self.schools, things)
    }

    /// Share of teachers who are ready and in such a school.
    #[inline(always)]
    #[must_use]
    pub(crate) fn ready_with(&self, things: Things) -> Lanes {
        sum_of(&self.ready, things)
    }

    /// Shares of schools in the cells that are shown: what has a link or devices and no power waits.
    #[inline(always)]
    #[must_use]
    pub(crate) fn shown(&self) -> [Lanes; SHOWN.len()] {
        let at = |things: Things| self.schools[things.0];
        let (power, link, devices) = (Things::POWER, Things::LINK, Things::DEVICES);
        [
            at(Things::NOTHING),
            at(link) + at(devices) + at(link.and(devices)),
            at(power),
            at(power.and(link)),
            at(power.and(devices)),
            at(Things::ALL),
        ]
    }

    /// What is lost leaves schools that lack another thing first, every cell that holds it in the same fraction; what more is
    /// lost is missing in complete schools, the same ones as far as it goes and those without ready teachers first.
    #[inline(always)]
    fn lose(&mut self, things: &[Turned; 3]) {
        let all = Things::ALL;
        let mut of_complete = [ZERO; 3];
        for (turned, of_complete) in things.iter().zip(&mut of_complete) {
            let stood = self.schools_with(turned.thing);
            let kept = divide_or(turned.stands - turned.new, stood, ONE);
            let lost = ONE - max(kept, ZERO);
            let lost = pick(above(lost, LAST_BITS * ONE), lost, ZERO);
            if any_above_zero(lost) {
                let (lost, others) = (lost * stood, stood - self.schools[all.0]);
                let share = min(divide_or(lost, others, ZERO), ONE);
                for cell in (0..all.0).filter(|cell| Things(*cell).hold(turned.thing)) {
                    self.shift(cell, Things(cell).without(turned.thing).0, share);
                }
                *of_complete = min(divide_or(max(lost - others, ZERO), self.schools[all.0], ZERO), ONE);
            }
        }
        if of_complete.into_iter().any(any_above_zero) {
            let (schools, ready) = (self.schools[all.0], self.ready[all.0]);
            // Schools without ready teachers go first.
            let most = of_complete.into_iter().fold(ZERO, max);
            let ready = divide_or(max(most * schools - (schools - ready), ZERO), most, ZERO);
            for lost in 1..COUNT {
                // Schools that lose just these.
                let (mut least, mut most) = (ONE, ZERO);
                for (turned, share) in things.iter().zip(of_complete) {
                    if Things(lost).hold(turned.thing) {
                        least = min(least, share);
                    } else {
                        most = max(most, share);
                    }
                }
                let share = max(least - most, ZERO);
                for (of, opened) in [(&mut self.schools, schools), (&mut self.ready, ready)] {
                    let moved = share * opened;
                    of[all.0] -= moved;
                    of[all.without(Things(lost)).0] += moved;
                }
            }
        }
    }

    /// A shock at the end of the year: every cell loses the same fractions of power, links and devices, in the same schools as far as
    /// they go, and ready teachers are spread over them as over the others.
    #[inline(always)]
    pub(crate) fn strike(&mut self, lost: [Lanes; 3]) {
        let things = [Things::POWER, Things::LINK, Things::DEVICES];
        for cell in 1..COUNT {
            let opened = [self.schools[cell], self.ready[cell]];
            for taken in (1..COUNT).filter(|taken| Things(cell).hold(Things(*taken))) {
                // Schools that lose just these.
                let (mut least, mut most) = (ONE, ZERO);
                for (thing, lost) in things.into_iter().zip(lost) {
                    if Things(taken).hold(thing) {
                        least = min(least, lost);
                    } else if Things(cell).hold(thing) {
                        most = max(most, lost);
                    }
                }
                let share = max(least - most, ZERO);
                let left = Things(cell).without(Things(taken)).0;
                for (of, opened) in [&mut self.schools, &mut self.ready].into_iter().zip(opened) {
                    of[cell] -= share * opened;
                    of[left] += share * opened;
                }
            }
        }
    }

    /// What is new goes, as far as the plan bundles, to schools that lack only this; the rest to all that lack it.
    #[inline(always)]
    fn place(&mut self, turned: &Turned, bundling: f64) {
        let Turned { thing, new, .. } = *turned;
        if !any_above_zero(new) {
            return;
        }
        let last = Things::ALL.without(thing).0;
        let first = min(bundling * new, self.schools[last]);
        self.shift(last, Things::ALL.0, divide_or(first, self.schools[last], ZERO));
        let without = ONE - self.schools_with(thing);
        let share = min(divide_or(new - first, without, ZERO), ONE);
        for cell in (0..COUNT).filter(|cell| !Things(*cell).hold(thing)) {
            self.shift(cell, Things(cell).and(thing).0, share);
        }
    }

    /// Moves a share of one cell's schools to another; their ready teachers go along.
    #[inline(always)]
    fn shift(&mut self, from: usize, to: usize, share: Lanes) {
        for of in [&mut self.schools, &mut self.ready] {
            let moved = share * of[from];
            of[from] -= moved;
            of[to] += moved;
        }
    }

    /// Attrition and decay take the same fraction everywhere, training that makes up for them gives back where it was
    /// taken, and hires who arrive ready join alike in all schools.
    #[inline(always)]
    fn keep_ready(&mut self, teachers: &ReadyFlows) {
        let ready = self.ready_with(Things::NOTHING);
        let stays = teachers.stays + divide_or(teachers.restored, ready, ZERO);
        for cell in 0..COUNT {
            self.ready[cell] = self.ready[cell] * stays + teachers.arrived * self.schools[cell];
        }
    }

    /// Teachers newly ready: as far as the plan bundles in complete schools first, up to all their teachers; the rest
    /// wherever teachers are not ready yet.
    #[inline(always)]
    fn make_ready(&mut self, newly: Lanes, bundling: f64) {
        if !any_above_zero(newly) {
            return;
        }
        let all = Things::ALL.0;
        let first = min(bundling * newly, max(self.schools[all] - self.ready[all], ZERO));
        self.ready[all] += first;
        let not_ready = ONE - self.ready_with(Things::NOTHING);
        let share = min(divide_or(newly - first, not_ready, ZERO), ONE);
        for cell in 0..COUNT {
            self.ready[cell] += share * max(self.schools[cell] - self.ready[cell], ZERO);
        }
    }
}

/// Sum over the cells in which at least these stand.
#[inline(always)]
fn sum_of(shares: &[Lanes; COUNT], things: Things) -> Lanes {
    let mut sum = ZERO;
    for (cell, share) in shares.iter().enumerate() {
        if Things(cell).hold(things) {
            sum += *share;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::lanes::{all, first};
    use super::*;

    /// The worked example of the book, from an independent small program.
    #[test]
    fn one_year_of_the_book_cell_by_cell() {
        // P 0.5, N 0.3, D 0.4, R 0.4, ρ_b 0.5: all = 0.5 · 0.3 + 0.5 · 0.3 · 0.4 / 0.5 = 0.27.
        let mut cells = SchoolCells::open([0.5, 0.3, 0.4].map(all), all(0.4), 0.5);
        let shown = |cells: &SchoolCells| cells.shown().map(first);
        close(&shown(&cells), &[0.5, 0.0, 0.07, 0.03, 0.13, 0.27]);
        close(
            &cells.ready.map(first),
            &[0.2, 0.028, 0.0, 0.012, 0.0, 0.052, 0.0, 0.108],
        );
        // 4 % of power and 10 % of devices are lost; 15 % of the ready leave or forget, 0.02 arrive, 0.03 are trained
        // again and 0.2 anew; 0.2 of the schools get power, 0.3 a link and 0.24 devices, half of it bundled.
        let turned = |thing, stands, new| Turned {
            thing,
            stands: all(stands),
            new: all(new),
        };
        let things = [
            turned(Things::POWER, 0.5 * 0.96 + 0.2, 0.2),
            turned(Things::LINK, 0.3 + 0.3, 0.3),
            turned(Things::DEVICES, 0.4 * 0.9 + 0.24, 0.24),
        ];
        let teachers = ReadyFlows {
            stays: all(0.85),
            arrived: all(0.02),
            restored: all(0.03),
            newly: all(0.2),
        };
        cells.turn(&things, &teachers, 0.5);
        close(
            &shown(&cells),
            &[
                0.156_934_291,
                0.163_065_709,
                0.148_347_763,
                0.009_203_048,
                0.044_504_329,
                0.477_944_861,
            ],
        );
        close(
            &cells.ready.map(first),
            &[
                0.079_974_946,
                0.075_599_183,
                0.043_579_063,
                0.004_689_945,
                0.025_589_253,
                0.022_679_755,
                0.013_931_248,
                0.323_956_607,
            ],
        );
        // The cells that hold a thing add to its stock.
        for turned in things {
            close(&[first(cells.schools_with(turned.thing))], &[first(turned.stands)]);
        }
        close(
            &[first(cells.ready_with(Things::NOTHING))],
            &[0.4 * 0.85 + 0.02 + 0.03 + 0.2],
        );
    }

    /// A year of want, by hand. 0.1 of the schools have power, 0.3 power and a link, 0.4 all; lost are 0.45 of power, 0.5 of links,
    /// 0.1 of devices. Schools that lack something lose 0.4 of power and 0.3 of links, complete ones the rest: 0.05, 0.2 and
    /// 0.1, in the same schools. So 0.05 are left with nothing, 0.05 with power, 0.1 with power and devices, and 0.2 are whole. 0.28
    /// of the complete schools had no ready teachers: they go first, and all 0.12 of the ready ones stay where all stands.
    #[test]
    fn what_is_lost_is_missing_first_where_something_else_is_missing() {
        let mut cells = SchoolCells::default();
        let stood = [(0, 0.2, 0.02), (1, 0.1, 0.01), (3, 0.3, 0.05), (7, 0.4, 0.12)];
        for (cell, schools, ready) in stood {
            (cells.schools[cell], cells.ready[cell]) = (all(schools), all(ready));
        }
        let turned = |thing, stands| Turned {
            thing,
            stands: all(stands),
            new: ZERO,
        };
        cells.lose(&[
            turned(Things::POWER, 0.8 - 0.45),
            turned(Things::LINK, 0.7 - 0.5),
            turned(Things::DEVICES, 0.4 - 0.1),
        ]);
        close(
            &cells.schools.map(first),
            &[0.2 + 0.4 + 0.05, 0.05, 0.0, 0.0, 0.0, 0.1, 0.0, 0.2],
        );
        close(&cells.ready.map(first), &[0.08, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.12]);
    }

    /// By hand: a tenth of power and a quarter of devices are struck. Of every cell with both a tenth loses both, 0.15 devices alone; of
    /// schools with power alone a tenth loses it. Ready teachers go as their schools do.
    #[test]
    fn a_shock_strikes_every_cell_alike() {
        let mut cells = SchoolCells::default();
        for (cell, schools, ready) in [(0, 0.3, 0.06), (1, 0.2, 0.1), (7, 0.5, 0.3)] {
            (cells.schools[cell], cells.ready[cell]) = (all(schools), all(ready));
        }
        cells.strike([0.1, 0.0, 0.25].map(all));
        close(
            &cells.schools.map(first),
            &[0.32, 0.18, 0.05, 0.075, 0.0, 0.0, 0.0, 0.375],
        );
        close(
            &cells.ready.map(first),
            &[0.07, 0.09, 0.03, 0.045, 0.0, 0.0, 0.0, 0.225],
        );
    }

    fn close(ours: &[f64], expected: &[f64]) {
        for (ours, expected) in ours.iter().zip(expected) {
            assert!((ours - expected).abs() < 1e-9, "{ours} {expected}");
        }
    }
}
