//! Who pays for what when a source asks for a counterpart (6.2): the same lexicographic programme, solved as such.
//!
//! Matching money and its counterpart go to a class as one bundle: of each unit, `1 / (1 + ratio)` comes from the source
//! and the rest from the counterpart, which may also pay alone. Where the counterpart has enough for all that is asked of
//! it, a bundle is a source like any other and the answer is a flow. Where it binds, two sources are tied together and
//! the programme is solved by the simplex method, one goal after another on one tableau: what would take from a goal
//! that is reached leaves the tableau, so that each goal starts where the last one ended.

use super::source::Class;

/// A source and the one that must match it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bundle {
    /// Position of the source that asks for a counterpart; it pays nothing alone.
    pub source: usize,
    /// Position of the counterpart.
    pub counterpart: usize,
    /// Counterpart money for each unit of the source.
    pub ratio: f64,
}

impl Bundle {
    /// Whether source and counterpart may both pay a class.
    #[must_use]
    pub(crate) const fn may_pay(&self, class: &Class) -> bool {
        class.eligible & (1 << self.source) != 0 && class.eligible & (1 << self.counterpart) != 0
    }

    /// What one unit takes from the source and from the counterpart.
    #[must_use]
    pub fn parts(&self) -> [f64; 2] {
        let whole = 1.0 + self.ratio;
        [1.0 / whole, self.ratio / whole]
    }
}

/// Below this a number of the tableau is nothing; needs are counted in the largest of them.
const HAIR: f64 = 1e-9;

/// A number of the programme: what one way gives one run of classes, or what is left of a need or of a source.
type Variable = usize;

/// Room for solving, made once for given classes and used from year to year.
#[derive(Clone, Debug, Default)]
pub struct Programme {
    sources: usize,
    /// Where each run of classes that the same sources may pay ends; classes of a run are one.
    ends: Vec<usize>,
    /// Numbers that are not nothing, a row each, and what they are.
    basic: Vec<Variable>,
    value: Vec<f64>,
    /// Numbers that are nothing and may become something, a column each, and how much the goal gains by a unit of them.
    idle: Vec<Variable>,
    gain: Vec<f64>,
    /// What a unit of an idle number takes from one that is not `[row][column]`.
    tableau: Vec<f64>,
    width: usize,
    /// Sources of which each unit counts for a goal that is reached.
    used_up: Vec<bool>,
    /// Amounts by run `[run][source]`.
    merged: Vec<f64>,
}

impl Programme {
    /// Room for classes and sources.
    #[must_use]
    pub fn new(classes: &[Class], sources: usize) -> Self {
        let mut programme = Self {
            sources,
            ..Self::default()
        };
        for run in classes.chunk_by(|a, b| a.eligible == b.eligible) {
            let before = programme.ends.last().copied().unwrap_or(0);
            programme.ends.push(before + run.len());
            programme.width += run[0].eligible.count_ones() as usize;
        }
        let runs = programme.ends.len();
        programme.basic.reserve(runs + sources);
        programme.value.reserve(runs + sources);
        programme.idle.reserve(programme.width);
        programme.gain.reserve(programme.width);
        programme.tableau = vec![0.0; (runs + sources) * programme.width];
        programme.used_up = vec![false; sources];
        programme.merged = vec![0.0; runs * sources];
        programme
    }

