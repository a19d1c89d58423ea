//! The one thread that computes. The newest request wins: one that waits is replaced. What is already being computed is
//! still shown, or a hand that moves faster than the model would see nothing until it rests; only answers about a file
//! that is no longer open are dropped. The window is woken when an answer is there.

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
    /// Which question.
    pub role: Role,
    /// The result.
    pub outcome: Arc<Outcome>,
}

#[derive(Default)]
struct Desk {
    /// What waits, by role: number of the request and scenario.
    waiting: [Option<(u64, Arc<Scenario>)>; 2],
    answers: [Option<Arc<Outcome>>; 2],
    /// Number of requests so far.
    count: u64,
    /// Answers to requests up to this one are about what is no longer open.
    forgotten: u64,
    busy: bool,
    closed: bool,
}

/// Computes scenarios beside the window.
pub struct Worker {
    desk: Arc<(Mutex<Desk>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread; `wake` is called whenever an answer is there.
    ///
    /// # Errors
    /// If the system grants no thread.
    pub fn start(wake: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let desk = Arc::new((Mutex::new(Desk::default()), Condvar::new()));
        let there = Arc::clone(&desk);
        let thread = std::thread::Builder::new()
            .name("model".into())
            .spawn(move || serve(&there, &wake))?;
        Ok(Self {
            desk,
            thread: Some(thread),
        })
    }

    /// A worker without a thread: every request is answered before it returns.
    #[must_use]
    pub fn inline() -> Self {
        Self {
            desk: Arc::default(),
            thread: None,
        }
    }

    /// Asks; what waits in the same role is forgotten.
    pub fn ask(&self, role: Role, scenario: Arc<Scenario>) {
        let mut desk = lock(&self.desk.0);
        let place = role as usize;
        desk.count += 1;
        let number = desk.count;
        if self.thread.is_some() {
            desk.waiting[place] = Some((number, scenario));
            drop(desk);
            self.desk.1.notify_one();
        } else {
            desk.answers[place] = Some(Arc::new(timed(&scenario)));
        }
    }

    /// Another file is open: no answer to what was asked before is wanted.
    pub fn forget(&self) {
        let mut desk = lock(&self.desk.0);
        desk.forgotten = desk.count;
        desk.waiting = [None, None];
        desk.answers = [None, None];
    }

    /// Takes an answer, if one is there.
    #[must_use]
    pub fn take(&self) -> Option<Answer> {
        let mut desk = lock(&self.desk.0);
        for role in [Role::Edited, Role::Saved] {
            let place = role as usize;
            if let Some(outcome) = desk.answers[place].take() {
                return Some(Answer { role, outcome });
            }
        }
        None
    }

    /// True while something waits, is computed, or is not yet taken.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        let desk = lock(&self.desk.0);
        desk.busy || desk.waiting.iter().any(Option::is_some) || desk.answers.iter().any(Option::is_some)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        lock(&self.desk.0).closed = true;
        self.desk.1.notify_one();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported where it happened.
            drop(thread.join());
        }
    }
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

// The foot of the window says how long a run took.
#[allow(clippy::disallowed_methods)]
fn timed(scenario: &Scenario) -> Outcome {
    let start = Instant::now();
    let mut outcome = Outcome::of(scenario);
    outcome.took = start.elapsed().max(Duration::from_nanos(1));
    outcome
}

fn serve((desk, bell): &(Mutex<Desk>, Condvar), wake: &dyn Fn()) {
    let mut here = lock(desk);
    while !here.closed {
        // What is being edited comes before the ghost.
        let next = (0..2).find_map(|place| here.waiting[place].take().map(|request| (place, request)));
        let Some((place, (number, scenario))) = next else {
            here = bell.wait(here).unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        here.busy = true;
        drop(here);
        let outcome = Arc::new(timed(&scenario));
        here = lock(desk);
        here.busy = false;
        if number > here.forgotten {
            here.answers[place] = Some(outcome);
            drop(here);
            wake();
            here = lock(desk);
        }
    }
}
