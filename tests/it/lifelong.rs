//! Courses for youth, adults and children out of school, and what they and school do for ICT skills: by hand, unpaid, by sex.

use rollcall::model::{Trajectory, ledger, simulate, stat};
use rollcall::scenario::check;
use rollcall::scenario::field::ROOT;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::person::{Person, Sex};
use rollcall::scenario::places::Places;
use rollcall::scenario::plan::{HomeAccessPlan, LifelongPlan, Order};
use rollcall::scenario::registry::Entry;
use rollcall::scenario::{Component, Lever, Locality, Need, Quantity, Scenario, YearPath};

use crate::access::paid;

fn path(from: f64, to: f64) -> Lever {
    Lever::everywhere(YearPath::of(&[(2026, from), (2027, to)]))
}

fn always(share: f64) -> Lever {
    Lever::everywhere(YearPath::constant(share))
}

/// The example with a published value of each kind, and as many people as it takes for 12 million of 25 and older.
fn known() -> Scenario {
    let mut scenario = paid();
    let skills = &mut scenario.country.skills;
    (skills.copy_move, skills.copy_move_youth) = (Some(Quantity::new(0.2)), Some(Quantity::new(0.3)));
    (skills.copy_move_women, skills.copy_move_men) = (Some(Quantity::new(0.16)), Some(Quantity::new(0.24)));
    (skills.participation_youth, skills.participation_adults) = (Some(Quantity::new(0.4)), Some(Quantity::new(0.05)));
    scenario.country.population.total = Some(YearPath::constant(24_000_000.0));
    scenario
}

/// A tenth of the children out of school, a twentieth of youth, a fiftieth of adults, six in ten at a centre.
fn with_courses(mut scenario: Scenario) -> Scenario {
    scenario.plan.lifelong = Some(LifelongPlan {
        children: path(0.0, 0.1),
        youth: path(0.0, 0.05),
        adults: path(0.0, 0.02),
        at_centre: always(0.6),
        vocational: always(0.25),
        recognised: always(0.5),
        women: Quantity::new(0.6),
        ..LifelongPlan::absent(&ROOT)
    });
    scenario
}

/// Quantity and amount of a category.
fn line(run: &Trajectory, year: i32, category: &str, need: Need) -> (f64, f64) {
    ledger::costs_in_full(run)
        .filter(|row| row.year == year && row.line.component == Component::Lifelong)
        .filter(|row| row.line.category == category && row.line.need == need)
        .fold((0.0, 0.0), |(quantity, amount), row| {
            (quantity + row.quantity, amount + row.amount().0)
        })
}

fn near(ours: f64, by_hand: f64) {
    assert!(
        (ours - by_hand).abs() <= 3e-6 * by_hand.abs().max(1e-9),
        "{ours}, by hand {by_hand}"
    );
}

fn value(run: &Trajectory, measure: Measure, t: usize) -> f64 {
    run.lend().value(measure, Scope::ALL, t).expect("a value")
}

fn of(sex: Sex) -> Scope<'static> {
    Scope {
        person: Some(Person::Sex(sex)),
        ..Scope::ALL
    }
}

/// Births of the example: 400,000 in 2000, 500,000 in 2026, level before 2000.
fn born(year: i32) -> f64 {
    400_000.0
        + 100_000.0 * f64::from((year - 2000).clamp(0, 26)) / 26.0
        + 20_000.0 * f64::from((year - 2026).max(0)) / 14.0
}

/// Youth and adults of a year: no population by age is published, so people of an age are the births of their year.
fn people(year: i32) -> [f64; 2] {
    let aged = |ages: std::ops::Range<i32>| -> f64 { ages.map(|age| born(year - age)).sum() };
    [aged(15..25), 24_000_000.0 - aged(0..25)]
}

