//! A level of schooling that the country's figures lack: said where it is missed, and filled in from what is known of it.

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use super::command::Command;
use super::countries;
use super::fields::Fields;
use super::findings;
use super::phrases::levels_text;
use super::theme::{self, Palette};
use super::typed;
use super::widgets;
use super::words::{Words, fill};
use crate::data::Pack;
use crate::data::baseline::added::{Given, with_level};
use crate::scenario::verdict::Verdict;
use crate::scenario::{Country, Level, Scenario};
use crate::units::Unit;

/// Most learners, teachers or schools of a level.
const MOST: f64 = 1e9;

/// What is being typed about a level.
#[derive(Clone, Debug, Default)]
pub struct LevelForm {
    level: Option<Level>,
    learners: String,
    teachers: String,
    schools: String,
    grades: String,
    year: String,
    source: String,
    /// What the check of the whole scenario found against it.
    problems: Vec<String>,
    open: bool,
}

impl LevelForm {
    /// Asks about a level of a scenario.
    #[must_use]
    pub fn of(level: Level, scenario: &Scenario) -> Self {
        Self {
            level: Some(level),
            year: scenario.base_year.to_string(),
            ..Self::default()
        }
    }

    /// What is typed, or what is wrong with it.
    fn given(&self, words: &Words) -> Result<Given, String> {
        let number = |text: &str, unit: Unit, within: (f64, f64)| typed::parse(text, unit, within, words);
        let count = |text: &str| number(text, Unit::Count, (1.0, MOST)).map(|read| read.value);
        let optional = |text: &str, within: (f64, f64)| match text.trim() {
            "" => Ok(None),
            text => number(text, Unit::Count, within).map(|read| Some(read.value)),
        };
        let source = self.source.trim();
        if source.is_empty() {
            return Err(words.source_missing.into());
        }
        #[allow(clippy::cast_possible_truncation)]
        Ok(Given {
            level: self.level.unwrap_or(Level::Primary),
            learners: count(&self.learners)?,
            teachers: optional(&self.teachers, (1.0, MOST))?,
            schools: optional(&self.schools, (1.0, MOST))?,
            grades: optional(&self.grades, GRADES)?.map(f64::round),
            year: number(&self.year, Unit::CalendarYear, YEARS)?.value as i32,
            source: source.to_owned(),
        })
    }
}

const GRADES: (f64, f64) = (1.0, 9.0);
const YEARS: (f64, f64) = (1990.0, 2100.0);

/// Which levels are in no number, and the way to fill each in; nothing where none is missing.
pub(crate) fn banner(ui: &mut Ui, scenario: &Scenario, words: &Words) -> Option<Command> {
    let missing = scenario.country.levels_left_out();
    if missing.is_empty() {
        return None;
    }
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(said(scenario, words)).color(Palette::of(ui).doubt));
        for level in missing {
            let name = fill(words.level_add, &[("level", &words.word(level.name()))]);
            if ui.button(name).clicked() {
                command = Some(Command::AskLevel(level));
            }
        }
    });
    ui.add_space(theme::GAP - ui.spacing().item_spacing.y);
    command
}

/// The sentence that names the levels that are in no number; empty where none is missing.
#[must_use]
pub fn said(scenario: &Scenario, words: &Words) -> String {
    let missing = scenario.country.levels_left_out();
    if missing.is_empty() {
        return String::new();
    }
    let values = [
        ("levels", levels_text(&missing, words)),
        ("country", countries::name(&scenario.country, words)),
    ];
    let text = fill(
        words.level_missing,
        &values.each_ref().map(|(name, value)| (*name, value.as_str())),
    );
    format!("⚠ {text}")
}

/// Asks for what is known of the level; gives the edit, or the command that closes the form.
pub fn show(ctx: &egui::Context, state: &mut LevelForm, scenario: &Scenario, words: &Words) -> Option<Command> {
    let level = state.level?;
    let mut command = None;
    let modal = egui::Modal::new(egui::Id::unique("level"))
        .frame(theme::notice(ctx))
        .show(ctx, |ui| {
            ui.set_width((ctx.content_rect().width() - 80.0).min(620.0));
            let name = words.word(level.name());
            let country = countries::name(&scenario.country, words);
            let title = fill(words.level_title, &[("level", &name), ("country", &country)]);
            ui.label(RichText::new(title).font(theme::bold(theme::NAME)));
            ui.label(words.level_rest);
            ui.add_space(8.0);
            let mut fields = Fields::default();
            let (count, some) = (Unit::Count, (1.0, MOST));
            ui.horizontal_top(|ui| {
                let learners = fields.number(
                    ui,
                    words.regions_learners,
                    &mut state.learners,
                    count,
                    some,
                    130.0,
                    words,
                );
                if !std::mem::replace(&mut state.open, true) {
                    widgets::retype(ui.ctx(), learners.id);
                }
                fields.number(
                    ui,
                    words.regions_teachers,
                    &mut state.teachers,
                    count,
                    some,
                    130.0,
                    words,
                );
                fields.number(ui, words.level_schools, &mut state.schools, count, some, 130.0, words);
                fields.number(ui, words.level_grades, &mut state.grades, count, GRADES, 90.0, words);
            });
            ui.horizontal_top(|ui| {
                let year = Unit::CalendarYear;
                fields.number(ui, words.year_of, &mut state.year, year, YEARS, 130.0, words);
                fields.text(ui, words.source_of, &mut state.source, words.source_of_hint, 380.0);
            });
            let given = state.given(words);
            let palette = Palette::of(ui);
            if let (Err(why), false) = (&given, state.learners.is_empty()) {
                ui.label(RichText::new(fill(words.typed_wrong, &[("why", why)])).color(palette.bad));
            }
            for problem in &state.problems {
                ui.label(RichText::new(problem).color(palette.bad));
            }
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                let button = ui.add_enabled(given.is_ok(), egui::Button::new(words.level_do));
                if let (Ok(given), true) = (&given, button.clicked() || fields.entered) {
                    match edit(scenario, given, words) {
                        Ok(edit) => command = Some(edit),
                        Err(problems) => state.problems = problems,
                    }
                }
                if ui.button(words.cancel).clicked() {
                    command = Some(Command::Dismiss);
                }
            });
        });
    if command.is_none() && modal.should_close() {
        command = Some(Command::Dismiss);
    }
    command
}

/// The edit that adds the level, if the scenario that it makes can be opened again.
fn edit(scenario: &Scenario, given: &Given, words: &Words) -> Result<Command, Vec<String>> {
    let mut edited = scenario.clone();
    let country = with_level(&Pack::embedded(), Country::clone(&scenario.country), given);
    // Inline from now on: the file that is named lacks the level.
    edited.country = country.into();
    let problems = findings::problems(&Verdict::of(&edited), &edited, words);
    if !problems.is_empty() {
        return Err(problems);
    }
    let values = [
        ("level", words.word(given.level.name())),
        ("learners", words.grouped(given.learners)),
    ];
    Ok(Command::Change {
        scenario: Arc::new(edited),
        what: fill(
            words.level_edit,
            &values.each_ref().map(|(name, value)| (*name, value.as_str())),
        ),
        dragged: None,
    })
}
