//! Files out, whole or not at all: the text goes to a new file beside the old one, which then takes its name.
//!
//! A file that others share stays the same file. Its rights, owner and group go over to the new one; where the system does
//! not allow that, or the file has more than one name, the old one is written over while the whole new text lies beside it.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Seek as _, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;
use thiserror::Error;

use crate::scenario::messages::{self, Message};

/// Names of files that are being written.
const PREFIX: &str = ".rollcall-";
const SUFFIX: &str = ".tmp";

/// A file is being written if it is younger than this, or if its program holds it.
const STALE: Duration = Duration::from_mins(1);

/// Why a file could not be saved. What stood there before stands there still.
#[derive(Debug, Error)]
#[error("{}: not saved: {}", path.display(), self.message())]
pub struct SaveError {
    /// File that was to be written.
    pub path: PathBuf,
    /// What the system said.
    #[source]
    pub error: io::Error,
    /// Where the whole new text lies, if this failure has left the file half written over.
    pub whole: Option<PathBuf>,
}

impl SaveError {
    fn of(path: &Path, failure: impl Into<Failure>) -> Self {
        let Failure { error, whole } = failure.into();
        let path = path.to_path_buf();
        Self { path, error, whole }
    }

    /// What is wrong, and what to do.
    #[must_use]
    pub fn message(&self) -> Message {
        messages::not_saved(obstacle(&self.error), self.advice())
    }
    fn advice(&self) -> Message {
        if let Some(whole) = &self.whole {
            return messages::whole_text_in(whole.display().to_string());
        }
        match self.error.kind() {
            ErrorKind::NotFound => messages::create_folder(),
            ErrorKind::NotADirectory | ErrorKind::IsADirectory | ErrorKind::Unsupported => messages::another_name(),
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
        ErrorKind::Unsupported => messages::not_saved_pipe(),
        ErrorKind::AlreadyExists => messages::not_saved_exists(),
        ErrorKind::PermissionDenied => messages::not_saved_forbidden(),
        ErrorKind::ReadOnlyFilesystem => messages::not_saved_read_only(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => messages::not_saved_full(),
        _ => messages::not_saved_reported(error.to_string()),
    }
}

/// Saves a file whole or not at all.
///
/// A link is followed; the rights, owner, group and further names of an existing file are kept, and a file marked as
/// read-only is not replaced.
///
/// # Errors
/// [`SaveError`] with what to do; then the old file, if there was one, is as it was.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    save_all([(path, bytes)])
}

/// Saves several files: none is replaced before all are safely written beside their places.
///
/// # Errors
/// [`SaveError`] for the first that cannot be written; then the others are as they were, or not there.
pub fn save_all<'a>(files: impl IntoIterator<Item = (&'a Path, &'a [u8])>) -> Result<(), SaveError> {
    save_written(
        files
            .into_iter()
            .map(|(path, bytes)| (path, move |out: &mut dyn Write| out.write_all(bytes))),
    )
}

/// The same for texts that are written bit by bit and are never whole in memory.
///
/// # Errors
/// As [`save_all`]; also what writing a text gives.
pub fn save_written<P: AsRef<Path>, W: FnMut(&mut dyn Write) -> io::Result<()>>(
    files: impl IntoIterator<Item = (P, W)>,
) -> Result<(), SaveError> {
    let mut written = Vec::new();
    for (path, mut content) in files {
        let beside = Beside::write(path.as_ref(), &mut content).map_err(|error| SaveError::of(path.as_ref(), error))?;
        written.push((path, beside));
    }
    let mut folders = BTreeSet::new();
    for (path, beside) in written {
        let folder = beside
            .put_in_place()
            .map_err(|failure| SaveError::of(path.as_ref(), failure))?;
        folders.extend(folder);
    }
    for folder in &folders {
        sweep(folder);
    }
    Ok(())
}

/// Saves a file that must not be there yet.
///
/// # Errors
/// [`SaveError`], also if the file exists.
pub fn save_new(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(SaveError::of(path, io::Error::from(ErrorKind::AlreadyExists)));
    }
    save(path, bytes)
}

