//! Electricity in schools (2.1): grid or solar, sized by what devices and links will draw.

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines, mean};
use crate::model::groups::{Population, Shared};
use crate::model::lanes::{LANES, Lanes, ONE, ZERO, all, divide_or, max, min, narrow, widen};
use crate::model::lever::{LeverMap, target};
use crate::model::life::Life;
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::{Year, tax_factor};
use crate::scenario::markets::Market;
use crate::scenario::parameters::NumberSlot;
use crate::scenario::shocks::LostSlots;
use crate::scenario::{Component, Country, Group, Need, Plan};

cost_lines! { Power in Connectivity, School, Connectivity;
    UPKEEP = "solar upkeep", Upkeep, Recurrent, "watt", false, ["prices.power.solar_watt", "prices.power.solar_upkeep"];
    ENERGY = "grid energy", Upkeep, Recurrent, "kwh", false, ["prices.power.grid_kwh"];
    BATTERY = "batteries", Renewal, Capital, "watt", true, ["prices.power.solar_watt", "prices.power.battery_share"];
    SOLAR = "solar systems", Expansion, Capital, "watt", true, ["prices.power.solar_watt"];
    GRID = "grid connections", Expansion, Capital, "school", false, ["prices.power.grid_connection"];
    NEW_UPKEEP = "solar upkeep", Expansion, Recurrent, "watt", false, ["prices.power.solar_watt", "prices.power.solar_upkeep"];
    NEW_ENERGY = "grid energy", Expansion, Recurrent, "kwh", false, ["prices.power.grid_kwh"];
}

/// One day of a year.
const PER_DAY: f64 = 1.0 / 365.0;

/// Power.
#[derive(Clone, Debug)]
pub struct Power;

/// What holds for all years.
#[derive(Clone, Debug)]
pub struct PowerTables {
    powered: Option<LeverMap>,
}

/// Prices and sizes of one year.
#[derive(Clone, Debug)]
pub struct PowerYear {
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
}

/// What gives power to four groups of schools.
#[derive(Clone, Copy, Debug, Default)]
pub struct PowerStock {
    /// Share of schools on the grid.
    grid: Lanes,
    /// Share of schools with solar power.
    solar: Lanes,
    /// Watts of solar capacity in the group.
    watts: Lanes,
    /// Watts in the base year.
    base_watts: Lanes,
    /// Planned this year: new grid share, new solar share, watts added, watts of battery due.
    plan: [Lanes; 4],
}

impl PowerStock {
    /// Says what stands, and what a solar system gives.
    #[inline(always)]
    fn say(&self, here: &Population, watts_per_kwh: f64, shared: &mut Shared) {
        shared.powered = self.grid + self.solar;
        shared.solar = self.solar;
        shared.solar_kwh = divide_or(self.watts, self.solar * here.schools * watts_per_kwh, ZERO);
    }
}

/// Watts that the devices of an equipped school, one link and one network inside need: devices draw so many kWh a school day in
/// the group, links and networks so many a year and school of the group.
#[inline(always)]
fn load(
    here: &Population,
    [device_kwh, equipped]: [Lanes; 2],
    [link_kwh, connected]: [Lanes; 2],
    [campus_kwh, networked]: [Lanes; 2],
    watts_per_kwh: f64,
) -> Lanes {
    let devices = divide_or(device_kwh * here.per_school, equipped, ZERO);
    let link = divide_or(link_kwh, connected, ZERO) + divide_or(campus_kwh, networked, ZERO);
    watts_per_kwh * (devices + link * PER_DAY)
}

impl ComponentModel for Power {
    const COMPONENT: Component = Component::Power;
    const LINES: &'static [Line] = LINES;
    const STOCK: Option<(&'static str, &'static str)> = Some(("powered schools", "school"));
    const LOST: Option<fn(&LostSlots) -> NumberSlot> = Some(|lost| lost.power);

    type Tables = PowerTables;
    type Yearly = PowerYear;
    type Stock = PowerStock;
    /// Watts installed.
    type Placed = [f32; LANES];

    fn tables(model: &Model) -> PowerTables {
        let plan = model.slots.plan.power.as_ref();
        PowerTables {
            powered: plan.map(|plan| LeverMap::of(model, &plan.powered)),
        }
    }

