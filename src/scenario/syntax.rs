//! What is wrong where a text stops being RON, in words that help: the slip that a person most likely made.

use super::findings::{Finding, Place, Severity};
use super::tree::Source;

/// A text with something wrong in it that need not hide the rest: where, what to put in its place, and what to say.
pub struct Mend {
    /// Byte to be replaced.
    pub at: usize,
    /// What replaces it.
    pub with: char,
    /// What to say.
    pub finding: Finding,
}

/// The finding for the place where reading stopped.
#[must_use]
pub fn explain(source: &Source, error: &ron::error::SpannedError) -> Finding {
    explain_at(
        source,
        source.byte_of(error.span.start.line, error.span.start.col),
        &error.code,
    )
}

/// The same for an error at a byte position.
#[must_use]
pub fn explain_at(source: &Source, at: usize, error: &ron::Error) -> Finding {
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
    let value = if whole { String::new() } else { value.trim().into() };
    Finding {
        code,
        severity: Severity::Error,
        path: String::new(),
        place,
        value,
        rule,
        hint,
    }
}

type Found = (&'static str, usize, String, String);

#[allow(clippy::unnecessary_wraps)] // Each look at the text ends in one of these or in none.
fn syntax(at: usize, rule: impl Into<String>, hint: impl Into<String>) -> Option<Found> {
    Some(("syntax", at, rule.into(), hint.into()))
}

/// Files that are something else altogether.
fn foreign(text: &str) -> Option<Found> {
    let start = text.trim_start();
    let is = |what: &str, hint: &str| {
        Some((
            "not-a-scenario",
            0,
            format!("this is {what}, not a scenario"),
            hint.to_owned(),
        ))
    };
    if start.starts_with('<') {
        return is("a web page or XML", "Save the file itself, not the page that shows it.");
    }
    if start.starts_with("PK\u{3}\u{4}") || start.starts_with("%PDF") {
        return is(
            "a spreadsheet, archive or PDF",
            "A scenario is a text file; `rollcall new ISO3` writes one.",
        );
    }
    if start.starts_with("#!") {
        return syntax(
            text.len() - start.len(),
            "extensions of RON are not used in scenarios",
            "Remove the lines that start with `#!`.",
        );
    }
    let first = start.lines().next().unwrap_or_default();
    let separated = [',', ';', '\t']
        .iter()
        .any(|separator| first.matches(*separator).count() >= 2);
    if separated && !first.contains(['(', '[', '{', ':']) {
        return is(
            "a table (CSV)",
            "A regional table goes in with `rollcall new ISO3 --groups FILE.csv`.",
        );
    }
    if start
        .lines()
        .all(|line| line.trim().is_empty() || line.trim().starts_with("//"))
    {
        return Some((
            "empty-file",
            0,
            "the file holds nothing but remarks".into(),
            "Write a scenario with `rollcall new ISO3`.".into(),
        ));
    }
    None
}

/// Brackets and quotes that do not pair, as far as they explain an error at `at`.
fn brackets(source: &Source, at: usize, code: &ron::Error) -> Option<Found> {
    let text = &source.text;
    let where_is = |byte: usize| {
        let place = source.place(byte);
        format!("line {}, column {}", place.line, place.column)
    };
    let mut open: Vec<(char, usize)> = Vec::new();
    for (i, piece) in (Pieces { text, at: 0 }) {
        match piece {
            Piece::Text(None) => {
                return syntax(
                    i,
                    "the text that starts here with \" has no closing \"",
                    "Put \" where the text ends.",
                );
            }
            Piece::Text(Some(end)) => {
                let behind = text[end..].len() - text[end..].trim_start().len();
                if text[i..end].contains('\n') && (end..=end + behind).contains(&at) {
                    return syntax(
                        i,
                        "the text that starts here runs on over several lines",
                        "Its closing \" seems to be missing.",
                    );
                }
            }
            // Behind the error only what is still open matters.
            Piece::Bracket(_) if i > at && !matches!(code, ron::Error::Eof) => return None,
            Piece::Bracket(c @ ('(' | '[' | '{')) => open.push((c, i)),
            Piece::Bracket(c) => {
                let Some((opened, from)) = open.pop() else {
                    return syntax(
                        i,
                        format!("`{c}` closes a bracket that was never opened"),
                        "Remove it, or open the bracket before.",
                    );
                };
                let wanted = closing(opened);
                if c != wanted {
                    let rule = format!(
                        "`{c}` stands where `{wanted}` is wanted: the `{opened}` of {} is still open",
                        where_is(from)
                    );
                    return syntax(i, rule, format!("Write `{wanted}` before it."));
                }
            }
        }
    }
    let (opened, from) = open.pop().filter(|_| at >= text.trim_end().len())?;
    let hint = format!(
        "Write `{}` where that part ends. Was the file cut off?",
        closing(opened)
    );
    syntax(
        at,
        format!("the file ends, but the `{opened}` of {} is still open", where_is(from)),
        hint,
    )
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

/// Where brackets first stand inside one another more deeply than so many.
#[must_use]
pub fn too_deep(text: &str, most: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (i, piece) in (Pieces { text, at: 0 }) {
        match piece {
            Piece::Bracket('(' | '[' | '{') => depth += 1,
            Piece::Bracket(_) => depth = depth.saturating_sub(1),
            Piece::Text(_) => {}
        }
        if depth > most {
            return Some(i);
        }
    }
    None
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
                format!("`{separator}` stands between thousands"),
                format!("Write {}.", underscored(&digits)),
            );
        }
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
                "names of fields stand without quotes",
                format!("Write {}: ...", text[at + 1..].split('"').next().unwrap_or_default()),
            )
        }
        '=' => syntax(
            at,
            "a colon belongs between a name and its value",
            "Write for instance ready: 0.5.",
        ),
        ';' => syntax(at, "a semicolon stands where a comma belongs", "Write `,`."),
        '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' => {
            syntax(at, "texts stand in straight quotes", "Write \"text\".")
        }
        '$' | '€' | '£' => syntax(
            at,
            "amounts are plain numbers in US dollars",
            format!("Write the number without `{here}`."),
        ),
        ',' if matches!(before, ',' | '(' | '[' | '{' | ':') => syntax(
            at,
            "a value is missing before this comma",
            "Write it, or remove the comma.",
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
                "a number is written without blanks",
                format!("Write {}.", underscored(&all)),
            )
        }
        _ => None,
    }
}

