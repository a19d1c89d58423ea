//! Teachers' ICT competence (1.4): four states, attrition, decay, hires and training that moves teachers up.
//!
//! Shares of a group's teachers: `x(t) = stay · D x(t-1) + hired · h + flows`, with D moving δ one state down. The
//! enrolled are paid for; enrolled x completion x the part of a step that the days of the course are move, and no more
//! can be enrolled than stand in the state below.

use nalgebra::Vector4;

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines, mean};
use crate::model::groups::{Population, Shared};
use crate::model::lanes::{Lanes, ONE, ZERO, above, all, divide_or, max, min, pick, share};
use crate::model::lever::{LeverMap, target};
use crate::model::school_cells::ReadyFlows;
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::{LEVELS, Year};
use crate::scenario::plan::{Competence, TrainingPlan};
use crate::scenario::prices::TrainingMode;
use crate::scenario::registry::Section;
use crate::scenario::{Component, Country, Group, Level, Need, Plan, Scenario};

cost_lines! { Training in Capacity, Region, Training;
    FOLLOW_UP = "follow-up", Upkeep, Recurrent, "teacher", false, ["prices.teachers.follow_up"];
    AGAIN = "courses", Renewal, Recurrent, "teacher_day", false, ["prices.training[].day"];
    ENROL_AGAIN = "enrolment", Renewal, Recurrent, "teacher", false, ["prices.training[].teacher"];
    DESIGN = "course design", Renewal, Recurrent, "year", false, ["prices.training[].design"];
    PRESERVICE = "pre-service preparation", Renewal, Recurrent, "teacher", false, ["prices.teachers.preservice"];
    NEW = "courses", Expansion, Recurrent, "teacher_day", false, ["prices.training[].day"];
    ENROL_NEW = "enrolment", Expansion, Recurrent, "teacher", false, ["prices.training[].teacher"];
    NEW_PRESERVICE = "pre-service preparation", Expansion, Recurrent, "teacher", false, ["prices.teachers.preservice"];
    NEW_FOLLOW_UP = "follow-up", Expansion, Recurrent, "teacher", false, ["prices.teachers.follow_up"];
}

/// Training.
#[derive(Clone, Debug)]
pub struct Training;

/// What holds for all years: levers by group.
#[derive(Clone, Debug)]
pub struct TrainingTables {
    ready: Option<LeverMap>,
    follow_up: Option<LeverMap>,
    preservice: Option<LeverMap>,
}

/// Teachers of four groups.
#[derive(Clone, Copy, Debug)]
pub struct TrainingStock {
    /// Shares by competence, which add up to 1.
    competence: Competences,
    /// Share of teachers who are to be followed up this year.
    follow_up: Lanes,
    /// Part of the follow-up of last year that was paid; all where there was none.
    followed: Lanes,
    /// Part of the pre-service preparation of last year, beyond the country's own, that was paid; all where there was none.
    schooled: Lanes,
    /// Share of new teachers who are to arrive with knowledge acquisition, as the country prepares them and beyond.
    prepared: [Lanes; 2],
    /// Planned this year: share of teachers enrolled, again and new.
    plan: [Lanes; 2],
}

impl Default for TrainingStock {
    fn default() -> Self {
        Self {
            competence: Competences::new(ZERO, ZERO, ZERO, ZERO),
            follow_up: ZERO,
            followed: ONE,
            schooled: ONE,
            prepared: [ZERO; 2],
            plan: [ZERO; 2],
        }
    }
}

impl TrainingStock {
    /// Says who is ready.
    #[inline(always)]
    fn say(&self, ready_state: usize, shared: &mut Shared) {
        shared.ready = at_least(&self.competence, ready_state);
        shared.acquisition = at_least(&self.competence, 1);
    }
}

/// Teachers of four groups by competence: none, acquisition, deepening, creation.
type Competences = Vector4<Lanes>;

