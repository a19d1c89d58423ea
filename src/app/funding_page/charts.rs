//! The charts of the page: who pays for all services by year, and what nobody pays.

use eframe::egui::{Ui, UiBuilder};

use super::{FundingView, answers};
use crate::app::command::Queue;
use crate::app::document::View;
use crate::app::phrases::source_line;
use crate::app::plan_page::charts;
use crate::app::theme;

pub(super) fn charts(ui: &mut Ui, view: &View<'_>, state: &mut FundingView, queue: &mut Queue) {
    let Some((now, document)) = view.now.zip(view.documents.get(view.current)) else {
        return;
    };
    let source = source_line(view);
    let area = ui.available_rect_before_wrap();
    let below = (area.height() * 0.5).clamp(0.0, ANSWERS);
    let (stack, answers) = area.split_top_bottom_at_y(area.bottom() - below);
    let laid = state.packages.outcome(&document.scenario);
    let answer = charts::money_with(ui, stack, view, now, &source, laid);
    state.year.over(ui, answer.at, &answer.years);
    if let Some(at) = answer.clicked.filter(|at| (1..charts::MOST_SOURCES).contains(at)) {
        state.choose(at - 1);
    }
    let answers = answers.with_min_y(answers.top() + theme::GAP);
    ui.scope_builder(UiBuilder::new().max_rect(answers), |ui| {
        answers::answers(ui, view, now, state, queue);
    });
}

/// Greatest height of the answers.
const ANSWERS: f32 = 280.0;
