//! Our reader of RON beside the `ron` crate: both accept a text or both refuse it, and both find the same in it.

use std::fmt;

use rollcall::scenario::parser::{DEEPEST, parse};
use rollcall::scenario::source::Source;
use rollcall::scenario::tree::{Node, NodeKind};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::chance::{Chance, change};

/// Numbers, texts and names in the order of the text.
#[derive(Debug, PartialEq)]
enum Leaf {
    Number(u64),
    Text(String),
}

fn number(value: f64) -> Leaf {
    Leaf::Number((value + 0.0).to_bits())
}

/// What `ron` finds.
struct Theirs<'a>(&'a mut Vec<Leaf>);

impl<'de> DeserializeSeed<'de> for Theirs<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

#[allow(clippy::cast_precision_loss)]
impl<'de> Visitor<'de> for Theirs<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.0.push(number(value as f64));
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.0.push(number(value as f64));
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.0.push(number(value));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.push(Leaf::Text(text.to_owned()));
        Ok(())
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<(), E> {
        Ok(())
    }

    fn visit_char<E>(self, _: char) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Theirs(&mut *self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_key_seed(Theirs(&mut *self.0))?.is_some() {
            map.next_value_seed(Theirs(&mut *self.0))?;
        }
        Ok(())
    }
}

/// What we find.
fn ours(node: &Node, source: &Source, found: &mut Vec<Leaf>) {
    match &node.kind {
        NodeKind::Number(value) => found.push(number(*value)),
        NodeKind::Text(text) => found.push(Leaf::Text(text.clone())),
        NodeKind::Word => {}
        NodeKind::List(items) | NodeKind::Tuple(_, items) => items.iter().for_each(|item| ours(item, source, found)),
        NodeKind::Map(pairs) => pairs.iter().for_each(|(key, value)| {
            ours(key, source, found);
            ours(value, source, found);
        }),
        NodeKind::Struct(_, fields) => fields.iter().for_each(|(name, value)| {
            found.push(Leaf::Text(source.written(*name).to_owned()));
            ours(value, source, found);
        }),
    }
}

/// Compares both on a text; whether it is RON.
fn compared(text: &str) -> bool {
    let read = parse("a.ron", text.as_bytes());
    let theirs = ron::from_str::<IgnoredAny>(text);
    let deep = text.matches(['(', '[', '{']).count() > DEEPEST;
    match &read {
        Ok((source, root, mended)) if mended.is_empty() => {
            assert!(theirs.is_ok(), "we read what is no RON, {theirs:?}: {text}");
            let (mut we, mut they) = (Vec::new(), Vec::new());
            ours(root, source, &mut we);
            let mut reader = ron::Deserializer::from_str(text).expect("RON");
            Theirs(&mut they).deserialize(&mut reader).expect("RON");
            // Numbers that say which machine numbers they are, and ranges, are words to us.
            let plain = ![
                "..", "f32", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "0x", "0b", "0o", "b'",
            ]
            .iter()
            .any(|rare| text.contains(rare));
            assert!(we == they || !plain, "we find {we:?}, they {they:?}: {text}");
            true
        }
        _ => {
            let others = text.contains("#!") || text.trim().is_empty() || (deep && read.is_err());
            assert!(theirs.is_err() || others, "we refuse what is RON: {text}");
            false
        }
    }
}

const SPELLINGS: &[&str] = &[
    "(a: 1)",
    " ( a : 1 , ) ",
    "Name(a: 1, b: Other(2, 3), c: Unit, d: Empty())",
    "()",
    "( )",
    "(,)",
    "(a: 1,,)",
    "[1, -2, +3, .5, 5., -.5, 1e5, 1E-5, 1_000, 1_000.5, 1._5, _5, 1__0, 007, 1e, -, 0x10, 0b1, 0o7, 12ab, 1.2.3]",
    "[1, -2, +3, .5, 5., -.5, 1e5, 1E-5, 1_000, 1_000.5, 1__0, 007, 0x1F, 0b1, 0o7, 1e400, 99999999999999999999]",
    "[inf, -inf, NaN, inff64, NaNf64, inff32, 1f64, 1f32, 1u8, -1i8, 300u8]",
    "[1..2, 1..=2, .., ..5, 1.., inf..5]",
    "['a', '\\n', '\\'', b'a', b\"bytes\", br\"raw\", br#\"raw\"#]",
    "[\"a\\\"b\", \"\\u{e9}\\x41\", r\"raw\\\", r#\"raw\"quote\"#, \"over\nlines\", \"con\\\n  tinued\"]",
    "[\"\\q\"]",
    "[r##\"a\"#b\"##]",
    "{2027: 1, \"a\": 2, (1, 2): 3, [1]: {1: 2}}",
    "{1: 2,, 3: 4}",
    "{1, 2}",
    "[Some(1), None, Some(Some(\"x\")), Some (2,), true, false]",
    "[Some]",
    "[Some()]",
    "[Some(1, 2)]",
    "[Some[1]]",
    "(a: /* one /* two */ */ 1, // three\n b: 2)// end",
    "(a: 1) /* open",
    "(a: 1) /",
    "(a: 1) x",
    "r#type(r#match: 1, r#a.b: 2)",
    "(prénom: 1, e\u{301}te: 2, été: Été(3))",
    "(a-b: 1)",
    "(a.b: 1)",
    "(a 1)",
    "(a: 1 b: 2)",
    "(\u{a0}a: 1)",
    "(\u{2028}a:\u{85}1)",
    "(true: 1, Some: 2, inf: 3)",
    "(true)",
    "(a, b: 1)",
    "(a: 1, 2)",
    "\"only a text\"",
    "5",
    "# 5",
    "[5, #![enable(implicit_some)] 6]",
    "#![enable(implicit_some)] (a: 1)",
    "",
    "\0",
    "(a: 1\0)",
];

#[test]
fn every_spelling_is_read_as_ron_reads_it() {
    let read = SPELLINGS.iter().filter(|text| compared(text)).count();
    // Both halves are there.
    assert!((15..SPELLINGS.len() - 15).contains(&read), "{read}");
}

#[test]
fn changed_texts_are_read_or_refused_as_ron_does() {
    let texts: Vec<&str> = rollcall::data::bundled().iter().map(|(_, text)| *text).collect();
    assert!(texts.iter().all(|text| compared(text)));
    let example = include_str!("../data/example.ron");
    let mut sound = 0;
    for case in 0..2_000 {
        let mut chance = Chance::of(3, case);
        // What is met most often should be quick.
        let text = match case % 8 {
            0 => *chance.pick(&texts),
            1..=3 => *chance.pick(SPELLINGS),
            _ => example,
        };
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=chance.below(4).saturating_sub(1) {
            change(&mut bytes, &mut chance);
        }
        sound += usize::from(compared(&String::from_utf8_lossy(&bytes)));
    }
    assert!((100..1_900).contains(&sound), "{sound}");
}
