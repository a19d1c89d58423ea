//! Files in and out. Nothing else in the program reads or writes one.
//!
//! Reading never panics and always says what to do; a path that is not a file is looked up among the bundled scenarios.
//! Writing is whole or not at all: the text goes to a new file beside the old one, which then takes its name.

#![allow(clippy::disallowed_methods)] // This is the room for files.
#![allow(clippy::result_large_err)] // A finding is made once per file; nothing is gained by a box.

use std::cell::RefCell;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::embedded::TABLES;
use super::{bundled, bundled_file};
use crate::scenario::findings::nearest;
use crate::scenario::messages::{self, Message};
use crate::scenario::text::{Reading, read_scenario};
use crate::scenario::tree::LARGEST_FILE;
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
}

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
    let shown = path.display().to_string();
    let (origin, bytes) = match find(path) {
        Ok(found) => found,
        Err(finding) => {
            let reading = Reading {
                scenario: None,
                findings: vec![finding],
                places: std::collections::BTreeMap::new(),
            };
            return Opened {
                reading,
                origin: Origin::File(path.into()),
                bytes: Vec::new(),
                hash: String::new(),
                country_hash: String::new(),
            };
        }
    };
    let country_hash = RefCell::new(String::new());
    let reading = read_scenario(&shown, &bytes, &|name| {
        let (shown, bytes) = beside(&origin, name)?;
        *country_hash.borrow_mut() = sha256(&bytes);
        Ok((shown, bytes))
    });
    Opened {
        reading,
        origin,
        hash: sha256(&bytes),
        bytes,
        country_hash: country_hash.into_inner(),
    }
}

fn find(path: &Path) -> Result<(Origin, Vec<u8>), Finding> {
    let shown = path.display().to_string();
    match read(path) {
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
    !["countries/", "packages/", "practices/"]
        .iter()
        .any(|folder| name.starts_with(folder))
}

/// Reads a file that a scenario names, relative to the scenario.
fn beside(origin: &Origin, name: &str) -> Result<(String, Vec<u8>), Message> {
    match origin {
        Origin::File(scenario) => {
            let path = tidy(&scenario.parent().unwrap_or(Path::new("")).join(name));
            match read(&path) {
                Ok(bytes) => Ok((path.display().to_string(), bytes)),
                Err(error) => {
                    let known = bundled()
                        .iter()
                        .any(|(known, _)| Path::new(known).file_name() == Path::new(name).file_name());
                    let rule = if known && error.kind == ErrorKind::NotFound {
                        messages::bundled_country(error.rule())
                    } else {
                        error.rule()
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
            let text = bundled_file(&path).ok_or_else(|| messages::no_bundled_file(&path))?;
            Ok((path, text.as_bytes().to_vec()))
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
            ErrorKind::FileTooLarge => "file-too-large",
            _ => "cannot-read",
        }
    }

    fn rule(&self) -> Message {
        match self.kind {
            ErrorKind::NotFound | ErrorKind::NotADirectory => messages::no_such_file(),
            ErrorKind::IsADirectory => messages::is_a_folder(),
            ErrorKind::PermissionDenied => messages::may_not_read(),
            _ => self.why.clone(),
        }
    }

    fn hint(&self) -> Option<Message> {
        match self.kind {
            ErrorKind::IsADirectory => Some(messages::name_a_file()),
            ErrorKind::PermissionDenied => Some(messages::ask_the_owner()),
            ErrorKind::FileTooLarge => Some(messages::right_file_or_table()),
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

/// Reads a file whole, unless it is larger than any scenario.
fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    let about = fs::metadata(path)?;
    if about.is_dir() {
        return Err(io::Error::from(ErrorKind::IsADirectory).into());
    }
    let most = LARGEST_FILE as u64;
    let too_large = |why: Message| ReadError {
        kind: ErrorKind::FileTooLarge,
        why,
    };
    if about.len() > most {
        let size = about.len() / 1_000_000;
        return Err(too_large(messages::too_large(
            size.to_string(),
            LARGEST_FILE / 1_000_000,
        )));
    }
    // A pipe or device has no length before it is read.
    let mut bytes = Vec::new();
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large(messages::more_than_too_large(LARGEST_FILE / 1_000_000)));
    }
    Ok(bytes)
}

/// Reads a file that is no scenario, for instance a workbook.
///
/// # Errors
/// A finding that says why not.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Finding> {
    let shown = path.display().to_string();
    read(path).map_err(|error| error.of(&shown))
}

/// SHA-256 of the bytes of a file; empty if it cannot be read.
#[must_use]
pub fn hash(path: &Path) -> String {
    read(path).map_or(String::new(), |bytes| sha256(&bytes))
}

/// Reads a text that is no scenario, for instance a regional table.
///
/// # Errors
/// A finding that says why not.
pub fn read_text(path: &Path) -> Result<String, Finding> {
    let shown = path.display().to_string();
    let bytes = read_bytes(path)?;
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

/// Why a file could not be saved. What stood there before stands there still.
#[derive(Debug, Error)]
#[error("{}: not saved: {}", path.display(), self.message())]
pub struct SaveError {
    /// File that was to be written.
    pub path: PathBuf,
    /// What the system said.
    #[source]
    pub error: io::Error,
}

impl SaveError {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn message(&self) -> Message {
        messages::not_saved(obstacle(&self.error), self.advice())
    }
    fn advice(&self) -> Message {
        match self.error.kind() {
            ErrorKind::NotFound => messages::create_folder(),
            ErrorKind::NotADirectory | ErrorKind::IsADirectory => messages::another_name(),
            ErrorKind::AlreadyExists => messages::another_name_or_replace(),
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => messages::own_folder(),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => messages::make_room(),
            _ => messages::another_name_unchanged(),
        }
    }
}

/// What kept a file from being written.
#[must_use]
pub fn obstacle(error: &io::Error) -> Message {
    match error.kind() {
        ErrorKind::NotFound => messages::not_saved_no_folder(),
        ErrorKind::NotADirectory => messages::not_saved_under_file(),
        ErrorKind::IsADirectory => messages::not_saved_folder(),
        ErrorKind::AlreadyExists => messages::not_saved_exists(),
        ErrorKind::PermissionDenied => messages::not_saved_forbidden(),
        ErrorKind::ReadOnlyFilesystem => messages::not_saved_read_only(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => messages::not_saved_full(),
        _ => messages::not_saved_reported(error.to_string()),
    }
}

/// Saves a file whole or not at all.
///
/// A link is followed, the rights of an existing file are kept, and a file marked as read-only is not replaced.
///
/// # Errors
/// [`SaveError`] with what to do; then the old file, if there was one, is as it was.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    save_inner(path, bytes).map_err(|error| SaveError {
        path: path.into(),
        error,
    })
}

/// Saves several files: none is replaced before all are safely written beside their places.
///
/// # Errors
/// [`SaveError`] for the first that cannot be written; then the others are as they were, or not there.
pub fn save_all<'a>(files: impl IntoIterator<Item = (&'a Path, &'a [u8])>) -> Result<(), SaveError> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |error| SaveError { path, error }
    };
    let mut written = Vec::new();
    for (path, bytes) in files {
        written.push((path, write_beside(path, bytes).map_err(failed(path))?));
    }
    for (path, beside) in written {
        beside.put_in_place().map_err(failed(path))?;
    }
    Ok(())
}

