//! The plan with another funding, run beside the window: what an edit would do before it is made.

use std::sync::Arc;

use crate::app::document::{Document, View};
use crate::app::jobs::{Lane, Ticket};
use crate::app::outcome::Outcome;
use crate::scenario::funding::Funding;
use crate::scenario::{Finding, Scenario};

/// The plan with another funding.
pub(super) struct Tried {
    of: Arc<Scenario>,
    /// The plan as it would be.
    pub scenario: Arc<Scenario>,
    /// What is wrong with it.
    pub errors: Vec<Finding>,
    ticket: Option<Ticket<Outcome>>,
    /// What comes of it; of the last one that could be run until the newest is there.
    pub now: Option<Box<Outcome>>,
}

impl Tried {
    /// Tries a funding, where it or the plan has become another; it runs where it is complete.
    pub fn follow(kept: &mut Option<Self>, document: &Document, view: &View<'_>, funding: &Funding, runs: bool) {
        let same = |tried: &Self| Arc::ptr_eq(&tried.of, &document.scenario) && tried.scenario.funding == *funding;
        if !kept.as_ref().is_some_and(same) {
            let scenario = Arc::new(Scenario {
                funding: funding.clone(),
                ..Scenario::clone(&document.scenario)
            });
            let errors = document.verdict.after(&scenario).errors;
            let runs = runs && errors.is_empty();
            let run = Arc::clone(&scenario);
            *kept = Some(Self {
                of: Arc::clone(&document.scenario),
                scenario,
                errors,
                ticket: runs.then(|| view.jobs.start(Lane::Saved, move |_| Outcome::of(run))),
                now: kept.take().and_then(|tried| tried.now).filter(|_| runs),
            });
        }
        if let Some(tried) = kept
            && let Some(answer) = tried.ticket.as_ref().and_then(Ticket::take)
        {
            (tried.now, tried.ticket) = (answer.ok().map(Box::new), None);
        }
    }

    /// What comes of it over the plan that is shown.
    pub fn of(&self, scenario: &Arc<Scenario>) -> Option<&Outcome> {
        self.now.as_deref().filter(|_| Arc::ptr_eq(&self.of, scenario))
    }
}
