//! Which scenarios are compared, what else can be opened, and this plan under another's funding.

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui, vec2};

use super::CompareView;
use crate::app::chart;
use crate::app::command::Command;
use crate::app::document::{Document, View};
use crate::app::findings;
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::data;
use crate::scenario::Scenario;
use crate::scenario::package::Package;
use crate::study::compare::MOST;

/// Width of the mark and the box before a scenario's name.
const CHOICE: f32 = 48.0;

/// Which scenarios are compared, what else can be opened, and this plan under another's funding.
pub(super) fn choose(ui: &mut Ui, view: &View<'_>, state: &mut CompareView, names: &[String]) -> Option<Command> {
    let (words, palette) = (view.words, Palette::of(ui));
    let mut command = None;
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            super::switch(ui, &mut state.what, words);
            for (document, name) in view.documents.iter().zip(names) {
                let place = state.chosen.iter().position(|id| *id == document.id);
                // A mark, its box and its name stay together.
                let text = ui
                    .painter()
                    .layout_no_wrap(name.clone(), theme::text(theme::BODY), palette.text);
                if ui.available_size_before_wrap().x < text.size().x + CHOICE {
                    ui.end_row();
                }
                let (spot, _) = ui.allocate_exact_size(vec2(12.0, 16.0), egui::Sense::hover());
                if let Some(place) = place {
                    chart::mark(ui.painter(), spot.center(), place, palette.scenario(place));
                }
                let mut ticked = place.is_some();
                let room = ticked || state.chosen.len() < MOST;
                let box_of = ui
                    .add_enabled(room, egui::Checkbox::new(&mut ticked, name))
                    .on_hover_text(&document.scenario.title)
                    .on_disabled_hover_text(words.compare_full);
                if box_of.changed() {
                    state.chosen.retain(|id| *id != document.id);
                    if ticked {
                        state.chosen.push(document.id);
                    }
                }
                ui.add_space(8.0);
            }
            ui.menu_button(words.compare_open, |ui| {
                command = command.take().or(stories(ui, view));
            })
            .response
            .on_hover_text(words.compare_open_hint);
        });
        command = command.take().or(fundings(ui, view, state, names));
    });
    command
}

/// The plan that is shown, under the funding of another: one click.
fn fundings(ui: &mut Ui, view: &View<'_>, state: &mut CompareView, names: &[String]) -> Option<Command> {
    let words = view.words;
    let mut command = None;
    if view.documents.len() < 2 {
        return None;
    }
    let this = &names[view.current];
    ui.horizontal_wrapped(|ui| {
        ui.label(words.compare_funding);
        for (position, (document, that)) in view.documents.iter().zip(names).enumerate() {
            if position == view.current {
                continue;
            }
            let both = [("this", this.as_str()), ("that", that.as_str())];
            let same = document.scenario.funding == view.scenario.funding;
            let hint = fill(words.compare_funding_hint, &both);
            let button = ui
                .add_enabled(!same, egui::Button::new(that.as_str()))
                .on_hover_text(&hint)
                .on_disabled_hover_text(fill(words.compare_funding_same, &both));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, !same, &hint));
            if button.clicked() {
                match funded(
                    &view.documents[view.current],
                    &document.scenario,
                    &fill(
                        words.compare_funding_name,
                        &[("this", view.scenario.title.as_str()), ("that", that.as_str())],
                    ),
                    words,
                ) {
                    Ok(scenario) => {
                        // Both are compared: this plan first, then as it is with that funding.
                        let id = view.documents[view.current].id;
                        state.chosen.retain(|other| *other != id);
                        state.chosen.insert(0, id);
                        state.chosen.truncate(MOST - 1);
                        state.refused = None;
                        command = Some(Command::OpenNew {
                            scenario: Arc::new(scenario),
                            name: fill(words.compare_funding_name, &both),
                        });
                    }
                    Err(why) => state.refused = Some(fill(words.compare_funding_refused, &[("why", &why)])),
                }
            }
        }
        if let Some(why) = &state.refused {
            ui.label(RichText::new(format!("✗ {why}")).color(Palette::of(ui).bad));
        }
    });
    command
}

/// A plan with another's funding, if it can be opened: a source may pay for a region that this country lacks.
fn funded(plan: &Document, money: &Scenario, title: &str, words: &Words) -> Result<Scenario, String> {
    let mut scenario = Package::of(money).over(&plan.scenario);
    title.clone_into(&mut scenario.title);
    match plan.verdict.after(&scenario).errors.first() {
        None => Ok(scenario),
        Some(why) => Err(findings::line(why, None, words)),
    }
}

/// Buttons that open the bundled stories of this country, and a copy of this plan.
pub(super) fn stories(ui: &mut Ui, view: &View<'_>) -> Option<Command> {
    let words = view.words;
    let mut command = None;
    let folder = data::BUNDLED
        .iter()
        .find(|(iso3, _)| *iso3 == view.scenario.country.iso3)
        .map(|(_, folder)| *folder);
    for (path, _) in data::bundled() {
        let Some((of, file)) = path.split_once('/').filter(|(of, _)| Some(*of) == folder) else {
            continue;
        };
        let open = view.documents.iter().any(|document| {
            document.path.is_none()
                && document.name == file
                && data::BUNDLED
                    .iter()
                    .any(|(iso3, name)| *name == of && *iso3 == document.scenario.country.iso3)
        });
        let story = file.trim_end_matches(".ron").replace('_', " ");
        if !open && ui.button(fill(words.compare_story, &[("story", &story)])).clicked() {
            command = Some(Command::OpenBundled(path));
        }
    }
    if ui.button(words.compare_copy).clicked() {
        command = Some(Command::Duplicate);
    }
    command
}
