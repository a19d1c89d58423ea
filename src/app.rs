//! The window. It holds the scenario as plain data, shows it, and asks the worker for results; what a person does
//! becomes a [`Command`], and [`App::apply`] is the one place that carries commands out.

pub mod changes;
pub mod chart;
pub mod chart_data;
pub mod command;
pub mod compare_page;
pub mod countries;
pub mod equity_page;
pub mod files;
pub mod findings;
pub mod guide;
pub mod history;
pub mod journal;
pub mod level_form;
pub mod lever;
pub mod money_page;
pub mod named;
pub mod outcome;
pub mod palette;
pub mod path_editor;
pub mod plan_page;
pub mod present;
pub mod regions_page;
pub mod search;
pub mod sentence;
pub mod settings;
pub mod sources_page;
pub mod targets;
pub mod terms;
pub mod theme;
pub mod typed;
pub mod widgets;
pub mod words;
pub mod worker;

mod bars;
mod keeping;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::TryRecvError;

use eframe::egui;

use crate::data::{self, Pack, store};
use crate::report::figure::{self, Figure, Format};
use crate::scenario::Scenario;
use crate::scenario::findings::Finding;
use crate::scenario::visible::visible;
use crate::study::parallel::Background;
use crate::units::NumberFormat;
use command::Command;
use files::{Dialog, Opened, Purpose, Stamp};
use history::{Headline, History};
use journal::{About, Keeper, Left, Shelf, Slot};
use outcome::Outcome;
use settings::Settings;
use words::{ENGLISH, Words, fill};
use worker::{Answer, Role, Worker};

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// No display.
    #[error("{}", ENGLISH.no_display)]
    NoDisplay,
    /// The window system refuses.
    #[error("{}", fill(ENGLISH.no_window, &[("why", .0)]))]
    NoWindow(String),
}

/// What came of reading a file.
type Read = Result<Opened, Vec<Finding>>;

/// What the window shows first, where no file is named.
const FIRST: &str = "senegal/balanced.ron";

/// What the window starts with.
#[derive(Clone, Debug, Default)]
pub struct StartUp {
    /// A file or bundled scenario to open; Senegal's balanced plan without one.
    pub path: Option<PathBuf>,
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// If there is no display, or the window system refuses.
pub fn run(start: StartUp) -> Result<(), AppError> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !set("DISPLAY") && !set("WAYLAND_DISPLAY") && !set("WAYLAND_SOCKET") {
        return Err(AppError::NoDisplay);
    }
    let viewport = egui::ViewportBuilder::default()
        .with_title(ENGLISH.program)
        .with_app_id("rollcall")
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([760.0, 480.0]);
    let options = eframe::NativeOptions {
        viewport,
        ..Default::default()
    };
    let create: eframe::AppCreator<'_> = Box::new(|_| {
        let mut app = match settings::home() {
            Some(home) => App::at_home(start, &home),
            None => App::new(start),
        };
        app.dialogs = true;
        Ok(Box::new(app))
    });
    eframe::run_native(ENGLISH.program, options, create).map_err(|error| match error {
        // The display that is named cannot be reached.
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => AppError::NoDisplay,
        other => AppError::NoWindow(other.to_string()),
    })
}

/// A page of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Levers and what they do.
    #[default]
    Plan,
    /// Cost, funding, gap.
    Money,
    /// Scenarios side by side.
    Compare,
    /// Who is reached.
    Equity,
    /// Every number with its source.
    Sources,
    /// A ministry's own regional table.
    Regions,
}

impl Page {
    /// All pages, in the order of the strip at the left.
    pub const ALL: [Self; 6] = [
        Self::Plan,
        Self::Money,
        Self::Compare,
        Self::Equity,
        Self::Sources,
        Self::Regions,
    ];

    /// Name and what it is for.
    #[must_use]
    pub const fn words(self, words: &Words) -> (&'static str, &'static str) {
        match self {
            Self::Plan => (words.page_plan, words.page_plan_hint),
            Self::Money => (words.page_money, words.page_money_hint),
            Self::Compare => (words.page_compare, words.page_compare_hint),
            Self::Equity => (words.page_equity, words.page_equity_hint),
            Self::Sources => (words.page_sources, words.page_sources_hint),
            Self::Regions => (words.page_regions, words.page_regions_hint),
        }
    }
}

/// A scenario that is open.
pub struct Document {
    id: u64,
    path: Option<PathBuf>,
    /// Name of the file.
    pub name: String,
    /// The scenario as it is being edited.
    pub scenario: Arc<Scenario>,
    /// The scenario as the file holds it.
    pub saved: Arc<Scenario>,
    history: History,
    /// Whether the file holds remarks, which saving over it would lose.
    remarks: bool,
    changed: bool,
    /// Whether no file has ever held it.
    fresh: bool,
    /// The file as it was last read or written.
    stamp: Stamp,
    bundled: Option<String>,
    /// Its place among the journals; none where nothing can be kept.
    slot: Option<Arc<Slot>>,
    /// Its results; none until the first run is done.
    pub now: Option<Arc<Outcome>>,
    /// Results of the scenario as saved: the ghost.
    pub before: Option<Arc<Outcome>>,
    /// What the program said where its results could not be computed.
    broken: Option<String>,
    edit: Option<Edit>,
    /// What the file was warned about when it was read.
    warned: Vec<Finding>,
}

