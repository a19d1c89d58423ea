//! A workbook of `OpenDocument` (ODS): `content.xml` read element by element, never the whole of it.

use std::borrow::Cow;
use std::io::{self, BufReader, Read};
use std::sync::atomic::AtomicBool;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::super::cell::{Content, SheetRow};
use super::super::refused::{LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, NoTable};
use super::archive::Stoppable;
use super::{Each, MOST_SHEETS, Rows, text, truth};

/// Parts that only such a workbook has; the second also where all of it is encrypted.
pub(super) const PARTS: [&[u8]; 2] = [b"content.xml", b"META-INF/manifest.xml"];

/// Bytes of the longest element, text or comment.
const LONGEST_EVENT: usize = 1_000_000;
/// Elements around the deepest one.
const DEEPEST: usize = 64;
/// Bytes that all repeated cells may come to; a cell that repeats costs this much beside its text.
const MOST_REPEATED: usize = 256_000_000;
const REPEATED: usize = 50;
/// Days from 1 January 1 to 30 December 1899, from which spreadsheets count.
const BEFORE_1900: i64 = 693_593;

/// Names of the sheets.
pub(super) fn sheets(bytes: &[u8], stop: &AtomicBool) -> Result<Vec<String>, NoTable> {
    let mut nowhere = |_: &SheetRow<'_>| Ok(());
    let mut rows = Rows::new(stop, &mut nowhere);
    let mut content = Walk::new(None);
    content.walk(bytes, &mut rows)?;
    Ok(content.sheets)
}

/// Gives the cells of a sheet.
pub(super) fn read(bytes: &[u8], sheet: usize, stop: &AtomicBool, each: Each<'_>) -> Result<(), NoTable> {
    let mut rows = Rows::new(stop, each);
    Walk::new(Some(sheet)).walk(bytes, &mut rows)?;
    rows.end()
}

/// Where an element stands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Element {
    /// Around the sheets.
    Document,
    Spreadsheet,
    Sheet,
    /// Around rows.
    Rows,
    Row,
    Cell,
    /// A paragraph of a cell, and what is in it.
    Text,
    /// Not looked at: notes, drawings, what lies below a merged cell, other sheets.
    Aside,
}

/// The cell that is being read.
#[derive(Default)]
struct Open {
    kind: String,
    value: String,
    times: usize,
    text: String,
    paragraphs: usize,
}

/// The way through the elements.
struct Walk {
    wanted: Option<usize>,
    sheets: Vec<String>,
    path: Vec<Element>,
    /// The next line, from 1, and how often the row at it comes.
    line: usize,
    times: usize,
    /// Filled cells of the row, and the next column, from 0.
    cells: Vec<(usize, Content<'static>)>,
    column: usize,
    cell: Open,
    repeated: usize,
}

impl Walk {
    fn new(wanted: Option<usize>) -> Self {
        Self {
            wanted,
            sheets: Vec::new(),
            path: Vec::new(),
            line: 1,
            times: 1,
            cells: Vec::new(),
            column: 0,
            cell: Open::default(),
            repeated: 0,
        }
    }

