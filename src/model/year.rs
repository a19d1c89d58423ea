//! A year of a pass, and how prices and taxes stand in it.

use super::demand::Demand;
use super::tables::Model;
use crate::scenario::parameters::NumberSlot;
use crate::scenario::{Country, Level};

/// Largest number of levels.
pub const LEVELS: usize = Level::ALL.len();

/// A year of a pass, as the chapters see it.
#[derive(Clone, Copy)]
pub struct Year<'a> {
    /// Years since the base year.
    pub t: usize,
    /// Whether this is the twin: what exists is kept up, nothing is added.
    pub twin: bool,
    /// Parameter vector.
    pub p: &'a [f64],
    /// Tables.
    pub model: &'a Model,
    /// Learners and teachers.
    pub demand: &'a Demand,
    /// How prices have moved.
    pub trends: &'a Trends,
}

impl Year<'_> {
    /// Price of work of people in the country: in dollars where it is stated, else by GDP per person of the year.
    #[must_use]
    pub fn local(&self, stated: Option<NumberSlot>, by_income: NumberSlot) -> f64 {
        let by_income = || Model::number(self.p, by_income) * self.trends.gdp_per_person;
        stated.map_or_else(by_income, |stated| Model::number(self.p, stated))
    }

    /// Whether the plan acts: not in the twin and not before it starts.
    #[must_use]
    pub fn acts(&self) -> bool {
        !self.twin && self.t >= self.model.plan_from
    }
}

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
    /// What pay goes by: gross domestic product for each person, constant US$.
    pub gdp_per_person: f64,
}

/// How prices move, year by year from the base year.
pub fn trends(model: &Model, p: &[f64], out: &mut [Trends]) {
    let general = &model.slots.prices.general;
    let dearer = 1.0 + Model::number(p, model.slots.country.economy.real_depreciation);
    let falls = |slot| 1.0 - Model::number(p, slot);
    let yearly = [dearer, falls(general.bandwidth_decline), falls(general.plan_decline)];
    let since = f64::from(model.scenario.base_year - model.scenario.price_year);
    let of_price_year = device_index(model, p, model.scenario.price_year);
    let mut now = yearly.map(|factor| libm::pow(factor, since));
    for (t, year) in out.iter_mut().enumerate() {
        let [hardware, bandwidth, plans] = now;
        *year = Trends {
            devices: hardware * device_index(model, p, model.calendar(t)) / of_price_year,
            bandwidth,
            plans,
            hardware,
            gdp_per_person: gdp(model, p, t) / population(model, p, t),
        };
        for (value, factor) in now.iter_mut().zip(yearly) {
            *value *= factor;
        }
    }
}

/// Gross domestic product of a year, constant US$. From the price year to the base year the growth of the base year holds.
#[must_use]
pub fn gdp(model: &Model, p: &[f64], t: usize) -> f64 {
    let economy = &model.slots.country.economy;
    let growth = |t| 1.0 + Model::at(p, economy.gdp_growth, t);
    let since = f64::from(model.scenario.base_year - model.scenario.price_year);
    let base = Model::number(p, economy.gdp) * libm::pow(growth(0), since);
    (1..=t).fold(base, |gdp, t| gdp * growth(t))
}

/// People of all ages. Where their number is not published, the births of sixty years stand for them: deaths and those
/// who are older about outweigh each other.
fn population(model: &Model, p: &[f64], t: usize) -> f64 {
    let at = model.slots.country.births.0 as usize + t;
    let born = || p[at - Country::BIRTHS_BEFORE as usize..at].iter().sum();
    let published = model.slots.country.population.total;
    published.map_or_else(born, |total| Model::at(p, total, t))
}

/// Real price of devices in a calendar year over that of 2025: up in 2026 and 2027, falling after.
fn device_index(model: &Model, p: &[f64], year: i32) -> f64 {
    let general = &model.slots.prices.general;
    match year - 2027 {
        ..=-2 => 1.0,
        later => {
            let fallen = libm::pow(1.0 - Model::number(p, general.device_decline), f64::from(later.max(0)));
            (1.0 + Model::number(p, general.device_rise)) * fallen
        }
    }
}

/// Factor by which taxes raise the price of what is imported: duty, then value-added tax on both.
#[must_use]
pub(crate) fn tax_factor(model: &Model, p: &[f64]) -> f64 {
    let [duty, vat] = tax_rates(model, p);
    (1.0 + duty) * (1.0 + vat)
}

/// Rates of import duty and of value-added tax.
#[must_use]
pub(crate) fn tax_rates(model: &Model, p: &[f64]) -> [f64; 2] {
    let general = &model.slots.prices.general;
    [Model::number(p, general.duty), Model::number(p, general.vat)]
}
