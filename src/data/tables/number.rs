//! Numbers as people write them, and which mark stands before decimals in a column.

use std::borrow::Cow;

use crate::scenario::messages::{self, Message};

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
pub(super) fn number(text: &str, separator: char, decimal: Option<char>) -> Result<Written, NoNumber> {
    let latin = latin(text);
    let text = latin.as_ref();
    // Most numbers are nothing but digits.
    if !text.is_empty() && text.len() < 16 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let value = text
            .bytes()
            .fold(0.0, |value, digit| value * 10.0 + f64::from(digit - b'0'));
        return Ok(Written { value, percent: false });
    }
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
pub(super) fn count(text: &str, separator: char) -> Result<(Written, bool), NoNumber> {
    // A point groups thousands in a text between commas as well: 1.234 of a count is no fraction.
    match number(text, ';', None) {
        Err(NoNumber::Ambiguous(thousands, _)) => Ok((number(&thousands, separator, None)?, true)),
        read => Ok((read?, false)),
    }
}

/// Digits and marks of Arabic and Persian as those of English.
pub(super) fn latin(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(|letter: char| matches!(letter, '\u{660}'..='\u{66c}' | '\u{6f0}'..='\u{6f9}'))
    {
        return Cow::Borrowed(text);
    }
    let written = text.chars().filter_map(|letter| {
        let digit = |zero: u32| char::from_digit(u32::from(letter) - zero, 10);
        match letter {
            '\u{660}'..='\u{669}' => digit(0x660),
            '\u{6f0}'..='\u{6f9}' => digit(0x6f0),
            '\u{66a}' => Some('%'),
            '\u{66b}' => Some('.'),
            '\u{66c}' => None,
            other => Some(other),
        }
    });
    written.collect::<String>().into()
}

/// Thousands: a first part of one to three digits that does not start with 0, then parts of exactly three (`1`, `234`,
/// `567`) or, as in South Asia, of two and a last one of three (`1`, `07`, `07`, `590`). The last part may carry a fraction.
fn in_groups(parts: &[&str]) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let first = parts[0].trim_start_matches('-');
    let Some((last, middle)) = parts[1..].split_last() else {
        return false;
    };
    let whole = last.split([',', '.']).next().unwrap_or_default();
    let all = |length: usize| middle.iter().all(|part| part.len() == length && digits(part));
    digits(first)
        && first.len() <= 3
        && !first.starts_with('0')
        && whole.len() == 3
        && digits(whole)
        && (all(3) || (first.len() <= 2 && all(2)))
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

/// What the cells of a column say of the mark before decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MarksSeen {
    /// Cells that can only be read with a point before decimals: `1,234.5`, `1,000,000`, `0.5`.
    pub point: usize,
    /// Cells that can only be read with a comma before decimals.
    pub comma: usize,
    /// Cells that could be either: `1,200`.
    pub doubtful: usize,
}

impl MarksSeen {
    /// Takes a cell into account.
    pub fn see(&mut self, text: &str) {
        let text = latin(text);
        let digits = text.trim().trim_end_matches('%').trim_end();
        let (commas, points) = (digits.matches(',').count(), digits.matches('.').count());
        let (mark, count) = match (commas, points) {
            (0, 0) => return,
            (_, 0) => (',', commas),
            (0, _) => ('.', points),
            _ if digits.rfind('.') > digits.rfind(',') => return self.point += 1,
            _ => return self.comma += 1,
        };
        let parts: Vec<&str> = digits.split(mark).collect();
        let groups = plain_spaces(parts[0]).is_some_and(|first| in_groups(&[&[first.as_str()], &parts[1..]].concat()));
        match (mark, count > 1, groups) {
            (_, false, true) => self.doubtful += 1,
            (',', true, true) | ('.', false, false) => self.point += 1,
            ('.', true, true) | (',', false, false) => self.comma += 1,
            _ => {}
        }
    }

    /// Adds what another column says.
    pub fn add(&mut self, other: Self) {
        self.point += other.point;
        self.comma += other.comma;
        self.doubtful += other.doubtful;
    }

    /// The mark before decimals, if the cells settle it.
    pub const fn settled(self) -> Option<char> {
        match (self.point, self.comma) {
            (0, 0) => None,
            (_, 0) => Some('.'),
            (0, _) => Some(','),
            _ => None,
        }
    }
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
            ("1.234", ',', 1_234.0, true),
            ("١٬٢٣٤", ',', 1_234.0, false),
            ("۱۲", ';', 12.0, false),
        ] {
            let (read, grouped) = count(text, separator).expect("a number");
            assert_eq!((read.value, grouped), (wanted, told), "{text}");
        }
    }

    #[test]
    fn thousands_are_grouped_as_in_south_asia_too() {
        for (text, wanted) in [
            ("21,46,300", 2_146_300.0),
            ("1,07,07,590", 10_707_590.0),
            ("30,12,700.5", 3_012_700.5),
        ] {
            assert_eq!(value(text, ','), Some(wanted), "{text}");
        }
        for text in ["1,07,7", "107,07,590", "1,7,590"] {
            assert_eq!(value(text, ','), None, "{text}");
        }
    }

    #[test]
    fn a_column_settles_its_marks() {
        let settled = |cells: &[&str]| {
            let mut seen = MarksSeen::default();
            for cell in cells {
                seen.see(cell);
            }
            seen.settled()
        };
        assert_eq!(settled(&["1,200", "1,000,000"]), Some('.'));
        assert_eq!(settled(&["1.200", "0,5"]), Some(','));
        assert_eq!(settled(&["1,200", "30,12,700"]), Some('.'));
        assert_eq!(settled(&["1,200", "7", "1 200"]), None);
        assert_eq!(settled(&["1,5", "2.5"]), None);
    }
}
