//! *Add money*: which money, on which terms, what it does. Nothing is in the plan before it is added.

use std::sync::Arc;

use eframe::egui::{self, Key, Modifiers, RichText, Sense, Ui};

use super::cash;
use super::edits;
use super::mechanisms::{FAMILIES, Mechanism};
use super::terms::{self, Hand, Shown};
use super::tried::Tried;
use crate::app::command::Command;
use crate::app::document::{Document, View};
use crate::app::findings;
use crate::app::outcome::{Missing, NOTHING, Outcome};
use crate::app::search::Fit;
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::model::funding::source::SourceId;
use crate::model::measures::Dark;
use crate::scenario::{Scenario, Source};
use crate::units::Unit;

/// The sheet while it is open.
#[derive(Default)]
pub(super) struct Sheet {
    find: String,
    chosen: Option<&'static Mechanism>,
    draft: Option<Source>,
    /// The draft with what is being typed.
    typed: Option<Source>,
    tried: Option<Tried>,
    /// Whether the field by which mechanisms are found has asked for the keys.
    begun: bool,
    /// Whether the first term is to ask for the keys.
    to_terms: bool,
    /// What had the keys in the last frame: the first Escape leaves it, the next one closes the sheet.
    held: Option<egui::Id>,
}

impl Sheet {
    /// Mechanisms that the search finds: all in their families, or the best first.
    fn found(&self, words: &Words) -> Vec<&'static Mechanism> {
        let wanted = self.find.trim();
        if wanted.is_empty() {
            return Mechanism::all().collect();
        }
        let fits = Mechanism::all().filter_map(|one| Some((one.fit(wanted, words)?, one)));
        let mut fits: Vec<(Fit, &'static Mechanism)> = fits.collect();
        fits.sort_by_key(|(fit, _)| *fit);
        let meant = fits.iter().any(|(fit, _)| *fit < Fit::Slip);
        let meant = fits.into_iter().filter(|(fit, _)| *fit < Fit::Slip || !meant);
        meant.map(|(_, one)| one).collect()
    }

    /// What comes of the plan with the draft.
    pub fn outcome(&self, scenario: &Arc<Scenario>) -> Option<&Outcome> {
        self.tried.as_ref()?.of(scenario)
    }

    fn choose(&mut self, chosen: Option<&'static Mechanism>, document: &Document, words: &Words) {
        if self.chosen != chosen || self.draft.is_none() {
            self.chosen = chosen;
            self.draft = chosen.and_then(|chosen| chosen.draft(&document.scenario, words));
            (self.typed, self.tried) = (None, None);
        }
    }

    /// The source as far as it is said, letter by letter.
    fn said(&self) -> Option<&Source> {
        self.typed.as_ref().or(self.draft.as_ref())
    }

    /// Runs the plan with the draft, where either has become another.
    fn follow(&mut self, document: &Document, view: &View<'_>) {
        let Some(draft) = self.typed.as_ref().or(self.draft.as_ref()) else {
            return;
        };
        let (at, runs) = (document.scenario.funding.sources.len(), terms::unsaid(draft).is_none());
        let funding = edits::with(&document.scenario, at, draft);
        Tried::follow(&mut self.tried, document, view, &funding, runs);
    }

