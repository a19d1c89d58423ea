//! What a run knows, year by year: one [`Pass`] for the plan and one for its twin.

use super::component::{Funded, LINES, Line, Prices};
use super::lanes::LANES;
use super::sums::Sums;
use super::tables::Model;
use super::workspace::{Detail, Needs, Workspace};
use super::{CELLS, cell};
use crate::scenario::{Component, Need};

/// Sums over the groups of a bin. Shares are obtained by dividing one by another.
pub mod stat {
    /// Learners.
    pub const LEARNERS: usize = 0;
    /// Schools.
    pub const SCHOOLS: usize = 1;
    /// Teachers.
    pub const TEACHERS: usize = 2;
    /// Schools with power in service.
    pub const POWERED: usize = 3;
    /// Schools with a link in service.
    pub const LINKED: usize = 4;
    /// Schools with a link, powered or not.
    pub const LINKED_RAW: usize = 5;
    /// Schools with devices in service.
    pub const EQUIPPED: usize = 6;
    /// Schools with devices, powered or not.
    pub const EQUIPPED_RAW: usize = 7;
    /// Ready teachers.
    pub const READY: usize = 8;
    /// Teachers at knowledge acquisition or above.
    pub const ACQUISITION: usize = 9;
    /// Learners reached.
    pub const REACHED: usize = 10;
    /// Learners in full-dose equivalents.
    pub const DOSE: usize = 11;
    /// The same for what works without the link.
    pub const DOSE_OFFLINE: usize = 12;
    /// Devices in working order in powered schools.
    pub const DEVICES: usize = 13;
    /// Devices with a link.
    pub const CONNECTED_DEVICES: usize = 14;
    /// Learners in equipped schools.
    pub const LEARNERS_EQUIPPED: usize = 15;
    /// Learners in connected schools.
    pub const LEARNERS_LINKED: usize = 16;
    /// Learners in schools with devices and a link.
    pub const LEARNERS_CONNECTED_DEVICES: usize = 17;
    /// Equipped schools that lost power or link for want of upkeep.
    pub const DARK: usize = 18;
    /// Equipped schools, in service or not.
    pub const EQUIPPED_STOCK: usize = 19;
    /// Closing stocks, in the order of [`crate::model::component::STOCKS`]; at full detail only.
    pub const STOCKS: usize = 20;
    /// Number of sums.
    pub const COUNT: usize = STOCKS + 6;
}

/// One pass through the years.
#[derive(Clone, Debug)]
pub struct Pass {
    /// Years.
    pub years: usize,
    /// Bins: places of the results.
    pub bins: usize,
    /// Grades of all levels.
    pub grades: usize,
    levels: usize,
    /// Level of each bin.
    pub bin_level: Vec<u8>,
    /// Sums over groups.
    pub sums: Sums,
    price: Vec<f64>,
    need: Vec<f64>,
    funded: Vec<f64>,
    funded_in: Vec<f64>,
    /// Upkeep and renewal of all components by year; filled by the twin.
    pub envelope: Vec<f64>,
    /// Learning gain by grade `[t][grade]`, standard deviations.
    pub theta: Vec<f64>,
    /// Whether the ceiling on learning gains was reached.
    pub theta_capped: bool,
}

impl Pass {
    /// Room for a pass.
    #[must_use]
    pub fn new(model: &Model, detail: Detail, bin_level: Vec<u8>) -> Self {
        let (years, bins, levels) = (model.years, bin_level.len(), model.levels.len());
        let full = detail == Detail::Full;
        Self {
            years,
            bins,
            grades: model.grades,
            levels,
            bin_level,
            sums: Sums::new(years, &(0..bins), detail),
            price: vec![0.0; years * LINES.len() * levels],
            need: vec![0.0; years * CELLS],
            funded: vec![0.0; years * CELLS],
            funded_in: if full {
                vec![0.0; years * CELLS * bins]
            } else {
                Vec::new()
            },
            envelope: vec![0.0; years],
            theta: vec![0.0; years * model.grades],
            theta_capped: false,
        }
    }

