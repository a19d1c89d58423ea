//! Digital content (2.4): courses adapted from open resources or licensed, renewed every few years.
//!
//! A course is one subject of one grade in one language. Content is made once for a level; its cost is shared over
//! the groups of the level by learners. With it stand the modes of learning that a plan uses, each paid for by learner,
//! teacher and school, for those who work in it; modes that need the same things are counted together.

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines, mean};
use crate::model::groups::Population;
use crate::model::lanes::{Lanes, ONE, ZERO, all, min};
use crate::model::lever::{LeverMap, target};
use crate::model::schooling::{CLASSES, ModeInUse, courses, stated};
use crate::model::sums::{Sums, stat};
use crate::model::tables::Model;
use crate::model::year::{LEVELS, Year};
use crate::scenario::plan::ContentPlan;
use crate::scenario::registry::Section;
use crate::scenario::{Component, Country, Group, Level, Need, Plan, Scenario};

cost_lines! { Content in Content, Centre, Platforms;
    HOSTING = "hosting", Upkeep, Recurrent, "course", false, ["prices.content.open_course", "prices.content.hosting"];
    LICENCE = "licences", Upkeep, Recurrent, "learner_subject", false, ["prices.content.licence"];
    RENEWAL = "courses", Renewal, Capital, "course", false, ["prices.content.open_course"];
    NEW = "courses", Expansion, Capital, "course", false, ["prices.content.open_course"];
    NEW_HOSTING = "hosting", Expansion, Recurrent, "course", false, ["prices.content.open_course", "prices.content.hosting"];
    NEW_LICENCE = "licences", Expansion, Recurrent, "learner_subject", false, ["prices.content.licence"];
    ONLINE_LEARNERS = "online learning by learner", Upkeep, Recurrent, "learner", false, ["evidence.modes[].learner"];
    ONLINE_TEACHERS = "online learning by teacher", Upkeep, Recurrent, "teacher", false, ["evidence.modes[].teacher"];
    ONLINE_SCHOOLS = "online learning by school", Upkeep, Recurrent, "school", false, ["evidence.modes[].school"];
    OFFLINE_LEARNERS = "offline learning by learner", Upkeep, Recurrent, "learner", false, ["evidence.modes[].learner"];
    OFFLINE_TEACHERS = "offline learning by teacher", Upkeep, Recurrent, "teacher", false, ["evidence.modes[].teacher"];
    OFFLINE_SCHOOLS = "offline learning by school", Upkeep, Recurrent, "school", false, ["evidence.modes[].school"];
    PLATFORM_LEARNERS = "platform learning by learner", Upkeep, Recurrent, "learner", false, ["evidence.modes[].learner"];
    PLATFORM_TEACHERS = "platform learning by teacher", Upkeep, Recurrent, "teacher", false, ["evidence.modes[].teacher"];
    PLATFORM_SCHOOLS = "platform learning by school", Upkeep, Recurrent, "school", false, ["evidence.modes[].school"];
    NEW_ONLINE_LEARNERS = "online learning by learner", Expansion, Recurrent, "learner", false, ["evidence.modes[].learner"];
    NEW_ONLINE_TEACHERS = "online learning by teacher", Expansion, Recurrent, "teacher", false, ["evidence.modes[].teacher"];
    NEW_ONLINE_SCHOOLS = "online learning by school", Expansion, Recurrent, "school", false, ["evidence.modes[].school"];
    NEW_OFFLINE_LEARNERS = "offline learning by learner", Expansion, Recurrent, "learner", false, ["evidence.modes[].learner"];
    NEW_OFFLINE_TEACHERS = "offline learning by teacher", Expansion, Recurrent, "teacher", false, ["evidence.modes[].teacher"];
    NEW_OFFLINE_SCHOOLS = "offline learning by school", Expansion, Recurrent, "school", false, ["evidence.modes[].school"];
    NEW_PLATFORM_LEARNERS = "platform learning by learner", Expansion, Recurrent, "learner", false, ["evidence.modes[].learner"];
    NEW_PLATFORM_TEACHERS = "platform learning by teacher", Expansion, Recurrent, "teacher", false, ["evidence.modes[].teacher"];
    NEW_PLATFORM_SCHOOLS = "platform learning by school", Expansion, Recurrent, "school", false, ["evidence.modes[].school"];
}

/// By what a mode of learning is paid for: learners, teachers, schools.
const PAYERS: usize = 3;

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
    /// Modes of learning, by what they need.
    modes: [ClassYear; CLASSES],
    /// Share of a school's learners whom a link serves without a network inside.
    near_link: f64,
}

/// A class of modes of learning in one year.
#[derive(Clone, Copy, Debug, Default)]
struct ClassYear {
    /// Share of learners who work in them, of those where what they need stands.
    share: f64,
    /// Mean price for a learner, a teacher and a school.
    price: [f64; PAYERS],
}

impl ClassYear {
    /// The classes of a year.
    fn all(year: &Year<'_>) -> [Self; CLASSES] {
        let mut classes = [Self::default(); CLASSES];
        for mode in ModeInUse::all(year.model) {
            let class = &mut classes[mode.class()];
            let share = mode.share(year.p, year.t, year.acts());
            class.share += share;
            let price = [
                Model::number(year.p, mode.mode.learner),
                year.local(mode.mode.teacher, mode.mode.teacher_by_income),
                Model::number(year.p, mode.mode.school),
            ];
            for (sum, price) in class.price.iter_mut().zip(price) {
                *sum += share * price;
            }
        }
        for class in &mut classes {
            class.price = class
                .price
                .map(|sum| if class.share > 0.0 { sum / class.share } else { 0.0 });
        }
        classes
    }
}

