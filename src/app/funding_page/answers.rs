//! Three answers below the charts: what is owed, what is lost on the way and why, the bill after the plan.

use eframe::egui::{self, Rect, RichText, Sense, Ui, pos2, vec2};

use super::closing;
use super::{FundingView, lost, owed, source_name};
use crate::app::chart::{self, Bars, Head, Part};
use crate::app::command::Queue;
use crate::app::document::View;
use crate::app::outcome::{NOTHING, Outcome};
use crate::app::phrases::scale;
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::model::funding::source::{SourceId, SourceYear};

/// Shows the three side by side.
pub(super) fn answers(ui: &mut Ui, view: &View<'_>, now: &Outcome, state: &mut FundingView, queue: &mut Queue) {
    let area = ui.available_rect_before_wrap();
    let width = (area.width() - 2.0 * theme::GAP) / 3.0;
    let place = |at: f32| {
        let left = area.left() + at * (width + theme::GAP);
        Rect::from_min_size(pos2(left, area.top()), vec2(width, area.height()))
    };
    debt(ui, place(0.0), view, now, state);
    card(ui, place(1.0), "lost", |ui| on_the_way(ui, now, state, view.words));
    card(ui, place(2.0), "after", |ui| after(ui, view, now, state, queue));
    ui.allocate_rect(area, Sense::hover());
}

/// A card whose content rolls where it has no room.
fn card(ui: &mut Ui, place: Rect, name: &str, inside: impl FnOnce(&mut Ui)) {
    ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
        theme::card(ui).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            ui.spacing_mut().item_spacing.y = 2.0;
            let list = egui::ScrollArea::vertical().id_salt(name).auto_shrink(false);
            list.show(ui, inside);
        });
    });
}

fn title(ui: &mut Ui, title: &str, beside: &str) {
    ui.label(RichText::new(title).heading());
    ui.add(egui::Label::new(RichText::new(beside).small().weak()).wrap());
}

/// A line: what, wrapped where it is long, and how much at the right; whether it was clicked, where it can be.
pub(super) fn row(ui: &mut Ui, what: &str, amount: &str, strong: bool, clicks: bool) -> bool {
    let font = if strong {
        theme::bold(theme::BODY)
    } else {
        theme::text(theme::SMALL)
    };
    let (palette, width) = (Palette::of(ui), ui.available_width());
    let colour = ui.visuals().override_text_color.unwrap_or(palette.text);
    let number = ui
        .painter()
        .layout_no_wrap(amount.to_owned(), theme::bold(font.size), colour);
    let room = width - number.size().x - theme::GAP;
    let text = ui.painter().layout(what.to_owned(), font, colour, room.max(40.0));
    let height = text.size().y.max(number.size().y);
    let sense = if clicks { Sense::click() } else { Sense::hover() };
    let (place, response) = ui.allocate_exact_size(vec2(width, height), sense);
    let role = if clicks { egui::Role::Button } else { egui::Role::Label };
    response.widget_info(|| egui::WidgetInfo::labeled(role, true, format!("{what}: {amount}")));
    if clicks && (response.hovered() || response.has_focus()) {
        ui.painter().rect_filled(place.expand(2.0), 3, palette.chosen);
    }
    let end = pos2(place.right() - number.size().x, place.top());
    ui.painter().galley(place.min, text, colour);
    ui.painter().galley(end, number, colour);
    response.clicked()
}

