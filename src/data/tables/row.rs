//! What a row stands for: titles, totals and notes aside, the place, locality and levels of the others.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::cell::{SheetCell, SheetRow};
use super::header::{self, Named, SexLetters, hear};
use super::ladder;
use super::measure::{Measure, Place, Sex};
use super::number;
use super::places::Places;
use super::recipe::{ColumnRecipe, LocalityBy, Meaning, Recipe, RowsAre};
use super::remarks::Remarks;
use super::sheet::Sheet;
use super::words::{WORDS, Word};
use crate::data::spelling::plain;
use crate::scenario::messages::{self, Message};
use crate::scenario::{Country, Level, Locality, Severity};

/// Why a row is left aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowAside {
    /// Above the header.
    Title,
    /// It adds others up.
    Total,
    /// A lone text.
    Note,
    /// It numbers the columns.
    ColumnNumbers,
    /// Of another year.
    OtherYear,
    /// Of a level that is not counted here.
    OutsideLevels,
    /// It names no level.
    NoLevel,
    /// It names no region.
    NoRegion,
    /// It counts no learner.
    NoLearners,
}

/// For whom the numbers of a row are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RowOf {
    /// Position of its region.
    pub place: usize,
    /// Locality, where it is told.
    pub locality: Option<Locality>,
    /// Levels.
    pub levels: Vec<Level>,
    /// Sex, where rows tell it.
    pub sex: Option<Sex>,
    /// Size class, where rows tell it: its position among those that were told, from 1; 0 for none.
    pub class: usize,
}

/// A row that adds others up: none stands for all.
#[derive(Clone, Debug)]
pub(super) struct TotalRow {
    /// Name of its region.
    pub region: Option<String>,
    /// Locality.
    pub locality: Option<Locality>,
    /// Levels.
    pub levels: Option<Vec<Level>>,
    /// The first cell that says so.
    pub at: SheetCell<'static>,
    /// Whether it is an average, which no sum is held against.
    pub is_mean: bool,
}

/// What a row is.
pub(super) enum RowIs {
    /// Left aside.
    Aside(RowAside),
    /// A total.
    Total(TotalRow),
    /// Wrong, and said to be.
    Wrong,
    /// Counted.
    Of(RowOf),
}

/// Size classes that rows may tell.
const MOST_CLASSES: usize = 100;

/// People per square kilometre from which a place is urban: the density of an urban cluster in the degree of urbanisation
/// (UN Statistical Commission 2020).
pub(super) const URBAN: f64 = 300.0;

/// Reads what rows stand for.
pub(super) struct RowReader<'a> {
    country: &'a Country,
    recipe: &'a Recipe,
    /// Columns behind the last header.
    width: usize,
    regions: Option<usize>,
    councils: Vec<usize>,
    localities: Option<usize>,
    levels: Option<usize>,
    years: Option<usize>,
    sexes: Option<usize>,
    classes: Option<usize>,
    letters: Option<SexLetters>,
    /// Whether numbers in the column of levels are grades.
    graded: bool,
    /// Whether a row counts one sex, and another both.
    sexed: bool,
    codes: bool,
    /// The regions.
    pub places: Places,
    /// Size classes that rows told.
    pub told: Vec<String>,
    /// Names of region, locality and level that stand above rows where they are not told again.
    above: [String; 3],
    /// Rows whose region was taken from above.
    pub filled_down: usize,
    /// Levels by the words of cells.
    words: BTreeMap<String, Option<Vec<Level>>>,
    /// Words of levels that are not counted here, and their rows.
    pub outside: BTreeMap<String, usize>,
    totals: BTreeMap<String, bool>,
    /// Line of the row that stands for all regions and was the last to name one: what follows without a name is a total too.
    total_above: Option<usize>,
    /// Columns beside those in which a row may be named a total.
    others: Vec<usize>,
}

