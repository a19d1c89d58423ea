//! Files in and out. Nothing else in the program reads or writes one.
//!
//! Reading never panics and always says what to do; a path that is not a file is looked up among the bundled scenarios.
//! Only regular files are read: a pipe or a device could keep the reader waiting for ever.
//!
//! - [`save()`]: writing, whole or not at all.
//! - [`results`]: where results may be written without harm to what is there.

#![allow(clippy::disallowed_methods)] // This is the room for files.
#![allow(clippy::result_large_err)] // A finding is made once per file; nothing is gained by a box.

pub mod results;
mod save;

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

pub use results::is_same_file;
pub use save::{SaveError, make_folder, obstacle, save, save_all, save_new, save_own, save_written, sweep};

use super::embedded::TABLES;
use super::tables::LARGEST_TABLE;
use super::{bundled, bundled_file};
use crate::scenario::findings::nearest;
use crate::scenario::messages::{self, Message};
use crate::scenario::package::{Package, read_package};
use crate::scenario::parser::LARGEST_FILE;
use crate::scenario::practice::{Practice, read_practice};
use crate::scenario::standard::{Standard, read_standard};
use crate::scenario::text::{FileKind, Reading, read_scenario};
use crate::scenario::{Finding, Place, Severity};

/// A scenario file that was read, with what is needed to say later which one it was.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What came of it.
    pub reading: Reading,
    /// Where it was found.
    pub origin: Origin,
    /// Its bytes; none if it could not be read.
    pub bytes: Vec<u8>,
    /// SHA-256 of its bytes; empty if it could not be read.
    pub hash: String,
    /// SHA-256 of the bytes of the country file that it names; empty if the country stands inside.
    pub country_hash: String,
    /// The files on disk that it was read from: the scenario and its country.
    pub files: Vec<PathBuf>,
}

/// Folder of the bundled countries.
const COUNTRIES: &str = "countries/";

/// Folder of the bundled standards.
const STANDARDS: &str = "standards/";

/// Folder of the bundled packages of funding.
const PACKAGES: &str = "packages/";

/// Folder of the bundled practices.
const PRACTICES: &str = "practices/";

/// Where a scenario was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// On disk.
    File(PathBuf),
    /// Inside the program, under this path below `scenarios`.
    Bundled(String),
}

/// Reads a scenario and the country file that it names.
#[must_use]
pub fn open(path: &Path) -> Reading {
    load(path).reading
}

/// Reads a scenario and the country file that it names, and keeps their hashes.
#[must_use]
pub fn load(path: &Path) -> Opened {
    match find(path) {
        Ok((origin, bytes)) => loaded(&path.display().to_string(), origin, bytes),
        Err(finding) => unread(Origin::File(path.into()), finding),
    }
}

/// Reads a bundled scenario, whatever files there are.
#[must_use]
pub fn load_bundled(name: &str) -> Opened {
    let origin = Origin::Bundled(name.into());
    if let Some(text) = bundled_file(name) {
        return loaded(name, origin, text.into());
    }
    let finding = unreadable(name, "no-such-file", messages::no_bundled_file(name), None);
    unread(origin, finding)
}

fn unread(origin: Origin, finding: Finding) -> Opened {
    Opened {
        reading: Reading {
            scenario: None,
            findings: vec![finding],
        },
        origin,
        bytes: Vec::new(),
        hash: String::new(),
        country_hash: String::new(),
        files: Vec::new(),
    }
}

fn loaded(shown: &str, origin: Origin, bytes: Vec<u8>) -> Opened {
    let mut files = Vec::new();
    if let Origin::File(path) = &origin {
        files.push(path.clone());
    }
    let country = RefCell::new(None);
    let mut reading = read_scenario(shown, &bytes, &|name| {
        let Beside { shown, bytes, path } = beside(&origin, name)?;
        *country.borrow_mut() = Some((name.to_owned(), sha256(&bytes), path));
        Ok((shown, bytes))
    });
    let mut country_hash = String::new();
    if let Some((name, hash, path)) = country.into_inner() {
        country_hash = hash;
        if path.is_none() && matches!(origin, Origin::File(_)) {
            reading.findings.push(Finding {
                severity: Severity::Note,
                value: (&name).into(),
                ..unreadable(shown, "bundled-country", messages::from_bundled(), None)
            });
        }
        files.extend(path);
    }
    // The scenario may be half old and half new.
    for file in &files {
        if let Some(whole) = save::unfinished(file) {
            let (file, whole) = (file.display().to_string(), whole.display().to_string());
            let (rule, hint) = (messages::saving_broken_off(), messages::whole_text_in(whole));
            let severity = Severity::Warning;
            let finding = unreadable(&file, "broken-saving", rule, Some(hint));
            reading.findings.push(Finding { severity, ..finding });
        }
    }
    Opened {
        reading,
        hash: sha256(&bytes),
        origin,
        bytes,
        country_hash,
        files,
    }
}

