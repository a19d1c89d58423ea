//! Technical support (2.5): technicians for each 1,000 devices that stand; too few lengthen repair. A post ends when its
//! devices are gone.

use crate::model::component::{Block, ComponentModel, Line, Now, OwnFunded, Prices, cost_lines};
use crate::model::fixed_part::FixedPart;
use crate::model::groups::Population;
use crate::model::lanes::{Lanes, ONE, ZERO, all, max, min};
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
    /// Part of the help desk that falls on each group: one desk serves all that use it in a year.
    desk: FixedPart,
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
    /// The help desk as it is wanted: 1 as soon as it looks after anything.
    desk_wanted: f64,
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
    /// Share of the country's desk that is open, the same in every group.
    open: Lanes,
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
            desk: FixedPart::new(model, plan.map(|plan| LeverMap::of(model, &plan.help_desk)), false),
        }
    }

    fn fill(tables: &mut SupportTables, model: &Model, p: &[f64]) {
        tables.desk.fill(model, p, 0.0);
    }

    fn yearly(year: &Year<'_>, tables: &SupportTables) -> SupportYear {
        let prices = &year.model.slots.prices.support;
        SupportYear {
            pay: year.local(prices.technician, prices.technician_by_income),
            recruit: year.local(prices.recruit, prices.recruit_by_income),
            norm: Model::number(year.p, prices.norm) / 1000.0,
            desk: year.local(prices.desk, prices.desk_by_income),
            desk_device: Model::number(year.p, prices.desk_device),
            relief: Model::number(year.p, prices.desk_relief),
            desk_wanted: tables.desk.wanted_whole(year),
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
        let Year { t, p, model, .. } = now.year;
        let own = now.own;
        let acts = now.year.acts();
        let lever = now.tables.technicians.as_ref().filter(|_| acts);
        let desk = now.tables.desk.lever.as_ref().filter(|_| acts);
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
            // What is new, of the desk and of what it looks after, is there for half a year.
            let managed = desk.map_or(ZERO, |lever| lever.at(p, four, t));
            let goes_on = min(s.managed, managed);
            let comes = managed - goes_on;
            s.desk = [goes_on, comes];
            s.open = own.desk_wanted * s.open;
            let part = now.tables.desk.of(model, p, t, four);
            let runs = s.open * part;
            let opens = 0.5 * ((own.desk_wanted - s.open) * part);
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
        let [desk_paid, desk_new] = [Need::Upkeep, Need::Expansion].map(|need| funded.national(need));
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
            let (paid, new) = (upkeep.at(four), expansion.at(four));
            let opens = (now.own.desk_wanted - s.open) * desk_new;
            let managed = min(goes_on * paid + comes * new, s.open * desk_paid + opens);
            s.managed = goes_on + comes * new;
            s.open += opens;
            shared.technicians_each = now.own.norm * (ONE - now.own.relief * managed);
            flow.bin(now.bins[four]);
            flow.add_all([added, s.technicians - kept]);
            s.technicians = kept + added;
        }
    }

    /// The desk is shared by who uses it in the year.
    fn national(now: &Now<'_, Self>, _: Need, four: usize) -> Option<Lanes> {
        let Year { t, p, model, .. } = now.year;
        Some(now.tables.desk.of(model, p, t, four))
    }

    #[inline(always)]
    fn closing(_: &Now<'_, Self>, s: &SupportStock, _: &Population, _: usize) -> Lanes {
        s.technicians
    }
}
