//! `rollcall tables`: what is understood of a ministry's table or register, and the groups that it gives.

#![allow(clippy::result_large_err)] // A finding is made once per table; nothing is gained by a box.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::FAILED;
use super::say::{counted, say, tell, tell_findings};
use crate::data::tables::{
    Apart, Aside, ColumnRecipe, File, GroupRow, Kept, LevelTotal, Meaning, Measure, NoTable, NumberUnit, Outcome,
    Question, Recipe, RowAside, RowsAre, Sex, Sheet, SinceBefore, Sure, Why, letters,
};
use crate::data::{self, Pack, store};
use crate::report::groups;
use crate::scenario::{Country, Finding, Level, Severity};
use crate::units::{decimals, grouped, signed};

const GUIDE: &str = "\
A sheet of a yearbook (levels, grades, sexes or years across) or a register with a row a school, as CSV (any encoding and
separator), XLSX, ODS or XLS, of up to a million rows. Six blocks say what was understood of it, what was left aside, what was
assumed, what is asked, how its sums stand to the published totals, and what was written: the groups of schools in the
columns that `rollcall new --groups` takes.
Examples:
  rollcall tables register.csv --country TZA
  rollcall tables yearbook.xlsx --country SEN --sheet \"Table 4\" --out groups.csv
  rollcall tables next_year.csv --reading plan.ron
With --reading, the table is read as the one behind the plan's groups was, and what changed since is listed.
Numbers: `--decimal ,` or `--thousands ,` says which mark is which where the cells do not settle it.

Exit codes: 0 understood, 2 bad input or failure.";

/// Arguments of `tables`.
#[derive(Debug, clap::Args)]
#[command(after_help = GUIDE)]
pub struct Tables {
    /// Table or register (CSV, XLSX, ODS or XLS)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Country: three letters (ISO 3166) or its name
    #[arg(long, value_name = "ISO3", required_unless_present = "reading")]
    country: Option<String>,
    /// A plan that was made from a table of the same shape: read it like that one, and list what changed
    #[arg(long, value_name = "PLAN", conflicts_with_all = ["country", "sheet", "size_classes", "decimal", "thousands"])]
    reading: Option<PathBuf>,
    /// Sheet of a workbook: its name or number [default: the first that is understood]
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,
    /// Split the schools of a register by size into so many classes, 3 to 10
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(3..=10))]
    size_classes: Option<u8>,
    /// Total of a level to which learners and teachers add up: the published one, or the sheet's own [default: published]
    #[arg(long, value_name = "WHICH", value_enum)]
    total: Option<Total>,
    /// Mark before decimals: . or ,
    #[arg(long, value_name = "MARK", value_parser = [".", ","])]
    decimal: Option<String>,
    /// Mark between thousands: . or ,
    #[arg(long, value_name = "MARK", value_parser = [".", ","], conflicts_with = "decimal")]
    thousands: Option<String>,
    /// File to write the groups to (CSV)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
}

/// The answers to `--total`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Total {
    /// Learners and teachers are scaled to the published total of their level
    Published,
    /// The sheet's own sum becomes the total of the level
    Sheet,
}

impl Total {
    pub(super) const fn of_level(self) -> LevelTotal {
        match self {
            Self::Published => LevelTotal::Published,
            Self::Sheet => LevelTotal::Sheet,
        }
    }
}

impl Tables {
    pub(super) fn run(&self) -> u8 {
        let (country, kept) = match self.country() {
            Ok(found) => found,
            Err(findings) => {
                tell_findings(&findings, Severity::Warning);
                return FAILED;
            }
        };
        let (sheets, sheet, recipe, outcome) = match self.read(&country, kept.as_ref()) {
            Ok(read) => read,
            Err(finding) => {
                tell_findings(&[finding], Severity::Note);
                return FAILED;
            }
        };
        let mut text = blocks(&sheets, &sheet, &recipe, &outcome);
        if let Some(kept) = &kept {
            text += &since(kept, &kept.since(&country, &outcome.groups, FAR));
        }
        let code = say(&text);
        // The blocks say what is left aside.
        let told = ["unknown-column", "level-not-in-table"];
        let found = outcome.findings.iter();
        let rest: Vec<Finding> = found.filter(|finding| !told.contains(&finding.code)).cloned().collect();
        tell_findings(&rest, Severity::Warning);
        if !outcome.is_read {
            tell(&format!("rollcall tables: {}; nothing was written", counted(&rest)));
            return FAILED;
        }
        let Some(out) = &self.out else { return code };
        let table = groups::bytes(&outcome.groups);
        let saved = if self.force {
            store::save(out, &table)
        } else {
            store::save_new(out, &table)
        };
        if let Err(error) = saved {
            tell(&error.to_string());
            return FAILED;
        }
        let file = out.display();
        code.max(say(&format!(
            "{file}: {} groups. Next: `rollcall new {} --groups {file}{}`.\n",
            outcome.groups.len(),
            country.iso3,
            if recipe.total == LevelTotal::Sheet {
                " --total sheet"
            } else {
                ""
            }
        )))
    }

