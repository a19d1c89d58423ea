//! What is kept beside the settings: again after the disk was full, safe from what others put there, and nothing left over.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use eframe::egui::{self, Role};
use egui_kittest::kittest::Queryable as _;
use rollcall::app::command::Command;
use rollcall::data::store::sha256;

use super::harness::{EXAMPLE, Window, app_at, apply, house, power, powered, press, shows, wait_for, window_of};

const UNSAVED: &str = "The program was closed with unsaved work";
fn window(home: &Path, path: Option<&Path>) -> Window {
    window_of(app_at(home, path))
}

fn in_journals(home: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(home.join("journals")).expect("the folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect()
}

/// A journal that a crash has left, with another head: each pair is replaced in it, and its sum is right.
fn forge(journal: &Path, to: &Path, changes: &[(&str, &str)]) {
    let text = fs::read_to_string(journal).expect("a journal");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let (_, head) = lines[1].split_once(' ').expect("a sum before the head");
    let head = changes.iter().fold(head.to_owned(), |head, (from, to)| {
        assert!(head.contains(from), "{head}");
        head.replace(from, to)
    });
    lines[1] = format!("{} {head}", &sha256(head.as_bytes())[..8]);
    fs::remove_file(journal).expect("gone");
    fs::write(to, lines.join("\n") + "\n").expect("forged");
}

fn place_of(home: &Path, path: &Path) -> PathBuf {
    let name = sha256(format!("file {}", path.display()).as_bytes());
    home.join("journals").join(&name[..16]).with_extension("journal")
}

#[test]
fn after_a_full_disk_keeping_goes_on_by_itself_and_says_so() {
    let (_folder, home, plan) = house();
    let mut window = window(&home, Some(&plan));
    let journal = place_of(&home, &plan.canonicalize().expect("a path"));
    // A folder in its place: as with a full disk, the journal cannot be written.
    fs::create_dir(&journal).expect("in the way");
    apply(&mut window, power(0.5));
    wait_for(&mut window, "nothing is kept against a crash");
    press(&mut window, "Close");
    assert!(shows(&window, "not kept against a crash"), "the foot goes on saying so");
    fs::remove_dir(&journal).expect("room again");
    // No edit is made.
    wait_for(&mut window, "What you do is kept against a crash again.");
    assert!(!shows(&window, "not kept against a crash"));
    assert!(fs::read_to_string(&journal).expect("kept").contains("90 % → 50 %"));
    // The next time it is said again.
    fs::remove_file(&journal).expect("gone");
    fs::create_dir(&journal).expect("in the way");
    apply(&mut window, power(0.6));
    wait_for(&mut window, "nothing is kept against a crash");
}

#[test]
fn a_place_for_a_second_plan_does_not_mend_the_journal_of_the_first() {
    let (folder, home, plan) = house();
    let mut window = window(&home, Some(&plan));
    let journal = place_of(&home, &plan.canonicalize().expect("a path"));
    fs::create_dir(&journal).expect("in the way");
    apply(&mut window, power(0.5));
    wait_for(&mut window, "nothing is kept against a crash");
    press(&mut window, "Close");
    // The second plan finds no place, as its folder is gone; then the folder is there again.
    let (second, journals, away) = (
        folder.path().join("second.ron"),
        home.join("journals"),
        home.join("away"),
    );
    fs::copy(EXAMPLE, &second).expect("a copy");
    fs::rename(&journals, &away).expect("gone");
    apply(&mut window, Command::Open(second));
    fs::rename(&away, &journals).expect("there again");
    apply(&mut window, power(0.4));
    assert!(!shows(&window, "kept against a crash again"));
    assert!(
        shows(&window, "not kept against a crash"),
        "the first is still not kept"
    );
    fs::remove_dir(&journal).expect("room again");
    wait_for(&mut window, "What you do is kept against a crash again.");
    assert!(!shows(&window, "not kept against a crash"));
}

/// Names of files are bytes on Linux, and not all bytes are text.
#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_no_text_spoils_no_settings() {
    use std::os::unix::ffi::OsStrExt as _;
    let (folder, home, plan) = house();
    let odd = folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9.ron"));
    fs::copy(EXAMPLE, &odd).expect("a copy");
    let mut first = window(&home, Some(&plan));
    apply(&mut first, Command::ToggleTheme);
    apply(&mut first, Command::Open(odd.clone()));
    apply(&mut first, power(0.5));
    apply(&mut first, Command::Save);
    drop(first);
    let second = window(&home, None);
    assert!(!shows(&second, "could not be read"));
    assert_eq!(second.ctx.theme(), egui::Theme::Dark);
    assert_eq!(second.state().document().expect("open").name, "plan.ron");
    let read = rollcall::data::store::open(&odd).scenario.expect("saved");
    assert!((crate::harness::lever("plan.power.powered").get(&read).expect("power") - 0.5).abs() < 1e-9);
}

