//! Rows added up to groups of schools while they are read: a register of any size is never held.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::cell::{SheetCell, SheetRow};
use super::classes::Classes;
use super::measure::{Kind, Measure, Place, Sex};
use super::numbers::{Number, Numbers};
use super::recipe::{ColumnRecipe, Meaning, Recipe, RowsAre};
use super::row::{RowAside, RowIs, RowOf, RowReader, TotalRow, cell_or_end};
use super::sheet::{KEPT, Sheet};
use super::tally::{Cells, MEASURES, Tally};
use super::understood::FIRST_LINES;
use crate::scenario::findings::any_error;
use crate::scenario::messages;
use crate::scenario::{Country, Level, Locality, Severity};
use crate::units::grouped;

/// Levels of which columns tell, and one more for columns that tell none.
const SLOTS: usize = Level::ALL.len() + 1;
/// The slot of columns that tell no level.
const OF_ROW: usize = SLOTS - 1;

const FIFTHS: [Measure; 5] = [
    Measure::Poorest,
    Measure::Second,
    Measure::Middle,
    Measure::Fourth,
    Measure::Richest,
];

/// Region, locality where it is told, level, size class (0 for none).
pub(super) type Key = (usize, Option<Locality>, Level, usize);

/// What a row counts: place, sex, and smaller places within it.
type Counted = (Key, Option<Sex>, String);

/// A number of a row and its cells.
type Read = Option<(Number, Cells)>;

/// The numbers of a row for one level, or for those that the row names.
#[derive(Clone, Copy, Default)]
struct Slot {
    numbers: [Read; MEASURES],
    girls: Read,
    boys: Read,
}

impl Slot {
    fn get(&self, measure: Measure) -> Read {
        self.numbers[measure as usize]
    }

    /// A number as the measure has it: a count, a share, a number for each school.
    fn plain(&self, measure: Measure) -> Option<f64> {
        match self.get(measure)?.0 {
            Number::Plain(value) => Some(value),
            Number::CountOf(_) => None,
        }
    }

    fn is_empty(&self) -> bool {
        self.numbers.iter().all(Option::is_none) && self.girls.is_none() && self.boys.is_none()
    }
}

/// What was added up.
pub(super) struct Added<'a> {
    /// Sums by region, locality and level.
    pub tallies: BTreeMap<Key, Tally>,
    /// Names of the size classes that were met.
    pub class_names: BTreeMap<(Level, usize), String>,
    /// Rows that were added up.
    pub rows: usize,
    /// Rows that tell no learners.
    pub without_learners: usize,
    /// Rows of several levels that were split.
    pub split: usize,
    /// Rows with levels across whose schools or teachers stand for several of them.
    pub shared: usize,
    /// Counts of schools, or of what stands in them, beside no number of schools: no share can be made of them.
    pub of_no_schools: usize,
    /// The largest row of each region and level, and of the nation's.
    pub largest: BTreeMap<(Option<usize>, Level), Largest>,
    /// Rows that are urban, and the lines of the first of them.
    pub urban: usize,
    pub urban_lines: Vec<usize>,
    /// Learners of each school that tells them, by level, where rows are schools.
    pub sizes: BTreeMap<Level, Vec<f64>>,
    /// Rows left aside, and the lines of the first of them.
    pub aside: BTreeMap<RowAside, (usize, Vec<usize>)>,
    /// The regions, and what was met in rows.
    pub reader: RowReader<'a>,
    /// What is to be said, and what was met in numbers.
    pub numbers: Numbers<'a>,
    /// Rows whose code stands in a row before.
    pub repeated: usize,
    /// Cells without a figure among grades or sexes that are added up, in rows of places.
    pub untold: usize,
}

/// The row with most learners among some.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Largest {
    sum: f64,
    most: f64,
    line: usize,
    rows: usize,
}

impl Largest {
    /// The line of a row that has as many learners as all others together: it is most likely their total.
    pub fn like_a_total(&self) -> Option<usize> {
        (self.rows > 2 && (2.0 * self.most - self.sum).abs() <= 1e-6 * self.sum).then_some(self.line)
    }
}

