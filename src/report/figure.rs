//! A chart as plain data, where everything of it stands, and what it can become: a table, CSV, SVG, PNG.
//!
//! The window paints the same layout. Nothing here knows the window, so that the command line can write figures too.

pub mod curve;
pub mod fonts;
pub mod layout;
pub mod people;
pub mod sheet;
mod svg;

use std::fmt::Write as _;

use thiserror::Error;

use super::tables::harmless;
use crate::units::NumberFormat;
use curve::Curve;
use people::People;
use sheet::Sheet;

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// What stands around a chart.
#[derive(Clone, Debug, Default, PartialEq)]
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

/// What a picture tells of itself once it has left the program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stamp {
    /// Title of the plan, or of the plans that are compared.
    pub plan: String,
    /// When and with what it was made.
    pub made: String,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The line that matters most, with a dot a year.
    Bold,
    /// One line of several alike, with the mark of its position; the first matters most.
    Marked(usize),
    /// A line of dashes.
    Dashed,
    /// A line of dots.
    Dotted,
    /// A part of a stacked bar.
    Filled,
    /// A hatched part of a stacked bar: what is missing.
    Hatched,
    /// A level across each bar.
    Level,
    /// A level of dashes: the ghost.
    Ghost,
    /// Outlines of bars of this height.
    Outline,
}

/// The mark of a line among others alike, which tells them apart without colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    /// A disc.
    Dot,
    /// A polygon: corners in sizes of the mark.
    Shape(&'static [(f64, f64)]),
    /// Two strokes.
    Cross,
    /// A circle.
    Ring,
}

impl Mark {
    /// Half the width of a mark, in points.
    pub(crate) const SIZE: f64 = 3.5;

    /// The mark of a position.
    #[must_use]
    pub const fn of(position: usize) -> Self {
        match position % 6 {
            0 => Self::Dot,
            1 => Self::Shape(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
            2 => Self::Shape(&[(0.0, -1.2), (1.15, 0.9), (-1.15, 0.9)]),
            3 => Self::Shape(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]),
            4 => Self::Cross,
            _ => Self::Ring,
        }
    }
}

/// A value a year under a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Name.
    pub name: String,
    /// Name and last value, beside the last year.
    pub label: String,
    /// Values in the unit of the chart, from the first year; not finite where there is none.
    pub values: Vec<f64>,
    /// Way of drawing.
    pub style: Style,
    /// Colour of the line or area.
    pub colour: Rgb,
    /// Colour of the label.
    pub ink: Rgb,
}

/// A value to be reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Year.
    pub year: i32,
    /// Value in the unit of the chart.
    pub value: f64,
    /// Its name and value.
    pub label: String,
}

/// What values should be: from one to the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// From.
    pub low: f64,
    /// To; the same as from where it is a single value.
    pub high: f64,
    /// Name.
    pub name: String,
    /// Colour of its edges and name.
    pub colour: Rgb,
    /// Colour of its ground.
    pub fill: Rgb,
}

/// A bar that lies: its parts one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Name.
    pub name: String,
    /// What it comes to, behind the bar.
    pub label: String,
    /// Values in the unit of the chart, for each part of the chart; not finite where the bar lacks the part.
    pub values: Vec<f64>,
    /// A colour for each part.
    pub colours: Vec<Rgb>,
}

impl Bar {
    /// Where each part begins and ends: positive parts on one side of zero, negative ones on the other.
    #[must_use]
    pub fn ends(&self) -> Vec<(f64, f64)> {
        ends(
            self.values
                .iter()
                .map(|value| if value.is_finite() { *value } else { 0.0 }),
        )
    }
}

/// A value or a range beside others of its kind, on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Name.
    pub name: String,
    /// Least and most, in the unit of the chart.
    pub ends: (f64, f64),
    /// What stands beside it.
    pub label: String,
    /// Whether it is what the others are held against: a bar from zero.
    pub own: bool,
    /// Colour.
    pub colour: Rgb,
    /// What is told of it: a word for each further column of the chart.
    pub told: Vec<String>,
}

/// Values of one row on a common axis, each with a mark of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct DotRow {
    /// Name.
    pub name: String,
    /// What the row counts: the length of its bar, against the longest.
    pub counted: f64,
    /// What stands beside the bar, and behind it.
    pub told: [String; 2],
    /// A value for each mark, in the unit of the chart; not finite where there is none.
    pub values: Vec<f64>,
}

