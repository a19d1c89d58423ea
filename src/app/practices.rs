//! Practices: what others bought, paid and reached. Their prices can be laid into the plan, with their source, as one edit.

use std::sync::{Arc, LazyLock};

use eframe::egui::{self, RichText, Ui};

use super::command::Command;
use super::named;
use super::theme;
use super::words::{Words, capital, fill};
use crate::data::store;
use crate::scenario::practice::{Practice, PracticeLine};
use crate::scenario::prices::TrainingMode;
use crate::scenario::{Component, Device, Quantity, Scenario, Technology};
use crate::units::Unit;

/// A bundled practice.
pub(super) struct Bundled {
    /// Name, by which it is read.
    pub name: &'static str,
    pub practice: Practice,
}

impl Bundled {
    /// Title in the reader's language.
    pub fn title(&self, words: &Words) -> String {
        let title = words.text(&format!("practice_{}", self.name));
        title.unwrap_or(&self.practice.title).to_owned()
    }
}

/// All bundled practices.
pub(super) fn bundled() -> &'static [Bundled] {
    static ALL: LazyLock<Vec<Bundled>> = LazyLock::new(|| {
        let read = |name| store::practice(name).ok().map(|practice| Bundled { name, practice });
        store::practices().filter_map(read).collect()
    });
    &ALL
}

fn lines(practice: &Practice) -> impl Iterator<Item = &PracticeLine> {
    practice.bought.iter().chain(&practice.paid).chain(&practice.reached)
}

/// Other words by which a practice is found: what was bought, and in the reader's language the things that it speaks of.
pub(super) fn also(practice: &Practice, words: &Words) -> String {
    let mut told: Vec<String> = lines(practice).map(|line| line.what.clone()).collect();
    told.extend([practice.title.clone(), practice.country.clone(), practice.years.clone()]);
    let text = told.join(" ").to_lowercase();
    let things = Device::ALL.iter().map(|device| device.name());
    let things = things.chain(Technology::ALL.iter().map(|technology| technology.name()));
    let things = things.chain(TrainingMode::ALL.iter().map(|mode| mode.name()));
    let things = things.chain(Component::ALL.iter().map(|component| component.name()));
    // As a plural or in the middle of a sentence the thing is written without its last letter.
    let spoken = things.filter(|thing| text.contains(thing.strip_suffix('s').unwrap_or(thing)));
    told.extend(spoken.map(|thing| words.word(thing)));
    told.join(", ")
}

/// Shows a practice; gives the edit that lays its prices into the plan, or the command that closes it.
pub(super) fn show(ctx: &egui::Context, practice: &Practice, scenario: &Scenario, words: &Words) -> Option<Command> {
    let mut command = None;
    let modal = egui::Modal::new(egui::Id::unique("practice"))
        .frame(theme::notice(ctx))
        .show(ctx, |ui| {
            ui.set_width((ctx.content_rect().width() - 80.0).min(720.0));
            ui.label(RichText::new(&practice.title).font(theme::bold(theme::NAME)));
            let about = format!("{}, {}", practice.country, practice.years);
            ui.label(RichText::new(about).weak());
            ui.spacing_mut().scroll = egui::style::ScrollStyle::solid();
            let most = ctx.content_rect().height() * 0.6;
            egui::ScrollArea::vertical()
                .auto_shrink([false, true])
                .max_height(most)
                .show(ui, |ui| {
                    ui.add(egui::Label::new(&practice.story).wrap());
                    let lists = [
                        (words.practice_bought, &practice.bought),
                        (words.practice_paid, &practice.paid),
                        (words.practice_reached, &practice.reached),
                    ];
                    for (title, lines) in lists.into_iter().filter(|(_, lines)| !lines.is_empty()) {
                        ui.add_space(6.0);
                        ui.label(RichText::new(title).font(theme::bold(theme::BODY)));
                        for line in lines {
                            ui.add(egui::Label::new(told(line, words)).wrap());
                        }
                    }
                    ui.add_space(6.0);
                    let source = fill(words.standard_from, &[("source", &practice.source)]);
                    ui.add(egui::Label::new(RichText::new(source).small().weak()).wrap());
                });
            ui.add_space(6.0);
            let instead = practice.instead_of(scenario);
            replaced(ui, &instead, scenario, words);
            ui.horizontal(|ui| {
                let changes = instead.iter().any(|(_, own, theirs)| own != theirs);
                let text = RichText::new(words.practice_lay).font(theme::bold(theme::BODY));
                if ui.add_enabled(changes, egui::Button::new(text)).clicked() {
                    command = Some(Command::Change {
                        scenario: Arc::new(practice.over(scenario)),
                        what: fill(words.edit_practice, &[("practice", &practice.title)]),
                        dragged: None,
                    });
                }
                if ui.button(words.close).clicked() {
                    command = Some(Command::Dismiss);
                }
            });
        });
    if command.is_none() && modal.should_close() {
        command = Some(Command::Dismiss);
    }
    command
}

/// What of the plan's prices would be another.
fn replaced(ui: &mut Ui, instead: &[(String, Quantity, Quantity)], scenario: &Scenario, words: &Words) {
    if instead.is_empty() {
        ui.label(RichText::new(words.practice_none).weak());
    }
    for (path, own, theirs) in instead {
        let name = named::name(path, Some(scenario), words);
        let dated = |price: &Quantity| {
            let year = price.passport.as_ref().and_then(|known| known.year);
            let year = year.unwrap_or(scenario.price_year).to_string();
            fill(
                words.practice_dated,
                &[("value", &words.show(Unit::Usd, price.value)), ("year", &year)],
            )
        };
        let values = [("name", &*name), ("from", &dated(own)), ("to", &dated(theirs))];
        ui.add(egui::Label::new(fill(words.practice_instead, &values)).wrap());
    }
}

/// A line in words: what, how many, what share, at what price, what in all.
fn told(line: &PracticeLine, words: &Words) -> String {
    let money = |value: f64| words.money(value, value);
    let parts = [
        line.quantity
            .as_ref()
            .map(|number| (number, words.grouped(number.value))),
        line.share
            .as_ref()
            .map(|number| (number, words.show(Unit::Share, number.value))),
        line.each.as_ref().map(|number| {
            let each = words.show(Unit::Usd, number.value);
            (number, fill(words.practice_each, &[("value", &each)]))
        }),
        line.amount.as_ref().map(|number| (number, money(number.value))),
    ];
    let said = parts.into_iter().flatten().map(|(number, text)| {
        let year = number.passport.as_ref().and_then(|known| known.year);
        year.map_or(text.clone(), |year| {
            fill(words.practice_dated, &[("value", &text), ("year", &year.to_string())])
        })
    });
    let said: Vec<String> = said.collect();
    let what = capital(&line.what);
    if said.is_empty() {
        return what;
    }
    format!("{what}: {}", said.join("; "))
}
