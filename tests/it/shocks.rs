//! Shocks (`docs/src/shocks.md`): closed schools, what is lost in them, prices that jump; with the plan and without it.

use rollcall::model::{Pass, STOCKS, Trajectory, ledger, simulate};
use rollcall::report::tables;
use rollcall::scenario::funding::BudgetTerms;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::person::{Person, Sex, Wealth};
use rollcall::scenario::places::Places;
use rollcall::scenario::shocks::{Shock, ShockKind};
use rollcall::scenario::{Component, Level, Quantity, Scenario, Severity, SourceKind, YearPath, check};

use crate::enlarged::{enlarged, example, struck_by};
use crate::regression::bundled;

/// The shocks of a list as it stands in a file.
fn struck(scenario: &Scenario, shocks: &str) -> Scenario {
    let shocks = struck_by(shocks).shocks;
    Scenario {
        shocks,
        ..scenario.clone()
    }
}

const FLOOD: &str = "flood(year: 2028, closed: 0.4, months: 4.5)";
const FLOOD_WITH_LOSSES: &str =
    "flood(year: 2028, closed: 0.5, months: 3, lost: (power: 0.4, links: 0.2, campus: 0.6, devices: 0.3))";

fn level(level: Level) -> Scope<'static> {
    Scope {
        level: Some(level),
        ..Scope::ALL
    }
}

/// What stands of a stock at the end of a year, from the table of stocks.
fn closing(pass: &Pass, t: usize, stock: &str) -> f64 {
    let at = STOCKS.iter().position(|(name, _)| *name == stock).expect("a stock");
    pass.bins().map(|bin| pass.sums.stocks.get(t, at * 3 + 2, bin)).sum()
}

/// By hand: 0.4 · 4.5 / 9 = 0.2 of the school year is lost to all, so the first grade of a year gains 0.8 of what it would;
/// nobody lost anything else, so reach at year end is the same to the last bit.
#[test]
fn a_closed_school_teaches_so_much_less_and_is_there_at_the_end_of_the_year() {
    let (calm, hit) = (simulate(example()), simulate(struck(&example(), FLOOD)));
    for t in 0..calm.model.years {
        let (without, with) = (calm.run.plan.theta(t, 0), hit.run.plan.theta(t, 0));
        let part = if t == 2 { 0.8 } else { 1.0 };
        assert!((with - part * without).abs() < 1e-12, "{t}: {with} of {without}");
        let reach = |run: &Trajectory| run.lend().value(Measure::Reach, Scope::ALL, t).map(f64::to_bits);
        assert_eq!(reach(&calm), reach(&hit));
    }
    assert!(calm.run.plan.theta(2, 0) > 1e-3, "nothing to be lost");
}

