//! RON text as a tree in which every value knows where it stands.
//!
//! The `ron` crate does all the reading; what is added here is the place of each value, found from the position
//! of ron's raw values inside the text. A comma written as a decimal sign and a percent sign after a number are
//! reported, mended in memory and read on, so that one slip does not hide the rest.

use std::fmt;

use ron::value::RawValue;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::findings::{Finding, Place, Severity};
use super::messages::{self, Message};
use super::syntax;

/// Largest file that is read, in bytes. A national scenario with 180 groups is about 150 kB.
pub const LARGEST_FILE: usize = 20_000_000;

/// Deepest nesting of brackets that is read. A scenario needs seven; the time to read grows with the square.
pub const DEEPEST: usize = 16;

/// Most values in a file.
pub const MOST_VALUES: usize = 2_000_000;

/// One value of a RON text.
#[derive(Clone, Debug)]
pub struct Node {
    /// Byte position of the first character of the value.
    pub start: usize,
    /// Byte position behind the last one.
    pub end: usize,
    /// What it is.
    pub kind: NodeKind,
}

/// Shape of a value.
#[derive(Clone, Debug)]
pub enum NodeKind {
    /// A number, not necessarily finite.
    Number(f64),
    /// A quoted text.
    Text(String),
    /// A bare word, such as `tablet`, `true` or `None`.
    Word(String),
    /// `[a, b]`.
    List(Vec<Node>),
    /// `{key: value}`; keys are nodes.
    Map(Vec<(Node, Node)>),
    /// `(name: value)`, with the name before the bracket if there is one and the place of each field's name.
    Struct(Vec<(String, usize, Node)>),
    /// `Name(value, ...)`.
    Tuple(String, Vec<Node>),
}

impl Node {
    /// The kind in words, for messages.
    #[must_use]
    pub fn kind_name(&self) -> Message {
        match self.kind {
            NodeKind::Number(_) => messages::kind_number(),
            NodeKind::Text(_) => messages::kind_text(),
            NodeKind::Word(_) => messages::kind_word(),
            NodeKind::List(_) => messages::kind_list(),
            NodeKind::Map(_) => messages::kind_map(),
            NodeKind::Struct(_) => messages::kind_group(),
            NodeKind::Tuple(..) => messages::kind_named(),
        }
    }
}

/// A text with its name, ready to say where a byte position is.
#[derive(Clone, Debug)]
pub struct Source {
    /// File as the user named it.
    pub file: String,
    /// The text as read, without a byte-order mark, with mended slips.
    pub text: String,
    line_starts: Vec<usize>,
    /// Bytes that continue a character; columns count characters, also in a line of many megabytes.
    continued: Vec<u32>,
}

