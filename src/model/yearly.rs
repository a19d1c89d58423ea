//! What is the same for all groups of a level in a year: prices, lives, norms. Computed once a run, before any group.

use super::access::AccessYear;
use super::components::{All, Components, List};
use super::demand::Demand;
use super::lanes::{LANES, sum};
use super::pass::Pass;
use super::sums::Bin;
use super::tables::Model;
use super::year::{LEVELS, Trends, Year, trends};

/// What components and access hold for a year.
type OneYear = (<Components as List>::Yearly, AccessYear);

/// What holds for each year of the twin and of the plan.
#[derive(Clone, Debug)]
pub struct Yearly {
    /// What components hold for all years.
    tables: <Components as List>::Tables,
    /// Learners and teachers of the groups of each level in the base year.
    pub level_totals: [(f64, f64); LEVELS],
    trends: Vec<Trends>,
    twin: Vec<OneYear>,
    plan: Vec<OneYear>,
}

impl Yearly {
    /// Room for a model's years.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        Self {
            tables: Components::tables(model),
            level_totals: [(0.0, 0.0); LEVELS],
            trends: vec![Trends::default(); model.years],
            twin: Vec::with_capacity(model.years),
            plan: Vec::with_capacity(model.years),
        }
    }

    /// A year of a pass, as components see it.
    #[must_use]
    pub fn all<'a>(&'a self, year: Year<'a>, bins: &'a [[Bin; LANES]]) -> All<'a, Components> {
        All {
            year,
            yearly: &self.of(year.twin)[year.t].0,
            tables: &self.tables,
            bins,
        }
    }

    /// How access is reckoned in a year of a pass.
    #[must_use]
    pub fn access(&self, twin: bool, t: usize) -> &AccessYear {
        &self.of(twin)[t].1
    }

    fn of(&self, twin: bool) -> &[OneYear] {
        if twin { &self.twin } else { &self.plan }
    }

    /// How prices move.
    #[must_use]
    pub fn trends(&self, t: usize) -> &Trends {
        &self.trends[t]
    }

    /// Fills all years and writes the unit prices of both passes.
    pub fn fill(&mut self, model: &Model, p: &[f64], demand: &Demand, passes: [&mut Pass; 2]) {
        Components::fill(&mut self.tables, model, p);
        self.level_totals = [(0.0, 0.0); LEVELS];
        for four in 0..model.fours() {
            let (learners, teachers) = &mut self.level_totals[model.level_of_four(four)];
            *learners += sum(model.count(p, four, |of| of.learners));
            *teachers += sum(model.count(p, four, |of| of.teachers));
        }
        trends(model, p, &mut self.trends);
        for (pass, twin) in passes.into_iter().zip([true, false]) {
            let years = if twin { &mut self.twin } else { &mut self.plan };
            years.clear();
            for t in 0..model.years {
                let year = Year {
                    t,
                    twin,
                    p,
                    model,
                    demand,
                    trends: &self.trends[t],
                };
                let components = Components::yearly(&year, &self.tables);
                Components::prices(&components, model.levels.len(), pass.prices_mut(t));
                years.push((components, AccessYear::of(&year)));
            }
        }
    }
}
