//! One plan under several packages of funding: which they are, what comes of each, and the sheet that compares them.

use std::sync::Arc;

use eframe::egui::{self, Event, Key, Modifiers, Popup, RichText, Ui, vec2};

use super::laid::Laid;
use super::levers::{self, LeverRow};
use super::sheet::{Named, Setting, figure};
use super::{What, shown_names};
use crate::app::chart;
use crate::app::chart_data::format_name;
use crate::app::command::{Command, Queue};
use crate::app::countries;
use crate::app::document::{Document, View};
use crate::app::findings;
use crate::app::funding_page::packages;
use crate::app::memo::{Memo, Same};
use crate::app::outcome::Outcome;
use crate::app::page::Page;
use crate::app::phrases::source_line;
use crate::app::theme::{self, LIGHT, Palette};
use crate::app::widgets;
use crate::app::words::{Words, capital, fill};
use crate::data::{self, store};
use crate::report::figure::{Figure, Format};
use crate::scenario::package::Package;
use crate::scenario::{Country, Scenario};
use crate::study::compare::{Comparison, MOST, compare};

/// Packages beside the plan's own funding that are looked at first: of the country where it has them, examples elsewhere.
const FIRST: [&str; 3] = ["grant_exit_2029", "ida_credit", "partnership"];
const EXAMPLES: [&str; 3] = [
    "mechanisms/grant",
    "mechanisms/commercial_loan",
    "mechanisms/partnership",
];

/// Where a package comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Origin {
    /// The plan's own funding.
    Own,
    /// A file, or the name of a bundled one.
    File(String),
    /// Another open plan's funding, by its number.
    Open(u64),
}

/// The plan under a package.
struct Column {
    origin: Origin,
    /// None for the plan's own funding.
    package: Option<Arc<Package>>,
    /// Mark and colour, which stay with it.
    mark: usize,
    laid: Laid,
}

/// What was made of results: in the palette of the screen.
struct Made {
    comparison: Comparison,
    figure: Option<Figure>,
    levers: Vec<LeverRow>,
}

/// Outcomes by column, the column at hand, whether all rows are shown, the palette and the words.
type Basis = (Vec<Same<Outcome>>, usize, bool, *const Palette, *const Words);

/// The packages that are looked at.
#[derive(Default)]
pub(super) struct Packages {
    /// The plan that they lie over.
    document: u64,
    of: Option<Arc<Scenario>>,
    /// The first is the base.
    columns: Vec<Column>,
    /// The column at hand.
    chosen: usize,
    more: bool,
    made: Memo<Basis, Made>,
    /// What was shown last; it stands until newer results are all there.
    last: Option<Arc<Made>>,
    /// Why a package could not be taken in.
    refused: Option<String>,
    /// Files that were dropped or chosen, until the page is shown.
    wanted: Vec<String>,
}

impl Column {
    fn name(&self, words: &Words) -> String {
        title(
            &self.origin,
            self.package.as_deref(),
            &self.laid.scenario.country,
            words,
        )
    }
}

/// What a package is called in the reader's language, without the country, which stands above all of them.
fn title(origin: &Origin, package: Option<&Package>, country: &Country, words: &Words) -> String {
    let Some(package) = package else {
        return words.packages_own.to_owned();
    };
    let known = match origin {
        Origin::File(file) => packages::bundled_as(file),
        Origin::Own | Origin::Open(_) => None,
    };
    let title = known.map_or_else(|| package.title.clone(), |known| known.title(words));
    let title = title.lines().next().unwrap_or_default().trim();
    let names = [country.name.clone(), countries::name(country, words)];
    let short = names
        .iter()
        .find_map(|name| title.strip_prefix(name.as_str())?.trim_start().strip_prefix(':'));
    capital(short.unwrap_or(title).trim())
}

impl Packages {
    /// Takes in a package: a file, or the name of a bundled one.
    pub(super) fn want(&mut self, name: String) {
        self.wanted.push(name);
    }

