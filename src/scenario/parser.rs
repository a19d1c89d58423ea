//! RON text as a tree, read once from the first byte to the last.
//!
//! What files are made of (sections, lists, maps, words, plain numbers and texts) is read here; a value of any rarer
//! spelling (escapes, raw texts, characters, bytes, hexadecimal numbers, ranges) is measured by the `ron` crate, which
//! also says what is wrong where reading stops. A comma written as a decimal sign and a percent sign after a number are
//! reported, mended in memory and read on, so that one slip does not hide the rest.

use std::fmt;

use serde::Deserialize as _;
use serde::de::{Deserializer as _, IgnoredAny, Visitor};

use super::findings::{Finding, Place, Severity};
use super::messages::{self, Message};
use super::source::{Source, Span};
use super::syntax;
use super::tree::{Node, NodeKind};

/// Largest file that is read, in bytes. A national scenario with 180 groups is about 150 kB.
pub(crate) const LARGEST_FILE: usize = 20_000_000;

/// Deepest nesting of brackets that is read. A scenario needs seven.
pub const DEEPEST: usize = 16;

/// Most values in a file.
pub(crate) const MOST_VALUES: usize = 2_000_000;

/// Reads bytes as a RON tree.
///
/// # Errors
/// The findings, when the bytes are not UTF-8, are empty, too large or not RON. Mended slips come back with the tree.
pub fn parse(file: &str, bytes: &[u8]) -> Result<(Source, Node, Vec<Finding>), Vec<Finding>> {
    let whole = |code, rule: Message, hint: Message| {
        vec![Finding {
            code,
            severity: Severity::Error,
            path: String::new(),
            place: Place {
                file: file.into(),
                line: 0,
                column: 0,
            },
            value: "".into(),
            rule,
            hint: Some(hint),
        }]
    };
    if bytes.len() > LARGEST_FILE {
        return Err(whole(
            "file-too-large",
            messages::too_large(bytes.len() / 1_000_000, LARGEST_FILE / 1_000_000),
            messages::right_file_or_table(),
        ));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let head = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            let source = Source::new(file, head);
            let mut findings = whole("not-utf8", messages::not_utf8(), messages::save_as_utf8());
            findings[0].place = source.place(error.valid_up_to());
            return Err(findings);
        }
    };
    if text.trim().is_empty() {
        return Err(whole("empty-file", messages::empty_file(), messages::write_with_new()));
    }
    let mut source = Source::new(file, text.into());
    let mut mended = Vec::new();
    // Where and why reading stopped before the last slip was mended, and what stood there.
    let mut last: Option<(usize, ron::Error, usize, String)> = None;
    loop {
        let stop = match read(&source.text) {
            Ok(root) => return Ok((source, root, mended)),
            Err(stop) => stop,
        };
        let (at, why) = match stop {
            Stop::TooMany => {
                let rule = messages::too_many_values(MOST_VALUES / 1_000_000);
                return Err(whole("file-too-large", rule, messages::right_file_or_groups()));
            }
            Stop::TooDeep(at) => (at, ron::Error::ExceededRecursionLimit),
            Stop::NotRon(at) => not_ron(&source, at),
        };
        // If reading gets no further, the slip was something else.
        if let Some((before, error, spot, was)) = last.take().filter(|(before, ..)| at <= *before) {
            source.text.replace_range(spot..=spot, &was);
            mended.pop();
            mended.push(syntax::explain(&source, before, &error));
            return Err(mended);
        }
        let slip = syntax::slip(&source, at).filter(|_| matches!(stop, Stop::NotRon(_)) && mended.len() < 100);
        let Some(mend) = slip else {
            mended.push(syntax::explain(&source, at, &why));
            return Err(mended);
        };
        let spot = mend.at..=mend.at;
        last = Some((at, why, mend.at, source.text[spot.clone()].to_owned()));
        source.text.replace_range(spot, mend.with.encode_utf8(&mut [0; 4]));
        mended.push(mend.finding);
    }
}

/// Where and why a text that could not be read is no RON.
fn not_ron(source: &Source, at: usize) -> (usize, ron::Error) {
    match ron::from_str::<IgnoredAny>(&source.text) {
        Err(error) => (source.byte_of(error.span.start.line, error.span.start.col), error.code),
        // Its extensions are not ours.
        Ok(_) => (
            at,
            ron::Error::UnexpectedChar(source.text[at..].chars().next().unwrap_or(' ')),
        ),
    }
}