impl<'a> RowReader<'a> {
    pub fn new(sheet: &'a Sheet, recipe: &'a Recipe, country: &'a Country) -> Self {
        let headed = sheet.headers.iter().rposition(|header| !header.is_empty());
        let councils = recipe.columns.iter().enumerate();
        let levels = recipe.column(Meaning::Level);
        let sexes = recipe.column(Meaning::Sex);
        let of_sexes = sexes.and_then(|at| sheet.columns.get(at));
        let header = |at: usize| recipe.columns[at].header.as_str();
        Self {
            country,
            recipe,
            width: headed.map_or(0, |last| last + 1),
            regions: recipe.column(Meaning::Place(Place::Region)),
            councils: councils
                .filter(|(_, column)| matches!(column.meaning, Meaning::Place(_)))
                .map(|(at, _)| at)
                .collect(),
            localities: recipe
                .column(Meaning::Locality)
                .filter(|_| !matches!(recipe.locality, LocalityBy::Council | LocalityBy::Nation)),
            graded: levels.is_some_and(|at| header::counts_grades(header(at), &country.iso3)),
            levels,
            years: recipe.column(Meaning::Year).filter(|_| recipe.year.is_some()),
            letters: of_sexes.and_then(|seen| SexLetters::among(seen.words.keys().map(String::as_str))),
            sexes,
            classes: recipe.column(Meaning::SizeClass),
            told: Vec::new(),
            // A school may be for both.
            sexed: recipe.rows == RowsAre::Groups
                && of_sexes.is_some_and(|seen| {
                    seen.numbers.count > 0 || !seen.words.keys().all(|word| WORDS.is_both_sexes(word))
                }),
            codes: recipe.column(Meaning::Code).is_some() || recipe.column(Meaning::School).is_some(),
            places: Places::default(),
            above: <[String; 3]>::default(),
            filled_down: 0,
            words: BTreeMap::new(),
            outside: BTreeMap::new(),
            totals: BTreeMap::new(),
            total_above: None,
            others: others(sheet, recipe),
        }
    }

    /// Whether rows of one place and level are told apart: by schools, smaller places or sexes.
    pub fn tells_apart(&self) -> bool {
        self.recipe.rows == RowsAre::Schools || self.sexes.is_some() || self.codes || self.councils.len() > 1
    }

    /// What a row is.
    pub fn row(&mut self, row: &SheetRow<'_>, is_first: bool, remarks: &mut Remarks<'_>) -> RowIs {
        let beyond = row.cells.get(self.width..).unwrap_or_default();
        if let Some(extra) = beyond.iter().find(|cell| !cell.is_empty()) {
            let (rule, hint) = (messages::too_many_cells(), messages::too_many_cells_hint());
            remarks.error("too-many-cells", extra, "", rule, hint);
        }
        if (row.filled() < 2 && self.width > 2) || is_note(row) {
            return RowIs::Aside(RowAside::Note);
        }
        if is_first && numbers_columns(row) {
            return RowIs::Aside(RowAside::ColumnNumbers);
        }
        let names = self.regions.is_some_and(|at| !text(row, at).is_empty());
        if let Some(total) = self.total(row) {
            if names && total.region.is_none() {
                self.total_above = Some(row.line);
            }
            return RowIs::Total(total);
        }
        if names {
            self.total_above = None;
        } else if self.recipe.filled_down && self.total_above.is_some() {
            return RowIs::Aside(RowAside::Total);
        }
        if let Some(year) = self.years.and_then(|at| year_of(row.cells.get(at)?))
            && self.recipe.year != Some(year)
        {
            return RowIs::Aside(RowAside::OtherYear);
        }
        let region = self.region(row, remarks);
        let locality = self.locality(row, remarks);
        let levels = self.levels_of(row, remarks);
        let sex = self.sexes.and_then(|at| {
            let text = row.cells.get(at)?.as_text()?;
            let by_letter = self.letters.and_then(|letters| letters.sex(text.trim()));
            by_letter.or_else(|| WORDS.sex(text))
        });
        if let (None, Some(at), true) = (sex, self.sexes, self.sexed) {
            let cell = cell_or_end(row, at);
            if WORDS.is_both_sexes(&cell.shown()) {
                return RowIs::Aside(RowAside::Total);
            }
            let (rule, hint) = (messages::no_sex(), messages::known("girls, boys"));
            remarks.error("unknown-word", &cell, "sex", rule, hint);
            return RowIs::Wrong;
        }
        match (region, locality, levels) {
            (Some(place), Ok(locality), Ok(levels)) if !levels.is_empty() => RowIs::Of(RowOf {
                place,
                locality,
                levels,
                sex,
                class: self.class(row),
            }),
            (Some(_), Ok(_), Ok(_)) => RowIs::Aside(RowAside::OutsideLevels),
            (None, ..) if self.codes => RowIs::Aside(RowAside::NoRegion),
            (_, _, Err(true)) => RowIs::Aside(RowAside::NoLevel),
            _ => RowIs::Wrong,
        }
    }

