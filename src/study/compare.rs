//! Runs side by side: which numbers are compared, and over which years.
//!
//! The Compare page and `rollcall compare` both show what stands here. The first run is the base. Calendar years are
//! aligned: sums run over the years that all runs share, and indicators are read in the last of these.

mod accounts;
mod differences;
mod levers;
mod payers;

use std::borrow::Cow;
use std::collections::BTreeSet;

pub use accounts::{Account, Use};
pub use differences::{Difference, Part, Value, differences};
pub use levers::LeverSpread;
pub use payers::{Payer, PayerRow};

use crate::model::Trajectory;
use crate::model::measures::{Progress, scoreboard};
use crate::scenario::measure::{Indicator, Levels, Measure, Scope, Told};
use crate::scenario::target::Bound;
use crate::scenario::{Level, Scenario, Target};
use crate::study::recovery::recovery;
use crate::units::Unit;

/// Most runs that are compared at once.
pub const MOST: usize = 6;

/// Measures that are always compared in the last common year.
const ALWAYS: &[Measure] = &[
    Measure::Reach,
    Measure::Electricity,
    Measure::PupilInternet,
    Measure::Computers,
    Measure::TrainedTeachers,
    Measure::PrimaryReading,
    Measure::PrimaryMathematics,
];

/// Measures that are compared in years in which schools close.
const CLOSED: &[Measure] = &[
    Measure::HomeAccess,
    Measure::Continuity,
    Measure::ClosedLearners,
    Measure::StoppedLearners,
];

/// What is compared over the common years.
const OVER_YEARS: &[Measure] = &[
    Measure::CostFull,
    Measure::CostPaid,
    Measure::ToFind,
    Measure::ToFindShare,
    Measure::CostPerLearner,
    Measure::CostPerReached,
    Measure::FirstDarkYear,
    Measure::LearningYearsGained,
    Measure::LearningYearsPerMoney,
];

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A scenario's own targets that it meets.
    TargetsMet,
    /// How many targets it states.
    Targets,
    /// What each year after a run's last takes to keep up and renew what its plan has brought.
    After,
    /// What a run's shocks add to the cost of doing it all, over all its years.
    Recovery,
    /// An indicator.
    Indicator(Indicator),
}

impl From<Measure> for About {
    fn from(measure: Measure) -> Self {
        Self::Indicator(measure.into())
    }
}

impl About {
    /// Code in compare.csv.
    #[must_use]
    pub fn code(self) -> Cow<'static, str> {
        match self {
            Self::TargetsMet => "targets_met".into(),
            Self::Targets => "targets".into(),
            Self::After => "after".into(),
            Self::Recovery => "recovery".into(),
            Self::Indicator(indicator) => indicator.code(),
        }
    }
}

/// One number of every run.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeRow {
    /// What is compared.
    pub about: About,
    /// Level; none for all.
    pub level: Option<Level>,
    /// Year; none for a sum over the common years or for the whole run.
    pub year: Option<i32>,
    /// Unit.
    pub unit: Unit,
    /// A value for each run; none where it cannot be known or does not apply.
    pub values: Vec<Option<f64>>,
    /// Each run's own target for this number.
    pub goals: Vec<Option<(Bound, f64)>>,
    /// Whether a difference between runs means anything.
    pub comparable: bool,
}

impl OutcomeRow {
    /// A run's value less the base's, where that means something.
    #[must_use]
    pub fn difference(&self, run: usize) -> Option<f64> {
        let base = self.values.first().copied().flatten()?;
        (self.comparable && run > 0)
            .then(|| self.values.get(run).copied().flatten().map(|value| value - base))
            .flatten()
    }

    /// Whether a run meets its own target; none where it has none or the value is not known.
    #[must_use]
    pub fn met(&self, run: usize) -> Option<bool> {
        let (bound, goal) = self.goals.get(run).copied().flatten()?;
        let value = self.values.get(run).copied().flatten()?;
        Some(bound.is_met(value, goal))
    }
}

/// One measure by year, of every run.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Measure.
    pub measure: Measure,
    /// Level; none for all.
    pub level: Option<Level>,
    /// For each run a value a year of [`Comparison::years`]; none outside its own years.
    pub values: Vec<Vec<Option<f64>>>,
}

/// What must be known before two columns are read against one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caution {
    /// The runs are of several countries.
    Countries,
    /// Constant US$ are of different years.
    PriceYears,
    /// Base years or horizons differ; sums and indicators are of the years that all share.
    Years {
        /// First common year with money.
        from: i32,
        /// Last common year.
        to: i32,
    },
    /// No year is common to all runs.
    NoCommonYear,
    /// The runs are held against different targets.
    Targets,
    /// The runs leave out different levels.
    LeftOut,
}

