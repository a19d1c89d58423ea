//! The command palette: everything that can be done, found by typing a part of its name.

use std::sync::Arc;

use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::{self, Key, RichText, Ui};

use super::chart_data;
use super::command::Command;
use super::countries;
use super::deeds::{DEEDS, Deed, keys_of};
use super::document::{self, Document};
use super::funding_page::packages;
use super::lever::LeverId;
use super::page::Page;
use super::practices;
use super::search::{self, Fit};
use super::theme::{self, Palette as Colours};
use super::words::{self, Words, fill};
use crate::data::{self, country_names};
use crate::report::figure::{Figure, Format};
use crate::scenario::prices::TrainingMode;
use crate::scenario::{Device, Technology};
use crate::units::NumberFormat;

/// What is being looked for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    text: String,
    at: usize,
    open: bool,
    /// Whether nothing but packages is looked for.
    packages: bool,
}

impl Search {
    /// A palette that starts with what was typed for the reader.
    #[must_use]
    pub fn with(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// A palette that lists nothing but the packages that can be laid over a plan.
    pub(super) fn of_packages(words: &Words) -> Self {
        Self {
            packages: true,
            ..Self::with(fill(words.package_entry, &[("package", "")]))
        }
    }
}

/// A command with its name.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Name.
    pub name: String,
    /// Other names by which it is found.
    pub also: String,
    /// What it does.
    pub command: Command,
}

impl Entry {
    /// How well a search finds it, by its name or by other words for what it does.
    #[must_use]
    pub fn fit(&self, text: &str, words: &Words) -> Option<Fit> {
        let also = format!("{}, {}", self.also, search::of_command(&self.command, words));
        search::fit(&self.name, &also, text)
    }
}

/// What a search finds: what it means, or else what is nearly written so. A country that goes by the name comes first
/// (`Sudan` before South Sudan), however the name is written.
#[must_use]
pub fn found<'a>(entries: &'a [Entry], text: &str, words: &Words) -> Vec<&'a Entry> {
    // A code of two or three letters alone is more often the beginning of a word.
    let named = match text.trim().strip_prefix(words.new_plan) {
        Some(country) => country_names::named(country),
        None if text.trim().chars().count() > 3 => country_names::named(text),
        None => Vec::new(),
    };
    let fit = |entry: &Entry| match entry.command {
        Command::New(code) if named.iter().any(|country| country.iso3 == code) => Some(Fit::Whole),
        _ => entry.fit(text, words),
    };
    let mut fits: Vec<(&Entry, Fit)> = entries.iter().filter_map(|entry| Some((entry, fit(entry)?))).collect();
    fits.sort_by_key(|(_, fit)| *fit != Fit::Whole);
    let meant = fits.iter().any(|(_, fit)| *fit < Fit::Slip);
    fits.into_iter()
        .filter(|(_, fit)| *fit < Fit::Slip || !meant)
        .map(|(entry, _)| entry)
        .collect()
}

