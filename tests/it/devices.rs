//! Devices by hand: how old they are, how many are bought, and which schools get them (`docs/src/devices.md`).

use rollcall::model::{Cell, LineId, Pass, STOCKS, Trajectory, ledger, simulate, stat};
use rollcall::scenario::funding::BudgetTerms;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::{
    Component, Level, Lever, Locality, Need, Quantity, Scenario, Source, SourceKind, YearPath, field, registry,
};

use crate::enlarged::example;

/// Survival of a tablet in a rural school whose repairs are paid: loss 1.5 % times 1.3, life three years, shape 3;
/// η = 3 / Γ(4/3), and Γ(4/3) = 0.892 979 511 6.
fn survival(age: f64) -> f64 {
    let eta = 3.0 / 0.892_979_511_569_249;
    (-1.3 * 0.015 * age - (age / eta).powi(3)).exp()
}

/// Sum of S(k + 1/2), the mean life counted at year ends.
fn mean_life() -> f64 {
    (0..40).map(|k| survival(f64::from(k) + 0.5)).sum()
}

/// The rural primary schools of the example alone, with tablets.
fn rural() -> Scenario {
    let mut scenario = example();
    scenario.country.groups = vec![scenario.country.groups[1].clone()];
    scenario.country.levels.truncate(1);
    let devices = scenario.plan.devices.as_mut().expect("devices");
    devices.learners_per_device.cases.truncate(1);
    scenario.targets.clear();
    scenario
}

/// What a line for devices comes to in a year: how many.
fn quantity(pass: &Pass, t: usize, category: &str, need: Need) -> f64 {
    let mut lines = LineId::all();
    let (line, _) = lines
        .find(|(_, line)| line.component == Component::Devices && line.category == category && line.need == need)
        .expect("a line");
    pass.bins().map(|bin| pass.quantity(t, line, bin)).sum()
}

/// Devices that stand at the end of a year.
fn standing(run: &Trajectory, t: usize) -> f64 {
    let stock = STOCKS.iter().position(|(name, _)| *name == "devices").expect("a stock");
    run.run.plan.bins().map(|bin| run.run.plan.closing(t, stock, bin)).sum()
}

/// A source that pays for new devices and for nothing else.
fn for_new_devices(amount: f64) -> Source {
    Source {
        name: "devices".into(),
        kind: SourceKind::DomesticBudget(BudgetTerms {
            amount: Some(YearPath::constant(amount)),
            share_of_education: None,
            ..BudgetTerms::default()
        }),
        components: vec![Component::Devices],
        needs: vec![Need::Expansion],
        ..registry::Entry::absent(&field::ROOT)
    }
}

#[test]
fn a_constant_stock_buys_one_over_its_mean_life_from_the_first_year_on() {
    let mut scenario = rural();
    scenario.horizon = 2040;
    let run = simulate(scenario.without_plan());
    // 600 schools with ten each; 1 / 2.9024 of them is bought in each year.
    let by_hand = 6_000.0 / mean_life();
    assert!((by_hand - 2_067.26).abs() < 0.01);
    for pass in [&run.run.plan, &run.run.twin] {
        for t in 1..pass.years {
            let bought = quantity(pass, t, "devices", Need::Renewal);
            assert!(
                (bought / by_hand - 1.0).abs() < 1e-9,
                "{t}: {bought}, by hand {by_hand}"
            );
        }
    }
}

#[test]
fn a_device_bought_in_mid_year_is_half_a_year_old_at_year_end() {
    // No school has devices; from 2027 on all have what a target that never moves asks for.
    let mut scenario = rural();
    scenario.horizon = 2032;
    scenario.country.groups[0].equipped = Quantity::new(0.0);
    let devices = scenario.plan.devices.as_mut().expect("devices");
    devices.equipped.cases[0].to = YearPath::constant(1.0);
    scenario.funding.sources = vec![Source {
        components: Vec::new(),
        needs: Vec::new(),
        ..for_new_devices(1e12)
    }];
    let run = simulate(&scenario);
    let mut bought: Vec<f64> = Vec::new();
    for t in 1..run.model.years {
        let wanted = 1.05 * run.run.demand.learners(t, 0) / 10.0;
        let aged =
            |(y, bought): (usize, &f64)| bought * survival(f64::from(u32::try_from(t - 1 - y).expect("few")) + 0.5);
        let left: f64 = bought.iter().enumerate().map(aged).sum();
        bought.push((wanted - left) / survival(0.5));
        let plan = &run.run.plan;
        let ours = quantity(plan, t, "devices", Need::Renewal) + quantity(plan, t, "devices", Need::Expansion);
        assert!(
            (ours / bought[t - 1] - 1.0).abs() < 1e-9,
            "{t}: {ours}, by hand {}",
            bought[t - 1]
        );
        assert!((standing(&run, t) / wanted - 1.0).abs() < 1e-9);
    }
}

#[test]
fn half_the_money_for_new_devices_moves_both_margins_half_way() {
    let mut scenario = rural();
    scenario.funding.sources.clear();
    // Who pays for devices pays what manages them.
    scenario.plan.management = None;
    let whole = simulate(&scenario);
    let need = whole.run.plan.need(1, Cell::of(Component::Devices, Need::Expansion));
    scenario.funding.sources = vec![Source {
        absorption: Some(Quantity::new(1.0)),
        ..for_new_devices(need / 2.0)
    }];
    let run = simulate(&scenario);
    // 27.5 % of the schools are to have 1.05 devices for ten learners, 32 024 in all. Today 10 % have 6 000.
    let equipped = run.run.plan.over(1, stat::EQUIPPED_STOCK, &|_| true);
    assert!(
        (equipped / (6_000.0 * (0.1 + 0.5 * 0.175)) - 1.0).abs() < 1e-9,
        "{equipped}"
    );
    let wanted = 0.275 * 1.05 * run.run.demand.learners(1, 0) / 10.0;
    let devices = standing(&run, 1);
    assert!(
        (devices / (6_000.0 + 0.5 * (wanted - 6_000.0)) - 1.0).abs() < 1e-9,
        "{devices}"
    );
}

