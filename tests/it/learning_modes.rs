//! Modes of learning are paid for: by whom who works in them, and what happens where nobody pays (`docs/src/content.md`).

use rollcall::model::{Cell, LineId, Pass, Trajectory, simulate};
use rollcall::scenario::country::ModeToday;
use rollcall::scenario::evidence::Needs;
use rollcall::scenario::findings::{Finding, Severity};
use rollcall::scenario::funding::BudgetTerms;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::plan::{CampusPlan, CurriculumPlan};
use rollcall::scenario::{Component, Level, Lever, Need, Quantity, Scenario, SourceKind, YearPath, messages, text};

use crate::enlarged::example;

fn amount(pass: &Pass, t: usize, category: &str, need: Need) -> f64 {
    let mut lines = LineId::all();
    let (line, _) = lines
        .find(|(_, line)| line.component == Component::Content && line.category == category && line.need == need)
        .expect("a line");
    pass.bins()
        .map(|bin| pass.quantity(t, line, bin) * pass.price(t, line, bin))
        .sum()
}

/// One source that pays what it is asked for, or all but content.
fn paid(scenario: &Scenario, content: bool) -> Scenario {
    let mut scenario = scenario.clone();
    scenario.funding.sources.truncate(1);
    let source = &mut scenario.funding.sources[0];
    source.kind = SourceKind::DomesticBudget(BudgetTerms {
        amount: Some(YearPath::constant(1e12)),
        share_of_education: None,
        ..BudgetTerms::default()
    });
    let all = Component::ALL.iter().copied();
    source.components = all
        .filter(|component| content || *component != Component::Content)
        .collect();
    scenario
}

#[test]
fn who_works_in_a_mode_of_learning_is_paid_for_and_who_is_not_paid_for_does_not_gain() {
    let mut scenario = example();
    // Courses are there already, so that nothing but the licences is at stake.
    for level in &mut scenario.country.levels {
        level.content = Quantity::new(0.8);
    }
    scenario.plan.content = None;
    let run = simulate(paid(&scenario, true));
    // 2027: a fifth of the learners in rooms that a link serves, in schools with both devices and a link, which is what each
    // alone can be at most; half a year at 3.4 US$. Urban primary: 40 % have devices, 40 % a link; rural: 27.5 and 28.75 %;
    // secondary: 80, 80; 50, 50. Half of the learners sit near the link; a tenth of the schools linked in 2026 have a network
    // for the others: 4, 1, 8 and 5 % of all.
    let learners = |level: usize| run.run.demand.learners(1, level);
    let served = |both: f64, networked: f64| 0.5 * both + 0.5 * networked;
    let primary = learners(0) / 2_000_000.0 * (900_000.0 * served(0.4, 0.04) + 1_100_000.0 * served(0.275, 0.01));
    let secondary = learners(1) / 800_000.0 * (500_000.0 * served(0.8, 0.08) + 300_000.0 * served(0.5, 0.05));
    let by_hand = 0.5 * 0.2 * (primary + secondary) * 3.4;
    let ours = amount(&run.run.plan, 1, "online learning by learner", Need::Expansion);
    assert!((ours / by_hand - 1.0).abs() < 1e-9, "{ours}, by hand {by_hand}");
    // With a network in every school all of them are served, and who needs no link is paid for wherever there are devices.
    let mut networked = scenario.clone();
    networked.plan.campus = Some(CampusPlan {
        networked: Lever::everywhere(YearPath::of(&[(2026, 0.0), (2027, 1.0)])),
        classroom_sets: Lever::everywhere(YearPath::constant(0.0)),
    });
    let everywhere = learners(0) / 2_000_000.0 * (900_000.0 * 0.4 + 1_100_000.0 * 0.275)
        + learners(1) / 800_000.0 * (500_000.0 * 0.8 + 300_000.0 * 0.5);
    let ours = simulate(paid(&networked, true));
    let ours = amount(&ours.run.plan, 1, "online learning by learner", Need::Expansion);
    assert!((ours / (0.5 * 0.2 * everywhere * 3.4) - 1.0).abs() < 1e-9, "{ours}");
    let mode = scenario.plan.learning[0].mode.clone();
    let modes = &mut scenario.evidence.modes;
    modes.iter_mut().find(|of| of.name == mode).expect("the mode").needs = Needs::Offline;
    let ours = simulate(paid(&scenario, true));
    let ours = amount(&ours.run.plan, 1, "offline learning by learner", Need::Expansion);
    assert!((ours / (0.5 * 0.2 * everywhere * 3.4) - 1.0).abs() < 1e-9, "{ours}");
    let modes = &mut scenario.evidence.modes;
    modes.iter_mut().find(|of| of.name == mode).expect("the mode").needs = Needs::Online;
    // A year later these are upkeep for a whole year.
    let kept = amount(&run.run.plan, 2, "online learning by learner", Need::Upkeep);
    let grown = |level: usize| run.run.demand.learners(2, level) / run.run.demand.learners(1, level);
    let by_hand = 0.2 * (primary * grown(0) + secondary * grown(1)) * 3.4;
    assert!((kept / by_hand - 1.0).abs() < 1e-9, "{kept}, by hand {by_hand}");
    // Without money for them there are no learners in the mode, and so no gain.
    let without = simulate(paid(&scenario, false));
    assert!(run.run.plan.theta(4, 5) > 0.01, "{}", run.run.plan.theta(4, 5));
    assert!(
        without.run.plan.theta(4, 5).abs() < 1e-12,
        "{}",
        without.run.plan.theta(4, 5)
    );
    assert!(
        without
            .run
            .plan
            .funded(4, Cell::of(Component::Content, Need::Expansion))
            < 1e-6
    );
}

