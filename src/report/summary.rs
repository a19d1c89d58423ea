//! What `rollcall run` says on one screen: targets against reached, cost, who pays, what breaks, what it rests on.

use std::fmt::Write;

use super::burden::is_goods;
use super::disputed::{entering, of_spending};
use super::shocked::shocked;
use super::trust::trust;
use crate::model::funding::source::SourceId;
use crate::model::measures::{Binding, Dark, Progress, binding, scoreboard};
use crate::model::{Model, Pass, Trajectory, ledger};
use crate::scenario::field::ROOT;
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::person::Person;
use crate::scenario::price_basis::{DatedRate, PriceBasis};
use crate::scenario::read::plain;
use crate::scenario::registry::{Entry, Leaf};
use crate::scenario::target::Bound;
use crate::scenario::visible::visible;
use crate::scenario::{Component, Country, Level, Locality, Scenario, Target};
use crate::units::{Style, Unit, fixed, with_minus};

/// Most lines of a summary.
pub const LINES: usize = 25;

/// Most characters of a line.
pub const WIDTH: usize = 100;

/// Room for the name of a target, beside its numbers.
const NAME: usize = 42;

/// Lines that targets have at least, their heading included.
const LEAST_TARGETS: usize = 4;

/// Most columns of years; a longer run is shown in periods.
const COLUMNS: usize = 6;

/// The summary of a run, at most [`LINES`] lines of at most [`WIDTH`] characters.
#[must_use]
pub fn summary(run: &Trajectory) -> String {
    let scenario = &run.model.scenario;
    let head = [
        scenario.title.lines().next().unwrap_or_default().to_owned(),
        format!(
            "{} ({}){}; base year {}, plan {} to {}; constant US$ of {}",
            scenario.country.name,
            scenario.country.iso3,
            levels_left_out(&scenario.country),
            scenario.base_year,
            scenario.plan_from,
            scenario.horizon,
            scenario.price_year
        ),
    ];
    let shocked = shocked(run).map_or_else(Vec::new, |text| wrap(&text, WIDTH));
    // Explanations give way where targets and sources need the room.
    let tail = |explained: bool, components: usize| {
        let mut tail = cost_table(run, components);
        tail.extend(catching_up(run));
        tail.extend(payers(run));
        if explained {
            tail.extend(put_off(run));
        }
        tail.extend(wrap(&per_learner(run), WIDTH));
        tail.extend(shocked.iter().cloned());
        tail.push(ahead(run));
        tail.push(dark(run));
        if run.lend().reserve_may_help() {
            tail.push(
                "Keeping went unpaid after money that could wait was spent: reserve_years may set some aside for it."
                    .into(),
            );
        }
        let cut = |text: String| if explained { wrap(&text, WIDTH) } else { vec![text] };
        tail.extend(cut(held_back(run)));
        tail.push(rests_on(run));
        tail.push(learning(run));
        tail.extend(warnings(run).into_iter().flat_map(cut));
        tail
    };
    // Then small components do, in one row.
    let too_many = |tail: &[String]| (head.len() + tail.len() + LEAST_TARGETS).saturating_sub(LINES);
    let mut shown = tail(true, usize::MAX);
    if too_many(&shown) > 0 {
        shown = tail(false, usize::MAX);
    }
    if too_many(&shown) > 0 {
        shown = tail(false, costed(run).count() - too_many(&shown).min(costed(run).count()));
    }
    let tail = shown;
    let room = LINES.saturating_sub(head.len() + tail.len());
    let lines: Vec<String> = head.into_iter().chain(targets(run, room)).chain(tail).collect();
    let mut text = String::new();
    for line in lines.iter().take(LINES) {
        // Some terminals have no narrow space.
        let line = line.replace('\u{202f}', " ");
        text.push_str(clip(line.trim_end(), WIDTH).trim_end());
        text.push('\n');
    }
    text
}

/// Levels that are in no number, where there are any.
pub(super) fn levels_left_out(country: &Country) -> String {
    match country.levels_left_out()[..] {
        [] => String::new(),
        [one] => format!(", without {}", one.in_words()),
        [one, other] => format!(", without {} and {}", one.in_words(), other.in_words()),
        _ => ", without any level".into(),
    }
}

