//! Charts, painted: lines, stacked bars and a grid of words. Series carry their name at the end of the line, differ by
//! dash as well as colour, and every chart has a title, a unit, a source line and a summary for a screen reader.

use eframe::egui::{
    self, Align2, Color32, FontId, Painter, Pos2, Rect, Response, Shape, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::theme::{self, Palette};
use crate::units::decimals;

/// What stands around a chart.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Subject.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// Where the numbers come from.
    pub source: String,
    /// What the chart shows, in a sentence.
    pub summary: String,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// The line that matters most.
    Bold,
    /// Dashes.
    Dashed,
    /// Dots.
    Dotted,
}

/// A line with a value a year.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Values from the first year.
    pub values: &'a [f64],
    /// Name.
    pub name: String,
    /// Name and last value, at the end of the line.
    pub label: String,
    /// Colour.
    pub colour: Color32,
    /// Way of drawing.
    pub dash: Dash,
}

/// A part of stacked bars.
#[derive(Clone, Debug)]
pub struct Part {
    /// Values a year.
    pub values: Vec<f64>,
    /// Name.
    pub name: String,
    /// Name and last value, beside the last bar.
    pub label: String,
    /// Colour of the area.
    pub fill: Color32,
    /// Colour of the name.
    pub ink: Color32,
    /// Hatched rather than filled: what is missing.
    pub hatched: bool,
}

/// A cell of a grid: a word on its ground.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Word.
    pub word: &'static str,
    /// Ground.
    pub fill: Color32,
}

const AXIS: f32 = 36.0;
const YEARS: f32 = 18.0;
const HEAD: f32 = 24.0;
const SOURCE: f32 = 20.0;
const LABEL_GAP: f32 = 13.0;
const SWATCH: f32 = 12.0;

/// The card with what stands around the chart; gives back the inside.
fn card(ui: &Ui, rect: Rect, head: &Head) -> (Response, Painter, Rect) {
    let palette = Palette::of(ui);
    let response = ui.interact(rect, ui.scope_id().with(&head.title), egui::Sense::hover());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Figure);
        node.set_label(format!("{} ({})", head.title, head.unit));
        node.set_description(head.summary.clone());
    });
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.rect(
        rect,
        theme::ROUND,
        palette.card,
        Stroke::new(1.0, palette.edge),
        StrokeKind::Inside,
    );
    let inside = rect.shrink(theme::PAD);
    let unit = painter.layout_no_wrap(head.unit.clone(), theme::text(theme::SMALL), palette.weak);
    let unit_width = unit.size().x;
    painter.galley(
        pos2(inside.right() - unit_width, inside.top() + 1.0),
        unit,
        palette.weak,
    );
    let room = inside.width() - unit_width - 12.0;
    painter.galley(
        inside.left_top(),
        one_line(&painter, &head.title, theme::bold(theme::HEADING), palette.text, room),
        palette.text,
    );
    painter.galley(
        pos2(inside.left(), inside.bottom() - 12.0),
        one_line(
            &painter,
            &head.source,
            theme::text(theme::SMALL),
            palette.weak,
            inside.width(),
        ),
        palette.weak,
    );
    let plot = Rect::from_min_max(inside.min + vec2(0.0, HEAD), inside.max - vec2(0.0, SOURCE));
    (response, painter, plot)
}

/// Text on one line, cut with an ellipsis where there is no room.
fn one_line(painter: &Painter, text: &str, font: FontId, colour: Color32, room: f32) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::single_section(text.to_owned(), egui::TextFormat::simple(font, colour));
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(1.0));
    painter.layout_job(job)
}

/// A round number at or above a value, and the step of about four grid lines up to it.
#[must_use]
pub fn nice_top(value: f64) -> (f64, f64) {
    if !value.is_finite() || value <= 0.0 {
        return (1.0, 0.25);
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(value)));
    for (top, parts) in [
        (1.0, 4.0),
        (1.5, 3.0),
        (2.0, 4.0),
        (2.5, 5.0),
        (3.0, 3.0),
        (4.0, 4.0),
        (5.0, 5.0),
        (6.0, 3.0),
        (8.0, 4.0),
        (10.0, 4.0),
    ] {
        if value <= top * power * (1.0 + 1e-9) {
            return (top * power, top * power / parts);
        }
    }
    (10.0 * power, 2.5 * power)
}

