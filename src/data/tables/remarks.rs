//! What is to be said of a table, with the cell that it is about.

use super::cell::{SheetCell, letters};
use crate::scenario::findings::Place;
use crate::scenario::messages::Message;
use crate::scenario::{Finding, Severity};

/// Findings of a severity that are kept; nobody reads more. That there is an error is never lost among warnings.
const MOST: usize = 2_000;

/// Collects findings about a table.
pub(super) struct Remarks<'a> {
    /// Name of the file.
    pub file: &'a str,
    /// What was found.
    pub findings: Vec<Finding>,
    /// How many are kept: errors last, others first.
    kept: [usize; 2],
}

impl<'a> Remarks<'a> {
    /// None yet.
    pub const fn new(file: &'a str) -> Self {
        Self {
            file,
            findings: Vec::new(),
            kept: [0; 2],
        }
    }

    /// About a cell.
    pub fn say(
        &mut self,
        severity: Severity,
        code: &'static str,
        cell: &SheetCell<'_>,
        path: &str,
        rule: Message,
        hint: impl Into<Option<Message>>,
    ) {
        let kept = &mut self.kept[usize::from(severity == Severity::Error)];
        if *kept >= MOST {
            return;
        }
        *kept += 1;
        let place = Place {
            file: self.file.into(),
            line: cell.line,
            column: cell.column,
        };
        self.findings.push(Finding {
            code,
            severity,
            path: path.into(),
            place,
            value: cell.shown().as_ref().into(),
            rule,
            hint: hint.into(),
        });
    }

    /// About a cell that stops the table.
    pub fn error(
        &mut self,
        code: &'static str,
        cell: &SheetCell<'_>,
        path: &str,
        rule: Message,
        hint: impl Into<Option<Message>>,
    ) {
        self.say(Severity::Error, code, cell, path, rule, hint);
    }

    /// About the table as a whole.
    pub fn whole(
        &mut self,
        severity: Severity,
        code: &'static str,
        path: &str,
        rule: Message,
        hint: impl Into<Option<Message>>,
    ) {
        self.say(severity, code, &SheetCell::nothing_at(0, 0), path, rule, hint);
    }

    /// The name of a cell: `E3` in a workbook; in a text the same, as a spreadsheet shows it.
    pub fn cell_name(line: usize, column: usize) -> String {
        format!("{}{line}", letters(column))
    }
}
