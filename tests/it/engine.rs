//! What must always hold (model, section 9), on the example country and on random changes of it.

use proptest::prelude::*;
use rollcall::model::funding::source::SourceId;
use rollcall::model::measures::{Dark, Run};
use rollcall::model::stat;
use rollcall::model::{Bin, Cell, Detail, LineId, Model, OfPersons, STOCKS, Trajectory, Workspace, ledger, simulate};
use rollcall::report::tables;
use rollcall::scenario::field::ROOT;
use rollcall::scenario::funding::{BudgetTerms, GrantTerms};
use rollcall::scenario::measure::{Comparison, Indicator, Measure, Scope};
use rollcall::scenario::person::{Dimension, Person};
use rollcall::scenario::plan::{GovernancePlan, Order, SystemsPlan};
use rollcall::scenario::registry::{Entry, LeafMut};
use rollcall::scenario::{Level, Lever, Locality, Quantity, Scenario, SourceKind, YearPath};
use rollcall::study::parallel::{self, Progress};

use crate::enlarged::{enlarged, example};

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0)
}

fn all(_: Bin) -> bool {
    true
}

fn national(run: Run<'_>, t: usize, code: &str) -> f64 {
    let indicator = Indicator::from_code(code).expect("a code");
    run.value(indicator, Scope::ALL, t).unwrap_or(f64::NAN)
}

/// Stocks, money, costs and funding add up, to a cent.
fn assert_identities(run: &Trajectory) {
    for row in ledger::stocks(run) {
        assert!(close(row.opening + row.into - row.out, row.closing, 1e-9), "{row:?}");
    }
    let (plan, money) = (&run.run.plan, &run.run.money);
    for t in 1..plan.years {
        for s in money.ids() {
            let book = money.of(t, s);
            let used = book.spent + book.overhead + book.returned + book.lapsed + book.carried_out;
            assert!(
                (book.available + book.carried_in - used).0.abs() < 0.01,
                "{t} {s:?} {book:?}"
            );
            let on_cells: f64 = Cell::all()
                .flat_map(|at| (0..run.model.places.len()).map(move |place| (at, place)))
                .map(|(at, place)| money.on(t, at, place, s))
                .sum();
            assert!((on_cells - book.spent.0).abs() < 0.01);
        }
        for at in Cell::all() {
            let given: f64 = (0..run.model.places.len())
                .flat_map(|place| money.ids().map(move |s| (place, s)))
                .map(|(place, s)| money.on(t, at, place, s))
                .sum();
            assert!(
                (given - plan.funded(t, at)).abs() < 0.01,
                "{t} {at:?} {given} {}",
                plan.funded(t, at)
            );
            assert!(plan.funded(t, at) <= plan.need(t, at) + 0.01);
            let lines: f64 = LineId::all()
                .filter(|(_, line)| Cell::of(line.component, line.need) == at)
                .flat_map(|(id, _)| plan.bins().map(move |bin| (id, bin)))
                .map(|(id, bin)| plan.quantity(t, id, bin) * plan.price(t, id, bin))
                .sum();
            assert!(
                close(lines, plan.need(t, at), 1e-9),
                "{at:?}: lines {lines}, need {}",
                plan.need(t, at)
            );
        }
    }
    for pass in [&run.run.plan, &run.run.twin] {
        for t in 0..pass.years {
            for bin in pass.bins() {
                for (over, under) in [
                    (stat::POWERED, stat::SCHOOLS),
                    (stat::LINKED, stat::POWERED),
                    (stat::EQUIPPED, stat::POWERED),
                    (stat::READY, stat::TEACHERS),
                    (stat::REACHED, stat::LEARNERS),
                    (stat::DOSE, stat::REACHED),
                ] {
                    let (part, whole) = (pass.stat(t, bin, over), pass.stat(t, bin, under));
                    assert!(
                        part >= 0.0 && part <= whole * (1.0 + 1e-9) + 1e-9,
                        "{over} {part} of {under} {whole}"
                    );
                }
            }
        }
    }
}

fn budget(amount: f64) -> SourceKind {
    SourceKind::DomesticBudget(BudgetTerms {
        amount: Some(YearPath::constant(amount)),
        share_of_education: None,
        ..BudgetTerms::default()
    })
}

fn without_money() -> Scenario {
    let mut scenario = example();
    scenario.funding.sources.clear();
    scenario.funding.existing = Quantity::new(0.0);
    scenario
}

#[test]
fn everything_adds_up_in_the_example() {
    assert_identities(&simulate(example()));
}

#[test]
fn the_layer_of_the_plan_is_the_plan_less_its_twin() {
    let run = simulate(example());
    for t in 1..run.model.years {
        let year = run.model.calendar(t);
        let layer = |existing: bool| {
            ledger::costs(&run)
                .filter(|row| row.year == year && row.existing == existing)
                .map(|row| row.amount().0)
                .sum::<f64>()
        };
        assert!(close(layer(true), run.run.twin.year_need(t), 1e-9));
        let beyond = run.run.plan.year_need(t) - run.run.twin.year_need(t);
        assert!(close(layer(false), beyond, 1e-9));
    }
}

