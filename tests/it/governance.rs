//! Governance: posts by tier and their pay, by hand.

use rollcall::model::funding::source::SourceId;
use rollcall::model::{Cell, ledger, simulate};
use rollcall::scenario::funding::GrantTerms;
use rollcall::scenario::plan::GovernancePlan;
use rollcall::scenario::{Component, Lever, Need, Quantity, Scenario, SourceKind, YearPath};

fn staffed(mut scenario: Scenario) -> Scenario {
    scenario.plan.governance = Some(GovernancePlan {
        staffed: Lever::everywhere(YearPath::of(&[(2026, 0.0), (2027, 1.0)])),
    });
    scenario
}

/// Quantity and amount of the lines of a category, with all paid for.
fn line(scenario: &Scenario, year: i32, category: &str, need: Need) -> (f64, f64) {
    let run = simulate(scenario);
    ledger::costs_in_full(&run)
        .filter(|row| row.year == year && row.line.component == Component::Governance)
        .filter(|row| row.line.category == category && row.line.need == need)
        .fold((0.0, 0.0), |(quantity, amount), row| {
            (quantity + row.quantity, amount + row.amount().0)
        })
}

fn near(ours: f64, by_hand: f64) {
    assert!(
        (ours - by_hand).abs() < 1e-9 * by_hand.abs(),
        "{ours}, by hand {by_hand}"
    );
}

#[test]
fn the_worked_numbers_of_governance() {
    let scenario = staffed(crate::enlarged::example());
    // US$ 30,000 million of 2025, two years at 4 %, over the births of 1967 to 2026: 34 years of 400,000 and 26 that rise
    // evenly to 500,000, together 25.35 million. US$ 1,280 a person: an officer of the ministry 5,120, others 3,840.
    let each = 30e9 * 1.04 * 1.04 / 25.35e6;
    // 20 posts in the ministry; two for each of 2.8 million / 250,000 = 11.2 regions; 10,900 / 200 districts.
    for (category, posts, times) in [
        ("ministry posts", 20.0, 4.0),
        ("regional posts", 22.4, 3.0),
        ("district posts", 54.5, 3.0),
        ("ministry offices", 20.0, 4.0 * 0.3),
        ("regional offices", 22.4, 3.0 * 0.3),
        ("district offices", 54.5, 3.0 * 0.3),
    ] {
        let (quantity, amount) = line(&scenario, 2027, category, Need::Expansion);
        near(quantity, 0.5 * posts);
        near(amount, 0.5 * posts * times * each);
        let (quantity, _) = line(&scenario, 2028, category, Need::Upkeep);
        near(quantity, posts);
    }
}

#[test]
fn pay_goes_by_the_published_population_where_there_is_one() {
    let mut scenario = staffed(crate::enlarged::example());
    scenario.country.population.total = Some(YearPath::of(&[(2026, 20e6), (2028, 22e6)]));
    // 21 million in 2027: 32,448 million over them, four times for an officer, ten officers for the year.
    let (_, amount) = line(&scenario, 2027, "ministry posts", Need::Expansion);
    near(amount, 10.0 * 4.0 * 30e9 * 1.04 * 1.04 / 21e6);
}

#[test]
fn named_regions_have_posts_of_their_own() {
    let scenario = staffed(crate::enlarged::enlarged(5, 2030));
    near(line(&scenario, 2028, "regional posts", Need::Upkeep).0, 10.0);
    near(line(&scenario, 2028, "ministry posts", Need::Upkeep).0, 20.0);
}

#[test]
fn posts_do_not_shrink_with_the_programme() {
    let mut scenario = staffed(crate::enlarged::example());
    let before = line(&scenario, 2030, "ministry posts", Need::Upkeep);
    scenario.plan.devices = None;
    scenario.plan.links = None;
    assert_eq!(line(&scenario, 2030, "ministry posts", Need::Upkeep), before);
}

#[test]
fn posts_that_are_not_paid_lower_what_can_be_spent_in_the_next_year() {
    // One grant for all but posts, far less than is wanted. Of management M and posts G together a part is paid in 2027. In 2028
    // as much as 1 - 0.3 · the unpaid part of what could be spent otherwise.
    let mut scenario = staffed(crate::enlarged::example());
    scenario.funding.sources.truncate(1);
    let source = &mut scenario.funding.sources[0];
    source.absorption = None;
    source.kind = SourceKind::Grant(GrantTerms {
        commitment: Quantity::new(30e6),
        release: YearPath::of(&[(2027, 0.5), (2028, 0.5), (2029, 0.0)]),
        ..GrantTerms::default()
    });
    let others = Component::ALL
        .iter()
        .filter(|component| **component != Component::Governance);
    source.components = others.copied().collect();
    let run = simulate(&scenario);
    let (plan, grant) = (&run.run.plan, SourceId::listed(0));
    let both = |of: &dyn Fn(Cell) -> f64| -> f64 {
        let cells = Need::ALL
            .iter()
            .flat_map(|need| [Component::Management, Component::Governance].map(|c| Cell::of(c, *need)));
        cells.map(of).sum()
    };
    let paid = both(&|at| plan.funded(1, at)) / both(&|at| plan.need(1, at));
    let managing = |of: &dyn Fn(Cell) -> f64| -> f64 {
        Need::ALL
            .iter()
            .map(|need| of(Cell::of(Component::Management, *need)))
            .sum()
    };
    let managed = managing(&|at| plan.funded(1, at)) / managing(&|at| plan.need(1, at));
    assert!(paid > 0.0 && paid < managed - 0.01, "{paid} {managed}");
    let book = run.run.money.of(2, grant);
    let adds: f64 = Component::ALL
        .iter()
        .map(|c| run.run.money.on(2, Cell::of(*c, Need::Expansion), 0, grant))
        .sum();
    let can = 1.0 - 0.3 * (1.0 - paid);
    let usable = (book.carried_in.0 + 0.75 * book.available.0) * can;
    let all = (book.carried_in.0 + 0.95 * book.available.0) * can;
    let bound = (adds - usable).abs() < 1.0 || (book.spent.0 - all).abs() < 1.0;
    assert!(bound, "{adds} of {usable}, {} of {all}", book.spent.0);
}