/// By hand: of primary learners 0.45 are in town and 0.55 in the country, whose mixes of wealth give 0.05 · 0.05 + 0.1 · 0.1 +
/// 0.2 · 0.2 + 0.3 · 0.3 + 0.35 · 0.4 = 0.2825 and 0.3 · 0.05 + 0.3 · 0.1 + 0.2 · 0.2 + 0.15 · 0.3 + 0.05 · 0.4 = 0.15 who go
/// on: 0.45 · 0.2825 + 0.55 · 0.15 = 0.209625. Schools are closed for 0.4 · 4.5 months a learner.
#[test]
fn who_goes_on_at_home_is_the_mix_of_wealth_of_those_who_are_closed_out() {
    let mut scenario = struck(&example(), FLOOD);
    let shares = [0.05, 0.1, 0.2, 0.3, 0.4].map(Quantity::new);
    // Connection and device stand in the same homes.
    let people = &mut scenario.country.people;
    for of in [&mut people.connected_at_home, &mut people.device_at_home] {
        [of.poorest, of.second, of.middle, of.fourth, of.richest] = shares.clone();
    }
    let run = simulate(&scenario);
    let told = |measure, t| run.lend().value(measure, level(Level::Primary), t);
    let near = |ours: Option<f64>, by_hand: f64| {
        let ours = ours.expect("a value");
        assert!((ours / by_hand - 1.0).abs() < 1e-9, "{ours}, by hand {by_hand}");
    };
    near(told(Measure::Continuity, 2), 0.209_625);
    let learners = told(Measure::Learners, 2).expect("learners");
    near(told(Measure::ClosedMonths, 2), 1.8 * learners);
    near(told(Measure::ClosedLearners, 2), 0.4 * learners);
    assert_eq!(told(Measure::Continuity, 3), None);
    for t in 0..run.model.years {
        near(told(Measure::HomeAccess, t), 0.209_625);
    }
    // Each fifth by its own share; sex is not told apart.
    let of = |measure, person| {
        let scope = Scope {
            person: Some(person),
            ..level(Level::Primary)
        };
        run.lend().value(measure, scope, 2)
    };
    for measure in [Measure::Continuity, Measure::HomeAccess] {
        near(of(measure, Person::Wealth(Wealth::Poorest)), 0.05);
        near(of(measure, Person::Wealth(Wealth::Richest)), 0.4);
        near(of(measure, Person::Sex(Sex::Female)), 0.209_625);
    }
    assert_eq!(told(Measure::ClosedMonths, 3), Some(0.0));
    // Learning lies between that of a school year without those months and the whole one.
    let [none, some, all] =
        [struck(&example(), FLOOD), scenario, example()].map(|one| simulate(one).run.plan.theta(2, 0));
    assert!(none < some && some < all, "{none} {some} {all}");
    assert_eq!(
        simulate(example()).lend().value(Measure::ClosedMonths, Scope::ALL, 2),
        None
    );
}

/// By hand: of what stands half is in closed schools, of which 0.4 of power, 0.2 of links, 0.6 of networks and 0.3 of devices
/// are lost: 0.8, 0.9, 0.7 and 0.85 are left at the end of the year. Without a plan nothing of it comes back.
#[test]
fn what_is_lost_leaves_the_stocks_and_comes_back_by_the_plan_alone() {
    let left = [
        ("powered schools", 0.8),
        ("connected schools", 0.9),
        ("networked schools", 0.7),
        ("devices", 0.85),
    ];
    let [calm, hit] = [example(), struck(&example(), FLOOD_WITH_LOSSES)].map(simulate);
    let [still, lost] = [example(), struck(&example(), FLOOD_WITH_LOSSES)].map(|one| simulate(one.without_plan()));
    for (stock, part) in left {
        let near = |t: usize, [without, with]: [&Trajectory; 2], part: f64| {
            let [without, with] = [without, with].map(|run| closing(&run.run.plan, t, stock));
            assert!(
                (with - part * without).abs() < 1e-5 * without,
                "{stock} {t}: {with} of {without}"
            );
        };
        near(1, [&calm, &hit], 1.0);
        near(2, [&calm, &hit], part);
        for t in 2..still.model.years {
            near(t, [&still, &lost], part);
        }
    }
    let powered = |run: &Trajectory, t| closing(&run.run.plan, t, "powered schools");
    assert!(powered(&hit, 4) > powered(&hit, 2), "the plan builds on");
    // It costs more to do all of it, in the years after and not in the year itself.
    let full = |run: &Trajectory, t| run.lend().value(Measure::CostFull, Scope::ALL, t).expect("a cost");
    assert!(
        full(&hit, 3) > full(&calm, 3) + 1e6,
        "{} {}",
        full(&hit, 3),
        full(&calm, 3)
    );
    assert!((full(&hit, 2) / full(&calm, 2) - 1.0).abs() < 1e-9);
    // Reach at the end of that year is lower, and schools with power are fewer.
    let reach = |run: &Trajectory| run.lend().value(Measure::Reach, Scope::ALL, 2).expect("reach");
    assert!(reach(&hit) < reach(&calm));
}

