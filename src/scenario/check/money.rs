//! Amounts in another currency or of another year: whether they can be converted, and where a person should look again.

use super::Checker;
use crate::scenario::currency::{Currency, DOLLAR, code_of};
use crate::scenario::messages::{self, Message};
use crate::scenario::price_basis::{Conversion, DatedRate, Missing, OLDEST, PriceBasis};
use crate::scenario::registry::Leaf;
use crate::scenario::write::number;
use crate::scenario::{Passport, Scenario};
use crate::units::Unit;

/// Years between a rate of exchange and the price year from which the rate is named.
const OLD: i32 = 3;

/// So many times the published rate, or that part of it, is more likely a slip than a rate.
const FAR: f64 = 3.0;

/// What to do about an amount that is far above what is likely: most often it is in the currency of the country. `written` is
/// the number that stands there, `dollars` what it was taken for.
pub(super) fn far_above(scenario: &Scenario, written: f64, dollars: f64, passport: Option<&Passport>) -> Message {
    let plain = passport.is_none_or(|passport| passport.currency.is_empty());
    let (code, year) = (code_of(&scenario.country.iso3), scenario.price_year);
    let rate = PriceBasis::of(scenario).local_rate(year);
    match rate.filter(|known| plain && code != DOLLAR && known.rate > 1.0) {
        Some(known) => {
            let meant = Unit::Usd.show(dollars / known.rate);
            messages::above_spending_local_hint(code, number(written), year, meant)
        }
        None => messages::above_spending_hint(),
    }
}

pub(super) fn check(scenario: &Scenario, checker: &mut Checker<'_>) {
    let basis = PriceBasis::of(scenario);
    scenario.walk_part(checker.part, &mut |path, field, leaf| {
        let passport = match leaf {
            Leaf::Number(number) => number.passport.as_deref(),
            Leaf::Path(points) => points.passport.as_deref(),
        };
        let Some(passport) = passport.filter(|_| field.is_dated_money()) else {
            return;
        };
        match basis.convert(field.unit, passport) {
            Err(missing) => refuse(&missing, scenario.price_year, path, checker),
            Ok(Some(conversion)) => look_again(&basis, &conversion, passport, path, checker),
            Ok(None) => {}
        }
    });
}

/// What is missing for a conversion, and what to write instead.
fn refuse(missing: &Missing, price_year: i32, path: &str, checker: &mut Checker<'_>) {
    match missing {
        Missing::Rate { code, year, first } => {
            let rule = match first {
                Some(first) => messages::rate_before(code, *year, *first),
                None => messages::rate_wanted(code, *year),
            };
            let hint = messages::rate_wanted_hint(code, *year);
            checker.error("exchange-rate", path, code, rule, hint);
        }
        Missing::Deflator { year } => checker.error(
            "old-price",
            path,
            *year,
            messages::old_price(*year, price_year, OLDEST),
            messages::old_price_hint(OLDEST, price_year),
        ),
    }
}

/// A currency that is no more, and a rate of long ago.
fn look_again(
    basis: &PriceBasis<'_>,
    conversion: &Conversion,
    passport: &Passport,
    path: &str,
    checker: &mut Checker<'_>,
) {
    let price_year = basis.price_year;
    let code = conversion.code.as_str();
    if let Some(withdrawn) = Currency::of(code).and_then(|currency| currency.withdrawn) {
        // At a rate that is written beside it no law is asked.
        let rule = match withdrawn.old_for_one.filter(|_| passport.rate.is_none()) {
            Some(units) => messages::withdrawn(code, withdrawn.year, units, withdrawn.successor),
            None => messages::withdrawn_without_law(code, withdrawn.year, withdrawn.successor),
        };
        let hint = messages::withdrawn_hint(withdrawn.successor, code);
        checker.warn("withdrawn-currency", path, code, rule, hint);
    }
    let DatedRate { rate, year } = conversion.exchanged;
    let published = basis.local_rate(year).filter(|_| code == code_of(basis.iso3));
    if let Some(known) = published.filter(|known| rate > known.rate * FAR || rate < known.rate / FAR) {
        let rule = messages::far_rate(code, number(known.rate), known.year);
        checker.warn("exchange-rate", path, number(rate), rule, messages::far_rate_hint(code));
    }
    if code != DOLLAR && year < price_year - OLD {
        let rule = messages::old_rate(code, year, price_year);
        let hint = if passport.rate.is_some() {
            messages::old_rate_hint()
        } else {
            messages::old_rate_published_hint(code)
        };
        checker.warn("old-rate", path, code, rule, hint);
    }
}
