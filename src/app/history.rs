//! Undo and redo, without limit. A step keeps the scenario as it was; scenarios are shared, not copied, and those of a
//! journal stay text until they are travelled to.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::outcome::Outcome;
use crate::scenario::{Scenario, messages, text};

/// A scenario of the history.
#[derive(Clone, Debug)]
pub enum Version {
    /// At hand.
    Read(Arc<Scenario>),
    /// As a journal holds it.
    Text {
        /// Text that stands alone.
        text: Arc<str>,
        /// The country file that the scenario names.
        country: Arc<str>,
    },
}

impl Version {
    /// The scenario; none if its text cannot be read.
    #[must_use]
    pub fn scenario(&self) -> Option<Arc<Scenario>> {
        match self {
            Self::Read(scenario) => Some(Arc::clone(scenario)),
            Self::Text { text, country } => {
                let reading = text::read_scenario("journal", text.as_bytes(), &|_| Err(messages::no_such_file()));
                let mut scenario = reading.scenario?;
                scenario.country.file = country.as_ref().into();
                Some(Arc::new(scenario))
            }
        }
    }

    /// The scenario as text that stands alone.
    #[must_use]
    pub fn text(&self) -> Arc<str> {
        match self {
            Self::Text { text, .. } => Arc::clone(text),
            Self::Read(scenario) if scenario.country.file.is_empty() => text::write_scenario(scenario, false).into(),
            Self::Read(scenario) => {
                let mut alone = Scenario::clone(scenario);
                alone.country.file.clear();
                text::write_scenario(&alone, false).into()
            }
        }
    }

    /// Whether both are one and the same, not only alike.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Read(one), Self::Read(other)) => Arc::ptr_eq(one, other),
            (Self::Text { text: one, .. }, Self::Text { text: other, .. }) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

/// The scenario on the other side of an edit, and what the edit was.
#[derive(Clone, Debug)]
pub struct Step {
    /// The scenario.
    pub scenario: Version,
    /// The edit in words.
    pub what: String,
}

/// What a scenario comes to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Headline {
    /// Share of learners reached in the last year.
    pub reach: f64,
    /// What it costs to do it all, constant US$.
    pub cost: f64,
}

impl Headline {
    /// What a run comes to, without the digits that nobody would miss in a journal.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Self {
        Self {
            reach: (outcome.final_reach() * 1e6).round() / 1e6,
            cost: outcome.cost_full.round(),
        }
    }
}

/// What is known of a scenario of the history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Noted {
    /// When the change that leads to it was made, in seconds since 1970.
    pub when: Option<u64>,
    /// What it comes to, once that has been computed.
    pub headline: Option<Headline>,
}

/// What is known by the number of edits, where the first `gone` edits are no more.
#[must_use]
pub fn from<T>(known: BTreeMap<usize, T>, gone: usize) -> BTreeMap<usize, T> {
    let left = known
        .into_iter()
        .filter_map(|(at, it)| Some((at.checked_sub(gone)?, it)));
    left.collect()
}

/// The edits of one file.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: Vec<Step>,
    future: Vec<Step>,
    /// What is being dragged; its movements are one edit.
    moving: Option<String>,
    /// Edits that were found to be beyond reading, and have not been told of.
    lost: usize,
    /// Bookmarks, by the number of edits that lead to what they mark.
    marks: BTreeMap<usize, String>,
    /// What is known of each scenario, by the same number.
    noted: BTreeMap<usize, Noted>,
}

impl History {
    /// The scenario from which an edit of this field starts: that of the start of the drag, if one is going on.
    #[must_use]
    pub(crate) fn start_of(&self, field: &str) -> Option<&Arc<Scenario>> {
        match &self.past.last()?.scenario {
            Version::Read(scenario) if self.moving.as_deref() == Some(field) => Some(scenario),
            _ => None,
        }
    }

    /// Keeps what was before an edit; gives how many bookmarks went with what was undone before it.
    pub fn record(&mut self, before: Arc<Scenario>, what: String) -> usize {
        self.moving = None;
        self.future.clear();
        let gone = self.marks.split_off(&(self.past.len() + 1)).len();
        self.noted.split_off(&(self.past.len() + 1));
        self.past.push(Step {
            scenario: Version::Read(before),
            what,
        });
        gone
    }

    /// Keeps what was before a movement of a field; movements of one drag are one step.
    pub(crate) fn record_move(&mut self, field: &str, before: Arc<Scenario>, what: String, more: bool) -> usize {
        let mut gone = 0;
        if self.moving.as_deref() == Some(field)
            && let Some(step) = self.past.last_mut()
        {
            step.what = what;
        } else {
            gone = self.record(before, what);
        }
        self.moving = more.then(|| field.to_owned());
        gone
    }

