//! The folder of the journals: each open scenario has a place of its own there, which a lock keeps for it.
//!
//! A journal is trusted as far as this program itself could have written it: it belongs to this user, and stands in the
//! place of the file that it names.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{About, Head, Journal, Lines, Unread, Version, lines, read};
use crate::app::paths::name_of;
use crate::app::settings::set_aside;
use crate::data::{bundled_file, store};

/// Ending of a journal's name.
const ENDING: &str = "journal";

/// Ending of the name of its lock.
const LOCK: &str = "lock";

/// Places of a file that are looked at; a file is open in more windows only if a person insists.
const PLACES: usize = 4;

/// A scenario's place among the journals, locked as long as this lives: the system frees it when a program dies.
#[derive(Debug)]
pub struct Slot {
    pub(super) journal: PathBuf,
    /// Whether this is the one place of its file, to which the history belongs.
    pub first: bool,
    /// Held, never read.
    _lock: Lock,
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

impl Left {
    /// Throws it away, unless another window has taken it.
    pub(crate) fn discard(&self) {
        if let Ok(Some(_lock)) = Lock::of(&self.journal) {
            drop(fs::remove_file(&self.journal));
        }
    }
}

/// What lies in the folder.
#[derive(Debug, Default)]
pub struct Found {
    /// What programs that are gone have left, the newest first.
    pub left: Vec<Left>,
    /// Damaged journals, where they have been set aside.
    pub damaged: Vec<PathBuf>,
    /// Journals of other users, where they have been set aside.
    pub foreign: Vec<PathBuf>,
    /// Journals of a newer program, which stay for it.
    pub newer: Vec<PathBuf>,
}

/// The folder of the journals.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
    /// Who this program's own files belong to, where the system tells.
    me: Option<u32>,
}

