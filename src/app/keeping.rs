//! What outlives the window, at work: journals claimed, written and recovered; files that others change; settings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui;

use super::App;
use super::command::Command;
use super::document::{Document, LastEdit};
use super::files::{self, Stamp};
use super::front::Notice;
use super::history::History;
use super::jobs::Lane;
use super::journal::keeper::News;
use super::journal::{About, Found, Journal, Keeper, Kept, Shelf, Slot};
use super::page::Page;
use super::paths::{absolute, name_of};
use super::settings::{Settings, Theme};
use super::words::{self, Words, fill};
use crate::data::store;
use crate::scenario::Scenario;
use crate::scenario::findings::Finding;
use crate::scenario::messages::Message;
use crate::scenario::verdict::Verdict;

/// What outlives the window: settings and journals.
pub(super) struct Home {
    pub(super) settings: Settings,
    /// The settings as last written.
    pub(super) kept: Settings,
    pub(super) settings_path: PathBuf,
    /// None where the folder cannot be written.
    pub(super) shelf: Option<Shelf>,
    pub(super) keeper: Option<Keeper>,
    /// Whether what is done cannot be kept, which has been said.
    pub(super) failing: bool,
    /// Whether it is the keeper that cannot write.
    pub(super) keeper_failing: bool,
}

impl Home {
    /// Puts the settings into force.
    pub(super) fn dress(&self, ctx: &egui::Context) {
        match self.settings.theme {
            Theme::System => {}
            Theme::Light => ctx.set_theme(egui::Theme::Light),
            Theme::Dark => ctx.set_theme(egui::Theme::Dark),
        }
        ctx.set_zoom_factor(self.settings.zoom);
    }
}

impl App {
    /// Reads the settings and looks for what a crash has left.
    pub(super) fn move_in(&mut self, folder: &Path) {
        let settings_path = folder.join("settings.ron");
        let (settings, aside) = Settings::read(&settings_path);
        self.format = settings.numbers;
        self.words = words::language(&settings.language).in_format(settings.numbers);
        let words = self.words;
        if let Some(aside) = aside {
            let template = if aside.newer {
                words.settings_newer
            } else {
                words.settings_damaged
            };
            self.tell(fill(template, &[("file", &aside.path.display().to_string())]));
        }
        let (shelf, keeper) = (Shelf::new(folder.join("journals")), Keeper::start());
        let failed = shelf.as_ref().err().or(keeper.as_ref().err()).map(store::obstacle);
        self.home = Some(Home {
            kept: settings.clone(),
            settings,
            settings_path,
            shelf: shelf.ok(),
            keeper: keeper.ok(),
            failing: false,
            keeper_failing: false,
        });
        if let Some(why) = failed {
            self.cannot_keep(&why);
        }
        self.look_for_left();
    }

    fn look_for_left(&mut self) {
        let Some(shelf) = self.home.as_ref().and_then(|home| home.shelf.as_ref()) else {
            return;
        };
        let Found {
            left,
            damaged,
            foreign,
            newer,
        } = shelf.look();
        self.left = left;
        if !self.left.is_empty() {
            self.untold.push_back(Notice::Left);
        }
        let words = self.words;
        for (template, paths) in [
            (words.journal_damaged, damaged),
            (words.journal_foreign, foreign),
            (words.journal_newer, newer),
        ] {
            for path in paths {
                self.tell(fill(template, &[("file", &path.display().to_string())]));
            }
        }
    }

    pub(super) fn tell(&mut self, text: String) {
        self.untold.push_back(Notice::Message(text));
    }

    /// Says that nothing can be kept; once, until something can be kept again.
    fn cannot_keep(&mut self, why: &Message) {
        let text = fill(self.words.journal_failed, &[("why", &self.words.say(why))]);
        if let Some(home) = &mut self.home
            && !home.failing
        {
            home.failing = true;
            self.tell(text);
        }
    }

    fn keeper_fails(&mut self, fails: bool) {
        if let Some(home) = &mut self.home {
            home.keeper_failing = fails;
        }
    }

