//! The Sources page and typed numbers, used as a planner does: find the stand-ins, put own figures in their place.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::Page;
use rollcall::app::command::Command;
use rollcall::app::outcome::Outcome;
use rollcall::app::sources_page::editor;
use rollcall::app::sources_page::rows::{Rows, Value};
use rollcall::app::words::ENGLISH;
use rollcall::scenario::field::ROOT;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::prices::Device;
use rollcall::scenario::quantity::{Confidence, Passport};
use rollcall::scenario::registry::{Entry, Leaf};
use rollcall::scenario::{Quantity, Scenario, YearPath, messages, text};

use super::harness::{EXAMPLE, Window, app_on, apply, copy, press, texts, window_of, write};

const SENEGAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/senegal/balanced.ron");
fn window_on(path: &Path, page: Page) -> Window {
    let mut window = window_of(app_on(path));
    apply(&mut window, Command::Show(page));
    window
}

fn scenario(window: &Window) -> &Arc<Scenario> {
    window.state().scenario().expect("a scenario")
}

fn key(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run();
}

fn number(scenario: &Scenario, wanted: &str) -> Quantity {
    let mut found = None;
    scenario.walk("", &ROOT, &mut |path, _, leaf| {
        if let (true, Leaf::Number(number)) = (path == wanted, leaf) {
            found = Some(number.clone());
        }
    });
    found.expect("the number")
}

#[test]
fn the_page_counts_what_the_plan_rests_on() {
    let (_folder, path) = copy();
    let window = window_on(&path, Page::Sources);
    let (mut rows, mut questions) = (0, BTreeMap::new());
    scenario(&window).walk("", &ROOT, &mut |path, field, leaf| {
        let low = match leaf {
            Leaf::Number(number) => number.confidence(field) == Confidence::Low,
            Leaf::Path(path) => path.confidence(field) == Confidence::Low,
        };
        // The number of a group is one question, whichever group it is.
        let question = path
            .strip_prefix("country.groups[")
            .and_then(|rest| rest.split_once(']'));
        let question = question.map_or_else(|| path.to_owned(), |(_, field)| format!("any group{field}"));
        *questions.entry(question).or_insert(false) |= low;
        rows += 1;
    });
    let (all, low) = (questions.len(), questions.values().filter(|low| **low).count());
    assert!(all < rows);
    window.get_by_label_contains(&format!("{all} inputs, each once"));
    window.get_by_label_contains(&format!(" {low} low confidence, "));
    window.get_by_label(&format!("{rows} shown"));
}

#[test]
fn a_rule_of_the_program_is_a_setting_and_never_of_high_confidence() {
    let mut window = window_of(app_on("senegal/balanced.ron"));
    apply(&mut window, Command::Show(Page::Sources));
    write(&mut window, "Search", "rule of this program: none unless stated");
    assert!(window.query_all_by_label_contains(", – setting").count() > 3);
    assert_eq!(window.query_all_by_label_contains(", ✓ high").count(), 0);
    // What moves the cost most: the size of a solar system, and duty and tax of none.
    for (search, row) in [
        ("solar system newly", "2 kW, – setting"),
        ("import duty", "0 %, – setting"),
        ("value added tax", "0 %, – setting"),
    ] {
        write(&mut window, "Search", search);
        window.get_by_label_contains(row);
    }
    // A figure of the country's own is none.
    window.get_by_label_contains("0 %, – setting").click();
    window.run();
    write(&mut window, "New value", "18 %");
    write(&mut window, "Source", "Code général des impôts");
    key(&mut window, Key::Enter);
    window.get_by_label_contains("18 %, ✓ high");
    // The head counts them apart; each number is counted once.
    let head = window.get_by_label_contains("each once").accesskit_node();
    let head = head.label().or_else(|| head.value()).expect("a text");
    let counts: Vec<usize> = head
        .split(|c: char| !c.is_ascii_digit() && c != '\u{202f}' && c != '\u{a0}')
        .filter_map(|word| word.replace(['\u{202f}', '\u{a0}'], "").parse().ok())
        .collect();
    assert_eq!(counts[0], counts[1..5].iter().sum::<usize>(), "{head}");
    assert!(head.contains("rules and settings of this program"), "{head}");
}

#[test]
fn search_and_filters_narrow_the_table() {
    let (_folder, path) = copy();
    let mut window = window_on(&path, Page::Sources);
    write(&mut window, "Search", "tablet price freight");
    window.get_by_label_contains("Price before freight, tablet: US$ 180, ◆ low");
    assert!(window.query_by_label_contains("Price before freight, laptop").is_none());
    write(&mut window, "Search", "no such thing");
    window.get_by_label("No number fits the search and the filters.");
    write(&mut window, "Search", "");
    window.get_by_label("Changed since saved").click();
    window.run();
    window.get_by_label("0 shown");
}

