//! The command line: one file per subcommand.
//!
//! Tables and summaries go to standard output, messages to standard error. Exit codes: 0 done, 1 only where the user
//! asked for it (`--strict`, `--require-targets`), 2 bad input or failure.

pub mod check;
pub mod compare;
pub mod new;
pub mod open;
pub mod run;
mod say;
pub mod tables;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::data::{COMMIT, Pack, country_names};
use say::say;

/// Everything is as it should be; warnings are allowed.
pub(crate) const DONE: u8 = 0;

/// The user asked to be strict, and there is a warning or a missed target.
pub(crate) const NOT_MET: u8 = 1;

/// The input is bad, or something failed.
pub(crate) const FAILED: u8 = 2;

const ABOUT: &str = "Plan, cost and compare a country's ICT-in-education roll-out toward 2030.

Without a command, rollcall opens its window; `rollcall FILE.ron` opens it on a scenario.";

const GUIDE: &str = "\
Examples:
  rollcall new SEN                       write a first scenario for Senegal, ./SEN.ron, from published data
  rollcall tables register.csv --country SEN    what is understood of a ministry's own table or register
  rollcall check SEN.ron                 list errors, warnings, and the numbers that are only assumed
  rollcall run SEN.ron                   run it: targets, cost, who pays, what breaks first
  rollcall run SEN.ron --out tables      the same, and all results as CSV tables for a spreadsheet
  rollcall run senegal/balanced.ron      a bundled scenario; works from any folder
  rollcall compare SEN.ron senegal/devices_first.ron    side by side, and every input that differs

A scenario is one text file (RON). It holds
  country    schools, learners and teachers by level and locality; or File(\"...\") to share one file
  plan       targets by year: power, links, devices, training, content, support, management
  prices     constant US dollars; what you leave out has a default with a source
  evidence   what each mode of learning gains; devices alone gain nothing
  funding    who pays: domestic budget, levy, grants, loans
  targets    what must be reached, and when
Shares are written from 0 to 1 (0.35 for 35 %) and years as {2027: 0.2, 2030: 0.8}. Any number may carry its
range and source: (value: 123, low: 90, high: 160, source: \"tender 2025\").

Exit codes: 0 done (warnings and missed targets are no failure), 1 only with --strict or --require-targets,
2 bad input or failure. Tables and summaries go to standard output, messages to standard error.

Next: `rollcall new --help`, `rollcall run --help`; `rollcall SEN.ron` shows a scenario in the window.";

/// The command line as typed.
#[derive(Debug, Parser)]
#[command(name = "rollcall", about = ABOUT, after_help = GUIDE, disable_version_flag = true, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Print version, commit and date of the data pack
    #[arg(short = 'V', long)]
    version: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open a scenario in the window
    Open(open::Open),
    /// Say everything that is wrong, doubtful or assumed in scenarios
    Check(check::Check),
    /// Run a scenario: print the summary, write the tables
    Run(run::Run),
    /// Compare two to six scenarios: outcomes, money, every input that differs
    Compare(compare::Compare),
    /// Write a first scenario for a country, from published data
    New(new::New),
    /// Say what is understood of a ministry's table or register, and write the groups that it gives
    Tables(tables::Tables),
}

/// Runs the program on its arguments.
#[must_use]
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.get(1).is_some_and(|first| names_a_file(first)) {
        arguments.insert(1, "open".into());
    }
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody listens any more if this fails.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED } else { DONE });
        }
    };
    ExitCode::from(match cli.command {
        _ if cli.version => say(&format!("{}\n", version())),
        None => open::window(None),
        Some(Command::Open(open)) => open.run(),
        Some(Command::Check(check)) => check.run(),
        Some(Command::Run(run)) => run.run(),
        Some(Command::Compare(compare)) => compare.run(),
        Some(Command::New(new)) => new.run(),
        Some(Command::Tables(tables)) => tables.run(),
    })
}

/// Whether the first word is no command but a scenario to be opened: by its ending, or because there is such a file.
fn names_a_file(first: &OsStr) -> bool {
    let is_command = |word: &str| word.starts_with('-') || Cli::command().find_subcommand(word).is_some();
    let path = Path::new(first);
    !first.to_str().is_some_and(is_command)
        && (path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
            || path.is_file())
}

/// Version, commit and date of the data pack.
#[must_use]
pub fn version() -> String {
    let date = if country_names::all().is_empty() {
        "none".into()
    } else {
        Pack::embedded().date()
    };
    format!(
        "rollcall {} (commit {COMMIT}, data pack {date})",
        env!("CARGO_PKG_VERSION")
    )
}

/// A scenario file named on the command line.
#[derive(Debug, clap::Args)]
struct Named {
    /// Scenario file, or the name of a bundled one such as senegal/balanced.ron
    #[arg(value_name = "FILE")]
    file: PathBuf,
}
