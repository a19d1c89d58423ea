//! One pass through the years: what the plan, or its twin, needs, gets and does.

use super::chunk::Needs;
use super::component::{Line, Prices};
use super::components::{LINE_COUNT, LineId, ON_TOP, STOCK_COUNT, TAXED};
use super::funded::Funded;
use super::lanes::{LANES, ZERO, sum};
use super::school_cells::SHOWN;
use super::skills::Skills;
use super::sums::{Bin, Detail, OfPersons, Sums};
use super::tables::Model;
use super::{CELLS, Cell};
use crate::scenario::person::Person;
use crate::scenario::{Component, Need};

/// One pass through the years.
#[derive(Clone, Debug)]
pub struct Pass {
    /// Years.
    pub years: usize,
    bins: usize,
    /// Grades of all levels.
    pub grades: usize,
    /// Levels.
    pub levels: usize,
    /// Level of each bin.
    pub(super) bin_level: Vec<u8>,
    /// Sums over groups.
    pub sums: Sums,
    price: Vec<f64>,
    need: Vec<f64>,
    funded: Vec<f64>,
    funded_in: Vec<f64>,
    /// Learning gain by grade `[t][grade]`, standard deviations.
    pub theta: Vec<f64>,
    /// Whether the ceiling on learning gains was reached.
    pub theta_capped: bool,
    /// ICT skills of youth and adults.
    pub(crate) skills: Skills,
}

impl Pass {
    /// Room for a pass.
    #[must_use]
    pub fn new(model: &Model, detail: Detail, bin_level: Vec<u8>) -> Self {
        let (years, bins, levels) = (model.years, bin_level.len(), model.levels.len());
        Self {
            years,
            bins,
            grades: model.grades,
            levels,
            bin_level,
            sums: Sums::new(
                years,
                &(0..bins),
                detail,
                [LINE_COUNT, STOCK_COUNT],
                [model.closures.any(), model.tells_homes],
            ),
            price: vec![0.0; years * LINE_COUNT * levels],
            need: vec![0.0; years * CELLS],
            funded: vec![0.0; years * CELLS],
            funded_in: if detail.places {
                vec![0.0; years * CELLS * bins]
            } else {
                Vec::new()
            },
            theta: vec![0.0; years * model.grades],
            theta_capped: false,
            skills: Skills::new(model),
        }
    }

    /// Room for what the same pass costs and reaches: quantities, amounts of the country, and who is reached.
    #[must_use]
    pub(super) fn of_costs(&self, model: &Model) -> Self {
        let mut pass = Self::new(model, Detail::TOTALS, self.bin_level.clone());
        pass.sums
            .keep_quantities_and_reach(self.years, self.sums.everywhere.is_kept());
        pass
    }

    /// Empties it for the next run; prices stay.
    pub fn clear(&mut self) {
        self.need.fill(0.0);
        self.funded.fill(0.0);
        self.theta.fill(0.0);
        self.theta_capped = false;
        self.skills.clear();
    }

    /// Takes the prices of another pass of the same model.
    pub(super) fn take_prices(&mut self, other: &Self) {
        self.price.copy_from_slice(&other.price);
    }

    /// Unit prices of a year `[line][level]`, to be written.
    pub(crate) fn prices_mut(&mut self, t: usize) -> &mut [f64] {
        let size = LINE_COUNT * self.levels;
        &mut self.price[t * size..(t + 1) * size]
    }

