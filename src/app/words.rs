//! All text of the window, in one table a language. A language is a file of `assets/words`; `{name}` marks where [`fill`]
//! puts a value. The fields of [`Words`] are the names in the English file.

pub(crate) mod glossary;
pub mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::data;
use crate::scenario::citations::in_words;
use crate::scenario::field::Field;
use crate::scenario::measure::{Comparison, Indicator, Inequality, Measure};
use crate::scenario::messages::{self, Message, Templates, filled};
use crate::scenario::person::Dimension;
use crate::scenario::quantity::Passport;
use crate::units::{NumberFormat, Style, Unit};

macro_rules! words {
    ($( $name:ident = $text:literal; )*) => {
        /// The text of the window in one language, and how it writes numbers.
        #[allow(clippy::large_stack_arrays)] // What is derived lists all texts.
        #[derive(Clone, Debug)]
        pub struct Words {
            /// Messages of findings; English where one is missing.
            pub findings: Templates,
            /// ISO 639-1 code of the language.
            pub code: &'static str,
            /// How numbers are written.
            pub numbers: Style,
            /// What the engine calls things, by key; none of it in English.
            names: BTreeMap<&'static str, &'static str>,
            $( #[doc = concat!("\u{201c}", $text, "\u{201d}")] pub $name: &'static str, )*
        }

        /// English.
        pub static ENGLISH: Words = Words {
            findings: Templates::new(),
            code: "en",
            numbers: Style::ENGLISH,
            names: BTreeMap::new(),
            $( $name: $text, )*
        };

        /// Names and English texts, in order.
        pub const TABLE: &[(&str, &str)] = &[ $( (stringify!($name), $text), )* ];

        impl Words {
            /// The text of a name; none where no text has it.
            #[must_use]
            pub fn text(&self, name: &str) -> Option<&'static str> {
                match name {
                    $( stringify!($name) => Some(self.$name), )*
                    _ => None,
                }
            }

            fn set(&mut self, name: &str, text: &'static str) -> bool {
                match name {
                    $( stringify!($name) => self.$name = text, )*
                    _ => return self.set_finding(name, text),
                }
                true
            }
        }
    };
}

/// What the name of a finding's message starts with in the file of a language.
const FINDING: &str = "finding.";

impl Words {
    fn set_finding(&mut self, name: &str, text: &'static str) -> bool {
        let name = name.strip_prefix(FINDING);
        let known = messages::TABLE.iter().find(|(known, _)| Some(*known) == name);
        known.map(|(name, _)| self.findings.insert(name, text)).is_some()
    }

    /// A message in this language.
    #[must_use]
    pub fn say(&self, message: &Message) -> String {
        message.in_language(&self.findings)
    }
}

/// A language of the window.
#[derive(Debug)]
pub struct Language {
    /// ISO 639-1 code.
    pub code: &'static str,
    /// All texts; English where the file says nothing. Numbers are as the language writes them.
    pub words: Words,
    /// The same with the numbers of each format.
    formatted: Vec<Words>,
    /// Texts that the file leaves in English, names that no text has, and marks for values that differ from the English
    /// ones; a test keeps this empty.
    pub faults: Vec<String>,
}

impl Language {
    fn new(words: Words, faults: Vec<String>) -> Self {
        let in_format = |format| {
            let mut words = words.clone();
            words.numbers.format = format;
            words
        };
        Self {
            code: words.code,
            formatted: NumberFormat::ALL.map(in_format).into(),
            words,
            faults,
        }
    }

    /// All texts, with the numbers of a format, or as the language writes them.
    #[must_use]
    pub fn in_format(&self, format: Option<NumberFormat>) -> &Words {
        let asked = |words: &&Words| Some(words.numbers.format) == format;
        self.formatted.iter().find(asked).unwrap_or(&self.words)
    }
}

/// All languages, English first. A language is a file of `assets/words`: `name = text` on each line.
#[must_use]
pub fn languages() -> &'static [Language] {
    static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
        let english = Language::new(ENGLISH.clone(), Vec::new());
        let others = data::LANGUAGES.iter().map(|(code, text)| read(code, text));
        std::iter::once(english).chain(others).collect()
    });
    &LANGUAGES
}

/// The language of a code; English for one that is not there.
#[must_use]
pub fn language(code: &str) -> &'static Language {
    let all = languages();
    all.iter().find(|language| language.code == code).unwrap_or(&all[0])
}

