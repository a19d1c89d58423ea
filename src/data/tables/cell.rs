//! A cell of a sheet: what stands in it, typed as the sheet has it, and where.

use std::borrow::Cow;

use calamine::{ExcelDateTime, ExcelDateTimeType};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Content<'a> {
    /// Nothing.
    Empty,
    /// Text, without outer spaces. All cells of a text file are of this kind.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// A number that is shown as a percentage: 0.95 is 95 %.
    Percent(f64),
    /// A date or a time of day, as the number that is kept for it.
    Date(f64),
}

/// A cell and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetCell<'a> {
    /// What stands in it.
    pub content: Content<'a>,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1: in characters in a text, in cells in a workbook.
    pub column: usize,
}

impl SheetCell<'_> {
    /// A place where nothing stands.
    pub(super) const fn nothing_at(line: usize, column: usize) -> Self {
        Self {
            content: Content::Empty,
            line,
            column,
        }
    }

    /// The cell as something that can be kept.
    pub(super) fn kept(&self) -> SheetCell<'static> {
        let content = match &self.content {
            Content::Empty => Content::Empty,
            Content::Text(text) => Content::Text(Cow::Owned(text.clone().into_owned())),
            Content::Number(number) => Content::Number(*number),
            Content::Percent(number) => Content::Percent(*number),
            Content::Date(number) => Content::Date(*number),
        };
        SheetCell { content, ..*self }
    }

    /// Memory that it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>() + self.as_text().map_or(0, str::len)
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.content == Content::Empty
    }

    /// Its text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The cell as a person reads it.
    #[must_use]
    pub fn shown(&self) -> Cow<'_, str> {
        match &self.content {
            Content::Empty => Cow::Borrowed(""),
            Content::Text(text) => Cow::Borrowed(text),
            Content::Number(number) => number.to_string().into(),
            Content::Percent(share) => format!("{} %", tidy(share * 100.0)).into(),
            Content::Date(number) => day(*number).into(),
        }
    }
}

/// A percentage without what lies beyond its digits.
fn tidy(percent: f64) -> f64 {
    (percent * 1e9).round() / 1e9
}

/// A date as 2051-04-01.
fn day(number: f64) -> String {
    let (year, month, day, ..) = ExcelDateTime::new(number, ExcelDateTimeType::DateTime, false).to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

/// The letters under which a spreadsheet knows a column, counted from 0.
#[must_use]
pub fn letters(column: usize) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or(0));
    match column / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letters(more - 1)),
    }
}

/// A row of a sheet: its cells from the first column on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetRow<'a> {
    /// Line of the first cell, from 1.
    pub line: usize,
    /// Cells; those behind the last that holds something may be missing.
    pub cells: Vec<SheetCell<'a>>,
}

impl SheetRow<'_> {
    /// The row as something that can be kept.
    pub(super) fn kept(&self) -> SheetRow<'static> {
        SheetRow {
            line: self.line,
            cells: self.cells.iter().map(SheetCell::kept).collect(),
        }
    }

    /// Cells in which something stands.
    pub(super) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        assert_eq!([0, 25, 26, 27, 99].map(letters), ["A", "Z", "AA", "AB", "CV"]);
    }

    #[test]
    fn a_cell_is_shown_as_the_spreadsheet_shows_it() {
        let shown = |content| {
            SheetCell {
                content,
                line: 1,
                column: 1,
            }
            .shown()
            .into_owned()
        };
        assert_eq!(shown(Content::Percent(0.95)), "95 %");
        assert_eq!(shown(Content::Percent(0.07)), "7 %");
        assert_eq!(shown(Content::Date(55_243.0)), "2051-03-31");
    }
}