#[test]
fn a_stand_in_is_replaced_with_the_ministrys_own_figure_and_undone() {
    let (_folder, path) = copy();
    let mut window = window_on(&path, Page::Sources);
    let before = Arc::clone(scenario(&window));
    press(&mut window, "Next stand-in");
    // The first stand-in of the file, found independently.
    let mut first = None;
    before.walk("", &ROOT, &mut |path, field, leaf| {
        let passport = match leaf {
            Leaf::Number(number) => number.passport(field),
            Leaf::Path(path) => path.passport(field),
        };
        if first.is_none() && passport.stand_in().is_some() {
            first = Some(path.to_owned());
        }
    });
    let first = first.expect("a stand-in");
    window.get_by_label("Telecommunications revenue as a share of GDP; base of the universal service levy, economy");
    window.get_by_label_contains("assumed: telecommunications revenue is 3 % of GDP");
    assert!(window.query_by_label_contains(&first).is_none(), "a path");
    write(&mut window, "New value", "4,5");
    window.get_by_label_contains("= 4.5 %");
    window.get_by_label_contains("✗ name the source of the figure");
    write(&mut window, "Source", "ARTP 2025");
    write(&mut window, "Note", "called the regulator in May");
    key(&mut window, Key::Enter);
    let now = number(scenario(&window), &first);
    assert!((now.value - 0.045).abs() < 1e-12, "{now:?}");
    let passport = now.passport.expect("a passport");
    assert_eq!(
        (passport.source.as_str(), passport.note.as_str(), passport.low),
        ("ARTP 2025", "called the regulator in May", None)
    );
    window.get_by_label_contains("4.5 % (ARTP 2025)");
    window.get_by_label_contains("1 changed since saved");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(**scenario(&window), *before);
    // The next one is another one.
    press(&mut window, "Next stand-in");
    press(&mut window, "Next stand-in");
    assert!(window.query_by_label(&first).is_none());
}

#[test]
fn what_cannot_stand_is_refused_in_words() {
    let (_folder, path) = copy();
    let mut window = window_on(&path, Page::Sources);
    let before = Arc::clone(scenario(&window));
    write(&mut window, "Search", "landing tablet");
    window.get_by_label_contains("Freight, insurance and imaging").click();
    window.run();
    write(&mut window, "New value", "130");
    assert!(window.query_all_by_label("✗ 130 % is outside 0 % to 100 %").count() > 0);
    write(&mut window, "Source", "customs office");
    key(&mut window, Key::Enter);
    assert_eq!(**scenario(&window), *before, "nothing is moved into the range");
    write(&mut window, "New value", "12");
    write(&mut window, "Likely at least", "20");
    window.get_by_label("✗ the range does not hold the value");
    write(&mut window, "Likely at least", "five");
    assert!(window.query_all_by_label("✗ “five” is not a number").count() > 0);
    write(&mut window, "Likely at least", "5");
    write(&mut window, "Source", "P15");
    window.get_by_label_contains("✗ P15 is the stand-in");
    assert!(
        window
            .get_by_role_and_label(Role::Button, "Replace the number")
            .accesskit_node()
            .is_disabled()
    );
    write(&mut window, "Source", "customs office");
    press(&mut window, "Replace the number");
    let now = number(scenario(&window), "prices.devices[0].landing");
    let passport = now.passport.expect("a passport");
    assert!(
        (now.value - 0.12).abs() < 1e-12 && passport.low == Some(0.05),
        "{passport:?}"
    );
}

#[test]
fn a_figure_of_a_country_that_has_its_own_file_is_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir_all(folder.path().join("countries")).expect("a folder");
    std::fs::create_dir_all(folder.path().join("senegal")).expect("a folder");
    let path = folder.path().join("senegal/balanced.ron");
    let country = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/countries/senegal.ron");
    std::fs::copy(SENEGAL, &path).expect("a copy");
    std::fs::copy(country, folder.path().join("countries/senegal.ron")).expect("a copy");
    let mut window = window_on(&path, Page::Sources);
    write(&mut window, "Search", "country.economy.telecom_revenue");
    window.get_by_label_contains("Telecommunications revenue").click();
    window.run();
    write(&mut window, "New value", "2.5");
    write(&mut window, "Source", "ARTP");
    window.get_by_label("The country is then kept in this plan; its own file stays as it is.");
    press(&mut window, "Replace the number");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.run();
    // Senegal's file holds remarks, which saving asks about.
    press(&mut window, "Save over it");
    let again = window_on(&path, Page::Plan);
    let kept = number(scenario(&again), "country.economy.telecom_revenue");
    assert!((kept.value - 0.025).abs() < 1e-12, "{kept:?}");
    assert_eq!(
        kept.passport.map(|passport| passport.source.clone()).as_deref(),
        Some("ARTP")
    );
}