    /// The size class that a row tells.
    fn class(&mut self, row: &SheetRow<'_>) -> usize {
        let told = self.classes.and_then(|at| row.cells.get(at)).map(SheetCell::shown);
        let Some(told) = told.filter(|told| !told.is_empty()) else {
            return 0;
        };
        let known = self.told.iter().position(|known| *known == told);
        // So many are no classes of sizes.
        if known.is_none() && self.told.len() == MOST_CLASSES {
            return 0;
        }
        1 + known.unwrap_or_else(|| {
            self.told.push(told.into_owned());
            self.told.len() - 1
        })
    }

    fn region(&mut self, row: &SheetRow<'_>, remarks: &mut Remarks<'_>) -> Option<usize> {
        let at = self.regions?;
        let name = text(row, at);
        if !name.is_empty() && !WORDS.is_nothing(&name) {
            if self.recipe.filled_down {
                self.above = [name.clone().into_owned(), String::new(), String::new()];
            }
            return Some(self.places.place(&name, self.recipe.one_spelling));
        }
        if self.recipe.filled_down && !self.above[0].is_empty() {
            self.filled_down += 1;
            return Some(self.places.place(&self.above[0], self.recipe.one_spelling));
        }
        if !self.codes {
            let cell = cell_or_end(row, at);
            let (rule, hint) = (messages::empty_region(), messages::empty_region_hint());
            remarks.error("empty-region", &cell, "region", rule, hint);
        }
        None
    }

    /// What stands in a column of localities or levels, or above where regions stand once.
    fn filled<'c>(&mut self, row: &'c SheetRow<'_>, at: usize, place: usize) -> Cow<'c, str> {
        let own = row.cells.get(at).map_or(Cow::Borrowed(""), SheetCell::shown);
        if !self.recipe.filled_down {
            return own;
        }
        if own.is_empty() {
            return Cow::Owned(self.above[place].clone());
        }
        self.above[place] = own.clone().into_owned();
        own
    }

    fn locality(&mut self, row: &SheetRow<'_>, remarks: &mut Remarks<'_>) -> Result<Option<Locality>, ()> {
        let country = &self.country.iso3;
        if self.recipe.locality == LocalityBy::Council {
            let told = |at: &usize| WORDS.council(row.cells.get(*at)?.as_text()?, country);
            return Ok(Some(self.councils.iter().find_map(told).unwrap_or(Locality::Rural)));
        }
        let Some(at) = self.localities else { return Ok(None) };
        let decimal = self.recipe.columns[at].decimal.or(Some('.'));
        let text = self.filled(row, at, 1);
        let told = match self.recipe.locality {
            LocalityBy::Density => {
                let density = number::number(&text, ';', decimal).map_or(0.0, |written| written.value);
                Some(if density >= URBAN {
                    Locality::Urban
                } else {
                    Locality::Rural
                })
            }
            LocalityBy::DistrictType => WORDS.locality(&text, country).or(Some(Locality::Rural)),
            _ => WORDS.locality(&text, country),
        };
        if told.is_some() {
            return Ok(told);
        }
        let known = names(Locality::ALL, Locality::name);
        let near = WORDS.nearly(&text, |word| matches!(word, Word::Locality(_)));
        let cell = cell_or_end(row, at);
        unknown(&cell, "locality", messages::no_locality(), known, near, remarks);
        Err(())
    }

