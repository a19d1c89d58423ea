//! What was found in a scenario or a table, said in the reader's language.

use eframe::egui::{self, RichText, Ui};

use super::command::Command;
use super::named;
use super::theme::{self, Palette};
use super::words::{Words, capital, fill};
use crate::scenario::messages::{self, Message, Value};
use crate::scenario::verdict::Verdict;
use crate::scenario::visible::visible;
use crate::scenario::{Finding, Scenario, Severity};

/// A message with fields and components by their names.
fn named(message: &Message, of: Option<&Scenario>, words: &Words) -> Message {
    message.named(&|value| match value {
        Value::Path(path) => Some(named::name(path, of, words)),
        Value::Word(word) => Some(words.word(word)),
        _ => None,
    })
}

/// The rule that is broken, and what to do.
#[must_use]
pub fn said(finding: &Finding, of: Option<&Scenario>, words: &Words) -> String {
    let rule = words.say(&named(&finding.rule, of, words));
    finding.hint.as_ref().map_or_else(
        || format!("{rule}."),
        |hint| format!("{rule}. {}", words.say(&named(hint, of, words))),
    )
}

/// What it is about, as far as that is known: the field, and what is written there.
#[must_use]
pub fn subject(finding: &Finding, of: Option<&Scenario>, words: &Words) -> String {
    let value = finding.value.in_language(&words.findings);
    if finding.path.is_empty() {
        return value;
    }
    let name = named::name(&finding.path, of, words);
    if value.is_empty() || value == finding.path || name.to_lowercase().contains(&value.to_lowercase()) {
        name
    } else {
        words.say(&messages::written(name, value))
    }
}

/// All of it in a line.
#[must_use]
pub fn line(finding: &Finding, of: Option<&Scenario>, words: &Words) -> String {
    let (subject, text) = (subject(finding, of, words), said(finding, of, words));
    if subject.is_empty() {
        return text;
    }
    words.say(&messages::of(subject, text))
}

/// Why an edited scenario would be refused, so that a form can say it beside its fields.
#[must_use]
pub(crate) fn problems(verdict: &Verdict, edited: &Scenario, words: &Words) -> Vec<String> {
    let errors = &verdict.errors;
    errors.iter().map(|error| said(error, Some(edited), words)).collect()
}

/// A mark for how much it matters.
#[must_use]
pub const fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✗",
        Severity::Warning => "⚠",
        Severity::Note => "·",
    }
}

/// A colour for how much it matters.
#[must_use]
pub const fn ink(severity: Severity, palette: &Palette) -> egui::Color32 {
    match severity {
        Severity::Error => palette.bad,
        Severity::Warning => palette.doubt,
        Severity::Note => palette.weak,
    }
}

/// A finding as a part of a list: where, what rule, what to do. In a scenario that is open there is a way to the field; a
/// file that could not be opened has lines.
pub fn show(ui: &mut Ui, finding: &Finding, of: Option<&Scenario>, words: &Words) -> Option<Command> {
    ui.add_space(6.0);
    let place = &finding.place;
    let mut head = Vec::new();
    // Without a field the value is a scrap of the text: its place says more.
    if !finding.path.is_empty() {
        head.push(subject(finding, of, words));
    }
    if place.line > 0 && of.is_none() {
        let file = std::path::Path::new(&place.file)
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        head.push(fill(
            words.at_line,
            &[
                ("file", &visible(&file)),
                ("line", &place.line.to_string()),
                ("column", &place.column.to_string()),
            ],
        ));
    }
    if !head.is_empty() {
        ui.label(RichText::new(head.join(", ")).font(theme::bold(theme::BODY)));
    }
    let severity = capital(&words.say(&finding.severity.message()));
    let rule = words.say(&messages::of(severity, named(&finding.rule, of, words)));
    let text = format!("{} {rule}", sign(finding.severity));
    ui.label(RichText::new(text).color(ink(finding.severity, Palette::of(ui))));
    if let Some(hint) = &finding.hint {
        ui.label(words.say(&named(hint, of, words)));
    }
    let scenario = of.filter(|_| !finding.path.is_empty())?;
    let button = ui.button(words.go_to);
    let name = fill(words.go_to_page, &[("page", &named::name(&finding.path, of, words))]);
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    button.clicked().then(|| named::way_to(finding, scenario))
}
