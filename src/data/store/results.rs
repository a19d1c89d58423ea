//! Where results may be written: never over what they were computed from; over other files only where a run of our own
//! stands beside them, or if the person says so.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use super::read_text;

/// Why results are not written. Nothing has been touched.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Refusal {
    /// The results would replace what was read.
    #[error("{}: this file was read for the results; nothing was written. Name another folder.", .0.display())]
    Input(PathBuf),
    /// Files of others have the names of the results.
    #[error(
        "{}: {} not from an earlier run; nothing was written. Name another folder, or replace with --force.",
        folder.display(),
        are(names)
    )]
    Others {
        /// The folder.
        folder: PathBuf,
        /// The files.
        names: Vec<String>,
    },
}

fn are(names: &[String]) -> String {
    let verb = if names.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", names.join(", "))
}

/// Asks whether files may be written into a folder. `mark` is the one of them that tells a run of our own; `inputs` are
/// the files that were read.
///
/// # Errors
/// [`Refusal`] with what stands in the way.
pub(crate) fn may_write(
    folder: &Path,
    names: &[&str],
    mark: &str,
    inputs: &[PathBuf],
    force: bool,
) -> Result<(), Refusal> {
    let is_ours = is_mark(&folder.join(mark));
    let mut others = Vec::new();
    for name in names {
        let path = folder.join(name);
        let Ok(about) = fs::symlink_metadata(&path) else {
            continue;
        };
        // By what it is, not by what it is called: links, second names and other spellings lead to the same file.
        if inputs.iter().any(|input| is_same_file(input, &path)) {
            return Err(Refusal::Input(path));
        }
        // We write files; a link was made by somebody else.
        if !(is_ours && about.is_file()) {
            others.push((*name).to_owned());
        }
    }
    if others.is_empty() || force {
        return Ok(());
    }
    Err(Refusal::Others {
        folder: folder.to_owned(),
        names: others,
    })
}

/// Whether two paths lead to one regular file, however they are called.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    // What is no file might keep us waiting when it is opened.
    let are_files = [one, other].map(|path| fs::metadata(path).is_ok_and(|about| about.is_file()));
    are_files == [true, true] && same_file::is_same_file(one, other).unwrap_or(false)
}

/// Whether a file tells of a run of ours.
fn is_mark(path: &Path) -> bool {
    #[derive(Deserialize)]
    struct Mark {
        program: String,
    }
    let is_file = fs::symlink_metadata(path).is_ok_and(|about| about.is_file());
    is_file
        && read_text(path)
            .is_ok_and(|text| ron::from_str::<Mark>(&text).is_ok_and(|mark| mark.program == env!("CARGO_PKG_NAME")))
}
