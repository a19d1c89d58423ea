//! Governance (2.8): posts and offices in the ministry, in regions and in districts. They do not shrink with the programme.
//!
//! Posts of the ministry are shared over the groups that ever have a part of them, by learners of the base year; so are those
//! of regions that the data does not name. A named region has its own, and a district its number of schools.

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines};
use crate::model::groups::Population;
use crate::model::lanes::{LANES, Lanes, ZERO, above, all, pick};
use crate::model::lever::{LeverMap, target};
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::Year;
use crate::scenario::{Component, Country, Need, Plan};

cost_lines! { Governance in Coordination, Region, Governance;
    MINISTRY = "ministry posts", Upkeep, Recurrent, "post", false, ["prices.governance.officer"] in Coordination, Centre, Governance;
    REGION = "regional posts", Upkeep, Recurrent, "post", false, ["prices.governance.post"];
    DISTRICT = "district posts", Upkeep, Recurrent, "post", false, ["prices.governance.post"];
    MINISTRY_OFFICES = "ministry offices", Upkeep, Recurrent, "post", false, ["prices.governance.officer", "prices.governance.offices"] in Coordination, Centre, Governance;
    REGION_OFFICES = "regional offices", Upkeep, Recurrent, "post", false, ["prices.governance.post", "prices.governance.offices"];
    DISTRICT_OFFICES = "district offices", Upkeep, Recurrent, "post", false, ["prices.governance.post", "prices.governance.offices"];
    NEW_MINISTRY = "ministry posts", Expansion, Recurrent, "post", false, ["prices.governance.officer"] in Coordination, Centre, Governance;
    NEW_REGION = "regional posts", Expansion, Recurrent, "post", false, ["prices.governance.post"];
    NEW_DISTRICT = "district posts", Expansion, Recurrent, "post", false, ["prices.governance.post"];
    NEW_MINISTRY_OFFICES = "ministry offices", Expansion, Recurrent, "post", false, ["prices.governance.officer", "prices.governance.offices"] in Coordination, Centre, Governance;
    NEW_REGION_OFFICES = "regional offices", Expansion, Recurrent, "post", false, ["prices.governance.post", "prices.governance.offices"];
    NEW_DISTRICT_OFFICES = "district offices", Expansion, Recurrent, "post", false, ["prices.governance.post", "prices.governance.offices"];
}

/// Ministry, region, district.
const TIERS: usize = 3;

/// Governance.
#[derive(Clone, Debug)]
pub struct Governance;

/// What holds for all years.
#[derive(Clone, Debug)]
pub struct GovernanceTables {
    staffed: Option<LeverMap>,
    /// Posts of each group, by tier, when all are filled.
    posts: Vec<[Lanes; TIERS]>,
    /// Learners of each named region that has a part, and the region of each group.
    learners: Vec<f64>,
    region_of: Vec<usize>,
}

/// Prices of one year.
#[derive(Clone, Debug)]
pub struct GovernanceYear {
    /// Pay of a post a year, by tier.
    pay: [f64; TIERS],
    /// Offices as a share of pay.
    offices: f64,
    /// Share of posts filled in the base year.
    today: f64,
}

/// Posts of four groups.
#[derive(Clone, Copy, Debug, Default)]
pub struct GovernanceStock {
    /// When all are filled, by tier.
    posts: [Lanes; TIERS],
    /// Share that is filled.
    staffed: Lanes,
    /// Planned this year: share added.
    plan: Lanes,
}

impl ComponentModel for Governance {
    const COMPONENT: Component = Component::Governance;
    const LINES: &'static [Line] = LINES;
    const MANAGED: bool = false;
    const STOCK: Option<(&'static str, &'static str)> = Some(("governance posts", "post"));

    type Tables = GovernanceTables;
    type Yearly = GovernanceYear;
    type Stock = GovernanceStock;
    type Placed = ();

    fn tables(model: &Model) -> GovernanceTables {
        let plan = model.slots.plan.governance.as_ref();
        let mut regions: Vec<&str> = model.cuts.iter().map(|cut| cut.region.as_str()).collect();
        regions.sort_unstable();
        regions.dedup();
        let region = |cut: usize| regions.binary_search(&model.cuts[cut].region.as_str());
        GovernanceTables {
            staffed: plan.map(|plan| LeverMap::of(model, &plan.staffed)),
            posts: vec![[ZERO; TIERS]; model.fours()],
            learners: vec![0.0; regions.len()],
            region_of: model
                .cut_of
                .iter()
                .map(|cut| region(cut.index()).unwrap_or(0))
                .collect(),
        }
    }

