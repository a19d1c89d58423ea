//! What was assumed of a sheet and what a person is asked, in sentences with their counts; each answer changes the recipe.

use super::add_up::Added;
use super::cell::{SheetRow, letters};
use super::measure::{Kind, Measure, Place};
use super::recipe::{Aside, ColumnRecipe, LevelSet, LocalityBy, Meaning, NoIs, NumberUnit, Recipe, RowsAre, Sure};
use super::row::URBAN;
use super::share_out::Filled;
use super::sheet::Sheet;
use super::tally::{GroupRow, Tally};
use super::titles::{self, Titled};
use crate::data::{Pack, baseline};
use crate::scenario::messages::{self, Message};
use crate::scenario::{Country, Level};
use crate::units::grouped;

/// Rows of a question that are pointed at.
pub(super) const FIRST_LINES: usize = 5;

/// A question to a person. The answer that is marked holds if none is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What is asked, with its counts.
    pub text: Message,
    /// What speaks for the proposal.
    pub evidence: Message,
    /// The column that it is about.
    pub column: Option<usize>,
    /// Lines of the first rows that it is about.
    pub lines: Vec<usize>,
    /// Two or three answers.
    pub answers: Vec<Answer>,
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What it says.
    pub text: Message,
    /// What it changes.
    pub change: Change,
    /// Whether the recipe is as it says.
    pub holds: bool,
}

/// A change of a recipe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// The unit of a column.
    Unit(usize, NumberUnit),
    /// The levels of rows that name none.
    Level(LevelSet),
    /// How urban and rural are told.
    Locality(LocalityBy),
    /// What a column counts: so many schools with computers, or so many computers.
    Counts(usize, Measure),
    /// What says no in a column.
    No(usize, NoIs),
    /// Whether columns that say for whom and not what count learners.
    Learners(bool),
    /// With what counts are multiplied of which a title says so.
    Times(u32),
    /// Whether names that differ in capitals, accents and signs are one place.
    OneSpelling(bool),
}

impl Recipe {
    /// Reads as an answer says.
    pub fn change(&mut self, change: Change) {
        match change {
            Change::Unit(column, unit) => {
                if let Some(column) = self.columns.get_mut(column) {
                    column.unit = unit;
                    column.sure = Sure::Sure;
                }
            }
            Change::Level(levels) => self.level = Some(levels),
            Change::Counts(column, measure) => {
                if let Some(column) = self.columns.get_mut(column) {
                    column.meaning = Meaning::Number(measure);
                    column.unit = NumberUnit::CountOf;
                    column.no = NoIs::Said;
                    column.sure = Sure::Sure;
                }
            }
            Change::No(column, no) => {
                if let Some(column) = self.columns.get_mut(column) {
                    column.no = no;
                    column.sure = Sure::Sure;
                }
            }
            Change::Learners(are) => {
                for column in self.columns.iter_mut().filter(|column| are_learners_asked(column)) {
                    column.sure = Sure::Sure;
                    if !are {
                        column.meaning = Meaning::Aside(Aside::ByHand);
                    }
                }
            }
            Change::Locality(locality) => self.locality = locality,
            Change::Times(times) => {
                let asked = |column: &&mut ColumnRecipe| column.is_count_asked();
                self.columns
                    .iter_mut()
                    .filter(asked)
                    .for_each(|column| column.times = times);
            }
            Change::OneSpelling(one) => self.one_spelling = one,
        }
    }
}

/// A number of a level in the sheet and as it is published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelSum {
    /// The level.
    pub level: Level,
    /// What is counted.
    pub measure: Measure,
    /// In the sheet, as it is; none where it tells nothing.
    pub table: Option<f64>,
    /// Published.
    pub published: Option<f64>,
    /// The year of what is published.
    pub year: Option<i32>,
    /// What the country assumes where nothing is published.
    pub assumed: Option<f64>,
}

