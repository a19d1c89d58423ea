//! Schools of a register split by size, and by how much that moves the cost.

use std::fmt::Write as _;
use std::fs;

use rollcall::data::{Pack, bundled_file, new_scenario, registers, store};
use rollcall::model::simulate;
use rollcall::scenario::text::read_scenario;
use rollcall::scenario::{Country, Scenario, messages};

use super::{book, of, rollcall};

/// Eight schools of 100,000 to 800,000 pupils, in turn in A and B.
fn register() -> String {
    let rows = (1..=8).map(|at| {
        let region = if at % 2 == 1 { "A" } else { "B" };
        format!("S{at},School {at},{region},rural,primary,{}\n", at * 100_000)
    });
    String::from("school code,school name,region,locality,level,pupils\n") + &rows.collect::<String>()
}

#[test]
fn a_register_is_split_into_classes_of_as_many_schools() {
    if rollcall::data::country(&Pack::embedded(), "SEN", false).is_err() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("register.csv"), register()).expect("written");
    let asked = [
        "tables",
        &path("register.csv"),
        "--country",
        "SEN",
        "--size-classes",
        "4",
        "--out",
        &path("groups.csv"),
    ];
    let said = of(&mut rollcall(), &asked);
    assert_eq!(said.code, 0, "{}", said.err);
    // By hand: two schools a class, one in each region; of 3.6 m pupils 0.3, 0.7, 1.1 and 1.5 m.
    let shown = said.out.replace('\u{202f}', " ");
    for line in [
        "≤ 200000 learners: 2 schools (25.0 %), 300 000 learners (8.3 %), mean 150 000",
        "200001–400000 learners: 2 schools (25.0 %), 700 000 learners (19.4 %), mean 350 000",
        "≥ 600001 learners: 2 schools (25.0 %), 1 500 000 learners (41.7 %), mean 750 000",
    ] {
        assert!(shown.contains(line), "{line} is not in {shown}");
    }
    // Our own table comes back, and straight from the register the same groups come.
    let groups = |table: &str, more: &[&str]| {
        let plan = path("plan.ron");
        let mut asked = vec!["new", "SEN", "--force", "--groups", table, "--out", &plan];
        asked.extend(more);
        let made = of(&mut rollcall(), &asked);
        assert_eq!(made.code, 0, "{}", made.err);
        let text = fs::read(&plan).expect("a plan");
        let reading = read_scenario("plan.ron", &text, &|_| Err(messages::no_such_file()));
        let country = Country::clone(&reading.scenario.expect("a plan").country);
        let own = country.groups.into_iter().filter(|group| !group.region.is_empty());
        let mut own: Vec<(String, String, u64, u64)> = own
            .map(|group| {
                let whole = |value: f64| format!("{value:.0}").parse().unwrap_or(0);
                (
                    group.region,
                    group.size_class,
                    whole(group.schools.value),
                    whole(group.learners.value),
                )
            })
            .collect();
        own.sort();
        own
    };
    let (from_table, from_register) = (
        groups(&path("groups.csv"), &[]),
        groups(&path("register.csv"), &["--size-classes", "4"]),
    );
    assert_eq!(from_table, from_register);
    assert_eq!(from_table.len(), 8);
    assert!(
        from_table
            .iter()
            .all(|(_, class, schools, _)| !class.is_empty() && *schools == 1)
    );
}

/// Schools and pupils of the 19,261 Tanzanian primary schools in classes of as many schools, smallest first.
const FOUR: &[(f64, f64)] = &[
    (4_825.0, 866_232.0),
    (4_820.0, 1_862_869.0),
    (4_801.0, 2_915_233.0),
    (4_815.0, 5_776_639.0),
];
const TEN: &[(f64, f64)] = &[
    (1_942.0, 205_517.0),
    (1_929.0, 404_304.0),
    (1_936.0, 559_112.0),
    (1_901.0, 697_202.0),
    (1_937.0, 862_966.0),
    (1_918.0, 1_020_677.0),
    (1_937.0, 1_218_199.0),
    (1_910.0, 1_439_671.0),
    (1_925.0, 1_842_522.0),
    (1_926.0, 3_170_803.0),
];

