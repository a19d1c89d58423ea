//! A sheet looked at once: its upper rows as they are, its header, and what the cells of each column look like.

use std::collections::{BTreeMap, VecDeque};

use super::cell::{Content, SheetCell, SheetRow};
use super::header::{Heard, Named, SexLetters, hear};
use super::number::{self, MarksSeen};
use super::persons;
use super::refused::{MOST_ROWS, NoTable};
use super::words::WORDS;

/// Rows that are kept as they are, to be shown.
pub(super) const KEPT: usize = 5_000;
/// Bytes that these rows may take: a few cells far out, or one long text in many cells, take more than they do in the file.
const MOST_KEPT: usize = 200_000_000;
/// Lone texts below those that are kept: the notes below a long table.
const NOTES: usize = 12;
/// Upper rows among which the header is looked for.
const UPPER: usize = 40;
/// Rows of the highest header.
const HIGHEST: usize = 3;
/// Different texts that are kept of a column.
const MOST_WORDS: usize = 2_000;
/// Bytes of the texts that are kept of all columns, and of one beside its letters.
const ROOM: usize = 100_000_000;
const A_WORD: usize = 64;

/// A sheet of a file, looked at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Name; empty for a text.
    pub name: String,
    /// Position among the sheets of the file.
    pub index: usize,
    /// The mark between the cells of a text; a comma for a workbook.
    pub separator: char,
    /// Whether rows and columns are those of a spreadsheet.
    pub is_workbook: bool,
    /// Upper rows in which something stands, titles and header among them.
    pub upper: Vec<SheetRow<'static>>,
    /// The last rows below the upper ones in which one cell alone is filled: notes.
    pub lower: VecDeque<SheetRow<'static>>,
    /// Rows in which something stands.
    pub rows: usize,
    /// Position of the first row of the header.
    pub header: usize,
    /// Rows of the header.
    pub header_rows: usize,
    /// Text of each column's header.
    pub headers: Vec<String>,
    /// What the cells below it look like.
    pub(super) columns: Vec<ColumnSeen>,
    /// Columns about who heads a school and how to reach them: not looked at.
    pub(super) contacts: Vec<usize>,
}

/// What stands in a column, in short.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColumnHolds {
    /// Nothing, or what is not looked at.
    Nothing,
    /// Yes or no.
    Truths,
    /// Percentages.
    Percents,
    /// Numbers, from the least to the most.
    Numbers(f64, f64),
    /// Texts of which each stands once.
    Unique,
    /// So many different texts; whether there are more.
    Texts(usize, bool),
}

impl Sheet {
    /// What stands in a column.
    #[must_use]
    pub fn holds(&self, column: usize) -> ColumnHolds {
        let Some(seen) = self.columns.get(column).filter(|seen| seen.filled > 0) else {
            return ColumnHolds::Nothing;
        };
        let numbers = seen.numbers.count;
        if 2 * seen.truths > seen.filled {
            ColumnHolds::Truths
        } else if 2 * seen.percents > seen.filled {
            ColumnHolds::Percents
        } else if 2 * numbers > seen.filled {
            ColumnHolds::Numbers(seen.numbers.least, seen.numbers.most)
        } else if seen.is_unique() {
            ColumnHolds::Unique
        } else {
            ColumnHolds::Texts(seen.words.len(), seen.more_words)
        }
    }
}

/// Numbers of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spread {
    /// How many.
    pub count: usize,
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
    /// How many are no whole numbers.
    pub fractions: usize,
    /// Their sum.
    pub sum: f64,
}

impl Default for Spread {
    fn default() -> Self {
        Self {
            count: 0,
            least: f64::INFINITY,
            most: f64::NEG_INFINITY,
            fractions: 0,
            sum: 0.0,
        }
    }
}

impl Spread {
    fn see(&mut self, number: f64) {
        self.count += 1;
        self.least = self.least.min(number);
        self.most = self.most.max(number);
        self.fractions += usize::from(number.fract() != 0.0);
        self.sum += number;
    }
}

/// What the cells of a column look like.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ColumnSeen {
    /// Cells in which something stands.
    pub filled: usize,
    /// Numbers, with a point before decimals where that is in doubt.
    pub numbers: Spread,
    /// The same, with a comma before decimals.
    pub with_comma: Spread,
    /// Numbers with a percent sign or shown as percentages.
    pub percents: usize,
    /// Dates.
    pub dates: usize,
    /// Marks for no figure.
    pub nothings: usize,
    /// Cells that say yes or no.
    pub truths: usize,
    /// What the numbers say of their marks.
    pub marks: MarksSeen,
    /// Different texts, and how often each stands.
    pub words: BTreeMap<String, usize>,
    /// Whether there are more texts than were kept.
    pub more_words: bool,
    /// Changes from one cell to the next.
    pub runs: usize,
    last: String,
}

