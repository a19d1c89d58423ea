//! Sources of money: names, terms, counterparts, and amounts that are likely a slip.

use std::collections::BTreeSet;

use super::Checker;
use super::money::far_above;
use super::plan::{regions, unknown_region};
use crate::scenario::currency::{DOLLAR, LOCAL};
use crate::scenario::field::{ROOT, Span};
use crate::scenario::findings::nearest;
use crate::scenario::funding::{BudgetTerms, Funding, LoanRepayment, Source, SourceKind};
use crate::scenario::messages::{self, Message};
use crate::scenario::price_basis::{PriceBasis, rates_of};
use crate::scenario::registry::{Entry, Leaf};
use crate::scenario::write::number;
use crate::scenario::{Passport, Quantity, Scenario, YearPath};
use crate::units::{Unit, grouped};

/// A source with a matching ratio names another that pays its part and asks for no counterpart itself.
fn counterpart(sources: &[Source], index: usize, checker: &mut Checker<'_>) {
    let source = &sources[index];
    let path = format!("funding.sources[{index}].counterpart");
    let found = sources
        .iter()
        .find(|other| other.name == source.counterpart && other.name != source.name);
    let (rule, hint) = match (&source.matching, found) {
        (None, _) if source.counterpart.is_empty() => return,
        (None, _) => (messages::counterpart_alone(), messages::counterpart_alone_hint()),
        (Some(_), Some(other)) if other.matching.is_none() => {
            let own = matches!(
                other.kind,
                SourceKind::DomesticBudget(_) | SourceKind::UniversalServiceLevy(_) | SourceKind::HouseholdCharge(_)
            );
            if own && matches!(source.kind, SourceKind::Multiplier(_)) {
                let name = source.counterpart.clone();
                checker.warn("unlikely", &path, name, messages::multiplier_own_money(), None);
            }
            return;
        }
        (Some(_), Some(_)) => (messages::counterpart_chain(), messages::counterpart_chain_hint()),
        (Some(_), None) => (
            messages::counterpart_unknown(),
            nearest(
                &source.counterpart,
                sources
                    .iter()
                    .map(|other| other.name.as_str())
                    .filter(|name| *name != source.name),
            )
            .map_or_else(messages::counterpart_unknown_hint, messages::did_you_mean),
        ),
    };
    checker.error("source-counterpart", &path, source.counterpart.clone(), rule, hint);
}

/// Terms of a mechanism that do not go together, whatever the plan.
fn terms(source: &Source, path: &str, checker: &mut Checker<'_>) {
    if let Some(loan) = Loan::of(&source.kind) {
        loan.check(path, checker);
    }
    let mut wrong = |id, field: &str, rule, hint: Message| {
        checker.error(id, &format!("{path}{field}"), source.name.clone(), rule, hint);
    };
    match &source.kind {
        SourceKind::DomesticBudget(terms) if terms.amount.is_some() == terms.share_of_education.is_some() => wrong(
            "source-terms",
            "",
            messages::budget_terms(),
            messages::write_for_instance("share_of_education: 0.02"),
        ),
        SourceKind::InKind(_) if source.components.is_empty() => wrong(
            "in-kind-components",
            ".components",
            messages::in_kind_components(),
            messages::write_for_instance("components: [devices]"),
        ),
        SourceKind::Multiplier(_) if source.matching.is_none() => wrong(
            "multiplier-matching",
            ".matching",
            messages::multiplier_matching(),
            messages::write_for_instance("matching: 3, counterpart: \"foundation\""),
        ),
        SourceKind::ResultsBased(terms) => {
            let left = terms.commitment.value * (1.0 - terms.advance.value) * (1.0 - terms.verification.value);
            let most = left / (1.0 + terms.investor_return.value);
            if terms.prefinanced.value > most * 1.000_001 {
                wrong(
                    "prefinanced",
                    ".prefinanced",
                    messages::prefinanced_too_much(grouped(most)),
                    messages::write_for_instance(format!("prefinanced: {:.0}", most.floor())),
                );
            }
        }
        _ => {}
    }
    if source.currency.0.is_empty() && source.exchange_rate.is_some() {
        checker.error(
            "exchange-rate",
            &format!("{path}.exchange_rate"),
            source.name.clone(),
            messages::rates_alone(),
            messages::write_for_instance("currency: EUR"),
        );
    }
    if !source.currency.0.is_empty() {
        in_one_currency(source, path, checker);
    }
    if matches!(source.kind, SourceKind::InKind(_)) && source.matching.is_none() {
        checker.warn(
            "in-kind-handling",
            &format!("{path}.matching"),
            source.name.clone(),
            messages::in_kind_handling(),
            messages::write_for_instance("matching: 0.1, counterpart: \"ministry\""),
        );
    }
    if source.absorption.as_ref().is_some_and(|share| share.value == 0.0) {
        checker.warn(
            "unlikely",
            &format!("{path}.absorption"),
            "0",
            messages::no_absorption(),
            messages::no_absorption_hint(),
        );
    }
}

