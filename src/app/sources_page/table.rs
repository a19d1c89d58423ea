//! The table of numbers: columns, headings that sort, and a line for each number.

use eframe::egui::{self, Rect, RichText, Sense, Stroke, Ui, pos2, vec2};

use super::rows::{NumberRow, Value};
use super::{Sort, SourcesView, Weighed};
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::scenario::citations::cited;
use crate::scenario::measure::Measure;
use crate::scenario::quantity::Confidence;
use crate::scenario::registry::Leaf;
use crate::study::sensitivity::{self, Ends, Fixed, Swing};
use crate::units::Unit;

/// Sign and meaning of a confidence.
pub(super) fn confidence(confidence: Confidence, words: &Words) -> (&'static str, &'static str) {
    match confidence {
        Confidence::Sourced => (words.confidence_high, words.confidence_high_why),
        Confidence::Setting => (words.confidence_setting, words.confidence_setting_why),
        Confidence::Unsourced => (words.confidence_medium, words.confidence_medium_why),
        Confidence::Low => (words.confidence_low, words.confidence_low_why),
    }
}

/// A column of the table.
#[derive(Clone, Copy, PartialEq)]
enum Column {
    Name,
    Place,
    Value,
    Range,
    Year,
    Source,
    Confidence,
    /// How far the number moves one of the two measures of which weights are told.
    Moves(usize),
    Note,
}

impl Column {
    fn name(self, weighed: Weighed, words: &Words) -> String {
        let name = match self {
            Self::Moves(place) => {
                return fill(words.column_moves, &[("measure", &words.short(weighed.0[place]))]);
            }
            Self::Name => words.column_name,
            Self::Place => words.column_place,
            Self::Value => words.column_value,
            Self::Range => words.column_range,
            Self::Year => words.column_year,
            Self::Source => words.column_source,
            Self::Confidence => words.column_confidence,
            Self::Note => words.column_note,
        };
        name.to_owned()
    }

    const fn sort(self) -> Option<Sort> {
        match self {
            Self::Name => Some(Sort::File),
            Self::Moves(place) => Some(Sort::Weight(place)),
            _ => None,
        }
    }

    const fn is_number(self) -> bool {
        matches!(self, Self::Value | Self::Moves(_))
    }
}

/// Columns with their left edge and width. Text gets what the numbers leave.
fn columns(width: f32, weighed: bool) -> Vec<(Column, f32, f32)> {
    let roomy = width > 1300.0;
    let mut columns = vec![
        (Column::Name, 0.4),
        (Column::Place, 0.16),
        (Column::Value, if roomy { 250.0 } else { 162.0 }),
        (Column::Range, if roomy { 180.0 } else { 142.0 }),
        (Column::Year, 36.0),
        (Column::Source, 0.28),
        (Column::Confidence, 78.0),
    ];
    if weighed {
        columns.extend([(Column::Moves(0), 98.0), (Column::Moves(1), 98.0)]);
    }
    if !weighed || roomy {
        columns.push((Column::Note, 0.2));
    }
    #[allow(clippy::cast_precision_loss)]
    let gaps = theme::GAP * (columns.len() + 1) as f32;
    let fixed: f32 = columns.iter().map(|column| column.1).filter(|width| *width > 1.0).sum();
    let parts: f32 = columns
        .iter()
        .map(|column| column.1)
        .filter(|width| *width <= 1.0)
        .sum();
    let unit = (width - gaps - fixed).max(200.0) / parts;
    let mut left = theme::GAP;
    columns
        .into_iter()
        .map(|(column, width)| {
            let width = if width > 1.0 { width } else { width * unit };
            let at = left;
            left += width + theme::GAP;
            (column, at, width)
        })
        .collect()
}

