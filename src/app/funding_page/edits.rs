//! Edits of the list of sources: each is one command with its sentence, and one step of undo.

use std::sync::Arc;

use crate::app::command::Command;
use crate::app::words::{Words, fill};
use crate::scenario::funding::Funding;
use crate::scenario::{Scenario, Source};

/// An edit of the list of sources.
pub(super) fn change(scenario: Scenario, what: String) -> Command {
    Command::Change {
        scenario: Arc::new(scenario),
        what,
        dragged: None,
    }
}

/// The plan's funding with a source in the place of one, or after all others.
pub(super) fn with(scenario: &Scenario, at: usize, source: &Source) -> Funding {
    let mut funding = scenario.funding.clone();
    match funding.sources.get_mut(at) {
        Some(old) => old.clone_from(source),
        None => funding.sources.push(source.clone()),
    }
    funding
}

/// Adds a source after all others.
pub(super) fn add(scenario: &Scenario, source: &Source, words: &Words) -> Command {
    let what = fill(words.edit_money_added, &[("name", &source.name)]);
    let funding = with(scenario, scenario.funding.sources.len(), source);
    change(
        Scenario {
            funding,
            ..scenario.clone()
        },
        what,
    )
}

/// Adds a source like another, right behind it.
pub(super) fn copy(scenario: &Scenario, at: usize, words: &Words) -> Option<Command> {
    let mut source = scenario.funding.sources.get(at)?.clone();
    let what = fill(words.edit_money_copied, &[("name", &source.name)]);
    source.name = free_name(scenario, &fill(words.funding_copied, &[("name", &source.name)]));
    let mut edited = scenario.clone();
    edited.funding.sources.insert(at + 1, source);
    Some(change(edited, what))
}

/// Removes a source.
pub(super) fn remove(scenario: &Scenario, at: usize, words: &Words) -> Option<Command> {
    let source = scenario.funding.sources.get(at)?;
    let what = fill(words.edit_money_removed, &[("name", &source.name)]);
    let mut edited = scenario.clone();
    edited.funding.sources.remove(at);
    Some(change(edited, what))
}

/// Gives a source another place; none where there is no such place.
pub(super) fn place(scenario: &Scenario, at: usize, to: usize, words: &Words) -> Option<Command> {
    let sources = &scenario.funding.sources;
    let source = sources.get(at).filter(|_| to < sources.len() && to != at)?;
    let places = [words.count(at + 1), words.count(to + 1)];
    let values = [("name", &*source.name), ("from", &places[0]), ("to", &places[1])];
    let what = fill(words.edit_money_moved, &values);
    let mut edited = scenario.clone();
    let moved = edited.funding.sources.remove(at);
    edited.funding.sources.insert(to, moved);
    Some(change(edited, what))
}

/// Puts a source in the place of one; movements of one field that is dragged are one edit. Others whose counterpart it is follow its name.
pub(super) fn replace(
    scenario: &Scenario,
    at: usize,
    source: Source,
    what: String,
    dragged: Option<String>,
) -> Command {
    let mut edited = scenario.clone();
    if let Some(old) = edited.funding.sources.get_mut(at) {
        let new = source.name.clone();
        let before = std::mem::replace(old, source).name;
        for other in &mut edited.funding.sources {
            if other.counterpart == before && !before.is_empty() {
                other.counterpart.clone_from(&new);
            }
        }
    }
    Command::Change {
        scenario: Arc::new(edited),
        what,
        dragged,
    }
}

/// The name that is wanted, or with a number behind it where another source has it.
pub(super) fn free_name(scenario: &Scenario, wanted: &str) -> String {
    let taken = |name: &str| scenario.funding.sources.iter().any(|source| source.name == name);
    let numbered = (2..).map(|number: usize| format!("{wanted} {number}"));
    let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
    names.find(|name| !taken(name)).unwrap_or_default()
}