/// The frame of a chart over years: where a year and a value stand.
struct Axes {
    plot: Rect,
    top: f64,
    count: usize,
    bars: bool,
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss
)]
impl Axes {
    fn x(&self, at: usize) -> f32 {
        if self.bars {
            self.plot.left() + self.plot.width() * (at as f32 + 0.5) / self.count.max(1) as f32
        } else {
            self.plot.left() + self.plot.width() * at as f32 / (self.count.max(2) - 1) as f32
        }
    }

    fn y(&self, value: f64) -> f32 {
        self.plot.bottom() - self.plot.height() * (value / self.top).clamp(-0.02, 1.02) as f32
    }

    /// The year under the pointer.
    fn under(&self, pointer: Pos2) -> Option<usize> {
        (self.count > 0 && self.plot.expand(12.0).contains(pointer))
            .then(|| {
                (0..self.count).min_by(|a, b| {
                    (self.x(*a) - pointer.x)
                        .abs()
                        .total_cmp(&(self.x(*b) - pointer.x).abs())
                })
            })
            .flatten()
    }

    fn paint(&self, painter: &Painter, palette: &Palette, step: f64, years: &[i32]) {
        let lines = (self.top / step).round() as usize;
        for line in 0..=lines {
            let value = step * line as f64;
            let y = painter.round_to_pixel_center(self.y(value));
            painter.hline(self.plot.x_range(), y, Stroke::new(1.0, palette.grid));
            painter.text(
                pos2(self.plot.left() - 6.0, y),
                Align2::RIGHT_CENTER,
                tick(value),
                theme::text(theme::SMALL),
                palette.weak,
            );
        }
        self.paint_years(painter, palette, years);
    }

    fn paint_years(&self, painter: &Painter, palette: &Palette, years: &[i32]) {
        // As many years as have room for their four digits.
        let room = (self.plot.width() / 38.0).max(1.0) as usize;
        let every = years.len().div_ceil(room).max(1);
        for (at, year) in years.iter().enumerate() {
            if (years.len() - 1 - at).is_multiple_of(every) {
                let place = pos2(self.x(at), self.plot.bottom() + 4.0);
                painter.text(
                    place,
                    Align2::CENTER_TOP,
                    year.to_string(),
                    theme::text(theme::SMALL),
                    palette.weak,
                );
            }
        }
    }
}

fn tick(value: f64) -> String {
    if value.abs() > 0.0 && value.abs() < 0.95 {
        format!("{value:.2}")
    } else {
        decimals(value)
    }
}

/// Heights of labels, moved apart so that none covers another, within a range.
fn spread(heights: &[f32], range: egui::Rangef) -> Vec<f32> {
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|a, b| heights[*a].total_cmp(&heights[*b]));
    let mut placed = heights.to_vec();
    let mut floor = range.min;
    for at in &order {
        placed[*at] = placed[*at].max(floor);
        floor = placed[*at] + LABEL_GAP;
    }
    let mut ceiling = range.max;
    for at in order.iter().rev() {
        placed[*at] = placed[*at].min(ceiling);
        ceiling = placed[*at] - LABEL_GAP;
    }
    placed
}

fn widest<'a>(painter: &Painter, labels: impl Iterator<Item = &'a str>) -> f32 {
    labels
        .map(|label| {
            painter
                .layout_no_wrap(label.to_owned(), theme::bold(theme::SMALL), Color32::PLACEHOLDER)
                .size()
                .x
        })
        .fold(0.0, f32::max)
}

fn plot_beside(inside: Rect, labels: f32) -> Rect {
    let right = (labels + 10.0).min(inside.width() * 0.45);
    Rect::from_min_max(inside.min + vec2(AXIS, 6.0), inside.max - vec2(right, YEARS))
}

/// A label that starts at a place and ends inside the card.
fn end_label(painter: &Painter, card: Rect, start: Pos2, text: &str, font: FontId, colour: Color32) {
    let galley = one_line(painter, text, font, colour, card.right() - 4.0 - start.x);
    painter.galley(start - vec2(0.0, galley.size().y / 2.0), galley, colour);
}

