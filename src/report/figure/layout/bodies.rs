//! What each kind of chart is made of: lines, bars that stand, bars that lie, words.

use super::{Anchor, Axes, BOLD_LINE, Draft, End, Face, Frame, Hit, LABEL_GAP, LINE, Place, SWATCH, Shape, YEARS, fit};
use crate::report::figure::{
    Band, Bar, Body, DotRow, Rgb, Series, Span, Style, Target, WordRow, is_seen, is_shown, net, stack, value_at,
};

/// A dashed line.
pub(super) const DASHES: Option<(f64, f64)> = Some((6.0, 4.0));
/// A dotted line.
pub(super) const DOTS: Option<(f64, f64)> = Some((1.5, 3.5));
/// Room above bars for what they come to.
const TOTAL: f64 = 15.0;

impl Draft<'_> {
    pub(super) fn body(&mut self) {
        match &self.figure.body {
            Body::Lines { lines, target, band } => self.lines(lines, target.as_ref(), band.as_ref()),
            Body::Bars {
                parts,
                levels,
                total,
                after,
                legend,
            } => self.bars(parts, levels, total, after.is_some(), legend),
            Body::Rows {
                rows,
                parts,
                mark,
                more,
            } => self.rows(rows, parts, mark.as_ref(), more),
            Body::Spans { rows, columns } => self.spans(rows, columns),
            Body::Dots {
                whole,
                rows,
                told,
                marks,
                colours,
            } => self.dots(whole, rows, told, marks, *colours),
            Body::Words(rows) => self.words(rows),
            Body::Sheet(sheet) => self.sheet(sheet),
            Body::People(people) => self.people(people),
            Body::Curve(curve) => self.curve(curve),
        }
    }

    fn lines(&mut self, lines: &[Series], target: Option<&Target>, band: Option<&Band>) {
        let (figure, look) = (self.figure, self.figure.look);
        let labels = lines
            .iter()
            .map(|line| line.label.as_str())
            .chain(target.map(|target| target.label.as_str()))
            .chain(band.map(|band| band.name.as_str()));
        let marked = lines.iter().any(|line| matches!(line.style, Style::Marked(_)));
        let indent = if marked { SWATCH } else { 2.0 };
        let labels = self.widest(labels) + indent;
        let axes = self.axes(false, 6.0, labels);
        let plot = axes.plot;
        let mut ends = Vec::new();
        if let Some(band) = band {
            let frame = Frame {
                top: axes.y(band.high),
                bottom: axes.y(band.low),
                ..plot
            };
            self.add(Shape::Area {
                frame,
                colour: band.fill,
            });
            for edge in [frame.top, frame.bottom] {
                self.across((plot.left, plot.right), edge, 1.0, band.colour);
            }
            ends.push(End {
                y: f64::midpoint(frame.top, frame.bottom),
                label: &band.name,
                ink: band.colour,
                face: Face::Small,
                series: None,
            });
        }
        if let Some(target) = target {
            let y = axes.y(target.value);
            let at = figure.years.iter().position(|year| *year == target.year);
            let x = axes.x(at.unwrap_or(figure.years.len().saturating_sub(1)));
            self.line(vec![(plot.left, y), (x, y)], 1.0, Some((1.5, 3.0)), look.text);
            self.upright(x, (y - 6.0, y + 6.0), 2.5, look.text);
            ends.push(End {
                y,
                label: &target.label,
                ink: look.text,
                face: Face::Small,
                series: None,
            });
        }
        // The line that matters most last, on top of the others.
        for line in lines.iter().rev() {
            let known = line.values.iter().enumerate().filter(|(_, value)| value.is_finite());
            let points: Vec<Place> = known.map(|(at, value)| (axes.x(at), axes.y(*value))).collect();
            self.course(&points, line);
            if let Some((_, y)) = points.last() {
                let strong = matches!(line.style, Style::Bold | Style::Marked(_));
                ends.push(End {
                    y: *y,
                    label: &line.label,
                    ink: line.ink,
                    face: if strong { Face::Strong } else { Face::Small },
                    series: Some(line),
                });
            }
        }
        ends.retain(|end| end.y.is_finite());
        self.labels(&plot, indent, &ends);
        self.answer(&axes, |at| {
            let known = |line: &Series| {
                let value = line.values.get(at).copied().filter(|value| value.is_finite())?;
                Some((line.name.clone(), figure.show(value)))
            };
            lines.iter().filter_map(known).collect()
        });
    }

    /// A line over the years, as its style says.
    fn course(&mut self, points: &[Place], line: &Series) {
        let colour = line.colour;
        match line.style {
            Style::Dashed | Style::Ghost => self.line(points.to_vec(), LINE, DASHES, colour),
            Style::Dotted => self.line(points.to_vec(), LINE, DOTS, colour),
            Style::Marked(position) => {
                let width = if position == 0 { BOLD_LINE } else { LINE };
                self.line(points.to_vec(), width, None, colour);
                for at in points {
                    self.mark(*at, position, colour);
                }
            }
            _ => {
                self.line(points.to_vec(), BOLD_LINE, None, colour);
                for at in points {
                    self.add(Shape::Disc {
                        at: *at,
                        radius: 2.75,
                        colour,
                    });
                }
            }
        }
    }

    fn bars(&mut self, parts: &[Series], levels: &[Series], total: &str, after: bool, legend: &str) {
        let (figure, look) = (self.figure, self.figure.look);
        let labels = parts.iter().chain(levels).map(|series| series.label.as_str());
        let labels = self.widest(labels).max(self.width(legend, Face::Small)) + SWATCH;
        // Room for the total of a bar that reaches the top.
        let axes = self.axes(true, TOTAL, labels);
        let (slot, years) = (axes.slot(), figure.years.len());
        let half = (slot * 0.36).min(44.0);
        if let Some(last) = years.checked_sub(1).filter(|last| after && *last > 0) {
            let x = f64::midpoint(axes.x(last - 1), axes.x(last));
            self.line(vec![(x, axes.plot.top), (x, axes.plot.bottom)], 1.0, DASHES, look.weak);
        }
        let mut ends = Vec::new();
        for at in 0..years {
            let x = axes.x(at);
            for (part, (from, to)) in parts.iter().zip(stack(parts, at)) {
                let frame = Frame {
                    left: x - half,
                    top: axes.y(from.max(to)),
                    right: x + half,
                    bottom: axes.y(from.min(to)),
                };
                if frame.height() > 0.25 {
                    let colour = part.colour;
                    if part.style == Style::Hatched {
                        self.add(Shape::Hatch { frame, colour });
                    } else {
                        self.add(Shape::Area { frame, colour });
                        // A line of ground between parts tells them apart without colour.
                        self.across((frame.left, frame.right), frame.top, 1.0, look.ground);
                    }
                }
                if at + 1 == years && is_shown(part, figure.axis) {
                    ends.push(End {
                        y: f64::midpoint(frame.top, frame.bottom),
                        label: &part.label,
                        ink: part.ink,
                        face: Face::Strong,
                        series: Some(part),
                    });
                }
            }
        }
        for level in levels {
            let steps = level.values.iter().enumerate().flat_map(|(at, value)| {
                let (x, y) = (axes.x(at), axes.y(*value));
                [(x - slot / 2.0, y), (x + slot / 2.0, y)]
            });
            let path: Vec<Place> = steps.filter(|(_, y)| y.is_finite()).collect();
            if let Some((_, y)) = path.last() {
                ends.push(End {
                    y: *y,
                    label: &level.label,
                    ink: level.ink,
                    face: Face::Strong,
                    series: None,
                });
            }
            match level.style {
                Style::Ghost => self.line(path, LINE, DASHES, level.colour),
                Style::Outline => {
                    for (at, value) in level.values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
                        let (x, foot, top) = (axes.x(at), axes.y(0.0), axes.y(*value));
                        let (left, right) = (x - half - 3.0, x + half + 3.0);
                        self.line(
                            vec![(left, foot), (left, top), (right, top), (right, foot)],
                            1.5,
                            None,
                            level.colour,
                        );
                    }
                }
                _ => self.line(path, 2.0, None, level.colour),
            }
        }
        self.totals(&axes, parts, half);
        self.legend(&axes.plot, legend);
        ends.retain(|end| end.y.is_finite());
        self.labels(&axes.plot, SWATCH, &ends);
        self.answer(&axes, |at| {
            let shown = |part: &&Series| is_seen(value_at(part, at), figure.axis);
            let said = |series: &Series| (series.name.clone(), figure.show(value_at(series, at)));
            let all = (total.to_owned(), figure.show(net(parts, at)));
            let parts = parts.iter().rev().filter(shown).map(said);
            levels.iter().map(said).chain([all]).chain(parts).collect()
        });
    }

    /// What the numbers beside the names are of, beside the unit.
    fn legend(&mut self, plot: &Frame, legend: &str) {
        let (figure, inside) = (self.figure, self.inside);
        let unit = self.width(&figure.head.unit, Face::Small) + 12.0;
        let x = (plot.right + 6.0 + SWATCH).min(self.edge - self.width(legend, Face::Small));
        let x = x.max(inside.left + unit);
        let place = (x, inside.top - Face::Small.line() / 2.0);
        let text = fit(legend, self.edge - x, Face::Small, self.measure);
        self.text(text, place, Anchor::Left, Face::Small, figure.look.weak);
    }

    /// What each bar comes to, above it; where parts hang below zero, a mark across it as well. Of bars that are narrow the
    /// highest and the last say it first, and each other one where it covers no number and no bar beside it.
    fn totals(&mut self, axes: &Axes, parts: &[Series], half: f64) {
        let (figure, look) = (self.figure, self.figure.look);
        if figure.axis.low < 0.0 {
            self.across((axes.plot.left, axes.plot.right), axes.y(0.0), 1.0, look.weak);
        }
        let mut tops = Vec::new();
        for at in 0..axes.count {
            let ends = stack(parts, at);
            let (x, sum) = (axes.x(at), net(parts, at));
            if ends.iter().any(|(_, to)| *to < 0.0 && is_seen(*to, figure.axis)) {
                self.across((x - half - 3.0, x + half + 3.0), axes.y(sum), 2.0, look.text);
            }
            let seen = ends.iter().any(|(_, to)| is_seen(*to, figure.axis));
            let top = axes.y(ends.iter().fold(0.0, |top: f64, (_, to)| top.max(*to)));
            tops.push((x, top, seen.then(|| figure.show(sum))));
        }
        let wide = |(.., total): &(f64, f64, Option<String>)| {
            total.as_ref().map_or(0.0, |total| self.width(total, Face::Strong))
        };
        let widest = tops.iter().map(wide).fold(0.0, f64::max);
        let mut order: Vec<usize> = (0..axes.count).rev().collect();
        if widest + 4.0 > axes.slot() {
            let highest = (0..axes.count).min_by(|a, b| tops[*a].1.total_cmp(&tops[*b].1));
            order.sort_by_key(|at| Some(*at) != highest);
        }
        let mut placed: Vec<Frame> = Vec::new();
        for at in order {
            let (x, top, total) = &tops[at];
            let (Some(total), y) = (total, top - 1.0 - TOTAL / 2.0) else {
                continue;
            };
            let wide = self.width(total, Face::Strong);
            let frame = Frame {
                left: x - wide / 2.0,
                top: y - TOTAL / 2.0 + 2.0,
                right: x + wide / 2.0,
                bottom: y + TOTAL / 2.0 - 2.0,
            };
            let beside = |left: f64, right: f64| left < frame.right && right > frame.left;
            let on_bar = tops
                .iter()
                .any(|(other, top, _)| other != x && *top < frame.bottom && beside(other - half, other + half));
            let on_number = placed.iter().any(|other| {
                beside(other.left - 2.0, other.right + 2.0) && other.top < frame.bottom && other.bottom > frame.top
            });
            if on_bar || on_number {
                continue;
            }
            // A level that runs through it leaves it readable.
            self.add(Shape::Area {
                frame,
                colour: look.ground,
            });
            self.text(total.clone(), (*x, y), Anchor::Middle, Face::Strong, look.text);
            placed.push(frame);
        }
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss
    )]
    fn rows(&mut self, rows: &[Bar], parts: &[(String, Rgb)], compared: Option<&(f64, String)>, more: &str) {
        const PITCH: f64 = 14.0;
        let (figure, look, inside) = (self.figure, self.figure.look, self.inside);
        let most = inside.width() * 0.4;
        let names = self.widest(rows.iter().map(|row| row.name.as_str())).min(most);
        let labels = self.widest(rows.iter().map(|row| row.label.as_str())).min(most);
        let plot = Frame {
            left: inside.left + names + 8.0,
            top: inside.top + 2.0,
            right: inside.right - labels - 6.0,
            bottom: inside.bottom - YEARS,
        };
        let fit_in = ((plot.height() / PITCH).max(0.0) as usize).clamp(1, rows.len().max(1));
        let left_out = rows.len().saturating_sub(fit_in);
        let rows = &rows[..rows.len() - left_out];
        let x = |value: f64| plot.left + plot.width() * figure.axis.place(value).max(0.0);
        let pitch = (plot.height() / rows.len().max(1) as f64).min(34.0);
        let half = (pitch * 0.36).min(9.0);
        let mut y = plot.top + pitch / 2.0;
        for row in rows {
            let name = fit(&row.name, names, Face::Small, self.measure);
            self.text(name, (plot.left - 8.0, y), Anchor::Right, Face::Small, look.text);
            let ends = row.ends();
            for ((from, to), colour) in ends.iter().zip(&row.colours).filter(|((from, to), _)| from != to) {
                let frame = Frame {
                    left: x(from.min(*to)),
                    top: y - half,
                    right: x(from.max(*to)),
                    bottom: y + half,
                };
                self.add(Shape::Area { frame, colour: *colour });
                self.upright(frame.right, (frame.top, frame.bottom), 1.0, look.ground);
            }
            let far = ends.iter().fold(0.0, |far: f64, (_, to)| far.max(*to));
            let end = x(compared.map_or(far, |(value, _)| far.max(*value))) + 6.0;
            self.label((end, y), &row.label, None, Face::Strong, look.text);
            y += pitch;
        }
        // What the colours and the line mean stands below.
        let (mut at, foot) = (inside.left, inside.bottom - 8.0);
        if let Some((value, name)) = compared {
            self.upright(x(*value), (plot.top, y - pitch / 2.0), 2.5, look.text);
            self.upright(at + 4.0, (foot - 5.5, foot + 6.5), 2.5, look.text);
            self.key(&mut at, foot, name);
        }
        for (name, colour) in parts {
            self.add(Shape::Area {
                frame: Frame::around((at + 4.0, foot + 0.5), 4.0),
                colour: *colour,
            });
            self.key(&mut at, foot, name);
        }
        if left_out > 0 {
            self.key(&mut at, foot, &more.replace("{count}", &left_out.to_string()));
        }
    }

    /// Values and ranges on one axis: bars for what is held against the others, marks and strokes for these.
    #[allow(clippy::cast_precision_loss)]
    fn spans(&mut self, rows: &[Span], columns: &[String]) {
        const BEYOND: f64 = 16.0;
        let (figure, look, inside) = (self.figure, self.figure.look, self.inside);
        let names = self.widest(rows.iter().map(|row| row.name.as_str()));
        let names = names.min(inside.width() * 0.45);
        let plot = Frame {
            left: inside.left + names + 8.0,
            top: inside.top + 2.0,
            right: inside.right - 6.0,
            bottom: inside.bottom - YEARS,
        };
        let x = |value: f64| plot.left + plot.width() * figure.axis.place(value).clamp(0.0, 1.0);
        for value in figure.axis.lines() {
            self.upright(x(value), (plot.top, plot.bottom), 1.0, look.grid);
            let place = (x(value), plot.bottom + 4.0 + Face::Small.line() / 2.0);
            let tick = figure.axis.tick(value, figure.format);
            self.text(tick, place, Anchor::Middle, Face::Small, look.weak);
        }
        let pitch = (plot.height() / rows.len().max(1) as f64).min(34.0);
        let half = (pitch * 0.3).min(8.0);
        for (at, row) in rows.iter().enumerate() {
            let y = plot.top + pitch * (at as f64 + 0.5);
            let face = if row.own { Face::Strong } else { Face::Small };
            let name = fit(&row.name, names, face, self.measure);
            self.text(name, (plot.left - 8.0, y), Anchor::Right, face, look.text);
            let (low, high) = row.ends;
            let beyond = high > figure.axis.high;
            let (from, to) = (x(if row.own { 0.0 } else { low }), x(high));
            if beyond {
                // What lies beyond the axis points there, and says its numbers.
                self.line(vec![(plot.right - BEYOND, y), (plot.right, y)], 2.0, None, row.colour);
                for tip in [-4.0, 4.0] {
                    self.line(
                        vec![(plot.right - 5.0, y + tip), (plot.right, y)],
                        2.0,
                        None,
                        row.colour,
                    );
                }
            } else if row.own || high > low {
                let half = if row.own { half } else { 3.0 };
                let frame = Frame {
                    left: from,
                    top: y - half,
                    right: to.max(from + 1.0),
                    bottom: y + half,
                };
                self.add(Shape::Area {
                    frame,
                    colour: row.colour,
                });
                if row.own && figure.axis.low > 0.0 {
                    // A bar that begins below its axis has its break drawn.
                    let left = plot.left + 10.0;
                    let broken = [
                        (2.0, -half - 1.0),
                        (-2.0, -half / 3.0),
                        (2.0, half / 3.0),
                        (-2.0, half + 1.0),
                    ];
                    let broken = broken.map(|(right, down)| (left + right, y + down));
                    self.line(broken.into(), 2.5, None, look.ground);
                }
            } else {
                self.mark((to, y), 3, row.colour);
            }
            let wide = self.width(&row.label, Face::Strong);
            let (place, anchor) = match to + 8.0 + wide {
                _ if beyond => ((plot.right - BEYOND - 4.0, y), Anchor::Right),
                end if end > inside.right && from - 8.0 - wide > plot.left => ((from - 8.0, y), Anchor::Right),
                _ => ((to + 8.0, y), Anchor::Left),
            };
            self.text(row.label.clone(), place, anchor, Face::Strong, look.text);
            let told = columns.iter().skip(2).cloned().zip(row.told.iter().cloned());
            self.hits.push(Hit {
                frame: Frame {
                    left: inside.left,
                    top: y - pitch / 2.0,
                    right: inside.right,
                    bottom: y + pitch / 2.0,
                },
                heading: row.name.clone(),
                values: std::iter::once((columns.first().cloned().unwrap_or_default(), row.label.clone()))
                    .chain(told)
                    .collect(),
            });
        }
    }

    /// Rows of marks on one axis; the whole on top, and as dotted lines through all rows.
    #[allow(clippy::cast_precision_loss)]
    fn dots(
        &mut self,
        whole: &DotRow,
        rows: &[DotRow],
        told: &[String; 2],
        marks: &[(String, Rgb)],
        [ground, bars]: [Rgb; 2],
    ) {
        let (figure, look, inside) = (self.figure, self.figure.look, self.inside);
        let all = || std::iter::once(whole).chain(rows);
        let names = self.widest(all().map(|row| row.name.as_str())) + 8.0;
        let names = names.min(inside.width() * 0.24);
        let counts = self.widest(all().map(|row| row.told[0].as_str())) + 4.0;
        let means = self
            .widest(all().map(|row| row.told[1].as_str()))
            .max(self.width(&told[1], Face::Small))
            + 14.0;
        let bar = (inside.width() * 0.12)
            .clamp(24.0, 110.0)
            .max(self.width(&told[0], Face::Small) - counts);
        let plot = Frame {
            left: inside.left + names + 8.0 + bar + counts + means + 14.0,
            top: inside.top + 2.0 * Face::Small.line() + 4.0,
            right: inside.right - 16.0,
            bottom: inside.bottom - 2.0,
        };
        let x = |value: f64| plot.left + plot.width() * figure.axis.place(value).clamp(0.0, 1.0);
        let pitch = (plot.height() / (rows.len() + 1) as f64).min(26.0);
        let (first, second) = (
            inside.top + Face::Small.line() / 2.0,
            plot.top - 2.0 - Face::Small.line() / 2.0,
        );
        let mut at = plot.left;
        for (position, (name, colour)) in marks.iter().enumerate() {
            self.mark((at + 4.0, first), position, *colour);
            self.text(name.clone(), (at + SWATCH, first), Anchor::Left, Face::Small, look.text);
            at += SWATCH + self.width(name, Face::Small) + LABEL_GAP;
        }
        let bars_from = inside.left + names + 8.0;
        let means_to = plot.left - 14.0;
        self.text(
            told[0].clone(),
            (bars_from, second),
            Anchor::Left,
            Face::Small,
            look.weak,
        );
        self.text(
            told[1].clone(),
            (means_to, second),
            Anchor::Right,
            Face::Small,
            look.weak,
        );
        let bottom = plot.top + pitch * (rows.len() + 1) as f64;
        for value in figure.axis.lines() {
            self.upright(x(value), (plot.top, bottom), 1.0, look.grid);
            let tick = figure.axis.tick(value, figure.format);
            self.text(tick, (x(value), second), Anchor::Middle, Face::Small, look.weak);
        }
        let row_of = |at: usize| Frame {
            left: inside.left,
            top: plot.top + pitch * at as f64,
            right: inside.right,
            bottom: plot.top + pitch * (at + 1) as f64,
        };
        self.add(Shape::Area {
            frame: row_of(0),
            colour: ground,
        });
        for ((_, colour), value) in marks.iter().zip(&whole.values).filter(|(_, value)| value.is_finite()) {
            self.line(
                vec![(x(*value), plot.top + pitch / 2.0), (x(*value), bottom)],
                LINE,
                DOTS,
                *colour,
            );
        }
        let longest = rows.iter().map(|row| row.counted).fold(1e-9, f64::max);
        for (at, row) in all().enumerate() {
            let frame = row_of(at);
            let y = f64::midpoint(frame.top, frame.bottom);
            let face = if at == 0 { Face::Strong } else { Face::Small };
            let name = fit(&row.name, names, face, self.measure);
            self.text(name, (bars_from - 8.0, y), Anchor::Right, face, look.text);
            let length = if at == 0 { -4.0 } else { bar * row.counted / longest };
            if at > 0 {
                let half = (pitch * 0.3).min(6.0);
                let frame = Frame {
                    left: bars_from,
                    top: y - half,
                    right: bars_from + length.max(1.0),
                    bottom: y + half,
                };
                self.add(Shape::Area { frame, colour: bars });
            }
            let count = (bars_from + length + 4.0, y);
            self.text(row.told[0].clone(), count, Anchor::Left, face, look.text);
            self.text(row.told[1].clone(), (means_to, y), Anchor::Right, face, look.text);
            let known = || row.values.iter().copied().filter(|value| value.is_finite());
            let (low, high) = known().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
            self.line(vec![(x(low), y), (x(high), y)], LINE, None, look.grid);
            for (position, ((_, colour), value)) in marks.iter().zip(&row.values).enumerate() {
                self.mark((x(*value), y), position, *colour);
            }
            let words = told.iter().cloned().zip(row.told.iter().cloned());
            let values = marks.iter().zip(&row.values).filter(|(_, value)| value.is_finite());
            let values = values.map(|((name, _), value)| {
                let value = figure.axis.show(*value, figure.format);
                (name.clone(), format!("{value} {}", figure.head.unit))
            });
            self.hits.push(Hit {
                frame,
                heading: row.name.clone(),
                values: words.chain(values).collect(),
            });
        }
    }

    /// The name behind a sample at the foot.
    fn key(&mut self, at: &mut f64, foot: f64, name: &str) {
        *at += SWATCH;
        let name = fit(name, self.inside.right - *at, Face::Small, self.measure);
        let wide = self.width(&name, Face::Small);
        self.text(name, (*at, foot), Anchor::Left, Face::Small, self.figure.look.text);
        *at += wide + LABEL_GAP + 1.0;
    }

    #[allow(clippy::cast_precision_loss)]
    fn words(&mut self, rows: &[WordRow]) {
        let (figure, look, inside) = (self.figure, self.figure.look, self.inside);
        let names = self.widest(rows.iter().map(|row| row.name.as_str()));
        let names = names.min(inside.width() * 0.35);
        let count = rows.len().max(1) as f64;
        let top = inside.top + 4.0;
        let height = ((inside.bottom - YEARS - top) / count).min(72.0);
        let axes = Axes {
            plot: Frame {
                left: inside.left + names + 10.0,
                top,
                right: inside.right,
                bottom: top + height * count,
            },
            axis: figure.axis,
            count: figure.years.len(),
            bars: true,
        };
        self.years(&axes);
        let slot = axes.slot();
        let words = rows.iter().flat_map(|row| row.cells.iter().flatten());
        let wide = self.widest(words.map(|(word, _)| word.as_str()));
        for (index, row) in rows.iter().enumerate() {
            let y = top + height * (index as f64 + 0.5);
            let name = fit(&row.name, names, Face::Small, self.measure);
            self.text(name, (axes.plot.left - 8.0, y), Anchor::Right, Face::Small, look.text);
            // Where whole words do not fit, years of the same word stand as one cell.
            let narrow = slot - 5.0 < wide;
            let mut at = 0;
            for run in row.cells.chunk_by(|a, b| narrow && a == b) {
                let (first, last) = (at, at + run.len() - 1);
                at += run.len();
                let Some((word, ground)) = &run[0] else { continue };
                let frame = Frame {
                    left: axes.x(first) - slot / 2.0 + 1.5,
                    top: y - height / 2.0 + 1.5,
                    right: axes.x(last) + slot / 2.0 - 1.5,
                    bottom: y + height / 2.0 - 1.5,
                };
                self.add(Shape::Area { frame, colour: *ground });
                // Where not even light letters fit, the beginning of a word that can be told; the pointer says the rest.
                let room = frame.width() - 2.0;
                let fits = [Face::Strong, Face::Small]
                    .into_iter()
                    .find(|face| self.width(word, *face) <= room);
                let face = fits.unwrap_or(Face::Small);
                let word = fit(word, room, face, self.measure);
                if fits.is_some() || word.chars().count() > 4 {
                    let middle = (f64::midpoint(frame.left, frame.right), y);
                    self.text(word, middle, Anchor::Middle, face, look.text);
                }
            }
        }
        self.answer(&axes, |at| {
            let said = |row: &WordRow| {
                let (word, _) = row.cells.get(at)?.as_ref()?;
                Some((row.name.clone(), word.clone()))
            };
            rows.iter().filter_map(said).collect()
        });
    }
}
