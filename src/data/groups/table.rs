//! A table as people make them: separators, quotes, byte order mark, numbers with spaces, commas and percent signs.

use crate::scenario::messages::{self, Message, Value};
use crate::scenario::parser::LARGEST_FILE;

/// A cell and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Text, without quotes and outer spaces.
    pub text: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Rows and columns beyond which a table is not read: no country has more regions, localities and levels, and the
/// scenario must still be a file that can be opened.
pub(crate) const MOST_ROWS: usize = 5_000;
/// See [`MOST_ROWS`].
pub(crate) const MOST_COLUMNS: usize = 100;

/// Bytes of the longest cell: what a spreadsheet can hold.
pub(crate) const LONGEST_CELL: usize = 32_768;

/// A table of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// `,`, `;` or a tabulator.
    pub separator: char,
    /// Rows that are not empty; titles and header among them.
    pub rows: Vec<Vec<Cell>>,
}

/// Why there is no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoTable {
    /// No cell holds anything.
    Empty,
    /// Something else than text.
    Binary,
    /// More bytes than any scenario, so than any table for one.
    TooLarge,
    /// See `MOST_ROWS`.
    TooManyRows,
    /// See `MOST_COLUMNS`.
    TooManyColumns,
    /// A cell of more than `LONGEST_CELL` bytes.
    CellTooLong,
    /// A workbook that unpacks to more than this many MB.
    Bomb(u64),
    /// A table of single persons, by this header.
    Persons(String),
    /// A workbook that cannot be read.
    Workbook(Value),
}

impl NoTable {
    /// Code of the finding.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty-table",
            Self::Binary | Self::Workbook(_) => "not-a-table",
            Self::Persons(_) => "table-of-persons",
            Self::TooLarge | Self::TooManyRows | Self::TooManyColumns | Self::CellTooLong | Self::Bomb(_) => {
                "table-too-large"
            }
        }
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => messages::table_empty(),
            Self::Binary => messages::table_binary(),
            Self::TooLarge => messages::table_too_large(LARGEST_FILE / 1_000_000),
            Self::TooManyRows => messages::table_rows(MOST_ROWS),
            Self::TooManyColumns => messages::table_columns(MOST_COLUMNS),
            Self::CellTooLong => messages::table_cell(LONGEST_CELL / 1024),
            Self::Bomb(most) => messages::table_bomb(most.to_string()),
            Self::Persons(header) => messages::table_persons(header),
            Self::Workbook(why) => messages::workbook(why.clone()),
        }
    }

    /// What to do.
    #[must_use]
    pub fn hint(&self) -> Message {
        match self {
            Self::Empty => messages::table_empty_hint(),
            Self::Binary | Self::Workbook(_) => messages::table_binary_hint(),
            Self::TooLarge | Self::TooManyRows => messages::table_too_large_hint(),
            Self::TooManyColumns => messages::table_columns_hint(),
            Self::CellTooLong => messages::table_cell_hint(),
            Self::Bomb(_) => messages::table_bomb_hint(),
            Self::Persons(_) => messages::table_persons_hint(),
        }
    }
}

/// Splits a text into cells. A cell that starts with a quote may hold separators and new lines.
///
/// # Errors
/// [`NoTable`], where the text holds no table of a size that can be meant.
pub fn read(text: &str) -> Result<Table, NoTable> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > LARGEST_FILE {
        return Err(NoTable::TooLarge);
    }
    if text.contains('\0') {
        return Err(NoTable::Binary);
    }
    let separator = separator(text);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut row: Vec<Cell> = Vec::new();
    let mut cell = Cell {
        text: String::new(),
        line: 1,
        column: 1,
    };
    let (mut line, mut column, mut quoted) = (1, 1, false);
    let mut letters = text.chars().chain(std::iter::once('\n')).peekable();
    while let Some(letter) = letters.next() {
        let last = letters.peek().is_none();
        column += 1;
        let ends_line = letter == '\n' && (!quoted || last);
        if letter == '"' && quoted && letters.peek() == Some(&'"') {
            cell.text.push('"');
            letters.next();
            column += 1;
        } else if letter == '"' && (quoted || cell.text.trim().is_empty()) {
            quoted = !quoted;
        } else if ends_line || (letter == separator && !quoted) {
            cell.text = cell.text.trim().to_owned();
            if row.len() == MOST_COLUMNS {
                return Err(NoTable::TooManyColumns);
            }
            row.push(std::mem::replace(
                &mut cell,
                Cell {
                    text: String::new(),
                    line,
                    column,
                },
            ));
        } else {
            // Inside quotes a new line is as good as a space.
            cell.text.push(if letter == '\n' { ' ' } else { letter });
            if cell.text.len() > LONGEST_CELL {
                return Err(NoTable::CellTooLong);
            }
        }
        if letter == '\n' {
            line += 1;
            column = 1;
        }
        if ends_line {
            cell.line = line;
            cell.column = 1;
            let done = std::mem::take(&mut row);
            if done.iter().any(|cell| !cell.text.is_empty()) {
                if rows.len() == MOST_ROWS {
                    return Err(NoTable::TooManyRows);
                }
                rows.push(done);
            }
        }
    }
    if rows.is_empty() {
        return Err(NoTable::Empty);
    }
    Ok(Table { separator, rows })
}

