//! Devices for learners (2.3): vintages that wear out, are lost, damaged and repaired.
//!
//! Survival of a device of age a is `S(a) = exp(-λ a) exp(-(a/η)^κ)` with `λ = loss + damage (1 - funded repair)` and
//! `η = life / Γ(1 + 1/κ)`. Devices are bought in mid-year, so at year end they are half a year old, one and a half, and so
//! on. Wear depends on age only and the rest on time only, so a group needs one running factor for the rest and one table
//! of wear.

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines, mean};
use crate::model::groups::{Population, Shared};
use crate::model::lanes::{Lanes, ONE, ZERO, above, all, divide_or, max, min, pick};
use crate::model::lever::{LeverMap, target};
use crate::model::schooling::shifts;
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::{LEVELS, Year, tax_factor};
use crate::scenario::country::LevelDataSlots;
use crate::scenario::markets::{Market, by_order};
use crate::scenario::parameters::NumberSlot;
use crate::scenario::plan::DevicesPlanSlots;
use crate::scenario::prices::{Device, DevicePricesSlots};
use crate::scenario::shocks::LostSlots;
use crate::scenario::{Component, Country, Group, Level, Need, Plan, Scenario};

cost_lines! { Devices in Connectivity, School, Devices;
    OLD_REPAIR = "repair of earlier devices", Upkeep, Recurrent, "device", false, ["prices.devices[].price", "prices.devices[].repair"];
    REPAIR = "repair", Upkeep, Recurrent, "device", false, ["prices.devices[].price", "prices.devices[].repair"];
    RENEWAL = "devices", Renewal, Capital, "device", true, ["prices.devices[].price", "prices.devices[].landing"];
    OLD_END = "end of life of earlier devices", Renewal, Recurrent, "device", false, ["prices.devices[].end_of_life"];
    END = "end of life", Renewal, Recurrent, "device", false, ["prices.devices[].end_of_life"];
    NEW = "devices", Expansion, Capital, "device", true, ["prices.devices[].price", "prices.devices[].landing"];
    NEW_REPAIR = "repair", Expansion, Recurrent, "device", false, ["prices.devices[].price", "prices.devices[].repair"];
}

/// Devices.
#[derive(Clone, Debug)]
pub struct Devices;

/// What holds for all years.
#[derive(Clone, Debug)]
pub struct DevicesTables {
    equipped: Option<LeverMap>,
    ratio: Option<LeverMap>,
    wear: WearTables,
}

/// Devices of four groups.
#[derive(Clone, Copy, Debug, Default)]
pub struct DevicesStock {
    /// How much faster than usual devices are lost and damaged here.
    hazard: Lanes,
    /// Share of schools equipped.
    equipped: Lanes,
    /// Devices of the base year, and the share of schools in which they stood.
    base: Lanes,
    base_equipped: Lanes,
    /// The same for each equipped school.
    base_each: Lanes,
    /// Part of the base year's devices that neither loss nor unrepaired damage has taken since.
    unharmed_old: Lanes,
    /// The same for the kind that is bought.
    unharmed: Lanes,
    /// Devices of the base year that are still owned.
    old: Lanes,
    /// Devices bought that wear has left this year, before loss and damage.
    left_by_wear: Lanes,
    /// Devices owned.
    owned: Lanes,
    /// Planned this year: devices replaced, devices added.
    plan: [Lanes; 2],
}

/// Kind of device that a level buys: the plan's, or that which schools have.
fn kind_in_use(model: &Model, level: usize, plan_acts: bool) -> Device {
    let data: &LevelDataSlots = &model.slots.country.levels[model.levels[level].data];
    let plan: Option<&DevicesPlanSlots> = model.slots.plan.devices.as_ref().filter(|_| plan_acts);
    plan.map_or(data.device, |plan| match model.levels[level].level {
        Level::Primary => plan.primary,
        Level::LowerSecondary => plan.lower_secondary,
        Level::UpperSecondary => plan.upper_secondary,
    })
}

fn prices_of(model: &Model, kind: Device) -> &DevicePricesSlots {
    &model.slots.prices.devices[kind as usize]
}