    /// The levels of a row; the error says whether the row is only left aside.
    fn levels_of(&mut self, row: &SheetRow<'_>, remarks: &mut Remarks<'_>) -> Result<Vec<Level>, bool> {
        let country = self.country;
        let Some(at) = self.levels else {
            return Ok(match self.recipe.level {
                Some(levels) => levels.levels(),
                // The columns say.
                None => country.levels.iter().map(|level| level.level).collect(),
            });
        };
        let text = self.filled(row, at, 2);
        if text.is_empty() && self.codes {
            return Err(true);
        }
        if !self.words.contains_key(text.as_ref()) {
            let grade = self
                .graded
                .then(|| text.parse().ok().filter(|grade| *grade <= 13))
                .flatten();
            let levels = match grade {
                Some(number) => ladder::of_grade(Level::Primary, number, country)
                    .map(|level| vec![level])
                    .or(Some(vec![])),
                None => levels(&text, country),
            };
            self.words.insert(text.clone().into_owned(), levels);
        }
        let known = self.words.get(text.as_ref()).cloned().flatten();
        // A register holds schools of other kinds too.
        let known = known.or_else(|| self.codes.then(Vec::new));
        let Some(levels) = known else {
            let known = names(Level::ALL, Level::name);
            let near = WORDS.nearly(&text, |word| matches!(word, Word::Levels(_)));
            unknown(
                &cell_or_end(row, at),
                "level",
                messages::no_level(),
                known,
                near,
                remarks,
            );
            return Err(false);
        };
        let own = |level: &Level| country.levels.iter().any(|known| known.level == *level);
        let counted: Vec<Level> = levels.iter().copied().filter(own).collect();
        if counted.is_empty() {
            let rows = self.outside.entry(text.into_owned()).or_default();
            *rows += 1;
            if *rows == 1 && !levels.is_empty() {
                let (rule, hint) = (messages::unknown_level(&country.name), messages::unknown_level_hint());
                let severity = Severity::Warning;
                remarks.say(severity, "unknown-level", &cell_or_end(row, at), "level", rule, hint);
            }
        }
        Ok(counted)
    }

