//! A known truth and the shapes in which ministries write it: layouts, languages, marks, parts, files.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rollcall::scenario::{Level, Locality};

use super::super::chance::Chance;
use super::super::workbook::{self, Cell, Sheet, letters};
use super::super::{biff, opendocument};
use super::COUNTRIES;
use super::words::{TONGUES, Tongue};

pub(super) const REGION: usize = 0;
pub(super) const LOCALITY: usize = 1;
pub(super) const LEVEL: usize = 2;
pub(super) const SCHOOLS: usize = 3;
pub(super) const LEARNERS: usize = 4;
pub(super) const GIRLS: usize = 5;
pub(super) const BOYS: usize = 6;
pub(super) const TEACHERS: usize = 7;
pub(super) const POWER: usize = 8;
pub(super) const INTERNET: usize = 9;
pub(super) const COMPUTERS: usize = 10;
pub(super) const LEVELS: [Level; 3] = [Level::Primary, Level::LowerSecondary, Level::UpperSecondary];
pub(super) const LOCALITIES: [Locality; 2] = [Locality::Urban, Locality::Rural];

/// Schools of one region, locality and level, as they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Real {
    pub(super) region: usize,
    pub(super) locality: usize,
    pub(super) level: usize,
    pub(super) schools: f64,
    pub(super) learners: f64,
    pub(super) girls: f64,
    pub(super) teachers: f64,
    /// Schools with electricity, internet, computers.
    pub(super) with: [f64; 3],
}

impl Real {
    pub(super) fn count(&self, head: usize) -> f64 {
        match head {
            SCHOOLS => self.schools,
            LEARNERS => self.learners,
            GIRLS => self.girls,
            BOYS => self.learners - self.girls,
            TEACHERS => self.teachers,
            _ => self.with[head - POWER],
        }
    }

    /// The whole of which a count is a part.
    pub(super) fn whole(&self, head: usize) -> Option<f64> {
        match head {
            GIRLS => Some(self.learners),
            POWER | INTERNET | COMPUTERS => Some(self.schools),
            _ => None,
        }
    }
}

/// The truth: four regions, two localities, three levels.
pub(super) static TRUTH: LazyLock<Vec<Real>> = LazyLock::new(|| {
    let mut chance = Chance::of(11, 4);
    let mut count = |from: usize, to: usize| f64::from(u32::try_from(from + chance.below(to - from)).expect("small"));
    let mut all = Vec::new();
    for region in 0..4 {
        for locality in 0..2 {
            for level in 0..3 {
                let schools = count(110, 1_900);
                let learners = (schools * count(120, 480)).round();
                let part = |whole: f64, percent: f64| (whole * percent / 100.0).round();
                all.push(Real {
                    region,
                    locality,
                    level,
                    schools,
                    learners,
                    girls: part(learners, count(44, 54)),
                    teachers: part(learners, count(2, 5)),
                    with: [
                        part(schools, count(30, 99)),
                        part(schools, count(2, 60)),
                        part(schools, count(5, 80)),
                    ],
                });
            }
        }
    }
    all
});

/// How numbers are written: the mark between thousands, the mark before decimals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Marks {
    Plain,
    Comma,
    Point,
    Space,
    Lakh,
    /// Digits of Arabic, with their own marks.
    Arabic,
}