    /// Says that what is done is kept again.
    fn can_keep(&mut self, at: usize) {
        let text = self.words.journal_mended.to_owned();
        if let Some(home) = &mut self.home {
            home.failing = false;
        }
        if let Some(document) = self.documents.get_mut(at) {
            document.edit = Some(LastEdit {
                text,
                ..LastEdit::default()
            });
        }
    }

    /// The open scenario of a file, by its position.
    pub(super) fn position_of(&self, path: &Path) -> Option<usize> {
        let wanted = absolute(path);
        self.documents
            .iter()
            .position(|document| document.path.as_deref().map(absolute).as_ref() == Some(&wanted))
    }

    /// Whether another window has a file open.
    pub(super) fn is_elsewhere(&self, path: &Path) -> bool {
        let about = About {
            path: Some(absolute(path)),
            ..About::default()
        };
        let shelf = self.home.as_ref().and_then(|home| home.shelf.as_ref());
        shelf.is_some_and(|shelf| shelf.is_held(&about))
    }

    /// Claims a place among the journals for an open scenario; the history that is kept there, if any.
    pub(super) fn claim(&mut self, at: usize) -> Option<Journal> {
        let about = self.documents[at].about();
        match self.home.as_ref()?.shelf.as_ref()?.claim(&about) {
            Ok((slot, found)) => {
                self.documents[at].slot = Some(Arc::new(slot));
                found
            }
            Err(why) => {
                self.cannot_keep(&store::obstacle(&why));
                None
            }
        }
    }

    /// Gives a scenario that has just been opened its place, and its history if the file is the one that it belongs to.
    pub(super) fn settle_in(&mut self) {
        let at = self.current;
        if self.documents[at].slot.is_some() {
            return;
        }
        let found = self.claim(at);
        let document = &mut self.documents[at];
        let of_file = document.path.is_some() || document.bundled.is_some();
        let second = of_file && document.slot.as_ref().is_some_and(|slot| !slot.first);
        if let Some(journal) = found {
            let hash = &document.stamp.hash;
            let same = journal.now == *hash || (!journal.about.unsaved && journal.about.hash == *hash);
            if same {
                document.history = History::of(&journal.steps, journal.at, &journal.marks, &journal.noted);
                self.say_lost(&journal.about.name, journal.lost);
            }
        }
        // Something else is in its place: perhaps what a crash has left since this window was opened.
        if second && self.left.is_empty() {
            self.look_for_left();
        }
    }

    /// Says how many edits of a file could not be read.
    pub(super) fn say_lost(&mut self, name: &str, lost: usize) {
        if lost > 0 {
            let values = [("file", name), ("lost", &self.words.count(lost))];
            self.tell(fill(self.words.journal_short, &values));
        }
    }

    /// Has an open scenario written to its journal; claims a place for it where that was not possible before.
    pub(super) fn keep_this(&mut self, at: usize) {
        if self.documents[at].slot.is_none() && self.home.as_ref().is_some_and(|home| home.failing) {
            // What an earlier program left there is not this one's history.
            drop(self.claim(at));
            // A place is not yet a journal: where the keeper has failed, it says when it writes again.
            if self.documents[at].slot.is_some() && self.home.as_ref().is_some_and(|home| !home.keeper_failing) {
                self.can_keep(at);
            }
        }
        self.keep(at);
    }

    /// Has an open scenario written to its journal.
    pub(super) fn keep(&self, position: usize) {
        if let Some(document) = self.documents.get(position)
            && let Some(keeper) = self.home.as_ref().and_then(|home| home.keeper.as_ref())
            && let Some(slot) = &document.slot
        {
            keeper.keep(Kept {
                slot: Arc::clone(slot),
                about: document.about(),
                track: document.history.track(&document.scenario),
            });
        }
    }

    /// Frees a place; the history of a file stays there.
    pub(super) fn free(&self, slot: &Slot) {
        if let Some(keeper) = self.home.as_ref().and_then(|home| home.keeper.as_ref()) {
            keeper.close(slot, slot.first);
        }
    }

