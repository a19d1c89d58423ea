//! What the house looks like from its own imports: rooms stand above what they import, circles are small, no file is a barn.
//!
//! A file imports another where its code names it, in a `use` or anywhere else: `crate::model::sums::Table`, `super::lanes`.
//! A path leads to the deepest file on its way. A parent module that names what is below it is none, or each folder would
//! be a circle; tests at the foot of a file are none. A circle is a largest set of files that lead to each other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Each room and what it may import.
const ROOMS: [(&str, &[&str]); 8] = [
    ("units", &[]),
    ("scenario", &["units"]),
    ("model", &["scenario", "units"]),
    ("study", &["model", "scenario", "units"]),
    ("data", &["study", "model", "scenario", "units"]),
    ("report", &["data", "study", "model", "scenario", "units"]),
    ("app", &["report", "data", "study", "model", "scenario", "units"]),
    // Without a subcommand the command line opens the window.
    ("cli", &["app", "report", "data", "study", "model", "scenario", "units"]),
];

/// Files of the largest circle that is allowed, and lines of the longest file.
const CIRCLE: usize = 4;
const LINES: usize = 900;

/// A file as a module: `model::sums`, with its text.
type Files = BTreeMap<String, String>;

fn files() -> Files {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut folders) = (Files::new(), vec![top.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path.with_extension("");
                let parts = inside.strip_prefix(&top).expect("inside").iter();
                let name: Vec<&str> = parts.map(|part| part.to_str().expect("Unicode")).collect();
                found.insert(name.join("::"), std::fs::read_to_string(&path).expect("text"));
            }
        }
    }
    found
}

/// The words and signs of a file, without remarks, texts and the tests at its foot.
fn tokens(text: &str) -> Vec<&str> {
    let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text);
    let bytes = text.as_bytes();
    let (mut tokens, mut at) = (Vec::new(), 0);
    let skip_to = |from: usize, end: &str| {
        text[from..]
            .find(end)
            .map_or(text.len(), |found| from + found + end.len())
    };
    while at < bytes.len() {
        let rest = &text[at..];
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        if rest.starts_with("//") {
            at = skip_to(at, "\n");
        } else if rest.starts_with("r#\"") {
            at = skip_to(at + 3, "\"#");
        } else if rest.starts_with('"') {
            at += 1;
            while at < bytes.len() && bytes[at] != b'"' {
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
            at += 1;
        } else if let Some(quoted) = rest.strip_prefix('\'') {
            // A letter in quotes, or a lifetime.
            let length = quoted.chars().next().map_or(0, char::len_utf8);
            at += match quoted.strip_prefix('\\') {
                Some(escaped) => 3 + escaped[1..].find('\'').map_or(0, |end| end + 1),
                None if quoted[length..].starts_with('\'') => length + 2,
                None => 1,
            };
        } else if is_word(&bytes[at]) {
            let end = rest.bytes().position(|byte| !is_word(&byte)).unwrap_or(rest.len());
            tokens.push(&rest[..end]);
            at += end;
        } else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            let sign = if rest.starts_with("::") { 2 } else { length };
            if !rest[..length].trim().is_empty() {
                tokens.push(&rest[..sign]);
            }
            at += sign;
        }
    }
    tokens
}

/// All paths that start at a place: `super::{a, b::c}` are two.
fn paths(tokens: &[&str], from: &[String], at: &mut usize, found: &mut Vec<Vec<String>>) {
    let mut path = from.to_vec();
    while let Some(token) = tokens.get(*at) {
        match *token {
            "{" => {
                *at += 1;
                while !matches!(tokens.get(*at), Some(&"}") | None) {
                    paths(tokens, &path, at, found);
                    if tokens.get(*at) == Some(&",") {
                        *at += 1;
                    } else if tokens.get(*at) != Some(&"}") {
                        // No list of paths.
                        break;
                    }
                }
                *at += 1;
                return;
            }
            word if word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') => path.push(word.to_owned()),
            _ => break,
        }
        *at += 1;
        if tokens.get(*at) == Some(&"as") {
            *at += 2;
        }
        if tokens.get(*at) != Some(&"::") {
            break;
        }
        *at += 1;
    }
    found.push(path);
}

