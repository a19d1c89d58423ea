//! What it costs to do it all, by component or by the frames in which cost is reported: a column a scenario.

use eframe::egui::{self, RichText, Ui};

use super::outcomes::Columns;
use crate::app::costs::{self, By, Costs, Layer};
use crate::app::theme;
use crate::app::words::{Words, fill};
use crate::units::Unit;

/// What the plans cost over the years that all share, cut as asked for; each cut adds to the same totals.
pub(super) fn views(
    ui: &mut Ui,
    table: &Columns<'_>,
    costs: &[Costs],
    common: Option<(i32, i32)>,
    by: &mut By,
    words: &Words,
) {
    let Some((from, to)) = common else { return };
    let span = [("from", &*from.to_string()), ("to", &to.to_string())];
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(table.width());
        ui.spacing_mut().item_spacing.y = 0.0;
        table.head(ui, &fill(words.compare_views, &span), false, words);
        ui.horizontal_wrapped(|ui| costs::switch(ui, by, words));
        ui.add_space(4.0);
        let (parts, totals) = sums(costs, *by, from..=to, words);
        for (index, (name, values)) in parts.iter().enumerate() {
            row(ui, table, index, name, (values, &totals), words);
        }
        row(ui, table, parts.len(), words.money_total, (&totals, &totals), words);
    });
}

/// Parts of which any scenario needs something, with a sum for each; and the totals.
fn sums(
    costs: &[Costs],
    by: By,
    years: std::ops::RangeInclusive<i32>,
    words: &Words,
) -> (Vec<(String, Vec<f64>)>, Vec<f64>) {
    let mut parts: Vec<(String, Vec<f64>)> = Vec::new();
    let mut totals = vec![0.0; costs.len()];
    for (column, costs) in costs.iter().enumerate() {
        for part in costs.parts(by, Layer::Plan, words) {
            let sum = costs.over(&part.values, years.clone());
            totals[column] += sum;
            let known = parts.iter().position(|(name, _)| *name == part.name);
            let at = known.unwrap_or_else(|| {
                parts.push((part.name, vec![0.0; totals.len()]));
                parts.len() - 1
            });
            parts[at].1[column] += sum;
        }
    }
    parts.retain(|(_, values)| values.iter().any(|value| value.abs() >= 0.5));
    (parts, totals)
}

fn row(ui: &mut Ui, table: &Columns<'_>, index: usize, name: &str, (values, totals): (&[f64], &[f64]), words: &Words) {
    let is_total = std::ptr::eq(values, totals);
    let font = if is_total {
        theme::bold(theme::BODY)
    } else {
        theme::text(theme::BODY)
    };
    table.row(ui, theme::TABLE_LINE, index.is_multiple_of(2), |ui, column| {
        let Some(column) = column else {
            ui.add(egui::Label::new(RichText::new(name).font(font.clone())).truncate())
                .on_hover_text(name);
            return;
        };
        let (value, total) = (values[column], totals[column]);
        let money = words.money(value, total);
        let label = ui.add(egui::Label::new(RichText::new(&money).font(font.clone())).truncate());
        let mut said = fill(
            words.compare_cell,
            &[("row", name), ("scenario", table.names[column]), ("value", &money)],
        );
        if !is_total && total.abs() >= 0.5 {
            let share = words.show(Unit::Share, value / total);
            ui.add(egui::Label::new(RichText::new(&share).small().weak()).truncate());
            said = format!("{said} ({share})");
        }
        label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &said));
        label.on_hover_text(said);
    });
}