#[test]
fn what_schools_have_is_replaced_again_and_again_without_a_plan() {
    // Links last five years and devices three: over fourteen years the twin's renewal never stops.
    let mut scenario = example();
    scenario.horizon = 2040;
    let run = simulate(&scenario);
    let links = Cell::of(rollcall::scenario::Component::Links, rollcall::scenario::Need::Renewal);
    for t in 1..run.model.years {
        assert!(
            close(run.run.twin.need(t, links), run.run.twin.need(1, links), 1e-9),
            "{t}"
        );
    }
}

#[test]
fn an_empty_plan_is_its_own_twin() {
    let run = simulate(example().without_plan());
    let (plan, twin) = (&run.run.plan, &run.run.twin);
    for t in 0..run.model.years {
        for which in 0..stat::COUNT {
            assert_eq!(
                plan.over(t, which, &all).to_bits(),
                twin.over(t, which, &all).to_bits(),
                "{t} {which}"
            );
        }
        assert!(close(plan.year_need(t), twin.year_need(t), 1e-12));
    }
}

#[test]
fn nothing_happens_before_the_plan_starts_but_money_is_kept() {
    let mut scenario = example();
    scenario.plan_from = 2029;
    let run = simulate(&scenario);
    let (plan, twin, money) = (&run.run.plan, &run.run.twin, &run.run.money);
    for t in 0..3 {
        for which in 0..stat::COUNT {
            assert!(
                close(plan.over(t, which, &all), twin.over(t, which, &all), 1e-9),
                "{t} {which}"
            );
        }
    }
    // Grant released in 2027 and 2028 is carried to the plan, less what upkeep of today's services took.
    let grant = SourceId::listed(2);
    assert!(
        money.of(3, grant).carried_in.0 > 0.7 * 0.8 * 120e6 / 1.1,
        "{:?}",
        money.of(3, grant)
    );
}

#[test]
fn the_twin_holds_the_services_of_the_base_year() {
    let run = simulate(example());
    for code in ["reach", "dose", "4.a.1.a", "4.a.1.b", "4.a.1.c", "ED8"] {
        let base = national(run.lend().twin(), 0, code);
        for t in 1..run.model.years {
            let now = national(run.lend().twin(), t, code);
            // Learners move between levels, so a national mean may drift a little; no level may.
            assert!(close(now, base, 0.02), "{code} {base} {now}");
        }
    }
}

/// Where a stock stands among those that are counted.
fn stock(name: &str) -> usize {
    STOCKS
        .iter()
        .position(|(stock, _)| *stock == name)
        .unwrap_or_else(|| panic!("no stock {name}"))
}

#[test]
fn without_any_money_services_go_dark_at_once_and_stocks_fall() {
    let run = simulate(without_money());
    assert_eq!(run.lend().dark().year(), Some(2027));
    assert!(national(run.lend(), 1, "reach") < 1e-9);
    let owned = |t: usize| {
        run.run
            .plan
            .bins()
            .map(|bin| run.run.plan.closing(t, stock("devices"), bin))
            .sum::<f64>()
    };
    assert!(owned(4) < 0.75 * owned(0), "{} {}", owned(0), owned(4));
    assert_identities(&run);
}

#[test]
fn a_donor_who_leaves_hurts() {
    // The same plan; the grant ends after 2028 and the ministry pays nothing: links and power go dark when it is spent.
    let mut scenario = example();
    scenario.horizon = 2034;
    scenario.funding.sources.retain(|source| source.name == "partner grant");
    let source = &mut scenario.funding.sources[0];
    source.kind = SourceKind::Grant(GrantTerms {
        commitment: Quantity::new(90e6),
        release: YearPath::of(&[(2027, 0.5), (2028, 0.5)]),
        ..GrantTerms::default()
    });
    // The ministry's own budget shrinks to half as well, so that it cannot pay the upkeep of what the donor built.
    scenario.funding.existing = Quantity::new(0.5);
    let run = simulate(&scenario);
    let reach: Vec<f64> = (0..run.model.years).map(|t| national(run.lend(), t, "reach")).collect();
    let peak = reach.iter().copied().fold(0.0, f64::max);
    assert!(reach[8] < 0.7 * peak, "{reach:?}");
    assert!(
        run.lend().dark().year().is_some_and(|year| year > 2028),
        "{:?}",
        run.lend().dark().year()
    );
    assert_identities(&run);
}

