//! What is wrong where a text stops being RON, in words that help: the slip that a person most likely made.

use super::currency::{Currency, DOLLAR};
use super::findings::{Finding, Place, Severity};
use super::messages::{self, Message};
use super::source::Source;
use super::year_path::{fiscal_name, fiscal_year, two_years};

/// A text with something wrong in it that need not hide the rest: where, what to put in its place, and what to say.
pub struct Mend {
    /// Byte to be replaced.
    pub at: usize,
    /// What replaces it.
    pub with: char,
    /// What to say.
    pub finding: Finding,
}

/// The finding for the byte where reading stopped.
#[must_use]
pub fn explain(source: &Source, at: usize, error: &ron::Error) -> Finding {
    let text = &source.text;
    let (code, at, rule, hint) = foreign(text)
        .or_else(|| brackets(source, at, error))
        .or_else(|| at_sight(text, at))
        .unwrap_or_else(|| ("syntax", at, in_words(error), general_hint(error)));
    let value: String = text[at..].lines().next().unwrap_or_default().chars().take(40).collect();
    let whole = code != "syntax";
    let place = if whole {
        Place {
            file: source.file.clone(),
            line: 0,
            column: 0,
        }
    } else {
        source.place(at)
    };
    let value = if whole { "" } else { value.trim() };
    Finding {
        code,
        severity: Severity::Error,
        path: String::new(),
        place,
        value: value.into(),
        rule,
        hint: Some(hint),
    }
}

type Found = (&'static str, usize, Message, Message);

#[allow(clippy::unnecessary_wraps)] // Each look at the text ends in one of these or in none.
fn syntax(at: usize, rule: Message, hint: Message) -> Option<Found> {
    Some(("syntax", at, rule, hint))
}

/// Files that are something else altogether.
fn foreign(text: &str) -> Option<Found> {
    let start = text.trim_start();
    let is = |rule: Message, hint: Message| Some(("not-a-scenario", 0, rule, hint));
    if start.starts_with('<') {
        return is(messages::foreign_web(), messages::foreign_web_hint());
    }
    if start.starts_with("PK\u{3}\u{4}") || start.starts_with("%PDF") {
        return is(messages::foreign_binary(), messages::foreign_binary_hint());
    }
    if start.starts_with("#!") {
        return syntax(
            text.len() - start.len(),
            messages::extensions(),
            messages::extensions_hint(),
        );
    }
    let first = start.lines().next().unwrap_or_default();
    let separated = [',', ';', '\t']
        .iter()
        .any(|separator| first.matches(*separator).count() >= 2);
    if separated && !first.contains(['(', '[', '{', ':']) {
        return is(messages::foreign_table(), messages::regional_table());
    }
    if start
        .lines()
        .all(|line| line.trim().is_empty() || line.trim().starts_with("//"))
    {
        return Some(("empty-file", 0, messages::only_remarks(), messages::write_with_new()));
    }
    None
}

/// Brackets and quotes that do not pair, as far as they explain an error at `at`.
fn brackets(source: &Source, at: usize, code: &ron::Error) -> Option<Found> {
    let text = &source.text;
    let mut open: Vec<(char, usize)> = Vec::new();
    for (i, piece) in (Pieces { text, at: 0 }) {
        match piece {
            Piece::Text(None) => {
                return syntax(i, messages::no_closing_quote(), messages::no_closing_quote_hint());
            }
            Piece::Text(Some(end)) => {
                let behind = text[end..].len() - text[end..].trim_start().len();
                if text[i..end].contains('\n') && (end..=end + behind).contains(&at) {
                    return syntax(i, messages::text_over_lines(), messages::text_over_lines_hint());
                }
            }
            // Behind the error only what is still open matters.
            Piece::Bracket(_) if i > at && !matches!(code, ron::Error::Eof) => return None,
            Piece::Bracket(c @ ('(' | '[' | '{')) => open.push((c, i)),
            Piece::Bracket(c) => {
                let Some((opened, from)) = open.pop() else {
                    return syntax(i, messages::never_opened(c), messages::never_opened_hint());
                };
                let wanted = closing(opened);
                if c != wanted {
                    let place = source.place(from);
                    let rule = messages::still_open(c, wanted, opened, place.line, place.column);
                    return syntax(i, rule, messages::still_open_hint(wanted));
                }
            }
        }
    }
    let (opened, from) = open.pop().filter(|_| at >= text.trim_end().len())?;
    let hint = messages::ends_open_hint(closing(opened));
    let place = source.place(from);
    syntax(at, messages::ends_open(opened, place.line, place.column), hint)
}

/// What matters for the pairing of brackets: brackets outside of texts and remarks, and texts.
enum Piece {
    Bracket(char),
    /// Where it ends, closing quote included; nowhere if that is missing.
    Text(Option<usize>),
}

/// Walks through the brackets and texts of a file, passing over remarks.
struct Pieces<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Pieces<'_> {
    type Item = (usize, Piece);

    fn next(&mut self) -> Option<(usize, Piece)> {
        let text = self.text;
        loop {
            let i = self.at + text[self.at..].find(['(', ')', '[', ']', '{', '}', '"', '/'])?;
            let rest = &text[i..];
            self.at = i + 1;
            match rest.as_bytes()[0] {
                b'"' => {
                    let hashes = text[..i].bytes().rev().take_while(|byte| *byte == b'#').count();
                    let raw = text[..i - hashes].ends_with('r').then_some(hashes);
                    let end = end_of_text(&rest[1..], raw).map(|length| i + 1 + length);
                    self.at = end.unwrap_or(text.len());
                    return Some((i, Piece::Text(end)));
                }
                b'/' if rest.starts_with("//") => self.at = i + rest.find('\n').unwrap_or(rest.len()),
                b'/' if rest.starts_with("/*") => self.at = rest.find("*/").map_or(text.len(), |length| i + length + 2),
                b'/' => {}
                bracket => return Some((i, Piece::Bracket(char::from(bracket)))),
            }
        }
    }
}

