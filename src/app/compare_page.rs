//! The Compare page: two to six open scenarios side by side, and every input in which they differ.

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{self, Rect, RichText, Ui, pos2, vec2};

use super::chart::{self, Head, ScenarioLine};
use super::command::Command;
use super::document::{Document, View};
use super::findings;
use super::named;
use super::outcome::Outcome;
use super::phrases::{country_text, level_name};
use super::theme::{self, Palette};
use super::words::{Words, capital, fill, first_sentence};
use super::{lever, phrases, terms, widgets};
use crate::data;
use crate::scenario::field::Holds;
use crate::scenario::{Scenario, messages, text};
use crate::study::compare::{Caution, Comparison, MOST, Part, Row, compare, with_funding};
use crate::units::{self, Unit};

/// Width of the mark and the box before a scenario's name.
const CHOICE: f32 = 48.0;

/// How the page is looked at.
#[derive(Debug, Default)]
pub struct State {
    /// Scenarios that are compared, by their number; the first is the base.
    chosen: Vec<u64>,
    /// Scenarios that have been seen: a new one is compared without being asked for.
    known: BTreeSet<u64>,
    made: Option<Made>,
    part: Option<Part>,
    find: String,
    /// Why a funding could not be taken over.
    refused: Option<String>,
}

/// A comparison and the results that it was made of.
#[derive(Debug)]
struct Made {
    of: Vec<Arc<Outcome>>,
    words: &'static Words,
    comparison: Comparison,
    inputs: Vec<Input>,
}

/// An input that differs, as text.
#[derive(Debug)]
struct Input {
    part: Part,
    /// Name and whose it is.
    name: String,
    /// Part of the file.
    part_of: String,
    doc: &'static str,
    /// Values, and whether each differs from the base's.
    values: Vec<(String, bool)>,
    /// What is searched.
    plain: String,
}

/// Shows the page.
pub fn page(ui: &mut Ui, view: &View<'_>, state: &mut State) -> Option<Command> {
    state.follow(view.documents);
    let names = names(view.documents);
    let mut command = choose(ui, view, state, &names);
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
        command = command.or(too_few(ui, view, state));
        return command;
    }
    state.make(&columns, view.words);
    let State {
        made: Some(made),
        part,
        find,
        chosen,
        ..
    } = state
    else {
        return command;
    };
    ui.add_space(theme::GAP - ui.spacing().item_spacing.y);
    let scroll = egui::ScrollArea::both().id_salt("compared").auto_shrink(false);
    scroll.show(ui, |ui| {
        // The scroll bar must not cover the numbers.
        let width = ui.available_width() - 8.0;
        ui.set_max_width(width);
        let names: Vec<&str> = columns.iter().map(|(.., name)| *name).collect();
        let said = headline(&made.comparison, &names, view.words);
        if !said.is_empty() {
            ui.add(egui::Label::new(RichText::new(said).font(theme::text(theme::HEADING))).wrap());
            ui.add_space(4.0);
        }
        cautions(ui, &made.comparison.cautions, view.words);
        charts(ui, width, &made.comparison, &columns, view.words);
        ui.add_space(theme::GAP);
        let table = Table::of(width, &names);
        if let Some(base) = outcomes(ui, &table, &made.comparison, view.words) {
            let id = columns[base].0.id;
            chosen.retain(|other| *other != id);
            chosen.insert(0, id);
        }
        ui.add_space(theme::GAP);
        differences(ui, &table, &made.inputs, part, find, view.words);
    });
    command
}

impl State {
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

    /// Compares anew when a result or the language has changed.
    fn make(&mut self, columns: &[(&Document, &Arc<Outcome>, &str)], words: &'static Words) {
        let same = self.made.as_ref().is_some_and(|made| {
            std::ptr::eq(made.words, words)
                && made.of.len() == columns.len()
                && made
                    .of
                    .iter()
                    .zip(columns)
                    .all(|(old, (_, new, _))| Arc::ptr_eq(old, new))
        });
        if same {
            return;
        }
        let of: Vec<Arc<Outcome>> = columns.iter().map(|(_, outcome, _)| Arc::clone(outcome)).collect();
        let comparison = compare(&of.iter().map(|outcome| &outcome.run).collect::<Vec<_>>());
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
                Input {
                    part: difference.part(),
                    plain: format!("{path} {doc}").to_lowercase(),
                    name: named::compared(path, first_sentence(doc), words),
                    part_of: words.word(path.split(['.', '[']).next().unwrap_or_default()),
                    doc,
                    values,
                }
            })
            .collect();
        self.made = Some(Made {
            of,
            words,
            comparison,
            inputs,
        });
    }
}

