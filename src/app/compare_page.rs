//! The Compare page: two to six open scenarios side by side, and every input in which they differ.

mod charts;
mod choose;
mod differences;
mod laid;
mod levers;
mod outcomes;
mod packages;
mod sheet;
pub mod standards;
mod views;

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use super::command::{Command, Queue};
use super::costs::{By, Costs};
use super::document::{Document, View};
use super::memo::{Memo, Same};
use super::named;
use super::outcome::Outcome;
use super::theme::{self, Palette};
use super::widgets;
use super::words::{Words, capital, fill, first_sentence};
use crate::scenario::field::Holds;
use crate::scenario::measure::{Better, Measure};
use crate::study::compare::{Caution, Comparison, MOST, Part, compare};
use charts::charts;
use choose::{choose, stories};
use differences::{InputRow, differences};
use levers::LeverRow;
use outcomes::{Columns, amount, outcomes};
use packages::Packages;
use views::views;

/// What is compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum What {
    /// Open plans.
    #[default]
    Plans,
    /// The plan that is shown, under several packages of funding.
    Packages,
}

/// How the page is looked at.
#[derive(Default)]
pub struct CompareView {
    what: What,
    packages: Packages,
    /// Scenarios that are compared, by their number; the first is the base.
    chosen: Vec<u64>,
    /// Scenarios that have been seen: a new one is compared without being asked for.
    known: BTreeSet<u64>,
    made: Memo<(Vec<Same<Outcome>>, *const Words), Compared>,
    spread: Spread,
    /// How cost is cut.
    by: By,
    part: Option<Part>,
    find: String,
    /// Why a funding could not be taken over.
    refused: Option<String>,
}

/// A comparison, and what it says of the inputs.
#[derive(Debug)]
struct Compared {
    comparison: Comparison,
    inputs: Vec<InputRow>,
    costs: Vec<Costs>,
}

/// The levers of a comparison, and the names under which their ends are said.
type Spread = Memo<(Same<Compared>, Vec<String>), Vec<LeverRow>>;

/// Shows the page.
pub fn page(ui: &mut Ui, view: &View<'_>, state: &mut CompareView, queue: &mut Queue) {
    state.follow(view.documents);
    if state.what == What::Packages {
        packages::page(ui, view, &mut state.packages, &mut state.what, queue);
        return;
    }
    let names = shown_names(view.documents);
    queue.extend(choose(ui, view, state, &names));
    let columns: Vec<(&Document, &Arc<Outcome>, &str)> = state
        .chosen
        .iter()
        .filter_map(|id| {
            let position = view.documents.iter().position(|document| document.id == *id)?;
            let document = &view.documents[position];
            Some((document, document.now.as_ref()?, names[position].as_str()))
        })
        .collect();
    if columns.len() < 2 {
        ui.add_space(theme::GAP);
        queue.extend(too_few(ui, view, state));
        return;
    }
    let of = columns.iter().map(|(_, outcome, _)| Same::of(outcome)).collect();
    let key = (of, std::ptr::from_ref(view.words));
    let outcomes_of: Vec<&Arc<Outcome>> = columns.iter().map(|(_, outcome, _)| *outcome).collect();
    let made = state.made.of(key, || Compared::of(&outcomes_of, view.words));
    let names: Vec<&str> = columns.iter().map(|(.., name)| *name).collect();
    let key = (Same::of(&made), names.iter().map(|name| (*name).to_owned()).collect());
    let spread = state
        .spread
        .of(key, || levers::rows(&made.comparison, &names, view.words));
    let CompareView {
        by, part, find, chosen, ..
    } = state;
    ui.add_space(theme::GAP - ui.spacing().item_spacing.y);
    let scroll = egui::ScrollArea::both().id_salt("compared").auto_shrink(false);
    scroll.show(ui, |ui| {
        widgets::turn_by_keys(ui, view.turned_by_keys);
        // The scroll bar must not cover the numbers.
        let width = ui.available_width() - 8.0;
        ui.set_max_width(width);
        let said = headline(&made.comparison, &names, view.words);
        if !said.is_empty() {
            ui.add(egui::Label::new(RichText::new(said).font(theme::text(theme::HEADING))).wrap());
            ui.add_space(4.0);
        }
        cautions(ui, &made.comparison.cautions, view.words);
        charts(ui, width, &made.comparison, &columns, view.words);
        ui.add_space(theme::GAP);
        let table = Columns::of(width, &names);
        if let Some(base) = outcomes(
            ui,
            &table,
            view.words.compare_outcomes,
            &made.comparison,
            true,
            view.words,
        ) {
            let id = columns[base].0.id;
            chosen.retain(|other| *other != id);
            chosen.insert(0, id);
        }
        ui.add_space(theme::GAP);
        let common = made.comparison.common;
        views(ui, &table, &made.costs, common, by, view.words);
        let year = common.map(|(_, to)| to);
        levers::levers(ui, width, names.len(), year, &spread, view.words);
        ui.add_space(theme::GAP);
        differences(
            ui,
            &table,
            view.words.compare_differs,
            &made.inputs,
            part,
            find,
            view.words,
        );
    });
}

