//! Money of a country: GDP, growth, education spending, revenue.

use super::Context;
use super::stand_in::{default_of, noted, observed};
use crate::data::pack::Observation;
use crate::scenario::country::Economy;
use crate::scenario::registry::{Entry, ROOT};
use crate::scenario::{Passport, YearPath};

/// The economy of the base year; `None` without any GDP.
///
/// GDP is that of 2025 from the IMF where that table is embedded and allowed, else the latest of the World Bank, in
/// current US dollars of its own year (published to 2025 for most countries).
#[must_use]
pub fn economy(context: &Context<'_>) -> Option<Economy> {
    let records = context.records;
    let gdp = records.latest("WEO.NGDPD").map(|o| noted(&o.times(1e9), "current US dollars; for many countries an estimate of IMF staff"));
    let gdp = gdp.or_else(|| records.latest("NY.GDP.MKTP.CD").map(|o| noted(&o, "current US dollars of that year")))?;
    let mut economy = Economy { gdp, telecom_revenue: default_of::<Economy>("telecom_revenue"), ..Economy::absent(&ROOT) };
    if let Some(series) = records.series("WEO.NGDP_RPCH") {
        let within = |(year, percent): &(i32, f64)| (*year, (percent.clamp(-50.0, 50.0) * 100.0).round() / 10_000.0);
        let passport = Passport {
            source: series.source.clone(),
            note: "projection, held after its last year".into(),
            ..Passport::default()
        };
        economy.gdp_growth = YearPath { points: series.values.iter().map(within).collect(), passport: Some(Box::new(passport)) };
    }
    let spending: Vec<Observation> = ["SE.XPD.TOTL.GD.ZS", "UIS.XGDP.FSGOV"]
        .iter()
        .filter_map(|i| records.latest(i))
        .filter(|o| o.value > 0.0 && o.value < 50.0)
        .collect();
    economy.education_spending = match spending.iter().rev().max_by_key(|o| o.year) {
        Some(latest) => observed(&latest.times(0.01)),
        None => default_of::<Economy>("education_spending"),
    };
    let share = |o: &Observation| o.value > 0.0 && o.value <= 100.0;
    economy.public_revenue = records.latest("WEO.GGR_NGDP").filter(share).map(|o| noted(&o.times(0.01), "general government")).or_else(|| {
        records.latest("GC.REV.XGRT.GD.ZS").filter(share).map(|o| noted(&o.times(0.01), "central government, without grants"))
    });
    economy.exchange_rate = records.latest("PA.NUS.FCRF").filter(|o| o.value > 0.0).map(|o| observed(&o));
    Some(economy)
}
