//! The Equity page: who is not reached and what would reach them; gaps and parity through time.

mod left_out;
mod ways;

use std::sync::Arc;

use eframe::egui::{self, Color32, Rect, RichText, Ui};

use super::chart::{self, Band, Dash, Head, Line, Shares, Trace};
use super::command::{Command, Queue};
use super::document::View;
use super::memo::{Memo, Same};
use super::outcome::Outcome;
use super::phrases::{level_name, person_name, source_line};
use super::targets::indicator_name;
use super::theme::{self, Palette};
use super::widgets::{self, Table, switch};
use super::words::{Words, capital, fill};
use crate::model::Trajectory;
use crate::model::equity::{adjusted_parity, gap};
use crate::scenario::measure::{Comparison, Indicator, Inequality, Measure, Scope};
use crate::scenario::person::{self, Person};
use crate::scenario::target::Bound;
use crate::scenario::{Level, Locality, Scenario, Target};
use crate::units::Unit;
use left_out::LeftOut;

/// Parity by convention: where the ratio of two sides lies in this band.
const PARITY: (f64, f64) = (0.97, 1.03);

/// What is measured: whatever is compared between two sides.
fn measures() -> impl Iterator<Item = Measure> {
    let all = Measure::ALL.iter().copied();
    all.filter(|measure| measure.dimensions().next().is_some())
}

/// Whether learners or schools are counted.
const fn of_whom(measure: Measure, words: &Words) -> &'static str {
    if measure.has_persons() {
        words.equity_of_learners
    } else {
        words.equity_of_schools
    }
}

/// What tells groups apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Dimension {
    Level,
    #[default]
    Locality,
    Sex,
    Wealth,
    Disability,
    /// Level and locality at once.
    Place,
}

impl Dimension {
    /// Those with a side that is worse off and one that is better off.
    const COMPARED: [Self; 4] = [Self::Locality, Self::Sex, Self::Wealth, Self::Disability];

    /// Whether it rests on a assumed factor rather than on where people live.
    const fn is_assumed(self) -> bool {
        matches!(self, Self::Sex | Self::Disability)
    }

    /// What it is called where two sides are compared.
    const fn compared(self) -> Option<person::Dimension> {
        match self {
            Self::Locality => Some(person::Dimension::Locality),
            Self::Sex => Some(person::Dimension::Sex),
            Self::Wealth => Some(person::Dimension::Wealth),
            Self::Disability => Some(person::Dimension::Disability),
            Self::Level | Self::Place => None,
        }
    }

    const fn name(self, words: &Words) -> &'static str {
        match self {
            Self::Level => words.equity_by_level,
            Self::Locality => words.equity_by_locality,
            Self::Sex => words.equity_by_sex,
            Self::Wealth => words.equity_by_wealth,
            Self::Disability => words.equity_by_disability,
            Self::Place => words.equity_by_place,
        }
    }

    /// The two sides that are compared, in short.
    const fn sides(self, words: &Words) -> &'static str {
        match self {
            Self::Locality => words.equity_rural_urban,
            Self::Sex => words.equity_girls_boys,
            Self::Wealth => words.equity_poor_rich,
            Self::Disability => words.equity_with_without,
            Self::Level | Self::Place => "",
        }
    }
}

/// What of the page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    /// Who is not reached.
    #[default]
    LeftOut,
    /// Gaps and parity as charts.
    Gaps,
    /// The same as a table.
    Table,
}

/// How the page is looked at.
#[derive(Debug)]
pub struct EquityView {
    part: Part,
    left_out: LeftOut,
    measure: Measure,
    dimension: Dimension,
    level: Option<Level>,
    figures: Memo<(Same<Outcome>, *const Words), Figures>,
}

impl Default for EquityView {
    fn default() -> Self {
        Self {
            part: Part::default(),
            left_out: LeftOut::default(),
            measure: Measure::Reach,
            dimension: Dimension::default(),
            level: None,
            figures: Memo::default(),
        }
    }
}

