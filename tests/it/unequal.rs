//! How unequal outcomes are among places and by wealth (4.4), recomputed from the scenario's own figures of the base year.

use rollcall::model::{OfPersons, Trajectory, simulate};
use rollcall::report::tables;
use rollcall::scenario::measure::{Indicator, Measure, Scope};
use rollcall::scenario::person::{Dimension, Person, Sex, Wealth};
use rollcall::scenario::plan::HomeAccessPlan;
use rollcall::scenario::target::Target;
use rollcall::scenario::{Group, Level, Lever, Quantity, Scenario, YearPath};

use crate::enlarged::enlarged;
use crate::regression::bundled;

fn scenario() -> Scenario {
    enlarged(4, 2030)
}

fn told(run: &Trajectory, code: &str, scope: Scope<'_>, t: usize) -> Option<f64> {
    let indicator = Indicator::from_code(code).unwrap_or_else(|| panic!("{code}"));
    run.lend().value(indicator, scope, t)
}

/// Learners, and the share of schools with power, of each place: level, region and locality.
fn places(scenario: &Scenario) -> Vec<(String, f64, f64)> {
    let mut places: Vec<(String, f64, f64, f64)> = Vec::new();
    for group in &scenario.country.groups {
        let name = format!("{}|{:?}|{:?}", group.region, group.level, group.locality);
        let power = group.grid.value + group.solar.value;
        let schools = group.schools.value;
        if let Some(place) = places.iter_mut().find(|place| place.0 == name) {
            place.1 += group.learners.value;
            place.2 += schools;
            place.3 += schools * power;
        } else {
            places.push((name, group.learners.value, schools, schools * power));
        }
    }
    places
        .into_iter()
        .map(|(name, learners, schools, powered)| (name, learners, powered / schools))
        .collect()
}

#[test]
fn inequality_among_places_is_that_of_the_groups_in_the_base_year() {
    let scenario = scenario();
    let run = simulate(&scenario);
    let places = places(&scenario);
    assert!(places.len() > 4, "{places:?}");
    let all: f64 = places.iter().map(|(_, learners, _)| learners).sum();
    let mean = places.iter().map(|(_, learners, power)| learners * power).sum::<f64>() / all;
    // Gini as half the mean difference of two learners over the mean.
    let difference: f64 = places
        .iter()
        .flat_map(|(_, a, x)| places.iter().map(move |(_, b, y)| a * b * (x - y).abs()))
        .sum();
    let gini = difference / (2.0 * all * all * mean);
    let theil = |of: &[(f64, f64)]| -> f64 {
        let all: f64 = of.iter().map(|(learners, _)| learners).sum();
        let mean = of.iter().map(|(learners, power)| learners * power).sum::<f64>() / all;
        of.iter()
            .map(|(learners, power)| learners / all * power / mean * (power / mean).ln())
            .sum()
    };
    let each: Vec<(f64, f64)> = places.iter().map(|(_, learners, power)| (*learners, *power)).collect();
    let root: f64 = each
        .iter()
        .map(|(learners, power)| learners / all * (power / mean).sqrt())
        .sum();
    let expected = [
        ("gini.4.a.1.a", gini),
        ("theil.4.a.1.a", theil(&each)),
        ("atkinson.4.a.1.a", 1.0 - root * root),
    ];
    for (code, expected) in expected {
        let value = told(&run, code, Scope::ALL, 0).expect(code);
        assert!(expected > 1e-4, "{code}: nothing to be seen");
        assert!((value - expected).abs() < 1e-9, "{code}: {value}, not {expected}");
    }
    let [between, within] = ["theil_between", "theil_within"]
        .map(|code| told(&run, &format!("{code}.4.a.1.a"), Scope::ALL, 0).expect(code));
    assert!((between + within - theil(&each)).abs() < 1e-12, "{between} {within}");
    let worst = told(&run, "worst_tenth.4.a.1.a", Scope::ALL, 0).expect("a tenth");
    let lowest = each.iter().map(|(_, power)| *power).fold(1.0, f64::min);
    assert!((lowest - 1e-12..=mean).contains(&worst), "{lowest} {worst} {mean}");
}

