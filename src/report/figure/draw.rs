//! Figures drawn as files: the lines, bars and words of the window, in points of a page.

use ab_glyph::{Font as _, FontRef, ScaleFont as _};
use plotters::coord::Shift;
use plotters::prelude::{
    BitMapBackend, Circle, DrawingArea, DrawingBackend, IntoDrawingArea, PathElement, Polygon, RGBColor, Rectangle,
    SVGBackend, Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontDesc, FontFamily, FontStyle, ShapeStyle, TextStyle};

use super::{
    Axis, Band, Bar, Body, DrawError, Figure, Mark, Rgb, Row, Series, Style, Target, is_seen, is_shown, net, spread,
    stack, with_room,
};
use crate::scenario::visible::visible;

const WIDTH: f64 = 800.0;
const HEIGHT: f64 = 500.0;
/// Points of a file for one of the drawing.
const SCALE: f64 = 2.0;
/// How much finer than its points a picture is drawn.
const FINE: u32 = 2;
const PAD: f64 = 18.0;
const TITLE: f64 = 20.0;
const SMALL: f64 = 13.0;
const SWATCH: f64 = 16.0;

/// The first name is the font that is bundled; a viewer of a drawing that lacks it takes the next.
const FONT: &str = "Noto Sans, Arial, Helvetica, sans-serif";

impl Figure {
    /// A drawing of 1600 by 1000 points, with the summary for a screen reader.
    ///
    /// # Errors
    /// If the figure cannot be drawn.
    pub fn svg(&self) -> Result<String, DrawError> {
        let mut text = String::new();
        {
            let area =
                SVGBackend::with_string(&mut text, (pixels(WIDTH * SCALE), pixels(HEIGHT * SCALE))).into_drawing_area();
            self.draw(&Pen::new(&area, SCALE, false)?)?;
        }
        // What the drawing says stands first in it, where screen readers look.
        let at = text
            .find("<svg")
            .and_then(|start| Some(start + text[start..].find('>')? + 1))
            .unwrap_or(0);
        let said = format!(
            "\n<title>{} ({})</title>\n<desc>{}</desc>",
            escaped(&self.head.title),
            escaped(&self.head.unit),
            escaped(&self.said())
        );
        text.insert_str(at, &said);
        Ok(text.replacen("<svg ", "<svg role=\"img\" ", 1))
    }

    /// The finding, where it comes from and what the picture is of, in one text.
    fn said(&self) -> String {
        let (head, stamp) = (&self.head, &self.stamp);
        let parts = [&head.summary, &head.source, &stamp.plan, &stamp.made].map(String::as_str);
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }

    /// A picture of 1600 by 1000 points.
    ///
    /// # Errors
    /// If the figure cannot be drawn.
    pub fn png(&self) -> Result<Vec<u8>, DrawError> {
        let (width, height) = (pixels(WIDTH * SCALE), pixels(HEIGHT * SCALE));
        let fine = FINE as usize;
        let row = width as usize * fine * 3;
        // Drawn larger and averaged, so that slanted lines and letters have smooth edges.
        let mut large = vec![0u8; row * height as usize * fine];
        {
            let area = BitMapBackend::with_buffer(&mut large, (width * FINE, height * FINE)).into_drawing_area();
            self.draw(&Pen::new(&area, SCALE * f64::from(FINE), true)?)?;
        }
        let mut small = Vec::with_capacity(width as usize * height as usize * 3);
        for y in 0..height as usize {
            for x in 0..width as usize {
                for channel in 0..3 {
                    let mut sum = 0u32;
                    for dy in 0..fine {
                        for dx in 0..fine {
                            sum += u32::from(large[(y * fine + dy) * row + (x * fine + dx) * 3 + channel]);
                        }
                    }
                    #[allow(clippy::cast_possible_truncation)] // a mean of bytes
                    small.push((sum / (FINE * FINE)) as u8);
                }
            }
        }
        let mut bytes = Vec::new();
        let wrong = |error: png::EncodingError| DrawError(error.to_string());
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        for (key, text) in [("Title", self.head.title.clone()), ("Description", self.said())] {
            encoder.add_itxt_chunk(key.to_owned(), text).map_err(wrong)?;
        }
        let mut writer = encoder.write_header().map_err(wrong)?;
        writer.write_image_data(&small).map_err(wrong)?;
        writer.finish().map_err(wrong)?;
        Ok(bytes)
    }

