//! Targets of the plan: which indicator, for which level, by which year, at least how much. They stand above the levers
//! and are held against the results on the scoreboard.

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use super::command::Command;
use super::phrases::level_name;
use super::theme::{self, Palette};
use super::typed::{self, NumberField};
use super::widgets;
use super::words::{Words, fill};
use crate::scenario::check::TARGET_CODES;
use crate::scenario::{Level, Quantity, Scenario, Target};
use crate::units::Unit;

/// Name of an indicator that a target can be set for, with its code where the field knows it by one.
#[must_use]
pub fn indicator_name(code: &str, words: &Words) -> String {
    match code {
        "reach" => words.target_reach,
        "dose" => words.target_dose,
        "4.a.1.a" => words.equity_power_long,
        "4.a.1.b" => words.equity_link_long,
        "4.a.1.c" => words.equity_devices_long,
        "4.c.1" => words.target_qualified,
        "4.1.1.b.reading" => words.target_reading,
        "4.1.1.b.mathematics" => words.target_mathematics,
        "4.1.2" => words.target_completion,
        "ED8" => words.target_trained,
        other => other,
    }
    .to_owned()
}

/// Whether an indicator is told apart by level; that of the end of primary school is not.
fn has_levels(code: &str) -> bool {
    !code.starts_with("4.1.1.b")
}

/// Whether an indicator is known for all levels together; completion is that of one level.
fn has_all_levels(code: &str) -> bool {
    code != "4.1.2"
}

fn unit_of(code: &str) -> Unit {
    TARGET_CODES
        .iter()
        .find(|(known, _)| *known == code)
        .map_or(Unit::Index, |(_, unit)| *unit)
}

fn level_text(level: Option<Level>, words: &Words) -> &'static str {
    level.map_or(words.target_all_levels, |level| level_name(level, words))
}

/// A target in words, without its value.
fn name(target: &Target, words: &Words) -> String {
    let level = if has_levels(&target.indicator) {
        level_text(target.level, words)
    } else {
        words.primary
    };
    fill(
        words.target_name,
        &[
            ("indicator", &indicator_name(&target.indicator, words)),
            ("level", &level.to_lowercase()),
            ("year", &target.year.to_string()),
        ],
    )
}

/// Whether what is looked for is a target.
#[must_use]
pub fn fits(scenario: &Scenario, words: &Words, fits: impl Fn(&str) -> bool) -> bool {
    fits(words.targets) || scenario.targets.iter().any(|target| fits(&name(target, words)))
}

/// Shows the targets and returns the edit.
pub fn show(ui: &mut Ui, scenario: &Scenario, open: &mut bool, words: &Words) -> Option<Command> {
    ui.scope(|ui| inside(ui, scenario, open, words)).inner
}

fn inside(ui: &mut Ui, scenario: &Scenario, open: &mut bool, words: &Words) -> Option<Command> {
    let palette = Palette::of(ui);
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let (mark, _) = ui.allocate_exact_size(egui::vec2(4.0, 15.0), egui::Sense::hover());
        ui.painter().rect_filled(mark, 1, palette.text);
        let count = scenario.targets.len().to_string();
        let title = fill(words.targets_count, &[("count", &count)]);
        ui.label(RichText::new(title).font(theme::bold(theme::HEADING)));
        if widgets::unfold(ui, *open, words.targets_edit).clicked() {
            *open = !*open;
        }
    });
    if !*open {
        return None;
    }
    let mut command = None;
    ui.spacing_mut().item_spacing.y = 3.0;
    ui.add_space(3.0);
    for at in 0..scenario.targets.len() {
        command = command.or(ui.push_id(("target", at), |ui| row(ui, scenario, at, words)).inner);
        ui.add_space(5.0);
    }
    if ui.button(words.target_add).clicked() {
        let mut edited = scenario.clone();
        let target = next(scenario);
        let what = fill(words.edit_target_added, &[("target", &name(&target, words))]);
        edited.targets.push(target);
        command = Some(changed(edited, what));
    }
    command
}

