//! The one thread that computes. The newest request wins: one that waits is replaced. What is already being computed is
//! still shown, or a hand that moves faster than the model would see nothing until it rests; only answers about a file
//! that is no longer open are dropped. The window is woken when an answer is there. A run that breaks off is an answer too,
//! and the next one starts afresh.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::outcome::Outcome;
use crate::scenario::Scenario;

/// Which question an answer belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The scenario as it is being edited.
    Edited,
    /// The scenario as it stands in the file: the ghost.
    Saved,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Which open scenario.
    pub document: u64,
    /// Which question.
    pub role: Role,
    /// The scenario that was asked about.
    pub scenario: Arc<Scenario>,
    /// The result; what the program said if it broke off.
    pub outcome: Result<Arc<Outcome>, String>,
}

/// What computes.
pub type Compute = fn(Arc<Scenario>) -> Outcome;

#[derive(Default)]
struct Desk {
    /// What waits, the oldest first; at most one request for a document and role.
    waiting: Vec<(u64, Role, Arc<Scenario>)>,
    answers: Vec<Answer>,
    /// The document and role being computed, until it is answered or forgotten.
    busy: Option<(u64, Role)>,
    closed: bool,
}

impl Desk {
    fn answer(&mut self, answer: Answer) {
        self.answers
            .retain(|old| (old.document, old.role) != (answer.document, answer.role));
        self.answers.push(answer);
    }
}

/// Computes scenarios beside the window.
pub struct Worker {
    compute: Compute,
    desk: Arc<(Mutex<Desk>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread; `wake` is called whenever an answer is there.
    ///
    /// # Errors
    /// If the system grants no thread.
    pub fn start(compute: Compute, wake: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let desk = Arc::new((Mutex::new(Desk::default()), Condvar::new()));
        let there = Arc::clone(&desk);
        let thread = std::thread::Builder::new()
            .name("model".into())
            .spawn(move || serve(&there, compute, &wake))?;
        Ok(Self {
            compute,
            desk,
            thread: Some(thread),
        })
    }

    /// A worker without a thread: every request is answered before it returns.
    #[must_use]
    pub fn inline(compute: Compute) -> Self {
        Self {
            compute,
            desk: Arc::default(),
            thread: None,
        }
    }

    /// Asks; what waits for the same document and role is forgotten.
    pub fn ask(&self, document: u64, role: Role, scenario: Arc<Scenario>) {
        if self.thread.is_none() {
            let outcome = timed(self.compute, Arc::clone(&scenario));
            let mut desk = lock(&self.desk.0);
            desk.answer(Answer {
                document,
                role,
                scenario,
                outcome,
            });
            return;
        }
        let mut desk = lock(&self.desk.0);
        desk.waiting
            .retain(|(other, asked, _)| (*other, *asked) != (document, role));
        desk.waiting.push((document, role, scenario));
        drop(desk);
        self.desk.1.notify_one();
    }

    /// A document is closed: no answer about it is wanted.
    pub fn forget(&self, document: u64) {
        let mut desk = lock(&self.desk.0);
        desk.waiting.retain(|(other, ..)| *other != document);
        desk.answers.retain(|answer| answer.document != document);
        desk.busy = desk.busy.filter(|(other, _)| *other != document);
    }

    /// Takes an answer, if one is there.
    #[must_use]
    pub fn take(&self) -> Option<Answer> {
        lock(&self.desk.0).answers.pop()
    }

    /// True while something waits, is computed, or is not yet taken.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let desk = lock(&self.desk.0);
        desk.busy.is_some() || !desk.waiting.is_empty() || !desk.answers.is_empty()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        lock(&self.desk.0).closed = true;
        self.desk.1.notify_one();
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

// The foot of the window says how long a run took.
#[allow(clippy::disallowed_methods)]
fn timed(compute: Compute, scenario: Arc<Scenario>) -> Result<Arc<Outcome>, String> {
    let start = Instant::now();
    // A run shares nothing with the next: what it leaves half done goes with it.
    let run = catch_unwind(AssertUnwindSafe(|| compute(scenario)));
    let mut outcome = run.map_err(|panic| {
        let said = panic.downcast_ref::<&str>().copied();
        let said = said.or(panic.downcast_ref::<String>().map(String::as_str));
        said.unwrap_or_default().to_owned()
    })?;
    outcome.took = start.elapsed().max(Duration::from_nanos(1));
    Ok(Arc::new(outcome))
}

fn serve((desk, bell): &(Mutex<Desk>, Condvar), compute: Compute, wake: &dyn Fn()) {
    let mut here = lock(desk);
    while !here.closed {
        // What is being edited comes before the ghosts, the newest request first.
        let next = here
            .waiting
            .iter()
            .rposition(|(_, role, _)| *role == Role::Edited)
            .or(here.waiting.len().checked_sub(1));
        let Some(next) = next else {
            here = bell.wait(here).unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        let (document, role, scenario) = here.waiting.remove(next);
        here.busy = Some((document, role));
        drop(here);
        let outcome = timed(compute, Arc::clone(&scenario));
        here = lock(desk);
        if here.busy.take().is_some() {
            here.answer(Answer {
                document,
                role,
                scenario,
                outcome,
            });
            drop(here);
            wake();
            here = lock(desk);
        }
    }
}
