//! Every chart of every page has the same menu, and what can be taken out of it is what is drawn and what
//! `rollcall run` writes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use eframe::egui::epaint::Shape;
use eframe::egui::{Key, Modifiers, Rect, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::Page;
use rollcall::app::command::Command;
use rollcall::report::tables;
use rollcall::units::Unit;

use super::harness::{EXAMPLE, WIDE, Window, app, apply, click, sized, texts, written};

/// Three scenarios of one country.
fn window() -> Window {
    let mut window = sized(app(), WIDE);
    for path in ["senegal/no_new_plan.ron", "senegal/devices_first.ron"] {
        apply(&mut window, Command::Open(PathBuf::from(path)));
    }
    apply(&mut window, Command::Switch(0));
    window
}

/// Title, unit and place of each chart in sight.
fn charts(window: &Window) -> Vec<(String, Rect)> {
    window
        .query_all_by_role(Role::Figure)
        .map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()))
        .collect()
}

/// The title of a chart that is named with its unit behind: titles may have brackets of their own.
fn title(window: &Window, chart: &str) -> String {
    let names: Vec<String> = window
        .query_all_by_role(Role::Button)
        .filter_map(|node| node.accesskit_node().label())
        .filter_map(|name| name.strip_prefix("Menu of ").map(str::to_owned))
        .filter(|title| chart.starts_with(title.as_str()))
        .collect();
    names
        .into_iter()
        .max_by_key(String::len)
        .unwrap_or_else(|| panic!("{chart} has no menu"))
}

/// A row of an exported CSV.
#[derive(Clone, Debug)]
struct Row {
    /// Year or part.
    column: String,
    series: String,
    value: String,
    unit: String,
}

impl Row {
    fn number(&self) -> Option<f64> {
        self.value.parse().ok()
    }
}

/// Saves a chart as CSV by its menu and reads it.
fn exported(window: &mut Window, folder: &Path, title: &str) -> Vec<Row> {
    window
        .get_by_role_and_label(Role::Button, &format!("Menu of {title}"))
        .click();
    window.run();
    window.get_by_label("Save as CSV").click();
    window.run();
    let path = folder.join("chart.csv");
    window.get_by_role_and_label(Role::TextInput, "File").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    window
        .get_by_role_and_label(Role::TextInput, "File")
        .type_text(&path.display().to_string());
    window.run();
    window.get_by_label("Save: File").click();
    window.run();
    let mut table = csv::Reader::from_path(&path).expect("CSV");
    let rows: Vec<Row> = table
        .deserialize::<(String, String, String, String)>()
        .map(|row| row.expect("a row"))
        .map(|(column, series, value, unit)| Row {
            column,
            series,
            value,
            unit,
        })
        .collect();
    std::fs::remove_file(&path).expect("removed");
    assert!(!rows.is_empty(), "{title} holds nothing");
    rows
}

/// Whether a number stands in a text, rounded in one of the ways that charts round.
fn says(text: &str, number: f64) -> bool {
    let mut words = text
        .split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | '\u{2212}' | '-')))
        .map(|word| word.replace('\u{2212}', "-"));
    words.any(|word| {
        let places = word.split_once('.').map_or(0, |(_, places)| places.len());
        // Charts leave out a last zero and, of a hundred or more, the places.
        let fine = (1..=3).any(|more| {
            let full = format!("{number:.more$}");
            full.trim_end_matches('0').trim_end_matches('.') == word
        });
        fine || (format!("{number:.places$}") == word && (places > 0 || number.abs() >= 100.0 || number == 0.0))
    })
}

/// The last value of each series, or of bars that lie, what the parts come to.
fn ends(rows: &[Row]) -> BTreeMap<String, f64> {
    let mut ends = BTreeMap::new();
    for row in rows {
        let Some(number) = row.number() else { continue };
        let is_last = |column: &str| column.parse::<i32>().is_ok() || column.ends_with(" on");
        if is_last(&row.column) || ["Least", "Most"].contains(&row.column.as_str()) {
            ends.insert(row.series.clone(), number);
        } else {
            *ends.entry(row.series.clone()).or_default() += number;
        }
    }
    ends
}

