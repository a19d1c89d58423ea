//! Scenarios opened, saved and closed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui;

use super::command::{Asked, Command};
use super::document::{Document, LastEdit};
use super::files::{self, Opened, Purpose, Stamp};
use super::front::{Ask, Next, Notice};
use super::jobs::{Lane, Ticket};
use super::page::Page;
use super::paths::{absolute, name_of};
use super::words::{capital, fill};
use super::{App, countries};
use crate::data::store::{self, SaveError};
use crate::data::{self, Pack};
use crate::report::figure::{self, Figure, Format};
use crate::scenario::Scenario;
use crate::scenario::findings::Finding;
use crate::scenario::messages::{self, Message};
use crate::scenario::package::Package;
use crate::scenario::text::FileKind;
use crate::scenario::verdict::Verdict;

/// What came of reading a file.
pub(super) type Read = Result<Opened, Vec<Finding>>;

/// A file that is being written for an open scenario.
pub(super) struct Writing {
    document: u64,
    path: PathBuf,
    what: Written,
    /// What asked for the path; it comes back if the file cannot be written.
    ask: Option<Ask>,
}

/// What a file is to hold.
enum Written {
    /// The scenario, and what goes on when it is saved.
    Scenario {
        scenario: Arc<Scenario>,
        next: Option<Next>,
        ticket: Ticket<Result<(), SaveError>>,
    },
    /// A chart.
    Figure(Ticket<Result<(), Message>>),
}

/// The system's dialog, which asks for a path.
pub(super) struct AskedBySystem {
    pub purpose: Purpose,
    /// The open scenario for which it is asked.
    pub document: Option<u64>,
    pub dialog: Ticket<Option<PathBuf>>,
}

