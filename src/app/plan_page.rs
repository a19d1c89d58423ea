//! The Plan page: scoreboard, levers, and four charts that answer while the hand moves.

use std::sync::Arc;

use eframe::egui::{self, Rect, RichText, Stroke, Ui, pos2, vec2};

use super::chart::{self, Cell, Dash, Head, Level as Across, Line, Part, Shares};
use super::command::Command;
use super::countries;
use super::outcome::{Missing, Outcome, Score};
use super::present::Guess;
use super::theme::{self, Palette};
use super::widgets;
use super::words::{Words, capital, fill};
use super::{View, lever, terms};
use crate::model::indicators::{self, Binding};
use crate::scenario::{Country, Level, Locality, Scenario};
use crate::units::{IN_MILLIONS, Unit};

/// Shows the page.
pub fn page(ui: &mut Ui, view: &View<'_>, state: &mut lever::State) -> Option<Command> {
    let area = ui.available_rect_before_wrap();
    // Where text is large, the charts get what the levers can spare.
    let levers = theme::LEVERS.min((area.width() - theme::CHART.x).max(theme::LEVERS_NARROW));
    let (left, right) = area.split_left_right_at_x(area.left() + levers);
    let mut command = None;
    ui.scope_builder(egui::UiBuilder::new().max_rect(left), |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            command = title(ui, view);
            egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                // The scroll bar must not cover the numbers.
                ui.set_max_width(ui.available_width() - 6.0);
                command = command.take().or(lever::levers(ui, view, state));
            });
        });
    });
    let right = right.with_min_x(right.left() + theme::GAP);
    ui.scope_builder(egui::UiBuilder::new().max_rect(right), |ui| charts(ui, view));
    command
}

/// The plan's title, by which it is presented and compared.
fn title(ui: &mut Ui, view: &View<'_>) -> Option<Command> {
    let words = view.words;
    let mut title = view.scenario.title.clone();
    let field = egui::TextEdit::singleline(&mut title)
        .font(egui::TextStyle::Heading)
        .hint_text(words.plan_title)
        .desired_width(f32::INFINITY);
    let response = ui
        .scope(|ui| {
            // Until it is pointed at or typed in, a title looks like one.
            ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::NONE;
            ui.visuals_mut().text_edit_bg_color = Some(Palette::of(ui).card);
            ui.add(field).on_hover_text(words.plan_title)
        })
        .inner;
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, words.plan_title));
    if response.changed() {
        let what = fill(words.edit_title, &[("title", &title)]);
        let scenario = Scenario {
            title,
            ..view.scenario.clone()
        };
        return Some(Command::Change {
            scenario: Arc::new(scenario),
            what,
            dragged: Some("title".into()),
        });
    }
    response.lost_focus().then_some(Command::Settle)
}

/// Targets against what is reached, cost and gap.
pub fn scoreboard(ui: &mut Ui, view: &View<'_>) {
    let words = view.words;
    let Some(now) = view.now else {
        ui.allocate_ui(vec2(ui.available_width(), theme::SCORES), |ui| {
            ui.set_min_height(theme::SCORES);
            ui.label(view.to_come());
        });
        return;
    };
    #[allow(clippy::cast_precision_loss)]
    let count = (now.scores.len() + 2) as f32;
    let room = ui.available_width();
    let width = ((room - theme::GAP * (count - 1.0)) / count).max(theme::SCORE);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme::GAP;
        // Many targets move under the money, which stays in sight.
        let targets = room - 2.0 * (width + theme::GAP);
        widgets::roll(ui, "targets", targets, words, |ui| {
            ui.horizontal(|ui| {
                for score in &now.scores {
                    target_card(ui, width, score, view, now);
                }
            });
        });
        cost_card(ui, width, now, words);
        gap_card(ui, width, now, words);
    });
}

/// The same score of the scenario as saved.
fn as_saved<'a>(view: &View<'a>, score: &Score) -> Option<&'a Score> {
    let same = |saved: &&Score| (&saved.code, saved.level, saved.year) == (&score.code, score.level, score.year);
    view.saved?.scores.iter().find(same)
}

