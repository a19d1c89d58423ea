//! How much a source gives, as one number: the first of the terms that are the planner's to say.

use super::mechanisms::Mechanism;
use super::terms;
use crate::app::lever;
use crate::app::words::Words;
use crate::scenario::field::Field;
use crate::scenario::funding::SourceKind;
use crate::scenario::{Quantity, Source, YearPath};

/// How much a source gives.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Figure {
    /// The term.
    pub field: &'static Field,
    /// Its value; of a path the largest.
    pub value: f64,
}

impl Figure {
    /// That of a source.
    pub(in crate::app) fn of(source: &Source) -> Option<Self> {
        let figures = Mechanism::of(source)?.figures;
        let kind = SourceKind::KINDS.iter().find(|kind| kind.name == source.kind.name())?;
        figures.iter().find_map(|name| {
            let field = kind.fields.iter().find(|field| field.name == *name)?;
            let part = terms::part(source, name)?;
            let value = match (part.downcast_ref::<Quantity>(), part.downcast_ref::<YearPath>()) {
                (Some(number), _) => number.value,
                (_, Some(path)) => largest(path),
                _ => return None,
            };
            Some(Self { field, value })
        })
    }

    /// Name of the term.
    pub(in crate::app) fn name(&self, words: &Words) -> &'static str {
        terms::name(self.field.name, words)
    }

    /// The source with another value; a path keeps its shape.
    pub(in crate::app) fn set(&self, source: &Source, value: f64) -> Option<Source> {
        let mut source = source.clone();
        let value = value.clamp(self.field.within.0, self.field.within.1);
        if let Some(number) = terms::part_mut::<Quantity>(&mut source, self.field.name) {
            number.value = value;
            number.passport = number.passport.take().and_then(|old| lever::decided(&old, value));
        } else {
            let path = terms::part_mut::<YearPath>(&mut source, self.field.name)?;
            let before = largest(path);
            for (_, point) in &mut path.points {
                *point = if before > 0.0 { *point / before * value } else { value };
            }
            path.passport = path.passport.take().and_then(|old| lever::decided(&old, value));
        }
        Some(source)
    }

    /// The end of a rail on which the value has room: a round number.
    pub(in crate::app) fn end(&self) -> f64 {
        let likely = self.field.likely.map_or(0.0, |(_, high)| high);
        let least = if likely > 0.0 { likely } else { 1e-3 };
        let wanted = (2.0 * self.value).max(least).min(self.field.within.1);
        let size = 10f64.powf(wanted.log10().floor());
        let round = [1.0, 2.0, 5.0, 10.0].into_iter().map(|part| part * size);
        round
            .into_iter()
            .find(|round| *round >= wanted * (1.0 - 1e-9))
            .unwrap_or(wanted)
            .min(self.field.within.1)
    }
}

fn largest(path: &YearPath) -> f64 {
    path.points.iter().map(|(_, value)| *value).fold(0.0, f64::max)
}
