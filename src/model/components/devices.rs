//! Devices for learners (2.3): vintages that wear out, are lost, damaged and repaired.
//!
//! Survival of a device of age a is `S(a) = exp(-λ a) exp(-(a/η)^κ)` with `λ = loss + damage (1 - funded repair)` and
//! `η = life / Γ(1 + 1/κ)`. Wear depends on age only and the rest on time only, so a group needs one running factor
//! for the rest and one table of wear.

use std::ops::Range;

use crate::model::component::{
    ComponentModel, DEVICE_END, DEVICE_NEW, DEVICE_NEW_REPAIR, DEVICE_OLD_END, DEVICE_OLD_REPAIR, DEVICE_RENEWAL,
    DEVICE_REPAIR, Funded, Sheet, Year,
};
use crate::model::tables::Model;
use crate::model::workspace::State;
use crate::scenario::country::LevelDataSlots;
use crate::scenario::plan::{Device, DevicesPlanSlots};
use crate::scenario::prices::DevicePricesSlots;
use crate::scenario::{Component, Level, Need};

/// Position of devices among the stocks.
const STOCK: usize = 2;

/// Devices.
pub struct Devices;

/// Kind of device that a level buys: the plan's, or that which schools have.
#[must_use]
pub fn kind_in_use(model: &Model, level: usize, plan_acts: bool) -> Device {
    let data: &LevelDataSlots = &model.slots.country.levels[model.levels[level].data];
    let plan: Option<&DevicesPlanSlots> = model.slots.plan.devices.as_ref().filter(|_| plan_acts);
    plan.map_or(data.device, |plan| match model.levels[level].level {
        Level::Primary => plan.primary,
        Level::LowerSecondary => plan.lower_secondary,
        Level::UpperSecondary => plan.upper_secondary,
    })
}

fn prices(model: &Model, kind: Device) -> &DevicePricesSlots {
    &model.slots.prices.devices[kind as usize]
}

/// Part of a vintage that wear has spared at age `age`.
#[must_use]
pub fn wear(age: f64, life: f64, shape: f64) -> f64 {
    let scale = life / libm::tgamma(1.0 + 1.0 / shape);
    libm::exp(-libm::pow(age / scale, shape))
}

/// What a level's devices are like this year.
#[derive(Clone, Copy, Default)]
struct Kind {
    loss: f64,
    damage: f64,
    repair_months: f64,
}

impl Kind {
    /// The kind that schools had, and the kind that is bought.
    fn pair(year: &Year<'_>, level: usize) -> [Self; 2] {
        [false, true].map(|bought| Self::of(year, kind_in_use(year.model, level, bought && year.acts())))
    }

    fn of(year: &Year<'_>, kind: Device) -> Self {
        let slots = prices(year.model, kind);
        let number = |slot| Model::number(year.p, slot);
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
}

/// Largest number of levels and years for which tables stand on the stack.
const LEVELS: usize = 8;
const YEARS: usize = 48;

/// Wear by kind of device: of those bought, by age; of those that schools had, by years since. Made anew only when
/// a life or shape changes.
#[derive(Clone, Debug)]
pub struct WearTables {
    made_for: Vec<[f64; 2]>,
    bought: Vec<[f64; YEARS]>,
    mixed: Vec<[f64; YEARS]>,
}

impl WearTables {
    /// Room for all kinds.
    #[must_use]
    pub fn new() -> Self {
        let kinds = Device::ALL.len();
        Self {
            made_for: vec![[f64::NAN; 2]; kinds],
            bought: vec![[0.0; YEARS]; kinds],
            mixed: vec![[0.0; YEARS]; kinds],
        }
    }

    fn make(&mut self, model: &Model, p: &[f64]) {
        for kind in Device::ALL {
            let slots = prices(model, *kind);
            let key = [Model::number(p, slots.life), Model::number(p, slots.wear_shape)];
            let at = *kind as usize;
            if self.made_for[at].map(f64::to_bits) == key.map(f64::to_bits) {
                continue;
            }
            self.made_for[at] = key;
            let [life, shape] = key;
            for t in 0..model.years.min(YEARS) {
                self.bought[at][t] = wear(years(t), life, shape);
                self.mixed[at][t] = wear_of_mixed_ages(t, life, shape);
            }
        }
    }
}

impl Default for WearTables {
    fn default() -> Self {
        Self::new()
    }
}

#[allow(clippy::cast_precision_loss)]
const fn years(count: usize) -> f64 {
    count as f64
}

/// Part that wear spares after `t` years of devices whose ages are spread evenly over their life.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn wear_of_mixed_ages(t: usize, life: f64, shape: f64) -> f64 {
    let ages = life.ceil().max(1.0) as usize;
    let step = life / years(ages);
    let spared = |age: f64| wear(age + years(t), life, shape) / wear(age, life, shape);
    (0..ages).map(|age| spared((years(age) + 0.5) * step)).sum::<f64>() / years(ages)
}