    /// The country, and the reading that its plan keeps.
    fn country(&self) -> Result<(Country, Option<Kept>), Vec<Finding>> {
        if let Some(plan) = &self.reading {
            let (country, kept) = kept_reading(plan)?;
            return Ok((country, Some(kept)));
        }
        let written = self.country.as_deref().unwrap_or_default();
        let country = data::country(&Pack::embedded(), written, false).map_err(|refusal| {
            tell(&format!("rollcall tables: {refusal}"));
            Vec::new()
        })?;
        Ok((country, None))
    }

    fn read(&self, country: &Country, kept: Option<&Kept>) -> Result<(Vec<String>, Sheet, Recipe, Outcome), Finding> {
        let (name, never) = (self.file.display().to_string(), AtomicBool::new(false));
        let bytes = store::read_table(Path::new(&self.file))?;
        let read = || {
            let file = File::open(&name, bytes, &never)?;
            if let Some(kept) = kept {
                let mut kept = kept.clone();
                kept.recipe.total = self.total.map_or(kept.recipe.total, Total::of_level);
                let (sheet, recipe, outcome) = file.read_again(&kept, country.clone(), &never)?;
                return Ok((file.sheets, sheet, recipe, outcome));
            }
            let sheet = match &self.sheet {
                Some(sheet) => {
                    let named = file.sheets.iter().position(|name| name == sheet);
                    let numbered = sheet.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                    file.look(named.or(numbered).unwrap_or(usize::MAX), None, country, &never)?
                }
                None => file.look_for(country, &never)?,
            };
            let mut recipe = Recipe::guess(&sheet, country);
            recipe.size_classes = self.size_classes;
            recipe.total = self.total.map_or(recipe.total, Total::of_level);
            let other = |mark: &String| if mark == "," { '.' } else { ',' };
            let decimal = self.decimal.as_ref().and_then(|mark| mark.chars().next());
            if let Some(decimal) = decimal.or(self.thousands.as_ref().map(other)) {
                recipe.set_decimal(Some(decimal));
            }
            let outcome = file.read(&sheet, &recipe, country.clone(), &never)?;
            Ok((file.sheets, sheet, recipe, outcome))
        };
        read().map_err(|why: NoTable| why.finding(&self.file.display().to_string()))
    }
}

/// Changes of a region's number that are listed: beyond this share.
pub(super) const FAR: f64 = 0.1;

/// The country of a plan, and how the table behind its groups was read.
pub(super) fn kept_reading(plan: &Path) -> Result<(Country, Kept), Vec<Finding>> {
    let opened = store::open(plan);
    let Some(scenario) = opened.scenario else {
        return Err(opened.findings);
    };
    let country = Country::clone(&scenario.country);
    let Some(kept) = Kept::of(&country) else {
        let file = plan.display();
        tell(&format!(
            "{file}: no reading is kept with this plan; make it from a table (`rollcall new --groups`)"
        ));
        return Err(Vec::new());
    };
    Ok((country, kept))
}

/// What changed since the table of the plan.
pub(super) fn since(kept: &Kept, since: &SinceBefore) -> String {
    let mut text = format!("\nSINCE {}\n", kept.file);
    for (what, regions) in [("new regions", &since.come), ("regions no longer there", &since.gone)] {
        if !regions.is_empty() {
            let _ = writeln!(text, "  {what}: {}", regions.join(", "));
        }
    }
    let mut line = |name: String, apart: &Apart| {
        let change = signed(apart.change() * 100.0, |size| format!("{size:.1}"));
        let (before, now) = (grouped(apart.before), grouped(apart.now));
        let _ = writeln!(text, "  {name:<40}{before:>14}{now:>14}  {change} %");
    };
    for apart in &since.levels {
        line(format!("{}, {}", apart.level.in_words(), apart.measure.name()), apart);
    }
    for apart in &since.regions {
        let name = format!("{}, {}, {}", apart.region, apart.level.in_words(), apart.measure.name());
        line(name, apart);
    }
    if since.regions.is_empty() {
        let _ = writeln!(
            text,
            "  no number of a region changed by more than {:.0} %",
            FAR * 100.0
        );
    }
    text
}