#[test]
fn what_opens_comes_in_and_goes_out_makes_what_stands() {
    let all = FLOOD_WITH_LOSSES
        .replace("0.4", "1")
        .replace("closed: 0.5", "closed: 1");
    for shocks in [FLOOD_WITH_LOSSES, &all] {
        let run = simulate(struck(&example(), shocks));
        let plan = &run.run.plan;
        for (at, (stock, _)) in STOCKS.iter().enumerate() {
            for t in 1..run.model.years {
                for bin in plan.bins() {
                    let get = |t, row| plan.sums.stocks.get(t, at * 3 + row, bin);
                    let (opening, into, out, closing) = (get(t - 1, 2), get(t, 0), get(t, 1), get(t, 2));
                    assert!(
                        (opening + into - out - closing).abs() < 1e-5 * (opening + into).max(1.0),
                        "{stock} {t}: {opening} + {into} - {out} = {closing}"
                    );
                    assert!(closing >= -1e-9);
                }
            }
        }
    }
}

/// Price of a unit by year in the plan of a run.
fn price(run: &Trajectory, year: i32, component: Component, category: &str) -> f64 {
    let row = ledger::costs(run)
        .find(|row| row.year == year && row.line.component == component && row.line.category == category);
    let row = row.unwrap_or_else(|| panic!("{category} in {year}"));
    row.amount().0 / row.quantity
}

/// By hand: devices and hardware 1.25 times as dear from 2028 on, devices 1.25 · 1.2 = 1.5 times from 2029 on; a managed service
/// and a day of training as dear as before.
#[test]
fn a_fall_of_the_currency_makes_what_is_imported_dearer_and_a_jump_one_market() {
    let shocks = "currency_fall(year: 2028, jump: 0.25), price_jump(year: 2029, market: devices, jump: 0.2)";
    let [calm, hit] = [example(), struck(&example(), shocks)].map(simulate);
    let devices = [(2027, 1.0), (2028, 1.25), (2029, 1.5), (2030, 1.5)];
    let hardware = [(2027, 1.0), (2028, 1.25), (2029, 1.25), (2030, 1.25)];
    for (component, category, times) in [
        (Component::Devices, "devices", devices),
        (Component::Power, "solar systems", hardware),
        (
            Component::Links,
            "managed service",
            [2027, 2028, 2029, 2030].map(|year| (year, 1.0)),
        ),
    ] {
        for (year, times) in times {
            let [without, with] = [&calm, &hit].map(|run| price(run, year, component, category));
            assert!(
                (with / without - times).abs() < 1e-9,
                "{category} {year}: {with} {without}"
            );
        }
    }
}

#[test]
fn a_region_is_struck_alone_and_the_order_of_groups_does_not_matter() {
    let scenario = enlarged(3, 2030);
    let in_one = |scenario: &Scenario| {
        let mut scenario = struck(scenario, FLOOD_WITH_LOSSES);
        if let ShockKind::Flood(terms) = &mut scenario.shocks[0].kind {
            terms.regions = vec!["r00001".into()];
        }
        scenario
    };
    // The counterpart has no money to share out, so that other regions are as they were.
    let [calm, hit] = [scenario.clone(), in_one(&scenario)].map(|one| simulate(one.without_plan()));
    for region in ["r00000", "r00001", "r00002"] {
        let scope = Scope {
            region: Some(region),
            ..Scope::ALL
        };
        for t in 0..calm.model.years {
            let told = |run: &Trajectory| run.lend().value(Measure::Electricity, scope, t).map(f64::to_bits);
            assert_eq!(told(&calm) == told(&hit), region != "r00001" || t < 2, "{region} {t}");
            let closed = hit.lend().value(Measure::ClosedMonths, scope, t).expect("a value");
            assert_eq!(closed > 0.0, region == "r00001" && t == 2);
        }
    }
    let forward = in_one(&scenario);
    let mut backward = forward.clone();
    backward.country.groups.reverse();
    let [forward, backward] = [forward, backward].map(simulate);
    for measure in [
        Measure::Reach,
        Measure::CostFull,
        Measure::Continuity,
        Measure::ClosedMonths,
    ] {
        for t in 1..forward.model.years {
            let [a, b] = [&forward, &backward].map(|run| run.lend().value(measure, Scope::ALL, t));
            let near = a.zip(b).is_none_or(|(a, b)| (a - b).abs() < 1e-8 * a.abs().max(1.0));
            assert!(a.is_some() == b.is_some() && near, "{measure:?} {t}: {a:?} {b:?}");
        }
    }
}

