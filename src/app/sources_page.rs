//! The Sources page: every number with its source, how much it weighs in the result, and the way to replace it.

pub mod editor;
pub mod rows;
mod shares;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use eframe::egui::{self, Rect, RichText, Sense, Stroke, TextEdit, Ui, pos2, vec2};

use super::command::{Command, Queue};
use super::document::{Document, View};
use super::jobs::{Jobs, Lane, Ticket};
use super::theme::{self, Palette};
use super::widgets;
use super::words::{Words, fill};
use crate::model::Model;
use crate::scenario::Scenario;
use crate::scenario::citations::cited;
use crate::scenario::quantity::Confidence;
use crate::scenario::registry::Leaf;
use crate::study::sensitivity::{self, Ends, Fixed, Swing};
use crate::units::Unit;
use editor::{Draft, Wish};
use rows::{Row, Rows, Topic, Value};

/// Order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sort {
    #[default]
    File,
    Cost,
    Reach,
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
    fn passes(&self, row: &Row) -> bool {
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
            self.rows = Some(Rows::of(now, saved, words));
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
        let weight = |index: usize| {
            let swing = weights.and_then(|weights| weights.swings.get(&rows.list[index].path));
            swing.map_or(-1.0, |swing| match self.sort {
                Sort::Reach => swing.reach.1 - swing.reach.0,
                Sort::File | Sort::Cost => swing.cost.1 - swing.cost.0,
            })
        };
        if self.sort != Sort::File {
            let mut keyed: Vec<(f64, usize)> = shown.into_iter().map(|index| (weight(index), index)).collect();
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
    pub fn search_for(&mut self, search: String) {
        self.filter = Filter {
            search,
            ..Filter::default()
        };
        self.shown = None;
        self.at = 0;
    }

    /// Has the next stand-in opened with the next frame.
    pub fn ask_next_stand_in(&mut self) {
        self.next = true;
    }

    /// Has a number opened with the next frame.
    pub fn look_for(&mut self, path: String) {
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
                self.sort = Sort::Cost;
            }
            self.shown = None;
        }
        self.study = None;
    }
}

/// Sign and meaning of a confidence.
fn confidence(confidence: Confidence, words: &Words) -> (&'static str, &'static str) {
    match confidence {
        Confidence::Sourced => (words.confidence_high, words.confidence_high_why),
        Confidence::Unsourced => (words.confidence_medium, words.confidence_medium_why),
        Confidence::Low => (words.confidence_low, words.confidence_low_why),
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
            head(ui, state, words);
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
                    queue.extend(edit(ui, state, &document.scenario, words));
                });
            });
        });
    }
}

/// What a reader must know first: how many numbers are assumptions.
fn head(ui: &mut Ui, state: &SourcesView, words: &Words) {
    let Some(rows) = &state.rows else { return };
    let count = |count: usize| words.count(count);
    ui.label(RichText::new(words.numbers_title).heading());
    let mut text = fill(
        words.numbers_count,
        &[
            ("all", &count(rows.grounds.all())),
            ("high", &count(rows.grounds.by_confidence[0])),
            ("medium", &count(rows.grounds.by_confidence[1])),
            ("low", &count(rows.grounds.by_confidence[2])),
            ("stand_ins", &count(rows.grounds.stand_ins)),
            ("changed", &count(rows.changed)),
        ],
    );
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
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(RichText::new(fill(words.numbers_shown, &[("count", &count)])).weak());
        });
    });
}

/// A column of the table.
#[derive(Clone, Copy, PartialEq)]
enum Column {
    Name,
    Place,
    Value,
    Range,
    Year,
    Source,
    Confidence,
    Cost,
    Reach,
    Note,
}

impl Column {
    const fn name(self, words: &Words) -> &'static str {
        match self {
            Self::Name => words.column_name,
            Self::Place => words.column_place,
            Self::Value => words.column_value,
            Self::Range => words.column_range,
            Self::Year => words.column_year,
            Self::Source => words.column_source,
            Self::Confidence => words.column_confidence,
            Self::Cost => words.column_cost,
            Self::Reach => words.column_reach,
            Self::Note => words.column_note,
        }
    }

    const fn sort(self) -> Option<Sort> {
        match self {
            Self::Name => Some(Sort::File),
            Self::Cost => Some(Sort::Cost),
            Self::Reach => Some(Sort::Reach),
            _ => None,
        }
    }

    const fn is_number(self) -> bool {
        matches!(self, Self::Value | Self::Cost | Self::Reach)
    }
}