pub(super) fn table(ui: &mut Ui, state: &mut SourcesView, words: &Words) {
    let palette = Palette::of(ui);
    // The scroll bar must not cover the last column.
    let width = ui.available_width() - 10.0;
    let columns = columns(width, state.weights.contains_key(&state.document));
    let (line, _) = ui.allocate_exact_size(vec2(width, theme::ROW), Sense::hover());
    for (column, left, width) in &columns {
        let rect = Rect::from_min_size(pos2(line.left() + left, line.top()), vec2(*width, line.height()));
        heading(ui, rect, *column, state, words);
    }
    ui.painter()
        .hline(line.x_range(), line.bottom(), Stroke::new(1.0, palette.edge));
    ui.spacing_mut().item_spacing.y = 0.0;
    let (Some(rows), Some(shown)) = (&state.rows, &state.shown) else {
        return;
    };
    if shown.is_empty() {
        ui.add_space(theme::GAP);
        ui.label(words.numbers_none);
        return;
    }
    let weights = state.weights.get(&state.document);
    let weighed = state.weighed;
    let most = weighed.0.map(|measure| {
        let swings = weights.iter().flat_map(|weights| weights.swings.values());
        swings.filter_map(|swing| swing.moves(measure)).fold(0.0, f64::max)
    });
    let mut area = egui::ScrollArea::vertical().id_salt("numbers").auto_shrink(false);
    if std::mem::take(&mut state.jump) {
        #[allow(clippy::cast_precision_loss)]
        let middle = state.at as f32 * theme::ROW - ui.available_height() / 2.0;
        area = area.vertical_scroll_offset(middle.max(0.0));
    }
    let mut opened = None;
    area.show_rows(ui, theme::ROW, shown.len(), |ui, range| {
        for position in range {
            let row = &rows.list[shown[position]];
            let chosen = state.draft.as_ref().is_some_and(|draft| draft.path == row.path);
            let swing = weights.and_then(|weights| weights.swings.get(&row.path));
            if line_of(ui, row, &columns, chosen, (swing, weighed, most), words) {
                opened = Some(position);
            }
        }
    });
    if let Some(position) = opened {
        state.open(position);
    }
}

fn heading(ui: &mut Ui, rect: Rect, column: Column, state: &mut SourcesView, words: &Words) {
    let name = &column.name(state.weighed, words);
    let align = if column.is_number() {
        egui::Layout::right_to_left(egui::Align::Center)
    } else {
        egui::Layout::left_to_right(egui::Align::Center)
    };
    let mut cell = ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(align));
    let weighed = state.weights.contains_key(&state.document);
    match column.sort().filter(|_| weighed) {
        Some(sort) => {
            let text = if state.sort == sort {
                fill(words.sort_sign, &[("column", name)])
            } else {
                name.clone()
            };
            let button = egui::Button::new(RichText::new(text).small().strong()).frame(false);
            let button = cell.add(button);
            let by = if sort == Sort::File { words.sort_file } else { name };
            let label = fill(words.sort_by, &[("column", by)]);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
            if button.on_hover_text(label.as_str()).clicked() {
                state.sort = sort;
                state.shown = Some(state.find());
            }
        }
        None => {
            cell.add(egui::Label::new(RichText::new(name).small().weak()).truncate());
        }
    }
}