fn find(path: &Path) -> Result<(Origin, Vec<u8>), Finding> {
    let shown = path.display().to_string();
    match read(path, LARGEST_FILE) {
        Ok(bytes) => Ok((Origin::File(path.into()), bytes)),
        Err(ReadError {
            kind: ErrorKind::NotFound,
            ..
        }) => match bundled_name(path).and_then(|name| Some((bundled_file(&name)?, name))) {
            Some((text, name)) => Ok((Origin::Bundled(name), text.as_bytes().to_vec())),
            None => Err(unreadable(
                &shown,
                "no-such-file",
                messages::no_such_file(),
                Some(not_found_hint(path)),
            )),
        },
        Err(error) => Err(error.of(&shown)),
    }
}

/// The path of a bundled scenario, if the words could mean one: no root, no way up out of the bundled folder.
fn bundled_name(path: &Path) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(name) => parts.push(name.to_str()?.to_owned()),
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    if parts.first().is_some_and(|first| first == "scenarios") {
        parts.remove(0);
    }
    Some(parts.join("/"))
}

fn not_found_hint(path: &Path) -> Message {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty() && !folder.exists())
    {
        if bundled_name(path).is_none() {
            return messages::no_folder(folder.display().to_string());
        }
    } else if let (Some(name), Ok(entries)) = (
        path.file_name(),
        fs::read_dir(
            path.parent()
                .filter(|p| !p.as_os_str().is_empty())
                .unwrap_or(Path::new(".")),
        ),
    ) {
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter(|name| {
                Path::new(name)
                    .extension()
                    .is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
            })
            .collect();
        names.sort();
        if let Some(near) = nearest(&name.to_string_lossy(), names.iter().map(String::as_str)) {
            return messages::did_you_mean(path.with_file_name(near).display().to_string());
        }
    }
    let runnable: Vec<&str> = bundled()
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| runs_alone(name))
        .collect();
    let wanted = bundled_name(path).unwrap_or_default();
    match nearest(&wanted, runnable.iter().copied()) {
        Some(near) => messages::did_you_mean_bundled(near),
        None if runnable.is_empty() => messages::first_scenario(),
        None => messages::bundled_are(runnable.join(", ")),
    }
}

/// Whether a bundled file is a scenario rather than a part of one.
#[must_use]
pub fn runs_alone(name: &str) -> bool {
    ![COUNTRIES, STANDARDS, PACKAGES, PRACTICES]
        .iter()
        .any(|folder| name.starts_with(folder))
}

/// Reads a standard: a file, or the name of a bundled one (`enec`).
///
/// # Errors
/// All findings, if it cannot be read.
pub fn standard(name: &str) -> Result<Standard, Vec<Finding>> {
    read_named(name, STANDARDS, messages::bundled_standards_are, read_standard)
}

/// Names of the bundled standards.
pub fn standards() -> impl Iterator<Item = &'static str> {
    bundled_in(STANDARDS)
}

/// Reads a package of funding: a file, or the name of a bundled one (`senegal/ida_credit`).
///
/// # Errors
/// All findings, if it cannot be read.
pub fn package(name: &str) -> Result<Package, Vec<Finding>> {
    read_named(name, PACKAGES, messages::bundled_packages_are, read_package)
}

/// Names of the bundled packages.
pub fn packages() -> impl Iterator<Item = &'static str> {
    bundled_in(PACKAGES)
}

