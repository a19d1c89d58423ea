//! What survives: a crash at any moment, a restart, a change on disk, a second window, damage.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

use eframe::egui::{self, Event, Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::command::Command;
use rollcall::data::store::sha256;
use rollcall::scenario::text::write_scenario;

use super::harness::{EXAMPLE, Window, app_at, apply, house, power, powered, press, window_of};

const SENEGAL: &str = "senegal/balanced.ron";
fn window(home: &Path, path: Option<&Path>) -> Window {
    window_of(app_at(home, path))
}

fn close_to(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

fn undo_until_the_start(window: &mut Window) -> usize {
    let mut steps = 0;
    while !window
        .get_by_role_and_label(Role::Button, "Undo")
        .accesskit_node()
        .is_disabled()
    {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run();
        steps += 1;
    }
    steps
}

fn on_disk(plan: &Path) -> f64 {
    let read = rollcall::data::store::open(plan).scenario.expect("a whole file");
    crate::harness::lever("plan.power.powered")
        .get(&read)
        .expect("power is in the plan")
}

fn journals(home: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(home.join("journals")).expect("the folder");
    let mut found: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    found.retain(|path| path.extension().is_some_and(|ending| ending == "journal"));
    found
}

#[test]
fn undo_and_redo_work_across_a_restart() {
    let (_folder, home, plan) = house();
    let mut first = window(&home, Some(&plan));
    apply(&mut first, power(0.5));
    apply(&mut first, power(0.6));
    apply(&mut first, Command::Save);
    apply(&mut first, power(0.7));
    apply(&mut first, Command::Undo);
    assert!(!first.state().is_changed());
    drop(first);
    // Nothing was lost, so nothing is offered; the file that was open is open again.
    let mut second = window(&home, None);
    assert!(
        second
            .query_by_label("The program was closed with unsaved work")
            .is_none()
    );
    assert!(close_to(powered(&second), 0.6));
    second.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    second.run();
    assert!(close_to(powered(&second), 0.7));
    assert_eq!(undo_until_the_start(&mut second), 3);
    assert!(close_to(powered(&second), 0.9));
}

#[test]
fn a_history_is_not_taken_up_for_a_file_that_others_have_written() {
    let (_folder, home, plan) = house();
    let mut first = window(&home, Some(&plan));
    apply(&mut first, power(0.5));
    apply(&mut first, Command::Save);
    drop(first);
    std::fs::copy(EXAMPLE, &plan).expect("another text");
    let mut second = window(&home, Some(&plan));
    assert_eq!(undo_until_the_start(&mut second), 0);
    assert!(close_to(powered(&second), 0.9));
}

#[test]
fn what_was_not_saved_by_mistake_is_one_undo_away() {
    for plan in [None, Some(())] {
        let (_folder, home, file) = house();
        let path = plan.map_or(PathBuf::from(SENEGAL), |()| file);
        let mut first = window(&home, Some(&path));
        let before = powered(&first);
        apply(&mut first, power(0.42));
        apply(&mut first, Command::CloseThis);
        press(&mut first, "Do not save");
        assert!(first.state().documents().is_empty());
        drop(first);
        let mut second = window(&home, Some(&path));
        assert!(close_to(powered(&second), before));
        apply(&mut second, Command::Undo);
        assert!(close_to(powered(&second), 0.42), "{path:?}");
    }
}

#[test]
fn unsaved_work_is_offered_and_nothing_is_written_before_saving() {
    let (_folder, home, plan) = house();
    let mut first = window(&home, Some(&plan));
    apply(&mut first, power(0.5));
    apply(&mut first, Command::Duplicate);
    apply(&mut first, power(0.3));
    drop(first);
    let mut second = window(&home, Some(&plan));
    second.get_by_label("The program was closed with unsaved work");
    assert!(close_to(powered(&second), 0.9), "the file is shown as it is");
    press(&mut second, "Recover plan.ron");
    assert!(close_to(powered(&second), 0.5));
    assert!(close_to(on_disk(&plan), 0.9), "recovering writes nothing");
    press(&mut second, "Recover copy of plan.ron");
    assert!(close_to(powered(&second), 0.3));
    assert!(second.state().is_changed());
    assert_eq!(second.state().documents().len(), 2, "the file itself is open once");
    apply(&mut second, Command::Switch(0));
    apply(&mut second, Command::Save);
    assert!(close_to(on_disk(&plan), 0.5));
    assert_eq!(undo_until_the_start(&mut second), 1);
}

#[test]
fn work_that_is_looked_at_later_stays_and_what_is_discarded_goes() {
    let (_folder, home, plan) = house();
    let mut first = window(&home, Some(&plan));
    apply(&mut first, power(0.5));
    drop(first);
    let mut second = window(&home, Some(&plan));
    press(&mut second, "Look later at plan.ron");
    // New work on the same file does not displace what waits.
    apply(&mut second, power(0.2));
    apply(&mut second, Command::Save);
    drop(second);
    let mut third = window(&home, Some(&plan));
    press(&mut third, "Recover plan.ron");
    assert!(close_to(powered(&third), 0.5));
    // The file has been saved since: saving over it asks.
    apply(&mut third, Command::Save);
    third.get_by_label("plan.ron was changed on disk by another program");
    assert!(close_to(on_disk(&plan), 0.2));
    press(&mut third, "Cancel");
    drop(third);
    let mut fourth = window(&home, Some(&plan));
    press(&mut fourth, "Discard plan.ron");
    assert!(
        fourth
            .query_by_label("The program was closed with unsaved work")
            .is_none()
    );
    drop(fourth);
    let fifth = window(&home, Some(&plan));
    assert!(
        fifth
            .query_by_label("The program was closed with unsaved work")
            .is_none()
    );
}

#[test]
fn a_change_on_disk_is_noticed_and_either_side_can_be_kept() {
    for take in [true, false] {
        let (_folder, home, plan) = house();
        let mut mine = window(&home, Some(&plan));
        apply(&mut mine, power(0.5));
        let text = std::fs::read_to_string(EXAMPLE).expect("the example");
        std::fs::write(&plan, text.replacen("2030: 0.9", "2030: 0.75", 1)).expect("theirs");
        mine.event(Event::WindowFocused(true));
        mine.run();
        mine.get_by_label("plan.ron was changed on disk by another program");
        if take {
            press(&mut mine, "Take theirs");
            assert!(close_to(powered(&mine), 0.75) && !mine.state().is_changed());
            apply(&mut mine, Command::Undo);
            assert!(close_to(powered(&mine), 0.5), "mine is one undo away");
        } else {
            press(&mut mine, "Keep mine");
            assert!(close_to(powered(&mine), 0.5) && mine.state().is_changed());
            assert!(close_to(on_disk(&plan), 0.75));
            apply(&mut mine, Command::Save);
            assert!(close_to(on_disk(&plan), 0.5), "asked once, not twice");
        }
    }
}

#[test]
fn saving_over_what_others_have_written_asks_first() {
    let (folder, home, plan) = house();
    let mut mine = window(&home, Some(&plan));
    apply(&mut mine, power(0.5));
    std::fs::write(&plan, "not a scenario").expect("theirs");
    apply(&mut mine, Command::Save);
    assert_eq!(std::fs::read_to_string(&plan).expect("theirs"), "not a scenario");
    press(&mut mine, "Take theirs");
    mine.get_by_label_contains("plan.ron could not be opened");
    press(&mut mine, "Close");
    assert!(close_to(powered(&mine), 0.5), "mine is still there");
    apply(&mut mine, Command::Save);
    press(&mut mine, "Save mine under another name");
    let other = folder.path().join("mine.ron");
    apply(&mut mine, Command::SaveAs(other.clone()));
    assert!(close_to(on_disk(&other), 0.5));
    assert_eq!(std::fs::read_to_string(&plan).expect("theirs"), "not a scenario");
    // A name that another file has is asked about.
    apply(&mut mine, power(0.6));
    apply(&mut mine, Command::SaveAs(plan.clone()));
    mine.get_by_label("Replace plan.ron?");
    assert_eq!(std::fs::read_to_string(&plan).expect("theirs"), "not a scenario");
    press(&mut mine, "Replace it");
    assert!(close_to(on_disk(&plan), 0.6));
}

#[test]
fn a_file_that_was_deleted_is_not_lost() {
    let (_folder, home, plan) = house();
    let mut mine = window(&home, Some(&plan));
    std::fs::remove_file(&plan).expect("gone");
    mine.event(Event::WindowFocused(true));
    mine.run();
    assert!(mine.state().is_changed(), "the window holds the only copy");
    apply(&mut mine, Command::Save);
    assert!(close_to(on_disk(&plan), 0.9) && !mine.state().is_changed());
}

#[test]
fn a_second_window_on_one_plan_is_told() {
    let (_folder, home, plan) = house();
    let mut first = window(&home, Some(&plan));
    let mut second = window(&home, Some(&plan));
    second.get_by_label("plan.ron is open in another window");
    // It says which plan, and what to do; the number of a process says nothing to a person.
    second.get_by_label("Example country: all components");
    second.get_by_label(&plan.display().to_string());
    second.get_by_label_contains("go on there, or close it there first");
    assert!(
        second
            .query_by_label_contains(&std::process::id().to_string())
            .is_none()
    );
    press(&mut second, "Open a copy");
    assert!(
        second
            .state()
            .documents()
            .last()
            .expect("a copy")
            .name
            .starts_with("copy of")
    );
    assert!(second.state().is_changed(), "no file holds the copy");
    apply(&mut second, Command::Open(plan.clone()));
    press(&mut second, "Open anyway");
    apply(&mut second, power(0.4));
    apply(&mut second, Command::Save);
    apply(&mut first, power(0.5));
    apply(&mut first, Command::Save);
    first.get_by_label("plan.ron was changed on disk by another program");
    assert!(close_to(on_disk(&plan), 0.4));
}

#[test]
fn the_lock_of_a_dead_program_is_no_lock() {
    let (_folder, home, plan) = house();
    let mut first = window(&home, Some(&plan));
    apply(&mut first, power(0.5));
    apply(&mut first, Command::Save);
    drop(first);
    let lock = journals(&home)[0].with_extension("lock");
    std::fs::write(&lock, "4000000").expect("the lock of a process that is gone");
    let mut second = window(&home, Some(&plan));
    assert!(second.query_by_label("plan.ron is open in another window").is_none());
    assert_eq!(undo_until_the_start(&mut second), 1);
}

#[test]
fn work_goes_on_where_nothing_can_be_kept_and_it_is_said_once() {
    // A file where the folder should be: neither settings nor journals can be written.
    let (_folder, home, plan) = house();
    std::fs::write(&home, "in the way").expect("a file");
    let mut window = window(&home, Some(&plan));
    window.get_by_label_contains("nothing is kept against a crash");
    press(&mut window, "Close");
    apply(&mut window, power(0.5));
    apply(&mut window, Command::Save);
    assert!(close_to(on_disk(&plan), 0.5));
    window.run();
    assert!(
        window
            .query_by_label_contains("nothing is kept against a crash")
            .is_none()
    );
}

#[test]
fn a_journal_that_cannot_be_written_is_said_once_and_work_goes_on() {
    let (_folder, home, plan) = house();
    let mut window = window(&home, Some(&plan));
    // A folder where the journal should be: as with a full disk, it opens and cannot be written.
    let lock = std::fs::read_dir(home.join("journals")).expect("the folder").next();
    let lock = lock.expect("a lock").expect("an entry").path();
    std::fs::create_dir(lock.with_extension("journal")).expect("in the way");
    apply(&mut window, power(0.5));
    let start = Instant::now();
    while window
        .query_by_label_contains("nothing is kept against a crash")
        .is_none()
    {
        assert!(start.elapsed() < Duration::from_secs(10), "it is said");
        window.run();
    }
    press(&mut window, "Close");
    for value in [0.6, 0.7] {
        apply(&mut window, power(value));
        std::thread::sleep(Duration::from_millis(1200));
        window.run();
        assert!(
            window
                .query_by_label_contains("nothing is kept against a crash")
                .is_none()
        );
    }
    apply(&mut window, Command::Save);
    assert!(close_to(on_disk(&plan), 0.7));
}

#[test]
fn of_a_journal_cut_anywhere_what_can_be_read_is_offered() {
    let (_folder, home, plan) = house();
    let mut first = window(&home, Some(&plan));
    for step in 1..=10 {
        apply(&mut first, power(0.3 + 0.05 * f64::from(step)));
    }
    apply(&mut first, Command::Undo);
    drop(first);
    let journal = journals(&home).remove(0);
    let whole = std::fs::read(&journal).expect("the journal");
    let shelf = rollcall::app::journal::Shelf::new(home.join("journals")).expect("the folder");
    let (mut offered, mut most) = (0, 0);
    for cut in (0..whole.len()).step_by(97).chain([whole.len() - 1, whole.len()]) {
        std::fs::write(&journal, &whole[..cut]).expect("cut");
        let rollcall::app::journal::Found { left, damaged, .. } = shelf.look();
        assert_eq!(left.len() + damaged.len(), 1, "cut at {cut}");
        if let Some(left) = left.first() {
            let (_slot, read) = shelf.recover(left).expect("what is offered can be had");
            let (now, edits) = (read.present.scenario().expect("a scenario"), read.steps.len());
            assert!(
                close_to(
                    crate::harness::lever("plan.power.powered").get(&now).expect("power"),
                    0.75
                ),
                "cut at {cut}"
            );
            assert_eq!(edits + read.lost, 10, "cut at {cut}");
            assert!(edits >= most, "a longer piece never gives less");
            most = edits;
            offered += 1;
        } else {
            std::fs::remove_file(&damaged[0]).expect("set aside");
        }
    }
    assert!(offered > 2 && most == 10);
    // A flipped bit in the text is found too.
    let mut flipped = whole.clone();
    flipped[whole.len() / 3] ^= 1;
    std::fs::write(&journal, &flipped).expect("flipped");
    let second = window(&home, Some(&plan));
    second.get_by_label_contains("damaged beyond reading");
}

/// A step whose text is whole but no scenario is found out when it is travelled to: it is counted, with all beyond it.
#[test]
fn a_step_that_cannot_be_read_is_counted_when_it_is_reached() {
    let (_folder, home, plan) = house();
    let mut first = window(&home, Some(&plan));
    for value in [0.5, 0.6, 0.7, 0.8] {
        apply(&mut first, power(value));
    }
    drop(first);
    let journal = journals(&home).remove(0);
    let text = std::fs::read_to_string(&journal).expect("the journal");
    // The state between both edits is spoiled in such a way that all texts follow from each other and all sums are right.
    let spoil = |line: &str| {
        let (_, record) = line.split_once(' ').expect("a sum before each record");
        let spoiled = if record.contains("50 % → 60 %") {
            record.replacen("after:\"6\"", "after:\"x\"", 1)
        } else if record.contains("60 % → 70 %") {
            record.replacen("before:\"6\"", "before:\"x\"", 1)
        } else {
            return line.to_owned();
        };
        assert_ne!(record, spoiled);
        format!("{} {spoiled}", &sha256(spoiled.as_bytes())[..8])
    };
    let spoiled: Vec<String> = text.lines().map(spoil).collect();
    std::fs::write(&journal, spoiled.join("\n") + "\n").expect("spoiled");
    let mut second = window(&home, Some(&plan));
    press(&mut second, "Recover plan.ron");
    assert!(close_to(powered(&second), 0.8));
    apply(&mut second, Command::Undo);
    assert!(close_to(powered(&second), 0.7));
    apply(&mut second, Command::Undo);
    second.get_by_label_contains("Edits of plan.ron that could not be read: 3.");
    assert!(close_to(powered(&second), 0.7), "nothing is shown that was never there");
    press(&mut second, "Close");
    assert_eq!(undo_until_the_start(&mut second), 0);
    apply(&mut second, Command::Redo);
    assert!(close_to(powered(&second), 0.8));
}

/// Two hundred edits of Senegal take little room, and every one of them can be undone after a restart.
#[test]
fn a_long_history_is_small() {
    let (_folder, home, _) = house();
    let mut first = window(&home, Some(Path::new(SENEGAL)));
    let context = first.ctx.clone();
    let mut states = vec![write_scenario(first.state().scenario().expect("Senegal"), false)];
    for edit in 0..200_u32 {
        let levers = [
            crate::harness::lever("plan.power.powered"),
            crate::harness::lever("plan.links.connected"),
            crate::harness::lever("plan.training.ready"),
            crate::harness::lever("plan.devices.equipped"),
        ];
        let command = Command::SetLever {
            lever: levers[edit as usize % 4],
            value: 0.2 + 0.003 * f64::from(edit),
            more: false,
        };
        first.state_mut().apply(command, &context);
        states.push(write_scenario(first.state().scenario().expect("Senegal"), false));
    }
    drop(first);
    let size = std::fs::metadata(&journals(&home)[0]).expect("a journal").len();
    println!("200 edits of Senegal: {size} bytes");
    assert!(size < 100_000, "{size}");
    let mut second = window(&home, Some(Path::new(SENEGAL)));
    let start = Instant::now();
    press(&mut second, "Recover balanced.ron");
    println!("recovered in {:?}", start.elapsed());
    for expected in states.iter().rev() {
        assert_eq!(
            write_scenario(second.state().scenario().expect("Senegal"), false),
            *expected
        );
        let context = second.ctx.clone();
        second.state_mut().apply(Command::Undo, &context);
    }
}

#[test]
fn recent_files_theme_and_zoom_are_remembered() {
    let (folder, home, plan) = house();
    let other = folder.path().join("other.ron");
    std::fs::copy(EXAMPLE, &other).expect("another");
    let mut first = window(&home, Some(&plan));
    apply(&mut first, Command::Open(other.clone()));
    apply(&mut first, Command::ToggleTheme);
    apply(&mut first, Command::ZoomIn);
    let zoom = first.ctx.zoom_factor();
    apply(&mut first, Command::CloseThis);
    drop(first);
    let mut second = window(&home, None);
    assert_eq!(second.state().documents().len(), 1);
    assert_eq!(second.ctx.theme(), egui::Theme::Dark);
    assert_eq!(second.ctx.zoom_factor(), zoom);
    press(&mut second, "File");
    second.get_by_label_contains("Open recent").click();
    second.run();
    second.get_by_label_contains("other.ron ").click();
    second.run();
    assert_eq!(second.state().document().expect("open").name, "other.ron");
    // Damaged settings are no reason not to start.
    drop(second);
    std::fs::write(home.join("settings.ron"), "(version: 9, theme: Sepia)").expect("newer");
    let third = window(&home, Some(&plan));
    third.get_by_label_contains("written by a newer version");
    assert!(home.join("settings.ron.newer-1").exists());
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the path is enough".into())
    }
}

#[test]
fn a_file_dropped_on_the_window_is_opened() {
    let (folder, home, plan) = house();
    let mut window = window(&home, Some(Path::new(SENEGAL)));
    window
        .input_mut()
        .dropped_files
        .push(std::sync::Arc::new(Dropped(plan)));
    window.run();
    assert_eq!(window.state().document().expect("open").name, "plan.ron");
    let table = Dropped(folder.path().join("table.pdf"));
    window.input_mut().dropped_files.push(std::sync::Arc::new(table));
    window.run();
    window.get_by_label_contains("table.pdf is not a scenario");
}

#[test]
fn the_file_menu_duplicates_and_reverts() {
    let (_folder, home, plan) = house();
    let mut window = window(&home, Some(&plan));
    apply(&mut window, power(0.5));
    press(&mut window, "File");
    press(&mut window, "Revert to saved");
    assert!(close_to(powered(&window), 0.9));
    apply(&mut window, Command::Undo);
    assert!(close_to(powered(&window), 0.5));
    press(&mut window, "File");
    press(&mut window, "Duplicate");
    assert_eq!(window.state().document().expect("a copy").name, "copy of plan.ron");
}

#[test]
fn a_country_kept_in_another_file_goes_inline_once_it_is_edited() {
    let (folder, home, _) = house();
    let text = include_str!("../../scenarios/senegal/balanced.ron").replace("../countries/senegal.ron", "senegal.ron");
    let plan = folder.path().join("senegal_plan.ron");
    std::fs::write(&plan, text).expect("a plan");
    std::fs::write(
        folder.path().join("senegal.ron"),
        include_str!("../../scenarios/countries/senegal.ron"),
    )
    .expect("a country");
    let mut window = window(&home, Some(&plan));
    apply(&mut window, power(0.5));
    apply(&mut window, Command::Save);
    assert!(std::fs::read_to_string(&plan).expect("saved").contains("File("));
    let mut edited = window.state().scenario().expect("a scenario").as_ref().clone();
    edited.country.economy.gdp.value *= 2.0;
    let gdp = edited.country.economy.gdp.value;
    apply(
        &mut window,
        Command::Change {
            scenario: edited.into(),
            what: "GDP".into(),
            dragged: None,
        },
    );
    apply(&mut window, Command::Save);
    let read = rollcall::data::store::open(&plan).scenario.expect("a scenario");
    assert_eq!(read.country.economy.gdp.value, gdp);
}

const KILLED: &str = "ROLLCALL_TEST_KILLED";

/// Edits and saves without end, and writes down what it has, until it is killed. Run by the test below.
#[test]
#[ignore = "runs until it is killed"]
fn works_until_it_is_killed() {
    let Some(folder) = std::env::var_os(KILLED).map(PathBuf::from) else {
        return;
    };
    let context = egui::Context::default();
    let mut app = app_at(&folder.join("home"), Some(&folder.join("plan.ron")));
    let mut log = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("log"))
        .expect("a log");
    let mut seed = u64::from(std::process::id());
    loop {
        let text = write_scenario(app.scenario().expect("a scenario"), false);
        writeln!(log, "{}", sha256(text.as_bytes())).expect("a line");
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let dice = (seed >> 33) % 1000;
        #[allow(clippy::cast_precision_loss)]
        let value = dice as f64 / 1000.0;
        let command = match dice % 10 {
            0 => Command::Save,
            1 => Command::Undo,
            2 => Command::Redo,
            _ => power(value),
        };
        app.apply(command, &context);
    }
}

