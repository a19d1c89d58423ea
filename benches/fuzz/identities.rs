//! What must hold of every run, read off its tables as anybody could in a spreadsheet (model.md 6.2 and 9).

use std::collections::BTreeMap;

use rollcall::model::STOCKS;
use rollcall::model::funding::{self, source::SourceId};
use rollcall::model::{Detail, Trajectory, Workspace, ledger};
use rollcall::report::{summary, tables};
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::shocks::ShockKind;
use rollcall::scenario::{Source, SourceKind};

/// A table: its columns by name, and its rows.
struct Table {
    name: &'static str,
    columns: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

/// Columns in which an empty cell means something.
const MAY_BE_EMPTY: &[&str] = &[
    "level",
    "region",
    "locality",
    "sex",
    "wealth",
    "disability",
    "kind",
    "source",
    "face_usd",
    "grant_element_5pct",
    "grant_element_dac",
    "grant_equivalent_usd",
    "maturity_years",
    "grace_years",
    "rate",
    // Only loans are concessional or not.
    "concessional",
    "dac_concessional",
    "owed_usd",
    // Of a country without a rate of exchange.
    "service_local",
];

/// Columns of numbers.
const NUMBERS: &[&str] = &[
    "year",
    "value",
    "quantity",
    "opening",
    "in",
    "out",
    "closing",
    "grant_element_5pct",
    "grant_element_dac",
    "maturity_years",
    "grace_years",
    "rate",
];

impl Table {
    fn of(name: &'static str, bytes: &[u8]) -> Result<Self, String> {
        let broken = |why: csv::Error| format!("{name}: {why}");
        let mut reader = csv::Reader::from_reader(bytes);
        let columns: Vec<String> = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
        let rows = reader.records().collect::<Result<Vec<_>, _>>().map_err(broken)?;
        for row in &rows {
            for (column, cell) in columns.iter().zip(row) {
                let number = NUMBERS.contains(&column.as_str()) || column.ends_with("_usd");
                // What is said of the whole plan has no year, and that no year is dark is an empty value; debt is of no component.
                let of_plan = match name {
                    "indicators.csv" => matches!(column.as_str(), "year" | "value"),
                    "ahead.csv" => column == "component",
                    // Said of a value of nothing only.
                    "uis.csv" => column == "magnitude",
                    // What a source adds to nothing, or per nothing that it adds, is empty.
                    "donors.csv" => !matches!(column.as_str(), "source" | "kind"),
                    _ => false,
                };
                if cell.is_empty() && !of_plan && !MAY_BE_EMPTY.contains(&column.as_str()) {
                    return Err(format!("{name}: {column} is empty in {row:?}"));
                }
                if number && !cell.is_empty() && (!cell.parse::<f64>().is_ok_and(f64::is_finite) || cell == "-0") {
                    return Err(format!("{name}: {column} is {cell} in {row:?}"));
                }
            }
        }
        Ok(Self { name, columns, rows })
    }

    fn at(&self, column: &str) -> usize {
        self.columns
            .iter()
            .position(|name| name == column)
            .expect("a column of the contract")
    }

    /// Sum, and sum of what is added whatever its sign, of a column by the values of others.
    fn sums(&self, by: &[&str], column: &str) -> BTreeMap<Vec<&str>, (f64, f64)> {
        let (by, column): (Vec<usize>, usize) = (by.iter().map(|name| self.at(name)).collect(), self.at(column));
        let mut sums = BTreeMap::new();
        for row in &self.rows {
            let value: f64 = row[column].parse().unwrap_or(f64::NAN);
            let (sum, size) = sums
                .entry(by.iter().map(|index| &row[*index]).collect())
                .or_insert((0.0, 0.0));
            *sum += value;
            *size += f64::abs(value);
        }
        sums
    }

