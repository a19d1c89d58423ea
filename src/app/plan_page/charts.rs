//! The charts of the Plan page, which are presented too.

use eframe::egui::{self, Rect, Ui, vec2};

use super::scoreboard::with_years;
use crate::app::chart::{self, Answer, Bars, Cell, Dash, Drawn, Head, Level as Across, Line, Part, Shares};
use crate::app::document::View;
use crate::app::lever;
use crate::app::outcome::Outcome;
use crate::app::phrases::{level_name, scale, source_line, with_catching_up};
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::model::measures::Binding;
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::{Level, Locality, Target};
use crate::units::Unit;

/// The room's guess of reach in the last year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Guess {
    /// Share of learners.
    pub value: f64,
    /// Whether the result is shown beside it.
    pub revealed: bool,
}

pub(super) fn charts(ui: &mut Ui, view: &View<'_>) {
    let Some(now) = view.now else { return };
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let area = ui.available_rect_before_wrap();
        let columns: u16 = if area.width() >= 2.0 * theme::CHART.x + theme::GAP {
            2
        } else {
            1
        };
        // All of them where there is room; else four at a time, and who pays is scrolled to.
        let rows = CHARTS.div_ceil(columns);
        let room = f32::from(rows) * (theme::CHART.y + theme::GAP) <= area.height() + theme::GAP;
        let shown = if room { rows } else { 4 / columns };
        let width = (area.width() - theme::GAP * f32::from(columns - 1)) / f32::from(columns);
        let height = ((area.height() - theme::GAP * f32::from(shown - 1)) / f32::from(shown)).max(theme::CHART.y);
        let place = |index: u16| {
            let (column, row) = (index % columns, index / columns);
            let corner = area.min
                + vec2(
                    (width + theme::GAP) * f32::from(column),
                    (height + theme::GAP) * f32::from(row),
                );
            Rect::from_min_size(corner, vec2(width, height))
        };
        ui.allocate_space(vec2(area.width(), (height + theme::GAP) * f32::from(rows) - theme::GAP));
        let source = source_line(view);
        reach(ui, place(0), view, now, &source, None);
        places(ui, place(1), view, now, &source);
        cost(ui, place(2), view, now, &source);
        holds(ui, place(3), view, now, &source);
        money(ui, place(4), view, now, &source);
    });
}

/// Number of charts.
const CHARTS: u16 = 5;

/// Schools by what stands together: all three at the foot, nothing on top.
pub(in crate::app) fn places(ui: &Ui, rect: Rect, view: &View<'_>, now: &Outcome, source: &str) {
    let (words, palette) = (view.words, Palette::of(ui));
    // In the order of places.csv.
    let cells = [
        (words.place_nothing, palette.grid),
        (words.place_waiting, palette.tint(Binding::Money)),
        (words.place_power, palette.tint(Binding::Power)),
        (words.place_power_link, palette.tint(Binding::Link)),
        (words.place_power_devices, palette.tint(Binding::Devices)),
        (words.place_all, palette.accent),
    ];
    let parts: Vec<Part> = cells
        .into_iter()
        .zip(&now.places)
        .rev()
        .map(|((name, fill), shares)| {
            let last = shares.last().copied().unwrap_or(0.0);
            Part {
                values: shares.iter().map(|share| 100.0 * share).collect(),
                name: name.to_owned(),
                label: format!("{name} {}", words.show(Unit::Share, last)),
                fill,
                ink: palette.text,
                hatched: false,
            }
        })
        .collect();
    let head = Head {
        title: words.places_title.into(),
        unit: words.places_unit.into(),
        source: source.into(),
        summary: format!("{}.", complete(words.present_places, view, now)),
    };
    let bars = Bars {
        parts: &parts,
        levels: &[],
        legend: "",
    };
    chart::bars(ui, words, rect, &head, &now.years, &bars);
}

/// A sentence on schools in which all three things stand, in the base year and in the last; where less of it is in service
/// than stands there, with that.
pub(in crate::app) fn complete(template: &str, view: &View<'_>, now: &Outcome) -> String {
    let all = now.places.last().map_or(&[][..], Vec::as_slice);
    let share = |value: Option<&f64>| view.words.show(Unit::Share, value.copied().unwrap_or(0.0));
    let (to, served) = (share(all.last()), share(now.served.last()));
    let in_service = if served == to {
        String::new()
    } else {
        format!(" {}", fill(view.words.places_in_service, &[("share", &served)]))
    };
    let year = |year: Option<&i32>| year.map_or(String::new(), ToString::to_string);
    fill(
        template,
        &[
            ("from", &share(all.first())),
            ("to", &to),
            ("in_service", &in_service),
            ("base", &year(now.years.first())),
            ("horizon", &year(now.years.last())),
        ],
    )
}

