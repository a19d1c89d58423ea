//! The Regions page: a ministry's table from paste or file to regions of the plan, and what those regions get.

use std::path::Path;

use eframe::egui::{Event, Key, Modifiers, OutputCommand, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use rollcall::app::Page;
use rollcall::app::command::Command;
use rollcall::model::{ledger, simulate};
use rollcall::scenario::messages;
use rollcall::scenario::text::{read_scenario, write_scenario};

use super::harness::{Window, apply, click, press, use_figures, wait_for, window_on};

const HEADER: &str = "Région\tMilieu\tNiveau\tÉcoles\tÉlèves\tÉlectricité (%)\tRemarques\n";

/// Primary schools of two regions; the learners are those of Senegal.
fn table() -> String {
    format!("{HEADER}Dakar\turbain\tprimaire\t900\t1 200 000\t98,5\t\nKolda\trural\tprimaire\t1100\t1 121 000\t30\t\n")
}

fn window() -> Window {
    let mut window = window_on("senegal/balanced.ron");
    apply(&mut window, Command::Show(Page::Regions));
    window
}

fn paste(window: &mut Window, text: &str) {
    window.event(Event::Paste(text.to_owned()));
    window.step();
}

pub fn is_disabled(window: &Window, name: &str) -> bool {
    window
        .get_by_role_and_label(Role::Button, name)
        .accesskit_node()
        .is_disabled()
}

pub fn open(window: &mut Window, path: &Path) {
    type_path(window, path);
    press(window, "Read the table");
}

fn type_path(window: &mut Window, path: &Path) {
    let field = window.get_by_role_and_label(Role::TextInput, "Regional table");
    field.focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window
        .get_by_role_and_label(Role::TextInput, "Regional table")
        .type_text(&path.display().to_string());
    window.run_steps(2);
}

/// Reads a column in another way.
fn choose(window: &mut Window, column: &str, choice: &str) {
    window.get_by_role_and_label(Role::ComboBox, column).click();
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, choice).click();
    window.run_steps(3);
}

fn regions(window: &Window) -> Vec<String> {
    let scenario = window.state().scenario().expect("a scenario");
    let mut names: Vec<String> = scenario
        .country
        .groups
        .iter()
        .map(|group| group.region.clone())
        .collect();
    names.dedup();
    names
}

#[test]
fn a_pasted_table_becomes_the_regions_in_one_step_of_undo() {
    let mut window = window();
    let before = window.state().scenario().expect("a scenario").clone();
    paste(&mut window, &table());
    wait_for(&mut window, "✓ 2 regions take the place");
    // A column in which nothing stands is not spoken of.
    window.get_by_label_contains("Columns: 6, all of them used.");
    use_figures(&mut window);
    window.run();
    assert_eq!(regions(&window), ["Dakar", "Kolda", ""]);
    let after = window.state().scenario().expect("a scenario").clone();
    assert_eq!(after.plan, before.plan, "levers stay");
    assert_eq!(after.prices, before.prices, "prices stay");
    // The text of the scenario holds the regions, and can be read again.
    let text = write_scenario(&after, false);
    let reading = read_scenario("again", text.as_bytes(), &|_| Err(messages::no_such_file()));
    assert_eq!(
        reading.scenario.as_ref(),
        Some(&*after),
        "{:?}",
        reading.findings.first()
    );
    window.get_by_label_contains("This edit: regions from pasted table");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(window.state().scenario(), Some(&before));
}

#[test]
fn what_is_wrong_stands_beside_its_cell_and_blocks() {
    let mut window = window();
    let text = "region\tlocality\tlevel\tschools\tmbps\tlearners\nDakar\turban\tprimry\t900\t1,200\t241,500\n\turban\tprimary\t900\t2\t1000\n";
    paste(&mut window, text);
    wait_for(&mut window, "to be put right");
    window.get_by_label_contains("row 2, column C · level = primry: no level has this name. Did you mean `primary`?");
    window.get_by_label_contains("row 2, column E · mbps = 1,200: this can be 1200 or 1.200");
    window.get_by_label_contains("row 3, column A · region: the region has no name");
    window.get_by_label("✗ 1,200");
    // A count is no fraction, pasted as typed.
    window.get_by_label_contains("row 2, column F · learners = 241,500: read as 241\u{202f}500");
    assert!(is_disabled(&window, "Use these figures"));
    press(&mut window, "Put aside");
    assert!(window.query_by_label("Use these figures").is_none());
    assert_eq!(regions(&window), [""]);
}

