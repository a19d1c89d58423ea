//! The allocation of money against all there is to choose from in tiny cases, and against the lexicographic linear
//! programme that it claims to solve.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};
use proptest::prelude::*;
use rollcall::model::funding::allocation::Allocation;
use rollcall::model::funding::matching::Bundle;
use rollcall::model::funding::source::{Class, SourceId};
use rollcall::model::simulate;

use super::enlarged::paid_by;

/// Amounts by class, and total cost, by one linear programme after another. A bundle is a column that takes from two
/// sources; the source that asks for a counterpart has no column of its own.
fn by_programme(classes: &[Class], capacity: &[f64], cost: &[f64], bundles: &[Bundle]) -> (Vec<f64>, f64) {
    let mut fixed: Vec<f64> = Vec::new();
    for goal in 0..=classes.len() {
        let last = goal == classes.len();
        let direction = if last {
            OptimizationDirection::Minimize
        } else {
            OptimizationDirection::Maximize
        };
        let mut problem = Problem::new(direction);
        let mut given = vec![Vec::new(); classes.len()];
        for (k, class) in classes.iter().enumerate() {
            let may = |s: usize| class.eligible & (1 << s) != 0;
            let mut columns: Vec<Vec<(usize, f64)>> = (0..capacity.len())
                .filter(|s| may(*s) && bundles.iter().all(|bundle| bundle.source != *s))
                .map(|s| vec![(s, 1.0)])
                .collect();
            for Bundle {
                source,
                counterpart,
                ratio,
            } in bundles
            {
                if may(*source) && may(*counterpart) {
                    let whole = 1.0 + ratio;
                    columns.push(vec![(*source, 1.0 / whole), (*counterpart, ratio / whole)]);
                }
            }
            for column in columns {
                let price: f64 = column.iter().map(|(s, part)| cost[*s] * part).sum();
                let weight = if last { price } else { f64::from(u8::from(k == goal)) };
                given[k].push((column, problem.add_var(weight, (0.0, f64::INFINITY))));
            }
        }
        for (k, class) in classes.iter().enumerate() {
            let row: Vec<_> = given[k].iter().map(|(_, var)| (*var, 1.0)).collect();
            problem.add_constraint(row.as_slice(), ComparisonOp::Le, class.need);
            if let Some(amount) = fixed.get(k) {
                problem.add_constraint(row.as_slice(), ComparisonOp::Ge, amount - 1e-6);
            }
        }
        for (s, available) in capacity.iter().enumerate() {
            let column: Vec<_> = given
                .iter()
                .flatten()
                .flat_map(|(takes, var)| takes.iter().map(move |(source, part)| (*source, *var, *part)))
                .filter(|(source, _, _)| *source == s)
                .map(|(_, var, part)| (var, part))
                .collect();
            problem.add_constraint(column.as_slice(), ComparisonOp::Le, *available);
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_same_as_the_lexicographic_programme(
        needs in proptest::collection::vec((0.0f64..100.0, 0u32..32), 1..7),
        sources in proptest::collection::vec((0.0f64..120.0, 0.0f64..1.5), 1..6),
    ) {
        let count = sources.len();
        let classes: Vec<Class> = needs.iter().map(|(need, bits)| Class { need: *need, eligible: u64::from(bits & ((1 << count) - 1)) }).collect();
        let capacity: Vec<f64> = sources.iter().map(|(amount, _)| *amount).collect();
        let cost: Vec<f64> = sources.iter().map(|(_, cost)| *cost).collect();
        let mut allocation = Allocation::new(&classes, count);
        allocation.solve(&classes, &capacity, &cost, &[]);
        let (amounts, total) = by_programme(&classes, &capacity, &cost, &[]);
        let mut ours = 0.0;
        for (k, wanted) in amounts.iter().enumerate() {
            prop_assert!((allocation.funded(k) - wanted).abs() < 1e-2, "class {k}: {} against {wanted}", allocation.funded(k));
            for s in 0..count {
                let given = allocation.given[k * count + s];
                prop_assert!(given >= -1e-9 && (given < 1e-9 || classes[k].eligible & (1 << s) != 0));
                ours += given * cost[s];
            }
        }
        for s in 0..count {
            let used: f64 = (0..classes.len()).map(|k| allocation.given[k * count + s]).sum();
            prop_assert!(used <= capacity[s] + 1e-6);
        }
        prop_assert!((ours - total).abs() < 1e-2, "cost {ours} against {total}");
    }

    #[test]
    fn bundles_too_are_those_of_the_lexicographic_programme(
        needs in proptest::collection::vec((0.0f64..100.0, 0u32..32), 1..6),
        sources in proptest::collection::vec((0.0f64..120.0, 0.0f64..1.5), 2..6),
        ratio in 0.1f64..3.0,
        second in proptest::option::of(0.1f64..3.0),
    ) {
        let count = sources.len();
        let classes: Vec<Class> = needs.iter().map(|(need, bits)| Class { need: *need, eligible: u64::from(bits & ((1 << count) - 1)) }).collect();
        let capacity: Vec<f64> = sources.iter().map(|(amount, _)| *amount).collect();
        let cost: Vec<f64> = sources.iter().map(|(_, cost)| *cost).collect();
        let mut bundles = vec![Bundle { source: 1, counterpart: 0, ratio }];
        if let Some(ratio) = second.filter(|_| count > 2) {
            bundles.push(Bundle { source: 2, counterpart: 0, ratio });
        }
        let mut allocation = Allocation::new(&classes, count);
        allocation.solve(&classes, &capacity, &cost, &bundles);
        let (amounts, total) = by_programme(&classes, &capacity, &cost, &bundles);
        let mut ours = 0.0;
        for (k, wanted) in amounts.iter().enumerate() {
            prop_assert!((allocation.funded(k) - wanted).abs() < 1e-2, "class {k}: {} against {wanted}", allocation.funded(k));
            ours += (0..count).map(|s| allocation.given[k * count + s] * cost[s]).sum::<f64>();
        }
        let used = |s: usize| (0..classes.len()).map(|k| allocation.given[k * count + s]).sum::<f64>();
        for s in 0..count {
            prop_assert!(used(s) <= capacity[s] + 1e-6);
        }
        let asked: f64 = bundles.iter().map(|bundle| used(bundle.source) * bundle.ratio).sum();
        prop_assert!(used(0) >= asked - 1e-4, "counterpart {} against {asked}", used(0));
        prop_assert!((ours - total).abs() < 1e-2, "cost {ours} against {total}");
    }
}

/// Every way to share out whole units: what each way pays of each class goes through all whole numbers of units. Gives
/// the amounts by class that come first in strict order, and what the cheapest way to them costs.
struct Enumeration<'a> {
    needs: &'a [u32],
    /// Ways by class: what a unit of two takes from each source.
    ways: &'a [(usize, Vec<u32>)],
    cost: &'a [f64],
    left: Vec<u32>,
    funded: Vec<u32>,
    best: Vec<u32>,
    cheapest: f64,
}

impl Enumeration<'_> {
    fn from(&mut self, way: usize, spent: f64) {
        let Some((class, takes)) = self.ways.get(way) else {
            if self.funded > self.best {
                self.best.clone_from(&self.funded);
                self.cheapest = f64::INFINITY;
            }
            if self.funded == self.best {
                self.cheapest = self.cheapest.min(spent);
            }
            return;
        };
        let (before, funded) = (self.left.clone(), self.funded[*class]);
        let price: f64 = takes
            .iter()
            .zip(self.cost)
            .map(|(take, cost)| f64::from(*take) * cost)
            .sum();
        let mut units = 0;
        loop {
            self.from(way + 1, spent + f64::from(units) * price);
            units += 1;
            self.funded[*class] += 2;
            let enough = self.left.iter_mut().zip(takes).all(|(left, take)| {
                *left = left.wrapping_sub(*take);
                *left < u32::MAX / 2
            });
            if !enough || self.funded[*class] > self.needs[*class] {
                break;
            }
        }
        self.left = before;
        self.funded[*class] = funded;
    }
}