/// Reach of the plan, as saved and without one. A guess is drawn as a straight line, and hides the results until it is
/// revealed.
pub(in crate::app) fn reach(ui: &Ui, rect: Rect, view: &View<'_>, now: &Outcome, source: &str, guess: Option<&Guess>) {
    let (words, palette) = (view.words, Palette::of(ui));
    let hidden = guess.is_some_and(|guess| !guess.revealed);
    let last = |values: &[f64]| words.show(Unit::Share, values.last().copied().unwrap_or(0.0));
    let label = |template: &str, values: &[f64]| fill(template, &[("value", &last(values))]);
    let name = |template: &str| fill(template, &[("value", "")]).trim().to_owned();
    let line = |template: &str, values, colour, dash| Line {
        values,
        name: name(template),
        label: label(template, values),
        colour,
        dash,
    };
    let mut lines = Vec::new();
    if !hidden {
        lines.push(line(words.reach_plan, &now.reach[..], palette.accent, Dash::Bold));
    }
    let from = now.reach.first().copied().unwrap_or(0.0);
    let last_year = now.years.len().saturating_sub(1).max(1);
    #[allow(clippy::cast_precision_loss)]
    let guessed: Vec<f64> = guess.map_or(Vec::new(), |guess| {
        (0..now.years.len())
            .map(|t| from + (guess.value - from) * t as f64 / last_year as f64)
            .collect()
    });
    if guess.is_some() {
        lines.push(line(words.reach_guess, &guessed, palette.doubt, Dash::Dashed));
    }
    if let Some(saved) = view
        .saved
        .filter(|saved| !hidden && saved.years == now.years && saved.reach != now.reach)
    {
        let name = view.as_before(words.reach_saved, words.reach_opened);
        lines.push(line(name, &saved.reach, palette.weak, Dash::Dashed));
    }
    if !hidden {
        lines.push(line(words.reach_dose, &now.dose, palette.accent, Dash::Dotted));
        let parts = |(full, reach): (&f64, &f64)| full - reach > 0.005;
        if now.reach_in_full.iter().zip(&now.reach).any(parts) {
            lines.push(line(words.reach_in_full, &now.reach_in_full, palette.bad, Dash::Dashed));
        }
    }
    lines.push(line(
        words.reach_without,
        &now.reach_without,
        palette.weak,
        Dash::Dotted,
    ));
    // Where the target is for one level, that level is drawn as well.
    let of_level_or_all =
        |target: &Target| target.indicator == Measure::Reach.into() && target.scope() == Scope::of(target.level);
    let targets = || {
        now.scores
            .iter()
            .filter(|score| score.goal.is_some() && of_level_or_all(&score.target))
    };
    let score = targets()
        .find(|score| score.target.level.is_none())
        .or(targets().next());
    let of = |level: Level| {
        let years = 0..now.years.len();
        let reach = |t| {
            now.run
                .lend()
                .value(Measure::Reach, Scope::of(Some(level)), t)
                .unwrap_or(0.0)
        };
        (
            level_name(level, words).to_lowercase(),
            years.map(reach).collect::<Vec<f64>>(),
        )
    };
    let of_level = score.and_then(|score| score.target.level).map(of);
    if let Some((name, values)) = of_level.as_ref().filter(|_| !hidden) {
        lines.push(Line {
            values,
            name: name.clone(),
            label: format!("{name} {}", last(values)),
            colour: palette.good,
            dash: Dash::Dashed,
        });
    }
    let target = score.and_then(|score| {
        let wanted = score.goal?;
        let level = of_level.as_ref().map_or(String::new(), |(name, _)| format!("{name}: "));
        let target = fill(words.reach_target, &[("value", &words.show(Unit::Share, wanted))]);
        Some((score.target.year, wanted, format!("{level}{target}")))
    });
    let first = words.show(Unit::Share, now.reach.first().copied().unwrap_or(0.0));
    let years = [now.years.first(), now.years.last()].map(|year| year.map_or(String::new(), ToString::to_string));
    let model = last(&now.reach);
    let head = Head {
        title: words.reach_title.into(),
        unit: words.reach_unit.into(),
        source: source.into(),
        summary: fill(
            view.as_before(words.reach_summary, words.reach_summary_opened),
            &[
                ("from", &first),
                ("to", if hidden { words.unknown } else { &model }),
                ("base", &years[0]),
                ("horizon", &years[1]),
                (
                    "saved",
                    &view
                        .saved
                        .map_or_else(|| words.unknown.to_owned(), |saved| last(&saved.reach)),
                ),
                ("without", &last(&now.reach_without)),
            ],
        ),
    };
    let shares = Shares {
        lines: &lines,
        target: target.as_ref(),
        // What the room is asked must not be told by the axis.
        whole: guess.is_some(),
    };
    chart::lines(ui, words, rect, &head, &now.years, &shares);
}

