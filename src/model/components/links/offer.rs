//! What one technology of a school's link costs, and how a capacity is bought of it: plans, a managed service or committed
//! capacity, whatever costs least.

use super::TECHNOLOGIES;
use crate::model::lanes::{Lanes, ONE, ZERO, above, all, ceil, max, min, pick};
use crate::model::life::Life;
use crate::model::tables::Model;

/// Prices and limits of one technology in one year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offer {
    /// One plan a year, as links of before the plan have it.
    pub(super) plan: f64,
    /// What the plan buys instead: price a year and capacity of one.
    pub(super) bought: f64,
    pub(super) cap: f64,
    /// Whether the repair of hardware is in that price.
    pub(super) repaired: bool,
    /// Committed capacity a Mbps and year; infinite where it is not sold.
    pub(super) committed: f64,
    /// Hardware and installation.
    pub(super) setup: f64,
    /// Hardware and installation with taxes.
    pub(super) taxed: f64,
    /// Kilometres of line to a school.
    pub(super) km: f64,
    /// Line to a school.
    pub(super) line: f64,
    /// Upkeep of hardware and line a year.
    pub(super) upkeep: f64,
    /// Life of the hardware.
    pub(super) life: Life,
    /// Largest capacity.
    pub(super) max: f64,
    /// One over it.
    pub(super) per_max: f64,
    /// What depends neither on capacity nor on the service, as an equal amount a year: set-up and line spread over life, energy.
    pub(super) standing: f64,
    /// Whether it has a line in the ground, which stays when hardware is replaced.
    pub(super) has_line: bool,
}

/// What a year's service for one school is bought as: plans or committed capacity, never both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Service {
    /// Plans.
    pub(super) plans: Lanes,
    /// Committed capacity, Mbps.
    pub(super) mbps: Lanes,
    /// What it costs a year, upkeep of hardware and line included.
    pub(super) price: Lanes,
    /// 1 where that upkeep is paid for itself, 0 where the service has it in its price.
    pub(super) kept: Lanes,
}

impl Service {
    pub(super) const NONE: Self = Self {
        plans: ZERO,
        mbps: ZERO,
        price: ZERO,
        kept: ZERO,
    };
}

impl Offer {
    /// Cheapest way to a capacity; capacity stops at the technology's limit.
    #[inline(always)]
    pub(super) fn service(&self, wanted: Lanes) -> Service {
        let capacity = min(wanted, all(self.max));
        let plans = max(ceil(capacity / self.cap), ONE);
        let kept = if self.repaired { ZERO } else { ONE };
        let by_plan = plans * self.bought + kept * self.upkeep;
        let by_commitment = capacity * self.committed + self.upkeep;
        let commits = above(by_plan, by_commitment);
        Service {
            plans: pick(commits, ZERO, plans),
            mbps: pick(commits, capacity, ZERO),
            price: pick(commits, by_commitment, by_plan),
            kept: pick(commits, ONE, kept),
        }
    }

    /// Equivalent annual cost for each unit of adequacy: what is bought is compared on what it delivers.
    #[inline(always)]
    pub(super) fn annual(&self, service: &Service, wanted: Lanes) -> Lanes {
        (service.price + self.standing) * max(wanted * self.per_max, ONE)
    }
}

/// Yearly payment that repays 1 over `years` at a rate (evidence H: equivalent annual cost).
pub(super) fn annuity(rate: f64, years: f64) -> f64 {
    if rate.abs() < 1e-12 {
        1.0 / years
    } else {
        rate / (1.0 - libm::pow(1.0 + rate, -years))
    }
}

/// What repays hardware and line of a technology.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Annuities {
    pub(super) hardware: f64,
    pub(super) line: f64,
}

/// Years over which a line is spread when technologies are compared: the usual life of a cable in service.
pub(super) const LINE_LIFE: f64 = 20.0;

