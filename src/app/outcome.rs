//! What the pages show of a run: small series and sums, made once a run so that a frame only paints.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::words::Words;
use crate::model::measures::{self, Binding, Dark, Progress, Run};
use crate::model::stat;
use crate::model::{Bin, Trajectory, ledger};
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::{Component, Finding, Level, Locality, Scenario, Target};
use crate::study::parallel::{simulate, simulate_again};

/// One card of the scoreboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The target; without a value where none is set.
    pub target: Target,
    /// Its value, if there is one.
    pub goal: Option<f64>,
    /// Value with the plan.
    pub reached: Option<f64>,
    /// Value in the base year.
    pub base: Option<f64>,
}

impl Score {
    /// Whether the target is met; false where there is none or the value is not known.
    #[must_use]
    pub fn met(&self) -> bool {
        self.goal.is_some_and(|goal| self.target.is_met(self.reached, goal))
    }

    /// Whether it is the reach of all learners.
    #[must_use]
    pub(crate) fn is_reach_of_all(&self) -> bool {
        self.target.indicator == Measure::Reach.into() && self.target.scope() == Scope::ALL
    }
}

/// What holds one level and locality back, year by year.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Level.
    pub level: Level,
    /// Locality.
    pub locality: Locality,
    /// By year, from the base year.
    pub by_year: Vec<Option<Binding>>,
}

/// Whether money is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// All is paid for when it is needed.
    Nothing,
    /// All is paid for, but from this year on some of it later than it is needed.
    Late(i32),
    /// Something has no source, from this year on.
    From(i32),
}

/// Money below this is nothing, in US dollars.
pub(crate) const NOTHING: f64 = 0.5;

/// The results that the window shows.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The run itself, for what a page works out on its own.
    pub run: Trajectory,
    /// Calendar years, from the base year.
    pub years: Vec<i32>,
    /// Position of the plan's first year.
    pub plan_from: usize,
    /// Share of learners reached.
    pub reach: Vec<f64>,
    /// The same if all were paid for in its year.
    pub reach_in_full: Vec<f64>,
    /// The same without a new plan.
    pub reach_without: Vec<f64>,
    /// Learners in full-dose equivalents: how much of what is reached is used.
    pub dose: Vec<f64>,
    /// What it costs to do it all, by component and year, constant US$.
    pub cost: Vec<(Component, Vec<f64>)>,
    /// What all services take by year when all is paid for, those that stand included.
    pub need: Vec<f64>,
    /// What each source paid by year; the existing budget first.
    pub sources: Vec<(String, Vec<f64>)>,
    /// What all services have no source for, by year; negative where work that was put off is caught up on.
    pub to_find_for_all: Vec<f64>,
    /// Share of schools by what stands together, in the order of places.csv.
    pub places: Vec<Vec<f64>>,
    /// Share of schools that have power, internet and devices in service together, by year.
    pub served: Vec<f64>,
    /// What holds back.
    pub held: Vec<Held>,
    /// What holds all learners together back in the last year.
    pub held_most: Option<Binding>,
    /// The scoreboard.
    pub scores: Vec<Score>,
    /// To do it all: what the plan costs over all its years.
    pub cost_full: f64,
    /// What of that has a source.
    pub cost_paid: f64,
    /// What each year after the last takes to keep up and renew what the plan has brought.
    pub after: f64,
    /// Money that goes out for the plan, for one learner and year.
    pub per_learner: Option<f64>,
    /// First year in which something has no source.
    pub unfunded_from: Option<i32>,
    /// How it stands by its first dark year.
    pub dark: Dark,
    /// Whether money set aside may keep what goes dark.
    pub reserve_may_help: bool,
    /// Why the results are none: a number of them is none.
    pub unsound: Option<Box<Finding>>,
    /// Computing time.
    pub took: Duration,
}

impl Outcome {
    /// Runs a scenario.
    #[must_use]
    pub fn of(scenario: impl Into<Arc<Scenario>>) -> Self {
        Self::from_run(simulate(scenario))
    }

    /// Runs a scenario in the room of earlier results that nobody looks at any more, where there are such.
    #[must_use]
    pub fn again(earlier: Option<Self>, scenario: impl Into<Arc<Scenario>>) -> Self {
        Self::from_run(simulate_again(earlier.map(|earlier| earlier.run), scenario))
    }

    /// Reach in the last year.
    #[must_use]
    pub fn final_reach(&self) -> f64 {
        self.reach.last().copied().unwrap_or(0.0)
    }

    /// What it costs to do it all, less what has a source.
    #[must_use]
    pub fn to_find(&self) -> f64 {
        self.cost_full - self.cost_paid
    }

    /// Whether money is missing, and from when.
    #[must_use]
    pub fn missing(&self) -> Missing {
        match self.unfunded_from {
            None => Missing::Nothing,
            Some(year) if self.to_find() <= NOTHING => Missing::Late(year),
            Some(year) => Missing::From(year),
        }
    }

    /// The most that the plan may cost in each year after the base year, constant US$; none where it has no ceiling.
    #[must_use]
    pub(crate) fn ceiling(&self) -> Option<Vec<f64>> {
        let ceiling = self.run.model.scenario.plan.ceiling.as_ref()?;
        Some(self.years.iter().skip(1).map(|year| ceiling.at(*year)).collect())
    }

    /// First year in which doing it all costs more than the plan's ceiling.
    #[must_use]
    pub(crate) fn passes_ceiling(&self) -> Option<i32> {
        let ceiling = self.ceiling()?;
        let cost = |t: usize| self.cost.iter().map(|(_, by_year)| by_year[t]).sum::<f64>();
        let passed = |(at, most): (usize, &f64)| cost(at + 1) > most + NOTHING;
        ceiling
            .iter()
            .enumerate()
            .find(|year| passed(*year))
            .map(|(at, _)| self.years[at + 1])
    }

