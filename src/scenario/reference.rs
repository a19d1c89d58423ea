//! The chapter of the book on the file format, written from the registry: every field, in file order.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::country::{DebtCapacity, Level, Locality};
use super::evidence::{LearningMode, Needs};
use super::field::{Field, Holds, ROOT};
use super::funding::{BondRepayment, Creditor, LoanRepayment, Nature, Need, PaidResult, SourceKind, Timing};
use super::markets::Market;
use super::person::{Disability, Sex, Wealth};
use super::plan::Component;
use super::plan::{Competence, LinkRule, LinkService, Order};
use super::prices::{Device, DevicePrices, LinkPrices, Technology, TrainingMode, TrainingPrices};
use super::registry::{Entry, Leaf};
use super::shocks::ShockKind;
use super::simplex::Simplex;
use super::{FORMAT, Scenario};
use crate::scenario::read::plain;
use crate::units::Unit;

/// Opening of the chapter.
const HEAD: &str = "\
# The file format

<!-- Written from the program by `UPDATE_BOOK=1 cargo test --no-default-features book`; change the program, not this page. -->

Every field that a scenario can hold, in file order. [How a scenario is built](scenario.md) explains the notation.

- **field**: its path. `[]` stands for each item of a list.
- **holds**: *number*; *path* (a number, or a number by year); *lever* (a path that may differ by level, locality and
  region; *target* if it may not fall over time); *text*; *year*; *word* (one of a few); *fields*; *list*.
- **default**: what holds when the field is left out. *required* fields must be written.
- **likely**: the range in which the default is thought to lie. Uncertainty is drawn from it.
- **allowed**: values outside it are refused.
- **source**: where the default comes from, and how it came to be known. **Low confidence** marks what rests on
  memory or judgement: replace these first. Sources that begin with *evidence* are rows of the evidence file, those with
  *model* chapters of this book, those with P and a number [stand-ins](stand_ins.md); [Sources by name](sources.md) has publisher, title, year and link of each.
";

/// All choices: section or field that holds them, words, meanings.
pub(crate) fn choices() -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
    macro_rules! words {
        ($($title:literal: $Choice:ident),* $(,)?) => {
            vec![$(($title, $Choice::ALL.iter().map(|choice| (choice.name(), choice.meaning())).collect())),*]
        };
    }
    let mut choices = words! {
        "Level of schooling": Level,
        "Locality": Locality,
        "Kind of device": Device,
        "Order in which groups are served": Order,
        "State of a teacher's ICT competence": Competence,
        "Mode of teacher training": TrainingMode,
        "Technology of a link": Technology,
        "Service of a link": LinkService,
        "Rule for the capacity of a link": LinkRule,
        "What a mode of learning needs": Needs,
        "Component": Component,
        "Nature of a cost": Nature,
        "Kind of need": Need,
        "When the money of a source is used": Timing,
        "How much debt a country can carry": DebtCapacity,
        "Who lends": Creditor,
        "How the principal of a loan is repaid": LoanRepayment,
        "How the principal of a bond is repaid": BondRepayment,
        "What a results-based grant pays for": PaidResult,
        "Sex": Sex,
        "Fifth of households by wealth": Wealth,
        "Disability": Disability,
        "Market": Market,
    };
    let kinds = SourceKind::KINDS.iter().map(|kind| (kind.name, kind.doc));
    choices.push(("Mechanism of a source", kinds.collect()));
    let kinds = ShockKind::KINDS.iter().map(|kind| (kind.name, kind.doc));
    choices.push(("Shock", kinds.collect()));
    choices
}

/// Every path of the format, with its field.
#[must_use]
pub fn paths() -> Vec<(String, &'static Field)> {
    let mut paths = Vec::new();
    Scenario::describe_all(&mut |path, field| {
        if !path.is_empty() {
            paths.push((path.to_owned(), field));
        }
    });
    paths
}

