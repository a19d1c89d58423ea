//! What a header says: what is counted, for whom, in what unit. It is understood when all of it is known.

use super::measure::{Kind, Measure, Place, Sex};
use super::words::{WORDS, Word, key};
use crate::scenario::Level;

/// Grades of a national ladder, counted from the first grade of a level on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grade {
    /// The level whose grades are counted.
    pub from: Level,
    /// The first, from 1.
    pub number: usize,
    /// The last: the same, or a higher one (`Grades 1-6`).
    pub last: usize,
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
    /// Kinds of districts, urban or rural.
    DistrictType,
    /// People per square kilometre.
    Density,
    /// A level.
    Level,
    /// A size class.
    SizeClass,
    /// A year.
    Year,
    /// A sex.
    Sex,
    /// A code of a school.
    Code,
    /// A name of a school.
    School,
    /// Something that is not needed.
    Aside,
}

impl Named {
    /// Its name in our own table.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Measure(measure) => measure.name(),
            Self::Place(Place::Region) => "region",
            Self::Place(Place::District) => "district",
            Self::Place(Place::Ward) => "ward",
            Self::Locality => "locality",
            Self::DistrictType => "district_type",
            Self::Density => "density",
            Self::Level => "level",
            Self::SizeClass => "size_class",
            Self::Year => "year",
            Self::Sex => "sex",
            Self::Code => "code",
            Self::School => "school",
            Self::Aside => "aside",
        }
    }
}

/// What a header says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // Each is a word that stands in the header or does not.
pub(super) struct Heard {
    /// The column; none where only qualifiers stand.
    pub named: Option<Named>,
    /// What else it may be; the cells settle it.
    pub or: Option<Named>,
    /// Levels that it is about.
    pub levels: Vec<Level>,
    /// Whether it is about a level that is not counted here.
    pub outside: bool,
    /// The grade that it is about.
    pub grade: Option<Grade>,
    /// The words with which it says its levels, grades and ages.
    pub part: String,
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
    /// Who runs the schools that it is about.
    pub sector: Option<String>,
    /// With what its numbers are to be multiplied.
    pub times: Option<u32>,
    /// Words of it that are known.
    pub known: usize,
}

impl Heard {
    /// Whether it says anything of a table.
    pub fn is_something(&self) -> bool {
        self.named.is_some() || self.is_qualified() || self.total || self.sector.is_some()
    }

    /// Whether it says for whom.
    pub fn is_qualified(&self) -> bool {
        !self.levels.is_empty()
            || self.outside
            || self.grade.is_some()
            || self.age.is_some()
            || self.sex.is_some()
            || self.year.is_some()
    }
}

/// The letters that stand for boys and girls: `B` and `G`, `M` and `F`, `G` and `F` in French, `H` and `M` in Spanish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SexLetters {
    boys: char,
    girls: char,
}

impl SexLetters {
    /// The letters that are used together in headers, alone or before a grade: `B1`, `G1`; or in the cells of a column.
    pub fn among<'a>(texts: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut seen = String::new();
        for text in texts {
            let name = key(text);
            seen.extend(name.split('_').filter_map(|token| {
                let letter = token.chars().next().filter(|letter| "bfghm".contains(*letter))?;
                let number = &token[1..];
                (number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(letter)
            }));
        }
        let pairs = [('h', 'm'), ('b', 'g'), ('m', 'f'), ('g', 'f')];
        let pair = pairs
            .iter()
            .find(|(boys, girls)| seen.contains(*boys) && seen.contains(*girls));
        pair.map(|&(boys, girls)| Self { boys, girls })
    }

    /// The sex that a letter stands for.
    pub fn sex(self, letter: &str) -> Option<Sex> {
        let mut letters = letter.chars();
        match (letters.next()?.to_ascii_lowercase(), letters.next()) {
            (letter, None) if letter == self.boys => Some(Sex::Boys),
            (letter, None) if letter == self.girls => Some(Sex::Girls),
            _ => None,
        }
    }
}