impl Source {
    /// Wraps a text.
    #[must_use]
    pub fn new(file: &str, text: String) -> Self {
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let continued = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| byte & 0xc0 == 0x80)
            .filter_map(|(at, _)| u32::try_from(at).ok())
            .collect();
        Self {
            file: file.into(),
            text,
            line_starts,
            continued,
        }
    }

    /// Line and column of a byte position.
    #[must_use]
    pub fn place(&self, byte: usize) -> Place {
        let line = self.line_starts.partition_point(|start| *start <= byte).max(1);
        let start = self.line_starts[line - 1];
        let byte = byte.min(self.text.len()).max(start);
        let continued = |end: usize| self.continued.partition_point(|at| (*at as usize) < end);
        let column = byte - start - (continued(byte) - continued(start)) + 1;
        Place {
            file: self.file.clone(),
            line,
            column,
        }
    }

    /// What stands at a node, cut to one short line.
    #[must_use]
    pub fn excerpt(&self, node: &Node) -> String {
        let text = self.text.get(node.start..node.end).unwrap_or_default();
        // Only the beginning is looked at: a node can be megabytes long.
        let line: String = text
            .chars()
            .take(41)
            .take_while(|c| !matches!(c, '\n' | '\r'))
            .collect();
        if line.len() < text.len() {
            format!("{}...", line.chars().take(37).collect::<String>())
        } else {
            line
        }
    }

    /// Byte position of a line and column.
    #[must_use]
    pub fn byte_of(&self, line: usize, column: usize) -> usize {
        let start = self
            .line_starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or(self.text.len());
        self.text[start..]
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(self.text.len(), |(at, _)| start + at)
    }
}

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
    if let Some(at) = syntax::too_deep(&source.text, DEEPEST) {
        return Err(vec![syntax::explain_at(
            &source,
            at,
            &ron::Error::ExceededRecursionLimit,
        )]);
    }
    let mut mended = Vec::new();
    let mut stopped = first_error(&source.text);
    while let Some(error) = stopped {
        let at = source.byte_of(error.span.start.line, error.span.start.col);
        let Some(mend) = syntax::slip(&source, at).filter(|_| mended.len() < 100) else {
            mended.push(syntax::explain(&source, &error));
            return Err(mended);
        };
        let before = source.text[mend.at..=mend.at].to_owned();
        source
            .text
            .replace_range(mend.at..=mend.at, mend.with.encode_utf8(&mut [0; 4]));
        stopped = first_error(&source.text);
        // If reading gets no further, the slip was something else.
        if stopped
            .as_ref()
            .is_some_and(|next| source.byte_of(next.span.start.line, next.span.start.col) <= at)
        {
            source.text.replace_range(mend.at..=mend.at, &before);
            mended.push(syntax::explain(&source, &error));
            return Err(mended);
        }
        mended.push(mend.finding);
    }
    let mut reader = TreeReader {
        base: source.text.as_ptr() as usize,
        values: 0,
    };
    match reader.read(&source.text) {
        Ok(root) => Ok((source, root, mended)),
        Err(_) if reader.values > MOST_VALUES => {
            let rule = messages::too_many_values(MOST_VALUES / 1_000_000);
            Err(whole("file-too-large", rule, messages::right_file_or_groups()))
        }
        Err(error) => {
            mended.push(syntax::explain(&source, &error));
            Err(mended)
        }
    }
}

fn first_error(text: &str) -> Option<ron::error::SpannedError> {
    ron::from_str::<IgnoredAny>(text).err()
}

struct TreeReader {
    base: usize,
    values: usize,
}

