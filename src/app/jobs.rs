//! Work beside the window, in one queue: runs of the model, studies, files that are read and written, and the system's
//! dialogs. Who asks keeps a [`Ticket`], by which the work is watched, cancelled and its answer taken; work that breaks off
//! answers with what it said. The window is woken when an answer is there.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;

use crate::study::parallel::Progress;

/// What work waits behind: that of one lane is done one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Runs of what is being edited, the newest first.
    Edited,
    /// Runs of what the files hold: after those, in the same lane.
    Saved,
    /// Studies of many runs, each on all threads.
    Studies,
    /// Files that are read. A file far away may never come, so that none waits for another.
    Reading,
    /// Files that are written.
    Writing,
    /// Questions that the system asks. They may stay open for ever, so that none waits for another.
    Dialogs,
}

/// A piece of work that waits.
struct Waiting {
    lane: Lane,
    progress: Arc<Progress>,
    work: Box<dyn FnOnce() + Send>,
}

#[derive(Default)]
struct Desk {
    waiting: VecDeque<Waiting>,
    closed: bool,
}

type Shared = Arc<(Mutex<Desk>, Condvar)>;
type Wake = Arc<OnceLock<Box<dyn Fn() + Send + Sync>>>;

/// The queue, and the threads that work on it.
#[derive(Default)]
pub struct Jobs {
    desk: Shared,
    wake: Wake,
    threads: RefCell<Vec<(Lane, JoinHandle<()>)>>,
    /// Whether runs are done and files written at once, by who asks.
    inline: bool,
}

/// Work that was asked for. Dropped, it is cancelled, unless it writes a file.
#[derive(Debug)]
pub struct Ticket<T> {
    progress: Arc<Progress>,
    started: Arc<AtomicBool>,
    answer: Receiver<Result<T, String>>,
}

impl<T> Ticket<T> {
    /// How far the work is.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Whether the work has been begun.
    #[must_use]
    pub(crate) fn is_begun(&self) -> bool {
        self.started.load(Ordering::Acquire)
    }

    /// The answer, once it is there: what came of the work, or what the program said where it broke off.
    #[must_use]
    pub fn take(&self) -> Option<Result<T, String>> {
        match self.answer.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(String::new())),
        }
    }
}

impl<T> Drop for Ticket<T> {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}

impl Jobs {
    /// From now on runs are done and files written at once, so that a test sees what comes of it in the next frame.
    pub fn inline(&mut self) {
        self.inline = true;
    }

    /// Whether runs are done at once.
    pub(crate) const fn is_inline(&self) -> bool {
        self.inline
    }

    /// What wakes the window when an answer is there.
    pub(crate) fn wake(&self, wake: impl Fn() + Send + Sync + 'static) {
        // A window has one context: what comes later is the same.
        let _ = self.wake.set(Box::new(wake));
    }

    /// Asks for work.
    pub fn start<T: Send + 'static>(
        &self,
        lane: Lane,
        work: impl FnOnce(&Progress) -> T + Send + 'static,
    ) -> Ticket<T> {
        let (sender, answer) = mpsc::channel();
        let ticket = Ticket {
            progress: Arc::default(),
            started: Arc::default(),
            answer,
        };
        let (progress, started) = (Arc::clone(&ticket.progress), Arc::clone(&ticket.started));
        let wake = Arc::clone(&self.wake);
        let work: Box<dyn FnOnce() + Send> = Box::new(move || {
            started.store(true, Ordering::Release);
            // Work shares nothing with the next: what it leaves half done goes with it.
            let done = catch_unwind(AssertUnwindSafe(|| work(&progress)));
            // Nobody may be waiting any more.
            if sender.send(done.map_err(|panic| said(&*panic))).is_ok()
                && let Some(wake) = wake.get()
            {
                wake();
            }
        });
        match lane {
            Lane::Edited | Lane::Saved | Lane::Writing if self.inline => work(),
            Lane::Dialogs | Lane::Reading => {
                // Without a thread the answer is that there is none; the path field beside a dialog still serves.
                drop(std::thread::Builder::new().name(lane.name().into()).spawn(work));
            }
            _ if self.has_thread(lane) => {
                let progress = Arc::clone(&ticket.progress);
                lock(&self.desk.0).waiting.push_back(Waiting { lane, progress, work });
                self.desk.1.notify_all();
            }
            _ => work(),
        }
        ticket
    }

    /// Whether somebody works in a lane; a thread is started where that is not so yet. The system may grant none.
    fn has_thread(&self, lane: Lane) -> bool {
        let lane = lane.of_thread();
        let mut threads = self.threads.borrow_mut();
        if threads.iter().any(|(other, _)| *other == lane) {
            return true;
        }
        let desk = Arc::clone(&self.desk);
        let thread = std::thread::Builder::new().name(lane.name().into());
        let thread = thread.spawn(move || serve(&desk, lane));
        threads.extend(thread.ok().map(|thread| (lane, thread)));
        threads.iter().any(|(other, _)| *other == lane)
    }
}

