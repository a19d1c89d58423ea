//! What happens to the country whatever its plan, among the levers: shocks are added, their numbers changed, taken away.

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use super::levers;
use super::struck::StruckView;
use crate::app::command::Command;
use crate::app::document::View;
use crate::app::lever::decided;
use crate::app::theme::{self, Palette};
use crate::app::typed::{self, NumberField};
use crate::app::widgets;
use crate::app::words::{Words, capital, fill};
use crate::scenario::field::{Field, ROOT};
use crate::scenario::markets::Market;
use crate::scenario::quantity::Confidence;
use crate::scenario::registry::{Entry, Leaf};
use crate::scenario::shocks::{Shock, ShockKind};
use crate::scenario::{Quantity, Scenario};
use crate::units::Unit;

/// Width of a list.
const CHOICE: f32 = 150.0;

/// What is dragged to the time line: the word of a kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dragged(pub &'static str);

/// Name of a kind.
pub(super) fn kind_name(kind: &str, words: &Words) -> String {
    capital(&words.word(kind))
}

/// A shock as it is called: `Flood 2028`.
pub(super) fn name(shock: &Shock, words: &Words) -> String {
    format!("{} {}", kind_name(shock.kind.name(), words), shock.year)
}

/// The edit that adds one of a kind in a year.
pub(super) fn add(scenario: &Scenario, kind: &str, year: i32, words: &Words) -> Option<Command> {
    let shock = Shock::example(kind, year)?;
    let what = fill(words.shock_added, &[("shock", &name(&shock, words))]);
    let mut edited = Scenario::clone(scenario);
    edited.shocks.push(shock);
    Some(changed(edited, what, None))
}

/// The edit that takes one away.
pub(super) fn remove(scenario: &Scenario, at: usize, words: &Words) -> Option<Command> {
    let shock = scenario.shocks.get(at)?;
    let what = fill(words.shock_removed, &[("shock", &name(shock, words))]);
    let mut edited = Scenario::clone(scenario);
    edited.shocks.remove(at);
    Some(changed(edited, what, None))
}

/// The edit that moves one to another year; none where it strikes in that year already.
pub(super) fn come(scenario: &Scenario, at: usize, year: i32, drags: bool, words: &Words) -> Option<Command> {
    let shock = scenario.shocks.get(at)?;
    if shock.year == year || !(scenario.base_year + 1..=scenario.horizon).contains(&year) {
        return None;
    }
    let values = [("shock", &*name(shock, words)), ("year", &year.to_string())];
    let what = fill(words.shock_moved, &values);
    let mut edited = Scenario::clone(scenario);
    edited.shocks[at].year = year;
    Some(changed(edited, what, drags.then(|| format!("shocks[{at}].year"))))
}

fn changed(scenario: Scenario, what: String, dragged: Option<String>) -> Command {
    Command::Change {
        scenario: Arc::new(scenario),
        what,
        dragged,
    }
}

/// Shows the shocks, and what can be added.
pub(super) fn rows(ui: &mut Ui, view: &View<'_>, open: &mut bool, struck: &mut StruckView) -> Option<Command> {
    let (scenario, words) = (view.scenario, view.words);
    let palette = Palette::of(ui);
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let count = scenario.shocks.len().to_string();
        widgets::group_name(ui, palette.doubt, &fill(words.shocks_count, &[("count", &count)]));
        if widgets::unfold(ui, *open, words.shocks_edit).clicked() {
            *open = !*open;
        }
    });
    if !*open {
        return None;
    }
    let mut command = None;
    ui.add(egui::Label::new(RichText::new(words.shocks_hint).font(theme::text(theme::SMALL)).weak()).wrap());
    ui.horizontal_wrapped(|ui| {
        for kind in ShockKind::KINDS {
            let text = kind_name(kind.name, words);
            let button = egui::Button::new(&text).sense(egui::Sense::click_and_drag());
            let button = ui.add(button).on_hover_text(words.shock_add_hint);
            button.dnd_set_drag_payload(Dragged(kind.name));
            let label = fill(words.shock_add, &[("shock", &text)]);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
            if button.clicked() {
                // Not in the last year: what it leaves is seen in the years after.
                let year = (scenario.plan_from + 1).min(scenario.horizon);
                command = add(scenario, kind.name, year, words);
                struck.chosen = Some(scenario.shocks.len());
            }
        }
    });
    for at in 0..scenario.shocks.len() {
        ui.add_space(5.0);
        let edit = ui.push_id(("shock", at), |ui| row(ui, view, at, struck)).inner;
        command = command.or(edit);
    }
    command
}