#[test]
fn a_budget_of_almost_nothing_has_a_dark_year() {
    // What the donors build is not kept up: fewer learners share devices each year, and the run must say so.
    let mut scenario = crate::regression::bundled("senegal/balanced.ron");
    scenario.horizon = 2034;
    for source in &mut scenario.funding.sources {
        if let SourceKind::DomesticBudget(terms) = &mut source.kind {
            terms.share_of_education = Some(YearPath::constant(0.001));
        }
    }
    let run = simulate(&scenario);
    let reach: Vec<f64> = (0..run.model.years).map(|t| national(run.lend(), t, "reach")).collect();
    let peak = reach.iter().copied().fold(0.0, f64::max);
    assert!(reach[8] < 0.8 * peak, "{reach:?}");
    let Dark::From { year, share, .. } = run.lend().dark() else {
        panic!("{:?}: {reach:?}", run.lend().dark())
    };
    assert!(year > 2027 && share >= 0.01, "{year} {share}");
}

#[test]
fn a_run_in_which_nothing_is_left_or_was_never_there_is_not_bright() {
    // All is lost: dark whatever the threshold.
    let mut scenario = without_money();
    scenario.horizon = 2034;
    scenario.funding.dark = Quantity::new(1.0);
    assert!(simulate(&scenario).lend().dark().year().is_some());
    // Nobody ever has a link, and no plan brings one.
    let mut scenario = example().without_plan();
    for group in &mut scenario.country.groups {
        group.cellular = Quantity::new(0.0);
    }
    assert_eq!(simulate(&scenario).lend().dark(), Dark::NothingInService);
    // What is kept up stays bright.
    assert_eq!(simulate(example().without_plan()).lend().dark(), Dark::Never);
}

#[test]
fn hardware_alone_teaches_nothing() {
    let mut scenario = example();
    scenario.plan.training = None;
    scenario.plan.content = None;
    scenario.plan.support = None;
    scenario.plan.learning[0].mode = "devices_alone".into();
    let run = simulate(&scenario);
    assert!(run.run.plan.theta.iter().all(|theta| theta.abs() < 1e-12));
    // Even with software on the devices, teachers and content as they are leave next to nothing.
    scenario.plan.learning[0].mode = "adaptive_software".into();
    let run = simulate(&scenario);
    assert!(run.run.plan.theta(4, 5) < 0.01, "{}", run.run.plan.theta(4, 5));
}

#[test]
fn learning_of_the_full_plan_stays_believable() {
    // Model 10: 2 to 5 points by 2030 after a ramp; more than 8 from defaults is a fault.
    let run = simulate(example());
    let gain = 100.0 * (national(run.lend(), 4, "4.1.1.b.mathematics") - 0.27);
    assert!(gain > 0.5 && gain < 8.0, "{gain}");
}

/// Totals that must not depend on how schools are grouped.
fn totals(scenario: &Scenario) -> Vec<f64> {
    let run = simulate(scenario);
    let plan = &run.run.plan;
    let mut values = Vec::new();
    for t in 0..plan.years {
        values.extend((0..stat::COUNT).map(|which| plan.over(t, which, &all)));
        values.extend(Cell::all().flat_map(|at| [plan.need(t, at), plan.funded(t, at)]));
    }
    values
}

fn assert_same(a: &[f64], b: &[f64]) {
    for (index, (a, b)) in a.iter().zip(b).enumerate() {
        assert!(close(*a, *b, 1e-7), "{index}: {a} {b}");
    }
}

#[test]
fn splitting_and_permuting_groups_changes_no_total() {
    let mut scenario = example();
    scenario.plan.order = Order::Proportional;
    let whole = totals(&scenario);
    let mut split = scenario.clone();
    for group in &mut split.country.groups {
        for part in [&mut group.schools, &mut group.learners, &mut group.teachers] {
            part.value *= 0.5;
        }
    }
    let mut other: Vec<_> = split.country.groups.clone();
    for group in &mut other {
        group.region = "other".into();
    }
    split.country.groups.append(&mut other);
    split.country.groups.rotate_left(3);
    assert_same(&whole, &totals(&split));
}

#[test]
fn single_schools_give_what_their_group_gives() {
    let mut scenario = example();
    scenario.plan.order = Order::Proportional;
    scenario.country.groups.truncate(1);
    scenario.country.levels.truncate(1);
    scenario.country.groups[0].schools.value = 60.0;
    scenario
        .plan
        .devices
        .as_mut()
        .expect("devices")
        .learners_per_device
        .cases
        .truncate(1);
    let group = totals(&scenario);
    let mut school = scenario.country.groups.remove(0);
    for number in [&mut school.schools, &mut school.learners, &mut school.teachers] {
        number.value /= 60.0;
    }
    scenario.country.groups = vec![school; 60];
    assert_same(&group, &totals(&scenario));
}

