//! The years of a lever: the path as numbers that can be typed and as a drawing that can be dragged.

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{self, Rect, RichText, Sense, Stroke, Ui, pos2, vec2};

use crate::app::command::Command;
use crate::app::lever::{self, LeverId};
use crate::app::phrases::{level_name, locality_name};
use crate::app::theme::{self, Palette};
use crate::app::typed::{self, NumberField};
use crate::app::widgets;
use crate::app::words::{Words, fill};
use crate::scenario::lever::Case;
use crate::scenario::{Level, Locality, Scenario, YearPath};

/// How the years of a lever are looked at.
#[derive(Debug, Default)]
pub(crate) struct PathView {
    /// Position of the case that is edited.
    case: usize,
    /// The schools for which the lever is to differ, while that is asked.
    differ: Option<Schools>,
    /// The point that is dragged, and its value when it was taken hold of.
    held: Option<(usize, f64)>,
}

/// Some of the schools.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Schools {
    level: Option<Level>,
    locality: Option<Locality>,
    region: Option<String>,
}

/// Shows the years of a lever and returns the edit.
pub fn show(
    ui: &mut Ui,
    lever: LeverId,
    scenario: &Scenario,
    colour: egui::Color32,
    state: &mut PathView,
    words: &Words,
) -> Option<Command> {
    let name = lever.name(words, scenario.horizon);
    let paths = lever.paths(scenario, words);
    // An undo may have taken away the case that was looked at.
    state.case = state.case.min(paths.len().checked_sub(1)?);
    if paths.len() > 1 {
        ui.horizontal(|ui| {
            let label = fill(words.path_case, &[("lever", &name)]);
            let shown = egui::ComboBox::from_id_salt(("case", lever.path()))
                .selected_text(&paths[state.case].0)
                .width(ui.available_width() - theme::PAD)
                .show_ui(ui, |ui| {
                    for (at, (who, _)) in paths.iter().enumerate() {
                        ui.selectable_value(&mut state.case, at, who);
                    }
                });
            shown
                .response
                .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &label));
        });
    }
    let (who, path) = &paths[state.case];
    let editor = Editor {
        lever,
        scenario,
        path,
        case: state.case,
        name: &name,
        who: (state.case > 0).then_some(who),
        words,
    };
    let mut command = None;
    egui::Frame::new()
        .inner_margin(egui::Margin::symmetric(4, 3))
        .show(ui, |ui| {
            ui.push_id((lever.path(), state.case), |ui| {
                let (from, to) = (scenario.plan_from, scenario.horizon);
                let ends = [
                    from.to_string(),
                    lever.show(path.at(from), words),
                    to.to_string(),
                    lever.show(path.at(to), words),
                ];
                let ends = ["from", "start", "to", "end"].into_iter().zip(&ends);
                let ends: Vec<(&str, &str)> = ends.map(|(mark, text)| (mark, text.as_str())).collect();
                ui.label(RichText::new(fill(words.path_ends, &ends)).small().weak());
                command = editor.drawing(ui, colour, &mut state.held);
                for at in 0..path.points.len() {
                    command = command.take().or(editor.row(ui, at));
                }
                command = command.take().or(editor.add(ui));
                command = command.take().or(editor.remove(ui));
                command = command.take().or(differ(ui, lever, &name, scenario, state, words));
                if !lever.field().may_fall {
                    ui.add(egui::Label::new(RichText::new(words.path_rises).small().weak()).wrap());
                }
            });
        });
    command
}

