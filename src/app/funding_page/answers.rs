//! Three answers below the charts: what is owed, what is lost on the way and why, the bill after the plan.

use eframe::egui::{self, Rect, RichText, Sense, Ui, pos2, vec2};

use super::{lost, owed, source_name};
use crate::app::document::View;
use crate::app::outcome::{NOTHING, Outcome};
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::model::funding::source::SourceId;

/// Shows the three side by side.
pub(super) fn answers(ui: &mut Ui, view: &View<'_>, now: &Outcome) {
    let area = ui.available_rect_before_wrap();
    let width = (area.width() - 2.0 * theme::GAP) / 3.0;
    let each: [fn(&mut Ui, &Outcome, &Words); 3] = [debt, on_the_way, after];
    for (at, show) in (0u16..).zip(each) {
        let left = area.left() + f32::from(at) * (width + theme::GAP);
        let place = Rect::from_min_size(pos2(left, area.top()), vec2(width, area.height()));
        ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
            theme::card(ui).show(ui, |ui| {
                ui.set_min_size(ui.available_size());
                ui.spacing_mut().item_spacing.y = 2.0;
                let list = egui::ScrollArea::vertical().id_salt(at).auto_shrink(false);
                list.show(ui, |ui| show(ui, now, view.words));
            });
        });
    }
    ui.allocate_rect(area, Sense::hover());
}

fn title(ui: &mut Ui, title: &str, beside: &str) {
    ui.label(RichText::new(title).heading());
    ui.add(egui::Label::new(RichText::new(beside).small().weak()).wrap());
}

/// A line: what, and how much at the right.
fn line(ui: &mut Ui, what: &str, amount: &str, strong: bool) {
    let font = if strong {
        theme::bold(theme::BODY)
    } else {
        theme::text(theme::SMALL)
    };
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(RichText::new(amount).font(font.clone()));
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(RichText::new(what).font(font)).truncate());
            });
        });
    });
}

/// What is paid on debt each year up to the last payment, constant US dollars.
fn debt(ui: &mut Ui, now: &Outcome, words: &Words) {
    title(ui, words.funding_debt, words.funding_debt_unit);
    let money = &now.run.run.money;
    let mut service: Vec<f64> = (1..now.years.len()).map(|t| money.debt_service(t).0).collect();
    service.extend(&now.run.ahead().debt_service);
    let most = service.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
    let (at, most) = most.unwrap_or_default();
    if most < NOTHING {
        ui.label(words.funding_debt_none);
        return;
    }
    let palette = Palette::of(ui);
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), DRAWN), Sense::hover());
    #[allow(clippy::cast_precision_loss)]
    let step = place.width() / service.len() as f32;
    let mut left = place.left();
    for value in &service {
        #[allow(clippy::cast_possible_truncation)]
        let height = (value / most).clamp(0.0, 1.0) as f32 * place.height();
        let bar = Rect::from_min_max(
            pos2(left, place.bottom() - height),
            pos2(left + (step - 1.0).max(1.0), place.bottom()),
        );
        ui.painter().rect_filled(bar, 0, palette.accent);
        left += step;
    }
    ui.painter()
        .hline(place.x_range(), place.bottom(), egui::Stroke::new(1.0, palette.grid));
    let first = now.years.get(1).copied().unwrap_or_default();
    let year = |at: usize| (first + i32::try_from(at).unwrap_or(0)).to_string();
    let said = |at: usize| format!("{} {}", year(at), words.money(service[at], most));
    response.on_hover_text((0..service.len()).map(said).collect::<Vec<String>>().join("\n"));
    ui.horizontal(|ui| {
        ui.label(RichText::new(year(0)).small().weak());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(RichText::new(year(service.len() - 1)).small().weak());
        });
    });
    let last = now.years.last().map_or(String::new(), ToString::to_string);
    let values = [("most", &*words.money(most, most)), ("year", &year(at))];
    ui.add(egui::Label::new(fill(words.funding_debt_most, &values)).wrap());
    let owed = fill(words.funding_does_owed, &[("year", &last)]);
    line(
        ui,
        &owed,
        &words.money(self::owed(now), self::owed(now).max(most)),
        true,
    );
}

/// What of the money never reaches a school, by source and cause.
fn on_the_way(ui: &mut Ui, now: &Outcome, words: &Words) {
    let money = &now.run.run.money;
    let sum = |source: SourceId, of: &dyn Fn(&crate::model::funding::source::SourceYear) -> f64| {
        (1..now.years.len()).map(|t| of(money.of(t, source))).sum::<f64>()
    };
    let mut rows: Vec<(f64, String, &str)> = Vec::new();
    for source in money.ids() {
        let name = source_name(now, source, words);
        let carried = |year: &crate::model::funding::source::SourceYear| year.carried_in.0;
        let kept = sum(source, &|year| year.carried_out.0) - money.of(now.years.len() - 1, source).carried_out.0;
        rows.push((
            sum(source, &|year| year.overhead.0),
            name.clone(),
            words.funding_lost_overhead,
        ));
        rows.push((
            sum(source, &|year| year.lapsed.0),
            name.clone(),
            words.funding_lost_lapsed,
        ));
        rows.push((
            sum(source, &|year| year.returned.0),
            name.clone(),
            words.funding_lost_returned,
        ));
        rows.push((kept - sum(source, &carried), name, words.funding_lost_prices));
    }
    rows.retain(|(amount, ..)| *amount > 0.5);
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all: f64 = rows.iter().map(|row| row.0).sum();
    let beside = fill(words.funding_lost_all, &[("all", &words.money(all, all))]);
    title(ui, words.funding_lost, &beside);
    for (amount, name, cause) in &rows {
        line(ui, name, &words.money(*amount, all), true);
        ui.add(egui::Label::new(RichText::new(*cause).small().weak()).wrap());
    }
    if rows.is_empty() || lost(now) < NOTHING {
        ui.label(RichText::new(words.money_left_none).small());
    }
}

/// A year after the plan: what it takes, and what is paid on debt beside it.
fn after(ui: &mut Ui, now: &Outcome, words: &Words) {
    let ahead = now.run.ahead();
    let [all, plan] = ahead.full.a_year();
    let beside = fill(words.funding_after_year, &[("year", &ahead.year.to_string())]);
    title(ui, words.funding_after, &beside);
    line(ui, words.funding_after_plan, &words.money(plan, all), false);
    line(ui, words.funding_after_existing, &words.money(all - plan, all), false);
    line(ui, words.funding_after_bill, &words.money(all, all), true);
    let service = ahead.debt_service.first().copied().unwrap_or(0.0);
    line(ui, words.funding_after_debt, &words.money(service, all), false);
    // Money that stays is what no promise ends.
    let stays: f64 = now
        .run
        .model
        .scenario
        .funding
        .sources
        .iter()
        .enumerate()
        .filter(|(_, source)| super::mechanisms::Mechanism::of(source).is_some_and(super::mechanisms::Mechanism::stays))
        .filter(|(_, source)| source.until.is_none())
        .map(|(at, _)| {
            now.run
                .run
                .money
                .of(now.years.len() - 1, SourceId::listed(at))
                .available
                .0
        })
        .sum();
    line(ui, words.funding_after_stays, &words.money(stays, all), false);
    let gap = (plan - stays).max(0.0);
    let palette = Palette::of(ui);
    ui.visuals_mut().override_text_color = (gap > NOTHING).then_some(palette.bad);
    line(ui, words.money_gap, &words.money(gap, all), true);
}

/// Height of what is drawn in a card.
const DRAWN: f32 = 60.0;