/// Why reading stopped, and at which byte.
#[derive(Clone, Copy, Debug)]
enum Stop {
    NotRon(usize),
    TooDeep(usize),
    TooMany,
}

/// Reads a text.
fn read(text: &str) -> Result<Node, Stop> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        values: 0,
    };
    parser.blank()?;
    let root = parser.value()?;
    parser.blank()?;
    if parser.at < text.len() {
        return Err(parser.stop());
    }
    Ok(root)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    values: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// The next byte; zero at the end.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == byte && self.at < self.text.len();
        self.at += usize::from(there);
        there
    }

    const fn stop(&self) -> Stop {
        Stop::NotRon(self.at)
    }

    /// Passes over blanks and remarks.
    fn blank(&mut self) -> Result<(), Stop> {
        loop {
            match self.peek() {
                b' ' | b'\t'..=b'\r' => self.at += 1,
                b'/' if self.rest().starts_with("//") => {
                    let rest = self.rest();
                    self.at += rest.find('\n').unwrap_or(rest.len());
                }
                b'/' if self.rest().starts_with("/*") => self.block_remark()?,
                0x80.. => match self.rest().chars().next() {
                    Some(c @ ('\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')) => self.at += c.len_utf8(),
                    _ => return Ok(()),
                },
                _ => return Ok(()),
            }
        }
    }

    /// Passes over a remark that may hold others.
    fn block_remark(&mut self) -> Result<(), Stop> {
        let (from, mut level) = (self.at, 0);
        loop {
            let Some(length) = self.rest().find(['/', '*']) else {
                return Err(Stop::NotRon(from));
            };
            self.at += length;
            let (open, close) = (self.rest().starts_with("/*"), self.rest().starts_with("*/"));
            self.at += if open || close { 2 } else { 1 };
            level += i32::from(open) - i32::from(close);
            if level == 0 {
                return Ok(());
            }
        }
    }

    fn value(&mut self) -> Result<Node, Stop> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(Stop::TooMany);
        }
        let start = self.at;
        let kind = match self.peek() {
            b'(' if self.rest().starts_with("()") => {
                self.at += 2;
                NodeKind::Struct(Span::new(start, start), Vec::new())
            }
            b'(' => self.inside(Span::new(start, start))?,
            b'[' => {
                self.open()?;
                NodeKind::List(self.until(b']', Self::value)?)
            }
            b'{' => {
                self.open()?;
                NodeKind::Map(self.until(b'}', |parser| {
                    let key = parser.value()?;
                    parser.colon()?;
                    Ok((key, parser.value()?))
                })?)
            }
            b'"' if let Some(text) = self.plain_text() => NodeKind::Text(text),
            b'-' | b'0'..=b'9' if let Some(number) = self.plain_number() => NodeKind::Number(number),
            _ => match self.identifier() {
                Some(_) => return self.named(start),
                None => self.odd()?,
            },
        };
        Ok(Node {
            span: Span::new(start, self.at),
            kind,
        })
    }

    /// A value that starts with the word that was just read.
    fn named(&mut self, start: usize) -> Result<Node, Stop> {
        let word = Span::new(start, self.at);
        let kind = match &self.text[start..self.at] {
            "Some" => {
                self.blank()?;
                if self.peek() != b'(' {
                    return Err(self.stop());
                }
                self.open()?;
                let item = self.value()?;
                self.blank()?;
                if self.take(b',') {
                    self.blank()?;
                }
                self.close(b')')?;
                NodeKind::Tuple(word, vec![item])
            }
            "inf" | "inff32" | "inff64" | "NaN" | "NaNf32" | "NaNf64" => {
                self.at = start;
                self.odd()?
            }
            "true" | "false" | "None" => NodeKind::Word,
            _ => {
                let end = self.at;
                self.blank()?;
                if self.peek() == b'(' {
                    self.inside(word)?
                } else {
                    self.at = end;
                    NodeKind::Word
                }
            }
        };
        Ok(Node {
            span: Span::new(start, self.at),
            kind,
        })
    }

    /// What stands in round brackets: fields if the first of it is a name and a colon, values otherwise.
    fn inside(&mut self, word: Span) -> Result<NodeKind, Stop> {
        self.open()?;
        let first = self.at;
        let fields = self.identifier().is_some() && {
            self.blank()?;
            self.peek() == b':'
        };
        self.at = first;
        Ok(if fields {
            NodeKind::Struct(
                word,
                self.until(b')', |parser| {
                    let name = parser.identifier().ok_or(parser.stop())?;
                    parser.colon()?;
                    Ok((name, parser.value()?))
                })?,
            )
        } else {
            NodeKind::Tuple(word, self.until(b')', Self::value)?)
        })
    }

    /// Passes over an opening bracket and what is blank behind it.
    fn open(&mut self) -> Result<(), Stop> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Stop::TooDeep(self.at));
        }
        self.at += 1;
        self.blank()
    }

    fn close(&mut self, bracket: u8) -> Result<(), Stop> {
        if !self.take(bracket) {
            return Err(self.stop());
        }
        self.depth -= 1;
        Ok(())
    }

    fn colon(&mut self) -> Result<(), Stop> {
        self.blank()?;
        if !self.take(b':') {
            return Err(self.stop());
        }
        self.blank()
    }

    /// Items between commas up to a closing bracket.
    fn until<T>(&mut self, bracket: u8, item: impl Fn(&mut Self) -> Result<T, Stop>) -> Result<Vec<T>, Stop> {
        let mut items = Vec::new();
        while self.peek() != bracket {
            items.push(item(self)?);
            self.blank()?;
            if !self.take(b',') {
                break;
            }
            self.blank()?;
        }
        self.close(bracket)?;
        Ok(items)
    }

    /// A name or word; nothing where a text or bytes begin that start with a letter.
    fn identifier(&mut self) -> Option<Span> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let first = bytes.first()?;
        let odd = match first {
            b'r' | b'b' => ["b\"", "b'", "br#", "br\"", "r\"", "r#\"", "r##"]
                .iter()
                .any(|start| rest.starts_with(start)),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => false,
            _ => true,
        };
        if odd {
            return None;
        }
        let length = bytes
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
            .count();
        // Letters beyond ASCII, and names that are no words.
        let rare = bytes.get(length).is_some_and(|byte| *byte >= 0x80) || rest.starts_with("r#");
        let (from, length) = if rare { rare_identifier(rest)? } else { (0, length) };
        let span = Span::new(self.at + from, self.at + from + length);
        self.at += from + length;
        Some(span)
    }

    /// A text without escapes.
    fn plain_text(&mut self) -> Option<String> {
        let text = &self.rest()[1..];
        let end = text.bytes().position(|byte| matches!(byte, b'"' | b'\\'))?;
        if text.as_bytes()[end] == b'\\' {
            return None;
        }
        let text = text[..end].to_owned();
        self.at += end + 2;
        Some(text)
    }

    /// A decimal number, with underscores between its digits or without.
    fn plain_number(&mut self) -> Option<f64> {
        let bytes = self.rest().as_bytes();
        let (mut length, mut points, mut underscored) = (usize::from(bytes[0] == b'-'), 0, false);
        let sign = length;
        while let Some(byte) = bytes.get(length) {
            match byte {
                b'0'..=b'9' => {}
                b'.' if points == 0 && length > sign => points = 1,
                b'_' if length > sign && bytes[length - 1] != b'.' => underscored = true,
                b' ' | b'\t'..=b'\r' | b',' | b')' | b']' | b'}' | b':' | b'/' => break,
                _ => return None,
            }
            length += 1;
        }
        let written = &self.rest()[..length];
        let number = if underscored {
            written.replace('_', "").parse().ok()?
        } else {
            written.parse().ok()?
        };
        self.at += length;
        Some(number)
    }

    /// A value of any rarer spelling, as `ron` reads it.
    fn odd(&mut self) -> Result<NodeKind, Stop> {
        let rest = self.rest();
        let length = |text: &str| {
            let mut reader = ron::Deserializer::from_str(text).ok()?;
            IgnoredAny::deserialize(&mut reader).ok()?;
            Some(text.len() - reader.remainder().len())
        };
        // Nothing but a file's own first lines may start like this.
        let length = length(rest).filter(|_| !rest.starts_with('#')).ok_or(self.stop())?;
        let written = &rest[..length];
        let quoted = written.starts_with('"') || (written.starts_with('r') && written.ends_with(['"', '#']));
        let kind = if quoted {
            NodeKind::Text(ron::from_str(written).map_err(|_| self.stop())?)
        } else if let Ok(number) = ron::from_str(written) {
            NodeKind::Number(number)
        } else {
            NodeKind::Word
        };
        self.at += length;
        Ok(kind)
    }
}

