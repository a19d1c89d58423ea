//! Digital content (2.4): courses adapted from open resources or licensed, renewed every few years.
//!
//! A course is one subject of one grade in one language. Content is made once for a level; its cost is shared over
//! the groups of the level by learners.

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines, mean};
use crate::model::groups::Population;
use crate::model::lanes::{Lanes, ONE, ZERO, all};
use crate::model::lever::{LeverMap, target};
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::{LEVELS, Year};
use crate::scenario::plan::ContentPlan;
use crate::scenario::registry::Section;
use crate::scenario::{Component, Country, Group, Need, Plan};

cost_lines! { Content;
    HOSTING = "hosting", Upkeep, Recurrent, "course", false, ["prices.content.open_course", "prices.content.hosting"];
    LICENCE = "licences", Upkeep, Recurrent, "learner_subject", false, ["prices.content.licence"];
    RENEWAL = "courses", Renewal, Capital, "course", false, ["prices.content.open_course"];
    NEW = "courses", Expansion, Capital, "course", false, ["prices.content.open_course"];
    NEW_HOSTING = "hosting", Expansion, Recurrent, "course", false, ["prices.content.open_course", "prices.content.hosting"];
    NEW_LICENCE = "licences", Expansion, Recurrent, "learner_subject", false, ["prices.content.licence"];
}

/// Content.
#[derive(Clone, Debug)]
pub struct Content;

/// What holds for all years.
#[derive(Clone, Debug)]
pub struct ContentTables {
    coverage: Option<LeverMap>,
}

/// Prices and sizes of one year.
#[derive(Clone, Debug)]
pub struct ContentYear {
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

impl ContentYear {
    /// Part of a level's courses that falls on a group, which is its share of learners.
    #[inline(always)]
    fn courses(&self, here: &Population, level: usize) -> Lanes {
        self.courses[level] * here.learner_share
    }
}

/// Content of four groups.
#[derive(Clone, Copy, Debug, Default)]
pub struct ContentStock {
    /// Share of curriculum with content.
    covered: Lanes,
    /// Planned this year: share that ends, share added.
    plan: [Lanes; 2],
}

impl ComponentModel for Content {
    const COMPONENT: Component = Component::Content;
    const LINES: &'static [Line] = LINES;
    const STOCK: Option<(&'static str, &'static str)> = Some(("courses", "course"));

    type Tables = ContentTables;
    type Yearly = ContentYear;
    type Stock = ContentStock;
    type Placed = ();

    fn tables(model: &Model) -> ContentTables {
        let plan = model.slots.plan.content.as_ref();
        ContentTables {
            coverage: plan.map(|plan| LeverMap::of(model, &plan.coverage)),
        }
    }

    fn yearly(year: &Year<'_>, _: &ContentTables) -> ContentYear {
        let Year { p, model, .. } = *year;
        let number = |slot| Model::number(p, slot);
        // In the plan run the plan's terms hold from the base year on, so that a stock of courses is counted in one unit.
        let [subjects, languages, open] = match &model.slots.plan.content {
            Some(plan) if !year.twin => [plan.subjects, plan.languages, plan.open].map(number),
            _ => ["subjects", "languages", "open"].map(ContentPlan::default_of),
        };
        let prices = &model.slots.prices.content;
        let course = number(prices.open_course);
        let mut courses = [0.0; LEVELS];
        for (level, table) in model.levels.iter().enumerate() {
            #[allow(clippy::cast_precision_loss)]
            let grades = table.grades as f64;
            courses[level] = subjects * languages * grades;
        }
        ContentYear {
            course,
            hosting: number(prices.hosting) * course,
            licence: number(prices.licence),
            per_life: 1.0 / number(prices.life),
            open,
            licences: subjects * (1.0 - open),
            courses,
        }
    }

    fn prices(own: &ContentYear, prices: &mut Prices<'_>) {
        for (line, price) in [
            (HOSTING, own.hosting),
            (NEW_HOSTING, own.hosting),
            (LICENCE, own.licence),
            (NEW_LICENCE, own.licence),
            (RENEWAL, own.course),
            (NEW, own.course),
        ] {
            prices.set(line, price);
        }
    }

    fn today(lever: &str, country: &Country, _: &Plan) -> Option<f64> {
        let covered = |group: &Group| {
            let table = country.levels.iter().find(|table| table.level == group.level);
            table.map_or(0.0, |table| table.content.value)
        };
        (lever == "coverage").then(|| mean(country, |group| group.learners.value, covered))?
    }

    /// The stated share of the curriculum.
    fn open(now: &Now<'_, Self>, block: &mut Block<'_, Self>) {
        let Year { p, model, .. } = now.year;
        for at in block.fours() {
            let data = &model.slots.country.levels[model.levels[model.level_of_four(block.first + at)].data];
            let covered = all(Model::number(p, data.content));
            block.s[at] = ContentStock {
                covered,
                plan: [ZERO; 2],
            };
            block.shared[at].courses = covered;
        }
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, model, .. } = now.year;
        let own = now.own;
        let lever = now.tables.coverage.as_ref().filter(|_| now.year.acts());
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let (here, s) = (&block.here[at], &mut block.s[at]);
            let share = s.covered;
            let target = target(lever, p, four, t, share);
            let courses = own.courses(here, model.level_of_four(four)) * own.open;
            let users = here.learners * own.licences;
            // Ages of courses are mixed: a share of 1 / life is out of date each year. Licences renew themselves.
            let ends = share * own.per_life;
            let grows = target - share;
            s.plan = [ends, grows];
            let (hosted, licensed) = (share * courses, share * users);
            let (renewed, new) = (ends * courses, grows * courses);
            let (new_hosted, new_licensed) = (0.5 * new, 0.5 * grows * users);
            // Hosting, licences, renewed courses, new courses, half a year of hosting and licences for them.
            lines.bin(now.bins[four]);
            lines.add_all([hosted, licensed, renewed, new, new_hosted, new_licensed]);
            let needed = [
                hosted * own.hosting + licensed * own.licence,
                renewed * own.course,
                new * own.course + new_hosted * own.hosting + new_licensed * own.licence,
            ];
            amounts.bin(now.bins[four]);
            amounts.add_all(needed);
            block.keep(at, needed);
        }
    }

    #[inline(always)]
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums) {
        let model = now.year.model;
        let upkeep = funded.of(Need::Upkeep);
        let renewal = funded.of(Need::Renewal);
        let expansion = funded.of(Need::Expansion);
        let own = now.own;
        let mut flow = now.flow(out);
        for at in block.fours() {
            let four = block.first + at;
            let (here, s) = (&block.here[at], &mut block.s[at]);
            let lost = s.plan[0] * (ONE - renewal.at(four)) * own.open;
            let added = s.plan[1] * expansion.at(four);
            // What existed is served if its upkeep is paid; what is new has half a year paid with it.
            block.shared[at].courses = (s.covered - lost) * upkeep.at(four) + added;
            s.covered += added - lost;
            let courses = own.courses(here, model.level_of_four(four));
            flow.bin(now.bins[four]);
            flow.add_all([added * courses, lost * courses]);
        }
    }

    #[inline(always)]
    fn closing(now: &Now<'_, Self>, s: &ContentStock, here: &Population, level: usize) -> Lanes {
        s.covered * now.own.courses(here, level)
    }
}
