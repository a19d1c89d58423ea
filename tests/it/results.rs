//! Where `--out` writes: never over what was read, over other files only where an earlier run stands or with `--force`.

use std::fs;
use std::path::Path;

use super::{EXAMPLE, Said, example, said};

const BALANCED: &str = include_str!("../../scenarios/senegal/balanced.ron");
const SENEGAL: &str = include_str!("../../scenarios/countries/senegal.ron");

fn at(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

/// Runs into a folder, and says how; nothing may be written where it fails.
fn refused(arguments: &[&str], folder: &Path) -> String {
    let before = fs::read_dir(folder).map_or(0, Iterator::count);
    let Said { code, out, err } = said(arguments);
    assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {err}");
    assert_eq!(fs::read_dir(folder).map_or(0, Iterator::count), before, "{err}");
    err
}

#[test]
fn the_scenario_is_never_replaced_by_its_own_run() {
    let folder = folder_with(&[("run.ron", &example())]);
    let (file, out) = (at(folder.path(), "run.ron"), folder.path().display().to_string());
    for force in [&[][..], &["--force"]] {
        for out in [
            out.clone(),
            format!("{out}/../{}", folder.path().file_name().expect("a name").display()),
        ] {
            let arguments: Vec<&str> = ["run", &file, "--out", &out]
                .into_iter()
                .chain(force.iter().copied())
                .collect();
            let err = refused(&arguments, folder.path());
            assert!(err.contains("this file was read for the results"), "{err}");
            assert_eq!(fs::read_to_string(&file).expect("the scenario"), example());
        }
    }
}

/// By a link or a second name it is the same file.
#[cfg(unix)]
#[test]
fn neither_is_what_a_link_or_a_second_name_leads_to() {
    let folder = folder_with(&[("plan.ron", &example())]);
    let file = at(folder.path(), "plan.ron");
    let out = at(folder.path(), "out");
    for soft in [true, false] {
        fs::create_dir(&out).expect("a folder");
        let costs = Path::new(&out).join("costs.csv");
        if soft {
            std::os::unix::fs::symlink("../plan.ron", costs).expect("a link");
        } else {
            fs::hard_link(&file, costs).expect("a second name");
        }
        for force in [&[][..], &["--force"]] {
            let arguments: Vec<&str> = ["run", &file, "--out", &out]
                .into_iter()
                .chain(force.iter().copied())
                .collect();
            let err = refused(&arguments, Path::new(&out));
            assert!(err.contains("costs.csv: this file was read for the results"), "{err}");
        }
        assert_eq!(fs::read_to_string(&file).expect("the scenario"), example());
        fs::remove_dir_all(&out).expect("gone");
    }
}

#[test]
fn nor_is_the_country_that_it_names() {
    let folder = folder_with(&[
        ("plan.ron", &BALANCED.replace("../countries/senegal.ron", "run.ron")),
        ("run.ron", SENEGAL),
        ("compare.ron", SENEGAL),
        (
            "other.ron",
            &BALANCED.replace("../countries/senegal.ron", "compare.ron"),
        ),
    ]);
    let out = folder.path().display().to_string();
    let (plan, other) = (at(folder.path(), "plan.ron"), at(folder.path(), "other.ron"));
    let err = refused(&["run", &plan, "--out", &out, "--force"], folder.path());
    assert!(err.contains("run.ron: this file was read for the results"), "{err}");
    let err = refused(&["compare", &plan, &other, "--out", &out, "--force"], folder.path());
    assert!(err.contains("compare.ron: this file was read for the results"), "{err}");
    for name in ["run.ron", "compare.ron"] {
        assert_eq!(
            fs::read_to_string(at(folder.path(), name)).expect("the country"),
            SENEGAL
        );
    }
}

#[test]
fn files_of_others_are_replaced_only_with_force_and_those_of_a_run_without_a_word() {
    let folder = folder_with(&[
        ("costs.csv", "mine"),
        ("differs.csv", "mine"),
        ("run.ron", "(title: \"mine\")"),
    ]);
    let out = folder.path().display().to_string();
    let run = ["run", EXAMPLE, "--out", &out];
    let err = refused(&run, folder.path());
    assert!(
        err.contains("costs.csv, run.ron are not from an earlier run") && err.contains("--force"),
        "{err}"
    );
    let compare = ["compare", EXAMPLE, "senegal/balanced.ron", "--out", &out];
    let err = refused(&compare, folder.path());
    assert!(err.contains("differs.csv is not from an earlier run"), "{err}");
    assert_eq!(
        fs::read_to_string(at(folder.path(), "costs.csv")).expect("mine"),
        "mine"
    );
    for command in [&run[..], &compare] {
        let forced: Vec<&str> = command.iter().copied().chain(["--force"]).collect();
        let Said { code, err, .. } = said(&forced);
        assert_eq!(code, 0, "{err}");
        // From then on the folder is ours.
        let Said { code, err, .. } = said(command);
        assert_eq!(code, 0, "{err}");
    }
    assert!(
        fs::read_to_string(at(folder.path(), "costs.csv"))
            .expect("ours")
            .starts_with("year,")
    );
    assert!(
        fs::read_to_string(at(folder.path(), "compare.ron"))
            .expect("ours")
            .contains("file: \"senegal/balanced.ron\"")
    );
}
