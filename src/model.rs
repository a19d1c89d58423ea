//! From [`Scenario`](crate::scenario::Scenario) to [`Trajectory`]: one pure function, one file per chapter of the model.
//!
//! [`Model::new`] flattens a scenario into tables and a parameter vector. [`Model::run`] computes one vector without
//! allocating: first the twin (no new plan), then the plan. [`simulate`] is both at [`Detail::FULL`].
//!
//! Nothing here starts a thread: a workspace may be given a way to work on its parts at the same time.

mod access;
mod ahead;
mod at_home;
mod chunk;
mod component;
mod components;
mod dark;
mod demand;
pub mod equity;
mod fixed_part;
mod funded;
pub mod funding;
mod groups;
mod kept;
mod lanes;
pub mod ledger;
mod lever;
mod life;
pub mod measures;
mod on_top;
pub mod outcomes;
mod pass;
mod run;
mod school_cells;
mod schooling;
mod shocks;
mod skills;
pub mod sound;
mod sums;
mod tables;
mod trajectory;
pub mod view;
mod workspace;
mod year;
mod yearly;

pub use ahead::{Ahead, Layers};
pub use chunk::{Chunk, Each};
pub use component::Line;
pub use components::{LINES, LineId, STOCKS, price_paths, today};
pub use pass::Pass;
pub use run::simulate;
pub use sums::{Bin, Detail, OfPersons, stat};
pub use tables::Model;
pub use trajectory::Trajectory;
pub use workspace::Workspace;

use crate::scenario::{Component, Need};

/// Position of a component in tables.
#[must_use]
pub(crate) const fn component_index(component: Component) -> usize {
    component as usize
}

/// Number of components.
pub(crate) const COMPONENT_COUNT: usize = Component::ALL.len();

/// Number of kinds of need.
pub(crate) const NEED_COUNT: usize = Need::ALL.len();

/// A component and a kind of need as one place in tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell(usize);

impl Cell {
    /// Of a component and a kind of need.
    #[must_use]
    pub const fn of(component: Component, need: Need) -> Self {
        Self(component_index(component) * NEED_COUNT + need as usize)
    }

    /// All of them: component by component, the kinds of need in their order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..CELLS).map(Self)
    }

    /// Its component.
    #[must_use]
    pub(crate) fn component(self) -> Component {
        Component::ALL[self.0 / NEED_COUNT]
    }

    /// Its place among all.
    #[must_use]
    pub(crate) const fn index(self) -> usize {
        self.0
    }
}

/// Number of cells.
pub(crate) const CELLS: usize = COMPONENT_COUNT * NEED_COUNT;
