//! Home access (`docs/src/home_access.md`): connections, devices on loan and offline kits at home; by hand, unpaid, by wealth, in
//! a closure.

use rollcall::model::{OfPersons, Trajectory, ledger, simulate};
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::person::{Disability, Person, Sex, Wealth};
use rollcall::scenario::plan::{HomeAccessPlan, Order};
use rollcall::scenario::{Component, Level, Lever, Locality, Need, Quantity, Scenario, YearPath};

use crate::access::paid;
use crate::enlarged::struck_by;

fn path(from: f64, to: f64) -> Lever {
    Lever::everywhere(YearPath::of(&[(2026, from), (2027, to)]))
}

/// What homes have today by fifth, as in the book.
const CONNECTED: [f64; 5] = [0.0, 0.1, 0.2, 0.4, 0.6];
const DEVICE: [f64; 5] = [0.0, 0.0, 0.1, 0.2, 0.5];

/// The example, all paid for, with these shares given.
fn with([connections, loaned, kits]: [f64; 3]) -> Scenario {
    let mut scenario = paid();
    scenario.plan.home_access = Some(HomeAccessPlan {
        connections: path(0.0, connections),
        loaned: path(0.0, loaned),
        kits: path(0.0, kits),
        learners_per_kit: Quantity::new(10.0),
    });
    let people = &mut scenario.country.people;
    for (of, shares) in [
        (&mut people.connected_at_home, CONNECTED),
        (&mut people.device_at_home, DEVICE),
    ] {
        [of.poorest, of.second, of.middle, of.fourth, of.richest] = shares.map(Quantity::new);
    }
    scenario
}

/// Quantity and amount of a category in rural primary schools.
fn line(run: &Trajectory, year: i32, category: &str, need: Need) -> (f64, f64) {
    ledger::costs_in_full(run)
        .filter(|row| row.year == year && (row.level, row.locality) == (Level::Primary, Locality::Rural))
        .filter(|row| row.line.component == Component::HomeAccess)
        .filter(|row| row.line.category == category && row.line.need == need)
        .fold((0.0, 0.0), |(quantity, amount), row| {
            (quantity + row.quantity, amount + row.amount().0)
        })
}

fn near(ours: f64, by_hand: f64) {
    assert!(
        (ours - by_hand).abs() <= 3e-6 * by_hand.abs().max(1e-3),
        "{ours}, by hand {by_hand}"
    );
}

fn told(run: &Trajectory, measure: Measure, scope: Scope<'_>, t: usize) -> f64 {
    run.lend().value(measure, scope, t).expect("a value")
}

const RURAL: Scope<'static> = Scope {
    level: Some(Level::Primary),
    locality: Some(Locality::Rural),
    ..Scope::ALL
};

const fn of(person: Person) -> Scope<'static> {
    Scope {
        person: Some(person),
        ..RURAL
    }
}

const FIFTHS: [Wealth; 5] = [
    Wealth::Poorest,
    Wealth::Second,
    Wealth::Middle,
    Wealth::Fourth,
    Wealth::Richest,
];

