//! A page of the book: fifty edits of Senegal's balanced plan, one at a time, by the road of a file edit; what moved, and
//! whether it is what a sceptic expects. The expectations were written down before the runs were looked at.

use std::fmt::Write;

use rollcall::data::bundled_file;
use rollcall::model::{Trajectory, simulate};
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::parser::parse;
use rollcall::scenario::source::Source;
use rollcall::scenario::text;
use rollcall::scenario::tree::{Node, NodeKind};

const PLAN: &str = "senegal/balanced.ron";
const COUNTRY: &str = "countries/senegal.ron";

/// What is told of an edit. If all is paid for: cost of doing it all, what keeps it going a year afterwards (US$ million), reach and dose in
/// the last year (percent), learning-adjusted years gained (thousand). With the money that there is: what is to be found, reach.
const TOLD: usize = 7;

/// One edit.
struct Edit {
    /// Path of the field in the file.
    path: &'static str,
    /// What is written there.
    value: &'static str,
    /// What a sceptic expects of each of these: `+` more, `-` less, `0` the same, `p` not less,
    /// `m` not more, `?` either.
    expected: &'static str,
    /// Why.
    because: &'static str,
    /// Where it came otherwise: what is behind it.
    explained: &'static str,
}

const fn edit(
    path: &'static str,
    value: &'static str,
    expected: &'static str,
    because: &'static str,
    explained: &'static str,
) -> Edit {
    Edit {
        path,
        value,
        expected,
        because,
        explained,
    }
}