/// A group of people or schools and its values by year.
#[derive(Clone, Debug)]
struct Group {
    measure: Measure,
    /// Level that is looked at; none for all.
    within: Option<Level>,
    /// None for all together.
    dimension: Option<Dimension>,
    name: String,
    values: Vec<f64>,
}

/// Values of a run by group; groups without anybody are left out.
#[derive(Debug)]
struct Figures {
    groups: Vec<Group>,
    levels: Vec<Level>,
}

impl Figures {
    fn of(run: &Trajectory, words: &'static Words) -> Self {
        let levels: Vec<Level> = run.model.levels.iter().map(|table| table.level).collect();
        let mut groups = Vec::new();
        let looked_at: Vec<Option<Level>> = std::iter::once(None).chain(levels.iter().copied().map(Some)).collect();
        for measure in measures() {
            for within in &looked_at {
                let within = *within;
                let mut put = |dimension: Option<Dimension>, name: String, value: &dyn Fn(usize) -> Option<f64>| {
                    if let Some(values) = (0..run.model.years).map(value).collect() {
                        groups.push(Group {
                            measure,
                            within,
                            dimension,
                            name,
                            values,
                        });
                    }
                };
                let lent = run.lend();
                let at = |t: usize, level: Option<Level>, locality: Option<Locality>| {
                    let scope = Scope {
                        locality,
                        ..Scope::of(level)
                    };
                    lent.value(measure, scope, t)
                };
                put(None, words.equity_all.to_owned(), &|t| at(t, within, None));
                let places = [(Locality::Rural, words.rural), (Locality::Urban, words.urban)];
                for (locality, name) in places {
                    put(Some(Dimension::Locality), capital(name), &|t| {
                        at(t, within, Some(locality))
                    });
                }
                for level in levels
                    .iter()
                    .filter(|level| within.is_none_or(|within| within == **level))
                {
                    let name = level_name(*level, words);
                    if within.is_none() {
                        put(Some(Dimension::Level), name.to_owned(), &|t| at(t, Some(*level), None));
                    }
                    for (locality, place) in places {
                        put(Some(Dimension::Place), format!("{name} {place}"), &|t| {
                            at(t, Some(*level), Some(locality))
                        });
                    }
                }
                for person in Person::ALL {
                    let name = person_name(person, words);
                    let dimension = match person {
                        Person::Sex(_) => Dimension::Sex,
                        Person::Wealth(_) => Dimension::Wealth,
                        Person::Disability(_) => Dimension::Disability,
                    };
                    let scope = Scope {
                        person: Some(person),
                        ..Scope::of(within)
                    };
                    put(Some(dimension), name.to_owned(), &|t| lent.value(measure, scope, t));
                }
            }
        }
        Self { groups, levels }
    }

    /// Groups that are looked at.
    fn seen(&self, state: &EquityView) -> impl Iterator<Item = &Group> {
        let (measure, level) = (state.measure, state.level);
        self.groups
            .iter()
            .filter(move |group| group.measure == measure && group.within == level)
    }

    /// All together, by year.
    fn all(&self, state: &EquityView) -> &[f64] {
        self.seen(state)
            .find(|group| group.dimension.is_none())
            .map_or(&[], |group| &group.values)
    }

    /// The worse off and the better off side of a dimension, by year.
    fn sides(&self, state: &EquityView, dimension: Dimension) -> Option<(&[f64], &[f64])> {
        let of: Vec<&Group> = self
            .seen(state)
            .filter(|group| group.dimension == Some(dimension))
            .collect();
        let whole = if dimension == Dimension::Wealth { 5 } else { 2 };
        (of.len() == whole).then(|| (&*of[0].values, &*of[whole - 1].values))
    }

