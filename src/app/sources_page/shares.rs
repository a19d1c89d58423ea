//! The shares of one whole, side by side: whoever changes one says what the others become, and nothing is taken over
//! until they add up.

use std::sync::Arc;

use eframe::egui::{self, RichText, TextEdit, Ui};

use super::rows::{NumberRow, Value};
use crate::app::fields::Fields;
use crate::app::theme::{self, Palette};
use crate::app::typed;
use crate::app::words::{Words, fill};
use crate::scenario::field::Field;
use crate::scenario::quantity::Passport;
use crate::scenario::simplex::Simplex;
use crate::scenario::{Quantity, Scenario, YearPath};
use crate::units::Unit;

/// Width of a share.
const WIDTH: f32 = 112.0;

/// Difference from one that is rounding, where what is left has a field of its own.
const ROUNDING: f64 = 5e-4;

/// Who made a share what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// It stands in the scenario.
    File,
    /// It was typed.
    Hand,
    /// It takes a part of what was left.
    Rest,
}

/// One share in one year.
#[derive(Clone, Debug)]
struct Cell {
    text: String,
    /// The share as it stands in the scenario.
    was: f64,
    by: By,
}

/// One part of the whole.
#[derive(Debug)]
struct Part {
    name: String,
    /// A share for each year.
    cells: Vec<Cell>,
    /// Its path, field and number; none for what is left to one, which no file holds.
    holds: Option<(String, &'static Field, Value)>,
}

/// Where the difference goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Goes {
    /// To all shares that were not typed, in proportion to what they were.
    Around,
    /// To one of them.
    To(usize),
}

/// The shares of one whole while they are being edited.
#[derive(Debug)]
pub(super) struct Shares {
    simplex: Simplex,
    /// The years in which the shares are stated; a single 0 where they are the same in all.
    years: Vec<i32>,
    parts: Vec<Part>,
    /// Position of the part whose row was opened.
    at: usize,
    /// Where the difference goes; typed until that was chosen.
    goes: Option<Goes>,
    /// Whether a year was taken out, for all parts.
    removed: bool,
}

/// Value of a number in a year.
fn share(value: &Value, year: i32) -> f64 {
    match value {
        Value::Number(number) => number.value,
        Value::Path(path) => path.at(year),
    }
}

impl Shares {
    /// The whole to which a row belongs; none where its number stands alone.
    pub(super) fn of(row: &NumberRow, rows: &[NumberRow], words: &Words) -> Option<Self> {
        let simplex = row.field.simplex?;
        let whole = simplex.whole(&row.path);
        let belongs = |other: &&NumberRow| other.field.simplex == Some(simplex) && simplex.whole(&other.path) == whole;
        let members: Vec<&NumberRow> = rows.iter().filter(belongs).collect();
        let mut years: Vec<i32> = members
            .iter()
            .filter_map(|member| match &member.value {
                Value::Number(_) => None,
                Value::Path(path) => Some(path.points.iter().map(|point| point.0)),
            })
            .flatten()
            .filter(|year| *year != 0)
            .collect();
        years.sort_unstable();
        years.dedup();
        if years.is_empty() {
            years.push(0);
        }
        let cell = |was: f64| Cell {
            text: typed::exact(was, Unit::Share, words),
            was,
            by: By::File,
        };
        let mut parts: Vec<Part> = members
            .iter()
            .map(|member| Part {
                name: if simplex.is_list() {
                    // The word that tells the entries of the list apart.
                    member.place.rsplit(", ").next().unwrap_or(&member.place).to_owned()
                } else {
                    member.name.to_owned()
                },
                cells: years.iter().map(|year| cell(share(&member.value, *year))).collect(),
                holds: Some((member.path.clone(), member.field, member.value.clone())),
            })
            .collect();
        if let Some(rest) = simplex.rest() {
            let left = |at: usize| 1.0 - parts.iter().map(|part| part.cells[at].was).sum::<f64>();
            let cells = (0..years.len()).map(|at| cell(left(at).max(0.0))).collect();
            parts.push(Part {
                name: words.say(&rest),
                cells,
                holds: None,
            });
        }
        Some(Self {
            simplex,
            years,
            at: members.iter().position(|member| member.path == row.path)?,
            parts,
            goes: None,
            removed: false,
        })
    }

    /// Whether the rows still hold the shares from which the editing started.
    pub(super) fn stand_in(&self, rows: &[NumberRow]) -> bool {
        self.parts.iter().all(|part| match &part.holds {
            Some((path, _, value)) => rows.iter().any(|row| row.path == *path && row.value == *value),
            None => true,
        })
    }