    /// Shares out `capacity` over `classes`, most urgent first, then from the cheapest money on; `given` is
    /// `[class][source]`.
    pub fn solve(&mut self, classes: &[Class], capacity: &[f64], cost: &[f64], bundles: &[Bundle], given: &mut [f64]) {
        given.fill(0.0);
        let unit = classes.iter().map(|class| class.need).fold(0.0, f64::max);
        if unit <= 0.0 {
            return;
        }
        self.basic.clear();
        self.value.clear();
        self.idle.clear();
        self.gain.clear();
        self.used_up.fill(false);
        for (s, amount) in capacity.iter().enumerate() {
            self.basic.push(self.left_of(s));
            self.value.push(amount / unit);
        }
        let mut first = 0;
        for run in 0..self.ends.len() {
            let classes = &classes[first..self.ends[run]];
            first = self.ends[run];
            let need = classes.iter().map(|class| class.need).sum::<f64>() / unit;
            if need > 0.0 && self.enter(run, &classes[0], need, bundles) {
                self.climb();
                self.settle();
            }
        }
        self.seek_cheapest(cost, bundles);
        self.climb();
        self.merged.fill(0.0);
        for (variable, value) in self.basic.iter().zip(&self.value) {
            let (run, way) = (variable / self.sources, variable % self.sources);
            if run < self.ends.len() {
                for (s, part) in parts(way, bundles) {
                    self.merged[run * self.sources + s] += value * unit * part;
                }
            }
        }
        self.share_out(classes, capacity, given);
    }

    /// What is left of a source.
    fn left_of(&self, source: usize) -> Variable {
        self.ends.len() * self.sources + source
    }

    /// What is left of the need of a run.
    fn unmet(&self, run: usize) -> Variable {
        (self.ends.len() + 1) * self.sources + run
    }

    /// Makes the need of a run the goal: a row for what is unmet of it, a column for each way to pay it. Gives whether
    /// there is such a way: what nobody is left to pay is no goal.
    fn enter(&mut self, run: usize, class: &Class, need: f64, bundles: &[Bundle]) -> bool {
        let own = self.basic.len();
        let before = self.idle.len();
        self.basic.push(self.unmet(run));
        self.value.push(need);
        self.gain.fill(0.0);
        self.tableau[own * self.width..][..self.idle.len()].fill(0.0);
        for way in 0..self.sources {
            let may = |(s, _): (usize, f64)| class.eligible & (1 << s) != 0 && !self.used_up[s];
            if !parts(way, bundles).all(may) {
                continue;
            }
            let column = self.idle.len();
            for row in 0..=own {
                self.tableau[row * self.width + column] = f64::from(u8::from(row == own));
            }
            for (s, part) in parts(way, bundles) {
                let left = self.left_of(s);
                if let Some(row) = self.basic.iter().position(|variable| *variable == left) {
                    self.tableau[row * self.width + column] += part;
                } else if let Some(like) = self.idle.iter().position(|variable| *variable == left) {
                    for row in 0..own {
                        self.tableau[row * self.width + column] += part * self.tableau[row * self.width + like];
                    }
                }
            }
            self.idle.push(run * self.sources + way);
            self.gain.push(1.0);
        }
        let found = self.idle.len() > before;
        if !found {
            self.basic.pop();
            self.value.pop();
        }
        found
    }

    /// Makes it the goal to pay the same from the cheapest sources.
    fn seek_cheapest(&mut self, cost: &[f64], bundles: &[Bundle]) {
        let ways = self.ends.len() * self.sources;
        let price = |variable: Variable| -> f64 {
            if variable < ways {
                parts(variable % self.sources, bundles)
                    .map(|(s, part)| cost[s] * part)
                    .sum()
            } else {
                0.0
            }
        };
        for (column, idle) in self.idle.iter().enumerate() {
            self.gain[column] = -price(*idle);
        }
        for (row, basic) in self.basic.iter().enumerate() {
            let price = price(*basic);
            if price != 0.0 {
                let entries = &self.tableau[row * self.width..];
                for (gain, entry) in self.gain.iter_mut().zip(entries) {
                    *gain += price * entry;
                }
            }
        }
    }

    /// Reaches the goal. Of several choices the first is taken (Bland's rule), so that no state comes back.
    fn climb(&mut self) {
        // Far more than are ever needed: whatever rounding does, it ends, and what then stands is possible.
        for _ in 0..50 * (self.basic.len() + self.idle.len()) {
            let entering = (0..self.idle.len())
                .filter(|column| self.gain[*column] > HAIR)
                .min_by_key(|column| self.idle[*column]);
            let Some(column) = entering else { return };
            let leaving = (0..self.basic.len())
                .filter(|row| self.tableau[row * self.width + column] > HAIR)
                .map(|row| (self.value[row] / self.tableau[row * self.width + column], row))
                .min_by(|a, b| a.0.total_cmp(&b.0).then(self.basic[a.1].cmp(&self.basic[b.1])));
            let Some((_, row)) = leaving else { return };
            self.exchange(row, column);
        }
    }

