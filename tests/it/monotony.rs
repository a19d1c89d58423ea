//! What must hold of any plan (model, section 9): more of a thing that is paid for takes nothing away, without money nothing is
//! gained, and neither the cut of the groups nor the size of the currency matters.
//!
//! `PROPTEST_CASES=2000 cargo test --no-default-features --test it -- monotony` looks longer.

use proptest::prelude::*;
use rollcall::model::{Bin, Trajectory, simulate, stat};
use rollcall::scenario::field::ROOT;
use rollcall::scenario::plan::{
    CampusPlan, GovernancePlan, HomeAccessPlan, InclusionPlan, LifelongPlan, Order, SystemsPlan,
};
use rollcall::scenario::registry::{Entry, LeafMut};
use rollcall::scenario::{Lever, Quantity, Scenario, YearPath};

use crate::access::paid;

/// Chance that a test draws: so many numbers from 0 to 1.
const NUMBERS: usize = 200;

fn few() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|number| number.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(24),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn all(_: Bin) -> bool {
    true
}

/// A target path that only rises, to `most` at most.
fn rising(next: &mut impl FnMut() -> f64, years: std::ops::RangeInclusive<i32>, most: f64) -> YearPath {
    let mut value = 0.0;
    let points: Vec<(i32, f64)> = years
        .map(|year| {
            let (step, size) = (next(), next());
            if step < 0.6 {
                value += (1.0 - value) * size * size;
            }
            (year, most * value)
        })
        .collect();
    YearPath::of(&points)
}

/// A country and a plan at random, with every component that there is; all of it paid for. No target is above `most`.
fn any_plan(numbers: &[f64], most: f64) -> Scenario {
    let mut numbers = numbers.iter().copied().cycle();
    let mut next = || numbers.next().unwrap_or(0.5);
    let mut scenario = paid();
    scenario.country.schooling.co_location = Quantity::new(next());
    scenario.country.schooling.near_link = Quantity::new(next());
    scenario.country.services.networked = Quantity::new(next() * next());
    scenario.country.services.systems = Quantity::new(next() * next());
    scenario.country.governance.staffed = Quantity::new(next() * next());
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
    scenario.plan.order = Order::ALL[usize::from(next() < 0.5)];
    let ratio = 2.0 + 30.0 * next();
    let years = scenario.base_year + 1..=scenario.horizon;
    let mut path = || Lever::everywhere(rising(&mut next, years.clone(), most));
    let plan = &mut scenario.plan;
    plan.power.as_mut().expect("power").powered = path();
    plan.links.as_mut().expect("links").connected = path();
    plan.campus = Some(CampusPlan {
        networked: path(),
        classroom_sets: path(),
    });
    plan.systems = Some(SystemsPlan { users: path() });
    plan.governance = Some(GovernancePlan { staffed: path() });
    plan.inclusion = Some(InclusionPlan {
        assistive: path(),
        adapted: path(),
        girls: path(),
    });
    plan.home_access = Some(HomeAccessPlan {
        connections: path(),
        loaned: path(),
        kits: path(),
        learners_per_kit: Quantity::new(10.0),
    });
    plan.lifelong = Some(LifelongPlan {
        children: path(),
        youth: path(),
        adults: path(),
        recognised: path(),
        ..LifelongPlan::absent(&ROOT)
    });
    plan.content.as_mut().expect("content").coverage = path();
    let devices = plan.devices.as_mut().expect("devices");
    devices.equipped = path();
    devices.learners_per_device = Lever::everywhere(YearPath::constant(ratio));
    let training = plan.training.as_mut().expect("training");
    training.ready = path();
    training.follow_up = path();
    training.preservice = path();
    training.days = Quantity::new(1.0 + 9.0 * next());
    // No fewer than schools have: else more devices share the posts of today, and repair takes longer for all.
    let technicians = 2.5 + 2.0 * next();
    plan.support.as_mut().expect("support").technicians = Lever::everywhere(YearPath::constant(technicians));
    if next() < 0.3 {
        // Systems that stand carry what they carry.
        plan.power = None;
    }
    scenario
}

/// So much more each year from one year on. It must fit: what only comes earlier is not more of it.
fn more(lever: &mut Lever, from: i32, by: f64) {
    for (year, value) in &mut lever.cases[0].to.points {
        if *year >= from {
            *value += by;
            assert!(*value <= 1.0 + 1e-12);
        }
    }
}

