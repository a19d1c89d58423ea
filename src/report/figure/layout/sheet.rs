//! Where everything of a sheet stands: the names of rows at the left, then a column for each thing that is compared.

use super::{Anchor, Draft, Face, Frame, Hit, Measure, Shape, fit, surround, wrapped};
use crate::report::figure::sheet::{Block, Ground, Sample, Sheet, SheetBars, SheetRow};
use crate::report::figure::{Axis, Body, Figure, Rgb, Series};

/// From one row to the next.
const PITCH: f64 = 16.5;
/// Between blocks.
const BETWEEN: f64 = 9.0;
/// Names of columns and what they are.
const HEAD: f64 = 36.0;
/// A chart of bars, and one of lines.
const CHARTS: [f64; 2] = [116.0, 70.0];
/// A line of what the sheet says.
const SAID: f64 = 17.0;
/// Where the numbers of a column end.
const NUMBERS: f64 = 62.0;

fn names(width: f64) -> f64 {
    (0.2 * width).clamp(150.0, 290.0)
}

fn face_of_said(at: usize) -> Face {
    if at == 0 { Face::Title } else { Face::Small }
}

impl Sheet {
    /// Lines of what it says on a width.
    fn lines(&self, width: f64, measure: Measure<'_>) -> Vec<(Face, String)> {
        let lines = self.said.iter().enumerate().flat_map(|(at, text)| {
            let face = face_of_said(at);
            wrapped(text, width, 3, face, measure)
                .into_iter()
                .map(move |line| (face, line))
        });
        lines.collect()
    }
}

impl Block {
    #[allow(clippy::cast_precision_loss)]
    fn height(&self) -> f64 {
        match self {
            Self::Bars { .. } => CHARTS[0],
            Self::Lines { .. } => CHARTS[1],
            Self::Rows { name, rows } => PITCH * (rows.len() + usize::from(!name.is_empty())) as f64,
            Self::Shares { rows, .. } => PITCH * (rows.len() + 1) as f64,
        }
    }
}

impl Figure {
    /// How high a sheet is on a card of a width.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn height(&self, width: f64, measure: Measure<'_>) -> f64 {
        let Body::Sheet(sheet) = &self.body else { return 0.0 };
        let around = surround(&self.head, &self.stamp, &self.look, (width, 0.0), measure).inside;
        let said = sheet.lines(around.width(), measure).len() as f64 * SAID;
        let blocks: f64 = sheet.blocks.iter().map(|block| block.height() + BETWEEN).sum();
        around.top - around.bottom + said + HEAD + blocks
    }
}

/// The columns of a sheet.
struct Columns {
    left: f64,
    width: f64,
}

impl Columns {
    #[allow(clippy::cast_precision_loss)]
    fn of(&self, at: usize) -> (f64, f64) {
        let left = self.left + self.width * at as f64;
        (left, left + self.width)
    }
}