#[test]
fn every_chart_of_every_page_has_a_menu_and_its_csv_holds_what_is_drawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window();
    // Tall enough for all charts of the plan.
    window.set_size(vec2(1280.0, 1200.0));
    window.run();
    for (page, count) in Page::ALL.into_iter().zip([5, 6, 2, 4, 4, 0, 0]) {
        apply(&mut window, Command::Show(page));
        if page == Page::Equity {
            // Figures that are counted and curves that are read along their axis write no numbers.
            click(&mut window, Role::RadioButton, "Show: Gaps");
        }
        let seen = charts(&window);
        assert_eq!(seen.len(), count, "{page:?}");
        for (chart, place) in seen {
            let title = title(&window, &chart);
            let drawn = texts(&window, place);
            let rows = exported(&mut window, folder.path(), &title);
            let unit = chart[title.len()..]
                .trim()
                .trim_start_matches('(')
                .trim_end_matches(')');
            assert!(rows.iter().all(|row| row.unit == unit), "{chart}: {rows:?}");
            assert!(
                drawn.iter().any(|text| text == unit),
                "{chart}: its unit is on it, {drawn:?}"
            );
            for (series, number) in ends(&rows) {
                // What is too small to be seen has no label; what a series comes to over all years may stand in place of its end.
                let in_all: f64 = rows
                    .iter()
                    .filter(|row| row.series == series && !row.column.ends_with(" on"))
                    .filter_map(Row::number)
                    .sum();
                let is_sum = |text: &String| drawn.iter().any(|text| text.contains("in all")) && says(text, in_all);
                let found = number.abs() < 0.05 || drawn.iter().any(|text| says(text, number) || is_sum(text));
                assert!(found, "{chart}: {series} ends at {number}, drawn are {drawn:?}");
            }
            // What a case covers and where it is from is told on pointing.
            let told = ["What it covers", "Source"];
            let words: Vec<&Row> = rows
                .iter()
                .filter(|row| row.number().is_none() && !told.contains(&row.column.as_str()))
                .collect();
            assert!(
                words.iter().all(|row| drawn.contains(&row.value)),
                "{chart}: {words:?}, {drawn:?}"
            );
        }
    }
}

fn value_of(rows: &[Row], column: &str, series: &str) -> f64 {
    rows.iter()
        .find(|row| row.column == column && row.series == series)
        .and_then(Row::number)
        .unwrap_or_else(|| panic!("{series} in {column}: {rows:?}"))
}

#[test]
fn shares_of_ownership_are_those_of_the_cost_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window();
    // With nothing to be found what is written is what it costs to do it all.
    let text = std::fs::read_to_string(EXAMPLE).expect("the example");
    let paid = folder.path().join("paid.ron");
    std::fs::write(&paid, text.replace("120_000_000", "200_000_000")).expect("a copy");
    apply(&mut window, Command::Open(paid));
    apply(&mut window, Command::Show(Page::Money));
    let costs = written(&window, tables::costs);
    for (layer, kept) in [("All services", None), ("New plan", Some("plan"))] {
        click(&mut window, Role::RadioButton, &format!("Services: {layer}"));
        let sum = |of: &dyn Fn(&BTreeMap<String, String>) -> bool| -> f64 {
            let amount = |row: &BTreeMap<String, String>| row["amount_usd"].parse::<f64>().expect("an amount");
            let rows = costs
                .iter()
                .filter(|row| kept.is_none_or(|layer| row["layer"] == layer));
            rows.filter(|row| of(row)).map(amount).sum()
        };
        let title = format!("Total cost of ownership, {}", layer.to_lowercase());
        let rows = exported(&mut window, folder.path(), &title);
        let capital = rows[0].column.clone();
        assert!(capital.starts_with("Capital"), "{rows:?}");
        let mut whole = 0.0;
        for (name, component) in [("Devices", "devices"), ("Power", "power"), ("Teachers", "training")] {
            let part = sum(&|row| row["component"] == component && row["nature"] == "capital");
            let expected = 100.0 * part / sum(&|_| true);
            let shown = value_of(&rows, &capital, name);
            assert!(
                (shown - expected).abs() < 1e-6,
                "{layer} {name}: {shown}, not {expected}"
            );
        }
        for row in &rows {
            whole += row.number().expect("a share");
        }
        assert!((whole - 100.0).abs() < 1e-6, "{layer}: shares come to {whole}");
    }
}

