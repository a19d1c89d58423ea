//! The largest flow of money to needs in strict order, from the cheapest money on (6.2).
//!
//! A need is filled along augmenting paths: an earlier one may be moved to other money, never cut. Then cheaper money takes
//! the place of dearer money along paths of the same kind. What needs can have, and what money can give, form polymatroids, on
//! which going from the first on is optimal; so both steps are exact. Sets are rows of bits: most paths are one step long.

/// Below this an amount is nothing: a hundredth of a cent in a budget of billions.
pub const NOTHING: f64 = 1e-4;

/// Where a path starts.
const START: usize = usize::MAX;

/// Rows of sets of small numbers, a bit each.
#[derive(Clone, Debug, Default)]
pub(super) struct Sets {
    words: usize,
    bits: Vec<u64>,
}

impl Sets {
    /// So many empty sets of numbers below `below`.
    pub(super) fn clear(&mut self, rows: usize, below: usize) {
        self.words = below.div_ceil(64);
        self.bits.clear();
        self.bits.resize(rows * self.words, 0);
    }

    fn row(&self, row: usize) -> &[u64] {
        &self.bits[row * self.words..(row + 1) * self.words]
    }

    /// Puts a number into a set, or takes it out.
    pub(super) fn set(&mut self, row: usize, number: usize, is_in: bool) {
        let (word, bit) = (&mut self.bits[row * self.words + number / 64], 1 << (number % 64));
        *word = if is_in { *word | bit } else { *word & !bit };
    }

    /// Whether a number is in a set.
    fn holds(&self, row: usize, number: usize) -> bool {
        self.row(row)[number / 64] & 1 << (number % 64) != 0
    }

    /// Makes a set what another one is.
    pub(super) fn copy(&mut self, row: usize, from: usize) {
        self.bits
            .copy_within(from * self.words..(from + 1) * self.words, row * self.words);
    }

    /// Puts all numbers of a set of others into a set.
    pub(super) fn join(&mut self, row: usize, others: &Self, other: usize) {
        for (own, of) in self.bits[row * self.words..].iter_mut().zip(others.row(other)) {
            *own |= of;
        }
    }
}

/// Numbers in a word of a set.
pub(super) fn numbers(word: usize, mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (bits != 0).then(|| {
            let lowest = bits.trailing_zeros() as usize;
            bits &= bits - 1;
            word * 64 + lowest
        })
    })
}

/// Numbers in a word of a set, from the highest down.
fn numbers_down(word: usize, mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (bits != 0).then(|| {
            let highest = bits.ilog2();
            bits &= !(1 << highest);
            word * 64 + highest as usize
        })
    })
}

/// Room for solving, reused. Needs are numbered from the first, supplies from the cheapest on.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    needs: usize,
    supplies: usize,
    /// Supplies that may pay a need, and the needs that a supply may pay.
    pub(super) may: Sets,
    pays: Sets,
    /// Supplies, in a single set, that are to be used before others where that is all the same to a need: they can pay
    /// nothing else later.
    pub(super) lapses: Sets,
    /// What supplies give needs, where anything ever was given.
    given: Vec<f64>,
    ever: Sets,
    /// Supplies that give a need something, needs that get something of a supply, supplies that have something to spare.
    gives: Sets,
    gets: Sets,
    has: Sets,
    unmet: Vec<f64>,
    spare: Vec<f64>,
    /// Needs and supplies on a path, and where each was reached from.
    seen_needs: Sets,
    seen_supplies: Sets,
    need_from: Vec<usize>,
    supply_from: Vec<usize>,
    need_before: Vec<usize>,
    /// Needs and supplies from which no path leads on any more: none ever will.
    dead_needs: Sets,
    dead_supplies: Sets,
    queue: Vec<usize>,
    /// Supplies that pay as much now as they can.
    settled: Sets,
}

impl Flow {
    /// Room for so many needs and supplies.
    pub(super) fn new(needs: usize, supplies: usize) -> Self {
        let mut flow = Self {
            unmet: Vec::with_capacity(needs),
            spare: Vec::with_capacity(supplies),
            ..Self::default()
        };
        flow.room(needs, supplies);
        flow
    }

    /// Begins with so many needs and supplies, never more than there were at first, none of which may be paid yet.
    pub(super) fn room(&mut self, needs: usize, supplies: usize) {
        (self.needs, self.supplies) = (needs, supplies);
        self.may.clear(needs, supplies);
        self.lapses.clear(1, supplies);
        // Most pairs of a long plan never meet: what was given is not emptied, but forgotten.
        self.given.resize(self.given.len().max(needs * supplies), 0.0);
        self.ever.clear(needs, supplies);
        self.pays.clear(supplies, needs);
        self.gives.clear(needs, supplies);
        self.gets.clear(supplies, needs);
        self.has.clear(1, supplies);
        self.settled.clear(1, supplies);
        self.need_from.resize(needs, START);
        self.need_before.resize(needs, START);
        self.supply_from.resize(supplies, START);
        self.queue.clear();
        self.queue.reserve(needs.max(supplies));
        for (needs_or_not, sets) in [
            (needs, [&mut self.seen_needs, &mut self.dead_needs]),
            (supplies, [&mut self.seen_supplies, &mut self.dead_supplies]),
        ] {
            for set in sets {
                set.clear(1, needs_or_not);
            }
        }
    }

