//! The guide in the window, the terms of the glossary where they stand, and what a lever's rail says of today.

use std::path::PathBuf;

use eframe::egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::command::Command;
use rollcall::app::{Page, guide};
use rollcall::data;

use super::harness::{Window, app, apply, window_of};

fn window() -> Window {
    window_of(app())
}

fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run();
}

#[test]
fn f1_opens_the_guide_at_what_the_page_is_about_and_escape_closes_it() {
    let mut window = window();
    for page in Page::ALL {
        apply(&mut window, Command::Show(page));
        press(&mut window, Key::F1);
        window.run();
        let heading = window.get_by_role_and_label(Role::Heading, guide::heading(page)).rect();
        assert!(
            (60.0..400.0).contains(&heading.top()),
            "{page:?}: its heading is in sight, at {heading:?}"
        );
        press(&mut window, Key::Escape);
        assert!(
            window
                .query_by_role_and_label(Role::Heading, guide::heading(page))
                .is_none(),
            "{page:?}"
        );
        assert_eq!(window.state().page(), page);
    }
}

#[test]
fn the_guide_is_searched_and_its_links_lead_through_the_book() {
    let mut window = window();
    press(&mut window, Key::F1);
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run();
    window
        .get_by_role_and_label(Role::TextInput, "Find in the guide")
        .type_text("stand-in");
    window.run();
    // The foot counts inputs in the same words.
    let found = |window: &Window, at: &str| {
        let texts = window
            .query_all_by_role(Role::Label)
            .filter_map(|label| label.accesskit_node().value());
        texts.into_iter().any(|text| text.starts_with(at))
    };
    assert!(found(&window, "1 of "));
    press(&mut window, Key::Enter);
    assert!(found(&window, "2 of "));
    window.get_by_role_and_label(Role::Link, "Stand-ins").click();
    window.run();
    window.get_by_role_and_label(Role::Heading, "What stands in for what no source has");
    window.get_by_role_and_label(Role::Button, "Back").click();
    window.run();
    assert!(
        window
            .query_by_role_and_label(Role::Heading, guide::heading(Page::Plan))
            .is_some()
    );
    // The first Escape leaves the field or the guide; nothing else is closed or changed.
    press(&mut window, Key::Escape);
    assert!(!window.state().is_changed());
    apply(&mut window, Command::NextLanguage);
    press(&mut window, Key::F1);
    window.get_by_label_contains("Le guide n’existe qu’en anglais");
}

/// Every link of the book leads to a chapter that the program has.
#[test]
fn every_link_of_the_book_leads_somewhere_in_the_window() {
    use rollcall::app::guide::text::{Block, Piece, blocks};
    let mut seen = 0;
    for (name, text) in data::CHAPTERS {
        for block in blocks(text) {
            let pieces: Vec<Piece> = match block {
                Block::Paragraph(pieces) | Block::Item(_, pieces) => pieces,
                Block::Table(rows) => rows.into_iter().flatten().flatten().collect(),
                _ => continue,
            };
            for link in pieces.into_iter().filter_map(|piece| piece.link) {
                let chapter = link.split('#').next().unwrap_or_default();
                let known = chapter.is_empty() || data::CHAPTERS.iter().any(|(other, _)| *other == chapter);
                assert!(known, "{name} links to {link}");
                seen += 1;
            }
        }
    }
    assert!(seen > 60, "{seen} links");
}

#[test]
fn a_term_tells_its_sentence() {
    let mut window = window();
    let card = window
        .get_all_by_label("Reach, all learners, 2030")
        .next()
        .expect("a card");
    let said = card
        .accesskit_node()
        .data()
        .description()
        .unwrap_or_default()
        .to_owned();
    assert!(said.starts_with("Reach: Share of learners"), "{said}");
    card.hover();
    window.run();
    window.get_by_label_contains("Reach: Share of learners");
    apply(&mut window, Command::NextLanguage);
    window
        .get_all_by_label("Portée, tous, 2030")
        .next()
        .expect("a card")
        .hover();
    window.run();
    window.get_by_label_contains("Portée : part des élèves");
    apply(&mut window, Command::NextLanguage);
    apply(&mut window, Command::Open(PathBuf::from("senegal/devices_first.ron")));
    apply(&mut window, Command::Show(Page::Compare));
    let row = window
        .get_all_by_label("Learning-adjusted years gained, 2027–2030")
        .next()
        .expect("a row");
    let said = row.accesskit_node().data().description().unwrap_or_default().to_owned();
    assert!(said.contains("Learning-adjusted years of schooling"), "{said}");
}

