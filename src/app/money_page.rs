//! The Money page: cost, funding, gap, what of the money is left, debt; in the prices and the currency asked for.

mod books;
mod cases;
mod charts;
mod coin;
mod table;

use eframe::egui::{self, RichText, Ui};

use super::costs::{self, By, Layer};
use super::document::View;
use super::memo::{Memo, Same};
use super::outcome::{Missing, Outcome};
use super::theme::{self};
use super::widgets::{self, switch};
use super::words::{Words, fill};
use crate::model::measures::Dark;
use crate::scenario::price_basis::DatedRate;
use crate::units::Unit;
use books::Books;
use charts::charts;
use coin::Coin;
use table::table;

/// What the page shows instead of charts, if anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    Charts,
    Cost,
    /// The bill of each year after the last.
    After,
    Funding,
    Sources,
    Debt,
}

/// How the page is looked at.
#[derive(Debug, Default)]
pub struct MoneyView {
    by: By,
    layer: Layer,
    /// Whether need is shown as existing services and plan rather than by who pays.
    by_layer: bool,
    nominal: bool,
    local: bool,
    shown: Shown,
    books: Memo<Same<Outcome>, Books>,
}

/// Shows the page.
pub fn page(ui: &mut Ui, view: &View<'_>, state: &mut MoneyView) {
    let Some(now) = view.outcome() else { return };
    let books = state.books.of(Same::of(now), || Books::of(now));
    let words = view.words;
    if books.rate.is_none() {
        state.local = false;
    }
    let scroll = egui::ScrollArea::vertical().id_salt("money").auto_shrink(false);
    scroll.show(ui, |ui| {
        widgets::turn_by_keys(ui, view.turned_by_keys);
        let coin = Coin::of(state, &books, words);
        let said = RichText::new(headline(&books, &coin, words)).font(theme::text(theme::HEADING));
        ui.add(egui::Label::new(said).wrap());
        let beside = beside(&books, state, words);
        ui.add(egui::Label::new(RichText::new(beside).small().weak()).wrap());
        controls(ui, &books, state, words);
        let coin = Coin::of(state, &books, words);
        let note = note(&books, state, words);
        widgets::above_note(ui, &note, |ui| {
            if state.shown == Shown::Charts {
                charts(ui, view, &books, state, &coin);
            } else {
                let (name, table) = table(&books, state, &coin, words);
                widgets::table(ui, &name, &table, words);
            }
        });
    });
}

/// What a minister should know first.
fn headline(books: &Books, coin: &Coin, words: &Words) -> String {
    let all = coin.sum(&books.costs.all(Layer::All));
    let plan = coin.sum(&books.costs.all(Layer::Plan));
    let gap = coin.sum(&books.plan_to_find);
    let mut text = vec![fill(
        words.money_headline_cost,
        &[
            ("plan", &coin.say(plan)),
            ("existing", &coin.say(coin.sum(&books.costs.all(Layer::Existing)))),
            ("from", &books.years.first().map_or(String::new(), ToString::to_string)),
            ("to", &books.years.last().map_or(String::new(), ToString::to_string)),
            ("prices", &coin.prices),
        ],
    )];
    text.push(match books.missing {
        Missing::Nothing => words.money_headline_funded.to_owned(),
        Missing::Late(year) => fill(words.money_headline_late, &[("year", &year.to_string())]),
        Missing::From(year) => fill(
            words.money_headline_gap,
            &[
                ("paid", &coin.say(plan - gap)),
                ("gap", &coin.say(gap)),
                ("share", &percent(gap, plan, words)),
                ("year", &year.to_string()),
            ],
        ),
    });
    text.push(match books.dark {
        Dark::NothingInService => words.money_headline_nothing.to_owned(),
        Dark::Never => words.money_headline_bright.to_owned(),
        Dark::From { year, .. } => fill(words.money_headline_dark, &[("year", &year.to_string())]),
    });
    let after = books.after(Layer::All, None) * coin.worth_after;
    if after.abs() >= 0.5 {
        let of_plan = books.after(Layer::Plan, None) * coin.worth_after;
        let values = [
            ("year", &*books.after.year.to_string()),
            ("value", &coin.say(after)),
            ("plan", &coin.say(of_plan)),
            ("paid", &coin.say(books.after.paid.a_year()[1] * coin.worth_after)),
        ];
        text.push(fill(words.money_headline_after, &values));
    }
    let left: f64 = books.sources.iter().map(|source| coin.sum(&source.left())).sum();
    if left > all * 5e-4 {
        text.push(fill(words.money_headline_left, &[("left", &coin.say(left))]));
    }
    let owed: f64 = books
        .loans()
        .filter_map(|loan| Some(loan.debt.last()?.outstanding.0 * coin.worth_nominal.last()?))
        .sum();
    if owed >= 0.5 {
        let last = books.years.last().map_or(String::new(), ToString::to_string);
        text.push(fill(
            words.money_headline_owed,
            &[("owed", &coin.say(owed)), ("year", &last)],
        ));
    }
    text.join(" ")
}