/// A text cut to a number of characters as they are shown, with dots where something is missing.
pub(super) fn clip(text: &str, most: usize) -> String {
    let text = visible(text);
    if text.chars().count() <= most {
        text.into_owned()
    } else {
        text.chars().take(most - 3).chain("...".chars()).collect()
    }
}

fn targets(run: &Trajectory, room: usize) -> Vec<String> {
    let board = scoreboard(run.lend());
    if board.is_empty() {
        return vec!["Targets: the scenario states none.".into()];
    }
    let mut lines = vec![format!(
        "{:<NAME$}{:>9}{:>10}{:>9}{:>7}",
        format!("Targets{}", levels_left_out(&run.model.scenario.country)),
        run.model.scenario.base_year,
        "reached",
        "target",
        "by"
    )];
    let rows = room.saturating_sub(1).max(1);
    let mut board: Vec<&Progress> = board.iter().collect();
    let country = &run.model.scenario.country;
    let in_full: Vec<String> = board
        .iter()
        .flat_map(|progress| target(progress, country, true))
        .collect();
    if in_full.len() <= rows {
        lines.extend(in_full);
        return lines;
    }
    let (shown, rest) = if board.len() <= rows {
        (board.len(), 0)
    } else {
        (rows - 1, board.len() - (rows - 1))
    };
    if rest > 0 {
        // Where there is no room for all, what is missed is shown first.
        board.sort_by_key(|progress| progress.met());
    }
    lines.extend(
        board
            .iter()
            .take(shown)
            .flat_map(|progress| target(progress, country, false)),
    );
    if rest > 0 {
        let met = board[shown..].iter().filter(|progress| progress.met()).count();
        lines.push(match rest {
            1 => format!("  and 1 more target, {}", if met == 1 { "met" } else { "missed" }),
            rest => format!("  and {rest} more targets, of which {met} met"),
        });
    }
    lines
}
/// What a target is about, in words.
#[must_use]
pub(crate) fn target_name(target: &Target, country: &Country) -> String {
    // Two subjects share a code of SDG 4.
    let code = target.indicator.code();
    let code = code.trim_end_matches(".reading").trim_end_matches(".mathematics");
    let scope = target.scope();
    let parts = [
        target.level_in(country).map(Level::in_words),
        scope.region,
        scope.locality.map(Locality::name),
        scope.person.map(Person::in_words),
    ];
    let mut words = format!("{} ({code})", target.indicator.in_words());
    for part in parts.into_iter().flatten() {
        words.push_str(", ");
        words.push_str(part);
    }
    words
}

/// A target: its numbers beside its name, or beside the first line of a long name that is told whole.
fn target(progress: &Progress, country: &Country, whole: bool) -> Vec<String> {
    let unit = progress.target.indicator.unit();
    // Sums of money have their scale beside the name, as in the table below, and points their word; learners per device
    // are in the name of what is counted.
    let (beside, size) = match unit {
        Unit::Usd => scale(progress.goal.abs().max(progress.reached.map_or(0.0, f64::abs))),
        Unit::Points => ("points", 1.0),
        _ => ("", 1.0),
    };
    let show = |value: f64| match unit {
        Unit::Usd | Unit::Points | Unit::LearnersPerDevice => amount(value / size),
        Unit::UsdPerLearner => Unit::Usd.show(value),
        unit => unit.show(value),
    };
    let never = progress.target.indicator == Measure::FirstDarkYear.into();
    let known = |value: Option<f64>| match value {
        None if never => "none".into(),
        None => "no data".into(),
        Some(value) => show(value),
    };
    let name = target_name(&progress.target, country);
    let name = match beside {
        "" => name,
        beside => format!("{name}, {beside}"),
    };
    let goal = match progress.target.bound() {
        Bound::AtLeast => show(progress.goal),
        Bound::AtMost => format!("{} {}", Bound::AtMost.sign(), show(progress.goal)),
    };
    let name = visible(&name);
    let name = if whole {
        wrap(&name, NAME - 3)
    } else {
        vec![name.into_owned()]
    };
    let mut lines: Vec<String> = name.iter().map(|line| clip(&format!("  {line}"), NAME - 1)).collect();
    lines[0] = format!(
        "{:<NAME$}{:>9}{:>10}{:>9}{:>7}  {}",
        lines[0],
        known(progress.base),
        known(progress.reached),
        goal,
        progress.target.year,
        verdict(progress, unit, &show),
    );
    lines
}

