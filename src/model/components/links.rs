//! Internet for pupils (2.2): a plan or committed capacity a school, by the technology that costs least a year in reach.

mod offer;
mod wanted;

use self::offer::{Annuities, Offer, Service, annuities};
use self::wanted::{Rule, Wanted};
use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines, mean};
use crate::model::groups::{LinkKind, Population, Shared};
use crate::model::lanes::{
    LANES, Lanes, ONE, ZERO, above, all, any_above_zero, divide_or, max, min, narrow, pick, widen,
};
use crate::model::lever::{LeverMap, target};
use crate::model::life::Life;
use crate::model::schooling::shifts;
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::{Year, tax_factor};
use crate::scenario::markets::Market;
use crate::scenario::parameters::NumberSlot;
use crate::scenario::plan::{LinkRule, LinkService, LinksPlan};
use crate::scenario::shocks::LostSlots;
use crate::scenario::{Component, Country, Group, Need, Plan, Technology};

// Of each kind of line by technology the first has a name; the others follow it.
cost_lines! { Links in Connectivity, School, Connectivity;
    PLAN = "service fibre", Upkeep, Recurrent, "plan", false, ["prices.links[0].plan"];
    PLAN_1 = "service cellular", Upkeep, Recurrent, "plan", false, ["prices.links[1].plan"];
    PLAN_2 = "service wireless", Upkeep, Recurrent, "plan", false, ["prices.links[2].plan"];
    PLAN_3 = "service satellite", Upkeep, Recurrent, "plan", false, ["prices.links[3].plan"];
    COMMITTED = "committed capacity fibre", Upkeep, Recurrent, "mbps", false, ["prices.links[0].committed"];
    COMMITTED_1 = "committed capacity cellular", Upkeep, Recurrent, "mbps", false, ["prices.links[1].committed"];
    COMMITTED_2 = "committed capacity wireless", Upkeep, Recurrent, "mbps", false, ["prices.links[2].committed"];
    COMMITTED_3 = "committed capacity satellite", Upkeep, Recurrent, "mbps", false, ["prices.links[3].committed"];
    UPKEEP = "hardware upkeep fibre", Upkeep, Recurrent, "school", false, ["prices.links[0].setup", "prices.links[0].upkeep"];
    UPKEEP_1 = "hardware upkeep cellular", Upkeep, Recurrent, "school", false, ["prices.links[1].setup", "prices.links[1].upkeep"];
    UPKEEP_2 = "hardware upkeep wireless", Upkeep, Recurrent, "school", false, ["prices.links[2].setup", "prices.links[2].upkeep"];
    UPKEEP_3 = "hardware upkeep satellite", Upkeep, Recurrent, "school", false, ["prices.links[3].setup", "prices.links[3].upkeep"];
    REFRESH = "hardware fibre", Renewal, Capital, "school", true, ["prices.links[0].setup"];
    REFRESH_1 = "hardware cellular", Renewal, Capital, "school", true, ["prices.links[1].setup"];
    REFRESH_2 = "hardware wireless", Renewal, Capital, "school", true, ["prices.links[2].setup"];
    REFRESH_3 = "hardware satellite", Renewal, Capital, "school", true, ["prices.links[3].setup"];
    REFRESH_LINE = "lines", Renewal, Capital, "km", false, ["prices.links[0].line_km"];
    SETUP = "hardware fibre", Expansion, Capital, "school", true, ["prices.links[0].setup"];
    SETUP_1 = "hardware cellular", Expansion, Capital, "school", true, ["prices.links[1].setup"];
    SETUP_2 = "hardware wireless", Expansion, Capital, "school", true, ["prices.links[2].setup"];
    SETUP_3 = "hardware satellite", Expansion, Capital, "school", true, ["prices.links[3].setup"];
    NEW_LINE = "lines", Expansion, Capital, "km", false, ["prices.links[0].line_km"];
    NEW_PLAN = "service fibre", Expansion, Recurrent, "plan", false, ["prices.links[0].plan"];
    NEW_PLAN_1 = "service cellular", Expansion, Recurrent, "plan", false, ["prices.links[1].plan"];
    NEW_PLAN_2 = "service wireless", Expansion, Recurrent, "plan", false, ["prices.links[2].plan"];
    NEW_PLAN_3 = "service satellite", Expansion, Recurrent, "plan", false, ["prices.links[3].plan"];
    NEW_COMMITTED = "committed capacity fibre", Expansion, Recurrent, "mbps", false, ["prices.links[0].committed"];
    NEW_COMMITTED_1 = "committed capacity cellular", Expansion, Recurrent, "mbps", false, ["prices.links[1].committed"];
    NEW_COMMITTED_2 = "committed capacity wireless", Expansion, Recurrent, "mbps", false, ["prices.links[2].committed"];
    NEW_COMMITTED_3 = "committed capacity satellite", Expansion, Recurrent, "mbps", false, ["prices.links[3].committed"];
    NEW_UPKEEP = "hardware upkeep fibre", Expansion, Recurrent, "school", false, ["prices.links[0].setup", "prices.links[0].upkeep"];
    NEW_UPKEEP_1 = "hardware upkeep cellular", Expansion, Recurrent, "school", false, ["prices.links[1].setup", "prices.links[1].upkeep"];
    NEW_UPKEEP_2 = "hardware upkeep wireless", Expansion, Recurrent, "school", false, ["prices.links[2].setup", "prices.links[2].upkeep"];
    NEW_UPKEEP_3 = "hardware upkeep satellite", Expansion, Recurrent, "school", false, ["prices.links[3].setup", "prices.links[3].upkeep"];
    MANAGED = "managed service", Upkeep, Recurrent, "service", false, ["prices.managed_link.year"];
    NEW_MANAGED = "managed service", Expansion, Recurrent, "service", false, ["prices.managed_link.year"];
}

