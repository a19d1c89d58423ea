//! Classes of one rank that keeps what stands share alike (6.2), so that a part of the schools is kept whole, not all of them in
//! part: money that may pay links alone takes nothing from the devices and teachers of the schools that have them.
//!
//! A rank falls into several classes where not all sources may pay all of it. They share alike: each is paid its part of the same
//! groups, or the same part of all groups where these do not stand in a queue, as far as none of the others is paid less for it;
//! what money of its own a class has beyond that pays more of it. What classes can have is a polymatroid: where a class is
//! short of the common part, those from which money could be moved to it share alike what they have, the others what is left,
//! and so on until none is short. With four classes or more the order of these steps can leave one a little less than its due; what
//! all get together stays the most that there is.

use std::ops::Range;

use super::allocation::Allocation;
use super::matching::Bundle;
use super::source::Class;

/// A class is short by more than this, of what it wants and in dollars: what the largest flow may leave out.
const SHORT: f64 = 1e-9;
const SHORT_OF: f64 = 1e-2;

/// Room for solving, reused from year to year.
#[derive(Clone, Debug)]
pub(super) struct Evenly {
    /// What each source gives each class `[class][source]`.
    pub(super) given: Vec<f64>,
    sources: usize,
    /// Classes of each rank that falls into several.
    ranks: Vec<Range<usize>>,
    /// Classes as they are solved, and which each is of: of a rank in several, first the shares that are alike, then the rest.
    parts: Vec<Class>,
    of: Vec<usize>,
    allocation: Allocation,
    /// What each class wants of what is shared alike, and the number of those it shares with.
    wanted: Vec<f64>,
    fellows: Vec<usize>,
    /// Needs of a rank's classes turn by turn, `[class][turn]`.
    turns: Vec<f64>,
    /// Classes that are short and taken up, and those from which money could be moved to them.
    starts: Vec<bool>,
    within_reach: Vec<bool>,
}

impl Evenly {
    /// Room for classes, most urgent first, and a number of sources; `ranks` are the classes that are to share alike.
    pub(super) fn new(classes: &[Class], ranks: Vec<Range<usize>>, sources: usize) -> Self {
        let mut of = Vec::new();
        for k in 0..classes.len() {
            of.push(k);
            if let Some(rank) = ranks.iter().find(|rank| rank.end == k + 1) {
                of.extend(rank.clone());
            }
        }
        let parts: Vec<Class> = of.iter().map(|k| classes[*k]).collect();
        Self {
            given: vec![0.0; classes.len() * sources],
            sources,
            ranks,
            allocation: Allocation::new(&parts, sources),
            parts,
            of,
            wanted: vec![0.0; classes.len()],
            fellows: vec![0; classes.len()],
            turns: Vec::new(),
            starts: vec![false; classes.len()],
            within_reach: vec![false; classes.len()],
        }
    }

    /// What each source gives a class.
    pub(super) fn of(&self, class: usize) -> &[f64] {
        &self.given[class * self.sources..(class + 1) * self.sources]
    }

    /// What a class gets in all.
    pub(super) fn funded(&self, class: usize) -> f64 {
        self.of(class).iter().sum()
    }

    /// Shares out `capacity` over `classes` as [`Allocation::solve`] does, those of a rank alike. `list` writes the needs of some
    /// classes turn by turn, `[class][turn]`, as groups are served.
    pub(super) fn solve(
        &mut self,
        classes: &[Class],
        capacity: &[f64],
        cost: &[f64],
        bundles: &[Bundle],
        mut list: impl FnMut(Range<usize>, &mut Vec<f64>),
    ) {
        self.wanted.clear();
        self.wanted.extend(classes.iter().map(|class| class.need));
        self.fellows.fill(0);
        self.pay(classes, capacity, cost, bundles);
        for at in 0..self.ranks.len() {
            let rank = self.ranks[at].clone();
            // Each time a class is short those that share alike fall in two, or one gives way to it: a few steps a class.
            for number in 1..4 * rank.len() {
                if !self.find_short(classes, &rank) {
                    break;
                }
                if number == 1 {
                    self.turns.clear();
                    list(rank.clone(), &mut self.turns);
                }
                self.part(classes, &rank, number);
                self.pay(classes, capacity, cost, bundles);
            }
        }
    }

    /// Pays what is shared alike, then the rest.
    fn pay(&mut self, classes: &[Class], capacity: &[f64], cost: &[f64], bundles: &[Bundle]) {
        let mut next = 0;
        for (part, k) in self.parts.iter_mut().zip(&self.of) {
            let is_rest = *k < next;
            next = next.max(k + 1);
            part.need = if is_rest {
                classes[*k].need - self.wanted[*k]
            } else {
                self.wanted[*k]
            };
        }
        self.allocation.solve(&self.parts, capacity, cost, bundles);
        self.given.fill(0.0);
        for (given, k) in self.allocation.given.chunks_exact(self.sources).zip(&self.of) {
            let sum = &mut self.given[k * self.sources..(k + 1) * self.sources];
            sum.iter_mut().zip(given).for_each(|(sum, given)| *sum += given);
        }
    }

