//! What the plan asks of the country, as `rollcall run` says it below the summary: debt beside what debt analyses think bearable,
//! which loans are concessional, cost beside benchmarks of education finance, and what households are charged.

use super::summary::{WIDTH, clip, wrap};
use crate::model::funding::debt::{CONCESSIONAL, UNIFIED_RATE, dac};
use crate::model::funding::source::SourceId;
use crate::model::{Model, Trajectory, funding, ledger};
use crate::scenario::country::DebtCapacity;
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::parameters::NumberSlot;
use crate::scenario::{Source, SourceKind};
use crate::study::donors::{Given, given};
use crate::units::Unit;

/// Most sources that are told.
const MOST_SOURCES: usize = 6;

/// Most that debt may be without high risk of distress, by the debt sustainability framework for low-income countries of 2018
/// (evidence G3).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Service of external debt over revenue.
    pub of_revenue: f64,
    /// Service of external debt over exports.
    pub of_exports: f64,
    /// Present value of external debt over gross domestic product.
    pub of_gdp: f64,
}

impl Thresholds {
    /// Those of a country that can carry so much.
    #[must_use]
    pub const fn of(capacity: DebtCapacity) -> Self {
        let (of_revenue, of_exports, of_gdp) = match capacity {
            DebtCapacity::Weak => (0.14, 0.10, 0.30),
            DebtCapacity::Medium => (0.18, 0.15, 0.40),
            DebtCapacity::Strong => (0.23, 0.21, 0.55),
        };
        Self {
            of_revenue,
            of_exports,
            of_gdp,
        }
    }
}

/// Debt of the plan on top of the country's own, beside a threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DebtBeside {
    /// Calendar year in which the plan's part is largest; it may lie after the last one of the plan.
    pub year: i32,
    /// The plan's part.
    pub plan: f64,
    /// The country's own without the plan, where it is known: that of today, held.
    pub country: Option<f64>,
    /// Most that is thought bearable.
    pub threshold: f64,
}

impl DebtBeside {
    /// Whether both together stay below the threshold; no verdict where the country's own is not known.
    #[must_use]
    pub fn is_bearable(&self) -> Option<bool> {
        self.country.map(|country| country + self.plan <= self.threshold)
    }
}

/// Debt of the plan beside thresholds: service over revenue and over exports, present value over gross domestic product at the end
/// of the last year. None where what it is held against is not known.
#[must_use]
pub fn debt_beside(run: &Trajectory) -> [Option<DebtBeside>; 3] {
    let economy = &run.model.slots.country.economy;
    let known = |slot: Option<NumberSlot>| slot.map(|slot| Model::number(&run.parameters, slot));
    let over = |one: Option<f64>, other: Option<f64>| Some(one? / other.filter(|other| *other > 0.0)?);
    let limits = Thresholds::of(run.model.scenario.country.economy.debt_capacity);
    let largest = |measure: Measure, base: Option<f64>, threshold: f64| {
        let (year, plan) = largest_service(run, measure, base?)?;
        Some(DebtBeside {
            year,
            plan,
            country: over(known(economy.debt_service), base),
            threshold,
        })
    };
    let (revenue, exports) = (known(economy.public_revenue), known(economy.exports));
    let last = run.model.years - 1;
    let outlook = &run.run.money.outlook;
    let owed = outlook.constant(last, run.ahead().debt_owed).0;
    [
        largest(Measure::DebtOfRevenue, revenue, limits.of_revenue),
        largest(Measure::DebtOfExports, exports, limits.of_exports),
        (outlook.gdp[last] >= 1.0).then(|| DebtBeside {
            year: run.model.calendar(last),
            plan: owed / outlook.gdp[last],
            country: known(economy.external_debt),
            threshold: limits.of_gdp,
        }),
    ]
}