/// Whether plans or packages are compared.
fn switch(ui: &mut Ui, what: &mut What, words: &Words) {
    let choices = [
        (What::Plans, words.packages_plans, None),
        (What::Packages, words.packages_packages, None),
    ];
    widgets::switch(ui, words.compare_choose, &choices, what);
}

impl CompareView {
    /// Takes a package of funding in as a column: a file, or the name of a bundled one.
    pub(super) fn lay(&mut self, name: String) {
        self.what = What::Packages;
        self.packages.want(name);
    }

    /// The plan that is shown under the packages that are looked at, with their names: those of its country without being asked
    /// for, examples only where the page was looked at.
    pub(super) fn laid(&mut self, view: &View<'_>) -> Vec<(String, Arc<Outcome>)> {
        self.packages.laid(view)
    }

    /// Titles of the scenarios that are compared.
    #[must_use]
    pub fn titles(&self, documents: &[Document]) -> Vec<String> {
        let of = |id: &u64| documents.iter().find(|document| document.id == *id);
        let chosen = self.chosen.iter().filter_map(of);
        chosen.map(|document| document.scenario.title.clone()).collect()
    }

    /// Keeps up with what is opened and closed.
    fn follow(&mut self, documents: &[Document]) {
        self.chosen
            .retain(|id| documents.iter().any(|document| document.id == *id));
        for document in documents {
            if self.known.insert(document.id) && self.chosen.len() < MOST {
                self.chosen.push(document.id);
            }
        }
    }
}

/// Names of the open scenarios: their titles, without the country where it is the same in all; those of the files where two
/// have one title or there is none, and a number where that does not help.
fn shown_names(documents: &[Document]) -> Vec<String> {
    let country = |document: &Document| document.scenario.country.name.clone();
    let one = documents.windows(2).all(|pair| country(&pair[0]) == country(&pair[1]));
    let title = |document: &Document| {
        let title = document.scenario.title.lines().next().unwrap_or_default().trim();
        let short = title.strip_prefix(&country(document)).filter(|_| one);
        capital(short.and_then(|rest| rest.strip_prefix(": ")).unwrap_or(title))
    };
    let titles: Vec<String> = documents.iter().map(title).collect();
    let mut names: Vec<String> = documents
        .iter()
        .zip(&titles)
        .map(|(document, title)| {
            let twins = titles.iter().filter(|other| *other == title).count();
            if twins > 1 || title.is_empty() {
                document.name.trim_end_matches(".ron").to_owned()
            } else {
                title.clone()
            }
        })
        .collect();
    for at in 1..names.len() {
        let again = names[..at].iter().filter(|name| **name == names[at]).count();
        if again > 0 {
            names[at] = format!("{} {}", names[at], again + 1);
        }
    }
    names
}

