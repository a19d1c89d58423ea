//! Targets of the plan: which indicator, for whom, by which year, at least or at most how much. They stand above the levers
//! and are held against the results on the scoreboard.

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{self, Ui};

use super::command::Command;
use super::document::View;
use super::phrases::{level_name, locality_name, person_name, whom};
use super::theme::{self, Palette};
use super::typed::{self, NumberField};
use super::widgets;
use super::words::{Words, capital, fill};
use crate::scenario::measure::{Better, Indicator, Levels, Measure, Scope, Told};
use crate::scenario::person::Person;
use crate::scenario::target::Bound;
use crate::scenario::{Level, Locality, Scenario, Target};
use crate::units::Unit;

/// Name of an indicator, with its code where the field knows it by one.
#[must_use]
pub fn indicator_name(indicator: Indicator, words: &Words) -> String {
    let (name, code) = (capital(&words.indicator(indicator)), indicator.code());
    let published = matches!(indicator, Indicator::Plain(_)) && code.starts_with(['4', 'E']);
    // Two subjects share a code.
    let code = code.trim_end_matches(".reading").trim_end_matches(".mathematics");
    if published { format!("{name} ({code})") } else { name }
}

fn level_text(level: Option<Level>, words: &Words) -> &'static str {
    level.map_or(words.target_all_levels, |level| level_name(level, words))
}

/// The levels that a target of a measure can name; none of them is all together.
fn levels(measure: Measure, scenario: &Scenario) -> Vec<Option<Level>> {
    let each = scenario.country.levels.iter().map(|table| Some(table.level));
    match measure.levels() {
        Levels::EachAndAll => std::iter::once(None).chain(each).collect(),
        Levels::Each => each.collect(),
        Levels::All | Levels::One(_) => Vec::new(),
    }
}

/// A target in words, without its value.
fn name(target: &Target, scenario: &Scenario, words: &Words) -> String {
    let level = match target.indicator.measure().levels() {
        Levels::EachAndAll | Levels::Each => Some(level_text(target.level_in(&scenario.country), words)),
        // The name says the level.
        Levels::One(_) | Levels::All => None,
    };
    std::iter::once(indicator_name(target.indicator, words))
        .chain(level.map(str::to_lowercase))
        .chain(whom(&target.scope(), words))
        .chain([target.year.to_string()])
        .collect::<Vec<_>>()
        .join(", ")
}

/// Whether what is looked for is a target.
#[must_use]
pub fn fits(scenario: &Scenario, words: &Words, fits: impl Fn(&str) -> bool) -> bool {
    fits(words.targets)
        || scenario
            .targets
            .iter()
            .any(|target| fits(&name(target, scenario, words)))
}

/// Shows the targets and returns the edit.
pub fn show(ui: &mut Ui, view: &View<'_>, open: &mut bool) -> Option<Command> {
    ui.scope(|ui| inside(ui, view, open)).inner
}

fn inside(ui: &mut Ui, view: &View<'_>, open: &mut bool) -> Option<Command> {
    let (scenario, words) = (view.scenario, view.words);
    let palette = Palette::of(ui);
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        let count = scenario.targets.len().to_string();
        widgets::group_name(ui, palette.text, &fill(words.targets_count, &[("count", &count)]));
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
        command = command.or(ui.push_id(("target", at), |ui| row(ui, view, at)).inner);
        ui.add_space(5.0);
    }
    if ui.button(words.target_add).clicked() {
        let mut edited = scenario.clone();
        let target = next(view);
        let what = fill(words.edit_target_added, &[("target", &name(&target, scenario, words))]);
        edited.targets.push(target);
        command = Some(changed(edited, what));
    }
    command
}

/// What a target starts with: what its indicator comes to in the run's final year; where that is not known, all of a share
/// and the last year.
fn start(target: &Target, view: &View<'_>) -> f64 {
    let now = view.now.map(|now| now.run.lend());
    let reached = now.and_then(|run| run.by(target.indicator, target.scope(), run.model.years - 1));
    reached.unwrap_or_else(|| match target.indicator.unit() {
        Unit::CalendarYear => f64::from(view.scenario.horizon),
        Unit::Share | Unit::Ratio => 1.0,
        _ => 0.0,
    })
}

