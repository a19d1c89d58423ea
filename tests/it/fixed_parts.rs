//! What costs the country the same whoever takes part: national systems, a help desk, posts of the ministry. By hand, in a country
//! of four regions alike: one begins in 2027, the others come in 2029 (`docs/src/systems.md`).

use rollcall::model::{Cell, Trajectory, ledger, simulate};
use rollcall::scenario::funding::BudgetTerms;
use rollcall::scenario::lever::Case;
use rollcall::scenario::plan::{GovernancePlan, Order, SystemsPlan};
use rollcall::scenario::{Component, Lever, Need, Quantity, Scenario, SourceKind, YearPath};

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

fn of_rows(
    run: &Trajectory,
    year: i32,
    category: &str,
    need: Need,
    of: impl Fn(&ledger::CostRow<'_>) -> f64,
) -> [f64; 2] {
    let mut sums = [0.0; 2];
    for row in ledger::costs_in_full(run)
        .filter(|row| row.year == year && row.line.category == category && row.line.need == need)
    {
        sums[usize::from(row.region != FIRST)] += of(&row);
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

#[test]
fn what_is_not_paid_of_the_set_up_is_set_up_later_and_never_twice() {
    let mut scenario = country();
    scenario.plan.systems = Some(SystemsPlan {
        users: in_2027_and_2029(),
    });
    // A budget for systems alone that pays a part of the set-up in 2027, in all groups alike.
    scenario.plan.order = Order::Proportional;
    scenario.funding.sources.truncate(1);
    let source = &mut scenario.funding.sources[0];
    source.components = vec![Component::Systems];
    source.absorption = Some(Quantity::new(1.0));
    source.kind = SourceKind::DomesticBudget(BudgetTerms {
        amount: Some(YearPath::of(&[(2027, 700_000.0), (2028, 5e7)])),
        share_of_education: None,
    });
    let run = simulate(scenario);
    let paid = run.run.plan.funded(1, Cell::of(Component::Systems, Need::Expansion))
        / run.run.plan.need(1, Cell::of(Component::Systems, Need::Expansion));
    assert!((0.3..0.7).contains(&paid), "{paid}");
    let mut set_up = 0.0;
    for year in 2027..=2033 {
        let (mut came, mut moved, mut closing) = (0.0, 0.0, 0.0);
        for row in ledger::stocks(&run).filter(|row| row.year == year && row.stock == "national systems") {
            came += row.into;
            moved += row.opening + row.into - row.out;
            closing += row.closing;
        }
        set_up += came;
        assert!((moved - closing).abs() < 1e-9, "{year}: {moved} {closing}");
        let stands = if year == 2027 { paid } else { 1.0 };
        assert!((closing - stands).abs() < 1e-9, "{year}: {closing} {stands}");
    }
    assert!((set_up - 1.0).abs() < 1e-9, "{set_up}");
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
