//! The Sources page: every number with its source, how much it weighs in the result, and the way to replace it.

pub mod editor;
pub mod rows;
mod shares;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use eframe::egui::{self, RichText, TextEdit, Ui};

use super::command::{Command, Queue};
use super::document::{Document, View};
use super::jobs::{Jobs, Lane, Ticket};
use super::theme::{self, Palette};
use super::widgets;
use super::words::{Words, capital, fill};
use crate::model::Model;
use crate::report::disputed::entering;
use crate::scenario::Scenario;
use crate::scenario::measure::Measure;
use crate::scenario::quantity::Confidence;
use crate::study::sensitivity::{self, Swing};
use editor::{Draft, Wish};
use rows::{NumberRow, Rows, Topic};
use table::{table, weight_of};

/// Order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sort {
    #[default]
    File,
    /// By one of the two measures of which weights are told.
    Weight(usize),
}

/// The two measures of which weights are told.
#[derive(Clone, Copy, Debug)]
struct Weighed([Measure; 2]);

impl Default for Weighed {
    fn default() -> Self {
        Self([Measure::CostFull, Measure::Reach])
    }
}

/// What of the numbers is looked at.
#[derive(Debug, Default, Clone, PartialEq)]
struct Filter {
    search: String,
    topic: Option<Topic>,
    low: bool,
    stand_ins: bool,
    changed: bool,
}

impl Filter {
    fn passes(&self, row: &NumberRow) -> bool {
        self.topic.is_none_or(|topic| topic == row.topic)
            && (!self.low || row.confidence == Confidence::Low)
            && (!self.stand_ins || row.is_stand_in())
            && (!self.changed || row.changed)
            && row.answers(&self.search)
    }
}

/// How much each number weighs, as far as it was asked for.
#[derive(Debug)]
struct Weights {
    /// The scenario for which it holds.
    of: Arc<Scenario>,
    swings: BTreeMap<String, Swing>,
}

/// A study that is going on.
#[derive(Debug)]
struct Study {
    document: u64,
    of: Arc<Scenario>,
    runs: usize,
    work: Ticket<Option<Vec<(String, Swing)>>>,
}

/// How the page is looked at.
#[derive(Debug, Default)]
pub struct SourcesView {
    document: u64,
    rows: Option<Rows>,
    filter: Filter,
    sort: Sort,
    weighed: Weighed,
    /// Positions of the rows that are shown, in their order; none while they are to be found anew.
    shown: Option<Vec<usize>>,
    draft: Option<Draft>,
    /// Position among the shown rows of the one opened last.
    at: usize,
    /// Whether to scroll there.
    jump: bool,
    /// Whether the next stand-in is asked for.
    next: bool,
    /// Path of the number that is asked for.
    wanted: Option<String>,
    /// Weights by open scenario.
    weights: BTreeMap<u64, Weights>,
    study: Option<Study>,
    broken: bool,
}

impl SourcesView {
    /// Looks again at the scenario if it or the language has changed.
    fn refresh(&mut self, document: &Document, words: &'static Words) {
        let (now, saved) = (&document.scenario, &document.saved);
        if self.document != document.id {
            self.document = document.id;
            self.draft = None;
            self.at = 0;
        }
        let known = |rows: &Rows| {
            Arc::ptr_eq(&rows.of, now) && Arc::ptr_eq(&rows.saved, saved) && std::ptr::eq(rows.words, words)
        };
        if !self.rows.as_ref().is_some_and(known) {
            // What was typed in another format might be read as another number.
            let rewritten = self.rows.as_ref().is_some_and(|rows| !std::ptr::eq(rows.words, words));
            self.rows = Some(Rows::of(now, saved, document.verdict.grounds, words));
            self.shown = None;
            // What is being typed belongs to the number that it is to replace.
            if let (Some(draft), Some(rows)) = (&self.draft, &self.rows) {
                let row = rows.list.iter().find(|row| row.path == draft.path);
                if rewritten || !draft.stands_in(&rows.list) {
                    self.draft = row.map(|row| Draft::of(row, rows));
                }
            }
        }
        if self.shown.is_none() {
            self.shown = Some(self.find());
        }
    }

