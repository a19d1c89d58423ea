//! Indicators (4.3) as they stand in indicators.csv: what is published under SDG 4 and by UIS, and the plan's own.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::equity::{adjusted_parity, gap};
use super::lanes::{all, first};
use super::outcomes::{learning_adjusted_years, proficiency};
use super::tables::Model;
use super::trajectory::{Pass, Trajectory, stat};
use crate::scenario::{Level, Locality, Target};
use crate::units::Unit;

/// One value of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// Calendar year.
    pub year: i32,
    /// Code.
    pub indicator: Cow<'static, str>,
    /// Level; none for all.
    pub level: Option<Level>,
    /// Region; empty for all.
    pub region: &'a str,
    /// Locality; none for both.
    pub locality: Option<Locality>,
    /// `female`, `male` or empty.
    pub sex: &'static str,
    /// `q1` (poorest) to `q5`, or empty.
    pub wealth: &'static str,
    /// `with`, `without` or empty.
    pub disability: &'static str,
    /// Value.
    pub value: f64,
    /// Unit.
    pub unit: Unit,
}

/// Which bins a row is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope<'a> {
    /// Level.
    pub level: Option<Level>,
    /// Region.
    pub region: Option<&'a str>,
    /// Locality.
    pub locality: Option<Locality>,
}

impl Scope<'_> {
    /// Whether a bin of a pass lies inside. Where a pass has no places, a bin is a level, in no region and no locality.
    #[must_use]
    pub fn holds(&self, model: &Model, pass: &Pass, bin: usize) -> bool {
        let level = model.levels[usize::from(pass.bin_level[bin])].level;
        let cut = (pass.bins == model.cuts.len()).then(|| &model.cuts[bin]);
        self.level.is_none_or(|wanted| level == wanted)
            && self
                .region
                .is_none_or(|region| cut.is_some_and(|cut| cut.region == region))
            && self
                .locality
                .is_none_or(|locality| cut.is_some_and(|cut| cut.locality == locality))
    }
}

/// Indicators that are one sum over another.
const RATIOS: &[(&str, usize, usize, Unit)] = &[
    ("reach", stat::REACHED, stat::LEARNERS, Unit::Share),
    ("dose", stat::DOSE, stat::LEARNERS, Unit::Share),
    ("4.a.1.a", stat::POWERED, stat::SCHOOLS, Unit::Share),
    ("4.a.1.b", stat::LINKED, stat::SCHOOLS, Unit::Share),
    ("4.a.1.c", stat::EQUIPPED, stat::SCHOOLS, Unit::Share),
    ("ED4bis", stat::LEARNERS, stat::DEVICES, Unit::LearnersPerDevice),
    ("ED5", stat::LINKED, stat::SCHOOLS, Unit::Share),
    ("ED8", stat::ACQUISITION, stat::TEACHERS, Unit::Share),
    ("ED27", stat::CONNECTED_DEVICES, stat::SCHOOLS, Unit::DevicesPerSchool),
];

/// Indicators that are one sum over another, times the share of learners whose curriculum entitles them.
const ENTITLED: &[(&str, usize, usize, Unit)] = &[
    ("ED4", stat::LEARNERS_EQUIPPED, stat::DEVICES, Unit::LearnersPerDevice),
    ("ED6", stat::LEARNERS_LINKED, stat::LEARNERS, Unit::Share),
    (
        "ED25",
        stat::LEARNERS_CONNECTED_DEVICES,
        stat::CONNECTED_DEVICES,
        Unit::LearnersPerDevice,
    ),
];

const WEALTH: [&str; 5] = ["q1", "q2", "q3", "q4", "q5"];

/// A share that a scope has, from two sums; none where the denominator is empty.
#[must_use]
pub fn ratio(pass: &Pass, model: &Model, t: usize, scope: Scope<'_>, over: usize, under: usize) -> Option<f64> {
    let here = |bin: usize| scope.holds(model, pass, bin);
    share_of(pass.over(t, over, &here), pass.over(t, under, &here))
}

/// The same of these bins.
fn ratio_of(pass: &Pass, t: usize, bins: &[u32], over: usize, under: usize) -> Option<f64> {
    share_of(pass.over_these(t, over, bins), pass.over_these(t, under, bins))
}

/// One sum over another. Of nothing, and of next to nothing, no ratio can be told.
fn share_of(over: f64, under: f64) -> Option<f64> {
    (under > 0.0).then(|| over / under).filter(|ratio| ratio.is_finite())
}

