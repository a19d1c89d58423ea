//! Inclusion: what learners with a difficulty need, adapted schools, programmes for girls; by hand, unpaid, by person.

use rollcall::data::baseline;
use rollcall::data::pack::Pack;
use rollcall::data::starter::new_scenario;
use rollcall::model::{Cell, OfPersons, Trajectory, ledger, simulate, stat};
use rollcall::report::cases::{PROVIDED, provided_each};
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::person::{Dimension, Disability, Person, Sex};
use rollcall::scenario::plan::{InclusionPlan, Order};
use rollcall::scenario::{Component, Level, Lever, Locality, Need, Quantity, Scenario, SourceKind, YearPath};

use crate::access::paid;

fn path(from: f64, to: f64) -> Lever {
    Lever::everywhere(YearPath::of(&[(2026, from), (2027, to)]))
}

fn nothing() -> Lever {
    Lever::everywhere(YearPath::constant(0.0))
}

/// The example, all paid for, with these levers.
fn with(assistive: Lever, adapted: Lever, girls: Lever) -> Scenario {
    let mut scenario = paid();
    scenario.plan.inclusion = Some(InclusionPlan {
        assistive,
        adapted,
        girls,
    });
    scenario
}

/// Quantity and amount of a category in rural primary schools.
fn line(run: &Trajectory, year: i32, category: &str, need: Need) -> (f64, f64) {
    ledger::costs_in_full(run)
        .filter(|row| row.year == year && (row.level, row.locality) == (Level::Primary, Locality::Rural))
        .filter(|row| row.line.component == Component::Inclusion)
        .filter(|row| row.line.category == category && row.line.need == need)
        .fold((0.0, 0.0), |(quantity, amount), row| {
            (quantity + row.quantity, amount + row.amount().0)
        })
}

fn near(ours: f64, by_hand: f64) {
    assert!(
        (ours - by_hand).abs() <= 3e-6 * by_hand.abs(),
        "{ours}, by hand {by_hand}"
    );
}

fn value(run: &Trajectory, measure: Measure, t: usize) -> f64 {
    run.lend().value(measure, Scope::ALL, t).expect("a value")
}

fn of(person: Person) -> Scope<'static> {
    Scope {
        person: Some(person),
        ..Scope::ALL
    }
}

#[test]
fn the_worked_numbers_of_inclusion() {
    let run = simulate(with(path(0.1, 0.3), path(0.2, 0.5), path(0.0, 0.5)));
    // 0.55 of 2,016,440 learners of primary school, an eighth with a difficulty, a fifth more of whom are to have what they need.
    let learners = 0.55 * 2_016_440.0;
    let more = learners * 0.125 * 0.2;
    let each = 0.08 * (579.0 + 258.0 + 175.0 + 1.15 * 180.0) + 0.24 * 20.0;
    let new = |category| line(&run, 2027, category, Need::Expansion);
    near(new("packages for seeing").0, 0.08 * more);
    near(new("packages for hearing").1, 0.08 * more * 258.0);
    near(new("packages for moving").1, 0.08 * more * 175.0);
    // A tablet is a device: 15 % dearer in 2027.
    near(new("packages for communicating").1, 0.08 * more * 1.15 * 180.0);
    near(new("packages for learning").1, 0.24 * more * 20.0);
    near(new("psychosocial packages").0, 0.44 * more);
    near(new("fitting").1, 0.2 * more * each);
    near(new("upkeep of packages").1, 0.15 * more * each / 2.0);
    near(new("specialist teachers").0, more / 76.0 / 2.0);
    near(new("specialist teachers").1, more / 76.0 / 2.0 * 2.0 * 1_280.0);
    near(new("accessible titles").1, 36.0 * 0.55 * 2_000.0);
    near(new("adapted schools").1, 0.3 * 6_000.0 * 6_000.0);
    near(new("upkeep of adapted schools").1, 0.3 * 6_000.0 * 120.0 / 2.0);
    near(new("programmes for girls").1, 0.49 * learners * 0.25 * 6.4);
    near(
        line(&run, 2028, "packages for seeing", Need::Renewal).0,
        0.08 * more / 5.0,
    );
    near(
        line(&run, 2028, "accessible titles", Need::Renewal).0,
        36.0 * 0.55 / 5.0,
    );
    near(line(&run, 2028, "specialist teachers", Need::Upkeep).0, more / 76.0);
    // All of it is there at the end of the year, and use follows: 0.5 + 0.5 · 0.3 of that by others.
    near(value(&run, Measure::Assistive, 1), 0.3);
    near(value(&run, Measure::AdaptedSchools, 1), 0.5);
    near(value(&run, Measure::GirlsProgramme, 1), 0.5);
    let [with, without] = [Disability::With, Disability::Without].map(|side| {
        run.lend()
            .value(Measure::Reach, of(Person::Disability(side)), 1)
            .expect("reach")
    });
    assert!(with < without && with > 0.0, "{with} {without}");
    let rural = Scope {
        level: Some(Level::Primary),
        locality: Some(Locality::Rural),
        ..of(Person::Disability(Disability::With))
    };
    let other = Scope {
        person: Some(Person::Disability(Disability::Without)),
        ..rural
    };
    let reach = |scope| run.lend().value(Measure::Reach, scope, 1).expect("reach");
    near(reach(rural) / reach(other), 0.65);
}

