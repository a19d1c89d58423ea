//! The page of the book that tells the bundled stories: their own words, and what their runs show.

use std::fmt::Write;

use rollcall::model::measures::binding;
use rollcall::model::{Trajectory, simulate};
use rollcall::scenario::measure::{Measure, Scope};

use crate::regression::{bundled, stories};

const HEAD: &str = "# The stories\n\n\
    <!-- Written from the program by `UPDATE_BOOK=1 cargo test --no-default-features retold`; the texts stand in `scenarios/`. -->\n\n\
    Thirteen plans come with the program, of three countries, made from open data and examples. Each country has *no new plan*, *devices first*, *teachers\n\
    first* and *balanced*, with the same money in every story that has a plan, so that they differ in what they buy; Senegal has its *official strategy*\n\
    as well. None is a recommendation. `rollcall run senegal/balanced.ron` prints one, `rollcall compare` sets them side by side.\n\n\
    *To do it all*, *to find* to 2030 and the plan's part of *the year after*: US$ million ([Cost](cost.md)); *reach* and *dose* in 2030\n\
    ([Reach and dose](access.md)); *points*: mathematics at the end of primary against no new plan; *dark*: [first dark year](dark.md); *held back*: the part\n\
    on which most of what is missing of reach falls.\n\n";

const OFFICIAL: &str = "## What is published of Senegal's official strategy\n\n\
    `senegal/official_strategy.ron` writes down the *Stratégie numérique pour l'éducation 2025-2029* as far as it could be read, in the press; the strategy\n\
    itself was not found. Everything else is assumed, marked so in the file (`confidence: low`) and listed by `rollcall check`.\n\n\
    | | published | here |\n\
    | --- | --- | --- |\n\
    | money | 130 billion CFA francs, 2025 to 2029 (Osiris, 7 January 2025: US$ 206 million; at the rate of October 233 million) | a fifth a year, 2027 to 2029; nothing after |\n\
    | who pays | partners are looked for (press, January 2025) | one source |\n\
    | teachers | 105,000 teachers and staff, all online, since 30 September 2025 (Ecofin, 2 October 2025) | eight in ten teachers by 2029, all online; days assumed |\n\
    | devices | tablets, boards; computers for the science tracks of upper secondary school since September 2025, no number | numbers assumed |\n\
    | links | schools are to be connected; 5,000 kits for satellite for the whole country (Seneweb, 2026) | numbers assumed, household plans |\n\
    | content, platform | digital content; a platform; identity and security from the ministry for digital affairs | numbers assumed |\n\
    | power, repair, management, use | nothing that was read | assumed |\n\n\
    So the money is no target for a cost, and the cost no audit of the strategy: what is assumed was chosen so that doing it all costs about what the strategy has in\n\
    the years that are left. What the run does show holds for any plan of that kind: money that ends in 2029 leaves nobody to keep in 2030 what it built. What the\n\
    years 2025 and 2026 bought is in no figure of the base year.\n";

fn row(run: &Trajectory, points_of_none: Option<f64>) -> String {
    let (now, last) = (run.lend(), run.model.years - 1);
    let million = |measure: Measure| now.over(measure, Scope::ALL, 1..last + 1).map_or(0.0, |usd| usd / 1e6);
    let share = |measure: Measure| 100.0 * now.value(measure, Scope::ALL, last).expect("a share");
    let points = mathematics(run).zip(points_of_none).map_or_else(
        || "no assessment".to_owned(),
        |(with, without)| format!("{:.1}", with - without),
    );
    let number = |value: f64| format!("{:.1}", if value.abs() < 0.05 { 0.0 } else { value }).replace('-', "−");
    format!(
        "{} | {} | {} | {} | {} | {points} | {} | {} |",
        number(million(Measure::CostFull)),
        number(million(Measure::ToFind)),
        number(run.ahead().a_year()[1] / 1e6),
        format_args!("{:.1} %", share(Measure::Reach)),
        format_args!("{:.1} %", share(Measure::Dose)),
        now.dark().year().map_or_else(|| "none".into(), |year| year.to_string()),
        binding(now, last, Scope::ALL).map_or("", |part| part.name()),
    )
}

/// Mathematics at the end of primary in the last year, percent.
fn mathematics(run: &Trajectory) -> Option<f64> {
    let last = run.model.years - 1;
    let value = run.lend().value(Measure::PrimaryMathematics, Scope::ALL, last);
    value.map(|share| 100.0 * share)
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for (folder, country) in [
        ("senegal", "Senegal"),
        ("sierra_leone", "Sierra Leone"),
        ("bangladesh", "Bangladesh"),
    ] {
        let none = mathematics(&simulate(bundled(&format!("{folder}/no_new_plan.ron"))));
        let (mut table, mut texts) = (String::new(), String::new());
        for name in stories().filter(|name| name.starts_with(folder)) {
            let run = simulate(bundled(name));
            let scenario = &run.model.scenario;
            let title = scenario.title.trim_start_matches(country).trim_start_matches(": ");
            let _ = writeln!(table, "| {title} | {}", row(&run, none));
            let _ = writeln!(texts, "**{title}** (`{name}`). {}\n", scenario.story);
        }
        let _ = write!(
            page,
            "## {country}\n\n| story | to do it all | to find | year after | reach | dose | points | dark | held back |\n\
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n{table}\n{texts}"
        );
    }
    page + OFFICIAL
}

#[test]
fn the_page_of_the_stories_is_what_they_say_and_show() {
    assert_eq!(stories().count(), 13);
    crate::book::keep("stories.md", &page());
}
