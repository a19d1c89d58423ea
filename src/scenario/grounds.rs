//! What a scenario rests on: how many of its questions are answered from a source and how many by assumption.

use std::collections::BTreeMap;

use super::field::Field;
use super::registry::Leaf;
use super::{Confidence, Part, Scenario};

/// Questions that a scenario answers with a number, counted.
///
/// A number that every group of schools has is one question, however many groups there are, and rests on the weakest
/// of their answers: a ministry that writes down its forty regions has not made forty assumptions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    /// In the order of [`Confidence`]: from a source, a rule or setting of the program, without a source, assumed.
    pub by_confidence: [usize; 4],
    /// Those answered, for some group at least, by a stand-in that the country's own figure should replace.
    pub stand_ins: usize,
}

impl Grounds {
    /// Looks through a scenario, defaults included.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self::of_part(scenario, Part::All)
    }

    /// The questions that a part of it answers.
    pub(super) fn of_part(scenario: &Scenario, part: Part) -> Self {
        let mut grounds = Self::default();
        let mut of_groups: BTreeMap<String, (usize, bool)> = BTreeMap::new();
        scenario.walk_part(part, &mut |path, field, leaf| {
            let (confidence, stand_in) = (leaf.confidence(field) as usize, leaf.is_stand_in(field));
            let of_group = path
                .strip_prefix("country.groups[")
                .and_then(|rest| rest.split_once(']'));
            let Some((_, question)) = of_group else {
                grounds.by_confidence[confidence] += 1;
                grounds.stand_ins += usize::from(stand_in);
                return;
            };
            if let Some(known) = of_groups.get_mut(question) {
                *known = (known.0.max(confidence), known.1 || stand_in);
            } else {
                of_groups.insert(question.to_owned(), (confidence, stand_in));
            }
        });
        for (confidence, stand_in) in of_groups.into_values() {
            grounds.by_confidence[confidence] += 1;
            grounds.stand_ins += usize::from(stand_in);
        }
        grounds
    }

    /// All questions.
    #[must_use]
    pub fn all(&self) -> usize {
        self.by_confidence.iter().sum()
    }

    /// Those answered by assumption.
    #[must_use]
    pub const fn assumed(&self) -> usize {
        self.by_confidence[Confidence::Low as usize]
    }
}

impl std::ops::Add for Grounds {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            by_confidence: std::array::from_fn(|at| self.by_confidence[at] + other.by_confidence[at]),
            stand_ins: self.stand_ins + other.stand_ins,
        }
    }
}

impl Leaf<'_> {
    /// How far it can be trusted.
    #[must_use]
    pub fn confidence(&self, field: &Field) -> Confidence {
        match self {
            Self::Number(number) => number.confidence(field),
            Self::Path(path) => path.confidence(field),
        }
    }

    /// Whether it stands in for a figure that nobody has published.
    #[must_use]
    pub fn is_stand_in(&self, field: &Field) -> bool {
        match self {
            Self::Number(number) => number.passport(field).stand_in().is_some(),
            Self::Path(path) => path.passport(field).stand_in().is_some(),
        }
    }
}
