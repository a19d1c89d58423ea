//! Electricity in schools (2.1): grid or solar, sized by what devices and links will draw.

use std::ops::Range;

use super::links;
use crate::model::component::{
    ComponentModel, Funded, Now, POWER_BATTERY, POWER_ENERGY, POWER_GRID, POWER_NEW_ENERGY, POWER_NEW_UPKEEP,
    POWER_SOLAR, POWER_UPKEEP, Prices, Year, tax_factor,
};
use crate::model::lanes::{LANES, Lanes, ONE, ZERO, all, divide_or, max, min, narrow, widen};
use crate::model::sums::Sums;
use crate::model::tables::{Model, target};
use crate::model::terms::LEVELS;
use crate::model::workspace::{Four, Life, State, TECHNOLOGIES};
use crate::scenario::field::Field;
use crate::scenario::plan::PowerPlan;
use crate::scenario::registry::Section;
use crate::scenario::{Component, Need, Technology};

/// Position of powered schools among the stocks.
const STOCK: usize = 0;

/// One day of a year.
const PER_DAY: f64 = 1.0 / 365.0;

/// Power.
pub struct Power;

/// Prices, sizes and loads of one year.
#[derive(Clone, Debug)]
pub struct Terms {
    watt: f64,
    /// Watt of solar capacity with taxes and half a year of upkeep.
    new_watt: f64,
    battery: f64,
    taxed_battery: f64,
    upkeep: f64,
    connection: f64,
    kwh: f64,
    days: f64,
    /// Watts for each kWh a school day.
    watts_per_kwh: f64,
    life: Life,
    grid_share: f64,
    /// Smallest solar system, W.
    system: f64,
    plans: bool,
    energy: [[f64; 2]; LEVELS],
    link_kwh: [f64; TECHNOLOGIES],
}

impl Terms {
    /// Terms of a year.
    #[must_use]
    pub fn of(year: &Year<'_>) -> Self {
        let Year { p, model, .. } = *year;
        let prices = &model.slots.prices.power;
        let number = |slot| Model::number(p, slot);
        let watt = number(prices.solar_watt) * year.trends.hardware;
        let tax = tax_factor(model, p);
        let (battery, upkeep) = (number(prices.battery_share) * watt, number(prices.solar_upkeep) * watt);
        let plan = model.slots.plan.power.as_ref().filter(|_| year.acts());
        Self {
            watt,
            new_watt: watt * tax + 0.5 * upkeep,
            battery,
            taxed_battery: battery * tax,
            upkeep,
            connection: number(prices.grid_connection),
            kwh: number(prices.grid_kwh),
            days: number(prices.school_days),
            watts_per_kwh: 1000.0 / number(prices.sun_hours),
            life: Life::new(number(prices.battery_life), year.t),
            grid_share: plan.map_or(0.0, |plan| number(plan.grid_share)),
            system: plan.map_or(0.0, |plan| 1000.0 * number(plan.system)),
            plans: plan.is_some(),
            energy: device_energy(model, p, year.acts()),
            link_kwh: link_energy(model, p),
        }
    }
}

/// Energy of a device on a school day, by level: of the kind that schools had and of the kind that is bought.
fn device_energy(model: &Model, p: &[f64], acts: bool) -> [[f64; 2]; LEVELS] {
    let mut energy = [[0.0; 2]; LEVELS];
    for (level, pair) in energy.iter_mut().enumerate().take(model.levels.len()) {
        *pair = [false, acts].map(|bought| {
            let kind = super::devices::kind_in_use(model, level, bought);
            Model::number(p, model.slots.prices.devices[kind as usize].energy)
        });
    }
    energy
}

/// Energy of a link, kWh a year.
fn link_energy(model: &Model, p: &[f64]) -> [f64; TECHNOLOGIES] {
    std::array::from_fn(|k| Model::number(p, model.slots.prices.links[k].energy))
}