    pub(super) fn revert(&mut self, at: usize) {
        let (saved, what) = reverted(&self.documents[at], self.words);
        self.change(at, saved, what, None);
    }

    /// Lets the changes of an open scenario go. Of a file, they stay in the history, one undo away.
    pub(super) fn let_go(&mut self, at: usize) {
        self.revert(at);
        self.documents[at].fresh = false;
        self.changed(at);
    }

    /// An open scenario becomes another file's: the history of the old one ends with it as saved.
    pub(super) fn part(&mut self, at: usize) {
        let words = self.words;
        let document = &mut self.documents[at];
        let Some(slot) = document.slot.take() else { return };
        let mut about = document.about();
        about.unsaved = false;
        let mut history = document.history.clone();
        if document.scenario != document.saved {
            history.record(Arc::clone(&document.scenario), reverted(document, words).1);
        }
        let track = history.track(&document.saved);
        if let Some(keeper) = self.home.as_ref().and_then(|home| home.keeper.as_ref()) {
            keeper.keep(Kept {
                slot: Arc::clone(&slot),
                about,
                track,
            });
        }
        self.free(&slot);
    }

    pub(super) fn open_copy(&mut self, path: &Path) {
        let open = self.documents.len();
        self.adopt(files::open(path), &name_of(path));
        if self.documents.len() == open {
            return;
        }
        let words = self.words;
        if let Some(mut copy) = self.documents.pop() {
            if let Some(slot) = copy.slot.take() {
                self.free(&slot);
            }
            copy.path = None;
            copy.name = fill(words.copy_of, &[("file", &copy.name)]);
            copy.fresh = true;
            copy.stamp = Stamp::default();
            self.take_in(copy);
        }
    }

    pub(super) fn recover(&mut self, position: usize) {
        if position >= self.left.len() {
            return;
        }
        let left = self.left.remove(position);
        if self.left.is_empty() {
            self.stage.take_notice();
        }
        let taken = self.home.as_ref().and_then(|home| home.shelf.as_ref()?.recover(&left));
        let Some((slot, journal)) = taken else {
            self.tell(fill(self.words.journal_taken, &[("file", &left.about.name)]));
            return;
        };
        let Some(present) = journal.present.scenario() else {
            return;
        };
        // Until its file has been read, its country is its own.
        let mut alone = Scenario::clone(&present);
        alone.country.file.clear();
        let verdict = Verdict::of(&alone);
        let mut document = Document::new(Arc::new(alone), verdict, journal.about.name.clone());
        document.history = History::of(&journal.steps, journal.at, &journal.marks, &journal.noted);
        document.slot = Some(Arc::new(slot));
        document.fresh = true;
        let words = self.words;
        document.edit = Some(LastEdit {
            text: fill(
                words.foot_recovered,
                &[
                    ("edits", &words.count(left.edits)),
                    ("what", document.history.to_undo().unwrap_or(words.history_oldest)),
                ],
            ),
            ..LastEdit::default()
        });
        document.stamp.hash.clone_from(&journal.about.hash);
        let open = journal.about.path.as_deref().and_then(|path| self.position_of(path));
        let (mut place, mut warned) = (None, None);
        match open {
            // The same file with other changes: two tabs must not save to one file.
            Some(open) if self.documents[open].changed => {
                document.name = fill(self.words.copy_of, &[("file", &journal.about.name)]);
            }
            open => {
                if let Some(open) = open {
                    self.drop_document(open);
                }
                place = open;
                let About { path, bundled, .. } = &journal.about;
                let read = match (path, bundled) {
                    (Some(path), _) => files::open(path).ok().filter(|read| read.bundled.is_none()),
                    (None, Some(bundled)) => files::open_bundled(bundled).ok(),
                    (None, None) => None,
                };
                // What is no plan is not saved over because a journal names it; a plan that is gone may come back.
                let gone = path
                    .as_ref()
                    .is_some_and(|path| !path.exists() && files::is_scenario(path));
                if read.is_some() || gone {
                    document.path.clone_from(path);
                    document.bundled.clone_from(bundled);
                } else if let Some(path) = path {
                    self.tell(fill(words.left_no_plan, &[("file", &path.display().to_string())]));
                }
                if let Some(read) = read {
                    document.verdict = document.verdict.after(&present);
                    document.scenario = present;
                    document.saved = Arc::new(read.scenario);
                    document.remarks = read.remarks;
                    warned = Some(read.warnings);
                    document.fresh = false;
                    // If others have changed the file since, that is noticed before it is saved over.
                    if read.stamp.hash == journal.about.hash {
                        document.stamp = read.stamp;
                    }
                }
            }
        }
        document.warn(warned.unwrap_or_default());
        self.say_lost(&journal.about.name, journal.lost);
        self.take_in(document);
        // Its tab is where that of the file was.
        if let Some(place) = place
            && let Some(document) = self.documents.pop()
        {
            self.documents.insert(place, document);
            self.current = place;
        }
    }

