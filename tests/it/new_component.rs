//! What a new component touches: its file, the list, its sections of the format, its words and a chapter. Counted on
//! components that stand, by every file that names them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rollcall::scenario::Component;

/// Files below a folder, from the house on.
fn files(folder: &str) -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    collect(&house.join(folder), &mut found);
    found.sort();
    let name = |path: &Path| {
        let path = path.strip_prefix(house).expect("below the house");
        path.to_str().expect("a name").replace('\\', "/")
    };
    found
        .into_iter()
        .filter_map(|path| Some((name(&path), fs::read_to_string(&path).ok()?)))
        .collect()
}

/// Whether a text holds a name that is not part of a longer one.
fn names(text: &str, name: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

/// Names by which code knows a component.
fn known_by(component: Component) -> Vec<String> {
    let word = component.name();
    let kind = format!("{component:?}");
    vec![
        format!("Component::{kind}"),
        format!("components::{word}"),
        format!("{word}::{kind}"),
        format!("{kind}Plan"),
        format!("{kind}Prices"),
        format!("plan.{word}"),
        format!("prices.{word}"),
        format!("words.{word}"),
        format!("\"{word}\""),
    ]
}

#[test]
fn a_component_touches_its_file_the_list_its_sections_and_its_words() {
    for (component, elsewhere) in [
        // The country says what of the curriculum has content today.
        (Component::Content, &["src/data/baseline/levels.rs"][..]),
        (Component::Support, &[]),
    ] {
        let word = component.name();
        let mut may: BTreeSet<String> = [
            format!("src/model/components/{word}.rs"),
            "src/model/components.rs".into(),
            // Its word, its section of the plan and its prices.
            "src/scenario/plan.rs".into(),
            "src/scenario/prices.rs".into(),
            // The first plan of a new country may hold it.
            "src/data/starter.rs".into(),
        ]
        .into();
        may.extend(elsewhere.iter().map(|file| (*file).to_owned()));
        let touched: BTreeSet<String> = files("src")
            .into_iter()
            .filter(|(_, text)| known_by(component).iter().any(|known| names(text, known)))
            .map(|(name, _)| name)
            .collect();
        let more: Vec<&String> = touched.difference(&may).collect();
        assert!(more.is_empty(), "{component} is named in {more:?}");
        assert!(touched.len() >= 4, "{component} is named only in {touched:?}");
        for (name, text) in files("assets/words") {
            assert!(text.contains(&format!("\n{word} = ")), "{name} has no words for {word}");
        }
    }
}

#[test]
fn a_component_names_no_other() {
    let all: BTreeSet<&str> = Component::ALL.iter().map(|component| component.name()).collect();
    let files = files("src/model/components");
    let found: BTreeSet<&str> = files
        .iter()
        .filter_map(|(name, _)| name.rsplit('/').next()?.strip_suffix(".rs"))
        .collect();
    assert_eq!(found, all, "one file a component");
    for (file, text) in &files {
        for other in Component::ALL
            .iter()
            .filter(|other| !file.ends_with(&format!("/{other}.rs")))
        {
            let kind = format!("{other:?}");
            for known in [
                format!("Component::{kind}"),
                format!("components::{other}"),
                format!("super::{other}"),
                format!("{kind}Stock"),
                format!("plan.{other}"),
            ] {
                assert!(!names(text, &known), "{file} names {known}");
            }
        }
    }
}