#[rustfmt::skip]
const EDITS: [Edit; 50] = [
    // Power
    edit("plan.power.powered", "{2026: 0.4, 2030: 1}", "++pppp?", "more schools with power", ""),
    edit("plan.power.powered", "{2026: 0.4, 2030: 0.6}", "-----m?", "without power nothing else works", ""),
    edit("plan.power.system", "11", "++mmmp?", "five times the panels for the same devices", ""),
    edit("plan.power.grid_share", "0.5", "+?mmmp?", "a kilometre of line costs more than two kilowatts of panels", ""),
    edit("prices.power.solar_watt", "1.6", "--pppm?", "cheaper panels", ""),
    // Links and networks in schools
    edit("plan.links.connected", "{2026: 0.15, 2030: 1}", "++pppp?", "more schools online", ""),
    edit("plan.links.connected", "{2026: 0.15, 2030: 0.5}", "-----m?", "fewer schools online", ""),
    edit("plan.links.service", "household", "--pppm?", "a fourth of the price of a managed service; the model knows no better service", ""),
    edit("plan.links.floor", "100", "++pppp?", "more capacity", ""),
    edit("plan.links.floor", "5", "mmmmmm?", "less capacity", ""),
    edit("plan.campus.networked", "{2026: 0.02, 2030: 0.4}", "-----m?", "without a network a link serves the rooms near it", ""),
    edit("plan.campus.classroom_sets", "{2026: 0, 2030: 0.5}", "++mmmp?", "screens have no outcome of their own", ""),
    // Devices
    edit("plan.devices.equipped", "{2026: 0.02, 2030: 1}", "++pppp?", "more schools equipped", ""),
    edit("plan.devices.equipped", "{2026: 0.02, 2030: 0.4}", "-----m?", "fewer schools equipped", ""),
    edit("plan.devices.learners_per_device", "5", "++pppp?", "more hours of a device", ""),
    edit("plan.devices.learners_per_device", "40", "-----m?", "less than an hour a week of a device", ""),
    edit("plan.devices.upper_secondary", "tablet", "--pppm?", "a tablet costs less than a laptop", ""),
    edit("plan.devices.spares", "0.2", "++pppp?", "more devices", ""),
    edit("prices.devices", "[(device: tablet, price: 300)]", "++mmmp?", "dearer tablets", ""),
    edit("prices.devices", "[(device: tablet, life: 5)]", "--pppm?", "tablets that last longer", ""),
    edit("prices.devices", "[(device: tablet, damage: 0.25)]", "++mmmp?", "three times the repairs, and devices away for them", ""),
    // Teachers
    edit("plan.training.ready", "{2026: 0.2, 2027: 0.5, 2028: 0.8, 2030: 0.95}", "+++++p?", "ready teachers are what is short", ""),
    edit("plan.training.ready", "{2026: 0.2, 2030: 0.4}", "-----m?", "fewer ready teachers", ""),
    edit("plan.training.days", "1", "-----m?", "one day does not do the work of ten", ""),
    edit("plan.training.days", "20", "++mmmp?", "more days than a step needs", ""),
    edit("plan.training.follow_up", "1", "????p??", "fewer forget; follow-up costs, courses are saved", ""),
    edit("plan.training.follow_up", "0", "??mmm??", "more forget", ""),
    edit("plan.training.preservice", "0", "???????", "fewer arrive ready, more are trained in school", ""),
    edit("plan.training.modes", "[(mode: online, share: 1)]", "--pppm?", "courses online are cheap; whoever breaks off is enrolled again, as long as the money lasts", ""),
    edit("plan.training.modes", "[(mode: coaching, share: 1)]", "++mmmp?", "coaching is dear", ""),
    edit("prices.training", "[(mode: workshop, day: 90)]", "++mmmp?", "dearer days", ""),
    // Content and learning
    edit("plan.content.coverage", "0.1", "--p--m?", "devices without content; reach does not ask for it", ""),
    edit("plan.content.open", "0", "++mmmp?", "licences in place of open courses", ""),
    edit("country.schooling.languages", "4", "++m?mp?", "each course four times", ""),
    edit("plan.learning[0].share", "0", "--pp-m?", "nobody works with the software, nobody learns from it", ""),
    edit("plan.learning", "[(mode: \"devices_alone\", share: {2026: 0, 2028: 1})]", "--pp-m?", "devices alone teach nothing", ""),
    // Support, systems, posts, management
    edit("plan.support.technicians", "0", "--mmmm?", "repairs take longer", ""),
    edit("plan.support.technicians", "10", "++???p?", "more technicians than there is work for", ""),
    edit("plan.systems.users", "{2026: 0, 2030: 0.8}", "++mmmp?", "a platform that no mode of learning of this plan asks for", ""),
    edit("plan.governance.staffed", "{2026: 0, 2030: 1}", "++mmmp?", "posts teach nobody", ""),
    edit("plan.management.programme", "0.15", "++mmmp?", "dearer management", ""),
    // How it is done
    edit("plan.bundling", "0", "0?---0?", "things arrive in different schools", "Devices that arrive where there is no power wait and draw no energy: US$ 0.1 million less."),
    edit("plan.bundling", "1", "0?+++0?", "things meet in the same schools", "Devices that meet power draw energy: US$ 0.1 million more."),
    // Country
    edit("country.levels[0].attrition", "0.12", "p?mmm??", "more teachers who leave never pay", ""),
    edit("country.groups[1].schools", "9000", "++???p?", "more and smaller schools cost more", ""),
    // Money
    edit("funding.sources[2].commitment", "0", "00000pm", "without the partner", ""),
    edit("funding.sources[2].commitment", "300_000_000", "00000mp", "four times the partner", ""),
    edit("funding.sources[0].share_of_education", "0.001", "00000+-", "a tenth of the ministry's money", ""),
    edit("funding.existing", "0", "0?000pm", "nobody keeps up what stands", "*To find* is of the plan alone. Its sources now keep up what stood before too, and what they pay for that counts as found; the plan gets less, which reach shows. Of all services together more is to be found ([Cost](cost.md#what-a-plan-costs))."),
    edit("prices.general.vat", "0.18", "++mmmp?", "a tax on what is imported", ""),
];

/// A text in which the field of a path holds something else; what leads to it is written where it is missing.
fn edited(file: &str, text: &str, path: &str, value: &str) -> String {
    let (source, root, _) = parse(file, text.as_bytes()).unwrap_or_else(|findings| panic!("{file}: {findings:?}"));
    let (from, to, put) = place(&source, &root, path, value);
    format!("{}{put}{}", &text[..from], &text[to..])
}