/// The scoreboard's cards of targets, wide and in as many rows as it takes to see them all.
pub(super) fn targets(ui: &mut Ui, view: &View<'_>, now: &Outcome) {
    let room = ui.available_width() + theme::GAP;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let columns = ((room / (theme::SCORE_WIDE + theme::GAP)) as usize).max(1);
    #[allow(clippy::cast_precision_loss)]
    let width = room / columns as f32 - theme::GAP;
    ui.spacing_mut().item_spacing = vec2(theme::GAP, theme::GAP);
    for scores in now.scores.chunks(columns) {
        ui.horizontal(|ui| {
            for score in scores {
                target_card(ui, width, score, view, now);
            }
        });
    }
}

/// A card of the scoreboard.
fn card(ui: &mut Ui, width: f32, title: &str, words: &Words, inside: impl FnOnce(&mut Ui)) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme::SCORES), egui::Sense::hover());
    let palette = Palette::of(ui);
    ui.painter().rect(
        rect,
        theme::ROUND,
        palette.card,
        Stroke::new(1.0, palette.edge),
        egui::StrokeKind::Inside,
    );
    let builder = egui::UiBuilder::new()
        .max_rect(rect.shrink2(vec2(theme::PAD, 7.0)))
        .layout(egui::Layout::top_down(egui::Align::Min));
    // A child that takes no room of its own: the card has it already.
    let mut child = ui.new_child(builder);
    child.spacing_mut().item_spacing = vec2(4.0, 1.0);
    // Where a name has no room, its year goes first, not half of it; the full name is heard and seen on pointing.
    let shown = if small_width(&child, title) <= child.available_width() {
        title
    } else {
        title.rsplit_once(", ").map_or(title, |(name, _)| name)
    };
    let label = egui::Label::new(RichText::new(shown).small().weak()).truncate();
    let label = terms::label(&mut child, label, shown, words).on_hover_text(title);
    label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, title));
    inside(&mut child);
}

/// The number of a card, with a remark at the right.
fn number(ui: &mut Ui, value: &str, colour: egui::Color32, remark: &str) {
    ui.horizontal(|ui| {
        // In a narrow card a sum of money must still fit.
        let size = theme::NUMBER.min(ui.max_rect().width() / 8.5);
        ui.label(RichText::new(value).font(theme::bold(size)).color(colour));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add(egui::Label::new(RichText::new(remark).small()).truncate());
        });
    });
}

fn target_card(ui: &mut Ui, width: f32, score: &Score, view: &View<'_>, now: &Outcome) {
    let (words, saved) = (view.words, as_saved(view, score));
    let palette = Palette::of(ui);
    let show = |value: f64| {
        if score.unit == Unit::Share {
            words.show(Unit::Share, value)
        } else {
            words.decimals(value)
        }
    };
    let wide = width >= theme::SCORE_WIDE;
    card(ui, width, &score_name(score, now, words), words, |ui| {
        let Some(reached) = score.reached else {
            number(ui, words.unknown, palette.weak, "");
            return;
        };
        number(
            ui,
            &show(reached),
            palette.text,
            &score.at_least.map_or(String::new(), |wanted| {
                fill(words.target_of, &[("value", &show(wanted))])
            }),
        );
        let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), 10.0), egui::Sense::hover());
        progress(ui, bar, score, reached);
        ui.horizontal(|ui| {
            let (verdict, colour) = match score.at_least {
                None => (words.no_target.to_owned(), palette.weak),
                Some(_) if score.met() => (words.met.to_owned(), palette.good),
                Some(_) if !wide => (words.missed_short.to_owned(), palette.bad),
                Some(wanted) => {
                    let short = if score.unit == Unit::Share {
                        words.show(Unit::Points, (wanted - reached) * 100.0)
                    } else {
                        words.decimals(wanted - reached)
                    };
                    (fill(words.missed, &[("short", &short)]), palette.bad)
                }
            };
            ui.label(RichText::new(verdict).small().color(colour));
            let before = saved
                .and_then(|saved| saved.reached)
                .filter(|saved| show(*saved) != show(reached));
            let remark = match (before, score.base) {
                (Some(before), _) => fill(
                    if wide {
                        view.as_before(words.was, words.was_opened)
                    } else {
                        words.was_short
                    },
                    &[("value", &show(before))],
                ),
                (None, Some(base)) if wide => fill(
                    words.base,
                    &[("value", &show(base)), ("year", &now.years[0].to_string())],
                ),
                (None, _) => String::new(),
            };
            remark_that_fits(ui, &[&remark]);
        });
    });
}

