//! Where everything of a chart stands: a figure and a size make shapes, once. The window and the files only draw them.
//!
//! Lengths are points, from the left and top of the card. How wide a text is depends on who draws it, so that is asked for.

mod bodies;
mod curve;
mod people;
mod sheet;

use super::{Axis, Figure, Head, Look, Mark, Rgb, Series, Stamp, Style, spread};

/// A place: how far to the right, how far down.
pub type Place = (f64, f64);

/// A rectangle; the top is above the bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Frame {
    /// From edge to edge.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// From top to bottom.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether a place is inside.
    #[must_use]
    pub fn contains(&self, (x, y): Place) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    fn around((x, y): Place, half: f64) -> Self {
        let (left, right, top, bottom) = (x - half, x + half, y - half, y + half);
        Self {
            left,
            top,
            right,
            bottom,
        }
    }
}

/// How letters look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// The title.
    Title,
    /// What stands beside the numbers.
    Small,
    /// A number or name that matters.
    Strong,
}

impl Face {
    /// Size of the letters.
    #[must_use]
    pub const fn size(self) -> f64 {
        match self {
            Self::Title => 13.0,
            Self::Small | Self::Strong => 11.0,
        }
    }

    /// Whether the letters are bold.
    #[must_use]
    pub const fn is_bold(self) -> bool {
        !matches!(self, Self::Small)
    }

    /// Height of a line.
    fn line(self) -> f64 {
        (self.size() * 1.362).round()
    }
}

/// How wide a text is.
pub type Measure<'a> = &'a dyn Fn(&str, Face) -> f64;

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Left,
    /// Its middle.
    Middle,
    /// Its right end.
    Right,
}

/// A text on one line; its middle stands at the height of its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Writing {
    /// What is written.
    pub text: String,
    /// Where.
    pub at: Place,
    /// What of it stands there.
    pub anchor: Anchor,
    /// Letters.
    pub face: Face,
    /// Colour.
    pub colour: Rgb,
}

/// Something to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A line from place to place.
    Line {
        /// Places.
        points: Vec<Place>,
        /// Width.
        width: f64,
        /// Length of a dash and of the gap behind it; drawn through where there is none.
        dash: Option<(f64, f64)>,
        /// Colour.
        colour: Rgb,
    },
    /// A filled rectangle.
    Area {
        /// Where.
        frame: Frame,
        /// Colour.
        colour: Rgb,
    },
    /// Slanted lines in a frame: what is missing.
    Hatch {
        /// Where.
        frame: Frame,
        /// Colour.
        colour: Rgb,
    },
    /// A filled shape without dents.
    Polygon {
        /// Corners.
        corners: Vec<Place>,
        /// Colour.
        colour: Rgb,
    },
    /// A filled circle.
    Disc {
        /// Middle.
        at: Place,
        /// Radius.
        radius: f64,
        /// Colour.
        colour: Rgb,
    },
    /// The line of a circle.
    Ring {
        /// Middle.
        at: Place,
        /// Radius.
        radius: f64,
        /// Width of the line.
        width: f64,
        /// Colour.
        colour: Rgb,
    },
    /// A text.
    Text(Writing),
}

impl Shape {
    /// Whether it has a place: values that are no numbers have none.
    fn is_placed(&self) -> bool {
        let known = |(x, y): &Place| x.is_finite() && y.is_finite();
        match self {
            Self::Line { points, .. } => points.len() > 1 && points.iter().all(known),
            Self::Polygon { corners, .. } => corners.iter().all(known),
            Self::Area { frame, .. } | Self::Hatch { frame, .. } => {
                known(&(frame.left, frame.top)) && known(&(frame.right, frame.bottom))
            }
            Self::Disc { at, .. } | Self::Ring { at, .. } => known(at),
            Self::Text(writing) => known(&writing.at) && !writing.text.is_empty(),
        }
    }

    /// The slanted lines of a hatched frame.
    #[must_use]
    pub fn slants(frame: &Frame) -> Vec<[Place; 2]> {
        let mut lines = Vec::new();
        let mut start = frame.left - frame.height();
        while start < frame.right {
            // The line from the foot at `start`, cut to the frame.
            let from = (frame.left - start).max(0.0);
            let to = (frame.right - start).min(frame.height());
            if from < to {
                lines.push([(start + from, frame.bottom - from), (start + to, frame.bottom - to)]);
            }
            start += 5.0;
        }
        lines
    }
}