    fn parse(&self, part: usize, year: usize, words: &Words) -> Result<f64, String> {
        let within = self.parts[part]
            .holds
            .as_ref()
            .map_or((0.0, 1.0), |(_, field, _)| field.within);
        let cell = &self.parts[part].cells[year];
        match cell.by {
            // A text holds fewer digits than the number.
            By::File => Ok(cell.was),
            By::Hand | By::Rest => typed::parse(&cell.text, Unit::Share, within, words).map(|read| read.value),
        }
    }

    /// All shares of a year, or what is wrong with the first that cannot be read.
    fn column(&self, year: usize, words: &Words) -> Result<Vec<f64>, String> {
        (0..self.parts.len())
            .map(|part| self.parse(part, year, words))
            .collect()
    }

    fn adds_up(&self, sum: f64) -> bool {
        if self.simplex.rest().is_some() {
            (sum - 1.0).abs() <= ROUNDING
        } else {
            self.simplex.allows(sum)
        }
    }

    /// Whether the shares can stand.
    ///
    /// # Errors
    /// What cannot be read, or does not add up.
    pub(super) fn check(&self, words: &Words) -> Result<(), String> {
        for (at, year) in self.years.iter().enumerate() {
            let sum: f64 = self.column(at, words)?.iter().sum();
            if self.adds_up(sum) {
                continue;
            }
            let template = if sum < 1.0 {
                words.shares_short
            } else {
                words.shares_over
            };
            let show = |value: f64| words.show(Unit::Share, value);
            let why = fill(template, &[("sum", &show(sum)), ("left", &show((sum - 1.0).abs()))]);
            return Err(match year {
                0 => why,
                year => fill(words.shares_in_year, &[("year", &year.to_string()), ("what", &why)]),
            });
        }
        Ok(())
    }

    /// Gives what is left to where it goes, in each year in which something was typed.
    fn settle(&mut self, words: &Words) {
        let Some(goes) = self.goes else { return };
        for year in 0..self.years.len() {
            if self.parts.iter().all(|part| part.cells[year].by != By::Hand) {
                continue;
            }
            let takes: Vec<usize> = (0..self.parts.len())
                .filter(|part| match goes {
                    Goes::Around => self.parts[*part].cells[year].by != By::Hand,
                    Goes::To(one) => *part == one,
                })
                .collect();
            let stays: Result<f64, String> = (0..self.parts.len())
                .filter(|part| !takes.contains(part))
                .map(|part| self.parse(part, year, words))
                .sum();
            let Ok(stays) = stays else { continue };
            let weight = |part: &usize| match goes {
                Goes::Around => self.parts[*part].cells[year].was,
                Goes::To(_) => 1.0,
            };
            let all: f64 = takes.iter().map(weight).sum();
            let left = 1.0 - stays;
            if left < -1e-9 || all <= 0.0 {
                // There is nothing to give; the sum says so.
                continue;
            }
            let given: Vec<(usize, f64)> = takes
                .iter()
                .map(|part| (*part, left.max(0.0) * weight(part) / all))
                .collect();
            for (part, value) in given {
                let cell = &mut self.parts[part].cells[year];
                cell.text = typed::exact(value, Unit::Share, words);
                cell.by = By::Rest;
            }
        }
    }

    /// Chooses where the difference goes; what was given elsewhere before goes back.
    fn choose(&mut self, goes: Option<Goes>, words: &Words) {
        self.goes = goes;
        for cell in self.parts.iter_mut().flat_map(|part| &mut part.cells) {
            if cell.by == By::Rest {
                cell.text = typed::exact(cell.was, Unit::Share, words);
                cell.by = By::File;
            }
        }
        if let Some(Goes::To(part)) = goes {
            for cell in &mut self.parts[part].cells {
                cell.by = By::File;
            }
        }
        self.settle(words);
    }

    /// States a year in which the part that was opened has its value by the line so far.
    fn add(&mut self, year: i32, base: i32, words: &Words) {
        if self.years == [0] {
            self.years = vec![base];
        }
        let Err(place) = self.years.binary_search(&year) else {
            return;
        };
        self.years.insert(place, year);
        let mut left = 1.0;
        for (at, part) in self.parts.iter_mut().enumerate() {
            let was = part.holds.as_ref().map_or(left, |(_, _, value)| share(value, year));
            left -= was;
            let cell = Cell {
                text: typed::exact(was, Unit::Share, words),
                was,
                by: if at == self.at { By::Hand } else { By::File },
            };
            part.cells.insert(place, cell);
        }
    }

