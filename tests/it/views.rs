//! Views of one ledger: pillar, tier, phase and dimension cut the same rows, and each adds to the same total.

use std::collections::BTreeMap;

use rollcall::model::view::{Dimension, Phase, Pillar, Tier};
use rollcall::model::{LINES, ledger, simulate};
use rollcall::report::tables;
use rollcall::scenario::plan::{CampusPlan, GovernancePlan, SystemsPlan};
use rollcall::scenario::{Component, Lever, Need, Quantity, Scenario, YearPath};

/// The example with all components and with taxes.
fn whole() -> Scenario {
    let mut scenario = crate::enlarged::example();
    let rising = |last| Lever::everywhere(YearPath::of(&[(2026, 0.0), (2030, last)]));
    scenario.plan.campus = Some(CampusPlan {
        networked: rising(0.5),
        classroom_sets: rising(0.2),
    });
    scenario.plan.systems = Some(SystemsPlan { users: rising(0.8) });
    scenario.plan.governance = Some(GovernancePlan { staffed: rising(0.9) });
    scenario.prices.general.duty = Quantity::new(0.1);
    scenario.prices.general.vat = Quantity::new(0.18);
    scenario
}

#[test]
fn each_view_adds_to_the_same_total_to_the_cent() {
    let run = simulate(whole());
    let table = String::from_utf8(tables::bytes(tables::costs, &run)).expect("text");
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    assert_eq!(&header[header.len() - 4..], ["pillar", "tier", "phase", "dimension"]);
    let place = |name: &str| header.iter().position(|column| *column == name).expect("a column");
    let amount = place("amount_usd");
    let mut total = 0.0;
    let mut parts: BTreeMap<(&str, String), f64> = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let value: f64 = cells[amount].parse().expect("an amount");
        total += value;
        for view in ["pillar", "tier", "phase", "dimension"] {
            *parts.entry((view, cells[place(view)].to_owned())).or_default() += value;
        }
    }
    for (view, names) in [
        ("pillar", Pillar::ALL.iter().map(|word| word.name()).collect::<Vec<_>>()),
        ("tier", Tier::ALL.iter().map(|word| word.name()).collect()),
        ("phase", Phase::ALL.iter().map(|word| word.name()).collect()),
        ("dimension", Dimension::ALL.iter().map(|word| word.name()).collect()),
    ] {
        let of = |name: &&str| parts.get(&(view, (*name).to_owned())).copied().unwrap_or(0.0);
        let sum: f64 = names.iter().map(of).sum();
        assert!((sum - total).abs() < 0.005, "{view}: {sum} of {total}");
        for name in &names {
            assert!(of(name) > 0.0, "nothing stands in {view} {name}");
        }
    }
}

#[test]
fn lines_stand_where_a_ministry_looks_for_them() {
    let line = |component: Component, category: &str, need: Need| {
        let found = LINES
            .iter()
            .find(|line| (line.component, line.category, line.need) == (component, category, need));
        found.unwrap_or_else(|| panic!("no line {category}"))
    };
    let posts = |category| line(Component::Governance, category, Need::Upkeep).view;
    assert_eq!(posts("ministry posts").tier, Tier::Centre);
    assert_eq!(posts("district offices").tier, Tier::Region);
    let monitoring = line(Component::Management, "monitoring", Need::Expansion);
    assert_eq!(
        (monitoring.view.pillar, monitoring.phase()),
        (Pillar::Data, Phase::SetUp)
    );
    // What is bought sets up; the half year of service that comes with it runs, as do refresh and repair.
    assert_eq!(
        line(Component::Links, "hardware cellular", Need::Expansion).phase(),
        Phase::SetUp
    );
    assert_eq!(
        line(Component::Links, "managed service", Need::Expansion).phase(),
        Phase::Running
    );
    assert_eq!(
        line(Component::Links, "hardware cellular", Need::Renewal).phase(),
        Phase::Running
    );
    // The first course of a teacher sets up although it lasts as little as its follow-up.
    assert_eq!(
        line(Component::Training, "courses", Need::Expansion).phase(),
        Phase::SetUp
    );
    assert_eq!(
        line(Component::Training, "follow-up", Need::Expansion).phase(),
        Phase::Running
    );
    assert_eq!(
        line(Component::Support, "recruiting", Need::Expansion).phase(),
        Phase::SetUp
    );
    let sets = line(Component::Campus, "classroom sets", Need::Expansion).view;
    assert_eq!(
        (sets.pillar, sets.dimension),
        (Pillar::Connectivity, Dimension::Devices)
    );
    // By hand: 600 new solar schools in rural primary set up 3.6 million and run 54,000 in their first year.
    let run = simulate(whole());
    let rural = ledger::costs(&run)
        .filter(|row| row.year == 2027 && row.line.component == Component::Power && row.line.need == Need::Expansion)
        .filter(|row| row.locality == rollcall::scenario::Locality::Rural)
        .filter(|row| row.level == rollcall::scenario::Level::Primary && row.line.unit == "watt");
    let mut by_phase = [0.0; 2];
    for row in rural {
        by_phase[usize::from(row.line.phase() == Phase::Running)] += row.amount().0;
    }
    assert!(
        (by_phase[0] - 3.6e6).abs() < 1.0 && (by_phase[1] - 54_000.0).abs() < 1.0,
        "{by_phase:?}"
    );
}