impl Document {
    /// A scenario as it is first shown.
    fn new(scenario: Arc<Scenario>, name: String) -> Self {
        Self {
            id: 0,
            path: None,
            name,
            saved: Arc::clone(&scenario),
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
            broken: None,
            edit: None,
            warned: Vec::new(),
        }
    }

    /// What may mislead: of the scenario as it is now, each where it stands in the file if it did so already, and of how
    /// the file is written.
    fn points(&self) -> Vec<&Finding> {
        let among = |findings: &[Finding], one: &Finding| {
            let same = |other: &Finding| {
                other.code == one.code && (&other.path, &other.value, &other.rule) == (&one.path, &one.value, &one.rule)
            };
            findings.iter().position(same)
        };
        let (Some(now), Some(before)) = (&self.now, &self.before) else {
            return self.warned.iter().collect();
        };
        let standing = now.warnings.iter().map(|warning| match among(&self.warned, warning) {
            Some(at) => &self.warned[at],
            None => warning,
        });
        let written = self
            .warned
            .iter()
            .filter(|warning| among(&before.warnings, warning).is_none());
        standing.chain(written).collect()
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
    pub fn is_on_file(&self) -> bool {
        self.path.is_some() && !self.fresh
    }

    /// Whether a file is the one that holds its country.
    fn is_country(&self, path: &Path) -> bool {
        let folder = self.path.as_deref().and_then(Path::parent);
        let file = self.scenario.country.file.as_str();
        folder.is_some_and(|folder| !file.is_empty() && store::is_same_file(&folder.join(file), path))
    }

    fn is_unsaved(&self) -> bool {
        self.fresh || (!Arc::ptr_eq(&self.scenario, &self.saved) && self.scenario != self.saved)
    }

    fn about(&self) -> About {
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
}

impl View<'_> {
    /// The words for what is compared with: the plan as saved, or as opened if no file of the person's holds it.
    #[must_use]
    pub fn as_before(&self, saved: &'static str, opened: &'static str) -> &'static str {
        let on_file = self.documents.get(self.current).is_some_and(Document::is_on_file);
        if on_file { saved } else { opened }
    }

    /// What is said where results are to come.
    #[must_use]
    pub fn to_come(&self) -> &'static str {
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
struct Edit {
    text: String,
    before: Option<Arc<Outcome>>,
    /// Bookmarks of undone edits that it left behind.
    marks: usize,
}

/// A path that is being asked for.
struct Ask {
    purpose: Purpose,
    text: String,
    fresh: bool,
}

/// What goes on once unsaved changes are dealt with.
#[derive(Clone)]
enum Next {
    Close(usize),
    Quit,
}

/// What outlives the window: settings and journals.
struct Home {
    settings: Settings,
    /// The settings as last written.
    kept: Settings,
    settings_path: PathBuf,
    /// None where the folder cannot be written.
    shelf: Option<Shelf>,
    keeper: Option<Keeper>,
    /// Whether what is done cannot be kept, which has been said.
    failing: bool,
    /// Whether it is the keeper that cannot write.
    keeper_failing: bool,
}

/// What must be read or answered first.
enum Notice {
    Findings {
        title: String,
        rest: &'static str,
        findings: Vec<Finding>,
        /// The scenario in which they were found; none where a file could not be opened.
        of: Option<Arc<Scenario>>,
    },
    Message(String),
    /// Unsaved changes stand in the way.
    Keep(Next),
    /// Saving would lose the remarks of the file.
    Remarks,
    /// A crash has left something.
    Left,
    /// The file is another than the one that was read; what goes on after saving, if that was asked for.
    OnDisk {
        document: u64,
        saving: bool,
        next: Option<Next>,
    },
    /// Another window has the file open.
    Elsewhere {
        path: PathBuf,
        title: String,
    },
    /// A file of this name exists.
    Replace(PathBuf, Purpose),
}

/// The application.
pub struct App {
    words: &'static Words,
    /// How numbers are written; none for the way of the language.
    format: Option<NumberFormat>,
    documents: Vec<Document>,
    current: usize,
    page: Page,
    /// Number of documents opened so far.
    opened: u64,
    worker: Option<Worker>,
    compute: worker::Compute,
    /// Large files that are being read.
    opening: Vec<(PathBuf, Background<Read>)>,
    ask: Option<Ask>,
    notice: Option<Notice>,
    /// What is to be told next.
    untold: VecDeque<Notice>,
    home: Option<Home>,
    left: Vec<Left>,
    dialog: Option<(Purpose, Dialog)>,
    /// The chart that a path is or was asked for.
    figure: Option<Arc<Figure>>,
    /// Whether the system's file dialogs may be shown; tests do without.
    dialogs: bool,
    dressed: bool,
    leaving: bool,
    title: String,
    pages: Pages,
    presenting: Option<present::State>,
    palette: Option<palette::State>,
    /// The list of changes, while it is shown.
    changes: Option<changes::State>,
    /// The guide, while it is shown.
    guide: Option<guide::State>,
    /// A level that is being added.
    level: Option<level_form::State>,
}

/// What each page remembers of how it is looked at; nothing of this is part of a scenario.
#[derive(Default)]
struct Pages {
    plan: lever::State,
    money: money_page::State,
    compare: compare_page::State,
    equity: equity_page::State,
    sources: sources_page::State,
    regions: regions_page::State,
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.show(ui);
    }
}

