//! What `rollcall compare` says and writes: scenarios side by side.

use std::fmt::Write;
use std::path::Path;

use super::summary::{WIDTH, clip, levels_left_out};
use super::tables::{Table, in_memory, number, text};
use crate::data::COMMIT;
use crate::data::store::{self, Opened, SaveError};
use crate::scenario::measure::{Indicator, Measure};
use crate::scenario::write::quote;
use crate::scenario::{Level, Scenario};
use crate::study::compare::{About, Caution, Comparison, Difference, OutcomeRow, Part, Payer, Value};
use crate::units::{self, Unit, decimals, fixed, magnitude, with_minus};

/// Least and largest width of the names of rows.
const NAME: (usize, usize) = (34, 48);

/// Width of a column from which there is room for the difference from the base.
const WITH_DIFFERENCE: usize = 22;

/// Most differing inputs of a part that are listed.
const LISTED: usize = 30;

/// The comparison as text, at most [`WIDTH`] characters a line. `names` are the files of
/// the scenarios.
#[must_use]
pub fn page(comparison: &Comparison, names: &[String], scenarios: &[&Scenario]) -> String {
    let mut lines: Vec<String> = names
        .iter()
        .zip(scenarios)
        .zip('A'..='Z')
        .map(|((name, scenario), letter)| {
            let base = if letter == 'A' { " (base)" } else { "" };
            let left_out = levels_left_out(&scenario.country);
            let title = scenario.title.lines().next().unwrap_or_default();
            format!("{letter}  {name}{base}{left_out}: {title}")
        })
        .collect();
    if let Some((from, to)) = comparison.common {
        lines.push(format!("Sums are of {from} to {to}; money in constant US$."));
    }
    lines.extend(
        comparison
            .cautions
            .iter()
            .map(|caution| format!("Note: {}", advice(*caution))),
    );
    lines.push(String::new());
    lines.extend(outcomes(comparison, names.len()));
    if comparison
        .differences
        .iter()
        .any(|differing| differing.part() == Part::Funding)
    {
        lines.extend(who_pays(comparison, names.len()));
    }
    for part in Part::ALL {
        let differing: Vec<&Difference> = comparison.differences.iter().filter(|d| d.part() == part).collect();
        if differing.is_empty() {
            continue;
        }
        lines.push(String::new());
        lines.push(match differing.len() {
            1 => format!("{}: 1 input differs", part_name(part)),
            count => format!("{}: {count} inputs differ", part_name(part)),
        });
        for difference in differing.iter().take(LISTED) {
            let values = values(difference);
            let path = &difference.path;
            let one = format!("  {path}  {}", values.join("; "));
            if one.chars().count() <= WIDTH {
                lines.push(one);
            } else {
                lines.push(format!("  {path}"));
                lines.extend(values.into_iter().map(|value| format!("      {value}")));
            }
        }
        if differing.len() > LISTED {
            lines.push(format!(
                "  and {} more; --out DIR writes all of them to differs.csv",
                differing.len() - LISTED
            ));
        }
    }
    if comparison.differences.is_empty() {
        lines.push(String::new());
        lines.push("No input differs.".into());
    }
    let mut page = String::new();
    for line in lines {
        // Some terminals have no narrow space.
        page.push_str(clip(line.replace('\u{202f}', " ").trim_end(), WIDTH).trim_end());
        page.push('\n');
    }
    page
}

/// A value as a person reads it: levels by their names.
fn shown(value: &Value, unit: Unit) -> String {
    let Value::Word(row) = value else {
        return value.show(unit);
    };
    let words: Vec<&str> = row
        .split(", ")
        .map(|word| Level::from_name(word).map_or(word, |level| level.in_words()))
        .collect();
    words.join(", ")
}

/// `A C: 50 %`: each value with the letters of the scenarios that hold it.
fn values(difference: &Difference) -> Vec<String> {
    let mut groups: Vec<(&Option<Value>, String)> = Vec::new();
    for (value, letter) in difference.values.iter().zip('A'..='Z') {
        match groups.iter_mut().find(|(known, _)| *known == value) {
            Some((_, letters)) => {
                letters.push(' ');
                letters.push(letter);
            }
            None => groups.push((value, letter.into())),
        }
    }
    groups
        .into_iter()
        .map(|(value, letters)| {
            let shown = value
                .as_ref()
                .map_or_else(|| "left out".into(), |value| shown(value, difference.field.unit));
            format!("{letters}: {shown}")
        })
        .collect()
}