/// Most steps of a rule by size.
const STEPS: usize = LinksPlan::STEPS;

/// Number of technologies.
const TECHNOLOGIES: usize = Technology::ALL.len();

/// Links.
#[derive(Clone, Debug)]
pub struct Links;

/// What holds for all years.
#[derive(Clone, Debug)]
pub struct LinksTables {
    connected: Option<LeverMap>,
    annuities: [Annuities; TECHNOLOGIES],
}

/// Links of four groups. Shares are shares of a group's schools.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinksStock {
    /// Share of schools with a link of before the plan, by technology.
    legacy: [Lanes; TECHNOLOGIES],
    /// Share of schools with a link of the plan, by technology.
    fresh: [Lanes; TECHNOLOGIES],
    /// Base shares by technology, which set the pace of refresh.
    base: [Lanes; TECHNOLOGIES],
    /// Capacity of links of before the plan.
    legacy_mbps: Lanes,
    /// Wanted capacity of a school's link.
    wanted: Lanes,
    /// Planned this year: share added by technology.
    added: [Lanes; TECHNOLOGIES],
    /// Planned this year: share moved from old links, by new technology.
    moved: [Lanes; TECHNOLOGIES],
    /// Share of schools near fibre.
    reach_fibre: Lanes,
    /// Share of schools in reach of a mobile network.
    reach_4g: Lanes,
}

impl LinksStock {
    /// Share of schools with a link, old and new.
    #[inline(always)]
    fn connected(&self) -> Lanes {
        let of = |k: usize| self.legacy[k] + self.fresh[k];
        (of(0) + of(1)) + (of(2) + of(3))
    }

    /// Says what stands, what it carries and what energy it draws.
    #[inline(always)]
    fn say(&self, own: &LinksYear, shared: &mut Shared) {
        let old = (self.legacy[0] + self.legacy[1]) + (self.legacy[2] + self.legacy[3]);
        shared.links[0] = LinkKind {
            schools: old,
            mbps: self.legacy_mbps,
        };
        shared.links_kwh = ZERO;
        for k in 0..TECHNOLOGIES {
            shared.links[1 + k] = LinkKind {
                schools: self.fresh[k],
                mbps: min(self.wanted, all(own.offers[k].max)),
            };
            shared.links_kwh += own.energy[k] * (self.legacy[k] + self.fresh[k]);
        }
        shared.connected = self.connected();
    }

    /// Energy of links when what is planned is done, kWh a year and school of the group.
    #[inline(always)]
    fn planned_kwh(&self, energy: &[f64; TECHNOLOGIES], ended: &[Lanes; TECHNOLOGIES]) -> Lanes {
        let mut kwh = ZERO;
        for k in 0..TECHNOLOGIES {
            let old = self.legacy[k] - ended[k];
            kwh += energy[k] * (old + self.fresh[k] + self.moved[k] + self.added[k]);
        }
        kwh
    }
}

