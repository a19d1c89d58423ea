//! What a person can take out of a chart: its table, the clipboard, a file.

use std::sync::Arc;

use eframe::egui::{self, Id, Popup, Rect, Response, RichText, Sense, Ui, vec2};

use super::command::Command;
use super::theme::{self, Palette};
use super::words::{Words, fill};
use crate::report::figure::{Figure, Format};

/// The menu of a chart, by its button and by the context menu of its card. Gives back whether the card is to show a table.
#[must_use]
pub fn menu(ui: &Ui, words: &Words, rect: Rect, figure: &Figure, card: &Response) -> bool {
    let palette = Palette::of(ui);
    let place = Rect::from_min_size(rect.right_top() + vec2(-30.0, 6.0), vec2(24.0, 22.0));
    let button = ui.interact(place, card.id.with("menu"), Sense::click());
    let name = fill(words.chart_menu, &[("title", &figure.head.title)]);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let lit = button.hovered() || button.has_focus();
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if lit {
        painter.rect(
            place,
            4,
            palette.chosen,
            egui::Stroke::new(if button.has_focus() { 2.0 } else { 1.0 }, palette.accent),
            egui::StrokeKind::Inside,
        );
    }
    for offset in [-5.0, 0.0, 5.0] {
        let colour = if lit { palette.text } else { palette.weak };
        painter.circle_filled(place.center() + vec2(offset, 0.0), 1.6, colour);
    }
    ui.ctx().data_mut(|data| {
        if let Some(mut shown) = data.get_temp::<Vec<Arc<Figure>>>(shown_id()) {
            shown.push(Arc::new(figure.clone()));
            data.insert_temp(shown_id(), shown);
        }
    });
    let as_table = ui.ctx().data(|data| data.get_temp(card.id)).unwrap_or(false);
    Popup::menu(&button).show(|ui| items(ui, words, figure, card.id, as_table));
    Popup::context_menu(card).show(|ui| items(ui, words, figure, card.id, as_table));
    as_table
}

fn items(ui: &mut Ui, words: &Words, figure: &Figure, card: Id, as_table: bool) {
    let other = if as_table {
        words.chart_as_chart
    } else {
        words.chart_as_table
    };
    if ui.button(other).clicked() {
        ui.ctx().data_mut(|data| data.insert_temp(card, !as_table));
    }
    if ui.button(words.chart_copy).clicked() {
        ui.ctx().copy_text(figure.tabbed());
    }
    for format in Format::ALL {
        if ui.button(format_name(format, words)).clicked() {
            let wanted = Some((Arc::new(figure.clone()), format));
            ui.ctx().data_mut(|data| data.insert_temp(wanted_id(), wanted));
        }
    }
}

/// Saving a chart in a format, in words.
#[must_use]
pub(crate) const fn format_name(format: Format, words: &Words) -> &'static str {
    match format {
        Format::Svg => words.chart_svg,
        Format::Png => words.chart_png,
        Format::Csv => words.chart_csv,
    }
}

fn shown_id() -> Id {
    Id::unique("figures of this frame")
}

/// Has the charts of this frame counted.
pub fn ask(ctx: &egui::Context) {
    ctx.data_mut(|data| data.insert_temp(shown_id(), Vec::<Arc<Figure>>::new()));
}

/// The charts that were shown since they were asked for.
#[must_use]
pub fn shown(ctx: &egui::Context) -> Vec<Arc<Figure>> {
    ctx.data_mut(|data| data.remove_temp(shown_id())).unwrap_or_default()
}

/// A figure that is to be saved, and as what.
type Wanted = Option<(Arc<Figure>, Format)>;

fn wanted_id() -> Id {
    Id::unique("figure to be saved")
}

/// What a chart's menu asked for in this frame. Charts are painted deep inside pages, which need not pass it on.
#[must_use]
pub fn wanted(ctx: &egui::Context) -> Option<Command> {
    let (figure, format) = ctx.data_mut(|data| data.remove_temp::<Wanted>(wanted_id())).flatten()?;
    Some(Command::AskSaveFigure(figure, format))
}

/// The figure's numbers: a row for each series, a column for each year or part.
pub fn table(ui: &Ui, inside: Rect, figure: &Figure, card: Id) {
    let builder = egui::UiBuilder::new().max_rect(inside).layer_id(ui.layer_id());
    let mut ui_of_table = Ui::new(ui.ctx().clone(), card.with("table"), builder);
    let inner = &mut ui_of_table;
    inner.set_clip_rect(inside.intersect(ui.clip_rect()));
    egui::ScrollArea::both().auto_shrink(false).show(inner, |ui| {
        egui::Grid::new("table")
            .striped(true)
            .spacing(vec2(14.0, 3.0))
            .show(ui, |ui| {
                ui.label("");
                for column in figure.columns() {
                    right(ui, RichText::new(column).font(theme::bold(theme::SMALL)));
                }
                ui.end_row();
                for row in figure.rows() {
                    ui.label(RichText::new(row.name).small());
                    for cell in &row.cells {
                        let text = cell.as_ref().map_or(String::new(), |cell| cell.show(figure));
                        right(ui, RichText::new(text).small());
                    }
                    ui.end_row();
                }
            });
    });
}

/// A number stands at the right of its column.
fn right(ui: &mut Ui, text: RichText) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| ui.label(text));
}
