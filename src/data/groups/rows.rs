//! The rows of a regional table: words and numbers as they are meant, and all that is wrong with them.

use std::collections::BTreeMap;

use super::columns::{COLUMNS, Column, Kind, Mapping, REQUIRED, plain};
use super::persons;
use super::table::{self, Cell, NoNumber, Table};
use crate::scenario::findings::{Place, any_error, nearest};
use crate::scenario::messages::{self, Message};
use crate::scenario::registry::Section;
use crate::scenario::{Country, Finding, Group, Level, Locality, Severity};
use crate::units::grouped;

const FIFTHS: [&str; 5] = ["poorest", "second", "middle", "fourth", "richest"];

/// More schools, learners or teachers than any country has.
const MOST: f64 = 1e9;

/// Words for all regions, localities or levels together.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "totaux",
    "total_general",
    "grand_total",
    "ensemble",
    "national",
    "all",
    "both",
    "tous",
    "toutes",
];

/// Other names of localities and levels, as [`plain`] writes them.
const LOCALITIES: &[(&str, Locality)] = &[
    ("urbain", Locality::Urban),
    ("urbaine", Locality::Urban),
    ("ville", Locality::Urban),
    ("rurale", Locality::Rural),
    ("campagne", Locality::Rural),
];
const LEVELS: &[(&str, Level)] = &[
    ("primaire", Level::Primary),
    ("elementaire", Level::Primary),
    ("elementary", Level::Primary),
    ("moyen", Level::LowerSecondary),
    ("college", Level::LowerSecondary),
    ("secondaire_1", Level::LowerSecondary),
    ("secondaire_1er_cycle", Level::LowerSecondary),
    ("secondaire_premier_cycle", Level::LowerSecondary),
    ("premier_cycle_secondaire", Level::LowerSecondary),
    ("junior_secondary", Level::LowerSecondary),
    ("lower_sec", Level::LowerSecondary),
    ("lycee", Level::UpperSecondary),
    ("secondaire_2", Level::UpperSecondary),
    ("secondaire_2e_cycle", Level::UpperSecondary),
    ("secondaire_second_cycle", Level::UpperSecondary),
    ("second_cycle_secondaire", Level::UpperSecondary),
    ("senior_secondary", Level::UpperSecondary),
    ("upper_sec", Level::UpperSecondary),
];

/// A row that could be read.
pub(super) struct TableRow<'a> {
    pub region: String,
    pub locality: Locality,
    pub level: Level,
    /// Its first cell.
    at: &'a Cell,
    /// Value and cell by position in [`COLUMNS`].
    values: Vec<Option<(f64, &'a Cell)>>,
}

impl TableRow<'_> {
    pub fn get(&self, name: &str) -> Option<f64> {
        self.cell(name).map(|(value, _)| value)
    }

    fn cell(&self, name: &str) -> Option<(f64, &Cell)> {
        let index = COLUMNS.iter().position(|column| column.name == name)?;
        self.values[index]
    }
}

/// A row that adds others up: none stands for all.
struct Total<'a> {
    region: Option<String>,
    locality: Option<Locality>,
    level: Option<Level>,
    learners: Option<f64>,
    at: &'a Cell,
}

/// Collects what is wrong.
pub(super) struct Reader<'a> {
    pub file: &'a str,
    pub findings: Vec<Finding>,
    mapping: &'a Mapping,
    separator: char,
    /// Percent signs met, by column: the first cell and their number.
    percents: Vec<(usize, Cell, usize)>,
    /// Marks between thousands met, by column: the first cell, its value, and their number.
    thousands: Vec<(usize, Cell, f64, usize)>,
}

impl<'a> Reader<'a> {
    pub fn new(file: &'a str, mapping: &'a Mapping, separator: char) -> Self {
        Self {
            file,
            findings: Vec::new(),
            mapping,
            separator,
            percents: Vec::new(),
            thousands: Vec::new(),
        }
    }

    pub fn say(
        &mut self,
        severity: Severity,
        code: &'static str,
        cell: &Cell,
        path: &str,
        rule: Message,
        hint: impl Into<Option<Message>>,
    ) {
        let place = Place {
            file: self.file.into(),
            line: cell.line,
            column: cell.column,
        };
        self.findings.push(Finding {
            code,
            severity,
            path: path.into(),
            place,
            value: (&cell.text).into(),
            rule,
            hint: hint.into(),
        });
    }

    fn error(&mut self, code: &'static str, cell: &Cell, path: &str, rule: Message, hint: impl Into<Option<Message>>) {
        self.say(Severity::Error, code, cell, path, rule, hint);
    }
}

/// The table as a whole.
pub(super) fn whole() -> Cell {
    Cell {
        text: String::new(),
        line: 0,
        column: 0,
    }
}