/// The language of a file: `name = text` on each line. What it leaves out is English.
#[must_use]
pub fn read(code: &'static str, text: &'static str) -> Language {
    let mut words = Words {
        code,
        ..ENGLISH.clone()
    };
    let (mut faults, mut forms) = (Vec::new(), Vec::new());
    let engine = names::english();
    let findings = messages::TABLE
        .iter()
        .map(|(name, english)| (format!("{FINDING}{name}"), *english));
    let mut missing: BTreeMap<String, &str> = TABLE
        .iter()
        .map(|(name, english)| ((*name).to_owned(), *english))
        .chain(findings)
        .chain(engine.iter().map(|(name, text)| (name.clone(), text.as_str())))
        .collect();
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let Some((name, text)) = line.split_once('=').map(|(name, text)| (name.trim(), text.trim())) else {
            faults.push(format!("not `name = text`: {line}"));
            continue;
        };
        if engine.contains_key(name) {
            words.names.insert(name, text);
        } else if !words.set(name, text) {
            faults.push(format!("no text has this name: {name}"));
        }
        let Some(english) = missing.remove(name) else { continue };
        if marks(english) != marks(text) {
            faults.push(format!(
                "{name}: values {:?} in English, {:?} here",
                marks(english),
                marks(text)
            ));
        }
        // Words that mean a term of the glossary stand between | too.
        if english.contains('|') && !(name.starts_with("term.") || name == names::FORMS) {
            forms.push((name, text.split('|').count()));
        }
    }
    // A text without words is the same everywhere.
    faults.extend(
        missing
            .into_iter()
            .filter(|(_, english)| english.replace("{value}", "").chars().any(char::is_alphabetic))
            .map(|(name, english)| format!("missing: {name} = {english}")),
    );
    match names::style(code, &words.names, words.unknown) {
        Ok(style) => words.numbers = style,
        Err(name) => faults.push(format!("not understood: {name}")),
    }
    let plurals = words.numbers.plurals;
    faults.extend(
        forms
            .into_iter()
            .filter(|(_, count)| *count != 1 && *count != plurals.count())
            .map(|(name, count)| format!("{name}: {count} forms, not those of {}", plurals.names())),
    );
    Language::new(words, faults)
}

impl Words {
    /// A value with its unit, as the reader writes it.
    #[must_use]
    pub fn show(&self, unit: Unit, value: f64) -> String {
        self.numbers.show(unit, value)
    }

    /// Constant US dollars beside the largest amount of the view.
    #[must_use]
    pub fn money(&self, value: f64, largest: f64) -> String {
        self.numbers.money_beside(value, largest)
    }

    /// At most one decimal.
    #[must_use]
    pub fn decimals(&self, value: f64) -> String {
        self.numbers.format.decimals(value)
    }

    /// A whole number.
    #[must_use]
    pub fn grouped(&self, value: f64) -> String {
        self.numbers.format.grouped(value)
    }

    /// A number with this many decimals.
    #[must_use]
    pub fn fixed(&self, value: f64, places: usize) -> String {
        self.numbers.format.fixed(value, places)
    }

    /// A number of things.
    #[must_use]
    pub fn count(&self, count: usize) -> String {
        self.numbers.format.mark(&count.to_string())
    }

    /// A number with all its digits.
    #[must_use]
    pub fn in_full(&self, value: f64) -> String {
        self.numbers.format.mark(&value.to_string())
    }