#[test]
fn the_rail_of_a_lever_says_where_today_is_and_right_is_more() {
    let mut window = window();
    let scenario = window.state().scenario().expect("a scenario").clone();
    let today = crate::harness::lever("plan.power.powered")
        .today(&scenario)
        .expect("known");
    let groups = &scenario.country.groups;
    let schools: f64 = groups.iter().map(|group| group.schools.value).sum();
    let powered: f64 = groups
        .iter()
        .map(|group| group.schools.value * (group.grid.value + group.solar.value).min(1.0))
        .sum();
    assert!((today - powered / schools).abs() < 1e-12);
    let rail = window.get_by_role_and_label(Role::Slider, "Schools with power by 2030");
    let said = rail
        .accesskit_node()
        .data()
        .description()
        .unwrap_or_default()
        .to_owned();
    assert!(said.starts_with("Today ") && said.contains('%'), "{said}");
    // The knob of learners per device moves right for fewer.
    window.set_size(vec2(1280.0, 1200.0));
    window.run();
    let place = |window: &Window| window.get_by_role_and_label(Role::Slider, "Learners per device").rect();
    let rect = place(&window);
    let before = crate::harness::lever("plan.devices.learners_per_device")
        .get(&scenario)
        .expect("devices");
    window.drag_at(rect.lerp_inside(vec2(0.8, 0.5)));
    window.run_steps(1);
    window.hover_at(rect.lerp_inside(vec2(0.95, 0.5)));
    window.run_steps(1);
    window.drop_at(rect.lerp_inside(vec2(0.95, 0.5)));
    window.run();
    let after = crate::harness::lever("plan.devices.learners_per_device")
        .get(window.state().scenario().expect("a scenario"))
        .expect("devices");
    assert!(after < before, "{before} to {after}");
    let rail = window.get_by_role_and_label(Role::Slider, "Learners per device");
    let said = rail
        .accesskit_node()
        .data()
        .description()
        .unwrap_or_default()
        .to_owned();
    assert!(said.contains("As saved 10."), "{said}");
    let reading = |name: &str| {
        let node = window.get_by_role_and_label(Role::Slider, name);
        let node = node.accesskit_node();
        (node.data().min_numeric_value(), node.data().max_numeric_value())
    };
    assert_eq!(reading("Learners per device"), (Some(1.0), Some(60.0)));
}