/// Offers and wanted capacity of one year.
#[derive(Clone, Debug)]
pub struct LinksYear {
    /// Offers by technology.
    offers: [Offer; TECHNOLOGIES],
    /// A managed service a year.
    managed: f64,
    /// What the plan asks for, from the year in which it acts.
    wanted: Option<Wanted>,
    /// Energy of a link, kWh a year.
    energy: [f64; TECHNOLOGIES],
}

impl ComponentModel for Links {
    const COMPONENT: Component = Component::Links;
    const LINES: &'static [Line] = LINES;
    const STOCK: Option<(&'static str, &'static str)> = Some(("connected schools", "school"));
    const LOST: Option<fn(&LostSlots) -> NumberSlot> = Some(|lost| lost.links);

    type Tables = LinksTables;
    type Yearly = LinksYear;
    type Stock = LinksStock;
    /// Links set up, by technology.
    type Placed = [[f32; LANES]; TECHNOLOGIES];

    fn tables(model: &Model) -> LinksTables {
        let plan = model.slots.plan.links.as_ref();
        LinksTables {
            connected: plan.map(|plan| LeverMap::of(model, &plan.connected)),
            annuities: [Annuities::default(); TECHNOLOGIES],
        }
    }

    fn fill(tables: &mut LinksTables, model: &Model, p: &[f64]) {
        tables.annuities = annuities(model, p);
    }

    fn yearly(year: &Year<'_>, tables: &LinksTables) -> LinksYear {
        let Year { p, model, .. } = *year;
        let number = |slot| Model::number(p, slot);
        let kwh = number(model.slots.prices.power.grid_kwh);
        let tax = tax_factor(model, p);
        let plan = model.slots.plan.links.as_ref().filter(|_| year.acts());
        let managed = plan.is_some_and(|plan| plan.service == LinkService::Managed);
        let of_school = &model.slots.prices.managed_link;
        let service = year.traded(Market::Plans, of_school.year);
        let offers = std::array::from_fn(|k| {
            let slots = &model.slots.prices.links[k];
            let setup = year.traded(Market::Hardware, slots.setup);
            // Only fibre has a line of its own; `check` refuses one elsewhere.
            let hop = if Technology::ALL[k] == Technology::Fibre {
                number(slots.hop)
            } else {
                0.0
            };
            let km = hop * number(slots.route_factor);
            let line = km * number(slots.line_km);
            let upkeep = number(slots.upkeep) * setup + km * number(slots.line_upkeep);
            let Annuities {
                hardware,
                line: for_line,
            } = tables.annuities[k];
            let standing = setup * tax * hardware + line * for_line + number(slots.energy) * kwh;
            let plan = year.traded(Market::Plans, slots.plan);
            let (bought, cap) = if managed {
                (service, number(of_school.mbps))
            } else {
                (plan, number(slots.plan_cap))
            };
            Offer {
                plan,
                bought,
                cap,
                repaired: managed,
                committed: slots
                    .committed
                    .map_or(f64::INFINITY, |slot| year.traded(Market::Bandwidth, slot)),
                setup,
                taxed: setup * tax,
                km: if line > 0.0 { km } else { 0.0 },
                line,
                upkeep,
                life: Life::new(number(slots.life), year.t),
                max: number(slots.max),
                per_max: 1.0 / number(slots.max),
                standing,
                has_line: line > 0.0,
            }
        });
        LinksYear {
            offers,
            managed: service,
            energy: std::array::from_fn(|k| number(model.slots.prices.links[k].energy)),
            wanted: plan.map(|plan| Wanted {
                floor: number(plan.floor),
                per_shift: 1.0 / shifts(model, p),
                rule: match plan.rule {
                    LinkRule::PerDevice => Rule::PerDevice(number(plan.per_user) * number(plan.concurrency)),
                    LinkRule::PerLearner => Rule::PerLearner(number(plan.per_learner), number(plan.most)),
                    LinkRule::Steps => {
                        let mut steps = [(f64::INFINITY, 0.0); STEPS];
                        for (step, slots) in steps.iter_mut().zip(&plan.steps) {
                            *step = (number(slots.learners), number(slots.mbps));
                        }
                        Rule::Steps(steps)
                    }
                },
            }),
        }
    }

