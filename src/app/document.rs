//! A scenario that is open, and what a page may see of it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::files::Stamp;
use super::history::History;
use super::jobs::{Jobs, Lane, Ticket};
use super::journal::{About, Slot};
use super::outcome::Outcome;
use super::paths::absolute;
use super::words::Words;
use crate::data::store;
use crate::scenario::Scenario;
use crate::scenario::findings::Finding;
use crate::scenario::verdict::Verdict;

/// Results that were asked for.
pub(super) struct Asking {
    /// Whether of what is being edited or of what the file holds.
    pub lane: Lane,
    pub scenario: Arc<Scenario>,
    pub ticket: Ticket<Outcome>,
}

/// A scenario that is open.
pub struct Document {
    /// Its number among all that were opened.
    pub(super) id: u64,
    pub(super) path: Option<PathBuf>,
    /// Name of the file.
    pub name: String,
    /// The scenario as it is being edited.
    pub scenario: Arc<Scenario>,
    /// The scenario as the file holds it.
    pub saved: Arc<Scenario>,
    pub(super) history: History,
    /// Whether the file holds remarks, which saving over it would lose.
    pub(super) remarks: bool,
    pub(super) changed: bool,
    /// Whether no file has ever held it.
    pub(super) fresh: bool,
    /// The file as it was last read or written.
    pub(super) stamp: Stamp,
    pub(super) bundled: Option<String>,
    /// Its place among the journals; none where nothing can be kept.
    pub(super) slot: Option<Arc<Slot>>,
    /// Its results; none until the first run is done.
    pub now: Option<Arc<Outcome>>,
    /// Results of the scenario as saved: the ghost.
    pub before: Option<Arc<Outcome>>,
    /// Results that were asked for.
    pub(super) runs: Vec<Asking>,
    /// Results that nobody looks at any more; the next run takes their room.
    pub(super) spare: Arc<Mutex<Vec<Outcome>>>,
    /// What the program said where its results could not be computed.
    pub(super) broken: Option<String>,
    pub(super) edit: Option<LastEdit>,
    /// What is said against the scenario as it is being edited, and what it rests on.
    pub(super) verdict: Verdict,
    /// What the file was warned about when it was read.
    pub(super) warned: Vec<Finding>,
    /// Which of that is about how the file is written, not about the scenario in it.
    pub(super) written: Vec<Finding>,
}

impl Document {
    /// A scenario as it is first shown.
    pub(super) fn new(scenario: Arc<Scenario>, verdict: Verdict, name: String) -> Self {
        Self {
            id: 0,
            path: None,
            name,
            saved: Arc::clone(&scenario),
            verdict,
            scenario,
            history: History::default(),
            remarks: false,
            changed: false,
            fresh: false,
            stamp: Stamp::default(),
            bundled: None,
            slot: None,
            now: None,
            before: None,
            runs: Vec::new(),
            spare: Arc::default(),
            broken: None,
            edit: None,
            warned: Vec::new(),
            written: Vec::new(),
        }
    }

    /// Takes over what the file was warned about.
    pub(super) fn warn(&mut self, warned: Vec<Finding>) {
        let standing = self.verdict.after(&self.saved).warnings;
        let of_file = warned.iter().filter(|warning| among(&standing, warning).is_none());
        self.written = of_file.cloned().collect();
        self.warned = warned;
    }

    /// What may mislead: of the scenario as it is now, each where it stands in the file if it did so already, and of how
    /// the file is written.
    pub(super) fn points(&self) -> Vec<&Finding> {
        let standing = self
            .verdict
            .warnings
            .iter()
            .map(|warning| match among(&self.warned, warning) {
                Some(at) => &self.warned[at],
                None => warning,
            });
        standing.chain(&self.written).collect()
    }