#[test]
fn the_worked_numbers_of_lifelong_learning() {
    let run = simulate(with_courses(known()));
    let [youth, adults] = people(2027);
    println!("{youth} youth, {adults} adults");
    // Children out of school: their share, which moves with enrolment, of the people of the ages.
    let children: f64 = run
        .model
        .levels
        .iter()
        .map(|table| {
            let of = |measure, t| {
                run.lend()
                    .value(measure, Scope::of(Some(table.level)), t)
                    .expect("a value")
            };
            of(Measure::OutOfSchool, 1) * of(Measure::Learners, 1) / of(Measure::GrossEnrolment, 1)
        })
        .sum();
    println!("{children} children");
    let learners = 0.1 * children + 0.05 * youth + 0.02 * adults;
    let (online, centre) = (0.4 * learners, 0.6 * learners);
    let completed = 0.15 * online + 0.65 * centre;
    let new = |category| line(&run, 2027, category, Need::Expansion);
    println!("{learners} learners, {completed} complete");
    near(new("learners online").0, online);
    near(new("learners online").1, 3.39 * online);
    let income = new("learners at centres").1 / centre / 0.0018;
    println!("GDP per person {income}");
    near(new("learners at centres").0, centre);
    near(new("vocational courses").1, 0.25 * learners * 0.05 * income);
    near(new("certificates").0, 0.5 * completed);
    near(new("certificates").1, 0.5 * completed * 1.5);
    near(new("courses out of school").1, 20.0 * 20_000.0);
    near(new("quality assurance").1, 0.5 * 20.0 * 1_000.0 / 2.0);
    near(new("seats at centres").0, centre / 6.0);
    near(new("seats at centres").1, centre / 6.0 * 25.0);
    near(new("upkeep of seats").1, centre / 6.0 * 3.75 / 2.0);
    near(line(&run, 2028, "courses out of school", Need::Renewal).0, 20.0 / 3.0);
    near(line(&run, 2028, "quality assurance", Need::Upkeep).0, 0.5 * 20.0);
    // Seats last five years: those of 2027 are renewed in 2032, beyond the plan.
    near(line(&run, 2030, "seats at centres", Need::Renewal).0, 0.0);
    near(value(&run, Measure::LifelongParticipants, 1), learners);
    near(value(&run, Measure::LifelongCompleted, 1), completed);
    near(value(&run, Measure::LifelongCertified, 1), 0.5 * completed);
    near(value(&run, Measure::LifelongVocational, 1), 0.25 * learners);
    let women = run
        .lend()
        .value(Measure::LifelongParticipants, of(Sex::Female), 1)
        .expect("women");
    near(women, 0.6 * learners);
    // Four in ten youth took part before, and one in twenty adults.
    near(value(&run, Measure::ParticipationYouth, 1), 0.4 + 0.6 * 0.05);
    near(value(&run, Measure::ParticipationAdults, 1), 0.05 + 0.95 * 0.02);
    near(value(&run, Measure::ParticipationYouth, 0), 0.4);
    // Adults who complete: 0.02 · (0.4 · 0.15 + 0.6 · 0.65) of them, half of whom are taught, if they could not before: 0.6 of
    // them women, of whom 0.16 could, 0.4 men, of whom 0.24 could. And a twentieth of youth, of whom 0.3 could, in one year.
    let completes = 0.4 * 0.15 + 0.6 * 0.65;
    let grown = 0.02 * adults * completes * 0.5 * (0.6 * 0.84 + 0.4 * 0.76);
    let young = 0.05 * youth * completes * 0.5 * 0.7;
    // Children of lower secondary school, 12 to 15, are youth when they are 15.
    let run_of = |scenario: &mut Scenario| {
        let plan = scenario.plan.lifelong.as_mut().expect("courses");
        plan.children = always(0.0);
    };
    let mut without_children = with_courses(known());
    run_of(&mut without_children);
    let mut none = without_children.clone();
    none.plan.lifelong = None;
    let [with, none] = [&without_children, &none].map(simulate);
    let added = |measure| value(&with, measure, 1) - value(&none, measure, 1);
    near(added(Measure::CopyMoveYouth), young / youth);
    near(added(Measure::CopyMove), (young + grown) / (youth + adults));
    println!(
        "added to youth {}, to all {}",
        added(Measure::CopyMoveYouth),
        added(Measure::CopyMove)
    );
    let women = |run: &Trajectory| run.lend().value(Measure::CopyMove, of(Sex::Female), 1).expect("women");
    let of_women = 0.05 * youth * completes * 0.5 * 0.7 * 0.6 + 0.02 * adults * completes * 0.5 * 0.84 * 0.6;
    near(women(&with) - women(&none), of_women / (0.5 * (youth + adults)));
}

