//! The numbers of a row: each cell in the unit of its column, and all that is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{Content, SheetCell, SheetRow};
use super::measure::{Kind, Measure};
use super::number::{self, NoNumber};
use super::recipe::{ColumnRecipe, NoIs, NumberUnit, RowsAre};
use super::remarks::Remarks;
use super::sheet::Sheet;
use super::words::WORDS;
use crate::scenario::messages;
use crate::scenario::registry::Section;
use crate::scenario::{Group, Severity};
use crate::units::grouped;

/// More schools, learners or teachers than any country has.
const MOST: f64 = 1e9;

/// Something that was met in a column: the first cell, and how often.
#[derive(Clone, Debug)]
pub(super) struct Met {
    /// The first cell.
    pub first: SheetCell<'static>,
    /// Its value.
    pub value: f64,
    /// How often.
    pub count: usize,
}

/// Reads numbers, and keeps what was met.
pub(super) struct Numbers<'a> {
    /// What is to be said.
    pub remarks: Remarks<'a>,
    separator: char,
    rows: RowsAre,
    /// Percent signs, by column.
    percents: BTreeMap<usize, Met>,
    /// Marks between thousands that could have stood before decimals, by column.
    thousands: BTreeMap<usize, Met>,
    /// Numbers of at most 1 in columns of percentages, by column, and the columns that have larger ones.
    small: BTreeMap<usize, Met>,
    large: BTreeSet<usize>,
    /// Marks for no figure, by column and mark.
    pub nothings: BTreeMap<(usize, String), Met>,
}

fn meet<K: Ord>(met: &mut BTreeMap<K, Met>, key: K, cell: &SheetCell<'_>, value: f64) {
    met.entry(key).and_modify(|met| met.count += 1).or_insert_with(|| Met {
        first: cell.kept(),
        value,
        count: 1,
    });
}

/// A number as its unit has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    /// As the measure is, a share from 0 to 1.
    Plain(f64),
    /// So many of a whole.
    CountOf(f64),
}

impl<'a> Numbers<'a> {
    /// Nothing has been met.
    pub fn new(file: &'a str, sheet: &Sheet, rows: RowsAre) -> Self {
        Self {
            remarks: Remarks::new(file),
            separator: sheet.separator,
            rows,
            percents: BTreeMap::new(),
            thousands: BTreeMap::new(),
            small: BTreeMap::new(),
            large: BTreeSet::new(),
            nothings: BTreeMap::new(),
        }
    }

    /// Reads the number of a cell.
    pub fn number(
        &mut self,
        row: &SheetRow<'_>,
        column: usize,
        recipe: &ColumnRecipe,
        measure: Measure,
    ) -> Option<Number> {
        let blank = (recipe.no == NoIs::Blank).then_some(Number::Plain(0.0));
        let Some(cell) = row.cells.get(column) else {
            return blank;
        };
        let name = measure.name();
        let kind = measure.kind();
        let counted = recipe.is_count();
        // Thousands have decimals.
        let whole = counted && recipe.times == 1;
        let (mut value, percent) = match &cell.content {
            Content::Empty => return blank,
            Content::Number(number) => (*number, false),
            Content::Percent(share) => (*share, true),
            Content::Date(number) => {
                let at = Remarks::cell_name(cell.line, column);
                let rule = messages::cell_date(at, cell.shown().as_ref(), grouped(*number));
                self.remarks.error("date", cell, name, rule, messages::cell_date_hint());
                return None;
            }
            Content::Text(text) if WORDS.is_nothing(text) => {
                meet(&mut self.nothings, (column, text.to_string()), cell, 0.0);
                return None;
            }
            Content::Text(text) if recipe.unit == NumberUnit::Words => match WORDS.truth(text) {
                Some(truth) => return Some(Number::Plain(f64::from(u8::from(truth)))),
                None => (
                    self.as_number(text, cell, false, recipe.decimal, (column, name))?.0,
                    false,
                ),
            },
            Content::Text(text) => self.as_number(text, cell, whole, recipe.decimal, (column, name))?,
        };
        if recipe.no == NoIs::Two && (value - 2.0).abs() < 1e-9 {
            value = 0.0;
        }
        if value < 0.0 {
            self.remarks
                .error("negative", cell, name, messages::cell_negative(), None);
            return None;
        }
        if percent {
            if !measure.is_share() {
                self.remarks
                    .error("percentage", cell, name, messages::no_percentage(), None);
                return None;
            }
        } else if counted {
            if !whole {
                value = (value * f64::from(recipe.times)).round();
            }
            if (value - value.round()).abs() > 1e-9 {
                let rule = messages::whole_count(value);
                self.remarks
                    .error("ambiguous-number", cell, name, rule, messages::whole_count_hint());
                return None;
            }
            if value > MOST {
                self.remarks
                    .error("out-of-range", cell, name, messages::cell_range(0.0, MOST), None);
                return None;
            }
            return Some(if kind == Kind::Count {
                Number::Plain(value)
            } else {
                Number::CountOf(value)
            });
        } else if recipe.unit == NumberUnit::Percent {
            if value > 1.5 {
                self.large.insert(column);
            } else if value > 0.0 && value < 1.0 {
                meet(&mut self.small, column, cell, value);
            }
            value /= 100.0;
        }
        if kind == Kind::PerSchool {
            let (least, most) = rule(name);
            // A school may have none of it; a group of schools that have it may not.
            let none = self.rows == RowsAre::Schools && value == 0.0;
            if !none && !(least..=most).contains(&value) {
                self.remarks
                    .error("out-of-range", cell, name, messages::cell_range(least, most), None);
                return None;
            }
        } else if value > 1.0 {
            let hint = if percent || recipe.unit == NumberUnit::Percent {
                messages::above_hundred()
            } else {
                messages::cell_percent(value, value / 100.0)
            };
            self.remarks
                .error("percentage", cell, name, messages::share_runs(), hint);
            return None;
        }
        Some(Number::Plain(value))
    }

