//! Money that can wait waits (6.2): among the ways to pay the classes of a year the one is taken that leaves most for the years
//! after it. What this year gets is what it would get alone.
//!
//! Supplies are a source's money by year of release, sinks are the classes of this year at need and of later years at what is
//! foreseen. Sinks in order of year, then class, each get the most they can; then the same amounts again from the cheapest
//! money on, ties to the earlier release. Only this year is paid. All in nominal dollars. A source that asks for a
//! counterpart takes no part, nor does what is put beside it: what both pay this year is settled before, and nothing of it is counted on.

use super::flow::{Flow, NOTHING, Sets, numbers};
use super::source::{Class, Rates, Unspent};

/// What holds of a source in this year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holder {
    pub rates: Rates,
    pub unspent: Unspent,
    /// Whether its money can wait.
    pub waits: bool,
    /// Whether it asks for a counterpart: what it pays is settled before.
    pub bound: bool,
    /// Last year in which its money may be used.
    pub until: usize,
    /// Year of its first release; 0 if there was none yet.
    pub first_release: usize,
    /// What it has this year that cannot be spent in it, in amounts that reach needs, constant dollars.
    pub left: f64,
}

/// What is known in a year, constant dollars.
pub(super) struct Foresight<'a> {
    pub t: usize,
    /// Classes of this year, and which of them keep what stands.
    pub classes: &'a [Class],
    pub keeps: &'a [bool],
    /// What bundles pay of each class this year.
    pub paid: &'a [f64],
    /// What of each capacity is tied to a bundle as its counterpart.
    pub tied: &'a [f64],
    /// What is foreseen of classes `[year][class]`.
    pub foreseen: &'a [f64],
    /// What of each class was not funded in the year before; it is asked for again.
    pub unfunded: &'a [f64],
    /// Nominal dollars for a constant one by year.
    pub deflator: &'a [f64],
    /// This year's capacity and price of each source, for all needs and then for keeping alone.
    pub capacity: &'a [f64],
    pub cost: &'a [f64],
    pub sources: &'a [Holder],
    /// What each source is to release `[year][source]`, its overhead included.
    pub releases: &'a [f64],
    /// Years ahead for which keeping what stands goes before this year's expansion.
    pub reserve: usize,
}

/// Classes of a year in a row that the same money may pay.
#[derive(Clone, Copy, Debug)]
struct Sink {
    year: usize,
    eligible: u64,
    need: f64,
}

/// Money of a source by year of release.
#[derive(Clone, Copy, Debug)]
struct Supply {
    year: usize,
    /// Position among capacities of its year.
    position: usize,
    limit: f64,
    price: f64,
}

/// Room for solving.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting {
    sinks: Vec<Sink>,
    /// From the cheapest on, ties to the earlier release.
    supplies: Vec<Supply>,
    /// Rank of a supply by year and position.
    ranks: Vec<Option<usize>>,
    /// Supplies of earlier years that may pay a sink of a year, by source.
    carried: Sets,
    flow: Flow,
}

impl Waiting {
    /// Room for so many years, classes and sources.
    pub(super) fn new(years: usize, classes: usize, sources: usize) -> Self {
        let (sinks, supplies) = (2 * years * classes, years * 2 * sources);
        let mut carried = Sets::default();
        carried.clear(years * sources, supplies);
        Self {
            sinks: Vec::with_capacity(sinks),
            supplies: Vec::with_capacity(supplies),
            ranks: Vec::with_capacity(supplies),
            carried,
            flow: Flow::new(sinks, supplies),
        }
    }

    /// Writes what of each capacity of this year is spent in it; the rest waits.
    pub(super) fn solve(&mut self, known: &Foresight<'_>, spent: &mut [f64]) {
        self.list(known);
        self.releases(known);
        self.connect(known);
        let needs = self.sinks.iter().map(|sink| sink.need);
        self.flow.solve(needs, self.supplies.iter().map(|supply| supply.limit));
        let now = |k: usize| self.sinks[k].year == known.t;
        let in_hand = self
            .supplies
            .iter()
            .enumerate()
            .filter(|(_, supply)| supply.year == known.t);
        let waits = |supply: &Supply| known.sources[supply.position % known.sources.len()].waits;
        let could_wait = in_hand.clone().filter(|(_, supply)| waits(supply));
        self.flow.prefer(now, could_wait.map(|(rank, _)| rank));
        for (position, spent) in spent.iter_mut().enumerate() {
            let bound = known.sources[position % known.sources.len()].bound;
            *spent = if bound {
                known.capacity[position]
            } else {
                known.tied[position]
            };
        }
        for (rank, supply) in in_hand {
            let given: f64 = (0..self.sinks.len())
                .filter(|k| now(*k))
                .map(|k| self.flow.given(k, rank))
                .sum();
            // What a path leaves over is nothing, and is not to be missing.
            if given > NOTHING {
                spent[supply.position] += (given + NOTHING).min(supply.limit) / known.deflator[known.t];
            }
        }
    }