#[test]
fn nothing_is_left_over() {
    let (_folder, home, plan) = house();
    let mut first = window(&home, Some(&plan));
    apply(&mut first, power(0.5));
    apply(&mut first, Command::Save);
    assert_eq!(in_journals(&home, "lock").len(), 1);
    drop(first);
    assert!(in_journals(&home, "lock").is_empty(), "closed in peace");
    // Killed: a lock that nobody holds, and a file that was being written.
    let (lock, half) = (home.join("journals/0123.lock"), home.join("journals/.rollcall-x.tmp"));
    for path in [&lock, &half] {
        fs::write(path, "").expect("left over");
        let file = OpenOptions::new().write(true).open(path).expect("open");
        let then = SystemTime::now() - Duration::from_hours(1);
        file.set_modified(then).expect("made old");
    }
    let second = window(&home, None);
    assert!(!lock.exists() && !half.exists());
    assert_eq!(in_journals(&home, "lock").len(), 1, "its own");
    assert!(!shows(&second, UNSAVED));
}

#[cfg(unix)]
#[test]
fn a_pipe_among_the_journals_keeps_no_window_from_opening() {
    let (_folder, home, plan) = house();
    drop(window(&home, Some(&plan)));
    let journal = place_of(&home, &plan.canonicalize().expect("a path"));
    for name in [
        journal.clone(),
        home.join("journals/0123.lock"),
        home.join("journals/0123.journal"),
    ] {
        let made = std::process::Command::new("mkfifo").arg(&name).status();
        assert!(made.is_ok_and(|made| made.success()));
    }
    let mut window = window(&home, Some(&plan));
    assert!(shows(&window, "set aside as"));
    press(&mut window, "Close");
    apply(&mut window, power(0.5));
    apply(&mut window, Command::Save);
    drop(window);
    assert!(fs::metadata(&journal).is_ok_and(|about| about.is_file()));
}

#[test]
fn a_journal_of_a_newer_program_is_told_and_stays() {
    let (_folder, home, plan) = house();
    drop(window(&home, Some(&plan)));
    let newer = home.join("journals/0123.journal");
    fs::write(&newer, "rollcall journal 2\nwhat it holds").expect("written");
    let window = window(&home, Some(&plan));
    assert!(shows(
        &window,
        "0123.journal holds work that a newer version of Rollcall has kept"
    ));
    assert!(fs::read_to_string(&newer).expect("there").ends_with("what it holds"));
}

/// A journal that names another file, in its own place or in that of the other, points at nothing and overwrites nothing.
#[test]
fn a_forged_journal_leads_to_no_other_file() {
    for in_its_place in [false, true] {
        let (folder, home, plan) = house();
        let victim = folder.path().canonicalize().expect("a path").join("notes.ron");
        fs::write(&victim, "my notes").expect("written");
        let mut first = window(&home, Some(&plan));
        apply(&mut first, power(0.5));
        drop(first);
        let journal = in_journals(&home, "journal").remove(0);
        let to = if in_its_place {
            place_of(&home, &victim)
        } else {
            journal.clone()
        };
        let own = plan.canonicalize().expect("a path").display().to_string();
        let hash = |path: &Path| sha256(&fs::read(path).expect("a file"));
        // It even knows what is in the file.
        let changes = [
            (own.as_str(), &*victim.display().to_string()),
            (&hash(&plan), &hash(&victim)),
        ];
        forge(&journal, &to, &changes);
        let mut second = window(&home, Some(&plan));
        second.get_by_label(UNSAVED);
        let path = victim.display().to_string();
        assert_eq!(shows(&second, &path), in_its_place, "it is shown which file it is for");
        assert_eq!(shows(&second, "not saved to any file yet"), !in_its_place);
        let name = if in_its_place { "notes.ron" } else { "plan.ron" };
        press(&mut second, &format!("Recover {name}"));
        assert!((powered(&second) - 0.5).abs() < 1e-9, "the work itself is there");
        if in_its_place {
            assert!(shows(&second, "notes.ron is no plan"));
            press(&mut second, "Close");
        }
        apply(&mut second, Command::Save);
        second.get_by_role_and_label(Role::TextInput, "File");
        assert_eq!(fs::read_to_string(&victim).expect("there"), "my notes");
    }
}

