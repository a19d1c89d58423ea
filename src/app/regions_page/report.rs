//! The regions that are there now: what each has, reaches and costs.

use std::collections::BTreeMap;

use eframe::egui::{self, Align, Label, Layout, Rect, RichText, Ui, vec2};

use crate::app::document::View;
use crate::app::memo::{Memo, Same};
use crate::app::outcome::Outcome;
use crate::app::phrases::{country_text, level_name};
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::model::LineId;
use crate::model::Pass;
use crate::model::ledger;
use crate::model::stat;
use crate::report::tables::harmless;
use crate::scenario::Level;
use crate::units::{Unit, fixed};

/// How the table is looked at, and what it shows.
#[derive(Debug, Default)]
pub(super) struct ReportView {
    level: Option<Level>,
    column: usize,
    descending: bool,
    report: Memo<ReportOf, Report>,
}

/// Of what a report is: run, language, level, column by which it is sorted, and in which direction.
type ReportOf = (Same<Outcome>, *const Words, Option<Level>, usize, bool);

/// A row of the table.
#[derive(Clone, Debug)]
struct Line {
    region: String,
    /// In the order of the columns after the name; none where it is not known.
    values: [Option<f64>; COLUMNS],
}

/// What is added up over the groups of a region.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    schools: f64,
    /// Learners and learners reached in the base year, the same at the horizon.
    base: [f64; 2],
    horizon: [f64; 2],
    /// Learners of all years of the plan.
    learner_years: f64,
    /// To do it all.
    cost: f64,
    /// Money that goes out for the plan in its years.
    spent: f64,
}

impl Sums {
    fn add(&mut self, other: &Self) {
        self.schools += other.schools;
        for part in 0..2 {
            self.base[part] += other.base[part];
            self.horizon[part] += other.horizon[part];
        }
        self.learner_years += other.learner_years;
        self.cost += other.cost;
        self.spent += other.spent;
    }

    fn line(&self, region: &str) -> Line {
        let share = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
        Line {
            region: region.to_owned(),
            values: [
                Some(self.schools),
                Some(self.base[0]),
                share(self.base[1], self.base[0]),
                share(self.horizon[1], self.horizon[0]),
                Some(self.cost),
                share(self.spent, self.learner_years),
            ],
        }
    }
}

/// Schools, learners, reach in the base year, reach at the horizon, plan cost, cost per learner and year.
const COLUMNS: usize = 6;
const REACH: usize = 3;
const PER_LEARNER: usize = 5;
const UNITS: [Unit; COLUMNS] = [Unit::Count, Unit::Count, Unit::Share, Unit::Share, Unit::Usd, Unit::Usd];

#[derive(Debug)]
struct Report {
    /// One line a region; the whole country, where it has no regions.
    lines: Vec<Line>,
    all: Line,
    headers: Vec<String>,
    sentence: Option<String>,
    note: String,
}

pub(super) fn show(ui: &mut Ui, view: &View<'_>, state: &mut ReportView) {
    let words = view.words;
    let document = view.documents.get(view.current);
    let Some(now) = document.and_then(|document| document.now.as_ref()) else {
        ui.label(view.to_come());
        return;
    };
    let (level, column, descending) = (state.level, state.column, state.descending);
    let key = (Same::of(now), std::ptr::from_ref(words), level, column, descending);
    let report = &state.report.of(key, || {
        let mut report = make(now, level, words);
        sort(&mut report.lines, column, descending);
        report
    });
    let levels: Vec<Level> = now.run.model.levels.iter().map(|table| table.level).collect();
    theme::card(ui).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        ui.horizontal(|ui| {
            ui.label(RichText::new(words.regions_now).heading());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let copy = ui.button(words.regions_copy).on_hover_text(words.regions_copy_hint);
                if copy.clicked() {
                    ui.copy_text(as_text(report, words));
                }
                let named =
                    |level: Option<Level>| level.map_or(words.regions_all_levels, |level| level_name(level, words));
                let combo = egui::ComboBox::from_id_salt("regions level").selected_text(named(state.level));
                let shown = combo.show_ui(ui, |ui| {
                    for level in std::iter::once(None).chain(levels.iter().copied().map(Some)) {
                        ui.selectable_value(&mut state.level, level, named(level));
                    }
                });
                shown
                    .response
                    .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, words.regions_level));
            });
        });
        if report.lines.len() == 1 && report.lines[0].region == words.regions_whole {
            ui.label(words.regions_none);
        }
        if let Some(sentence) = &report.sentence {
            ui.label(sentence);
        }
        ui.add_space(theme::GAP);
        let foot = theme::ROW + ui.spacing().item_spacing.y;
        let widths = widths(ui.available_width());
        if let Some(column) = head(ui, report, &widths, state.column, state.descending, words) {
            // Names run up first, amounts down.
            state.descending = if column == state.column {
                !state.descending
            } else {
                column > 0
            };
            state.column = column;
        }
        if report.lines.len() > 1 {
            row(ui, &report.all, &widths, true, words);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let room = (ui.available_height() - foot).max(theme::ROW);
        egui::ScrollArea::vertical()
            .max_height(room)
            .auto_shrink([false, true])
            .show_rows(ui, theme::ROW, report.lines.len(), |ui, shown| {
                for line in &report.lines[shown] {
                    row(ui, line, &widths, false, words);
                }
            });
        ui.add_space(4.0);
        ui.label(RichText::new(&report.note).small().weak());
    });
}

