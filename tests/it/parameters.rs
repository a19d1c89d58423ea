//! The parameter vector: names, what a changed number changes, and a model that takes another scenario.

use std::collections::BTreeSet;
use std::sync::Arc;

use rollcall::model::measures::scoreboard;
use rollcall::model::stat;
use rollcall::model::{Detail, Model, Trajectory, Workspace};
use rollcall::report::{burden, tables};
use rollcall::scenario::country::ModeToday;
use rollcall::scenario::distribution::Distribution;
use rollcall::scenario::field::{Holds, ROOT, without_indices};
use rollcall::scenario::funding::{BudgetTerms, Creditor};
use rollcall::scenario::lever::Lever;
use rollcall::scenario::measure::Measure;
use rollcall::scenario::plan::{
    CampusPlan, Competence, CurriculumPlan, GovernancePlan, HomeAccessPlan, InclusionPlan, LifelongPlan, LinkRule,
    LinkService, LinkStep, Order, SystemsPlan, TrainingShare,
};
use rollcall::scenario::prices::{Technology, TrainingMode};
use rollcall::scenario::registry::Entry;
use rollcall::scenario::{Level, Quantity, Scenario, YearPath, messages, text};
use rollcall::scenario::{Source, SourceKind};
use rollcall::study::parallel::{Progress, each};
use rollcall::study::sensitivity::{swings, trials};

use super::enlarged::{enlarged, example};
use super::regression::bundled;

/// All that a run says, as bits.
fn bits(model: &Model, run: &Workspace) -> Vec<u64> {
    let mut bits = Vec::new();
    let mut see = |value: f64| bits.push(value.to_bits());
    for t in 0..model.years {
        for pass in [&run.twin, &run.plan] {
            see(pass.year_need(t));
            see(pass.year_funded(t));
            for which in [stat::LEARNERS, stat::REACHED, stat::DOSE] {
                see(pass.over(t, which, &|_| true));
            }
        }
        for level in 0..model.levels.len() {
            see(run.demand.learners(t, level));
            see(run.demand.teachers(t, level));
        }
        for source in run.money.ids() {
            let book = run.money.of(t, source);
            for amount in [book.available, book.spent, book.carried_out, book.lapsed] {
                see(amount.0);
            }
            see(run.money.owed(t, source).outstanding.0);
        }
    }
    bits
}

/// A plain source of random numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

/// Moves one number by its place, or changes what is no number.
fn edit(scenario: &Scenario, dice: &mut Dice) -> Scenario {
    let mut edited = scenario.clone();
    match dice.roll(12) {
        0 => edited.plan.order = Order::ALL[dice.roll(Order::ALL.len())],
        1 => {
            if let Some(power) = &mut edited.plan.power {
                let path = power.powered.cases[0].to.clone();
                power.powered = Lever::everywhere(path.clone());
                if dice.roll(2) == 0 {
                    power.powered = power.powered.clone().but(Level::Primary, path);
                }
            }
        }
        2 => edited.plan.training = None,
        3 => edited.horizon = 2028 + i32::try_from(dice.roll(4)).expect("few"),
        4 => {
            let places = edited.country.groups.len();
            let group = &mut edited.country.groups[dice.roll(places)];
            group.learners.value *= 1.0 + 0.01 * f64::from(u8::from(dice.roll(2) == 0));
        }
        5 => edited.country.levels[0].duration.value = 5.0 + f64::from(u8::from(dice.roll(2) == 0)),
        _ => {
            let parameters = scenario.parameters();
            let parameter = &parameters.list[dice.roll(parameters.list.len())];
            let mut values = parameters.values;
            for value in &mut values[parameter.places()] {
                *value = (*value * 0.99).clamp(parameter.field.within.0, parameter.field.within.1);
            }
            edited = scenario.with(&values);
        }
    }
    edited
}

