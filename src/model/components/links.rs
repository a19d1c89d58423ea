//! Internet for pupils (2.2): a plan or committed capacity a school, by the technology that costs least a year in reach.

use std::ops::Range;

use crate::model::component::{
    ComponentModel, Funded, LINK_COMMITTED_0, LINK_LINE, LINK_NEW_COMMITTED_0, LINK_NEW_PLAN_0, LINK_NEW_UPKEEP_0,
    LINK_PLAN_0, LINK_REFRESH_0, LINK_REFRESH_LINE, LINK_SETUP_0, LINK_UPKEEP_0, Sheet, Year,
};
use crate::model::tables::Model;
use crate::model::workspace::{GroupState, Life, State, TECHNOLOGIES};
use crate::scenario::{Component, Need, Technology};

/// Position of connected schools among the stocks.
const STOCK: usize = 1;

/// Cost lines of links.
const LINE_COUNT: usize = LINK_NEW_UPKEEP_0 + TECHNOLOGIES - LINK_PLAN_0;

/// Links.
pub struct Links;

/// Prices and limits of one technology in one year.
#[derive(Clone, Copy, Debug, Default)]
pub struct Offer {
    /// One plan a year.
    pub plan: f64,
    /// One over the capacity of a plan.
    pub per_cap: f64,
    /// Committed capacity a Mbps and year; infinite where it is not sold.
    pub committed: f64,
    /// Hardware and installation.
    pub setup: f64,
    /// Kilometres of line to a school.
    pub km: f64,
    /// A kilometre of line.
    pub line: f64,
    /// Upkeep of hardware and line a year.
    pub upkeep: f64,
    /// Energy a year, kWh.
    pub energy: f64,
    /// Life of the hardware.
    pub life: Life,
    /// Largest capacity.
    pub max: f64,
    /// All that does not depend on capacity, as an equal amount a year: set-up and line spread over life, upkeep, energy.
    pub standing: f64,
}

/// What a year's service for one school is bought as.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Service {
    /// So many plans.
    Plans(f64),
    /// So many Mbps of committed capacity.
    Committed(f64),
}

impl Offer {
    /// Cheapest way to a capacity: plans or committed capacity, never both; capacity stops at the technology's limit.
    #[must_use]
    pub fn service(&self, wanted: f64) -> (Service, f64) {
        let capacity = wanted.min(self.max);
        let plans = ceil(capacity * self.per_cap);
        let by_plan = plans * self.plan;
        let by_commitment = capacity * self.committed;
        if by_commitment < by_plan {
            (Service::Committed(capacity), by_commitment)
        } else {
            (Service::Plans(plans), by_plan)
        }
    }

    /// Equivalent annual cost for each unit of adequacy: what is bought is compared on what it delivers.
    #[must_use]
    pub fn annual(&self, wanted: f64) -> f64 {
        let cost = self.service(wanted).1 + self.standing;
        if wanted > self.max {
            cost * wanted / self.max
        } else {
            cost
        }
    }

    /// Share of the wanted capacity that the technology can give.
    #[must_use]
    pub fn adequacy(&self, wanted: f64) -> f64 {
        if wanted > self.max { self.max / wanted } else { 1.0 }
    }
}

/// Rounded up to a whole number; at least 1.
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
fn ceil(value: f64) -> f64 {
    let whole = value as i64 as f64;
    (if whole < value { whole + 1.0 } else { whole }).max(1.0)
}

/// Yearly payment that repays 1 over `years` at a rate (evidence H: equivalent annual cost).
#[must_use]
pub fn annuity(rate: f64, years: f64) -> f64 {
    if rate.abs() < 1e-12 {
        1.0 / years
    } else {
        rate / (1.0 - libm::pow(1.0 + rate, -years))
    }
}

