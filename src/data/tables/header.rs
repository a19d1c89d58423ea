//! What a header says: what is counted, for whom, in what unit. It is understood when all of it is known.

use super::measure::{Measure, Place, Sex};
use super::words::{WORDS, Word};
use crate::data::spelling::plain;
use crate::scenario::Level;

/// Grades of a national ladder: counted from the first grade of the first of these levels on, or from school entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grade {
    /// Levels whose grades are counted.
    pub from: Level,
    /// From 1.
    pub number: usize,
}

/// The column that a header names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A number.
    Measure(Measure),
    /// A place.
    Place(Place),
    /// Urban or rural.
    Locality,
    /// A level.
    Level,
    /// A year.
    Year,
    /// A sex.
    Sex,
    /// A code of a school.
    Code,
    /// A name of a school.
    School,
}

/// What a header says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Each is a word that stands in the header or does not.
pub(super) struct Heard {
    /// The column; none where only qualifiers stand.
    pub named: Option<Named>,
    /// Levels that it is about.
    pub levels: Vec<Level>,
    /// The grade that it is about.
    pub grade: Option<Grade>,
    /// The age that it is about.
    pub age: Option<u8>,
    /// The sex that it is about.
    pub sex: Option<Sex>,
    /// The year that it is about.
    pub year: Option<i32>,
    /// Whether it says that all are counted together.
    pub total: bool,
    /// Whether it says hundredths.
    pub percent: bool,
    /// Whether it says a part.
    pub share: bool,
    /// Whether it counts schools with something.
    pub with: bool,
    /// Words of it that are known.
    pub known: usize,
}

impl Heard {
    /// Whether it says anything of a table.
    pub fn is_something(&self) -> bool {
        self.named.is_some() || self.is_qualified() || self.total
    }

    /// Whether it says for whom.
    pub fn is_qualified(&self) -> bool {
        !self.levels.is_empty()
            || self.grade.is_some()
            || self.age.is_some()
            || self.sex.is_some()
            || self.year.is_some()
    }
}

/// Whether headers of one row count both boys and girls by grade: `B1`, `G1`.
pub(super) fn by_sex_and_grade<'a>(headers: impl Iterator<Item = &'a str>) -> bool {
    let (mut girls, mut boys) = (false, false);
    for header in headers {
        if let Some((sex, _)) = short(&plain(header)) {
            match sex {
                Sex::Girls => girls = true,
                Sex::Boys => boys = true,
            }
        }
    }
    girls && boys
}

/// `b1`, `g1`, `m1`, `f1`.
fn short(token: &str) -> Option<(Sex, usize)> {
    let sex = match token.as_bytes().first()? {
        b'b' | b'm' => Sex::Boys,
        b'g' | b'f' => Sex::Girls,
        _ => return None,
    };
    let number = &token[1..];
    (number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| number.parse().ok())
        .flatten()
        .map(|number| (sex, number))
}

/// What a header says in a country; none where a part of it is not known. `sexed` says that `B1` is a boy's grade.
pub(super) fn hear(text: &str, country: &str, sexed: bool) -> Option<Heard> {
    let name = plain(text);
    if name.is_empty() {
        return None;
    }
    let tokens: Vec<&str> = name.split('_').collect();
    let mut heard = Heard {
        percent: text.contains('%'),
        ..Heard::default()
    };
    let mut words: Vec<Vec<&Word>> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(used) = qualifier(&tokens[at..], country, sexed, &mut heard) {
            at += used;
            heard.known += used;
            continue;
        }
        let longest = WORDS.longest().min(tokens.len() - at);
        let found = (1..=longest).rev().find_map(|length| {
            let phrase = tokens[at..at + length].join("_");
            let meanings: Vec<&Word> = WORDS.meanings(&phrase, country).collect();
            (!meanings.is_empty()).then_some((length, meanings))
        });
        let (length, meanings) = found?;
        words.push(meanings);
        at += length;
        heard.known += length;
    }
    compose(&words, &mut heard).then_some(heard)
}