/// Columns that are missing, meant twice or left aside.
pub(super) fn header(table: &Table, reader: &mut Reader<'_>) {
    let known = || {
        COLUMNS
            .iter()
            .flat_map(|column| std::iter::once(column.name).chain(column.aliases.iter().copied()))
    };
    let mapping = reader.mapping;
    let Some(row) = table.rows.get(mapping.header) else {
        return;
    };
    for (place, (cell, meaning)) in row.iter().zip(&mapping.columns).enumerate() {
        let Some(index) = meaning.column else {
            if persons::about(&cell.text).is_some() {
                let rule = messages::persons_aside();
                reader.say(Severity::Note, "persons-aside", cell, &cell.text, rule, None);
            } else if !cell.text.is_empty() {
                let hint = nearest(&plain(&cell.text), known())
                    .map_or_else(messages::unknown_column_hint, messages::unknown_column_near);
                let rule = messages::unknown_column();
                reader.say(Severity::Warning, "unknown-column", cell, &cell.text, rule, hint);
            }
            continue;
        };
        if mapping.columns[..place].iter().any(|other| other.column == Some(index)) {
            let rule = messages::duplicate_column(COLUMNS[index].name);
            reader.error("duplicate-column", cell, &cell.text, rule, messages::keep_one());
        }
    }
    for (index, column) in COLUMNS.iter().enumerate().take(REQUIRED) {
        if mapping.columns.iter().all(|meaning| meaning.column != Some(index)) {
            let cell = Cell {
                text: String::new(),
                ..row.first().cloned().unwrap_or_else(whole)
            };
            reader.error(
                "missing-column",
                &cell,
                column.name,
                messages::missing_column(),
                messages::missing_column_hint(),
            );
        }
    }
}

/// All rows that have learners; rows of totals are checked and left out.
pub(super) fn rows<'a>(table: &'a Table, country: &Country, reader: &mut Reader<'_>) -> Vec<TableRow<'a>> {
    let (mut rows, mut totals) = (Vec::new(), Vec::new());
    let mut seen: BTreeMap<(String, Locality, Level), usize> = BTreeMap::new();
    let below = table.rows.get(reader.mapping.header + 1..).unwrap_or_default();
    if below.is_empty() {
        reader.error("empty-table", &whole(), "", messages::no_rows(), None);
    }
    for cells in below {
        let by_column = by_column(cells, reader);
        if let Some(total) = total(&by_column, country, reader) {
            totals.push(total);
        } else if let Some(row) = read_row(cells, &by_column, country, reader) {
            let key = (plain(&row.region), row.locality, row.level);
            if let Some(line) = seen.get(&key) {
                let rule = messages::duplicate_row(&row.region, row.locality, row.level, *line);
                reader.error("duplicate-row", row.at, "region", rule, messages::duplicate_row_hint());
            } else {
                seen.insert(key, row.at.line);
            }
            rows.push(row);
        }
    }
    for (index, first, count) in std::mem::take(&mut reader.percents) {
        let rule = match count {
            1 => messages::by_percent_sign(),
            count => messages::by_percent_sign_more(count - 1),
        };
        reader.say(Severity::Note, "percent-sign", &first, COLUMNS[index].name, rule, None);
    }
    for (index, first, value, count) in std::mem::take(&mut reader.thousands) {
        let rule = match count {
            1 => messages::by_thousands(grouped(value)),
            count => messages::by_thousands_more(grouped(value), count - 1),
        };
        reader.say(Severity::Note, "thousands", &first, COLUMNS[index].name, rule, None);
    }
    // Sums say nothing while rows or cells are missing.
    if !any_error(&reader.findings) {
        for total in &totals {
            add_up(total, &rows, reader);
        }
        rows.retain(|row| has_learners(row, reader));
    }
    rows
}

/// The cells of a row by position in [`COLUMNS`].
fn by_column<'a>(cells: &'a [Cell], reader: &mut Reader<'_>) -> Vec<Option<&'a Cell>> {
    let columns = &reader.mapping.columns;
    let mut by_column: Vec<Option<&Cell>> = vec![None; COLUMNS.len()];
    for (cell, meaning) in cells.iter().zip(columns) {
        if let Some(index) = meaning.column {
            by_column[index] = Some(cell);
        }
    }
    let beyond = cells.get(columns.len()..).unwrap_or_default();
    if let Some(extra) = beyond.iter().find(|cell| !cell.text.is_empty()) {
        reader.error(
            "too-many-cells",
            extra,
            "",
            messages::too_many_cells(),
            messages::too_many_cells_hint(),
        );
    }
    by_column
}