/// Lines of shares, as percentages, with a mark at the target.
pub fn lines(ui: &Ui, rect: Rect, head: &Head, years: &[i32], lines: &[Line<'_>], target: Option<&(i32, f64, String)>) {
    let palette = Palette::of(ui);
    let (response, painter, inside) = card(ui, rect, head);
    let labels = lines
        .iter()
        .map(|line| line.label.as_str())
        .chain(target.map(|(_, _, label)| label.as_str()));
    let plot = plot_beside(inside, widest(&painter, labels));
    let most = lines
        .iter()
        .flat_map(|line| line.values.iter().copied())
        .chain(target.map(|(_, value, _)| *value))
        .fold(0.0, f64::max)
        * 100.0;
    // Few tops, so that the axis rests while the hand moves.
    let (top, step) = match most {
        _ if most <= 10.0 => (10.0, 2.5),
        _ if most <= 25.0 => (25.0, 5.0),
        _ if most <= 50.0 => (50.0, 10.0),
        _ => (100.0, 25.0),
    };
    let axes = Axes {
        plot,
        top,
        count: years.len(),
        bars: false,
    };
    axes.paint(&painter, palette, step, years);
    let mut ends = Vec::new();
    if let Some((year, value, label)) = target {
        let y = axes.y(value * 100.0);
        let at = years
            .iter()
            .position(|known| known == year)
            .unwrap_or(years.len().saturating_sub(1));
        painter.extend(Shape::dashed_line(
            &[pos2(plot.left(), y), pos2(axes.x(at), y)],
            Stroke::new(1.0, palette.text),
            1.5,
            3.0,
        ));
        painter.vline(axes.x(at), (y - 6.0)..=(y + 6.0), Stroke::new(2.5, palette.text));
        ends.push((y, label.as_str(), palette.text));
    }
    // The plan's own line last, on top of the others.
    for line in lines.iter().rev() {
        let points: Vec<Pos2> = line
            .values
            .iter()
            .enumerate()
            .map(|(at, value)| pos2(axes.x(at), axes.y(value * 100.0)))
            .collect();
        match line.dash {
            Dash::Bold => {
                painter.line(points.clone(), Stroke::new(theme::BOLD_LINE, line.colour));
                for point in &points {
                    painter.circle_filled(*point, 2.75, line.colour);
                }
            }
            Dash::Dashed => painter.extend(Shape::dashed_line(
                &points,
                Stroke::new(theme::LINE, line.colour),
                6.0,
                4.0,
            )),
            Dash::Dotted => painter.extend(Shape::dashed_line(
                &points,
                Stroke::new(theme::LINE, line.colour),
                1.5,
                3.5,
            )),
        }
        if let Some(end) = points.last() {
            ends.push((end.y, line.label.as_str(), line.colour));
        }
    }
    let heights: Vec<f32> = ends.iter().map(|(y, ..)| *y).collect();
    for ((_, label, colour), y) in ends
        .iter()
        .zip(spread(&heights, egui::Rangef::new(plot.top(), plot.bottom())))
    {
        let font = if *colour == palette.accent {
            theme::bold(theme::SMALL)
        } else {
            theme::text(theme::SMALL)
        };
        end_label(&painter, rect, pos2(plot.right() + 8.0, y), label, font, *colour);
    }
    tip(&response, &axes, years, |at| {
        lines
            .iter()
            .map(|line| {
                (
                    line.name.clone(),
                    format!("{} %", decimals(line.values.get(at).copied().unwrap_or(0.0) * 100.0)),
                )
            })
            .collect()
    });
}

/// What a bar chart compares its bars with: a step line, and a ghost of it.
#[derive(Clone, Debug)]
pub struct Level<'a> {
    /// Values a year.
    pub values: &'a [f64],
    /// Name.
    pub name: String,
    /// Name and last value, at the end of the line.
    pub label: String,
    /// Whether it is the ghost.
    pub ghost: bool,
}

