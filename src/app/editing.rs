//! Edits of an open scenario. Whatever page they come from, they go through one gate, [`App::edit`]: it checks the scenario
//! as it is to be, refuses what could not be opened again, and else notes the edit in history and journal and asks for
//! its results.

use std::sync::Arc;

use super::document::{Document, LastEdit};
use super::front::Notice;
use super::history::Headline;
use super::jobs::Lane;
use super::words::{Words, fill};
use super::{App, changes, journal, lever};
use crate::scenario::{Finding, Scenario};

/// How the history is to keep an edit.
enum Noting {
    /// As a change in words; movements of one field that is dragged are one change.
    Change { what: String, dragged: Option<String> },
    /// It goes along the history, to what a number of edits leads to; how that is said.
    Travel { to: usize, said: String },
}

impl App {
    /// The one gate of all edits; whether the scenario was taken over.
    fn edit(&mut self, at: usize, scenario: Arc<Scenario>, noting: Noting) -> bool {
        let words = self.words;
        let document = &mut self.documents[at];
        let verdict = document.verdict.after(&scenario);
        if !verdict.errors.is_empty() {
            document.history.settle();
            self.refuse_edit(verdict.errors, scenario);
            return false;
        }
        match noting {
            Noting::Change { what, dragged } => document.note(scenario, what, dragged, words),
            Noting::Travel { to, said } => {
                document.history.travel(to, &mut document.scenario);
                document.edit = Some(LastEdit {
                    text: said,
                    before: document.now.clone(),
                    ..LastEdit::default()
                });
            }
        }
        document.verdict = verdict;
        self.changed(at);
        true
    }

    /// Says why a scenario is not taken over.
    pub(super) fn refuse_edit(&mut self, errors: Vec<Finding>, of: Arc<Scenario>) {
        self.stage.tell(Notice::Findings {
            title: self.words.edit_refused.to_owned(),
            rest: self.words.edit_refused_rest,
            findings: errors,
            of: Some(of),
        });
    }

    /// Takes over an edited scenario; whether it was one that can be.
    pub(super) fn change(&mut self, at: usize, scenario: Arc<Scenario>, what: String, dragged: Option<String>) -> bool {
        *scenario != *self.documents[at].scenario && self.edit(at, scenario, Noting::Change { what, dragged })
    }

    pub(super) fn set_lever(&mut self, at: usize, lever: lever::LeverId, value: f64, more: bool) {
        let words = self.words;
        let document = &mut self.documents[at];
        // A drag starts from where the hand took hold, so that a path keeps its shape however far it is moved.
        let start = document.history.start_of(lever.path()).unwrap_or(&document.scenario);
        let start = Arc::clone(start);
        let mut edited = Scenario::clone(&start);
        lever.set(&mut edited, value);
        let what = lever.edit(&start, &edited, words);
        self.change(at, Arc::new(edited), what, Some(lever.path().to_owned()));
        if !more {
            self.documents[at].history.settle();
        }
    }

    /// Goes one edit back, or forward again.
    pub(super) fn travel(&mut self, at: usize, forward: bool) {
        let history = &self.documents[at].history;
        let (template, what, to) = if forward {
            (self.words.foot_redone, history.to_redo(), Some(history.at() + 1))
        } else {
            (self.words.foot_undone, history.to_undo(), history.at().checked_sub(1))
        };
        if let (Some(what), Some(to)) = (what, to) {
            let said = fill(template, &[("what", what)]);
            self.travel_by(at, to, said);
        }
    }

    /// Goes to what a number of edits leads to.
    pub(super) fn travel_to(&mut self, at: usize, to: usize) {
        let what = match to.checked_sub(1) {
            None => self.words.history_oldest,
            Some(last) => self.documents[at].history.edits().nth(last).unwrap_or_default(),
        };
        let said = fill(self.words.foot_travelled, &[("what", what)]);
        self.travel_by(at, to, said);
    }

    fn travel_by(&mut self, at: usize, to: usize, said: String) {
        if let Some(scenario) = self.documents[at].history.look(to) {
            self.edit(at, scenario, Noting::Travel { to, said });
        }
        let document = &mut self.documents[at];
        let (name, lost) = (document.name.clone(), document.history.take_lost());
        self.say_lost(&name, lost);
    }

    /// The scenario has become another: its results are asked for and it is kept.
    pub(super) fn changed(&mut self, at: usize) {
        let document = &mut self.documents[at];
        document.changed = document.is_unsaved();
        self.ask_run(at, Lane::Edited);
        self.keep_this(at);
    }

    /// What the last edit did to reach and to what doing it all costs.
    pub(super) fn effect(&self) -> Option<String> {
        let document = self.document()?;
        let (before, now) = (document.edit.as_ref()?.before.as_ref()?, document.now.as_ref()?);
        Some(changes::effect(Headline::of(before), Headline::of(now), self.words))
    }
}

impl Document {
    /// Notes a change in the history. Movements of one drag are one change, which started where the hand took hold.
    fn note(&mut self, scenario: Arc<Scenario>, what: String, dragged: Option<String>, words: &Words) {
        let start = dragged
            .as_deref()
            .and_then(|field| self.history.start_of(field))
            .cloned();
        if start.is_none() {
            self.edit = Some(LastEdit {
                before: self.now.clone(),
                ..LastEdit::default()
            });
        }
        let text = fill(words.foot_edit, &[("what", &what)]);
        let before = start.unwrap_or_else(|| Arc::clone(&self.scenario));
        let gone = match dragged {
            Some(field) => self.history.record_move(&field, before, what, true),
            None => self.history.record(before, what),
        };
        if let Some(edit) = &mut self.edit {
            edit.marks += gone;
            edit.text = match edit.marks {
                0 => text,
                gone => fill(words.foot_marks, &[("edit", &text), ("count", &words.count(gone))]),
            };
        }
        self.scenario = scenario;
        self.history.made(journal::now());
    }
}