/// One shock: its name, year, places and numbers.
fn row(ui: &mut Ui, view: &View<'_>, at: usize, struck: &mut StruckView) -> Option<Command> {
    let (scenario, words) = (view.scenario, view.words);
    let shock = scenario.shocks.get(at)?;
    let called = name(shock, words);
    let mut command = None;
    ui.horizontal(|ui| {
        ui.label(RichText::new(kind_name(shock.kind.name(), words)).font(theme::bold(theme::BODY)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let label = fill(words.shock_remove, &[("shock", &called)]);
            let button = ui.small_button("×").on_hover_text(&label);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
            if button.clicked() {
                struck.chosen = None;
                command = remove(scenario, at, words);
            }
            let years = scenario.base_year + 1..=scenario.horizon;
            let label = fill(words.shock_year, &[("shock", &called)]);
            let year = widgets::choice(ui, &label, 52.0, shock.year, years, |year| year.to_string());
            command = command
                .take()
                .or(year.and_then(|year| come(scenario, at, year, false, words)));
            let is_shown = struck.chosen == Some(at);
            let button = egui::Button::selectable(is_shown, words.shock_show).small();
            let button = ui
                .add(button.frame_when_inactive(true))
                .on_hover_text(words.shock_show_hint);
            let label = fill(words.shock_show_what, &[("shock", &called)]);
            button.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_shown, &label));
            if button.clicked() {
                struck.chosen = (!is_shown).then_some(at);
            }
        });
    });
    command = command.or_else(|| places(ui, view, at));
    let mut numbers: Vec<(String, &'static Field, &Quantity)> = Vec::new();
    shock.walk(&format!("shocks[{at}]"), &ROOT, &mut |path, field, leaf| {
        if let Leaf::Number(number) = leaf {
            numbers.push((path.to_owned(), field, number));
        }
    });
    for (path, field, value) in numbers {
        command = command.or(ui
            .push_id(&path, |ui| number(ui, view, &called, (&path, field, value)))
            .inner);
    }
    command
}

/// Regions that are struck, or the market whose prices jump.
fn places(ui: &mut Ui, view: &View<'_>, at: usize) -> Option<Command> {
    let (scenario, words) = (view.scenario, view.words);
    let shock = scenario.shocks.get(at)?;
    let called = name(shock, words);
    let edit = |edited: ShockKind, from: &str, to: &str| {
        let values = [("lever", &*called), ("from", from), ("to", to)];
        let what = fill(words.edit_lever, &values);
        let mut scenario = Scenario::clone(scenario);
        scenario.shocks[at].kind = edited;
        Some(changed(scenario, what, None))
    };
    if let Some(terms) = shock.kind.closure() {
        let groups = scenario.country.groups.iter().map(|group| group.region.clone());
        let regions: BTreeSet<String> = groups.filter(|region| !region.is_empty()).collect();
        let all: Vec<(String, String)> = regions.into_iter().map(|region| (region.clone(), region)).collect();
        if all.is_empty() {
            return None;
        }
        let said = |regions: &[String]| match regions {
            [] => words.shock_everywhere.to_owned(),
            some => some.join(", "),
        };
        let new = labelled(ui, words.shock_regions, |ui| {
            let label = format!("{called}: {}", words.shock_regions);
            widgets::several(ui, &label, CHOICE, &terms.regions, &all, &said(&terms.regions))
        })?;
        let (from, to) = (said(&terms.regions), said(&new));
        let mut kind = shock.kind.clone();
        if let ShockKind::Flood(terms) | ShockKind::Conflict(terms) | ShockKind::Pandemic(terms) = &mut kind {
            terms.regions = new;
        }
        return edit(kind, &from, &to);
    }
    let ShockKind::PriceJump(terms) = &shock.kind else {
        return None;
    };
    let word = |market: Market| words.word(market.name());
    let new = labelled(ui, words.shock_market, |ui| {
        let label = format!("{called}: {}", words.shock_market);
        widgets::choice(ui, &label, CHOICE, terms.market, Market::ALL.iter().copied(), word)
    })?;
    let (from, to) = (word(terms.market), word(new));
    let mut terms = terms.clone();
    terms.market = new;
    edit(ShockKind::PriceJump(terms), &from, &to)
}

