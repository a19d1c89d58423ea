//! The Regions page: what each region gets, and a ministry's own table in place of the regions that are there.
//!
//! [`import`] reads a table beside the window and checks it against the scenario; [`opened`] shows it: its own rows
//! ([`rows`]) under what each column is taken for ([`readings`]), what is asked ([`questions`]) and what comes of it
//! ([`gives`]). Of the regions that are there now, [`dots`] shows what their schools have, [`report`] what they reach
//! and cost.

mod changed;
mod dots;
mod gives;
pub mod import;
mod opened;
mod questions;
mod readings;
mod report;
mod rows;
mod sizes;

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use super::command::{Command, Queue};
use super::document::View;
use super::files;
use super::findings;
use super::jobs::{Jobs, Ticket};
use super::outcome::Outcome;
use super::theme::{self, Palette};
use super::widgets::switch;
use super::words::{Words, fill};
use crate::scenario::{Level, PlacedCountry, Scenario};
use crate::units::Unit;
use import::{Content, Import, Origin, Reading};

/// Part of the width that the regions have beside what a table changed.
const LEFT: f32 = 0.56;

/// How the page is looked at.
#[derive(Debug, Default)]
pub struct RegionsView {
    path: String,
    dialog: Option<Ticket<Option<PathBuf>>>,
    /// Whether the file that is asked for is next year's.
    again: bool,
    reading: Option<Reading>,
    import: Option<Import>,
    /// Why the last table could not be read.
    trouble: Option<String>,
    rows: rows::RowsView,
    dots: dots::DotsView,
    /// Whether regions are shown as a table of results.
    table: bool,
    report: report::ReportView,
    /// What was taken last.
    used: Option<Used>,
}

impl RegionsView {
    /// Results of the plan with a table that is open and not yet used.
    pub(in crate::app) fn tried(&self, scenario: &Arc<Scenario>) -> Option<&Outcome> {
        let import = self.import.as_ref()?;
        import
            .run
            .as_deref()
            .filter(|_| Arc::ptr_eq(&import.scenario, scenario))
    }
}

/// Shows the page.
pub fn page(ui: &mut Ui, view: &View<'_>, state: &mut RegionsView, queue: &mut Queue) {
    let Some(document) = view.documents.get(view.current) else {
        return;
    };
    let scenario = &document.scenario;
    receive(ui, view.jobs, view.words, scenario, state);
    bring(ui, view.jobs, view.words, scenario, state);
    match &mut state.import {
        Some(import) => {
            let asked = opened::show(ui, import, &mut state.rows, state.reading.is_some(), view.words);
            let Some(asked) = asked else { return };
            match asked {
                opened::Asked::Check => {
                    state.reading = Some(Reading::again(view.jobs, import.clone(), Arc::clone(scenario), now(ui)));
                }
                opened::Asked::Sheet(sheet, header) => {
                    let origin = Origin {
                        name: import.name.clone(),
                        content: Content::File(Arc::clone(&import.file)),
                        sheet: Some(sheet),
                        header,
                        again: false,
                    };
                    state.reading = Some(Reading::of(view.jobs, origin, Arc::clone(scenario), now(ui)));
                }
                opened::Asked::Another => state.dialog = Some(files::ask_system_for_table(view.jobs, view.words)),
                opened::Asked::PutAside => state.import = None,
                opened::Asked::Use(edited) => {
                    let what = fill(view.words.regions_edit, &[("file", &import.name)]);
                    state.used = Some(Used::of(view.jobs, import, &edited, view.now));
                    state.import = None;
                    queue.push(Command::Change {
                        scenario: edited,
                        what,
                        dragged: None,
                    });
                }
            }
        }
        None => now_there(ui, view, state, queue),
    }
}