fn outcomes(comparison: &Comparison, columns: usize) -> Vec<String> {
    let width = ((WIDTH - NAME.0) / columns.max(1)).min(24);
    let names = (WIDTH - columns * width).min(NAME.1);
    let mut head = " ".repeat(names);
    for letter in ('A'..='Z').take(columns) {
        let _ = write!(head, "{letter:>width$}");
    }
    let mut lines = vec![head];
    for row in &comparison.rows {
        let scale = scale(row);
        // A long name is cut before its unit.
        let name = clip(&row_name(row), names - 1 - scale.1.len()) + scale.1;
        let mut line = format!("{name:<names$}");
        for run in 0..columns {
            let value = cell(row, run, scale.0);
            let cell = match row.difference(run) {
                Some(difference) if width >= WITH_DIFFERENCE => {
                    let difference = signed(row, difference, scale.0);
                    format!("{value} ({difference})")
                }
                _ => value,
            };
            let _ = write!(line, "{cell:>width$}");
        }
        lines.push(line);
    }
    lines
}

/// Who pays, kind by kind, and beside it what stands in no need.
fn who_pays(comparison: &Comparison, columns: usize) -> Vec<String> {
    let sums = || comparison.payers.iter().flat_map(|row| &row.sums);
    let most = sums().fold(0.0, |most: f64, sum| most.max(sum.abs()));
    let (size, unit) = if most >= 50e9 {
        (1e9, "billion")
    } else {
        (1e6, "million")
    };
    let width = ((WIDTH - NAME.0) / columns.max(1)).min(24);
    let names = (WIDTH - columns * width).min(NAME.1);
    let mut lines = vec![String::new(), format!("Who pays, US$ {unit}")];
    for row in &comparison.payers {
        if !row.payer.pays() && row.payer != Payer::AllServices && row.sums.iter().all(|sum| sum.abs() < 0.05 * size) {
            continue;
        }
        let mut line = format!("{:<names$}", format!("  {}", payer_name(row.payer)));
        for sum in &row.sums {
            let _ = write!(line, "{:>width$}", with_minus(&fixed(sum / size, 1)));
        }
        lines.push(line);
        if row.payer == Payer::AllServices {
            lines.push("Beside it".into());
        }
    }
    lines
}

fn payer_name(payer: Payer) -> String {
    match payer {
        Payer::ExistingBudget => "Existing budget".into(),
        Payer::Kind("debt2ed") => "Debt2Ed".into(),
        Payer::Kind(word) => {
            let (first, rest) = word.split_at(1);
            format!("{}{}", first.to_uppercase(), rest.replace('_', " "))
        }
        Payer::NoSource => "No source".into(),
        Payer::AllServices => "All services, paid in full".into(),
        Payer::Overhead => "Administration of sources".into(),
        Payer::NotUsed => "Lapsed or returned".into(),
        Payer::DebtService => "Debt service".into(),
        Payer::ServiceAfter => "Debt service after".into(),
    }
}

/// Divisor of a row of money and its unit in words.
fn scale(row: &OutcomeRow) -> (f64, &'static str) {
    let most = row
        .values
        .iter()
        .flatten()
        .fold(0.0, |most: f64, value| most.max(value.abs()));
    match row.unit {
        Unit::Usd if most >= 50e9 => (1e9, ", US$ billion"),
        Unit::Usd if most >= 5e6 => (1e6, ", US$ million"),
        Unit::Usd | Unit::UsdPerLearner => (1.0, ", US$"),
        Unit::Count if most >= 1e6 => (1e6, ", million"),
        _ => (1.0, ""),
    }
}

fn cell(row: &OutcomeRow, run: usize, scale: f64) -> String {
    match row.values[run] {
        None if row.year.is_some() => "not known".into(),
        None => "none".into(),
        Some(value) => match row.unit {
            Unit::Usd | Unit::UsdPerLearner if scale > 1.0 => with_minus(&fixed(value / scale, 1)),
            Unit::Count if scale > 1.0 => fixed(value / scale, 2),
            Unit::Usd | Unit::UsdPerLearner => magnitude(value),
            Unit::Years => plain(row, value),
            unit => unit.show(value),
        },
    }
}