    fn walk<'a>(&mut self, bytes: &'a [u8], rows: &mut Rows<'a, '_>) -> Result<(), NoTable> {
        let mut archive = ZipArchive::new(Stoppable::new(bytes, rows.stop)).map_err(|why| NoTable::broken(&why))?;
        if is_locked(&mut archive) {
            return Err(NoTable::Locked);
        }
        let part = archive.by_name("content.xml").map_err(|why| NoTable::broken(&why))?;
        let part = Bounded {
            bytes: part,
            left: LONGEST_EVENT,
        };
        let mut reader = Reader::from_reader(BufReader::new(part));
        reader.config_mut().expand_empty_elements = true;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            let event = reader
                .read_event_into(&mut buffer)
                .map_err(|why| NoTable::broken(&why))?;
            reader.get_mut().get_mut().left = LONGEST_EVENT;
            match event {
                Event::Start(start) => self.start(&start)?,
                Event::End(_) if self.end(rows)? => return Ok(()),
                Event::Text(part) => self.letters(&part.xml10_content())?,
                Event::CData(part) => self.letters(&part.xml10_content())?,
                Event::GeneralRef(named) => {
                    let letter = named.resolve_char_ref().map_err(|why| NoTable::broken(&why))?;
                    let letter = match (letter, &*named) {
                        (Some(letter), _) => letter,
                        (None, "amp") => '&',
                        (None, "lt") => '<',
                        (None, "gt") => '>',
                        (None, "quot") => '"',
                        (None, "apos") => '\'',
                        (None, other) => return Err(NoTable::broken(&format!("&{other:.20};"))),
                    };
                    self.letters(letter.encode_utf8(&mut [0; 4]))?;
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), NoTable> {
        if self.path.len() == DEEPEST {
            return Err(NoTable::broken(&"its elements are nested too deep"));
        }
        let is_wanted = self.wanted.is_some_and(|wanted| wanted + 1 == self.sheets.len());
        let element = match (self.path.last(), start.name().into_inner()) {
            (None, "office:document-content") | (Some(Element::Document), "office:body") => Element::Document,
            (Some(Element::Document), "office:spreadsheet") => Element::Spreadsheet,
            (Some(Element::Spreadsheet), "table:table") => {
                self.sheet(start)?;
                Element::Sheet
            }
            (
                Some(Element::Sheet | Element::Rows),
                "table:table-rows" | "table:table-header-rows" | "table:table-row-group",
            ) if is_wanted => Element::Rows,
            (Some(Element::Sheet | Element::Rows), "table:table-row") if is_wanted => {
                self.times = times(start, "table:number-rows-repeated")?;
                self.cells.clear();
                self.column = 0;
                Element::Row
            }
            (Some(Element::Row), "table:table-cell") => {
                self.cell(start)?;
                Element::Cell
            }
            (Some(Element::Row), "table:covered-table-cell") => {
                let times = times(start, "table:number-columns-repeated")?;
                self.column = self.column.saturating_add(times);
                Element::Aside
            }
            (Some(Element::Cell), "text:p") => {
                if self.cell.paragraphs > 0 {
                    self.put('\n', 1)?;
                }
                self.cell.paragraphs += 1;
                Element::Text
            }
            (Some(Element::Text), "text:note" | "text:ruby-text") => Element::Aside,
            (Some(Element::Text), name) if name.starts_with("text:") => {
                match name {
                    "text:s" => self.put(' ', times(start, "text:c")?)?,
                    "text:tab" => self.put('\t', 1)?,
                    "text:line-break" => self.put('\n', 1)?,
                    _ => {}
                }
                Element::Text
            }
            _ => Element::Aside,
        };
        self.path.push(element);
        Ok(())
    }

    /// Leaves an element; whether nothing more is wanted.
    fn end(&mut self, rows: &mut Rows<'_, '_>) -> Result<bool, NoTable> {
        match self.path.pop() {
            Some(Element::Cell) => self.end_of_cell()?,
            Some(Element::Row) => self.end_of_row(rows)?,
            Some(Element::Sheet) => return Ok(self.wanted.is_some_and(|wanted| wanted + 1 == self.sheets.len())),
            _ => {}
        }
        Ok(false)
    }

    fn sheet(&mut self, start: &BytesStart<'_>) -> Result<(), NoTable> {
        if self.sheets.len() == MOST_SHEETS {
            return Err(NoTable::broken(&"it has too many sheets"));
        }
        let name = attribute(start, "table:name")?.unwrap_or_default();
        if name.len() > LONGEST_CELL {
            return Err(NoTable::CellTooLong);
        }
        self.sheets.push(name.into_owned());
        Ok(())
    }

    fn cell(&mut self, start: &BytesStart<'_>) -> Result<(), NoTable> {
        self.cell = Open {
            times: 1,
            ..Open::default()
        };
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|why| NoTable::broken(&why))?;
            let into = match attribute.key.into_inner() {
                "office:value-type" => &mut self.cell.kind,
                "office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => &mut self.cell.value,
                "table:number-columns-repeated" => {
                    self.cell.times = attribute.value.trim().parse().unwrap_or(1).max(1);
                    continue;
                }
                _ => continue,
            };
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            *into = value.map_err(|why| NoTable::broken(&why))?.into_owned();
        }
        Ok(())
    }