#[test]
fn what_is_in_use_today_goes_on_and_is_paid_for_without_a_plan() {
    let mut scenario = example();
    scenario.country.modes = vec![ModeToday {
        mode: "coached_lessons".into(),
        share: Quantity::new(0.1),
    }];
    let run = simulate(scenario.without_plan());
    // A tenth of the teachers of equipped schools has a coach at 16.8 % of GDP per person, US$ 1,280, a year.
    let equipped = [27_000.0 * 0.4, 33_000.0 * 0.1, 15_000.0 * 0.8, 10_000.0 * 0.5];
    let levels = [0, 0, 1, 1].map(|level: usize| run.run.demand.teachers(1, level) / [60_000.0, 25_000.0][level]);
    let teachers: f64 = equipped.iter().zip(levels).map(|(there, grown)| there * grown).sum();
    let ours = amount(&run.run.twin, 1, "offline learning by teacher", Need::Upkeep);
    assert!((ours / (0.1 * teachers * 0.168 * 1_280.0) - 1.0).abs() < 1e-9, "{ours}");
    // Nothing is new; repairs take a little longer in the country from 2027 on.
    assert!(run.run.plan.theta.iter().all(|theta| theta.abs() < 1e-5));
    // Nobody pays, so what was in use is lost.
    scenario.funding.existing = Quantity::new(0.0);
    let starved = simulate(scenario.without_plan());
    assert!(starved.run.twin.theta(3, 3) < -2e-5, "{}", starved.run.twin.theta(3, 3));
}

fn findings(changes: &[(&str, &str)]) -> Vec<Finding> {
    let mut text = include_str!("../data/example.ron").to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text::read_scenario("a.ron", text.as_bytes(), &|_| Err(messages::no_such_file())).findings
}

fn found<'a>(findings: &'a [Finding], code: &str) -> Vec<&'a Finding> {
    findings.iter().filter(|finding| finding.code == code).collect()
}

#[test]
fn modes_of_today_and_of_the_plan_are_at_most_all_learners() {
    let modes =
        "learning: (primary_reading: 0.41, primary_mathematics: 0.27), modes: [(mode: \"lesson_support\", share: 0.3)]";
    let change = ("learning: (primary_reading: 0.41, primary_mathematics: 0.27)", modes);
    // 80 % by 2030 beside 30 % that go on.
    let wrong = findings(&[change]);
    assert_eq!(found(&wrong, "shares-sum").len(), 1, "{wrong:?}");
    assert!(found(&findings(&[change, ("2030: 0.8})]", "2030: 0.7})]")]), "shares-sum").is_empty());
    assert_eq!(
        found(
            &findings(&[(change.0, &modes.replace("lesson_support", "lesson_suport"))]),
            "unknown-mode"
        )
        .len(),
        1
    );
}

#[test]
fn what_belongs_to_the_country_still_reads_in_a_plan_and_says_so() {
    let with = findings(&[
        ("learners_per_device: [", "shifts: 1.5, learners_per_device: ["),
        (
            "content: (coverage: {2026: 0.1, 2030: 0.8})",
            "content: (coverage: {2026: 0.1, 2030: 0.8}, languages: 2)",
        ),
    ]);
    let said = found(&with, "of-the-country");
    assert_eq!(said.len(), 2, "{with:?}");
    assert!(said.iter().all(|finding| finding.severity == Severity::Warning));
    // It holds for the run without the plan too: two languages are twice the courses to keep up.
    let need = |languages: Option<f64>| {
        let mut scenario = example();
        scenario.plan.content.as_mut().expect("content").languages = languages.map(Quantity::new);
        simulate(&scenario)
            .run
            .twin
            .need(1, Cell::of(Component::Content, Need::Renewal))
    };
    assert!((need(Some(2.0)) / need(None) - 2.0).abs() < 1e-9);
}