/// Where a source has a currency none of its amounts has one of its own.
fn in_one_currency(source: &Source, path: &str, checker: &mut Checker<'_>) {
    source.walk(path, &ROOT, &mut |at, _, leaf| {
        let passport = match leaf {
            Leaf::Number(number) => number.passport.as_deref(),
            Leaf::Path(path) => path.passport.as_deref(),
        };
        if let Some(known) = passport.filter(|known| !known.currency.is_empty()) {
            let (rule, hint) = (messages::currency_twice(), messages::currency_twice_hint());
            checker.error("currency", at, known.currency.clone(), rule, hint);
        }
    });
}

/// The rate at which the money of a source is exchanged in a year; 1 for US dollars. None where it is not known.
fn rate(scenario: &Scenario, source: &Source, year: i32) -> Option<f64> {
    let dollars = PriceBasis::of(scenario).code_of(&source.currency.0) == DOLLAR;
    let known = || rates_of(scenario, source).map(|rates| rates.at(year));
    if dollars { Some(1.0) } else { known() }.filter(|rate| *rate > 0.0)
}

/// A currency has a rate in every year.
fn exchanged(scenario: &Scenario, source: &Source, path: &str, checker: &mut Checker<'_>) {
    let mut years = std::iter::once(scenario.price_year).chain(scenario.base_year..=scenario.horizon);
    if let Some(year) = years.find(|year| rate(scenario, source, *year).is_none()) {
        let code = PriceBasis::of(scenario).code_of(&source.currency.0).to_owned();
        checker.error(
            "exchange-rate",
            &format!("{path}.currency"),
            code.clone(),
            messages::rate_wanted(&code, year),
            rate_hint(&code),
        );
    }
}

/// How a rate is written, by an example that fits the currency.
fn rate_hint(code: &str) -> Message {
    let example = if code == "EUR" { "0.9" } else { "..." };
    messages::rate_of_source_hint(code, example)
}

/// A package holds no rates but its own: over a plan of a country with other money none is known.
pub(super) fn without_rates(funding: &Funding, checker: &mut Checker<'_>) {
    for (index, source) in funding.sources.iter().enumerate().take(MOST_SOURCES) {
        let code = source.currency.0.as_str();
        if !code.is_empty() && code != LOCAL && code != DOLLAR && source.exchange_rate.is_none() {
            checker.warn(
                "exchange-rate",
                &format!("funding.sources[{index}].currency"),
                code.to_owned(),
                messages::rate_of_package(code),
                rate_hint(code),
            );
        }
    }
}

/// What a source promises in money of each year, and when it comes.
struct Promise<'a> {
    amount: Quantity,
    /// The term that says it.
    field: &'static str,
    release: &'a YearPath,
    /// Years by which it comes later.
    lag: f64,
    /// First year in which what is released is no longer given.
    ends: Option<f64>,
}

impl<'a> Promise<'a> {
    fn of(kind: &'a SourceKind) -> Option<Self> {
        macro_rules! promise {
            ($terms:expr) => {
                Self {
                    amount: $terms.commitment.clone(),
                    field: "commitment",
                    release: &$terms.release,
                    lag: 0.0,
                    ends: None,
                }
            };
        }
        Some(match kind {
            SourceKind::Grant(terms) | SourceKind::Multiplier(terms) => Self {
                lag: terms.lag.value,
                ..promise!(terms)
            },
            SourceKind::InternationalFund(terms) => Self {
                lag: terms.lag.value,
                // Where its transition ends.
                ends: (terms.graduation.as_ref()).map(|year| year.value.round() + terms.transition.value),
                ..promise!(terms)
            },
            SourceKind::Partnership(terms) => promise!(terms),
            SourceKind::ConcessionalLoan(terms) => promise!(terms),
            SourceKind::CommercialLoan(terms) => promise!(terms),
            SourceKind::Bond(terms) => promise!(terms),
            SourceKind::GuaranteedLoan(terms) => {
                let mut lent = terms.guarantee.clone();
                lent.value *= terms.leverage.value;
                Self {
                    amount: lent,
                    field: "guarantee",
                    release: &terms.release,
                    lag: 0.0,
                    ends: None,
                }
            }
            _ => return None,
        })
    }