    /// Letters of a paragraph: white space of the file is one space, as its writers mean it.
    fn letters(&mut self, letters: &str) -> Result<(), NoTable> {
        if self.path.last() != Some(&Element::Text) {
            return Ok(());
        }
        for letter in letters.chars() {
            if !matches!(letter, ' ' | '\t' | '\n' | '\r') {
                self.put(letter, 1)?;
            } else if !self.cell.text.ends_with([' ', '\n']) {
                self.put(' ', 1)?;
            }
        }
        Ok(())
    }

    fn put(&mut self, letter: char, times: usize) -> Result<(), NoTable> {
        if times.saturating_add(self.cell.text.len()) > LONGEST_CELL {
            return Err(NoTable::CellTooLong);
        }
        self.cell.text.extend(std::iter::repeat_n(letter, times));
        Ok(())
    }

    fn end_of_cell(&mut self) -> Result<(), NoTable> {
        let cell = std::mem::take(&mut self.cell);
        let start = self.column;
        self.column = start.saturating_add(cell.times);
        let times = cell.times;
        let content = content(cell)?;
        if content == Content::Empty {
            return Ok(());
        }
        if self.column > MOST_COLUMNS {
            return Err(NoTable::TooManyColumns);
        }
        self.repeat(times - 1, cost(&content))?;
        self.cells
            .extend((start..self.column).map(|column| (column, content.clone())));
        Ok(())
    }

    fn end_of_row(&mut self, rows: &mut Rows<'_, '_>) -> Result<(), NoTable> {
        let start = self.line;
        self.line = start.saturating_add(self.times);
        if self.cells.is_empty() {
            return Ok(());
        }
        if self.line > MOST_ROWS + 1 {
            return Err(NoTable::TooManyRows);
        }
        let texts: usize = self.cells.iter().map(|(_, content)| cost(content)).sum();
        let width = self.cells.last().map_or(0, |(column, _)| column + 1);
        self.repeat(self.times - 1, texts + REPEATED * width)?;
        for line in start..self.line {
            for (column, content) in &self.cells {
                rows.put(line, *column, content.clone())?;
            }
        }
        Ok(())
    }

    /// Counts what repeats: a few bytes of a file could say that they stand in each cell of a sheet.
    fn repeat(&mut self, times: usize, each: usize) -> Result<(), NoTable> {
        self.repeated = self.repeated.saturating_add(times.saturating_mul(each));
        if self.repeated > MOST_REPEATED {
            return Err(NoTable::Bomb(MOST_REPEATED as u64 / 1_000_000));
        }
        Ok(())
    }
}

fn cost(content: &Content<'_>) -> usize {
    REPEATED
        + match content {
            Content::Text(text) => text.len(),
            _ => 0,
        }
}

/// An attribute of an element.
fn attribute<'a>(start: &'a BytesStart<'_>, name: &str) -> Result<Option<Cow<'a, str>>, NoTable> {
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|why| NoTable::broken(&why))?;
        if attribute.key.into_inner() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            return value.map(Some).map_err(|why| NoTable::broken(&why));
        }
    }
    Ok(None)
}

/// How often something comes: once where nothing is said.
fn times(start: &BytesStart<'_>, name: &str) -> Result<usize, NoTable> {
    let said = attribute(start, name)?;
    Ok(said.and_then(|said| said.trim().parse().ok()).unwrap_or(1).max(1))
}

