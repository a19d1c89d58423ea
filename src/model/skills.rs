//! ICT skills of youth and adults (4.2) and who of them takes part in learning (4.3).
//!
//! One activity is followed, "copied or moved a file" (SDG 4.4.1), from its published value. What is kept is how many people can
//! who could not before: learners who practised more than in the base year take it along when they leave school, courses out of
//! school add to it, and a part is forgotten each year. A country without a published value has none of it.

use super::demand::Demand;
use super::sums::{shut, stat};
use super::tables::Model;
use super::year::population;
use crate::scenario::person::Sex;

/// Women first, as in [`Sex::ALL`].
const SEXES: usize = 2;

/// Ages of youth end here.
const GROWN: usize = 25;

/// Youngest of youth.
const YOUNG: usize = 15;

/// Ages as the population counts them.
const fn ages(from: usize, to: usize) -> std::ops::Range<i32> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
    let (from, to) = (from as i32, to as i32);
    from..to
}

/// Whom courses out of school are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Children of school age who are out of school.
    Children,
    /// People of 15 to 24.
    Youth,
    /// People of 25 and older.
    Adults,
}

/// Practice of a grade.
#[derive(Clone, Copy, Debug, Default)]
struct Practice {
    /// Full doses beyond the base year, as a mean over all.
    doses: f64,
    /// Share who practised at all: the same people year after year.
    share: f64,
}

/// People who can copy or move a file and could not without the plan and the years since the base year.
#[derive(Clone, Debug)]
pub(crate) struct Skills {
    /// Practice of who is in a grade, by sex.
    practice: Vec<[Practice; SEXES]>,
    /// Out of school, by age and sex.
    out: [[f64; SEXES]; GROWN],
    /// Of 25 and older.
    grown: [f64; SEXES],
    /// Youth and adults of each year.
    of_year: Vec<[[f64; SEXES]; 2]>,
}

impl Skills {
    /// Nobody yet.
    pub(crate) fn new(model: &Model) -> Self {
        Self {
            practice: vec![[Practice::default(); SEXES]; model.grades],
            out: [[0.0; SEXES]; GROWN],
            grown: [0.0; SEXES],
            of_year: vec![[[0.0; SEXES]; 2]; model.years],
        }
    }

    /// Empties it for the next run.
    pub(crate) fn clear(&mut self) {
        self.practice.fill([Practice::default(); SEXES]);
        self.out = [[0.0; SEXES]; GROWN];
        self.grown = [0.0; SEXES];
        self.of_year.fill([[0.0; SEXES]; 2]);
    }

    /// Whether those of a year are numbers.
    pub(crate) fn are_finite(&self, t: usize) -> bool {
        self.of_year[t].as_flattened().iter().all(|people| people.is_finite())
    }
}

/// Published values of the base year.
#[derive(Clone, Copy)]
struct Base {
    /// Youth and adults.
    all: Option<f64>,
    youth: Option<f64>,
    /// By sex.
    sexes: [Option<f64>; SEXES],
}

impl Base {
    fn of(model: &Model, p: &[f64]) -> Self {
        let slots = &model.slots.country.skills;
        let value = |slot: Option<_>| slot.map(|slot| Model::number(p, slot));
        Self {
            all: value(slots.copy_move),
            youth: value(slots.copy_move_youth),
            sexes: [value(slots.copy_move_women), value(slots.copy_move_men)],
        }
    }

    /// What learners and youth start from: their own value, else that of all.
    fn of_youth(&self) -> Option<f64> {
        self.youth.or(self.all)
    }
}

/// People of 15 to 24.
fn youth(demand: &Demand, t: usize) -> f64 {
    demand.people(t, ages(YOUNG, GROWN))
}

/// People of 25 and older: all but the younger.
fn adults(model: &Model, p: &[f64], demand: &Demand, t: usize) -> f64 {
    (population(model, p, t) - demand.people(t, ages(0, GROWN))).max(0.0)
}