impl App {
    /// An application with what it starts with; computing begins with the first frame.
    #[must_use]
    pub fn new(start: StartUp) -> Self {
        Self::start(start, None)
    }

    /// An application that keeps settings and journals in a folder and takes up what it finds there.
    #[must_use]
    pub fn at_home(start: StartUp, folder: &Path) -> Self {
        Self::start(start, Some(folder))
    }

    fn start(start: StartUp, folder: Option<&Path>) -> Self {
        let mut app = Self {
            words: &words::language("en").words,
            format: None,
            documents: Vec::new(),
            current: 0,
            page: Page::default(),
            opened: 0,
            worker: None,
            compute: Outcome::of,
            opening: Vec::new(),
            ask: None,
            notice: None,
            untold: VecDeque::new(),
            home: None,
            left: Vec::new(),
            dialog: None,
            figure: None,
            dialogs: false,
            dressed: false,
            leaving: false,
            title: String::new(),
            pages: Pages::default(),
            presenting: None,
            palette: None,
            changes: None,
            guide: None,
            level: None,
        };
        if let Some(folder) = folder {
            app.move_in(folder);
        }
        let last = app
            .home
            .as_ref()
            .map_or_else(Vec::new, |home| home.settings.open.clone());
        match start.path {
            Some(path) => app.open(&path),
            None => {
                for path in last.iter().filter(|path| path.is_file()) {
                    app.open(path);
                }
            }
        }
        if app.documents.is_empty() && app.opening.is_empty() && app.notice.is_none() {
            app.adopt(files::open_bundled(FIRST), &name_of(Path::new(FIRST)));
        }
        app
    }