/// Met, missed by how much, or why it cannot be said.
fn verdict(progress: &Progress, unit: Unit, show: &dyn Fn(f64) -> String) -> String {
    match progress.reached {
        _ if progress.met() => "met".into(),
        None => "not known".into(),
        Some(value) => {
            let short = progress.target.bound().missed_by(value, progress.goal);
            let short = match unit {
                Unit::Share => points(short * 100.0),
                Unit::CalendarYear => Unit::Years.show(short),
                _ => show(short),
            };
            format!("missed by {short}")
        }
    }
}

fn points(value: f64) -> String {
    if value < 0.05 {
        "less than 0.1 points".into()
    } else {
        Unit::Points.show(value)
    }
}

/// Money in a table: a word for the unit and its size.
fn scale(total: f64) -> (&'static str, f64) {
    match total {
        total if total >= 50e9 => ("US$ billion", 1e9),
        total if total >= 5e6 => ("US$ million", 1e6),
        _ => ("US$ thousand", 1e3),
    }
}

/// Years of the plan's money in at most [`COLUMNS`] periods: first and last index.
fn periods(years: usize) -> Vec<(usize, usize)> {
    let length = (years - 1).div_ceil(COLUMNS).max(1);
    (1..years)
        .step_by(length)
        .map(|first| (first, (first + length - 1).min(years - 1)))
        .collect()
}

/// What all services take when all is paid for, those that stand included.
fn total(run: &Trajectory) -> f64 {
    (1..run.model.years).map(|t| run.in_full().year_need(t)).sum()
}

/// What of it has no source.
fn to_find(run: &Trajectory) -> f64 {
    (1..run.model.years).map(|t| run.to_find_for_all(t)).sum()
}

/// A measure over all years.
fn in_all(run: &Trajectory, measure: Measure) -> Option<f64> {
    run.lend().over(measure, Scope::ALL, 1..run.model.years)
}

/// What it costs to do it all, what of that is paid for in this run, and what is to be found.
/// Components that cost anything, with a plan or without.
fn costed(run: &Trajectory) -> impl Iterator<Item = (Component, f64)> {
    let cost = |component: Component| {
        let need = |pass: &Pass| {
            (1..run.model.years)
                .map(|t| pass.component_need(t, component))
                .sum::<f64>()
        };
        (component, need(run.in_full()).max(need(run.twin_in_full())))
    };
    Component::ALL
        .iter()
        .map(move |component| cost(*component))
        .filter(|(_, cost)| *cost != 0.0)
}