/// What was assumed, and of how many rows, schools or cells.
pub(super) fn assumed(recipe: &Recipe, added: &Added<'_>, filled: &Filled) -> Vec<Message> {
    let mut said = Vec::new();
    let count = |number: usize| grouped(number_of(number));
    if let Some(levels) = recipe.level.map(LevelSet::levels) {
        said.push(match levels[..] {
            [first, .., last] => messages::assumed_levels(first, last, count(added.rows)),
            _ => messages::assumed_level(levels[0], count(added.rows)),
        });
    }
    if added.untold > 0 {
        said.push(messages::assumed_untold(count(added.untold)));
    }
    if added.of_no_schools > 0 {
        said.push(messages::assumed_no_schools(count(added.of_no_schools)));
    }
    if added.shared > 0 {
        said.push(messages::assumed_shared(count(added.shared)));
    }
    if added.split > 0 {
        said.push(messages::assumed_split(count(added.split)));
    }
    match recipe.locality {
        LocalityBy::Council => said.push(messages::assumed_council(count(added.rows))),
        LocalityBy::DistrictType => said.push(messages::assumed_district_type(count(added.rows))),
        LocalityBy::Density => said.push(messages::assumed_density(count(added.rows), grouped(URBAN))),
        LocalityBy::Nation => said.push(messages::assumed_nation(count(filled.shared))),
        LocalityBy::Column => {}
    }
    let headers = |of: &dyn Fn(&ColumnRecipe) -> bool| {
        let own = recipe.columns.iter().filter(|column| column.is_count() && of(column));
        own.map(|column| column.header.as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut times: Vec<u32> = recipe.columns.iter().map(|column| column.times).collect();
    times.sort_unstable();
    times.dedup();
    for times in times.into_iter().filter(|times| *times != 1) {
        let names = headers(&|column| column.times == times);
        said.push(messages::assumed_times(grouped(f64::from(times)), names));
    }
    let run = headers(&|column| column.sector.is_some());
    if !run.is_empty() {
        said.push(messages::assumed_sectors(run));
    }
    if added.reader.filled_down > 0 {
        said.push(messages::assumed_filled_down(count(added.reader.filled_down)));
    }
    if filled.without_schools > 0 {
        said.push(messages::assumed_schools(count(filled.without_schools)));
    }
    if added.without_learners > 0 {
        said.push(messages::assumed_learners(count(added.without_learners)));
    }
    if recipe.rows == RowsAre::Schools {
        for measure in Measure::ALL.iter().copied().filter(|measure| measure.is_share()) {
            let sum =
                |of: fn(&Tally, Measure) -> f64| added.tallies.values().map(|tally| of(tally, measure)).sum::<f64>();
            let told = sum(|tally, measure| tally.sums[measure as usize].of);
            let all = sum(|tally, measure| match measure.kind() {
                Kind::OfLearners => tally.sums[Measure::Learners as usize].value,
                _ => tally.sums[Measure::Schools as usize].value,
            });
            if told > 0.0 && all - told > 0.5 {
                said.push(messages::assumed_share(measure.name(), grouped(all - told)));
            }
        }
    }
    if !added.reader.outside.is_empty() {
        let rows: usize = added.reader.outside.values().sum();
        let names: Vec<&str> = added.reader.outside.keys().take(12).map(String::as_str).collect();
        said.push(messages::assumed_outside(count(rows), names.join(", ")));
    }
    let nothings: usize = added.numbers.nothings.values().map(|met| met.count).sum();
    if nothings > 0 {
        let mut marks: Vec<&str> = added.numbers.nothings.keys().map(|(_, mark)| mark.as_str()).collect();
        marks.sort_unstable();
        marks.dedup();
        said.push(messages::assumed_nothings(count(nothings), marks.join(" ")));
    }
    if added.repeated > 0 {
        let repeated = count(added.repeated);
        said.push(if recipe.several_rows {
            messages::assumed_again(repeated)
        } else {
            messages::assumed_repeated(repeated)
        });
    }
    said
}

#[allow(clippy::cast_precision_loss)]
fn number_of(count: usize) -> f64 {
    count as f64
}

/// What a person is asked.
pub(super) fn questions(sheet: &Sheet, recipe: &Recipe, added: &Added<'_>, country: &Country) -> Vec<Question> {
    let mut asked = Vec::new();
    for (at, column) in recipe.columns.iter().enumerate() {
        if column.sure != Sure::Asks {
            continue;
        }
        match column.meaning {
            Meaning::Number(_) if column.no != NoIs::Said => asked.push(no(at, column, sheet, recipe)),
            Meaning::Number(Measure::Devices) => asked.push(unit(at, column, Measure::Devices, sheet, recipe)),
            Meaning::Number(measure) if measure.is_share() => asked.push(unit(at, column, measure, sheet, recipe)),
            _ => {}
        }
    }
    let in_thousands = titles::times(sheet, &country.iso3);
    asked.extend(in_thousands.is_none().then(|| learners(sheet, recipe)).flatten());
    if let Some(level) = recipe.level.filter(|_| recipe.column(Meaning::Level).is_none()) {
        let each = country.levels.iter().filter_map(|own| LevelSet::of(&[own.level]));
        let titled = match titles::levels(sheet, &country.iso3) {
            Titled::Levels(set) | Titled::Several(set) if set.levels().len() > 1 => Some(set),
            _ => None,
        };
        let all = level.levels();
        let answers = each.chain(titled).map(|set| Answer {
            text: match set.levels()[..] {
                [first, .., last] => messages::answer_levels(first, last),
                _ => set.levels()[0].message(),
            },
            change: Change::Level(set),
            holds: set == level,
        });
        asked.push(Question {
            text: messages::ask_level(grouped(number_of(added.rows))),
            evidence: match all[..] {
                [first, .., last] => messages::ask_levels_evidence(first, last),
                _ => messages::ask_level_evidence(all[0]),
            },
            column: None,
            lines: lines(sheet, recipe, |_| true),
            answers: answers.collect(),
        });
    }
    if let LocalityBy::Council | LocalityBy::DistrictType | LocalityBy::Density = recipe.locality {
        let counted = (grouped(number_of(added.urban)), grouped(number_of(added.rows)));
        let answer = |text: Message, locality: LocalityBy| Answer {
            text,
            change: Change::Locality(locality),
            holds: recipe.locality == locality,
        };
        asked.push(Question {
            text: match recipe.locality {
                LocalityBy::Density => messages::ask_density(grouped(URBAN), counted.0, counted.1),
                LocalityBy::DistrictType => messages::ask_district_type(counted.0, counted.1),
                _ => messages::ask_council(counted.0, counted.1),
            },
            evidence: messages::ask_council_evidence(),
            column: recipe.column(Meaning::Place(Place::District)),
            lines: added.urban_lines.clone(),
            answers: vec![
                answer(messages::answer_yes(), recipe.locality),
                answer(messages::answer_nation(), LocalityBy::Nation),
            ],
        });
    }
    if let Some(times) = in_thousands
        && let Some(at) = recipe.columns.iter().position(ColumnRecipe::is_count_asked)
    {
        let own = || recipe.columns.iter().filter(|column| column.is_count_asked());
        let names: Vec<&str> = own().map(|column| column.header.as_str()).collect();
        let learners = Measure::Learners as usize;
        let sum: f64 = added.tallies.values().map(|tally| tally.sums[learners].value).sum();
        let published: f64 = country.levels.iter().map(|level| level.learners.value).sum();
        let answer = |text: Message, times: u32| Answer {
            text,
            change: Change::Times(times),
            holds: own().all(|column| column.times == times),
        };
        asked.push(Question {
            text: messages::ask_times(names.join(", "), grouped(f64::from(times))),
            evidence: messages::ask_times_evidence(grouped(sum), grouped(published)),
            column: Some(at),
            lines: lines(sheet, recipe, |_| true),
            answers: vec![
                answer(messages::answer_times(grouped(f64::from(times))), times),
                answer(messages::answer_as_it_stands(), 1),
            ],
        });
    }
    let several: Vec<&[(String, usize)]> = added.reader.places.several().collect();
    if !several.is_empty() {
        let spelt = |spellings: &&[(String, usize)]| {
            let names = spellings
                .iter()
                .map(|(name, times)| format!("{name} ({})", grouped(number_of(*times))));
            names.collect::<Vec<_>>().join(" = ")
        };
        let names: Vec<String> = several.iter().take(5).map(spelt).collect();
        let answer = |text: Message, one: bool| Answer {
            text,
            change: Change::OneSpelling(one),
            holds: recipe.one_spelling == one,
        };
        let region = recipe.column(Meaning::Place(Place::Region));
        // One row of each spelling of the places that are named, the rarest first.
        let mut spelt: Vec<&(String, usize)> = several.iter().take(5).flat_map(|spellings| spellings.iter()).collect();
        spelt.sort_by_key(|(_, times)| *times);
        let first = |(name, _): &(String, usize)| {
            let cell = |row: &SheetRow<'_>| row.cells.get(region?).map(|cell| cell.shown() == *name);
            lines(sheet, recipe, |row| cell(row) == Some(true)).first().copied()
        };
        asked.push(Question {
            lines: spelt.into_iter().filter_map(first).take(FIRST_LINES).collect(),
            text: messages::ask_spelling(names.join("; "), several.len()),
            evidence: messages::ask_spelling_evidence(),
            column: region,
            answers: vec![
                answer(messages::answer_one(), true),
                answer(messages::answer_two(), false),
            ],
        });
    }
    asked
}

/// Lines of the first rows below the header, of those that are kept, that are wanted.
fn lines(sheet: &Sheet, recipe: &Recipe, wanted: impl Fn(&SheetRow<'_>) -> bool) -> Vec<usize> {
    let below = sheet.upper.iter().skip(recipe.header + recipe.header_rows);
    let wanted = below.filter(|row| row.filled() > 1 && wanted(row));
    wanted.take(FIRST_LINES).map(|row| row.line).collect()
}

/// Whether it is asked if a column counts learners.
fn are_learners_asked(column: &ColumnRecipe) -> bool {
    column.meaning == Meaning::Number(Measure::Learners) && column.sure == Sure::Asks
}

/// Whether columns that do not say what they count, with small numbers, count learners.
fn learners(sheet: &Sheet, recipe: &Recipe) -> Option<Question> {
    let own = || {
        recipe
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| are_learners_asked(column))
    };
    let names: Vec<&str> = own().map(|(_, column)| column.header.as_str()).collect();
    let (column, _) = own().next()?;
    let most = own().filter_map(|(at, _)| Some(sheet.columns.get(at)?.numbers.most));
    // Other questions are of counts too.
    let most = most.fold(0.0, f64::max);
    if most > 100.0 {
        return None;
    }
    let answer = |text: Message, are: bool| Answer {
        text,
        change: Change::Learners(are),
        holds: are,
    };
    Some(Question {
        text: messages::ask_learners(names.join(", ")),
        evidence: messages::ask_learners_evidence(most),
        column: Some(column),
        lines: lines(sheet, recipe, |_| true),
        answers: vec![
            answer(messages::answer_yes(), true),
            answer(messages::answer_other(), false),
        ],
    })
}

/// What says no in a column: an empty cell, or a 2.
fn no(at: usize, column: &ColumnRecipe, sheet: &Sheet, recipe: &Recipe) -> Question {
    let answer = |text: Message, change: Change, holds: bool| Answer { text, change, holds };
    let as_it_stands = if column.meaning == Meaning::Number(Measure::Computers) {
        answer(
            messages::answer_computers(),
            Change::Counts(at, Measure::Devices),
            false,
        )
    } else {
        answer(messages::answer_as_it_stands(), Change::No(at, NoIs::Said), false)
    };
    let yes = answer(messages::answer_yes(), Change::No(at, column.no), true);
    let is_blank = column.no == NoIs::Blank;
    let filled = sheet.columns.get(at).map_or(0, |seen| seen.filled + seen.nothings);
    let blank = sheet.rows.saturating_sub(recipe.header + recipe.header_rows + filled);
    Question {
        text: if is_blank {
            messages::ask_blank(letters(at), &column.header, grouped(number_of(blank)))
        } else {
            messages::ask_two(letters(at), &column.header)
        },
        evidence: if is_blank {
            messages::ask_blank_evidence()
        } else {
            messages::ask_unit_evidence()
        },
        column: Some(at),
        lines: lines(sheet, recipe, |row| {
            row.cells.get(at).is_none_or(super::cell::SheetCell::is_empty) == is_blank
        }),
        answers: vec![
            yes,
            if is_blank {
                answer(messages::answer_untold(), Change::No(at, NoIs::Said), false)
            } else {
                as_it_stands
            },
        ],
    }
}

/// Whether the numbers of a column are counts, percentages or shares.
fn unit(at: usize, column: &ColumnRecipe, measure: Measure, sheet: &Sheet, recipe: &Recipe) -> Question {
    let of_learners = measure.kind() == Kind::OfLearners;
    let seen = sheet.columns.get(at).map(|seen| seen.numbers);
    let (least, most) = seen.map_or((0.0, 0.0), |seen| (seen.least, seen.most));
    let answer = |unit: NumberUnit| Answer {
        text: match unit {
            NumberUnit::CountOf if of_learners => messages::answer_learners(),
            NumberUnit::CountOf => messages::answer_schools(),
            NumberUnit::Percent => messages::answer_percent(),
            _ => messages::answer_share(),
        },
        change: Change::Unit(at, unit),
        holds: column.unit == unit,
    };
    let units = if most > 1.0 {
        [NumberUnit::CountOf, NumberUnit::Percent]
    } else if column.unit == NumberUnit::Percent || column.header.contains('%') {
        [NumberUnit::Percent, NumberUnit::Share]
    } else {
        [NumberUnit::CountOf, NumberUnit::Share]
    };
    let mut answers: Vec<Answer> = units.map(answer).into();
    let are_computers = matches!(measure, Measure::Computers | Measure::Devices);
    if are_computers && recipe.rows == RowsAre::Groups && most > 1.0 {
        answers = [Measure::Computers, Measure::Devices]
            .map(|counted| Answer {
                text: if counted == Measure::Devices {
                    messages::answer_computers()
                } else {
                    messages::answer_schools()
                },
                change: Change::Counts(at, counted),
                holds: (measure, column.unit) == (counted, NumberUnit::CountOf),
            })
            .into();
        answers.extend((measure == Measure::Computers && most <= 100.0).then(|| answer(NumberUnit::Percent)));
    }
    Question {
        text: messages::ask_unit(letters(at), &column.header, least, most),
        evidence: messages::ask_unit_evidence(),
        column: Some(at),
        lines: lines(sheet, recipe, |row| {
            row.cells.get(at).is_some_and(|cell| !cell.is_empty())
        }),
        answers,
    }
}

/// The sums of the groups against what is published, by level.
pub(super) fn sums(groups: &[GroupRow], recipe: &Recipe, country: &Country) -> Vec<LevelSum> {
    let published = baseline::counted(&Pack::embedded(), &country.iso3);
    let mut sums = Vec::new();
    for level in &country.levels {
        let own = || groups.iter().filter(|group| group.level == level.level);
        // What was only assumed is not in the sheet.
        let told = |measure: Measure| {
            let any = own().any(|group| group.numbers[measure as usize].is_some_and(|given| given.cells.count > 0));
            let known = own().filter_map(|group| group.get(measure));
            any.then(|| known.sum::<f64>())
        };
        let learners = told(Measure::Learners);
        let girls = || {
            let known = own().filter_map(|group| Some((group.get(Measure::Girls)?, group.get(Measure::Learners)?)));
            let known: Vec<(f64, f64)> = known.collect();
            let all: f64 = known.iter().map(|(_, learners)| learners).sum();
            (all > 0.0).then(|| known.iter().map(|(girls, learners)| girls * learners).sum::<f64>() / all)
        };
        let national = country.groups.iter().filter(|group| group.level == level.level);
        let published = published.iter().find(|own| own.level == level.level).unwrap_or(level);
        let year = |measure: Measure| {
            let quantity = match measure {
                Measure::Girls => &published.girls,
                Measure::Teachers => &published.teachers,
                _ => &published.learners,
            };
            quantity.passport.as_ref().and_then(|passport| passport.year)
        };
        let line = |measure: Measure, table: Option<f64>, published: Option<f64>, assumed: Option<f64>| LevelSum {
            level: level.level,
            measure,
            table,
            year: year(measure),
            published,
            assumed,
        };
        let counted = recipe.rows == RowsAre::Schools && own().next().is_some();
        let schools = own().filter_map(|group| group.get(Measure::Schools)).sum();
        let schools = if counted { Some(schools) } else { told(Measure::Schools) };
        sums.push(line(Measure::Learners, learners, Some(published.learners.value), None));
        sums.push(line(Measure::Girls, girls(), Some(published.girls.value), None));
        sums.push(line(
            Measure::Teachers,
            told(Measure::Teachers),
            Some(published.teachers.value),
            None,
        ));
        let assumed = national.map(|group| group.schools.value).sum();
        sums.push(line(Measure::Schools, schools, None, Some(assumed)));
    }
    sums
}
