//! Inputs at random against the program: scenarios, regional tables (text and workbooks), journals, typed numbers. Each
//! takes the road that a user's file or key takes; of every run each identity of the model is checked on its tables.
//!
//!     cargo test --bench fuzz -- [--seconds 60] [--seed 1] [--out DIR]      for so long
//!     cargo test --bench fuzz -- --cases 8000 [--seed 1] [--out DIR]        so many, the same on every machine
//!     cargo test --bench fuzz -- --seed 1 --case 4711 [--out DIR]           one case again
//!     cargo test --bench fuzz -- --input FILE                               a file that was kept
//!     cargo test --bench fuzz -- --sheets 1000000 [--seed 1] [--out DIR]    so many tables and workbooks, nothing else
//!
//! `cargo test` builds it as the tests are built, with overflow checks; `cargo bench --bench fuzz -- ...` builds it for
//! speed. With `--no-default-features` journals and typed numbers, which belong to the window, are left out. Exit code 1
//! says that something was found; each finding prints its seed and case, and its input is written into the folder given.

mod biff;
mod chance;
mod identities;
mod opendocument;
mod sheets;
#[cfg(feature = "gui")]
mod window;
mod workbook;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::exit;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chance::{Chance, change, extreme};
use rollcall::data::tables::{File, Measure, Recipe};
use rollcall::data::{self, Pack, bundled, bundled_file};
use rollcall::model::simulate;
use rollcall::scenario::field::{ROOT, Years};
use rollcall::scenario::findings::any_error;
use rollcall::scenario::parser::{DEEPEST, parse};
use rollcall::scenario::registry::{Entry, LeafMut};
use rollcall::scenario::text::{Reading, read_scenario, write_scenario};
use rollcall::scenario::{Country, Passport, Quantity, Scenario, messages};
use rollcall::study::compare::differences;
use serde::de::IgnoredAny;
use workbook::{Cell, Sheet};

/// Longer than any of these inputs may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// After so many kinds of findings there is enough to do.
const ENOUGH: usize = 20;

/// An input: what it is, the ending of its file, and its bytes.
pub struct Input {
    kind: &'static str,
    ending: &'static str,
    bytes: Vec<u8>,
}

/// What became of an input that did no harm.
type Verdict = Result<&'static str, String>;

struct Asked {
    seconds: u64,
    seed: u64,
    case: Option<u64>,
    /// So many, however long they take.
    cases: Option<u64>,
    /// So many sheets, and nothing else.
    sheets: Option<u64>,
    out: Option<PathBuf>,
    input: Option<PathBuf>,
}

impl Asked {
    fn read() -> Self {
        let mut asked = Self {
            seconds: 10,
            seed: 1,
            case: None,
            cases: None,
            sheets: None,
            out: None,
            input: None,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            // Cargo says how the program was called; that is no wish.
            if name == "--bench" {
                continue;
            }
            let Some(value) = arguments.next() else { usage(&name) };
            let number = || value.parse().unwrap_or_else(|_| usage(&name));
            match name.as_str() {
                "--seconds" => asked.seconds = number(),
                "--seed" => asked.seed = number(),
                "--case" => asked.case = Some(number()),
                "--cases" => asked.cases = Some(number()),
                "--sheets" => asked.sheets = Some(number()),
                "--input" => asked.input = Some(value.into()),
                "--out" => asked.out = Some(value.into()),
                _ => usage(&name),
            }
        }
        asked
    }
}

fn usage(name: &str) -> ! {
    eprintln!("{name}: fuzz [--seconds N] [--cases N] [--sheets N] [--seed N] [--case N] [--out DIR]");
    exit(2)
}

/// What is being tried, for the panic hook and the thread that watches the time.
struct Now {
    case: u64,
    since: Instant,
    input: Arc<Input>,
}

static NOW: Mutex<Option<Now>> = Mutex::new(None);
static PANIC: Mutex<String> = Mutex::new(String::new());

