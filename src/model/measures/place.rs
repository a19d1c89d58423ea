//! The bins of each place, for who asks for many places.

use std::collections::BTreeMap;

use crate::model::sums::Bin;
use crate::model::tables::Model;
use crate::scenario::measure::Scope;
use crate::scenario::{Level, Locality};

/// Level, locality and region; none stands for all.
pub(super) type PlaceKey<'a> = (Option<Level>, Option<Locality>, Option<&'a str>);

/// The bins of each place of a run at full detail, in the order of the tables.
#[derive(Clone, Debug)]
pub struct PlaceIndex<'a> {
    bins: BTreeMap<PlaceKey<'a>, Vec<Bin>>,
}

impl<'a> PlaceIndex<'a> {
    /// Of a model.
    #[must_use]
    pub fn of(model: &'a Model) -> Self {
        let mut bins: BTreeMap<PlaceKey<'_>, Vec<Bin>> = BTreeMap::new();
        for (bin, cut) in Bin::all(model.cuts.len()).zip(&model.cuts) {
            for level in [None, Some(model.levels[cut.level].level)] {
                for locality in [None, Some(cut.locality)] {
                    let region = Some(cut.region.as_str()).filter(|region| !region.is_empty());
                    bins.entry((level, locality, None)).or_default().push(bin);
                    if region.is_some() {
                        bins.entry((level, locality, region)).or_default().push(bin);
                    }
                }
            }
        }
        Self { bins }
    }

    /// Places that have any bin.
    pub(crate) fn scopes(&self) -> impl Iterator<Item = Scope<'a>> {
        self.bins.keys().map(|(level, locality, region)| Scope {
            level: *level,
            locality: *locality,
            region: *region,
            person: None,
        })
    }

    /// Bins of a place.
    #[must_use]
    pub fn bins<'b>(&'b self, scope: &Scope<'b>) -> &'b [Bin] {
        let key = (scope.level, scope.locality, scope.region);
        self.bins.get(&key).map_or(&[], Vec::as_slice)
    }
}