/// Names of the open scenarios; their titles where two files are called the same, and a number where that does not help.
fn names(documents: &[Document]) -> Vec<String> {
    let mut names: Vec<String> = documents
        .iter()
        .map(|document| {
            let twins = documents.iter().filter(|other| other.name == document.name).count();
            if twins > 1 {
                document.scenario.title.lines().next().unwrap_or_default().to_owned()
            } else {
                document.name.trim_end_matches(".ron").to_owned()
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

/// Which scenarios are compared, what else can be opened, and this plan under another's funding.
fn choose(ui: &mut Ui, view: &View<'_>, state: &mut State, names: &[String]) -> Option<Command> {
    let (words, palette) = (view.words, Palette::of(ui));
    let mut command = None;
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(words.compare_choose).heading());
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
fn fundings(ui: &mut Ui, view: &View<'_>, state: &mut State, names: &[String]) -> Option<Command> {
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
                    view.scenario,
                    &document.scenario,
                    &fill(
                        words.compare_funding_name,
                        &[
                            ("this", view.scenario.title.as_str()),
                            ("that", document.scenario.title.as_str()),
                        ],
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

/// A plan with another's funding, if a file could hold it: a source may pay for a region that this country lacks.
fn funded(plan: &Scenario, money: &Scenario, title: &str, words: &Words) -> Result<Scenario, String> {
    let mut scenario = with_funding(plan, money);
    title.clone_into(&mut scenario.title);
    let mut inline = scenario.clone();
    inline.country.file.clear();
    let reading = text::read_scenario("", text::write_scenario(&inline, false).as_bytes(), &|_| {
        Err(messages::no_such_file())
    });
    if reading.scenario.is_some() {
        return Ok(scenario);
    }
    let why = reading.findings.first();
    Err(why.map_or_else(String::new, |finding| findings::line(finding, None, words)))
}

/// Buttons that open the bundled stories of this country, and a copy of this plan.
fn stories(ui: &mut Ui, view: &View<'_>) -> Option<Command> {
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
            command = Some(Command::Open((*path).into()));
        }
    }
    if ui.button(words.compare_copy).clicked() {
        command = Some(Command::Duplicate);
    }
    command
}

fn too_few(ui: &mut Ui, view: &View<'_>, state: &State) -> Option<Command> {
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
    let first = |code: &str, template: &str, better: std::cmp::Ordering| {
        let row = comparison
            .rows
            .iter()
            .find(|row| row.code == code && row.level.is_none() && row.comparable)?;
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
        first("reach", words.compare_most, std::cmp::Ordering::Greater),
        first("cost_per_reached", words.compare_least, std::cmp::Ordering::Less),
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

/// Small multiples on the same years: one chart a question, one line a scenario.
fn charts(
    ui: &mut Ui,
    width: f32,
    comparison: &Comparison,
    columns: &[(&Document, &Arc<Outcome>, &str)],
    words: &Words,
) {
    let across: u16 = [4, 2, 1]
        .into_iter()
        .find(|count| width >= f32::from(*count) * (theme::SMALL_CHART + theme::GAP))
        .unwrap_or(1);
    let rows = 4 / across;
    let each = (width - theme::GAP * f32::from(across - 1)) / f32::from(across);
    let height = theme::SMALL_CHART_HEIGHT;
    let (area, _) = ui.allocate_exact_size(
        vec2(width, (height + theme::GAP) * f32::from(rows) - theme::GAP),
        egui::Sense::hover(),
    );
    let mut countries: Vec<String> = columns
        .iter()
        .map(|(document, ..)| country_text(&document.scenario.country, words))
        .collect();
    countries.sort_unstable();
    countries.dedup();
    let source = fill(words.compare_source, &[("countries", &countries.join(", "))]);
    let mut price_years: Vec<i32> = columns
        .iter()
        .map(|(document, ..)| document.scenario.price_year)
        .collect();
    price_years.sort_unstable();
    price_years.dedup();
    for (index, series) in (0u16..).zip(&comparison.series) {
        let corner = area.min
            + vec2(
                (each + theme::GAP) * f32::from(index % across),
                (height + theme::GAP) * f32::from(index / across),
            );
        let most = series
            .values
            .iter()
            .flatten()
            .flatten()
            .fold(0.0, |most: f64, value| most.max(value.abs()));
        let (divisor, unit) = match series.unit {
            Unit::Share => (0.01, words.reach_unit.to_owned()),
            Unit::Usd => {
                // Where nothing is missing there is still a unit.
                let (divisor, scale) = phrases::scale(most.max(1e5), words);
                let unit = match price_years[..] {
                    [year] => fill(words.cost_unit, &[("scale", scale), ("year", &year.to_string())]),
                    _ => fill(words.compare_price_mixed, &[("scale", scale)]),
                };
                (divisor, unit)
            }
            _ => (1.0, words.compare_learning_unit.to_owned()),
        };
        let title = match series.code {
            "reach" => words.compare_reach.to_owned(),
            "cost_full" => words.compare_cost.to_owned(),
            "to_find" => words.compare_gap.to_owned(),
            _ => fill(
                words.compare_learning,
                &[(
                    "level",
                    &series
                        .level
                        .map_or(String::new(), |level| level_name(level, words).to_lowercase()),
                )],
            ),
        };
        let traces: Vec<ScenarioLine> = series
            .values
            .iter()
            .zip(columns)
            .enumerate()
            .map(|(position, (values, (.., name)))| ScenarioLine {
                values: values.iter().map(|value| value.map(|value| value / divisor)).collect(),
                name: (*name).to_owned(),
                label: values
                    .iter()
                    .rev()
                    .find_map(|value| *value)
                    .map_or(String::new(), |value| short(value / divisor, words)),
                position,
            })
            .collect();
        let head = Head {
            title,
            unit,
            source: source.clone(),
            summary: summary(series.unit, &series.values, &comparison.years, columns, words),
        };
        let place = Rect::from_min_size(corner, vec2(each, height));
        chart::scenarios(ui, words, place, &head, &comparison.years, &traces);
    }
}

/// A value beside a chart, with more places where it is small.
fn short(value: f64, words: &Words) -> String {
    match value.abs() {
        size if size < 5e-4 => "0".into(),
        size if size < 0.0995 => words.fixed(value, 3),
        size if size < 0.995 => words.fixed(value, 2),
        _ => words.decimals(value),
    }
}

/// The first and last value of every line, for a screen reader.
fn summary(
    unit: Unit,
    values: &[Vec<Option<f64>>],
    years: &[i32],
    columns: &[(&Document, &Arc<Outcome>, &str)],
    words: &Words,
) -> String {
    let sentences: Vec<String> = values
        .iter()
        .zip(columns)
        .filter_map(|(values, (.., name))| {
            let known = || {
                years
                    .iter()
                    .zip(values)
                    .filter_map(|(year, value)| Some((*year, (*value)?)))
            };
            let (first, last) = (known().next()?, known().next_back()?);
            Some(fill(
                words.compare_summary,
                &[
                    ("name", name),
                    ("first", &words.show(unit, first.1)),
                    ("from", &first.0.to_string()),
                    ("last", &words.show(unit, last.1)),
                    ("to", &last.0.to_string()),
                ],
            ))
        })
        .collect();
    sentences.join(" ")
}

/// A table with one column a scenario.
struct Table<'a> {
    names: &'a [&'a str],
    column: f32,
}

impl<'a> Table<'a> {
    #[allow(clippy::cast_precision_loss)]
    fn of(width: f32, names: &'a [&'a str]) -> Self {
        let inside = width - 2.0 * theme::PAD;
        let column = ((inside - theme::TABLE_NAME) / names.len().max(1) as f32).max(theme::TABLE_COLUMN);
        Self { names, column }
    }

    #[allow(clippy::cast_precision_loss)]
    fn width(&self) -> f32 {
        theme::TABLE_NAME + self.column * self.names.len() as f32
    }

    /// A row: the name, then a cell for each scenario.
    #[allow(clippy::cast_precision_loss)]
    fn row(&self, ui: &mut Ui, height: f32, shaded: bool, mut cell: impl FnMut(&mut Ui, Option<usize>)) {
        let (rect, _) = ui.allocate_exact_size(vec2(self.width(), height), egui::Sense::hover());
        if shaded {
            ui.painter().rect_filled(rect, 2, Palette::of(ui).ground);
        }
        let mut inside = |from: f32, width: f32, column: Option<usize>| {
            let place = Rect::from_min_size(pos2(rect.left() + from, rect.top()), vec2(width, height));
            let builder = egui::UiBuilder::new()
                .max_rect(place.shrink2(vec2(6.0, 0.0)))
                .layout(egui::Layout::left_to_right(egui::Align::Center));
            cell(&mut ui.new_child(builder), column);
        };
        inside(0.0, theme::TABLE_NAME, None);
        for column in 0..self.names.len() {
            inside(
                theme::TABLE_NAME + self.column * column as f32,
                self.column,
                Some(column),
            );
        }
    }

    /// The names of the scenarios with their marks; gives back the one that is to be the base.
    fn head(&self, ui: &mut Ui, title: &str, choose: bool, words: &Words) -> Option<usize> {
        let palette = Palette::of(ui);
        let mut base = None;
        // Where columns are narrow a name may take two lines.
        let narrow = self.column < theme::TABLE_COLUMN_WIDE;
        let height = if narrow { theme::TABLE_LINES } else { theme::TABLE_LINE };
        self.row(ui, height + 4.0, false, |ui, column| {
            let Some(column) = column else {
                ui.label(RichText::new(title).heading());
                return;
            };
            let (spot, _) = ui.allocate_exact_size(vec2(10.0, 14.0), egui::Sense::hover());
            chart::mark(ui.painter(), spot.center(), column, palette.scenario(column));
            let name = self.names[column];
            let text = RichText::new(name)
                .font(theme::bold(theme::BODY))
                .color(palette.scenario(column));
            if column > 0 && choose {
                let hint = fill(words.compare_make_base_hint, &[("name", name)]);
                let button = egui::Button::new(text);
                let button = if narrow { button.wrap() } else { button.truncate() };
                let button = ui.add(button).on_hover_text(&hint);
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &hint));
                if button.clicked() {
                    base = Some(column);
                }
                return;
            }
            // The word stands right behind the name that it is about, not beside the next column's.
            let base = egui::WidgetText::from(RichText::new(words.compare_base).small().weak());
            let base = base.into_galley(
                ui,
                Some(egui::TextWrapMode::Extend),
                f32::INFINITY,
                egui::TextStyle::Small,
            );
            let room = if column == 0 {
                ui.available_width() - base.size().x - ui.spacing().item_spacing.x
            } else {
                ui.available_width()
            };
            ui.scope(|ui| {
                ui.set_max_width(room);
                let label = egui::Label::new(text);
                let label = if narrow { label.wrap() } else { label.truncate() };
                ui.add(label).on_hover_text(name);
            });
            if column == 0 {
                ui.label(base);
            }
        });
        base
    }
}

/// Outcomes and money; gives back the scenario that is to be the base.
fn outcomes(ui: &mut Ui, table: &Table<'_>, comparison: &Comparison, words: &Words) -> Option<usize> {
    let mut base = None;
    let span = comparison
        .common
        .map_or_else(String::new, |(from, to)| format!(", {from}–{to}"));
    let stated = comparison.rows.iter().find(|row| row.code == "targets");
    let wide = table.column >= theme::TABLE_COLUMN_WIDE;
    let height = if wide { theme::TABLE_LINE } else { theme::TABLE_LINES };
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(table.width());
        ui.spacing_mut().item_spacing.y = 0.0;
        base = table.head(ui, words.compare_outcomes, true, words);
        let rows = comparison.rows.iter().filter(|row| row.code != "targets");
        for (index, row) in rows.enumerate() {
            let (name, part) = row_name(row, &span, words);
            table.row(ui, height, index % 2 == 0, |ui, column| {
                let Some(column) = column else {
                    ui.add_space(if part { 14.0 } else { 0.0 });
                    let label = terms::label(ui, egui::Label::new(RichText::new(&name)).truncate(), &name, words);
                    if row.code == "cost_per_reached" {
                        label.on_hover_text(words.compare_per_reached_hint);
                    }
                    return;
                };
                let all = stated.and_then(|row| row.values[column]);
                cell(ui, row, column, all, table, &name, wide, words);
            });
        }
    });
    base
}