#[allow(clippy::disallowed_methods)] // a program of its own, with a clock, a thread and files
fn main() {
    let asked = Asked::read();
    panic::set_hook(Box::new(|what| {
        *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = what.to_string();
    }));
    let (seed, out) = (asked.seed, asked.out.clone());
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let now = NOW.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(now) = now.as_ref().filter(|now| now.since.elapsed() > PATIENCE) {
                report(seed, now.case, &now.input, "takes longer than a minute", out.as_deref());
                exit(1);
            }
        }
    });
    let start = Instant::now();
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut kinds = BTreeSet::new();
    let mut slowest = (Duration::ZERO, 0);
    let counted = asked.sheets.or(asked.cases);
    let cases = match asked.case {
        Some(case) => case..=case,
        None if asked.input.is_some() => 0..=0,
        None => counted.map_or(0..=u64::MAX, |count| 1..=count),
    };
    for case in cases {
        let is_over = counted.is_none() && start.elapsed().as_secs() >= asked.seconds;
        if is_over || kinds.len() >= ENOUGH {
            break;
        }
        let input = Arc::new(
            asked
                .input
                .as_deref()
                .map_or_else(|| make(seed, case, asked.sheets.is_some()), kept),
        );
        let since = Instant::now();
        *NOW.lock().unwrap_or_else(PoisonError::into_inner) = Some(Now {
            case,
            since,
            input: Arc::clone(&input),
        });
        let verdict = panic::catch_unwind(AssertUnwindSafe(|| attempt(&input)))
            .unwrap_or_else(|_| Err(PANIC.lock().unwrap_or_else(PoisonError::into_inner).clone()));
        *NOW.lock().unwrap_or_else(PoisonError::into_inner) = None;
        slowest = slowest.max((since.elapsed(), case));
        let answer = verdict.unwrap_or_else(|why| {
            // The same fault with other numbers is told once.
            let kind: String = why.chars().filter(char::is_ascii_alphabetic).take(34).collect();
            if kinds.insert((input.kind, kind)) {
                report(seed, case, &input, &why, asked.out.as_deref());
            }
            "FOUND"
        });
        *counts.entry((input.kind, answer)).or_default() += 1;
    }
    for ((kind, answer), count) in &counts {
        println!("{kind}: {answer} {count}");
    }
    println!(
        "seed {seed}: {} inputs in {:.0?}, the slowest {:.1?} (case {}); {} kinds of findings",
        counts.values().sum::<u64>(),
        start.elapsed(),
        slowest.0,
        slowest.1,
        kinds.len()
    );
    exit(i32::from(!kinds.is_empty()));
}

#[allow(clippy::disallowed_methods)]
fn report(seed: u64, case: u64, input: &Input, why: &str, out: Option<&Path>) {
    println!("FOUND {}, --seed {seed} --case {case}: {why}", input.kind);
    let Some(folder) = out else { return };
    let path = folder.join(format!("{}-{seed}-{case}.{}", input.kind, input.ending));
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, &input.bytes));
    println!(
        "    {}",
        written.map_or_else(|why| why.to_string(), |()| path.display().to_string())
    );
}

/// An input that was kept, or any file with the ending of its kind.
#[allow(clippy::disallowed_methods)]
fn kept(path: &Path) -> Input {
    let (kind, ending) = match path.extension().and_then(std::ffi::OsStr::to_str) {
        Some("csv") => ("table", "csv"),
        Some("xlsx") => ("workbook", "xlsx"),
        Some("ods") => ("opendocument", "ods"),
        Some("xls") => ("excel 97", "xls"),
        Some("journal") => ("journal", "journal"),
        Some("txt") => ("typed", "txt"),
        _ => ("scenario", "ron"),
    };
    let bytes = std::fs::read(path).unwrap_or_else(|why| usage(&format!("{}: {why}", path.display())));
    Input { kind, ending, bytes }
}

fn make(seed: u64, case: u64, is_sheet: bool) -> Input {
    let mut chance = Chance::of(seed, case);
    if is_sheet {
        return published(&mut chance);
    }
    match chance.below(if cfg!(feature = "gui") { 100 } else { 70 }) {
        0..30 => text(&mut chance),
        30..55 => numbers(&mut chance),
        55..62 => table(&mut chance),
        62..65 => sheet(&mut chance),
        65..70 => published(&mut chance),
        #[cfg(feature = "gui")]
        70..80 => window::journal(&mut chance),
        #[cfg(feature = "gui")]
        _ => window::typed(&mut chance),
        #[cfg(not(feature = "gui"))]
        _ => text(&mut chance),
    }
}

fn attempt(input: &Input) -> Verdict {
    match input.kind {
        "table" | "workbook" | "opendocument" | "excel 97" => attempt_table(input),
        #[cfg(feature = "gui")]
        "journal" => window::attempt_journal(&input.bytes),
        #[cfg(feature = "gui")]
        "typed" => window::attempt_typed(&input.bytes),
        _ => attempt_scenario(&input.bytes),
    }
}