/// Energy of the links that stand, kWh a year and school of the group, and of one of them.
#[inline(always)]
fn energy_of_links(s: &Four, link_kwh: &[f64; TECHNOLOGIES], connected: Lanes) -> (Lanes, Lanes) {
    let mut links = ZERO;
    for k in 0..TECHNOLOGIES {
        links += link_kwh[k] * (s.legacy[k] + s.fresh[k]);
    }
    // Where there is no link yet, the satellite terminal, which draws most, stands for what will come.
    (
        links,
        divide_or(links, connected, all(link_kwh[Technology::Satellite as usize])),
    )
}

/// Watts that a powered school needs for devices that draw so many kWh a school day in the group, and for links that
/// draw so many a year and school of the group; `per_powered` is one over the share of powered schools.
#[inline(always)]
fn load(s: &Four, device_kwh: Lanes, link_kwh: Lanes, watts_per_kwh: f64, per_powered: Lanes) -> Lanes {
    watts_per_kwh * (device_kwh * s.per_school + link_kwh * PER_DAY) * per_powered
}

/// Default of a field of a plan section that a scenario may leave out.
#[must_use]
pub fn default_of(fields: &'static [Field], name: &str) -> f64 {
    fields
        .iter()
        .find(|field| field.name == name)
        .and_then(|field| field.default)
        .unwrap_or(0.0)
}

/// Base year: shares of schools on the grid and with solar systems of the usual size, or larger where devices and links
/// ask for it: what stands is taken to carry what hangs on it.
pub fn open(model: &Model, p: &[f64], state: &mut State, block: &Range<usize>) {
    let system = all(1000.0 * default_of(PowerPlan::FIELDS, "system"));
    let energy = device_energy(model, p, false);
    let watts_per_kwh = 1000.0 / Model::number(p, model.slots.prices.power.sun_hours);
    let link_kwh = link_energy(model, p);
    for (four, s) in state.each(block) {
        s.grid = model.four(p, four, |of| of.grid);
        s.solar = model.four(p, four, |of| of.solar);
        let connected = links::connected(s);
        let each = divide_or(energy_of_links(s, &link_kwh, connected).0, connected, ZERO);
        let devices = s.base_devices * energy[model.level_of_four(four)][0];
        let powered = s.grid + s.solar;
        let linked = min(connected, powered) * each;
        s.load = load(s, devices, linked, watts_per_kwh, ONE / max(powered, all(1e-9)));
        let watts = s.solar * s.schools * max(system, s.load);
        s.watts = watts;
        s.base_watts = watts;
    }
}

/// Share of the load that a group's solar systems carry.
#[inline(always)]
#[must_use]
pub fn adequacy(s: &Four) -> Lanes {
    let wanted = s.load * s.solar * s.schools;
    min(divide_or(s.watts, wanted, ONE), ONE)
}

impl ComponentModel for Power {
    fn prices(&self, terms: &crate::model::terms::Terms, prices: &mut Prices<'_>) {
        let terms = &terms.power;
        for (line, price) in [
            (POWER_UPKEEP, terms.upkeep),
            (POWER_NEW_UPKEEP, terms.upkeep),
            (POWER_BATTERY, terms.battery),
            (POWER_SOLAR, terms.watt),
            (POWER_GRID, terms.connection),
            (POWER_ENERGY, terms.kwh),
            (POWER_NEW_ENERGY, terms.kwh),
        ] {
            prices.set(line, price);
        }
    }