#[test]
fn a_path_is_replaced_year_by_year() {
    let (_folder, path) = copy();
    let mut window = window_on(&path, Page::Sources);
    write(&mut window, "Search", "plan.power.powered");
    window
        .get_by_label_contains("Share of each group's schools with power")
        .click();
    window.run();
    write(&mut window, "Source", "energy plan");
    write(&mut window, "Value in year 2", "20 %");
    window.get_by_label_contains("✗ what is built is kept");
    write(&mut window, "Value in year 2", "85 %");
    press(&mut window, "Add a year");
    write(&mut window, "Year 3", "2029");
    window.get_by_label_contains("✗ years run upward");
    press(&mut window, "Remove year 3");
    press(&mut window, "Replace the number");
    let powered = crate::harness::lever("plan.power.powered")
        .get(scenario(&window))
        .expect("power");
    assert!((powered - 0.85).abs() < 1e-12, "{powered}");
    window.get_by_label_contains("30 % (2026) → 85 % (2030) (energy plan)");
}

/// Whatever number is replaced, the file holds it, with its source.
#[test]
fn every_number_can_be_replaced_and_read_again() {
    for file in [EXAMPLE, SENEGAL] {
        let window = window_on(Path::new(file), Page::Plan);
        let of = Arc::clone(scenario(&window));
        let judged = rollcall::scenario::verdict::Verdict::of(&of);
        let rows = Rows::of(&of, &of, judged.grounds, &ENGLISH);
        // Every seventh of the larger one is enough: fields repeat from group to group.
        for row in rows.list.iter().step_by(if rows.list.len() > 400 { 7 } else { 1 }) {
            let passport = Passport {
                source: "own \"survey\"".into(),
                note: "by phone".into(),
                year: Some(2024),
                ..Passport::default()
            };
            let value = match &row.value {
                Value::Number(number) => Value::Number(Quantity::with(number.value, passport)),
                Value::Path(path) => Value::Path(YearPath {
                    points: path.points.clone(),
                    fiscal: path.fiscal,
                    passport: Some(Arc::new(passport)),
                }),
            };
            let Ok(Command::Change { scenario, .. }) = editor::replace((&of, &judged), row, &value, &[], &ENGLISH)
            else {
                panic!("{} cannot be replaced", row.path);
            };
            // Only a figure of the country makes a country of its own.
            let shared = scenario.country.is_shared_with(&of.country);
            assert_eq!(shared, !row.path.starts_with("country."), "{}", row.path);
            let written = text::write_scenario(&scenario, false);
            let folder = Path::new(file).parent().expect("a folder");
            let fetch = |name: &str| {
                let read = std::fs::read(folder.join(name)).map_err(|_| messages::no_such_file());
                read.map(|bytes| (name.to_owned(), bytes))
            };
            let reading = text::read_scenario("again", written.as_bytes(), &fetch);
            // Modes of learning that are built in are not written; read again, they stand behind the others.
            let sorted = |scenario: &Scenario| {
                let mut scenario = scenario.clone();
                scenario.evidence.modes.sort_by(|a, b| a.name.cmp(&b.name));
                scenario
            };
            let again = reading.scenario.as_ref().map(sorted);
            assert!(again == Some(sorted(&scenario)), "{}: {:?}", row.path, reading.findings);
        }
    }
}