/// What a header says in a country; none where a part of it is not known.
pub(super) fn hear(text: &str, country: &str, letters: Option<SexLetters>) -> Option<Heard> {
    let name = key(text);
    if name.is_empty() {
        return None;
    }
    let tokens: Vec<&str> = name.split('_').collect();
    let mut heard = Heard {
        percent: text.contains(['%', '٪']),
        ..Heard::default()
    };
    let mut words: Vec<Vec<&Word>> = Vec::new();
    let mut part: Vec<String> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        let used = qualifier(rest, country, letters, &mut heard).or_else(|| {
            let (length, meanings) = phrase(rest, country, |_| true)?;
            if meanings
                .iter()
                .any(|word| matches!(word, Word::Levels(_) | Word::Grade(_)))
            {
                part.extend(rest[..length].iter().map(|token| (*token).to_owned()));
            }
            words.push(meanings);
            Some(length)
        })?;
        at += used;
        heard.known += used;
    }
    // `Primary schools`: of each level.
    part.retain(|token| phrase(&[token], country, |word| *word == Word::Measure(Measure::Schools)).is_none());
    part.extend(
        heard
            .grade
            .as_ref()
            .map(|grade| format!("{} {}-{}", grade.from.name(), grade.number, grade.last)),
    );
    part.extend(heard.age.map(|age| format!("age {age}")));
    heard.part = part.join(" ");
    // `No. of schools` counts them.
    let is_short = text.contains(['.', 'º', '°']);
    let negates = (0..words.len()).any(|at| negates(&words, at, is_short));
    (!negates && compose(&words, &mut heard)).then_some(heard)
}

/// Whether a word says that there is none of what stands beside it: `no electricity`, `non électrifiées`. `No` is a number
/// beside what can be counted, or where it is short for it.
fn negates(words: &[Vec<&Word>], at: usize, is_short: bool) -> bool {
    let says = |at: usize, wanted: fn(&Word) -> bool| {
        let words: Option<&Vec<&Word>> = words.get(at);
        words.is_some_and(|words| words.iter().any(|word| wanted(word)))
    };
    if !says(at, |word| *word == Word::No) {
        return false;
    }
    if !says(at, |word| *word == Word::Number) {
        return true;
    }
    let after = |word: &Word| match word {
        Word::Measure(own) => own.kind() != Kind::Count,
        word => *word == Word::With,
    };
    let before = |word: &Word| matches!(word, Word::Measure(own) if own.is_share() && *own != Measure::Computers);
    let is_last = at + 1 == words.len();
    !is_short && (says(at + 1, after) || (is_last && at > 0 && says(at - 1, before)))
}

/// The column that a header which nobody knows may be meant for: one that a word of it is near to in meaning, or the header
/// that it is but for slips of the hand. None where it is about something that is not needed.
pub(super) fn hint(text: &str, country: &str) -> Option<&'static str> {
    let name = key(text);
    let tokens: Vec<&str> = name.split('_').collect();
    let mut meant: Vec<String> = Vec::new();
    let mut near = None;
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        near = near.or_else(|| WORDS.near(rest));
        let used = qualifier(rest, country, None, &mut Heard::default()).or_else(|| {
            let (length, meanings) = phrase(rest, country, |_| true)?;
            let aside = meanings.iter().all(|word| **word == Word::Aside);
            (!aside).then_some(length)
        });
        if near.is_none() && used.is_none() && phrase(rest, country, |word| *word == Word::Aside).is_some() {
            return None;
        }
        match used {
            Some(used) => meant.extend(rest[..used].iter().map(|token| (*token).to_owned())),
            None => meant.push(
                WORDS
                    .nearly(rest[0], |word| column(word).is_some())
                    .unwrap_or_else(|| rest[0].to_owned()),
            ),
        }
        at += used.unwrap_or(1);
    }
    let corrected = || {
        hear(&meant.join(" "), country, None)?
            .named
            .filter(|named| *named != Named::Aside)
    };
    near.or_else(|| corrected().map(|named| named.name()))
}

