//! `rollcall check`: everything that is wrong, doubtful or assumed.

use std::path::PathBuf;

use super::say::{Progress, counted, say, tell_findings};
use super::{DONE, FAILED, NOT_MET};
use crate::data::store;
use crate::scenario::Severity;
use crate::scenario::text::FileKind;

const GUIDE: &str = "\
Every finding has a place (file:line:column), a code, the field, what is written there, the rule and what to do:
  plan.ron:12:24: error[percentage] plan.power.powered = 35: a share runs from 0 to 1
      For 35 % write 0.35.
error    the scenario cannot run
warning  it runs, but a result may mislead
note     worth knowing: an assumption, a stand-in, an old observation

Findings go to standard error, one line a file to standard output.
Exit codes: 0 no errors, 1 warnings and --strict, 2 errors.";

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = GUIDE)]
pub struct Check {
    /// Files of scenarios, standards, packages and practices, or names of bundled ones
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Exit with 1 if there is a warning
    #[arg(long)]
    strict: bool,
}

impl Check {
    /// Checks the files one after the other; the worst decides.
    pub(super) fn run(&self) -> u8 {
        let mut code = DONE;
        for file in &self.files {
            let progress = Progress::start(&format!("reading {}", file.display()));
            let (kind, findings) = store::check(file);
            drop(progress);
            tell_findings(&findings, Severity::Note);
            let any = |severity| findings.iter().any(|finding| finding.severity == severity);
            let end = match (kind, any(Severity::Error)) {
                (FileKind::Scenario, true) => "; it cannot run",
                (FileKind::Scenario, false) => "; it can run",
                (_, true) => "; it cannot be laid over a plan",
                (_, false) => "; it can be laid over a plan",
            };
            code = code.max(say(&format!("{}: {}{end}\n", file.display(), counted(&findings))));
            code = code.max(match () {
                () if any(Severity::Error) => FAILED,
                () if any(Severity::Warning) && self.strict => NOT_MET,
                () => DONE,
            });
        }
        code
    }
}
