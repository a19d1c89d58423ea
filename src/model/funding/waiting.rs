//! Money that can wait waits (6.2): among the ways to pay the classes of a year the one is taken that leaves most for the years
//! after it. What this year gets is what it would get alone.
//!
//! Supplies are a source's money by year of release, sinks are the classes of this year at need and of later years at what is
//! foreseen. Sinks in order of year, then class, each get the most they can; then the same amounts again from the cheapest
//! money on, ties to the earlier release. Only this year is paid. All in nominal dollars.

use super::flow::Flow;
use super::source::{Class, Rates, Unspent};

/// What holds of a source in this year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holder {
    pub rates: Rates,
    pub unspent: Unspent,
    /// Whether its money can wait.
    pub waits: bool,
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

/// A class in a year.
#[derive(Clone, Copy, Debug)]
struct Sink {
    year: usize,
    class: usize,
    need: f64,
}

/// Room for solving.
#[derive(Clone, Debug, Default)]
pub(super) struct Waiting {
    sinks: Vec<Sink>,
    need: Vec<f64>,
    limit: Vec<f64>,
    order: Vec<usize>,
    flow: Flow,
    given: Vec<f64>,
}

impl Waiting {
    /// Room for so many years, classes and sources.
    pub(super) fn new(years: usize, classes: usize, sources: usize) -> Self {
        let (sinks, supplies) = (2 * years * classes, years * 2 * sources);
        Self {
            sinks: Vec::with_capacity(sinks),
            need: Vec::with_capacity(sinks),
            limit: Vec::with_capacity(supplies),
            order: Vec::with_capacity(supplies),
            flow: Flow::new(sinks, supplies),
            given: Vec::with_capacity(sinks * supplies),
        }
    }

    /// Writes what each source gives each class of this year, `[class][source]`, for all needs and then for keeping alone.
    pub(super) fn solve(&mut self, known: &Foresight<'_>, given: &mut [f64]) {
        let t = known.t;
        let years = known.deflator.len() - t;
        let width = known.capacity.len();
        self.list(known);
        self.limit.clear();
        self.limit.resize(years * width, 0.0);
        self.releases(known);
        let supplies = self.limit.len();
        self.flow.room(self.sinks.len(), supplies);
        for (row, sink) in self.flow.may.chunks_exact_mut(supplies).zip(&self.sinks) {
            for (at, may) in row.iter_mut().enumerate() {
                *may = pays(known, sink, t + at / width, at % width);
            }
        }
        self.need.clear();
        self.need.extend(self.sinks.iter().map(|sink| sink.need));
        self.order.clear();
        self.order.extend(0..supplies);
        let price = |at: usize| known.cost[at % width];
        self.order
            .sort_unstable_by(|a, b| price(*a).total_cmp(&price(*b)).then(a.cmp(b)));
        self.given.clear();
        self.given.resize(self.sinks.len() * supplies, 0.0);
        self.flow.solve(&self.need, &self.limit, &self.order, &mut self.given);
        for (sink, row) in self.sinks.iter().zip(self.given.chunks_exact(supplies)) {
            if sink.year == t {
                let out = &mut given[sink.class * width..(sink.class + 1) * width];
                for (out, given) in out.iter_mut().zip(row) {
                    *out = given / known.deflator[t];
                }
            }
        }
    }

    /// Lists the sinks in order.
    fn list(&mut self, known: &Foresight<'_>) {
        let Foresight {
            t,
            classes,
            foreseen,
            unfunded,
            deflator,
            ..
        } = *known;
        self.sinks.clear();
        let count = classes.len();
        let keeps = |class: usize| known.keeps[class];
        let years = deflator.len();
        let mut sink = |year: usize, class: usize, need: f64| {
            self.sinks.push(Sink {
                year,
                class,
                need: need * deflator[year],
            });
        };
        let reserved = (t + known.reserve + 1).min(years);
        for (k, class) in classes.iter().enumerate().filter(|(k, _)| keeps(*k)) {
            sink(t, k, class.need);
        }
        // What stands now is to be kept in these years too.
        for year in t + 1..reserved {
            for (k, class) in classes.iter().enumerate().filter(|(k, _)| keeps(*k)) {
                sink(year, k, class.need);
            }
        }
        for (k, class) in classes.iter().enumerate().filter(|(k, _)| !keeps(*k)) {
            sink(t, k, class.need);
        }
        for year in t + 1..years {
            for (k, class) in classes.iter().enumerate() {
                let mut need = foreseen[year * count + k];
                if year == t + 1 {
                    need += unfunded[k];
                }
                if year < reserved && keeps(k) {
                    need = (need - class.need).max(0.0);
                }
                sink(year, k, need);
            }
        }
    }

    /// Fills what each source has by year of release.
    fn releases(&mut self, known: &Foresight<'_>) {
        let (t, sources) = (known.t, known.sources.len());
        let width = 2 * sources;
        for (at, capacity) in known.capacity.iter().enumerate() {
            self.limit[at] = capacity * known.deflator[t];
        }
        for (s, holder) in known.sources.iter().enumerate() {
            let mut left = holder.left * known.deflator[t];
            let mut first = holder.first_release;
            for year in t + 1..known.deflator.len() {
                let whole = known.releases[year * sources + s] * known.deflator[year];
                if first == 0 && whole > 0.0 {
                    first = year;
                }
                let [adds, keeps] = holder.rates.of_release(whole, year.saturating_sub(first));
                let at = (year - t) * width + s;
                // What could not be spent in its year can be in the next, if it does not lapse.
                self.limit[at] = adds + if holder.unspent == Unspent::Lapses { 0.0 } else { left };
                self.limit[at + sources] = keeps;
                left = whole * (1.0 - holder.rates.overhead) - adds - keeps;
            }
        }
    }
}