/// A target that is not yet there: a share of everyone, at the horizon, as much as it is now.
fn next(view: &View<'_>) -> Target {
    let scenario = view.scenario;
    let is_free = |measure: Measure, level: Option<Level>| {
        !scenario
            .targets
            .iter()
            .any(|target| target.indicator == measure.into() && target.scope() == Scope::of(level))
    };
    let shares = Measure::ALL.iter().copied().filter(|measure| {
        measure.unit() == Unit::Share && measure.better() == Better::Higher && measure.told() == Told::ByYear
    });
    let (measure, level) = shares
        .flat_map(|measure| levels(measure, scenario).into_iter().map(move |level| (measure, level)))
        .find(|(measure, level)| is_free(*measure, *level))
        .unwrap_or((Measure::Reach, None));
    let mut target = Target {
        level,
        ..Target::at_least(measure, scenario.horizon, 1.0)
    };
    target.set(Bound::AtLeast, start(&target, view));
    target
}

/// Makes a target one of another indicator: what that is not told by is left out, and a value in another unit starts with what there is now.
fn turn_into(target: &mut Target, indicator: Indicator, view: &View<'_>) {
    let unit = target.indicator.unit();
    target.indicator = indicator;
    let measure = indicator.measure();
    let levels = levels(measure, view.scenario);
    if !levels.contains(&target.level) {
        target.level = levels.last().copied().flatten();
    }
    while let Some(field) = indicator.lacks(&target.scope()) {
        match field {
            "level" => target.level = None,
            "region" => target.region = None,
            "locality" => target.locality = None,
            _ => set_person(target, None),
        }
    }
    if indicator.unit() != unit {
        let bound = match indicator.better() {
            Better::Lower => Bound::AtMost,
            Better::Higher | Better::Neither => Bound::AtLeast,
        };
        target.set(bound, start(target, view));
    }
}

fn set_person(target: &mut Target, person: Option<Person>) {
    (target.sex, target.wealth, target.disability) = match person {
        None => (None, None, None),
        Some(Person::Sex(sex)) => (Some(sex), None, None),
        Some(Person::Wealth(wealth)) => (None, Some(wealth), None),
        Some(Person::Disability(disability)) => (None, None, Some(disability)),
    };
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
    let said = |target: &Target| format!("{} {}", name(target, scenario, words), value_text(target, words));
    let before = said(target);
    with(target);
    let after = said(target);
    let what = fill(words.edit_target, &[("from", &before), ("to", &after)]);
    Some(changed(edited, what))
}

fn value_text(target: &Target, words: &Words) -> String {
    words.show(target.indicator.unit(), target.value())
}

/// One target: its indicator, below it level, year, value and a button that removes it, and below these its place and learners.
fn row(ui: &mut Ui, view: &View<'_>, at: usize) -> Option<Command> {
    let (scenario, words) = (view.scenario, view.words);
    let target = &scenario.targets[at];
    let name = name(target, scenario, words);
    let label = |template: &str| fill(template, &[("target", &name)]);
    let chosen = widgets::choice(
        ui,
        &label(words.target_indicator),
        ui.available_width() - theme::PAD,
        target.indicator,
        Indicator::all(),
        |indicator| indicator_name(indicator, words),
    );
    let mut command =
        chosen.and_then(|indicator| edit(scenario, at, words, |target| turn_into(target, indicator, view)));
    let second = ui.horizontal(|ui| level_year_and_value(ui, scenario, at, &name, words));
    command = command.or(second.inner);
    let third = ui.horizontal(|ui| place_and_person(ui, scenario, at, &name, words));
    command.or(third.inner)
}

