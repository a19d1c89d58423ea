//! Charts, painted: lines, stacked bars and a grid of words. Series carry their name at the end of the line, differ by
//! dash as well as colour, and every chart has a title, a unit, a source line and a summary for a screen reader.

use eframe::egui::{
    self, Align2, Color32, FontId, Painter, Pos2, Rect, Response, Shape, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::chart_data;
use super::theme::{self, Palette};
use super::words::Words;
use crate::report::figure::{self, Body, Figure, Series, Style, Target, is_shown, tick};
use crate::units::{NumberFormat, Unit};

pub use crate::report::figure::{Head, nice_top};

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
/// Width of the button that opens a chart's menu.
const MENU: f32 = 22.0;

/// The card with what stands around the chart; gives back the inside.
fn card(ui: &Ui, rect: Rect, head: &Head) -> (Response, Painter, Rect) {
    let palette = Palette::of(ui);
    let response = ui.interact(rect, ui.scope_id().with(&head.title), egui::Sense::CLICK);
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
        pos2(inside.right() - MENU - unit_width, inside.top() + 1.0),
        unit,
        palette.weak,
    );
    let room = inside.width() - MENU - unit_width - 12.0;
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

    fn paint(&self, painter: &Painter, palette: &Palette, figure: &Figure) {
        let (step, years) = (figure.axis.1, &figure.years);
        let lines = (self.top / step).round() as usize;
        for line in 0..=lines {
            let value = step * line as f64;
            let y = painter.round_to_pixel_center(self.y(value));
            painter.hline(self.plot.x_range(), y, Stroke::new(1.0, palette.grid));
            painter.text(
                pos2(self.plot.left() - 6.0, y),
                Align2::RIGHT_CENTER,
                tick(value, figure.format),
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

/// Heights of labels, moved apart so that none covers another, within a range.
#[allow(clippy::cast_possible_truncation)]
fn spread(heights: &[f32], range: egui::Rangef) -> Vec<f32> {
    let heights: Vec<f64> = heights.iter().map(|height| f64::from(*height)).collect();
    let placed = figure::spread(
        &heights,
        f64::from(LABEL_GAP),
        f64::from(range.min),
        f64::from(range.max),
    );
    placed.into_iter().map(|height| height as f32).collect()
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
    let percent = |values: &[f64]| values.iter().map(|value| value * 100.0).collect::<Vec<f64>>();
    let series: Vec<Series> = lines
        .iter()
        .map(|line| Series {
            name: line.name.clone(),
            label: line.label.clone(),
            values: percent(line.values),
            style: match line.dash {
                Dash::Bold => Style::Bold,
                Dash::Dashed => Style::Dashed,
                Dash::Dotted => Style::Dotted,
            },
            colour: theme::plain(line.colour),
            ink: theme::plain(line.colour),
        })
        .collect();
    let target = target.map(|(year, value, label)| Target {
        year: *year,
        value: value * 100.0,
        label: label.clone(),
    });
    let most = series
        .iter()
        .flat_map(|line| line.values.iter().copied())
        .chain(target.as_ref().map(|target| target.value))
        .fold(0.0, f64::max);
    // Few tops, so that the axis rests while the hand moves.
    let axis = match most {
        _ if most <= 10.0 => (10.0, 2.5),
        _ if most <= 25.0 => (25.0, 5.0),
        _ if most <= 50.0 => (50.0, 10.0),
        _ => (100.0, 25.0),
    };
    let body = Body::Lines { lines: series, target };
    show(ui, rect, &of(ui, head, years, body, axis));
}

fn of(ui: &Ui, head: &Head, years: &[i32], body: Body, axis: (f64, f64)) -> Figure {
    Figure {
        head: head.clone(),
        years: years.to_vec(),
        body,
        axis,
        look: Palette::of(ui).look(),
        format: Words::of(ui).numbers.format,
    }
}

/// Shows a figure on a card: as a chart, or as a table where a person wishes it so.
pub fn show(ui: &Ui, rect: Rect, figure: &Figure) {
    let (response, painter, inside) = card(ui, rect, &figure.head);
    if chart_data::menu(ui, rect, figure, &response) {
        chart_data::table(ui, inside, figure, response.id);
        return;
    }
    let frame = Card {
        ui,
        rect,
        response,
        painter,
        inside,
    };
    match &figure.body {
        Body::Lines { lines, target } => frame.lines(figure, lines, target.as_ref()),
        Body::Bars { parts, levels } => frame.bars(figure, parts, levels),
        Body::Words(rows) => frame.words(figure, rows),
    }
}

/// A card that a figure is painted on.
struct Card<'a> {
    ui: &'a Ui,
    rect: Rect,
    response: Response,
    painter: Painter,
    inside: Rect,
}

/// A label that belongs beside a height, with the part of a bar that it names.
struct End<'a> {
    y: f32,
    label: &'a str,
    ink: Color32,
    bold: bool,
    part: Option<&'a Series>,
}

impl Card<'_> {
    fn lines(&self, figure: &Figure, lines: &[Series], target: Option<&Target>) {
        let (palette, painter, years) = (Palette::of(self.ui), &self.painter, &figure.years);
        let labels = lines
            .iter()
            .map(|line| line.label.as_str())
            .chain(target.map(|target| target.label.as_str()));
        let plot = plot_beside(self.inside, widest(painter, labels));
        let axes = Axes {
            plot,
            top: figure.axis.0,
            count: years.len(),
            bars: false,
        };
        axes.paint(painter, palette, figure);
        let mut ends = Vec::new();
        if let Some(target) = target {
            let y = axes.y(target.value);
            let at = years
                .iter()
                .position(|known| *known == target.year)
                .unwrap_or(years.len().saturating_sub(1));
            painter.extend(Shape::dashed_line(
                &[pos2(plot.left(), y), pos2(axes.x(at), y)],
                Stroke::new(1.0, palette.text),
                1.5,
                3.0,
            ));
            painter.vline(axes.x(at), (y - 6.0)..=(y + 6.0), Stroke::new(2.5, palette.text));
            ends.push(End {
                y,
                label: &target.label,
                ink: palette.text,
                bold: false,
                part: None,
            });
        }
        // The plan's own line last, on top of the others.
        for line in lines.iter().rev() {
            let colour = theme::painted(line.colour);
            let points: Vec<Pos2> = line
                .values
                .iter()
                .enumerate()
                .map(|(at, value)| pos2(axes.x(at), axes.y(*value)))
                .collect();
            let thin = Stroke::new(theme::LINE, colour);
            match line.style {
                Style::Dashed | Style::Ghost => painter.extend(Shape::dashed_line(&points, thin, 6.0, 4.0)),
                Style::Dotted => painter.extend(Shape::dashed_line(&points, thin, 1.5, 3.5)),
                _ => {
                    painter.line(points.clone(), Stroke::new(theme::BOLD_LINE, colour));
                    for point in &points {
                        painter.circle_filled(*point, 2.75, colour);
                    }
                }
            }
            if let Some(end) = points.last() {
                ends.push(End {
                    y: end.y,
                    label: &line.label,
                    ink: theme::painted(line.ink),
                    bold: line.style == Style::Bold,
                    part: None,
                });
            }
        }
        self.labels(plot, 2.0, &ends);
        tip(&self.response, &axes, years, |at| {
            let value = |line: &Series| Words::of(self.ui).show(Unit::Share, at_year(line, at) / 100.0);
            lines.iter().map(|line| (line.name.clone(), value(line))).collect()
        });
    }

    fn bars(&self, figure: &Figure, parts: &[Series], levels: &[Series]) {
        let (palette, painter, years) = (Palette::of(self.ui), &self.painter, &figure.years);
        let labels = parts.iter().chain(levels).map(|series| series.label.as_str());
        let plot = plot_beside(self.inside, widest(painter, labels) + SWATCH);
        let axes = Axes {
            plot,
            top: figure.axis.0,
            count: years.len(),
            bars: true,
        };
        axes.paint(painter, palette, figure);
        #[allow(clippy::cast_precision_loss)]
        let slot = plot.width() / years.len().max(1) as f32;
        let half = (slot * 0.36).min(44.0);
        let mut ends = Vec::new();
        for at in 0..years.len() {
            let mut base = 0.0;
            for part in parts {
                let value = at_year(part, at).max(0.0);
                let bar = Rect::from_min_max(
                    pos2(axes.x(at) - half, axes.y(base + value)),
                    pos2(axes.x(at) + half, axes.y(base)),
                );
                base += value;
                if bar.height() > 0.25 {
                    let colour = theme::painted(part.colour);
                    if part.style == Style::Hatched {
                        hatch(painter, bar, colour);
                    } else {
                        painter.rect_filled(bar, 0, colour);
                        // A line of ground between parts tells them apart without colour.
                        painter.hline(bar.x_range(), bar.top(), Stroke::new(1.0, palette.card));
                    }
                }
                if at + 1 == years.len() && is_shown(part, figure.axis.0) {
                    ends.push(End {
                        y: bar.center().y,
                        label: &part.label,
                        ink: theme::painted(part.ink),
                        bold: true,
                        part: Some(part),
                    });
                }
            }
        }
        for level in levels {
            let colour = theme::painted(level.colour);
            let path: Vec<Pos2> = level
                .values
                .iter()
                .enumerate()
                .flat_map(|(at, value)| {
                    let (x, y) = (axes.x(at), axes.y(*value));
                    [pos2(x - slot / 2.0, y), pos2(x + slot / 2.0, y)]
                })
                .collect();
            if level.style == Style::Ghost {
                painter.extend(Shape::dashed_line(&path, Stroke::new(theme::LINE, colour), 6.0, 4.0));
            } else {
                painter.line(path.clone(), Stroke::new(2.0, colour));
            }
            if let Some(end) = path.last() {
                ends.push(End {
                    y: end.y,
                    label: &level.label,
                    ink: theme::painted(level.ink),
                    bold: true,
                    part: None,
                });
            }
        }
        self.labels(plot, SWATCH, &ends);
        tip(&self.response, &axes, years, |at| {
            let parts = parts
                .iter()
                .rev()
                .filter(|part| at_year(part, at).abs() > figure.axis.0 * 5e-4);
            levels
                .iter()
                .chain(parts)
                .map(|series| (series.name.clone(), tick(at_year(series, at), figure.format)))
                .collect()
        });
    }

    /// Labels at the right, apart from each other; a part of a bar has a sample of its area.
    fn labels(&self, plot: Rect, indent: f32, ends: &[End<'_>]) {
        let heights: Vec<f32> = ends.iter().map(|end| end.y).collect();
        let range = egui::Rangef::new(plot.top(), plot.bottom() - 2.0);
        for (end, y) in ends.iter().zip(spread(&heights, range)) {
            let start = pos2(plot.right() + 6.0, y);
            if let Some(part) = end.part {
                let swatch = Rect::from_center_size(start + vec2(4.0, 0.5), vec2(8.0, 8.0));
                let colour = theme::painted(part.colour);
                if part.style == Style::Hatched {
                    hatch(&self.painter, swatch, colour);
                } else {
                    self.painter.rect_filled(swatch, 1, colour);
                }
            }
            let font = if end.bold {
                theme::bold(theme::SMALL)
            } else {
                theme::text(theme::SMALL)
            };
            end_label(
                &self.painter,
                self.rect,
                start + vec2(indent, 0.0),
                end.label,
                font,
                end.ink,
            );
        }
    }

    fn words(&self, figure: &Figure, rows: &[figure::Row]) {
        let (palette, painter, years) = (Palette::of(self.ui), &self.painter, &figure.years);
        let names = rows.iter().map(|row| row.name.as_str());
        let left = widest(painter, names).min(self.inside.width() * 0.35) + 10.0;
        let plot = Rect::from_min_max(self.inside.min + vec2(left, 4.0), self.inside.max - vec2(0.0, YEARS));
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
        axes.paint_years(painter, palette, years);
        let font = theme::bold(theme::SMALL);
        let words = rows.iter().flat_map(|row| row.cells.iter().flatten());
        let wide = widest(painter, words.map(|(word, _)| word.as_str()));
        for (index, row) in rows.iter().enumerate() {
            #[allow(clippy::cast_precision_loss)]
            let y = plot.top() + height * (index as f32 + 0.5);
            painter.text(
                pos2(plot.left() - 8.0, y),
                Align2::RIGHT_CENTER,
                &row.name,
                theme::text(theme::SMALL),
                palette.text,
            );
            // Where whole words do not fit, years of the same word stand as one cell.
            let narrow = width - 5.0 < wide;
            let mut at = 0;
            for run in row.cells.chunk_by(|a, b| narrow && a == b) {
                let (first, last) = (at, at + run.len() - 1);
                at += run.len();
                let Some((word, ground)) = &run[0] else { continue };
                let place = Rect::from_x_y_ranges(
                    axes.x(first) - width / 2.0..=axes.x(last) + width / 2.0,
                    y - height / 2.0..=y + height / 2.0,
                );
                let place = place.shrink(1.5);
                painter.rect_filled(place, 3, theme::painted(*ground));
                let word = one_line(painter, word, font.clone(), palette.text, place.width() - 2.0);
                painter.galley(place.center() - word.size() / 2.0, word, palette.text);
            }
        }
        tip(&self.response, &axes, years, |at| {
            rows.iter()
                .filter_map(|row| {
                    row.cells
                        .get(at)?
                        .as_ref()
                        .map(|(word, _)| (row.name.clone(), word.clone()))
                })
                .collect()
        });
    }
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
    let parts: Vec<Series> = parts
        .iter()
        .map(|part| Series {
            name: part.name.clone(),
            label: part.label.clone(),
            values: part.values.clone(),
            style: if part.hatched { Style::Hatched } else { Style::Filled },
            colour: theme::plain(part.fill),
            ink: theme::plain(part.ink),
        })
        .collect();
    let levels: Vec<Series> = levels
        .iter()
        .map(|level| {
            let (style, colour) = if level.ghost {
                (Style::Ghost, palette.weak)
            } else {
                (Style::Level, palette.text)
            };
            Series {
                name: level.name.clone(),
                label: level.label.clone(),
                values: level.values.to_vec(),
                style,
                colour: theme::plain(colour),
                ink: theme::plain(colour),
            }
        })
        .collect();
    let most = (0..years.len())
        .map(|at| parts.iter().map(|part| at_year(part, at).max(0.0)).sum())
        .chain(levels.iter().flat_map(|level| level.values.iter().copied()))
        .fold(0.0, f64::max);
    show(
        ui,
        rect,
        &of(ui, head, years, Body::Bars { parts, levels }, nice_top(most)),
    );
}

fn at_year(series: &Series, at: usize) -> f64 {
    series.values.get(at).copied().unwrap_or(0.0)
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
    let rows = rows
        .iter()
        .map(|(name, cells)| figure::Row {
            name: name.clone(),
            cells: cells
                .iter()
                .map(|cell| {
                    cell.as_ref()
                        .map(|cell| (cell.word.to_owned(), theme::plain(cell.fill)))
                })
                .collect(),
        })
        .collect();
    show(ui, rect, &of(ui, head, years, Body::Words(rows), (1.0, 1.0)));
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

/// A row of a chart of rows: parts one after the other, and what they come to.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is about.
    pub name: String,
    /// Parts: value and colour.
    pub parts: Vec<(f64, Color32)>,
    /// What stands behind the bar.
    pub label: String,
    /// A value to compare with, as a tick.
    pub mark: Option<f64>,
}

/// Bars that lie, one a row, as far as there is room; what the colours and the tick mean stands below.
pub fn rows(ui: &Ui, rect: Rect, head: &Head, rows: &[Row], key: &[(Color32, &str)]) {
    const PITCH: f32 = 14.0;
    let palette = Palette::of(ui);
    let (_, painter, inside) = card(ui, rect, head);
    let left = widest(&painter, rows.iter().map(|row| row.name.as_str())).min(inside.width() * 0.4) + 8.0;
    let right = widest(&painter, rows.iter().map(|row| row.label.as_str())).min(inside.width() * 0.4) + 6.0;
    let plot = Rect::from_min_max(inside.min + vec2(left, 2.0), inside.max - vec2(right, YEARS));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let fit = ((plot.height() / PITCH) as usize).clamp(1, rows.len().max(1));
    let rows = &rows[..rows.len().min(fit)];
    let length = |row: &Row| row.parts.iter().map(|(value, _)| value.max(0.0)).sum::<f64>();
    let most = rows
        .iter()
        .flat_map(|row| [length(row), row.mark.unwrap_or(0.0)])
        .fold(1e-12, f64::max);
    #[allow(clippy::cast_possible_truncation)]
    let x = |value: f64| plot.left() + plot.width() * (value / most) as f32;
    #[allow(clippy::cast_precision_loss)]
    let pitch = (plot.height() / rows.len().max(1) as f32).min(34.0);
    for (index, row) in rows.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)]
        let y = plot.top() + pitch * (index as f32 + 0.5);
        let name = one_line(&painter, &row.name, theme::text(theme::SMALL), palette.text, left - 8.0);
        painter.galley(
            pos2(plot.left() - 8.0 - name.size().x, y - name.size().y / 2.0),
            name,
            palette.text,
        );
        let half = (pitch * 0.36).min(9.0);
        let mut from = 0.0;
        for (value, colour) in &row.parts {
            let to = from + value.max(0.0);
            let bar = Rect::from_min_max(pos2(x(from), y - half), pos2(x(to), y + half));
            painter.rect_filled(bar, 0, *colour);
            painter.vline(bar.right(), bar.y_range(), Stroke::new(1.0, palette.card));
            from = to;
        }
        if let Some(mark) = row.mark {
            painter.vline(
                x(mark),
                (y - half - 1.0)..=(y + half + 1.0),
                Stroke::new(2.5, palette.text),
            );
        }
        let end = x(from.max(row.mark.unwrap_or(0.0))) + 6.0;
        end_label(
            &painter,
            rect,
            pos2(end, y),
            &row.label,
            theme::bold(theme::SMALL),
            palette.text,
        );
    }
    let mut at = pos2(inside.left(), inside.bottom() - 8.0);
    for (colour, word) in key {
        let swatch = Rect::from_center_size(at + vec2(4.0, 0.5), vec2(8.0, 8.0));
        painter.rect_filled(swatch, 1, *colour);
        at.x += SWATCH;
        let galley = one_line(
            &painter,
            word,
            theme::text(theme::SMALL),
            palette.text,
            inside.right() - at.x,
        );
        let width = galley.size().x;
        painter.galley(at - vec2(0.0, galley.size().y / 2.0), galley, palette.text);
        at.x += width + 14.0;
    }
}

