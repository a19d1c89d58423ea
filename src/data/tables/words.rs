//! The words of ministries' tables, from `assets/tables/words.txt`: one table that a person can extend.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::measure::{Measure, Place, Sex};
use crate::data::spelling::{is_near, plain};
use crate::scenario::{Level, Locality};

/// What a word of a table may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A column that counts or measures something.
    Measure(Measure),
    /// A column that names places.
    Place(Place),
    /// A column of localities.
    LocalityColumn,
    /// A column of kinds of districts, urban or rural.
    DistrictType,
    /// A column of people per square kilometre.
    Density,
    /// A column of levels.
    LevelColumn,
    /// A column of size classes.
    SizeClass,
    /// A column of years.
    YearColumn,
    /// A column of sexes.
    SexColumn,
    /// A column of codes of schools.
    Code,
    /// A column of names of schools.
    School,
    /// The word for a name.
    Name,
    /// A column that is known and not needed.
    Aside,
    /// A level, or several that a national level spans; none for what is not counted here.
    Levels(Vec<Level>),
    /// A locality.
    Locality(Locality),
    /// A kind of council, at the end of its name.
    Council(Locality),
    /// A sex; none for both together.
    Sex(Option<Sex>),
    /// A word beside a number that counts grades from the first of these levels on; none for what is not counted here.
    Grades(Vec<Level>),
    /// The name of a grade of a level.
    Grade(Level),
    /// A number that tells the place in a row.
    Ordinal(usize),
    /// A word beside a number of years of age.
    Age,
    /// All together.
    Total,
    /// An average of others.
    Mean,
    /// Part of a name of a place that does not tell it from another.
    OfPlace,
    /// In hundredths.
    Percent,
    /// A part of one.
    Share,
    /// A count.
    Number,
    /// Schools with something.
    With,
    /// Schools without something.
    Without,
    /// In a title: something else than learners, teachers or schools is counted.
    Another,
    /// Something for each of something else.
    Per,
    /// Who runs schools: public, private.
    Sector(String),
    /// So many times what is written: in thousands.
    Times(u32),
    /// Schools have it.
    Yes,
    /// Schools do not have it.
    No,
    /// Says nothing.
    Filler,
}

/// All words that are known.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// What a phrase, as [`plain`] writes it, may mean: in a country (empty for everywhere).
    phrases: BTreeMap<String, Vec<(String, Word)>>,
    /// Words of the longest phrase.
    longest: usize,
    /// Marks for no figure, in small letters.
    nothing: BTreeSet<String>,
    /// The start of subtotals.
    subtotals: Vec<String>,
    /// The start of notes below a table.
    notes: BTreeSet<String>,
    /// Names of columns by what is near to them in meaning.
    near: BTreeMap<String, String>,
}

/// The words that are built in.
pub(super) static WORDS: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::of(TABLE).unwrap_or_default());

/// The table of words.
pub(super) const TABLE: &str = include_str!("../../../assets/tables/words.txt");

