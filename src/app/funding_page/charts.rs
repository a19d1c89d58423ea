//! The charts of the page: who pays for all services by year, and what nobody pays.

use eframe::egui::{Ui, UiBuilder};

use super::answers;
use crate::app::document::View;
use crate::app::phrases::source_line;
use crate::app::plan_page::charts;
use crate::app::theme;

pub(super) fn charts(ui: &mut Ui, view: &View<'_>) {
    let Some(now) = view.now else { return };
    let source = source_line(view);
    let area = ui.available_rect_before_wrap();
    let below = (area.height() * 0.44).clamp(0.0, ANSWERS);
    let (stack, answers) = area.split_top_bottom_at_y(area.bottom() - below);
    charts::money(ui, stack, view, now, &source);
    let answers = answers.with_min_y(answers.top() + theme::GAP);
    ui.scope_builder(UiBuilder::new().max_rect(answers), |ui| answers::answers(ui, view, now));
}

/// Greatest height of the answers.
const ANSWERS: f32 = 280.0;
