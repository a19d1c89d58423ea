//! What a source brings and what it leaves behind: the figures of donors.csv in words. What it adds takes a run without it, beside the window.

use std::sync::Arc;

use eframe::egui::{RichText, Ui};

use super::answers::row;
use crate::app::document::View;
use crate::app::jobs::{Lane, Ticket};
use crate::app::memo::Same;
use crate::app::outcome::Outcome;
use crate::app::words::Words;
use crate::study::donors::{self, Added, DarkAfter, Given};
use crate::units::Unit;

/// What was asked of a source.
#[derive(Default)]
pub(super) struct Brings {
    /// The run and the position of the source that it is about.
    of: Option<(Same<Outcome>, usize)>,
    ticket: Option<Ticket<Option<(Given, Added)>>>,
    found: Option<(Given, Added)>,
}

impl Brings {
    /// Asks where the run or the source is another, and shows what is known.
    pub fn show(&mut self, ui: &mut Ui, view: &View<'_>, at: usize) {
        let words = view.words;
        let Some(now) = view.outcome() else { return };
        let of = Some((Same::of(now), at));
        if self.of != of {
            let run = Arc::clone(now);
            let ask = move || {
                let given = donors::given(&run.run).into_iter().nth(at)?;
                Some((given, donors::added(&run.run, &given)))
            };
            *self = Self {
                of,
                ticket: Some(view.jobs.start(Lane::Studies, move |_| ask())),
                found: None,
            };
        }
        if let Some(answer) = self.ticket.as_ref().and_then(Ticket::take) {
            (self.found, self.ticket) = (answer.ok().flatten(), None);
        }
        match &self.found {
            Some((given, added)) => rows(ui, now, given, added, words),
            None if self.ticket.is_some() => {
                ui.horizontal(|ui| {
                    ui.spinner();
                    ui.label(RichText::new(words.brings_computing).small().weak());
                });
            }
            None => {
                ui.label(RichText::new(words.brings_nothing).small().weak());
            }
        }
    }
}

fn rows(ui: &mut Ui, now: &Outcome, given: &Given, added: &Added, words: &Words) {
    let money = |value: f64| words.money(value, value);
    let year = |year: Option<i32>| year.map_or(words.funding_does_never.to_owned(), |year| year.to_string());
    let dark_after = match added.dark_after {
        DarkAfter::NotKnown => words.brings_not_known.to_owned(),
        DarkAfter::Never => year(None),
        DarkAfter::Year(dark) => year(Some(dark)),
    };
    if given.years.is_none() {
        ui.label(RichText::new(words.brings_nothing).small().weak());
        return;
    }
    let each = (added.reached >= 1.0).then(|| given.paid / added.reached);
    let rows = [
        (words.brings_paid, Some(now.money(given.paid, words))),
        (words.brings_overhead, Some(now.money(given.overhead, words))),
        (words.brings_leverage, given.leverage.map(|ratio| words.decimals(ratio))),
        (words.brings_gift, given.grant_equivalent.map(|usd| money(usd.0))),
        (words.brings_reached, Some(words.grouped(added.reached.round()))),
        (words.brings_cost, each.map(|each| words.show(Unit::Usd, each))),
        (
            words.brings_poorest,
            added.poorest.map(|share| words.show(Unit::Share, share)),
        ),
        (
            words.brings_lays,
            added.learning_years.map(|years| words.grouped(years.round())),
        ),
        (words.brings_left, added.left_behind.map(money)),
        (words.brings_dark, Some(dark_after)),
        (words.brings_without, Some(year(added.dark_without))),
    ];
    for (name, value) in rows {
        if let Some(value) = value {
            row(ui, name, &value, false, false);
        }
    }
}