    #[inline(always)]
    fn needs(&self, now: &Now<'_>, state: &mut State, out: &mut Sums, block: Range<usize>) {
        let Year { t, p, model, .. } = now.year;
        let terms = &now.terms.power;
        let lever = model.levers.powered.as_ref().filter(|_| now.year.acts());
        let (mut lines, mut amounts) = out.component::<7>(t, Component::Power, POWER_UPKEEP);
        for at in block {
            let four = state.first + at;
            let placed = &state.installed[at * model.years..(at + 1) * model.years];
            let s = &mut state.fours[at];
            let (grid, solar, schools) = (s.grid, s.solar, s.schools);
            let powered = grid + solar;
            let target = target(lever, p, four, t, powered);
            let added = target - powered;
            let new_grid = added * terms.grid_share;
            let new_solar = added - new_grid;
            // Load of a powered school with what is planned for year end, a school day.
            let [old_kwh, new_kwh] = terms.energy[model.level_of_four(four)];
            let device_kwh = s.old_devices * old_kwh + (s.devices - s.old_devices) * new_kwh;
            let planned_kwh = s.old_planned * old_kwh + (s.devices_planned - s.old_planned) * new_kwh;
            let connected = links::connected(s);
            let (links_kwh, each) = energy_of_links(s, &terms.link_kwh, connected);
            let per_target = ONE / max(target, all(1e-9));
            let linked = min(s.connected_planned, target) * each;
            s.load = load(s, planned_kwh, linked, terms.watts_per_kwh, per_target);
            // New systems have the planned size or more; those that stand are enlarged when the load outgrows them.
            let watts = if terms.plans {
                let enlarged = max(solar * schools * s.load - s.watts, ZERO);
                enlarged + new_solar * schools * max(all(terms.system), s.load)
            } else {
                ZERO
            };
            let due = battery_due(s, placed, &terms.life, t);
            // Energy bought from the grid by what is there at the start of the year, and half a year of what is added.
            let drawn = (device_kwh * terms.days + schools * links_kwh) * divide_or(grid, powered, ZERO);
            let more = (max(planned_kwh - device_kwh, ZERO) * terms.days
                + schools * max(s.connected_planned - connected, ZERO) * each)
                * ((grid + new_grid) * per_target);
            s.power_plan = [new_grid, new_solar, watts, due];
            let connections = new_grid * schools;
            let half_more = 0.5 * more;
            lines.bin(now.bins[four]);
            // Upkeep, energy, batteries, solar, grid, half a year of upkeep and energy for what is new.
            lines.add_all([s.watts, drawn, due, watts, connections, 0.5 * watts, half_more]);
            let needed = [
                s.watts * terms.upkeep + drawn * terms.kwh,
                due * terms.taxed_battery,
                watts * terms.new_watt + connections * terms.connection + half_more * terms.kwh,
            ];
            amounts.bin(now.bins[four]);
            amounts.add_all(needed);
            state.keep(at, Component::Power, needed);
        }
    }

    #[inline(always)]
    fn apply(&self, now: &Now<'_>, state: &mut State, funded: &Funded, out: &mut Sums, block: Range<usize>) {
        let Year { t, model, .. } = now.year;
        let renewal = funded.of(Component::Power, Need::Renewal);
        let expansion = funded.of(Component::Power, Need::Expansion);
        let mut flow = out.flow(t, STOCK);
        for at in block {
            let four = state.first + at;
            let s = &mut state.fours[at];
            let (renewed, expanded) = (renewal.at(four), expansion.at(four));
            let [new_grid, new_solar, new_watts, due] = s.power_plan;
            let lost = due * (ONE - renewed);
            // A solar system without a working battery is out: its school loses power.
            let gone = s.solar * min(divide_or(lost, s.watts, ZERO), ONE);
            let added = expanded * new_watts;
            s.power_new = expanded * (new_grid + new_solar);
            s.watts += added - lost;
            s.solar += expanded * new_solar - gone;
            s.grid += expanded * new_grid;
            state.installed[at * model.years + t] = narrow(added + due * renewed);
            flow.bin(now.bins[four]);
            flow.add_all([s.power_new * s.schools, gone * s.schools]);
        }
    }
}

#[inline(always)]
fn battery_due(s: &Four, installed: &[[f32; LANES]], life: &Life, t: usize) -> Lanes {
    let placed = life.of_placed(t, |y| widen(installed[y]));
    min(life.of_base * s.base_watts + placed, s.watts)
}