/// How parts of a whole are given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Parts {
    /// So many schools, so many girls.
    Counts,
    /// From 0 to 100 under a header that says percent.
    PercentHeader,
    /// With a percent sign in each cell (in a workbook the cell's own format).
    PercentCells,
    /// From 0 to 1.
    Shares,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Layout {
    /// A row a region, locality and level.
    Long,
    /// The same with girls and boys beside the total.
    SexesAcross,
    /// The same with a row a sex.
    SexRows,
    /// The same with a row a sex and one for both.
    SexRowsAndBoth,
    /// Levels across, over each measure: a header of two rows.
    LevelsAcross,
    /// Levels across in one row of headers.
    LevelsInHeaders,
    /// Pupils by grade and sex, across.
    Grades,
    /// Three years of pupils across.
    YearsAcross,
    /// A row a year.
    YearRows,
    /// A row a school.
    Register,
    /// The region's name above its rows, merged.
    Merged,
    /// Title, subtotals, total, a source below.
    Published,
    /// Urban and rural are not told.
    NoLocality,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kept {
    Comma,
    Semicolon,
    Tab,
    Utf16,
    Windows1252,
    Workbook,
    /// A workbook whose numbers are texts.
    TextWorkbook,
    /// A workbook of `OpenDocument`.
    OpenDocument,
    /// A workbook of Excel 97.
    Excel97,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) layout: Layout,
    pub(super) tongue: usize,
    pub(super) marks: Marks,
    pub(super) parts: Parts,
    /// A mark for no figure, at some teachers and some electricity.
    pub(super) missing: Option<&'static str>,
    pub(super) kept: Kept,
}

/// What is put into a cell before it is written in the marks of a shape.
#[derive(Clone, Debug)]
pub(super) enum Put {
    Nothing,
    Text(String),
    Count(f64),
    /// A count and its whole.
    Part(f64, f64),
}

pub(super) fn text(of: &str) -> Put {
    Put::Text(of.to_owned())
}

/// A number as people write it.
pub(super) fn written(value: f64, decimals: usize, marks: Marks) -> String {
    let plain = format!("{value:.decimals$}");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let (between, before) = match marks {
        Marks::Plain => ("", "."),
        Marks::Comma | Marks::Lakh => (",", "."),
        Marks::Point => (".", ","),
        Marks::Space => ("\u{202f}", ","),
        Marks::Arabic => ("٬", "٫"),
    };
    let mut grouped = String::new();
    let digits: Vec<char> = whole.chars().collect();
    for (at, digit) in digits.iter().enumerate() {
        let left = digits.len() - at;
        let ends = if marks == Marks::Lakh {
            left == 3 || (left > 3 && left % 2 == 1)
        } else {
            left.is_multiple_of(3)
        };
        if at > 0 && ends {
            grouped += between;
        }
        grouped.push(*digit);
    }
    if !fraction.is_empty() {
        grouped = grouped + before + fraction;
    }
    if marks == Marks::Arabic {
        let arabic = |digit: char| {
            digit
                .to_digit(10)
                .and_then(|value| char::from_u32(0x660 + value))
                .unwrap_or(digit)
        };
        grouped = grouped.chars().map(arabic).collect();
    }
    grouped
}

