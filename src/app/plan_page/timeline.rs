//! The time line above the charts: shocks lie on it by year, are dropped onto it, moved along it and taken off.

use eframe::egui::{self, Key, Rect, Stroke, Ui, pos2, vec2};

use super::shocks::{self, Dragged};
use super::struck::StruckView;
use crate::app::command::{Command, Queue};
use crate::app::document::View;
use crate::app::theme::{self, Palette};
use crate::app::words::fill;

/// Height of the years, and of a row of shocks below them.
const YEARS: f32 = 17.0;
const ROW: f32 = 24.0;
/// Width of what stands before the first year.
const NAME: f32 = 64.0;

/// Shows the line where something strikes or is about to be dropped.
pub(super) fn show(ui: &mut Ui, view: &View<'_>, state: &mut StruckView, queue: &mut Queue) {
    let (scenario, words) = (view.scenario, view.words);
    let waits = egui::DragAndDrop::has_payload_of_type::<Dragged>(ui.ctx());
    if scenario.shocks.is_empty() && !waits {
        return;
    }
    let palette = Palette::of(ui);
    let years: Vec<i32> = (scenario.base_year + 1..=scenario.horizon).collect();
    // Two of one year lie below each other.
    let row_of = |at: usize| {
        let before = scenario.shocks[..at].iter();
        before.filter(|other| other.year == scenario.shocks[at].year).count()
    };
    let rows = (0..scenario.shocks.len()).map(row_of).max().map_or(1, |most| most + 1);
    #[allow(clippy::cast_precision_loss)]
    let size = vec2(ui.available_width(), YEARS + ROW * rows as f32 + 3.0);
    let (area, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    let painter = ui.painter().clone();
    let edge = if waits { palette.accent } else { palette.edge };
    painter.rect(
        area,
        theme::ROUND,
        palette.card,
        Stroke::new(1.0, edge),
        egui::StrokeKind::Inside,
    );
    let text = |at, align, text: String, colour| {
        painter.text(at, align, text, theme::text(theme::SMALL), colour);
    };
    text(
        pos2(area.left() + theme::PAD, area.center().y),
        egui::Align2::LEFT_CENTER,
        words.shocks.to_owned(),
        palette.weak,
    );
    let line = area.with_min_x(area.left() + NAME);
    #[allow(clippy::cast_precision_loss)]
    let wide = line.width() / years.len().max(1) as f32;
    #[allow(clippy::cast_precision_loss)]
    let column = |at: usize| {
        Rect::from_min_size(
            pos2(line.left() + wide * at as f32, line.top()),
            vec2(wide, line.height()),
        )
    };
    let under = |at: egui::Pos2| (0..years.len()).find(|column_at| column(*column_at).contains(at));
    let pointer = ui.input(|input| input.pointer.interact_pos());
    for (at, year) in years.iter().enumerate() {
        let place = column(at);
        if waits && pointer.is_some_and(|pointer| place.contains(pointer)) {
            painter.rect_filled(place.shrink(2.0), 4, palette.chosen);
        }
        painter.vline(place.left(), place.y_range(), Stroke::new(1.0, palette.grid));
        let at = pos2(place.center().x, place.top() + YEARS / 2.0 + 1.0);
        text(at, egui::Align2::CENTER_CENTER, year.to_string(), palette.weak);
    }
    if let Some(dropped) = response.dnd_release_payload::<Dragged>()
        && let Some(year) = pointer.and_then(under).map(|at| years[at])
    {
        queue.extend(shocks::add(scenario, dropped.0, year, words));
        state.chosen = Some(scenario.shocks.len());
    }
    for at in 0..scenario.shocks.len() {
        let Some(column_at) = years.iter().position(|year| *year == scenario.shocks[at].year) else {
            continue;
        };
        #[allow(clippy::cast_precision_loss)]
        let top = line.top() + YEARS + ROW * row_of(at) as f32;
        let place = column(column_at)
            .with_min_y(top)
            .with_max_y(top + ROW)
            .shrink2(vec2(3.0, 1.5));
        queue.extend(chip(ui, view, state, at, place, &|at| under(at).map(|at| years[at])));
    }
}

/// A shock on the line: chosen by a click, moved by hand or by the arrows, taken off by Delete.
fn chip(
    ui: &Ui,
    view: &View<'_>,
    state: &mut StruckView,
    at: usize,
    place: Rect,
    year_at: &dyn Fn(egui::Pos2) -> Option<i32>,
) -> Option<Command> {
    let (scenario, words) = (view.scenario, view.words);
    let shock = &scenario.shocks[at];
    let palette = Palette::of(ui);
    let id = ui.scope_id().with(("shock on the time line", at));
    let response = ui.interact(place, id, egui::Sense::click_and_drag());
    let is_chosen = state.chosen == Some(at);
    let label = fill(words.shock_chip, &[("shock", &shocks::name(shock, words))]);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_chosen, &label));
    let (ground, stroke) = match (is_chosen, response.hovered() || response.has_focus()) {
        (true, true) => (palette.chosen, Stroke::new(3.0, palette.accent)),
        (true, false) => (palette.chosen, Stroke::new(1.5, palette.accent)),
        (false, true) => (palette.chosen, Stroke::new(1.0, palette.accent)),
        (false, false) => (palette.card, Stroke::new(1.0, palette.weak)),
    };
    ui.painter().rect(place, 5, ground, stroke, egui::StrokeKind::Inside);
    let mut job = egui::text::LayoutJob::single_section(
        shocks::kind_name(shock.kind.name(), words),
        egui::TextFormat::simple(theme::bold(theme::SMALL), palette.text),
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(place.width() - 8.0);
    let galley = ui.painter().layout_job(job);
    let corner = place.center() - galley.size() / 2.0;
    ui.painter().galley(corner, galley, palette.text);
    // The arrows move what was taken hold of last.
    if response.clicked() || response.drag_started() {
        response.request_focus();
    }
    if response.clicked() {
        state.chosen = (!is_chosen).then_some(at);
    }
    if response.drag_stopped() {
        return Some(Command::Settle);
    }
    if response.dragged() {
        let year = response.interact_pointer_pos().and_then(|pointer| {
            // The hand may leave the line above or below.
            year_at(pos2(pointer.x, place.center().y))
        });
        return year.and_then(|year| shocks::come(scenario, at, year, true, words));
    }
    if response.has_focus() {
        let keep = egui::EventFilter {
            horizontal_arrows: true,
            ..egui::EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, keep));
        let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
        let step = i32::from(pressed(Key::ArrowRight)) - i32::from(pressed(Key::ArrowLeft));
        if step != 0 {
            return shocks::come(scenario, at, shock.year + step, false, words);
        }
        if pressed(Key::Delete) {
            state.chosen = None;
            return shocks::remove(scenario, at, words);
        }
    }
    response.on_hover_text(label);
    None
}