    /// Share of it that comes in a year, in a plan with this base year and first month of the fiscal year.
    fn given(&self, year: i32, (base, start): (i32, u8)) -> f64 {
        #[allow(clippy::cast_possible_truncation)]
        let (whole, part) = (self.lag.floor() as i32, self.lag.fract());
        let of = |year: i32| {
            if year > base {
                self.release.released_in(year, start)
            } else {
                0.0
            }
        };
        if self.ends.is_some_and(|end| f64::from(year) >= end) {
            return 0.0;
        }
        (1.0 - part) * of(year - whole) + if part > 0.0 { part * of(year - whole - 1) } else { 0.0 }
    }
}

/// Amounts that can be meant but most often are a slip, and years that are none of the plan's.
fn amounts(scenario: &Scenario, source: &Source, path: &str, checker: &mut Checker<'_>) {
    if let Some(promise) = Promise::of(&source.kind) {
        committed(scenario, source, &promise, path, checker);
    }
    match &source.kind {
        SourceKind::DomesticBudget(terms) => budget(scenario, source, terms, path, checker),
        SourceKind::ResultsBased(terms) => {
            let first = terms.results_from.value.round();
            if first >= f64::from(scenario.horizon) {
                checker.warn(
                    "results-late",
                    &format!("{path}.results_from"),
                    number(terms.results_from.value),
                    messages::results_late(first, scenario.horizon),
                    messages::results_late_hint(),
                );
            }
            at_once(scenario, source, (&terms.commitment, "commitment"), path, checker);
        }
        SourceKind::Refinancing(terms) => at_once(scenario, source, (&terms.debt, "debt"), path, checker),
        SourceKind::Debt2Ed(terms) => at_once(scenario, source, (&terms.debt, "debt"), path, checker),
        SourceKind::Cancellation(terms) => at_once(scenario, source, (&terms.debt, "debt"), path, checker),
        SourceKind::InKind(terms) => {
            let money = (Unit::Usd, terms.value.passport.as_deref());
            let (path, points) = (format!("{path}.value"), &terms.value.points);
            above_spending((scenario, source), points, None, money, &path, checker);
        }
        _ => {}
    }
    let begins = match &source.kind {
        SourceKind::Refinancing(terms) => Some(("from", &terms.from)),
        SourceKind::Debt2Ed(terms) => Some(("from", &terms.from)),
        SourceKind::Cancellation(terms) => Some(("from", &terms.from)),
        SourceKind::ResultsBased(terms) => Some(("results_from", &terms.results_from)),
        _ => None,
    };
    let (first, last) = (scenario.base_year + 1, scenario.horizon);
    if let Some((field, year)) = begins
        && !(f64::from(first)..=f64::from(last)).contains(&year.value.round())
    {
        checker.error(
            "source-from",
            &format!("{path}.{field}"),
            number(year.value),
            messages::source_from(first, last),
            None,
        );
    }
}

/// What the terms of a loan must keep, whatever loan it is; terms that it does not have are nothing.
struct Loan<'a> {
    maturity: &'a Quantity,
    grace: Option<&'a Quantity>,
    interest_grace: Option<&'a Quantity>,
    payments: Option<&'a Quantity>,
    uneven: [Option<&'a Quantity>; 2],
    repayment: LoanRepayment,
}

impl<'a> Loan<'a> {
    fn of(kind: &'a SourceKind) -> Option<Self> {
        macro_rules! loan {
            ($terms:expr) => {
                Self {
                    maturity: &$terms.maturity,
                    grace: Some(&$terms.grace),
                    interest_grace: Some(&$terms.interest_grace),
                    payments: Some(&$terms.payments_per_year),
                    uneven: [$terms.first_principal.as_ref(), $terms.first_until.as_ref()],
                    repayment: $terms.repayment,
                }
            };
        }
        Some(match kind {
            SourceKind::ConcessionalLoan(terms) => loan!(terms),
            SourceKind::CommercialLoan(terms) => loan!(terms),
            SourceKind::GuaranteedLoan(terms) => loan!(terms),
            SourceKind::Bond(terms) => Self {
                maturity: &terms.maturity,
                grace: None,
                interest_grace: None,
                payments: Some(&terms.payments_per_year),
                uneven: [None, None],
                repayment: LoanRepayment::Equal,
            },
            SourceKind::Refinancing(terms) => Self {
                maturity: &terms.maturity,
                grace: Some(&terms.grace),
                interest_grace: None,
                payments: None,
                uneven: [None, None],
                repayment: LoanRepayment::Equal,
            },
            _ => return None,
        })
    }