fn too_few(ui: &mut Ui, view: &View<'_>, state: &CompareView) -> Option<Command> {
    let words = view.words;
    let mut command = None;
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        if state.chosen.len() >= 2 {
            ui.label(words.compare_waiting);
        } else if view.documents.len() >= 2 {
            ui.label(words.compare_few_chosen);
        } else {
            ui.label(words.compare_few_open);
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| command = stories(ui, view));
        }
    });
    command
}

/// Which scenario does most, and which does it for least; nothing where none stands out.
fn headline(comparison: &Comparison, names: &[&str], words: &Words) -> String {
    let first = |measure: Measure, template: &str| {
        let better = match measure.better() {
            Better::Lower => std::cmp::Ordering::Less,
            Better::Higher | Better::Neither => std::cmp::Ordering::Greater,
        };
        let row = comparison
            .rows
            .iter()
            .find(|row| row.about == measure.into() && row.level.is_none() && row.comparable)?;
        let (at, best) = (0..names.len())
            .filter_map(|column| Some((column, row.values[column]?)))
            .reduce(|best, other| {
                if other.1.total_cmp(&best.1) == better {
                    other
                } else {
                    best
                }
            })?;
        let value = amount(row, best, words);
        let known: Vec<String> = row
            .values
            .iter()
            .flatten()
            .map(|known| amount(row, *known, words))
            .collect();
        let alone = known.len() > 1 && known.iter().filter(|known| **known == value).count() == 1;
        let year = row.year.map_or(String::new(), |year| year.to_string());
        alone.then(|| fill(template, &[("name", names[at]), ("value", &value), ("year", &year)]))
    };
    [
        first(Measure::Reach, words.compare_most),
        first(Measure::CostPerReached, words.compare_least),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<String>>()
    .join(" ")
}

fn cautions(ui: &mut Ui, cautions: &[Caution], words: &Words) {
    for caution in cautions {
        let text = match caution {
            Caution::Countries => words.compare_countries.to_owned(),
            Caution::PriceYears => words.compare_price_years.to_owned(),
            Caution::Years { from, to } => fill(
                words.compare_years,
                &[("from", &from.to_string()), ("to", &to.to_string())],
            ),
            Caution::NoCommonYear => words.compare_no_year.to_owned(),
            Caution::Targets => words.compare_targets.to_owned(),
            Caution::LeftOut => words.compare_levels.to_owned(),
        };
        ui.label(RichText::new(format!("! {text}")).color(Palette::of(ui).doubt));
    }
    if !cautions.is_empty() {
        ui.add_space(4.0);
    }
}

impl Compared {
    /// Compares results.
    fn of(outcomes: &[&Arc<Outcome>], words: &'static Words) -> Self {
        let comparison = compare(&outcomes.iter().map(|outcome| &outcome.run).collect::<Vec<_>>());
        let inputs = comparison
            .differences
            .iter()
            .map(|difference| {
                let (path, field) = (difference.path.as_str(), difference.field);
                let doc = words.meaning(path, field);
                let values = difference
                    .values
                    .iter()
                    .map(|value| {
                        let shown = value.as_ref().map_or_else(
                            || words.compare_left_out.to_owned(),
                            |value| value.show_in(field.unit, &words.numbers),
                        );
                        // Words of a list stand in a row.
                        let shown = match field.holds {
                            Holds::Choice | Holds::List => {
                                let all: Vec<String> = shown.split(", ").map(|word| words.word(word)).collect();
                                all.join(", ")
                            }
                            _ => shown,
                        };
                        (shown, *value != difference.values[0])
                    })
                    .collect();
                InputRow {
                    part: difference.part(),
                    plain: format!("{path} {doc}").to_lowercase(),
                    name: named::compared(path, first_sentence(doc), words),
                    part_of: words.word(path.split(['.', '[']).next().unwrap_or_default()),
                    doc,
                    values,
                }
            })
            .collect();
        Self {
            costs: outcomes.iter().map(|outcome| Costs::of(&outcome.run)).collect(),
            comparison,
            inputs,
        }
    }
}
