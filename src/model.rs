//! From [`Scenario`] to [`Trajectory`]: one pure function, one file per chapter of the model.
//!
//! [`Model::new`] flattens a scenario into tables and a parameter vector. [`Model::run`] computes one vector without
//! allocating: first the twin (no new plan), then the plan. [`simulate`] is both at [`Detail::Full`].
//!
//! A year runs in this order: open stocks, needs of all components on opening stocks and planned year-end
//! quantities, allocation of money, apply what was funded, what is in service, access, learning. Nothing in a year
//! depends on what is funded later in the same year.

pub mod access;
pub mod allocation;
pub mod component;
pub mod components;
pub mod debt;
pub mod demand;
pub mod equity;
pub mod indicators;
pub mod ledger;
pub mod outcomes;
pub mod sources;
pub mod tables;
pub mod trajectory;
pub mod workspace;

use component::Year;
use components::COMPONENTS;
pub use tables::Model;
pub use trajectory::Trajectory;
pub use workspace::{Detail, Workspace};

use crate::scenario::{Component, Need, Scenario};

/// Runs a scenario at full detail.
#[must_use]
pub fn simulate(scenario: &Scenario) -> Trajectory {
    let model = Model::new(scenario);
    let mut workspace = Workspace::new(&model, Detail::Full);
    model.run(&model.parameters, &mut workspace);
    Trajectory::of(model, workspace)
}

impl Model {
    /// Computes one parameter vector: the twin, then the plan. The results stand in the workspace.
    ///
    /// The twin does not see the plan's levers nor its money; when nothing else has changed since the last run of this
    /// workspace, its results still hold.
    pub fn run(&self, p: &[f64], ws: &mut Workspace) {
        ws.demand.project(self, p);
        let same = |range: &std::ops::Range<usize>| {
            ws.twin_of[range.clone()]
                .iter()
                .zip(&p[range.clone()])
                .all(|(old, new)| old.to_bits() == new.to_bits())
        };
        if ws.twin_of.len() != p.len() || !self.twin_depends.iter().all(same) {
            self.pass(p, ws, true);
            ws.twin_of.clear();
            ws.twin_of.extend_from_slice(p);
        }
        self.pass(p, ws, false);
    }

    /// All groups, block after block.
    fn blocks(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let groups = self.groups();
        (0..groups)
            .step_by(BLOCK)
            .map(move |start| start..(start + BLOCK).min(groups))
    }

    fn pass(&self, p: &[f64], ws: &mut Workspace, twin: bool) {
        let Workspace {
            state,
            demand,
            sheet,
            funded,
            money,
            twin: twin_pass,
            plan: plan_pass,
            bins,
            ..
        } = ws;
        let (pass, counterpart) = if twin {
            (twin_pass, None)
        } else {
            (plan_pass, Some(&*twin_pass))
        };
        pass.clear();
        if !twin {
            money.open(self, p, counterpart.map_or(&[][..], |twin| &twin.envelope));
        }
        state.open(self, p, demand);
        let scope = bins.as_slice();
        for t in 0..self.years {
            let year = Year {
                t,
                twin,
                p,
                model: self,
                demand,
                counterpart,
            };
            state.turn(&year);
            sheet.clear();
            if t == 0 {
                // The base year has state only: everything that is there is in service, no money flows.
                funded.everything();
            } else {
                for block in self.blocks() {
                    for component in COMPONENTS {
                        component.needs(&year, state, sheet, scope, block.clone());
                    }
                }
                components::management::needs(&year, sheet, scope);
                sheet.taxes(&year);
                if twin {
                    funded.everything();
                    pass.envelope[t] = sheet.total(&[Need::Upkeep, Need::Renewal]);
                } else {
                    money.allocate(&year, sheet, funded);
                }
            }
            for block in self.blocks() {
                // In reverse: what is in service of one (technicians) counts for another (repair of devices).
                for component in COMPONENTS.iter().rev().filter(|_| t > 0) {
                    component.apply(&year, state, funded, sheet, scope, block.clone());
                }
                access::serve(&year, state, funded, pass, scope, block);
            }
            pass.record(&year, sheet, funded, scope);
        }
        outcomes::learn(self, p, pass, twin);
        if !twin {
            debt::service(self, p, money);
        }
    }
}

/// Groups that are worked on together, so that what one component wrote is still at hand for the next.
const BLOCK: usize = 512;

/// Position of a component in tables.
#[must_use]
pub const fn component_index(component: Component) -> usize {
    component as usize
}

/// Position of a kind of need in tables.
#[must_use]
pub const fn need_index(need: Need) -> usize {
    need as usize
}

/// Number of components.
pub const COMPONENT_COUNT: usize = Component::ALL.len();

/// Number of kinds of need.
pub const NEED_COUNT: usize = Need::ALL.len();

/// A component and a kind of need as one index.
#[must_use]
pub const fn cell(component: Component, need: Need) -> usize {
    component_index(component) * NEED_COUNT + need_index(need)
}

/// Number of cells.
pub const CELLS: usize = COMPONENT_COUNT * NEED_COUNT;