impl TreeReader {
    /// Reads the value that `text`, a slice of the whole, consists of.
    fn read(&mut self, text: &str) -> Result<Node, ron::error::SpannedError> {
        self.values += 1;
        if self.values > MOST_VALUES {
            // Any error will do: the caller looks at the count.
            return ron::from_str::<IgnoredAny>("").map(|_| unreachable!("no text is no value"));
        }
        // Most values are plain numbers; the text as a whole has been read as RON before.
        let bare = text.trim();
        if bare
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
            && let Ok(number) = bare.parse()
        {
            let start = bare.as_ptr() as usize - self.base;
            return Ok(Node {
                start,
                end: start + bare.len(),
                kind: NodeKind::Number(number),
            });
        }
        let raw = RawValue::from_ron(text)?.trim();
        let text = raw.get_ron();
        let start = text.as_ptr() as usize - self.base;
        let end = start + text.len();
        let first = text.chars().next().unwrap_or(' ');
        let word = |text: &str| {
            text.split(['(', ' ', '\n', '\t', '/'])
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        let number = ron::from_str::<f64>(text).ok().filter(|_| first != '"' && first != '(');
        let kind = if let Some(number) = number {
            NodeKind::Number(number)
        } else if first == '"' || (first == 'r' && text.ends_with(['"', '#'])) {
            NodeKind::Text(ron::from_str::<String>(text)?)
        } else if !matches!(first, '[' | '{' | '(') && !text.ends_with(')') {
            NodeKind::Word(word(text))
        } else {
            let mut deserializer = ron::Deserializer::from_str(text)?;
            let seen = deserializer
                .deserialize_any(PiecesVisitor { map: first == '{' })
                .map_err(|error| deserializer.span_error(error))?;
            match seen {
                Pieces::Items(items) => {
                    let nodes = items
                        .into_iter()
                        .map(|item| self.read(item))
                        .collect::<Result<_, _>>()?;
                    if first == '[' {
                        NodeKind::List(nodes)
                    } else {
                        NodeKind::Tuple(word(text), nodes)
                    }
                }
                Pieces::Pairs(pairs) => {
                    let mut nodes = Vec::new();
                    for (key, value) in pairs {
                        nodes.push((self.read(key)?, self.read(value)?));
                    }
                    NodeKind::Map(nodes)
                }
                Pieces::Fields(fields) => {
                    let mut nodes = Vec::new();
                    for (name, value) in fields {
                        let value = self.read(value)?;
                        // The name stands before the value; look back for it so that a finding can point at it.
                        let head = &text[..value.start - start];
                        let at = head.rfind(&name).map_or(value.start, |at| start + at);
                        nodes.push((name, at, value));
                    }
                    NodeKind::Struct(nodes)
                }
                Pieces::Nothing if text == "()" => NodeKind::Struct(Vec::new()),
                Pieces::Nothing => NodeKind::Word(word(text)),
            }
        };
        Ok(Node { start, end, kind })
    }
}

/// One level of a value: its parts as raw slices of the text.
enum Pieces<'a> {
    Items(Vec<&'a str>),
    Pairs(Vec<(&'a str, &'a str)>),
    Fields(Vec<(String, &'a str)>),
    Nothing,
}

struct PiecesVisitor {
    map: bool,
}

impl<'de> Visitor<'de> for PiecesVisitor {
    type Value = Pieces<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Pieces::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Pieces::Nothing)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Pieces::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let raw = <&RawValue as serde::Deserialize>::deserialize(deserializer)?;
        Ok(Pieces::Items(vec![raw.get_ron()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element::<&RawValue>()? {
            items.push(item.get_ron());
        }
        Ok(Pieces::Items(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        if self.map {
            let mut pairs = Vec::new();
            while let Some(key) = map.next_key::<&RawValue>()? {
                pairs.push((key.get_ron(), map.next_value::<&RawValue>()?.get_ron()));
            }
            return Ok(Pieces::Pairs(pairs));
        }
        let mut fields = Vec::new();
        while let Some(name) = map.next_key_seed(NameSeed)? {
            fields.push((name, map.next_value::<&RawValue>()?.get_ron()));
        }
        Ok(Pieces::Fields(fields))
    }
}

struct NameSeed;

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        struct NameVisitor;
        impl Visitor<'_> for NameVisitor {
            type Value = String;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field name")
            }

            fn visit_str<E>(self, name: &str) -> Result<String, E> {
                Ok(name.to_owned())
            }
        }
        deserializer.deserialize_identifier(NameVisitor)
    }
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
        let NodeKind::Struct(fields) = &root.kind else {
            panic!("{root:?}")
        };
        assert_eq!(fields[0].0, "title");
        assert_eq!(
            (source.place(fields[0].1).line, source.place(fields[0].1).column),
            (3, 3)
        );
        let NodeKind::Struct(plan) = &fields[1].2.kind else {
            panic!()
        };
        assert!(matches!(plan[0].2.kind, NodeKind::Number(x) if (x - 0.5).abs() < 1e-12));
        let place = source.place(plan[0].2.start);
        assert_eq!((place.line, place.column), (3, 25));
        let NodeKind::Map(pairs) = &plan[1].2.kind else {
            panic!()
        };
        assert!(matches!(pairs[0].0.kind, NodeKind::Number(x) if (x - 2027.0).abs() < 1e-12));
        let NodeKind::List(items) = &plan[2].2.kind else {
            panic!("{plan:?}")
        };
        assert!(matches!(&items[0].kind, NodeKind::Word(w) if w == "tablet"));
        assert!(matches!(&items[1].kind, NodeKind::Tuple(w, _) if w == "File"));
    }

    #[test]
    fn decimal_commas_and_percent_signs_are_mended_and_reading_goes_on() {
        let (_, root, mended) = tree("(a: 0,05, b: 35 %, c: 1)");
        let codes: Vec<_> = mended.iter().map(|f| f.code).collect();
        assert_eq!(codes, ["decimal-comma", "percent-sign"]);
        assert_eq!(mended[0].hint, Some(messages::write_this("0.05")));
        assert_eq!(mended[1].hint, Some(messages::write_this("0.35")));
        assert!(matches!(root.kind, NodeKind::Struct(f) if f.len() == 3));
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
        let NodeKind::Struct(fields) = &root.kind else { panic!() };
        assert_eq!(source.place(fields[0].1).line, 2);
    }
}
