//! Packages over the plan: looked at first, then taken over as one edit; the plan's own funding saved as one.

use std::sync::{Arc, LazyLock};

use eframe::egui::{self, Key, Modifiers, RichText, Ui};

use super::owed;
use super::tried::Tried;
use crate::app::command::{Command, Queue};
use crate::app::document::View;
use crate::app::findings;
use crate::app::outcome::Outcome;
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, capital, fill};
use crate::data::spelling::plain;
use crate::data::store;
use crate::model::measures::Dark;
use crate::scenario::Scenario;
use crate::scenario::funding::Funding;
use crate::scenario::package::Package;
use crate::units::Unit;

/// A bundled package.
pub(in crate::app) struct Bundled {
    /// Name, by which it is read.
    pub name: &'static str,
    /// What it is.
    pub package: Package,
}

impl Bundled {
    /// Title in the reader's language; an example goes by the name of its mechanism.
    pub fn title(&self, words: &Words) -> String {
        if let Some(mechanism) = self.name.strip_prefix("mechanisms/") {
            return capital(&words.word(mechanism));
        }
        let name = format!("package_{}", self.name.replace('/', "_"));
        words.text(&name).unwrap_or(&self.package.title).to_owned()
    }

    /// Whether it was made for a country; else it is an example of a mechanism.
    fn is_for(&self, scenario: &Scenario) -> bool {
        self.name.split('/').next() == Some(&*plain(&scenario.country.name))
    }
}

static ALL: LazyLock<Vec<Bundled>> = LazyLock::new(|| {
    let read = |name| store::package(name).ok().map(|package| Bundled { name, package });
    store::packages().filter_map(read).collect()
});

/// All bundled packages: those made for the country of a plan first.
pub(in crate::app) fn bundled(scenario: &Scenario) -> Vec<&'static Bundled> {
    let mut all: Vec<&Bundled> = ALL.iter().collect();
    all.sort_by_key(|one| !one.is_for(scenario));
    all
}

/// The bundled package of a name.
pub(in crate::app) fn bundled_as(name: &str) -> Option<&'static Bundled> {
    ALL.iter().find(|one| one.name == name)
}

/// The package that is laid over the plan, if one is.
#[derive(Default)]
pub(super) struct Packages {
    laid: Option<Laid>,
    /// Why a file could not be laid over the plan.
    refused: Option<String>,
}

struct Laid {
    title: String,
    package: Package,
    /// What it makes of the plan's funding, and of which plan.
    funding: Option<(Arc<Scenario>, Funding)>,
    tried: Option<Tried>,
}

impl Packages {
    /// Lays a package over the plan, to be looked at: a file, or the name of a bundled one.
    pub fn lay(&mut self, name: &str, words: &Words) {
        *self = match store::package(name) {
            Ok(package) => Self {
                laid: Some(Laid {
                    title: ALL
                        .iter()
                        .find(|one| one.name == name)
                        .map_or_else(|| package.title.clone(), |one| one.title(words)),
                    package,
                    funding: None,
                    tried: None,
                }),
                refused: None,
            },
            Err(findings) => {
                let why = findings.first().map(|finding| findings::line(finding, None, words));
                Self {
                    laid: None,
                    refused: Some(fill(words.package_refused, &[("why", &why.unwrap_or_default())])),
                }
            }
        };
    }

    /// Title of the package that is laid over the plan, and what comes of it.
    pub fn outcome(&self, scenario: &Arc<Scenario>) -> Option<(&Outcome, &str)> {
        let laid = self.laid.as_ref()?;
        Some((laid.tried.as_ref()?.of(scenario)?, &laid.title))
    }

    /// The bar: what can be laid over the plan, or what is laid over it and what that does.
    pub fn show(&mut self, ui: &mut Ui, view: &View<'_>, queue: &mut Queue) {
        let words = view.words;
        theme::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            match &mut self.laid {
                None => offered(ui, view, queue),
                Some(laid) => {
                    if laid.show(ui, view, queue) {
                        self.laid = None;
                    }
                }
            }
            if let Some(why) = &self.refused {
                let text = RichText::new(fill(words.typed_wrong, &[("why", why)])).color(Palette::of(ui).bad);
                ui.add(egui::Label::new(text).wrap());
            }
        });
        ui.add_space(theme::GAP - ui.spacing().item_spacing.y);
    }
}

/// The title of a package without the country for which it was made.
fn short(title: &str) -> String {
    capital(title.split_once(": ").map_or(title, |(_, short)| short))
}