/// By hand: the mix of the country is 0.3, 0.3, 0.2, 0.15, 0.05. Connections for 0.4 of learners: the poorest take 0.3, the second
/// 0.1 of the 0.27 who lack one, 1/3 of the fifth. Loans for 0.33: the poorest 0.3, the second 0.03. Both have the poorest, 0.1 of the second. Kits
/// for 0.2 go to the second, 0.2 of the 0.27 who cannot go on.
#[test]
fn the_worked_numbers_of_home_access() {
    let run = simulate(with([0.4, 0.33, 0.2]));
    let learners = 0.55 * 2_016_440.0;
    let new = |category| line(&run, 2027, category, Need::Expansion);
    near(new("home connections").0, 0.4 * learners / 2.0);
    near(new("home connections").1, 0.4 * learners / 2.0 * 38.0);
    near(new("loaned devices").0, 0.33 * learners);
    near(new("loaned devices").1, 0.33 * learners * 180.0 * 1.15);
    near(new("offline kits").0, 0.2 * learners / 10.0);
    near(new("offline kits").1, 0.2 * learners / 10.0 * 300.0);
    near(
        new("upkeep of loaned devices").1,
        0.33 * learners * 180.0 * 1.15 * 0.1 / 2.0,
    );
    near(
        new("upkeep of offline kits").1,
        0.2 * learners / 10.0 * 300.0 * 0.2 / 2.0,
    );
    let kept = |category, need| line(&run, 2028, category, need);
    near(kept("loaned devices", Need::Renewal).0, 0.33 * learners / 3.0);
    near(kept("offline kits", Need::Renewal).0, 0.2 * learners / 10.0 / 5.0);
    near(
        kept("upkeep of loaned devices", Need::Upkeep).1,
        0.33 * learners * 180.0 * 1.15 * 0.97 * 0.1,
    );
    let before = [0.0, 0.0, 0.1, 0.2, 0.5];
    let after = [1.0, 0.1 + 0.2 / 0.3, 0.1, 0.2, 0.5];
    for (at, fifth) in FIFTHS.into_iter().enumerate() {
        let scope = of(Person::Wealth(fifth));
        near(told(&run, Measure::HomeAccess, scope, 0), before[at]);
        near(told(&run, Measure::HomeAccess, scope, 1), after[at]);
    }
    let all = 0.3 + 0.3 * after[1] + 0.2 * 0.1 + 0.15 * 0.2 + 0.05 * 0.5;
    near(told(&run, Measure::HomeAccess, RURAL, 1), all);
    // Not told apart by sex or disability.
    for person in [Person::Sex(Sex::Female), Person::Disability(Disability::With)] {
        near(told(&run, Measure::HomeAccess, of(person), 1), all);
    }
    // The counterpart has what homes have.
    near(
        run.lend().twin().value(Measure::HomeAccess, RURAL, 3).expect("a value"),
        0.075,
    );
}

#[test]
fn nobody_gets_what_the_home_has_and_learning_does_not_move() {
    let (none, all) = (simulate(with([0.0; 3])), simulate(with([1.0; 3])));
    // 0.3 · 1 + 0.3 · 0.9 + 0.2 · 0.8 + 0.15 · 0.6 + 0.05 · 0.4 lack a connection.
    let learners = 0.55 * 2_016_440.0;
    near(
        line(&all, 2027, "home connections", Need::Expansion).0,
        0.84 * learners / 2.0,
    );
    near(line(&all, 2027, "loaned devices", Need::Expansion).0, 0.925 * learners);
    near(
        line(&all, 2027, "offline kits", Need::Expansion).0,
        0.925 * learners / 10.0,
    );
    for t in 1..all.model.years {
        near(told(&all, Measure::HomeAccess, Scope::ALL, t), 1.0);
        assert_eq!(none.run.plan.component_need(t, Component::HomeAccess), 0.0);
        for measure in [Measure::Reach, Measure::Dose, Measure::LearningYearsGained] {
            assert_eq!(
                told(&none, measure, Scope::ALL, t).to_bits(),
                told(&all, measure, Scope::ALL, t).to_bits(),
                "{measure:?} {t}"
            );
        }
    }
    // A plan without it, in a country without shocks, is not asked.
    let plain = simulate(paid());
    assert_eq!(plain.lend().value(Measure::HomeAccess, Scope::ALL, 1), None);
}

#[test]
fn what_is_not_funded_is_not_given() {
    let mut scenario = with([0.4, 0.33, 0.2]);
    scenario.funding.sources.clear();
    let run = simulate(&scenario);
    for t in 0..run.model.years {
        near(told(&run, Measure::HomeAccess, RURAL, t), 0.075);
        assert_eq!(run.run.plan.component_need(t, Component::HomeAccess) > 0.0, t > 0);
    }
    // Learners are given less from 2029 on: connections end, what lasts is not renewed.
    let mut less = with([0.4, 0.33, 0.2]);
    let plan = less.plan.home_access.as_mut().expect("home access");
    let falls = |to| Lever::everywhere(YearPath::of(&[(2026, 0.0), (2027, to), (2028, to), (2029, 0.0)]));
    (plan.connections, plan.loaned, plan.kits) = (falls(0.4), falls(0.33), falls(0.2));
    let run = simulate(&less);
    assert_eq!(line(&run, 2029, "home connections", Need::Upkeep).0, 0.0);
    assert_eq!(line(&run, 2029, "loaned devices", Need::Renewal).0, 0.0);
    let [then, next] = [2, 3].map(|t| told(&run, Measure::HomeAccess, RURAL, t));
    // Kits alone go on serving, of those whom no connection serves.
    assert!(next < then && next > 0.075, "{next} after {then}");
}