    /// What a supply gives a need.
    pub(super) fn given(&self, need: usize, supply: usize) -> f64 {
        if self.ever.holds(need, supply) {
            self.given[need * self.supplies + supply]
        } else {
            0.0
        }
    }

    /// Shares out `limits` over `needs`, as far as each `may` be paid.
    pub(super) fn solve(&mut self, needs: impl Iterator<Item = f64>, limits: impl Iterator<Item = f64>) {
        self.unmet.clear();
        self.unmet.extend(needs);
        self.spare.clear();
        self.spare.extend(limits);
        for supply in 0..self.supplies {
            self.has.set(0, supply, self.spare[supply] > 0.0);
        }
        // First: how much each need can have.
        for need in 0..self.needs {
            for lapses in [true, false] {
                self.fill(need, lapses);
            }
            while self.unmet[need] > NOTHING && self.reach_need(need) {}
        }
        // Then: the same amounts from cheaper supplies.
        for need in 0..self.needs {
            for word in 0..self.may.words {
                for supply in numbers(word, self.may.row(need)[word]) {
                    self.pays.set(supply, need, true);
                }
            }
        }
        for supply in 0..self.supplies {
            while self.spare[supply] > NOTHING && self.push_supply(supply) {}
        }
    }

    /// Gives a need of all supplies that have something, from the cheapest on.
    fn fill(&mut self, need: usize, lapses: bool) {
        for word in 0..self.may.words {
            let of_kind = if lapses {
                self.lapses.bits[word]
            } else {
                !self.lapses.bits[word]
            };
            for supply in numbers(word, self.may.row(need)[word] & self.has.bits[word] & of_kind) {
                let amount = self.spare[supply].min(self.unmet[need]);
                if amount > 0.0 {
                    self.unmet[need] -= amount;
                    self.take(supply, amount);
                    self.add(need, supply, amount);
                }
            }
        }
    }

    fn take(&mut self, supply: usize, amount: f64) {
        self.spare[supply] -= amount;
        self.has.set(0, supply, self.spare[supply] > NOTHING);
    }

    fn add(&mut self, need: usize, supply: usize, amount: f64) {
        let before = self.given(need, supply);
        self.ever.set(need, supply, true);
        let given = &mut self.given[need * self.supplies + supply];
        *given = before + amount;
        let something = *given > NOTHING;
        self.gives.set(need, supply, something);
        self.gets.set(supply, need, something);
    }

    fn search(&mut self) {
        self.seen_needs.bits.fill(0);
        self.seen_supplies.bits.fill(0);
        self.queue.clear();
    }

    /// Finds spare money for a need by moving earlier ones to other money; false if there is none.
    fn reach_need(&mut self, goal: usize) -> bool {
        self.search();
        self.queue.push(goal);
        self.seen_needs.set(0, goal, true);
        let mut head = 0;
        while let Some(&need) = self.queue.get(head) {
            head += 1;
            for word in 0..self.may.words {
                let open = self.may.row(need)[word] & !self.seen_supplies.bits[word] & !self.dead_supplies.bits[word];
                if let Some(supply) = numbers(word, open & self.has.bits[word]).next() {
                    self.supply_from[supply] = need;
                    self.shift_to_need(supply, goal);
                    return true;
                }
                for supply in numbers(word, open) {
                    self.supply_from[supply] = need;
                    self.seen_supplies.set(0, supply, true);
                    for word in 0..self.gets.words {
                        for other in numbers(word, self.gets.row(supply)[word] & !self.seen_needs.bits[word]) {
                            self.need_from[other] = supply;
                            self.seen_needs.set(0, other, true);
                            self.queue.push(other);
                        }
                    }
                }
            }
        }
        self.dead_supplies.join(0, &self.seen_supplies, 0);
        false
    }

    /// Moves money along the path that ends in `supply` with spare money and starts at need `goal`.
    fn shift_to_need(&mut self, supply: usize, goal: usize) {
        let mut amount = self.spare[supply].min(self.unmet[goal]);
        let mut at = self.supply_from[supply];
        while at != goal {
            let of = self.need_from[at];
            amount = amount.min(self.given(at, of));
            at = self.supply_from[of];
        }
        self.take(supply, amount);
        self.unmet[goal] -= amount;
        let mut of = supply;
        loop {
            let need = self.supply_from[of];
            self.add(need, of, amount);
            if need == goal {
                break;
            }
            of = self.need_from[need];
            self.add(need, of, -amount);
        }
    }

