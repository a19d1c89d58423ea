//! Who pays for what in one year (6.2).
//!
//! Needs come in classes, strictly ordered. Class after class gets the largest amount that can be funded without
//! taking from an earlier class; among all ways to do that, the cheapest money is used most. Both steps are exact:
//! a class is filled along augmenting paths (an earlier class may be moved to another source, never cut), and the
//! amounts that sources can give form a polymatroid, on which filling from the cheapest source is optimal.

use super::matching::{Bundle, Programme, keep_within};
use super::source::Class;

/// Below this an amount is nothing: a hundredth of a cent in a budget of billions.
pub const NOTHING: f64 = 1e-4;

/// Room for solving, reused from year to year.
#[derive(Clone, Debug, Default)]
pub struct Allocation {
    /// What each source gives each class `[class][source]`.
    pub given: Vec<f64>,
    sources: usize,
    eligible: Vec<u32>,
    limit: Vec<f64>,
    price: Vec<f64>,
    unmet: Vec<f64>,
    spare: Vec<f64>,
    class_from: Vec<usize>,
    source_from: Vec<usize>,
    queue: Vec<usize>,
    order: Vec<usize>,
    programme: Programme,
}

const UNSEEN: usize = usize::MAX;
const START: usize = usize::MAX - 1;

impl Allocation {
    /// Room for classes, whose needs may change, and a number of sources.
    #[must_use]
    pub fn new(classes: &[Class], sources: usize) -> Self {
        let count = classes.len();
        Self {
            given: vec![0.0; count * sources],
            sources,
            eligible: vec![0; count],
            limit: vec![0.0; sources],
            price: vec![0.0; sources],
            unmet: vec![0.0; count],
            spare: vec![0.0; sources],
            class_from: vec![UNSEEN; count],
            source_from: vec![UNSEEN; sources],
            queue: Vec::with_capacity(count + sources),
            order: (0..sources).collect(),
            programme: Programme::new(classes, sources),
        }
    }

    /// What a class gets in all.
    #[must_use]
    pub fn funded(&self, class: usize) -> f64 {
        self.given[class * self.sources..(class + 1) * self.sources]
            .iter()
            .sum()
    }

    /// Shares out `capacity` (in amounts that reach needs) over `classes`, most urgent first. `cost` is the price of a
    /// unit of each source; ties go by position.
    pub fn solve(&mut self, classes: &[Class], capacity: &[f64], cost: &[f64], bundles: &[Bundle]) {
        self.limit.copy_from_slice(capacity);
        self.price.copy_from_slice(cost);
        for (eligible, class) in self.eligible.iter_mut().zip(classes) {
            *eligible = class.eligible;
        }
        // A bundle stands in the place of its source, as if its counterpart had money for it beside what it pays alone.
        for bundle in bundles {
            let [own, other] = bundle.parts();
            self.limit[bundle.source] /= own;
            self.price[bundle.source] = own * cost[bundle.source] + other * cost[bundle.counterpart];
            for (eligible, class) in self.eligible.iter_mut().zip(classes) {
                if !bundle.may_pay(class) {
                    *eligible &= !(1 << bundle.source);
                }
            }
        }
        self.flow(classes);
        for class in self.given.chunks_exact_mut(self.sources) {
            for bundle in bundles {
                let [own, other] = bundle.parts();
                class[bundle.counterpart] += other * class[bundle.source];
                class[bundle.source] *= own;
            }
        }
        let overdrawn = |bundle: &Bundle| {
            let taken: f64 = self.given.iter().skip(bundle.counterpart).step_by(self.sources).sum();
            taken > capacity[bundle.counterpart] + NOTHING
        };
        if bundles.iter().any(overdrawn) {
            self.programme.solve(classes, capacity, cost, bundles, &mut self.given);
        } else {
            // Nor is a hair more taken than there is.
            for bundle in bundles {
                keep_within(
                    &mut self.given,
                    self.sources,
                    bundle.counterpart,
                    capacity[bundle.counterpart],
                );
            }
        }
    }

    /// The shares where sources are not tied to one another.
    fn flow(&mut self, classes: &[Class]) {
        self.order
            .sort_unstable_by(|a, b| self.price[*a].total_cmp(&self.price[*b]).then(a.cmp(b)));
        self.given.fill(0.0);
        self.spare.copy_from_slice(&self.limit);
        // First: how much each class can have.
        for (k, class) in classes.iter().enumerate() {
            self.unmet[k] = class.need;
            for place in 0..self.sources {
                let s = self.order[place];
                if self.eligible[k] & (1 << s) != 0 {
                    self.give(k, s, self.spare[s].min(self.unmet[k]));
                }
            }
            while self.unmet[k] > NOTHING && self.any_spare() && self.reach_class(k) {}
        }
        // Then: the same amounts again, from the cheapest source on.
        for (k, class) in classes.iter().enumerate() {
            self.unmet[k] = (class.need - self.unmet[k]).max(0.0);
        }
        self.given.fill(0.0);
        self.spare.copy_from_slice(&self.limit);
        for place in 0..self.sources {
            let s = self.order[place];
            for k in 0..classes.len() {
                if self.eligible[k] & (1 << s) != 0 {
                    self.give(k, s, self.spare[s].min(self.unmet[k]));
                }
            }
            while self.spare[s] > NOTHING && self.unmet.iter().any(|unmet| *unmet > NOTHING) && self.push_source(s) {}
        }
    }

    fn any_spare(&self) -> bool {
        self.spare.iter().any(|spare| *spare > NOTHING)
    }

    fn give(&mut self, class: usize, source: usize, amount: f64) {
        if amount > 0.0 {
            self.given[class * self.sources + source] += amount;
            self.unmet[class] -= amount;
            self.spare[source] -= amount;
        }
    }

