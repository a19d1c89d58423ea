//! Who pays for what in one year (6.2).
//!
//! Needs come in classes, strictly ordered. Class after class gets the largest amount that can be funded without
//! taking from an earlier class; among all ways to do that, the cheapest money is used most.

use super::flow::{Flow, NOTHING};
use super::matching::{Bundle, Programme, keep_within};
use super::source::Class;

/// Room for solving, reused from year to year.
#[derive(Clone, Debug, Default)]
pub struct Allocation {
    /// What each source gives each class `[class][source]`.
    pub given: Vec<f64>,
    sources: usize,
    limit: Vec<f64>,
    price: Vec<f64>,
    order: Vec<usize>,
    flow: Flow,
    programme: Programme,
}

impl Allocation {
    /// Room for classes, whose needs may change, and a number of sources.
    #[must_use]
    pub fn new(classes: &[Class], sources: usize) -> Self {
        let count = classes.len();
        Self {
            given: vec![0.0; count * sources],
            sources,
            limit: vec![0.0; sources],
            price: vec![0.0; sources],
            order: (0..sources).collect(),
            flow: Flow::new(count, sources),
            programme: Programme::new(classes, sources),
        }
    }

    /// What each source gives a class.
    #[must_use]
    pub fn of(&self, class: usize) -> &[f64] {
        &self.given[class * self.sources..(class + 1) * self.sources]
    }

    /// What a class gets in all.
    #[must_use]
    pub fn funded(&self, class: usize) -> f64 {
        self.of(class).iter().sum()
    }

    /// Shares out `capacity` (in amounts that reach needs) over `classes`, most urgent first. `cost` is the price of a
    /// unit of each source; ties go by position.
    pub fn solve(&mut self, classes: &[Class], capacity: &[f64], cost: &[f64], bundles: &[Bundle]) {
        self.limit.copy_from_slice(capacity);
        self.price.copy_from_slice(cost);
        // A bundle stands in the place of its source, as if its counterpart had money for it beside what it pays alone.
        for bundle in bundles {
            let [own, other] = bundle.parts();
            self.limit[bundle.source] /= own;
            self.price[bundle.source] = own * cost[bundle.source] + other * cost[bundle.counterpart];
        }
        let price = &self.price;
        self.order
            .sort_unstable_by(|a, b| price[*a].total_cmp(&price[*b]).then(a.cmp(b)));
        self.flow.room(classes.len(), self.sources);
        for (k, class) in classes.iter().enumerate() {
            for (rank, s) in self.order.iter().enumerate() {
                let bundle = bundles.iter().find(|bundle| bundle.source == *s);
                let may = class.eligible & (1 << s) != 0 && bundle.is_none_or(|bundle| bundle.may_pay(class));
                self.flow.may.set(k, rank, may);
            }
        }
        let limits = self.order.iter().map(|s| self.limit[*s]);
        self.flow.solve(classes.iter().map(|class| class.need), limits);
        for (k, given) in self.given.chunks_exact_mut(self.sources).enumerate() {
            for (rank, s) in self.order.iter().enumerate() {
                given[*s] = self.flow.given(k, rank);
            }
        }
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