    /// The plan under the packages, but for its own funding, as far as it is run.
    pub(super) fn laid(&mut self, view: &View<'_>) -> Vec<(String, Arc<Outcome>)> {
        let Some(document) = view.documents.get(view.current) else {
            return Vec::new();
        };
        let own = first(document).iter().any(|name| !EXAMPLES.contains(&name.as_str()));
        if self.document != document.id && !own {
            return Vec::new();
        }
        self.follow(document, view);
        let columns = self.columns.iter().filter(|column| column.package.is_some());
        columns
            .filter_map(|column| Some((column.name(view.words), column.laid.now.clone()?)))
            .collect()
    }

    /// Lays all of them over the plan that is shown, where it has become another.
    fn follow(&mut self, document: &Document, view: &View<'_>) {
        let same = |of: &Arc<Scenario>| Arc::ptr_eq(of, &document.scenario);
        if self.document != document.id {
            self.document = document.id;
            self.columns.clear();
            (self.chosen, self.refused, self.last) = (0, None, None);
            self.put(Origin::Own, None, document, view);
            for name in first(document) {
                self.add(&name, document, view);
            }
            self.refused = None;
        } else if !self.of.as_ref().is_some_and(same) {
            for column in &mut self.columns {
                column.laid = laid(column.package.as_deref(), document, view);
            }
        }
        self.of = Some(Arc::clone(&document.scenario));
        for name in std::mem::take(&mut self.wanted) {
            self.add(&name, document, view);
        }
        for column in &mut self.columns {
            column.laid.look();
            if column.origin == Origin::Own {
                column.laid.now.clone_from(&document.now);
            }
        }
    }

    /// Adds a package that is bundled or in a file.
    fn add(&mut self, name: &str, document: &Document, view: &View<'_>) {
        match store::package(name) {
            Ok(package) => self.put(Origin::File(name.to_owned()), Some(Arc::new(package)), document, view),
            Err(findings) => {
                let why = findings
                    .first()
                    .map(|finding| findings::line(finding, None, view.words));
                let values = [("why", why.unwrap_or_default())];
                let values = values.each_ref().map(|(name, why)| (*name, why.as_str()));
                self.refused = Some(fill(view.words.packages_refused, &values));
            }
        }
    }

    fn put(&mut self, origin: Origin, package: Option<Arc<Package>>, document: &Document, view: &View<'_>) {
        if self.columns.len() >= MOST || self.columns.iter().any(|column| column.origin == origin) {
            return;
        }
        let laid = laid(package.as_deref(), document, view);
        let title = title(&origin, package.as_deref(), &document.scenario.country, view.words);
        if let Some(why) = &laid.refused {
            self.refused = Some(fill(view.words.packages_not_here, &[("name", &title), ("why", why)]));
            return;
        }
        let free = (0..MOST).find(|mark| self.columns.iter().all(|column| column.mark != *mark));
        self.columns.push(Column {
            origin,
            package,
            mark: free.unwrap_or(0),
            laid,
        });
        self.refused = None;
    }

    /// The column becomes the base.
    fn base(&mut self, at: usize) {
        if at < self.columns.len() {
            let column = self.columns.remove(at);
            self.columns.insert(0, column);
            self.chosen = 0;
        }
    }

    fn remove(&mut self, at: usize) {
        // One alone is no comparison.
        if at < self.columns.len() && self.columns.len() > 2 {
            self.columns.remove(at);
            self.chosen = self.chosen.min(self.columns.len() - 1);
        }
    }

