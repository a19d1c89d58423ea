//! The Funding page: the sources of money one by one, who pays for what by year, and what is missing.

mod answers;
mod brings;
mod cards;
mod cash;
mod charts;
mod closing;
mod edits;
pub(super) mod figure;
mod leaving;
mod mechanisms;
pub(super) mod packages;
mod schedule;
mod sheet;
mod terms;
mod tried;

use std::sync::Arc;

use eframe::egui::{self, Key, Modifiers, RichText, Ui};

use super::command::{Command, Queue};
use super::document::View;
use super::outcome::{Missing, Outcome};
use super::theme;
use super::words::{Words, fill};
use crate::model::funding::source::SourceId;
use crate::model::ledger;
use crate::model::measures::Dark;
use crate::scenario::Scenario;
use brings::Brings;
use closing::Closing;
use leaving::Leaving;
use packages::Packages;
use sheet::Sheet;

/// How the page is looked at.
#[derive(Default)]
pub struct FundingView {
    /// The plan to which this belongs.
    document: u64,
    /// Position of the source that is chosen.
    chosen: usize,
    /// Whether its terms are shown.
    open: bool,
    /// Whether to scroll to it.
    jump: bool,
    sheet: Option<Box<Sheet>>,
    leaving: Leaving,
    packages: Packages,
    year: PointedYear,
    closing: Closing,
    brings: Brings,
    /// Whether it is shown what the chosen source brings.
    bringing: bool,
}

/// The year under the pointer, counted from the one after the base year; it is marked wherever it is drawn.
#[derive(Default)]
struct PointedYear {
    /// As it is marked in this frame.
    marked: Option<usize>,
    /// As it was found while the frame was made.
    found: Option<usize>,
}

impl PointedYear {
    /// Begins a frame: what was found in the last one is marked.
    fn turn(&mut self, ctx: &egui::Context) {
        let found = self.found.take();
        if std::mem::replace(&mut self.marked, found) != found {
            ctx.request_repaint();
        }
    }

    /// Notes what the pointer is over, of a row of places, and marks the place of the year.
    fn over(&mut self, ui: &Ui, at: Option<usize>, places: &[egui::Rect]) {
        self.found = self.found.or(at);
        if let Some(place) = self.marked.and_then(|marked| places.get(marked)) {
            let edge = egui::Stroke::new(1.0, theme::Palette::of(ui).accent);
            ui.painter().rect_stroke(*place, 2, edge, egui::StrokeKind::Inside);
        }
    }
}

impl FundingView {
    /// Opens the sheet in which a source is added.
    pub(super) fn add_money(&mut self) {
        self.sheet = Some(Box::default());
    }

    /// Lays a package over the plan of this number, to be looked at: a file, or the name of a bundled one.
    pub(super) fn lay(&mut self, document: u64, name: &str, words: &Words) {
        self.turn_to(document);
        self.sheet = None;
        self.packages.lay(name, words);
    }

    /// What comes of what is being tried over the plan: money that is added, a package.
    pub(super) fn tried(&self, document: u64, scenario: &Arc<Scenario>) -> Option<&Outcome> {
        let here = self.document == document;
        match &self.sheet {
            Some(sheet) => sheet.outcome(scenario),
            None => self.packages.outcome(scenario).map(|(now, _)| now),
        }
        .filter(|_| here)
    }

    /// What belongs to another plan is forgotten.
    fn turn_to(&mut self, document: u64) {
        if self.document != document {
            let sheet = self.sheet.take().filter(|_| self.document == 0);
            *self = Self {
                document,
                sheet,
                ..Self::default()
            };
        }
    }

    /// Chooses another source.
    fn choose(&mut self, at: usize) {
        self.open &= self.chosen == at;
        (self.chosen, self.jump) = (at, true);
    }

    /// What keys ask for while no field has them.
    fn hear(&mut self, ui: &Ui, view: &View<'_>) -> Option<Command> {
        let (scenario, words) = (view.scenario, view.words);
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let last = scenario.funding.sources.len().saturating_sub(1);
        let at = self.chosen;
        if pressed(Modifiers::ALT, Key::ArrowUp) {
            return self.place(scenario, at.checked_sub(1)?, words);
        }
        if pressed(Modifiers::ALT, Key::ArrowDown) {
            return self.place(scenario, at + 1, words);
        }
        if pressed(Modifiers::NONE, Key::A) {
            return Some(Command::AddMoney);
        }
        if pressed(Modifiers::NONE, Key::L) {
            return Some(Command::AskLay);
        }
        if pressed(Modifiers::NONE, Key::ArrowUp) {
            self.choose(at.saturating_sub(1));
        }
        if pressed(Modifiers::NONE, Key::ArrowDown) {
            self.choose((at + 1).min(last));
        }
        if pressed(Modifiers::NONE, Key::Enter) {
            (self.open, self.jump) = (!self.open, true);
        }
        if at <= last && !scenario.funding.sources.is_empty() {
            let by = i32::from(pressed(Modifiers::NONE, Key::CloseBracket))
                - i32::from(pressed(Modifiers::NONE, Key::OpenBracket));
            if by != 0 {
                self.leaving.step(view, at, by);
            }
        }
        if pressed(Modifiers::NONE, Key::C) {
            return self.copy(scenario, words);
        }
        if pressed(Modifiers::NONE, Key::Delete) {
            return self.remove(scenario, words);
        }
        None
    }

