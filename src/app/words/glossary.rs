//! Terms of the glossary in English: the words that mean them, and the glossary's sentence on each.

use std::sync::LazyLock;

use crate::app::guide::text::{Block, Tone, blocks};
use crate::data;

/// Terms that stand as labels: key, name in the glossary, and the English words that mean it, longest first.
pub(crate) const TERMS: &[(&str, &str, &str)] = &[
    ("reach", "Reach", "reached|reach"),
    ("dose", "Dose", "dose"),
    ("ready", "Ready teacher", "ready teachers|ready teacher|teachers ready"),
    ("bundling", "Bundling", "bundled|bundling"),
    ("all", "To do it all", "to do it all"),
    ("paid", "Has a source", "has a source"),
    ("find", "To find", "to find"),
    ("dark", "Dark year", "dark year|dark"),
    ("twin", "Twin", "no new plan"),
    ("existing", "Existing and plan", "existing services|existing and plan"),
    ("parity", "Parity, adjusted", "adjusted parity|parity"),
    (
        "fifth",
        "Wealth fifth",
        "wealth fifth|poorest fifth|richest fifth|second fifth|middle fifth|fourth fifth",
    ),
    ("lays", "LAYS", "learning-adjusted years|lays"),
    ("stand_in", "Stand-in", "stand-ins|stand-in"),
    ("grant_element", "Grant element", "grant element"),
    ("sdg_4a1", "4.a.1", "4.a.1"),
];

/// The glossary's sentence on each of the terms, in English.
pub(crate) static SENTENCES: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    let text = data::CHAPTERS.iter().find(|(name, _)| *name == "glossary.md");
    let mut entries: Vec<(String, String)> = Vec::new();
    for block in text.map_or_else(Vec::new, |(_, text)| blocks(text)) {
        let Block::Paragraph(pieces) = block else { continue };
        for piece in pieces {
            match (piece.tone, entries.last_mut()) {
                (Tone::Bold, _) => entries.push((piece.text, String::new())),
                (_, Some((_, sentence))) => sentence.push_str(&piece.text),
                (_, None) => {}
            }
        }
    }
    let sentence = |term: &str| {
        let entry = entries.iter().find(|(name, _)| name == term);
        entry.map_or_else(String::new, |(name, sentence)| format!("{name}: {}", sentence.trim()))
    };
    TERMS.iter().map(|(key, term, _)| (*key, sentence(term))).collect()
});

/// Keys of the terms with their sentences and words in English, as the file of a language has them.
pub fn english() -> impl Iterator<Item = (String, String)> {
    let both = |((key, _, words), (_, sentence)): (&(&str, &str, &str), &(&str, String))| {
        [
            (format!("term.{key}"), sentence.clone()),
            (format!("term.{key}.words"), (*words).to_owned()),
        ]
    };
    TERMS.iter().zip(SENTENCES.iter()).flat_map(both)
}