/// Value of an indicator that a target or scoreboard can name; none where it cannot be known.
#[must_use]
pub fn value(run: &Trajectory, pass: &Pass, t: usize, code: &str, level: Option<Level>) -> Option<f64> {
    let Trajectory {
        model,
        parameters: p,
        run: workspace,
        ..
    } = run;
    let scope = Scope {
        level,
        ..Scope::default()
    };
    if let Some((_, over, under, _)) = RATIOS.iter().find(|(known, ..)| *known == code) {
        return ratio(pass, model, t, scope, *over, *under);
    }
    let demand = &workspace.demand;
    let levels = || (0..model.levels.len()).filter(move |index| level.is_none_or(|l| model.levels[*index].level == l));
    match code {
        "4.c.1" => weighted(levels().map(|l| (demand.qualified(t, l), demand.teachers(t, l)))),
        "4.1.2" => {
            let of = level.or(model.levels.last().map(|table| table.level))?;
            demand.completion(model, p, t, model.levels.iter().position(|table| table.level == of)?)
        }
        "4.1.1.b.reading" => learned(
            run,
            pass,
            t,
            model.slots.country.learning.primary_reading?,
            Level::Primary,
            None,
        ),
        "4.1.1.b.mathematics" => learned(
            run,
            pass,
            t,
            model.slots.country.learning.primary_mathematics?,
            Level::Primary,
            None,
        ),
        _ => None,
    }
}

fn each<'a>(see: &mut dyn FnMut(Row<'a>), row: Option<Row<'a>>) {
    if let Some(row) = row {
        see(row);
    }
}

fn weighted(parts: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (value, part) in parts {
        if value.is_nan() {
            return None;
        }
        sum += value * part;
        weight += part;
    }
    (weight > 0.0).then(|| sum / weight)
}

/// Share at minimum proficiency at a grade of a level; the last one where no grade is given.
fn learned(
    run: &Trajectory,
    pass: &Pass,
    t: usize,
    base: crate::scenario::parameters::NumberSlot,
    level: Level,
    grade: Option<usize>,
) -> Option<f64> {
    let table = run.model.levels.iter().find(|table| table.level == level)?;
    let grade = grade.unwrap_or(table.grades).min(table.grades);
    Some(proficiency(
        Model::number(&run.parameters, base),
        pass.theta(t, table.first_grade + grade - 1),
    ))
}

/// How a target fares.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The target.
    pub target: Target,
    /// Value in the target year with the plan.
    pub reached: Option<f64>,
    /// Value in the base year.
    pub base: Option<f64>,
    /// Value in the target year without the plan.
    pub without: Option<f64>,
}

impl Progress {
    /// Whether the target is met; false where the value is not known.
    #[must_use]
    pub fn met(&self) -> bool {
        self.reached
            .is_some_and(|value| value >= self.target.at_least.value - 1e-9)
    }
}

/// Targets of the scenario against what the run reaches.
#[must_use]
pub fn scoreboard(run: &Trajectory) -> Vec<Progress> {
    let base = run.model.scenario.base_year;
    run.model
        .scenario
        .targets
        .iter()
        .map(|target| {
            let t = usize::try_from(target.year - base)
                .unwrap_or(0)
                .min(run.model.years - 1);
            let of = |pass: &Pass, t: usize| value(run, pass, t, &target.indicator, target.level);
            Progress {
                target: target.clone(),
                reached: of(&run.run.plan, t),
                base: of(&run.run.plan, 0),
                without: of(&run.run.twin, t),
            }
        })
        .collect()
}

/// The part of reach whose lack holds a scope back most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Binding {
    /// Electricity.
    Power,
    /// Link.
    Link,
    /// Devices.
    Devices,
    /// Ready teachers.
    Teachers,
}

impl Binding {
    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Power => "power",
            Self::Link => "links",
            Self::Devices => "devices",
            Self::Teachers => "teachers",
        }
    }
}

