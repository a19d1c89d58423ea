//! Mechanisms as a person chooses among them: by where the money comes from, each with what happens afterwards and the two
//! figures that nobody else can say.

use crate::app::search::{self, Fit};
use crate::app::words::{Words, capital};
use crate::scenario::field::ROOT;
use crate::scenario::funding::SourceKind;
use crate::scenario::registry::{Entry, LeafMut};
use crate::scenario::{Component, Quantity, Scenario, Source, YearPath};

use super::edits::free_name;

/// A mechanism.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mechanism {
    /// The word in files.
    pub word: &'static str,
    /// Terms that are the planner's to say; the first of them is how much.
    pub figures: &'static [&'static str],
    after: After,
}

/// What happens once the money is spent.
#[derive(Debug, PartialEq, Eq)]
enum After {
    Stays,
    Ends,
    Repaid,
    PaidLater,
}

const fn mechanism(word: &'static str, figures: &'static [&'static str], after: After) -> Mechanism {
    Mechanism { word, figures, after }
}

const PROMISED: &[&str] = &["commitment", "release"];
const DEBT: &[&str] = &["debt", "from"];

/// Money of the country's own.
const OWN: &[Mechanism] = &[
    mechanism("domestic_budget", &["share_of_education", "amount"], After::Stays),
    mechanism("universal_service_levy", &["rate", "disbursement"], After::Stays),
    mechanism("household_charge", &["charge", "exempt"], After::Stays),
    mechanism("paying_hub", &["revenue", "take_up"], After::Stays),
];
/// Money that others give.
const GIVEN: &[Mechanism] = &[
    mechanism("grant", PROMISED, After::Ends),
    mechanism("in_kind", &["value", "components"], After::Ends),
    mechanism(
        "multiplier",
        &["commitment", "release", "matching", "counterpart"],
        After::Ends,
    ),
    mechanism("international_fund", PROMISED, After::Ends),
];
/// Money that is paid back, or paid for later.
const BORROWED: &[Mechanism] = &[
    mechanism("concessional_loan", PROMISED, After::Repaid),
    mechanism("commercial_loan", PROMISED, After::Repaid),
    mechanism("bond", PROMISED, After::Repaid),
    mechanism("guaranteed_loan", &["guarantee", "release"], After::Repaid),
    mechanism("partnership", PROMISED, After::PaidLater),
];
/// Money for results, or out of a debt.
const RESULTS: &[Mechanism] = &[
    mechanism("results_based", &["commitment", "price", "results_from"], After::Ends),
    mechanism("refinancing", DEBT, After::Repaid),
    mechanism("debt2ed", DEBT, After::Ends),
    mechanism("cancellation", DEBT, After::Ends),
];

/// All mechanisms, by where their money comes from.
pub(super) const FAMILIES: [(&str, &[Mechanism]); 4] = [
    ("family_own", OWN),
    ("family_given", GIVEN),
    ("family_borrowed", BORROWED),
    ("family_results", RESULTS),
];

impl Mechanism {
    /// All of them.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        FAMILIES.into_iter().flat_map(|(_, members)| members)
    }

    /// That of a source.
    pub fn of(source: &Source) -> Option<&'static Self> {
        Self::all().find(|mechanism| mechanism.word == source.kind.name())
    }

    /// Name.
    pub fn name(&self, words: &Words) -> String {
        capital(&words.word(self.word))
    }

    /// One sentence.
    pub fn about(&self, words: &Words) -> &'static str {
        words.text(&format!("about_{}", self.word)).unwrap_or_default()
    }

    /// One word on what happens afterwards.
    pub const fn after(&self, words: &Words) -> &'static str {
        match self.after {
            After::Stays => words.funding_stays,
            After::Ends => words.funding_ends,
            After::Repaid => words.funding_repaid,
            After::PaidLater => words.funding_later,
        }
    }

    /// Whether its money goes on when a plan ends.
    pub const fn stays(&self) -> bool {
        matches!(self.after, After::Stays)
    }

    /// How well a search finds it.
    pub fn fit(&self, search: &str, words: &Words) -> Option<Fit> {
        let also = search::of_text(&format!("about_{}", self.word), words);
        search::fit(&self.name(words), &also, search)
    }

    /// A source of this kind to be filled in: terms from their defaults, a release in equal parts over the plan, and
    /// nothing where only the planner knows how much.
    pub fn draft(&self, scenario: &Scenario, words: &Words) -> Option<Source> {
        let mut source = Source {
            name: free_name(scenario, &self.name(words)),
            kind: SourceKind::of(self.word)?,
            ..Source::absent(&ROOT)
        };
        // What must be written is not a number yet.
        source.walk_mut("", &ROOT, &mut |_, _, leaf| match leaf {
            LeafMut::Number(number) if number.value.is_nan() => number.value = 0.0,
            LeafMut::Path(path) if path.points.is_empty() => *path = YearPath::constant(0.0),
            _ => {}
        });
        let plan = scenario.plan_from..=scenario.horizon;
        let share = 1.0 / f64::from((scenario.horizon - scenario.plan_from + 1).max(1));
        let released: Vec<(i32, f64)> = plan.map(|year| (year, share)).collect();
        if let Some(release) = source.kind.part_mut("release").and_then(|part| part.downcast_mut()) {
            *release = YearPath::of(&released);
        }
        for field in ["from", "results_from"] {
            let year = source
                .kind
                .part_mut(field)
                .and_then(|part| part.downcast_mut::<Quantity>());
            if let Some(year) = year {
                year.value = f64::from(scenario.plan_from);
            }
        }
        match &mut source.kind {
            SourceKind::DomesticBudget(terms) => terms.share_of_education = Some(YearPath::constant(0.0)),
            SourceKind::InKind(terms) => {
                terms.value = YearPath::constant(0.0);
                source.components = vec![Component::Devices];
            }
            SourceKind::Multiplier(_) => {
                // The multiplier of the Global Partnership for Education gives one dollar for three of others.
                source.matching = Some(Quantity::new(3.0));
                let alone = scenario.funding.sources.iter().find(|other| other.matching.is_none());
                source.counterpart = alone.map_or_else(String::new, |other| other.name.clone());
            }
            _ => {}
        }
        Some(source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::words::ENGLISH;
    use crate::scenario::registry::Section;

    #[test]
    fn every_mechanism_stands_in_one_family_with_a_sentence_and_every_term_has_a_name() {
        let mut words: Vec<&str> = Mechanism::all().map(|mechanism| mechanism.word).collect();
        let mut kinds: Vec<&str> = SourceKind::KINDS.iter().map(|kind| kind.name).collect();
        words.sort_unstable();
        kinds.sort_unstable();
        assert_eq!(words, kinds);
        for kind in SourceKind::KINDS {
            let mechanism = Mechanism::all().find(|mechanism| mechanism.word == kind.name);
            let mechanism = mechanism.expect("a mechanism");
            assert!(!mechanism.about(&ENGLISH).is_empty(), "{}", kind.name);
            let own = Source::FIELDS
                .iter()
                .filter(|field| !["name", "kind", "note"].contains(&field.name));
            for field in kind.fields.iter().chain(own) {
                let name = format!("terms_{}", field.name);
                assert!(ENGLISH.text(&name).is_some(), "{name}");
            }
            for figure in mechanism.figures {
                let known = kind.has(figure) || Source::FIELDS.iter().any(|field| field.name == *figure);
                assert!(known, "{} has no {figure}", kind.name);
            }
        }
    }
}