/// Each group split into classes of this distribution around its own mean.
fn split(scenario: &Scenario, classes: &[(f64, f64)]) -> Scenario {
    let all = |of: fn(&(f64, f64)) -> f64| classes.iter().map(of).sum::<f64>();
    let (schools, learners) = (all(|class| class.0), all(|class| class.1));
    let mut split = scenario.clone();
    let groups = std::mem::take(&mut split.country.groups);
    for group in groups {
        for (at, class) in classes.iter().enumerate() {
            let mut part = group.clone();
            part.size_class = format!("{}", at + 1);
            part.schools.value *= class.0 / schools;
            part.learners.value *= class.1 / learners;
            part.teachers.value *= class.1 / learners;
            split.country.groups.push(part);
        }
    }
    split
}

/// What the plan costs in full over all years, and without it.
fn cost(scenario: &Scenario) -> f64 {
    let run = simulate(scenario);
    let years = 1..run.model.years;
    years
        .map(|t| run.in_full().year_need(t) - run.twin_in_full().year_need(t))
        .sum()
}

#[test]
fn the_page_of_size_classes_is_what_runs_print() {
    let senegal = bundled_file("senegal/balanced.ron").is_some();
    let started = |iso3: &str| registers::started(&Pack::embedded(), iso3, true).map(new_scenario);
    let (Ok(tanzania), Ok(kenya), true) = (started("TZA"), started("KEN"), senegal) else {
        return;
    };
    let senegal = store::load_bundled("senegal/balanced.ron")
        .reading
        .scenario
        .expect("a story");
    let mut page = String::from(
        "# Size classes\n\nLinks, kits and solar systems are bought for each school, so a plan for many small schools and a few large ones does not cost \
         what it would\ncost if all were of their mean size. A register knows the sizes: `rollcall tables` and `new --groups` split its schools with \
         `--size-classes 3`\nto `10`, the page *Regions* with *Size classes*. Classes are made for each level over the whole register, so that each has as many schools: the bound of class i \
         of n is the size of\nschool number ⌈i · schools / n⌉ in order of size, and a school of that size is still of class i. A school that does not tell its \
         learners is of the class\nof the mean. Each class is a group of its own (`size_class`), with what the register knows of its schools; results are \
         shown by region, locality and\nlevel as before, and a group split into parts of one mean size changes no total.\n\n\
         The cost to do it all over all years, without what the no-new-plan twin needs. Tanzania and Kenya: their first plans, with the schools of their \
         registers;\nSenegal: the balanced story. Only Tanzania's register tells learners. The others take its distribution around their own mean \
         size, in each group and level,\nas an assumption: of four classes of as many primary schools the smallest has 7.6 % of the learners, the others 16.3, 25.5 and \
         50.6 %.\nMost of the change is devices: what a small school has beyond its need serves no large one. A link costs nearly the same for any size.\n\n| plan | one class, US$ million | four classes | change | ten classes | change |\n| --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for (name, scenario) in [
        ("Senegal, balanced", &senegal),
        ("Tanzania, first plan", &tanzania),
        ("Kenya, first plan", &kenya),
    ] {
        let [one, four, ten] = [
            cost(scenario),
            cost(&split(scenario, FOUR)),
            cost(&split(scenario, TEN)),
        ];
        let million = |cost: f64| format!("{:.1}", cost / 1e6);
        let change = |cost: f64| format!("{:+.1} %", (cost / one - 1.0) * 100.0).replace('-', "−");
        let _ = writeln!(
            page,
            "| {name} | {} | {} | {} | {} | {} |",
            million(one),
            million(four),
            change(four),
            million(ten),
            change(ten)
        );
    }
    book::keep("size_classes.md", &page);
}