/// Saves a file of the program's own, for the person's eyes only. Whatever has its name is replaced, and nothing that a
/// link leads to is touched.
///
/// # Errors
/// [`SaveError`]; then the old file, if there was one, is as it was.
pub fn save_own(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let save = || {
        let file = new_file(folder_of(path), &mut |out| out.write_all(bytes), 0o600)?;
        file.as_file().sync_all()?;
        take_name(file, path)
    };
    save().map_err(|error: io::Error| SaveError::of(path, error))?;
    sweep(folder_of(path));
    Ok(())
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
        SaveError::of(path, error)
    })
}

/// The whole text of a file whose saving was broken off while it was written over, if there is one.
#[must_use]
pub(crate) fn unfinished(path: &Path) -> Option<PathBuf> {
    let whole = whole_beside(&behind_links(path).ok()?)?;
    whole.is_file().then_some(whole)
}

/// Takes away what programs that are gone have left half written in a folder. A computer that sleeps makes files old that
/// are still being written; their programs hold them.
pub fn sweep(folder: &Path) {
    let ours = |name: &str| name.starts_with(PREFIX) && name.ends_with(SUFFIX);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let left = entry.file_name().to_str().is_some_and(ours)
            && entry.metadata().is_ok_and(|about| {
                about.is_file()
                    && about
                        .modified()
                        .is_ok_and(|then| then.elapsed().is_ok_and(|age| age > STALE))
            });
        let held = || {
            OpenOptions::new()
                .write(true)
                .open(entry.path())
                .ok()
                .filter(|file| file.try_lock().is_ok())
        };
        if left && let Some(_held) = held() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Why a file did not come in place.
struct Failure {
    error: io::Error,
    whole: Option<PathBuf>,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self { error, whole: None }
    }
}

/// Writes a text to where it is to go.
type Content<'a> = &'a mut dyn FnMut(&mut dyn Write) -> io::Result<()>;

/// A text written and synced beside the place of its file.
enum Beside {
    /// To take the name of the file.
    Instead(NamedTempFile, PathBuf),
    /// To be written over the file.
    Over(NamedTempFile, PathBuf),
    /// A device has taken the text already.
    Taken,
}