#[test]
fn prices_and_money_scaled_by_three_scale_costs_by_three_and_nothing_else() {
    let scenario = example();
    let before = simulate(&scenario);
    let mut dear = scenario.clone();
    dear.walk_mut("", &ROOT, &mut |_, field, leaf| {
        if field.unit.is_money() {
            match leaf {
                LeafMut::Number(number) => number.value *= 3.0,
                LeafMut::Path(path) => path.points.iter_mut().for_each(|point| point.1 *= 3.0),
            }
        }
    });
    let after = simulate(&dear);
    for t in 1..before.model.years {
        assert!(close(
            3.0 * before.run.plan.year_need(t),
            after.run.plan.year_need(t),
            1e-9
        ));
        assert!(close(
            3.0 * before.run.plan.year_funded(t),
            after.run.plan.year_funded(t),
            1e-9
        ));
        for code in ["reach", "dose", "4.a.1.b"] {
            assert!(close(
                national(before.lend(), t, code),
                national(after.lend(), t, code),
                1e-9
            ));
        }
    }
}

#[test]
fn more_money_never_lowers_what_is_funded_in_the_first_year() {
    let mut last = 0.0;
    for commitment in [0.0, 10e6, 20e6, 40e6, 80e6, 160e6] {
        let mut scenario = example();
        scenario
            .funding
            .sources
            .retain(|source| source.name != "ministry" && source.name != "levy");
        let SourceKind::Grant(terms) = &mut scenario.funding.sources[0].kind else {
            panic!("a grant")
        };
        terms.commitment = Quantity::new(commitment);
        let run = simulate(&scenario);
        let funded = run.run.plan.year_funded(1);
        assert!(funded >= last - 0.01, "{commitment}: {funded} < {last}");
        last = funded;
    }
}

#[test]
fn the_same_bits_on_one_thread_and_on_two() {
    let model = Model::new(enlarged(3, 2030));
    let study = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        pool.install(|| {
            parallel::map(
                &model,
                Detail::TOTALS,
                40,
                &Progress::default(),
                |draw, p| {
                    #[allow(clippy::cast_precision_loss)]
                    p.iter_mut()
                        .enumerate()
                        .for_each(|(i, v)| *v *= 1.0 + 1e-3 * ((draw * 7 + i) % 11) as f64);
                },
                |_, _, ws| {
                    (
                        ws.plan.year_need(3).to_bits(),
                        ws.plan.theta(4, 5).to_bits(),
                        ws.plan.over(4, stat::REACHED, &all).to_bits(),
                    )
                },
            )
        })
    };
    assert_eq!(study(1), study(2));
}

#[test]
fn a_cancelled_study_gives_nothing() {
    let model = Model::new(example());
    let progress = Progress::default();
    progress.cancel();
    assert!(parallel::map(&model, Detail::TOTALS, 3, &progress, |_, _| (), |_, _, _| ()).is_none());
}

#[test]
fn a_run_allocates_nothing() {
    let persons = Detail::TOTALS.with_persons();
    for detail in [Detail::TOTALS, persons, persons.with_places(), Detail::FULL] {
        let model = Model::new(enlarged(5, 2035));
        let mut workspace = Workspace::new(&model, detail);
        let mut parameters = model.parameters.clone();
        model.run(&parameters, &mut workspace);
        for value in &mut parameters {
            *value *= 1.001;
        }
        let info = allocation_counter::measure(|| model.run(&parameters, &mut workspace));
        assert_eq!(info.count_total, 0, "{detail:?}");
    }
}

#[test]
fn totals_and_full_detail_agree() {
    let scenario = enlarged(4, 2033);
    let model = Model::new(&scenario);
    let mut totals = Workspace::new(&model, Detail::TOTALS);
    let mut full = Workspace::new(&model, Detail::FULL);
    model.run(&model.parameters, &mut totals);
    model.run(&model.parameters, &mut full);
    for t in 0..model.years {
        for which in 0..stat::COUNT {
            assert!(close(
                totals.plan.over(t, which, &all),
                full.plan.over(t, which, &all),
                1e-9
            ));
        }
        assert!(close(totals.plan.year_funded(t), full.plan.year_funded(t), 1e-9));
    }
}

/// Who is reached, of every margin and between the two sides of each comparison.
fn persons(run: Run<'_>, scopes: &[Scope<'_>]) -> Vec<Option<u64>> {
    let mut bits = Vec::new();
    for t in 0..run.model.years {
        for scope in scopes {
            for measure in [Measure::Reach, Measure::Dose] {
                let of = |person| run.value(measure, Scope { person, ..*scope }, t);
                bits.extend(std::iter::once(None).chain(Person::ALL.map(Some)).map(of));
                let gaps = measure
                    .dimensions()
                    .map(|by| Indicator::Between(measure, Comparison::Gap, by));
                bits.extend(gaps.map(|gap| run.value(gap, *scope, t)));
            }
        }
    }
    bits.into_iter().map(|value| value.map(f64::to_bits)).collect()
}