/// Columns with their left edge and width. Text gets what the numbers leave.
fn columns(width: f32, weighed: bool) -> Vec<(Column, f32, f32)> {
    let roomy = width > 1300.0;
    let mut columns = vec![
        (Column::Name, 0.36),
        (Column::Place, 0.2),
        (Column::Value, if roomy { 250.0 } else { 162.0 }),
        (Column::Range, if roomy { 250.0 } else { 142.0 }),
        (Column::Year, 36.0),
        (Column::Source, 0.28),
        (Column::Confidence, 78.0),
    ];
    if weighed {
        columns.extend([(Column::Cost, 98.0), (Column::Reach, 98.0)]);
    }
    if !weighed || roomy {
        columns.push((Column::Note, 0.2));
    }
    #[allow(clippy::cast_precision_loss)]
    let gaps = theme::GAP * (columns.len() + 1) as f32;
    let fixed: f32 = columns.iter().map(|column| column.1).filter(|width| *width > 1.0).sum();
    let parts: f32 = columns
        .iter()
        .map(|column| column.1)
        .filter(|width| *width <= 1.0)
        .sum();
    let unit = (width - gaps - fixed).max(200.0) / parts;
    let mut left = theme::GAP;
    columns
        .into_iter()
        .map(|(column, width)| {
            let width = if width > 1.0 { width } else { width * unit };
            let at = left;
            left += width + theme::GAP;
            (column, at, width)
        })
        .collect()
}

fn table(ui: &mut Ui, state: &mut SourcesView, words: &Words) {
    let palette = Palette::of(ui);
    // The scroll bar must not cover the last column.
    let width = ui.available_width() - 10.0;
    let columns = columns(width, state.weights.contains_key(&state.document));
    let (line, _) = ui.allocate_exact_size(vec2(width, theme::ROW), Sense::hover());
    for (column, left, width) in &columns {
        let rect = Rect::from_min_size(pos2(line.left() + left, line.top()), vec2(*width, line.height()));
        heading(ui, rect, *column, state, words);
    }
    ui.painter()
        .hline(line.x_range(), line.bottom(), Stroke::new(1.0, palette.edge));
    ui.spacing_mut().item_spacing.y = 0.0;
    let (Some(rows), Some(shown)) = (&state.rows, &state.shown) else {
        return;
    };
    if shown.is_empty() {
        ui.add_space(theme::GAP);
        ui.label(words.numbers_none);
        return;
    }
    let weights = state.weights.get(&state.document);
    let greatest =
        |of: fn(&Swing) -> f64| weights.map_or(0.0, |weights| weights.swings.values().map(of).fold(0.0, f64::max));
    let most = (
        greatest(|swing| swing.cost.1 - swing.cost.0),
        greatest(|swing| swing.reach.1 - swing.reach.0),
    );
    let mut area = egui::ScrollArea::vertical().id_salt("numbers").auto_shrink(false);
    if std::mem::take(&mut state.jump) {
        #[allow(clippy::cast_precision_loss)]
        let middle = state.at as f32 * theme::ROW - ui.available_height() / 2.0;
        area = area.vertical_scroll_offset(middle.max(0.0));
    }
    let mut opened = None;
    area.show_rows(ui, theme::ROW, shown.len(), |ui, range| {
        for position in range {
            let row = &rows.list[shown[position]];
            let chosen = state.draft.as_ref().is_some_and(|draft| draft.path == row.path);
            let swing = weights.and_then(|weights| weights.swings.get(&row.path));
            if line_of(ui, row, &columns, chosen, (swing, most), words) {
                opened = Some(position);
            }
        }
    });
    if let Some(position) = opened {
        state.open(position);
    }
}

fn heading(ui: &mut Ui, rect: Rect, column: Column, state: &mut SourcesView, words: &Words) {
    let name = column.name(words);
    let align = if column.is_number() {
        egui::Layout::right_to_left(egui::Align::Center)
    } else {
        egui::Layout::left_to_right(egui::Align::Center)
    };
    let mut cell = ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(align));
    let weighed = state.weights.contains_key(&state.document);
    match column.sort().filter(|_| weighed) {
        Some(sort) => {
            let text = if state.sort == sort {
                fill(words.sort_sign, &[("column", name)])
            } else {
                name.to_owned()
            };
            let button = egui::Button::new(RichText::new(text).small().strong()).frame(false);
            let button = cell.add(button);
            let by = if sort == Sort::File { words.sort_file } else { name };
            let label = fill(words.sort_by, &[("column", by)]);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
            if button.on_hover_text(label.as_str()).clicked() {
                state.sort = sort;
                state.shown = Some(state.find());
            }
        }
        None => {
            cell.add(egui::Label::new(RichText::new(name).small().weak()).truncate());
        }
    }
}