/// What components cost, at most so many rows of them: the smallest share one.
fn cost_table(run: &Trajectory, most: usize) -> Vec<String> {
    let (plan, full, twin, lent) = (&run.run.plan, run.in_full(), run.twin_in_full(), run.lend());
    let periods = periods(run.model.years);
    let (unit, size) = scale(total(run));
    let mut header = format!("{:<20}", format!("Cost, {unit}"));
    for (first, last) in &periods {
        let (first, last) = (run.model.calendar(*first), run.model.calendar(*last));
        let years = if first == last {
            first.to_string()
        } else {
            format!("{first}-{:02}", last % 100)
        };
        let _ = write!(header, "{years:>8}");
    }
    let _ = write!(header, "{:>9}{:>9}{:>9}", "total", "existing", "plan");
    let mut lines = vec![header];
    let row = |name: &str, planned: &dyn Fn(usize) -> f64, without: &dyn Fn(usize) -> f64| {
        let sum = |of: &dyn Fn(usize) -> f64, (first, last): (usize, usize)| (first..=last).map(of).sum::<f64>() / size;
        let all = (1, run.model.years - 1);
        let mut line = format!("{name:<20}");
        for period in &periods {
            let _ = write!(line, "{:>8}", amount(sum(planned, *period)));
        }
        let (total, existing) = (sum(planned, all), sum(without, all));
        let _ = write!(
            line,
            "{:>9}{:>9}{:>9}",
            amount(total),
            amount(existing),
            amount(total - existing)
        );
        line
    };
    let mut others: Vec<(Component, f64)> = costed(run).collect();
    others.sort_by(|a, b| b.1.total_cmp(&a.1));
    let own = if others.len() <= most {
        others.len()
    } else {
        most.saturating_sub(1)
    };
    let others: Vec<Component> = others
        .split_off(own)
        .into_iter()
        .map(|(component, _)| component)
        .collect();
    for (component, _) in costed(run).filter(|(component, _)| !others.contains(component)) {
        let name = format!("  {}", component.name());
        lines.push(row(&name, &|t| full.component_need(t, component), &|t| {
            twin.component_need(t, component)
        }));
    }
    if !others.is_empty() {
        let sum = |pass: &Pass, t: usize| others.iter().map(|component| pass.component_need(t, *component)).sum();
        lines.push(row("  others", &|t| sum(full, t), &|t| sum(twin, t)));
    }
    let mut put = |name: &str, planned: &dyn Fn(usize) -> f64, without: &dyn Fn(usize) -> f64| {
        lines.push(row(name, planned, without));
    };
    put("  to do it all", &|t| full.year_need(t), &|t| twin.year_need(t));
    put("  has a source", &|t| plan.year_funded(t), &|t| lent.twin_paid(t));
    put("  to find", &|t| run.to_find_for_all(t), &|t| {
        twin.year_need(t) - lent.twin_paid(t)
    });
    lines
}

/// Why what is to be found falls below zero, where the table shows it so.
fn catching_up(run: &Trajectory) -> Option<String> {
    let size = scale(total(run)).1;
    let of_period = |(first, last): &(usize, usize)| (*first..=*last).map(|t| run.to_find_for_all(t)).sum::<f64>();
    let below = periods(run.model.years)
        .iter()
        .any(|period| of_period(period) / size < -0.05);
    below.then(|| "To find is below zero in a year that pays what an earlier one put off.".to_owned())
}

/// Lapsed money and savings are easily misread: what they mean, where there are any.
fn put_off(run: &Trajectory) -> Vec<String> {
    let years = 1..run.model.years;
    let size = scale(total(run)).1;
    let mut said: Vec<String> = Vec::new();
    let money = &run.run.money;
    let held_up: Vec<String> = money
        .ids()
        .filter(|source| !is_goods(run, *source))
        .filter_map(|source| {
            let held = || years.clone().filter(|t| money.held_up(*t, source));
            let name = clip(ledger::source_name(run, source), 30);
            let (first, last) = (
                run.model.calendar(held().next()?),
                run.model.calendar(held().next_back()?),
            );
            Some(if first == last {
                format!("{name} ({first})")
            } else {
                format!("{name} ({first} to {last})")
            })
        })
        .collect();
    if !held_up.is_empty() {
        said.push(format!(
            "Money that could not be spent in its year: {}.",
            held_up.join(", ")
        ));
    }
    let gap = to_find(run);
    let lapsed: f64 = run
        .run
        .money
        .ids()
        .skip(1)
        .flat_map(|s| years.clone().map(move |t| run.run.money.of(t, s).lapsed.0))
        .sum();
    if gap > 0.002 * total(run) && lapsed > gap {
        said.push(
            "Money lapsed although years are unfunded: cheap money goes first, and a budget not asked for is gone."
                .into(),
        );
    }
    let saves = Component::ALL.iter().any(|component| {
        let beyond: f64 = years
            .clone()
            .map(|t| run.in_full().component_need(t, *component) - run.twin_in_full().component_need(t, *component))
            .sum();
        beyond / size < -0.05
    });
    if saves {
        said.push("A negative cost of the plan is a saving on what existing services would have bought.".into());
    }
    said.iter().flat_map(|text| wrap(text, WIDTH)).collect()
}

