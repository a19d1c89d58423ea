//! Levers: what a planner moves. A lever names a field of the scenario; a year path is moved at its last year, and the
//! years before it keep their shape.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::phrases::{level_name, locality_name};
use super::words::{Words, fill};
use crate::scenario::country::Group;
use crate::scenario::field::{Field, ROOT};
use crate::scenario::lever::Case;
use crate::scenario::plan::{
    Competence, ContentPlan, DevicesPlan, LinksPlan, ManagementPlan, PowerPlan, SupportPlan, TrainingPlan,
};
use crate::scenario::quantity::{Confidence, Passport};
use crate::scenario::registry::Entry;
use crate::scenario::{Component, Level, Lever, Quantity, Scenario, YearPath};
use crate::units;

/// Which lever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeverId {
    /// Share of schools with power.
    Powered,
    /// Kilowatts of a solar system.
    System,
    /// Share of schools with a link.
    Connected,
    /// Least capacity of a link.
    Floor,
    /// Share of schools equipped.
    Equipped,
    /// Learners per device.
    Ratio,
    /// Spare devices.
    Spares,
    /// Share of teachers ready.
    Ready,
    /// Days of training for a step.
    Days,
    /// Share of teachers followed up.
    FollowUp,
    /// Share of new teachers who arrive with basic ICT competence.
    Preservice,
    /// Share of the curriculum with digital content.
    Coverage,
    /// Technicians for each 1,000 devices.
    Technicians,
    /// Programme management.
    Programme,
    /// Contingency.
    Contingency,
    /// How far all meet in the same schools.
    Bundling,
}

/// A group of levers: a component, or what belongs to all of them.
pub const GROUPS: &[(Option<Component>, &[LeverId])] = &[
    (Some(Component::Power), &[LeverId::Powered, LeverId::System]),
    (Some(Component::Links), &[LeverId::Connected, LeverId::Floor]),
    (
        Some(Component::Devices),
        &[LeverId::Equipped, LeverId::Ratio, LeverId::Spares],
    ),
    (
        Some(Component::Training),
        &[LeverId::Ready, LeverId::Days, LeverId::FollowUp, LeverId::Preservice],
    ),
    (Some(Component::Content), &[LeverId::Coverage]),
    (Some(Component::Support), &[LeverId::Technicians]),
    (Some(Component::Management), &[LeverId::Programme, LeverId::Contingency]),
    (None, &[LeverId::Bundling]),
];

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

/// Where each lever stands in a plan; none where the plan leaves its component out.
macro_rules! place {
    ($lever:expr, $plan:expr, $As:ident, $part:ident $(, $mutable:tt)?) => {
        Some(match $lever {
            LeverId::Powered => $As::Lever(&$($mutable)? $plan.power.$part()?.powered),
            LeverId::System => $As::Number(&$($mutable)? $plan.power.$part()?.system),
            LeverId::Connected => $As::Lever(&$($mutable)? $plan.links.$part()?.connected),
            LeverId::Floor => $As::Number(&$($mutable)? $plan.links.$part()?.floor),
            LeverId::Equipped => $As::Lever(&$($mutable)? $plan.devices.$part()?.equipped),
            LeverId::Ratio => $As::Lever(&$($mutable)? $plan.devices.$part()?.learners_per_device),
            LeverId::Spares => $As::Number(&$($mutable)? $plan.devices.$part()?.spares),
            LeverId::Ready => $As::Lever(&$($mutable)? $plan.training.$part()?.ready),
            LeverId::Days => $As::Number(&$($mutable)? $plan.training.$part()?.days),
            LeverId::FollowUp => $As::Lever(&$($mutable)? $plan.training.$part()?.follow_up),
            LeverId::Preservice => $As::Lever(&$($mutable)? $plan.training.$part()?.preservice),
            LeverId::Coverage => $As::Lever(&$($mutable)? $plan.content.$part()?.coverage),
            LeverId::Technicians => $As::Lever(&$($mutable)? $plan.support.$part()?.technicians),
            LeverId::Programme => $As::Number(&$($mutable)? $plan.management.$part()?.programme),
            LeverId::Contingency => $As::Number(&$($mutable)? $plan.management.$part()?.contingency),
            LeverId::Bundling => $As::Path(&$($mutable)? $plan.bundling),
        })
    };
}