/// The bytes that give way, and what is written there.
fn place(source: &Source, node: &Node, path: &str, value: &str) -> (usize, usize, String) {
    let node = node.bare(source);
    let path = path.trim_start_matches('.');
    if path.is_empty() {
        return (node.span.start as usize, node.span.end as usize, value.to_owned());
    }
    if let Some((index, rest)) = path.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let NodeKind::List(items) = &node.kind else {
            panic!("{path}: no list")
        };
        return place(source, &items[index.parse::<usize>().expect("an index")], rest, value);
    }
    let (name, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
    match &node.kind {
        NodeKind::Struct(word, fields) => {
            if let Some((_, inside)) = fields.iter().find(|field| source.written(field.0) == name) {
                return place(source, inside, rest, value);
            }
            let at = word.end as usize + 1;
            let names = path.split('.').collect::<Vec<_>>();
            let (opened, closed) = (names.join(": ("), ")".repeat(names.len() - 1));
            (at, at, format!("{opened}: {value}{closed}, "))
        }
        // A source: its fields stand in brackets behind its word.
        NodeKind::Tuple(_, items) if items.len() == 1 => place(source, &items[0], path, value),
        _ => panic!("{path}: no fields"),
    }
}

/// The run of the plan with some fields changed.
pub fn run(changes: &[(&str, &str)]) -> Trajectory {
    let fetch = |name: &str| {
        bundled_file(name)
            .unwrap_or_else(|| panic!("no bundled {name}"))
            .to_owned()
    };
    let (mut plan, mut country) = (fetch(PLAN), fetch(COUNTRY));
    for (path, value) in changes {
        if let Some(inside) = path.strip_prefix("country.") {
            country = edited(COUNTRY, &country, inside, value);
        } else {
            plan = edited(PLAN, &plan, path, value);
        }
    }
    let reading = text::read_scenario(PLAN, plan.as_bytes(), &|name| {
        assert!(name.ends_with(COUNTRY), "{name}");
        Ok((name.to_owned(), country.as_bytes().to_vec()))
    });
    simulate(
        reading
            .scenario
            .unwrap_or_else(|| panic!("{changes:?}: {:?}", reading.findings)),
    )
}

/// All of the plan is paid for.
const PAID: (&str, &str) = ("funding.sources[0].share_of_education", "1");

/// What is told, and the first dark year with the money that there is.
fn told(changes: &[(&str, &str)]) -> ([f64; TOLD], Option<i32>) {
    let now = run(changes);
    let paid = run(&[changes, &[PAID]].concat());
    let last = now.model.years - 1;
    let over = |run: &Trajectory, measure: Measure| {
        let sum = run.lend().over(measure, Scope::ALL, 1..last + 1);
        sum.expect("a sum") / 1e6
    };
    let at = |run: &Trajectory, measure: Measure| run.lend().value(measure, Scope::ALL, last).expect("a value");
    let numbers = [
        over(&paid, Measure::CostFull),
        paid.ahead().full.a_year()[1] / 1e6,
        100.0 * at(&paid, Measure::Reach),
        100.0 * at(&paid, Measure::Dose),
        at(&paid, Measure::LearningYearsGained) / 1e3,
        over(&now, Measure::ToFind),
        100.0 * at(&now, Measure::Reach),
    ];
    // What is shown is what moves.
    (
        numbers.map(|number| (10.0 * number).round() / 10.0),
        now.lend().dark().year(),
    )
}

fn came(expected: char, difference: f64) -> bool {
    match expected {
        '+' => difference > 0.0,
        '-' => difference < 0.0,
        '0' => difference == 0.0,
        'p' => difference >= 0.0,
        'm' => difference <= 0.0,
        _ => true,
    }
}

fn sign(expected: char) -> char {
    match expected {
        '+' => '↑',
        '-' => '↓',
        '0' => '=',
        'p' => '≥',
        'm' => '≤',
        _ => '·',
    }
}

fn year(dark: Option<i32>) -> String {
    dark.map_or_else(|| "none".into(), |year| year.to_string())
}

