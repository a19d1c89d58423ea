//! Bad files, each with the full text that `rollcall check` prints for it.
//!
//! `UPDATE_EXPECTED=1 cargo test --test it` writes the texts again; read the difference as a user would.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use rollcall::scenario::findings::any_error;
use rollcall::scenario::messages;
use rollcall::scenario::text::{Reading, read_scenario};

use super::{Said, example, said};

fn names(ending: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("tests/bad")
        .filter_map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .ok()?
                .strip_suffix(ending)
                .map(str::to_owned)
        })
        .collect();
    names.sort();
    names
}

#[test]
fn every_bad_file_says_what_is_expected() {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let mut different = String::new();
    for name in names(".ron") {
        let Said { code, out, err } = said(&["check", &format!("tests/bad/{name}.ron")]);
        let text = format!("{err}{out}exit code {code}\n");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/bad/{name}.txt"));
        if update {
            fs::write(&file, &text).expect("written");
            continue;
        }
        let expected = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        if text != expected {
            let _ = writeln!(different, "--- {name} expected\n{expected}--- {name} said\n{text}");
        }
    }
    assert!(
        different.is_empty(),
        "{different}Read the texts; if they are right, write them with UPDATE_EXPECTED=1."
    );
    let alone: Vec<_> = names(".txt")
        .into_iter()
        .filter(|name| !names(".ron").contains(name))
        .collect();
    assert!(alone.is_empty(), "expected texts without a file: {alone:?}");
}

#[test]
fn every_error_has_a_place_and_says_what_to_do() {
    for name in names(".ron") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/bad/{name}.ron"));
        let findings = rollcall::data::store::open(&path).findings;
        for finding in findings
            .iter()
            .filter(|finding| finding.severity == rollcall::scenario::Severity::Error)
        {
            assert!(
                !finding.rule.to_string().is_empty() && !finding.to_string().contains("ron::"),
                "{name}: {finding}"
            );
            let whole_file = ["empty-file", "not-a-scenario", "not-utf8"].contains(&finding.code);
            assert!(finding.place.line > 0 || whole_file, "{name}: {finding}");
        }
    }
}

fn read(bytes: &[u8]) -> Reading {
    read_scenario("a.ron", bytes, &|_| Err(messages::no_such_file()))
}

#[test]
fn a_file_cut_off_anywhere_is_a_finding_and_never_a_panic() {
    let text = example();
    let whole = text.trim_end().len();
    for end in (0..whole).step_by(7).chain(whole - 40..whole) {
        let reading = read(&text.as_bytes()[..end]);
        assert!(
            any_error(&reading.findings) && reading.scenario.is_none(),
            "cut at byte {end}"
        );
    }
    assert!(read(&text.as_bytes()[..whole]).scenario.is_some());
}

#[test]
fn a_line_left_out_is_a_finding_or_a_valid_file() {
    let text = example();
    let lines: Vec<&str> = text.lines().collect();
    for left_out in 0..lines.len() {
        let kept: Vec<&str> = lines
            .iter()
            .enumerate()
            .filter(|(line, _)| *line != left_out)
            .map(|(_, line)| *line)
            .collect();
        let reading = read(kept.join("\n").as_bytes());
        assert_eq!(
            reading.scenario.is_none(),
            any_error(&reading.findings),
            "without line {}",
            left_out + 1
        );
    }
}

#[test]
fn what_cannot_be_read_is_said_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let said_of = |path: &str| {
        let Said { code, err, .. } = said(&["check", path]);
        assert_eq!(code, 2, "{err}");
        err
    };
    assert!(said_of(&at("none.ron")).contains("error[no-such-file]: there is no such file"));
    assert!(said_of(&folder.path().display().to_string()).contains("error[is-a-folder]"));
    // Fifty megabytes of noise: a fixed sequence, so that the test is the same every time.
    let mut state = 1u32;
    let noise: Vec<u8> = (0..50_000_000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        })
        .collect();
    fs::write(at("noise.ron"), &noise).expect("written");
    assert!(said_of(&at("noise.ron")).contains("50 MB; a scenario has at most 20 MB"));
    fs::write(at("less.ron"), &noise[..1_000_000]).expect("written");
    assert!(said_of(&at("less.ron")).contains("error[not-utf8]"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::write(at("locked.ron"), example()).expect("written");
        fs::set_permissions(at("locked.ron"), fs::Permissions::from_mode(0o000)).expect("rights");
        // The superuser may read anything.
        if fs::read(at("locked.ron")).is_err() {
            assert!(said_of(&at("locked.ron")).contains("error[cannot-read]: you are not allowed to read this file"));
        }
    }
}