#[test]
fn a_shock_that_closes_nothing_and_a_jump_by_nothing_change_no_table() {
    let nothing = "pandemic(year: 2028, closed: 0, months: 9, lost: (devices: 1)), currency_fall(year: 2028, jump: 0)";
    let [calm, hit] = [example(), struck(&example(), nothing)].map(simulate);
    for table in [
        tables::costs,
        tables::funding,
        tables::sources,
        tables::debt,
        tables::stocks,
        tables::places,
    ] {
        assert!(tables::bytes(table, &calm) == tables::bytes(table, &hit));
    }
}

/// A school that is struck is lost to reach whatever else stands in it: 0.5 · 0.4 of power, in the same schools 0.5 · 0.3 of devices and 0.5 · 0.2
/// of links, so 0.8 of the schools where all stands are left. Money that waits foresees the shock, which moves a little of what is bought.
#[test]
fn a_flood_takes_complete_schools_as_well() {
    let flood = FLOOD_WITH_LOSSES.replace("campus: 0.6, ", "");
    let [calm, hit] = [example(), struck(&example(), &flood)].map(simulate);
    let complete = |run: &Trajectory| -> f64 {
        let rows = ledger::places(run).filter(|row| row.year == 2028 && row.cell == "all");
        rows.map(|row| row.schools).sum()
    };
    let [before, after] = [&calm, &hit].map(complete);
    assert!((after / before - 0.8).abs() < 0.02, "{after} of {before}");
    let reach = [&calm, &hit].map(|run| run.lend().value(Measure::Reach, Scope::ALL, 2).expect("reach"));
    assert!(reach[1] < 0.85 * reach[0], "{reach:?}");
}

#[test]
fn the_counterpart_lives_through_the_same() {
    let scenario = struck(&example(), FLOOD_WITH_LOSSES);
    let (plan, alone) = (simulate(&scenario), simulate(scenario.without_plan()));
    for t in 0..plan.model.years {
        for measure in [Measure::Electricity, Measure::Reach] {
            let told = |run: rollcall::model::measures::Run<'_>| run.value(measure, Scope::ALL, t);
            let [a, b] = [told(plan.lend().twin()), told(alone.lend().twin())].map(|value| value.expect("a value"));
            assert!((a - b).abs() < 1e-12, "{measure:?} {t}: {a} {b}");
        }
    }
}

#[test]
fn years_regions_and_what_strikes_twice_are_found() {
    let is = |change: &dyn Fn(&mut Vec<Shock>), expected: &[(&str, Severity, &str)]| {
        let later = "flood(year: 2028, closed: 0.4, months: 4), pandemic(year: 2029, closed: 1, months: 3)";
        let mut scenario = struck(&example(), later);
        change(&mut scenario.shocks);
        let findings = check::check(&scenario, "a.ron", &Places::new());
        let ours = findings.iter().filter(|finding| finding.path.starts_with("shocks"));
        let ours: Vec<_> = ours
            .map(|finding| (finding.code, finding.severity, &*finding.path))
            .collect();
        assert_eq!(ours, expected);
    };
    is(&|_| {}, &[]);
    is(
        &|shocks| shocks[1].year = 2028,
        &[("shock-overlap", Severity::Warning, "shocks[1]")],
    );
    is(
        &|shocks| shocks[0].year = 2026,
        &[("shock-year", Severity::Error, "shocks[0].year")],
    );
    is(
        &|shocks| shocks[1].year = 2031,
        &[("shock-year", Severity::Error, "shocks[1].year")],
    );
    is(
        &|shocks| {
            if let ShockKind::Flood(terms) = &mut shocks[0].kind {
                terms.regions = vec!["Atlantis".into()];
            }
        },
        &[("unknown-region", Severity::Error, "shocks[0].regions[0]")],
    );
}

