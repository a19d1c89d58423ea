//! Findings in the reader's language: nothing stays English in a French window, and the words follow when it changes.

use std::path::{Path, PathBuf};

use eframe::egui::Event;
use rollcall::app::Page;
use rollcall::app::command::Command;
use rollcall::app::files::Purpose;
use rollcall::app::words::{Words, language};
use rollcall::data::{store, tables};
use rollcall::scenario::messages::{self, Value};
use rollcall::scenario::{Finding, messages::Message};

use super::harness::{Window, apply, shows, wait_for, window_on};

fn bad(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad").join(name)
}

/// A French window that shows a bundled plan.
fn french_window() -> Window {
    let mut window = window_on("senegal/balanced.ron");
    apply(&mut window, Command::NextLanguage);
    window
}

#[test]
fn a_french_window_says_in_french_what_is_wrong_with_a_file() {
    let mut window = french_window();
    for (file, texts) in [
        (
            "share_above_one.ron",
            &[
                "n’a pas pu être ouvert",
                "✗ Erreur\u{a0}: une part va de 0 à 1",
                "150\u{a0}% dépasse le tout\u{a0}; écrivez au plus 1.",
                "ligne 21, colonne 27",
            ][..],
        ),
        (
            "format_newer.ron",
            &["le fichier est au format 3, ce programme lit jusqu’au format 2"],
        ),
        (
            "misspelt_field.ron",
            &[
                "aucun champ de ce nom n’existe ici",
                "Vouliez-vous dire `connected`\u{a0}?",
            ],
        ),
        (
            "bracket_missing.ron",
            &["`)` se trouve là où `}` est attendu\u{a0}: le `{` de la ligne 19, colonne 28, est encore ouvert"],
        ),
        (
            "wrong_type_text_for_number.ron",
            &["un nombre est attendu ici (unité `count`), non un texte entre guillemets"],
        ),
        ("no_such.ron", &["ce fichier n’existe pas"]),
    ] {
        apply(&mut window, Command::Open(bad(file)));
        for text in texts {
            assert!(shows(&window, text), "{file}: {text}");
        }
        apply(&mut window, Command::Dismiss);
    }
}

#[test]
fn a_warning_is_marked_as_one_and_follows_the_language_of_the_window() {
    let mut window = french_window();
    apply(&mut window, Command::Open(bad("year_outside.ron")));
    apply(&mut window, Command::ShowPoints);
    assert!(shows(&window, "⚠ Avertissement\u{a0}: l’année est hors de 2026 à 2030"));
    apply(&mut window, Command::NextLanguage);
    assert!(shows(&window, "⚠ Warning: the year lies outside 2026 to 2030"));
    assert!(shows(&window, "Correct the year, or move the horizon."));
}

#[test]
fn a_file_that_cannot_be_saved_is_explained_in_french() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = french_window();
    apply(&mut window, Command::SaveAs(folder.path().join("none/plan.ron")));
    assert!(shows(
        &window,
        "plan.ron n’a pas pu être enregistré\u{a0}: le dossier n’existe pas. Créez d’abord le dossier, ou enregistrez ailleurs."
    ));
    if Path::new("/dev/full").exists() {
        apply(&mut window, Command::Dismiss);
        apply(&mut window, Command::Replace("/dev/full".into(), Purpose::Save));
        assert!(shows(&window, "le disque est plein. Libérez de la place"));
    }
}

#[test]
fn a_regional_table_is_checked_in_french() {
    let mut window = french_window();
    apply(&mut window, Command::Show(Page::Regions));
    let table = "Région\tMilieu\tNiveau\tÉcoles\tÉlèves\nDakar\turbainn\tprimaire\t-3\t\n";
    window.event(Event::Paste(table.to_owned()));
    wait_for(&mut window, "aucun milieu ne porte ce nom");
    assert!(shows(&window, "ceci ne peut pas être négatif"));
    assert!(shows(&window, "la cellule est vide"));
    let table = "Région\tMilieu\tNiveau\tÉcoles\tÉlèves\nDakar\turbain\tprimaire\t3\t2321000\n";
    window.event(Event::Paste(table.to_owned()));
    wait_for(
        &mut window,
        "Nombre d’écoles, Dakar, urbain, primaire = 797463.0\u{a0}: un tel nombre d’élèves",
    );
    assert!(shows(
        &window,
        "le tableau n’a pas de ligne pour le niveau premier cycle du secondaire"
    ));
}

/// What a reader of French would find in English, or as a mark that nothing has filled.
fn left_in_english(finding: &Finding, french: &Words) -> Vec<String> {
    let mut left = Vec::new();
    let mut see = |message: &Message| {
        let text = french.say(message);
        if text == message.to_string() {
            left.push(text);
        }
    };
    see(&finding.rule);
    if let Some(hint) = &finding.hint {
        see(hint);
    }
    if let Value::Message(value) = &finding.value {
        see(value);
    }
    left
}

#[test]
fn every_finding_of_every_bad_file_and_table_has_french_words() {
    let french = &language("fr").words;
    let mut findings = Vec::new();
    for entry in std::fs::read_dir(bad("")).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "ron") {
            findings.extend(store::open(&path).findings);
        }
    }
    let country = rollcall::data::country(&rollcall::data::Pack::embedded(), "SEN", true).expect("Senegal");
    for table in [
        "",
        "a,b\n1,2\n",
        "region,locality,level,schools,learners\n",
        "region,locality,level,schools,learners,powr\n,urban,primary,10,100,1\nDakar,urben,primary,0,100,1\nKolda,rural,primary,-3,\"1,200\",1\n",
        "region,locality,level,schools,learners,solar,grid\nDakar,urban,primary,10,100,35,0.2\nDakar,rural,primary,10,100,0.9,0.2\n",
    ] {
        findings.extend(tables::with_regions(country.clone(), table, "r.csv").expect_err("errors"));
    }
    assert!(findings.len() > 150, "{}", findings.len());
    let left: Vec<String> = findings
        .iter()
        .flat_map(|finding| left_in_english(finding, french))
        .collect();
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn every_message_has_its_own_french_template() {
    let french = &language("fr").words;
    // Of one Latin word, or made of values alone.
    let same = [
        "severity_note",
        "written",
        "group",
        "group_of_region",
        "locality_rural",
        "not_saved",
    ];
    for (name, english) in messages::TABLE {
        let text = french.findings.get(name).unwrap_or(english);
        assert_eq!(text == english, same.contains(name), "{name} = {text}");
        // Typography: a space that does not break before these signs, and none that breaks.
        for sign in [" :", " ;", " ?", " !", " %"] {
            assert!(!text.contains(sign), "{name} = {text}");
        }
    }
}