/// Practice at school moves youth: by hand from the doses of the run, grade by grade and year by year.
#[test]
fn what_is_practised_at_school_is_taken_along() {
    let mut scenario = known();
    scenario.horizon = 2034;
    let run = simulate(&scenario);
    let demand = &run.run.demand;
    let years = run.model.years;
    let per = |t: usize, which: usize, of: usize, level: usize| {
        let over = |which| run.run.plan.over(t, which, &|bin| run.run.plan.level(bin) == level);
        over(which) / over(of)
    };
    let girls = |t: usize, level: usize| per(t, stat::PRACTICE_GIRLS, stat::GIRLS, level);
    let boys = |t: usize, level: usize| {
        let over = |which| run.run.plan.over(t, which, &|bin| run.run.plan.level(bin) == level);
        (over(stat::PRACTICE) - over(stat::PRACTICE_GIRLS)) / (over(stat::LEARNERS) - over(stat::GIRLS))
    };
    // Doses are those of the share who practise, the same people year after year.
    let gain = |(doses, share): (f64, f64)| share * 0.6 * (1.0 - (-0.5 * doses / share.max(1e-12)).exp());
    let shares = |t: usize, level: usize, sex: usize| {
        let over = |which| run.run.plan.over(t, which, &|bin| run.run.plan.level(bin) == level);
        let girls = [stat::PRACTISE_GIRLS, stat::GIRLS].map(over);
        let all = [stat::PRACTISE, stat::LEARNERS].map(over);
        if sex == 0 {
            girls[0] / girls[1]
        } else {
            (all[0] - girls[0]) / (all[1] - girls[1])
        }
    };
    let mut beyond = 0.0;
    // Girls and boys one after the other. Grades 0 to 5 are of ages 6 to 11, 6 to 9 of ages 12 to 15.
    for sex in 0..2 {
        let doses = |t: usize, level: usize| if sex == 0 { girls(t, level) } else { boys(t, level) };
        let part = |t: usize, level: usize| {
            let girls = demand.girls(t, level) / demand.learners(t, level);
            if sex == 0 { girls } else { 1.0 - girls }
        };
        let mut practised = [(0.0, 0.0_f64); 10];
        let mut out = [0.0; 26];
        for t in 1..years {
            let before = practised;
            for age in (1..26).rev() {
                out[age] = 0.95 * out[age - 1];
            }
            out[0] = 0.0;
            for grade in 0..10 {
                let level = usize::from(grade >= 6);
                let of_level = grade - 6 * level;
                let gone = demand.gone(&run.model, t, level, of_level) * part(t - 1, level);
                out[6 + grade + 1] += gone * gain(before[grade]);
            }
            for grade in 0..10 {
                let level = usize::from(grade >= 6);
                let more = 0.5 * (doses(t - 1, level) + doses(t, level)) - doses(0, level);
                let below = if grade == 0 { (0.0, 0.0) } else { before[grade - 1] };
                let share = shares(t - 1, level, sex).max(shares(t, level, sex));
                practised[grade] = (below.0 + more, below.1.max(share));
            }
        }
        let last = years - 1;
        beyond += out[15..25].iter().sum::<f64>();
        beyond += demand.in_grade(last, 9) * part(last, 1) * gain(practised[9]);
    }
    let [youth, adults] = people(2034);
    let last = years - 1;
    println!("{beyond} of {youth}: {}", value(&run, Measure::CopyMoveYouth, last));
    near(value(&run, Measure::CopyMoveYouth, last), 0.3 + beyond / youth);
    near(value(&run, Measure::CopyMove, last), 0.2 + beyond / (youth + adults));
    assert!(beyond > 0.0);
    // Without the plan hardly anything moves: teachers come and go.
    let twin = run.lend().twin().value(Measure::CopyMoveYouth, Scope::ALL, last);
    assert!((twin.expect("youth") - 0.3).abs() < 1e-3, "{twin:?}");
}

#[test]
fn without_a_published_value_it_stays_blank() {
    let run = simulate(with_courses(paid()));
    for t in 0..run.model.years {
        for measure in [
            Measure::CopyMove,
            Measure::CopyMoveYouth,
            Measure::ParticipationYouth,
            Measure::ParticipationAdults,
        ] {
            assert_eq!(run.lend().value(measure, Scope::ALL, t), None, "{measure:?}");
        }
    }
    assert!(value(&run, Measure::LifelongCompleted, 1) > 0.0);
    // One value does not stand for another.
    let mut all_alone = with_courses(known());
    all_alone.country.skills.copy_move_youth = None;
    all_alone.country.skills.copy_move_men = None;
    let run = simulate(&all_alone);
    assert_eq!(run.lend().value(Measure::CopyMoveYouth, Scope::ALL, 1), None);
    assert_eq!(run.lend().value(Measure::CopyMove, of(Sex::Male), 1), None);
    assert!(run.lend().value(Measure::CopyMove, of(Sex::Female), 1).is_some());
    assert!(value(&run, Measure::CopyMove, 1) > 0.2);
}

