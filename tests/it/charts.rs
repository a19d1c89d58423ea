//! What a person can take out of a chart: its table, the clipboard, a file.

use std::path::{Path, PathBuf};

use eframe::egui::{Key, Modifiers, OutputCommand, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::command::Command;
use rollcall::report::figure::{
    Axis, Band, Bar, Body, Figure, Format, Head, Look, Series, Stamp, Style, Target, WordRow,
};
use rollcall::units::NumberFormat;

use super::harness::{EXAMPLE, Window, window_on};

const REACH: &str = "Reach: device, link, power, ready teacher";
/// A window on a copy of the example in a folder of its own.
fn window() -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plan.ron");
    std::fs::copy(EXAMPLE, &path).expect("a copy");
    let window = window_on(path);
    (folder, window)
}

/// Opens a chart's menu and chooses.
fn choose(window: &mut Window, title: &str, item: &str) {
    window
        .get_by_role_and_label(Role::Button, &format!("Menu of {title}"))
        .click();
    window.run();
    window.get_by_label(item).click();
    window.run();
}

/// Answers the question for a path.
fn answer(window: &mut Window, path: &Path) {
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
}

fn proposed(window: &Window) -> PathBuf {
    let field = window.get_by_role_and_label(Role::TextInput, "File");
    PathBuf::from(field.accesskit_node().value().unwrap_or_default())
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a file")
}

#[test]
fn a_chart_can_be_read_as_a_table_and_turned_back() {
    let (_folder, mut window) = window();
    assert!(window.query_by_label("71.3").is_none());
    choose(&mut window, REACH, "Show as table");
    let reach = window.state().outcome().expect("results").reach.clone();
    for share in &reach {
        let number = format!("{:.1}", share * 100.0);
        let number = number.strip_suffix(".0").unwrap_or(&number).to_owned();
        assert!(window.query_all_by_label(&number).count() > 0, "{number} in the table");
    }
    assert!(window.query_all_by_label("no new plan").count() > 0);
    choose(&mut window, REACH, "Show as chart");
    assert!(window.query_all_by_label("no new plan").next().is_none());
}

#[test]
fn the_numbers_of_a_chart_are_copied_as_a_spreadsheet_takes_them() {
    let (_folder, mut window) = window();
    window
        .get_by_role_and_label(Role::Button, &format!("Menu of {REACH}"))
        .click();
    window.run();
    window.get_by_label("Copy").click();
    window.step();
    let copied = window.output().platform_output.commands.iter().find_map(|command| {
        if let OutputCommand::CopyText(text) = command {
            Some(text.clone())
        } else {
            None
        }
    });
    let copied = copied.expect("something was copied");
    let lines: Vec<&str> = copied.lines().collect();
    assert_eq!(lines[0], format!("{REACH} (% of learners)"));
    assert_eq!(lines[1], "\t2026\t2027\t2028\t2029\t2030");
    let outcome = window.state().outcome().expect("results");
    let plan: Vec<f64> = lines[2]
        .split('\t')
        .skip(1)
        .map(|number| number.parse().expect("a number"))
        .collect();
    assert_eq!(plan.len(), outcome.reach.len());
    for (copied, share) in plan.iter().zip(&outcome.reach) {
        assert!((copied / 100.0 - share).abs() < 1e-12);
    }
    assert!(copied.ends_with("base year 2026\n"), "the source goes along: {copied}");
}

#[test]
fn a_chart_is_saved_in_each_format_where_the_person_says() {
    let (folder, mut window) = window();
    choose(&mut window, REACH, "Save as CSV");
    assert_eq!(
        proposed(&window),
        folder.path().join("plan_reach_device_link_power_ready_teacher.csv"),
        "beside the scenario, under the chart's title"
    );
    let csv = folder.path().join("a.csv");
    answer(&mut window, &csv);
    window.get_by_label_contains(&format!("Chart saved as {}", csv.display()));
    let outcome = window.state().outcome().expect("results");
    let mut table = csv::Reader::from_path(&csv).expect("CSV");
    let rows: Vec<(i32, String, f64, String)> = table.deserialize().map(|row| row.expect("a row")).collect();
    for (at, year) in outcome.years.iter().enumerate() {
        for (name, values) in [("plan", &outcome.reach), ("no new plan", &outcome.reach_without)] {
            let row = rows
                .iter()
                .find(|row| row.0 == *year && row.1 == name)
                .expect("a row for each year and line");
            assert!((row.2 / 100.0 - values[at]).abs() < 1e-12);
            assert_eq!(row.3, "% of learners");
        }
    }
    assert!(!window.state().is_changed(), "a chart is no edit");

    choose(&mut window, "To do it all: the plan by component", "Save as PNG");
    let png = folder.path().join("b.png");
    answer(&mut window, &png);
    let mut reader = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(&png).expect("a file")))
        .read_info()
        .expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let about = reader.next_frame(&mut pixels).expect("a picture");
    assert_eq!((about.width, about.height), (1600, 1000));
    // Devices are a large part of each bar, in the window's colour.
    let green = [0x19, 0x7d, 0x46];
    assert!(pixels.chunks(3).filter(|pixel| *pixel == green).count() > 10_000);

    choose(&mut window, "What holds each group back", "Save as SVG");
    let svg = folder.path().join("c.svg");
    answer(&mut window, &svg);
    let svg = read(&svg);
    assert!(
        svg.contains("What holds each group back") && svg.contains("Primary rural") && svg.contains("<desc>In 2030:")
    );
}

