//! What a path in a scenario may lead to: a country that stands beside it, or one of those bundled; nothing else is read,
//! waited for or shown.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::{Said, of, rollcall};

const BALANCED: &str = include_str!("../../scenarios/senegal/balanced.ron");
const SENEGAL: &str = include_str!("../../scenarios/countries/senegal.ron");
const NAMED: &str = "../countries/senegal.ron";

fn check(folder: &Path, file: &str) -> Said {
    let mut command = rollcall();
    command.current_dir(folder).timeout(Duration::from_secs(20));
    of(&mut command, &["check", file])
}

/// What `check` says of the balanced plan with another path to its country.
fn with_country(folder: &Path, path: &str) -> Said {
    fs::write(folder.join("plan.ron"), BALANCED.replace(NAMED, path)).expect("a plan");
    check(folder, "plan.ron")
}

#[test]
fn a_country_is_a_ron_file_on_a_relative_path() {
    let folder = tempfile::tempdir().expect("a folder");
    let plans = folder.path().join("plans");
    for name in ["plans", "countries"] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
    }
    fs::write(folder.path().join("countries/senegal.ron"), SENEGAL).expect("a country");
    fs::write(plans.join("beside.RON"), SENEGAL).expect("a country");
    for path in [NAMED, "beside.RON", "./beside.RON"] {
        let Said { code, err, .. } = with_country(&plans, path);
        assert_eq!(code, 0, "{path}: {err}");
    }
    let absolute = folder.path().join("countries/senegal.ron").display().to_string();
    for path in [
        "/etc/passwd",
        &absolute,
        "plan.txt",
        "C:/countries/senegal.ron",
        "//host/senegal.ron",
    ] {
        let Said { code, err, .. } = with_country(&plans, &path.replace('\\', "/"));
        assert!(
            code == 2 && err.contains("error[country-file]") && err.contains("ends in .ron, on a path relative to"),
            "{path}: {err}"
        );
    }
}

#[test]
fn nothing_is_shown_of_a_file_that_is_no_country() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = [
        "root:x:0:0:secret:/root:/bin/sh\n",
        "(user: \"me\", password: \"secret\")",
        "(user: \"me\" password: \"secret\")",
        "[secret, 1",
        "secret: 35 %",
        "(secret: 0,5)",
    ];
    for text in texts {
        fs::write(folder.path().join("other.ron"), text).expect("a file");
        let Said { code, err, out } = with_country(folder.path(), "other.ron");
        assert!(
            code == 2 && err.contains("other.ron: this is not a country of Rollcall") && !err.contains("secret"),
            "{text}: {err}"
        );
        assert!(out.contains("1 error"), "{out}");
    }
    // A country with a slip is helped with, as ever.
    fs::write(folder.path().join("other.ron"), SENEGAL.replacen("name:", "nam:", 1)).expect("a file");
    let Said { err, .. } = with_country(folder.path(), "other.ron");
    assert!(err.contains("Did you mean `name`?"), "{err}");
    fs::write(folder.path().join("other.ron"), SENEGAL.replacen(',', ";", 1)).expect("a file");
    let Said { err, .. } = with_country(folder.path(), "other.ron");
    assert!(err.contains("a semicolon stands where a comma belongs"), "{err}");
}

#[test]
fn a_bundled_country_is_found_by_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in ["countries/senegal.ron", "./countries/senegal.ron"] {
        let Said { code, err, .. } = with_country(folder.path(), path);
        assert!(code == 0 && err.contains("note[bundled-country]"), "{path}: {err}");
    }
    // A path that leads elsewhere is not taken for one that does not.
    for path in [NAMED, "senegal.ron"] {
        let Said { code, err, .. } = with_country(folder.path(), path);
        assert!(
            code == 2 && err.contains("for the bundled country write File(\"countries/senegal.ron\")"),
            "{path}: {err}"
        );
    }
    // What stands there comes first.
    fs::create_dir(folder.path().join("countries")).expect("a folder");
    fs::write(
        folder.path().join("countries/senegal.ron"),
        SENEGAL.replacen("SEN", "XXX", 1),
    )
    .expect("a country");
    let Said { code, err, .. } = with_country(folder.path(), "countries/senegal.ron");
    assert!(code == 0 && !err.contains("bundled-country"), "{err}");
}