#[allow(clippy::too_many_arguments)] // one cell, drawn in one place
fn cell(
    ui: &mut Ui,
    row: &Row,
    column: usize,
    targets: Option<f64>,
    table: &Table<'_>,
    name: &str,
    wide: bool,
    words: &Words,
) {
    let palette = Palette::of(ui);
    let value = shown(row, column, targets, words);
    let met = row.met(column);
    let difference = row.difference(column).map(|difference| apart(row, difference, words));
    let mut job = egui::text::LayoutJob::default();
    let mut put = |text: &str, font, colour| {
        job.append(text, 0.0, egui::TextFormat::simple(font, colour));
    };
    let strong = if row.values[column].is_some() {
        palette.text
    } else {
        palette.weak
    };
    put(&value, theme::bold(theme::BODY), strong);
    if let Some(met) = met {
        let (sign, colour) = if met {
            (" ✓", palette.good)
        } else {
            (" ✗", palette.bad)
        };
        put(sign, theme::text(theme::BODY), colour);
    }
    let draw = |ui: &mut Ui| {
        let label = ui.add(egui::Label::new(job).truncate());
        if let Some(difference) = &difference {
            ui.add(egui::Label::new(RichText::new(difference).small().weak()).truncate());
        }
        label
    };
    let label = if wide {
        draw(ui)
    } else {
        let lines = ui.vertical(|ui| {
            ui.add_space(4.0);
            draw(ui)
        });
        lines.inner
    };
    let mut said = fill(
        words.compare_cell,
        &[("row", name), ("scenario", table.names[column]), ("value", &value)],
    );
    if let Some(wanted) = row.goals[column] {
        let wanted = fill(words.compare_target, &[("value", &words.show(row.unit, wanted))]);
        said = format!("{said}; {wanted}");
    }
    if let Some(difference) = &difference {
        let against = fill(
            words.compare_against,
            &[("difference", difference), ("base", table.names[0])],
        );
        said = format!("{said}; {against}");
    }
    label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &said));
    label.on_hover_text(said);
}