/// Stacked bars with their names at the right, and lines across. Values are in the unit of the head.
pub fn bars(ui: &Ui, rect: Rect, head: &Head, years: &[i32], parts: &[Part], levels: &[Level<'_>]) {
    let palette = Palette::of(ui);
    let (response, painter, inside) = card(ui, rect, head);
    let labels = parts
        .iter()
        .map(|part| part.label.as_str())
        .chain(levels.iter().map(|level| level.label.as_str()));
    let plot = plot_beside(inside, widest(&painter, labels) + SWATCH);
    let total = |at: usize| parts.iter().map(|part| part.values[at].max(0.0)).sum::<f64>();
    let most = (0..years.len())
        .map(total)
        .chain(levels.iter().flat_map(|level| level.values.iter().copied()))
        .fold(0.0, f64::max);
    let (top, step) = nice_top(most);
    let axes = Axes {
        plot,
        top,
        count: years.len(),
        bars: true,
    };
    axes.paint(&painter, palette, step, years);
    #[allow(clippy::cast_precision_loss)]
    let half = (plot.width() / years.len().max(1) as f32 * 0.36).min(44.0);
    let mut ends = Vec::new();
    for at in 0..years.len() {
        let mut base = 0.0;
        for part in parts {
            let value = part.values[at].max(0.0);
            let bar = Rect::from_min_max(
                pos2(axes.x(at) - half, axes.y(base + value)),
                pos2(axes.x(at) + half, axes.y(base)),
            );
            base += value;
            if bar.height() > 0.25 {
                if part.hatched {
                    hatch(&painter, bar, part.fill);
                } else {
                    painter.rect_filled(bar, 0, part.fill);
                    // A line of ground between parts tells them apart without colour.
                    painter.hline(bar.x_range(), bar.top(), Stroke::new(1.0, palette.card));
                }
            }
            if at + 1 == years.len() && part.values.iter().any(|value| *value > most * 5e-4) {
                ends.push((bar.center().y, part.label.as_str(), part.ink, Some(part)));
            }
        }
    }
    for level in levels {
        let colour = if level.ghost { palette.weak } else { palette.text };
        let mut path = Vec::new();
        for (at, value) in level.values.iter().enumerate() {
            #[allow(clippy::cast_precision_loss)]
            let reach = plot.width() / years.len().max(1) as f32 / 2.0;
            path.extend([
                pos2(axes.x(at) - reach, axes.y(*value)),
                pos2(axes.x(at) + reach, axes.y(*value)),
            ]);
        }
        if level.ghost {
            painter.extend(Shape::dashed_line(&path, Stroke::new(theme::LINE, colour), 6.0, 4.0));
        } else {
            painter.line(path.clone(), Stroke::new(2.0, colour));
        }
        if let Some(end) = path.last() {
            ends.push((end.y, level.label.as_str(), colour, None));
        }
    }
    let heights: Vec<f32> = ends.iter().map(|(y, ..)| *y).collect();
    for ((_, label, colour, part), y) in ends
        .iter()
        .zip(spread(&heights, egui::Rangef::new(plot.top(), plot.bottom() - 2.0)))
    {
        let start = pos2(plot.right() + 6.0, y);
        if let Some(part) = part {
            let swatch = Rect::from_center_size(start + vec2(4.0, 0.5), vec2(8.0, 8.0));
            if part.hatched {
                hatch(&painter, swatch, part.fill);
            } else {
                painter.rect_filled(swatch, 1, part.fill);
            }
        }
        end_label(
            &painter,
            rect,
            start + vec2(SWATCH, 0.0),
            label,
            theme::bold(theme::SMALL),
            *colour,
        );
    }
    tip(&response, &axes, years, |at| {
        let parts = parts
            .iter()
            .rev()
            .filter(|part| part.values[at].abs() > most * 5e-4)
            .map(|part| (part.name.clone(), tick(part.values[at])));
        levels
            .iter()
            .map(|level| (level.name.clone(), tick(level.values[at])))
            .chain(parts)
            .collect()
    });
}

/// Slanted lines in a frame.
fn hatch(painter: &Painter, bar: Rect, colour: Color32) {
    let inside = painter.with_clip_rect(bar.intersect(painter.clip_rect()));
    let mut x = bar.left() - bar.height();
    while x < bar.right() {
        inside.line_segment(
            [pos2(x, bar.bottom()), pos2(x + bar.height(), bar.top())],
            Stroke::new(1.25, colour),
        );
        x += 5.0;
    }
    painter.rect_stroke(bar, 0, Stroke::new(1.25, colour), StrokeKind::Inside);
}

/// A word for each row and year.
pub fn grid(ui: &Ui, rect: Rect, head: &Head, years: &[i32], rows: &[(String, Vec<Option<Cell>>)]) {
    let palette = Palette::of(ui);
    let (response, painter, inside) = card(ui, rect, head);
    let names = rows.iter().map(|(name, _)| name.as_str());
    let left = widest(&painter, names).min(inside.width() * 0.35) + 10.0;
    let plot = Rect::from_min_max(inside.min + vec2(left, 4.0), inside.max - vec2(0.0, YEARS));
    #[allow(clippy::cast_precision_loss)]
    let (width, height) = (
        plot.width() / years.len().max(1) as f32,
        (plot.height() / rows.len().max(1) as f32).min(72.0),
    );
    #[allow(clippy::cast_precision_loss)]
    let plot = Rect::from_min_size(plot.min, vec2(plot.width(), height * rows.len() as f32));
    let axes = Axes {
        plot,
        top: 1.0,
        count: years.len(),
        bars: true,
    };
    axes.paint_years(&painter, palette, years);
    let font = theme::bold(theme::SMALL);
    let wide = widest(
        &painter,
        rows.iter()
            .flat_map(|(_, cells)| cells.iter().flatten().map(|cell| cell.word)),
    );
    for (index, (name, cells)) in rows.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)]
        let y = plot.top() + height * (index as f32 + 0.5);
        painter.text(
            pos2(plot.left() - 8.0, y),
            Align2::RIGHT_CENTER,
            name,
            theme::text(theme::SMALL),
            palette.text,
        );
        // Where whole words do not fit, years of the same word stand as one cell.
        let narrow = width - 5.0 < wide;
        let same = |a: &Option<Cell>, b: &Option<Cell>| {
            narrow && a.as_ref().map(|cell| cell.word) == b.as_ref().map(|cell| cell.word)
        };
        let mut at = 0;
        for run in cells.chunk_by(same) {
            let (first, last) = (at, at + run.len() - 1);
            at += run.len();
            let Some(cell) = &run[0] else { continue };
            let place = Rect::from_x_y_ranges(
                axes.x(first) - width / 2.0..=axes.x(last) + width / 2.0,
                y - height / 2.0..=y + height / 2.0,
            );
            let place = place.shrink(1.5);
            painter.rect_filled(place, 3, cell.fill);
            let word = one_line(&painter, cell.word, font.clone(), palette.text, place.width() - 2.0);
            painter.galley(place.center() - word.size() / 2.0, word, palette.text);
        }
    }
    tip(&response, &axes, years, |at| {
        rows.iter()
            .filter_map(|(name, cells)| cells.get(at)?.as_ref().map(|cell| (name.clone(), cell.word.to_owned())))
            .collect()
    });
}