/// Reads a practice: a file, or the name of a bundled one (`uruguay_ceibal`).
///
/// # Errors
/// All findings, if it cannot be read.
pub fn practice(name: &str) -> Result<Practice, Vec<Finding>> {
    read_named(name, PRACTICES, messages::bundled_practices_are, read_practice)
}

/// Names of the bundled practices.
pub fn practices() -> impl Iterator<Item = &'static str> {
    bundled_in(PRACTICES)
}

/// Names of what is bundled in a folder.
fn bundled_in(folder: &'static str) -> impl Iterator<Item = &'static str> {
    let name = move |(file, _): &(&'static str, _)| file.strip_prefix(folder)?.strip_suffix(".ron");
    bundled().iter().filter_map(name)
}

/// Reads a file that is laid over a scenario, or what is bundled in a folder under this name.
fn read_named<T>(
    name: &str,
    folder: &'static str,
    hint: fn(String) -> Message,
    read: impl Fn(&str, &[u8]) -> (Option<T>, Vec<Finding>),
) -> Result<T, Vec<Finding>> {
    let (part, findings) = match bundled_file(&format!("{folder}{name}.ron")) {
        Some(text) => read(name, text.as_bytes()),
        None => match find(Path::new(name)) {
            Ok((_, bytes)) => read(name, &bytes),
            Err(mut finding) => {
                let known: Vec<&str> = bundled_in(folder).collect();
                finding.hint = Some(hint(known.join(", ")));
                (None, vec![finding])
            }
        },
    };
    part.ok_or(findings)
}

/// What a file holds, by the names of its first fields; a scenario where it cannot be read.
#[must_use]
pub fn kind(path: &Path) -> FileKind {
    find(path).map_or(FileKind::Scenario, |(_, bytes)| FileKind::of(&bytes))
}

/// What a file holds, and everything that is found in it.
#[must_use]
pub fn check(path: &Path) -> (FileKind, Vec<Finding>) {
    let opened = load(path);
    let shown = path.display().to_string();
    let kind = match &opened.reading.scenario {
        Some(_) => FileKind::Scenario,
        None => FileKind::of(&opened.bytes),
    };
    let findings = match kind {
        FileKind::Scenario => opened.reading.findings,
        FileKind::Standard => read_standard(&shown, &opened.bytes).1,
        FileKind::Package => read_package(&shown, &opened.bytes).1,
        FileKind::Practice => read_practice(&shown, &opened.bytes).1,
    };
    (kind, findings)
}

/// A file that a scenario names.
struct Beside {
    shown: String,
    bytes: Vec<u8>,
    /// Where it is on disk; none if it is bundled.
    path: Option<PathBuf>,
}

/// Reads a file that a scenario names: a regular `.ron` file whose path is relative to the scenario, or a bundled country.
fn beside(origin: &Origin, name: &str) -> Result<Beside, Message> {
    let ends_right = Path::new(name)
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
    // A path of another system is not relative here either.
    let relative = !name.starts_with(['/', '\\']) && !name.contains(':') && !Path::new(name).has_root();
    if !(ends_right && relative) {
        return Err(messages::country_path_wrong());
    }
    let bundled = |path: &str| {
        let text = bundled_file(path)?;
        Some(Beside {
            shown: path.to_owned(),
            bytes: text.into(),
            path: None,
        })
    };
    match origin {
        Origin::File(scenario) => {
            let path = tidy(&scenario.parent().unwrap_or(Path::new("")).join(name));
            match read(&path, LARGEST_FILE) {
                Ok(bytes) => Ok(Beside {
                    shown: path.display().to_string(),
                    bytes,
                    path: Some(path),
                }),
                Err(error) => {
                    let missing = error.kind == ErrorKind::NotFound;
                    let meant = bundled_name(Path::new(name)).filter(|name| missing && name.starts_with(COUNTRIES));
                    if let Some(found) = meant.as_deref().and_then(bundled) {
                        return Ok(found);
                    }
                    let known = super::bundled().iter().map(|(known, _)| *known).find(|known| {
                        known.starts_with(COUNTRIES) && Path::new(known).file_name() == Path::new(name).file_name()
                    });
                    let rule = match known {
                        Some(known) if missing => messages::bundled_country(error.rule(), known),
                        _ => error.rule(),
                    };
                    Err(messages::of(path.display().to_string(), rule))
                }
            }
        }
        Origin::Bundled(scenario) => {
            let mut parts: Vec<&str> = scenario.split('/').collect();
            parts.pop();
            for part in name.split(['/', '\\']) {
                match part {
                    "" | "." => {}
                    ".." => {
                        parts.pop().ok_or_else(|| messages::leads_out(name))?;
                    }
                    part => parts.push(part),
                }
            }
            let path = parts.join("/");
            bundled(&path).ok_or_else(|| messages::no_bundled_file(&path))
        }
    }
}

/// `scenarios/senegal/../countries/a.ron` as `scenarios/countries/a.ron`. Only for names on screen and paths that a
/// scenario writes, where `a/../` means nothing else.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        let named = matches!(tidy.components().next_back(), Some(Component::Normal(_)));
        match part {
            // A linked folder has another parent than its name says.
            Component::ParentDir if named && !tidy.is_symlink() => {
                tidy.pop();
            }
            part => tidy.push(part),
        }
    }
    tidy
}