/// A tabulator where half of the upper lines have one, as what is copied from a spreadsheet does; otherwise the more
/// frequent of `;` and `,`. Titles and decimal commas do not outweigh the cells.
fn separator(text: &str) -> char {
    let upper = || text.lines().filter(|line| !line.trim().is_empty()).take(20);
    let count = |mark: char| upper().map(|line| line.matches(mark).count()).sum::<usize>();
    let tabbed = upper().filter(|line| line.contains('\t')).count();
    if tabbed > 0 && 2 * tabbed >= upper().count() {
        '\t'
    } else if count(';') >= count(',') && count(';') > 0 {
        ';'
    } else {
        ','
    }
}

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written {
    /// Its value; `35%` is 0.35.
    pub value: f64,
    /// Whether a percent sign stood behind it.
    pub percent: bool,
}

/// Why a text is no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoNumber {
    /// It could be read in two ways: as thousands, or as a decimal fraction.
    Ambiguous(String, String),
    /// It is none.
    Text,
}

impl NoNumber {
    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Ambiguous(thousands, decimal) => messages::ambiguous(thousands, decimal),
            Self::Text => messages::cell_number(),
        }
    }
}

/// Reads a number as people write it: `1 200 000`, `1'200'000`, `1_200`, `1,234,567`, `0,35`, `35 %`.
///
/// # Errors
/// [`NoNumber`]: a comma before exactly three digits (`1,200`) is thousands to some and a fraction to others; so is a
/// point, in a table whose separator is not a comma. Where the mark before decimals is known, neither is in doubt.
pub fn number(text: &str, separator: char, decimal: Option<char>) -> Result<Written, NoNumber> {
    let (text, percent) = text
        .trim()
        .strip_suffix('%')
        .map_or((text.trim(), false), |rest| (rest.trim(), true));
    let mut digits = plain_spaces(text).ok_or(NoNumber::Text)?;
    for mark in [',', '.'] {
        let other = if mark == ',' { '.' } else { ',' };
        let parts: Vec<&str> = digits.split(mark).collect();
        let groups = parts.len() > 1 && in_groups(&parts);
        if parts.len() > 2 || (groups && parts.last().is_some_and(|last| last.contains(other))) {
            if !groups {
                return Err(NoNumber::Text);
            }
            digits = parts.concat();
        } else if groups && parts.len() == 2 && (mark == ',' || separator != ',' || decimal == Some(',')) {
            match decimal {
                None => return Err(NoNumber::Ambiguous(parts.concat(), parts.join("."))),
                Some(decimal) if decimal != mark => digits = parts.concat(),
                Some(_) => {}
            }
        }
    }
    let value: f64 = digits.replace(',', ".").parse().map_err(|_| NoNumber::Text)?;
    if !value.is_finite() {
        return Err(NoNumber::Text);
    }
    Ok(Written {
        value: if percent { value / 100.0 } else { value },
        percent,
    })
}

/// Reads a count, which has no fraction: a mark before exactly three digits can only group thousands. The flag says
/// that it did.
///
/// # Errors
/// [`NoNumber::Text`].
pub fn count(text: &str, separator: char) -> Result<(Written, bool), NoNumber> {
    match number(text, separator, None) {
        Err(NoNumber::Ambiguous(thousands, _)) => Ok((number(&thousands, separator, None)?, true)),
        read => Ok((read?, false)),
    }
}

/// `1`, `234`, `567`: a first part of one to three digits that does not start with 0, then parts of exactly three. The
/// last part may carry a fraction.
fn in_groups(parts: &[&str]) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let first = parts[0].trim_start_matches('-');
    let whole = |part: &str| part.split([',', '.']).next().unwrap_or_default().to_owned();
    digits(first)
        && first.len() <= 3
        && !first.starts_with('0')
        && parts[1..]
            .iter()
            .all(|part| whole(part).len() == 3 && digits(&whole(part)))
}