/// The regions that are there now.
fn now_there(ui: &mut Ui, view: &View<'_>, state: &mut RegionsView, queue: &mut Queue) {
    let words = view.words;
    let mut changed = None;
    if let Some(said) = state.used.as_ref().and_then(|used| used.said(view)) {
        ui.label(RichText::new(&said[0]).heading());
        if !said[1].is_empty() {
            ui.add(egui::Label::new(&said[1]).wrap());
        }
        ui.add_space(2.0);
    }
    if let Some(used) = state.used.as_mut().filter(|used| used.country == view.scenario.country) {
        changed = Some(&mut used.changed);
    }
    if !dots::are_some(&view.scenario.country) {
        report::show(ui, view, &mut state.report);
        return;
    }
    ui.horizontal(|ui| {
        let shown = [
            (false, words.regions_as_chart, None),
            (true, words.regions_as_table, None),
        ];
        switch(ui, words.equity_show, &shown, &mut state.table);
        if !state.table {
            dots::choices(ui, &view.scenario.country, &mut state.dots, words);
        }
    });
    if state.table {
        report::show(ui, view, &mut state.report);
        return;
    }
    let all = ui.available_rect_before_wrap();
    let (mut left, right) = all.split_left_right_at_x(all.left() + all.width() * LEFT);
    if changed.is_none() {
        left = all;
    }
    ui.scope_builder(egui::UiBuilder::new().max_rect(left), |ui| {
        dots::show(ui, view, &mut state.dots);
    });
    if let Some(changed) = changed {
        let right = right.with_min_x(right.left() + theme::GAP);
        ui.scope_builder(egui::UiBuilder::new().max_rect(right), |ui| {
            changed.show(ui, view, queue);
        });
    }
}

/// A table that was taken, and how the plan stood before: said as long as its groups are those of the plan.
#[derive(Debug)]
struct Used {
    file: String,
    country: PlacedCountry,
    /// Schools of the levels that it tells: now and before.
    schools: [f64; 2],
    /// Reach in the base year and in the last, before.
    before: Option<[f64; 2]>,
    changed: changed::Changed,
}

impl Used {
    fn of(jobs: &Jobs, import: &Import, edited: &Arc<Scenario>, now: Option<&Outcome>) -> Self {
        let told = |level: Level| {
            import
                .told
                .sums
                .iter()
                .any(|sum| sum.level == level && sum.table.is_some())
        };
        let schools = |scenario: &Scenario| -> f64 {
            let groups = scenario.country.groups.iter().filter(|group| told(group.level));
            groups.map(|group| group.schools.value).sum()
        };
        let ends = |now: &Outcome| Some([*now.reach.first()?, now.final_reach()]);
        Self {
            file: import.name.clone(),
            country: edited.country.clone(),
            schools: [schools(edited), schools(&import.scenario)],
            before: now.and_then(ends),
            changed: changed::Changed::of(jobs, &import.scenario, edited, &import.told.sizes),
        }
    }

    /// What is counted now and in place of what; and what that makes of the plan.
    fn said(&self, view: &View<'_>) -> Option<[String; 2]> {
        if self.country != view.scenario.country {
            return None;
        }
        let words = view.words;
        let schools = self.schools.map(|schools| words.grouped(schools));
        let values = [
            ("file", self.file.as_str()),
            ("now", &schools[0]),
            ("before", &schools[1]),
        ];
        let first = fill(words.regions_used, &values);
        let second = self.before.zip(view.now).and_then(|(before, now)| {
            let share = |value: f64| words.show(Unit::Share, value);
            let ends = [*now.reach.first()?, now.final_reach()].map(share);
            let before = before.map(share);
            let horizon = now.years.last()?.to_string();
            let values = [
                ("horizon", horizon.as_str()),
                ("now", &ends[1]),
                ("was", &before[1]),
                ("today", &ends[0]),
                ("thought", &before[0]),
            ];
            Some(fill(words.regions_used_reach, &values))
        });
        Some([first, second.unwrap_or_default()])
    }
}

/// Takes what has been read, and checks it again if the scenario has changed since.
fn receive(ui: &Ui, jobs: &Jobs, words: &Words, scenario: &Arc<Scenario>, state: &mut RegionsView) {
    if let Some(answer) = state.reading.as_ref().and_then(Reading::take) {
        state.reading = None;
        match answer {
            Ok(import) => {
                state.import = Some(import);
                state.trouble = None;
            }
            Err(finding) => {
                if let Some(import) = &mut state.import {
                    // Not asked again until the plan is another.
                    import.scenario = Arc::clone(scenario);
                }
                let why = findings::said(&finding, Some(scenario), words);
                let said = [("file", finding.place.file.as_str()), ("why", &why)];
                state.trouble = Some(fill(words.regions_trouble, &said));
            }
        }
    }
    if let (Some(import), None) = (&state.import, &state.reading)
        && !Arc::ptr_eq(&import.scenario, scenario)
    {
        state.reading = Some(Reading::again(jobs, import.clone(), Arc::clone(scenario), now(ui)));
    }
}