/// The mark of a line among others alike, by its position.
#[must_use]
pub fn mark(at: Place, position: usize, colour: Rgb) -> Vec<Shape> {
    let size = Mark::SIZE;
    let (x, y) = at;
    let stroke = |points: Vec<Place>| Shape::Line {
        points,
        width: 1.75,
        dash: None,
        colour,
    };
    match Mark::of(position) {
        Mark::Dot => vec![Shape::Disc {
            at,
            radius: size,
            colour,
        }],
        Mark::Shape(corners) => vec![Shape::Polygon {
            corners: corners.iter().map(|(dx, dy)| (x + dx * size, y + dy * size)).collect(),
            colour,
        }],
        Mark::Cross => {
            let size = 0.9 * size;
            vec![
                stroke(vec![(x - size, y - size), (x + size, y + size)]),
                stroke(vec![(x - size, y + size), (x + size, y - size)]),
            ]
        }
        Mark::Ring => vec![Shape::Ring {
            at,
            radius: 0.9 * size,
            width: 1.75,
            colour,
        }],
    }
}

/// How far a place that answers a pointer goes beyond the chart's own field.
pub const REACH: f64 = 12.0;

/// A place that answers a pointer with what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Where.
    pub frame: Frame,
    /// The year.
    pub heading: String,
    /// Names and values, as a person reads them.
    pub values: Vec<(String, String)>,
}

/// A chart laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Lines of the title.
    pub title: Vec<Writing>,
    /// Unit, source and stamp.
    pub around: Vec<Shape>,
    /// What is left inside for the chart.
    pub inside: Frame,
    /// The chart.
    pub body: Vec<Shape>,
    /// Places that answer a pointer.
    pub hits: Vec<Hit>,
}

impl Layout {
    /// Everything that is drawn, in order.
    pub fn shapes(&self) -> impl Iterator<Item = Shape> + '_ {
        let title = self.title.iter().cloned().map(Shape::Text);
        title
            .chain(self.around.iter().cloned())
            .chain(self.body.iter().cloned())
    }
}

/// Inside the edge of the card.
const PAD: f64 = 10.0;
/// Room in the upper right corner, for a menu.
const CORNER: f64 = 22.0;
/// Between the chart and what stands below it.
const FOOT: f64 = 5.0;
/// Room for the years below a chart.
const YEARS: f64 = 18.0;
/// Least room for the numbers of an axis.
const AXIS: f64 = 36.0;
/// Room of a sample before its name.
const SWATCH: f64 = 12.0;
/// From one label to the next below it.
const LABEL_GAP: f64 = 13.0;
/// Width of lines.
const LINE: f64 = 1.5;
/// Width of the line that matters most.
const BOLD_LINE: f64 = 2.75;

impl Figure {
    /// Where everything stands on a card of a size.
    #[must_use]
    pub fn layout(&self, size: (f64, f64), measure: Measure<'_>) -> Layout {
        let mut layout = surround(&self.head, &self.stamp, &self.look, size, measure);
        let mut draft = Draft {
            figure: self,
            measure,
            inside: layout.inside,
            // Labels may run on into the edge of the card.
            edge: size.0 - 4.0,
            shapes: Vec::new(),
            hits: Vec::new(),
        };
        draft.body();
        (layout.body, layout.hits) = (draft.shapes, draft.hits);
        layout
    }
}

/// Title, unit, source and stamp of a card, and the room that they leave.
#[must_use]
pub fn surround(head: &Head, stamp: &Stamp, look: &Look, (width, height): (f64, f64), measure: Measure<'_>) -> Layout {
    let (left, right) = (PAD, width - PAD);
    let write = |text: String, x: f64, y: f64, anchor, face, colour| Writing {
        text,
        at: (x, y),
        anchor,
        face,
        colour,
    };
    let small = |text: String, x, y, anchor| Shape::Text(write(text, x, y, anchor, Face::Small, look.weak));
    let (line, mut y) = (Face::Small.line(), PAD);
    let mut title = Vec::new();
    for text in wrapped(&head.title, right - left - CORNER, 2, Face::Title, measure) {
        let middle = y + Face::Title.line() / 2.0;
        title.push(write(text, left, middle, Anchor::Left, Face::Title, look.text));
        y += Face::Title.line();
    }
    y += 1.0;
    let mut around = Vec::new();
    if !head.unit.is_empty() {
        let unit = fit(&head.unit, right - left, Face::Small, measure);
        around.push(small(unit, left, y + line / 2.0, Anchor::Left));
        y += line;
    }
    let mut foot = height - PAD + 3.0;
    if !(stamp.plan.is_empty() && stamp.made.is_empty()) {
        // Where there is no room for all of it, the plan's title is cut, not the date.
        foot -= line;
        let room = right - left - measure(&stamp.made, Face::Small) - 16.0;
        let plan = fit(&stamp.plan, room, Face::Small, measure);
        around.push(small(plan, left, foot + line / 2.0, Anchor::Left));
        around.push(small(stamp.made.clone(), right, foot + line / 2.0, Anchor::Right));
    }
    let source = wrapped(&head.source, right - left, 2, Face::Small, measure);
    for text in source.into_iter().rev() {
        foot -= line;
        around.push(small(text, left, foot + line / 2.0, Anchor::Left));
    }
    around.retain(Shape::is_placed);
    title.retain(|line| !line.text.is_empty());
    Layout {
        title,
        around,
        inside: Frame {
            left,
            right,
            top: y,
            bottom: foot - FOOT,
        },
        body: Vec::new(),
        hits: Vec::new(),
    }
}