    /// What keys ask for while no field has them.
    fn hear(&mut self, ui: &Ui, queue: &mut Queue, open: egui::Id, words: &Words) -> bool {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let numbers = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];
        if let Some(at) = numbers.into_iter().position(pressed) {
            // Columns are counted as their names stand in the bar.
            self.base(self.in_bar().get(at).copied().unwrap_or(usize::MAX));
        }
        if pressed(Key::ArrowRight) {
            self.chosen = (self.chosen + 1).min(self.columns.len().saturating_sub(1));
        }
        if pressed(Key::ArrowLeft) {
            self.chosen = self.chosen.saturating_sub(1);
        }
        if pressed(Key::Delete) {
            self.remove(self.chosen);
        }
        if pressed(Key::Plus) || pressed(Key::Equals) {
            Popup::toggle_id(ui.ctx(), open);
        }
        if pressed(Key::Enter) {
            self.open(queue, words);
        }
        ui.input(|input| input.events.contains(&Event::Copy))
    }

    /// Opens the column at hand as a plan of its own, on the page Funding.
    fn open(&self, queue: &mut Queue, words: &Words) {
        let Some(column) = self.columns.get(self.chosen) else {
            return;
        };
        if column.package.is_some() {
            let mut scenario = Scenario::clone(&column.laid.scenario);
            let name = format!("{}: {}", scenario.title, column.name(words));
            scenario.title.clone_from(&name);
            queue.push(Command::OpenNew {
                scenario: Arc::new(scenario),
                name,
            });
        }
        queue.push(Command::Show(Page::Funding));
    }

    fn names(&self, words: &Words) -> Vec<String> {
        self.columns.iter().map(|column| column.name(words)).collect()
    }

    /// Positions of the columns in the order of their marks, in which the bar names them.
    fn in_bar(&self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.columns.len()).collect();
        all.sort_by_key(|at| self.columns[*at].mark);
        all
    }

    fn figure(&self, comparison: &Comparison, view: &View<'_>, palette: &Palette, chosen: usize) -> Option<Figure> {
        let names = self.names(view.words);
        let named: Vec<Named<'_>> = self
            .columns
            .iter()
            .zip(&names)
            .filter_map(|(column, name)| {
                Some(Named {
                    name,
                    note: note(&column.laid.scenario, view.words),
                    mark: column.mark,
                    outcome: column.laid.now.as_deref()?,
                })
            })
            .collect();
        let title = fill(
            view.words.packages_title,
            &[("plan", view.scenario.title.lines().next().unwrap_or_default())],
        );
        let setting = Setting {
            title,
            source: source_line(view),
            chosen,
            more: self.more,
            palette,
            words: view.words,
        };
        figure(comparison, &named, &setting)
    }
}

/// The packages that are looked at first.
fn first(document: &Document) -> Vec<String> {
    let folder = folder(&document.scenario).unwrap_or_default();
    let known = |name: &String| store::packages().any(|known| known == name);
    let own: Vec<String> = FIRST
        .iter()
        .map(|name| format!("{folder}/{name}"))
        .filter(known)
        .collect();
    if own.is_empty() {
        return EXAMPLES.map(str::to_owned).into();
    }
    own
}

/// The folder of the bundled files of the plan's country.
fn folder(scenario: &Scenario) -> Option<&'static str> {
    let bundled = data::BUNDLED.iter().find(|(iso3, _)| *iso3 == scenario.country.iso3);
    bundled.map(|(_, folder)| *folder)
}

fn laid(package: Option<&Package>, document: &Document, view: &View<'_>) -> Laid {
    match package {
        None => Laid::as_open(document),
        Some(package) => Laid::over(document, package.over(&document.scenario), view),
    }
}