fn plain(row: &OutcomeRow, value: f64) -> String {
    if row.about == Measure::LearningYearsPerMoney.into() {
        with_minus(&fixed(value, 3))
    } else {
        magnitude(value)
    }
}

fn signed(row: &OutcomeRow, difference: f64, scale: f64) -> String {
    units::signed(difference, |size| match row.unit {
        Unit::Share => format!("{} pt", decimals(size * 100.0)),
        Unit::Usd | Unit::UsdPerLearner if scale > 1.0 => fixed(size / scale, 1),
        Unit::Count if scale > 1.0 => fixed(size / scale, 2),
        Unit::CalendarYear | Unit::Count => decimals(size),
        Unit::Years => plain(row, size),
        _ => magnitude(size),
    })
}

/// What a row is about.
fn row_name(row: &OutcomeRow) -> String {
    let words = match row.about {
        About::TargetsMet => "Own targets reached".into(),
        About::Targets => "Own targets".into(),
        About::After => "Keeping up what stands, a year".into(),
        About::Recovery => "What shocks add to the cost".into(),
        About::Indicator(Indicator::Plain(
            measure @ (Measure::CostPaid | Measure::ToFind | Measure::ToFindShare | Measure::LearningYearsPerMoney),
        )) => format!("  {}", measure.name()),
        About::Indicator(indicator) => {
            let name = indicator.in_words();
            let (first, rest) = name.split_at(1);
            format!("{}{rest}", first.to_uppercase())
        }
    };
    let level = row
        .level
        .map_or_else(String::new, |level| format!(", {}", level.in_words()));
    let year = row.year.map_or_else(String::new, |year| format!(", {year}"));
    format!("{words}{level}{year}")
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Plan => "Plan",
        Part::Funding => "Funding",
        Part::Prices => "Prices",
        Part::Country => "Country",
        Part::Other => "Years, learning and targets",
    }
}

/// A caution in a sentence.
fn advice(caution: Caution) -> String {
    match caution {
        Caution::Countries => "the countries differ; read shares and sums per learner across, not totals.".into(),
        Caution::PriceYears => "the price years differ, so that money cannot be compared between columns.".into(),
        Caution::Years { from, to } => {
            format!("base years or horizons differ; only {from} to {to} are common to all.")
        }
        Caution::NoCommonYear => "no year is common to all; only targets and dark years are shown.".into(),
        Caution::Targets => "the targets differ; each scenario is held against its own.".into(),
        Caution::LeftOut => "the levels differ; what a country's figures lack is in none of its numbers.".into(),
    }
}

/// `compare.csv`: outcomes and money. An empty year is the sum over the common years, or the whole run.
#[must_use]
pub(crate) fn outcomes_csv(comparison: &Comparison, names: &[String]) -> Vec<u8> {
    in_memory(|table| write_outcomes(comparison, names, table))
}

fn write_outcomes(comparison: &Comparison, names: &[String], table: &mut Table<'_>) {
    table.header("indicator,level,scenario,year,value,unit");
    let mut put = |code: &str, level: String, name: &str, year: String, value: f64, unit: Unit| {
        table.row([code, &level, name, &year, &number(value), unit.name()]);
    };
    for (run, name) in names.iter().enumerate() {
        for row in &comparison.rows {
            // What stands in the series with all its years stands there.
            let in_series = row.year.is_some()
                && comparison
                    .series
                    .iter()
                    .any(|series| row.about == series.measure.into() && series.level == row.level);
            if let Some(value) = row.values[run].filter(|_| !in_series) {
                let level = row.level.map_or_else(String::new, text);
                put(
                    &row.about.code(),
                    level,
                    name,
                    row.year.map_or_else(String::new, text),
                    value,
                    row.unit,
                );
            }
        }
        for series in &comparison.series {
            for (year, value) in comparison.years.iter().zip(&series.values[run]) {
                if let Some(value) = value {
                    let level = series.level.map_or_else(String::new, text);
                    put(
                        series.measure.code(),
                        level,
                        name,
                        text(year),
                        *value,
                        series.measure.unit(),
                    );
                }
            }
        }
    }
}

/// `differs.csv`: every input that differs, one column of values a scenario; empty where it is left out.
#[must_use]
pub(crate) fn differs_csv(comparison: &Comparison, names: &[String]) -> Vec<u8> {
    in_memory(|table| write_differs(comparison, names, table))
}