impl ColumnSeen {
    fn see(&mut self, cell: &SheetCell<'_>, separator: char, room: &mut usize) {
        match &cell.content {
            Content::Empty => return,
            Content::Number(number) => {
                self.numbers.see(*number);
                self.with_comma.see(*number);
            }
            Content::Percent(share) => {
                self.percents += 1;
                self.numbers.see(*share);
                self.with_comma.see(*share);
            }
            Content::Date(_) => self.dates += 1,
            Content::Text(text) => self.text(text, separator, room),
        }
        self.filled += 1;
    }

    /// Takes a text into account; `room` is what all columns may still keep of theirs, in bytes.
    fn text(&mut self, text: &str, separator: char, room: &mut usize) {
        let numeric = text.starts_with(|first: char| first.is_numeric() || matches!(first, '-' | '.' | ','));
        let point = numeric.then(|| number::number(text, separator, Some('.')));
        if let Some(Ok(written)) = point {
            self.numbers.see(written.value);
            let comma = number::number(text, separator, Some(','));
            self.with_comma
                .see(comma.map_or(written.value, |written| written.value));
            self.percents += usize::from(written.percent);
            self.marks.see(text);
        } else if let Some(Ok(written)) = numeric.then(|| number::number(text, separator, Some(','))) {
            self.with_comma.see(written.value);
            self.percents += usize::from(written.percent);
            self.marks.see(text);
        } else if WORDS.is_nothing(text) {
            self.nothings += 1;
            return;
        } else {
            self.truths += usize::from(text.len() <= 16 && WORDS.truth(text).is_some());
        }
        if self.last != text {
            self.runs += 1;
            text.clone_into(&mut self.last);
        }
        if let Some(times) = self.words.get_mut(text) {
            *times += 1;
        } else if self.words.len() < MOST_WORDS && text.len() <= 200 && *room >= text.len() + A_WORD {
            *room -= text.len() + A_WORD;
            self.words.insert(text.to_owned(), 1);
        } else {
            self.more_words = true;
        }
    }

    /// Cells that are neither numbers nor marks for none.
    pub fn texts(&self) -> usize {
        self.filled - self.dates - self.nothings - self.numbers.count.max(self.with_comma.count).min(self.filled)
    }

    /// Whether each text stands once.
    pub fn is_unique(&self) -> bool {
        self.more_words || self.words.values().all(|times| *times == 1)
    }
}

/// Collects what a sheet looks like while its rows pass by.
pub(super) struct Look<'a> {
    sheet: Sheet,
    country: &'a str,
    waiting: bool,
    /// Bytes of the upper rows.
    kept: usize,
    /// Bytes that texts of columns may still take.
    room: usize,
}

impl<'a> Look<'a> {
    /// Starts; a header that is told is not looked for.
    pub fn new(
        name: &str,
        index: usize,
        separator: char,
        is_workbook: bool,
        header: Option<(usize, usize)>,
        country: &'a str,
    ) -> Self {
        let (header, header_rows) = header.unwrap_or((0, 0));
        Self {
            sheet: Sheet {
                name: name.to_owned(),
                index,
                separator,
                is_workbook,
                upper: Vec::new(),
                lower: VecDeque::new(),
                rows: 0,
                header,
                header_rows,
                headers: Vec::new(),
                columns: Vec::new(),
                contacts: Vec::new(),
            },
            country,
            waiting: true,
            kept: 0,
            room: ROOM,
        }
    }

    /// Takes a row into account.
    pub fn see(&mut self, row: &SheetRow<'_>) -> Result<(), NoTable> {
        if self.sheet.rows == MOST_ROWS {
            return Err(NoTable::TooManyRows);
        }
        self.sheet.rows += 1;
        if self.kept <= MOST_KEPT && self.sheet.upper.len() < KEPT {
            self.kept += row.cells.iter().map(SheetCell::bytes).sum::<usize>();
            if self.waiting && self.kept > MOST_KEPT {
                return Err(NoTable::Bomb(MOST_KEPT as u64 / 1_000_000));
            }
            let mut kept = row.kept();
            self.clear(&mut kept);
            self.sheet.upper.push(kept);
        } else if row.filled() < 2 {
            if self.sheet.lower.len() == NOTES {
                self.sheet.lower.pop_front();
            }
            self.sheet.lower.push_back(row.kept());
        }
        if !self.waiting {
            self.count(row);
        } else if self.sheet.rows == UPPER {
            self.head()?;
        }
        Ok(())
    }