/// Tables of each level this year: what is spared of the devices of the base year, and wear by age of those bought.
fn wear_of_levels(year: &Year<'_>, tables: &WearTables) -> ([f64; LEVELS], [[f64; YEARS]; LEVELS]) {
    let mut old = [0.0; LEVELS];
    let mut new = [[0.0; YEARS]; LEVELS];
    for level in 0..year.model.levels.len().min(LEVELS) {
        let data = &year.model.slots.country.levels[year.model.levels[level].data];
        old[level] = tables.mixed[data.device as usize][year.t];
        // Vintages of before the plan are of the kind that schools had.
        let (before, since) = (
            data.device as usize,
            kind_in_use(year.model, level, !year.twin) as usize,
        );
        for age in 0..=year.t {
            let kind = if year.t - age < year.model.plan_from {
                before
            } else {
                since
            };
            new[level][age] = tables.bought[kind][age];
        }
    }
    (old, new)
}

fn hazards(year: &Year<'_>) -> [f64; 2] {
    let people = &year.model.slots.country.people;
    [
        Model::number(year.p, people.urban_hazard),
        Model::number(year.p, people.rural_hazard),
    ]
}

/// Base year: devices stand where 4.a.1 says.
pub fn open(model: &Model, p: &[f64], state: &mut State) {
    state.bought.fill(0.0);
    state.wear.make(model, p);
    for (g, s) in state.groups.iter_mut().enumerate() {
        let equipped = model.group(p, g, |of| of.equipped);
        let devices = equipped * s.schools * model.group(p, g, |of| of.devices);
        s.equipped = equipped;
        s.equipped_planned = equipped;
        s.base_devices = devices;
        s.unharmed_old = 1.0;
        s.unharmed = 1.0;
        s.old_devices = devices;
        s.old_planned = devices;
        s.devices = devices;
        s.devices_planned = devices;
        let slots = prices(
            model,
            model.slots.country.levels[model.levels[usize::from(model.level_of[g])].data].device,
        );
        // In the base year repair takes its normal time.
        let idle = Model::number(p, slots.damage) * (Model::number(p, slots.repair_months) / 12.0).min(1.0);
        s.usable = devices * (1.0 - idle);
    }
}

