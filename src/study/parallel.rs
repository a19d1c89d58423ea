//! Several threads: many runs at once, an ordered map over draws with progress and cancel; or one run of a large country,
//! whose parts are worked on at the same time. The only use of threads outside the window.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError};

use rayon::prelude::*;

use crate::model::Chunk;
use crate::model::{Detail, Model, Trajectory, Workspace};
use crate::scenario::Scenario;

/// Runs a scenario at full detail; the parts of a large country are worked on at the same time.
#[must_use]
pub fn simulate(scenario: impl Into<Arc<Scenario>>) -> Trajectory {
    Trajectory::of(Model::new(scenario), each)
}

/// Works on all chunks, at the same time where there are several. A run that is one of many, in a study, has a thread
/// already: then one chunk follows the other.
pub fn each(chunks: &mut [Chunk], work: &(dyn Fn(&mut Chunk) + Sync)) {
    if chunks.len() == 1 || rayon::current_thread_index().is_some() {
        chunks.iter_mut().for_each(work);
    } else {
        chunks.par_iter_mut().for_each(work);
    }
}

/// How far a study is, and whether it should stop.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicUsize,
    cancelled: AtomicBool,
}

impl Progress {
    /// Runs finished so far.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Asks the study to stop soon.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// Runs `draws` parameter vectors and reads each result. `vary` changes a copy of the base vector for a draw; `read`
/// takes what is wanted from the finished run, and may run the vector once more in another way. Results come back in the order of the draws, the same bits on any
/// number of threads; none if the study was cancelled.
pub fn map<T: Send>(
    model: &Model,
    detail: Detail,
    draws: usize,
    progress: &Progress,
    vary: impl Fn(usize, &mut [f64]) + Sync,
    read: impl Fn(usize, &[f64], &mut Workspace) -> T + Sync,
) -> Option<Vec<T>> {
    (0..draws)
        .into_par_iter()
        .map_init(
            || (Workspace::new(model, detail), model.parameters.clone()),
            |(workspace, parameters), draw| {
                if progress.cancelled.load(Ordering::Relaxed) {
                    return None;
                }
                parameters.copy_from_slice(&model.parameters);
                vary(draw, parameters);
                model.run(parameters, workspace);
                progress.done.fetch_add(1, Ordering::Relaxed);
                Some(read(draw, parameters, workspace))
            },
        )
        .collect()
}

/// Work that goes on beside the window; dropped, it is cancelled.
#[derive(Debug)]
pub struct Background<T> {
    progress: Arc<Progress>,
    answer: Receiver<T>,
}

impl<T: Send + 'static> Background<T> {
    /// Starts it; `wake` is called when it has ended.
    ///
    /// # Errors
    /// If the system grants no thread.
    pub fn start(
        work: impl FnOnce(&Progress) -> T + Send + 'static,
        wake: impl FnOnce() + Send + 'static,
    ) -> std::io::Result<Self> {
        let progress = Arc::new(Progress::default());
        let (there, (sender, answer)) = (Arc::clone(&progress), std::sync::mpsc::channel());
        std::thread::Builder::new().name("study".into()).spawn(move || {
            // Nobody may be waiting any more.
            let _ = sender.send(work(&there));
            drop(sender);
            wake();
        })?;
        Ok(Self { progress, answer })
    }

    /// How far it is, and the way to cancel it.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The answer, if it is there.
    ///
    /// # Errors
    /// While it is not there yet, or if the work broke off.
    pub fn take(&self) -> Result<T, TryRecvError> {
        self.answer.try_recv()
    }
}

impl<T> Drop for Background<T> {
    fn drop(&mut self) {
        self.progress.cancel();
    }
}
