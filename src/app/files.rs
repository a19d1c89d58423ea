//! Scenario files for the window: opened and saved through the store, and the system's file dialog.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::jobs::{Jobs, Lane, Ticket};
use super::journal;
use super::words::Words;
use crate::data::store::{self, Origin, SaveError};
use crate::report::figure::{Figure, Format};
use crate::scenario::findings::Finding;
use crate::scenario::messages::{self, Message};
use crate::scenario::package::{Package, write_package};
use crate::scenario::standard::{Standard, write_standard};
use crate::scenario::verdict::Verdict;
use crate::scenario::{Scenario, Severity, text};

/// A scenario that was read.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The scenario.
    pub scenario: Scenario,
    /// What it is judged to be, beside the window as it is read.
    pub verdict: Verdict,
    /// What may mislead.
    pub warnings: Vec<Finding>,
    /// Where it can be saved again; none for a bundled scenario.
    pub path: Option<PathBuf>,
    /// Whether the text holds remarks, which saving would lose.
    pub remarks: bool,
    /// Its path below the bundled scenarios, if it is one of them.
    pub bundled: Option<String>,
    /// The file as it stood on disk when it was read.
    pub stamp: Stamp,
}

/// What a file looked like when it was last read or written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// When it was last written, and its length; none if there is no such file.
    about: Option<(SystemTime, u64)>,
    /// SHA-256 of its bytes.
    pub hash: String,
}

impl Stamp {
    /// The file as it is now.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        Self {
            about: about(path),
            hash: store::hash(path),
        }
    }

    /// Whether a glance at the file, without reading it, shows that it may be another.
    #[must_use]
    pub(crate) fn is_doubtful(&self, path: &Path) -> bool {
        self.about != about(path)
    }

    /// Notes that the file is gone; what it held is still known.
    pub(crate) fn note_gone(&mut self) {
        self.about = None;
    }

    /// Whether there is a file at all.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.about.is_some()
    }
}

/// A file so large that reading it is waited for.
const LARGE: u64 = 1_000_000;

/// Whether reading a file takes so long that the window should not wait for it.
#[must_use]
pub(crate) fn is_large(path: &Path) -> bool {
    about(path).is_some_and(|(_, length)| length > LARGE)
}

fn about(path: &Path) -> Option<(SystemTime, u64)> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// Opens a scenario file, or a bundled scenario where there is no such file.
///
/// # Errors
/// All findings, if any of them is an error; one that says so if the file cannot be read.
pub fn open(path: &Path) -> Result<Opened, Vec<Finding>> {
    // Taken before reading: a file that is written meanwhile is then seen as another.
    let about = about(path);
    opened(store::load(path), about)
}

/// Opens a bundled scenario, whatever files there are.
///
/// # Errors
/// If there is none of this name.
pub(crate) fn open_bundled(name: &str) -> Result<Opened, Vec<Finding>> {
    opened(store::load_bundled(name), None)
}

fn opened(opened: store::Opened, about: Option<(SystemTime, u64)>) -> Result<Opened, Vec<Finding>> {
    let stamp = Stamp {
        about,
        hash: opened.hash,
    };
    let (path, bundled, remarks) = match opened.origin {
        Origin::File(path) => (Some(path), None, has_remarks(&opened.bytes)),
        Origin::Bundled(name) => (None, Some(name), false),
    };
    let mut findings = opened.reading.findings;
    match opened.reading.scenario {
        Some(scenario) => {
            findings.retain(|finding| finding.severity == Severity::Warning);
            Ok(Opened {
                verdict: Verdict::of(&scenario),
                scenario,
                warnings: findings,
                path,
                remarks,
                bundled,
                stamp,
            })
        }
        None => Err(findings),
    }
}

/// Saves a scenario, whole or not at all.
///
/// # Errors
/// If the folder or the file cannot be written; an older file is as it was.
pub fn save(path: &Path, scenario: &Scenario) -> Result<(), SaveError> {
    store::save(path, text::write_scenario(scenario, false).as_bytes())
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

/// Whether a name ends as those of scenarios do.
#[must_use]
pub(crate) fn is_scenario(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING))
}

/// Ending of the name of a scenario.
const ENDING: &str = "ron";

/// Endings of files of other kinds, which a scenario must not pass for.
const OTHERS: &[&str] = &[
    "csv", "doc", "docx", "htm", "html", "json", "ods", "odt", "pdf", "png", "ppt", "pptx", "svg", "tsv", "txt", "xls",
    "xlsm", "xlsx", "xml", "zip",
];

