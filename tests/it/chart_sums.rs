//! What a chart of bars shows adds up: its parts to the totals above the bars, the totals to its CSV and its picture, and
//! all of it to the card or sentence that gives the sum. Over all bundled stories.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::{Rect, Role};
use egui_kittest::kittest::Queryable as _;
use rollcall::app::command::Command;
use rollcall::app::{Page, chart_data};
use rollcall::data;
use rollcall::report::figure::layout::{self, Shape};
use rollcall::report::figure::{Body, Figure, Format, Style};
use rollcall::units::Unit;

use super::harness::{WIDE, Window, app, apply, click, sized, texts};

fn window() -> Window {
    sized(app(), WIDE)
}

/// The charts of bars in sight, with their places.
fn bars(window: &mut Window) -> Vec<(Arc<Figure>, Rect)> {
    chart_data::ask(&window.ctx);
    window.step();
    let figures = chart_data::shown(&window.ctx);
    let stand = |figure: &Arc<Figure>| matches!(figure.body, Body::Bars { .. });
    figures
        .into_iter()
        .filter(stand)
        .map(|figure| {
            let name = format!("{} ({})", figure.head.title, figure.head.unit);
            let place = window.get_by_role_and_label(Role::Figure, &name).rect();
            (figure, place)
        })
        .collect()
}

/// How long all bars of a picture are together, for each unit of the axis.
fn length(figure: &Figure) -> f64 {
    let page = figure.page();
    let axis: Vec<f64> = page
        .body
        .iter()
        .filter_map(|shape| match shape {
            Shape::Line { points, colour, .. } if *colour == figure.look.grid => Some(points[0].1),
            _ => None,
        })
        .collect();
    let steps = f64::from(u32::try_from(axis.len()).expect("few lines")) - 1.0;
    let unit = (axis[0] - axis[axis.len() - 1]) / (steps * figure.axis.step);
    let bars = page.body.iter().filter_map(|shape| match shape {
        // The samples beside the labels are small, the ground of the totals is no bar.
        Shape::Area { frame, colour } if frame.width() > 8.5 && *colour != figure.look.ground => Some(frame.height()),
        _ => None,
    });
    bars.sum::<f64>() / unit
}

fn rows(figure: &Figure) -> Vec<(String, String, f64)> {
    let bytes = figure.write(Format::Csv).expect("CSV");
    csv::Reader::from_reader(&*bytes)
        .deserialize::<(String, String, f64, String)>()
        .map(|row| row.expect("a row"))
        .map(|(year, series, value, _)| (year, series, value))
        .collect()
}

/// Holds a chart's parts, totals, CSV and picture against each other; gives back the sum of its totals.
fn adds_up(window: &Window, figure: &Figure, place: Rect, of: &str) -> f64 {
    let Body::Bars {
        parts,
        levels,
        total,
        after,
        ..
    } = &figure.body
    else {
        panic!("{of}: no bars");
    };
    let at = format!("{of}: {}", figure.head.title);
    let rows = rows(figure);
    let drawn = texts(window, place);
    let svg = figure.svg();
    let mut sum = 0.0;
    for (t, year) in figure.columns().into_iter().enumerate() {
        let in_year: Vec<_> = rows.iter().filter(|row| row.0 == year).collect();
        assert_eq!(
            in_year.len(),
            parts.len() + 1 + levels.iter().filter(|level| level.values.len() > t).count(),
            "{at}, {year}"
        );
        let all = in_year[parts.len()];
        assert_eq!(&all.1, total);
        let of_parts: f64 = in_year[..parts.len()].iter().map(|row| row.2).sum();
        assert!(
            (all.2 - of_parts).abs() <= 1e-9 * all.2.abs().max(1.0),
            "{at}, {year}: {all:?} for {of_parts}"
        );
        // What each year after the plan takes is no part of what the plan costs.
        if after.as_ref() != Some(&year) {
            sum += all.2;
        }
        // Half a line below zero is seen; what is smaller has no total above it.
        let seen = parts
            .iter()
            .any(|part| part.values[t].abs() > 1e-3 * (figure.axis.high - figure.axis.low));
        if seen {
            let said = figure.show(all.2);
            assert!(
                drawn.contains(&said),
                "{at}, {year}: no {said} above its bar, drawn are {drawn:?}"
            );
            assert!(svg.contains(&said), "{at}, {year}: no {said} in the picture");
        }
    }
    // Bars are as long as their values: a saving has a bar as well.
    let solid: f64 = parts
        .iter()
        .filter(|part| part.style == Style::Filled)
        .flat_map(|part| part.values.iter())
        .map(|value| value.abs())
        .sum();
    let long = length(figure);
    // A part too low to be seen is left out, one in a bar at most.
    let many = f64::from(u32::try_from(figure.years.len()).expect("few years"));
    let slack = 0.001 * many * (figure.axis.high - figure.axis.low) + 1e-6 * solid;
    assert!((long - solid).abs() <= slack, "{at}: bars {long} long for {solid}");
    sum
}

