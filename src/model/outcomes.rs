//! Learning (4.1): a gain that grows from grade to grade, fades, and needs everything together.
//!
//! `θ_j(t) = (1 - fade) θ_{j-1}(t-1) + Σ_m gain_m · fidelity_m · (w_m(t) A_m(t) - w_m(b) A_m(b))`, where `A_m(t)` is counted
//! in the part of the school year in which schools are open or learners go on at home

use statrs::distribution::{ContinuousCDF, Normal};

use super::demand::Demand;
use super::funding::source::Outcome;
use super::pass::Pass;
use super::schooling::ModeInUse;
use super::sums::{OfPersons, shut, stat};
use super::tables::Model;
use super::year::LEVELS;
use crate::scenario::evidence::Needs;
use crate::scenario::person::Person;

/// A sum of a year over the groups of a level: year, row, level. After the rows of [`stat`] those of `shut`.
type Over<'a> = &'a dyn Fn(usize, usize, usize) -> f64;

/// How much of the access of all learners some of them have: year, level.
type Part<'a> = &'a dyn Fn(usize, usize) -> f64;

/// Fills the learning gains of a year of a pass, from those of the year before.
pub fn learn(model: &Model, p: &[f64], pass: &mut Pass, (t, twin): (usize, bool), over: Over<'_>) {
    let added = added(model, p, (t, twin), over, &|_, _| 1.0);
    let grades = pass.grades;
    let (before, now) = pass.theta.split_at_mut(t * grades);
    let now = &mut now[..grades];
    pass.theta_capped |= grow(model, p, &before[(t - 1) * grades..], &added, now);
}

/// What a year adds to learning in each level: `Σ_m gain_m · fidelity_m · (w_m(t) A_m(t) - w_m(b) A_m(b))`.
fn added(model: &Model, p: &[f64], (t, twin): (usize, bool), over: Over<'_>, part: Part<'_>) -> [f64; LEVELS] {
    let number = |slot| Model::number(p, slot);
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
            let of =
                |t: usize, row: usize| part(t, level) * over(t, row, level) / over(t, stat::LEARNERS, level).max(1e-12);
            // Half a year paid, half a year taught.
            let access = |t: usize| 0.5 * (of(t.saturating_sub(1), which) + of(t, which));
            // While schools are closed only those learn who go on at home.
            let lost = if model.closures.strike(t) {
                let of = |t: usize, row: usize| of(t, stat::COUNT + row + mode.needs as usize);
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
    added
}

/// The learning of all grades in a year, from that of the year before; whether the ceiling binds anywhere.
fn grow(model: &Model, p: &[f64], before: &[f64], added: &[f64; LEVELS], now: &mut [f64]) -> bool {
    let number = |slot| Model::number(p, slot);
    let evidence = &model.slots.evidence;
    let (fade, ceiling) = (number(evidence.fade), number(evidence.ceiling));
    let mut capped = false;
    for (level, added) in model.levels.iter().zip(added) {
        for grade in level.first_grade..level.first_grade + level.grades {
            let before = if grade == 0 { 0.0 } else { before[grade - 1] };
            let theta = (1.0 - fade) * before + added;
            capped |= theta.abs() > ceiling;
            now[grade] = theta.clamp(-ceiling, ceiling);
        }
    }
    capped
}

/// Learning of the learners of a margin by grade in a year, standard deviations: as that of all, with the part of access that
/// they have of it (by their dose); the margins of a kind are brought to the mean of all, each by the same factor.
#[must_use]
pub(crate) fn learned_by(
    model: &Model,
    p: &[f64],
    (pass, twin): (&Pass, bool),
    person: Person,
    until: usize,
    over: Over<'_>,
) -> Vec<f64> {
    let others: Vec<Person> = Person::ALL
        .into_iter()
        .filter(|other| other.dimension() == person.dimension())
        .collect();
    let sum = |who: &[Person], t: usize, which, level: usize| -> f64 {
        let of = |person: &Person| pass.persons(t, *person, which, &|bin| pass.level(bin) == level);
        who.iter().map(of).sum()
    };
    let theta = |person: Person| {
        let dose = |who: &[Person], t, level| {
            sum(who, t, OfPersons::Dose, level) / sum(who, t, OfPersons::Learners, level).max(1e-12)
        };
        let part = |t: usize, level: usize| {
            let all = dose(&others, t, level);
            if all > 0.0 {
                dose(&[person], t, level) / all
            } else {
                1.0
            }
        };
        let mut theta = vec![0.0; model.grades];
        for t in 1..=until {
            let (added, before) = (added(model, p, (t, twin), over, &part), theta.clone());
            grow(model, p, &before, &added, &mut theta);
        }
        theta
    };
    let all: Vec<Vec<f64>> = others.iter().map(|other| theta(*other)).collect();
    let own = others.iter().position(|other| *other == person).unwrap_or(0);
    let mut learned = all[own].clone();
    for (level, table) in model.levels.iter().enumerate() {
        let learners = sum(&others, until, OfPersons::Learners, level).max(1e-12);
        for grade in table.first_grade..table.first_grade + table.grades {
            let each = others.iter().zip(&all);
            let mean: f64 = each
                .map(|(other, theta)| sum(&[*other], until, OfPersons::Learners, level) / learners * theta[grade])
                .sum();
            if mean != 0.0 {
                learned[grade] *= pass.theta(until, grade) / mean;
            }
        }
    }
    learned
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
