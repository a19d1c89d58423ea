//! The charts of the page: who pays for all services by year, and what nobody pays.

use eframe::egui::Ui;

use crate::app::document::View;
use crate::app::phrases::source_line;
use crate::app::plan_page::charts;
use crate::app::widgets;

pub(super) fn charts(ui: &mut Ui, view: &View<'_>) {
    let Some(now) = view.now else { return };
    let source = source_line(view);
    let [stack] = widgets::places(ui);
    charts::money(ui, stack, view, now, &source);
}