#[test]
fn a_model_that_takes_another_scenario_is_that_scenarios_model() {
    for (seed, start) in [
        (1, bundled("senegal/balanced.ron")),
        (2, enlarged(5, 2032)),
        (3, bundled("bangladesh/teachers_first.ron")),
    ] {
        let mut dice = Dice(seed);
        let mut scenario = Arc::new(start);
        let mut model = Model::new(Arc::clone(&scenario));
        let mut run = Workspace::new(&model, Detail::TOTALS);
        let mut kept = 0;
        for step in 0..60 {
            scenario = Arc::new(edit(&scenario, &mut dice));
            let stays = model.retarget(Arc::clone(&scenario));
            kept += usize::from(stays);
            if !stays {
                run = Workspace::new(&model, Detail::TOTALS);
            }
            let fresh = Model::new(Arc::clone(&scenario));
            assert_eq!(model.parameters, fresh.parameters, "step {step}");
            assert_eq!(model.slots, fresh.slots, "step {step}");
            let mut anew = Workspace::new(&fresh, Detail::TOTALS);
            model.run(&model.parameters, &mut run);
            fresh.run(&fresh.parameters, &mut anew);
            assert!(bits(&model, &run) == bits(&fresh, &anew), "step {step}");
        }
        assert!(
            kept > 10,
            "{kept}: numbers that shape nothing leave the tables as they are"
        );
    }
}