#[test]
fn without_these_levers_nothing_differs() {
    let mut levers = known();
    levers.plan.lifelong = Some(LifelongPlan::absent(&ROOT));
    let (none, levers) = (simulate(known()), simulate(levers));
    for t in 0..none.model.years {
        for measure in [Measure::Reach, Measure::Dose, Measure::CopyMove, Measure::CopyMoveYouth] {
            assert_eq!(
                value(&none, measure, t).to_bits(),
                value(&levers, measure, t).to_bits(),
                "{measure:?} {t}"
            );
        }
        assert_eq!(value(&levers, Measure::LifelongParticipants, t), 0.0);
        // A plan without the component has no such row.
        assert_eq!(none.lend().value(Measure::LifelongParticipants, Scope::ALL, t), None);
        for pass in [&levers.run.plan, &levers.run.twin] {
            assert_eq!(pass.component_need(t, Component::Lifelong), 0.0);
        }
        assert_eq!(
            none.run.plan.year_need(t).to_bits(),
            levers.run.plan.year_need(t).to_bits()
        );
    }
}

#[test]
fn what_is_not_funded_does_not_happen() {
    let mut scenario = with_courses(known());
    scenario.funding.sources.clear();
    let run = simulate(&scenario);
    for t in 0..run.model.years {
        assert_eq!(value(&run, Measure::LifelongParticipants, t), 0.0);
        assert_eq!(value(&run, Measure::LifelongCompleted, t), 0.0);
        near(value(&run, Measure::ParticipationYouth, t), 0.4);
        assert_eq!(run.run.plan.component_need(t, Component::Lifelong) > 0.0, t > 0);
        // The twin has none of it, whoever pays.
        assert_eq!(run.run.twin.component_need(t, Component::Lifelong), 0.0);
    }
}

#[test]
fn groups_can_be_split_and_parts_add_up() {
    let mut scenario = with_courses(known());
    if let Some(plan) = &mut scenario.plan.lifelong {
        plan.adults = plan.adults.clone().but(
            rollcall::scenario::Level::Primary,
            YearPath::of(&[(2026, 0.0), (2029, 0.06)]),
        );
    }
    scenario.plan.order = Order::Proportional;
    let run = simulate(&scenario);
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
    for t in 1..run.model.years {
        for measure in [
            Measure::LifelongParticipants,
            Measure::LifelongCompleted,
            Measure::LifelongCertified,
            Measure::CopyMove,
            Measure::CopyMoveYouth,
            Measure::ParticipationAdults,
        ] {
            near(value(&split, measure, t), value(&run, measure, t));
        }
        let [ours, theirs] = [&run, &split].map(|run| run.run.plan.component_need(t, Component::Lifelong));
        assert!((ours - theirs).abs() <= 1e-9 * ours.max(1.0), "{ours} {theirs}");
        // Town and country, women and men are all of them.
        for measure in [Measure::LifelongParticipants, Measure::LifelongCertified] {
            let whole = value(&run, measure, t);
            let at = |locality| {
                let scope = Scope {
                    locality: Some(locality),
                    ..Scope::ALL
                };
                run.lend().value(measure, scope, t).expect("a place")
            };
            near(at(Locality::Urban) + at(Locality::Rural), whole);
            let by = |sex| run.lend().value(measure, of(sex), t).expect("a sex");
            near(by(Sex::Female) + by(Sex::Male), whole);
        }
    }
}