    /// Shows the sheet; the command it ends with, and whether it is to be closed.
    pub(super) fn show(&mut self, ui: &mut Ui, document: &Document, view: &View<'_>) -> (Option<Command>, bool) {
        let words = view.words;
        if self.chosen.is_none() && self.find.trim().is_empty() {
            self.choose(Mechanism::all().next(), document, words);
        }
        let mut closed = view.turned_by_keys
            && ui.input(|input| input.key_pressed(Key::Escape))
            && self.held.is_none_or(|held| held == find_id());
        let (mut command, mut from_find) = (None, false);
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            head(ui, view);
            ui.separator();
            let area = ui.available_rect_before_wrap();
            let foot = area.bottom() - FOOT;
            let columns = area.with_max_y(foot - theme::GAP);
            let (first, rest) = columns.split_left_right_at_x(columns.left() + columns.width() * 0.31);
            let (second, third) = rest.split_left_right_at_x(rest.left() + rest.width() * 0.58);
            let inside = |ui: &mut Ui, place: egui::Rect, name: &str, show: &mut dyn FnMut(&mut Ui)| {
                let place = place.shrink2(egui::vec2(theme::PAD, 0.0));
                ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
                    let area = egui::ScrollArea::vertical().id_salt(name).auto_shrink(false);
                    area.show(ui, |ui| {
                        ui.set_max_width(ui.available_width() - 6.0);
                        show(ui);
                    });
                });
            };
            inside(ui, first, "mechanisms", &mut |ui| {
                from_find = self.mechanisms(ui, document, words);
            });
            self.follow(document, view);
            inside(ui, second, "terms", &mut |ui| self.terms(ui, document, words));
            self.follow(document, view);
            inside(ui, third, "effect", &mut |ui| self.effect(ui, view));
            let place = egui::Rect::from_min_max(egui::pos2(area.left(), foot), area.max);
            ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
                let (add, cancel) = self.foot(ui, words);
                closed |= cancel;
                let entered = view.turned_by_keys && !from_find && ui.input(|input| input.key_pressed(Key::Enter));
                if (add || entered) && !cancel && self.refused(words).is_none() {
                    command = self
                        .draft
                        .as_ref()
                        .map(|draft| edits::add(&document.scenario, draft, words));
                }
            });
        });
        closed |= command.is_some();
        self.held = ui.ctx().memory(egui::Memory::focused);
        (command, closed)
    }

    /// The first column: find and choose; whether Enter went on from there to the terms.
    fn mechanisms(&mut self, ui: &mut Ui, document: &Document, words: &Words) -> bool {
        let found = self.found(words);
        let step = |ui: &Ui, key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let at = found.iter().position(|one| Some(*one) == self.chosen);
        if ui.ctx().memory(|memory| memory.focused() == Some(find_id())) {
            let to = match (step(ui, Key::ArrowDown), step(ui, Key::ArrowUp)) {
                (true, _) => at.map_or(0, |at| at + 1),
                (_, true) => at.map_or(0, |at| at.saturating_sub(1)),
                _ => at.unwrap_or(usize::MAX),
            };
            if let Some(one) = found.get(to) {
                self.choose(Some(one), document, words);
            }
        }
        let field = egui::TextEdit::singleline(&mut self.find)
            .id(find_id())
            .hint_text(words.funding_find)
            .desired_width(f32::INFINITY);
        let response = ui.add(field);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, words.funding_find_name));
        if !std::mem::replace(&mut self.begun, true) {
            response.request_focus();
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        self.to_terms |= entered;
        if response.changed() {
            let found = self.found(words);
            self.choose(found.first().copied(), document, words);
        }
        let found = self.found(words);
        if found.is_empty() {
            ui.label(RichText::new(words.funding_found_none).weak());
        }
        for (family, members) in FAMILIES {
            let shown: Vec<&'static Mechanism> = members.iter().filter(|one| found.contains(one)).collect();
            if shown.is_empty() {
                continue;
            }
            ui.add_space(3.0);
            let name = words.text(family).unwrap_or_default();
            ui.label(RichText::new(name).small().font(theme::bold(theme::SMALL)));
            for one in shown {
                if row(ui, one, Some(one) == self.chosen, words) {
                    self.choose(Some(one), document, words);
                    self.to_terms = true;
                }
            }
        }
        entered
    }

    /// The second column: the terms.
    fn terms(&mut self, ui: &mut Ui, document: &Document, words: &Words) {
        let (Some(draft), Some(chosen)) = (&self.draft, self.chosen) else {
            return;
        };
        ui.label(RichText::new(chosen.name(words)).heading());
        ui.add(egui::Label::new(RichText::new(chosen.about(words)).small().weak()).wrap());
        let shown = Shown {
            scenario: &document.scenario,
            source: draft,
            at: document.scenario.funding.sources.len(),
            errors: self.tried.as_ref().map_or(&[][..], |tried| &tried.errors),
            words,
        };
        let edited = ui
            .push_id(chosen.word, |ui| terms::show(ui, shown, &mut self.to_terms))
            .inner;
        self.typed = None;
        match edited {
            Some(edited) if edited.hand == Hand::Types => self.typed = Some(edited.source),
            Some(edited) => self.draft = Some(edited.source),
            None => {}
        }
    }

    /// The third column: before and after.
    fn effect(&self, ui: &mut Ui, view: &View<'_>) {
        let words = view.words;
        ui.horizontal(|ui| {
            ui.label(RichText::new(words.funding_does).heading());
            ui.label(RichText::new(words.funding_as_you_type).small().weak());
        });
        let Some(before) = view.now else { return };
        let Some(after) = self.tried.as_ref().and_then(|tried| tried.now.as_deref()) else {
            ui.label(RichText::new(words.funding_nothing_yet).weak());
            return;
        };
        let last = before.years.last().map_or(String::new(), ToString::to_string);
        let money = |value: f64| words.numbers.magnitude_beside(value, before.cost_full);
        let dark = |now: &Outcome| match now.dark {
            Dark::From { year, .. } => (f64::from(year), year.to_string()),
            _ => (f64::INFINITY, words.funding_does_never.to_owned()),
        };
        let of = |value: f64, text: String| (value, text);
        let reach = |now: &Outcome| of(now.final_reach(), words.show(Unit::Share, now.final_reach()));
        let gap = |now: &Outcome| of(-now.to_find(), money(now.to_find()));
        let owed = |now: &Outcome| {
            let owed = super::owed(now);
            of(-owed, money(owed))
        };
        let lost = |now: &Outcome| {
            let lost = super::lost(now);
            of(-lost, money(lost))
        };
        let rows = [
            (words.funding_does_gap.to_owned(), gap(before), gap(after), NOTHING),
            (
                fill(words.funding_does_reach, &[("year", &last)]),
                reach(before),
                reach(after),
                5e-4,
            ),
            (words.funding_does_dark.to_owned(), dark(before), dark(after), 0.5),
            (
                fill(words.funding_does_owed, &[("year", &last)]),
                owed(before),
                owed(after),
                NOTHING,
            ),
            (words.funding_does_lost.to_owned(), lost(before), lost(after), NOTHING),
        ];
        let palette = Palette::of(ui);
        for (name, (from, before), (to, after), least) in rows {
            let same = from.to_bits() == to.to_bits() || (to - from).abs() < least;
            let (text, colour) = match to > from {
                _ if same => (words.funding_same, palette.weak),
                true => (words.funding_better, palette.good),
                false => (words.funding_worse, palette.bad),
            };
            ui.horizontal(|ui| {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    ui.label(RichText::new(text).small().color(colour));
                    ui.label(RichText::new(&after).font(theme::bold(theme::BODY)));
                    // The scale is said once.
                    let scale = after.trim_start_matches(|letter: char| !letter.is_alphabetic());
                    let bare = before.strip_suffix(scale).map_or("", str::trim_end);
                    let before = if bare.is_empty() { &*before } else { bare };
                    ui.label(RichText::new(format!("{before} →")).small());
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        ui.add(egui::Label::new(RichText::new(&name).small().weak()).truncate())
                            .on_hover_text(&name);
                    });
                });
            });
        }
        let at = view.scenario.funding.sources.len();
        if at < after.run.model.scenario.funding.sources.len() {
            ui.add_space(6.0);
            ui.separator();
            cash::cash(ui, after, SourceId::listed(at), palette.source(at + 1), words);
            cash::gift(ui, after, SourceId::listed(at), words);
        }
    }

    /// Why the source cannot be added yet.
    fn refused(&self, words: &Words) -> Option<String> {
        let draft = self.said()?;
        if let Some(term) = terms::unsaid(draft) {
            return Some(fill(words.funding_to_say, &[("term", terms::name(term, words))]));
        }
        let tried = self.tried.as_ref()?;
        let first = tried.errors.first()?;
        Some(findings::line(first, Some(&tried.scenario), words))
    }

    /// The foot: whether to add, whether to leave.
    fn foot(&self, ui: &mut Ui, words: &Words) -> (bool, bool) {
        let why = self.refused(words);
        let ready = why.is_none() && self.draft.is_some();
        let (mut add, mut cancel) = (false, false);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = egui::Button::new(RichText::new(words.funding_add_this).font(theme::bold(theme::BODY)));
            add = ui.add_enabled(ready, button).clicked();
            cancel = ui.button(words.cancel).clicked();
            let said = why.unwrap_or_else(|| words.funding_nothing_yet.to_owned());
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(RichText::new(said).small().weak()).truncate());
            });
        });
        (add, cancel)
    }
}

