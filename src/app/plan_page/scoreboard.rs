//! The scoreboard: targets against what is reached, cost and gap.

use eframe::egui::{self, Rect, RichText, Stroke, Ui, pos2, vec2};

use crate::app::document::View;
use crate::app::outcome::{Missing, Outcome, Score};
use crate::app::phrases::{level_name, levels_text, whom};
use crate::app::terms;
use crate::app::theme::{self, Palette};
use crate::app::widgets;
use crate::app::words::{Words, capital, fill};
use crate::model::measures::Dark;
use crate::scenario::Level;
use crate::scenario::measure::{Indicator, Scope};
use crate::scenario::target::Bound;
use crate::units::Unit;

/// Targets against what is reached, cost and gap; and what they would be with what is being tried.
pub fn scoreboard(ui: &mut Ui, view: &View<'_>, tried: Option<&Outcome>) {
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
                    target_card(ui, width, score, view, now, tried);
                }
            });
        });
        cost_card(ui, width, now, tried, words);
        gap_card(ui, width, now, tried, words);
    });
}

/// The same score of another run.
fn of_run<'a>(run: Option<&'a Outcome>, score: &Score) -> Option<&'a Score> {
    let same = |saved: &&Score| {
        let (saved, now) = (&saved.target, &score.target);
        (saved.indicator, saved.scope(), saved.year) == (now.indicator, now.scope(), now.year)
    };
    run?.scores.iter().find(same)
}

