//! Everything that can be done in the window. Buttons, keys and tests all say it in these words; one place carries it
//! out ([`App::apply`](super::App::apply)).

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{self, Key, KeyboardShortcut, Modifiers};

use super::files::Purpose;
use super::lever::LeverId;
use super::page::Page;
use crate::report::figure::{Figure, Format};
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
    /// Show or hide the guide.
    Guide,
    /// Show the command palette.
    Palette,
    /// Go to the search field of the page.
    Find,
    /// Open the next stand-in of the page Sources.
    NextStandIn,
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
    /// Go on without saving.
    DropChanges,
    /// Close the window, once what is unsaved is dealt with.
    Quit,
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

/// Keys and what they do. Those with more modifiers come first, or the others would swallow them.
pub const KEYS: &[(KeyboardShortcut, Command)] = &[
    (ctrl_shift(Key::Z), Command::Redo),
    (ctrl_shift(Key::S), Command::AskSaveAs),
    (ctrl_shift(Key::D), Command::Duplicate),
    (ctrl_shift(Key::R), Command::Revert),
    (ctrl(Key::Z), Command::Undo),
    (ctrl(Key::Y), Command::Redo),
    (ctrl(Key::H), Command::History),
    (ctrl(Key::N), Command::AskNew),
    (ctrl(Key::O), Command::AskOpen),
    (ctrl(Key::S), Command::Save),
    (ctrl(Key::K), Command::Palette),
    (ctrl(Key::F), Command::Find),
    (ctrl(Key::J), Command::NextStandIn),
    (ctrl(Key::L), Command::NextLanguage),
    (ctrl(Key::Q), Command::Quit),
    (ctrl(Key::W), Command::CloseThis),
    (ctrl(Key::Tab), Command::Next),
    (ctrl(Key::D), Command::ToggleTheme),
    (KeyboardShortcut::new(Modifiers::NONE, Key::F1), Command::Guide),
    (KeyboardShortcut::new(Modifiers::NONE, Key::F5), Command::Present),
    (ctrl(Key::Num1), Command::Show(Page::Plan)),
    (ctrl(Key::Num2), Command::Show(Page::Money)),
    (ctrl(Key::Num3), Command::Show(Page::Compare)),
    (ctrl(Key::Num4), Command::Show(Page::Equity)),
    (ctrl(Key::Num5), Command::Show(Page::Sources)),
    (ctrl(Key::Num6), Command::Show(Page::Regions)),
    (ctrl_shift(Key::Plus), Command::ZoomIn),
    (ctrl_shift(Key::Equals), Command::ZoomIn),
    (ctrl(Key::Plus), Command::ZoomIn),
    (ctrl(Key::Equals), Command::ZoomIn),
    (ctrl(Key::Minus), Command::ZoomOut),
    (ctrl(Key::Num0), Command::ZoomReset),
];

/// The command of the keys pressed in this frame.
#[must_use]
pub fn pressed(ctx: &egui::Context) -> Option<Command> {
    // In a text field, undo and redo belong to the text.
    let typing = ctx.text_edit_focused();
    let mut keys = KEYS
        .iter()
        .filter(|(_, command)| !(typing && matches!(command, Command::Undo | Command::Redo)));
    ctx.input_mut(|input| {
        keys.find(|(keys, _)| input.consume_shortcut(keys))
            .map(|(_, command)| command.clone())
    })
}
