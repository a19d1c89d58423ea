//! Prices and currency of what is shown.

use super::MoneyView;
use super::books::Books;
use crate::app::costs::Layer;
use crate::app::words::{Words, fill};

/// Prices and currency of what is shown.
pub(super) struct Coin {
    /// What one constant US$ of each year is shown as.
    pub(super) worth: Vec<f64>,
    /// What one nominal US$ of each year is shown as.
    pub(super) worth_nominal: Vec<f64>,
    /// What one constant US$ of the year after the last is shown as.
    pub(super) worth_after: f64,
    pub(super) currency: &'static str,
    pub(super) prices: String,
    /// The largest amount that the page says, by which the others are scaled.
    pub(super) largest: f64,
    pub(super) words: &'static Words,
}

impl Coin {
    pub(super) fn of(state: &MoneyView, books: &Books, words: &'static Words) -> Self {
        let rate = books.rate.as_ref().filter(|_| state.local).map(|known| known.rate);
        // Prices of the price year are exchanged at its rate, money of a year at that of the year.
        let rates = |at: usize| match rate {
            Some(_) if state.nominal => books.rates[at.min(books.rates.len() - 1)],
            rate => rate.unwrap_or(1.0),
        };
        let by_year = |of: &dyn Fn(f64) -> f64| {
            let deflators = books.deflator.iter().enumerate();
            deflators.map(|(at, deflator)| rates(at) * of(*deflator)).collect()
        };
        let mut coin = Self {
            worth: by_year(&|deflator| if state.nominal { deflator } else { 1.0 }),
            worth_nominal: by_year(&|deflator| if state.nominal { 1.0 } else { 1.0 / deflator }),
            worth_after: rates(books.deflator.len()) * if state.nominal { books.after.deflator } else { 1.0 },
            currency: if rate.is_some() {
                books.currency
            } else {
                words.money_usd
            },
            prices: if state.nominal {
                words.money_nominal_short.to_owned()
            } else {
                fill(words.money_constant_short, &[("year", &books.price_year.to_string())])
            },
            largest: 0.0,
            words,
        };
        coin.largest = coin.sum(&books.costs.all(Layer::All));
        coin
    }

    pub(super) fn show(&self, values: &[f64]) -> Vec<f64> {
        values
            .iter()
            .zip(&self.worth)
            .map(|(value, worth)| value * worth)
            .collect()
    }

    pub(super) fn sum(&self, values: &[f64]) -> f64 {
        self.show(values).iter().sum()
    }

    /// An amount as a person says it.
    pub(super) fn say(&self, amount: f64) -> String {
        self.with_currency(&self.words.numbers.magnitude_beside(amount, self.largest))
    }

    pub(super) fn with_currency(&self, amount: &str) -> String {
        fill(
            self.words.money_amount,
            &[("currency", self.currency), ("amount", amount)],
        )
    }

    pub(super) fn unit(&self, scale: &str, words: &Words) -> String {
        let money = if scale.is_empty() {
            self.currency.to_owned()
        } else {
            fill(words.money_amount, &[("currency", self.currency), ("amount", scale)])
        };
        fill(words.money_unit, &[("money", &money), ("prices", &self.prices)])
    }
}