#[test]
fn gaps_parity_and_order_are_those_of_the_indicator_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window();
    apply(&mut window, Command::Show(Page::Equity));
    window.get_by_role_and_label(Role::RadioButton, "Show: Gaps").click();
    window.run();
    let indicators = written(&window, tables::indicators);
    let reach = |year: &str, column: &str, value: &str| -> f64 {
        let cuts = ["level", "region", "locality", "sex", "wealth", "disability"];
        let row = indicators.iter().find(|row| {
            row["indicator"] == "reach"
                && row["year"] == year
                && cuts
                    .iter()
                    .all(|cut| row[*cut] == if *cut == column { value } else { "" })
        });
        row.expect("a row of reach")["value"].parse().expect("a share")
    };
    let gap = exported(&mut window, folder.path(), "Gap in reach, all levels");
    let parity = exported(
        &mut window,
        folder.path(),
        "Adjusted parity (4.5.1) of reach, all levels",
    );
    for year in ["2026", "2028", "2030"] {
        let (low, high) = (reach(year, "locality", "rural"), reach(year, "locality", "urban"));
        let shown = value_of(&gap, year, "rural to urban");
        assert!((shown - 100.0 * (low - high)).abs() < 1e-9, "{year}: {shown}");
        let shown = value_of(&parity, year, "rural to urban");
        // 4.5.1 adjusted: above one, two less the inverse.
        let expected = if low <= high { low / high } else { 2.0 - high / low };
        assert!((shown - expected).abs() < 1e-9, "{year}: {shown}");
    }
    let furthest = exported(
        &mut window,
        folder.path(),
        "Furthest behind in 2030 (reach), all levels",
    );
    let all = furthest.last().expect("the whole last");
    assert!(all.series.starts_with("all "), "{all:?}");
    assert!((all.number().expect("a share") - 100.0 * reach("2030", "level", "")).abs() < 1e-9);
    let groups = &furthest[..furthest.len() - 1];
    let numbers: Vec<f64> = groups.iter().filter_map(Row::number).collect();
    assert!(
        numbers.is_sorted() && numbers.len() > 8,
        "the furthest behind first: {numbers:?}"
    );
    let assumed: Vec<&str> = groups
        .iter()
        .filter(|row| row.column.ends_with("assumed"))
        .map(|row| row.series.as_str())
        .collect();
    assert_eq!(assumed, ["With a disability", "Girls", "Boys", "No disability"]);
}

#[test]
fn each_scenario_of_a_comparison_is_a_series() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window();
    apply(&mut window, Command::Show(Page::Compare));
    let most = window.state().documents()[0]
        .now
        .as_ref()
        .expect("results")
        .final_reach();
    let most = Unit::Share.show(most);
    window.get_by_label_contains(&format!("Balanced reaches most learners in 2030: {most}."));
    let reach = exported(&mut window, folder.path(), "Learners reached");
    let cost = exported(&mut window, folder.path(), "To do it all");
    for (at, name) in ["Balanced", "No new plan", "Devices first"].into_iter().enumerate() {
        let now = window.state().documents()[at].now.clone().expect("results");
        for (t, year) in now.years.iter().enumerate() {
            let shown = value_of(&reach, &year.to_string(), name);
            assert!((shown / 100.0 - now.reach[t]).abs() < 1e-12, "{name} {year}");
            if t > 0 {
                let spent: f64 = now.cost.iter().map(|(_, by_year)| by_year[t]).sum();
                let shown = value_of(&cost, &year.to_string(), name);
                assert!((shown * 1e6 - spent).abs() < 1.0, "{name} {year}: {shown} for {spent}");
            }
        }
    }
    // In a file, which has no other key, each line has its name.
    window
        .get_by_role_and_label(Role::Button, "Menu of Learners reached")
        .click();
    window.run();
    window.get_by_label("Save as SVG").click();
    window.run();
    let path = folder.path().join("chart.svg");
    apply(
        &mut window,
        Command::SaveFigure(path.clone(), rollcall::report::figure::Format::Svg),
    );
    let svg = std::fs::read_to_string(&path).expect("an SVG");
    for (at, name) in ["Balanced", "No new plan", "Devices first"].into_iter().enumerate() {
        let now = window.state().documents()[at].now.clone().expect("results");
        let name = format!("{name} {}", rollcall::units::decimals(100.0 * now.final_reach()));
        assert!(svg.contains(&name), "{name}: {svg}");
    }
}