/// Annuities by technology.
pub(super) fn annuities(model: &Model, p: &[f64]) -> [Annuities; TECHNOLOGIES] {
    let rate = Model::number(p, model.slots.prices.general.discount);
    let line = annuity(rate, LINE_LIFE);
    std::array::from_fn(|k| Annuities {
        hardware: annuity(rate, Model::number(p, model.slots.prices.links[k].life)),
        line,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lanes::first;

    #[test]
    fn equivalent_annual_cost_of_a_device() {
        // Evidence L5: 250 US$ over 4 years is 67.26 at 3 % and 70.50 at 5 %; L6: 100 over 10 years at 5 % is 12.95.
        assert!((250.0 * annuity(0.03, 4.0) - 67.26).abs() < 0.005);
        assert!((250.0 * annuity(0.05, 4.0) - 70.50).abs() < 0.005);
        assert!((100.0 * annuity(0.05, 10.0) - 12.95).abs() < 0.005);
    }

    fn offer(plan: f64, cap: f64, committed: f64) -> Offer {
        Offer {
            plan,
            bought: plan,
            cap,
            repaired: false,
            committed,
            max: 150.0,
            per_max: 1.0 / 150.0,
            setup: 0.0,
            taxed: 0.0,
            km: 0.0,
            line: 0.0,
            upkeep: 0.0,
            life: Life::new(5.0, 1),
            standing: 0.0,
            has_line: false,
        }
    }

    #[test]
    fn a_school_buys_plans_or_committed_capacity_never_both() {
        // Four schools that want 20, 100, 120 and 300 Mbps; a plan carries 50 and costs 600, capacity stops at 150.
        let wanted = Lanes::from_arr([20.0, 100.0, 120.0, 300.0]);
        // At 10 a Mbps commitment is always cheaper.
        let committed = offer(600.0, 50.0, 10.0).service(wanted);
        assert_eq!(committed.mbps.into_arr(), [20.0, 100.0, 120.0, 150.0]);
        assert_eq!(committed.plans.into_arr(), [0.0; 4]);
        assert_eq!(committed.price.into_arr(), [200.0, 1_000.0, 1_200.0, 1_500.0]);
        // At 40 plans are: 1, 2, 3 and, at the limit, 3.
        let dear = offer(600.0, 50.0, 40.0);
        assert_eq!(dear.service(wanted).plans.into_arr(), [1.0, 2.0, 3.0, 3.0]);
        assert_eq!(dear.service(wanted).mbps.into_arr(), [0.0; 4]);
        // Compared on what it delivers: half of the wanted capacity at the price counts twice.
        let annual = dear.annual(&dear.service(wanted), wanted).into_arr();
        assert_eq!(annual, [600.0, 1_200.0, 1_800.0, 3_600.0]);
        // Not sold: plans, even for a school that wants nothing.
        let none = offer(600.0, 50.0, f64::INFINITY).service(ZERO);
        assert_eq!((first(none.plans), first(none.price)), (1.0, 600.0));
    }

    #[test]
    fn a_managed_service_has_repair_in_its_price_and_committed_capacity_has_not() {
        // 2,400 a year for 50 Mbps, hardware upkeep 60: 20 Mbps take one service, 60 two; at 40 a Mbps and year the first
        // costs 800 + 60 committed, the second 2,400 + 60 and not 4,800.
        let mut managed = offer(600.0, 50.0, f64::INFINITY);
        (managed.bought, managed.repaired, managed.upkeep) = (2_400.0, true, 60.0);
        let wanted = Lanes::from_arr([20.0, 60.0, 20.0, 60.0]);
        let alone = managed.service(wanted);
        assert_eq!(alone.price.into_arr(), [2_400.0, 4_800.0, 2_400.0, 4_800.0]);
        assert_eq!(alone.kept.into_arr(), [0.0; 4]);
        managed.committed = 40.0;
        let committed = managed.service(wanted);
        assert_eq!(committed.price.into_arr(), [860.0, 2_460.0, 860.0, 2_460.0]);
        assert_eq!(committed.kept.into_arr(), [1.0; 4]);
    }

    #[test]
    fn satellite_school_of_the_giga_model() {
        // Evidence L3: 20 Mbps for five years on the grid, undiscounted: Rwanda 1,202, Brazil 1,085, Sierra Leone 1,167 US$.
        for (setup, per_mbps, kwh_price, expected) in [
            (515.0, 6.0, 0.087, 1_202.0),
            (405.0, 5.4, 0.14, 1_085.0),
            (600.0, 4.8, 0.087, 1_167.0),
        ] {
            let service = offer(f64::INFINITY, 1.0, per_mbps).service(all(20.0));
            let five_years = setup + 5.0 * (first(service.price) + 200.0 * kwh_price);
            assert!((five_years - expected).abs() < 0.5, "{five_years}");
        }
    }
}
