//! How prices of what is traded between countries move: each along the path of its market, from the year of which it is.

use super::Scenario;

/// Year of the prices that stand where a plan states none.
pub const YEAR_OF_DEFAULTS: i32 = 2025;

crate::choice! {
    /// What is traded, by how its price moves.
    pub enum Market {
        /// Devices.
        Devices = "devices",
        /// Solar systems, hardware of links, networks in schools.
        Hardware = "hardware",
        /// Committed capacity of links.
        Bandwidth = "bandwidth",
        /// Plans and managed services of links.
        Plans = "plans",
    }
}

impl Market {
    /// Whether what is traded on it is imported.
    #[must_use]
    pub const fn is_imported(self) -> bool {
        matches!(self, Self::Devices | Self::Hardware)
    }
}

/// What moves prices in constant dollars, a year.
#[derive(Clone, Copy, Debug, Default)]
pub struct Markets {
    /// Real depreciation of the currency, by which what is imported grows dearer.
    pub depreciation: f64,
    /// Device prices of 2026 and 2027 above those of 2025.
    pub device_rise: f64,
    /// Their fall after.
    pub device_decline: f64,
    /// Fall of the price of committed capacity.
    pub bandwidth_decline: f64,
    /// Fall of the price of plans.
    pub plan_decline: f64,
}

impl Markets {
    /// Those of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let general = &scenario.prices.general;
        Self {
            depreciation: scenario.country.economy.real_depreciation.value,
            device_rise: general.device_rise.value,
            device_decline: general.device_decline.value,
            bandwidth_decline: general.bandwidth_decline.value,
            plan_decline: general.plan_decline.value,
        }
    }

    /// Real price in a calendar year over that of 2025.
    #[must_use]
    pub fn index(&self, market: Market, year: i32) -> f64 {
        let later = year - YEAR_OF_DEFAULTS;
        let moved = |rate: f64, years: i32| match years {
            0 => 1.0,
            years => libm::pow(1.0 + rate, f64::from(years)),
        };
        let imported = || moved(self.depreciation, later);
        match market {
            Market::Devices if later <= 0 => imported(),
            Market::Devices => {
                imported() * (1.0 + self.device_rise) * moved(-self.device_decline, (year - 2027).max(0))
            }
            Market::Hardware => imported(),
            Market::Bandwidth => moved(-self.bandwidth_decline, later),
            Market::Plans => moved(-self.plan_decline, later),
        }
    }
}

/// What an order of another size makes of a price: change in per cent for one per cent more is `elasticity`.
#[must_use]
pub fn by_order(tender: f64, order: f64, elasticity: f64) -> f64 {
    libm::pow(order / tender, elasticity)
}