/// Adds rows up.
pub(super) struct AddUp<'a> {
    recipe: &'a Recipe,
    country: &'a Country,
    below: usize,
    at: usize,
    /// Columns of numbers: position, measure, and the slots in which they count, each with its part.
    columns: Vec<(usize, Measure, Vec<InSlot>)>,
    /// Lines and levels of rows by what they are of: place, sex, and smaller places within it.
    seen: BTreeMap<Counted, (usize, Vec<Level>)>,
    /// Columns of smaller places.
    districts: Vec<usize>,
    /// Whether another column may tell rows of one place and level apart: public and private.
    told_otherwise: bool,
    codes: BTreeSet<u64>,
    /// Whether the school of the row stands in a row before.
    again: bool,
    totals: Vec<(TotalRow, Option<f64>)>,
    classes: Classes,
    /// Whether only the learners of each school are wanted.
    measures: bool,
    /// Cells without a figure of the row that was read last, among grades or sexes that are added up.
    untold: usize,
    added: Added<'a>,
}

impl<'a> AddUp<'a> {
    pub fn new(sheet: &'a Sheet, recipe: &'a Recipe, country: &'a Country, file: &'a str, classes: Classes) -> Self {
        let columns = recipe
            .columns
            .iter()
            .enumerate()
            .filter_map(|(at, column)| match column.meaning {
                Meaning::Number(measure) => Some((at, measure, slots_of(column, recipe, country))),
                _ => None,
            });
        Self {
            recipe,
            country,
            below: recipe.header + recipe.header_rows,
            at: 0,
            columns: columns.collect(),
            seen: BTreeMap::new(),
            districts: (0..recipe.columns.len())
                .filter(|at| {
                    matches!(
                        recipe.columns[*at].meaning,
                        Meaning::Place(Place::District | Place::Ward)
                    )
                })
                .collect(),
            told_otherwise: recipe
                .columns
                .iter()
                .zip(&sheet.columns)
                .any(|(column, seen)| match column.meaning {
                    Meaning::Aside(_) => seen.texts() > 0,
                    meaning => meaning == Meaning::Year && recipe.year.is_none(),
                }),
            codes: BTreeSet::new(),
            again: false,
            totals: Vec::new(),
            classes,
            measures: false,
            untold: 0,
            added: Added {
                tallies: BTreeMap::new(),
                class_names: BTreeMap::new(),
                rows: 0,
                without_learners: 0,
                split: 0,
                shared: 0,
                largest: BTreeMap::new(),
                of_no_schools: 0,
                urban: 0,
                urban_lines: Vec::new(),
                sizes: BTreeMap::new(),
                aside: BTreeMap::new(),
                reader: RowReader::new(sheet, recipe, country),
                numbers: Numbers::new(file, sheet, recipe.rows),
                repeated: 0,
                untold: 0,
            },
        }
    }

    /// Notes the learners of each school and adds nothing up.
    pub fn measuring(mut self) -> Self {
        self.measures = true;
        self
    }

    /// Learners of each school that tells them, by level.
    pub fn sizes(self) -> BTreeMap<Level, Vec<f64>> {
        self.added.sizes
    }

    /// Takes a row into account.
    pub fn row(&mut self, row: &SheetRow<'_>) {
        self.at += 1;
        if self.at <= self.below {
            if self.at <= self.recipe.header {
                self.aside(RowAside::Title, row.line);
            }
            return;
        }
        let is_first = self.at == self.below + 1;
        let is = self.added.reader.row(row, is_first, &mut self.added.numbers.remarks);
        match is {
            RowIs::Aside(why) => self.aside(why, row.line),
            RowIs::Wrong => {
                // What is wrong with its numbers is said as well.
                let [.., slot] = self.slots(row);
                self.required(row, &slot);
            }
            RowIs::Total(total) => {
                let before = self.added.numbers.remarks.findings.len();
                let slots = self.slots(row);
                // What is wrong in a total is wrong with no row.
                self.added.numbers.remarks.findings.truncate(before);
                let learners: Vec<f64> = slots.iter().filter_map(|slot| Some(learners(slot)?.0)).collect();
                self.totals
                    .push((total, (!learners.is_empty()).then(|| learners.iter().sum())));
                self.aside(RowAside::Total, row.line);
            }
            RowIs::Of(of) => self.add(row, &of),
        }
    }

    fn aside(&mut self, why: RowAside, line: usize) {
        let (count, lines) = self.added.aside.entry(why).or_default();
        *count += 1;
        if lines.len() < KEPT {
            lines.push(line);
        }
    }

