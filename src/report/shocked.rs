//! What shocks do to a plan, in words.

use crate::model::Trajectory;
use crate::scenario::measure::{Measure, Scope};
use crate::study::recovery::recovery;
use crate::units::Style;

/// What strikes, who is without school and what it costs; none without shocks.
#[must_use]
pub(super) fn shocked(run: &Trajectory) -> Option<String> {
    let scenario = &run.model.scenario;
    let mut said: Vec<String> = scenario
        .shocks
        .iter()
        .map(|shock| format!("{} in {}", shock.kind.name().replace('_', " "), shock.year))
        .collect();
    for t in 1..run.model.years {
        let told = |measure| run.lend().value(measure, Scope::ALL, t);
        let closed = told(Measure::ClosedLearners).filter(|learners| *learners >= 1.0);
        if let Some((learners, goes_on)) = closed.zip(told(Measure::Continuity)) {
            said.push(format!(
                "{}: schools of {} learners close, {:.0} % of them go on at home",
                run.model.calendar(t),
                Style::ENGLISH.format.fixed(learners, 0),
                100.0 * goes_on
            ));
        }
    }
    if let Some(more) = recovery(run.lend()) {
        let (sign, word) = if more < 0.0 { (-1.0, "less") } else { (1.0, "more") };
        said.push(format!(
            "to do it all costs US$ {} million {word} than without",
            Style::ENGLISH.format.fixed(sign * more / 1e6, 1)
        ));
    }
    (!said.is_empty()).then(|| format!("Shocks: {}.", said.join("; ")))
}
