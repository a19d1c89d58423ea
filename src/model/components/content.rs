//! Digital content (2.4): courses adapted from open resources or licensed, renewed every few years.
//!
//! A course is one subject of one grade in one language. Content is made once for a level; its cost is shared over
//! the groups of the level by learners.

use std::ops::Range;

use super::power::default_of;
use crate::model::component::{
    CONTENT_HOSTING, CONTENT_LICENCE, CONTENT_NEW, CONTENT_NEW_HOSTING, CONTENT_NEW_LICENCE, CONTENT_RENEWAL,
    ComponentModel, Funded, Sheet, Year,
};
use crate::model::tables::Model;
use crate::model::workspace::{GroupState, State};
use crate::scenario::plan::ContentPlan;
use crate::scenario::registry::Section;
use crate::scenario::{Component, Need};

/// Position of courses among the stocks.
const STOCK: usize = 4;

/// Content.
pub struct Content;

/// Base year: the stated share of the curriculum.
pub fn open(model: &Model, p: &[f64], state: &mut State) {
    for (g, s) in state.groups.iter_mut().enumerate() {
        let data = &model.slots.country.levels[model.levels[usize::from(model.level_of[g])].data];
        s.content = Model::number(p, data.content);
        s.content_served = s.content;
    }
}

/// Number of subjects, languages and the open share.
fn terms(year: &Year<'_>) -> [f64; 3] {
    let Year { p, model, .. } = *year;
    // In the plan run the plan's terms hold from the base year on, so that a stock of courses is counted in one unit.
    match &model.slots.plan.content {
        Some(plan) if !year.twin => [
            Model::number(p, plan.subjects),
            Model::number(p, plan.languages),
            Model::number(p, plan.open),
        ],
        _ => ["subjects", "languages", "open"].map(|name| default_of(ContentPlan::FIELDS, name)),
    }
}

/// Part of a level's courses that falls on a group: courses of the level times the group's share of learners.
#[inline]
fn courses(year: &Year<'_>, s: &GroupState, g: usize, subjects: f64, languages: f64) -> f64 {
    let level = usize::from(year.model.level_of[g]);
    #[allow(clippy::cast_precision_loss)]
    let grades = year.model.levels[level].grades as f64;
    subjects * languages * grades * s.learner_share
}

/// Courses that a group has, as its part of its level's.
#[must_use]
pub fn stock(year: &Year<'_>, s: &GroupState, g: usize) -> f64 {
    let [subjects, languages, _] = terms(year);
    s.content * courses(year, s, g, subjects, languages)
}

impl ComponentModel for Content {
    fn needs(&self, year: &Year<'_>, state: &mut State, sheet: &mut Sheet, bins: &[u32], block: Range<usize>) {
        let Year { t, p, model, .. } = *year;
        let prices = &model.slots.prices.content;
        let number = |slot| Model::number(p, slot);
        let (course, licence) = (number(prices.open_course), number(prices.licence));
        let (hosting, per_life) = (number(prices.hosting) * course, 1.0 / number(prices.life));
        for (line, price) in [
            (CONTENT_HOSTING, hosting),
            (CONTENT_NEW_HOSTING, hosting),
            (CONTENT_LICENCE, licence),
            (CONTENT_NEW_LICENCE, licence),
            (CONTENT_RENEWAL, course),
            (CONTENT_NEW, course),
        ] {
            sheet.set_price(line, price);
        }
        let [subjects, languages, open] = terms(year);
        let acts = year.acts();
        let ([upkeep_of, renewal_of, expansion_of], mut tally) = sheet.write::<6>(Component::Content, CONTENT_HOSTING);
        for (g, s) in block.clone().zip(&mut state.groups[block]) {
            let share = s.content;
            let target = model
                .levers
                .coverage
                .as_ref()
                .filter(|_| acts)
                .map_or(share, |lever| lever.at(p, g, t).max(share));
            let courses = courses(year, s, g, subjects, languages) * open;
            let users = s.learners * subjects * (1.0 - open);
            // Ages of courses are mixed: a share of 1 / life is out of date each year. Licences renew themselves.
            let ends = share * per_life;
            let grows = target - share;
            s.content_plan[0] = ends;
            s.content_plan[1] = grows;
            upkeep_of[g] = share * (courses * hosting + users * licence);
            renewal_of[g] = ends * courses * course;
            expansion_of[g] = grows * (courses * (course + 0.5 * hosting) + 0.5 * users * licence);
            tally.bin(bins[g]);
            // Hosting, licences, renewed courses, new courses, half a year of hosting and licences for them.
            tally.add_all([
                share * courses,
                share * users,
                ends * courses,
                grows * courses,
                0.5 * grows * courses,
                0.5 * grows * users,
            ]);
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
        let upkeep = funded.of(Component::Content, Need::Upkeep);
        let renewal = funded.of(Component::Content, Need::Renewal);
        let expansion = funded.of(Component::Content, Need::Expansion);
        let [subjects, languages, open] = terms(year);
        for (g, s) in block.clone().zip(&mut state.groups[block]) {
            let lost = s.content_plan[0] * (1.0 - renewal.at(g)) * open;
            let added = s.content_plan[1] * expansion.at(g);
            // What existed is served if its upkeep is paid; what is new has half a year paid with it.
            s.content_served = (s.content - lost) * upkeep.at(g) + added;
            s.content += added - lost;
            let courses = courses(year, s, g, subjects, languages);
            sheet.flow(STOCK, bins[g] as usize, added * courses, lost * courses);
        }
    }
}
