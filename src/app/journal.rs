//! What survives a crash, a power cut and a restart: each open scenario with its whole history, in a file of its own
//! beside the settings, replaced whole at most once a second by a thread that the window never waits for.
//!
//! A journal is lines of text, each with a check sum: a head, the present scenario, then the edits, the nearest first, each
//! as the difference between two texts. So a journal that is cut anywhere loses the farthest edits first. A journal whose
//! scenario no file holds, and which no living program has locked, is what a crash has left. That of a file that was
//! saved stays, and its history is taken up when the same file is opened again.

#![allow(clippy::disallowed_methods)] // This room is for files, a clock and a thread.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::history::{State, Step, Track};
use super::settings::set_aside;
use crate::data::store::{self, SaveError};
use crate::scenario::text;

/// First line of a journal that this program writes and reads.
const FIRST_LINE: &str = "rollcall journal 1";

/// Ending of a journal's name.
const ENDING: &str = "journal";

/// Least time between two writings.
const PAUSE: Duration = Duration::from_secs(1);

/// What a journal is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Name on the tab.
    pub name: String,
    /// The file; none if the scenario has not been saved.
    pub path: Option<PathBuf>,
    /// Path below the bundled scenarios, if it came from there.
    pub bundled: Option<String>,
    /// SHA-256 of the file as last read or written.
    pub hash: String,
    /// Whether there are changes that no file holds.
    pub unsaved: bool,
}

#[derive(Serialize, Deserialize)]
struct Head {
    about: About,
    /// SHA-256 of the text that saving would write: a crash between saving and journal leaves nothing to recover.
    now: String,
    /// The country file that the scenario names.
    country: String,
    past: usize,
    future: usize,
    #[serde(default)]
    marks: BTreeMap<usize, String>,
}

/// An edit: what both texts share at the start and the end, in bytes, and what stands between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Difference {
    start: usize,
    end: usize,
    before: String,
    after: String,
}

impl Difference {
    fn between(before: &str, after: &str) -> Self {
        let same = |(one, other): &(u8, u8)| one == other;
        let most = before.len().min(after.len());
        let mut start = before.bytes().zip(after.bytes()).take_while(same).count();
        while !(before.is_char_boundary(start) && after.is_char_boundary(start)) {
            start -= 1;
        }
        let backwards = before.bytes().rev().zip(after.bytes().rev());
        let mut end = backwards.take(most - start).take_while(same).count();
        while !(before.is_char_boundary(before.len() - end) && after.is_char_boundary(after.len() - end)) {
            end -= 1;
        }
        Self {
            start,
            end,
            before: before[start..before.len() - end].to_owned(),
            after: after[start..after.len() - end].to_owned(),
        }
    }

    /// The text on the other side of the edit; none if this is not an edit of the text.
    fn cross(&self, text: &str, forward: bool) -> Option<String> {
        let (here, there) = if forward {
            (&self.before, &self.after)
        } else {
            (&self.after, &self.before)
        };
        let end = text.len().checked_sub(self.end)?;
        (text.get(self.start..end)? == here).then(|| [&text[..self.start], there, &text[end..]].concat())
    }
}

/// A journal as read.
#[derive(Debug)]
pub struct Journal {
    /// What it is about.
    pub about: About,
    /// SHA-256 of the text that saving would have written.
    pub now: String,
    /// The present scenario.
    pub present: State,
    /// The steps of its history, the oldest first.
    pub steps: Vec<Step>,
    /// How many of them are past.
    pub at: usize,
    /// Bookmarks, by the number of edits that lead to what they mark.
    pub marks: BTreeMap<usize, String>,
    /// Edits that could not be read.
    pub lost: usize,
}

/// Why nothing can be had from a journal.
#[derive(Debug)]
enum Unread {
    Missing,
    Newer,
    Damaged,
}

/// The lines of a journal as far as they are sound.
struct Lines {
    head: Head,
    now: String,
    edits: Vec<(String, Difference)>,
}

