//! Every bundled scenario against its kept results, with a readable difference.
//! `UPDATE_EXPECTED=1 cargo test` writes them anew; a change of results belongs in CHANGELOG.md.

use std::fmt::Write as _;
use std::path::Path;

use rollcall::data;
use rollcall::model::measures::Run;
use rollcall::model::{Trajectory, simulate};
use rollcall::scenario::funding::BudgetTerms;
use rollcall::scenario::measure::{Measure, Scope};
use rollcall::scenario::{Component, Scenario, SourceKind, YearPath, messages, text};

/// Relative difference from which a value counts as changed; platforms differ in the last bits of exp and pow.
const TOLERANCE: f64 = 1e-9;

/// A bundled scenario by its path below `scenarios/`.
pub fn bundled(path: &str) -> Scenario {
    let find = data::bundled_file;
    let content = find(path).unwrap_or_else(|| panic!("no bundled {path}"));
    let fetch = |name: &str| {
        find(name)
            .map(|text| (name.to_owned(), text.as_bytes().to_vec()))
            .ok_or_else(messages::no_such_file)
    };
    let reading = text::read_scenario(path, content.as_bytes(), &fetch);
    reading
        .scenario
        .unwrap_or_else(|| panic!("{path}: {:?}", reading.findings))
}

/// Paths of the bundled scenarios that run by themselves.
pub fn stories() -> impl Iterator<Item = &'static str> {
    let names = data::bundled().iter().map(|(name, _)| *name);
    // Plans under a shock are told in their own chapter.
    names.filter(|name| data::store::runs_alone(name) && !name.starts_with("shocks/"))
}

fn reach(run: Run<'_>, t: usize) -> Option<f64> {
    run.value(Measure::Reach, Scope::ALL, t)
}

fn results(run: &Trajectory) -> Vec<(String, f64)> {
    let mut rows = Vec::new();
    let (plan, twin) = (&run.run.plan, &run.run.twin);
    for t in 0..run.model.years {
        let year = run.model.calendar(t);
        for measure in [
            Measure::Reach,
            Measure::Dose,
            Measure::Electricity,
            Measure::PupilInternet,
            Measure::Computers,
            Measure::TrainedTeachers,
            Measure::QualifiedTeachers,
            Measure::LearnersPerDevice,
            Measure::PrimaryMathematics,
        ] {
            let value = run.lend().value(measure, Scope::ALL, t);
            rows.extend(value.map(|value| (format!("{year} {}", measure.code()), value)));
        }
        rows.extend(reach(run.lend().twin(), t).map(|value| (format!("{year} reach without plan"), value)));
        for component in Component::ALL {
            rows.push((
                format!("{year} need {component} usd"),
                plan.component_need(t, *component),
            ));
        }
        rows.push((format!("{year} funded usd"), plan.year_funded(t)));
        rows.push((format!("{year} need without plan usd"), twin.year_need(t)));
        rows.push((
            format!("{year} theta end of first level sd"),
            plan.theta(t, run.model.levels[0].grades - 1),
        ));
        for (level, table) in run.model.levels.iter().enumerate() {
            rows.push((
                format!("{year} learners {}", table.level),
                run.run.demand.learners(t, level),
            ));
        }
    }
    rows.push((
        "first dark year (0 none)".into(),
        f64::from(run.lend().dark().year().unwrap_or(0)),
    ));
    rows
}

#[test]
fn bundled_scenarios_give_the_results_that_were_kept() {
    let mut report = String::new();
    let mut count = 0;
    for name in stories() {
        count += 1;
        let rows = results(&simulate(bundled(name)));
        let file = format!("tests/expected/{}.txt", name.trim_end_matches(".ron").replace('/', "_"));
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&file);
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            let text: String = rows.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
            std::fs::write(&path, text).expect("written");
            continue;
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        let kept: Vec<(&str, f64)> = kept
            .lines()
            .filter_map(|line| line.rsplit_once(" = "))
            .filter_map(|(n, v)| Some((n, v.parse().ok()?)))
            .collect();
        for (name, value) in &rows {
            match kept.iter().find(|(known, _)| known == name) {
                None => writeln!(report, "{file}: {name} is new: {value}").expect("text"),
                Some((_, old)) if (value - old).abs() > TOLERANCE * old.abs().max(1e-6) => {
                    writeln!(
                        report,
                        "{file}: {name} was {old}, is {value} ({:+.3} %)",
                        100.0 * (value / old - 1.0)
                    )
                    .expect("text");
                }
                Some(_) => {}
            }
        }
        for (known, _) in &kept {
            if !rows.iter().any(|(name, _)| name == known) {
                writeln!(report, "{file}: {known} is gone").expect("text");
            }
        }
    }
    assert!(count >= 13, "{count} stories");
    assert!(
        report.is_empty(),
        "results changed:\n{}",
        report.lines().take(60).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn devices_first_spends_the_money_and_teaches_nothing() {
    for country in ["senegal", "sierra_leone", "bangladesh"] {
        let run = |story: &str| simulate(bundled(&format!("{country}/{story}.ron")));
        let (none, devices, balanced) = (run("no_new_plan"), run("devices_first"), run("balanced"));
        let last = none.model.years - 1;
        let reach_of = |run: &Trajectory| reach(run.lend(), last).expect("reach");
        let spent = |run: &Trajectory| {
            (1..=last)
                .map(|t| run.run.plan.year_funded(t) - run.run.twin.year_funded(t))
                .sum::<f64>()
        };
        for grade in 0..none.model.grades {
            assert!(
                devices.run.plan.theta(last, grade) - none.run.plan.theta(last, grade) <= 0.01,
                "{country} grade {grade}"
            );
        }
        assert!(
            spent(&devices) > 0.5 * spent(&balanced),
            "{country}: {} against {}",
            spent(&devices),
            spent(&balanced)
        );
        assert!(
            reach_of(&devices) - reach_of(&none) < 0.05,
            "{country}: reach hardly moves"
        );
        // The balanced plan reaches learners where it is paid for: Sierra Leone has a source for half of it.
        let mut paid = bundled(&format!("{country}/balanced.ron"));
        paid.funding.sources.truncate(1);
        paid.funding.sources[0].kind = SourceKind::DomesticBudget(BudgetTerms {
            amount: Some(YearPath::constant(1e12)),
            share_of_education: None,
            ..BudgetTerms::default()
        });
        assert!(
            reach_of(&simulate(paid)) - reach_of(&none) > 0.4,
            "{country}: the balanced plan reaches learners"
        );
        // No new plan is the twin of all the others.
        assert!(
            (reach_of(&none) - reach(balanced.lend().twin(), last).expect("reach")).abs() < 1e-9,
            "{country}"
        );
    }
}

#[test]
fn all_stories_of_a_country_have_one_twin() {
    for country in ["senegal", "sierra_leone", "bangladesh"] {
        let needs = ["no_new_plan", "devices_first", "teachers_first", "balanced"].map(|story| {
            let run = simulate(bundled(&format!("{country}/{story}.ron")));
            (1..run.model.years)
                .map(|t| run.run.twin.year_need(t).to_bits())
                .collect::<Vec<_>>()
        });
        assert!(needs.iter().all(|need| *need == needs[0]), "{country}");
    }
}