    fn check(&self, path: &str, checker: &mut Checker<'_>) {
        let maturity = self.maturity.value;
        let mut wrong = |field: &str, value: f64, rule, hint: Option<Message>| {
            checker.error("loan-terms", &format!("{path}.{field}"), number(value), rule, hint);
        };
        let grace = self.grace.map_or(0.0, |grace| grace.value);
        if grace >= maturity {
            wrong("grace", grace, messages::grace(), Some(messages::grace_hint(maturity)));
        }
        if let Some(free) = self.interest_grace.filter(|free| free.value > maturity) {
            wrong(
                "interest_grace",
                free.value,
                messages::interest_grace(),
                Some(messages::grace_hint(maturity)),
            );
        }
        if let Some(payments) = self
            .payments
            .filter(|payments| ![1.0, 2.0, 4.0, 12.0].contains(&payments.value))
        {
            wrong(
                "payments_per_year",
                payments.value,
                messages::payments_per_year(),
                Some(messages::write_this("payments_per_year: 2")),
            );
        }
        match self.uneven {
            [None, None] => {}
            [Some(first), _] if self.repayment != LoanRepayment::Equal => {
                let rule = messages::term_unused(self.repayment.name());
                wrong("first_principal", first.value, rule, None);
            }
            [Some(_), Some(until)] if until.value <= grace || until.value >= maturity => {
                wrong("first_until", until.value, messages::first_until(grace, maturity), None);
            }
            [Some(first), Some(until)] => {
                // Whole payments, as they fall.
                let payments = self.payments.map_or(1.0, |payments| payments.value).max(1.0);
                let count = |years: f64| (years * payments + 1e-9).floor();
                let sum = first.value / payments * (count(until.value) - count(grace));
                if sum > 1.000_001 {
                    wrong(
                        "first_principal",
                        first.value,
                        messages::first_principal_sum(Unit::Share.show(sum)),
                        None,
                    );
                }
            }
            [Some(first), None] => {
                let hint = Some(messages::write_for_instance("first_until: 20"));
                wrong("first_principal", first.value, messages::first_principal_alone(), hint);
            }
            [None, Some(until)] => {
                let hint = Some(messages::write_for_instance("first_principal: 0.02"));
                wrong("first_until", until.value, messages::first_principal_alone(), hint);
            }
        }
    }
}

/// A budget is seldom a third of all spending.
fn budget(scenario: &Scenario, source: &Source, terms: &BudgetTerms, path: &str, checker: &mut Checker<'_>) {
    if let Some(amount) = &terms.amount {
        let money = (Unit::Usd, amount.passport.as_deref());
        above_spending(
            (scenario, source),
            &amount.points,
            None,
            money,
            &format!("{path}.amount"),
            checker,
        );
    }
    let most = |path: &YearPath| path.points.iter().map(|(_, value)| *value).fold(0.0, f64::max);
    if let Some(share) = terms.share_of_education.as_ref().map(most)
        && share > 0.3
    {
        checker.warn(
            "unlikely",
            &format!("{path}.share_of_education"),
            Unit::Share.show(share),
            messages::large_share(),
            messages::large_share_hint(),
        );
    }
}

