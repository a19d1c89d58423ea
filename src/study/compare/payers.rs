//! Who pays: what each kind of source gives to all services, what has no source, and beside it debt, fees and money not used.

use super::position;
use crate::model::Trajectory;
use crate::model::funding::source::SourceId;
use crate::scenario::SourceKind;

/// Who pays, or what is asked for beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
    /// What keeps up what stands.
    ExistingBudget,
    /// Sources of a mechanism, by its word in a file.
    Kind(&'static str),
    /// What doing it all takes beyond what is paid for.
    NoSource,
    /// All of the above: what all services take when all is paid for.
    AllServices,
    /// What sources keep for their own administration.
    Overhead,
    /// What sources had and gave to no need: lapsed, returned or declined.
    NotUsed,
    /// Principal, interest and fees of all sources in these years; below nothing where a swap spares more than it costs.
    DebtService,
    /// The same after the last of these years, to the last payment.
    ServiceAfter,
}

impl Payer {
    /// Code in payers.csv.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ExistingBudget => "existing_budget",
            Self::Kind(word) => word,
            Self::NoSource => "no_source",
            Self::AllServices => "all_services",
            Self::Overhead => "overhead",
            Self::NotUsed => "not_used",
            Self::DebtService => "debt_service",
            Self::ServiceAfter => "service_after",
        }
    }

    /// Whether it is a part of what all services take; the others stand beside.
    #[must_use]
    pub const fn pays(self) -> bool {
        matches!(self, Self::ExistingBudget | Self::Kind(_) | Self::NoSource)
    }
}

/// What one payer gives in each run, constant US$ of the run's price year.
#[derive(Clone, Debug, PartialEq)]
pub struct PayerRow {
    /// Who.
    pub payer: Payer,
    /// For each run a value a common year; empty for what comes after them.
    pub by_year: Vec<Vec<f64>>,
    /// For each run the sum over the common years, or what comes after them.
    pub sums: Vec<f64>,
}

/// Who pays in the years that all runs share. Kinds of which no run has a source are left out.
pub(super) fn payers(runs: &[&Trajectory], (from, to): (i32, i32)) -> Vec<PayerRow> {
    let row = |payer: Payer, of: &dyn Fn(&Trajectory, usize) -> f64| {
        let by_year: Vec<Vec<f64>> = runs
            .iter()
            .map(|run| {
                (from..=to)
                    .filter_map(|year| Some(of(run, position(run, year)?)))
                    .collect()
            })
            .collect();
        PayerRow {
            payer,
            sums: by_year.iter().map(|years| years.iter().sum()).collect(),
            by_year,
        }
    };
    let over_sources = |run: &Trajectory, of: &dyn Fn(SourceId) -> f64| run.run.money.ids().map(of).sum::<f64>();
    let mut rows = vec![row(Payer::ExistingBudget, &|run, t| {
        run.run.money.of(t, SourceId::EXISTING).spent.0
    })];
    for kind in SourceKind::KINDS {
        let is = |run: &Trajectory, source: SourceId| {
            let sources = &run.model.scenario.funding.sources;
            source
                .place()
                .is_some_and(|place| sources[place].kind.name() == kind.name)
        };
        if runs.iter().any(|run| run.run.money.ids().any(|source| is(run, source))) {
            rows.push(row(Payer::Kind(kind.name), &|run, t| {
                over_sources(run, &|source| {
                    if is(run, source) {
                        run.run.money.of(t, source).spent.0
                    } else {
                        0.0
                    }
                })
            }));
        }
    }
    rows.push(row(Payer::NoSource, &Trajectory::to_find_for_all));
    rows.push(row(Payer::AllServices, &|run, t| run.in_full().year_need(t)));
    rows.push(row(Payer::Overhead, &|run, t| {
        over_sources(run, &|source| run.run.money.of(t, source).overhead.0)
    }));
    rows.push(row(Payer::NotUsed, &|run, t| {
        over_sources(run, &|source| {
            let year = run.run.money.of(t, source);
            (year.returned + year.lapsed).0
        })
    }));
    let service = |run: &Trajectory, t: usize| run.run.money.debt_service(t).0;
    rows.push(row(Payer::DebtService, &service));
    // A run may go on beyond the common years before its own bill begins.
    let after = |run: &&Trajectory| {
        let own = position(run, to).map_or(run.model.years, |t| t + 1)..run.model.years;
        own.map(|t| service(run, t)).sum::<f64>() + run.ahead().debt_service.iter().sum::<f64>()
    };
    rows.push(PayerRow {
        payer: Payer::ServiceAfter,
        by_year: Vec::new(),
        sums: runs.iter().map(after).collect(),
    });
    rows
}
