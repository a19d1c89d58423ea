//! What can be done by a key or by its name, in one table: keys, name in the palette, what the guide says of the keys, and
//! when it cannot be done. Keys, palette, buttons and the guide's list of keys read it.

use eframe::egui::{self, Key, KeyboardShortcut, Modifiers};

use super::command::Command;
use super::page::Page;
use super::words::Words;

/// When the keys of a deed do nothing. What stands in front of all is answered first: then no key does anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unless {
    /// They always do something.
    Never,
    /// While a text is typed, to which they belong.
    Typing,
    /// While the plan is presented: what it opens is no part of the show.
    Presenting,
}

/// A text in the reader's language.
type InWords = fn(&Words) -> &'static str;

/// Something that can be done by a key or by its name.
pub struct Deed {
    /// What is done.
    pub command: Command,
    /// Its keys; those that are told come first.
    pub keys: &'static [KeyboardShortcut],
    /// Its name in the palette, in the order of this table, and the name of that text; none where it is not listed.
    pub name: Option<(&'static str, InWords)>,
    /// What its button says on pointing.
    pub hint: Option<InWords>,
    /// What the guide says of its keys; nothing where it is told of beside others.
    pub told: &'static str,
    /// When its keys do nothing.
    pub unless: Unless,
}

const fn key(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

macro_rules! deeds {
    ($( $command:expr, [$($key:expr),*], $name:tt, $hint:tt, $told:literal, $unless:ident; )*) => {
        /// All of them, in the order of the palette.
        pub const DEEDS: &[Deed] = &[
            $(Deed {
                command: $command,
                keys: &[$($key),*],
                name: deeds!(@name $name),
                hint: deeds!(@hint $hint),
                told: $told,
                unless: Unless::$unless,
            },)*
        ];
    };
    (@name -) => { None };
    (@name $name:ident) => { Some((stringify!($name), |words: &Words| words.$name)) };
    (@hint -) => { None };
    (@hint $name:ident) => { Some(|words: &Words| words.$name) };
}

deeds! {
    Command::AskOpen, [ctrl(Key::O)], open, open_keys, "open", Never;
    Command::Save, [ctrl(Key::S)], save, save_keys, "save", Never;
    Command::AskSaveAs, [ctrl_shift(Key::S)], save_as, save_as_keys, "save under another name", Never;
    Command::Undo, [ctrl(Key::Z)], undo, -, "undo", Typing;
    Command::Redo, [ctrl(Key::Y), ctrl_shift(Key::Z)], redo, -, "redo; Ctrl+Shift+Z as well", Typing;
    Command::History, [ctrl(Key::H)], history, history_keys, "list of changes, bookmarks", Presenting;
    Command::Duplicate, [ctrl_shift(Key::D)], duplicate, duplicate_keys, "a copy of the plan", Never;
    Command::Revert, [ctrl_shift(Key::R)], revert, -, "back to the file as saved", Never;
    Command::ShowPoints, [], points, -, "", Presenting;
    Command::Standards, [], standards_title, standards_hint, "", Presenting;
    Command::AddMoney, [], add_money, add_money_hint, "", Presenting;
    Command::AskLay, [], package_lay, package_all_hint, "", Presenting;
    Command::AskSavePackage, [], package_save, package_save_hint, "", Never;
    Command::CloseThis, [ctrl(Key::W)], close_this, menu_close_keys, "close the plan", Never;
    Command::Next, [ctrl(Key::Tab)], next_tab, -, "the next open plan", Never;
    Command::Present, [key(Key::F5)], present, present_hint, "present; arrows turn, P predicts, R reveals, Esc ends", Never;
    Command::Guide, [key(Key::F1)], guide, guide_hint,
        "this guide, at what the page is about; F1 or Esc closes it, Ctrl+F searches it, Page Up and Page Down move it", Presenting;
    Command::Find, [ctrl(Key::F)], find, -, "search the page (levers, differences, sources)", Never;
    Command::NextStandIn, [ctrl(Key::J)], next_stand_in, -, "the next stand-in", Never;
    Command::ToggleTheme, [ctrl(Key::D)], theme_other, theme_keys, "light or dark", Never;
    Command::NextLanguage, [ctrl(Key::L)], next_language, language_hint, "the next language", Never;
    Command::ZoomIn, [ctrl(Key::Plus), ctrl(Key::Equals), ctrl_shift(Key::Plus), ctrl_shift(Key::Equals)], zoom_in, -,
        "larger text; Ctrl+Minus smaller, Ctrl+0 as usual", Never;
    Command::ZoomOut, [ctrl(Key::Minus)], zoom_out, -, "", Never;
    Command::ZoomReset, [ctrl(Key::Num0)], zoom_reset, -, "", Never;
    Command::Quit, [ctrl(Key::Q)], quit, -, "quit", Never;
    Command::AskNew, [ctrl(Key::N)], -, new_keys, "a new plan for a country", Presenting;
    Command::Palette, [ctrl(Key::K)], -, -, "command palette: everything that can be done, by a part of its name", Presenting;
    Command::Show(Page::Plan), [ctrl(Key::Num1)], -, -, "", Never;
    Command::Show(Page::Money), [ctrl(Key::Num2)], -, -, "", Never;
    Command::Show(Page::Funding), [ctrl(Key::Num3)], -, -, "", Never;
    Command::Show(Page::Compare), [ctrl(Key::Num4)], -, -, "", Never;
    Command::Show(Page::Equity), [ctrl(Key::Num5)], -, -, "", Never;
    Command::Show(Page::Sources), [ctrl(Key::Num6)], -, -, "", Never;
    Command::Show(Page::Regions), [ctrl(Key::Num7)], -, -, "", Never;
}

/// What the table says of a command.
#[must_use]
pub fn of(command: &Command) -> Option<&'static Deed> {
    DEEDS.iter().find(|deed| deed.command == *command)
}

/// What a button of a command says on pointing.
#[must_use]
pub fn hint(command: &Command, words: &Words) -> &'static str {
    of(command).and_then(|deed| deed.hint).map_or("", |hint| hint(words))
}

/// Keys of a command, as a person reads them.
#[must_use]
pub(crate) fn keys_of(command: &Command, ctx: &egui::Context) -> String {
    let keys = of(command).and_then(|deed| deed.keys.first());
    keys.map_or(String::new(), |keys| ctx.format_shortcut(keys))
}

/// The commands of the keys pressed in this frame, in the order in which they were pressed.
pub(super) fn pressed(ctx: &egui::Context, presenting: bool) -> Vec<Command> {
    let typing = ctx.text_edit_focused();
    let answers = |deed: &&Deed| match deed.unless {
        Unless::Never => true,
        Unless::Typing => !typing,
        Unless::Presenting => !presenting,
    };
    let deeds = DEEDS.iter().filter(answers);
    let keys: Vec<(&KeyboardShortcut, &Command)> = deeds
        .flat_map(|deed| deed.keys.iter().map(|keys| (keys, &deed.command)))
        .collect();
    let asked = |event: &egui::Event| {
        let egui::Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } = event
        else {
            return None;
        };
        let mut meant = keys
            .iter()
            .filter(|(keys, _)| keys.logical_key == *key && modifiers.matches_logically(keys.modifiers));
        // Shift may be held for the sake of the letter: what asks for it goes before.
        let first = meant.next()?;
        let (_, command) = meant.find(|(keys, _)| keys.modifiers.shift).unwrap_or(first);
        Some(Command::clone(command))
    };
    let mut commands = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let command = asked(event);
            let heard = command.is_some();
            commands.extend(command);
            !heard
        });
    });
    commands
}
