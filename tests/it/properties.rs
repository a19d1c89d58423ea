//! What must hold whatever is written: nothing panics, what is written is read back, shares stay shares.

use proptest::prelude::*;

use rollcall::model::{ledger, measures, simulate};
use rollcall::report::summary;
use rollcall::scenario::field::ROOT;
use rollcall::scenario::findings::any_error;
use rollcall::scenario::measure::Measure;
use rollcall::scenario::registry::{Entry, Leaf, LeafMut};
use rollcall::scenario::text::{Reading, read_scenario, write_scenario};
use rollcall::scenario::{Scenario, check, messages};
use rollcall::units::Unit;

use super::example;

fn read(bytes: &[u8]) -> Reading {
    read_scenario("a.ron", bytes, &|_| Err(messages::no_such_file()))
}

fn valid() -> Scenario {
    read(example().as_bytes()).scenario.expect("the example is valid")
}

/// The example with each number moved somewhere into its allowed range; `moves` are read in a circle.
fn moved(moves: &[f64], every: usize) -> Scenario {
    let mut scenario = valid();
    let mut at = 0;
    scenario.walk_mut("", &ROOT, &mut |path, field, leaf| {
        let place = moves[at % moves.len()];
        at += 1;
        if at % every != 0 || path.starts_with("targets") {
            return;
        }
        let (min, max) = field.within;
        let to = |value: f64| {
            // Ranges without an end: up to ten times what stands there.
            let (low, high) = if max >= 1e9 {
                (0.0, 10.0 * value.max(1.0))
            } else {
                (min, max)
            };
            low + (high - low) * place
        };
        match leaf {
            LeafMut::Number(number) => number.value = to(number.value),
            LeafMut::Path(points) => points.points.iter_mut().for_each(|point| point.1 = to(point.1)),
        }
    });
    scenario
}

/// The same numbers, words and passports, however they were written.
fn same(a: &Scenario, b: &Scenario) -> Result<(), String> {
    let mut numbers = Vec::new();
    a.walk("", &ROOT, &mut |path, _, leaf| {
        numbers.push((path.to_owned(), format!("{leaf:?}")));
    });
    let mut at = 0;
    let mut difference = None;
    b.walk("", &ROOT, &mut |path, _, leaf| {
        let (was_path, was) = &numbers[at.min(numbers.len() - 1)];
        if difference.is_none() && (was_path != path || *was != format!("{leaf:?}")) {
            difference = Some(format!("{was_path} {was} became {path} {leaf:?}"));
        }
        at += 1;
    });
    match difference {
        None if a == b => Ok(()),
        None => Err("words differ".into()),
        Some(difference) => Err(difference),
    }
}

#[test]
fn what_is_written_is_read_back() {
    let scenario = valid();
    for explain in [false, true] {
        let text = write_scenario(&scenario, explain);
        let reading = read(text.as_bytes());
        let again = reading
            .scenario
            .unwrap_or_else(|| panic!("{:?}\n{text}", reading.findings));
        // Remarks and defaults written out change no number.
        assert_eq!(again.layout().values, scenario.layout().values, "explain: {explain}");
        if !explain {
            same(&scenario, &again).expect("the same");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_numbers_are_written_and_read_back(moves in prop::collection::vec(0.0..=1.0f64, 40), every in 1usize..6) {
        let scenario = moved(&moves, every);
        let text = write_scenario(&scenario, false);
        let reading = read(text.as_bytes());
        // Numbers that do not fit together are refused, never changed.
        if let Some(again) = &reading.scenario {
            prop_assert!(same(&scenario, again).is_ok(), "{:?}", same(&scenario, again));
        } else {
            prop_assert!(any_error(&reading.findings));
        }
    }

    #[test]
    fn numbers_inside_their_ranges_never_break_the_engine(moves in prop::collection::vec(0.0..=1.0f64, 40), every in 1usize..30) {
        let scenario = moved(&moves, every);
        let sound = !any_error(&check::check(&scenario, "a.ron", &rollcall::scenario::places::Places::new()));
        let run = simulate(&scenario);
        let text = summary::summary(&run);
        prop_assert!(text.lines().count() <= summary::LINES && text.lines().all(|line| line.chars().count() <= summary::WIDTH), "{}", text);
        // A scenario that check refuses need not make sense; it must only not panic.
        if sound {
            for row in measures::rows(&run) {
                let value = row.value.unwrap_or(0.0);
                prop_assert!(value.is_finite(), "{row:?}");
                // What was put off and is caught up on is found more than once.
                let share = row.indicator.unit() == Unit::Share && row.indicator != Measure::ToFindShare.into();
                prop_assert!(!share || (-1e-9..=1.0 + 1e-9).contains(&value), "{row:?}");
            }
            for row in ledger::costs(&run) {
                // Only the plan's layer can be negative: where the plan needs less of a line than its twin.
                prop_assert!(row.amount().0.is_finite() && (row.amount().0 >= 0.0 || !row.existing), "{row:?}");
            }
        }
    }

    #[test]
    fn a_draw_becomes_a_scenario_with_the_same_numbers(moves in prop::collection::vec(0.0..=1.0f64, 40)) {
        let parameters = moved(&moves, 1).layout().values;
        let scenario = valid().with(&parameters);
        let mut finite = true;
        scenario.walk("", &ROOT, &mut |_, _, leaf| if let Leaf::Number(number) = leaf { finite &= number.value.is_finite() });
        prop_assert!(finite);
        for (was, is) in parameters.iter().zip(scenario.layout().values) {
            prop_assert!((was - is).abs() <= 1e-12 * was.abs().max(1.0));
        }
    }
}

/// What a slip of the hand or a bad disk leaves behind.
#[derive(Clone, Debug)]
enum Edit {
    Put(usize, Vec<u8>),
    Cut(usize, usize),
    Copy(usize, usize, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let pieces = prop::sample::select(vec![
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "'",
        "%",
        "-",
        "1e400",
        "NaN",
        "inf",
        "None",
        "Some(",
        "File(\"a\")",
        "//",
        "/*",
        "r#\"",
        "\\",
        "é",
        "\u{feff}",
        "0x",
        "_",
        "..",
        "#![enable(implicit_some)]",
        "true",
        "\n",
        "99999999999999999999",
    ]);
    prop_oneof![
        (any::<usize>(), pieces).prop_map(|(at, piece)| Edit::Put(at, piece.as_bytes().to_vec())),
        (any::<usize>(), prop::collection::vec(any::<u8>(), 1..4)).prop_map(|(at, bytes)| Edit::Put(at, bytes)),
        (any::<usize>(), 1usize..60).prop_map(|(at, length)| Edit::Cut(at, length)),
        (any::<usize>(), 1usize..60, any::<usize>()).prop_map(|(at, length, to)| Edit::Copy(at, length, to)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_at_random_never_panic(edits in prop::collection::vec(edit(), 1..5)) {
        let mut bytes = example().into_bytes();
        for edit in edits {
            let size = bytes.len().max(1);
            match edit {
                Edit::Put(at, piece) => { bytes.splice(at % size..at % size, piece); }
                Edit::Cut(at, length) => { bytes.drain(at % size..(at % size + length).min(bytes.len())); }
                Edit::Copy(at, length, to) => {
                    let piece = bytes[at % size..(at % size + length).min(bytes.len())].to_vec();
                    bytes.splice(to % size..to % size, piece);
                }
            }
        }
        let reading = read(&bytes);
        prop_assert_eq!(reading.scenario.is_none(), any_error(&reading.findings));
        if let Some(scenario) = reading.scenario {
            let _ = summary::summary(&simulate(&scenario));
        }
    }
}