/// A word a year under a name.
#[derive(Clone, Debug, PartialEq)]
pub struct WordRow {
    /// Name.
    pub name: String,
    /// Words and their grounds, from the first year; none where nothing is known.
    pub cells: Vec<Option<(String, Rgb)>>,
}

/// What a chart holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Lines over years.
    Lines {
        /// Lines, the one that matters most first.
        lines: Vec<Series>,
        /// What is to be reached.
        target: Option<Target>,
        /// What the values should be.
        band: Option<Band>,
    },
    /// Stacked bars, and levels across them. Negative parts hang below zero; what all parts come to stands above.
    Bars {
        /// Parts.
        parts: Vec<Series>,
        /// Levels.
        levels: Vec<Series>,
        /// Name of what all parts come to.
        total: String,
        /// Name of the last bar, where it is each year after the others: it stands behind a rule.
        after: Option<String>,
        /// What the numbers beside the names are of, above them.
        legend: String,
    },
    /// Bars that lie, one a row, of one year or of all together.
    Rows {
        /// Bars, the one that matters most first.
        rows: Vec<Bar>,
        /// Names of the parts, with the colours by which they are known.
        parts: Vec<(String, Rgb)>,
        /// A value to compare with, under its name.
        mark: Option<(f64, String)>,
        /// What says how many rows have no room, `{count}`.
        more: String,
    },
    /// Values and ranges of one kind on one axis, a row each; what lies beyond it has an arrow.
    Spans {
        /// Rows.
        rows: Vec<Span>,
        /// Names of the columns: least, most, and what is told of each.
        columns: Vec<String>,
    },
    /// Rows of marks on one axis, behind a bar and a number each. The whole stands on top, and as dotted lines.
    Dots {
        /// The whole.
        whole: DotRow,
        /// Its parts.
        rows: Vec<DotRow>,
        /// Names of the bar and of the number.
        told: [String; 2],
        /// Names of the marks, and their colours.
        marks: Vec<(String, Rgb)>,
        /// Ground of the whole, and colour of bars.
        colours: [Rgb; 2],
    },
    /// A word for each row and year.
    Words(Vec<WordRow>),
    /// Small figures of people.
    People(People),
    /// Cumulated shares.
    Curve(Curve),
    /// Things side by side: charts, numbers and bars in the same columns.
    Sheet(Box<Sheet>),
}

/// The axis of the values, and how many places they are given with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// Value at the foot.
    pub low: f64,
    /// Value at the top.
    pub high: f64,
    /// Step between the lines of the grid.
    pub step: f64,
}

impl Axis {
    /// From zero up to a round number at or above a value.
    #[must_use]
    pub fn up_to(value: f64) -> Self {
        let (high, step) = nice_top(value);
        Self { low: 0.0, high, step }
    }

    /// From a round number at or below a value to one at or above another.
    #[must_use]
    pub fn around(low: f64, high: f64) -> Self {
        let (_, step) = nice_top(high - low);
        // What differs from a round number by the last digits only is that number.
        let low = libm::floor(low / step + 1e-9) * step;
        Self {
            low,
            high: (libm::ceil(high / step - 1e-9) * step).max(low + step),
            step,
        }
    }

    /// From zero, or from as far below as negative parts reach, up to a round number above bars and levels.
    #[must_use]
    pub fn of_bars(parts: &[Series], levels: &[Series]) -> Self {
        let years = parts.iter().map(|part| part.values.len()).max().unwrap_or(0);
        let ends = (0..years)
            .flat_map(|at| stack(parts, at))
            .flat_map(|(from, to)| [from, to]);
        let levels = levels.iter().flat_map(|level| level.values.iter().copied());
        let known = ends.chain(levels).filter(|value| value.is_finite());
        let (low, high) = known.fold((0.0, 0.0), |(low, high): (f64, f64), value| {
            (low.min(value), high.max(value))
        });
        // What is too small to be seen asks for no room.
        if low >= -high * SEEN {
            return Self::up_to(high);
        }
        let (_, step) = nice_top(high.max(-low));
        Self {
            low: low * 1.02,
            high: libm::ceil(high / step - 1e-9).max(0.0) * step,
            step,
        }
    }