/// A row that adds others up, by the words in it.
fn total<'a>(by_column: &[Option<&'a Cell>], country: &Country, reader: &Reader<'_>) -> Option<Total<'a>> {
    let all = |index: usize| {
        by_column[index].is_some_and(|cell| {
            let word = plain(&cell.text);
            TOTALS.contains(&word.as_str()) || (index == 0 && word == plain(&country.name))
        })
    };
    let at = (0..3).find(|index| all(*index)).and_then(|index| by_column[index])?;
    let text = |index: usize| {
        by_column[index]
            .map(|cell| cell.text.as_str())
            .filter(|text| !text.is_empty())
    };
    let learners = text(4).and_then(|text| table::count(text, reader.separator).ok());
    Some(Total {
        region: text(0).filter(|_| !all(0)).map(plain),
        locality: text(1).and_then(locality),
        level: text(2).and_then(level),
        learners: learners.map(|(written, _)| written.value),
        at,
    })
}

/// Compares a row of totals with the rows that it adds up.
fn add_up(total: &Total<'_>, rows: &[TableRow<'_>], reader: &mut Reader<'_>) {
    let part = |row: &&TableRow<'_>| {
        total.region.as_ref().is_none_or(|region| plain(&row.region) == *region)
            && total.locality.is_none_or(|locality| row.locality == locality)
            && total.level.is_none_or(|level| row.level == level)
    };
    let sum: f64 = rows.iter().filter(part).filter_map(|row| row.get("learners")).sum();
    match total.learners {
        Some(written) if (written - sum).abs() > 0.5 => {
            let rule = messages::wrong_total(grouped(written), grouped(sum));
            let hint = messages::wrong_total_hint();
            reader.say(Severity::Warning, "wrong-total", total.at, "learners", rule, hint);
        }
        _ => reader.say(Severity::Note, "total-row", total.at, "", messages::total_row(), None),
    }
}

fn locality(text: &str) -> Option<Locality> {
    let word = plain(text);
    Locality::from_name(&word).or_else(|| {
        LOCALITIES
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, meant)| *meant)
    })
}

fn level(text: &str) -> Option<Level> {
    let word = plain(text);
    Level::from_name(&word).or_else(|| LEVELS.iter().find(|(known, _)| *known == word).map(|(_, meant)| *meant))
}

fn read_row<'a>(
    cells: &'a [Cell],
    by_column: &[Option<&'a Cell>],
    country: &Country,
    reader: &mut Reader<'_>,
) -> Option<TableRow<'a>> {
    // What is missing is said at the end of the row.
    let end = Cell {
        text: String::new(),
        ..cells.last().cloned().unwrap_or_else(whole)
    };
    let at = |index: usize| by_column[index].unwrap_or(&end);
    let region = at(0);
    if region.text.is_empty() {
        reader.error(
            "empty-region",
            region,
            "region",
            messages::empty_region(),
            messages::empty_region_hint(),
        );
    }
    let locality = locality(&at(1).text);
    if locality.is_none() {
        unknown(
            at(1),
            "locality",
            messages::no_locality(),
            Locality::ALL.iter().map(|known| known.name()),
            reader,
        );
    }
    let level = level(&at(2).text);
    match level {
        None => unknown(
            at(2),
            "level",
            messages::no_level(),
            Level::ALL.iter().map(|known| known.name()),
            reader,
        ),
        Some(level) if !country.levels.iter().any(|known| known.level == level) => reader.error(
            "unknown-level",
            at(2),
            "level",
            messages::unknown_level(&country.name),
            messages::unknown_level_hint(),
        ),
        Some(_) => {}
    }
    let mut values: Vec<Option<(f64, &Cell)>> = vec![None; COLUMNS.len()];
    for (index, column) in COLUMNS.iter().enumerate().skip(3) {
        let Some(cell) = by_column[index].filter(|cell| !cell.text.is_empty()) else {
            if index < REQUIRED {
                reader.error("missing-value", at(index), column.name, messages::empty_cell(), None);
            }
            continue;
        };
        values[index] = value(cell, index, reader).map(|value| (value, cell));
    }
    let row = TableRow {
        region: region.text.clone(),
        locality: locality?,
        level: level?,
        at: cells.first()?,
        values,
    };
    sums(&row, reader);
    Some(row)
}

fn unknown(cell: &Cell, path: &str, rule: Message, words: impl Iterator<Item = &'static str>, reader: &mut Reader<'_>) {
    let words: Vec<&str> = words.collect();
    let hint = nearest(&plain(&cell.text), words.iter().copied())
        .map_or_else(|| messages::known(words.join(", ")), messages::did_you_mean);
    reader.error("unknown-word", cell, path, rule, hint);
}

