//! The charts of the page.

use std::sync::Arc;

use eframe::egui::{self, Rect, Ui, vec2};

use crate::app::chart::{self, Head, ScenarioLine};
use crate::app::document::Document;
use crate::app::outcome::{NOTHING, Outcome};
use crate::app::phrases;
use crate::app::phrases::{country_text, level_name};
use crate::app::theme;
use crate::app::words::{Words, capital, fill};
use crate::study::compare::Comparison;
use crate::units::Unit;

/// Small multiples on the same years: one chart a question, one line a scenario.
pub(super) fn charts(
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
        let (divisor, unit) = match series.measure.unit() {
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
        // Less than half a dollar is nothing.
        let nothing = if series.measure.unit() == Unit::Usd {
            NOTHING
        } else {
            0.0
        };
        let level = series.level.map(|level| level_name(level, words).to_lowercase());
        let title: Vec<String> = std::iter::once(capital(&words.indicator(series.measure)))
            .chain(level)
            .collect();
        let title = title.join(", ");
        let traces: Vec<ScenarioLine> = series
            .values
            .iter()
            .zip(columns)
            .enumerate()
            .map(|(position, (values, (.., name)))| ScenarioLine {
                values: values
                    .iter()
                    .map(|value| value.map(|value| if value.abs() < nothing { 0.0 } else { value / divisor }))
                    .collect(),
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
            summary: summary(series.measure.unit(), &series.values, &comparison.years, columns, words),
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
