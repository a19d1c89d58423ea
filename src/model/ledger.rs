//! The ledger: rows of cost and funding, derived from the dense arrays of a run.

use std::rc::Rc;

use super::component::Line;
use super::components::{LineId, STOCKS};
use super::funding::EXISTING;
use super::funding::source::SourceId;
use super::pass::Pass;
use super::school_cells::SHOWN;
use super::trajectory::Trajectory;
use super::{CELLS, Cell};
use crate::scenario::{Level, Locality};
use crate::units::ConstantUsd;

/// One row of costs.csv.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostRow<'a> {
    /// Calendar year.
    pub year: i32,
    /// Component, category, need, nature and unit.
    pub line: &'static Line,
    /// True for what the twin needs too.
    pub existing: bool,
    /// Level.
    pub level: Level,
    /// Region.
    pub region: &'a str,
    /// Locality.
    pub locality: Locality,
    /// Quantity in the line's unit.
    pub quantity: f64,
    /// Unit price, constant US$.
    pub price: f64,
}

impl CostRow<'_> {
    /// Amount.
    #[must_use]
    pub fn amount(&self) -> ConstantUsd {
        ConstantUsd(self.quantity * self.price)
    }
}

/// What is left of two equal quantities in floating point is no row of its own: below this amount in US$, and below a
/// thousand-millionth of the quantity.
const ROUNDING: f64 = 1e-6;

/// Cost rows of the plan run. What the twin needs of a line in a place is `existing`; the plan's layer is the plan run
/// less that, so that the layer's total is plan minus twin. Where the plan needs less of a line than the twin (another
/// kind of device, a cheaper link) its layer has a negative row.
pub fn costs(run: &Trajectory) -> impl Iterator<Item = CostRow<'_>> {
    rows(run, &run.run.plan, &run.run.twin)
}

/// The same rows of the run in which all is paid for: what it costs to do it all. They may be added up over years.
pub fn costs_in_full(run: &Trajectory) -> impl Iterator<Item = CostRow<'_>> {
    rows(run, run.in_full(), run.twin_in_full())
}

fn rows<'a>(run: &'a Trajectory, plan: &'a Pass, twin: &'a Pass) -> impl Iterator<Item = CostRow<'a>> {
    (1..plan.years).flat_map(move |t| {
        LineId::all().flat_map(move |(id, line)| {
            plan.bins().flat_map(move |bin| {
                let cut = &run.model.cuts[bin.index()];
                let (quantity, price) = (plan.quantity(t, id, bin), plan.price(t, id, bin));
                let (base, base_price) = (twin.quantity(t, id, bin), twin.price(t, id, bin));
                let row = move |existing: bool, quantity: f64, price: f64| CostRow {
                    year: run.model.calendar(t),
                    line,
                    existing,
                    level: run.model.levels[cut.level].level,
                    region: &cut.region,
                    locality: cut.locality,
                    quantity,
                    price,
                };
                let plan_rows = if price == base_price {
                    [(quantity - base, price), (0.0, price)]
                } else {
                    [(quantity, price), (-base, base_price)]
                };
                std::iter::once((true, base, base_price))
                    .chain(plan_rows.map(|(quantity, price)| (false, quantity, price)))
                    .filter(move |(_, part, price)| {
                        part.abs() > 1e-9 * quantity.abs().max(base.abs()) || (part * price).abs() > ROUNDING
                    })
                    .map(move |(layer, quantity, price)| row(layer, quantity, price))
            })
        })
    })
}

/// What stands in funding.csv for a source where nothing pays.
pub const UNFUNDED: &str = "unfunded";

/// One row of funding.csv.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FundingRow<'a> {
    /// Calendar year.
    pub year: i32,
    /// Source, or `unfunded`.
    pub source: &'a str,
    /// Component, category, need, nature.
    pub line: &'static Line,
    /// Level.
    pub level: Level,
    /// Region.
    pub region: &'a str,
    /// Locality.
    pub locality: Locality,
    /// Amount.
    pub amount: ConstantUsd,
    /// What the source keeps for its own administration on top of it.
    pub overhead: ConstantUsd,
}

/// Name of a source.
#[must_use]
pub fn source_name(run: &Trajectory, source: SourceId) -> &str {
    let sources = &run.model.scenario.funding.sources;
    source.place().map_or(EXISTING, |place| &sources[place].name)
}