impl App {
    pub(super) fn ask_for(&mut self, purpose: Purpose, document: Option<u64>) {
        let asking = document;
        let document = document.and_then(|document| self.documents.iter().find(|open| open.id == document));
        let path = document.and_then(|document| document.path.as_deref());
        let path = match (purpose, &self.figure) {
            (Purpose::Figure(format), Some(figure)) => Some(files::figure_path(path, figure, format)),
            (Purpose::OpenStandard | Purpose::OpenPackage, _) => None,
            (Purpose::SavePackage, _) => {
                let title = document.map_or("", |document| document.scenario.title.as_str());
                let name = fill(self.words.package_file_name, &[("plan", title)]);
                Some(files::proposed(self.usual_folder().as_deref(), &name))
            }
            (Purpose::SaveStandard, _) => {
                let name = self.standard.as_ref().map_or("", |standard| standard.name.as_str());
                Some(files::proposed(self.usual_folder().as_deref(), name))
            }
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
            self.browse();
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

    pub(super) fn browse(&mut self) {
        if let Some(ask) = &self.stage.ask
            && self.dialogs
        {
            let near = (!ask.text.is_empty()).then(|| Path::new(&ask.text));
            let dialog = files::ask_system(&self.jobs, ask.purpose, near, self.words);
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

    /// Saves the standard that was asked about, and takes it into the list.
    pub(super) fn save_standard(&mut self, path: &Path) {
        let Some(standard) = self.standard.take() else { return };
        self.stage.close_ask(Purpose::SaveStandard);
        match files::save_standard(path, &standard) {
            Ok(()) => self.pages.standards.take(path, self.words),
            Err(why) => {
                self.standard = Some(standard);
                let values = [("file", &*name_of(path)), ("why", &self.words.say(&why))];
                self.stage.tell(Notice::Message(fill(self.words.save_failed, &values)));
            }
        }
    }

    /// Saves the chart that was asked about.
    pub(super) fn save_figure(&mut self, at: usize, path: &Path, format: Format, ctx: &egui::Context) {
        let Some(figure) = &self.figure else { return };
        let figure = Figure::clone(figure).stamped(self.stamp(at));
        let there = path.to_owned();
        let ticket = self
            .jobs
            .start(Lane::Writing, move |_| files::save_figure(&there, &figure, format));
        let asks = |ask: &mut Ask| matches!(ask.purpose, Purpose::Figure(_));
        self.writing.push(Writing {
            document: self.documents[at].id,
            path: path.to_owned(),
            what: Written::Figure(ticket),
            ask: self.stage.ask.take_if(asks),
        });
        self.take_written(ctx);
    }

    /// Opens a scenario, lays a package over the one that is shown or shows a practice: whatever a file holds.
    pub(super) fn open_any(&mut self, path: &Path, document: Option<u64>, ctx: &egui::Context) {
        let kind = match document {
            Some(_) if !files::is_large(path) => store::kind(path),
            _ => FileKind::Scenario,
        };
        let name = path.display().to_string();
        let command = match kind {
            FileKind::Package => Command::Lay(name),
            FileKind::Practice => Command::ShowPractice(name),
            FileKind::Scenario | FileKind::Standard => return self.open(path),
        };
        self.stage.close_ask(Purpose::Open);
        self.carry_out(Asked { document, command }, ctx);
    }

    /// Saves the funding of an open scenario as a package, which is named after its file.
    pub(super) fn save_package(&mut self, at: usize, path: &Path) {
        self.stage.close_ask(Purpose::SavePackage);
        let words = self.words;
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().replace('_', " "));
        let package = Package {
            title: capital(&stem.unwrap_or_default()),
            ..Package::of(&self.documents[at].scenario)
        };
        match files::save_package(path, &package) {
            Ok(()) => {
                self.documents[at].edit = Some(LastEdit {
                    text: fill(words.package_saved, &[("file", &path.display().to_string())]),
                    ..LastEdit::default()
                });
            }
            Err(why) => {
                let values = [("file", &*name_of(path)), ("why", &words.say(&why))];
                self.stage.tell(Notice::Message(fill(words.save_failed, &values)));
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
        if files::is_large(path) {
            self.stage.ask = None;
            let ticket = self.jobs.start(Lane::Reading, move |_| files::open(&there));
            self.opening.push((path.to_owned(), ticket));
        } else {
            self.adopt(files::open(path), &name_of(path));
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
                None => self.opening.push((path, work)),
                Some(Ok(read)) => self.adopt(read, &name_of(&path)),
                Some(Err(_)) => {
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
                verdict,
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
                    ..Document::new(Arc::new(scenario), verdict, name.to_owned())
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
            // That somebody else has changed the file comes before what it would lose.
            Some(_) if self.differs_on_disk(at, true) => self.stage.tell(Notice::OnDisk {
                document: id,
                saving: true,
                next,
            }),
            Some(_) if self.documents[at].remarks && !sure => self.stage.tell(Notice::Remarks(id)),
            Some(path) => {
                self.stage.take_notice();
                self.save_to(at, &path, next, ctx);
            }
            None => {
                self.stage.take_notice();
                self.ask_for(Purpose::Save, Some(id));
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
            self.save_to(at, &path, None, ctx);
        }
    }

    /// Saves under a name, which becomes the scenario's own, and goes on when that is done.
    pub(super) fn save_to(&mut self, at: usize, path: &Path, next: Option<Next>, ctx: &egui::Context) {
        let name = name_of(path);
        let own = self.position_of(path) == Some(at);
        if !own && (self.position_of(path).is_some() || self.is_elsewhere(path)) {
            let text = fill(self.words.save_taken, &[("file", &name)]);
            self.stage.tell(Notice::Message(text));
            return;
        }
        if self.documents.iter().any(|document| document.is_country(path)) {
            let text = fill(self.words.save_over_country, &[("file", &name)]);
            self.stage.tell(Notice::Message(text));
            return;
        }
        let document = &self.documents[at];
        let moved = document.path.as_deref().and_then(Path::parent) != path.parent();
        let country = &document.scenario.country;
        let mut scenario = Arc::clone(&document.scenario);
        if !country.file.is_empty() && (moved || *country != document.saved.country) {
            // A country file would not be found from another folder, and does not hold what was edited: the country
            // goes inline.
            Arc::make_mut(&mut scenario).country.file.clear();
        }
        let (there, text) = (path.to_owned(), Arc::clone(&scenario));
        let ticket = self.jobs.start(Lane::Writing, move |_| files::save(&there, &text));
        let asks = |ask: &mut Ask| ask.purpose == Purpose::Save;
        self.writing.push(Writing {
            document: document.id,
            path: path.to_owned(),
            what: Written::Scenario { scenario, next, ticket },
            ask: self.stage.ask.take_if(asks),
        });
        self.take_written(ctx);
    }

    /// Takes note of the files that have been written.
    pub(super) fn take_written(&mut self, ctx: &egui::Context) {
        for writing in std::mem::take(&mut self.writing) {
            let Writing {
                document, path, what, ..
            } = &writing;
            let at = self.place_of(*document);
            let done = match what {
                Written::Figure(ticket) => ticket.take().map(|done| self.figure_written(at, path, done)),
                Written::Scenario { scenario, next, ticket } => ticket.take().map(|done| {
                    let done = done.map(|saved| saved.map_err(|why| why.message()));
                    let saved = at.is_some_and(|at| self.scenario_written(at, path, scenario, done));
                    if let (true, Some(next)) = (saved, next) {
                        self.go_on(*next, ctx);
                    }
                    saved
                }),
            };
            match done {
                None => self.writing.push(writing),
                Some(false) if self.stage.ask.is_none() && at.is_some() => self.stage.ask = writing.ask,
                Some(_) => {}
            }
        }
    }

    /// Takes note that a chart has been written; whether it has.
    fn figure_written(&mut self, at: Option<usize>, path: &Path, done: Result<Result<(), Message>, String>) -> bool {
        let words = self.words;
        match done.unwrap_or_else(|why| Err(messages::not_saved_reported(why))) {
            Ok(()) => {
                if let Some(at) = at {
                    self.documents[at].edit = Some(LastEdit {
                        text: fill(words.chart_saved, &[("file", &path.display().to_string())]),
                        ..LastEdit::default()
                    });
                }
                true
            }
            Err(why) => {
                let text = fill(words.chart_failed, &[("why", &words.say(&why))]);
                self.stage.tell(Notice::Message(text));
                false
            }
        }
    }

    /// Takes note that a scenario has been written; whether it has.
    fn scenario_written(
        &mut self,
        at: usize,
        path: &Path,
        scenario: &Arc<Scenario>,
        done: Result<Result<(), Message>, String>,
    ) -> bool {
        let name = name_of(path);
        if let Err(why) = done.unwrap_or_else(|why| Err(messages::not_saved_reported(why))) {
            let values = [("file", name.as_str()), ("why", &self.words.say(&why))];
            self.stage.tell(Notice::Message(fill(self.words.save_failed, &values)));
            return false;
        }
        let own = self.position_of(path) == Some(at);
        if !own {
            self.part(at);
        }
        let document = &mut self.documents[at];
        document.saved = Arc::clone(scenario);
        let inline = scenario.country.file.is_empty() && !document.scenario.country.file.is_empty();
        if inline {
            // What went inline into the file is so here too, also where the plan was edited meanwhile.
            let mut edited = Scenario::clone(&document.scenario);
            edited.country.file.clear();
            document.scenario = if edited == **scenario {
                Arc::clone(scenario)
            } else {
                Arc::new(edited)
            };
        }
        document.stamp = Stamp::of(path);
        document.path = Some(path.to_owned());
        document.name = name;
        document.fresh = false;
        document.changed = document.is_unsaved();
        document.bundled = None;
        document.remarks = false;
        document.warned.clear();
        document.written.clear();
        document.history.settle();
        if inline {
            self.ask_run(at, Lane::Edited);
        }
        self.ask_run(at, Lane::Saved);
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
                    // It may have been edited while it was written.
                    self.close(at);
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
        if let Some(slot) = document.slot.take() {
            self.free(&slot);
        }
        self.stage.forget(document.id);
        self.dialog
            .take_if(|asked| asked.purpose != Purpose::Open && asked.document == Some(document.id));
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
        match data::registers::started(&Pack::embedded(), code, false) {
            Ok(country) => {
                let name = countries::name(&country, self.words);
                self.open_new(Arc::new(data::new_scenario(country)), name);
            }
            Err(refusal) => self.stage.tell(Notice::Message(refusal.to_string())),
        }
    }

    /// Opens a scenario that no file holds yet.
    pub(super) fn open_new(&mut self, scenario: Arc<Scenario>, name: String) {
        // Most are made of one that is open, and share its country.
        let verdict = self
            .document()
            .map_or_else(|| Verdict::of(&scenario), |document| document.verdict.after(&scenario));
        let mut new = Document::new(scenario, verdict, name);
        new.fresh = true;
        if !new.verdict.errors.is_empty() {
            self.refuse(new.verdict.errors, &new.name);
            return;
        }
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
        self.ask_missing();
    }
}