/// The file that a scenario is saved to under a name; `.ron` is put behind a name without it.
///
/// # Errors
/// Where the name is one of another kind of file: its ending, and the name that is meant perhaps.
pub(crate) fn scenario_file(path: &Path) -> Result<PathBuf, (String, PathBuf)> {
    if is_scenario(path) || path.is_dir() {
        return Ok(path.to_owned());
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    if let Some(ending) = ending.filter(|ending| OTHERS.contains(&ending.as_str())) {
        return Err((ending, path.with_extension(ENDING)));
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ENDING);
    Ok(name.into())
}

/// Where a scenario that has no file is proposed to be saved: in a folder, named after its title; no file is there yet.
#[must_use]
pub fn proposed(folder: Option<&Path>, title: &str) -> PathBuf {
    // A long title makes a name that nobody reads.
    let name: Vec<String> = name_words(title).into_iter().take(6).collect();
    let name = if name.is_empty() {
        "plan".to_owned()
    } else {
        name.join("_")
    };
    let file = |number: usize| match number {
        1 => format!("{name}.{ENDING}"),
        _ => format!("{name}_{number}.{ENDING}"),
    };
    let place = |name: String| folder.map_or_else(|| PathBuf::from(&name), |folder| folder.join(&name));
    let free = (1..100).map(|number| place(file(number))).find(|path| !path.exists());
    free.unwrap_or_else(|| place(file(1)))
}

/// The words of a title, as a file is named after it.
fn name_words(title: &str) -> Vec<String> {
    title
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Where a chart is proposed to be saved: beside the scenario, under the scenario's name and its own title.
#[must_use]
pub(crate) fn figure_path(scenario: Option<&Path>, figure: &Figure, format: Format) -> PathBuf {
    let stem = scenario
        .and_then(Path::file_stem)
        .map(|stem| stem.to_string_lossy().into_owned());
    let words = name_words(&figure.head.title);
    let name = stem.into_iter().chain(words).collect::<Vec<_>>().join("_");
    let name = format!("{name}.{}", format.ending());
    scenario
        .and_then(Path::parent)
        .map_or_else(|| PathBuf::from(&name), |folder| folder.join(&name))
}

/// The file of a chart. A name with another ending gets the format's behind it, so that a picture never replaces a
/// scenario.
#[must_use]
pub(crate) fn figure_file(path: &Path, format: Format) -> PathBuf {
    let right = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case(format.ending()));
    if right {
        return path.to_owned();
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(format.ending());
    name.into()
}

/// Today in the calendar, as `2026-11-28`, by the time at Greenwich.
#[must_use]
pub fn today() -> String {
    date(journal::now() / 86_400)
}

/// The date a number of days after the first of January 1970 (Hinnant, *chrono-compatible date algorithms*, 2013).
fn date(days: u64) -> String {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + 400 * era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Saves a chart, whole or not at all.
///
/// # Errors
/// If the chart cannot be drawn or the file cannot be written.
pub(crate) fn save_figure(path: &Path, figure: &Figure, format: Format) -> Result<(), Message> {
    let bytes = figure
        .write(format)
        .map_err(|error| messages::not_saved_reported(error.to_string()))?;
    store::save(path, &bytes).map_err(|error| error.message())
}

/// A file name with the ending of scenarios and standards.
#[must_use]
pub(crate) fn with_ending(path: &Path) -> PathBuf {
    scenario_file(path).unwrap_or_else(|(_, named)| named)
}

/// Saves a standard, whole or not at all.
///
/// # Errors
/// If the file cannot be written.
pub(crate) fn save_standard(path: &Path, standard: &Standard) -> Result<(), Message> {
    store::save(path, write_standard(standard).as_bytes()).map_err(|error| error.message())
}

/// Saves a package of funding, whole or not at all.
///
/// # Errors
/// If the file cannot be written.
pub(crate) fn save_package(path: &Path, package: &Package) -> Result<(), Message> {
    store::save(path, write_package(package).as_bytes()).map_err(|error| error.message())
}

/// What a file dialog is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To open a file.
    Open,
    /// To save under a name.
    Save,
    /// To save a chart.
    Figure(Format),
    /// To lay a standard over the plan.
    OpenStandard,
    /// To save a standard.
    SaveStandard,
    /// To lay a package of funding over the plan.
    OpenPackage,
    /// To save a package of funding.
    SavePackage,
}

/// Has the system ask for a path: the one chosen, or none if that was cancelled or no dialog exists.
pub(super) fn ask_system(jobs: &Jobs, purpose: Purpose, near: Option<&Path>, words: &Words) -> Ticket<Option<PathBuf>> {
    let (title, kind, ending) = match purpose {
        Purpose::Open => (words.pick_open, words.kind_of_file, ENDING),
        Purpose::Save => (words.pick_save, words.kind_of_file, ENDING),
        Purpose::Figure(format) => (words.chart_pick, words.chart_kind, format.ending()),
        Purpose::OpenStandard => (words.standard_open, words.kind_of_standard, ENDING),
        Purpose::SaveStandard => (words.standard_save, words.kind_of_standard, ENDING),
        Purpose::OpenPackage => (words.package_open, words.kind_of_package, ENDING),
        Purpose::SavePackage => (words.package_save, words.kind_of_package, ENDING),
    };
    let mut dialog = rfd::FileDialog::new().add_filter(kind, &[ending]).set_title(title);
    if let Some(folder) = near.and_then(Path::parent).filter(|folder| folder.is_dir()) {
        dialog = dialog.set_directory(folder);
    }
    if let Some(name) = near.and_then(Path::file_name) {
        dialog = dialog.set_file_name(name.to_string_lossy());
    }
    jobs.start(Lane::Dialogs, move |_| match purpose {
        Purpose::Open | Purpose::OpenStandard | Purpose::OpenPackage => dialog.pick_file(),
        Purpose::Save | Purpose::Figure(_) | Purpose::SaveStandard | Purpose::SavePackage => dialog.save_file(),
    })
}

/// The same for a regional table.
pub(super) fn ask_system_for_table(jobs: &Jobs, words: &Words) -> Ticket<Option<PathBuf>> {
    let dialog = rfd::FileDialog::new()
        .add_filter(words.regions_kind_of_file, &["csv", "tsv", "txt", "xlsx", "ods", "xls"])
        .set_title(words.regions_pick);
    jobs.start(Lane::Dialogs, move |_| dialog.pick_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (11_016, "2000-02-29"),
            (20_785, "2026-11-28"),
            (19_722, "2023-12-31"),
        ] {
            assert_eq!(date(days), expected);
        }
    }

    #[test]
    fn remarks_are_seen_outside_quotes_only() {
        assert!(has_remarks(b"(a: 1, // why\n)"));
        assert!(has_remarks(b"(a: 1 /* why */)"));
        assert!(!has_remarks(b"(a: \"https://example.org\")"));
        assert!(!has_remarks(b"(a: \"say \\\"//\\\" so\")"));
    }
}