/// What is missing, before anything is added.
fn head(ui: &mut Ui, view: &View<'_>) {
    let words = view.words;
    ui.horizontal(|ui| {
        ui.label(RichText::new(words.add_money).font(theme::bold(theme::NAME)));
        let Some(now) = view.now else { return };
        let text = match now.missing() {
            Missing::From(year) => fill(
                words.funding_sheet_missing,
                &[("gap", &now.money(now.to_find(), words)), ("year", &year.to_string())],
            ),
            Missing::Late(year) => fill(words.money_headline_late, &[("year", &year.to_string())]),
            Missing::Nothing => words.funding_sheet_nothing.to_owned(),
        };
        ui.add(egui::Label::new(text).truncate());
    });
}

/// Height of the foot.
const FOOT: f32 = 30.0;

/// The field by which mechanisms are found.
fn find_id() -> egui::Id {
    egui::Id::unique("find money")
}

/// A mechanism to be chosen; from the field above, Tab leads past these to the terms.
fn row(ui: &mut Ui, one: &Mechanism, chosen: bool, words: &Words) -> bool {
    let palette = Palette::of(ui);
    let (place, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 31.0), Sense::CLICK);
    let name = one.name(words);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, chosen, &name));
    if chosen {
        response.scroll_to_me(None);
    }
    if chosen || response.hovered() {
        let fill = if chosen { palette.chosen } else { palette.ground };
        let edge = egui::Stroke::new(1.0, if chosen { palette.accent } else { palette.edge });
        ui.painter().rect(place, 4, fill, edge, egui::StrokeKind::Inside);
    }
    let inside = place.shrink2(egui::vec2(6.0, 1.0));
    let font = if chosen {
        theme::bold(theme::BODY)
    } else {
        theme::text(theme::BODY)
    };
    let after = ui.painter().text(
        inside.right_top(),
        egui::Align2::RIGHT_TOP,
        one.after(words),
        theme::text(theme::SMALL),
        palette.weak,
    );
    let painter = ui
        .painter()
        .with_clip_rect(inside.with_max_x(after.left() - 4.0).intersect(ui.clip_rect()));
    painter.text(inside.left_top(), egui::Align2::LEFT_TOP, name, font, palette.text);
    let painter = ui.painter().with_clip_rect(inside.intersect(ui.clip_rect()));
    let about = one.about(words);
    painter.text(
        inside.left_bottom(),
        egui::Align2::LEFT_BOTTOM,
        about,
        theme::text(theme::SMALL),
        palette.weak,
    );
    response.on_hover_text(about).clicked()
}