impl Shelf {
    /// The journals in a folder, which is made for this user alone if it is missing.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn new(folder: PathBuf) -> io::Result<Self> {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(&folder)?;
        let me = tempfile::tempfile_in(&folder)?.metadata().ok();
        Ok(Self {
            me: me.as_ref().and_then(owner),
            folder,
        })
    }

    fn journal(&self, about: &About, number: usize) -> PathBuf {
        let mut name = place(about);
        if number > 1 {
            name = format!("{name}-{number}");
        }
        self.folder.join(name).with_extension(ENDING)
    }

    fn is_foreign(&self, journal: &Path) -> bool {
        let theirs = fs::symlink_metadata(journal).ok().as_ref().and_then(owner);
        theirs.is_some() && theirs != self.me
    }

    fn lines(&self, journal: &Path) -> Result<Lines, Unread> {
        if self.is_foreign(journal) {
            return Err(Unread::Foreign);
        }
        let mut found = lines(journal)?;
        trust(&mut found.head.about, journal);
        Ok(found)
    }

    fn read(&self, journal: &Path) -> Option<Journal> {
        if self.is_foreign(journal) {
            return None;
        }
        let mut found = read(journal).ok()?;
        trust(&mut found.about, journal);
        Some(found)
    }

    /// Whether another window has a file open, in whichever of its places.
    #[must_use]
    pub(crate) fn is_held(&self, about: &About) -> bool {
        let is_held = |number: usize| {
            let path = self.journal(about, number).with_extension(LOCK);
            let is_file = fs::symlink_metadata(&path).is_ok_and(|about| about.is_file());
            let file = is_file.then(|| OpenOptions::new().write(true).open(&path));
            matches!(file, Some(Ok(file)) if matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
        };
        (1..=PLACES).any(is_held)
    }

    /// Claims a place, and takes up the history that is kept there: the file's own place if it is free, else one beside it.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn claim(&self, about: &About) -> io::Result<(Slot, Option<Journal>)> {
        for number in 1.. {
            let journal = self.journal(about, number);
            let Some(lock) = Lock::of(&journal)? else { continue };
            let first = number == 1 && (about.path.is_some() || about.bundled.is_some());
            let found = match self.lines(&journal) {
                // It is still to be offered, or another program's to read.
                Ok(Lines { head, .. }) if is_left(&head) => continue,
                Err(Unread::Newer | Unread::Foreign) => continue,
                Ok(_) if first => self.read(&journal),
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

    /// Looks through the folder, and takes away what programs that are gone have no more use for.
    #[must_use]
    pub fn look(&self) -> Found {
        let mut found = Found::default();
        store::sweep(&self.folder);
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let (journals, others): (Vec<PathBuf>, Vec<PathBuf>) = entries
            .map(|entry| entry.path())
            .partition(|path| path.extension() == Some(OsStr::new(ENDING)));
        for path in others {
            // A lock that is had is taken away when it is let go.
            if path.extension() == Some(OsStr::new(LOCK)) {
                drop(Lock::of(&path.with_extension(ENDING)));
            }
        }
        for journal in journals {
            let Ok(Some(_lock)) = Lock::of(&journal) else { continue };
            let lines = match self.lines(&journal) {
                Ok(lines) if is_left(&lines.head) => lines,
                Ok(_) | Err(Unread::Missing) => continue,
                Err(Unread::Newer) => {
                    found.newer.push(journal);
                    continue;
                }
                Err(Unread::Foreign) => {
                    found.foreign.push(set_aside(&journal, "foreign"));
                    continue;
                }
                Err(Unread::Damaged) => {
                    found.damaged.push(set_aside(&journal, "damaged"));
                    continue;
                }
            };
            // The history is read when it is asked for.
            let Lines { head, now, edits } = lines;
            let now = Version::Text {
                text: now.into(),
                country: "".into(),
            };
            if now.scenario().is_none() {
                found.damaged.push(set_aside(&journal, "damaged"));
                continue;
            }
            let written = fs::metadata(&journal).and_then(|about| about.modified());
            let age = written
                .ok()
                .and_then(|then| SystemTime::now().duration_since(then).ok());
            found.left.push(Left {
                journal,
                edits: head.past.min(edits.len()),
                lost: (head.past + head.future).saturating_sub(edits.len()),
                about: head.about,
                age: age.unwrap_or_default(),
            });
        }
        found
            .left
            .sort_by(|one, other| (one.age, &one.journal).cmp(&(other.age, &other.journal)));
        found
    }

    /// Takes over what was left, with its place; none if another window was faster.
    #[must_use]
    pub fn recover(&self, left: &Left) -> Option<(Slot, Journal)> {
        let lock = Lock::of(&left.journal).ok()??;
        let mut journal = self.read(&left.journal)?;
        journal.present = Version::Read(journal.present.scenario()?);
        let first = left.journal == self.journal(&left.about, 1);
        let slot = Slot {
            journal: left.journal.clone(),
            first: first && (left.about.path.is_some() || left.about.bundled.is_some()),
            _lock: lock,
        };
        Some((slot, journal))
    }
}

/// The name of the first journal about something, without its ending.
fn place(about: &About) -> String {
    let key = match (&about.path, &about.bundled) {
        (Some(path), _) => format!("file {}", path.display()),
        (None, Some(bundled)) => format!("bundled {bundled}"),
        (None, None) => "new".to_owned(),
    };
    let mut name = store::sha256(key.as_bytes());
    name.truncate(16);
    name
}

/// Takes away what a journal says it is about, but does not stand in the place of: then it belongs to no file.
fn trust(about: &mut About, journal: &Path) {
    let stem = journal.file_stem().and_then(OsStr::to_str).unwrap_or_default();
    let stem = stem.split('-').next().unwrap_or_default();
    let known = about.bundled.as_deref().is_none_or(|name| bundled_file(name).is_some());
    if !known || stem != place(about) {
        about.path = None;
        about.bundled = None;
    }
    if let Some(path) = &about.path {
        about.name = name_of(path);
    }
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps)] // Other systems do not tell.
fn owner(about: &fs::Metadata) -> Option<u32> {
    Some(std::os::unix::fs::MetadataExt::uid(about))
}

#[cfg(not(unix))]
fn owner(_: &fs::Metadata) -> Option<u32> {
    None
}

/// The lock beside a journal. The file goes when it is let go.
#[derive(Debug)]
struct Lock {
    path: PathBuf,
    /// Held, never read.
    _file: File,
}

impl Lock {
    /// Locks a journal; none if a living program has it, or something that is no lock stands there.
    fn of(journal: &Path) -> io::Result<Option<Self>> {
        let path = journal.with_extension(LOCK);
        loop {
            if fs::symlink_metadata(&path).is_ok_and(|about| !about.is_file()) {
                return Ok(None);
            }
            let file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)?;
            match file.try_lock() {
                Ok(()) if stands(&file, &path) => return Ok(Some(Self { path, _file: file })),
                // Whoever had it has taken it away meanwhile.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.path));
    }
}

/// Whether an open file still has its name.
#[cfg(unix)]
fn stands(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let id = |about: fs::Metadata| (about.dev(), about.ino());
    file.metadata().ok().map(id) == fs::symlink_metadata(path).ok().map(id)
}

#[cfg(not(unix))]
fn stands(_: &File, path: &Path) -> bool {
    path.exists()
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