const EXAMPLE: &str = include_str!("../../tests/data/example.ron");

/// Scenarios that run: the example and all bundled stories, as they are and as they are written, alone and explained.
static SCENARIOS: LazyLock<Vec<(String, Scenario)>> = LazyLock::new(|| {
    let stories = bundled().iter().filter(|(name, _)| data::store::runs_alone(name));
    let mut scenarios = Vec::new();
    for text in stories.map(|(_, text)| *text).chain([EXAMPLE]) {
        let Some(scenario) = read(text.as_bytes()).scenario else {
            continue;
        };
        let mut alone = scenario.clone();
        alone.country.file.clear();
        scenarios.push((text.to_owned(), scenario));
        for explain in [false, true] {
            scenarios.push((write_scenario(&alone, explain), alone.clone()));
        }
    }
    // What is met most often should be quick.
    scenarios.extend(std::iter::repeat_n(
        (EXAMPLE.to_owned(), scenarios[scenarios.len() - 1].1.clone()),
        6,
    ));
    scenarios
});

fn read(bytes: &[u8]) -> Reading {
    read_scenario("case.ron", bytes, &|name| {
        let text = bundled_file(name).ok_or_else(messages::no_such_file)?;
        Ok((name.to_owned(), text.as_bytes().to_vec()))
    })
}

/// A scenario whose text is changed in a few places.
fn text(chance: &mut Chance) -> Input {
    let mut bytes = chance.pick(&SCENARIOS).0.clone().into_bytes();
    for _ in 0..=chance.below(4).saturating_sub(1) {
        change(&mut bytes, chance);
    }
    Input {
        kind: "scenario",
        ending: "ron",
        bytes,
    }
}

/// A scenario whose numbers go to the ends of what each field allows.
fn numbers(chance: &mut Chance) -> Input {
    let mut scenario = chance.pick(&SCENARIOS).1.clone();
    scenario.country.file.clear();
    let (every, horizon) = (*chance.pick(&[10, 40, 100, 300]), chance.below(6));
    if horizon == 0 {
        scenario.horizon = 2027 + i32::try_from(chance.below(20)).unwrap_or(0);
    } else if horizon == 1 {
        scenario.base_year = 2010 + i32::try_from(chance.below(16)).unwrap_or(0);
    }
    scenario.walk_mut("", &ROOT, &mut |_, field, leaf| {
        if chance.below(every) > 0 {
            return;
        }
        let (min, max) = field.within;
        let mut to = |value: f64| {
            match chance.below(9) {
                0 => min,
                1 if max < 1e9 => max,
                2 => value * 1e-9,
                3 => value * 1e9,
                4 => extreme(chance).parse().unwrap_or(0.0),
                5 => value * 2.0,
                6 => 1e-308,
                _ if max < 1e9 => min + (max - min) * chance.share(),
                _ => value * 10.0 * chance.share(),
            }
            .clamp(min, max)
        };
        match leaf {
            LeafMut::Number(number) => number.value = to(number.value),
            LeafMut::Path(path) => path.points.iter_mut().for_each(|point| point.1 = to(point.1)),
        }
    });
    if chance.percent(20) {
        as_ministries_write(&mut scenario, chance);
    }
    Input {
        kind: "numbers",
        ending: "ron",
        bytes: write_scenario(&scenario, false).into_bytes(),
    }
}

/// Some amounts in a currency and of a year, some paths by fiscal years.
fn as_ministries_write(scenario: &mut Scenario, chance: &mut Chance) {
    let month = 1 + chance.below(12);
    scenario.funding.fiscal_year_start = Quantity::new(f64::from(u8::try_from(month).unwrap_or(1)));
    scenario.walk_mut("", &ROOT, &mut |_, field, leaf| {
        let passport = match leaf {
            LeafMut::Number(number) => &mut number.passport,
            LeafMut::Path(path) => {
                path.fiscal = field.years == Years::Fiscal && path.as_constant().is_none() && chance.percent(50);
                &mut path.passport
            }
        };
        if field.is_dated_money() && chance.percent(10) {
            let year = 2007 + i32::try_from(chance.below(22)).unwrap_or(0);
            *passport = Some(Arc::new(Passport {
                year: chance.percent(80).then_some(year),
                currency: (*chance.pick(&["", "LCU", "XOF", "SLE", "SLL", "ZWD", "EUR", "USD"])).to_owned(),
                ..Passport::default()
            }));
            if chance.percent(50)
                && let Some(passport) = passport
                    .as_mut()
                    .map(Arc::make_mut)
                    .filter(|passport| !passport.currency.is_empty())
            {
                passport.rate = Some(0.3 + 3000.0 * chance.share());
            }
        }
    });
}

