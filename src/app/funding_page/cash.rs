//! Money of one source in and out, as it is paid, and how much of it is a gift.

use eframe::egui::{self, Color32, Rect, RichText, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::app::outcome::{NOTHING, Outcome};
use crate::app::theme::{self, Palette};
use crate::app::words::{Words, fill};
use crate::model::Model;
use crate::model::funding::debt::{CONCESSIONAL, UNIFIED_RATE, dac};
use crate::model::funding::source::SourceId;
use crate::model::funding::{self};
use crate::units::{NominalUsd, Unit};

/// Payments of a source by year, nominal US$.
struct Cash {
    /// Calendar years, from the first with money.
    years: Vec<i32>,
    /// What it pays out, its overhead included.
    inwards: Vec<f64>,
    /// Principal paid back.
    principal: Vec<f64>,
    /// Interest and fees.
    interest: Vec<f64>,
}

impl Cash {
    /// Those of a source of a run, up to its last payment.
    fn of(now: &Outcome, source: SourceId) -> Self {
        let (run, money) = (&now.run, &now.run.run.money);
        let last = now.years.len();
        let mut cash = Self {
            years: now.years[1..].to_vec(),
            inwards: Vec::new(),
            principal: Vec::new(),
            interest: Vec::new(),
        };
        for t in 1..last {
            let (book, debt) = (money.of(t, source), money.owed(t, source));
            let paid = money.outlook.nominal(t, book.spent + book.overhead);
            cash.put(paid.0, debt.principal.0, (debt.interest + debt.fees).0);
        }
        let drawn = |t: usize| match t {
            t if t < last => money.owed(t, source).disbursed,
            _ => NominalUsd::default(),
        };
        let repayment = funding::ask(&run.model, &run.parameters, source, |mechanism| {
            mechanism.repayment().copied()
        });
        if let Some(repayment) = repayment {
            for t in last..last + LONGEST {
                let year = repayment.service(t, drawn);
                if year.service().0.abs() < NOTHING && year.outstanding.0.abs() < NOTHING {
                    break;
                }
                cash.years.push(now.run.model.calendar(t));
                cash.put(0.0, year.principal.0, (year.interest + year.fees).0);
            }
        }
        cash
    }

    fn put(&mut self, inwards: f64, principal: f64, interest: f64) {
        self.inwards.push(inwards);
        self.principal.push(principal);
        self.interest.push(interest);
    }

    /// What goes out in a year.
    fn out(&self, at: usize) -> f64 {
        self.principal[at] + self.interest[at]
    }

    /// The year of the most of some values, and that.
    fn most(&self, of: impl Fn(usize) -> f64) -> (i32, f64) {
        let years = self.years.iter().enumerate().map(|(at, year)| (*year, of(at)));
        years.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default()
    }
}

/// Years after the plan that are looked at; no loan is longer.
const LONGEST: usize = 100;

/// Money in above, money out below in a scale of its own that is said; in words after it.
pub(super) fn cash(ui: &mut Ui, now: &Outcome, source: SourceId, colour: Color32, words: &Words) {
    let cash = Cash::of(now, source);
    ui.label(RichText::new(words.cash_title).heading());
    ui.label(RichText::new(words.cash_unit).small().weak());
    let (in_year, most_in) = cash.most(|at| cash.inwards[at]);
    let (out_year, most_out) = cash.most(|at| cash.out(at));
    let owes = most_out > NOTHING;
    let palette = Palette::of(ui);
    let height = if owes { UP + BETWEEN + DOWN } else { UP };
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let painter = ui.painter();
    #[allow(clippy::cast_precision_loss)]
    let step = place.width() / cash.years.len().max(1) as f32;
    let zero = place.top() + UP;
    let under = zero + BETWEEN;
    #[allow(clippy::cast_possible_truncation)]
    let part = |value: f64, most: f64| (value / most.max(NOTHING)).clamp(0.0, 1.0) as f32;
    for at in 0..cash.years.len() {
        #[allow(clippy::cast_precision_loss)]
        let left = place.left() + step * at as f32;
        let bar = |top: f32, bottom: f32| {
            Rect::from_min_max(pos2(left, top), pos2(left + (step - 1.0).clamp(1.0, 22.0), bottom))
        };
        painter.rect_filled(bar(zero - UP * part(cash.inwards[at], most_in), zero), 0, colour);
        if owes {
            let repaid = under + DOWN * part(cash.principal[at], most_out);
            let all = under + DOWN * part(cash.out(at), most_out);
            painter.rect_filled(bar(under, repaid), 0, colour);
            if all - repaid > 0.5 {
                let stroke = Stroke::new(1.0, colour);
                painter.rect(bar(repaid, all), 0, palette.pale(colour), stroke, StrokeKind::Inside);
            }
        }
    }
    painter.hline(place.x_range(), zero, Stroke::new(1.0, palette.grid));
    if owes {
        painter.hline(place.x_range(), under, Stroke::new(1.0, palette.grid));
        let times = fill(words.cash_scale, &[("times", &words.decimals(most_in / most_out))]);
        painter.text(
            pos2(place.left(), zero + BETWEEN / 2.0),
            egui::Align2::LEFT_CENTER,
            times,
            theme::text(theme::SMALL),
            palette.weak,
        );
    }
    let money = |value: f64| words.money(value, value);
    let line = |at: usize| {
        let values = [
            ("year", cash.years[at].to_string()),
            ("in", money(cash.inwards[at])),
            ("out", money(cash.out(at))),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        fill(words.cash_year, &values)
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let at = response
        .hover_pos()
        .map(|pointer| ((pointer.x - place.left()) / step).max(0.0) as usize)
        .filter(|at| *at < cash.years.len());
    if let Some(at) = at {
        response.on_hover_text_at_pointer(line(at));
    }
    ui.horizontal(|ui| {
        let ends = [cash.years.first(), cash.years.last()].map(|year| year.map_or(String::new(), ToString::to_string));
        ui.label(RichText::new(&ends[0]).small().weak());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(RichText::new(&ends[1]).small().weak());
        });
    });
    let values = [("most", &*money(most_in)), ("year", &in_year.to_string())];
    let mut text = fill(words.cash_in, &values);
    if owes {
        let sum = |values: &[f64]| money(values.iter().sum());
        let values = [
            ("principal", sum(&cash.principal)),
            ("interest", sum(&cash.interest)),
            ("most", money(most_out)),
            ("year", out_year.to_string()),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        text = format!("{text} {}", fill(words.cash_out, &values));
    } else {
        text = format!("{text} {}", words.funding_debt_none);
    }
    ui.add(egui::Label::new(RichText::new(text).font(theme::text(theme::SMALL))).wrap());
}

/// Height of the bars above, of those below, and between them.
const UP: f32 = 58.0;
const DOWN: f32 = 42.0;
const BETWEEN: f32 = 16.0;

/// How much of it is a gift, at the rate of debt analyses and at that of the OECD, with the thresholds as ticks; nothing where nothing is
/// paid back.
pub(super) fn gift(ui: &mut Ui, now: &Outcome, source: SourceId, words: &Words) {
    let run = &now.run;
    let group = Model::number(&run.parameters, run.model.slots.country.economy.dac_discount);
    let gifts = funding::ask(&run.model, &run.parameters, source, |mechanism| {
        mechanism.repayment()?;
        let here = mechanism.grant_element(UNIFIED_RATE)?;
        // Of what markets lend the OECD is not asked.
        let aid = mechanism.creditor().and_then(|creditor| {
            let [rate, least] = dac(creditor, group);
            Some((
                words.gift_dac,
                rate,
                mechanism.grant_element(rate)?,
                least,
                words.gift_aid,
            ))
        });
        Some((here, aid))
    });
    let Some((here, aid)) = gifts else { return };
    ui.add_space(6.0);
    ui.label(RichText::new(words.gift_title).heading());
    let palette = Palette::of(ui);
    let soft = (words.gift_imf, UNIFIED_RATE, here, CONCESSIONAL, words.gift_soft);
    for (whose, rate, gift, least, from) in std::iter::once(soft).chain(aid) {
        let passed = gift >= least;
        let (sign, colour) = if passed {
            ("✓", palette.good)
        } else {
            ("✗", palette.bad)
        };
        ui.horizontal(|ui| {
            let name = fill(whose, &[("rate", &words.show(Unit::Share, rate))]);
            ui.label(RichText::new(name).small());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let text = format!("{sign} {}", words.show(Unit::Share, gift));
                ui.label(RichText::new(text).font(theme::bold(theme::BODY)).color(colour));
            });
        });
        let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), 10.0), Sense::hover());
        #[allow(clippy::cast_possible_truncation)]
        let x = |share: f64| place.left() + place.width() * share.clamp(0.0, 1.0) as f32;
        let rail = Rect::from_center_size(place.center(), vec2(place.width(), 6.0));
        ui.painter().rect_filled(rail, 2, palette.grid);
        ui.painter().rect_filled(rail.with_max_x(x(gift)), 2, colour);
        let tick = Rect::from_center_size(pos2(x(least), place.center().y), vec2(2.0, 10.0));
        ui.painter().rect_filled(tick, 0, palette.text);
        let text = fill(from, &[("least", &words.show(Unit::Share, least))]);
        ui.label(RichText::new(text).small().weak());
    }
}