/// Persons are asked for on their own, with places or without: no run at full detail is needed.
#[test]
fn persons_are_those_of_a_run_at_full_detail() {
    let in_detail = |scenario: &Scenario, detail: Detail, scopes: &[Scope<'_>]| {
        let model = Model::new(scenario);
        let mut workspace = Workspace::new(&model, detail);
        model.run(&model.parameters, &mut workspace);
        assert_eq!(workspace.plan.sums.stocks.is_kept(), detail.stocks);
        persons(Run::new(&model, &model.parameters, &workspace), scopes)
    };
    let [primary, rural, north] = [
        Scope::of(Some(Level::Primary)),
        Scope {
            locality: Some(Locality::Rural),
            ..Scope::ALL
        },
        Scope {
            region: Some("r00001"),
            ..Scope::ALL
        },
    ];
    let keeps_persons = Detail::TOTALS.with_persons();
    let scenario = enlarged(4, 2030);
    let scopes = [Scope::ALL, primary, rural, north];
    let full = in_detail(&scenario, Detail::FULL, &scopes);
    assert_eq!(in_detail(&scenario, keeps_persons.with_places(), &scopes), full);
    let unknown = |bits: &[Option<u64>]| bits.iter().filter(|bits| bits.is_none()).count();
    // Without places sums are added level by level. They are the same bits where a level is one place, and the same but for
    // rounding where it is many; localities are then not told apart.
    let scopes = [Scope::ALL, primary];
    let (one, other) = (
        in_detail(&scenario, keeps_persons, &scopes),
        in_detail(&scenario, Detail::FULL, &scopes),
    );
    let both = |(one, other): (&Option<u64>, &Option<u64>)| Some((f64::from_bits((*one)?), f64::from_bits((*other)?)));
    let told: Vec<_> = one.iter().zip(&other).filter_map(both).collect();
    assert!(told.iter().all(|(one, other)| (one - other).abs() < 1e-10), "{told:?}");
    // Five years, two scopes, two measures: a gap between rural and urban each.
    assert_eq!(unknown(&one), unknown(&other) + 5 * 2 * 2);
    let mut scenario = scenario;
    let groups = std::mem::take(&mut scenario.country.groups);
    for group in groups {
        if scenario.country.groups.iter().all(|there| there.level != group.level) {
            scenario.country.groups.push(group);
        }
    }
    let of = |detail| in_detail(&scenario, detail, &scopes);
    assert_eq!(of(keeps_persons), of(Detail::FULL));
}

/// What it costs to do it all is told of a run of any detail once that was asked, and of no earlier run.
#[test]
fn a_run_paid_in_full_is_lent_to_a_study() {
    let scenario = enlarged(3, 2030);
    let whole = simulate(&scenario);
    let model = Model::new(&scenario);
    let mut workspace = Workspace::new(&model, Detail::TOTALS);
    let p = &model.parameters;
    for _ in 0..2 {
        model.run(p, &mut workspace);
        let of = |run: Run<'_>, measure: Measure| run.by(measure, Scope::ALL, model.years - 1);
        assert_eq!(of(Run::new(&model, p, &workspace), Measure::CostFull), None);
        model.pay_in_full(p, &mut workspace);
        for measure in Measure::ALL {
            let (one, other) = (
                of(Run::new(&model, p, &workspace), *measure),
                of(whole.lend(), *measure),
            );
            match (one, other) {
                (Some(one), Some(other)) => assert!(close(one, other, 1e-8), "{measure:?}: {one} is not {other}"),
                (one, other) => assert_eq!(one, other, "{measure:?}"),
            }
        }
    }
    let again = allocation_counter::measure(|| {
        model.run(p, &mut workspace);
        model.pay_in_full(p, &mut workspace);
    });
    assert_eq!(again.count_total, 0);
}

#[test]
fn a_workspace_used_before_gives_the_same_bits_as_a_new_one() {
    let model = Model::new(example());
    let mut used = Workspace::new(&model, Detail::FULL);
    let other: Vec<f64> = model.parameters.iter().map(|value| value * 0.95).collect();
    model.run(&other, &mut used);
    model.run(&model.parameters, &mut used);
    let mut fresh = Workspace::new(&model, Detail::FULL);
    model.run(&model.parameters, &mut fresh);
    for t in 0..model.years {
        assert_eq!(used.plan.year_need(t).to_bits(), fresh.plan.year_need(t).to_bits());
        assert_eq!(
            used.plan.over(t, stat::REACHED, &all).to_bits(),
            fresh.plan.over(t, stat::REACHED, &all).to_bits()
        );
    }
}

