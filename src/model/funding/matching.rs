//! Who pays for what when a source asks for a counterpart (6.2): the same lexicographic programme, solved as such.
//!
//! Matching money and its counterpart go to a class as one bundle: of each unit, `1 / (1 + ratio)` comes from the source
//! and the rest from the counterpart, which may also pay alone. That ties two sources together, so that the answer is no
//! longer a flow; the programme is solved class after class by the simplex method. Slower than the flow by two orders of
//! magnitude, and used only where a plan has such a source.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem, SolveOutcome, Variable};

use super::allocation::Class;

/// A source and the one that must match it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bundle {
    /// Position of the source that asks for a counterpart; it pays nothing alone.
    pub source: usize,
    /// Position of the counterpart.
    pub counterpart: usize,
    /// Counterpart money for each unit of the source.
    pub ratio: f64,
}

impl Bundle {
    /// Whether source and counterpart may both pay a class.
    #[must_use]
    pub fn may_pay(&self, class: &Class) -> bool {
        class.eligible & (1 << self.source) != 0 && class.eligible & (1 << self.counterpart) != 0
    }

    fn parts(&self) -> [(usize, f64); 2] {
        let whole = 1.0 + self.ratio;
        [(self.source, 1.0 / whole), (self.counterpart, self.ratio / whole)]
    }
}

/// One way to pay a class: what one unit takes from each source.
struct Way {
    class: usize,
    variable: Variable,
    parts: [(usize, f64); 2],
}

/// Room that the simplex method may leave below an amount that an earlier class has been given.
const SLACK: f64 = 1e-9;

/// Shares out `capacity` over `classes`, most urgent first, as [`super::allocation::Allocation::solve`] does; `given` is
/// `[class][source]`.
pub fn solve(classes: &[Class], capacity: &[f64], cost: &[f64], bundles: &[Bundle], given: &mut [f64]) {
    let sources = capacity.len();
    given.fill(0.0);
    let unit = classes.iter().map(|class| class.need).fold(0.0, f64::max);
    if unit <= 0.0 {
        return;
    }
    // Classes that follow one another and may be paid by the same sources are one.
    let runs: Vec<&[Class]> = classes.chunk_by(|a, b| a.eligible == b.eligible).collect();
    let needs: Vec<f64> = runs
        .iter()
        .map(|run| run.iter().map(|class| class.need).sum::<f64>() / unit)
        .collect();
    let limits: Vec<f64> = capacity.iter().map(|amount| amount / unit).collect();
    let mut fixed: Vec<f64> = Vec::with_capacity(runs.len());
    let mut merged = vec![0.0; runs.len() * sources];
    // One goal after another: as much as can be for each class, then the cheapest way to all of that.
    for goal in 0..=runs.len() {
        let cheapest = goal == runs.len();
        if !cheapest && needs[goal] <= 0.0 {
            fixed.push(0.0);
            continue;
        }
        let mut problem = Problem::new(if cheapest {
            OptimizationDirection::Minimize
        } else {
            OptimizationDirection::Maximize
        });
        let mut ways = Vec::new();
        for (class, run) in runs.iter().enumerate() {
            let alone = (0..sources)
                .filter(|s| run[0].eligible & (1 << s) != 0 && bundles.iter().all(|bundle| bundle.source != *s))
                .map(|s| [(s, 1.0), (s, 0.0)]);
            let together = bundles
                .iter()
                .filter(|bundle| bundle.may_pay(&run[0]))
                .map(Bundle::parts);
            for parts in alone.chain(together) {
                let weight = if cheapest {
                    parts.iter().map(|(s, part)| cost[*s] * part).sum()
                } else {
                    f64::from(u8::from(class == goal))
                };
                ways.push(Way {
                    class,
                    variable: problem.add_var(weight, (0.0, f64::INFINITY)),
                    parts,
                });
            }
        }
        for (class, need) in needs.iter().enumerate() {
            let total = || -> LinearExpr {
                ways.iter()
                    .filter(|way| way.class == class)
                    .map(|way| (way.variable, 1.0))
                    .collect()
            };
            problem.add_constraint(total(), ComparisonOp::Le, *need);
            if let Some(amount) = fixed.get(class) {
                problem.add_constraint(total(), ComparisonOp::Ge, (amount - SLACK).max(0.0));
            }
        }
        for (s, limit) in limits.iter().enumerate() {
            let taken: LinearExpr = ways
                .iter()
                .flat_map(|way| way.parts.iter().map(|part| (way.variable, *part)))
                .filter(|(_, (of, part))| *of == s && *part > 0.0)
                .map(|(variable, (_, part))| (variable, part))
                .collect();
            problem.add_constraint(taken, ComparisonOp::Le, *limit);
        }
        // Nothing given is always a solution and needs are limits, so one is found; were it not, the last one stands.
        let Ok(SolveOutcome::Solution(solution)) = problem.solve() else {
            break;
        };
        merged.fill(0.0);
        for way in &ways {
            let amount = solution[way.variable].max(0.0);
            for (s, part) in way.parts {
                merged[way.class * sources + s] += amount * part;
            }
        }
        if !cheapest {
            fixed.push(solution.objective());
        }
    }
    share_out(&runs, &merged, unit, capacity, given);
}

