//! What a table that was taken changed in the plan: the cost from before to now, cause by cause; the sizes of its schools;
//! and how many assumptions are left.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{self, Color32, RichText, Ui};

use super::sizes::Sizes;
use crate::app::chart::{self, BarRow, Head};
use crate::app::command::{Command, Queue};
use crate::app::document::View;
use crate::app::jobs::{Jobs, Lane, Ticket};
use crate::app::outcome::Outcome;
use crate::app::phrases::level_name;
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::report::figure::{Axis, Span};
use crate::scenario::grounds::Grounds;
use crate::scenario::{Country, Group, Level, Quantity, Scenario};
use crate::units;

/// Part of the highest value that causes must span for an axis from zero to show them.
const SEEN: f64 = 0.3;

/// Least change that is shown, in US$ million: less than its last digit.
const LEAST: f64 = 0.05;

/// A cause: what of each group comes from the table in this step.
type Cause = fn(&mut Group) -> Vec<&mut Quantity>;

/// After the numbers of schools, learners and teachers, and before what is left: electricity, internet, computers.
const CAUSES: [Cause; 3] = [
    |group| vec![&mut group.grid, &mut group.solar],
    |group| {
        vec![
            &mut group.fibre,
            &mut group.cellular,
            &mut group.wireless,
            &mut group.satellite,
            &mut group.mbps,
            &mut group.reach_4g,
            &mut group.reach_fibre,
        ]
    },
    |group| vec![&mut group.equipped, &mut group.devices],
];

/// What all that is left of a group: who its learners are.
fn people(group: &mut Group) -> Vec<&mut Quantity> {
    vec![
        &mut group.girls,
        &mut group.poorest,
        &mut group.second,
        &mut group.middle,
        &mut group.fourth,
        &mut group.richest,
        &mut group.disability,
    ]
}

/// What a table changed.
#[derive(Debug)]
pub(super) struct Changed {
    /// To do it all: before, after each cause, now; while it is reckoned none.
    costs: Vec<f64>,
    ticket: Option<Ticket<Vec<f64>>>,
    /// Assumptions before and now.
    assumed: [usize; 2],
    /// Sizes of its schools by level, where rows are schools.
    sizes: BTreeMap<Level, Sizes>,
    /// Mean size by level before.
    means: BTreeMap<Level, f64>,
}

impl Changed {
    pub fn of(jobs: &Jobs, before: &Arc<Scenario>, after: &Arc<Scenario>, sizes: &BTreeMap<Level, Sizes>) -> Self {
        let ticket = jobs.start(Lane::Reading, {
            let (before, after) = (Arc::clone(before), Arc::clone(after));
            move |_| costs(&before, &after)
        });
        let mean = |level: Level| {
            let own = || before.country.groups.iter().filter(|group| group.level == level);
            let schools: f64 = own().map(|group| group.schools.value).sum();
            own().map(|group| group.learners.value).sum::<f64>() / schools
        };
        Self {
            costs: Vec::new(),
            ticket: Some(ticket),
            assumed: [before, after].map(|scenario| Grounds::of(scenario).assumed()),
            sizes: sizes.clone(),
            means: sizes.keys().map(|level| (*level, mean(*level))).collect(),
        }
    }

    /// Shows it: the causes, the sizes, the assumptions.
    pub fn show(&mut self, ui: &mut Ui, view: &View<'_>, queue: &mut Queue) {
        if let Some(answer) = self.ticket.as_ref().and_then(Ticket::take) {
            self.ticket = None;
            self.costs = answer.unwrap_or_default();
        }
        let words = view.words;
        let all = ui.available_rect_before_wrap();
        let foot = 64.0;
        let charts = all.with_max_y(all.bottom() - foot - theme::GAP);
        let sizes = self.sizes.iter().max_by(|a, b| a.1.schools.total_cmp(&b.1.schools));
        let above = match sizes {
            Some(_) => charts.with_max_y(charts.top() + (charts.height() - theme::GAP) * 0.46),
            None => charts.with_max_y(charts.bottom().min(charts.top() + 320.0)),
        };
        if !self.costs.is_empty() {
            causes(ui, view, above, &self.costs);
        }
        if let Some((level, sizes)) = sizes {
            let below = charts.with_min_y(above.bottom() + theme::GAP);
            let before = self.means.get(level).copied();
            histogram(ui, view, below, *level, sizes, before);
        }
        let last = all.with_min_y(
            if sizes.is_some() {
                charts.bottom()
            } else {
                above.bottom()
            } + theme::GAP,
        );
        ui.scope_builder(
            egui::UiBuilder::new().max_rect(last.with_max_y(last.top() + foot)),
            |ui| {
                theme::card(ui).show(ui, |ui| {
                    ui.set_min_size(ui.available_size());
                    let [before, now] = self.assumed.map(|count| words.count(count));
                    let text = fill(words.regions_assumptions, &[("before", &before), ("now", &now)]);
                    ui.label(RichText::new(text).heading());
                    ui.horizontal(|ui| {
                        if ui.button(words.regions_assumptions_list).clicked() {
                            queue.push(Command::Assumptions);
                        }
                        ui.add(
                            egui::Label::new(RichText::new(words.regions_assumptions_hint).small().weak()).truncate(),
                        );
                    });
                });
            },
        );
    }
}