/// A study moves a lever from nothing and back in the room of one run: a share of the national part hangs on who has any.
#[test]
fn a_lever_that_comes_from_nothing_and_goes_back_leaves_no_trace() {
    let mut scenario = example();
    scenario.plan.systems = Some(SystemsPlan {
        users: Lever::everywhere(YearPath::constant(0.0)),
    });
    scenario.plan.governance = Some(GovernancePlan {
        staffed: Lever::everywhere(YearPath::constant(0.0)),
    });
    let model = Model::new(&scenario);
    let parameters = scenario.parameters();
    for path in [
        "plan.support.help_desk",
        "plan.systems.users",
        "plan.governance.staffed",
    ] {
        let Some(known) = parameters.list.iter().find(|known| known.path == path) else {
            panic!("{path}");
        };
        let cost = |p: &[f64], workspace: &mut Workspace| {
            model.run(p, workspace);
            (1..model.years).map(|t| workspace.plan.year_need(t)).sum::<f64>()
        };
        let at = |value: f64| {
            let mut p = model.parameters.clone();
            p[known.places()].fill(value);
            p
        };
        let mut used = Workspace::new(&model, Detail::TOTALS);
        let there: Vec<f64> = [0.0, 0.5, 0.0].map(|value| cost(&at(value), &mut used)).to_vec();
        for (value, cost_there) in [0.0, 0.5, 0.0].into_iter().zip(&there) {
            let fresh = cost(&at(value), &mut Workspace::new(&model, Detail::TOTALS));
            assert_eq!(fresh.to_bits(), cost_there.to_bits(), "{path} {value}");
        }
        assert!(there[1] > there[0], "{path} {there:?}");
    }
}

#[test]
fn a_parameter_vector_is_a_scenario_that_can_be_saved() {
    let scenario = example();
    let model = Model::new(&scenario);
    let mut draw = model.parameters.clone();
    let parameters = scenario.parameters();
    assert_eq!(parameters.values, draw);
    let price = parameters.find("prices.power.solar_watt").expect("a price").place;
    assert_eq!(price, model.slots.prices.power.solar_watt.0 as usize);
    draw[price] = 2.0;
    let saved = scenario.with(&draw);
    assert!(close(saved.prices.power.solar_watt.value, 2.0, 0.0));
    assert_eq!(Model::new(&saved).parameters, draw);
    assert_eq!(scenario.with(&model.parameters), scenario);
}