    /// Whether anything that the plan has brought is to be kept up.
    #[must_use]
    pub fn lasts(&self) -> bool {
        self.after.abs() > NOTHING
    }

    /// An amount of the plan in words, at the scale of what the plan costs.
    #[must_use]
    pub fn money(&self, amount: f64, words: &Words) -> String {
        words.money(amount, self.cost_full)
    }

    fn from_run(trajectory: Trajectory) -> Self {
        let run = &trajectory;
        let model = &run.model;
        let money = &run.run.money;
        let span = 0..model.years;
        let held = held(run);
        let lent = run.lend();
        let series = |run: Run<'_>, measure: Measure| {
            span.clone()
                .map(|t| run.value(measure, Scope::ALL, t).unwrap_or(0.0))
                .collect()
        };
        let in_all = |measure: Measure| lent.over(measure, Scope::ALL, span.clone());
        let by_year = |of: &dyn Fn(usize) -> f64| span.clone().map(of).collect::<Vec<f64>>();
        let (full, twin) = (run.in_full(), run.twin_in_full());
        // Made here, beside the window: pages ask the run for it.
        let [_, after] = run.ahead().full.a_year();
        Self {
            years: span.clone().map(|t| model.calendar(t)).collect(),
            plan_from: model.plan_from,
            reach: series(lent, Measure::Reach),
            reach_in_full: by_year(&|t| {
                full.over(t, stat::REACHED, &|_| true) / full.over(t, stat::LEARNERS, &|_| true).max(1e-9)
            }),
            reach_without: series(lent.twin(), Measure::Reach),
            dose: series(lent, Measure::Dose),
            cost: Component::ALL
                .iter()
                .map(|component| {
                    (
                        *component,
                        by_year(&|t| full.component_need(t, *component) - twin.component_need(t, *component)),
                    )
                })
                .collect(),
            need: by_year(&|t| full.year_need(t)),
            sources: money
                .ids()
                .map(|s| {
                    (
                        ledger::source_name(run, s).to_owned(),
                        by_year(&|t| money.of(t, s).spent.0),
                    )
                })
                .collect(),
            to_find_for_all: by_year(&|t| run.to_find_for_all(t)),
            held_most: held_most(run, &held),
            places: places(run),
            served: by_year(&|t| {
                let schools = |which: usize| run.run.plan.over(t, which, &|_| true);
                (schools(stat::BEST) - schools(stat::DARK)) / schools(stat::SCHOOLS).max(1e-9)
            }),
            held,
            scores: scores(run),
            cost_full: in_all(Measure::CostFull).unwrap_or(0.0),
            cost_paid: in_all(Measure::CostPaid).unwrap_or(0.0),
            after,
            per_learner: lent.full_per_learner(),
            unfunded_from: lent.first_unfunded_year(),
            dark: lent.dark(),
            reserve_may_help: lent.reserve_may_help(),
            unsound: run.sound().err(),
            took: Duration::ZERO,
            run: trajectory,
        }
    }
}

fn places(run: &Trajectory) -> Vec<Vec<f64>> {
    let plan = &run.run.plan;
    let share = |cell: usize, t: usize| {
        let schools: f64 = plan.bins().map(|bin| plan.places(t, cell, bin)[0]).sum();
        schools / plan.over(t, stat::SCHOOLS, &|_| true).max(1e-9)
    };
    (0..ledger::PLACES)
        .map(|cell| (0..run.model.years).map(|t| share(cell, t)).collect())
        .collect()
}

/// What holds most learners back in the last year, by the groups of level and locality that the chart shows.
fn held_most(run: &Trajectory, held: &[Held]) -> Option<Binding> {
    let (model, plan) = (&run.model, &run.run.plan);
    let last = model.years - 1;
    let mut learners: BTreeMap<Binding, f64> = BTreeMap::new();
    for group in held {
        let of_group = |bin: Bin| {
            let cut = &model.cuts[bin.index()];
            model.levels[cut.level].level == group.level && cut.locality == group.locality
        };
        if let Some(binding) = group.by_year[last] {
            *learners.entry(binding).or_default() += plan.over(last, stat::LEARNERS, &of_group);
        }
    }
    learners
        .into_iter()
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(binding, _)| binding)
}

fn held(run: &Trajectory) -> Vec<Held> {
    let mut rows = Vec::new();
    for table in &run.model.levels {
        for locality in [Locality::Rural, Locality::Urban] {
            let scope = Scope {
                level: Some(table.level),
                locality: Some(locality),
                ..Scope::ALL
            };
            let by_year: Vec<_> = (0..run.model.years)
                .map(|t| measures::binding(run.lend(), t, scope))
                .collect();
            if by_year.iter().any(Option::is_some) {
                rows.push(Held {
                    level: table.level,
                    locality,
                    by_year,
                });
            }
        }
    }
    rows
}

fn scores(run: &Trajectory) -> Vec<Score> {
    let score = |progress: Progress| Score {
        target: progress.target,
        goal: Some(progress.goal),
        reached: progress.reached,
        base: progress.base,
    };
    let mut scores: Vec<Score> = measures::scoreboard(run.lend()).into_iter().map(score).collect();
    if !scores.iter().any(Score::is_reach_of_all) {
        let of = |t: usize| run.lend().value(Measure::Reach, Scope::ALL, t);
        let last = run.model.years - 1;
        let reach = Score {
            target: Target {
                at_least: None,
                ..Target::at_least(Measure::Reach, run.model.calendar(last), 0.0)
            },
            goal: None,
            reached: of(last),
            base: of(0),
        };
        scores.insert(0, reach);
    }
    scores
}