    /// The group with the lowest value in the last year, of those assumed or of the others.
    fn furthest(&self, state: &EquityView, assumed: bool) -> Option<&Group> {
        self.seen(state)
            .filter(|group| {
                group
                    .dimension
                    .is_some_and(|dimension| dimension.is_assumed() == assumed)
            })
            .min_by(|a, b| last(&a.values).total_cmp(&last(&b.values)))
    }
}

fn last(values: &[f64]) -> f64 {
    values.last().copied().unwrap_or(0.0)
}

/// Shows the page.
pub fn page(ui: &mut Ui, view: &View<'_>, state: &mut EquityView, queue: &mut Queue) {
    let Some(now) = view.outcome() else { return };
    let key = (Same::of(now), std::ptr::from_ref(view.words));
    let figures = state.figures.of(key, || Figures::of(&now.run, view.words));
    let words = view.words;
    // Another scenario may lack what was looked at.
    if state.level.is_some_and(|level| !figures.levels.contains(&level)) {
        state.level = None;
    }
    let scroll = egui::ScrollArea::vertical().id_salt("equity").auto_shrink(false);
    scroll.show(ui, |ui| {
        widgets::turn_by_keys(ui, view.turned_by_keys);
        ui.horizontal_wrapped(|ui| {
            let parts = [
                (Part::LeftOut, words.equity_left_out, None),
                (Part::Gaps, words.equity_charts, None),
                (Part::Table, words.equity_table, None),
            ];
            switch(ui, words.equity_show, &parts, &mut state.part);
            if state.part != Part::LeftOut {
                controls(ui, &figures, state, words);
            }
            if state.part == Part::Gaps {
                queue.extend(parity_as_target(ui, view, now, state));
            }
        });
        if state.part == Part::LeftOut {
            state.left_out.show(ui, view, queue);
            return;
        }
        let said = headline(&figures, now, state, words);
        ui.add(egui::Label::new(RichText::new(said).font(theme::text(theme::HEADING))).wrap());
        widgets::above_note(ui, &note(now, state, words), |ui| {
            if state.part == Part::Table {
                let (name, table) = table(&figures, now, state, words);
                widgets::table(ui, &name, &table, words);
            } else {
                charts(ui, view, now, &figures, state);
            }
        });
    });
}

fn controls(ui: &mut Ui, figures: &Figures, state: &mut EquityView, words: &Words) {
    let names: Vec<_> = measures()
        .map(|measure| (measure, capital(&words.short(measure))))
        .collect();
    let measures: Vec<_> = names
        .iter()
        .map(|(measure, name)| (*measure, name.as_str(), None))
        .collect();
    switch(ui, words.equity_measure, &measures, &mut state.measure);
    let mut levels = vec![(None, words.equity_all_levels, None)];
    levels.extend(
        figures
            .levels
            .iter()
            .map(|level| (Some(*level), level_name(*level, words), None)),
    );
    switch(ui, words.equity_level, &levels, &mut state.level);
    let choices = [
        Dimension::Level,
        Dimension::Locality,
        Dimension::Place,
        Dimension::Sex,
        Dimension::Wealth,
        Dimension::Disability,
    ]
    .map(|dimension| {
        let known = figures.seen(state).any(|group| group.dimension == Some(dimension));
        let why = match dimension {
            _ if known => None,
            Dimension::Level => Some(words.equity_one_level),
            Dimension::Locality | Dimension::Place => Some(words.equity_nobody),
            _ if !state.measure.has_persons() => Some(words.equity_schools_only),
            _ => Some(words.equity_nobody),
        };
        (dimension, dimension.name(words), why)
    });
    // What cannot be shown gives way to what always can.
    let barred = |dimension| choices.iter().any(|(this, _, why)| *this == dimension && why.is_some());
    if barred(state.dimension) {
        state.dimension = Dimension::Locality;
    }
    switch(ui, words.equity_by, &choices, &mut state.dimension);
}

