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

/// The system's dialog, which asks for a path.
pub(super) struct AskedBySystem {
    pub purpose: Purpose,
    /// The open scenario for which it is asked.
    pub document: Option<u64>,
    pub dialog: Dialog,
}

impl App {
    pub(super) fn ask_for(&mut self, purpose: Purpose, document: Option<u64>, ctx: &egui::Context) {
        let asking = document;
        let document = document.and_then(|document| self.documents.iter().find(|open| open.id == document));
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
        self.stage.ask = Some(Ask {
            purpose,
            document: asking,
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
        if let Some(ask) = &self.stage.ask
            && self.dialogs
        {
            let near = (!ask.text.is_empty()).then(|| Path::new(&ask.text));
            let woken = ctx.clone();
            let dialog = Dialog::show(ask.purpose, near, self.words, move || woken.request_repaint());
            self.dialog = Some(AskedBySystem {
                purpose: ask.purpose,
                document: ask.document,
                dialog,
            });
        }
    }

    /// What a picture says of the plan, the day and the program.
    pub(super) fn stamp(&self, at: usize) -> figure::Stamp {
        let title = |document: &Document| document.scenario.title.clone();
        let plan = if self.page == Page::Compare && self.stage.presented.is_none() {
            self.pages.compare.titles(&self.documents).join(" / ")
        } else {
            self.documents.get(at).map(title).unwrap_or_default()
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
    pub(super) fn save_figure(&mut self, at: usize, path: &Path, format: Format) {
        let words = self.words;
        let Some(figure) = &self.figure else { return };
        let figure = Figure::clone(figure).stamped(self.stamp(at));
        match files::save_figure(path, &figure, format) {
            Ok(()) => {
                self.stage.ask = None;
                self.documents[at].edit = Some(LastEdit {
                    text: fill(words.chart_saved, &[("file", &path.display().to_string())]),
                    ..LastEdit::default()
                });
            }
            Err(why) => {
                let text = fill(words.chart_failed, &[("why", &words.say(&why))]);
                self.stage.tell(Notice::Message(text));
            }
        }
    }

    pub(super) fn open(&mut self, path: &Path) {
        if let Some(position) = self.position_of(path) {
            self.stage.ask = None;
            self.switch(position);
            return;
        }
        if self.is_elsewhere(path) {
            let read = (!files::is_large(path)).then(|| files::open(path));
            let title = read.and_then(Result::ok).map(|read| read.scenario.title);
            self.stage.tell(Notice::Elsewhere {
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
                self.stage.ask = None;
                self.opening.push((path.to_owned(), work));
            }
            _ => self.adopt(files::open(path), &name_of(path)),
        }
    }

    /// Takes over the large files that have been read.
    pub(super) fn receive_opened(&mut self, ctx: &egui::Context) {
        // What is being asked, dragged or presented is about the scenario that is shown: it stays until that is done.
        let stage = &self.stage;
        let asking = stage.is_covered() || stage.ask.is_some() || self.dialog.is_some();
        if asking || stage.presented.is_some() || ctx.input(|input| input.pointer.any_down()) {
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
                    self.stage.tell(Notice::Message(text));
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
                let mut document = Document {
                    path,
                    remarks,
                    stamp,
                    bundled,
                    ..Document::new(Arc::new(scenario), name.to_owned())
                };
                document.warn(warnings);
                self.take_in(document);
            }
            Err(findings) => self.refuse(findings, name),
        }
    }

    pub(super) fn save(&mut self, at: usize, ctx: &egui::Context) {
        let document = &self.documents[at];
        let id = document.id;
        let (sure, next) = match self.stage.notice() {
            Some(Notice::Keep(_, next)) => (true, Some(*next)),
            Some(Notice::Remarks(_)) => (true, None),
            _ => (false, None),
        };
        match document.path.clone() {
            Some(_) if document.remarks && !sure => self.stage.tell(Notice::Remarks(id)),
            Some(path) => {
                self.stage.take_notice();
                if self.differs_on_disk(at, true) {
                    self.stage.tell(Notice::OnDisk {
                        document: id,
                        saving: true,
                        next,
                    });
                } else if self.save_to(at, &path)
                    && let Some(next) = next
                {
                    self.go_on(next, ctx);
                }
            }
            None => {
                self.stage.take_notice();
                self.ask_for(Purpose::Save, Some(id), ctx);
            }
        }
    }

    /// Saves under a name that was typed, unless that is another file.
    pub(super) fn save_as(&mut self, at: usize, path: &Path, ctx: &egui::Context) {
        if self.position_of(path) == Some(at) {
            self.stage.ask = None;
            self.save(at, ctx);
            return;
        }
        let path = match files::scenario_file(path) {
            Ok(path) => path,
            Err((ending, meant)) => {
                let values = [("ending", ending.as_str()), ("file", &name_of(&meant))];
                self.stage
                    .tell(Notice::Message(fill(self.words.save_other_kind, &values)));
                if let Some(ask) = &mut self.stage.ask {
                    ask.text = meant.display().to_string();
                }
                return;
            }
        };
        if path.exists() {
            let id = self.documents[at].id;
            self.stage.tell(Notice::Replace(id, path, Purpose::Save));
        } else {
            self.save_to(at, &path);
        }
    }

    /// Saves under a name, which becomes the scenario's own; true if it worked.
    pub(super) fn save_to(&mut self, at: usize, path: &Path) -> bool {
        let name = name_of(path);
        let own = self.position_of(path) == Some(at);
        if !own && (self.position_of(path).is_some() || self.is_elsewhere(path)) {
            let text = fill(self.words.save_taken, &[("file", &name)]);
            self.stage.tell(Notice::Message(text));
            return false;
        }
        if self.documents.iter().any(|document| document.is_country(path)) {
            let text = fill(self.words.save_over_country, &[("file", &name)]);
            self.stage.tell(Notice::Message(text));
            return false;
        }
        let document = &self.documents[at];
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
            let values = [("file", name.as_str()), ("why", &self.words.say(&why.message()))];
            self.stage.tell(Notice::Message(fill(self.words.save_failed, &values)));
            return false;
        }
        if !own {
            self.part(at);
        }
        let document = &mut self.documents[at];
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
        document.written.clear();
        document.history.settle();
        self.stage.ask = None;
        if let Some(worker) = &self.worker {
            worker.ask(document.id, Role::Saved, Arc::clone(&document.saved));
        }
        if !own {
            self.claim(at);
        }
        if let Some(home) = &mut self.home {
            home.settings.used(&absolute(path));
        }
        self.keep(at);
        true
    }

    pub(super) fn go_on(&mut self, next: Next, ctx: &egui::Context) {
        match next {
            Next::Close(document) => {
                if let Some(at) = self.place_of(document) {
                    self.drop_document(at);
                }
            }
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
            let id = document.id;
            self.current = position;
            self.stage.tell(Notice::Keep(id, Next::Close(id)));
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

    pub(super) fn duplicate(&mut self, at: usize) {
        let document = &self.documents[at];
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
            Err(refusal) => self.stage.tell(Notice::Message(refusal.to_string())),
        }
    }

    /// Opens a scenario that no file holds yet.
    pub(super) fn open_new(&mut self, scenario: Arc<Scenario>, name: String) {
        let mut new = Document::new(scenario, name);
        new.fresh = true;
        new.warn(Vec::new());
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
        self.stage.ask = None;
        self.settle_in();
        if self.is_changed() {
            self.keep(self.current);
        }
        self.ask_worker();
    }
}