    /// Computes in the same thread as the window, so that a test sees a result in the next frame.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.worker = Some(Worker::inline(self.compute));
        self.ask_worker();
        self
    }

    /// Computes with something else than the model, so that a test sees what happens when it fails.
    #[must_use]
    pub fn computing(mut self, compute: worker::Compute) -> Self {
        self.compute = compute;
        self
    }

    /// The scenario as it is being edited.
    #[must_use]
    pub fn scenario(&self) -> Option<&Arc<Scenario>> {
        self.document().map(|document| &document.scenario)
    }

    /// The scenario that is shown.
    #[must_use]
    pub fn document(&self) -> Option<&Document> {
        self.documents.get(self.current)
    }

    fn document_mut(&mut self) -> Option<&mut Document> {
        self.documents.get_mut(self.current)
    }

    /// All open scenarios.
    #[must_use]
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The page that is shown.
    #[must_use]
    pub fn page(&self) -> Page {
        self.page
    }

    /// The newest results.
    #[must_use]
    pub fn outcome(&self) -> Option<&Arc<Outcome>> {
        self.document()?.now.as_ref()
    }

    /// Whether there are changes that no file holds.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.document().is_some_and(Document::is_changed)
    }

    /// Whether results are still to come.
    #[must_use]
    pub fn is_computing(&self) -> bool {
        self.worker.as_ref().is_some_and(Worker::is_busy)
    }

    /// Shows one frame.
    pub fn show(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.prepare(&ctx);
        self.receive(&ctx);
        self.look_around(&ctx);
        let mut command = command::pressed(&ctx);
        if command.is_some() {
            // Keys act on the page, not on what is typed into the palette.
            self.palette = None;
        }
        if self.notice.is_some() || self.level.is_some() {
            // What stands in front is answered first.
            command = None;
        }
        let unsaved = self.documents.iter().any(|document| document.changed);
        if unsaved && !self.leaving && ctx.input(|input| input.viewport().close_requested()) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            command = Some(Command::Quit);
        }
        if self.presenting.is_some() {
            if ctx.input(|input| input.key_pressed(egui::Key::Escape)) && self.notice.is_none() && self.ask.is_none() {
                command = Some(Command::Present);
            }
            // What these open is not part of the show.
            command = command.filter(|command| {
                !matches!(
                    command,
                    Command::Palette | Command::AskNew | Command::History | Command::ShowPoints | Command::Guide
                )
            });
            if self.ask.is_some() {
                command = command.or(self.ask_bar(ui));
            }
            command = command.or(self.presented(ui)).or(self.notices(&ctx));
            command = command.or(chart_data::wanted(&ctx));
            if let Some(command) = command {
                self.apply(command, &ctx);
                ctx.request_repaint();
            }
            return;
        }
        if self.palette.is_some() {
            chart_data::ask(&ctx);
        }
        command = command.or(self.top_bar(ui));
        command = command.or(self.foot(ui));
        if self.ask.is_some() {
            command = command.or(self.ask_bar(ui));
        }
        command = command.or(self.opening_bar(ui));
        command = command.or(self.strip(ui));
        let in_front = self.notice.is_some() || self.ask.is_some() || self.palette.is_some();
        if let Some(state) = &mut self.guide {
            command = command.or(guide::show(ui, state, in_front, self.words));
        }
        let frame = egui::Frame::new()
            .fill(theme::Palette::of(ui).ground)
            .inner_margin(theme::GAP);
        egui::CentralPanel::default()
            .frame(frame)
            .show(ui, |ui| match self.documents.get(self.current) {
                Some(document) => {
                    let view = View {
                        words: self.words,
                        scenario: &document.scenario,
                        now: document.now.as_deref(),
                        saved: document.before.as_deref(),
                        documents: &self.documents,
                        current: self.current,
                    };
                    if self.page == Page::Plan {
                        sentence::show(ui, &view);
                    }
                    plan_page::scoreboard(ui, &view);
                    ui.add_space(theme::GAP - ui.spacing().item_spacing.y);
                    let of_level = level_form::banner(ui, &document.scenario, self.words);
                    command = command.take().or(of_level);
                    let (shown, pages) = (self.page, &mut self.pages);
                    let mut page = |ui: &mut egui::Ui| match shown {
                        Page::Plan => plan_page::page(ui, &view, &mut pages.plan),
                        Page::Money => money_page::page(ui, &view, &mut pages.money),
                        Page::Compare => compare_page::page(ui, &view, &mut pages.compare),
                        Page::Equity => equity_page::page(ui, &view, &mut pages.equity),
                        Page::Sources => sources_page::page(ui, &view, &mut pages.sources),
                        Page::Regions => regions_page::page(ui, &view, &mut pages.regions),
                    };
                    // A page of tables needs some room; where text is large it moves in both directions.
                    let wide = matches!(shown, Page::Sources | Page::Regions);
                    let room = ui.available_size().max(theme::PAGE);
                    let from_page = if wide && room != ui.available_size() {
                        egui::ScrollArea::both()
                            .id_salt("page")
                            .auto_shrink(false)
                            .show(ui, |ui| {
                                ui.set_min_size(room);
                                ui.set_max_size(room);
                                page(ui)
                            })
                            .inner
                    } else {
                        page(ui)
                    };
                    command = command.take().or(from_page);
                }
                None => {
                    ui.centered_and_justified(|ui| ui.label(self.words.empty));
                }
            });
        command = command.or(self.notices(&ctx)).or(chart_data::wanted(&ctx));
        if let Some((state, document)) = self.level.as_mut().zip(self.documents.get(self.current)) {
            command = command.or(level_form::show(&ctx, state, &document.scenario, self.words));
        }
        let in_front = self.palette.is_some() || self.notice.is_some() || self.level.is_some();
        if let Some((state, document)) = self.changes.as_mut().zip(self.documents.get(self.current)) {
            let shown = changes::show(&ctx, state, document, self.words);
            // What stands in front is left first.
            let shown = shown.filter(|command| !(in_front && matches!(command, Command::History)));
            command = command.or(shown);
        }
        if let Some(state) = &mut self.palette {
            let mut entries = palette::entries(self.words, &self.documents, self.current);
            entries.extend(palette::charts(self.words, &chart_data::shown(&ctx)));
            if let Some(chosen) = palette::show(&ctx, state, self.words, &entries) {
                self.palette = None;
                command = command.or(Some(chosen));
            }
        }
        if let Some(command) = command {
            self.apply(command, &ctx);
            ctx.request_repaint();
        }
        self.retitle(&ctx);
    }

    fn prepare(&mut self, ctx: &egui::Context) {
        if !self.dressed {
            theme::install(ctx);
            if let Some(home) = &self.home {
                home.dress(ctx);
            }
            // Zoom is a command like any other; egui's own keys would act beside it.
            ctx.options_mut(|options| options.zoom_with_keyboard = false);
            self.dressed = true;
        }
        if self.worker.is_none() {
            let woken = ctx.clone();
            let worker = Worker::start(self.compute, move || woken.request_repaint());
            self.worker = Some(worker.unwrap_or_else(|_| Worker::inline(self.compute)));
            self.ask_worker();
            if let Some(keeper) = self.home.as_ref().and_then(|home| home.keeper.as_ref()) {
                let woken = ctx.clone();
                keeper.wake(move || woken.request_repaint());
            }
        }
    }

    fn receive(&mut self, ctx: &egui::Context) {
        while let Some(answer) = self.worker.as_ref().and_then(Worker::take) {
            self.take_answer(answer);
        }
        self.receive_opened(ctx);
        let chosen = self
            .dialog
            .as_ref()
            .and_then(|(purpose, dialog)| dialog.poll().map(|path| (*purpose, path)));
        if let Some((purpose, path)) = chosen {
            self.dialog = None;
            // None is both a refusal and the lack of a dialog: the path field stays.
            if let Some(path) = path {
                let command = match purpose {
                    Purpose::Open => Command::Open(path),
                    // The system's dialog has not asked about a name that it did not see.
                    Purpose::Figure(format) if files::figure_file(&path, format) != path => {
                        Command::SaveFigure(path, format)
                    }
                    Purpose::Save if files::scenario_file(&path).as_ref() != Ok(&path) => Command::SaveAs(path),
                    Purpose::Figure(_) | Purpose::Save => Command::Replace(path, purpose),
                };
                self.apply(command, ctx);
            }
        }
    }

    fn take_answer(&mut self, answer: Answer) {
        let position = self.documents.iter().position(|open| open.id == answer.document);
        let Some(position) = position else { return };
        let document = &mut self.documents[position];
        // What cannot be computed, and what came out as no number, is told alike.
        let outcome = answer.outcome.map_err(|why| {
            let values = [("file", document.name.as_str()), ("why", why.as_str())];
            fill(self.words.run_failed, &values)
        });
        let outcome = outcome.and_then(|outcome| match &outcome.unsound {
            Some(finding) => {
                let why = findings::said(finding, Some(&document.scenario), self.words);
                let values = [("file", document.name.as_str()), ("why", why.as_str())];
                Err(fill(self.words.run_unsound, &values))
            }
            None => Ok(outcome),
        });
        match (answer.role, outcome) {
            (Role::Saved, outcome) => document.before = outcome.ok(),
            (Role::Edited, Ok(outcome)) => {
                let is_this = Arc::ptr_eq(&answer.scenario, &document.scenario);
                let news = is_this && document.history.comes_to(Headline::of(&outcome));
                document.now = Some(outcome);
                document.broken = None;
                if news && document.history.edits().next().is_some() {
                    self.keep(position);
                }
            }
            (Role::Edited, Err(why)) => {
                // Older results are not those of what is shown.
                document.now = None;
                if document.broken.is_none() {
                    self.notice = Some(Notice::Message(why.clone()));
                }
                document.broken = Some(why);
            }
        }
    }

    /// Carries a command out.
    pub fn apply(&mut self, command: Command, ctx: &egui::Context) {
        match command {
            Command::AskNew => self.palette = Some(palette::State::with(format!("{} ", self.words.new_plan))),
            Command::New(code) => self.start_new(code),
            Command::AskOpen => self.ask_for(Purpose::Open, ctx),
            Command::AskSaveAs => {
                self.notice = None;
                self.ask_for(Purpose::Save, ctx);
            }
            Command::Browse => self.browse(ctx),
            Command::Open(path) => self.open(&path),
            Command::OpenBundled(name) => self.adopt(files::open_bundled(name), &name_of(Path::new(name))),
            Command::Save => self.save(ctx),
            Command::SaveAs(path) => self.save_as(&path, ctx),
            Command::Replace(path, purpose) => {
                self.notice = None;
                match purpose {
                    Purpose::Figure(format) => self.save_figure(&path, format),
                    Purpose::Save | Purpose::Open => {
                        self.save_to(&path);
                    }
                }
            }
            Command::AskSaveFigure(figure, format) => {
                self.figure = Some(figure);
                self.ask_for(Purpose::Figure(format), ctx);
            }
            Command::SaveFigure(path, format) => {
                let path = files::figure_file(&path, format);
                if path.exists() {
                    self.notice = Some(Notice::Replace(path, Purpose::Figure(format)));
                } else {
                    self.save_figure(&path, format);
                }
            }
            Command::StopOpening(path) => self.opening.retain(|(other, _)| *other != path),
            Command::OpenAnyway(path) => {
                self.notice = None;
                self.read_in(&path);
            }
            Command::OpenCopy(path) => {
                self.notice = None;
                self.open_copy(&path);
            }
            Command::Recover(position) => self.recover(position),
            Command::RecoverAll => self.recover_all(),
            Command::Discard(position) => self.discard(position),
            Command::Later(position) => self.later(position),
            Command::KeepMine => self.keep_mine(ctx),
            Command::TakeTheirs => self.take_theirs(),
            Command::Undo => self.travel(false),
            Command::Redo => self.travel(true),
            Command::History => {
                self.changes = self.changes.is_none().then(changes::State::default);
            }
            Command::Travel(to) => self.travel_to(to),
            Command::Mark { at, name } => {
                if let Some(document) = self.document_mut() {
                    document.history.mark(at, name.trim());
                    self.keep(self.current);
                }
            }
            Command::SetLever { lever, value, more } => self.set_lever(lever, value, more),
            Command::Change {
                scenario,
                what,
                dragged,
            } => {
                self.level = None;
                self.change(scenario, what, dragged.as_deref());
            }
            Command::AskLevel(level) => {
                self.level = self.scenario().map(|scenario| level_form::State::of(level, scenario));
            }
            Command::Settle => {
                if let Some(document) = self.document_mut() {
                    document.history.settle();
                }
            }
            Command::Show(page) => {
                self.notice = None;
                self.page = page;
                // What had the keys is on another page.
                if let Some(held) = ctx.memory(egui::Memory::focused) {
                    ctx.memory_mut(|memory| memory.surrender_focus(held));
                }
            }
            Command::GoToNumber(path) => {
                self.notice = None;
                self.page = Page::Sources;
                self.pages.sources.look_for(path);
            }
            Command::GoTo(lever) => {
                self.notice = None;
                if let Some(horizon) = self.scenario().map(|scenario| scenario.horizon) {
                    self.page = Page::Plan;
                    self.pages.plan.look_for(lever.name(self.words, horizon));
                }
            }
            Command::Guide => {
                let page = self.page;
                self.guide = self.guide.is_none().then(|| guide::State::at(page));
            }
            Command::Palette => self.palette = Some(palette::State::default()),
            Command::Find => match &self.guide {
                // A second time leads to the page.
                Some(_) if ctx.memory(egui::Memory::focused) != Some(guide::search()) => {
                    widgets::retype(ctx, guide::search());
                }
                _ => widgets::find(ctx),
            },
            Command::NextStandIn => {
                self.page = Page::Sources;
                self.pages.sources.ask_next_stand_in();
            }
            Command::FindNumber(search) => {
                self.page = Page::Sources;
                self.pages.sources.search_for(search);
            }
            Command::Present => self.present(ctx),
            Command::Switch(position) => self.switch(position),
            Command::Next => self.switch((self.current + 1) % self.documents.len().max(1)),
            Command::Close(position) => self.close(position),
            Command::CloseThis => self.close(self.current),
            Command::Duplicate => self.duplicate(),
            Command::OpenNew { scenario, name } => self.open_new(scenario, name),
            Command::Revert => self.revert(),
            Command::ShowPoints => self.show_points(),
            Command::Add(component) => {
                let what = fill(
                    self.words.edit_added,
                    &[("group", lever::group_name(Some(component), self.words))],
                );
                if let Some(document) = self.document() {
                    let mut edited = Scenario::clone(&document.scenario);
                    lever::add(&mut edited, component);
                    self.change(Arc::new(edited), what, None);
                }
            }
            Command::NextLanguage => {
                let (all, code) = (words::languages(), self.words.code);
                let at = all.iter().position(|language| language.code == code).unwrap_or(0);
                self.words = all[(at + 1) % all.len()].in_format(self.format);
            }
            Command::WriteNumbers(format) => {
                self.format = format;
                self.words = words::language(self.words.code).in_format(format);
            }
            Command::ToggleTheme => {
                let dark = ctx.theme() == egui::Theme::Dark;
                ctx.set_theme(if dark { egui::Theme::Light } else { egui::Theme::Dark });
            }
            Command::ZoomIn => egui::gui_zoom::zoom_in(ctx),
            Command::ZoomOut => egui::gui_zoom::zoom_out(ctx),
            Command::ZoomReset => ctx.set_zoom_factor(1.0),
            // Only what stands in front: the path that led to an error is still there to be put right.
            Command::Dismiss => {
                let front = [
                    self.notice.take().is_some(),
                    self.level.take().is_some(),
                    self.palette.take().is_some(),
                ];
                if !front.contains(&true) {
                    self.ask = None;
                }
            }
            Command::DropChanges => {
                if let Some(Notice::Keep(next)) = self.notice.take() {
                    self.let_go();
                    self.go_on(&next, ctx);
                }
            }
            Command::Quit => {
                for position in 0..self.documents.len() {
                    self.differs_on_disk(position, false);
                }
                if let Some(unsaved) = self.documents.iter().position(|document| document.changed) {
                    self.switch(unsaved);
                    self.notice = Some(Notice::Keep(Next::Quit));
                } else {
                    self.leaving = true;
                    ctx.send_viewport_cmd(egui::ViewportCommand::Close);
                }
            }
        }
    }

    /// Lists what may mislead in the scenario that is shown.
    fn show_points(&mut self) {
        let Some(document) = self.document() else { return };
        let scenario = Arc::clone(&document.scenario);
        let findings: Vec<Finding> = document.points().into_iter().cloned().collect();
        let rest = if findings.is_empty() {
            self.words.points_none
        } else {
            self.words.points_hint
        };
        self.notice = Some(Notice::Findings {
            title: fill(self.words.points_title, &[("file", &document.name)]),
            rest,
            findings,
            of: Some(scenario),
        });
    }

    fn set_lever(&mut self, lever: lever::LeverId, value: f64, more: bool) {
        let words = self.words;
        let Some(document) = self.document_mut() else { return };
        // A drag starts from where the hand took hold, so that a path keeps its shape however far it is moved.
        let start = document
            .history
            .start_of(lever.path())
            .unwrap_or(&document.scenario)
            .clone();
        let mut edited = Scenario::clone(&start);
        lever.set(&mut edited, value);
        if edited == *document.scenario {
            if !more {
                document.history.settle();
            }
            return;
        }
        let what = lever.edit(&start, &edited, words);
        self.change(Arc::new(edited), what, Some(lever.path()));
        if !more && let Some(document) = self.document_mut() {
            document.history.settle();
        }
    }

    /// Takes over an edited scenario. Movements of one drag are one edit, which started where the hand took hold.
    fn change(&mut self, scenario: Arc<Scenario>, what: String, dragged: Option<&str>) {
        let words = self.words;
        let Some(document) = self.document_mut() else { return };
        if *scenario == *document.scenario {
            return;
        }
        let start = dragged.and_then(|field| document.history.start_of(field)).cloned();
        if start.is_none() {
            document.edit = Some(Edit {
                text: String::new(),
                before: document.now.clone(),
                ..Edit::default()
            });
        }
        let text = fill(words.foot_edit, &[("what", &what)]);
        let before = start.unwrap_or_else(|| Arc::clone(&document.scenario));
        let gone = match dragged {
            Some(field) => document.history.record_move(field, before, what, true),
            None => document.history.record(before, what),
        };
        if let Some(edit) = &mut document.edit {
            edit.marks += gone;
            edit.text = match edit.marks {
                0 => text,
                gone => fill(words.foot_marks, &[("edit", &text), ("count", &words.count(gone))]),
            };
        }
        document.scenario = scenario;
        document.history.made(journal::now());
        self.changed();
    }

    /// Starts or ends presenting; the window is as before when it ends.
    fn present(&mut self, ctx: &egui::Context) {
        let full = if let Some(state) = self.presenting.take() {
            ctx.set_zoom_factor(state.zoom);
            false
        } else if self.document().is_some() {
            self.presenting = Some(present::State::new(ctx.zoom_factor()));
            true
        } else {
            return;
        };
        if self.dialogs {
            ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(full));
        }
    }

    /// The presented screen alone, as large as the window allows.
    fn presented(&mut self, ui: &mut egui::Ui) -> Option<Command> {
        let (state, document) = (self.presenting.as_mut()?, self.documents.get(self.current)?);
        let ctx = ui.ctx().clone();
        // The window grows to the whole screen some frames after it was asked to: fit again when its height has changed.
        let height = (ctx.viewport_rect().height() * ctx.pixels_per_point()).round();
        if state.fitted != Some(height) {
            state.fitted = Some(height);
            let native = ctx.pixels_per_point() / ctx.zoom_factor();
            ctx.set_zoom_factor(present::zoom_for(height, native));
        }
        let view = View {
            words: self.words,
            scenario: &document.scenario,
            now: document.now.as_deref(),
            saved: document.before.as_deref(),
            documents: &self.documents,
            current: self.current,
        };
        let frame = egui::Frame::new()
            .fill(theme::Palette::of(ui).ground)
            .inner_margin(theme::GAP * 2.0);
        egui::CentralPanel::default()
            .frame(frame)
            .show(ui, |ui| present::page(ui, &view, state))
            .inner
    }

    fn switch(&mut self, position: usize) {
        if position < self.documents.len() {
            if let Some(document) = self.document_mut() {
                document.history.settle();
            }
            self.current = position;
        }
    }

    fn close(&mut self, position: usize) {
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

    fn drop_document(&mut self, position: usize) {
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

    fn duplicate(&mut self) {
        let Some(document) = self.document() else { return };
        let name = fill(self.words.copy_of, &[("file", &document.name)]);
        let scenario = Arc::clone(&document.scenario);
        self.open_new(scenario, name);
    }

    /// Opens a first plan for a country, made from the published tables.
    fn start_new(&mut self, code: &str) {
        match data::country(&Pack::embedded(), code, false) {
            Ok(country) => {
                let name = countries::name(&country, self.words);
                self.open_new(Arc::new(data::new_scenario(country)), name);
            }
            Err(refusal) => self.notice = Some(Notice::Message(refusal.to_string())),
        }
    }

    /// Opens a scenario that no file holds yet.
    fn open_new(&mut self, scenario: Arc<Scenario>, name: String) {
        let mut new = Document::new(scenario, name);
        new.fresh = true;
        self.take_in(new);
    }

    /// Adds an open scenario and shows it.
    fn take_in(&mut self, mut document: Document) {
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

    fn travel(&mut self, forward: bool) {
        let words = self.words;
        let Some(document) = self.document_mut() else { return };
        let (template, what) = if forward {
            (words.foot_redone, document.history.redo(&mut document.scenario))
        } else {
            (words.foot_undone, document.history.undo(&mut document.scenario))
        };
        let (name, lost) = (document.name.clone(), document.history.take_lost());
        if let Some(what) = what {
            document.edit = Some(Edit {
                text: fill(template, &[("what", &what)]),
                before: document.now.clone(),
                ..Edit::default()
            });
            self.changed();
        }
        self.say_lost(&name, lost);
    }

    /// Goes to what a number of edits leads to.
    fn travel_to(&mut self, to: usize) {
        let words = self.words;
        let Some(document) = self.document_mut() else { return };
        let arrived = document.history.travel(to, &mut document.scenario);
        let (name, lost) = (document.name.clone(), document.history.take_lost());
        if arrived {
            let what = document.history.to_undo().unwrap_or(words.history_oldest);
            document.edit = Some(Edit {
                text: fill(words.foot_travelled, &[("what", what)]),
                before: document.now.clone(),
                ..Edit::default()
            });
            self.changed();
        }
        self.say_lost(&name, lost);
    }

    fn changed(&mut self) {
        let Some(document) = self.documents.get_mut(self.current) else {
            return;
        };
        document.changed = document.is_unsaved();
        if let Some(worker) = &self.worker {
            worker.ask(document.id, Role::Edited, Arc::clone(&document.scenario));
        }
        self.keep_this();
    }

    /// Asks for the results of the scenario that is shown, or of all when the worker has just come.
    fn ask_worker(&self) {
        let Some(worker) = &self.worker else { return };
        for document in self.documents.iter().filter(|document| document.now.is_none()) {
            worker.ask(document.id, Role::Edited, Arc::clone(&document.scenario));
            worker.ask(document.id, Role::Saved, Arc::clone(&document.saved));
        }
    }

    fn ask_for(&mut self, purpose: Purpose, ctx: &egui::Context) {
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
    fn usual_folder(&self) -> Option<PathBuf> {
        let last = self
            .home
            .as_ref()
            .and_then(|home| home.settings.recent.first()?.parent());
        let folder = last.map(Path::to_owned).filter(|folder| folder.is_dir());
        folder.or_else(|| etcetera::home_dir().ok())
    }

    fn browse(&mut self, ctx: &egui::Context) {
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
    fn stamp(&self) -> figure::Stamp {
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
    fn save_figure(&mut self, path: &Path, format: Format) {
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
                    document.edit = Some(Edit {
                        text: fill(words.chart_saved, &[("file", &path.display().to_string())]),
                        ..Edit::default()
                    });
                }
            }
            Err(why) => self.notice = Some(Notice::Message(fill(words.chart_failed, &[("why", &words.say(&why))]))),
        }
    }

    fn open(&mut self, path: &Path) {
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
    fn read_in(&mut self, path: &Path) {
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
    fn receive_opened(&mut self, ctx: &egui::Context) {
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
    fn adopt(&mut self, read: Read, name: &str) {
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

    fn save(&mut self, ctx: &egui::Context) {
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
    fn save_as(&mut self, path: &Path, ctx: &egui::Context) {
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
    fn save_to(&mut self, path: &Path) -> bool {
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

    fn go_on(&mut self, next: &Next, ctx: &egui::Context) {
        match next {
            Next::Close(position) => self.drop_document(*position),
            Next::Quit => self.apply(Command::Quit, ctx),
        }
    }

    /// What the last edit did to reach and to what doing it all costs.
    fn effect(&self) -> Option<String> {
        let document = self.document()?;
        let (before, now) = (document.edit.as_ref()?.before.as_ref()?, document.now.as_ref()?);
        let words = self.words;
        Some(changes::effect(Headline::of(before), Headline::of(now), words))
    }

    fn retitle(&mut self, ctx: &egui::Context) {
        let title = self.document().map_or_else(
            || self.words.program.to_owned(),
            |document| {
                format!(
                    "{}{} – {}",
                    if document.changed { "● " } else { "" },
                    document.name,
                    self.words.program
                )
            },
        );
        let title = visible(&title).into_owned();
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

/// The one name of a file, however it was called.
fn absolute(path: &Path) -> PathBuf {
    path.canonicalize()
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| visible(&name.to_string_lossy()).into_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_display_one_sentence_names_the_other_way() {
        let text = AppError::NoDisplay.to_string();
        assert!(
            text.contains("`rollcall run FILE`") && text.ends_with('.') && text.matches(". ").count() == 0,
            "{text}"
        );
    }
}
