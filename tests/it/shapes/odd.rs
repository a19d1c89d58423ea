//! Tables that go wrong in ways that people know.

use super::super::workbook::{self, Cell, Sheet};
use super::Verdict;
use super::truth::{
    GIRLS, Kept, LEARNERS, LEVELS, LOCALITIES, Layout, Marks, POWER, Parts, Put, Real, SCHOOLS, Shape, TRUTH, Wanted,
    file, text,
};
use super::words::TONGUES;

/// A table of Sierra Leone written by hand around its rows, what must come in, and what must become of it.
pub(super) struct Odd {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
    pub(super) wanted: Vec<Wanted>,
    pub(super) verdict: Verdict,
}

fn refused(code: &str) -> Verdict {
    Verdict::Refused(code.to_owned())
}

/// Lines of a table with a row for each region, locality and level.
fn lines(header: &str, row: impl Fn(usize, &Real) -> String) -> String {
    let tongue = &TONGUES[0];
    let mut text = format!("{header}\n");
    for (at, real) in TRUTH.iter().enumerate() {
        let [region, locality, level] = [
            tongue.regions[real.region],
            tongue.localities[real.locality],
            tongue.levels[real.level],
        ];
        text += &row(at, real).replace("{place}", &format!("{region};{locality};{level}"));
        text += "\n";
    }
    text
}

/// What must come in of the truth.
fn wanted(heads: &[usize]) -> Vec<Wanted> {
    let group = |real: &Real| Wanted {
        region: TONGUES[0].regions[real.region],
        locality: Some(LOCALITIES[real.locality]),
        level: LEVELS[real.level],
        numbers: heads
            .iter()
            .map(|head| (*head, Some(real.count(*head) / real.whole(*head).unwrap_or(1.0))))
            .collect(),
    };
    TRUTH.iter().map(group).collect()
}

const PLACE: &str = "Region;Locality;Level";
const COUNTED: [usize; 2] = [SCHOOLS, LEARNERS];

