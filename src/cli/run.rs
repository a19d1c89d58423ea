//! `rollcall run`: the summary of a scenario, and its tables.

use std::path::PathBuf;

use super::say::{Progress, counted, say, tell, tell_findings};
use super::{FAILED, NOT_MET, Named};
use crate::data::store::{self, results::may_write};
use crate::model::measures;
use crate::report::practice::practice;
use crate::report::{burden, summary, tables};
use crate::scenario::Severity;
use crate::scenario::practice::write_practice;
use crate::study::parallel::simulate;

const GUIDE: &str = "\
With --out, these tables are written (UTF-8, points for decimals, every digit; an empty cell means all):
  indicators.csv  reach, SDG 4 and UIS indicators by year, level, locality, sex, wealth and disability
  uis.csv         what UNESCO's statistics institute publishes, in the layout of its bulk files
  costs.csv       quantity, unit price and amount of every cost line; layer plan or existing
  funding.csv     who pays each line; the source `unfunded` is the gap
  sources.csv     what became of each source's money
  debt.csv        disbursement, service and balance of loans, nominal US$
  terms.csv       face value, grant element and terms of each source, and whether it is concessional
  donors.csv      leverage of each source, what it adds against a run without it, what it leaves behind
  ahead.csv       the bill after the last year: upkeep, renewal, debt service, what is not used up
  stocks.csv      schools powered and connected, devices, ready teachers, courses, technicians
  places.csv      schools and learners by what stands together: nothing, waiting for power, power, ... all
  run.ron         version, commit and hashes, to run the same again
They replace those of an earlier run, never the scenario or its country, other files only with --force.
All amounts but debt are constant US$ of the scenario's price year. The same file gives the same bytes.

Exit codes: 0 done (missed targets are no failure), 1 a missed target and --require-targets, 2 bad input or failure.";

/// Arguments of `run`.
#[derive(Debug, clap::Args)]
#[command(after_help = GUIDE)]
pub struct Run {
    #[command(flatten)]
    named: Named,
    /// Write the tables into this folder; it is made if need be
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace files of others in that folder; the scenario and its country are never replaced
    #[arg(long, requires = "out")]
    force: bool,
    /// Write what the plan bought, paid and reached into this new file, to be shared as a practice
    #[arg(long, value_name = "FILE")]
    practice: Option<PathBuf>,
    /// Exit with 1 if a target is missed
    #[arg(long)]
    require_targets: bool,
}

impl Run {
    /// Reads, runs, reports.
    pub(super) fn run(&self) -> u8 {
        let file = self.named.file.display();
        let progress = Progress::start(&format!("reading {file}"));
        let mut opened = store::load(&self.named.file);
        // The text is not needed any more; of a large table it is much.
        opened.bytes = Vec::new();
        let scenario = opened.reading.scenario.take();
        let findings = &opened.reading.findings;
        let Some(scenario) = scenario else {
            drop(progress);
            tell_findings(findings, Severity::Warning);
            tell(&format!("{file}: {}; nothing was run", counted(findings)));
            return FAILED;
        };
        if let Some(folder) = &self.out {
            let names: Vec<&str> = tables::TABLES
                .iter()
                .map(|(name, _)| *name)
                .chain([tables::MARK])
                .collect();
            if let Err(refusal) = may_write(folder, &names, tables::MARK, &opened.files, self.force) {
                drop(progress);
                tell(&refusal.to_string());
                return FAILED;
            }
        }
        progress.step("running");
        let run = simulate(scenario);
        if let Err(broken) = run.sound() {
            drop(progress);
            tell_findings(findings, Severity::Warning);
            tell(&format!("{file}: {broken}\n{file}: nothing was written"));
            return FAILED;
        }
        let text = format!("{}\n{}\n", summary::summary(&run), burden::lines(&run).join("\n"));
        let missed: Vec<_> = measures::scoreboard(run.lend())
            .into_iter()
            .filter(|target| !target.met())
            .collect();
        let mut failed = None;
        if let Some(folder) = &self.out {
            failed = tables::write(&run, &tables::About::of(&opened), folder, &mut |name| {
                progress.step(&format!("writing {name}"));
            })
            .err();
        }
        let practice = self.practice.as_ref().map(|path| {
            let text = write_practice(&practice(&run));
            (path, store::save_new(path, text.as_bytes()))
        });
        drop(progress);
        tell_findings(findings, Severity::Warning);
        let notes = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Note)
            .count();
        if notes > 0 {
            tell(&format!(
                "{file}: {}; `rollcall check {file}` lists them",
                counted(findings)
            ));
        }
        let mut code = say(&text);
        match (&failed, &self.out) {
            (Some(error), _) => {
                tell(&error.to_string());
                code = FAILED;
            }
            (None, Some(folder)) => tell(&format!(
                "{}: {} tables and run.ron written",
                folder.display(),
                tables::TABLES.len()
            )),
            (None, None) => {}
        }
        match practice {
            Some((_, Err(error))) => {
                tell(&error.to_string());
                code = FAILED;
            }
            Some((path, Ok(()))) => tell(&format!("{}: written", path.display())),
            None => {}
        }
        if self.require_targets && !missed.is_empty() {
            let country = &run.model.scenario.country;
            let names: Vec<String> = missed
                .iter()
                .map(|missed| summary::target_name(&missed.target, country))
                .collect();
            tell(&format!(
                "{file}: {} missed: {}",
                if names.len() == 1 { "a target is" } else { "targets are" },
                names.join("; ")
            ));
            code = code.max(NOT_MET);
        }
        code
    }
}