fn lines(path: &Path) -> Result<Lines, Unread> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Unread::Missing),
        Err(_) => return Err(Unread::Damaged),
    };
    // A cut through a letter harms its own line only.
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines();
    match lines.next() {
        Some(FIRST_LINE) => {}
        Some(first) if first.starts_with("rollcall journal ") && first.len() > "rollcall journal ".len() => {
            return Err(Unread::Newer);
        }
        _ => return Err(Unread::Damaged),
    }
    let mut sound = lines.map_while(|line| {
        let (sum, record) = line.split_once(' ')?;
        (sum == check_sum(record)).then_some(record)
    });
    let head: Head = sound
        .next()
        .and_then(|record| ron::from_str(record).ok())
        .ok_or(Unread::Damaged)?;
    let now: String = sound
        .next()
        .and_then(|record| ron::from_str(record).ok())
        .ok_or(Unread::Damaged)?;
    let edits = sound.map_while(|record| ron::from_str(record).ok()).collect();
    Ok(Lines { head, now, edits })
}

fn read(path: &Path) -> Result<Journal, Unread> {
    let Lines { head, now, edits } = lines(path)?;
    let promised = head.past + head.future;
    let country: Arc<str> = head.country.into();
    let state = |text: &Arc<str>| State::Text {
        text: Arc::clone(text),
        country: Arc::clone(&country),
    };
    let now: Arc<str> = now.into();
    // From the present outwards, as far as each text follows from the last. Making a scenario of a text takes longest:
    // that waits until the step is travelled to.
    let walk = |edits: &[(String, Difference)], forward: bool| {
        let mut text = Arc::clone(&now);
        let steps = edits.iter().map_while(|(what, difference)| {
            text = difference.cross(&text, forward)?.into();
            Some(Step {
                scenario: state(&text),
                what: what.clone(),
            })
        });
        steps.collect::<Vec<_>>()
    };
    let (past, future) = edits.split_at(head.past.min(edits.len()));
    let mut steps = walk(past, false);
    steps.reverse();
    let at = steps.len();
    steps.extend(walk(future, true));
    // The farthest edits may be gone; bookmarks count from the oldest that is left.
    let gone = head.past - at;
    let marks = head.marks.into_iter();
    Ok(Journal {
        about: head.about,
        now: head.now,
        lost: promised.saturating_sub(steps.len()),
        present: state(&now),
        steps,
        at,
        marks: marks
            .filter_map(|(mark, name)| Some((mark.checked_sub(gone)?, name)))
            .collect(),
    })
}

fn check_sum(record: &str) -> String {
    let mut sum = store::sha256(record.as_bytes());
    sum.truncate(8);
    sum
}

/// A scenario's place among the journals, locked as long as this lives: the system frees it when a program dies.
#[derive(Debug)]
pub struct Slot {
    journal: PathBuf,
    /// Whether this is the one place of its file, to which the history belongs.
    pub first: bool,
    /// Held, never read.
    _lock: File,
}

/// What a program that is gone has left.
#[derive(Clone, Debug)]
pub struct Left {
    journal: PathBuf,
    /// What it is about.
    pub about: About,
    /// Number of edits that can be undone.
    pub edits: usize,
    /// Edits that could not be read.
    pub lost: usize,
    /// How long ago it was written.
    pub age: Duration,
}