    /// All numbers of a row.
    fn slots(&mut self, row: &SheetRow<'_>) -> [Slot; SLOTS] {
        let mut slots = [Slot::default(); SLOTS];
        let mut untold = Vec::new();
        for (at, measure, places) in &self.columns {
            let column = &self.recipe.columns[*at];
            let Some(number) = self.added.numbers.number(row, *at, column, *measure) else {
                untold.push((*measure, column.sex, places));
                continue;
            };
            for (at_slot, part) in places {
                let cells = Cells::one(row.line, *at);
                let number = part.of(number, *measure);
                let slot = &mut slots[*at_slot];
                let place = match (measure, column.sex) {
                    (Measure::Learners, Some(Sex::Girls)) => &mut slot.girls,
                    (Measure::Learners, Some(Sex::Boys)) => &mut slot.boys,
                    (measure, _) => &mut slot.numbers[*measure as usize],
                };
                *place = match (*place, number) {
                    // Grades of one level, sexes of teachers.
                    (Some((Number::Plain(before), mut all)), Number::Plain(more)) if measure.kind() == Kind::Count => {
                        all.add(cells);
                        Some((Number::Plain(before + more), all))
                    }
                    _ => Some((number, cells)),
                };
            }
        }
        // Beside other grades or sexes of its level a cell without a figure counts none.
        let told = |slot: &Slot, measure: Measure, sex: Option<Sex>| match (measure, sex) {
            (Measure::Learners, Some(Sex::Girls)) => slot.girls.is_some(),
            (Measure::Learners, Some(Sex::Boys)) => slot.boys.is_some(),
            (measure, _) => measure.kind() == Kind::Count && slot.get(measure).is_some(),
        };
        let of_none = |(measure, sex, places): &&(Measure, Option<Sex>, &Vec<InSlot>)| {
            places.iter().any(|(at, _)| told(&slots[*at], *measure, *sex))
        };
        self.untold = untold.iter().filter(of_none).count();
        for (at, slot) in slots.iter_mut().enumerate() {
            self.both_sexes(row, at, slot);
        }
        slots
    }

    /// Girls alone are not all learners, nor are boys: where the others are not told, neither are the learners. A
    /// register leaves the other sex of a school of one sex empty.
    fn both_sexes(&self, row: &SheetRow<'_>, at: usize, slot: &mut Slot) {
        let missing = match (slot.girls, slot.boys) {
            _ if slot.get(Measure::Learners).is_some() => return,
            (Some(_), None) => Sex::Boys,
            (None, Some(_)) => Sex::Girls,
            _ => return,
        };
        let of_missing = |(column, measure, places): &(usize, Measure, Vec<InSlot>)| {
            let of_slot = *measure == Measure::Learners && places.iter().any(|(slot, _)| *slot == at);
            (of_slot && self.recipe.columns[*column].sex == Some(missing)).then_some(*column)
        };
        let mut columns = self.columns.iter().filter_map(of_missing).peekable();
        let is_told = columns.peek().is_some()
            && self.recipe.rows == RowsAre::Schools
            && columns.all(|column| row.cells.get(column).is_none_or(SheetCell::is_empty));
        if !is_told {
            (slot.girls, slot.boys) = (None, None);
        }
    }