/// What was understood, in six blocks.
fn blocks(sheets: &[String], sheet: &Sheet, recipe: &Recipe, outcome: &Outcome) -> String {
    let mut text = String::from("UNDERSTOOD\n");
    let each = match recipe.rows {
        RowsAre::Schools => "one school each",
        RowsAre::Groups => "schools of a place each",
    };
    let named = if sheet.name.is_empty() {
        String::new()
    } else {
        format!("sheet {}, ", sheet.name)
    };
    let line = |at: usize| sheet.upper.get(at).map_or(0, |row| row.line);
    let (first, last) = (line(recipe.header), line(recipe.header + recipe.header_rows.max(1) - 1));
    let header = if first == last {
        format!("header in row {first}")
    } else {
        format!("header in rows {first} to {last}")
    };
    let _ = writeln!(text, "  {named}{header}, {} rows, {each}", number(outcome.rows));
    for (at, column) in recipe.columns.iter().enumerate() {
        if let Some(meaning) = column.meaning.name() {
            let _ = writeln!(
                text,
                "  {:>3}  {:<28} {}",
                letters(at),
                short(&column.header),
                told(column, meaning)
            );
        }
    }
    text += "\nLEFT ASIDE\n";
    let others: Vec<&str> = sheets
        .iter()
        .map(String::as_str)
        .filter(|name| *name != sheet.name)
        .collect();
    let others = (!others.is_empty()).then(|| format!("other sheets (--sheet): {}", others.join(", ")));
    text += &lines(aside(recipe, outcome).into_iter().chain(others));
    text += "\nASSUMED\n";
    text += &lines(outcome.assumed.iter().map(ToString::to_string));
    text += "\nQUESTIONS\n";
    text += &lines(
        outcome
            .questions
            .iter()
            .enumerate()
            .flat_map(|(at, question)| asked(at + 1, question)),
    );
    text += "\nAGAINST THE PUBLISHED TOTALS\n";
    text += &sums(outcome);
    if recipe.total == LevelTotal::Sheet {
        text += "  the totals of the sheet take the place of the published ones in the plan\n";
    }
    let _ = writeln!(
        text,
        "\nGROUPS\n  {} of region, locality and level",
        outcome.groups.len()
    );
    text += &classes(&outcome.groups);
    text
}

/// The size classes with their parts of the schools and learners of their level.
fn classes(groups: &[GroupRow]) -> String {
    let mut text = String::new();
    let mut sums: Vec<(Level, &str, [f64; 2])> = Vec::new();
    for group in groups.iter().filter(|group| !group.size_class.is_empty()) {
        let own = [Measure::Schools, Measure::Learners].map(|measure| group.get(measure).unwrap_or(0.0));
        let known = sums
            .iter_mut()
            .find(|(level, class, _)| (*level, *class) == (group.level, &group.size_class));
        match known {
            Some((.., sum)) => *sum = [sum[0] + own[0], sum[1] + own[1]],
            None => sums.push((group.level, &group.size_class, own)),
        }
    }
    let mean = |sum: &[f64; 2]| sum[1] / sum[0].max(f64::MIN_POSITIVE);
    sums.sort_by(|a, b| a.0.cmp(&b.0).then(mean(&a.2).total_cmp(&mean(&b.2))));
    for (level, class, sum) in &sums {
        let all = |at: usize| {
            sums.iter()
                .filter(|other| other.0 == *level)
                .map(|other| other.2[at])
                .sum::<f64>()
        };
        let part = |at: usize| 100.0 * sum[at] / all(at).max(f64::MIN_POSITIVE);
        let (schools, learners) = (grouped(sum[0]), grouped(sum[1]));
        let _ = writeln!(
            text,
            "  {}, {class} learners: {schools} schools ({:.1} %), {learners} learners ({:.1} %), mean {}",
            level.in_words(),
            part(0),
            part(1),
            grouped(mean(sum).round())
        );
    }
    text
}

fn lines(said: impl IntoIterator<Item = String>) -> String {
    let mut text = String::new();
    for line in said {
        let _ = writeln!(text, "  {line}");
    }
    if text.is_empty() { "  nothing\n".into() } else { text }
}

fn number(count: usize) -> String {
    #[allow(clippy::cast_precision_loss)]
    grouped(count as f64)
}

/// A header that fits its column.
fn short(header: &str) -> String {
    if header.chars().count() <= 28 {
        return header.to_owned();
    }
    header.chars().take(27).chain(std::iter::once('…')).collect()
}

/// What a column is taken for, and why.
fn told(column: &ColumnRecipe, meaning: &str) -> String {
    let mut told = vec![meaning.to_owned()];
    if let Some(sex) = column.sex {
        told.push(if sex == Sex::Girls { "girls" } else { "boys" }.into());
    }
    told.extend(column.levels.iter().map(|level| level.0.in_words().to_owned()));
    told.extend(column.year.map(|year| year.to_string()));
    if column.meaning.share().is_some() || column.unit != NumberUnit::Itself {
        told.push(
            match column.unit {
                NumberUnit::Itself | NumberUnit::Share => "share from 0 to 1, or percent cells",
                NumberUnit::Percent => "percent",
                NumberUnit::CountOf => "so many of them",
                NumberUnit::Words => "yes or no",
            }
            .into(),
        );
    }
    told.extend(column.sector.clone());
    if column.times != 1 {
        told.push(format!("times {}", grouped(f64::from(column.times))));
    }
    if let Some(decimal) = column.decimal {
        told.push(format!("decimals after {decimal}"));
    }
    let why = match column.why {
        Why::Header => "by its header",
        Why::Cells => "by its header and cells",
        Why::Kept => "as read before",
        Why::ByHand => "as told",
    };
    let sure = match column.sure {
        Sure::Sure => "",
        Sure::Likely => ", likely",
        Sure::Asks => ", asked below",
    };
    format!("{} ({why}{sure})", told.join(", "))
}