#[test]
fn a_guess_can_be_changed() {
    let mut window = window();
    paste(&mut window, &table().replace("Élèves", "Zzz"));
    wait_for(&mut window, "the table needs this column");
    choose(&mut window, "Column E", "Learners");
    wait_for(&mut window, "✓ 2 regions take the place");
    // As shares, 98.5 is none.
    choose(&mut window, "Column F", "shares, from 0 to 1");
    wait_for(&mut window, "a share runs from 0 to 1");
}

#[test]
fn thousands_can_be_told_from_decimals() {
    let mut window = window();
    paste(
        &mut window,
        &table()
            .replace("1100", "1,100")
            .replace("98,5", "98")
            .replace("Remarques", "Débit")
            .replace("30\t", "30\t1,200"),
    );
    wait_for(&mut window, "this can be 1200 or 1.200");
    window.get_by_label_contains("schools = 1,100: read as 1\u{202f}100");
    window.get_by_role_and_label(Role::ComboBox, "Numbers").click();
    window.run_steps(3);
    window.get_by_label("1,234.5").click();
    window.run_steps(3);
    wait_for(&mut window, "✓ 2 regions take the place");
}

#[test]
fn a_large_difference_is_said_and_does_not_block() {
    let mut window = window();
    paste(&mut window, &table().replace("1 121 000", "121 000"));
    wait_for(&mut window, "✓ 2 regions take the place");
    // By hand: 1,321,000 against 2,392,389.
    window.get_by_label_contains("(−44.8 %). Each row is multiplied by 1.811");
    use_figures(&mut window);
    window.run();
    assert_eq!(regions(&window).len(), 3);
    let scenario = window.state().scenario().expect("a scenario");
    assert!((scenario.country.groups[0].learners.value - 1_200_000.0 * 2_392_389.0 / 1_321_000.0).abs() < 1e-3);
}

#[test]
fn a_plan_that_names_a_region_which_would_go_is_not_broken() {
    let mut window = window();
    paste(&mut window, &table());
    wait_for(&mut window, "✓ 2 regions take the place");
    use_figures(&mut window);
    window.run();
    let context = window.ctx.clone();
    let mut scenario = rollcall::scenario::Scenario::clone(window.state().scenario().expect("a scenario"));
    scenario.funding.sources[0].regions = vec!["Kolda".into()];
    let change = Command::Change {
        scenario: scenario.into(),
        what: "for Kolda".into(),
        dragged: None,
    };
    window.state_mut().apply(change, &context);
    window.run();
    paste(&mut window, &table().replace("Kolda", "Matam"));
    wait_for(&mut window, "to be put right");
    window.get_by_label_contains(
        "Regions that it may pay for, Ministry of Education = Kolda: no group of schools lies in this region",
    );
    assert!(is_disabled(&window, "Use these figures"));
}

#[test]
fn what_is_no_table_is_refused_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    };
    let mut window = window();
    paste(&mut window, "");
    wait_for(&mut window, "✗ pasted table: there are no cells in it.");
    open(&mut window, &at("large.csv", &vec![b'1'; 500_000]));
    wait_for(&mut window, "✗ large.csv: a cell of it holds more than 32 KB.");
    open(&mut window, &at("old.xls", b"\xd0\xcf\x11\xe0\0\0\x01"));
    wait_for(
        &mut window,
        "✗ old.xls: this is not a table but a file of another kind.",
    );
    open(&mut window, &at("torn.xlsx", b"PK\x03\x04 torn off"));
    wait_for(&mut window, "✗ torn.xlsx: the workbook cannot be read");
    open(&mut window, &folder.path().join("none.csv"));
    wait_for(&mut window, "✗ none.csv: there is no such file.");
    assert_eq!(regions(&window), [""]);
}