/// What a chart says of the year under the pointer.
fn tip(response: &Response, axes: &Axes, years: &[i32], values: impl FnOnce(usize) -> Vec<(String, String)>) {
    let Some(at) = response.hover_pos().and_then(|pointer| axes.under(pointer)) else {
        return;
    };
    let values = values(at);
    response.clone().on_hover_ui_at_pointer(|ui| {
        ui.label(egui::RichText::new(years[at].to_string()).font(theme::bold(theme::BODY)));
        egui::Grid::new("values")
            .num_columns(2)
            .spacing([14.0, 2.0])
            .show(ui, |ui| {
                for (name, value) in values {
                    ui.label(name);
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| ui.label(value));
                    ui.end_row();
                }
            });
    });
}

/// One scenario's line among those of others.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Values a year; none where the scenario has no such year.
    pub values: Vec<Option<f64>>,
    /// Name.
    pub name: String,
    /// Position among the scenarios, which gives colour and mark.
    pub position: usize,
}

/// The mark of a scenario by its position: what tells lines apart without colour.
pub fn mark(painter: &Painter, at: Pos2, position: usize, colour: Color32) {
    let points = |corners: &[(f32, f32)]| {
        let corners = corners.iter().map(|(x, y)| at + vec2(*x, *y) * 3.5).collect();
        painter.add(Shape::convex_polygon(corners, colour, Stroke::NONE));
    };
    let stroke = Stroke::new(1.75, colour);
    match position % 6 {
        0 => {
            painter.circle_filled(at, 3.5, colour);
        }
        1 => points(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        2 => points(&[(0.0, -1.2), (1.15, 0.9), (-1.15, 0.9)]),
        3 => points(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]),
        4 => {
            painter.line_segment([at + vec2(-3.2, -3.2), at + vec2(3.2, 3.2)], stroke);
            painter.line_segment([at + vec2(-3.2, 3.2), at + vec2(3.2, -3.2)], stroke);
        }
        _ => {
            painter.circle_stroke(at, 3.0, stroke);
        }
    }
}

