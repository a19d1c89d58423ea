//! Tables of many shapes, each written from one known truth: it comes in right, number by number, or a question asks about
//! what is not, and one of its answers is right, or it is refused with a reason. None is silently wrong.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use rollcall::data::tables::{File, GroupRow, Measure, Outcome, Recipe};
use rollcall::data::{Pack, country};
use rollcall::scenario::{Country, Severity};

#[path = "shapes/odd.rs"]
mod odd;
#[path = "shapes/truth.rs"]
mod truth;
#[path = "shapes/words.rs"]
mod words;

use truth::{
    COMPUTERS, GIRLS, INTERNET, Kept, LEARNERS, Layout, Marks, POWER, Parts, SCHOOLS, Shape, TEACHERS, Wanted,
};
use words::{TONGUES, Tongue};

/// What becomes of a shape.
#[derive(Clone, Debug, PartialEq)]
enum Verdict {
    Right,
    Asked,
    Refused(String),
}

static COUNTRIES: LazyLock<BTreeMap<&str, Country>> = LazyLock::new(|| {
    let pack = Pack::embedded();
    let of = |tongue: &Tongue| (tongue.iso3, country(&pack, tongue.iso3, false).expect("a country"));
    TONGUES.iter().map(of).collect()
});

fn measure(head: usize) -> Measure {
    match head {
        SCHOOLS => Measure::Schools,
        LEARNERS => Measure::Learners,
        GIRLS => Measure::Girls,
        TEACHERS => Measure::Teachers,
        POWER => Measure::Power,
        INTERNET => Measure::Internet,
        _ => Measure::Computers,
    }
}

/// What came in of a group, or of those of a region and level that the nation's parts made of one.
fn came(groups: &[GroupRow], wanted: &Wanted, head: usize) -> Option<f64> {
    let own = groups.iter().filter(|group| {
        group.region == wanted.region
            && group.level == wanted.level
            && wanted.locality.is_none_or(|locality| locality == group.locality)
    });
    let own: Vec<&GroupRow> = own.collect();
    let measure = measure(head);
    let weight = |group: &GroupRow| match head {
        GIRLS => group.get(Measure::Learners),
        POWER | INTERNET | COMPUTERS => group.get(Measure::Schools),
        _ => None,
    };
    let given: Vec<(f64, Option<f64>)> = own
        .iter()
        .filter_map(|group| Some((group.get(measure)?, weight(group))))
        .collect();
    if given.is_empty() {
        return None;
    }
    let weights: f64 = given.iter().filter_map(|(_, weight)| *weight).sum();
    let sum: f64 = given.iter().map(|(value, weight)| value * weight.unwrap_or(1.0)).sum();
    Some(if weights > 0.0 { sum / weights } else { sum })
}

/// The first number that is not as it must be; none where all are.
fn wrong(groups: &[GroupRow], wanted: &[Wanted]) -> Option<String> {
    let told = wanted.iter().all(|group| group.locality.is_some());
    if told && groups.len() != wanted.len() {
        return Some(format!("{} groups in place of {}", groups.len(), wanted.len()));
    }
    for group in wanted {
        for (head, number) in &group.numbers {
            let came = came(groups, group, *head);
            let is_part = matches!(*head, GIRLS | POWER | INTERNET | COMPUTERS);
            let same = match (came, number) {
                (None, None) => true,
                (Some(came), Some(number)) if is_part => (came - number).abs() < 6e-4,
                (Some(came), Some(number)) => (came - number).abs() < 1e-6 * number,
                _ => false,
            };
            if !same {
                let Wanted {
                    region,
                    locality,
                    level,
                    ..
                } = group;
                let name = measure(*head).name();
                return Some(format!(
                    "{region} {locality:?} {level:?} {name}: {came:?} in place of {number:?}"
                ));
            }
        }
    }
    None
}

/// The country with as many learners and teachers as the table counts, so that it is held against nothing else.
fn as_counted(iso3: &str, wanted: &[Wanted]) -> Country {
    let mut country = COUNTRIES[iso3].clone();
    for level in &mut country.levels {
        for (head, quantity) in [(LEARNERS, &mut level.learners), (TEACHERS, &mut level.teachers)] {
            let own = wanted.iter().filter(|group| group.level == level.level);
            let numbers = own.flat_map(|group| &group.numbers).filter(|(own, _)| *own == head);
            let sum: f64 = numbers.filter_map(|(_, number)| *number).sum();
            if sum > 0.0 {
                quantity.value = sum;
            }
        }
    }
    country
}