#[test]
fn a_workbook_is_read_sheet_by_sheet() {
    let mut window = window();
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/regions.xlsx"));
    open(&mut window, path);
    // The sheet that is a table of schools is found; another can be looked at by its name.
    wait_for(&mut window, "✓ 2 regions take the place");
    window.get_by_role_and_label(Role::ComboBox, "Sheet").click();
    window.run_steps(3);
    let other = window
        .query_all_by_role(Role::Button)
        .find_map(|node| node.accesskit_node().label().filter(|name| name.ends_with("(1 of 2)")));
    let other = other.expect("another sheet");
    window.get_by_role_and_label(Role::Button, &other).click();
    window.run_steps(3);
    wait_for(&mut window, "the table needs this column");
    window.get_by_role_and_label(Role::ComboBox, "Sheet").click();
    window.run_steps(3);
    window.get_by_label("Primaire (2 of 2)").click();
    window.run_steps(3);
    wait_for(&mut window, "✓ 2 regions take the place");
    use_figures(&mut window);
    window.run();
    let scenario = window.state().scenario().expect("a scenario");
    let kolda = scenario
        .country
        .groups
        .iter()
        .find(|group| group.region == "Kolda")
        .expect("Kolda");
    assert!(
        (kolda.grid.value + kolda.solar.value - 0.3).abs() < 1e-12,
        "a cell shown as 30 % holds 0.3"
    );
}

/// Presses the button and gives what comes into the clipboard.
fn copied(window: &mut Window) -> String {
    window.get_by_role_and_label(Role::Button, "Copy table").click();
    for _ in 0..5 {
        window.step();
        for command in &window.output().platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                return text.clone();
            }
        }
    }
    String::new()
}

/// The table by region against the rows of costs.csv, added up here.
#[test]
fn the_report_agrees_with_the_ledger_and_can_be_sorted_and_copied() {
    let mut window = window();
    paste(&mut window, &table());
    wait_for(&mut window, "✓ 2 regions take the place");
    use_figures(&mut window);
    window.run();
    // By hand: 900 and 1,100 schools of the table.
    window.get_by_label_contains("Your figures are in the plan: 2\u{202f}000 schools counted in pasted table");
    window.get_by_label("What schools have, by region: All levels (% of schools)");
    click(&mut window, Role::RadioButton, "Show: Results as a table");
    window.get_by_label_contains("Reach in 2030 goes from");
    let text = copied(&mut window);
    let run = simulate(&**window.state().scenario().expect("a scenario"));
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cost: f64 = ledger::costs_in_full(&run)
            .filter(|row| !row.existing)
            .filter(|row| match cells[0] {
                "All regions" => true,
                "Without a region" => row.region.is_empty(),
                region => row.region == region,
            })
            .map(|row| row.amount().0)
            .sum();
        let shown: f64 = cells[5].parse().expect("a cost");
        assert!(
            (shown - cost).abs() < 0.01 + cost.abs() * 1e-9,
            "{}: {shown} is not {cost}",
            cells[0]
        );
    }
    let regions: Vec<&str> = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').next())
        .collect();
    assert_eq!(regions, ["Dakar", "Kolda", "Without a region", "All regions"]);
    let all: f64 = text
        .lines()
        .last()
        .and_then(|line| line.split('\t').nth(5))
        .expect("a cell")
        .parse()
        .expect("a cost");
    assert!((all - window.state().outcome().expect("results").cost_full).abs() < 1.0);
    // By hand: the schools of the table; its learners times 2,392,389 of the country over 2,321,000 of the table.
    assert!(
        text.contains("\nDakar\t900\t1236909\t") && text.contains("\nKolda\t1100\t1155480\t"),
        "{text}"
    );
    press(&mut window, "Sort by Schools, 2026");
    let text = copied(&mut window);
    assert!(
        text.find("Kolda") < text.find("Dakar"),
        "the one with more schools first: {text}"
    );
}

