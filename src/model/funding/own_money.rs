//! The money in which each source counts: its own currency, and how its amounts grow, by year. Here alone it becomes US dollars.

use super::debt::DebtYear;
use super::outlook::{Outlook, grown};
use super::source::SourceId;
use crate::model::shocks::fall;
use crate::model::tables::Model;
use crate::scenario::YearPath;
use crate::scenario::parameters::PathSlot;
use crate::scenario::price_basis::{is_local, rates_of};
use crate::units::NominalUsd;

/// The money of all sources by year.
#[derive(Clone, Debug)]
pub(crate) struct OwnMoney {
    years: usize,
    /// Units of a source's money for one constant US$ `[source][t]`.
    units: Vec<f64>,
    /// What one unit that is stated in prices of the price year is in constant US$ `[source][t]`.
    stated: Vec<f64>,
    /// Units of a source's money for one US$, in the price year `[source]`.
    today: Vec<f64>,
}

impl OwnMoney {
    /// Room for so many years and sources.
    pub(super) fn new(years: usize, sources: usize) -> Self {
        Self {
            years,
            units: vec![1.0; years * sources],
            stated: vec![1.0; years * sources],
            today: vec![1.0; sources],
        }
    }

    /// Reads it off the parameters.
    pub(super) fn fill(&mut self, model: &Model, p: &[f64], outlook: &Outlook) {
        for (s, today) in self.today.iter_mut().enumerate() {
            let own = s * self.years..(s + 1) * self.years;
            let (units, stated) = (&mut self.units[own.clone()], &mut self.stated[own]);
            units.copy_from_slice(&outlook.deflator);
            stated.fill(1.0);
            *today = 1.0;
            let Some(place) = SourceId(s).place() else {
                continue;
            };
            if let Some((path, slot)) = rates(model, place) {
                *today = in_price_year(model, p, path, slot);
                for (t, units) in units.iter_mut().enumerate() {
                    *units *= Model::at(p, slot, t);
                }
                // The country's own money keeps what it is worth at home: its rate falls with it.
                if is_local(&model.scenario, &model.scenario.funding.sources[place]) {
                    for (t, units) in units.iter_mut().enumerate() {
                        *units *= fall(model, p, t);
                    }
                }
                stated.fill(1.0 / *today);
            }
            if let Some(inflation) = model.slots.funding.sources[place].inflation {
                let first = Model::at(p, inflation, 0);
                let mut prices = grown(model, |_| 1.0 + first);
                for (t, stated) in stated.iter_mut().enumerate() {
                    if t > 0 {
                        prices *= 1.0 + Model::at(p, inflation, t);
                    }
                    *stated = prices / units[t];
                }
            }
        }
    }

    fn row<'a>(&self, rows: &'a [f64], source: SourceId) -> &'a [f64] {
        &rows[source.0 * self.years..(source.0 + 1) * self.years]
    }

    /// Units of a source's money for one constant US$ by year.
    pub(super) fn units(&self, source: SourceId) -> &[f64] {
        self.row(&self.units, source)
    }

    /// What one unit that is stated in prices of the price year is in constant US$ by year.
    pub(super) fn stated(&self, source: SourceId) -> &[f64] {
        self.row(&self.stated, source)
    }

    /// Units of a source's money for one US$ in a year; after the last one as its rates are stated for it, level after the last of them.
    pub(crate) fn rate(&self, model: &Model, t: usize, source: SourceId, outlook: &Outlook) -> f64 {
        let last = self.years - 1;
        let within = t.min(last);
        let rate = self.units(source)[within] / outlook.deflator[within];
        if t <= last {
            return rate;
        }
        let stated = source.place().and_then(|place| rates(model, place));
        let start = model.scenario.funding.starts_in();
        let of = |path: &YearPath, t: usize| path.level_in(model.calendar(t), start);
        stated.map_or(rate, |(path, _)| rate * of(path, t) / of(path, last))
    }

    /// What a source's money is in US dollars at the rate of the price year, as a promise is told.
    pub(crate) fn promised(&self, source: SourceId, amount: NominalUsd) -> NominalUsd {
        amount * (1.0 / self.today[source.0])
    }

    /// What is owed in a source's money, in US dollars at the rate of the year; what is outstanding is worth what that rate makes it.
    pub(super) fn exchanged(
        &self,
        model: &Model,
        t: usize,
        source: SourceId,
        owed: DebtYear,
        outlook: &Outlook,
    ) -> DebtYear {
        let dollars = 1.0 / self.rate(model, t, source, outlook);
        DebtYear {
            disbursed: owed.disbursed * dollars,
            principal: owed.principal * dollars,
            interest: owed.interest * dollars,
            fees: owed.fees * dollars,
            outstanding: owed.outstanding * dollars,
        }
    }
}

/// Rates of the currency of a source, and where they stand among the parameters.
fn rates(model: &Model, place: usize) -> Option<(&YearPath, PathSlot)> {
    let path = rates_of(&model.scenario, &model.scenario.funding.sources[place])?;
    let of_country = model.slots.country.economy.exchange_rate;
    Some((path, model.slots.funding.sources[place].exchange_rate.or(of_country)?))
}

/// The rate of the price year, which may lie before the years of the run.
fn in_price_year(model: &Model, p: &[f64], path: &YearPath, slot: PathSlot) -> f64 {
    let at = usize::try_from(model.scenario.price_year - model.scenario.base_year);
    match at.ok().filter(|t| *t < model.years) {
        Some(t) => Model::at(p, slot, t),
        None if path.as_constant().is_some() => Model::at(p, slot, 0),
        None => path.at(model.scenario.price_year),
    }
}
