//! Charts, painted: lines, bars that stand and lie, and a grid of words. Series carry their name at the end of the line,
//! differ by dash or mark as well as colour, and every chart has a title, a unit, a source line and a summary for a
//! screen reader. Each is a [`Figure`] first, so that what can be taken out of it is what is shown.

use std::sync::Arc;

use eframe::egui::{
    self, Align2, Color32, FontId, Painter, Pos2, Rect, Response, Shape, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::chart_data;
use super::terms;
use super::theme::{self, Palette};
use super::words::{Words, fill};
use crate::report::figure::{
    self, Axis, Bar, Body, Figure, Mark, Series, Style, Target, is_seen, is_shown, net, stack, value_at,
};

pub use crate::report::figure::Head;

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
/// Between the title and the unit below it.
const LEADING: f32 = 1.0;
/// Between the chart and its source line.
const FOOT: f32 = 5.0;
const LABEL_GAP: f32 = 13.0;
/// Height of the total above a bar.
const TOTAL: f32 = 15.0;
const SWATCH: f32 = 12.0;
/// Width of the button that opens a chart's menu.
const MENU: f32 = 22.0;

/// The card with what stands around the chart; gives back the inside.
fn card(ui: &Ui, words: &Words, rect: Rect, head: &Head, role: egui::accesskit::Role) -> (Response, Painter, Rect) {
    let palette = Palette::of(ui);
    let response = ui.interact(rect, ui.scope_id().with(&head.title), egui::Sense::CLICK);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(role);
        node.set_label(if head.unit.is_empty() {
            head.title.clone()
        } else {
            format!("{} ({})", head.title, head.unit)
        });
        node.set_description(head.summary.clone());
        // What takes no focus has no place of its own.
        node.set_bounds(egui::accesskit::Rect {
            x0: rect.left().into(),
            y0: rect.top().into(),
            x1: rect.right().into(),
            y1: rect.bottom().into(),
        });
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
    let title = cut(
        &painter,
        &head.title,
        (theme::bold(theme::HEADING), palette.text),
        inside.width() - MENU,
        2,
    );
    let mut y = inside.top() + title.size().y + LEADING;
    let place = Rect::from_min_size(inside.left_top(), title.size());
    painter.galley(place.min, Arc::clone(&title), palette.text);
    let sentences = terms::mark(&painter, place.min, &title, &head.title, words, palette.weak);
    if !sentences.is_empty() {
        let over = ui.interact(place, response.id.with("terms"), egui::Sense::hover());
        over.on_hover_text(sentences);
    }
    if !head.unit.is_empty() {
        let unit = one_line(
            &painter,
            &head.unit,
            theme::text(theme::SMALL),
            palette.weak,
            inside.width(),
        );
        let height = unit.size().y;
        painter.galley(pos2(inside.left(), y), unit, palette.weak);
        y += height;
    }
    let source = cut(
        &painter,
        &head.source,
        (theme::text(theme::SMALL), palette.weak),
        inside.width(),
        2,
    );
    let foot = inside.bottom() - source.size().y + 3.0;
    painter.galley(pos2(inside.left(), foot), source, palette.weak);
    let plot = Rect::from_min_max(pos2(inside.left(), y), pos2(inside.right(), foot - FOOT));
    (response, painter, plot)
}

/// Text on one line, cut with an ellipsis where there is no room.
fn one_line(painter: &Painter, text: &str, font: FontId, colour: Color32, room: f32) -> Arc<egui::Galley> {
    cut(painter, text, (font, colour), room, 1)
}

/// Text on a few lines, cut with an ellipsis where they do not hold it.
fn cut(painter: &Painter, text: &str, (font, colour): (FontId, Color32), room: f32, lines: usize) -> Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::single_section(text.to_owned(), egui::TextFormat::simple(font, colour));
    job.wrap = egui::text::TextWrapping {
        max_rows: lines,
        break_anywhere: lines == 1,
        ..egui::text::TextWrapping::truncate_at_width(room.max(1.0))
    };
    painter.layout_job(job)
}