/// The calendar year in which debt service over what is so large a share of gross domestic product is largest, and its value then. Years
/// after the last one count as well; the product grows on as in the last.
fn largest_service(run: &Trajectory, measure: Measure, base: f64) -> Option<(i32, f64)> {
    let within = largest(run, measure).map(|(t, value)| (run.model.calendar(t), value));
    let gdp = &run.run.money.outlook.gdp;
    let last = run.model.years - 1;
    let growth = gdp[last] / gdp[last - 1];
    let bill = run.ahead();
    let mut product = gdp[last];
    let after = (bill.year..).zip(&bill.debt_service).map(|(year, service)| {
        product *= growth;
        (year, service / (base * product))
    });
    let known = within.into_iter().chain(after).filter(|(_, value)| value.is_finite());
    // Of equal years the first.
    known.reduce(|most, other| if other.1 > most.1 { other } else { most })
}

/// The year in which a measure is largest, and its value then.
fn largest(run: &Trajectory, measure: Measure) -> Option<(usize, f64)> {
    let of = |t: usize| run.lend().value(measure, Scope::ALL, t).map(|value| (t, value));
    (1..run.model.years).filter_map(of).max_by(|a, b| a.1.total_cmp(&b.1))
}

/// Lines of at most [`WIDTH`] characters on debt, affordability and households; none of debt where there is none.
#[must_use]
pub fn lines(run: &Trajectory) -> Vec<String> {
    let mut said = Vec::new();
    let owes = |index: usize| {
        funding::ask(&run.model, &run.parameters, SourceId::listed(index), |mechanism| {
            mechanism.owes_at_all()
        })
    };
    if (0..run.model.scenario.funding.sources.len()).any(owes) {
        said.push(service(run));
        said.extend(concessional(run));
    }
    said.push(afforded(run));
    said.extend(sources(run));
    said.extend(goods_declined(run));
    if let Some((t, share)) = largest(run, Measure::ChargeOfIncome) {
        said.push(format!(
            "Households of the poorest fifth are charged {} of a person's yearly income for a learner ({}).",
            Unit::Share.show(share),
            run.model.calendar(t)
        ));
    }
    said.iter().flat_map(|text| wrap(text, WIDTH)).collect()
}

/// Debt of the plan, and what can be said of both together.
fn service(run: &Trajectory) -> String {
    let names = ["of revenue", "of exports", "of GDP owed"];
    let capacity = run.model.scenario.country.economy.debt_capacity;
    let base = Model::number(&run.parameters, run.model.slots.country.economy.education_spending);
    let (year, education) =
        largest_service(run, Measure::DebtOfEducation, base).unwrap_or((run.model.calendar(run.model.years - 1), 0.0));
    let mut parts = vec![format!(
        "{} of education spending in {year}",
        Unit::Share.show(education)
    )];
    for (name, beside) in names.iter().zip(debt_beside(run)) {
        parts.push(match beside {
            None => format!("share {name} not known"),
            Some(beside) => {
                let both = match (beside.country, beside.is_bearable()) {
                    (Some(country), Some(bearable)) => format!(
                        "with the country's own {}, {}",
                        Unit::Share.show(country + beside.plan),
                        if bearable { "bearable" } else { "too much" }
                    ),
                    _ => "country's own not known".into(),
                };
                format!(
                    "{} {name} in {} (threshold {}; {both})",
                    Unit::Share.show(beside.plan),
                    beside.year,
                    Unit::Share.show(beside.threshold),
                )
            }
        });
    }
    format!(
        "Debt of the plan at its highest, {capacity} capacity: {}.",
        parts.join("; ")
    )
}

/// What each source pays, and how many dollars the package has for each of its own.
fn sources(run: &Trajectory) -> Option<String> {
    let given = given(run);
    let of = |given: &Given| {
        let (_, last) = given.years?;
        let name = clip(&run.model.scenario.funding.sources.get(given.source.place()?)?.name, 30);
        Some(format!(
            "{name} {}, {} of all for 1 of its own, to {}",
            Unit::Usd.show(given.paid),
            Unit::Ratio.show(given.leverage?),
            run.model.calendar(last)
        ))
    };
    let said: Vec<String> = given.iter().filter_map(of).take(MOST_SOURCES).collect();
    let more = if given.len() > MOST_SOURCES { "; and more" } else { "" };
    (!said.is_empty()).then(|| format!("Sources: {}{more} (donors.csv has what each adds).", said.join("; ")))
}