#[test]
fn devices_beyond_a_full_dose_are_told_with_what_they_cost() {
    // 25 hours a week of a device for five learners are five a learner; 2.5 are a full dose. Half of the secondary schools'
    // devices: 800 000 · 0.8 / 5 · 1.05 / 2 = 67 200 tablets, in 2030 at 180 · 1.05 · 1.15 · 0.97³ = 198.37 US$: 13.3 million.
    let said = findings(&[]);
    let said = found(&said, "beyond-full-dose");
    assert_eq!(said.len(), 1, "{said:?}");
    let rule = said[0].rule.to_string();
    assert!(
        rule.contains("5 h a week") && rule.contains("2.5 h a week") && rule.contains("13.3 million"),
        "{rule}"
    );
    // A price of 2027 has the rise in it: 180 · 1.05 · 0.97³ / 1.02², since the dollars are of 2027, are 165.8 US$.
    let own = "    prices: (devices: [(device: tablet, price: (value: 180, year: 2027))]),\n    plan: (";
    let said = findings(&[("    plan: (", own)]);
    let rule = found(&said, "beyond-full-dose")[0].rule.to_string();
    assert!(rule.contains("11.1 million"), "{rule}");
    assert!(
        found(
            &findings(&[("level: lower_secondary, to: 5", "level: lower_secondary, to: 10")]),
            "beyond-full-dose"
        )
        .is_empty()
    );
}

#[test]
fn who_is_entitled_follows_the_curriculum_by_level() {
    // Three tenths of the primary learners by 2030 and nobody in lower secondary school. ED4 of both levels counts devices of
    // primary schools alone.
    let mut scenario = example();
    let plain = simulate(&scenario);
    scenario.plan.curriculum = vec![
        CurriculumPlan {
            level: Level::Primary,
            entitled: YearPath::of(&[(2026, 0.5), (2030, 0.3)]),
        },
        CurriculumPlan {
            level: Level::LowerSecondary,
            entitled: YearPath::constant(0.0),
        },
    ];
    let run = simulate(&scenario);
    let last = run.model.years - 1;
    let of = |run: &Trajectory, measure: Measure, level: Option<Level>, t: usize| {
        run.lend().value(measure, Scope::of(level), t)
    };
    let primary = Some(Level::Primary);
    for measure in [
        Measure::EntitledPerDevice,
        Measure::EntitledOnline,
        Measure::EntitledPerConnectedDevice,
    ] {
        // Half of all learners in the country as it was.
        let was = of(&plain, measure, primary, last).expect("a value");
        let now = of(&run, measure, primary, last).expect("a value");
        assert!((now - was * 0.3 / 0.5).abs() < 1e-9 * was, "{measure:?}: {now} {was}");
        assert_eq!(of(&run, measure, Some(Level::LowerSecondary), last), None);
        assert_eq!(of(&run, measure, primary, 0), of(&plain, measure, primary, 0));
        if measure != Measure::EntitledOnline {
            let both = of(&run, measure, None, last).expect("a value");
            assert!((both - now).abs() < 1e-9 * now, "{measure:?}: {both} {now}");
        }
    }
    // Machines move ED4bis, entitled or not.
    assert_eq!(
        of(&run, Measure::LearnersPerDevice, None, last),
        of(&plain, Measure::LearnersPerDevice, None, last)
    );
}

#[test]
fn links_for_more_schools_a_year_than_anybody_documented_are_told() {
    // The example links 75 % of its schools by 2030 in even steps, of which the largest is above a tenth of the schools a year.
    let said = findings(&[]);
    let said = found(&said, "faster-than-documented");
    assert!(
        said.iter().any(|finding| finding.path == "plan.links.connected"),
        "{said:?}"
    );
    assert!(said.iter().all(|finding| finding.severity == Severity::Note));
    let mut scenario = example();
    let slow = |last: f64| Lever::everywhere(YearPath::of(&[(2026, 0.0), (2030, last)]));
    scenario.plan.links.as_mut().expect("links").connected = slow(0.4);
    scenario.plan.devices.as_mut().expect("devices").equipped = slow(1.0);
    let written = text::write_scenario(&scenario, false);
    let findings = text::read_scenario("a.ron", written.as_bytes(), &|_| Err(messages::no_such_file())).findings;
    assert!(found(&findings, "faster-than-documented").is_empty());
}