/// What stands in a cell.
fn content(cell: Open) -> Result<Content<'static>, NoTable> {
    let Open {
        kind, value, text: own, ..
    } = cell;
    let number = || value.trim().parse().ok().filter(|number: &f64| number.is_finite());
    let typed = match kind.as_str() {
        "percentage" => number().map(Content::Percent),
        "float" | "currency" => number().map(Content::Number),
        "date" => day(&value).map(Content::Date),
        "time" => time(&value).map(Content::Date),
        "boolean" => return text(truth(value.trim() == "true").into()),
        _ => None,
    };
    if let Some(typed) = typed {
        return Ok(typed);
    }
    // What is shown of a text, or else what is kept of it.
    text(Cow::Owned(if own.trim().is_empty() { value } else { own }))
}

/// The number that spreadsheets keep for a date as 2024-03-01 or 2024-03-01T09:30:00.
fn day(date: &str) -> Option<f64> {
    let (date, clock) = date.trim().split_once('T').unwrap_or((date.trim(), ""));
    let mut parts = date.splitn(3, '-').map(|part| part.parse::<u16>().ok());
    let [year, month, day] = [parts.next()??, parts.next()??, parts.next()??].map(i64::from);
    if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years start with March, so that the leap day is the last of one.
    let (years, months) = (year - i64::from(month < 3), (month + 9) % 12);
    let days = 365 * years + years / 4 - years / 100 + years / 400 + (153 * months + 2) / 5 + day - 307;
    let days = i32::try_from(days - BEFORE_1900).ok()?;
    let mut clock = clock
        .trim_end_matches('Z')
        .splitn(3, ':')
        .map(|part| part.parse::<f64>().ok());
    let mut next = || clock.next().flatten().filter(|part| part.is_finite()).unwrap_or(0.0);
    Some(f64::from(days) + next() / 24.0 + next() / 1_440.0 + next() / 86_400.0)
}

/// The part of a day of a time as PT09H30M00S.
fn time(time: &str) -> Option<f64> {
    let (mut sum, mut rest) = (0.0, time.trim().strip_prefix("PT")?);
    for (unit, a_day) in [('H', 24.0), ('M', 1_440.0), ('S', 86_400.0)] {
        if let Some((number, behind)) = rest.split_once(unit) {
            sum += number.parse::<f64>().ok()? / a_day;
            rest = behind;
        }
    }
    (rest.is_empty() && sum.is_finite()).then_some(sum)
}

/// Whether the parts are encrypted, as the list of them says.
fn is_locked(archive: &mut ZipArchive<Stoppable<'_>>) -> bool {
    let mut list = Vec::new();
    let Ok(part) = archive.by_name("META-INF/manifest.xml") else {
        return false;
    };
    let mark = b"encryption-data";
    part.take(LONGEST_EVENT as u64).read_to_end(&mut list).is_ok() && list.windows(mark.len()).any(|own| own == mark)
}

/// Bytes of which only so many are read before somebody asks for more.
struct Bounded<R> {
    bytes: R,
    left: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other("an element of it is too long"));
        }
        let most = into.len().min(self.left);
        let read = self.bytes.read(&mut into[..most])?;
        self.left -= read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_the_numbers_that_spreadsheets_keep() {
        // As spreadsheets show them: day 1 of theirs is 31 December 1899 here, day 60 is missed by no one else.
        for (date, number) in [
            ("1899-12-30", 0.0),
            ("1900-03-01", 61.0),
            ("2000-02-29", 36_585.0),
            ("2051-03-31", 55_243.0),
            ("2024-03-01T12:00:00", 45_352.5),
        ] {
            assert_eq!(day(date), Some(number), "{date}");
        }
        assert_eq!((day("2024"), day("2024-13-01"), day("-5-1-1")), (None, None, None));
        assert_eq!(
            (time("PT12H00M00S"), time("PT36H"), time("12:00")),
            (Some(0.5), Some(1.5), None)
        );
    }
}