    /// Finds spare money for a class by moving earlier classes to other sources; false if there is none.
    fn reach_class(&mut self, goal: usize) -> bool {
        self.class_from.fill(UNSEEN);
        self.source_from.fill(UNSEEN);
        self.queue.clear();
        self.queue.push(goal);
        self.class_from[goal] = START;
        let mut head = 0;
        while head < self.queue.len() {
            let k = self.queue[head];
            head += 1;
            for s in 0..self.sources {
                if self.eligible[k] & (1 << s) == 0 || self.source_from[s] != UNSEEN {
                    continue;
                }
                self.source_from[s] = k;
                if self.spare[s] > NOTHING {
                    self.shift_to_class(s, goal);
                    return true;
                }
                for j in 0..=goal {
                    if self.class_from[j] == UNSEEN && self.given[j * self.sources + s] > NOTHING {
                        self.class_from[j] = s;
                        self.queue.push(j);
                    }
                }
            }
        }
        false
    }

    /// Moves money along the path that ends in `source` with spare money and starts at class `goal`.
    fn shift_to_class(&mut self, source: usize, goal: usize) {
        let mut amount = self.spare[source].min(self.unmet[goal]);
        let mut s = source;
        loop {
            let k = self.source_from[s];
            if self.class_from[k] == START {
                break;
            }
            s = self.class_from[k];
            amount = amount.min(self.given[k * self.sources + s]);
        }
        let mut s = source;
        self.spare[source] -= amount;
        self.unmet[goal] -= amount;
        loop {
            let k = self.source_from[s];
            self.given[k * self.sources + s] += amount;
            if self.class_from[k] == START {
                break;
            }
            s = self.class_from[k];
            self.given[k * self.sources + s] -= amount;
        }
    }

    /// Finds use for a source by moving cheaper sources to other classes; false if there is none.
    fn push_source(&mut self, first: usize) -> bool {
        self.class_from.fill(UNSEEN);
        self.source_from.fill(UNSEEN);
        self.queue.clear();
        self.queue.push(first);
        self.source_from[first] = START;
        let mut head = 0;
        while head < self.queue.len() {
            let s = self.queue[head];
            head += 1;
            for k in 0..self.eligible.len() {
                if self.eligible[k] & (1 << s) == 0 || self.class_from[k] != UNSEEN {
                    continue;
                }
                self.class_from[k] = s;
                if self.unmet[k] > NOTHING {
                    self.shift_from_source(first, k);
                    return true;
                }
                for other in 0..self.sources {
                    if self.source_from[other] == UNSEEN && self.given[k * self.sources + other] > NOTHING {
                        self.source_from[other] = k;
                        self.queue.push(other);
                    }
                }
            }
        }
        false
    }

    fn shift_from_source(&mut self, first: usize, last: usize) {
        let mut amount = self.spare[first].min(self.unmet[last]);
        let mut k = last;
        loop {
            let s = self.class_from[k];
            if self.source_from[s] == START {
                break;
            }
            k = self.source_from[s];
            amount = amount.min(self.given[k * self.sources + s]);
        }
        self.spare[first] -= amount;
        self.unmet[last] -= amount;
        let mut k = last;
        loop {
            let s = self.class_from[k];
            self.given[k * self.sources + s] += amount;
            if self.source_from[s] == START {
                break;
            }
            k = self.source_from[s];
            self.given[k * self.sources + s] -= amount;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_general_source_makes_way_for_a_class_that_has_no_other() {
        // A (cheap) may pay both classes, B only the first. Class 1 moves to B so that class 2 can have A.
        let classes = [
            Class {
                need: 100.0,
                eligible: 0b11,
            },
            Class {
                need: 80.0,
                eligible: 0b01,
            },
        ];
        let mut allocation = Allocation::new(&classes, 2);
        allocation.solve(&classes, &[100.0, 90.0], &[0.2, 1.0], &[]);
        assert!((allocation.funded(0) - 100.0).abs() < 1e-3);
        assert!((allocation.funded(1) - 80.0).abs() < 1e-3);
        assert!((allocation.given[0] - 20.0).abs() < 1e-3, "{:?}", allocation.given);
    }

    #[test]
    fn cheap_money_is_used_up_before_dear_money() {
        // A 0.1, B 0.5, C 1.0. Class 1 {A, B} 100, class 2 {A, C} 50; A has 100. By hand: A 100, B 50, C 0.
        let classes = [
            Class {
                need: 100.0,
                eligible: 0b011,
            },
            Class {
                need: 50.0,
                eligible: 0b101,
            },
        ];
        let mut allocation = Allocation::new(&classes, 3);
        allocation.solve(&classes, &[100.0, 100.0, 100.0], &[0.1, 0.5, 1.0], &[]);
        let used = |s: usize| allocation.given[s] + allocation.given[3 + s];
        assert!(
            (used(0) - 100.0).abs() < 1e-3 && (used(1) - 50.0).abs() < 1e-3 && used(2) < 1e-3,
            "{:?}",
            allocation.given
        );
    }

    #[test]
    fn an_earlier_class_is_never_cut_for_a_later_one() {
        let classes = [
            Class {
                need: 100.0,
                eligible: 1,
            },
            Class {
                need: 100.0,
                eligible: 1,
            },
        ];
        let mut allocation = Allocation::new(&classes, 1);
        allocation.solve(&classes, &[120.0], &[1.0], &[]);
        assert!((allocation.funded(0) - 100.0).abs() < 1e-9);
        assert!((allocation.funded(1) - 20.0).abs() < 1e-9);
    }
}
