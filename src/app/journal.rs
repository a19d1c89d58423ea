//! What survives a crash, a power cut and a restart: each open scenario with its whole history, in a file of its own
//! beside the settings.
//!
//! A journal is lines of text, each with a check sum: a head, the present scenario, then the edits, the nearest first, each
//! as the difference between two texts. So a journal that is cut anywhere loses the farthest edits first. A journal whose
//! scenario no file holds, and which no living program has locked, is what a crash has left. That of a file that was
//! saved stays, and its history is taken up when the same file is opened again.
//!
//! - [`shelf`]: the folder of the journals; who has which, what was left, and what is trusted of it.
//! - [`keeper`]: the thread that writes them.

#![allow(clippy::disallowed_methods)] // This room is for files, a clock and threads.

pub mod keeper;
pub mod shelf;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::history::{Noted, Step, Track, Version};
use crate::data::{COMMIT, store};
use crate::scenario::text;

pub use keeper::{Keeper, Kept};
pub use shelf::{Found, Left, Shelf, Slot};

/// First line of a journal that this program writes and reads.
const FIRST_LINE: &str = "rollcall journal 1";

/// Largest journal that is read, in bytes.
const LARGEST: u64 = 500_000_000;

/// The time, in seconds since 1970.
#[must_use]
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

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
    /// When each change was made and what it led to, by state.
    #[serde(default)]
    noted: BTreeMap<usize, Noted>,
    /// The program whose results were noted; those of another are no measure for its own.
    #[serde(default)]
    commit: String,
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
    pub present: Version,
    /// The steps of its history, the oldest first.
    pub steps: Vec<Step>,
    /// How many of them are past.
    pub at: usize,
    /// Bookmarks, by the number of edits that lead to what they mark.
    pub marks: BTreeMap<usize, String>,
    /// When each change was made and what it led to, by the same number.
    pub noted: BTreeMap<usize, Noted>,
    /// Edits that could not be read.
    pub lost: usize,
}

/// Why nothing can be had from a journal.
#[derive(Debug)]
enum Unread {
    Missing,
    /// Another user has written it.
    Foreign,
    /// A newer program has written it.
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
    // A link may lead anywhere, and a pipe may never end.
    let sound = match fs::symlink_metadata(path) {
        Ok(about) => about.is_file() && about.len() <= LARGEST,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Unread::Missing),
        Err(_) => false,
    };
    let bytes = if sound { fs::read(path).ok() } else { None };
    let bytes = bytes.ok_or(Unread::Damaged)?;
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
    let state = |text: &Arc<str>| Version::Text {
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
    let mut noted = super::history::from(head.noted, gone);
    if head.commit != COMMIT {
        for noted in noted.values_mut() {
            noted.headline = None;
        }
    }
    Ok(Journal {
        about: head.about,
        now: head.now,
        lost: promised.saturating_sub(steps.len()),
        present: state(&now),
        steps,
        at,
        marks: super::history::from(head.marks, gone),
        noted,
    })
}

fn check_sum(record: &str) -> String {
    let mut sum = store::sha256(record.as_bytes());
    sum.truncate(8);
    sum
}

/// Writes one journal again and again; what has not changed is not worked out again.
#[derive(Default)]
struct Writer {
    states: Vec<Version>,
    differences: Vec<Difference>,
}

impl Writer {
    fn text(&mut self, kept: &Kept) -> String {
        let Track {
            steps,
            at,
            now,
            marks,
            noted,
        } = &kept.track;
        let mut states: Vec<Version> = steps.iter().map(|step| step.scenario.clone()).collect();
        states.insert(*at, Version::Read(Arc::clone(now)));
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
            noted: noted.clone(),
            commit: COMMIT.into(),
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
