//! Reach and dose: schools by what stands together, and hours.

use rollcall::model::measures::{Binding, held_back};
use rollcall::model::{Bin, Trajectory, ledger, simulate, stat};
use rollcall::scenario::funding::BudgetTerms;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::plan::LinkService;
use rollcall::scenario::prices::Device;
use rollcall::scenario::{Level, Lever, Locality, Need, Quantity, Scenario, SourceKind, YearPath};

use crate::enlarged::example;
use crate::regression::{bundled, stories};

fn all(_: Bin) -> bool {
    true
}

/// The example with all the money there is.
pub fn paid() -> Scenario {
    let mut scenario = example();
    scenario.funding.sources.truncate(1);
    scenario.funding.sources[0].kind = SourceKind::DomesticBudget(BudgetTerms {
        amount: Some(YearPath::constant(1e14)),
        share_of_education: None,
        ..BudgetTerms::default()
    });
    scenario
}

fn reach(run: &Trajectory, t: usize) -> f64 {
    run.lend().value(Measure::Reach, Scope::ALL, t).expect("reach")
}

#[test]
fn reach_of_the_base_year_asks_for_an_hour_a_week() {
    let scenario = example();
    let run = simulate(&scenario);
    let scope = Scope {
        level: Some(Level::Primary),
        locality: Some(Locality::Urban),
        ..Scope::ALL
    };
    // P 0.85, N 0.4, D 0.4, ρ 0.5: all = 0.5 · 0.4 + 0.5 · 0.4 · 0.4 / 0.85. A fifth of the teachers are ready.
    let complete = 0.5 * 0.4 + 0.5 * 0.4 * 0.4 / 0.85;
    // Ten devices a school, less what is in repair; 25 hours a week over 300 learners. A link of 10 Mbit/s carries 50.
    let tablet = &scenario.prices.devices[Device::Tablet as usize];
    let working = 10.0 * (1.0 - tablet.damage.value * tablet.repair_months.value / 12.0);
    let hours = 25.0 * working * 3_000.0 / 900_000.0;
    assert!(hours < 1.0);
    // Girls use it 0.95 times as much as boys, learners with a disability 0.5 + 0.5 · 0.1 times as much as others.
    let used = (0.49 * 0.95 + 0.51) * (0.125 * 0.55 + 0.875);
    // Half of the learners sit near the link. A tenth of the linked schools have a network inside, 0.1 · 0.4 of all: it
    // brings the link to the other rooms of so many.
    let expected = (0.5 * (complete * 0.2) + 0.5 * f64::min(complete * 0.2, 0.1 * 0.4)) * hours * used;
    assert!(complete * 0.2 > 0.04);
    let ours = run.lend().value(Measure::Reach, scope, 0).expect("reach");
    assert!((ours - expected).abs() < 1e-9, "{ours} {expected}");
}

#[test]
fn power_for_more_schools_does_not_lower_reach() {
    // Power alone is added, by chance: what stood together still does.
    let mut scenario = paid();
    scenario.plan.bundling = YearPath::constant(0.0);
    scenario.plan.devices = None;
    scenario.plan.links = None;
    scenario.plan.training = None;
    let run = simulate(&scenario);
    for t in 1..run.model.years {
        assert!(reach(&run, t) >= run.lend().twin().value(Measure::Reach, Scope::ALL, t).expect("reach") - 1e-12);
    }
}

#[test]
fn bundling_moves_nothing_that_stands() {
    let reach_with = |bundling: f64| {
        let mut scenario = bundled("senegal/no_new_plan.ron");
        scenario.plan.bundling = YearPath::constant(bundling);
        let run = simulate(&scenario);
        (0..run.model.years).map(|t| reach(&run, t)).collect::<Vec<_>>()
    };
    assert_eq!(reach_with(0.0), reach_with(1.0));
}

#[test]
fn a_link_of_ten_mbps_carries_as_much_with_a_plan_for_links_as_without() {
    let mut scenario = paid();
    scenario.plan.links.as_mut().expect("links").connected = Lever::everywhere(YearPath::constant(0.0));
    let with = simulate(&scenario);
    scenario.plan.links = None;
    let without = simulate(&scenario);
    for t in 0..with.model.years {
        for which in [stat::REACHED, stat::DOSE] {
            let [with, without] = [&with, &without].map(|run| run.run.plan.over(t, which, &all));
            assert!(with >= without * (1.0 - 1e-12), "{t} {which}: {with} {without}");
        }
    }
}

#[test]
fn devices_that_were_never_bought_take_no_power() {
    // Solar systems just large enough for what stands; a plan for many devices that nobody pays for.
    let mut scenario = example();
    scenario.funding.sources.clear();
    scenario.prices.power.standing_system = Quantity::new(0.05);
    for group in &mut scenario.country.groups {
        (group.solar.value, group.grid.value) = (group.grid.value + group.solar.value, 0.0);
    }
    let plan = &mut scenario.plan;
    (
        plan.power,
        plan.links,
        plan.training,
        plan.content,
        plan.support,
        plan.management,
    ) = (None, None, None, None, None, None);
    let run = simulate(&scenario);
    for t in 1..run.model.years {
        for measure in [Measure::Electricity, Measure::Computers, Measure::Reach] {
            let of = |run: rollcall::model::measures::Run<'_>| run.value(measure, Scope::ALL, t).expect("a value");
            let (with, without) = (of(run.lend()), of(run.lend().twin()));
            assert!((with - without).abs() < 1e-9, "{t} {measure:?}: {with} {without}");
        }
    }
}