    /// Takes over all that a crash has left.
    pub(super) fn recover_all(&mut self) {
        while !self.left.is_empty() {
            self.recover(0);
        }
    }

    pub(super) fn discard(&mut self, position: usize) {
        if let Some(left) = self.left.get(position) {
            left.discard();
        }
        self.later(position);
    }

    pub(super) fn later(&mut self, position: usize) {
        if position < self.left.len() {
            self.left.remove(position);
        }
        if self.left.is_empty() {
            self.stage.take_notice();
        }
    }

    /// Whether the file of an open scenario is another than the one that was read; `sure` reads it in any case.
    pub(super) fn differs_on_disk(&mut self, position: usize, sure: bool) -> bool {
        let Some(document) = self.documents.get_mut(position) else {
            return false;
        };
        let Some(path) = &document.path else { return false };
        if !sure && !document.stamp.is_doubtful(path) {
            return false;
        }
        let now = Stamp::of(path);
        if !now.exists() {
            // The only copy is the one in the window; who lets it go is not asked again.
            document.stamp.note_gone();
            document.remarks = false;
            document.fresh = true;
            document.changed = true;
            return false;
        }
        let differs = now.hash != document.stamp.hash;
        if !differs {
            document.stamp = now;
        }
        differs
    }

    pub(super) fn keep_mine(&mut self, ctx: &egui::Context) {
        let Some(Notice::OnDisk { document, saving, next }) = self.stage.take_notice() else {
            return;
        };
        let Some(position) = self.place_of(document) else {
            return;
        };
        self.current = position;
        let document = &mut self.documents[position];
        let Some(path) = document.path.clone() else { return };
        document.stamp = Stamp::of(&path);
        match files::open(&path) {
            Ok(theirs) => {
                document.saved = Arc::new(theirs.scenario);
                document.remarks = theirs.remarks;
                document.warn(theirs.warnings);
            }
            Err(_) => document.fresh = true,
        }
        self.ask_run(position, Lane::Saved);
        self.changed(position);
        if saving {
            self.save_to(position, &path, next, ctx);
        }
    }

    pub(super) fn take_theirs(&mut self) {
        let words = self.words;
        let Some(Notice::OnDisk { document, .. }) = self.stage.take_notice() else {
            return;
        };
        let Some(position) = self.place_of(document) else {
            return;
        };
        self.current = position;
        let document = &mut self.documents[position];
        let Some(path) = document.path.clone() else { return };
        match files::open(&path) {
            Ok(theirs) => {
                let scenario = Arc::new(theirs.scenario);
                document.saved = Arc::clone(&scenario);
                document.remarks = theirs.remarks;
                document.warn(theirs.warnings);
                document.stamp = theirs.stamp;
                document.fresh = false;
                let what = fill(words.edit_theirs, &[("file", &document.name)]);
                self.ask_run(position, Lane::Saved);
                self.change(position, scenario, what, None);
                self.changed(position);
            }
            Err(findings) => self.refuse(findings, &name_of(&path)),
        }
    }

