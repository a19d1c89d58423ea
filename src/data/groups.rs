//! A ministry's regional table in place of the six national groups.
//!
//! The table has one row for each region, locality and level, with schools and learners and whatever else is known.
//! All that is wrong is said at once, with line and column. Learners are reconciled with the national totals; what a
//! row leaves open takes the national value of the same level and locality, marked as such.

pub mod table;

use crate::scenario::findings::{Place, any_error, nearest};
use crate::scenario::registry::Section;
use crate::scenario::{Country, Finding, Group, Level, Locality, Passport, Quantity, Severity};
use crate::units::grouped;
use table::{Cell, NoNumber, Table};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Words,
    Count,
    Share,
    Number,
}

/// A known column: name, kind, other names.
struct Column {
    name: &'static str,
    kind: Kind,
    aliases: &'static [&'static str],
}

const fn column(name: &'static str, kind: Kind, aliases: &'static [&'static str]) -> Column {
    Column { name, kind, aliases }
}

/// Columns that a table may have; the first five it must have.
const COLUMNS: &[Column] = &[
    column("region", Kind::Words, &["district", "province", "county", "state"]),
    column("locality", Kind::Words, &["setting", "area", "residence"]),
    column("level", Kind::Words, &[]),
    column("schools", Kind::Count, &["number_of_schools"]),
    column(
        "learners",
        Kind::Count,
        &["pupils", "students", "enrolment", "enrollment"],
    ),
    column("teachers", Kind::Count, &[]),
    column("power", Kind::Share, &["electricity", "powered"]),
    column("grid", Kind::Share, &[]),
    column("solar", Kind::Share, &[]),
    column("internet", Kind::Share, &["connected", "links", "connectivity"]),
    column("cellular", Kind::Share, &["mobile"]),
    column("fibre", Kind::Share, &["fiber"]),
    column("wireless", Kind::Share, &["microwave", "radio"]),
    column("satellite", Kind::Share, &[]),
    column("computers", Kind::Share, &["equipped"]),
    column("devices", Kind::Number, &["devices_per_school"]),
    column("mbps", Kind::Number, &["speed"]),
    column("reach_4g", Kind::Share, &["coverage_4g", "4g"]),
    column("reach_fibre", Kind::Share, &[]),
    column("girls", Kind::Share, &["female"]),
    column("disability", Kind::Share, &["disabilities"]),
    column("poorest", Kind::Share, &[]),
    column("second", Kind::Share, &[]),
    column("middle", Kind::Share, &[]),
    column("fourth", Kind::Share, &[]),
    column("richest", Kind::Share, &[]),
];
const REQUIRED: usize = 5;
const FIFTHS: [&str; 5] = ["poorest", "second", "middle", "fourth", "richest"];

/// Difference from the national total up to which learners are kept as they are.
const TOLERANCE: f64 = 0.01;

/// More schools, learners or teachers than any country has.
const MOST: f64 = 1e9;

/// A row that could be read.
struct Row {
    region: String,
    locality: Locality,
    level: Level,
    /// Place of the first cell.
    at: Cell,
    /// Value and cell by position in [`COLUMNS`].
    values: Vec<Option<(f64, Cell)>>,
}

impl Row {
    fn get(&self, name: &str) -> Option<f64> {
        self.cell(name).map(|(value, _)| *value)
    }

    fn cell(&self, name: &str) -> Option<&(f64, Cell)> {
        let index = COLUMNS.iter().position(|column| column.name == name)?;
        self.values[index].as_ref()
    }
}

struct Reader<'a> {
    file: &'a str,
    findings: Vec<Finding>,
    /// Percent signs met, by column: the first cell and their number.
    percents: Vec<(usize, Cell, usize)>,
}

impl Reader<'_> {
    fn say(
        &mut self,
        severity: Severity,
        code: &'static str,
        cell: &Cell,
        path: &str,
        rule: impl Into<String>,
        hint: impl Into<String>,
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
            value: cell.text.clone(),
            rule: rule.into(),
            hint: hint.into(),
        });
    }

    fn error(&mut self, code: &'static str, cell: &Cell, path: &str, rule: impl Into<String>, hint: impl Into<String>) {
        self.say(Severity::Error, code, cell, path, rule, hint);
    }
}