fn amount(value: f64) -> String {
    with_minus(&fixed(value, 1))
}

/// An amount in running text: thousands apart.
fn told(value: f64) -> String {
    Style::ENGLISH.format.fixed(value, 1)
}

fn payers(run: &Trajectory) -> Vec<String> {
    let money = &run.run.money;
    let (unit, size) = scale(total(run));
    let spent = |s: SourceId| (1..run.model.years).map(|t| money.of(t, s).spent.0).sum::<f64>();
    let mut sources: Vec<(&str, f64)> = money.ids().map(|s| (ledger::source_name(run, s), spent(s))).collect();
    // Stable: equal amounts keep the order of the file.
    sources.sort_by(|a, b| b.1.total_cmp(&a.1));
    let over = |measure| in_all(run, measure).unwrap_or(0.0);
    let (gap, of_plan, full) = (to_find(run), over(Measure::ToFind), over(Measure::CostFull));
    let lapsed: f64 = money
        .ids()
        .flat_map(|s| (1..run.model.years).map(move |t| money.of(t, s)))
        .map(|year| (year.lapsed + year.returned).0)
        .sum();
    let line = |most: usize| {
        let mut parts: Vec<String> = sources
            .iter()
            .take(most)
            .map(|(name, spent)| format!("{} {}", clip(name, 30), told(spent / size)))
            .collect();
        if sources.len() > most {
            let rest: f64 = sources[most..].iter().map(|(_, spent)| spent).sum();
            let more = match sources.len() - most {
                1 => "1 more source".into(),
                count => format!("{count} more sources"),
            };
            parts.push(format!("{more} {}", told(rest / size)));
        }
        let share = if full > 0.0 && of_plan > 0.0 {
            format!(" ({} of the plan)", Unit::Share.show(of_plan / full))
        } else {
            String::new()
        };
        parts.push(format!("to find {}{share}", told(gap / size)));
        // Money that was there and was not used belongs beside a gap.
        if lapsed > 0.005 * total(run) {
            parts.push(format!("lapsed or returned {}", told(lapsed / size)));
        }
        wrap(&format!("Paid by, {unit}: {}.", parts.join(", ")), WIDTH)
    };
    // As many sources by name as two lines hold.
    (1..=sources.len())
        .rev()
        .map(line)
        .find(|lines| lines.len() <= 2)
        .unwrap_or_else(|| line(1))
}

/// Lines of at most so many characters; all but the first are indented.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("a line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(format!("  {word}"));
        }
    }
    lines
}

fn per_learner(run: &Trajectory) -> String {
    let each = Unit::Usd.show(run.lend().full_per_learner().unwrap_or(0.0));
    let paid = Unit::Usd.show(in_all(run, Measure::CostPerLearner).unwrap_or(0.0));
    let paid = paid.trim_start_matches("US$ ");
    let share = |share: f64| Unit::Share.show(share);
    // A country that spends nothing on education has no share to be told.
    let Some(of) = of_spending(run) else {
        return format!(
            "Per learner and year: {each}, paid {paid}. All services: not known of education spending (plan not known)."
        );
    };
    let disputed = of.disputed.map_or_else(String::new, |(ours, other, all)| {
        format!(
            "; {} if that is {} of GDP, not {}: published figures differ",
            share(all),
            share(other),
            share(ours)
        )
    });
    format!(
        "Per learner and year: {each}, paid {paid}. All services: {} of education spending (plan {}){disputed}.",
        share(of.all),
        share(of.plan),
    )
}

/// The bill after the last year, at the scale of the table.
fn ahead(run: &Trajectory) -> String {
    let bill = run.ahead();
    let [all, plan] = bill.full.a_year();
    let [_, paid] = bill.paid.a_year();
    let (unit, size) = scale(total(run));
    let most = bill.debt_service.iter().copied().fold(0.0, f64::max);
    let debt = if most > 0.0 {
        format!("; debt service to {}", told(most / size))
    } else {
        String::new()
    };
    format!(
        "After {}, {unit} a year: {} keep it all up (plan {}, paid {}){debt}.",
        bill.year - 1,
        told(all / size),
        told(plan / size),
        told(paid / size),
    )
}