/// Asks for which schools the lever is to differ; they start with the path of all.
fn differ(
    ui: &mut Ui,
    lever: LeverId,
    name: &str,
    scenario: &Scenario,
    state: &mut PathView,
    words: &Words,
) -> Option<Command> {
    let cases = lever.cases(scenario);
    let general = cases.first()?;
    let label = format!("{}: {name}", words.differ);
    let button = ui.button(words.differ);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
    if button.clicked() {
        state.differ = state.differ.is_none().then(Schools::default);
    }
    let schools = state.differ.as_mut()?;
    choose(ui, schools, scenario, words);
    let is_some = *schools != Schools::default();
    if !ui.add_enabled(is_some, egui::Button::new(words.differ_add)).clicked() {
        return None;
    }
    let Schools {
        level,
        locality,
        region,
    } = state.differ.take()?;
    let case = Case {
        level,
        locality,
        region,
        to: general.to.clone(),
    };
    let same = |known: &Case| (known.level, known.locality, &known.region) == (level, locality, &case.region);
    if let Some(known) = cases.iter().position(same) {
        state.case = known;
        return None;
    }
    state.case = cases.len();
    let mut scenario = scenario.clone();
    let what = fill(
        words.edit_differ,
        &[("lever", name), ("case", &lever::who(&case, words))],
    );
    lever.cases_mut(&mut scenario)?.push(case);
    Some(Command::Change {
        scenario: Arc::new(scenario),
        what,
        dragged: None,
    })
}

/// Which schools: a level, a locality, a region, or several of these.
fn choose(ui: &mut Ui, schools: &mut Schools, scenario: &Scenario, words: &Words) {
    let width = ui.available_width() - theme::PAD;
    let levels = scenario.country.levels.iter().map(|table| Some(table.level));
    let levels = std::iter::once(None).chain(levels);
    let name = |level: Option<Level>| level.map_or(words.target_all_levels, |level| level_name(level, words));
    let level = widgets::choice(ui, words.differ_level, width, schools.level, levels, |level| {
        name(level).to_owned()
    });
    schools.level = level.unwrap_or(schools.level);
    let localities = [None, Some(Locality::Urban), Some(Locality::Rural)];
    let name = |locality: Option<Locality>| {
        locality.map_or(words.differ_all_localities, |locality| locality_name(locality, words))
    };
    let locality = widgets::choice(
        ui,
        words.differ_locality,
        width,
        schools.locality,
        localities,
        |locality| name(locality).to_owned(),
    );
    schools.locality = locality.unwrap_or(schools.locality);
    let groups = scenario.country.groups.iter().map(|group| group.region.as_str());
    let regions: BTreeSet<&str> = groups.filter(|region| !region.is_empty()).collect();
    if regions.is_empty() {
        return;
    }
    let regions = std::iter::once(None).chain(regions.into_iter().map(Some));
    let chosen = schools.region.as_deref();
    let region = widgets::choice(ui, words.differ_region, width, chosen, regions, |region| {
        region.unwrap_or(words.differ_all_regions).to_owned()
    });
    if let Some(region) = region {
        schools.region = region.map(str::to_owned);
    }
}

/// One path that is edited.
struct Editor<'a> {
    lever: LeverId,
    scenario: &'a Scenario,
    path: &'a YearPath,
    case: usize,
    name: &'a str,
    /// The schools for which the path holds, where not for all.
    who: Option<&'a String>,
    words: &'a Words,
}