/// Whether a file begins with `(format:`, as ours do, whatever follows; remarks may stand before each part.
#[must_use]
pub(crate) fn starts_with_format(bytes: &[u8]) -> bool {
    fn bare(mut text: &str) -> &str {
        loop {
            text = text.trim_start();
            text = if text.starts_with("//") {
                text.split_once('\n').map_or("", |(_, rest)| rest)
            } else if text.starts_with("/*") {
                text.split_once("*/").map_or("", |(_, rest)| rest)
            } else {
                return text;
            }
        }
    }
    let text = String::from_utf8_lossy(bytes);
    let text = bare(text.trim_start_matches('\u{feff}'));
    let named = text
        .strip_prefix('(')
        .and_then(|text| bare(text).strip_prefix("format"));
    named.is_some_and(|text| bare(text).starts_with(':'))
}

const fn closing(opened: char) -> char {
    match opened {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Length of a quoted text behind its first quote, closing quote included.
fn end_of_text(text: &str, raw: Option<usize>) -> Option<usize> {
    if let Some(hashes) = raw {
        let end = format!("\"{}", "#".repeat(hashes));
        return text.find(&end).map(|length| length + end.len());
    }
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(i + 1),
            _ => {}
        }
    }
    None
}

/// Slips that show in the characters where reading stopped.
fn at_sight(text: &str, at: usize) -> Option<Found> {
    let at = at + text[at..].len() - text[at..].trim_start().len();
    let here = text[at..].chars().next()?;
    let before = text[..at].trim_end().chars().next_back().unwrap_or(' ');
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | ',');
    let start = text[..at]
        .rfind(|c| !numeric(c))
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let token: &str = text[start..]
        .split(|c| !numeric(c))
        .next()
        .unwrap_or_default()
        .trim_end_matches(',');
    let digits: String = token.chars().filter(char::is_ascii_digit).collect();
    let thousands = |separator: char| {
        let groups: Vec<&str> = token.split(separator).collect();
        groups.len() > 2
            && groups[1..]
                .iter()
                .all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()))
    };
    for separator in ['.', ','] {
        if thousands(separator) {
            return syntax(
                start,
                messages::between_thousands(separator),
                messages::write_this(underscored(&digits)),
            );
        }
    }
    if let Some(found) = amount_in_words(text, at) {
        return Some(found);
    }
    if let Some((start, value)) = unquoted(text, at) {
        let hint = messages::write_this(format!("\"{value}\""));
        return syntax(start, messages::text_unquoted(), hint);
    }
    match here {
        '"' if matches!(before, '(' | ',')
            && text[at + 1..]
                .split('"')
                .nth(1)
                .is_some_and(|rest| rest.trim_start().starts_with(':')) =>
        {
            syntax(
                at,
                messages::quoted_name(),
                messages::quoted_name_hint(text[at + 1..].split('"').next().unwrap_or_default()),
            )
        }
        '=' => syntax(at, messages::equals_sign(), messages::write_for_instance("ready: 0.5")),
        ';' => syntax(at, messages::semicolon(), messages::write_this("`,`")),
        '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' => {
            syntax(at, messages::straight_quotes(), messages::write_this("\"text\""))
        }
        '$' | '€' | '£' => syntax(at, messages::money_sign(), messages::money_sign_hint(here)),
        ',' if matches!(before, ',' | '(' | '[' | '{' | ':') => syntax(
            at,
            messages::nothing_before_comma(),
            messages::nothing_before_comma_hint(),
        ),
        '0'..='9' if before.is_ascii_digit() && !text[..at].ends_with(before) => {
            let first = text[..at]
                .trim_end()
                .rfind(|c: char| !c.is_ascii_digit() && c != '_')
                .map_or(0, |i| i + 1);
            let all: String = text[first..]
                .chars()
                .take_while(|c| c.is_ascii_digit() || matches!(c, '_' | ' ' | '\u{a0}' | '\u{202f}'))
                .filter(char::is_ascii_digit)
                .collect();
            syntax(
                first,
                messages::blanks_in_number(),
                messages::write_this(underscored(&all)),
            )
        }
        _ => None,
    }
}