/// Puts a ministry's regional table in the place of the national groups.
///
/// Required columns: `region`, `locality` (`urban`, `rural`), `level` (`primary`, `lower_secondary`,
/// `upper_secondary`), `schools`, `learners`. Shares are written as `0.35` or `35%`. Separators `,`, `;` and tabulator.
/// A level without rows keeps its national groups.
///
/// # Errors
/// All findings, if one of them is an error. Otherwise they come back with the country.
pub fn with_regions(
    country: Country,
    csv_text: &str,
    file_name: &str,
) -> Result<(Country, Vec<Finding>), Vec<Finding>> {
    let mut reader = Reader {
        file: file_name,
        findings: Vec::new(),
        percents: Vec::new(),
    };
    let whole = Cell {
        text: String::new(),
        line: 0,
        column: 0,
    };
    let Some(table) = table::read(csv_text) else {
        reader.error(
            "empty-table",
            &whole,
            "",
            "the table has no rows",
            "Its first row names the columns: region,locality,level,schools,learners.",
        );
        return Err(reader.findings);
    };
    let columns = header(&table, &mut reader);
    if any_error(&reader.findings) {
        return Err(reader.findings);
    }
    let mut rows: Vec<Row> = Vec::new();
    for cells in &table.rows {
        if let Some(row) = read_row(cells, &columns, table.separator, &country, &mut reader) {
            duplicate(&rows, &row, &mut reader);
            rows.push(row);
        }
    }
    if table.rows.is_empty() {
        reader.error("empty-table", &whole, "", "the table has a header but no rows", "");
    }
    for (index, first, count) in std::mem::take(&mut reader.percents) {
        let more = if count > 1 {
            format!(", and {} more", count - 1)
        } else {
            String::new()
        };
        reader.say(
            Severity::Note,
            "percent-sign",
            &first,
            COLUMNS[index].name,
            format!("read as a share by its percent sign{more}"),
            "",
        );
    }
    if any_error(&reader.findings) {
        return Err(reader.findings);
    }
    let rows: Vec<Row> = rows.into_iter().filter(|row| has_learners(row, &mut reader)).collect();
    let country = assemble(country, &rows, &mut reader);
    if any_error(&reader.findings) {
        return Err(reader.findings);
    }
    Ok((country, reader.findings))
}