/// Whether money of a year of release may pay a sink.
fn pays(known: &Foresight<'_>, sink: &Sink, release: usize, position: usize) -> bool {
    let sources = known.sources.len();
    let source = position % sources;
    let eligible = known.classes[sink.class].eligible;
    if sink.year == release {
        return eligible & (1 << position) != 0;
    }
    // Later even money that could only keep in its own year may add.
    let holder = &known.sources[source];
    sink.year > release && holder.waits && sink.year <= holder.until && eligible & (1 << source) != 0
}

#[cfg(test)]
mod tests {
    use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};
    use proptest::prelude::*;

    use super::*;

    const YEARS: usize = 3;

    /// Amounts of all sinks, in strict order, and the least cost of them, by one linear programme after another.
    fn by_programme(waiting: &Waiting, known: &Foresight<'_>) -> (Vec<f64>, f64) {
        let width = known.capacity.len();
        let mut fixed: Vec<f64> = Vec::new();
        for goal in 0..=waiting.sinks.len() {
            let last = goal == waiting.sinks.len();
            let direction = if last {
                OptimizationDirection::Minimize
            } else {
                OptimizationDirection::Maximize
            };
            let mut problem = Problem::new(direction);
            let mut ways = Vec::new();
            for (k, sink) in waiting.sinks.iter().enumerate() {
                for (at, _) in waiting.limit.iter().enumerate() {
                    if pays(known, sink, known.t + at / width, at % width) {
                        let weight = if last {
                            known.cost[at % width]
                        } else {
                            f64::from(u8::from(k == goal))
                        };
                        ways.push((k, at, problem.add_var(weight, (0.0, f64::INFINITY))));
                    }
                }
            }
            for (k, sink) in waiting.sinks.iter().enumerate() {
                let row: Vec<_> = ways.iter().filter(|way| way.0 == k).map(|way| (way.2, 1.0)).collect();
                problem.add_constraint(row.as_slice(), ComparisonOp::Le, sink.need);
                if let Some(amount) = fixed.get(k) {
                    problem.add_constraint(row.as_slice(), ComparisonOp::Ge, amount - 1e-6);
                }
            }
            for (at, limit) in waiting.limit.iter().enumerate() {
                let column: Vec<_> = ways.iter().filter(|way| way.1 == at).map(|way| (way.2, 1.0)).collect();
                problem.add_constraint(column.as_slice(), ComparisonOp::Le, *limit);
            }
            let SolveOutcome::Solution(solution) = problem.solve().expect("a solvable programme") else {
                panic!("no solution")
            };
            if last {
                return (fixed, solution.objective());
            }
            fixed.push(solution.objective());
        }
        unreachable!("the last goal returns")
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
            foreseen: &[0.0, 0.0, 150.0],
            unfunded: &[0.0],
            deflator: &[1.0; 3],
            capacity: &[100.0, 80.0, 0.0, 0.0],
            cost: &[0.0, 1.0, 0.0, 1.0],
            sources: &sources,
            releases: &[0.0, 0.0, 100.0, 80.0, 0.0, 80.0],
            reserve: 0,
        };
        let mut given = [0.0; 4];
        Waiting::new(3, 1, 2).solve(&known, &mut given);
        assert!(given[0].abs() < 1e-3 && (given[1] - 80.0).abs() < 1e-3, "{given:?}");
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
        ) {
            let classes: Vec<Class> = needs
                .iter()
                .map(|(need, bits, keeps)| Class {
                    need: *need,
                    eligible: bits | if *keeps { bits << 3 } else { 0 },
                })
                .collect();
            let keeps: Vec<bool> = needs.iter().map(|(_, _, keeps)| *keeps).collect();
            let sources: Vec<Holder> = money
                .iter()
                .map(|(_, _, _, until)| holder((*until > 0).then_some(*until)))
                .collect();
            let capacity: Vec<f64> = money.iter().map(|m| m.0).chain(money.iter().map(|m| m.1)).collect();
            let cost: Vec<f64> = money.iter().chain(&money).map(|m| m.2).collect();
            let known = Foresight {
                t: 1,
                classes: &classes,
                keeps: &keeps,
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
            let mut given = vec![0.0; classes.len() * 6];
            waiting.solve(&known, &mut given);
            let (amounts, least) = by_programme(&waiting, &known);
            let supplies = waiting.limit.len();
            let mut cost_of_all = 0.0;
            for (k, wanted) in amounts.iter().enumerate() {
                let row = &waiting.given[k * supplies..(k + 1) * supplies];
                let got: f64 = row.iter().sum();
                prop_assert!((got - wanted).abs() < 1e-2, "sink {k}: {got} against {wanted}");
                cost_of_all += row.iter().enumerate().map(|(at, given)| given * cost[at % 6]).sum::<f64>();
            }
            prop_assert!((cost_of_all - least).abs() < 1e-2, "cost {cost_of_all} against {least}");
            for (at, limit) in waiting.limit.iter().enumerate() {
                let used: f64 = waiting.given.iter().skip(at).step_by(supplies).sum();
                prop_assert!(used <= limit + 1e-6);
            }
        }
    }
}