/// What holds a scope back: the part which, were it everywhere, would raise reach most; the scarcest where none alone would.
#[must_use]
pub fn binding(model: &Model, p: &[f64], pass: &Pass, t: usize, scope: Scope<'_>) -> Option<Binding> {
    let part = |over, under| ratio(pass, model, t, scope, over, under);
    let power = part(stat::POWERED, stat::SCHOOLS)?;
    let link = part(stat::LINKED_RAW, stat::SCHOOLS)?;
    let devices = part(stat::EQUIPPED_RAW, stat::SCHOOLS)?;
    let ready = part(stat::READY, stat::TEACHERS)?;
    let bundling = super::access::bundling(model, p, t, t >= model.plan_from);
    let reach = |power: f64, link: f64, devices: f64, ready: f64| {
        let service = super::access::Service {
            power: all(power),
            link: all(link.min(power)),
            devices: all(devices.min(power)),
            ready: all(ready),
        };
        first(service.reach(bundling))
    };
    let parts = [Binding::Power, Binding::Link, Binding::Devices, Binding::Teachers];
    let now = reach(power, link, devices, ready);
    let gains = [
        reach(1.0, link, devices, ready),
        reach(power, 1.0, devices, ready),
        reach(power, link, 1.0, ready),
        reach(power, link, devices, 1.0),
    ]
    .map(|with| with - now);
    let most = gains.iter().copied().fold(0.0, f64::max);
    let which = if most > 1e-9 {
        gains.iter().position(|gain| *gain == most)?
    } else {
        let shares = [power, link, devices, ready];
        let least = shares.iter().copied().fold(f64::INFINITY, f64::min);
        shares.iter().position(|share| *share == least)?
    };
    Some(parts[which])
}

/// Position of a level, locality and region; none stands for all.
type Key<'a> = (Option<usize>, Option<Locality>, Option<&'a str>);

/// The bins of each scope of indicators.csv that has any, in its order.
fn scopes(model: &Model) -> BTreeMap<Key<'_>, Vec<u32>> {
    let mut scopes: BTreeMap<Key<'_>, Vec<u32>> = BTreeMap::new();
    for (bin, cut) in (0..).zip(&model.cuts) {
        for level in [None, Some(cut.level)] {
            for locality in [None, Some(cut.locality)] {
                let region = Some(cut.region.as_str()).filter(|region| !region.is_empty());
                scopes.entry((level, locality, None)).or_default().push(bin);
                if region.is_some() {
                    scopes.entry((level, locality, region)).or_default().push(bin);
                }
            }
        }
    }
    scopes
}

/// Shows all indicators of a run, year by year. They are not held all at once: there are many for each group.
pub fn each_row<'a>(run: &'a Trajectory, see: &mut dyn FnMut(Row<'a>)) {
    let scopes = scopes(&run.model);
    for t in 0..run.model.years {
        for key in scopes.keys() {
            by_scope(run, t, *key, &scopes, see);
        }
        national(run, t, see);
    }
}

/// All indicators of a run, year by year.
#[must_use]
pub fn rows(run: &Trajectory) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    each_row(run, &mut |row| rows.push(row));
    rows
}

fn by_scope<'a>(
    run: &'a Trajectory,
    t: usize,
    key: Key<'a>,
    scopes: &BTreeMap<Key<'a>, Vec<u32>>,
    see: &mut dyn FnMut(Row<'a>),
) {
    let Trajectory {
        model, parameters: p, ..
    } = run;
    let pass = &run.run.plan;
    let (level, locality, region) = key;
    let bins = scopes[&key].as_slice();
    if pass.over_these(t, stat::SCHOOLS, bins) <= 0.0 {
        return;
    }
    let row = |indicator: &'static str, value: f64, unit: Unit| Row {
        year: model.calendar(t),
        indicator: indicator.into(),
        level: level.map(|level| model.levels[level].level),
        region: region.unwrap_or_default(),
        locality,
        sex: "",
        wealth: "",
        disability: "",
        value,
        unit,
    };
    let entitled = Model::number(p, model.slots.country.people.entitled);
    for (code, over, under, unit) in RATIOS {
        if let Some(value) = ratio_of(pass, t, bins, *over, *under) {
            see(row(code, value, *unit));
        }
    }
    for (code, over, under, unit) in ENTITLED {
        if let Some(value) = ratio_of(pass, t, bins, *over, *under) {
            see(row(code, value * entitled, *unit));
        }
    }
    // Rural against urban, where both are in the scope.
    let sides = |over, under| {
        [Locality::Rural, Locality::Urban].map(|side| {
            let bins = scopes.get(&(level, Some(side), region))?;
            ratio_of(pass, t, bins, over, under)
        })
    };
    // By person, as margins.
    for (which, code) in [(1, "reach"), (2, "dose")] {
        let of = |margin: usize| {
            let learners = pass.persons_these(t, margin, 0, bins);
            (learners > 0.0).then(|| pass.persons_these(t, margin, which, bins) / learners)
        };
        let mut put = |margin: usize, sex: &'static str, wealth: &'static str, disability: &'static str| {
            if let Some(value) = of(margin) {
                see(Row {
                    sex,
                    wealth,
                    disability,
                    ..row(code, value, Unit::Share)
                });
            }
        };
        put(0, "female", "", "");
        put(1, "male", "", "");
        for (fifth, name) in WEALTH.iter().enumerate() {
            put(2 + fifth, "", name, "");
        }
        put(7, "", "", "with");
        put(8, "", "", "without");
        for (dimension, low, high) in [("sex", 0, 1), ("wealth", 2, 6), ("disability", 7, 8)] {
            compare([of(low), of(high)], code, dimension, &row, see);
        }
        if locality.is_none() {
            let over = if which == 1 { stat::REACHED } else { stat::DOSE };
            compare(sides(over, stat::LEARNERS), code, "locality", &row, see);
        }
    }
    if locality.is_none() {
        for (code, over) in [
            ("4.a.1.a", stat::POWERED),
            ("4.a.1.b", stat::LINKED),
            ("4.a.1.c", stat::EQUIPPED),
        ] {
            compare(sides(over, stat::SCHOOLS), code, "locality", &row, see);
        }
    }
}

