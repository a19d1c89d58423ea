//! Teachers' ICT competence (1.4): four states, attrition, decay, hires and training that moves teachers up.
//!
//! Shares of a group's teachers: `x(t) = stay · D x(t-1) + hired · h + flows`, with D moving δ one state down. The
//! enrolled are paid for, enrolled x completion move, and no more can move than stand in the state below.

use std::ops::Range;

use nalgebra::{Matrix4, Vector4};

use super::power::default_of;
use crate::model::component::{
    ComponentModel, Funded, Sheet, TRAINING_AGAIN, TRAINING_FOLLOW_UP, TRAINING_NEW, TRAINING_NEW_FOLLOW_UP, Year,
};
use crate::model::tables::Model;
use crate::model::workspace::{GroupState, State};
use crate::scenario::plan::{TrainingMode, TrainingPlan};
use crate::scenario::registry::Section;
use crate::scenario::{Component, Need};

/// Position of ready teachers among the stocks.
const STOCK: usize = 3;

/// Training.
pub struct Training;

/// Prices and pace of training in one year.
#[derive(Clone, Copy)]
struct Terms {
    days: f64,
    day: f64,
    completion: f64,
    decay: f64,
    decay_followed: f64,
    follow_up: f64,
    /// Newly hired as a share of teachers, by level.
    hired: [f64; 8],
}

impl Terms {
    fn of(year: &Year<'_>) -> Self {
        let Year { p, model, .. } = *year;
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
        let mut hired = [0.0; 8];
        for (level, share) in hired.iter_mut().enumerate().take(model.levels.len()) {
            *share = year.demand.hires(year.t, level) / year.demand.teachers(year.t, level);
        }
        Self {
            hired,
            days: plan.map_or_else(|| default_of(TrainingPlan::FIELDS, "days"), |plan| number(plan.days)),
            day,
            completion: completion.max(1e-6),
            decay: number(teachers.decay),
            decay_followed: number(teachers.decay_followed),
            follow_up: number(teachers.follow_up),
        }
    }
}

/// Share of teachers at or above a state.
#[inline]
#[must_use]
pub fn at_least(x: &Vector4<f64>, state: usize) -> f64 {
    (state..4).map(|s| x[s]).sum()
}

/// Decay matrix: a share moves one state down.
#[inline]
#[must_use]
pub fn decay(delta: f64) -> Matrix4<f64> {
    let keep = 1.0 - delta;
    #[rustfmt::skip]
    let matrix = Matrix4::new(
        1.0, delta, 0.0,   0.0,
        0.0, keep,  delta, 0.0,
        0.0, 0.0,   keep,  delta,
        0.0, 0.0,   0.0,   keep,
    );
    matrix
}

/// Base year: the stated mix of each level.
pub fn open(model: &Model, p: &[f64], state: &mut State) {
    for (g, s) in state.groups.iter_mut().enumerate() {
        let data = &model.slots.country.levels[model.levels[usize::from(model.level_of[g])].data];
        let none = Model::number(p, data.competence_none);
        let acquisition = Model::number(p, data.competence_acquisition);
        let deepening = Model::number(p, data.competence_deepening);
        s.competence = Vector4::new(
            none,
            acquisition,
            deepening,
            (1.0 - none - acquisition - deepening).max(0.0),
        );
    }
}

/// After attrition, decay and hiring, before training.
#[inline]
fn before_training(year: &Year<'_>, s: &GroupState, terms: &Terms, followed: f64, g: usize) -> Vector4<f64> {
    let Year { t, p, model, .. } = *year;
    let hired = terms.hired[usize::from(model.level_of[g]).min(7)];
    let arrive = match model.levers.preservice.as_ref().filter(|_| year.acts()) {
        Some(lever) => lever.at(p, g, t),
        None => 0.0,
    };
    let delta = terms.decay + (terms.decay_followed - terms.decay) * followed;
    decay(delta) * s.competence * (1.0 - hired) + Vector4::new(1.0 - arrive, arrive, 0.0, 0.0) * hired
}

/// Training that lifts the ready share by `gap`: shares of teachers enrolled from each state, highest step first.
#[inline]
fn enrol(x: &Vector4<f64>, ready_state: usize, gap: f64, completion: f64) -> [f64; 3] {
    let mut enrolled = [0.0; 3];
    let mut gap = gap;
    for from in (0..ready_state).rev() {
        let share = (gap / completion).clamp(0.0, x[from].max(0.0));
        enrolled[from] = share;
        gap -= share * completion;
        if gap <= 1e-15 {
            break;
        }
    }
    enrolled
}

