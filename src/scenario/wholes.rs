//! The wholes of a scenario: shares that the registry declares to belong together, gathered, and what is said of them.

use std::collections::BTreeMap;

use super::field::Field;
use super::messages::{self, Message};
use super::registry::Leaf;
use super::simplex::Simplex;
use super::{Part, Quantity, Scenario};

/// One whole of a scenario with its parts.
#[derive(Clone, Debug)]
pub struct Whole<'a> {
    /// Which shares.
    pub simplex: Simplex,
    /// Its path: `country.groups[3]`.
    pub path: String,
    /// Its parts, in the order of the file.
    pub parts: Vec<(&'static Field, Leaf<'a>)>,
}

impl Whole<'_> {
    /// Sum of the parts in a year.
    #[must_use]
    pub fn sum(&self, year: i32) -> f64 {
        let share = |leaf: &Leaf<'_>| match leaf {
            Leaf::Number(number) => number.value,
            Leaf::Path(path) => path.at(year),
        };
        self.parts.iter().map(|(_, leaf)| share(leaf)).sum()
    }

    /// Parts that were stated and parts that were left to an assumption, where there are both and what is left to one
    /// follows from both: nobody has said it.
    #[must_use]
    pub(crate) fn half_stated(&self) -> Option<[Vec<(&'static Field, f64)>; 2]> {
        let mut parts = [Vec::new(), Vec::new()];
        for (field, leaf) in &self.parts {
            // A path is always written.
            let Leaf::Number(number) = leaf else { return None };
            parts[usize::from(is_assumed(number, field))].push((*field, number.value));
        }
        let [stated, assumed] = &parts;
        let tells = self.simplex.rest_counts() || assumed.iter().any(|(_, share)| *share > 0.0);
        (!stated.is_empty() && !assumed.is_empty() && tells).then_some(parts)
    }
}

impl Simplex {
    /// What the shares leave to one; none where the parts themselves add up to one.
    #[must_use]
    pub fn rest(self) -> Option<Message> {
        match self {
            Self::Competence => Some(messages::rest_competence()),
            Self::Power => Some(messages::rest_power()),
            Self::Link => Some(messages::rest_link()),
            Self::Learning | Self::LearningBefore => Some(messages::rest_learning()),
            Self::Fifth | Self::Difficulty | Self::Training => None,
        }
    }

    /// What is wrong where they are not, and what to do.
    #[must_use]
    pub fn rule(self, year: i32) -> (Message, Message) {
        match self {
            Self::Competence => (messages::competence_sum(), messages::competence_sum_hint()),
            Self::Power => (messages::power_sum(), messages::power_sum_hint()),
            Self::Link => (messages::links_sum(), messages::links_sum_hint()),
            Self::Fifth => (messages::fifths_sum(), messages::fifths_sum_hint()),
            Self::Difficulty => (messages::difficulties_sum(), messages::difficulties_sum_hint()),
            Self::Training => (messages::training_sum(), messages::training_sum_hint()),
            Self::Learning | Self::LearningBefore => (messages::learning_sum(year), messages::learning_sum_hint()),
        }
    }
}

/// Whether nobody has said this number: it is a default or a stand-in.
fn is_assumed(number: &Quantity, field: &Field) -> bool {
    number.is_default(field) || number.passport(field).stand_in().is_some()
}

/// All wholes of a scenario.
#[must_use]
pub fn wholes(scenario: &Scenario) -> Vec<Whole<'_>> {
    wholes_of(scenario, Part::All)
}

/// The wholes of a part of a scenario.
pub(super) fn wholes_of(scenario: &Scenario, part: Part) -> Vec<Whole<'_>> {
    let mut found: Vec<Whole<'_>> = Vec::new();
    // The parts of a whole follow one another, whatever stands between them.
    let mut latest: BTreeMap<Simplex, usize> = BTreeMap::new();
    scenario.walk_part(part, &mut |path, field, leaf| {
        let Some(simplex) = field.simplex else { return };
        let whole = simplex.whole(path);
        let at = latest.entry(simplex).or_insert(found.len());
        if found.get(*at).is_none_or(|known| known.path != whole) {
            *at = found.len();
            found.push(Whole {
                simplex,
                path: whole.to_owned(),
                parts: Vec::new(),
            });
        }
        found[*at].parts.push((field, leaf));
    });
    found
}