/// The frame of a chart over years: where a year and a value stand.
struct Axes {
    plot: Rect,
    axis: Axis,
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
        self.plot.bottom() - self.plot.height() * self.axis.place(value) as f32
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
        for value in self.axis.lines() {
            let y = painter.round_to_pixel_center(self.y(value));
            painter.hline(self.plot.x_range(), y, Stroke::new(1.0, palette.grid));
            painter.text(
                pos2(self.plot.left() - 6.0, y),
                Align2::RIGHT_CENTER,
                self.axis.tick(value, figure.format),
                theme::text(theme::SMALL),
                palette.weak,
            );
        }
        self.paint_years(painter, palette, &figure.years);
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
    let right = (labels + 10.0).min(inside.width() * 0.5);
    Rect::from_min_max(inside.min + vec2(AXIS, 6.0), inside.max - vec2(right, YEARS))
}

/// A label that starts at a place and ends inside the card. Where there is no room the name is cut, not its value.
fn end_label(painter: &Painter, card: Rect, start: Pos2, text: &str, font: FontId, colour: Color32) {
    let room = card.right() - 4.0 - start.x;
    let value = text
        .match_indices(' ')
        .rfind(|(at, _)| text[at + 1..].starts_with(|letter: char| letter.is_ascii_digit() || letter == '\u{2212}'))
        .map_or(text.len(), |(at, _)| at);
    let (name, value) = text.split_at(value);
    let value = painter.layout_no_wrap(value.to_owned(), font.clone(), colour);
    let name = one_line(painter, name, font, colour, room - value.size().x);
    let place = start - vec2(0.0, name.size().y / 2.0);
    let width = name.size().x;
    painter.galley(place, name, colour);
    painter.galley(place + vec2(width, 0.0), value, colour);
}

/// Lines of shares, and what they are held against.
#[derive(Clone, Copy, Debug)]
pub struct Shares<'a> {
    /// Lines, the one that matters most first.
    pub lines: &'a [Line<'a>],
    /// Year, share and name of what is to be reached.
    pub target: Option<&'a (i32, f64, String)>,
    /// Whether the axis goes up to 100 % whatever the lines hold.
    pub whole: bool,
}

/// Lines of shares, as percentages, with a mark at the target.
pub fn lines(ui: &Ui, words: &Words, rect: Rect, head: &Head, years: &[i32], shares: &Shares<'_>) {
    let series: Vec<Series> = shares
        .lines
        .iter()
        .map(|line| Series {
            name: line.name.clone(),
            label: line.label.clone(),
            values: line.values.iter().map(|value| value * 100.0).collect(),
            style: style(line.dash),
            colour: theme::plain(line.colour),
            ink: theme::plain(line.colour),
        })
        .collect();
    let target = shares.target.map(|(year, value, label)| Target {
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
    let (high, step) = match most {
        _ if shares.whole => (100.0, 25.0),
        _ if most <= 10.0 => (10.0, 2.5),
        _ if most <= 25.0 => (25.0, 5.0),
        _ if most <= 50.0 => (50.0, 10.0),
        _ => (100.0, 25.0),
    };
    let axis = Axis { low: 0.0, high, step };
    let body = Body::Lines {
        lines: series,
        target,
        band: None,
    };
    show(ui, words, rect, &of(ui, words, head, years, body, axis));
}

const fn style(dash: Dash) -> Style {
    match dash {
        Dash::Bold => Style::Bold,
        Dash::Dashed => Style::Dashed,
        Dash::Dotted => Style::Dotted,
    }
}

fn of(ui: &Ui, words: &Words, head: &Head, years: &[i32], body: Body, axis: Axis) -> Figure {
    Figure {
        head: head.clone(),
        years: years.to_vec(),
        body,
        axis,
        look: Palette::of(ui).look(),
        format: words.numbers.format,
        stamp: figure::Stamp::default(),
    }
}

/// Shows a figure on a card: as a chart, or as a table where a person wishes it so.
pub fn show(ui: &Ui, words: &Words, rect: Rect, figure: &Figure) {
    let (response, painter, inside) = card(ui, words, rect, &figure.head, egui::accesskit::Role::Figure);
    if chart_data::menu(ui, words, rect, figure, &response) {
        chart_data::table(ui, inside, figure, response.id);
        return;
    }
    if inside.width() < theme::CHART_LEAST.x || inside.height() < theme::CHART_LEAST.y {
        let text = cut(
            &painter,
            words.chart_no_room,
            (theme::text(theme::SMALL), Palette::of(ui).weak),
            inside.width(),
            2,
        );
        painter.galley(inside.min, text, Palette::of(ui).weak);
        return;
    }
    let frame = Card {
        ui,
        words,
        rect,
        response,
        painter,
        inside,
    };
    match &figure.body {
        Body::Lines { lines, target, band } => frame.lines(figure, lines, target.as_ref(), band.as_ref()),
        Body::Bars { parts, levels, total } => frame.bars(figure, parts, levels, total),
        Body::Rows { rows, parts, mark } => frame.rows(figure, rows, parts, mark.as_ref()),
        Body::Words(rows) => frame.words(figure, rows),
    }
}

/// A card that a figure is painted on.
struct Card<'a> {
    ui: &'a Ui,
    words: &'a Words,
    rect: Rect,
    response: Response,
    painter: Painter,
    inside: Rect,
}

/// A label that belongs beside a height, with the series that it names.
struct End<'a> {
    y: f32,
    label: &'a str,
    ink: Color32,
    bold: bool,
    series: Option<&'a Series>,
}