/// A source that gives more in a year than the country then spends on education is most often written in its own currency.
/// `amounts` are those of years; what holds in all years begins in the first. `whole` is the number that stands in the file where
/// each of them is a part of it.
fn above_spending(
    (scenario, source): (&Scenario, &Source),
    amounts: &[(i32, f64)],
    whole: Option<f64>,
    (unit, passport): (Unit, Option<&Passport>),
    path: &str,
    checker: &mut Checker<'_>,
) {
    let (economy, basis) = (&scenario.country.economy, PriceBasis::of(scenario));
    let stated = economy.gdp.passport.as_deref();
    let spending = economy.gdp.value * basis.factor_of(Unit::Usd, stated, false) * economy.education_spending.value;
    let today = rate(scenario, source, scenario.price_year).unwrap_or(f64::NAN);
    let (first, factor) = (scenario.base_year + 1, basis.factor_of(unit, passport, false) / today);
    let grown = |year: i32| {
        // A base year after the horizon is told elsewhere and must not stop this check.
        let growth = |year: i32| {
            1.0 + economy
                .gdp_growth
                .at(year.min(scenario.horizon).max(scenario.base_year))
        };
        let of = basis.year_of(stated, false);
        let product: f64 = (of.min(year) + 1..=of.max(year)).map(growth).product();
        if of > year { 1.0 / product } else { product }
    };
    let compared = amounts.iter().map(|(year, most)| {
        let year = if *year == 0 { first } else { *year };
        (*most, most * factor, spending * grown(year))
    });
    let largest = compared.max_by(|a, b| (a.1 / a.2).total_cmp(&(b.1 / b.2)));
    let Some((most, amount, spending)) = largest.filter(|(_, amount, spending)| amount > spending) else {
        return;
    };
    let written = whole.unwrap_or(most);
    let hint = if source.currency.0.is_empty() {
        far_above(scenario, written, written * factor, passport)
    } else {
        messages::above_spending_hint()
    };
    let times = format!("{:.1}", amount / spending);
    let rule = messages::above_spending(Unit::Usd.show(amount), times, Unit::Usd.show(spending));
    checker.warn("above-spending", path, number(most), rule, hint);
}

/// A commitment is large, and released as a whole and no more.
fn committed(scenario: &Scenario, source: &Source, promise: &Promise<'_>, path: &str, checker: &mut Checker<'_>) {
    let Promise {
        amount: commitment,
        field,
        release,
        ..
    } = promise;
    let passport = commitment.passport.as_deref();
    let today = rate(scenario, source, scenario.price_year).unwrap_or(f64::NAN);
    let committed = commitment.value * PriceBasis::of(scenario).factor_of(Unit::NominalUsd, passport, false) / today;
    if committed < 10_000.0 {
        checker.warn(
            "unlikely",
            &format!("{path}.{field}"),
            grouped(committed),
            messages::small_commitment(),
            messages::small_commitment_hint(),
        );
    }
    // After its last year a source pays nothing.
    let pays = |year: &i32| {
        source
            .until
            .as_ref()
            .is_none_or(|until| f64::from(*year) <= until.value.round())
    };
    let last = (scenario.base_year..=scenario.horizon)
        .rev()
        .find(pays)
        .unwrap_or(scenario.base_year);
    let years = scenario.base_year + 1..=last;
    let start = scenario.funding.starts_in();
    let released: Vec<f64> = years
        .clone()
        .map(|year| promise.given(year, (scenario.base_year, start)))
        .collect();
    let paid: Vec<(i32, f64)> = years
        .zip(released.iter().map(|share| commitment.value * share))
        .collect();
    above_spending(
        (scenario, source),
        &paid,
        Some(commitment.value),
        (Unit::NominalUsd, passport),
        &format!("{path}.{field}"),
        checker,
    );
    let whole = (scenario.base_year + 1..=last).map(|year| release.released_in(year, start));
    let (whole, sum) = (nearly_whole(whole.sum()), nearly_whole(released.iter().sum()));
    // Of a source that ends before its first release that is said alone.
    if sum < 1.0 && ends_before(source, release).is_none() {
        let unpaid = committed * (1.0 - sum);
        checker.warn(
            "release-short",
            &format!("{path}.release"),
            Unit::Share.show(sum),
            messages::release_short(Unit::Usd.show(unpaid), last),
            messages::release_short_hint(),
        );
    }
    if release.as_constant().is_some() {
        released_at_most_once(&format!("{path}.release"), whole, checker);
    }
}

/// No more than the whole of a commitment is released.
fn released_at_most_once(path: &str, whole: f64, checker: &mut Checker<'_>) {
    if whole > 1.000_001 {
        checker.error(
            "shares-sum",
            path,
            number((whole * 1e6).round() / 1e6),
            messages::release_sum(),
            messages::release_sum_hint(),
        );
    }
}