/// One row; true if it was chosen.
fn line_of(
    ui: &mut Ui,
    row: &NumberRow,
    columns: &[(Column, f32, f32)],
    chosen: bool,
    (swing, weighed, most): (Option<&Swing>, Weighed, [f64; 2]),
    words: &Words,
) -> bool {
    let palette = Palette::of(ui);
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::ROW), Sense::click());
    let value = row.shown(words);
    let (sign, why) = confidence(row.confidence, words);
    let template = if row.place.is_empty() {
        words.row_name_short
    } else {
        words.row_name
    };
    let label = fill(
        template,
        &[
            ("name", row.name),
            ("place", &row.place),
            ("value", &value),
            ("confidence", sign),
        ],
    );
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, &label));
    if chosen || response.hovered() {
        ui.painter().rect_filled(line, 2, palette.chosen);
    }
    if response.has_focus() {
        let edge = Stroke::new(1.5, palette.accent);
        ui.painter().rect_stroke(line, 2, edge, egui::StrokeKind::Inside);
    }
    let range = row.range(words);
    for (column, left, width) in columns {
        let rect = Rect::from_min_size(pos2(line.left() + left, line.top()), vec2(*width, line.height()));
        let mut colour = palette.text;
        let text = match column {
            Column::Name if row.changed => format!("● {}", row.name),
            Column::Name => row.name.to_owned(),
            Column::Place => row.place.clone(),
            Column::Value => value.clone(),
            Column::Range => range.clone(),
            Column::Year => row.passport.year.map_or(String::new(), |year| year.to_string()),
            Column::Source => row.source.clone(),
            Column::Confidence => {
                colour = match row.confidence {
                    Confidence::Sourced => palette.good,
                    Confidence::Setting => palette.weak,
                    Confidence::Unsourced => palette.text,
                    Confidence::Low => palette.doubt,
                };
                sign.to_owned()
            }
            Column::Moves(place) => {
                let measure = weighed.0[*place];
                swing
                    .and_then(|swing| swing.moves(measure))
                    .map_or("–".into(), |moves| {
                        part(ui, rect, moves, most[*place]);
                        match measure.unit() {
                            Unit::Share => fill(words.moves_points, &[("value", &words.decimals(moves * 100.0))]),
                            Unit::CalendarYear => words.show(Unit::Years, moves),
                            Unit::Usd | Unit::UsdPerLearner => words.money(moves, most[*place]),
                            unit => words.show(unit, moves),
                        }
                    })
            }
            Column::Note => row.note.clone(),
        };
        if text.is_empty() {
            continue;
        }
        let text = egui::WidgetText::from(RichText::new(text).color(colour));
        let truncate = Some(egui::TextWrapMode::Truncate);
        let galley = text.into_galley(ui, truncate, *width, egui::TextStyle::Body);
        let x = if column.is_number() {
            rect.right() - galley.size().x
        } else {
            rect.left()
        };
        let at = pos2(x, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, colour);
    }
    response
        .on_hover_ui(|ui| {
            ui.set_max_width(420.0);
            ui.label(RichText::new(row.full_name()).strong());
            ui.label(row.meaning);
            let source = &row.source;
            let source = if source.is_empty() {
                words.number_no_source
            } else {
                source
            };
            let range = if range.is_empty() {
                words.number_no_range
            } else {
                &range
            };
            let values = [
                ("value", value.as_str()),
                ("range", range),
                ("confidence", sign),
                ("source", source),
            ];
            ui.label(fill(words.number_is, &values));
            let link = cited(&row.passport.source).map_or("", |citation| citation.link);
            for text in [why, &row.note, link, &weight_of(row, swing, weighed, words)] {
                if !text.is_empty() {
                    ui.label(RichText::new(text).small().weak());
                }
            }
        })
        .clicked()
}

/// A bar behind a number: its part of the greatest.
fn part(ui: &Ui, rect: Rect, value: f64, most: f64) {
    if most > 0.0 {
        #[allow(clippy::cast_possible_truncation)]
        let share = (value / most) as f32;
        let bar = rect.shrink2(vec2(0.0, 3.0));
        let bar = bar.with_min_x(bar.right() - bar.width() * share);
        ui.painter().rect_filled(bar, 2, Palette::of(ui).grid);
    }
}

/// What a number does to the result, in words; empty while that has not been asked.
pub(super) fn weight_of(row: &NumberRow, swing: Option<&Swing>, weighed: Weighed, words: &Words) -> String {
    let Some(swing) = swing else {
        let leaf = match &row.value {
            Value::Number(number) => Leaf::Number(number),
            Value::Path(path) => Leaf::Path(path),
        };
        return match sensitivity::ends(row.field, leaf) {
            Err(Fixed::Idle) => words.not_weighed_idle.into(),
            Err(Fixed::Zero) => words.not_weighed_zero.into(),
            Ok(_) => String::new(),
        };
    };
    let result = |measure: &Measure| {
        let (low, high) = swing.of(*measure)?;
        let show = |value: f64, other: f64| match measure.unit() {
            Unit::Usd | Unit::UsdPerLearner => words.money(value, other),
            unit => words.show(unit, value),
        };
        let values = [
            ("measure", &*words.short(*measure)),
            ("low", &*show(low, high)),
            ("high", &*show(high, low)),
        ];
        Some(fill(words.weighed_result, &values))
    };
    let results: Vec<String> = weighed.0.iter().filter_map(result).collect();
    let (template, low, high) = match swing.ends {
        Ends::Range(low, high) => (
            words.weighed_over,
            words.show(row.unit, low),
            words.show(row.unit, high),
        ),
        Ends::Tenth => (words.weighed_tenth, String::new(), String::new()),
    };
    fill(
        template,
        &[("low", &low), ("high", &high), ("results", &results.join(", "))],
    )
}