fn plain(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Position in [`COLUMNS`] of each column of the table.
fn header(table: &Table, reader: &mut Reader<'_>) -> Vec<Option<usize>> {
    let known = || {
        COLUMNS
            .iter()
            .flat_map(|column| std::iter::once(column.name).chain(column.aliases.iter().copied()))
    };
    let mut found: Vec<Option<usize>> = Vec::new();
    for cell in &table.header {
        let name = plain(&cell.text);
        let index = COLUMNS
            .iter()
            .position(|column| column.name == name || column.aliases.contains(&name.as_str()));
        if index.is_none() {
            let hint = nearest(&name, known()).map_or_else(
                || "It is left aside.".to_owned(),
                |near| format!("Did you mean `{near}`? As it stands it is left aside."),
            );
            reader.say(
                Severity::Warning,
                "unknown-column",
                cell,
                &cell.text,
                "no column has this name",
                hint,
            );
        } else if found.contains(&index) {
            reader.error(
                "duplicate-column",
                cell,
                &cell.text,
                "another column has the same meaning",
                "Keep one of the two.",
            );
        }
        found.push(index);
    }
    for (index, column) in COLUMNS.iter().enumerate().take(REQUIRED) {
        if !found.contains(&Some(index)) {
            let cell = Cell {
                text: String::new(),
                ..table.header[0].clone()
            };
            reader.error(
                "missing-column",
                &cell,
                column.name,
                "the table needs this column",
                "Needed: region, locality, level, schools, learners.",
            );
        }
    }
    found
}

fn read_row(
    cells: &[Cell],
    columns: &[Option<usize>],
    separator: char,
    country: &Country,
    reader: &mut Reader<'_>,
) -> Option<Row> {
    let mut by_column: Vec<Option<&Cell>> = vec![None; COLUMNS.len()];
    for (cell, index) in cells.iter().zip(columns) {
        if let Some(index) = index {
            by_column[*index] = Some(cell);
        }
    }
    if let Some(extra) = cells
        .get(columns.len()..)
        .and_then(|rest| rest.iter().find(|cell| !cell.text.is_empty()))
    {
        reader.error(
            "too-many-cells",
            extra,
            "",
            "the row has more cells than the header",
            "A number with commas needs quotes, or `;` between the cells.",
        );
    }
    let end = cells.last().cloned().unwrap_or(Cell {
        text: String::new(),
        line: 0,
        column: 0,
    });
    let at = |index: usize| {
        by_column[index].cloned().unwrap_or(Cell {
            text: String::new(),
            ..end.clone()
        })
    };
    let region = at(0);
    if region.text.is_empty() {
        reader.error(
            "empty-region",
            &region,
            "region",
            "the region has no name",
            "Write the region, for instance Kolda.",
        );
    }
    let locality_words: Vec<&str> = Locality::ALL.iter().map(|l| l.name()).collect();
    let locality = word(&at(1), "locality", &locality_words, reader).and_then(|w| Locality::from_name(&w));
    let level_words: Vec<&str> = Level::ALL.iter().map(|l| l.name()).collect();
    let level = word(&at(2), "level", &level_words, reader).and_then(|w| Level::from_name(&w));
    if let Some(level) = level
        && !country.levels.iter().any(|l| l.level == level)
    {
        reader.error(
            "unknown-level",
            &at(2),
            "level",
            format!("{} has no national figures for this level", country.name),
            "Add the level to the country's `levels` first.",
        );
    }
    let mut values: Vec<Option<(f64, Cell)>> = vec![None; COLUMNS.len()];
    for (index, column) in COLUMNS.iter().enumerate().skip(3) {
        let Some(cell) = by_column[index].filter(|cell| !cell.text.is_empty()) else {
            if index < REQUIRED {
                reader.error("missing-value", &at(index), column.name, "the cell is empty", "");
            }
            continue;
        };
        values[index] = value(cell, index, separator, reader).map(|value| (value, cell.clone()));
    }
    let row = Row {
        region: region.text.clone(),
        locality: locality?,
        level: level?,
        at: region,
        values,
    };
    sums(&row, reader);
    Some(row)
}

fn word(cell: &Cell, path: &str, words: &[&str], reader: &mut Reader<'_>) -> Option<String> {
    let written = plain(&cell.text);
    if words.contains(&written.as_str()) {
        return Some(written);
    }
    let hint = nearest(&written, words.iter().copied()).map_or_else(
        || format!("Known: {}.", words.join(", ")),
        |near| format!("Did you mean `{near}`?"),
    );
    reader.error("unknown-word", cell, path, format!("no {path} has this name"), hint);
    None
}

fn value(cell: &Cell, index: usize, separator: char, reader: &mut Reader<'_>) -> Option<f64> {
    let Column { name, kind, .. } = COLUMNS[index];
    let written = match table::number(&cell.text, separator) {
        Ok(written) => written,
        Err(problem) => {
            let hint = match &problem {
                NoNumber::Ambiguous(thousands, decimal) => {
                    format!("Write {thousands} or, with one decimal more, {decimal}0.")
                }
                NoNumber::Text => "Leave the cell empty where nothing is known.".into(),
            };
            let code = if problem == NoNumber::Text {
                "wrong-type"
            } else {
                "ambiguous-number"
            };
            reader.error(code, cell, name, problem.to_string(), hint);
            return None;
        }
    };
    if written.value < 0.0 {
        reader.error("negative", cell, name, "this cannot be negative", "");
        return None;
    }
    if kind == Kind::Count && (written.value - written.value.round()).abs() > 1e-9 {
        let rule = format!("a count is a whole number, this reads as {}", written.value);
        reader.error(
            "ambiguous-number",
            cell,
            name,
            rule,
            "Write thousands without a point or comma.",
        );
        return None;
    }
    if written.percent {
        if kind != Kind::Share {
            reader.error(
                "percentage",
                cell,
                name,
                "a number is wanted here, not a percentage",
                "",
            );
            return None;
        }
        match reader.percents.iter_mut().find(|entry| entry.0 == index) {
            Some(entry) => entry.2 += 1,
            None => reader.percents.push((index, cell.clone(), 1)),
        }
    }
    let (least, most) = rule(name);
    if kind != Kind::Share && !(least..=most).contains(&written.value) {
        reader.error(
            "out-of-range",
            cell,
            name,
            format!("this runs from {least} to {most}"),
            "",
        );
        return None;
    }
    if kind == Kind::Share && written.value > 1.0 {
        let hint = if written.percent {
            String::new()
        } else {
            format!(
                "For {} % write {} or {}%.",
                written.value,
                written.value / 100.0,
                written.value
            )
        };
        reader.error("percentage", cell, name, "a share runs from 0 to 1", hint);
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
fn sums(row: &Row, reader: &mut Reader<'_>) {
    let path = |name: &'static str| row.cell(name).map(|(_, cell)| cell.clone()).unwrap_or(row.at.clone());
    if row.get("schools") == Some(0.0) && row.get("learners").is_some_and(|l| l > 0.0) {
        reader.error(
            "zero-schools",
            &path("schools"),
            "schools",
            "the row has learners but no schools",
            "Write the number of schools, or move the learners.",
        );
    }
    let total = |names: &[&str]| names.iter().filter_map(|name| row.get(name)).sum::<f64>();
    let ways = ["cellular", "fibre", "wireless", "satellite"];
    for (names, what) in [(&["grid", "solar"][..], "grid"), (&ways[..], "internet")] {
        if total(names) > 1.000_001 {
            reader.error(
                "shares-sum",
                &path(names[0]),
                what,
                format!("{} add up to {:.3}", names.join(", "), total(names)),
                "Count each school once.",
            );
        }
    }
    for (whole, parts) in [("power", &["grid", "solar"][..]), ("internet", &ways[..])] {
        if let Some(all) = row.get(whole)
            && total(parts) > all + 0.005
        {
            reader.error(
                "shares-sum",
                &path(whole),
                whole,
                format!("{} add up to {:.3}, more than {whole}", parts.join(", "), total(parts)),
                "",
            );
        }
    }
    let given: Vec<f64> = FIFTHS.iter().filter_map(|name| row.get(name)).collect();
    if !given.is_empty() && (given.len() < 5 || (given.iter().sum::<f64>() - 1.0).abs() > 0.005) {
        reader.error(
            "shares-sum",
            &path("poorest"),
            "poorest",
            "shares by wealth fifth are five and add up to 1",
            "Leave all five empty to take the national ones.",
        );
    }
}

fn duplicate(rows: &[Row], row: &Row, reader: &mut Reader<'_>) {
    let same = |other: &&Row| {
        (plain(&other.region), other.locality, other.level) == (plain(&row.region), row.locality, row.level)
    };
    if let Some(first) = rows.iter().find(same) {
        let rule = format!(
            "{}, {}, {} stands in line {} too",
            row.region, row.locality, row.level, first.at.line
        );
        reader.error("duplicate-row", &row.at, "region", rule, "Add the two together.");
    }
}

fn has_learners(row: &Row, reader: &mut Reader<'_>) -> bool {
    let any = row.get("learners").is_some_and(|learners| learners > 0.0);
    if !any {
        reader.say(
            Severity::Warning,
            "no-learners",
            &row.at,
            "learners",
            "a row without learners is left out",
            "",
        );
    }
    any
}

/// The country with the rows as groups.
fn assemble(mut country: Country, rows: &[Row], reader: &mut Reader<'_>) -> Country {
    let national = std::mem::take(&mut country.groups);
    let whole = Cell {
        text: String::new(),
        line: 0,
        column: 0,
    };
    for level in &country.levels {
        let own: Vec<&Row> = rows.iter().filter(|row| row.level == level.level).collect();
        let like = |locality: Locality| {
            let fits = |group: &&Group| group.level == level.level;
            national
                .iter()
                .filter(fits)
                .find(|g| g.locality == locality)
                .or_else(|| national.iter().find(fits))
        };
        if own.is_empty() {
            reader.say(
                Severity::Warning,
                "level-not-in-table",
                &whole,
                "level",
                format!("the table has no row for {}; its national groups stay", level.level),
                "",
            );
            country
                .groups
                .extend(national.iter().filter(|group| group.level == level.level).cloned());
            continue;
        }
        let sum: f64 = own.iter().filter_map(|row| row.get("learners")).sum();
        let learners = reconcile("learners", level.level, sum, level.learners.value, reader);
        let staffed: Vec<&&Row> = own.iter().filter(|row| row.get("teachers").is_some()).collect();
        let staff: f64 = staffed.iter().filter_map(|row| row.get("teachers")).sum();
        let teachers = if staffed.len() == own.len() && staff > 0.0 {
            reconcile("teachers", level.level, staff, level.teachers.value, reader)
        } else {
            Factor {
                by: 1.0,
                note: String::new(),
            }
        };
        let per_learner = level.teachers.value / level.learners.value;
        for row in own {
            if let Some(like) = like(row.locality) {
                country
                    .groups
                    .push(group(row, like, &learners, &teachers, per_learner, reader.file));
            }
        }
    }
    country
}

/// What a column is multiplied with so that it adds up to the national total.
struct Factor {
    by: f64,
    note: String,
}

/// Factor beyond which a table is refused instead of scaled to the national total.
const FARTHEST: f64 = 5.0;

fn reconcile(what: &str, level: Level, sum: f64, total: f64, reader: &mut Reader<'_>) -> Factor {
    let whole = Cell {
        text: String::new(),
        line: 0,
        column: 0,
    };
    let apart = sum / total - 1.0;
    if apart.abs() <= TOLERANCE {
        let rule = format!(
            "{level}: {} in the table, {} nationally ({:+.1} %); kept as they are",
            grouped(sum),
            grouped(total),
            apart * 100.0
        );
        reader.say(Severity::Note, "reconciled", &whole, what, rule, "");
        return Factor {
            by: 1.0,
            note: String::new(),
        };
    }
    let by = total / sum;
    let rule = format!(
        "{level}: {} in the table, {} nationally ({:+.1} %); multiplied by {by:.4} to keep the national total",
        grouped(sum),
        grouped(total),
        apart * 100.0
    );
    let hint = format!("If the table is right, write its sum as the {what} of the level.");
    // A table that is five times too small or large is not a table of this country, or was read wrongly.
    let severity = if (1.0 / FARTHEST..=FARTHEST).contains(&by) {
        Severity::Warning
    } else {
        Severity::Error
    };
    reader.say(severity, "reconciled", &whole, what, rule, hint);
    Factor {
        by,
        note: format!("multiplied by {by:.4} to add up to the national total"),
    }
}

fn group(row: &Row, like: &Group, learners: &Factor, teachers: &Factor, per_learner: f64, file: &str) -> Group {
    let given = |value: f64, note: &str| {
        Quantity::with(
            value,
            Passport {
                source: file.into(),
                note: note.into(),
                ..Passport::default()
            },
        )
    };
    let take = |name: &str, national: &Quantity| {
        row.get(name)
            .map_or_else(|| of_the_nation(national), |value| given(value, ""))
    };
    let learners_here = row.get("learners").unwrap_or(0.0) * learners.by;
    let (grid, solar) = power(row, like, &given);
    let [cellular, fibre, wireless, satellite] = links(row, like, &given);
    Group {
        region: row.region.clone(),
        locality: row.locality,
        level: row.level,
        schools: given(row.get("schools").unwrap_or(0.0), ""),
        learners: given(learners_here, &learners.note),
        teachers: match row.get("teachers") {
            Some(count) => given(count * teachers.by, &teachers.note),
            None => marked("P24: national learners per teacher", learners_here * per_learner, None),
        },
        grid,
        solar,
        fibre,
        cellular,
        wireless,
        satellite,
        mbps: take("mbps", &like.mbps),
        reach_4g: take("reach_4g", &like.reach_4g),
        reach_fibre: take("reach_fibre", &like.reach_fibre),
        equipped: take("computers", &like.equipped),
        devices: take("devices", &like.devices),
        girls: take("girls", &like.girls),
        poorest: take("poorest", &like.poorest),
        second: take("second", &like.second),
        middle: take("middle", &like.middle),
        fourth: take("fourth", &like.fourth),
        richest: take("richest", &like.richest),
        disability: take("disability", &like.disability),
    }
}

fn marked(source: &str, value: f64, range: Option<(f64, f64)>) -> Quantity {
    let (low, high) = range.map_or((None, None), |(low, high)| {
        (Some(low.min(value)), Some(high.max(value)))
    });
    Quantity::with(
        value,
        Passport {
            low,
            high,
            source: source.into(),
            low_confidence: true,
            ..Passport::default()
        },
    )
}

/// The national value as a stand-in for a region's.
fn of_the_nation(national: &Quantity) -> Quantity {
    let range = national.passport.as_ref().and_then(|p| p.low.zip(p.high));
    let mut quantity = marked("P24: national value", national.value, range);
    if let (Some(own), Some(from)) = (&mut quantity.passport, &national.passport) {
        own.year = from.year;
        own.note.clone_from(&from.source);
    }
    quantity
}

/// Grid and solar: as written; `power` alone is parted as in the national group.
fn power(row: &Row, like: &Group, given: &dyn Fn(f64, &str) -> Quantity) -> (Quantity, Quantity) {
    let national = like.grid.value + like.solar.value;
    let of_solar = if national > 0.0 {
        like.solar.value / national
    } else {
        0.0
    };
    match (row.get("power"), row.get("grid"), row.get("solar")) {
        (_, Some(grid), Some(solar)) => (given(grid, ""), given(solar, "")),
        (Some(power), Some(grid), None) => (given(grid, ""), given((power - grid).max(0.0), "power less grid")),
        (Some(power), None, Some(solar)) => (given((power - solar).max(0.0), "power less solar"), given(solar, "")),
        (Some(power), None, None) => {
            let note = "power parted into grid and solar as in the national group";
            (given(power * (1.0 - of_solar), note), given(power * of_solar, note))
        }
        (None, Some(grid), None) => (
            given(grid, ""),
            marked("P24: national value", like.solar.value.min(1.0 - grid), None),
        ),
        (None, None, Some(solar)) => (
            marked("P24: national value", like.grid.value.min(1.0 - solar), None),
            given(solar, ""),
        ),
        (None, None, None) => (of_the_nation(&like.grid), of_the_nation(&like.solar)),
    }
}

/// Cellular, fibre, wireless, satellite: what is written; the rest of `internet` counts as cellular (P17).
fn links(row: &Row, like: &Group, given: &dyn Fn(f64, &str) -> Quantity) -> [Quantity; 4] {
    let nation = [&like.cellular, &like.fibre, &like.wireless, &like.satellite];
    let names = ["cellular", "fibre", "wireless", "satellite"];
    if names.iter().all(|name| row.get(name).is_none()) && row.get("internet").is_none() {
        return nation.map(of_the_nation);
    }
    let mut shares = names.map(|name| {
        row.get(name)
            .map_or_else(|| given(0.0, "none written"), |share| given(share, ""))
    });
    if let (Some(all), None) = (row.get("internet"), row.get("cellular")) {
        let others: f64 = shares[1..].iter().map(|share| share.value).sum();
        shares[0] = marked(
            "P17: links without a named technology counted as cellular",
            (all - others).max(0.0),
            None,
        );
    } else if row.get("internet").is_none() && row.get("cellular").is_none() {
        let others: f64 = shares[1..].iter().map(|share| share.value).sum();
        shares[0] = marked("P24: national value", like.cellular.value.min(1.0 - others), None);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Pack, country, new_scenario};
    use crate::scenario::text::{read_scenario, write_scenario};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static SENEGAL: LazyLock<Option<Country>> = LazyLock::new(|| country(&Pack::embedded(), "SEN", true).ok());

    fn senegal() -> Option<Country> {
        SENEGAL.clone()
    }

    proptest! {
        /// Any text gets an answer, and what is accepted makes a scenario without errors.
        #[test]
        fn no_table_brings_the_program_down(text in any::<String>()) {
            if let Some(country) = senegal() {
                let _ = with_regions(country, &text, "r.csv");
            }
        }

        #[test]
        fn what_is_accepted_makes_a_sound_scenario(cells in proptest::collection::vec("(0|1|0[.]5|35%|12|900|1 200||1,2|x)", 11)) {
            let text = format!("region;locality;level;schools;learners;teachers;power;solar;internet;fibre;computers;devices;mbps;girls\nDakar;urban;primary;{}\n", cells.join(";"));
            if let Some(country) = senegal()
                && let Ok((country, _)) = with_regions(country, &text, "r.csv")
            {
                let text = write_scenario(&new_scenario(country), false);
                let reading = read_scenario("r.ron", text.as_bytes(), &|_| Err(String::new()));
                prop_assert!(reading.scenario.is_some(), "{:?}", reading.findings.first());
            }
        }
    }

    fn codes(findings: &[Finding]) -> Vec<String> {
        findings
            .iter()
            .map(|f| format!("{}:{} {}", f.place.line, f.place.column, f.code))
            .collect()
    }

    #[test]
    fn a_clean_table_becomes_groups_that_add_up() {
        let Some(country) = senegal() else { return };
        let text = "\u{feff}Region;Locality;Level;Schools;Pupils;Electricity;Internet\r\nDakar;urban;primary;1 000;500 000;98%;60 %\r\nKolda;rural;primary;1500;660500;0,3;0,05\r\n";
        let (country, findings) = with_regions(country, text, "regions.csv").expect("no error");
        let primary: Vec<&Group> = country.groups.iter().filter(|g| g.level == Level::Primary).collect();
        assert_eq!(primary.len(), 2);
        // By hand: 500,000 + 660,500 = 1,160,500 in the table, 2,321,000 nationally: everything counts twice.
        assert!(
            (primary[0].learners.value - 1_000_000.0).abs() < 1e-6
                && (primary[1].learners.value - 1_321_000.0).abs() < 1e-6
        );
        // By hand: 72,281 teachers x 1,000,000 / 2,321,000.
        assert!((primary[0].teachers.value - 31_142.2).abs() < 0.1);
        assert!((primary[0].grid.value + primary[0].solar.value - 0.98).abs() < 1e-12);
        assert!((primary[1].cellular.value - 0.05).abs() < 1e-12);
        assert_eq!(
            primary[1].devices.passport.as_ref().map(|p| p.source.as_str()),
            Some("P24: national value")
        );
        let reconciled = findings.iter().find(|f| f.code == "reconciled").expect("reported");
        assert!(reconciled.rule.contains("multiplied by 2.0000"), "{}", reconciled.rule);
        assert_eq!(findings.iter().filter(|f| f.code == "level-not-in-table").count(), 2);
        assert_eq!(findings.iter().filter(|f| f.code == "percent-sign").count(), 2);
    }

    #[test]
    fn everything_wrong_is_said_at_once_with_its_place() {
        let Some(country) = senegal() else { return };
        let text = "region,locality,level,schools,learners,powr\n,urban,primary,10,100,1\nDakar,urben,primary,10,100,1\nDakar,urban,primery,10,100,1\nKolda,rural,primary,0,100,1\nKolda,rural,primary,-3,\"1,200\",1\nThies,rural,primary,x,,1\n";
        let findings = with_regions(country, text, "r.csv").expect_err("errors");
        let codes = codes(&findings);
        for wanted in [
            "1:40 unknown-column",
            "2:1 empty-region",
            "3:7 unknown-word",
            "4:13 unknown-word",
            "5:21 zero-schools",
            "6:21 negative",
            "6:24 ambiguous-number",
            "6:1 duplicate-row",
            "7:21 wrong-type",
            "7:23 missing-value",
        ] {
            assert!(codes.iter().any(|code| code == wanted), "{wanted} not in {codes:?}");
        }
        assert!(
            findings.iter().any(|f| f.hint.contains("`power`")) && findings.iter().any(|f| f.hint.contains("`urban`"))
        );
    }

    #[test]
    fn a_percentage_without_its_sign_is_refused() {
        let Some(country) = senegal() else { return };
        let text = "region,locality,level,schools,learners,solar,grid\nDakar,urban,primary,10,100,35,0.2\nDakar,rural,primary,10,100,0.9,0.2\n";
        let findings = with_regions(country, text, "r.csv").expect_err("errors");
        assert_eq!(codes(&findings), ["2:28 percentage", "3:32 shares-sum"]);
        assert!(findings[0].hint.contains("0.35"));
    }

    #[test]
    fn a_table_without_rows_or_columns_is_refused() {
        let Some(country) = senegal() else { return };
        for text in ["", "\n\n", "region,locality,level,schools,learners\n", "a,b\n1,2\n"] {
            assert!(with_regions(country.clone(), text, "r.csv").is_err(), "{text:?}");
        }
    }
}
