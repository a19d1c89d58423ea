//! What stands beside, above and in front of the page.

use std::path::PathBuf;
use std::sync::Arc;

use super::files::Purpose;
use super::{changes, guide, level_form, palette, present};
use crate::scenario::Scenario;
use crate::scenario::findings::Finding;
use crate::scenario::practice::Practice;

/// All that is shown beside the page itself, from below to above.
#[derive(Default)]
pub(super) struct Stage {
    /// Beside the page, which goes on answering: the guide.
    pub guide: Option<guide::Guide>,
    /// The same: the list of changes.
    pub changes: Option<changes::ChangeList>,
    /// In place of the pages: the screens for a room.
    pub presented: Option<present::Presentation>,
    /// Above the page: a path that is asked for.
    pub ask: Option<Ask>,
    /// In front of all; the last one has the keys and is left first.
    front: Vec<Front>,
}

/// What stands in front.
pub(super) enum Front {
    /// The command palette.
    Palette(palette::Search),
    /// A level that is being added to an open scenario.
    Level(u64, level_form::LevelForm),
    /// What a programme bought and paid, over an open scenario.
    Practice(u64, Arc<Practice>),
    /// What must be read or answered.
    Notice(Notice),
}

impl Stage {
    /// Puts something in front of all; there is never more than one of a kind.
    pub fn put(&mut self, front: Front) {
        let kind = std::mem::discriminant(&front);
        self.front.retain(|other| std::mem::discriminant(other) != kind);
        self.front.push(front);
    }

    /// Tells or asks something.
    pub fn tell(&mut self, notice: Notice) {
        self.put(Front::Notice(notice));
    }

    /// What is to be read or answered.
    pub(crate) fn notice(&self) -> Option<&Notice> {
        self.front.iter().find_map(|front| match front {
            Front::Notice(notice) => Some(notice),
            _ => None,
        })
    }

    /// Takes away what was to be read or answered.
    pub(crate) fn take_notice(&mut self) -> Option<Notice> {
        let at = self.front.iter().position(|front| matches!(front, Front::Notice(_)))?;
        match self.front.remove(at) {
            Front::Notice(notice) => Some(notice),
            _ => None,
        }
    }

    /// What stands in front, to be shown; given back with [`replace`](Stage::replace).
    pub(crate) fn take_all(&mut self) -> Vec<Front> {
        std::mem::take(&mut self.front)
    }

    /// Puts back what was taken.
    pub fn replace(&mut self, front: Vec<Front>) {
        self.front = front;
    }

    /// Closes the palette.
    pub(crate) fn close_palette(&mut self) {
        self.front.retain(|front| !matches!(front, Front::Palette(_)));
    }

    /// Closes the form that has made its edit.
    pub(crate) fn close_form(&mut self) {
        let form = |front: &Front| matches!(front, Front::Level(..) | Front::Practice(..));
        self.front.retain(|front| !form(front));
    }

    /// Closes the path that was asked for.
    pub(crate) fn close_ask(&mut self, purpose: Purpose) {
        self.ask.take_if(|ask| ask.purpose == purpose);
    }

    /// Takes away all that is about an open scenario, which is closed.
    pub fn forget(&mut self, document: u64) {
        self.ask
            .take_if(|ask| ask.purpose != Purpose::Open && ask.document == Some(document));
        self.front.retain(|front| match front {
            Front::Level(of, _) | Front::Practice(of, _) => *of != document,
            Front::Notice(notice) => notice.document() != Some(document),
            Front::Palette(_) => true,
        });
    }

    /// Whether the palette is shown.
    pub(crate) fn has_palette(&self) -> bool {
        self.front.iter().any(|front| matches!(front, Front::Palette(_)))
    }

    /// Whether something stands in front.
    pub(crate) const fn is_covered(&self) -> bool {
        !self.front.is_empty()
    }

    /// Whether what stands in front is to be answered before any key is heard.
    pub fn is_barred(&self) -> bool {
        self.front.iter().any(|front| !matches!(front, Front::Palette(_)))
    }

    /// Leaves what stands before all others; the path that led to an error is still there to be put right.
    pub(crate) fn dismiss(&mut self) {
        if self.front.pop().is_none() {
            self.ask = None;
        }
    }
}

/// A path that is being asked for.
pub(super) struct Ask {
    pub purpose: Purpose,
    /// The open scenario for which it is asked.
    pub document: Option<u64>,
    pub text: String,
    pub fresh: bool,
}

/// What goes on once unsaved changes are dealt with.
#[derive(Clone, Copy)]
pub(super) enum Next {
    /// The open scenario is closed.
    Close(u64),
    /// The window is closed.
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
    /// Unsaved changes of an open scenario stand in the way.
    Keep(u64, Next),
    /// Saving an open scenario would lose the remarks of its file.
    Remarks(u64),
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
    /// A file has the name under which an open scenario or its chart is to be saved.
    Replace(u64, PathBuf, Purpose),
}

impl Notice {
    /// The open scenario that it is about.
    pub const fn document(&self) -> Option<u64> {
        match self {
            Self::Keep(document, _)
            | Self::Remarks(document)
            | Self::OnDisk { document, .. }
            | Self::Replace(document, ..) => Some(*document),
            Self::Findings { .. } | Self::Message(_) | Self::Left | Self::Elsewhere { .. } => None,
        }
    }
}