/// To do it all with the plan before, then with one cause more each time, and now.
fn costs(before: &Scenario, after: &Scenario) -> Vec<f64> {
    let cost = |scenario: Scenario| Outcome::of(scenario).cost_full;
    let mut costs = vec![cost(before.clone())];
    for told in 0..=CAUSES.len() {
        let mut scenario = after.clone();
        let mut country = Country::clone(&scenario.country);
        for group in &mut country.groups {
            let like = alike(&before.country, group);
            let mut own = like.clone();
            for cause in CAUSES.iter().skip(told).chain([&(people as Cause)]) {
                for (number, before) in cause(group).into_iter().zip(cause(&mut own)) {
                    number.value = before.value;
                }
            }
        }
        scenario.country = country.into();
        costs.push(cost(scenario));
    }
    costs.push(cost(after.clone()));
    costs
}

/// What the groups of the same region, or else of the country, of a level and locality had before: their mean by schools.
fn alike(before: &Country, group: &Group) -> Group {
    let of_kind = |own: &&Group| (own.level, own.locality) == (group.level, group.locality);
    let kind: Vec<&Group> = before.groups.iter().filter(of_kind).collect();
    let near: Vec<&Group> = kind.iter().copied().filter(|own| own.region == group.region).collect();
    let like = if near.is_empty() { kind } else { near };
    let schools: f64 = like.iter().map(|own| own.schools.value).sum();
    let Some(first) = like.first().filter(|_| schools > 0.0) else {
        return group.clone();
    };
    let mut mean = Group::clone(first);
    for cause in CAUSES.iter().chain([&(people as Cause)]) {
        for (at, number) in cause(&mut mean).into_iter().enumerate() {
            let value = |own: &&Group| cause(&mut Group::clone(own)).get(at).map_or(0.0, |number| number.value);
            number.value = like.iter().map(|own| value(own) * own.schools.value).sum::<f64>() / schools;
        }
    }
    mean
}

/// The cost from before to now, cause by cause.
fn causes(ui: &Ui, view: &View<'_>, place: egui::Rect, costs: &[f64]) {
    let (words, palette) = (view.words, Palette::of(ui));
    let (Some(first), Some(last)) = (costs.first(), costs.last()) else {
        return;
    };
    let million = |value: f64| value / 1e6;
    let names = [
        words.regions_cause_schools,
        words.regions_cause_power,
        words.regions_cause_links,
        words.regions_cause_devices,
        words.regions_cause_people,
    ];
    let whole = |name: &str, value: f64, colour: Color32| Span {
        name: name.to_owned(),
        ends: (0.0, million(value)),
        label: words.fixed(million(value), 1),
        own: true,
        colour: theme::plain(colour),
        told: Vec::new(),
    };
    let mut rows = vec![whole(words.regions_cause_before, *first, palette.source(0))];
    for (name, step) in names.into_iter().zip(costs.windows(2)) {
        let change = million(step[1] - step[0]);
        // What the table does not tell changes nothing.
        if change.abs() < LEAST {
            continue;
        }
        let colour = if change > 0.0 { palette.bad } else { palette.good };
        rows.push(Span {
            name: name.to_owned(),
            ends: (million(step[0].min(step[1])), million(step[0].max(step[1]))),
            label: units::signed(change, |value| words.fixed(value, 1)),
            own: false,
            colour: theme::plain(colour),
            told: Vec::new(),
        });
    }
    rows.push(whole(words.regions_cause_now, *last, palette.accent));
    let (low, high) = costs
        .iter()
        .map(|cost| million(*cost))
        .fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), cost| {
            (low.min(cost), high.max(cost))
        });
    let axis = if high - low < SEEN * high {
        Axis::around(
            (low - (high - low).max(0.01 * high)).max(0.0),
            high + 0.35 * (high - low),
        )
    } else {
        Axis::up_to(1.1 * high)
    };
    let named: Vec<String> = rows.iter().map(|row| format!("{} {}", row.name, row.label)).collect();
    let head = Head {
        title: words.regions_changed.to_owned(),
        unit: fill(
            words.regions_changed_unit,
            &[("year", &view.scenario.price_year.to_string())],
        ),
        source: words.regions_changed_note.to_owned(),
        summary: named.join("; "),
    };
    let columns = vec![words.regions_changed_unit.to_owned(), String::new()];
    chart::spans(ui, words, place, &head, rows, columns, axis);
}

/// How many schools there are of each size.
fn histogram(ui: &Ui, view: &View<'_>, place: egui::Rect, level: Level, sizes: &Sizes, before: Option<f64>) {
    let (words, palette) = (view.words, Palette::of(ui));
    let bars = sizes.bars(words);
    let rows: Vec<BarRow> = bars
        .iter()
        .map(|(name, [schools, share])| BarRow {
            name: name.clone(),
            parts: vec![(*schools, palette.accent)],
            label: size_label(*schools, *share, words),
        })
        .collect();
    let values = [
        ("mean", words.grouped(sizes.mean())),
        (
            "before",
            before.map_or(words.regions_not_told.to_owned(), |before| words.grouped(before)),
        ),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let named: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.name, row.label)).collect();
    let head = Head {
        title: fill(words.regions_sizes, &[("level", level_name(level, words))]),
        unit: words.regions_sizes_unit.to_owned(),
        source: fill(words.regions_sizes_note, &values),
        summary: named.join("; "),
    };
    chart::rows(ui, words, place, &head, &rows, &[], None);
}

fn size_label(schools: f64, share: f64, words: &Words) -> String {
    let values = [
        ("schools", words.grouped(schools)),
        ("share", words.show(units::Unit::Share, share)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fill(words.regions_sizes_bar, &values)
}
