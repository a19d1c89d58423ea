//! A recorded session: `tests/data/session.txt` is played through the window by the names of its controls. Each action
//! does what stands behind its arrow, and the whole ends as the file says; so it does when the window is closed in the
//! middle and opened again. `UPDATE=1 cargo test --test it replay` writes anew what follows the arrows and the end.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui::{Event, Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::words::languages;
use rollcall::app::{Document, tab_names};
use rollcall::data::store::sha256;
use rollcall::scenario::text::write_scenario;

use super::harness::{Window, app_at, window_of};

const EXAMPLE: &str = include_str!("../data/example.ron");
const SESSION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/session.txt");

/// Stands between an action and what it did.
const ARROW: &str = " => ";
/// Stands between the actions and what is left.
const END: &str = "\n== What is left ==\n";
/// Where the window may be closed and opened again: all that is open is written, and nothing is half typed.
const CUT: &str = "-- cut --";
/// The folder of a session: the example, and another without power whose path starts in a year that is not planned.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("plan.ron", EXAMPLE);
    let other = EXAMPLE
        .replacen("power: (powered: {2026: 0.3, 2030: 0.9}),", "", 1)
        .replacen("connected: {2026: 0.1,", "connected: {2025: 0.1,", 1);
    write("other.ron", &other);
    write("broken.ron", &EXAMPLE.replacen("2030: 0.9", "2030: 90", 1));
    folder
}

fn open(folder: &Path, path: Option<&str>) -> Window {
    let path = path.map(|path| folder.join(path));
    window_of(app_at(&folder.join("home"), path.as_deref()))
}

fn document(window: &Window) -> &Document {
    window.state().document().expect("an open scenario")
}

fn hash(document: &Document) -> String {
    let mut hash = sha256(write_scenario(&document.scenario, false).as_bytes());
    hash.truncate(8);
    hash
}

/// What is, apart from how it looks.
fn facts(window: &Window) -> BTreeMap<&'static str, String> {
    let app = window.state();
    let mut open: Vec<String> = app
        .documents()
        .iter()
        .map(|document| format!("{}{}", document.name, if document.is_changed() { "*" } else { "" }))
        .collect();
    open.sort();
    let mut facts = BTreeMap::from([
        ("open", open.join(", ")),
        ("page", format!("{:?}", app.page())),
        ("theme", format!("{:?}", window.ctx.theme())),
        ("zoom", format!("{:.1}", window.ctx.zoom_factor())),
        // The button names the other language.
        (
            "language",
            if shows(window, "English") { "French" } else { "English" }.to_owned(),
        ),
    ]);
    if let Some(document) = app.document() {
        let track = document.history().track(&document.scenario);
        let last = track.steps[..track.at].last();
        facts.insert("shown", document.name.clone());
        facts.insert("text", hash(document));
        facts.insert(
            "edits",
            format!("{} and {} undone", track.at, track.steps.len() - track.at),
        );
        facts.insert(
            "last edit",
            last.map_or(String::new(), |step| format!("“{}”", step.what)),
        );
    }
    facts
}

fn shows(window: &Window, label: &str) -> bool {
    window.query_all_by_label(label).next().is_some()
}

/// All that a screen reader can say of the window, but for the computing time.
fn said(window: &Window) -> String {
    let times: Vec<&str> = languages()
        .iter()
        .filter_map(|language| language.words.foot_ran.split('{').next())
        .collect();
    let timeless = |text: Option<String>| {
        let text = text.unwrap_or_default();
        let cut = times.iter().filter_map(|time| text.find(time)).min();
        text[..cut.unwrap_or(text.len())].to_owned()
    };
    let mut said = String::new();
    for node in window.query_all_by(|_| true) {
        let node = node.accesskit_node();
        let texts = (timeless(node.label()), timeless(node.value()));
        let state = (
            node.numeric_value(),
            node.toggled(),
            node.is_selected(),
            node.is_disabled(),
        );
        let _ = writeln!(said, "{:?} {texts:?} {state:?}", node.role());
    }
    said
}