/// Ten years of the same courses: what is forgotten bounds what they add, and nobody is taught twice.
#[test]
fn shares_stay_shares_however_many_learn() {
    let mut scenario = with_courses(known());
    scenario.horizon = 2040;
    if let Some(plan) = &mut scenario.plan.lifelong {
        (plan.youth, plan.adults, plan.children) = (path(0.0, 1.0), path(0.0, 1.0), path(0.0, 1.0));
        (plan.at_centre, plan.women) = (always(1.0), Quantity::new(1.0));
    }
    let evidence = &mut scenario.evidence.skills;
    (evidence.completion_centre, evidence.taught) = (Quantity::new(1.0), Quantity::new(1.0));
    let run = simulate(&scenario);
    for t in 1..run.model.years {
        for measure in [
            Measure::CopyMove,
            Measure::CopyMoveYouth,
            Measure::ParticipationYouth,
            Measure::ParticipationAdults,
        ] {
            let share = value(&run, measure, t);
            assert!((0.0..=1.0).contains(&share), "{measure:?} {share}");
        }
        near(value(&run, Measure::ParticipationAdults, t), 1.0);
    }
}

/// Seven in ten youth are in courses, all of them women: a half of youth are, and no more are taught.
#[test]
fn no_more_of_a_sex_are_taught_than_there_are() {
    let of = |youth: f64, women: f64| {
        let mut scenario = with_courses(known());
        let plan = scenario.plan.lifelong.as_mut().expect("courses");
        (plan.children, plan.adults) = (always(0.0), always(0.0));
        (plan.youth, plan.women) = (path(0.0, youth), Quantity::new(women));
        (plan.at_centre, scenario.evidence.skills.completion_centre) = (always(1.0), Quantity::new(1.0));
        scenario
    };
    let [none, half, more] = [(0.0, 1.0), (0.5, 1.0), (0.7, 1.0)].map(|(youth, women)| simulate(of(youth, women)));
    let youth = |run: &Trajectory| value(run, Measure::CopyMoveYouth, 1);
    near(youth(&half) - youth(&none), 0.5 * 0.5 * 0.7);
    near(youth(&more), youth(&half));
    let told = |youth, women| {
        let found = check::check(&of(youth, women), "", &Places::new());
        found.iter().any(|finding| finding.code == "more-than-of-a-sex")
    };
    assert!(told(0.7, 1.0) && told(0.7, 0.2) && !told(0.5, 1.0) && !told(0.7, 0.6));
}

/// Courses for adults are no cost of a learner at school, nor is their part of management and of what sources keep.
#[test]
fn courses_are_no_cost_of_a_learner_at_school() {
    let [none, with] = [known(), with_courses(known())].map(simulate);
    let years = 1..none.model.years;
    let over = |run: &Trajectory, measure| run.lend().over(measure, Scope::ALL, years.clone()).expect("a value");
    assert!(over(&with, Measure::CostPaid) > 1.05 * over(&none, Measure::CostPaid));
    for measure in [
        Measure::CostPerLearner,
        Measure::CostPerReached,
        Measure::LearningYearsPerMoney,
    ] {
        near(over(&with, measure), over(&none, measure));
    }
    near(
        with.lend().full_per_learner().expect("learners"),
        none.lend().full_per_learner().expect("learners"),
    );
}

/// Without schools to practise at, a device on loan is all that there is of practice: 0.3 of a full dose for a fifth of the learners.
#[test]
fn a_device_on_loan_adds_to_practice() {
    let mut scenario = known();
    let plan = &mut scenario.plan;
    (plan.power, plan.links, plan.devices, plan.training, plan.content) = (None, None, None, None, None);
    (plan.support, plan.learning) = (None, Vec::new());
    let none = simulate(&scenario);
    scenario.plan.home_access = Some(HomeAccessPlan {
        loaned: path(0.0, 0.2),
        ..HomeAccessPlan::absent(&ROOT)
    });
    let run = simulate(&scenario);
    let of = |run: &Trajectory, which| run.run.plan.over(1, which, &|_| true);
    let users = of(&run, stat::LEARNERS) * (0.49 * 0.95 + 0.51) * (0.125 * 0.55 + 0.875);
    let school = of(&none, stat::PRACTICE);
    // What school leaves: 1 less its practice, in each group.
    near(of(&run, stat::PRACTICE), school + (users - school) * 0.3 * 0.2);
    assert!(value(&run, Measure::CopyMoveYouth, 4) > value(&none, Measure::CopyMoveYouth, 4) + 1e-3);
    near(value(&run, Measure::Reach, 4), value(&none, Measure::Reach, 4));
    near(value(&run, Measure::Dose, 4), value(&none, Measure::Dose, 4));
}
