//! Systems (2.8a): learning platform, EMIS, identity, hosting, security and data protection. A national part costs the
//! same for one region as for the country; the rest follows the users.
//!
//! Users are the teachers, and the learners in schools with a link. Who has users in the first year sets the national part up and
//! replaces it; its running is shared by all who have users in a year. What of it stands is one number of the country, the same
//! in every group: it moves by what those who pay for it have been given.

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines};
use crate::model::fixed_part::FixedPart;
use crate::model::groups::Population;
use crate::model::lanes::{LANES, Lanes, ONE, ZERO, all, max, min, narrow, widen};
use crate::model::lever::{LeverMap, target};
use crate::model::life::Life;
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::Year;
use crate::scenario::{Component, Country, Need, Plan};

cost_lines! { Systems in Data, Centre, Platforms;
    RUNNING = "running of national systems", Upkeep, Recurrent, "system", false, ["prices.systems.running"];
    USERS = "users", Upkeep, Recurrent, "user", false, ["prices.systems.user"];
    RENEWAL = "national systems", Renewal, Capital, "system", false, ["prices.systems.set_up"];
    SET_UP = "national systems", Expansion, Capital, "system", false, ["prices.systems.set_up"];
    NEW_RUNNING = "running of national systems", Expansion, Recurrent, "system", false, ["prices.systems.running"];
    NEW_USERS = "users", Expansion, Recurrent, "user", false, ["prices.systems.user"];
}

/// Systems.
#[derive(Clone, Debug)]
pub struct Systems;

/// What holds for all years.
#[derive(Clone, Debug)]
pub struct SystemsTables {
    /// Part of the national systems that falls on each group.
    part: FixedPart,
}

/// Prices of one year.
#[derive(Clone, Debug)]
pub struct SystemsYear {
    set_up: f64,
    running: f64,
    user: f64,
    life: Life,
    /// Share of users covered in the base year.
    today: f64,
    /// The national part as it is wanted: 1 as soon as the plan serves anybody.
    wanted: f64,
}

/// Systems of four groups.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemsStock {
    /// The part of the national systems that the group sets up and replaces.
    part: Lanes,
    /// Share of the national systems that stands in the country.
    built: Lanes,
    base: Lanes,
    /// Share of users covered.
    covered: Lanes,
    /// Planned this year: share of the national part that ends and that is set up, share of users added.
    plan: [Lanes; 3],
}

/// Users of four groups when so many schools have a link.
#[inline(always)]
fn users(here: &Population, connected: Lanes) -> Lanes {
    here.learners * connected + here.teachers
}

impl ComponentModel for Systems {
    const COMPONENT: Component = Component::Systems;
    const LINES: &'static [Line] = LINES;
    const STOCK: Option<(&'static str, &'static str)> = Some(("national systems", "system"));

    type Tables = SystemsTables;
    type Yearly = SystemsYear;
    type Stock = SystemsStock;
    /// Share of the national part put in place.
    type Placed = [f32; LANES];

    fn tables(model: &Model) -> SystemsTables {
        let plan = model.slots.plan.systems.as_ref();
        SystemsTables {
            part: FixedPart::new(model, plan.map(|plan| LeverMap::of(model, &plan.users)), true),
        }
    }

    fn fill(tables: &mut SystemsTables, model: &Model, p: &[f64]) {
        let today = Model::number(p, model.slots.country.services.systems);
        tables.part.fill(model, p, today);
    }

    fn yearly(year: &Year<'_>, tables: &SystemsTables) -> SystemsYear {
        let Year { p, model, .. } = *year;
        let prices = &model.slots.prices.systems;
        let number = |slot| Model::number(p, slot);
        SystemsYear {
            set_up: number(prices.set_up),
            running: number(prices.running),
            user: number(prices.user),
            life: Life::new(number(prices.life), year.t),
            today: number(model.slots.country.services.systems),
            wanted: tables.part.wanted_whole(year),
        }
    }

    fn prices(own: &SystemsYear, prices: &mut Prices<'_>) {
        for (line, price) in [
            (RUNNING, own.running),
            (NEW_RUNNING, own.running),
            (USERS, own.user),
            (NEW_USERS, own.user),
            (RENEWAL, own.set_up),
            (SET_UP, own.set_up),
        ] {
            prices.set(line, price);
        }
    }

