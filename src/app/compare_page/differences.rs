//! The table of inputs that differ.

use eframe::egui::{self, RichText, Ui};

use super::outcomes::Columns;
use crate::app::theme;
use crate::app::widgets;
use crate::app::words::{Words, fill};
use crate::study::compare::Part;

/// An input that differs, as text.
#[derive(Debug)]
pub(super) struct InputRow {
    pub(super) part: Part,
    /// Name and whose it is.
    pub(super) name: String,
    /// Part of the file.
    pub(super) part_of: String,
    pub(super) doc: &'static str,
    /// Values, and whether each differs from the base's.
    pub(super) values: Vec<(String, bool)>,
    /// What is searched.
    pub(super) plain: String,
}

const fn part_name(part: Option<Part>, words: &Words) -> &'static str {
    match part {
        None => words.compare_all,
        Some(Part::Plan) => words.compare_plan,
        Some(Part::Funding) => words.compare_money,
        Some(Part::Prices) => words.compare_prices,
        Some(Part::Country) => words.compare_country,
        Some(Part::Other) => words.compare_other,
    }
}

/// Every input that differs, by part, with a filter. Only the rows in sight are drawn.
pub(super) fn differences(
    ui: &mut Ui,
    table: &Columns<'_>,
    title: &str,
    inputs: &[InputRow],
    part: &mut Option<Part>,
    find: &mut String,
    words: &Words,
) {
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(table.width());
        ui.spacing_mut().item_spacing.y = 0.0;
        table.head(ui, title, false, words);
        if inputs.is_empty() {
            ui.label(words.compare_nothing_differs);
            return;
        }
        ui.horizontal(|ui| {
            for choice in std::iter::once(None).chain(Part::ALL.map(Some)) {
                let count = inputs
                    .iter()
                    .filter(|input| choice.is_none_or(|part| part == input.part))
                    .count();
                let text = fill(
                    words.compare_count,
                    &[("part", part_name(choice, words)), ("count", &words.count(count))],
                );
                let button = egui::Button::selectable(*part == choice, text);
                if ui.add_enabled(count > 0 || *part == choice, button).clicked() {
                    *part = choice;
                }
            }
            ui.add_space(8.0);
            let label = ui.label(words.compare_find);
            ui.add(
                egui::TextEdit::singleline(find)
                    .id(widgets::search())
                    .hint_text(words.compare_find_hint)
                    .desired_width(180.0),
            )
            .labelled_by(label.id);
        });
        ui.add_space(4.0);
        let wanted = find.trim().to_lowercase();
        let found: Vec<&InputRow> = inputs
            .iter()
            .filter(|input| part.is_none_or(|part| part == input.part) && input.plain.contains(&wanted))
            .collect();
        if found.is_empty() {
            ui.label(words.compare_nothing_found);
        }
        in_sight(ui, found.len(), theme::TABLE_LINES, |ui, index| {
            let input = found[index];
            table.row(ui, theme::TABLE_LINES, index % 2 == 0, |ui, column| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let Some(column) = column else {
                    ui.vertical(|ui| {
                        ui.add_space(4.0);
                        ui.add(egui::Label::new(RichText::new(&input.name)).truncate());
                        ui.add(egui::Label::new(RichText::new(&input.part_of).small().weak()).truncate());
                    })
                    .response
                    .on_hover_text(format!("{}\n{}", input.name, input.doc));
                    return;
                };
                let (value, differs) = &input.values[column];
                let text = if *differs {
                    RichText::new(value).font(theme::bold(theme::BODY))
                } else {
                    RichText::new(value)
                };
                let label = ui.add(egui::Label::new(text).truncate());
                let said = fill(
                    words.compare_cell,
                    &[
                        ("row", &input.name),
                        ("scenario", table.names[column]),
                        ("value", value),
                    ],
                );
                label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &said));
                label.on_hover_text(value);
            });
        });
    });
}

/// Draws those of many rows of one height that are in sight, and leaves room for the others.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]
fn in_sight(ui: &mut Ui, rows: usize, height: f32, mut draw: impl FnMut(&mut Ui, usize)) {
    let (top, sight) = (ui.cursor().top(), ui.clip_rect());
    let at = |y: f32| (((y - top) / height).max(0.0) as usize).min(rows);
    let (first, last) = (at(sight.top()), (at(sight.bottom()) + 1).min(rows));
    ui.add_space(first as f32 * height);
    for row in first..last {
        draw(ui, row);
    }
    ui.add_space((rows - last) as f32 * height);
}
