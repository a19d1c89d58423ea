//! What was found in a scenario or a table, said in the reader's language.

use eframe::egui::{self, RichText, Ui};

use super::theme::{self, Palette};
use super::words::{Words, capital, fill};
use crate::scenario::{Finding, Severity, messages};

/// The rule that is broken, and what to do.
#[must_use]
pub fn said(finding: &Finding, words: &Words) -> String {
    let rule = words.say(&finding.rule);
    finding
        .hint
        .as_ref()
        .map_or_else(|| format!("{rule}."), |hint| format!("{rule}. {}", words.say(hint)))
}

/// What it is about, as far as that is known: the field, and what is written there.
#[must_use]
pub fn subject(finding: &Finding, words: &Words) -> String {
    let value = finding.value.in_language(&words.findings);
    match finding.path.as_str() {
        "" => value,
        path if value.is_empty() || value == path => path.to_owned(),
        path => format!("{path} = {value}"),
    }
}

/// All of it in a line.
#[must_use]
pub fn line(finding: &Finding, words: &Words) -> String {
    let (subject, text) = (subject(finding, words), said(finding, words));
    if subject.is_empty() {
        return text;
    }
    words.say(&messages::of(subject, text))
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

/// A finding as a part of a list: where, what rule, what to do.
pub fn show(ui: &mut Ui, finding: &Finding, words: &Words) {
    ui.add_space(6.0);
    let place = &finding.place;
    let mut head = Vec::new();
    // Without a field the value is a scrap of the text: its place says more.
    if !finding.path.is_empty() {
        head.push(subject(finding, words));
    }
    if place.line > 0 {
        let file = std::path::Path::new(&place.file)
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        head.push(fill(
            words.at_line,
            &[
                ("file", &file),
                ("line", &place.line.to_string()),
                ("column", &place.column.to_string()),
            ],
        ));
    }
    if !head.is_empty() {
        ui.label(RichText::new(head.join(", ")).font(theme::bold(theme::BODY)));
    }
    let severity = capital(&words.say(&finding.severity.message()));
    let rule = words.say(&messages::of(severity, finding.rule.clone()));
    let text = format!("{} {rule}", sign(finding.severity));
    ui.label(RichText::new(text).color(ink(finding.severity, Palette::of(ui))));
    if let Some(hint) = &finding.hint {
        ui.label(words.say(hint));
    }
}