    fn add(&mut self, row: &SheetRow<'_>, of: &RowOf) {
        let slots = self.slots(row);
        let first = row
            .cells
            .first()
            .map_or_else(|| SheetCell::nothing_at(row.line, 1), SheetCell::kept);
        if slots[..OF_ROW].iter().all(Slot::is_empty) {
            let [.., slot] = &slots;
            self.once(row, of, &of.levels, &first);
            let known = self.required(row, slot);
            if !known {
                return;
            }
            self.check(row, slot, &first);
            if self.recipe.rows == RowsAre::Groups && learners(slot).is_some_and(|(learners, _)| learners <= 0.0) {
                self.aside(RowAside::NoLearners, row.line);
                let rule = messages::row_without_learners();
                let remarks = &mut self.added.numbers.remarks;
                remarks.say(Severity::Warning, "no-learners", &first, "learners", rule, None);
                return;
            }
            let parts = parts(&of.levels, self.recipe.rows, self.country);
            self.added.split += usize::from(parts.len() > 1);
            self.added.without_learners += usize::from(learners(slot).is_none());
            for (level, part) in of.levels.clone().into_iter().zip(parts) {
                self.tally(of, level, slot, part);
            }
        } else {
            // What tells no level is of all levels of the row: shares hold in each, counts are shared among them.
            let [levels @ .., common] = &slots;
            let own: Vec<Level> = Level::ALL
                .iter()
                .copied()
                .filter(|level| !levels[*level as usize].is_empty())
                .collect();
            self.once(row, of, &own, &first);
            self.added.split += usize::from(self.columns.iter().any(|(.., places)| places.len() > 1));
            let is_school = self.recipe.rows == RowsAre::Schools;
            let there: Vec<Level> = own
                .into_iter()
                .filter(|level| learners(&levels[*level as usize]).is_none_or(|(learners, _)| learners > 0.0))
                .collect();
            let counts = |measure: Measure| common.get(measure).is_some();
            self.added.shared +=
                usize::from(there.len() > 1 && (is_school || counts(Measure::Schools) || counts(Measure::Teachers)));
            for (level, part) in there.iter().copied().zip(self.parts_of(&there, levels)) {
                let mut slot = levels[level as usize];
                // A school's own count of schools is shared when it is added up.
                let of_row = if is_school { Part { schools: 1.0, ..part } } else { part };
                for ((number, common), measure) in slot.numbers.iter_mut().zip(common.numbers).zip(Measure::ALL) {
                    *number = number.or_else(|| common.map(|(number, cells)| (of_row.of(number, *measure), cells)));
                }
                self.check(row, &slot, &first);
                let schools = if is_school { part.schools } else { 1.0 };
                self.tally(of, level, &slot, Part { schools, ..Part::WHOLE });
            }
        }
        self.added.rows += 1;
        if self.recipe.rows == RowsAre::Groups {
            self.added.untold += self.untold;
        }
        if of.locality == Some(Locality::Urban) {
            self.added.urban += 1;
            if self.added.urban_lines.len() < FIRST_LINES {
                self.added.urban_lines.push(row.line);
            }
        }
    }

    /// Whether a row has what it must have; what is missing is said.
    fn required(&mut self, row: &SheetRow<'_>, slot: &Slot) -> bool {
        if self.recipe.rows == RowsAre::Schools {
            return true;
        }
        let mut whole = true;
        for measure in [Measure::Schools, Measure::Learners] {
            let own = |(at, own, places): &(usize, Measure, Vec<InSlot>)| {
                (*own == measure && places[0].0 == OF_ROW).then(|| cell_or_end(row, *at))
            };
            let cells: Vec<SheetCell<'_>> = self.columns.iter().filter_map(own).collect();
            let known = match measure {
                Measure::Learners => learners(slot).is_some(),
                _ => slot.get(measure).is_some(),
            };
            if cells.is_empty() || known {
                continue;
            }
            whole = false;
            let remarks = &mut self.added.numbers.remarks;
            // What is no number has been said.
            if let Some(cell) = cells.iter().find(|cell| cell.is_empty()) {
                remarks.error("missing-value", cell, measure.name(), messages::empty_cell(), None);
            } else if let Some(cell) = cells.iter().find(|cell| super::words::WORDS.is_nothing(&cell.shown())) {
                let rule = messages::row_without_learners();
                remarks.say(Severity::Warning, "no-learners", cell, measure.name(), rule, None);
            }
        }
        whole
    }