/// People for whom courses are, in a year and at a level: children out of school of its ages, and of youth and adults its part by learners of the
/// base year.
pub(crate) fn people(model: &Model, p: &[f64], demand: &Demand, t: usize, level: usize) -> [f64; 3] {
    let learners: f64 = (0..model.levels.len()).map(|level| demand.learners(0, level)).sum();
    let part = demand.learners(0, level) / learners.max(1e-12);
    [
        demand.children_out_of_school(model, p, t, level).unwrap_or(0.0),
        part * youth(demand, t),
        part * adults(model, p, demand, t),
    ]
}

/// Part of the plan's learners out of school who are of a sex, or of either; none where the plan has no courses for them.
pub(super) fn part_of(model: &Model, p: &[f64], sex: Option<Sex>) -> Option<f64> {
    let women = Model::number(p, model.slots.plan.lifelong.as_ref()?.women);
    Some(match sex {
        None => 1.0,
        Some(Sex::Female) => women,
        Some(Sex::Male) => 1.0 - women,
    })
}

/// What practice makes of those who start from a base: who practises more comes near to the most there can be; where there is less practice than in
/// the base year all fall back in the same way. A dose of one is not a half of two: doses are those of the share who practise.
fn gained(base: f64, most: f64, rate: f64, Practice { doses, share }: Practice) -> f64 {
    if doses >= 0.0 {
        share * (most - base).max(0.0) * (1.0 - libm::exp(-rate * doses / share.max(1e-12)))
    } else {
        base * (libm::exp(rate * doses) - 1.0)
    }
}

