//! A plan with something laid over it: run beside the window, nothing of it in the plan.

use std::sync::Arc;

use crate::app::document::{Document, View};
use crate::app::findings;
use crate::app::jobs::{Lane, Ticket};
use crate::app::outcome::Outcome;
use crate::scenario::Scenario;

/// A plan with something laid over it.
pub(super) struct Laid {
    pub scenario: Arc<Scenario>,
    /// Why it cannot be run.
    pub refused: Option<String>,
    ticket: Option<Ticket<Outcome>>,
    pub now: Option<Arc<Outcome>>,
}

impl Laid {
    /// Has a plan run as it is to be, unless an error is found in it.
    pub fn over(document: &Document, scenario: Scenario, view: &View<'_>) -> Self {
        let scenario = Arc::new(scenario);
        let verdict = document.verdict.after(&scenario);
        let refused = verdict.errors.first().map(|why| findings::line(why, None, view.words));
        let run = Arc::clone(&scenario);
        let ticket = refused
            .is_none()
            .then(|| view.jobs.start(Lane::Saved, move |_| Outcome::of(run)));
        Self {
            scenario,
            refused,
            ticket,
            now: None,
        }
    }

    /// A plan as it is open, which is run elsewhere.
    pub fn as_open(document: &Document) -> Self {
        Self {
            scenario: Arc::clone(&document.scenario),
            refused: None,
            ticket: None,
            now: None,
        }
    }

    /// Takes its results where they are there.
    pub fn look(&mut self) {
        match self.ticket.as_ref().and_then(Ticket::take) {
            Some(Ok(outcome)) => (self.now, self.ticket) = (Some(Arc::new(outcome)), None),
            Some(Err(why)) => (self.refused, self.ticket) = (Some(why), None),
            None => {}
        }
    }
}