/// The scoreboard's cards of targets, wide and in as many rows as it takes to see them all.
pub(in crate::app) fn targets(ui: &mut Ui, view: &View<'_>, now: &Outcome) {
    let room = ui.available_width() + theme::GAP;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let columns = ((room / (theme::SCORE_WIDE + theme::GAP)) as usize).max(1);
    #[allow(clippy::cast_precision_loss)]
    let width = room / columns as f32 - theme::GAP;
    ui.spacing_mut().item_spacing = vec2(theme::GAP, theme::GAP);
    for scores in now.scores.chunks(columns) {
        ui.horizontal(|ui| {
            for score in scores {
                target_card(ui, width, score, view, now, None);
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

fn target_card(ui: &mut Ui, width: f32, score: &Score, view: &View<'_>, now: &Outcome, tried: Option<&Outcome>) {
    let (words, saved) = (view.words, of_run(view.saved, score));
    let palette = Palette::of(ui);
    let unit = score.target.indicator.unit();
    let show = |value: f64| match unit {
        Unit::LearnersPerDevice | Unit::DevicesPerSchool | Unit::Points => words.decimals(value),
        Unit::UsdPerLearner => words.show(Unit::Usd, value),
        unit => words.show(unit, value),
    };
    let bound = score.target.bound();
    let wide = width >= theme::SCORE_WIDE;
    card(ui, width, &score_name(score, now, words), words, |ui| {
        let Some(reached) = score.reached else {
            // A first year that never comes is known.
            if score.met() {
                number(ui, words.compare_none, palette.text, "");
                ui.label(RichText::new(words.met).small().color(palette.good));
            } else {
                number(ui, words.unknown, palette.weak, "");
            }
            return;
        };
        number(
            ui,
            &show(reached),
            palette.text,
            &score.goal.map_or(String::new(), |goal| {
                let template = match bound {
                    Bound::AtLeast => words.target_of,
                    Bound::AtMost => words.ceiling_of,
                };
                fill(template, &[("value", &show(goal))])
            }),
        );
        let (bar, _) = ui.allocate_exact_size(vec2(ui.available_width(), 10.0), egui::Sense::hover());
        progress(ui, bar, score, reached);
        let tried = of_run(tried, score).and_then(|tried| tried.reached);
        if let Some(tried) = tried {
            knob(ui, bar, score, reached, tried);
        }
        ui.horizontal(|ui| {
            let (verdict, colour) = match score.goal {
                None => (words.no_target.to_owned(), palette.weak),
                Some(_) if score.met() => (words.met.to_owned(), palette.good),
                Some(_) if !wide => (words.missed_short.to_owned(), palette.bad),
                Some(goal) => {
                    let by = bound.missed_by(reached, goal);
                    let by = match unit {
                        Unit::Share => words.show(Unit::Points, by * 100.0),
                        Unit::CalendarYear => words.show(Unit::Years, by),
                        _ => show(by),
                    };
                    let template = match bound {
                        Bound::AtLeast => words.missed,
                        Bound::AtMost => words.passed,
                    };
                    (fill(template, &[("short", &by)]), palette.bad)
                }
            };
            ui.label(RichText::new(verdict).small().color(colour));
            if let Some(tried) = tried {
                tried_remark(ui, &show(tried), words);
                return;
            }
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

/// What a number would be with what is being tried.
fn tried_remark(ui: &mut Ui, value: &str, words: &Words) {
    let texts = [words.tried, words.tried_short].map(|template| fill(template, &[("value", value)]));
    let room = ui.available_width();
    let text = texts
        .iter()
        .find(|text| small_width(ui, text) <= room)
        .unwrap_or(&texts[1]);
    let text = RichText::new(text).small().strong().color(Palette::of(ui).accent);
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let said = ui
        .with_layout(layout, |ui| ui.add(egui::Label::new(text).truncate()))
        .inner;
    said.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &texts[0]));
}

/// Where a value stands on the bar of its target.
#[allow(clippy::cast_possible_truncation)]
fn place_of(bar: Rect, score: &Score, reached: f64, value: f64) -> f32 {
    let whole = if score.target.indicator.unit() == Unit::Share {
        1.0
    } else {
        score.goal.unwrap_or(reached).max(reached) * 1.1
    };
    bar.left() + bar.width() * (value / whole).clamp(0.0, 1.0) as f32
}

/// Where it would stand with what is being tried.
fn knob(ui: &Ui, bar: Rect, score: &Score, reached: f64, tried: f64) {
    let palette = Palette::of(ui);
    let at = pos2(
        place_of(bar, score, reached, tried).clamp(bar.left() + 4.0, bar.right() - 4.0),
        bar.center().y,
    );
    ui.painter()
        .circle(at, 4.0, palette.card, Stroke::new(1.6, palette.accent));
}

/// How far a target is reached; the tick stands at the target.
fn progress(ui: &Ui, bar: Rect, score: &Score, reached: f64) {
    let palette = Palette::of(ui);
    let x = |value: f64| place_of(bar, score, reached, value);
    let rail = Rect::from_center_size(bar.center(), vec2(bar.width(), 4.0));
    ui.painter().rect_filled(rail, 2, palette.grid);
    ui.painter().rect_filled(rail.with_max_x(x(reached)), 2, palette.accent);
    if let Some(wanted) = score.goal {
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

pub(super) fn with_years(template: &str, now: &Outcome) -> String {
    let years = plan_years(now);
    fill(template, &[(years[0].0, &years[0].1), (years[1].0, &years[1].1)])
}

fn cost_card(ui: &mut Ui, width: f32, now: &Outcome, tried: Option<&Outcome>, words: &Words) {
    let palette = Palette::of(ui);
    card(ui, width, &with_years(words.cost_full, now), words, |ui| {
        number(ui, &now.money(now.cost_full, words), palette.text, "");
        let ceiling = now.ceiling().map(|_| match now.passes_ceiling() {
            Some(year) => (fill(words.ceiling_passed, &[("year", &year.to_string())]), palette.bad),
            None => (words.ceiling_kept.to_owned(), palette.good),
        });
        let price_year = now.run.model.scenario.price_year.to_string();
        let mut hint = fill(words.card_prices, &[("year", &price_year)]);
        let mut lines = Vec::new();
        if let Some(each) = now.per_learner {
            let whole = fill(words.per_learner, &[("value", &words.show(Unit::Usd, each))]);
            hint = format!("{} {whole}. {hint}", words.cost_hint);
            lines.push(match now.missing() {
                Missing::From(_) => {
                    let template = [words.cost_paid, words.cost_paid_short];
                    said_of(template, now.cost_paid, now, words)
                }
                Missing::Nothing | Missing::Late(_) => {
                    let short = fill(words.per_learner_short, &[("value", &words.decimals(each))]);
                    [whole, short]
                }
            });
        }
        if now.lasts() {
            let sentence = fill(
                words.after_sentence,
                &[
                    ("year", &now.run.ahead().year.to_string()),
                    ("value", &now.money(now.after, words)),
                ],
            );
            hint = format!("{hint} {sentence}");
            lines.push(said_of(
                [words.after_card, words.after_card_short],
                now.after,
                now,
                words,
            ));
        }
        if let Some(tried) = tried {
            lines.truncate(1);
            let value = now.money(tried.cost_full, words);
            lines.push([words.tried, words.tried_short].map(|template| fill(template, &[("value", &value)])));
        }
        if let Some((text, colour)) = &ceiling {
            lines.truncate(1);
            ui.add(egui::Label::new(RichText::new(text).small().color(*colour)).truncate())
                .on_hover_text(&hint);
        }
        // One line stands level with those of the other cards.
        if lines.len() + usize::from(ceiling.is_some()) < 2 {
            ui.add_space(11.0);
        }
        for line in &lines {
            let room = ui.available_width();
            let text = line
                .iter()
                .find(|text| small_width(ui, text) <= room)
                .unwrap_or(&line[1]);
            let label = egui::Label::new(RichText::new(text).small().weak()).truncate();
            let said = ui.add(label).on_hover_text(&hint);
            said.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &line[0]));
        }
    });
}

/// A text with an amount, and a shorter one that leaves the currency to the number above.
fn said_of([whole, short]: [&str; 2], amount: f64, now: &Outcome, words: &Words) -> [String; 2] {
    let bare = words.numbers.magnitude_beside(amount, now.cost_full);
    [
        fill(whole, &[("value", &now.money(amount, words))]),
        fill(short, &[("value", &bare)]),
    ]
}

fn gap_card(ui: &mut Ui, width: f32, now: &Outcome, tried: Option<&Outcome>, words: &Words) {
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
            if let Some(tried) = tried {
                tried_remark(ui, &now.money(tried.to_find().max(0.0), words), words);
                return;
            }
            ui.label(RichText::new(verdict(missing, words)).small().color(colour));
            let dark = match now.dark {
                Dark::NothingInService => [words.nothing_in_service, words.nothing_in_service_short].map(str::to_owned),
                Dark::Never => [words.no_dark_year; 2].map(str::to_owned),
                Dark::From { year, .. } => [words.dark_year, words.dark_year_short]
                    .map(|template| fill(template, &[("year", &year.to_string())])),
            };
            if let Some(remark) = remark_that_fits(ui, &[&dark[0], &dark[1]]) {
                remark.on_hover_text(words.dark_hint);
            }
        });
    });
}

/// Whether money is missing, in a few words with a sign.
pub(in crate::app) fn verdict(missing: Missing, words: &Words) -> String {
    match missing {
        Missing::Nothing => words.fully_funded.to_owned(),
        Missing::Late(year) => fill(words.paid_late, &[("year", &year.to_string())]),
        Missing::From(year) => fill(words.gap_from, &[("year", &year.to_string())]),
    }
}

/// What a card of the scoreboard is about.
#[must_use]
pub(crate) fn score_name(score: &Score, now: &Outcome, words: &Words) -> String {
    let target = &score.target;
    let year = target.year.to_string();
    let level = target.level_in(&now.run.model.scenario.country);
    let level = level.map(|level| level_name(level, words).to_lowercase());
    let whom = whom(&target.scope(), words);
    let name = match target.indicator {
        Indicator::Plain(measure) => words.short(measure),
        compared => words.indicator(compared),
    };
    let all = || {
        let levels: Vec<Level> = now.run.model.levels.iter().map(|table| table.level).collect();
        if levels.len() == Level::ALL.len() {
            words.score_all.to_owned()
        } else {
            levels_text(&levels, words)
        }
    };
    let of_all = target.scope() == Scope::ALL && target.indicator.measure().has_persons();
    let parts = std::iter::once(name)
        .chain(level.or_else(|| of_all.then(all)))
        .chain(whom)
        .chain([year]);
    capital(&parts.collect::<Vec<_>>().join(", "))
}