fn stories() -> impl Iterator<Item = &'static str> {
    let stories = data::bundled().iter().map(|(path, _)| *path);
    stories.filter(|path| {
        data::BUNDLED
            .iter()
            .any(|(_, folder)| path.split('/').next() == Some(folder))
    })
}

/// The number of a card or sentence, as it stands in the window.
fn stands(window: &Window, text: &str) -> bool {
    let screen = window.ctx.content_rect();
    texts(window, screen).iter().any(|drawn| drawn.contains(text))
}

#[test]
fn every_chart_adds_up_to_its_card_and_its_csv() {
    let mut window = window();
    let mut savings = 0;
    let mut seen = 0;
    for story in stories() {
        apply(&mut window, Command::Open(PathBuf::from(story)));
        apply(&mut window, Command::Show(Page::Plan));
        for (figure, place) in bars(&mut window) {
            let sum = adds_up(&window, &figure, place, story);
            let Body::Bars { parts, .. } = &figure.body else {
                continue;
            };
            // Schools by what stands together are all schools, every year.
            if !figure.head.unit.contains("US$") {
                let years = parts.first().map_or(0, |part| part.values.len());
                for t in 0..years {
                    let all: f64 = parts.iter().map(|part| part.values[t]).sum();
                    assert!((all - 100.0).abs() < 1e-6, "{story}: {all} % of schools");
                }
                continue;
            }
            savings += usize::from(parts.iter().any(|part| part.values.iter().any(|value| *value < -1e-3)));
            seen += 1;
            // What it costs to do it all, and what is to be found: a card each.
            let missing = parts.iter().find(|part| part.style == Style::Hatched);
            let sum = missing.map_or(sum, |part| part.values.iter().sum());
            let scale = [("billion", 1e9), ("million", 1e6), ("thousand", 1e3)];
            let scale = scale.iter().find(|(name, _)| figure.head.unit.contains(name));
            let card = Unit::Usd.show(sum * scale.map_or(1.0, |(_, scale)| *scale));
            let title = &figure.head.title;
            assert!(
                stands(&window, &card),
                "{story}: {title} adds to {card}, no card says so"
            );
        }
        apply(&mut window, Command::Show(Page::Money));
        for (by, layer) in [
            ("Component", "All services"),
            ("Category", "New plan"),
            ("Nature", "Existing services"),
        ] {
            click(&mut window, Role::RadioButton, &format!("Cost by: {by}"));
            click(&mut window, Role::RadioButton, &format!("Services: {layer}"));
            for (figure, place) in bars(&mut window) {
                adds_up(&window, &figure, place, story);
                seen += 1;
            }
        }
        click(&mut window, Role::RadioButton, "Cost by: Component");
        click(&mut window, Role::RadioButton, "Services: All services");
        apply(&mut window, Command::CloseThis);
    }
    assert!(savings >= 2, "some story saves on something: {savings}");
    assert!(seen >= 12 * 5, "{seen} charts");
}