/// A name at the left and what it names at the right.
fn labelled<T>(ui: &mut Ui, name: &str, inside: impl FnOnce(&mut Ui) -> T) -> T {
    ui.horizontal(|ui| {
        ui.label(name);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), inside)
            .inner
    })
    .inner
}

/// A name among the words.
type Name = fn(&Words) -> &'static str;

/// Names of the numbers of a shock, by the end of their paths.
const NUMBERS: [(&str, Name); 7] = [
    (".closed", |words| words.shock_closed),
    (".months", |words| words.shock_months),
    (".jump", |words| words.shock_jump),
    (".lost.power", |words| words.shock_lost_power),
    (".lost.links", |words| words.shock_lost_links),
    (".lost.campus", |words| words.shock_lost_campus),
    (".lost.devices", |words| words.shock_lost_devices),
];

/// Name of a number of a shock.
fn number_name(path: &str, field: &Field, words: &Words) -> &'static str {
    let own = NUMBERS.iter().find(|(end, _)| path.ends_with(end));
    own.map_or_else(|| words.meaning(path, field), |(_, name)| name(words))
}

/// One number: name, field, rail.
fn number(
    ui: &mut Ui,
    view: &View<'_>,
    shock: &str,
    (path, field, now): (&str, &'static Field, &Quantity),
) -> Option<Command> {
    let words = view.words;
    let palette = Palette::of(ui);
    let title = number_name(path, field, words);
    let full = format!("{shock}: {title}");
    let shown = words.show(field.unit, now.value);
    let mut wanted = None;
    ui.horizontal(|ui| {
        ui.label(title).on_hover_text(words.meaning(path, field));
        if now.confidence(field) == Confidence::Low {
            let mark = ui.label(RichText::new("◆").font(theme::text(9.0)).color(palette.doubt));
            mark.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words.low_mark));
            mark.on_hover_text(words.source(&now.passport(field).source));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let name = NumberField {
                name: &full,
                value: now.value,
                shown: &shown,
                unit: field.unit,
                within: field.within,
                width: theme::LEVER_NUMBER,
            };
            let (response, taken) = typed::number_field(ui, name, words);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &full));
            wanted = taken;
        });
    });
    let (low, high) = field.within;
    // Prices may rise tenfold; nobody slides there.
    let high = if field.unit == Unit::Share { high.min(1.0) } else { high };
    let mut value = now.value;
    let slid = ui
        .scope(|ui| {
            ui.spacing_mut().slider_width = ui.available_width();
            levers::slim(ui, palette.doubt);
            let slider = egui::Slider::new(&mut value, low..=high.max(now.value))
                .show_value(false)
                .step_by(if field.unit == Unit::Share { 0.01 } else { 0.5 })
                .clamping(egui::SliderClamping::Never);
            ui.add(slider)
        })
        .inner;
    slid.widget_info(|| egui::WidgetInfo::slider(true, now.value, &full));
    let value = wanted.or(slid.changed().then_some(value));
    let Some(value) = value.filter(|value| (value - now.value).abs() > 1e-9) else {
        return slid.drag_stopped().then_some(Command::Settle);
    };
    let value = (value * 1e6).round() / 1e6;
    let mut edited = Scenario::clone(view.scenario);
    let number: &mut Quantity = edited.part_mut(path)?.downcast_mut()?;
    number.value = value;
    number.passport = number.passport.take().and_then(|passport| decided(&passport, value));
    let values = [
        ("lever", &*full),
        ("from", &*shown),
        ("to", &words.show(field.unit, value)),
    ];
    let dragged = (wanted.is_none() && slid.dragged()).then(|| path.to_owned());
    Some(changed(edited, fill(words.edit_lever, &values), dragged))
}