impl ComponentModel for Training {
    fn needs(&self, year: &Year<'_>, state: &mut State, sheet: &mut Sheet, bins: &[u32], block: Range<usize>) {
        let Year { t, p, model, .. } = *year;
        let terms = Terms::of(year);
        for line in [TRAINING_AGAIN, TRAINING_NEW] {
            sheet.set_price(line, terms.day);
        }
        for line in [TRAINING_FOLLOW_UP, TRAINING_NEW_FOLLOW_UP] {
            sheet.set_price(line, terms.follow_up);
        }
        let acts = year.acts();
        let ready_state = model.ready_state;
        let ([upkeep_of, renewal_of, expansion_of], mut tally) =
            sheet.write::<4>(Component::Training, TRAINING_FOLLOW_UP);
        for (g, s) in block.clone().zip(&mut state.groups[block]) {
            let teachers = s.teachers;
            let opening = at_least(&s.competence, ready_state);
            let target = model
                .levers
                .ready
                .as_ref()
                .filter(|_| acts)
                .map_or(opening, |lever| lever.at(p, g, t).max(opening));
            let wanted_follow = model
                .levers
                .follow_up
                .as_ref()
                .filter(|_| acts)
                .map_or(0.0, |lever| lever.at(p, g, t));
            let x = before_training(year, s, &terms, wanted_follow, g);
            let now = at_least(&x, ready_state);
            let all = enrol(&x, ready_state, (target - now).max(0.0), terms.completion);
            let total: f64 = all.iter().sum();
            // Training that only brings the ready share back to where it opened is renewal.
            let back = if target > opening {
                ((opening - now).max(0.0) / (target - now)).min(1.0)
            } else {
                1.0
            };
            let (again, new) = (total * back, total * (1.0 - back));
            s.training_plan[0] = again;
            s.training_plan[1] = new;
            let days = terms.days * teachers;
            // Those ready at the start of the year are followed up; the newly trained for half a year.
            let follow = teachers * opening * wanted_follow;
            let new_follow = 0.5 * teachers * (target - opening).max(0.0) * wanted_follow;
            upkeep_of[g] = follow * terms.follow_up;
            renewal_of[g] = again * days * terms.day;
            expansion_of[g] = new * days * terms.day + new_follow * terms.follow_up;
            tally.bin(bins[g]);
            tally.add_all([follow, again * days, new * days, new_follow]);
        }
    }

    fn apply(
        &self,
        year: &Year<'_>,
        state: &mut State,
        funded: &Funded,
        sheet: &mut Sheet,
        bins: &[u32],
        block: Range<usize>,
    ) {
        let Year { t, p, model, .. } = *year;
        let terms = Terms::of(year);
        let acts = year.acts();
        let upkeep = funded.of(Component::Training, Need::Upkeep);
        let renewal = funded.of(Component::Training, Need::Renewal);
        let expansion = funded.of(Component::Training, Need::Expansion);
        let ready_state = model.ready_state;
        let mut shrink = [0.0; 8];
        for (level, ratio) in shrink.iter_mut().enumerate().take(model.levels.len()) {
            *ratio = year.demand.teachers(t - 1, level) / year.demand.teachers(t, level);
        }
        for (g, s) in block.clone().zip(&mut state.groups[block]) {
            let wanted_follow = model
                .levers
                .follow_up
                .as_ref()
                .filter(|_| acts)
                .map_or(0.0, |lever| lever.at(p, g, t));
            let followed = wanted_follow * upkeep.at(g);
            let level = usize::from(model.level_of[g]);
            let opening = at_least(&s.competence, ready_state);
            let mut x = before_training(year, s, &terms, followed, g);
            let untrained = at_least(&x, ready_state);
            let mut places = renewal.at(g) * s.training_plan[0] + expansion.at(g) * s.training_plan[1];
            for from in (0..ready_state).rev() {
                let share = places.min(x[from].max(0.0));
                let moved = share * terms.completion;
                x[from] -= moved;
                x[from + 1] += moved;
                places -= share;
            }
            s.competence = x;
            // In: training and hires who arrive ready; out: decay and attrition. The opening stock is last year's.
            let ready = at_least(&x, ready_state) * s.teachers;
            let last_year = opening * shrink[level.min(7)] * s.teachers;
            let into = ready - untrained * s.teachers;
            sheet.flow(
                STOCK,
                bins[g] as usize,
                into.max(0.0),
                last_year + into.max(0.0) - ready,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_a_campaign_is_gone_after_two_years_and_a_bit() {
        // Evidence D: attrition 9 % and decay 20 %: half-life ln 2 / -ln(0.91 · 0.80) = 2.18 years.
        let mut x = Vector4::new(0.0, 1.0, 0.0, 0.0);
        for _ in 0..2 {
            x = decay(0.2) * x * 0.91 + Vector4::new(1.0, 0.0, 0.0, 0.0) * 0.09;
        }
        assert!((at_least(&x, 1) - 0.728f64.powi(2)).abs() < 1e-12);
        assert!((x.sum() - 1.0).abs() < 1e-12);
        assert!((2f64.ln() / -(0.91f64 * 0.80).ln() - 2.18).abs() < 0.01);
    }

    #[test]
    fn nobody_moves_who_is_not_there() {
        let x = Vector4::new(0.3, 0.1, 0.6, 0.0);
        // Ready from deepening: 0.1 stand below it, the rest of the gap starts one step lower.
        let enrolled = enrol(&x, 2, 0.5, 1.0);
        assert!((enrolled[1] - 0.1).abs() < 1e-12);
        assert!((enrolled[0] - 0.3).abs() < 1e-12);
    }
}
