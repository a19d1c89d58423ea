//! Money as ministries write it: any amount may carry a currency and a year. Here it becomes US dollars of the price year.

use std::sync::Arc;

use super::currency::{Currency, DOLLAR, LOCAL, code_of};
use super::field::Field;
use super::markets::YEAR_OF_DEFAULTS;
use super::quantity::{Passport, Quantity};
use super::registry::LeafMut;
use super::{Part, Scenario, Source, YearPath};
use crate::units::Unit;

/// Growth of the deflator of the United States' GDP in percent, from 2010 on: World Development Indicators of July 2026,
/// `NY.GDP.DEFL.KD.ZG`. In later years prices grow as the scenario says.
const US_DEFLATOR: [f64; 16] = [
    1.2153, 2.0631, 1.8622, 1.7019, 1.7416, 0.928_043, 0.950_322, 1.7908, 2.2909, 1.6505, 1.3447, 4.563, 7.1125,
    3.7002, 2.4824, 2.8012,
];

/// Year of the first growth.
const FIRST_GROWTH: i32 = 2010;

/// The earliest year whose prices can be brought to another.
pub(super) const OLDEST: i32 = FIRST_GROWTH - 1;

/// In whose money and in what year's prices amounts are counted.
#[derive(Clone, Copy, Debug)]
pub struct PriceBasis<'a> {
    pub(super) price_year: i32,
    /// Month in which fiscal years begin.
    pub(super) fiscal_year_start: u8,
    pub(super) iso3: &'a str,
    rates: Option<&'a YearPath>,
    inflation: &'a YearPath,
    /// What a dollar of the prices that stand by default is in dollars of the price year.
    of_defaults: f64,
}

/// A rate of exchange and its year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DatedRate {
    /// Units of the currency for one US dollar.
    pub rate: f64,
    /// Year of the rate.
    pub year: i32,
}

/// How an amount becomes US dollars of the price year.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Conversion {
    /// Code of the currency in which it is written.
    pub code: String,
    /// At which rate it is exchanged.
    pub exchanged: DatedRate,
    /// What a dollar of the amount's year is in dollars of the price year; 1 for what is paid as it is written.
    pub deflator: f64,
}

impl Conversion {
    /// What one unit as written is.
    #[must_use]
    pub fn factor(&self) -> f64 {
        self.deflator / self.exchanged.rate
    }
}

/// Why an amount cannot be converted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Missing {
    /// No rate of this currency in this year; the first known year where there is one.
    Rate {
        code: String,
        year: i32,
        first: Option<i32>,
    },
    /// No deflator back to this year.
    Deflator { year: i32 },
}

/// Published growth of prices in US dollars in a year; none where it is not published yet, or no more.
pub(crate) fn us_growth(year: i32) -> Option<f64> {
    let published = usize::try_from(year - FIRST_GROWTH).ok()?;
    US_DEFLATOR.get(published).map(|percent| 1.0 + percent / 100.0)
}

impl<'a> PriceBasis<'a> {
    /// That of a scenario.
    #[must_use]
    pub fn of(scenario: &'a Scenario) -> Self {
        let country = &*scenario.country;
        let basis = Self {
            price_year: scenario.price_year,
            fiscal_year_start: scenario.funding.starts_in(),
            iso3: &country.iso3,
            rates: country.economy.exchange_rate.as_ref(),
            inflation: &country.economy.us_inflation,
            of_defaults: 1.0,
        };
        let of_defaults = basis.deflated(YEAR_OF_DEFAULTS, basis.price_year);
        Self {
            of_defaults: of_defaults.unwrap_or(f64::NAN),
            ..basis
        }
    }