    /// What was done to it.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Whether there are changes that no file holds.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.changed
    }

    /// Whether a file of the person's holds what counts as saved; else that is how it was opened.
    #[must_use]
    pub(crate) fn is_on_file(&self) -> bool {
        self.path.is_some() && !self.fresh
    }

    /// Whether a file is the one that holds its country.
    pub(super) fn is_country(&self, path: &Path) -> bool {
        let folder = self.path.as_deref().and_then(Path::parent);
        let file = self.scenario.country.file.as_str();
        folder.is_some_and(|folder| !file.is_empty() && store::is_same_file(&folder.join(file), path))
    }

    pub(super) fn is_unsaved(&self) -> bool {
        self.fresh || self.is_edited()
    }

    /// Whether it is another than counts as saved.
    pub(super) fn is_edited(&self) -> bool {
        !Arc::ptr_eq(&self.scenario, &self.saved) && self.scenario != self.saved
    }

    pub(super) fn about(&self) -> About {
        About {
            name: self.name.clone(),
            // A name that is no Unicode cannot be written down.
            path: self
                .path
                .as_deref()
                .map(absolute)
                .filter(|path| path.to_str().is_some()),
            bundled: self.bundled.clone(),
            hash: self.stamp.hash.clone(),
            unsaved: self.changed,
        }
    }
}

/// The position of a finding among others, wherever they stand.
fn among(findings: &[Finding], one: &Finding) -> Option<usize> {
    let same = |other: &Finding| {
        other.code == one.code && (&other.path, &other.value, &other.rule) == (&one.path, &one.value, &one.rule)
    };
    findings.iter().position(same)
}

/// What a page may see.
pub struct View<'a> {
    /// Text.
    pub words: &'static Words,
    /// The scenario as it is being edited.
    pub scenario: &'a Scenario,
    /// Its results; none until the first run is done.
    pub now: Option<&'a Outcome>,
    /// Results of the scenario as saved: the ghost.
    pub saved: Option<&'a Outcome>,
    /// All open scenarios.
    pub documents: &'a [Document],
    /// Position of the one that is shown.
    pub current: usize,
    /// Where work beside the window is asked for.
    pub jobs: &'a Jobs,
    /// Whether keys that turn pages are for the page: the guide is closed and nothing stands in front.
    pub turned_by_keys: bool,
}

impl<'a> View<'a> {
    /// What a page may see of an open scenario.
    pub(super) fn of(
        documents: &'a [Document],
        current: usize,
        document: &'a Document,
        jobs: &'a Jobs,
        words: &'static Words,
    ) -> Self {
        Self {
            words,
            scenario: &document.scenario,
            now: document.now.as_deref(),
            saved: document.before.as_deref(),
            documents,
            current,
            jobs,
            turned_by_keys: false,
        }
    }

    /// The results of the scenario that is shown; none until the first run is done.
    #[must_use]
    pub fn outcome(&self) -> Option<&'a Arc<Outcome>> {
        self.documents.get(self.current)?.now.as_ref()
    }

    /// The words for what is compared with: the plan as saved, or as opened if no file of the person's holds it.
    #[must_use]
    pub(crate) fn as_before(&self, saved: &'static str, opened: &'static str) -> &'static str {
        let on_file = self.documents.get(self.current).is_some_and(Document::is_on_file);
        if on_file { saved } else { opened }
    }

    /// What is said where results are to come.
    #[must_use]
    pub(crate) fn to_come(&self) -> &'static str {
        let broken = self
            .documents
            .get(self.current)
            .is_some_and(|document| document.broken.is_some());
        if broken {
            self.words.run_failed_short
        } else {
            self.words.computing
        }
    }
}

/// The open scenarios as their tabs call them: by title. Those of one title are told apart by their files, and files of
/// one name by their folders.
#[must_use]
pub fn tab_names(documents: &[Document]) -> Vec<String> {
    let title = |document: &Document| match document.scenario.title.trim() {
        "" => document.name.clone(),
        title => title.to_owned(),
    };
    let named = |document: &Document| match document.scenario.title.trim() {
        "" => document.name.clone(),
        title => format!("{title} · {}", document.name),
    };
    let placed = |document: &Document| match document.path.as_deref().and_then(Path::parent) {
        Some(folder) => format!("{} ({})", named(document), folder.display()),
        None => named(document),
    };
    let is_twice = |name: &dyn Fn(&Document) -> String, document: &Document| {
        documents.iter().filter(|other| name(other) == name(document)).count() > 1
    };
    let name = |document: &Document| match document {
        document if !is_twice(&title, document) => title(document),
        document if !is_twice(&named, document) => named(document),
        document => placed(document),
    };
    documents.iter().map(name).collect()
}

/// The last edit, for the line at the foot.
#[derive(Default)]
pub(super) struct LastEdit {
    pub(super) text: String,
    pub(super) before: Option<Arc<Outcome>>,
    /// Bookmarks of undone edits that it left behind.
    pub(super) marks: usize,
}
