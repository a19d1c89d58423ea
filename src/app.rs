//! The window. It holds the open scenarios as plain data, shows one, and asks for results; what a person does becomes a
//! [`Command`](command::Command) in the queue of the frame, and `commands` carries it out on the scenario that it was
//! asked for. Every edit goes through the gate of `editing`; all work that takes time goes through `jobs`.

pub mod changes;
pub mod chart;
pub mod chart_data;
pub mod command;
pub mod compare_page;
mod costs;
pub mod countries;
pub mod deeds;
pub mod document;
pub mod equity_page;
pub mod files;
pub mod findings;
pub mod funding_page;
pub mod guide;
pub mod history;
pub mod journal;
pub mod level_form;
pub mod lever;
pub mod money_page;
pub mod named;
pub mod outcome;
pub mod page;
pub mod palette;
pub mod phrases;
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

mod bars;
mod commands;
mod editing;
mod fields;
mod filing;
mod frame;
mod front;
mod jobs;
mod keeping;
mod memo;
mod paths;
mod practices;
mod runs;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui;

pub use document::{Document, tab_names};
pub use page::Page;

use crate::report::figure::Figure;
use crate::scenario::Scenario;
use crate::scenario::standard::Standard;
use crate::units::NumberFormat;
use filing::{AskedBySystem, Read, Writing};
use front::{Notice, Stage};
use jobs::{Jobs, Ticket};
use journal::Left;
use keeping::Home;
use outcome::Outcome;
use paths::name_of;
use runs::Compute;
use words::{ENGLISH, Words, fill};

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
    /// What computes the results.
    compute: Compute,
    /// Large files that are being read.
    opening: Vec<(PathBuf, Ticket<Read>)>,
    /// Files that are being written.
    writing: Vec<Writing>,
    /// What stands beside, above and in front of the page.
    stage: Stage,
    /// What is to be told next.
    untold: VecDeque<Notice>,
    home: Option<Home>,
    left: Vec<Left>,
    dialog: Option<AskedBySystem>,
    /// The chart that a path is or was asked for.
    figure: Option<Arc<Figure>>,
    /// The standard that a path is or was asked for.
    standard: Option<Arc<Standard>>,
    /// Whether the system's file dialogs may be shown; tests do without.
    dialogs: bool,
    /// Whether the first frame has been begun.
    begun: bool,
    leaving: bool,
    title: String,
    pages: Pages,
    /// Size of everything but the screen for a room.
    zoom: f32,
    /// Work beside the window. What waits for an answer goes first, so that all but writing is cancelled before.
    jobs: Jobs,
}

/// What each page remembers of how it is looked at; nothing of this is part of a scenario.
#[derive(Default)]
struct Pages {
    plan: plan_page::PlanView,
    money: money_page::MoneyView,
    funding: funding_page::FundingView,
    compare: compare_page::CompareView,
    standards: compare_page::standards::StandardsView,
    equity: equity_page::EquityView,
    sources: sources_page::SourcesView,
    regions: regions_page::RegionsView,
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
            compute: Outcome::again,
            opening: Vec::new(),
            writing: Vec::new(),
            stage: Stage::default(),
            untold: VecDeque::new(),
            home: None,
            left: Vec::new(),
            dialog: None,
            figure: None,
            standard: None,
            dialogs: false,
            begun: false,
            leaving: false,
            title: String::new(),
            pages: Pages::default(),
            zoom: 1.0,
            jobs: Jobs::default(),
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
        if app.documents.is_empty() && app.opening.is_empty() && !app.stage.is_covered() {
            app.adopt(files::open_bundled(FIRST), &name_of(Path::new(FIRST)));
        }
        app
    }

    /// Computes in the same thread as the window, so that a test sees a result in the next frame.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.jobs.inline();
        self.ask_missing();
        self
    }

    /// Computes with something else than the model, so that a test sees what happens when it fails.
    #[must_use]
    pub fn computing(mut self, compute: Compute) -> Self {
        self.compute = compute;
        self
    }

    /// Speaks a language that is not among those that are bundled.
    #[must_use]
    pub fn speaking(mut self, words: &'static Words) -> Self {
        self.words = words;
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

    /// The number of the scenario that is shown.
    fn shown(&self) -> Option<u64> {
        self.document().map(|document| document.id)
    }

    /// The position of an open scenario, by its number.
    fn place_of(&self, document: u64) -> Option<usize> {
        self.documents.iter().position(|open| open.id == document)
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
        self.documents.iter().any(|document| !document.runs.is_empty())
    }
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