/// The report is of the run that is shown, also where another run has come to stand where an older one stood.
#[test]
fn the_report_is_never_that_of_an_older_run() {
    let mut window = window();
    let context = window.ctx.clone();
    for (edit, value) in [0.5, 0.6, 0.7, 0.8, 0.9, 1.0].into_iter().enumerate() {
        window.run();
        let shown: f64 = copied(&mut window)
            .lines()
            .last()
            .and_then(|line| line.split('\t').nth(5)?.parse().ok())
            .expect("a cost");
        let cost = window.state().outcome().expect("results").cost_full;
        assert!((shown - cost).abs() < 1.0, "edit {edit}: {shown} is not {cost}");
        // Edits elsewhere: results come and go while the report is not looked at.
        window.state_mut().apply(Command::Show(Page::Plan), &context);
        for value in [value - 0.1, value - 0.05, value] {
            let command = Command::SetLever {
                lever: crate::harness::lever("plan.power.powered"),
                value,
                more: false,
            };
            window.state_mut().apply(command, &context);
            window.run();
        }
        window.state_mut().apply(Command::Show(Page::Regions), &context);
    }
}

/// A register of 6,000 schools in three regions, with a title above and a note below.
fn register() -> String {
    let rows = (0..6000).map(|school| {
        let region = ["Dakar", "Kolda", "Thiès"][school / 2000];
        format!("{region};École {school};C{school:05};200;198\n")
    });
    let rows: Vec<String> = rows.collect();
    let header = "Recensement scolaire\nRégion;Nom de l'école;Code;Filles;Garçons\n";
    format!("{header}{}Source : ministère\n", rows.concat())
}

/// Rows of the register that are laid out.
fn laid_out(window: &Window) -> usize {
    window.query_all_by_label_contains(" · C0").count()
}

#[test]
fn a_register_is_folded_and_only_what_is_in_sight_is_laid_out() {
    let mut window = window();
    paste(&mut window, &register());
    wait_for(&mut window, "✓ 3 regions take the place");
    // Eight rows below the header, then one line for those that are kept and one for the others.
    assert_eq!(laid_out(&window), 8);
    window.get_by_label_contains("6\u{202f}003 rows: 6\u{202f}000 counted, 1 header, 2 left aside");
    let fold = window
        .query_all_by_role(Role::Button)
        .find_map(|node| {
            node.accesskit_node()
                .label()
                .filter(|name| name.contains("read in the same way"))
        })
        .expect("a fold");
    press(&mut window, &fold);
    assert!((9..60).contains(&laid_out(&window)), "{}", laid_out(&window));
}

#[test]
fn a_question_is_answered_and_never_blocks() {
    let mut window = window();
    paste(&mut window, &register());
    wait_for(&mut window, "✓ 3 regions take the place");
    window.get_by_label_contains("Which level are the 6\u{202f}000 rows of?");
    assert!(!is_disabled(&window, "Use these figures"));
    window.get_by_role_and_label(Role::Button, "upper secondary").click();
    window.run_steps(3);
    wait_for(&mut window, "all 6\u{202f}000 rows are taken as upper secondary");
}

/// The reading of this year's table is kept with the plan, reads next year's, and what changed is told before it is used.
#[test]
fn next_years_file_is_read_as_this_years_was() {
    let mut window = window();
    paste(&mut window, &register());
    wait_for(&mut window, "✓ 3 regions take the place");
    use_figures(&mut window);
    window.run();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("next.csv");
    let next: Vec<String> = register()
        .replace("Thiès", "Matam")
        .lines()
        .filter(|line| !line.starts_with("Kolda;École 3"))
        .map(str::to_owned)
        .collect();
    std::fs::write(&path, next.join("\n")).expect("written");
    type_path(&mut window, &path);
    window
        .get_by_role_and_label(Role::Button, "Read next year's file…")
        .click();
    window.step();
    wait_for(&mut window, "Since pasted table");
    window.get_by_label_contains("New regions: Matam");
    window.get_by_label_contains("Regions that are gone: Thiès");
    // By hand: of the 2,000 schools of Kolda (2000 to 3999), the 1,000 from 3000 on are left out, with 398 learners each.
    window.get_by_label_contains("◆ Kolda, Primary, schools: 2\u{202f}000 → 1\u{202f}000 (−50 %)");
    window.get_by_label_contains("◆ Kolda, Primary, learners: 796\u{202f}000 → 398\u{202f}000 (−50 %)");
    assert_eq!(regions(&window), ["Dakar", "Kolda", "Thiès", ""], "nothing is used yet");
    // What is not to be kept is not.
    window.get_by_label("Keep this reading for next year's file").click();
    window.run_steps(2);
    use_figures(&mut window);
    window.run();
    assert_eq!(regions(&window), ["Dakar", "Kolda", "Matam", ""]);
    assert!(window.query_by_label("Read next year's file…").is_none());
}

