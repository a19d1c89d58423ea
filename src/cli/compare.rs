//! `rollcall compare`: scenarios side by side, and one beside itself with standards, packages or practices laid over it.

use std::path::PathBuf;

use super::FAILED;
use super::say::{Progress, counted, say, tell, tell_findings};
use crate::data::store::{self, results::may_write};
use crate::model::Trajectory;
use crate::report::compared;
use crate::scenario::findings::any_error;
use crate::scenario::{Finding, Scenario, Severity};
use crate::study::compare::{MOST, compare};
use crate::study::parallel::simulate;

const GUIDE: &str = "\
The first scenario is the base; with two or three, differences from it stand in brackets. Sums are of the years that
all scenarios share. Below the table stands every input that differs.

With --out, these are written:
  compare.csv  indicator, level, scenario, year, value, unit; an empty year means all common years
  payers.csv   who pays by year: payer, scenario, year, value, unit; an empty year means what comes after
  levers.csv   each lever that differs: path, year, unit, least, mean and most of all scenarios, and which hold the ends
  differs.csv  path and unit of every input that differs, one column of values a scenario
  compare.ron  version, commit and hashes of what was compared
They replace those of an earlier comparison, never a scenario or its country, other files only with --force.

Example:
  rollcall compare senegal/balanced.ron senegal/devices_first.ron --out tables
  rollcall compare senegal/balanced.ron --standard enec --standard gape
  rollcall compare senegal/balanced.ron --packages senegal/ida_credit senegal/partnership mine.ron

Exit codes: 0 done (also if nothing differs), 2 bad input or failure.";

/// Lays something over a scenario; gives what comes of it, and what is found in it.
type Lay<'a> = Box<dyn FnOnce(&Scenario) -> (Scenario, Vec<Finding>) + 'a>;

/// Arguments of `compare`.
#[derive(Debug, clap::Args)]
#[command(after_help = GUIDE)]
pub struct Compare {
    /// Two to six scenario files, or names of bundled ones; one is enough with a standard, a package or a practice
    #[arg(value_name = "FILE", required = true, num_args = 1..=MOST)]
    files: Vec<PathBuf>,
    /// Lay a standard over the first scenario, and see what changes: a file, or the name of a bundled one (`enec`)
    #[arg(long, value_name = "NAME")]
    standard: Vec<String>,
    /// The first scenario under these packages of funding: files, or names of bundled ones (`senegal/ida_credit`)
    #[arg(long, value_name = "NAME", num_args = 1..MOST)]
    packages: Vec<String>,
    /// The first scenario at the prices of these practices: files, or names of bundled ones (`dominican_tablets`)
    #[arg(long, value_name = "NAME")]
    practice: Vec<String>,
    /// Write the tables into this folder; it is made if need be
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace files of others in that folder; the scenarios and their countries are never replaced
    #[arg(long, requires = "out")]
    force: bool,
}