#[test]
fn a_picture_never_replaces_a_scenario_and_a_failure_is_said() {
    let (folder, mut window) = window();
    let plan = folder.path().join("plan.ron");
    let before = read(&plan);
    choose(&mut window, REACH, "Save as SVG");
    answer(&mut window, &plan);
    assert_eq!(read(&plan), before);
    assert!(read(&folder.path().join("plan.ron.svg")).contains("<svg"));
    choose(&mut window, REACH, "Save as SVG");
    answer(&mut window, &folder.path().join("none").join("a.svg"));
    window.get_by_label_contains("Create the folder first");
    window.get_by_label("Close").click();
    window.run();
    // Given up, nothing is written; and nothing at all was asked about here.
    choose(&mut window, REACH, "Save as PNG");
    window.get_by_role_and_label(Role::Button, "Cancel").click();
    window.run();
    let context = window.ctx.clone();
    let (_other, mut fresh) = self::window();
    let stray = folder.path().join("stray.svg");
    fresh
        .state_mut()
        .apply(Command::SaveFigure(stray.clone(), Format::Svg), &context);
    assert!(!stray.exists());
}

#[test]
fn every_chart_of_the_window_has_a_menu_and_a_summary() {
    let (_folder, window) = window();
    let charts: Vec<_> = window.query_all_by_role(Role::Figure).collect();
    assert_eq!(charts.len(), 5);
    for chart in charts {
        let node = chart.accesskit_node();
        let label = node.label().unwrap_or_default();
        let title = label.rsplit_once(" (").map_or(label.as_str(), |(title, _)| title);
        window.get_by_role_and_label(Role::Button, &format!("Menu of {title}"));
        let summary = node.data().description().unwrap_or_default().to_owned();
        assert!(
            summary.chars().any(|letter| letter.is_ascii_digit()) && summary.ends_with('.'),
            "the finding of {title}: {summary}"
        );
    }
}

fn series(name: &str, values: &[f64], style: Style) -> Series {
    Series {
        name: name.into(),
        label: format!("{name} 1"),
        values: values.to_vec(),
        style,
        colour: [10, 20, 30],
        ink: [10, 20, 30],
    }
}

fn figure(years: &[i32], body: Body, (high, step): (f64, f64)) -> Figure {
    Figure {
        head: Head {
            title: "A title that is longer than the page is wide, as a person may well write one, ".repeat(3),
            unit: "unit & <more>".into(),
            source: "Source: \"x\"\tand\ny".into(),
            summary: "1 < 2 & 3.".into(),
        },
        years: years.to_vec(),
        body,
        axis: Axis { low: 0.0, high, step },
        look: Look {
            ground: [255; 3],
            grid: [200; 3],
            text: [0; 3],
            weak: [90; 3],
        },
        format: NumberFormat::SpacePoint,
        stamp: Stamp::default(),
    }
}

/// Nothing that a run can hold breaks a figure: no years, missing values, numbers that are none, odd names.
#[test]
fn odd_figures_are_drawn_all_the_same() {
    let odd = [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e300];
    let bodies = |values: &[f64]| {
        [
            Body::Lines {
                lines: vec![
                    series("a,\"b\"\tc", values, Style::Bold),
                    series("d", values, Style::Dashed),
                    series("e", values, Style::Dotted),
                ],
                target: Some(Target {
                    year: 1900,
                    value: f64::NAN,
                    label: "never".into(),
                }),
                band: Some(Band {
                    low: f64::NAN,
                    high: 1e300,
                    name: "should be".into(),
                    colour: [1, 2, 3],
                    fill: [4, 5, 6],
                }),
            },
            Body::Lines {
                lines: (0..7).map(|at| series("f", values, Style::Marked(at))).collect(),
                target: None,
                band: None,
            },
            Body::Rows {
                rows: vec![
                    Bar {
                        name: "g".into(),
                        label: "1".into(),
                        values: values.to_vec(),
                        colours: vec![[1, 2, 3]; 2],
                    };
                    40
                ],
                parts: vec![("part, one".into(), [1, 2, 3])],
                mark: Some((f64::NAN, "all".into())),
                more: "{count} more".into(),
            },
            Body::Bars {
                parts: vec![series("a", values, Style::Filled), series("b", values, Style::Hatched)],
                levels: vec![series("c", values, Style::Level), series("d", values, Style::Ghost)],
                total: "total".into(),
                after: Some("after".into()),
                legend: "legend".into(),
            },
            Body::Words(vec![WordRow {
                name: "row".repeat(40),
                cells: vec![Some(("word".into(), [1, 2, 3])), None],
            }]),
        ]
    };
    for years in [&[][..], &[2030], &[2026, 2027, 2028, 2029, 2030], &[2030; 60]] {
        for values in [&[][..], &odd[..]] {
            for body in bodies(values) {
                for axis in [(1.0, 0.25), (100.0, 25.0), (0.0, 0.0), (f64::NAN, 1.0)] {
                    let figure = figure(years, body.clone(), axis);
                    let svg = figure.svg();
                    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
                    assert!(svg.contains("<desc>1 &lt; 2 &amp; 3."));
                    assert!(figure.tabbed().ends_with("Source: \"x\" and y\n"));
                    let csv = String::from_utf8(figure.csv().expect("CSV")).expect("UTF-8");
                    let first = if matches!(figure.body, Body::Rows { .. }) {
                        "part"
                    } else {
                        "year"
                    };
                    assert!(csv.starts_with(&format!("{first},series,value,unit,source\n")) && !csv.contains("NaN"));
                }
            }
        }
    }
    for body in bodies(&odd) {
        assert!(figure(&[2026, 2027], body, (1.0, 0.25)).png().is_ok());
    }
}
