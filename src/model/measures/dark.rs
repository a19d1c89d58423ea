//! First dark year (6.6).

use std::ops::Range;

use super::{Binding, Run};
use crate::model::Cell;
use crate::model::funding::source::SourceId;
use crate::model::sums::{Bin, stat};
use crate::scenario::{Component, Need};

/// How a run stands by its first dark year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dark {
    /// No school ever has power, link and devices in service: there is nothing to lose.
    NothingInService,
    /// No year is dark.
    Never,
    /// From a calendar year on.
    From {
        /// The year.
        year: i32,
        /// Share of the schools that had all three in service and have lost them.
        share: f64,
        /// How many they are.
        schools: f64,
        /// Learners of these schools.
        learners: f64,
        /// What went first.
        first: Binding,
    },
}

impl Dark {
    /// The first dark year, if there is one.
    #[must_use]
    pub fn year(self) -> Option<i32> {
        match self {
            Self::From { year, .. } => Some(year),
            Self::NothingInService | Self::Never => None,
        }
    }
}

fn all(_: Bin) -> bool {
    true
}

impl Run<'_> {
    /// The first dark year of the run.
    #[must_use]
    pub fn dark(&self) -> Dark {
        if let Some(t) = self.first_dark(&(1..self.model.years)) {
            return Dark::From {
                year: self.model.calendar(t),
                share: self.gone(t).unwrap_or(0.0),
                schools: self.pass().over(t, stat::DARK, &all),
                learners: self.pass().over(t, stat::DARK_LEARNERS, &all),
                first: self.went_first(t),
            };
        }
        let last = self.model.years.saturating_sub(1);
        let served = |t: usize| self.pass().over(t, stat::LEARNERS_CONNECTED_DEVICES, &all) > 0.0;
        if self.pass().over(last, stat::BEST, &all) > 0.0 || served(last) {
            Dark::Never
        } else {
            Dark::NothingInService
        }
    }

    /// Whether money set aside may keep what goes dark: no years are reserved for, and of what keeping asks for in the first dark
    /// year more than half a percent is unpaid for which money could have waited that was spent on expansion before (6.2).
    #[must_use]
    pub fn reserve_may_help(&self) -> bool {
        if self.number(self.model.slots.funding.reserve_years) > 0.0 {
            return false;
        }
        let Some(dark) = self.first_dark(&(1..self.model.years)) else {
            return false;
        };
        let (pass, money) = (self.pass(), &self.workspace.money);
        let expanded = |source: &SourceId| (1..dark).any(|t| money.spent_on_expansion(t, *source) > 0.0);
        let spent_early: Vec<SourceId> = money.ids().filter(expanded).collect();
        let (mut needed, mut unpaid) = (0.0, 0.0);
        for component in Component::ALL {
            for need in [Need::Upkeep, Need::Renewal] {
                let at = Cell::of(*component, need);
                let of = pass.need(dark, at);
                needed += of;
                let keeps = |source: &SourceId| money.could_wait_for(self.model, dark, (*component, need), *source);
                if spent_early.iter().any(keeps) {
                    unpaid += of - pass.funded(dark, at);
                }
            }
        }
        unpaid > 0.005 * needed
    }

    /// First of some years with money in which at least a share of the schools that had all three in service have lost them.
    pub(super) fn first_dark(&self, years: &Range<usize>) -> Option<usize> {
        let threshold = self.number(self.model.slots.funding.dark);
        (years.start.max(1)..years.end).find(|t| self.gone(*t).is_some_and(|share| share >= threshold && share > 0.0))
    }

    /// Share of the schools that had all three in service and have them no more; none where none had.
    fn gone(&self, t: usize) -> Option<f64> {
        let best = self.pass().over(t, stat::BEST, &all);
        (best > 0.0).then(|| self.pass().over(t, stat::DARK, &all) / best)
    }

    /// The thing of which the least is left in service, against its best year so far.
    fn went_first(&self, t: usize) -> Binding {
        let left = |of: &dyn Fn(usize) -> f64| {
            let best = (0..t).map(of).fold(0.0, f64::max);
            if best > 0.0 { of(t) / best } else { 1.0 }
        };
        let over = |t: usize, which: usize| self.pass().over(t, which, &all);
        let things = [
            (Binding::Power, left(&|t| over(t, stat::POWERED))),
            (Binding::Link, left(&|t| over(t, stat::LINKED_RAW))),
            (
                Binding::Devices,
                left(&|t| over(t, stat::DEVICES) / over(t, stat::EQUIPPED).max(1e-9)),
            ),
        ];
        let least = things.iter().min_by(|a, b| a.1.total_cmp(&b.1));
        least.map_or(Binding::Power, |(thing, _)| *thing)
    }
}
