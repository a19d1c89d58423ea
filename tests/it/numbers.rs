//! Numbers, units and names in the language and the format of the reader.

use std::path::Path;

use eframe::egui::epaint::Shape;
use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::command::Command;
use rollcall::app::words::names;
use rollcall::app::{App, Page};
use rollcall::report::figure::{Axis, Body, Figure, Head, Look, Series, Stamp, Style};
use rollcall::units::{NumberFormat, Unit};

use super::harness::{WIDE, Window, app_at, apply, press, sized, window_on};

const SENEGAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/senegal/balanced.ron");
fn window_of(app: App) -> Window {
    let mut window = sized(app, WIDE);
    // Senegal's own file opens with warnings.
    apply(&mut window, Command::Dismiss);
    window
}

fn window() -> Window {
    window_on(SENEGAL)
}

/// Types into a field, in place of what stands there, and gives what is said of it before Enter.
fn write(window: &mut Window, name: &str, text: &str) -> String {
    window.get_by_role_and_label(Role::TextInput, name).click();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    window.get_by_role_and_label(Role::TextInput, name).type_text(text);
    window.run();
    let said = written(window).into_iter().find(|text| text.starts_with("= "));
    window.key_press(Key::Enter);
    window.run();
    said.unwrap_or_default()
}

fn texts_of(shape: &Shape, texts: &mut Vec<String>) {
    match shape {
        Shape::Text(text) => texts.push(text.galley.text().to_owned()),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts_of(shape, texts)),
        _ => {}
    }
}

/// All that is written in the window, and all that a screen reader says of it.
fn written(window: &Window) -> Vec<String> {
    let mut texts = Vec::new();
    for clipped in &window.output().shapes {
        texts_of(&clipped.shape, &mut texts);
    }
    texts.extend(window.root().children_recursive().flat_map(|node| {
        let data = node.accesskit_node();
        let description = data.data().description().map(str::to_owned);
        [data.label(), data.value(), description].into_iter().flatten()
    }));
    texts
}

/// Whether a text has a number with a point before one or two decimals. Codes of indicators, such as 4.1.1, are no
/// numbers.
fn has_a_decimal_point(text: &str) -> bool {
    let of_number = |c: char| c.is_ascii_digit() || c == '.';
    text.split(|c: char| !(of_number(c) || c.is_alphabetic()))
        .filter(|part| part.chars().all(of_number))
        .filter_map(|part| part.split_once('.'))
        .any(|(whole, decimals)| !whole.is_empty() && (1..=2).contains(&decimals.len()) && !decimals.contains('.'))
}

const NUMBERED: [Page; 5] = [Page::Plan, Page::Money, Page::Compare, Page::Equity, Page::Regions];

#[test]
fn one_choice_changes_the_marks_of_all_numbers() {
    let mut window = window();
    apply(&mut window, Command::Duplicate);
    let whole = |share: &f64| (share.round() * 10.0 - (share * 10.0).round()).abs() < 1e-9;
    let scores = &window.state().outcome().expect("results").scores;
    let shares = scores
        .iter()
        .filter(|score| score.target.indicator.unit() == Unit::Share);
    let mut shares = shares.filter_map(|score| Some(100.0 * score.reached?));
    let reach = shares.find(|share| !whole(share)).expect("a card with a decimal");
    // By an independent way of writing: one decimal, then the mark.
    let point = format!("{reach:.1} %");
    window.get_all_by_label_contains(&point).next().expect("with a point");
    press(&mut window, "File");
    press(&mut window, "Numbers");
    press(&mut window, "Numbers as 1.234,5");
    window
        .get_all_by_label_contains(&point.replace('.', ","))
        .next()
        .expect("with a comma");
    for page in NUMBERED {
        apply(&mut window, Command::Show(page));
        let wrong: Vec<String> = written(&window)
            .into_iter()
            .filter(|text| has_a_decimal_point(text))
            .collect();
        assert!(wrong.is_empty(), "{page:?}: {wrong:#?}");
    }
    apply(&mut window, Command::WriteNumbers(Some(NumberFormat::CommaPoint)));
    apply(&mut window, Command::Show(Page::Money));
    window
        .get_by_role_and_label(Role::RadioButton, "Show: Cost table")
        .click();
    window.run();
    let table = written(&window);
    assert!(table.iter().any(|text| {
        let parts: Vec<&str> = text.split(',').collect();
        parts.len() == 3 && parts.iter().all(|part| part.parse::<u32>().is_ok())
    }));
}

#[test]
fn the_format_follows_the_language_until_one_is_chosen_and_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = |home: &Path| window_of(app_at(home, Some(Path::new(SENEGAL))));
    let settings = folder.path().join("settings.ron");
    let shown = |window: &Window, format: NumberFormat| {
        let reach = window.state().outcome().expect("results").final_reach() * 100.0;
        let plain = (reach * 10.0).round() / 10.0;
        let text = format.mark(&plain.to_string());
        written(window)
            .iter()
            .any(|written| written.trim_start().starts_with(&text))
    };
    // As an earlier program wrote it.
    std::fs::write(
        &settings,
        "(version: 1, theme: Dark, zoom: 1.0, language: \"fr\", recent: [], open: [])",
    )
    .expect("settings");
    let mut window = open(folder.path());
    assert!(shown(&window, NumberFormat::SpaceComma), "the usual marks of French");
    apply(&mut window, Command::NextLanguage);
    assert!(shown(&window, NumberFormat::SpacePoint), "and of English");
    apply(&mut window, Command::WriteNumbers(Some(NumberFormat::PointComma)));
    apply(&mut window, Command::NextLanguage);
    assert!(shown(&window, NumberFormat::PointComma), "what was chosen stays");
    window.run();
    drop(window);
    let kept = std::fs::read_to_string(&settings).expect("settings");
    assert!(kept.contains("PointComma"), "{kept}");
    let window = open(folder.path());
    assert!(shown(&window, NumberFormat::PointComma), "also when opened again");
}

