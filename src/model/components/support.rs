//! Technical support (2.5): technicians for each 1,000 devices; too few lengthen repair.

use std::ops::Range;

use crate::model::component::{ComponentModel, Funded, SUPPORT_NEW_PAY, SUPPORT_PAY, SUPPORT_RECRUIT, Sheet, Year};
use crate::model::tables::Model;
use crate::model::workspace::State;
use crate::scenario::{Component, Need};

/// Position of technicians among the stocks.
const STOCK: usize = 5;

/// Support.
pub struct Support;

/// Base year: as many technicians as keep the devices of today in normal repair.
pub fn open(model: &Model, p: &[f64], state: &mut State) {
    let norm = Model::number(p, model.slots.prices.support.norm);
    for s in &mut state.groups {
        s.technicians = s.devices / 1000.0 * norm;
        s.technicians_served = s.technicians;
    }
}

impl ComponentModel for Support {
    fn needs(&self, year: &Year<'_>, state: &mut State, sheet: &mut Sheet, bins: &[u32], block: Range<usize>) {
        let Year { t, p, model, .. } = *year;
        let prices = &model.slots.prices.support;
        let (pay, recruit) = (Model::number(p, prices.technician), Model::number(p, prices.recruit));
        for (line, price) in [(SUPPORT_PAY, pay), (SUPPORT_NEW_PAY, pay), (SUPPORT_RECRUIT, recruit)] {
            sheet.set_price(line, price);
        }
        let acts = year.acts();
        let ([upkeep_of, _, expansion_of], mut tally) = sheet.write::<3>(Component::Support, SUPPORT_PAY);
        for (g, s) in block.clone().zip(&mut state.groups[block]) {
            let now = s.technicians;
            let wanted = model
                .levers
                .technicians
                .as_ref()
                .filter(|_| acts)
                .map_or(now, |lever| (lever.at(p, g, t) * s.devices_planned / 1000.0).max(now));
            let added = wanted - now;
            s.support_plan = added;
            upkeep_of[g] = now * pay;
            expansion_of[g] = added * (recruit + 0.5 * pay);
            tally.bin(bins[g]);
            tally.add_all([now, added, 0.5 * added]);
        }
    }

    fn apply(
        &self,
        _: &Year<'_>,
        state: &mut State,
        funded: &Funded,
        sheet: &mut Sheet,
        bins: &[u32],
        block: Range<usize>,
    ) {
        let upkeep = funded.of(Component::Support, Need::Upkeep);
        let expansion = funded.of(Component::Support, Need::Expansion);
        for (g, s) in block.clone().zip(&mut state.groups[block]) {
            let added = expansion.at(g) * s.support_plan;
            // Who is not paid does not work this year; the post stays.
            s.technicians_served = s.technicians * upkeep.at(g) + added;
            s.technicians += added;
            sheet.flow(STOCK, bins[g] as usize, added, 0.0);
        }
    }
}