/// What is written of a release by year adds up to at most the whole, and a source does not end before its first release.
fn releases(source: &Source, path: &str, checker: &mut Checker<'_>) {
    let mut written: Option<(String, YearPath)> = None;
    source.walk(path, &ROOT, &mut |at, field, leaf| {
        if let Leaf::Path(release) = leaf
            && (field.unit, field.span) == (Unit::Share, Span::Written)
            && release.as_constant().is_none()
        {
            written = Some((at.to_owned(), release.clone()));
        }
    });
    let Some((at, release)) = written else {
        return;
    };
    let whole: f64 = release.points.iter().map(|(_, share)| share).sum();
    released_at_most_once(&at, nearly_whole(whole), checker);
    if let Some((first, until)) = ends_before(source, &release) {
        checker.warn(
            "until-before-release",
            &format!("{path}.until"),
            number(until),
            messages::until_before_release(release.year_name(first)),
            messages::until_before_release_hint(release.year_name(first)),
        );
    }
}

/// The first year in which a source releases anything and its last year, where that lies before it.
fn ends_before(source: &Source, release: &YearPath) -> Option<(i32, f64)> {
    let until = source.until.as_ref()?.value.round();
    let (first, _) = release.points.iter().find(|(_, share)| *share > 0.0)?;
    (*first != 0 && until < f64::from(*first)).then_some((*first, until))
}

/// A nominal amount beside what the country spends in the first year.
fn at_once(
    scenario: &Scenario,
    source: &Source,
    (amount, field): (&Quantity, &str),
    path: &str,
    checker: &mut Checker<'_>,
) {
    let money = (Unit::NominalUsd, amount.passport.as_deref());
    let path = format!("{path}.{field}");
    above_spending((scenario, source), &[(0, amount.value)], None, money, &path, checker);
}

/// Largest number of sources beside the existing budget; the engine keeps who may pay what in 32 bits.
pub const MOST_SOURCES: usize = 31;

/// What needs no plan to be seen.
pub(super) fn alone(funding: &Funding, checker: &mut Checker<'_>) {
    let sources = &funding.sources;
    if sources.len() > MOST_SOURCES {
        checker.error(
            "too-many-sources",
            "funding.sources",
            sources.len(),
            messages::too_many_sources(MOST_SOURCES),
            messages::too_many_sources_hint(),
        );
    }
    // Of more than can be told apart, the first ones say what is wrong.
    for (index, source) in sources.iter().enumerate().take(MOST_SOURCES) {
        let path = format!("funding.sources[{index}]");
        if source.name.is_empty() || matches!(source.name.as_str(), "unfunded" | "existing budget") {
            checker.error(
                "source-name",
                &format!("{path}.name"),
                source.name.clone(),
                messages::source_name_taken(),
                None,
            );
        }
        if sources[..index].iter().any(|other| other.name == source.name) {
            checker.error(
                "source-name",
                &format!("{path}.name"),
                source.name.clone(),
                messages::source_name_twice(),
                messages::source_name_twice_hint(),
            );
        }
        counterpart(sources, index, checker);
        terms(source, &path, checker);
        releases(source, &path, checker);
    }
    let start = &funding.fiscal_year_start;
    if start.value.fract() != 0.0 {
        checker.error(
            "fiscal-year",
            "funding.fiscal_year_start",
            start.value,
            messages::whole_month(),
            messages::write_this("fiscal_year_start: 7"),
        );
    }
    let mut ranked = BTreeSet::new();
    for (index, component) in funding.priority.iter().enumerate() {
        if !ranked.insert(*component) {
            checker.error(
                "priority-twice",
                &format!("funding.priority[{index}]"),
                component.name(),
                messages::priority_twice(),
                None,
            );
        }
    }
}

/// What is seen only beside a plan and its country.
pub(super) fn beside_plan(scenario: &Scenario, checker: &mut Checker<'_>) {
    let regions = regions(scenario);
    for (index, source) in scenario.funding.sources.iter().enumerate().take(MOST_SOURCES) {
        let path = format!("funding.sources[{index}]");
        exchanged(scenario, source, &path, checker);
        amounts(scenario, source, &path, checker);
        for (place, level) in source.levels.iter().enumerate() {
            if scenario.country.levels.iter().all(|data| data.level != *level) {
                checker.error(
                    "group-level",
                    &format!("{path}.levels[{place}]"),
                    *level,
                    messages::group_level(),
                    None,
                );
            }
        }
        for (place, region) in source.regions.iter().enumerate() {
            unknown_region(region, &regions, &format!("{path}.regions[{place}]"), checker);
        }
    }
}

/// A sum of shares that is a hair from the whole is the whole.
#[must_use]
pub fn nearly_whole(sum: f64) -> f64 {
    if (sum - 1.0).abs() < 1e-9 { 1.0 } else { sum }
}