/// Gives each class of a run its part, in order, every source in the same proportion; never more than a source has.
fn share_out(runs: &[&[Class]], merged: &[f64], unit: f64, capacity: &[f64], given: &mut [f64]) {
    let sources = capacity.len();
    let mut class = 0;
    for (run, amounts) in runs.iter().zip(merged.chunks_exact(sources)) {
        let total: f64 = amounts.iter().sum::<f64>() * unit;
        let mut left = total;
        for Class { need, .. } in *run {
            let here = need.min(left);
            left -= here;
            if total > 0.0 {
                for (s, amount) in amounts.iter().enumerate() {
                    given[class * sources + s] = amount * unit * here / total;
                }
            }
            class += 1;
        }
    }
    for (s, available) in capacity.iter().enumerate() {
        let taken: f64 = given.iter().skip(s).step_by(sources).sum();
        if taken > *available {
            for amount in given.iter_mut().skip(s).step_by(sources) {
                *amount *= available / taken;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counterpart_is_kept_for_the_bundle_when_that_funds_more() {
        // A donor (1) gives 100, one for each 0.5 of the ministry (0), which has 60. Both may pay class 1 (need 90) and
        // class 2 (need 100). By hand: in bundles 60 of the donor and 30 of the ministry pay class 1; the other 30 of the
        // ministry and 40 of the donor are left, of which 40 and 20 make a bundle of 60 for class 2, and 10 are paid alone.
        let classes = [
            Class {
                need: 90.0,
                eligible: 0b11,
            },
            Class {
                need: 100.0,
                eligible: 0b11,
            },
        ];
        let bundle = Bundle {
            source: 1,
            counterpart: 0,
            ratio: 0.5,
        };
        let mut given = [0.0; 4];
        solve(&classes, &[60.0, 100.0], &[1.0, 0.0], &[bundle], &mut given);
        let funded = [given[0] + given[1], given[2] + given[3]];
        assert!(
            (funded[0] - 90.0).abs() < 1e-6 && (funded[1] - 70.0).abs() < 1e-6,
            "{given:?}"
        );
        assert!((given[0] + given[2] - 60.0).abs() < 1e-6 && (given[1] + given[3] - 100.0).abs() < 1e-6);
    }

    #[test]
    fn a_more_urgent_class_takes_the_counterpart_alone() {
        // The donor may pay class 2 only; class 1 needs all of the ministry's 50, so nothing is left to match.
        let classes = [
            Class {
                need: 50.0,
                eligible: 0b01,
            },
            Class {
                need: 80.0,
                eligible: 0b11,
            },
        ];
        let bundle = Bundle {
            source: 1,
            counterpart: 0,
            ratio: 1.0,
        };
        let mut given = [0.0; 4];
        solve(&classes, &[50.0, 80.0], &[1.0, 0.0], &[bundle], &mut given);
        assert!(
            (given[0] - 50.0).abs() < 1e-6 && given[2] + given[3] < 1e-6,
            "{given:?}"
        );
    }
}
