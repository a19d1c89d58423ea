//! A year of a pass, and how prices and taxes stand in it.

use super::demand::Demand;
use super::shocks;
use super::tables::Model;
use crate::scenario::markets::{Market, Markets};
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

    /// Price of something traded: what it is in its own year, moved along its market from there.
    #[must_use]
    pub fn traded(&self, market: Market, price: NumberSlot) -> f64 {
        let trends = self.trends;
        let since = trends.markets.index(market, self.model.year_of(price));
        Model::number(self.p, price) * (trends.index[market as usize] / since)
    }

    /// Whether the plan acts: not in the twin and not before it starts.
    #[must_use]
    pub fn acts(&self) -> bool {
        !self.twin && self.t >= self.model.plan_from
    }
}

/// How prices stand in a year, in constant US$.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trends {
    /// What moves prices of what is traded.
    markets: Markets,
    /// What they are over those of 2025, by market.
    index: [f64; Market::ALL.len()],
    /// What pay goes by: gross domestic product for each person, constant US$.
    pub gdp_per_person: f64,
}

/// How prices move, year by year from the base year.
pub fn trends(model: &Model, p: &[f64], out: &mut [Trends]) {
    let number = |slot| Model::number(p, slot);
    let general = &model.slots.prices.general;
    let markets = Markets {
        depreciation: number(model.slots.country.economy.real_depreciation),
        device_rise: number(general.device_rise),
        device_decline: number(general.device_decline),
        bandwidth_decline: number(general.bandwidth_decline),
        plan_decline: number(general.plan_decline),
    };
    for (t, year) in out.iter_mut().enumerate() {
        *year = Trends {
            markets,
            index: std::array::from_fn(|at| {
                let market = Market::ALL[at];
                markets.index(market, model.calendar(t)) * shocks::jump(model, p, t, market)
            }),
            gdp_per_person: gdp(model, p, t) / population(model, p, t),
        };
    }
}

/// Gross domestic product of a year, constant US$: that of the year of which it is stated, grown from there.
#[must_use]
pub fn gdp(model: &Model, p: &[f64], t: usize) -> f64 {
    let gdp = model.slots.country.economy.gdp;
    let stated = model.year_of(gdp) - model.scenario.base_year;
    Model::number(p, gdp) * grown(model, p, i32::try_from(t).unwrap_or(i32::MAX)) / grown(model, p, stated)
}

/// Real growth over so many years from the base year on. Before it, and after the horizon, the growth of the nearest year holds.
fn grown(model: &Model, p: &[f64], years: i32) -> f64 {
    let growth = |t: usize| 1.0 + Model::at(p, model.slots.country.economy.gdp_growth, t.min(model.years - 1));
    match usize::try_from(years) {
        Ok(years) => (1..=years).fold(1.0, |grown, t| grown * growth(t)),
        Err(_) => libm::pow(growth(0), f64::from(years)),
    }
}

/// People of all ages. Where their number is not published, the births of sixty years stand for them: deaths and those
/// who are older about outweigh each other.
pub(crate) fn population(model: &Model, p: &[f64], t: usize) -> f64 {
    let at = model.slots.country.births.0 as usize + t;
    let born = || p[at - Country::BIRTHS_BEFORE as usize..at].iter().sum();
    let published = model.slots.country.population.total;
    published.map_or_else(born, |total| Model::at(p, total, t))
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