    fn is_short(&self, class: usize) -> bool {
        let wanted = self.wanted[class];
        wanted - self.funded(class) > SHORT * wanted + SHORT_OF
    }

    /// Finds classes that are short with those from which money could be moved to them: of one share where none of another could give
    /// way, else of the first that is short. Tells whether any is.
    fn find_short(&mut self, classes: &[Class], rank: &Range<usize>) -> bool {
        let (mut first, mut fellows) = (None, None);
        self.starts.fill(false);
        for short in rank.clone() {
            if !self.is_short(short) {
                continue;
            }
            first = first.or(Some(short));
            let own = self.fellows[short];
            if fellows.is_some_and(|fellows| fellows != own) {
                continue;
            }
            self.find_within_reach(classes, rank, |k| k == short);
            if rank.clone().all(|k| !self.within_reach[k] || self.fellows[k] == own) {
                fellows = Some(own);
                self.starts[short] = true;
            }
        }
        let Some(first) = first else { return false };
        if fellows.is_none() {
            self.starts[first] = true;
        }
        let starts = std::mem::take(&mut self.starts);
        self.find_within_reach(classes, rank, |k| starts[k]);
        self.starts = starts;
        true
    }

    /// Parts those that share alike and have most among the classes that are short and those from which money could be moved to these:
    /// they share what they can have, their other fellows what is left.
    fn part(&mut self, classes: &[Class], rank: &Range<usize>, number: usize) {
        let share = |k: usize| self.wanted[k] / classes[k].need.max(SHORT_OF);
        let within = rank.clone().filter(|k| self.within_reach[*k]);
        let Some(most) = within.max_by(|a, b| share(*a).total_cmp(&share(*b))) else {
            return;
        };
        let fellows = self.fellows[most];
        let (mut lacks, mut has, mut left) = (0.0, 0.0, 0.0);
        for k in rank.clone() {
            if self.within_reach[k] {
                lacks += (self.wanted[k] - self.funded(k)).max(0.0);
            }
            if self.fellows[k] == fellows {
                left += self.wanted[k];
                if self.within_reach[k] {
                    self.fellows[k] = number;
                    has += self.wanted[k];
                }
            }
        }
        let paid = (has - lacks).max(0.0);
        self.share(classes, rank, number, paid);
        self.share(classes, rank, fellows, left - paid);
    }

    /// Shares an amount alike: turn by turn, of the last that it reaches to the same part of each.
    fn share(&mut self, classes: &[Class], rank: &Range<usize>, fellows: usize, amount: f64) {
        let turns = self.turns.len() / rank.len();
        let these = || rank.clone().filter(|k| self.fellows[*k] == fellows);
        let row = |k: usize| &self.turns[(k - rank.start) * turns..][..turns];
        let (mut whole, mut part, mut left) = (0, 0.0, amount);
        while whole < turns {
            let need: f64 = these().map(|k| row(k)[whole]).sum();
            if need > left {
                part = left / need;
                break;
            }
            left -= need;
            whole += 1;
        }
        for k in rank.clone() {
            if self.fellows[k] == fellows {
                let row = &self.turns[(k - rank.start) * turns..][..turns];
                let next = row.get(whole).map_or(0.0, |need| part * need);
                self.wanted[k] = (row[..whole].iter().sum::<f64>() + next).min(classes[k].need);
            }
        }
    }