    fn place(&mut self, scenario: &Scenario, to: usize, words: &Words) -> Option<Command> {
        let command = edits::place(scenario, self.chosen, to, words)?;
        (self.chosen, self.jump) = (to, true);
        Some(command)
    }

    fn copy(&mut self, scenario: &Scenario, words: &Words) -> Option<Command> {
        let command = edits::copy(scenario, self.chosen, words)?;
        (self.chosen, self.jump) = (self.chosen + 1, true);
        Some(command)
    }

    fn remove(&mut self, scenario: &Scenario, words: &Words) -> Option<Command> {
        self.open = false;
        edits::remove(scenario, self.chosen, words)
    }
}

/// Shows the page.
pub fn page(ui: &mut Ui, view: &View<'_>, state: &mut FundingView, queue: &mut Queue) {
    let Some(document) = view.documents.get(view.current) else {
        return;
    };
    state.turn_to(document.id);
    if let Some(sheet) = &mut state.sheet {
        let (command, closed) = sheet.show(ui, document, view);
        if closed {
            state.sheet = None;
        }
        if command.is_some() {
            state.chosen = view.scenario.funding.sources.len();
            (state.open, state.jump) = (false, true);
        }
        queue.extend(command);
        return;
    }
    state.chosen = state.chosen.min(view.scenario.funding.sources.len().saturating_sub(1));
    if let Some(now) = view.now {
        let said = RichText::new(finding(now, view.words)).font(theme::bold(theme::HEADING));
        ui.add(egui::Label::new(said).wrap());
    }
    state.year.turn(ui.ctx());
    state.packages.show(ui, view, queue);
    // Keys are first of all for the package that is looked at.
    if view.turned_by_keys && ui.ctx().memory(|memory| memory.focused().is_none()) {
        queue.extend(state.hear(ui, view));
    }
    let area = ui.available_rect_before_wrap();
    if area.width() >= WIDE && area.height() >= theme::CHART_LOW * 2.0 {
        let (left, right) = area.split_left_right_at_x(area.left() + theme::SOURCES.min(area.width() * 0.46));
        ui.scope_builder(egui::UiBuilder::new().max_rect(left), |ui| {
            queue.extend(list(ui, view, state));
        });
        let right = right.with_min_x(right.left() + theme::GAP);
        ui.scope_builder(egui::UiBuilder::new().max_rect(right), |ui| {
            charts::charts(ui, view, state, queue);
        });
        return;
    }
    // Where there is little room one stands below the other.
    let scroll = egui::ScrollArea::vertical().id_salt("funding").auto_shrink(false);
    scroll.show(ui, |ui| {
        let part = |ui: &mut Ui, show: &mut dyn FnMut(&mut Ui)| {
            let size = egui::vec2(ui.available_width(), theme::CHART_LOW * 2.0);
            let (place, _) = ui.allocate_exact_size(size, egui::Sense::hover());
            ui.scope_builder(egui::UiBuilder::new().max_rect(place), show);
        };
        part(ui, &mut |ui| queue.extend(list(ui, view, state)));
        part(ui, &mut |ui| charts::charts(ui, view, state, queue));
    });
}

/// Width from which the charts stand beside the sources.
const WIDE: f32 = 1000.0;

/// The sources on a card.
fn list(ui: &mut Ui, view: &View<'_>, state: &mut FundingView) -> Option<Command> {
    let card = theme::card(ui).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        cards::cards(ui, view, state)
    });
    card.inner
}

/// What a minister should know first: whether it is paid for, and who goes dark.
fn finding(now: &Outcome, words: &Words) -> String {
    let paid = match now.missing() {
        Missing::Nothing => words.money_headline_funded.to_owned(),
        Missing::Late(year) => fill(words.money_headline_late, &[("year", &year.to_string())]),
        Missing::From(year) => fill(
            words.funding_missing,
            &[("gap", &now.money(now.to_find(), words)), ("year", &year.to_string())],
        ),
    };
    let dark = match now.dark {
        Dark::NothingInService => words.money_headline_nothing.to_owned(),
        Dark::Never => words.money_headline_bright.to_owned(),
        Dark::From { year, .. } => fill(words.money_headline_dark, &[("year", &year.to_string())]),
    };
    format!("{paid} {dark}")
}

/// Name of a source of a run.
fn source_name(now: &Outcome, source: SourceId, words: &Words) -> String {
    match source.place() {
        None => words.existing_budget.to_owned(),
        Some(_) => ledger::source_name(&now.run, source).to_owned(),
    }
}

/// What is owed on all sources after the last year, US dollars of the price year.
fn owed(now: &Outcome) -> f64 {
    let (money, last) = (&now.run.run.money, now.years.len() - 1);
    let of = |source| money.outlook.constant(last, money.owed(last, source).outstanding).0;
    money.ids().map(of).sum()
}

/// What lapses or goes back in all years, constant US dollars.
fn lost(now: &Outcome) -> f64 {
    let money = &now.run.run.money;
    let of = |source| {
        let years = (1..now.years.len()).map(|t| money.of(t, source));
        years.map(|year| (year.lapsed + year.returned).0).sum::<f64>()
    };
    money.ids().map(of).sum()
}