    fn expect_rows(&self, rows: usize) -> Result<(), String> {
        if self.rows.len() == rows {
            Ok(())
        } else {
            Err(format!("{}: {} rows where {rows} belong", self.name, self.rows.len()))
        }
    }
}

/// To a cent, or to a thousand-millionth of what was added up.
fn close(one: f64, other: f64, size: f64) -> bool {
    (one - other).abs() <= 0.01 + 1e-9 * size.abs()
}

/// The first identity that does not hold.
pub fn broken(run: &Trajectory) -> Result<(), String> {
    let text = summary::summary(run);
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',')) {
        if matches!(word.trim_start_matches(['-', '+']), "NaN" | "inf")
            || matches!(word, "-0" | "-0%" | "-0.0" | "-0.00")
        {
            let line = text.lines().find(|line| line.contains(word)).unwrap_or_default();
            return Err(format!("the summary says {word}: {line}"));
        }
    }
    let mut read = BTreeMap::new();
    for (name, table) in tables::TABLES {
        read.insert(*name, Table::of(name, &tables::bytes(*table, run))?);
    }
    let table = |name: &str| &read[name];
    money(run, table("costs.csv"), table("funding.csv"), table("sources.csv"))?;
    debt(run, table("debt.csv"), table("terms.csv"))?;
    stocks(run, table("stocks.csv"))?;
    places(run, table("places.csv"))?;
    shares(run, table("indicators.csv"))?;
    alike(run)
}

fn money(run: &Trajectory, costs: &Table, funding: &Table, sources: &Table) -> Result<(), String> {
    for row in &costs.rows {
        let of = |column: &str| row[costs.at(column)].parse::<f64>().unwrap_or(f64::NAN);
        if (of("quantity") * of("unit_price_usd")).to_bits() != (of("amount_usd") + 0.0).to_bits()
            && of("amount_usd") != 0.0
        {
            return Err(format!("costs.csv: an amount is not quantity times price in {row:?}"));
        }
    }
    let by = ["year", "component"];
    let (cost, paid) = (costs.sums(&by, "amount_usd"), funding.sums(&by, "amount_usd"));
    for key in cost.keys().chain(paid.keys()) {
        let ((one, size), (other, more)) = (
            cost.get(key).copied().unwrap_or_default(),
            paid.get(key).copied().unwrap_or_default(),
        );
        if !close(one, other, size + more) {
            return Err(format!("costs of {key:?} are {one}, their funding {other}"));
        }
    }
    // No row is missing: the tables add to what the run knows.
    let (plan, money) = (&run.run.plan, &run.run.money);
    let of_year = costs.sums(&["year"], "amount_usd");
    let unpaid = funding.sums(&["source", "year"], "amount_usd");
    for t in 1..run.model.years {
        let year = run.model.calendar(t).to_string();
        let (sum, size) = of_year.get(&vec![year.as_str()]).copied().unwrap_or_default();
        if !close(sum, plan.year_need(t), size) {
            return Err(format!(
                "costs.csv adds to {sum} in {year}, the run to {}",
                plan.year_need(t)
            ));
        }
        let (gap, _) = unpaid
            .get(&vec!["unfunded", year.as_str()])
            .copied()
            .unwrap_or_default();
        if !close(gap, plan.year_need(t) - plan.year_funded(t), size) {
            return Err(format!(
                "funding.csv lacks {gap} in {year}, the run {}",
                plan.year_need(t) - plan.year_funded(t)
            ));
        }
    }
    sources.expect_rows((run.model.years - 1) * money.ids().count())?;
    let paid = funding.sums(&["source", "year"], "amount_usd");
    let of_year = funding.sums(&["year"], "amount_usd");
    let mut before: BTreeMap<&str, f64> = BTreeMap::new();
    for row in &sources.rows {
        let of = |column: &str| row[sources.at(column)].parse::<f64>().unwrap_or(f64::NAN);
        let (came, went) = (
            of("available_usd") + of("carried_in_usd"),
            of("spent_usd") + of("overhead_usd") + of("returned_usd") + of("lapsed_usd") + of("carried_out_usd"),
        );
        if !close(came, went, came.abs() + went.abs()) {
            return Err(format!("sources.csv: {came} came and {went} went in {row:?}"));
        }
        if sources.columns[2..]
            .iter()
            .any(|column| of(column) < -0.01 - 1e-9 * came)
        {
            return Err(format!("sources.csv: an amount below nothing in {row:?}"));
        }
        let (sum, size) = paid.get(&vec![&row[1], &row[0]]).copied().unwrap_or_default();
        // Beside needs of a million billions cents are lost.
        let beside = of_year.get(&vec![&row[0]]).map_or(0.0, |(_, size)| 1e-6 * size);
        if !close(sum, of("spent_usd"), size + of("spent_usd") + beside) {
            return Err(format!("funding.csv has {sum} of what sources.csv spends in {row:?}"));
        }
        let carried = before.insert(&row[1], of("carried_out_usd")).unwrap_or(0.0);
        // Prices may fall by a fifth, and a nominal amount is then worth more.
        let foreign = |source: &Source| source.name == row[1] && !source.currency.0.is_empty();
        let gains = run.model.scenario.funding.sources.iter().any(foreign);
        // Where the country's currency falls, dollars that are kept are worth more beside what is paid for at home.
        let falls = run.model.scenario.shocks.iter().map(|shock| match &shock.kind {
            ShockKind::CurrencyFall(terms) => 1.0 + terms.jump.value,
            _ => 1.0,
        });
        if of("carried_in_usd") > 1.25 * falls.product::<f64>() * carried + 0.01 && !gains {
            return Err(format!("sources.csv: more carried in than {carried} in {row:?}"));
        }
    }
    Ok(())
}