    /// Whether the place and level have been met, where nothing tells rows apart; the same code twice is counted.
    fn once(&mut self, row: &SheetRow<'_>, of: &RowOf, levels: &[Level], first: &SheetCell<'_>) {
        let code = self.recipe.column(Meaning::Code).and_then(|at| row.cells.get(at));
        if let Some(code) = code.filter(|code| !code.is_empty() && self.recipe.rows == RowsAre::Schools) {
            let mut hasher = DefaultHasher::new();
            code.shown().hash(&mut hasher);
            levels.hash(&mut hasher);
            of.sex.map(|sex| sex as usize).hash(&mut hasher);
            let again = !self.codes.insert(hasher.finish());
            self.added.repeated += usize::from(again);
            self.again = again && self.recipe.several_rows;
        }
        let by_district = !self.districts.is_empty();
        let tells_apart = self.added.reader.tells_apart();
        let codes = self
            .recipe
            .column(Meaning::Code)
            .or(self.recipe.column(Meaning::School));
        if self.recipe.rows == RowsAre::Schools || codes.is_some() || (tells_apart && !by_district) {
            return;
        }
        let shown = |at: &usize| row.cells.get(*at).map(|cell| cell.shown().into_owned());
        let within: Vec<String> = self.districts.iter().filter_map(shown).collect();
        for level in levels {
            let key = ((of.place, of.locality, *level, of.class), of.sex, within.join("/"));
            let before = self.seen.get(&key);
            // Rows of one district may be of public and private schools; a level beside a part of it counts twice.
            let apart = |before: &[Level]| by_district && self.told_otherwise && before == levels;
            if let Some((line, before)) = before.filter(|(_, before)| !apart(before)) {
                let name = self.added.reader.places.name(of.place);
                let rule = match of.locality {
                    Some(locality) => messages::duplicate_row(name, locality, *level, *line),
                    None => messages::duplicate_region(name, *level, *line),
                };
                let hint = if before == levels {
                    messages::duplicate_row_hint()
                } else {
                    messages::keep_one()
                };
                self.added
                    .numbers
                    .remarks
                    .error("duplicate-row", first, "region", rule, hint);
            } else {
                self.seen.insert(key, (row.line, levels.to_vec()));
            }
        }
    }

    /// Parts of what a row tells of all its levels. A school that teaches several is one school, and its parts are as large as
    /// it says; a place's are as the nation's, and so are those of a school that tells its learners of none.
    fn parts_of(&self, own: &[Level], levels: &[Slot]) -> Vec<Part> {
        let told = |level: &Level| learners(&levels[*level as usize]).map_or(0.0, |(learners, _)| learners);
        let all: f64 = own.iter().map(told).sum();
        if self.recipe.rows != RowsAre::Schools || own.len() == 1 || all <= 0.0 {
            return parts(own, self.recipe.rows, self.country);
        }
        let part = |level: &Level| {
            let share = told(level) / all;
            Part {
                schools: share,
                learners: share,
                teachers: share,
            }
        };
        own.iter().map(part).collect()
    }