/// What of public spending that is, with the other figure where publishers differ; and what the cards are in.
fn beside(books: &Books, state: &MoneyView, words: &Words) -> String {
    let share = |share: f64| words.show(Unit::Share, share);
    let mut text = Vec::new();
    if let Some(of) = &books.of_spending {
        let values = [("all", &*share(of.all)), ("plan", &share(of.plan))];
        text.push(fill(words.money_spending, &values));
        if let Some((ours, other, all)) = of.disputed {
            let values = [("all", &*share(all)), ("other", &share(other)), ("ours", &share(ours))];
            text.push(fill(words.money_spending_disputed, &values));
        }
    }
    if state.nominal || state.local {
        text.push(fill(words.money_cards, &[("year", &books.price_year.to_string())]));
    }
    text.join(" ")
}

fn percent(part: f64, whole: f64, words: &Words) -> String {
    if whole.abs() > 0.0 {
        words.show(Unit::Share, part / whole)
    } else {
        "–".to_owned()
    }
}

fn controls(ui: &mut Ui, books: &Books, state: &mut MoneyView, words: &Words) {
    ui.horizontal_wrapped(|ui| {
        let prices = [(false, words.money_constant, None), (true, words.money_nominal, None)];
        switch(ui, words.money_prices, &prices, &mut state.nominal);
        let barred = books.rate.is_none().then_some(words.money_no_rate);
        let currency = [(false, words.money_usd, None), (true, words.money_local, barred)];
        switch(ui, words.money_currency, &currency, &mut state.local);
        let layers = [Layer::Plan, Layer::Existing, Layer::All].map(|layer| (layer, layer.words(words), None));
        switch(ui, words.money_services, &layers, &mut state.layer);
        costs::switch(ui, &mut state.by, words);
        let stack = [(false, words.money_by_source, None), (true, words.money_by_layer, None)];
        switch(ui, words.money_need_by, &stack, &mut state.by_layer);
        let no_loan = books.loans().next().is_none().then_some(words.money_no_loan);
        let shown = [
            (Shown::Charts, words.money_charts, None),
            (Shown::Cost, words.money_table_cost, None),
            (Shown::After, words.money_table_after, None),
            (Shown::Funding, words.money_table_funding, None),
            (Shown::Sources, words.money_table_sources, None),
            (Shown::Debt, words.money_table_debt, no_loan),
        ];
        switch(ui, words.money_show, &shown, &mut state.shown);
    });
}

/// What is shown, and on what it rests.
fn note(books: &Books, state: &MoneyView, words: &Words) -> String {
    let deflator = books.deflator.last().copied().unwrap_or(1.0);
    let year = books.price_year.to_string();
    let mut text = if state.nominal {
        fill(
            words.money_note_nominal,
            &[
                ("year", &year),
                ("deflator", &words.fixed(deflator, 3)),
                ("last", &books.years.last().map_or(String::new(), ToString::to_string)),
            ],
        )
    } else {
        fill(words.money_note_constant, &[("year", &year)])
    };
    text.push(' ');
    text.push_str(&match &books.rate {
        None => words.money_no_rate.to_owned(),
        Some(DatedRate { rate, year }) => {
            let source = words.source(&books.rate_source);
            let known = [year.to_string(), source].into_iter().filter(|part| !part.is_empty());
            let known: Vec<String> = known.collect();
            let template = if state.local {
                words.money_note_rate
            } else {
                words.money_note_usd
            };
            let values = [
                ("rate", &*words.in_full(*rate)),
                ("known", &known.join(", ")),
                ("currency", books.currency),
            ];
            fill(template, &values)
        }
    });
    if state.shown != Shown::Charts {
        text.push(' ');
        text.push_str(words.money_note_tables);
    }
    text
}