/// Offers of a year by technology.
#[must_use]
pub fn offers(year: &Year<'_>) -> [Offer; TECHNOLOGIES] {
    let Year { p, model, .. } = *year;
    let general = &model.slots.prices.general;
    let number = |slot| Model::number(p, slot);
    let committed_trend = year.trend(number(general.bandwidth_decline), false);
    let plan_trend = year.trend(number(general.plan_decline), false);
    let hardware_trend = year.trend(0.0, true);
    let kwh = number(model.slots.prices.power.grid_kwh);
    let rate = number(general.discount);
    let tax = Sheet::tax_factor(year);
    std::array::from_fn(|k| {
        let slots = &model.slots.prices.links[k];
        let setup = number(slots.setup) * hardware_trend;
        // Only fibre has a line of its own; `check` refuses one elsewhere.
        let hop = if Technology::ALL[k] == Technology::Fibre {
            number(slots.hop)
        } else {
            0.0
        };
        let km = hop * number(slots.route_factor);
        let line = number(slots.line_km);
        let upkeep = number(slots.upkeep) * setup + km * number(slots.line_upkeep);
        let (energy, life) = (number(slots.energy), number(slots.life));
        // A line outlives the hardware at its end; 20 years is the usual life of a cable in service.
        let standing = setup * tax * annuity(rate, life) + km * line * annuity(rate, LINE_LIFE) + upkeep + energy * kwh;
        Offer {
            plan: number(slots.plan) * plan_trend,
            per_cap: 1.0 / number(slots.plan_cap),
            committed: slots
                .committed
                .map_or(f64::INFINITY, |slot| number(slot) * committed_trend),
            setup,
            km,
            line,
            upkeep,
            energy,
            life: Life::new(life, year.t),
            max: number(slots.max),
            standing,
        }
    })
}

/// Years over which a line is spread when technologies are compared.
const LINE_LIFE: f64 = 20.0;

/// Base year: links of today with the capacity of today.
pub fn open(model: &Model, p: &[f64], state: &mut State) {
    state.set_up.fill(0.0);
    for (g, s) in state.groups.iter_mut().enumerate() {
        let shares = [
            model.group(p, g, |of| of.fibre),
            model.group(p, g, |of| of.cellular),
            model.group(p, g, |of| of.wireless),
            model.group(p, g, |of| of.satellite),
        ];
        // More schools with internet than with power: the surplus does not count (model 0), so it is not kept up either.
        let power = model.group(p, g, |of| of.grid) + model.group(p, g, |of| of.solar);
        let total: f64 = shares.iter().sum();
        let keep = if total > power { power / total } else { 1.0 };
        for k in 0..TECHNOLOGIES {
            s.legacy[k] = shares[k] * keep;
            s.base_links[k] = shares[k] * keep;
            s.fresh[k] = 0.0;
        }
        s.legacy_mbps = model.group(p, g, |of| of.mbps);
        s.wanted = s.legacy_mbps;
        s.connected_planned = total * keep;
    }
}

/// Share of a group's schools with a link, old and new, whether or not it is paid for this year.
#[inline]
#[must_use]
pub fn connected(s: &GroupState) -> f64 {
    (0..TECHNOLOGIES).map(|k| s.legacy[k] + s.fresh[k]).sum()
}

/// Share of the wanted capacity that the group's links give, on average over connected schools.
#[inline]
#[must_use]
pub fn adequacy(s: &GroupState, offers: &[Offer; TECHNOLOGIES]) -> f64 {
    let wanted = s.wanted;
    let old = if wanted > s.legacy_mbps {
        s.legacy_mbps / wanted
    } else {
        1.0
    };
    let (mut sum, mut total) = (0.0, 0.0);
    let mut short = old < 1.0;
    for k in 0..TECHNOLOGIES {
        let new = offers[k].adequacy(wanted);
        short |= new < 1.0;
        sum += s.legacy[k] * old + s.fresh[k] * new;
        total += s.legacy[k] + s.fresh[k];
    }
    match (total > 0.0, short) {
        (false, _) => 0.0,
        (true, false) => 1.0,
        (true, true) => sum / total,
    }
}