/// Price of a device in a year. Where the order in which it was paid and the one that is placed are known, it follows
/// their size.
fn list_price(year: &Year<'_>, kind: Device) -> f64 {
    let slots = prices_of(year.model, kind);
    let number = |slot| Model::number(year.p, slot);
    let price = year.traded(Market::Devices, slots.price);
    let elasticity = number(year.model.slots.prices.general.order_elasticity);
    slots.tender.zip(slots.order).map_or(price, |(tender, order)| {
        price * by_order(number(tender), number(order), elasticity)
    })
}

/// Part of a vintage that wear has spared at age `age`.
fn wear(age: f64, life: f64, shape: f64) -> f64 {
    let scale = life / libm::tgamma(1.0 + 1.0 / shape);
    libm::exp(-libm::pow(age / scale, shape))
}

/// What happens to a kind of device in a year.
#[derive(Clone, Copy, Debug, Default)]
struct Kind {
    loss: f64,
    damage: f64,
    repair_months: f64,
}

impl Kind {
    fn of(model: &Model, p: &[f64], kind: Device) -> Self {
        let slots = prices_of(model, kind);
        let number = |slot| Model::number(p, slot);
        Self {
            loss: number(slots.loss),
            damage: number(slots.damage),
            repair_months: number(slots.repair_months),
        }
    }

    /// Part that survives a year in a place with this hazard when a share of repairs is paid.
    fn unharmed(&self, hazard: f64, repaired: f64) -> f64 {
        libm::exp(-hazard * (self.loss + self.damage * (1.0 - repaired)))
    }

    /// The same in towns and in the country.
    fn spared(&self, hazard: ByPlace, repaired: f64) -> ByPlace {
        ByPlace {
            urban: self.unharmed(hazard.urban, repaired),
            rural: self.unharmed(hazard.rural, repaired),
        }
    }

    /// Share of owned devices that is in working order when repair takes so many times its usual months, at most a year.
    #[inline(always)]
    fn working(&self, hazard: Lanes, repaired: Lanes, slower: Lanes) -> Lanes {
        let months = min(self.repair_months * slower, all(12.0));
        ONE - min(self.damage / 12.0 * hazard * repaired * months, ONE)
    }
}

/// A value that differs between towns and the country.
#[derive(Clone, Copy, Debug, Default)]
struct ByPlace {
    urban: f64,
    rural: f64,
}

impl ByPlace {
    #[inline(always)]
    fn at(&self, here: &Population) -> Lanes {
        pick(above(here.rural, ZERO), all(self.rural), all(self.urban))
    }

    fn map(self, of: impl Fn(f64) -> f64) -> Self {
        Self {
            urban: of(self.urban),
            rural: of(self.rural),
        }
    }
}

/// How much faster than usual devices are lost and damaged.
fn hazard(model: &Model, p: &[f64]) -> ByPlace {
    let people = &model.slots.country.people;
    ByPlace {
        urban: Model::number(p, people.urban_hazard),
        rural: Model::number(p, people.rural_hazard),
    }
}

/// Prices and wear of a level in one year; "old" is what schools had, "new" what is bought.
#[derive(Clone, Debug)]
struct LevelYear {
    /// Price landed in the country.
    landed: f64,
    /// The same with taxes.
    taxed: f64,
    /// Mean repair of a device in a place of hazard 1.
    repair: f64,
    old_repair: f64,
    /// Collecting and recycling.
    end: f64,
    old_end: f64,
    old: Kind,
    new: Kind,
    /// Part that loss and damage spare in a year with all repairs paid.
    old_spared: ByPlace,
    new_spared: ByPlace,
    /// Part of the base year's devices that wear has spared.
    old_wear: ByPlace,
    /// Part of what is bought in mid-year that is there at year end, and that wear alone leaves of it.
    half: ByPlace,
    first_wear: f64,
    /// Kind of what was bought before the plan started, and since.
    bought_before: Device,
    bought_since: Device,
    /// Share that powers itself of the kind that schools had and of the kind that is bought.
    self_powered: [f64; 2],
    /// Energy on a school day of these kinds that a school supplies, kWh.
    energy: [f64; 2],
}

/// Prices, hazards and norms of one year.
#[derive(Clone, Debug)]
pub struct DevicesYear {
    levels: [LevelYear; LEVELS],
    hazard: ByPlace,
    /// Devices for each learner who is to have one at a time: shifts share them, spares come on top.
    spares_over_shifts: f64,
}

