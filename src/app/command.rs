//! Everything that can be done in the window. Buttons, keys and tests all say it in these words; one place carries it
//! out ([`App::apply`](super::App::apply)), in the order in which it was asked for. What can be done by key or by name
//! stands in one table, [`deeds`](super::deeds).

use std::path::PathBuf;
use std::sync::Arc;

use super::files::Purpose;
use super::lever::LeverId;
use super::page::Page;
use crate::report::figure::{Figure, Format};
use crate::scenario::standard::Standard;
use crate::scenario::{Component, Level, Scenario};
use crate::units::NumberFormat;

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Ask for which country to start a plan.
    AskNew,
    /// Start a plan for a country, by its code of three letters.
    New(&'static str),
    /// Ask which file to open.
    AskOpen,
    /// Ask under which name to save.
    AskSaveAs,
    /// Show the system's file dialog for what is being asked.
    Browse,
    /// Open a file.
    Open(PathBuf),
    /// Open a bundled scenario.
    OpenBundled(&'static str),
    /// Save where the scenario came from.
    Save,
    /// Save under a name.
    SaveAs(PathBuf),
    /// Ask where to save a chart.
    AskSaveFigure(Arc<Figure>, Format),
    /// Save the chart that was asked about.
    SaveFigure(PathBuf, Format),
    /// Save under a name, also if another file has it.
    Replace(PathBuf, Purpose),
    /// Open a file that another window has open.
    OpenAnyway(PathBuf),
    /// Do not open a file that is still being read.
    StopOpening(PathBuf),
    /// Open a copy of a file, under no name yet.
    OpenCopy(PathBuf),
    /// Take over what a crash has left, by its position in the list.
    Recover(usize),
    /// Take over all that a crash has left.
    RecoverAll,
    /// Throw away what a crash has left.
    Discard(usize),
    /// Leave what a crash has left for the next start.
    Later(usize),
    /// The file was changed on disk: keep the scenario as it is here.
    KeepMine,
    /// The file was changed on disk: show it as it is there.
    TakeTheirs,
    /// Undo the last edit.
    Undo,
    /// Do again what was undone.
    Redo,
    /// Show or hide the list of changes.
    History,
    /// Go to what a number of edits leads to.
    Travel(usize),
    /// Bookmark what a number of edits leads to; an empty name takes the bookmark away.
    Mark {
        /// Number of edits.
        at: usize,
        /// Name of the bookmark.
        name: String,
    },
    /// Set a lever.
    SetLever {
        /// Which.
        lever: LeverId,
        /// Value in the lever's unit; at the horizon, where it is a path.
        value: f64,
        /// Whether the hand is still moving.
        more: bool,
    },
    /// Any other edit: the scenario as it is to be.
    Change {
        /// The scenario after the edit.
        scenario: Arc<Scenario>,
        /// The edit in words, for the history.
        what: String,
        /// The field that is being dragged; its movements are one edit until the hand lets go.
        dragged: Option<String>,
    },
    /// The hand has let go of a lever.
    Settle,
    /// Show a lever on the page Plan.
    GoTo(LeverId),
    /// Show a number on the page Sources, by its path.
    GoToNumber(String),
    /// Ask what is known of a level that the country's figures lack.
    AskLevel(Level),
    /// Add a component to the plan.
    Add(Component),
    /// Show a page.
    Show(Page),
    /// Add a source of money: every mechanism, with its terms.
    AddMoney,
    /// Ask which package is to be laid over the plan.
    AskLay,
    /// Lay a package over the plan, to be looked at: a file, or the name of a bundled one.
    Lay(String),
    /// Ask for the file of a package.
    AskOpenPackage,
    /// Ask where to save the plan's funding as a package.
    AskSavePackage,
    /// Save the plan's funding as a package.
    SavePackage(PathBuf),
    /// Show a practice: a file, or the name of a bundled one.
    ShowPractice(String),
    /// Show or hide the guide.
    Guide,
    /// Show the command palette.
    Palette,
    /// Go to the search field of the page.
    Find,
    /// Open the next stand-in of the page Sources.
    NextStandIn,
    /// Show the assumptions on the page Sources.
    Assumptions,
    /// Show the numbers of the page Sources that a search finds.
    FindNumber(String),
    /// Start or end presenting.
    Present,
    /// Show an open scenario, by its position.
    Switch(usize),
    /// Show the next open scenario.
    Next,
    /// Close an open scenario, by its position.
    Close(usize),
    /// Close the scenario that is shown.
    CloseThis,
    /// Open a copy of the scenario that is shown, under no name yet.
    Duplicate,
    /// Open a scenario that no file holds.
    OpenNew {
        /// The scenario.
        scenario: Arc<Scenario>,
        /// Its name, until it is saved.
        name: String,
    },
    /// Go back to what the file holds; the edits stay in the history.
    Revert,
    /// List what may mislead in the scenario that is shown.
    ShowPoints,
    /// The next language of the window.
    NextLanguage,
    /// How numbers are written; none for the way of the language.
    WriteNumbers(Option<NumberFormat>),
    /// Light or dark.
    ToggleTheme,
    /// Larger text.
    ZoomIn,
    /// Smaller text.
    ZoomOut,
    /// Text of usual size.
    ZoomReset,
    /// Close what asks or tells.
    Dismiss,
    /// Show or leave the standards that can be laid over the plan.
    Standards,
    /// Ask for the file of a standard.
    AskOpenStandard,
    /// Take the standard of a file into the list.
    OpenStandard(PathBuf),
    /// Ask where to save a standard.
    AskSaveStandard(Arc<Standard>),
    /// Save the standard that was asked about.
    SaveStandard(PathBuf),
    /// Go on without saving.
    DropChanges,
    /// Close the window, once what is unsaved is dealt with.
    Quit,
}

/// A command, and the open scenario that it was asked for: by the time that it is carried out, another may be shown.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The open scenario, by its number; none where there was none.
    pub document: Option<u64>,
    /// What to do.
    pub command: Command,
}

/// What was asked for in a frame, in order.
#[derive(Debug, Default)]
pub struct Queue {
    /// The scenario that is shown while the frame is made.
    shown: Option<u64>,
    asked: Vec<Asked>,
}

impl Queue {
    /// An empty queue of a frame that shows an open scenario.
    pub(super) const fn of(shown: Option<u64>) -> Self {
        Self {
            shown,
            asked: Vec::new(),
        }
    }

    /// Asks for something to be done to the scenario that is shown.
    pub fn push(&mut self, command: Command) {
        let document = self.shown;
        self.asked.push(Asked { document, command });
    }

    /// The same for another open scenario.
    pub(super) fn push_for(&mut self, document: Option<u64>, command: Command) {
        self.asked.push(Asked { document, command });
    }

    /// What was asked for, in order. A lever moves what is there by then; any other edit is made of what was shown, and
    /// would undo one that goes before it in the frame.
    pub(super) fn into_asked(mut self) -> Vec<Asked> {
        self.asked
            .sort_by_key(|asked| matches!(asked.command, Command::SetLever { .. }));
        self.asked
    }
}

impl Extend<Command> for Queue {
    fn extend<T: IntoIterator<Item = Command>>(&mut self, commands: T) {
        for command in commands {
            self.push(command);
        }
    }
}