/// Two rows could be the header: the one that a person points at is.
#[test]
fn the_header_is_chosen_by_hand() {
    let mut window = window();
    let text = "Region\tLevel\tSchools\tLearners\tTeachers\nDakar\tprimary\t9\t12000\t300\n\
                Region\tLevel\tSchools\tLearners\nDakar\tprimary\t900\t1200000\nKolda\tprimary\t1100\t1121000\n";
    paste(&mut window, text);
    wait_for(&mut window, "to be put right");
    press(&mut window, "Row 3: choose as header");
    window.run_steps(2);
    window.get_by_label("This row is the header").click();
    window.run_steps(3);
    wait_for(&mut window, "5 rows: 2 counted, 1 header, 2 left aside");
    wait_for(&mut window, "✓ 2 regions take the place");
}

/// Each region and locality has as many groups as classes.
#[test]
fn a_register_is_split_into_size_classes() {
    let mut window = window();
    let rows = (0..120).map(|school| {
        let region = ["Dakar", "Kolda"][school % 2];
        format!(
            "{region};urban;primary;École {school};C{school:03};{}\n",
            1000 * (1 + school)
        )
    });
    let rows: Vec<String> = rows.collect();
    let text = format!("Region;Locality;Level;School;Code;Learners\n{}", rows.concat());
    paste(&mut window, &text);
    wait_for(&mut window, "✓ 2 regions take the place");
    window.get_by_role_and_label(Role::ComboBox, "Size classes").click();
    window.run_steps(3);
    window.get_by_label("3 a level").click();
    window.run_steps(3);
    // By hand: two regions, one locality, one level, three classes.
    wait_for_number(&mut window, "6");
    use_figures(&mut window);
    window.run();
    let scenario = window.state().scenario().expect("a scenario");
    let primary = scenario.country.groups.iter().filter(|group| !group.region.is_empty());
    let classes: Vec<(String, f64)> = primary
        .filter(|group| group.region == "Dakar")
        .map(|group| (group.size_class.clone(), group.schools.value))
        .collect();
    // Bounds: schools number 40 and 80 of 120 in order of size. Dakar has every second school, 20 of each class.
    let by_hand = [("≤ 40000", 20.0), ("40001–80000", 20.0), ("≥ 80001", 20.0)];
    assert_eq!(classes, by_hand.map(|(name, schools)| (name.to_owned(), schools)));
}

fn wait_for_number(window: &mut Window, number: &str) {
    for _ in 0..200 {
        if window.query_by_label(number).is_some() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.run_steps(1);
    }
    panic!("{number} is not shown");
}

/// A question leads to the rows that it is about.
#[test]
fn rows_of_a_question_are_shown() {
    let mut window = window();
    let row = |at: usize, region: &str| format!("{region};École {at};C{at:04};200;198\n");
    let rows: Vec<String> = (0..900)
        .map(|at| row(at, if at == 700 { "DAKAR" } else { "Dakar" }))
        .collect();
    paste(
        &mut window,
        &format!("Région;Nom de l'école;Code;Filles;Garçons\n{}", rows.concat()),
    );
    wait_for(&mut window, "regions take the place");
    let is_shown = |window: &Window| window.query_all_by_label_contains("C0700").count() > 0;
    assert!(!is_shown(&window), "folded");
    let asked = window.query_all_by_label("show rows").count();
    assert!(asked > 0);
    window.query_all_by_label("show rows").last().expect("a link").click();
    for _ in 0..5 {
        window.run_steps(1);
    }
    assert!(is_shown(&window));
}

