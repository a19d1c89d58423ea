//! Prices and evidence that stand twice, a line that only fibre has, and sizes of orders.

use std::collections::BTreeSet;

use super::Checker;
use super::money::far_above;
use crate::scenario::findings::Finding;
use crate::scenario::places::Places;
use crate::scenario::price_basis::PriceBasis;
use crate::scenario::prices::DevicePrices;
use crate::scenario::{Part, Scenario, Technology, messages};
use crate::units::Unit;

/// So many times what a device costs by default, or that part of it, is more likely a slip than a price.
const FAR: f64 = 10.0;

pub(super) fn check(scenario: &Scenario, checker: &mut Checker<'_>) {
    for (index, link) in scenario.prices.links.iter().enumerate() {
        if link.technology != Technology::Fibre && link.hop.value * (link.line_km.value + link.line_upkeep.value) > 0.0
        {
            checker.error(
                "line-without-fibre",
                &format!("prices.links[{index}].hop"),
                link.technology.name(),
                messages::line_without_fibre(),
                messages::line_without_fibre_hint(),
            );
        }
    }
    for (index, device) in scenario.prices.devices.iter().enumerate() {
        let usual = DevicePrices::of(device.device).price;
        let basis = PriceBasis::of(scenario);
        let [price, usual] = [&device.price, &usual].map(|price| basis.dollars(price, &usual).0);
        if price > usual * FAR || price < usual / FAR {
            let hint = if price > usual {
                far_above(scenario, device.price.value, price, device.price.passport.as_deref())
            } else {
                messages::above_spending_hint()
            };
            checker.warn(
                "unlikely",
                &format!("prices.devices[{index}].price"),
                Unit::Usd.show(price),
                messages::unlikely_price(Unit::Usd.show(usual)),
                hint,
            );
        }
        if device.tender.is_some() != device.order.is_some() {
            checker.warn(
                "order-alone",
                &format!("prices.devices[{index}]"),
                device.device.name(),
                messages::order_alone(),
                messages::order_alone_hint(),
            );
        }
    }
}

/// Entries of a list of prices or modes that stand twice; the later one would be passed over in silence.
#[must_use]
pub fn written_twice(scenario: &Scenario, file: &str, places: &Places) -> Vec<Finding> {
    let mut checker = Checker {
        part: Part::All,
        file,
        places,
        findings: Vec::new(),
    };
    let lists: [(&str, Vec<&str>); 5] = [
        (
            "prices.links",
            scenario
                .prices
                .links
                .iter()
                .map(|entry| entry.technology.name())
                .collect(),
        ),
        (
            "prices.devices",
            scenario
                .prices
                .devices
                .iter()
                .map(|entry| entry.device.name())
                .collect(),
        ),
        (
            "prices.training",
            scenario.prices.training.iter().map(|entry| entry.mode.name()).collect(),
        ),
        (
            "country.modes",
            scenario.country.modes.iter().map(|used| used.mode.as_str()).collect(),
        ),
        (
            "evidence.modes",
            scenario.evidence.modes.iter().map(|mode| mode.name.as_str()).collect(),
        ),
    ];
    for (path, names) in lists {
        let mut seen = BTreeSet::new();
        for (index, name) in names.iter().enumerate() {
            if !seen.insert(*name) {
                checker.error(
                    "entry-twice",
                    &format!("{path}[{index}]"),
                    *name,
                    messages::entry_twice(),
                    messages::keep_one(),
                );
            }
        }
    }
    checker.findings
}