/// Whether the children of a path are listed under a heading of their own.
fn is_section(all: &[(String, &'static Field)], path: &str) -> bool {
    let below = |other: &str| other.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
    all.iter().any(|(other, _)| below(other))
}

/// The chapter, in Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut text = format!("{HEAD}\n`format` is {FORMAT} and stands first in every file; a country file has it too.\n");
    let all = paths();
    let sections: Vec<&str> = std::iter::once("")
        .chain(
            all.iter()
                .map(|(path, _)| path.as_str())
                .filter(|path| is_section(&all, path)),
        )
        .collect();
    for section in sections {
        let about = all
            .iter()
            .find(|(path, _)| path == section)
            .map_or("The scenario", |(_, field)| field.doc.trim());
        let title = if section.is_empty() {
            "the file".to_owned()
        } else {
            format!("`{section}`")
        };
        let _ = writeln!(
            text,
            "\n## {title}\n\n{}\n",
            if section.is_empty() { "A scenario." } else { about }
        );
        text.push_str("| field | holds | unit | default | likely | allowed | source | meaning |\n");
        text.push_str("| --- | --- | --- | ---: | --- | --- | --- | --- |\n");
        for (path, field) in all.iter().filter(|(path, _)| parent(path) == section) {
            text.push_str(&row(
                path,
                field,
                is_section(&all, path),
                &of_kinds(&all, section, field),
            ));
        }
    }
    by_kind(&mut text);
    of_one_whole(&mut text, &all);
    text.push_str("\n## Words\n");
    for (title, words) in choices() {
        let _ = writeln!(text, "\n### {title}\n\n| word | meaning |\n| --- | --- |");
        for (word, meaning) in words {
            let _ = writeln!(text, "| `{word}` | {} |", meaning.trim());
        }
    }
    text
}

/// The shares that belong together, and what they leave to one.
fn of_one_whole(text: &mut String, all: &[(String, &'static Field)]) {
    text.push_str("\n## Shares of one whole\n\nWhoever changes one of these changes what is left for the others. A study that moves one keeps the whole: what is left to 1 gives or takes, and where there is nothing left, or the shares add up to 1, the others keep their proportions.\n\n| shares | what they leave to 1 |\n| --- | --- |\n");
    let mut wholes: BTreeMap<Simplex, Vec<&str>> = BTreeMap::new();
    for (path, field) in all {
        if let Some(simplex) = field.simplex {
            wholes.entry(simplex).or_default().push(path);
        }
    }
    for (simplex, parts) in wholes {
        let parts: Vec<String> = parts.iter().map(|part| format!("`{part}`")).collect();
        let of_all = if simplex.is_list() { " of all entries" } else { "" };
        let rest = simplex
            .rest()
            .map_or("nothing: they add up to 1".to_owned(), |rest| rest.to_string());
        let _ = writeln!(text, "| {}{of_all} | {rest} |", parts.join(", "));
    }
}

/// The path without its last name: `plan.power` of `plan.power.system`.
fn parent(path: &str) -> &str {
    path.rfind('.').map_or("", |end| &path[..end])
}

/// The kinds of its section that have a field, where only some have it: `` `grant`, `bond`: ``.
fn of_kinds(all: &[(String, &'static Field)], section: &str, field: &Field) -> String {
    let mut names = Vec::new();
    for (path, other) in all.iter().filter(|(_, other)| other.holds == Holds::Kind) {
        if parent(path) == section {
            let having = other.kinds.iter().filter(|kind| kind.has(field.name));
            names.extend(having.map(|kind| format!("`{}`", kind.name)));
        }
    }
    if names.is_empty() {
        String::new()
    } else {
        format!("{}: ", names.join(", "))
    }
}

fn row(path: &str, field: &Field, section: bool, kinds: &str) -> String {
    let year = field.unit == Unit::CalendarYear && field.holds == Holds::Number;
    let (holds, number) = match field.holds {
        Holds::Number if year => ("year", true),
        Holds::Number => ("number", true),
        Holds::Path => ("path", true),
        Holds::Lever if field.may_fall => ("lever", true),
        Holds::Lever => ("target", true),
        Holds::Text => ("text", false),
        Holds::Choice => ("word", false),
        Holds::Kind => ("word before the bracket", false),
        Holds::Fields => ("fields", false),
        Holds::List if section => ("list of fields", false),
        Holds::List => ("list of words", false),
    };
    let spelt = |value: f64| if year { format!("{value:.0}") } else { plain(value) };
    let default = match field.default {
        _ if field.required || field.holds == Holds::Kind => "*required*".to_owned(),
        Some(value) => spelt(value),
        None => String::new(),
    };
    let likely = field
        .likely
        .map_or_else(String::new, |(low, high)| format!("{} to {}", plain(low), plain(high)));
    let allowed = match field.within {
        _ if !number || year => String::new(),
        (low, high) if high >= 1e15 => format!("{} or more", plain(low)),
        (low, high) => format!("{} to {}", plain(low), plain(high)),
    };
    let source = match field.source {
        "" => String::new(),
        source if field.tag.is_low() => format!("{source} ({}). **Low confidence**", field.tag.name()),
        source => format!("{source} ({})", field.tag.name()),
    };
    let unit = if number && !year { field.unit.name() } else { "" };
    let idle = match field.idle {
        "" => String::new(),
        why => format!(" *Not varied: {why}.*"),
    };
    format!(
        "| `{path}` | {holds} | {unit} | {default} | {likely} | {allowed} | {source} | {kinds}{}{idle} |\n",
        field.doc.trim()
    )
}

/// Defaults that differ by technology, device, mode of training, and the modes of learning that are built in.
fn by_kind(text: &mut String) {
    text.push_str("\n## Defaults by kind\n\nWhere a list above has one entry a kind, these defaults hold for the kinds that are left out.\n");
    table(
        text,
        "Links",
        &Technology::ALL
            .iter()
            .map(|kind| (kind.name().to_owned(), LinkPrices::of(*kind)))
            .collect::<Vec<_>>(),
    );
    table(
        text,
        "Devices",
        &Device::ALL
            .iter()
            .map(|kind| (kind.name().to_owned(), DevicePrices::of(*kind)))
            .collect::<Vec<_>>(),
    );
    table(
        text,
        "Training",
        &TrainingMode::ALL
            .iter()
            .map(|kind| (kind.name().to_owned(), TrainingPrices::of(*kind)))
            .collect::<Vec<_>>(),
    );
    table(
        text,
        "Modes of learning",
        &LearningMode::built_in()
            .into_iter()
            .map(|mode| (mode.name.clone(), mode))
            .collect::<Vec<_>>(),
    );
}

/// One table of entries alike: a row a number, with value, range and source.
fn table<T: Entry>(text: &mut String, title: &str, entries: &[(String, T)]) {
    let _ = writeln!(
        text,
        "\n### {title}\n\n| kind | field | unit | default | likely | source |\n| --- | --- | --- | ---: | --- | --- |"
    );
    for (kind, entry) in entries {
        entry.walk("", &ROOT, &mut |path, field, leaf| {
            let Leaf::Number(number) = leaf else { return };
            let passport = number.passport(field);
            let likely = passport
                .low
                .zip(passport.high)
                .map_or_else(String::new, |(low, high)| format!("{} to {}", plain(low), plain(high)));
            let low = if passport.low_confidence {
                ". **Low confidence**"
            } else {
                ""
            };
            let _ = writeln!(
                text,
                "| `{kind}` | {path} | {} | {} | {likely} | {}{low} |",
                field.unit,
                plain(number.value),
                passport.source
            );
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_what_the_registry_says() {
        let text = markdown();
        let row = text
            .lines()
            .find(|line| line.starts_with("| `plan.power.system` |"))
            .expect("a row");
        assert_eq!(
            row,
            "| `plan.power.system` | number | kw | 2 | 1 to 11 | 0.05 to 100 | model 2.1: ICT-only system; Giga's 11 kW is a choice (calculated) | \
             Solar system of a newly powered school, before devices and links ask for more. |"
        );
    }

    #[test]
    fn every_path_has_a_row_and_a_meaning() {
        let text = markdown();
        for (path, field) in paths() {
            assert!(text.contains(&format!("| `{path}` |")), "{path}");
            assert!(!field.doc.trim().is_empty(), "{path}");
        }
    }
}