    /// Adds the numbers of a row for one level.
    fn tally(&mut self, of: &RowOf, level: Level, slot: &Slot, part: Part) {
        let size = learners(slot).map(|(learners, _)| learners * part.learners);
        if self.recipe.rows == RowsAre::Schools {
            self.added.sizes.entry(level).or_default().extend(size);
        }
        if self.measures {
            return;
        }
        let class = of.class.max(self.classes.class(level, size));
        let key = (of.place, of.locality, level, class);
        let tally = self.added.tallies.entry(key).or_default();
        let is_school = self.recipe.rows == RowsAre::Schools;
        // A row that counts one sex only says again how many schools there are.
        let again = of.sex == Some(Sex::Boys) || self.again;
        let told = slot.plain(Measure::Schools).or(is_school.then_some(1.0));
        let schools = told.map(|schools| schools * part.schools);
        if let (Some(schools), false) = (schools, again) {
            let cells = slot
                .get(Measure::Schools)
                .map_or_else(Cells::default, |(_, cells)| cells);
            tally.sum(Measure::Schools).add(schools, 1.0, cells);
        }
        let learners = learners(slot).map(|(learners, cells)| (learners * part.learners, cells));
        if let (Some((learners, cells)), false) = (learners, is_school) {
            for scope in [Some(of.place), None] {
                let seen = self.added.largest.entry((scope, level)).or_default();
                seen.sum += learners;
                seen.rows += 1;
                if learners > seen.most {
                    (seen.most, seen.line) = (learners, cells.first.0);
                }
            }
        }
        if let Some((learners, cells)) = learners {
            tally.sum(Measure::Learners).add(learners, 1.0, cells);
        } else {
            tally.without_learners += schools.filter(|_| !self.again).unwrap_or(0.0);
        }
        if let Some((Number::Plain(teachers), cells)) = slot.get(Measure::Teachers) {
            tally.sum(Measure::Teachers).add(teachers * part.teachers, 1.0, cells);
        }
        if let Some((learners, _)) = learners {
            let girls = match (slot.girls, of.sex) {
                (Some((Number::Plain(girls), cells)), _) => Some((girls * part.learners, cells)),
                (None, Some(sex)) => Some((if sex == Sex::Girls { learners } else { 0.0 }, Cells::default())),
                _ => None,
            };
            if let Some((girls, cells)) = girls {
                tally.sum(Measure::Girls).add(girls, learners, cells);
            }
        }
        let national = equipped_share(self.country, level, of.locality);
        // Where schools are not told, learners stand for them.
        let weight = schools.or(learners.map(|(learners, _)| learners)).unwrap_or(1.0);
        for measure in Measure::ALL.iter().copied() {
            let Some((number, cells)) = slot.get(measure) else {
                continue;
            };
            let of_learners = learners.map_or(0.0, |(learners, _)| learners);
            let of_schools = matches!(measure.kind(), Kind::OfSchools | Kind::PerSchool);
            if of_schools && schools.is_none() && matches!(number, Number::CountOf(_)) {
                self.added.of_no_schools += 1;
                continue;
            }
            match (measure.kind(), number) {
                (Kind::OfSchools, Number::Plain(share)) => tally.sum(measure).add(share * weight, weight, cells),
                (Kind::OfSchools, Number::CountOf(count)) => {
                    tally.sum(measure).add(count * part.schools, weight, cells);
                }
                (Kind::OfLearners, Number::Plain(share)) => {
                    tally.sum(measure).add(share * of_learners, of_learners, cells);
                }
                (Kind::OfLearners, Number::CountOf(count)) => {
                    tally.sum(measure).add(count * part.learners, of_learners, cells);
                }
                (Kind::PerSchool, Number::Plain(value)) if is_school && measure == Measure::Devices => {
                    equipped(tally, value, slot, cells);
                }
                (Kind::PerSchool, Number::Plain(value)) => tally.sum(measure).add(value * weight, weight, cells),
                (Kind::PerSchool, Number::CountOf(count)) if is_school => equipped(tally, count, slot, cells),
                (Kind::PerSchool, Number::CountOf(count)) => {
                    let equipped = match slot.get(Measure::Computers) {
                        Some((Number::Plain(share), _)) => weight * share,
                        Some((Number::CountOf(equipped), _)) => equipped * part.schools,
                        None => weight * national,
                    };
                    tally.sum(measure).add(count * part.schools, equipped, cells);
                }
                (Kind::Count, _) => {}
            }
        }
    }

    /// Checks of one row's numbers against one another.
    fn check(&mut self, row: &SheetRow<'_>, slot: &Slot, first: &SheetCell<'_>) {
        let cell = |measure: Measure| {
            let column = slot.get(measure).map(|(_, cells)| cells.first.1);
            column.map_or_else(|| first.kept(), |column| cell_or_end(row, column))
        };
        let remarks = &mut self.added.numbers.remarks;
        let schools = slot.plain(Measure::Schools);
        if schools == Some(0.0) && learners(slot).is_some_and(|(learners, _)| learners > 0.0) {
            let (rule, hint) = (messages::row_zero_schools(), messages::zero_schools_hint());
            remarks.error("zero-schools", &cell(Measure::Schools), "schools", rule, hint);
        }
        let people = learners(slot).map(|(learners, _)| learners);
        for measure in Measure::ALL.iter().copied() {
            let Some((Number::CountOf(count), _)) = slot.get(measure) else {
                continue;
            };
            let whole = match measure.kind() {
                Kind::OfSchools => schools.or((self.recipe.rows == RowsAre::Schools).then_some(1.0)),
                Kind::OfLearners => people,
                _ => None,
            };
            if let Some(whole) = whole.filter(|whole| count > *whole) {
                let rule = messages::part_above_whole(grouped(count), grouped(whole));
                remarks.error(
                    "more-than-all",
                    &cell(measure),
                    measure.name(),
                    rule,
                    messages::part_above_whole_hint(),
                );
            }
        }
        if let (Some((Number::Plain(girls), cells)), Some(people)) = (slot.girls, people)
            && girls > people
        {
            let at = cell_or_end(row, cells.first.1);
            let rule = messages::part_above_whole(grouped(girls), grouped(people));
            remarks.error("more-than-all", &at, "girls", rule, messages::part_above_whole_hint());
        }
        let total = |measures: &[Measure]| measures.iter().filter_map(|measure| slot.plain(*measure)).sum::<f64>();
        let ways = [Measure::Cellular, Measure::Fibre, Measure::Wireless, Measure::Satellite];
        let named = |measures: &[Measure]| {
            measures
                .iter()
                .map(|measure| measure.name())
                .collect::<Vec<_>>()
                .join(", ")
        };
        for (measures, what) in [(&[Measure::Grid, Measure::Solar][..], "grid"), (&ways[..], "internet")] {
            if total(measures) > 1.000_001 {
                let rule = messages::adds_up(named(measures), format!("{:.3}", total(measures)));
                remarks.error("shares-sum", &cell(measures[0]), what, rule, messages::adds_up_hint());
            }
        }
        for (whole, parts) in [
            (Measure::Power, &[Measure::Grid, Measure::Solar][..]),
            (Measure::Internet, &ways[..]),
        ] {
            if let Some(all) = slot.plain(whole)
                && total(parts) > all + 0.005
            {
                let rule = messages::adds_up_above(named(parts), format!("{:.3}", total(parts)), whole.name());
                remarks.error("shares-sum", &cell(whole), whole.name(), rule, None);
            }
        }
        let given: Vec<f64> = FIFTHS.iter().filter_map(|fifth| slot.plain(*fifth)).collect();
        if !given.is_empty() && (given.len() < 5 || (given.iter().sum::<f64>() - 1.0).abs() > 0.005) {
            let (rule, hint) = (messages::five_fifths(), messages::five_fifths_hint());
            remarks.error("shares-sum", &cell(Measure::Poorest), "poorest", rule, hint);
        }
    }