    /// Rows that pass the filter, in order.
    fn find(&self) -> Vec<usize> {
        let Some(rows) = &self.rows else { return Vec::new() };
        let mut shown: Vec<usize> = (0..rows.list.len())
            .filter(|index| self.filter.passes(&rows.list[*index]))
            .collect();
        let weights = self.weights.get(&self.document);
        let weight = |index: usize, measure: Measure| {
            let swing = weights.and_then(|weights| weights.swings.get(&rows.list[index].path));
            swing.map_or(-2.0, |swing| swing.moves(measure).unwrap_or(-1.0))
        };
        if let Sort::Weight(place) = self.sort {
            let measure = self.weighed.0[place];
            let keyed = shown.into_iter().map(|index| (weight(index, measure), index));
            let mut keyed: Vec<(f64, usize)> = keyed.collect();
            keyed.sort_by(|a, b| b.0.total_cmp(&a.0));
            shown = keyed.into_iter().map(|(_, index)| index).collect();
        }
        shown
    }

    /// Opens the editor on a row.
    fn open(&mut self, position: usize) {
        let (Some(rows), Some(shown)) = (&self.rows, &self.shown) else {
            return;
        };
        if let Some(row) = shown.get(position).and_then(|index| rows.list.get(*index)) {
            self.draft = Some(Draft::of(row, rows));
            self.at = position;
        }
    }

    /// Shows the numbers that a search finds.
    pub(crate) fn search_for(&mut self, search: String) {
        self.filter = Filter {
            search,
            ..Filter::default()
        };
        self.shown = None;
        self.at = 0;
    }

    /// Shows the numbers of low confidence alone.
    pub(crate) fn show_low(&mut self) {
        self.filter = Filter {
            low: true,
            ..Filter::default()
        };
        self.shown = None;
        self.at = 0;
    }

    /// Has the next stand-in opened with the next frame.
    pub(crate) fn ask_next_stand_in(&mut self) {
        self.next = true;
    }

    /// Has a number opened with the next frame.
    pub(crate) fn look_for(&mut self, path: String) {
        self.wanted = Some(path);
    }

    /// Opens a number, whatever is looked at.
    fn open_path(&mut self, path: &str) {
        self.filter = Filter::default();
        let shown = self.find();
        let list = self.rows.as_ref().map_or(&[][..], |rows| &rows.list);
        let position = shown.iter().position(|index| list[*index].path == path);
        self.shown = Some(shown);
        if let Some(position) = position {
            self.open(position);
            self.jump = true;
        }
    }

    /// Opens the next stand-in after the row opened last, among those shown or, if there is none, among all.
    fn next_stand_in(&mut self) {
        if self.next_shown().is_none() {
            self.filter = Filter::default();
            self.shown = Some(self.find());
            self.at = 0;
        }
        if let Some(position) = self.next_shown() {
            self.open(position);
            self.jump = true;
        }
    }

    fn next_shown(&self) -> Option<usize> {
        let (rows, shown) = (self.rows.as_ref()?, self.shown.as_ref()?);
        let row = |position: usize| &rows.list[shown[position]];
        // The row opened last may have left the list when it was replaced; then the next one stands in its place.
        let here = |draft: &Draft| self.at < shown.len() && row(self.at).path == draft.path;
        let from = self.at + usize::from(self.draft.as_ref().is_some_and(here));
        (0..shown.len())
            .map(|step| (from + step) % shown.len())
            .find(|position| row(*position).is_stand_in())
    }

    /// Starts to weigh the rows that are shown.
    fn weigh(&mut self, document: &Document, jobs: &Jobs) {
        let (Some(rows), Some(shown)) = (&self.rows, &self.shown) else {
            return;
        };
        let wanted: BTreeSet<&str> = shown.iter().map(|index| rows.list[*index].path.as_str()).collect();
        let of = Arc::clone(&document.scenario);
        let trials = sensitivity::trials(&of, &|path| wanted.contains(path));
        let (runs, there) = (sensitivity::runs(trials.len()), Arc::clone(&of));
        self.broken = false;
        self.study = Some(Study {
            document: document.id,
            of,
            runs,
            work: jobs.start(Lane::Studies, move |progress| {
                let swings = sensitivity::swings(&Model::new(there), &trials, progress)?;
                Some(trials.into_iter().map(|trial| trial.path).zip(swings).collect())
            }),
        });
    }

