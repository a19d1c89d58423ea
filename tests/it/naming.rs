//! Under which names plans stand: on tabs, in files, beside what they were before.

use std::path::{Path, PathBuf};

use eframe::egui::vec2;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::command::Command;
use rollcall::app::files::Purpose;
use rollcall::app::{App, StartUp};

use eframe::egui::Role;

use super::harness::{Window, apply, power, shows, sized};

const EXAMPLE: &str = include_str!("../data/example.ron");
const TITLE: &str = "Example country: all components";
fn window(path: Option<PathBuf>) -> Window {
    sized(App::new(StartUp { path }).inline(), vec2(1600.0, 900.0))
}

fn plan(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(&path, text).expect("a plan");
    path
}

fn tabs(window: &Window) -> Vec<String> {
    let tabs = window.query_all_by_role(Role::Tab);
    tabs.map(|tab| tab.accesskit_node().label().unwrap_or_default())
        .collect()
}

fn asked(window: &Window) -> String {
    let field = window.get_by_role_and_label(Role::TextInput, "File");
    field.accesskit_node().value().unwrap_or_default()
}

#[test]
fn a_tab_carries_the_title_and_two_of_one_title_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let one = plan(folder.path(), "one/plan.ron", EXAMPLE);
    let other = plan(folder.path(), "one/other.ron", EXAMPLE);
    let far = plan(folder.path(), "two/plan.ron", EXAMPLE);
    let named = plan(
        folder.path(),
        "named.ron",
        &EXAMPLE.replacen(TITLE, "All schools by 2030", 1),
    );
    let mut window = window(Some(one));
    assert_eq!(tabs(&window), [format!("Show {TITLE}")]);
    apply(&mut window, Command::Open(named));
    assert_eq!(
        tabs(&window),
        [format!("Show {TITLE}"), "Show All schools by 2030".to_owned()]
    );
    apply(&mut window, Command::Open(other));
    assert_eq!(tabs(&window)[0], format!("Show {TITLE} · plan.ron"));
    assert_eq!(tabs(&window)[2], format!("Show {TITLE} · other.ron"));
    apply(&mut window, Command::Open(far));
    assert_eq!(
        tabs(&window)[0],
        format!("Show {TITLE} · plan.ron ({})", folder.path().join("one").display())
    );
    assert_eq!(
        tabs(&window)[3],
        format!("Show {TITLE} · plan.ron ({})", folder.path().join("two").display())
    );
    apply(&mut window, Command::Duplicate);
    assert_eq!(tabs(&window)[4], format!("Show {TITLE} · copy of plan.ron"));
}

#[test]
fn a_plan_is_saved_as_what_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window(Some(plan(folder.path(), "plan.ron", EXAMPLE)));
    let workbook = plan(folder.path(), "kenya.xlsx", "a workbook");
    apply(&mut window, Command::AskSaveAs);
    apply(&mut window, Command::SaveAs(workbook.clone()));
    assert!(shows(&window, "A plan is saved as a Rollcall file"));
    assert_eq!(std::fs::read_to_string(&workbook).expect("there"), "a workbook");
    apply(&mut window, Command::Dismiss);
    assert_eq!(asked(&window), folder.path().join("kenya.ron").display().to_string());
    for (typed, saved) in [
        ("kenya plan", "kenya plan.ron"),
        ("kenya 1.2", "kenya 1.2.ron"),
        ("KENYA.RON", "KENYA.RON"),
    ] {
        apply(&mut window, Command::SaveAs(folder.path().join(typed)));
        assert_eq!(window.state().document().expect("open").name, saved);
        assert!(
            rollcall::data::store::open(&folder.path().join(saved))
                .scenario
                .is_some()
        );
        assert!(typed == saved || !folder.path().join(typed).exists());
    }
}

#[test]
fn a_plan_is_not_saved_over_the_country_that_it_rests_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let country = include_str!("../../scenarios/countries/senegal.ron");
    let text = include_str!("../../scenarios/senegal/balanced.ron").replace("../countries/", "");
    let file = plan(folder.path(), "senegal.ron", country);
    let mut window = window(Some(plan(folder.path(), "balanced.ron", &text)));
    apply(&mut window, power(0.5));
    apply(&mut window, Command::SaveAs(file.clone()));
    apply(&mut window, Command::Replace(file.clone(), Purpose::Save));
    assert!(shows(&window, "senegal.ron is the country of a plan that is open"));
    assert_eq!(std::fs::read_to_string(&file).expect("the country"), country);
}

