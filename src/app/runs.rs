//! Results of the open scenarios: asked for when one has become another, taken over when they are there. The newest request
//! wins: one that waits is replaced. What is already being computed is still shown, or a hand that moves faster than the
//! model would see nothing until it rests.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::document::Asking;
use super::front::Notice;
use super::history::Headline;
use super::jobs::Lane;
use super::outcome::Outcome;
use super::words::fill;
use super::{App, findings};
use crate::scenario::Scenario;

/// What computes a scenario, in the room of earlier results where there are such: the model, but in a test.
pub(crate) type Compute = fn(Option<Outcome>, Arc<Scenario>) -> Outcome;

/// As many as are in use while one is shown, one is computed and one is on its way.
const MOST_SPARE: usize = 2;

impl App {
    /// Asks for the results of an open scenario: as it is being edited, or as its file holds it.
    pub(super) fn ask_run(&mut self, at: usize, lane: Lane) {
        // Computing begins with the first frame.
        if !self.begun && !self.jobs.is_inline() {
            return;
        }
        let document = &mut self.documents[at];
        let scenario = if lane == Lane::Saved {
            &document.saved
        } else {
            &document.scenario
        };
        let (scenario, asked, compute) = (Arc::clone(scenario), Arc::clone(scenario), self.compute);
        document.runs.retain(|run| run.lane != lane || run.ticket.is_begun());
        let spare = Arc::clone(&document.spare);
        let ticket = self.jobs.start(lane, move |_| {
            // What a file holds is computed once: the room is left to what is being edited.
            let room = match lane {
                Lane::Saved => None,
                _ => lock(&spare).pop(),
            };
            timed(|| compute(room, asked))
        });
        document.runs.push(Asking { lane, scenario, ticket });
    }

    /// Asks for the results of all that have none yet.
    pub(super) fn ask_missing(&mut self) {
        for at in 0..self.documents.len() {
            if self.documents[at].now.is_none() {
                self.ask_run(at, Lane::Edited);
                self.ask_run(at, Lane::Saved);
            }
        }
    }

    /// Takes over the results that are there.
    pub(super) fn take_runs(&mut self) {
        for at in 0..self.documents.len() {
            let mut position = 0;
            while let Some(asking) = self.documents[at].runs.get(position) {
                match asking.ticket.take() {
                    None => position += 1,
                    Some(outcome) => {
                        let asking = self.documents[at].runs.remove(position);
                        self.take_outcome(at, &asking, outcome);
                    }
                }
            }
        }
    }

    fn take_outcome(&mut self, at: usize, asking: &Asking, outcome: Result<Outcome, String>) {
        let document = &mut self.documents[at];
        // What cannot be computed, and what came out as no number, is told alike.
        let outcome = outcome.map_err(|why| {
            let values = [("file", document.name.as_str()), ("why", why.as_str())];
            fill(self.words.run_failed, &values)
        });
        let outcome = outcome.and_then(|outcome| match &outcome.unsound {
            Some(finding) => {
                let why = findings::said(finding, Some(&document.scenario), self.words);
                let values = [("file", document.name.as_str()), ("why", why.as_str())];
                Err(fill(self.words.run_unsound, &values))
            }
            None => Ok(Arc::new(outcome)),
        });
        match (asking.lane, outcome) {
            (Lane::Saved, outcome) => document.before = outcome.ok(),
            (_, Ok(outcome)) => {
                let is_this = Arc::ptr_eq(&asking.scenario, &document.scenario);
                let news = is_this && document.history.comes_to(Headline::of(&outcome));
                let last = document.now.replace(outcome);
                if let Some(last) = last.and_then(Arc::into_inner) {
                    let mut spare = lock(&document.spare);
                    if spare.len() < MOST_SPARE {
                        spare.push(last);
                    }
                }
                document.broken = None;
                if news && document.history.edits().next().is_some() {
                    self.keep(at);
                }
            }
            // What was asked for before the last edit says nothing of what is shown.
            (_, Err(_)) if !Arc::ptr_eq(&asking.scenario, &document.scenario) => {}
            (_, Err(why)) => {
                // Older results are not those of what is shown.
                document.now = None;
                if document.broken.is_none() {
                    self.stage.tell(Notice::Message(why.clone()));
                }
                document.broken = Some(why);
            }
        }
    }
}

fn lock(spare: &Mutex<Vec<Outcome>>) -> MutexGuard<'_, Vec<Outcome>> {
    spare.lock().unwrap_or_else(PoisonError::into_inner)
}

// The foot of the window says how long a run took.
#[allow(clippy::disallowed_methods)]
fn timed(compute: impl FnOnce() -> Outcome) -> Outcome {
    let start = Instant::now();
    let mut outcome = compute();
    outcome.took = start.elapsed().max(Duration::from_nanos(1));
    outcome
}