/// Whether a source gives goods.
pub(super) fn is_goods(run: &Trajectory, source: SourceId) -> bool {
    let listed = source
        .place()
        .and_then(|place| run.model.scenario.funding.sources.get(place));
    listed.is_some_and(|listed| matches!(listed.kind, SourceKind::InKind(_)))
}

/// Goods that were needed and not accepted. All of them could be taken at once, so what they lack is cash for their handling.
fn goods_declined(run: &Trajectory) -> Option<String> {
    let money = &run.run.money;
    let of = |source: SourceId| {
        let years = || (1..run.model.years).filter(|t| money.held_up(*t, source));
        let (first, last) = (years().next()?, years().next_back()?);
        let declined: f64 = years().map(|t| money.of(t, source).returned.0).sum();
        let [first, last] = [first, last].map(|t| run.model.calendar(t));
        let when = if first == last {
            first.to_string()
        } else {
            format!("{first} to {last}")
        };
        let name = clip(ledger::source_name(run, source), 30);
        Some(format!("{name} {} ({when})", Unit::Usd.show(declined)))
    };
    let said: Vec<String> = money
        .ids()
        .filter(|source| is_goods(run, *source))
        .filter_map(of)
        .collect();
    (!said.is_empty()).then(|| {
        format!(
            "Goods declined though needed, no cash left for their handling: {}.",
            said.join(", ")
        )
    })
}

/// Of each loan what is a gift, and whether that is enough.
fn concessional(run: &Trajectory) -> Option<String> {
    let group = Model::number(&run.parameters, run.model.slots.country.economy.dac_discount);
    let of = |(index, source): (usize, &Source)| {
        let id = SourceId::listed(index);
        funding::ask(&run.model, &run.parameters, id, |mechanism| {
            mechanism.repayment()?;
            let gift = |rate| mechanism.grant_element(rate);
            let here = gift(UNIFIED_RATE)?;
            let test = |passed: bool| if passed { "" } else { "not " };
            // Of what markets lend the DAC is not asked.
            let aid = mechanism.creditor().and_then(|creditor| {
                let [discount, minimum] = dac(creditor, group);
                let there = gift(discount)?;
                let said = Unit::Share.show(there);
                Some(format!(" ({said} by OECD DAC, {}aid)", test(there >= minimum)))
            });
            Some(format!(
                "{} {} gift, {}concessional{}",
                clip(&source.name, 30),
                Unit::Share.show(here),
                test(here >= CONCESSIONAL),
                aid.unwrap_or_default(),
            ))
        })
    };
    let loans: Vec<String> = run
        .model
        .scenario
        .funding
        .sources
        .iter()
        .enumerate()
        .filter_map(of)
        .collect();
    let more = if loans.len() > MOST_SOURCES {
        "; and more (terms.csv)"
    } else {
        ""
    };
    let said = &loans[..loans.len().min(MOST_SOURCES)];
    (!said.is_empty()).then(|| format!("Loans: {}{more}.", said.join("; ")))
}

/// What doing it all takes of what the country has, beside the benchmarks of the Incheon declaration (evidence G3).
fn afforded(run: &Trajectory) -> String {
    let over = |measure: Measure| run.lend().over(measure, Scope::ALL, 1..run.model.years);
    let show = |value: Option<f64>| value.map_or_else(|| "a share not known".into(), |value| Unit::Share.show(value));
    let horizon = run.model.scenario.horizon;
    format!(
        "To do it all takes {} of GDP, {} of public spending; education with it in {horizon} {} of GDP (benchmark 4 to 6 %) and {} of public spending (15 to 20 %).",
        show(over(Measure::CostOfGdp)),
        show(over(Measure::CostOfSpending)),
        show(over(Measure::EducationOfGdp)),
        show(over(Measure::EducationOfSpending)),
    )
}