#[test]
fn nobody_is_reached_who_is_not_there_and_margins_average_to_the_headline() {
    let run = simulate(example());
    let plan = &run.run.plan;
    for t in 0..plan.years {
        let reached = plan.over(t, stat::REACHED, &all);
        for dimension in [Dimension::Sex, Dimension::Wealth, Dimension::Disability] {
            let persons = Person::ALL.into_iter().filter(|person| person.dimension() == dimension);
            let by_person: f64 = persons
                .map(|person| plan.persons(t, person, OfPersons::Reached, &all))
                .sum();
            assert!(close(by_person, reached, 1e-9), "{dimension} {by_person} {reached}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Random scenarios inside the allowed ranges: nothing panics and everything adds up.
    #[test]
    fn identities_hold_on_random_scenarios(seed in proptest::collection::vec(0.0f64..1.0, 64), order in 0usize..5, money in 0.0f64..3.0, horizon in 2028i32..2041) {
        let mut scenario = example();
        scenario.horizon = horizon;
        scenario.plan.order = Order::ALL[order];
        let mut at = 0;
        scenario.walk_mut("", &ROOT, &mut |path, field, leaf| {
            let u = seed[at % seed.len()];
            at += 1;
            if let LeafMut::Number(number) = leaf {
                if path.starts_with("prices") || path.starts_with("evidence.") || path.starts_with("country.people") {
                    let (low, high) = number.passport(field).low.zip(number.passport(field).high).unwrap_or((number.value * 0.5, number.value * 1.5));
                    number.value = (low + (high - low) * u).clamp(field.within.0, field.within.1);
                } else if path.ends_with("commitment") {
                    number.value *= money;
                }
            }
        });
        assert_identities(&simulate(&scenario));
    }
}

/// More groups than one chunk holds, told apart by region, served one by one.
fn in_chunks() -> Scenario {
    let mut scenario = enlarged(1_100, 2029);
    scenario.plan.order = Order::PoorestFirst;
    scenario.funding.sources[0].regions = vec!["r00003".into(), "r01099".into()];
    scenario
}

#[test]
fn chunks_give_the_same_bits_on_one_thread_and_on_two() {
    let model = Model::new(in_chunks());
    let values = |workspace: Workspace| {
        let mut ws = workspace;
        model.run(&model.parameters, &mut ws);
        fingerprint(&ws)
    };
    let workspace = || Workspace::new(&model, Detail::FULL);
    let one_by_one = values(workspace());
    assert_eq!(values(workspace().with(parallel::each)), one_by_one);
    // Inside a study's thread one chunk follows the other.
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a thread");
    assert_eq!(pool.install(|| values(workspace().with(parallel::each))), one_by_one);
}

#[test]
fn the_command_line_and_the_window_run_a_large_country_on_several_threads() {
    use std::collections::BTreeSet;
    use std::sync::Mutex;
    static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let model = Model::new(in_chunks());
    let watched: rollcall::model::Each = |chunks, work| {
        parallel::each(chunks, &|chunk| {
            let here = format!("{:?}", std::thread::current().id());
            SEEN.lock().expect("no panic before").insert(here);
            // One thread could be through with all parts before another has woken.
            let start = std::time::Instant::now();
            while SEEN.lock().expect("no panic before").len() < 2 && start.elapsed().as_secs() < 5 {
                std::thread::yield_now();
            }
            work(chunk);
        });
    };
    let mut ws = Workspace::new(&model, Detail::TOTALS).with(watched);
    model.run(&model.parameters, &mut ws);
    let seen = SEEN.lock().expect("no panic").len();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    assert!(seen > 1 || threads == 1, "{seen} of {threads} threads");
    let (one, many) = (simulate(in_chunks()), parallel::simulate(in_chunks()));
    assert_eq!(fingerprint(&one.run), fingerprint(&many.run));
}

#[test]
fn chunks_and_places_keep_all_identities() {
    assert_identities(&simulate(in_chunks()));
}

fn fingerprint(ws: &Workspace) -> Vec<u64> {
    let mut bits = Vec::new();
    for pass in [&ws.twin, &ws.plan] {
        for t in 0..pass.years {
            bits.extend(Cell::all().flat_map(|at| [pass.need(t, at).to_bits(), pass.funded(t, at).to_bits()]));
            bits.extend((0..stat::COUNT).map(|which| pass.over(t, which, &all).to_bits()));
            bits.extend((0..pass.grades).map(|grade| pass.theta(t, grade).to_bits()));
            for (line, _) in LineId::all() {
                bits.extend(
                    pass.bins()
                        .map(|bin| (pass.quantity(t, line, bin) * pass.price(t, line, bin)).to_bits()),
                );
            }
        }
    }
    let money = &ws.money;
    for t in 1..ws.plan.years {
        for s in money.ids() {
            let book = money.of(t, s);
            bits.extend([book.spent, book.carried_in, book.lapsed, book.returned].map(|amount| amount.0.to_bits()));
        }
    }
    bits
}

#[test]
fn a_workspace_remembers_nothing_that_has_changed() {
    remembers_nothing(&enlarged(3, 2033));
    // Places told apart, and years in which money flows but the plan does not act yet.
    let mut scenario = enlarged(3, 2033);
    scenario.plan_from = 2028;
    scenario.funding.sources[0].levels = vec![rollcall::scenario::Level::Primary];
    remembers_nothing(&scenario);
}

fn remembers_nothing(scenario: &Scenario) {
    let model = Model::new(scenario);
    let fresh = |p: &[f64]| {
        let mut ws = Workspace::new(&model, Detail::FULL);
        model.run(p, &mut ws);
        fingerprint(&ws)
    };
    let mut used = Workspace::new(&model, Detail::FULL);
    let mut p = model.parameters.clone();
    // All numbers in turn, in strides that reach levers, prices, shares, counts and money, back and forth.
    for step in 0..60 {
        let index = (step * 97) % p.len();
        let kept = p[index];
        for factor in [1.01, 1.0] {
            p[index] = kept * factor;
            model.run(&p, &mut used);
            assert_eq!(fingerprint(&used), fresh(&p), "parameter {index} times {factor}");
        }
    }
}

#[test]
fn a_matching_grant_pays_only_beside_its_counterpart() {
    let mut scenario = example();
    let grant = scenario
        .funding
        .sources
        .iter()
        .position(|source| matches!(source.kind, SourceKind::Grant(_)))
        .expect("a grant");
    let ministry = scenario
        .funding
        .sources
        .iter()
        .position(|source| matches!(source.kind, SourceKind::DomesticBudget(_)))
        .expect("a budget");
    scenario.funding.sources[grant].matching = Some(Quantity::new(0.5));
    scenario.funding.sources[grant].counterpart = scenario.funding.sources[ministry].name.clone();
    let run = simulate(&scenario);
    assert_identities(&run);
    let spent = |run: &Trajectory, s: usize| {
        (1..run.run.plan.years)
            .map(|t| run.run.money.of(t, SourceId::listed(s)).spent.0)
            .sum::<f64>()
    };
    assert!(spent(&run, grant) > 0.0);
    for t in 1..run.run.plan.years {
        let [given, matched] = [grant, ministry].map(|s| run.run.money.of(t, SourceId::listed(s)).spent.0);
        assert!(matched >= 0.5 * given - 0.01, "{t}: {matched} beside {given}");
    }
    // No counterpart, no grant.
    scenario.funding.sources[ministry].kind = budget(0.0);
    assert!(spent(&simulate(&scenario), grant) < 0.01);
}

#[test]
fn what_is_new_is_in_service_though_nobody_pays_for_upkeep() {
    // A donor who pays for what is new and nothing else: the year in which it is set up is paid with it.
    let mut scenario = example();
    scenario.funding.existing = Quantity::new(0.0);
    scenario.funding.sources.truncate(1);
    let source = &mut scenario.funding.sources[0];
    source.kind = budget(1e12);
    source.needs = vec![rollcall::scenario::Need::Expansion];
    let run = simulate(&scenario);
    let plan = &run.run.plan;
    let linked = |t: usize| plan.over(t, stat::LINKED_RAW, &all);
    let links = stock("connected schools");
    let new = |t: usize| plan.bins().map(|bin| plan.flow(t, links, bin, 0)).sum::<f64>();
    for t in 1..plan.years {
        assert!(new(t) > 0.0);
        assert!(
            close(linked(t), new(t), 1e-9),
            "{t}: {} in service of {} new",
            linked(t),
            new(t)
        );
    }
}

#[test]
fn a_source_for_a_level_that_is_not_there_pays_nothing() {
    let mut scenario = example();
    let grant = scenario
        .funding
        .sources
        .iter()
        .position(|source| matches!(source.kind, SourceKind::Grant(_)))
        .expect("a grant");
    let spent = |scenario: &Scenario| simulate(scenario).run.money.of(1, SourceId::listed(grant)).spent.0;
    assert!(spent(&scenario) > 0.0);
    scenario.funding.sources[grant].levels = vec![rollcall::scenario::Level::UpperSecondary];
    assert!(spent(&scenario).abs() < 1e-9);
}

#[test]
fn a_run_in_the_room_of_another_is_the_same() {
    let start = example();
    let changes: [fn(&mut Scenario); 6] = [
        |scenario| scenario.plan.training.as_mut().expect("training").days.value += 2.0,
        |scenario| scenario.funding.sources.clear(),
        |scenario| scenario.country.groups[0].learners.value *= 1.5,
        |scenario| scenario.horizon += 2,
        |scenario| scenario.plan.order = Order::PoorestFirst,
        |_| {},
    ];
    let tables = |run: &Trajectory| {
        [tables::indicators, tables::costs, tables::funding, tables::stocks].map(|write| tables::bytes(write, run))
    };
    let mut earlier = None;
    for change in changes {
        let mut scenario = start.clone();
        change(&mut scenario);
        let again = parallel::simulate_again(earlier, &scenario);
        assert!(
            tables(&again) == tables(&simulate(&scenario)),
            "another run leaves something behind"
        );
        earlier = Some(again);
    }
}

#[test]
fn everybody_who_leaves_takes_along_what_was_learned() {
    // By hand from learners and gains grade by grade: who is not in a grade any more left it; what he or she had learned by
    // the year before counts over 0.8, and so does what those have who sit in school.
    let run = simulate(example());
    let (demand, plan, twin) = (&run.run.demand, &run.run.plan, &run.run.twin);
    let beyond = |t: usize, grade: usize| (plan.theta(t, grade) - twin.theta(t, grade)) / 0.8;
    let mut left = 0.0;
    for t in 1..run.model.years {
        for (level, table) in run.model.levels.iter().enumerate() {
            let step = demand.progression[level];
            for grade in 0..table.grades {
                let at = table.first_grade + grade;
                let before = demand.in_grade(t - 1, at);
                // Who is neither promoted nor repeats drops out; of the promoted of a last grade some do not go on.
                let mut gone = before - (step.promotion + step.repetition) * before;
                if grade + 1 == table.grades {
                    let graduates = step.promotion * before;
                    let on = if at + 1 < run.model.grades {
                        demand.in_grade(t, at + 1)
                            - demand.progression[level + 1].repetition * demand.in_grade(t - 1, at + 1)
                    } else {
                        0.0
                    };
                    gone += (graduates - on).max(0.0);
                }
                left += gone * beyond(t - 1, at);
            }
        }
        let enrolled: f64 = (0..run.model.grades)
            .map(|grade| demand.in_grade(t, grade) * beyond(t, grade))
            .sum();
        let said = |code| national(run.lend(), t, code);
        assert!(
            close(said("lays_left"), left, 1e-6),
            "{t}: {} {left}",
            said("lays_left")
        );
        assert!(close(said("lays_enrolled"), enrolled, 1e-9), "{t}");
        assert!(close(said("lays_gained"), left + enrolled, 1e-6), "{t}");
    }
    assert!(left > 100.0);
}

#[test]
fn present_value_and_equal_payments() {
    // At 3 %: each year's cost over 1.03 to the power of the years since the base year; four equal payments with that value.
    let run = simulate(example());
    let years = run.model.years;
    let full = |t: usize| run.in_full().year_need(t) - run.run.twin.year_need(t);
    let present: f64 = (1..years)
        .map(|t| full(t) / 1.03f64.powi(i32::try_from(t).expect("small")))
        .sum();
    let of = |code: &str| {
        let indicator = Indicator::from_code(code).expect("a code");
        run.lend().over(indicator, Scope::ALL, 1..years).expect("a value")
    };
    assert!(
        close(of("cost_present"), present, 1e-9),
        "{} {present}",
        of("cost_present")
    );
    // The annuity factor of four years at 3 % is 3.7171.
    assert!(
        close(of("cost_annual"), present / 3.717_098_4, 1e-6),
        "{}",
        of("cost_annual")
    );
}
