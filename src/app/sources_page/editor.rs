//! The editor of one number: a figure of the user's own with its range, year, source and note.

use std::sync::Arc;

use eframe::egui::{self, Key, RichText, Ui, vec2};

use super::rows::{NumberRow, Rows, Value};
use super::shares::Shares;
use crate::app::command::Command;
use crate::app::document::Document;
use crate::app::fields::Fields;
use crate::app::findings;
use crate::app::theme::Palette;
use crate::app::typed;
use crate::app::widgets;
use crate::app::words::{Words, fill};
use crate::scenario::citations::cited;
use crate::scenario::currency;
use crate::scenario::field::Years;
use crate::scenario::quantity::Passport;
use crate::scenario::registry::LeafMut;
use crate::scenario::verdict::Verdict;
use crate::scenario::year_path::fiscal_year;
use crate::scenario::{Part, Quantity, Scenario, YearPath};
use crate::units::Unit;

/// Years that a scenario file can name.
const YEARS: (f64, f64) = (1900.0, 2200.0);

/// Width of a point of a year path.
const POINT: f32 = 204.0;

/// What is being typed about a number.
#[derive(Debug)]
pub(crate) struct Draft {
    /// Path of the number.
    pub path: String,
    /// The number as it was when the editor was opened.
    pub before: Value,
    /// Year and value as typed; a single value of year "" is the same in all years.
    points: Vec<(String, String)>,
    /// The whole of which the number is a share; its values stand there and not in `points`.
    shares: Option<Shares>,
    low: String,
    high: String,
    year: String,
    /// Code of the currency of an amount; empty for US dollars.
    currency: String,
    source: String,
    /// The source as it stands there, and by its name.
    known: (String, String),
    note: String,
    assumption: bool,
    /// What the check of the whole scenario found against it.
    problems: Vec<String>,
    fresh: bool,
}

/// What was typed, as it is to stand.
struct Typed {
    value: Value,
    /// The other shares of the whole that become something else, each with its path.
    others: Vec<(String, Value)>,
}

/// What the editor asks for.
pub(crate) enum Wish {
    /// Carry the edit out.
    Replace(Command),
    /// Close the editor.
    Close,
}

impl Draft {
    /// Starts from a row. What is known of a default or a stand-in is not known of the figure that replaces it.
    #[must_use]
    pub fn of(row: &NumberRow, rows: &Rows) -> Self {
        let words = rows.words;
        let exact = |value: f64| typed::exact(value, row.typed_unit(), words);
        let (points, own) = match &row.value {
            Value::Number(number) => (vec![(String::new(), exact(number.value))], &number.passport),
            Value::Path(path) => {
                let year = |year: i32| if year == 0 { String::new() } else { path.year_name(year) };
                let points = path
                    .points
                    .iter()
                    .map(|point| (year(point.0), exact(point.1)))
                    .collect();
                (points, &path.passport)
            }
        };
        let own = own
            .as_deref()
            .filter(|_| !row.is_stand_in())
            .cloned()
            .unwrap_or_default();
        Self {
            path: row.path.clone(),
            before: row.value.clone(),
            points,
            shares: Shares::of(row, &rows.list, words),
            low: own.low.map(exact).unwrap_or_default(),
            high: own.high.map(exact).unwrap_or_default(),
            year: own.year.map(|year| year.to_string()).unwrap_or_default(),
            currency: row.passport.currency.clone(),
            source: words.source(&own.source),
            known: (own.source.clone(), words.source(&own.source)),
            note: own.note,
            assumption: own.low_confidence,
            problems: Vec::new(),
            fresh: true,
        }
    }

    /// Whether the number is a share of a whole, which is edited with it.
    #[must_use]
    pub(crate) const fn is_share(&self) -> bool {
        self.shares.is_some()
    }

    /// Whether rows still hold the numbers that are being edited.
    #[must_use]
    pub(crate) fn stands_in(&self, rows: &[NumberRow]) -> bool {
        let own = rows.iter().any(|row| row.path == self.path && row.value == self.before);
        own && self.shares.as_ref().is_none_or(|shares| shares.stand_in(rows))
    }

    /// The unit in which it is typed: an amount in another currency is a bare number.
    fn unit(&self, row: &NumberRow) -> Unit {
        if self.currency.is_empty() {
            row.unit
        } else {
            Unit::Ratio
        }
    }

    /// Takes the currency out of an amount that is typed with its code: `500 million XOF`.
    fn take_currency(&mut self) {
        let points = self.points.iter_mut().map(|(_, value)| value);
        for text in points.chain([&mut self.low, &mut self.high]) {
            if let Some((amount, code)) = currency::typed(text) {
                self.currency = code;
                *text = amount;
            }
        }
    }

