//! What pages say of a chart, made into a figure: lines, bars that stand and lie, and a grid of words.

use eframe::egui::{Color32, Rect, Ui};

use super::{answering, show};
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::report::figure::curve::Curve;
use crate::report::figure::layout;
use crate::report::figure::people::People;
use crate::report::figure::{self, Axis, Bar, Body, DotRow, Figure, Head, Series, Span, Style, Target};

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
    /// Name and value, beside the last bar.
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

/// Bars that stand, and what stands beside them.
#[derive(Clone, Copy, Debug)]
pub struct Bars<'a> {
    /// Parts, from the foot up.
    pub parts: &'a [Part],
    /// Lines across.
    pub levels: &'a [Level<'a>],
    /// What the numbers beside the names are of, where their place does not say it.
    pub legend: &'a str,
}

/// What the numbers of [`in_all`] are of.
pub(crate) fn legend(years: &[i32], after: bool, words: &Words) -> String {
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        return String::new();
    };
    let text = match (first == last, after) {
        (true, true) => words.legend_year_after,
        (true, false) => words.legend_year,
        (false, true) => words.legend_years_after,
        (false, false) => words.legend_years,
    };
    fill(text, &[("from", &first.to_string()), ("to", &last.to_string())])
}

/// A name with what its values come to over all years, and what each year after takes; what has no value but that is told
/// of it alone.
pub(crate) fn in_all(name: &str, values: &[f64], after: Option<f64>, words: &Words) -> String {
    let label = if after.is_some_and(|after| after != 0.0) && values.iter().all(|value| *value == 0.0) {
        name.to_owned()
    } else {
        // A year at the end of a name is no part of the sum.
        let mark = if name.ends_with(|end: char| end.is_ascii_digit()) {
            ":"
        } else {
            ""
        };
        format!("{name}{mark} {}", words.decimals(values.iter().sum()))
    };
    let after = after.map(|after| words.decimals(after));
    after.map_or(label.clone(), |after| {
        fill(words.after_label, &[("label", &label), ("value", &after)])
    })
}

/// How a level is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// A step line.
    Line,
    /// A step line of dashes: what was.
    Ghost,
    /// A step line of dashes in the colour of what can be taken over.
    Tried,
    /// Outlines of bars in the same colour.
    Outline,
}

/// What a bar chart compares its bars with.
#[derive(Clone, Debug)]
pub struct Level<'a> {
    /// Values a year.
    pub values: &'a [f64],
    /// Name.
    pub name: String,
    /// Name and value, at the end of the line.
    pub label: String,
    /// How it is drawn.
    pub drawn: Drawn,
}

/// Stacked bars with their names at the right, and lines across. Values are in the unit of the head. Where parts have one
/// value more than there are years, it is that of each year after them.
pub fn bars(ui: &Ui, words: &Words, rect: Rect, head: &Head, years: &[i32], bars: &Bars<'_>) {
    drop(answering_bars(ui, words, rect, head, years, bars));
}

/// What of the place of a year stands above and below the chart's own field.
#[allow(clippy::cast_possible_truncation)]
const HIT_REACH: f32 = layout::REACH as f32;

/// Where the bars of a chart stand, and where the pointer is among them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    /// The place of each year; none where the chart is shown as a table.
    pub years: Vec<Rect>,
    /// Position of the year under the pointer.
    pub at: Option<usize>,
    /// Position of the part that was clicked.
    pub clicked: Option<usize>,
}