/// The folder of the journals.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    /// The journals in a folder, which is made if it is missing.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn new(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    fn journal(&self, about: &About, number: usize) -> PathBuf {
        let key = match (&about.path, &about.bundled) {
            (Some(path), _) => format!("file {}", path.display()),
            (None, Some(bundled)) => format!("bundled {bundled}"),
            (None, None) => "new".to_owned(),
        };
        let mut name = store::sha256(key.as_bytes());
        name.truncate(16);
        if number > 1 {
            name = format!("{name}-{number}");
        }
        self.folder.join(name).with_extension(ENDING)
    }

    /// The process that has a file open, if another window has; 0 if it does not say which.
    #[must_use]
    pub fn holder(&self, about: &About) -> Option<u32> {
        let path = self.journal(about, 1).with_extension("lock");
        let mut file = OpenOptions::new().read(true).write(true).open(&path).ok()?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                drop(file.read_to_string(&mut pid));
                Some(pid.trim().parse().unwrap_or(0))
            }
            _ => None,
        }
    }

    /// Claims a place, and takes up the history that is kept there: the file's own place if it is free, else one beside it.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn claim(&self, about: &About) -> io::Result<(Slot, Option<Journal>)> {
        for number in 1.. {
            let journal = self.journal(about, number);
            let Some(lock) = locked(&journal)? else { continue };
            let first = number == 1 && (about.path.is_some() || about.bundled.is_some());
            let found = match lines(&journal) {
                // It is still to be offered, or another program's to read.
                Ok(Lines { head, .. }) if is_left(&head) => continue,
                Err(Unread::Newer) => continue,
                Ok(_) if first => read(&journal).ok(),
                _ => None,
            };
            let slot = Slot {
                journal,
                first,
                _lock: lock,
            };
            return Ok((slot, found));
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// What programs that are gone have left, the newest first; and the damaged journals, which are set aside.
    #[must_use]
    pub fn left(&self) -> (Vec<Left>, Vec<PathBuf>) {
        let (mut left, mut damaged) = (Vec::new(), Vec::new());
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return (left, damaged);
        };
        for journal in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            if journal.extension().is_none_or(|ending| ending != ENDING) {
                continue;
            }
            let Ok(Some(_lock)) = locked(&journal) else { continue };
            let found = match lines(&journal) {
                Ok(found) if is_left(&found.head) => Some(found),
                Ok(_) | Err(Unread::Newer | Unread::Missing) => continue,
                Err(Unread::Damaged) => None,
            };
            // The history is read when it is asked for.
            let sound = found.filter(|found| {
                let now = State::Text {
                    text: found.now.as_str().into(),
                    country: "".into(),
                };
                now.scenario().is_some()
            });
            if let Some(Lines { head, edits, .. }) = sound {
                let written = fs::metadata(&journal).and_then(|about| about.modified());
                let age = written
                    .ok()
                    .and_then(|then| SystemTime::now().duration_since(then).ok());
                left.push(Left {
                    journal,
                    edits: head.past.min(edits.len()),
                    lost: (head.past + head.future).saturating_sub(edits.len()),
                    about: head.about,
                    age: age.unwrap_or_default(),
                });
            } else {
                damaged.push(set_aside(&journal, "damaged"));
            }
        }
        left.sort_by(|one, other| (one.age, &one.journal).cmp(&(other.age, &other.journal)));
        (left, damaged)
    }

    /// Takes over what was left, with its place; none if another window was faster.
    #[must_use]
    pub fn recover(&self, left: &Left) -> Option<(Slot, Journal)> {
        let lock = locked(&left.journal).ok()??;
        let mut journal = read(&left.journal).ok()?;
        journal.present = State::Read(journal.present.scenario()?);
        let first = left.journal == self.journal(&left.about, 1);
        let slot = Slot {
            journal: left.journal.clone(),
            first: first && (left.about.path.is_some() || left.about.bundled.is_some()),
            _lock: lock,
        };
        Some((slot, journal))
    }

    /// Throws away what was left, unless another window has taken it.
    pub fn discard(&self, left: &Left) {
        if let Ok(Some(_lock)) = locked(&left.journal) {
            drop(fs::remove_file(&left.journal));
        }
    }
}