const HEAD: &str = "# Fifty edits\n\n\
    <!-- Written from the program by `UPDATE_BOOK=1 cargo test --no-default-features fifty_edits`; expectations and explanations stand in the test. -->\n\n\
    One field of `senegal/balanced.ron` or of its country is changed in the file, nothing else, and the plan is run twice: with all of it paid for, which\n\
    shows what the lever does, and with the money that there is. The first row is the plan as it is; below it stands what an edit adds or takes.\n\n\
    - All paid for: *to do it all* to 2030 and the plan's part of *the year after*, US$ million ([Cost](cost.md)); *reach* and *dose* in 2030, points\n\
      ([Reach and dose](access.md)); *learning*, thousand learning-adjusted years gained ([Learning](learning.md)).\n\
    - With the money there is: *to find*, US$ million; *reach now* in 2030; the [first dark year](dark.md), where it is another. Much of the plan has no source, so\n\
      what costs more takes from the rest: reach now falls with many a good thing that is added, and rises with many that are left out.\n\n\
    What somebody who believes nothing would expect was written down before the runs were looked at, for the seven numbers in their order: ↑ more, ↓ less, = the\n\
    same, ≥ not less, ≤ not more, · either. **Bold** is what came otherwise; it is explained below the table.\n\n";

fn page() -> (String, Vec<String>) {
    let (base, dark) = told(&[]);
    let mut page = String::from(HEAD);
    page += "| | edit | to do it all | year after | reach | dose | learning | to find | reach now | dark | expected, because |\n";
    page += "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n| | the plan as it is |";
    for number in base {
        let _ = write!(page, " {number:.1} |");
    }
    let _ = writeln!(page, " {} | |", year(dark));
    let (mut explained, mut faults) = (String::new(), Vec::new());
    for (index, edit) in EDITS.iter().enumerate() {
        let index = index + 1;
        let (numbers, now_dark) = told(&[(edit.path, edit.value)]);
        let _ = write!(page, "| {index} | `{} = {}` |", edit.path, edit.value);
        let mut otherwise = false;
        assert_eq!(edit.expected.len(), TOLD, "{index}");
        for ((number, base), expected) in numbers.into_iter().zip(base).zip(edit.expected.chars()) {
            let difference = (10.0 * (number - base)).round() / 10.0;
            let shown = if difference == 0.0 {
                "0".into()
            } else {
                format!("{difference:+.1}").replace('-', "−")
            };
            if came(expected, difference) {
                let _ = write!(page, " {shown} |");
            } else {
                otherwise = true;
                let _ = write!(page, " **{shown}** |");
            }
        }
        let signs: String = edit.expected.chars().map(sign).collect();
        let dark = if now_dark == dark {
            String::new()
        } else {
            year(now_dark)
        };
        let _ = writeln!(page, " {dark} | {signs} {} |", edit.because);
        if otherwise {
            let _ = writeln!(explained, "- **{index}** {}", edit.explained);
        }
        if otherwise == edit.explained.is_empty() {
            faults.push(format!("{index} {} = {}", edit.path, edit.value));
        }
    }
    if !explained.is_empty() {
        let _ = write!(page, "\n## What came otherwise\n\n{explained}");
    }
    (page, faults)
}

#[test]
fn fifty_edits_move_what_a_sceptic_expects_or_are_explained() {
    let (page, faults) = page();
    crate::book::keep("fifty_edits.md", &page);
    assert!(
        faults.is_empty(),
        "unexpected and not explained, or explained and expected: {faults:#?}\n{page}"
    );
}

#[test]
fn an_edit_lands_where_its_path_says() {
    let text = "(a: 1, b: (c: [(d: 2), x(e: 3)]), f: {2027: 1})";
    for (path, value, wanted) in [
        ("a", "9", "(a: 9, b: (c: [(d: 2), x(e: 3)]), f: {2027: 1})"),
        ("b.c[0].d", "9", "(a: 1, b: (c: [(d: 9), x(e: 3)]), f: {2027: 1})"),
        ("b.c[1].e", "9", "(a: 1, b: (c: [(d: 2), x(e: 9)]), f: {2027: 1})"),
        (
            "b.g.h",
            "9",
            "(a: 1, b: (g: (h: 9), c: [(d: 2), x(e: 3)]), f: {2027: 1})",
        ),
        ("f", "2", "(a: 1, b: (c: [(d: 2), x(e: 3)]), f: 2)"),
    ] {
        assert_eq!(edited("a.ron", text, path, value), wanted);
    }
}