/// Our reader and the `ron` crate accept the same texts.
fn same_grammar(bytes: &[u8]) -> Result<(), String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Ok(());
    };
    let ours = parse("case.ron", bytes).is_ok_and(|(.., mended)| mended.is_empty());
    let theirs = ron::from_str::<IgnoredAny>(text.trim_start_matches('\u{feff}'));
    // Extensions and deep nesting are not ours; brackets in remarks and texts count too, which only makes this milder.
    let mut depth = 0_usize;
    let deepest = text.chars().map(|c| {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth
    });
    let more = text.contains("#!") || deepest.max().is_some_and(|depth| depth > DEEPEST);
    match (ours, theirs) {
        (true, Err(error)) => Err(format!("read, though it is no RON: {error}")),
        (false, Ok(_)) if !more => Err("refused, though it is RON".into()),
        _ => Ok(()),
    }
}

fn attempt_scenario(bytes: &[u8]) -> Verdict {
    same_grammar(bytes)?;
    let reading = read(bytes);
    for finding in &reading.findings {
        let said = finding.to_string();
        if said.is_empty() || said.len() > 4000 {
            return Err(format!("a finding of {} bytes: {said:.200}", said.len()));
        }
    }
    if reading.scenario.is_none() != any_error(&reading.findings) {
        return Err("neither a scenario nor an error, or both".into());
    }
    let Some(scenario) = reading.scenario else {
        return Ok("refused");
    };
    let verdict = attempt_run(&scenario)?;
    let mut alone = scenario;
    alone.country.file.clear();
    let again = read(write_scenario(&alone, false).as_bytes());
    let Some(again_read) = again.scenario else {
        let why = again.findings.first().map(ToString::to_string);
        return Err(format!("what is written is refused: {}", why.unwrap_or_default()));
    };
    // Numbers that equal their default may lose their remarks and their place in a list, never their value.
    match &differences(&[&alone, &again_read])[..] {
        [] => Ok(verdict),
        [first, ..] => Err(format!("what is written is read with another {}", first.path)),
    }
}

fn attempt_run(scenario: &Scenario) -> Verdict {
    let run = simulate(scenario);
    if let Err(finding) = run.sound() {
        return if finding.hint.is_some() {
            Ok("not finite")
        } else {
            Err("no way out is named".into())
        };
    }
    identities::broken(&run)?;
    Ok("ran")
}

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let pack = Pack::embedded();
    let known = sheets::COUNTRIES
        .iter()
        .map(|iso3| data::country(&pack, iso3, true).ok());
    known.flatten().collect()
});

/// About as many learners as Senegal has: sums far from the nation's are refused.
const LEVELS: [(&str, f64); 4] = [
    ("primary", 2_300_000.0),
    ("lower_secondary", 450_000.0),
    ("upper_secondary", 400_000.0),
    ("moyen", 450_000.0),
];