    /// Values at which a line of the grid stands: the multiples of the step.
    pub fn lines(self) -> impl Iterator<Item = f64> {
        let first = libm::ceil(self.low / self.step - 1e-9);
        let count = libm::floor(self.high / self.step + 1e-9) - first;
        // An axis without a length has no lines.
        let last = if count.is_finite() {
            count.clamp(-1.0, 12.0)
        } else {
            -1.0
        };
        #[allow(clippy::cast_possible_truncation)]
        (0..=last as i32).map(move |line| self.step * (first + f64::from(line)))
    }

    /// Where a value stands between the foot (0) and the top (1).
    #[must_use]
    pub fn place(self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(-0.02, 1.02)
    }

    /// Decimal places that the step needs.
    fn places(self) -> usize {
        let whole = |value: f64| (value - value.round()).abs() < 1e-6;
        [1.0, 10.0, 100.0, 1000.0]
            .iter()
            .position(|scale| whole(self.step * scale))
            .unwrap_or(4)
    }

    /// The number of a line of the grid.
    #[must_use]
    pub fn tick(self, value: f64, format: NumberFormat) -> String {
        format.fixed(value, self.places())
    }

    /// A value: with one place more than the grid where that has any.
    #[must_use]
    pub fn show(self, value: f64, format: NumberFormat) -> String {
        match self.places() {
            0 => tick(value, format),
            places => format.fixed(value, places + 1),
        }
    }
}

/// Colours around the series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Ground.
    pub ground: Rgb,
    /// Lines of the grid.
    pub grid: Rgb,
    /// Text.
    pub text: Rgb,
    /// Text of less weight.
    pub weak: Rgb,
}

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Title, unit, source, summary.
    pub head: Head,
    /// Calendar years.
    pub years: Vec<i32>,
    /// The numbers or words.
    pub body: Body,
    /// Axis of the values.
    pub axis: Axis,
    /// Colours.
    pub look: Look,
    /// How numbers are written.
    pub format: NumberFormat,
    /// What a picture says at its foot; empty on the screen, where the window says it.
    pub stamp: Stamp,
}

/// A kind of file that a figure can become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Drawing that can be enlarged.
    Svg,
    /// Picture of 1600 by 1000 points.
    Png,
    /// Numbers.
    Csv,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Csv];

    /// Ending of a file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Csv => "csv",
        }
    }
}

/// Why a figure could not be drawn.
#[derive(Debug, Error)]
#[error("the figure could not be drawn: {0}")]
pub struct DrawError(String);

/// A row of a figure's table: a name, and a cell for each column.
#[derive(Clone, Debug, PartialEq)]
pub struct TableRow {
    /// Name.
    pub name: String,
    /// Cells; none where there is no value.
    pub cells: Vec<Option<Entry>>,
}

/// A cell of a figure's table.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A number in the unit of the figure.
    Number(f64),
    /// A number in a unit of its own, as a person reads it.
    Shown(f64, String),
    /// A word.
    Word(String),
}

impl Entry {
    /// As a person reads it.
    #[must_use]
    pub fn show(&self, figure: &Figure) -> String {
        match self {
            Self::Number(value) => figure.show(*value),
            Self::Shown(_, word) | Self::Word(word) => word.clone(),
        }
    }

    /// In full, as a cell for another program.
    fn cell(&self, decimal: char) -> String {
        match self {
            Self::Number(value) | Self::Shown(value, _) => {
                value.to_string().replace('.', decimal.encode_utf8(&mut [0; 4]))
            }
            Self::Word(word) => plain(word),
        }
    }
}