impl Card<'_> {
    fn lines(&self, figure: &Figure, lines: &[Series], target: Option<&Target>, band: Option<&figure::Band>) {
        let (palette, painter, years) = (Palette::of(self.ui), &self.painter, &figure.years);
        let labels = lines
            .iter()
            .map(|line| line.label.as_str())
            .chain(target.map(|target| target.label.as_str()))
            .chain(band.map(|band| band.name.as_str()));
        let marked = lines.iter().any(|line| matches!(line.style, Style::Marked(_)));
        let indent = if marked { SWATCH } else { 2.0 };
        let plot = plot_beside(self.inside, widest(painter, labels) + indent);
        let axes = Axes {
            plot,
            axis: figure.axis,
            count: years.len(),
            bars: false,
        };
        axes.paint(painter, palette, figure);
        let mut ends = Vec::new();
        let mut end = |y, label, ink, bold, series| {
            ends.push(End {
                y,
                label,
                ink,
                bold,
                series,
            });
        };
        if let Some(band) = band {
            let (colour, (top, bottom)) = (theme::painted(band.colour), (axes.y(band.high), axes.y(band.low)));
            let ground = Rect::from_x_y_ranges(plot.x_range(), top..=bottom);
            painter.rect_filled(ground, 0, theme::painted(band.fill));
            for edge in [top, bottom] {
                let y = painter.round_to_pixel_center(edge);
                painter.hline(plot.x_range(), y, Stroke::new(1.0, colour));
            }
            end(ground.center().y, band.name.as_str(), colour, false, None);
        }
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
            end(y, target.label.as_str(), palette.text, false, None);
        }
        // The line that matters most last, on top of the others.
        for line in lines.iter().rev() {
            let colour = theme::painted(line.colour);
            let points: Vec<Pos2> = line
                .values
                .iter()
                .enumerate()
                .filter(|(_, value)| value.is_finite())
                .map(|(at, value)| pos2(axes.x(at), axes.y(*value)))
                .collect();
            let thin = Stroke::new(theme::LINE, colour);
            match line.style {
                Style::Dashed | Style::Ghost => painter.extend(Shape::dashed_line(&points, thin, 6.0, 4.0)),
                Style::Dotted => painter.extend(Shape::dashed_line(&points, thin, 1.5, 3.5)),
                Style::Marked(position) => {
                    let width = if position == 0 { theme::BOLD_LINE } else { theme::LINE };
                    painter.line(points.clone(), Stroke::new(width, colour));
                    for point in &points {
                        mark(painter, *point, position, colour);
                    }
                }
                _ => {
                    painter.line(points.clone(), Stroke::new(theme::BOLD_LINE, colour));
                    for point in &points {
                        painter.circle_filled(*point, 2.75, colour);
                    }
                }
            }
            if let Some(last) = points.last() {
                let bold = matches!(line.style, Style::Bold | Style::Marked(_));
                end(last.y, &line.label, theme::painted(line.ink), bold, Some(line));
            }
        }
        self.labels(plot, indent, &ends);
        tip(&self.response, &axes, figure, |at| {
            let known = |line: &Series| {
                let value = line.values.get(at).copied().filter(|value| value.is_finite())?;
                Some((line.name.clone(), figure.show(value)))
            };
            lines.iter().filter_map(known).collect()
        });
    }

    fn bars(&self, figure: &Figure, parts: &[Series], levels: &[Series], total: &str) {
        let (palette, painter, years) = (Palette::of(self.ui), &self.painter, &figure.years);
        let labels = parts.iter().chain(levels).map(|series| series.label.as_str());
        let plot = plot_beside(self.inside, widest(painter, labels) + SWATCH);
        // Room for the total of a bar that reaches the top.
        let plot = plot.with_min_y(plot.top() + TOTAL - 6.0);
        let axes = Axes {
            plot,
            axis: figure.axis,
            count: years.len(),
            bars: true,
        };
        axes.paint(painter, palette, figure);
        #[allow(clippy::cast_precision_loss)]
        let slot = plot.width() / years.len().max(1) as f32;
        let half = (slot * 0.36).min(44.0);
        let mut ends = Vec::new();
        for at in 0..years.len() {
            for (part, (from, to)) in parts.iter().zip(stack(parts, at)) {
                let bar = Rect::from_min_max(
                    pos2(axes.x(at) - half, axes.y(from.max(to))),
                    pos2(axes.x(at) + half, axes.y(from.min(to))),
                );
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
                if at + 1 == years.len() && is_shown(part, figure.axis) {
                    ends.push(End {
                        y: bar.center().y,
                        label: &part.label,
                        ink: theme::painted(part.ink),
                        bold: true,
                        series: Some(part),
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
                    series: None,
                });
            }
        }
        self.totals(&axes, figure, parts, slot, half);
        self.labels(plot, SWATCH, &ends);
        tip(&self.response, &axes, figure, |at| {
            let parts_shown = parts
                .iter()
                .rev()
                .filter(|part| is_seen(value_at(part, at), figure.axis));
            let said = |series: &Series| (series.name.clone(), figure.show(value_at(series, at)));
            let all = (total.to_owned(), figure.show(net(parts, at)));
            levels
                .iter()
                .map(said)
                .chain([all])
                .chain(parts_shown.map(said))
                .collect()
        });
    }

    /// What each bar comes to, above it; where parts hang below zero, a mark across it as well.
    fn totals(&self, axes: &Axes, figure: &Figure, parts: &[Series], slot: f32, half: f32) {
        let (palette, painter) = (Palette::of(self.ui), &self.painter);
        let totals: Vec<String> = (0..axes.count).map(|at| figure.show(net(parts, at))).collect();
        let widest = widest(painter, totals.iter().map(String::as_str)) + 4.0;
        let has_room = figure::with_room(axes.count, f64::from(slot), f64::from(widest));
        if figure.axis.low < 0.0 {
            let y = painter.round_to_pixel_center(axes.y(0.0));
            painter.hline(axes.plot.x_range(), y, Stroke::new(1.0, palette.weak));
        }
        for (at, total) in totals.into_iter().enumerate() {
            let ends = stack(parts, at);
            let top = ends.iter().fold(0.0, |top: f64, (_, to)| top.max(*to));
            let x = axes.x(at);
            if ends.iter().any(|(_, to)| *to < 0.0 && is_seen(*to, figure.axis)) {
                let y = axes.y(net(parts, at));
                painter.hline((x - half - 3.0)..=(x + half + 3.0), y, Stroke::new(2.0, palette.text));
            }
            if has_room(at) && ends.iter().any(|(_, to)| is_seen(*to, figure.axis)) {
                let text = painter.layout_no_wrap(total, theme::bold(theme::SMALL), palette.text);
                let place = pos2(x - text.size().x / 2.0, axes.y(top) - 1.0 - text.size().y);
                // A level that runs through it leaves it readable.
                painter.rect_filled(
                    Rect::from_min_size(place, text.size()).shrink2(vec2(0.0, 2.0)),
                    1,
                    palette.card,
                );
                painter.galley(place, text, palette.text);
            }
        }
    }

    /// Labels at the right, apart from each other; a part of a bar has a sample of its area, a marked line its mark.
    fn labels(&self, plot: Rect, indent: f32, ends: &[End<'_>]) {
        let heights: Vec<f32> = ends.iter().map(|end| end.y).collect();
        let range = egui::Rangef::new(plot.top(), plot.bottom() - 2.0);
        for (end, y) in ends.iter().zip(spread(&heights, range)) {
            let start = pos2(plot.right() + 6.0, y);
            if let Some(series) = end.series {
                let swatch = Rect::from_center_size(start + vec2(4.0, 0.5), vec2(8.0, 8.0));
                let colour = theme::painted(series.colour);
                match series.style {
                    Style::Hatched => hatch(&self.painter, swatch, colour),
                    Style::Filled => {
                        self.painter.rect_filled(swatch, 1, colour);
                    }
                    Style::Marked(position) => mark(&self.painter, swatch.center(), position, colour),
                    _ => {}
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

    fn rows(&self, figure: &Figure, rows: &[Bar], parts: &[(String, figure::Rgb)], mark: Option<&(f64, String)>) {
        const PITCH: f32 = 14.0;
        let (palette, painter, inside) = (Palette::of(self.ui), &self.painter, self.inside);
        let most = inside.width() * 0.4;
        let left = widest(painter, rows.iter().map(|row| row.name.as_str())).min(most) + 8.0;
        let right = widest(painter, rows.iter().map(|row| row.label.as_str())).min(most) + 6.0;
        let plot = Rect::from_min_max(inside.min + vec2(left, 2.0), inside.max - vec2(right, YEARS));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let fit = ((plot.height() / PITCH) as usize).clamp(1, rows.len().max(1));
        let more = rows.len() - rows.len().min(fit);
        let rows = &rows[..rows.len() - more];
        #[allow(clippy::cast_possible_truncation)]
        let x = |value: f64| plot.left() + plot.width() * figure.axis.place(value).max(0.0) as f32;
        #[allow(clippy::cast_precision_loss)]
        let pitch = (plot.height() / rows.len().max(1) as f32).min(34.0);
        let half = (pitch * 0.36).min(9.0);
        let mut y = plot.top() + pitch / 2.0;
        for row in rows {
            let name = one_line(painter, &row.name, theme::text(theme::SMALL), palette.text, left - 8.0);
            painter.galley(
                pos2(plot.left() - 8.0 - name.size().x, y - name.size().y / 2.0),
                name,
                palette.text,
            );
            let ends = row.ends();
            for ((from, to), colour) in ends.iter().zip(&row.colours).filter(|((from, to), _)| from != to) {
                let bar = Rect::from_min_max(pos2(x(from.min(*to)), y - half), pos2(x(from.max(*to)), y + half));
                painter.rect_filled(bar, 0, theme::painted(*colour));
                painter.vline(bar.right(), bar.y_range(), Stroke::new(1.0, palette.card));
            }
            let from = ends.iter().fold(0.0, |far: f64, (_, to)| far.max(*to));
            let end = x(mark.map_or(from, |(value, _)| from.max(*value))) + 6.0;
            let font = theme::bold(theme::SMALL);
            end_label(painter, self.rect, pos2(end, y), &row.label, font, palette.text);
            y += pitch;
        }
        // What the colours and the line mean stands below.
        let mut at = pos2(inside.left(), inside.bottom() - 8.0);
        let mut key = |sample: &dyn Fn(Pos2), name: &str| {
            sample(at + vec2(4.0, 0.5));
            at.x += SWATCH;
            let font = theme::text(theme::SMALL);
            let name = one_line(painter, name, font, palette.text, inside.right() - at.x);
            let size = name.size();
            painter.galley(at - vec2(0.0, size.y / 2.0), name, palette.text);
            at.x += size.x + 14.0;
        };
        let stroke = Stroke::new(2.5, palette.text);
        if let Some((value, name)) = mark {
            painter.vline(x(*value), plot.top()..=(y - pitch / 2.0), stroke);
            let sample = |at: Pos2| {
                painter.vline(at.x, (at.y - 6.0)..=(at.y + 6.0), stroke);
            };
            key(&sample, name);
        }
        for (name, colour) in parts {
            let sample = |at| {
                let swatch = Rect::from_center_size(at, vec2(8.0, 8.0));
                painter.rect_filled(swatch, 1, theme::painted(*colour));
            };
            key(&sample, name);
        }
        if more > 0 {
            key(&|_| {}, &fill(self.words.chart_more, &[("count", &more.to_string())]));
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
            axis: figure.axis,
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
        tip(&self.response, &axes, figure, |at| {
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
pub fn bars(ui: &Ui, words: &Words, rect: Rect, head: &Head, years: &[i32], parts: &[Part], levels: &[Level<'_>]) {
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
    let axis = Axis::of_bars(&parts, &levels);
    let total = words.chart_total.to_owned();
    let body = Body::Bars { parts, levels, total };
    show(ui, words, rect, &of(ui, words, head, years, body, axis));
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
pub fn grid(ui: &Ui, words: &Words, rect: Rect, head: &Head, years: &[i32], rows: &[(String, Vec<Option<Cell>>)]) {
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
    let figure = of(ui, words, head, years, Body::Words(rows), Axis::up_to(1.0));
    show(ui, words, rect, &figure);
}

/// What a chart says of the year under the pointer.
fn tip(response: &Response, axes: &Axes, figure: &Figure, values: impl FnOnce(usize) -> Vec<(String, String)>) {
    let Some(at) = response.hover_pos().and_then(|pointer| axes.under(pointer)) else {
        return;
    };
    let values = values(at);
    response.clone().on_hover_ui_at_pointer(|ui| {
        ui.label(egui::RichText::new(figure.years[at].to_string()).font(theme::bold(theme::BODY)));
        ui.label(egui::RichText::new(&figure.head.unit).small().weak());
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
    /// Value and colour of each part of the chart; not finite where the row lacks it.
    pub parts: Vec<(f64, Color32)>,
    /// What stands behind the bar.
    pub label: String,
}

/// Bars that lie, one a row, as far as there is room, and a value to compare them with, as a line across; what the
/// colours and the line mean stands below. Values are in the unit of the head.
pub fn rows(
    ui: &Ui,
    words: &Words,
    rect: Rect,
    head: &Head,
    rows: &[Row],
    parts: &[(Color32, &str)],
    mark: Option<(f64, String)>,
) {
    let rows: Vec<Bar> = rows
        .iter()
        .map(|row| Bar {
            name: row.name.clone(),
            label: row.label.clone(),
            values: row.parts.iter().map(|(value, _)| *value).collect(),
            colours: row.parts.iter().map(|(_, colour)| theme::plain(*colour)).collect(),
        })
        .collect();
    let ends = || rows.iter().flat_map(Bar::ends).map(|(_, to)| to);
    // The longest bar fills the room: its value stands behind it, not on an axis.
    let high = ends().chain(mark.iter().map(|(value, _)| *value)).fold(1e-12, f64::max);
    let axis = Axis {
        low: ends().fold(0.0, f64::min),
        high,
        step: Axis::up_to(high).step,
    };
    let parts = parts
        .iter()
        .map(|(colour, name)| ((*name).to_owned(), theme::plain(*colour)))
        .collect();
    show(
        ui,
        words,
        rect,
        &of(ui, words, head, &[], Body::Rows { rows, parts, mark }, axis),
    );
}

/// A line of a measure that may lack a value in some years.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Values from the first year.
    pub values: Vec<Option<f64>>,
    /// Name.
    pub name: String,
    /// Name and last value, at the end of the line.
    pub label: String,
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

fn or_none(values: &[Option<f64>]) -> Vec<f64> {
    values.iter().map(|value| value.unwrap_or(f64::NAN)).collect()
}

/// Lowest and highest of some values that are known.
fn range(lines: &[Series], low: f64, high: f64) -> (f64, f64) {
    let values = lines.iter().flat_map(|line| line.values.iter().copied());
    values
        .filter(|value| value.is_finite())
        .fold((low, high), |(low, high), value| (low.min(value), high.max(value)))
}

/// Lines of a measure on either side of what it should be. Values are in the unit of the head.
pub fn traces(ui: &Ui, words: &Words, rect: Rect, head: &Head, years: &[i32], traces: &[Trace], band: &Band) {
    let palette = Palette::of(ui);
    let lines: Vec<Series> = traces
        .iter()
        .map(|trace| Series {
            name: trace.name.clone(),
            label: trace.label.clone(),
            values: or_none(&trace.values),
            style: style(trace.dash),
            colour: theme::plain(trace.colour),
            ink: theme::plain(trace.colour),
        })
        .collect();
    let (low, high) = range(&lines, band.low, band.high);
    let band = figure::Band {
        low: band.low,
        high: band.high,
        name: band.name.clone(),
        colour: theme::plain(palette.good),
        fill: theme::plain(palette.card.lerp_to_gamma(palette.good, 0.18)),
    };
    let body = Body::Lines {
        lines,
        target: None,
        band: Some(band),
    };
    show(
        ui,
        words,
        rect,
        &of(ui, words, head, years, body, Axis::around(low, high)),
    );
}

/// A chart that has nothing to show says why.
pub fn nothing(ui: &Ui, words: &Words, rect: Rect, head: &Head, why: &str) {
    let palette = Palette::of(ui);
    let (_, painter, inside) = card(ui, words, rect, head, egui::accesskit::Role::Note);
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
    /// Last value, at the end of the line.
    pub label: String,
    /// Position among the scenarios, which gives colour and mark.
    pub position: usize,
}

/// The mark of a scenario by its position: what tells lines apart without colour.
#[allow(clippy::cast_possible_truncation)]
pub fn mark(painter: &Painter, at: Pos2, position: usize, colour: Color32) {
    let size = Mark::SIZE as f32;
    let stroke = Stroke::new(1.75, colour);
    match Mark::of(position) {
        Mark::Dot => {
            painter.circle_filled(at, size, colour);
        }
        Mark::Shape(corners) => {
            let corners = corners.iter().map(|(x, y)| at + vec2(*x as f32, *y as f32) * size);
            painter.add(Shape::convex_polygon(corners.collect(), colour, Stroke::NONE));
        }
        Mark::Cross => {
            let (one, other) = (vec2(0.9, 0.9) * size, vec2(0.9, -0.9) * size);
            painter.line_segment([at - one, at + one], stroke);
            painter.line_segment([at - other, at + other], stroke);
        }
        Mark::Ring => {
            painter.circle_stroke(at, 0.9 * size, stroke);
        }
    }
}

/// Lines of several scenarios over all their years, each with its mark. Values are in the unit of the head, and may be
/// negative.
pub fn scenarios(ui: &Ui, words: &Words, rect: Rect, head: &Head, years: &[i32], lines: &[ScenarioLine]) {
    let palette = Palette::of(ui);
    let lines: Vec<Series> = lines
        .iter()
        .map(|line| {
            let colour = theme::plain(palette.scenario(line.position));
            Series {
                name: line.name.clone(),
                label: line.label.clone(),
                values: or_none(&line.values),
                style: Style::Marked(line.position),
                colour,
                ink: colour,
            }
        })
        .collect();
    let (low, high) = range(&lines, 0.0, 0.0);
    let body = Body::Lines {
        lines,
        target: None,
        band: None,
    };
    show(
        ui,
        words,
        rect,
        &of(ui, words, head, years, body, Axis::around(low, high)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::NumberFormat;

    #[test]
    fn axes_end_on_round_numbers() {
        for (value, top) in [(84.0, 100.0), (0.3, 0.3), (1_210.0, 1_500.0), (26.0, 30.0)] {
            assert!(
                (Axis::up_to(value).high - top).abs() < 1e-9,
                "{value}: {:?}",
                Axis::up_to(value)
            );
        }
        assert_eq!(Axis::up_to(f64::NAN).lines().count(), 5);
        let axis = Axis::around(-0.12, 0.31);
        let lines: Vec<String> = axis
            .lines()
            .map(|value| axis.tick(value, NumberFormat::SpacePoint))
            .collect();
        assert_eq!(lines, ["\u{2212}0.2", "\u{2212}0.1", "0.0", "0.1", "0.2", "0.3", "0.4"]);
        assert_eq!(axis.show(-0.004, NumberFormat::SpacePoint), "0.00");
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