/// A text, cut with an ellipsis where there is no room.
fn fit(text: &str, room: f64, face: Face, measure: Measure<'_>) -> String {
    if measure(text, face) <= room {
        return text.to_owned();
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let cut = |end: usize| format!("{}…", text[..end].trim_end());
    let fits = ends.partition_point(|end| measure(&cut(*end), face) <= room);
    cut(ends[..fits].last().copied().unwrap_or(0))
}

/// A text on a few lines, broken between words, cut with an ellipsis where they do not hold it.
fn wrapped(text: &str, room: f64, lines: usize, face: Face, measure: Measure<'_>) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if done.len() + 1 == lines || measure(rest, face) <= room {
            done.push(fit(rest, room, face, measure));
            break;
        }
        let breaks: Vec<usize> = rest.match_indices(' ').map(|(at, _)| at).collect();
        let fits = breaks.partition_point(|at| measure(&rest[..*at], face) <= room);
        let Some(end) = fits.checked_sub(1).map(|last| breaks[last]) else {
            // A single word is too long.
            done.push(fit(rest, room, face, measure));
            break;
        };
        done.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    done
}

/// A chart that is being laid out.
struct Draft<'a> {
    figure: &'a Figure,
    measure: Measure<'a>,
    inside: Frame,
    edge: f64,
    shapes: Vec<Shape>,
    hits: Vec<Hit>,
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
        let part = if self.bars {
            (at as f64 + 0.5) / self.count.max(1) as f64
        } else {
            at as f64 / (self.count.max(2) - 1) as f64
        };
        self.plot.left + self.plot.width() * part
    }

    fn y(&self, value: f64) -> f64 {
        self.plot.bottom - self.plot.height() * self.axis.place(value)
    }

    /// Width of the room of a year.
    fn slot(&self) -> f64 {
        self.plot.width() / self.count.max(1) as f64
    }
}

/// A label that belongs beside a height, with the series that it names.
struct End<'a> {
    y: f64,
    label: &'a str,
    ink: Rgb,
    face: Face,
    series: Option<&'a Series>,
}

