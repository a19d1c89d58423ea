//! Technical support (2.5): technicians for each 1,000 devices that stand; too few lengthen repair. A post ends when its
//! devices are gone.

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines};
use crate::model::groups::Population;
use crate::model::lanes::{Lanes, ZERO, all, max, min};
use crate::model::lever::LeverMap;
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::Year;
use crate::scenario::{Component, Need};

cost_lines! { Support in Cost, Region, Devices;
    PAY = "technicians", Upkeep, Recurrent, "technician", false, ["prices.support.technician"];
    RECRUIT = "recruiting", Expansion, Recurrent, "technician", false, ["prices.support.recruit"];
    NEW_PAY = "technicians", Expansion, Recurrent, "technician", false, ["prices.support.technician"];
}

/// Support.
#[derive(Clone, Debug)]
pub struct Support;

/// What holds for all years.
#[derive(Clone, Debug)]
pub struct SupportTables {
    technicians: Option<LeverMap>,
}

/// Prices of one year.
#[derive(Clone, Debug)]
pub struct SupportYear {
    pay: f64,
    recruit: f64,
    /// Technicians for each device that keep repair at its usual time.
    norm: f64,
}

/// Technicians of four groups.
#[derive(Clone, Copy, Debug, Default)]
pub struct SupportStock {
    /// Posts.
    technicians: Lanes,
    /// Planned this year: posts kept, posts added.
    plan: [Lanes; 2],
}

impl ComponentModel for Support {
    const COMPONENT: Component = Component::Support;
    const LINES: &'static [Line] = LINES;
    const STOCK: Option<(&'static str, &'static str)> = Some(("technicians", "technician"));

    type Tables = SupportTables;
    type Yearly = SupportYear;
    type Stock = SupportStock;
    type Placed = ();

    fn tables(model: &Model) -> SupportTables {
        let plan = model.slots.plan.support.as_ref();
        SupportTables {
            technicians: plan.map(|plan| LeverMap::of(model, &plan.technicians)),
        }
    }

    fn yearly(year: &Year<'_>, _: &SupportTables) -> SupportYear {
        let prices = &year.model.slots.prices.support;
        SupportYear {
            pay: year.local(prices.technician, prices.technician_by_income),
            recruit: Model::number(year.p, prices.recruit),
            norm: Model::number(year.p, prices.norm) / 1000.0,
        }
    }

    fn prices(own: &SupportYear, prices: &mut Prices<'_>) {
        for (line, price) in [(PAY, own.pay), (NEW_PAY, own.pay), (RECRUIT, own.recruit)] {
            prices.set(line, price);
        }
    }

    /// As many technicians as keep the devices of today in normal repair.
    fn open(now: &Now<'_, Self>, block: &mut Block<'_, Self>) {
        for at in block.fours() {
            let shared = &mut block.shared[at];
            let technicians = shared.devices * now.own.norm;
            block.s[at] = SupportStock {
                technicians,
                plan: [ZERO; 2],
            };
            shared.technicians = technicians;
        }
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, .. } = now.year;
        let SupportYear { pay, recruit, norm } = *now.own;
        let lever = now.tables.technicians.as_ref().filter(|_| now.year.acts());
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let (shared, s) = (&block.shared[at], &mut block.s[at]);
            // A device has no more than the plan's technicians, or those of the base year; those for what is bought come
            // with it.
            let each = lever.map_or(ZERO, |lever| lever.at(p, four, t) * 0.001);
            let kept = min(s.technicians, max(each, all(norm)) * shared.devices);
            let added = max(each * shared.devices_planned - kept, ZERO);
            s.plan = [kept, added];
            lines.bin(now.bins[four]);
            lines.add_all([kept, added, 0.5 * added]);
            let needed = [kept * pay, ZERO, added * (recruit + 0.5 * pay)];
            block.state(now, at, [kept; 2], needed, &mut amounts);
        }
    }

    #[inline(always)]
    fn apply(now: &Now<'_, Self>, block: &mut Block<'_, Self>, funded: &OwnFunded<'_>, out: &mut Sums) {
        let upkeep = funded.of(Need::Upkeep);
        let expansion = funded.of(Need::Expansion);
        let mut flow = now.flow(out);
        for at in block.fours() {
            let four = block.first + at;
            let s = &mut block.s[at];
            let [kept, added] = s.plan;
            let added = expansion.at(four) * added;
            // Who is not paid does not work this year; the post stays.
            let shared = &mut block.shared[at];
            shared.technicians = kept * upkeep.at(four) + added;
            shared.technicians_each = all(now.own.norm);
            flow.bin(now.bins[four]);
            flow.add_all([added, s.technicians - kept]);
            s.technicians = kept + added;
        }
    }

    #[inline(always)]
    fn closing(_: &Now<'_, Self>, s: &SupportStock, _: &Population, _: usize) -> Lanes {
        s.technicians
    }
}