fn debt(run: &Trajectory, debt: &Table, terms: &Table) -> Result<(), String> {
    let sources = &run.model.scenario.funding.sources;
    let owes = |index: &usize| {
        funding::ask(&run.model, &run.parameters, SourceId::listed(*index), |mechanism| {
            mechanism.owes_at_all()
        })
    };
    debt.expect_rows((run.model.years - 1) * (0..sources.len()).filter(owes).count())?;
    terms.expect_rows(sources.len())?;
    let mut owed: BTreeMap<&str, f64> = BTreeMap::new();
    for row in &debt.rows {
        let of = |column: &str| row[debt.at(column)].parse::<f64>().unwrap_or(f64::NAN);
        // What is owed in another currency is worth what its rate makes it.
        let rate = of("units_per_usd");
        let first = !owed.contains_key(&row[1]);
        let before = owed.insert(&row[1], of("outstanding_usd") * rate).unwrap_or(0.0) / rate;
        let is_swap = sources.iter().any(|source| {
            source.name == row[1] && matches!(source.kind, SourceKind::Refinancing(_) | SourceKind::Cancellation(_))
        });
        // A swap changes a debt that stood before, and may owe and pay less than none.
        if is_swap && first {
            continue;
        }
        let (came, went) = (
            before + of("disbursed_usd"),
            of("principal_usd") + of("outstanding_usd"),
        );
        if !close(came, went, came.abs() + went.abs()) {
            return Err(format!(
                "debt.csv: {came} owed and drawn, {went} repaid and owed in {row:?}"
            ));
        }
        if before == 0.0 && of("interest_usd") != 0.0 && !is_swap {
            return Err(format!("debt.csv: interest on nothing owed in {row:?}"));
        }
        let size = 1e-9 * (came.abs() + went.abs()) + 1e-6;
        if !is_swap && debt.columns[2..].iter().any(|column| of(column) < -size) {
            return Err(format!("debt.csv: an amount below nothing in {row:?}"));
        }
    }
    Ok(())
}

fn stocks(run: &Trajectory, stocks: &Table) -> Result<(), String> {
    stocks.expect_rows((run.model.years - 1) * STOCKS.len() * run.run.plan.bins().count())?;
    let mut before: BTreeMap<[&str; 4], f64> = BTreeMap::new();
    for row in &stocks.rows {
        let of = |column: &str| row[stocks.at(column)].parse::<f64>().unwrap_or(f64::NAN);
        let (opening, into, out, closing) = (of("opening"), of("in"), of("out"), of("closing"));
        let size = 1e-3 + opening.abs() + into.abs() + out.abs() + closing.abs();
        if (opening + into - out - closing).abs() > 1e-6 * size {
            return Err(format!(
                "stocks.csv: opening, in and out do not make closing in {row:?}"
            ));
        }
        if [opening, into, out, closing].iter().any(|value| *value < -1e-9 * size) {
            return Err(format!("stocks.csv: less than nothing in {row:?}"));
        }
        let key = ["stock", "level", "region", "locality"].map(|name| &row[stocks.at(name)]);
        if let Some(last) = before.insert(key, closing)
            && (last - opening).abs() > 1e-9 * size
        {
            return Err(format!("stocks.csv: last year closed with {last} in {row:?}"));
        }
    }
    Ok(())
}