/// A bundled story with a horizon of its own, in a folder of its own.
fn until(story: &str, horizon: i32) -> (tempfile::TempDir, PathBuf) {
    let text = std::fs::read_to_string(format!("scenarios/{story}")).expect("a story");
    let text = text.replace("../countries/", "countries/").replacen(
        "    country:",
        &format!("    horizon: {horizon},\n    country:"),
        1,
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.ron");
    std::fs::write(&path, text).expect("written");
    (folder, path)
}

#[test]
fn over_many_years_the_highest_bar_says_its_total_and_none_stands_on_another_bar() {
    let (_folder, path) = until("senegal/balanced.ron", 2040);
    let mut window = window();
    apply(&mut window, Command::Open(path));
    for size in [eframe::egui::vec2(1280.0, 800.0), WIDE] {
        window.set_size(size);
        for page in [Page::Plan, Page::Money] {
            apply(&mut window, Command::Show(page));
            for (figure, _) in bars(&mut window) {
                let Body::Bars { parts, after, .. } = &figure.body else {
                    continue;
                };
                let at = format!("{page:?}, {size:?}, {}", figure.head.title);
                let (mut grounds, mut areas) = (Vec::new(), Vec::new());
                for shape in &figure.page().body {
                    if let Shape::Area { frame, colour } = shape {
                        let list = if *colour == figure.look.ground {
                            &mut grounds
                        } else {
                            &mut areas
                        };
                        list.push(*frame);
                    }
                }
                assert!(grounds.len() > 2, "{at}");
                let both = |a: &layout::Frame, b: &layout::Frame| {
                    a.left + 0.5 < b.right && b.left + 0.5 < a.right && a.top + 0.5 < b.bottom && b.top + 0.5 < a.bottom
                };
                for (one, ground) in grounds.iter().enumerate() {
                    assert!(!areas.iter().any(|bar| both(ground, bar)), "{at}: {ground:?}");
                    assert!(
                        !grounds[..one].iter().any(|other| both(ground, other)),
                        "{at}: {ground:?}"
                    );
                }
                let years = figure.years.len() - usize::from(after.is_some());
                let total = |t: usize| parts.iter().map(|part| part.values[t]).sum::<f64>();
                let most = (0..years).map(total).fold(0.0, f64::max);
                let said = figure.show(most);
                assert!(figure.svg().contains(&format!(">{said}<")), "{at}: no {said}");
            }
        }
    }
    apply(&mut window, Command::Show(Page::Plan));
    // Reach is of the target's year, money of all: the sentence says so.
    window.get_by_label_contains("By 2030 this plan reaches");
    window.get_by_label_contains("(2027–2040); US$");
}

#[test]
fn names_beside_bars_say_what_the_cards_do_and_of_which_years() {
    let mut window = window();
    apply(&mut window, Command::Show(Page::Money));
    let card = {
        let outcome = window.state().outcome().expect("results");
        outcome.cost_full / 1e6
    };
    let figures = bars(&mut window);
    let of = |title: &str| {
        let found = figures.iter().find(|(figure, _)| figure.head.title.starts_with(title));
        found.map(|(figure, _)| figure.clone()).expect("a chart")
    };
    let cost = of("To do it all: the plan");
    let Body::Bars { parts, legend, .. } = &cost.body else {
        panic!("no bars")
    };
    assert_eq!(legend, "2027–2030 in all, then a year");
    assert!(cost.svg().contains(legend), "above the names");
    // `Devices 206, then 7.1`: the numbers in the middle add up to the card, but for their rounding.
    let sum: f64 = parts
        .iter()
        .filter_map(|part| {
            part.label
                .strip_prefix(&part.name)?
                .trim()
                .split(',')
                .next()?
                .parse::<f64>()
                .ok()
        })
        .sum();
    assert!((sum - card).abs() < 2.0, "{sum} for {card}");
    let Body::Bars { legend, .. } = &of("Who pays for all services").body else {
        panic!("no bars")
    };
    assert_eq!(legend, "2027–2030 in all");
}

#[test]
fn what_is_to_be_found_below_zero_is_explained() {
    let mut window = window();
    let why = "Below zero: the year pays what an earlier one put off.";
    for (story, told) in [("bangladesh/balanced.ron", true), ("senegal/teachers_first.ron", false)] {
        apply(&mut window, Command::Open(PathBuf::from(story)));
        for page in [Page::Plan, Page::Money] {
            apply(&mut window, Command::Show(page));
            let figures = bars(&mut window);
            let pays = figures
                .iter()
                .find(|(figure, _)| figure.head.title.starts_with("Who pays"));
            let (figure, _) = pays.expect("who pays");
            assert_eq!(figure.head.source.contains(why), told, "{story}, {page:?}");
        }
        let said = super::said(&["run", story]).out;
        let told_in_words = said.contains("To find is below zero in a year that pays what an earlier one put off.");
        assert_eq!(told_in_words, told, "{said}");
    }
}
