//! Technical support (2.5): technicians for each 1,000 devices; too few lengthen repair.

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
    for g in 0..model.groups() {
        state.technicians[g] = state.devices[g] / 1000.0 * norm;
        state.technicians_served[g] = state.technicians[g];
    }
}

impl ComponentModel for Support {
    fn component(&self) -> Component {
        Component::Support
    }

    fn needs(&self, year: &Year<'_>, state: &mut State, sheet: &mut Sheet, bins: &[u32]) {
        let Year { t, p, model, .. } = *year;
        let prices = &model.slots.prices.support;
        let (pay, recruit) = (Model::number(p, prices.technician), Model::number(p, prices.recruit));
        for (line, price) in [(SUPPORT_PAY, pay), (SUPPORT_NEW_PAY, pay), (SUPPORT_RECRUIT, recruit)] {
            sheet.set_price(line, price);
        }
        let acts = year.acts();
        let groups = sheet.groups;
        let ([upkeep_of, _, expansion_of], mut tally) = sheet.write::<3>(Component::Support, SUPPORT_PAY);
        for g in 0..groups {
            let now = state.technicians[g];
            let wanted = model
                .levers
                .technicians
                .as_ref()
                .filter(|_| acts)
                .map_or(now, |lever| (lever.at(p, g, t) * state.devices_planned[g] / 1000.0).max(now));
            let added = wanted - now;
            state.support_plan[g] = added;
            upkeep_of[g] = now * pay;
            expansion_of[g] = added * (recruit + 0.5 * pay);
            tally.bin(bins[g]);
            tally.add_all([now, added, 0.5 * added]);
        }
    }

    fn apply(&self, _: &Year<'_>, state: &mut State, funded: &Funded, sheet: &mut Sheet, bins: &[u32]) {
        let upkeep = funded.of(Component::Support, Need::Upkeep);
        let expansion = funded.of(Component::Support, Need::Expansion);
        for g in 0..sheet.groups {
            let added = expansion.at(g) * state.support_plan[g];
            // Who is not paid does not work this year; the post stays.
            state.technicians_served[g] = state.technicians[g] * upkeep.at(g) + added;
            state.technicians[g] += added;
            sheet.flow(STOCK, bins[g] as usize, added, 0.0);
        }
    }
}