/// Largest number of years for which tables stand.
const YEARS: usize = 48;

/// Ages at year end up to which devices are counted.
const AGES: usize = 256;

/// Wear by kind of device: of those bought, by years since; of those that schools had, by years since the base year. Made
/// anew only when what it depends on changes.
#[derive(Clone, Debug)]
struct WearTables {
    made_for: Vec<[f64; 4]>,
    spared: Vec<ByPlace>,
    half: Vec<ByPlace>,
    bought: Vec<[f64; YEARS]>,
    had: Vec<[ByPlace; YEARS]>,
}

impl WearTables {
    /// Room for all kinds.
    fn new() -> Self {
        let kinds = Device::ALL.len();
        Self {
            made_for: vec![[f64::NAN; 4]; kinds],
            spared: vec![ByPlace::default(); kinds],
            half: vec![ByPlace::default(); kinds],
            bought: vec![[0.0; YEARS]; kinds],
            had: vec![[ByPlace::default(); YEARS]; kinds],
        }
    }

    /// Fills the tables of which something has changed.
    fn make(&mut self, model: &Model, p: &[f64]) {
        let hazard = hazard(model, p);
        for kind in Device::ALL {
            let slots = prices_of(model, *kind);
            let at = *kind as usize;
            let spared = Kind::of(model, p, *kind).spared(hazard, 1.0);
            self.spared[at] = spared;
            let [life, shape] = [slots.life, slots.wear_shape].map(|slot| Model::number(p, slot));
            let key = [life, shape, spared.urban, spared.rural];
            if self.made_for[at].map(f64::to_bits) == key.map(f64::to_bits) {
                continue;
            }
            self.made_for[at] = key;
            let (wear, ages) = wear_by_age(life, shape);
            let years = model.years.min(YEARS);
            self.bought[at].copy_from_slice(&wear[..YEARS]);
            self.half[at] = spared.map(|spared| libm::sqrt(spared) * wear[0]);
            for t in 0..years {
                self.had[at][t] = spared.map(|spared| wear_of_mixed_ages(&wear[..ages], t, spared));
            }
        }
    }
}

/// Part of a vintage that wear has spared at the end of its first year, its second, and so on, and the number of ages of
/// which more than nothing is left.
fn wear_by_age(life: f64, shape: f64) -> ([f64; AGES], usize) {
    let mut wear_at = [0.0; AGES];
    let mut age = 0.5;
    for at in 0..AGES {
        wear_at[at] = wear(age, life, shape);
        if wear_at[at] < 1e-12 {
            return (wear_at, at.max(1));
        }
        age += 1.0;
    }
    (wear_at, AGES)
}

/// Part that wear spares after `t` years of devices that stand in proportion to their survival, S(1/2), S(3/2), and so on:
/// the ages of a stock that has long been kept up. Of those of an age a share `spared` outlives a year but for wear.
fn wear_of_mixed_ages(wear: &[f64], t: usize, spared: f64) -> f64 {
    let (mut stood, mut left, mut weight) = (0.0, 0.0, 1.0);
    for (age, now) in wear.iter().enumerate() {
        stood += weight * now;
        left += weight * wear.get(age + t).copied().unwrap_or(0.0);
        weight *= spared;
    }
    left / stood
}

/// Devices bought after the base year that wear has left, before loss and damage.
#[inline(always)]
fn left_by_wear(bought: &[Lanes], wear: &WearTables, level: &LevelYear, t: usize, plan_from: usize) -> Lanes {
    let (before, since) = (
        &wear.bought[level.bought_before as usize],
        &wear.bought[level.bought_since as usize],
    );
    let mut left = ZERO;
    for y in 1..t {
        let table = if y < plan_from { before } else { since };
        left += bought[y] * table[t - y];
    }
    left
}

impl ComponentModel for Devices {
    const COMPONENT: Component = Component::Devices;
    const LINES: &'static [Line] = LINES;
    const STOCK: Option<(&'static str, &'static str)> = Some(("devices", "device"));
    const LOST: Option<fn(&LostSlots) -> NumberSlot> = Some(|lost| lost.devices);

    type Tables = DevicesTables;
    type Yearly = DevicesYear;
    type Stock = DevicesStock;
    /// Devices bought over the unharmed part of that year.
    type Placed = Lanes;