/// The same, told where it stands and what is pointed at.
pub(crate) fn answering_bars(
    ui: &Ui,
    words: &Words,
    rect: Rect,
    head: &Head,
    years: &[i32],
    bars: &Bars<'_>,
) -> Answer {
    let Bars { parts, levels, legend } = *bars;
    let next = years.last().map(|last| last + 1);
    let next = next.filter(|_| parts.iter().any(|part| part.values.len() > years.len()));
    let after = next.map(|next| fill(words.after_years, &[("year", &next.to_string())]));
    let years: Vec<i32> = years.iter().copied().chain(next).collect();
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
            let (style, colour) = match level.drawn {
                Drawn::Line => (Style::Level, palette.text),
                Drawn::Ghost => (Style::Ghost, palette.weak),
                Drawn::Tried => (Style::Ghost, palette.accent),
                Drawn::Outline => (Style::Outline, palette.accent),
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
    let body = Body::Bars {
        parts,
        levels,
        total,
        after,
        legend: legend.to_owned(),
    };
    let figure = of(ui, words, head, &years, body, axis);
    let (response, places) = answering(ui, words, rect, &figure);
    let years: Vec<Rect> = places.into_iter().map(|(place, _)| place).collect();
    let at = response
        .hover_pos()
        .and_then(|pointer| Some((pointer, years.iter().position(|year| year.contains(pointer))?)));
    let clicked = at.filter(|_| response.clicked()).and_then(|(pointer, at)| {
        let Body::Bars { parts, .. } = &figure.body else {
            return None;
        };
        let year = years[at].shrink2(eframe::egui::vec2(0.0, HIT_REACH));
        let place = f64::from((year.bottom() - pointer.y) / year.height());
        let value = axis.low + place * (axis.high - axis.low);
        let spans = figure::stack(parts, at);
        spans
            .iter()
            .position(|(from, to)| (from.min(*to)..from.max(*to)).contains(&value))
    });
    Answer {
        at: at.map(|(_, at)| at),
        clicked,
        years,
    }
}

/// A word for each row and year.
pub fn grid(ui: &Ui, words: &Words, rect: Rect, head: &Head, years: &[i32], rows: &[(String, Vec<Option<Cell>>)]) {
    let rows = rows
        .iter()
        .map(|(name, cells)| figure::WordRow {
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

/// A row of a chart of rows: parts one after the other, and what they come to.
#[derive(Clone, Debug)]
pub struct BarRow {
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
    rows: &[BarRow],
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
    let body = Body::Rows {
        rows,
        parts,
        mark,
        more: words.chart_more.to_owned(),
    };
    show(ui, words, rect, &of(ui, words, head, &[], body, axis));
}

/// Values and ranges of one kind on one axis, what is held against the others first. Values are in the unit of the head.
pub fn spans(ui: &Ui, words: &Words, rect: Rect, head: &Head, rows: Vec<Span>, columns: Vec<String>, axis: Axis) {
    show(
        ui,
        words,
        rect,
        &of(ui, words, head, &[], Body::Spans { rows, columns }, axis),
    );
}

/// Rows of marks on one axis: shares of 100, under what is told of each row.
#[derive(Clone, Debug)]
pub struct Dots {
    /// The whole.
    pub whole: DotRow,
    /// Its parts.
    pub rows: Vec<DotRow>,
    /// Names of the bar and of the number.
    pub told: [String; 2],
    /// Names of the marks, and their colours.
    pub marks: Vec<(String, Color32)>,
}

/// Rows of marks on one axis, from 0 to 100; where the whole stands, and each row.
pub(crate) fn dots(ui: &Ui, words: &Words, rect: Rect, head: &Head, dots: Dots) -> Vec<Rect> {
    let palette = Palette::of(ui);
    let marks = dots
        .marks
        .into_iter()
        .map(|(name, colour)| (name, theme::plain(colour)));
    let body = Body::Dots {
        whole: dots.whole,
        rows: dots.rows,
        told: dots.told,
        marks: marks.collect(),
        colours: [palette.chosen, palette.source(0)].map(theme::plain),
    };
    let axis = Axis {
        low: 0.0,
        high: 100.0,
        step: 25.0,
    };
    let (_, places) = answering(ui, words, rect, &of(ui, words, head, &[], body, axis));
    places.into_iter().map(|(place, _)| place).collect()
}

/// Small figures of people; where each of its blocks stands, row by row.
pub(crate) fn people(ui: &Ui, words: &Words, rect: Rect, head: &Head, people: People) -> Vec<Rect> {
    let figure = of(ui, words, head, &[], Body::People(people), Axis::up_to(100.0));
    let (_, places) = answering(ui, words, rect, &figure);
    places.into_iter().map(|(place, _)| place).collect()
}

/// Cumulated shares, in percent.
pub(crate) fn curve(ui: &Ui, words: &Words, rect: Rect, head: &Head, curve: Curve) {
    show(
        ui,
        words,
        rect,
        &of(ui, words, head, &[], Body::Curve(curve), Axis::up_to(100.0)),
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
