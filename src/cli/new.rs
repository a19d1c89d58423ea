//! `rollcall new`: a first scenario for a country.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use super::FAILED;
use super::say::{counted, say, tell, tell_findings};
use super::tables::{FAR, Total, kept_reading, since};
use crate::data::tables::{File, NoTable, Recipe};
use crate::data::{self, Pack, store};
use crate::scenario::text::{read_scenario, write_scenario};
use crate::scenario::{Country, Finding, Level, Severity, messages};

const GUIDE: &str = "\
The country is made from the embedded published data; what no source has is filled by a stated stand-in and marked
as low confidence (`rollcall check` lists them). The plan in the file is an example: change its targets.

With --groups, a ministry's own regional table takes the place of the national groups. Its first row names the columns:
  region,locality,level,schools,learners    needed; locality is urban or rural; level is primary, lower_secondary ...
  teachers,grid,cellular,equipped, ...      shares as 0.35 or 35%
Example:
  rollcall new SEN --groups regions.csv --out senegal.ron

Exit codes: 0 written, 2 bad input or failure.";

/// Arguments of `new`.
#[derive(Debug, clap::Args)]
#[command(after_help = GUIDE)]
pub struct New {
    /// Country: three letters (ISO 3166), for instance SEN, or its name
    #[arg(value_name = "ISO3")]
    country: String,
    /// Regional table (CSV, XLSX, ODS or XLS) in place of the national groups
    #[arg(long, value_name = "FILE")]
    groups: Option<PathBuf>,
    /// Split the schools of a register by size into so many classes, 3 to 10
    #[arg(long, value_name = "NUMBER", requires = "groups", value_parser = clap::value_parser!(u8).range(3..=10))]
    size_classes: Option<u8>,
    /// A plan made from last year's table of the same shape: read this one like it, and list what changed
    #[arg(long, value_name = "PLAN", requires = "groups")]
    reading: Option<PathBuf>,
    /// Total of a level to which learners and teachers add up: the published one, or the sheet's own [default: published]
    #[arg(long, value_name = "WHICH", requires = "groups", value_enum)]
    total: Option<Total>,
    /// File to write [default: ./ISO3.ron]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
}

impl New {
    pub(super) fn run(&self) -> u8 {
        let (country, findings) = match self.make() {
            Ok(made) => made,
            Err(Refused::Said(why)) => {
                tell(&format!("rollcall new: {why}"));
                return FAILED;
            }
            Err(Refused::Found(findings)) => {
                tell_findings(&findings, Severity::Note);
                tell(&format!("rollcall new: {}; nothing was written", counted(&findings)));
                return FAILED;
            }
        };
        tell_findings(&findings, Severity::Note);
        let path = self
            .out
            .clone()
            .unwrap_or_else(|| PathBuf::from(format!("{}.ron", country.iso3)));
        let (name, groups) = (country.name.clone(), country.groups.len());
        let absent: Vec<&str> = country.levels_left_out().into_iter().map(Level::in_words).collect();
        if !absent.is_empty() {
            let buttons: Vec<String> = absent
                .iter()
                .map(|level| format!("\u{201c}Add {level}…\u{201d}"))
                .collect();
            tell(&format!(
                "{name}: no published data for {}, left out of every number; the window (`rollcall open`) adds what you \
                 have figures for, with a button a level: {}",
                absent.join(", "),
                buttons.join(", ")
            ));
        }
        let text = write_scenario(&data::new_scenario(country), false);
        let saved = if self.force {
            store::save(&path, text.as_bytes())
        } else {
            store::save_new(&path, text.as_bytes())
        };
        if let Err(error) = saved {
            let more = if error.error.kind() == std::io::ErrorKind::AlreadyExists {
                " (--force replaces it.)"
            } else {
                ""
            };
            tell(&format!("{error}{more}"));
            return FAILED;
        }
        let file = path.display();
        let reading = read_scenario(&file.to_string(), text.as_bytes(), &|_| Err(messages::no_such_file()));
        tell_findings(&reading.findings, Severity::Warning);
        let next = format!("Next: `rollcall check {file}` lists what is assumed, `rollcall run {file}` runs it.");
        say(&format!(
            "{file}: {name}, {groups} groups of schools; {}\n{next}\n",
            counted(&reading.findings)
        ))
    }
}

impl New {
    /// The country from the embedded data, with a ministry's own groups if it has a table.
    fn make(&self) -> Result<(Country, Vec<Finding>), Refused> {
        let pack = Pack::embedded();
        if data::country_names::all().is_empty() {
            return Err(Refused::Said(
                "this program was built without the data pack, so it knows no country".into(),
            ));
        }
        let refused = |refusal: data::Refusal| Refused::Said(refusal.to_string());
        let Some(file) = &self.groups else {
            let country = data::registers::started(&pack, &self.country, false).map_err(refused)?;
            if let Some(source) = data::registers::source(&country.iso3) {
                tell(&format!(
                    "{}: schools by region from {source}; what it lacks is as for other countries",
                    country.name
                ));
            }
            return Ok((country, Vec::new()));
        };
        let country = data::country(&pack, &self.country, false).map_err(refused)?;
        let bytes = store::read_table(file).map_err(|finding| Refused::Found(vec![finding]))?;
        let before = self.reading.as_deref().map(kept_reading).transpose();
        let before = before.map_err(Refused::Found)?;
        let (name, never) = (file.display().to_string(), AtomicBool::new(false));
        let read = || {
            let file = File::open(&name, bytes, &never)?;
            if let Some((_, kept)) = &before {
                let mut kept = kept.clone();
                kept.recipe.total = self.total.map_or(kept.recipe.total, Total::of_level);
                return Ok(file.read_again(&kept, country, &never)?.2);
            }
            let sheet = file.look_for(&country, &never)?;
            let mut recipe = Recipe::guess(&sheet, &country);
            recipe.size_classes = self.size_classes;
            recipe.total = self.total.map_or(recipe.total, Total::of_level);
            file.read(&sheet, &recipe, country, &never)
        };
        let outcome = read().map_err(|why: NoTable| Refused::Found(vec![why.finding(&name)]))?;
        if let Some((before, kept)) = &before {
            tell(&since(kept, &kept.since(before, &outcome.groups, FAR)));
        }
        match outcome.country {
            Some(country) => Ok((country, outcome.findings)),
            None => Err(Refused::Found(outcome.findings)),
        }
    }
}

enum Refused {
    Said(String),
    Found(Vec<Finding>),
}