/// Rows of a regional table: mostly as they should be, some cells at random.
fn cells(chance: &mut Chance) -> Vec<Vec<String>> {
    let wild = *chance.pick(&[0, 1, 8]);
    let measures = Measure::ALL.iter().map(|measure| measure.name());
    let columns: Vec<&str> = ["region", "locality", "level"].into_iter().chain(measures).collect();
    let width = 5 + chance.below(columns.len() - 4);
    let mut rows: Vec<Vec<String>> = Vec::new();
    if chance.percent(10) {
        rows.push(vec!["Recensement scolaire 2024".into()]);
    }
    rows.push(
        columns[..width]
            .iter()
            .map(|column| match chance.below(12) {
                0 => (*chance.pick(&["Province", "Milieu", "élèves", "Electricity", "x"])).to_owned(),
                1 if wild > 0 => format!("{column} (%)"),
                _ => (*column).to_owned(),
            })
            .collect(),
    );
    let cells = [
        "",
        "0",
        "1",
        "-1",
        "35%",
        "35",
        "0.35",
        "0,35",
        "1 200",
        "1,200",
        "1.200,5",
        "1e9",
        "1e308",
        "x",
        "=1+1",
        "NaN",
        "Total",
        "Dakar",
        "urban",
        "primary",
        "-0",
        "2030-01-01",
    ];
    let count = chance.below(30);
    #[allow(clippy::cast_precision_loss)]
    let part = LEVELS.len() as f64 / count.max(1) as f64;
    for row in 0..count {
        let (level, all) = LEVELS[row % LEVELS.len()];
        let learners = (all * part * (0.8 + 0.4 * chance.share())).round();
        let mut line: Vec<String> = columns[..width]
            .iter()
            .map(|_| format!("0.{}", chance.below(3)))
            .collect();
        line[0] = (*chance.pick(&["Dakar", "Kolda", "Thiès", "Saint-Louis"])).to_owned() + &row.to_string();
        line[1] = (*chance.pick(&["urban", "rural", "urbain"])).into();
        line[2] = level.into();
        line[3] = (learners / 300.0).ceil().to_string();
        line[4] = learners.to_string();
        if width > 5 {
            line[5] = (learners / 30.0).ceil().to_string();
        }
        for cell in &mut line {
            if chance.percent(wild) {
                (*chance.pick(&cells)).clone_into(cell);
            }
        }
        rows.push(line);
    }
    rows
}

fn table(chance: &mut Chance) -> Input {
    let separator = *chance.pick(&[",", ";", "\t"]);
    let lines: Vec<String> = cells(chance).iter().map(|row| row.join(separator)).collect();
    let mut bytes = lines.join("\n").into_bytes();
    for _ in 0..chance.below(2) {
        change(&mut bytes, chance);
    }
    Input {
        kind: "table",
        ending: "csv",
        bytes,
    }
}

fn sheet(chance: &mut Chance) -> Input {
    let rows: Vec<Vec<Cell>> = cells(chance)
        .iter()
        .map(|row| row.iter().map(|text| sheets::cell(text)).collect())
        .collect();
    let (name, merged) = ("Schools", &[]);
    let mut bytes = workbook::archive(&workbook::parts(&[Sheet {
        name,
        rows: &rows,
        merged,
    }]));
    if chance.percent(50) {
        change(&mut bytes, chance);
    }
    Input {
        kind: "workbook",
        ending: "xlsx",
        bytes,
    }
}

/// A ministry's own table as it is published, changed.
fn published(chance: &mut Chance) -> Input {
    let (kind, ending, make): (_, _, fn(&mut Chance) -> Vec<u8>) = match chance.below(5) {
        0 | 1 => ("table", "csv", sheets::text),
        2 => ("workbook", "xlsx", sheets::book),
        3 => ("opendocument", "ods", sheets::open_document),
        _ => ("excel 97", "xls", sheets::excel_97),
    };
    Input {
        kind,
        ending,
        bytes: make(chance),
    }
}

fn attempt_table(input: &Input) -> Verdict {
    // Any of the countries, told by the bytes, so that a file that was kept does again what it did.
    let sum = input.bytes.iter().fold(0, |sum: usize, byte| sum + usize::from(*byte));
    let Some(country) = COUNTRIES.get(sum % COUNTRIES.len().max(1)).cloned() else {
        return Ok("no data");
    };
    let never = std::sync::atomic::AtomicBool::new(false);
    let looked = File::open("case", input.bytes.as_slice(), &never)
        .and_then(|file| Ok((file.look_for(&country, &never)?, file)));
    let placed = looked.and_then(|(sheet, file)| file.read(&sheet, &Recipe::guess(&sheet, &country), country, &never));
    let placed = match placed {
        Ok(placed) => placed,
        Err(why) => {
            let _ = why.finding("case").to_string();
            return Ok("no table");
        }
    };
    placed.findings.iter().for_each(|finding| drop(finding.to_string()));
    let Some(country) = placed.country else {
        return if any_error(&placed.findings) {
            Ok("refused")
        } else {
            Err("no groups and no error".into())
        };
    };
    let text = write_scenario(&data::new_scenario(country), false);
    let reading = read(text.as_bytes());
    match reading.scenario {
        // Runs are slow, and what makes a table makes many like it.
        Some(_) if sum % 16 > 0 => Ok("taken"),
        Some(scenario) => attempt_run(&scenario),
        None => Err(format!(
            "a table that was taken makes no scenario: {}",
            reading.findings[0]
        )),
    }
}