    /// Lists the sinks in order.
    fn list(&mut self, known: &Foresight<'_>) {
        let Foresight {
            t,
            classes,
            keeps,
            paid,
            foreseen,
            unfunded,
            deflator,
            ..
        } = *known;
        let (count, years) = (classes.len(), deflator.len());
        let sinks = &mut self.sinks;
        sinks.clear();
        let mut sink = |year: usize, class: usize, need: f64| {
            if need <= 0.0 {
                return;
            }
            let (eligible, need) = (classes[class].eligible, need * deflator[year]);
            match sinks.last_mut() {
                Some(last) if (last.year, last.eligible) == (year, eligible) => last.need += need,
                _ => sinks.push(Sink { year, eligible, need }),
            }
        };
        let of = |keeping: bool| (0..count).filter(move |class| keeps[*class] == keeping);
        let reserved = (t + known.reserve + 1).min(years);
        // What stands now is to be kept this year and in those that are reserved for.
        for year in t..reserved {
            for class in of(true) {
                let settled = if year == t { paid[class] } else { 0.0 };
                sink(year, class, classes[class].need - settled);
            }
        }
        for class in of(false) {
            sink(t, class, classes[class].need - paid[class]);
        }
        for year in t + 1..years {
            for class in 0..count {
                let mut need = foreseen[year * count + class];
                if year == t + 1 {
                    need += unfunded[class];
                }
                if year < reserved && keeps[class] {
                    need -= classes[class].need;
                }
                sink(year, class, need);
            }
        }
    }

    /// Lists what each source has by year of release, the cheapest first.
    fn releases(&mut self, known: &Foresight<'_>) {
        let (t, sources) = (known.t, known.sources.len());
        let supplies = &mut self.supplies;
        supplies.clear();
        let mut supply = |year: usize, position: usize, limit: f64| {
            if limit > 0.0 {
                supplies.push(Supply {
                    year,
                    position,
                    limit,
                    price: known.cost[position],
                });
            }
        };
        let free = |s: usize| !known.sources[s].bound;
        for (position, capacity) in known.capacity.iter().enumerate().filter(|(at, _)| free(at % sources)) {
            supply(t, position, (capacity - known.tied[position]) * known.deflator[t]);
        }
        for (s, holder) in known.sources.iter().enumerate().filter(|(s, _)| free(*s)) {
            let mut left = holder.left * known.deflator[t];
            let mut first = holder.first_release;
            // After its last year a source pays nothing.
            for year in t + 1..known.deflator.len().min(holder.until.saturating_add(1)) {
                let whole = known.releases[year * sources + s] * known.deflator[year];
                if first == 0 && whole > 0.0 {
                    first = year;
                }
                let [adds, keeps] = holder.rates.of_release(whole, year.saturating_sub(first));
                // What could not be spent in its year can be in the next, if it does not lapse.
                let before = if holder.unspent.is_kept() { left } else { 0.0 };
                supply(year, s, adds + before);
                supply(year, s + sources, keeps);
                left = whole * (1.0 - holder.rates.overhead) - adds - keeps;
            }
        }
        supplies.sort_unstable_by(|a, b| {
            let price = a.price.total_cmp(&b.price);
            price.then((a.year, a.position).cmp(&(b.year, b.position)))
        });
    }

