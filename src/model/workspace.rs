//! Room for a run, made once and used for any number of runs of the same model.

use nalgebra::Vector4;

use super::access::Use;
use super::component::{Funded, Sheet, Year};
use super::components::devices::WearTables;
use super::components::links::Offer;
use super::demand::Demand;
use super::sources::Money;
use super::tables::Model;
use super::trajectory::Pass;
use crate::scenario::Technology;

/// How much a run keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// By level: what the scoreboard, a fan and a study need.
    Totals,
    /// By level, region and locality, and by person.
    Full,
}

/// Number of link technologies.
pub const TECHNOLOGIES: usize = Technology::ALL.len();

/// Everything that a run writes.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// What is kept.
    pub detail: Detail,
    pub(super) bins: Vec<u32>,
    pub(super) state: State,
    /// Learners and teachers.
    pub demand: Demand,
    pub(super) sheet: Sheet,
    pub(super) funded: Funded,
    /// Sources and what became of them.
    pub money: Money,
    /// Parameters of which the twin's results are.
    pub(super) twin_of: Vec<f64>,
    /// No new plan.
    pub twin: Pass,
    /// The plan.
    pub plan: Pass,
}

impl Workspace {
    /// Room for runs of a model.
    #[must_use]
    pub fn new(model: &Model, detail: Detail) -> Self {
        let (bins, bin_level): (Vec<u32>, Vec<u8>) = match detail {
            Detail::Full => (
                model.cut_of.clone(),
                model
                    .cuts
                    .iter()
                    .map(|cut| u8::try_from(cut.level).unwrap_or(0))
                    .collect(),
            ),
            Detail::Totals => (
                model.level_of.iter().map(|level| u32::from(*level)).collect(),
                (0..model.levels.len())
                    .map(|level| u8::try_from(level).unwrap_or(0))
                    .collect(),
            ),
        };
        let groups = model.groups();
        let one_by_one = !model.serving.is_empty() || model.places.len() > 1;
        Self {
            detail,
            state: State::new(model),
            demand: Demand::new(model),
            sheet: Sheet::new(groups, model.levels.len(), bin_level.clone()),
            funded: Funded::new(if one_by_one { groups } else { 0 }),
            money: Money::new(model),
            twin_of: Vec::with_capacity(model.parameters.len()),
            // Persons, stock flows and funding are asked of the plan only.
            twin: Pass::new(model, Detail::Totals, bin_level.clone()),
            plan: Pass::new(model, detail, bin_level),
            bins,
        }
    }
}

/// Stocks of one group. Shares are shares of the group's schools, teachers or curriculum.
#[derive(Clone, Copy, Debug, Default)]
pub struct GroupState {
    /// Schools.
    pub schools: f64,
    /// One over the number of schools.
    pub per_school: f64,
    /// Learners this year.
    pub learners: f64,
    /// Teachers this year.
    pub teachers: f64,
    /// Share of the level's learners.
    pub learner_share: f64,
    /// Share of the level's teachers.
    pub teacher_share: f64,
    /// Mean use by the group's mix of learners.
    pub mean_use: f64,

    /// Share of schools on the grid.
    pub grid: f64,
    /// Share of schools with solar power.
    pub solar: f64,
    /// Watts of solar capacity in the group.
    pub watts: f64,
    /// Watts in the base year.
    pub base_watts: f64,
    /// Watts that devices and links ask of a solar school.
    pub load: f64,
    /// Planned this year: new grid share, new solar share, watts added, watts of battery due.
    pub power_plan: [f64; 4],

    /// Share of schools with a link of before the plan, by technology.
    pub legacy: [f64; TECHNOLOGIES],
    /// Share of schools with a link of the plan, by technology.
    pub fresh: [f64; TECHNOLOGIES],
    /// Base shares by technology, which set the pace of refresh.
    pub base_links: [f64; TECHNOLOGIES],
    /// Capacity of links of before the plan.
    pub legacy_mbps: f64,
    /// Wanted capacity of a school's link.
    pub wanted: f64,
    /// Planned this year: share added by technology.
    pub links_added: [f64; TECHNOLOGIES],
    /// Planned this year: share moved from old links, by new technology.
    pub links_moved: [f64; TECHNOLOGIES],
    /// Planned share of schools with a link.
    pub connected_planned: f64,

    /// Share of schools equipped.
    pub equipped: f64,
    /// Planned share of schools equipped.
    pub equipped_planned: f64,
    /// Devices of the base year.
    pub base_devices: f64,
    /// Part of the base year's devices that neither loss nor unrepaired damage has taken since.
    pub unharmed_old: f64,
    /// The same for the kind that is bought.
    pub unharmed: f64,
    /// Devices of the base year that are still owned.
    pub old_devices: f64,
    /// Devices of the base year that will be left at year end.
    pub old_planned: f64,
    /// Devices owned.
    pub devices: f64,
    /// Devices in working order.
    pub usable: f64,
    /// Devices wanted at year end.
    pub devices_planned: f64,
    /// Planned this year: devices replaced, devices added.
    pub device_plan: [f64; 2],

    /// Teachers by competence: none, acquisition, deepening, creation; shares that add up to 1.
    pub competence: Vector4<f64>,
    /// Planned this year: share of teachers enrolled, again and new.
    pub training_plan: [f64; 2],

    /// Share of curriculum with content.
    pub content: f64,
    /// Share of content in service this year.
    pub content_served: f64,
    /// Planned this year: share that ends, share added.
    pub content_plan: [f64; 2],