    /// Unit prices of a year from a line on, to be written.
    pub fn prices(&mut self, t: usize, first: LineId) -> Prices<'_> {
        Prices::new(self.levels, first.index(), self.prices_mut(t))
    }

    /// Places of the results.
    pub fn bins(&self) -> impl Iterator<Item = Bin> + Clone + use<> {
        Bin::all(self.bins)
    }

    /// Level of a bin, counted as the model does.
    #[must_use]
    pub fn level(&self, bin: Bin) -> usize {
        usize::from(self.bin_level[bin.index()])
    }

    /// A sum of one bin.
    #[must_use]
    pub fn stat(&self, t: usize, bin: Bin, which: usize) -> f64 {
        self.sums.stats.get(t, which, bin)
    }

    /// A sum over the bins that are asked for.
    #[must_use]
    pub fn over(&self, t: usize, which: usize, bins: &dyn Fn(Bin) -> bool) -> f64 {
        self.bins()
            .filter(|bin| bins(*bin))
            .map(|bin| self.stat(t, bin, which))
            .sum()
    }

    /// A sum of the learners of a margin over these bins.
    #[must_use]
    pub(crate) fn persons_these(&self, t: usize, person: Person, which: OfPersons, bins: &[Bin]) -> f64 {
        let row = self.sums.persons.row(t, which.of(person));
        bins.iter().map(|bin| row[bin.index()]).sum()
    }

    /// A sum of the learners of a margin over the bins that are asked for.
    #[must_use]
    pub fn persons(&self, t: usize, person: Person, which: OfPersons, bins: &dyn Fn(Bin) -> bool) -> f64 {
        self.bins()
            .filter(|bin| bins(*bin))
            .map(|bin| self.sums.persons.get(t, which.of(person), bin))
            .sum()
    }

    /// Amount needed in a cell, constant US$.
    #[must_use]
    pub fn need(&self, t: usize, at: Cell) -> f64 {
        self.need[t * CELLS + at.index()]
    }

    /// Amount funded in a cell, constant US$.
    #[must_use]
    pub fn funded(&self, t: usize, at: Cell) -> f64 {
        self.funded[t * CELLS + at.index()]
    }

    /// Amount funded in a cell and bin, where places are kept.
    #[must_use]
    pub(crate) fn funded_in(&self, t: usize, at: Cell, bin: Bin) -> f64 {
        self.funded_in[(t * CELLS + at.index()) * self.bins + bin.index()]
    }

    /// Need of a component in a year, all kinds of need.
    #[must_use]
    pub fn component_need(&self, t: usize, component: Component) -> f64 {
        Need::ALL
            .iter()
            .map(|need| self.need(t, Cell::of(component, *need)))
            .sum()
    }

    /// What is funded of a component in a year, all kinds of need.
    #[must_use]
    pub fn component_funded(&self, t: usize, component: Component) -> f64 {
        Need::ALL
            .iter()
            .map(|need| self.funded(t, Cell::of(component, *need)))
            .sum()
    }

    /// Part of the need of management and governance that was paid in a year; all of it where nothing was needed beyond the
    /// twin, and nothing where something was and nobody manages it.
    #[must_use]
    pub(super) fn managed(&self, t: usize, twin: Option<&Self>) -> f64 {
        let beyond = |twin: &Self| self.year_need(t) - twin.year_need(t) > 1e-6 * self.year_need(t);
        if twin.is_some_and(beyond) && self.component_need(t, ON_TOP) <= 1e-9 {
            return 0.0;
        }
        let of_both = || [ON_TOP, Component::Governance].into_iter();
        let cells = || of_both().flat_map(|component| Need::ALL.iter().map(move |need| Cell::of(component, *need)));
        let sum = |of: &dyn Fn(Cell) -> f64| cells().map(of).sum::<f64>();
        let needed = sum(&|at| self.need(t, at));
        if needed > 1e-9 {
            (sum(&|at| self.funded(t, at)) / needed).min(1.0)
        } else {
            1.0
        }
    }

    /// Need of all components in a year.
    #[must_use]
    pub fn year_need(&self, t: usize) -> f64 {
        Cell::all().map(|at| self.need(t, at)).sum()
    }

    /// What is funded in a year.
    #[must_use]
    pub fn year_funded(&self, t: usize) -> f64 {
        Cell::all().map(|at| self.funded(t, at)).sum()
    }

    /// Quantity of a cost line in a bin.
    #[must_use]
    pub fn quantity(&self, t: usize, line: LineId, bin: Bin) -> f64 {
        self.sums.quantity.get(t, line.index(), bin)
    }

    /// Unit price of a cost line in the level of a bin.
    #[must_use]
    pub fn price(&self, t: usize, line: LineId, bin: Bin) -> f64 {
        self.price[(t * LINE_COUNT + line.index()) * self.levels + self.level(bin)]
    }

    /// What came into a stock (0) or left it (1) in a bin, where stocks are kept.
    #[must_use]
    pub fn flow(&self, t: usize, stock: usize, bin: Bin, way: usize) -> f64 {
        self.sums.stocks.get(t, stock * 3 + way, bin)
    }

    /// What stands of a stock at the end of a year in a bin, where stocks are kept.
    #[must_use]
    pub fn closing(&self, t: usize, stock: usize, bin: Bin) -> f64 {
        self.sums.stocks.get(t, stock * 3 + 2, bin)
    }

    /// Whether what a cell needs in a year, and what of it is funded, are numbers: every price, quantity, amount and sum.
    pub(super) fn is_finite_in(&self, t: usize, at: Cell) -> bool {
        let bins = self.bins();
        let of_line = |(id, line): (LineId, &Line)| {
            Cell::of(line.component, line.need) != at
                || bins.clone().all(|bin| {
                    let (quantity, price) = (self.quantity(t, id, bin), self.price(t, id, bin));
                    quantity.is_finite() && price.is_finite() && (quantity * price).is_finite()
                })
        };
        let in_bins = self.funded_in.is_empty() || bins.clone().all(|bin| self.funded_in(t, at, bin).is_finite());
        self.need(t, at).is_finite() && self.funded(t, at).is_finite() && in_bins && LineId::all().all(of_line)
    }

    /// Schools and learners of a cell of places.csv in a bin, where what stands together is kept.
    #[must_use]
    pub(crate) fn places(&self, t: usize, cell: usize, bin: Bin) -> [f64; 2] {
        [cell, SHOWN.len() + cell].map(|row| self.sums.together.get(t, row, bin))
    }

    /// Learning gain of a grade.
    #[must_use]
    pub fn theta(&self, t: usize, grade: usize) -> f64 {
        self.theta[t * self.grades + grade]
    }

    /// Keeps what a year needed and what of it was funded.
    pub(super) fn record(&mut self, model: &Model, needs: &Needs<'_>, funded: &Funded, bins: &[[Bin; LANES]]) {
        let t = needs.t;
        let full = !self.funded_in.is_empty();
        for component in Component::ALL {
            for need in Need::ALL {
                let at = Cell::of(*component, *need);
                let row = (t * CELLS + at.index()) * self.bins;
                let cost = funded.at_twins_cost(*component, *need);
                let funded_in = if full {
                    &mut self.funded_in[row..row + self.bins]
                } else {
                    &mut []
                };
                funded_in.fill(0.0);
                let parts = [&funded.first, &funded.reaching, &funded.rest];
                let mut paid = 0.0;
                if let [Some(first), Some(reaching), Some(rest)] = parts.map(|part| part.for_all(at)) {
                    for (bin, needed, kept) in needs.by_bin(*component, *need) {
                        let of = kept.amounts(needed, cost[usize::from(self.bin_level[bin.index()])]);
                        let here = first * of[0] + reaching * of[1] + rest * of[2];
                        paid += here;
                        if full {
                            funded_in[bin.index()] += here;
                        }
                    }
                } else {
                    let [first, reaching, rest] = parts.map(|part| part.share(at));
                    let mut sums = ZERO;
                    needs.by_part(model, (*component, *need), &cost, |group, of| {
                        let four = group / LANES;
                        let here = first.at(four) * of[0] + reaching.at(four) * of[1] + rest.at(four) * of[2];
                        sums += here;
                        if full {
                            for (bin, here) in bins[four].iter().zip(here.into_arr()) {
                                funded_in[bin.index()] += here;
                            }
                        }
                    });
                    paid = sum(sums);
                }
                self.need[t * CELLS + at.index()] = needs.total(at);
                self.funded[t * CELLS + at.index()] = paid;
            }
        }
    }

    /// Keeps what the twin needs, all of which is funded; gives upkeep and renewal of all components by year.
    pub(super) fn record_funded(&mut self, envelope: &mut [f64]) {
        for t in 1..self.years {
            envelope[t] = 0.0;
            for component in Component::ALL {
                for need in Need::ALL {
                    let at = Cell::of(*component, *need);
                    let total: f64 = self.sums.need.row(t, at.index()).iter().sum();
                    self.need[t * CELLS + at.index()] = total;
                    self.funded[t * CELLS + at.index()] = total;
                    if *need != Need::Expansion {
                        envelope[t] += total;
                    }
                }
            }
        }
    }

    /// Writes the lines of import duty and value-added tax of a year; the amounts of groups include them already.
    pub(super) fn add_taxes(&mut self, t: usize, [duty, vat]: [f64; 2]) {
        if duty == 0.0 && vat == 0.0 {
            return;
        }
        for (component, need, lines) in TAXED {
            let mut prices = self.prices(t, lines[0]);
            prices.set(0, duty);
            prices.set(1, vat * (1.0 + duty));
            for bin in self.bins() {
                let imports: f64 = LineId::all()
                    .filter(|(_, line)| line.imported && line.component == component && line.need == need)
                    .map(|(line, _)| self.quantity(t, line, bin) * self.price(t, line, bin))
                    .sum();
                for line in lines {
                    self.sums.quantity.row_mut(t, line.index())[bin.index()] = imports;
                }
            }
        }
    }
}
