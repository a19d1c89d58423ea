//! What stands above a table: the level, what is counted, in thousands.

use super::header::hear;
use super::measure::Measure;
use super::recipe::LevelSet;
use super::sheet::Sheet;
use super::words::{WORDS, Word};
use crate::data::spelling::plain;
use crate::scenario::Level;

/// Words after which a title only says how numbers are laid out.
const BY: [&str; 7] = ["by", "par", "por", "selon", "segun", "segundo", "حسب"];
/// The largest percentage or ratio.
const RATIO: f64 = 1_000.0;

/// A phrase of a text and what it may mean.
type Phrase<'a> = (String, Vec<&'a Word>);

/// The texts above the header.
pub(super) fn texts(sheet: &Sheet) -> impl Iterator<Item = String> {
    let rows = sheet.upper.iter().take(sheet.header);
    let cells = rows.flat_map(|row| &row.cells).filter(|cell| !cell.is_empty());
    cells.map(|cell| cell.shown().into_owned())
}

/// The longest known phrases of a text, one after the other: `pre-primary` is no `primary`.
fn phrases<'a>(text: &str, country: &'a str) -> Vec<Phrase<'a>> {
    let name = plain(text);
    let tokens: Vec<&str> = name.split('_').collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let longest = WORDS.longest().min(tokens.len() - at);
        let phrase = (1..=longest).rev().find_map(|length| {
            let phrase = tokens[at..at + length].join("_");
            let meanings: Vec<&Word> = WORDS.meanings(&phrase, country).collect();
            (!meanings.is_empty()).then_some((length, phrase, meanings))
        });
        match phrase {
            Some((length, phrase, meanings)) => {
                found.push((phrase, meanings));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// What the title, or the name of the sheet, says of levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Titled {
    /// Nothing.
    Nothing,
    /// These are meant.
    Levels(LevelSet),
    /// Several are named that share nothing: any of them, or all together.
    Several(LevelSet),
    /// None that is counted here.
    Outside,
}

/// What the title, or the name of the sheet, says of levels.
pub(super) fn levels(sheet: &Sheet, country: &str) -> Titled {
    let mut named: Vec<&[Level]> = Vec::new();
    let mut outside = false;
    for (text, is_title) in texts(sheet)
        .map(|text| (text, true))
        .chain([(sheet.name.clone(), false)])
    {
        let phrases = phrases(&text, country);
        let is = |wanted: fn(&Word) -> bool| phrases.iter().any(|(_, words)| words.iter().any(|word| wanted(word)));
        // A ministry of technical training may have made the table.
        let of_learners = !is_title || is(|word| matches!(word, Word::Measure(Measure::Learners) | Word::Sex(_)));
        for levels in phrases.iter().filter_map(|(_, words)| {
            words.iter().find_map(|word| match word {
                Word::Levels(levels) => Some(levels.as_slice()),
                _ => None,
            })
        }) {
            if levels.is_empty() {
                outside |= of_learners;
            } else {
                named.push(levels);
            }
        }
    }
    let mut all = named.concat();
    all.sort_unstable();
    all.dedup();
    let Some(together) = LevelSet::of(&all) else {
        return if outside { Titled::Outside } else { Titled::Nothing };
    };
    // The narrower of two, one within the other.
    all.retain(|level| named.iter().all(|levels| levels.contains(level)));
    LevelSet::of(&all).map_or(Titled::Several(together), Titled::Levels)
}

/// Whether the title names something else than learners: a rate, repeaters, a budget. Numbers as large as no ratio are counts
/// where it names learners too.
pub(super) fn is_of_another(sheet: &Sheet, country: &str, most: f64) -> bool {
    texts(sheet).any(|text| {
        let phrases = phrases(&text, country);
        let said = || phrases.iter().take_while(|(phrase, _)| !BY.contains(&phrase.as_str()));
        let at = |wanted: fn(&Word) -> bool| said().position(|(_, words)| words.iter().any(|word| wanted(word)));
        let learners = at(|word| *word == Word::Measure(Measure::Learners));
        let another = at(|word| *word == Word::Another);
        if another.is_some_and(|another| learners.is_none_or(|learners| another < learners)) {
            return true;
        }
        let is_ratio = |word: &Word| matches!(word, Word::Percent | Word::Share | Word::Per);
        // `Net enrolment rate` is known as a whole.
        let within = |phrase: &str| {
            let mut tokens = phrase.split('_');
            tokens.any(|token| WORDS.meanings(token, country).any(is_ratio))
        };
        let mut said = said();
        let ratio = said.any(|(phrase, words)| {
            words
                .iter()
                .any(|word| is_ratio(word) || (**word == Word::Aside && within(phrase)))
        });
        most <= RATIO && (ratio || text.contains(['%', '٪']))
    })
}

/// Whether a header says for whom and not what is counted.
pub(super) fn is_unnamed(header: &str, sheet: &Sheet, country: &str) -> bool {
    let heard = hear(header, country, None);
    let unnamed = heard.is_some_and(|heard| heard.named.is_none() && (heard.is_qualified() || heard.total));
    unnamed && is_of_another(sheet, country, 0.0)
}

/// What a title above the header multiplies numbers with: `in thousands`, `'000`.
pub(super) fn times(sheet: &Sheet, country: &str) -> Option<u32> {
    texts(sheet).find_map(|text| times_of(&text, country))
}

/// What a text above a table multiplies numbers with: by two words, as `million` may stand in any sentence, or by a number.
fn times_of(text: &str, country: &str) -> Option<u32> {
    let name = plain(text);
    let tokens: Vec<&str> = name.split('_').collect();
    let phrases = (0..tokens.len()).flat_map(|from| {
        let longest = WORDS.longest().min(tokens.len() - from);
        (1..=longest).map(move |length| (from, from + length))
    });
    phrases.into_iter().find_map(|(from, to)| {
        let phrase = tokens[from..to].join("_");
        let is_unit = phrase.contains('_') || phrase.starts_with('0');
        WORDS
            .meanings(&phrase, country)
            .filter(|_| is_unit)
            .find_map(|word| match word {
                Word::Times(times) => Some(*times),
                _ => None,
            })
    })
}
