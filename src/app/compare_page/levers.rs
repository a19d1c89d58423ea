//! Least, mean and most of each lever over all that is compared, and who holds them.

use eframe::egui::{self, RichText, Ui};

use super::outcomes::Columns;
use crate::app::named;
use crate::app::theme;
use crate::app::words::{Words, fill, first_sentence};
use crate::study::compare::Comparison;

/// A lever that is not the same everywhere, as text.
#[derive(Debug)]
pub(super) struct LeverRow {
    name: String,
    /// Least and who holds it, mean, most and who holds it.
    cells: [String; 3],
}

/// The levers of a comparison under the names of what is compared.
pub(super) fn rows(comparison: &Comparison, names: &[&str], words: &'static Words) -> Vec<LeverRow> {
    comparison
        .levers
        .iter()
        .map(|lever| {
            let input = &comparison.differences[lever.input];
            let (path, unit) = (input.path.as_str(), input.field.unit);
            let held = |(value, at): (f64, usize)| {
                let values = [
                    ("value", &*words.show(unit, value)),
                    ("name", names.get(at).copied().unwrap_or_default()),
                ];
                fill(words.levers_held, &values)
            };
            LeverRow {
                name: named::compared(path, first_sentence(words.meaning(path, input.field)), words),
                cells: [held(lever.least), words.show(unit, lever.mean), held(lever.most)],
            }
        })
        .collect()
}

/// Shows them on a card; nothing where no lever differs.
pub(super) fn levers(ui: &mut Ui, width: f32, compared: usize, year: Option<i32>, rows: &[LeverRow], words: &Words) {
    if rows.is_empty() {
        return;
    }
    let heads = [words.levers_least, words.levers_mean, words.levers_most];
    let table = Columns::narrow(width, &heads, theme::TABLE_COLUMN_WIDE);
    ui.add_space(theme::GAP);
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(table.width());
        ui.spacing_mut().item_spacing.y = 0.0;
        table.row(ui, theme::TABLE_LINE + 4.0, false, |ui, column| {
            let (text, font) = match column {
                None => (words.levers_title, theme::bold(theme::HEADING)),
                Some(at) => (heads[at], theme::bold(theme::BODY)),
            };
            ui.add(egui::Label::new(RichText::new(text).font(font)).truncate());
        });
        let year = year.map_or_else(String::new, |year| year.to_string());
        let hint = fill(words.levers_hint, &[("count", &compared.to_string()), ("year", &year)]);
        ui.label(RichText::new(hint).small().weak());
        for (index, row) in rows.iter().enumerate() {
            table.row(ui, theme::TABLE_LINE, index.is_multiple_of(2), |ui, column| {
                let text = column.map_or(row.name.as_str(), |at| row.cells[at].as_str());
                let label = ui.add(egui::Label::new(text).truncate());
                let said = column.map_or_else(
                    || row.name.clone(),
                    |at| {
                        let values = [("row", row.name.as_str()), ("scenario", heads[at]), ("value", text)];
                        fill(words.compare_cell, &values)
                    },
                );
                label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &said));
                label.on_hover_text(said);
            });
        }
    });
}
