//! Technical support (2.5): technicians for each 1,000 devices that stand; too few lengthen repair. A post ends when its
//! devices are gone.

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines};
use crate::model::groups::Population;
use crate::model::lanes::{Lanes, ONE, ZERO, above, all, max, min, pick, sum};
use crate::model::lever::LeverMap;
use crate::model::sums::Sums;
use crate::model::tables::Model;
use crate::model::year::Year;
use crate::scenario::{Component, Need};

cost_lines! { Support in Cost, Region, Devices;
    PAY = "technicians", Upkeep, Recurrent, "technician", false, ["prices.support.technician"];
    RECRUIT = "recruiting", Expansion, Recurrent, "technician", false, ["prices.support.recruit"];
    NEW_PAY = "technicians", Expansion, Recurrent, "technician", false, ["prices.support.technician"];
    DESK = "help desk", Upkeep, Recurrent, "desk", false, ["prices.support.desk"] in Cost, Centre, Devices;
    MANAGED = "remote management", Upkeep, Recurrent, "device", false, ["prices.support.desk_device"] in Cost, Centre, Devices;
    NEW_DESK = "help desk", Expansion, Recurrent, "desk", false, ["prices.support.desk"] in Cost, Centre, Devices;
    NEW_MANAGED = "remote management", Expansion, Recurrent, "device", false, ["prices.support.desk_device"] in Cost, Centre, Devices;
}

/// Support.
#[derive(Clone, Debug)]
pub struct Support;

/// What holds for all years.
#[derive(Clone, Debug)]
pub struct SupportTables {
    technicians: Option<LeverMap>,
    desk: Option<LeverMap>,
    /// Part of the help desk that falls on each group: one desk serves all that ever use it, by learners.
    part: Vec<Lanes>,
}

/// Prices of one year.
#[derive(Clone, Debug)]
pub struct SupportYear {
    pay: f64,
    recruit: f64,
    /// Technicians for each device that keep repair at its usual time.
    norm: f64,
    desk: f64,
    desk_device: f64,
    relief: f64,
}

/// Technicians of four groups.
#[derive(Clone, Copy, Debug, Default)]
pub struct SupportStock {
    /// Posts.
    technicians: Lanes,
    /// Planned this year: posts kept, posts added.
    plan: [Lanes; 2],
    /// Share of devices that the help desk looked after last year, and was to.
    managed: Lanes,
    /// Planned this year: share that it goes on to look after, share added.
    desk: [Lanes; 2],
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
            desk: plan.map(|plan| LeverMap::of(model, &plan.help_desk)),
            part: vec![ZERO; model.fours()],
        }
    }

    fn fill(tables: &mut SupportTables, model: &Model, p: &[f64]) {
        let SupportTables { desk, part, .. } = tables;
        let served = |four: usize| {
            let at = |t: usize| desk.as_ref().map_or(ZERO, |lever| lever.at(p, four, t));
            let ever = (1..model.years).fold(ZERO, |most, t| max(most, at(t)));
            pick(above(ever, ZERO), model.count(p, four, |of| of.learners), ZERO)
        };
        let learners: f64 = (0..part.len()).map(|four| sum(served(four))).sum();
        for (four, part) in part.iter_mut().enumerate() {
            *part = served(four) / learners.max(1e-9);
        }
    }

    fn yearly(year: &Year<'_>, _: &SupportTables) -> SupportYear {
        let prices = &year.model.slots.prices.support;
        SupportYear {
            pay: year.local(prices.technician, prices.technician_by_income),
            recruit: Model::number(year.p, prices.recruit),
            norm: Model::number(year.p, prices.norm) / 1000.0,
            desk: Model::number(year.p, prices.desk),
            desk_device: Model::number(year.p, prices.desk_device),
            relief: Model::number(year.p, prices.desk_relief),
        }
    }

    fn prices(own: &SupportYear, prices: &mut Prices<'_>) {
        for (line, price) in [
            (PAY, own.pay),
            (NEW_PAY, own.pay),
            (RECRUIT, own.recruit),
            (DESK, own.desk),
            (NEW_DESK, own.desk),
            (MANAGED, own.desk_device),
            (NEW_MANAGED, own.desk_device),
        ] {
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
                ..SupportStock::default()
            };
            shared.technicians = technicians;
        }
    }

    #[inline(always)]
    fn needs(now: &Now<'_, Self>, block: &mut Block<'_, Self>, out: &mut Sums) {
        let Year { t, p, .. } = now.year;
        let own = now.own;
        let acts = now.year.acts();
        let lever = now.tables.technicians.as_ref().filter(|_| acts);
        let desk = now.tables.desk.as_ref().filter(|_| acts);
        let (mut lines, mut amounts) = now.stated::<LINE_COUNT>(out);
        for at in block.fours() {
            let four = block.first + at;
            let (shared, s) = (&block.shared[at], &mut block.s[at]);
            // A device has no more than the plan's technicians, or those of the base year; those for what is bought come
            // with it.
            let each = lever.map_or(ZERO, |lever| lever.at(p, four, t) * 0.001);
            let kept = min(s.technicians, max(each, all(own.norm)) * shared.devices);
            let added = max(each * shared.devices_planned - kept, ZERO);
            s.plan = [kept, added];
            lines.bin(now.bins[four]);
            // The desk is in full as soon as it looks after anything here; what it takes on it has half a year.
            let managed = desk.map_or(ZERO, |lever| lever.at(p, four, t));
            let goes_on = min(s.managed, managed);
            let comes = managed - goes_on;
            s.desk = [goes_on, comes];
            let part = now.tables.part[four];
            let runs = pick(above(goes_on, ZERO), part, ZERO);
            let opens = 0.5 * (pick(above(managed, ZERO), part, ZERO) - runs);
            let looked_after = goes_on * shared.devices;
            let new_ones = 0.5 * (managed * shared.devices_planned - looked_after);
            let new_ones = max(new_ones, ZERO);
            lines.add_all([kept, added, 0.5 * added, runs, looked_after, opens, new_ones]);
            let needed = [
                kept * own.pay + runs * own.desk + looked_after * own.desk_device,
                ZERO,
                added * (own.recruit + 0.5 * own.pay) + opens * own.desk + new_ones * own.desk_device,
            ];
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
            // What the help desk takes over asks for no technician.
            let [goes_on, comes] = s.desk;
            let managed = goes_on * upkeep.at(four) + comes * expansion.at(four);
            s.managed = goes_on + comes * expansion.at(four);
            shared.technicians_each = now.own.norm * (ONE - now.own.relief * managed);
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
