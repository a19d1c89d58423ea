//! Files by their names.

use std::path::{Path, PathBuf};

use crate::scenario::visible::visible;

/// The one name of a file, however it was called.
pub(super) fn absolute(path: &Path) -> PathBuf {
    path.canonicalize()
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| visible(&name.to_string_lossy()).into_owned(),
    )
}