impl Vocabulary {
    /// Reads the table of words; a line that is not understood is the error.
    fn of(text: &str) -> Result<Self, String> {
        let mut vocabulary = Self::default();
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let not_understood = || line.to_owned();
            let (name, words) = line.split_once(" = ").ok_or_else(not_understood)?;
            let (name, language) = name.rsplit_once('.').ok_or_else(not_understood)?;
            let (kind, meaning) = name.split_once('.').unwrap_or((name, ""));
            let country = if language.len() == 3 && language.bytes().all(|byte| byte.is_ascii_uppercase()) {
                language
            } else {
                ""
            };
            let words = words.split('|').map(str::trim).filter(|word| !word.is_empty());
            if kind == "nothing" {
                vocabulary.nothing.extend(words.map(str::to_lowercase));
                continue;
            }
            if kind == "note" {
                vocabulary.notes.extend(words.map(key));
                continue;
            }
            if kind == "near" {
                vocabulary
                    .near
                    .extend(words.map(|word| (key(word), meaning.to_owned())));
                continue;
            }
            if kind == "subtotal" {
                vocabulary.subtotals.extend(words.map(|word| format!("{}_", key(word))));
                continue;
            }
            let word = word(kind, meaning).ok_or_else(not_understood)?;
            for phrase in words.map(key) {
                vocabulary.longest = vocabulary.longest.max(phrase.split('_').count());
                let meanings = vocabulary.phrases.entry(phrase).or_default();
                if !meanings
                    .iter()
                    .any(|(where_, known)| where_ == country && *known == word)
                {
                    meanings.push((country.to_owned(), word.clone()));
                }
            }
        }
        Ok(vocabulary)
    }

    /// What a phrase, as [`plain`] writes it, may mean in a country. What it means there goes before meanings of the same
    /// kind elsewhere.
    pub(super) fn meanings<'a>(&'a self, phrase: &str, country: &'a str) -> impl Iterator<Item = &'a Word> {
        let all = self.phrases.get(phrase).map_or(&[][..], Vec::as_slice);
        let own = move |word: &Word| {
            let kind = std::mem::discriminant(word);
            all.iter()
                .any(|(of, own)| of == country && std::mem::discriminant(own) == kind)
        };
        all.iter()
            .filter(move |(of, word)| of == country || (of.is_empty() && !own(word)))
            .map(|(_, word)| word)
    }

    /// Number of words of the longest phrase.
    pub(super) const fn longest(&self) -> usize {
        self.longest
    }

    /// Whether a cell says that there is no figure: `..`, `n/a`, `<5`.
    pub(super) fn is_nothing(&self, text: &str) -> bool {
        let few = |rest: &str| !rest.trim().is_empty() && rest.trim().bytes().all(|byte| byte.is_ascii_digit());
        text.len() <= 8 && (self.nothing.contains(&text.to_lowercase()) || text.strip_prefix('<').is_some_and(few))
    }

    /// What follows the word for a subtotal: `TOTAL COAST` is of `coast`.
    pub(super) fn subtotal<'a>(&self, name: &'a str) -> Option<&'a str> {
        self.subtotals
            .iter()
            .find_map(|start| name.strip_prefix(start.as_str()))
    }

    /// Whether a name, as [`plain`] writes it, means all of something together.
    pub(super) fn is_total(&self, name: &str) -> bool {
        self.meanings(name, "").any(|word| *word == Word::Total)
    }

    /// The levels that a word names.
    pub(super) fn levels(&self, text: &str, country: &str) -> Option<Vec<Level>> {
        self.meanings(&key(text), country).find_map(|word| match word {
            Word::Levels(levels) => Some(levels.clone()),
            _ => None,
        })
    }

    /// The locality that a word names.
    pub(super) fn locality(&self, text: &str, country: &str) -> Option<Locality> {
        self.meanings(&key(text), country).find_map(|word| match word {
            Word::Locality(locality) => Some(*locality),
            _ => None,
        })
    }

    /// The locality that the last word of a council's name tells: `Dodoma MC`.
    pub(super) fn council(&self, name: &str, country: &str) -> Option<Locality> {
        let name = plain(name);
        let (_, last) = name.rsplit_once('_')?;
        self.meanings(last, country).find_map(|word| match word {
            Word::Council(locality) => Some(*locality),
            _ => None,
        })
    }

    /// The sex that a word names.
    pub(super) fn sex(&self, text: &str) -> Option<Sex> {
        self.meanings(&key(text), "").find_map(|word| match word {
            Word::Sex(sex) => *sex,
            _ => None,
        })
    }

    /// Whether a word means boys and girls together.
    pub(super) fn is_both_sexes(&self, text: &str) -> bool {
        let name = plain(text);
        self.is_total(&name) || self.meanings(&name, "").any(|word| *word == Word::Sex(None))
    }

    /// Whether a name, as [`plain`] writes it, means an average of others.
    pub(super) fn is_mean(&self, name: &str) -> bool {
        self.meanings(name, "").any(|word| *word == Word::Mean)
    }

    /// Yes or no.
    pub(super) fn truth(&self, text: &str) -> Option<bool> {
        self.meanings(&key(text), "").find_map(|word| match word {
            Word::Yes => Some(true),
            Word::No => Some(false),
            _ => None,
        })
    }

    /// Whether a text is a word that begins a note below a table.
    pub(super) fn is_note(&self, text: &str) -> bool {
        text.len() <= 40 && self.notes.contains(&key(text))
    }

    /// The column that words stand near to in meaning: at the start of these, and how many they are.
    pub(super) fn near(&self, tokens: &[&str]) -> Option<&str> {
        (1..=tokens.len().min(self.longest))
            .rev()
            .find_map(|length| self.near.get(&tokens[..length].join("_")))
            .map(String::as_str)
    }

    /// The known phrase of a meaning that a text differs from by a slip of the hand.
    pub(super) fn nearly(&self, text: &str, wanted: impl Fn(&Word) -> bool) -> Option<String> {
        let name = key(text);
        // Of two as near the same each time: the table is in order.
        let near = self
            .phrases
            .iter()
            .find(|(phrase, words)| is_near(&name, phrase) && words.iter().any(|(_, word)| wanted(word)));
        near.map(|(phrase, _)| phrase.replace('_', " "))
    }
}