fn level_year_and_value(ui: &mut Ui, scenario: &Scenario, at: usize, name: &str, words: &Words) -> Option<Command> {
    let target = &scenario.targets[at];
    let label = |template: &str| fill(template, &[("target", name)]);
    let mut command = None;
    let levels = levels(target.indicator.measure(), scenario);
    if !levels.is_empty() {
        let text = |level| level_text(level, words).to_owned();
        let chosen = widgets::choice(
            ui,
            &label(words.target_level),
            theme::TARGET_LEVEL,
            target.level,
            levels,
            text,
        );
        command = chosen.and_then(|level| edit(scenario, at, words, |target| target.level = level));
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
            let what = fill(words.edit_target_removed, &[("target", name)]);
            command = Some(changed(edited, what));
        }
        let (value, unit) = (label(words.target_value), target.indicator.unit());
        let within = match unit {
            Unit::Share => (0.0, 1.0),
            // Gaps and what is caught up on lie below zero.
            Unit::Points | Unit::Usd | Unit::Sd | Unit::Years => (-1e9, 1e15),
            _ => (0.0, 1e15),
        };
        let field = NumberField {
            name: &value,
            value: target.value(),
            shown: &value_text(target, words),
            unit,
            within,
            width: theme::LEVER_NUMBER,
        };
        let (response, typed) = typed::number_field(ui, field, words);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &value));
        response.on_hover_text(words.target_value_hint);
        if let Some(value) = typed {
            command = edit(scenario, at, words, |target| target.set(target.bound(), value));
        }
        let chosen = widgets::choice(
            ui,
            &label(words.target_bound),
            theme::TARGET_BOUND,
            target.bound(),
            [Bound::AtLeast, Bound::AtMost],
            |bound| bound.sign().to_owned(),
        );
        if let Some(bound) = chosen {
            command = edit(scenario, at, words, |target| target.set(bound, target.value()));
        }
    });
    command
}

/// Region, locality and margin of learners, as far as the indicator is told by them.
fn place_and_person(ui: &mut Ui, scenario: &Scenario, at: usize, name: &str, words: &Words) -> Option<Command> {
    let target = &scenario.targets[at];
    let label = |template: &str| fill(template, &[("target", name)]);
    let told_by = |scope: &Scope<'_>| target.indicator.lacks(scope).is_none();
    let mut command = None;
    let groups = &scenario.country.groups;
    // Where a table covers some levels only, the others have no region.
    let regions: BTreeSet<&str> = groups
        .iter()
        .map(|group| group.region.as_str())
        .filter(|region| !region.is_empty())
        .collect();
    let region = regions.iter().next().copied();
    let by_region = Scope { region, ..Scope::ALL };
    if regions.len() > 1 && told_by(&by_region) {
        let all = std::iter::once(None).chain(regions.iter().copied().map(Some));
        let chosen = widgets::choice(
            ui,
            &label(words.target_region),
            theme::TARGET_LEVEL,
            target.region.as_deref(),
            all,
            |region| region.unwrap_or(words.target_all_regions).to_owned(),
        );
        if let Some(region) = chosen {
            command = edit(scenario, at, words, |target| target.region = region.map(str::to_owned));
        }
    }
    let by_locality = Scope {
        locality: Some(Locality::Rural),
        ..Scope::ALL
    };
    if told_by(&by_locality) {
        let all = std::iter::once(None).chain(Locality::ALL.iter().copied().map(Some));
        let text = |locality: Option<Locality>| {
            locality.map_or(words.target_all_localities, |locality| locality_name(locality, words))
        };
        let chosen = widgets::choice(
            ui,
            &label(words.target_locality),
            theme::TARGET_LEVEL,
            target.locality,
            all,
            |locality| text(locality).to_owned(),
        );
        if let Some(locality) = chosen {
            command = edit(scenario, at, words, |target| target.locality = locality);
        }
    }
    let by_person = Scope {
        person: Some(Person::ALL[0]),
        ..Scope::ALL
    };
    if told_by(&by_person) {
        let all = std::iter::once(None).chain(Person::ALL.map(Some));
        let text =
            |person: Option<Person>| person.map_or(words.target_all_persons, |person| person_name(person, words));
        let chosen = widgets::choice(
            ui,
            &label(words.target_person),
            theme::TARGET_LEVEL,
            target.person(),
            all,
            |person| text(person).to_owned(),
        );
        if let Some(person) = chosen {
            command = edit(scenario, at, words, |target| set_person(target, person));
        }
    }
    command
}
