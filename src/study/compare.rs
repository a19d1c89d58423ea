//! Runs side by side: which numbers are compared, over which years, and every input that differs.
//!
//! The Compare page and `rollcall compare` both show what stands here. The first run is the base. Calendar years are
//! aligned: sums run over the years that all runs share, and indicators are read in the last of these.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::Trajectory;
use crate::model::measures::{Progress, scoreboard};
use crate::scenario::field::without_indices;
use crate::scenario::field::{Field, Holds, ROOT};
use crate::scenario::measure::{Indicator, Levels, Measure, Scope, Told};
use crate::scenario::registry::{Entry, Leaf};
use crate::scenario::target::Bound;
use crate::scenario::{Level, Scenario, Target, YearPath};
use crate::units::{Style, Unit};

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

/// Which part of a scenario an input belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What is to be built.
    Plan,
    /// Who pays.
    Funding,
    /// Unit prices.
    Prices,
    /// The country before the plan.
    Country,
    /// Years, effects on learning, targets.
    Other,
}

impl Part {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 5] = [Self::Plan, Self::Funding, Self::Prices, Self::Country, Self::Other];

    /// The part that a path belongs to.
    #[must_use]
    pub fn of(path: &str) -> Self {
        match path.split(['.', '[']).next() {
            Some("plan") => Self::Plan,
            Some("funding") => Self::Funding,
            Some("prices") => Self::Prices,
            Some("country") => Self::Country,
            _ => Self::Other,
        }
    }
}

/// What a scenario holds in a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A number by year.
    Path(Vec<(i32, f64)>),
    /// A word, a text, or words in a row.
    Word(String),
}

impl Value {
    /// As a person reads it: `85 %`, `40 % (2026), 80 % (2030)`, `tablet`.
    #[must_use]
    pub fn show(&self, unit: Unit) -> String {
        self.show_in(unit, &Style::ENGLISH)
    }

    /// The same with the numbers of a reader.
    #[must_use]
    pub fn show_in(&self, unit: Unit, style: &Style) -> String {
        match self {
            Self::Number(value) => style.show(unit, *value),
            Self::Path(points) => {
                let last = points.len().saturating_sub(1);
                let parts: Vec<String> = points
                    .iter()
                    .enumerate()
                    .map(|(at, (year, value))| {
                        let text = if at == last {
                            style.show(unit, *value)
                        } else if unit.is_percentage() {
                            style.show(Unit::Share, *value)
                        } else {
                            style.magnitude(*value)
                        };
                        if *year == 0 { text } else { format!("{text} ({year})") }
                    })
                    .collect();
                parts.join(", ")
            }
            Self::Word(word) => word.clone(),
        }
    }

    /// Whether two values mean the same in every year.
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Path(a), Self::Path(b)) => {
                let (one, other) = (YearPath::of(a), YearPath::of(b));
                // A point on a line may be a rounding off it.
                let near = |a: f64, b: f64| a == b || (a - b).abs() <= 1e-12 * a.abs().max(b.abs());
                a.iter().chain(b).all(|(year, _)| near(one.at(*year), other.at(*year)))
            }
            (Self::Number(a), Self::Number(b)) => a == b || (a.is_nan() && b.is_nan()),
            _ => self == other,
        }
    }
}

/// An input that is not the same in all scenarios.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Path; items of a list go by their name rather than their position: `funding.sources[Partner grant].commitment`.
    pub path: String,
    /// What is known of the field.
    pub field: &'static Field,
    /// A value for each scenario; none where it leaves the field out.
    pub values: Vec<Option<Value>>,
}

impl Difference {
    /// Part of the scenario.
    #[must_use]
    pub fn part(&self) -> Part {
        Part::of(&self.path)
    }