/// A text as phrases are compared: as [`plain`] writes it, with one ending in a language for numbers that tell a place in a
/// row: `2e` for `2ème` and `2nd`, `2o` for `2.º` and `2da`, `4th`.
pub(super) fn key(text: &str) -> String {
    const ENDINGS: [(&str, &[&str]); 3] = [
        ("e", &["er", "ere", "re", "e", "eme", "ieme", "nd", "de"]),
        ("o", &["o", "a", "ro", "ra", "do", "da", "to", "ta", "mo", "vo", "no"]),
        ("th", &["st", "rd", "th"]),
    ];
    let name = plain(text);
    let mut words: Vec<String> = Vec::new();
    for word in name.split('_') {
        let ending = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let number = &word[..word.len() - ending.len()];
        let counts = |number: &str| (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        match words.last_mut() {
            Some(last) if ["o", "a"].contains(&word) && counts(last) => last.push('o'),
            _ => {
                let one = ENDINGS
                    .iter()
                    .find(|(_, endings)| counts(number) && endings.contains(&ending));
                words.push(one.map_or_else(|| word.to_owned(), |(one, _)| format!("{number}{one}")));
            }
        }
    }
    words.join("_")
}

/// A word of the table of words by its key.
fn word(kind: &str, meaning: &str) -> Option<Word> {
    let levels = || match meaning {
        "outside" => Some(Vec::new()),
        levels => levels.split('+').map(Level::from_name).collect::<Option<Vec<Level>>>(),
    };
    Some(match kind {
        "column" => match meaning {
            "region" => Word::Place(Place::Region),
            "district" => Word::Place(Place::District),
            "ward" => Word::Place(Place::Ward),
            "locality" => Word::LocalityColumn,
            "district_type" => Word::DistrictType,
            "density" => Word::Density,
            "level" => Word::LevelColumn,
            "size_class" => Word::SizeClass,
            "year" => Word::YearColumn,
            "sex" => Word::SexColumn,
            "code" => Word::Code,
            "school" => Word::School,
            _ => Word::Measure(Measure::from_name(meaning)?),
        },
        "level" => Word::Levels(levels()?),
        "grades" => Word::Grades(levels()?),
        "grade" => Word::Grade(Level::from_name(meaning)?),
        "ordinal" => Word::Ordinal(meaning.parse().ok()?),
        "name" => Word::Name,
        "aside" => Word::Aside,
        "without" => Word::Without,
        "another" => Word::Another,
        "locality" => Word::Locality(Locality::from_name(meaning)?),
        "council" => Word::Council(Locality::from_name(meaning)?),
        "sex" => Word::Sex(match meaning {
            "girls" => Some(Sex::Girls),
            "boys" => Some(Sex::Boys),
            "both" => None,
            _ => return None,
        }),
        "age" => Word::Age,
        "yes" => Word::Yes,
        "no" => Word::No,
        "total" => Word::Total,
        "mean" => Word::Mean,
        "of_place" => Word::OfPlace,
        "percent" => Word::Percent,
        "share" => Word::Share,
        "number" => Word::Number,
        "with" => Word::With,
        "per" => Word::Per,
        "sector" => Word::Sector(meaning.to_owned()),
        "times" => Word::Times(meaning.parse().ok()?),
        "filler" => Word::Filler,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_the_table_of_words_is_understood() {
        let words = Vocabulary::of(TABLE);
        let words = words.expect("all lines");
        assert_eq!(words.levels("Élémentaire", "SEN"), Some(vec![Level::Primary]));
        assert_eq!(words.council("Dodoma MC", "TZA"), Some(Locality::Urban));
        assert_eq!(words.council("Dodoma MC", "KEN"), None);
        assert!(words.is_nothing("#N/A") && words.is_nothing("< 5") && !words.is_nothing("5"));
    }

    #[test]
    fn a_line_that_is_not_understood_is_named() {
        let refused = Vocabulary::of("level.nursery.en = nursery");
        assert_eq!(refused.err().as_deref(), Some("level.nursery.en = nursery"));
    }
}