/// Adds parity of the two sides that are looked at to the targets: not below the band where the first side has less today, not
/// above it where it has more.
fn parity_as_target(ui: &mut Ui, view: &View<'_>, now: &Outcome, state: &EquityView) -> Option<Command> {
    let (words, scenario) = (view.words, view.scenario);
    let by = state.dimension.compared()?;
    let indicator = Indicator::Between(state.measure, Comparison::Ratio, by);
    let mut target = Target {
        level: state.level,
        ..Target::at_least(indicator, scenario.horizon, PARITY.0)
    };
    let last = now.years.len() - 1;
    let ratio = now.run.lend().by(indicator, target.scope(), last);
    if ratio.is_some_and(|ratio| ratio > 1.0) {
        target.set(Bound::AtMost, PARITY.1);
    }
    let is_there = |other: &Target| other.indicator == indicator && other.scope() == target.scope();
    let there = scenario.targets.iter().any(is_there);
    let button = ui.add_enabled(!there, egui::Button::new(words.equity_parity_target));
    let hint = if there {
        words.equity_parity_there
    } else {
        words.equity_parity_hint
    };
    let clicked = button.clicked();
    button.on_hover_text(hint).on_disabled_hover_text(hint);
    if !clicked {
        return None;
    }
    let mut edited = Scenario::clone(scenario);
    let what = fill(
        words.edit_target_added,
        &[("target", &indicator_name(indicator, words))],
    );
    edited.targets.push(target);
    Some(Command::Change {
        scenario: Arc::new(edited),
        what,
        dragged: None,
    })
}

fn years(now: &Outcome) -> [String; 2] {
    [now.years.first(), now.years.last()].map(|year| year.map_or(String::new(), ToString::to_string))
}

/// Who is furthest behind, in a sentence each for what is computed and for what is assumed.
fn headline(figures: &Figures, now: &Outcome, state: &EquityView, words: &Words) -> String {
    let all = last(figures.all(state));
    let [base, horizon] = years(now);
    let mut said = Vec::new();
    for (assumed, template) in [(false, words.equity_furthest), (true, words.equity_furthest_assumed)] {
        let Some(group) = figures.furthest(state, assumed) else {
            continue;
        };
        // Less than a twentieth of a point is no difference.
        let template = if !assumed && all - last(&group.values) < 5e-4 {
            words.equity_all_alike
        } else {
            template
        };
        said.push(fill(
            template,
            &[
                ("group", &group.name),
                ("value", &words.show(Unit::Share, last(&group.values))),
                (
                    "short",
                    &words.show(Unit::Points, (all - last(&group.values)).max(0.0) * 100.0),
                ),
                ("all", &words.show(Unit::Share, all)),
                (
                    "was",
                    &words.show(Unit::Share, group.values.first().copied().unwrap_or(0.0)),
                ),
                ("whom", of_whom(state.measure, words)),
                ("measure", &words.short(state.measure)),
                ("base", &base),
                ("year", &horizon),
            ],
        ));
    }
    said.join(" ")
}

/// On what the figures rest.
fn note(now: &Outcome, state: &EquityView, words: &Words) -> String {
    if !state.measure.has_persons() {
        return words.equity_note_schools.to_owned();
    }
    let scenario = &now.run.model.scenario;
    let (people, effect) = (&scenario.country.people, scenario.evidence.girls_effect.value);
    let share = |measure: Measure, t| now.run.lend().value(measure, Scope::ALL, t).unwrap_or(0.0);
    let at = |t: usize| {
        [
            people.use_by_girls(share(Measure::GirlsProgramme, t), effect),
            people.use_with_disability(share(Measure::Assistive, t)),
        ]
        .map(|of| words.in_full((100.0 * of).round() / 100.0))
    };
    let ([girls_was, disability_was], [girls, disability]) = (at(0), at(now.run.model.years - 1));
    let [_, year] = years(now);
    fill(
        words.equity_note,
        &[
            ("girls", &girls),
            ("girls_was", &girls_was),
            ("disability", &disability),
            ("disability_was", &disability_was),
            ("year", &year),
        ],
    )
}

