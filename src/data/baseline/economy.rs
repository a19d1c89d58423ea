//! Money of a country: GDP, growth, education spending, revenue.

use std::sync::Arc;

use super::Context;
use super::stand_in::{default_of, noted, observed, rounded};
use crate::data::pack::{Observation, Records, Series};
use crate::scenario::country::Economy;
use crate::scenario::currency::Currency;
use crate::scenario::field::ROOT;
use crate::scenario::registry::Entry;
use crate::scenario::{Passport, Quantity, YearPath};

/// Percent of GDP below which published education spending covers a part of the country or of the year.
const LEAST: f64 = 0.5;

/// Ratio of two publishers' figures from which they are said to differ.
const APART: f64 = 1.3;

/// The economy of the base year; `None` without any GDP.
///
/// GDP is that of 2025 from the IMF where that table is embedded and allowed, else the latest of the World Bank, in
/// current US dollars of its own year (published to 2025 for most countries).
#[must_use]
pub fn economy(context: &Context<'_>) -> Option<Economy> {
    let records = context.records;
    let gdp = records.latest("WEO.NGDPD").map(|o| {
        noted(
            &o.times(1e9),
            "current US dollars; for many countries an estimate of IMF staff",
        )
    });
    let gdp = gdp.or_else(|| {
        records
            .latest("NY.GDP.MKTP.CD")
            .map(|o| noted(&o, "current US dollars of that year"))
    })?;
    let mut economy = Economy {
        gdp,
        telecom_revenue: default_of::<Economy>("telecom_revenue"),
        ..Economy::absent(&ROOT)
    };
    if let Some(series) = records.series("WEO.NGDP_RPCH") {
        let within = |(year, percent): &(i32, f64)| (*year, (percent.clamp(-50.0, 50.0) * 100.0).round() / 10_000.0);
        let passport = Passport {
            source: series.source.clone(),
            note: "projection, held after its last year".into(),
            ..Passport::default()
        };
        economy.gdp_growth = YearPath {
            points: series.values.iter().map(within).collect(),
            fiscal: false,
            passport: Some(Arc::new(passport)),
        };
    }
    economy.education_spending = spending(context.records);
    let share = |o: &Observation| o.value > 0.0 && o.value <= 100.0;
    economy.public_revenue = records
        .latest("WEO.GGR_NGDP")
        .filter(share)
        .map(|o| noted(&o.times(0.01), "general government"))
        .or_else(|| {
            records
                .latest("GC.REV.XGRT.GD.ZS")
                .filter(share)
                .map(|o| noted(&o.times(0.01), "central government, without grants"))
        });
    let rates = records.series("PA.NUS.FCRF");
    economy.exchange_rate = rates.and_then(|series| own_rates(series, &context.place.iso3));
    economy.dac_discount = dac_discount(&context.place.income, context.place.ldc);
    Some(economy)
}

/// Published rates of the country's own money; those of what it had before are left out.
fn own_rates(series: &Series, iso3: &str) -> Option<YearPath> {
    let since = Currency::of_country(iso3).map_or(i32::MIN, |(_, since)| since);
    let own = |(year, rate): &&(i32, f64)| *rate > 0.0 && *year >= since;
    let points: Vec<(i32, f64)> = series.values.iter().filter(own).copied().collect();
    let passport = Passport {
        source: series.source.clone(),
        ..Passport::default()
    };
    (!points.is_empty()).then(|| YearPath {
        points,
        fiscal: false,
        passport: Some(Arc::new(passport)),
    })
}

/// Discount rate of the OECD DAC by income group (evidence G1): least developed and low income 9 %, lower middle 7 %,
/// others 6 %.
fn dac_discount(income: &str, ldc: bool) -> Quantity {
    let (rate, group) = match income {
        _ if ldc => (0.09, "least developed country"),
        "Low income" => (0.09, "low income"),
        "Lower middle income" => (0.07, "lower middle income"),
        _ => (0.06, "upper middle income"),
    };
    Quantity::with(
        rate,
        Passport {
            source: "evidence G1: OECD DAC".into(),
            note: group.into(),
            ..Passport::default()
        },
    )
}

/// Public spending on education over GDP: the later of two publishers. Where they are far apart, mostly because one has
/// taken up a new GDP and the other not, both make the range.
fn spending(records: &Records) -> Quantity {
    let mut found: Vec<Observation> = ["SE.XPD.TOTL.GD.ZS", "UIS.XGDP.FSGOV"]
        .iter()
        .filter_map(|i| records.latest(i))
        .filter(|o| o.value > LEAST && o.value < 50.0)
        .collect();
    found.sort_by_key(|o| std::cmp::Reverse(o.year));
    let Some(latest) = found.first() else {
        return default_of::<Economy>("education_spending");
    };
    let mut quantity = observed(&latest.times(0.01));
    if let (Some(other), Some(passport)) = (found.get(1), quantity.passport_mut())
        && (other.year - latest.year).abs() <= 2
        && (other.value / latest.value).ln().abs() > APART.ln()
    {
        passport.low = Some(rounded(latest.value.min(other.value) / 100.0));
        passport.high = Some(rounded(latest.value.max(other.value) / 100.0));
        passport.note = format!(
            "{:.1} % of {} after {}; publishers differ, mostly over the GDP",
            other.value, other.year, other.source
        );
    }
    quantity
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Pack;

    #[test]
    fn publishers_that_differ_make_a_range() {
        let pack = Pack::embedded();
        if crate::data::country_names::all().is_empty() {
            return;
        }
        // World Bank 2.6246 % for 2023 on the new GDP of Sierra Leone, UNESCO 6.7911 % on the old one.
        let quantity = spending(&pack.records("SLE", true));
        let passport = quantity.passport.expect("a passport");
        assert_eq!(
            (quantity.value, passport.low, passport.high),
            (0.026_246, Some(0.026_246), Some(0.067_911))
        );
    }
}
