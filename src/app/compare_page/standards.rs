//! A standard laid over the plan: what it sets, what changes, what stays the plan's own. Nothing in the plan changes before
//! it is taken over, and then one undo takes it back.

use std::path::Path;
use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use super::Compared;
use super::differences::differences;
use super::laid::Laid;
use super::outcomes::{Columns, outcomes};
use super::views::views;
use crate::app::command::{Command, Queue};
use crate::app::costs::By;
use crate::app::document::{Document, View};
use crate::app::findings;
use crate::app::lever::group_name;
use crate::app::memo::{Memo, Same};
use crate::app::outcome::{NOTHING, Outcome};
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::data::store;
use crate::scenario::standard::Standard;
use crate::scenario::{Component, Scenario};
use crate::study::compare::Part;

/// Standards, and which of them is looked at.
#[derive(Default)]
pub struct StandardsView {
    /// Whether they stand in the place of the page Plan.
    pub(in crate::app) open: bool,
    standards: Vec<Arc<Standard>>,
    chosen: usize,
    /// What comes of each over the plan that is shown.
    laid: Vec<Laid>,
    of: Option<Arc<Scenario>>,
    made: Memo<(Same<Outcome>, Same<Outcome>, *const Words), Compared>,
    by: By,
    part: Option<Part>,
    find: String,
    /// Name and source of a standard that is to be written.
    own: [String; 2],
    /// Why a file could not be laid over the plan.
    refused: Option<String>,
}

impl StandardsView {
    /// Takes a standard of a file into the list, and looks at it.
    pub(in crate::app) fn take(&mut self, path: &Path, words: &Words) {
        match store::standard(&path.display().to_string()) {
            Ok(standard) => {
                self.refused = None;
                let known = self.standards.iter().position(|known| known.name == standard.name);
                match known {
                    Some(at) => self.standards[at] = Arc::new(standard),
                    None => self.standards.push(Arc::new(standard)),
                }
                self.chosen = known.unwrap_or(self.standards.len() - 1);
                self.of = None;
            }
            Err(findings) => {
                let why = findings.first().map(|finding| findings::line(finding, None, words));
                self.refused = Some(fill(words.standard_refused, &[("why", &why.unwrap_or_default())]));
            }
        }
    }

    /// Lays all of them over the plan that is shown, where it has become another.
    fn follow(&mut self, document: &Document, view: &View<'_>) {
        if self.standards.is_empty() {
            let bundled = store::standards().filter_map(|name| store::standard(name).ok());
            self.standards = bundled.map(Arc::new).collect();
        }
        let same = |of: &Arc<Scenario>| Arc::ptr_eq(of, &document.scenario);
        if !self.of.as_ref().is_some_and(same) {
            self.of = Some(Arc::clone(&document.scenario));
            let lay = |standard: &Arc<Standard>| Laid::over(document, standard.over(&document.scenario), view);
            self.laid = self.standards.iter().map(lay).collect();
        }
        self.laid.iter_mut().for_each(Laid::look);
    }
}

/// Shows the page.
pub fn page(ui: &mut Ui, view: &View<'_>, state: &mut StandardsView, queue: &mut Queue) {
    let Some((document, now)) = view.documents.get(view.current).zip(view.outcome()) else {
        return;
    };
    let words = view.words;
    state.follow(document, view);
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal(|ui| {
            if ui.button(words.standards_back).clicked() {
                queue.push(Command::Standards);
            }
            ui.label(RichText::new(words.standards_title).heading());
            ui.add(egui::Label::new(RichText::new(words.standards_hint).small().weak()).truncate());
        });
    });
    ui.add_space(theme::GAP - ui.spacing().item_spacing.y);
    let area = ui.available_rect_before_wrap();
    let (left, right) = area.split_left_right_at_x(area.left() + theme::STANDARDS);
    ui.scope_builder(egui::UiBuilder::new().max_rect(left), |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            egui::ScrollArea::vertical()
                .id_salt("standards")
                .auto_shrink(false)
                .show(ui, |ui| {
                    ui.set_max_width(ui.available_width() - 6.0);
                    list(ui, state, now, words);
                    ui.add_space(theme::GAP);
                    own(ui, view, state, queue);
                });
        });
    });
    let right = right.with_min_x(right.left() + theme::GAP);
    ui.scope_builder(egui::UiBuilder::new().max_rect(right), |ui| {
        one(ui, view, now, state, queue);
    });
}