/// The packages that can be laid over the plan.
fn offered(ui: &mut Ui, view: &View<'_>, queue: &mut Queue) {
    let words = view.words;
    ui.horizontal(|ui| {
        ui.label(RichText::new(words.package).small().weak());
        if ui
            .button(words.package_save)
            .on_hover_text(words.package_save_hint)
            .clicked()
        {
            queue.push(Command::AskSavePackage);
        }
        ui.separator();
        ui.label(RichText::new(words.package_lay).small().weak());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button(words.package_file).clicked() {
                queue.push(Command::AskOpenPackage);
            }
            if ui
                .button(words.package_all)
                .on_hover_text(words.package_all_hint)
                .clicked()
            {
                queue.push(Command::AskLay);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                for one in bundled(view.scenario).iter().filter(|one| one.is_for(view.scenario)) {
                    let text = short(&one.title(words));
                    let button = egui::Button::new(&text);
                    let galley =
                        ui.painter()
                            .layout_no_wrap(text.clone(), theme::text(theme::BODY), egui::Color32::PLACEHOLDER);
                    if galley.size().x + 2.0 * ui.spacing().button_padding.x > ui.available_width() {
                        break;
                    }
                    let name = fill(words.package_entry, &[("package", &one.title(words))]);
                    let response = ui.add(button);
                    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                    if response.clicked() {
                        queue.push(Command::Lay(one.name.to_owned()));
                    }
                }
            });
        });
    });
}

impl Laid {
    /// What is laid over the plan, what it does, and the way to take it over; whether it is to be left.
    fn show(&mut self, ui: &mut Ui, view: &View<'_>, queue: &mut Queue) -> bool {
        let words = view.words;
        let Some(document) = view.documents.get(view.current) else {
            return true;
        };
        let known = self
            .funding
            .as_ref()
            .filter(|(of, _)| Arc::ptr_eq(of, &document.scenario));
        if known.is_none() {
            let funding = self.package.over(&document.scenario).funding;
            self.funding = Some((Arc::clone(&document.scenario), funding));
        }
        if let Some((_, funding)) = &self.funding {
            Tried::follow(&mut self.tried, document, view, funding, true);
        }
        let Some(tried) = &self.tried else { return true };
        let same = tried.scenario.funding == document.scenario.funding;
        let hears = view.turned_by_keys && ui.ctx().memory(|memory| memory.focused().is_none());
        let pressed = |key| hears && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let (mut left, entered) = (pressed(Key::Escape), pressed(Key::Enter));
        ui.horizontal(|ui| {
            let name = fill(words.package_laid, &[("package", &self.title)]);
            let room = ui.available_width() - 200.0;
            ui.scope(|ui| {
                ui.set_max_width(room);
                let label = egui::Label::new(RichText::new(name).font(theme::bold(theme::BODY))).truncate();
                ui.add(label).on_hover_text(&self.package.story);
            });
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                left |= ui.button(words.package_leave).clicked();
                let ready = tried.errors.is_empty() && !same;
                let text = RichText::new(words.package_take).font(theme::bold(theme::BODY));
                if ui.add_enabled(ready, egui::Button::new(text)).clicked() || (ready && entered) {
                    queue.push(Command::Change {
                        scenario: Arc::clone(&tried.scenario),
                        what: fill(words.edit_package, &[("package", &self.title)]),
                        dragged: None,
                    });
                    left = true;
                }
            });
        });
        let text = if let Some(error) = tried.errors.first() {
            let why = findings::line(error, Some(&tried.scenario), words);
            fill(words.typed_wrong, &[("why", &why)])
        } else if same {
            words.package_same.to_owned()
        } else {
            match view.now.zip(tried.of(&document.scenario)) {
                Some((before, after)) => said(before, after, words),
                None => words.computing.to_owned(),
            }
        };
        ui.add(egui::Label::new(RichText::new(text).font(theme::text(theme::SMALL))).wrap());
        left
    }
}

/// What another funding does, each measure before and after.
fn said(before: &Outcome, after: &Outcome, words: &Words) -> String {
    let dark = |now: &Outcome| match now.dark {
        Dark::From { year, .. } => year.to_string(),
        _ => words.funding_does_never.to_owned(),
    };
    let reach = |now: &Outcome| words.show(Unit::Share, now.final_reach());
    let year = before.years.last().map_or(String::new(), ToString::to_string);
    let gap = |now: &Outcome| before.money(now.to_find().max(0.0), words);
    let owed = |now: &Outcome| before.money(owed(now), words);
    let values = [
        ("gap", gap(before)),
        ("then", gap(after)),
        ("year", year),
        ("reach", reach(before)),
        ("reached", reach(after)),
        ("was", dark(before)),
        ("dark", dark(after)),
        ("owed", owed(before)),
        ("owing", owed(after)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fill(words.package_does, &values)
}
