//! The thread that writes journals and settings, at most once a second. Nothing waits for it but closing. What could not be
//! written is tried again until it can.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{About, Slot, Track, Writer};
use crate::data::store::{self, SaveError};

/// Least time between two writings.
const PAUSE: Duration = Duration::from_secs(1);

/// Time after which what could not be written is tried again.
const AGAIN: Duration = Duration::from_secs(2);

/// An open scenario to be kept.
pub struct Kept {
    /// Its place.
    pub slot: Arc<Slot>,
    /// What it is.
    pub about: About,
    /// It and its history.
    pub track: Track,
}

/// What is to be written.
#[derive(Default)]
struct Work {
    journals: BTreeMap<PathBuf, Kept>,
    settings: Option<(PathBuf, String)>,
}

impl Work {
    fn is_empty(&self) -> bool {
        self.journals.is_empty() && self.settings.is_none()
    }

    /// Adds what is older: of what there is already, the newer counts.
    fn add(&mut self, older: Self) {
        for (path, kept) in older.journals {
            self.journals.entry(path).or_insert(kept);
        }
        self.settings = self.settings.take().or(older.settings);
    }
}

/// A change in what can be written.
#[derive(Debug)]
pub enum News {
    /// Something could not be written.
    Failed(SaveError),
    /// All is written again.
    Mended,
}

#[derive(Default)]
struct Desk {
    waiting: Work,
    /// What could not be written.
    failed: Work,
    /// Closed: what is remembered of them can go.
    closed: Vec<PathBuf>,
    busy: bool,
    /// Someone waits: no pause.
    hurry: bool,
    ending: bool,
    news: Option<News>,
    /// Called when there is news.
    wake: Option<Box<dyn Fn() + Send>>,
}

/// The way to the thread.
pub struct Keeper {
    desk: Arc<(Mutex<Desk>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system grants no thread.
    pub fn start() -> io::Result<Self> {
        let desk: Arc<(Mutex<Desk>, Condvar)> = Arc::default();
        let there = Arc::clone(&desk);
        let thread = std::thread::Builder::new()
            .name("journal".into())
            .spawn(move || serve(&there))?;
        Ok(Self {
            desk,
            thread: Some(thread),
        })
    }

    /// Has someone woken whenever there is news.
    pub(crate) fn wake(&self, wake: impl Fn() + Send + 'static) {
        lock(&self.desk.0).wake = Some(Box::new(wake));
    }

    /// Keeps an open scenario as it is now; what still waits to be written of it is forgotten.
    pub fn keep(&self, kept: Kept) {
        let mut desk = lock(&self.desk.0);
        desk.failed.journals.remove(&kept.slot.journal);
        desk.waiting.journals.insert(kept.slot.journal.clone(), kept);
        drop(desk);
        self.desk.1.notify_all();
    }

    /// Keeps the settings.
    pub(crate) fn keep_settings(&self, path: PathBuf, text: String) {
        lock(&self.desk.0).waiting.settings = Some((path, text));
        self.desk.1.notify_all();
    }

    /// Returns when all that can be is written.
    pub(crate) fn flush(&self) {
        let mut desk = lock(&self.desk.0);
        desk.hurry = true;
        self.desk.1.notify_all();
        // A thread that is gone writes nothing more.
        let lives = || self.thread.as_ref().is_some_and(|thread| !thread.is_finished());
        while (desk.busy || !desk.waiting.is_empty()) && lives() {
            let waited = self.desk.1.wait_timeout(desk, PAUSE);
            desk = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        desk.hurry = false;
    }

    /// Writes what waits, so that the place is free once the slot is dropped; the journal stays only if its history is to be taken up again.
    pub fn close(&self, slot: &Slot, stays: bool) {
        self.flush();
        let mut desk = lock(&self.desk.0);
        desk.failed.journals.remove(&slot.journal);
        desk.closed.push(slot.journal.clone());
        drop(desk);
        if !stays {
            drop(fs::remove_file(&slot.journal));
        }
    }

    /// What has changed in what can be written; told once.
    #[must_use]
    pub fn news(&self) -> Option<News> {
        lock(&self.desk.0).news.take()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        let mut desk = lock(&self.desk.0);
        // Once more.
        let failed = std::mem::take(&mut desk.failed);
        desk.waiting.add(failed);
        desk.ending = true;
        drop(desk);
        self.desk.1.notify_all();
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve((desk, bell): &(Mutex<Desk>, Condvar)) {
    let mut writers: BTreeMap<PathBuf, Writer> = BTreeMap::new();
    let mut failing = false;
    let mut here = lock(desk);
    loop {
        while here.waiting.is_empty() && !here.ending {
            if here.failed.is_empty() {
                here = bell.wait(here).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let waited = bell.wait_timeout(here, AGAIN).unwrap_or_else(PoisonError::into_inner);
            here = waited.0;
            if waited.1.timed_out() {
                let failed = std::mem::take(&mut here.failed);
                here.waiting.add(failed);
            }
        }
        if here.waiting.is_empty() {
            return;
        }
        for closed in here.closed.drain(..) {
            writers.remove(&closed);
        }
        let work = std::mem::take(&mut here.waiting);
        here.busy = true;
        drop(here);
        let (mut failed, mut why) = (Work::default(), None);
        let mut written = Vec::new();
        for (path, kept) in work.journals {
            let text = writers.entry(path.clone()).or_default().text(&kept);
            match store::save_own(&path, text.as_bytes()) {
                Ok(()) => written.push(path),
                Err(error) => {
                    why = Some(error);
                    failed.journals.insert(path, kept);
                }
            }
        }
        if let Some((path, text)) = work.settings
            && let Err(error) = store::save(&path, text.as_bytes())
        {
            why = why.or(Some(error));
            failed.settings = Some((path, text));
        }
        here = lock(desk);
        here.busy = false;
        for path in written {
            here.failed.journals.remove(&path);
        }
        here.failed.add(failed);
        // Said when it begins and when it ends, not at each attempt between.
        let news = match why {
            Some(error) if !failing => Some(News::Failed(error)),
            None if failing && here.failed.is_empty() => Some(News::Mended),
            _ => None,
        };
        if let Some(news) = news {
            failing = !failing;
            here.news = Some(news);
            if let Some(wake) = &here.wake {
                wake();
            }
        }
        bell.notify_all();
        let rest = |desk: &mut Desk| !(desk.hurry || desk.ending);
        here = bell
            .wait_timeout_while(here, PAUSE, rest)
            .unwrap_or_else(PoisonError::into_inner)
            .0;
    }
}
