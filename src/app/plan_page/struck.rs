//! What the chosen shock does, in place of the plan's own charts: reach with it and without, what comes back at what price,
//! if it came in another year.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use eframe::egui::{self, Key, RichText, Ui};

use super::{charts, shocks};
use crate::app::chart::{self, BarRow, Dash, Dots, Head, Line, Shares};
use crate::app::document::View;
use crate::app::jobs::{Lane, Ticket};
use crate::app::lever;
use crate::app::memo::Same;
use crate::app::outcome::{NOTHING, Outcome};
use crate::app::phrases::{person_name, scale, source_line};
use crate::app::theme::{self, Palette};
use crate::app::widgets;
use crate::app::words::{Words, fill};
use crate::model::measures::Run;
use crate::model::{OfPersons, Trajectory, stat};
use crate::report::figure::DotRow;
use crate::scenario::Component;
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::person::Person;
use crate::scenario::shocks::{SCHOOL_MONTHS, Shock};
use crate::study::recovery::{Struck, struck};
use crate::units::Unit;

/// Which shock is looked at, and what was asked of it.
#[derive(Debug, Default)]
pub(super) struct StruckView {
    /// The shock whose charts stand in place of the plan's; one that is being added has its place already.
    pub chosen: Option<usize>,
    of: Option<(Same<Outcome>, usize)>,
    ticket: Option<Ticket<Option<Struck>>>,
    struck: Option<Struck>,
}

impl StruckView {
    /// Asks for the runs where the plan or the shock is another.
    fn ask(&mut self, view: &View<'_>, now: &Arc<Outcome>, at: usize) {
        let of = Some((Same::of(now), at));
        if self.of != of {
            let plan = Arc::clone(&now.run.model.scenario);
            let ticket = view.jobs.start(Lane::Studies, move |progress| {
                struck(&plan, at, &|| progress.cancelled().load(Ordering::Relaxed))
            });
            // What was is shown until the new is there: the hand may be moving.
            let same = self.of.as_ref().is_some_and(|(_, before)| *before == at);
            (self.of, self.ticket) = (of, Some(ticket));
            if !same {
                self.struck = None;
            }
        }
        if let Some(answer) = self.ticket.as_ref().and_then(Ticket::take) {
            (self.struck, self.ticket) = (answer.ok().flatten(), None);
        }
    }
}

/// Shows the charts of the chosen shock; false where none is chosen.
pub(super) fn charts(ui: &mut Ui, view: &View<'_>, state: &mut StruckView) -> bool {
    let (Some(at), Some(now)) = (state.chosen, view.outcome()) else {
        return false;
    };
    // Results of before it was added know nothing of it.
    let Some(shock) = now.run.model.scenario.shocks.get(at) else {
        return false;
    };
    state.ask(view, now, at);
    let words = view.words;
    let called = shocks::name(shock, words);
    let leaves = ui
        .horizontal(|ui| {
            let back = ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let back = ui.button(words.shock_back).on_hover_text(words.shock_back_hint);
                let said = sentence(now, shock, state.struck.as_ref(), words);
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(egui::Label::new(RichText::new(said).font(theme::bold(theme::BODY))).wrap());
                });
                back.clicked()
            });
            back.inner
        })
        .inner;
    let escapes = view.turned_by_keys && ui.input(|input| input.key_pressed(Key::Escape));
    if leaves || (escapes && !ui.ctx().text_edit_focused()) {
        state.chosen = None;
    }
    egui::ScrollArea::vertical()
        .id_salt("struck")
        .auto_shrink(false)
        .show(ui, |ui| {
            let [reached, came, comes_back, stands] = widgets::places::<4>(ui);
            let source = source_line(view);
            let calm = state.struck.as_ref().map(|struck| &struck.calm);
            let of = Of {
                ui,
                view,
                now,
                called: &called,
                source: &source,
            };
            of.reach(reached, calm);
            of.came(came, state.struck.as_ref(), shock);
            of.comes_back(comes_back, calm, shock.kind.closure().is_some());
            if shock.kind.closure().is_some() {
                of.goes_on(stands, shock.year);
            } else {
                charts::places(of.ui, stands, view, now, &source);
            }
        });
    true
}

/// What happens, in a sentence.
fn sentence(now: &Outcome, shock: &Shock, struck: Option<&Struck>, words: &Words) -> String {
    let called = shocks::name(shock, words);
    let Some(came) = struck.and_then(|struck| struck.years.iter().find(|came| came.year == shock.year)) else {
        return fill(words.shock_computing, &[("shock", &called)]);
    };
    let goes_on = told(now.run.lend(), Measure::Continuity, shock.year).unwrap_or(0.0);
    let stopped = shock.kind.closure().zip(came.stopped).map(|(terms, stopped)| {
        let values = [
            ("shock", &*called),
            ("learners", &words.show(Unit::Count, stopped)),
            ("months", &words.decimals(terms.months.value)),
            ("share", &words.show(Unit::Share, goes_on)),
        ];
        fill(words.shock_stops, &values)
    });
    let template = if came.more < -NOTHING {
        words.shock_less
    } else {
        words.shock_more
    };
    let money = fill(template, &[("value", &now.money(came.more.abs(), words))]);
    format!("{} {money}", stopped.unwrap_or(format!("{called}.")))
}