    fn fill(tables: &mut GovernanceTables, model: &Model, p: &[f64]) {
        let GovernanceTables {
            staffed,
            posts,
            learners,
            region_of,
        } = tables;
        let establishment = &model.slots.country.governance;
        let number = |slot| Model::number(p, slot);
        let today = number(establishment.staffed);
        // Posts are not cut, so that who has a part at the end has had it.
        let last = |four: usize| {
            let lever = staffed.as_ref();
            lever.map_or(ZERO, |lever| lever.at(p, four, model.years - 1)) + today
        };
        learners.fill(0.0);
        for four in 0..posts.len() {
            let here = pick(above(last(four), ZERO), model.count(p, four, |of| of.learners), ZERO);
            for (lane, here) in here.into_arr().into_iter().enumerate() {
                learners[region_of[four * LANES + lane]] += here;
            }
        }
        let country: f64 = learners.iter().sum();
        let per_learner = 1.0 / country.max(1e-9);
        let ministry = number(establishment.ministry) * per_learner;
        let unnamed = (country / number(establishment.region_learners)).max(1.0) * per_learner;
        let named = learners.len() > 1;
        for (four, posts) in posts.iter_mut().enumerate() {
            let has = above(last(four), ZERO);
            let here = pick(has, model.count(p, four, |of| of.learners), ZERO);
            let schools = pick(has, model.count(p, four, |of| of.schools), ZERO);
            let regions = if named {
                let of = |lane: usize| 1.0 / learners[region_of[four * LANES + lane]].max(1e-9);
                here * Lanes::from_arr([of(0), of(1), of(2), of(3)])
            } else {
                here * unnamed
            };
            *posts = [
                here * ministry,
                regions * number(establishment.region),
                schools * (number(establishment.district) / number(establishment.district_schools)),
            ];
        }
    }

    fn yearly(year: &Year<'_>, _: &GovernanceTables) -> GovernanceYear {
        let Year { p, model, .. } = *year;
        let prices = &model.slots.prices.governance;
        let number = |slot| Model::number(p, slot);
        let [officer, post] = [prices.officer, prices.post].map(|times| number(times) * year.trends.gdp_per_person);
        GovernanceYear {
            pay: [officer, post, post],
            offices: number(prices.offices),
            today: number(model.slots.country.governance.staffed),
        }
    }

    fn prices(own: &GovernanceYear, prices: &mut Prices<'_>) {
        for (tier, pay) in own.pay.into_iter().enumerate() {
            for line in [MINISTRY, NEW_MINISTRY] {
                prices.set(line + tier, pay);
                prices.set(line + TIERS + tier, pay * own.offices);
            }
        }
    }

    fn today(lever: &str, country: &Country, _: &Plan) -> Option<f64> {
        (lever == "staffed").then_some(country.governance.staffed.value)
    }

    fn open(now: &Now<'_, Self>, block: &mut Block<'_, Self>) {
        for at in block.fours() {
            block.s[at] = GovernanceStock {
                posts: now.tables.posts[block.first + at],
                staffed: all(now.own.today),
                plan: ZERO,
            };
        }
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, .. } = now.year;
        let own = now.own;
        let staffed = now.tables.staffed.as_ref();
        if staffed.is_none() && own.today == 0.0 {
            return;
        }
        let lever = staffed.filter(|_| now.year.acts());
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let s = &mut block.s[at];
            s.plan = target(lever, p, four, t, s.staffed) - s.staffed;
            lines.bin(now.bins[four]);
            let (mut pay, mut new_pay) = (ZERO, ZERO);
            for tier in 0..TIERS {
                let posts = s.posts[tier] * s.staffed;
                let half_new = 0.5 * s.posts[tier] * s.plan;
                for (line, quantity) in [(MINISTRY, posts), (NEW_MINISTRY, half_new)] {
                    lines.add(line + tier, quantity);
                    lines.add(line + TIERS + tier, quantity);
                }
                pay += posts * own.pay[tier];
                new_pay += half_new * own.pay[tier];
            }
            let filled = s.staffed * ((s.posts[0] + s.posts[1]) + s.posts[2]);
            let with_offices = 1.0 + own.offices;
            let needed = [pay * with_offices, ZERO, new_pay * with_offices];
            block.state(now, at, [filled; 2], needed, &mut amounts);
        }
    }

    #[inline(always)]
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums) {
        if now.tables.staffed.is_none() {
            return;
        }
        let expansion = funded.of(Need::Expansion);
        let mut flow = now.flow(out);
        for at in block.fours() {
            let four = block.first + at;
            let s = &mut block.s[at];
            // Who is not paid does not work this year; the post stays.
            let added = s.plan * expansion.at(four);
            s.staffed += added;
            flow.bin(now.bins[four]);
            flow.add_all([added * ((s.posts[0] + s.posts[1]) + s.posts[2]), ZERO]);
        }
    }

    #[inline(always)]
    fn closing(_: &Now<'_, Self>, s: &GovernanceStock, _: &Population, _: usize) -> Lanes {
        s.staffed * ((s.posts[0] + s.posts[1]) + s.posts[2])
    }
}