    /// What was added up. Totals are held against their rows.
    pub fn end(mut self) -> Added<'a> {
        if self.at <= self.below {
            let rule = messages::no_rows();
            self.added
                .numbers
                .remarks
                .whole(Severity::Error, "empty-table", "", rule, None);
        }
        for (.., level, class) in self.added.tallies.keys() {
            let told = class.checked_sub(1).and_then(|at| self.added.reader.told.get(at));
            let name = told.map_or_else(|| self.classes.name(*level, *class), Clone::clone);
            self.added.class_names.insert((*level, *class), name);
        }
        let columns = &self.recipe.columns;
        self.added
            .numbers
            .say(|at| columns[at].meaning.name().unwrap_or_default());
        let like: BTreeSet<usize> = self.added.largest.values().filter_map(Largest::like_a_total).collect();
        for line in like {
            let remarks = &mut self.added.numbers.remarks;
            let (rule, hint) = (messages::row_like_total(), messages::row_like_total_hint());
            let cell = SheetCell::nothing_at(line, 1);
            remarks.say(Severity::Warning, "row-like-total", &cell, "learners", rule, Some(hint));
        }
        // Sums say nothing while rows or cells are missing.
        if !any_error(&self.added.numbers.remarks.findings) {
            for (total, learners) in std::mem::take(&mut self.totals) {
                let learners = learners.filter(|_| !total.is_mean);
                self.held(&total, learners);
            }
        }
        self.added
    }

    /// Compares a row of totals with the rows that it adds up.
    fn held(&mut self, total: &TotalRow, learners: Option<f64>) {
        let places = &self.added.reader.places;
        let place = total.region.as_deref().map(|region| places.known(region));
        let part = |key: &Key| {
            place.is_none_or(|place| place == Some(key.0))
                && total.locality.is_none_or(|locality| key.1 == Some(locality))
                && total.levels.as_ref().is_none_or(|levels| levels.contains(&key.2))
        };
        let tallies = self.added.tallies.iter().filter(|(key, _)| part(key));
        let sum: f64 = tallies
            .map(|(_, tally)| tally.sums[Measure::Learners as usize].value)
            .sum();
        let remarks = &mut self.added.numbers.remarks;
        match learners {
            Some(written) if (written - sum).abs() > 0.5 => {
                let (rule, hint) = (
                    messages::wrong_total(grouped(written), grouped(sum)),
                    messages::wrong_total_hint(),
                );
                remarks.say(Severity::Warning, "wrong-total", &total.at, "learners", rule, hint);
            }
            _ => remarks.say(Severity::Note, "total-row", &total.at, "", messages::total_row(), None),
        }
    }
}

/// A slot in which a column counts, and with which part.
type InSlot = (usize, Part);