/// Prices and pace of training in one year.
#[derive(Clone, Debug)]
pub struct TrainingYear {
    day: f64,
    follow_up: f64,
    /// Days of a course.
    days: f64,
    /// An enrolment beside its days, and whether it costs anything.
    enrolment: f64,
    enrolled: f64,
    /// Cost of a course for one teacher.
    course: f64,
    /// Design of courses in the whole country, and the part of it that falls on each teacher.
    design: f64,
    of_design: f64,
    preservice: f64,
    completion: f64,
    /// Part of the step out of each state that a course makes.
    pace: [f64; 3],
    decay: f64,
    /// What follow-up takes off decay.
    relief: f64,
    /// Newly hired as a share of teachers, by level.
    hired: [f64; LEVELS],
    /// Share of the newly hired whom the country's pre-service training prepares, by level.
    arrive: [f64; LEVELS],
    /// Teachers of last year over those of this year, by level.
    shrink: [f64; LEVELS],
}

/// Share of teachers at or above a state.
#[inline(always)]
fn at_least(x: &Competences, state: usize) -> Lanes {
    let mut share = x[3];
    for below in (state..3).rev() {
        share += x[below];
    }
    share
}

/// A share δ of each state moves one state down: `D x`.
#[inline(always)]
fn decay(x: &Competences, delta: Lanes) -> Competences {
    let down = x * delta;
    x + Vector4::new(down[1], down[2] - down[1], down[3] - down[2], ZERO - down[3])
}