/// Fills the skills of a year of a pass, from those of the year before. `over` gives a sum of a year over the groups of a level; after those
/// of [`stat`] those of `shut`.
pub(super) fn advance(
    model: &Model,
    p: &[f64],
    demand: &Demand,
    skills: &mut Skills,
    t: usize,
    over: &dyn Fn(usize, usize, usize) -> f64,
) {
    let base = Base::of(model, p);
    let Some(start) = base.of_youth() else { return };
    let number = |slot| Model::number(p, slot);
    let evidence = &model.slots.evidence.skills;
    let (most, rate, keeps) = (
        number(evidence.most),
        number(evidence.practice),
        1.0 - number(evidence.fade),
    );
    let before = skills.of_year[t - 1];
    let Skills {
        practice,
        out,
        grown,
        of_year,
    } = skills;
    // A year passes: what is learned is forgotten in part, and youth grow up.
    for sex in 0..SEXES {
        grown[sex] = keeps * (grown[sex] + out[GROWN - 1][sex]);
        for age in (1..GROWN).rev() {
            out[age][sex] = keeps * out[age - 1][sex];
        }
        out[0][sex] = 0.0;
    }
    let mut leave = |age: usize, people: [f64; SEXES]| {
        let to = out.get_mut(age).unwrap_or(grown);
        for (to, people) in to.iter_mut().zip(people) {
            *to += people;
        }
    };
    // Who left school since takes along what practice had made.
    for (level, table) in model.levels.iter().enumerate() {
        let girls = demand.girls(t - 1, level) / demand.learners(t - 1, level).max(1e-12);
        for grade in 0..table.grades {
            let gone = demand.gone(model, t, level, grade);
            let can = practice[table.first_grade + grade].map(|practice| gone * gained(start, most, rate, practice));
            leave(
                age_of(model, p, level) + grade + 1,
                [girls * can[0], (1.0 - girls) * can[1]],
            );
        }
    }
    // Who completes a course and could not, can, as far as courses teach it.
    if let Some(plan) = &model.slots.plan.lifelong {
        let (women, taught) = (number(plan.women), number(evidence.taught));
        let parts = [women, 1.0 - women];
        let could = |group: usize, sex: usize| {
            let (base, people) = if group == 0 {
                (start, youth(demand, t - 1))
            } else {
                let all = base.all.unwrap_or(start);
                (base.sexes[sex].unwrap_or(all), adults(model, p, demand, t - 1))
            };
            (base + 2.0 * before[group][sex] / people.max(1e-12)).clamp(0.0, 1.0)
        };
        // More than there are of a sex cannot be taught.
        let all = |audience: Audience| -> f64 {
            let levels = 0..model.levels.len();
            levels
                .map(|level| over(t, stat::LIFELONG_COMPLETED + audience as usize, level))
                .sum()
        };
        let there_are = |audience: Audience, people: f64| -> [f64; SEXES] {
            parts.map(|part| (0.5 * people / (all(audience) * part).max(1e-12)).min(1.0))
        };
        let of_youth = there_are(Audience::Youth, youth(demand, t));
        let of_adults = there_are(Audience::Adults, adults(model, p, demand, t));
        let learn = |group: usize, completed: f64, of: [f64; SEXES]| -> [f64; SEXES] {
            std::array::from_fn(|sex| completed * parts[sex] * of[sex] * taught * (1.0 - could(group, sex)))
        };
        for (level, table) in model.levels.iter().enumerate() {
            let completed = |audience: Audience| over(t, stat::LIFELONG_COMPLETED + audience as usize, level);
            #[allow(clippy::cast_precision_loss)]
            let each = |people: [f64; SEXES], ages: usize| people.map(|people| people / ages as f64);
            let children = each(learn(0, completed(Audience::Children), [1.0; SEXES]), table.grades);
            for grade in 0..table.grades {
                leave(age_of(model, p, level) + grade, children);
            }
            let youth = each(learn(0, completed(Audience::Youth), of_youth), GROWN - YOUNG);
            for age in YOUNG..GROWN {
                leave(age, youth);
            }
            leave(GROWN, learn(1, completed(Audience::Adults), of_adults));
        }
    }
    // Each grade goes on with what the grade below had practised, and this year's practice beyond that of the base year.
    for level in (0..model.levels.len()).rev() {
        let table = &model.levels[level];
        let more = more_practice(model, t, level, over);
        for grade in (table.first_grade..table.first_grade + table.grades).rev() {
            let below = grade
                .checked_sub(1)
                .map_or_else(Default::default, |below| practice[below]);
            practice[grade] = std::array::from_fn(|sex| {
                let (below, more): (Practice, Practice) = (below[sex], more[sex]);
                Practice {
                    doses: below.doses + more.doses,
                    share: below.share.max(more.share),
                }
            });
        }
    }
    // Youth are those out of school and those in the grades of their ages.
    let mut young = [0.0; SEXES];
    for people in &out[YOUNG..] {
        for (sum, people) in young.iter_mut().zip(people) {
            *sum += people;
        }
    }
    for (level, table) in model.levels.iter().enumerate() {
        let girls = demand.girls(t, level) / demand.learners(t, level).max(1e-12);
        for grade in 0..table.grades {
            if age_of(model, p, level) + grade < YOUNG {
                continue;
            }
            let here = demand.in_grade(t, table.first_grade + grade);
            for (sex, part) in [girls, 1.0 - girls].into_iter().enumerate() {
                young[sex] += here * part * gained(start, most, rate, practice[table.first_grade + grade][sex]);
            }
        }
    }
    of_year[t] = [young, *grown];
}

/// Age of entry into a level.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn age_of(model: &Model, p: &[f64], level: usize) -> usize {
    let age = Model::number(p, model.slots.country.levels[model.levels[level].data].entry_age);
    age.round() as usize
}

/// Full doses of practice of a year beyond those of the base year, for a girl and for a boy of a level, and the share of them who practise.
fn more_practice(
    model: &Model,
    t: usize,
    level: usize,
    over: &dyn Fn(usize, usize, usize) -> f64,
) -> [Practice; SEXES] {
    let of_each = |t: usize, rows: [usize; 2]| {
        let [all, girls] = rows.map(|row| over(t, row, level));
        let [learners, of_girls] = [stat::LEARNERS, stat::GIRLS].map(|row| over(t, row, level));
        [
            girls / of_girls.max(1e-12),
            (all - girls) / (learners - of_girls).max(1e-12),
        ]
    };
    let doses = |t| of_each(t, [stat::PRACTICE, stat::PRACTICE_GIRLS]);
    let shares = |t| of_each(t, [stat::PRACTISE, stat::PRACTISE_GIRLS]);
    let ([first, last], today) = ([t - 1, t].map(doses), doses(0));
    let [before, now] = [t - 1, t].map(shares);
    // While schools are closed nobody practises there; a device on loan goes on.
    let open = if model.closures.strike(t) {
        let whole: f64 = [t - 1, t].map(|t| over(t, stat::PRACTICE, level)).iter().sum();
        let lost = over(t - 1, stat::COUNT + shut::PRACTICE_NEXT, level) + over(t, stat::COUNT + shut::PRACTICE, level);
        1.0 - lost / whole.max(1e-12)
    } else {
        1.0
    };
    // Half a year as before, half a year as now.
    std::array::from_fn(|sex| Practice {
        doses: 0.5 * (first[sex] + last[sex]) * open - today[sex],
        share: before[sex].max(now[sex]),
    })
}