#[test]
fn concentration_is_that_of_the_fifths_in_every_year() {
    let scenario = scenario();
    let run = simulate(&scenario);
    let part = |group: &Group, fifth: Wealth| match fifth {
        Wealth::Poorest => group.poorest.value,
        Wealth::Second => group.second.value,
        Wealth::Middle => group.middle.value,
        Wealth::Fourth => group.fourth.value,
        Wealth::Richest => group.richest.value,
    };
    let people = Wealth::ALL.iter().map(|fifth| -> f64 {
        let groups = scenario.country.groups.iter();
        groups.map(|group| group.learners.value * part(group, *fifth)).sum()
    });
    let fifths: Vec<(f64, f64)> = people
        .zip(Wealth::ALL)
        .map(|(people, fifth)| {
            let scope = Scope {
                person: Some(Person::Wealth(*fifth)),
                ..Scope::ALL
            };
            (people, told(&run, "reach", scope, 0).expect("reach"))
        })
        .collect();
    let all: f64 = fifths.iter().map(|(people, _)| people).sum();
    let mean = fifths.iter().map(|(people, reach)| people * reach).sum::<f64>() / all;
    // Twice the covariance of reach and of the rank in the middle of each fifth, over the mean.
    let (mut before, mut index) = (0.0, 0.0);
    for (people, reach) in &fifths {
        let rank = before + 0.5 * people / all;
        index += 2.0 / mean * people / all * (reach - mean) * (rank - 0.5);
        before += people / all;
    }
    let value = told(&run, "concentration.reach", Scope::ALL, 0).expect("an index");
    assert!(
        (value - index).abs() < 1e-9 && index.abs() > 1e-6,
        "{value}, not {index}"
    );
    for t in 0..run.model.years {
        let [index, corrected] =
            ["concentration", "erreygers"].map(|code| told(&run, &format!("{code}.reach"), Scope::ALL, t).expect(code));
        let reach = told(&run, "reach", Scope::ALL, t).expect("reach");
        assert!(
            (corrected - 4.0 * reach * index).abs() < 1e-9,
            "{t}: {corrected} {index} {reach}"
        );
    }
}

#[test]
fn identities_of_two_sides_hold_in_every_year_and_place() {
    let run = simulate(scenario());
    let (mut ratios, mut odds) = (0, 0);
    for measure in Measure::ALL {
        for by in measure.dimensions() {
            let of = |t, kind: &str| told(&run, &format!("{kind}.{}.{by}", measure.code()), Scope::ALL, t);
            for t in 0..run.model.years {
                if let (Some(ratio), Some(adjusted)) = (of(t, "ratio"), of(t, "4.5.1")) {
                    let expected = if ratio <= 1.0 { ratio } else { 2.0 - 1.0 / ratio };
                    assert!((adjusted - expected).abs() < 1e-12, "{measure:?} {by} {t}");
                    ratios += 1;
                }
                // Odds lie further from parity than the ratio does, on the same side.
                if let (Some(ratio), Some(odd)) = (of(t, "ratio"), of(t, "odds")) {
                    assert!((odd - 1.0).abs() + 1e-12 >= (ratio - 1.0).abs().min((1.0 - 1.0 / ratio).abs()));
                    assert!((odd - 1.0) * (ratio - 1.0) >= -1e-12, "{measure:?} {by} {t}");
                    odds += 1;
                }
            }
        }
    }
    assert!(ratios > 50 && odds > 20, "{ratios} {odds}");
}

#[test]
fn a_target_may_ask_for_any_of_them_and_the_table_holds_them() {
    let mut scenario = scenario();
    for code in [
        "gini.reach",
        "erreygers.reach",
        "odds.reach.locality",
        "worst_tenth.reach",
    ] {
        let indicator = Indicator::from_code(code).expect(code);
        scenario.targets.push(Target::at_least(indicator, 2030, 0.2));
    }
    // Who can go on at home is asked where a plan gives something for it.
    let share = |share| Lever::everywhere(YearPath::constant(share));
    scenario.plan.home_access = Some(HomeAccessPlan {
        connections: share(0.05),
        loaned: share(0.05),
        kits: share(0.05),
        learners_per_kit: Quantity::new(10.0),
    });
    let people = &mut scenario.country.people;
    for of in [&mut people.connected_at_home, &mut people.device_at_home] {
        of.richest = Quantity::new(0.6);
    }
    let run = simulate(&scenario);
    let board = rollcall::model::measures::scoreboard(run.lend());
    assert!(
        board[board.len() - 4..]
            .iter()
            .all(|progress| progress.reached.is_some()),
        "{board:?}"
    );
    let table = String::from_utf8(tables::bytes(tables::indicators, &run)).expect("text");
    for indicator in Indicator::all() {
        let is_told = table.contains(&format!(",{},", indicator.code()));
        assert!(is_told || matches!(indicator, Indicator::Plain(_)), "{indicator}");
    }
}