    fn tables(model: &Model) -> DevicesTables {
        let plan = model.slots.plan.devices.as_ref();
        DevicesTables {
            equipped: plan.map(|plan| LeverMap::of(model, &plan.equipped)),
            ratio: plan.map(|plan| LeverMap::of(model, &plan.learners_per_device)),
            wear: WearTables::new(),
        }
    }

    fn fill(tables: &mut DevicesTables, model: &Model, p: &[f64]) {
        tables.wear.make(model, p);
    }

    fn yearly(year: &Year<'_>, tables: &DevicesTables) -> DevicesYear {
        let Year { p, model, t, .. } = *year;
        let number = |slot| Model::number(p, slot);
        let wear = &tables.wear;
        let tax = tax_factor(model, p);
        let plan = model.slots.plan.devices.as_ref().filter(|_| year.acts());
        let of = |level: usize| {
            let (had, bought) = (kind_in_use(model, level, false), kind_in_use(model, level, year.acts()));
            let repair = |kind| {
                let slots = prices_of(model, kind);
                number(slots.damage) * number(slots.repair) * list_price(year, kind)
            };
            let end = |kind| number(prices_of(model, kind).end_of_life);
            let slots = prices_of(model, bought);
            let landed = list_price(year, bought) * (1.0 + number(slots.landing));
            let (old, new) = (Kind::of(model, p, had), Kind::of(model, p, bought));
            LevelYear {
                landed,
                taxed: landed * tax,
                repair: repair(bought),
                old_repair: repair(had),
                end: end(bought),
                old_end: end(had),
                old,
                new,
                old_spared: wear.spared[had as usize],
                new_spared: wear.spared[bought as usize],
                old_wear: wear.had[had as usize][t.min(YEARS - 1)],
                half: wear.half[bought as usize],
                first_wear: wear.bought[bought as usize][0],
                bought_before: had,
                bought_since: kind_in_use(model, level, !year.twin),
                self_powered: [had, bought].map(|kind| number(prices_of(model, kind).self_powered)),
                energy: [had, bought].map(|kind| {
                    let slots = prices_of(model, kind);
                    number(slots.energy) * (1.0 - number(slots.self_powered))
                }),
            }
        };
        // A country with fewer levels leaves the last places unused.
        let last = model.levels.len() - 1;
        DevicesYear {
            levels: std::array::from_fn(|level| of(level.min(last))),
            hazard: hazard(model, p),
            spares_over_shifts: plan.map_or(1.0, |plan| (1.0 + number(plan.spares)) / shifts(model, p)),
        }
    }

    fn prices(own: &DevicesYear, prices: &mut Prices<'_>) {
        for (level, own) in own.levels.iter().enumerate().take(prices.levels) {
            for (line, price) in [
                (OLD_REPAIR, own.old_repair),
                (OLD_END, own.old_end),
                (RENEWAL, own.landed),
                (NEW, own.landed),
                (REPAIR, own.repair),
                (NEW_REPAIR, own.repair),
                (END, own.end),
            ] {
                prices.set_level(line, level, price);
            }
        }
    }

    /// The plan's kind for the level, or that which its schools have.
    fn priced_kinds(scenario: &Scenario, level: Level) -> Vec<usize> {
        let kind = match (&scenario.plan.devices, level) {
            (Some(plan), Level::Primary) => plan.primary,
            (Some(plan), Level::LowerSecondary) => plan.lower_secondary,
            (Some(plan), Level::UpperSecondary) => plan.upper_secondary,
            (None, _) => {
                let data = scenario.country.levels.iter().find(|data| data.level == level);
                data.map_or(Device::Tablet, |data| data.device)
            }
        };
        vec![kind as usize]
    }

    fn today(lever: &str, country: &Country, _: &Plan) -> Option<f64> {
        match lever {
            "equipped" => mean(country, |group| group.schools.value, Group::equipped_today),
            "learners_per_device" => {
                let sum = |of: &dyn Fn(&Group) -> f64| country.groups.iter().map(of).sum::<f64>();
                let devices = sum(&|group| group.schools.value * group.equipped.value * group.devices.value);
                (devices > 0.0).then(|| sum(&|group| group.learners.value * group.equipped.value) / devices)
            }
            _ => None,
        }
    }