/// A target that is not yet there: everyone, at the horizon.
fn next(scenario: &Scenario) -> Target {
    let is_free = |code: &str, level: Option<Level>| {
        !scenario
            .targets
            .iter()
            .any(|target| target.indicator == code && target.level == level)
    };
    let levels = || scenario.country.levels.iter().map(|table| Some(table.level));
    let all = TARGET_CODES.iter().flat_map(|(code, _)| {
        let all = std::iter::once(None).filter(|_| has_all_levels(code));
        let of = all.chain(levels().filter(|_| has_levels(code)));
        of.map(move |level| (*code, level))
    });
    let (indicator, level) = all
        .into_iter()
        .find(|(code, level)| is_free(code, *level))
        .unwrap_or(("reach", None));
    Target {
        indicator: indicator.to_owned(),
        level,
        year: scenario.horizon,
        at_least: Quantity::new(1.0),
    }
}

fn changed(scenario: Scenario, what: String) -> Command {
    Command::Change {
        scenario: Arc::new(scenario),
        what,
        dragged: None,
    }
}

/// The edit that makes a target another.
fn edit(scenario: &Scenario, at: usize, words: &Words, with: impl FnOnce(&mut Target)) -> Option<Command> {
    let mut edited = scenario.clone();
    let target = edited.targets.get_mut(at)?;
    let said = |target: &Target| format!("{} {}", name(target, words), value_text(target, words));
    let before = said(target);
    with(target);
    let after = said(target);
    let what = fill(words.edit_target, &[("from", &before), ("to", &after)]);
    Some(changed(edited, what))
}

fn value_text(target: &Target, words: &Words) -> String {
    words.show(unit_of(&target.indicator), target.at_least.value)
}

/// One target: its indicator, and below it level, year, value and a button that removes it.
fn row(ui: &mut Ui, scenario: &Scenario, at: usize, words: &Words) -> Option<Command> {
    let target = &scenario.targets[at];
    let name = name(target, words);
    let unit = unit_of(&target.indicator);
    let label = |template: &str| fill(template, &[("target", &name)]);
    let mut command = None;
    let codes = TARGET_CODES.iter().map(|(code, _)| *code);
    let chosen = widgets::choice(
        ui,
        &label(words.target_indicator),
        ui.available_width() - theme::PAD,
        target.indicator.as_str(),
        codes,
        |code| indicator_name(code, words),
    );
    let last = scenario.country.levels.last().map(|table| table.level);
    if let Some(code) = chosen {
        command = edit(scenario, at, words, |target| {
            code.clone_into(&mut target.indicator);
            target.level = if has_all_levels(code) {
                target.level.filter(|_| has_levels(code))
            } else {
                target.level.or(last)
            };
        });
    }
    ui.horizontal(|ui| {
        if has_levels(&target.indicator) {
            let levels = scenario.country.levels.iter().map(|table| Some(table.level));
            let chosen = widgets::choice(
                ui,
                &label(words.target_level),
                theme::TARGET_LEVEL,
                target.level,
                std::iter::once(None)
                    .filter(|_| has_all_levels(&target.indicator))
                    .chain(levels),
                |level| level_text(level, words).to_owned(),
            );
            if let Some(level) = chosen {
                command = edit(scenario, at, words, |target| target.level = level);
            }
        }
        let years = scenario.base_year + 1..=scenario.horizon;
        let chosen = widgets::choice(
            ui,
            &label(words.target_year),
            theme::TARGET_YEAR,
            target.year,
            years,
            |year| year.to_string(),
        );
        if let Some(year) = chosen {
            command = edit(scenario, at, words, |target| target.year = year);
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let remove = label(words.target_remove);
            let button = ui.add(egui::Button::new("×").small());
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &remove));
            if button.on_hover_text(&remove).clicked() {
                let mut edited = scenario.clone();
                edited.targets.remove(at);
                let what = fill(words.edit_target_removed, &[("target", &name)]);
                command = Some(changed(edited, what));
            }
            let value = label(words.target_value);
            let field = NumberField {
                name: &value,
                value: target.at_least.value,
                shown: &value_text(target, words),
                unit,
                within: if unit == Unit::Share { (0.0, 1.0) } else { (0.0, 1e15) },
                width: theme::LEVER_NUMBER,
            };
            let (response, typed) = typed::number_field(ui, field, words);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &value));
            response.on_hover_text(words.target_value_hint);
            if let Some(value) = typed {
                command = edit(scenario, at, words, |target| {
                    target.at_least = Quantity::new(value);
                });
            }
            ui.label(words.target_at_least);
        });
    });
    command
}