fn underscored(digits: &str) -> String {
    digits.parse().map_or_else(|_| digits.to_owned(), super::write::number)
}

fn in_words(code: &ron::Error) -> String {
    use ron::Error;
    match code {
        Error::Eof => "the file ends in the middle".into(),
        Error::ExpectedComma => "a comma is missing before this".into(),
        Error::ExpectedMapColon => "a colon is missing here".into(),
        Error::TrailingCharacters => "the file goes on behind its last bracket".into(),
        Error::UnexpectedChar(c) => format!("`{c}` cannot stand here"),
        Error::ExceededRecursionLimit => "brackets stand inside brackets more deeply than in any scenario".into(),
        Error::ExpectedFloat
        | Error::ExpectedInteger
        | Error::FloatUnderscore
        | Error::InvalidIntegerDigit { .. }
        | Error::UnderscoreAtBeginning => "this is not a number".into(),
        Error::ExpectedIdentifier | Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_) => {
            "a name is wanted here".into()
        }
        Error::InvalidEscape(_) => "this \\ in a text starts no known special character".into(),
        Error::UnclosedBlockComment => "a remark that starts with /* has no end */".into(),
        Error::ExpectedStructLikeEnd | Error::ExpectedArrayEnd | Error::ExpectedMapEnd => {
            "a bracket is not closed here".into()
        }
        other => other.to_string(),
    }
}

fn general_hint(code: &ron::Error) -> String {
    use ron::Error;
    match code {
        Error::Eof | Error::ExpectedStructLikeEnd | Error::ExpectedArrayEnd | Error::ExpectedMapEnd => {
            "Every ( [ { needs its ) ] }."
        }
        Error::ExpectedComma => "A comma stands between fields, also at the end of a line.",
        Error::TrailingCharacters => "A scenario is one (...); a bracket may be closed too early.",
        Error::FloatUnderscore | Error::ExpectedFloat | Error::ExpectedInteger => {
            "Write for instance 1_000, 0.5 or 1e6."
        }
        Error::UnclosedBlockComment => "Write */ where the remark ends.",
        Error::ExceededRecursionLimit => "Is this the right file?",
        Error::InvalidEscape(_) => "Write \\\\ for a single \\; in the path of a file write / instead.",
        _ => "Fields are written (name: value, name: value); compare with a file that `rollcall new ISO3` writes.",
    }
    .into()
}

/// A decimal comma or a percent sign near the place where reading stopped.
#[must_use]
pub fn slip(source: &Source, at: usize) -> Option<Mend> {
    let bytes = source.text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut spot: Option<(usize, bool)> = None;
    for i in at.saturating_sub(24)..(at + 24).min(bytes.len()) {
        let comma = bytes[i] == b',' && i > 0 && digit(i - 1) && digit(i + 1) && one_number(bytes, i);
        let percent = bytes[i] == b'%' && i > 0 && (digit(i - 1) || bytes[i - 1] == b' ');
        if (comma || percent) && spot.is_none_or(|(j, _)| i.abs_diff(at) < j.abs_diff(at)) {
            spot = Some((i, comma));
        }
    }
    let (i, comma) = spot?;
    let start = (0..i)
        .rev()
        .take_while(|j| digit(*j) || matches!(bytes[*j], b'.' | b' ' | b'_'))
        .last()
        .unwrap_or(i);
    let end = (i + 1..bytes.len()).take_while(|j| digit(*j)).last().unwrap_or(i) + 1;
    let written = source.text.get(start..end)?.trim().to_owned();
    let start = start + source.text[start..end].len() - source.text[start..end].trim_start().len();
    let (code, rule, hint) = if comma {
        let decimals = written.split(',').next_back().unwrap_or_default().len();
        let point = written.replace(',', ".");
        let hint = if decimals == 3 && !written.starts_with('0') {
            format!(
                "Write {point}, or {} if thousands are meant.",
                written.replace(',', "_")
            )
        } else {
            format!("Write {point}.")
        };
        ("decimal-comma", "a comma stands where a decimal point belongs", hint)
    } else {
        let share = written
            .trim_end_matches('%')
            .trim()
            .parse::<f64>()
            .ok()
            .map(|p| p / 100.0);
        let hint = share.map_or_else(String::new, |share| format!("Write {share}."));
        (
            "percent-sign",
            "shares are written as numbers from 0 to 1, without a percent sign",
            hint,
        )
    };
    let finding = Finding {
        code,
        severity: Severity::Error,
        path: String::new(),
        place: source.place(start),
        value: written,
        rule: rule.into(),
        hint,
    };
    Some(Mend {
        at: i,
        with: if comma { '.' } else { ' ' },
        finding,
    })
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