#[test]
fn without_these_levers_nothing_differs_and_today_costs_nothing() {
    let (none, levers) = (simulate(paid()), simulate(with(nothing(), nothing(), nothing())));
    for t in 0..none.model.years {
        for measure in [
            Measure::Reach,
            Measure::Dose,
            Measure::Assistive,
            Measure::AdaptedSchools,
        ] {
            assert_eq!(
                value(&none, measure, t).to_bits(),
                value(&levers, measure, t).to_bits(),
                "{measure:?} {t}"
            );
        }
        near(value(&none, Measure::Assistive, t), 0.1);
        near(value(&none, Measure::AdaptedSchools, t), 0.2);
        for pass in [&levers.run.plan, &levers.run.twin] {
            assert_eq!(pass.component_need(t, Component::Inclusion), 0.0);
        }
        assert_eq!(
            none.run.plan.year_need(t).to_bits(),
            levers.run.plan.year_need(t).to_bits()
        );
    }
}

#[test]
fn what_is_not_funded_is_not_provided() {
    // Nobody but the existing budget, which pays for nothing new.
    let mut scenario = with(path(0.1, 0.6), path(0.2, 0.9), path(0.0, 0.8));
    scenario.evidence.girls_effect = Quantity::new(0.05);
    scenario.funding.sources.clear();
    let run = simulate(&scenario);
    let mut none = scenario.clone();
    none.plan.inclusion = None;
    let none = simulate(&none);
    for t in 0..run.model.years {
        near(value(&run, Measure::Assistive, t), 0.1);
        near(value(&run, Measure::AdaptedSchools, t), 0.2);
        assert_eq!(value(&run, Measure::GirlsProgramme, t), 0.0);
        assert_eq!(run.run.plan.component_need(t, Component::Inclusion) > 0.0, t > 0);
        // What manages it is asked of the existing budget too, which is a hair.
        let [with, without] = [&run, &none].map(|run| value(run, Measure::Reach, t));
        assert!((with / without - 1.0).abs() < 1e-3, "{with} {without}");
    }
    // Half of what it asks for in each class of 2027: half of what is wanted beyond today.
    let mut half = with(path(0.1, 0.6), nothing(), nothing());
    let mut other = half.funding.sources[0].clone();
    let rest = Component::ALL.iter().filter(|one| **one != Component::Inclusion);
    other.name = "inclusion alone".into();
    half.funding.sources[0].components = rest.copied().collect();
    other.components = vec![Component::Inclusion];
    let full = simulate(&half);
    assert_eq!(value(&full, Measure::Assistive, 1).to_bits(), 0.1f64.to_bits());
    let need = full.run.plan.component_need(1, Component::Inclusion);
    if let SourceKind::DomesticBudget(terms) = &mut other.kind {
        terms.amount = Some(YearPath::of(&[(2027, 0.5 * need), (2028, 0.0)]));
    }
    other.absorption = Some(Quantity::new(1.0));
    half.funding.sources.push(other);
    half.plan.management = None;
    half.plan.order = Order::Proportional;
    let run = simulate(&half);
    let (funded, needed): (f64, f64) = Need::ALL
        .iter()
        .map(|need| Cell::of(Component::Inclusion, *need))
        .map(|at| (run.run.plan.funded(1, at), run.run.plan.need(1, at)))
        .fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    assert!(funded > 0.2 * needed && funded < 0.6 * needed, "{funded} of {needed}");
    near(value(&run, Measure::Assistive, 1), 0.1 + 0.5 * funded / needed);
    // The next year has no money for teachers and batteries but what the existing budget spares: of what was bought a part stands and
    // helps nobody.
    let [then, next] = [1, 2].map(|t| value(&run, Measure::Assistive, t));
    assert!(next > 0.1 && next < then - 0.02, "{next} after {then}");
}

