//! Text of others made visible before it is shown or printed: what would move a terminal's cursor, colour it, or turn
//! the direction of reading stands there as `\u{1b}`.

use std::borrow::Cow;

/// Whether a character is not seen but acts: controls, marks of direction, and what has no width.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// A text in one line in which nothing acts.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, acts)
}

/// The same of our own lines: they end where they end.
#[must_use]
pub(crate) fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| c != '\n' && acts(c))
}

fn escaped(text: &str, acts: fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if acts(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_seen() {
        assert_eq!(visible("a\u{1b}[2Jb\nc\u{202e}d"), "a\\u{1b}[2Jb\\u{a}c\\u{202e}d");
        assert_eq!(visible_lines("a\u{9b}b\nc"), "a\\u{9b}b\nc");
        // Letters, spaces of all widths and joiners of scripts stay as they are.
        for text in ["Thiès, Côte d’Ivoire", "1\u{202f}200\u{a0}%", "می\u{200c}خواهم"] {
            assert_eq!(visible(text), text);
        }
    }
}
