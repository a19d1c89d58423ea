//! Who is served first where money does not reach for all (2.9).

use super::flow::NOTHING;
use crate::model::tables::Model;
use crate::scenario::plan::Order;

/// Groups in the order in which they are served; empty where all get the same share.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    groups: Vec<u32>,
    keys: Vec<f64>,
}

impl Queue {
    /// Room for a model's groups.
    #[must_use]
    #[allow(clippy::cast_possible_truncation)]
    pub fn new(model: &Model) -> Self {
        if model.scenario.plan.order == Order::Proportional {
            return Self::default();
        }
        let places = model.held.len();
        Self {
            groups: (0..places as u32).filter(|g| model.held[*g as usize]).collect(),
            keys: vec![f64::NAN; places],
        }
    }

    /// Whether all get the same share.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Groups turn by turn: those that are equal are served together.
    pub(super) fn turns(&self) -> impl Iterator<Item = &[u32]> {
        let key = |g: &u32| self.keys[*g as usize];
        // Parts of one group, whose keys differ in the last digits, are equal.
        let alike = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs();
        self.groups.chunk_by(move |a, b| alike(key(a), key(b)))
    }

    /// Gives an amount to groups in their order until it is used up: writes the share of its need that each gets. Groups
    /// that are equal get the same share.
    pub fn serve(&self, amount: f64, here: impl Fn(usize) -> bool, need: impl Fn(usize) -> f64, shares: &mut [f64]) {
        let mut left = amount;
        for equal in self.turns() {
            let groups = || equal.iter().map(|g| *g as usize).filter(|g| here(*g));
            let needed: f64 = groups().map(&need).sum();
            // A need that is a rounding hair is none, or the hair would decide what a group gets.
            let share = if needed <= left || needed < NOTHING {
                1.0
            } else {
                (left / needed).max(0.0)
            };
            for g in groups() {
                shares[g] = share;
            }
            left = (left - needed).max(0.0);
        }
    }

    /// Orders the groups by what the parameters say of them.
    pub fn fill(&mut self, model: &Model, p: &[f64]) {
        let order = model.scenario.plan.order;
        let key = |g: usize| match order {
            Order::Proportional => 0.0,
            Order::PoorestFirst => -(model.group(p, g, |of| of.poorest) + model.group(p, g, |of| of.second)),
            // Fewer and larger schools cost less for each learner, in every component that is priced by school.
            Order::CheapestFirst => model.group(p, g, |of| of.schools) / model.group(p, g, |of| of.learners).max(1e-9),
            Order::LargestFirst => -model.group(p, g, |of| of.learners),
            Order::MostRemoteFirst => model.group(p, g, |of| of.reach_4g) - f64::from(u8::from(model.rural[g])),
        };
        let mut moved = false;
        for (g, known) in self.keys.iter_mut().enumerate() {
            let now = key(g);
            moved |= now.to_bits() != known.to_bits();
            *known = now;
        }
        if moved {
            let keys = &self.keys;
            self.groups
                .sort_unstable_by(|a, b| keys[*a as usize].total_cmp(&keys[*b as usize]).then(a.cmp(b)));
        }
    }
}