#[test]
fn tiny_cases_are_those_that_enumeration_finds() {
    // A ministry (0), a donor (1) who asks for as much as it gives, and a second source (2), dearer or cheaper than the
    // ministry. All amounts are whole, so the best that there is has whole amounts or halves of them; units are of an eighth.
    let mut cases = 0;
    for case in 0..4 * 49 * 27_u32 {
        let (needs, masks, money) = (case % 4, case / 4 % 49, case / 4 / 49);
        let needs = [8 + 16 * (needs % 2), 8 + 16 * (needs / 2)];
        let masks = [1 + masks % 7, 1 + masks / 7];
        let capacity = [money % 3, money / 3 % 3, money / 9].map(|amount| 8 * amount);
        let cost = [1.0, 0.0, if case % 2 == 0 { 0.5 } else { 1.5 }];
        let mut ways = Vec::new();
        for (class, mask) in masks.iter().enumerate() {
            for (takes, sources) in [(vec![2, 0, 0], 0b001), (vec![1, 1, 0], 0b011), (vec![0, 0, 2], 0b100)] {
                if mask & sources == sources {
                    ways.push((class, takes));
                }
            }
        }
        let mut all = Enumeration {
            needs: &needs,
            ways: &ways,
            cost: &cost,
            left: capacity.to_vec(),
            funded: vec![0; 2],
            best: vec![0; 2],
            cheapest: f64::INFINITY,
        };
        all.from(0, 0.0);
        let classes: Vec<Class> = needs
            .iter()
            .zip(masks)
            .map(|(need, eligible)| Class {
                need: f64::from(*need),
                eligible: u64::from(eligible),
            })
            .collect();
        let bundle = Bundle {
            source: 1,
            counterpart: 0,
            ratio: 1.0,
        };
        let mut allocation = Allocation::new(&classes, 3);
        allocation.solve(&classes, &capacity.map(f64::from), &cost, &[bundle]);
        let spent: f64 = allocation
            .given
            .iter()
            .enumerate()
            .map(|(at, given)| given * cost[at % 3])
            .sum();
        for (k, best) in all.best.iter().enumerate() {
            assert!(
                (allocation.funded(k) - f64::from(*best)).abs() < 1e-3,
                "needs {needs:?}, who may pay {masks:?}, money {capacity:?}: {:?} in place of {:?}",
                allocation.given,
                all.best
            );
            assert!(allocation.given[3 * k] >= allocation.given[3 * k + 1] - 1e-3);
        }
        assert!(
            (spent - all.cheapest).abs() < 1e-3,
            "needs {needs:?}, who may pay {masks:?}, money {capacity:?}: {:?} costs {spent} in place of {}",
            allocation.given,
            all.cheapest
        );
        cases += 1;
    }
    assert_eq!(cases, 5292);
}

/// A gift that asks the ministry for a counterpart, of US$ 1 000, changes next to nothing of when the donor beside it pays; before, no
/// money of such a plan waited.
#[test]
fn money_waits_beside_a_bundle() {
    let donor = |timing: &str| {
        format!(
            r#"domestic_budget(name: "ministry", share_of_education: 0.02),
            grant(name: "donor", commitment: 60_000_000, release: {{2027: 1.0}}{timing}),"#
        )
    };
    let gift = r#"grant(name: "gift", commitment: 1_000, release: {2027: 1.0}, matching: 1, counterpart: "ministry"),"#;
    let paid = |sources: &str| -> Vec<f64> {
        let run = simulate(paid_by(sources));
        (1..run.model.years)
            .map(|t| run.run.money.of(t, SourceId::listed(1)).spent.0)
            .collect()
    };
    let (alone, at_once) = (paid(&donor("")), paid(&donor(", timing: earliest")));
    let beside = paid(&format!("{}{gift}", donor("")));
    assert!((alone[1] - at_once[1]).abs() > 1e6, "{alone:?} {at_once:?}");
    for (alone, beside) in alone.iter().zip(&beside) {
        assert!((alone - beside).abs() < 5_000.0, "{alone} {beside}");
    }
}