/// The mechanisms of a package, each once.
fn note(scenario: &Scenario, words: &Words) -> String {
    let mut names: Vec<String> = Vec::new();
    for source in &scenario.funding.sources {
        let name = words.word(source.kind.name());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// Shows the packages and their sheet.
pub(super) fn page(ui: &mut Ui, view: &View<'_>, state: &mut Packages, what: &mut What, queue: &mut Queue) {
    let Some(document) = view.documents.get(view.current) else {
        return;
    };
    let words = view.words;
    state.follow(document, view);
    let (open, mut save, mut copy) = bar(ui, view, document, state, what, queue);
    let free = ui.ctx().memory(|memory| memory.focused().is_none()) && !Popup::is_id_open(ui.ctx(), open);
    if view.turned_by_keys && free {
        copy |= state.hear(ui, queue, open, words);
    }
    if let Some(why) = &state.refused {
        ui.label(RichText::new(format!("✗ {why}")).color(Palette::of(ui).bad));
    }
    let outcomes: Vec<Arc<Outcome>> = state
        .columns
        .iter()
        .filter_map(|column| column.laid.now.clone())
        .collect();
    let palette = Palette::of(ui);
    if outcomes.len() == state.columns.len() && outcomes.len() > 1 {
        let key = (
            outcomes.iter().map(Same::of).collect(),
            state.chosen,
            state.more,
            std::ptr::from_ref(palette),
            std::ptr::from_ref(words),
        );
        let mut kept = std::mem::take(&mut state.made);
        let made = kept.of(key, || {
            let runs: Vec<_> = outcomes.iter().map(|outcome| &outcome.run).collect();
            let comparison = compare(&runs);
            let figure = state.figure(&comparison, view, palette, state.chosen);
            let names = state.names(words);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let levers = levers::rows(&comparison, &names, words);
            Made {
                comparison,
                figure,
                levers,
            }
        });
        state.made = kept;
        state.last = Some(made);
    }
    let Some(made) = state.last.clone() else {
        ui.label(words.compare_waiting);
        return;
    };
    ui.add_space(theme::GAP - ui.spacing().item_spacing.y);
    let Some(shown) = &made.figure else {
        ui.label(words.compare_no_year);
        return;
    };
    let scroll = egui::ScrollArea::both().id_salt("packages").auto_shrink(false);
    scroll.show(ui, |ui| {
        widgets::turn_by_keys(ui, view.turned_by_keys);
        // The scroll bar must not cover the numbers; a column keeps room for its numbers and words.
        #[allow(clippy::cast_precision_loss)]
        let least = theme::SHEET_NAMES + theme::SHEET_COLUMN * state.columns.len() as f32;
        let width = (ui.available_width() - 8.0).max(least);
        if let Some(at) = chart::sheet(ui, words, width, shown) {
            state.base(at);
        }
        ui.label(RichText::new(words.packages_keys).small().weak());
        let fold = if state.more {
            words.packages_fewer_rows
        } else {
            words.packages_more_rows
        };
        if ui.button(fold).clicked() {
            state.more = !state.more;
        }
        let year = made.comparison.common.map(|(_, to)| to);
        let width = ui.available_width() - 8.0;
        levers::levers(ui, width, state.columns.len(), year, &made.levers, words);
    });
    if copy {
        ui.ctx().copy_text(shown.tabbed());
    }
    // What leaves the program is for paper: light, without a column at hand.
    if let Some(format) = save.take()
        && let Some(figure) = state.figure(&made.comparison, view, &LIGHT, 0)
    {
        queue.push(Command::AskSaveFigure(Arc::new(figure), format));
    }
}

/// The packages by name, what more can be compared, and what can be taken out: where the menu of packages opens, in which
/// format to save, whether to copy.
fn bar(
    ui: &mut Ui,
    view: &View<'_>,
    document: &Document,
    state: &mut Packages,
    what: &mut What,
    queue: &mut Queue,
) -> (egui::Id, Option<Format>, bool) {
    let (words, palette) = (view.words, Palette::of(ui));
    let (mut save, mut copy) = (None, false);
    let mut menu = egui::Id::NULL;
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            super::switch(ui, what, words);
            for at in state.in_bar() {
                let column = &state.columns[at];
                let (name, mark) = (column.name(words), column.mark);
                let colour = palette.scenario(mark);
                let text = RichText::new(format!("     {name}")).color(colour);
                let is_base = at == 0;
                let text = if is_base {
                    text.font(theme::bold(theme::BODY))
                } else {
                    text
                };
                let button = egui::Button::selectable(is_base, text).frame_when_inactive(true);
                let hint = if is_base {
                    fill(words.packages_is_base, &[("name", &name)])
                } else {
                    fill(words.compare_make_base_hint, &[("name", &name)])
                };
                let response = ui.add(button).on_hover_text(&hint);
                let place = response.rect.left_center() + vec2(12.0, 0.0);
                chart::mark(ui.painter(), place, mark, colour);
                response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_base, &hint));
                if response.clicked() {
                    state.base(at);
                }
                let gone = fill(words.packages_remove, &[("name", &name)]);
                let remove = ui.add_enabled(state.columns.len() > 2, egui::Button::new("×").frame(false));
                remove.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &gone));
                if remove.on_hover_text(&gone).clicked() {
                    state.remove(at);
                }
                ui.add_space(4.0);
            }
            let room = state.columns.len() < MOST;
            let button = ui.add_enabled(room, egui::Button::new(words.packages_add));
            let button = button.on_disabled_hover_text(words.compare_full);
            menu = Popup::default_response_id(&button);
            Popup::menu(&button).show(|ui| offers(ui, view, document, state, queue));
            let button = ui.button(words.packages_save);
            Popup::menu(&button).show(|ui| {
                for format in Format::ALL {
                    if ui.button(format_name(format, words)).clicked() {
                        save = Some(format);
                    }
                }
            });
            copy = ui.button(words.packages_copy).clicked();
        });
    });
    (menu, save, copy)
}

