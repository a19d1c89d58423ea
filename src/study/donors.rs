//! What a donor asks of a package (model.md 6.7): what each source pays for, what others put beside it, what it adds and what it
//! leaves behind.
//!
//! What a source adds is told by a second run in which it is not there; what asks for its money as a counterpart is not there either.

use super::parallel::simulate;
use crate::model::funding::debt::UNIFIED_RATE;
use crate::model::funding::source::SourceId;
use crate::model::measures::Run;
use crate::model::{Cell, Model, OfPersons, Trajectory, funding, stat};
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::person::{Person, Wealth};
use crate::scenario::{Component, Need, Scenario};
use crate::units::{ConstantUsd, NominalUsd};

/// A source is there in the years in which it pays at least this part of its largest year: a trickle, such as what is carried over
/// of a grant that has ended, keeps nothing running (ours).
const TRICKLE: f64 = 0.01;

/// What a source pays in a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Given {
    /// The source.
    pub source: SourceId,
    /// What goes out, its overhead included, constant US$.
    pub paid: f64,
    /// Its own administration, constant US$.
    pub overhead: f64,
    /// What all sources but the existing budget pay, for each dollar of this one; none where it pays nothing.
    pub leverage: Option<f64>,
    /// Grant element by the OECD DAC of what it releases, or what it has given where it promises nothing, nominal US$; none for money of the country's
    /// own and of markets.
    pub grant_equivalent: Option<NominalUsd>,
    /// First and last year in which it pays at least a hundredth of its largest year, counted from the base year; none where it pays
    /// nothing.
    pub years: Option<(usize, usize)>,
}

/// The first dark year after a source has gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DarkAfter {
    /// No year of the run lies after its last.
    NotKnown,
    /// No year after its last is dark.
    Never,
    /// This calendar year.
    Year(i32),
}

/// What a source adds to a run, against the run without it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Added {
    /// Learner-years reached in the plan's years.
    pub reached: f64,
    /// Learning-adjusted years gained by the last year; none where the plan has no mode of learning.
    pub learning_years: Option<f64>,
    /// Share of the poorest two fifths in the learner-years reached; none where nobody more is reached, or where some gain what others lose.
    pub poorest: Option<f64>,
    /// Upkeep and renewal of the year after its last, constant US$; none where it pays nothing.
    pub left_behind: Option<f64>,
    /// First dark year after its last.
    pub dark_after: DarkAfter,
    /// First dark year of the run without it; none where no year is dark.
    pub dark_without: Option<i32>,
}

/// Sources of the scenario's list in its order.
#[must_use]
pub fn given(run: &Trajectory) -> Vec<Given> {
    let (model, money) = (&run.model, &run.run.money);
    let years = 1..model.years;
    let group = Model::number(&run.parameters, model.slots.country.economy.dac_discount);
    let out = |t: usize, source: SourceId| {
        let book = money.of(t, source);
        (book.spent + book.overhead).0
    };
    let over = |source: SourceId| years.clone().map(|t| out(t, source)).sum::<f64>();
    let all: f64 = money.ids().skip(1).map(over).sum();
    money
        .ids()
        .skip(1)
        .map(|source| {
            let paid = over(source);
            let largest = years.clone().map(|t| out(t, source)).fold(0.0, f64::max);
            let pays = |t: &usize| out(*t, source) >= (TRICKLE * largest).max(1.0);
            let until = funding::until(model, &run.parameters, source).unwrap_or(usize::MAX);
            let overhead: ConstantUsd = years.clone().map(|t| money.of(t, source).overhead).sum();
            Given {
                source,
                paid,
                overhead: overhead.0,
                leverage: (paid >= 1.0).then(|| all / paid),
                grant_equivalent: funding::ask(model, &run.parameters, source, |mechanism| {
                    // A gift without a promise is what was given.
                    let is_gift =
                        mechanism.commitment().is_none() && mechanism.grant_element(UNIFIED_RATE) == Some(1.0);
                    let nominal = |t| money.outlook.nominal(t, ConstantUsd(out(t, source)));
                    let promised = mechanism.grant_equivalent(group, until);
                    promised
                        .map(|gift| money.own.promised(source, gift))
                        .or_else(|| is_gift.then(|| years.clone().map(nominal).sum()))
                }),
                years: years.clone().find(pays).zip(years.clone().rfind(pays)),
            }
        })
        .collect()
}

/// The scenario without a source, and without those that ask for its money as a counterpart.
#[must_use]
pub fn without(scenario: &Scenario, source: SourceId) -> Scenario {
    let mut scenario = scenario.clone();
    if let Some(gone) = source.place().filter(|place| *place < scenario.funding.sources.len()) {
        let gone = scenario.funding.sources.remove(gone);
        let sources = &mut scenario.funding.sources;
        sources.retain(|source| source.matching.is_none() || source.counterpart != gone.name);
    }
    scenario
}

/// What a source adds, by a run without it.
#[must_use]
pub fn added(run: &Trajectory, given: &Given) -> Added {
    let other = simulate(without(&run.model.scenario, given.source));
    let (with, less) = (run.lend(), other.lend());
    let all = 1..run.model.years;
    let reached = |which: &dyn Fn(&Trajectory, usize) -> f64| {
        let years = with.plan_years();
        years.map(|t| which(run, t) - which(&other, t)).sum::<f64>()
    };
    let of = |fifths: &'static [Wealth]| {
        move |run: &Trajectory, t: usize| {
            let plan = &run.run.plan;
            let of = |fifth: &Wealth| plan.persons(t, Person::Wealth(*fifth), OfPersons::Reached, &|_| true);
            fifths.iter().map(of).sum::<f64>()
        }
    };
    let [poorest, everybody] = [&Wealth::ALL[..2], Wealth::ALL].map(|fifths| reached(&of(fifths)));
    let gained = |run: &Run<'_>| run.over(Measure::LearningYearsGained, Scope::ALL, all.clone());
    let last = given.years.map(|(_, last)| last);
    Added {
        reached: reached(&|run, t| run.run.plan.over(t, stat::REACHED, &|_| true)),
        learning_years: gained(&with).zip(gained(&less)).map(|(with, less)| with - less),
        // Where some gain and others lose a part of the sum says nothing.
        poorest: (everybody >= 1.0 && (0.0..=everybody).contains(&poorest)).then(|| poorest / everybody),
        left_behind: last.map(|last| keeping(run, last + 1) - keeping(&other, last + 1)),
        dark_after: match last {
            Some(last) if last + 1 < run.model.years => {
                first_dark(&with, last + 1).map_or(DarkAfter::Never, DarkAfter::Year)
            }
            _ => DarkAfter::NotKnown,
        },
        dark_without: first_dark(&less, 1),
    }
}

/// Upkeep and renewal that are needed in a year; after the last one as the bill after it has them.
fn keeping(run: &Trajectory, t: usize) -> f64 {
    if t >= run.model.years {
        return run.ahead().paid.a_year()[0];
    }
    let cells = Component::ALL
        .iter()
        .flat_map(|component| [Need::Upkeep, Need::Renewal].map(|need| Cell::of(*component, need)));
    cells.map(|at| run.run.plan.need(t, at)).sum()
}

/// First dark year from a year on.
fn first_dark(run: &Run<'_>, from: usize) -> Option<i32> {
    let year = run.over(Measure::FirstDarkYear, Scope::ALL, from..run.model.years)?;
    #[allow(clippy::cast_possible_truncation)]
    Some(year as i32)
}
