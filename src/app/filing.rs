//! Scenarios opened, saved and closed.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::TryRecvError;

use eframe::egui;

use super::command::Command;
use super::document::{Document, LastEdit};
use super::files::{self, Dialog, Opened, Purpose, Stamp};
use super::front::{Ask, Next, Notice};
use super::page::Page;
use super::paths::{absolute, name_of};
use super::words::fill;
use super::worker::Role;
use super::{App, countries};
use crate::data::{self, Pack};
use crate::report::figure::{self, Figure, Format};
use crate::scenario::Scenario;
use crate::scenario::findings::Finding;
use crate::study::parallel::Background;

/// What came of reading a file.
pub(super) type Read = Result<Opened, Vec<Finding>>;

impl App {
    pub(super) fn ask_for(&mut self, purpose: Purpose, ctx: &egui::Context) {
        let document = self.document();
        let path = document.and_then(|document| document.path.as_deref());
        let path = match (purpose, &self.figure) {
            (Purpose::Figure(format), Some(figure)) => Some(files::figure_path(path, figure, format)),
            (Purpose::Save, _) if path.is_none() => {
                let title = document.map_or("", |document| document.scenario.title.as_str());
                Some(files::proposed(self.usual_folder().as_deref(), title))
            }
            _ => path.map(Path::to_owned),
        };
        let text = path.map(|path| path.display().to_string()).unwrap_or_default();
        self.ask = Some(Ask {
            purpose,
            text,
            fresh: true,
        });
        if self.dialogs {
            self.browse(ctx);
        }
    }

    /// Where a person saves plans: beside the last one, else at home.
    pub(super) fn usual_folder(&self) -> Option<PathBuf> {
        let last = self
            .home
            .as_ref()
            .and_then(|home| home.settings.recent.first()?.parent());
        let folder = last.map(Path::to_owned).filter(|folder| folder.is_dir());
        folder.or_else(|| etcetera::home_dir().ok())
    }

    pub(super) fn browse(&mut self, ctx: &egui::Context) {
        if let Some(ask) = &self.ask
            && self.dialogs
        {
            let near = (!ask.text.is_empty()).then(|| Path::new(&ask.text));
            let woken = ctx.clone();
            self.dialog = Some((
                ask.purpose,
                Dialog::show(ask.purpose, near, self.words, move || woken.request_repaint()),
            ));
        }
    }

    /// What a picture says of the plan, the day and the program.
    pub(super) fn stamp(&self) -> figure::Stamp {
        let title = |document: &Document| document.scenario.title.clone();
        let plan = if self.page == Page::Compare && self.presenting.is_none() {
            self.pages.compare.titles(&self.documents).join(" / ")
        } else {
            self.document().map(title).unwrap_or_default()
        };
        let version = format!("{} ({})", env!("CARGO_PKG_VERSION"), data::COMMIT);
        let values = [
            ("date", &*files::today()),
            ("program", self.words.program),
            ("version", &version),
        ];
        figure::Stamp {
            plan,
            made: fill(self.words.chart_made, &values),
        }
    }

    /// Saves the chart that was asked about.
    pub(super) fn save_figure(&mut self, path: &Path, format: Format) {
        let words = self.words;
        let Some(figure) = &self.figure else { return };
        let figure = Figure {
            stamp: self.stamp(),
            ..Figure::clone(figure)
        };
        match files::save_figure(path, &figure, format) {
            Ok(()) => {
                self.ask = None;
                if let Some(document) = self.document_mut() {
                    document.edit = Some(LastEdit {
                        text: fill(words.chart_saved, &[("file", &path.display().to_string())]),
                        ..LastEdit::default()
                    });
                }
            }
            Err(why) => self.notice = Some(Notice::Message(fill(words.chart_failed, &[("why", &words.say(&why))]))),
        }
    }

    pub(super) fn open(&mut self, path: &Path) {
        if let Some(position) = self.position_of(path) {
            self.ask = None;
            self.switch(position);
            return;
        }
        if self.is_elsewhere(path) {
            let read = (!files::is_large(path)).then(|| files::open(path));
            let title = read.and_then(Result::ok).map(|read| read.scenario.title);
            self.notice = Some(Notice::Elsewhere {
                path: absolute(path),
                title: title.unwrap_or_default(),
            });
        } else {
            self.read_in(path);
        }
    }

