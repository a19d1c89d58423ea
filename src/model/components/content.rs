//! Digital content (2.4): courses adapted from open resources or licensed, renewed every few years.
//!
//! A course is one subject of one grade in one language. Content is made once for a level; its cost is shared over
//! the groups of the level by learners.

use std::ops::Range;

use super::power::default_of;
use crate::model::component::{
    CONTENT_HOSTING, CONTENT_LICENCE, CONTENT_NEW, CONTENT_NEW_HOSTING, CONTENT_NEW_LICENCE, CONTENT_RENEWAL,
    ComponentModel, Funded, Now, Prices, Year,
};
use crate::model::lanes::{Lanes, ONE, all};
use crate::model::sums::Sums;
use crate::model::tables::{Model, target};
use crate::model::terms::LEVELS;
use crate::model::workspace::{Four, State};
use crate::scenario::plan::ContentPlan;
use crate::scenario::registry::Section;
use crate::scenario::{Component, Need};

/// Position of courses among the stocks.
const STOCK: usize = 4;

/// Content.
pub struct Content;

/// Prices and sizes of one year.
#[derive(Clone, Debug)]
pub struct Terms {
    course: f64,
    hosting: f64,
    licence: f64,
    /// Share of content that is out of date after a year.
    per_life: f64,
    /// Share of open courses; the rest is licensed.
    open: f64,
    /// Licences for each learner: one for every subject that is not open.
    licences: f64,
    /// Courses of a level's whole curriculum.
    courses: [f64; LEVELS],
}

impl Terms {
    /// Terms of a year.
    #[must_use]
    pub fn of(year: &Year<'_>) -> Self {
        let Year { p, model, .. } = *year;
        let number = |slot| Model::number(p, slot);
        // In the plan run the plan's terms hold from the base year on, so that a stock of courses is counted in one unit.
        let [subjects, languages, open] = match &model.slots.plan.content {
            Some(plan) if !year.twin => [plan.subjects, plan.languages, plan.open].map(number),
            _ => ["subjects", "languages", "open"].map(|name| default_of(ContentPlan::FIELDS, name)),
        };
        let prices = &model.slots.prices.content;
        let course = number(prices.open_course);
        let mut courses = [0.0; LEVELS];
        for (level, table) in model.levels.iter().enumerate() {
            #[allow(clippy::cast_precision_loss)]
            let grades = table.grades as f64;
            courses[level] = subjects * languages * grades;
        }
        Self {
            course,
            hosting: number(prices.hosting) * course,
            licence: number(prices.licence),
            per_life: 1.0 / number(prices.life),
            open,
            licences: subjects * (1.0 - open),
            courses,
        }
    }

    /// Part of a level's courses that falls on a group, which is its share of learners.
    #[inline(always)]
    fn courses(&self, s: &Four, level: usize) -> Lanes {
        self.courses[level] * s.learner_share
    }

    /// Courses that a group has, as its part of its level's.
    #[must_use]
    pub fn stock(&self, s: &Four, level: usize) -> Lanes {
        s.content * self.courses(s, level)
    }
}

/// Base year: the stated share of the curriculum.
pub fn open(model: &Model, p: &[f64], state: &mut State, block: &Range<usize>) {
    for (four, s) in state.each(block) {
        let data = &model.slots.country.levels[model.levels[model.level_of_four(four)].data];
        s.content = all(Model::number(p, data.content));
        s.content_served = s.content;
    }
}

impl ComponentModel for Content {
    fn prices(&self, terms: &crate::model::terms::Terms, prices: &mut Prices<'_>) {
        let terms = &terms.content;
        for (line, price) in [
            (CONTENT_HOSTING, terms.hosting),
            (CONTENT_NEW_HOSTING, terms.hosting),
            (CONTENT_LICENCE, terms.licence),
            (CONTENT_NEW_LICENCE, terms.licence),
            (CONTENT_RENEWAL, terms.course),
            (CONTENT_NEW, terms.course),
        ] {
            prices.set(line, price);
        }
    }

    #[inline(always)]
    fn needs(&self, now: &Now<'_>, state: &mut State, out: &mut Sums, block: Range<usize>) {
        let Year { t, p, model, .. } = now.year;
        let terms = &now.terms.content;
        let lever = model.levers.coverage.as_ref().filter(|_| now.year.acts());
        let (mut lines, mut amounts) = out.component::<6>(t, Component::Content, CONTENT_HOSTING);
        for at in block {
            let four = state.first + at;
            let s = &mut state.fours[at];
            let share = s.content;
            let target = target(lever, p, four, t, share);
            let courses = terms.courses(s, model.level_of_four(four)) * terms.open;
            let users = s.learners * terms.licences;
            // Ages of courses are mixed: a share of 1 / life is out of date each year. Licences renew themselves.
            let ends = share * terms.per_life;
            let grows = target - share;
            s.content_plan = [ends, grows];
            let (hosted, licensed) = (share * courses, share * users);
            let (renewed, new) = (ends * courses, grows * courses);
            let (new_hosted, new_licensed) = (0.5 * new, 0.5 * grows * users);
            // Hosting, licences, renewed courses, new courses, half a year of hosting and licences for them.
            lines.bin(now.bins[four]);
            lines.add_all([hosted, licensed, renewed, new, new_hosted, new_licensed]);
            let needed = [
                hosted * terms.hosting + licensed * terms.licence,
                renewed * terms.course,
                new * terms.course + new_hosted * terms.hosting + new_licensed * terms.licence,
            ];
            amounts.bin(now.bins[four]);
            amounts.add_all(needed);
            state.keep(at, Component::Content, needed);
        }
    }

    #[inline(always)]
    fn apply(&self, now: &Now<'_>, state: &mut State, funded: &Funded, out: &mut Sums, block: Range<usize>) {
        let Year { t, model, .. } = now.year;
        let upkeep = funded.of(Component::Content, Need::Upkeep);
        let renewal = funded.of(Component::Content, Need::Renewal);
        let expansion = funded.of(Component::Content, Need::Expansion);
        let terms = &now.terms.content;
        let mut flow = out.flow(t, STOCK);
        for at in block {
            let four = state.first + at;
            let s = &mut state.fours[at];
            let lost = s.content_plan[0] * (ONE - renewal.at(four)) * terms.open;
            let added = s.content_plan[1] * expansion.at(four);
            // What existed is served if its upkeep is paid; what is new has half a year paid with it.
            s.content_served = (s.content - lost) * upkeep.at(four) + added;
            s.content += added - lost;
            let courses = terms.courses(s, model.level_of_four(four));
            flow.bin(now.bins[four]);
            flow.add_all([added * courses, lost * courses]);
        }
    }
}