    /// US dollars, the country's own currency, and the one that is typed where it is another.
    fn currency_choice(&mut self, ui: &mut Ui, iso3: &str, fields: &mut Fields, words: &Words) {
        ui.vertical(|ui| {
            ui.label(RichText::new(words.currency_of).small().weak());
            let shown = |code: &str| {
                if code.is_empty() {
                    words.money_usd.to_owned()
                } else {
                    code.to_owned()
                }
            };
            let mut choices = vec![String::new(), currency::code_of(iso3).to_owned(), self.currency.clone()];
            choices.sort();
            choices.dedup();
            let combo = egui::ComboBox::from_id_salt("currency")
                .selected_text(shown(&self.currency))
                .width(56.0);
            let response = combo
                .show_ui(ui, |ui| {
                    for code in choices {
                        let name = shown(&code);
                        fields.changed |= ui.selectable_value(&mut self.currency, code, name).changed();
                    }
                })
                .response
                .on_hover_text(words.currency_hint);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, words.currency_of));
        });
    }

    /// Whether all years that are typed are fiscal ones, where the field has such.
    fn is_fiscal(&self, row: &NumberRow) -> bool {
        row.field.years == Years::Fiscal && self.points.iter().all(|(year, _)| fiscal_year(year).is_some())
    }

    /// Year and value of what is typed; a single year 0 where it is the same in all years.
    fn typed_points(&self, row: &NumberRow, words: &Words) -> Result<Vec<(i32, f64)>, String> {
        if let Some(shares) = &self.shares {
            shares.check(words)?;
            return shares.points(words);
        }
        let fiscal = self.is_fiscal(row);
        let mut points = Vec::new();
        for (year, value) in &self.points {
            let year = if year.is_empty() && self.points.len() == 1 {
                0
            } else {
                match fiscal_year(year) {
                    Some(year) if fiscal => year,
                    _ => whole_year(year, words)?,
                }
            };
            let value = typed::parse(value, self.unit(row), row.within, words)?.value;
            if let Some(&(before, lower)) = points.last() {
                if year <= before {
                    return Err(words.years_order.into());
                }
                if !row.field.may_fall && value < lower {
                    return Err(words.falls.into());
                }
            }
            points.push((year, value));
        }
        Ok(points)
    }

    /// The number that is typed, or what is wrong with it.
    fn number(&self, row: &NumberRow, words: &Words) -> Result<Typed, String> {
        let parse = |text: &str| typed::parse(text, self.unit(row), row.within, words).map(|read| read.value);
        let optional = |text: &str, parse: &dyn Fn(&str) -> Result<f64, String>| match text.trim() {
            "" => Ok(None),
            text => parse(text).map(Some),
        };
        let points = self.typed_points(row, words)?;
        let (low, high) = (optional(&self.low, &parse)?, optional(&self.high, &parse)?);
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            return Err(words.range_turned.into());
        }
        let outside = |value: f64| low.is_some_and(|low| value < low) || high.is_some_and(|high| value > high);
        if let [(0, value)] = points[..]
            && outside(value)
        {
            return Err(words.range_without.into());
        }
        // What was not typed over keeps its code.
        let typed = self.source.trim();
        let (code, name) = &self.known;
        let source = if typed == name { code } else { typed };
        let passport = Passport {
            low,
            high,
            // A range that is typed over may no longer be one of this kind.
            distribution: row
                .passport
                .distribution
                .filter(|_| (row.passport.low, row.passport.high) == (low, high)),
            year: match self.year.trim() {
                "" => None,
                year => Some(whole_year(year, words)?),
            },
            source: source.to_owned(),
            note: self.note.trim().to_owned(),
            low_confidence: self.assumption,
            currency: self.currency.clone(),
            // A rate is that of the currency for which it was written.
            rate: row.passport.rate.filter(|_| self.currency == row.passport.currency),
        };
        if passport.source.is_empty() {
            return Err(words.source_missing.into());
        }
        if let Some(key) = passport.stand_in() {
            return Err(fill(words.source_same, &[("key", key)]));
        }
        let others = match &self.shares {
            Some(shares) => shares.others(&passport, words)?,
            None => Vec::new(),
        };
        let value = match &row.value {
            Value::Number(_) => {
                let value = points.first().map_or(f64::NAN, |point| point.1);
                Value::Number(Quantity::with(value, passport))
            }
            Value::Path(_) => Value::Path(YearPath {
                points,
                fiscal: self.is_fiscal(row),
                passport: Some(Arc::new(passport)),
            }),
        };
        Ok(Typed { value, others })
    }

    /// Shows the editor.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        row: &NumberRow,
        document: &Document,
        weight: &str,
        words: &Words,
    ) -> Option<Wish> {
        let palette = Palette::of(ui);
        let (mut wish, scenario) = (None, &document.scenario);
        if row.unit.is_money() {
            self.take_currency();
        }
        let read = self.number(row, words);
        let mut asked = false;
        ui.horizontal(|ui| {
            ui.label(RichText::new(row.full_name()).heading());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button(words.cancel).clicked() {
                    wish = Some(Wish::Close);
                }
                let button = ui.add_enabled(read.is_ok(), egui::Button::new(words.replace));
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, read.is_ok(), words.replace_name));
                asked = button.clicked();
                ui.checkbox(&mut self.assumption, words.assumption);
            });
        });
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(now(row, weight, words)).weak());
            if let Some(citation) = cited(&row.passport.source).filter(|citation| !citation.link.is_empty()) {
                ui.hyperlink(citation.link);
            }
        });
        let note = match &read {
            Err(why) => RichText::new(fill(words.typed_wrong, &[("why", why)])).color(palette.bad),
            Ok(_) if row.path.starts_with("country.") && !scenario.country.file.is_empty() => {
                RichText::new(words.replace_inline).weak()
            }
            Ok(_) => RichText::new(words.replace_ready).weak(),
        };
        ui.label(note);
        for problem in &self.problems {
            let problem = fill(words.typed_wrong, &[("why", problem)]);
            ui.add(egui::Label::new(RichText::new(problem).color(palette.bad)).wrap());
        }
        let mut fields = Fields::default();
        if let Some(shares) = &mut self.shares {
            let first = shares.show(ui, scenario, &mut fields, words);
            if let Some(first) = first.filter(|_| std::mem::take(&mut self.fresh)) {
                widgets::retype(ui.ctx(), first);
            }
        }
        ui.horizontal_top(|ui| {
            let unit = self.unit(row);
            if self.shares.is_none() && self.points.len() == 1 && self.points[0].0.is_empty() {
                let name = match row.value {
                    Value::Number(_) => words.new_value,
                    Value::Path(_) => words.new_value_all,
                };
                let response = fields.number(ui, name, &mut self.points[0].1, unit, row.within, 150.0, words);
                if std::mem::take(&mut self.fresh) {
                    widgets::retype(ui.ctx(), response.id);
                }
            }
            fields.number(ui, words.range_low, &mut self.low, unit, row.within, 112.0, words);
            fields.number(ui, words.range_high, &mut self.high, unit, row.within, 112.0, words);
            if row.unit.is_money() {
                self.currency_choice(ui, &scenario.country.iso3, &mut fields, words);
            }
            let year = Unit::CalendarYear;
            fields.number(ui, words.year_of, &mut self.year, year, YEARS, 76.0, words);
            let rest = (ui.available_width() - 12.0).max(280.0);
            fields.text(ui, words.source_of, &mut self.source, words.source_of_hint, rest * 0.42);
            fields.text(ui, words.note_of, &mut self.note, words.note_of_hint, rest * 0.55);
        });
        if self.shares.is_none() && matches!(row.value, Value::Path(_)) {
            self.path(ui, row, scenario, &mut fields, words);
        }
        if fields.changed {
            self.problems.clear();
        } else if let Ok(typed) = &read
            && (asked || fields.entered)
        {
            match replace((scenario, &document.verdict), row, &typed.value, &typed.others, words) {
                Ok(command) => wish = Some(Wish::Replace(command)),
                Err(problems) => self.problems = problems,
            }
        }
        // The first Escape leaves a field, the next one the editor.
        if !fields.left && ui.input(|input| input.key_pressed(Key::Escape)) {
            wish = wish.or(Some(Wish::Close));
        }
        wish
    }

    /// The points of a year path.
    fn path(&mut self, ui: &mut Ui, row: &NumberRow, scenario: &Scenario, fields: &mut Fields, words: &Words) {
        if self.points.len() == 1 && self.points[0].0.is_empty() {
            if ui.button(words.by_year).clicked() {
                let value = self.points[0].1.clone();
                self.points = vec![
                    (scenario.base_year.to_string(), value.clone()),
                    (scenario.horizon.to_string(), value),
                ];
            }
            return;
        }
        let (mut removed, unit) = (None, self.unit(row));
        let several = self.points.len() > 1;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let in_line = (ui.available_width() / POINT).max(1.0) as usize;
        for (line, points) in self.points.chunks_mut(in_line).enumerate() {
            ui.horizontal_top(|ui| {
                for (place, (year, value)) in points.iter_mut().enumerate() {
                    let index = line * in_line + place;
                    let count = (index + 1).to_string();
                    let named = |template: &str| fill(template, &[("count", &count)]);
                    ui.allocate_ui(vec2(POINT - 8.0, 0.0), |ui| {
                        ui.horizontal_top(|ui| {
                            let name = named(words.new_year_of);
                            if row.field.years == Years::Fiscal {
                                fields.text(ui, &name, year, "", 60.0);
                            } else {
                                fields.number(ui, &name, year, Unit::CalendarYear, YEARS, 52.0, words);
                            }
                            let name = named(words.new_value_of);
                            fields.number(ui, &name, value, unit, row.within, 96.0, words);
                            let button = ui.add_enabled(several, egui::Button::new("×").frame(false));
                            let name = named(words.remove_year);
                            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, several, &name));
                            if button.clicked() {
                                removed = Some(index);
                            }
                        });
                    });
                }
            });
        }
        if ui.button(words.add_year).clicked() {
            let (year, value) = self.points.last().cloned().unwrap_or_default();
            let next = match fiscal_year(&year) {
                Some(year) => format!("{}/{:02}", year + 1, (year + 2) % 100),
                None => year.parse().map_or(scenario.horizon, |year: i32| year + 1).to_string(),
            };
            self.points.push((next, value));
        }
        if let Some(removed) = removed {
            self.points.remove(removed);
        }
    }
}