/// What can be laid over the plan: bundled packages of its country, other open plans' funding, examples of each mechanism.
fn offers(ui: &mut Ui, view: &View<'_>, document: &Document, state: &mut Packages, queue: &mut Queue) {
    let words = view.words;
    let folder = folder(view.scenario).map(|folder| format!("{folder}/"));
    let of_country = |name: &str| folder.as_ref().is_some_and(|folder| name.starts_with(folder.as_str()));
    let is_new = |state: &Packages, origin: &Origin| state.columns.iter().all(|column| column.origin != *origin);
    // While it is open Tab and the arrows stay in it.
    let layer = ui.layer_id();
    ui.memory_mut(|memory| memory.set_modal_layer(layer));
    let offer = |ui: &mut Ui, text: &str| {
        let button = ui.button(text);
        if ui.memory(|memory| memory.focused().is_none()) {
            button.request_focus();
        }
        if button.gained_focus() {
            button.scroll_to_me(None);
        }
        if button.clicked() {
            ui.close();
        }
        button.clicked()
    };
    let scroll = egui::ScrollArea::vertical().max_height(theme::PAGE.y);
    scroll.show(ui, |ui| {
        if is_new(state, &Origin::Own) && offer(ui, words.packages_own) {
            state.put(Origin::Own, None, document, view);
        }
        let bundled = packages::bundled(view.scenario);
        for one in bundled.iter().filter(|one| of_country(one.name)) {
            let file = Origin::File(one.name.to_owned());
            if is_new(state, &file) && offer(ui, &one.title(words)) {
                state.add(one.name, document, view);
            }
        }
        let names = shown_names(view.documents);
        for (other, name) in view
            .documents
            .iter()
            .zip(names)
            .filter(|(other, _)| other.id != document.id)
        {
            let open = Origin::Open(other.id);
            let name = fill(words.packages_funding_of, &[("plan", &name)]);
            if is_new(state, &open) && offer(ui, &name) {
                let package = Package {
                    title: name,
                    ..Package::of(&other.scenario)
                };
                state.put(open, Some(Arc::new(package)), document, view);
            }
        }
        ui.separator();
        for one in bundled.iter().filter(|one| one.name.starts_with("mechanisms/")) {
            let file = Origin::File(one.name.to_owned());
            let title = fill(words.packages_example, &[("mechanism", &one.title(words))]);
            if is_new(state, &file) && offer(ui, &title) {
                state.add(one.name, document, view);
            }
        }
        ui.separator();
        if offer(ui, words.package_file) {
            queue.push(Command::AskOpenPackage);
        }
    });
}