    /// Takes over what a study has found.
    fn receive(&mut self) {
        let Some(study) = &self.study else { return };
        let Some(found) = study.work.take() else { return };
        self.broken = found.is_err();
        let found = found.unwrap_or_default();
        if let (Some(found), Some(study)) = (found, self.study.take()) {
            let weights = self.weights.entry(study.document).or_insert_with(|| Weights {
                of: Arc::clone(&study.of),
                swings: BTreeMap::new(),
            });
            if !Arc::ptr_eq(&weights.of, &study.of) {
                weights.of = study.of;
                weights.swings.clear();
            }
            weights.swings.extend(found);
            if self.sort == Sort::File {
                self.sort = Sort::Weight(0);
            }
            self.shown = None;
        }
        self.study = None;
    }
}

/// Shows the page.
pub fn page(ui: &mut Ui, view: &View<'_>, state: &mut SourcesView, queue: &mut Queue) {
    let Some(document) = view.documents.get(view.current) else {
        return;
    };
    state
        .weights
        .retain(|id, _| view.documents.iter().any(|document| document.id == *id));
    state.receive();
    let words = view.words;
    state.refresh(document, words);
    if std::mem::take(&mut state.next) {
        state.next_stand_in();
    }
    if let Some(path) = state.wanted.take() {
        state.open_path(&path);
    }
    let area = ui.available_rect_before_wrap();
    let editor = match &state.draft {
        Some(draft) if draft.is_share() => theme::EDITOR_SHARES,
        Some(_) => theme::EDITOR,
        None => 0.0,
    };
    let (table_area, editor_area) = area.split_top_bottom_at_y(area.bottom() - editor);
    ui.scope_builder(egui::UiBuilder::new().max_rect(table_area), |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            head(ui, state, document, words);
            filters(ui, state, document, view.jobs, words);
            ui.add_space(2.0);
            table(ui, state, words);
        });
    });
    if state.draft.is_some() {
        let area = editor_area.with_min_y(editor_area.top() + theme::GAP);
        ui.scope_builder(egui::UiBuilder::new().max_rect(area), |ui| {
            theme::card(ui).show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                let area = egui::ScrollArea::vertical().id_salt("editor").auto_shrink(false);
                area.show(ui, |ui| {
                    queue.extend(edit(ui, state, document, words));
                });
            });
        });
    }
}

/// What a reader must know first: how many numbers are assumptions.
fn head(ui: &mut Ui, state: &SourcesView, document: &Document, words: &Words) {
    let Some(rows) = &state.rows else { return };
    let count = |count: usize| words.count(count);
    let of = |confidence: Confidence| rows.grounds.by_confidence[confidence as usize];
    ui.label(RichText::new(words.numbers_title).heading());
    let mut text = fill(
        words.numbers_count,
        &[
            ("all", &count(rows.grounds.all())),
            ("high", &count(of(Confidence::Sourced))),
            ("setting", &count(of(Confidence::Setting))),
            ("medium", &count(of(Confidence::Unsourced))),
            ("low", &count(of(Confidence::Low))),
            ("stand_ins", &count(rows.grounds.stand_ins)),
            ("changed", &count(rows.changed)),
        ],
    );
    if let Some(now) = &document.now {
        let entering: Vec<String> = entering(&now.run)
            .into_iter()
            .map(|(level, ratio)| format!("{} {}", words.word(level.name()), words.fixed(ratio, 2)))
            .collect();
        if !entering.is_empty() {
            text.push(' ');
            text.push_str(&fill(words.numbers_entering, &[("levels", &entering.join(", "))]));
        }
    }
    if rows.left_out > 0 {
        text.push(' ');
        text.push_str(&fill(words.numbers_cut, &[("count", &count(rows.left_out))]));
    }
    ui.add(egui::Label::new(text).wrap());
}