/// What is paid on debt each year up to the last payment, constant US dollars.
fn debt(ui: &Ui, place: Rect, view: &View<'_>, now: &Outcome, state: &mut FundingView) {
    let (words, palette) = (view.words, Palette::of(ui));
    let money = &now.run.run.money;
    let mut service: Vec<f64> = (1..now.years.len()).map(|t| money.debt_service(t).0).collect();
    service.extend(&now.run.ahead().debt_service);
    let first = now.years.get(1).copied().unwrap_or_default();
    let years: Vec<i32> = (first..).take(service.len()).collect();
    let most = service.iter().copied().zip(&years).max_by(|a, b| a.0.total_cmp(&b.0));
    let (most, in_year) = most.map_or((0.0, first), |(most, year)| (most, *year));
    let (divisor, unit) = scale(most, words);
    let last = now.years.last().map_or(String::new(), ToString::to_string);
    let owed = owed(now);
    let values = [
        ("most", &*words.money(most, most)),
        ("in_year", &in_year.to_string()),
        ("owed", &words.money(owed, owed)),
        ("year", &last),
    ];
    let mut head = Head {
        title: words.funding_debt.into(),
        unit: String::new(),
        source: String::new(),
        summary: fill(words.funding_debt_summary, &values),
    };
    if most < NOTHING {
        chart::nothing(ui, words, place, &head, words.funding_debt_none);
        return;
    }
    let year = view.scenario.price_year.to_string();
    head.unit = fill(words.funding_debt_unit, &[("scale", unit), ("year", &year)]);
    head.source = fill(words.funding_debt_owed, &values);
    let values: Vec<f64> = service.iter().map(|value| value / divisor).collect();
    let part = Part {
        label: format!(
            "{} {}",
            words.funding_debt_service,
            words.decimals(values.last().copied().unwrap_or(0.0))
        ),
        values,
        name: words.funding_debt_service.into(),
        fill: palette.accent,
        ink: palette.text,
        hatched: false,
    };
    let bars = Bars {
        parts: &[part],
        levels: &[],
        legend: &chart::legend(&years[years.len().saturating_sub(1)..], false, words),
    };
    let answer = chart::answering_bars(ui, words, place, &head, &years, &bars);
    state.year.over(ui, answer.at, &answer.years);
}

/// What of the money never reaches a school, by cause and source; a click leads to the source's card.
fn on_the_way(ui: &mut Ui, now: &Outcome, state: &mut FundingView, words: &Words) {
    let money = &now.run.run.money;
    let last = now.years.len() - 1;
    let mut rows: Vec<(f64, SourceId, &str)> = Vec::new();
    for source in money.ids() {
        let sum = |of: &dyn Fn(&SourceYear) -> f64| (1..=last).map(|t| of(money.of(t, source))).sum::<f64>();
        let kept = sum(&|year| year.carried_out.0) - money.of(last, source).carried_out.0;
        rows.extend([
            (sum(&|year| year.overhead.0), source, words.funding_lost_overhead),
            (sum(&|year| year.lapsed.0), source, words.funding_lost_lapsed),
            (sum(&|year| year.returned.0), source, words.funding_lost_returned),
            (kept - sum(&|year| year.carried_in.0), source, words.funding_lost_prices),
        ]);
    }
    rows.retain(|(amount, ..)| *amount > NOTHING);
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all: f64 = rows.iter().map(|row| row.0).sum();
    let beside = fill(words.funding_lost_all, &[("all", &words.money(all, all))]);
    title(ui, words.funding_lost, &beside);
    for (amount, source, cause) in &rows {
        let what = format!("{}: {cause}", source_name(now, *source, words));
        let amount = words.numbers.magnitude_beside(*amount, all);
        let clicked = row(ui, &what, &amount, false, source.place().is_some());
        if let Some(at) = source.place().filter(|_| clicked) {
            state.choose(at);
        }
    }
    if rows.is_empty() || lost(now) < NOTHING {
        ui.label(RichText::new(words.money_left_none).small());
    }
}

/// A year after the plan: what it takes, what is paid on debt beside it, and what would pay for it.
fn after(ui: &mut Ui, view: &View<'_>, now: &Outcome, state: &mut FundingView, queue: &mut Queue) {
    let words = view.words;
    let ahead = now.run.ahead();
    let [all, plan] = ahead.full.a_year();
    let beside = fill(words.funding_after_year, &[("year", &ahead.year.to_string())]);
    title(ui, words.funding_after, &beside);
    let amount = |value: f64| words.numbers.magnitude_beside(value, all);
    row(ui, words.funding_after_plan, &amount(plan), false, false);
    row(ui, words.funding_after_existing, &amount(all - plan), false, false);
    row(ui, words.funding_after_bill, &words.money(all, all), true, false);
    row(ui, words.funding_after_budget, &amount(plan - all), false, false);
    row(
        ui,
        words.funding_after_stays,
        &amount(0.0 - closing::stays(&now.run)),
        false,
        false,
    );
    let gap = closing::gap(&now.run);
    ui.scope(|ui| {
        let palette = Palette::of(ui);
        ui.visuals_mut().override_text_color = (gap > NOTHING).then_some(palette.bad);
        row(ui, words.money_gap, &words.money(gap, all), true, false);
    });
    let service = ahead.debt_service.first().copied().unwrap_or(0.0);
    row(ui, words.funding_after_debt, &amount(service), false, false);
    queue.extend(state.closing.show(ui, view));
}