    /// Says why a file could not be opened; what was open stays.
    pub(super) fn refuse(&mut self, findings: Vec<Finding>, name: &str) {
        let words = self.words;
        let errors = findings
            .into_iter()
            .filter(|finding| finding.severity == crate::scenario::Severity::Error)
            .collect();
        let rest = if self.document().is_some() {
            words.open_failed_rest
        } else {
            ""
        };
        self.stage.tell(Notice::Findings {
            title: fill(words.open_failed, &[("file", name)]),
            rest,
            findings: errors,
            of: None,
        });
    }

    /// What has happened around the window since the last frame.
    pub(super) fn look_around(&mut self, ctx: &egui::Context) {
        let (dropped, focused, busy) = ctx.input(|input| {
            let dropped = input.raw.dropped_files.iter().map(|file| file.path().to_owned());
            let focused = input.events.contains(&egui::Event::WindowFocused(true));
            (dropped.collect::<Vec<_>>(), focused, input.pointer.any_down())
        });
        for path in dropped {
            if path
                .extension()
                .is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
            {
                self.apply(Command::Open(path), ctx);
            } else if self.page != Page::Regions {
                self.tell(fill(self.words.drop_other, &[("file", &name_of(&path))]));
            }
        }
        if focused {
            for position in 0..self.documents.len() {
                if self.stage.notice().is_none() && self.differs_on_disk(position, false) {
                    self.current = position;
                    self.stage.tell(Notice::OnDisk {
                        document: self.documents[position].id,
                        saving: false,
                        next: None,
                    });
                }
            }
        }
        match self.home.as_ref().and_then(|home| home.keeper.as_ref()?.news()) {
            Some(News::Failed(why)) => {
                self.cannot_keep(&store::obstacle(&why.error));
                self.keeper_fails(true);
            }
            Some(News::Mended) => {
                self.keeper_fails(false);
                self.can_keep(self.current);
            }
            None => {}
        }
        self.remember(ctx);
        if self.stage.notice().is_none()
            && !busy
            && let Some(notice) = self.untold.pop_front()
        {
            self.stage.tell(notice);
        }
    }

    /// Keeps the settings when they have changed.
    fn remember(&mut self, ctx: &egui::Context) {
        let open: Vec<PathBuf> = self
            .documents
            .iter()
            .filter_map(|document| document.path.clone())
            .chain(self.opening.iter().map(|(path, _)| absolute(path)))
            // A name that is no Unicode cannot be written down.
            .filter(|path| path.to_str().is_some())
            .collect();
        let Some(home) = &mut self.home else { return };
        let mut settings = home.settings.clone();
        settings.theme = match ctx.options(|options| options.theme_preference) {
            egui::ThemePreference::System => Theme::System,
            egui::ThemePreference::Light => Theme::Light,
            egui::ThemePreference::Dark => Theme::Dark,
        };
        // What is presented is enlarged for the room only.
        settings.zoom = if self.stage.presented.is_some() {
            self.zoom
        } else {
            ctx.zoom_factor()
        };
        settings.language = self.words.code.into();
        settings.numbers = self.format;
        settings.open = open;
        if settings != home.kept
            && let Some(keeper) = &home.keeper
            && let Some(text) = settings.text()
        {
            keeper.keep_settings(home.settings_path.clone(), text);
            home.kept = settings.clone();
        }
        home.settings = settings;
    }
}

fn reverted(document: &Document, words: &Words) -> (Arc<crate::scenario::Scenario>, String) {
    let template = if document.is_on_file() {
        words.edit_reverted
    } else {
        words.edit_reverted_opened
    };
    let what = fill(template, &[("file", &document.name)]);
    (Arc::clone(&document.saved), what)
}

impl Drop for App {
    /// What is saved needs no recovery; what is not stays for the next start.
    fn drop(&mut self) {
        for mut document in std::mem::take(&mut self.documents) {
            if !document.changed
                && let Some(slot) = document.slot.take()
            {
                self.free(&slot);
            }
        }
    }
}