    /// Says which supply may pay which sink.
    fn connect(&mut self, known: &Foresight<'_>) {
        let (t, sources, width) = (known.t, known.sources.len(), known.capacity.len());
        let years = known.deflator.len();
        self.flow.room(self.sinks.len(), self.supplies.len());
        self.ranks.clear();
        self.ranks.resize((years - t) * width, None);
        for (rank, supply) in self.supplies.iter().enumerate() {
            self.ranks[(supply.year - t) * width + supply.position] = Some(rank);
            self.flow
                .lapses
                .set(0, rank, !known.sources[supply.position % sources].waits);
        }
        self.carried.clear((years - t) * sources, self.supplies.len());
        for year in t + 1..years {
            for (s, holder) in known.sources.iter().enumerate() {
                let row = (year - t) * sources + s;
                if !holder.waits || year > holder.until {
                    continue;
                }
                self.carried.copy(row, row - sources);
                // Later even money that could only keep in its own year may add.
                for position in [s, s + sources] {
                    if let Some(rank) = self.ranks[(year - 1 - t) * width + position] {
                        self.carried.set(row, rank, true);
                    }
                }
            }
        }
        for (k, sink) in self.sinks.iter().enumerate() {
            for position in numbers(0, sink.eligible).take_while(|position| *position < width) {
                if let Some(rank) = self.ranks[(sink.year - t) * width + position] {
                    self.flow.may.set(k, rank, true);
                }
                if position < sources {
                    self.flow
                        .may
                        .join(k, &self.carried, (sink.year - t) * sources + position);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};
    use proptest::prelude::*;

    use super::*;

    const YEARS: usize = 3;

    /// Whether money of a year of release may pay a class of a year.
    fn pays(known: &Foresight<'_>, (year, class, _): (usize, usize, f64), release: usize, position: usize) -> bool {
        let eligible = known.classes[class].eligible;
        let source = position % known.sources.len();
        let holder = &known.sources[source];
        if holder.bound {
            return false;
        }
        (year == release && eligible & (1 << position) != 0)
            || (year > release && holder.waits && year <= holder.until && eligible & (1 << source) != 0)
    }

    /// All that is to be paid, class by class `(year, class, need)`, in order.
    fn wanted(known: &Foresight<'_>) -> Vec<(usize, usize, f64)> {
        let (count, t) = (known.classes.len(), known.t);
        let kept = |year: usize| year <= t + known.reserve && year < known.deflator.len();
        let keeps = |class: &usize| known.keeps[*class];
        let now = |class: usize| known.classes[class].need;
        let open = |class: usize| now(class) - known.paid[class];
        let mut all = Vec::new();
        all.extend((0..count).filter(keeps).map(|class| (t, class, open(class))));
        for year in (t + 1..known.deflator.len()).filter(|year| kept(*year)) {
            all.extend((0..count).filter(keeps).map(|class| (year, class, now(class))));
        }
        all.extend(
            (0..count)
                .filter(|class| !keeps(class))
                .map(|class| (t, class, open(class))),
        );
        for year in t + 1..known.deflator.len() {
            for class in 0..count {
                let again = if year == t + 1 { known.unfunded[class] } else { 0.0 };
                let stands = if kept(year) && keeps(&class) { now(class) } else { 0.0 };
                all.push((
                    year,
                    class,
                    (known.foreseen[year * count + class] + again - stands).max(0.0),
                ));
            }
        }
        for (year, _, need) in &mut all {
            *need *= known.deflator[*year];
        }
        all
    }

    /// Amounts of all that is to be paid, and what each supply gives this year, by one linear programme after another: each
    /// need the most it can get, each supply the most it can give, then what can wait the most it can give now.
    fn by_programme(waiting: &Waiting, known: &Foresight<'_>) -> (Vec<f64>, Vec<f64>) {
        let wanted = wanted(known);
        let mut ways = Vec::new();
        for (k, one) in wanted.iter().enumerate() {
            for (at, supply) in waiting.supplies.iter().enumerate() {
                if pays(known, *one, supply.year, supply.position) {
                    ways.push((k, at));
                }
            }
        }
        let now = |way: &(usize, usize)| wanted[way.0].0 == known.t;
        let mut goals: Vec<Vec<bool>> = Vec::new();
        for k in 0..wanted.len() {
            goals.push(ways.iter().map(|way| way.0 == k).collect());
        }
        for at in 0..waiting.supplies.len() {
            goals.push(ways.iter().map(|way| way.1 == at).collect());
        }
        for (at, supply) in waiting.supplies.iter().enumerate() {
            if supply.year == known.t {
                goals.push(ways.iter().map(|way| way.1 == at && now(way)).collect());
            }
        }
        // What can wait comes first in its turn; what lapses can give only now.
        let mut fixed: Vec<f64> = Vec::new();
        for goal in &goals {
            let mut problem = Problem::new(OptimizationDirection::Maximize);
            let variables: Vec<_> = goal
                .iter()
                .map(|counts| problem.add_var(f64::from(u8::from(*counts)), (0.0, f64::INFINITY)))
                .collect();
            let sum = |of: &dyn Fn(usize) -> bool| -> Vec<_> {
                let these = variables.iter().enumerate().filter(|(way, _)| of(*way));
                these.map(|(_, variable)| (*variable, 1.0)).collect()
            };
            for (k, (_, _, need)) in wanted.iter().enumerate() {
                problem.add_constraint(sum(&|way| ways[way].0 == k).as_slice(), ComparisonOp::Le, *need);
            }
            for (at, supply) in waiting.supplies.iter().enumerate() {
                problem.add_constraint(sum(&|way| ways[way].1 == at).as_slice(), ComparisonOp::Le, supply.limit);
            }
            for (earlier, amount) in goals.iter().zip(&fixed) {
                problem.add_constraint(sum(&|way| earlier[way]).as_slice(), ComparisonOp::Ge, amount - 1e-6);
            }
            let SolveOutcome::Solution(solution) = problem.solve().expect("a solvable programme") else {
                panic!("no solution")
            };
            fixed.push(solution.objective());
        }
        let mut this_year = vec![0.0; known.capacity.len()];
        let in_hand = waiting.supplies.iter().filter(|supply| supply.year == known.t);
        for (supply, given) in in_hand.zip(&fixed[wanted.len() + waiting.supplies.len()..]) {
            this_year[supply.position] = *given;
        }
        fixed.truncate(wanted.len());
        (fixed, this_year)
    }

    fn holder(until: Option<usize>) -> Holder {
        Holder {
            rates: Rates::WHOLE,
            unspent: if until.is_some() {
                Unspent::KeepsAmount
            } else {
                Unspent::Lapses
            },
            waits: until.is_some(),
            bound: false,
            until: until.unwrap_or(usize::MAX),
            first_release: 1,
            left: 0.0,
        }
    }

    #[test]
    fn a_grant_waits_for_the_year_in_which_the_budget_is_short() {
        // A grant of 100 in hand, free; a ministry with 80 a year, at 1, that lapses. This year needs 80, the next 150. Used at
        // once, the grant would pay 80 now and 20 later: 100 of 150 would be paid. By hand: the next year needs at least 70 of the
        // grant beside the ministry's 80. The ministry, whose money lapses, pays all of this year, and the grant waits.
        let classes = [Class {
            need: 80.0,
            eligible: 0b1111,
        }];
        let sources = [holder(Some(2)), holder(None)];
        let known = Foresight {
            t: 1,
            classes: &classes,
            keeps: &[true],
            paid: &[0.0],
            tied: &[0.0; 4],
            foreseen: &[0.0, 0.0, 150.0],
            unfunded: &[0.0],
            deflator: &[1.0; 3],
            capacity: &[100.0, 80.0, 0.0, 0.0],
            cost: &[0.0, 1.0, 0.0, 1.0],
            sources: &sources,
            releases: &[0.0, 0.0, 100.0, 80.0, 0.0, 80.0],
            reserve: 0,
        };
        let mut spent = [0.0; 4];
        Waiting::new(3, 1, 2).solve(&known, &mut spent);
        assert!(spent[0] < 1e-3 && (spent[1] - 80.0).abs() < 1e-3, "{spent:?}");
    }

    #[test]
    fn what_is_released_after_the_last_year_of_a_source_is_not_counted_on() {
        // A grant has 100 in hand, another releases 100 two years on, when it may no longer pay; the ministry's 100 lapse. This
        // year needs 100, and so does that one: the ministry pays now, and the first grant waits.
        let classes = [Class {
            need: 100.0,
            eligible: 0b11_1111,
        }];
        let sources = [holder(Some(3)), holder(Some(2)), holder(None)];
        let known = Foresight {
            t: 1,
            classes: &classes,
            keeps: &[true],
            paid: &[0.0],
            tied: &[0.0; 6],
            foreseen: &[0.0, 0.0, 0.0, 100.0],
            unfunded: &[0.0],
            deflator: &[1.0; 4],
            capacity: &[100.0, 0.0, 100.0, 0.0, 0.0, 0.0],
            cost: &[0.0, 0.0, 1.0, 0.0, 0.0, 1.0],
            sources: &sources,
            releases: &[0.0, 0.0, 0.0, 100.0, 0.0, 100.0, 0.0, 0.0, 0.0, 0.0, 100.0, 0.0],
            reserve: 0,
        };
        let mut spent = [0.0; 6];
        Waiting::new(4, 1, 3).solve(&known, &mut spent);
        assert!(spent[0] < 1e-3 && (spent[2] - 100.0).abs() < 1e-3, "{spent:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

        #[test]
        fn the_same_as_the_programme_over_all_years(
            needs in proptest::collection::vec((0.0f64..100.0, 0u64..8, any::<bool>()), 1..4),
            foreseen in proptest::collection::vec(0.0f64..100.0, 12),
            unfunded in proptest::collection::vec(0.0f64..20.0, 3),
            money in proptest::collection::vec((0.0f64..120.0, 0.0f64..60.0, 0.0f64..1.5, 0usize..4), 3),
            releases in proptest::collection::vec(0.0f64..100.0, 12),
            reserve in 0usize..2,
            bound in 0usize..6,
            settled in proptest::collection::vec(0.0f64..1.0, 3),
        ) {
            let classes: Vec<Class> = needs
                .iter()
                .map(|(need, bits, keeps)| Class {
                    need: *need,
                    eligible: bits | if *keeps { bits << 3 } else { 0 },
                })
                .collect();
            let keeps: Vec<bool> = needs.iter().map(|(_, _, keeps)| *keeps).collect();
            let capacity: Vec<f64> = money.iter().map(|m| m.0).chain(money.iter().map(|m| m.1)).collect();
            let mut sources: Vec<Holder> = money
                .iter()
                .map(|(_, _, _, until)| holder((*until > 0).then_some(*until)))
                .collect();
            // One of the three asks for a counterpart, which has tied a part of what is there; or none does.
            let (mut paid, mut tied) = (vec![0.0; classes.len()], vec![0.0; 6]);
            if let Some(holder) = sources.get_mut(bound) {
                (holder.bound, holder.waits) = (true, false);
                paid = classes.iter().zip(&settled).map(|(class, share)| share * class.need).collect();
                let other = (bound + 1) % 3;
                for position in [other, other + 3] {
                    tied[position] = settled[0] * capacity[position];
                }
            }
            let cost: Vec<f64> = money.iter().chain(&money).map(|m| m.2).collect();
            let known = Foresight {
                t: 1,
                classes: &classes,
                keeps: &keeps,
                paid: &paid,
                tied: &tied,
                foreseen: &foreseen[..(YEARS + 1) * classes.len()],
                unfunded: &unfunded[..classes.len()],
                deflator: &[1.0, 1.02, 1.04, 1.06],
                capacity: &capacity,
                cost: &cost,
                sources: &sources,
                releases: &releases,
                reserve,
            };
            let mut waiting = Waiting::new(YEARS + 1, classes.len(), 3);
            let mut spent = vec![0.0; 6];
            waiting.solve(&known, &mut spent);
            let (amounts, this_year) = by_programme(&waiting, &known);
            // Classes in a row that the same money may pay are one sink.
            let mut wanted = wanted(&known).into_iter().zip(amounts).filter(|((_, _, need), _)| *need > 0.0).peekable();
            let given = |k: usize| (0..waiting.supplies.len()).map(move |at| (at, k));
            for (k, sink) in waiting.sinks.iter().enumerate() {
                let is_of = |(year, class, _): (usize, usize, f64)| {
                    (year, known.classes[class].eligible) == (sink.year, sink.eligible)
                };
                let mut all = 0.0;
                while let Some((_, amount)) = wanted.next_if(|(one, _)| is_of(*one)) {
                    all += amount;
                }
                let got: f64 = given(k).map(|(at, k)| waiting.flow.given(k, at)).sum();
                prop_assert!((got - all).abs() < 1e-2, "sink {k}: {got} against {all}");
            }
            prop_assert!(wanted.next().is_none());
            for (at, supply) in waiting.supplies.iter().enumerate() {
                let used: f64 = (0..waiting.sinks.len()).map(|k| waiting.flow.given(k, at)).sum();
                prop_assert!(used <= supply.limit + 1e-6);
            }
            for (at, (spent, given)) in spent.iter().zip(&this_year).enumerate() {
                if at % 3 == bound {
                    prop_assert_eq!(*spent, capacity[at]);
                    continue;
                }
                prop_assert!(((spent - tied[at]) * known.deflator[known.t] - given).abs() < 1e-2, "{spent} {given}");
            }
        }
    }
}