#[test]
fn a_newly_equipped_school_gets_no_fewer_than_those_that_have_some() {
    // The plan wants fewer devices than stand: a school that comes gets ten, as those have that are there.
    let mut scenario = rural();
    let devices = scenario.plan.devices.as_mut().expect("devices");
    devices.learners_per_device.cases[0].to = YearPath::constant(100.0);
    scenario.funding.sources = vec![for_new_devices(1e12)];
    let run = simulate(&scenario);
    let new = quantity(&run.run.plan, 1, "devices", Need::Expansion) * survival(0.5);
    assert!((new / (6_000.0 * 0.175 * 10.0) - 1.0).abs() < 1e-9, "{new}");
}

#[test]
fn a_school_whose_last_device_is_gone_is_not_equipped() {
    let mut scenario = rural().without_plan();
    scenario.horizon = 2040;
    scenario.funding.existing = Quantity::new(0.0);
    let run = simulate(&scenario);
    for t in 0..run.model.years {
        let equipped = run.run.plan.over(t, stat::EQUIPPED_STOCK, &|_| true);
        assert!(
            equipped <= standing(&run, t) + 1e-9,
            "{t}: {equipped} schools, {}",
            standing(&run, t)
        );
    }
    assert!(standing(&run, 10) < 6.0 && standing(&run, 3) > 300.0);
    assert_eq!(run.model.levels[0].level, Level::Primary);
}

#[test]
fn a_post_ends_when_its_devices_are_gone() {
    let mut scenario = rural().without_plan();
    scenario.horizon = 2034;
    scenario.funding.existing = Quantity::new(0.0);
    let run = simulate(scenario);
    let stock = STOCKS
        .iter()
        .position(|(name, _)| *name == "technicians")
        .expect("a stock");
    let plan = &run.run.plan;
    let here = plan.bins().next().expect("a place");
    for t in 1..plan.years {
        // 2.5 for each 1 000 devices that stand at the start of the year.
        let by_hand = 0.0025 * standing(&run, t - 1);
        assert!(
            (plan.closing(t, stock, here) - by_hand).abs() < 1e-9,
            "{t}: {}",
            plan.closing(t, stock, here)
        );
        let ended = plan.closing(t - 1, stock, here) - plan.closing(t, stock, here);
        assert!((plan.flow(t, stock, here, 1) - ended).abs() < 1e-9 && plan.flow(t, stock, here, 0).abs() < 1e-12);
    }
    assert!(plan.closing(8, stock, here) < 1.0, "15 at first");
}

#[test]
fn a_help_desk_takes_work_off_technicians_at_its_price() {
    // Rural primary schools of the example in 2027: 32,023.6 devices, 1.1 of 2.8 million learners.
    let with = |desk: f64, technicians: f64| {
        let mut scenario = crate::enlarged::example();
        let support = scenario.plan.support.as_mut().expect("support");
        support.technicians = Lever::everywhere(YearPath::constant(technicians));
        support.help_desk = Lever::everywhere(YearPath::of(&[(2026, 0.0), (2027, desk)]));
        simulate(&scenario)
    };
    let line = |run: &Trajectory, year: i32, category: &str, need: Need| {
        ledger::costs_in_full(run)
            .filter(|row| row.year == year && row.level == Level::Primary && row.locality == Locality::Rural)
            .filter(|row| row.line.category == category && row.line.need == need)
            .map(|row| row.amount().0)
            .sum::<f64>()
    };
    let near = |ours: f64, by_hand: f64| assert!((ours - by_hand).abs() < 2e-5 * by_hand, "{ours}, by hand {by_hand}");
    let run = with(1.0, 1.5);
    // A desk is 50 times GDP per person, of which there are US$ 1,280 in 2027 and 4 % more a year later.
    near(line(&run, 2027, "help desk", Need::Expansion), 1.1 / 2.8 * 32_000.0);
    near(
        line(&run, 2027, "remote management", Need::Expansion),
        0.5 * 32_023.6 * 4.0,
    );
    let desk: f64 = ledger::costs_in_full(&run)
        .filter(|row| row.year == 2028 && row.line.category == "help desk" && row.line.need == Need::Upkeep)
        .map(|row| row.amount().0)
        .sum();
    // 30,000 million · 1.04³ over the births of 1968 to 2027.
    near(desk, 50.0 * 33_745.92e6 / 25_451_428.6);
    // 2.5 · (1 - 0.4) = 1.5: as many devices are in working order as with 2.5 technicians and no desk, and fewer without it.
    let devices = |run: &Trajectory| {
        1.0 / run
            .lend()
            .value(Measure::EntitledPerDevice, Scope::ALL, 2)
            .expect("devices")
    };
    let (lean, usual, bare) = (devices(&run), devices(&with(0.0, 2.5)), devices(&with(0.0, 1.5)));
    assert!(
        (lean - usual).abs() < 1e-9 * usual && bare < 0.999 * usual,
        "{lean} {usual} {bare}"
    );
}
