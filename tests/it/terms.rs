//! Loans and grants as their tables have them: nothing is paid after the last payment, nothing is given that is never released.

use std::fs;

use super::{example, of, rollcall};

/// Rows of a table of the example with something written otherwise, and what was said.
fn run(changes: &[(&str, &str)], table: &str) -> (Vec<csv::StringRecord>, String) {
    let mut text = example();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("plan.ron");
    fs::write(&file, text).expect("written");
    let out = folder.path().join("results");
    let said = of(
        &mut rollcall(),
        &["run", &file.display().to_string(), "--out", &out.display().to_string()],
    );
    assert_eq!(said.code, 0, "{}", said.err);
    let mut reader = csv::Reader::from_path(out.join(table)).expect("a table");
    (reader.records().map(|row| row.expect("a row")).collect(), said.err)
}

/// Six years, one of grace: the last payment falls six years after the last draw, and then all is nothing.
#[test]
fn after_the_last_payment_a_loan_costs_nothing() {
    let (rows, _) = run(
        &[
            ("format: 2,", "format: 2, horizon: 2060,"),
            (
                "concessional_loan(",
                "concessional_loan(maturity: 6, grace: 1, timing: earliest, ",
            ),
        ],
        "debt.csv",
    );
    let number = |row: &csv::StringRecord, column: usize| row[column].parse::<f64>().expect("a number");
    let last = rows.iter().rposition(|row| number(row, 2) > 1e-3).expect("a draw") + 6;
    assert!(number(&rows[last], 3) > 0.0, "{:?}", rows[last]);
    for row in &rows[last + 1..] {
        assert!(row.iter().skip(2).take(5).all(|cell| cell == "0"), "{row:?}");
    }
    assert!(last + 5 < rows.len(), "{last}");
}

#[test]
fn what_is_never_released_is_never_given() {
    let short = [(
        "release: {2027: 0.4, 2028: 0.4, 2029: 0.2}",
        "release: {2027: 0.4, 2028: 0.4}",
    )];
    let (rows, said) = run(&short, "terms.csv");
    let grant = rows.iter().find(|row| &row[0] == "partner grant").expect("a grant");
    // 120 million committed, 80 % released.
    assert_eq!((&grant[2], &grant[5]), ("120000000", "96000000"));
    assert!(
        said.contains("funding.sources[2].release = 80 %: US$ 24 million of the commitment is not released by 2030"),
        "{said}"
    );
    let (rows, said) = run(&[], "terms.csv");
    assert_eq!(
        &rows.iter().find(|row| &row[0] == "partner grant").expect("a grant")[5],
        "120000000"
    );
    assert!(!said.contains("not released"), "{said}");
}
