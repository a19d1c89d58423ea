//! What the window shows of the engine's own words: inputs, units, words of the file format, categories of cost, terms. Their
//! English stands where they are declared; the file of another language has them by key, as `input.plan.bundling`.

use std::collections::BTreeMap;

use super::glossary;
use crate::model::LINES;
use crate::scenario::evidence::LearningMode;
use crate::scenario::field::{Field, Tag};
use crate::scenario::measure::Measure;
use crate::scenario::person::Dimension;
use crate::scenario::reference;
use crate::units::{NumberFormat, Plurals, Style, Unit};

/// Key of the number format of a language.
pub(crate) const FORMAT: &str = "number.format";
/// Key of the categories of CLDR's plural rules that texts with a number have forms for.
pub(crate) const FORMS: &str = "number.forms";
/// Key of millions.
pub(crate) const MILLION: &str = "number.million";
/// Key of thousands of millions.
pub(crate) const BILLION: &str = "number.billion";

/// All keys with their English.
#[must_use]
pub fn english() -> BTreeMap<String, String> {
    let style = Style::ENGLISH;
    let mut names = BTreeMap::from([
        (FORMAT.to_owned(), style.format.example()),
        (FORMS.to_owned(), style.plurals.names()),
        (MILLION.to_owned(), style.million.to_owned()),
        (BILLION.to_owned(), style.billion.to_owned()),
    ]);
    names.extend(
        Unit::ALL
            .iter()
            .map(|unit| (unit_key(*unit), unit.template().to_owned())),
    );
    let paths = reference::paths();
    for (path, field) in &paths {
        // What has fields of its own is no input.
        let section = format!("{path}.");
        if !paths.iter().any(|(other, _)| other.starts_with(&section)) {
            names.insert(input_key(path, field), field.doc.trim().to_owned());
            let parts: Vec<&str> = path.split('.').collect();
            let sections = parts.iter().take(parts.len().saturating_sub(1));
            names.extend(sections.filter(|part| !part.ends_with("[]")).map(|part| word(part)));
        }
    }
    for (_, choices) in reference::choices() {
        names.extend(choices.into_iter().map(|(choice, _)| word(choice)));
    }
    names.extend(Dimension::ALL.iter().map(|dimension| word(dimension.name())));
    names.extend(
        Measure::ALL
            .iter()
            .map(|measure| (measure_key(*measure), measure.name().to_owned())),
    );
    let shortened = Measure::ALL.iter().filter(|measure| measure.short() != measure.name());
    names.extend(shortened.map(|measure| (short_key(*measure), measure.short().to_owned())));
    names.extend(LearningMode::built_in().iter().map(|mode| word(&mode.name)));
    names.extend(Tag::ALL.iter().map(|tag| word(tag.name())));
    names.extend(LINES.iter().map(|line| word(line.category)));
    names.extend(glossary::english());
    names
}

/// Key of a unit.
#[must_use]
pub(crate) fn unit_key(unit: Unit) -> String {
    format!("unit.{}", unit.name())
}

/// Key of a word.
#[must_use]
pub(crate) fn word_key(word: &str) -> String {
    format!("word.{word}")
}

/// Key of the name of a measure.
#[must_use]
pub(crate) fn measure_key(measure: Measure) -> String {
    format!("measure.{}", measure.code())
}

/// Key of the short name of a measure; one whose name is short has none.
#[must_use]
pub(crate) fn short_key(measure: Measure) -> String {
    format!("short.{}", measure.code())
}

fn word(word: &str) -> (String, String) {
    (word_key(word), word.replace('_', " "))
}

/// Key of an input: its path without the names or positions of list items, and without the case of a lever.
#[must_use]
pub(crate) fn input_key(path: &str, field: &Field) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        // The name of an item may hold a point.
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let mut part = rest[..end].to_owned();
        rest = &rest[end..];
        if rest.starts_with('[') {
            let close = rest.find("].").map_or(rest.len(), |close| close + 1);
            part.push_str("[]");
            rest = &rest[close..];
        }
        rest = rest.strip_prefix('.').unwrap_or(rest);
        parts.push(part);
    }
    let own = |part: &String| part.trim_end_matches("[]") == field.name;
    if let Some(last) = parts.iter().rposition(own) {
        parts.truncate(last + 1);
        field.name.clone_into(&mut parts[last]);
    }
    format!("input.{}", parts.join("."))
}

/// The way of writing numbers that a language has, or what is wrong with it.
///
/// # Errors
/// The key whose text is not understood.
pub fn style(
    code: &'static str,
    names: &BTreeMap<&'static str, &'static str>,
    unknown: &'static str,
) -> Result<Style, &'static str> {
    let english = Style::ENGLISH;
    let said = |key: &str| names.get(key).copied();
    // A file may have any kind of space.
    let plain = |text: &str| text.replace(char::is_whitespace, " ");
    let format = match said(FORMAT) {
        None => english.format,
        Some(text) => NumberFormat::ALL
            .into_iter()
            .find(|format| plain(&format.example()) == plain(text))
            .ok_or(FORMAT)?,
    };
    let plurals = match said(FORMS) {
        None => english.plurals,
        Some(text) => Plurals::of(code, text).ok_or(FORMS)?,
    };
    Ok(Style {
        format,
        plurals,
        million: said(MILLION).unwrap_or(english.million),
        billion: said(BILLION).unwrap_or(english.billion),
        unknown,
        units: Unit::ALL
            .iter()
            .filter_map(|unit| Some((*unit, said(&unit_key(*unit))?)))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_has_one_key_wherever_it_stands() {
        let field = |name| Field::text().named(name, "");
        for (path, name, key) in [
            ("plan.bundling", "bundling", "input.plan.bundling"),
            ("country.levels[2].girls", "girls", "input.country.levels[].girls"),
            ("funding.sources[A. B [x]].rate", "rate", "input.funding.sources[].rate"),
            (
                "funding.sources[].components[]",
                "components",
                "input.funding.sources[].components",
            ),
            ("plan.devices.equipped[1].to", "equipped", "input.plan.devices.equipped"),
            ("title", "title", "input.title"),
        ] {
            assert_eq!(input_key(path, &field(name)), key);
        }
    }
}