pub(super) fn odd() -> Vec<Odd> {
    let counts = |_: usize, real: &Real| format!("{{place}};{};{}", real.schools, real.learners);
    let long = || lines(&format!("{PLACE};Schools;Pupils"), counts);
    let mut all = Vec::new();
    let mut put = |name, bytes: Vec<u8>, wanted: Vec<Wanted>, verdict| {
        all.push(Odd {
            name,
            bytes,
            wanted,
            verdict,
        });
    };
    let mut of = |name, text: String, heads: &[usize], verdict| put(name, text.into_bytes(), wanted(heads), verdict);
    of("plain", long(), &COUNTED, Verdict::Right);
    // A table whose rows are what is counted.
    let across = |name: &str, of: fn(&Real) -> f64| {
        TRUTH
            .iter()
            .fold(name.to_owned(), |line, real| format!("{line};{}", of(real)))
    };
    let places = TRUTH.iter().fold("Indicator".to_owned(), |line, real| {
        format!("{line};{}", TONGUES[0].regions[real.region])
    });
    let lying = format!(
        "{places}\n{}\n{}\n",
        across("Schools", |real| real.schools),
        across("Pupils", |real| real.learners)
    );
    of("regions across", lying, &COUNTED, refused("missing-column"));
    let teachers = |_: usize, real: &Real| {
        format!(
            "{{place}};{};{}",
            (real.teachers * 0.5).round(),
            (real.teachers * 0.5).round()
        )
    };
    of(
        "teachers by sex, told by the title alone",
        format!(
            "Number of teachers by sex\n{}",
            lines(&format!("{PLACE};Male;Female"), teachers)
        ),
        &[LEARNERS],
        refused("missing-column"),
    );
    let schools = |_: usize, real: &Real| format!("{{place}};{};{}", real.schools - 3.0, real.schools);
    of(
        "schools by year, told by the title alone",
        format!("Number of schools\n{}", lines(&format!("{PLACE};2022;2023"), schools)),
        &[LEARNERS],
        refused("missing-column"),
    );
    let owned = long()
        .lines()
        .enumerate()
        .flat_map(|(at, line)| {
            if at == 0 {
                vec![format!("{line};Owner")]
            } else {
                vec![format!("{line};Public"), format!("{line};Private")]
            }
        })
        .collect::<Vec<_>>()
        .join("\n");
    of("public and private rows", owned, &COUNTED, refused("duplicate-row"));
    let mean = |of: fn(&Real) -> f64| (TRUTH.iter().map(of).sum::<f64>() / 24.0).round();
    of(
        "a row of averages below",
        format!(
            "{}Average;;;{};{}\n",
            long(),
            mean(|real| real.schools),
            mean(|real| real.learners)
        ),
        &COUNTED,
        Verdict::Right,
    );
    of(
        "a total without a word",
        format!(
            "{};;;{};{}\n",
            long(),
            24.0 * mean(|real| real.schools),
            24.0 * mean(|real| real.learners)
        ),
        &COUNTED,
        refused("empty-region"),
    );
    of(
        "girls alone",
        lines(&format!("{PLACE};Schools;Girls"), |_, real| {
            format!("{{place}};{};{}", real.schools, real.girls)
        }),
        &COUNTED,
        refused("missing-column"),
    );
    let of_sexes = |at: usize, real: &Real| {
        let boys = if at == 5 {
            "..".to_owned()
        } else {
            (real.learners - real.girls).to_string()
        };
        format!("{{place}};{};{};{boys}", real.schools, real.girls)
    };
    let mut but_one = wanted(&[SCHOOLS, LEARNERS, GIRLS]);
    but_one.remove(5);
    put(
        "boys of one row are not told",
        lines(&format!("{PLACE};Schools;Girls;Boys"), of_sexes).into_bytes(),
        but_one,
        Verdict::Right,
    );
    let mut of = |name, text: String, heads: &[usize], verdict| put(name, text.into_bytes(), wanted(heads), verdict);
    let with = |head: &str, cell: fn(&Real) -> String| {
        lines(&format!("{PLACE};Schools;Pupils;{head}"), |_, real| {
            format!("{{place}};{};{};{}", real.schools, real.learners, cell(real))
        })
    };
    let power = [SCHOOLS, LEARNERS, POWER];
    of(
        "percentages with three decimals",
        with("Electricity (%)", |real| {
            format!("{:.3}", 100.0 * real.with[0] / real.schools)
        }),
        &power,
        refused("ambiguous-number"),
    );
    of(
        "shares under a header of percent",
        with("Electricity (%)", |real| format!("{:.4}", real.with[0] / real.schools)),
        &power,
        Verdict::Right,
    );
    of(
        "counts under a bare header",
        with("Electricity", |real| real.with[0].to_string()),
        &power,
        Verdict::Right,
    );
    of(
        "a percent sign behind a number of schools",
        with("Teachers", |real| format!("{} %", real.teachers)),
        &COUNTED,
        refused("percentage"),
    );
    of(
        "more schools with electricity than schools",
        with("Schools with electricity", |real| (real.schools + 30.0).to_string()),
        &COUNTED,
        refused("more-than-all"),
    );
    of(
        "a footnote behind a number",
        with("Teachers", |real| format!("{} a", real.teachers)),
        &COUNTED,
        refused("wrong-type"),
    );
    of(
        "a negative number",
        with("Teachers", |real| format!("-{}", real.teachers)),
        &COUNTED,
        refused("negative"),
    );
    of(
        "thousands of pupils with decimals",
        lines(&format!("Pupils in thousands\n{PLACE};Schools;Pupils"), |_, real| {
            format!("{{place}};{};{:.4}", real.schools, real.learners / 1000.0)
        }),
        &COUNTED,
        Verdict::Right,
    );
    of(
        "persons",
        lines("Pupil name;Date of birth;Region;Level;Pupils", |at, _| {
            format!("Ama {at};2010-01-01;Eastern;Primary;1")
        }),
        &COUNTED,
        refused("table-of-persons"),
    );
    of(
        "a header alone",
        format!("{PLACE};Schools;Pupils\n"),
        &COUNTED,
        refused("empty-table"),
    );
    of("nothing", "\n\n".into(), &COUNTED, refused("empty-table"));
    of(
        "columns numbered",
        long().replacen('\n', "\n(1);(2);(3);(4);(5)\n", 1),
        &COUNTED,
        Verdict::Right,
    );
    of(
        "a header with new lines",
        long().replace("Schools;Pupils", "\"Number of\nschools\";\"Number of\npupils\""),
        &COUNTED,
        Verdict::Right,
    );
    of(
        "two spellings of a region",
        long()
            .replacen("Eastern", "EASTERN", 2)
            .replacen("Northern;", "Northern Region;", 2),
        &COUNTED,
        Verdict::Right,
    );
    of(
        "a level in half of the rows",
        long().replacen(";Primary;", ";;", 4),
        &COUNTED,
        refused("unknown-word"),
    );
    of(
        "a region above its rows",
        long().replace("Eastern;Urban", "Eastern\n;Urban"),
        &COUNTED,
        refused("empty-region"),
    );
    // Percentages in whole numbers could be counts: a question is there.
    let whole = TRUTH
        .iter()
        .map(|real| (real.with[0] / real.schools * 100.0).round())
        .collect::<Vec<_>>();
    let percentages = lines(&format!("{PLACE};Schools;Pupils;Electricity"), |at, real| {
        format!("{{place}};{};{};{}", real.schools, real.learners, whole[at])
    });
    let mut rounded = wanted(&power);
    for (group, percent) in rounded.iter_mut().zip(&whole) {
        group.numbers[2].1 = Some(percent / 100.0);
    }
    put(
        "whole percentages under a bare header",
        percentages.into_bytes(),
        rounded,
        Verdict::Asked,
    );
    // Four bytes that are no UTF-8, in place of the header of regions.
    let table = long();
    let (before, after) = table.split_once("Region").expect("a header of regions");
    let arabic = [before.as_bytes(), &[0xe3; 4], after.as_bytes()].concat();
    put(
        "Arabic in an encoding nobody tells",
        arabic,
        wanted(&COUNTED),
        refused("missing-column"),
    );
    let dates = |at: usize| {
        if at == 0 {
            vec![text("Region"), text("Level"), text("Pupils")]
        } else {
            vec![text("Eastern"), text("Primary"), Put::Count(0.0)]
        }
    };
    let plain = Shape {
        layout: Layout::Long,
        tongue: 0,
        marks: Marks::Plain,
        parts: Parts::Counts,
        missing: None,
        kept: Kept::Workbook,
    };
    let mut rows: Vec<Vec<Cell>> = (0..2)
        .map(|at| dates(at).iter().map(|put| plain.cell(put)).collect())
        .collect();
    rows[1][2] = Cell::Day(55_243.0);
    put(
        "a date among pupils",
        file(&rows, &[], Kept::Workbook),
        wanted(&COUNTED),
        refused("date"),
    );
    let data: Vec<Vec<Cell>> = plain
        .rows()
        .0
        .iter()
        .map(|row| row.iter().map(|put| plain.cell(put)).collect())
        .collect();
    let cover = vec![
        vec![Cell::Text("Annual School Census 2023".into())],
        vec![Cell::Text("See the next sheet.".into())],
    ];
    let sheets = [("Read me", &cover), ("Table 1", &data)].map(|(name, rows)| Sheet {
        name,
        rows,
        merged: &[],
    });
    put(
        "data on the second sheet",
        workbook::archive(&workbook::parts(&sheets)),
        plain.wanted(),
        Verdict::Right,
    );
    all
}