/// Whether a header is one of grades: `Class`, `Grado`.
pub(super) fn counts_grades(header: &str, country: &str) -> bool {
    key(header).split('_').any(|token| {
        WORDS
            .meanings(token, country)
            .any(|word| matches!(word, Word::Grades(_)))
    })
}

/// The longest phrase at the start of these words of which a meaning is wanted, with all its meanings.
fn phrase<'a>(tokens: &[&str], country: &'a str, wanted: impl Fn(&Word) -> bool) -> Option<(usize, Vec<&'a Word>)> {
    (1..=WORDS.longest().min(tokens.len())).rev().find_map(|length| {
        let meanings: Vec<&Word> = WORDS.meanings(&tokens[..length].join("_"), country).collect();
        meanings.iter().any(|word| wanted(word)).then_some((length, meanings))
    })
}

/// A year, an age, a grade, a letter of a sex at the start of these words; how many of them it takes.
fn qualifier(tokens: &[&str], country: &str, letters: Option<SexLetters>, heard: &mut Heard) -> Option<usize> {
    let (first, second) = (*tokens.first()?, tokens.get(1).copied().unwrap_or_default());
    if let Some(year) = year(first) {
        // `2023/24` is the year in which it ends.
        let ends = second.len() == 2 && arabic(second) == usize::try_from((year + 1) % 100).ok();
        let full = arabic(second) == usize::try_from(year + 1).ok();
        heard.year = Some(if ends || full { year + 1 } else { year });
        return Some(if ends || full { 2 } else { 1 });
    }
    if let Some(letters) = letters {
        let number = first.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
        if let Some(sex) = letters.sex(&first[..first.len() - number.len()]) {
            let grade = arabic(number).filter(|grade| number.len() <= 2 && *grade > 0);
            if number.is_empty() || grade.is_some() {
                heard.sex = Some(sex);
                let from = Level::Primary;
                let grade = grade.map(|number| Grade {
                    from,
                    number,
                    last: number,
                });
                heard.grade = grade.or(heard.grade.take());
                return Some(1);
            }
        }
    }
    if let Some((used, levels, number, last)) = grade(tokens, country) {
        match levels.first() {
            Some(&from) => heard.grade = Some(Grade { from, number, last }),
            None => heard.outside = true,
        }
        return Some(used);
    }
    let is_age = |token: &str| WORDS.meanings(token, country).any(|word| *word == Word::Age);
    let age = match (arabic(first), arabic(second)) {
        (Some(age), None) if is_age(second) => age,
        (None, Some(age)) if is_age(first) => age,
        _ => return None,
    };
    heard.age = Some(u8::try_from(age).ok().filter(|age| (2..=30).contains(age))?);
    Some(2)
}

