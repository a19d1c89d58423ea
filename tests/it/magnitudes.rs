//! The page of the book that sets the stories beside an independent rough calculation.

use std::fmt::Write;

use rollcall::data::bundled_file;
use rollcall::model::stat;
use rollcall::model::{Bin, Trajectory, ledger, simulate};
use rollcall::report::disputed::other_spending;
use rollcall::report::summary::summary;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::{Component, Need, Scenario, messages, text};
use rollcall::units::{grouped, magnitude};

fn story(file: &str) -> Scenario {
    let text = bundled_file(file).unwrap_or_else(|| panic!("no bundled {file}"));
    let reading = text::read_scenario(file, text.as_bytes(), &|name| {
        bundled_file(name)
            .map(|text| (name.to_owned(), text.as_bytes().to_vec()))
            .ok_or_else(messages::no_such_file)
    });
    reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

fn run(file: &str) -> Trajectory {
    simulate(story(file))
}

/// First purchase of devices in the cost of a story's plan, were all paid for, over five years.
fn first_purchase(file: &str) -> f64 {
    let mut scenario = story(file);
    scenario.horizon = scenario.plan_from + 4;
    let run = simulate(scenario);
    let (mut bought, mut cost) = (0.0, 0.0);
    for row in ledger::costs_in_full(&run).filter(|row| !row.existing) {
        cost += row.amount().0;
        if (row.line.category, row.line.need) == ("devices", Need::Expansion) {
            bought += row.amount().0;
        }
    }
    bought / cost
}

/// What is set beside the expectation.
struct Found {
    learners: f64,
    teachers: f64,
    devices_bought: f64,
    first_courses: f64,
    yearly_courses: f64,
    cost: f64,
    per_learner: f64,
    of_education: f64,
    /// The same where two published figures of education spending differ, by the other.
    disputed: Option<f64>,
    years: f64,
    /// Learning gain at the end of primary, standard deviations.
    theta: f64,
    /// Points that mathematics at the end of primary gains; none where no assessment exists.
    points: Option<f64>,
}

fn found(run: &Trajectory) -> Found {
    let (plan, demand) = (&run.run.plan, &run.run.demand);
    let all = |_: Bin| true;
    let levels = 0..run.model.levels.len();
    let over = |t: usize, of: &dyn Fn(usize, usize) -> f64| levels.clone().map(|level| of(t, level)).sum::<f64>();
    let learner_years: f64 = (1..plan.years)
        .map(|t| over(t, &|t, level| demand.learners(t, level)))
        .sum();
    let bought = ledger::stocks(run)
        .filter(|row| row.stock == "devices")
        .map(|row| row.into)
        .sum();
    let days = run
        .model
        .scenario
        .plan
        .training
        .as_ref()
        .map_or(10.0, |training| training.days.value);
    let courses = |year: i32| {
        let lines = ledger::costs(run).filter(|row| {
            row.year == year && row.line.component == Component::Training && row.line.unit == "teacher_day"
        });
        lines.map(|row| row.quantity).sum::<f64>() / days
    };
    let (first, last) = (run.model.scenario.plan_from, run.model.scenario.horizon);
    let education: f64 = (1..plan.years)
        .map(|t| run.run.money.outlook.gdp[t] * run.model.scenario.country.economy.education_spending.value)
        .sum();
    let cost: f64 = (1..plan.years).map(|t| run.in_full().year_need(t)).sum();
    assert!(plan.over(0, stat::LEARNERS, &all) > 0.0);
    let mathematics = |t| run.lend().value(Measure::PrimaryMathematics, Scope::ALL, t);
    Found {
        learners: over(0, &|t, level| demand.learners(t, level)),
        teachers: over(0, &|t, level| demand.teachers(t, level)),
        devices_bought: bought,
        first_courses: courses(first),
        yearly_courses: (first + 1..=last).map(courses).sum::<f64>() / f64::from(last - first),
        cost,
        per_learner: cost / learner_years,
        of_education: cost / education,
        disputed: other_spending(&run.model.scenario.country).map(|(ours, other)| cost / education * ours / other),
        years: f64::from(last - first + 1),
        theta: plan.theta(plan.years - 1, run.model.levels[0].grades - 1),
        points: mathematics(plan.years - 1)
            .zip(mathematics(0))
            .map(|(then, now)| 100.0 * (then - now)),
    }
}

fn page() -> String {
    let [senegal, sierra_leone] = ["senegal/balanced.ron", "sierra_leone/balanced.ron"].map(|file| found(&run(file)));
    let mut text = String::from(
        "# Magnitudes\n\n\
        <!-- Written from the program by `UPDATE_BOOK=1 cargo test --no-default-features magnitudes`. -->\n\n\
        Before the program was written, the cost of a balanced plan was worked out on paper for two countries: one device for\n\
        ten primary and five secondary learners at US$ 123 landed, 2 kW of solar for schools without power, satellite at US$ 600\n\
        and 600 a year for schools without a link, ten days of training at US$ 30, 12 % for management, five years. The bundled\n\
        stories `senegal/balanced.ron` and `sierra_leone/balanced.ron` are plans of that kind, with ramps, four years, and prices\n\
        as in [the file format](format.md). The two need not agree; they must be of the same size. Total cost here counts\n\
        what exists too.\n\n\
        | | Senegal, expected | Senegal, ours | Sierra Leone, expected | Sierra Leone, ours |\n\
        | --- | ---: | ---: | ---: | ---: |\n",
    );
    let both = |of: &dyn Fn(&Found) -> String| (of(&senegal), of(&sierra_leone));
    for (what, expected, (a, b)) in [
        (
            "learners in the base year",
            ["3.61 million", "2.91 million"],
            both(&|f| magnitude(f.learners)),
        ),
        (
            "teachers in the base year",
            ["127 000", "74 000"],
            both(&|f| grouped(f.teachers)),
        ),
        (
            "devices bought",
            ["490 000", "390 000"],
            both(&|f| grouped(f.devices_bought)),
        ),
        (
            "courses for teachers, first year",
            ["102 000", "59 000"],
            both(&|f| grouped(f.first_courses)),
        ),
        (
            "courses for teachers, each later year",
            ["26 000", "16 000 to 22 000"],
            both(&|f| grouped(f.yearly_courses)),
        ),
        (
            "cost, US$ million",
            ["290", "250"],
            both(&|f| format!("{:.0}", f.cost / 1e6)),
        ),
        ("years", ["5", "5"], both(&|f| format!("{:.0}", f.years))),
        (
            "per learner and year, US$",
            ["16", "17"],
            both(&|f| format!("{:.1}", f.per_learner)),
        ),
        (
            "share of public education spending",
            ["2.5 %", "14 to 25 %"],
            both(&|f| {
                let share = |of_education: f64| format!("{:.1} %", 100.0 * of_education);
                match f.disputed {
                    None => share(f.of_education),
                    Some(other) => format!("{}, or {} by another publisher", share(f.of_education), share(other)),
                }
            }),
        ),
        (
            "cost a year, US$ million",
            ["58", "50"],
            both(&|f| format!("{:.0}", f.cost / 1e6 / f.years)),
        ),
        (
            "learning at the end of primary by the horizon, SD (full dose for six grades: 0.3)",
            ["after a ramp, less", "after a ramp, less"],
            both(&|f| format!("{:.2}", f.theta)),
        ),
        (
            "mathematics at the end of primary, points gained",
            ["2 to 5", "no assessment"],
            both(&|f| {
                f.points
                    .map_or_else(|| "no assessment".into(), |points| format!("{points:.1}"))
            }),
        ),
    ] {
        let _ = writeln!(text, "| {what} | {} | {a} | {} | {b} |", expected[0], expected[1]);
    }
    let [a, b] = ["senegal/balanced.ron", "sierra_leone/balanced.ron"].map(first_purchase);
    let (a, b) = (100.0 * a, 100.0 * b);
    let _ = writeln!(
        text,
        "| first purchase of devices in the plan's cost of five years | 10 to 25 % | {a:.0} % | 10 to 25 % | {b:.0} % |"
    );
    text.push_str(
        "\nA step of competence takes one course, so a teacher may be counted more than once. The rough calculation trains\n\
        everybody in the first year; the stories ramp up over four. Sierra Leone buys fewer devices than the rough calculation\n\
        because its last year is only partly funded: what is not funded does not happen. Its cost includes that unfunded part.\n",
    );
    text
}

/// Sierra Leone spends 2.6 % of GDP on education by the World Bank, on a new GDP, and 6.8 % by UNESCO, on the old one.
#[test]
fn a_share_that_rests_on_one_of_two_figures_far_apart_says_so() {
    let of = run("sierra_leone/balanced.ron");
    let found = found(&of);
    // By hand: 0.026246 / 0.067911 = 0.38648 of the share.
    let other = found.disputed.expect("two figures");
    assert!((other / found.of_education - 0.386_48).abs() < 1e-5, "{other}");
    let said = summary(&of);
    let told = format!(
        "{} of education spending",
        rollcall::units::Unit::Share.show(found.of_education)
    );
    assert!(said.contains(&told.replace('\u{202f}', " ")), "{told}: {said}");
    let plain: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        plain.contains("if that is 6.8 % of GDP, not 2.6 %: published figures differ"),
        "{said}"
    );
    assert!(!summary(&run("senegal/balanced.ron")).contains("published figures differ"));
}

#[test]
fn the_page_of_magnitudes_is_what_the_stories_give() {
    crate::book::keep("magnitudes.md", &page());
}

#[test]
fn the_stories_are_of_the_size_that_was_worked_out_on_paper() {
    // Model 10: US$ 16 and 17 a learner and year; half and double are the bounds of "the same size".
    for (file, expected) in [("senegal/balanced.ron", 16.0), ("sierra_leone/balanced.ron", 17.0)] {
        let ours = found(&run(file)).per_learner;
        assert!(ours > expected / 2.0 && ours < expected * 2.0, "{file}: {ours}");
    }
}
