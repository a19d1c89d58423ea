//! The plan with one source that is another, run beside the window: what an edit would do before it is made.

use std::sync::Arc;

use super::edits;
use crate::app::document::{Document, View};
use crate::app::jobs::{Lane, Ticket};
use crate::app::outcome::Outcome;
use crate::scenario::{Finding, Scenario, Source};

/// The plan with a source at a place of its list, or after the last.
pub(super) struct Tried {
    of: Arc<Scenario>,
    at: usize,
    source: Source,
    /// What is wrong with it.
    pub errors: Vec<Finding>,
    ticket: Option<Ticket<Outcome>>,
    /// What comes of it; of the last one that could be run until the newest is there.
    pub now: Option<Box<Outcome>>,
}

impl Tried {
    /// Tries a source, where it or the plan has become another; it runs where it is complete.
    pub fn follow(
        kept: &mut Option<Self>,
        document: &Document,
        view: &View<'_>,
        at: usize,
        source: &Source,
        runs: bool,
    ) {
        let same =
            |tried: &Self| Arc::ptr_eq(&tried.of, &document.scenario) && tried.at == at && tried.source == *source;
        if !kept.as_ref().is_some_and(same) {
            let scenario = Arc::new(edits::with(&document.scenario, at, source));
            let errors = document.verdict.after(&scenario).errors;
            let runs = runs && errors.is_empty();
            *kept = Some(Self {
                of: Arc::clone(&document.scenario),
                at,
                source: source.clone(),
                errors,
                ticket: runs.then(|| view.jobs.start(Lane::Saved, move |_| Outcome::of(scenario))),
                now: kept.take().and_then(|tried| tried.now).filter(|_| runs),
            });
        }
        if let Some(tried) = kept
            && let Some(answer) = tried.ticket.as_ref().and_then(Ticket::take)
        {
            (tried.now, tried.ticket) = (answer.ok().map(Box::new), None);
        }
    }
}