    /// Reads a file; a large one beside the window.
    pub(super) fn read_in(&mut self, path: &Path) {
        if self.opening.iter().any(|(other, _)| other == path) {
            return;
        }
        let there = path.to_owned();
        let work = files::is_large(path).then(|| Background::start(move |_| files::open(&there), || ()));
        match work {
            Some(Ok(work)) => {
                self.ask = None;
                self.opening.push((path.to_owned(), work));
            }
            _ => self.adopt(files::open(path), &name_of(path)),
        }
    }

    /// Takes over the large files that have been read.
    pub(super) fn receive_opened(&mut self, ctx: &egui::Context) {
        // What is being asked, dragged or presented is about the scenario that is shown: it stays until that is done.
        let asking = self.notice.is_some()
            || self.level.is_some()
            || self.ask.is_some()
            || self.dialog.is_some()
            || self.palette.is_some();
        if asking || self.presenting.is_some() || ctx.input(|input| input.pointer.any_down()) {
            return;
        }
        for (path, work) in std::mem::take(&mut self.opening) {
            // Recovered meanwhile, it is open: two tabs must not save to one file.
            if self.position_of(&path).is_some() {
                continue;
            }
            match work.take() {
                Ok(read) => self.adopt(read, &name_of(&path)),
                Err(TryRecvError::Empty) => self.opening.push((path, work)),
                Err(TryRecvError::Disconnected) => {
                    let text = fill(self.words.open_broke, &[("file", &name_of(&path))]);
                    self.notice = Some(Notice::Message(text));
                }
            }
        }
    }

    /// Takes over a scenario that was read; keeps what was open if it could not be.
    pub(super) fn adopt(&mut self, read: Read, name: &str) {
        match read {
            Ok(Opened {
                scenario,
                warnings,
                path,
                remarks,
                bundled,
                stamp,
            }) => {
                if let (Some(home), Some(path)) = (&mut self.home, &path) {
                    home.settings.used(&absolute(path));
                }
                self.take_in(Document {
                    path,
                    remarks,
                    stamp,
                    bundled,
                    warned: warnings,
                    ..Document::new(Arc::new(scenario), name.to_owned())
                });
            }
            Err(findings) => self.refuse(findings, name),
        }
    }

    pub(super) fn save(&mut self, ctx: &egui::Context) {
        let Some(document) = self.document() else { return };
        let sure = matches!(self.notice, Some(Notice::Remarks | Notice::Keep(_)));
        let id = document.id;
        match document.path.clone() {
            Some(_) if document.remarks && !sure => self.notice = Some(Notice::Remarks),
            Some(path) => {
                let next = if let Some(Notice::Keep(next)) = &self.notice {
                    Some(next.clone())
                } else {
                    None
                };
                self.notice = None;
                if self.differs_on_disk(self.current, true) {
                    self.notice = Some(Notice::OnDisk {
                        document: id,
                        saving: true,
                        next,
                    });
                } else if self.save_to(&path)
                    && let Some(next) = next
                {
                    self.go_on(&next, ctx);
                }
            }
            None => {
                self.notice = None;
                self.ask_for(Purpose::Save, ctx);
            }
        }
    }

    /// Saves under a name that was typed, unless that is another file.
    pub(super) fn save_as(&mut self, path: &Path, ctx: &egui::Context) {
        if self.position_of(path) == Some(self.current) {
            self.ask = None;
            self.save(ctx);
            return;
        }
        let path = match files::scenario_file(path) {
            Ok(path) => path,
            Err((ending, meant)) => {
                let values = [("ending", ending.as_str()), ("file", &name_of(&meant))];
                self.notice = Some(Notice::Message(fill(self.words.save_other_kind, &values)));
                if let Some(ask) = &mut self.ask {
                    ask.text = meant.display().to_string();
                }
                return;
            }
        };
        if path.exists() {
            self.notice = Some(Notice::Replace(path, Purpose::Save));
        } else {
            self.save_to(&path);
        }
    }