impl Shape {
    pub(super) fn tongue(&self) -> &'static Tongue {
        &TONGUES[self.tongue]
    }

    pub(super) fn head(&self, head: usize) -> String {
        let name = self.tongue().heads[head];
        let percent = self.parts == Parts::PercentHeader && (head == GIRLS || head >= POWER);
        if percent {
            format!("{name} (%)")
        } else {
            name.to_owned()
        }
    }

    pub(super) fn put(&self, real: &Real, head: usize) -> Put {
        if let Some(mark) = self.missing
            && self.is_missing(real, head)
        {
            return if mark.is_empty() { Put::Nothing } else { text(mark) };
        }
        match real.whole(head) {
            Some(whole) => Put::Part(real.count(head), whole),
            None => Put::Count(real.count(head)),
        }
    }

    /// Whether a figure is not told.
    pub(super) fn is_missing(&self, real: &Real, head: usize) -> bool {
        let at = real.region * 6 + real.locality * 3 + real.level;
        self.missing.is_some() && ((head == TEACHERS && at == 7) || (head == POWER && at % 11 == 4))
    }

    /// Region, locality, level.
    pub(super) fn names(&self, real: &Real) -> [Put; 3] {
        let tongue = self.tongue();
        [
            tongue.regions[real.region],
            tongue.localities[real.locality],
            tongue.levels[real.level],
        ]
        .map(text)
    }

    pub(super) fn cell(&self, put: &Put) -> Cell {
        let is_typed = matches!(self.kept, Kept::Workbook | Kept::OpenDocument | Kept::Excel97);
        let number = |value: f64, decimals: usize| {
            let scale = 10_f64.powi(i32::try_from(decimals).expect("small"));
            if is_typed {
                Cell::Number((value * scale).round() / scale)
            } else {
                Cell::Text(written(value, decimals, self.marks))
            }
        };
        match put {
            Put::Nothing => Cell::Nothing,
            Put::Text(text) => Cell::Text(text.clone()),
            Put::Count(count) => number(*count, 0),
            Put::Part(count, whole) => match self.parts {
                Parts::Counts => number(*count, 0),
                Parts::PercentHeader => number(100.0 * count / whole, 1),
                Parts::Shares => number(count / whole, 3),
                Parts::PercentCells if is_typed || self.kept == Kept::TextWorkbook => Cell::Percent(count / whole),
                Parts::PercentCells => Cell::Text(format!("{} %", written(100.0 * count / whole, 1, self.marks))),
            },
        }
    }

    /// The rows, and the ranges that are merged.
    pub(super) fn rows(&self) -> (Vec<Vec<Put>>, Vec<String>) {
        let tongue = self.tongue();
        let all = [SCHOOLS, LEARNERS, GIRLS, TEACHERS, POWER, INTERNET, COMPUTERS];
        let heads = |places: &[usize], numbers: &[usize]| -> Vec<Put> {
            let places = places.iter().map(|place| text(tongue.heads[*place]));
            places
                .chain(numbers.iter().map(|head| Put::Text(self.head(*head))))
                .collect()
        };
        let numbers =
            |real: &Real, numbers: &[usize]| numbers.iter().map(|head| self.put(real, *head)).collect::<Vec<_>>();
        let long = |real: &Real, heads: &[usize]| [self.names(real).to_vec(), numbers(real, heads)].concat();
        let place = [REGION, LOCALITY, LEVEL];
        let mut merged = Vec::new();
        let mut rows = Vec::new();
        match self.layout {
            Layout::Long => {
                rows.push(heads(&place, &all));
                rows.extend(TRUTH.iter().map(|real| long(real, &all)));
            }
            Layout::SexesAcross => {
                let own = [SCHOOLS, BOYS, GIRLS, LEARNERS, TEACHERS, POWER, INTERNET, COMPUTERS];
                rows.push(heads(&place, &own));
                rows.extend(TRUTH.iter().map(|real| long(real, &own)));
            }
            Layout::SexRows | Layout::SexRowsAndBoth => {
                rows.push(
                    [
                        heads(&place, &[]),
                        vec![text(tongue.more[2])],
                        heads(&[], &[SCHOOLS, LEARNERS]),
                    ]
                    .concat(),
                );
                for real in TRUTH.iter() {
                    let mut sexes = vec![(tongue.heads[BOYS], BOYS), (tongue.heads[GIRLS], GIRLS)];
                    if self.layout == Layout::SexRowsAndBoth {
                        sexes.push((tongue.more[0], LEARNERS));
                    }
                    for (name, head) in sexes {
                        let own = vec![text(name), Put::Count(real.schools), Put::Count(real.count(head))];
                        rows.push([self.names(real).to_vec(), own].concat());
                    }
                }
            }
            Layout::LevelsAcross => {
                let own = [SCHOOLS, LEARNERS, TEACHERS, POWER];
                let mut over = heads(&[REGION, LOCALITY], &[]);
                let mut below = vec![Put::Nothing, Put::Nothing];
                for level in tongue.levels {
                    over.extend([text(level), Put::Nothing, Put::Nothing, Put::Nothing]);
                    below.extend(heads(&[], &own));
                }
                merged.extend((0..3).map(|level| format!("{}1:{}1", letters(2 + 4 * level), letters(5 + 4 * level))));
                rows.extend([over, below]);
                for place in TRUTH.chunks(3) {
                    let cells = place.iter().flat_map(|real| numbers(real, &own));
                    rows.push(self.names(&place[0])[..2].iter().cloned().chain(cells).collect());
                }
            }
            Layout::LevelsInHeaders => {
                let own = [SCHOOLS, LEARNERS];
                let mut over = heads(&[REGION, LOCALITY], &[]);
                for level in tongue.levels {
                    over.extend(
                        own.iter()
                            .map(|head| Put::Text(format!("{level} - {}", tongue.heads[*head]))),
                    );
                }
                rows.push(over);
                for place in TRUTH.chunks(3) {
                    let cells = place.iter().flat_map(|real| numbers(real, &own));
                    rows.push(self.names(&place[0])[..2].iter().cloned().chain(cells).collect());
                }
            }
            Layout::Grades => {
                // As many grades as the country has in each level; the last of a level takes what is left.
                let grades = grades(tongue.iso3);
                let mut over = heads(&[REGION, LOCALITY], &[]);
                for at in 0..grades.len() {
                    for sex in [BOYS, GIRLS] {
                        over.push(Put::Text(format!("{} {} {}", tongue.grade, at + 1, tongue.heads[sex])));
                    }
                }
                rows.push(over);
                for place in TRUTH.chunks(3) {
                    let cells = grades.iter().flat_map(|(level, part, of)| {
                        let real = &place[*level];
                        [BOYS, GIRLS].map(|sex| {
                            let each = (real.count(sex) / of).floor();
                            let last = real.count(sex) - each * (of - 1.0);
                            Put::Count(if part + 1.0 < *of { each } else { last })
                        })
                    });
                    rows.push(self.names(&place[0])[..2].iter().cloned().chain(cells).collect());
                }
            }
            Layout::YearsAcross => {
                let years = [2021, 2022, 2023].map(|year| Put::Text(format!("{} {year}", tongue.heads[LEARNERS])));
                rows.push([heads(&place, &[SCHOOLS]), years.to_vec()].concat());
                for real in TRUTH.iter() {
                    let years = [0.9, 0.95, 1.0].map(|part| Put::Count((real.learners * part).round()));
                    rows.push([long(real, &[SCHOOLS]), years.to_vec()].concat());
                }
            }
            Layout::YearRows => {
                rows.push([vec![text(tongue.more[1])], heads(&place, &[SCHOOLS, LEARNERS])].concat());
                for (year, part) in [("2022", 0.95), ("2023", 1.0)] {
                    for real in TRUTH.iter() {
                        let own = vec![
                            Put::Count((real.schools * part).round()),
                            Put::Count((real.learners * part).round()),
                        ];
                        rows.push([vec![text(year)], self.names(real).to_vec(), own].concat());
                    }
                }
            }
            Layout::Register => {
                let head = vec![text(tongue.more[3]), text(tongue.more[4])];
                rows.push([head, heads(&place, &[BOYS, GIRLS, TEACHERS, POWER, INTERNET])].concat());
                for (at, real) in register().iter().enumerate() {
                    let own = vec![
                        Put::Text(format!("{}", 100_200 + at)),
                        Put::Text(format!("Nr {}", at % 37)),
                    ];
                    let said = |head: usize| text(tongue.more[if real.count(head) > 0.0 { 5 } else { 6 }]);
                    let numbers = numbers(real, &[BOYS, GIRLS, TEACHERS])
                        .into_iter()
                        .map(|put| match put {
                            Put::Part(count, _) => Put::Count(count),
                            other => other,
                        });
                    let rest: Vec<Put> = numbers.chain([said(POWER), said(INTERNET)]).collect();
                    rows.push([own, self.names(real).to_vec(), rest].concat());
                }
            }
            Layout::Merged => {
                rows.push(heads(&place, &all));
                for (at, real) in TRUTH.iter().enumerate() {
                    let mut row = long(real, &all);
                    if at % 6 > 0 {
                        row[0] = Put::Nothing;
                    } else {
                        merged.push(format!("A{}:A{}", at + 2, at + 7));
                    }
                    if at % 3 > 0 {
                        row[1] = Put::Nothing;
                    }
                    rows.push(row);
                }
            }
            Layout::Published => {
                rows.push(vec![text(tongue.title)]);
                rows.push(Vec::new());
                rows.push(heads(&place, &all));
                let sum = |of: &[&Real], name: String| {
                    let mut sum = *of[0];
                    for more in &of[1..] {
                        sum.schools += more.schools;
                        sum.learners += more.learners;
                        sum.girls += more.girls;
                        sum.teachers += more.teachers;
                        (0..3).for_each(|at| sum.with[at] += more.with[at]);
                    }
                    // Nothing is missing in a sum.
                    let own = all.iter().map(|head| match sum.whole(*head) {
                        Some(whole) => Put::Part(sum.count(*head), whole),
                        None => Put::Count(sum.count(*head)),
                    });
                    [vec![Put::Text(name), Put::Nothing, Put::Nothing], own.collect()].concat()
                };
                for region in TRUTH.chunks(6) {
                    rows.extend(region.iter().map(|real| long(real, &all)));
                    let name = format!("{} {}", tongue.more[0], tongue.regions[region[0].region]);
                    rows.push(sum(&region.iter().collect::<Vec<_>>(), name));
                }
                rows.push(sum(&TRUTH.iter().collect::<Vec<_>>(), tongue.more[0].to_owned()));
                rows.push(vec![text(tongue.source)]);
            }
            Layout::NoLocality => {
                rows.push(heads(&[REGION, LEVEL], &all));
                for real in without_locality() {
                    let [region, _, level] = self.names(&real);
                    rows.push([vec![region, level], numbers(&real, &all)].concat());
                }
            }
        }
        (rows, merged)
    }

    /// The file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let (rows, merged) = self.rows();
        let cells: Vec<Vec<Cell>> = rows
            .iter()
            .map(|row| row.iter().map(|put| self.cell(put)).collect())
            .collect();
        file(&cells, &merged, self.kept)
    }

    /// What must come in: by region, locality (none where it is not told) and level.
    pub(super) fn wanted(&self) -> Vec<Wanted> {
        let heads: &[usize] = match self.layout {
            Layout::SexRows | Layout::SexRowsAndBoth => &[SCHOOLS, LEARNERS, GIRLS],
            Layout::LevelsAcross => &[SCHOOLS, LEARNERS, TEACHERS, POWER],
            Layout::LevelsInHeaders | Layout::YearsAcross | Layout::YearRows => &[SCHOOLS, LEARNERS],
            Layout::Grades => &[LEARNERS, GIRLS],
            Layout::Register => &[SCHOOLS, LEARNERS, GIRLS, TEACHERS, POWER, INTERNET],
            _ => &[SCHOOLS, LEARNERS, GIRLS, TEACHERS, POWER, INTERNET, COMPUTERS],
        };
        let all = match self.layout {
            Layout::NoLocality => without_locality(),
            Layout::Register => groups_of_register(),
            _ => TRUTH.clone(),
        };
        let told = self.layout != Layout::NoLocality;
        let wanted = |real: &Real| {
            let number = |head: &usize| {
                let is_told = !self.is_missing(real, *head) || self.layout == Layout::Register;
                (
                    *head,
                    is_told.then(|| real.count(*head) / real.whole(*head).unwrap_or(1.0)),
                )
            };
            Wanted {
                region: self.tongue().regions[real.region],
                locality: told.then_some(LOCALITIES[real.locality]),
                level: LEVELS[real.level],
                numbers: heads.iter().map(number).collect(),
            }
        };
        all.iter().map(wanted).collect()
    }
}

