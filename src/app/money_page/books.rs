//! The money of a run as the page tells it: what it costs to do it all, what is paid for, what is left, what is owed.

use crate::app::costs::{Costs, Layer};
use crate::app::outcome::{Missing, Outcome};
use crate::app::words::Words;
use crate::model::funding::debt::DebtYear;
use crate::model::funding::source::SourceYear;
use crate::model::funding::{EXISTING, ask};
use crate::model::measures::Dark;
use crate::model::{Ahead, ledger};
use crate::report::cases::provided_each;
use crate::report::disputed::{OfSpending, of_spending};
use crate::scenario::Component;
use crate::scenario::currency::code_of;
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::price_basis::{DatedRate, PriceBasis};

/// What a source paid by year, what became of the rest of its money, and what it is owed.
#[derive(Debug)]
pub(super) struct SourceBook {
    pub(super) name: String,
    /// Whether it is repaid.
    pub(super) repaid: bool,
    /// From funding.csv.
    pub(super) paid: Vec<f64>,
    pub(super) book: Vec<SourceYear>,
    pub(super) debt: Vec<DebtYear>,
}

impl SourceBook {
    /// What lapsed or went back, by year.
    pub(super) fn left(&self) -> Vec<f64> {
        self.book.iter().map(|year| (year.lapsed + year.returned).0).collect()
    }
}

/// The money of a run, from its first year of costs: what it costs to do it all, and what is paid for as funding.csv,
/// sources.csv and debt.csv have it.
#[derive(Debug)]
pub(super) struct Books {
    pub(super) years: Vec<i32>,
    /// Nominal US$ for one constant US$.
    pub(super) deflator: Vec<f64>,
    /// Paid for each learner of a year: for existing services, and for the plan.
    pub(super) each: [Vec<f64>; 2],
    pub(super) per_learner: Option<f64>,
    /// Paid for existing services, for a learner and year over all years.
    pub(super) existing_each: f64,
    /// Learners of the last year.
    pub(super) learners: f64,
    /// What keeps up a year of what a learner with a difficulty has by the plan.
    pub(super) provided: Option<f64>,
    pub(super) costs: Costs,
    /// The bill of each year after the last.
    pub(super) after: Ahead,
    pub(super) sources: Vec<SourceBook>,
    pub(super) to_find: Vec<f64>,
    pub(super) dark: Dark,
    pub(super) missing: Missing,
    pub(super) plan_to_find: Vec<f64>,
    pub(super) price_year: i32,
    pub(super) of_spending: Option<OfSpending>,
    /// Local currency units for a US$ in the price year, or the last rate before it.
    pub(super) rate: Option<DatedRate>,
    /// The same in each year, and in the year after the last.
    pub(super) rates: Vec<f64>,
    pub(super) rate_source: String,
    /// Code of the local currency.
    pub(super) currency: &'static str,
}

impl Books {
    pub(super) fn of(now: &Outcome) -> Self {
        let run = &now.run;
        let (model, money) = (&run.model, &run.run.money);
        let scenario = &model.scenario;
        let basis = PriceBasis::of(scenario);
        let span = 1..model.years;
        let zeros = vec![0.0; model.years - 1];
        let at = |year: i32| usize::try_from(year - model.calendar(1)).unwrap_or(0);
        let mut sources: Vec<SourceBook> = money
            .ids()
            .map(|s| SourceBook {
                name: ledger::source_name(run, s).to_owned(),
                repaid: ask(model, &run.parameters, s, |mechanism| mechanism.owes_at_all()),
                paid: zeros.clone(),
                book: span.clone().map(|t| *money.of(t, s)).collect(),
                debt: span.clone().map(|t| *money.owed(t, s)).collect(),
            })
            .collect();
        for row in ledger::funding(run) {
            // What no source pays is needed again a year later: what is to be found is not its sum.
            if let Some(source) = sources.iter_mut().find(|source| source.name == row.source) {
                source.paid[at(row.year)] += row.amount.0;
            }
        }
        let lent = run.lend();
        let each = |of: &dyn Fn(usize) -> f64| {
            let of = |t: usize| of(t) / lent.learner_years(t..t + 1).max(1.0);
            span.clone().map(of).collect()
        };
        Self {
            years: span.clone().map(|t| model.calendar(t)).collect(),
            deflator: span.clone().map(|t| money.outlook.deflator[t]).collect(),
            each: [
                each(&|t| run.run.twin.year_funded(t)),
                each(&|t| lent.value(Measure::CostFull, Scope::ALL, t).unwrap_or(0.0)),
            ],
            per_learner: now.per_learner,
            existing_each: span.clone().map(|t| run.run.twin.year_funded(t)).sum::<f64>()
                / lent.learner_years(span.clone()).max(1.0),
            learners: lent.learner_years(model.years - 1..model.years).max(1.0),
            provided: provided_each(run),
            costs: Costs::of(run),
            after: run.ahead().clone(),
            sources,
            plan_to_find: span
                .clone()
                .map(|t| lent.value(Measure::ToFind, Scope::ALL, t).unwrap_or(0.0))
                .collect(),
            to_find: span.map(|t| run.to_find_for_all(t)).collect(),
            dark: now.dark,
            missing: now.missing(),
            price_year: scenario.price_year,
            of_spending: of_spending(run),
            rate: basis.local_rate(scenario.price_year),
            rates: (scenario.base_year + 1..=scenario.horizon + 1)
                .map(|year| basis.local_rate(year).map_or(f64::NAN, |known| known.rate))
                .collect(),
            currency: code_of(&scenario.country.iso3),
            rate_source: scenario
                .country
                .economy
                .exchange_rate
                .as_ref()
                .and_then(|rates| rates.passport.as_deref())
                .map_or_else(String::new, |passport| passport.source.clone()),
        }
    }

    /// What each year after the last takes for a component, or for all, constant US$.
    pub(super) fn after(&self, layer: Layer, component: Option<Component>) -> f64 {
        let of = Component::ALL
            .iter()
            .filter(|one| component.is_none_or(|component| component == **one));
        of.map(|one| layer.of(self.after.full.a_year_of(*one))).sum()
    }

    pub(super) fn loans(&self) -> impl Iterator<Item = &SourceBook> {
        self.sources.iter().filter(|source| source.repaid)
    }
}

pub(super) fn source_name(source: &SourceBook, words: &Words) -> String {
    if source.name == EXISTING {
        words.existing_budget.to_owned()
    } else {
        source.name.clone()
    }
}