fn make(now: &Outcome, level: Option<Level>, words: &Words) -> Report {
    let run = &now.run;
    let (model, plan, lent) = (&run.model, &run.run.plan, run.lend());
    let (full, twin) = (run.in_full(), run.twin_in_full());
    let last = model.years - 1;
    let mut by_region: BTreeMap<&str, Sums> = BTreeMap::new();
    let mut all = Sums::default();
    for (bin, cut) in plan.bins().zip(&model.cuts) {
        if level.is_some_and(|level| model.levels[cut.level].level != level) {
            continue;
        }
        let people = |t: usize| [plan.stat(t, bin, stat::LEARNERS), plan.stat(t, bin, stat::REACHED)];
        let needs = |pass: &Pass, t: usize| -> f64 {
            LineId::all()
                .map(|(line, _)| pass.quantity(t, line, bin) * pass.price(t, line, bin))
                .sum()
        };
        let sums = Sums {
            schools: plan.stat(0, bin, stat::SCHOOLS),
            base: people(0),
            horizon: people(last),
            learner_years: lent.plan_years().map(|t| people(t)[0]).sum(),
            cost: (1..model.years).map(|t| needs(full, t) - needs(twin, t)).sum(),
            // Without a new plan each region is paid for as far as the existing budget goes.
            spent: -lent
                .plan_years()
                .map(|t| needs(twin, t) * lent.twin_paid(t) / twin.year_need(t).max(f64::MIN_POSITIVE))
                .sum::<f64>(),
        };
        by_region.entry(&cut.region).or_default().add(&sums);
        all.add(&sums);
    }
    for row in ledger::funding(run) {
        let counted = row.source != ledger::UNFUNDED && level.is_none_or(|level| level == row.level);
        if counted && row.year >= model.calendar(lent.plan_years().start) {
            let spent = (row.amount + row.overhead).0;
            all.spent += spent;
            by_region.entry(row.region).or_default().spent += spent;
        }
    }
    // Levels that no regional table has covered stand beside those that one has.
    let unnamed = if by_region.len() > 1 {
        words.regions_rest
    } else {
        words.regions_whole
    };
    let lines: Vec<Line> = by_region
        .iter()
        .map(|(region, sums)| sums.line(if region.is_empty() { unnamed } else { region }))
        .collect();
    let years = [
        ("base", model.calendar(0).to_string()),
        ("horizon", model.calendar(last).to_string()),
        ("from", model.calendar(model.plan_from).to_string()),
        ("year", model.scenario.price_year.to_string()),
    ];
    let dated = |template: &str| {
        let values: Vec<(&str, &str)> = years.iter().map(|(name, year)| (*name, year.as_str())).collect();
        fill(template, &values)
    };
    let headers = [
        words.regions_region,
        words.regions_schools,
        words.regions_pupils,
        words.regions_reach_base,
        words.regions_reach_horizon,
        words.regions_cost,
        words.regions_per_learner,
    ];
    let source = fill(
        words.source_line,
        &[
            ("country", &country_text(&model.scenario.country, words)),
            ("base", &years[0].1),
        ],
    );
    Report {
        headers: headers.map(dated).to_vec(),
        sentence: sentence(&lines, &years[1].1, words),
        note: fill(&dated(words.regions_price_note), &[("source", &source)]),
        lines,
        all: all.line(words.regions_all),
    }
}

/// The finding in a sentence, where there is more than one region to compare.
fn sentence(lines: &[Line], horizon: &str, words: &Words) -> Option<String> {
    let by = |column: usize| {
        let named = |line: &&Line| line.region != words.regions_rest && line.values[column].is_some();
        let mut known: Vec<&Line> = lines.iter().filter(named).collect();
        known.sort_by(|a, b| compare(a, b, column + 1));
        known
    };
    let (reach, dear) = (by(REACH), by(PER_LEARNER));
    let (low, high, dearest) = (reach.first()?, reach.last()?, dear.last()?);
    (reach.len() > 1).then(|| {
        fill(
            words.regions_sentence,
            &[
                ("horizon", horizon),
                ("low", &written(low, REACH, words)),
                ("lowest", &low.region),
                ("high", &written(high, REACH, words)),
                ("highest", &high.region),
                ("dearest", &dearest.region),
                ("dear", &written(dearest, PER_LEARNER, words)),
            ],
        )
    })
}

fn written(line: &Line, column: usize, words: &Words) -> String {
    let value = line.values[column].unwrap_or(f64::NAN);
    match UNITS[column] {
        Unit::Count if value.is_finite() => words.grouped(value),
        unit => words.show(unit, value),
    }
}