/// In French no page says anything in the words of the English window.
#[test]
fn french_pages_speak_french() {
    use rollcall::app::words::{TABLE, language, names};
    let french = &language("fr").words;
    let mut english: Vec<(String, String)> = TABLE
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .chain(names::english())
        .collect();
    english.retain(|(name, _)| !(name.starts_with("term.") || name.starts_with("number.")));
    let spoken =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/words/fr.txt")).expect("the words");
    // The longest piece of each text without values, where the French text does not hold it too.
    let pieces: Vec<String> = english
        .iter()
        .filter_map(|(name, text)| {
            let piece = text
                .split(['{', '}', '|'])
                .max_by_key(|piece| piece.len())?
                .trim()
                .to_owned();
            let start = format!("{name} = ");
            let own = spoken
                .lines()
                .find_map(|line| line.strip_prefix(&start))
                .unwrap_or(text);
            (piece.len() >= 9 && piece.contains(' ') && !own.contains(&piece)).then_some(piece)
        })
        .collect();
    assert!(pieces.len() > 300 && french.code == "fr", "{}", pieces.len());
    let mut window = window();
    apply(&mut window, Command::Open(PathBuf::from("senegal/devices_first.ron")));
    apply(&mut window, Command::NextLanguage);
    let mut wrong = Vec::new();
    let mut look = |window: &Window, at: &str| {
        for node in window.root().children_recursive() {
            let node = node.accesskit_node();
            let said = [node.label(), node.value(), node.data().description().map(str::to_owned)];
            for text in said.into_iter().flatten() {
                wrong.extend(
                    pieces
                        .iter()
                        .filter(|piece| text.contains(*piece))
                        .map(|piece| format!("{at}: “{piece}” in “{text}”")),
                );
            }
        }
    };
    for page in Page::ALL {
        apply(&mut window, Command::Show(page));
        look(&window, &format!("{page:?}"));
    }
    apply(&mut window, Command::Show(Page::Money));
    for choice in [
        "Afficher : Tableau des coûts",
        "Afficher : Tableau du financement",
        "Afficher : Tableau des sources",
    ] {
        if let Some(button) = window.query_by_role_and_label(Role::RadioButton, choice) {
            button.click();
            window.run();
            look(&window, choice);
        }
    }
    apply(&mut window, Command::Palette);
    look(&window, "palette");
    apply(&mut window, Command::Dismiss);
    apply(&mut window, Command::Present);
    for screen in 0..7 {
        look(&window, &format!("screen {screen}"));
        press(&mut window, Key::ArrowRight);
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{} leftovers\n{}", wrong.len(), wrong.join("\n"));
}

/// What only another kind of source has is not asked about this one.
#[test]
fn a_budget_has_no_terms_of_a_loan() {
    let mut window = window();
    let story = include_str!("../../scenarios/senegal/balanced.ron").replace("concessional_loan", "grant");
    let folder = tempfile::tempdir().expect("a folder");
    let country = include_str!("../../scenarios/countries/senegal.ron");
    std::fs::write(folder.path().join("senegal.ron"), country).expect("a country");
    let path = folder.path().join("plan.ron");
    std::fs::write(&path, story.replace("../countries/senegal.ron", "senegal.ron")).expect("a plan");
    apply(&mut window, Command::Show(Page::Sources));
    let listed = |window: &Window, name: &str| {
        let nodes = window.root().children_recursive();
        nodes
            .filter(|node| {
                node.accesskit_node()
                    .label()
                    .is_some_and(|label| label.starts_with(name))
            })
            .count()
    };
    let search = |window: &Window| window.get_by_role_and_label(Role::TextInput, "Search").focus();
    search(&window);
    window.run();
    window
        .get_by_role_and_label(Role::TextInput, "Search")
        .type_text("interest a year");
    window.run();
    assert_eq!(listed(&window, "Interest a year"), 1, "the loan's own");
    apply(&mut window, Command::Open(path));
    apply(&mut window, Command::Show(Page::Sources));
    assert_eq!(listed(&window, "Interest a year"), 0);
}

/// A number of eleven figures and two decimals stands in its field as it is, and a percentage may say of what.
#[test]
fn the_field_of_a_large_number_holds_it_and_a_percentage_says_of_what() {
    use rollcall::app::typed::{exact, parse};
    use rollcall::app::words::ENGLISH;
    use rollcall::units::Unit;
    let mut window = window();
    apply(&mut window, Command::Show(Page::Sources));
    let row = window.root().children_recursive().find(|node| {
        node.accesskit_node()
            .label()
            .is_some_and(|label| label.starts_with("Gross domestic product"))
    });
    row.expect("a row").click();
    window.run();
    let field = window.get_by_role_and_label(Role::TextInput, "New value");
    assert_eq!(
        field.accesskit_node().value().as_deref(),
        Some("37\u{202f}006\u{202f}536\u{202f}238.37")
    );
    // By hand: 20 letters of at most 7.5 points.
    assert!(field.rect().width() >= 150.0, "{:?}", field.rect());
    assert_eq!(
        exact(488_333_000_000.000_015, Unit::Usd, &ENGLISH),
        "488\u{202f}333\u{202f}000\u{202f}000"
    );
    for typed in ["5", "5 %", "5 % of GDP", "5 % du PIB"] {
        let read = parse(typed, Unit::Share, (0.0, 1.0), &ENGLISH).expect(typed);
        assert!((read.value - 0.05).abs() < 1e-12, "{typed}");
    }
    assert!(parse("5 % of 3", Unit::Share, (0.0, 1.0), &ENGLISH).is_err());
}