    /// Technicians.
    pub technicians: f64,
    /// Technicians paid this year.
    pub technicians_served: f64,
    /// Planned this year: technicians added.
    pub support_plan: f64,
}

/// Stocks of all groups, and what was put in place year by year.
#[derive(Clone, Debug)]
pub struct State {
    /// One entry a group.
    pub groups: Vec<GroupState>,
    /// Watts installed `[group][year]`.
    pub installed: Vec<f32>,
    /// Links set up `[group][year][technology]`.
    pub set_up: Vec<f32>,
    /// Devices bought over the unharmed part of that year `[group][year]`.
    pub bought: Vec<f64>,
    /// What links cost this year.
    pub offers: [Offer; TECHNOLOGIES],
    /// Wear of devices.
    pub wear: WearTables,
}

impl State {
    fn new(model: &Model) -> Self {
        let (groups, years) = (model.groups(), model.years);
        Self {
            groups: vec![GroupState::default(); groups],
            installed: vec![0.0; groups * years],
            set_up: vec![0.0; groups * years * TECHNOLOGIES],
            bought: vec![0.0; groups * years],
            offers: [Offer::default(); TECHNOLOGIES],
            wear: WearTables::new(),
        }
    }

    /// Sets all stocks to those of the base year.
    pub fn open(&mut self, model: &Model, p: &[f64], demand: &Demand) {
        let used = Use::of(model, p);
        for (level, groups) in model.level_groups.iter().enumerate() {
            let (mut learners, mut teachers) = (0.0, 0.0);
            for g in groups.clone() {
                learners += model.group(p, g, |of| of.learners);
                teachers += model.group(p, g, |of| of.teachers);
            }
            for g in groups.clone() {
                let schools = model.group(p, g, |of| of.schools);
                // Groups are shares of their level, whose total the demand chapter carries.
                let learner_share = model.group(p, g, |of| of.learners) / learners.max(1e-12);
                let teacher_share = model.group(p, g, |of| of.teachers) / teachers.max(1e-12);
                self.groups[g] = GroupState {
                    schools,
                    per_school: 1.0 / schools.max(1e-12),
                    learner_share,
                    teacher_share,
                    learners: learner_share * demand.learners(0, level),
                    teachers: teacher_share * demand.teachers(0, level),
                    mean_use: used.mean(model.group(p, g, |of| of.girls), model.group(p, g, |of| of.disability)),
                    ..GroupState::default()
                };
            }
        }
        super::components::devices::open(model, p, self);
        super::components::links::open(model, p, self);
        // Last of the three: solar systems carry what devices and links draw today.
        super::components::power::open(model, p, self);
        super::components::training::open(model, p, self);
        super::components::content::open(model, p, self);
        super::components::support::open(model, p, self);
    }

    /// Learners and teachers of the year, and what links cost in it.
    pub fn turn(&mut self, year: &Year<'_>) {
        let Year { t, model, demand, .. } = *year;
        self.offers = super::components::links::offers(year);
        for (level, groups) in model.level_groups.iter().enumerate() {
            let (learners, teachers) = (demand.learners(t, level), demand.teachers(t, level));
            for s in &mut self.groups[groups.clone()] {
                s.learners = s.learner_share * learners;
                s.teachers = s.teacher_share * teachers;
            }
        }
    }
}

/// A technical life split once for all groups: when what was put in place in past years reaches its end.
///
/// A life of 5.3 years ends after 5 years for 70 % and after 6 years for 30 %. What stood in the base year has ages
/// spread evenly over its life, so a share of 1 / life ends each year until none is left.
#[derive(Clone, Copy, Debug, Default)]
pub struct Life {
    years: usize,
    part: f64,
    /// Share of the base year's stock that ends this year, until none of it is left.
    pub of_base: f64,
    /// Share of a stock of mixed ages that ends each year when what ends is replaced.
    pub steady: f64,
}

impl Life {
    /// A life of so many years, seen in year `t`.
    #[must_use]
    pub fn new(life: f64, t: usize) -> Self {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            clippy::cast_sign_loss
        )]
        let (years, gone) = (life as usize, (t as f64 - 1.0) / life);
        #[allow(clippy::cast_precision_loss)]
        let part = life - years as f64;
        Self {
            years,
            part,
            of_base: (1.0 / life).min((1.0 - gone).max(0.0)),
            steady: 1.0 / life,
        }
    }

    /// What ends this year of what was placed after the base year.
    #[inline]
    #[must_use]
    pub fn of_placed(&self, t: usize, placed: impl Fn(usize) -> f64) -> f64 {
        let mut due = 0.0;
        if t > self.years {
            due += (1.0 - self.part) * placed(t - self.years);
            if t > self.years + 1 {
                due += self.part * placed(t - self.years - 1);
            }
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_placed_once_ends_once() {
        // 100 units in the base year and 60 placed in year 2, life 2.5 years, over 12 years: all 160 end, no more.
        let placed = |y| if y == 2 { 60.0 } else { 0.0 };
        let due = |t| {
            let life = Life::new(2.5, t);
            life.of_base * 100.0 + life.of_placed(t, placed)
        };
        let total: f64 = (1..12).map(due).sum();
        assert!((total - 160.0).abs() < 1e-9, "{total}");
        // By hand: half of the 60 end after two years, half after three.
        assert!((Life::new(2.5, 4).of_placed(4, placed) - 30.0).abs() < 1e-12);
    }
}