fn key(name: &str) -> (Modifiers, Key) {
    let mut modifiers = Modifiers::NONE;
    let mut name = name;
    while let Some((modifier, rest)) = name.split_once('+') {
        modifiers |= match modifier {
            "Ctrl" => Modifiers::COMMAND,
            "Shift" => Modifiers::SHIFT,
            _ => panic!("no such modifier: {modifier}"),
        };
        name = rest;
    }
    (
        modifiers,
        Key::from_name(name).unwrap_or_else(|| panic!("no such key: {name}")),
    )
}

fn press(window: &mut Window, keys: &str) {
    let (modifiers, key) = key(keys);
    window.key_press_modifiers(modifiers, key);
    window.run();
}

fn click(window: &mut Window, role: Role, name: &str) {
    window.get_by_role_and_label(role, name).click_accesskit();
    window.run();
}

/// Types into a field in place of what stands there.
fn write(window: &mut Window, name: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, name).focus();
    window.run();
    press(window, "Ctrl+A");
    if text.is_empty() {
        press(window, "Backspace");
    } else {
        window.get_by_role_and_label(Role::TextInput, name).type_text(text);
        window.run();
    }
}

fn act(window: &mut Window, folder: &Path, action: &str) {
    let (verb, rest) = action.split_once(' ').expect("a verb and what it is done to");
    let (name, value) = rest.split_once(" = ").unwrap_or((rest, ""));
    let value = value.replace('@', &folder.display().to_string());
    match verb {
        "keys" => press(window, rest),
        "press" => click(window, Role::Button, rest),
        "choose" => click(window, Role::RadioButton, rest),
        "tick" => click(window, Role::CheckBox, rest),
        "tab" => click(window, Role::Tab, rest),
        "pick" => {
            click(window, Role::ComboBox, name);
            click(window, Role::Button, &value);
        }
        "slide" => {
            let value = value.parse().expect("a number");
            let slider = window.get_by_role_and_label(Role::Slider, name);
            slider.set_value_accesskit(value);
            window.run();
        }
        "nudge" => {
            window.get_by_role_and_label(Role::Slider, name).focus();
            window.run();
            press(window, &value);
        }
        "write" | "clear" => write(window, name, &value),
        "type" => {
            write(window, name, &value);
            press(window, "Enter");
        }
        "find" => {
            press(window, "Ctrl+K");
            write(window, "Command palette", rest);
            press(window, "Enter");
        }
        "row" => {
            window.get_by_label_contains(rest).click_accesskit();
            window.run();
        }
        // A table is read beside the window: until it says so.
        "paste" => {
            window.event(Event::Paste(name.replace("\\t", "\t").replace("\\n", "\n")));
            let start = Instant::now();
            while window.query_all_by_label_contains(&value).next().is_none() {
                window.step();
                assert!(start.elapsed() < Duration::from_secs(30), "it never says: {value}");
                std::thread::sleep(Duration::from_millis(5));
            }
            window.run();
        }
        _ => panic!("no such verb: {verb}"),
    }
}

/// Closes the window and opens it again; takes up what is offered, and goes back to where the person was.
fn cut(window: Window, folder: &Path) -> Window {
    let (page, shown) = (window.state().page(), document(&window).name.clone());
    let place = |window: &Window| {
        let documents = window.state().documents();
        documents.iter().position(|document| document.name == shown)
    };
    let before = facts(&window);
    drop(window);
    let mut window = open(folder, None);
    let (recover, show) = if before["language"] == "French" {
        ("Récupérer ", "Afficher ")
    } else {
        ("Recover ", "Show ")
    };
    let next = |window: &Window| {
        window.query_all_by_role(Role::Button).find_map(|node| {
            let label = node.accesskit_node().label()?;
            label.starts_with(recover).then_some(label)
        })
    };
    while let Some(button) = next(&window) {
        click(&mut window, Role::Button, &button);
    }
    let at = place(&window).expect("what was shown is open again");
    let tab = format!("{show}{}", tab_names(window.state().documents())[at]);
    click(&mut window, Role::Tab, &tab);
    press(&mut window, &format!("Ctrl+{}", page as u8 + 1));
    assert_eq!(facts(&window), before, "all is as it was before the window was closed");
    window
}