#[test]
fn a_plan_that_only_keeps_what_stands_is_not_above_its_twin() {
    let mut scenario = example();
    scenario.funding.sources.clear();
    scenario.plan.bundling = YearPath::constant(1.0);
    let plan = &mut scenario.plan;
    (plan.training, plan.links) = (None, None);
    let run = simulate(&scenario);
    for t in 1..run.model.years {
        let twin = run.lend().twin().value(Measure::Reach, Scope::ALL, t).expect("reach");
        assert!(reach(&run, t) <= twin + 1e-9, "{t}: {} {twin}", reach(&run, t));
    }
}

#[test]
fn places_add_up_to_all_schools_and_to_what_stands() {
    for name in stories() {
        let run = simulate(bundled(name));
        let plan = &run.run.plan;
        for t in 0..plan.years {
            let year = run.model.calendar(t);
            let of = |cells: &[&str]| {
                let rows = ledger::places(&run).filter(|row| row.year == year && cells.contains(&row.cell));
                rows.fold([0.0; 2], |sum, row| [sum[0] + row.schools, sum[1] + row.learners])
            };
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs().max(1.0);
            let [schools, learners] = of(&["nothing", "waiting", "power", "power_link", "power_devices", "all"]);
            assert!(close(schools, plan.over(t, stat::SCHOOLS, &all)), "{name} {year}");
            assert!(close(learners, plan.over(t, stat::LEARNERS, &all)), "{name} {year}");
            // Powered schools are those of the stock.
            let powered: f64 = ledger::stocks(&run)
                .filter(|row| row.year == year && row.stock == "powered schools")
                .map(|row| row.closing)
                .sum();
            let [with_power, _] = of(&["power", "power_link", "power_devices", "all"]);
            assert!(
                t == 0 || close(with_power, powered),
                "{name} {year}: {with_power} {powered}"
            );
        }
    }
}

#[test]
fn what_holds_back_adds_up_to_what_is_missing() {
    for name in stories() {
        let run = simulate(bundled(name));
        for t in 0..run.model.years {
            let shares = held_back(run.lend(), t, Scope::ALL).expect("places are kept");
            let plan = &run.run.plan;
            let of = |which| plan.over(t, which, &all) / plan.over(t, stat::LEARNERS, &all);
            // With everything everywhere all learners are reached, as far as they use it.
            let people = &run.model.scenario.country.people;
            // What a plan provides lifts use, at most to that by others.
            let least = (
                people.girls_use.value,
                people.use_with_disability(people.assistive.value),
            );
            let groups = &run.model.scenario.country.groups;
            let used = |group: &rollcall::scenario::Group, (girls, disability): (f64, f64)| {
                let (g, d) = (group.girls.value, group.disability.value);
                (g * girls + 1.0 - g) * (d * disability + 1.0 - d)
            };
            let most = if run.model.scenario.plan.inclusion.is_some() {
                (1.0, 1.0)
            } else {
                least
            };
            let low = groups.iter().map(|group| used(group, least)).fold(1.0, f64::min);
            let high = groups.iter().map(|group| used(group, most)).fold(0.0, f64::max);
            let sum = shares.iter().sum::<f64>() + of(stat::REACHED);
            assert!(
                sum >= f64::min(low, high) - 1e-9 && sum <= f64::max(low, high) + 1e-9,
                "{name} {t}: {sum}"
            );
            assert!(shares.iter().all(|share| *share >= -1e-12), "{name} {t}: {shares:?}");
            assert_eq!(shares.len(), Binding::ALL.len());
        }
    }
}