/// A pipe that nobody writes to, a device that never ends.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe.ron");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|made| made.success()));
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("zero.ron")).expect("a link");
    for name in ["pipe.ron", "zero.ron"] {
        let Said { code, err, .. } = with_country(folder.path(), name);
        assert!(
            code == 2 && err.contains("this is a pipe or a device, not a file"),
            "{name}: {err}"
        );
        let Said { code, err, .. } = check(folder.path(), name);
        assert!(code == 2 && err.contains("error[not-a-file]"), "{name}: {err}");
    }
}

/// A saving that was broken off over a file with two names leaves the whole text beside it, and says so.
#[test]
fn a_saving_that_was_broken_off_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(".plan.ron.saving"), "the whole text").expect("a file");
    let Said { code, err, .. } = with_country(folder.path(), "countries/senegal.ron");
    assert!(
        code == 0 && err.contains("warning[broken-saving]") && err.contains("The whole text is in .plan.ron.saving"),
        "{err}"
    );
}

#[test]
fn a_scenario_named_alone_is_opened() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("plan"), BALANCED).expect("a plan");
    // Without a display both say the same; neither is wrong usage.
    for file in ["plan.ron", "PLAN.RON", "plan"] {
        let say = |arguments: &[&str]| {
            let mut command = rollcall();
            for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
                command.env_remove(name);
            }
            of(command.current_dir(folder.path()), arguments)
        };
        if cfg!(any(target_os = "linux", not(feature = "gui"))) {
            let (alone, opened) = (say(&[file]), say(&["open", file]));
            assert_eq!((alone.code, &alone.err), (opened.code, &opened.err), "{file}");
            assert!(alone.err.contains("rollcall run"), "{}", alone.err);
        }
    }
}

/// The book's table of the base year holds what `run` writes into `indicators.csv`, to the last digit.
#[test]
fn the_table_of_the_base_year_is_what_a_run_prints() {
    let pack = rollcall::data::Pack::embedded();
    let folder = tempfile::tempdir().expect("a folder");
    for (iso3, name) in rollcall::data::BUNDLED {
        let Ok(rows) = rollcall::data::base_year::rows(&pack, iso3) else {
            return;
        };
        let plan = folder.path().join(format!("{name}.ron"));
        let text = format!(
            "(format: 2, title: \"No plan\", story: \"\", country: File(\"countries/{name}.ron\"), plan: (), funding: (sources: []))"
        );
        fs::write(&plan, text).expect("a plan");
        let out = folder.path().join(name);
        let mut command = rollcall();
        let Said { code, err, .. } = of(
            command.current_dir(folder.path()),
            &["run", &plan.display().to_string(), "--out", &out.display().to_string()],
        );
        assert_eq!(code, 0, "{err}");
        let table = fs::read_to_string(out.join("indicators.csv")).expect("a table");
        let mut held = 0;
        for row in rows {
            let Some((measure, level)) = row.printed else { continue };
            let start = format!("2026,{},{level},,,,,,", measure.code());
            let line = table.lines().find(|line| line.starts_with(&start));
            let line = line.unwrap_or_else(|| panic!("{name}: no {start}"));
            let printed: f64 = line[start.len()..]
                .split(',')
                .next()
                .expect("a value")
                .parse()
                .expect("a number");
            assert!(
                (printed / row.ours - 1.0).abs() < 1e-12,
                "{name} {}: {printed}",
                row.figure
            );
            held += 1;
        }
        assert!(held >= 13, "{name}: {held} rows");
        // And the table at the end holds all of the base year that is of the whole country, and nothing else.
        let printed = rollcall::data::base_year::printed(&pack, iso3).expect("a baseline");
        let of_the_country = |line: &&str| {
            let cells: Vec<&str> = line.split(',').collect();
            cells[0] == "2026" && cells[3..8].iter().all(|cell| cell.is_empty())
        };
        let lines: Vec<&str> = table.lines().filter(of_the_country).collect();
        assert_eq!(lines.len(), printed.len(), "{name}");
        for (line, row) in lines.iter().zip(&printed) {
            let start = format!(
                "2026,{},{},,,,,,",
                row.code,
                row.level.map_or("", rollcall::scenario::Level::name)
            );
            assert!(line.starts_with(&start), "{name}: {line} for {start}");
            let value: f64 = line[start.len()..]
                .split(',')
                .next()
                .expect("a value")
                .parse()
                .expect("a number");
            assert_eq!(value.to_bits(), row.value.to_bits(), "{line}");
        }
    }
}