/// All standards, with what each would cost more.
fn list(ui: &mut Ui, state: &mut StandardsView, now: &Outcome, words: &Words) {
    let palette = Palette::of(ui);
    ui.horizontal(|ui| {
        ui.label(RichText::new(words.standards_list).heading());
        let from_right = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(from_right, |ui| {
            ui.label(RichText::new(words.standards_added).small().weak())
        });
    });
    for (at, (standard, laid)) in state.standards.iter().zip(&state.laid).enumerate() {
        let added = match (&laid.now, &laid.refused) {
            (_, Some(_)) => words.standard_not_for.to_owned(),
            (None, None) => "…".to_owned(),
            (Some(_), _) if Some(&*laid.scenario) == state.of.as_deref() => {
                if lacks(standard, &laid.scenario) {
                    words.standard_lacks.to_owned()
                } else {
                    words.standard_kept.to_owned()
                }
            }
            (Some(then), _) => more(then.cost_full - now.cost_full, words),
        };
        ui.horizontal(|ui| {
            let name = format!("{}: {added}", standard.name);
            let room = ui.available_width() - 92.0;
            let text = RichText::new(&standard.name);
            let text = if at == state.chosen {
                text.font(theme::bold(theme::BODY))
            } else {
                text
            };
            let radio = ui
                .scope(|ui| {
                    ui.set_max_width(room);
                    ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                    ui.radio(at == state.chosen, text)
                })
                .inner
                .on_hover_text(format!("{}\n{}", standard.name, standard.note));
            radio.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, at == state.chosen, &name));
            if radio.clicked() {
                state.chosen = at;
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.label(RichText::new(&added).small().color(palette.text));
            });
        });
    }
}

/// A difference in what it costs to do it all.
fn more(difference: f64, words: &Words) -> String {
    if difference.abs() < NOTHING {
        words.standard_no_cost.to_owned()
    } else {
        crate::units::signed(difference, |size| words.numbers.magnitude(size))
    }
}

/// A standard of the country's own: what the plan asks for, under a name, as a file.
fn own(ui: &mut Ui, view: &View<'_>, state: &mut StandardsView, queue: &mut Queue) {
    let words = view.words;
    ui.label(RichText::new(words.standard_own).heading());
    ui.add(egui::Label::new(RichText::new(words.standard_own_hint).small().weak()).wrap());
    for (text, name) in state.own.iter_mut().zip([words.standard_name, words.standard_source]) {
        let label = ui.label(RichText::new(name).small());
        ui.add(egui::TextEdit::singleline(text).desired_width(f32::INFINITY))
            .labelled_by(label.id);
    }
    ui.horizontal_wrapped(|ui| {
        let [name, source] = state.own.each_ref().map(|text| text.trim());
        let ready = !name.is_empty() && !source.is_empty();
        let save = ui.add_enabled(ready, egui::Button::new(words.standard_save));
        if save.on_disabled_hover_text(words.standard_save_when).clicked() {
            let standard = Standard::of(view.scenario, name, source);
            queue.push(Command::AskSaveStandard(Arc::new(standard)));
        }
        if ui.button(words.standard_open).clicked() {
            queue.push(Command::AskOpenStandard);
        }
    });
    if let Some(why) = &state.refused {
        ui.label(RichText::new(format!("✗ {why}")).color(Palette::of(ui).bad));
    }
}

