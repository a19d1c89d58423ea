//! Several threads: many runs at once, an ordered map over draws with progress and cancel; or one run of a large country,
//! whose parts are worked on at the same time. The only use of threads outside the window.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::model::Chunk;
use crate::model::{Detail, Model, Trajectory, Workspace};
use crate::scenario::Scenario;

/// Runs a scenario at full detail; the parts of a large country are worked on at the same time.
#[must_use]
pub fn simulate(scenario: impl Into<Arc<Scenario>>) -> Trajectory {
    Trajectory::of(Model::new(scenario), each)
}

/// The same, in the room of an earlier run where there is one; it stays for the next.
#[must_use]
pub fn simulate_again(earlier: Option<Trajectory>, scenario: impl Into<Arc<Scenario>>) -> Trajectory {
    match earlier {
        Some(earlier) => earlier.again(scenario),
        None => Trajectory::lasting(Model::new(scenario), each),
    }
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

    /// Whether it was asked to stop, for work that looks now and then.
    #[must_use]
    pub const fn cancelled(&self) -> &AtomicBool {
        &self.cancelled
    }
}

/// Runs `draws` parameter vectors and reads each result. `vary` changes a copy of the base vector for a draw; `read`
/// takes what is wanted from the finished run of a model, and may run the vector once more in another way. A draw that moves a
/// number which shapes the model's tables gets a model of its own. Results come back in the order of the draws, the same bits
/// on any number of threads; none if the study was cancelled.
pub fn map<T: Send>(
    model: &Model,
    detail: Detail,
    draws: usize,
    progress: &Progress,
    vary: impl Fn(usize, &mut [f64]) + Sync,
    read: impl Fn(&Model, &[f64], &mut Workspace) -> T + Sync,
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
                let result = if model.holds(parameters) {
                    model.run(parameters, workspace);
                    read(model, parameters, workspace)
                } else {
                    let own = Model::new(model.scenario.with(parameters));
                    let mut workspace = Workspace::new(&own, detail);
                    own.run(&own.parameters, &mut workspace);
                    read(&own, &own.parameters, &mut workspace)
                };
                progress.done.fetch_add(1, Ordering::Relaxed);
                Some(result)
            },
        )
        .collect()
}
