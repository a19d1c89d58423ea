//! Learning (4.1): a gain that grows from grade to grade, fades, and needs everything together.
//!
//! `θ_j(t) = (1 - fade) θ_{j-1}(t-1) + Σ_m gain_m · fidelity_m · (w_m(t) A_m(t) - w_m(b) A_m(b))`, where `A_m(t)` is counted
//! in the part of the school year in which schools are open or learners go on at home

use statrs::distribution::{ContinuousCDF, Normal};

use super::demand::Demand;
use super::funding::source::Outcome;
use super::pass::Pass;
use super::schooling::ModeInUse;
use super::sums::{shut, stat};
use super::tables::Model;
use super::year::LEVELS;
use crate::scenario::evidence::Needs;

/// Fills the learning gains of a year of a pass, from those of the year before. `over` gives a sum of a year over the
/// groups of a level; after those of [`stat`] those of `shut`.
pub fn learn(
    model: &Model,
    p: &[f64],
    pass: &mut Pass,
    (t, twin): (usize, bool),
    over: &dyn Fn(usize, usize, usize) -> f64,
) {
    let number = |slot| Model::number(p, slot);
    let evidence = &model.slots.evidence;
    let (fade, ceiling) = (number(evidence.fade), number(evidence.ceiling));
    let mut added = [0.0; LEVELS];
    for in_use in ModeInUse::all(model) {
        let mode = in_use.mode;
        let which = match mode.needs {
            Needs::Online => stat::DOSE,
            Needs::Offline => stat::DOSE_OFFLINE,
            Needs::Platform => stat::DOSE_PLATFORM,
        };
        // Without the plan learners go on as in the base year.
        let (base, share) = (in_use.base(p), in_use.share(p, t, !twin && t >= model.plan_from));
        let gain = number(mode.gain) * number(mode.fidelity);
        let [planned, paid] = in_use.learners();
        for (level, added) in added.iter_mut().enumerate().take(model.levels.len()) {
            let at_end = |t: usize| over(t, which, level) / over(t, stat::LEARNERS, level).max(1e-12);
            // Half a year paid, half a year taught.
            let access = |t: usize| 0.5 * (at_end(t.saturating_sub(1)) + at_end(t));
            // While schools are closed only those learn who go on at home.
            let lost = if model.closures.strike(t) {
                let of = |t: usize, row: usize| {
                    over(t, stat::COUNT + row + mode.needs as usize, level) / over(t, stat::LEARNERS, level).max(1e-12)
                };
                0.5 * (of(t - 1, shut::DOSES_NEXT) + of(t, shut::DOSES))
            } else {
                0.0
            };
            // Whoever is not paid for does not work in it.
            let all = over(t, planned, level);
            let paid = if all > 0.0 { over(t, paid, level) / all } else { 1.0 };
            *added += gain * (paid * share * (access(t) - lost) - base * access(0));
        }
    }
    for (level, added) in model.levels.iter().zip(added) {
        for grade in level.first_grade..level.first_grade + level.grades {
            let before = if grade == 0 {
                0.0
            } else {
                pass.theta[(t - 1) * pass.grades + grade - 1]
            };
            let theta = (1.0 - fade) * before + added;
            if theta.abs() > ceiling {
                pass.theta_capped = true;
            }
            pass.theta[t * pass.grades + grade] = theta.clamp(-ceiling, ceiling);
        }
    }
}

/// What has come of a pass in a year, as a source of money may ask.
#[must_use]
pub fn outcome(demand: &Demand, pass: &Pass, t: usize, over: &dyn Fn(usize, usize, usize) -> f64) -> Outcome {
    let whole = |which| (0..pass.levels).map(|level| over(t, which, level)).sum::<f64>();
    let (mut gained, mut learners) = (0.0, 0.0);
    for grade in 0..pass.grades {
        let here = demand.in_grade(t, grade);
        gained += here * pass.theta(t, grade);
        learners += here;
    }
    Outcome {
        learners,
        reached: whole(stat::REACHED),
        learning: gained / learners.max(1e-12),
        online: whole(stat::LINKED),
    }
}

/// Share at or above minimum proficiency after a gain: `Φ(Φ⁻¹(p) + θ)`.
#[must_use]
pub fn proficiency(base: f64, theta: f64) -> f64 {
    if theta == 0.0 {
        return base;
    }
    let normal = Normal::standard();
    normal.cdf(normal.inverse_cdf(base.clamp(1e-9, 1.0 - 1e-9)) + theta)
}

/// Learning-adjusted years gained by those who leave school between a year and the one before, from any grade, and how many
/// they are: each takes along the gain of the grade that was left, over the learning of a school year in a high-performing
/// system.
#[must_use]
pub(crate) fn taken_along(model: &Model, p: &[f64], demand: &Demand, pass: &Pass, t: usize) -> (f64, f64) {
    let year = Model::number(p, model.slots.evidence.benchmark_year);
    let (mut gained, mut leaving) = (0.0, 0.0);
    for (index, level) in model.levels.iter().enumerate() {
        for grade in 0..level.grades {
            let gone = demand.gone(model, t, index, grade);
            gained += gone * pass.theta(t - 1, level.first_grade + grade) / year;
            leaving += gone;
        }
    }
    (gained, leaving)
}

/// Learning-adjusted years that those enrolled in a year have gained so far.
#[must_use]
pub(crate) fn held_by_enrolled(model: &Model, p: &[f64], demand: &Demand, pass: &Pass, t: usize) -> f64 {
    let year = Model::number(p, model.slots.evidence.benchmark_year);
    let gained = |grade: usize| demand.in_grade(t, grade) * pass.theta(t, grade) / year;
    (0..model.grades).map(gained).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_tenths_of_a_deviation_lift_senegal_from_27_to_39() {
        // Model 10: Senegal mathematics 27.2 % with θ = 0.3. Φ⁻¹(0.272) = -0.6068; Φ(-0.3068) = 0.3795.
        assert!((proficiency(0.272, 0.3) - 0.3795).abs() < 5e-4);
        assert!((proficiency(0.4, 0.0) - 0.4).abs() < 1e-15);
    }
}
