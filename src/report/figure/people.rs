//! People counted out as small figures: a row for each place, a column for each thing that they lack.

use super::{Entry, Rgb, TableRow};

/// Small figures in rows and columns.
#[derive(Clone, Debug, PartialEq)]
pub struct People {
    /// Names of the columns, and their colours.
    pub columns: Vec<(String, Rgb)>,
    /// Rows.
    pub rows: Vec<PeopleRow>,
    /// Who is drawn filled with a wide foot, and who as an outline.
    pub sides: [String; 2],
    /// What all figures together are, above the numbers beside the names of rows.
    pub whole: String,
}

/// The figures of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct PeopleRow {
    /// Name.
    pub name: String,
    /// How many of either side, for each column.
    pub cells: Vec<[u32; 2]>,
}

impl PeopleRow {
    /// How many figures it has.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.cells.iter().flatten().sum()
    }
}

impl People {
    /// How many figures a column has.
    #[must_use]
    pub fn in_column(&self, column: usize) -> u32 {
        let of = |row: &PeopleRow| row.cells.get(column).map_or(0, |cell| cell[0] + cell[1]);
        self.rows.iter().map(of).sum()
    }

    pub(super) fn headings(&self) -> Vec<String> {
        self.columns.iter().map(|(name, _)| name.clone()).collect()
    }

    /// A row of the table for either side of each place.
    pub(super) fn table(&self) -> Vec<TableRow> {
        let of = |row: &PeopleRow, side: usize| TableRow {
            name: format!("{}, {}", row.name, self.sides[side]),
            cells: row
                .cells
                .iter()
                .map(|cell| Some(Entry::Number(cell[side].into())))
                .collect(),
        };
        let sides = |row| [of(row, 0), of(row, 1)];
        self.rows.iter().flat_map(sides).collect()
    }
}
