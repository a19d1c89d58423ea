//! Lists what is embedded: the tables of `assets/data`, the scenarios of `scenarios`, the languages of `assets/words` and
//! the chapters of `docs/src`, whichever are there; and makes constants of the English texts, so that the compiler finds
//! what is asked for and not there.
//!
//! A build without `assets/data/restricted`, or without any table, is a valid build.

#![allow(clippy::disallowed_methods)] // A build script reads the environment and writes what it generates.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// The file of the English texts.
const ENGLISH: &str = "en.txt";

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("set by Cargo"));
    let data = root.join("assets/data");
    let mut list = String::from(
        "/// Embedded tables: name, whether its licence is restricted, text.\npub static TABLES: &[(&str, bool, &str)] = &[\n",
    );
    for path in files(&data, "csv")? {
        let name = relative(&path, &data);
        let restricted = name.starts_with("restricted/");
        let _ = writeln!(
            list,
            "    ({name:?}, {restricted}, include_str!({:?})),",
            path.display().to_string()
        );
    }
    list += "];\n\n/// Bundled scenarios: path below `scenarios`, text.\npub static SCENARIOS: &[(&str, &str)] = &[\n";
    let scenarios = root.join("scenarios");
    for path in files(&scenarios, "ron")? {
        let _ = writeln!(
            list,
            "    ({:?}, include_str!({:?})),",
            relative(&path, &scenarios),
            path.display().to_string()
        );
    }
    list += "];\n\n/// Languages of the window beside English: code, text of the file.\npub static LANGUAGES: &[(&str, &str)] = &[\n";
    let words = root.join("assets/words");
    let languages = files(&words, "txt")?;
    for path in languages.iter().filter(|path| !path.ends_with(ENGLISH)) {
        let _ = writeln!(
            list,
            "    ({:?}, include_str!({:?})),",
            relative(path, &words).trim_end_matches(".txt"),
            path.display().to_string()
        );
    }
    list += "];\n\n/// Chapters of the book: name of the file, text.\npub static CHAPTERS: &[(&str, &str)] = &[\n";
    let book = root.join("docs/src");
    for path in files(&book, "md")? {
        let _ = writeln!(
            list,
            "    ({:?}, include_str!({:?})),",
            relative(&path, &book),
            path.display().to_string()
        );
    }
    list += "];\n\n/// Other words for texts of the window: code of the language, text.\npub static SEARCH: &[(&str, &str)] = &[\n";
    for path in files(&words, "search")? {
        let _ = writeln!(
            list,
            "    ({:?}, include_str!({:?})),",
            relative(&path, &words).trim_end_matches(".search"),
            path.display().to_string()
        );
    }
    list += "];\n\n/// Registers of schools: name of the file, text.\npub static REGISTERS: &[(&str, &str)] = &[\n";
    let registers = root.join("assets/registers");
    for path in files(&registers, "csv")? {
        let _ = writeln!(
            list,
            "    ({:?}, include_str!({:?})),",
            relative(&path, &registers),
            path.display().to_string()
        );
    }
    list += "];\n";
    let out = PathBuf::from(env::var("OUT_DIR").expect("set by Cargo"));
    fs::write(out.join("embedded.rs"), list)?;
    let (texts, findings) = english(&fs::read_to_string(words.join(ENGLISH))?);
    fs::write(out.join("words.rs"), texts)?;
    fs::write(out.join("findings.rs"), findings)?;

    println!(
        "cargo:rustc-env=ROLLCALL_COMMIT={}",
        git(&root, &["rev-parse", "--short", "HEAD"]).unwrap_or_else(|| "unknown".into())
    );
    // A commit changes the log of HEAD, wherever the repository keeps it.
    if let Some(log) = git(
        &root,
        &["rev-parse", "--path-format=absolute", "--git-path", "logs/HEAD"],
    ) && Path::new(&log).exists()
    {
        println!("cargo:rerun-if-changed={log}");
    }
    println!("cargo:rerun-if-changed=build.rs");
    // A folder that is missing is named too: this then runs at every build, and sees it come back.
    for folder in [data, registers, scenarios, words, book] {
        println!("cargo:rerun-if-changed={}", folder.display());
    }
    Ok(())
}

/// The English texts as Rust: the table of the window's words, and a constant for each message of a finding.
fn english(text: &str) -> (String, String) {
    let (mut words, mut findings) = (String::from("words! {\n"), String::new());
    let lines = text.lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let Some((name, text)) = line.split_once('=') else {
            panic!("{ENGLISH}: not `name = text`: {line}");
        };
        let (name, text) = (name.trim(), text.trim());
        let _ = match name.strip_prefix("finding.") {
            Some(name) => writeln!(findings, "pub(super) const {name}: &str = {text:?};"),
            None => writeln!(words, "    {name} = {text:?};"),
        };
    }
    words += "}\n";
    (words, findings)
}

/// Files below a folder with an ending, in order of name; none if the folder is missing.
fn files(folder: &Path, ending: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if !folder.exists() {
        return Ok(found);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, ending)?);
        } else if path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn relative(path: &Path, folder: &Path) -> String {
    let parts: Vec<_> = path
        .strip_prefix(folder)
        .unwrap_or(path)
        .iter()
        .map(|part| part.to_string_lossy())
        .collect();
    parts.join("/")
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").current_dir(root).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}