#[test]
fn a_name_is_proposed_for_a_plan_without_one() {
    let mut window = window(None);
    apply(&mut window, Command::Save);
    let path = PathBuf::from(asked(&window));
    assert!(path.parent().is_some_and(Path::is_dir) && !path.exists(), "{path:?}");
    assert!(
        path.ends_with("senegal_balanced.ron") || path.ends_with("senegal_balanced_2.ron"),
        "{path:?}"
    );
}

#[test]
fn a_plan_that_was_never_saved_is_not_compared_with_itself_as_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window(None);
    assert!(shows(&window, "unchanged"));
    apply(&mut window, Command::Open(plan(folder.path(), "plan.ron", EXAMPLE)));
    assert!(!shows(&window, "unchanged"));
    apply(&mut window, Command::Duplicate);
    apply(&mut window, power(0.3));
    assert!(shows(&window, "was 33 % as opened") && !shows(&window, "as saved"));
    apply(&mut window, Command::Revert);
    assert!(shows(&window, "back to copy of plan.ron as opened"));
    apply(&mut window, Command::SaveAs(folder.path().join("mine.ron")));
    apply(&mut window, power(0.3));
    assert!(shows(&window, "was 33 % as saved") && !shows(&window, "as opened"));
}

#[test]
fn points_to_check_stay_after_saving_under_another_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let text =
        EXAMPLE
            .replacen("disability: 0.4", "", 1)
            .replacen("connected: {2026: 0.1,", "connected: {2025: 0.1,", 1);
    let text = text.replacen("schools: ", "/* as counted */ schools: ", 1);
    let mut window = window(Some(plan(folder.path(), "plan.ron", &text)));
    let points = |window: &Window| {
        let button = window.query_all_by_label_contains("Points to check: ").next();
        button.and_then(|button| button.accesskit_node().label())
    };
    assert_eq!(points(&window).as_deref(), Some("Points to check: 1"));
    apply(&mut window, Command::SaveAs(folder.path().join("other.ron")));
    assert_eq!(points(&window).as_deref(), Some("Points to check: 1"));
    // Nor do those of a bundled plan, whose country goes into the file.
    apply(&mut window, Command::OpenBundled("senegal/balanced.ron"));
    let before = points(&window);
    assert!(before.is_some());
    apply(&mut window, Command::SaveAs(folder.path().join("senegal.ron")));
    assert_eq!(points(&window), before);
    // A value outside the range beside it is seen as it is now, not as it was read.
    let text = EXAMPLE.replacen(
        "plan: (",
        "prices: (devices: [(device: tablet, price: (value: 510, low: 100, high: 300))]),\n    plan: (",
        1,
    );
    apply(&mut window, Command::Open(plan(folder.path(), "range.ron", &text)));
    assert_eq!(points(&window).as_deref(), Some("Points to check: 1"));
    apply(&mut window, Command::SaveAs(folder.path().join("range_2.ron")));
    assert_eq!(points(&window).as_deref(), Some("Points to check: 1"));
}

const INSIDE: &str = "ROLLCALL_TEST_INSIDE";

/// What the window starts on is asked in a folder that holds a file of that name; run by the test below.
#[test]
#[ignore = "asked in another folder"]
fn starts_in_a_folder() {
    if std::env::var_os(INSIDE).is_none() {
        return;
    }
    let window = window(None);
    assert_eq!(window.state().scenario().expect("a plan").title, "Senegal: balanced");
}

#[test]
fn a_folder_does_not_decide_what_the_window_starts_on() {
    let folder = tempfile::tempdir().expect("a folder");
    plan(folder.path(), "senegal/balanced.ron", EXAMPLE);
    let started = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "naming::starts_in_a_folder", "--ignored"])
        .env(INSIDE, "1")
        .current_dir(folder.path())
        .output()
        .expect("a child");
    assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stdout));
    assert!(String::from_utf8_lossy(&started.stdout).contains("1 passed"));
}