    fn draw<DB: DrawingBackend>(&self, pen: &Pen<'_, DB>) -> Result<(), DrawError> {
        let look = &self.look;
        pen.area
            .fill(&rgb(look.ground))
            .map_err(|error| DrawError(error.to_string()))?;
        let (left, right) = (PAD, WIDTH - PAD);
        let title = pen.fit(&self.head.title, TITLE, true, right - left);
        pen.text(&title, (left, PAD + 10.0), HPos::Left, TITLE, true, look.text)?;
        let unit = pen.fit(&self.head.unit, SMALL, false, right - left);
        pen.text(&unit, (left, PAD + 34.0), HPos::Left, SMALL, false, look.weak)?;
        let source = pen.fit(&self.head.source, SMALL, false, right - left);
        pen.text(
            &source,
            (left, HEIGHT - PAD - 22.0),
            HPos::Left,
            SMALL,
            false,
            look.weak,
        )?;
        // Where there is no room for all of it, the plan's title is cut, not the date.
        let (made, foot) = (&self.stamp.made, HEIGHT - PAD - 4.0);
        pen.text(made, (right, foot), HPos::Right, SMALL, false, look.weak)?;
        let room = right - left - pen.width(made, SMALL, false) - 20.0;
        let plan = pen.fit(&self.stamp.plan, SMALL, false, room);
        pen.text(&plan, (left, foot), HPos::Left, SMALL, false, look.weak)?;
        let inside = Frame {
            left,
            right,
            top: PAD + 58.0,
            bottom: HEIGHT - PAD - 64.0,
        };
        match &self.body {
            Body::Lines { lines, target, band } => {
                self.draw_lines(pen, inside, lines, target.as_ref(), band.as_ref())?;
            }
            Body::Bars { parts, levels, .. } => self.draw_bars(pen, inside, parts, levels)?,
            Body::Rows { rows, parts, mark } => self.draw_rows(pen, inside, rows, parts, mark.as_ref())?,
            Body::Words(rows) => self.draw_words(pen, inside, rows)?,
        }
        pen.area.present().map_err(|error| DrawError(error.to_string()))
    }

