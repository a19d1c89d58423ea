//! Learners through three levels, worked out by hand: girls and boys apart, entrants beyond graduates, children who come
//! and go.

use rollcall::model::{Trajectory, simulate};
use rollcall::report::summary::summary;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::{Level, LevelData, Quantity, Scenario, YearPath};

use super::enlarged::example;

/// A country in which 100,000 children are born every year.
fn steady(levels: &[(Level, f64, f64, f64, f64)]) -> Scenario {
    let mut scenario = example();
    let country = &mut *scenario.country;
    country.births = YearPath::constant(100_000.0);
    let pattern = country.levels[0].clone();
    let groups = country.groups.clone();
    let mut age = 6.0;
    country.levels.clear();
    country.groups.clear();
    for &(level, learners, ger, girls, intake) in levels {
        country.levels.push(LevelData {
            level,
            entry_age: Quantity::new(age),
            duration: Quantity::new(2.0),
            learners: Quantity::new(learners),
            ger: Quantity::new(ger),
            girls: Quantity::new(girls),
            repeaters: Quantity::new(0.0),
            last_grade_intake: Quantity::new(intake),
            ..pattern.clone()
        });
        age += 2.0;
        for group in &groups[..2] {
            let mut group = group.clone();
            group.level = level;
            group.learners.value = learners / 2.0;
            country.groups.push(group);
        }
    }
    scenario.targets.clear();
    scenario
}

fn run() -> Trajectory {
    simulate(steady(&[
        (Level::Primary, 190_000.0, 1.0, 0.45, 0.9),
        (Level::LowerSecondary, 120_000.0, 0.6, 0.55, 0.5),
        (Level::UpperSecondary, 80_000.0, 0.4, 0.4, 0.35),
    ]))
}

/// As many children are born each year, so as many girls and boys sit in each level as the year before. Fewer girls than boys leave
/// primary school, or a wrong rate would not show. A rate of entry
/// that is made one of each sex twice would move them in the third level: by the ratio of the rates of the second.
#[test]
fn girls_and_boys_of_the_third_level_enter_at_their_own_rates() {
    let run = run();
    let demand = &run.run.demand;
    for t in 0..run.model.years {
        for (level, (learners, girls)) in [(190_000.0, 0.45), (120_000.0, 0.55), (80_000.0, 0.4)]
            .into_iter()
            .enumerate()
        {
            let (ours, all) = (demand.girls(t, level), demand.learners(t, level));
            assert!((all - learners).abs() < 1e-3, "level {level}, year {t}: {all}");
            assert!(
                (ours - girls * learners).abs() < 1e-3,
                "level {level}, year {t}: {ours}"
            );
        }
    }
    // By hand: population of one age of primary 190,000 / 2 = 95,000; 0.9 · 95,000 = 85,500 in grade 2, 104,500 in grade 1,
    // promotion 85.5 / 104.5; 69,955 graduates, 31,480 girls and 38,475 boys. Lower secondary: 0.5 · 100,000 = 50,000 in its
    // last grade, 70,000 in its first, 38,500 of them girls: 1.2230 for each girl, 31,500 boys: 0.8187 for each boy.
    let entry = demand.progression[1].entry;
    assert!(
        (entry[0] - 1.223_016).abs() < 1e-5 && (entry[1] - 0.818_713).abs() < 1e-5,
        "{entry:?}"
    );
    // 50,000 · 5/7 = 35,714 graduates, 19,643 girls and 16,071 boys. Upper secondary: 0.35 · 100,000 = 35,000 in its last
    // grade, 45,000 in its first, 18,000 girls: 0.91636 for each girl, 27,000 boys: 1.68 for each boy.
    let entry = demand.progression[2].entry;
    assert!(
        (entry[0] - 0.916_364).abs() < 1e-5 && (entry[1] - 1.68).abs() < 1e-5,
        "{entry:?}"
    );
}

#[test]
fn entrants_beyond_graduates_are_told_with_the_ratio() {
    let run = run();
    // By hand: 70,000 entrants for 69,955 graduates of primary school, 45,000 for 35,714 of lower secondary.
    let ratio = |level: usize| run.run.demand.progression[level].entrants_per_graduate;
    assert!(
        (ratio(1) - 1.000_650).abs() < 1e-5 && (ratio(2) - 1.26).abs() < 1e-6,
        "{}",
        ratio(2)
    );
    let said = summary(&run);
    assert!(
        said.contains("Mind: entrants over graduates of the level below: upper secondary 1.26."),
        "{said}"
    );
    assert!(!said.contains("level below: lower"), "{said}");
}

#[test]
fn children_of_an_age_follow_the_published_population() {
    let mut scenario = steady(&[(Level::Primary, 190_000.0, 1.0, 0.5, 0.9)]);
    let country = &mut *scenario.country;
    let (year, base) = (scenario.base_year + 1, scenario.base_year);
    // A tenth of the children of five to nine has moved away by the next year.
    country.population.aged_5_9 = Some(YearPath::of(&[(base, 480_000.0), (year, 432_000.0)]));
    assert!((country.aged(base, 6) - 96_000.0).abs() < 1e-9 && (country.aged(year, 7) - 86_400.0).abs() < 1e-9);
    let run = simulate(scenario);
    // By hand: 104,500 in grade 1 of the base year; a year later 94,050 enter, 85,500 go on to grade 2.
    assert!((run.run.demand.learners(1, 0) - 179_550.0).abs() < 1e-3);
    // The ages of primary school hold 190,000 · 0.9 = 171,000.
    let ratio = run
        .lend()
        .value(Measure::GrossEnrolment, Scope::of(Some(Level::Primary)), 1);
    assert!((ratio.expect("a ratio") - 1.05).abs() < 1e-9, "{ratio:?}");
}
