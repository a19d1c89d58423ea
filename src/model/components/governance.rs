//! Governance (2.8): posts and offices in the ministry, in regions and in districts. They do not shrink with the programme.
//!
//! The ministry has its posts as soon as anybody has a part, whose pay is shared by all who have one in a year. A named region
//! has its own, shared by learners over its groups that ever have a part; regions without a name go by learners, districts by
//! schools.

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines};
use crate::model::fixed_part::FixedPart;
use crate::model::groups::Population;
use crate::model::lanes::{LANES, Lanes, ZERO, above, all, max, pick, sum};
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
    /// Part of the ministry's posts that falls on each group.
    part: FixedPart,
    /// Posts of the ministry when all are filled.
    ministry: f64,
    /// Posts of each group's region and district when all are filled.
    posts: Vec<[Lanes; TIERS - 1]>,
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
    /// Share of the ministry's posts that is to be filled.
    ministry: f64,
}

/// Posts of four groups.
#[derive(Clone, Copy, Debug, Default)]
pub struct GovernanceStock {
    /// Posts of the ministry that the group was among the first to have, by which they are counted.
    ministry: Lanes,
    /// Posts of region and district when all are filled.
    posts: [Lanes; TIERS - 1],
    /// Share of the ministry's posts that is filled, the same in every group.
    at_ministry: Lanes,
    /// Share of the group's own posts that is filled.
    staffed: Lanes,
    /// Planned this year: shares added, of the ministry's and of its own.
    plan: [Lanes; 2],
}

impl GovernanceStock {
    /// Posts by shares of the ministry's and of its own.
    #[inline(always)]
    fn count(&self, at_ministry: Lanes, staffed: Lanes) -> Lanes {
        self.ministry * at_ministry + (self.posts[0] + self.posts[1]) * staffed
    }
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
            part: FixedPart::new(model, plan.map(|plan| LeverMap::of(model, &plan.staffed)), true),
            ministry: 0.0,
            posts: vec![[ZERO; TIERS - 1]; model.fours()],
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
            part,
            ministry,
            posts,
            learners,
            region_of,
        } = tables;
        let establishment = &model.slots.country.governance;
        let number = |slot| Model::number(p, slot);
        part.fill(model, p, number(establishment.staffed));
        *ministry = number(establishment.ministry);
        // Posts are not cut, so that who has a part at the end is who ever has one.
        let here = |four: usize| model.count(p, four, |of| of.learners);
        let with_part = |four: usize| pick(above(part.of(model, p, model.years - 1, four), ZERO), here(four), ZERO);
        learners.fill(0.0);
        for four in 0..posts.len() {
            for (lane, here) in with_part(four).into_arr().into_iter().enumerate() {
                learners[region_of[four * LANES + lane]] += here;
            }
        }
        let country: f64 = (0..posts.len()).map(|four| sum(here(four))).sum();
        let unnamed = (1.0 / number(establishment.region_learners)).max(1.0 / country.max(1e-9));
        let named = learners.len() > 1;
        for (four, posts) in posts.iter_mut().enumerate() {
            let regions = if named {
                let of = |lane: usize| 1.0 / learners[region_of[four * LANES + lane]].max(1e-9);
                with_part(four) * Lanes::from_arr([of(0), of(1), of(2), of(3)])
            } else {
                here(four) * unnamed
            };
            let schools = model.count(p, four, |of| of.schools);
            *posts = [
                regions * number(establishment.region),
                schools * (number(establishment.district) / number(establishment.district_schools)),
            ];
        }
    }

    fn yearly(year: &Year<'_>, tables: &GovernanceTables) -> GovernanceYear {
        let Year { p, model, .. } = *year;
        let prices = &model.slots.prices.governance;
        let number = |slot| Model::number(p, slot);
        let [officer, post] = [prices.officer, prices.post].map(|times| number(times) * year.trends.gdp_per_person);
        GovernanceYear {
            pay: [officer, post, post],
            offices: number(prices.offices),
            today: number(model.slots.country.governance.staffed),
            ministry: tables.part.wanted(year),
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
        let Year { p, model, .. } = now.year;
        for at in block.fours() {
            let four = block.first + at;
            block.s[at] = GovernanceStock {
                ministry: now.tables.part.first(model, p, four) * now.tables.ministry,
                posts: now.tables.posts[four],
                at_ministry: all(now.own.today),
                staffed: all(now.own.today),
                ..GovernanceStock::default()
            };
        }
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, model, .. } = now.year;
        let own = now.own;
        let staffed = now.tables.part.lever.as_ref();
        if staffed.is_none() && own.today == 0.0 {
            return;
        }
        let lever = staffed.filter(|_| now.year.acts());
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let s = &mut block.s[at];
            s.plan = [
                max(all(own.ministry) - s.at_ministry, ZERO),
                target(lever, p, four, t, s.staffed) - s.staffed,
            ];
            let full = [
                now.tables.part.of(model, p, t, four) * now.tables.ministry,
                s.posts[0],
                s.posts[1],
            ];
            let filled = [s.at_ministry, s.staffed, s.staffed];
            let added = [s.plan[0], s.plan[1], s.plan[1]];
            lines.bin(now.bins[four]);
            let (mut stand, mut pay, mut new_pay) = (ZERO, ZERO, ZERO);
            for tier in 0..TIERS {
                let posts = full[tier] * filled[tier];
                let half_new = 0.5 * full[tier] * added[tier];
                for (line, quantity) in [(MINISTRY, posts), (NEW_MINISTRY, half_new)] {
                    lines.add(line + tier, quantity);
                    lines.add(line + TIERS + tier, quantity);
                }
                stand += posts;
                pay += posts * own.pay[tier];
                new_pay += half_new * own.pay[tier];
            }
            let with_offices = 1.0 + own.offices;
            let needed = [pay * with_offices, ZERO, new_pay * with_offices];
            block.state(now, at, [stand; 2], needed, &mut amounts);
        }
    }

    #[inline(always)]
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums) {
        if now.tables.part.lever.is_none() {
            return;
        }
        let expansion = funded.of(Need::Expansion);
        let at_ministry = funded.national(Need::Expansion);
        let mut flow = now.flow(out);
        for at in block.fours() {
            let four = block.first + at;
            let s = &mut block.s[at];
            // Who is not paid does not work this year; the post stays.
            let [at_ministry, staffed] = [s.plan[0] * at_ministry, s.plan[1] * expansion.at(four)];
            s.at_ministry += at_ministry;
            s.staffed += staffed;
            flow.bin(now.bins[four]);
            flow.add_all([s.count(at_ministry, staffed), ZERO]);
        }
    }

    /// The ministry is shared by who takes part in the year.
    fn national(now: &Now<'_, Self>, _: Need, four: usize) -> Option<Lanes> {
        let Year { t, p, model, .. } = now.year;
        Some(now.tables.part.of(model, p, t, four))
    }

    #[inline(always)]
    fn closing(_: &Now<'_, Self>, s: &GovernanceStock, _: &Population, _: usize) -> Lanes {
        s.count(s.at_ministry, s.staffed)
    }
}
