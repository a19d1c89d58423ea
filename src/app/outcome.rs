//! What the pages show of a run: small series and sums, made once a run so that a frame only paints.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::model::indicators::{self, Binding, Progress, Scope};
use crate::model::trajectory::Pass;
use crate::model::{Trajectory, ledger, simulate};
use crate::scenario::check::check;
use crate::scenario::quantity::Confidence;
use crate::scenario::registry::{Entry, Leaf, ROOT};
use crate::scenario::{Component, Finding, Level, Locality, Scenario, Severity};
use crate::units::Unit;

/// One card of the scoreboard.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Indicator code.
    pub code: String,
    /// Level; none for all.
    pub level: Option<Level>,
    /// Year.
    pub year: i32,
    /// Unit of all values.
    pub unit: Unit,
    /// Value with the plan.
    pub reached: Option<f64>,
    /// Value in the base year.
    pub base: Option<f64>,
    /// Target, if there is one.
    pub at_least: Option<f64>,
}

impl Score {
    /// Whether the target is met; false where it is not known.
    #[must_use]
    pub fn met(&self) -> bool {
        matches!((self.reached, self.at_least), (Some(reached), Some(wanted)) if reached >= wanted - 1e-9)
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
    /// The same without a new plan.
    pub reach_without: Vec<f64>,
    /// Learners in full-dose equivalents: how much of what is reached is used.
    pub dose: Vec<f64>,
    /// Cost of the plan by component and year, constant US$.
    pub cost: Vec<(Component, Vec<f64>)>,
    /// Need of all services by year.
    pub need: Vec<f64>,
    /// What each source paid by year; the existing budget first.
    pub sources: Vec<(String, Vec<f64>)>,
    /// Need without a source by year.
    pub gap: Vec<f64>,
    /// What holds back.
    pub held: Vec<Held>,
    /// The scoreboard.
    pub scores: Vec<Score>,
    /// Cost of the plan over all its years.
    pub plan_cost: f64,
    /// The same for one learner and year.
    pub per_learner: Option<f64>,
    /// The same were everything paid for in its year; none where nothing is put off.
    pub paid_in_full: Option<f64>,
    /// First year in which schools go dark.
    pub first_dark: Option<i32>,
    /// Inputs of low confidence.
    pub low_confidence: usize,
    /// All inputs.
    pub inputs: usize,
    /// What of the scenario may mislead.
    pub warnings: Vec<Finding>,
    /// Computing time.
    pub took: Duration,
}

impl Outcome {
    /// Runs a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self::from_run(simulate(scenario))
    }

    /// Reach in the last year.
    #[must_use]
    pub fn final_reach(&self) -> f64 {
        self.reach.last().copied().unwrap_or(0.0)
    }

    /// Need without a source over all years.
    #[must_use]
    pub fn unfunded(&self) -> f64 {
        self.gap.iter().sum()
    }

    /// First year in which the gap is a thousandth of the need or more; less is rounding.
    #[must_use]
    pub fn gap_from(&self) -> Option<i32> {
        let at = (0..self.years.len()).find(|t| self.gap[*t] > self.need[*t] * 1e-3)?;
        Some(self.years[at])
    }