    /// Makes an idle number one that is not, in place of that of a row.
    fn exchange(&mut self, row: usize, column: usize) {
        let (width, count) = (self.width, self.idle.len());
        let pivot = self.tableau[row * width + column];
        self.tableau[row * width + column] = 1.0;
        for entry in &mut self.tableau[row * width..][..count] {
            *entry /= pivot;
        }
        self.value[row] = (self.value[row] / pivot).max(0.0);
        let (before, rest) = self.tableau.split_at_mut(row * width);
        let (own, after) = rest.split_at_mut(width);
        let own = &own[..count];
        let others = before.chunks_exact_mut(width).enumerate();
        let others = others.chain((row + 1..).zip(after.chunks_exact_mut(width)));
        for (other, entries) in others.take(self.basic.len() - 1) {
            let factor = std::mem::take(&mut entries[column]);
            if factor != 0.0 {
                for (entry, own) in entries.iter_mut().zip(own) {
                    *entry -= factor * own;
                }
                self.value[other] = (self.value[other] - factor * self.value[row]).max(0.0);
            }
        }
        let factor = std::mem::take(&mut self.gain[column]);
        for (gain, own) in self.gain.iter_mut().zip(own) {
            *gain -= factor * own;
        }
        std::mem::swap(&mut self.basic[row], &mut self.idle[column]);
    }

    /// Keeps the goal that is reached: what would take from it stays nothing. A source of which each unit counts for the
    /// goal pays no later one.
    fn settle(&mut self) {
        let ways = self.ends.len() * self.sources;
        for column in (0..self.idle.len()).rev() {
            if self.gain[column] >= -HAIR {
                continue;
            }
            if let Some(used) = self.used_up.get_mut(self.idle[column].wrapping_sub(ways)) {
                *used = true;
            }
            self.idle.swap_remove(column);
            self.gain.swap_remove(column);
            let last = self.idle.len();
            for row in 0..self.basic.len() {
                self.tableau[row * self.width + column] = self.tableau[row * self.width + last];
            }
        }
    }

    /// Gives each class of a run its part, in order, every source in the same proportion; never more than a source has.
    fn share_out(&self, classes: &[Class], capacity: &[f64], given: &mut [f64]) {
        let sources = self.sources;
        let mut class = 0;
        for (end, amounts) in self.ends.iter().zip(self.merged.chunks_exact(sources)) {
            let total: f64 = amounts.iter().sum();
            let mut left = total;
            while class < *end {
                let here = classes[class].need.min(left);
                left -= here;
                if total > 0.0 {
                    for (s, amount) in amounts.iter().enumerate() {
                        given[class * sources + s] = amount * here / total;
                    }
                }
                class += 1;
            }
        }
        for (s, available) in capacity.iter().enumerate() {
            keep_within(given, sources, s, *available);
        }
    }
}

/// Takes from what a source gives, everywhere in the same proportion, what it does not have.
pub(super) fn keep_within(given: &mut [f64], sources: usize, source: usize, available: f64) {
    let taken: f64 = given.iter().skip(source).step_by(sources).sum();
    if taken > available {
        for amount in given.iter_mut().skip(source).step_by(sources) {
            *amount *= available / taken;
        }
    }
}

/// What one unit of a way takes from which sources: a source alone, or one with its counterpart.
fn parts(way: usize, bundles: &[Bundle]) -> impl Iterator<Item = (usize, f64)> {
    let bundle = bundles.iter().find(|bundle| bundle.source == way);
    let [own, other] = bundle.map_or([1.0, 0.0], Bundle::parts);
    let counterpart = bundle.map(|bundle| (bundle.counterpart, other));
    std::iter::once((way, own)).chain(counterpart)
}