    /// Takes a year out of all parts.
    fn remove(&mut self, column: usize) {
        self.years.remove(column);
        for part in &mut self.parts {
            part.cells.remove(column);
        }
        self.removed = true;
    }

    /// The years that are not stated, to choose one from.
    fn free_years(&self, ui: &mut Ui, scenario: &Scenario, words: &Words) -> Option<i32> {
        let constant = self.years == [0];
        let (base, horizon) = (scenario.base_year, scenario.horizon);
        let free = (base..=horizon).filter(|year| !(self.years.contains(year) || constant && *year == base));
        let mut chosen = None;
        let shown = egui::ComboBox::from_id_salt("free years")
            .selected_text(words.add_year)
            .show_ui(ui, |ui| {
                for year in free {
                    if ui.selectable_label(false, year.to_string()).clicked() {
                        chosen = Some(year);
                    }
                }
            });
        shown
            .response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, words.add_year));
        chosen
    }

    /// Shows the shares; gives the field to be typed in first.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        scenario: &Scenario,
        fields: &mut Fields,
        words: &Words,
    ) -> Option<egui::Id> {
        let palette = Palette::of(ui);
        ui.label(RichText::new(words.shares_ask).small().weak());
        let by_year = self.years != [0];
        let mut first = None;
        let mut typed = None;
        let mut chosen = self.goes;
        let mut removed = None;
        let grid = egui::Grid::new("shares")
            .min_col_width(if by_year { 30.0 } else { 0.0 })
            .spacing([theme::GAP, 3.0]);
        grid.show(ui, |ui| {
            if by_year {
                ui.label("");
            }
            for (at, part) in self.parts.iter().enumerate() {
                let name = if at == self.at {
                    RichText::new(&part.name).font(theme::bold(theme::SMALL))
                } else {
                    RichText::new(&part.name).small().weak()
                };
                ui.vertical(|ui| {
                    ui.set_width(WIDTH);
                    ui.add(egui::Label::new(name).wrap());
                });
            }
            ui.label(RichText::new(words.shares_total).small().weak());
            ui.end_row();
            for (column, year) in self.years.iter().enumerate() {
                if by_year {
                    ui.label(year.to_string());
                }
                for (at, part) in self.parts.iter_mut().enumerate() {
                    let cell = &mut part.cells[column];
                    let name = if by_year {
                        format!("{}, {year}", part.name)
                    } else {
                        part.name.clone()
                    };
                    ui.vertical(|ui| {
                        let response = ui.add(TextEdit::singleline(&mut cell.text).desired_width(WIDTH - 8.0));
                        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &name));
                        fields.meet(ui, &response);
                        if response.changed() {
                            cell.by = By::Hand;
                            typed = Some(at);
                        }
                        if at == self.at && column == 0 {
                            first = Some(response.id);
                        }
                        if cell.by == By::Hand {
                            ui.set_max_width(WIDTH);
                            typed::say(ui, &typed::parse(&cell.text, Unit::Share, (0.0, 1.0), words), words);
                        }
                    });
                }
                let sum = self
                    .column(column, words)
                    .map_or(f64::NAN, |shares| shares.iter().sum());
                let colour = if self.adds_up(sum) { palette.good } else { palette.bad };
                let sum = words.show(Unit::Share, sum);
                let said = fill(words.shares_sum, &[("sum", &sum)]);
                let label = ui.label(RichText::new(sum).color(colour));
                label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &said));
                if self.years.len() > 1 {
                    let button = ui.add(egui::Button::new("×").frame(false));
                    let name = fill(words.remove_year, &[("count", &(column + 1).to_string())]);
                    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                    if button.on_hover_text(&name).clicked() {
                        removed = Some(column);
                    }
                }
                ui.end_row();
            }
            if by_year {
                ui.label("");
            }
            for (at, part) in self.parts.iter().enumerate() {
                let goes = Some(Goes::To(at));
                let label = fill(words.shares_to_name, &[("name", &part.name)]);
                choice(ui, &mut chosen, goes, words.shares_to, &label);
            }
            choice(
                ui,
                &mut chosen,
                Some(Goes::Around),
                words.shares_around,
                words.shares_around_name,
            );
            ui.end_row();
        });
        if matches!(&self.parts[self.at].holds, Some((_, _, Value::Path(_))))
            && let Some(year) = self.free_years(ui, scenario, words)
        {
            self.add(year, scenario.base_year, words);
        }
        if let Some(column) = removed {
            self.remove(column);
        }
        if chosen != self.goes {
            self.choose(chosen, words);
            fields.changed = true;
        } else if let Some(part) = typed {
            // Who types into the share that takes the rest has chosen otherwise.
            if self.goes == Some(Goes::To(part)) {
                self.goes = None;
            }
            self.settle(words);
        }
        first
    }

    /// New points of the part whose row was opened; a single year 0 where it is a number or the same in all years.
    pub(super) fn points(&self, words: &Words) -> Result<Vec<(i32, f64)>, String> {
        self.points_of(self.at, words)
    }

    fn points_of(&self, part: usize, words: &Words) -> Result<Vec<(i32, f64)>, String> {
        let shares: Vec<f64> = (0..self.years.len())
            .map(|year| self.parse(part, year, words))
            .collect::<Result<_, _>>()?;
        let cells = &self.parts[part].cells;
        let points = self.years.iter().copied().zip(shares.iter().copied());
        Ok(match &self.parts[part].holds {
            Some((_, _, Value::Path(path))) if self.years != [0] => {
                if !self.removed && cells.iter().all(|cell| cell.by == By::File) {
                    return Ok(path.points.clone());
                }
                // No part gets a point that only another one has.
                let own = |year: i32| path.as_constant().is_some() || path.points.iter().any(|point| point.0 == year);
                points
                    .zip(cells)
                    .filter(|((year, _), cell)| own(*year) || cell.by != By::File)
                    .map(|(point, _)| point)
                    .collect()
            }
            _ => points.collect(),
        })
    }

    /// The other parts that become something else, each with its path.
    ///
    /// # Errors
    /// What cannot be read.
    pub(super) fn others(&self, passport: &Passport, words: &Words) -> Result<Vec<(String, Value)>, String> {
        let mut others = Vec::new();
        for (at, part) in self.parts.iter().enumerate() {
            let Some((path, field, before)) = part.holds.as_ref().filter(|_| at != self.at) else {
                continue;
            };
            let points = self.points_of(at, words)?;
            let new = |passport| match before {
                Value::Number(_) => Value::Number(Quantity::with(points.first().map_or(f64::NAN, |p| p.1), passport)),
                Value::Path(_) => Value::Path(YearPath {
                    points: points.clone(),
                    fiscal: false,
                    passport: Some(Arc::new(passport)),
                }),
            };
            let by_hand = part.cells.iter().any(|cell| cell.by == By::Hand);
            let value = if by_hand {
                // What was typed has the source that was typed with it.
                new(Passport {
                    low: None,
                    high: None,
                    distribution: None,
                    ..passport.clone()
                })
            } else {
                let old = match before {
                    Value::Number(number) => number.passport(field),
                    Value::Path(path) => path.passport(field),
                };
                new(made_to_fit(old, passport, &points, &self.parts[self.at].name, words))
            };
            if !value.same_figures(before) {
                others.push((path.clone(), value));
            }
        }
        Ok(others)
    }
}