    /// Whether the field holds a number, which has a unit.
    #[must_use]
    pub fn has_unit(&self) -> bool {
        self.values
            .iter()
            .flatten()
            .any(|value| !matches!(value, Value::Word(_)))
    }
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
    /// Reach, what it costs to do it all, what is to be found, learning gain.
    pub series: Vec<Series>,
    /// Every input that differs.
    pub differences: Vec<Difference>,
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
    Comparison {
        rows: rows(runs, common, &cautions),
        series: series(runs, &years),
        differences: differences(&scenarios),
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

/// Every input in which scenarios differ: numbers, paths, choices, names, by part and in file order.
#[must_use]
pub fn differences(scenarios: &[&Scenario]) -> Vec<Difference> {
    let mut ranks = BTreeMap::new();
    Scenario::describe_all(&mut |path, _| {
        let rank = ranks.len();
        ranks.entry(path.to_owned()).or_insert(rank);
    });
    let same_country = scenarios
        .windows(2)
        .all(|pair| pair[0].country.is_same_country(&pair[1].country));
    let mut inputs = Inputs {
        scenarios: scenarios.len(),
        ranks,
        places: BTreeMap::new(),
        found: BTreeMap::new(),
        cases: BTreeMap::new(),
        same_country,
    };
    for (index, scenario) in scenarios.iter().enumerate() {
        inputs.read(index, scenario);
    }
    inputs.fill_cases();
    let mut differences: Vec<Difference> = inputs
        .found
        .into_values()
        .filter(|found| {
            found.values.windows(2).any(|pair| match (&pair[0], &pair[1]) {
                (Some(a), Some(b)) => !a.same(b),
                (a, b) => a.is_some() != b.is_some(),
            })
        })
        .collect();
    spare_defaults(&mut differences);
    differences.sort_by_key(Difference::part);
    differences
}

/// Where a component or source is left out somewhere, what it merely leaves at its default elsewhere says nothing, as
/// long as something else shows that it is there.
fn spare_defaults(differences: &mut Vec<Difference>) {
    let of = |path: &str| {
        path.rsplit_once('.')
            .map_or(String::new(), |(above, _)| above.to_owned())
    };
    let idle = |difference: &Difference| {
        difference.values.iter().any(Option::is_none)
            && difference.values.iter().flatten().all(|value| match value {
                Value::Number(value) => difference.field.default == Some(*value),
                Value::Path(points) => points.iter().all(|(_, value)| difference.field.default == Some(*value)),
                // What an item is called stands in its path.
                Value::Word(word) => difference.path.contains(&format!("[{word}].")),
            })
    };
    let told: BTreeSet<String> = differences
        .iter()
        .filter(|difference| !idle(difference))
        .map(|difference| of(&difference.path))
        .collect();
    differences.retain(|difference| !idle(difference) || !told.contains(&of(&difference.path)));
}

/// Inputs of several scenarios, under construction. The key keeps file order, and an item of a list together.
struct Inputs {
    scenarios: usize,
    ranks: BTreeMap<String, usize>,
    /// Items of lists by path, in the order in which they were met.
    places: BTreeMap<String, usize>,
    found: BTreeMap<Vec<usize>, Difference>,
    /// Exceptions of levers, with the key of the general case.
    cases: BTreeMap<Vec<usize>, Vec<usize>>,
    same_country: bool,
}

impl Inputs {
    fn read(&mut self, scenario: usize, of: &Scenario) {
        let mut words: Vec<(String, &'static Field, String)> = Vec::new();
        let country = self.same_country;
        let wanted = |path: &str| !(country && path.starts_with("country."));
        of.walk_words("", &ROOT, &mut |path, field, word| {
            if wanted(path) {
                words.push((path.to_owned(), field, word.to_owned()));
            }
        });
        let names = names(&words);
        for (path, field, word) in &words {
            // What people read is no input, and a case of a lever stands in its path.
            let remark = matches!(path.as_str(), "title" | "story") || field.name == "note";
            if remark || word.is_empty() || self.is_case(path) {
                continue;
            }
            // Words in a row are one value.
            let (path, row) = match path.strip_suffix(']') {
                Some(head) => (head.rsplit_once('[').map_or(head, |(list, _)| list), true),
                None => (path.as_str(), false),
            };
            let entry = self.entry(path, field, &names);
            match &mut entry.values[scenario] {
                Some(Value::Word(before)) if row => {
                    before.push_str(", ");
                    before.push_str(word);
                }
                value => *value = Some(Value::Word(word.clone())),
            }
        }
        of.walk("", &ROOT, &mut |path, field, leaf| {
            if wanted(path) {
                let value = match leaf {
                    Leaf::Number(number) => Value::Number(number.value),
                    Leaf::Path(path) => Value::Path(path.points.clone()),
                };
                self.entry(path, field, &names).values[scenario] = Some(value);
            }
        });
    }

    /// Whether a path is inside a case of a lever: the registry ends at the lever.
    fn is_case(&self, path: &str) -> bool {
        path.contains('[')
            && path
                .rsplit_once('[')
                .is_some_and(|(lever, _)| self.ranks.contains_key(&without_indices(lever)))
            && !self.ranks.contains_key(&without_indices(path))
            && matches!(path.rsplit('.').next(), Some("level" | "locality" | "region" | "to"))
    }

    fn rank(&self, path: &str) -> usize {
        let path = without_indices(path);
        let list = format!("{path}[]");
        self.ranks
            .get(&path)
            .or_else(|| self.ranks.get(&list))
            .copied()
            .unwrap_or(usize::MAX)
    }

    /// The entry of a path, with the names of items in the place of their positions.
    fn entry(&mut self, raw: &str, field: &'static Field, names: &BTreeMap<String, String>) -> &mut Difference {
        let case = self.is_case(raw);
        let text = if case {
            raw.strip_suffix(".to").unwrap_or(raw)
        } else {
            raw
        };
        let (mut path, mut key, mut done) = (String::new(), Vec::new(), 0);
        let mut general = None;
        while let Some(open) = text[done..].find('[').map(|at| done + at) {
            let close = text[open..].find(']').map_or(text.len() - 1, |at| open + at);
            path.push_str(&text[done..open]);
            done = close + 1;
            let last_of_case = case && done == text.len();
            let name = names.get(&text[..done]);
            if last_of_case && name.is_none() {
                // The general case of a lever is the lever.
                break;
            }
            if last_of_case {
                let mut above = key.clone();
                above.push(self.rank(&text[..open]));
                general = Some(above);
            }
            let name = name.map_or(&text[open + 1..close], String::as_str);
            key.push(self.rank(&text[..open]));
            path.push('[');
            path.push_str(name);
            path.push(']');
            let next = self.places.len();
            key.push(*self.places.entry(path.clone()).or_insert(next));
        }
        path.push_str(&text[done..]);
        key.push(self.rank(if case {
            text.rsplit_once('[').map_or(text, |(lever, _)| lever)
        } else {
            text
        }));
        if let Some(general) = general {
            self.cases.insert(key.clone(), general);
        }
        let scenarios = self.scenarios;
        self.found.entry(key).or_insert_with(|| Difference {
            path,
            field,
            values: vec![None; scenarios],
        })
    }

    /// Where a scenario sets a case of a lever apart and another does not, the other's general case holds.
    fn fill_cases(&mut self) {
        for (case, general) in &self.cases {
            let Some(general) = self.found.get(general).map(|found| found.values.clone()) else {
                continue;
            };
            if let Some(found) = self.found.get_mut(case) {
                for (value, general) in found.values.iter_mut().zip(general) {
                    if value.is_none() {
                        *value = general;
                    }
                }
            }
        }
    }
}

/// Items of lists by what they are called: their name, or else the words that they must have and where they hold.
fn names(words: &[(String, &'static Field, String)]) -> BTreeMap<String, String> {
    let mut parts: BTreeMap<&str, (Option<&str>, Vec<&str>)> = BTreeMap::new();
    for (path, field, word) in words {
        let Some((item, last)) = path.rsplit_once('.').filter(|(item, _)| item.ends_with(']')) else {
            continue;
        };
        let place = matches!(last, "level" | "locality" | "region");
        if word.is_empty() || field.holds == Holds::List || !(field.required || place) {
            continue;
        }
        let (name, others) = parts.entry(item).or_default();
        if last == "name" {
            *name = Some(word);
        } else {
            others.push(word);
        }
    }
    let mut names = BTreeMap::new();
    let mut taken = BTreeSet::new();
    // In the order of the file: the second of two of a name is the second also where both have ten before them.
    for (path, ..) in words {
        let Some((item, _)) = path.rsplit_once('.') else {
            continue;
        };
        if names.contains_key(item) {
            continue;
        }
        let Some((name, others)) = parts.get(item) else {
            continue;
        };
        let list = item.rsplit_once('[').map_or(item, |(list, _)| list);
        let name = name.map_or_else(|| others.join(", "), str::to_owned);
        let mut own = name.clone();
        let mut again = 2;
        while !taken.insert(format!("{list}[{own}]")) {
            own = format!("{name} ({again})");
            again += 1;
        }
        names.insert(item.to_owned(), own);
    }
    names
}

/// The scenario with the money of another: the same plan under different funding.
#[must_use]
pub fn with_funding(plan: &Scenario, money: &Scenario) -> Scenario {
    Scenario {
        funding: money.funding.clone(),
        ..plan.clone()
    }
}
