//! Money is the first lever: one row a source, with how much it gives, and the way to add another.

use std::sync::Arc;

use eframe::egui::{self, Ui};

use crate::app::command::{Command, Queue};
use crate::app::document::View;
use crate::app::funding_page::figure::Figure;
use crate::app::outcome::NOTHING;
use crate::app::phrases::{currency_of, in_currency};
use crate::app::theme::{self, Palette};
use crate::app::typed::{self, NumberField};
use crate::app::widgets;
use crate::app::words::{Words, capital, fill};
use crate::scenario::{Scenario, YearPath};
use crate::units::Unit;

/// Shows the rows with what stands above them.
pub(super) fn rows(ui: &mut Ui, view: &View<'_>, queue: &mut Queue) {
    let (words, palette) = (view.words, Palette::of(ui));
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        widgets::group_name(ui, palette.source(1), words.money_levers);
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
    queue.extend(ceiling(ui, view));
}

/// The most that the plan may cost a year: stated, changed, left out; whether it is kept.
fn ceiling(ui: &mut Ui, view: &View<'_>) -> Option<Command> {
    let (scenario, words, now) = (view.scenario, view.words, view.now?);
    let with = |ceiling: Option<YearPath>, what: String| {
        let mut edited = Scenario::clone(scenario);
        edited.plan.ceiling = ceiling;
        Some(Command::Change {
            scenario: Arc::new(edited),
            what,
            dragged: None,
        })
    };
    let show = |value| words.show(Unit::Usd, value);
    let Some(path) = &scenario.plan.ceiling else {
        let button = ui.small_button(words.ceiling_set).on_hover_text(words.ceiling_hint);
        if !button.clicked() {
            return None;
        }
        let cost = |t: usize| now.cost.iter().map(|(_, by_year)| by_year[t]).sum::<f64>();
        let years = now.years.len().saturating_sub(1).max(1);
        #[allow(clippy::cast_precision_loss)]
        let mean = (1..now.years.len()).map(cost).sum::<f64>() / years as f64;
        let size = 10f64.powf(mean.max(1.0).log10().floor());
        let value = (mean / size).ceil() * size;
        return with(
            Some(YearPath::constant(value)),
            fill(words.edit_ceiling, &[("from", "–"), ("to", &show(value))]),
        );
    };
    let most = path.points.iter().map(|(_, value)| *value).fold(0.0, f64::max);
    let mut command = None;
    ui.horizontal(|ui| {
        ui.label(words.ceiling_year).on_hover_text(words.ceiling_hint);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = ui.small_button("×").on_hover_text(words.ceiling_leave_out);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words.ceiling_leave_out));
            if button.clicked() {
                let values = [("from", &*show(most)), ("to", "–")];
                command = with(None, fill(words.edit_ceiling, &values));
            }
            let shown = show(most);
            let field = NumberField {
                name: words.ceiling_year,
                value: most,
                shown: &shown,
                unit: Unit::Usd,
                within: (0.0, 1e15),
                width: theme::LEVER_NUMBER + 30.0,
            };
            let (response, taken) = typed::number_field(ui, field, words);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, words.ceiling_year));
            if let Some(value) = taken.filter(|value| value.to_bits() != most.to_bits()) {
                // A ceiling by year keeps its shape.
                let part = |point: f64| if most > 0.0 { point / most * value } else { value };
                let points = path.points.iter().map(|(year, point)| (*year, part(*point))).collect();
                let new = YearPath {
                    points,
                    passport: None,
                    ..path.clone()
                };
                let values = [("from", &*shown), ("to", &show(value))];
                command = with(Some(new), fill(words.edit_ceiling, &values));
            }
        });
    });
    ui.horizontal(|ui| {
        let palette = Palette::of(ui);
        let (text, colour) = match now.passes_ceiling() {
            Some(year) => (fill(words.ceiling_passed, &[("year", &year.to_string())]), palette.bad),
            None => (words.ceiling_kept.to_owned(), palette.good),
        };
        ui.label(egui::RichText::new(text).small().color(colour));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let by_year = path.as_constant().is_none();
            let label = fill(
                words.funding_of,
                &[("what", words.funding_years), ("source", words.ceiling)],
            );
            let button = egui::Button::selectable(by_year, words.funding_years).small();
            let button = ui.add(button.frame_when_inactive(true));
            button.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, by_year, &label));
            if button.clicked() {
                let years = scenario.plan_from..=scenario.horizon;
                let new = YearPath {
                    points: if by_year {
                        vec![(0, most)]
                    } else {
                        years.map(|year| (year, most)).collect()
                    },
                    ..path.clone()
                };
                command = with(Some(new), words.edit_ceiling_years.to_owned());
            }
        });
    });
    if path.as_constant().is_none() {
        let edited = ceiling_years(ui, path, words);
        command = command.or_else(|| edited.and_then(|(path, what)| with(Some(path), what)));
    }
    command
}

/// The years of the ceiling, each a number; the path with the one that was changed, in words too.
fn ceiling_years(ui: &mut Ui, path: &YearPath, words: &Words) -> Option<(YearPath, String)> {
    let mut edited = None;
    ui.horizontal_wrapped(|ui| {
        for (at, (year, value)) in path.points.iter().enumerate() {
            let values = [("term", words.ceiling_year), ("year", &*path.year_name(*year))];
            let name = fill(words.funding_term_year, &values);
            let shown = words.show(Unit::Usd, *value);
            ui.label(egui::RichText::new(path.year_name(*year)).small().weak());
            let field = NumberField {
                name: &name,
                value: *value,
                shown: &shown,
                unit: Unit::Usd,
                within: (0.0, 1e15),
                width: theme::LEVER_NUMBER,
            };
            let (response, taken) = typed::number_field(ui, field, words);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &name));
            if let Some(taken) = taken.filter(|taken| taken.to_bits() != value.to_bits()) {
                let mut new = path.clone();
                new.points[at].1 = taken;
                new.passport = None;
                let values = [
                    ("lever", &*name),
                    ("from", &shown),
                    ("to", &words.show(Unit::Usd, taken)),
                ];
                edited = Some((new, fill(words.edit_lever, &values)));
            }
        }
    });
    edited
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
    let currency = currency_of(scenario, source, figure.field);
    let show = |value| in_currency(&words.show(figure.field.unit, value), currency);
    let shown = show(figure.value);
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
        ("to", &show(value)),
    ];
    Some(Command::Change {
        scenario: Arc::new(edited),
        what: capital(&fill(words.edit_term, &values)),
        dragged: (dragged && slid.dragged()).then(|| format!("funding.sources[{at}].{}", figure.field.name)),
    })
}
