//! Levers: what a planner moves. A lever names a field of the scenario; a year path is moved at its last year, and the
//! years before it keep their shape.

use std::sync::Arc;
use std::sync::LazyLock;

use super::phrases::{level_name, locality_name};
use super::words::{Words, fill};
use crate::model::today;
use crate::scenario::field::{Field, Holds};
use crate::scenario::lever::Case;
use crate::scenario::quantity::{Confidence, Passport};
use crate::scenario::registry::Entry;
use crate::scenario::{Component, Lever, Quantity, Scenario, YearPath};
use crate::units::{self, Unit};

/// Which lever: a field of the plan that the registry gives a slider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeverId(usize);

/// What is known of a lever.
#[derive(Debug)]
struct Known {
    path: String,
    field: &'static Field,
    /// Its component; none where it belongs to all of them.
    group: Option<Component>,
}

/// All levers, component by component in the order of the words of the format; last those of all components.
static LEVERS: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let mut levers = Vec::new();
    Scenario::describe_all(&mut |path, field| {
        if field.slider.is_some() {
            let section = path.split('.').nth(1).unwrap_or_default();
            levers.push(Known {
                path: path.to_owned(),
                field,
                group: Component::from_name(section),
            });
        }
    });
    levers.sort_by_key(|known| (known.group.is_none(), known.group));
    levers
});

/// A group of levers: a component, or what belongs to all of them.
pub type Group = (Option<Component>, Vec<LeverId>);

/// Levers by group.
#[must_use]
pub fn groups() -> &'static [Group] {
    static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
        let mut groups: Vec<Group> = Vec::new();
        for (index, known) in LEVERS.iter().enumerate() {
            match groups.last_mut() {
                Some((group, members)) if *group == known.group => members.push(LeverId(index)),
                _ => groups.push((known.group, vec![LeverId(index)])),
            }
        }
        groups
    });
    &GROUPS
}

