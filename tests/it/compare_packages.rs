//! One plan under several packages on Compare: one click, the base, who pays and who gains, keys, files, exports.

use std::path::{Path, PathBuf};

use eframe::egui::{self, Event, Key, Modifiers, OutputCommand, Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::Page;
use rollcall::app::command::Command;
use rollcall::data::store;
use rollcall::model::{Trajectory, ledger, simulate, stat};
use rollcall::units::Unit;

use super::harness::{EXAMPLE, Window, app_on, apply, click, keys, press, shows, sized, texts};
use super::regression::bundled;

/// The page on a plan, with its packages.
fn window_on(path: impl AsRef<Path>) -> Window {
    let mut window = sized(app_on(path), vec2(1280.0, 1400.0));
    apply(&mut window, Command::Show(Page::Compare));
    click(&mut window, Role::RadioButton, "Compare: One plan, several packages");
    window
}

/// Senegal's balanced plan as it is funded, or under a bundled package.
fn run(package: Option<&str>) -> Trajectory {
    let plan = bundled("senegal/balanced.ron");
    simulate(package.map_or_else(|| plan.clone(), |name| store::package(name).expect(name).over(&plan)))
}

/// What sources of some mechanisms pay in 2027 to 2030, by the rows of funding.csv, US$ million as the page writes it.
fn paid(run: &Trajectory, kinds: &[&str]) -> f64 {
    let of = |name: &str| {
        let sources = &run.model.scenario.funding.sources;
        sources
            .iter()
            .find(|source| source.name == name)
            .map(|source| source.kind.name())
    };
    let rows = ledger::funding(run).filter(|row| of(row.source).is_some_and(|kind| kinds.contains(&kind)));
    rows.map(|row| row.amount.0).sum::<f64>() / 1e6
}

#[test]
fn this_plan_under_four_packages_is_one_click() {
    let window = window_on("senegal/balanced.ron");
    // As it is funded, and three of the country's packages: what each reaches is what its own run reaches.
    let columns = [
        ("As the plan is funded", None),
        ("A grant that leaves in 2029", Some("senegal/grant_exit_2029")),
        ("A credit of IDA", Some("senegal/ida_credit")),
        ("Public-private partnership", Some("senegal/partnership")),
    ];
    for (name, package) in columns {
        let run = run(package);
        let last = run.model.years - 1;
        let all = |which: usize| run.run.plan.over(last, which, &|_| true);
        let reached = Unit::Share.show(all(stat::REACHED) / all(stat::LEARNERS));
        window.get_by_label_contains(&format!("Learners reached, 2030: {name} {reached}"));
        let treasury = paid(&run, &["domestic_budget", "universal_service_levy"]);
        window.get_by_label_contains(&format!("Ministry and levies: {name} {treasury:.1}"));
    }
}

/// The base is the column that comes first: differences are to it, and the sentence subtracts the first other from it.
#[test]
fn differences_and_the_sentence_are_to_the_base() {
    let mut window = window_on("senegal/balanced.ron");
    let lit = |run: &Trajectory| run.run.plan.over(run.model.years - 1, stat::LIT, &|_| true);
    let (own, grant) = (run(None), run(Some("senegal/grant_exit_2029")));
    // What the grant has built is more, and more of it is still lit after it has left.
    assert!(lit(&grant) > lit(&own) + 10.0);
    let more = Unit::Count.show(lit(&grant).round() - lit(&own).round());
    let says = |window: &Window, text: &str| {
        let drawn = texts(window, window.ctx.content_rect()).join(" ");
        assert!(drawn.contains(text), "{text}\n{drawn}");
    };
    let sentence =
        format!("As the plan is funded keeps {more} fewer schools lit in 2030 than A grant that leaves in 2029");
    says(&window, &sentence);
    // Chosen as the base, the grant stands first and the difference turns round.
    press(&mut window, "A grant that leaves in 2029:  domestic budget, grant");
    let sentence =
        format!("A grant that leaves in 2029 keeps {more} more schools lit in 2030 than As the plan is funded");
    says(&window, &sentence);
    let given = |run: &Trajectory| paid(run, &["grant", "in_kind", "multiplier", "results_based"]);
    let (own, grant) = (given(&own), given(&grant));
    let apart = format!("{:.1}; \u{2212}{:.1}", own, grant - own);
    window.get_by_label_contains(&format!("Given by donors: As the plan is funded {apart}"));
    // By its number in the bar the plan's own funding is the base again.
    keys(&mut window, Modifiers::NONE, Key::Num1);
    says(&window, "As the plan is funded keeps");
}

/// The list of packages opens by +; arrows walk it, Tab does not leave it, Enter takes one in, Escape closes it.
#[test]
fn a_package_is_added_by_keys_alone() {
    let mut window = window_on("senegal/balanced.ron");
    let columns = |window: &Window| {
        let outs = window.query_all_by_role(Role::Button);
        let outs = outs.filter_map(|button| button.accesskit_node().label());
        outs.filter(|name| name.starts_with("Take ") && name.ends_with(" out"))
            .count()
    };
    let key = |window: &mut Window, key: Key| keys(window, Modifiers::NONE, key);
    assert_eq!(columns(&window), 4);
    key(&mut window, Key::Plus);
    assert!(shows(&window, "Senegal: mixed, with levy and multiplier"));
    key(&mut window, Key::Escape);
    assert!(!shows(&window, "Senegal: mixed, with levy and multiplier"));
    key(&mut window, Key::Plus);
    key(&mut window, Key::Tab);
    key(&mut window, Key::ArrowDown);
    key(&mut window, Key::ArrowUp);
    assert_eq!(columns(&window), 4);
    key(&mut window, Key::Enter);
    assert_eq!(columns(&window), 5);
    assert!(!shows(&window, "Example: "), "it is closed");
}

#[test]
fn a_column_is_taken_out_added_dropped_and_opened() {
    let mut window = window_on("senegal/balanced.ron");
    press(&mut window, "Take Public-private partnership out");
    assert!(!shows(&window, "Learners reached, 2030: Public-private partnership"));
    // The last of three at hand, and out of it.
    for _ in 0..2 {
        keys(&mut window, Modifiers::NONE, Key::ArrowRight);
    }
    keys(&mut window, Modifiers::NONE, Key::Delete);
    assert!(!shows(&window, "Learners reached, 2030: A credit of IDA"));
    // One alone is no comparison: the last two stay.
    keys(&mut window, Modifiers::NONE, Key::Delete);
    window.get_by_label_contains("Learners reached, 2030: A grant that leaves in 2029");
    keys(&mut window, Modifiers::NONE, Key::Plus);
    press(&mut window, "Senegal: mixed, with levy and multiplier");
    window.get_by_label_contains("Learners reached, 2030: Mixed, with levy and multiplier");
    // A package of a file, dropped on the page; one that names a region that is not there is refused in words.
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, more: &str| {
        let path = folder.path().join(name);
        let source = format!("grant(name: \"Partner\", commitment: 50_000_000, release: {{2027: 1}}{more})");
        let text = format!("(format: 2, title: \"Ours\", funding: (sources: [{source}]))");
        std::fs::write(&path, text).expect("a package");
        path
    };
    for path in [write("ours.ron", ""), write("nowhere.ron", ", regions: [\"Nowhere\"]")] {
        window
            .input_mut()
            .dropped_files
            .push(std::sync::Arc::new(Dropped(path)));
        window.run();
    }
    window.get_by_label_contains("Learners reached, 2030: Ours");
    window.get_by_label_contains("Ours cannot be laid over this plan");
    assert_eq!(window.state().documents().len(), 1, "a package is no plan");
    // Enter opens the column at hand as a plan of its own, on Funding.
    keys(&mut window, Modifiers::NONE, Key::ArrowRight);
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().documents().len(), 2);
    assert_eq!(window.state().page(), Page::Funding);
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

/// What is copied adds up: who pays and what has no source are all services, in each column.
#[test]
fn the_table_that_is_copied_adds_up() {
    let mut window = window_on("senegal/balanced.ron");
    window.input_mut().events.push(Event::Copy);
    window.step();
    let copied = window.output().platform_output.commands.iter().find_map(|command| {
        if let OutputCommand::CopyText(text) = command {
            Some(text.clone())
        } else {
            None
        }
    });
    let copied = copied.expect("a table");
    let row = |name: &str| -> Vec<f64> {
        let line = copied.lines().find(|line| line.starts_with(name));
        let cells = line.map(|line| line.split('\t').skip(1)).into_iter().flatten();
        cells.map(|cell| cell.parse().unwrap_or(0.0)).collect()
    };
    let all = row("All services, 2027");
    assert_eq!(all.len(), 4, "{copied}");
    let parts = [
        "Existing budget",
        "Ministry and levies",
        "Given by donors",
        "Advanced by a partner",
        "Borrowed",
        "No source",
    ];
    for (column, all) in all.iter().enumerate() {
        let sum: f64 = parts.iter().filter_map(|part| row(part).get(column).copied()).sum();
        assert!((sum - all).abs() < 1e-6, "{column}: {sum} of {all}\n{copied}");
    }
}

#[test]
fn what_leaves_the_program_is_a_light_page() {
    let mut window = window_on("senegal/balanced.ron");
    apply(&mut window, Command::ToggleTheme);
    let folder = tempfile::tempdir().expect("a folder");
    for (format, name) in [("Save as SVG", "page.svg"), ("Save as CSV", "page.csv")] {
        press(&mut window, "Save page…");
        press(&mut window, format);
        let path = folder.path().join(name);
        super::harness::write(&mut window, "File", &path.display().to_string());
        window.get_by_label("Save: File").click();
        window.run();
        let text = std::fs::read_to_string(&path).expect(name);
        assert!(text.contains("Who pays"), "{name}");
        if name.ends_with("svg") {
            assert!(
                text.contains("#ffffff") && text.contains("Public-private partnership"),
                "{text}"
            );
        }
    }
}

/// A country without packages of its own has the examples of three mechanisms.
#[test]
fn elsewhere_there_are_examples() {
    let window = window_on(EXAMPLE);
    assert!(shows(&window, "Learners reached, 2030: As the plan is funded"));
    window.get_by_label_contains("Learners reached, 2030: Commercial loan");
}