/// A change of a scenario, and what it is called.
type Change = (&'static str, fn(&mut Scenario));

#[test]
fn tables_stay_where_nothing_changes_on_which_they_depend() {
    let keeps: [Change; 9] = [
        ("the title", |scenario| scenario.title.push('!')),
        ("the story", |scenario| scenario.story.push('!')),
        ("a note", |scenario| scenario.funding.sources[0].note.push('!')),
        ("the country's name", |scenario| scenario.country.name.push('!')),
        ("a lever", |scenario| {
            if let Some(power) = &mut scenario.plan.power {
                power.powered = Lever::everywhere(YearPath::constant(0.9));
            }
        }),
        ("a group's figure", |scenario| {
            scenario.country.groups[3].learners.value += 10.0;
        }),
        ("a level's figure", |scenario| {
            scenario.country.levels[0].attrition.value = 0.07;
        }),
        ("a target", |scenario| scenario.targets[0].year -= 1),
        ("a target less", |scenario| drop(scenario.targets.pop())),
    ];
    let anew: [Change; 6] = [
        ("a region's name", |scenario| {
            scenario.country.groups[3].region.push('!');
        }),
        ("a level's length", |scenario| {
            scenario.country.levels[0].duration.value += 1.0;
        }),
        ("the order", |scenario| scenario.plan.order = Order::LargestFirst),
        ("the years", |scenario| scenario.horizon -= 1),
        ("a mode's name", |scenario| {
            scenario.plan.learning[0].mode = "none".into();
        }),
        ("a source less", |scenario| drop(scenario.funding.sources.pop())),
    ];
    let start = Arc::new(enlarged(5, 2032));
    let before = Model::new(Arc::clone(&start));
    for (all, stay) in [(&keeps[..], true), (&anew[..], false)] {
        for (what, change) in all {
            let mut edited = Scenario::clone(&start);
            change(&mut edited);
            assert!(edited != *start, "{what}");
            let mut model = before.clone();
            let mut run = Workspace::new(&model, Detail::TOTALS);
            model.run(&model.parameters, &mut run);
            assert_eq!(model.retarget(edited.clone()), stay, "{what}");
            if !stay {
                run = Workspace::new(&model, Detail::TOTALS);
            }
            let fresh = Model::new(edited);
            let mut anew = Workspace::new(&fresh, Detail::TOTALS);
            model.run(&model.parameters, &mut run);
            fresh.run(&fresh.parameters, &mut anew);
            assert!(bits(&model, &run) == bits(&fresh, &anew), "{what}");
        }
    }
}

#[test]
fn a_number_has_a_name_that_does_not_depend_on_where_it_stands() {
    let senegal = bundled("senegal/balanced.ron");
    let parameters = senegal.parameters();
    let age = parameters
        .find("country.levels[primary].entry_age")
        .expect("a level by its name");
    assert_eq!(age.path, "country.levels[0].entry_age");
    assert_eq!(parameters.values[age.place], senegal.country.levels[0].entry_age.value);
    let births = parameters.find("country.births").expect("births");
    let first = births.first_year.expect("a path");
    assert_eq!(parameters.values[births.place], senegal.country.births.at(first));
    for known in &parameters.list {
        assert_eq!(
            parameters.find(&known.name).map(|found| found.place),
            Some(known.place),
            "{}",
            known.name
        );
    }
}

#[test]
fn a_path_that_moves_as_a_whole_keeps_its_years() {
    let mut scenario = bundled("senegal/balanced.ron");
    scenario.plan.bundling = YearPath::of(&[(2026, 0.25), (2030, 0.75)]);
    let parameters = scenario.parameters();
    let bundling = parameters.find("plan.bundling").expect("a path").places();
    let mut values = parameters.values.clone();
    values[bundling.clone()].iter_mut().for_each(|value| *value *= 0.5);
    let moved = scenario.with(&values);
    assert_eq!(moved.plan.bundling.points, [(2026, 0.125), (2030, 0.375)]);
    assert_eq!(moved.layout().values, values);
    values[bundling.start + 1] = 0.9;
    let bent = scenario.with(&values);
    assert_eq!(bent.plan.bundling.points.len(), 5);
    assert_eq!(bent.layout().values, values);
}

/// Scenarios in which every input matters to something: all components, all kinds of source, counterpart money, cases,
/// targets. What excludes one another stands in different ones.
fn rich() -> Vec<Scenario> {
    let mut scenario = example();
    let some = |value: f64| Some(Quantity::new(value));
    let learning = &mut scenario.country.learning;
    learning.early_reading = some(0.3);
    learning.early_mathematics = some(0.25);
    learning.lower_secondary_reading = some(0.35);
    learning.lower_secondary_mathematics = some(0.3);
    let economy = &mut scenario.country.economy;
    economy.public_revenue = some(0.2);
    economy.public_spending = some(0.25);
    economy.exports = some(0.3);
    economy.debt_service = some(0.02);
    economy.external_debt = some(0.3);
    scenario.country.economy.exchange_rate = Some(YearPath::constant(600.0));
    let people = &mut scenario.country.population;
    people.total = Some(YearPath::constant(1.9e7));
    people.aged_5_9 = Some(YearPath::of(&[(2020, 2_100_000.0), (2030, 2_300_000.0)]));
    people.aged_10_14 = Some(YearPath::of(&[(2020, 2_000_000.0), (2030, 2_200_000.0)]));
    people.aged_15_19 = Some(YearPath::of(&[(2020, 1_900_000.0), (2030, 2_100_000.0)]));
    for group in &mut scenario.country.groups {
        group.fibre = Quantity::new(0.02);
        group.wireless = Quantity::new(0.03);
        group.satellite = Quantity::new(0.02);
    }
    scenario.country.modes = vec![ModeToday {
        mode: "lesson_support".into(),
        share: Quantity::new(0.1),
    }];
    // A mode of learning that comes near to the ceiling.
    for mode in &mut scenario.evidence.modes {
        mode.gain.value *= 4.0;
    }
    let rising = |last| Lever::everywhere(YearPath::of(&[(2026, 0.0), (2030, last)]));
    scenario.plan.campus = Some(CampusPlan {
        networked: rising(0.5),
        classroom_sets: rising(0.2),
    });
    scenario.plan.systems = Some(SystemsPlan { users: rising(0.8) });
    scenario.plan.governance = Some(GovernancePlan { staffed: rising(0.9) });
    scenario.plan.inclusion = Some(InclusionPlan {
        assistive: rising(0.4),
        adapted: rising(0.6),
        girls: rising(0.5),
    });
    scenario.plan.lifelong = Some(LifelongPlan {
        children: rising(0.2),
        youth: rising(0.1),
        adults: rising(0.05),
        at_centre: rising(0.6),
        vocational: rising(0.3),
        recognised: rising(0.7),
        ..LifelongPlan::absent(&ROOT)
    });
    let skills = &mut scenario.country.skills;
    (skills.copy_move, skills.copy_move_youth) = (some(0.2), some(0.3));
    (skills.copy_move_women, skills.copy_move_men) = (some(0.17), some(0.23));
    (skills.participation_youth, skills.participation_adults) = (some(0.4), some(0.1));
    scenario.evidence.girls_effect = Quantity::new(0.03);
    scenario.prices.inclusion.psychosocial = Quantity::new(15.0);
    scenario.plan.support.as_mut().expect("support").help_desk = rising(0.6);
    scenario.plan.curriculum = vec![CurriculumPlan {
        level: Level::Primary,
        entitled: YearPath::of(&[(2026, 0.5), (2030, 0.8)]),
    }];
    // Counterpart money, and a budget that is an amount.
    let sources = &mut scenario.funding.sources;
    let mut amount = sources[0].clone();
    amount.name = "province".into();
    amount.kind = SourceKind::DomesticBudget(BudgetTerms {
        amount: Some(YearPath::constant(2e6)),
        share_of_education: None,
        ..BudgetTerms::default()
    });
    sources.push(amount);
    if let SourceKind::ConcessionalLoan(terms) = &mut sources[3].kind {
        terms.creditor = Creditor::Bilateral;
    }
    sources[2].matching = some(0.5);
    sources[2].counterpart = "ministry".into();
    let mut other = scenario.clone();
    other.plan.order = Order::Proportional;
    let plan = &mut other.plan;
    if let Some(training) = &mut plan.training {
        let share = |mode, share| TrainingShare {
            mode,
            share: Quantity::new(share),
        };
        training.modes = vec![share(TrainingMode::Blended, 0.6), share(TrainingMode::Coaching, 0.4)];
        training.ready_state = Competence::Creation;
    }
    if let Some(content) = &mut plan.content {
        content.open = Quantity::new(0.7);
    }
    if let Some(links) = &mut plan.links {
        links.floor = Quantity::new(0.5);
        links.service = LinkService::Household;
    }
    if let Some(power) = &mut plan.power {
        power.grid_share = Quantity::new(0.3);
    }
    // Local prices in dollars.
    other.prices.support.technician = some(5_000.0);
    other.prices.support.recruit = some(1_500.0);
    other.prices.support.desk = some(100_000.0);
    (other.prices.inclusion.teacher, other.prices.inclusion.girl) = (some(3_000.0), some(8.0));
    (other.prices.lifelong.centre, other.prices.lifelong.vocational) = (some(10.0), some(90.0));
    (other.prices.teachers.follow_up, other.prices.teachers.preservice) = (some(12.0), some(300.0));
    let blended = &mut other.prices.training[TrainingMode::Blended as usize];
    (blended.day, blended.teacher) = (some(20.0), some(4.0));
    for device in &mut other.prices.devices {
        (device.tender, device.order) = (some(40_000.0), some(150_000.0));
    }
    for mode in &mut other.evidence.modes {
        mode.teacher = some(25.0);
    }
    // Fibre is the cheapest where it can come, by committed capacity.
    for link in &mut other.prices.links {
        let fibre = link.technology == Technology::Fibre;
        link.committed = some(if fibre { 1.0 } else { 400.0 });
        if fibre {
            link.line_km = Quantity::new(1.0);
            link.plan = Quantity::new(20.0);
            link.setup = Quantity::new(10.0);
            link.energy = Quantity::new(1.0);
        }
    }
    if let Some(target) = other.targets.first_mut() {
        target.at_most = target.at_least.take();
    }
    // Nobody pays but the existing budget, and that not quite: something goes dark.
    let mut dark = scenario.clone();
    dark.funding.existing = Quantity::new(0.2);
    dark.funding.dark = Quantity::new(0.3);
    dark.funding.sources.clear();
    // What is the country's may stand in the plan.
    dark.plan.devices.as_mut().expect("devices").shifts = some(1.2);
    let content = dark.plan.content.as_mut().expect("content");
    (content.subjects, content.languages) = (some(5.0), some(2.0));
    dark.plan.learning[0].base_share = some(0.05);
    dark.evidence.device_hours = some(20.0);
    // Little money, and some of it can wait: management goes unpaid, and not all can be spent in its year.
    let mut poor = example();
    poor.funding
        .sources
        .retain(|source| source.name == "ministry" || source.name == "partner grant");
    poor.funding.reserve_years = Quantity::new(1.0);
    poor.funding.sources[0].absorption = some(0.9);
    for source in &mut poor.funding.sources {
        match &mut source.kind {
            SourceKind::DomesticBudget(terms) => terms.share_of_education = Some(YearPath::constant(0.005)),
            SourceKind::Grant(terms) => {
                terms.commitment = Quantity::new(60e6);
                source.until = some(2030.0);
            }
            _ => {}
        }
    }
    // Every other mechanism.
    let mut mechanisms = example();
    mechanisms.funding.sources = every_mechanism();
    mechanisms.country.economy.exchange_rate = Some(YearPath::constant(2.0));
    mechanisms.funding.sources[1].currency.0 = "LCU".into();
    if let Some(links) = &mut dark.plan.links {
        links.rule = LinkRule::PerLearner;
        links.most = Quantity::new(150.0);
    }
    let mut steps = scenario.clone();
    if let Some(links) = &mut steps.plan.links {
        links.rule = LinkRule::Steps;
        links.steps = vec![LinkStep {
            learners: Quantity::new(150.0),
            mbps: Quantity::new(60.0),
        }];
    }
    steps.shocks = super::enlarged::struck_by(
        "flood(year: 2028, closed: 0.5, months: 3, lost: (power: 0.4, links: 0.2, campus: 0.6, devices: 0.3)),
        currency_fall(year: 2028, jump: 0.1), price_jump(year: 2029, jump: 0.2)",
    )
    .shocks;
    steps.plan.home_access = Some(HomeAccessPlan {
        connections: rising(0.3),
        loaned: rising(0.25),
        kits: rising(0.2),
        learners_per_kit: Quantity::new(10.0),
    });
    let people = &mut steps.country.people;
    for (of, shares) in [
        (&mut people.connected_at_home, [0.05, 0.1, 0.25, 0.3, 0.5]),
        (&mut people.device_at_home, [0.02, 0.15, 0.2, 0.35, 0.45]),
    ] {
        let shares = shares.map(Quantity::new);
        [of.poorest, of.second, of.middle, of.fourth, of.richest] = shares;
    }
    vec![scenario, other, dark, poor, steps, mechanisms]
}

/// A source of each mechanism, with terms that all matter.
pub const EVERY_MECHANISM: &str = r#"
        domestic_budget(name: "ministry", amount: 4_000_000, growth: 0.02, crowding_out: 0.1, floor: 3_000_000),
        domestic_budget(name: "town", amount: 300_000, inflation: 0.01, growth: -0.1, floor: 280_000),
        household_charge(name: "households", charge: 0.5, exempt: 0.1),
        in_kind(name: "tablets", value: {2027: 3_000_000}, components: [devices], matching: 0.1, counterpart: "ministry"),
        commercial_loan(name: "bank", currency: EUR, exchange_rate: {2025: 0.9, 2030: 1.1}, commitment: 6_000_000, release: {2027: 0.5, 2028: 0.5}, repayment: annuity, payments_per_year: 2, commitment_fee: 0.005, interest_grace: 1),
        bond(name: "bond", commitment: 5_000_000, release: {2027: 1.0}, repayment: sinking_fund, maturity: 8),
        partnership(name: "partner", commitment: 20_000_000, release: {2027: 0.5, 2028: 0.5}, operation: 0.1, deduction: 0.05, components: [links, power]),
        results_based(name: "results", commitment: 30_000_000, results_from: 2027, price: 8, prefinanced: 1_000_000),
        refinancing(name: "swap", debt: 10_000_000, from: 2027),
        debt2ed(name: "debt for education", debt: 5_000_000, from: 2027),
        cancellation(name: "cancelled", debt: 5_000_000, from: 2027),
        multiplier(name: "multiplier", commitment: 3_000_000, release: {2027: 1.0}, lag: 0.5, matching: 3, counterpart: "ministry"),
        guaranteed_loan(name: "guaranteed", guarantee: 2_000_000, release: {2027: 1.0}, first_principal: 0.04, first_until: 12),
        international_fund(name: "fund", commitment: 5_000_000, release: {2027: 0.3, 2028: 0.3, 2029: 0.4}, graduation: 2028),
        paying_hub(name: "hubs", revenue: 200),
    "#;

/// A source of each mechanism as the reader gives it.
fn every_mechanism() -> Vec<Source> {
    super::enlarged::paid_by(EVERY_MECHANISM).funding.sources
}

/// Everything that is said of a run.
fn said(run: &Trajectory) -> Vec<Vec<u8>> {
    let mut said: Vec<Vec<u8>> = [
        tables::indicators,
        tables::costs,
        tables::funding,
        tables::sources,
        tables::debt,
        tables::terms,
        tables::stocks,
        tables::places,
    ]
    .map(|table| tables::bytes(table, run))
    .into();
    said.push(format!("{:?}", run.lend().dark()).into_bytes());
    said.push(format!("{:?}", burden::debt_beside(run)).into_bytes());
    let targets = scoreboard(run.lend()).into_iter();
    said.push(targets.flat_map(|target| format!("{target:?}").into_bytes()).collect());
    said
}

fn twin(run: &Trajectory) -> Vec<u64> {
    let twin = &run.run.twin;
    let mut bits = Vec::new();
    for t in 0..run.model.years {
        bits.push(twin.year_need(t).to_bits());
        for which in 0..stat::COUNT {
            bits.push(twin.over(t, which, &|_| true).to_bits());
        }
    }
    bits
}

#[test]
fn every_number_moves_some_result_or_says_why_not() {
    let (mut all, mut moved) = (BTreeSet::new(), BTreeSet::new());
    let (mut idle, mut read_by_twin) = (BTreeSet::new(), BTreeSet::new());
    for scenario in rich() {
        let base = Model::new(&scenario);
        let before = Trajectory::of(base.clone(), each);
        let (told, without) = (said(&before), twin(&before));
        let parameters = scenario.parameters();
        for known in &parameters.list {
            // Of the entries of a list not all are in use: one of them speaks for the field.
            let name = without_indices(&known.path);
            if !known.field.idle.is_empty() {
                idle.insert(name.clone());
            }
            if !all.insert(name.clone()) && moved.contains(&name) {
                continue;
            }
            let places = known.places();
            let one = |at: usize| at..at + 1;
            // The whole of it up and down, and single years: some numbers count only beside their neighbours.
            let moves = [
                (places.clone(), 1.04),
                (places.clone(), 0.93),
                (one(places.end - 1), 1.1),
                (one(places.start + places.len() / 2), 0.9),
                (places.clone(), 1.6),
                (places.clone(), 0.02),
                (places.clone(), 30.0),
                (places.clone(), 95.0),
            ];
            for (range, by) in moves {
                let mut p = parameters.values.clone();
                let (low, high) = known.field.within;
                for value in &mut p[range] {
                    *value = if *value == 0.0 { 0.05 } else { *value * by }.clamp(low, high);
                }
                // The model keeps the scenario as it was: what changes, changes by the vector alone.
                let model = if base.holds(&p) {
                    let mut model = base.clone();
                    model.parameters = p;
                    model
                } else {
                    Model::new(scenario.with(&p))
                };
                let after = Trajectory::of(model, each);
                if !known.role.reaches_twin() && twin(&after) != without {
                    read_by_twin.insert(name.clone());
                }
                if said(&after) != told {
                    moved.insert(name.clone());
                    break;
                }
            }
        }
    }
    assert!(read_by_twin.is_empty(), "the twin reads {read_by_twin:#?}");
    let silent: Vec<_> = all.difference(&moved).filter(|name| !idle.contains(*name)).collect();
    assert!(silent.is_empty(), "no result depends on {silent:#?}");
    let loud: Vec<_> = idle.intersection(&moved).collect();
    assert!(loud.is_empty(), "the registry says that no result depends on {loud:#?}");
}

#[test]
fn a_number_that_is_no_parameter_says_why() {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for scenario in rich() {
        let list = scenario.parameters().list;
        known.extend(list.iter().map(|parameter| without_indices(&parameter.path)));
    }
    let mut unknown = Vec::new();
    Scenario::describe_all(&mut |path, field| {
        let number = matches!(field.holds, Holds::Number | Holds::Path | Holds::Lever);
        // A lever that has cases has one path a case.
        let case = format!("{path}[].to");
        if number && field.idle.is_empty() && !known.contains(path) && !known.contains(&case) {
            unknown.push(path.to_owned());
        }
    });
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn a_range_may_have_a_named_distribution() {
    let text = include_str!("../data/example.ron");
    let read = |range: &str| {
        let text = text.replacen("grid: 0.85", &format!("grid: (value: 0.85, {range})"), 1);
        text::read_scenario("a.ron", text.as_bytes(), &|_| Err(messages::no_such_file()))
    };
    for distribution in Distribution::ALL {
        let reading = read(&format!("low: 0.8, high: 0.9, distribution: {}", distribution.name()));
        let scenario = reading.scenario.unwrap_or_else(|| panic!("{:?}", reading.findings));
        let passport = scenario.country.groups[0].grid.passport.clone().expect("a passport");
        assert_eq!(passport.distribution, Some(distribution));
        let written = text::write_scenario(&scenario, false);
        let again = text::read_scenario("a.ron", written.as_bytes(), &|_| Err(messages::no_such_file()));
        assert_eq!(again.scenario.as_ref(), Some(&scenario));
    }
    for wrong in [
        "low: 0.8, distribution: pert",
        "low: 0, high: 0.9, distribution: lognormal",
        "low: 0.8, high: 1, distribution: logit_normal",
        "low: 0.8, high: 0.9, distribution: cauchy",
    ] {
        let reading = read(wrong);
        assert!(reading.scenario.is_none(), "{wrong}");
        assert_eq!(
            reading
                .findings
                .iter()
                .filter(|finding| finding.code == "distribution")
                .count(),
            usize::from(!wrong.ends_with("cauchy"))
        );
    }
}

#[test]
fn a_number_that_shapes_the_tables_is_weighed_like_any_other() {
    let scenario = example();
    let model = Model::new(&scenario);
    let trials = trials(&scenario, &|path| path == "country.levels[0].duration");
    let swings = swings(&model, &trials, &Progress::default()).expect("not cancelled");
    // Six grades of primary go down to five and up to seven.
    assert_eq!(swings.len(), 1);
    for measure in [Measure::CostFull, Measure::Learners] {
        assert!(swings[0].moves(measure).is_some_and(|moves| moves > 0.0), "{swings:?}");
    }
}