    /// Uses a supply in the place of a dearer one, others in between moving to other needs; false if that cannot be.
    fn push_supply(&mut self, first: usize) -> bool {
        self.search();
        self.queue.push(first);
        self.seen_supplies.set(0, first, true);
        let mut head = 0;
        while let Some(&supply) = self.queue.get(head) {
            head += 1;
            // The last needs first: what is dear there is the last to be used.
            for word in (0..self.pays.words).rev() {
                let open = self.pays.row(supply)[word] & !self.seen_needs.bits[word] & !self.dead_needs.bits[word];
                for need in numbers_down(word, open) {
                    self.need_from[need] = supply;
                    self.seen_needs.set(0, need, true);
                    for word in (0..self.gives.words).rev() {
                        let gives = self.gives.row(need)[word];
                        // The dearest first: it is out of the way for good.
                        if let Some(dearest) = numbers_down(word, gives).next().filter(|dearest| *dearest > first) {
                            self.shift_from_supply(first, need, dearest);
                            return true;
                        }
                        for other in numbers(word, gives & !self.seen_supplies.bits[word]) {
                            self.supply_from[other] = need;
                            self.seen_supplies.set(0, other, true);
                            self.queue.push(other);
                        }
                    }
                }
            }
        }
        self.dead_needs.join(0, &self.seen_needs, 0);
        false
    }

    /// Moves money along the path that starts at a supply and ends at a need of which a dearer one withdraws.
    fn shift_from_supply(&mut self, first: usize, last: usize, dearest: usize) {
        let mut amount = self.spare[first].min(self.given(last, dearest));
        let mut at = self.need_from[last];
        while at != first {
            let need = self.supply_from[at];
            amount = amount.min(self.given(need, at));
            at = self.need_from[need];
        }
        self.take(dearest, -amount);
        self.take(first, amount);
        let (mut need, mut gone) = (last, dearest);
        loop {
            self.add(need, gone, -amount);
            let by = self.need_from[need];
            self.add(need, by, amount);
            if by == first {
                break;
            }
            (need, gone) = (self.supply_from[by], by);
        }
    }

    /// Lets supplies that pay needs of `now` and others too pay those of now before the others: each as much as it can, in
    /// order, without taking that from those before it. What each need gets and each supply gives in all stays.
    pub(super) fn prefer(&mut self, now: impl Fn(usize) -> bool, supplies: impl Iterator<Item = usize>) {
        self.settled.clear(1, self.supplies);
        for supply in supplies {
            while self.bring_forward(supply, &now) {}
            self.settled.set(0, supply, true);
        }
    }

    /// Finds a way round by which a supply pays more now and less of the rest; false if there is none.
    fn bring_forward(&mut self, first: usize, now: &impl Fn(usize) -> bool) -> bool {
        self.search();
        for word in 0..self.pays.words {
            for need in numbers(word, self.pays.row(first)[word]).filter(|need| now(*need)) {
                self.seen_needs.set(0, need, true);
                self.need_before[need] = START;
                self.queue.push(need);
            }
        }
        let mut head = 0;
        while let Some(&need) = self.queue.get(head) {
            head += 1;
            if !now(need) && self.given(need, first) > NOTHING {
                self.turn_round(first, need);
                return true;
            }
            for word in 0..self.gives.words {
                let open = self.gives.row(need)[word] & !self.seen_supplies.bits[word];
                for supply in numbers(word, open).filter(|supply| *supply != first) {
                    // What those before it pay now they go on paying now.
                    let bound = self.settled.holds(0, supply);
                    if !bound {
                        self.seen_supplies.set(0, supply, true);
                    }
                    for word in 0..self.pays.words {
                        let open = self.pays.row(supply)[word] & !self.seen_needs.bits[word];
                        for other in numbers(word, open).filter(|other| !bound || now(*other) == now(need)) {
                            self.seen_needs.set(0, other, true);
                            self.need_from[other] = supply;
                            self.need_before[other] = need;
                            self.queue.push(other);
                        }
                    }
                }
            }
        }
        false
    }

    /// Moves money of a supply along the way that ends at a need which it pays less.
    fn turn_round(&mut self, first: usize, last: usize) {
        let mut amount = self.given(last, first);
        let mut need = last;
        while self.need_before[need] != START {
            amount = amount.min(self.given(self.need_before[need], self.need_from[need]));
            need = self.need_before[need];
        }
        self.add(need, first, amount);
        self.add(last, first, -amount);
        let mut need = last;
        while self.need_before[need] != START {
            let (before, supply) = (self.need_before[need], self.need_from[need]);
            self.add(need, supply, amount);
            self.add(before, supply, -amount);
            need = before;
        }
    }
}