    /// What an input means.
    #[must_use]
    pub fn meaning(&self, path: &str, field: &Field) -> &'static str {
        let own = (!self.names.is_empty()).then(|| self.names.get(names::input_key(path, field).as_str()));
        own.flatten().copied().unwrap_or(field.doc.trim())
    }

    /// A source or a note by the names of what it rests on.
    #[must_use]
    pub fn source(&self, source: &str) -> String {
        let shown = in_words(source, &self.findings);
        let passport = Passport {
            source: source.to_owned(),
            ..Passport::default()
        };
        if passport.stand_in().is_some() {
            return self.say(&messages::stand_in_is(shown));
        }
        shown
    }

    /// The text of a key of the engine or the glossary; none in English.
    #[must_use]
    pub fn engine(&self, key: &str) -> Option<&'static str> {
        self.names.get(key).copied()
    }

    /// Name of an indicator.
    #[must_use]
    pub fn indicator(&self, indicator: impl Into<Indicator>) -> String {
        let name = |measure: Measure| {
            let own = self.names.get(names::measure_key(measure).as_str());
            own.copied().unwrap_or_else(|| measure.name()).to_owned()
        };
        let compared = |template, measure, by: Dimension| {
            fill(template, &[("measure", &name(measure)), ("by", &self.word(by.name()))])
        };
        match indicator.into() {
            Indicator::Plain(measure) => name(measure),
            Indicator::Between(measure, comparison, by) => {
                let template = match comparison {
                    Comparison::Gap => self.indicator_gap,
                    Comparison::Parity => self.indicator_parity,
                    Comparison::Ratio => self.indicator_ratio,
                    Comparison::Odds => self.indicator_odds,
                };
                compared(template, measure, by)
            }
            Indicator::Among(measure, inequality) => {
                let template = match inequality {
                    Inequality::Concentration => self.indicator_concentration,
                    Inequality::Erreygers => self.indicator_erreygers,
                    Inequality::Gini => self.indicator_gini,
                    Inequality::Theil => self.indicator_theil,
                    Inequality::TheilBetween => self.indicator_theil_between,
                    Inequality::TheilWithin => self.indicator_theil_within,
                    Inequality::Atkinson => self.indicator_atkinson,
                    Inequality::WorstTenth => self.indicator_worst_tenth,
                };
                fill(template, &[("measure", &name(measure))])
            }
        }
    }

    /// Short name of a measure.
    #[must_use]
    pub fn short(&self, measure: Measure) -> String {
        let own = |key: String| self.names.get(key.as_str()).copied();
        let short = own(names::short_key(measure)).or_else(|| own(names::measure_key(measure)));
        short.unwrap_or_else(|| measure.short()).to_owned()
    }

    /// A word of the file format or of the engine.
    #[must_use]
    pub fn word(&self, word: &str) -> String {
        self.names
            .get(names::word_key(word).as_str())
            .map_or_else(|| word.replace('_', " "), |own| (*own).to_owned())
    }
}

/// Names of the values that a template takes.
fn marks(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// Puts values where a template names them.
#[must_use]
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    filled(template, &|mark| {
        let (_, value) = values.iter().find(|(name, _)| *name == mark)?;
        Some((*value).into())
    })
}

/// What an input is called: the first sentence of what it means.
#[must_use]
pub(crate) fn first_sentence(meaning: &str) -> &str {
    let first = meaning.split_once(". ").map_or(meaning, |(first, _)| first);
    first.trim_end_matches('.')
}

/// The first letter made a capital, for a sentence that starts with a filled-in word.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled() {
        assert_eq!(fill("{a} of {b}", &[("a", "1"), ("b", "2")]), "1 of 2");
        // What a value holds is no mark: a source may be called anything.
        assert_eq!(fill("{a} of {b}", &[("a", "{b}"), ("b", "{a}")]), "{b} of {a}");
    }

    #[test]
    fn a_language_writes_numbers_its_own_way_until_another_is_asked_for() {
        let french = language("fr");
        let usual = french.in_format(None);
        assert_eq!(usual.show(Unit::Usd, 287_034_511.02), "287\u{a0}millions\u{a0}US$");
        assert_eq!(usual.show(Unit::Usd, 1_240_000.0), "1,24\u{a0}million\u{a0}US$");
        assert_eq!(usual.show(Unit::Share, 0.853), "85,3\u{a0}%");
        assert_eq!(usual.show(Unit::Years, 1.0), "1\u{a0}an");
        assert_eq!(usual.show(Unit::Count, 26_400.0), "26\u{202f}400");
        let points = french.in_format(Some(NumberFormat::CommaPoint));
        assert_eq!(points.show(Unit::Usd, 1_240_000.0), "1.24\u{a0}million\u{a0}US$");
        assert_eq!(points.show(Unit::Count, 26_400.0), "26,400");
        assert_eq!(ENGLISH.show(Unit::Usd, 287_034_511.02), Unit::Usd.show(287_034_511.02));
    }

    #[test]
    fn every_language_is_complete() {
        for language in languages() {
            assert!(language.faults.is_empty(), "{}: {:#?}", language.code, language.faults);
        }
    }
}
