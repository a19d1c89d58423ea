//! Teachers' ICT competence (1.4): four states, attrition, decay, hires and training that moves teachers up.
//!
//! Shares of a group's teachers: `x(t) = stay · D x(t-1) + hired · h + flows`, with D moving δ one state down. The
//! enrolled are paid for, enrolled x completion move, and no more can move than stand in the state below.

use std::ops::Range;

use nalgebra::Vector4;

use super::power::default_of;
use crate::model::component::{
    ComponentModel, Funded, Now, Prices, TRAINING_AGAIN, TRAINING_FOLLOW_UP, TRAINING_NEW, TRAINING_NEW_FOLLOW_UP, Year,
};
use crate::model::lanes::{Lanes, ONE, ZERO, all, divide_or, max, min};
use crate::model::sums::Sums;
use crate::model::tables::{Model, target};
use crate::model::terms::LEVELS;
use crate::model::workspace::State;
use crate::scenario::plan::TrainingPlan;
use crate::scenario::prices::TrainingMode;
use crate::scenario::registry::Section;
use crate::scenario::{Component, Need};

/// Position of ready teachers among the stocks.
const STOCK: usize = 3;

/// Training.
pub struct Training;

/// Teachers of four groups by competence: none, acquisition, deepening, creation.
pub type Competences = Vector4<Lanes>;

/// Prices and pace of training in one year.
#[derive(Clone, Debug)]
pub struct Terms {
    day: f64,
    follow_up: f64,
    /// Days of a course.
    days: f64,
    /// Cost of a course for one teacher.
    course: f64,
    completion: f64,
    decay: f64,
    /// What follow-up takes off decay.
    relief: f64,
    /// Newly hired as a share of teachers, by level.
    hired: [f64; LEVELS],
    /// Teachers of last year over those of this year, by level.
    shrink: [f64; LEVELS],
}

impl Terms {
    /// Terms of a year.
    #[must_use]
    pub fn of(year: &Year<'_>) -> Self {
        let Year {
            t, p, model, demand, ..
        } = *year;
        let number = |slot| Model::number(p, slot);
        let plan = model.slots.plan.training.as_ref().filter(|_| year.acts());
        let modes = &model.slots.prices.training;
        let (mut day, mut completion) = (0.0, 0.0);
        if let Some(plan) = plan.filter(|plan| !plan.modes.is_empty()) {
            for part in &plan.modes {
                let prices = &modes[part.mode as usize];
                day += number(part.share) * number(prices.day);
                completion += number(part.share) * number(prices.completion);
            }
        } else {
            let workshop = &modes[TrainingMode::Workshop as usize];
            day = number(workshop.day);
            completion = number(workshop.completion);
        }
        let teachers = &model.slots.prices.teachers;
        let (mut hired, mut shrink) = ([0.0; LEVELS], [1.0; LEVELS]);
        for level in 0..model.levels.len() {
            let now = demand.teachers(t, level);
            hired[level] = demand.hires(t, level) / now;
            shrink[level] = demand.teachers(t.saturating_sub(1), level) / now;
        }
        let days = plan.map_or_else(|| default_of(TrainingPlan::FIELDS, "days"), |plan| number(plan.days));
        Self {
            day,
            follow_up: number(teachers.follow_up),
            days,
            course: days * day,
            completion: completion.max(1e-6),
            decay: number(teachers.decay),
            relief: number(teachers.decay) - number(teachers.decay_followed),
            hired,
            shrink,
        }
    }
}

/// Share of teachers at or above a state.
#[inline(always)]
#[must_use]
pub fn at_least(x: &Competences, state: usize) -> Lanes {
    let mut share = x[3];
    for below in (state..3).rev() {
        share += x[below];
    }
    share
}

/// A share δ of each state moves one state down: `D x`.
#[inline(always)]
#[must_use]
pub fn decay(x: &Competences, delta: Lanes) -> Competences {
    let down = x * delta;
    x + Vector4::new(down[1], down[2] - down[1], down[3] - down[2], ZERO - down[3])
}

/// Base year: the stated mix of each level.
pub fn open(model: &Model, p: &[f64], state: &mut State, block: &Range<usize>) {
    for (four, s) in state.each(block) {
        let data = &model.slots.country.levels[model.levels[model.level_of_four(four)].data];
        let none = Model::number(p, data.competence_none);
        let acquisition = Model::number(p, data.competence_acquisition);
        let deepening = Model::number(p, data.competence_deepening);
        let creation = (1.0 - none - acquisition - deepening).max(0.0);
        s.competence = Vector4::new(none, acquisition, deepening, creation).map(all);
    }
}

/// After attrition, decay and hiring, before training.
#[inline(always)]
fn before_training(x: &Competences, terms: &Terms, level: usize, followed: Lanes, arrive: Lanes) -> Competences {
    let hired = terms.hired[level];
    let stay = decay(x, terms.decay - terms.relief * followed) * all(1.0 - hired);
    stay + Vector4::new(hired * (ONE - arrive), hired * arrive, ZERO, ZERO)
}

/// Training that lifts the ready share by `gap`: share of teachers enrolled, from the highest state below ready on.
#[inline(always)]
fn enrol(x: &Competences, ready_state: usize, gap: Lanes, completion: f64) -> Lanes {
    let (mut enrolled, mut gap) = (ZERO, gap);
    let per_completion = 1.0 / completion;
    for from in (0..ready_state).rev() {
        let share = min(max(gap * per_completion, ZERO), max(x[from], ZERO));
        enrolled += share;
        gap -= share * completion;
    }
    enrolled
}

