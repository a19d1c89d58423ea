//! A year path that may differ by level, locality and region.

use super::country::{Level, Locality};
use super::field::Field;
use super::messages;
use super::parameters::{Keys, Layout, PathSlot};
use super::read::Reader;
use super::registry::{Entry, Leaf, LeafMut, Section};
use super::tree::{Node, NodeKind};
use super::write::Writer;
use super::year_path::YearPath;
use crate::units::Unit;

crate::section! {
    /// One case of a lever: the path that holds for some level, locality or region.
    pub struct Case / CaseSlots {
        /// The level for which it holds; all levels when left out.
        level: Option<Level> = Field::choice().key();
        /// The locality for which it holds; both when left out.
        locality: Option<Locality> = Field::choice().key();
        /// The region for which it holds; all when left out.
        region: Option<String> = Field::text().key();
        /// The path.
        to: YearPath = Field::path(Unit::Index).required();
    }
}

/// A year path that may differ by level, locality and region. Of the cases that fit, the last one holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Lever {
    /// Cases, from general to particular; the first holds everywhere.
    pub cases: Vec<Case>,
}

/// Where a lever's cases stand in the parameter vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeverSlots {
    /// One entry a case.
    pub cases: Vec<CaseSlots>,
}

impl Lever {
    /// The same path everywhere.
    #[must_use]
    pub fn everywhere(to: YearPath) -> Self {
        Self {
            cases: vec![Case {
                level: None,
                locality: None,
                region: None,
                to,
            }],
        }
    }

    /// Adds a case for one level.
    #[must_use]
    pub fn but(mut self, level: Level, to: YearPath) -> Self {
        self.cases.push(Case {
            level: Some(level),
            locality: None,
            region: None,
            to,
        });
        self
    }
}

impl Lever {
    /// The path of the case that holds for a group.
    #[must_use]
    pub(super) fn path_for(&self, level: Level, locality: Locality, region: &str) -> &YearPath {
        let fits = |case: &&Case| {
            case.level.is_none_or(|l| l == level)
                && case.locality.is_none_or(|l| l == locality)
                && case.region.as_deref().is_none_or(|r| r == region)
        };
        &self.cases.iter().rev().find(fits).unwrap_or(&self.cases[0]).to
    }
}

impl LeverSlots {
    /// The path of the case that holds for a group.
    #[must_use]
    pub(crate) fn path_for(&self, level: Level, locality: Locality, region: &str) -> PathSlot {
        let fits = |case: &&CaseSlots| {
            case.level.is_none_or(|l| l == level)
                && case.locality.is_none_or(|l| l == locality)
                && case.region.as_deref().is_none_or(|r| r == region)
        };
        self.cases.iter().rev().find(fits).unwrap_or(&self.cases[0]).to
    }
}

impl Entry for Lever {
    type Slots = LeverSlots;

    fn read(node: &Node, field: &'static Field, reader: &mut Reader<'_>) -> Self {
        let NodeKind::List(items) = &node.kind else {
            return Self::everywhere(YearPath::read(node, field, reader));
        };
        let mut cases = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let case = reader.within(index, item, |node, reader| {
                let parts = reader.open(node, Case::FIELDS);
                let [level, locality, region, to] = parts[..] else {
                    unreachable!("a case has four fields")
                };
                Case {
                    level: level.and_then(|n| reader.within("level", n, |n, r| Option::read(n, &Case::FIELDS[0], r))),
                    locality: locality
                        .and_then(|n| reader.within("locality", n, |n, r| Option::read(n, &Case::FIELDS[1], r))),
                    region: region.map(|n| reader.within("region", n, |n, r| r.text(n))),
                    // The rule is that of the lever, not that of a nameless path.
                    to: to.map_or_else(
                        || YearPath::constant(f64::NAN),
                        |n| reader.within("to", n, |n, r| YearPath::read(n, field, r)),
                    ),
                }
            });
            if index == 0 && (case.level.is_some() || case.locality.is_some() || case.region.is_some()) {
                reader.error(
                    item,
                    "lever-general-case",
                    messages::general_case(),
                    messages::general_case_hint(),
                );
            }
            cases.push(case);
        }
        if cases.is_empty() {
            reader.error(
                node,
                "empty-path",
                messages::lever_empty(),
                messages::write_for_instance("[(to: 0.5)]"),
            );
            return Self::absent(field);
        }
        Self { cases }
    }

    fn absent(field: &'static Field) -> Self {
        Self::everywhere(YearPath::absent(field))
    }

    fn is_absent(&self, field: &'static Field) -> bool {
        self.cases.len() == 1 && self.cases[0].to.is_absent(field)
    }

    fn write(&self, field: &'static Field, writer: &mut Writer) {
        if self.cases.len() == 1 {
            return self.cases[0].to.write(field, writer);
        }
        writer.open("[");
        for case in &self.cases {
            writer.item(|writer| writer.inline(|writer| case.write(field, writer)));
        }
        writer.close("]");
    }

    fn lay(&self, field: &'static Field, layout: &mut Layout<'_>) -> LeverSlots {
        let several = self.cases.len() > 1;
        let mut keys = Keys::default();
        let mut lay = |(index, case): (usize, &Case)| CaseSlots {
            level: case.level,
            locality: case.locality,
            region: case.region.clone(),
            to: if several {
                layout.case(index, || keys.tell(case.key()), |layout| case.to.lay(field, layout))
            } else {
                case.to.lay(field, layout)
            },
        };
        LeverSlots {
            cases: self.cases.iter().enumerate().map(&mut lay).collect(),
        }
    }

    fn walk<'a>(&'a self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, Leaf<'a>)) {
        for (index, case) in self.cases.iter().enumerate() {
            let path = if self.cases.len() == 1 {
                path.to_owned()
            } else {
                format!("{path}[{index}].to")
            };
            case.to.walk(&path, field, see);
        }
    }

    fn walk_mut(&mut self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, LeafMut<'_>)) {
        let several = self.cases.len() > 1;
        for (index, case) in self.cases.iter_mut().enumerate() {
            let path = if several {
                format!("{path}[{index}].to")
            } else {
                path.to_owned()
            };
            case.to.walk_mut(&path, field, see);
        }
    }
    fn walk_words(&self, path: &str, field: &'static Field, see: &mut dyn FnMut(&str, &'static Field, &str)) {
        if self.cases.len() > 1 {
            self.cases.walk_words(path, field, see);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::field::ROOT;
    use super::*;

    #[test]
    fn the_last_fitting_case_of_a_lever_holds() {
        let lever = Lever::everywhere(YearPath::constant(10.0)).but(Level::UpperSecondary, YearPath::constant(5.0));
        let scenario = super::super::Scenario::absent(&ROOT);
        let mut layout = Layout::new(&scenario, None);
        let slots = lever.lay(&ROOT, &mut layout);
        let (values, ..) = layout.into_values();
        let holds = |level, locality| values[slots.path_for(level, locality, "").0 as usize];
        assert_eq!(holds(Level::Primary, Locality::Urban), 10.0);
        assert_eq!(holds(Level::UpperSecondary, Locality::Rural), 5.0);
    }
}
