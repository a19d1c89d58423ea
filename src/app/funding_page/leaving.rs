//! A source leaves: what that would do, tried before it is done, and then one edit.

use eframe::egui::{self, RichText, Ui};

use super::edits;
use super::tried::Tried;
use crate::app::command::Command;
use crate::app::document::View;
use crate::app::outcome::Outcome;
use crate::app::theme::Palette;
use crate::app::words::{Words, fill};
use crate::model::measures::Dark;
use crate::scenario::{Quantity, Source};
use crate::units::Unit;

/// What is asked of the source that is chosen.
#[derive(Default)]
pub(super) struct Leaving {
    /// Position of the source.
    at: usize,
    /// The last year in which it pays.
    year: Option<i32>,
    tried: Option<Tried>,
}

impl Leaving {
    /// Moves the year.
    pub(super) fn step(&mut self, view: &View<'_>, at: usize, by: i32) {
        let (first, last) = (view.scenario.plan_from - 1, view.scenario.horizon - 1);
        let year = self.year.filter(|_| self.at == at).map_or(last, |year| year + by);
        (self.at, self.year) = (at, Some(year.clamp(first.min(last), last)));
    }

    /// The stepper, what would come of it, and the button that does it.
    pub(super) fn show(&mut self, ui: &mut Ui, view: &View<'_>, at: usize) -> Option<Command> {
        let (words, scenario) = (view.words, view.scenario);
        let document = view.documents.get(view.current)?;
        let source = scenario.funding.sources.get(at)?;
        if self.at != at {
            *self = Self { at, ..Self::default() };
        }
        let mut command = None;
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(words.funding_leaves_after).small().weak());
            for (sign, by, hint) in [("−", -1, words.funding_sooner), ("+", 1, words.funding_later_year)] {
                if by > 0 {
                    let year = self.year.map_or("–".to_owned(), |year| year.to_string());
                    ui.label(RichText::new(year).strong());
                }
                let label = fill(words.funding_of, &[("what", hint), ("source", &source.name)]);
                let button = ui.add(egui::Button::new(sign).small());
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
                if button.on_hover_text(hint).clicked() {
                    self.step(view, at, by);
                }
            }
            let Some(year) = self.year else { return };
            let text = fill(words.funding_leave, &[("year", &year.to_string())]);
            if ui.add(egui::Button::new(text).small()).clicked() {
                let values = [("name", &*source.name), ("year", &year.to_string())];
                let what = fill(words.edit_money_leaves, &values);
                command = Some(edits::replace(scenario, at, until(source, year), what, None));
            }
        });
        if let Some(year) = self.year {
            let funding = edits::with(scenario, at, &until(source, year));
            Tried::follow(&mut self.tried, document, view, &funding, true);
            if let (Some(before), Some(after)) = (view.now, self.tried.as_ref().and_then(|tried| tried.now.as_deref()))
            {
                let (text, worse) = said(before, after, words);
                let palette = Palette::of(ui);
                let colour = if worse { palette.bad } else { palette.weak };
                ui.add(egui::Label::new(RichText::new(text).small().color(colour)).wrap());
            }
        }
        if command.is_some() {
            *self = Self::default();
        }
        command
    }
}

/// The source as it pays up to a year and no longer.
fn until(source: &Source, year: i32) -> Source {
    Source {
        until: Some(Quantity::new(f64::from(year))),
        ..source.clone()
    }
}

/// What a source that leaves takes along; whether that is anything.
fn said(before: &Outcome, after: &Outcome, words: &Words) -> (String, bool) {
    let more = after.to_find() - before.to_find();
    let dark = |now: &Outcome| match now.dark {
        Dark::From { year, .. } => year.to_string(),
        _ => words.funding_does_never.to_owned(),
    };
    let reach = |now: &Outcome| words.show(Unit::Share, now.final_reach());
    let values = [
        ("more", &*before.money(more.max(0.0), words)),
        ("from", &reach(before)),
        ("to", &reach(after)),
        ("dark", &dark(after)),
        ("was", &dark(before)),
    ];
    let worse = more > crate::app::outcome::NOTHING;
    (fill(words.funding_leaves_does, &values), worse)
}
