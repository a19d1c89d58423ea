//! Years in order: of the plan, of prices, of births, and of every path.

use super::Checker;
use crate::scenario::field::{Field, ROOT, Span};
use crate::scenario::funding::Funding;
use crate::scenario::price_basis::OLDEST;
use crate::scenario::registry::{Entry, Leaf};
use crate::scenario::year_path::months_before;
use crate::scenario::{Level, Scenario, YearPath, messages};
use crate::units::Unit;

pub(super) fn check(scenario: &Scenario, checker: &mut Checker<'_>) {
    let (base, from, horizon) = (scenario.base_year, scenario.plan_from, scenario.horizon);
    if from <= base {
        checker.error(
            "years",
            "plan_from",
            from,
            messages::plan_before_base(base),
            messages::plan_before_base_hint(),
        );
    }
    if horizon < from {
        checker.error(
            "years",
            "horizon",
            horizon,
            messages::horizon_before_plan(from),
            messages::horizon_before_plan_hint(),
        );
    }
    if horizon - base > 40 {
        checker.error("years", "horizon", horizon, messages::too_many_years(), None);
    }
    if scenario.price_year > horizon {
        checker.error(
            "price-year",
            "price_year",
            scenario.price_year,
            messages::price_year(horizon),
            messages::price_year_hint(),
        );
    }
    of_prices(scenario.price_year, checker);
    let last_birth = scenario.country.births.points.last().map_or(0, |point| point.0);
    if let Some(primary) = scenario
        .country
        .levels
        .iter()
        .find(|level| level.level == Level::Primary)
    {
        #[allow(clippy::cast_possible_truncation)]
        let needed = horizon - primary.entry_age.value as i32;
        if last_birth != 0 && last_birth < needed {
            checker.warn(
                "births-end",
                "country.births",
                last_birth,
                messages::births_end(needed),
                messages::births_end_hint(),
            );
        }
    }
    scenario.walk_part(checker.part, &mut |path, field, leaf| {
        if let Leaf::Path(points) = leaf
            && field.span != Span::AnyYear
        {
            let start = scenario.funding.starts_in();
            if points.fiscal {
                fiscal(scenario, path, field, points, checker);
            }
            // Of a fiscal year some months may still lie inside.
            let begins = base - i32::from(points.fiscal && start > 1);
            for (year, _) in &points.points {
                if *year != 0 && (*year < begins || *year > horizon) {
                    let rule = if field.span == Span::Written {
                        messages::release_outside(base, horizon)
                    } else {
                        messages::year_outside(base, horizon)
                    };
                    checker.warn(
                        "year-outside",
                        &format!("{path}[{year}]"),
                        points.year_name(*year),
                        rule,
                        messages::correct_year(),
                    );
                }
            }
        }
    });
}

/// What of fiscal years begins in January, and what of a schedule lies outside the years of money is not received.
fn fiscal(scenario: &Scenario, path: &str, field: &Field, points: &YearPath, checker: &mut Checker<'_>) {
    let start = scenario.funding.starts_in();
    if in_january(start, path, points, checker) || field.span != Span::Written {
        return;
    }
    let before = months_before(start);
    for (year, share, outside) in [
        (scenario.base_year, 1.0 - before, scenario.base_year),
        (scenario.horizon, before, scenario.horizon + 1),
    ] {
        if points.points.iter().any(|(at, value)| *at == year && *value > 0.0) {
            checker.warn(
                "year-outside",
                &format!("{path}[{year}]"),
                points.year_name(year),
                messages::fiscal_outside(Unit::Share.show(share), outside),
                messages::correct_year(),
            );
        }
    }
}

/// Fiscal years over two calendar years begin later than in January.
fn in_january(start: u8, path: &str, points: &YearPath, checker: &mut Checker<'_>) -> bool {
    let wrong = points.fiscal && start == 1;
    if wrong {
        let first = points.points.first().map_or(0, |point| point.0);
        checker.error(
            "fiscal-year",
            &format!("{path}[{first}]"),
            points.year_name(first),
            messages::fiscal_in_january(),
            messages::fiscal_in_january_hint(first),
        );
    }
    wrong
}

/// Fiscal years of funding that stands in a file of its own.
pub(super) fn of_fiscal(funding: &Funding, checker: &mut Checker<'_>) {
    let start = funding.starts_in();
    funding.walk("funding", &ROOT, &mut |path, _, leaf| {
        if let Leaf::Path(points) = leaf {
            in_january(start, path, points, checker);
        }
    });
}

/// Constant dollars are of a year of which the deflator is known.
pub(super) fn of_prices(price_year: i32, checker: &mut Checker<'_>) {
    if price_year < OLDEST {
        checker.error(
            "price-year",
            "price_year",
            price_year,
            messages::price_year_early(OLDEST),
            messages::price_year_hint(),
        );
    }
}