/// The sheet's own total in place of the published one.
#[test]
fn the_sheets_own_total_can_be_taken() {
    let mut window = window();
    paste(&mut window, &table().replace("1 121 000", "121 000"));
    wait_for(&mut window, "(−44.8 %). Each row is multiplied by 1.811");
    window.get_by_role_and_label(Role::ComboBox, "In the plan").click();
    window.run_steps(3);
    window.get_by_label("as in your sheet").click();
    window.run_steps(3);
    wait_for_no(&mut window, "Each row is multiplied by");
    wait_for(&mut window, "✓ 2 regions take the place");
    use_figures(&mut window);
    window.run();
    let scenario = window.state().scenario().expect("a scenario");
    let learners: Vec<f64> = scenario.country.groups[..2]
        .iter()
        .map(|group| group.learners.value)
        .collect();
    assert_eq!(learners, [1_200_000.0, 121_000.0], "as they are written");
}

fn wait_for_no(window: &mut Window, text: &str) {
    for _ in 0..300 {
        if window.query_by_label_contains(text).is_none() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.run_steps(1);
    }
    panic!("{text} is still shown");
}

/// What is told after a register was used: causes that add up, sizes, assumptions; and a region opens its groups.
#[test]
fn what_a_register_changed_is_told() {
    let mut window = window();
    let before = window.state().outcome().expect("results").cost_full;
    let rows = (0..400).map(|school| {
        let region = ["Dakar", "Kolda"][school / 200];
        // By hand: 100 schools of 1 000, 300 of 7 000; power in those of Dakar.
        let learners = if school % 4 == 0 { 1000 } else { 7000 };
        let power = if school < 200 { "yes" } else { "no" };
        format!("{region};urban;primary;École {school};C{school:03};{learners};{power}\n")
    });
    let rows: Vec<String> = rows.collect();
    paste(
        &mut window,
        &format!(
            "Region;Locality;Level;School;Code;Learners;Electricity\n{}",
            rows.concat()
        ),
    );
    wait_for(&mut window, "✓ 2 regions take the place");
    use_figures(&mut window);
    window.run();
    wait_for(&mut window, "What your figures changed in the plan");
    let after = window.state().outcome().expect("results").cost_full;
    let said = described(&window, "What your figures changed in the plan");
    let numbers: Vec<f64> = said
        .split("; ")
        .map(|row| {
            let number = row.rsplit(' ').next().expect("a number");
            number
                .replace('\u{2212}', "-")
                .replace('\u{202f}', "")
                .parse()
                .expect("a number")
        })
        .collect();
    let (first, last) = (numbers[0], *numbers.last().expect("the last"));
    assert!(
        (first - before / 1e6).abs() < 0.051 && (last - after / 1e6).abs() < 0.051,
        "{said}"
    );
    assert!(
        said.contains("Schools, their number and size") && said.contains("Electricity they have"),
        "{said}"
    );
    // Internet and computers are not told: they have no line.
    assert_eq!(numbers.len(), 4, "{said}");
    let causes: f64 = numbers[1..numbers.len() - 1].iter().sum();
    assert!((first + causes - last).abs() < 0.21, "{said}");
    let sizes = described(&window, "Schools by size: Primary");
    // By hand: 100 000 of 2 200 000 learners are in schools of 1 000.
    assert!(
        sizes.contains("up to 1\u{202f}000: 100 (4.5\u{a0}% of learners)")
            || sizes.contains("up to 1\u{202f}000: 100 (4.5 % of learners)"),
        "{sizes}"
    );
    window.get_by_label_contains("Assumptions: ");
    assert!(window.query_by_label_contains("Kolda: show or hide").is_some());
    let region = window.get_by_role_and_label(Role::Button, "Kolda: show or hide its groups");
    region.focus();
    window.run_steps(2);
    window.key_press(Key::Enter);
    window.run_steps(3);
    press(&mut window, "See them");
    window.run_steps(3);
    assert!(window.query_by_label("Assumptions: ").is_none());
}

/// What a chart says of itself to a screen reader.
fn described(window: &Window, title: &str) -> String {
    let node = window
        .query_all_by_label_contains(title)
        .find_map(|node| node.accesskit_node().description());
    node.expect("a description")
}
