//! Documented cases of what ICT in education cost elsewhere, to stand beside what a plan costs. One case is one case; none
//! is a target. The book's table of them is in its chapter *Validation*.

use crate::model::{Trajectory, ledger};
use crate::scenario::field::Tag;
use crate::scenario::messages::{self, Message};
use crate::scenario::{Component, Need};

/// What one country or study paid or asked for.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Place, and what the money covers.
    pub what: fn() -> Message,
    /// Cost of a learner and year, US$, from the least to the most that is told.
    pub per_learner_year: [f64; 2],
    /// Its row among the sources, as [`cited`](crate::scenario::citations::cited) reads it.
    pub source: &'static str,
    /// How it was read.
    pub tag: Tag,
}

const fn case(what: fn() -> Message, per_learner_year: [f64; 2], source: &'static str, tag: Tag) -> Case {
    Case {
        what,
        per_learner_year,
        source,
        tag,
    }
}

/// Cost of a learner and year, all in, from the cheapest on.
pub const CASES: &[Case] = &[
    case(messages::case_malawi, [7.0, 15.0], "evidence A4.6", Tag::Read),
    case(messages::case_senegal, [11.0, 11.0], "evidence M9.1", Tag::Calculated),
    case(messages::case_world, [48.0, 48.0], "evidence A1.8", Tag::ReadSecond),
    case(messages::case_uruguay, [100.0, 100.0], "evidence A4.2", Tag::ReadSecond),
    case(messages::case_europe, [251.0, 600.0], "evidence M1.7", Tag::Calculated),
];

/// Cost of a learner with special needs and year, from the cheapest on; US$ of 2025, as prices are: 17 of 2023 and 70 of 2018 by the deflator.
pub const PROVIDED: &[Case] = &[
    case(
        messages::case_kenya_special,
        [17.9, 17.9],
        "evidence M8.15",
        Tag::ReadSecond,
    ),
    case(
        messages::case_india_special,
        [88.0, 88.0],
        "evidence M8.14",
        Tag::ReadSecond,
    ),
];

/// What it takes in the last year to keep up what a plan provides to a learner with a difficulty: teachers, packages, titles, if all
/// is paid for; constant US$. None where it provides nothing beyond today.
#[must_use]
pub fn provided_each(run: &Trajectory) -> Option<f64> {
    let last = run.model.calendar(run.model.years - 1);
    let kept = ledger::costs_in_full(run).filter(|row| {
        let line = row.line;
        let others = matches!(
            line.category,
            "programmes for girls" | "upkeep of adapted schools" | "adapted schools"
        );
        row.year == last && line.component == Component::Inclusion && line.need != Need::Expansion && !others
    });
    let (mut amount, mut teachers) = (0.0, 0.0);
    for row in kept {
        amount += row.amount().0;
        if row.line.category == "specialist teachers" {
            teachers += row.quantity;
        }
    }
    let learners = teachers * run.model.scenario.prices.inclusion.learners_each.value;
    (learners >= 1.0).then(|| amount / learners)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::citations::cited;

    #[test]
    fn each_case_has_a_source_and_stands_in_the_book() {
        let page = include_str!("../../docs/src/validation.md");
        for case in CASES.iter().chain(PROVIDED) {
            let [low, high] = case.per_learner_year;
            assert!(low > 0.0 && low <= high, "{case:?}");
            assert!(cited(case.source).is_some(), "{case:?}");
            let value = if low < high {
                format!("{low} to {high}")
            } else {
                low.to_string()
            };
            let row = format!("| {value} | {} | {} |", (case.what)(), case.source);
            assert!(page.contains(&row), "{row}");
        }
    }
}