#[cfg(test)]
mod tests {
    use super::super::allocation::Allocation;
    use super::*;

    fn given(classes: &[Class], capacity: &[f64], cost: &[f64], bundle: Bundle) -> Vec<f64> {
        let mut allocation = Allocation::new(classes, capacity.len());
        allocation.solve(classes, capacity, cost, &[bundle]);
        allocation.given
    }

    #[test]
    fn a_counterpart_is_kept_for_the_bundle_when_that_funds_more() {
        // A donor (1) gives 100, one for each 0.5 of the ministry (0), which has 60. Both may pay class 1 (need 90) and
        // class 2 (need 100). By hand: in bundles 60 of the donor and 30 of the ministry pay class 1; the other 30 of the
        // ministry and 40 of the donor are left, of which 40 and 20 make a bundle of 60 for class 2, and 10 are paid alone.
        let classes = [
            Class {
                need: 90.0,
                eligible: 0b11,
            },
            Class {
                need: 100.0,
                eligible: 0b11,
            },
        ];
        let bundle = Bundle {
            source: 1,
            counterpart: 0,
            ratio: 0.5,
        };
        let given = given(&classes, &[60.0, 100.0], &[1.0, 0.0], bundle);
        let funded = [given[0] + given[1], given[2] + given[3]];
        assert!(
            (funded[0] - 90.0).abs() < 1e-6 && (funded[1] - 70.0).abs() < 1e-6,
            "{given:?}"
        );
        assert!((given[0] + given[2] - 60.0).abs() < 1e-6 && (given[1] + given[3] - 100.0).abs() < 1e-6);
    }

    #[test]
    fn a_more_urgent_class_takes_the_counterpart_alone() {
        // The donor may pay class 2 only; class 1 needs all of the ministry's 50, so nothing is left to match.
        let classes = [
            Class {
                need: 50.0,
                eligible: 0b01,
            },
            Class {
                need: 80.0,
                eligible: 0b11,
            },
        ];
        let bundle = Bundle {
            source: 1,
            counterpart: 0,
            ratio: 1.0,
        };
        let given = given(&classes, &[50.0, 80.0], &[1.0, 0.0], bundle);
        assert!(
            (given[0] - 50.0).abs() < 1e-6 && given[2] + given[3] < 1e-6,
            "{given:?}"
        );
    }

    #[test]
    fn a_counterpart_gives_not_a_hair_more_than_it_has() {
        // In bundles of 3 the ministry (0) is asked for 1; it lacks less than what counts as nothing.
        let classes = [Class {
            need: 3.0,
            eligible: 0b11,
        }];
        let bundle = Bundle {
            source: 1,
            counterpart: 0,
            ratio: 0.5,
        };
        let has = 1.0 - 0.5 * super::super::flow::NOTHING;
        let given = given(&classes, &[has, 2.0], &[1.0, 0.0], bundle);
        assert!(
            given[0] <= has && given[0] > has - 1e-9 && (given[1] - 2.0).abs() < 1e-9,
            "{given:?}"
        );
    }

    #[test]
    fn a_counterpart_with_enough_of_its_own_needs_no_programme() {
        // 30 of the donor and 15 of the ministry pay all of class 1, the rest of the ministry class 2.
        let classes = [
            Class {
                need: 45.0,
                eligible: 0b11,
            },
            Class {
                need: 20.0,
                eligible: 0b01,
            },
        ];
        let bundle = Bundle {
            source: 1,
            counterpart: 0,
            ratio: 0.5,
        };
        let given = given(&classes, &[60.0, 100.0], &[1.0, 0.0], bundle);
        let wanted = [15.0, 30.0, 20.0, 0.0];
        assert!(
            given.iter().zip(wanted).all(|(got, want)| (got - want).abs() < 1e-6),
            "{given:?}"
        );
    }
}
