//! Standards: what each sets, what it leaves, and how it is laid over a plan.

use rollcall::data::store;
use rollcall::scenario::Scenario;
use rollcall::scenario::plan::{LinkRule, LinkService};
use rollcall::scenario::standard::Standard;

use super::regression::bundled;

fn standard(name: &str) -> Standard {
    store::standard(name).unwrap_or_else(|findings| panic!("{name}: {findings:?}"))
}

fn over(name: &str) -> (Scenario, Scenario) {
    let before = bundled("senegal/balanced.ron");
    let after = standard(name).over(&before);
    (before, after)
}

#[test]
fn every_bundled_standard_has_a_source_and_says_what_is_ours() {
    let names: Vec<&str> = store::standards().collect();
    assert_eq!(names, ["enec", "fcc", "gape", "giga_floor", "india_smart_classrooms"]);
    for name in names {
        let standard = standard(name);
        assert!(!standard.source.is_empty() && !standard.note.is_empty(), "{name}");
        let (before, after) = over(name);
        // The balanced plan has Giga's floor already.
        assert_eq!(before == after, name == "giga_floor", "{name}");
        assert_eq!((before.funding, before.targets), (after.funding, after.targets));
    }
}

#[test]
fn enec_sets_links_and_networks_and_leaves_the_rest() {
    let (before, after) = over("enec");
    let links = after.plan.links.as_ref().expect("links");
    assert_eq!(
        (links.rule, links.service),
        (LinkRule::PerLearner, LinkService::Managed)
    );
    assert_eq!(
        [&links.floor, &links.per_learner, &links.most].map(|number| number.value),
        [50.0, 1.0, 1_000.0]
    );
    // A network wherever there is a link.
    let campus = after.plan.campus.as_ref().expect("networks");
    assert_eq!(campus.networked, links.connected);
    assert_eq!(before.plan.devices, after.plan.devices);
    assert_eq!(before.plan.training, after.plan.training);
}

#[test]
fn gape_sets_steps_and_nothing_else() {
    let (before, mut after) = over("gape");
    let links = after.plan.links.as_mut().expect("links");
    let steps: Vec<(f64, f64)> = links
        .steps
        .iter()
        .map(|step| (step.learners.value, step.mbps.value))
        .collect();
    assert_eq!(steps, [(15.0, 50.0), (200.0, 100.0), (500.0, 200.0)]);
    links.rule = LinkRule::PerDevice;
    links.steps.clear();
    assert!(before == after);
}

#[test]
fn a_standard_is_laid_over_a_plan_from_the_command_line() {
    let run = |standards: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("rollcall").expect("the program");
        command.args(["compare", "senegal/balanced.ron"]);
        for standard in standards {
            command.args(["--standard", standard]);
        }
        command.output().expect("it runs")
    };
    let output = run(&["enec"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("plan.links.floor") && said.contains("enec"), "{said}");
    let unknown = run(&["enecc"]);
    assert_eq!(unknown.status.code(), Some(2));
    let said = String::from_utf8_lossy(&unknown.stderr);
    assert!(said.contains("giga_floor"), "{said}");
}