/// By hand: 0.4 of schools close for 4.5 months, c = 0.2. In 2027 nobody has more than today; half of the year counts with what the home had at its
/// beginning, half with what it has at the end.
#[test]
fn who_goes_on_in_a_closure_is_the_mean_of_both_ends_of_the_year() {
    let flood = |year: i32, given| {
        let mut scenario = with(given);
        scenario.shocks = struck_by(&format!("flood(year: {year}, closed: 0.4, months: 4.5)")).shocks;
        simulate(scenario)
    };
    let given = [0.4, 0.33, 0.2];
    let (first, later, none) = (flood(2027, given), flood(2028, given), flood(2028, [0.0; 3]));
    let home = |t| told(&first, Measure::HomeAccess, RURAL, t);
    near(told(&first, Measure::Continuity, RURAL, 1), 0.5 * (0.075 + home(1)));
    near(told(&later, Measure::Continuity, RURAL, 2), 0.5 * (home(1) + home(2)));
    near(told(&none, Measure::Continuity, RURAL, 2), 0.075);
    let poorest = of(Person::Wealth(Wealth::Poorest));
    near(told(&first, Measure::Continuity, poorest, 1), 0.5);
    near(told(&later, Measure::Continuity, poorest, 2), 1.0);
    near(told(&none, Measure::Continuity, poorest, 2), 0.0);
    // Who goes on loses less of the lessons.
    let theta = |run: &Trajectory| run.run.plan.theta(2, 0);
    let calm = simulate(with([0.0; 3]));
    assert!(theta(&none) < theta(&later) && theta(&later) < theta(&calm));
    // With kits for all nobody stops.
    let all = flood(2028, [0.0, 0.0, 1.0]);
    near(theta(&all), theta(&calm));
}

#[test]
fn margins_add_up_groups_can_be_split_and_more_never_lowers() {
    let mut scenario = with([0.3, 0.25, 0.15]);
    scenario.plan.order = Order::Proportional;
    scenario.shocks = struck_by("flood(year: 2028, closed: 0.4, months: 4.5)").shocks;
    let run = simulate(&scenario);
    let mix = |run: &Trajectory, t: usize, fifth| {
        let persons = |which| run.run.plan.persons(t, Person::Wealth(fifth), which, &|_| true);
        persons(OfPersons::Learners)
    };
    for t in 0..run.model.years {
        let (mut go_on, mut learners) = (0.0, 0.0);
        for fifth in FIFTHS {
            let scope = Scope {
                person: Some(Person::Wealth(fifth)),
                ..Scope::ALL
            };
            let these = mix(&run, t, fifth);
            go_on += these * told(&run, Measure::HomeAccess, scope, t);
            learners += these;
        }
        let all = told(&run, Measure::HomeAccess, Scope::ALL, t);
        assert!(
            (go_on / learners - all).abs() < 1e-12,
            "{t}: {} {all}",
            go_on / learners
        );
    }
    // One group in three parts, in another order.
    let mut split = scenario.clone();
    let first = split.country.groups.remove(1);
    for part in [0.5, 0.3, 0.2] {
        let mut group = first.clone();
        group.size_class = format!("{part}");
        for count in [&mut group.schools, &mut group.learners, &mut group.teachers] {
            count.value *= part;
        }
        split.country.groups.push(group);
    }
    split.country.groups.reverse();
    let split = simulate(&split);
    for t in 0..run.model.years {
        near(
            told(&split, Measure::HomeAccess, Scope::ALL, t),
            told(&run, Measure::HomeAccess, Scope::ALL, t),
        );
        let [ours, theirs] = [&run, &split].map(|run| run.run.plan.component_need(t, Component::HomeAccess));
        assert!((ours - theirs).abs() <= 1e-9 * ours.max(1.0), "{ours} {theirs}");
    }
    near(
        told(&split, Measure::Continuity, Scope::ALL, 2),
        told(&run, Measure::Continuity, Scope::ALL, 2),
    );
    // More of any of the three lowers no fifth and no year.
    for more in [[0.5, 0.25, 0.15], [0.3, 0.6, 0.15], [0.3, 0.25, 0.5]] {
        let more = simulate(with(more));
        for fifth in FIFTHS {
            for t in 0..run.model.years {
                let [less, more] =
                    [&run, &more].map(|run| told(run, Measure::HomeAccess, of(Person::Wealth(fifth)), t));
                assert!(more >= less - 1e-12, "{fifth:?} {t}: {more} {less}");
            }
        }
    }
}