fn compare(a: &Line, b: &Line, column: usize) -> std::cmp::Ordering {
    match column.checked_sub(1) {
        None => a.region.cmp(&b.region),
        Some(column) => {
            let value = |line: &Line| line.values[column].unwrap_or(f64::NEG_INFINITY);
            value(a).total_cmp(&value(b))
        }
    }
}

fn sort(lines: &mut [Line], column: usize, descending: bool) {
    lines.sort_by(|a, b| {
        let order = compare(a, b, column);
        if descending { order.reverse() } else { order }
    });
}

/// Width of each column: the name takes what the numbers leave.
fn widths(room: f32) -> [f32; COLUMNS + 1] {
    let number = (room / 7.3).clamp(86.0, 170.0);
    let mut widths = [number; COLUMNS + 1];
    #[allow(clippy::cast_precision_loss)]
    let numbers = number * COLUMNS as f32;
    widths[0] = (room - numbers - 12.0).max(120.0);
    widths
}

/// The headers; the one that is pressed.
fn head(ui: &mut Ui, report: &Report, widths: &[f32], sorted: usize, descending: bool, words: &Words) -> Option<usize> {
    let mut pressed = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (column, (header, width)) in report.headers.iter().zip(widths).enumerate() {
            let mark = match (column == sorted, descending) {
                (false, _) => "",
                (true, false) => " ▲",
                (true, true) => " ▼",
            };
            let text = RichText::new(format!("{header}{mark}"))
                .strong()
                .font(theme::text(theme::SMALL));
            let layout = Layout::left_to_right(Align::Center).with_main_align(side(column));
            let button = egui::Button::new(text).frame(false).truncate();
            let shown = ui.allocate_ui_with_layout(vec2(*width, theme::ROW), layout.with_main_justify(true), |ui| {
                ui.add(button).on_hover_text(header)
            });
            let name = fill(words.regions_sort, &[("column", header)]);
            let selected = column == sorted;
            shown
                .inner
                .widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, selected, &name));
            if shown.inner.clicked() {
                pressed = Some(column);
            }
        }
    });
    pressed
}

const fn side(column: usize) -> Align {
    if column == 0 { Align::Min } else { Align::Max }
}

fn row(ui: &mut Ui, line: &Line, widths: &[f32], bold: bool, words: &Words) {
    let palette = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(widths.iter().sum(), theme::ROW), egui::Sense::hover());
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, palette.grid));
    let mut left = rect.left();
    for (column, width) in widths.iter().enumerate() {
        // A gap at the left keeps the bar of reach off the number before it.
        let gap = if column == 0 { 0.0 } else { 2.0 * theme::GAP };
        let cell = Rect::from_min_max(
            egui::pos2(left + gap, rect.top()),
            egui::pos2(left + width, rect.bottom() - 1.0),
        );
        left += width;
        let text = match column {
            0 => line.region.clone(),
            column => written(line, column - 1, words),
        };
        let mut text = RichText::new(text);
        if bold {
            text = text.font(theme::bold(theme::BODY));
        }
        let layout = if column == 0 {
            Layout::left_to_right(Align::Center)
        } else {
            Layout::right_to_left(Align::Center)
        };
        ui.scope_builder(egui::UiBuilder::new().max_rect(cell).layout(layout), |ui| {
            ui.add(Label::new(text).truncate());
        });
        if column == REACH + 1
            && let Some(reach) = line.values[REACH]
        {
            #[allow(clippy::cast_possible_truncation)]
            let part = cell.width() * reach.clamp(0.0, 1.0) as f32;
            let bar = Rect::from_min_max(egui::pos2(cell.left(), cell.bottom() - 3.0), cell.right_bottom());
            ui.painter().rect_filled(bar, 1, palette.grid);
            ui.painter()
                .rect_filled(bar.with_max_x(bar.left() + part), 1, palette.accent);
        }
    }
}

/// The table as the reader's spreadsheet takes it: tabulators, numbers with nothing but a decimal mark.
fn as_text(report: &Report, words: &Words) -> String {
    let mut text = report.headers.join("\t");
    for line in report.lines.iter().chain(std::iter::once(&report.all)) {
        text.push('\n');
        text.push_str(&harmless(&line.region.replace(['\t', '\n', '\r'], " ")));
        for (value, unit) in line.values.iter().zip(UNITS) {
            text.push('\t');
            let Some(value) = value else { continue };
            let places = match unit {
                Unit::Share => 4,
                Unit::Usd => 2,
                _ => 0,
            };
            let number = fixed(*value, places);
            text.push_str(&number.replace('.', words.numbers.format.decimal().encode_utf8(&mut [0; 4])));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounds_to_nothing_has_no_sign_in_the_clipboard() {
        let line = Line {
            region: "Dakar".into(),
            values: [Some(-0.0), None, Some(-1e-9), Some(0.5), Some(-0.001), Some(-0.006)],
        };
        let report = Report {
            lines: Vec::new(),
            all: line,
            headers: Vec::new(),
            sentence: None,
            note: String::new(),
        };
        let text = as_text(&report, crate::app::words::language("en").in_format(None));
        assert_eq!(text, "\nDakar\t0\t\t0.0000\t0.5000\t0.00\t-0.01");
    }
}