    /// The frame of a chart beside its labels, with the lines and numbers of the axes.
    fn draw_axes<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        inside: Frame,
        bars: bool,
        labels: f64,
    ) -> Result<Axes, DrawError> {
        let axes = Axes {
            plot: Frame {
                left: inside.left + 44.0,
                right: inside.right - (labels + 12.0).min((inside.right - inside.left) * 0.45),
                ..inside
            },
            axis: self.axis,
            count: self.years.len(),
            bars,
        };
        let plot = axes.plot;
        for value in self.axis.lines() {
            let (y, text) = (axes.y(value), self.axis.tick(value, self.format));
            pen.line(&[(plot.left, y), (plot.right, y)], 1.0, self.look.grid)?;
            pen.text(&text, (plot.left - 8.0, y), HPos::Right, SMALL, false, self.look.weak)?;
        }
        self.draw_years(pen, &axes)?;
        Ok(axes)
    }

    fn draw_years<DB: DrawingBackend>(&self, pen: &Pen<'_, DB>, axes: &Axes) -> Result<(), DrawError> {
        let room = pixels(axes.plot.width() / 46.0).max(1) as usize;
        let every = self.years.len().div_ceil(room).max(1);
        for (at, year) in self.years.iter().enumerate() {
            if (self.years.len() - 1 - at).is_multiple_of(every) {
                let place = (axes.x(at), axes.plot.bottom + 15.0);
                pen.text(&year.to_string(), place, HPos::Center, SMALL, false, self.look.weak)?;
            }
        }
        Ok(())
    }

    fn draw_lines<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        inside: Frame,
        lines: &[Series],
        target: Option<&Target>,
        band: Option<&Band>,
    ) -> Result<(), DrawError> {
        // Lines that the window tells apart by marks, which it names above, have no names of their own beside them.
        let labels: Vec<String> = lines
            .iter()
            .map(|line| match line.style {
                Style::Marked(_) => format!("{} {}", line.name, line.label),
                _ => line.label.clone(),
            })
            .collect();
        let names = labels
            .iter()
            .map(String::as_str)
            .chain(target.map(|target| target.label.as_str()))
            .chain(band.map(|band| band.name.as_str()));
        let axes = self.draw_axes(pen, inside, false, pen.widest(names) + SWATCH)?;
        let plot = axes.plot;
        let mut ends = Vec::new();
        if let Some(band) = band {
            let (top, bottom) = (axes.y(band.high), axes.y(band.low));
            let (left, right) = (plot.left, plot.right);
            pen.rect(
                Frame {
                    left,
                    right,
                    top,
                    bottom,
                },
                band.fill,
            )?;
            for y in [top, bottom] {
                pen.line(&[(left, y), (right, y)], 1.0, band.colour)?;
            }
            let middle = f64::midpoint(top, bottom);
            ends.push((middle, band.name.as_str(), band.colour, Sample::None));
        }
        if let Some(target) = target {
            let y = axes.y(target.value);
            let at = self.years.iter().position(|year| *year == target.year);
            let x = axes.x(at.unwrap_or(self.years.len().saturating_sub(1)));
            pen.dashed(&[(plot.left, y), (x, y)], (1.5, 3.0), 1.0, self.look.text)?;
            pen.line(&[(x, y - 7.0), (x, y + 7.0)], 2.5, self.look.text)?;
            ends.push((y, target.label.as_str(), self.look.text, Sample::None));
        }
        // The line that matters most last, on top of the others.
        for (line, label) in lines.iter().zip(&labels).rev() {
            let points: Vec<_> = line
                .values
                .iter()
                .enumerate()
                .filter(|(_, value)| value.is_finite())
                .map(|(at, value)| (axes.x(at), axes.y(*value)))
                .collect();
            match line.style {
                Style::Dashed | Style::Ghost => pen.dashed(&points, (6.0, 4.0), 1.5, line.colour)?,
                Style::Dotted => pen.dashed(&points, (1.5, 3.5), 1.5, line.colour)?,
                Style::Marked(position) => {
                    pen.line(&points, if position == 0 { 2.75 } else { 1.5 }, line.colour)?;
                    for point in &points {
                        pen.mark(*point, position, line.colour)?;
                    }
                }
                _ => {
                    pen.line(&points, 2.75, line.colour)?;
                    for point in &points {
                        pen.dot(*point, 3.0, line.colour)?;
                    }
                }
            }
            if let Some((_, y)) = points.last() {
                let sample = match line.style {
                    Style::Marked(position) => Sample::Mark(position),
                    _ => Sample::None,
                };
                ends.push((*y, label, line.ink, sample));
            }
        }
        Self::draw_labels(pen, &axes, inside, &ends)
    }

    fn draw_bars<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        inside: Frame,
        parts: &[Series],
        levels: &[Series],
    ) -> Result<(), DrawError> {
        let names = parts.iter().chain(levels).map(|series| series.label.as_str());
        let axes = self.draw_axes(pen, inside, true, pen.widest(names) + SWATCH)?;
        let slot = axes.plot.width() / count(self.years.len());
        let half = (slot * 0.36).min(48.0);
        let mut ends = Vec::new();
        for at in 0..self.years.len() {
            for (part, (from, to)) in parts.iter().zip(stack(parts, at)) {
                let bar = Frame {
                    left: axes.x(at) - half,
                    right: axes.x(at) + half,
                    top: axes.y(from.max(to)),
                    bottom: axes.y(from.min(to)),
                };
                if bar.bottom - bar.top > 0.25 {
                    pen.area(bar, part, self.look.ground)?;
                }
                if at + 1 == self.years.len() && is_shown(part, self.axis) {
                    let middle = f64::midpoint(bar.top, bar.bottom);
                    ends.push((middle, part.label.as_str(), part.ink, Sample::Area(part)));
                }
            }
        }
        for level in levels {
            let path: Vec<_> = level
                .values
                .iter()
                .enumerate()
                .flat_map(|(at, value)| {
                    let y = axes.y(*value);
                    [(axes.x(at) - slot / 2.0, y), (axes.x(at) + slot / 2.0, y)]
                })
                .collect();
            if level.style == Style::Ghost {
                pen.dashed(&path, (6.0, 4.0), 1.5, level.colour)?;
            } else {
                pen.line(&path, 2.0, level.colour)?;
            }
            if let Some((_, y)) = path.last() {
                ends.push((*y, level.label.as_str(), level.ink, Sample::None));
            }
        }
        self.draw_totals(pen, &axes, parts, slot, half)?;
        Self::draw_labels(pen, &axes, inside, &ends)
    }

    /// What each bar comes to, above it; where parts hang below zero, a mark across it as well.
    fn draw_totals<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        axes: &Axes,
        parts: &[Series],
        slot: f64,
        half: f64,
    ) -> Result<(), DrawError> {
        let totals: Vec<String> = (0..self.years.len()).map(|at| self.show(net(parts, at))).collect();
        let widest = pen.widest(totals.iter().map(String::as_str)) + 4.0;
        let has_room = with_room(totals.len(), slot, widest);
        if self.axis.low < 0.0 {
            let y = axes.y(0.0);
            pen.line(&[(axes.plot.left, y), (axes.plot.right, y)], 1.0, self.look.weak)?;
        }
        for (at, total) in totals.iter().enumerate() {
            let ends = stack(parts, at);
            let top = ends.iter().fold(0.0, |top: f64, (_, to)| top.max(*to));
            let x = axes.x(at);
            if ends.iter().any(|(_, to)| *to < 0.0 && is_seen(*to, self.axis)) {
                let y = axes.y(net(parts, at));
                pen.line(&[(x - half - 4.0, y), (x + half + 4.0, y)], 2.0, self.look.text)?;
            }
            if has_room(at) && ends.iter().any(|(_, to)| is_seen(*to, self.axis)) {
                let place = (x, axes.y(top) - 10.0);
                pen.text(total, place, HPos::Center, SMALL, true, self.look.text)?;
            }
        }
        Ok(())
    }

    /// Labels at the right, apart from each other, with a sample of what they name.
    fn draw_labels<DB: DrawingBackend>(
        pen: &Pen<'_, DB>,
        axes: &Axes,
        inside: Frame,
        ends: &[(f64, &str, Rgb, Sample<'_>)],
    ) -> Result<(), DrawError> {
        let heights: Vec<f64> = ends.iter().map(|(y, ..)| *y).collect();
        let plain = ends.iter().all(|(.., sample)| matches!(sample, Sample::None));
        let indent = if plain { 2.0 } else { SWATCH };
        for ((_, label, ink, sample), y) in ends.iter().zip(spread(&heights, 17.0, axes.plot.top, axes.plot.bottom)) {
            let x = axes.plot.right + 8.0;
            match sample {
                Sample::Area(part) => pen.area(Frame::swatch(x, y), part, part.colour)?,
                Sample::Mark(position) => pen.mark((x + 5.0, y), *position, *ink)?,
                Sample::None => {}
            }
            let label = pen.fit(label, SMALL, true, inside.right - x - indent);
            pen.text(&label, (x + indent, y), HPos::Left, SMALL, true, *ink)?;
        }
        Ok(())
    }

    fn draw_rows<DB: DrawingBackend>(
        &self,
        pen: &Pen<'_, DB>,
        inside: Frame,
        rows: &[Bar],
        parts: &[(String, Rgb)],
        mark: Option<&(f64, String)>,
    ) -> Result<(), DrawError> {
        let most = (inside.right - inside.left) * 0.4;
        let names = pen.widest(rows.iter().map(|row| row.name.as_str())).min(most);
        let labels = pen.widest(rows.iter().map(|row| row.label.as_str())).min(most);
        let plot = Frame {
            left: inside.left + names + 10.0,
            right: inside.right - labels - 8.0,
            ..inside
        };
        let x = |value: f64| plot.left + plot.width() * self.axis.place(value).max(0.0);
        let pitch = ((plot.bottom - plot.top) / count(rows.len())).min(46.0);
        let half = (pitch * 0.36).min(13.0);
        let mut y = plot.top + pitch / 2.0;
        for row in rows {
            let name = pen.fit(&row.name, SMALL, false, plot.left - inside.left - 10.0);
            pen.text(&name, (plot.left - 10.0, y), HPos::Right, SMALL, false, self.look.text)?;
            let ends = row.ends();
            for ((from, to), colour) in ends.iter().zip(&row.colours).filter(|((from, to), _)| from != to) {
                let bar = Frame {
                    left: x(from.min(*to)),
                    right: x(from.max(*to)),
                    top: y - half,
                    bottom: y + half,
                };
                pen.rect(bar, *colour)?;
                pen.line(&[(bar.right, bar.top), (bar.right, bar.bottom)], 1.0, self.look.ground)?;
            }
            let from = ends.iter().fold(0.0, |far: f64, (_, to)| far.max(*to));
            let end = x(mark.map_or(from, |(value, _)| from.max(*value))) + 8.0;
            let label = pen.fit(&row.label, SMALL, true, inside.right - end);
            pen.text(&label, (end, y), HPos::Left, SMALL, true, self.look.text)?;
            y += pitch;
        }
        // What the colours and the line mean stands below.
        let (mut at, foot) = (inside.left, inside.bottom + 20.0);
        if let Some((value, name)) = mark {
            let bottom = plot.top + pitch * count(rows.len());
            pen.line(&[(x(*value), plot.top), (x(*value), bottom)], 2.5, self.look.text)?;
            pen.line(&[(at + 5.0, foot - 7.0), (at + 5.0, foot + 7.0)], 2.5, self.look.text)?;
            pen.text(name, (at + SWATCH, foot), HPos::Left, SMALL, false, self.look.text)?;
            at += SWATCH + pen.width(name, SMALL, false) + 20.0;
        }
        for (name, colour) in parts {
            pen.rect(Frame::swatch(at, foot), *colour)?;
            let name = pen.fit(name, SMALL, false, inside.right - at - SWATCH);
            pen.text(&name, (at + SWATCH, foot), HPos::Left, SMALL, false, self.look.text)?;
            at += SWATCH + pen.width(&name, SMALL, false) + 20.0;
        }
        Ok(())
    }

    fn draw_words<DB: DrawingBackend>(&self, pen: &Pen<'_, DB>, inside: Frame, rows: &[Row]) -> Result<(), DrawError> {
        let names = pen.widest(rows.iter().map(|row| row.name.as_str()));
        let left = inside.left + names.min(inside.width() * 0.35) + 10.0;
        let height = ((inside.bottom - inside.top) / count(rows.len())).min(90.0);
        let plot = Frame {
            left,
            bottom: inside.top + height * count(rows.len()),
            ..inside
        };
        let axes = Axes {
            plot,
            axis: self.axis,
            count: self.years.len(),
            bars: true,
        };
        self.draw_years(pen, &axes)?;
        let width = plot.width() / count(self.years.len());
        let words = rows.iter().flat_map(|row| row.cells.iter().flatten());
        let wide = pen.widest(words.map(|(word, _)| word.as_str()));
        for (index, row) in rows.iter().enumerate() {
            #[allow(clippy::cast_precision_loss)]
            let top = plot.top + height * index as f64;
            let middle = top + height / 2.0;
            let name = pen.fit(&row.name, SMALL, false, left - inside.left - 10.0);
            pen.text(&name, (left - 10.0, middle), HPos::Right, SMALL, false, self.look.text)?;
            // Where whole words do not fit, years of the same word stand as one cell.
            let narrow = width - 6.0 < wide;
            let mut at = 0;
            for run in row.cells.chunk_by(|a, b| narrow && a == b) {
                let (first, last) = (at, at + run.len() - 1);
                at += run.len();
                let Some((word, ground)) = &run[0] else { continue };
                let cell = Frame {
                    left: axes.x(first) - width / 2.0 + 1.5,
                    right: axes.x(last) + width / 2.0 - 1.5,
                    top: top + 1.5,
                    bottom: top + height - 1.5,
                };
                pen.rect(cell, *ground)?;
                let word = pen.fit(word, SMALL, true, cell.width() - 4.0);
                let place = (f64::midpoint(cell.left, cell.right), middle);
                pen.text(&word, place, HPos::Center, SMALL, true, self.look.text)?;
            }
        }
        Ok(())
    }
}

const fn rgb([red, green, blue]: Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}

/// Whole points.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn pixels(length: f64) -> u32 {
    length.round().max(0.0) as u32
}