impl Editor<'_> {
    /// The year of a point, in words.
    fn year(&self, year: i32) -> String {
        if year == 0 {
            self.words.path_constant.to_owned()
        } else {
            year.to_string()
        }
    }

    /// What a point is called.
    fn point(&self, year: i32) -> String {
        let year = self.year(year);
        match self.who {
            None => fill(self.words.path_point, &[("lever", self.name), ("year", &year)]),
            Some(who) => fill(
                self.words.path_point_case,
                &[("lever", self.name), ("case", who), ("year", &year)],
            ),
        }
    }

    /// What a point may be: what the field allows and, where the path must not fall, what its neighbours allow.
    fn within(&self, at: usize) -> (f64, f64) {
        let field = self.lever.field();
        let (low, high) = field.within;
        if field.may_fall {
            return (low, high);
        }
        let before = at.checked_sub(1).and_then(|before| self.path.points.get(before));
        let after = self.path.points.get(at + 1);
        (
            before.map_or(low, |(_, value)| low.max(*value)),
            after.map_or(high, |(_, value)| high.min(*value)),
        )
    }

    /// The edit that gives the path these points. Its passport goes with a new value, as with any other edit.
    fn change(&self, points: Vec<(i32, f64)>, new: Option<f64>, what: String, dragged: bool) -> Option<Command> {
        let mut scenario = self.scenario.clone();
        let path = self.lever.path_mut(&mut scenario, self.case)?;
        path.points = points;
        if let Some(value) = new {
            path.passport = path
                .passport
                .take()
                .and_then(|passport| lever::decided(&passport, value));
        }
        Some(Command::Change {
            scenario: Arc::new(scenario),
            what,
            dragged: dragged.then(|| format!("{}[{}]", self.lever.path(), self.case)),
        })
    }

    /// The edit that sets a point.
    fn set(&self, at: usize, from: f64, value: f64, dragged: bool) -> Option<Command> {
        let mut points = self.path.points.clone();
        let point = points.get_mut(at)?;
        point.1 = value;
        let texts = [
            self.point(point.0),
            self.lever.show(from, self.words),
            self.lever.show(value, self.words),
        ];
        let what = fill(
            self.words.edit_path,
            &[("point", &texts[0]), ("from", &texts[1]), ("to", &texts[2])],
        );
        self.change(points, Some(value), what, dragged)
    }

    /// One year: its value, and a button that removes it.
    fn row(&self, ui: &mut Ui, at: usize) -> Option<Command> {
        let (year, value) = self.path.points[at];
        let mut command = None;
        ui.horizontal(|ui| {
            ui.label(self.year(year));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let label = fill(self.words.path_remove, &[("year", &self.point(year))]);
                let more = self.path.points.len() > 1;
                let button = ui.add_enabled(more, egui::Button::new("×").small());
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, more, &label));
                if button.on_hover_text(&label).clicked() {
                    let mut points = self.path.points.clone();
                    points.remove(at);
                    let what = fill(self.words.edit_path_removed, &[("point", &self.point(year))]);
                    command = self.change(points, None, what, false);
                }
                let name = self.point(year);
                let field = NumberField {
                    name: &name,
                    value,
                    shown: &self.lever.show(value, self.words),
                    unit: self.lever.field().unit,
                    within: self.within(at),
                    width: theme::LEVER_NUMBER,
                };
                let (response, typed) = typed::number_field(ui, field, self.words);
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &name));
                if let Some(typed) = typed {
                    command = self.set(at, value, typed, false);
                }
            });
        });
        command
    }

    /// A list of the years that are not in the path; the one chosen gets the value that the path has there now.
    fn add(&self, ui: &mut Ui) -> Option<Command> {
        let (base, horizon) = (self.scenario.base_year, self.scenario.horizon);
        let constant = self.path.as_constant();
        let has = |year: i32| self.path.points.iter().any(|(taken, _)| *taken == year);
        // What holds without the plan is not the plan's to change: a constant becomes a path from its value.
        let free: Vec<i32> = (base..=horizon)
            .filter(|year| !has(*year) && (constant.is_none() || *year > base))
            .collect();
        if free.is_empty() {
            return None;
        }
        let mut chosen = None;
        let shown = egui::ComboBox::from_id_salt("add")
            .selected_text(self.words.path_add)
            .show_ui(ui, |ui| {
                for year in free {
                    if ui.selectable_label(false, year.to_string()).clicked() {
                        chosen = Some(year);
                    }
                }
            });
        let label = format!("{}: {}", self.words.path_add, self.name);
        shown
            .response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &label));
        let year = chosen?;
        let mut points = match constant {
            Some(value) => vec![(base, value)],
            None => self.path.points.clone(),
        };
        points.push((year, self.path.at(year)));
        points.sort_by_key(|(year, _)| *year);
        let what = fill(self.words.edit_path_added, &[("point", &self.point(year))]);
        self.change(points, None, what, false)
    }

    /// Ends the difference for the schools of this path.
    fn remove(&self, ui: &mut Ui) -> Option<Command> {
        let who = self.who?;
        let text = fill(self.words.differ_end, &[("case", who)]);
        if !ui.button(text).clicked() {
            return None;
        }
        let mut scenario = self.scenario.clone();
        let cases = self.lever.cases_mut(&mut scenario)?;
        cases.remove(self.case);
        let what = fill(self.words.edit_differ_ended, &[("lever", self.name), ("case", who)]);
        Some(Command::Change {
            scenario: Arc::new(scenario),
            what,
            dragged: None,
        })
    }

    /// The path as a line whose points can be dragged up and down.
    #[allow(clippy::cast_possible_truncation)]
    fn drawing(&self, ui: &mut Ui, colour: egui::Color32, held: &mut Option<(usize, f64)>) -> Option<Command> {
        let palette = Palette::of(ui);
        let (low, high, step) = self.lever.span();
        let points = &self.path.points;
        let low = points.iter().fold(low, |low, (_, value)| low.min(*value));
        let high = points.iter().fold(high, |high, (_, value)| high.max(*value));
        let years = points.iter().map(|(year, _)| *year).filter(|year| *year != 0);
        let first = years.clone().fold(self.scenario.base_year, i32::min);
        let last = years.fold(self.scenario.horizon, i32::max);

        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::PATH), Sense::hover());
        ui.painter().rect_filled(rect, theme::ROUND, palette.ground);
        let inner = rect.shrink2(vec2(theme::PAD, theme::PAD));
        let x = |year: i32| {
            let part = f64::from(year - first) / f64::from((last - first).max(1));
            inner.left() + inner.width() * part as f32
        };
        let y = |value: f64| inner.bottom() - inner.height() * ((value - low) / (high - low)) as f32;
        for edge in [inner.top(), inner.bottom()] {
            ui.painter()
                .hline(inner.x_range(), edge, Stroke::new(1.0, palette.grid));
        }
        let line: Vec<egui::Pos2> = (first..=last)
            .map(|year| pos2(x(year), y(self.path.at(year))))
            .collect();
        ui.painter()
            .add(egui::Shape::line(line, Stroke::new(theme::BOLD_LINE, colour)));

        let mut command = None;
        for (at, &(year, value)) in points.iter().enumerate() {
            // A constant has no year of its own; it is taken hold of at the horizon.
            let place = pos2(x(if year == 0 { self.scenario.horizon } else { year }), y(value));
            let handle = Rect::from_center_size(place, vec2(16.0, 16.0));
            let point = ui.interact(handle, ui.scope_id().with(("point", at)), Sense::drag());
            let label = self.point(year);
            point.widget_info(|| egui::WidgetInfo::slider(true, value, &label));
            let radius = if point.hovered() || point.dragged() { 6.0 } else { 4.5 };
            ui.painter()
                .circle(place, radius, colour, Stroke::new(1.5, palette.card));
            if point.drag_started() {
                *held = Some((at, value));
            }
            if let Some(pointer) = point.interact_pointer_pos().filter(|_| point.dragged()) {
                let part = f64::from((inner.bottom() - pointer.y) / inner.height());
                let wanted = ((low + part * (high - low)) / step).round() * step;
                // A slider's steps leave a tail of digits that nobody set.
                let wanted = (wanted * 1e6).round() / 1e6;
                // The hand stops where the drawing or what is allowed ends.
                let (least, most) = self.within(at);
                let wanted = wanted.clamp(low, high).max(least).min(most);
                let from = held.filter(|(of, _)| *of == at).map_or(value, |(_, from)| from);
                if (wanted - value).abs() > step * 1e-6 {
                    command = self.set(at, from, wanted, true);
                }
            }
            if point.drag_stopped() {
                *held = None;
                command = Some(Command::Settle);
            }
            point.on_hover_text(format!("{label} {}", self.lever.show(value, self.words)));
        }
        command
    }
}