/// Funding rows: each cost line's funded part over the sources that paid its cell, and the rest as `unfunded`.
pub fn funding(run: &Trajectory) -> impl Iterator<Item = FundingRow<'_>> {
    let (plan, money) = (&run.run.plan, &run.run.money);
    let bins = run.model.cuts.len();
    let mut place_of_bin = vec![0usize; bins];
    for (g, bin) in run.model.cut_of.iter().enumerate() {
        place_of_bin[bin.index()] = usize::from(run.model.place_of[g]);
    }
    let place_of_bin: Rc<[usize]> = place_of_bin.into();
    (1..plan.years).flat_map(move |t| {
        let mut needed = vec![0.0; CELLS * bins];
        for (id, line) in LineId::all() {
            let at = Cell::of(line.component, line.need).index();
            for bin in plan.bins() {
                needed[at * bins + bin.index()] += plan.quantity(t, id, bin) * plan.price(t, id, bin);
            }
        }
        let place_of_bin = Rc::clone(&place_of_bin);
        LineId::all().flat_map(move |(id, line)| {
            let mut rows = Vec::new();
            let at = Cell::of(line.component, line.need);
            for bin in plan.bins() {
                let amount = plan.quantity(t, id, bin) * plan.price(t, id, bin);
                if amount.abs() < 1e-12 {
                    continue;
                }
                let cut = &run.model.cuts[bin.index()];
                let share = (plan.funded_in(t, at, bin) / needed[at.index() * bins + bin.index()]).clamp(0.0, 1.0);
                let place = place_of_bin[bin.index()];
                let given: f64 = money.ids().map(|s| money.on(t, at, place, s)).sum();
                let row = |source, amount: f64, overhead: f64| FundingRow {
                    year: run.model.calendar(t),
                    source,
                    line,
                    level: run.model.levels[cut.level].level,
                    region: &cut.region,
                    locality: cut.locality,
                    amount: ConstantUsd(amount),
                    overhead: ConstantUsd(overhead),
                };
                for s in money.ids() {
                    let part = if given > 0.0 {
                        amount * share * money.on(t, at, place, s) / given
                    } else {
                        0.0
                    };
                    if part > 0.0 {
                        let year = money.of(t, s);
                        rows.push(row(source_name(run, s), part, part * year.overhead.0 / year.spent.0));
                    }
                }
                let rest = amount * (1.0 - share);
                if rest > 1e-9 {
                    rows.push(row(UNFUNDED, rest, 0.0));
                }
            }
            rows
        })
    })
}

/// One row of stocks.csv.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StockRow<'a> {
    /// Calendar year.
    pub year: i32,
    /// Stock.
    pub stock: &'static str,
    /// Level.
    pub level: Level,
    /// Region.
    pub region: &'a str,
    /// Locality.
    pub locality: Locality,
    /// At the start of the year.
    pub opening: f64,
    /// Came in.
    pub into: f64,
    /// Went out.
    pub out: f64,
    /// At the end of the year.
    pub closing: f64,
    /// Unit.
    pub unit: &'static str,
}

/// One row of places.csv.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceRow<'a> {
    /// Calendar year.
    pub year: i32,
    /// What stands together.
    pub cell: &'static str,
    /// Level.
    pub level: Level,
    /// Region.
    pub region: &'a str,
    /// Locality.
    pub locality: Locality,
    /// Schools in which it stands at the end of the year, in service or not.
    pub schools: f64,
    /// Their learners.
    pub learners: f64,
}

/// Number of cells of places.csv.
pub const PLACES: usize = SHOWN.len();

/// Schools of the plan run by what stands together, from the base year on.
pub fn places(run: &Trajectory) -> impl Iterator<Item = PlaceRow<'_>> {
    let plan = &run.run.plan;
    (0..plan.years).flat_map(move |t| {
        SHOWN.iter().enumerate().flat_map(move |(row, cell)| {
            plan.bins().map(move |bin| {
                let cut = &run.model.cuts[bin.index()];
                let [schools, learners] = plan.places(t, row, bin);
                PlaceRow {
                    year: run.model.calendar(t),
                    cell,
                    level: run.model.levels[cut.level].level,
                    region: &cut.region,
                    locality: cut.locality,
                    schools,
                    learners,
                }
            })
        })
    })
}

/// Stocks of the plan run; opening is last year's closing.
pub fn stocks(run: &Trajectory) -> impl Iterator<Item = StockRow<'_>> {
    let plan = &run.run.plan;
    (1..plan.years).flat_map(move |t| {
        STOCKS.iter().enumerate().flat_map(move |(index, (stock, unit))| {
            plan.bins().map(move |bin| {
                let cut = &run.model.cuts[bin.index()];
                StockRow {
                    year: run.model.calendar(t),
                    stock,
                    level: run.model.levels[cut.level].level,
                    region: &cut.region,
                    locality: cut.locality,
                    opening: plan.closing(t - 1, index, bin),
                    into: plan.flow(t, index, bin, 0),
                    out: plan.flow(t, index, bin, 1),
                    closing: plan.closing(t, index, bin),
                    unit,
                }
            })
        })
    })
}
