//! A table as people make them: separators, quotes, byte order mark, numbers with spaces, commas and percent signs.

use std::fmt;

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

/// A table of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// `,`, `;` or a tabulator.
    pub separator: char,
    /// First row.
    pub header: Vec<Cell>,
    /// Other rows that are not empty.
    pub rows: Vec<Vec<Cell>>,
}

/// Splits a text into cells. The separator is the one of `;`, tabulator and `,` that is most frequent in the first line.
/// `None` for a text without any line.
#[must_use]
pub fn read(text: &str) -> Option<Table> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let count = |c: char| first.matches(c).count();
    let separator = [',', '\t', ';'].into_iter().max_by_key(|c| count(*c)).unwrap_or(',');
    let mut rows = text
        .split('\n')
        .enumerate()
        .map(|(index, line)| split(line.trim_end_matches('\r'), index + 1, separator))
        .filter(|cells| cells.iter().any(|cell| !cell.text.is_empty()));
    let header = rows.next()?;
    Some(Table {
        separator,
        header,
        rows: rows.collect(),
    })
}

fn split(line: &str, number: usize, separator: char) -> Vec<Cell> {
    let mut cells = Vec::new();
    let (mut text, mut start, mut quoted) = (String::new(), 1, false);
    let mut characters = line.chars().enumerate().peekable();
    let mut end = |text: &mut String, start: usize| {
        cells.push(Cell {
            text: text.trim().to_owned(),
            line: number,
            column: start,
        });
        text.clear();
    };
    while let Some((place, c)) = characters.next() {
        match c {
            '"' if quoted && characters.peek().is_some_and(|next| next.1 == '"') => {
                text.push('"');
                characters.next();
            }
            '"' => quoted = !quoted,
            _ if c == separator && !quoted => {
                end(&mut text, start);
                start = place + 2;
            }
            _ => text.push(c),
        }
    }
    end(&mut text, start);
    cells
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

impl fmt::Display for NoNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ambiguous(thousands, decimal) => write!(f, "this can be {thousands} or {decimal}"),
            Self::Text => f.write_str("a number is wanted here"),
        }
    }
}

/// Reads a number as people write it: `1 200 000`, `1'200'000`, `1_200`, `1,234,567`, `0,35`, `35 %`.
///
/// # Errors
/// [`NoNumber`]: a comma before exactly three digits (`1,200`) is thousands to some and a fraction to others; so is a
/// point, in a table whose separator is not a comma.
pub fn number(text: &str, separator: char) -> Result<Written, NoNumber> {
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
        } else if groups && parts.len() == 2 && (mark == ',' || separator != ',') {
            return Err(NoNumber::Ambiguous(parts.concat(), parts.join(".")));
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
        number(text, separator).ok().map(|written| written.value)
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
                number(text, ',')
            );
        }
        assert_eq!(value("1.200", ','), Some(1.2));
    }

    #[test]
    fn what_can_mean_two_things_is_not_read() {
        assert_eq!(
            number("1,200", ','),
            Err(NoNumber::Ambiguous("1200".into(), "1.200".into()))
        );
        assert_eq!(
            number("1.200", ';'),
            Err(NoNumber::Ambiguous("1200".into(), "1.200".into()))
        );
        for text in ["", "n/a", "1 20", "1,2,3", "12 000 0", "nan", "inf"] {
            assert_eq!(number(text, ','), Err(NoNumber::Text), "{text}");
        }
    }

    #[test]
    fn cells_know_their_place() {
        let table = read("\u{feff}region;\"a; b\"\r\n\r\nX;\"say \"\"so\"\"\"\r\n").expect("a table");
        assert_eq!(table.separator, ';');
        assert_eq!(
            table.header[1],
            Cell {
                text: "a; b".into(),
                line: 1,
                column: 8
            }
        );
        assert_eq!(
            table.rows[0][1],
            Cell {
                text: "say \"so\"".into(),
                line: 3,
                column: 3
            }
        );
    }
}