#[test]
fn a_kill_at_any_moment_loses_at_most_two_seconds() {
    let (folder, home, plan) = house();
    let mut ahead = 0;
    for round in 0..22_u64 {
        drop(std::fs::remove_file(folder.path().join("log")));
        drop(std::fs::remove_dir_all(&home));
        let mut child = Process::new(std::env::current_exe().expect("this program"))
            .args([
                "--exact",
                "journal::works_until_it_is_killed",
                "--ignored",
                "--nocapture",
            ])
            .env(KILLED, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child");
        // Each line is written down with the time at which it was seen.
        let mut seen: BTreeMap<usize, Instant> = BTreeMap::new();
        let (born, life) = (Instant::now(), Duration::from_millis(100 + round * 120));
        let mut first = None;
        while first.is_none_or(|first: Instant| first.elapsed() < life) {
            let lines = std::fs::read_to_string(folder.path().join("log")).map_or(0, |log| log.lines().count());
            if lines > 0 {
                first = first.or(Some(Instant::now()));
                seen.entry(lines).or_insert_with(Instant::now);
            }
            assert!(born.elapsed() < Duration::from_mins(1), "the child works");
            std::thread::sleep(Duration::from_millis(5));
        }
        let killed = Instant::now();
        child.kill().expect("killed");
        child.wait().expect("gone");
        let log = std::fs::read_to_string(folder.path().join("log")).expect("the log");
        let log: Vec<&str> = log.lines().collect();
        // What was already there two seconds before the end.
        let safe = seen
            .iter()
            .filter(|(_, at)| killed.duration_since(**at) > Duration::from_secs(2));
        let safe = safe.map(|(lines, _)| *lines).max().unwrap_or(0);
        assert!(
            rollcall::data::store::open(&plan).scenario.is_some(),
            "the file is whole"
        );
        let mut after = app_at(&home, Some(&plan));
        let context = egui::Context::default();
        after.apply(Command::Recover(0), &context);
        let text = write_scenario(after.scenario().expect("a scenario"), false);
        let hash = sha256(text.as_bytes());
        match log.iter().rposition(|line| *line == hash) {
            Some(last) => assert!(
                last + 1 >= safe,
                "round {round}: state {last} of {}, {safe} were safe",
                log.len()
            ),
            // The very last edit may have been kept before it was written down.
            None => ahead += 1,
        }
    }
    assert!(ahead <= 3, "{ahead} states were never written down");
}