    /// A row that adds others up, by the words in it.
    fn total(&mut self, row: &SheetRow<'_>) -> Option<TotalRow> {
        let country = plain(&self.country.name);
        let mut all = |text: &str, is_region: bool| {
            if let Some(known) = self.totals.get(text) {
                return *known;
            }
            let name = plain(text);
            let total = WORDS.is_total(&name)
                || WORDS.is_mean(&name)
                || (is_region && (name == country || WORDS.subtotal(&name).is_some()));
            // Names of schools are many, those of places few.
            if self.totals.len() < 10_000 {
                self.totals.insert(text.to_owned(), total);
            }
            total
        };
        let named = [self.regions, self.localities, self.levels];
        let mut at = None;
        let mut is_all = [false; 3];
        for (place, column) in named.iter().enumerate() {
            let cell = column.and_then(|column| row.cells.get(column));
            if let Some(text) = cell.and_then(SheetCell::as_text)
                && all(text, place == 0)
            {
                is_all[place] = true;
                at = at.or(cell);
            }
        }
        // `TOTAL` may stand in another column where no region is.
        let first = row.cells.iter().find(|cell| !cell.is_empty());
        let region_is_empty = self.regions.is_none_or(|column| text(row, column).is_empty());
        if at.is_none()
            && region_is_empty
            && let Some(text) = first.and_then(SheetCell::as_text)
        {
            let name = plain(text);
            if WORDS.is_total(&name) || WORDS.subtotal(&name).is_some() {
                is_all[0] = true;
                at = first;
            }
        }
        // Or beside the names of its place: every district, both kinds of owner.
        if at.is_none() {
            let is_all = |column: &&usize| {
                let name = row.cells.get(**column).and_then(SheetCell::as_text).map(plain);
                name.is_some_and(|name| is_all_of_others(&name, self.recipe.rows))
            };
            at = self
                .others
                .iter()
                .find(is_all)
                .and_then(|column| row.cells.get(*column));
        }
        let at = at?.kept();
        let is_mean = at.as_text().is_some_and(|text| WORDS.is_mean(&plain(text)));
        let named_in = |place: usize| {
            let column = named[place].filter(|_| !is_all[place])?;
            row.cells.get(column)?.as_text().map(ToOwned::to_owned)
        };
        // `TOTAL COAST` is the total of Coast.
        let region = named_in(0).or_else(|| WORDS.subtotal(&plain(at.as_text()?)).map(ToOwned::to_owned));
        Some(TotalRow {
            region,
            locality: named_in(1).and_then(|text| WORDS.locality(&text, &self.country.iso3)),
            levels: named_in(2).and_then(|text| levels(&text, self.country)),
            at,
            is_mean,
        })
    }
}

/// Columns of texts that name neither region, locality, level, year nor sex, and in which not every row is a total.
fn others(sheet: &Sheet, recipe: &Recipe) -> Vec<usize> {
    let is_other = |(at, column): &(usize, &ColumnRecipe)| {
        let own = matches!(
            column.meaning,
            Meaning::Place(Place::Region) | Meaning::Locality | Meaning::Level | Meaning::Year | Meaning::Sex
        );
        let seen = sheet.columns.get(*at);
        !own && !column.is_count()
            && seen.is_some_and(|seen| {
                let is_all = |word: &String| is_all_of_others(&plain(word), recipe.rows);
                seen.texts() > 0
                    && (seen.more_words || (seen.words.keys().any(is_all) && !seen.words.keys().all(is_all)))
            })
    };
    recipe
        .columns
        .iter()
        .enumerate()
        .filter(is_other)
        .map(|(at, _)| at)
        .collect()
}

/// Whether a name that is no region's means all of the rows beside it. A school may be called National, and board and day pupils
/// both; among schools a total says that it is one.
fn is_all_of_others(name: &str, rows: RowsAre) -> bool {
    let known = WORDS.is_total(name) || WORDS.is_mean(name);
    known
        && match rows {
            RowsAre::Schools => name.contains("total"),
            RowsAre::Groups => !matches!(name, "national" | "nacional" | "both"),
        }
}

/// What stands in a column.
fn text<'c>(row: &'c SheetRow<'_>, column: usize) -> Cow<'c, str> {
    row.cells.get(column).map_or(Cow::Borrowed(""), SheetCell::shown)
}