#[test]
fn foreign_money_gains_by_a_fall_of_the_currency_and_own_money_does_not() {
    let mut scenario = example();
    scenario.country.iso3 = "SEN".into();
    scenario.country.economy.exchange_rate = Some(YearPath::constant(600.0));
    let grant = scenario.funding.sources[2].clone();
    let mut budget = scenario.funding.sources[0].clone();
    (budget.name, budget.currency.0) = ("town".into(), "XOF".into());
    budget.kind = SourceKind::DomesticBudget(BudgetTerms {
        amount: Some(YearPath::constant(6e8)),
        share_of_education: None,
        ..BudgetTerms::default()
    });
    let share = scenario.funding.sources[0].clone();
    scenario.funding.sources = vec![share, grant, budget];
    let shocked = struck(&scenario, "currency_fall(year: 2028, jump: 0.25)");
    let [calm, hit] = [scenario, shocked].map(simulate);
    let available = |run: &Trajectory, source: usize, t: usize| {
        let id = run.run.money.ids().nth(source).expect("a source");
        run.run.money.of(t, id).available.0
    };
    for (source, times) in [(1, [1.0, 1.0, 1.0]), (2, [1.0, 1.25, 1.25]), (3, [1.0, 1.0, 1.0])] {
        for (t, times) in (1..).zip(times) {
            let [without, with] = [&calm, &hit].map(|run| available(run, source, t));
            assert!(
                without > 0.0 && (with / without - times).abs() < 1e-9,
                "{source} {t}: {with} {without}"
            );
        }
    }
}

