//! Languages of the window: what a file of words says, and what becomes of what it does not.

use std::collections::BTreeSet;
use std::path::Path;

use egui_kittest::kittest::Queryable as _;
use rollcall::app::Page;
use rollcall::app::command::Command;
use rollcall::app::words::{ENGLISH, Language, TABLE, read};
use rollcall::data::store;
use rollcall::scenario::registry::Section as _;
use rollcall::scenario::{Source, SourceKind, messages};
use rollcall::units::Unit;

use super::harness::{app, apply, window_of};

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
    // Terms and mechanisms are named by their fields and kinds, which the registry lists.
    for kind in SourceKind::KINDS {
        used.insert(format!("about_{}", kind.name));
        let fields = kind.fields.iter().chain(Source::FIELDS);
        used.extend(fields.map(|field| format!("terms_{}", field.name)));
    }
    // Titles of what is bundled go by its name.
    used.extend(store::packages().map(|name| format!("package_{}", name.replace('/', "_"))));
    used.extend(store::practices().map(|name| format!("practice_{name}")));
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

/// A file of words is a language: nothing else is written for it. What it leaves out is said, and English stands there.
#[test]
fn a_third_language_is_a_file() {
    let language: &'static Language = Box::leak(Box::new(read("pl", include_str!("../data/made_up.txt"))));
    let words = &language.words;
    assert_eq!((words.save, words.save_as), ("Zachowaj", ENGLISH.save_as));
    for (value, said) in [
        (1.0, "1 rok"),
        (3.0, "3 lata"),
        (5.0, "5 lat"),
        (22.0, "22 lata"),
        (2.5, "2,5 roku"),
        (0.0, "0 lat"),
    ] {
        assert_eq!(words.show(Unit::Years, value), said);
    }
    assert_eq!(words.show(Unit::Usd, 287e6), "US$ 287 milionow");
    assert_eq!(
        words.show(Unit::Months, 1.0),
        "1 month",
        "a unit that the file leaves out"
    );
    assert_eq!(words.show(Unit::Years, f64::NAN), "nieznane");
    assert_eq!(words.say(&messages::no_such_file()), "nie ma pliku");
    assert_eq!(words.say(&messages::keep_one()), messages::keep_one().to_string());
    assert_eq!(
        (words.word("rural"), words.word("urban")),
        ("wies".into(), "urban".into())
    );
    // Every fault is named: a text of another name, one that takes no value, one with too few forms, what is missing.
    let faulty = |start: &str| language.faults.iter().any(|fault| fault.starts_with(start));
    for start in [
        "no text has this name: no.such.name",
        "undo_keys: values {\"what\"} in English, {} here",
        "unit.days: 2 forms, not those of one|few|many|other",
        "missing: save_as = ",
        "missing: finding.keep_one = ",
        "missing: input.plan.devices.spares = ",
    ] {
        assert!(faulty(start), "{start}: {:#?}", language.faults);
    }
    assert!(!faulty("missing: page_money =") && !faulty("unit.years") && !faulty("sentence_reach"));
    let mut window = window_of(app().speaking(words));
    for page in Page::ALL {
        apply(&mut window, Command::Show(page));
        assert!(window.query_all_by_label("Pieniadze").count() > 0, "{page:?}");
    }
    window.get_by_label("Zachowaj");
    window.get_by_label(ENGLISH.undo);
}
