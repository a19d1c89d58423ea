//! The table of outcomes and money.

use eframe::egui::{self, Rect, RichText, Ui, pos2, vec2};

use crate::app::chart;
use crate::app::phrases::level_name;
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, capital, fill};
use crate::app::{lever, terms};
use crate::scenario::measure::{Indicator, Measure};
use crate::scenario::target::Bound;
use crate::study::compare::{About, Comparison, OutcomeRow};
use crate::units::{self, Unit};

/// A table with one column a scenario.
pub(super) struct Columns<'a> {
    pub(super) names: &'a [&'a str],
    /// Width of the names of rows: what cells leave where there is room.
    name: f32,
    pub(super) column: f32,
}

impl<'a> Columns<'a> {
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn of(width: f32, names: &'a [&'a str]) -> Self {
        let inside = width - 2.0 * theme::PAD;
        let count = names.len().max(1) as f32;
        let name = (inside - theme::TABLE_COLUMN_ROOMY * count).clamp(theme::TABLE_NAME, theme::TABLE_NAME_ROOMY);
        let column = ((inside - name) / count).max(theme::TABLE_COLUMN);
        Self { names, name, column }
    }

    /// Columns of a width; the names of rows take the rest.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn narrow(width: f32, names: &'a [&'a str], column: f32) -> Self {
        let rest = width - 2.0 * theme::PAD - column * names.len() as f32;
        let name = rest.max(theme::TABLE_NAME);
        Self { names, name, column }
    }

    #[allow(clippy::cast_precision_loss)]
    pub(super) fn width(&self) -> f32 {
        self.name + self.column * self.names.len() as f32
    }

    /// A row: the name, then a cell for each scenario.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn row(&self, ui: &mut Ui, height: f32, shaded: bool, mut cell: impl FnMut(&mut Ui, Option<usize>)) {
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
        inside(0.0, self.name, None);
        for column in 0..self.names.len() {
            inside(self.name + self.column * column as f32, self.column, Some(column));
        }
    }

    /// The names of the scenarios with their marks; gives back the one that is to be the base.
    pub(super) fn head(&self, ui: &mut Ui, title: &str, choose: bool, words: &Words) -> Option<usize> {
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

/// Outcomes and money; gives back the scenario that is to be the base, where one may choose it.
pub(super) fn outcomes(
    ui: &mut Ui,
    table: &Columns<'_>,
    title: &str,
    comparison: &Comparison,
    choose: bool,
    words: &Words,
) -> Option<usize> {
    let mut base = None;
    let span = comparison
        .common
        .map_or_else(String::new, |(from, to)| format!(", {from}–{to}"));
    let stated = comparison.rows.iter().find(|row| row.about == About::Targets);
    let wide = table.column >= theme::TABLE_COLUMN_WIDE;
    let height = if wide { theme::TABLE_LINE } else { theme::TABLE_LINES };
    theme::card(ui).show(ui, |ui| {
        ui.set_min_width(table.width());
        ui.spacing_mut().item_spacing.y = 0.0;
        base = table.head(ui, title, choose, words);
        let rows = comparison.rows.iter().filter(|row| row.about != About::Targets);
        for (index, row) in rows.enumerate() {
            let (name, part) = row_name(row, &span, words);
            table.row(ui, height, index % 2 == 0, |ui, column| {
                let Some(column) = column else {
                    ui.add_space(if part { 14.0 } else { 0.0 });
                    let label = terms::label(ui, egui::Label::new(RichText::new(&name)).truncate(), &name, words);
                    if row.about == Measure::CostPerReached.into() {
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
    row: &OutcomeRow,
    column: usize,
    targets: Option<f64>,
    table: &Columns<'_>,
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
    if let Some((bound, goal)) = row.goals[column] {
        let sign = if bound == Bound::AtMost { "\u{2264} " } else { "" };
        let wanted = format!("{sign}{}", words.show(row.unit, goal));
        let wanted = fill(words.compare_target, &[("value", &wanted)]);
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
fn shown(row: &OutcomeRow, column: usize, targets: Option<f64>, words: &Words) -> String {
    match row.values[column] {
        None if row.year.is_some() => words.unknown.to_owned(),
        None => words.compare_none.to_owned(),
        Some(value) => match row.about {
            About::TargetsMet => fill(
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

pub(super) fn amount(row: &OutcomeRow, value: f64, words: &Words) -> String {
    match (row.about, row.unit) {
        (about, _) if about == Measure::LearningYearsPerMoney.into() => words.fixed(value, 3),
        (_, Unit::Years) => words.numbers.magnitude(value),
        (_, Unit::Usd | Unit::UsdPerLearner) => {
            let known = row.values.iter().flatten();
            words.money(value, known.fold(0.0, |most: f64, value| most.max(value.abs())))
        }
        (_, unit) => words.show(unit, value),
    }
}

/// A difference from the base.
fn apart(row: &OutcomeRow, difference: f64, words: &Words) -> String {
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
fn row_name(row: &OutcomeRow, span: &str, words: &Words) -> (String, bool) {
    let (mut name, part) = match row.about {
        About::TargetsMet | About::Targets => (words.compare_row_targets.to_owned(), false),
        About::After => (words.compare_row_after.to_owned(), false),
        About::Recovery => (words.compare_row_recovery.to_owned(), false),
        About::Indicator(indicator) => (
            words.indicator(indicator),
            matches!(
                indicator.measure(),
                Measure::CostPaid | Measure::ToFind | Measure::ToFindShare | Measure::LearningYearsPerMoney
            ),
        ),
    };
    // Sums say over which years.
    if matches!(
        row.about,
        About::Indicator(Indicator::Plain(Measure::CostFull | Measure::LearningYearsGained))
    ) {
        name.push_str(span);
    }
    if let Some(level) = row.level {
        name = format!("{name}, {}", level_name(level, words).to_lowercase());
    }
    if let Some(year) = row.year {
        name = format!("{name}, {year}");
    }
    (if part { name } else { capital(&name) }, part)
}