#[test]
fn use_rises_with_what_is_provided_and_by_a_stated_effect_alone() {
    let reach = |scenario: &Scenario, person| {
        let run = simulate(scenario);
        let t = run.model.years - 1;
        run.lend().value(Measure::Reach, of(person), t).expect("reach")
    };
    let (with_disability, girls) = (Person::Disability(Disability::With), Person::Sex(Sex::Female));
    let (none, provided) = (paid(), with(path(0.1, 0.8), nothing(), nothing()));
    // 0.5 + 0.5 · 0.8 over 0.5 + 0.5 · 0.1.
    near(
        reach(&provided, with_disability) / reach(&none, with_disability),
        0.9 / 0.55,
    );
    // Who has no effect stated gets none.
    let mut programme = with(nothing(), nothing(), path(0.0, 0.6));
    near(reach(&programme, girls) / reach(&none, girls), 1.0);
    programme.evidence.girls_effect = Quantity::new(0.05);
    near(
        reach(&programme, girls) / reach(&none, girls),
        (0.95 + 0.05 * 0.6) / 0.95,
    );
    // Girls use what is there no more than boys do.
    programme.evidence.girls_effect = Quantity::new(0.5);
    near(
        reach(&programme, girls) / reach(&none, girls),
        (0.95 + 0.05 * 0.6) / 0.95,
    );
}

#[test]
fn margins_add_up_and_groups_can_be_split_and_permuted() {
    let mut scenario = with(path(0.1, 0.5), path(0.2, 0.7), path(0.0, 0.4));
    scenario.evidence.girls_effect = Quantity::new(0.04);
    if let Some(plan) = &mut scenario.plan.inclusion {
        plan.assistive = plan
            .assistive
            .clone()
            .but(Level::LowerSecondary, YearPath::of(&[(2026, 0.1), (2029, 0.9)]));
    }
    scenario.plan.order = Order::Proportional;
    let run = simulate(&scenario);
    let plan = &run.run.plan;
    for t in 0..run.model.years {
        for (which, total) in [(OfPersons::Reached, stat::REACHED), (OfPersons::Dose, stat::DOSE)] {
            let total = plan.over(t, total, &|_| true);
            for dimension in [Dimension::Sex, Dimension::Wealth, Dimension::Disability] {
                let persons = Person::ALL.into_iter().filter(|person| person.dimension() == dimension);
                let sum: f64 = persons.map(|person| plan.persons(t, person, which, &|_| true)).sum();
                assert!(
                    (sum - total).abs() <= 1e-12 * total.max(1.0),
                    "{t} {dimension}: {sum} {total}"
                );
            }
        }
    }
    // One group in three parts, in another order.
    let mut split = scenario.clone();
    let first = split.country.groups.remove(1);
    for part in [0.5, 0.3, 0.2] {
        let mut group = first.clone();
        group.size_class = format!("{part}");
        for count in [&mut group.schools, &mut group.learners, &mut group.teachers] {
            count.value *= part;
        }
        split.country.groups.push(group);
    }
    split.country.groups.reverse();
    let split = simulate(&split);
    for t in 0..run.model.years {
        for measure in [
            Measure::Reach,
            Measure::Assistive,
            Measure::AdaptedSchools,
            Measure::GirlsProgramme,
        ] {
            near(value(&split, measure, t), value(&run, measure, t));
        }
        let [ours, theirs] = [&run, &split].map(|run| run.run.plan.component_need(t, Component::Inclusion));
        assert!((ours - theirs).abs() <= 1e-9 * ours.max(1.0), "{ours} {theirs}");
    }
}

#[test]
fn a_learner_provided_costs_about_what_india_paid() {
    let india = PROVIDED.last().expect("a case").per_learner_year[0];
    let page = include_str!("../../docs/src/inclusion.md");
    for (iso3, name) in [("SEN", "Senegal"), ("IND", "India")] {
        let country = baseline::country(&Pack::embedded(), iso3, false).expect("a country");
        let mut scenario = new_scenario(country);
        scenario.plan.inclusion = Some(InclusionPlan {
            assistive: Lever::everywhere(YearPath::of(&[(2026, 0.1), (2028, 0.5)])),
            adapted: nothing(),
            girls: nothing(),
        });
        let run = simulate(&scenario);
        let each = provided_each(&run).expect("learners who are provided");
        println!("{each:.1} in {name}");
        // In steady years at today's income; India paid US$ 70 in 2018-19, 88 in dollars of 2025.
        assert!(each > 0.5 * india && each < 2.5 * india, "{name}: {each}");
        let told = format!("{each:.0} in {name}");
        assert!(page.contains(&told), "the book does not say “{told}”");
    }
}

/// Births fall from 800 000 to 300 000, and learners with them: what ends is replaced as far as it is needed, so that four in ten are
/// provided and no more.
#[test]
fn where_learners_become_fewer_no_package_too_many_is_replaced() {
    let mut scenario = with(path(0.1, 0.4), nothing(), nothing());
    scenario.country.births = YearPath::of(&[(2000, 800_000.0), (2018, 800_000.0), (2026, 300_000.0)]);
    let run = simulate(scenario);
    let learners = |t: usize| run.run.plan.over(t, stat::LEARNERS, &|_| true);
    let last = run.model.years - 1;
    assert!(
        learners(last) < 0.97 * learners(1),
        "{} {}",
        learners(1),
        learners(last)
    );
    for t in 1..=last {
        near(value(&run, Measure::Assistive, t), 0.4);
    }
}
