//! The Plan page: scoreboard, levers, and four charts that answer while the hand moves.

pub(super) mod charts;
pub mod levers;
mod money;
mod path_editor;
pub(super) mod rail;
pub mod scoreboard;
mod shocks;
mod struck;
mod timeline;

use std::sync::Arc;

use eframe::egui::{self, Stroke, Ui, vec2};

use super::command::{Command, Queue};
use super::document::View;
use super::theme::{self, Palette};
use super::words::fill;
use crate::scenario::Scenario;

/// How the page is looked at.
#[derive(Debug, Default)]
pub struct PlanView {
    pub(super) levers: levers::LeverView,
    /// Whether the shocks are shown among the levers.
    shocks: bool,
    struck: struck::StruckView,
}

/// Shows the page.
pub fn page(ui: &mut Ui, view: &View<'_>, state: &mut PlanView, queue: &mut Queue) {
    let area = ui.available_rect_before_wrap();
    // Where text is large, the charts get what the levers can spare.
    let levers = theme::LEVERS.min((area.width() - theme::CHART.x).max(theme::LEVERS_NARROW));
    let (left, right) = area.split_left_right_at_x(area.left() + levers);
    ui.scope_builder(egui::UiBuilder::new().max_rect(left), |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            // From the search above the levers one tab back leads to the title.
            ui.allocate_ui_with_layout(
                vec2(ui.available_width(), theme::TITLE),
                egui::Layout::right_to_left(egui::Align::Center),
                |ui| {
                    let standards = ui.button(view.words.standards_button);
                    if standards.on_hover_text(view.words.standards_hint).clicked() {
                        queue.push(Command::Standards);
                    }
                    queue.extend(title(ui, view));
                },
            );
            egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                // The scroll bar must not cover the numbers.
                ui.set_max_width(ui.available_width() - 6.0);
                levers::levers(ui, view, state, queue);
            });
        });
    });
    let right = right.with_min_x(right.left() + theme::GAP);
    ui.scope_builder(egui::UiBuilder::new().max_rect(right), |ui| {
        timeline::show(ui, view, &mut state.struck, queue);
        if !struck::charts(ui, view, &mut state.struck) {
            charts::charts(ui, view);
        }
    });
}

/// The plan's title, by which it is presented and compared.
fn title(ui: &mut Ui, view: &View<'_>) -> Option<Command> {
    let words = view.words;
    let mut title = view.scenario.title.clone();
    let field = egui::TextEdit::singleline(&mut title)
        .font(egui::TextStyle::Heading)
        .hint_text(words.plan_title)
        .desired_width(f32::INFINITY);
    let response = ui
        .scope(|ui| {
            // Until it is pointed at or typed in, a title looks like one.
            ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::NONE;
            ui.visuals_mut().text_edit_bg_color = Some(Palette::of(ui).card);
            ui.add(field).on_hover_text(words.plan_title)
        })
        .inner;
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, words.plan_title));
    if response.changed() {
        let what = fill(words.edit_title, &[("title", &title)]);
        let scenario = Scenario {
            title,
            ..view.scenario.clone()
        };
        return Some(Command::Change {
            scenario: Arc::new(scenario),
            what,
            dragged: Some("title".into()),
        });
    }
    response.lost_focus().then_some(Command::Settle)
}
