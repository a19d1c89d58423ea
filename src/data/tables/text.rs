//! A table that is text: its encoding, its separator, its rows one by one.

use std::borrow::Cow;

use super::cell::{Content, SheetCell, SheetRow};
use super::refused::{LONGEST_CELL, MOST_COLUMNS, NoTable};

/// Letters of Windows-1252 from 0x80 to 0x9f; the rest is as in Latin-1.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Bytes by which an encoding without a mark is told.
const LOOKED_AT: usize = 4096;

/// The text of bytes in UTF-8, UTF-16 or Windows-1252.
///
/// # Errors
/// [`NoTable::Binary`] where it is no text, [`NoTable::Markup`] where it is one of tags, as portals hand out for workbooks.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, NoTable> {
    let text = letters(bytes)?;
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let is_tag =
        |rest: &str| rest.starts_with(|letter: char| letter.is_ascii_alphabetic() || matches!(letter, '!' | '?'));
    if start.strip_prefix('<').is_some_and(is_tag) || start.starts_with("MIME-Version:") {
        return Err(NoTable::Markup);
    }
    Ok(text)
}

fn letters(bytes: &[u8]) -> Result<Cow<'_, str>, NoTable> {
    if bytes.starts_with(b"%PDF") {
        return Err(NoTable::Binary);
    }
    if let Some(text) = utf_16(bytes) {
        return text.map(Cow::Owned);
    }
    if bytes.contains(&0) {
        return Err(NoTable::Binary);
    }
    // Spreadsheets of Western Europe and West Africa save CSV in Windows-1252.
    let text = std::str::from_utf8(bytes).map_or_else(
        |_| {
            let letter = |byte: &u8| match byte {
                0x80..=0x9f => WINDOWS[usize::from(byte - 0x80)],
                other => char::from(*other),
            };
            Cow::Owned(bytes.iter().map(letter).collect())
        },
        Cow::Borrowed,
    );
    Ok(match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(text),
    })
}

/// Text in UTF-16, told by its mark or by its zeros.
fn utf_16(bytes: &[u8]) -> Option<Result<String, NoTable>> {
    let upper = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |odd: usize| upper.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let half = upper.len() / 2;
    let (little, rest) = match bytes {
        [0xff, 0xfe, rest @ ..] => (true, rest),
        [0xfe, 0xff, rest @ ..] => (false, rest),
        _ if half > 1 && zeros(1) * 2 > half && zeros(0) == 0 => (true, bytes),
        _ if half > 1 && zeros(0) * 2 > half && zeros(1) == 0 => (false, bytes),
        _ => return None,
    };
    let units = rest.chunks_exact(2).map(|pair| {
        let pair = [pair[0], pair[1]];
        if little {
            u16::from_le_bytes(pair)
        } else {
            u16::from_be_bytes(pair)
        }
    });
    let text: Result<String, _> = char::decode_utf16(units).collect();
    Some(match text {
        Ok(text) if !text.contains('\0') => Ok(text),
        _ => Err(NoTable::Binary),
    })
}

/// A tabulator where half of the upper lines have one, as what is copied from a spreadsheet does; otherwise the more
/// frequent of `;` and `,`, or a bar where neither is. Titles and decimal commas do not outweigh the cells.
pub(super) fn separator(text: &str) -> char {
    let upper = || text.lines().filter(|line| !line.trim().is_empty()).take(20);
    let count = |mark: char| upper().map(|line| line.matches(mark).count()).sum::<usize>();
    let most = |mark: char| {
        let marked = upper().filter(|line| line.contains(mark)).count();
        marked > 0 && 2 * marked >= upper().count()
    };
    if most('\t') {
        '\t'
    } else if most('|') && count('|') >= count(',').max(count(';')) {
        '|'
    } else if count(';') >= count(',') && count(';') > 0 {
        ';'
    } else {
        ','
    }
}