impl Lane {
    /// The lane whose thread does the work.
    const fn of_thread(self) -> Self {
        match self {
            Self::Saved => Self::Edited,
            other => other,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Edited | Self::Saved => "model",
            Self::Studies => "study",
            Self::Reading => "reading",
            Self::Writing => "writing",
            Self::Dialogs => "dialog",
        }
    }
}

impl Drop for Jobs {
    /// Files that are to be written are waited for; nothing else is, for it may last for ever.
    fn drop(&mut self) {
        lock(&self.desk.0).closed = true;
        self.desk.1.notify_all();
        for (lane, thread) in self.threads.take() {
            if lane == Lane::Writing {
                drop(thread.join());
            }
        }
    }
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the program said when it broke off.
fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().copied();
    let said = said.or(panic.downcast_ref::<String>().map(String::as_str));
    said.unwrap_or_default().to_owned()
}

fn serve((desk, bell): &(Mutex<Desk>, Condvar), lane: Lane) {
    let mut here = lock(desk);
    while !here.closed || lane == Lane::Writing {
        here.waiting
            .retain(|waiting| waiting.lane == Lane::Writing || !waiting.progress.cancelled().load(Ordering::Relaxed));
        // What is being edited comes before what the files hold, the newest first; other work in its order.
        let next = if lane == Lane::Edited {
            let of = |lane: Lane| here.waiting.iter().rposition(|waiting| waiting.lane == lane);
            of(Lane::Edited).or(of(Lane::Saved))
        } else {
            here.waiting.iter().position(|waiting| waiting.lane == lane)
        };
        let Some(next) = next.and_then(|next| here.waiting.remove(next)) else {
            if here.closed {
                return;
            }
            here = bell.wait(here).unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        drop(here);
        (next.work)();
        here = lock(desk);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    use super::*;

    /// Waits for a sign, for half a minute at most.
    fn wait(sign: impl Fn() -> bool) {
        for _ in 0..6_000 {
            if sign() {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it never comes");
    }

    #[test]
    fn all_files_are_written_before_the_window_is_gone_and_nothing_else_is_waited_for() {
        let (jobs, written, free) = (
            Jobs::default(),
            Arc::new(AtomicUsize::new(0)),
            Arc::new(AtomicBool::new(false)),
        );
        let reads = {
            let free = Arc::clone(&free);
            jobs.start(Lane::Reading, move |_| wait(|| free.load(Ordering::Relaxed)))
        };
        for _ in 0..3 {
            let written = Arc::clone(&written);
            // Who asked is gone before it is done.
            drop(jobs.start(Lane::Writing, move |_| {
                std::thread::sleep(Duration::from_millis(20));
                written.fetch_add(1, Ordering::Relaxed);
            }));
        }
        wait(|| reads.is_begun());
        drop(jobs);
        assert_eq!(written.load(Ordering::Relaxed), 3);
        assert!(reads.take().is_none(), "a file that is read was waited for");
        free.store(true, Ordering::Relaxed);
    }
}