impl ComponentModel for Training {
    fn prices(&self, terms: &crate::model::terms::Terms, prices: &mut Prices<'_>) {
        let terms = &terms.training;
        for line in [TRAINING_AGAIN, TRAINING_NEW] {
            prices.set(line, terms.day);
        }
        for line in [TRAINING_FOLLOW_UP, TRAINING_NEW_FOLLOW_UP] {
            prices.set(line, terms.follow_up);
        }
    }

    #[inline(always)]
    fn needs(&self, now: &Now<'_>, state: &mut State, out: &mut Sums, block: Range<usize>) {
        let Year { t, p, model, .. } = now.year;
        let terms = &now.terms.training;
        let acts = now.year.acts();
        let levers = &model.levers;
        let [ready, follow_up, preservice] =
            [&levers.ready, &levers.follow_up, &levers.preservice].map(|lever| lever.as_ref().filter(|_| acts));
        let (mut lines, mut amounts) = out.component::<4>(t, Component::Training, TRAINING_FOLLOW_UP);
        for at in block {
            let four = state.first + at;
            let s = &mut state.fours[at];
            let opening = at_least(&s.competence, model.ready_state);
            let wanted = target(ready, p, four, t, opening);
            s.follow_up = target(follow_up, p, four, t, ZERO);
            s.arrive_ready = target(preservice, p, four, t, ZERO);
            let x = before_training(
                &s.competence,
                terms,
                model.level_of_four(four),
                s.follow_up,
                s.arrive_ready,
            );
            let before = at_least(&x, model.ready_state);
            let gap = max(wanted - before, ZERO);
            let total = enrol(&x, model.ready_state, gap, terms.completion);
            // Training that only brings the ready share back to where it opened is renewal.
            let back = divide_or(max(opening - before, ZERO), gap, ONE);
            let again = total * min(back, ONE);
            let new = total - again;
            s.training_plan = [again, new];
            // Those ready at the start of the year are followed up; the newly trained for half a year.
            let follow = s.teachers * opening * s.follow_up;
            let new_follow = 0.5 * s.teachers * (wanted - opening) * s.follow_up;
            let (again, new) = (again * s.teachers, new * s.teachers);
            lines.bin(now.bins[four]);
            lines.add_all([follow, again * terms.days, new * terms.days, new_follow]);
            let needed = [
                follow * terms.follow_up,
                again * terms.course,
                new * terms.course + new_follow * terms.follow_up,
            ];
            amounts.bin(now.bins[four]);
            amounts.add_all(needed);
            state.keep(at, Component::Training, needed);
        }
    }

    #[inline(always)]
    fn apply(&self, now: &Now<'_>, state: &mut State, funded: &Funded, out: &mut Sums, block: Range<usize>) {
        let Year { t, model, .. } = now.year;
        let terms = &now.terms.training;
        let upkeep = funded.of(Component::Training, Need::Upkeep);
        let renewal = funded.of(Component::Training, Need::Renewal);
        let expansion = funded.of(Component::Training, Need::Expansion);
        let ready_state = model.ready_state;
        let mut flow = out.flow(t, STOCK);
        for at in block {
            let four = state.first + at;
            let s = &mut state.fours[at];
            let level = model.level_of_four(four);
            let followed = s.follow_up * upkeep.at(four);
            let opening = at_least(&s.competence, ready_state);
            let mut x = before_training(&s.competence, terms, level, followed, s.arrive_ready);
            let untrained = at_least(&x, ready_state);
            let mut places = renewal.at(four) * s.training_plan[0] + expansion.at(four) * s.training_plan[1];
            for from in (0..ready_state).rev() {
                let share = min(places, max(x[from], ZERO));
                let moved = share * terms.completion;
                x[from] -= moved;
                x[from + 1] += moved;
                places -= share;
            }
            s.competence = x;
            // In: training and hires who arrive ready, at acquisition; out: decay and attrition. The opening stock is last
            // year's.
            let ready = at_least(&x, ready_state) * s.teachers;
            let last_year = opening * terms.shrink[level] * s.teachers;
            let arrived = if ready_state > 1 {
                ZERO
            } else {
                s.arrive_ready * terms.hired[level]
            };
            let into = max(ready - (untrained - arrived) * s.teachers, ZERO);
            flow.bin(now.bins[four]);
            flow.add_all([into, last_year + into - ready]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lanes::first;

    #[test]
    fn half_of_a_campaign_is_gone_after_two_years_and_a_bit() {
        // Evidence D: attrition 9 % and decay 20 %: half-life ln 2 / -ln(0.91 · 0.80) = 2.18 years.
        let mut x = Vector4::new(0.0, 1.0, 0.0, 0.0).map(all);
        for _ in 0..2 {
            x = decay(&x, all(0.2)) * all(0.91) + Vector4::new(0.09, 0.0, 0.0, 0.0).map(all);
        }
        assert!((first(at_least(&x, 1)) - 0.728f64.powi(2)).abs() < 1e-12);
        assert!((first(at_least(&x, 0)) - 1.0).abs() < 1e-12);
        assert!((2f64.ln() / -(0.91f64 * 0.80).ln() - 2.18).abs() < 0.01);
    }

    #[test]
    fn nobody_moves_who_is_not_there() {
        let x = Vector4::new(0.3, 0.1, 0.6, 0.0).map(all);
        // Ready from deepening: 0.1 stand one step below, 0.3 two; a gap of 0.2 takes 0.1 of each, 0.5 takes all there are.
        let enrolled = |gap: f64| first(enrol(&x, 2, all(gap), 1.0));
        assert!((enrolled(0.05) - 0.05).abs() < 1e-12);
        assert!((enrolled(0.2) - 0.2).abs() < 1e-12);
        assert!((enrolled(0.5) - 0.4).abs() < 1e-12);
    }
}