impl Beside {
    fn write(path: &Path, content: Content<'_>) -> io::Result<Self> {
        let target = behind_links(path)?;
        let before = match fs::metadata(&target) {
            Ok(about) => Some(about),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        match &before {
            Some(about) if about.is_dir() => return Err(ErrorKind::IsADirectory.into()),
            Some(about) if about.permissions().readonly() => return Err(ErrorKind::PermissionDenied.into()),
            // A device takes the text; a file in its place would be another thing. A pipe might never do so.
            Some(about) if is_device(about) => {
                content(&mut OpenOptions::new().write(true).open(&target)?)?;
                return Ok(Self::Taken);
            }
            Some(about) if !about.is_file() => return Err(ErrorKind::Unsupported.into()),
            _ => {}
        }
        if target.file_name().is_none() {
            return Err(ErrorKind::IsADirectory.into());
        }
        let file = new_file(folder_of(&target), content, 0o666)?;
        let mut instead = true;
        if let Some(about) = before {
            instead = takes_after(file.as_file(), &about);
            // After its owner, whose change takes rights away.
            file.as_file().set_permissions(about.permissions())?;
        }
        file.as_file().sync_all()?;
        Ok(if instead {
            Self::Instead(file, target)
        } else {
            Self::Over(file, target)
        })
    }

    /// The folder where the file now is.
    fn put_in_place(self) -> Result<Option<PathBuf>, Failure> {
        let target = match self {
            Self::Instead(file, target) => {
                take_name(file, &target)?;
                // What an earlier saving had left beside is of the past.
                if let Some(whole) = whole_beside(&target) {
                    let _ = fs::remove_file(whole);
                }
                target
            }
            Self::Over(file, target) => {
                write_over(file, &target)?;
                target
            }
            Self::Taken => return Ok(None),
        };
        Ok(Some(folder_of(&target).into()))
    }
}

/// A new file in a folder, with the rights that the system gives of those asked for.
fn new_file(folder: &Path, content: Content<'_>, rights: u32) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    let rights = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(rights);
    #[cfg(unix)]
    builder.permissions(rights);
    #[cfg(not(unix))]
    let _ = rights;
    let file = builder.tempfile_in(folder)?;
    // Against sweeping, until it has its name; where the system knows no locks, nothing is swept.
    let _ = file.as_file().try_lock();
    let mut out = BufWriter::with_capacity(1 << 16, file.as_file());
    content(&mut out)?;
    out.flush()?;
    drop(out);
    Ok(file)
}

/// Gives a file its name, in place of what has it.
fn take_name(file: NamedTempFile, target: &Path) -> io::Result<()> {
    file.persist(target).map_err(|error| error.error)?;
    settle(folder_of(target));
    Ok(())
}

/// A name is safe on disk once its folder is; some file systems cannot be asked, and then the file is saved all the same.
fn settle(folder: &Path) {
    #[cfg(unix)]
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = folder;
}

/// Whether a new file can stand for an old one: of the same owner and group, and the old one has no other name.
#[cfg(unix)]
fn takes_after(file: &File, old: &Metadata) -> bool {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let own = |about: &Metadata| (about.uid(), about.gid());
    old.nlink() == 1
        && (file.metadata().is_ok_and(|new| own(&new) == own(old))
            || fchown(file, Some(old.uid()), Some(old.gid())).is_ok())
}

#[cfg(not(unix))]
fn takes_after(_: &File, _: &Metadata) -> bool {
    true
}

#[cfg(unix)]
fn is_device(about: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_char_device(&about.file_type())
}

#[cfg(not(unix))]
fn is_device(_: &Metadata) -> bool {
    false
}

/// Writes over a file. The whole new text lies beside it, under a name that is found again, until that is done; what is
/// broken off by an error is put back.
fn write_over(file: NamedTempFile, target: &Path) -> Result<(), Failure> {
    let old = fs::read(target)?;
    let mut open = OpenOptions::new().write(true).open(target)?;
    let whole = whole_beside(target).ok_or_else(|| io::Error::from(ErrorKind::IsADirectory))?;
    take_name(file, &whole)?;
    let mut put = |bytes: &[u8]| {
        open.rewind()?;
        open.write_all(bytes)?;
        open.set_len(bytes.len() as u64)?;
        open.sync_all()
    };
    let written = fs::read(&whole).and_then(|new| put(&new));
    if written.is_ok() || put(&old).is_ok() {
        fs::remove_file(&whole)?;
        settle(folder_of(target));
        return Ok(written?);
    }
    written.map_err(|error| Failure {
        error,
        whole: Some(whole),
    })
}

/// Where the whole text of a file lies while the file is written over.
fn whole_beside(target: &Path) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name()?);
    name.push(".saving");
    Some(target.with_file_name(name))
}