/// Width of a small text in one line.
fn small_width(ui: &Ui, text: &str) -> f32 {
    let font = theme::text(theme::SMALL);
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER);
    galley.size().x
}

/// The first of these remarks for which there is room, at the right; half a remark would say something else.
fn remark_that_fits(ui: &mut Ui, remarks: &[&str]) -> Option<egui::Response> {
    let room = ui.available_width();
    let remark = remarks.iter().find(|remark| small_width(ui, remark) <= room)?;
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    Some(
        ui.with_layout(layout, |ui| ui.label(RichText::new(*remark).small().weak()))
            .inner,
    )
}

/// How far a target is reached; the tick stands at the target.
fn progress(ui: &Ui, bar: Rect, score: &Score, reached: f64) {
    let palette = Palette::of(ui);
    let whole = if score.unit == Unit::Share {
        1.0
    } else {
        score.at_least.unwrap_or(reached).max(reached) * 1.1
    };
    #[allow(clippy::cast_possible_truncation)]
    let x = |value: f64| bar.left() + bar.width() * (value / whole).clamp(0.0, 1.0) as f32;
    let rail = Rect::from_center_size(bar.center(), vec2(bar.width(), 4.0));
    ui.painter().rect_filled(rail, 2, palette.grid);
    ui.painter().rect_filled(rail.with_max_x(x(reached)), 2, palette.accent);
    if let Some(wanted) = score.at_least {
        let tick = Rect::from_center_size(pos2(x(wanted).min(bar.right() - 1.0), bar.center().y), vec2(2.5, 10.0));
        ui.painter().rect_filled(tick, 0, palette.text);
    }
}

fn plan_years(now: &Outcome) -> [(&'static str, String); 2] {
    let first = now
        .years
        .get(now.plan_from)
        .or(now.years.last())
        .map_or(String::new(), ToString::to_string);
    [
        ("from", first),
        ("to", now.years.last().map_or(String::new(), ToString::to_string)),
    ]
}

fn with_years(template: &str, now: &Outcome) -> String {
    let years = plan_years(now);
    fill(template, &[(years[0].0, &years[0].1), (years[1].0, &years[1].1)])
}

fn cost_card(ui: &mut Ui, width: f32, now: &Outcome, words: &Words) {
    let palette = Palette::of(ui);
    card(ui, width, &with_years(words.cost_full, now), words, |ui| {
        number(ui, &now.money(now.cost_full, words), palette.text, "");
        if let Some(each) = now.per_learner {
            let each = fill(words.per_learner, &[("value", &words.show(Unit::Usd, each))]);
            let text = match now.missing() {
                Missing::From(_) => fill(words.cost_paid, &[("value", &now.money(now.cost_paid, words))]),
                Missing::Nothing | Missing::Late(_) => each.clone(),
            };
            let font = theme::text(theme::SMALL);
            let lines = ui
                .painter()
                .layout(text.clone(), font, palette.weak, ui.available_width());
            // A line stands level with those of the other cards; in a narrow card it takes two.
            if lines.rows.len() == 1 {
                ui.add_space(11.0);
            }
            ui.add(egui::Label::new(RichText::new(text).small().weak()).wrap())
                .on_hover_text(format!("{} {each}.", words.cost_hint));
        }
    });
}

fn gap_card(ui: &mut Ui, width: f32, now: &Outcome, words: &Words) {
    let palette = Palette::of(ui);
    card(ui, width, &with_years(words.to_find, now), words, |ui| {
        let missing = now.missing();
        let colour = if matches!(missing, Missing::From(_)) {
            palette.bad
        } else {
            palette.text
        };
        number(ui, &now.money(now.to_find().max(0.0), words), colour, "");
        ui.add_space(11.0);
        ui.horizontal(|ui| {
            let colour = match missing {
                Missing::Nothing => palette.good,
                Missing::Late(_) => palette.weak,
                Missing::From(_) => palette.bad,
            };
            ui.label(RichText::new(verdict(missing, words)).small().color(colour));
            let dark = now.first_dark.map_or_else(
                || [words.no_dark_year; 2].map(str::to_owned),
                |year| {
                    [words.dark_year, words.dark_year_short]
                        .map(|template| fill(template, &[("year", &year.to_string())]))
                },
            );
            if let Some(remark) = remark_that_fits(ui, &[&dark[0], &dark[1]]) {
                remark.on_hover_text(words.dark_hint);
            }
        });
    });
}

/// Whether money is missing, in a few words with a sign.
pub(super) fn verdict(missing: Missing, words: &Words) -> String {
    match missing {
        Missing::Nothing => words.fully_funded.to_owned(),
        Missing::Late(year) => fill(words.paid_late, &[("year", &year.to_string())]),
        Missing::From(year) => fill(words.gap_from, &[("year", &year.to_string())]),
    }
}

/// Name of a level, as charts give it.
#[must_use]
pub const fn level_name(level: Level, words: &Words) -> &'static str {
    match level {
        Level::Primary => words.primary,
        Level::LowerSecondary => words.lower_secondary,
        Level::UpperSecondary => words.upper_secondary,
    }
}