    fn prices(own: &LinksYear, prices: &mut Prices<'_>) {
        for (k, offer) in own.offers.iter().enumerate() {
            let committed = offer.committed;
            for (lines, price) in [
                ([PLAN, NEW_PLAN], offer.plan),
                (
                    [COMMITTED, NEW_COMMITTED],
                    if committed.is_finite() { committed } else { 0.0 },
                ),
                ([UPKEEP, NEW_UPKEEP], offer.upkeep),
                ([REFRESH, SETUP], offer.setup),
            ] {
                for line in lines {
                    prices.set(line + k, price);
                }
            }
        }
        let fibre = &own.offers[Technology::Fibre as usize];
        for line in [MANAGED, NEW_MANAGED] {
            prices.set(line, own.managed);
        }
        for line in [NEW_LINE, REFRESH_LINE] {
            prices.set(line, if fibre.has_line { fibre.line / fibre.km } else { 0.0 });
        }
    }

    fn today(lever: &str, country: &Country, _: &Plan) -> Option<f64> {
        (lever == "connected").then(|| mean(country, |group| group.schools.value, Group::linked))?
    }

    /// Links of today with the capacity of today.
    fn open(now: &Now<'_, Self>, block: &mut Block<'_, Self>) {
        let Year { p, model, .. } = now.year;
        for at in block.fours() {
            let four = block.first + at;
            let (shared, s) = (&mut block.shared[at], &mut block.s[at]);
            let shares = [
                model.four(p, four, |of| of.fibre),
                model.four(p, four, |of| of.cellular),
                model.four(p, four, |of| of.wireless),
                model.four(p, four, |of| of.satellite),
            ];
            // More schools with internet than with power: the surplus does not count (model 0), so it is not kept up either.
            let power = model.four(p, four, |of| of.grid) + model.four(p, four, |of| of.solar);
            let total = (shares[0] + shares[1]) + (shares[2] + shares[3]);
            let keep = min(divide_or(power, total, ONE), ONE);
            let legacy = shares.map(|share| share * keep);
            let mbps = model.four(p, four, |of| of.mbps);
            *s = LinksStock {
                legacy,
                base: legacy,
                legacy_mbps: mbps,
                wanted: pick(above(total, ZERO), mbps, ZERO),
                reach_fibre: model.four(p, four, |of| of.reach_fibre),
                reach_4g: model.four(p, four, |of| of.reach_4g),
                ..LinksStock::default()
            };
            shared.connected_planned = total * keep;
            s.say(now.own, shared);
            shared.links_kwh_planned = shared.links_kwh;
        }
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, model, .. } = now.year;
        let LinksYear {
            offers, wanted, energy, ..
        } = now.own;
        let lever = now.tables.connected.as_ref();
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let set_up = &block.placed[at * model.years..(at + 1) * model.years];
            let (here, shared, s) = (&block.here[at], &mut block.shared[at], &mut block.s[at]);
            let schools = here.schools;
            lines.bin(now.bins[four]);
            let [mut upkeep, mut renewal, mut expansion] = [ZERO; 3];
            if let Some(wanted) = wanted {
                let learners = here.learners * here.per_school;
                let in_school = shared.devices_planned * here.per_school;
                // Devices stand in the equipped schools only: no more users there than learners.
                let devices = in_school / max(shared.equipped_planned, all(1e-9));
                // What is refreshed or wished anew never carries less than what schools here had.
                s.wanted = max(s.wanted, wanted.of(learners, devices));
            }
            // Links of the plan are there only from the year in which it acts.
            let services: [Service; TECHNOLOGIES] = if wanted.is_some() {
                [
                    offers[0].service(s.wanted),
                    offers[1].service(s.wanted),
                    offers[2].service(s.wanted),
                    offers[3].service(s.wanted),
                ]
            } else {
                [Service::NONE; TECHNOLOGIES]
            };
            let mut ending = ZERO;
            s.added = [ZERO; TECHNOLOGIES];
            s.moved = [ZERO; TECHNOLOGIES];
            let (mut freed, mut ended) = ([ZERO; TECHNOLOGIES], [ZERO; TECHNOLOGIES]);
            for k in 0..TECHNOLOGIES {
                let offer = &offers[k];
                let (old, new) = (s.legacy[k] * schools, s.fresh[k] * schools);
                // Old links first, then those of the plan.
                if any_above_zero(old) {
                    upkeep += old * (offer.plan + offer.upkeep);
                    lines.add(PLAN + k, old);
                    lines.add(UPKEEP + k, old);
                    // Their end: like for like without a plan, the best technology in reach with one. A line in the
                    // ground stays: only its hardware is replaced, whatever the plan.
                    let due = legacy_due(s, &offer.life, k);
                    if wanted.is_none() || offer.has_line {
                        let replaced = schools * due;
                        renewal += replaced * offer.taxed;
                        lines.add(REFRESH + k, replaced);
                        if wanted.is_some() {
                            (s.moved[k], ended[k]) = (due, due);
                        }
                    } else {
                        ending += due;
                        (freed[k], ended[k]) = (due, due);
                    }
                }
                if any_above_zero(new) {
                    let Service {
                        plans,
                        mbps,
                        price,
                        kept,
                    } = services[k];
                    upkeep += new * price;
                    lines.add(if offer.repaired { MANAGED } else { PLAN + k }, new * plans);
                    lines.add(COMMITTED + k, new * mbps);
                    lines.add(UPKEEP + k, new * kept);
                    let due = schools * fresh_due(s, set_up, &offer.life, k, t);
                    renewal += due * offer.taxed;
                    lines.add(REFRESH + k, due);
                }
            }
            let total = s.connected();
            shared.connected_planned = total;
            if wanted.is_some() {
                let target = target(lever, p, four, t, total);
                let added = target - total;
                shared.connected_planned = target;
                if any_above_zero(added + ending) {
                    let limits = [s.reach_fibre, s.reach_4g, s.reach_4g, all(f64::INFINITY)];
                    let room: [Lanes; TECHNOLOGIES] =
                        std::array::from_fn(|k| max(limits[k] - s.legacy[k] - s.fresh[k] + freed[k], ZERO));
                    let costs = std::array::from_fn(|k| offers[k].annual(&services[k], s.wanted));
                    let before = cheaper_room(&costs, &room);
                    for k in 0..TECHNOLOGIES {
                        let offer = &offers[k];
                        // What ends is placed first, what is new after it.
                        let filled = |share: Lanes| min(max(share - before[k], ZERO), room[k]);
                        let moved = filled(ending);
                        let fresh = filled(ending + added) - moved;
                        s.moved[k] += moved;
                        s.added[k] = fresh;
                        let (moved, fresh) = (schools * moved, schools * fresh);
                        let Service {
                            plans,
                            mbps,
                            price,
                            kept,
                        } = services[k];
                        let placed = offer.taxed + offer.line;
                        renewal += moved * placed;
                        lines.add(REFRESH + k, moved);
                        expansion += fresh * (placed + 0.5 * price);
                        lines.add(SETUP + k, fresh);
                        if offer.has_line {
                            lines.add(REFRESH_LINE, moved * offer.km);
                            lines.add(NEW_LINE, fresh * offer.km);
                        }
                        let half_year = 0.5 * fresh;
                        lines.add(
                            if offer.repaired { NEW_MANAGED } else { NEW_PLAN + k },
                            half_year * plans,
                        );
                        lines.add(NEW_COMMITTED + k, half_year * mbps);
                        lines.add(NEW_UPKEEP + k, half_year * kept);
                    }
                }
            }
            shared.links_kwh_planned = s.planned_kwh(energy, &ended);
            let needed = [upkeep, renewal, expansion];
            block.state(now, at, [total * schools; 2], needed, &mut amounts);
        }
    }

    #[inline(always)]
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums) {
        let Year { t, model, .. } = now.year;
        let renewal = funded.of(Need::Renewal);
        let expansion = funded.of(Need::Expansion);
        let LinksYear { offers, wanted, .. } = now.own;
        if wanted.is_none() && renewal.is_whole() {
            return; // Like for like and paid for: nothing moves.
        }
        let mut flow = now.flow(out);
        for at in block.fours() {
            let four = block.first + at;
            let set_up = &mut block.placed[at * model.years..(at + 1) * model.years];
            let (here, shared, s) = (&block.here[at], &mut block.shared[at], &mut block.s[at]);
            let (renewed, expanded) = (renewal.at(four), expansion.at(four));
            let lost = ONE - renewed;
            let (mut into, mut gone) = (ZERO, ZERO);
            shared.links_new = ZERO;
            for k in 0..TECHNOLOGIES {
                // What is renewed starts a new life.
                let mut starts = ZERO;
                if any_above_zero(s.fresh[k]) {
                    let due = fresh_due(s, set_up, &offers[k].life, k, t);
                    s.fresh[k] -= due * lost;
                    gone += due * lost;
                    starts += due * renewed;
                }
                if any_above_zero(s.legacy[k]) {
                    let due = legacy_due(s, &offers[k].life, k);
                    let ended = if wanted.is_some() { due } else { due * lost };
                    s.legacy[k] -= ended;
                    gone += ended;
                }
                let added = expanded * s.added[k];
                shared.links_new += added;
                let placed = renewed * s.moved[k] + added;
                s.fresh[k] += placed;
                into += placed;
                set_up[t][k] = narrow(starts + placed);
            }
            s.say(now.own, shared);
            flow.bin(now.bins[four]);
            flow.add_all([into * here.schools, gone * here.schools]);
        }
    }

    /// Links of all kinds alike, with their lines.
    fn strike(now: &Now<'_, Self>, block: &mut Block<'_, Self>, at: usize, lost: Lanes) -> Lanes {
        let Year { t, model, .. } = now.year;
        let (here, shared, s) = (&block.here[at], &mut block.shared[at], &mut block.s[at]);
        let left = ONE - lost;
        let gone = lost * s.connected() * here.schools;
        for stands in s.legacy.iter_mut().chain(&mut s.fresh).chain(&mut s.base) {
            *stands *= left;
        }
        for placed in block.placed[at * model.years..=at * model.years + t].as_flattened_mut() {
            *placed = narrow(widen(*placed) * left);
        }
        shared.links_new *= left;
        s.say(now.own, shared);
        gone
    }

    /// Hardware; lines in the ground outlive the plan. Ages of links of before the plan are mixed.
    fn ahead(now: &Now<'_, Self>, block: &Block<'_, Self>, at: usize) -> [Lanes; 2] {
        let Year { t, model, .. } = now.year;
        let s = &block.s[at];
        let set_up = &block.placed[at * model.years..(at + 1) * model.years];
        let (mut renewal, mut left) = (ZERO, ZERO);
        for (k, offer) in now.own.offers.iter().enumerate() {
            renewal += (s.legacy[k] + s.fresh[k]) * (offer.taxed * offer.life.steady);
            let fresh = offer.life.left_of_placed(t, |y| widen(set_up[y][k]));
            left += (0.5 * s.legacy[k] + min(fresh, s.fresh[k])) * offer.taxed;
        }
        [renewal, left].map(|amount| amount * block.here[at].schools)
    }

    #[inline(always)]
    fn reaching(shared: &Shared) -> Lanes {
        divide_or(shared.ready_complete, shared.connected, ZERO)
    }

    #[inline(always)]
    fn closing(_: &Now<'_, Self>, s: &LinksStock, here: &Population, _: usize) -> Lanes {
        here.schools * s.connected()
    }
}