    /// Devices stand where 4.a.1 says.
    fn open(now: &Now<'_, Self>, block: &mut Block<'_, Self>) {
        let Year { p, model, .. } = now.year;
        for at in block.fours() {
            let four = block.first + at;
            let (here, shared) = (&block.here[at], &mut block.shared[at]);
            // More schools with devices than with power, or than devices: the surplus does not count.
            let power = model.four(p, four, |of| of.grid) + model.four(p, four, |of| of.solar);
            let each = model.four(p, four, |of| of.devices);
            let equipped = min(model.four(p, four, |of| of.equipped), power);
            let devices = equipped * here.schools * each;
            let equipped = equipped * min(each, ONE);
            block.s[at] = DevicesStock {
                hazard: now.own.hazard.at(here),
                equipped,
                base: devices,
                base_equipped: equipped,
                base_each: max(each, ONE),
                unharmed_old: ONE,
                unharmed: ONE,
                old: devices,
                owned: devices,
                ..DevicesStock::default()
            };
            let level = model.level_of_four(four);
            let kind = kind_in_use(model, level, false);
            // In the base year repair takes its normal time, whatever the place.
            shared.usable = devices * Kind::of(model, p, kind).working(ONE, ONE, ONE);
            shared.devices = devices;
            shared.devices_planned = devices;
            shared.equipped = equipped;
            shared.equipped_planned = equipped;
            shared.self_powered = all(now.own.levels[level].self_powered[0]);
            shared.device_kwh = devices * now.own.levels[level].energy[0];
            shared.device_kwh_planned = shared.device_kwh;
        }
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, model, .. } = now.year;
        let (own, tables) = (now.own, now.tables);
        let levers = tables
            .equipped
            .as_ref()
            .zip(tables.ratio.as_ref())
            .filter(|_| now.year.acts());
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let bought = &block.placed[at * model.years..(at + 1) * model.years];
            let (here, shared, s) = (&block.here[at], &mut block.shared[at], &mut block.s[at]);
            let level = &own.levels[model.level_of_four(four)];
            let worn = left_by_wear(bought, &tables.wear, level, t, model.plan_from);
            s.left_by_wear = worn;
            let old_survive = s.unharmed_old * level.old_spared.at(here) * s.base * level.old_wear.at(here);
            let survive = old_survive + s.unharmed * level.new_spared.at(here) * worn;
            let (open, old) = (s.owned, s.old);
            // What schools are to have that are equipped, never less than in the base year; a school that is newly
            // equipped gets as much as they, or what the plan says.
            let (mut here_wanted, mut wanted) = (s.base, s.base);
            let mut equipped = max(s.equipped, s.base_equipped);
            if let Some((targets, ratios)) = levers {
                equipped = target(Some(targets), p, four, t, equipped);
                // A school never has less than an equipped school had in the base year.
                let in_all = here.learners / ratios.at(p, four, t) * own.spares_over_shifts;
                let in_all = max(in_all, s.base_each * here.schools);
                here_wanted = s.equipped * in_all;
                let each = divide_or(max(here_wanted, survive), s.equipped, in_all);
                wanted = equipped * max(each, in_all);
            }
            // Of what is bought in mid-year a part is there at year end.
            let renewal = min(max(open - survive, ZERO), max(here_wanted - survive, ZERO));
            let expansion = max(wanted - survive - renewal, ZERO);
            let half = level.half.at(here);
            let (renewal, expansion) = (renewal / half, expansion / half);
            s.plan = [renewal, expansion];
            let planned = max(wanted, survive);
            shared.devices_planned = planned;
            shared.equipped_planned = equipped;
            let [old_kwh, new_kwh] = level.energy;
            shared.device_kwh_planned = old_survive * old_kwh + (planned - old_survive) * new_kwh;
            let hazard = s.hazard;
            let old_ended = max(old - old_survive, ZERO);
            let ended = max(open - survive - old_ended, ZERO);
            let (old_in_use, in_use) = (old * hazard, max(open - old, ZERO) * hazard);
            let new_in_use = 0.5 * expansion * hazard;
            // Repair of what schools had and of what was bought, renewal, ends of life, new devices and half a year of
            // their repair.
            lines.bin(now.bins[four]);
            lines.add_all([old_in_use, in_use, renewal, old_ended, ended, expansion, new_in_use]);
            let needed = [
                old_in_use * level.old_repair + in_use * level.repair,
                renewal * level.taxed + old_ended * level.old_end + ended * level.end,
                expansion * level.taxed + new_in_use * level.repair,
            ];
            block.state(now, at, [open; 2], needed, &mut amounts);
        }
    }

    #[inline(always)]
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums) {
        let Year { t, model, .. } = now.year;
        let upkeep = funded.of(Need::Upkeep);
        let renewal = funded.of(Need::Renewal);
        let expansion = funded.of(Need::Expansion);
        let own = now.own;
        // Most often all repairs are paid for: one exponential a level and place will do.
        let all_repaired = upkeep.is_whole();
        let mut flow = now.flow(out);
        for at in block.fours() {
            let four = block.first + at;
            let (here, shared, s) = (&block.here[at], &mut block.shared[at], &mut block.s[at]);
            let level = &own.levels[model.level_of_four(four)];
            let repaired = upkeep.at(four);
            let [old_spared, new_spared] = if all_repaired {
                [level.old_spared, level.new_spared].map(|by_place| by_place.at(here))
            } else {
                [level.old, level.new].map(|kind| {
                    s.hazard
                        .with(repaired, |hazard, repaired| kind.unharmed(hazard, repaired))
                })
            };
            s.unharmed_old *= old_spared;
            s.unharmed *= new_spared;
            let open = s.owned;
            let bought = renewal.at(four) * s.plan[0] + expansion.at(four) * s.plan[1];
            let old = s.unharmed_old * s.base * level.old_wear.at(here);
            // What is bought has its first half year of repair paid with it.
            let half = level.half.at(here);
            block.placed[at * model.years + t] = bought * half / max(s.unharmed * level.first_wear, all(1e-300));
            let owned = old + s.unharmed * s.left_by_wear + bought * half;
            s.old = old;
            s.owned = owned;
            let equipped_new = expansion.at(four) * (shared.equipped_planned - s.equipped);
            let gone = divide_or((ONE - renewal.at(four)) * s.plan[0] * half, open, ZERO);
            let kept = still_equipped(s.equipped, gone, shared.ready_complete);
            // One with no device left is not equipped.
            s.equipped = min(kept + equipped_new, owned * here.per_school);
            // Too few technicians lengthen repair, at most to a year.
            let slower = max(
                shared.technicians_each * owned / max(shared.technicians, all(1e-9)),
                ONE,
            );
            shared.usable = old * level.old.working(s.hazard, repaired, slower)
                + (owned - old) * level.new.working(s.hazard, repaired, slower);
            shared.devices = owned;
            shared.equipped = s.equipped;
            shared.equipped_new = min(equipped_new, s.equipped);
            let [old_self, new_self] = level.self_powered;
            shared.self_powered = divide_or(old * old_self + (owned - old) * new_self, owned, ZERO);
            let [old_kwh, new_kwh] = level.energy;
            shared.device_kwh = old * old_kwh + (owned - old) * new_kwh;
            flow.bin(now.bins[four]);
            flow.add_all([bought, open + bought - owned]);
        }
    }

    /// Devices of all ages alike, all of a school that loses any: a shock takes a school's devices, it does not thin them. What schools
    /// had in the base year is no more, so that without a plan nobody buys it anew.
    fn strike(now: &Now<'_, Self>, block: &mut Block<'_, Self>, at: usize, lost: Lanes) -> Lanes {
        let Year { t, model, .. } = now.year;
        let (shared, s) = (&mut block.shared[at], &mut block.s[at]);
        let left = ONE - lost;
        let gone = lost * s.owned;
        for stands in [&mut s.base, &mut s.old, &mut s.owned] {
            *stands *= left;
        }
        for bought in &mut block.placed[at * model.years..=at * model.years + t] {
            *bought *= left;
        }
        for stands in [&mut shared.usable, &mut shared.devices, &mut shared.device_kwh] {
            *stands *= left;
        }
        s.equipped *= left;
        shared.equipped = s.equipped;
        shared.equipped_new *= left;
        gone
    }

    /// Devices at the price of the kind that is bought, over their mean life `Σ S(k + 1/2)` with all repairs paid; what is left of
    /// those bought goes by the life that is left to them, of those of the base year by half of it.
    fn ahead(now: &Now<'_, Self>, block: &Block<'_, Self>, at: usize) -> [Lanes; 2] {
        let Year { t, model, .. } = now.year;
        let level = &now.own.levels[model.level_of_four(block.first + at)];
        let bought = &block.placed[at * model.years..(at + 1) * model.years];
        let wear = &now.tables.wear.bought[level.bought_since as usize];
        let (s, spared) = (&block.s[at], level.new_spared.at(&block.here[at]));
        // Part of a device of age k that stands j years later: spared^j · wear(k + j) / wear(k).
        let ahead_of = |age: usize| {
            let (mut left, mut standing) = (ZERO, ONE);
            for later in age + 1..wear.len() {
                standing *= spared;
                left += standing * (wear[later] / wear[age].max(1e-300));
            }
            left
        };
        // Σ S(k + 1/2): what is bought in mid-year is there at the end of its first year, its second, and so on.
        let mean = (ahead_of(0) + ONE) * level.half.at(&block.here[at]);
        let mut left = 0.5 * s.old;
        for y in 1..t {
            let standing = s.unharmed * bought[y] * wear[t - 1 - y];
            left += standing * min((ahead_of(t - 1 - y) + all(0.5)) / mean, ONE);
        }
        let price = level.taxed;
        [s.owned / mean * (price + level.end), min(left, s.owned) * price]
    }

    #[inline(always)]
    fn reaching(shared: &Shared) -> Lanes {
        divide_or(shared.ready_complete, shared.equipped, ZERO)
    }

    #[inline(always)]
    fn closing(_: &Now<'_, Self>, s: &DevicesStock, _: &Population, _: usize) -> Lanes {
        s.owned
    }
}