/// Name of a locality.
#[must_use]
pub const fn locality_name(locality: Locality, words: &Words) -> &'static str {
    match locality {
        Locality::Urban => words.urban,
        Locality::Rural => words.rural,
    }
}

/// What a card of the scoreboard is about.
#[must_use]
pub fn score_name(score: &Score, now: &Outcome, words: &Words) -> String {
    let level = score.level.map_or(String::new(), |level| {
        format!("{} ", level_name(level, words).to_lowercase())
    });
    let year = score.year.to_string();
    let template = match score.code.as_str() {
        "reach" | "dose" => {
            let template = if score.code == "reach" {
                words.score_reach
            } else {
                words.score_dose
            };
            let level = if level.is_empty() {
                let levels: Vec<Level> = now.run.model.levels.iter().map(|table| table.level).collect();
                if levels.len() == Level::ALL.len() {
                    words.score_all.to_owned()
                } else {
                    levels_text(&levels, words)
                }
            } else {
                level.trim_end().to_owned()
            };
            let level = format!("{level}, ");
            return fill(template, &[("level", &level), ("year", &year)]);
        }
        "4.a.1.a" => words.score_power,
        "4.a.1.b" | "ED5" => words.score_link,
        "4.a.1.c" => words.score_equipped,
        "ED8" => words.score_trained,
        "4.c.1" => words.score_qualified,
        "4.1.2" => words.score_completion,
        "4.1.1.b.reading" => words.score_reading,
        "4.1.1.b.mathematics" => words.score_mathematics,
        _ => words.score_other,
    };
    capital(&fill(
        template,
        &[("level", &level), ("year", &year), ("code", &score.code)],
    ))
}

fn charts(ui: &mut Ui, view: &View<'_>) {
    let Some(now) = view.now else { return };
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let area = ui.available_rect_before_wrap();
        let columns: u16 = if area.width() >= 2.0 * theme::CHART.x + theme::GAP {
            2
        } else {
            1
        };
        let rows = 4 / columns;
        let width = (area.width() - theme::GAP * f32::from(columns - 1)) / f32::from(columns);
        let height = ((area.height() - theme::GAP * f32::from(rows - 1)) / f32::from(rows)).max(theme::CHART.y);
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
        cost(ui, place(1), view, now, &source);
        money(ui, place(2), view, now, &source);
        holds(ui, place(3), view, now, &source);
    });
}

/// Where the numbers of a chart come from.
#[must_use]
pub fn source_line(view: &View<'_>) -> String {
    fill(
        view.words.source_line,
        &[
            ("country", &country_text(&view.scenario.country, view.words)),
            ("base", &view.scenario.base_year.to_string()),
        ],
    )
}

/// The country, and which levels its numbers leave out.
#[must_use]
pub fn country_text(country: &Country, words: &Words) -> String {
    let (name, missing) = (countries::name(country, words), country.levels_left_out());
    if missing.is_empty() {
        return name;
    }
    let levels = levels_text(&missing, words);
    fill(words.country_without, &[("country", &name), ("levels", &levels)])
}

/// Levels in running text.
#[must_use]
pub fn levels_text(levels: &[Level], words: &Words) -> String {
    let name = |level: &Level| words.word(level.name());
    match levels {
        [first, second] => fill(words.levels_two, &[("first", &name(first)), ("second", &name(second))]),
        levels => levels.iter().map(name).collect::<Vec<_>>().join(", "),
    }
}

