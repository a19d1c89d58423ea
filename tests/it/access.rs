//! Reach and dose: schools by what stands together, hours, and that more of a thing takes nothing away.

use proptest::prelude::*;
use rollcall::model::measures::{Binding, held_back};
use rollcall::model::{Bin, Trajectory, ledger, simulate, stat};
use rollcall::scenario::funding::BudgetTerms;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::plan::{CampusPlan, LinkService};
use rollcall::scenario::prices::Device;
use rollcall::scenario::{Level, Lever, Locality, Need, Quantity, Scenario, SourceKind, YearPath};

use crate::enlarged::example;
use crate::regression::{bundled, stories};

fn all(_: Bin) -> bool {
    true
}

/// The example with all the money there is.
fn paid() -> Scenario {
    let mut scenario = example();
    scenario.funding.sources.truncate(1);
    scenario.funding.sources[0].kind = SourceKind::DomesticBudget(BudgetTerms {
        amount: Some(YearPath::constant(1e14)),
        share_of_education: None,
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
            let (girls, disability) = (people.girls_use.value, people.use_with_disability());
            let groups = &run.model.scenario.country.groups;
            let used = |group: &rollcall::scenario::Group| {
                let (g, d) = (group.girls.value, group.disability.value);
                (g * girls + 1.0 - g) * (d * disability + 1.0 - d)
            };
            let (low, high) = groups
                .iter()
                .map(used)
                .fold((1.0, 0.0), |(low, high), used| (used.min(low), used.max(high)));
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

/// A target path that only rises.
fn rising(numbers: &mut impl Iterator<Item = f64>, years: std::ops::RangeInclusive<i32>) -> YearPath {
    let mut value = 0.0;
    let points: Vec<(i32, f64)> = years
        .map(|year| {
            let (step, size) = (numbers.next().unwrap_or(0.5), numbers.next().unwrap_or(0.5));
            if step < 0.6 {
                value += (1.0 - value) * size * size;
            }
            (year, value)
        })
        .collect();
    YearPath::of(&points)
}

/// A country and a plan at random, all of it paid for.
fn any_plan(numbers: &mut impl Iterator<Item = f64>) -> Scenario {
    let mut scenario = paid();
    let mut next = || numbers.next().unwrap_or(0.5);
    let use_of = &mut scenario.country.schooling;
    use_of.co_location = Quantity::new(next());
    use_of.near_link = Quantity::new(next());
    scenario.country.services.networked = Quantity::new(0.5 * next());
    for group in &mut scenario.country.groups {
        let power = next();
        let (solar, links, devices) = (next(), next(), next());
        group.grid = Quantity::new(power * (1.0 - solar));
        group.solar = Quantity::new(power * solar);
        (group.fibre, group.wireless, group.satellite) = (Quantity::new(0.0), Quantity::new(0.0), Quantity::new(0.0));
        group.cellular = Quantity::new(power * links);
        group.equipped = Quantity::new(power * devices);
        group.devices = Quantity::new(1.0 + 40.0 * next());
        group.mbps = Quantity::new(1.0 + 19.0 * next());
    }
    for level in &mut scenario.country.levels {
        level.competence_none = Quantity::new(next());
        level.competence_acquisition = Quantity::new(1.0 - level.competence_none.value);
        level.competence_deepening = Quantity::new(0.0);
    }
    let bundling = next();
    scenario.plan.bundling = YearPath::constant(if bundling < 0.2 { 0.0 } else { next() });
    let ratio = 2.0 + 30.0 * next();
    let years = scenario.base_year + 1..=scenario.horizon;
    let path = |numbers: &mut _| Lever::everywhere(rising(numbers, years.clone()));
    let plan = &mut scenario.plan;
    plan.power.as_mut().expect("power").powered = path(numbers);
    plan.links.as_mut().expect("links").connected = path(numbers);
    let devices = plan.devices.as_mut().expect("devices");
    devices.equipped = path(numbers);
    devices.learners_per_device = Lever::everywhere(YearPath::constant(ratio));
    plan.training.as_mut().expect("training").ready = path(numbers);
    plan.content.as_mut().expect("content").coverage = path(numbers);
    plan.campus = Some(CampusPlan {
        networked: path(numbers),
        classroom_sets: Lever::everywhere(YearPath::constant(0.0)),
    });
    if numbers.next().unwrap_or(0.5) < 0.3 {
        // Systems that stand carry what they carry.
        plan.power = None;
    }
    scenario
}

/// What is added, and how.
type Addition<'a> = (&'static str, &'a dyn Fn(&mut Scenario));

/// So much more each year from one year on.
fn more(lever: &mut Lever, from: i32, by: f64) {
    for (year, value) in &mut lever.cases[0].to.points {
        if *year >= from {
            *value = (*value + by).min(1.0);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_of_any_thing_lowers_neither_reach_nor_dose(numbers in prop::collection::vec(0.0..=1.0f64, 140), from in 0..4i32, by in 0.01..0.6f64) {
        let scenario = any_plan(&mut numbers.iter().copied());
        let before = simulate(&scenario);
        let from = scenario.base_year + 1 + from;
        let changes: [Addition<'_>; 9] = [
            ("power", &|scenario| {
                if let Some(power) = &mut scenario.plan.power {
                    more(&mut power.powered, from, by);
                }
            }),
            ("networks in schools", &|scenario| more(&mut scenario.plan.campus.as_mut().expect("campus").networked, from, by)),
            ("links", &|scenario| more(&mut scenario.plan.links.as_mut().expect("links").connected, from, by)),
            ("devices", &|scenario| more(&mut scenario.plan.devices.as_mut().expect("devices").equipped, from, by)),
            ("devices each", &|scenario| {
                scenario.plan.devices.as_mut().expect("devices").learners_per_device.cases[0].to.points[0].1 *= 1.0 - by;
            }),
            ("ready teachers", &|scenario| more(&mut scenario.plan.training.as_mut().expect("training").ready, from, by)),
            ("content", &|scenario| more(&mut scenario.plan.content.as_mut().expect("content").coverage, from, by)),
            ("capacity of the plan's links", &|scenario| {
                scenario.plan.links.as_mut().expect("links").floor.value *= 1.0 + by;
            }),
            ("capacity of the links there are", &|scenario| {
                for group in &mut scenario.country.groups {
                    group.mbps.value = (group.mbps.value * (1.0 + by)).min(20.0);
                }
            }),
        ];
        for (what, change) in changes {
            let mut changed = scenario.clone();
            change(&mut changed);
            let after = simulate(&changed);
            // Where nobody is left to train, more teachers early are fewer later: that is not more of them each year.
            let trained = |run: &Trajectory, t: usize, bin: Bin| run.run.plan.stat(t, bin, stat::READY) - run.run.plan.stat(t - 1, bin, stat::READY);
            let fewer = |t: usize| before.run.plan.bins().any(|bin| trained(&after, t, bin) < trained(&before, t, bin) - 1e-6);
            if (1..before.model.years).any(fewer) {
                continue;
            }
            for t in 0..before.model.years {
                for bin in before.run.plan.bins() {
                    for which in [stat::REACHED, stat::DOSE, stat::DOSE_OFFLINE] {
                        let [less, more] = [&before, &after].map(|run| run.run.plan.stat(t, bin, which));
                        let learners = before.run.plan.stat(t, bin, stat::LEARNERS);
                        prop_assert!(more >= less - 1e-9 * learners, "{what}, year {t}, group {bin:?}, sum {which}: {less} {more} of {learners}");
                    }
                }
                for grade in 0..before.model.grades {
                    let [less, more] = [&before, &after].map(|run| run.run.plan.theta(t, grade));
                    prop_assert!(more >= less - 1e-9, "{what}, year {t}, grade {grade}: {less} {more}");
                }
            }
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