/// Takes spaces, apostrophes and underscores out where they stand between groups of three digits.
fn plain_spaces(text: &str) -> Option<String> {
    let is_space =
        |c: char| c.is_whitespace() || matches!(c, '\'' | '\u{2019}' | '_' | '\u{202f}' | '\u{a0}' | '\u{2009}');
    if !text.contains(is_space) {
        return Some(text.to_owned());
    }
    let parts: Vec<&str> = text.split(is_space).collect();
    in_groups(&parts).then(|| parts.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, separator: char) -> Option<f64> {
        number(text, separator, None).ok().map(|written| written.value)
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, wanted) in [
            ("1200", 1200.0),
            ("1 200 000", 1_200_000.0),
            ("1\u{202f}200", 1200.0),
            ("1'200", 1200.0),
            ("1,234,567", 1_234_567.0),
            ("1,234.5", 1234.5),
            ("0,35", 0.35),
            ("0,350", 0.35),
            ("12.5", 12.5),
            ("35%", 0.35),
            ("35,5 %", 0.355),
            ("-4", -4.0),
        ] {
            assert!(
                value(text, ',').is_some_and(|v| (v - wanted).abs() < 1e-9),
                "{text}: {:?}",
                number(text, ',', None)
            );
        }
        assert_eq!(value("1.200", ','), Some(1.2));
    }

    #[test]
    fn what_can_mean_two_things_is_not_read() {
        assert_eq!(
            number("1,200", ',', None),
            Err(NoNumber::Ambiguous("1200".into(), "1.200".into()))
        );
        assert_eq!(
            number("1.200", ';', None),
            Err(NoNumber::Ambiguous("1200".into(), "1.200".into()))
        );
        for text in ["", "n/a", "1 20", "1,2,3", "12 000 0", "nan", "inf"] {
            assert_eq!(number(text, ',', None), Err(NoNumber::Text), "{text}");
        }
        for (text, decimal, wanted) in [
            ("1,200", '.', 1200.0),
            ("1,200", ',', 1.2),
            ("1.200", ',', 1200.0),
            ("1.200", '.', 1.2),
        ] {
            let read = number(text, '\t', Some(decimal)).expect("no doubt is left");
            assert!((read.value - wanted).abs() < 1e-9, "{text} with {decimal}");
        }
    }

    #[test]
    fn a_count_has_no_fraction() {
        for (text, separator, wanted, told) in [
            ("241,500", ',', 241_500.0, true),
            ("241.500", ';', 241_500.0, true),
            ("-1,200", ',', -1_200.0, true),
            ("1 200", ',', 1_200.0, false),
            ("1.5", ',', 1.5, false),
        ] {
            let (read, grouped) = count(text, separator).expect("a number");
            assert_eq!((read.value, grouped), (wanted, told), "{text}");
        }
    }

    #[test]
    fn cells_know_their_place() {
        let table = read("\u{feff}region;\"a; b\"\r\n\r\nX;\"say \"\"so\"\"\"\r\n").expect("a table");
        assert_eq!(table.separator, ';');
        assert_eq!(
            table.rows[0][1],
            Cell {
                text: "a; b".into(),
                line: 1,
                column: 8
            }
        );
        assert_eq!(
            table.rows[1][1],
            Cell {
                text: "say \"so\"".into(),
                line: 3,
                column: 3
            }
        );
    }

    #[test]
    fn a_quoted_cell_may_hold_a_new_line_and_a_title_its_commas() {
        let table = read("Recensement, version 2, 2024\n\"Nombre\nd'écoles\"\tx\n1,5\t2,5\n").expect("a table");
        assert_eq!(table.separator, '\t');
        assert_eq!(table.rows[1][0].text, "Nombre d'écoles");
        assert_eq!((table.rows[2][1].line, table.rows[2][1].column), (4, 5));
    }

    #[test]
    fn what_is_no_table_is_named() {
        assert_eq!(read(" \n\t\n"), Err(NoTable::Empty));
        assert_eq!(read("PK\0\u{1}"), Err(NoTable::Binary));
        assert_eq!(read(&"a,b\n".repeat(MOST_ROWS + 1)), Err(NoTable::TooManyRows));
        assert_eq!(read(&"a,".repeat(MOST_COLUMNS + 1)), Err(NoTable::TooManyColumns));
        assert_eq!(read(&"a".repeat(LONGEST_CELL + 1)), Err(NoTable::CellTooLong));
    }
}
