//! A level that a country's figures lack: said on every page and in every export until it is filled in the window.

use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;
use rollcall::app::Page;
use rollcall::app::command::Command;
use rollcall::scenario::{Group, Level};

use super::harness::{Window, window_on, write};

use super::{Said, said};
/// A plan for Kenya, whose upper secondary schools no table has.
fn kenya() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kenya.ron").display().to_string();
    let Said { code, err, .. } = said(&["new", "KEN", "--out", &path]);
    assert_eq!(code, 0, "{err}");
    assert!(
        err.contains("no published data for upper secondary, left out") && err.contains("“Add upper secondary…”"),
        "{err}"
    );
    (folder, path)
}

fn window(path: &str) -> Window {
    window_on(path)
}

#[test]
fn a_missing_level_stays_in_sight_and_is_filled_in_the_window() {
    let (_folder, path) = kenya();
    let mut window = window(&path);
    let said = "Without upper secondary: the figures of Kenya have none";
    let context = window.ctx.clone();
    for page in Page::ALL {
        window.state_mut().apply(Command::Show(page), &context);
        window.run();
        window.get_by_label_contains(said);
        window.get_by_label_contains("Reach, primary and lower secondary");
        assert!(window.query_by_label_contains("all learners").is_none());
    }
    // The room sees it too.
    window.state_mut().apply(Command::Present, &context);
    window.run();
    window.get_by_label_contains(said);
    window.state_mut().apply(Command::Present, &context);
    window.run();
    window
        .get_by_role_and_label(Role::Button, "Add upper secondary…")
        .click();
    window.run();
    let before = window.state().scenario().expect("a scenario").clone();
    write(&mut window, "Learners", "1,500,000");
    write(&mut window, "Schools", "4 000");
    write(&mut window, "Year observed", "2024");
    write(&mut window, "Source", "Statistical yearbook");
    window.get_by_role_and_label(Role::Button, "Add the level").click();
    window.run();
    let after = window.state().scenario().expect("a scenario").clone();
    let country = &after.country;
    assert_eq!(
        country.levels.iter().map(|data| data.level).collect::<Vec<_>>(),
        Level::ALL
    );
    let own: Vec<&Group> = country
        .groups
        .iter()
        .filter(|group| group.level == Level::UpperSecondary)
        .collect();
    let learners: f64 = own.iter().map(|group| group.learners.value).sum();
    assert!((learners - 1_500_000.0).abs() < 1.0 && own.len() == 2, "{learners}");
    assert!(
        own.iter()
            .all(|group| group.grid.passport.as_ref().is_some_and(|p| p.low_confidence))
    );
    assert_eq!(after.plan, before.plan);
    assert!(window.query_by_label_contains(said).is_none());
    window.get_by_label_contains("Reach, all learners");
    window.get_by_label_contains("This edit: upper secondary added, 1\u{202f}500\u{202f}000 learners");
    // One step of undo takes it back.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(window.state().scenario(), Some(&before));
    window.get_by_label_contains(said);
}

#[test]
fn texts_and_tables_say_which_level_is_in_no_number() {
    let (folder, path) = kenya();
    let out = folder.path().join("out");
    let Said { code, out: text, .. } = said(&["run", &path, "--out", &out.display().to_string()]);
    assert_eq!(code, 0);
    assert!(text.contains("Kenya (KEN), without upper secondary"), "{text}");
    assert!(text.contains("Targets, without upper secondary"), "{text}");
    let kept = std::fs::read_to_string(out.join("run.ron")).expect("run.ron");
    assert!(kept.contains("without: \"upper_secondary\""), "{kept}");
    let Said { code, out: text, .. } = said(&["compare", &path, "senegal/balanced.ron"]);
    assert_eq!(code, 0);
    assert!(text.contains("kenya.ron (base), without upper secondary: "), "{text}");
    assert!(text.contains("Note: the levels differ"), "{text}");
    let said = said(&["run", "senegal/balanced.ron"]);
    assert!(!said.out.contains("without"), "{}", said.out);
}

#[test]
fn what_is_saved_of_a_chart_says_it_too() {
    let (folder, path) = kenya();
    let mut window = window(&path);
    let (chart, context) = (folder.path().join("reach.csv"), window.ctx.clone());
    window.state_mut().apply(Command::Palette, &context);
    window.run();
    window
        .get_by_role_and_label(Role::TextInput, "Command palette")
        .type_text("csv reach device");
    window.run();
    window.key_press(Key::Enter);
    window.run();
    window.state_mut().apply(
        Command::SaveFigure(chart.clone(), rollcall::report::figure::Format::Csv),
        &context,
    );
    window.run();
    let csv = std::fs::read_to_string(chart).expect("the chart's numbers");
    assert!(csv.starts_with("year,series,value,unit,source\n"), "{csv}");
    assert!(
        csv.lines()
            .nth(1)
            .is_some_and(|line| line.contains("Kenya without upper secondary")),
        "{csv}"
    );
    let svg = folder.path().join("reach.svg");
    window.state_mut().apply(
        Command::SaveFigure(svg.clone(), rollcall::report::figure::Format::Svg),
        &context,
    );
    window.run();
    let svg = std::fs::read_to_string(svg).expect("the chart");
    assert!(svg.contains("Kenya without upper secondary"));
}