/// Runs side by side.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// All calendar years of all runs.
    pub years: Vec<i32>,
    /// First and last year that all runs share and in which money is spent.
    pub common: Option<(i32, i32)>,
    /// Outcomes, then money.
    pub rows: Vec<OutcomeRow>,
    /// Who pays over the common years, then what stands beside it.
    pub payers: Vec<PayerRow>,
    /// Of each run who bears what, for which purpose, and who gains; none where no year is common.
    pub accounts: Vec<Account>,
    /// Reach, what it costs to do it all, what is to be found, learning gain.
    pub series: Vec<Series>,
    /// Every input that differs.
    pub differences: Vec<Difference>,
    /// Least, mean and most of each lever that differs, paths in the last common year.
    pub levers: Vec<LeverSpread>,
    /// What to know before reading across.
    pub cautions: Vec<Caution>,
}

/// Compares runs, the first of which is the base.
#[must_use]
pub fn compare(runs: &[&Trajectory]) -> Comparison {
    let scenarios: Vec<&Scenario> = runs.iter().map(|run| &*run.model.scenario).collect();
    let years = |of: &dyn Fn(&Scenario) -> i32| scenarios.iter().map(|scenario| of(scenario)).collect::<Vec<i32>>();
    let (bases, horizons) = (years(&|s| s.base_year), years(&|s| s.horizon));
    let (first, last) = (
        bases.iter().copied().min().unwrap_or(0),
        horizons.iter().copied().max().unwrap_or(0),
    );
    let common = (
        bases.iter().copied().max().unwrap_or(0) + 1,
        horizons.iter().copied().min().unwrap_or(0),
    );
    let common = (common.0 <= common.1).then_some(common);
    let years: Vec<i32> = (first..=last).collect();
    let cautions = cautions(&scenarios, common);
    let differences = differences(&scenarios);
    Comparison {
        rows: rows(runs, common, &cautions),
        payers: common.map_or_else(Vec::new, |common| payers::payers(runs, common)),
        accounts: common.map_or_else(Vec::new, |common| {
            let of = |run: &&Trajectory| Account::of_run(run, common);
            runs.iter().filter_map(of).collect()
        }),
        series: series(runs, &years),
        levers: levers::levers(&differences, common.map_or(last, |(_, to)| to)),
        differences,
        cautions,
        common,
        years,
    }
}

fn cautions(scenarios: &[&Scenario], common: Option<(i32, i32)>) -> Vec<Caution> {
    let differ = |same: &dyn Fn(&Scenario, &Scenario) -> bool| scenarios.windows(2).any(|pair| !same(pair[0], pair[1]));
    let mut cautions = Vec::new();
    if differ(&|a, b| a.country.iso3 == b.country.iso3) {
        cautions.push(Caution::Countries);
    }
    if differ(&|a, b| a.price_year == b.price_year) {
        cautions.push(Caution::PriceYears);
    }
    match common {
        None => cautions.push(Caution::NoCommonYear),
        Some((from, to)) => {
            if differ(&|a, b| a.base_year == b.base_year && a.horizon == b.horizon) {
                cautions.push(Caution::Years { from, to });
            }
        }
    }
    let targets = |scenario: &Scenario| {
        let mut targets: Vec<_> = scenario
            .targets
            .iter()
            .map(|target| {
                let Scope {
                    level,
                    region,
                    locality,
                    person,
                } = target.scope();
                let of_whom = (level, region.map(str::to_owned), locality, person);
                (
                    target.indicator,
                    of_whom,
                    target.year,
                    target.bound(),
                    target.value().to_bits(),
                )
            })
            .collect();
        targets.sort();
        targets
    };
    if differ(&|a, b| targets(a) == targets(b)) {
        cautions.push(Caution::Targets);
    }
    let left_out = |scenario: &Scenario| scenario.country.levels_left_out();
    if scenarios
        .iter()
        .any(|scenario| left_out(scenario) != left_out(scenarios[0]))
    {
        cautions.push(Caution::LeftOut);
    }
    cautions
}

/// Position of a calendar year in a run.
fn position(run: &Trajectory, year: i32) -> Option<usize> {
    usize::try_from(year - run.model.scenario.base_year)
        .ok()
        .filter(|t| *t < run.model.years)
}

fn rows(runs: &[&Trajectory], common: Option<(i32, i32)>, cautions: &[Caution]) -> Vec<OutcomeRow> {
    let none = || vec![None; runs.len()];
    let row = |about: About, unit: Unit, comparable: bool, of: &dyn Fn(&Trajectory) -> Option<f64>| OutcomeRow {
        about,
        level: None,
        year: None,
        unit,
        values: runs
            .iter()
            .map(|run| of(run).filter(|value| value.is_finite()))
            .collect(),
        goals: none(),
        comparable,
    };
    #[allow(clippy::cast_precision_loss)]
    let count = |of: &dyn Fn(&Progress) -> bool, run: &Trajectory| {
        scoreboard(run.lend()).iter().filter(|target| of(target)).count() as f64
    };
    let has = |caution: Caution| cautions.contains(&caution);
    let same_targets = !has(Caution::Targets);
    let mut rows = vec![
        row(About::TargetsMet, Unit::Count, same_targets, &|run| {
            Some(count(&|target| target.met(), run))
        }),
        row(About::Targets, Unit::Count, false, &|run| Some(count(&|_| true, run))),
    ];
    let Some((from, to)) = common else {
        rows.push(dark(&row));
        return rows;
    };
    rows.extend(indicator_rows(runs, from, to));
    let money = !has(Caution::PriceYears);
    let totals = money && !has(Caution::Countries);
    let differ = |measure: Measure| match measure {
        Measure::CostFull | Measure::CostPaid | Measure::ToFind => totals,
        Measure::ToFindShare => true,
        Measure::LearningYearsGained => !has(Caution::Countries),
        _ => money,
    };
    for measure in OVER_YEARS {
        if *measure == Measure::FirstDarkYear {
            rows.push(dark(&row));
            continue;
        }
        if *measure == Measure::CostPerLearner {
            rows.push(row(About::After, Unit::Usd, totals, &|run| {
                Some(run.ahead().full.a_year()[1])
            }));
            rows.push(row(About::Recovery, Unit::Usd, totals, &|run| recovery(run.lend())));
        }
        rows.push(row((*measure).into(), measure.unit(), differ(*measure), &|run| {
            let years = position(run, from)?..position(run, to)? + 1;
            run.lend().over(*measure, Scope::ALL, years)
        }));
    }
    rows.retain(|row| row.about == Measure::FirstDarkYear.into() || row.values.iter().any(Option::is_some));
    rows
}

