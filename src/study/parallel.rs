//! Many runs at once: an ordered map over draws with progress and cancel. The only use of threads outside the window.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::model::{Detail, Model, Workspace};

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
/// takes what is wanted from the finished run. Results come back in the order of the draws, the same bits on any
/// number of threads; none if the study was cancelled.
pub fn map<T: Send>(
    model: &Model,
    detail: Detail,
    draws: usize,
    progress: &Progress,
    vary: impl Fn(usize, &mut [f64]) + Sync,
    read: impl Fn(usize, &[f64], &Workspace) -> T + Sync,
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
