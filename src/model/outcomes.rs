//! Learning (4.1): a gain that grows from grade to grade, fades, and needs everything together.
//!
//! `θ_j(t) = (1 - fade) θ_{j-1}(t-1) + Σ_m gain_m · fidelity_m · (w_m(t) A_m(t) - w_m(b) A_m(b))`, where `A_m(t)` is counted
//! in the part of the school year in which schools are open or learners go on at home

use statrs::distribution::{ContinuousCDF, Normal};

use super::demand::Demand;
use super::funding::source::Outcome;
use super::pass::Pass;
use super::schooling::ModeInUse;
use super::sums::{OfPersons, at_home, shut, stat};
use super::tables::Model;
use super::year::LEVELS;
use crate::scenario::evidence::Needs;
use crate::scenario::person::Person;

/// The access of some learners at the end of a year.
trait Learners {
    /// Their dose in a mode that needs this: year, level.
    fn dose(&self, t: usize, level: usize, needs: Needs) -> f64;
    /// What closures take of it, of this year or of the year after.
    fn closed(&self, t: usize, level: usize, needs: Needs, next: bool) -> f64;
}

/// All learners, by a sum of a year over the groups of a level: year, row, level. After the rows of [`stat`] those of `shut`.
struct All<'a>(&'a dyn Fn(usize, usize, usize) -> f64);

impl All<'_> {
    fn share(&self, t: usize, level: usize, row: usize) -> f64 {
        self.0(t, row, level) / self.0(t, stat::LEARNERS, level).max(1e-12)
    }
}

impl Learners for All<'_> {
    fn dose(&self, t: usize, level: usize, needs: Needs) -> f64 {
        let row = match needs {
            Needs::Online => stat::DOSE,
            Needs::Offline => stat::DOSE_OFFLINE,
            Needs::Platform => stat::DOSE_PLATFORM,
        };
        self.share(t, level, row)
    }

    fn closed(&self, t: usize, level: usize, needs: Needs, next: bool) -> f64 {
        let row = if next { shut::DOSES_NEXT } else { shut::DOSES };
        self.share(t, level, stat::COUNT + row + needs as usize)
    }
}

/// Learners of a margin; of their dose closures take the part of the year in which they are out of school and cannot go on.
struct Margin<'a> {
    pass: &'a Pass,
    person: Person,
}

impl Margin<'_> {
    fn of(&self, t: usize, level: usize, which: OfPersons) -> f64 {
        let of_level = |bin| self.pass.level(bin) == level;
        self.pass.persons(t, self.person, which, &of_level)
    }

    fn learners(&self, t: usize, level: usize) -> f64 {
        self.of(t, level, OfPersons::Learners)
    }
}

impl Learners for Margin<'_> {
    fn dose(&self, t: usize, level: usize, needs: Needs) -> f64 {
        let which = match needs {
            Needs::Online => OfPersons::Dose,
            Needs::Offline => OfPersons::DoseOffline,
            Needs::Platform => OfPersons::DosePlatform,
        };
        self.of(t, level, which) / self.learners(t, level).max(1e-12)
    }

    fn closed(&self, t: usize, level: usize, needs: Needs, next: bool) -> f64 {
        let row = at_home::stopped(self.person, next);
        let bins = self.pass.bins().filter(|bin| self.pass.level(*bin) == level);
        let stopped: f64 = bins.map(|bin| self.pass.sums.at_home.get(t, row, bin)).sum();
        self.dose(t, level, needs) * stopped / self.learners(t, level).max(1e-12)
    }
}

/// Fills the learning gains of a year of a pass, from those of the year before. `over` gives a sum of a year over the groups of a
/// level; after those of [`stat`] those of `shut`.
pub fn learn(
    model: &Model,
    p: &[f64],
    pass: &mut Pass,
    (t, twin): (usize, bool),
    over: &dyn Fn(usize, usize, usize) -> f64,
) {
    let added = added(model, p, (over, t, twin), &All(over));
    let grades = pass.grades;
    let (before, now) = pass.theta.split_at_mut(t * grades);
    let now = &mut now[..grades];
    pass.theta_capped |= grow(model, p, &before[(t - 1) * grades..], &added, now);
}

/// What a year adds to learning in each level: `Σ_m gain_m · fidelity_m · (w_m(t) A_m(t) - w_m(b) A_m(b))`.
fn added(
    model: &Model,
    p: &[f64],
    (paid_for, t, twin): (&dyn Fn(usize, usize, usize) -> f64, usize, bool),
    who: &impl Learners,
) -> [f64; LEVELS] {
    let number = |slot| Model::number(p, slot);
    let mut added = [0.0; LEVELS];
    for in_use in ModeInUse::all(model) {
        let mode = in_use.mode;
        // Without the plan learners go on as in the base year.
        let (base, share) = (in_use.base(p), in_use.share(p, t, !twin && t >= model.plan_from));
        let gain = number(mode.gain) * number(mode.fidelity);
        let rows = in_use.learners();
        for (level, added) in added.iter_mut().enumerate().take(model.levels.len()) {
            // Half a year paid, half a year taught.
            let dose = |t: usize| who.dose(t, level, mode.needs);
            let access = |t: usize| 0.5 * (dose(t.saturating_sub(1)) + dose(t));
            // While schools are closed only those learn who go on at home.
            let lost = if model.closures.strike(t) {
                0.5 * (who.closed(t - 1, level, mode.needs, true) + who.closed(t, level, mode.needs, false))
            } else {
                0.0
            };
            // Whoever is not paid for does not work in it.
            let [all, paid] = rows.map(|row| paid_for(t, row, level));
            let paid = if all > 0.0 { paid / all } else { 1.0 };
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

/// Learning of the learners of a margin by grade in a year, standard deviations: as that of all, with their own doses; the margins of a
/// kind are brought to the mean of all, each by the same factor.
#[must_use]
pub(crate) fn learned_by(
    model: &Model,
    p: &[f64],
    (pass, twin): (&Pass, bool),
    person: Person,
    until: usize,
) -> Vec<f64> {
    let over = |t, row, level| pass.over(t, row, &|bin| pass.level(bin) == level);
    let margins = Person::ALL
        .into_iter()
        .filter(|other| other.dimension() == person.dimension())
        .map(|person| Margin { pass, person });
    let theta = |margin: &Margin<'_>| {
        let mut theta = vec![0.0; model.grades];
        for t in 1..=until {
            let before = theta.clone();
            let added = added(model, p, (&over, t, twin), margin);
            grow(model, p, &before, &added, &mut theta);
        }
        theta
    };
    let all: Vec<(Margin<'_>, Vec<f64>)> = margins
        .map(|margin| {
            let theta = theta(&margin);
            (margin, theta)
        })
        .collect();
    let own = all.iter().find(|(margin, _)| margin.person == person);
    let mut learned = own.map_or(Vec::new(), |(_, theta)| theta.clone());
    for (level, table) in model.levels.iter().enumerate() {
        let learners: f64 = all.iter().map(|(margin, _)| margin.learners(until, level)).sum();
        for grade in table.first_grade..table.first_grade + table.grades {
            let part = |(margin, theta): &(Margin<'_>, Vec<f64>)| margin.learners(until, level) * theta[grade];
            let mean = all.iter().map(part).sum::<f64>() / learners.max(1e-12);
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
