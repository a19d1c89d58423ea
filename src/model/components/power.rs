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

/// Solar system of a school in watts, where nothing asks for more.
fn system_watts(model: &Model, p: &[f64]) -> f64 {
    let stated = model
        .slots
        .plan
        .power
        .as_ref()
        .map(|plan| Model::number(p, plan.system));
    1000.0 * stated.unwrap_or_else(|| default_of(PowerPlan::FIELDS, "system"))
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

/// Base year: shares of schools on the grid and with solar systems of the usual size.
pub fn open(model: &Model, p: &[f64], state: &mut State) {
    state.installed.fill(0.0);
    let system = system_watts(model, p);
    for (g, s) in state.groups.iter_mut().enumerate() {
        s.grid = model.group(p, g, |of| of.grid);
        s.solar = model.group(p, g, |of| of.solar);
        let watts = s.solar * s.schools * system;
        s.watts = watts;
        s.base_watts = watts;
        s.load = 0.0;
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
        let Year { t, p, model, twin, .. } = *year;
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
        let watts_per_kwh = 1000.0 / sun;
        let acts = year.acts();
        let grid_share = model
            .slots
            .plan
            .power
            .as_ref()
            .filter(|_| acts)
            .map_or(0.0, |plan| number(plan.grid_share));
        let system = system_watts(model, p);
        let mut energy = [0.0; 8];
        for (level, kwh) in energy.iter_mut().enumerate().take(model.levels.len()) {
            let kind = super::devices::kind_in_use(model, level, acts);
            *kwh = number(model.slots.prices.devices[kind as usize].energy);
        }
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
            let device_kwh = energy[usize::from(model.level_of[g])];
            let links_kwh: f64 = (0..4).map(|k| link_kwh[k] * (s.legacy[k] + s.fresh[k])).sum();
            let connected = super::links::connected(s);
            let each = if connected > 0.0 {
                links_kwh / connected
            } else {
                satellite
            };
            let per_target = 1.0 / target.max(1e-9);
            let load = if twin {
                0.0
            } else {
                let devices = s.devices_planned * s.per_school * device_kwh;
                (devices + s.connected_planned.min(target) * each * PER_DAY) * per_target * watts_per_kwh
            };
            s.load = load;
            let wanted = (solar + new_solar) * schools * system.max(load);
            let watts = if acts && model.levers.powered.is_some() {
                (wanted - s.watts).max(0.0)
            } else {
                0.0
            };
            let due = battery_due(s, &state.installed, model, life, g, t);
            // Energy bought from the grid by what is there at the start of the year, and half a year of what is added.
            let on_grid = if powered > 0.0 { grid / powered } else { 0.0 };
            let drawn = (s.devices * device_kwh * days + schools * links_kwh) * on_grid;
            let more = ((s.devices_planned - s.devices).max(0.0) * device_kwh * days
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