#[test]
fn weights_are_those_of_a_run_with_the_other_value() {
    let (_folder, path) = copy();
    let mut window = window_on(&path, Page::Sources);
    write(&mut window, "Search", "price before freight tablet");
    // The bar moves until the study ends, so the window does not come to rest.
    window.get_by_role_and_label(Role::Button, "Weigh the 1 shown").click();
    window.step();
    let start = std::time::Instant::now();
    while window.query_by_label_contains("Moves cost by").is_none() {
        window.step();
        assert!(start.elapsed().as_secs() < 60, "the study ends");
    }
    window.run();
    let before = Arc::clone(scenario(&window));
    let cost = |price: f64| {
        let mut other = Scenario::clone(&before);
        other.prices.devices[0].price.value = price;
        Outcome::of(&other).cost_full
    };
    // The likely range of the field: US$ 140 to 265.
    let moves = cost(265.0) - cost(140.0);
    window.get_by_label_contains("Price before freight, tablet").click();
    window.run();
    let shown = |value: f64| rollcall::units::Unit::Usd.show(value);
    window.get_by_label_contains(&format!("cost {} to {}", shown(cost(140.0)), shown(cost(265.0))));
    assert!(moves > 0.0);
    // Weights are told of any measure: they are there already.
    let per_learner = |price: f64| {
        let mut other = Scenario::clone(&before);
        other.prices.devices[0].price.value = price;
        let run = Outcome::of(&other).run;
        let paid = run.lend().over(Measure::CostPerLearner, Scope::ALL, 0..run.model.years);
        paid.expect("learners")
    };
    let three = [140.0, before.prices.devices[0].price.value, 265.0].map(per_learner);
    let (low, high) = (
        three.into_iter().fold(f64::INFINITY, f64::min),
        three.into_iter().fold(0.0, f64::max),
    );
    window.get_by_role_and_label(Role::ComboBox, "Second weight").click();
    window.run();
    window
        .get_by_role_and_label(Role::Button, "Paid per learner and year")
        .click_accesskit();
    window.run();
    window.get_by_label_contains("Sort by: Moves paid per learner by");
    assert!(window.query_by_label_contains("Moves reach by").is_none());
    let shown = format!(
        "paid per learner {} to {}",
        ENGLISH.money(low, high),
        ENGLISH.money(high, low)
    );
    window.get_by_label_contains(&shown);
    // An edit leaves the weights, marked as those of an older version.
    write(&mut window, "New value", "150");
    write(&mut window, "Source", "tender 2026");
    press(&mut window, "Replace the number");
    window.get_by_label_contains("older version");
    window.get_by_label("Sort by: Moves cost by");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert!(
        window.query_by_label_contains("older version").is_none(),
        "undone: they hold again"
    );
}

#[test]
fn a_lever_says_what_was_typed_and_does_not_move_it_into_its_range() {
    let (_folder, path) = copy();
    let mut window = window_on(&path, Page::Plan);
    let powered = |window: &Window| {
        crate::harness::lever("plan.power.powered")
            .get(scenario(window))
            .expect("power")
    };
    let before = powered(&window);
    let name = "Schools with power by 2030";
    write(&mut window, name, "130");
    window.get_by_label("✗ 130 % is outside 0 % to 100 %");
    key(&mut window, Key::Enter);
    assert!((powered(&window) - before).abs() < 1e-12);
    window.get_by_label("✗ 130 % is outside 0 % to 100 %");
    key(&mut window, Key::Escape);
    assert!(window.query_by_label_contains("outside").is_none(), "Escape leaves");
    write(&mut window, name, "0,35");
    window.get_by_label_contains("= 35 %: below 1 without % is a fraction");
    key(&mut window, Key::Enter);
    assert!((powered(&window) - 0.35).abs() < 1e-12, "{}", powered(&window));
    // Going elsewhere takes a number over, too.
    write(&mut window, name, "60");
    key(&mut window, Key::Tab);
    assert!((powered(&window) - 0.6).abs() < 1e-12, "{}", powered(&window));
}

#[test]
fn a_source_stands_by_name_with_its_link_and_keeps_its_code() {
    let mut window = window_on(Path::new(SENEGAL), Page::Plan);
    let context = window.ctx.clone();
    let path = "country.economy.education_spending";
    let code = number(scenario(&window), path)
        .passport
        .expect("a passport")
        .source
        .clone();
    window.state_mut().apply(Command::GoToNumber(path.into()), &context);
    window.run();
    window.get_by_label_contains("World Bank, World Development Indicators, July 2026");
    window.get_by_role(Role::Link);
    assert!(window.query_by_label_contains(&code).is_none(), "a code");
    write(&mut window, "New value", "5 %");
    key(&mut window, Key::Enter);
    let now = number(scenario(&window), path);
    assert_eq!(now.passport.map(|passport| passport.source.clone()), Some(code));
    assert!((now.value - 0.05).abs() < 1e-12);
}