/// Why a file could not be read.
#[derive(Debug)]
struct ReadError {
    kind: ErrorKind,
    why: Message,
}

impl ReadError {
    fn code(&self) -> &'static str {
        match self.kind {
            ErrorKind::NotFound | ErrorKind::NotADirectory => "no-such-file",
            ErrorKind::IsADirectory => "is-a-folder",
            ErrorKind::Unsupported => "not-a-file",
            ErrorKind::FileTooLarge => "file-too-large",
            _ => "cannot-read",
        }
    }

    fn rule(&self) -> Message {
        match self.kind {
            ErrorKind::NotFound | ErrorKind::NotADirectory => messages::no_such_file(),
            ErrorKind::IsADirectory => messages::is_a_folder(),
            ErrorKind::Unsupported => messages::is_a_pipe(),
            ErrorKind::PermissionDenied => messages::may_not_read(),
            _ => self.why.clone(),
        }
    }

    fn hint(&self) -> Option<Message> {
        match self.kind {
            ErrorKind::IsADirectory => Some(messages::name_a_file()),
            ErrorKind::PermissionDenied => Some(messages::ask_the_owner()),
            ErrorKind::FileTooLarge => Some(messages::right_file_or_table()),
            ErrorKind::Unsupported => Some(messages::copy_to_a_file()),
            _ => None,
        }
    }

    fn of(&self, file: &str) -> Finding {
        unreadable(file, self.code(), self.rule(), self.hint())
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self {
            kind: error.kind(),
            why: messages::reported(error.to_string()),
        }
    }
}

/// Opens a regular file for reading.
fn open_file(path: &Path) -> io::Result<(File, u64)> {
    let about = fs::metadata(path)?;
    if about.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if !about.is_file() {
        return Err(ErrorKind::Unsupported.into());
    }
    Ok((File::open(path)?, about.len()))
}

/// Reads a file whole, unless it is larger than any of its kind.
fn read(path: &Path, largest: usize) -> Result<Vec<u8>, ReadError> {
    let (file, length) = open_file(path)?;
    let most = largest as u64;
    let too_large = |why: Message| ReadError {
        kind: ErrorKind::FileTooLarge,
        why,
    };
    if length > most {
        let size = length / 1_000_000;
        return Err(too_large(messages::too_large(size.to_string(), largest / 1_000_000)));
    }
    // It may grow while it is read.
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large(messages::more_than_too_large(largest / 1_000_000)));
    }
    Ok(bytes)
}

/// Reads a file that may hold a ministry's tables; a register is larger than any scenario.
///
/// # Errors
/// A finding that says why not.
pub fn read_table(path: &Path) -> Result<Vec<u8>, Finding> {
    let shown = path.display().to_string();
    read(path, LARGEST_TABLE).map_err(|error| error.of(&shown))
}

/// SHA-256 of the bytes of a file; empty if it cannot be read.
#[must_use]
pub fn hash(path: &Path) -> String {
    read(path, LARGEST_FILE).map_or(String::new(), |bytes| sha256(&bytes))
}