/// What each year after the last takes, in a sentence.
fn after_sentence(now: &Outcome, words: &Words) -> String {
    let year = now.run.ahead().year.to_string();
    let values = [("year", &*year), ("value", &now.money(now.after, words))];
    fill(words.after_sentence, &values)
}

/// Unit of amounts of money; without a word for the scale where they are small.
pub(super) fn cost_unit(scale: &str, view: &View<'_>) -> String {
    let year = view.scenario.price_year.to_string();
    let unit = fill(view.words.cost_unit, &[("scale", scale), ("year", &year)]);
    unit.replace(" ,", ",").trim().to_owned()
}

/// Cost of the plan by component.
pub(in crate::app) fn cost(ui: &Ui, rect: Rect, view: &View<'_>, now: &Outcome, source: &str) {
    let (words, palette) = (view.words, Palette::of(ui));
    let most = (1..now.years.len())
        .map(|t| now.cost.iter().map(|(_, by_year)| by_year[t].abs()).sum())
        .fold(0.0, f64::max);
    let (divisor, unit) = scale(most, words);
    let parts: Vec<Part> = now
        .cost
        .iter()
        .map(|(component, by_year)| {
            let name = lever::group_name(Some(*component), words).to_owned();
            let mut values: Vec<f64> = by_year.iter().skip(1).map(|value| value / divisor).collect();
            let after = now
                .lasts()
                .then(|| now.run.ahead().full.a_year_of(*component)[1] / divisor);
            let label = chart::in_all(&name, &values, after, words);
            values.extend(after);
            Part {
                values,
                name,
                label,
                fill: palette.component(*component),
                ink: palette.ink(*component),
                hatched: false,
            }
        })
        .collect();
    let dearest = now
        .cost
        .iter()
        .max_by(|a, b| a.1.iter().sum::<f64>().total_cmp(&b.1.iter().sum()));
    let most = dearest
        .map_or("", |(component, _)| lever::group_name(Some(*component), words))
        .to_lowercase();
    let mut summary = fill(
        words.cost_summary,
        &[("total", &now.money(now.cost_full, words)), ("most", &most)],
    );
    if now.lasts() {
        summary = format!("{summary} {}", after_sentence(now, words));
    }
    let head = Head {
        title: words.cost_title.into(),
        unit: cost_unit(unit, view),
        source: source.into(),
        summary: with_years(&summary, now),
    };
    let ghost: Option<Vec<f64>> = view
        .saved
        .filter(|saved| saved.years == now.years && saved.cost != now.cost)
        .map(|saved| {
            (1..saved.years.len())
                .map(|t| saved.cost.iter().map(|(_, by_year)| by_year[t]).sum::<f64>() / divisor)
                .collect()
        });
    let ghosts: Vec<Across<'_>> = ghost
        .iter()
        .map(|values| {
            across(
                values,
                view.as_before(words.money_need_saved, words.money_need_opened),
                Drawn::Ghost,
                words,
            )
        })
        .collect();
    let ceiling: Option<Vec<f64>> = now
        .ceiling()
        .map(|ceiling| ceiling.iter().map(|value| value / divisor).collect());
    let ceiling = ceiling.as_ref().map(|values| Across {
        label: words.ceiling.to_owned(),
        ..across(values, words.ceiling, Drawn::Line, words)
    });
    let levels: Vec<Across<'_>> = ghosts.into_iter().chain(ceiling).collect();
    let years = &now.years[1..];
    let bars = Bars {
        parts: &parts,
        levels: &levels,
        legend: &chart::legend(years, now.lasts(), words),
    };
    chart::bars(ui, words, rect, &head, years, &bars);
}

fn across<'a>(values: &'a [f64], name: &str, drawn: Drawn, words: &Words) -> Across<'a> {
    Across {
        values,
        name: name.to_owned(),
        label: chart::in_all(name, values, None, words),
        drawn,
    }
}

/// Sources shown by name; the rest stand together.
pub(in crate::app) const MOST_SOURCES: usize = 6;

/// Funding against need.
pub(in crate::app) fn money(ui: &Ui, rect: Rect, view: &View<'_>, now: &Outcome, source: &str) {
    money_with(ui, rect, view, now, source, None);
}