/// All that can be done now.
#[must_use]
pub fn entries(words: &Words, documents: &[Document], current: usize) -> Vec<Entry> {
    let on_file = documents.get(current).is_some_and(Document::is_on_file);
    let of_deed = |deed: &Deed| {
        let (_, name) = deed.name?;
        Some(Entry {
            name: match deed.command {
                Command::Revert if !on_file => words.menu_revert_opened.to_owned(),
                _ => name(words).to_owned(),
            },
            also: String::new(),
            command: deed.command.clone(),
        })
    };
    let mut entries: Vec<Entry> = DEEDS.iter().filter_map(of_deed).collect();
    entries.extend(Page::ALL.into_iter().map(|page| Entry {
        name: fill(words.go_to_page, &[("page", page.words(words).0)]),
        also: String::new(),
        command: Command::Show(page),
    }));
    entries.extend(countries::by_name(words).into_iter().map(|country| {
        let name = country.in_language(words.code);
        Entry {
            name: fill(words.new_for, &[("country", name), ("code", &country.iso3)]),
            also: country.all().collect::<Vec<_>>().join(", "),
            command: Command::New(&country.iso3),
        }
    }));
    // A country file is no plan, nor is a standard.
    let examples = data::bundled().iter().filter(|(path, _)| data::store::runs_alone(path));
    entries.extend(examples.map(|(path, _)| Entry {
        name: fill(words.open_example, &[("file", path)]),
        also: String::new(),
        command: Command::OpenBundled(path),
    }));
    if let Some(document) = documents.get(current) {
        entries.extend(packages::bundled(&document.scenario).into_iter().map(|one| Entry {
            name: fill(words.package_entry, &[("package", &one.title(words))]),
            also: format!("{}, {}", one.package.title, one.name.replace(['/', '_'], ", ")),
            command: Command::Lay(one.name.to_owned()),
        }));
        entries.extend(practices::bundled().iter().map(|one| Entry {
            name: fill(words.practice_entry, &[("practice", &one.title(words))]),
            also: practices::also(&one.practice, words),
            command: Command::ShowPractice(one.name.to_owned()),
        }));
    }
    entries.extend(prices(words).into_iter().map(|what| Entry {
        name: fill(words.find_number, &[("what", &what)]),
        also: String::new(),
        command: Command::FindNumber(what),
    }));
    let tabs = document::tab_names(documents).into_iter().enumerate();
    entries.extend(tabs.map(|(position, name)| Entry {
        name: fill(words.show_tab, &[("file", &name)]),
        also: String::new(),
        command: Command::Switch(position),
    }));
    entries.extend(format_choices(words).into_iter().map(|(name, format)| Entry {
        name,
        also: String::new(),
        command: Command::WriteNumbers(format),
    }));
    if let Some(document) = documents.get(current) {
        let missing = document.scenario.country.levels_left_out();
        entries.extend(missing.into_iter().map(|level| Entry {
            name: fill(words.level_add, &[("level", &words.word(level.name()))]),
            also: String::new(),
            command: Command::AskLevel(level),
        }));
        for lever in LeverId::all() {
            // A lever is moved by a step either way, or to an end of its range.
            let Some(value) = lever.get(&document.scenario) else {
                continue;
            };
            let name = lever.name(words, document.scenario.horizon);
            // Its name alone changes nothing.
            entries.push(Entry {
                name: fill(words.go_to_page, &[("page", &name)]),
                also: String::new(),
                command: Command::GoTo(lever),
            });
            let (low, high, step) = lever.span();
            for to in [value + 5.0 * step, value - 5.0 * step] {
                let to = to.clamp(low.min(value), high.max(value));
                if (to - value).abs() < 1e-12 {
                    continue;
                }
                entries.push(Entry {
                    name: fill(
                        words.edit_lever,
                        &[
                            ("lever", &name),
                            ("from", &lever.show(value, words)),
                            ("to", &lever.show(to, words)),
                        ],
                    ),
                    also: String::new(),
                    command: Command::SetLever {
                        lever,
                        value: to,
                        more: false,
                    },
                });
            }
        }
    }
    entries
}

/// What can be done with the charts of the page.
#[must_use]
pub fn charts(words: &Words, shown: &[Arc<Figure>]) -> Vec<Entry> {
    let entry = |figure: &Arc<Figure>, format: Format| Entry {
        name: fill(
            words.chart_entry,
            &[
                ("action", chart_data::format_name(format, words)),
                ("title", &figure.head.title),
            ],
        ),
        also: String::new(),
        command: Command::AskSaveFigure(Arc::clone(figure), format),
    };
    shown
        .iter()
        .flat_map(|figure| Format::ALL.into_iter().map(move |format| entry(figure, format)))
        .collect()
}

/// The ways of writing numbers that can be asked for, with their names.
#[must_use]
pub(crate) fn format_choices(words: &Words) -> Vec<(String, Option<NumberFormat>)> {
    let named = |template: &str, format: NumberFormat| fill(template, &[("example", &format.example())]);
    let usual = words::language(words.code).words.numbers.format;
    let formats = NumberFormat::ALL.map(|format| (named(words.format_as, format), Some(format)));
    std::iter::once((named(words.format_usual, usual), None))
        .chain(formats)
        .collect()
}

