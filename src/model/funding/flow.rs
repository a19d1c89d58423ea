//! The largest flow of money to needs in strict order, from the cheapest money on (6.2).
//!
//! A need is filled along augmenting paths: an earlier one may be moved to other money, never cut. The amounts that money
//! can give form a polymatroid, on which filling from the cheapest on is optimal; so both steps are exact.

/// Below this an amount is nothing: a hundredth of a cent in a budget of billions.
pub const NOTHING: f64 = 1e-4;

const UNSEEN: usize = usize::MAX;
const START: usize = usize::MAX - 1;

/// Room for solving, reused.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    supplies: usize,
    /// Whether a supply may pay a need `[need][supply]`.
    pub(super) may: Vec<bool>,
    unmet: Vec<f64>,
    spare: Vec<f64>,
    need_from: Vec<usize>,
    supply_from: Vec<usize>,
    /// Needs and supplies from which no path leads on any more: none ever will.
    dead_need: Vec<bool>,
    dead_supply: Vec<bool>,
    queue: Vec<usize>,
}

impl Flow {
    /// Room for so many needs and supplies.
    pub(super) fn new(needs: usize, supplies: usize) -> Self {
        Self {
            supplies,
            may: vec![false; needs * supplies],
            unmet: vec![0.0; needs],
            spare: vec![0.0; supplies],
            need_from: vec![UNSEEN; needs],
            supply_from: vec![UNSEEN; supplies],
            dead_need: vec![false; needs],
            dead_supply: vec![false; supplies],
            queue: Vec::with_capacity(needs + supplies),
        }
    }

    /// Makes room for so many, never more than there were at first.
    pub(super) fn room(&mut self, needs: usize, supplies: usize) {
        self.supplies = supplies;
        self.may.resize(needs * supplies, false);
        self.unmet.resize(needs, 0.0);
        self.need_from.resize(needs, UNSEEN);
        self.dead_need.resize(needs, false);
        self.spare.resize(supplies, 0.0);
        self.supply_from.resize(supplies, UNSEEN);
        self.dead_supply.resize(supplies, false);
    }

    /// Shares out `limits` over `needs`, the first one first; `order` names supplies from the cheapest on. Writes what each
    /// supply gives each need `[need][supply]`.
    pub(super) fn solve(&mut self, needs: &[f64], limits: &[f64], order: &[usize], given: &mut [f64]) {
        // First: how much each need can have.
        self.begin(limits, given);
        for (k, need) in needs.iter().enumerate() {
            self.unmet[k] = *need;
            for s in order {
                if self.may[k * self.supplies + s] {
                    self.give(k, *s, self.spare[*s].min(self.unmet[k]), given);
                }
            }
            while self.unmet[k] > NOTHING && self.reach_need(k, given) {}
        }
        // Then: the same amounts again, from the cheapest supply on.
        for (k, need) in needs.iter().enumerate() {
            self.unmet[k] = (need - self.unmet[k]).max(0.0);
        }
        self.begin(limits, given);
        for s in order {
            for k in 0..needs.len() {
                if self.may[k * self.supplies + s] {
                    self.give(k, *s, self.spare[*s].min(self.unmet[k]), given);
                }
            }
            while self.spare[*s] > NOTHING && self.push_supply(*s, given) {}
        }
    }

    fn begin(&mut self, limits: &[f64], given: &mut [f64]) {
        given.fill(0.0);
        self.spare.copy_from_slice(limits);
        self.dead_need.fill(false);
        self.dead_supply.fill(false);
    }

    fn give(&mut self, need: usize, supply: usize, amount: f64, given: &mut [f64]) {
        if amount > 0.0 {
            given[need * self.supplies + supply] += amount;
            self.unmet[need] -= amount;
            self.spare[supply] -= amount;
        }
    }

    /// Finds spare money for a need by moving earlier ones to other money; false if there is none.
    fn reach_need(&mut self, goal: usize, given: &mut [f64]) -> bool {
        self.need_from.fill(UNSEEN);
        self.supply_from.fill(UNSEEN);
        self.queue.clear();
        self.queue.push(goal);
        self.need_from[goal] = START;
        let mut head = 0;
        while head < self.queue.len() {
            let k = self.queue[head];
            head += 1;
            for s in 0..self.supplies {
                if !self.may[k * self.supplies + s] || self.supply_from[s] != UNSEEN || self.dead_supply[s] {
                    continue;
                }
                self.supply_from[s] = k;
                if self.spare[s] > NOTHING {
                    self.shift_to_need(s, goal, given);
                    return true;
                }
                for j in 0..=goal {
                    if self.need_from[j] == UNSEEN && given[j * self.supplies + s] > NOTHING {
                        self.need_from[j] = s;
                        self.queue.push(j);
                    }
                }
            }
        }
        for (dead, from) in self.dead_supply.iter_mut().zip(&self.supply_from) {
            *dead |= *from != UNSEEN;
        }
        false
    }

    /// Moves money along the path that ends in `supply` with spare money and starts at need `goal`.
    fn shift_to_need(&mut self, supply: usize, goal: usize, given: &mut [f64]) {
        let mut amount = self.spare[supply].min(self.unmet[goal]);
        let mut s = supply;
        loop {
            let k = self.supply_from[s];
            if self.need_from[k] == START {
                break;
            }
            s = self.need_from[k];
            amount = amount.min(given[k * self.supplies + s]);
        }
        let mut s = supply;
        self.spare[supply] -= amount;
        self.unmet[goal] -= amount;
        loop {
            let k = self.supply_from[s];
            given[k * self.supplies + s] += amount;
            if self.need_from[k] == START {
                break;
            }
            s = self.need_from[k];
            given[k * self.supplies + s] -= amount;
        }
    }

    /// Finds use for a supply by moving cheaper ones to other needs; false if there is none.
    fn push_supply(&mut self, first: usize, given: &mut [f64]) -> bool {
        self.need_from.fill(UNSEEN);
        self.supply_from.fill(UNSEEN);
        self.queue.clear();
        self.queue.push(first);
        self.supply_from[first] = START;
        let mut head = 0;
        while head < self.queue.len() {
            let s = self.queue[head];
            head += 1;
            for k in 0..self.unmet.len() {
                if !self.may[k * self.supplies + s] || self.need_from[k] != UNSEEN || self.dead_need[k] {
                    continue;
                }
                self.need_from[k] = s;
                if self.unmet[k] > NOTHING {
                    self.shift_from_supply(first, k, given);
                    return true;
                }
                for other in 0..self.supplies {
                    if self.supply_from[other] == UNSEEN && given[k * self.supplies + other] > NOTHING {
                        self.supply_from[other] = k;
                        self.queue.push(other);
                    }
                }
            }
        }
        for (dead, from) in self.dead_need.iter_mut().zip(&self.need_from) {
            *dead |= *from != UNSEEN;
        }
        false
    }

    fn shift_from_supply(&mut self, first: usize, last: usize, given: &mut [f64]) {
        let mut amount = self.spare[first].min(self.unmet[last]);
        let mut k = last;
        loop {
            let s = self.need_from[k];
            if self.supply_from[s] == START {
                break;
            }
            k = self.supply_from[s];
            amount = amount.min(given[k * self.supplies + s]);
        }
        self.spare[first] -= amount;
        self.unmet[last] -= amount;
        let mut k = last;
        loop {
            let s = self.need_from[k];
            given[k * self.supplies + s] += amount;
            if self.supply_from[s] == START {
                break;
            }
            k = self.supply_from[s];
            given[k * self.supplies + s] -= amount;
        }
    }
}