/// A run as far as skills are told of it.
pub(super) struct Told<'a> {
    /// Tables.
    pub model: &'a Model,
    /// Parameter vector.
    pub p: &'a [f64],
    /// People.
    pub demand: &'a Demand,
    /// Who can beyond the base value.
    pub skills: &'a Skills,
}

impl Told<'_> {
    /// Share of youth and adults who copied or moved a file; of one sex, which is half of them.
    pub(super) fn copy_move(&self, t: usize, sex: Option<Sex>) -> Option<f64> {
        let Self { model, p, demand, .. } = *self;
        let base = Base::of(model, p);
        let people = youth(demand, t) + adults(model, p, demand, t);
        let [young, grown] = self.skills.of_year[t];
        let beyond = |sex: usize| young[sex] + grown[sex];
        let all = base.all?;
        let (base, people, more) = match sex {
            None => (all, people, beyond(0) + beyond(1)),
            Some(sex) => (base.sexes[sex as usize]?, 0.5 * people, beyond(sex as usize)),
        };
        Some((base + more / people.max(1e-12)).clamp(0.0, 1.0))
    }

    /// Share of youth who did.
    pub(super) fn copy_move_of_youth(&self, t: usize) -> Option<f64> {
        let base = Base::of(self.model, self.p).youth?;
        let [young, _] = self.skills.of_year[t];
        let more: f64 = young.iter().sum();
        Some((base + more / youth(self.demand, t).max(1e-12)).clamp(0.0, 1.0))
    }

    /// Share of youth or adults who take part in education or training: those who did, and of the plan's learners those who did not before.
    pub(super) fn participation(&self, t: usize, audience: Audience, learners: f64) -> Option<f64> {
        let Self { model, p, demand, .. } = *self;
        let slots = &model.slots.country.skills;
        let (base, people) = match audience {
            Audience::Children => return None,
            Audience::Youth => (slots.participation_youth?, youth(demand, t)),
            Audience::Adults => (slots.participation_adults?, adults(model, p, demand, t)),
        };
        let base = Model::number(p, base);
        Some(base + (1.0 - base) * (learners / people.max(1e-12)).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn practice_brings_near_to_the_most() {
        let gained = |base, most, doses, share| gained(base, most, 0.5, Practice { doses, share });
        // 0.6 (1 - exp(-0.5 · 1.2)) = 0.6 · 0.451188.
        assert!((gained(0.3, 0.9, 1.2, 1.0) - 0.270_713).abs() < 1e-6);
        // The same doses by half of them: 0.5 · 0.6 (1 - exp(-0.5 · 2.4)) = 0.3 · 0.698806.
        assert!((gained(0.3, 0.9, 1.2, 0.5) - 0.209_642).abs() < 1e-6);
        // Half of all at full dose for six years.
        assert!((gained(0.0, 1.0, 3.0, 0.5) - 0.475_106).abs() < 1e-6);
        // Less than in the base year: 0.3 (exp(-0.6) - 1), and never below nobody.
        assert!((gained(0.3, 0.9, -1.2, 0.5) + 0.135_356).abs() < 1e-6);
        assert!(gained(0.3, 0.9, -1e3, 1.0) >= -0.3);
        // Who is beyond the most already gains nothing, and where nobody practises nobody does.
        assert!(gained(0.95, 0.9, 3.0, 1.0).abs() < 1e-15);
        assert!(gained(0.3, 0.9, 0.0, 0.0).abs() < 1e-15);
    }
}