    /// What was seen.
    pub fn end(mut self) -> Result<Sheet, NoTable> {
        if self.sheet.upper.is_empty() {
            return Err(NoTable::Empty);
        }
        if self.waiting {
            self.head()?;
        }
        Ok(self.sheet)
    }

    /// Finds the header, and counts the rows below it that have passed by.
    fn head(&mut self) -> Result<(), NoTable> {
        self.waiting = false;
        let sheet = &mut self.sheet;
        if sheet.header_rows == 0 {
            (sheet.header, sheet.header_rows) = find(&sheet.upper, self.country);
        }
        sheet.headers = headers(&sheet.upper, sheet.header, sheet.header_rows);
        sheet.contacts = persons::look(sheet, self.country).map_err(NoTable::Persons)?;
        let below = sheet.header + sheet.header_rows;
        let mut upper = std::mem::take(&mut sheet.upper);
        upper.iter_mut().skip(below).for_each(|row| self.clear(row));
        upper.iter().skip(below).for_each(|row| self.count(row));
        self.sheet.upper = upper;
        Ok(())
    }

    /// Empties what is about persons.
    fn clear(&self, row: &mut SheetRow<'_>) {
        for column in &self.sheet.contacts {
            if let Some(cell) = row.cells.get_mut(*column) {
                cell.content = Content::Empty;
            }
        }
    }

    fn count(&mut self, row: &SheetRow<'_>) {
        let columns = &mut self.sheet.columns;
        if columns.len() < row.cells.len() {
            columns.resize_with(row.cells.len(), ColumnSeen::default);
        }
        // A lone text is a note below the table, not a row of it.
        if row.filled() < 2 && self.sheet.headers.iter().filter(|header| !header.is_empty()).count() > 2 {
            return;
        }
        for (place, (column, cell)) in columns.iter_mut().zip(&row.cells).enumerate() {
            if !self.sheet.contacts.contains(&place) {
                column.see(cell, self.sheet.separator, &mut self.room);
            }
        }
    }
}

/// The header: the rows, one to three of the upper ones, of which most is understood.
fn find(upper: &[SheetRow<'_>], country: &str) -> (usize, usize) {
    let mut best = (0, 0, 1);
    for first in 0..upper.len().min(UPPER) {
        for rows in 1..=HIGHEST.min(upper.len() - first) {
            let texts = headers(upper, first, rows);
            let letters = SexLetters::among(texts.iter().map(String::as_str));
            let worth = |heard: &Heard| match &heard.named {
                Some(Named::Aside) => 1,
                Some(_) => 2,
                None => usize::from(heard.is_something()),
            };
            let heard = texts.iter().filter_map(|text| hear(text, country, letters));
            // A row of data may look like a second one of the header: it must tell more than a word of it.
            let score: usize = heard.map(|heard| worth(&heard)).sum();
            let score = score.saturating_sub(rows - 1);
            if score > best.0 {
                best = (score, first, rows);
            }
        }
    }
    (best.1, best.2)
}

/// The text of each column's header: its parts from above to below. The word over several columns counts for each.
pub(super) fn headers(upper: &[SheetRow<'_>], first: usize, rows: usize) -> Vec<String> {
    let rows = upper.get(first..(first + rows).min(upper.len())).unwrap_or_default();
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let at = |row: &SheetRow<'_>, column: usize| {
        row.cells
            .get(column)
            .map_or(String::new(), |cell| cell.shown().into_owned())
    };
    let mut texts = vec![String::new(); width];
    for (depth, row) in rows.iter().enumerate() {
        let below = |column: usize| rows[depth + 1..].iter().any(|row| !at(row, column).is_empty());
        let mut over = String::new();
        for (column, text) in texts.iter_mut().enumerate() {
            let own = at(row, column);
            let part = if depth + 1 == rows.len() {
                own
            } else if own.is_empty() {
                if below(column) { over.clone() } else { String::new() }
            } else {
                over = if below(column) { own.clone() } else { String::new() };
                own
            };
            if !part.is_empty() {
                if !text.is_empty() {
                    text.push_str(" / ");
                }
                text.push_str(&part);
            }
        }
    }
    texts
}
