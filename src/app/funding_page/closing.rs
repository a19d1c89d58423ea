//! The smallest change of one source that closes the gap of the year after the plan, found by bisection on the run.

use std::sync::Arc;

use eframe::egui::{self, RichText, Ui};

use super::edits;
use super::figure::Figure;
use super::mechanisms::Mechanism;
use crate::app::command::Command;
use crate::app::document::View;
use crate::app::jobs::{Lane, Ticket};
use crate::app::outcome::NOTHING;
use crate::app::theme;
use crate::app::words::fill;
use crate::model::Trajectory;
use crate::model::funding::source::SourceId;
use crate::scenario::Scenario;
use crate::scenario::verdict::Verdict;
use crate::study::parallel::simulate;

/// What closes the gap: which source, and its figure.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Closed {
    at: usize,
    value: f64,
}

/// What was found for a plan.
#[derive(Default)]
pub(super) struct Closing {
    of: Option<Arc<Scenario>>,
    ticket: Option<Ticket<Option<Closed>>>,
    found: Option<Closed>,
}

/// Money of the year after the last that goes on: of sources that no promise ends, what the last year has.
pub(super) fn stays(run: &Trajectory) -> f64 {
    let sources = run.model.scenario.funding.sources.iter().enumerate();
    let goes_on =
        sources.filter(|(_, source)| source.until.is_none() && Mechanism::of(source).is_some_and(Mechanism::stays));
    let last = run.model.years - 1;
    goes_on
        .map(|(at, _)| run.run.money.of(last, SourceId::listed(at)).available.0)
        .sum()
}

/// What of the year after the last is paid by nobody, constant US dollars.
pub(super) fn gap(run: &Trajectory) -> f64 {
    let [_, plan] = run.ahead().full.a_year();
    (plan - stays(run)).max(0.0)
}

impl Closing {
    /// The button that tries it, where there is such a change.
    pub fn show(&mut self, ui: &mut Ui, view: &View<'_>) -> Option<Command> {
        let (document, words) = (view.documents.get(view.current)?, view.words);
        let scenario = &document.scenario;
        if !self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, scenario)) {
            let plan = Arc::clone(scenario);
            *self = Self {
                of: Some(Arc::clone(scenario)),
                ticket: Some(view.jobs.start(Lane::Studies, move |progress| {
                    let sources = 0..plan.funding.sources.len();
                    sources.into_iter().find_map(|at| {
                        let stopped = || progress.cancelled().load(std::sync::atomic::Ordering::Relaxed);
                        closes(&plan, at, &stopped)
                    })
                })),
                found: None,
            };
        }
        if let Some(answer) = self.ticket.as_ref().and_then(Ticket::take) {
            (self.found, self.ticket) = (answer.ok().flatten(), None);
        }
        let Closed { at, value } = self.found?;
        let source = scenario.funding.sources.get(at)?;
        let figure = Figure::of(source)?;
        let show = |value| words.show(figure.field.unit, value);
        let values = [
            ("name", &*source.name),
            ("term", figure.name(words)),
            ("from", &show(figure.value)),
            ("to", &show(value)),
        ];
        let text = RichText::new(fill(words.closing_try, &values)).font(theme::text(theme::SMALL));
        let button = ui.add(egui::Button::new(text).wrap()).on_hover_text(words.closing_hint);
        if !button.clicked() {
            return None;
        }
        let new = figure.set(source, value)?;
        Some(edits::replace(scenario, at, new, fill(words.edit_term, &values), None))
    }
}

/// The least figure of a source with which nothing of the year after the last is without money, to three digits; none where no
/// figure does, or where the source does not go on.
fn closes(plan: &Scenario, at: usize, stopped: &dyn Fn() -> bool) -> Option<Closed> {
    let source = plan.funding.sources.get(at)?;
    if source.until.is_some() || !Mechanism::of(source)?.stays() {
        return None;
    }
    let figure = Figure::of(source)?;
    let gap = |value: f64| {
        let mut edited = plan.clone();
        edited.funding.sources[at] = figure.set(source, value)?;
        let fits = !stopped() && Verdict::of(&edited).errors.is_empty();
        fits.then(|| gap(&simulate(edited)))
    };
    if gap(figure.value)? <= NOTHING {
        return None;
    }
    let (mut low, mut high) = (figure.value, figure.value.max(figure.end() / 4.0));
    while gap(high)? > NOTHING {
        if high >= figure.field.within.1 || high > 1e3 * figure.end() {
            return None;
        }
        (low, high) = (high, (2.0 * high).min(figure.field.within.1));
    }
    while high - low > 5e-4 * high {
        let middle = f64::midpoint(low, high);
        if gap(middle)? > NOTHING {
            low = middle;
        } else {
            high = middle;
        }
    }
    let size = 10f64.powf(high.log10().floor() - 2.0);
    let value = ((high / size).ceil() * size).min(figure.field.within.1);
    (gap(value)? <= NOTHING).then_some(Closed { at, value })
}