impl Figure {
    /// The columns of the table: years, or the parts of bars that lie.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        match &self.body {
            Body::Rows { parts, .. } => parts.iter().map(|(name, _)| name.clone()).collect(),
            Body::Spans { columns, .. } => columns.clone(),
            Body::Dots { told, marks, .. } => {
                let marks = marks.iter().map(|(name, _)| name.clone());
                told.iter().cloned().chain(marks).collect()
            }
            Body::Sheet(sheet) => sheet.columns.iter().map(|column| column.name.clone()).collect(),
            Body::People(people) => people.headings(),
            Body::Curve(curve) => curve.steps.clone(),
            _ => (0..self.years.len()).map(|at| self.heading(at)).collect(),
        }
    }

    /// What stands below a bar or a point: its year, or the name of the years after.
    #[must_use]
    pub fn heading(&self, at: usize) -> String {
        match &self.body {
            Body::Bars { after: Some(after), .. } if at + 1 == self.years.len() => after.clone(),
            _ => self.years.get(at).map_or(String::new(), ToString::to_string),
        }
    }

    /// The figure as a table: a row for each series, what it is compared with last, a cell for each column.
    #[must_use]
    pub fn rows(&self) -> Vec<TableRow> {
        let number = |value: &f64| value.is_finite().then_some(Entry::Number(*value));
        let row = |series: &Series| TableRow {
            name: series.name.clone(),
            cells: series.values.iter().map(number).collect(),
        };
        match &self.body {
            Body::Lines { lines, target, band } => {
                let wanted = target.iter().map(|target| TableRow {
                    name: target.label.clone(),
                    cells: self
                        .years
                        .iter()
                        .map(|year| (*year == target.year).then_some(Entry::Number(target.value)))
                        .collect(),
                });
                // A band has a row for each of its ends; where they are one, one row.
                let ends = band.iter().flat_map(|band| {
                    let ends = [band.low, band.high];
                    let many = if ends[0] == ends[1] { 1 } else { 2 };
                    ends.into_iter().take(many).map(|end| TableRow {
                        name: band.name.clone(),
                        cells: self.years.iter().map(|_| number(&end)).collect(),
                    })
                });
                lines.iter().map(row).chain(wanted).chain(ends).collect()
            }
            Body::Bars {
                parts, levels, total, ..
            } => {
                let all = TableRow {
                    name: total.clone(),
                    cells: (0..self.years.len())
                        .map(|at| Some(Entry::Number(net(parts, at))))
                        .collect(),
                };
                let parts = parts.iter().map(row);
                parts.chain([all]).chain(levels.iter().map(row)).collect()
            }
            Body::Rows { rows, mark, .. } => {
                let bars = rows.iter().map(|bar| TableRow {
                    name: bar.name.clone(),
                    cells: bar.values.iter().map(number).collect(),
                });
                let mark = mark.iter().map(|(value, name)| TableRow {
                    name: name.clone(),
                    cells: vec![number(value)],
                });
                bars.chain(mark).collect()
            }
            Body::Spans { rows, .. } => rows
                .iter()
                .map(|row| TableRow {
                    name: row.name.clone(),
                    cells: [row.ends.0, row.ends.1]
                        .iter()
                        .map(number)
                        .chain(row.told.iter().map(|word| Some(Entry::Word(word.clone()))))
                        .collect(),
                })
                .collect(),
            Body::Dots { whole, rows, .. } => std::iter::once(whole)
                .chain(rows)
                .map(|row| TableRow {
                    name: row.name.clone(),
                    cells: row
                        .told
                        .iter()
                        .map(|word| Some(Entry::Word(word.clone())))
                        .chain(row.values.iter().map(number))
                        .collect(),
                })
                .collect(),
            Body::Sheet(sheet) => sheet.rows(&self.years, self.format),
            Body::People(people) => people.table(),
            Body::Curve(curve) => curve.table(),
            Body::Words(rows) => rows
                .iter()
                .map(|row| TableRow {
                    name: row.name.clone(),
                    cells: row
                        .cells
                        .iter()
                        .map(|cell| cell.as_ref().map(|(word, _)| Entry::Word(word.clone())))
                        .collect(),
                })
                .collect(),
        }
    }

    /// The figure as it leaves the program: stamped, and with names beside lines that the window names above them.
    #[must_use]
    pub fn stamped(mut self, stamp: Stamp) -> Self {
        self.stamp = stamp;
        if let Body::Lines { lines, .. } = &mut self.body {
            for line in lines.iter_mut().filter(|line| matches!(line.style, Style::Marked(_))) {
                line.label = format!("{} {}", line.name, line.label);
            }
        }
        self
    }

    /// A value of the axis, as a person reads it.
    #[must_use]
    pub fn show(&self, value: f64) -> String {
        self.axis.show(value, self.format)
    }

    /// The table with tabs, as a spreadsheet takes it from the clipboard: title and unit, columns, a row for each series,
    /// the source. A spreadsheet takes a number with the decimal mark of its reader only.
    #[must_use]
    pub fn tabbed(&self) -> String {
        let mut text = format!("{} ({})\n", plain(&self.head.title), plain(&self.head.unit));
        for column in self.columns() {
            let _ = write!(text, "\t{}", plain(&column));
        }
        text.push('\n');
        for row in self.rows() {
            text.push_str(&plain(&row.name));
            for cell in &row.cells {
                text.push('\t');
                text.push_str(
                    &cell
                        .as_ref()
                        .map_or(String::new(), |cell| cell.cell(self.format.decimal())),
                );
            }
            text.push('\n');
        }
        text.push_str(&plain(&self.head.source));
        text.push('\n');
        text
    }

    /// Tidy CSV: `year,series,value,unit,source`; bars that lie have a `part` for a year. The source says what the
    /// numbers leave out.
    ///
    /// # Errors
    /// Never in practice: memory takes every row.
    pub fn csv(&self) -> Result<Vec<u8>, DrawError> {
        let mut table = csv::Writer::from_writer(Vec::new());
        let wrong = |error: csv::Error| DrawError(error.to_string());
        let first = match self.body {
            Body::Lines { .. } | Body::Bars { .. } | Body::Words(_) => "year",
            _ => "part",
        };
        table
            .write_record([first, "series", "value", "unit", "source"])
            .map_err(wrong)?;
        let columns = self.columns();
        for row in self.rows() {
            for (column, cell) in columns.iter().zip(&row.cells) {
                if let Some(cell) = cell {
                    table
                        .write_record([
                            &plain(column),
                            &plain(&row.name),
                            &cell.cell('.'),
                            &self.head.unit,
                            &plain(&self.head.source),
                        ])
                        .map_err(wrong)?;
                }
            }
        }
        table.into_inner().map_err(|error| DrawError(error.to_string()))
    }

    /// The bytes of a file of a format.
    ///
    /// # Errors
    /// If the figure cannot be drawn.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, DrawError> {
        match format {
            Format::Svg => Ok(self.svg().into_bytes()),
            Format::Png => self.png(),
            Format::Csv => self.csv(),
        }
    }
}

