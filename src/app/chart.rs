//! Charts on the screen: a card with a chart that was laid out as in a file ([`layout`](crate::report::figure::layout)), its
//! menu, its title with the terms of the glossary marked, and what it says under the pointer. Each is a [`Figure`] first, so
//! that what can be taken out of it is what is shown; every chart has a title, a unit, a source line and a summary for a
//! screen reader.

mod kinds;
mod pen;

use eframe::egui::{self, Color32, Painter, Pos2, Rect, Response, Stroke, StrokeKind, Ui};

use super::chart_data;
use super::terms;
use super::theme::{self, Palette};
use super::words::Words;
use crate::report::figure::layout::{self, Hit, Layout};
use crate::report::figure::{Body, Figure, Stamp};
use pen::Pen;

pub use crate::report::figure::Head;
pub(crate) use kinds::{Answer, answering_bars, curve, dots, in_all, legend, people};
pub use kinds::{Band, BarRow, Bars, Cell, Dash, Dots, Drawn, Level, Line, Part, ScenarioLine, Shares, Trace};
pub use kinds::{bars, grid, lines, rows, scenarios, spans, traces};

/// The card with what stands around the chart, of whatever role a screen reader is told.
fn card(ui: &Ui, rect: Rect, head: &Head, role: egui::accesskit::Role) -> (Response, Painter) {
    let palette = Palette::of(ui);
    let response = ui.interact(rect, ui.scope_id().with(&head.title), egui::Sense::CLICK);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(role);
        node.set_label(if head.unit.is_empty() {
            head.title.clone()
        } else {
            format!("{} ({})", head.title, head.unit)
        });
        node.set_description(head.summary.clone());
        // What takes no focus has no place of its own.
        node.set_bounds(egui::accesskit::Rect {
            x0: rect.left().into(),
            y0: rect.top().into(),
            x1: rect.right().into(),
            y1: rect.bottom().into(),
        });
    });
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.rect(
        rect,
        theme::ROUND,
        palette.card,
        Stroke::new(1.0, palette.edge),
        StrokeKind::Inside,
    );
    (response, painter)
}

/// Title, unit, source: the terms of the glossary in the title are marked, and explained on pointing.
fn surround(ui: &Ui, words: &Words, response: &Response, head: &Head, pen: &Pen, layout: &Layout) {
    let weak = Palette::of(ui).weak;
    let mut place = Rect::NOTHING;
    for line in &layout.title {
        let (at, galley) = pen.write(line);
        terms::mark(&pen.painter, at, &galley, &line.text, words, weak);
        place = place.union(Rect::from_min_size(at, galley.size()));
    }
    for shape in &layout.around {
        pen.draw(shape);
    }
    let sentences = terms::sentences(&head.title, words);
    if !sentences.is_empty() {
        let over = ui.interact(place, response.id.with("terms"), egui::Sense::hover());
        over.on_hover_text(sentences);
    }
}

/// Shows a figure on a card: as a chart, or as a table where a person wishes it so.
pub fn show(ui: &Ui, words: &Words, rect: Rect, figure: &Figure) {
    let _ = answering(ui, words, rect, figure);
}

/// Shows a sheet as wide as asked for; tells which of its columns' names was clicked. Each cell has a name of its own.
pub(crate) fn sheet(ui: &mut Ui, words: &Words, width: f32, figure: &Figure) -> Option<usize> {
    let Body::Sheet(sheet) = &figure.body else { return None };
    let pen = Pen::new(ui.painter().clone(), Pos2::ZERO);
    #[allow(clippy::cast_possible_truncation)]
    let height = figure.height(width.into(), &|text, face| pen.width(text, face)) as f32;
    let (rect, _) = ui.allocate_exact_size(egui::vec2(width, height), egui::Sense::hover());
    let mut clicked = None;
    for (at, (place, hit)) in answering(ui, words, rect, figure).1.into_iter().enumerate() {
        let sense = if at < sheet.columns.len() {
            egui::Sense::click()
        } else {
            egui::Sense::hover()
        };
        let values: Vec<String> = hit
            .values
            .iter()
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        let said = format!("{}: {}", hit.heading, values.join(", "));
        let role = if at < sheet.columns.len() {
            egui::Role::Button
        } else {
            egui::Role::Label
        };
        let response = ui.interact(place, ui.scope_id().with((&figure.head.title, at)), sense);
        response.widget_info(|| egui::WidgetInfo::labeled(role, true, &said));
        if response.clicked() {
            clicked = Some(at);
        }
    }
    clicked
}

