//! What people type is found: by its own name, by other words for it, in English and in French.

use std::collections::BTreeSet;
use std::path::PathBuf;

use eframe::egui::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::command::Command;
use rollcall::app::lever::LeverId;
use rollcall::app::words::{TABLE, Words, language};
use rollcall::app::{Page, palette, search};

use super::harness::{Window, apply, window_on, write};
use super::regression::bundled;

fn window(code: &str) -> Window {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios/senegal/balanced.ron");
    let mut window = window_on(path);
    if code == "fr" {
        apply(&mut window, Command::NextLanguage);
    }
    window.run();
    window
}

fn labels(window: &Window, role: Role) -> Vec<String> {
    let nodes = window.query_all_by_role(role);
    nodes.filter_map(|node| node.accesskit_node().label()).collect()
}

fn words(code: &str) -> &'static Words {
    &language(code).words
}

/// Searches and what must be among the names that the palette finds.
const SEARCHES: [(&str, &[(&str, &str)]); 2] = [
    (
        "en",
        &[
            ("laptops", "Go to Learners per device"),
            ("tablet", "Numbers of: tablet"),
            ("internet", "Go to Schools online by 2030"),
            ("wifi", "Go to Schools online by 2030"),
            ("electricity", "Go to Schools with power by 2030"),
            ("cost per student", "Go to Money"),
            ("cost", "Go to Money"),
            ("budget", "Go to Money"),
            ("fund", "Go to Money"),
            ("loan", "Go to Money"),
            ("excel", "Go to Regions"),
            ("export", "Save as"),
            ("print", "Save as PNG"),
            ("report", "Present"),
            ("pdf", "Save as SVG"),
            ("help", "Guide"),
            ("theme", "Light or dark"),
            ("zoom", "Larger text"),
            ("electrcity", "Go to Schools with power by 2030"),
        ],
    ),
    (
        "fr",
        &[
            ("ordinateurs", "appareil"),
            ("tablette", "Chiffres\u{a0}: tablette"),
            ("internet", "Écoles connectées"),
            ("wifi", "Écoles connectées"),
            ("électricité", "électri"),
            ("electricite", "électri"),
            ("coût par élève", "Finances"),
            ("cout", "Finances"),
            ("budget", "Finances"),
            ("fonds", "Finances"),
            ("prêt", "Finances"),
            ("excel", "Régions"),
            ("exporter", "Enregistrer sous"),
            ("imprimer", "Enregistrer"),
            ("rapport", "Présenter"),
            ("pdf", "Enregistrer"),
            ("aide", "Guide"),
            ("thème", "Clair ou sombre"),
            ("zoom", "Texte"),
        ],
    ),
];

#[test]
fn the_palette_finds_what_people_type() {
    for (code, searches) in SEARCHES {
        let words = words(code);
        let mut window = window(code);
        apply(&mut window, Command::Palette);
        let mut missing = Vec::new();
        for (text, wanted) in searches {
            write(&mut window, words.palette, text);
            let found = labels(&window, Role::Button);
            if !found.iter().any(|name| name.contains(wanted)) {
                missing.push((text, wanted, found));
            }
        }
        assert!(missing.is_empty(), "{missing:#?}");
        write(&mut window, words.palette, "pdf");
        window.get_by_label(words.search_paper);
        write(&mut window, words.palette, "qqqq");
        window.get_by_label(words.palette_none);
    }
}

#[test]
fn every_command_is_found_by_its_own_name() {
    for code in ["en", "fr"] {
        let words = words(code);
        let window = window(code);
        let mut entries = palette::entries(words, window.state().documents(), 0);
        entries.dedup_by(|a, b| a.name == b.name);
        assert!(entries.len() > 250);
        for entry in &entries {
            let found = palette::found(&entries, &entry.name, words);
            assert!(
                found.iter().any(|other| other.command == entry.command),
                "{}",
                entry.name
            );
        }
    }
}

