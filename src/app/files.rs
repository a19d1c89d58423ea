//! Scenario files in and out: two functions that know where a file is, and the system's file dialog.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use super::words::{Words, fill};
use crate::scenario::findings::Finding;
use crate::scenario::{Place, Scenario, Severity, read, text};

/// Brings a file that a scenario names, by the name that stands there: its name to show and its bytes, or why not.
pub type Fetch = fn(&str) -> Result<(String, Vec<u8>), String>;

/// A scenario that was read.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The scenario.
    pub scenario: Scenario,
    /// What was found besides.
    pub findings: Vec<Finding>,
    /// Whether the text holds remarks, which saving would lose.
    pub remarks: bool,
}

/// Opens a scenario file.
///
/// # Errors
/// All findings, if any of them is an error; one that says so if the file cannot be read.
pub fn open(path: &Path) -> Result<Opened, Vec<Finding>> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|why| vec![unreadable(&shown, &why.to_string())])?;
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    read(&shown, &bytes, &|name| {
        let path = folder.join(name);
        let bytes = std::fs::read(&path).map_err(|why| why.to_string())?;
        Ok((path.display().to_string(), bytes))
    })
}

/// Reads the text of a scenario that the program carries.
///
/// # Errors
/// All findings, if any of them is an error.
pub fn read(shown: &str, bytes: &[u8], fetch: read::Fetch<'_>) -> Result<Opened, Vec<Finding>> {
    let reading = text::read_scenario(shown, bytes, fetch);
    match reading.scenario {
        Some(scenario) => Ok(Opened { scenario, findings: reading.findings, remarks: has_remarks(bytes) }),
        None => Err(reading.findings),
    }
}

/// Saves a scenario: a file beside it is written first, then takes its place, so that a power cut leaves one of the two.
///
/// # Errors
/// If the folder or the file cannot be written.
pub fn save(path: &Path, scenario: &Scenario) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text::write_scenario(scenario, false).as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

fn unreadable(shown: &str, why: &str) -> Finding {
    let words = &super::words::ENGLISH;
    Finding {
        code: "unreadable",
        severity: Severity::Error,
        path: String::new(),
        place: Place { file: shown.to_owned(), line: 0, column: 0 },
        value: String::new(),
        rule: fill(words.read_failed, &[("why", why)]),
        hint: String::new(),
    }
}

/// Whether a text holds `//` or `/*` outside quotes.
fn has_remarks(bytes: &[u8]) -> bool {
    let mut quoted = false;
    let mut before = b' ';
    for byte in bytes {
        match (quoted, before, *byte) {
            (_, b'\\', _) => {
                before = b' ';
                continue;
            }
            (_, _, b'"') => quoted = !quoted,
            (false, b'/', b'/' | b'*') => return true,
            _ => {}
        }
        before = *byte;
    }
    false
}

/// What a file dialog is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To open a file.
    Open,
    /// To save under a name.
    Save,
}

/// A file dialog that is on the screen, or may be: where there is none, nothing ever comes.
#[derive(Debug)]
pub struct Dialog {
    answer: mpsc::Receiver<Option<PathBuf>>,
}

impl Dialog {
    /// Shows the system's dialog on a thread of its own; `wake` is called when the person has chosen.
    #[must_use]
    pub fn show(purpose: Purpose, near: Option<&Path>, words: &Words, wake: impl Fn() + Send + 'static) -> Self {
        let (send, answer) = mpsc::channel();
        let mut dialog = rfd::FileDialog::new().add_filter(words.kind_of_file, &["ron"]);
        dialog = dialog.set_title(match purpose {
            Purpose::Open => words.pick_open,
            Purpose::Save => words.pick_save,
        });
        if let Some(folder) = near.and_then(Path::parent).filter(|folder| folder.is_dir()) {
            dialog = dialog.set_directory(folder);
        }
        if let Some(name) = near.and_then(Path::file_name) {
            dialog = dialog.set_file_name(name.to_string_lossy());
        }
        let ask = move || {
            let chosen = match purpose {
                Purpose::Open => dialog.pick_file(),
                Purpose::Save => dialog.save_file(),
            };
            if send.send(chosen).is_ok() {
                wake();
            }
        };
        // Without a thread the path field beside the dialog still serves.
        drop(std::thread::Builder::new().name("dialog".into()).spawn(ask));
        Self { answer }
    }

    /// The answer, once there is one: a path, or none if it was cancelled or no dialog exists.
    #[must_use]
    pub fn poll(&self) -> Option<Option<PathBuf>> {
        self.answer.try_recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_seen_outside_quotes_only() {
        assert!(has_remarks(b"(a: 1, // why\n)"));
        assert!(has_remarks(b"(a: 1 /* why */)"));
        assert!(!has_remarks(b"(a: \"https://example.org\")"));
        assert!(!has_remarks(b"(a: \"say \\\"//\\\" so\")"));
    }
}