/// A group as it must come in.
pub(super) struct Wanted {
    pub(super) region: &'static str,
    pub(super) locality: Option<Locality>,
    pub(super) level: Level,
    pub(super) numbers: Vec<(usize, Option<f64>)>,
}

/// Cells as a file of a kind.
pub(super) fn file(cells: &[Vec<Cell>], merged: &[String], kept: Kept) -> Vec<u8> {
    let sheet = [Sheet {
        name: "Data",
        rows: cells,
        merged,
    }];
    match kept {
        Kept::Workbook | Kept::TextWorkbook => return workbook::archive(&workbook::parts(&sheet)),
        Kept::OpenDocument => return workbook::archive(&opendocument::parts(&sheet)),
        Kept::Excel97 => return biff::compound("Workbook", &biff::stream(&biff::records(&sheet))),
        _ => {}
    }
    let separator = match kept {
        Kept::Comma | Kept::Utf16 => ',',
        Kept::Tab => '\t',
        _ => ';',
    };
    let mut lines = String::new();
    for row in cells {
        let cell = |cell: &Cell| match cell {
            Cell::Nothing => String::new(),
            Cell::Text(text) if text.contains([separator, '"', '\n']) => format!("\"{}\"", text.replace('"', "\"\"")),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) | Cell::Percent(number) | Cell::Day(number) => number.to_string(),
        };
        lines += &row.iter().map(cell).collect::<Vec<_>>().join(&separator.to_string());
        lines += "\r\n";
    }
    match kept {
        Kept::Utf16 => [0xff, 0xfe]
            .into_iter()
            .chain(lines.encode_utf16().flat_map(u16::to_le_bytes))
            .collect(),
        Kept::Windows1252 => lines
            .chars()
            .map(|letter| u8::try_from(u32::from(letter)).unwrap_or(0xa0))
            .collect(),
        _ => lines.into_bytes(),
    }
}