/// Share of schools whose old link of a technology reaches its end this year. Their ages stay mixed as long as what ends
/// is replaced like for like; once a plan moves what ends, the old links are gone after one life.
#[inline(always)]
fn legacy_due(s: &LinksStock, life: &Life, k: usize) -> Lanes {
    min(life.steady * s.base[k], s.legacy[k])
}

/// Share of schools whose link of the plan reaches its end this year.
#[inline(always)]
fn fresh_due(s: &LinksStock, set_up: &[[[f32; LANES]; TECHNOLOGIES]], life: &Life, k: usize, t: usize) -> Lanes {
    min(life.of_placed(t, |y| widen(set_up[y][k])), s.fresh[k])
}

/// Room that cheaper technologies leave before each technology's turn comes; of two at one price the first comes first.
#[inline(always)]
fn cheaper_room(costs: &[Lanes; TECHNOLOGIES], room: &[Lanes; TECHNOLOGIES]) -> [Lanes; TECHNOLOGIES] {
    let mut before = [ZERO; TECHNOLOGIES];
    for k in 1..TECHNOLOGIES {
        for j in 0..k {
            let later_is_cheaper = above(costs[j], costs[k]);
            before[j] += pick(later_is_cheaper, room[k], ZERO);
            before[k] += pick(later_is_cheaper, ZERO, room[j]);
        }
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lanes::first;

    #[test]
    fn places_are_filled_from_the_cheapest_and_stop_at_reach() {
        // Prices 3, 1, 2, 2 with room 0.1, 0.5, 0.2 and no end: the order is 1, 2, 3, 0; equal prices as they stand.
        let costs = [3.0, 1.0, 2.0, 2.0].map(all);
        let room = [0.1, 0.5, 0.2, f64::INFINITY].map(all);
        let before = cheaper_room(&costs, &room).map(first);
        assert_eq!(before, [f64::INFINITY, 0.0, 0.5, 0.7]);
    }
}
