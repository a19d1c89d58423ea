//! Words to the user: results to standard output, messages to standard error, progress to a terminal only.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{DONE, FAILED};
use crate::scenario::visible::{visible, visible_lines};
use crate::scenario::{Finding, Severity};

/// Writes a result to standard output; what would act on a terminal is written out. A reader who has seen enough (`rollcall run x | head -3`) is no failure.
pub fn say(text: &str) -> u8 {
    let mut out = io::stdout().lock();
    match out.write_all(visible_lines(text).as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => DONE,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => DONE,
        Err(error) => {
            tell(&format!("rollcall: the result could not be printed: {error}"));
            FAILED
        }
    }
}

/// Writes a message to standard error. If that fails, there is nobody to tell.
pub fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", visible_lines(text));
}

/// Tells findings from a severity upward, errors first.
pub(crate) fn tell_findings(findings: &[Finding], least: Severity) {
    let lines: Vec<String> = findings
        .iter()
        .filter(|finding| finding.severity <= least)
        .map(ToString::to_string)
        .collect();
    if !lines.is_empty() {
        tell(&lines.join("\n"));
    }
}

/// `2 errors, 1 warning, 12 notes`; what there is none of is left out.
pub fn counted(findings: &[Finding]) -> String {
    let count = |severity: Severity| {
        let count = findings.iter().filter(|finding| finding.severity == severity).count();
        let ending = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {severity}{ending}"))
    };
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter_map(count)
        .collect();
    if parts.is_empty() {
        "nothing to remark".into()
    } else {
        parts.join(", ")
    }
}

/// A line on the terminal that says what takes so long; gone when the work is done, and never there for quick work.
pub struct Progress {
    steps: Option<Sender<String>>,
    teller: Option<JoinHandle<()>>,
}

impl Progress {
    /// Starts waiting.
    pub fn start(step: &str) -> Self {
        if !io::stderr().is_terminal() {
            return Self {
                steps: None,
                teller: None,
            };
        }
        let (steps, heard) = mpsc::channel::<String>();
        let mut now = visible(step).into_owned();
        // It only waits and writes a line; no result depends on it.
        #[allow(clippy::disallowed_methods)]
        let teller = thread::spawn(move || {
            let mut shown = false;
            let mut patience = Duration::from_secs(1);
            loop {
                match heard.recv_timeout(patience) {
                    Ok(step) => {
                        now = step;
                        if !shown {
                            continue;
                        }
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
                // Return to the start of the line and clear it.
                let _ = write!(io::stderr(), "\r\x1b[K{now} ...").and_then(|()| io::stderr().flush());
                shown = true;
                patience = Duration::MAX;
            }
            if shown {
                let _ = write!(io::stderr(), "\r\x1b[K").and_then(|()| io::stderr().flush());
            }
        });
        Self {
            steps: Some(steps),
            teller: Some(teller),
        }
    }

    /// Names the next step.
    pub fn step(&self, step: &str) {
        if let Some(steps) = &self.steps {
            let _ = steps.send(visible(step).into_owned());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.steps = None;
        if let Some(teller) = self.teller.take() {
            let _ = teller.join();
        }
    }
}
