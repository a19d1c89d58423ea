//! How unequal a measure is over fifths of wealth, or over the places of a run at full detail (4.4).

use std::collections::BTreeMap;
use std::ops::Range;

use super::Here;
use crate::model::equity::{Part, atkinson, concentration, erreygers, gini, theil, theil_split, worst_tenth};
use crate::model::sums::{Bin, OfPersons, stat};
use crate::scenario::measure::{Inequality, Measure, Scope};
use crate::scenario::person::{Person, Wealth};

impl Here<'_> {
    /// Learners weigh places and fifths; none where nobody has anything that could be shared out.
    pub(super) fn unequal(&self, measure: Measure, inequality: Inequality, years: &Range<usize>) -> Option<f64> {
        if inequality.is_by_wealth() {
            let fifths = self.fifths(measure, years)?;
            return match inequality {
                Inequality::Concentration => concentration(&fifths),
                _ => erreygers(&fifths),
            };
        }
        let regions = self.regions(measure, years)?;
        if let Inequality::TheilBetween | Inequality::TheilWithin = inequality {
            let [between, within] = theil_split(&regions)?;
            return Some(if inequality == Inequality::TheilBetween {
                between
            } else {
                within
            });
        }
        let mut places = regions.concat();
        match inequality {
            Inequality::Gini => gini(&mut places),
            Inequality::Atkinson => {
                let aversion = self.run.model.slots.evidence.inequality_aversion;
                atkinson(&places, self.run.number(aversion))
            }
            Inequality::WorstTenth => worst_tenth(&mut places),
            _ => theil(&places),
        }
    }

    /// Learners by wealth, the poorest first, and what each fifth has.
    fn fifths(&self, measure: Measure, years: &Range<usize>) -> Option<Vec<Part>> {
        let t = years.end.checked_sub(1)?;
        let each = |fifth: &Wealth| {
            let person = Person::Wealth(*fifth);
            let here = Self {
                scope: Scope {
                    person: Some(person),
                    ..self.scope
                },
                ..*self
            };
            let people = here.people(t, person);
            let value = if people > 0.0 {
                here.measure(measure, years)?
            } else {
                0.0
            };
            Some(Part { people, value })
        };
        Wealth::ALL.iter().map(each).collect()
    }

    fn people(&self, t: usize, person: Person) -> f64 {
        let pass = self.run.pass();
        match self.listed {
            Some(bins) => pass.persons_these(t, person, OfPersons::Learners, bins),
            None => pass.persons(t, person, OfPersons::Learners, &|bin| self.holds(bin)),
        }
    }

    /// Places of the scope that have learners and a value, region by region.
    fn regions(&self, measure: Measure, years: &Range<usize>) -> Option<Vec<Vec<Part>>> {
        let (run, t) = (self.run, years.end.checked_sub(1)?);
        if !run.workspace.detail.places {
            return None;
        }
        let pass = run.pass();
        let bins: Vec<Bin> = match self.listed {
            Some(bins) => bins.to_vec(),
            None => pass.bins().filter(|bin| self.holds(*bin)).collect(),
        };
        let mut regions: BTreeMap<&str, Vec<Part>> = BTreeMap::new();
        for bin in bins {
            let here = Here {
                listed: Some(std::slice::from_ref(&bin)),
                ..*self
            };
            let people = pass.stat(t, bin, stat::LEARNERS);
            if let Some(value) = here.measure(measure, years).filter(|_| people > 0.0) {
                let region = run.model.cuts[bin.index()].region.as_str();
                regions.entry(region).or_default().push(Part { people, value });
            }
        }
        Some(regions.into_values().collect())
    }
}