/// The files that a file imports.
fn imports(module: &str, text: &str, files: &Files) -> BTreeSet<String> {
    let tokens = tokens(text);
    let mut named = Vec::new();
    let mut at = 0;
    while at + 1 < tokens.len() {
        let starts = matches!(tokens[at], "crate" | "super") && tokens[at + 1] == "::";
        if starts && (at == 0 || tokens[at - 1] != "::") {
            paths(&tokens, &[], &mut at, &mut named);
        } else {
            at += 1;
        }
    }
    let mut found = BTreeSet::new();
    for path in named {
        let mut full: Vec<&str> = if path[0] == "crate" {
            Vec::new()
        } else {
            module.split("::").collect()
        };
        for word in &path {
            match word.as_str() {
                "crate" => full.clear(),
                "super" => drop(full.pop()),
                word => full.push(word),
            }
        }
        let deepest = (1..=full.len())
            .rev()
            .map(|length| full[..length].join("::"))
            .find(|name| files.contains_key(name));
        let Some(name) = deepest else { continue };
        if name != module && !name.starts_with(&format!("{module}::")) {
            found.insert(name);
        }
    }
    found
}

fn house() -> BTreeMap<String, BTreeSet<String>> {
    let files = files();
    files
        .iter()
        .map(|(module, text)| (module.clone(), imports(module, text, &files)))
        .collect()
}

fn room(module: &str) -> String {
    module.split("::").next().unwrap_or_default().to_owned()
}

#[test]
fn no_arrow_points_up() {
    let up: Vec<String> = house()
        .iter()
        .flat_map(|(module, imports)| imports.iter().map(move |import| (module, import)))
        .filter(|(module, import)| {
            let allowed = ROOMS
                .iter()
                .find(|(name, _)| *name == room(module))
                .map_or(&[][..], |(_, below)| below);
            let there = room(import);
            room(module) != "lib"
                && room(module) != "main"
                && room(module) != there
                && !allowed.contains(&there.as_str())
        })
        .map(|(module, import)| format!("{module} imports {import}"))
        .collect();
    assert!(up.is_empty(), "an arrow points up:\n{}", up.join("\n"));
}

#[test]
fn circles_are_small() {
    let house = house();
    let reached = |from: &String| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(module) = next.pop() {
            for import in &house[&module] {
                if seen.insert(import.clone()) {
                    next.push(import.clone());
                }
            }
        }
        seen
    };
    let reach: BTreeMap<&String, BTreeSet<String>> = house.keys().map(|module| (module, reached(module))).collect();
    let mut circles: BTreeSet<Vec<&String>> = BTreeSet::new();
    for module in house.keys() {
        let circle: Vec<&String> = house
            .keys()
            .filter(|other| reach[module].contains(*other) && reach[other].contains(module))
            .collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    let large: Vec<String> = circles
        .iter()
        .filter(|circle| circle.len() > CIRCLE)
        .map(|circle| {
            let arrows = circle.iter().map(|module| {
                let inside: Vec<&str> = house[*module]
                    .iter()
                    .filter(|import| circle.contains(import))
                    .map(String::as_str)
                    .collect();
                format!("  {module} -> {}", inside.join(", "))
            });
            format!(
                "{} files import each other:\n{}",
                circle.len(),
                arrows.collect::<Vec<_>>().join("\n")
            )
        })
        .collect();
    assert!(large.is_empty(), "{}", large.join("\n"));
}

#[test]
fn no_file_is_a_barn() {
    let long: Vec<String> = files()
        .iter()
        .filter(|(_, text)| text.lines().count() > LINES)
        .map(|(module, text)| format!("{module}: {} lines", text.lines().count()))
        .collect();
    assert!(long.is_empty(), "more than {LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn threads_start_where_they_are_looked_for() {
    // Studies have one file of them; so has the work beside the window, the keeper of its journals, and the one who tells
    // how far the command line is.
    let may = |module: &str| ["study::parallel", "app::jobs", "app::journal::keeper", "cli::say"].contains(&module);
    let elsewhere: Vec<String> = files()
        .iter()
        .filter(|(module, _)| !may(module))
        .filter(|(_, text)| {
            let words = tokens(text);
            words.contains(&"rayon") || words.windows(3).any(|three| three == ["std", "::", "thread"])
        })
        .map(|(module, _)| module.clone())
        .collect();
    assert!(elsewhere.is_empty(), "threads start in {elsewhere:?}");
}