fn charts(ui: &mut Ui, view: &View<'_>, now: &Outcome, figures: &Figures, state: &EquityView) {
    let source = source_line(view);
    let show = Show {
        now,
        figures,
        state,
        words: view.words,
        source,
    };
    let [groups, furthest, gaps, parity] = widgets::places(ui);
    show.groups(ui, groups);
    show.furthest(ui, furthest);
    show.gaps(ui, gaps);
    show.parity(ui, parity);
}

/// What all charts of the page share.
struct Show<'a> {
    now: &'a Outcome,
    figures: &'a Figures,
    state: &'a EquityView,
    words: &'static Words,
    source: String,
}

impl Show<'_> {
    /// Unit of a share.
    fn share(&self) -> String {
        format!("% {}", of_whom(self.state.measure, self.words))
    }

    fn head(&self, title: String, unit: &str, summary: String) -> Head {
        Head {
            title,
            unit: unit.to_owned(),
            source: self.source.clone(),
            summary,
        }
    }

    fn level(&self) -> &'static str {
        self.state
            .level
            .map_or(self.words.equity_all_levels, |level| level_name(level, self.words))
    }

    fn title(&self, template: &str) -> String {
        let dimension = self.state.dimension;
        fill(
            template,
            &[
                ("measure", &indicator_name(self.state.measure.into(), self.words)),
                ("short", &self.words.short(self.state.measure)),
                ("by", &dimension.name(self.words).to_lowercase()),
                ("level", &self.level().to_lowercase()),
                ("year", &years(self.now)[1]),
                (
                    "assumed",
                    if dimension.is_assumed() {
                        self.words.equity_assumed
                    } else {
                        ""
                    },
                ),
            ],
        )
        .trim_end()
        .to_owned()
    }

    fn groups(&self, ui: &Ui, rect: Rect) {
        let (words, palette) = (self.words, Palette::of(ui));
        let groups: Vec<&Group> = self
            .figures
            .seen(self.state)
            .filter(|group| group.dimension == Some(self.state.dimension))
            .collect();
        let style = |at: usize| -> (Color32, Dash) {
            match (self.state.dimension, at) {
                (_, 0) => (palette.accent, Dash::Bold),
                (Dimension::Wealth, 1..=3) => (palette.weak, Dash::Dotted),
                (_, 1) | (Dimension::Wealth, _) => (palette.text, Dash::Dashed),
                (_, 2) => (palette.doubt, Dash::Dotted),
                (_, 3) => (palette.good, Dash::Dashed),
                (_, 4) => (palette.bad, Dash::Dotted),
                _ => (palette.weak, Dash::Dashed),
            }
        };
        let label = |name: &str, values: &[f64]| format!("{name} {}", words.show(Unit::Share, last(values)));
        let lines: Vec<Line<'_>> = groups
            .iter()
            .enumerate()
            .map(|(at, group)| Line {
                values: &group.values,
                name: group.name.clone(),
                label: label(&group.name, &group.values),
                colour: style(at).0,
                dash: style(at).1,
            })
            .collect();
        let (measure, scope) = (self.state.measure, Scope::of(self.state.level));
        let target = self
            .now
            .scores
            .iter()
            .filter(|score| score.target.indicator == measure.into() && score.target.scope() == scope)
            .find_map(|score| {
                let wanted = score.goal?;
                let label = fill(words.equity_target, &[("value", &words.show(Unit::Share, wanted))]);
                Some((score.target.year, wanted, label))
            });
        let summary: Vec<String> = groups
            .iter()
            .map(|group| {
                fill(
                    words.equity_from_to,
                    &[
                        ("group", &group.name),
                        (
                            "from",
                            &words.show(Unit::Share, group.values.first().copied().unwrap_or(0.0)),
                        ),
                        ("to", &words.show(Unit::Share, last(&group.values))),
                    ],
                )
            })
            .collect();
        let head = self.head(
            self.title(words.equity_groups_title),
            &self.share(),
            format!("{}.", summary.join(", ")),
        );
        let shares = Shares {
            lines: &lines,
            target: target.as_ref(),
            whole: false,
        };
        chart::lines(ui, words, rect, &head, &self.now.years, &shares);
    }

    fn furthest(&self, ui: &Ui, rect: Rect) {
        let (words, palette) = (self.words, Palette::of(ui));
        let mut groups: Vec<&Group> = self
            .figures
            .seen(self.state)
            // Level and locality apart say less than together.
            .filter(|group| !matches!(group.dimension, None | Some(Dimension::Level | Dimension::Locality)))
            .collect();
        groups.sort_by(|a, b| last(&a.values).total_cmp(&last(&b.values)));
        let all = last(self.figures.all(self.state));
        let rows: Vec<chart::BarRow> = groups
            .iter()
            .map(|group| {
                let assumed = group.dimension.is_some_and(Dimension::is_assumed);
                let mut label = words.show(Unit::Share, last(&group.values));
                if assumed {
                    label = format!("{label} {}", words.equity_assumed);
                }
                let value = 100.0 * last(&group.values);
                // Computed or assumed: one of the two.
                let (computed, assumed) = if assumed { (f64::NAN, value) } else { (value, f64::NAN) };
                chart::BarRow {
                    name: group.name.clone(),
                    parts: vec![(computed, palette.accent), (assumed, palette.pale(palette.accent))],
                    label,
                }
            })
            .collect();
        let said: Vec<String> = rows.iter().map(|row| format!("{} {}", row.name, row.label)).collect();
        let head = self.head(
            self.title(words.equity_furthest_title),
            &self.share(),
            format!("{}.", said.join(", ")),
        );
        let mark = fill(words.equity_mark, &[("value", &words.show(Unit::Share, all))]);
        let mut key = vec![(palette.accent, words.equity_computed)];
        if self.state.measure.has_persons() {
            key.push((palette.pale(palette.accent), words.equity_assumed_factor));
        }
        chart::rows(ui, words, rect, &head, &rows, &key, Some((100.0 * all, mark)));
    }

    /// A trace for each dimension that has two sides; the one that is looked at stands out.
    fn compared(
        &self,
        palette: &Palette,
        of: &dyn Fn(f64, f64) -> Option<f64>,
        show: &dyn Fn(f64) -> String,
    ) -> Vec<Trace> {
        let mut traces: Vec<Trace> = Dimension::COMPARED
            .into_iter()
            .filter_map(|dimension| {
                let (low, high) = self.figures.sides(self.state, dimension)?;
                let chosen = dimension == self.state.dimension;
                let (colour, dash) = match dimension {
                    _ if chosen => (palette.accent, Dash::Bold),
                    _ if dimension.is_assumed() => (palette.weak, Dash::Dotted),
                    _ => (palette.text, Dash::Dashed),
                };
                let name = if dimension.is_assumed() {
                    format!("{} {}", dimension.sides(self.words), self.words.equity_assumed)
                } else {
                    dimension.sides(self.words).to_owned()
                };
                let values: Vec<Option<f64>> = low.iter().zip(high).map(|(low, high)| of(*low, *high)).collect();
                let value = values.last().copied().flatten();
                Some(Trace {
                    label: format!("{name} {}", value.map_or(self.words.unknown.to_owned(), show)),
                    values,
                    name,
                    colour,
                    dash,
                })
            })
            .collect();
        // The one that stands out is drawn last.
        traces.sort_by_key(|trace| trace.dash != Dash::Bold);
        traces
    }

    fn measured(&self, ui: &Ui, rect: Rect, [title, unit]: [&str; 2], traces: &[Trace], band: &Band) {
        let said: Vec<&str> = traces.iter().map(|trace| trace.label.as_str()).collect();
        let summary = fill(
            self.words.equity_measured_summary,
            &[
                ("year", &years(self.now)[1]),
                ("values", &said.join(", ")),
                ("band", &band.name),
            ],
        );
        let head = self.head(title.to_owned(), unit, summary);
        if traces.is_empty() {
            chart::nothing(ui, self.words, rect, &head, self.words.equity_nobody);
        } else {
            chart::traces(ui, self.words, rect, &head, &self.now.years, traces, band);
        }
    }

    fn gaps(&self, ui: &Ui, rect: Rect) {
        let words = self.words;
        let traces = self.compared(Palette::of(ui), &|low, high| Some(gap(low, high)), &|value| {
            points(value, words)
        });
        let band = Band {
            low: 0.0,
            high: 0.0,
            name: words.equity_no_gap.to_owned(),
        };
        let title = self.title(words.equity_gap_title);
        self.measured(ui, rect, [&title, words.equity_points], &traces, &band);
    }

    fn parity(&self, ui: &Ui, rect: Rect) {
        let words = self.words;
        let traces = self.compared(Palette::of(ui), &adjusted_parity, &|value| words.fixed(value, 2));
        let (low, high) = PARITY;
        let ends = [words.fixed(low, 2), words.fixed(high, 2)];
        let band = Band {
            low,
            high,
            name: fill(words.equity_band, &[("low", &ends[0]), ("high", &ends[1])]),
        };
        let title = self.title(words.equity_parity_title);
        self.measured(ui, rect, [&title, words.equity_index], &traces, &band);
    }
}