/// A round number at or above a value, and the step of about four grid lines up to it.
#[must_use]
pub(crate) fn nice_top(value: f64) -> (f64, f64) {
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

/// A number of a table.
fn tick(value: f64, format: NumberFormat) -> String {
    if value.abs() > 0.0 && value.abs() < 0.95 {
        format.fixed(value, 2)
    } else {
        format.decimals(value)
    }
}

/// Part of an axis from which something on it is seen.
const SEEN: f64 = 5e-4;

/// Whether a part of bars is large enough to be named: a two-thousandth of the axis in some year.
#[must_use]
pub fn is_shown(part: &Series, axis: Axis) -> bool {
    part.values.iter().any(|value| is_seen(*value, axis))
}

/// Whether a value is large enough to be seen on an axis.
#[must_use]
pub(crate) fn is_seen(value: f64, axis: Axis) -> bool {
    value.abs() > (axis.high - axis.low) * SEEN
}

/// A part's value in a year; nothing where it has none.
#[must_use]
pub(crate) fn value_at(part: &Series, at: usize) -> f64 {
    part.values
        .get(at)
        .copied()
        .filter(|value| value.is_finite())
        .unwrap_or(0.0)
}

/// What all parts of a bar come to.
#[must_use]
pub fn net(parts: &[Series], at: usize) -> f64 {
    parts.iter().map(|part| value_at(part, at)).sum()
}

/// Where each part of a bar begins and ends: positive parts stand on zero, negative ones hang from it.
#[must_use]
pub fn stack(parts: &[Series], at: usize) -> Vec<(f64, f64)> {
    ends(parts.iter().map(|part| value_at(part, at)))
}

fn ends(values: impl Iterator<Item = f64>) -> Vec<(f64, f64)> {
    let (mut up, mut down) = (0.0, 0.0);
    values
        .map(|value| {
            let end = if value < 0.0 { &mut down } else { &mut up };
            let from = *end;
            *end += value;
            (from, *end)
        })
        .collect()
}

/// Heights of labels, moved apart by a gap so that none covers another, within a range.
#[must_use]
pub fn spread(heights: &[f64], gap: f64, least: f64, most: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by(|a, b| heights[*a].total_cmp(&heights[*b]));
    let mut placed = heights.to_vec();
    let mut floor = least;
    for at in &order {
        placed[*at] = placed[*at].max(floor);
        floor = placed[*at] + gap;
    }
    let mut ceiling = most;
    for at in order.iter().rev() {
        placed[*at] = placed[*at].min(ceiling);
        ceiling = placed[*at] - gap;
    }
    placed
}

/// Text on one line without tabs.
fn plain(text: &str) -> String {
    harmless(&text.replace(['\t', '\n', '\r'], " ")).into_owned()
}