/// A line of a measure that may lack a value in some years.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Values from the first year.
    pub values: Vec<Option<f64>>,
    /// Name.
    pub name: String,
    /// Colour.
    pub colour: Color32,
    /// Way of drawing.
    pub dash: Dash,
}

/// What a measure should be: a band drawn across, or a single value.
#[derive(Clone, Debug)]
pub struct Band {
    /// From.
    pub low: f64,
    /// To.
    pub high: f64,
    /// Name.
    pub name: String,
}

/// Lines of a measure on either side of what it should be.
pub fn traces(
    ui: &Ui,
    rect: Rect,
    head: &Head,
    years: &[i32],
    traces: &[Trace],
    band: &Band,
    show: &dyn Fn(f64) -> String,
) {
    let palette = Palette::of(ui);
    let (response, painter, inside) = card(ui, rect, head);
    let labels: Vec<String> = traces
        .iter()
        .map(|trace| {
            let last = trace.values.last().copied().flatten();
            format!("{} {}", trace.name, last.map_or_else(String::new, show))
        })
        .collect();
    let names = labels
        .iter()
        .map(String::as_str)
        .chain(std::iter::once(band.name.as_str()));
    let plot = plot_beside(inside, widest(&painter, names));
    let all = || traces.iter().flat_map(|trace| trace.values.iter().flatten().copied());
    let low = all().fold(band.low, f64::min);
    let high = all().fold(band.high, f64::max);
    let (_, step) = nice_top((high - low) * 1.05);
    let (bottom, top) = (libm::floor(low / step) * step, libm::ceil(high / step) * step);
    let axes = Axes {
        plot,
        top: top - bottom,
        count: years.len(),
        bars: false,
    };
    let y = |value: f64| axes.y(value - bottom);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let lines = ((top - bottom) / step).round() as u16;
    for line in 0..=lines {
        let value = bottom + step * f64::from(line);
        let at = painter.round_to_pixel_center(y(value));
        painter.hline(plot.x_range(), at, Stroke::new(1.0, palette.grid));
        painter.text(
            pos2(plot.left() - 6.0, at),
            Align2::RIGHT_CENTER,
            show(value),
            theme::text(theme::SMALL),
            palette.weak,
        );
    }
    axes.paint_years(&painter, palette, years);
    let ground = Rect::from_x_y_ranges(plot.x_range(), y(band.high)..=y(band.low));
    painter.rect_filled(ground, 0, palette.good.gamma_multiply(0.18));
    for edge in [band.low, band.high] {
        painter.hline(
            plot.x_range(),
            painter.round_to_pixel_center(y(edge)),
            Stroke::new(1.0, palette.good),
        );
    }
    let mut ends = vec![(ground.center().y, band.name.as_str(), palette.good)];
    for (trace, label) in traces.iter().zip(&labels).rev() {
        let points: Vec<Pos2> = trace
            .values
            .iter()
            .enumerate()
            .filter_map(|(at, value)| Some(pos2(axes.x(at), y((*value)?))))
            .collect();
        match trace.dash {
            Dash::Bold => {
                for point in &points {
                    painter.circle_filled(*point, 2.75, trace.colour);
                }
                painter.line(points.clone(), Stroke::new(theme::BOLD_LINE, trace.colour));
            }
            Dash::Dashed | Dash::Dotted => {
                let (dash, space) = if trace.dash == Dash::Dashed {
                    (6.0, 4.0)
                } else {
                    (1.5, 3.5)
                };
                painter.extend(Shape::dashed_line(
                    &points,
                    Stroke::new(theme::LINE, trace.colour),
                    dash,
                    space,
                ));
            }
        }
        if let Some(end) = points.last() {
            ends.push((end.y, label.as_str(), trace.colour));
        }
    }
    let heights: Vec<f32> = ends.iter().map(|(y, ..)| *y).collect();
    let places = spread(&heights, egui::Rangef::new(plot.top(), plot.bottom()));
    for ((_, label, colour), y) in ends.iter().zip(places) {
        let font = if *colour == palette.accent {
            theme::bold(theme::SMALL)
        } else {
            theme::text(theme::SMALL)
        };
        end_label(&painter, rect, pos2(plot.right() + 8.0, y), label, font, *colour);
    }
    tip(&response, &axes, years, |at| {
        traces
            .iter()
            .filter_map(|trace| Some((trace.name.clone(), show(trace.values.get(at).copied().flatten()?))))
            .collect()
    });
}

