//! Groups of schools in our own table, as `rollcall new --groups` takes them.

use super::tables::{in_memory, number};
use crate::data::tables::{GroupRow, Measure};

/// The table as bytes (CSV): region, locality, level, and a column for each number that is known of any group.
#[must_use]
pub fn bytes(groups: &[GroupRow]) -> Vec<u8> {
    let known = |measure: &&Measure| groups.iter().any(|group| group.get(**measure).is_some());
    let measures: Vec<Measure> = Measure::ALL.iter().filter(known).copied().collect();
    let classed = groups.iter().any(|group| !group.size_class.is_empty());
    in_memory(|table| {
        let names = measures.iter().map(|measure| measure.name());
        let class = classed.then_some("size_class");
        table.row(["region", "locality", "level"].into_iter().chain(class).chain(names));
        for group in groups {
            let mut cells = vec![
                group.region.clone(),
                group.locality.name().to_owned(),
                group.level.name().to_owned(),
            ];
            cells.extend(classed.then(|| group.size_class.clone()));
            cells.extend(
                measures
                    .iter()
                    .map(|measure| group.get(*measure).map_or(String::new(), number)),
            );
            table.row(cells);
        }
    })
}
