//! Undo and redo, without limit. A step keeps the scenario as it was; scenarios are shared, not copied.

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

fn swap(step: Step, now: &mut Arc<Scenario>, other: &mut Vec<Step>) -> String {
    let here = std::mem::replace(now, step.scenario);
    other.push(Step {
        scenario: here,
        what: step.what.clone(),
    });
    step.what
}