/// The standard that is looked at: where it is from, what it sets, what changes.
fn one(ui: &mut Ui, view: &View<'_>, now: &Arc<Outcome>, state: &mut StandardsView, queue: &mut Queue) {
    let words = view.words;
    let Some((standard, laid)) = state.standards.get(state.chosen).zip(state.laid.get(state.chosen)) else {
        return;
    };
    let changes = Some(&*laid.scenario) != state.of.as_deref();
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.label(RichText::new(&standard.name).heading());
        let source = fill(words.standard_from, &[("source", &standard.source)]);
        ui.add(egui::Label::new(RichText::new(source).small().weak()).wrap());
        if !standard.note.is_empty() {
            ui.add(egui::Label::new(&standard.note).wrap());
        }
        let left = fill(words.standard_leaves, &[("parts", &leaves(standard, words))]);
        ui.add(egui::Label::new(RichText::new(left).weak()).wrap());
        ui.add_space(2.0);
        ui.horizontal_wrapped(|ui| {
            let ready = changes && laid.refused.is_none();
            let apply = fill(words.standard_apply, &[("name", &standard.name)]);
            let button = ui.add_enabled(
                ready,
                egui::Button::new(RichText::new(&apply).font(theme::bold(theme::BODY))),
            );
            if button.on_disabled_hover_text(words.standard_kept).clicked() {
                queue.push(Command::Change {
                    scenario: Arc::clone(&laid.scenario),
                    what: fill(words.edit_standard, &[("name", &standard.name)]),
                    dragged: None,
                });
            }
            if ui
                .add_enabled(ready, egui::Button::new(words.standard_second))
                .clicked()
            {
                let both = [("plan", &*view.scenario.title), ("name", &standard.name)];
                let name = fill(words.standard_second_name, &both);
                let mut scenario = Scenario::clone(&laid.scenario);
                scenario.title.clone_from(&name);
                queue.push(Command::OpenNew {
                    scenario: Arc::new(scenario),
                    name,
                });
            }
        });
    });
    ui.add_space(theme::GAP - ui.spacing().item_spacing.y);
    let Some(then) = &laid.now else {
        let why = laid.refused.as_ref().map_or(words.computing, |why| why.as_str());
        ui.add(egui::Label::new(why).wrap());
        return;
    };
    let key = (Same::of(now), Same::of(then), std::ptr::from_ref(words));
    let made = state.made.of(key, || Compared::of(&[now, then], words));
    let with = fill(words.standard_with, &[("name", &standard.name)]);
    let names = [words.standard_this, with.as_str()];
    let area = egui::ScrollArea::both().id_salt("laid").auto_shrink(false);
    area.show(ui, |ui| {
        // The scroll bar must not cover the numbers.
        let width = ui.available_width() - 8.0;
        ui.set_max_width(width);
        let table = Columns::of(width, &names);
        if changes {
            differences(
                ui,
                &table,
                words.standard_sets,
                &made.inputs,
                &mut state.part,
                &mut state.find,
                words,
            );
        } else {
            theme::card(ui).show(ui, |ui| {
                ui.set_min_width(table.width());
                ui.label(if lacks(standard, &laid.scenario) {
                    words.standard_lacks_long
                } else {
                    words.standard_kept_long
                });
            });
        }
        ui.add_space(theme::GAP);
        outcomes(ui, &table, words.standard_changes, &made.comparison, false, words);
        ui.add_space(theme::GAP);
        views(ui, &table, &made.costs, made.comparison.common, &mut state.by, words);
    });
}

/// Whether a standard speaks of what the plan does not have, where it changes nothing.
const fn lacks(standard: &Standard, scenario: &Scenario) -> bool {
    let plan = &scenario.plan;
    (standard.links.is_some() && plan.links.is_none())
        || (standard.learners_per_device.is_some() && plan.devices.is_none())
        || (standard.training_days.is_some() && plan.training.is_none())
}

/// The components of which a standard says nothing.
fn leaves(standard: &Standard, words: &Words) -> String {
    let sets = |component: &Component| match component {
        Component::Links => standard.links.is_some(),
        Component::Campus => standard.campus.is_some(),
        Component::Devices => standard.learners_per_device.is_some(),
        Component::Training => standard.training_days.is_some(),
        _ => false,
    };
    let left = Component::ALL.iter().filter(|component| !sets(component));
    let names: Vec<String> = left
        .map(|component| group_name(Some(*component), words).to_lowercase())
        .collect();
    names.join(", ")
}