/// The ways in: paste, drop, path, dialog.
fn bring(ui: &mut Ui, jobs: &Jobs, words: &Words, scenario: &Arc<Scenario>, state: &mut RegionsView) {
    let mut content = None;
    let typing = ui.ctx().text_edit_focused();
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            egui::Event::Paste(text) if !typing => {
                content = Some((words.regions_pasted.to_owned(), Content::Bytes(text.as_bytes().into())));
                false
            }
            _ => true,
        });
        let is_table = |file: &&egui::DroppedFileHandle| {
            let ending = file.path().extension();
            ending.is_none_or(|ending| !ending.eq_ignore_ascii_case("ron"))
        };
        if let Some(file) = input.raw.dropped_files.iter().find(is_table) {
            content = Some(named(file.path().to_owned()));
        }
    });
    // A table that is open has a line of its own.
    if state.import.is_none()
        || state.trouble.is_some()
        || state.reading.as_ref().is_some_and(|reading| reading.is_slow(ui))
    {
        content = ways(ui, jobs, words, scenario, state).or(content);
        ui.add_space(theme::GAP - ui.spacing().item_spacing.y);
    }
    if let Some(path) = state.dialog.as_ref().and_then(Ticket::take) {
        state.dialog = None;
        let path = path.unwrap_or_default();
        state.again &= path.is_some();
        content = content.or(path.map(named));
    }
    if let Some((name, content)) = content {
        state.trouble = None;
        let origin = Origin {
            name,
            content,
            sheet: None,
            header: None,
            again: std::mem::take(&mut state.again),
        };
        state.reading = Some(Reading::of(jobs, origin, Arc::clone(scenario), now(ui)));
    }
}

/// The line with the ways in, and why the last table could not be read.
fn ways(
    ui: &mut Ui,
    jobs: &Jobs,
    words: &Words,
    scenario: &Scenario,
    state: &mut RegionsView,
) -> Option<(String, Content)> {
    let mut content = None;
    theme::card(ui).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_width(ui.available_width());
            ui.label(RichText::new(words.regions_bring).heading());
            if ui
                .button(words.regions_paste)
                .on_hover_text(words.regions_paste_hint)
                .clicked()
            {
                ui.ctx().send_viewport_cmd(egui::ViewportCommand::RequestPaste);
            }
            if ui.button(words.regions_browse).clicked() {
                state.again = false;
                state.dialog = Some(files::ask_system_for_table(jobs, words));
            }
            let field = egui::TextEdit::singleline(&mut state.path)
                .hint_text(words.regions_path_hint)
                .desired_width(theme::FIELD);
            let label = ui.label(words.regions_path);
            let field = ui.add(field).labelled_by(label.id);
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            let ready = !state.path.trim().is_empty();
            let go = ui.add_enabled(ready, egui::Button::new(words.regions_open)).clicked();
            if ready && (go || entered) {
                state.again = false;
                content = Some(named(PathBuf::from(state.path.trim())));
            }
            // The reading of this year's file reads that of the next: one that was typed, or one that is chosen.
            let is_kept = !scenario.country.reading.is_empty();
            if is_kept
                && ui
                    .button(words.regions_next_year)
                    .on_hover_text(words.regions_next_year_hint)
                    .clicked()
            {
                state.again = true;
                if ready {
                    content = Some(named(PathBuf::from(state.path.trim())));
                } else {
                    state.dialog = Some(files::ask_system_for_table(jobs, words));
                }
            }
            if let Some(reading) = &state.reading
                && reading.is_slow(ui)
            {
                ui.spinner();
                ui.label(fill(words.regions_reading, &[("file", &reading.name)]));
                if ui.button(words.regions_stop).clicked() {
                    state.reading = None;
                }
            }
        });
        if let Some(trouble) = &state.trouble {
            ui.label(RichText::new(trouble).color(Palette::of(ui).bad));
        }
    });
    content
}

/// When a reading was asked for.
fn now(ui: &Ui) -> f64 {
    ui.input(|input| input.time)
}

fn named(path: PathBuf) -> (String, Content) {
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned();
    (name, Content::Path(path))
}
