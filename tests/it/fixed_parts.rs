//! What costs the country the same whoever takes part: national systems, a help desk, posts of the ministry. By hand, in a country
//! of four regions alike: one begins in 2027, the others come in 2029 (`docs/src/systems.md`).

use rollcall::model::{Trajectory, ledger, simulate};
use rollcall::scenario::funding::BudgetTerms;
use rollcall::scenario::lever::Case;
use rollcall::scenario::plan::{GovernancePlan, Order, SystemsPlan};
use rollcall::scenario::{Component, Group, Lever, Need, Quantity, Scenario, Source, SourceKind, YearPath};

const FIRST: &str = "r00000";

/// One region by itself, the others by themselves.
fn regions(first: &[(i32, f64)], others: &[(i32, f64)]) -> Lever {
    let mut lever = Lever::everywhere(YearPath::of(others));
    lever.cases.push(Case {
        level: None,
        locality: None,
        region: Some(FIRST.into()),
        to: YearPath::of(first),
    });
    lever
}

fn in_2027_and_2029() -> Lever {
    regions(&[(2026, 0.0), (2027, 1.0)], &[(2028, 0.0), (2029, 1.0)])
}

fn country() -> Scenario {
    crate::enlarged::enlarged(4, 2033)
}

/// Amounts of a category in a year, with all paid for: of the first region, of the others.
fn amounts(run: &Trajectory, year: i32, category: &str, need: Need) -> [f64; 2] {
    of_rows(run, year, category, need, |row| row.amount().0)
}

/// The same as the run needs them, with the money that there is.
fn needed(run: &Trajectory, year: i32, category: &str, need: Need) -> [f64; 2] {
    of(ledger::costs(run), year, category, need, |row| row.amount().0)
}

/// A budget for one component, in some regions or all, spent in full.
fn budget(country: &Scenario, component: Component, regions: &[&str], amounts: &[(i32, f64)]) -> Source {
    let mut source = country.funding.sources[0].clone();
    source.name = format!("{component:?} {regions:?}");
    source.components = vec![component];
    source.regions = regions.iter().map(|region| (*region).to_owned()).collect();
    source.absorption = Some(Quantity::new(1.0));
    source.kind = SourceKind::DomesticBudget(BudgetTerms {
        amount: Some(YearPath::of(amounts)),
        share_of_education: None,
        ..BudgetTerms::default()
    });
    source
}

/// What stands of the national systems at the end of a year.
fn systems_stand(run: &Trajectory, year: i32) -> f64 {
    ledger::stocks(run)
        .filter(|row| row.year == year && row.stock == "national systems")
        .map(|row| row.closing)
        .sum()
}

