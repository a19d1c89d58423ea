//! Networks inside schools and classroom sets: the rural primary schools of the example country, by hand.

use rollcall::model::{Trajectory, ledger, simulate, stat};
use rollcall::scenario::funding::BudgetTerms;
use rollcall::scenario::plan::CampusPlan;
use rollcall::scenario::{Component, Level, Lever, Locality, Need, Scenario, SourceKind, YearPath};

fn with_campus(networked: &[(i32, f64)], sets: &[(i32, f64)]) -> Scenario {
    let mut scenario = crate::enlarged::example();
    scenario.country.services.networked.value = 0.0;
    scenario.plan.campus = Some(CampusPlan {
        networked: Lever::everywhere(YearPath::of(networked)),
        classroom_sets: Lever::everywhere(YearPath::of(sets)),
    });
    scenario
}

/// Quantity and amount of the lines of a category, with all paid for, of rural primary schools.
fn line(scenario: &Scenario, year: i32, category: &str, need: Need) -> (f64, f64) {
    let run = simulate(scenario);
    ledger::costs_in_full(&run)
        .filter(|row| row.year == year && row.level == Level::Primary && row.locality == Locality::Rural)
        .filter(|row| row.line.component == Component::Campus)
        .filter(|row| row.line.category == category && row.line.need == need)
        .fold((0.0, 0.0), |(quantity, amount), row| {
            (quantity + row.quantity, amount + row.amount().0)
        })
}

#[test]
fn the_worked_numbers_of_networks_in_schools() {
    // A tenth of 6,000 schools in 2027, a fifth in 2028. 33,271.26 rooms in 2027: 2,016,440 learners of primary school at
    // 33.333 a teacher, 55 % of the teachers in rural schools. A set in each twentieth room.
    let scenario = with_campus(
        &[(2026, 0.0), (2027, 0.1), (2028, 0.2), (2030, 0.2)],
        &[(2026, 0.0), (2027, 0.05), (2030, 0.05)],
    );
    let rooms = 2_016_440.0 / (100.0 / 3.0) * 0.55;
    for (year, category, need, quantity, amount) in [
        (2027, "school networks", Need::Expansion, 600.0, 900_000.0),
        (2027, "room networks", Need::Expansion, 0.1 * rooms, 0.1 * rooms * 210.0),
        (2027, "upkeep of school networks", Need::Expansion, 300.0, 45_000.0),
        (
            2027,
            "upkeep of room networks",
            Need::Expansion,
            0.05 * rooms,
            0.05 * rooms * 21.0,
        ),
        (
            2027,
            "classroom sets",
            Need::Expansion,
            0.05 * rooms,
            0.05 * rooms * 1_500.0,
        ),
        (
            2027,
            "running of classroom sets",
            Need::Expansion,
            0.025 * rooms,
            0.025 * rooms * 240.0,
        ),
        (2028, "school networks", Need::Expansion, 600.0, 900_000.0),
        (2028, "upkeep of school networks", Need::Upkeep, 600.0, 90_000.0),
        (
            2028,
            "upkeep of room networks",
            Need::Upkeep,
            0.1 * rooms,
            0.1 * rooms * 21.0,
        ),
        (
            2028,
            "running of classroom sets",
            Need::Upkeep,
            0.05 * rooms,
            0.05 * rooms * 240.0,
        ),
    ] {
        let ours = line(&scenario, year, category, need);
        for (ours, by_hand) in [(ours.0, quantity), (ours.1, amount)] {
            assert!(
                (ours - by_hand).abs() < 2e-6 * by_hand,
                "{year} {category} {need}: {ours}, by hand {by_hand}"
            );
        }
    }
}

#[test]
fn a_network_is_replaced_after_seven_years_and_a_set_after_five() {
    let mut scenario = with_campus(&[(2026, 0.0), (2027, 0.1)], &[(2026, 0.0), (2027, 0.05)]);
    scenario.horizon = 2035;
    let bought = line(&scenario, 2027, "school networks", Need::Expansion).0;
    for year in 2028..=2035 {
        let due = line(&scenario, year, "school networks", Need::Renewal).0;
        let by_hand = if year == 2034 { bought } else { 0.0 };
        assert!((due - by_hand).abs() < 1e-3, "{year}: {due}");
    }
    let sets = line(&scenario, 2027, "classroom sets", Need::Expansion).0;
    assert!((line(&scenario, 2032, "classroom sets", Need::Renewal).0 - sets).abs() < 1e-3 * sets);
}

#[test]
fn networks_of_today_are_kept_up_without_a_plan_too() {
    let mut scenario = crate::enlarged::example();
    scenario.country.services.networked.value = 0.5;
    // Half of the 10 % of 6,000 schools that have a link; a seventh of them is replaced each year.
    let (kept, _) = line(&scenario, 2028, "upkeep of school networks", Need::Upkeep);
    assert!((kept - 300.0).abs() < 1e-6, "{kept}");
    let (renewed, _) = line(&scenario, 2028, "school networks", Need::Renewal);
    assert!((renewed - 300.0 / 7.0).abs() < 1e-4, "{renewed}");
    let run = simulate(&scenario);
    let plan: f64 = ledger::costs_in_full(&run)
        .filter(|row| row.line.component == Component::Campus && !row.existing)
        .map(|row| row.amount().0.abs())
        .sum();
    assert!(plan < 1e-6, "{plan}");
}

#[test]
fn a_link_serves_the_rooms_near_it_and_a_network_brings_it_to_the_rest() {
    // Nothing but networks is planned. What stands together stays; half of the learners sit near the link, and a network in
    // a third of the schools, more than have all there is, serves the rest.
    let with = |near: f64, networked: f64| {
        let mut scenario = with_campus(&[(2026, 0.0), (2027, networked), (2030, networked)], &[(2026, 0.0)]);
        scenario.country.schooling.near_link.value = near;
        let plan = &mut scenario.plan;
        (plan.power, plan.links, plan.devices, plan.training) = (None, None, None, None);
        (plan.content, plan.support, plan.management) = (None, None, None);
        plan.learning.clear();
        for source in &mut scenario.funding.sources {
            source.kind = SourceKind::DomesticBudget(BudgetTerms {
                amount: Some(YearPath::constant(1e12)),
                share_of_education: None,
                ..BudgetTerms::default()
            });
        }
        simulate(&scenario)
    };
    let sums = |run: &Trajectory, which| {
        (0..run.model.years)
            .map(|t| run.run.plan.over(t, which, &|_| true))
            .collect::<Vec<_>>()
    };
    for which in [stat::REACHED, stat::DOSE] {
        let (all, near, networked) = (
            sums(&with(1.0, 0.0), which),
            sums(&with(0.5, 0.0), which),
            sums(&with(0.5, 1.0), which),
        );
        assert!(all[0] > 0.0);
        for t in 0..all.len() {
            // Half of them without networks; all of them with, from the first year of the plan on, but for the energy
            // that networks draw from solar systems.
            assert!((near[t] - 0.5 * all[t]).abs() < 1e-9 * all[t], "{t}: {near:?} {all:?}");
            let expected = if t == 0 { 0.5 } else { 1.0 };
            assert!(networked[t] <= expected * all[t] * (1.0 + 1e-12), "{t}");
            assert!(networked[t] > (expected - 0.02) * all[t], "{t}: {networked:?} {all:?}");
        }
    }
    // Lessons that need no link ask for no network.
    assert_eq!(
        sums(&with(1.0, 0.0), stat::DOSE_OFFLINE),
        sums(&with(0.5, 0.0), stat::DOSE_OFFLINE)
    );
}