/// Takes the road of a file. Where numbers are wrong, a question must be there whose answer mends them.
fn verdict(bytes: &[u8], iso3: &str, wanted: &[Wanted]) -> Result<Verdict, String> {
    let (country, never) = (&as_counted(iso3, wanted), AtomicBool::new(false));
    let opened = File::open("shape", bytes, &never).and_then(|file| Ok((file.look_for(country, &never)?, file)));
    let (sheet, file) = match opened {
        Ok(opened) => opened,
        Err(why) => return Ok(Verdict::Refused(why.code().to_owned())),
    };
    let mut recipe = Recipe::guess(&sheet, country);
    let read =
        |recipe: &Recipe| -> Outcome { file.read(&sheet, recipe, country.clone(), &never).expect("can be read") };
    let outcome = read(&recipe);
    if outcome.country.is_none() {
        let first = outcome
            .findings
            .iter()
            .find(|finding| finding.severity == Severity::Error);
        return Ok(Verdict::Refused(
            first.map_or("no error", |finding| finding.code).to_owned(),
        ));
    }
    let Some(first_wrong) = wrong(&outcome.groups, wanted) else {
        return Ok(Verdict::Right);
    };
    // Each question is answered in each way, one after the other.
    for at in 0..outcome.questions.len() {
        let Some(question) = read(&recipe).questions.get(at).cloned() else {
            break;
        };
        for answer in question.answers {
            let mut other = recipe.clone();
            other.change(answer.change);
            let outcome = read(&other);
            if outcome.country.is_some() && wrong(&outcome.groups, wanted).is_none() {
                return Ok(Verdict::Asked);
            }
            recipe = other;
        }
    }
    Err(first_wrong)
}

const fn shape(
    layout: Layout,
    tongue: usize,
    marks: Marks,
    parts: Parts,
    missing: Option<&'static str>,
    kept: Kept,
) -> Shape {
    Shape {
        layout,
        tongue,
        marks,
        parts,
        missing,
        kept,
    }
}

#[test]
fn a_table_of_any_shape_comes_in_right() {
    let mut failed = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    // What is in a workbook is the same in the other kinds of workbooks.
    let others = SHAPES
        .iter()
        .filter(|shape| shape.kept == Kept::Workbook)
        .flat_map(|shape| [Kept::OpenDocument, Kept::Excel97].map(|kept| Shape { kept, ..*shape }));
    let shapes: Vec<Shape> = SHAPES.iter().copied().chain(others).collect();
    for shape in &shapes {
        let verdict = verdict(&shape.bytes(), shape.tongue().iso3, &shape.wanted());
        match verdict {
            Ok(Verdict::Right) => *counts.entry("right".into()).or_default() += 1,
            other => failed.push(format!("{shape:?}: {other:?}")),
        }
    }
    assert!(
        failed.is_empty(),
        "{} of {} ({counts:?}):\n{}",
        failed.len(),
        shapes.len(),
        failed.join("\n")
    );
}

