//! What is the same for all groups of a level in a year: prices, lives, norms. Computed once a run, before any group.

use super::access;
use super::component::{ComponentModel, Prices, Year};
use super::components::{COMPONENTS, content, devices, links, power, support, training};
use super::demand::Demand;
use super::lanes::sum;
use super::tables::Model;
use super::trajectory::Pass;
use crate::scenario::Level;

/// Largest number of levels.
pub const LEVELS: usize = Level::ALL.len();

/// Prices of a year over those of the price year, in constant US$. Imported goods follow the real exchange rate.
#[derive(Clone, Copy, Debug)]
pub struct Trends {
    /// Devices.
    pub devices: f64,
    /// Committed capacity.
    pub bandwidth: f64,
    /// Plans.
    pub plans: f64,
    /// Other imported hardware.
    pub hardware: f64,
}

/// How prices move, year by year from the base year.
pub fn trends(model: &Model, p: &[f64], out: &mut [Trends]) {
    let general = &model.slots.prices.general;
    let dearer = 1.0 + Model::number(p, model.slots.country.economy.real_depreciation);
    let falls = |slot| 1.0 - Model::number(p, slot);
    let yearly = [
        falls(general.device_decline) * dearer,
        falls(general.bandwidth_decline),
        falls(general.plan_decline),
        dearer,
    ];
    let since = f64::from(model.scenario.base_year - model.scenario.price_year);
    let mut now = yearly.map(|factor| libm::pow(factor, since));
    for year in out {
        let [devices, bandwidth, plans, hardware] = now;
        *year = Trends {
            devices,
            bandwidth,
            plans,
            hardware,
        };
        for (value, factor) in now.iter_mut().zip(yearly) {
            *value *= factor;
        }
    }
}

/// Terms of all components in one year.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Power.
    pub power: power::Terms,
    /// Links.
    pub links: links::Terms,
    /// Devices.
    pub devices: devices::Terms,
    /// Training.
    pub training: training::Terms,
    /// Content.
    pub content: content::Terms,
    /// Support.
    pub support: support::Terms,
    /// Access.
    pub access: access::Terms,
}

impl Terms {
    fn of(year: &Year<'_>, annuities: &[links::Annuities], wear: &devices::WearTables) -> Self {
        Self {
            power: power::Terms::of(year),
            links: links::Terms::of(year, annuities),
            devices: devices::Terms::of(year, wear),
            training: training::Terms::of(year),
            content: content::Terms::of(year),
            support: support::Terms::of(year),
            access: access::Terms::of(year),
        }
    }
}

/// Terms of twin and plan for all years.
#[derive(Clone, Debug)]
pub struct AllTerms {
    /// Wear of devices by kind.
    pub wear: devices::WearTables,
    /// Learners and teachers of the groups of each level in the base year.
    pub level_totals: [(f64, f64); LEVELS],
    trends: Vec<Trends>,
    twin: Vec<Terms>,
    plan: Vec<Terms>,
}

impl AllTerms {
    /// Room for a model's years.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let flat = Trends {
            devices: 1.0,
            bandwidth: 1.0,
            plans: 1.0,
            hardware: 1.0,
        };
        Self {
            wear: devices::WearTables::new(),
            level_totals: [(0.0, 0.0); LEVELS],
            trends: vec![flat; model.years],
            twin: Vec::with_capacity(model.years),
            plan: Vec::with_capacity(model.years),
        }
    }

    /// Terms of one pass.
    #[must_use]
    pub fn of(&self, twin: bool) -> &[Terms] {
        if twin { &self.twin } else { &self.plan }
    }

    /// How prices move.
    #[must_use]
    pub fn trends(&self, t: usize) -> &Trends {
        &self.trends[t]
    }

    /// Fills all years and writes the unit prices of both passes.
    pub fn fill(&mut self, model: &Model, p: &[f64], demand: &Demand, passes: [&mut Pass; 2]) {
        self.wear.make(model, p);
        self.level_totals = [(0.0, 0.0); LEVELS];
        for four in 0..model.fours() {
            let (learners, teachers) = &mut self.level_totals[model.level_of_four(four)];
            *learners += sum(model.count(p, four, |of| of.learners));
            *teachers += sum(model.count(p, four, |of| of.teachers));
        }
        trends(model, p, &mut self.trends);
        let annuities = links::annuities(model, p);
        for (pass, twin) in passes.into_iter().zip([true, false]) {
            let terms = if twin { &mut self.twin } else { &mut self.plan };
            terms.clear();
            for t in 0..model.years {
                let year = Year {
                    t,
                    twin,
                    p,
                    model,
                    demand,
                    trends: &self.trends[t],
                };
                let now = Terms::of(&year, &annuities, &self.wear);
                let mut prices: Prices<'_> = pass.prices(t);
                COMPONENTS.prices(&now, &mut prices);
                terms.push(now);
            }
        }
    }
}