/// The truth where urban and rural are not told: the same, added up.
pub(super) fn without_locality() -> Vec<Real> {
    let mut sums: BTreeMap<(usize, usize), Real> = BTreeMap::new();
    for real in TRUTH.iter() {
        add(sums.entry((real.region, real.level)), real);
    }
    sums.into_values().collect()
}

pub(super) fn add<K: Ord>(entry: std::collections::btree_map::Entry<'_, K, Real>, real: &Real) {
    let changed = entry.and_modify(|sum| {
        sum.schools += real.schools;
        sum.learners += real.learners;
        sum.girls += real.girls;
        sum.teachers += real.teachers;
        (0..3).for_each(|at| sum.with[at] += real.with[at]);
    });
    changed.or_insert(*real);
}

/// Schools one by one: ten in each place and level.
pub(super) fn register() -> Vec<Real> {
    let mut chance = Chance::of(11, 5);
    let mut schools = Vec::new();
    for real in TRUTH.iter() {
        for _ in 0..10 {
            let mut count =
                |from: usize, to: usize| f64::from(u32::try_from(from + chance.below(to - from)).expect("small"));
            let (girls, boys) = (count(20, 900), count(20, 1_900));
            let with = [count(0, 2), count(0, 2), count(0, 2)];
            schools.push(Real {
                schools: 1.0,
                learners: girls + boys,
                girls,
                teachers: count(2, 60),
                with,
                ..*real
            });
        }
    }
    schools
}

pub(super) fn groups_of_register() -> Vec<Real> {
    let mut sums = BTreeMap::new();
    for real in register() {
        add(sums.entry((real.region, real.locality, real.level)), &real);
    }
    sums.into_values().collect()
}

/// Each grade of a country: its level, its place in it from 0, the grades of that level.
pub(super) fn grades(iso3: &str) -> Vec<(usize, f64, f64)> {
    let levels = COUNTRIES[iso3].levels.iter().enumerate();
    let each = levels.flat_map(|(at, level)| {
        let of = level.duration.value.round();
        (0..100)
            .map(f64::from)
            .take_while(move |part| *part < of)
            .map(move |part| (at, part, of))
    });
    each.collect()
}