fn folder_of(target: &Path) -> &Path {
    target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
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

    #[cfg(unix)]
    #[test]
    fn a_file_with_two_names_is_written_over_and_keeps_both() {
        use std::os::unix::fs::MetadataExt as _;
        let folder = folder();
        let (one, other) = (folder.path().join("plan.ron"), folder.path().join("shared.ron"));
        fs::write(&one, "a long old text").expect("written");
        fs::hard_link(&one, &other).expect("a second name");
        let before = fs::metadata(&one).expect("about").ino();
        save(&one, b"new").expect("saved");
        assert_eq!(fs::read(&other).expect("read"), b"new");
        assert_eq!(fs::metadata(&other).expect("about").ino(), before);
        assert_eq!(names(folder.path()), ["plan.ron", "shared.ron"]);
        // What cannot be written is put back.
        let error = save_all([(one.as_path(), &b"newer"[..]), (&folder.path().join("none/x"), b"x")]);
        assert!(error.is_err());
        assert_eq!(fs::read(&other).expect("read"), b"new");
        assert_eq!(names(folder.path()), ["plan.ron", "shared.ron"]);
    }

    #[cfg(unix)]
    #[test]
    fn owner_and_group_are_kept() {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
        let folder = folder();
        let file = folder.path().join("plan.ron");
        fs::write(&file, "old").expect("written");
        // Only the superuser gives a file away; then there is nothing to test.
        if chown(&file, Some(12_345), Some(54_321)).is_err() {
            return;
        }
        fs::set_permissions(&file, fs::Permissions::from_mode(0o660)).expect("rights");
        save(&file, b"new").expect("saved");
        let about = fs::metadata(&file).expect("about");
        assert_eq!(
            (about.uid(), about.gid(), about.mode() & 0o777),
            (12_345, 54_321, 0o660)
        );
    }

    #[test]
    fn what_is_left_half_written_is_swept_once_it_is_old() {
        let folder = folder();
        let (old, fresh) = (
            folder.path().join(".rollcall-a.tmp"),
            folder.path().join(".rollcall-b.tmp"),
        );
        for path in [&old, &fresh] {
            fs::write(path, "half").expect("written");
        }
        grown_old(&OpenOptions::new().write(true).open(&old).expect("open"));
        save(&folder.path().join("plan.ron"), b"x").expect("saved");
        assert_eq!(names(folder.path()), [".rollcall-b.tmp", "plan.ron"]);
    }

    fn grown_old(file: &File) {
        file.set_modified(std::time::SystemTime::now() - 2 * STALE)
            .expect("made old");
    }

    #[test]
    fn what_a_sleep_makes_old_in_mid_writing_is_not_swept() {
        let folder = folder();
        let table = |name: &str| folder.path().join(name);
        let mut inner = 0;
        // A computer sleeps while the tables are written: all that are written so far are old, ours and those of another.
        let asleep = |out: &mut dyn Write| {
            out.write_all(b"whole")?;
            out.flush()?;
            for entry in fs::read_dir(folder.path())?.flatten() {
                grown_old(&OpenOptions::new().write(true).open(entry.path())?);
            }
            inner += 1;
            save(&folder.path().join(format!("other-{inner}.csv")), b"whole").map_err(io::Error::other)
        };
        let asleep = std::cell::RefCell::new(asleep);
        let one = |name: &str| (table(name), |out: &mut dyn Write| (asleep.borrow_mut())(out));
        save_written([one("a.csv"), one("b.csv"), one("c.csv")]).expect("saved");
        let all = ["a.csv", "b.csv", "c.csv", "other-1.csv", "other-2.csv", "other-3.csv"];
        assert_eq!(names(folder.path()), all);
        for name in all {
            assert_eq!(fs::read(table(name)).expect("read"), b"whole", "{name}");
        }
    }

    #[test]
    fn a_text_that_an_earlier_saving_left_is_not_said_to_be_of_this_one() {
        let folder = folder();
        let file = folder.path().join("plan.ron");
        fs::write(&file, "old").expect("written");
        fs::write(folder.path().join(".plan.ron.saving"), "of last week").expect("written");
        let mut rights = fs::metadata(&file).expect("about").permissions();
        rights.set_readonly(true);
        fs::set_permissions(&file, rights).expect("rights");
        let error = save(&file, b"new").expect_err("not saved").to_string();
        assert!(!error.contains(".saving"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_of_our_own_replaces_a_link_and_not_what_it_leads_to() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = folder();
        let (theirs, link) = (folder.path().join("theirs"), folder.path().join("x.journal"));
        fs::write(&theirs, "theirs").expect("written");
        for planted in [false, true] {
            if planted {
                fs::hard_link(&theirs, &link).expect("a second name");
            } else {
                std::os::unix::fs::symlink("theirs", &link).expect("a link");
            }
            save_own(&link, b"ours").expect("saved");
            assert_eq!(fs::read(&theirs).expect("read"), b"theirs");
            assert_eq!(fs::read(&link).expect("read"), b"ours");
            assert_eq!(fs::metadata(&link).expect("about").permissions().mode() & 0o777, 0o600);
            fs::remove_file(&link).expect("gone");
        }
    }
}
