//! What a sheet is likely to mean: a proposal for each column, from its header and its cells.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{SheetCell, SheetRow};
use super::header::{self, Heard, Named as Column, SexLetters, hear};
use super::ladder;
use super::measure::{Kind, Measure, Place, Sex};
use super::number::{self, MarksSeen};
use super::parts::{sectors, totals};
use super::persons;
use super::recipe::{
    Aside, ColumnRecipe, LevelSet, LevelTotal, LocalityBy, Meaning, Named, NoIs, NumberUnit, Recipe, RowsAre, Sure, Why,
};
use super::row;
use super::sheet::{ColumnSeen, Sheet, Spread};
use super::titles::{self, Titled};
use super::words::{WORDS, Word};
use crate::data::spelling::plain;
use crate::scenario::{Country, Level};

/// Part of the names of schools, or codes, that must differ where a row is a school.
const DISTINCT: f64 = 0.7;
/// Part of the rows whose school stands in a row before, from which that is no slip.
const AGAIN: f64 = 0.3;
/// The largest percentage.
const HUNDRED: f64 = 100.0;

impl Recipe {
    /// What the sheet is likely to mean.
    #[must_use]
    pub fn guess(sheet: &Sheet, country: &Country) -> Self {
        let guess = Guess { sheet, country };
        let heard = guess.heard();
        let mut columns = guess.columns(&heard);
        guess.unnamed(&mut columns, &heard);
        let locality = guess.locality(&mut columns, &heard);
        guess.places(&mut columns);
        let (rows, again) = guess.rows(&columns);
        guess.units(&mut columns, &heard, rows);
        guess.girls(&mut columns, &heard, rows);
        let year = guess.years(&mut columns, rows, again);
        sectors(&mut columns, &heard);
        guess.times(&mut columns, &heard);
        totals(&mut columns, &heard, country);
        guess.few(&mut columns, &heard, rows);
        let level = guess.level(&mut columns, &heard);
        Self {
            sheet: sheet.name.clone(),
            header: sheet.header,
            header_rows: sheet.header_rows,
            level,
            locality,
            year,
            one_spelling: true,
            filled_down: guess.is_filled_down(&columns),
            several_rows: again == Again::Rows,
            size_classes: None,
            total: LevelTotal::Published,
            rows,
            columns,
        }
    }
}

struct Guess<'a> {
    sheet: &'a Sheet,
    country: &'a Country,
}