    /// Ends a drag.
    pub(crate) fn settle(&mut self) {
        self.moving = None;
    }

    /// The scenario to which a number of edits leads; none if that is where the history is, or cannot be read. What cannot
    /// be read is gone, and what lies beyond it with it.
    pub fn look(&mut self, to: usize) -> Option<Arc<Scenario>> {
        let (at, ahead) = (self.past.len(), self.future.len());
        // Position among the undone edits, of which the next one stands last.
        let undone = (at + ahead).checked_sub(to);
        let target = if to < at {
            self.past.get_mut(to)
        } else {
            undone.and_then(|undone| self.future.get_mut(undone))
        }?;
        if let Some(there) = target.scenario.scenario() {
            target.scenario = Version::Read(Arc::clone(&there));
            return Some(there);
        }
        if to < at {
            self.past.drain(..=to);
            self.marks = from(std::mem::take(&mut self.marks), to + 1);
            self.noted = from(std::mem::take(&mut self.noted), to + 1);
            self.lost += to + 1;
        } else if let Some(undone) = undone {
            self.future.drain(..=undone);
            self.marks.split_off(&to);
            self.noted.split_off(&to);
            self.lost += undone + 1;
        }
        None
    }

    /// Goes to what a number of edits leads to; false if that is where the history is, or cannot be read.
    pub(crate) fn travel(&mut self, to: usize, now: &mut Arc<Scenario>) -> bool {
        self.moving = None;
        let Some(there) = self.look(to) else { return false };
        let mut here = Version::Read(std::mem::replace(now, there));
        while self.past.len() != to {
            let back = self.past.len() > to;
            let (from, onto) = if back {
                (&mut self.past, &mut self.future)
            } else {
                (&mut self.future, &mut self.past)
            };
            let Some(mut step) = from.pop() else { break };
            std::mem::swap(&mut step.scenario, &mut here);
            onto.push(step);
        }
        true
    }

    /// How many edits were found to be beyond reading since this was last asked.
    pub(crate) fn take_lost(&mut self) -> usize {
        std::mem::take(&mut self.lost)
    }

    /// What undo would undo.
    #[must_use]
    pub fn to_undo(&self) -> Option<&str> {
        self.past.last().map(|step| step.what.as_str())
    }

    /// What redo would do again.
    #[must_use]
    pub(crate) fn to_redo(&self) -> Option<&str> {
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

    /// What is known of each scenario, by the number of edits that lead to it.
    #[must_use]
    pub(crate) const fn noted(&self) -> &BTreeMap<usize, Noted> {
        &self.noted
    }

    /// The present scenario has just been made by a change, at a time in seconds since 1970.
    pub fn made(&mut self, when: u64) {
        let (when, headline) = (Some(when), None);
        self.noted.insert(self.past.len(), Noted { when, headline });
    }

    /// What the present scenario comes to; whether that was not known.
    pub(crate) fn comes_to(&mut self, headline: Headline) -> bool {
        let noted = self.noted.entry(self.past.len()).or_default();
        noted.headline.replace(headline) != Some(headline)
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
    /// The steps, the oldest first, each with the scenario on its far side.
    pub steps: Vec<Step>,
    /// How many of them are past.
    pub at: usize,
    /// The present scenario.
    pub now: Arc<Scenario>,
    /// Bookmarks, by state.
    pub marks: BTreeMap<usize, String>,
    /// What is known, by state.
    pub noted: BTreeMap<usize, Noted>,
}

impl History {
    /// The whole history, with the present scenario in its place.
    #[must_use]
    pub fn track(&self, now: &Arc<Scenario>) -> Track {
        Track {
            steps: self.past.iter().chain(self.future.iter().rev()).cloned().collect(),
            at: self.past.len(),
            now: Arc::clone(now),
            marks: self.marks.clone(),
            noted: self.noted.clone(),
        }
    }

    /// Takes a history up again: its steps, how many of them are done, bookmarks and what is known, by state.
    #[must_use]
    pub fn of(steps: &[Step], done: usize, marks: &BTreeMap<usize, String>, noted: &BTreeMap<usize, Noted>) -> Self {
        let (past, future) = steps.split_at(done.min(steps.len()));
        Self {
            past: past.to_vec(),
            future: future.iter().rev().cloned().collect(),
            marks: marks.clone(),
            noted: noted.clone(),
            ..Self::default()
        }
    }
}
