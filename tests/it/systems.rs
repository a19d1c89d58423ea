//! Systems: a national part that one region pays in full, and users, by hand.

use rollcall::model::{Trajectory, ledger, simulate};
use rollcall::scenario::evidence::Needs;
use rollcall::scenario::funding::BudgetTerms;
use rollcall::scenario::plan::SystemsPlan;
use rollcall::scenario::{Component, Level, Lever, Locality, Need, Scenario, SourceKind, YearPath};

fn with_systems(users: Lever) -> Scenario {
    let mut scenario = crate::enlarged::example();
    scenario.plan.systems = Some(SystemsPlan { users });
    scenario
}

fn from_2027(share: f64) -> YearPath {
    YearPath::of(&[(2026, 0.0), (2027, share)])
}

/// Quantity and amount of the lines of a category, with all paid for.
fn line(scenario: &Scenario, here: Option<(Level, Locality)>, year: i32, category: &str, need: Need) -> (f64, f64) {
    let run = simulate(scenario);
    ledger::costs_in_full(&run)
        .filter(|row| row.year == year && here.is_none_or(|here| here == (row.level, row.locality)))
        .filter(|row| row.line.component == Component::Systems)
        .filter(|row| row.line.category == category && row.line.need == need)
        .fold((0.0, 0.0), |(quantity, amount), row| {
            (quantity + row.quantity, amount + row.amount().0)
        })
}

fn near(ours: f64, by_hand: f64) {
    assert!(
        (ours - by_hand).abs() < 3e-6 * by_hand.abs(),
        "{ours}, by hand {by_hand}"
    );
}

#[test]
fn the_worked_numbers_of_systems() {
    let scenario = with_systems(Lever::everywhere(from_2027(1.0)));
    let rural = Some((Level::Primary, Locality::Rural));
    // 1.1 of 2.8 million learners: their part of 1 million for setting up and of half a year at 0.5 million.
    let part = 1.1 / 2.8;
    near(
        line(&scenario, rural, 2027, "national systems", Need::Expansion).1,
        part * 1e6,
    );
    near(
        line(&scenario, rural, 2027, "running of national systems", Need::Expansion).1,
        part * 250_000.0,
    );
    // 1,109,042 learners, 28.75 % of them in linked schools, and 33,271.26 teachers, half a year at US$ 2.
    let users = 0.55 * 2_016_440.0 * (0.2875 + 0.03);
    near(line(&scenario, rural, 2027, "users", Need::Expansion).1, users);
    near(
        line(&scenario, rural, 2028, "users", Need::Upkeep).0,
        0.55 * learners_2028(&scenario) * (0.2875 + 0.03),
    );
    near(
        line(&scenario, None, 2028, "running of national systems", Need::Upkeep).1,
        500_000.0,
    );
}

fn learners_2028(scenario: &Scenario) -> f64 {
    simulate(scenario).run.demand.learners(2, 0)
}

#[test]
fn one_level_alone_pays_the_same_national_part_as_the_country() {
    let alone = Lever::everywhere(YearPath::constant(0.0)).but(Level::LowerSecondary, from_2027(0.4));
    let scenario = with_systems(alone);
    near(line(&scenario, None, 2027, "national systems", Need::Expansion).1, 1e6);
    near(
        line(
            &scenario,
            Some((Level::LowerSecondary, Locality::Urban)),
            2027,
            "national systems",
            Need::Expansion,
        )
        .1,
        625_000.0,
    );
    assert_eq!(
        line(
            &scenario,
            Some((Level::Primary, Locality::Urban)),
            2027,
            "national systems",
            Need::Expansion
        )
        .1,
        0.0
    );
}

#[test]
fn national_systems_are_renewed_after_five_years() {
    let mut scenario = with_systems(Lever::everywhere(from_2027(1.0)));
    scenario.horizon = 2033;
    for year in 2028..=2033 {
        let (due, _) = line(&scenario, None, year, "national systems", Need::Renewal);
        let by_hand = f64::from(u8::from(year == 2032));
        assert!((due - by_hand).abs() < 1e-6, "{year}: {due}");
    }
}

/// The example with all the money there is, adaptive software as a mode of these needs, and so many users on systems.
fn learning(needs: Needs, users: Option<f64>, paid: bool) -> Trajectory {
    let mut scenario = crate::enlarged::example();
    scenario.plan.systems = users.map(|share| SystemsPlan {
        users: Lever::everywhere(YearPath::of(&[(2026, 0.0), (2027, share)])),
    });
    scenario.funding.sources.truncate(1);
    scenario.funding.sources[0].kind = SourceKind::DomesticBudget(BudgetTerms {
        amount: Some(YearPath::constant(1e12)),
        share_of_education: None,
        ..BudgetTerms::default()
    });
    if !paid {
        let others = Component::ALL
            .iter()
            .filter(|component| **component != Component::Systems);
        scenario.funding.sources[0].components = others.copied().collect();
    }
    let used = scenario.plan.learning[0].mode.clone();
    let modes = &mut scenario.evidence.modes;
    let mode = modes.iter_mut().find(|mode| mode.name == used).expect("the mode");
    mode.needs = needs;
    simulate(&scenario)
}

#[test]
fn a_mode_on_the_platform_teaches_as_far_as_systems_are_paid_for() {
    // Nobody works in it in the base year, so gains are in proportion to w. Four tenths of the users are served.
    let gains = |run: &Trajectory| {
        (0..run.model.grades)
            .map(|grade| run.run.plan.theta(run.model.years - 1, grade))
            .collect::<Vec<_>>()
    };
    let online = gains(&learning(Needs::Online, None, true));
    assert!(online[0] > 1e-3);
    for (users, paid, part) in [
        (None, true, 0.0),
        (Some(0.4), true, 0.4),
        (Some(1.0), true, 1.0),
        (Some(1.0), false, 0.0),
    ] {
        let platform = gains(&learning(Needs::Platform, users, paid));
        // Half of the first year is taught before: the share holds from 2027 on, and nothing was taught in 2026.
        let of_first_year = learning(Needs::Online, None, true).run.plan.theta(1, 0);
        assert!(of_first_year > 0.0);
        for (platform, online) in platform.iter().zip(&online) {
            assert!(
                (platform - part * online).abs() < 2e-3 * online.abs(),
                "{users:?} {paid}: {platform} {online}"
            );
        }
    }
}
