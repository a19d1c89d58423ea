//! A chapter of the book as blocks: as much of Markdown as the book uses. Pictures are left out.

/// How a piece of text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    #[default]
    Plain,
    /// What matters.
    Bold,
    /// A name or a word that is meant as one.
    Italic,
    /// What is typed or stands in a file.
    Code,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Text.
    pub text: String,
    /// Way of writing.
    pub tone: Tone,
    /// Where it leads, if it does.
    pub link: Option<String>,
}

/// A part of a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading and how deep it stands, from 1.
    Heading(usize, String),
    /// A paragraph.
    Paragraph(Vec<Piece>),
    /// An item of a list, behind its mark.
    Item(String, Vec<Piece>),
    /// Lines that stand as they are.
    Code(String),
    /// Rows of cells; the first names the columns.
    Table(Vec<Vec<Vec<Piece>>>),
}

impl Block {
    /// Its text without its way of writing.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Heading(_, text) | Self::Code(text) => text.clone(),
            Self::Paragraph(pieces) | Self::Item(_, pieces) => plain(pieces),
            Self::Table(rows) => {
                let cells = rows.iter().flatten().map(|cell| plain(cell));
                cells.collect::<Vec<String>>().join(" ")
            }
        }
    }
}

/// Pieces without their way of writing.
#[must_use]
pub fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// Name by which a link leads to a heading.
#[must_use]
pub fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept
        .chars()
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    kept.map(|letter| if letter == ' ' { '-' } else { letter }).collect()
}

/// The blocks of a chapter.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let start = line.trim_start();
        if start.is_empty() || start.starts_with("![") {
            continue;
        }
        if start.starts_with("```") {
            let code: Vec<&str> = lines
                .by_ref()
                .take_while(|line| !line.trim_start().starts_with("```"))
                .collect();
            found.push(Block::Code(code.join("\n")));
        } else if let Some(first) = line.strip_prefix("    ") {
            let mut code = vec![first];
            while let Some(next) = lines.peek().and_then(|line| line.strip_prefix("    ")) {
                code.push(next);
                lines.next();
            }
            found.push(Block::Code(code.join("\n")));
        } else if let Some((depth, title)) = heading(start) {
            found.push(Block::Heading(depth, plain(&pieces(title))));
        } else if start.starts_with('|') {
            let mut rows = vec![cells(start)];
            while let Some(next) = lines.next_if(|line| line.trim_start().starts_with('|')) {
                // The line below the names of the columns says nothing.
                if next.chars().any(|letter| !matches!(letter, '|' | '-' | ':' | ' ')) {
                    rows.push(cells(next));
                }
            }
            found.push(Block::Table(rows));
        } else {
            let (mark, rest) = item(start).map_or((None, start), |(mark, rest)| (Some(mark), rest));
            let mut said = rest.to_owned();
            while let Some(next) = lines.next_if(|line| goes_on(line)) {
                said.push(' ');
                said.push_str(next.trim());
            }
            let pieces = pieces(&said);
            found.push(match mark {
                Some(mark) => Block::Item(mark, pieces),
                None => Block::Paragraph(pieces),
            });
        }
    }
    found
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let depth = line.chars().take_while(|letter| *letter == '#').count();
    let title = line[depth..].strip_prefix(' ')?;
    (depth > 0).then_some((depth, title.trim()))
}

/// The mark of a list's item, and what stands behind it.
fn item(line: &str) -> Option<(String, &str)> {
    if let Some(rest) = line.strip_prefix("- ") {
        return Some(("•".to_owned(), rest));
    }
    let (number, rest) = line.split_once(". ")?;
    let is_number = !number.is_empty() && number.len() < 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| (format!("{number}."), rest))
}

/// Whether a line goes on with the paragraph or item above it.
fn goes_on(line: &str) -> bool {
    let line = line.trim_start();
    let begins = ["```", "|", "!["].iter().any(|mark| line.starts_with(mark));
    !line.is_empty() && !begins && heading(line).is_none() && item(line).is_none()
}

fn cells(line: &str) -> Vec<Vec<Piece>> {
    let line = line.trim().trim_start_matches('|').trim_end_matches('|');
    line.split('|').map(|cell| pieces(cell.trim())).collect()
}

/// A line as pieces: `**bold**`, `*italic*`, `` `code` ``, `[link](where)`.
#[must_use]
pub fn pieces(line: &str) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut put = |text: &str, tone: Tone, link: Option<&str>| {
        if !text.is_empty() {
            found.push(Piece {
                text: text.to_owned(),
                tone,
                link: link.map(str::to_owned),
            });
        }
    };
    let mut rest = line;
    let mut said = String::new();
    while let Some(letter) = rest.chars().next() {
        let between = |open: &str, close: &str| -> Option<(&str, &str)> {
            let (inside, after) = rest.strip_prefix(open)?.split_once(close)?;
            (!inside.is_empty() && !inside.starts_with(' ')).then_some((inside, after))
        };
        let marked = match letter {
            '`' => between("`", "`").map(|(text, after)| (text, after, Tone::Code)),
            '*' => between("**", "**")
                .map(|(text, after)| (text, after, Tone::Bold))
                .or_else(|| between("*", "*").map(|(text, after)| (text, after, Tone::Italic))),
            _ => None,
        };
        if let Some((text, after, tone)) = marked {
            put(&std::mem::take(&mut said), Tone::Plain, None);
            put(text, tone, None);
            rest = after;
            continue;
        }
        if letter == '['
            && let Some((text, after)) = between("[", "](")
            && let Some((link, after)) = after.split_once(')')
        {
            put(&std::mem::take(&mut said), Tone::Plain, None);
            put(text, Tone::Plain, Some(link));
            rest = after;
            continue;
        }
        said.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    put(&said, Tone::Plain, None);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_is_read_as_it_is_meant() {
        let text = "# Title\n\nOne *two* **three**\n`four` [five](six.md#seven), 2 * 3.\n\n![picture](x.png)\n\n- a\n  b\n1. c\n\n| h | i |\n| --- | --- |\n| `j` | k |\n\n```\nl = m\n```\n";
        let found = blocks(text);
        assert_eq!(found.len(), 6, "{found:?}");
        assert_eq!(found[0], Block::Heading(1, "Title".into()));
        assert_eq!(found[1].plain(), "One two three four five, 2 * 3.");
        let Block::Paragraph(pieces) = &found[1] else { panic!() };
        assert_eq!(pieces[5].tone, Tone::Code);
        assert_eq!(pieces[7].link.as_deref(), Some("six.md#seven"));
        assert_eq!(found[2], Block::Item("•".into(), super::pieces("a b")));
        assert!(matches!(&found[4], Block::Table(rows) if rows.len() == 2 && rows[1][0][0].tone == Tone::Code));
        assert_eq!(found[5], Block::Code("l = m".into()));
        assert_eq!(anchor("What `check` finds"), "what-check-finds");
    }
}