/// A value with its unit.
fn shown(row: &Row, column: usize, targets: Option<f64>, words: &Words) -> String {
    match row.values[column] {
        None if row.year.is_some() => words.unknown.to_owned(),
        None => words.compare_none.to_owned(),
        Some(value) => match row.code.as_str() {
            "targets_met" => fill(
                words.compare_of,
                &[
                    ("met", &words.decimals(value)),
                    ("all", &words.decimals(targets.unwrap_or(0.0))),
                ],
            ),
            _ => amount(row, value, words),
        },
    }
}

fn amount(row: &Row, value: f64, words: &Words) -> String {
    match (row.code.as_str(), row.unit) {
        ("lays_per_100usd", _) => words.fixed(value, 3),
        (_, Unit::Years) => words.numbers.magnitude(value),
        (_, Unit::Usd) => {
            let known = row.values.iter().flatten();
            words.money(value, known.fold(0.0, |most: f64, value| most.max(value.abs())))
        }
        (_, unit) => words.show(unit, value),
    }
}

/// A difference from the base.
fn apart(row: &Row, difference: f64, words: &Words) -> String {
    match row.unit {
        _ if amount(row, difference.abs(), words) == amount(row, 0.0, words) => words.compare_no_difference.to_owned(),
        Unit::Share => fill(words.compare_points, &[("value", &lever::points(difference, words))]),
        Unit::CalendarYear => fill(
            words.compare_years_apart,
            &[("value", &units::signed(difference, |size| words.decimals(size)))],
        ),
        _ => units::signed(difference, |size| amount(row, size, words)),
    }
}

