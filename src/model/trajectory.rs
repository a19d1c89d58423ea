//! What a run knows, year by year: one [`Pass`] for the plan and one for its twin.

use super::access::MARGINS;
use super::component::{Fraction, Funded, LINES, STOCKS, Sheet, Year, sum};
use super::tables::Model;
use super::workspace::{Detail, Workspace};
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
    stats: Vec<f64>,
    persons: Vec<f64>,
    quantity: Vec<f64>,
    price: Vec<f64>,
    flows: Vec<f64>,
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
            stats: vec![0.0; years * bins * stat::COUNT],
            persons: if full {
                vec![0.0; years * bins * MARGINS * 3]
            } else {
                Vec::new()
            },
            quantity: vec![0.0; years * LINES.len() * bins],
            price: vec![0.0; years * LINES.len() * levels],
            flows: if full {
                vec![0.0; years * STOCKS.len() * bins * 2]
            } else {
                Vec::new()
            },
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

    /// Empties it for the next run.
    pub fn clear(&mut self) {
        self.stats.fill(0.0);
        self.persons.fill(0.0);
        self.need.fill(0.0);
        self.funded.fill(0.0);
        self.envelope.fill(0.0);
        self.theta_capped = false;
    }

    /// Whether results by person are kept.
    #[must_use]
    pub fn has_persons(&self) -> bool {
        !self.persons.is_empty()
    }

    /// Adds sums to a bin and empties them.
    pub fn add_stats(&mut self, t: usize, bin: usize, sums: &mut [f64; stat::COUNT]) {
        let at = (t * self.bins + bin) * stat::COUNT;
        for (total, sum) in self.stats[at..at + stat::COUNT].iter_mut().zip(sums.iter_mut()) {
            *total += *sum;
            *sum = 0.0;
        }
    }

    /// Learners, learners reached and dose of a margin, to be added to.
    pub fn persons_of(&mut self, t: usize, bin: usize, margin: usize) -> &mut [f64] {
        let at = ((t * self.bins + bin) * MARGINS + margin) * 3;
        &mut self.persons[at..at + 3]
    }

    /// A sum of one bin.
    #[must_use]
    pub fn stat(&self, t: usize, bin: usize, which: usize) -> f64 {
        self.stats[(t * self.bins + bin) * stat::COUNT + which]
    }

    /// A sum over the bins that are asked for.
    #[must_use]
    pub fn over(&self, t: usize, which: usize, bins: &dyn Fn(usize) -> bool) -> f64 {
        (0..self.bins)
            .filter(|bin| bins(*bin))
            .map(|bin| self.stat(t, bin, which))
            .sum()
    }

    /// Learners (0), learners reached (1) or dose (2) of a margin over the bins that are asked for.
    #[must_use]
    pub fn persons(&self, t: usize, margin: usize, which: usize, bins: &dyn Fn(usize) -> bool) -> f64 {
        (0..self.bins)
            .filter(|bin| bins(*bin))
            .map(|bin| self.persons[((t * self.bins + bin) * MARGINS + margin) * 3 + which])
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
        if t == 0 {
            0.0
        } else {
            self.quantity[(t * LINES.len() + line) * self.bins + bin]
        }
    }

    /// Unit price of a cost line in the level of a bin.
    #[must_use]
    pub fn price(&self, t: usize, line: usize, bin: usize) -> f64 {
        self.price[(t * LINES.len() + line) * self.levels + usize::from(self.bin_level[bin])]
    }

    /// What came into a stock (0) or left it (1) in a bin; full detail only.
    #[must_use]
    pub fn flow(&self, t: usize, stock: usize, bin: usize, way: usize) -> f64 {
        if t == 0 {
            0.0
        } else {
            self.flows[((t * STOCKS.len() + stock) * self.bins + bin) * 2 + way]
        }
    }

    /// Learning gain of a grade.
    #[must_use]
    pub fn theta(&self, t: usize, grade: usize) -> f64 {
        self.theta[t * self.grades + grade]
    }

    /// First year in which unfunded upkeep takes at least a share of equipped schools out of service (6.6).
    #[must_use]
    pub fn first_dark(&self, threshold: f64) -> Option<usize> {
        let all = |_: usize| true;
        (1..self.years).find(|t| {
            let equipped = self.over(*t, stat::EQUIPPED_STOCK, &all);
            equipped > 0.0 && self.over(*t, stat::DARK, &all) / equipped >= threshold
        })
    }

    /// Keeps the year's needs, quantities and what was funded.
    pub(super) fn record(&mut self, year: &Year<'_>, sheet: &Sheet, funded: &Funded, bins: &[u32]) {
        let t = year.t;
        if t == 0 {
            return;
        }
        let lines = LINES.len() * self.bins;
        self.quantity[t * lines..(t + 1) * lines].copy_from_slice(&sheet.quantity);
        let prices = LINES.len() * self.levels;
        self.price[t * prices..(t + 1) * prices].copy_from_slice(&sheet.price);
        let full = !self.funded_in.is_empty();
        if full {
            let flows = STOCKS.len() * self.bins * 2;
            self.flows[t * flows..(t + 1) * flows].copy_from_slice(&sheet.flows);
            self.funded_in[t * CELLS * self.bins..(t + 1) * CELLS * self.bins].fill(0.0);
        }
        for component in Component::ALL {
            for need in Need::ALL {
                let at = cell(*component, *need);
                let needed = sheet.needed(at);
                let share = funded.of(*component, *need);
                let (total, paid) = match share {
                    Fraction::All(share) => {
                        let total = sum(needed);
                        (total, total * share)
                    }
                    Fraction::Each(shares) => (
                        sum(needed),
                        needed.iter().zip(shares).map(|(need, share)| need * share).sum(),
                    ),
                };
                self.need[t * CELLS + at] = total;
                self.funded[t * CELLS + at] = paid;
                if full {
                    let row = (t * CELLS + at) * self.bins;
                    for (g, need) in needed.iter().enumerate() {
                        self.funded_in[row + bins[g] as usize] += need * share.at(g);
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
}

impl Trajectory {
    /// Wraps the results of a run of the model's own parameters.
    #[must_use]
    pub fn of(model: Model, run: Workspace) -> Self {
        Self {
            parameters: model.parameters.clone(),
            model,
            run,
        }
    }

    /// First dark year of the plan as a calendar year.
    #[must_use]
    pub fn first_dark_year(&self) -> Option<i32> {
        let threshold = Model::number(&self.parameters, self.model.slots.funding.dark);
        self.run.plan.first_dark(threshold).map(|t| self.model.calendar(t))
    }

    /// Cost of the plan beyond the twin in a year, constant US$.
    #[must_use]
    pub fn plan_cost(&self, t: usize) -> f64 {
        self.run.plan.year_need(t) - self.run.twin.year_need(t)
    }
}