/// One of the ways to go on; chosen again it is let go.
fn choice(ui: &mut Ui, chosen: &mut Option<Goes>, goes: Option<Goes>, word: &str, label: &str) {
    let selected = *chosen == goes;
    let text = RichText::new(word).font(theme::text(theme::SMALL));
    let button = ui.add(egui::Button::selectable(selected, text).frame_when_inactive(true));
    button.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, selected, label));
    if button.on_hover_text(label).clicked() {
        *chosen = if selected { None } else { goes };
    }
}

/// Passport of a share that was made to add up with another. A stand-in stays one, to be replaced with the country's own
/// figure; anything else is now an assumption. The range goes where it no longer holds the share.
fn made_to_fit(old: Passport, new: &Passport, points: &[(i32, f64)], with: &str, words: &Words) -> Passport {
    let inside = |low: f64, high: f64| points.iter().all(|(_, share)| (low..=high).contains(share));
    let range = old.low.zip(old.high).filter(|(low, high)| inside(*low, *high));
    Passport {
        low: range.map(|range| range.0),
        high: range.map(|range| range.1),
        distribution: old.distribution.filter(|_| range.is_some()),
        source: if old.stand_in().is_some() {
            old.source
        } else {
            new.source.clone()
        },
        note: fill(words.shares_note, &[("name", with)]),
        low_confidence: true,
        ..Passport::default()
    }
}
