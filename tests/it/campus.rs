//! Networks inside schools and classroom sets: the rural primary schools of the example country, by hand.

use rollcall::model::{ledger, simulate};
use rollcall::scenario::plan::CampusPlan;
use rollcall::scenario::{Component, Level, Lever, Locality, Need, Scenario, YearPath};

fn with_campus(networked: &[(i32, f64)], sets: &[(i32, f64)]) -> Scenario {
    let mut scenario = crate::enlarged::example();
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