/// What we wrote ourselves speaks the language of the window; titles and notes of others stay as they are.
#[test]
fn our_own_sources_and_notes_are_in_the_language_of_the_window() {
    let words = &rollcall::app::words::language("fr").words;
    for (source, wanted) in [
        ("wdi_202607", "World Bank, World Development Indicators, juillet 2026"),
        (
            "evidence B3",
            "Rollcall, puissance des appareils et leur fin de vie, notre propre appréciation",
        ),
        (
            "count of 2019, learners of 2021 (P3); published in thousands",
            "effectif d’enseignants de 2019, élèves de 2021; publié en milliers",
        ),
        ("Annuaire statistique, April 2024", "Annuaire statistique, April 2024"),
    ] {
        assert_eq!(words.source(source), wanted);
    }
    for citation in rollcall::scenario::citations::CITATIONS {
        let shown = citation.name(&words.findings);
        let plain = citation.title.starts_with(|c: char| c.is_ascii_lowercase());
        assert!(!plain || !shown.contains(citation.title), "{shown}");
    }
}

/// A currency is typed beside the amount or chosen, and the file has it as a ministry writes it.
#[test]
fn a_price_is_typed_in_the_countrys_money_and_brought_to_dollars() {
    let (_folder, path) = copy();
    let rate = "education_spending: 0.05, exchange_rate: (points: {2024: 606, 2025: 582}, source: \"bank\"))";
    let text = std::fs::read_to_string(&path).expect("the example");
    assert!(text.contains("education_spending: 0.05)"));
    std::fs::write(
        &path,
        text.replace("education_spending: 0.05)", rate)
            .replace("iso3: \"EXA\"", "iso3: \"SEN\""),
    )
    .expect("written");
    let mut window = window_on(&path, Page::Sources);
    write(&mut window, "Search", "tablet price freight");
    window.get_by_label_contains("Price before freight, tablet").click();
    window.run();
    write(&mut window, "New value", "110 thousand xof");
    // The code becomes the currency; what is understood is a bare number of it.
    window.run();
    window.get_by_label_contains("= 110");
    let chosen = window.get_by_role_and_label(Role::ComboBox, "Currency").rect();
    assert!(texts(&window, chosen).iter().any(|text| text == "XOF"), "the currency");
    write(&mut window, "Year observed", "2024");
    write(&mut window, "Source", "tender 2024");
    key(&mut window, Key::Enter);
    let price = |window: &Window| {
        let mut found = None;
        scenario(window).walk("", &ROOT, &mut |_, _, leaf| {
            if let Leaf::Number(number) = leaf
                && number
                    .passport
                    .as_deref()
                    .is_some_and(|known| known.source == "tender 2024")
            {
                found = Some(number.clone());
            }
        });
        found.expect("the price of the tender")
    };
    let now = price(&window);
    let passport = now.passport.as_deref().expect("what is known of it");
    assert_eq!((passport.currency.as_str(), passport.year), ("XOF", Some(2024)));
    assert!((now.value - 110_000.0).abs() < 1e-9, "{now:?}");
    // 606 francs for a dollar in 2024: 181.5 dollars of that year.
    window.get_by_label_contains("Price before freight, tablet: XOF 110");
    apply(&mut window, Command::Save);
    let saved = std::fs::read_to_string(&path).expect("saved");
    assert!(
        saved.contains("currency: XOF") || saved.contains("currency: \"XOF\""),
        "{saved}"
    );
}

/// What is typed is of the price year unless another is written, also where it comes to what stands by default, as in a file.
#[test]
fn a_price_typed_as_it_stands_by_default_is_of_the_price_year() {
    let (_folder, path) = copy();
    let text = std::fs::read_to_string(&path).expect("the example");
    std::fs::write(
        &path,
        text.replacen("format: 2,", "format: 2,\n    price_year: 2026,", 1),
    )
    .expect("written");
    let counted = |window: &Window| {
        let parameters = scenario(window).parameters();
        let tablet = format!("prices.devices[{}].price", Device::Tablet as usize);
        parameters.values[parameters.find(&tablet).expect("a price").place]
    };
    let mut window = window_on(&path, Page::Sources);
    // By default 180 dollars of 2025: 183.60 of 2026.
    assert!((counted(&window) - 183.6).abs() < 1e-9, "{}", counted(&window));
    write(&mut window, "Search", "tablet price freight");
    window.get_by_label_contains("Price before freight, tablet").click();
    window.run();
    write(&mut window, "New value", "180");
    write(&mut window, "Source", "tender of May");
    key(&mut window, Key::Enter);
    assert!((counted(&window) - 180.0).abs() < 1e-9, "{}", counted(&window));
    apply(&mut window, Command::Save);
    let again = window_on(&path, Page::Sources);
    assert!((counted(&again) - 180.0).abs() < 1e-9, "{}", counted(&again));
}