    /// Finds from which classes money could be moved to one that is short, and which are short themselves beside it for want of the same
    /// money.
    fn find_within_reach(&mut self, classes: &[Class], rank: &Range<usize>, starts: impl Fn(usize) -> bool) {
        self.within_reach.fill(false);
        let mut sources = 0;
        for k in rank.clone().filter(|k| starts(*k)) {
            self.within_reach[k] = true;
            sources |= classes[k].eligible;
        }
        loop {
            let before = sources;
            for k in 0..rank.end {
                let gives = |(s, given): (usize, &f64)| sources & (1 << s) != 0 && *given > SHORT_OF;
                let lacks = k >= rank.start && classes[k].eligible & sources != 0 && self.is_short(k);
                if !self.within_reach[k] && (lacks || self.of(k).iter().enumerate().any(gives)) {
                    self.within_reach[k] = true;
                    sources |= classes[k].eligible;
                }
            }
            if sources == before {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Classes of one rank, all groups in one turn.
    fn solved(classes: &[Class], capacity: &[f64]) -> Evenly {
        let mut evenly = Evenly::new(classes, std::iter::once(0..classes.len()).collect(), capacity.len());
        let cost = vec![1.0; capacity.len()];
        evenly.solve(classes, capacity, &cost, &[], |these, turns| {
            turns.extend(these.map(|k| classes[k].need));
        });
        evenly
    }

    fn class(need: f64, eligible: u64) -> Class {
        Class { need, eligible }
    }

    fn near(evenly: &Evenly, expected: &[f64]) {
        for (k, expected) in expected.iter().enumerate() {
            let funded = evenly.funded(k);
            assert!((funded - expected).abs() < 0.1, "{k}: {funded}, not {expected}");
        }
    }

    #[test]
    fn a_little_money_for_one_class_alone_does_not_put_it_before_the_other() {
        // A ministry (0) has 300 and a levy (1), which may pay links alone, 20. Links need 400, teachers and devices 600: of both
        // 320 / 1000 are paid. The levy's 20 are part of the 128 of links.
        near(
            &solved(&[class(400.0, 0b11), class(600.0, 0b01)], &[300.0, 20.0]),
            &[128.0, 192.0],
        );
        // With 300 the levy alone pays more than a half of links: the ministry pays a half of the others, and 300 / 400 of links stand.
        near(
            &solved(&[class(400.0, 0b11), class(600.0, 0b01)], &[300.0, 300.0]),
            &[300.0, 300.0],
        );
    }

    #[test]
    fn those_who_can_have_more_share_alike_too() {
        // The ministry (0) has 100 for classes 0 and 1 of 200 each; a donor (1) has 150 for classes 2 and 3 of 100 and 200, the
        // first of which the ministry may pay as well. Classes 0 and 1 get a quarter each, the others a half.
        let classes = [
            class(200.0, 0b01),
            class(200.0, 0b01),
            class(100.0, 0b11),
            class(200.0, 0b10),
        ];
        near(&solved(&classes, &[100.0, 150.0]), &[50.0, 50.0, 50.0, 100.0]);
    }

    #[test]
    fn groups_in_a_queue_are_kept_whole() {
        // Two groups in turn: of links the first has 300 and the second 100, of devices 100 and 300. A ministry (0) has 500, a levy
        // (1) for links 20: the first group gets all of its 400, the second 120 of 400, 30 of links and 90 of devices.
        let classes = [class(400.0, 0b11), class(400.0, 0b01)];
        let mut evenly = Evenly::new(&classes, std::iter::once(0..2).collect(), 2);
        evenly.solve(&classes, &[500.0, 20.0], &[1.0, 1.0], &[], |_, turns| {
            turns.extend([300.0, 100.0, 100.0, 300.0]);
        });
        near(&evenly, &[330.0, 190.0]);
    }

    proptest! {
        /// Of up to three classes: where one gets less than all of its need no source has anything left that could be moved to it, nor has a class that could give
        /// it some a larger share; and all of them get as much together as they would one after the other.
        #[test]
        fn nobody_can_give_to_one_who_has_less(
            needs in proptest::collection::vec((1e3f64..1e6, 1u64..32), 1..4),
            capacity in proptest::collection::vec(0.0f64..1e6, 5),
        ) {
            let classes: Vec<Class> = needs.iter().map(|(need, eligible)| class(*need, *eligible)).collect();
            let evenly = solved(&classes, &capacity);
            let mut in_order = Allocation::new(&classes, capacity.len());
            in_order.solve(&classes, &capacity, &[1.0; 5], &[]);
            let all = |of: &dyn Fn(usize) -> f64| (0..classes.len()).map(of).sum::<f64>();
            prop_assert!((all(&|k| evenly.funded(k)) - all(&|k| in_order.funded(k))).abs() < 0.5);
            let share = |k: usize| evenly.funded(k) / classes[k].need;
            for short in (0..classes.len()).filter(|k| classes[*k].need - evenly.funded(*k) > 0.5) {
                let mut sources = classes[short].eligible;
                for _ in 0..capacity.len() {
                    for (k, class) in classes.iter().enumerate() {
                        let gives = (0..capacity.len()).any(|s| sources & (1 << s) != 0 && evenly.of(k)[s] > 0.5);
                        if gives {
                            prop_assert!(share(k) < share(short) + 0.5 / class.need + 0.5 / classes[short].need);
                            sources |= class.eligible;
                        }
                    }
                }
                for (s, capacity) in capacity.iter().enumerate().filter(|(s, _)| sources & (1 << s) != 0) {
                    let given = all(&|k| evenly.of(k)[s]);
                    prop_assert!(capacity - given < 0.5, "{s}: {given} of {capacity}");
                }
            }
        }
    }
}