/// Reads a text that is no scenario, for instance a regional table.
///
/// # Errors
/// A finding that says why not.
pub fn read_text(path: &Path) -> Result<String, Finding> {
    let shown = path.display().to_string();
    let bytes = read(path, LARGEST_FILE).map_err(|error| error.of(&shown))?;
    String::from_utf8(bytes).map_err(|_| {
        unreadable(
            &shown,
            "not-utf8",
            messages::not_utf8(),
            Some(messages::save_as_csv_utf8()),
        )
    })
}

fn unreadable(file: &str, code: &'static str, rule: Message, hint: Option<Message>) -> Finding {
    let place = Place {
        file: file.into(),
        line: 0,
        column: 0,
    };
    Finding {
        code,
        severity: Severity::Error,
        path: String::new(),
        place,
        value: "".into(),
        rule,
        hint,
    }
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(Sha256::new().chain_update(bytes))
}

/// SHA-256 of the names and texts of the embedded tables, or `none` where the program was built without them.
#[must_use]
pub(crate) fn data_hash() -> String {
    if TABLES.is_empty() {
        return "none".into();
    }
    // A zero byte ends each part, so that no text can pass for a name.
    hex(TABLES.iter().fold(Sha256::new(), |hash, (name, _, text)| {
        hash.chain_update(name)
            .chain_update([0])
            .chain_update(text)
            .chain_update([0])
    }))
}

fn hex(hash: Sha256) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    hash.finalize()
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|half| char::from(DIGITS[usize::from(half)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    #[test]
    fn what_cannot_be_read_is_one_finding() {
        let folder = folder();
        let code = |path: &Path| open(path).findings[0].code;
        assert_eq!(code(folder.path()), "is-a-folder");
        assert_eq!(code(&folder.path().join("none.ron")), "no-such-file");
        let file = folder.path().join("plan.ron");
        fs::write(&file, "").expect("written");
        assert_eq!(code(&file), "empty-file");
        assert_eq!(code(&file.join("inside.ron")), "no-such-file");
        let near = open(&folder.path().join("plam.ron"));
        assert!(near.findings[0].to_string().contains("plan.ron"), "{near:?}");
        // Too large is said before the file is read: a sparse file of a terabyte takes no time.
        File::create(&file)
            .and_then(|file| file.set_len(1 << 40))
            .expect("a sparse file");
        assert_eq!(code(&file), "file-too-large");
        if Path::new("/dev/zero").exists() {
            assert_eq!(code(Path::new("/dev/zero")), "not-a-file");
        }
    }

    #[test]
    fn bundled_names_do_not_lead_out() {
        assert_eq!(
            bundled_name(Path::new("./scenarios/senegal/balanced.ron")).as_deref(),
            Some("senegal/balanced.ron")
        );
        assert_eq!(bundled_name(Path::new("../senegal/balanced.ron")), None);
        assert_eq!(bundled_name(Path::new("/senegal/balanced.ron")), None);
        let inside = Origin::Bundled("senegal/balanced.ron".into());
        assert!(beside(&inside, "../../etc/passwd.ron").is_err_and(|why| why.to_string().contains("leads out")));
        if let Some((name, text)) = bundled().iter().find(|(name, _)| name.starts_with("countries/")) {
            let found = beside(&inside, &format!("../{name}"));
            assert!(found.is_ok_and(|found| found.shown == *name && found.bytes == text.as_bytes()));
        }
    }

    #[test]
    fn a_country_file_is_found_from_the_scenario() {
        let folder = folder();
        fs::create_dir_all(folder.path().join("plans")).expect("a folder");
        let scenario = folder.path().join("plans/a.ron");
        fs::write(
            &scenario,
            "(format: 2, title: \"a\", country: File(\"../countries/x.ron\"))",
        )
        .expect("written");
        let opened = load(&scenario);
        assert_eq!(opened.reading.findings[0].code, "country-file");
        assert!(opened.country_hash.is_empty());
        fs::create_dir_all(folder.path().join("countries")).expect("a folder");
        fs::write(folder.path().join("countries/x.ron"), "(format: 2)").expect("written");
        let opened = load(&scenario);
        assert!(
            opened
                .reading
                .findings
                .iter()
                .all(|finding| finding.place.file.ends_with("x.ron")),
            "{opened:?}"
        );
        assert_eq!(opened.country_hash, sha256(b"(format: 2)"));
    }
}