fn underscored(digits: &str) -> String {
    digits.parse().map_or_else(|_| digits.to_owned(), super::write::number)
}

fn in_words(code: &ron::Error) -> Message {
    use ron::Error;
    match code {
        Error::Eof => messages::ends_in_the_middle(),
        Error::ExpectedComma => messages::comma_missing(),
        Error::ExpectedMapColon => messages::colon_missing(),
        Error::TrailingCharacters => messages::goes_on(),
        Error::UnexpectedChar(c) => messages::cannot_stand(*c),
        Error::ExceededRecursionLimit => messages::too_deep(),
        Error::ExpectedFloat
        | Error::ExpectedInteger
        | Error::FloatUnderscore
        | Error::InvalidIntegerDigit { .. }
        | Error::UnderscoreAtBeginning => messages::not_a_number(),
        Error::ExpectedIdentifier | Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_) => {
            messages::name_wanted()
        }
        Error::InvalidEscape(_) => messages::unknown_escape(),
        Error::UnclosedBlockComment => messages::remark_without_end(),
        Error::ExpectedStructLikeEnd | Error::ExpectedArrayEnd | Error::ExpectedMapEnd => messages::not_closed(),
        other => messages::not_ron(other.to_string()),
    }
}

fn general_hint(code: &ron::Error) -> Message {
    use ron::Error;
    match code {
        Error::Eof | Error::ExpectedStructLikeEnd | Error::ExpectedArrayEnd | Error::ExpectedMapEnd => {
            messages::close_brackets("( [ {", ") ] }")
        }
        Error::ExpectedComma => messages::commas_between(),
        Error::TrailingCharacters => messages::one_scenario(),
        Error::FloatUnderscore | Error::ExpectedFloat | Error::ExpectedInteger => messages::write_numbers(),
        Error::UnclosedBlockComment => messages::end_remark(),
        Error::ExceededRecursionLimit => messages::right_file(),
        Error::InvalidEscape(_) => messages::escape_hint(),
        _ => messages::fields_are(),
    }
}

/// A sign that people write into numbers and that RON does not know.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Comma,
    Percent,
    /// Between the years of a fiscal year.
    Slash,
}