/// Saves a file that must not be there yet.
///
/// # Errors
/// [`SaveError`], also if the file exists.
pub fn save_new(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(SaveError {
            path: path.into(),
            error: ErrorKind::AlreadyExists.into(),
        });
    }
    save(path, bytes)
}

/// Makes a folder and those above it.
///
/// # Errors
/// [`SaveError`] if a file stands in the way or the place cannot be written.
pub fn make_folder(path: &Path) -> Result<(), SaveError> {
    fs::create_dir_all(path).map_err(|error| {
        let error = if error.kind() == ErrorKind::AlreadyExists {
            ErrorKind::NotADirectory.into()
        } else {
            error
        };
        SaveError {
            path: path.into(),
            error,
        }
    })
}

/// A file written and synced beside its place; nothing is beside a device or pipe, which has taken the text already.
enum Beside {
    Written(tempfile::NamedTempFile, PathBuf),
    Taken,
}

impl Beside {
    fn put_in_place(self) -> io::Result<()> {
        let Self::Written(file, target) = self else {
            return Ok(());
        };
        file.persist(&target).map_err(|error| error.error)?;
        // The name is safe on disk once the folder is; some file systems cannot be asked, and then the file is saved all
        // the same.
        #[cfg(unix)]
        let _ = File::open(folder_of(&target)).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

fn folder_of(target: &Path) -> &Path {
    target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

fn save_inner(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_beside(path, bytes)?.put_in_place()
}

fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<Beside> {
    let target = behind_links(path)?;
    let before = match fs::metadata(&target) {
        Ok(about) => Some(about),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    match &before {
        Some(about) if about.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        Some(about) if about.permissions().readonly() => return Err(ErrorKind::PermissionDenied.into()),
        // A device or pipe takes the text; a file in its place would be another thing.
        Some(about) if !about.is_file() => {
            OpenOptions::new().write(true).open(&target)?.write_all(bytes)?;
            return Ok(Beside::Taken);
        }
        _ => {}
    }
    if target.file_name().is_none() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rollcall-").suffix(".tmp");
    #[cfg(unix)]
    let rights = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(rights);
    let mut file = builder.tempfile_in(folder_of(&target))?;
    file.write_all(bytes)?;
    if let Some(about) = before {
        file.as_file().set_permissions(about.permissions())?;
    }
    file.as_file().sync_all()?;
    Ok(Beside::Written(file, target))
}

/// The file that a chain of links ends at; it need not exist yet.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..40 {
        match fs::read_link(&path) {
            Ok(next) => path = path.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("the links run in a circle"))
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(Sha256::new().chain_update(bytes))
}

/// SHA-256 of the names and texts of the embedded tables, or `none` where the program was built without them.
#[must_use]
pub fn data_hash() -> String {
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

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_saved_is_read_back_and_nothing_else_is_left() {
        let folder = folder();
        let path = folder.path().join("plan.ron");
        save(&path, b"one").expect("saved");
        save(&path, b"two").expect("saved again");
        assert_eq!(fs::read(&path).expect("read"), b"two");
        assert_eq!(names(folder.path()), ["plan.ron"]);
        assert!(save_new(&path, b"three").is_err());
        assert_eq!(fs::read(&path).expect("read"), b"two");
    }

    #[cfg(unix)]
    #[test]
    fn rights_are_kept_and_links_followed() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder();
        let (file, link) = (folder.path().join("real.ron"), folder.path().join("link.ron"));
        fs::write(&file, "old").expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("rights");
        std::os::unix::fs::symlink("real.ron", &link).expect("a link");
        save(&link, b"new").expect("saved");
        assert!(link.is_symlink());
        assert_eq!(fs::read(&file).expect("read"), b"new");
        assert_eq!(fs::metadata(&file).expect("about").permissions().mode() & 0o777, 0o640);
        // A link whose file is not there yet makes the file; a circle of links is an error.
        std::os::unix::fs::symlink("later.ron", folder.path().join("early.ron")).expect("a link");
        save(&folder.path().join("early.ron"), b"x").expect("saved");
        assert!(folder.path().join("later.ron").is_file());
        std::os::unix::fs::symlink("circle.ron", folder.path().join("circle.ron")).expect("a link");
        assert!(save(&folder.path().join("circle.ron"), b"x").is_err());
    }

    #[test]
    fn a_failed_save_leaves_the_old_file_and_says_what_to_do() {
        let folder = folder();
        let file = folder.path().join("plan.ron");
        fs::write(&file, "old").expect("written");
        let mut rights = fs::metadata(&file).expect("about").permissions();
        rights.set_readonly(true);
        fs::set_permissions(&file, rights).expect("rights");
        let fail = |path: &Path| save(path, b"new").expect_err("not saved").to_string();
        assert!(fail(&file).contains("not allowed to write"), "{}", fail(&file));
        assert_eq!(fs::read(&file).expect("read"), b"old");
        assert!(fail(&folder.path().join("none/plan.ron")).contains("Create the folder first"));
        assert!(
            fail(&file.join("plan.ron")).contains("is a file, not a folder"),
            "{}",
            fail(&file.join("plan.ron"))
        );
        assert!(fail(folder.path()).contains("this is a folder"));
        assert!(
            make_folder(&file)
                .expect_err("a file in the way")
                .to_string()
                .contains("is a file, not a folder")
        );
        assert_eq!(names(folder.path()), ["plan.ron"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_without_the_right_to_write_and_a_full_disk_are_told_apart() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder();
        let file = folder.path().join("plan.ron");
        fs::write(&file, "old").expect("written");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).expect("rights");
        // The superuser may write anywhere; then there is nothing to test.
        if let Err(error) = save(&file, b"new") {
            assert!(error.to_string().contains("not allowed to write"), "{error}");
            assert_eq!(fs::read(&file).expect("read"), b"old");
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("rights");
        if Path::new("/dev/full").exists() {
            let error = save(Path::new("/dev/full"), b"new").expect_err("no room").to_string();
            assert!(error.contains("the disk is full. Make room"), "{error}");
            assert!(!Path::new("/dev/full").is_file());
        }
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
            assert_eq!(code(Path::new("/dev/zero")), "file-too-large");
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
        assert!(
            beside(&inside, "../../etc/passwd")
                .expect_err("out")
                .to_string()
                .contains("leads out")
        );
        if let Some((name, text)) = bundled().iter().find(|(name, _)| name.starts_with("countries/")) {
            assert_eq!(
                beside(&inside, &format!("../{name}")),
                Ok(((*name).to_owned(), text.as_bytes().to_vec()))
            );
        }
    }

    #[test]
    fn a_country_file_is_found_from_the_scenario() {
        let folder = folder();
        fs::create_dir_all(folder.path().join("plans")).expect("a folder");
        let scenario = folder.path().join("plans/a.ron");
        fs::write(
            &scenario,
            "(format: 1, title: \"a\", country: File(\"../countries/x.ron\"))",
        )
        .expect("written");
        let opened = load(&scenario);
        assert_eq!(opened.reading.findings[0].code, "country-file");
        assert!(opened.country_hash.is_empty());
        fs::create_dir_all(folder.path().join("countries")).expect("a folder");
        fs::write(folder.path().join("countries/x.ron"), "(format: 1)").expect("written");
        let opened = load(&scenario);
        assert!(
            opened
                .reading
                .findings
                .iter()
                .all(|finding| finding.place.file.ends_with("x.ron")),
            "{opened:?}"
        );
        assert_eq!(opened.country_hash, sha256(b"(format: 1)"));
    }
}
