//! Undo and redo, without limit. A step keeps the scenario as it was; scenarios are shared, not copied.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::scenario::Scenario;

/// The scenario on the other side of an edit, and what the edit was.
#[derive(Clone, Debug)]
pub struct Step {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// The edit in words.
    pub what: String,
}

/// The edits of one file.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: Vec<Step>,
    future: Vec<Step>,
    /// What is being dragged; its movements are one edit.
    moving: Option<String>,
    /// Bookmarks, by the number of edits that lead to what they mark.
    marks: BTreeMap<usize, String>,
}

impl History {
    /// The scenario from which an edit of this field starts: that of the start of the drag, if one is going on.
    #[must_use]
    pub fn start_of(&self, field: &str) -> Option<&Arc<Scenario>> {
        (self.moving.as_deref() == Some(field))
            .then(|| self.past.last().map(|step| &step.scenario))
            .flatten()
    }

    /// Keeps what was before an edit.
    pub fn record(&mut self, before: Arc<Scenario>, what: String) {
        self.moving = None;
        self.future.clear();
        self.marks.split_off(&(self.past.len() + 1));
        self.past.push(Step { scenario: before, what });
    }

    /// Keeps what was before a movement of a field; movements of one drag are one step.
    pub fn record_move(&mut self, field: &str, before: Arc<Scenario>, what: String, more: bool) {
        if self.moving.as_deref() == Some(field)
            && let Some(step) = self.past.last_mut()
        {
            step.what = what;
        } else {
            self.record(before, what);
        }
        self.moving = more.then(|| field.to_owned());
    }

    /// Ends a drag.
    pub fn settle(&mut self) {
        self.moving = None;
    }

    /// Goes one edit back.
    pub fn undo(&mut self, now: &mut Arc<Scenario>) -> Option<String> {
        self.moving = None;
        let step = self.past.pop()?;
        Some(swap(step, now, &mut self.future))
    }

    /// Goes one edit forward again.
    pub fn redo(&mut self, now: &mut Arc<Scenario>) -> Option<String> {
        self.moving = None;
        let step = self.future.pop()?;
        Some(swap(step, now, &mut self.past))
    }

    /// What undo would undo.
    #[must_use]
    pub fn to_undo(&self) -> Option<&str> {
        self.past.last().map(|step| step.what.as_str())
    }

    /// What redo would do again.
    #[must_use]
    pub fn to_redo(&self) -> Option<&str> {
        self.future.last().map(|step| step.what.as_str())
    }
}

impl History {
    /// How many edits lead from the oldest scenario to the present one.
    #[must_use]
    pub fn at(&self) -> usize {
        self.past.len()
    }

    /// The edits in words, the oldest first, those that were undone included.
    pub fn edits(&self) -> impl Iterator<Item = &str> {
        let steps = self.past.iter().chain(self.future.iter().rev());
        steps.map(|step| step.what.as_str())
    }

    /// Bookmarks, by the number of edits that lead to what they mark.
    #[must_use]
    pub const fn marks(&self) -> &BTreeMap<usize, String> {
        &self.marks
    }

    /// Sets the bookmark of what a number of edits leads to; an empty name takes it away.
    pub fn mark(&mut self, at: usize, name: &str) {
        if name.is_empty() {
            self.marks.remove(&at);
        } else {
            self.marks.insert(at, name.to_owned());
        }
    }
}

/// A history laid out in a line, for the journal.
#[derive(Clone, Debug)]
pub struct Track {
    /// The scenario after each number of edits, the oldest first; never empty.
    pub states: Vec<Arc<Scenario>>,
    /// The edits between them, in words.
    pub edits: Vec<String>,
    /// Which state is the present.
    pub at: usize,
    /// Bookmarks, by state.
    pub marks: BTreeMap<usize, String>,
}

impl History {
    /// The whole history, with the present scenario in its place.
    #[must_use]
    pub fn track(&self, now: &Arc<Scenario>) -> Track {
        let steps = || self.past.iter().chain(self.future.iter().rev());
        let mut states: Vec<_> = steps().map(|step| Arc::clone(&step.scenario)).collect();
        states.insert(self.past.len(), Arc::clone(now));
        Track {
            states,
            edits: steps().map(|step| step.what.clone()).collect(),
            at: self.past.len(),
            marks: self.marks.clone(),
        }
    }

    /// Takes a history up again.
    #[must_use]
    pub fn of(track: &Track) -> Self {
        let at = track.at.min(track.edits.len());
        let step = |(scenario, what): (&Arc<Scenario>, &String)| Step {
            scenario: Arc::clone(scenario),
            what: what.clone(),
        };
        let after = track.states.iter().skip(at + 1).zip(&track.edits[at..]);
        Self {
            past: track.states.iter().zip(&track.edits[..at]).map(step).collect(),
            future: after.rev().map(step).collect(),
            moving: None,
            marks: track.marks.clone(),
        }
    }
}

fn swap(step: Step, now: &mut Arc<Scenario>, other: &mut Vec<Step>) -> String {
    let here = std::mem::replace(now, step.scenario);
    other.push(Step {
        scenario: here,
        what: step.what.clone(),
    });
    step.what
}
