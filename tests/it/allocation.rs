//! The allocation of money against the lexicographic linear programme that it claims to solve.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};
use proptest::prelude::*;
use rollcall::model::funding::allocation::{Allocation, Class};
use rollcall::model::funding::matching::Bundle;

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
        let classes: Vec<Class> = needs.iter().map(|(need, bits)| Class { need: *need, eligible: bits & ((1 << count) - 1) }).collect();
        let capacity: Vec<f64> = sources.iter().map(|(amount, _)| *amount).collect();
        let cost: Vec<f64> = sources.iter().map(|(_, cost)| *cost).collect();
        let mut allocation = Allocation::new(classes.len(), count);
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
        let classes: Vec<Class> = needs.iter().map(|(need, bits)| Class { need: *need, eligible: bits & ((1 << count) - 1) }).collect();
        let capacity: Vec<f64> = sources.iter().map(|(amount, _)| *amount).collect();
        let cost: Vec<f64> = sources.iter().map(|(_, cost)| *cost).collect();
        let mut bundles = vec![Bundle { source: 1, counterpart: 0, ratio }];
        if let Some(ratio) = second.filter(|_| count > 2) {
            bundles.push(Bundle { source: 2, counterpart: 0, ratio });
        }
        let mut allocation = Allocation::new(classes.len(), count);
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
