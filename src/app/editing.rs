//! Edits of an open scenario.

use std::sync::Arc;

use super::document::LastEdit;
use super::history::Headline;
use super::words::fill;
use super::worker::Role;
use super::{App, changes, journal, lever};
use crate::scenario::Scenario;

impl App {
    pub(super) fn set_lever(&mut self, lever: lever::LeverId, value: f64, more: bool) {
        let words = self.words;
        let Some(document) = self.document_mut() else { return };
        // A drag starts from where the hand took hold, so that a path keeps its shape however far it is moved.
        let start = document
            .history
            .start_of(lever.path())
            .unwrap_or(&document.scenario)
            .clone();
        let mut edited = Scenario::clone(&start);
        lever.set(&mut edited, value);
        if edited == *document.scenario {
            if !more {
                document.history.settle();
            }
            return;
        }
        let what = lever.edit(&start, &edited, words);
        self.change(Arc::new(edited), what, Some(lever.path()));
        if !more && let Some(document) = self.document_mut() {
            document.history.settle();
        }
    }

    /// Takes over an edited scenario. Movements of one drag are one edit, which started where the hand took hold.
    pub(super) fn change(&mut self, scenario: Arc<Scenario>, what: String, dragged: Option<&str>) {
        let words = self.words;
        let Some(document) = self.document_mut() else { return };
        if *scenario == *document.scenario {
            return;
        }
        let start = dragged.and_then(|field| document.history.start_of(field)).cloned();
        if start.is_none() {
            document.edit = Some(LastEdit {
                text: String::new(),
                before: document.now.clone(),
                ..LastEdit::default()
            });
        }
        let text = fill(words.foot_edit, &[("what", &what)]);
        let before = start.unwrap_or_else(|| Arc::clone(&document.scenario));
        let gone = match dragged {
            Some(field) => document.history.record_move(field, before, what, true),
            None => document.history.record(before, what),
        };
        if let Some(edit) = &mut document.edit {
            edit.marks += gone;
            edit.text = match edit.marks {
                0 => text,
                gone => fill(words.foot_marks, &[("edit", &text), ("count", &words.count(gone))]),
            };
        }
        document.scenario = scenario;
        document.history.made(journal::now());
        self.changed();
    }

    pub(super) fn travel(&mut self, forward: bool) {
        let words = self.words;
        let Some(document) = self.document_mut() else { return };
        let (template, what) = if forward {
            (words.foot_redone, document.history.redo(&mut document.scenario))
        } else {
            (words.foot_undone, document.history.undo(&mut document.scenario))
        };
        let (name, lost) = (document.name.clone(), document.history.take_lost());
        if let Some(what) = what {
            document.edit = Some(LastEdit {
                text: fill(template, &[("what", &what)]),
                before: document.now.clone(),
                ..LastEdit::default()
            });
            self.changed();
        }
        self.say_lost(&name, lost);
    }

    /// Goes to what a number of edits leads to.
    pub(super) fn travel_to(&mut self, to: usize) {
        let words = self.words;
        let Some(document) = self.document_mut() else { return };
        let arrived = document.history.travel(to, &mut document.scenario);
        let (name, lost) = (document.name.clone(), document.history.take_lost());
        if arrived {
            let what = document.history.to_undo().unwrap_or(words.history_oldest);
            document.edit = Some(LastEdit {
                text: fill(words.foot_travelled, &[("what", what)]),
                before: document.now.clone(),
                ..LastEdit::default()
            });
            self.changed();
        }
        self.say_lost(&name, lost);
    }

    pub(super) fn changed(&mut self) {
        let Some(document) = self.documents.get_mut(self.current) else {
            return;
        };
        document.changed = document.is_unsaved();
        if let Some(worker) = &self.worker {
            worker.ask(document.id, Role::Edited, Arc::clone(&document.scenario));
        }
        self.keep_this();
    }

    /// Asks for the results of the scenario that is shown, or of all when the worker has just come.
    pub(super) fn ask_worker(&self) {
        let Some(worker) = &self.worker else { return };
        for document in self.documents.iter().filter(|document| document.now.is_none()) {
            worker.ask(document.id, Role::Edited, Arc::clone(&document.scenario));
            worker.ask(document.id, Role::Saved, Arc::clone(&document.saved));
        }
    }

    /// What the last edit did to reach and to what doing it all costs.
    pub(super) fn effect(&self) -> Option<String> {
        let document = self.document()?;
        let (before, now) = (document.edit.as_ref()?.before.as_ref()?, document.now.as_ref()?);
        let words = self.words;
        Some(changes::effect(Headline::of(before), Headline::of(now), words))
    }
}