impl Guess<'_> {
    fn heard(&self) -> Vec<Option<Heard>> {
        let headers = &self.sheet.headers;
        let letters = SexLetters::among(headers.iter().map(String::as_str));
        headers
            .iter()
            .map(|text| hear(text, &self.country.iso3, letters))
            .collect()
    }

    fn seen(&self, column: usize) -> Option<&ColumnSeen> {
        self.sheet.columns.get(column)
    }

    fn columns(&self, heard: &[Option<Heard>]) -> Vec<ColumnRecipe> {
        let mut all = MarksSeen::default();
        self.sheet.columns.iter().for_each(|seen| all.add(seen.marks));
        let qualified = heard
            .iter()
            .flatten()
            .any(|heard| heard.sex.is_some() || heard.grade.is_some());
        let width = heard.len().max(self.sheet.columns.len());
        (0..width)
            .map(|column| {
                let heard = heard.get(column).and_then(Option::as_ref);
                let seen = self.seen(column);
                let marks = seen.map_or_else(MarksSeen::default, |seen| seen.marks);
                let doubt = (marks.doubtful > 0).then(|| all.settled()).flatten();
                let levels = heard.map(|heard| ladder::of_heard(heard, self.country));
                let (meaning, why) = if self.sheet.contacts.contains(&column) {
                    (Meaning::Aside(Aside::Person), Why::Header)
                } else {
                    self.meaning(column, heard, qualified)
                };
                let meaning = match (meaning, &levels) {
                    (Meaning::Number(_), Some(None)) => Meaning::Aside(Aside::OutsideLevels),
                    _ => meaning,
                };
                ColumnRecipe {
                    header: self.sheet.headers.get(column).cloned().unwrap_or_default(),
                    meaning,
                    unit: NumberUnit::Itself,
                    levels: levels.flatten().unwrap_or_default().into_iter().map(Named).collect(),
                    part: heard.map_or_else(String::new, |heard| heard.part.clone()),
                    sex: heard.and_then(|heard| heard.sex),
                    year: heard.and_then(|heard| heard.year),
                    sector: heard.and_then(|heard| heard.sector.clone()),
                    times: 1,
                    no: NoIs::Said,
                    decimal: marks.settled().or(doubt),
                    sure: Sure::Sure,
                    why,
                }
            })
            .collect()
    }

    fn meaning(&self, column: usize, heard: Option<&Heard>, qualified: bool) -> (Meaning, Why) {
        let header = self.sheet.headers.get(column).map_or("", String::as_str);
        let Some(heard) = heard.filter(|heard| heard.is_something()) else {
            let person = persons::about(header).is_some();
            return (
                Meaning::Aside(if person { Aside::Person } else { Aside::Unknown }),
                Why::Header,
            );
        };
        let empty = ColumnSeen::default();
        let seen = self.seen(column).unwrap_or(&empty);
        if seen.filled + seen.nothings == 0 && !self.is_all_empty() {
            // What a table needs is missed cell by cell.
            return match named(heard) {
                Some(Meaning::Place(place)) => (Meaning::Place(place), Why::Header),
                Some(Meaning::Number(measure @ (Measure::Schools | Measure::Learners))) => {
                    (Meaning::Number(measure), Why::Header)
                }
                _ => (Meaning::Aside(Aside::Empty), Why::Cells),
            };
        }
        let numeric = seen.numbers.count + seen.dates >= seen.texts();
        let of_girls = heard.sex == Some(Sex::Girls) && heard.grade.is_none() && heard.age.is_none();
        let part = heard.percent
            || heard.share
            || seen.percents > 0
            || (seen.numbers.most <= 1.0 && seen.numbers.fractions > 0 && heard.times.is_none());
        let learners = Column::Measure(Measure::Learners);
        match &heard.named {
            Some(Column::Locality) if matches!(heard.or, Some(Column::Place(_))) && !self.has_locality(seen) => {
                (Meaning::Place(Place::District), Why::Cells)
            }
            Some(Column::Level) if heard.or == Some(Column::Aside) && !self.has_level(seen) => {
                (Meaning::Aside(Aside::NotNeeded), Why::Cells)
            }
            Some(named) if *named == learners && of_girls && part => (Meaning::Number(Measure::Girls), Why::Cells),
            // `Learners with electricity` is nothing that is known; `% of learners` neither.
            Some(named) if *named == learners && (heard.with || heard.percent || heard.share) => {
                (Meaning::Aside(Aside::Unknown), Why::Header)
            }
            // `School` heads names or numbers of schools.
            Some(Column::Measure(Measure::Schools) | Column::School)
                if may_be_either(header)
                    || (!numeric && seen.filled > 1 && !self.words(header).contains(&&Word::Number)) =>
            {
                let number = Meaning::Number(Measure::Schools);
                (if numeric { number } else { Meaning::School }, Why::Cells)
            }
            Some(Column::Measure(measure)) if measure.kind() == Kind::Count && (heard.percent || heard.share) => {
                (Meaning::Aside(Aside::Unknown), Why::Header)
            }
            Some(_) => (named(heard).unwrap_or(Meaning::Aside(Aside::NotNeeded)), Why::Header),
            None if of_girls && part => (Meaning::Number(Measure::Girls), Why::Cells),
            None if numeric && !part && (heard.is_qualified() || (heard.total && qualified)) => {
                (Meaning::Number(Measure::Learners), Why::Cells)
            }
            None if heard.sector.is_some() => (Meaning::Aside(Aside::NotNeeded), Why::Header),
            None => (Meaning::Aside(Aside::Unknown), Why::Header),
        }
    }

    /// Numbers in thousands: by the header; or by a title, where that brings learners nearer to the published totals, which
    /// is asked.
    fn times(&self, columns: &mut [ColumnRecipe], heard: &[Option<Heard>]) {
        for (column, heard) in columns.iter_mut().zip(heard) {
            let Some(times) = heard.as_ref().and_then(|heard| heard.times) else {
                continue;
            };
            match column.meaning {
                Meaning::Number(_) if column.is_count() => column.times = times,
                Meaning::Number(_) => column.meaning = Meaning::Aside(Aside::Unknown),
                _ => {}
            }
        }
        let Some(times) = titles::times(self.sheet, &self.country.iso3) else {
            return;
        };
        let mut titled = self.titles().filter_map(|word| match word {
            Word::Measure(measure) => Some(*measure),
            _ => None,
        });
        let named: Vec<Measure> = titled
            .by_ref()
            .filter(|measure| measure.kind() == Kind::Count)
            .collect();
        let is_meant = |measure: Measure| match &named[..] {
            [] => matches!(measure, Measure::Learners | Measure::Teachers),
            named => named.contains(&measure),
        };
        let published: f64 = self.country.levels.iter().map(|level| level.learners.value).sum();
        let apart = |learners: f64| (published.max(1.0) / learners.max(1.0)).ln().abs();
        let learners = self.learners(columns);
        let nearer = apart(learners * f64::from(times)) < apart(learners);
        for column in columns {
            let meant = matches!(column.meaning, Meaning::Number(measure) if is_meant(measure) && column.is_count());
            if meant && column.times == 1 {
                column.times = if nearer { times } else { 1 };
                column.sure = Sure::Asks;
            }
        }
    }

    /// The sum of all columns of learners that are no parts of another.
    fn learners(&self, columns: &[ColumnRecipe]) -> f64 {
        let learners = Meaning::Number(Measure::Learners);
        let has_total = columns
            .iter()
            .any(|column| column.meaning == learners && column.sex.is_none());
        let own = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.meaning == learners && (column.sex.is_none() || !has_total));
        own.map(|(at, column)| self.sum(columns, at) * f64::from(column.times))
            .sum()
    }

    /// The rows below the header that are kept.
    fn below(&self) -> impl Iterator<Item = &SheetRow<'static>> {
        self.sheet.upper.iter().skip(self.sheet.header + self.sheet.header_rows)
    }

    /// The sum of the counts in a column, without rows of totals; of a long sheet as its upper rows are.
    #[allow(clippy::cast_precision_loss)]
    fn sum(&self, columns: &[ColumnRecipe], at: usize) -> f64 {
        let country = plain(&self.country.name);
        let is_total = |cell: &SheetCell<'_>| {
            cell.as_text().is_some_and(|text| {
                let name = plain(text);
                WORDS.is_total(&name) || WORDS.is_mean(&name) || WORDS.subtotal(&name).is_some() || name == country
            })
        };
        let names = |at: usize| {
            columns.get(at).is_some_and(|column| {
                matches!(
                    column.meaning,
                    Meaning::Place(_) | Meaning::Locality | Meaning::Level | Meaning::Aside(_)
                )
            })
        };
        let counted = |row: &&SheetRow<'_>| {
            let mut cells = row.cells.iter().enumerate();
            !cells.any(|(at, cell)| names(at) && is_total(cell))
        };
        let read = |row: &SheetRow<'_>| {
            let written = number::count(&row.cells.get(at)?.shown(), self.sheet.separator).ok()?;
            Some(written.0.value)
        };
        let (all, kept) = (self.sheet.rows, self.sheet.upper.len());
        let sum: f64 = self.below().filter(counted).filter_map(read).sum();
        sum * all as f64 / kept.max(1) as f64
    }

    fn has_locality(&self, seen: &ColumnSeen) -> bool {
        let country = &self.country.iso3;
        seen.words.keys().any(|text| WORDS.locality(text, country).is_some())
    }

    fn has_level(&self, seen: &ColumnSeen) -> bool {
        seen.words.keys().any(|text| row::levels(text, self.country).is_some())
    }

    fn is_all_empty(&self) -> bool {
        self.sheet.rows <= self.sheet.header + self.sheet.header_rows
    }

    /// The largest places that are named are the regions.
    fn places(&self, columns: &mut [ColumnRecipe]) {
        let mut places: Vec<(Place, bool, usize, usize)> = columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| match column.meaning {
                Meaning::Place(place) => {
                    let seen = self.seen(at)?;
                    // A number is rather a code of a place than its name.
                    Some((place, seen.texts() == 0, seen.words.len(), at))
                }
                _ => None,
            })
            .collect();
        places.sort_unstable();
        for (rank, (.., at)) in places.into_iter().enumerate() {
            columns[at].meaning = Meaning::Place(if rank == 0 { Place::Region } else { Place::District });
            if rank == 0 && self.seen(at).is_some_and(|seen| seen.texts() == 0 && seen.filled > 0) {
                columns[at].sure = Sure::Asks;
            }
        }
    }

    /// A row is a school where codes or names of schools differ from row to row, or from one row of a year to the next, or are
    /// those of schools and stand in several rows; and where no number of schools is told.
    fn rows(&self, columns: &[ColumnRecipe]) -> (RowsAre, Again) {
        let told = columns.iter().enumerate().any(|(at, column)| {
            column.meaning == Meaning::Number(Measure::Schools)
                && self
                    .seen(at)
                    .is_some_and(|seen| (seen.numbers.least, seen.numbers.most) != (1.0, 1.0))
        });
        let named = |at: &usize| matches!(columns[*at].meaning, Meaning::Code | Meaning::School);
        let mut again = Again::No;
        let mut differ = false;
        for at in (0..columns.len()).filter(named) {
            let of_column = self.again(columns, at);
            again = if again == Again::No { of_column } else { again };
            differ |= of_column != Again::No
                || self.seen(at).is_some_and(|seen| {
                    #[allow(clippy::cast_precision_loss)]
                    let distinct = seen.words.len() as f64 / seen.filled as f64;
                    seen.more_words || distinct >= DISTINCT || seen.numbers.count == seen.filled
                });
        }
        if differ && !told {
            (RowsAre::Schools, again)
        } else {
            (RowsAre::Groups, Again::No)
        }
    }

    /// Whether schools stand in several rows, by a column of their codes or names: one for each year, or several of one.
    #[allow(clippy::cast_precision_loss)]
    fn again(&self, columns: &[ColumnRecipe], at: usize) -> Again {
        let years = columns.iter().position(|column| column.meaning == Meaning::Year);
        let shown = |row: &SheetRow<'_>, at: usize| row.cells.get(at).map(|cell| cell.shown().into_owned());
        let (mut all, mut codes, mut of_years) = (0.0, BTreeSet::new(), BTreeSet::new());
        for row in self.below() {
            let Some(code) = shown(row, at).filter(|code| !code.is_empty()) else {
                continue;
            };
            all += 1.0;
            of_years.insert((code.clone(), years.and_then(|years| shown(row, years))));
            codes.insert(code);
        }
        let part = |count: usize| count as f64 / f64::max(all, 1.0);
        let is_code = columns[at].meaning == Meaning::Code;
        let of_school = || {
            let words = self.words(&columns[at].header);
            words
                .iter()
                .any(|word| matches!(word, Word::School | Word::Measure(Measure::Schools)))
        };
        // Of a long sheet only the upper rows are kept, but texts are counted to its end.
        let counted = self.seen(at).map_or(0, |seen| seen.words.values().sum());
        let distinct = match self.seen(at) {
            Some(seen) if counted > 0 => part(codes.len()).min(seen.words.len() as f64 / counted as f64),
            _ => part(codes.len()),
        };
        let several = |seen: &ColumnSeen| seen.words.len() > 1 || seen.numbers.least < seen.numbers.most;
        let several_years = years.and_then(|at| self.seen(at)).is_some_and(several);
        if 1.0 - distinct < AGAIN {
            Again::No
        } else if several_years && part(of_years.len()) >= DISTINCT {
            Again::Years
        } else if is_code && of_school() && codes.len() > 1 {
            Again::Rows
        } else {
            Again::No
        }
    }

    fn units(&self, columns: &mut [ColumnRecipe], heard: &[Option<Heard>], rows: RowsAre) {
        let spread = |column: &ColumnRecipe, at: usize| {
            self.seen(at).map_or_else(Spread::default, |seen| {
                // What only could be a fraction is thousands, where all then are whole.
                let whole = seen.marks.settled().is_none() && seen.with_comma.fractions < seen.numbers.fractions;
                if column.decimal == Some(',') || (column.decimal.is_none() && whole) {
                    seen.with_comma
                } else {
                    seen.numbers
                }
            })
        };
        for at in 0..columns.len() {
            let Meaning::Number(measure) = columns[at].meaning else {
                continue;
            };
            if !measure.is_share() {
                continue;
            }
            let whole = match measure.kind() {
                Kind::OfLearners => Measure::Learners,
                _ => Measure::Schools,
            };
            let Some(seen) = self.seen(at) else { continue };
            let exceeds = self.exceeds(columns, at, whole);
            let own_name = columns[at].header == measure.name();
            let numbers = spread(&columns[at], at);
            let heard = heard.get(at).and_then(Option::as_ref);
            if rows == RowsAre::Schools
                && measure.kind() == Kind::OfSchools
                && let Some(no) = self.no(seen)
            {
                let column = &mut columns[at];
                column.unit = if seen.truths > 0 {
                    NumberUnit::Words
                } else {
                    NumberUnit::Share
                };
                (column.no, column.sure, column.why) = (no, Sure::Asks, Why::Cells);
                continue;
            }
            let (unit, sure) = unit(seen, numbers, heard, rows, own_name, exceeds);
            columns[at].unit = unit;
            columns[at].sure = columns[at].sure.max(sure);
            if unit != NumberUnit::Share {
                columns[at].why = Why::Cells;
            }
            let counted = numbers.fractions == 0 && (unit == NumberUnit::CountOf || exceeds);
            if measure != Measure::Computers || !counted {
                continue;
            }
            // So many computers, or so many schools with computers: the header says it, or numbers larger than the schools.
            let with = heard.is_some_and(|heard| heard.with || heard.percent);
            let counts = self.words(&columns[at].header).contains(&&Word::Number);
            let is_percent = unit == NumberUnit::Percent && !counts;
            if rows == RowsAre::Schools || (exceeds && !is_percent) || (counts && !with) {
                columns[at].meaning = Meaning::Number(Measure::Devices);
                columns[at].unit = NumberUnit::CountOf;
            }
            let schools = Meaning::Number(Measure::Schools);
            let told = columns.iter().any(|column| column.meaning == schools);
            let is_certain = rows == RowsAre::Schools || with || !told || (exceeds && numbers.most > HUNDRED);
            if !is_certain && numbers.most > 1.0 {
                columns[at].sure = Sure::Asks;
            }
        }
    }

    /// What says no in a column of a register that says yes and nothing else, or 1 and 2.
    fn no(&self, seen: &ColumnSeen) -> Option<NoIs> {
        let numbers = seen.numbers;
        let all_numbers = numbers.count == seen.filled && numbers.fractions == 0 && seen.percents == 0;
        if all_numbers && (numbers.least, numbers.most) == (1.0, 2.0) {
            return Some(NoIs::Two);
        }
        let yes = seen.truths > 0
            && seen.truths == seen.filled
            && seen.words.keys().all(|word| WORDS.truth(word) == Some(true));
        let ones = all_numbers && (numbers.least, numbers.most) == (1.0, 1.0);
        // A row of notes or totals leaves an empty cell too.
        let blank = self.blank(seen);
        (seen.nothings == 0 && (yes || ones) && blank > 1 && 20 * blank > seen.filled).then_some(NoIs::Blank)
    }

    /// Empty cells of a column.
    fn blank(&self, seen: &ColumnSeen) -> usize {
        let above = self.sheet.header + self.sheet.header_rows;
        self.sheet.rows.saturating_sub(above + seen.filled + seen.nothings)
    }

    /// Girls that are no more than a hundred beside thousands of learners are a percentage.
    fn girls(&self, columns: &mut [ColumnRecipe], heard: &[Option<Heard>], rows: RowsAre) {
        let learners = Meaning::Number(Measure::Learners);
        let numbers = |at: usize| {
            self.seen(at)
                .map(|seen| seen.numbers)
                .filter(|numbers| numbers.count > 0)
        };
        for at in 0..columns.len() {
            let own = &columns[at];
            let whole = heard.get(at).and_then(Option::as_ref);
            let whole = whole.is_some_and(|heard| heard.grade.is_none() && heard.age.is_none());
            let is_girls = rows == RowsAre::Groups && own.meaning == learners && own.sex == Some(Sex::Girls) && whole;
            // About 1 it is an index of parity.
            let is_few = numbers(at).is_some_and(|numbers| numbers.least > 2.0 && numbers.most <= HUNDRED);
            let beside = |(at, other): (usize, &ColumnRecipe)| {
                let alike = other.meaning == learners && other.sex.is_none() && other.levels == own.levels;
                alike && numbers(at).is_some_and(|numbers| numbers.least > 10.0 * HUNDRED)
            };
            if is_girls && is_few && columns.iter().enumerate().any(beside) {
                columns[at].meaning = Meaning::Number(Measure::Girls);
                columns[at].unit = NumberUnit::Percent;
                (columns[at].sure, columns[at].why) = (Sure::Asks, Why::Cells);
            }
        }
    }

    /// Columns of a place that say for whom and not what, and no number above a hundred: learners are asked.
    fn few(&self, columns: &mut [ColumnRecipe], heard: &[Option<Heard>], rows: RowsAre) {
        let learners = Meaning::Number(Measure::Learners);
        let own: Vec<usize> = (0..columns.len())
            .filter(|at| columns[*at].meaning == learners)
            .collect();
        let few = |at: &usize| {
            let unnamed = heard
                .get(*at)
                .and_then(Option::as_ref)
                .is_some_and(|heard| heard.named.is_none());
            let numbers = self.seen(*at).map_or_else(Spread::default, |seen| seen.numbers);
            unnamed && numbers.count > 0 && numbers.most <= HUNDRED
        };
        let in_thousands = titles::times(self.sheet, &self.country.iso3).is_some();
        if rows == RowsAre::Groups && !in_thousands && own.iter().all(few) {
            for at in own {
                columns[at].sure = Sure::Asks;
            }
        }
    }

    /// Whether a number of the column is larger than the whole of which it would be a part, in the rows that are kept.
    fn exceeds(&self, columns: &[ColumnRecipe], at: usize, whole: Measure) -> bool {
        let wholes: Vec<usize> = (0..columns.len())
            .filter(|other| columns[*other].meaning == Meaning::Number(whole))
            .collect();
        let number = |row: &SheetRow<'_>, column: usize| {
            let shown = row.cells.get(column)?.shown();
            let read = number::count(&shown, self.sheet.separator).ok()?;
            Some(read.0.value)
        };
        !wholes.is_empty()
            && self.below().any(|row| {
                let all: f64 = wholes.iter().filter_map(|column| number(row, *column)).sum();
                number(row, at).is_some_and(|part| part > all && all > 0.0)
            })
    }

    /// The year that is taken of several, across columns or rows.
    fn years(&self, columns: &mut [ColumnRecipe], rows: RowsAre, again: Again) -> Option<i32> {
        let years = || {
            columns
                .iter()
                .filter(|column| matches!(column.meaning, Meaning::Number(_)))
                .filter_map(|column| column.year)
        };
        let latest = years().max();
        if let (Some(first), Some(last)) = (years().min(), latest)
            && first < last
        {
            for column in columns.iter_mut() {
                if column.year.is_some_and(|year| year != last) && matches!(column.meaning, Meaning::Number(_)) {
                    column.meaning = Meaning::Aside(Aside::OtherYear);
                }
            }
            return Some(last);
        }
        // A register is of several years where schools were visited in several: they stand once, or else in the latest.
        if rows == RowsAre::Schools && again != Again::Years {
            return None;
        }
        let of_rows = columns.iter().position(|column| column.meaning == Meaning::Year)?;
        let seen = self.seen(of_rows)?;
        let mut years: Vec<i32> = seen
            .words
            .keys()
            .filter_map(|text| header::year(text.get(..4)?))
            .collect();
        years.sort_unstable();
        years.dedup();
        #[allow(clippy::cast_possible_truncation)]
        let of_numbers = (seen.words.is_empty() && seen.numbers.least < seen.numbers.most)
            .then_some(seen.numbers.most as i32)
            .filter(|year| (1980..=2060).contains(year));
        of_numbers.or_else(|| years.last().copied().filter(|_| years.len() > 1))
    }

    /// The levels of rows that name none; columns under a title of none that is counted here are left aside.
    fn level(&self, columns: &mut [ColumnRecipe], heard: &[Option<Heard>]) -> Option<LevelSet> {
        let numbers = || {
            columns
                .iter()
                .filter(|column| matches!(column.meaning, Meaning::Number(_)))
        };
        if columns.iter().any(|column| column.meaning == Meaning::Level)
            || numbers().any(|column| !column.levels.is_empty())
        {
            return None;
        }
        // Ages say for whom the totals are.
        let mut of_ages: BTreeMap<Level, f64> = BTreeMap::new();
        for (at, heard) in heard.iter().enumerate() {
            let level = heard
                .as_ref()
                .and_then(|heard| ladder::of_age(heard.age?, self.country));
            if let (Some(level), Some(seen)) = (level, self.seen(at)) {
                *of_ages.entry(level).or_default() += seen.numbers.sum;
            }
        }
        let most = of_ages.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((level, _)) = most {
            return LevelSet::of(&[level]);
        }
        let own = |level: &Level| self.country.levels.iter().any(|known| known.level == *level);
        let counted = |set: LevelSet| {
            let levels: Vec<Level> = set.levels().into_iter().filter(own).collect();
            LevelSet::of(&levels)
        };
        match titles::levels(self.sheet, &self.country.iso3) {
            Titled::Levels(set) => counted(set),
            Titled::Several(set) => self.level_of_sum(columns, counted(set)),
            Titled::Nothing => self.level_of_sum(columns, None),
            Titled::Outside => {
                let numbers = columns
                    .iter_mut()
                    .filter(|column| matches!(column.meaning, Meaning::Number(_)));
                for column in numbers {
                    column.meaning = Meaning::Aside(Aside::OutsideLevels);
                }
                None
            }
        }
    }

    /// All words of the rows above the header.
    fn titles(&self) -> impl Iterator<Item = &Word> {
        let rows = self.sheet.upper.iter().take(self.sheet.header);
        rows.flat_map(|row| &row.cells)
            .flat_map(|cell| self.words(&cell.shown()))
    }

    /// All words of a text, and of all phrases in it.
    fn words(&self, text: &str) -> Vec<&Word> {
        let name = plain(text);
        let tokens: Vec<&str> = name.split('_').collect();
        let phrases = (0..tokens.len()).flat_map(|at| {
            let longest = WORDS.longest().min(tokens.len() - at);
            (1..=longest).map(move |length| (at, at + length))
        });
        let meanings = |(from, to): (usize, usize)| {
            let phrase = tokens[from..to].join("_");
            let found: Vec<&Word> = WORDS.meanings(&phrase, &self.country.iso3).collect();
            found
        };
        phrases.flat_map(meanings).collect()
    }

    /// Headers that say for whom and not what count learners, unless something says otherwise: `Primary schools` are
    /// schools beside `Primary pupils`, and under a title of teachers men and women are teachers.
    fn unnamed(&self, columns: &mut [ColumnRecipe], heard: &[Option<Heard>]) {
        let learners = Meaning::Number(Measure::Learners);
        let is_schools = |word: &&Word| **word == Word::Measure(Measure::Schools);
        let unnamed = |at: usize, column: &ColumnRecipe| {
            let heard = heard.get(at)?.as_ref()?;
            (column.meaning == learners && heard.named.is_none()).then_some(heard)
        };
        let of_persons = |heard: &Heard| heard.sex.is_some() || heard.grade.is_some() || heard.age.is_some();
        let may_be_schools = |at: usize, column: &ColumnRecipe| {
            let heard = unnamed(at, column).filter(|heard| !of_persons(heard));
            heard.is_some() && self.words(&column.header).iter().any(is_schools)
        };
        let either: Vec<bool> = columns
            .iter()
            .enumerate()
            .map(|(at, column)| may_be_schools(at, column))
            .collect();
        let are_learners = |(column, either): (&ColumnRecipe, &bool)| column.meaning == learners && !either;
        let beside_learners = columns.iter().zip(&either).any(are_learners);
        let mut titled: Vec<Measure> = self
            .titles()
            .filter_map(|word| match word {
                Word::Measure(measure) => Some(*measure),
                _ => None,
            })
            .collect();
        titled.dedup();
        let is_named = |heard: &Heard| heard.named == Some(Column::Measure(Measure::Learners));
        let all: Vec<usize> = (0..columns.len())
            .filter(|at| unnamed(*at, &columns[*at]).is_some())
            .collect();
        let most = all
            .iter()
            .filter_map(|at| Some(self.seen(*at)?.numbers.most))
            .fold(0.0, f64::max);
        if !heard.iter().flatten().any(is_named) && titles::is_of_another(self.sheet, &self.country.iso3, most) {
            for at in all {
                columns[at].meaning = Meaning::Aside(Aside::Unknown);
            }
            return;
        }
        let by_sex = all.iter().any(|at| columns[*at].sex.is_some());
        let of_learners = titled.is_empty() || titled.contains(&Measure::Learners);
        for at in 0..columns.len() {
            let Some(heard) = unnamed(at, &columns[at]) else {
                continue;
            };
            let measure = if either[at] && (beside_learners || !of_learners) {
                Measure::Schools
            } else if of_learners {
                continue;
            } else if titled.contains(&Measure::Teachers) {
                Measure::Teachers
            } else if of_persons(heard) || (by_sex && !either[at]) {
                continue;
            } else if titled == [Measure::Schools] {
                Measure::Schools
            } else {
                columns[at].meaning = Meaning::Aside(Aside::Unknown);
                continue;
            };
            columns[at].meaning = Meaning::Number(measure);
        }
    }

    /// The level whose published learners are nearest to the sum, or all that the title names.
    fn level_of_sum(&self, columns: &[ColumnRecipe], titled: Option<LevelSet>) -> Option<LevelSet> {
        let sum = self.learners(columns);
        let published = |set: &LevelSet| -> f64 {
            let levels = set.levels();
            let own = self.country.levels.iter().filter(|level| levels.contains(&level.level));
            own.map(|level| level.learners.value).sum()
        };
        let apart = |set: &LevelSet| (published(set).max(1.0) / sum.max(1.0)).ln().abs();
        let each = self
            .country
            .levels
            .iter()
            .filter_map(|level| LevelSet::of(&[level.level]));
        each.chain(titled).min_by(|a, b| apart(a).total_cmp(&apart(b)))
    }

    /// How urban and rural are told: by their own column, the kind of district, the kind of council in its name, or people
    /// per square kilometre; what is not needed for it is left aside.
    fn locality(&self, columns: &mut [ColumnRecipe], heard: &[Option<Heard>]) -> LocalityBy {
        let by = |at: usize| match heard.get(at)?.as_ref()?.named.as_ref()? {
            Column::DistrictType => Some(LocalityBy::DistrictType),
            Column::Density => Some(LocalityBy::Density),
            Column::Locality => Some(LocalityBy::Column),
            _ => None,
        };
        let told = |at: usize, by: LocalityBy| {
            self.seen(at).is_some_and(|seen| match by {
                LocalityBy::DistrictType => self.has_locality(seen),
                LocalityBy::Density => seen.numbers.count > 0,
                _ => true,
            })
        };
        let localities: Vec<(usize, LocalityBy)> = (0..columns.len())
            .filter(|at| columns[*at].meaning == Meaning::Locality)
            .map(|at| (at, by(at).unwrap_or(LocalityBy::Column)))
            .collect();
        let has = |wanted: LocalityBy| localities.iter().any(|(at, by)| *by == wanted && told(*at, wanted));
        let chosen = if has(LocalityBy::Column) {
            LocalityBy::Column
        } else if has(LocalityBy::DistrictType) {
            LocalityBy::DistrictType
        } else if self.has_councils(columns) {
            LocalityBy::Council
        } else if has(LocalityBy::Density) {
            LocalityBy::Density
        } else {
            LocalityBy::Nation
        };
        for (at, by) in localities {
            if by != chosen {
                columns[at].meaning = Meaning::Aside(Aside::NotNeeded);
            }
        }
        chosen
    }

    fn has_councils(&self, columns: &[ColumnRecipe]) -> bool {
        columns.iter().enumerate().any(|(at, column)| {
            matches!(column.meaning, Meaning::Place(_))
                && self.seen(at).is_some_and(|seen| {
                    seen.words
                        .keys()
                        .any(|name| WORDS.council(name, &self.country.iso3).is_some())
                })
        })
    }

    /// Whether each region is named once, above its rows.
    fn is_filled_down(&self, columns: &[ColumnRecipe]) -> bool {
        let region = columns
            .iter()
            .position(|column| column.meaning == Meaning::Place(Place::Region));
        let below = self
            .sheet
            .rows
            .saturating_sub(self.sheet.header + self.sheet.header_rows);
        region.and_then(|at| self.seen(at)).is_some_and(|seen| {
            seen.words.len() > 1 && seen.is_unique() && !seen.more_words && seen.filled * 10 <= below * 9
        })
    }
}