type MakeRow<'a> = dyn Fn(About, Unit, bool, &dyn Fn(&Trajectory) -> Option<f64>) -> OutcomeRow + 'a;

fn dark(row: &MakeRow<'_>) -> OutcomeRow {
    let measure = Measure::FirstDarkYear;
    row(measure.into(), measure.unit(), true, &|run| {
        run.lend().over(measure, Scope::ALL, 1..run.model.years)
    })
}

/// Those that are always compared in the last common year, and what any scenario has a target for in all places and for
/// everybody. What is told over years stands with the sums.
fn indicator_rows(runs: &[&Trajectory], from: i32, to: i32) -> Vec<OutcomeRow> {
    let stated = |target: &Target| {
        let Indicator::Plain(measure) = target.indicator else {
            return None;
        };
        let wide = measure.told() == Told::ByYear && target.scope() == Scope::of(target.level);
        // What is of one level is of that whether or not the target says so.
        let level = target.level.filter(|_| !matches!(measure.levels(), Levels::One(_)));
        wide.then_some((measure, level, target.year))
    };
    let mut wanted: Vec<(Measure, Option<Level>, i32)> = ALWAYS.iter().map(|measure| (*measure, None, to)).collect();
    for key in runs
        .iter()
        .flat_map(|run| &run.model.scenario.targets)
        .filter_map(stated)
    {
        if (from..=to).contains(&key.2) && !wanted.contains(&key) {
            wanted.push(key);
        }
    }
    // What closes schools in one of them is told of all, in the years in which it does.
    let closures = runs.iter().flat_map(|run| &run.model.scenario.shocks);
    let years: BTreeSet<i32> = closures
        .filter(|shock| shock.kind.closure().is_some() && (from..=to).contains(&shock.year))
        .map(|shock| shock.year)
        .collect();
    for year in years {
        for measure in CLOSED {
            let key = (*measure, None, year);
            if !wanted.contains(&key) {
                wanted.push(key);
            }
        }
    }
    // Levels and years beside their measure.
    let order = |measure: Measure| {
        ALWAYS
            .iter()
            .position(|known| *known == measure)
            .unwrap_or(ALWAYS.len())
    };
    wanted.sort_by_key(|(measure, level, year)| (order(*measure), *measure, *level, *year));
    wanted
        .into_iter()
        .map(|key| {
            let (measure, level, year) = key;
            let of = |run: &&Trajectory| {
                run.lend()
                    .value(measure, Scope::of(level), position(run, year)?)
                    .filter(|value| value.is_finite())
            };
            let goal = |run: &&Trajectory| {
                let board = scoreboard(run.lend());
                let mine = board.iter().find(|progress| stated(&progress.target) == Some(key));
                mine.map(|progress| (progress.target.bound(), progress.goal))
            };
            OutcomeRow {
                about: measure.into(),
                level,
                year: Some(year),
                unit: measure.unit(),
                values: runs.iter().map(of).collect(),
                goals: runs.iter().map(goal).collect(),
                comparable: true,
            }
        })
        .collect()
}

fn series(runs: &[&Trajectory], years: &[i32]) -> Vec<Series> {
    let by_year = |of: &dyn Fn(&Trajectory, usize) -> Option<f64>| {
        runs.iter()
            .map(|run| {
                years
                    .iter()
                    .map(|year| of(run, position(run, *year)?))
                    .collect::<Vec<Option<f64>>>()
            })
            .collect::<Vec<_>>()
    };
    let level = runs
        .first()
        .and_then(|run| run.model.levels.first())
        .map(|table| table.level);
    let of = |measure: Measure, level: Option<Level>| Series {
        measure,
        level,
        values: by_year(&|run, t| run.lend().value(measure, Scope::of(level), t)),
    };
    vec![
        of(Measure::Reach, None),
        of(Measure::CostFull, None),
        of(Measure::ToFind, None),
        of(Measure::LearningGain, level),
    ]
}