impl Compare {
    /// Reads, runs, compares.
    pub(super) fn run(&self) -> u8 {
        let mut names: Vec<String> = self.files.iter().map(|file| file.display().to_string()).collect();
        let base = names[0].clone();
        let laid = self.standard.iter().chain(&self.packages).chain(&self.practice);
        names.extend(laid.map(|name| format!("{base} + {name}")));
        if !(2..=MOST).contains(&names.len()) {
            tell(&format!(
                "name two to {MOST} scenarios, or one and a standard, a package or a practice"
            ));
            return FAILED;
        }
        if let Some(twice) = (1..names.len()).find(|at| names[..*at].contains(&names[*at])) {
            tell(&format!("{}: named twice; name each scenario once", names[twice]));
            return FAILED;
        }
        let progress = Progress::start("reading");
        let mut opened: Vec<store::Opened> = self.files.iter().map(|file| store::load(file)).collect();
        let plan = opened[0].clone();
        let with = |name: &str, lay: Result<Lay, Vec<Finding>>| match (lay, &plan.reading.scenario) {
            (Ok(lay), Some(scenario)) => {
                let (laid, found) = lay(scenario);
                let mut opened = plan.clone();
                opened.reading.scenario = (!any_error(&found)).then_some(laid);
                opened.reading.findings.extend(found);
                Some(opened)
            }
            (Ok(_), None) => Some(plan.clone()),
            (Err(findings), _) => {
                tell_findings(&findings, Severity::Error);
                tell(&format!("{name}: {}; nothing was compared", counted(&findings)));
                None
            }
        };
        for name in &self.standard {
            let lay = store::standard(name)
                .map(|standard| -> Lay { Box::new(move |scenario| (standard.over(scenario), Vec::new())) });
            let Some(laid) = with(name, lay) else { return FAILED };
            opened.push(laid);
        }
        for name in &self.packages {
            let lay = store::package(name).map(|package| -> Lay {
                Box::new(move |scenario| {
                    let title = package.title.clone();
                    let laid = Scenario {
                        title,
                        ..package.over(scenario)
                    };
                    (laid, package.found_over(scenario, name))
                })
            });
            let Some(laid) = with(name, lay) else { return FAILED };
            opened.push(laid);
        }
        for name in &self.practice {
            let lay = store::practice(name).map(|practice| -> Lay {
                Box::new(move |scenario| (practice.over(scenario), practice.found_over(scenario, name)))
            });
            let Some(laid) = with(name, lay) else { return FAILED };
            opened.push(laid);
        }
        if let Some(folder) = &self.out {
            let inputs: Vec<PathBuf> = opened.iter().flat_map(|opened| opened.files.clone()).collect();
            let names: Vec<&str> = compared::TABLES.into_iter().chain([compared::MARK]).collect();
            if let Err(refusal) = may_write(folder, &names, compared::MARK, &inputs, self.force) {
                drop(progress);
                tell(&refusal.to_string());
                return FAILED;
            }
        }
        let runs: Vec<Trajectory> = opened
            .iter()
            .zip(&names)
            .filter_map(|(opened, name)| {
                progress.step(&format!("running {name}"));
                opened.reading.scenario.as_ref().map(simulate)
            })
            .collect();
        drop(progress);
        let broken: Vec<String> = runs
            .iter()
            .filter_map(|run| Some(format!("{}: {}", run.model.scenario.title, run.sound().err()?)))
            .collect();
        if !broken.is_empty() {
            tell(&format!("{}\nnothing was compared", broken.join("\n")));
            return FAILED;
        }
        let mut told: Vec<&Finding> = Vec::new();
        for (opened, name) in opened.iter().zip(&names) {
            let findings = &opened.reading.findings;
            // Scenarios that share a country file share its findings.
            let news: Vec<Finding> = findings
                .iter()
                .filter(|finding| !told.contains(finding))
                .cloned()
                .collect();
            tell_findings(&news, Severity::Warning);
            told.extend(findings);
            if opened.reading.scenario.is_none() {
                tell(&format!("{name}: {}; nothing was compared", counted(findings)));
            }
        }
        if runs.len() < names.len() {
            return FAILED;
        }
        let scenarios: Vec<&Scenario> = runs.iter().map(|run| &*run.model.scenario).collect();
        let comparison = compare(&runs.iter().collect::<Vec<_>>());
        let written = self
            .out
            .as_ref()
            .map(|folder| (folder, compared::write(&comparison, &names, &opened, folder)));
        let code = say(&compared::page(&comparison, &names, &scenarios));
        match written {
            Some((_, Err(error))) => {
                tell(&error.to_string());
                FAILED
            }
            Some((folder, Ok(()))) => {
                tell(&format!(
                    "{}: compare.csv, payers.csv, levers.csv, differs.csv and compare.ron written",
                    folder.display()
                ));
                code
            }
            None => code,
        }
    }
}