#[test]
fn what_the_institute_publishes_stands_in_its_layout() {
    let run = simulate(scenario());
    let table = String::from_utf8(tables::bytes(tables::TABLES[1].1, &run)).expect("text");
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let electricity: Vec<_> = rows.iter().filter(|row| row[0] == "SCHBSP.1.WELEC").collect();
    assert_eq!(electricity.len(), run.model.years);
    for (t, row) in electricity.into_iter().enumerate() {
        let primary = Scope::of(Some(Level::Primary));
        let value = run.lend().value(Measure::Electricity, primary, t).expect("a value");
        assert_eq!(
            row[1..3],
            [
                run.model.scenario.country.iso3.as_str(),
                &run.model.calendar(t).to_string()
            ]
        );
        assert!((row[3].parse::<f64>().expect("a number") - 100.0 * value).abs() < 1e-9);
        assert_eq!(row[5], "NAT_EST");
    }
    // No assessment, no series.
    let mut assessed = scenario();
    assessed.country.learning.early_reading = Some(Quantity::new(0.3));
    let with = String::from_utf8(tables::bytes(tables::TABLES[1].1, &simulate(assessed))).expect("text");
    assert!(with.contains("\nREAD.G3,") && !table.contains("\nREAD.G3,"));
}

/// Learning by person: margins of a kind add up to that of all, and in the first year with money each has of it what it has of the mean of two
/// years' doses; where no mode was used before.
#[test]
fn learning_by_person_adds_up_to_that_of_all() {
    let mut scenario = bundled("senegal/balanced.ron");
    scenario.country.modes.clear();
    // One mode, which needs a link, as dose does.
    scenario.plan.learning.retain(|part| part.mode == "adaptive_software");
    let run = simulate(scenario);
    let of = |measure, level, person, t| {
        let scope = Scope {
            person,
            ..Scope::of(Some(level))
        };
        run.lend().value(measure, scope, t)
    };
    let (mut told, mut unlike) = (0, 0);
    for (index, table) in run.model.levels.iter().enumerate() {
        for t in 0..run.model.years {
            let all = of(Measure::Learning, table.level, None, t).expect("learning");
            for by in [Dimension::Sex, Dimension::Wealth, Dimension::Disability] {
                let persons = || Person::ALL.into_iter().filter(move |person| person.dimension() == by);
                let learners = |person| {
                    let of_level = |bin| run.run.plan.level(bin) == index;
                    run.run.plan.persons(t, person, OfPersons::Learners, &of_level)
                };
                let whole: f64 = persons().map(learners).sum();
                let mean: f64 = persons()
                    .map(|person| {
                        let theta = of(Measure::Learning, table.level, Some(person), t).expect("learning of a margin");
                        learners(person) / whole * theta
                    })
                    .sum();
                assert!((mean - all).abs() < 1e-12, "{by:?} {t}: {mean} {all}");
                told += 1;
            }
            let [girls, boys] = [Sex::Female, Sex::Male].map(Person::Sex);
            let theta = |person| of(Measure::Learning, table.level, Some(person), t).expect("a margin");
            assert!(theta(girls) <= theta(boys) + 1e-15);
            unlike += usize::from(theta(girls) < theta(boys) - 1e-6);
            if t == 1 {
                let access = |person| -> f64 {
                    let dose = |t| of(Measure::Dose, table.level, Some(person), t).expect("a dose");
                    dose(0) + dose(1)
                };
                let ratio = access(girls) / access(boys);
                assert!((theta(girls) / theta(boys) - ratio).abs() < 1e-9, "{ratio}");
            }
        }
    }
    assert!(told >= 30 && unlike >= 5, "{told} {unlike}");
}

/// With every mode of the plan and a flood, margins add up as well; kits that go to the poorest first keep more of the learning of the poorest
/// fifth than of the richest, which has none.
#[test]
fn kits_keep_the_learning_of_those_who_have_them() {
    let kits = bundled("shocks/flood_kits.ron");
    let mut without = kits.clone();
    without.plan.home_access = None;
    let [with, without] = [kits, without].map(simulate);
    let year = usize::try_from(with.model.scenario.shocks[0].year - with.model.scenario.base_year).expect("a year");
    let theta = |run: &Trajectory, person| {
        let scope = Scope {
            person,
            ..Scope::of(Some(Level::Primary))
        };
        run.lend().value(Measure::Learning, scope, year).expect("learning")
    };
    let level = with.model.levels.iter().position(|table| table.level == Level::Primary);
    for run in [&with, &without] {
        let fifths = Person::ALL
            .into_iter()
            .filter(|person| matches!(person, Person::Wealth(_)));
        let (mut mean, mut learners) = (0.0, 0.0);
        for fifth in fifths {
            let of_level = |bin| Some(run.run.plan.level(bin)) == level;
            let these = run.run.plan.persons(year, fifth, OfPersons::Learners, &of_level);
            mean += these * theta(run, Some(fifth));
            learners += these;
        }
        assert!((mean / learners - theta(run, None)).abs() < 1e-12);
    }
    let kept = |fifth| {
        let fifth = Some(Person::Wealth(fifth));
        theta(&with, fifth) / theta(&without, fifth)
    };
    let [poorest, richest] = [Wealth::Poorest, Wealth::Richest].map(kept);
    assert!(poorest > richest + 0.01, "{poorest} {richest}");
}
