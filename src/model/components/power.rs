//! Electricity in schools (2.1): grid or solar, sized by what devices and links will draw.

use std::ops::Range;

use crate::model::component::{
    ComponentModel, Funded, POWER_BATTERY, POWER_ENERGY, POWER_GRID, POWER_NEW_ENERGY, POWER_NEW_UPKEEP, POWER_SOLAR,
    POWER_UPKEEP, Sheet, Year,
};
use crate::model::tables::Model;
use crate::model::workspace::{GroupState, Life, State};
use crate::scenario::plan::PowerPlan;
use crate::scenario::registry::{Field, Section};
use crate::scenario::{Component, Need, Technology};

/// Position of powered schools among the stocks.
const STOCK: usize = 0;

/// One day of a year.
const PER_DAY: f64 = 1.0 / 365.0;

/// Power.
pub struct Power;

/// Energy of a device on a school day, by level: of the kind that schools had and of the kind that is bought.
fn device_energy(model: &Model, p: &[f64], acts: bool) -> [[f64; 2]; 8] {
    let mut energy = [[0.0; 2]; 8];
    for (level, pair) in energy.iter_mut().enumerate().take(model.levels.len()) {
        *pair = [false, acts].map(|bought| {
            let kind = super::devices::kind_in_use(model, level, bought);
            Model::number(p, model.slots.prices.devices[kind as usize].energy)
        });
    }
    energy
}

