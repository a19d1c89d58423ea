//! A file just opened: its own rows and how each column is read at the left, questions below, what it gives at the right.
//! Nothing in the plan changes before its one button is pressed.

use std::sync::Arc;

use eframe::egui::{self, Align, Layout, RichText, Ui};

use super::import::Import;
use super::rows::RowsView;
use super::{gives, questions, rows};
use crate::app::theme;
use crate::app::widgets::choice;
use crate::app::words::{Words, fill};
use crate::scenario::Scenario;

/// What a person asks for.
pub(super) enum Asked {
    /// To read it again by the recipe as it is now.
    Check,
    /// To read another sheet; or this one by a header that was chosen: its first row and their number.
    Sheet(usize, Option<(usize, usize)>),
    /// To choose another file.
    Another,
    /// To leave the table.
    PutAside,
    /// To take these figures.
    Use(Arc<Scenario>),
}

/// Shows the page.
pub(super) fn show(ui: &mut Ui, import: &mut Import, state: &mut RowsView, busy: bool, words: &Words) -> Option<Asked> {
    let mut asked = None;
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal(|ui| asked = top(ui, import, busy, words));
    });
    ui.add_space(theme::GAP - ui.spacing().item_spacing.y);
    let area = ui.available_rect_before_wrap();
    let right = theme::GIVES.min(area.width() * 0.42);
    let (left, right) = area.split_left_right_at_x(area.right() - right);
    let left = left.with_max_x(left.right() - theme::GAP);
    let below = questions::wanted(import).clamp(36.0, left.height() * 0.42) + 2.0 * theme::PAD;
    let (above, below) = left.split_top_bottom_at_y(left.bottom() - below);
    let above = above.with_max_y(above.bottom() - theme::GAP);
    let mut changed = false;
    ui.scope_builder(egui::UiBuilder::new().max_rect(above), |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            let in_rows = rows::show(ui, import, state, words);
            changed |= in_rows.changed;
            asked = in_rows
                .header
                .map(|header| Asked::Sheet(import.sheet.index, Some(header)))
                .or(asked.take());
        });
    });
    ui.scope_builder(egui::UiBuilder::new().max_rect(below), |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            let answered = questions::show(ui, import, words);
            changed |= answered.changed;
            state.jump = answered.jump.or(state.jump.take());
        });
    });
    ui.scope_builder(egui::UiBuilder::new().max_rect(right), |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            let wanted = gives::show(ui, import, busy, words);
            state.jump = wanted.jump.or(state.jump.take());
            changed |= wanted.changed;
            if wanted.used {
                asked = import.to_use().map(Asked::Use);
            }
        });
    });
    if state.jump.is_some() {
        ui.ctx().request_repaint();
    }
    asked.or(changed.then_some(Asked::Check))
}

/// The file, its sheet, its numbers and its rows.
fn top(ui: &mut Ui, import: &mut Import, busy: bool, words: &Words) -> Option<Asked> {
    let mut asked = None;
    ui.label(RichText::new(words.regions_own).heading());
    ui.separator();
    ui.label(&import.name);
    if ui.button(words.regions_another).clicked() {
        asked = Some(Asked::Another);
    }
    if import.file.sheets.len() > 1 {
        ui.label(RichText::new(words.regions_sheet).small().weak());
        let sheets = &import.file.sheets;
        let name = |sheet: usize| {
            let values = [
                ("name", sheets[sheet].as_str()),
                ("at", &words.count(sheet + 1)),
                ("of", &words.count(sheets.len())),
            ];
            fill(words.regions_sheet_of, &values)
        };
        let chosen = choice(
            ui,
            words.regions_sheet,
            150.0,
            import.sheet.index,
            0..sheets.len(),
            name,
        );
        asked = chosen.map(|sheet| Asked::Sheet(sheet, None)).or(asked);
    }
    ui.label(RichText::new(words.regions_numbers).small().weak());
    let meant = |decimal: Option<char>| match decimal {
        None => words.regions_numbers_as_is.to_owned(),
        Some('.') => words.regions_numbers_point.to_owned(),
        Some(_) => words.regions_numbers_comma.to_owned(),
    };
    let choices = [None, Some('.'), Some(',')];
    if let Some(decimal) = choice(ui, words.regions_numbers, 130.0, import.decimal, choices, meant) {
        import.decimal = decimal;
        import.recipe.set_decimal(decimal);
        asked = Some(Asked::Check);
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.button(words.regions_aside).clicked() {
            asked = Some(Asked::PutAside);
        }
        if busy {
            ui.spinner();
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let aside: usize = import.told.aside.iter().map(|(_, count)| count).sum();
            let values = [
                ("rows", words.count(import.sheet.rows)),
                ("counted", words.count(import.told.rows)),
                ("header", words.count(import.recipe.header_rows)),
                ("aside", words.count(aside)),
            ];
            let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let text = fill(words.regions_rows, &values);
            ui.add(egui::Label::new(RichText::new(text).small().weak()).truncate());
        });
    });
    asked
}