#[cfg(unix)]
#[test]
fn links_among_the_journals_lead_nowhere() {
    let (folder, home, plan) = house();
    drop(window(&home, Some(&plan)));
    let victim = folder.path().join("notes");
    fs::write(&victim, "my notes").expect("written");
    let journal = place_of(&home, &plan.canonicalize().expect("a path"));
    let lock = journal.with_extension("lock");
    for (place, soft) in [(&journal, true), (&journal, false), (&lock, true), (&lock, false)] {
        drop(fs::remove_file(place));
        if soft {
            std::os::unix::fs::symlink(&victim, place).expect("a link");
        } else {
            fs::hard_link(&victim, place).expect("a second name");
        }
        let mut window = window(&home, Some(&plan));
        if shows(&window, "set aside as") {
            press(&mut window, "Close");
        }
        apply(&mut window, power(0.5));
        apply(&mut window, Command::Save);
        apply(&mut window, power(0.9));
        apply(&mut window, Command::Save);
        drop(window);
        assert_eq!(fs::read_to_string(&victim).expect("there"), "my notes");
    }
}

#[cfg(unix)]
#[test]
fn the_journal_of_another_user_is_not_taken_up() {
    let (_folder, home, plan) = house();
    let mut first = window(&home, Some(&plan));
    apply(&mut first, power(0.5));
    drop(first);
    let journal = in_journals(&home, "journal").remove(0);
    // Only the superuser gives a file away; then there is nothing to test.
    if std::os::unix::fs::chown(&journal, Some(12_345), None).is_err() {
        return;
    }
    let second = window(&home, Some(&plan));
    assert!(shows(&second, "belongs to another user") && !shows(&second, UNSAVED));
    assert!((powered(&second) - 0.9).abs() < 1e-9);
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, home, plan) = house();
    let mut first = window(&home, Some(&plan));
    apply(&mut first, power(0.5));
    drop(first);
    let mode = |path: &Path| fs::metadata(path).expect("about").permissions().mode() & 0o777;
    assert_eq!(mode(&home.join("journals")), 0o700);
    assert_eq!(mode(&in_journals(&home, "journal")[0]), 0o600);
}

#[test]
fn all_that_was_left_is_recovered_at_once_and_its_edits_are_counted() {
    let (folder, home, plan) = house();
    let other = folder.path().join("other.ron");
    fs::copy(EXAMPLE, &other).expect("a copy");
    let mut first = window(&home, Some(&plan));
    apply(&mut first, power(0.5));
    apply(&mut first, Command::Open(other));
    for step in 0..12 {
        apply(&mut first, power(0.3 + 0.05 * f64::from(step)));
    }
    drop(first);
    let mut second = window(&home, None);
    second.get_by_label(UNSAVED);
    press(&mut second, "Recover all");
    assert!(!shows(&second, UNSAVED));
    let names: Vec<&str> = second
        .state()
        .documents()
        .iter()
        .map(|open| open.name.as_str())
        .collect();
    assert!(
        names.len() == 2 && names.contains(&"plan.ron") && names.contains(&"other.ron"),
        "{names:?}"
    );
    let mut seen = Vec::new();
    for position in 0..2 {
        apply(&mut second, Command::Switch(position));
        assert!(!shows(&second, "No edit yet"));
        seen.push(shows(&second, "Recovered. Edits: 12. The last one: Schools with power"));
    }
    seen.sort_unstable();
    assert_eq!(seen, [false, true], "each says how many of its own");
    // Saved and opened again, the last edit is still known.
    apply(&mut second, Command::Save);
    apply(&mut second, Command::Switch(0));
    apply(&mut second, Command::Save);
    drop(second);
    let third = window(&home, None);
    assert!(shows(&third, "Last edit: Schools with power"));
}