/// A year, an age, a grade at the start of these words; how many of them it takes.
fn qualifier(tokens: &[&str], country: &str, sexed: bool, heard: &mut Heard) -> Option<usize> {
    let means = |token: &str, wanted: fn(&Word) -> bool| WORDS.meanings(token, country).any(wanted);
    let number = |token: &str| arabic(token).or_else(|| roman(token));
    let (first, second) = (*tokens.first()?, tokens.get(1).copied().unwrap_or_default());
    if let Some(year) = year(first) {
        // `2023/24` is the year in which it ends.
        let ends = second.len() == 2 && arabic(second) == usize::try_from((year + 1) % 100).ok();
        let full = arabic(second) == usize::try_from(year + 1).ok();
        heard.year = Some(if ends || full { year + 1 } else { year });
        return Some(if ends || full { 2 } else { 1 });
    }
    if sexed && let Some((sex, grade)) = short(first) {
        heard.sex = Some(sex);
        heard.grade = Some(Grade {
            from: Level::Primary,
            number: grade,
        });
        return Some(1);
    }
    let grades = |token: &str| {
        WORDS.meanings(token, country).find_map(|word| match word {
            Word::Grades(levels) => levels.first().copied(),
            _ => None,
        })
    };
    if let (Some(from), Some(count)) = (grades(first), number(second))
        && (1..=13).contains(&count)
    {
        heard.grade = Some(Grade { from, number: count });
        return Some(2);
    }
    // `P1`, `JSS2`.
    let digits = first.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    if digits.len() < first.len()
        && let (Some(from), Some(count)) = (grades(&first[..first.len() - digits.len()]), arabic(digits))
        && (1..=13).contains(&count)
    {
        heard.grade = Some(Grade { from, number: count });
        return Some(1);
    }
    let is_age = |token: &str| means(token, |word| *word == Word::Age);
    let age = match (arabic(first), arabic(second)) {
        (Some(age), None) if is_age(second) => age,
        (None, Some(age)) if is_age(first) => age,
        _ => return None,
    };
    heard.age = Some(u8::try_from(age).ok().filter(|age| (2..=30).contains(age))?);
    Some(2)
}

fn arabic(token: &str) -> Option<usize> {
    (!token.is_empty() && token.len() <= 4 && token.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| token.parse().ok())
        .flatten()
}

fn roman(token: &str) -> Option<usize> {
    const NUMERALS: [&str; 13] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii",
    ];
    NUMERALS.iter().position(|numeral| *numeral == token).map(|at| at + 1)
}

/// A year in which a table may have been counted.
pub(super) fn year(token: &str) -> Option<i32> {
    let year: i32 = (token.len() == 4).then(|| token.parse().ok()).flatten()?;
    (1980..=2060).contains(&year).then_some(year)
}

