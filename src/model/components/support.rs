//! Technical support (2.5): technicians for each 1,000 devices; too few lengthen repair.

use std::ops::Range;

use crate::model::component::{
    ComponentModel, Funded, Now, Prices, SUPPORT_NEW_PAY, SUPPORT_PAY, SUPPORT_RECRUIT, Year,
};
use crate::model::lanes::{ZERO, max};
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::workspace::State;
use crate::scenario::{Component, Need};

/// Position of technicians among the stocks.
const STOCK: usize = 5;

/// Support.
pub struct Support;

/// Prices of one year.
#[derive(Clone, Debug)]
pub struct Terms {
    pay: f64,
    recruit: f64,
}

impl Terms {
    /// Terms of a year.
    #[must_use]
    pub fn of(year: &Year<'_>) -> Self {
        let prices = &year.model.slots.prices.support;
        Self {
            pay: Model::number(year.p, prices.technician),
            recruit: Model::number(year.p, prices.recruit),
        }
    }
}

/// Base year: as many technicians as keep the devices of today in normal repair.
pub fn open(model: &Model, p: &[f64], state: &mut State, block: &Range<usize>) {
    let norm = Model::number(p, model.slots.prices.support.norm) / 1000.0;
    for (_, s) in state.each(block) {
        s.technicians = s.devices * norm;
        s.technicians_served = s.technicians;
    }
}

impl ComponentModel for Support {
    fn prices(&self, terms: &crate::model::terms::Terms, prices: &mut Prices<'_>) {
        let Terms { pay, recruit } = terms.support;
        for (line, price) in [(SUPPORT_PAY, pay), (SUPPORT_NEW_PAY, pay), (SUPPORT_RECRUIT, recruit)] {
            prices.set(line, price);
        }
    }

    #[inline(always)]
    fn needs(&self, now: &Now<'_>, state: &mut State, out: &mut Sums, block: Range<usize>) {
        let Year { t, p, model, .. } = now.year;
        let Terms { pay, recruit } = now.terms.support;
        let lever = model.levers.technicians.as_ref().filter(|_| now.year.acts());
        let (mut lines, mut amounts) = out.component::<3>(t, Component::Support, SUPPORT_PAY);
        for at in block {
            let four = state.first + at;
            let s = &mut state.fours[at];
            let there = s.technicians;
            let wanted = match lever {
                Some(lever) => max(lever.at(p, four, t) * s.devices_planned * 0.001, there),
                None => there,
            };
            let added = wanted - there;
            s.support_plan = added;
            lines.bin(now.bins[four]);
            lines.add_all([there, added, 0.5 * added]);
            let needed = [there * pay, ZERO, added * (recruit + 0.5 * pay)];
            amounts.bin(now.bins[four]);
            amounts.add_all(needed);
            state.keep(at, Component::Support, needed);
        }
    }

    #[inline(always)]
    fn apply(&self, now: &Now<'_>, state: &mut State, funded: &Funded, out: &mut Sums, block: Range<usize>) {
        let upkeep = funded.of(Component::Support, Need::Upkeep);
        let expansion = funded.of(Component::Support, Need::Expansion);
        let mut flow = out.flow(now.year.t, STOCK);
        for at in block {
            let four = state.first + at;
            let s = &mut state.fours[at];
            let added = expansion.at(four) * s.support_plan;
            // Who is not paid does not work this year; the post stays.
            s.technicians_served = s.technicians * upkeep.at(four) + added;
            s.technicians += added;
            flow.bin(now.bins[four]);
            flow.add_all([added, ZERO]);
        }
    }
}