/// What a row is about, and whether it belongs under the one above.
fn row_name(row: &Row, span: &str, words: &Words) -> (String, bool) {
    let (template, part) = match row.code.as_str() {
        "targets_met" => (words.compare_row_targets, false),
        "reach" => (words.compare_row_reach, false),
        "dose" => (words.compare_row_dose, false),
        "4.a.1.a" => (words.compare_row_power, false),
        "4.a.1.b" => (words.compare_row_link, false),
        "4.a.1.c" => (words.compare_row_equipped, false),
        "ED8" => (words.compare_row_trained, false),
        "4.c.1" => (words.compare_row_qualified, false),
        "4.1.2" => (words.compare_row_completion, false),
        "4.1.1.b.reading" => (words.compare_row_reading, false),
        "4.1.1.b.mathematics" => (words.compare_row_mathematics, false),
        "cost_full" => (words.compare_row_cost, false),
        "cost_paid" => (words.compare_row_paid, true),
        "to_find" => (words.compare_row_to_find, true),
        "to_find_share" => (words.compare_row_to_find_share, true),
        "cost_per_learner" => (words.compare_row_per_learner, false),
        "cost_per_reached" => (words.compare_row_per_reached, false),
        "first_dark_year" => (words.compare_row_dark, false),
        "lays_gained" => (words.compare_row_lays, false),
        "lays_per_100usd" => (words.compare_row_lays_money, true),
        code => (code, false),
    };
    let mut name = fill(template, &[("span", span)]);
    if let Some(level) = row.level {
        name = format!("{name}, {}", level_name(level, words).to_lowercase());
    }
    if let Some(year) = row.year {
        name = format!("{name}, {year}");
    }
    (if part { name } else { capital(&name) }, part)
}