/// Gap (`gap.<code>.<dimension>`, points) and adjusted parity (`4.5.1.<code>.<dimension>`) of two sides.
fn compare<'a>(
    sides: [Option<f64>; 2],
    code: &str,
    dimension: &str,
    row: &dyn Fn(&'static str, f64, Unit) -> Row<'a>,
    see: &mut dyn FnMut(Row<'a>),
) {
    let [Some(low), Some(high)] = sides else { return };
    let named = |start: &str, value: f64, unit: Unit| Row {
        indicator: format!("{start}.{code}.{dimension}").into(),
        ..row("", value, unit)
    };
    see(named("gap", gap(low, high), Unit::Points));
    if let Some(value) = adjusted_parity(low, high) {
        see(named("4.5.1", value, Unit::Ratio));
    }
}

fn national<'a>(run: &'a Trajectory, t: usize, see: &mut dyn FnMut(Row<'a>)) {
    let Trajectory {
        model,
        parameters: p,
        run: workspace,
        ..
    } = run;
    let (demand, pass) = (&workspace.demand, &workspace.plan);
    let row = |indicator: &'static str, level: Option<Level>, value: f64, unit: Unit| Row {
        year: model.calendar(t),
        indicator: indicator.into(),
        level,
        region: "",
        locality: None,
        sex: "",
        wealth: "",
        disability: "",
        value,
        unit,
    };
    for (index, table) in model.levels.iter().enumerate() {
        let level = Some(table.level);
        see(row("learners", level, demand.learners(t, index), Unit::Count));
        see(row("teachers", level, demand.teachers(t, index), Unit::Count));
        see(row("hires", level, demand.hires(t, index), Unit::Count));
        see(row("ger", level, demand.ger(model, p, t, index), Unit::Ratio));
        each(
            see,
            demand
                .out_of_school(model, p, t, index)
                .map(|v| row("out_of_school", level, v, Unit::Share)),
        );
        each(
            see,
            demand
                .completion(model, p, t, index)
                .map(|v| row("4.1.2", level, v, Unit::Share)),
        );
        each(
            see,
            value(run, pass, t, "4.c.1", level).map(|v| row("4.c.1", level, v, Unit::Share)),
        );
        see(row(
            "theta",
            level,
            pass.theta(t, table.first_grade + table.grades - 1),
            Unit::Sd,
        ));
    }
    each(
        see,
        value(run, pass, t, "4.c.1", None).map(|v| row("4.c.1", None, v, Unit::Share)),
    );
    let learning = &model.slots.country.learning;
    for (code, slot, level, grade) in [
        ("4.1.1.a.reading", learning.early_reading, Level::Primary, Some(3)),
        (
            "4.1.1.a.mathematics",
            learning.early_mathematics,
            Level::Primary,
            Some(3),
        ),
        ("4.1.1.b.reading", learning.primary_reading, Level::Primary, None),
        (
            "4.1.1.b.mathematics",
            learning.primary_mathematics,
            Level::Primary,
            None,
        ),
        (
            "4.1.1.c.reading",
            learning.lower_secondary_reading,
            Level::LowerSecondary,
            None,
        ),
        (
            "4.1.1.c.mathematics",
            learning.lower_secondary_mathematics,
            Level::LowerSecondary,
            None,
        ),
    ] {
        each(
            see,
            slot.and_then(|slot| learned(run, pass, t, slot, level, grade))
                .map(|v| row(code, Some(level), v, Unit::Share)),
        );
    }
    if t > 0 {
        let (gained, leaving) = learning_adjusted_years(model, p, demand, pass, t);
        let (without, _) = learning_adjusted_years(model, p, demand, &workspace.twin, t);
        if leaving > 0.0 {
            see(row("lays", None, (gained - without) / leaving, Unit::Years));
        }
    }
}
