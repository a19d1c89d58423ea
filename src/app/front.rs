//! What stands in front of the page.

use std::path::PathBuf;
use std::sync::Arc;

use super::files::Purpose;
use crate::scenario::Scenario;
use crate::scenario::findings::Finding;

/// A path that is being asked for.
pub(super) struct Ask {
    pub(super) purpose: Purpose,
    pub(super) text: String,
    pub(super) fresh: bool,
}

/// What goes on once unsaved changes are dealt with.
#[derive(Clone)]
pub(super) enum Next {
    Close(usize),
    Quit,
}

/// What must be read or answered first.
pub(super) enum Notice {
    Findings {
        title: String,
        rest: &'static str,
        findings: Vec<Finding>,
        /// The scenario in which they were found; none where a file could not be opened.
        of: Option<Arc<Scenario>>,
    },
    Message(String),
    /// Unsaved changes stand in the way.
    Keep(Next),
    /// Saving would lose the remarks of the file.
    Remarks,
    /// A crash has left something.
    Left,
    /// The file is another than the one that was read; what goes on after saving, if that was asked for.
    OnDisk {
        document: u64,
        saving: bool,
        next: Option<Next>,
    },
    /// Another window has the file open.
    Elsewhere {
        path: PathBuf,
        title: String,
    },
    /// A file of this name exists.
    Replace(PathBuf, Purpose),
}