/// A measure of all learners in a year.
fn told(run: Run<'_>, measure: Measure, year: i32) -> Option<f64> {
    let t = usize::try_from(year - run.model.scenario.base_year).ok()?;
    run.value(measure, Scope::ALL, t)
}

/// What all charts of a shock share.
struct Of<'a> {
    ui: &'a Ui,
    view: &'a View<'a>,
    now: &'a Outcome,
    called: &'a str,
    source: &'a str,
}

impl Of<'_> {
    /// Reach with it and without, and how much of school time is left.
    fn reach(&self, rect: egui::Rect, calm: Option<&Trajectory>) {
        let (words, now, palette) = (self.view.words, self.now, Palette::of(self.ui));
        let calm: Option<Vec<f64>> = calm.map(|calm| {
            let reach = |t| calm.lend().value(Measure::Reach, Scope::ALL, t).unwrap_or(0.0);
            (0..calm.model.years).map(reach).collect()
        });
        let kept: Vec<f64> = now.years.iter().map(|year| school_time(now, *year)).collect();
        let last = |values: &[f64]| words.show(Unit::Share, values.last().copied().unwrap_or(0.0));
        let mut lines = vec![Line {
            values: &now.reach,
            name: words.shock_with.to_owned(),
            label: format!("{} {}", words.shock_with, last(&now.reach)),
            colour: palette.accent,
            dash: Dash::Bold,
        }];
        if let Some(calm) = &calm {
            lines.push(Line {
                values: calm,
                name: words.shock_without.to_owned(),
                label: format!("{} {}", words.shock_without, last(calm)),
                colour: palette.weak,
                dash: Dash::Dotted,
            });
        }
        let least = kept.iter().copied().fold(1.0, f64::min);
        if least < 0.9995 {
            lines.push(Line {
                values: &kept,
                name: words.shock_time.to_owned(),
                label: fill(words.shock_time_least, &[("value", &words.show(Unit::Share, least))]),
                colour: palette.bad,
                dash: Dash::Dashed,
            });
        }
        let head = Head {
            title: fill(
                if least < 0.9995 {
                    words.shock_reach_title
                } else {
                    words.shock_reach_alone_title
                },
                &[("shock", self.called)],
            ),
            unit: words.reach_unit.into(),
            source: self.source.into(),
            summary: lines
                .iter()
                .map(|line| format!("{}.", line.label))
                .collect::<Vec<_>>()
                .join(" "),
        };
        let shares = Shares {
            lines: &lines,
            target: None,
            whole: false,
        };
        chart::lines(self.ui, words, rect, &head, &now.years, &shares);
    }

    /// What it would cost and whom it would stop in each year.
    fn came(&self, rect: egui::Rect, struck: Option<&Struck>, shock: &Shock) {
        let (words, palette) = (self.view.words, Palette::of(self.ui));
        let years = struck.map_or(&[][..], |struck| &struck.years[..]);
        let (divisor, unit) = scale(years.iter().map(|came| came.more.abs()).fold(0.0, f64::max), words);
        let (closes, last) = (shock.kind.closure().is_some(), self.view.scenario.horizon);
        let rows: Vec<BarRow> = years
            .iter()
            .map(|came| {
                // Less than that is nothing, and no bar.
                let more = if came.more.abs() < NOTHING { 0.0 } else { came.more };
                // What the last year takes comes back after it.
                let cost = if closes && came.year == last {
                    fill(words.shock_came_last, &[("year", &last.to_string())])
                } else {
                    words.decimals(more / divisor)
                };
                let label = match came.stopped.filter(|_| closes) {
                    Some(stopped) => {
                        let values = [("value", &*cost), ("learners", &words.show(Unit::Count, stopped))];
                        fill(words.shock_came_row, &values)
                    }
                    None => cost,
                };
                let this = came.year == shock.year;
                BarRow {
                    name: if this {
                        format!("● {}", came.year)
                    } else {
                        came.year.to_string()
                    },
                    parts: vec![(more / divisor, if this { palette.accent } else { palette.weak })],
                    label,
                }
            })
            .collect();
        let head = Head {
            title: fill(
                words.shock_came_title,
                &[("shock", &shocks::kind_name(shock.kind.name(), words))],
            ),
            unit: if closes {
                fill(words.shock_came_unit, &[("unit", &self.money_unit(unit))])
            } else {
                self.money_unit(unit)
            },
            source: self.source.into(),
            summary: words.shock_came_summary.to_owned(),
        };
        if rows.is_empty() {
            let text = fill(words.shock_computing, &[("shock", self.called)]);
            return chart::nothing(self.ui, words, rect, &head, &text);
        }
        chart::rows(self.ui, words, rect, &head, &rows, &[], None);
    }

    /// What doing all of the plan costs more, by component.
    fn comes_back(&self, rect: egui::Rect, calm: Option<&Trajectory>, closes: bool) {
        let (words, palette) = (self.view.words, Palette::of(self.ui));
        let more: Vec<(Component, f64)> = calm.map_or(Vec::new(), |calm| {
            let full = (calm.in_full(), calm.twin_in_full());
            let without = |component: Component| -> f64 {
                let need = |t| full.0.component_need(t, component) - full.1.component_need(t, component);
                (1..calm.model.years).map(need).sum()
            };
            let with = self.now.cost.iter();
            with.map(|(component, by_year)| (*component, by_year[1..].iter().sum::<f64>() - without(*component)))
                .filter(|(_, more)| more.abs() > NOTHING)
                .collect()
        });
        let all: f64 = more.iter().map(|(_, more)| more).sum();
        let (divisor, unit) = scale(more.iter().map(|(_, more)| more.abs()).fold(all.abs(), f64::max), words);
        let row = |name: &str, value: f64, colour| BarRow {
            name: name.to_owned(),
            parts: vec![(value / divisor, colour)],
            label: words.decimals(value / divisor),
        };
        let mut rows: Vec<BarRow> = more
            .iter()
            .map(|(component, more)| {
                let name = lever::group_name(Some(*component), words);
                row(name, *more, palette.component(*component))
            })
            .collect();
        rows.push(row(words.chart_total, all, palette.text));
        let head = Head {
            title: if closes {
                words.shock_recovery_title
            } else {
                words.shock_dearer_title
            }
            .to_owned(),
            unit: self.money_unit(unit),
            source: self.source.into(),
            summary: words.shock_recovery_summary.to_owned(),
        };
        let why = if calm.is_none() {
            Some(fill(words.shock_computing, &[("shock", self.called)]))
        } else {
            more.is_empty().then(|| words.shock_recovery_none.to_owned())
        };
        match why {
            Some(why) => chart::nothing(self.ui, words, rect, &head, &why),
            None => chart::rows(self.ui, words, rect, &head, &rows, &[], None),
        }
    }

    /// Who can go on at home while schools are closed, by wealth: with the plan and without it.
    fn goes_on(&self, rect: egui::Rect, year: i32) {
        let (words, now, palette) = (self.view.words, self.now, Palette::of(self.ui));
        let t = usize::try_from(year - now.years[0]).unwrap_or(0);
        let of = |run: Run<'_>, person| {
            let scope = Scope { person, ..Scope::ALL };
            run.value(Measure::Continuity, scope, t)
                .map_or(f64::NAN, |share| 100.0 * share)
        };
        let row = |name: &str, person: Option<Person>| {
            let counted = person.map_or_else(
                || now.run.run.plan.over(t, stat::LEARNERS, &|_| true),
                |person| now.run.run.plan.persons(t, person, OfPersons::Learners, &|_| true),
            );
            let values = [now.run.lend(), now.run.lend().twin()].map(|run| of(run, person));
            let share = if values[0].is_finite() {
                words.show(Unit::Share, values[0] / 100.0)
            } else {
                words.unknown.to_owned()
            };
            DotRow {
                name: name.to_owned(),
                counted,
                told: [words.show(Unit::Count, counted), share],
                values: values.to_vec(),
            }
        };
        let rows: Vec<DotRow> = Person::ALL
            .into_iter()
            .filter(|person| matches!(person, Person::Wealth(_)))
            .map(|person| row(person_name(person, words), Some(person)))
            .collect();
        let whole = row(words.equity_all, None);
        let said = |row: &DotRow| format!("{} {}", row.name, row.told[1]);
        let head = Head {
            title: words.shock_goes_on.to_owned(),
            unit: fill(words.shock_goes_on_unit, &[("year", &year.to_string())]),
            source: words.shock_goes_on_note.to_owned(),
            summary: format!(
                "{}.",
                rows.iter().chain([&whole]).map(said).collect::<Vec<_>>().join(", ")
            ),
        };
        let dots = Dots {
            whole,
            rows,
            told: [words.orders_learners.to_owned(), words.shock_goes_on_with.to_owned()],
            marks: vec![
                (words.shock_goes_on_with.to_owned(), palette.accent),
                (words.shock_goes_on_without.to_owned(), palette.bad),
            ],
        };
        chart::dots(self.ui, words, rect, &head, dots);
    }

    fn money_unit(&self, scale: &str) -> String {
        charts::cost_unit(scale, self.view)
    }
}

/// Share of the school time of a year in which learners have school or go on at home.
fn school_time(now: &Outcome, year: i32) -> f64 {
    let run = now.run.lend();
    let months = told(run, Measure::ClosedMonths, year).unwrap_or(0.0);
    let t = usize::try_from(year - now.years[0]).unwrap_or(0);
    let learners = now.run.run.plan.over(t, stat::LEARNERS, &|_| true);
    let stopped = months * (1.0 - told(run, Measure::Continuity, year).unwrap_or(0.0));
    1.0 - stopped / (SCHOOL_MONTHS * learners).max(1e-9)
}