/// The same with what another funding, of this name, would pay, and what would be needed under it.
pub(in crate::app) fn money_with(
    ui: &Ui,
    rect: Rect,
    view: &View<'_>,
    now: &Outcome,
    source: &str,
    laid: Option<(&Outcome, &str)>,
) -> Answer {
    let (words, palette) = (view.words, Palette::of(ui));
    let most = now.need.iter().skip(1).copied().fold(0.0, f64::max);
    let (divisor, unit) = scale(most, words);
    let scaled = |values: &[f64]| values.iter().skip(1).map(|value| value / divisor).collect::<Vec<f64>>();
    let mut parts: Vec<Part> = Vec::new();
    let mut put = |name: &str, values: Vec<f64>, position: usize, hatched: bool| {
        let label = chart::in_all(name, &values, None, words);
        let (fill, ink) = if hatched {
            (palette.bad, palette.bad)
        } else {
            (palette.source(position), palette.text)
        };
        parts.push(Part {
            values,
            name: name.to_owned(),
            label,
            fill,
            ink,
            hatched,
        });
    };
    for (position, (name, values)) in now.sources.iter().take(MOST_SOURCES).enumerate() {
        put(
            if position == 0 { words.existing_budget } else { name },
            scaled(values),
            position,
            false,
        );
    }
    let others = now
        .sources
        .iter()
        .skip(MOST_SOURCES)
        .fold(vec![0.0; now.years.len() - 1], |sum, (_, paid)| {
            sum.iter().zip(scaled(paid)).map(|(sum, value)| sum + value).collect()
        });
    if now.sources.len() > MOST_SOURCES {
        put(words.money_other, others, MOST_SOURCES, false);
    }
    put(words.money_gap, scaled(&now.to_find_for_all), 0, true);
    let total: f64 = now.need.iter().skip(1).sum();
    let summary = fill(
        words.money_summary,
        &[
            ("need", &now.money(total, words)),
            ("gap", &now.money(now.to_find_for_all.iter().sum(), words)),
        ],
    );
    let head = Head {
        title: words.money_title.into(),
        unit: cost_unit(unit, view),
        source: with_catching_up(source, &now.to_find_for_all, words),
        summary: with_years(&summary, now),
    };
    let need = scaled(&now.need);
    let saved = view
        .saved
        .filter(|saved| saved.years == now.years && saved.need != now.need)
        .map(|saved| scaled(&saved.need));
    let mut levels: Vec<Across<'_>> = saved
        .iter()
        .map(|values| {
            across(
                values,
                view.as_before(words.money_need_saved, words.money_need_opened),
                Drawn::Ghost,
                words,
            )
        })
        .collect();
    levels.push(across(&need, words.money_need, Drawn::Line, words));
    let laid = laid.filter(|(then, _)| then.years == now.years).map(|(then, name)| {
        let paid = (1..then.years.len()).map(|t| then.sources.iter().map(|(_, paid)| paid[t] / divisor).sum());
        (paid.collect::<Vec<f64>>(), scaled(&then.need), name)
    });
    if let Some((paid, needed, name)) = &laid {
        let named = |template: &str| fill(template, &[("package", name)]);
        levels.push(across(paid, &named(words.package_paid), Drawn::Outline, words));
        if *needed != need {
            levels.push(across(needed, &named(words.package_need), Drawn::Tried, words));
        }
    }
    let years = &now.years[1..];
    let bars = Bars {
        parts: &parts,
        levels: &levels,
        legend: &chart::legend(years, false, words),
    };
    chart::answering_bars(ui, words, rect, &head, years, &bars)
}

const fn hold_name(binding: Binding, words: &Words) -> &'static str {
    match binding {
        Binding::Power => words.hold_power,
        Binding::Link => words.hold_link,
        Binding::Devices => words.hold_devices,
        Binding::Teachers => words.hold_teachers,
        Binding::Hours => words.hold_hours,
        Binding::Networks => words.hold_networks,
        Binding::Money => words.hold_money,
    }
}

/// What holds each group back.
pub(in crate::app) fn holds(ui: &Ui, rect: Rect, view: &View<'_>, now: &Outcome, source: &str) {
    let (words, palette) = (view.words, Palette::of(ui));
    let rows: Vec<(String, Vec<Option<Cell>>)> = now
        .held
        .iter()
        .map(|held| {
            let locality = match held.locality {
                Locality::Urban => words.urban,
                Locality::Rural => words.rural,
            };
            let cells = held.by_year.iter().map(|binding| {
                binding.map(|binding| Cell {
                    word: hold_name(binding, words),
                    fill: palette.tint(binding),
                })
            });
            (format!("{} {locality}", level_name(held.level, words)), cells.collect())
        })
        .collect();
    let groups: Vec<String> = rows
        .iter()
        .filter_map(|(name, cells)| Some(format!("{name} {}", cells.last()?.as_ref()?.word)))
        .collect();
    let year = now.years.last().map_or(String::new(), ToString::to_string);
    let head = Head {
        title: words.holds_title.into(),
        unit: words.holds_unit.into(),
        source: source.into(),
        summary: fill(words.holds_summary, &[("year", &year), ("groups", &groups.join(", "))]),
    };
    chart::grid(ui, words, rect, &head, &now.years, &rows);
}