fn places(run: &Trajectory, places: &Table) -> Result<(), String> {
    places.expect_rows(run.model.years * 6 * run.run.plan.bins().count())?;
    for row in &places.rows {
        let of = |column: &str| row[places.at(column)].parse::<f64>().unwrap_or(f64::NAN);
        if [of("schools"), of("learners")]
            .iter()
            .any(|value| value.is_nan() || *value < -1e-9)
        {
            return Err(format!("places.csv: less than nothing in {row:?}"));
        }
    }
    let first = run.model.calendar(0).to_string();
    let all = places.sums(&["year", "level", "region", "locality"], "schools");
    for (place, (schools, size)) in &all {
        let mut base = place.clone();
        base[0] = first.as_str();
        let (there, _) = all[&base];
        if (schools - there).abs() > 1e-9 * (1e-3 + size) {
            return Err(format!("places.csv: {schools} schools in {place:?} of {there}"));
        }
    }
    Ok(())
}

fn shares(run: &Trajectory, table: &Table) -> Result<(), String> {
    let (unit, value, indicator, year) = (
        table.at("unit"),
        table.at("value"),
        table.at("indicator"),
        table.at("year"),
    );
    let mut national: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in &table.rows {
        let number: f64 = row[value].parse().unwrap_or(f64::NAN);
        // What is to be found falls below nothing where a run catches up on what it put off, and what is caught up costs more.
        let least = if &row[indicator] == "to_find_share" {
            f64::MIN
        } else {
            -1e-9
        };
        // A share of another amount is no part of a whole.
        let of_another = row[indicator]
            .split_once("_of_")
            .is_some_and(|(head, _)| ["debt", "cost", "education", "charge"].contains(&head));
        if &row[unit] == "share" && !of_another && !(least..=1.0 + 1e-9).contains(&number) {
            return Err(format!("indicators.csv: a share outside 0 to 1 in {row:?}"));
        }
        if (2..8).all(|column| row[column].is_empty()) {
            *national.entry((&row[indicator], &row[year])).or_default() += 1;
        }
    }
    for t in 0..run.model.years {
        let year = run.model.calendar(t).to_string();
        for code in ["reach", "dose"] {
            if national.get(&(code, year.as_str())) != Some(&1) {
                return Err(format!(
                    "indicators.csv: the headline {code} of {year} does not stand there once"
                ));
            }
        }
    }
    Ok(())
}

/// Amounts up to which a cent can be told in 64 bits.
const TO_A_CENT: f64 = 1e13;

/// The same results at either detail. Where needs are so large that a rounding is worth thousands of dollars, who is paid
/// for with little money is a matter of rounding too.
fn alike(run: &Trajectory) -> Result<(), String> {
    if (0..run.model.years).any(|t| run.run.plan.year_need(t) > TO_A_CENT) {
        return Ok(());
    }
    // What a billionth of a school or a teacher needs is lost in the sum of its place, and its learners with it.
    let country = &run.model.scenario.country;
    let groups = country
        .groups
        .iter()
        .flat_map(|group| [group.schools.value, group.teachers.value]);
    let levels = country
        .levels
        .iter()
        .flat_map(|level| [level.learners.value, level.teachers.value]);
    if groups.chain(levels).any(|count| count < 1e-9) {
        return Ok(());
    }
    let mut workspace = Workspace::new(&run.model, Detail::TOTALS);
    run.model.run(&run.parameters, &mut workspace);
    let mut totals = run.clone();
    totals.run = workspace;
    let levels = run.model.levels.iter().map(|table| Some(table.level));
    for level in std::iter::once(None).chain(levels) {
        for measure in Measure::ALL.iter().filter(|measure| measure.has_places()) {
            for t in 0..run.model.years {
                let of = |run: &Trajectory| run.lend().value(*measure, Scope::of(level), t).unwrap_or(-1.0);
                let (full, total) = (of(run), of(&totals));
                if (full - total).abs() > 1e-6 * full.abs().max(1.0) {
                    return Err(format!(
                        "{measure:?} of {level:?} in year {t} is {full} at full detail and {total} in totals"
                    ));
                }
            }
        }
    }
    let (one, other) = (
        ledger::costs(run).count() > 0,
        totals.run.plan.year_need(run.model.years - 1),
    );
    let last = run.run.plan.year_need(run.model.years - 1);
    if one && !close(other, last, last) {
        return Err(format!(
            "the last year needs {last} at full detail and {other} in totals"
        ));
    }
    Ok(())
}