    fn yearly(year: &Year<'_>, _: &PowerTables) -> PowerYear {
        let Year { p, model, .. } = *year;
        let prices = &model.slots.prices.power;
        let number = |slot| Model::number(p, slot);
        let watt = year.traded(Market::Hardware, prices.solar_watt);
        let tax = tax_factor(model, p);
        let (battery, upkeep) = (number(prices.battery_share) * watt, number(prices.solar_upkeep) * watt);
        let plan = model.slots.plan.power.as_ref().filter(|_| year.acts());
        PowerYear {
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
        }
    }

    fn prices(own: &PowerYear, prices: &mut Prices<'_>) {
        for (line, price) in [
            (UPKEEP, own.upkeep),
            (NEW_UPKEEP, own.upkeep),
            (BATTERY, own.battery),
            (SOLAR, own.watt),
            (GRID, own.connection),
            (ENERGY, own.kwh),
            (NEW_ENERGY, own.kwh),
        ] {
            prices.set(line, price);
        }
    }

    fn today(lever: &str, country: &Country, _: &Plan) -> Option<f64> {
        let power = |group: &Group| (group.grid.value + group.solar.value).min(1.0);
        (lever == "powered").then(|| mean(country, |group| group.schools.value, power))?
    }

    /// Shares of schools on the grid and with solar systems of the usual size, or larger where devices and links ask for
    /// it: what stands is taken to carry what hangs on it.
    fn open(now: &Now<'_, Self>, block: &mut Block<'_, Self>) {
        let Year { p, model, .. } = now.year;
        let system = all(1000.0 * Model::number(p, model.slots.prices.power.standing_system));
        for at in block.fours() {
            let four = block.first + at;
            let (here, shared) = (&block.here[at], &mut block.shared[at]);
            let (grid, solar) = (model.four(p, four, |of| of.grid), model.four(p, four, |of| of.solar));
            let load = load(
                here,
                [shared.device_kwh, shared.equipped],
                [shared.links_kwh, shared.connected],
                [shared.campus_kwh, shared.networked],
                now.own.watts_per_kwh,
            );
            let watts = solar * here.schools * max(system, load);
            block.s[at] = PowerStock {
                grid,
                solar,
                watts,
                base_watts: watts,
                plan: [ZERO; 4],
            };
            block.s[at].say(here, now.own.watts_per_kwh, shared);
        }
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, model, .. } = now.year;
        let own = now.own;
        let lever = now.tables.powered.as_ref().filter(|_| now.year.acts());
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let placed = &block.placed[at * model.years..(at + 1) * model.years];
            let (here, shared, s) = (&block.here[at], &block.shared[at], &mut block.s[at]);
            let (grid, solar, schools) = (s.grid, s.solar, here.schools);
            let powered = grid + solar;
            let target = target(lever, p, four, t, powered);
            let added = target - powered;
            let new_grid = added * own.grid_share;
            let new_solar = added - new_grid;
            // Load of a school with what is planned for year end.
            let load = load(
                here,
                [shared.device_kwh_planned, shared.equipped_planned],
                [shared.links_kwh_planned, shared.connected_planned],
                [shared.campus_kwh_planned, shared.networked_planned],
                own.watts_per_kwh,
            );
            // New systems have the planned size or more; those that stand are enlarged when the load outgrows them.
            let watts = if own.plans {
                let enlarged = max(solar * schools * load - s.watts, ZERO);
                enlarged + new_solar * schools * max(all(own.system), load)
            } else {
                ZERO
            };
            let due = battery_due(s, placed, &own.life, t);
            // Energy bought from the grid by what is there at the start of the year, and half a year of what is added. What
            // waits for power draws none: of what is planned so much has power as can have it.
            let on = |kwh: Lanes, share: Lanes| kwh * min(divide_or(target, share, ONE), ONE);
            let device_kwh = shared.device_kwh * shared.lit_devices;
            let school_kwh = (shared.links_kwh + shared.campus_kwh) * shared.lit_links;
            let planned_kwh = on(
                shared.links_kwh_planned + shared.campus_kwh_planned,
                shared.connected_planned,
            );
            let devices_planned = on(shared.device_kwh_planned, shared.equipped_planned);
            let drawn = (device_kwh * own.days + schools * school_kwh) * divide_or(grid, powered, ZERO);
            let more = (max(devices_planned - device_kwh, ZERO) * own.days
                + schools * max(planned_kwh - school_kwh, ZERO))
                * divide_or(grid + new_grid, target, ZERO);
            s.plan = [new_grid, new_solar, watts, due];
            let connections = new_grid * schools;
            let half_more = 0.5 * more;
            lines.bin(now.bins[four]);
            // Upkeep, energy, batteries, solar, grid, half a year of upkeep and energy for what is new.
            lines.add_all([s.watts, drawn, due, watts, connections, 0.5 * watts, half_more]);
            let needed = [
                s.watts * own.upkeep + drawn * own.kwh,
                due * own.taxed_battery,
                watts * own.new_watt + connections * own.connection + half_more * own.kwh,
            ];
            block.state(now, at, [powered * schools; 2], needed, &mut amounts);
        }
    }

    #[inline(always)]
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums) {
        let Year { t, model, .. } = now.year;
        let renewal = funded.of(Need::Renewal);
        let expansion = funded.of(Need::Expansion);
        let mut flow = now.flow(out);
        for at in block.fours() {
            let four = block.first + at;
            let (here, shared, s) = (&block.here[at], &mut block.shared[at], &mut block.s[at]);
            let (renewed, expanded) = (renewal.at(four), expansion.at(four));
            let [new_grid, new_solar, new_watts, due] = s.plan;
            let lost = due * (ONE - renewed);
            // A solar system without a working battery is out: its school loses power.
            let gone = s.solar * min(divide_or(lost, s.watts, ZERO), ONE);
            let added = expanded * new_watts;
            shared.power_new = expanded * (new_grid + new_solar);
            s.watts += added - lost;
            s.solar += expanded * new_solar - gone;
            s.grid += expanded * new_grid;
            s.say(here, now.own.watts_per_kwh, shared);
            block.placed[at * model.years + t] = narrow(added + due * renewed);
            flow.bin(now.bins[four]);
            flow.add_all([shared.power_new * here.schools, gone * here.schools]);
        }
    }

    /// Panels with their batteries, and connections, old and new alike.
    fn strike(now: &Now<'_, Self>, block: &mut Block<'_, Self>, at: usize, lost: Lanes) -> Lanes {
        let Year { t, model, .. } = now.year;
        let (here, shared, s) = (&block.here[at], &mut block.shared[at], &mut block.s[at]);
        let left = ONE - lost;
        let gone = lost * (s.grid + s.solar) * here.schools;
        for stands in [&mut s.grid, &mut s.solar, &mut s.watts, &mut s.base_watts] {
            *stands *= left;
        }
        for placed in &mut block.placed[at * model.years..=at * model.years + t] {
            *placed = narrow(widen(*placed) * left);
        }
        shared.power_new *= left;
        s.say(here, now.own.watts_per_kwh, shared);
        gone
    }

    /// Batteries; panels and grid connections outlive the plan.
    fn ahead(now: &Now<'_, Self>, block: &Block<'_, Self>, at: usize) -> [Lanes; 2] {
        let Year { t, model, .. } = now.year;
        let (own, s) = (now.own, &block.s[at]);
        let placed = &block.placed[at * model.years..(at + 1) * model.years];
        let left = own.life.left_of_placed(t, |y| widen(placed[y])) + s.base_watts * own.life.left_of_base(t);
        [
            s.watts * (own.taxed_battery * own.life.steady),
            min(left, s.watts) * own.taxed_battery,
        ]
    }

    #[inline(always)]
    fn reaching(shared: &Shared) -> Lanes {
        divide_or(shared.ready_complete, shared.powered, ZERO)
    }

    #[inline(always)]
    fn closing(_: &Now<'_, Self>, s: &PowerStock, here: &Population, _: usize) -> Lanes {
        here.schools * (s.grid + s.solar)
    }
}

#[inline(always)]
fn battery_due(s: &PowerStock, installed: &[[f32; LANES]], life: &Life, t: usize) -> Lanes {
    let placed = life.of_placed(t, |y| widen(installed[y]));
    min(life.of_base * s.base_watts + placed, s.watts)
}