/// One row; true if it was chosen.
fn line_of(
    ui: &mut Ui,
    row: &Row,
    columns: &[(Column, f32, f32)],
    chosen: bool,
    (swing, most): (Option<&Swing>, (f64, f64)),
    words: &Words,
) -> bool {
    let palette = Palette::of(ui);
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::click());
    let value = row.value.show(row.unit, words);
    let (sign, why) = confidence(row.confidence, words);
    let template = if row.place.is_empty() {
        words.row_name_short
    } else {
        words.row_name
    };
    let label = fill(
        template,
        &[
            ("name", row.name),
            ("place", &row.place),
            ("value", &value),
            ("confidence", sign),
        ],
    );
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, &label));
    if chosen || response.hovered() {
        ui.painter().rect_filled(line, 2, palette.chosen);
    }
    if response.has_focus() {
        let edge = Stroke::new(1.5, palette.accent);
        ui.painter().rect_stroke(line, 2, edge, egui::StrokeKind::Inside);
    }
    let range = row.range(words);
    for (column, left, width) in columns {
        let rect = Rect::from_min_size(pos2(line.left() + left, line.top()), vec2(*width, line.height()));
        let mut colour = palette.text;
        let text = match column {
            Column::Name if row.changed => format!("● {}", row.name),
            Column::Name => row.name.to_owned(),
            Column::Place => row.place.clone(),
            Column::Value => value.clone(),
            Column::Range => range.clone(),
            Column::Year => row.passport.year.map_or(String::new(), |year| year.to_string()),
            Column::Source => row.source.clone(),
            Column::Confidence => {
                colour = match row.confidence {
                    Confidence::Sourced => palette.good,
                    Confidence::Unsourced => palette.text,
                    Confidence::Low => palette.doubt,
                };
                sign.to_owned()
            }
            Column::Cost => swing.map_or("–".into(), |swing| {
                part(ui, rect, swing.cost.1 - swing.cost.0, most.0);
                words.money(swing.cost.1 - swing.cost.0, most.0)
            }),
            Column::Reach => swing.map_or("–".into(), |swing| {
                part(ui, rect, swing.reach.1 - swing.reach.0, most.1);
                let points = words.decimals((swing.reach.1 - swing.reach.0) * 100.0);
                fill(words.moves_points, &[("value", &points)])
            }),
            Column::Note => row.note.clone(),
        };
        if text.is_empty() {
            continue;
        }
        let text = egui::WidgetText::from(RichText::new(text).color(colour));
        let truncate = Some(egui::TextWrapMode::Truncate);
        let galley = text.into_galley(ui, truncate, *width, egui::TextStyle::Body);
        let x = if column.is_number() {
            rect.right() - galley.size().x
        } else {
            rect.left()
        };
        let at = pos2(x, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, colour);
    }
    response
        .on_hover_ui(|ui| {
            ui.set_max_width(420.0);
            ui.label(RichText::new(row.full_name()).strong());
            ui.label(row.meaning);
            let source = &row.source;
            let source = if source.is_empty() {
                words.number_no_source
            } else {
                source
            };
            let range = if range.is_empty() {
                words.number_no_range
            } else {
                &range
            };
            let values = [
                ("value", value.as_str()),
                ("range", range),
                ("confidence", sign),
                ("source", source),
            ];
            ui.label(fill(words.number_is, &values));
            let link = cited(&row.passport.source).map_or("", |citation| citation.link);
            for text in [why, &row.note, link, &weight_of(row, swing, words)] {
                if !text.is_empty() {
                    ui.label(RichText::new(text).small().weak());
                }
            }
        })
        .clicked()
}

/// A bar behind a number: its part of the greatest.
fn part(ui: &Ui, rect: Rect, value: f64, most: f64) {
    if most > 0.0 {
        #[allow(clippy::cast_possible_truncation)]
        let share = (value / most) as f32;
        let bar = rect.shrink2(vec2(0.0, 3.0));
        let bar = bar.with_min_x(bar.right() - bar.width() * share);
        ui.painter().rect_filled(bar, 2, Palette::of(ui).grid);
    }
}

/// What a number does to the result, in words; empty while that has not been asked.
fn weight_of(row: &Row, swing: Option<&Swing>, words: &Words) -> String {
    let Some(swing) = swing else {
        let leaf = match &row.value {
            Value::Number(number) => Leaf::Number(number),
            Value::Path(path) => Leaf::Path(path),
        };
        return match sensitivity::ends(row.field, leaf) {
            Err(Fixed::Shape) => words.not_weighed_shape.into(),
            Err(Fixed::Zero) => words.not_weighed_zero.into(),
            Ok(_) => String::new(),
        };
    };
    let (template, low, high) = match swing.ends {
        Ends::Range(low, high) => (
            words.weighed_over,
            words.show(row.unit, low),
            words.show(row.unit, high),
        ),
        Ends::Tenth => (words.weighed_tenth, String::new(), String::new()),
    };
    fill(
        template,
        &[
            ("low", &low),
            ("high", &high),
            ("cost_low", &words.money(swing.cost.0, swing.cost.1)),
            ("cost_high", &words.money(swing.cost.1, swing.cost.0)),
            ("reach_low", &words.show(Unit::Share, swing.reach.0)),
            ("reach_high", &words.show(Unit::Share, swing.reach.1)),
        ],
    )
}

/// The editor of the row that is open.
fn edit(ui: &mut Ui, state: &mut SourcesView, scenario: &Scenario, words: &Words) -> Option<Command> {
    let (Some(draft), Some(rows)) = (&mut state.draft, &state.rows) else {
        return None;
    };
    let row = rows.list.iter().find(|row| row.path == draft.path)?;
    let weights = state.weights.get(&state.document);
    let swing = weights.and_then(|weights| weights.swings.get(&row.path));
    let weight = weight_of(row, swing, words);
    match draft.show(ui, row, scenario, &weight, words)? {
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