/// The part of a row that belongs to one of its levels.
#[derive(Clone, Copy)]
struct Part {
    schools: f64,
    learners: f64,
    teachers: f64,
}

impl Part {
    const WHOLE: Self = Self {
        schools: 1.0,
        learners: 1.0,
        teachers: 1.0,
    };

    /// The part of a number: of counts so much of them, of shares and what each school has all.
    fn of(self, number: Number, measure: Measure) -> Number {
        let part = match measure {
            Measure::Learners => self.learners,
            Measure::Teachers => self.teachers,
            measure if measure.kind() == Kind::OfLearners => self.learners,
            _ => self.schools,
        };
        match number {
            Number::Plain(count) if measure.kind() == Kind::Count => Number::Plain(count * part),
            Number::CountOf(count) => Number::CountOf(count * part),
            same @ Number::Plain(_) => same,
        }
    }
}

/// Where the numbers of a column count: in the levels that it names, each with its part, or in those of the row.
fn slots_of(column: &ColumnRecipe, recipe: &Recipe, country: &Country) -> Vec<InSlot> {
    let levels: Vec<Level> = column.levels.iter().map(|level| level.0).collect();
    if levels.is_empty() {
        return vec![(OF_ROW, Part::WHOLE)];
    }
    let parts = parts(&levels, recipe.rows, country);
    levels.iter().map(|level| *level as usize).zip(parts).collect()
}

/// Parts of a number that belong to each of its levels: as the nation is, where there are several.
fn parts(levels: &[Level], rows: RowsAre, country: &Country) -> Vec<Part> {
    if levels.len() == 1 {
        return vec![Part::WHOLE];
    }
    let national = |level: &Level| {
        let known = country.levels.iter().find(|known| known.level == *level);
        let schools = country.groups.iter().filter(|group| group.level == *level);
        Part {
            schools: schools.map(|group| group.schools.value).sum(),
            learners: known.map_or(0.0, |known| known.learners.value),
            teachers: known.map_or(0.0, |known| known.teachers.value),
        }
    };
    let all: Vec<Part> = levels.iter().map(national).collect();
    let sum = |of: fn(&Part) -> f64| all.iter().map(of).sum::<f64>().max(f64::MIN_POSITIVE);
    let (schools, learners, teachers) = (sum(|p| p.schools), sum(|p| p.learners), sum(|p| p.teachers));
    let part = |part: &Part| Part {
        // A school that teaches several levels is one school, with one link: its parts are as large as it is.
        schools: if rows == RowsAre::Schools {
            part.learners / learners
        } else {
            part.schools / schools
        },
        learners: part.learners / learners,
        teachers: part.teachers / teachers,
    };
    all.iter().map(part).collect()
}

/// Learners of a slot: as told, or both sexes.
fn learners(slot: &Slot) -> Option<(f64, Cells)> {
    let plain = |read: Read| match read? {
        (Number::Plain(value), cells) => Some((value, cells)),
        _ => None,
    };
    plain(slot.get(Measure::Learners)).or_else(|| match (plain(slot.girls), plain(slot.boys)) {
        (Some((girls, mut cells)), Some((boys, more))) => {
            cells.add(more);
            Some((girls + boys, cells))
        }
        (one, other) => one.or(other),
    })
}

/// The part of the nation's schools of a level that are equipped, which stands where the table does not tell it: all devices of
/// the table are in these.
fn equipped_share(country: &Country, level: Level, locality: Option<Locality>) -> f64 {
    let share = |locality: Option<Locality>| {
        let own = country
            .groups
            .iter()
            .filter(|group| group.level == level && locality.is_none_or(|locality| locality == group.locality));
        let (schools, equipped) = own.fold((0.0, 0.0), |(schools, equipped), group| {
            let own = group.schools.value;
            (schools + own, equipped + own * group.equipped.value)
        });
        (equipped > 0.0).then(|| equipped / schools)
    };
    share(locality).or_else(|| share(None)).unwrap_or(1.0)
}

/// A school with so many devices: equipped if it has any.
fn equipped(tally: &mut Tally, devices: f64, slot: &Slot, cells: Cells) {
    let has = f64::from(u8::from(devices > 0.0));
    if slot.get(Measure::Computers).is_none() {
        tally.sum(Measure::Computers).add(has, 1.0, cells);
    }
    tally.sum(Measure::Devices).add(devices, has, cells);
}
