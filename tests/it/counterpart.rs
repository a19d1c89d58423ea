//! The run without a new plan is paid from the existing budget, as the plan is (`docs/src/twin.md`).

use rollcall::model::{Cell, ledger, simulate, stat};
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::{Quantity, Scenario};

use crate::enlarged::example;

fn half_kept(scenario: Scenario) -> Scenario {
    let mut scenario = scenario;
    scenario.funding.existing = Quantity::new(0.5);
    scenario
}

#[test]
fn half_an_existing_budget_keeps_up_half_without_a_plan_too() {
    let whole = simulate(example().without_plan());
    let run = simulate(half_kept(example().without_plan()));
    let (kept, twin) = (&whole.run.twin, &run.run.twin);
    // In the first year both need the same; the budget has half of it.
    assert!((twin.year_need(1) / kept.year_need(1) - 1.0).abs() < 1e-12);
    assert!((twin.year_funded(1) / kept.year_need(1) - 0.5).abs() < 1e-9);
    let reach = |pass: &rollcall::model::Pass| pass.over(4, stat::REACHED, &|_| true);
    assert!(reach(twin) < 0.9 * reach(kept), "{} {}", reach(twin), reach(kept));
}

#[test]
fn a_scenario_without_a_plan_is_its_own_twin_and_costs_nothing_whatever_is_kept_up() {
    for existing in [0.0, 0.3, 0.5, 0.9, 1.0] {
        let mut scenario = example().without_plan();
        scenario.funding.existing = Quantity::new(existing);
        scenario.funding.sources.clear();
        let run = simulate(&scenario);
        let (plan, twin) = (&run.run.plan, &run.run.twin);
        for t in 0..run.model.years {
            for which in 0..stat::COUNT {
                let [a, b] = [plan, twin].map(|pass| pass.over(t, which, &|_| true).to_bits());
                assert_eq!(a, b, "{existing} {t} {which}");
            }
            for at in Cell::all() {
                assert_eq!(
                    plan.need(t, at).to_bits(),
                    twin.need(t, at).to_bits(),
                    "{existing} {t} {at:?}"
                );
                assert!(
                    (plan.funded(t, at) - twin.funded(t, at)).abs() < 1e-6,
                    "{existing} {t} {at:?}"
                );
            }
        }
        for measure in [Measure::CostFull, Measure::CostPaid, Measure::ToFind] {
            let value = run.lend().over(measure, Scope::ALL, 1..run.model.years).unwrap_or(0.0);
            assert!(value.abs() < 1e-3, "{existing}: {measure:?} {value}");
        }
        assert!(
            ledger::costs(&run).all(|row| row.existing),
            "{existing}: a row of a plan"
        );
        assert!(
            ledger::costs_in_full(&run).all(|row| row.existing),
            "{existing}: a row of a plan"
        );
    }
}

#[test]
fn what_it_costs_to_do_it_all_does_not_depend_on_what_the_budget_keeps_up() {
    // Both the plan and the run without it are paid in full there.
    let cost = |scenario: &Scenario| {
        let run = simulate(scenario);
        run.lend()
            .over(Measure::CostFull, Scope::ALL, 1..run.model.years)
            .expect("a cost")
    };
    let [whole, half] = [cost(&example()), cost(&half_kept(example()))];
    assert!((whole / half - 1.0).abs() < 1e-9, "{whole} {half}");
}