/// After attrition, decay and hiring, before training.
#[inline(always)]
fn before_training(x: &Competences, own: &TrainingYear, level: usize, followed: Lanes, arrive: Lanes) -> Competences {
    let hired = own.hired[level];
    let stay = decay(x, own.decay - own.relief * followed) * all(1.0 - hired);
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
    const COMPONENT: Component = Component::Training;
    const LINES: &'static [Line] = LINES;
    const STOCK: Option<(&'static str, &'static str)> = Some(("ready teachers", "teacher"));

    type Tables = TrainingTables;
    type Yearly = TrainingYear;
    type Stock = TrainingStock;
    type Placed = ();

    fn tables(model: &Model) -> TrainingTables {
        let plan = model.slots.plan.training.as_ref();
        TrainingTables {
            ready: plan.map(|plan| LeverMap::of(model, &plan.ready)),
            follow_up: plan.map(|plan| LeverMap::of(model, &plan.follow_up)),
            preservice: plan.map(|plan| LeverMap::of(model, &plan.preservice)),
        }
    }

    fn yearly(year: &Year<'_>, _: &TrainingTables) -> TrainingYear {
        let Year {
            t, p, model, demand, ..
        } = *year;
        let number = |slot| Model::number(p, slot);
        let plan = model.slots.plan.training.as_ref().filter(|_| year.acts());
        let modes = &model.slots.prices.training;
        let (mut day, mut enrolment, mut design, mut completion) = (0.0, 0.0, 0.0, 0.0);
        let mut add = |mode: TrainingMode, share: f64| {
            let prices = &modes[mode as usize];
            day += share * year.local(prices.day, prices.day_by_income);
            enrolment += share * year.local(prices.teacher, prices.teacher_by_income);
            completion += share * number(prices.completion);
            if share > 0.0 {
                design += number(prices.design);
            }
        };
        match plan.filter(|plan| !plan.modes.is_empty()) {
            Some(plan) => plan.modes.iter().for_each(|part| add(part.mode, number(part.share))),
            None => add(TrainingMode::Workshop, 1.0),
        }
        let teachers = &model.slots.prices.teachers;
        let steps = [
            teachers.days_acquisition,
            teachers.days_deepening,
            teachers.days_creation,
        ];
        let (mut hired, mut shrink, mut arrive) = ([0.0; LEVELS], [1.0; LEVELS], [0.0; LEVELS]);
        for (level, table) in model.levels.iter().enumerate() {
            let now = demand.teachers(t, level);
            arrive[level] = number(model.slots.country.levels[table.data].preservice);
            hired[level] = demand.hires(t, level) / now;
            shrink[level] = demand.teachers(t.saturating_sub(1), level) / now;
        }
        let everybody: f64 = (0..model.levels.len()).map(|level| demand.teachers(t, level)).sum();
        let days = plan.map_or_else(|| TrainingPlan::default_of("days"), |plan| number(plan.days));
        TrainingYear {
            day,
            follow_up: year.local(teachers.follow_up, teachers.follow_up_by_income),
            days,
            enrolment,
            enrolled: f64::from(u8::from(enrolment > 0.0)),
            course: days * day + enrolment,
            design,
            of_design: f64::from(u8::from(design > 0.0)) / everybody,
            preservice: year.local(teachers.preservice, teachers.preservice_by_income),
            completion: completion.max(1e-6),
            pace: steps.map(|step| (days / number(step)).min(1.0)),
            decay: number(teachers.decay),
            relief: number(teachers.decay) - number(teachers.decay_followed),
            hired,
            arrive,
            shrink,
        }
    }

    fn prices(own: &TrainingYear, prices: &mut Prices<'_>) {
        for (lines, price) in [
            ([AGAIN, NEW], own.day),
            ([ENROL_AGAIN, ENROL_NEW], own.enrolment),
            ([PRESERVICE, NEW_PRESERVICE], own.preservice),
            ([FOLLOW_UP, NEW_FOLLOW_UP], own.follow_up),
        ] {
            for line in lines {
                prices.set(line, price);
            }
        }
        prices.set(DESIGN, own.design);
    }

    /// The modes in which the plan trains.
    fn priced_kinds(scenario: &Scenario, _: Level) -> Vec<usize> {
        let modes = scenario.plan.training.as_ref().map_or(&[][..], |plan| &plan.modes);
        if modes.is_empty() {
            vec![TrainingMode::Workshop as usize]
        } else {
            modes.iter().map(|part| part.mode as usize).collect()
        }
    }

    fn today(lever: &str, country: &Country, plan: &Plan) -> Option<f64> {
        let state = plan.training.as_ref().map(|training| training.ready_state);
        let ready = |group: &Group| {
            let table = country.levels.iter().find(|table| table.level == group.level);
            table.map_or(0.0, |table| {
                let mut below = table.competence_none.value;
                if matches!(state, Some(Competence::Deepening | Competence::Creation)) {
                    below += table.competence_acquisition.value;
                }
                if state == Some(Competence::Creation) {
                    below += table.competence_deepening.value;
                }
                (1.0 - below).max(0.0)
            })
        };
        (lever == "ready").then(|| mean(country, |group| group.teachers.value, ready))?
    }

    /// The stated mix of each level.
    fn open(now: &Now<'_, Self>, block: &mut Block<'_, Self>) {
        let Year { p, model, .. } = now.year;
        for at in block.fours() {
            let data = &model.slots.country.levels[model.levels[model.level_of_four(block.first + at)].data];
            let none = Model::number(p, data.competence_none);
            let acquisition = Model::number(p, data.competence_acquisition);
            let deepening = Model::number(p, data.competence_deepening);
            let creation = (1.0 - none - acquisition - deepening).max(0.0);
            let s = &mut block.s[at];
            *s = TrainingStock {
                competence: Vector4::new(none, acquisition, deepening, creation).map(all),
                ..TrainingStock::default()
            };
            s.say(model.ready_state, &mut block.shared[at]);
        }
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, model, .. } = now.year;
        let own = now.own;
        let acts = now.year.acts();
        let levers = now.tables;
        let [ready, follow_up, preservice] =
            [&levers.ready, &levers.follow_up, &levers.preservice].map(|lever| lever.as_ref().filter(|_| acts));
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let (here, s) = (&block.here[at], &mut block.s[at]);
            let opening = at_least(&s.competence, model.ready_state);
            let wanted = target(ready, p, four, t, opening);
            s.follow_up = target(follow_up, p, four, t, ZERO);
            let level = model.level_of_four(four);
            let countrys = all(own.arrive[level]);
            let arrive = target(preservice, p, four, t, countrys);
            s.prepared = [countrys, arrive - countrys];
            // Who was not followed up or prepared last year is not counted on to be this year: courses are for what is missing then.
            let counted_on = countrys + s.schooled * (arrive - countrys);
            let x = before_training(&s.competence, own, level, s.follow_up * s.followed, counted_on);
            let before = at_least(&x, model.ready_state);
            let gap = max(wanted - before, ZERO);
            let total = enrol(&x, model.ready_state, gap, own.completion);
            // Training that only brings the ready share back to where it opened is renewal.
            let back = divide_or(max(opening - before, ZERO), gap, ONE);
            let again = total * min(back, ONE);
            let new = total - again;
            s.plan = [again, new];
            // Those ready at the start of the year are followed up; the newly trained for half a year.
            let follow = here.teachers * opening * s.follow_up;
            let new_follow = 0.5 * here.teachers * (wanted - opening) * s.follow_up;
            let (again, new) = (again * here.teachers, new * here.teachers);
            let design = here.teachers * own.of_design;
            let [prepared, new_prepared] = s.prepared.map(|share| here.teachers * share * own.hired[level]);
            lines.bin(now.bins[four]);
            lines.add_all([
                follow,
                again * own.days,
                again * own.enrolled,
                design,
                prepared,
                new * own.days,
                new * own.enrolled,
                new_prepared,
                new_follow,
            ]);
            let needed = [
                follow * own.follow_up,
                again * own.course + design * own.design + prepared * own.preservice,
                new * own.course + new_prepared * own.preservice + new_follow * own.follow_up,
            ];
            block.state(now, at, [follow, here.teachers * opening], needed, &mut amounts);
        }
    }

    #[inline(always)]
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums) {
        let model = now.year.model;
        let own = now.own;
        let upkeep = funded.of(Need::Upkeep);
        let renewal = funded.of(Need::Renewal);
        let expansion = funded.of(Need::Expansion);
        let ready_state = model.ready_state;
        let mut flow = now.flow(out);
        for at in block.fours() {
            let four = block.first + at;
            let (here, s) = (&block.here[at], &mut block.s[at]);
            let level = model.level_of_four(four);
            let opening = at_least(&s.competence, ready_state);
            let paid = upkeep.at(four);
            let followed = s.follow_up * paid;
            s.followed = pick(above(s.follow_up * opening, ZERO), paid, ONE);
            let [countrys, beyond] = s.prepared;
            s.schooled = pick(above(beyond, ZERO), expansion.at(four), ONE);
            let arrive = countrys * renewal.at(four) + beyond * expansion.at(four);
            let mut x = before_training(&s.competence, own, level, followed, arrive);
            let untrained = at_least(&x, ready_state);
            let mut places = renewal.at(four) * s.plan[0] + expansion.at(four) * s.plan[1];
            for from in (0..ready_state).rev() {
                let share = min(places, max(x[from], ZERO));
                let moved = share * (own.completion * own.pace[from]);
                x[from] -= moved;
                x[from + 1] += moved;
                places -= share;
            }
            s.competence = x;
            s.say(ready_state, &mut block.shared[at]);
            let trained = at_least(&s.competence, ready_state) - untrained;
            let arrived = if ready_state > 1 {
                ZERO
            } else {
                arrive * own.hired[level]
            };
            let restored = min(trained, max(opening - untrained, ZERO));
            block.shared[at].ready_flows = ReadyFlows {
                stays: divide_or(untrained - arrived, opening, ZERO),
                arrived,
                restored,
                newly: trained - restored,
            };
            // In: training and hires who arrive ready, at acquisition; out: decay and attrition. The opening stock is last
            // year's.
            let ready = at_least(&x, ready_state) * here.teachers;
            let last_year = opening * own.shrink[level] * here.teachers;
            let into = max(ready - (untrained - arrived) * here.teachers, ZERO);
            flow.bin(now.bins[four]);
            flow.add_all([into, last_year + into - ready]);
        }
    }

    /// The yearly courses that hold the ready share; what teachers know is not counted as value.
    fn ahead(now: &Now<'_, Self>, block: &Block<'_, Self>, at: usize) -> [Lanes; 2] {
        let again = block.s[at].plan[0] * block.here[at].teachers;
        [again * now.own.course, ZERO]
    }

    #[inline(always)]
    fn reaching(shared: &Shared) -> Lanes {
        divide_or(shared.ready_complete, shared.ready, ZERO)
    }

    #[inline(always)]
    fn closing(now: &Now<'_, Self>, s: &TrainingStock, here: &Population, _: usize) -> Lanes {
        here.teachers * share(at_least(&s.competence, now.year.model.ready_state))
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