/// A cell, or the place at the end of its row where it should stand.
pub(super) fn cell_or_end(row: &SheetRow<'_>, column: usize) -> SheetCell<'static> {
    let end = || {
        let last = row.cells.last();
        SheetCell::nothing_at(row.line, last.map_or(1, |cell| cell.column))
    };
    row.cells.get(column).map_or_else(end, SheetCell::kept)
}

fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> String {
    let names: Vec<&str> = all.iter().map(|one| name(*one)).collect();
    names.join(", ")
}

fn unknown(
    cell: &SheetCell<'_>,
    path: &str,
    rule: Message,
    known: String,
    near: Option<String>,
    remarks: &mut Remarks<'_>,
) {
    let hint = near.map_or_else(|| messages::known(known), messages::did_you_mean);
    remarks.error("unknown-word", cell, path, rule, hint);
}

/// The levels that a cell names: `Primary (Std I-VII)`, `PRIMARIA,SECUNDARIA`, `Form 2`. None within for what is outside of
/// them.
pub(super) fn levels(text: &str, country: &Country) -> Option<Vec<Level>> {
    let code = &country.iso3;
    if let Some(levels) = WORDS.levels(text, code) {
        return Some(levels);
    }
    let (before, _) = text.split_once('(').unwrap_or((text, ""));
    let parts = before.split([',', ';', '/', '+', '&']);
    let known: Option<Vec<Vec<Level>>> = parts.clone().map(|part| WORDS.levels(part, code)).collect();
    if let Some(parts) = known {
        let mut all = parts.concat();
        all.sort_unstable();
        all.dedup();
        return Some(all);
    }
    let heard =
        hear(text, code, None).filter(|heard| matches!(heard.named, None | Some(Named::Measure(Measure::Schools))));
    if let Some(heard) = heard.filter(|heard| heard.outside || heard.grade.is_some() || !heard.levels.is_empty()) {
        return Some(ladder::of_heard(&heard, country).unwrap_or_default());
    }
    // A school of several kinds has those that are known.
    let known: Vec<Vec<Level>> = parts.filter_map(|part| WORDS.levels(part, code)).collect();
    if known.is_empty() {
        return None;
    }
    let mut all = known.concat();
    all.sort_unstable();
    all.dedup();
    Some(all)
}

/// Whether a row begins with a word for a note: `Source: ...`.
fn is_note(row: &SheetRow<'_>) -> bool {
    let first = row.cells.iter().find_map(SheetCell::as_text);
    first.is_some_and(|text| match text.split_once([':', '：']) {
        Some((word, _)) => WORDS.is_note(word),
        None => row.filled() <= 2 && WORDS.is_note(text),
    })
}

/// A year as a cell has it: `2023`, `2022/23`.
fn year_of(cell: &SheetCell<'_>) -> Option<i32> {
    super::header::year(cell.shown().get(..4)?)
}

/// Whether a row numbers the columns: `(1) (2) (3)`.
fn numbers_columns(row: &SheetRow<'_>) -> bool {
    let mut last: Option<usize> = None;
    let mut count = 0;
    for cell in row.cells.iter().filter(|cell| !cell.is_empty()) {
        let shown = cell.shown();
        let Ok(number) = shown.trim_matches(['(', ')', '[', ']', '.']).parse::<usize>() else {
            return false;
        };
        if last.is_some_and(|last| number != last + 1) {
            return false;
        }
        last = Some(number);
        count += 1;
    }
    count > 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Pack, country};

    #[test]
    fn levels_of_each_country_mean_what_its_grades_say() {
        let pack = Pack::embedded();
        let mut countries: BTreeMap<&str, Country> = BTreeMap::new();
        let lines = include_str!("../../../tests/data/levels.txt").lines();
        let mut wrong = Vec::new();
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let parts: Vec<&str> = line.split(" | ").collect();
            let [code, text, wanted] = parts[..] else {
                panic!("{line}")
            };
            if !countries.contains_key(code) {
                // A country without data has the grades of most.
                let Some(made) = [code, "SEN"].iter().find_map(|code| country(&pack, code, true).ok()) else {
                    return; // a build without the tables
                };
                let iso3 = code.to_owned();
                countries.insert(code, Country { iso3, ..made });
            }
            let heard = match levels(text, &countries[code]) {
                None => "unknown".into(),
                Some(levels) if levels.is_empty() => "outside".into(),
                Some(levels) => levels.iter().map(|level| level.name()).collect::<Vec<_>>().join("+"),
            };
            if heard != wanted {
                wrong.push(format!("{line}: {heard}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
