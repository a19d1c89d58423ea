//! A finished run.

use std::sync::OnceLock;

use super::ahead::Ahead;
use super::pass::Pass;
use super::tables::Model;
use super::workspace::Workspace;

/// A finished run at full detail, with the model that made it.
#[derive(Clone, Debug)]
pub struct Trajectory {
    /// Tables and parameters.
    pub model: Model,
    /// Parameter vector that was run.
    pub parameters: Vec<f64>,
    /// Results.
    pub run: Workspace,
    /// The bill after the last year, once somebody has asked for it.
    pub(super) bill: OnceLock<Ahead>,
}

impl Trajectory {
    /// The plan as if all were paid for in its year, whatever the sources.
    #[must_use]
    pub fn in_full(&self) -> &Pass {
        self.run.in_full().unwrap_or(&self.run.plan)
    }

    /// Its twin, for which all is paid too.
    #[must_use]
    pub fn twin_in_full(&self) -> &Pass {
        self.run.twin_in_full()
    }

    /// What all services have no source for in a year, those that stand included: what doing it all takes, less what is
    /// paid for.
    #[must_use]
    pub fn to_find_for_all(&self, t: usize) -> f64 {
        self.in_full().year_need(t) - self.run.plan.year_funded(t)
    }
}