#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    shape(Layout::Long, 0, Marks::Plain, Parts::Counts, None, Kept::Comma),
    shape(Layout::Long, 0, Marks::Comma, Parts::PercentHeader, None, Kept::Comma),
    shape(Layout::Long, 0, Marks::Comma, Parts::Shares, Some(".."), Kept::Semicolon),
    shape(Layout::Long, 0, Marks::Lakh, Parts::Counts, Some("n/a"), Kept::Comma),
    shape(Layout::Long, 0, Marks::Lakh, Parts::PercentCells, None, Kept::Tab),
    shape(Layout::Long, 0, Marks::Plain, Parts::PercentCells, Some("*"), Kept::Workbook),
    shape(Layout::Long, 1, Marks::Space, Parts::PercentHeader, Some("<5"), Kept::Semicolon),
    shape(Layout::Long, 1, Marks::Point, Parts::PercentHeader, None, Kept::Semicolon),
    shape(Layout::Long, 1, Marks::Space, Parts::Counts, Some(""), Kept::Windows1252),
    shape(Layout::Long, 1, Marks::Space, Parts::Shares, None, Kept::Utf16),
    shape(Layout::Long, 2, Marks::Point, Parts::PercentCells, None, Kept::Semicolon),
    shape(Layout::Long, 2, Marks::Comma, Parts::Counts, Some("-"), Kept::TextWorkbook),
    shape(Layout::Long, 3, Marks::Point, Parts::Shares, Some("..."), Kept::Windows1252),
    shape(Layout::Long, 3, Marks::Point, Parts::Counts, None, Kept::Utf16),
    shape(Layout::Long, 4, Marks::Plain, Parts::Counts, None, Kept::Comma),
    shape(Layout::Long, 4, Marks::Arabic, Parts::PercentHeader, None, Kept::Utf16),
    shape(Layout::Long, 4, Marks::Plain, Parts::PercentCells, None, Kept::Workbook),
    shape(Layout::SexesAcross, 0, Marks::Comma, Parts::Counts, Some(".."), Kept::Workbook),
    shape(Layout::SexesAcross, 1, Marks::Space, Parts::Counts, None, Kept::Semicolon),
    shape(Layout::SexesAcross, 2, Marks::Point, Parts::Counts, None, Kept::TextWorkbook),
    shape(Layout::SexesAcross, 4, Marks::Arabic, Parts::Counts, None, Kept::Comma),
    shape(Layout::SexRows, 0, Marks::Comma, Parts::Counts, None, Kept::Comma),
    shape(Layout::SexRows, 3, Marks::Point, Parts::Counts, None, Kept::Workbook),
    shape(Layout::SexRowsAndBoth, 0, Marks::Plain, Parts::Counts, None, Kept::Workbook),
    shape(Layout::SexRowsAndBoth, 1, Marks::Space, Parts::Counts, None, Kept::Tab),
    shape(Layout::LevelsAcross, 0, Marks::Comma, Parts::Counts, Some("n/a"), Kept::Workbook),
    shape(Layout::LevelsAcross, 1, Marks::Space, Parts::PercentHeader, None, Kept::Semicolon),
    shape(Layout::LevelsAcross, 2, Marks::Point, Parts::PercentCells, Some(".."), Kept::Workbook),
    shape(Layout::LevelsAcross, 3, Marks::Plain, Parts::Shares, None, Kept::Utf16),
    shape(Layout::LevelsInHeaders, 0, Marks::Lakh, Parts::Counts, None, Kept::Comma),
    shape(Layout::LevelsInHeaders, 1, Marks::Point, Parts::Counts, None, Kept::Windows1252),
    shape(Layout::LevelsInHeaders, 3, Marks::Space, Parts::Counts, None, Kept::TextWorkbook),
    shape(Layout::Grades, 0, Marks::Plain, Parts::Counts, None, Kept::Workbook),
    shape(Layout::Grades, 0, Marks::Comma, Parts::Counts, None, Kept::Comma),
    shape(Layout::Grades, 2, Marks::Point, Parts::Counts, None, Kept::Semicolon),
    shape(Layout::Grades, 3, Marks::Plain, Parts::Counts, None, Kept::Utf16),
    shape(Layout::YearsAcross, 0, Marks::Comma, Parts::Counts, None, Kept::Workbook),
    shape(Layout::YearsAcross, 1, Marks::Space, Parts::Counts, None, Kept::Semicolon),
    shape(Layout::YearsAcross, 2, Marks::Point, Parts::Counts, None, Kept::Tab),
    shape(Layout::YearRows, 0, Marks::Comma, Parts::Counts, None, Kept::Comma),
    shape(Layout::YearRows, 3, Marks::Plain, Parts::Counts, None, Kept::Workbook),
    shape(Layout::Register, 0, Marks::Plain, Parts::Counts, None, Kept::Comma),
    shape(Layout::Register, 0, Marks::Comma, Parts::Counts, None, Kept::Workbook),
    shape(Layout::Register, 1, Marks::Space, Parts::Counts, None, Kept::Semicolon),
    shape(Layout::Register, 2, Marks::Point, Parts::Counts, None, Kept::TextWorkbook),
    shape(Layout::Register, 3, Marks::Plain, Parts::Counts, None, Kept::Windows1252),
    shape(Layout::Merged, 0, Marks::Comma, Parts::Counts, None, Kept::Workbook),
    shape(Layout::Merged, 1, Marks::Space, Parts::PercentHeader, Some(".."), Kept::TextWorkbook),
    shape(Layout::Merged, 2, Marks::Point, Parts::PercentCells, None, Kept::Semicolon),
    shape(Layout::Published, 0, Marks::Comma, Parts::Counts, None, Kept::Workbook),
    shape(Layout::Published, 0, Marks::Comma, Parts::PercentHeader, Some("n/a"), Kept::Comma),
    shape(Layout::Published, 1, Marks::Space, Parts::Counts, None, Kept::Semicolon),
    shape(Layout::Published, 2, Marks::Point, Parts::PercentCells, None, Kept::Semicolon),
    shape(Layout::Published, 3, Marks::Point, Parts::Shares, None, Kept::Workbook),
    shape(Layout::NoLocality, 0, Marks::Comma, Parts::Counts, None, Kept::Workbook),
    shape(Layout::NoLocality, 1, Marks::Space, Parts::PercentHeader, None, Kept::Semicolon),
    shape(Layout::NoLocality, 2, Marks::Point, Parts::Shares, None, Kept::Utf16),
    shape(Layout::NoLocality, 3, Marks::Point, Parts::Counts, None, Kept::Windows1252),
];

#[test]
fn an_odd_table_is_right_asked_about_or_refused() {
    let mut failed = Vec::new();
    for odd::Odd {
        name,
        bytes,
        wanted,
        verdict: expected,
    } in odd::odd()
    {
        let verdict = verdict(&bytes, "SLE", &wanted);
        if verdict.as_ref() != Ok(&expected) {
            failed.push(format!("{name}: {verdict:?} in place of {expected:?}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