fn dark(run: &Trajectory) -> String {
    let threshold = Unit::Share.show(Model::number(&run.parameters, run.model.slots.funding.dark));
    match run.lend().dark() {
        Dark::NothingInService => "No school ever has power, internet and devices in service together.".into(),
        Dark::Never => format!(
            "No dark year: never do {threshold} of schools lose power, internet or devices that they had in service."
        ),
        Dark::From {
            year,
            share,
            schools,
            learners,
            first,
        } => format!(
            "First dark year {year}: {} schools ({} of those in service), {} learners; {} went first.",
            Unit::Count.show(schools),
            Unit::Share.show(share),
            Unit::Count.show(learners),
            first.name()
        ),
    }
}

fn held_back(run: &Trajectory) -> String {
    let model = &run.model;
    let last = model.years - 1;
    let of = |level: Option<Level>, locality: Locality| {
        let scope = Scope {
            level,
            locality: Some(locality),
            ..Scope::ALL
        };
        binding(run.lend(), last, scope)
    };
    let mut found: Vec<(Binding, Level, Locality)> = Vec::new();
    for table in &model.levels {
        for locality in Locality::ALL {
            found.extend(of(Some(table.level), *locality).map(|binding| (binding, table.level, *locality)));
        }
    }
    let mut kinds: Vec<Binding> = found.iter().map(|(binding, ..)| *binding).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let parts: Vec<String> = kinds
        .iter()
        .map(|kind| format!("{} ({})", kind.name(), where_in_words(*kind, &found)))
        .collect();
    let horizon = model.scenario.horizon;
    match parts.as_slice() {
        [] => format!("What holds reach back in {horizon} cannot be said: no schools."),
        parts => format!("Reach is held back most in {horizon} by: {}.", parts.join("; ")),
    }
}

/// `rural; urban primary`: whole localities and levels first.
fn where_in_words(kind: Binding, found: &[(Binding, Level, Locality)]) -> String {
    let here: Vec<_> = found.iter().filter(|(binding, ..)| *binding == kind).collect();
    if here.len() == found.len() {
        return "everywhere".into();
    }
    let mut words = Vec::new();
    let mut named: Vec<(Level, Locality)> = Vec::new();
    for locality in Locality::ALL {
        let (all, ours) = (
            found.iter().filter(|f| f.2 == *locality).count(),
            here.iter().filter(|f| f.2 == *locality).count(),
        );
        if ours > 0 && all == ours {
            words.push(format!("all {locality}"));
            named.extend(here.iter().filter(|f| f.2 == *locality).map(|f| (f.1, f.2)));
        }
    }
    for (_, level, locality) in here {
        if !named.contains(&(*level, *locality)) {
            words.push(format!("{locality} {}", level.in_words()));
        }
    }
    words.join(", ")
}

fn rests_on(run: &Trajectory) -> String {
    let trust = trust(run);
    let share = if trust.cost > 0.0 {
        Unit::Share.show(trust.low_cost / trust.cost)
    } else {
        "none".into()
    };
    format!(
        "Low confidence: {} of {} inputs, and prices behind {share} of the cost.",
        trust.grounds.assumed(),
        trust.grounds.all()
    )
}

fn learning(run: &Trajectory) -> String {
    let model = &run.model;
    let last = model.years - 1;
    if model.scenario.plan.learning.is_empty() {
        return "Learning: no gain, for the plan names no mode of learning (`plan.learning`).".into();
    }
    let Some(level) = model.levels.first() else {
        return String::new();
    };
    let gain = run
        .lend()
        .value(Measure::LearningGain, Scope::of(Some(level.level)), last)
        .unwrap_or(0.0);
    let value = match in_all(run, Measure::LearningYearsPerMoney) {
        Some(years) if years != 0.0 => format!("; {} learning-adjusted years per US$ 100 of plan", fixed(years, 3)),
        _ => String::new(),
    };
    let gain = with_minus(&fixed(gain, 2));
    let plus = if gain.starts_with('\u{2212}') { "" } else { "+" };
    format!(
        "Learning by {}: {plus}{gain} SD at the end of {}{value}.",
        model.scenario.horizon,
        level.level.in_words()
    )
}