impl ComponentModel for Devices {
    fn needs(&self, year: &Year<'_>, state: &mut State, sheet: &mut Sheet, bins: &[u32], block: Range<usize>) {
        let Year { t, p, model, .. } = *year;
        let general = &model.slots.prices.general;
        let trend = year.trend(Model::number(p, general.device_decline), true);
        let tax = Sheet::tax_factor(year);
        let mut price = [[0.0; 5]; LEVELS];
        let mut kinds = [[Kind::default(); 2]; LEVELS];
        for level in 0..model.levels.len().min(LEVELS) {
            let slots = prices(model, kind_in_use(model, level, year.acts()));
            let list = Model::number(p, slots.price) * trend;
            let landed = list * (1.0 + Model::number(p, slots.landing));
            let repair = Model::number(p, slots.damage) * Model::number(p, slots.repair) * list;
            let end = Model::number(p, slots.end_of_life);
            let had = prices(model, kind_in_use(model, level, false));
            let old_repair =
                Model::number(p, had.damage) * Model::number(p, had.repair) * Model::number(p, had.price) * trend;
            let old_end = Model::number(p, had.end_of_life);
            price[level] = [landed, repair, end, old_repair, old_end];
            kinds[level] = Kind::pair(year, level);
            sheet.set_level_price(DEVICE_OLD_REPAIR, level, old_repair);
            sheet.set_level_price(DEVICE_OLD_END, level, old_end);
            sheet.set_level_price(DEVICE_RENEWAL, level, landed);
            sheet.set_level_price(DEVICE_NEW, level, landed);
            sheet.set_level_price(DEVICE_REPAIR, level, repair);
            sheet.set_level_price(DEVICE_NEW_REPAIR, level, repair);
            sheet.set_level_price(DEVICE_END, level, end);
        }
        let (old_wear, new_wear) = wear_of_levels(year, &state.wear);
        let hazards = hazards(year);
        let acts = year.acts();
        let plan = model.slots.plan.devices.as_ref().filter(|_| acts);
        let (spares, shifts) = plan.map_or((0.0, 1.0), |plan| {
            (Model::number(p, plan.spares), Model::number(p, plan.shifts))
        });
        let mut spared = [[[0.0; 2]; 2]; LEVELS];
        for level in 0..LEVELS {
            spared[level] = kinds[level].map(|kind| hazards.map(|hazard| kind.unharmed(hazard, 1.0)));
        }
        let ([upkeep_of, renewal_of, expansion_of], mut tally) =
            sheet.write::<7>(Component::Devices, DEVICE_OLD_REPAIR);
        for (g, s) in block.clone().zip(&mut state.groups[block]) {
            let level = usize::from(model.level_of[g]);
            let place = usize::from(model.rural[g]);
            let vintages = &state.bought[g * model.years..g * model.years + t];
            let worn: f64 = vintages
                .iter()
                .enumerate()
                .map(|(y, bought)| bought * new_wear[level][t - y])
                .sum();
            let [old_spared, new_spared] = spared[level].map(|by_place| by_place[place]);
            let old_survive = s.unharmed_old * old_spared * s.base_devices * old_wear[level];
            let survive = old_survive + s.unharmed * new_spared * worn;
            let (open, old) = (s.devices, s.old_devices);
            let mut wanted = s.base_devices;
            let mut equipped = s.equipped;
            if let (Some(targets), Some(ratios)) = (
                model.levers.equipped.as_ref().filter(|_| acts),
                model.levers.ratio.as_ref(),
            ) {
                equipped = equipped.max(targets.at(p, g, t));
                let in_schools = equipped * s.learners;
                wanted = wanted.max(in_schools / ratios.at(p, g, t) / shifts * (1.0 + spares));
            }
            let renewal = (open - survive).clamp(0.0, (wanted - survive).max(0.0));
            let expansion = (wanted - survive - renewal).max(0.0);
            s.device_plan[0] = renewal;
            s.device_plan[1] = expansion;
            s.devices_planned = wanted.max(survive);
            s.old_planned = old_survive;
            s.equipped_planned = equipped;
            let [landed, repair, end, old_repair, old_end] = price[level];
            let hazard = hazards[place];
            let old_ended = (old - old_survive).max(0.0);
            let ended = (open - survive - old_ended).max(0.0);
            let (old_in_use, in_use) = (old * hazard, (open - old).max(0.0) * hazard);
            upkeep_of[g] = old_in_use * old_repair + in_use * repair;
            renewal_of[g] = renewal * landed * tax + old_ended * old_end + ended * end;
            expansion_of[g] = expansion * (landed * tax + 0.5 * hazard * repair);
            tally.bin(bins[g]);
            // Repair of what schools had and of what was bought, renewal, ends of life, new devices and half a year of
            // their repair.
            tally.add_all([
                old_in_use,
                in_use,
                renewal,
                old_ended,
                ended,
                expansion,
                0.5 * expansion * hazard,
            ]);
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
        let Year { t, p, model, .. } = *year;
        let upkeep = funded.of(Component::Devices, Need::Upkeep);
        let renewal = funded.of(Component::Devices, Need::Renewal);
        let expansion = funded.of(Component::Devices, Need::Expansion);
        let (old_wear, new_wear) = wear_of_levels(year, &state.wear);
        let hazards = hazards(year);
        let norm = Model::number(p, model.slots.prices.support.norm);
        let mut kinds = [[Kind::default(); 2]; LEVELS];
        for (level, pair) in kinds.iter_mut().enumerate().take(model.levels.len()) {
            *pair = Kind::pair(year, level);
        }
        // Most groups share the funded part of repair: remember the last exponentials of each level and place.
        let mut known = [[(f64::NAN, [0.0; 2]); 2]; LEVELS];
        for (g, s) in block.clone().zip(&mut state.groups[block]) {
            let level = usize::from(model.level_of[g]);
            let place = usize::from(model.rural[g]);
            let repaired = upkeep.at(g);
            let last = &mut known[level][place];
            if last.0.to_bits() != repaired.to_bits() {
                *last = (
                    repaired,
                    kinds[level].map(|kind| kind.unharmed(hazards[place], repaired)),
                );
            }
            let [old_spared, new_spared] = last.1;
            s.unharmed_old *= old_spared;
            let unharmed = s.unharmed * new_spared;
            let open = s.devices;
            let bought = renewal.at(g) * s.device_plan[0] + expansion.at(g) * s.device_plan[1];
            let at = g * model.years;
            let worn: f64 = state.bought[at..at + t]
                .iter()
                .enumerate()
                .map(|(y, bought)| bought * new_wear[level][t - y])
                .sum();
            let old = s.unharmed_old * s.base_devices * old_wear[level];
            let survive = old + unharmed * worn;
            s.old_devices = old;
            s.unharmed = unharmed;
            state.bought[at + t] = bought / unharmed.max(1e-300);
            let owned = survive + bought;
            s.devices = owned;
            let grown = s.equipped_planned - s.equipped;
            s.equipped += expansion.at(g) * grown;
            // Too few technicians lengthen repair, at most to a year.
            let per_thousand = 1000.0 * s.technicians_served / owned.max(1e-9);
            let slower = (norm / per_thousand.max(1e-9)).max(1.0);
            let working = kinds[level].map(|kind| {
                let months = (kind.repair_months * slower).min(12.0);
                1.0 - (kind.damage * hazards[place] * repaired * months / 12.0).min(1.0)
            });
            s.usable = old * working[0] + (owned - old) * working[1];
            sheet.flow(STOCK, bins[g] as usize, bought, open - survive);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