/// Whose prices the page Sources can be searched for.
#[must_use]
pub fn prices(words: &Words) -> Vec<String> {
    let devices = Device::ALL.iter().map(|device| device.name());
    let links = Technology::ALL.iter().map(|technology| technology.name());
    let training = TrainingMode::ALL.iter().map(|mode| mode.name());
    devices
        .chain(links)
        .chain(training)
        .map(|name| words.word(name))
        .collect()
}

/// Shows the palette; gives the command that was chosen, or the one that closes it.
pub fn show(ctx: &egui::Context, state: &mut Search, words: &Words, entries: &[Entry]) -> Option<Command> {
    let mut command = None;
    let modal = egui::Modal::new(egui::Id::unique("palette"))
        .frame(theme::notice(ctx))
        .show(ctx, |ui| {
            ui.set_width((ctx.content_rect().width() - 80.0).min(theme::PALETTE));
            let mut found: Vec<&Entry> = found(entries, &state.text, words);
            found.retain(|entry| !state.packages || matches!(entry.command, Command::Lay(_)));
            let pressed = |key: Key| ui.input(|input| input.key_pressed(key));
            if pressed(Key::ArrowDown) {
                state.at += 1;
            }
            if pressed(Key::ArrowUp) {
                state.at = state.at.saturating_sub(1);
            }
            state.at = state.at.min(found.len().saturating_sub(1));
            let moved = pressed(Key::ArrowDown) || pressed(Key::ArrowUp);
            let entered = pressed(Key::Enter);
            let field = ui.add(
                egui::TextEdit::singleline(&mut state.text)
                    .desired_width(f32::INFINITY)
                    .hint_text(words.palette_hint),
            );
            field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, words.palette));
            if !field.has_focus() {
                // Letters that follow the shortcut at once are not lost.
                ui.input(|input| {
                    for event in &input.events {
                        if let egui::Event::Text(text) = event {
                            state.text.push_str(text);
                        }
                    }
                });
            }
            if !state.open {
                field.request_focus();
                state.open = true;
                // What was typed for the reader is typed on, not over.
                let mut edit = egui::TextEdit::load_state(ui.ctx(), field.id).unwrap_or_default();
                let end = CCursor::new(state.text.chars().count());
                edit.cursor.set_char_range(Some(CCursorRange::one(end)));
                edit.store(ui.ctx(), field.id);
            }
            if field.changed() {
                state.at = 0;
            }
            if entered {
                command = found.get(state.at).map(|entry| entry.command.clone());
            }
            for note in search::notes(&state.text, words) {
                ui.add(egui::Label::new(RichText::new(note).small()).wrap());
            }
            list(ui, state, &found, moved, &mut command);
            if found.is_empty() {
                ui.label(words.palette_none);
            }
        });
    if command.is_none() && modal.should_close() {
        command = Some(Command::Dismiss);
    }
    command
}

fn list(ui: &mut Ui, state: &Search, found: &[&Entry], moved: bool, command: &mut Option<Command>) {
    let colours = Colours::of(ui);
    let most = ui.ctx().content_rect().height() * 0.5;
    // Its window is as high as what it showed last: without a least height the list would never grow again.
    let area = egui::ScrollArea::vertical().max_height(most).min_scrolled_height(most);
    area.show(ui, |ui| {
        for (position, entry) in found.iter().enumerate() {
            let chosen = position == state.at;
            ui.horizontal(|ui| {
                let keys = keys_of(&entry.command, ui.ctx());
                let beside = if keys.is_empty() { 0.0 } else { 110.0 };
                let row = ui.add(
                    egui::Button::selectable(chosen, RichText::new(&entry.name))
                        // What stands at the right, though nothing, moves the name to the left.
                        .right_text("")
                        .min_size(egui::vec2(ui.available_width() - beside, 0.0)),
                );
                if chosen && moved {
                    row.scroll_to_me(None);
                }
                if row.clicked() {
                    *command = Some(entry.command.clone());
                }
                // Even an empty text would make the list wider, row by row.
                if !keys.is_empty() {
                    ui.label(RichText::new(keys).small().color(colours.weak));
                }
            });
        }
    });
}