    /// A text as a number, and whether a percent sign stood behind it.
    fn as_number(
        &mut self,
        text: &str,
        cell: &SheetCell<'_>,
        counted: bool,
        decimal: Option<char>,
        (column, name): (usize, &str),
    ) -> Option<(f64, bool)> {
        let read = if counted {
            number::count(text, self.separator)
        } else {
            number::number(text, self.separator, decimal).map(|written| (written, false))
        };
        match read {
            Ok((written, doubtful)) => {
                if doubtful {
                    meet(&mut self.thousands, column, cell, written.value);
                }
                if written.percent {
                    meet(&mut self.percents, column, cell, written.value);
                }
                Some((written.value, written.percent))
            }
            Err(problem) => {
                let (code, hint) = match &problem {
                    NoNumber::Ambiguous(thousands, decimal) => {
                        ("ambiguous-number", messages::ambiguous_hint(thousands, decimal))
                    }
                    NoNumber::Text => ("wrong-type", messages::cell_number_hint()),
                };
                self.remarks.error(code, cell, name, problem.message(), hint);
                None
            }
        }
    }

    /// Says how numbers were read that could be read otherwise.
    pub fn say(&mut self, name: impl Fn(usize) -> &'static str) {
        for (column, met) in &self.percents {
            let rule = match met.count {
                1 => messages::by_percent_sign(),
                count => messages::by_percent_sign_more(count - 1),
            };
            self.remarks
                .say(Severity::Note, "percent-sign", &met.first, name(*column), rule, None);
        }
        for (column, met) in &self.thousands {
            let rule = match met.count {
                1 => messages::by_thousands(grouped(met.value)),
                count => messages::by_thousands_more(grouped(met.value), count - 1),
            };
            self.remarks
                .say(Severity::Note, "thousands", &met.first, name(*column), rule, None);
        }
        // 0.5 among percentages is half a per cent, unless somebody wrote a share.
        for (column, met) in self.small.iter().filter(|(column, _)| self.large.contains(column)) {
            let rule = messages::small_percent(met.count);
            let hint = messages::small_percent_hint();
            self.remarks.say(
                Severity::Warning,
                "small-percent",
                &met.first,
                name(*column),
                rule,
                hint,
            );
        }
        for ((column, _), met) in &self.nothings {
            let rule = messages::mark_of_nothing(met.count);
            self.remarks
                .say(Severity::Note, "no-figure", &met.first, name(*column), rule, None);
        }
    }
}

/// Smallest and largest value of a column that is no share, as in the format of scenarios.
fn rule(name: &str) -> (f64, f64) {
    let field = Group::FIELDS.iter().find(|field| field.name == name);
    field.map_or((0.0, MOST), |field| (field.within.0, field.within.1.min(MOST)))
}