/// What is left of a session, for a person to read.
fn rest(window: &Window) -> String {
    let mut text = String::new();
    for (name, fact) in facts(window) {
        if matches!(name, "page" | "shown" | "theme" | "zoom" | "language") {
            let _ = writeln!(text, "{name}: {fact}");
        }
    }
    let mut documents: Vec<&Document> = window.state().documents().iter().collect();
    documents.sort_by(|one, other| one.name.cmp(&other.name));
    for document in documents {
        let track = document.history().track(&document.scenario);
        let unsaved = if document.is_changed() { "not saved" } else { "saved" };
        let _ = writeln!(text, "\n{}, {unsaved}, text {}", document.name, hash(document));
        for (at, step) in track.steps.iter().enumerate() {
            let undone = if at < track.at { "" } else { " (undone)" };
            let _ = writeln!(text, "  {}. {}{undone}", at + 1, step.what);
        }
    }
    text
}

/// Plays the session; gives it back with what each action did, and the texts of all that is open at the end.
fn play(session: &str, cuts: bool) -> (String, Vec<String>) {
    let folder = folder();
    let mut window = open(folder.path(), Some("plan.ron"));
    let (actions, _) = session.split_once(END).unwrap_or((session, ""));
    let mut played = String::new();
    for (number, line) in actions.lines().enumerate() {
        let (action, _) = line.split_once(ARROW).unwrap_or((line, ""));
        played.push_str(action);
        if action == CUT && cuts {
            window = cut(window, folder.path());
        } else if !(action.is_empty() || action == CUT || action.starts_with('#')) {
            // Seen only where the test fails.
            println!("line {}: {action}", number + 1);
            let (before, heard) = (facts(&window), said(&window));
            act(&mut window, folder.path(), action);
            let after = facts(&window);
            let mut done: Vec<String> = after
                .iter()
                .filter(|(name, fact)| before.get(*name) != Some(*fact))
                .map(|(name, fact)| format!("{name} {fact}"))
                .collect();
            if done.is_empty() {
                assert!(heard != said(&window), "line {}: nothing happens: {action}", number + 1);
                done.push("seen".into());
            }
            played.push_str(ARROW);
            played.push_str(&done.join("; "));
        }
        played.push('\n');
    }
    played.pop();
    played.push_str(END);
    played.push_str(&rest(&window));
    let mut texts: Vec<String> = window
        .state()
        .documents()
        .iter()
        .map(|document| format!("{}\n{}", document.name, write_scenario(&document.scenario, false)))
        .collect();
    texts.sort();
    (played, texts)
}

fn assert_same(one: &str, other: &str) {
    for (number, (one, other)) in one.lines().zip(other.lines()).enumerate() {
        assert_eq!(one, other, "line {}", number + 1);
    }
    assert_eq!(one.lines().count(), other.lines().count());
}

#[test]
fn a_recorded_session_replays_to_the_same_state() {
    let recorded = std::fs::read_to_string(SESSION).expect("the session");
    let (first, texts) = play(&recorded, false);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(SESSION, &first).expect("written");
    } else {
        assert_same(&first, &recorded);
    }
    assert!(first.matches(ARROW).count() >= 100, "a hundred actions");
    let (second, again) = play(&recorded, false);
    assert_same(&second, &first);
    assert_eq!(again, texts);
}

#[test]
fn a_session_that_is_cut_by_closing_the_window_goes_on_as_if_it_were_not() {
    let recorded = std::fs::read_to_string(SESSION).expect("the session");
    assert!(recorded.matches(CUT).count() >= 4);
    let (cut, _) = play(&recorded, true);
    assert_same(&cut, &recorded);
}