    /// The code of a currency as it is written: the country's own behind the word for it, the dollar where nothing is written.
    #[must_use]
    pub fn code_of<'b>(&self, written: &'b str) -> &'b str {
        match written {
            "" => DOLLAR,
            LOCAL => code_of(self.iso3),
            code => code,
        }
    }

    /// The rate of the country's money in a year: published or assumed, on the straight line between two that are known, the last
    /// one after them.
    #[must_use]
    pub fn local_rate(&self, year: i32) -> Option<DatedRate> {
        let before = self.known_rates().take_while(|known| known.year <= year).last()?;
        let after = self.known_rates().find(|known| known.year > year);
        Some(after.map_or(before, |after| {
            let part = f64::from(year - before.year) / f64::from(after.year - before.year);
            DatedRate {
                rate: before.rate + (after.rate - before.rate) * part,
                year,
            }
        }))
    }

    fn known_rates(&self) -> impl Iterator<Item = DatedRate> {
        let stated = |path: &YearPath| path.passport.as_ref().and_then(|passport| passport.year);
        let points = self.rates.into_iter().flat_map(move |path| {
            let year = stated(path).unwrap_or(self.price_year);
            let of = move |(at, rate): &(i32, f64)| DatedRate {
                rate: *rate,
                year: if *at == 0 { year } else { *at },
            };
            path.points.iter().map(of)
        });
        points.filter(|known| known.rate.is_finite() && known.rate > 0.0)
    }

    /// What a dollar of one year is in dollars of another.
    fn deflated(&self, from: i32, to: i32) -> Option<f64> {
        if from > to {
            return self.deflated(to, from).map(|grown| 1.0 / grown);
        }
        let growth = |year: i32| {
            (year >= FIRST_GROWTH).then(|| us_growth(year).unwrap_or_else(|| 1.0 + self.inflation.at(year)))
        };
        (from + 1..=to).map(growth).product()
    }

    /// How an amount becomes US dollars of the price year; none where it stands in them.
    pub(crate) fn convert(&self, unit: Unit, passport: &Passport) -> Result<Option<Conversion>, Missing> {
        let year = passport.year.unwrap_or(self.price_year);
        let nominal = unit == Unit::NominalUsd;
        let exchanged = self.exchanged(passport, year)?;
        if exchanged.is_none() && (nominal || passport.year.is_none()) {
            return Ok(None);
        }
        let deflator = if nominal {
            1.0
        } else {
            self.deflated(year, self.price_year).ok_or(Missing::Deflator { year })?
        };
        let dollar = || (DOLLAR.to_owned(), DatedRate { rate: 1.0, year });
        let (code, exchanged) = exchanged.unwrap_or_else(dollar);
        Ok(Some(Conversion {
            code,
            exchanged,
            deflator,
        }))
    }

    /// Code and rate of the currency in which an amount of a year is written; none for the US dollar.
    fn exchanged(&self, passport: &Passport, year: i32) -> Result<Option<(String, DatedRate)>, Missing> {
        let local = Currency::of_country(self.iso3).map(|(currency, _)| currency);
        let code = self.code_of(&passport.currency);
        if code == DOLLAR {
            return Ok(None);
        }
        let code = code.to_owned();
        if let Some(rate) = passport.rate {
            return Ok(Some((code, DatedRate { rate, year })));
        }
        let for_one = match local {
            Some(local) => Currency::of(&code).and_then(|written| written.for_one(local.code)),
            None => (code == LOCAL).then_some(1.0),
        };
        let known = for_one.and_then(|units| Some((units, self.local_rate(year)?)));
        if let Some((units, DatedRate { rate, year })) = known {
            let rate = rate * units;
            return Ok(Some((code, DatedRate { rate, year })));
        }
        let first = for_one.and_then(|_| self.known_rates().next().map(|known| known.year));
        Err(Missing::Rate { code, year, first })
    }

    /// Year of which an amount is: its own, that of the prices that stand by default, or the price year.
    pub(super) fn year_of(&self, passport: Option<&Passport>, default: bool) -> i32 {
        match passport {
            None if default => YEAR_OF_DEFAULTS,
            own => own.and_then(|own| own.year).unwrap_or(self.price_year),
        }
    }

    /// A price in US dollars of the price year, and the year of which it is. `usual` is what stands by default.
    pub(super) fn dollars(&self, price: &Quantity, usual: &Quantity) -> (f64, i32) {
        let (passport, default) = (price.passport.as_deref(), price == usual);
        let factor = self.factor_of(Unit::Usd, passport, default);
        (price.value * factor, self.year_of(passport, default))
    }

    /// What one unit of a field as written is in US dollars of the price year, 1 for what is no money; not a number where that
    /// is not known, which the check of a scenario refuses.
    #[must_use]
    pub fn factor(&self, field: &Field, passport: Option<&Passport>, default: bool) -> f64 {
        if field.is_dated_money() {
            self.factor_of(field.unit, passport, default)
        } else {
            1.0
        }
    }

    pub(super) fn factor_of(&self, unit: Unit, passport: Option<&Passport>, default: bool) -> f64 {
        let Some(passport) = passport else {
            return if default { self.of_defaults } else { 1.0 };
        };
        match self.convert(unit, passport) {
            Ok(conversion) => conversion.map_or(1.0, |conversion| conversion.factor()),
            Err(_) => f64::NAN,
        }
    }
}

/// Rates of the currency of a source by year: its own, or those of its country where it is the country's money. None where it counts
/// in US dollars, and where no rate is known, which the check of a scenario refuses.
#[must_use]
pub(crate) fn rates_of<'a>(scenario: &'a Scenario, source: &'a Source) -> Option<&'a YearPath> {
    let basis = PriceBasis::of(scenario);
    let code = basis.code_of(&source.currency.0);
    if code == DOLLAR {
        return None;
    }
    let of_country = || basis.rates.filter(|_| code == basis.code_of(LOCAL));
    source.exchange_rate.as_ref().or_else(of_country)
}

/// Whether a source counts in its country's money.
#[must_use]
pub(crate) fn is_local(scenario: &Scenario, source: &Source) -> bool {
    let basis = PriceBasis::of(scenario);
    basis.code_of(&source.currency.0) == basis.code_of(LOCAL)
}

/// What a number at a path is in US dollars, for each unit of the currency of the source in which it stands, at the rate of the price
/// year; 1 where it stands in no such source.
pub(crate) fn dollars_of_source(scenario: &Scenario, path: &str, field: &Field) -> f64 {
    let place = path
        .strip_prefix("funding.sources[")
        .and_then(|rest| rest.split_once(']'));
    let source = place.and_then(|(index, _)| scenario.funding.sources.get(index.parse::<usize>().ok()?));
    let rates = source
        .filter(|_| field.is_dated_money())
        .and_then(|source| rates_of(scenario, source));
    rates.map_or(1.0, |rates| 1.0 / rates.at(scenario.price_year))
}

/// Tells prices of a file that are written as they stand by default from those that are left out, where they are of
/// another year. `written` tells whether a field stands in the file.
pub(super) fn mark_written(scenario: &mut Scenario, written: &dyn Fn(&str) -> bool) {
    if scenario.price_year == YEAR_OF_DEFAULTS {
        return;
    }
    scenario.walk_part_mut(Part::BesideCountry, &mut |path, field, leaf| {
        if let LeafMut::Number(number) = leaf
            && field.is_dated_money()
            && number.is_default(field)
            && written(path)
        {
            number.passport = Some(Arc::default());
        }
    });
}