const fn part_name(part: Option<Part>, words: &Words) -> &'static str {
    match part {
        None => words.compare_all,
        Some(Part::Plan) => words.compare_plan,
        Some(Part::Funding) => words.compare_money,
        Some(Part::Prices) => words.compare_prices,
        Some(Part::Country) => words.compare_country,
        Some(Part::Other) => words.compare_other,
    }
}

/// Every input that differs, by part, with a filter. Only the rows in sight are drawn.
fn differences(
    ui: &mut Ui,
    table: &Table<'_>,
    inputs: &[Input],
    part: &mut Option<Part>,
    find: &mut String,
    words: &Words,
) {
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(table.width());
        ui.spacing_mut().item_spacing.y = 0.0;
        table.head(ui, words.compare_differs, false, words);
        if inputs.is_empty() {
            ui.label(words.compare_nothing_differs);
            return;
        }
        ui.horizontal(|ui| {
            for choice in std::iter::once(None).chain(Part::ALL.map(Some)) {
                let count = inputs
                    .iter()
                    .filter(|input| choice.is_none_or(|part| part == input.part))
                    .count();
                let text = fill(
                    words.compare_count,
                    &[("part", part_name(choice, words)), ("count", &count.to_string())],
                );
                let button = egui::Button::selectable(*part == choice, text);
                if ui.add_enabled(count > 0 || *part == choice, button).clicked() {
                    *part = choice;
                }
            }
            ui.add_space(8.0);
            let label = ui.label(words.compare_find);
            ui.add(
                egui::TextEdit::singleline(find)
                    .id(widgets::search())
                    .hint_text(words.compare_find_hint)
                    .desired_width(180.0),
            )
            .labelled_by(label.id);
        });
        ui.add_space(4.0);
        let wanted = find.trim().to_lowercase();
        let found: Vec<&Input> = inputs
            .iter()
            .filter(|input| part.is_none_or(|part| part == input.part) && input.plain.contains(&wanted))
            .collect();
        if found.is_empty() {
            ui.label(words.compare_nothing_found);
        }
        in_sight(ui, found.len(), theme::TABLE_LINES, |ui, index| {
            let input = found[index];
            table.row(ui, theme::TABLE_LINES, index % 2 == 0, |ui, column| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let Some(column) = column else {
                    ui.vertical(|ui| {
                        ui.add_space(4.0);
                        ui.add(egui::Label::new(RichText::new(&input.name)).truncate());
                        ui.add(egui::Label::new(RichText::new(&input.part_of).small().weak()).truncate());
                    })
                    .response
                    .on_hover_text(format!("{}\n{}", input.name, input.doc));
                    return;
                };
                let (value, differs) = &input.values[column];
                let text = if *differs {
                    RichText::new(value).font(theme::bold(theme::BODY))
                } else {
                    RichText::new(value)
                };
                let label = ui.add(egui::Label::new(text).truncate());
                let said = fill(
                    words.compare_cell,
                    &[
                        ("row", &input.name),
                        ("scenario", table.names[column]),
                        ("value", value),
                    ],
                );
                label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &said));
                label.on_hover_text(value);
            });
        });
    });
}

/// Draws those of many rows of one height that are in sight, and leaves room for the others.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]
fn in_sight(ui: &mut Ui, rows: usize, height: f32, mut draw: impl FnMut(&mut Ui, usize)) {
    let (top, sight) = (ui.cursor().top(), ui.clip_rect());
    let at = |y: f32| (((y - top) / height).max(0.0) as usize).min(rows);
    let (first, last) = (at(sight.top()), (at(sight.bottom()) + 1).min(rows));
    ui.add_space(first as f32 * height);
    for row in first..last {
        draw(ui, row);
    }
    ui.add_space((rows - last) as f32 * height);
}