fn warnings(run: &Trajectory) -> Vec<String> {
    let mut said = Vec::new();
    let entering: Vec<String> = entering(run)
        .into_iter()
        .map(|(level, ratio)| format!("{} {}", level.in_words(), fixed(ratio, 2)))
        .collect();
    if !entering.is_empty() {
        said.push(format!(
            "entrants over graduates of the level below: {}",
            entering.join(", ")
        ));
    }
    if run.run.plan.theta_capped {
        let ceiling = Model::number(&run.parameters, run.model.slots.evidence.ceiling);
        said.push(format!(
            "learning gains reach the ceiling of {}",
            Unit::Sd.show(ceiling)
        ));
    }
    let capped: Vec<&str> = run
        .model
        .levels
        .iter()
        .zip(&run.run.demand.progression)
        .filter(|(_, progress)| progress.capped)
        .map(|(table, _)| table.level.in_words())
        .collect();
    if !capped.is_empty() {
        said.push(format!(
            "published intake of {} asks for more than full promotion and is capped",
            capped.join(", ")
        ));
    }
    let mut lines = exchanged(&run.model.scenario);
    if !said.is_empty() {
        lines.push(format!("Mind: {}.", said.join("; ")));
    }
    lines
}

/// At which rates amounts in other currencies were exchanged.
fn exchanged(scenario: &Scenario) -> Vec<String> {
    let basis = PriceBasis::of(scenario);
    let mut rates: Vec<String> = Vec::new();
    scenario.walk("", &ROOT, &mut |_, field, leaf| {
        let passport = match leaf {
            Leaf::Number(number) => number.passport.as_deref(),
            Leaf::Path(path) => path.passport.as_deref(),
        };
        let passport = passport.filter(|passport| field.is_dated_money() && !passport.currency.is_empty());
        if let Some(Ok(Some(conversion))) = passport.map(|passport| basis.convert(field.unit, passport)) {
            let DatedRate { rate, year } = conversion.exchanged;
            let said = format!("{} {} ({year})", conversion.code, plain(rate));
            if !rates.contains(&said) {
                rates.push(said);
            }
        }
    });
    if rates.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "One US$ was {}, as amounts in other money were exchanged.",
        rates.join(", ")
    )]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_fall_into_at_most_six_periods() {
        assert_eq!(periods(5), [(1, 1), (2, 2), (3, 3), (4, 4)]);
        assert_eq!(periods(15), [(1, 3), (4, 6), (7, 9), (10, 12), (13, 14)]);
        assert!((2..42).all(|years| periods(years).len() <= COLUMNS));
    }

    #[test]
    fn places_are_named_once() {
        use Level::{LowerSecondary, Primary};
        use Locality::{Rural, Urban};
        let found = [
            (Binding::Power, Primary, Rural),
            (Binding::Power, LowerSecondary, Rural),
            (Binding::Power, Primary, Urban),
            (Binding::Link, LowerSecondary, Urban),
        ];
        assert_eq!(where_in_words(Binding::Power, &found), "all rural, urban primary");
        assert_eq!(where_in_words(Binding::Link, &found), "urban lower secondary");
    }

    #[test]
    fn long_text_is_wrapped_and_cut() {
        let text = "word ".repeat(60);
        let lines = wrap(text.trim(), WIDTH);
        // By hand: 20 words of 4 letters with blanks are 99 characters; later lines have two blanks before and hold 19.
        assert_eq!(
            lines
                .iter()
                .map(|line| line.split_whitespace().count())
                .collect::<Vec<_>>(),
            [20, 19, 19, 2]
        );
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH));
        assert_eq!(
            wrap("schools with power, primary", 20),
            ["schools with power,", "  primary"]
        );
        assert_eq!(clip("abcdefgh", 6), "abc...");
        assert_eq!(clip("a\u{1b}[2Jb", 20), "a\\u{1b}[2Jb");
    }
}