fn filters(ui: &mut Ui, state: &mut SourcesView, document: &Document, jobs: &Jobs, words: &Words) {
    let before = state.filter.clone();
    ui.horizontal_wrapped(|ui| {
        let label = ui.label(words.numbers_search);
        let search = TextEdit::singleline(&mut state.filter.search)
            .id(widgets::search())
            .hint_text(words.numbers_search_hint)
            .desired_width(190.0);
        ui.add(search).labelled_by(label.id);
        ui.selectable_value(&mut state.filter.topic, None, words.topic_all);
        for topic in Topic::ALL {
            ui.selectable_value(&mut state.filter.topic, Some(topic), topic.name(words));
        }
        ui.separator();
        ui.checkbox(&mut state.filter.low, words.only_low);
        ui.checkbox(&mut state.filter.stand_ins, words.only_stand_ins);
        ui.checkbox(&mut state.filter.changed, words.only_changed);
    });
    if state.filter != before {
        state.shown = Some(state.find());
        state.at = 0;
    }
    let count = words.count(state.shown.as_ref().map_or(0, Vec::len));
    ui.horizontal_wrapped(|ui| {
        let stand_ins = state.rows.as_ref().is_some_and(|rows| rows.grounds.stand_ins > 0);
        let next = ui.add_enabled(stand_ins, egui::Button::new(words.next_stand_in));
        if next.on_hover_text(words.next_stand_in_hint).clicked() {
            state.next_stand_in();
        }
        if let Some(study) = &state.study {
            let (done, all) = (study.work.progress().done(), study.runs);
            #[allow(clippy::cast_precision_loss)]
            let share = done as f32 / all as f32;
            let text = fill(
                words.weighing,
                &[("done", &words.count(done)), ("all", &words.count(all))],
            );
            ui.add(egui::ProgressBar::new(share).desired_width(200.0).text(text));
            if ui.button(words.weigh_stop).clicked() {
                state.study = None;
            }
            // A look now and then is enough for a bar.
            ui.ctx().request_repaint_after(Duration::from_millis(100));
        } else {
            let text = fill(words.weigh, &[("count", &count)]);
            let weigh = ui.add_enabled(count != "0", egui::Button::new(text));
            if weigh.on_hover_text(words.weigh_hint).clicked() {
                state.weigh(document, jobs);
            }
        }
        let palette = Palette::of(ui);
        if state.broken {
            ui.label(RichText::new(words.weigh_unusable).color(palette.bad));
        }
        let old = |weights: &Weights| !Arc::ptr_eq(&weights.of, &document.scenario);
        if state.weights.get(&document.id).is_some_and(old) {
            ui.label(RichText::new(words.weigh_old).color(palette.doubt));
        }
        choose_weighed(ui, state, words);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(RichText::new(fill(words.numbers_shown, &[("count", &count)])).weak());
        });
    });
}

/// The measures of which weights are told, once there are any.
fn choose_weighed(ui: &mut Ui, state: &mut SourcesView, words: &Words) {
    let Some(weights) = state.weights.get(&state.document) else {
        return;
    };
    ui.label(words.weigh_of);
    let mut changed = false;
    let known = |measure: &Measure| weights.swings.values().any(|swing| swing.of(*measure).is_some());
    for (measure, name) in state.weighed.0.iter_mut().zip([words.weigh_first, words.weigh_second]) {
        let all = Measure::ALL.iter().copied().filter(known);
        let chosen = widgets::choice(ui, name, theme::WEIGHED, *measure, all, |measure| {
            capital(&words.indicator(measure))
        });
        if let Some(chosen) = chosen {
            (*measure, changed) = (chosen, true);
        }
    }
    if changed {
        state.shown = Some(state.find());
    }
}

/// The editor of the row that is open.
fn edit(ui: &mut Ui, state: &mut SourcesView, document: &Document, words: &Words) -> Option<Command> {
    let (Some(draft), Some(rows)) = (&mut state.draft, &state.rows) else {
        return None;
    };
    let row = rows.list.iter().find(|row| row.path == draft.path)?;
    let weights = state.weights.get(&state.document);
    let swing = weights.and_then(|weights| weights.swings.get(&row.path));
    let weight = weight_of(row, swing, state.weighed, words);
    match draft.show(ui, row, document, &weight, words)? {
        Wish::Close => {
            state.draft = None;
            None
        }
        Wish::Replace(command) => {
            state.draft = None;
            Some(command)
        }
    }
}