/// Share of schools that are still equipped when a part of the devices is gone and not replaced: it is missing in whole schools;
/// where it would be missing in those that reach somebody it thins them.
#[inline(always)]
fn still_equipped(equipped: Lanes, gone: Lanes, reaching: Lanes) -> Lanes {
    max(equipped * (ONE - min(gone, ONE)), min(equipped, reaching))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 0.8 of the schools have ten devices each, 0.5 reach somebody. A third ends. If a quarter of all is not replaced 0.6 keep theirs; if nothing is,
    /// 0.8 · 2/3 = 0.533; in the year after 0.533 · 2/3 would be below 0.5: these stay, with 0.8 · 10 · 4/9 / 0.5 = 7.1 devices each.
    #[test]
    fn devices_that_are_not_replaced_are_missing_in_whole_schools() {
        let equipped = |equipped: f64, gone: f64| {
            let left = still_equipped(all(equipped), all(gone), all(0.5));
            crate::model::lanes::first(left)
        };
        assert!((equipped(0.8, 0.25) - 0.6).abs() < 1e-12);
        assert!((equipped(0.8, 1.0 / 3.0) - 0.8 / 1.5).abs() < 1e-12);
        assert!((equipped(0.8 / 1.5, 1.0 / 3.0) - 0.5).abs() < 1e-12);
        // No more stay than were equipped.
        assert!((equipped(0.3, 0.5) - 0.3).abs() < 1e-12);
    }

    #[test]
    fn wear_has_the_stated_mean_life() {
        // The mean of a Weibull life with scale life / Γ(1 + 1/κ) is life: integrate survival in small steps.
        let mean: f64 = (0..200_000)
            .map(|i| wear((f64::from(i) + 0.5) * 1e-4, 3.0, 3.0) * 1e-4)
            .sum();
        assert!((mean - 3.0).abs() < 1e-3, "{mean}");
    }

    #[test]
    fn two_survival_points_of_uruguay_give_the_weibull_shape_of_the_evidence() {
        // Evidence L9: S(1) = 0.804 and S(2) = 0.701 give κ = log2(ln 0.701 / ln 0.804) = 0.70.
        let shape = (0.701f64.ln() / 0.804f64.ln()).log2();
        assert!((shape - 0.70).abs() < 0.005, "{shape}");
        // With that shape our function reproduces both points.
        let scale = (-(0.804f64.ln())).powf(-1.0 / shape);
        let life = scale * libm::tgamma(1.0 + 1.0 / shape);
        assert!((wear(1.0, life, shape) - 0.804).abs() < 1e-9);
        assert!((wear(2.0, life, shape) - 0.701).abs() < 1e-9);
    }
}