/// Columns and rows that are left aside, by the reason.
fn aside(recipe: &Recipe, outcome: &Outcome) -> Vec<String> {
    let mut columns: Vec<(&str, Vec<String>)> = Vec::new();
    for (at, column) in recipe.columns.iter().enumerate() {
        let Meaning::Aside(why) = column.meaning else { continue };
        if column.header.is_empty() {
            continue;
        }
        let why = match why {
            Aside::Unknown => "not understood",
            Aside::NotNeeded => "not needed",
            Aside::Empty => "empty",
            Aside::Person => "about a person, not read",
            Aside::PartOfTotal => "parts of a total that is there",
            Aside::TotalOfParts => "totals of parts that are there",
            Aside::OtherYear => "of another year",
            Aside::OutsideLevels => "outside primary and secondary",
            Aside::NotKept => "new since the table before",
            Aside::ByHand => "as told",
        };
        let name = format!("{} {}", letters(at), column.header);
        match columns.iter_mut().find(|(known, _)| *known == why) {
            Some((_, names)) => names.push(name),
            None => columns.push((why, vec![name])),
        }
    }
    let columns = columns
        .into_iter()
        .map(|(why, names)| format!("columns {why}: {}", names.join(", ")));
    let rows = outcome.aside.iter().map(|(why, count, lines)| {
        let why = match why {
            RowAside::Title => "titles",
            RowAside::Total => "totals",
            RowAside::Note => "notes",
            RowAside::ColumnNumbers => "numbers of columns",
            RowAside::OtherYear => "of another year",
            RowAside::OutsideLevels => "outside primary and secondary",
            RowAside::NoLevel => "without a level",
            RowAside::NoRegion => "without a region",
            RowAside::NoLearners => "without learners",
        };
        let lines: Vec<String> = lines.iter().take(8).map(ToString::to_string).collect();
        let more = if *count > 8 { ", …" } else { "" };
        format!("rows {why}: {} ({}{more})", number(*count), lines.join(", "))
    });
    columns.chain(rows).collect()
}

/// A question with its answers; the one that holds is marked.
fn asked(at: usize, question: &Question) -> Vec<String> {
    let answers = question.answers.iter().map(|answer| {
        let mark = if answer.holds { "✓ " } else { "" };
        format!("{mark}{}", answer.text)
    });
    let answers: Vec<String> = answers.collect();
    vec![
        format!("{at}. {}", question.text),
        format!("   {} [{}]", question.evidence, answers.join(" | ")),
    ]
}

/// The sheet against what is published, by level; ✓ within 3 %, ◐ within 10, ◆ beyond.
fn sums(outcome: &Outcome) -> String {
    let mut text = format!("  {:<28}{:>14}{:>14}\n", "", "your sheet", "published");
    for sum in &outcome.sums {
        let share = sum.measure == Measure::Girls;
        let shown = |value: f64| {
            if share {
                format!("{} %", decimals(value * 100.0))
            } else {
                grouped(value)
            }
        };
        let name = format!("{}, {}", sum.level.in_words(), sum.measure.name());
        let table = sum.table.map_or_else(|| "not in it".into(), shown);
        let published = sum.published.map_or_else(|| "none".into(), shown);
        let year = sum.year.filter(|_| sum.published.is_some());
        let year = year.map_or(String::new(), |year| format!(" ({year})"));
        let apart = match (sum.table, sum.published, sum.assumed) {
            (Some(table), Some(published), _) => {
                let apart = if share {
                    table - published
                } else {
                    table / published - 1.0
                };
                let mark = match apart.abs() {
                    size if size <= 0.03 => "✓",
                    size if size <= 0.1 => "◐",
                    _ => "◆",
                };
                let unit = if share { " points" } else { " %" };
                format!("{mark} {}{unit}", signed(apart * 100.0, |size| format!("{size:.1}")))
            }
            (Some(_), None, Some(assumed)) => format!("assumed {}", grouped(assumed)),
            _ => String::new(),
        };
        text += format!("  {name:<28}{table:>14}{published:>14}{year:<7}  {apart}").trim_end();
        text.push('\n');
    }
    text
}