/// Number of slots, at least one.
#[allow(clippy::cast_precision_loss)]
fn count(slots: usize) -> f64 {
    slots.max(1) as f64
}

fn escaped(text: &str) -> String {
    visible(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// What stands before a label, so that it is known without colour what it names.
enum Sample<'a> {
    None,
    Area(&'a Series),
    Mark(usize),
}

/// A rectangle; `top` is above `bottom`.
#[derive(Clone, Copy, Debug)]
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Frame {
    /// A small sample of an area.
    fn swatch(x: f64, y: f64) -> Self {
        Self {
            left: x,
            right: x + 10.0,
            top: y - 5.0,
            bottom: y + 5.0,
        }
    }

    fn width(&self) -> f64 {
        self.right - self.left
    }
}

/// Where a year and a value stand.
struct Axes {
    plot: Frame,
    axis: Axis,
    count: usize,
    bars: bool,
}

#[allow(clippy::cast_precision_loss)]
impl Axes {
    fn x(&self, at: usize) -> f64 {
        if self.bars {
            self.plot.left + self.plot.width() * (at as f64 + 0.5) / count(self.count)
        } else {
            self.plot.left + self.plot.width() * at as f64 / (self.count.max(2) - 1) as f64
        }
    }

    fn y(&self, value: f64) -> f64 {
        self.plot.bottom - (self.plot.bottom - self.plot.top) * self.axis.place(value)
    }
}

type Place = (f64, f64);

/// Draws in points of the drawing, whatever the size of the file.
struct Pen<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    scale: f64,
    /// Regular and bold.
    fonts: [FontRef<'static>; 2],
    /// Whether letters are drawn here; a drawing leaves them to its viewer.
    letters: bool,
}

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    fn new(area: &'a DrawingArea<DB, Shift>, scale: f64, letters: bool) -> Result<Self, DrawError> {
        let font = |bytes: &'static [u8]| FontRef::try_from_slice(bytes).map_err(|error| DrawError(error.to_string()));
        Ok(Self {
            area,
            scale,
            fonts: [
                font(include_bytes!("../../../assets/fonts/NotoSans-Regular.subset.ttf"))?,
                font(include_bytes!("../../../assets/fonts/NotoSans-Bold.subset.ttf"))?,
            ],
            letters,
        })
    }

    #[allow(clippy::cast_possible_truncation)]
    fn at(&self, (x, y): Place) -> (i32, i32) {
        ((x * self.scale).round() as i32, (y * self.scale).round() as i32)
    }

    fn line(&self, points: &[Place], width: f64, colour: Rgb) -> Result<(), DrawError> {
        let points: Vec<_> = points.iter().map(|point| self.at(*point)).collect();
        let stroke = ShapeStyle {
            color: rgb(colour).to_rgba(),
            filled: false,
            stroke_width: pixels(width * self.scale).max(1),
        };
        self.put(&PathElement::new(points, stroke))
    }

    /// Dashes along a path, `on` long and `off` apart.
    fn dashed(&self, points: &[Place], (on, off): (f64, f64), width: f64, colour: Rgb) -> Result<(), DrawError> {
        let mut walked = 0.0;
        for pair in points.windows(2) {
            let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
            let length = libm::hypot(to_x - x, to_y - y);
            let along = |distance: f64| {
                let part = (distance / length).clamp(0.0, 1.0);
                (x + (to_x - x) * part, y + (to_y - y) * part)
            };
            // Where a dash of the piece before goes on.
            let mut start = -(walked % (on + off));
            while start < length {
                if start + on > 0.0 {
                    self.line(&[along(start), along(start + on)], width, colour)?;
                }
                start += on + off;
            }
            walked += length;
        }
        Ok(())
    }

    fn dot(&self, place: Place, radius: f64, colour: Rgb) -> Result<(), DrawError> {
        let fill = rgb(colour).filled();
        self.put(&Circle::new(self.at(place), pixels(radius * self.scale), fill))
    }

    /// The mark of one line of several alike, by its position.
    fn mark(&self, place: Place, position: usize, colour: Rgb) -> Result<(), DrawError> {
        match Mark::of(position) {
            Mark::Dot => self.dot(place, Mark::SIZE, colour),
            Mark::Shape(corners) => {
                let corners: Vec<_> = corners
                    .iter()
                    .map(|(x, y)| self.at((place.0 + x * Mark::SIZE, place.1 + y * Mark::SIZE)))
                    .collect();
                self.put(&Polygon::new(corners, rgb(colour).filled()))
            }
            Mark::Cross => {
                let size = Mark::SIZE * 0.9;
                for way in [-size, size] {
                    let stroke = [(place.0 - size, place.1 - way), (place.0 + size, place.1 + way)];
                    self.line(&stroke, 1.75, colour)?;
                }
                Ok(())
            }
            Mark::Ring => {
                let stroke = ShapeStyle {
                    color: rgb(colour).to_rgba(),
                    filled: false,
                    stroke_width: pixels(1.75 * self.scale).max(1),
                };
                let radius = pixels(Mark::SIZE * 0.9 * self.scale);
                self.put(&Circle::new(self.at(place), radius, stroke))
            }
        }
    }

    fn rect(&self, frame: Frame, colour: Rgb) -> Result<(), DrawError> {
        let corners = [self.at((frame.left, frame.top)), self.at((frame.right, frame.bottom))];
        self.put(&Rectangle::new(corners, rgb(colour).filled()))
    }

    /// A part of a bar: filled, with a line of ground above it that tells it from the next without colour, or hatched.
    fn area(&self, bar: Frame, part: &Series, ground: Rgb) -> Result<(), DrawError> {
        let (left, right, top, bottom) = (bar.left, bar.right, bar.top, bar.bottom);
        if part.style != Style::Hatched {
            self.rect(bar, part.colour)?;
            return self.line(&[(left, top), (right, top)], 1.0, ground);
        }
        let height = bottom - top;
        let mut start = left - height;
        while start < right {
            // The slanted line from the foot at `start`, cut to the bar.
            let (from, to) = ((left - start).max(0.0), (right - start).min(height));
            if from < to {
                self.line(
                    &[(start + from, bottom - from), (start + to, bottom - to)],
                    1.25,
                    part.colour,
                )?;
            }
            start += 6.0;
        }
        let edge = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        self.line(&edge, 1.25, part.colour)
    }

    /// Text whose middle stands at a height; `side` says which end of it stands at the place.
    fn text(&self, text: &str, place: Place, side: HPos, size: f64, bold: bool, colour: Rgb) -> Result<(), DrawError> {
        let (text, colour) = (&visible(text), rgb(colour));
        if !self.letters {
            let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
            // The backend takes the height of a line, of which a letter's size is the 1.24th part.
            let font = FontDesc::new(FontFamily::Name(FONT), size * self.scale * 1.24, style);
            let style = TextStyle::from(font).color(&colour).pos(Pos::new(side, VPos::Center));
            return self.put(&Text::new(text.to_string(), self.at(place), style));
        }
        let width = self.width(text, size, bold);
        let left = match side {
            HPos::Left => place.0,
            HPos::Center => place.0 - width / 2.0,
            HPos::Right => place.0 - width,
        };
        let font = self.font(size * self.scale, bold);
        // The baseline is half the height of a small letter below the middle, as in a drawing.
        let (mut x, y) = (left * self.scale, (place.1 + size * 0.268) * self.scale);
        let mut before = None;
        for letter in text.chars() {
            let glyph = font.glyph_id(letter);
            x += before.map_or(0.0, |before| f64::from(font.kern(before, glyph)));
            #[allow(clippy::cast_possible_truncation)]
            let placed = glyph.with_scale_and_position(font.scale(), ab_glyph::point(x as f32, y as f32));
            if let Some(outline) = font.outline_glyph(placed) {
                let corner = outline.px_bounds().min;
                let mut failed = None;
                outline.draw(|dx, dy, covered| {
                    #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
                    let point = (corner.x as i32 + dx as i32, corner.y as i32 + dy as i32);
                    if let Err(error) = self.area.draw_pixel(point, &colour.mix(f64::from(covered.min(1.0)))) {
                        failed = Some(DrawError(error.to_string()));
                    }
                });
                if let Some(error) = failed {
                    return Err(error);
                }
            }
            x += f64::from(font.h_advance(glyph));
            before = Some(glyph);
        }
        Ok(())
    }

    /// A font whose letters have a size in points of the file.
    #[allow(clippy::cast_possible_truncation)]
    fn font(&self, size: f64, bold: bool) -> ab_glyph::PxScaleFont<&FontRef<'static>> {
        let font = &self.fonts[usize::from(bold)];
        let line = font.height_unscaled() / font.units_per_em().unwrap_or(1000.0);
        font.as_scaled(size as f32 * line)
    }

    fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        let font = self.font(size, bold);
        let mut width = 0.0;
        let mut before = None;
        for letter in text.chars() {
            let glyph = font.glyph_id(letter);
            width += before.map_or(0.0, |before| font.kern(before, glyph)) + font.h_advance(glyph);
            before = Some(glyph);
        }
        f64::from(width)
    }

    fn widest<'t>(&self, texts: impl Iterator<Item = &'t str>) -> f64 {
        texts.map(|text| self.width(text, SMALL, true)).fold(0.0, f64::max)
    }

    /// A text, cut with an ellipsis where there is no room.
    fn fit(&self, text: &str, size: f64, bold: bool, room: f64) -> String {
        let mut short = text.to_owned();
        while !short.is_empty() && self.width(&short, size, bold) > room {
            short = short.trim_end_matches('…').to_owned();
            short.pop();
            short = format!("{}…", short.trim_end());
            if short == "…" {
                break;
            }
        }
        short
    }

    fn put<E>(&self, element: &E) -> Result<(), DrawError>
    where
        for<'b> &'b E: plotters::element::PointCollection<'b, (i32, i32)>,
        E: plotters::element::Drawable<DB>,
    {
        self.area.draw(element).map_err(|error| DrawError(error.to_string()))
    }
}
