//! What the gate of the window judges an edit by is what is found anew.

use rollcall::data::{bundled, store};
use rollcall::scenario::check;
use rollcall::scenario::findings::{Finding, Severity};
use rollcall::scenario::grounds::Grounds;
use rollcall::scenario::places::Places;
use rollcall::scenario::verdict::Verdict;

fn sorted(findings: &[Finding]) -> Vec<String> {
    let mut texts: Vec<String> = findings.iter().map(|finding| format!("{finding:?}")).collect();
    texts.sort();
    texts
}

#[test]
fn what_is_judged_after_an_edit_is_what_is_judged_anew() {
    for (path, _) in bundled().iter().filter(|(path, _)| !path.starts_with("countries/")) {
        let Some(scenario) = store::load_bundled(path).reading.scenario else {
            continue;
        };
        let verdict = Verdict::of(&scenario);
        assert_eq!(verdict.grounds, Grounds::of(&scenario), "{path}");
        let mut all = check::check(&scenario, "", &Places::new());
        all.retain(|finding| finding.severity != Severity::Note);
        let judged: Vec<Finding> = verdict.errors.iter().chain(&verdict.warnings).cloned().collect();
        assert_eq!(sorted(&judged), sorted(&all), "{path}");
        let mut edited = scenario.clone();
        edited.horizon += 1;
        edited.targets.clear();
        let (after, anew) = (verdict.after(&edited), Verdict::of(&edited));
        assert_eq!(sorted(&after.warnings), sorted(&anew.warnings), "{path}");
        assert_eq!(after.grounds, anew.grounds, "{path}");
    }
}