static FIELDS: LazyLock<BTreeMap<String, &'static Field>> = LazyLock::new(|| {
    let mut fields = BTreeMap::new();
    Scenario::describe_all(&mut |path, field| {
        fields.insert(path.to_owned(), field);
    });
    fields
});

impl LeverId {
    /// Path of the field.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Powered => "plan.power.powered",
            Self::System => "plan.power.system",
            Self::Connected => "plan.links.connected",
            Self::Floor => "plan.links.floor",
            Self::Equipped => "plan.devices.equipped",
            Self::Ratio => "plan.devices.learners_per_device",
            Self::Spares => "plan.devices.spares",
            Self::Ready => "plan.training.ready",
            Self::Days => "plan.training.days",
            Self::FollowUp => "plan.training.follow_up",
            Self::Preservice => "plan.training.preservice",
            Self::Coverage => "plan.content.coverage",
            Self::Technicians => "plan.support.technicians",
            Self::Programme => "plan.management.programme",
            Self::Contingency => "plan.management.contingency",
            Self::Bundling => "plan.bundling",
        }
    }

    /// What is known of the field.
    #[must_use]
    pub fn field(self) -> &'static Field {
        FIELDS.get(self.path()).copied().unwrap_or(&ROOT)
    }

    /// Name, with the horizon where the lever is a path.
    #[must_use]
    pub fn name(self, words: &Words, horizon: i32) -> String {
        let template = match self {
            Self::Powered => words.powered,
            Self::System => words.system,
            Self::Connected => words.connected,
            Self::Floor => words.floor,
            Self::Equipped => words.equipped,
            Self::Ratio => words.ratio,
            Self::Spares => words.spares,
            Self::Ready => words.ready,
            Self::Days => words.days,
            Self::FollowUp => words.follow_up,
            Self::Preservice => words.preservice,
            Self::Coverage => words.coverage,
            Self::Technicians => words.technicians,
            Self::Programme => words.programme,
            Self::Contingency => words.contingency,
            Self::Bundling => words.bundling,
        };
        fill(template, &[("year", &horizon.to_string())])
    }

    /// Range and step of the slider; a number can be typed beyond it, as far as the field allows.
    #[must_use]
    pub const fn span(self) -> (f64, f64, f64) {
        match self {
            Self::System => (0.5, 12.0, 0.1),
            Self::Floor => (5.0, 200.0, 5.0),
            Self::Ratio => (1.0, 60.0, 1.0),
            Self::Spares => (0.0, 0.3, 0.01),
            Self::Days => (1.0, 40.0, 1.0),
            Self::Technicians => (0.0, 20.0, 0.5),
            Self::Programme | Self::Contingency => (0.0, 0.2, 0.005),
            Self::Powered
            | Self::Connected
            | Self::Equipped
            | Self::Ready
            | Self::FollowUp
            | Self::Preservice
            | Self::Coverage
            | Self::Bundling => (0.0, 1.0, 0.01),
        }
    }

    /// The value as a person reads it.
    #[must_use]
    pub fn show(self, value: f64, words: &Words) -> String {
        match self {
            // The name says the unit.
            Self::Ratio | Self::Technicians => words.decimals(value),
            _ => words.show(self.field().unit, value),
        }
    }

    fn shown(self, scenario: &Scenario) -> Option<Shown<'_>> {
        place!(self, scenario.plan, Shown, as_ref)
    }

    fn moved(self, scenario: &mut Scenario) -> Option<Moved<'_>> {
        place!(self, scenario.plan, Moved, as_mut, mut)
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
    pub fn is_fewer_more(self) -> bool {
        self == Self::Ratio
    }

    /// What stands in the base year over all schools, in the lever's unit; none where the country says nothing of it.
    #[must_use]
    pub fn today(self, scenario: &Scenario) -> Option<f64> {
        let country = &scenario.country;
        let mean = |weight: &dyn Fn(&Group) -> f64, of: &dyn Fn(&Group) -> f64| {
            let sum = |of: &dyn Fn(&Group) -> f64| country.groups.iter().map(of).sum::<f64>();
            let all = sum(weight);
            (all > 0.0).then(|| sum(&|group| weight(group) * of(group)) / all)
        };
        let schools = |group: &Group| group.schools.value;
        let level = |level: Level| country.levels.iter().find(|table| table.level == level);
        match self {
            Self::Powered => mean(&schools, &|group| (group.grid.value + group.solar.value).min(1.0)),
            Self::Connected => mean(&schools, &|group| {
                let links = [&group.fibre, &group.cellular, &group.wireless, &group.satellite];
                links.iter().map(|link| link.value).sum::<f64>().min(1.0)
            }),
            Self::Equipped => mean(&schools, &|group| group.equipped.value),
            Self::Ratio => {
                let sum = |of: &dyn Fn(&Group) -> f64| country.groups.iter().map(of).sum::<f64>();
                let devices = sum(&|group| group.schools.value * group.equipped.value * group.devices.value);
                (devices > 0.0).then(|| sum(&|group| group.learners.value * group.equipped.value) / devices)
            }
            Self::Ready => mean(&|group| group.teachers.value, &|group| {
                let state = scenario.plan.training.as_ref().map(|training| training.ready_state);
                level(group.level).map_or(0.0, |table| {
                    let mut below = table.competence_none.value;
                    if matches!(state, Some(Competence::Deepening | Competence::Creation)) {
                        below += table.competence_acquisition.value;
                    }
                    if state == Some(Competence::Creation) {
                        below += table.competence_deepening.value;
                    }
                    (1.0 - below).max(0.0)
                })
            }),
            Self::Coverage => mean(&|group| group.learners.value, &|group| {
                level(group.level).map_or(0.0, |table| table.content.value)
            }),
            _ => None,
        }
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
pub(super) fn decided(passport: &Passport, value: f64) -> Option<Box<Passport>> {
    let range = (passport.low.is_some() || passport.high.is_some())
        && passport.low.is_none_or(|low| low <= value)
        && passport.high.is_none_or(|high| value <= high);
    range.then(|| {
        Box::new(Passport {
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

/// Adds a component to the plan at the least that it can be: nothing is built until a lever is moved. Management has
/// its usual shares at once: they are shares of what the others need.
pub fn add(scenario: &mut Scenario, component: Component) {
    let nothing = || Lever::everywhere(YearPath::of(&[(scenario.base_year, 0.0), (scenario.horizon, 0.0)]));
    match component {
        Component::Power => {
            scenario.plan.power = Some(PowerPlan {
                powered: nothing(),
                ..PowerPlan::absent(&ROOT)
            });
        }
        Component::Links => {
            scenario.plan.links = Some(LinksPlan {
                connected: nothing(),
                ..LinksPlan::absent(&ROOT)
            });
        }
        Component::Devices => {
            let learners_per_device = Lever::everywhere(YearPath::constant(10.0));
            scenario.plan.devices = Some(DevicesPlan {
                equipped: nothing(),
                learners_per_device,
                ..DevicesPlan::absent(&ROOT)
            });
        }
        Component::Training => {
            scenario.plan.training = Some(TrainingPlan {
                ready: nothing(),
                ..TrainingPlan::absent(&ROOT)
            });
        }
        Component::Content => {
            scenario.plan.content = Some(ContentPlan {
                coverage: nothing(),
                ..ContentPlan::absent(&ROOT)
            });
        }
        Component::Support => scenario.plan.support = Some(SupportPlan { technicians: nothing() }),
        Component::Management => scenario.plan.management = Some(ManagementPlan::absent(&ROOT)),
    }
}

/// Name of a group.
#[must_use]
pub const fn group_name(group: Option<Component>, words: &Words) -> &'static str {
    match group {
        Some(Component::Power) => words.power,
        Some(Component::Links) => words.links,
        Some(Component::Devices) => words.devices,
        Some(Component::Training) => words.training,
        Some(Component::Content) => words.content,
        Some(Component::Support) => words.support,
        Some(Component::Management) => words.management,
        None => words.together,
    }
}

/// A difference of two shares in points.
#[must_use]
pub fn points(share: f64, words: &Words) -> String {
    units::signed(share * 100.0, |points| words.decimals(points))
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn every_lever_is_a_field_of_the_format() {
        for (_, members) in GROUPS {
            for lever in *members {
                assert!(FIELDS.contains_key(lever.path()), "{}", lever.path());
            }
        }
    }
}
