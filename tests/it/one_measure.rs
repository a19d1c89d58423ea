//! A measure is declared once: its code stands in one file of the program, its name in each language, its meaning in the book.

use std::fs;
use std::path::{Path, PathBuf};

use rollcall::scenario::measure::{Indicator, Measure};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Codes that are words of the language too, as the learners of a table's column are no measure.
fn is_a_word(code: &str) -> bool {
    code.chars().all(|letter| letter.is_ascii_lowercase())
}

#[test]
fn the_code_of_a_measure_stands_in_one_file() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&top, &mut files);
    for measure in Measure::ALL.iter().filter(|measure| !is_a_word(measure.code())) {
        let quoted = format!("\"{}\"", measure.code());
        let known: Vec<_> = files
            .iter()
            .filter(|file| fs::read_to_string(file).expect("a source").contains(&quoted))
            .map(|file| file.strip_prefix(&top).expect("inside"))
            .collect();
        assert_eq!(known, [Path::new("scenario/measure.rs")], "{measure:?}");
    }
}

#[test]
fn a_measure_is_named_in_each_language_and_told_in_the_book() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |file: &str| fs::read_to_string(top.join(file)).expect("a file");
    let (french, book) = (read("assets/words/fr.txt"), read("docs/src/indicators.md"));
    for measure in Measure::ALL {
        let code = measure.code();
        assert!(french.contains(&format!("\nmeasure.{code} = ")), "{code}");
        assert!(book.contains(&format!("`{code}`")), "{code}");
    }
    assert_eq!(
        Indicator::all().count(),
        Measure::ALL.len() + 4 * 16 + 7 * 6 + 3 * 2,
        "seven measures are compared in four ways between sixteen pairs of sides, among places in six and three of them by wealth in two"
    );
}