/// What the texts of `scenarios/shocks` say, against the balanced plans that they are.
#[test]
fn what_the_stories_of_shocks_say_is_what_their_runs_show() {
    let told = |run: &Trajectory, measure, t: usize| run.lend().value(measure, Scope::ALL, t).expect("a value");
    let all = |run: &Trajectory, measure| {
        let years = 1..run.model.years;
        run.lend().over(measure, Scope::ALL, years).expect("a sum")
    };
    let of = |country: &str, shock: &str| {
        let names = [format!("{country}/balanced.ron"), format!("shocks/{shock}.ron")];
        let [calm, hit] = names.map(|name| simulate(bundled(&name)));
        // They differ by their shock and in nothing else.
        let same = Scenario {
            title: String::new(),
            story: String::new(),
            shocks: Vec::new(),
            ..(*hit.model.scenario).clone()
        };
        let plain = Scenario {
            title: String::new(),
            story: String::new(),
            ..(*calm.model.scenario).clone()
        };
        assert!(same == plain, "{shock}");
        (calm, hit)
    };
    let times = |(calm, hit): &(Trajectory, Trajectory), of: &dyn Fn(&Trajectory) -> f64| of(hit) / of(calm);
    let less = |(calm, hit): &(Trajectory, Trajectory), of: &dyn Fn(&Trajectory) -> f64| of(calm) - of(hit);
    let reach = |run: &Trajectory| told(run, Measure::Reach, 4);
    let learned = |run: &Trajectory| told(run, Measure::LearningYearsGained, 4);
    let cost = |run: &Trajectory| all(run, Measure::CostFull);

    // A fifth of schools; a twelfth more in 2030, all of it to find; four points of reach, a twelfth of learning.
    let flood = of("bangladesh", "flood");
    assert!((times(&flood, &|run| told(run, Measure::CostFull, 3)) - 1.0).abs() < 1e-9);
    let later = times(&flood, &|run| told(run, Measure::CostFull, 4));
    assert!((later - 1.0 - 1.0 / 12.0).abs() < 0.01, "{later}");
    let more = |measure| -less(&flood, &|run| told(run, measure, 4));
    assert!((more(Measure::ToFind) / more(Measure::CostFull) - 1.0).abs() < 0.01);
    let power = less(&flood, &|run| told(run, Measure::Electricity, 4));
    assert!((0.0..0.02).contains(&power), "{power}");
    let points = less(&flood, &reach);
    assert!((0.035..0.05).contains(&points), "{points}");
    let learning = times(&flood, &learned);
    assert!((1.0 - learning - 1.0 / 12.0).abs() < 0.01, "{learning}");

    // With kits and a fund for them: 1.3 of 6.4 million go on, 323 million, a sixteenth of what the flood takes.
    let kits = bundled("shocks/flood_kits.ron");
    let struck = bundled("shocks/flood.ron");
    let mut without = kits.clone();
    (without.title, without.story) = (struck.title.clone(), struck.story.clone());
    without.plan.home_access = None;
    let fund = without.funding.sources.remove(3);
    assert!(without == struck && fund.components == [Component::HomeAccess]);
    let mut unfunded = kits.clone();
    unfunded.funding = struck.funding.clone();
    let calm = |scenario: &Scenario| Scenario {
        shocks: Vec::new(),
        ..scenario.clone()
    };
    let mut whole = struck.clone();
    for shock in &mut whole.shocks {
        if let ShockKind::Flood(terms) = &mut shock.kind {
            for lost in [
                &mut terms.lost.power,
                &mut terms.lost.links,
                &mut terms.lost.campus,
                &mut terms.lost.devices,
            ] {
                *lost = Quantity::new(0.0);
            }
        }
    }
    let [with, with_calm, unfunded, whole] = [kits.clone(), calm(&kits), unfunded, whole].map(simulate);
    let closed = told(&with, Measure::ClosedLearners, 3);
    let goes_on = closed - told(&with, Measure::StoppedLearners, 3);
    assert!(
        (closed / 6.4e6 - 1.0).abs() < 0.01 && (goes_on / 1.3e6 - 1.0).abs() < 0.02,
        "{closed} {goes_on}"
    );
    for (wealth, share) in [
        (Wealth::Poorest, 1.0),
        (Wealth::Second, 1.0 / 7.0),
        (Wealth::Middle, 0.0),
    ] {
        let scope = Scope {
            person: Some(Person::Wealth(wealth)),
            ..Scope::ALL
        };
        let ours = with.lend().value(Measure::Continuity, scope, 3).expect("continuity");
        assert!((ours - share).abs() < 0.03, "{wealth:?} {ours}");
    }
    let dearer = cost(&with) - cost(&flood.1);
    assert!((dearer / 323e6 - 1.0).abs() < 0.01, "{dearer}");
    let (takes, takes_with) = (less(&flood, &learned), learned(&with_calm) - learned(&with));
    let kept = takes - takes_with;
    assert!(
        (kept / 6_700.0 - 1.0).abs() < 0.05 && (kept / takes - 1.0 / 16.0).abs() < 0.005,
        "{kept} of {takes}"
    );
    let things = (learned(&whole) - learned(&flood.1)) / takes;
    assert!((0.67..0.74).contains(&things), "{things}");
    assert!(learned(&flood.1) - learned(&unfunded) > kept);

    // A twelfth more; two and a half points of reach; more than a third of learning.
    let jump = of("senegal", "price_jump");
    let (dearer, points, learning) = (times(&jump, &cost), less(&jump, &reach), times(&jump, &learned));
    assert!((dearer - 1.0 - 1.0 / 12.0).abs() < 0.01, "{dearer}");
    assert!(
        (0.02..0.03).contains(&points) && (0.55..0.667).contains(&learning),
        "{points} {learning}"
    );

    // A sixth more; reach where it was, as much to find as above; service of debt three tenths heavier.
    let fall = of("senegal", "currency_fall");
    let (dearer, points) = (times(&fall, &cost), less(&fall, &reach));
    assert!((dearer - 1.0 - 1.0 / 6.0).abs() < 0.015, "{dearer}");
    assert!(points.abs() < 0.01, "{points}");
    let [wide, far] = [&jump.1, &fall.1].map(|run| all(run, Measure::ToFind));
    assert!((wide / far - 1.0).abs() < 0.03, "{wide} {far}");
    let service = times(&fall, &|run| told(run, Measure::DebtService, 4));
    assert!((service - 1.3).abs() < 0.01, "{service}");
}
