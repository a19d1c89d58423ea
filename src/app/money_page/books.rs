//! The money of a run as the page tells it: what it costs to do it all, what is paid for, what is left, what is owed.

use crate::app::lever::group_name;
use crate::app::outcome::{Missing, Outcome};
use crate::app::words::Words;
use crate::model::funding::debt::DebtYear;
use crate::model::funding::source::SourceYear;
use crate::model::funding::{EXISTING, ask};
use crate::model::ledger;
use crate::model::measures::Dark;
use crate::model::view::{Phase, View};
use crate::scenario::currency::code_of;
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::price_basis::{DatedRate, PriceBasis};
use crate::scenario::{Component, Nature};

/// Which services are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Layer {
    #[default]
    All,
    Existing,
    Plan,
}

impl Layer {
    pub(super) const fn words(self, words: &Words) -> &'static str {
        match self {
            Self::All => words.money_layer_all,
            Self::Existing => words.money_layer_existing,
            Self::Plan => words.money_layer_plan,
        }
    }
}

/// What one category costs when all is paid for, constant US$ by year.
#[derive(Debug)]
pub(super) struct CategoryCost {
    pub(super) component: Component,
    pub(super) category: &'static str,
    pub(super) nature: Nature,
    pub(super) existing: Vec<f64>,
    pub(super) plan: Vec<f64>,
}

/// What stands in one place of the frames in which cost is reported, when all is paid for, constant US$ by year.
#[derive(Debug)]
pub(super) struct FrameCost {
    pub(super) view: View,
    pub(super) phase: Phase,
    existing: Vec<f64>,
    plan: Vec<f64>,
}

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
    pub(super) costs: Vec<CategoryCost>,
    frames: Vec<FrameCost>,
    pub(super) sources: Vec<SourceBook>,
    pub(super) to_find: Vec<f64>,
    pub(super) dark: Dark,
    pub(super) missing: Missing,
    pub(super) plan_to_find: Vec<f64>,
    pub(super) price_year: i32,
    /// Local currency units for a US$ in the price year, or the last rate before it.
    pub(super) rate: Option<DatedRate>,
    pub(super) rate_source: String,
    /// Code of the local currency.
    pub(super) currency: &'static str,
}

pub(super) fn add(sum: &mut [f64], part: &[f64]) {
    for (sum, part) in sum.iter_mut().zip(part) {
        *sum += part;
    }
}

impl Books {
    pub(super) fn of(now: &Outcome) -> Self {
        let run = &now.run;
        let (model, money) = (&run.model, &run.run.money);
        let scenario = &model.scenario;
        let span = 1..model.years;
        let zeros = vec![0.0; model.years - 1];
        let at = |year: i32| usize::try_from(year - model.calendar(1)).unwrap_or(0);
        let mut costs: Vec<CategoryCost> = Vec::new();
        let mut frames: Vec<FrameCost> = Vec::new();
        for row in ledger::costs_in_full(run) {
            let line = row.line;
            let known = costs.iter().position(|cost| {
                (cost.component, cost.category, cost.nature) == (line.component, line.category, line.nature)
            });
            let index = known.unwrap_or_else(|| {
                costs.push(CategoryCost {
                    component: line.component,
                    category: line.category,
                    nature: line.nature,
                    existing: zeros.clone(),
                    plan: zeros.clone(),
                });
                costs.len() - 1
            });
            let cost = &mut costs[index];
            let layer = if row.existing {
                &mut cost.existing
            } else {
                &mut cost.plan
            };
            layer[at(row.year)] += row.amount().0;
            let place = (line.view, line.phase());
            let known = frames.iter().position(|frame| (frame.view, frame.phase) == place);
            let index = known.unwrap_or_else(|| {
                frames.push(FrameCost {
                    view: place.0,
                    phase: place.1,
                    existing: zeros.clone(),
                    plan: zeros.clone(),
                });
                frames.len() - 1
            });
            let frame = &mut frames[index];
            let layer = if row.existing {
                &mut frame.existing
            } else {
                &mut frame.plan
            };
            layer[at(row.year)] += row.amount().0;
        }
        costs.sort_by_key(|cost| cost.component);
        let mut sources: Vec<SourceBook> = money
            .ids()
            .map(|s| SourceBook {
                name: ledger::source_name(run, s).to_owned(),
                repaid: ask(model, &run.parameters, s, |mechanism| mechanism.repayment().is_some()),
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
            each: [each(&|t| run.run.twin.year_funded(t)), each(&|t| lent.spent(t..t + 1))],
            per_learner: now.per_learner,
            costs,
            frames,
            sources,
            plan_to_find: span
                .clone()
                .map(|t| lent.value(Measure::ToFind, Scope::ALL, t).unwrap_or(0.0))
                .collect(),
            to_find: span.map(|t| run.to_find_for_all(t)).collect(),
            dark: now.dark,
            missing: now.missing(),
            price_year: scenario.price_year,
            rate: PriceBasis::of(scenario).local_rate(scenario.price_year),
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

    /// Cost of some categories and a layer by year.
    pub(super) fn cost(&self, layer: Layer, of: &dyn Fn(&CategoryCost) -> bool) -> Vec<f64> {
        let costs = self.costs.iter().filter(|cost| of(cost));
        self.added(layer, costs.map(|cost| [&*cost.existing, &*cost.plan]))
    }

    /// The same of some places of the frames.
    pub(super) fn cost_framed(&self, layer: Layer, of: &dyn Fn(&FrameCost) -> bool) -> Vec<f64> {
        let frames = self.frames.iter().filter(|frame| of(frame));
        self.added(layer, frames.map(|frame| [&*frame.existing, &*frame.plan]))
    }

    fn added<'a>(&self, layer: Layer, costs: impl Iterator<Item = [&'a [f64]; 2]>) -> Vec<f64> {
        let mut sum = vec![0.0; self.years.len()];
        for [existing, plan] in costs {
            if layer != Layer::Plan {
                add(&mut sum, existing);
            }
            if layer != Layer::Existing {
                add(&mut sum, plan);
            }
        }
        sum
    }

    pub(super) fn loans(&self) -> impl Iterator<Item = &SourceBook> {
        self.sources.iter().filter(|source| source.repaid)
    }
}

pub(super) const fn nature_name(nature: Nature, words: &Words) -> &'static str {
    match nature {
        Nature::Capital => words.money_capital,
        Nature::Recurrent => words.money_recurrent,
    }
}

pub(super) fn category_name(cost: &CategoryCost, words: &Words) -> String {
    format!(
        "{}: {}",
        group_name(Some(cost.component), words),
        words.word(cost.category)
    )
}

pub(super) fn source_name(source: &SourceBook, words: &Words) -> String {
    if source.name == EXISTING {
        words.existing_budget.to_owned()
    } else {
        source.name.clone()
    }
}