fn whole_year(text: &str, words: &Words) -> Result<i32, String> {
    let year = typed::parse(text, Unit::CalendarYear, YEARS, words)?.value;
    #[allow(clippy::cast_possible_truncation)]
    Ok(year as i32)
}

/// What is known of the number as it stands.
fn now(row: &NumberRow, weight: &str, words: &Words) -> String {
    let range = row.range(words);
    let source = match row.source.as_str() {
        "" => words.number_no_source.to_owned(),
        source => match row.passport.year {
            Some(year) => format!("{source}, {year}"),
            None => source.to_owned(),
        },
    };
    let text = fill(
        words.number_now,
        &[
            ("value", &row.shown(words)),
            (
                "range",
                if range.is_empty() {
                    words.number_no_range
                } else {
                    &range
                },
            ),
            ("confidence", super::table::confidence(row.confidence, words).0),
            ("source", &source),
            ("note", &row.note),
        ],
    );
    format!("{} {}", text.trim_end(), weight)
}

/// The edit, if the scenario that it makes can be opened again. `others` are the shares that change with the number, each
/// with its path.
///
/// # Errors
/// What the check of the whole scenario finds wrong.
pub fn replace(
    (scenario, judged): (&Scenario, &Verdict),
    row: &NumberRow,
    value: &Value,
    others: &[(String, Value)],
    words: &Words,
) -> Result<Command, Vec<String>> {
    let mut edited = scenario.clone();
    let part = if row.path.starts_with("country.") {
        Part::Country
    } else {
        Part::BesideCountry
    };
    edited.walk_part_mut(part, &mut |path, _, leaf| {
        let other = others.iter().find(|(other, _)| other == path).map(|(_, value)| value);
        if let Some(value) = other.or((path == row.path).then_some(value)) {
            match (leaf, value) {
                (LeafMut::Number(number), Value::Number(new)) => *number = new.clone(),
                (LeafMut::Path(path), Value::Path(new)) => *path = new.clone(),
                _ => {}
            }
        }
    });
    if part == Part::Country {
        // A country file of its own would be written as its name only, and the figure would be lost.
        edited.country.file.clear();
    }
    let problems = findings::problems(&judged.after(&edited), &edited, words);
    if !problems.is_empty() {
        return Err(problems);
    }
    let source = match value {
        Value::Number(number) => &number.passport,
        Value::Path(path) => &path.passport,
    };
    let source = source.as_deref().map_or("", |passport| passport.source.as_str());
    let name = row.full_name();
    let mut what = if row.value.same_figures(value) {
        fill(words.edit_source, &[("name", &name), ("source", source)])
    } else {
        let (from, to) = (
            row.value.show(row.unit, &row.currency, words),
            value.show(row.unit, &row.currency, words),
        );
        let values = [
            ("name", name.as_str()),
            ("from", &from),
            ("to", &to),
            ("source", source),
        ];
        fill(words.edit_number, &values)
    };
    if !others.is_empty() {
        what = fill(words.edit_shares, &[("what", &what)]);
    }
    Ok(Command::Change {
        scenario: Arc::new(edited),
        what,
        dragged: None,
    })
}