impl Draft<'_> {
    fn add(&mut self, shape: Shape) {
        if shape.is_placed() {
            self.shapes.push(shape);
        }
    }

    fn line(&mut self, points: Vec<Place>, width: f64, dash: Option<(f64, f64)>, colour: Rgb) {
        self.add(Shape::Line {
            points,
            width,
            dash,
            colour,
        });
    }

    fn mark(&mut self, at: Place, position: usize, colour: Rgb) {
        for shape in mark(at, position, colour) {
            self.add(shape);
        }
    }

    fn across(&mut self, (left, right): (f64, f64), y: f64, width: f64, colour: Rgb) {
        self.line(vec![(left, y), (right, y)], width, None, colour);
    }

    fn upright(&mut self, x: f64, (top, bottom): (f64, f64), width: f64, colour: Rgb) {
        self.line(vec![(x, top), (x, bottom)], width, None, colour);
    }

    fn text(&mut self, text: String, at: Place, anchor: Anchor, face: Face, colour: Rgb) {
        self.add(Shape::Text(Writing {
            text,
            at,
            anchor,
            face,
            colour,
        }));
    }

    fn width(&self, text: &str, face: Face) -> f64 {
        (self.measure)(text, face)
    }

    fn widest<'t>(&self, texts: impl Iterator<Item = &'t str>) -> f64 {
        texts.map(|text| self.width(text, Face::Strong)).fold(0.0, f64::max)
    }

    /// The frame of a chart beside its labels, with lines and numbers of the axis.
    fn axes(&mut self, bars: bool, above: f64, labels: f64) -> Axes {
        let (inside, figure) = (self.inside, self.figure);
        let ticks: Vec<(f64, String)> = figure
            .axis
            .lines()
            .map(|value| (value, figure.axis.tick(value, figure.format)))
            .collect();
        let widest = ticks.iter().map(|(_, tick)| self.width(tick, Face::Small));
        let left = widest.fold(AXIS - 8.0, f64::max) + 8.0;
        let axes = Axes {
            plot: Frame {
                left: inside.left + left,
                top: inside.top + above,
                right: inside.right - (labels + 10.0).min(inside.width() * 0.55),
                bottom: inside.bottom - YEARS,
            },
            axis: figure.axis,
            count: figure.years.len(),
            bars,
        };
        let plot = axes.plot;
        for (value, tick) in ticks {
            let y = axes.y(value);
            self.across((plot.left, plot.right), y, 1.0, figure.look.grid);
            self.text(tick, (plot.left - 6.0, y), Anchor::Right, Face::Small, figure.look.weak);
        }
        self.years(&axes);
        axes
    }

    /// As many years as have room for their four digits.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn years(&mut self, axes: &Axes) {
        let figure = self.figure;
        let room = (axes.plot.width() / 38.0).max(1.0) as usize;
        let every = figure.years.len().div_ceil(room).max(1);
        for at in 0..figure.years.len() {
            if (figure.years.len() - 1 - at).is_multiple_of(every) {
                let place = (axes.x(at), axes.plot.bottom + 4.0 + Face::Small.line() / 2.0);
                self.text(figure.heading(at), place, Anchor::Middle, Face::Small, figure.look.weak);
            }
        }
    }

    /// A label that starts at a place and ends inside the card. Where there is no room the name is cut, not its values.
    fn label(&mut self, (x, y): Place, text: &str, name: Option<&str>, face: Face, colour: Rgb) {
        let room = self.edge - x;
        if self.width(text, face) <= room {
            self.text(text.to_owned(), (x, y), Anchor::Left, face, colour);
            return;
        }
        let is_number = |start: &str| start.starts_with(|first: char| first.is_ascii_digit() || first == '\u{2212}');
        let begins = |name: &&str| text.strip_prefix(*name).is_some_and(|rest| rest.starts_with(' '));
        let value = name.filter(begins).map(str::len);
        let last = || text.match_indices(' ').rfind(|(at, _)| is_number(&text[at + 1..]));
        let value = value.or_else(|| last().map(|(at, _)| at));
        let (name, value) = text.split_at(value.unwrap_or(text.len()));
        let name = fit(name, room - self.width(value, face), face, self.measure);
        let behind = x + self.width(&name, face) + self.width(" ", face);
        self.text(name, (x, y), Anchor::Left, face, colour);
        self.text(value.trim_start().to_owned(), (behind, y), Anchor::Left, face, colour);
    }

    /// Labels at the right, apart from each other; a part of a bar has a sample of its area, a marked line its mark.
    fn labels(&mut self, plot: &Frame, indent: f64, ends: &[End<'_>]) {
        let heights: Vec<f64> = ends.iter().map(|end| end.y).collect();
        for (end, y) in ends
            .iter()
            .zip(spread(&heights, LABEL_GAP, plot.top, plot.bottom - 2.0))
        {
            let x = plot.right + 6.0;
            let sample = (x + 4.0, y + 0.5);
            if let Some(series) = end.series {
                let (frame, colour) = (Frame::around(sample, 4.0), series.colour);
                match series.style {
                    Style::Hatched => self.add(Shape::Hatch { frame, colour }),
                    Style::Filled => self.add(Shape::Area { frame, colour }),
                    Style::Marked(position) => self.mark(sample, position, colour),
                    _ => {}
                }
            }
            let name = end.series.map(|series| series.name.as_str());
            self.label((x + indent, y), end.label, name, end.face, end.ink);
        }
    }

    /// Answers a pointer over the years of a chart with the values of the nearest one.
    fn answer(&mut self, axes: &Axes, values: impl Fn(usize) -> Vec<(String, String)>) {
        let plot = axes.plot;
        for at in 0..self.figure.years.len() {
            let between = |one: usize, other: usize| f64::midpoint(axes.x(one), axes.x(other));
            let frame = Frame {
                left: at
                    .checked_sub(1)
                    .map_or(plot.left - REACH, |before| between(before, at)),
                top: plot.top - REACH,
                right: if at + 1 < axes.count {
                    between(at, at + 1)
                } else {
                    plot.right + REACH
                },
                bottom: plot.bottom + REACH,
            };
            self.hits.push(Hit {
                frame,
                heading: self.figure.heading(at),
                values: values(at),
            });
        }
    }
}