    /// Room for what the same pass costs: quantities, and amounts of the country. It has the same prices.
    #[must_use]
    pub fn of_costs(&self, model: &Model) -> Self {
        let mut pass = Self::new(model, Detail::Totals, self.bin_level.clone());
        pass.price.clone_from(&self.price);
        pass.sums.forget_all_but_quantities();
        pass
    }

    /// Empties it for the next run; prices stay.
    pub fn clear(&mut self) {
        self.need.fill(0.0);
        self.funded.fill(0.0);
        self.envelope.fill(0.0);
        self.theta_capped = false;
    }

    /// Unit prices of a year, to be written.
    pub fn prices(&mut self, t: usize) -> Prices<'_> {
        let size = LINES.len() * self.levels;
        Prices::new(self.levels, &mut self.price[t * size..(t + 1) * size])
    }

    /// A sum of one bin.
    #[must_use]
    pub fn stat(&self, t: usize, bin: usize, which: usize) -> f64 {
        self.sums.stats.get(t, which, bin)
    }

    /// A sum over the bins that are asked for.
    #[must_use]
    pub fn over(&self, t: usize, which: usize, bins: &dyn Fn(usize) -> bool) -> f64 {
        (0..self.bins)
            .filter(|bin| bins(*bin))
            .map(|bin| self.stat(t, bin, which))
            .sum()
    }

    /// A sum over these bins.
    #[must_use]
    pub fn over_these(&self, t: usize, which: usize, bins: &[u32]) -> f64 {
        let row = self.sums.stats.row(t, which);
        bins.iter().map(|bin| row[*bin as usize]).sum()
    }

    /// Learners (0), learners reached (1) or dose (2) of a margin over these bins.
    #[must_use]
    pub fn persons_these(&self, t: usize, margin: usize, which: usize, bins: &[u32]) -> f64 {
        let row = self.sums.persons.row(t, margin * 3 + which);
        bins.iter().map(|bin| row[*bin as usize]).sum()
    }

    /// Learners (0), learners reached (1) or dose (2) of a margin over the bins that are asked for.
    #[must_use]
    pub fn persons(&self, t: usize, margin: usize, which: usize, bins: &dyn Fn(usize) -> bool) -> f64 {
        (0..self.bins)
            .filter(|bin| bins(*bin))
            .map(|bin| self.sums.persons.get(t, margin * 3 + which, bin))
            .sum()
    }

    /// Amount needed in a cell, constant US$.
    #[must_use]
    pub fn need(&self, t: usize, at: usize) -> f64 {
        self.need[t * CELLS + at]
    }

    /// Amount funded in a cell, constant US$.
    #[must_use]
    pub fn funded(&self, t: usize, at: usize) -> f64 {
        self.funded[t * CELLS + at]
    }

    /// Amount funded in a cell and bin; full detail only.
    #[must_use]
    pub fn funded_in(&self, t: usize, at: usize, bin: usize) -> f64 {
        self.funded_in[(t * CELLS + at) * self.bins + bin]
    }

    /// Need of a component in a year, all kinds of need.
    #[must_use]
    pub fn component_need(&self, t: usize, component: Component) -> f64 {
        Need::ALL.iter().map(|need| self.need(t, cell(component, *need))).sum()
    }

    /// Need of all components in a year.
    #[must_use]
    pub fn year_need(&self, t: usize) -> f64 {
        (0..CELLS).map(|at| self.need(t, at)).sum()
    }

    /// What is funded in a year.
    #[must_use]
    pub fn year_funded(&self, t: usize) -> f64 {
        (0..CELLS).map(|at| self.funded(t, at)).sum()
    }

    /// Quantity of a cost line in a bin.
    #[must_use]
    pub fn quantity(&self, t: usize, line: usize, bin: usize) -> f64 {
        self.sums.quantity.get(t, line, bin)
    }

    /// Unit price of a cost line in the level of a bin.
    #[must_use]
    pub fn price(&self, t: usize, line: usize, bin: usize) -> f64 {
        self.price[(t * LINES.len() + line) * self.levels + usize::from(self.bin_level[bin])]
    }

    /// What came into a stock (0) or left it (1) in a bin; full detail only.
    #[must_use]
    pub fn flow(&self, t: usize, stock: usize, bin: usize, way: usize) -> f64 {
        self.sums.flows.get(t, stock * 2 + way, bin)
    }

    /// Whether what a cell needs in a year, and what of it is funded, are numbers: every price, quantity, amount and sum.
    pub(super) fn is_finite_in(&self, t: usize, at: usize) -> bool {
        let bins = 0..self.bins;
        let of_line = |(index, line): (usize, &Line)| {
            cell(line.component, line.need) != at
                || bins.clone().all(|bin| {
                    let (quantity, price) = (self.quantity(t, index, bin), self.price(t, index, bin));
                    quantity.is_finite() && price.is_finite() && (quantity * price).is_finite()
                })
        };
        let in_bins = self.funded_in.is_empty() || bins.clone().all(|bin| self.funded_in(t, at, bin).is_finite());
        self.need(t, at).is_finite()
            && self.funded(t, at).is_finite()
            && in_bins
            && LINES.iter().enumerate().all(of_line)
    }

    /// Learning gain of a grade.
    #[must_use]
    pub fn theta(&self, t: usize, grade: usize) -> f64 {
        self.theta[t * self.grades + grade]
    }

    /// Keeps what a year needed and what of it was funded.
    pub(super) fn record(&mut self, needs: &Needs<'_>, funded: &Funded, bins: &[[u32; LANES]]) {
        let t = needs.t;
        let full = !self.funded_in.is_empty();
        for component in Component::ALL {
            for need in Need::ALL {
                let at = cell(*component, *need);
                let row = (t * CELLS + at) * self.bins;
                let total = needs.total(at);
                let share = funded.uniform[at];
                let paid = if share.is_nan() {
                    if full {
                        self.funded_in[row..row + self.bins].fill(0.0);
                    }
                    let shares = funded.shares(at);
                    let mut paid = 0.0;
                    for ((need, share), bin) in needs.each(at).zip(shares).zip(bins.as_flattened()) {
                        paid += need * share;
                        if full {
                            self.funded_in[row + *bin as usize] += need * share;
                        }
                    }
                    paid
                } else {
                    if full {
                        for bin in 0..self.bins {
                            self.funded_in[row + bin] = needs.in_bin(at, bin) * share;
                        }
                    }
                    total * share
                };
                self.need[t * CELLS + at] = total;
                self.funded[t * CELLS + at] = paid;
            }
        }
    }

    /// Keeps what the twin needs, all of which is funded.
    pub(super) fn record_funded(&mut self) {
        for t in 1..self.years {
            for component in Component::ALL {
                for need in Need::ALL {
                    let at = cell(*component, *need);
                    let total: f64 = self.sums.need.row(t, at).iter().sum();
                    self.need[t * CELLS + at] = total;
                    self.funded[t * CELLS + at] = total;
                    if *need != Need::Expansion {
                        self.envelope[t] += total;
                    }
                }
            }
        }
    }
}

/// A finished run at full detail, with the model that made it.
#[derive(Clone, Debug)]
pub struct Trajectory {
    /// Tables and parameters.
    pub model: Model,
    /// Parameter vector that was run.
    pub parameters: Vec<f64>,
    /// Results.
    pub run: Workspace,
    /// The plan as if all were paid for in its year; none where nothing is left unpaid.
    pub(super) in_full: Option<Pass>,
}

impl Trajectory {
    /// The plan as if all were paid for in its year, whatever the sources.
    #[must_use]
    pub fn in_full(&self) -> &Pass {
        self.in_full.as_ref().unwrap_or(&self.run.plan)
    }

    /// What all services have no source for in a year, those that stand included: what doing it all takes, less what is
    /// paid for.
    #[must_use]
    pub fn to_find_for_all(&self, t: usize) -> f64 {
        self.in_full().year_need(t) - self.run.plan.year_funded(t)
    }
}