/// Reach of the plan, as saved and without one. A guess is drawn as a straight line, and hides the results until it is
/// revealed.
pub(super) fn reach(ui: &Ui, rect: Rect, view: &View<'_>, now: &Outcome, source: &str, guess: Option<&Guess>) {
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
    }
    lines.push(line(
        words.reach_without,
        &now.reach_without,
        palette.weak,
        Dash::Dotted,
    ));
    // Where the target is for one level, that level is drawn as well.
    let targets = || {
        now.scores
            .iter()
            .filter(|score| score.code == "reach" && score.at_least.is_some())
    };
    let score = targets().find(|score| score.level.is_none()).or(targets().next());
    let of = |level: Level| {
        let years = 0..now.years.len();
        let reach = |t| indicators::value(&now.run, &now.run.run.plan, t, "reach", Some(level)).unwrap_or(0.0);
        (
            level_name(level, words).to_lowercase(),
            years.map(reach).collect::<Vec<f64>>(),
        )
    };
    let of_level = score.and_then(|score| score.level).map(of);
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
        let wanted = score.at_least?;
        let level = of_level.as_ref().map_or(String::new(), |(name, _)| format!("{name}: "));
        let target = fill(words.reach_target, &[("value", &words.show(Unit::Share, wanted))]);
        Some((score.year, wanted, format!("{level}{target}")))
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

/// A scale for money: divisor and name.
#[must_use]
pub fn scale(most: f64, words: &Words) -> (f64, &'static str) {
    if most >= 2e9 {
        (1e9, words.scale_billion)
    } else if most >= IN_MILLIONS {
        (1e6, words.scale_million)
    } else if most >= 1e3 {
        (1e3, words.scale_thousand)
    } else {
        (1.0, words.scale_one)
    }
}

/// Unit of amounts of money; without a word for the scale where they are small.
fn cost_unit(scale: &str, view: &View<'_>) -> String {
    let year = view.scenario.price_year.to_string();
    let unit = fill(view.words.cost_unit, &[("scale", scale), ("year", &year)]);
    unit.replace(" ,", ",").trim().to_owned()
}

/// Cost of the plan by component.
pub(super) fn cost(ui: &Ui, rect: Rect, view: &View<'_>, now: &Outcome, source: &str) {
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
            let values: Vec<f64> = by_year.iter().skip(1).map(|value| value / divisor).collect();
            let label = format!("{name} {}", words.decimals(values.last().copied().unwrap_or(0.0)));
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
    let summary = fill(
        words.cost_summary,
        &[("total", &now.money(now.cost_full, words)), ("most", &most)],
    );
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
                true,
                words,
            )
        })
        .collect();
    chart::bars(ui, words, rect, &head, &now.years[1..], &parts, &ghosts);
}

fn across<'a>(values: &'a [f64], name: &str, ghost: bool, words: &Words) -> Across<'a> {
    let label = format!("{name} {}", words.decimals(values.last().copied().unwrap_or(0.0)));
    Across {
        values,
        name: name.to_owned(),
        label,
        ghost,
    }
}

/// Sources shown by name; the rest stand together.
const MOST_SOURCES: usize = 6;

/// Funding against need.
pub(super) fn money(ui: &Ui, rect: Rect, view: &View<'_>, now: &Outcome, source: &str) {
    let (words, palette) = (view.words, Palette::of(ui));
    let most = now.need.iter().skip(1).copied().fold(0.0, f64::max);
    let (divisor, unit) = scale(most, words);
    let scaled = |values: &[f64]| values.iter().skip(1).map(|value| value / divisor).collect::<Vec<f64>>();
    let mut parts: Vec<Part> = Vec::new();
    let mut put = |name: &str, values: Vec<f64>, position: usize, hatched: bool| {
        let label = format!("{name} {}", words.decimals(values.last().copied().unwrap_or(0.0)));
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
        source: source.into(),
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
                true,
                words,
            )
        })
        .collect();
    levels.push(across(&need, words.money_need, false, words));
    chart::bars(ui, words, rect, &head, &now.years[1..], &parts, &levels);
}

const fn hold_name(binding: Binding, words: &Words) -> &'static str {
    match binding {
        Binding::Power => words.hold_power,
        Binding::Link => words.hold_link,
        Binding::Devices => words.hold_devices,
        Binding::Teachers => words.hold_teachers,
    }
}

/// What holds each group back.
pub(super) fn holds(ui: &Ui, rect: Rect, view: &View<'_>, now: &Outcome, source: &str) {
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
