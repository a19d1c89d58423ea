//! Prices and the economy by year, as money is counted in them.

use crate::model::shocks::fall;
use crate::model::tables::Model;
use crate::model::year::gdp;
use crate::scenario::price_basis::us_growth;
use crate::units::{ConstantUsd, NominalUsd};

/// The economy by year.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// Nominal US$ for one constant US$ of the price year, by year; fewer where shocks have made the country's currency fall.
    pub deflator: Vec<f64>,
    /// Gross domestic product by year, constant US$.
    pub gdp: Vec<f64>,
    education_spending: f64,
    telecom_revenue: f64,
}

impl Outlook {
    /// Room for so many years.
    #[must_use]
    pub fn new(years: usize) -> Self {
        Self {
            deflator: vec![1.0; years],
            gdp: vec![0.0; years],
            education_spending: 0.0,
            telecom_revenue: 0.0,
        }
    }

    /// Reads it off the parameters. From the price year to the base year prices grow as published, and where that is not known
    /// by the rate of the base year.
    pub fn fill(&mut self, model: &Model, p: &[f64]) {
        let economy = &model.slots.country.economy;
        let mut deflator = grown(model, |year| {
            us_growth(year).unwrap_or(1.0 + Model::at(p, economy.us_inflation, 0))
        });
        for t in 0..model.years {
            if t > 0 {
                deflator *= 1.0 + Model::at(p, economy.us_inflation, t);
            }
            // Where the currency has fallen a dollar pays for more at home.
            self.deflator[t] = deflator / fall(model, p, t);
            self.gdp[t] = gdp(model, p, t);
        }
        self.education_spending = Model::number(p, economy.education_spending);
        self.telecom_revenue = Model::number(p, economy.telecom_revenue);
    }

    /// What an amount of a year is in the dollars of that year.
    #[must_use]
    pub fn nominal(&self, t: usize, amount: ConstantUsd) -> NominalUsd {
        NominalUsd(amount.0 * self.deflator[t])
    }

    /// What an amount of a year is in dollars of the price year.
    #[must_use]
    pub fn constant(&self, t: usize, amount: NominalUsd) -> ConstantUsd {
        ConstantUsd(amount.0 / self.deflator[t])
    }

    /// Public spending on education in a year.
    #[must_use]
    pub fn education_spending(&self, t: usize) -> ConstantUsd {
        ConstantUsd(self.education_spending * self.gdp[t])
    }

    /// Revenue of telecommunications in a year.
    #[must_use]
    pub fn telecom_revenue(&self, t: usize) -> ConstantUsd {
        ConstantUsd(self.telecom_revenue * self.gdp[t])
    }
}

/// What prices of the price year have become by the base year, at a growth by year.
pub(super) fn grown(model: &Model, growth: impl Fn(i32) -> f64) -> f64 {
    let (from, to) = (model.scenario.price_year, model.scenario.base_year);
    let grown: f64 = (from.min(to) + 1..=from.max(to)).map(growth).product();
    if from <= to { grown } else { 1.0 / grown }
}