/// Grades at the start of these words: how many it takes, the levels they are counted from, the first and the last.
fn grade<'a>(tokens: &[&str], country: &'a str) -> Option<(usize, &'a [Level], usize, usize)> {
    let counted = |tokens: &[&str]| {
        let (used, meanings) = phrase(tokens, country, |word| matches!(word, Word::Grades(_)))?;
        let levels = meanings.into_iter().find_map(|word| match word {
            Word::Grades(levels) => Some(levels.as_slice()),
            _ => None,
        })?;
        Some((used, levels))
    };
    let number = |tokens: &[&str]| {
        let first = tokens.first().and_then(|token| arabic(token).or_else(|| roman(token)));
        let found = first.map(|number| (1, number)).or_else(|| ordinal(tokens, country))?;
        (1..=13).contains(&found.1).then_some(found)
    };
    // `1-6`, `I to VII`: a second number, higher than the first.
    let last = |tokens: &[&str], first: usize| {
        let skip = usize::from(
            tokens
                .first()
                .is_some_and(|token| ["to", "a", "al", "au", "til"].contains(token)),
        );
        let (used, last) = number(tokens.get(skip..)?).filter(|(_, last)| *last > first)?;
        Some((skip + used, last))
    };
    // `Grade 3`, `Form II`, `Grade One`, `Std I-VII`, `الصف الأول`.
    if let Some((used, levels)) = counted(tokens)
        && let Some((more, first)) = number(&tokens[used..])
    {
        let used = used + more;
        let (more, last) = last(&tokens[used..], first).unwrap_or((0, first));
        return Some((used + more, levels, first, last));
    }
    // `3rd grade`, `1.º año`, `2ème année`, `sexto grado`, `1.º a 6.º grado`; but `6 años` is an age.
    if let Some((used, first)) = ordinal(tokens, country).filter(|(_, first)| (1..=13).contains(first)) {
        let (more, last) = last(&tokens[used..], first).unwrap_or((0, first));
        let used = used + more;
        let skip = usize::from(tokens.get(used).is_some_and(|token| ["de", "of"].contains(token)));
        let rest = &tokens[used + skip..];
        // A letter counts grades before their number alone: `F1`, but girls of `6ème F`.
        let is_word = rest.first().is_some_and(|token| token.chars().count() > 1);
        if let Some((more, levels)) = counted(rest).filter(|_| is_word) {
            return Some((used + skip + more, levels, first, last));
        }
    }
    // `P1`, `JSS2`, `2AM`.
    let first = tokens.first()?;
    let letters = first.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let after = first.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let (word, number) = if letters.len() < first.len() {
        (letters, &first[letters.len()..])
    } else if after.len() > 1 {
        (after, &first[..first.len() - after.len()])
    } else {
        return None;
    };
    let (_, levels) = counted(&[word])?;
    let number = arabic(number).filter(|number| (1..=13).contains(number))?;
    Some((1, levels, number, number))
}

/// A number that tells the place in a row: `1st`, `3ème`, `1.º`, `sexto`; how many words it takes.
fn ordinal(tokens: &[&str], country: &str) -> Option<(usize, usize)> {
    if let Some((used, meanings)) = phrase(tokens, country, |word| matches!(word, Word::Ordinal(_))) {
        let number = meanings.into_iter().find_map(|word| match word {
            Word::Ordinal(number) => Some(*number),
            _ => None,
        });
        return number.map(|number| (used, number));
    }
    let first = tokens.first()?;
    let ending = ["e", "o", "th"].iter().find_map(|ending| first.strip_suffix(ending));
    arabic(ending.unwrap_or(first)).map(|number| (1, number))
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
    let (mut named, mut weak): (Vec<Named>, Vec<Named>) = (Vec::new(), Vec::new());
    let mut is_name = false;
    for meanings in words {
        // `zone` is urban or rural, or a place; `type` a level, or public or private.
        let mut columns: Vec<Named> = meanings.iter().filter_map(|word| column(word)).collect();
        if let Some(sector) = meanings.iter().find_map(|word| match word {
            Word::Sector(sector) => Some(sector),
            _ => None,
        }) {
            if heard.sector.as_ref().is_some_and(|known| known != sector) {
                return false;
            }
            heard.sector = Some(sector.clone());
            continue;
        }
        columns.sort_by_key(|column| match column {
            Named::Locality | Named::Level => 0,
            Named::Aside => 2,
            _ => 1,
        });
        let says_little = meanings.iter().any(|word| {
            matches!(
                word,
                Word::Filler | Word::Number | Word::Total | Word::Share | Word::With
            )
        });
        if let Some(first) = columns.first() {
            if columns.len() > 1 && heard.or.is_none() && !says_little {
                heard.or = columns.last().cloned();
            }
            let list = if says_little { &mut weak } else { &mut named };
            if !list.contains(first) {
                list.push(first.clone());
            }
        }
        let mut means = !columns.is_empty() || says_little;
        for word in meanings {
            match word {
                Word::Levels(levels) if levels.is_empty() => heard.outside |= columns.is_empty(),
                Word::Levels(levels) if columns.is_empty() => {
                    if !meet(&mut heard.levels, levels) {
                        return false;
                    }
                }
                Word::Grade(from) if columns.is_empty() => {
                    let (from, number, last) = (*from, 1, 1);
                    heard.grade = heard.grade.take().or(Some(Grade { from, number, last }));
                }
                Word::Sex(sex) if columns.is_empty() => {
                    heard.sex = *sex;
                    heard.total |= sex.is_none();
                }
                Word::Name => is_name = true,
                Word::Total => heard.total = true,
                Word::Percent => heard.percent = true,
                Word::Share => heard.share = true,
                Word::With => heard.with = true,
                Word::Times(times) => heard.times = Some(*times),
                Word::Yes | Word::No | Word::OfPlace => {}
                Word::Per | Word::Without | Word::Mean => return false,
                // One locality or council, a grade or an age without its number: no column.
                _ => continue,
            }
            means = true;
        }
        if !means {
            return false;
        }
    }
    if named.is_empty() {
        named = weak;
    }
    heard.named = one(named, is_name, heard);
    heard.named.is_some() || (!is_name && words.iter().flatten().all(|word| column(word).is_none()))
}