/// Lines of several scenarios over all their years, each with its mark. Values are in the unit of the head, and may be
/// negative.
pub fn traces(ui: &Ui, rect: Rect, head: &Head, years: &[i32], traces: &[Trace]) {
    let palette = Palette::of(ui);
    let (response, painter, inside) = card(ui, rect, head);
    let all = || {
        let values = traces.iter().flat_map(|trace| trace.values.iter().flatten().copied());
        values.filter(|value| value.is_finite())
    };
    let (high, low) = (all().fold(0.0, f64::max), all().fold(0.0, f64::min));
    let (_, step) = nice_top(high.max(-low));
    let top = (high / step - 1e-9).ceil().max(1.0) * step;
    let bottom = (low / step + 1e-9).floor().min(0.0) * step;
    // As many places as the step needs.
    let whole = |value: f64| (value - value.round()).abs() < 1e-6;
    let places = [1.0, 10.0, 100.0, 1000.0]
        .iter()
        .position(|scale| whole(step * scale))
        .unwrap_or(4);
    let show = |value: f64| format!("{value:.places$}");
    let ends: Vec<(usize, f64, String)> = traces
        .iter()
        .filter_map(|trace| {
            let at = trace.values.iter().rposition(Option::is_some)?;
            let value = trace.values[at]?;
            Some((at, value, number(value)))
        })
        .collect();
    let plot = plot_beside(
        inside,
        widest(&painter, ends.iter().map(|(.., label)| label.as_str())) + SWATCH,
    );
    let axes = Axes {
        plot,
        top: top - bottom,
        count: years.len(),
        bars: false,
    };
    let y = |value: f64| axes.y(value - bottom);
    let mut line = bottom;
    while line <= top + step * 0.5 {
        let height = painter.round_to_pixel_center(y(line));
        painter.hline(plot.x_range(), height, Stroke::new(1.0, palette.grid));
        painter.text(
            pos2(plot.left() - 6.0, height),
            Align2::RIGHT_CENTER,
            show(if line.abs() < step * 1e-6 { 0.0 } else { line }),
            theme::text(theme::SMALL),
            palette.weak,
        );
        line += step;
    }
    axes.paint_years(&painter, palette, years);
    // The base last, on top of the others.
    for trace in traces.iter().rev() {
        let colour = palette.scenario(trace.position);
        let points: Vec<Pos2> = trace
            .values
            .iter()
            .enumerate()
            .filter_map(|(at, value)| Some(pos2(axes.x(at), y((*value)?))))
            .collect();
        let width = if trace.position == 0 {
            theme::BOLD_LINE
        } else {
            theme::LINE
        };
        painter.line(points.clone(), Stroke::new(width, colour));
        for point in points {
            mark(&painter, point, trace.position, colour);
        }
    }
    let heights: Vec<f32> = ends.iter().map(|(_, value, _)| y(*value)).collect();
    let placed = spread(&heights, egui::Rangef::new(plot.top(), plot.bottom()));
    for ((trace, (.., label)), height) in traces
        .iter()
        .filter(|trace| trace.values.iter().any(Option::is_some))
        .zip(&ends)
        .zip(placed)
    {
        let colour = palette.scenario(trace.position);
        let start = pos2(plot.right() + 10.0, height);
        mark(&painter, start, trace.position, colour);
        end_label(
            &painter,
            rect,
            start + vec2(8.0, 0.0),
            label,
            theme::bold(theme::SMALL),
            colour,
        );
    }
    tip(&response, &axes, years, |at| {
        traces
            .iter()
            .filter_map(|trace| Some((trace.name.clone(), number(trace.values.get(at).copied().flatten()?))))
            .collect()
    });
}

/// A value beside a chart, with more places where it is small.
fn number(value: f64) -> String {
    match value.abs() {
        size if size < 5e-4 => "0".into(),
        size if size < 0.0995 => format!("{value:.3}"),
        size if size < 0.995 => format!("{value:.2}"),
        _ => decimals(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_on_round_numbers() {
        for (value, top) in [(84.0, 100.0), (0.3, 0.3), (1_210.0, 1_500.0), (26.0, 30.0)] {
            assert!((nice_top(value).0 - top).abs() < 1e-9, "{value}: {:?}", nice_top(value));
        }
        assert_eq!(nice_top(f64::NAN), (1.0, 0.25));
    }

    #[test]
    fn labels_stand_apart_and_inside() {
        let placed = spread(&[100.0, 101.0, 99.0], egui::Rangef::new(0.0, 102.0));
        let mut sorted = placed.clone();
        sorted.sort_by(f32::total_cmp);
        assert!(
            sorted.windows(2).all(|pair| pair[1] - pair[0] >= LABEL_GAP - 1e-3),
            "{placed:?}"
        );
        assert!(sorted[2] <= 102.0);
    }
}
