//! The Money page: cost, funding, gap.

use eframe::egui::Ui;

use super::View;
use super::command::Command;

/// How the page is looked at.
#[derive(Debug, Default)]
pub struct State {}

/// Shows the page.
pub fn page(ui: &mut Ui, view: &View<'_>, _: &mut State) -> Option<Command> {
    ui.label(view.words.page_money_hint);
    None
}