/// The field that a lever shows.
enum Shown<'a> {
    Number(&'a Quantity),
    Path(&'a YearPath),
    Lever(&'a Lever),
}

/// The field that a lever moves.
enum Moved<'a> {
    Number(&'a mut Quantity),
    Path(&'a mut YearPath),
    Lever(&'a mut Lever),
}

impl LeverId {
    /// The lever of a field.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        LEVERS.iter().position(|known| known.path == path).map(Self)
    }

    /// All levers.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..LEVERS.len()).map(Self)
    }

    /// Path of the field.
    #[must_use]
    pub fn path(self) -> &'static str {
        &LEVERS[self.0].path
    }

    /// Component; none where it belongs to all of them.
    #[must_use]
    pub fn group(self) -> Option<Component> {
        LEVERS[self.0].group
    }

    /// What is known of the field.
    #[must_use]
    pub fn field(self) -> &'static Field {
        LEVERS[self.0].field
    }

    /// Name, with the horizon where the lever is a path.
    #[must_use]
    pub fn name(self, words: &Words, horizon: i32) -> String {
        let template = words.text(self.field().name).unwrap_or(self.field().name);
        fill(template, &[("year", &horizon.to_string())])
    }

    /// Range and step of the slider; a number can be typed beyond it, as far as the field allows.
    #[must_use]
    pub fn span(self) -> (f64, f64, f64) {
        self.field().slider.unwrap_or((0.0, 1.0, 0.01))
    }

    /// The value as a person reads it.
    #[must_use]
    pub fn show(self, value: f64, words: &Words) -> String {
        match self.field().unit {
            // The name says the unit.
            Unit::LearnersPerDevice | Unit::PerThousandDevices => words.decimals(value),
            unit => words.show(unit, value),
        }
    }

    fn shown(self, scenario: &Scenario) -> Option<Shown<'_>> {
        let part = scenario.part(self.path())?;
        match self.field().holds {
            Holds::Number => part.downcast_ref().map(Shown::Number),
            Holds::Path => part.downcast_ref().map(Shown::Path),
            _ => part.downcast_ref().map(Shown::Lever),
        }
    }

    fn moved(self, scenario: &mut Scenario) -> Option<Moved<'_>> {
        let part = scenario.part_mut(self.path())?;
        match self.field().holds {
            Holds::Number => part.downcast_mut().map(Moved::Number),
            Holds::Path => part.downcast_mut().map(Moved::Path),
            _ => part.downcast_mut().map(Moved::Lever),
        }
    }

    /// The year paths of the lever, each with the schools for which it holds; none where the lever is a single number
    /// or the plan leaves the component out.
    pub(super) fn paths<'a>(self, scenario: &'a Scenario, words: &Words) -> Vec<(String, &'a YearPath)> {
        match self.shown(scenario) {
            Some(Shown::Path(path)) => vec![(words.path_everywhere.to_owned(), path)],
            Some(Shown::Lever(lever)) => lever
                .cases
                .iter()
                .map(|case| {
                    let who = who(case, words);
                    (
                        if who.is_empty() {
                            words.path_everywhere.to_owned()
                        } else {
                            who
                        },
                        &case.to,
                    )
                })
                .collect(),
            Some(Shown::Number(_)) | None => Vec::new(),
        }
    }

    pub(super) fn is_path(self, scenario: &Scenario) -> bool {
        matches!(self.shown(scenario), Some(Shown::Path(_) | Shown::Lever(_)))
    }

    /// The cases of the lever, to be changed; none where it cannot differ from school to school.
    pub(super) fn cases_mut(self, scenario: &mut Scenario) -> Option<&mut Vec<Case>> {
        match self.moved(scenario)? {
            Moved::Lever(lever) => Some(&mut lever.cases),
            Moved::Path(_) | Moved::Number(_) => None,
        }
    }

    /// The cases of the lever; none where it cannot differ from school to school.
    pub(super) fn cases(self, scenario: &Scenario) -> &[Case] {
        match self.shown(scenario) {
            Some(Shown::Lever(lever)) => &lever.cases,
            _ => &[],
        }
    }

    /// One of the lever's year paths, to be changed.
    pub(super) fn path_mut(self, scenario: &mut Scenario, case: usize) -> Option<&mut YearPath> {
        match self.moved(scenario)? {
            Moved::Path(path) => Some(path),
            Moved::Lever(lever) => lever.cases.get_mut(case).map(|case| &mut case.to),
            Moved::Number(_) => None,
        }
    }

    /// The value of the general case; none if the plan leaves the component out.
    #[must_use]
    pub fn get(self, scenario: &Scenario) -> Option<f64> {
        Some(match self.shown(scenario)? {
            Shown::Number(number) => number.value,
            Shown::Path(path) => path.at(scenario.horizon),
            Shown::Lever(lever) => lever.cases.first()?.to.at(scenario.horizon),
        })
    }

    /// Points of the general case that stand between the first year and the last.
    pub(super) fn between(self, scenario: &Scenario) -> &[(i32, f64)] {
        let points = match self.shown(scenario) {
            Some(Shown::Path(path)) => &path.points[..],
            Some(Shown::Lever(lever)) => lever.cases.first().map_or(&[][..], |general| &general.to.points),
            Some(Shown::Number(_)) | None => &[],
        };
        points.get(1..points.len().saturating_sub(1)).unwrap_or(&[])
    }

    /// An edit of the lever in words: its value, and whether other years went with it.
    #[must_use]
    pub fn edit(self, before: &Scenario, after: &Scenario, words: &Words) -> String {
        let shown = |scenario: &Scenario| {
            self.get(scenario)
                .map_or(String::new(), |value| self.show(value, words))
        };
        let values = [
            ("lever", self.name(words, before.horizon)),
            ("from", shown(before)),
            ("to", shown(after)),
        ];
        let edit = fill(
            words.edit_lever,
            &values.each_ref().map(|(mark, text)| (*mark, text.as_str())),
        );
        if self.between(before) == self.between(after) {
            edit
        } else {
            fill(words.edit_lever_years, &[("edit", &edit)])
        }
    }

    /// Sets the value of the general case, within what the field allows. Does nothing where the plan leaves the
    /// component out.
    pub fn set(self, scenario: &mut Scenario, value: f64) {
        let field = self.field();
        let (base, horizon) = (scenario.base_year, scenario.horizon);
        if !value.is_finite() {
            return;
        }
        // A slider's steps leave a tail of digits that nobody set.
        let value = (value * 1e6).round() / 1e6;
        let value = value.clamp(field.within.0, field.within.1);
        match self.moved(scenario) {
            Some(Moved::Number(number)) => {
                number.value = value;
                number.passport = number.passport.take().and_then(|passport| decided(&passport, value));
            }
            Some(Moved::Path(path)) => {
                path.passport = path.passport.take().and_then(|passport| decided(&passport, value));
                // What holds without the plan is not the plan's to change: a single value becomes a path from it.
                if let [(_, single)] = path.points[..] {
                    path.points = vec![(base, single), (horizon, single)];
                }
                bend(path, base, horizon, value, true);
            }
            Some(Moved::Lever(lever)) => {
                if let Some(general) = lever.cases.first_mut() {
                    let path = &mut general.to;
                    path.passport = path.passport.take().and_then(|passport| decided(&passport, value));
                    bend(path, base, horizon, value, field.may_fall);
                }
            }
            None => {}
        }
    }

    /// Sets the values of all cases, the general one and those of levels, places and regions of their own, each to what becomes of it.
    pub(super) fn set_everywhere(self, scenario: &mut Scenario, to: impl Fn(f64) -> f64) {
        let Some(general) = self.get(scenario) else { return };
        self.set(scenario, to(general));
        let (field, base, horizon) = (self.field(), scenario.base_year, scenario.horizon);
        for case in self.cases_mut(scenario).into_iter().flatten().skip(1) {
            let value = to(case.to.at(horizon)).clamp(field.within.0, field.within.1);
            case.to.passport = case.to.passport.take().and_then(|passport| decided(&passport, value));
            bend(&mut case.to, base, horizon, value, field.may_fall);
        }
    }

    /// How far the number can be trusted, and why, where that is little.
    pub(super) fn doubt(self, scenario: &Scenario, words: &Words) -> Option<String> {
        let field = self.field();
        let (confidence, own) = match self.shown(scenario)? {
            Shown::Number(number) => (number.confidence(field), &number.passport),
            Shown::Path(path) => (path.confidence(field), &path.passport),
            Shown::Lever(lever) => lever
                .cases
                .first()
                .map(|general| (general.to.confidence(field), &general.to.passport))?,
        };
        (confidence == Confidence::Low).then(|| match own {
            Some(own) => fill(words.low_why_own, &[("source", &words.source(&own.source))]),
            None => fill(
                words.low_why,
                &[
                    ("tag", &words.word(field.tag.name())),
                    ("source", &words.source(field.source)),
                ],
            ),
        })
    }

    /// Cases of the lever that hold for some schools only, in words.
    pub(super) fn exceptions(self, scenario: &Scenario, words: &Words) -> Option<String> {
        let Shown::Lever(lever) = self.shown(scenario)? else {
            return None;
        };
        let cases: Vec<String> = lever
            .cases
            .iter()
            .skip(1)
            .map(|case| {
                format!(
                    "{} {}",
                    who(case, words),
                    self.show(case.to.at(scenario.horizon), words)
                )
            })
            .collect();
        (!cases.is_empty()).then(|| cases.join(", "))
    }
}

