//! The book keeps step with the program: format, finding codes, paths, names of tests, chapters.
#![allow(clippy::disallowed_methods)] // it compares pages and sources as files

use rollcall::scenario::measure::{Comparison, Indicator, Inequality, Measure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rollcall::scenario::reference;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Files below a folder with an ending, in order of name.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Name and text of each page of the book.
fn pages() -> Vec<(String, String)> {
    let name = |path: &Path| {
        path.file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    };
    files(&root().join("docs/src"), "md")
        .iter()
        .map(|path| (name(path), read(path)))
        .collect()
}

/// What stands between backticks, outside code blocks.
fn code_spans(page: &str) -> Vec<&str> {
    let outside = page.split("```").step_by(2);
    outside
        .flat_map(|text| text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)))
        .collect()
}

/// Compares a written page with what the program makes of it today; writes it when `UPDATE_BOOK` is set.
pub fn keep(page: &str, made: &str) {
    let path = root().join("docs/src").join(page);
    if std::env::var_os("UPDATE_BOOK").is_some() {
        fs::write(&path, made).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
    let kept = read(&path);
    if let Some((line, (kept, made))) = kept
        .lines()
        .zip(made.lines())
        .enumerate()
        .find(|(_, (kept, made))| kept != made)
    {
        panic!(
            "{page}:{}: written anew with UPDATE_BOOK=1 cargo test --no-default-features book\n  book    {kept}\n  program {made}",
            line + 1
        );
    }
    assert!(
        kept == made,
        "{page} is longer or shorter than what the program makes: UPDATE_BOOK=1 cargo test --no-default-features book"
    );
}

#[test]
fn the_page_of_the_base_year_is_what_runs_print() {
    let pack = rollcall::data::Pack::embedded();
    if let Ok(chapter) = rollcall::data::base_year::chapter(&pack) {
        keep("base_year.md", &chapter);
    }
}

#[test]
fn the_page_of_words_is_what_tables_are_read_by() {
    keep("table_words.md", &rollcall::data::tables::words_page());
}

#[test]
fn the_format_page_is_what_the_registry_says() {
    keep("format.md", &reference::markdown());
}

#[test]
fn every_path_named_in_the_book_is_registered() {
    let known: BTreeSet<String> = reference::paths().into_iter().map(|(path, _)| path).collect();
    for (page, text) in pages() {
        for span in code_spans(&text) {
            let path = rollcall::scenario::field::without_indices(span);
            let sections = ["plan.", "prices.", "country.", "funding.", "evidence.", "targets[]"];
            let like_a_path = path
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '.' | '[' | ']'));
            let a_table = path == "funding.csv";
            if like_a_path && !a_table && sections.iter().any(|section| path.starts_with(section)) {
                assert!(
                    known.contains(&path) || known.contains(&format!("{path}[]")),
                    "{page}: `{span}` is no field of the format"
                );
            }
        }
    }
}

/// Files of the rooms that report findings, without their tests.
fn sources() -> Vec<String> {
    let rooms = ["src/scenario", "src/data"]
        .iter()
        .flat_map(|folder| files(&root().join(folder), "rs"))
        .chain([root().join("src/model/sound.rs")]);
    rooms
        .chain(std::iter::once(root().join("src/model/sound.rs")))
        .map(|path| read(&path).split("#[cfg(test)]").next().unwrap_or_default().to_owned())
        .collect()
}

/// Codes of findings in the sources.
fn codes() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let is_code = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    for text in sources() {
        // A literal with a hyphen is a code; so is the first literal of a call that reports.
        for literal in text.split('"').skip(1).step_by(2) {
            if literal.contains('-')
                && is_code(literal)
                && literal.starts_with(|c: char| c.is_ascii_lowercase())
                && !literal.ends_with('-')
            {
                codes.insert(literal.to_owned());
            }
        }
        for call in ["error(", "warn(", "say(", "report(", "whole(", "code: "] {
            for rest in text.split(call).skip(1) {
                let Some((before, after)) = rest.split_once('"') else {
                    continue;
                };
                let literal = after.split('"').next().unwrap_or_default();
                if !before.contains([';', '{', ')', '|']) && is_code(literal) {
                    codes.insert(literal.to_owned());
                }
            }
        }
    }
    codes
}

#[test]
fn every_finding_code_is_explained_and_every_explained_code_exists() {
    let page = read(&root().join("docs/src/scenario.md"));
    let in_table = |line: &str| {
        line.strip_prefix("| `")
            .and_then(|rest| rest.split_once('`'))
            .map(|(code, _)| code.to_owned())
    };
    let explained: BTreeSet<String> = page
        .split("## What check finds")
        .nth(1)
        .expect("a section")
        .lines()
        .filter_map(in_table)
        .collect();
    let found = codes();
    let missing: Vec<_> = found.difference(&explained).collect();
    assert!(missing.is_empty(), "not explained in scenario.md: {missing:?}");
    let sources: String = sources().into_iter().collect();
    // The reader is about to say when it stops listing; the page knows already.
    let gone: Vec<_> = explained
        .iter()
        .filter(|code| *code != "many-more" && !sources.contains(&format!("\"{code}\"")))
        .collect();
    assert!(gone.is_empty(), "explained in scenario.md but found nowhere: {gone:?}");
}

#[test]
fn every_test_named_in_the_book_exists() {
    let sources: String = ["src", "tests"]
        .iter()
        .flat_map(|folder| files(&root().join(folder), "rs"))
        .map(|path| read(&path))
        .collect();
    for (page, text) in pages() {
        for span in code_spans(&text) {
            let name = span
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            if name
                && span.matches('_').count() >= 3
                && !reference::paths().iter().any(|(path, _)| path.ends_with(span))
            {
                assert!(
                    sources.contains(&format!("fn {span}(")),
                    "{page}: no test is called `{span}`"
                );
            }
        }
    }
}

#[test]
fn the_summary_lists_every_page_and_every_link_leads_somewhere() {
    let pages = pages();
    let names: BTreeSet<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
    let (_, summary) = pages.iter().find(|(name, _)| name == "SUMMARY.md").expect("a summary");
    for name in names.iter().filter(|name| **name != "SUMMARY.md") {
        assert!(
            summary.contains(&format!("]({name})")),
            "SUMMARY.md does not list {name}"
        );
    }
    for (page, text) in &pages {
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            assert!(
                file.is_empty()
                    || file.starts_with("http")
                    || names.contains(file)
                    || (file.starts_with("pictures/") && root().join("docs/src").join(file).is_file()),
                "{page}: no page and no picture {link}"
            );
        }
    }
}

#[test]
fn every_indicator_is_explained() {
    let page = read(&root().join("docs/src/indicators.md"));
    let spans: BTreeSet<&str> = code_spans(&page).into_iter().collect();
    let run = rollcall::model::simulate(crate::enlarged::example());
    for row in rollcall::model::measures::rows(&run) {
        let code = &*row.indicator.code();
        // Comparisons are told by what they do with any measure.
        let compared = !matches!(row.indicator, Indicator::Plain(_));
        assert!(
            compared || spans.contains(code),
            "indicators.md does not explain {code}"
        );
    }
    let equity = read(&root().join("docs/src/equity.md"));
    let kinds = Comparison::ALL.iter().map(|kind| kind.name());
    for kind in kinds.chain(Inequality::ALL.iter().map(|kind| kind.name())) {
        assert!(
            equity.contains(&format!("{kind}.<measure>")),
            "equity.md does not explain {kind}"
        );
    }
    for measure in Measure::ALL {
        assert!(
            spans.contains(measure.code()),
            "indicators.md does not explain {measure:?}"
        );
    }
}
