//! How schools teach: what is the country's, with any plan and without one. A file may state it in its plan, as older
//! files do; it then holds for the plan and its counterpart alike.

use super::sums::stat;
use super::tables::Model;
use crate::scenario::Level;
use crate::scenario::country::ModeTodaySlots;
use crate::scenario::evidence::{LearningModeSlots, Needs};
use crate::scenario::parameters::{NumberSlot, PathSlot};

/// Largest number of levels.
const LEVELS: usize = Level::ALL.len();

/// A number of the country, or what the plan states in its place.
#[must_use]
pub fn stated(p: &[f64], plan: Option<NumberSlot>, country: NumberSlot) -> f64 {
    Model::number(p, plan.unwrap_or(country))
}

/// Shifts of learners that share the same devices.
#[must_use]
pub fn shifts(model: &Model, p: &[f64]) -> f64 {
    let plan = model.slots.plan.devices.as_ref();
    stated(
        p,
        plan.and_then(|plan| plan.shifts),
        model.slots.country.schooling.shifts,
    )
}

/// Hours a week in which a device can be used by one shift.
#[must_use]
pub fn device_hours(model: &Model, p: &[f64]) -> f64 {
    stated(
        p,
        model.slots.evidence.device_hours,
        model.slots.country.schooling.device_hours,
    )
}

/// Courses of each level's whole curriculum: a course is one subject of one grade in one language.
#[must_use]
pub fn courses(model: &Model, p: &[f64]) -> [f64; LEVELS] {
    let (plan, country) = (model.slots.plan.content.as_ref(), &model.slots.country.schooling);
    let subjects = stated(p, plan.and_then(|plan| plan.subjects), country.subjects);
    let languages = stated(p, plan.and_then(|plan| plan.languages), country.languages);
    let mut courses = [0.0; LEVELS];
    for (courses, table) in courses.iter_mut().zip(&model.levels) {
        #[allow(clippy::cast_precision_loss)]
        let grades = table.grades as f64;
        *courses = subjects * languages * grades;
    }
    courses
}

/// Classes of modes of learning, by what they need: a link, none, or a link and the learning platform.
pub const CLASSES: usize = Needs::ALL.len();

/// A mode of learning with ICT that is in use, in the base year or with the plan.
#[derive(Clone, Copy, Debug)]
pub struct ModeInUse<'a> {
    /// What is known of it.
    pub mode: &'a LearningModeSlots,
    base: Option<NumberSlot>,
    share: Option<PathSlot>,
}

impl<'a> ModeInUse<'a> {
    /// All of them, in the order of the evidence.
    pub fn all(model: &'a Model) -> impl Iterator<Item = Self> {
        let (country, plan) = (&model.slots.country.modes, &model.slots.plan.learning);
        model.slots.evidence.modes.iter().filter_map(move |mode| {
            let today = |known: &&ModeTodaySlots| known.mode == mode.name;
            let base = country.iter().find(today).map(|known| known.share);
            let used = plan.iter().find(|used| used.mode == mode.name);
            let in_use = Self {
                mode,
                base: used.and_then(|used| used.base_share).or(base),
                share: used.map(|used| used.share),
            };
            (in_use.base.is_some() || in_use.share.is_some()).then_some(in_use)
        })
    }

    /// Position of its class: modes of a class need the same things.
    #[must_use]
    pub const fn class(&self) -> usize {
        self.mode.needs as usize
    }

    /// Sums of learners who are to work in its class, and of those for whom it is paid.
    #[must_use]
    pub const fn learners(&self) -> [usize; 2] {
        let first = stat::MODES + 2 * self.class();
        [first, first + 1]
    }

    /// Share of learners in this mode in the base year.
    #[must_use]
    pub fn base(&self, p: &[f64]) -> f64 {
        self.base.map_or(0.0, |slot| Model::number(p, slot))
    }

    /// Share of learners in this mode in a year: the plan's where it acts and names the mode, that of the base year
    /// elsewhere.
    #[must_use]
    pub fn share(&self, p: &[f64], t: usize, acts: bool) -> f64 {
        let planned = self.share.filter(|_| acts);
        planned.map_or_else(|| self.base(p), |slot| Model::at(p, slot, t))
    }
}
