//! What a chart names is on it: no label is dropped, none covers another, in both languages, at every size, in the window
//! and in a file.

use std::path::PathBuf;

use eframe::egui::{Rect, Role, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use rollcall::app::command::Command;
use rollcall::app::{Page, chart_data};
use rollcall::report::figure::layout::{Anchor, Layout, Shape, Writing};
use rollcall::report::figure::{Body, Figure, Series, fonts, is_shown};

use super::harness::{Window, app, apply, painted, window_of};

fn window() -> Window {
    window_of(app())
}

/// The labels that belong on a chart.
fn labels(figure: &Figure) -> Vec<String> {
    let of = |series: &[Series]| series.iter().map(|series| series.label.clone()).collect::<Vec<_>>();
    match &figure.body {
        Body::Lines { lines, target, band } => {
            let target = target.iter().map(|target| target.label.clone());
            let band = band.iter().map(|band| band.name.clone());
            let with_value = |line: &&Series| line.values.iter().any(|value| value.is_finite());
            let lines = lines.iter().filter(with_value).map(|line| line.label.clone());
            lines.chain(target).chain(band).collect()
        }
        Body::Bars { parts, levels, .. } => {
            let shown: Vec<Series> = parts
                .iter()
                .filter(|part| is_shown(part, figure.axis))
                .cloned()
                .collect();
            [of(&shown), of(levels)].concat()
        }
        Body::Rows { parts, mark, .. } => {
            let mark = mark.iter().map(|(_, name)| name.clone());
            parts.iter().map(|(name, _)| name.clone()).chain(mark).collect()
        }
        Body::Spans { rows, .. } => rows
            .iter()
            .flat_map(|row| [row.name.clone(), row.label.clone()])
            .collect(),
        Body::Dots { whole, rows, marks, .. } => {
            let rows = std::iter::once(whole).chain(rows);
            let told = rows.flat_map(|row| [row.name.clone(), row.told[0].clone(), row.told[1].clone()]);
            told.chain(marks.iter().map(|(name, _)| name.clone())).collect()
        }
        Body::Words(rows) => rows.iter().map(|row| row.name.clone()).collect(),
        Body::Sheet(sheet) => sheet.columns.iter().map(|column| column.name.clone()).collect(),
        // Names of columns run over two lines.
        Body::People(people) => people.rows.iter().map(|row| row.name.clone()).collect(),
        Body::Curve(curve) => curve.ends.to_vec(),
    }
}

/// Whether a label stands among texts: in full, as name and value side by side, or with the end of its name cut.
fn stands(label: &str, drawn: &[(String, Rect)]) -> bool {
    let whole = |text: &str| drawn.iter().any(|(drawn, _)| drawn.trim() == text.trim());
    let begun = |text: &str| {
        let begins = |drawn: &str| {
            drawn
                .strip_suffix('…')
                .is_some_and(|start| start.chars().count() >= 4 && text.starts_with(start.trim_end()))
        };
        drawn.iter().any(|(drawn, _)| begins(drawn.trim()))
    };
    let mut cuts = label.match_indices(' ').map(|(at, _)| label.split_at(at));
    whole(label) || begun(label) || cuts.any(|(name, value)| whole(value) && (whole(name) || begun(name)))
}

/// The part of *Equity* that has charts of its own.
const LEFT_OUT: [&str; 2] = ["Show: Who is not reached", "Afficher: Qui n’est pas atteint"];

#[test]
fn no_label_of_a_chart_is_dropped_or_covered() {
    let mut window = window();
    let mut wrong = Vec::new();
    for story in [
        "bangladesh/teachers_first.ron",
        "sierra_leone/balanced.ron",
        "senegal/devices_first.ron",
    ] {
        apply(&mut window, Command::Open(PathBuf::from(story)));
    }
    for _ in 0..2 {
        for size in [vec2(1280.0, 800.0), vec2(1366.0, 768.0), vec2(1920.0, 1080.0)] {
            window.set_size(size);
            for document in 0..3 {
                apply(&mut window, Command::Switch(document));
                let pages = [Page::Plan, Page::Money, Page::Compare, Page::Equity];
                for (page, parts) in pages
                    .map(|page| (page, &[][..]))
                    .into_iter()
                    .chain([(Page::Equity, &LEFT_OUT[..])])
                {
                    apply(&mut window, Command::Show(page));
                    // Of the ways to look at a page, those with most to name.
                    let widest = [
                        "Show: Gaps",
                        "Afficher: Écarts",
                        "Told apart by: Level and locality",
                        "Ventilation: Niveau et milieu",
                        "Cost by: Category",
                        "Coût par: Catégorie",
                    ];
                    for choice in widest.iter().filter(|_| parts.is_empty()).chain(parts) {
                        if let Some(button) = window.query_by_role_and_label(Role::RadioButton, choice) {
                            button.click();
                            window.run();
                        }
                    }
                    chart_data::ask(&window.ctx);
                    window.step();
                    for figure in chart_data::shown(&window.ctx) {
                        let name = format!("{} ({})", figure.head.title, figure.head.unit);
                        let place = window.get_by_role_and_label(Role::Figure, &name).rect();
                        let drawn = painted(&window, place);
                        let at = format!("{page:?}, {size:?}, {document}, {}", figure.head.title);
                        for label in labels(&figure).iter().filter(|label| !stands(label, &drawn)) {
                            wrong.push(format!("{at}: “{label}” is not on it: {drawn:?}"));
                        }
                        for (one, (text, rect)) in drawn.iter().enumerate() {
                            for (other, place) in &drawn[..one] {
                                let both = rect.intersect(*place);
                                if both.width() > 1.5 && both.height() > 3.5 {
                                    wrong.push(format!("{at}: “{text}” over “{other}”"));
                                }
                            }
                        }
                    }
                }
            }
        }
        apply(&mut window, Command::NextLanguage);
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

/// Texts of a layout, and where they stand.
#[allow(clippy::cast_possible_truncation)] // points of a screen
fn laid_out(layout: &Layout) -> Vec<(String, Rect)> {
    let place = |writing: &Writing| {
        let wide = fonts::width(&writing.text, writing.face) as f32;
        let (x, y) = (writing.at.0 as f32, writing.at.1 as f32);
        let left = match writing.anchor {
            Anchor::Left => x,
            Anchor::Middle => x - wide / 2.0,
            Anchor::Right => x - wide,
        };
        let height = writing.face.size() as f32 * 1.36;
        (
            writing.text.clone(),
            Rect::from_center_size(pos2(left + wide / 2.0, y), vec2(wide, height)),
        )
    };
    let shapes = layout.shapes();
    shapes
        .filter_map(|shape| match shape {
            Shape::Text(writing) => Some(place(&writing)),
            _ => None,
        })
        .collect()
}

/// The screen and a file show one layout: at one size every text stands at one place in both.
#[test]
fn a_chart_stands_on_the_screen_as_it_is_saved() {
    let mut window = window();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    apply(&mut window, Command::Open(PathBuf::from("senegal/devices_first.ron")));
    for _ in 0..2 {
        for page in [Page::Plan, Page::Money, Page::Compare, Page::Equity] {
            apply(&mut window, Command::Show(page));
            chart_data::ask(&window.ctx);
            window.step();
            for figure in chart_data::shown(&window.ctx) {
                let name = format!("{} ({})", figure.head.title, figure.head.unit);
                let place = window.get_by_role_and_label(Role::Figure, &name).rect();
                let drawn = painted(&window, place);
                if drawn.is_empty() {
                    // Below the window's edge.
                    continue;
                }
                seen += 1;
                let layout = figure.layout((place.width().into(), place.height().into()), &fonts::width);
                for (text, rect) in laid_out(&layout) {
                    let rect = rect.translate(place.min.to_vec2());
                    // What is seen of letters is less high than their line.
                    let near = |other: &Rect| {
                        let [across, down] = [rect.left() - other.left(), rect.center().y - other.center().y];
                        across.abs() < 2.5 && down.abs() < 5.0
                    };
                    if window.ctx.content_rect().contains_rect(rect)
                        && !drawn.iter().any(|(drawn, other)| *drawn == text && near(other))
                    {
                        wrong.push(format!(
                            "{page:?}, {}: “{text}” at {rect:?}: {drawn:?}",
                            figure.head.title
                        ));
                    }
                }
                // In a file nothing covers anything either.
                let page_texts = laid_out(&figure.page());
                for (one, (text, rect)) in page_texts.iter().enumerate() {
                    for (other, place) in &page_texts[..one] {
                        let both = rect.intersect(*place);
                        if both.width() > 1.5 && both.height() > 3.5 {
                            wrong.push(format!("{}, saved: “{text}” over “{other}”", figure.head.title));
                        }
                    }
                }
            }
        }
        apply(&mut window, Command::NextLanguage);
    }
    assert!(seen > 20, "{seen}");
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

/// Every saved picture names its plan, the day and the version, and leaves nothing out for want of room.
#[test]
fn a_saved_picture_is_whole_and_says_what_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window();
    let (mut cut, mut seen) = (Vec::new(), 0);
    for _ in 0..2 {
        for page in [Page::Plan, Page::Money, Page::Equity] {
            apply(&mut window, Command::Show(page));
            chart_data::ask(&window.ctx);
            window.step();
            for figure in chart_data::shown(&window.ctx) {
                let path = folder.path().join(format!("{seen}.svg"));
                let format = rollcall::report::figure::Format::Svg;
                apply(&mut window, Command::AskSaveFigure(figure.clone(), format));
                apply(&mut window, Command::SaveFigure(path.clone(), format));
                let svg = std::fs::read_to_string(&path).expect("a picture");
                seen += 1;
                for said in ["Senegal: balanced", env!("CARGO_PKG_VERSION"), "Rollcall", "20"] {
                    assert!(svg.contains(said), "{}: no {said}", figure.head.title);
                }
                let day = svg.split(|letter: char| !(letter.is_ascii_digit() || letter == '-'));
                assert!(
                    day.clone()
                        .any(|word| word.len() == 10 && word.matches('-').count() == 2),
                    "no day"
                );
                cut.extend(
                    svg.lines()
                        .filter(|line| line.contains('…'))
                        .map(|line| format!("{}: {line}", figure.head.title)),
                );
                for label in labels(&figure) {
                    let plain = label.replace('&', "&amp;");
                    assert!(svg.contains(&plain), "{}: no {label} in the picture", figure.head.title);
                }
            }
        }
        apply(&mut window, Command::NextLanguage);
    }
    assert!(seen >= 20 && cut.is_empty(), "{seen}: {cut:?}");
    // A picture of points says the same in its text.
    apply(&mut window, Command::Show(Page::Plan));
    chart_data::ask(&window.ctx);
    window.step();
    let figure = chart_data::shown(&window.ctx).remove(0);
    let path = folder.path().join("a.png");
    let format = rollcall::report::figure::Format::Png;
    apply(&mut window, Command::AskSaveFigure(figure, format));
    apply(&mut window, Command::SaveFigure(path.clone(), format));
    let file = std::io::BufReader::new(std::fs::File::open(&path).expect("a file"));
    let reader = png::Decoder::new(file).read_info().expect("a PNG");
    let texts = &reader.info().utf8_text;
    let said = texts
        .iter()
        .find(|text| text.keyword == "Description")
        .expect("a description");
    assert!(said.get_text().expect("text").contains("Senegal: balanced"));
}

/// The room's question and its answer are drawn on one axis.
#[test]
fn the_answer_has_the_axis_of_the_question() {
    let mut window = window();
    apply(&mut window, Command::Open(PathBuf::from("senegal/devices_first.ron")));
    apply(&mut window, Command::Present);
    for _ in 0..2 {
        window.key_press(eframe::egui::Key::ArrowRight);
        window.run();
    }
    let axis = |window: &Window| {
        let place = window.query_all_by_role(Role::Figure).next().expect("a chart").rect();
        let drawn = painted(window, place);
        let ticks: Vec<String> = drawn
            .into_iter()
            .map(|(text, _)| text)
            .filter(|text| text.parse::<u16>().is_ok_and(|tick| tick <= 100))
            .collect();
        ticks
    };
    window.key_press(eframe::egui::Key::P);
    window.run();
    let asked = axis(&window);
    window.key_press(eframe::egui::Key::R);
    window.run();
    assert_eq!(asked, ["0", "25", "50", "75", "100"]);
    assert_eq!(asked, axis(&window));
}

/// Nothing covers anything on a presented screen, whatever the title and the language.
#[test]
fn a_presented_screen_keeps_its_texts_apart() {
    let mut window = window();
    let mut wrong = Vec::new();
    let mut scenario = (**window.state().scenario().expect("a scenario")).clone();
    scenario.title = "République de la Savane, Ministère de l’Éducation nationale : plan national de connectivité et d’équipement numérique des écoles élémentaires et moyennes 2027-2030, variante B révisée après arbitrage budgétaire du Conseil interministériel".into();
    apply(
        &mut window,
        Command::Change {
            scenario: scenario.into(),
            what: "title".into(),
            dragged: None,
        },
    );
    for size in [vec2(1366.0, 768.0), vec2(1280.0, 800.0), vec2(1920.0, 1080.0)] {
        window.set_size(size);
        window.run();
        apply(&mut window, Command::Present);
        window.run();
        // The screen is fitted by zoom.
        let zoom = window.ctx.zoom_factor();
        window.set_size(size / zoom);
        window.run();
        for screen in 0..7 {
            for lever in 0..16 {
                let place = window.ctx.content_rect();
                let drawn = painted(&window, place);
                for (one, (text, rect)) in drawn.iter().enumerate() {
                    for (other, place) in &drawn[..one] {
                        let both = rect.intersect(*place);
                        if both.width() > 1.5 && both.height() > 3.5 {
                            wrong.push(format!(
                                "{size:?}, screen {screen}, lever {lever}: “{text}” over “{other}”"
                            ));
                        }
                    }
                }
                if drawn.iter().any(|(text, _)| text.contains('…')) {
                    wrong.push(format!("{size:?}, screen {screen}, lever {lever}: cut {drawn:?}"));
                }
                if screen > 0 {
                    break;
                }
                window.key_press(eframe::egui::Key::ArrowDown);
                window.run();
            }
            window.key_press(eframe::egui::Key::ArrowRight);
            window.run();
        }
        apply(&mut window, Command::Present);
        apply(&mut window, Command::NextLanguage);
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}