/// The lock beside a journal; none if a living program holds it.
fn locked(journal: &Path) -> io::Result<Option<File>> {
    let path = journal.with_extension("lock");
    let mut file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(path)?;
    match file.try_lock() {
        Ok(()) => {
            // For the window that finds it locked. Not knowing the number is no harm.
            drop(file.set_len(0));
            drop(write!(file, "{}", std::process::id()));
            Ok(Some(file))
        }
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Whether a journal holds what no file holds.
fn is_left(head: &Head) -> bool {
    let saved = head
        .about
        .path
        .as_deref()
        .is_some_and(|path| store::hash(path) == head.now);
    head.about.unsaved && !saved
}

/// An open scenario to be kept.
pub struct Kept {
    /// Its place.
    pub slot: Arc<Slot>,
    /// What it is.
    pub about: About,
    /// It and its history.
    pub track: Track,
}

#[derive(Default)]
struct Desk {
    journals: BTreeMap<PathBuf, Kept>,
    /// Closed: what is remembered of them can go.
    closed: Vec<PathBuf>,
    settings: Option<(PathBuf, String)>,
    busy: bool,
    /// Someone waits: no pause.
    hurry: bool,
    ending: bool,
    failed: Option<SaveError>,
}

impl Desk {
    fn is_empty(&self) -> bool {
        self.journals.is_empty() && self.settings.is_none()
    }
}

/// The thread that writes journals and settings. Nothing waits for it but closing.
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

    /// Keeps an open scenario as it is now; what still waits to be written of it is forgotten.
    pub fn keep(&self, kept: Kept) {
        lock(&self.desk.0).journals.insert(kept.slot.journal.clone(), kept);
        self.desk.1.notify_all();
    }

    /// Keeps the settings.
    pub fn keep_settings(&self, path: PathBuf, text: String) {
        lock(&self.desk.0).settings = Some((path, text));
        self.desk.1.notify_all();
    }

    /// Returns when all is written.
    pub fn flush(&self) {
        let mut desk = lock(&self.desk.0);
        desk.hurry = true;
        self.desk.1.notify_all();
        while desk.busy || !desk.is_empty() {
            desk = self.desk.1.wait(desk).unwrap_or_else(PoisonError::into_inner);
        }
        desk.hurry = false;
    }

    /// Writes what waits, so that the place is free once the slot is dropped; the journal stays only if its history is to be taken up again.
    pub fn close(&self, slot: &Slot, stays: bool) {
        self.flush();
        lock(&self.desk.0).closed.push(slot.journal.clone());
        if !stays {
            drop(fs::remove_file(&slot.journal));
        }
    }

    /// Why something could not be written, if so; told once.
    #[must_use]
    pub fn failed(&self) -> Option<SaveError> {
        lock(&self.desk.0).failed.take()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        lock(&self.desk.0).ending = true;
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
    let mut here = lock(desk);
    loop {
        while here.is_empty() && !here.ending {
            here = bell.wait(here).unwrap_or_else(PoisonError::into_inner);
        }
        if here.is_empty() {
            return;
        }
        for closed in here.closed.drain(..) {
            writers.remove(&closed);
        }
        let (journals, settings) = (std::mem::take(&mut here.journals), here.settings.take());
        here.busy = true;
        drop(here);
        let mut failed = None;
        for (path, kept) in journals {
            let text = writers.entry(path.clone()).or_default().text(&kept);
            failed = store::save(&path, text.as_bytes()).err().or(failed);
        }
        if let Some((path, text)) = settings {
            failed = store::save(&path, text.as_bytes()).err().or(failed);
        }
        here = lock(desk);
        here.busy = false;
        here.failed = failed.or(here.failed.take());
        bell.notify_all();
        let rest = |desk: &mut Desk| !(desk.hurry || desk.ending);
        here = bell
            .wait_timeout_while(here, PAUSE, rest)
            .unwrap_or_else(PoisonError::into_inner)
            .0;
    }
}

/// Writes one journal again and again; what has not changed is not worked out again.
#[derive(Default)]
struct Writer {
    states: Vec<State>,
    differences: Vec<Difference>,
}

impl Writer {
    fn text(&mut self, kept: &Kept) -> String {
        let Track { steps, at, now, marks } = &kept.track;
        let mut states: Vec<State> = steps.iter().map(|step| step.scenario.clone()).collect();
        states.insert(*at, State::Read(Arc::clone(now)));
        let same = self
            .states
            .iter()
            .zip(&states)
            .take_while(|(old, new)| old.is(new))
            .count();
        self.differences.truncate(same.saturating_sub(1));
        let mut before = states[self.differences.len()].text();
        for state in states.iter().skip(self.differences.len() + 1) {
            let after = state.text();
            self.differences.push(Difference::between(&before, &after));
            before = after;
        }
        let head = Head {
            about: kept.about.clone(),
            now: store::sha256(text::write_scenario(now, false).as_bytes()),
            country: now.country.file.clone(),
            past: *at,
            future: steps.len() - at,
            marks: marks.clone(),
        };
        let mut out = format!("{FIRST_LINE}\n");
        line(&mut out, &head);
        line(&mut out, &*states[*at].text());
        self.states = states;
        let whats = steps.iter().map(|step| &step.what);
        let mut all: Vec<_> = whats.zip(&self.differences).collect();
        all[..*at].reverse();
        for edit in all {
            line(&mut out, &edit);
        }
        out
    }
}

fn line(out: &mut String, record: &(impl Serialize + ?Sized)) {
    // Texts, numbers and lists only: nothing that could not be written.
    let record = ron::to_string(record).unwrap_or_default();
    out.push_str(&check_sum(&record));
    out.push(' ');
    out.push_str(&record);
    out.push('\n');
}