    fn from_run(trajectory: Trajectory) -> Self {
        let run = &trajectory;
        let (model, plan, twin) = (&run.model, &run.run.plan, &run.run.twin);
        let money = &run.run.money;
        let span = 0..model.years;
        let series = |pass: &Pass, code: &str| {
            span.clone()
                .map(|t| indicators::value(run, pass, t, code, None).unwrap_or(0.0))
                .collect()
        };
        let by_year = |of: &dyn Fn(usize) -> f64| span.clone().map(of).collect::<Vec<f64>>();
        let plan_cost = span.clone().map(|t| run.plan_cost(t)).sum();
        let learner_years: f64 = (model.plan_from..model.years)
            .map(|t| {
                (0..model.levels.len())
                    .map(|level| run.run.demand.learners(t, level))
                    .sum::<f64>()
            })
            .sum();
        let (low_confidence, inputs) = confidence(&model.scenario);
        Self {
            years: span.clone().map(|t| model.calendar(t)).collect(),
            plan_from: model.plan_from,
            reach: series(plan, "reach"),
            reach_without: series(twin, "reach"),
            dose: series(plan, "dose"),
            cost: Component::ALL
                .iter()
                .map(|component| {
                    (
                        *component,
                        by_year(&|t| plan.component_need(t, *component) - twin.component_need(t, *component)),
                    )
                })
                .collect(),
            need: by_year(&|t| plan.year_need(t)),
            sources: (0..money.sources)
                .map(|s| {
                    (
                        ledger::source_name(run, s).to_owned(),
                        by_year(&|t| money.of(t, s).spent),
                    )
                })
                .collect(),
            gap: by_year(&|t| (plan.year_need(t) - plan.year_funded(t)).max(0.0)),
            held: held(run),
            scores: scores(run),
            plan_cost,
            per_learner: (learner_years > 0.0).then(|| plan_cost / learner_years),
            paid_in_full: (by_year(&|t| plan.year_need(t) - plan.year_funded(t))
                .iter()
                .sum::<f64>()
                > by_year(&|t| plan.year_need(t)).iter().sum::<f64>() * 2e-3)
                .then(|| run.cost_paid_in_full()),
            first_dark: run.first_dark_year(),
            low_confidence,
            inputs,
            warnings: warnings(&model.scenario),
            took: Duration::ZERO,
            run: trajectory,
        }
    }
}

fn warnings(scenario: &Scenario) -> Vec<Finding> {
    let findings = check(scenario, "", &BTreeMap::new()).into_iter();
    findings
        .filter(|finding| finding.severity == Severity::Warning)
        .collect()
}

fn held(run: &Trajectory) -> Vec<Held> {
    let mut rows = Vec::new();
    for table in &run.model.levels {
        for locality in [Locality::Rural, Locality::Urban] {
            let scope = Scope {
                level: Some(table.level),
                region: None,
                locality: Some(locality),
            };
            let by_year: Vec<_> = (0..run.model.years)
                .map(|t| indicators::binding(&run.model, &run.parameters, &run.run.plan, t, scope))
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

/// Unit of an indicator that a target can name.
fn unit_of(code: &str) -> Unit {
    match code {
        "ED4bis" => Unit::LearnersPerDevice,
        "ED27" => Unit::DevicesPerSchool,
        _ => Unit::Share,
    }
}

fn scores(run: &Trajectory) -> Vec<Score> {
    let score = |progress: Progress| Score {
        unit: unit_of(&progress.target.indicator),
        code: progress.target.indicator,
        level: progress.target.level,
        year: progress.target.year,
        reached: progress.reached,
        base: progress.base,
        at_least: Some(progress.target.at_least.value),
    };
    let mut scores: Vec<Score> = indicators::scoreboard(run).into_iter().map(score).collect();
    if !scores
        .iter()
        .any(|score| score.code == "reach" && score.level.is_none())
    {
        let of = |t: usize| indicators::value(run, &run.run.plan, t, "reach", None);
        let last = run.model.years - 1;
        let reach = Score {
            code: "reach".into(),
            level: None,
            year: run.model.calendar(last),
            unit: Unit::Share,
            reached: of(last),
            base: of(0),
            at_least: None,
        };
        scores.insert(0, reach);
    }
    scores
}

/// Inputs of low confidence, and all inputs.
fn confidence(scenario: &Scenario) -> (usize, usize) {
    let (mut low, mut all) = (0, 0);
    scenario.walk("", &ROOT, &mut |_, field, leaf| {
        let confidence = match leaf {
            Leaf::Number(number) => number.confidence(field),
            Leaf::Path(path) => path.confidence(field),
        };
        all += 1;
        low += usize::from(confidence == Confidence::Low);
    });
    (low, all)
}
