//! Money is the first lever: one row a source, with how much it gives, and the way to add another.

use std::sync::Arc;

use eframe::egui::{self, Ui};

use crate::app::command::{Command, Queue};
use crate::app::document::View;
use crate::app::funding_page::figure::Figure;
use crate::app::outcome::NOTHING;
use crate::app::theme::{self, Palette};
use crate::app::typed::{self, NumberField};
use crate::app::words::{capital, fill};
use crate::scenario::Scenario;
use crate::units::Unit;

/// Shows the rows with what stands above them.
pub(super) fn rows(ui: &mut Ui, view: &View<'_>, queue: &mut Queue) {
    let (words, palette) = (view.words, Palette::of(ui));
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let (mark, _) = ui.allocate_exact_size(egui::vec2(4.0, 15.0), egui::Sense::hover());
        ui.painter().rect_filled(mark, 1, palette.source(1));
        ui.label(egui::RichText::new(words.money_levers).font(theme::bold(theme::HEADING)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui
                .button(words.funding_add)
                .on_hover_text(words.add_money_hint)
                .clicked()
            {
                queue.push(Command::AddMoney);
            }
        });
    });
    if let Some(now) = view.now {
        let text = if now.to_find() > NOTHING {
            let share = now.cost_paid / now.cost_full.max(NOTHING);
            let last = now.reach_in_full.last().copied().unwrap_or(0.0);
            let year = now.years.last().map_or(String::new(), ToString::to_string);
            let values = [
                ("share", &*words.show(Unit::Share, share)),
                ("reach", &words.show(Unit::Share, last)),
                ("year", &year),
            ];
            fill(words.money_levers_in_full, &values)
        } else {
            words.money_levers_paid.to_owned()
        };
        ui.add(egui::Label::new(egui::RichText::new(text).font(theme::text(theme::SMALL)).weak()).wrap());
    }
    for at in 0..view.scenario.funding.sources.len() {
        queue.extend(ui.push_id(("money", at), |ui| row(ui, view, at)).inner);
    }
}

/// One source: name, how much, slider.
fn row(ui: &mut Ui, view: &View<'_>, at: usize) -> Option<Command> {
    let (scenario, words) = (view.scenario, view.words);
    let source = scenario.funding.sources.get(at)?;
    let figure = Figure::of(source)?;
    let colour = Palette::of(ui).source(at + 1);
    let name = fill(
        words.money_levers_amount,
        &[("source", &source.name), ("term", figure.name(words))],
    );
    let shown = words.show(figure.field.unit, figure.value);
    let mut wanted = None;
    let mut settled = false;
    ui.horizontal(|ui| {
        let room = ui.available_width() - theme::LEVER_NUMBER - 40.0;
        ui.scope(|ui| {
            ui.set_max_width(room);
            ui.add(egui::Label::new(&source.name).truncate()).on_hover_text(&name);
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let palette = Palette::of(ui);
            ui.visuals_mut().override_text_color = Some(palette.accent);
            ui.style_mut().override_text_style = Some(egui::TextStyle::Heading);
            // Until it is pointed at or typed in, a number looks like text.
            ui.visuals_mut().widgets.inactive.bg_stroke = egui::Stroke::NONE;
            ui.visuals_mut().text_edit_bg_color = Some(palette.card);
            let field = NumberField {
                name: &name,
                value: figure.value,
                shown: &shown,
                unit: figure.field.unit,
                within: figure.field.within,
                width: theme::LEVER_NUMBER + 30.0,
            };
            let (response, taken) = typed::number_field(ui, field, words);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &name));
            wanted = taken;
        });
    });
    // The rail rests while the hand moves: its end is that of when it was taken hold of.
    let id = ui.make_persistent_id("end");
    let end = ui.data(|data| data.get_temp::<f64>(id)).unwrap_or_else(|| figure.end());
    let mut value = figure.value;
    let slid = ui
        .scope(|ui| {
            ui.spacing_mut().slider_width = ui.available_width();
            super::levers::slim(ui, colour);
            let slider = egui::Slider::new(&mut value, 0.0..=end)
                .show_value(false)
                .step_by(end / 200.0)
                .clamping(egui::SliderClamping::Never);
            ui.add(slider)
        })
        .inner;
    slid.widget_info(|| egui::WidgetInfo::slider(true, figure.value, &name));
    if slid.dragged() {
        ui.data_mut(|data| data.insert_temp(id, end));
    } else {
        ui.data_mut(|data| data.remove::<f64>(id));
        settled = slid.drag_stopped();
    }
    let dragged = wanted.is_none() && slid.changed();
    let value = wanted.or(slid.changed().then_some(value));
    let Some(value) = value.filter(|value| value.to_bits() != figure.value.to_bits()) else {
        return settled.then_some(Command::Settle);
    };
    let mut edited = Scenario::clone(scenario);
    edited.funding.sources[at] = figure.set(source, value)?;
    let values = [
        ("name", &*source.name),
        ("term", figure.name(words)),
        ("from", &shown),
        ("to", &words.show(figure.field.unit, value)),
    ];
    Some(Command::Change {
        scenario: Arc::new(edited),
        what: capital(&fill(words.edit_term, &values)),
        dragged: (dragged && slid.dragged()).then(|| format!("funding.sources[{at}].{}", figure.field.name)),
    })
}
