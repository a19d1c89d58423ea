//! Why a file holds no table.

use crate::scenario::findings::Place;
use crate::scenario::messages::{self, Message, Value};
use crate::scenario::{Finding, Severity};

/// Rows beyond which a table is not read: more schools than any country has.
pub(crate) const MOST_ROWS: usize = 5_000_000;
/// Columns beyond which a table is not read: what a spreadsheet can hold.
pub(crate) const MOST_COLUMNS: usize = 16_384;
/// Bytes of the longest cell: what a spreadsheet can hold.
pub(crate) const LONGEST_CELL: usize = 32_768;
/// Bytes of the largest file of a table.
pub(crate) const LARGEST_TABLE: usize = 400_000_000;

/// Why there is no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoTable {
    /// No cell holds anything.
    Empty,
    /// Something else than text.
    Binary,
    /// More bytes than a register of all schools.
    TooLarge,
    /// See `MOST_ROWS`.
    TooManyRows,
    /// See `MOST_COLUMNS`.
    TooManyColumns,
    /// A cell of more than `LONGEST_CELL` bytes.
    CellTooLong,
    /// A workbook that unpacks to more than this many MB.
    Bomb(u64),
    /// A table of single persons, by this header.
    Persons(String),
    /// A workbook that cannot be read.
    Workbook(Value),
    /// A workbook that is encrypted with a password.
    Locked,
    /// A workbook of Excel 95 or older.
    OldWorkbook,
    /// A web page or XML under a table's name.
    Markup,
    /// A quote that opens in this line and never closes: it would swallow the rest.
    OpenQuote(usize),
}

impl NoTable {
    /// A workbook that cannot be read, and why.
    pub(super) fn broken(why: &dyn std::fmt::Display) -> Self {
        Self::Workbook(why.to_string().into())
    }

    /// Code of the finding.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty-table",
            Self::Binary | Self::Workbook(_) | Self::Locked | Self::OldWorkbook | Self::Markup => "not-a-table",
            Self::Persons(_) => "table-of-persons",
            Self::OpenQuote(_) => "open-quote",
            Self::TooLarge | Self::TooManyRows | Self::TooManyColumns | Self::CellTooLong | Self::Bomb(_) => {
                "table-too-large"
            }
        }
    }

    fn message(&self) -> Message {
        match self {
            Self::Empty => messages::table_empty(),
            Self::Binary => messages::table_binary(),
            Self::TooLarge => messages::table_too_large(LARGEST_TABLE / 1_000_000),
            Self::TooManyRows => messages::table_rows(MOST_ROWS),
            Self::TooManyColumns => messages::table_columns(MOST_COLUMNS),
            Self::CellTooLong => messages::table_cell(LONGEST_CELL / 1024),
            Self::Bomb(most) => messages::table_bomb(most.to_string()),
            Self::Persons(header) => messages::table_persons(header),
            Self::Workbook(why) => messages::workbook(why.clone()),
            Self::Locked => messages::table_locked(),
            Self::OldWorkbook => messages::table_old(),
            Self::Markup => messages::table_markup(),
            Self::OpenQuote(line) => messages::open_quote(*line),
        }
    }

    fn hint(&self) -> Message {
        match self {
            Self::Empty => messages::table_empty_hint(),
            Self::Binary | Self::Workbook(_) | Self::OldWorkbook | Self::Markup => messages::table_binary_hint(),
            Self::Locked => messages::table_locked_hint(),
            Self::TooLarge | Self::TooManyRows => messages::table_too_large_hint(),
            Self::TooManyColumns => messages::table_columns_hint(),
            Self::CellTooLong => messages::table_cell_hint(),
            Self::Bomb(_) => messages::table_bomb_hint(),
            Self::Persons(_) => messages::table_persons_hint(),
            Self::OpenQuote(_) => messages::open_quote_hint(),
        }
    }

    /// Why there is no table, as a finding about a file.
    #[must_use]
    pub fn finding(&self, file_name: &str) -> Finding {
        Finding {
            code: self.code(),
            severity: Severity::Error,
            path: String::new(),
            place: Place {
                file: file_name.into(),
                ..Place::default()
            },
            value: "".into(),
            rule: self.message(),
            hint: Some(self.hint()),
        }
    }
}