/// How schools stand in several rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Again {
    /// They do not.
    No,
    /// One row a year.
    Years,
    /// Several rows of one year: shifts, levels, sexes.
    Rows,
}

/// Whether a header can head names of schools as well as their numbers.
fn may_be_either(header: &str) -> bool {
    let means = |wanted: Word| WORDS.meanings(&plain(header), "").any(|word| *word == wanted);
    means(Word::School) && means(Word::Measure(Measure::Schools))
}

/// What a header names.
fn named(heard: &Heard) -> Option<Meaning> {
    Some(match heard.named.as_ref()? {
        Column::Measure(measure) => Meaning::Number(*measure),
        Column::Place(place) => Meaning::Place(*place),
        Column::Locality | Column::DistrictType | Column::Density => Meaning::Locality,
        Column::Level => Meaning::Level,
        Column::SizeClass => Meaning::SizeClass,
        Column::Year => Meaning::Year,
        Column::Sex => Meaning::Sex,
        Column::Code => Meaning::Code,
        Column::School => Meaning::School,
        Column::Aside => Meaning::Aside(Aside::NotNeeded),
    })
}

/// The unit of a part of schools or learners. `exceeds` says that a number is larger than its whole, so no count of it.
fn unit(
    seen: &ColumnSeen,
    numbers: Spread,
    heard: Option<&Heard>,
    rows: RowsAre,
    own_name: bool,
    exceeds: bool,
) -> (NumberUnit, Sure) {
    let percent = heard.is_some_and(|heard| heard.percent);
    let with = heard.is_some_and(|heard| heard.with);
    if seen.truths > 0 && seen.truths >= numbers.count {
        return (NumberUnit::Words, Sure::Sure);
    }
    if numbers.count == 0 || seen.percents == numbers.count {
        return (NumberUnit::Share, Sure::Sure);
    }
    let small = numbers.most <= 1.0;
    if percent {
        return match (small, numbers.fractions > 0) {
            (true, true) => (NumberUnit::Share, Sure::Asks),
            (true, false) => (NumberUnit::Percent, Sure::Asks),
            _ => (NumberUnit::Percent, Sure::Sure),
        };
    }
    match (small, numbers.fractions > 0) {
        (true, true) => (NumberUnit::Share, Sure::Sure),
        (true, false) if rows == RowsAre::Schools => (NumberUnit::Share, Sure::Sure),
        (true, false) if own_name => (NumberUnit::Share, Sure::Asks),
        (true, false) => (NumberUnit::CountOf, if with { Sure::Likely } else { Sure::Asks }),
        // Some below one and others far above it are no one unit: the cells are named.
        (false, true) if numbers.least > 0.0 && numbers.least < 1.0 => (NumberUnit::Share, Sure::Asks),
        (false, true) => (NumberUnit::Percent, Sure::Likely),
        (false, false) if rows == RowsAre::Schools => (NumberUnit::CountOf, Sure::Likely),
        (false, false) if numbers.most > 100.0 || (with && !exceeds) => (NumberUnit::CountOf, Sure::Sure),
        (false, false) if exceeds => (NumberUnit::Percent, Sure::Likely),
        (false, false) => (NumberUnit::CountOf, Sure::Asks),
    }
}
