//! A text with its name, ready to say where a byte of it is.

use std::cell::OnceCell;

use super::findings::Place;

/// A stretch of a text, in bytes; `LARGEST_FILE` is far below what fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Position of the first byte.
    pub start: u32,
    /// Position behind the last one.
    pub end: u32,
}

impl Span {
    /// From a first byte to behind a last one.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            start: short(start),
            end: short(end),
        }
    }
}

/// A text with its name.
#[derive(Clone, Debug)]
pub struct Source {
    /// File as the user named it.
    pub file: String,
    /// The text as read, without a byte-order mark, with mended slips.
    pub text: String,
    /// Computed when the first place is asked for; most files are read without a finding.
    lines: OnceCell<Lines>,
}

#[derive(Clone, Debug)]
struct Lines {
    starts: Vec<u32>,
    /// Bytes that continue a character; columns count characters, also in a line of many megabytes.
    continued: Vec<u32>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let bytes = || (0..).zip(text.bytes());
        Self {
            starts: std::iter::once(0)
                .chain(bytes().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1))
                .collect(),
            continued: bytes()
                .filter(|(_, byte)| byte & 0xc0 == 0x80)
                .map(|(at, _)| at)
                .collect(),
        }
    }
}

impl Source {
    /// Wraps a text.
    #[must_use]
    pub fn new(file: &str, text: String) -> Self {
        Self {
            file: file.into(),
            text,
            lines: OnceCell::new(),
        }
    }

    /// What is written there.
    #[must_use]
    pub fn written(&self, span: Span) -> &str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// Line and column of a byte position.
    #[must_use]
    pub fn place(&self, byte: usize) -> Place {
        let Lines { starts, continued } = self.lines();
        let before = |ordered: &[u32], byte: usize| ordered.partition_point(|at| (*at as usize) < byte);
        let line = before(starts, byte + 1).max(1);
        let start = starts[line - 1] as usize;
        let byte = byte.min(self.text.len()).max(start);
        Place {
            file: self.file.clone(),
            line,
            column: byte - start - (before(continued, byte) - before(continued, start)) + 1,
        }
    }

    /// What stands there, cut to one short line.
    #[must_use]
    pub(crate) fn excerpt(&self, span: Span) -> String {
        let text = self.written(span);
        // Only the beginning is looked at: a value can be megabytes long.
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
    pub(crate) fn byte_of(&self, line: usize, column: usize) -> usize {
        let starts = &self.lines().starts;
        let start = starts
            .get(line.saturating_sub(1))
            .map_or(self.text.len(), |start| *start as usize);
        self.text[start..]
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(self.text.len(), |(at, _)| start + at)
    }

    fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(&self.text))
    }
}