#[test]
fn a_presented_chart_can_be_saved_without_leaving_the_show() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window();
    apply(&mut window, Command::Present);
    for _ in 0..2 {
        window.key_press(Key::ArrowRight);
        window.run();
    }
    let rows = exported(&mut window, folder.path(), "Reach: device, link, power, ready teacher");
    let last = value_of(&rows, "2030", "plan");
    assert!((last / 100.0 - window.state().outcome().expect("results").final_reach()).abs() < 1e-12);
    window
        .get_by_role_and_label(Role::Button, "Menu of Reach: device, link, power, ready teacher")
        .click();
    window.run();
    window.get_by_label("Save as PNG").click();
    window.run();
    window.key_press(Key::Escape);
    window.run();
    assert!(
        window.query_by_role_and_label(Role::TextInput, "File").is_none(),
        "given up"
    );
    assert!(window.query_by_label_contains("3 of 8").is_some(), "the show goes on");
}

/// A room that cannot scroll sees every target.
#[test]
fn all_targets_are_on_the_presented_screen() {
    let mut window = window();
    window.set_size(vec2(1280.0, 800.0));
    window.run();
    apply(&mut window, Command::Present);
    window.key_press(Key::ArrowRight);
    window.run();
    let screen = window.ctx.content_rect();
    let seen = texts(&window, screen);
    for target in [
        "Reach, all learners, 2030",
        "Power, primary, 2030",
        "Online, primary, 2030",
        "Teachers trained, 2030",
        "End-primary maths, 2030",
    ] {
        assert!(seen.iter().any(|text| text == target), "{target}: {seen:?}");
    }
}

#[test]
fn menus_speak_the_language_of_the_window() {
    let mut window = window();
    apply(&mut window, Command::NextLanguage);
    for page in [Page::Plan, Page::Money, Page::Compare, Page::Equity] {
        apply(&mut window, Command::Show(page));
        let menu = window
            .query_all_by_role(Role::Button)
            .find(|node| {
                let name = node.accesskit_node().label().unwrap_or_default();
                name.starts_with("Menu de ")
            })
            .expect("a menu");
        menu.click();
        window.run();
        for item in ["Afficher en tableau", "Copier", "Enregistrer en CSV"] {
            window.get_by_label(item);
        }
        window.key_press(Key::Escape);
        window.run();
    }
}

/// Twice as large in the smaller window: nothing covers anything, and all of a page can be scrolled to.
#[test]
fn everything_can_be_reached_where_text_is_large() {
    let mut window = window();
    apply(&mut window, Command::NextLanguage);
    window.ctx.set_zoom_factor(2.0);
    window.run();
    window.set_size(vec2(640.0, 400.0));
    window.run();
    let file = window.get_by_label("Fichier").rect();
    let names = texts(&window, Rect::everything_left_of(file.right()));
    assert!(names.iter().any(|name| name == "Senegal: balanced"), "{names:?}");
    for shape in &window.output().shapes {
        if let Shape::Text(text) = &shape.shape
            && ["Senegal: balanced", "Senegal: no new plan"].contains(&text.galley.text())
        {
            let seen = text.visual_bounding_rect().intersect(shape.clip_rect);
            assert!(
                !seen.is_positive() || seen.right() <= file.left(),
                "{seen:?} under {file:?}"
            );
        }
    }
    for name in ["Comparer", "Présenter"] {
        let button = window.get_by_role_and_label(Role::Button, name).rect();
        assert!(button.height() < 36.0, "{name} on one line: {button:?}");
    }
    for (page, last) in [(Page::Money, "Service de la dette"), (Page::Equity, "L’accès est-il")] {
        apply(&mut window, Command::Show(page));
        let place = |window: &Window| window.get_by_label_contains(&format!("Menu de {last}")).rect();
        let before = place(&window);
        assert!(before.top() > 400.0, "{last} is not in sight at first: {before:?}");
        window.hover_at(eframe::egui::pos2(400.0, 300.0));
        for _ in 0..40 {
            window.event(eframe::egui::Event::MouseWheel {
                unit: eframe::egui::MouseWheelUnit::Point,
                delta: vec2(0.0, -200.0),
                phase: eframe::egui::TouchPhase::Move,
                source: eframe::egui::MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            });
            window.run_steps(2);
        }
        let after = place(&window);
        assert!(after.bottom() < 372.0 && after.top() > 0.0, "{last} at {after:?}");
    }
}