impl ContentYear {
    /// Share of learners in schools with devices, and in rooms that a link serves beside them: those near it, and the others as far
    /// as there are networks inside. As far as one can be had without the other. In the order of the classes.
    #[inline(always)]
    fn where_it_works(&self, equipped: Lanes, connected: Lanes, networked: Lanes) -> [Lanes; CLASSES] {
        let linked = min(equipped, connected);
        let online = self.near_link * linked + (1.0 - self.near_link) * min(linked, networked);
        [online, equipped, online]
    }

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
    /// Share of learners who work in each class of modes.
    working: [Lanes; CLASSES],
    /// Planned this year of each: share that goes on, share added.
    modes: [[Lanes; 2]; CLASSES],
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
        let plan = model.slots.plan.content.as_ref();
        let schooling = &model.slots.country.schooling;
        let subjects = stated(p, plan.and_then(|plan| plan.subjects), schooling.subjects);
        // In the plan run its share of open courses holds from the base year on, so that a stock is counted in one unit.
        let open = plan.filter(|_| !year.twin);
        let open = open.map_or_else(|| ContentPlan::default_of("open"), |plan| number(plan.open));
        let prices = &model.slots.prices.content;
        let course = number(prices.open_course);
        ContentYear {
            course,
            hosting: number(prices.hosting) * course,
            licence: number(prices.licence),
            per_life: 1.0 / number(prices.life),
            open,
            licences: subjects * (1.0 - open),
            courses: courses(model, p),
            modes: ClassYear::all(year),
            near_link: number(schooling.near_link),
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
        for (class, mode) in own.modes.iter().enumerate() {
            for (payer, price) in mode.price.into_iter().enumerate() {
                for first in [ONLINE_LEARNERS, NEW_ONLINE_LEARNERS] {
                    prices.set(first + class * PAYERS + payer, price);
                }
            }
        }
    }

    /// The modes of learning that are in use.
    fn priced_kinds(scenario: &Scenario, _: Level) -> Vec<usize> {
        let (plan, country) = (&scenario.plan.learning, &scenario.country.modes);
        let in_use =
            |name: &str| plan.iter().any(|used| used.mode == name) || country.iter().any(|used| used.mode == name);
        let modes = scenario.evidence.modes.iter().enumerate();
        modes
            .filter(|(_, mode)| in_use(&mode.name))
            .map(|(index, _)| index)
            .collect()
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
            let shared = &mut block.shared[at];
            let works = now
                .own
                .where_it_works(shared.equipped, shared.connected, shared.networked);
            block.s[at] = ContentStock {
                covered,
                working: std::array::from_fn(|class| now.own.modes[class].share * works[class]),
                ..ContentStock::default()
            };
            shared.courses = covered;
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
            let shared = &block.shared[at];
            let works = own.where_it_works(
                shared.equipped_planned,
                shared.connected_planned,
                shared.networked_planned,
            );
            let mut quantities = [ZERO; LINE_COUNT];
            quantities[..ONLINE_LEARNERS].copy_from_slice(&[hosted, licensed, renewed, new, new_hosted, new_licensed]);
            let mut needed = [
                hosted * own.hosting + licensed * own.licence,
                renewed * own.course,
                new * own.course + new_hosted * own.hosting + new_licensed * own.licence,
            ];
            for class in 0..CLASSES {
                let mode = &own.modes[class];
                // Who worked in it goes on, if it is paid; who comes works in it for half of the year.
                let planned = mode.share * works[class];
                let goes_on = min(s.working[class], planned);
                let added = planned - goes_on;
                s.modes[class] = [goes_on, added];
                for (payer, of) in [here.learners, here.teachers, here.schools].into_iter().enumerate() {
                    let price = mode.price[payer];
                    let line = class * PAYERS + payer;
                    if price > 0.0 {
                        let (kept, new) = (goes_on * of, 0.5 * added * of);
                        quantities[ONLINE_LEARNERS + line] = kept;
                        quantities[NEW_ONLINE_LEARNERS + line] = new;
                        needed[0] += kept * price;
                        needed[2] += new * price;
                    }
                }
            }
            lines.add_all(quantities);
            block.state(now, at, [share * here.learner_share; 2], needed, &mut amounts);
        }
    }

    #[inline(always)]
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums) {
        let model = now.year.model;
        let upkeep = funded.of(Need::Upkeep);
        let renewal = funded.of(Need::Renewal);
        let expansion = funded.of(Need::Expansion);
        let own = now.own;
        let (mut flow, mut modes) = now.flow_and_modes(out);
        for at in block.fours() {
            let four = block.first + at;
            let (here, s) = (&block.here[at], &mut block.s[at]);
            let mut learners = [ZERO; stat::MODE_ROWS];
            for (class, [goes_on, added]) in s.modes.into_iter().enumerate() {
                let new = added * expansion.at(four);
                learners[2 * class] = (goes_on + added) * here.learners;
                learners[2 * class + 1] = (goes_on * upkeep.at(four) + new) * here.learners;
                s.working[class] = goes_on + new;
            }
            modes.bin(now.bins[four]);
            modes.add_all(learners);
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

    /// Courses, whose ages are mixed; licences renew themselves.
    fn ahead(now: &Now<'_, Self>, block: &Block<'_, Self>, at: usize) -> [Lanes; 2] {
        let own = now.own;
        let level = now.year.model.level_of_four(block.first + at);
        let worth = block.s[at].covered * own.courses(&block.here[at], level) * (own.open * own.course);
        [worth * own.per_life, 0.5 * worth]
    }

    #[inline(always)]
    fn closing(now: &Now<'_, Self>, s: &ContentStock, here: &Population, level: usize) -> Lanes {
        s.covered * now.own.courses(here, level)
    }
}