fn write_differs(comparison: &Comparison, names: &[String], table: &mut Table<'_>) {
    table.row(["path", "unit"].into_iter().chain(names.iter().map(String::as_str)));
    for difference in &comparison.differences {
        let unit = if difference.has_unit() {
            difference.field.unit.name()
        } else {
            ""
        };
        let values = difference
            .values
            .iter()
            .map(|value| value.as_ref().map_or_else(String::new, spelt));
        table.row([difference.path.clone(), unit.to_owned()].into_iter().chain(values));
    }
}

/// `payers.csv`: who pays, by common year; an empty year is what comes after them.
#[must_use]
pub(crate) fn payers_csv(comparison: &Comparison, names: &[String]) -> Vec<u8> {
    in_memory(|table| {
        table.header("payer,scenario,year,value,unit");
        let first = comparison.common.map_or(0, |(from, _)| from);
        for (run, name) in names.iter().enumerate() {
            for row in &comparison.payers {
                let mut put = |year: String, value: f64| {
                    table.row([row.payer.code(), name, &year, &number(value), Unit::Usd.name()]);
                };
                match row.by_year.get(run) {
                    Some(years) => (first..).zip(years).for_each(|(year, value)| put(text(year), *value)),
                    None => put(String::new(), row.sums[run]),
                }
            }
        }
    })
}

/// `levers.csv`: least, mean and most of each lever that differs, and the first scenario that holds each end.
#[must_use]
pub(crate) fn levers_csv(comparison: &Comparison, names: &[String]) -> Vec<u8> {
    in_memory(|table| {
        table.header("path,year,unit,min,min_scenario,mean,max,max_scenario,scenarios");
        for lever in &comparison.levers {
            let input = &comparison.differences[lever.input];
            let ((least, low), (most, high)) = (lever.least, lever.most);
            table.row([
                input.path.as_str(),
                &lever.year.map_or_else(String::new, text),
                input.field.unit.name(),
                &number(least),
                &names[low],
                &number(lever.mean),
                &number(most),
                &names[high],
                &text(lever.values.iter().flatten().count()),
            ]);
        }
    })
}

/// A value with every digit, paths as a scenario file spells them.
fn spelt(value: &Value) -> String {
    match value {
        Value::Number(value) => number(*value),
        Value::Path(points) => {
            if let [(0, value)] = points[..] {
                return number(value);
            }
            let points: Vec<String> = points
                .iter()
                .map(|(year, value)| format!("{year}: {}", number(*value)))
                .collect();
            format!("{{{}}}", points.join(", "))
        }
        Value::Word(word) => word.clone(),
    }
}

/// Names of the tables.
pub const TABLES: [&str; 4] = ["compare.csv", "payers.csv", "levers.csv", "differs.csv"];

/// The file that tells what was compared.
pub const MARK: &str = "compare.ron";

/// What was compared: enough to do it again.
#[must_use]
pub(crate) fn compare_ron(names: &[String], opened: &[Opened]) -> String {
    let mut text = format!(
        "(\n    program: \"rollcall\",\n    version: {},\n    commit: {},\n    data_sha256: {},\n    scenarios: [\n",
        quote(env!("CARGO_PKG_VERSION")),
        quote(COMMIT),
        quote(&store::data_hash()),
    );
    for (name, opened) in names.iter().zip(opened) {
        let _ = writeln!(
            text,
            "        (file: {}, scenario_sha256: {}, country_sha256: {}),",
            quote(name),
            quote(&opened.hash),
            quote(&opened.country_hash),
        );
    }
    text.push_str("    ],\n)\n");
    text
}

/// Writes all tables and `compare.ron` into a folder, which is made if need be: all or none.
///
/// # Errors
/// [`SaveError`] at the first that cannot be written.
pub fn write(comparison: &Comparison, names: &[String], opened: &[Opened], folder: &Path) -> Result<(), SaveError> {
    store::make_folder(folder)?;
    let [outcomes, payers, levers, differs] = TABLES.map(|name| folder.join(name));
    let files = [
        (outcomes, outcomes_csv(comparison, names)),
        (payers, payers_csv(comparison, names)),
        (levers, levers_csv(comparison, names)),
        (differs, differs_csv(comparison, names)),
        (folder.join(MARK), compare_ron(names, opened).into_bytes()),
    ];
    store::save_all(files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())))
}