/// What is added: its name, and how much more of it from one year on.
type Addition = (&'static str, fn(&mut Scenario, i32, f64));

const ADDITIONS: [Addition; 14] = [
    ("power", |scenario, from, by| {
        if let Some(power) = &mut scenario.plan.power {
            more(&mut power.powered, from, by);
        }
    }),
    ("links", |scenario, from, by| {
        more(&mut scenario.plan.links.as_mut().expect("links").connected, from, by);
    }),
    ("networks in schools", |scenario, from, by| {
        more(&mut scenario.plan.campus.as_mut().expect("campus").networked, from, by);
    }),
    ("classroom sets", |scenario, from, by| {
        more(
            &mut scenario.plan.campus.as_mut().expect("campus").classroom_sets,
            from,
            by,
        );
    }),
    ("devices", |scenario, from, by| {
        more(&mut scenario.plan.devices.as_mut().expect("devices").equipped, from, by);
    }),
    ("devices each", |scenario, _, by| {
        scenario
            .plan
            .devices
            .as_mut()
            .expect("devices")
            .learners_per_device
            .cases[0]
            .to
            .points[0]
            .1 *= 1.0 - by;
    }),
    ("ready teachers", |scenario, from, by| {
        more(&mut scenario.plan.training.as_mut().expect("training").ready, from, by);
    }),
    // A step takes 6.7 days, the next one 10.
    ("days", |scenario, _, by| {
        let days = &mut scenario.plan.training.as_mut().expect("training").days.value;
        *days = (*days * (1.0 + by)).min(10.0);
    }),
    ("content", |scenario, from, by| {
        more(&mut scenario.plan.content.as_mut().expect("content").coverage, from, by);
    }),
    ("systems", |scenario, from, by| {
        more(&mut scenario.plan.systems.as_mut().expect("systems").users, from, by);
    }),
    ("posts", |scenario, from, by| {
        more(
            &mut scenario.plan.governance.as_mut().expect("governance").staffed,
            from,
            by,
        );
    }),
    ("technicians", |scenario, _, by| {
        scenario.plan.support.as_mut().expect("support").technicians.cases[0]
            .to
            .points[0]
            .1 += 4.0 * by;
    }),
    ("capacity of the plan's links", |scenario, _, by| {
        scenario.plan.links.as_mut().expect("links").floor.value *= 1.0 + by;
    }),
    ("capacity of the links there are", |scenario, _, by| {
        for group in &mut scenario.country.groups {
            group.mbps.value = (group.mbps.value * (1.0 + by)).min(20.0);
        }
    }),
];

/// The first year in which the changed run trains fewer teachers somewhere. Where nobody is left to train, more teachers early
/// are fewer later: from there on it is not more of them each year.
fn fewer_from(before: &Trajectory, after: &Trajectory) -> usize {
    let trained = |run: &Trajectory, t: usize, bin: Bin| {
        run.run.plan.stat(t, bin, stat::READY) - run.run.plan.stat(t - 1, bin, stat::READY)
    };
    let fewer = |t: usize| {
        let mut bins = before.run.plan.bins();
        bins.any(|bin| trained(after, t, bin) < trained(before, t, bin) - 1e-6)
    };
    (1..before.model.years)
        .find(|t| fewer(*t))
        .unwrap_or(before.model.years)
}

/// A sum of groups and years that fell, in words.
fn lower(before: &Trajectory, after: &Trajectory, years: usize, sums: &[usize]) -> Result<(), String> {
    for t in 0..years {
        for bin in before.run.plan.bins() {
            let learners = before.run.plan.stat(t, bin, stat::LEARNERS);
            for which in sums {
                let [less, more] = [before, after].map(|run| run.run.plan.stat(t, bin, *which));
                if more < less - 1e-9 * learners {
                    return Err(format!(
                        "year {t}, group {bin:?}, sum {which}: {less} {more} of {learners}"
                    ));
                }
            }
        }
        for grade in 0..before.model.grades {
            let [less, more] = [before, after].map(|run| run.run.plan.theta(t, grade));
            if more < less - 1e-9 {
                return Err(format!("year {t}, grade {grade}: {less} {more}"));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn more_of_any_thing_lowers_neither_reach_nor_dose(numbers in prop::collection::vec(0.0..=1.0f64, NUMBERS), from in 0..4i32, by in 0.01..0.6f64) {
        let scenario = any_plan(&numbers, 1.0 - by);
        let before = simulate(&scenario);
        let from = scenario.base_year + 1 + from;
        for (what, add) in ADDITIONS {
            let mut changed = scenario.clone();
            add(&mut changed, from, by);
            let after = simulate(&changed);
            let fell = lower(&before, &after, fewer_from(&before, &after), &[stat::REACHED, stat::DOSE, stat::DOSE_OFFLINE]);
            prop_assert!(fell.is_ok(), "{what}, {}", fell.unwrap_err());
        }
    }

    #[test]
    fn without_money_of_its_own_no_plan_is_above_its_twin(numbers in prop::collection::vec(0.0..=1.0f64, NUMBERS), existing in any::<bool>()) {
        let mut scenario = any_plan(&numbers, 1.0);
        // Teachers are trained as they are without the plan: whoever trains cheaper trains more for the same money.
        let training = scenario.plan.training.as_mut().expect("training");
        training.days = Quantity::new(10.0);
        (training.preservice, training.follow_up) = (Lever::everywhere(YearPath::constant(0.0)), Lever::everywhere(YearPath::constant(0.0)));
        // A link that is renewed gets the capacity of the plan, at the price of the one before.
        for group in &mut scenario.country.groups {
            group.mbps.value += 20.0;
        }
        // The twin gives all groups the same share.
        scenario.plan.order = Order::Proportional;
        scenario.funding.sources.clear();
        // No money at all, or what keeps what there is.
        scenario.funding.existing = Quantity::new(f64::from(u8::from(existing)));
        let run = simulate(&scenario);
        for t in 0..run.model.years {
            for bin in run.run.plan.bins() {
                for which in [stat::POWERED, stat::LINKED, stat::EQUIPPED, stat::READY, stat::REACHED, stat::DOSE] {
                    let [plan, twin] = [&run.run.plan, &run.run.twin].map(|pass| pass.stat(t, bin, which));
                    prop_assert!(plan <= twin * (1.0 + 1e-3) + 1e-6, "existing {existing}, year {t}, group {bin:?}, sum {which}: {plan} above {twin}");
                }
            }
            for grade in 0..run.model.grades {
                let [plan, twin] = [&run.run.plan, &run.run.twin].map(|pass| pass.theta(t, grade));
                prop_assert!(plan <= twin + 1e-3 * twin.abs() + 1e-9, "year {t}, grade {grade}: {plan} above {twin}");
            }
        }
    }

    #[test]
    fn how_schools_are_grouped_changes_no_total(numbers in prop::collection::vec(0.0..=1.0f64, NUMBERS), money in 0.0..1.0f64, part in 0.05..0.95f64, order in 0..Order::ALL.len() - 1, turn in 0..8usize) {
        let mut whole = any_plan(&numbers, 1.0);
        // Half a group is smaller: largest first, another one comes before it.
        let mut orders = Order::ALL.iter().copied().filter(|order| *order != Order::LargestFirst);
        whole.plan.order = orders.nth(order).expect("an order");
        // From nothing to about what the plan needs.
        whole.funding = crate::enlarged::example().funding;
        whole.funding.sources.truncate(1);
        whole.funding.existing = Quantity::new(money);
        let mut split = whole.clone();
        let mut others = split.country.groups.clone();
        for (group, other) in split.country.groups.iter_mut().zip(&mut others) {
            for (mine, theirs) in [(&mut group.schools, &mut other.schools), (&mut group.learners, &mut other.learners), (&mut group.teachers, &mut other.teachers)] {
                (mine.value, theirs.value) = (part * mine.value, (1.0 - part) * theirs.value);
            }
        }
        split.country.groups.append(&mut others);
        split.country.groups.rotate_left(turn);
        let [whole, split] = [whole, split].map(|scenario| simulate(&scenario));
        for t in 0..whole.model.years {
            for which in 0..stat::COUNT {
                let [a, b] = [&whole, &split].map(|run| run.run.plan.over(t, which, &all));
                // What is dark is what stood less what stands: its last bits are those of all schools, or of all learners.
                let last_bits = match which {
                    stat::DARK => 1e-9 * whole.run.plan.over(t, stat::SCHOOLS, &all),
                    stat::DARK_LEARNERS => 1e-9 * whole.run.plan.over(t, stat::LEARNERS, &all),
                    _ => 0.0,
                };
                prop_assert!((a - b).abs() <= 1e-6 * a.abs().max(1.0) + last_bits, "year {t}, sum {which}: {a} {b}");
            }
            let [a, b] = [&whole, &split].map(|run| (run.run.plan.year_need(t), run.run.plan.year_funded(t)));
            prop_assert!((a.0 - b.0).abs() <= 1e-7 * a.0.abs().max(1.0) && (a.1 - b.1).abs() <= 1e-7 * a.1.abs().max(1.0), "year {t}: {a:?} {b:?}");
        }
    }

    #[test]
    fn costs_scale_with_prices_and_money(numbers in prop::collection::vec(0.0..=1.0f64, NUMBERS), tenths in -20..=20i32) {
        let mut scenario = any_plan(&numbers, 1.0);
        scenario.funding = crate::enlarged::example().funding;
        let by = 10f64.powf(f64::from(tenths) / 10.0);
        let mut scaled = scenario.clone();
        scaled.walk_mut("", &ROOT, &mut |_, field, leaf| {
            if field.unit.is_money() {
                match leaf {
                    LeafMut::Number(number) => number.value *= by,
                    LeafMut::Path(path) => path.points.iter_mut().for_each(|point| point.1 *= by),
                }
            }
        });
        let [before, after] = [scenario, scaled].map(|scenario| simulate(&scenario));
        for t in 1..before.model.years {
            for (a, b) in [
                (by * before.run.plan.year_need(t), after.run.plan.year_need(t)),
                (by * before.run.twin.year_need(t), after.run.twin.year_need(t)),
                (by * before.run.plan.year_funded(t), after.run.plan.year_funded(t)),
            ] {
                prop_assert!((a - b).abs() <= 1e-6 * a.abs(), "times {by}, year {t}: {a} {b}");
            }
            for which in 0..stat::COUNT {
                let [a, b] = [&before, &after].map(|run| run.run.plan.over(t, which, &all));
                prop_assert!((a - b).abs() <= 1e-6 * a.abs().max(1.0), "times {by}, year {t}, sum {which}: {a} {b}");
            }
        }
    }
}