fn value(cell: &Cell, index: usize, reader: &mut Reader<'_>) -> Option<f64> {
    let Column { name, kind, .. } = COLUMNS[index];
    let mapping = reader.mapping;
    let read = if kind == Kind::Count {
        table::count(&cell.text, reader.separator)
    } else {
        table::number(&cell.text, reader.separator, mapping.decimal).map(|written| (written, false))
    };
    let mut written = match read {
        Ok((written, grouped)) => {
            if grouped {
                match reader.thousands.iter_mut().find(|entry| entry.0 == index) {
                    Some(entry) => entry.3 += 1,
                    None => reader.thousands.push((index, cell.clone(), written.value, 1)),
                }
            }
            written
        }
        Err(problem) => {
            let (code, hint) = match &problem {
                NoNumber::Ambiguous(thousands, decimal) => {
                    ("ambiguous-number", messages::ambiguous_hint(thousands, decimal))
                }
                NoNumber::Text => ("wrong-type", messages::cell_number_hint()),
            };
            reader.error(code, cell, name, problem.message(), hint);
            return None;
        }
    };
    if written.value < 0.0 {
        reader.error("negative", cell, name, messages::cell_negative(), None);
        return None;
    }
    if kind == Kind::Count && (written.value - written.value.round()).abs() > 1e-9 {
        let rule = messages::whole_count(written.value);
        reader.error("ambiguous-number", cell, name, rule, messages::whole_count_hint());
        return None;
    }
    let in_percent = mapping
        .columns
        .iter()
        .any(|meaning| meaning.column == Some(index) && meaning.percent);
    if in_percent && !written.percent {
        written.value /= 100.0;
    }
    if written.percent {
        if kind != Kind::Share {
            reader.error("percentage", cell, name, messages::no_percentage(), None);
            return None;
        }
        match reader.percents.iter_mut().find(|entry| entry.0 == index) {
            Some(entry) => entry.2 += 1,
            None => reader.percents.push((index, cell.clone(), 1)),
        }
    }
    let (least, most) = rule(name);
    if kind != Kind::Share && !(least..=most).contains(&written.value) {
        reader.error("out-of-range", cell, name, messages::cell_range(least, most), None);
        return None;
    }
    if kind == Kind::Share && written.value > 1.0 {
        let hint = if written.percent || in_percent {
            messages::above_hundred()
        } else {
            messages::cell_percent(written.value, written.value / 100.0)
        };
        reader.error("percentage", cell, name, messages::share_runs(), hint);
        return None;
    }
    Some(written.value)
}

/// Smallest and largest value of a column that is no share, as in the format of scenarios.
fn rule(name: &str) -> (f64, f64) {
    let field = Group::FIELDS.iter().find(|field| field.name == name);
    field.map_or((0.0, MOST), |field| (field.within.0, field.within.1.min(MOST)))
}

/// Checks of one row's values against one another.
fn sums(row: &TableRow<'_>, reader: &mut Reader<'_>) {
    let path = |name: &'static str| row.cell(name).map_or(row.at, |(_, cell)| cell);
    if row.get("schools") == Some(0.0) && row.get("learners").is_some_and(|l| l > 0.0) {
        reader.error(
            "zero-schools",
            path("schools"),
            "schools",
            messages::row_zero_schools(),
            messages::zero_schools_hint(),
        );
    }
    let total = |names: &[&str]| names.iter().filter_map(|name| row.get(name)).sum::<f64>();
    let ways = ["cellular", "fibre", "wireless", "satellite"];
    for (names, what) in [(&["grid", "solar"][..], "grid"), (&ways[..], "internet")] {
        if total(names) > 1.000_001 {
            reader.error(
                "shares-sum",
                path(names[0]),
                what,
                messages::adds_up(names.join(", "), format!("{:.3}", total(names))),
                messages::adds_up_hint(),
            );
        }
    }
    for (whole, parts) in [("power", &["grid", "solar"][..]), ("internet", &ways[..])] {
        if let Some(all) = row.get(whole)
            && total(parts) > all + 0.005
        {
            reader.error(
                "shares-sum",
                path(whole),
                whole,
                messages::adds_up_above(parts.join(", "), format!("{:.3}", total(parts)), whole),
                None,
            );
        }
    }
    let given: Vec<f64> = FIFTHS.iter().filter_map(|name| row.get(name)).collect();
    if !given.is_empty() && (given.len() < 5 || (given.iter().sum::<f64>() - 1.0).abs() > 0.005) {
        reader.error(
            "shares-sum",
            path("poorest"),
            "poorest",
            messages::five_fifths(),
            messages::five_fifths_hint(),
        );
    }
}

fn has_learners(row: &TableRow<'_>, reader: &mut Reader<'_>) -> bool {
    let any = row.get("learners").is_some_and(|learners| learners > 0.0);
    if !any {
        reader.say(
            Severity::Warning,
            "no-learners",
            row.at,
            "learners",
            messages::row_without_learners(),
            None,
        );
    }
    any
}
