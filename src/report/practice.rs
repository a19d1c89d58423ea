//! A finished plan as a practice: what was bought, paid and reached.

use crate::model::Trajectory;
use crate::model::ledger::{self, UNFUNDED};
use crate::scenario::field::ROOT;
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::practice::{Practice, PracticeLine};
use crate::scenario::registry::Entry;
use crate::scenario::{Component, Passport, Quantity};

/// What a run bought, paid and reached, all services together: schools, devices and people that came in, money by component and by
/// source, learners reached in the last year; and the prices that the plan states with a source.
#[must_use]
pub fn practice(run: &Trajectory) -> Practice {
    let scenario = &run.model.scenario;
    let source = format!("plan: {}", scenario.title);
    let of = |value: f64, year: i32| {
        let year = Some(year);
        Some(Quantity::with(
            value,
            Passport {
                year,
                ..Passport::default()
            },
        ))
    };
    let money = |value: f64| of(value.round(), scenario.price_year);
    let line = |what: String| PracticeLine {
        what,
        ..PracticeLine::absent(&ROOT)
    };
    let mut bought = Vec::new();
    let mut into: Vec<(&str, f64)> = Vec::new();
    for row in ledger::stocks(run) {
        match into.iter_mut().find(|(stock, _)| *stock == row.stock) {
            Some((_, sum)) => *sum += row.into,
            None => into.push((row.stock, row.into)),
        }
    }
    for (stock, sum) in into.into_iter().filter(|(_, sum)| *sum >= 0.5) {
        bought.push(PracticeLine {
            quantity: Some(Quantity::new(sum.round())),
            ..line(stock.replace('_', " "))
        });
    }
    let mut by_component = vec![0.0; Component::ALL.len()];
    let mut by_source: Vec<(&str, f64)> = Vec::new();
    for row in ledger::funding(run).filter(|row| row.source != UNFUNDED) {
        by_component[row.line.component as usize] += row.amount.0;
        match by_source.iter_mut().find(|(source, _)| *source == row.source) {
            Some((_, sum)) => *sum += row.amount.0,
            None => by_source.push((row.source, row.amount.0)),
        }
    }
    for (component, sum) in Component::ALL.iter().zip(by_component).filter(|(_, sum)| *sum >= 0.5) {
        bought.push(PracticeLine {
            amount: money(sum),
            ..line(component.name().into())
        });
    }
    for (input, price) in scenario.stated_prices() {
        bought.push(PracticeLine {
            each: Some(price),
            input: input.clone(),
            ..line(input)
        });
    }
    let paid = by_source.into_iter().map(|(source, sum)| PracticeLine {
        amount: money(sum),
        ..line(source.into())
    });
    let last = run.model.years - 1;
    let in_last = |measure| run.lend().value(measure, Scope::ALL, last);
    let whole = |measure| run.lend().over(measure, Scope::ALL, 1..run.model.years);
    let learners: f64 = run
        .model
        .levels
        .iter()
        .filter_map(|table| run.lend().value(Measure::Learners, Scope::of(Some(table.level)), last))
        .sum();
    let mut reached = Vec::new();
    if let Some(share) = in_last(Measure::Reach) {
        reached.push(PracticeLine {
            quantity: of((share * learners).round(), scenario.horizon),
            share: of(share, scenario.horizon),
            each: whole(Measure::CostPerReached)
                .filter(|cost| cost.is_finite())
                .and_then(|cost| of(cost, scenario.price_year)),
            ..line("learners reached; paid for each and a year".into())
        });
    }
    Practice {
        title: scenario.title.clone(),
        country: scenario.country.name.clone(),
        years: format!("{} to {}", scenario.plan_from, scenario.horizon),
        story: String::new(),
        source,
        bought,
        paid: paid.collect(),
        reached,
    }
}