#[test]
fn every_lever_is_found_by_its_own_name_alone() {
    for code in ["en", "fr"] {
        let words = words(code);
        let mut window = window(code);
        let plan = bundled("senegal/balanced.ron");
        // A component that is not in the plan has no slider yet.
        for lever in LeverId::all().filter(|lever| lever.get(&plan).is_some()) {
            let name = lever.name(words, 2030);
            write(&mut window, words.lever_search, &name);
            assert_eq!(labels(&window, Role::Slider), [name]);
        }
    }
}

#[test]
fn levers_are_found_by_what_they_are_about() {
    for (code, searches) in [
        (
            "en",
            [
                ("internet", crate::harness::lever("plan.links.connected")),
                ("electricity", crate::harness::lever("plan.power.powered")),
                ("laptop", crate::harness::lever("plan.devices.equipped")),
                ("laptops", crate::harness::lever("plan.devices.learners_per_device")),
                ("wifi", crate::harness::lever("plan.links.connected")),
                ("wi-fi", crate::harness::lever("plan.links.connected")),
                ("cost", crate::harness::lever("plan.management.contingency")),
            ],
        ),
        (
            "fr",
            [
                ("internet", crate::harness::lever("plan.links.connected")),
                ("electricite", crate::harness::lever("plan.power.powered")),
                ("ordinateur", crate::harness::lever("plan.devices.equipped")),
                ("Ordinateurs", crate::harness::lever("plan.devices.learners_per_device")),
                ("wifi", crate::harness::lever("plan.links.connected")),
                ("tablette", crate::harness::lever("plan.devices.equipped")),
                ("coût", crate::harness::lever("plan.management.contingency")),
            ],
        ),
    ] {
        let words = words(code);
        let mut window = window(code);
        for (text, lever) in searches {
            write(&mut window, words.lever_search, text);
            let found = labels(&window, Role::Slider);
            assert!(found.contains(&lever.name(words, 2030)), "{text}: {found:?}");
            assert!(found.len() < 6, "{text}: {found:?}");
        }
    }
    // What is no lever is led to.
    let mut window = window("en");
    write(&mut window, "Find a lever", "cost");
    window.get_by_role_and_label(Role::Link, "Go to Money").click();
    window.run();
    assert_eq!(window.state().page(), Page::Money);
    apply(&mut window, Command::Show(Page::Plan));
    write(&mut window, "Find a lever", "laptops");
    let kind = words("en").search_kind;
    assert!(!kind.contains("plan."), "{kind}");
    window.get_by_label(kind);
    window.get_by_role_and_label(Role::Link, "Numbers of: laptop").click();
    window.run();
    assert_eq!(window.state().page(), Page::Sources);
    window.get_by_label_contains("Price before freight, laptop");
}

#[test]
fn the_palette_grows_again_after_a_search_that_found_nothing() {
    let mut window = window("en");
    apply(&mut window, Command::Palette);
    let shown = |window: &Window| {
        let rows = window.query_all_by_role(Role::Button);
        rows.filter(|row| {
            row.accesskit_node()
                .label()
                .is_some_and(|label| label.starts_with("New plan: "))
        })
        .map(|row| row.rect())
        .filter(|row| row.bottom() < 800.0)
        .count()
    };
    write(&mut window, "Command palette", "new plan");
    let before = shown(&window);
    write(&mut window, "Command palette", "qqqq");
    write(&mut window, "Command palette", "new plan");
    assert_eq!(shown(&window), before);
    assert!(before > 8, "{before}");
}

#[test]
fn other_words_belong_to_texts_that_there_are() {
    let texts: BTreeSet<&str> = TABLE.iter().map(|(name, _)| *name).collect();
    let keys = |code: &str| search::table(code).keys().copied().collect::<BTreeSet<_>>();
    assert_eq!(keys("en"), keys("fr"));
    assert!(keys("en").is_subset(&texts), "{:?}", keys("en").difference(&texts));
    assert!(keys("en").len() > 50);
}
