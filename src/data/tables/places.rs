//! Places by their names: two spellings of one name are one place.

use std::collections::BTreeMap;

use super::words::{WORDS, Word};
use crate::data::spelling::plain;

/// The regions of a table.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Position of a place by what tells it apart.
    by_key: BTreeMap<String, usize>,
    /// Position by its name as written, so that few names are looked at twice.
    by_name: BTreeMap<String, usize>,
    /// Each place: its spellings, and how often each stands.
    spellings: Vec<Vec<(String, usize)>>,
}

impl Places {
    /// The place of a name. `one_spelling` takes names that differ in capitals, accents and signs for one.
    pub fn place(&mut self, name: &str, one_spelling: bool) -> usize {
        if let Some(place) = self.by_name.get(name) {
            let spelling = self.spellings[*place].iter_mut().find(|(known, _)| known == name);
            if let Some((_, times)) = spelling {
                *times += 1;
            }
            return *place;
        }
        let key = if one_spelling { key(name) } else { name.to_owned() };
        let next = self.spellings.len();
        let place = *self.by_key.entry(key).or_insert(next);
        if place == next {
            self.spellings.push(Vec::new());
        }
        self.spellings[place].push((name.to_owned(), 1));
        self.by_name.insert(name.to_owned(), place);
        place
    }

    /// The place of a name, if it has been named.
    pub fn known(&self, name: &str) -> Option<usize> {
        self.by_key.get(&key(name)).or_else(|| self.by_name.get(name)).copied()
    }

    /// The name of a place: its most frequent spelling, the first of equals.
    pub fn name(&self, place: usize) -> &str {
        let spellings = &self.spellings[place];
        let most = spellings.iter().map(|(_, times)| *times).max();
        let name = spellings.iter().find(|(_, times)| Some(*times) == most);
        name.map_or("", |(name, _)| name)
    }

    /// Places that are spelt in several ways: each spelling with its rows.
    pub fn several(&self) -> impl Iterator<Item = &[(String, usize)]> {
        self.spellings
            .iter()
            .map(Vec::as_slice)
            .filter(|spellings| spellings.len() > 1)
    }
}

/// What tells a place apart: its letters, without `Region of`.
fn key(name: &str) -> String {
    let name = plain(name);
    let tokens: Vec<&str> = name.split('_').collect();
    let of_place = |tokens: &[&str]| WORDS.meanings(&tokens.join("_"), "").any(|word| *word == Word::OfPlace);
    let before = (1..tokens.len())
        .rev()
        .find(|length| of_place(&tokens[..*length]))
        .unwrap_or(0);
    let tokens = &tokens[before..];
    let behind = (1..tokens.len())
        .find(|from| of_place(&tokens[*from..]))
        .unwrap_or(tokens.len());
    tokens[..behind].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_are_one_place() {
        let mut places = Places::default();
        let mut place = |name: &str| places.place(name, true);
        let saint = place("SAINT LOUIS");
        for name in ["Saint-Louis", "Région de Saint-Louis", "saint louis region"] {
            assert_eq!(place(name), saint, "{name}");
        }
        assert_eq!(place("Thiès"), place("THIES"));
        assert_eq!(place("Murang'a"), place("Murang’a"));
        assert_ne!(place("North"), place("North East"));
        let region = place("Region");
        assert_ne!(region, saint);
        assert_eq!(places.several().count(), 3);
    }
}