impl ComponentModel for Links {
    fn needs(&self, year: &Year<'_>, state: &mut State, sheet: &mut Sheet, bins: &[u32], block: Range<usize>) {
        let Year { t, p, model, .. } = *year;
        let offers = state.offers;
        for (k, offer) in offers.iter().enumerate() {
            for line in [LINK_PLAN_0, LINK_NEW_PLAN_0] {
                sheet.set_price(line + k, offer.plan);
            }
            for line in [LINK_COMMITTED_0, LINK_NEW_COMMITTED_0] {
                sheet.set_price(
                    line + k,
                    if offer.committed.is_finite() {
                        offer.committed
                    } else {
                        0.0
                    },
                );
            }
            for line in [LINK_UPKEEP_0, LINK_NEW_UPKEEP_0] {
                sheet.set_price(line + k, offer.upkeep);
            }
            for line in [LINK_REFRESH_0, LINK_SETUP_0] {
                sheet.set_price(line + k, offer.setup);
            }
        }
        let line = offers[Technology::Fibre as usize].line;
        sheet.set_price(LINK_LINE, line);
        sheet.set_price(LINK_REFRESH_LINE, line);
        let tax = Sheet::tax_factor(year);
        let acts = year.acts();
        let plan = model.slots.plan.links.as_ref().filter(|_| acts);
        let demand = plan.map(|plan| {
            [
                Model::number(p, plan.floor),
                Model::number(p, plan.per_user),
                Model::number(p, plan.concurrency),
            ]
        });
        let ([upkeep_of, renewal_of, expansion_of], mut tally) =
            sheet.write::<LINE_COUNT>(Component::Links, LINK_PLAN_0);
        // Many groups want the same capacity: remember what it costs and in which order.
        let mut known = (f64::NAN, [0; TECHNOLOGIES], [(Service::Plans(0.0), 0.0); TECHNOLOGIES]);
        for (g, s) in block.clone().zip(&mut state.groups[block]) {
            let schools = s.schools;
            tally.bin(bins[g]);
            let mut cost = [0.0; 3];
            if let Some([floor, per_user, concurrency]) = demand {
                let learners = s.learners * s.per_school;
                let in_school = s.devices_planned * s.per_school;
                // Devices stand in the equipped schools only: divide only where they are fewer than learners.
                let equipped = s.equipped_planned;
                let users = if in_school < learners * equipped {
                    in_school / equipped.max(1e-9)
                } else {
                    learners
                };
                s.wanted = floor.max(per_user * concurrency * users);
            }
            let wanted = s.wanted;
            if known.0.to_bits() != wanted.to_bits() {
                known = (
                    wanted,
                    by_cost(&offers, wanted),
                    std::array::from_fn(|k| offers[k].service(wanted)),
                );
            }
            let (_, cheapest, services) = &known;
            let mut total = 0.0;
            // Old links first, then those of the plan.
            for k in 0..TECHNOLOGIES {
                let (old, new) = (s.legacy[k], s.fresh[k]);
                if old > 0.0 {
                    cost[0] += schools * old * (offers[k].plan + offers[k].upkeep);
                    tally.add(LINK_PLAN_0 + k - LINK_PLAN_0, schools * old);
                    tally.add(LINK_UPKEEP_0 + k - LINK_PLAN_0, schools * old);
                }
                if new > 0.0 {
                    let (service, price) = services[k];
                    cost[0] += schools * new * (price + offers[k].upkeep);
                    match service {
                        Service::Plans(plans) => tally.add(LINK_PLAN_0 + k - LINK_PLAN_0, schools * new * plans),
                        Service::Committed(mbps) => tally.add(LINK_COMMITTED_0 + k - LINK_PLAN_0, schools * new * mbps),
                    }
                    tally.add(LINK_UPKEEP_0 + k - LINK_PLAN_0, schools * new);
                    let due = fresh_due(&state.set_up, model, offers[k].life, g, k, t).min(new);
                    cost[1] += schools * due * offers[k].setup * tax;
                    tally.add(LINK_REFRESH_0 + k - LINK_PLAN_0, schools * due);
                }
                total += old + new;
                s.links_added[k] = 0.0;
                s.links_moved[k] = 0.0;
            }
            // Old links reach their end: like for like without a plan, the best technology in reach with one.
            let mut ending = 0.0;
            for k in 0..TECHNOLOGIES {
                if s.legacy[k] > 0.0 {
                    let due = legacy_due(s, offers[k].life, k);
                    // A line in the ground stays: only its hardware is replaced, whatever the plan.
                    let stays = offers[k].line * offers[k].km > 0.0;
                    if demand.is_none() || stays {
                        cost[1] += schools * due * offers[k].setup * tax;
                        tally.add(LINK_REFRESH_0 + k - LINK_PLAN_0, schools * due);
                        s.links_moved[k] += if demand.is_some() { due } else { 0.0 };
                    } else {
                        ending += due;
                    }
                }
            }
            if demand.is_some() {
                let target = model
                    .levers
                    .connected
                    .as_ref()
                    .map_or(total, |lever| lever.at(p, g, t).max(total));
                let added = target - total;
                if added + ending > 1e-12 {
                    let reach = [
                        model.group(p, g, |of| of.reach_fibre),
                        model.group(p, g, |of| of.reach_4g),
                    ];
                    let mut room: [f64; TECHNOLOGIES] = std::array::from_fn(|k| {
                        let limit = match Technology::ALL[k] {
                            Technology::Fibre => reach[0],
                            Technology::Cellular | Technology::Wireless => reach[1],
                            Technology::Satellite => f64::INFINITY,
                        };
                        let freed = legacy_due(s, offers[k].life, k) - s.links_moved[k];
                        (limit - s.legacy[k] - s.fresh[k] + freed).max(0.0)
                    });
                    place(ending, cheapest, &mut room, |k, share| {
                        s.links_moved[k] += share;
                        cost[1] += schools * share * (offers[k].setup * tax + offers[k].km * offers[k].line);
                        tally.add(LINK_REFRESH_0 + k - LINK_PLAN_0, schools * share);
                        tally.add(
                            LINK_REFRESH_LINE - LINK_PLAN_0,
                            if offers[k].line > 0.0 {
                                schools * share * offers[k].km
                            } else {
                                0.0
                            },
                        );
                    });
                    place(added, cheapest, &mut room, |k, share| {
                        s.links_added[k] += share;
                        let (service, price) = services[k];
                        cost[2] += schools
                            * share
                            * (offers[k].setup * tax
                                + offers[k].km * offers[k].line
                                + 0.5 * (price + offers[k].upkeep));
                        tally.add(LINK_SETUP_0 + k - LINK_PLAN_0, schools * share);
                        tally.add(
                            LINK_LINE - LINK_PLAN_0,
                            if offers[k].line > 0.0 {
                                schools * share * offers[k].km
                            } else {
                                0.0
                            },
                        );
                        match service {
                            Service::Plans(plans) => {
                                tally.add(LINK_NEW_PLAN_0 + k - LINK_PLAN_0, 0.5 * schools * share * plans);
                            }
                            Service::Committed(mbps) => {
                                tally.add(LINK_NEW_COMMITTED_0 + k - LINK_PLAN_0, 0.5 * schools * share * mbps);
                            }
                        }
                        tally.add(LINK_NEW_UPKEEP_0 + k - LINK_PLAN_0, 0.5 * schools * share);
                    });
                }
                total += added;
            }
            s.connected_planned = total;
            upkeep_of[g] = cost[0];
            renewal_of[g] = cost[1];
            expansion_of[g] = cost[2];
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
        let Year { t, model, .. } = *year;
        let renewal = funded.of(Component::Links, Need::Renewal);
        let expansion = funded.of(Component::Links, Need::Expansion);
        let offers = state.offers;
        let plan = model.slots.plan.links.is_some() && year.acts();
        for (g, s) in block.clone().zip(&mut state.groups[block]) {
            let (renewed, expanded) = (renewal.at(g), expansion.at(g));
            if !plan && renewed >= 1.0 {
                continue; // Like for like and paid for: nothing moves.
            }
            let (mut into, mut out) = (0.0, 0.0);
            for k in 0..TECHNOLOGIES {
                let lost = 1.0 - renewed;
                if s.fresh[k] > 0.0 {
                    let due = fresh_due(&state.set_up, model, offers[k].life, g, k, t).min(s.fresh[k]);
                    s.fresh[k] -= due * lost;
                    out += due * lost;
                    // What is renewed starts a new life.
                    #[allow(clippy::cast_possible_truncation)]
                    {
                        state.set_up[(g * model.years + t) * TECHNOLOGIES + k] += (due * renewed) as f32;
                    }
                }
                if s.legacy[k] > 0.0 {
                    let due = legacy_due(s, offers[k].life, k);
                    let gone = if plan { due } else { due * lost };
                    s.legacy[k] -= gone;
                    out += gone;
                }
                let moved = renewed * s.links_moved[k];
                let added = expanded * s.links_added[k];
                s.fresh[k] += moved + added;
                into += moved + added;
                #[allow(clippy::cast_possible_truncation)]
                {
                    state.set_up[(g * model.years + t) * TECHNOLOGIES + k] += (moved + added) as f32;
                }
            }
            sheet.flow(STOCK, bins[g] as usize, into * s.schools, out * s.schools);
        }
    }
}

/// Share of schools whose old link of a technology reaches its end this year. Their ages stay mixed as long as what ends
/// is replaced like for like; once a plan moves what ends, the old links are gone after one life.
#[inline]
fn legacy_due(s: &GroupState, life: Life, k: usize) -> f64 {
    (life.steady * s.base_links[k]).min(s.legacy[k])
}

/// Share of schools whose link of the plan reaches its end this year.
#[inline]
fn fresh_due(set_up: &[f32], model: &Model, life: Life, g: usize, k: usize, t: usize) -> f64 {
    life.of_placed(t, |y| f64::from(set_up[(g * model.years + y) * TECHNOLOGIES + k]))
}

/// Technologies from cheapest to dearest for a wanted capacity.
fn by_cost(offers: &[Offer; TECHNOLOGIES], wanted: f64) -> [usize; TECHNOLOGIES] {
    let costs: [f64; TECHNOLOGIES] = std::array::from_fn(|k| offers[k].annual(wanted));
    let mut order = std::array::from_fn(|k| k);
    // Four entries: insertion sort, stable, without a call.
    for i in 1..TECHNOLOGIES {
        let mut j = i;
        while j > 0 && costs[order[j - 1]] > costs[order[j]] {
            order.swap(j - 1, j);
            j -= 1;
        }
    }
    order
}

/// Places a share of schools on the cheapest technologies with room.
fn place(
    mut share: f64,
    cheapest: &[usize; TECHNOLOGIES],
    room: &mut [f64; TECHNOLOGIES],
    mut put: impl FnMut(usize, f64),
) {
    for k in *cheapest {
        let part = share.min(room[k]);
        if part > 0.0 {
            put(k, part);
            room[k] -= part;
            share -= part;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equivalent_annual_cost_of_a_device() {
        // Evidence L5: 250 US$ over 4 years is 67.26 at 3 % and 70.50 at 5 %; L6: 100 over 10 years at 5 % is 12.95.
        assert!((250.0 * annuity(0.03, 4.0) - 67.26).abs() < 0.005);
        assert!((250.0 * annuity(0.05, 4.0) - 70.50).abs() < 0.005);
        assert!((100.0 * annuity(0.05, 10.0) - 12.95).abs() < 0.005);
    }

    #[test]
    fn a_school_buys_plans_or_committed_capacity_never_both() {
        let offer = Offer {
            plan: 600.0,
            per_cap: 0.02,
            committed: 10.0,
            max: 150.0,
            ..Offer::default()
        };
        // 20 Mbps: one plan of 600 against 200 committed. 120 Mbps: three plans of 1,800 against 1,200.
        assert_eq!(offer.service(20.0), (Service::Committed(20.0), 200.0));
        let dear = Offer {
            committed: 40.0,
            ..offer
        };
        assert_eq!(dear.service(20.0), (Service::Plans(1.0), 600.0));
        assert_eq!(dear.service(120.0), (Service::Plans(3.0), 1_800.0));
        // Beyond the limit the capacity stops at it.
        assert_eq!(dear.service(300.0), (Service::Plans(3.0), 1_800.0));
        assert!((dear.adequacy(300.0) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn satellite_school_of_the_giga_model() {
        // Evidence L3: 20 Mbps for five years on the grid, undiscounted: Rwanda 1,202, Brazil 1,085, Sierra Leone 1,167 US$.
        for (setup, per_mbps, kwh_price, expected) in [
            (515.0, 6.0, 0.087, 1_202.0),
            (405.0, 5.4, 0.14, 1_085.0),
            (600.0, 4.8, 0.087, 1_167.0),
        ] {
            let offer = Offer {
                committed: per_mbps,
                plan: f64::INFINITY,
                per_cap: 1.0,
                max: 150.0,
                setup,
                energy: 200.0,
                ..Offer::default()
            };
            let five_years = offer.setup + 5.0 * (offer.service(20.0).1 + offer.energy * kwh_price);
            assert!((five_years - expected).abs() < 0.5, "{five_years}");
        }
    }

    #[test]
    fn places_are_filled_from_the_cheapest_and_stop_at_reach() {
        let mut room = [0.1, 0.5, 0.0, f64::INFINITY];
        let mut seen = Vec::new();
        place(0.7, &[0, 1, 2, 3], &mut room, |k, share| seen.push((k, share)));
        assert_eq!(seen.len(), 3);
        assert!((seen[2].1 - 0.1).abs() < 1e-12, "{seen:?}");
    }
}