    fn today(lever: &str, country: &Country, _: &Plan) -> Option<f64> {
        (lever == "users").then_some(country.services.systems.value)
    }

    fn open(now: &Now<'_, Self>, block: &mut Block<'_, Self>) {
        let Year { p, model, .. } = now.year;
        let covered = all(now.own.today);
        let built = if now.own.today > 0.0 { ONE } else { ZERO };
        for at in block.fours() {
            block.s[at] = SystemsStock {
                part: now.tables.part.first(model, p, block.first + at),
                built,
                base: built,
                covered,
                ..SystemsStock::default()
            };
            block.shared[at].systems = covered;
        }
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, model, .. } = now.year;
        let own = now.own;
        let covered = now.tables.part.lever.as_ref();
        if covered.is_none() && own.today == 0.0 {
            return;
        }
        let lever = covered.filter(|_| now.year.acts());
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let placed = &block.placed[at * model.years..(at + 1) * model.years];
            let (here, shared, s) = (&block.here[at], &block.shared[at], &mut block.s[at]);
            let target = target(lever, p, four, t, s.covered);
            let ends = own.life.of_base * s.base + own.life.of_placed(t, |y| widen(placed[y]));
            let ends = min(ends, s.built);
            let built = own.wanted * (ONE - s.built);
            s.plan = [ends, built, target - s.covered];
            let now_users = s.covered * users(here, shared.connected);
            let more = max(target * users(here, shared.connected_planned) - now_users, ZERO);
            let runs_here = now.tables.part.of(model, p, t, four);
            let (runs, renewed, new) = (s.built * runs_here, ends * s.part, built * s.part);
            let (half_new, half_more) = (0.5 * new, 0.5 * more);
            lines.bin(now.bins[four]);
            lines.add_all([runs, now_users, renewed, new, half_new, half_more]);
            let needed = [
                runs * own.running + now_users * own.user,
                renewed * own.set_up,
                new * own.set_up + half_new * own.running + half_more * own.user,
            ];
            let stands = s.built * here.learners;
            block.state(now, at, [stands; 2], needed, &mut amounts);
        }
    }

    #[inline(always)]
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums) {
        let Year { t, model, .. } = now.year;
        if now.tables.part.lever.is_none() && now.own.today == 0.0 {
            return;
        }
        let upkeep = funded.of(Need::Upkeep);
        let expansion = funded.of(Need::Expansion);
        let [kept, renewed, expanded] =
            [Need::Upkeep, Need::Renewal, Need::Expansion].map(|need| funded.national(need));
        let mut flow = now.flow(out);
        for at in block.fours() {
            let four = block.first + at;
            let s = &mut block.s[at];
            let [ends, built, covered] = s.plan;
            let lost = ends * (1.0 - renewed);
            let (built, covered) = (built * expanded, covered * expansion.at(four));
            // Who is covered is served as far as the national systems stand and are paid for.
            let national = (s.built - lost) * kept + built;
            block.shared[at].systems = min(s.covered * upkeep.at(four) + covered, national);
            s.built += built - lost;
            s.covered += covered;
            block.placed[at * model.years + t] = narrow(built + ends * renewed);
            flow.bin(now.bins[four]);
            flow.add_all([built * s.part, lost * s.part]);
        }
    }

    /// Running is shared by who takes part in the year, what is set up and replaced by who was first.
    fn national(now: &Now<'_, Self>, need: Need, four: usize) -> Option<Lanes> {
        let Year { t, p, model, .. } = now.year;
        Some(match need {
            Need::Upkeep => now.tables.part.of(model, p, t, four),
            Need::Renewal | Need::Expansion => now.tables.part.first(model, p, four),
        })
    }

    /// The national part.
    fn ahead(now: &Now<'_, Self>, block: &Block<'_, Self>, at: usize) -> [Lanes; 2] {
        let Year { t, model, .. } = now.year;
        let (own, s) = (now.own, &block.s[at]);
        let placed = &block.placed[at * model.years..(at + 1) * model.years];
        let left = own.life.left_of_placed(t, |y| widen(placed[y])) + s.base * own.life.left_of_base(t);
        [
            s.built * s.part * (own.set_up * own.life.steady),
            min(left, s.built) * s.part * own.set_up,
        ]
    }

    #[inline(always)]
    fn closing(_: &Now<'_, Self>, s: &SystemsStock, _: &Population, _: usize) -> Lanes {
        s.built * s.part
    }
}