/// A decimal comma, a percent sign or a fiscal year without quotes near the place where reading stopped.
#[must_use]
pub fn slip(source: &Source, at: usize) -> Option<Mend> {
    let bytes = source.text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut spot: Option<(usize, Sign)> = None;
    for i in at.saturating_sub(24)..(at + 24).min(bytes.len()) {
        let comma = bytes[i] == b',' && i > 0 && digit(i - 1) && digit(i + 1) && one_number(bytes, i);
        let percent = bytes[i] == b'%' && i > 0 && (digit(i - 1) || bytes[i - 1] == b' ');
        let slash = bytes[i] == b'/' && between_years(source, i);
        let sign = match (comma, percent, slash) {
            (true, ..) => Sign::Comma,
            (_, true, _) => Sign::Percent,
            (.., true) => Sign::Slash,
            _ => continue,
        };
        if spot.is_none_or(|(j, _)| i.abs_diff(at) < j.abs_diff(at)) {
            spot = Some((i, sign));
        }
    }
    let (i, sign) = spot?;
    let start = (0..i)
        .rev()
        .take_while(|j| digit(*j) || matches!(bytes[*j], b'.' | b' ' | b'_'))
        .last()
        .unwrap_or(i);
    let end = (i + 1..bytes.len()).take_while(|j| digit(*j)).last().unwrap_or(i) + 1;
    let written = source.text.get(start..end)?.trim().to_owned();
    let start = start + source.text[start..end].len() - source.text[start..end].trim_start().len();
    let (code, rule, hint) = if sign == Sign::Slash {
        let begins = two_years(&written).map_or(0, |(begins, _)| begins);
        if fiscal_year(&written).is_some() {
            let hint = messages::fiscal_quotes_hint(&written);
            ("fiscal-quotes", messages::fiscal_quotes(), Some(hint))
        } else {
            let hint = messages::fiscal_quotes_hint(fiscal_name(begins));
            ("fiscal-quotes", messages::fiscal_follow(), Some(hint))
        }
    } else if sign == Sign::Comma {
        let decimals = written.split(',').next_back().unwrap_or_default().len();
        let point = written.replace(',', ".");
        let hint = if decimals == 3 && !written.starts_with('0') {
            messages::point_or_thousands(point, written.replace(',', "_"))
        } else {
            messages::write_this(point)
        };
        ("decimal-comma", messages::decimal_comma(), Some(hint))
    } else {
        let share = written
            .trim_end_matches('%')
            .trim()
            .parse::<f64>()
            .ok()
            .map(|p| p / 100.0);
        let hint = share.map(messages::write_this);
        ("percent-sign", messages::percent_sign(), hint)
    };
    let finding = Finding {
        code,
        severity: Severity::Error,
        path: String::new(),
        place: source.place(start),
        value: written.into(),
        rule,
        hint,
    };
    Some(Mend {
        at: i,
        with: match sign {
            Sign::Comma => '.',
            Sign::Percent => ' ',
            Sign::Slash => '_',
        },
        finding,
    })
}

/// Whether a stroke stands between two years.
fn between_years(source: &Source, stroke: usize) -> bool {
    let text = &source.text;
    let around = || {
        let before = text.get(stroke.checked_sub(4)?..stroke)?;
        let behind = text.get(stroke + 1..)?;
        let digits = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
        Some(format!("{before}/{}", &behind[..digits]))
    };
    around().is_some_and(|years| two_years(&years).is_some())
}

/// A number with words behind it, as people write amounts: `75 million`, `500 million XOF`.
fn amount_in_words(text: &str, at: usize) -> Option<Found> {
    let before = text[..at].trim_end();
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_'));
    let number: f64 = before[digits.len()..].replace('_', "").parse().ok()?;
    let line = text[at..].lines().next()?;
    let mut words = line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let first = words.next()?;
    let scale = match first.to_lowercase().as_str() {
        "thousand" | "mille" | "milliers" => Some(1e3),
        "lakh" | "lakhs" => Some(1e5),
        "million" | "millions" | "mn" => Some(1e6),
        "crore" | "crores" => Some(1e7),
        "billion" | "billions" | "bn" | "milliard" | "milliards" => Some(1e9),
        _ => None,
    };
    let code = if scale.is_some() { words.next() } else { Some(first) };
    let code = code.filter(|code| Currency::of(code).is_some());
    let amount = super::write::number(number * scale.or(code.map(|_| 1.0))?);
    let written = match code.filter(|code| *code != DOLLAR) {
        Some(code) => format!("(value: {amount}, currency: {code})"),
        None => amount,
    };
    syntax(digits.len(), messages::amount_in_words(), messages::write_this(written))
}

/// A text without quotes before the place where reading stopped: where it starts, and all of it.
fn unquoted(text: &str, at: usize) -> Option<(usize, &str)> {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let start = line + text[line..at].rfind(':')? + 1;
    let start = start + text[start..].len() - text[start..].trim_start().len();
    let value = text[start..].split([',', ')', ']', '}', '\n', '\r']).next()?.trim_end();
    let worded = value.chars().next()?.is_alphabetic() && start < at && at < start + value.len();
    let plain = !value.contains(['(', '[', '{', ':', '"', '=', ';', '“', '”', '„', '«', '»']) && !value.contains("//");
    (worded && plain).then_some((start, value))
}

/// Whether the digits on both sides of a comma can be one number: no point before it, no key or second comma behind it.
fn one_number(bytes: &[u8], comma: usize) -> bool {
    let before = bytes[..comma]
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b'_'))
        .all(|b| *b != b'.');
    let behind = bytes[comma + 1..].iter().find(|b| !b.is_ascii_digit() && **b != b' ');
    let again = bytes[comma + 1..]
        .iter()
        .position(|b| !b.is_ascii_digit())
        .is_some_and(|end| {
            let end = comma + 1 + end;
            bytes[end] == b',' && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
        });
    before && !again && behind.is_none_or(|b| !matches!(b, b':' | b'.'))
}