impl LeverId {
    /// Whether a smaller number is more: fewer learners to a device are more devices.
    #[must_use]
    pub(crate) fn is_fewer_more(self) -> bool {
        self.field().unit == Unit::LearnersPerDevice
    }

    /// What stands in the base year over all schools, in the lever's unit; none where the country says nothing of it.
    #[must_use]
    pub fn today(self, scenario: &Scenario) -> Option<f64> {
        today(self.group()?, self.field().name, scenario)
    }
}

/// The schools for which a case holds, in words; nothing where it holds for all.
pub(super) fn who(case: &Case, words: &Words) -> String {
    let level = case.level.map(|level| level_name(level, words).to_lowercase());
    let locality = case.locality.map(|locality| locality_name(locality, words).to_owned());
    let parts = [level, locality, case.region.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What remains of a number's passport once a planner has set it: the range, while it still holds the value.
pub(super) fn decided(passport: &Passport, value: f64) -> Option<Arc<Passport>> {
    let range = (passport.low.is_some() || passport.high.is_some())
        && passport.low.is_none_or(|low| low <= value)
        && passport.high.is_none_or(|high| value <= high);
    range.then(|| {
        Arc::new(Passport {
            low: passport.low,
            high: passport.high,
            ..Passport::default()
        })
    })
}

/// Sets a path's value at the horizon: that of its last year, which a constant has in all years. The years between keep
/// their shape from the base year on, and no year is added.
fn bend(path: &mut YearPath, base: i32, horizon: i32, value: f64, may_fall: bool) {
    let (start, end) = (path.at(base), path.at(horizon));
    // A target below where the path starts: what stands is kept, so the path is level.
    let start_now = if may_fall { start } else { start.min(value) };
    let later = path.points.iter().position(|(year, _)| *year > horizon);
    let last = later.unwrap_or(path.points.len()).checked_sub(1);
    for (at, (year, point)) in path.points.iter_mut().enumerate() {
        if *year > horizon {
            *point = if may_fall { *point } else { point.max(value) };
        } else if last == Some(at) && later.is_none() {
            *point = value;
        } else if *year <= base {
            *point = if may_fall { *point } else { point.min(value) };
        } else {
            let way = if (end - start).abs() > 1e-12 {
                (*point - start) / (end - start)
            } else {
                0.0
            };
            *point = start_now + way * (value - start_now);
        }
    }
    // A line to a year after the horizon passes it at the value that was set.
    if let Some(later) = later {
        match last.and_then(|last| path.points.get_mut(last)) {
            Some((year, point)) if *year == horizon => *point = value,
            _ => path.points.insert(later, (horizon, value)),
        }
    }
}

/// Path of a component's section of the plan.
fn section(component: Component) -> String {
    format!("plan.{}", component.name())
}

/// Whether the plan holds a group.
#[must_use]
pub(crate) fn is_planned(scenario: &Scenario, group: Option<Component>) -> bool {
    group.is_none_or(|component| scenario.part(&section(component)).is_some())
}

/// Adds a component to the plan at the least that it can be: nothing is built until a lever is moved. What is a share of
/// what others need has its usual shares at once.
pub fn add(scenario: &mut Scenario, component: Component) {
    let (base, horizon) = (scenario.base_year, scenario.horizon);
    scenario.begin(&section(component));
    for lever in LeverId::all().filter(|lever| lever.group() == Some(component)) {
        let start = lever.field().start;
        let is_open = |path: &YearPath| path.points[..] == [(0, 0.0)];
        let nothing_yet = matches!(lever.shown(scenario), Some(Shown::Lever(shown)) if shown.cases.first().is_some_and(|general| is_open(&general.to)));
        if let Some(Moved::Lever(moved)) = lever.moved(scenario).filter(|_| lever.field().required || nothing_yet) {
            *moved = Lever::everywhere(if start > 0.0 {
                YearPath::constant(start)
            } else {
                YearPath::of(&[(base, 0.0), (horizon, 0.0)])
            });
        }
    }
}

/// Name of a group.
#[must_use]
pub(crate) fn group_name(group: Option<Component>, words: &Words) -> &'static str {
    group.map_or(words.together, |component| {
        words.text(component.name()).unwrap_or(component.name())
    })
}

/// A difference of two shares in points.
#[must_use]
pub fn points(share: f64, words: &Words) -> String {
    units::signed(share * 100.0, |points| words.decimals(points))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::words::ENGLISH;
    use crate::scenario::field::ROOT;

    #[test]
    fn the_last_year_is_moved_and_no_year_is_added() {
        let moved = |points: &[(i32, f64)], value: f64, may_fall: bool| {
            let mut path = YearPath::of(points);
            bend(&mut path, 2026, 2030, value, may_fall);
            path.points
        };
        // By hand: the middle year was seven fifteenths of the way.
        assert_eq!(
            moved(&[(2027, 25.0), (2028, 18.0), (2030, 10.0)], 40.0, true),
            [(2027, 25.0), (2028, 32.0), (2030, 40.0)]
        );
        // The last year holds on to the horizon.
        assert_eq!(
            moved(&[(2026, 0.0), (2027, 0.5)], 0.8, true),
            [(2026, 0.0), (2027, 0.8)]
        );
        assert_eq!(moved(&[(0, 0.5)], 0.8, false), [(0, 0.8)]);
        // A year after the horizon is not the one that was set.
        assert_eq!(
            moved(&[(2026, 0.2), (2035, 0.9)], 0.5, false),
            [(2026, 0.2), (2030, 0.5), (2035, 0.9)]
        );
    }

    #[test]
    fn a_target_never_falls() {
        let mut path = YearPath::of(&[(2026, 0.3), (2030, 0.9)]);
        bend(&mut path, 2026, 2030, 0.1, false);
        assert_eq!(path.points, [(2026, 0.1), (2030, 0.1)]);
    }

    #[test]
    fn every_component_has_levers_and_every_lever_and_group_a_name() {
        for component in Component::ALL {
            assert!(
                LeverId::all().any(|lever| lever.group() == Some(*component)),
                "{component}"
            );
            assert!(ENGLISH.text(component.name()).is_some(), "{component}");
        }
        for lever in LeverId::all() {
            assert!(ENGLISH.text(lever.field().name).is_some(), "{}", lever.path());
        }
        assert_eq!(groups().last().map(|(group, _)| *group), Some(None));
    }

    #[test]
    fn a_component_is_added_at_the_least_that_it_can_be() {
        let mut scenario = Scenario::absent(&ROOT);
        for component in Component::ALL {
            assert!(!is_planned(&scenario, Some(*component)));
            add(&mut scenario, *component);
            assert!(is_planned(&scenario, Some(*component)));
        }
        let stands = |path: &str| LeverId::of(path).and_then(|lever| lever.get(&scenario));
        assert_eq!(stands("plan.power.powered"), Some(0.0));
        assert_eq!(stands("plan.devices.learners_per_device"), Some(10.0));
        assert_eq!(stands("plan.management.programme"), Some(0.07));
    }
}