/// A chart that has nothing to show says why.
pub fn nothing(ui: &Ui, rect: Rect, head: &Head, why: &str) {
    let palette = Palette::of(ui);
    let (_, painter, inside) = card(ui, rect, head);
    let galley = painter.layout(why.to_owned(), theme::text(theme::BODY), palette.weak, inside.width());
    painter.galley(inside.center() - galley.size() / 2.0, galley, palette.weak);
}

/// One scenario's line among those of others.
#[derive(Clone, Debug)]
pub struct ScenarioLine {
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
pub fn scenarios(ui: &Ui, rect: Rect, head: &Head, years: &[i32], lines: &[ScenarioLine]) {
    let palette = Palette::of(ui);
    let (response, painter, inside) = card(ui, rect, head);
    let all = || {
        let values = lines.iter().flat_map(|trace| trace.values.iter().flatten().copied());
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
    let format = Words::of(ui).numbers.format;
    let show = |value: f64| format.fixed(value, places);
    let ends: Vec<(usize, f64, String)> = lines
        .iter()
        .filter_map(|trace| {
            let at = trace.values.iter().rposition(Option::is_some)?;
            let value = trace.values[at]?;
            Some((at, value, number(value, format)))
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
    for trace in lines.iter().rev() {
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
    for ((trace, (.., label)), height) in lines
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
        lines
            .iter()
            .filter_map(|trace| {
                Some((
                    trace.name.clone(),
                    number(trace.values.get(at).copied().flatten()?, format),
                ))
            })
            .collect()
    });
}

/// A value beside a chart, with more places where it is small.
fn number(value: f64, format: NumberFormat) -> String {
    match value.abs() {
        size if size < 5e-4 => "0".into(),
        size if size < 0.0995 => format.fixed(value, 3),
        size if size < 0.995 => format.fixed(value, 2),
        _ => format.decimals(value),
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