#[test]
fn what_waits_for_power_is_not_billed_for_energy() {
    // Two fifths of the schools are on the grid, and none has anything else. All are to have devices by 2027, by chance: two
    // fifths of the devices have power, and only they draw energy in 2028.
    let mut scenario = paid();
    for group in &mut scenario.country.groups {
        (group.grid, group.solar) = (Quantity::new(0.4), Quantity::new(0.0));
        (group.cellular, group.equipped) = (Quantity::new(0.0), Quantity::new(0.0));
        (group.fibre, group.wireless, group.satellite) = (Quantity::new(0.0), Quantity::new(0.0), Quantity::new(0.0));
    }
    let plan = &mut scenario.plan;
    (plan.power, plan.links) = (None, None);
    plan.bundling = YearPath::constant(0.0);
    let path = YearPath::of(&[(2026, 0.0), (2027, 1.0)]);
    plan.devices.as_mut().expect("devices").equipped = Lever::everywhere(path);
    let (kind, days) = (
        plan.devices.as_ref().expect("devices").primary,
        scenario.prices.power.school_days.value,
    );
    let each = scenario.prices.devices[kind as usize].energy.value * days;
    let run = simulate(&scenario);
    let devices: f64 = ledger::stocks(&run)
        .filter(|row| row.year == 2027 && row.stock == "devices" && row.level == Level::Primary)
        .map(|row| row.closing)
        .sum();
    let billed: f64 = ledger::costs_in_full(&run)
        .filter(|row| row.year == 2028 && row.level == Level::Primary)
        .filter(|row| row.line.category == "grid energy" && row.line.need == Need::Upkeep)
        .map(|row| row.quantity)
        .sum();
    let by_hand = 0.4 * devices * each;
    assert!(
        by_hand > 0.0 && (billed - by_hand).abs() < 1e-6 * by_hand,
        "{billed}, by hand {by_hand}"
    );
    // What is bought in 2027 has half a year of it, as far as it can have power.
    let new: f64 = ledger::costs_in_full(&run)
        .filter(|row| row.year == 2027 && row.level == Level::Primary)
        .filter(|row| row.line.category == "grid energy" && row.line.need == Need::Expansion)
        .map(|row| row.quantity)
        .sum();
    assert!(
        (new - 0.5 * by_hand).abs() < 1e-6 * by_hand,
        "{new}, by hand {}",
        0.5 * by_hand
    );
}

#[test]
fn a_refresh_of_links_never_buys_less_than_the_school_had() {
    // Schools have 50 Mbit/s and the plan asks for 10; a plan of any kind carries 20. Once the links of today are gone, each of
    // the plan's takes three.
    let mut scenario = paid();
    scenario.horizon = 2036;
    for group in &mut scenario.country.groups {
        group.mbps = Quantity::new(50.0);
        (group.fibre, group.wireless, group.satellite) = (Quantity::new(0.0), Quantity::new(0.0), Quantity::new(0.0));
        group.reach_4g = Quantity::new(1.0);
    }
    for link in &mut scenario.prices.links {
        (link.plan_cap, link.committed) = (Quantity::new(20.0), None);
    }
    let links = scenario.plan.links.as_mut().expect("links");
    links.connected = Lever::everywhere(YearPath::constant(0.0));
    (links.floor, links.per_user) = (Quantity::new(10.0), Quantity::new(0.01));
    links.service = LinkService::Household;
    let run = simulate(&scenario);
    let services: f64 = ledger::costs_in_full(&run)
        .filter(|row| row.year == 2036 && row.line.category.starts_with("service ") && row.line.need == Need::Upkeep)
        .map(|row| row.quantity)
        .sum();
    let linked: f64 = ledger::stocks(&run)
        .filter(|row| row.year == 2035 && row.stock == "connected schools")
        .map(|row| row.closing)
        .sum();
    assert!(
        linked > 0.0 && (services - 3.0 * linked).abs() < 1e-6 * linked,
        "{services} for {linked}"
    );
}

#[test]
fn devices_that_power_themselves_are_in_use_without_power() {
    // No school has power; or all are on the grid. Nothing has a link. Three tenths of the schools get devices in 2027.
    let with = |power: f64, alone: f64| {
        let mut scenario = paid();
        for group in &mut scenario.country.groups {
            (group.grid, group.solar) = (Quantity::new(power), Quantity::new(0.0));
            (group.cellular, group.equipped) = (Quantity::new(0.0), Quantity::new(0.0));
            (group.fibre, group.wireless, group.satellite) =
                (Quantity::new(0.0), Quantity::new(0.0), Quantity::new(0.0));
        }
        for device in &mut scenario.prices.devices {
            device.self_powered = Quantity::new(alone);
        }
        let plan = &mut scenario.plan;
        (plan.power, plan.links) = (None, None);
        let path = YearPath::of(&[(2026, 0.0), (2027, 0.3)]);
        plan.devices.as_mut().expect("devices").equipped = Lever::everywhere(path);
        simulate(&scenario)
    };
    let sum = |run: &Trajectory, which| run.run.plan.over(1, which, &all);
    let (dark, lit, panels) = (with(0.0, 0.0), with(1.0, 0.0), with(0.0, 1.0));
    for which in [stat::EQUIPPED, stat::DOSE_OFFLINE] {
        assert_eq!(sum(&dark, which), 0.0);
        let [lit, panels] = [&lit, &panels].map(|run| sum(run, which));
        assert!(
            lit > 0.0 && (panels - lit).abs() < 1e-9 * lit,
            "{which}: {panels} {lit}"
        );
    }
    // Half of them: half of the devices, in as many hours as they give.
    let half = with(0.0, 0.5);
    assert!((sum(&half, stat::EQUIPPED) - 0.5 * sum(&lit, stat::EQUIPPED)).abs() < 1e-9 * sum(&lit, stat::EQUIPPED));
    assert!(sum(&half, stat::DOSE_OFFLINE) > 0.0 && sum(&half, stat::DOSE_OFFLINE) <= sum(&lit, stat::DOSE_OFFLINE));
    assert_eq!(sum(&panels, stat::DOSE), 0.0);
}