/// Where in a text a name stands that `ron` reads at its start, and how long it is.
fn rare_identifier(text: &str) -> Option<(usize, usize)> {
    struct NameVisitor;
    impl Visitor<'_> for NameVisitor {
        type Value = usize;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a name")
        }

        fn visit_str<E>(self, name: &str) -> Result<usize, E> {
            Ok(name.len())
        }
    }
    let mut reader = ron::Deserializer::from_str(text).ok()?;
    let length = reader.deserialize_identifier(NameVisitor).ok()?;
    Some((text.len() - reader.remainder().len() - length, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> (Source, Node, Vec<Finding>) {
        parse("a.ron", text.as_bytes()).expect("a tree")
    }

    #[test]
    fn every_value_knows_its_line_and_column() {
        let text = "(\n  // remark\n  title: \"é\", plan: (x: 0.5, y: { 2027: 1_000 }, z: [tablet, File(\"a\")]),\n)";
        let (source, root, mended) = tree(text);
        assert!(mended.is_empty());
        let NodeKind::Struct(_, fields) = &root.kind else {
            panic!("{root:?}")
        };
        let place = |at: u32| {
            let place = source.place(at as usize);
            (place.line, place.column)
        };
        assert_eq!(source.written(fields[0].0), "title");
        assert_eq!(place(fields[0].0.start), (3, 3));
        let NodeKind::Struct(_, plan) = &fields[1].1.kind else {
            panic!()
        };
        assert!(matches!(plan[0].1.kind, NodeKind::Number(x) if (x - 0.5).abs() < 1e-12));
        assert_eq!(place(plan[0].1.span.start), (3, 25));
        let NodeKind::Map(pairs) = &plan[1].1.kind else {
            panic!()
        };
        assert!(matches!(pairs[0].0.kind, NodeKind::Number(x) if (x - 2027.0).abs() < 1e-12));
        let NodeKind::List(items) = &plan[2].1.kind else {
            panic!("{plan:?}")
        };
        assert!(matches!(items[0].kind, NodeKind::Word) && source.written(items[0].span) == "tablet");
        assert!(matches!(items[1].kind, NodeKind::Tuple(word, _) if source.written(word) == "File"));
    }

    #[test]
    fn decimal_commas_and_percent_signs_are_mended_and_reading_goes_on() {
        let (_, root, mended) = tree("(a: 0,05, b: 35 %, c: 1)");
        let codes: Vec<_> = mended.iter().map(|f| f.code).collect();
        assert_eq!(codes, ["decimal-comma", "percent-sign"]);
        assert_eq!(mended[0].hint, Some(messages::write_this("0.05")));
        assert_eq!(mended[1].hint, Some(messages::write_this("0.35")));
        assert!(matches!(root.kind, NodeKind::Struct(_, f) if f.len() == 3));
    }

    #[test]
    fn what_is_not_a_scenario_is_said_in_one_finding() {
        for (bytes, code) in [
            (&b""[..], "empty-file"),
            (b"\xff\xfe(", "not-utf8"),
            (b"(a: ", "syntax"),
            (b"<html>", "not-a-scenario"),
            (b"region,level,schools\nNorth,primary,3", "not-a-scenario"),
            (b"// later", "empty-file"),
            (&[b'('; 5000], "syntax"),
        ] {
            let findings = parse("a.ron", bytes).expect_err("findings");
            assert_eq!(findings[0].code, code, "{findings:?}");
        }
        assert_eq!(
            parse("a", &vec![b'x'; LARGEST_FILE + 1]).expect_err("large")[0].code,
            "file-too-large"
        );
    }

    #[test]
    fn byte_order_mark_and_windows_line_ends_do_no_harm() {
        let (source, root, _) = tree("\u{feff}(\r\n  a: 1,\r\n)\r\n");
        let NodeKind::Struct(_, fields) = &root.kind else {
            panic!()
        };
        assert_eq!(source.place(fields[0].0.start as usize).line, 2);
    }
}