    /// Saves under a name, which becomes the scenario's own; true if it worked.
    pub(super) fn save_to(&mut self, path: &Path) -> bool {
        let name = name_of(path);
        let own = self.position_of(path) == Some(self.current);
        if !own && (self.position_of(path).is_some() || self.is_elsewhere(path)) {
            let text = fill(self.words.save_taken, &[("file", &name)]);
            self.notice = Some(Notice::Message(text));
            return false;
        }
        if self.documents.iter().any(|document| document.is_country(path)) {
            let text = fill(self.words.save_over_country, &[("file", &name)]);
            self.notice = Some(Notice::Message(text));
            return false;
        }
        let Some(document) = self.documents.get(self.current) else {
            return false;
        };
        let mut scenario = Arc::clone(&document.scenario);
        let moved = document.path.as_deref().and_then(Path::parent) != path.parent();
        if !scenario.country.file.is_empty() && (moved || scenario.country != document.saved.country) {
            // A country file would not be found from another folder, and does not hold what was edited: the country
            // goes inline.
            let mut inline = Scenario::clone(&scenario);
            inline.country.file.clear();
            scenario = Arc::new(inline);
        }
        if let Err(why) = files::save(path, &scenario) {
            self.notice = Some(Notice::Message(fill(
                self.words.save_failed,
                &[("file", &name), ("why", &self.words.say(&why.message()))],
            )));
            return false;
        }
        if !own {
            self.part();
        }
        if let Some(document) = self.documents.get_mut(self.current) {
            document.saved = Arc::clone(&scenario);
            document.scenario = scenario;
            document.stamp = Stamp::of(path);
            document.path = Some(path.to_owned());
            document.name = name;
            document.changed = false;
            document.fresh = false;
            document.bundled = None;
            document.remarks = false;
            document.warned.clear();
            document.history.settle();
            self.ask = None;
            if let Some(worker) = &self.worker {
                worker.ask(document.id, Role::Saved, Arc::clone(&document.saved));
            }
        }
        if !own {
            self.claim();
        }
        if let Some(home) = &mut self.home {
            home.settings.used(&absolute(path));
        }
        self.keep(self.current);
        true
    }

    pub(super) fn go_on(&mut self, next: &Next, ctx: &egui::Context) {
        match next {
            Next::Close(position) => self.drop_document(*position),
            Next::Quit => self.apply(Command::Quit, ctx),
        }
    }

    pub(super) fn switch(&mut self, position: usize) {
        if position < self.documents.len() {
            if let Some(document) = self.document_mut() {
                document.history.settle();
            }
            self.current = position;
        }
    }

    pub(super) fn close(&mut self, position: usize) {
        // Where the file is gone, the window holds the only copy.
        self.differs_on_disk(position, false);
        let Some(document) = self.documents.get(position) else {
            return;
        };
        if document.changed {
            self.current = position;
            self.notice = Some(Notice::Keep(Next::Close(position)));
        } else {
            self.drop_document(position);
        }
    }

    pub(super) fn drop_document(&mut self, position: usize) {
        let mut document = self.documents.remove(position);
        if let Some(worker) = &self.worker {
            worker.forget(document.id);
        }
        if let Some(slot) = document.slot.take() {
            self.free(&slot);
        }
        if self.current > position {
            self.current -= 1;
        }
        self.current = self.current.min(self.documents.len().saturating_sub(1));
    }

    pub(super) fn duplicate(&mut self) {
        let Some(document) = self.document() else { return };
        let name = fill(self.words.copy_of, &[("file", &document.name)]);
        let scenario = Arc::clone(&document.scenario);
        self.open_new(scenario, name);
    }

    /// Opens a first plan for a country, made from the published tables.
    pub(super) fn start_new(&mut self, code: &str) {
        match data::country(&Pack::embedded(), code, false) {
            Ok(country) => {
                let name = countries::name(&country, self.words);
                self.open_new(Arc::new(data::new_scenario(country)), name);
            }
            Err(refusal) => self.notice = Some(Notice::Message(refusal.to_string())),
        }
    }

    /// Opens a scenario that no file holds yet.
    pub(super) fn open_new(&mut self, scenario: Arc<Scenario>, name: String) {
        let mut new = Document::new(scenario, name);
        new.fresh = true;
        self.take_in(new);
    }

    /// Adds an open scenario and shows it.
    pub(super) fn take_in(&mut self, mut document: Document) {
        self.switch(self.current);
        self.opened += 1;
        document.id = self.opened;
        document.changed = document.is_unsaved();
        self.documents.push(document);
        self.current = self.documents.len() - 1;
        self.ask = None;
        self.settle_in();
        if self.is_changed() {
            self.keep(self.current);
        }
        self.ask_worker();
    }
}