impl Draft<'_> {
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn sheet(&mut self, sheet: &Sheet) {
        let (look, inside) = (self.figure.look, self.inside);
        let mut y = inside.top;
        for (face, line) in sheet.lines(inside.width(), self.measure) {
            self.text(line, (inside.left, y + SAID / 2.0), Anchor::Left, face, look.text);
            y += SAID;
        }
        let left = inside.left + names(inside.width());
        let columns = Columns {
            left,
            width: (inside.right - left) / sheet.columns.len().max(1) as f64,
        };
        let bottom = y + HEAD + sheet.blocks.iter().map(|block| block.height() + BETWEEN).sum::<f64>();
        self.heads(sheet, &columns, (y, bottom));
        y += HEAD;
        for (at, block) in sheet.blocks.iter().enumerate() {
            if at > 0 {
                self.across((inside.left, inside.right), y - BETWEEN / 2.0, 1.0, look.grid);
            }
            match block {
                Block::Bars {
                    name,
                    notes,
                    axis,
                    columns: values,
                } => {
                    self.asked(name, notes, *axis, (y, CHARTS[0]), &columns);
                    for (at, values) in values.iter().enumerate() {
                        self.stacks(sheet, at, values, *axis, (y, columns.of(at)));
                    }
                }
                Block::Lines {
                    name,
                    notes,
                    axis,
                    lines,
                } => {
                    self.asked(name, notes, *axis, (y, CHARTS[1]), &columns);
                    for at in 0..lines.len() {
                        self.course_of(sheet, at, lines, *axis, (y, columns.of(at)), name);
                    }
                }
                Block::Rows { name, rows } => {
                    let mut y = y;
                    if !name.is_empty() {
                        self.title_of(name, "", y, &columns);
                        y += PITCH;
                    }
                    for row in rows {
                        self.row_of(sheet, row, y, &columns);
                        y += PITCH;
                    }
                }
                Block::Shares { name, note, rows } => {
                    self.title_of(name, note, y, &columns);
                    for (at, row) in rows.iter().enumerate() {
                        self.shares_of(sheet, row, y + PITCH * (at + 1) as f64, &columns);
                    }
                }
            }
            y += block.height() + BETWEEN;
        }
    }

    /// Names of the columns; the base has a ground of its own, a pin and a word, the one at hand an edge.
    fn heads(&mut self, sheet: &Sheet, columns: &Columns, (top, bottom): (f64, f64)) {
        let look = self.figure.look;
        for (at, column) in sheet.columns.iter().enumerate() {
            let (left, right) = columns.of(at);
            let frame = Frame {
                left,
                top,
                right: right - 2.0,
                bottom,
            };
            if at == 0 {
                self.add(Shape::Area {
                    frame,
                    colour: sheet.tint,
                });
            } else if sheet.chosen != Some(at) {
                self.upright(left, (top, bottom), 1.0, look.grid);
            }
            if sheet.chosen == Some(at) {
                let (l, r, t, b) = (frame.left + 1.0, frame.right - 1.0, top + 1.0, bottom - 1.0);
                let edge = vec![(l, t), (r, t), (r, b), (l, b), (l, t)];
                self.line(edge, 1.5, None, column.colour);
            }
            let y = top + 10.0;
            self.mark((left + 12.0, y), column.mark, column.colour);
            let base = if at == 0 { sheet.base.as_str() } else { "" };
            let room = columns.width
                - 30.0
                - if at == 0 {
                    self.width(base, Face::Small) + 22.0
                } else {
                    0.0
                };
            let name = fit(&column.name, room, Face::Title, self.measure);
            let behind = left + 22.0 + self.width(&name, Face::Title) + 8.0;
            self.text(name, (left + 22.0, y), Anchor::Left, Face::Title, column.colour);
            if at == 0 {
                self.add(Shape::Disc {
                    at: (behind + 3.0, y - 2.5),
                    radius: 3.0,
                    colour: column.colour,
                });
                self.upright(behind + 3.0, (y - 2.0, y + 5.5), 1.5, column.colour);
                self.text(
                    base.to_owned(),
                    (behind + 11.0, y),
                    Anchor::Left,
                    Face::Small,
                    look.weak,
                );
            }
            let note = fit(&column.note, columns.width - 14.0, Face::Small, self.measure);
            self.text(note, (left + 8.0, y + 15.0), Anchor::Left, Face::Small, look.weak);
            let frame = Frame {
                bottom: top + HEAD - 4.0,
                ..frame
            };
            self.hits.push(Hit {
                frame,
                heading: column.name.clone(),
                values: vec![(String::new(), column.note.clone())],
            });
        }
    }

    fn title_of(&mut self, name: &str, note: &str, y: f64, columns: &Columns) {
        let (look, inside) = (self.figure.look, self.inside);
        let y = y + PITCH / 2.0;
        let name = fit(name, columns.left - inside.left - 4.0, Face::Strong, self.measure);
        self.text(name, (inside.left, y), Anchor::Left, Face::Strong, look.text);
        let note = fit(note, columns.width - 14.0, Face::Small, self.measure);
        self.text(note, (columns.left + 8.0, y), Anchor::Left, Face::Small, look.weak);
    }

    /// What a chart asks, and the numbers of its axis.
    fn asked(&mut self, name: &str, notes: &[String], axis: Axis, (top, height): (f64, f64), columns: &Columns) {
        let (figure, look, left) = (self.figure, self.figure.look, self.inside.left);
        let room = columns.left - left - 40.0;
        let mut y = top + 9.0;
        for line in wrapped(name, room, 2, Face::Strong, self.measure) {
            self.text(line, (left, y), Anchor::Left, Face::Strong, look.text);
            y += 14.0;
        }
        for note in notes {
            for line in wrapped(note, room, 2, Face::Small, self.measure) {
                self.text(line, (left, y), Anchor::Left, Face::Small, look.weak);
                y += 14.0;
            }
        }
        let plot = plot((columns.left, 0.0), top, height);
        let ticks = [axis.high, if axis.low < 0.0 { 0.0 } else { axis.low }];
        for value in ticks {
            let y = at_height(&plot, axis, value);
            let tick = axis.tick(value, figure.format);
            self.text(tick, (columns.left - 5.0, y), Anchor::Right, Face::Small, look.weak);
        }
    }

    /// Stacked bars of a column, by year.
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )]
    fn stacks(
        &mut self,
        sheet: &Sheet,
        column: usize,
        values: &[Vec<f64>],
        axis: Axis,
        (top, edges): (f64, (f64, f64)),
    ) {
        let (figure, look) = (self.figure, self.figure.look);
        let plot = plot(edges, top, CHARTS[0]);
        let years = figure.years.len();
        let slot = plot.width() / years.max(1) as f64;
        let half = (slot * 0.36).min(18.0);
        let of = |part: usize, at: usize| values.get(part).and_then(|years| years.get(at)).copied().unwrap_or(0.0);
        for value in [axis.high, 0.0] {
            self.across((plot.left, plot.right), at_height(&plot, axis, value), 1.0, look.grid);
        }
        let mut tops = Vec::new();
        for at in 0..years {
            let x = plot.left + slot * (at as f64 + 0.5);
            let (mut up, mut down) = (0.0, 0.0);
            for (part, sample) in sheet.parts.iter().enumerate() {
                let value = of(part, at);
                let end = if value < 0.0 { &mut down } else { &mut up };
                let from = *end;
                *end += value;
                let (from, to) = (at_height(&plot, axis, from), at_height(&plot, axis, *end));
                let frame = Frame {
                    left: x - half,
                    top: from.min(to),
                    right: x + half,
                    bottom: from.max(to),
                };
                if frame.height() > 0.3 {
                    self.ground_of(sample, frame);
                    self.across((frame.left, frame.right), frame.top, 1.0, look.ground);
                }
            }
            tops.push((x, up));
            let said = |(part, sample): (usize, &Sample)| {
                let value = of(part, at);
                (value.abs() >= 0.05).then(|| (sample.name.clone(), axis.show(value, figure.format)))
            };
            self.hits.push(Hit {
                frame: Frame {
                    left: x - slot / 2.0,
                    top: plot.top,
                    right: x + slot / 2.0,
                    bottom: plot.bottom,
                },
                heading: format!("{}, {}", sheet.columns[column].name, figure.heading(at)),
                values: sheet.parts.iter().enumerate().filter_map(said).collect(),
            });
        }
        if let Some((x, most)) = tops
            .into_iter()
            .reduce(|most, other| if other.1 > most.1 { other } else { most })
        {
            let y = at_height(&plot, axis, most) - 7.0;
            let text = figure.format.fixed(most, 1);
            self.text(text, (x, y), Anchor::Middle, Face::Strong, look.text);
        }
        let every = years.div_ceil(((plot.width() / 40.0) as usize).max(1)).max(1);
        for at in (0..years).filter(|at| (years - 1 - at).is_multiple_of(every)) {
            let place = (plot.left + slot * (at as f64 + 0.5), plot.bottom + 9.0);
            self.text(figure.heading(at), place, Anchor::Middle, Face::Small, look.weak);
        }
    }

    /// The line of a column before those of the others.
    #[allow(clippy::cast_precision_loss)]
    fn course_of(
        &mut self,
        sheet: &Sheet,
        column: usize,
        lines: &[Series],
        axis: Axis,
        (top, edges): (f64, (f64, f64)),
        name: &str,
    ) {
        let (figure, look) = (self.figure, self.figure.look);
        let mut plot = plot(edges, top, CHARTS[1]);
        plot.right -= 40.0;
        let years = figure.years.len();
        let slot = plot.width() / years.max(1) as f64;
        let place = |at: usize, value: f64| (plot.left + slot * (at as f64 + 0.5), at_height(&plot, axis, value));
        let course = |line: &Series| {
            let points = line.values.iter().enumerate().map(|(at, value)| place(at, *value));
            points.collect::<Vec<_>>()
        };
        self.across((plot.left, plot.right), plot.bottom, 1.0, look.grid);
        for (at, line) in lines.iter().enumerate() {
            if at != column {
                self.line(course(line), 1.0, None, look.grid);
            }
        }
        let (line, of) = (&lines[column], &sheet.columns[column]);
        self.line(course(line), 2.5, None, of.colour);
        if let Some((at, value)) = line.values.iter().copied().enumerate().next_back() {
            let (x, y) = place(at, value);
            self.mark((x, y), of.mark, of.colour);
            self.text(line.label.clone(), (x + 8.0, y), Anchor::Left, Face::Strong, of.colour);
        }
        let said = |(year, value): (&i32, &f64)| (year.to_string(), axis.show(*value, figure.format));
        self.hits.push(Hit {
            frame: Frame {
                left: edges.0,
                right: edges.1,
                ..plot
            },
            heading: format!("{name}, {}", of.name),
            values: figure.years.iter().zip(&line.values).map(said).collect(),
        });
    }

    /// A row of numbers.
    fn row_of(&mut self, sheet: &Sheet, row: &SheetRow, top: f64, columns: &Columns) {
        let (look, inside) = (self.figure.look, self.inside);
        let y = top + PITCH / 2.0;
        if row.total {
            self.across((columns.left, inside.right), top, 1.0, look.weak);
        }
        let mut x = inside.left;
        if let Some(sample) = &row.sample {
            self.ground_of(sample, Frame::around((x + 5.0, y), 5.0));
            x += 16.0;
        }
        let face = if row.total { Face::Strong } else { Face::Small };
        let name = fit(&row.name, columns.left - x - 6.0, face, self.measure);
        self.text(name, (x, y), Anchor::Left, face, look.text);
        for (at, cell) in row.cells.iter().enumerate() {
            let (left, right) = columns.of(at);
            let end = (left + NUMBERS).max(left + 8.0 + self.width(&cell.shown, Face::Strong));
            let ink = if cell.value.is_some() { look.text } else { look.weak };
            self.text(cell.shown.clone(), (end, y), Anchor::Right, Face::Strong, ink);
            let mut room = right - end - 14.0;
            if let Some(best) = cell.best {
                let colour = sheet.colours[usize::from(!best)];
                let word = &sheet.verdicts[usize::from(!best)];
                let wide = self.width(word, Face::Strong);
                // Where there is no room the triangle says it alone.
                let words = room >= wide + 16.0 + self.width(&cell.beside, Face::Small);
                let mut x = right - 10.0;
                if words {
                    self.text(word.clone(), (x, y), Anchor::Right, Face::Strong, colour);
                    x -= wide + 5.0;
                }
                let (tip, foot) = if best { (-4.0, 3.0) } else { (4.0, -3.0) };
                self.add(Shape::Polygon {
                    corners: vec![(x - 4.0, y + tip), (x, y + foot), (x - 8.0, y + foot)],
                    colour,
                });
                room -= right - x;
            }
            let beside = fit(&cell.beside, room.max(0.0), Face::Small, self.measure);
            if room > 12.0 {
                self.text(beside, (end + 8.0, y), Anchor::Left, Face::Small, look.weak);
            }
            let mut said = cell.shown.clone();
            let verdict = cell.best.map(|best| sheet.verdicts[usize::from(!best)].as_str());
            for more in [cell.beside.as_str()]
                .into_iter()
                .chain(verdict)
                .filter(|more| !more.is_empty())
            {
                said = format!("{said}; {more}");
            }
            self.hits.push(Hit {
                frame: Frame {
                    left,
                    top,
                    right,
                    bottom: top + PITCH,
                },
                heading: row.name.clone(),
                values: vec![(sheet.columns[at].name.clone(), said)],
            });
        }
    }

    /// A bar of shares in each column.
    fn shares_of(&mut self, sheet: &Sheet, row: &SheetBars, top: f64, columns: &Columns) {
        let (figure, look, inside) = (self.figure, self.figure.look, self.inside);
        let y = top + PITCH / 2.0;
        let told = self.width(&row.told, Face::Small) + 10.0;
        let name = fit(&row.name, columns.left - inside.left - told, Face::Small, self.measure);
        self.text(name, (inside.left, y), Anchor::Left, Face::Small, look.text);
        self.text(
            row.told.clone(),
            (columns.left - 6.0, y),
            Anchor::Right,
            Face::Small,
            look.text,
        );
        let labels = row.labels.iter().map(|label| self.width(label, Face::Strong));
        let labels = labels.fold(0.0, f64::max).min(columns.width * 0.5);
        for (at, (shares, label)) in row.shares.iter().zip(&row.labels).enumerate() {
            let (left, right) = columns.of(at);
            let (from, to) = (left + 8.0, right - labels - 18.0);
            let mut x = from;
            for (share, sample) in shares.iter().zip(&sheet.parts) {
                let wide = (to - from) * share.max(0.0);
                let frame = Frame {
                    left: x,
                    top: y - 5.0,
                    right: x + wide,
                    bottom: y + 5.0,
                };
                if wide > 0.3 {
                    self.ground_of(sample, frame);
                    self.upright(frame.right, (frame.top, frame.bottom), 1.0, look.ground);
                }
                x += wide;
            }
            self.text(
                label.clone(),
                (to + 8.0, y),
                Anchor::Left,
                Face::Strong,
                sheet.colours[1],
            );
            let said = |(share, sample): (&f64, &Sample)| {
                let shown = format!("{} %", figure.format.fixed(100.0 * share, 0));
                (*share >= 0.005).then(|| (sample.name.clone(), shown))
            };
            self.hits.push(Hit {
                frame: Frame {
                    left,
                    top,
                    right,
                    bottom: top + PITCH,
                },
                heading: format!("{}, {}", row.name, sheet.columns[at].name),
                values: shares.iter().zip(&sheet.parts).filter_map(said).collect(),
            });
        }
    }

    /// The area of a part.
    fn ground_of(&mut self, sample: &Sample, frame: Frame) {
        let colour = sample.colour;
        match sample.ground {
            Ground::Full => self.add(Shape::Area { frame, colour }),
            Ground::Hatched => {
                self.add(Shape::Hatch { frame, colour });
                self.edge(frame, colour);
            }
            Ground::Dotted => {
                self.edge(frame, colour);
                let mut y = frame.top + 2.0;
                while y < frame.bottom {
                    let mut x = frame.left + 2.0;
                    while x < frame.right {
                        self.add(Shape::Disc {
                            at: (x, y),
                            radius: 0.8,
                            colour,
                        });
                        x += 3.5;
                    }
                    y += 3.5;
                }
            }
        }
    }

    fn edge(&mut self, frame: Frame, colour: Rgb) {
        let Frame {
            left,
            top,
            right,
            bottom,
        } = frame;
        let corners = vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        self.line(corners, 1.0, None, colour);
    }
}

/// The room of a chart inside a column.
fn plot((left, right): (f64, f64), top: f64, height: f64) -> Frame {
    Frame {
        left: left + 8.0,
        top: top + 14.0,
        right: right - 8.0,
        bottom: top + height - 18.0,
    }
}

fn at_height(plot: &Frame, axis: Axis, value: f64) -> f64 {
    plot.bottom - plot.height() * axis.place(value)
}
