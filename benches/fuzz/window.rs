//! What only the window reads: journals and typed numbers.

use std::fmt::Write as _;
use std::sync::LazyLock;

use rollcall::app::journal::{Found, Shelf};
use rollcall::app::typed;
use rollcall::app::words::languages;
use rollcall::data::store::sha256;
use rollcall::units::{NumberFormat, Unit};

use super::chance::{Chance, change, extreme};
use super::{EXAMPLE, Input, Verdict};

/// A journal of a few edits. Most keep their check sums, so that what stands behind them is read too.
pub fn journal(chance: &mut Chance) -> Input {
    let quote = |text: &str| rollcall::scenario::write::quote(text);
    let (past, future) = (chance.below(4), chance.below(3));
    let mut records = vec![
        format!(
            "(about:(name:\"a\",path:{},bundled:{},hash:\"\",unsaved:true),now:\"\",country:\"\",past:{past},future:{future},marks:{{0:\"start\",{}:\"end\"}})",
            chance.pick(&["None", "Some(\"/nowhere/a.ron\")"]),
            chance.pick(&["None", "Some(\"senegal/balanced.ron\")"]),
            past + future,
        ),
        quote(EXAMPLE),
    ];
    for edit in 0..past + future {
        let (start, end) = (chance.below(EXAMPLE.len()), chance.below(60));
        let middle = EXAMPLE.get(start..(start + end).min(EXAMPLE.len())).unwrap_or("");
        records.push(format!(
            "(\"edit {edit}\",(start:{start},end:{},before:{},after:{}))",
            EXAMPLE.len().saturating_sub(start + middle.len()),
            quote(middle),
            quote(if edit < past { middle } else { extreme(chance) }),
        ));
    }
    let mut text = String::from("rollcall journal 1\n");
    for record in records {
        let mut record = record.into_bytes();
        if chance.percent(30) {
            change(&mut record, chance);
        }
        let record = String::from_utf8_lossy(&record).replace('\n', " ");
        let _ = writeln!(text, "{} {record}", &sha256(record.as_bytes())[..8]);
    }
    let mut bytes = text.into_bytes();
    if chance.percent(20) {
        change(&mut bytes, chance);
    }
    Input {
        kind: "journal",
        ending: "journal",
        bytes,
    }
}

/// A folder for one journal at a time.
static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder"));

#[allow(clippy::disallowed_methods)]
pub fn attempt_journal(bytes: &[u8]) -> Verdict {
    let journals = FOLDER.path().join("journals");
    let _ = std::fs::remove_dir_all(&journals);
    let shelf = Shelf::new(journals.clone()).map_err(|why| why.to_string())?;
    std::fs::write(journals.join("0123456789abcdef.journal"), bytes).map_err(|why| why.to_string())?;
    let Found { left, damaged, .. } = shelf.look();
    let Some(left) = left.first() else {
        return Ok(if damaged.is_empty() { "passed over" } else { "set aside" });
    };
    let Some((_slot, journal)) = shelf.recover(left) else {
        return Err("offered and then not recovered".into());
    };
    if journal.at > journal.steps.len() {
        return Err(format!("at step {} of {}", journal.at, journal.steps.len()));
    }
    for step in &journal.steps {
        let _ = step.scenario.scenario();
    }
    if journal.present.scenario().is_none() {
        return Err("recovered without a scenario".into());
    }
    Ok("recovered")
}

/// A number as a hand might type it: unit and format first, then the text.
pub fn typed(chance: &mut Chance) -> Input {
    let pieces = [
        "1", "2", "12", "120", "000", "0", "9", "-", ",", ".", " ", "'", "\u{202f}", "%", "k", "m", "mn", "bn",
        "million", "US$", "$", "e", "E5", "+", "Mbit/s", "per cent", "années", "\u{2212}", "١", "½",
    ];
    let mut text = String::new();
    for _ in 0..=chance.below(8) {
        text += if chance.percent(10) {
            extreme(chance)
        } else {
            pieces[chance.below(pieces.len())]
        };
    }
    let text = format!(
        "{}\t{}\t{text}",
        chance.below(Unit::ALL.len()),
        chance.below(NumberFormat::ALL.len())
    );
    Input {
        kind: "typed",
        ending: "txt",
        bytes: text.into_bytes(),
    }
}

pub fn attempt_typed(bytes: &[u8]) -> Verdict {
    let input = String::from_utf8_lossy(bytes);
    let mut parts = input.splitn(3, '\t');
    let mut index = || parts.next().and_then(|part| part.parse::<usize>().ok()).unwrap_or(0);
    let (unit, format) = (Unit::ALL[index()], NumberFormat::ALL[index()]);
    let text = parts.next().unwrap_or_default();
    let mut verdict = "not a number";
    for language in languages() {
        let words = language.in_format(Some(format));
        for within in [(0.0, 1.0), (0.0, 1e15), (-1e3, 1e3)] {
            let Ok(read) = typed::parse(text, unit, within, words) else {
                continue;
            };
            verdict = "a number";
            if !read.value.is_finite() || read.value < within.0 || read.value > within.1 {
                return Err(format!("`{text}` as {unit:?} is {}", read.value));
            }
            if read.said.contains("NaN") || read.said.contains("inf") || read.value == 0.0 && read.said.contains("-0") {
                return Err(format!("`{text}` as {unit:?} is said to be {}", read.said));
            }
            let exact = typed::exact(read.value, unit, words);
            let again = typed::parse(&exact, unit, within, words);
            if !again
                .as_ref()
                .is_ok_and(|again| (again.value - read.value).abs() <= 1e-9 * read.value.abs().max(1.0))
            {
                return Err(format!(
                    "`{text}` as {unit:?} is {}, shown as `{exact}`, read as {again:?}",
                    read.value
                ));
            }
        }
    }
    Ok(verdict)
}