/// Gives the rows in which something stands, one by one. A cell that starts with a quote may hold separators and new
/// lines.
///
/// # Errors
/// [`NoTable`], where a row is none that can be meant; or what `each` answers.
pub(super) fn rows(
    text: &str,
    separator: char,
    each: &mut dyn FnMut(&SheetRow<'_>) -> Result<(), NoTable>,
) -> Result<(), NoTable> {
    // Old spreadsheets end a line with a carriage return alone.
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let mut row = SheetRow::default();
    let (mut rest, mut line) = (text, 1);
    while !rest.is_empty() {
        row.line = line;
        row.cells.clear();
        let mut column = 1;
        loop {
            let (place, from) = (column, line);
            let (content, used, letters, ends) = cell(rest, separator, end, &mut line)?;
            if row.cells.len() == MOST_COLUMNS {
                return Err(NoTable::TooManyColumns);
            }
            row.cells.push(SheetCell {
                content,
                line: from,
                column: place,
            });
            rest = &rest[used..];
            column = if from == line { column + letters } else { letters };
            if ends {
                line += 1;
                break;
            }
        }
        if row.cells.iter().any(|cell| !cell.is_empty()) {
            each(&row)?;
        }
    }
    Ok(())
}

/// The first cell of a text: what stands in it, bytes and letters that it takes with the mark behind it, and whether it
/// ends the row.
fn cell<'a>(
    text: &'a str,
    separator: char,
    end: char,
    line: &mut usize,
) -> Result<(Content<'a>, usize, usize, bool), NoTable> {
    let bytes = text.as_bytes();
    let stops = |byte: &u8| char::from(*byte) == separator || char::from(*byte) == end;
    let plain = bytes.iter().position(stops).unwrap_or(bytes.len());
    if !text[..plain].trim_start().starts_with('"') {
        if plain > LONGEST_CELL {
            return Err(NoTable::CellTooLong);
        }
        let written = text[..plain].trim();
        let content = if written.is_empty() {
            Content::Empty
        } else {
            Content::Text(Cow::Borrowed(written))
        };
        let ends = bytes.get(plain).is_none_or(|byte| char::from(*byte) == end);
        let used = (plain + 1).min(bytes.len());
        return Ok((content, used, text[..plain].chars().count() + 1, ends));
    }
    let opens = *line;
    let (mut written, mut quoted, mut used, mut letters, mut ends) = (String::new(), false, 0, 0, true);
    let mut all = text.chars().peekable();
    while let Some(letter) = all.next() {
        used += letter.len_utf8();
        letters += 1;
        if letter == '"' && quoted && all.peek() == Some(&'"') {
            written.push('"');
            all.next();
            used += 1;
            letters += 1;
        } else if letter == '"' && (quoted || written.trim().is_empty()) {
            quoted = !quoted;
        } else if !quoted && (letter == end || letter == separator) {
            ends = letter == end;
            break;
        } else if letter == end {
            // Inside quotes a new line is as good as a space.
            written.push(' ');
            *line += 1;
            letters = 1;
        } else {
            written.push(letter);
            if written.len() > LONGEST_CELL {
                return Err(NoTable::CellTooLong);
            }
        }
    }
    if quoted {
        return Err(NoTable::OpenQuote(opens));
    }
    let written = written.trim();
    let content = if written.is_empty() {
        Content::Empty
    } else {
        Content::Text(Cow::Owned(written.to_owned()))
    };
    Ok((content, used, letters, ends))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<SheetRow<'static>> {
        let mut all = Vec::new();
        let read = rows(text, separator(text), &mut |row| {
            all.push(row.kept());
            Ok(())
        });
        read.expect("rows");
        all
    }

    fn at(row: &SheetRow<'_>, cell: usize) -> (String, usize, usize) {
        let cell = &row.cells[cell];
        (cell.shown().into_owned(), cell.line, cell.column)
    }

    #[test]
    fn cells_know_their_place() {
        let rows = read("region;\"a; b\"\r\n\r\nX;\"say \"\"so\"\"\"\r\n");
        assert_eq!(at(&rows[0], 1), ("a; b".into(), 1, 8));
        assert_eq!(at(&rows[1], 1), ("say \"so\"".into(), 3, 3));
    }

    #[test]
    fn a_quoted_cell_may_hold_a_new_line_and_a_title_its_commas() {
        let rows = read("Recensement, version 2, 2024\n\"Nombre\nd'écoles\"\tx\n1,5\t2,5\n");
        assert_eq!(rows[1].cells[0].shown(), "Nombre d'écoles");
        assert_eq!(at(&rows[2], 1), ("2,5".into(), 4, 5));
    }

    #[test]
    fn a_text_is_read_in_any_usual_encoding() {
        let text = "Région,x\nThiès,1\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        for bytes in [text.as_bytes(), b"R\xe9gion,x\nThi\xe8s,1\n", &little, &big] {
            assert_eq!(decode(bytes).expect("text"), text);
        }
        assert_eq!(decode(b"x\x80").expect("text"), "x€");
        assert_eq!(decode(b"a\0b\0\0c"), Err(NoTable::Binary));
    }

    #[test]
    fn what_is_no_table_is_named() {
        let refused = |text: &str| rows(text, ',', &mut |_| Ok(()));
        assert_eq!(refused(&"a,".repeat(MOST_COLUMNS + 1)), Err(NoTable::TooManyColumns));
        assert_eq!(refused(&"a".repeat(LONGEST_CELL + 1)), Err(NoTable::CellTooLong));
        assert_eq!(
            refused(&format!("\"{}", "a".repeat(LONGEST_CELL + 1))),
            Err(NoTable::CellTooLong)
        );
    }
}