/// The column that a word names.
fn column(word: &Word) -> Option<Named> {
    Some(match word {
        Word::Measure(measure) => Named::Measure(*measure),
        Word::Place(place) => Named::Place(*place),
        Word::LocalityColumn => Named::Locality,
        Word::DistrictType => Named::DistrictType,
        Word::Density => Named::Density,
        Word::LevelColumn => Named::Level,
        Word::SizeClass => Named::SizeClass,
        Word::YearColumn => Named::Year,
        Word::SexColumn => Named::Sex,
        Word::Code => Named::Code,
        Word::School => Named::School,
        Word::Aside => Named::Aside,
        _ => return None,
    })
}

/// A level within another is the narrower (`Secondary / Lower`); two that share nothing contradict each other.
fn meet(known: &mut Vec<Level>, more: &[Level]) -> bool {
    if known.is_empty() {
        known.extend(more);
    } else {
        known.retain(|level| more.contains(level));
    }
    !known.is_empty()
}

/// The one column that several words name together; none where they contradict one another.
fn one(mut named: Vec<Named>, is_name: bool, heard: &mut Heard) -> Option<Named> {
    let schools = Named::Measure(Measure::Schools);
    let is_place = |named: &Named| matches!(named, Named::Place(_));
    if named.contains(&Named::Aside) {
        return Some(Named::Aside);
    }
    if is_name {
        return match &named[..] {
            [] => Some(Named::School),
            [only] if *only == schools || *only == Named::School => Some(Named::School),
            [only] if is_place(only) => Some(only.clone()),
            _ => None,
        };
    }
    // A code of a place is not needed; `school code`, `school district`, `level of the school` are not about a number of schools.
    if named.len() > 1 && named.contains(&Named::Code) && named.iter().any(is_place) {
        return Some(Named::Aside);
    }
    if named.len() > 1 && named.contains(&schools) {
        named.retain(|column| *column != schools);
        // `Schools with electricity` is about electricity.
        heard.with |= matches!(named[..], [Named::Measure(measure)] if measure.is_share());
    }
    // The narrower of two: `Electricity / Solar`, `Internet / Fibre`, `Learners with a disability`.
    let narrower = |wide: Measure, narrow: Measure| match wide {
        Measure::Power => matches!(narrow, Measure::Grid | Measure::Solar),
        Measure::Internet => matches!(
            narrow,
            Measure::Cellular | Measure::Fibre | Measure::Wireless | Measure::Satellite | Measure::Mbps
        ),
        Measure::Learners => matches!(narrow, Measure::Disability),
        _ => false,
    };
    match named[..] {
        [Named::Measure(a), Named::Measure(b)] if narrower(a, b) => Some(Named::Measure(b)),
        [Named::Measure(a), Named::Measure(b)] if narrower(b, a) => Some(Named::Measure(a)),
        [ref only] => Some(only.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a header says, in a line.
    fn told(heard: &Heard) -> String {
        let mut told: Vec<String> = Vec::new();
        let numbers = |grade: &Grade| match grade.last {
            last if last > grade.number => format!("{}-{last}", grade.number),
            _ => grade.number.to_string(),
        };
        if let Some(named) = &heard.named {
            told.push(named.name().to_owned());
        }
        if heard.named == Some(Named::Aside) {
            return told.concat();
        }
        if heard.outside {
            return "outside".into();
        }
        match &heard.or {
            Some(Named::Aside) => told.push("or aside".into()),
            Some(Named::Place(_)) => told.push("or place".into()),
            _ => {}
        }
        let levels: Vec<&str> = heard.levels.iter().map(|level| level.name()).collect();
        told.push(levels.join("+"));
        told.push(
            heard
                .sex
                .map_or("", |sex| if sex == Sex::Girls { "girls" } else { "boys" })
                .into(),
        );
        told.extend(
            heard
                .grade
                .iter()
                .map(|grade| format!("grade {} {}", grade.from.name(), numbers(grade))),
        );
        told.extend(heard.age.map(|age| format!("age {age}")));
        told.extend(heard.year.map(|year| year.to_string()));
        for (is, word) in [
            (heard.total, "total"),
            (heard.percent, "%"),
            (heard.share, "share"),
            (heard.with, "with"),
        ] {
            told.extend(is.then(|| word.to_owned()));
        }
        told.extend(heard.sector.clone());
        told.extend(heard.times.map(|times| format!("x{times}")));
        told.retain(|part| !part.is_empty());
        told.join(" ")
    }

    #[test]
    fn headers_of_ministries_mean_what_a_person_says() {
        let lines = include_str!("../../../tests/data/headers.txt").lines();
        let lines: Vec<&str> = lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .collect();
        let mut wrong = Vec::new();
        for line in &lines {
            let parts: Vec<&str> = line.split(" | ").collect();
            let [country, header, wanted] = parts[..] else {
                panic!("{line}")
            };
            let heard = hear(header, country, None).map_or_else(|| "unknown".into(), |heard| told(&heard));
            if heard != wanted {
                wrong.push(format!("{line}: {heard}"));
            }
        }
        assert!(
            wrong.is_empty(),
            "{} of {}:\n{}",
            wrong.len(),
            lines.len(),
            wrong.join("\n")
        );
    }

    #[test]
    fn a_hint_is_near_in_meaning_or_there_is_none() {
        for (header, wanted) in [
            ("WiFi available", Some("internet")),
            ("Nb de tablettes", Some("devices")),
            ("Laptops for students", Some("devices")),
            ("School roll", Some("learners")),
            ("Tipo de conexión", Some("internet")),
            ("Electricty", Some("power")),
            ("Schols with electricty", Some("power")),
            ("Enrollement", Some("learners")),
            ("Regoin", Some("region")),
            ("Matriculla", Some("learners")),
            ("Provincce", Some("region")),
            ("LATT", None),
            ("Toilets blocks girls xyz", None),
            ("learners without birth certificate", None),
            ("Frobnication score", None),
            ("Q17_b", None),
            ("Fencing", None),
            ("Grils", None),
        ] {
            assert_eq!(hint(header, "KEN"), wanted, "{header}");
        }
    }

    #[test]
    fn letters_of_sexes_go_by_their_pair() {
        let sexes = |headers: &[&str]| {
            let letters = SexLetters::among(headers.iter().copied());
            let sex = |header: &&str| hear(header, "SEN", letters).and_then(|heard| heard.sex);
            headers.iter().map(sex).collect::<Vec<_>>()
        };
        let (girls, boys) = (Some(Sex::Girls), Some(Sex::Boys));
        assert_eq!(sexes(&["B1", "G1", "B2", "G2"]), [boys, girls, boys, girls]);
        assert_eq!(sexes(&["G1", "F1", "G2", "F2"]), [boys, girls, boys, girls]);
        assert_eq!(
            sexes(&["Primary / M", "Primary / F", "Primary / T"]),
            [boys, girls, None]
        );
        assert_eq!(sexes(&["Primaria / H", "Primaria / M"]), [boys, girls]);
        assert_eq!(sexes(&["G1", "G2"]), [None, None]);
        let grade = hear("G7", "KEN", SexLetters::among(["B7", "G7"].into_iter())).and_then(|heard| heard.grade);
        assert_eq!(grade.map(|grade| grade.number), Some(7));
    }
}
