//! Languages of the window: what a file of words says, and what becomes of what it does not.

use std::collections::BTreeSet;
use std::path::Path;

use rollcall::app::words::TABLE;
use rollcall::scenario::messages;

/// All words of the sources below a folder, but for the list of messages.
fn sources(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if !path.ends_with("scenario/messages.rs") {
            let text = std::fs::read_to_string(&path).expect("a source");
            let words = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
            found.extend(words.map(str::to_owned));
        }
    }
}

#[test]
fn every_text_is_said_somewhere() {
    let mut used = BTreeSet::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut used);
    // Words that messages share stand in the list of messages itself; our own notes are known by their English.
    let own = |name: &str| name.starts_with("own_") || name.starts_with("locality_") || name.starts_with("level_");
    let texts = TABLE.iter().map(|(name, _)| *name);
    let findings = messages::TABLE.iter().map(|(name, _)| *name);
    let unused: Vec<&str> = texts
        .chain(findings.filter(|name| !own(name)))
        .filter(|name| !used.contains(*name))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}