/// Shows a figure; its card, and where each of its rows or years stands: nowhere where it is no chart.
fn answering(ui: &Ui, words: &Words, rect: Rect, figure: &Figure) -> (Response, Vec<(Rect, Hit)>) {
    let (response, painter) = card(ui, rect, &figure.head, egui::accesskit::Role::Figure);
    let pen = Pen::new(painter, rect.min);
    let layout = figure.layout(pen::size(rect), &|text, face| pen.width(text, face));
    surround(ui, words, &response, &figure.head, &pen, &layout);
    let inside = pen.rect(&layout.inside);
    if chart_data::menu(ui, words, rect, figure, &response) {
        chart_data::table(ui, inside, figure, response.id);
        return (response, Vec::new());
    }
    if inside.width() < theme::CHART_LEAST.x || inside.height() < theme::CHART_LEAST.y {
        pen.note(inside, words.chart_no_room, Palette::of(ui).weak, theme::SMALL);
        return (response, Vec::new());
    }
    for shape in &layout.body {
        pen.draw(shape);
    }
    let pointed = response.hover_pos().map(|pointer| pen.place(pointer));
    if let Some(hit) = pointed.and_then(|at| layout.hits.iter().find(|hit| hit.frame.contains(at))) {
        // What a cell of a sheet is in stands in it.
        let unit = if matches!(figure.body, Body::Sheet(_)) {
            ""
        } else {
            &figure.head.unit
        };
        tip(&response, unit, hit);
    }
    let places = layout.hits.into_iter().map(|hit| (pen.rect(&hit.frame), hit));
    (response, places.collect())
}

/// A chart that has nothing to show says why.
pub fn nothing(ui: &Ui, words: &Words, rect: Rect, head: &Head, why: &str) {
    let palette = Palette::of(ui);
    let (response, painter) = card(ui, rect, head, egui::accesskit::Role::Note);
    let pen = Pen::new(painter, rect.min);
    let measure = |text: &str, face| pen.width(text, face);
    let layout = layout::surround(head, &Stamp::default(), &palette.look(), pen::size(rect), &measure);
    surround(ui, words, &response, head, &pen, &layout);
    pen.note(pen.rect(&layout.inside), why, palette.weak, theme::BODY);
}

/// What a chart says of the year under the pointer.
fn tip(response: &Response, unit: &str, hit: &Hit) {
    response.clone().on_hover_ui_at_pointer(|ui| {
        ui.label(egui::RichText::new(&hit.heading).font(theme::bold(theme::BODY)));
        if !unit.is_empty() {
            ui.label(egui::RichText::new(unit).small().weak());
        }
        egui::Grid::new("values")
            .num_columns(2)
            .spacing([14.0, 2.0])
            .show(ui, |ui| {
                for (name, value) in &hit.values {
                    ui.label(name);
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| ui.label(value));
                    ui.end_row();
                }
            });
    });
}

/// The mark of a scenario by its position: what tells lines apart without colour.
pub fn mark(painter: &Painter, at: Pos2, position: usize, colour: Color32) {
    let pen = Pen::new(painter.clone(), at);
    for shape in layout::mark((0.0, 0.0), position, theme::plain(colour)) {
        pen.draw(&shape);
    }
}