/// A difference in points with its sign.
fn points(value: f64, words: &Words) -> String {
    words.decimals(value)
}

/// All groups that are looked at, then gaps and parity.
fn table(figures: &Figures, now: &Outcome, state: &EquityView, words: &Words) -> (String, Table) {
    let mut table = Table {
        head: std::iter::once(String::new())
            .chain(now.years.iter().map(ToString::to_string))
            .collect(),
        ..Table::default()
    };
    let mut put = |name: String, cells: Vec<String>| table.rows.push(std::iter::once(name).chain(cells).collect());
    for group in figures.seen(state) {
        let mark = if group.dimension.is_some_and(Dimension::is_assumed) {
            format!("{} {}", group.name, words.equity_assumed)
        } else {
            group.name.clone()
        };
        put(
            mark,
            group
                .values
                .iter()
                .map(|value| words.show(Unit::Share, *value))
                .collect(),
        );
    }
    for dimension in Dimension::COMPARED {
        let Some((low, high)) = figures.sides(state, dimension) else {
            continue;
        };
        let sides = [("sides", dimension.sides(words))];
        let pairs = || low.iter().zip(high);
        put(
            fill(words.equity_row_gap, &sides),
            pairs().map(|(low, high)| points(gap(*low, *high), words)).collect(),
        );
        put(
            fill(words.equity_row_parity, &sides),
            pairs()
                .map(|(low, high)| adjusted_parity(*low, *high).map_or("–".to_owned(), |value| words.fixed(value, 3)))
                .collect(),
        );
    }
    // How unequal it is among all, as the tables of a run have it.
    for indicator in Indicator::among(state.measure) {
        let value = |t| now.run.lend().by(indicator, Scope::of(state.level), t);
        let is_share = matches!(indicator, Indicator::Among(_, Inequality::WorstTenth));
        let show = |value: f64| {
            if is_share {
                words.show(Unit::Share, value)
            } else {
                words.fixed(value, 3)
            }
        };
        let cells = (0..now.years.len()).map(|t| value(t).map_or("–".to_owned(), show));
        put(capital(&words.indicator(indicator)), cells.collect());
    }
    let level = state
        .level
        .map_or(words.equity_all_levels, |level| level_name(level, words));
    let name = fill(
        words.equity_table_name,
        &[
            ("measure", &indicator_name(state.measure.into(), words)),
            ("level", &level.to_lowercase()),
            ("whom", of_whom(state.measure, words)),
        ],
    );
    (name, table)
}