/// What the words mean together; false where they contradict one another.
fn compose(words: &[Vec<&Word>], heard: &mut Heard) -> bool {
    let mut named: Vec<Named> = Vec::new();
    let mut weak: Vec<Named> = Vec::new();
    for meanings in words {
        let says_little = meanings
            .iter()
            .any(|word| matches!(word, Word::Filler | Word::Number | Word::Total | Word::Share));
        for word in meanings {
            let column = match word {
                Word::Measure(measure) => Named::Measure(*measure),
                Word::Place(place) => Named::Place(*place),
                Word::LocalityColumn => Named::Locality,
                Word::LevelColumn => Named::Level,
                Word::YearColumn => Named::Year,
                Word::SexColumn => Named::Sex,
                Word::Code => Named::Code,
                Word::School => Named::School,
                Word::Levels(levels) => {
                    heard.levels.clone_from(levels);
                    continue;
                }
                Word::Sex(sex) => {
                    heard.sex = *sex;
                    continue;
                }
                Word::Total => {
                    heard.total = true;
                    continue;
                }
                Word::Percent => {
                    heard.percent = true;
                    continue;
                }
                Word::Share => {
                    heard.share = true;
                    continue;
                }
                Word::With => {
                    heard.with = true;
                    continue;
                }
                Word::Per => return false,
                // A word of one locality or council in a header, an age without a number: no column.
                Word::Locality(_) | Word::Grades(_) | Word::Age if meanings.len() == 1 => return false,
                _ => continue,
            };
            if says_little { &mut weak } else { &mut named }.push(column);
            break;
        }
    }
    named.dedup();
    weak.dedup();
    if named.is_empty() {
        named = weak;
    }
    let schools = Named::Measure(Measure::Schools);
    let is_schools = |named: &Named| *named == schools || *named == Named::School;
    // `schools with electricity` is about electricity.
    if named.len() > 1 && is_schools(&named[0]) && matches!(named[1], Named::Measure(measure) if measure.is_share()) {
        named.remove(0);
        heard.with = true;
    }
    // `school code`, `school region` ...
    let of_schools = |named: &Named| matches!(named, Named::Place(_) | Named::Code | Named::School);
    if named.len() > 1 && is_schools(&named[0]) && of_schools(&named[1]) {
        named.remove(0);
    }
    heard.named = named.first().cloned();
    named.len() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(header: &str) -> Option<&'static str> {
        match hear(header, "SEN", false)?.named? {
            Named::Measure(measure) => Some(measure.name()),
            Named::Place(_) => Some("place"),
            Named::Locality => Some("locality"),
            Named::Level => Some("level"),
            Named::Code => Some("code"),
            Named::School => Some("school"),
            Named::Year | Named::Sex => Some("other"),
        }
    }

    #[test]
    fn headers_are_understood_whole_or_not_at_all() {
        for (header, wanted) in [
            ("Région", Some("place")),
            ("Milieu", Some("locality")),
            ("Niveau d’enseignement", Some("level")),
            ("Nombre d'écoles", Some("schools")),
            ("Effectifs 2023", Some("learners")),
            ("Nb. élèves", Some("learners")),
            ("Effectif élèves", Some("learners")),
            ("Effectif enseignants", Some("teachers")),
            ("Total pupils", Some("learners")),
            ("Schools with electricity (%)", Some("power")),
            ("Écoles électrifiées (%)", Some("power")),
            ("Teachers", Some("teachers")),
            ("EMIS code", Some("code")),
            ("school_id", Some("code")),
            ("Nom de l'école", Some("school")),
            ("learners without birth certificate", None),
            ("pupils per teacher", None),
            ("Remarks", None),
            ("", None),
        ] {
            assert_eq!(measure(header), wanted, "{header}");
        }
        let percent = |header: &str| hear(header, "SEN", false).is_some_and(|heard| heard.percent);
        assert!(percent("Électricité (%)") && !percent("Électricité"));
    }

    #[test]
    fn a_header_says_for_whom() {
        let heard = |header: &str, sexed| hear(header, "KEN", sexed).expect("understood");
        let grade = |from, number| Some(Grade { from, number });
        let b7 = heard("B7", true);
        assert_eq!((b7.sex, b7.grade), (Some(Sex::Boys), grade(Level::Primary, 7)));
        let form = heard("Form II Girls", false);
        assert_eq!(
            (form.sex, form.grade),
            (Some(Sex::Girls), grade(Level::LowerSecondary, 2))
        );
        let age = heard("6 years, Boys", false);
        assert_eq!((age.age, age.sex), (Some(6), Some(Sex::Boys)));
        assert_eq!(heard("JSS2", false).grade, grade(Level::LowerSecondary, 2));
        assert_eq!(heard("Enrolment 2023/24", false).year, Some(2024));
        assert!(heard("Total, Boys", false).total);
        assert_eq!(heard("Junior Secondary Schools", false).levels, [Level::LowerSecondary]);
        assert!(heard("Schools with internet", false).with);
        assert!(by_sex_and_grade(["B1", "G1"].into_iter()) && !by_sex_and_grade(["G1", "G2"].into_iter()));
    }
}
