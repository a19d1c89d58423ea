//! A plan for a country is started in the window.

use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;
use rollcall::app::command::Command;
use rollcall::app::words::ENGLISH;
use rollcall::app::{Page, countries};
use rollcall::data::spelling::plain;
use rollcall::data::{self, Pack};

use super::harness::{Window, app, window_of};

fn window() -> Window {
    window_of(app())
}

/// Ctrl+N, a part of the country's name, Enter.
fn start(window: &mut Window, country: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.run();
    window
        .get_by_role_and_label(Role::TextInput, "Command palette")
        .type_text(country);
    window.run();
    window.key_press(Key::Enter);
    window.run();
}

#[test]
fn a_new_plan_is_that_of_the_command_line_and_belongs_to_no_file() {
    let mut window = window();
    start(&mut window, "rwanda");
    let app = window.state();
    assert_eq!(app.documents().len(), 2);
    let expected = data::new_scenario(data::country(&Pack::embedded(), "RWA", false).expect("Rwanda"));
    assert_eq!(**app.scenario().expect("a scenario"), expected);
    assert!(app.is_changed(), "no file holds it");
    assert!(app.outcome().expect("a result").final_reach() > 0.0);
}

#[test]
fn a_country_without_figures_is_refused_in_words() {
    let mut window = window();
    start(&mut window, "(VAT)");
    assert_eq!(window.state().documents().len(), 1);
    window.get_by_label_contains("Holy See (VAT): the tables have no ");
}

#[test]
fn a_level_without_figures_is_named() {
    let pack = Pack::embedded();
    let lacking = data::country_names::all().iter().find_map(|place| {
        let country = data::country(&pack, &place.iso3, false).ok()?;
        (country.levels.len() < 3).then(|| place.iso3.clone())
    });
    let code = lacking.expect("nine countries lack a level");
    let mut window = window();
    start(&mut window, &format!("({code})"));
    window.get_by_label_contains("and no number here counts it");
}

#[test]
fn a_country_is_found_by_any_name_in_use_and_shown_in_the_language_of_the_window() {
    for (name, code) in [
        ("ivory coast", "CIV"),
        ("burma", "MMR"),
        ("gambie", "GMB"),
        ("swaziland", "SWZ"),
        ("Republic of Ghana", "GHA"),
        ("ci", "CIV"),
        ("Tanzania, United Republic of", "TZA"),
        ("sudan", "SDN"),
        ("Guinea", "GIN"),
        ("Quênia", "KEN"),
    ] {
        let mut window = window();
        start(&mut window, name);
        let scenario = window.state().scenario().expect("a scenario");
        assert_eq!(scenario.country.iso3, code, "{name}");
    }
    let mut window = window();
    let context = window.ctx.clone();
    window.state_mut().apply(Command::NextLanguage, &context);
    window.run();
    window.state_mut().apply(Command::Show(Page::Regions), &context);
    window.run();
    window.get_by_label_contains("; Sénégal, ");
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.run();
    window
        .get_by_role_and_label(Role::TextInput, "Palette de commandes")
        .type_text("germany");
    window.run();
    window.get_by_label_contains("Allemagne (DEU)");
}

#[test]
fn the_list_of_countries_is_sorted_by_name() {
    let mut last = String::new();
    for country in countries::by_name(&ENGLISH) {
        let name = plain(&country.name);
        assert!(last < name, "{last} before {name}");
        last = name;
    }
}