#[test]
fn what_is_typed_is_read_in_the_readers_format_and_said_again() {
    let mut window = window();
    apply(&mut window, Command::NextLanguage);
    let system = "Kit solaire par école";
    let value = |window: &Window| {
        crate::harness::lever("plan.power.system").get(window.state().scenario().expect("a scenario"))
    };
    assert_eq!(write(&mut window, system, "1,5"), "= 1,5\u{a0}kW");
    assert_eq!(value(&window), Some(1.5));
    // Copied from an English page.
    assert_eq!(write(&mut window, system, "2.5"), "= 2,5\u{a0}kW");
    assert_eq!(value(&window), Some(2.5));
    let said = write(&mut window, system, "1,250");
    assert!(said.contains("une virgule marque ici les décimales"), "{said}");
    assert_eq!(value(&window), Some(1.25));
    // Twelve and a half, not one hundred and twenty-five, which is more than is allowed.
    assert_eq!(write(&mut window, system, "12.5 kW"), "= 12,5\u{a0}kW");
    let said = write(&mut window, system, "1.250");
    assert_eq!(said, "", "one thousand two hundred and fifty is refused");
    window.get_by_label_contains("1\u{202f}250\u{a0}kW n’est pas entre");
    assert_eq!(value(&window), Some(12.5));
}

#[test]
fn in_french_the_engine_speaks_french() {
    let mut window = window();
    apply(&mut window, Command::Duplicate);
    apply(
        &mut window,
        Command::SetLever {
            lever: crate::harness::lever("plan.power.powered"),
            value: 0.5,
            more: false,
        },
    );
    apply(&mut window, Command::NextLanguage);
    // Names of several words: "fibre" and "satellite" are French too.
    let english: Vec<String> = names::english()
        .into_iter()
        .filter(|(key, _)| key.starts_with("input.") || key.starts_with("word."))
        .map(|(_, text)| {
            text.split_once(". ")
                .map_or(text.clone(), |(first, _)| first.to_owned())
        })
        .filter(|text| text.contains(' ') && !text.contains("satellite") && !text.contains("fibre"))
        .collect();
    let units = [
        "million,",
        "billion",
        " a year",
        "per learner",
        "per device",
        " years",
        " days",
    ];
    for page in Page::ALL {
        apply(&mut window, Command::Show(page));
        // How a number came to be known is told as its source tells it.
        for text in written(&window).iter().filter(|text| !text.contains("onfiance faible")) {
            let name = english.iter().find(|name| text.contains(name.trim_end_matches('.')));
            assert!(name.is_none(), "{page:?}: {name:?} in “{text}”");
            let unit = units.iter().find(|unit| text.contains(**unit));
            assert!(
                unit.is_none() || page == Page::Sources,
                "{page:?}: {unit:?} in “{text}”"
            );
        }
    }
    apply(&mut window, Command::Show(Page::Sources));
    write(&mut window, "Rechercher", "volés ordinateur de bureau");
    let found: Vec<String> = window
        .query_all_by_label_contains("Appareils perdus ou volés au cours de l’année, ordinateur de bureau")
        .filter_map(|row| row.accesskit_node().label())
        .collect();
    assert!(found.iter().any(|row| row.contains("0,5\u{a0}% par an")), "{found:?}");
}

#[test]
fn a_saved_drawing_has_the_marks_and_its_table_those_of_a_program() {
    let figure = Figure {
        head: Head::default(),
        years: vec![2027, 2028],
        body: Body::Bars {
            parts: vec![Series {
                name: "a".into(),
                label: "a".into(),
                values: vec![0.5, 1234.5],
                style: Style::Filled,
                colour: [0; 3],
                ink: [0; 3],
            }],
            levels: Vec::new(),
            total: "all".into(),
            after: None,
            legend: String::new(),
        },
        axis: Axis {
            low: 0.0,
            high: 1500.0,
            step: 375.0,
        },
        look: Look {
            ground: [255; 3],
            grid: [200; 3],
            text: [0; 3],
            weak: [90; 3],
        },
        format: NumberFormat::PointComma,
        stamp: Stamp::default(),
    };
    let svg = figure.svg();
    assert!(
        svg.contains("1.500") && svg.contains("1.125") && svg.contains("375"),
        "{svg}"
    );
    let csv = String::from_utf8(figure.csv().expect("CSV")).expect("UTF-8");
    assert!(csv.contains("2027,a,0.5,") && csv.contains("2028,a,1234.5,"), "{csv}");
    // A spreadsheet of the same reader takes a number by its decimal mark.
    assert!(figure.tabbed().contains("a\t0,5\t1234,5"), "{}", figure.tabbed());
    assert_eq!(
        Unit::Usd.show(1_234_500.0),
        "US$ 1.23 million",
        "the engine's own English stays"
    );
}