/// Watts that a powered school needs for devices that draw so many kWh a school day in the group, and for its link.
fn load(s: &GroupState, device_kwh: f64, connected: f64, link_kwh: f64, powered: f64, sun_hours: f64) -> f64 {
    let daily = device_kwh * s.per_school + connected.min(powered) * link_kwh * PER_DAY;
    1000.0 * daily / (powered.max(1e-9) * sun_hours)
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
pub fn open(model: &Model, p: &[f64], state: &mut State) {
    state.installed.fill(0.0);
    let system = 1000.0 * default_of(PowerPlan::FIELDS, "system");
    let energy = device_energy(model, p, false);
    let sun = Model::number(p, model.slots.prices.power.sun_hours);
    let link_kwh: [f64; 4] = std::array::from_fn(|k| Model::number(p, model.slots.prices.links[k].energy));
    for (g, s) in state.groups.iter_mut().enumerate() {
        s.grid = model.group(p, g, |of| of.grid);
        s.solar = model.group(p, g, |of| of.solar);
        let connected = super::links::connected(s);
        let links: f64 = (0..4).map(|k| link_kwh[k] * s.legacy[k]).sum();
        let each = if connected > 0.0 { links / connected } else { 0.0 };
        let devices = s.base_devices * energy[usize::from(model.level_of[g])][0];
        s.load = load(s, devices, connected, each, s.grid + s.solar, sun);
        let watts = s.solar * s.schools * system.max(s.load);
        s.watts = watts;
        s.base_watts = watts;
    }
}

/// Share of the load that a group's solar systems carry.
#[inline]
#[must_use]
pub fn adequacy(s: &GroupState) -> f64 {
    let wanted = s.load * s.solar * s.schools;
    if wanted > 0.0 { (s.watts / wanted).min(1.0) } else { 1.0 }
}

impl ComponentModel for Power {
    fn needs(&self, year: &Year<'_>, state: &mut State, sheet: &mut Sheet, bins: &[u32], block: Range<usize>) {
        let Year { t, p, model, .. } = *year;
        let prices = &model.slots.prices.power;
        let number = |slot| Model::number(p, slot);
        let watt = number(prices.solar_watt) * year.trend(0.0, true);
        let tax = Sheet::tax_factor(year);
        let (battery, upkeep) = (number(prices.battery_share) * watt, number(prices.solar_upkeep) * watt);
        let (connection, kwh) = (number(prices.grid_connection), number(prices.grid_kwh));
        let (sun, days, life) = (
            number(prices.sun_hours),
            number(prices.school_days),
            Life::new(number(prices.battery_life), t),
        );
        for (line, price) in [
            (POWER_UPKEEP, upkeep),
            (POWER_NEW_UPKEEP, upkeep),
            (POWER_BATTERY, battery),
            (POWER_SOLAR, watt),
            (POWER_GRID, connection),
            (POWER_ENERGY, kwh),
            (POWER_NEW_ENERGY, kwh),
        ] {
            sheet.set_price(line, price);
        }
        let acts = year.acts();
        let grid_share = model
            .slots
            .plan
            .power
            .as_ref()
            .filter(|_| acts)
            .map_or(0.0, |plan| number(plan.grid_share));
        let plan = model.slots.plan.power.as_ref().filter(|_| acts);
        let system = plan.map_or(0.0, |plan| 1000.0 * number(plan.system));
        let energy = device_energy(model, p, acts);
        // Energy of a link: the satellite terminal's for new ones is the largest; take the mean of what is there.
        let link_kwh: [f64; 4] = std::array::from_fn(|k| number(model.slots.prices.links[k].energy));
        let satellite = link_kwh[Technology::Satellite as usize];
        let ([upkeep_of, renewal_of, expansion_of], mut tally) = sheet.write::<7>(Component::Power, POWER_UPKEEP);
        for (g, s) in block.clone().zip(&mut state.groups[block]) {
            let (grid, solar, schools) = (s.grid, s.solar, s.schools);
            let powered = grid + solar;
            let target = model
                .levers
                .powered
                .as_ref()
                .filter(|_| acts)
                .map_or(powered, |lever| lever.at(p, g, t).max(powered));
            let added = target - powered;
            let (new_grid, new_solar) = (added * grid_share, added * (1.0 - grid_share));
            // Load of a powered school with what is planned for year end, a school day.
            let [old_kwh, new_kwh] = energy[usize::from(model.level_of[g])];
            let device_kwh = s.old_devices * old_kwh + (s.devices - s.old_devices) * new_kwh;
            let planned_kwh = s.old_planned * old_kwh + (s.devices_planned - s.old_planned) * new_kwh;
            let links_kwh: f64 = (0..4).map(|k| link_kwh[k] * (s.legacy[k] + s.fresh[k])).sum();
            let connected = super::links::connected(s);
            let each = if connected > 0.0 {
                links_kwh / connected
            } else {
                satellite
            };
            let per_target = 1.0 / target.max(1e-9);
            s.load = load(s, planned_kwh, s.connected_planned, each, target, sun);
            // New systems have the planned size or more; those that stand are enlarged when the load outgrows them.
            let watts = if plan.is_some() {
                let enlarged = (solar * schools * s.load - s.watts).max(0.0);
                enlarged + new_solar * schools * system.max(s.load)
            } else {
                0.0
            };
            let due = battery_due(s, &state.installed, model, life, g, t);
            // Energy bought from the grid by what is there at the start of the year, and half a year of what is added.
            let on_grid = if powered > 0.0 { grid / powered } else { 0.0 };
            let drawn = (device_kwh * days + schools * links_kwh) * on_grid;
            let more = ((planned_kwh - device_kwh).max(0.0) * days
                + schools * (s.connected_planned - connected).max(0.0) * each)
                * ((grid + new_grid) * per_target);
            s.power_plan[0] = new_grid;
            s.power_plan[1] = new_solar;
            s.power_plan[2] = watts;
            s.power_plan[3] = due;
            upkeep_of[g] = s.watts * upkeep + drawn * kwh;
            renewal_of[g] = due * battery * tax;
            expansion_of[g] = watts * (watt * tax + 0.5 * upkeep) + new_grid * schools * connection + 0.5 * more * kwh;
            tally.bin(bins[g]);
            // Upkeep, energy, batteries, solar, grid, half a year of upkeep and energy for what is new.
            tally.add_all([s.watts, drawn, due, watts, new_grid * schools, 0.5 * watts, 0.5 * more]);
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
        let renewal = funded.of(Component::Power, Need::Renewal);
        let expansion = funded.of(Component::Power, Need::Expansion);
        for (g, s) in block.clone().zip(&mut state.groups[block]) {
            let (renewed, expanded) = (renewal.at(g), expansion.at(g));
            let schools = s.schools;
            let due = s.power_plan[3];
            let lost = due * (1.0 - renewed);
            // A solar system without a working battery is out: its school loses power.
            let gone = if s.watts > 0.0 {
                s.solar * (lost / s.watts).min(1.0)
            } else {
                0.0
            };
            let added = expanded * s.power_plan[2];
            s.watts += added - lost;
            s.solar += expanded * s.power_plan[1] - gone;
            s.grid += expanded * s.power_plan[0];
            #[allow(clippy::cast_possible_truncation)]
            {
                state.installed[g * model.years + t] = (added + due * renewed) as f32;
            }
            let into = expanded * (s.power_plan[0] + s.power_plan[1]) * schools;
            sheet.flow(STOCK, bins[g] as usize, into, gone * schools);
        }
    }
}

#[inline]
fn battery_due(s: &GroupState, installed: &[f32], model: &Model, life: Life, g: usize, t: usize) -> f64 {
    let placed = life.of_placed(t, |y| f64::from(installed[g * model.years + y]));
    (life.of_base * s.base_watts + placed).min(s.watts)
}