fn of_rows(
    run: &Trajectory,
    year: i32,
    category: &str,
    need: Need,
    amount: impl Fn(&ledger::CostRow<'_>) -> f64,
) -> [f64; 2] {
    of(ledger::costs_in_full(run), year, category, need, amount)
}

fn of<'a>(
    rows: impl Iterator<Item = ledger::CostRow<'a>>,
    year: i32,
    category: &str,
    need: Need,
    amount: impl Fn(&ledger::CostRow<'_>) -> f64,
) -> [f64; 2] {
    let mut sums = [0.0; 2];
    for row in rows.filter(|row| row.year == year && row.line.category == category && row.line.need == need) {
        sums[usize::from(row.region != FIRST)] += amount(&row);
    }
    sums
}

fn near(ours: [f64; 2], by_hand: [f64; 2]) {
    for (ours, by_hand) in ours.into_iter().zip(by_hand) {
        assert!(
            (ours - by_hand).abs() <= 1e-9 * by_hand.abs().max(1.0),
            "{ours}, by hand {by_hand}"
        );
    }
}

#[test]
fn who_begins_sets_national_systems_up_and_who_comes_later_shares_their_running() {
    let mut scenario = country();
    scenario.plan.systems = Some(SystemsPlan {
        users: in_2027_and_2029(),
    });
    let run = simulate(scenario);
    // Set up once, by the first region; after five years it replaces them.
    for year in 2027..=2033 {
        let of_first = |year_of: i32| [if year == year_of { 1e6 } else { 0.0 }, 0.0];
        near(amounts(&run, year, "national systems", Need::Expansion), of_first(2027));
        near(amounts(&run, year, "national systems", Need::Renewal), of_first(2032));
        // Half a million a year, half of it in the first; from 2029 on a quarter of it falls on the first region.
        let [new, kept] = match year {
            2027 => [[250_000.0, 0.0], [0.0; 2]],
            2028 => [[0.0; 2], [500_000.0, 0.0]],
            _ => [[0.0; 2], [125_000.0, 375_000.0]],
        };
        near(amounts(&run, year, "running of national systems", Need::Expansion), new);
        near(amounts(&run, year, "running of national systems", Need::Upkeep), kept);
    }
}

/// Systems as in [`in_2027_and_2029`]; users cost nothing, so that in 2027 a million for setting up and a quarter for half a year of
/// running are wanted. Half a million is there: four tenths. In 2028 nothing, from 2029 on enough.
fn four_tenths_paid() -> Scenario {
    let mut scenario = country();
    scenario.plan.systems = Some(SystemsPlan {
        users: in_2027_and_2029(),
    });
    scenario.prices.systems.user = Quantity::new(0.0);
    scenario.plan.management = None;
    let paid = [(2026, 0.0), (2027, 500_000.0), (2028, 0.0), (2029, 5e7)];
    scenario.funding.sources = vec![budget(&scenario, Component::Systems, &[], &paid)];
    scenario
}

#[test]
fn what_is_not_paid_of_the_set_up_is_set_up_later_and_never_twice() {
    // The same however groups are served, and whatever other money is bound to a region that comes later.
    let other = |scenario: &mut Scenario| {
        let source = budget(scenario, Component::Power, &["r00001"], &[(2026, 0.0), (2027, 1_000.0)]);
        scenario.funding.sources.push(source);
    };
    for (order, bound) in [
        (Order::Proportional, false),
        (Order::LargestFirst, false),
        (Order::PoorestFirst, false),
        (Order::Proportional, true),
        (Order::LargestFirst, true),
    ] {
        let mut scenario = four_tenths_paid();
        scenario.plan.order = order;
        if bound {
            other(&mut scenario);
        }
        let run = simulate(scenario);
        let mut set_up = 0.0;
        for year in 2027..=2031 {
            let (mut came, mut moved, mut closing) = (0.0, 0.0, 0.0);
            for row in ledger::stocks(&run).filter(|row| row.year == year && row.stock == "national systems") {
                came += row.into;
                moved += row.opening + row.into - row.out;
                closing += row.closing;
            }
            set_up += came;
            assert!((moved - closing).abs() < 1e-9, "{year}: {moved} {closing}");
            let stands = if year < 2029 { 0.4 } else { 1.0 };
            assert!(
                (closing - stands).abs() < 1e-6,
                "{order:?} {bound} {year}: {closing} {stands}"
            );
        }
        assert!((set_up - 1.0).abs() < 1e-6, "{set_up}");
        // In 2029 four tenths run, shared a quarter to three; the first region wants the other six, with half a year of theirs.
        let of_2029 = |category, need| needed(&run, 2029, category, need).map(f64::round);
        assert_eq!(
            of_2029("running of national systems", Need::Upkeep),
            [50_000.0, 150_000.0]
        );
        assert_eq!(of_2029("national systems", Need::Expansion), [600_000.0, 0.0]);
        assert_eq!(
            of_2029("running of national systems", Need::Expansion),
            [150_000.0, 0.0]
        );
    }
}

#[test]
fn money_of_a_region_that_comes_later_sets_no_national_part_up() {
    // Only a region of the others has money, from 2029 on. What the first was to begin does not stand: nothing runs. The ministry's
    // posts are shared anew each year: of its 20 the region pays a quarter in 2029, and all find five, of which each has a quarter.
    let mut scenario = country();
    scenario.plan.systems = Some(SystemsPlan {
        users: in_2027_and_2029(),
    });
    scenario.plan.governance = Some(GovernancePlan {
        staffed: in_2027_and_2029(),
    });
    scenario.plan.support.as_mut().expect("support").help_desk =
        regions(&[(2026, 0.0), (2027, 1.0), (2028, 0.0)], &[(2027, 0.0), (2028, 1.0)]);
    let paid = [(2026, 0.0), (2028, 0.0), (2029, 5e8)];
    scenario.funding.sources = [Component::Systems, Component::Governance]
        .map(|component| budget(&scenario, component, &["r00001"], &paid))
        .into();
    let run = simulate(scenario);
    for year in 2027..=2033 {
        assert_eq!(systems_stand(&run, year), 0.0, "{year}");
        near(
            needed(&run, year, "running of national systems", Need::Upkeep),
            [0.0; 2],
        );
        // Nor is a desk open that nobody paid for.
        near(needed(&run, year, "help desk", Need::Upkeep), [0.0; 2]);
    }
    let posts = |year, need| of(ledger::costs(&run), year, "ministry posts", need, |row| row.quantity);
    near(posts(2029, Need::Expansion), [2.5, 7.5]);
    near(posts(2030, Need::Upkeep), [1.25, 3.75]);
}

#[test]
fn national_systems_of_today_are_shared_by_all_and_nothing_is_added_without_a_plan_for_them() {
    // Half of the users are served today. One region is to serve all of its own: nothing is to be set up, and all four share running.
    let mut scenario = country();
    scenario.country.services.systems = Quantity::new(0.5);
    scenario.country.governance.staffed = Quantity::new(0.5);
    let first = || regions(&[(2026, 0.5), (2027, 1.0)], &[(2026, 0.0)]);
    scenario.plan.systems = Some(SystemsPlan { users: first() });
    scenario.plan.governance = Some(GovernancePlan { staffed: first() });
    let run = simulate(&scenario);
    near(amounts(&run, 2027, "national systems", Need::Expansion), [0.0; 2]);
    near(
        amounts(&run, 2027, "running of national systems", Need::Upkeep),
        [125_000.0, 375_000.0],
    );
    // Ten of the ministry's posts are filled, ten are wanted for half a year.
    let posts = |need| of_rows(&run, 2027, "ministry posts", need, |row| row.quantity);
    near(posts(Need::Upkeep), [2.5, 7.5]);
    near(posts(Need::Expansion), [1.25, 3.75]);

    // Without a plan for them three tenths of renewal are paid; what is lost then is not bought again by what comes in 2029.
    scenario.plan.systems = None;
    scenario.funding.existing = Quantity::new(0.3);
    let paid = [(2026, 0.0), (2028, 0.0), (2029, 5e8)];
    scenario.funding.sources = vec![budget(&scenario, Component::Systems, &[], &paid)];
    let run = simulate(&scenario);
    assert!(systems_stand(&run, 2028) < 0.95, "{}", systems_stand(&run, 2028));
    for year in 2027..=2033 {
        near(needed(&run, year, "national systems", Need::Expansion), [0.0; 2]);
    }
}

#[test]
fn a_group_without_learners_begins_nothing() {
    let mut scenario = country();
    let empty = Group {
        region: "empty".into(),
        learners: Quantity::new(0.0),
        ..scenario.country.groups[0].clone()
    };
    scenario.country.groups.push(empty);
    let mut lever = Lever::everywhere(YearPath::of(&[(2028, 0.0), (2029, 0.5)]));
    lever.cases.push(Case {
        level: None,
        locality: None,
        region: Some("empty".into()),
        to: YearPath::of(&[(2026, 0.0), (2027, 1.0)]),
    });
    scenario.plan.systems = Some(SystemsPlan { users: lever.clone() });
    scenario.plan.governance = Some(GovernancePlan { staffed: lever });
    let run = simulate(scenario);
    let posts = |year| of_rows(&run, year, "ministry posts", Need::Expansion, |row| row.quantity);
    for (year, set_up, officers) in [(2027, [0.0; 2], [0.0; 2]), (2029, [250_000.0, 750_000.0], [1.25, 3.75])] {
        near(amounts(&run, year, "national systems", Need::Expansion), set_up);
        near(posts(year), officers);
    }
}

#[test]
fn a_help_desk_costs_the_same_whoever_it_serves() {
    // The first region in 2027 and 2028, the others in 2029 and 2030, nobody in 2031, all in 2032: US$ 100,000 a year, as the
    // country says, half of it when the desk opens.
    let mut scenario = country();
    scenario.prices.support.desk = Some(Quantity::new(100_000.0));
    let support = scenario.plan.support.as_mut().expect("support");
    support.help_desk = regions(
        &[
            (2026, 0.0),
            (2027, 1.0),
            (2028, 1.0),
            (2029, 0.0),
            (2031, 0.0),
            (2032, 1.0),
        ],
        &[(2028, 0.0), (2029, 1.0), (2030, 1.0), (2031, 0.0), (2032, 1.0)],
    );
    let run = simulate(scenario);
    for (year, opens, goes_on) in [
        (2027, [50_000.0, 0.0], [0.0; 2]),
        (2028, [0.0; 2], [100_000.0, 0.0]),
        (2029, [0.0; 2], [0.0, 100_000.0]),
        (2030, [0.0; 2], [0.0, 100_000.0]),
        (2031, [0.0; 2], [0.0; 2]),
        (2032, [12_500.0, 37_500.0], [0.0; 2]),
        (2033, [0.0; 2], [25_000.0, 75_000.0]),
    ] {
        near(amounts(&run, year, "help desk", Need::Expansion), opens);
        near(amounts(&run, year, "help desk", Need::Upkeep), goes_on);
    }
}

#[test]
fn the_ministry_has_all_of_its_posts_as_soon_as_anybody_has_a_part() {
    // 20 posts, of which the first region wants half in 2027 and the others all from 2029 on; two posts in each region.
    let mut scenario = country();
    scenario.plan.governance = Some(GovernancePlan {
        staffed: regions(&[(2026, 0.0), (2027, 0.5)], &[(2028, 0.0), (2029, 1.0)]),
    });
    let run = simulate(scenario);
    let posts = |year, category, need| of_rows(&run, year, category, need, |row| row.quantity);
    for (year, new, kept) in [
        (2027, [5.0, 0.0], [0.0; 2]),
        (2028, [0.0; 2], [10.0, 0.0]),
        // Ten more, half a year; all are shared a quarter to three.
        (2029, [0.25 * 5.0, 0.75 * 5.0], [2.5, 7.5]),
        (2030, [0.0; 2], [5.0, 15.0]),
    ] {
        for category in ["ministry posts", "ministry offices"] {
            near(posts(year, category, Need::Expansion), new);
            near(posts(year, category, Need::Upkeep), kept);
        }
    }
    near(posts(2028, "regional posts", Need::Upkeep), [1.0, 0.0]);
    near(posts(2030, "regional posts", Need::Upkeep), [1.0, 6.0]);
}

#[test]
fn cutting_a_group_in_two_changes_no_fixed_part() {
    let mut whole = country();
    whole.plan.systems = Some(SystemsPlan {
        users: in_2027_and_2029(),
    });
    whole.plan.governance = Some(GovernancePlan {
        staffed: in_2027_and_2029(),
    });
    whole.plan.support.as_mut().expect("support").help_desk = in_2027_and_2029();
    let mut cut = whole.clone();
    let groups = &mut cut.country.groups;
    for at in 0..groups.len() {
        let group = &mut groups[at];
        for count in [&mut group.schools, &mut group.learners, &mut group.teachers] {
            count.value *= 0.5;
        }
        let half = group.clone();
        groups.push(half);
    }
    let [whole, cut] = [whole, cut].map(simulate);
    for component in [Component::Systems, Component::Governance, Component::Support] {
        for t in 1..whole.model.years {
            let [a, b] = [&whole, &cut].map(|run| run.run.plan.component_need(t, component));
            assert!((a - b).abs() <= 1e-9 * a, "{component:?} {t}: {a} {b}");
        }
    }
}
