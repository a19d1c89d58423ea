//! What is known of each four groups this year: their schools, learners and teachers, and what components say of one
//! another.

use std::ops::Range;

use super::CELLS;
use super::dark::Best;
use super::demand::Demand;
use super::lanes::{Lanes, ONE, ZERO, all, max};
use super::school_cells::{ReadyFlows, SchoolCells};
use super::tables::Model;
use crate::scenario::Technology;

/// Schools, learners and teachers of four groups.
#[derive(Clone, Copy, Debug, Default)]
pub struct Population {
    /// Schools.
    pub schools: Lanes,
    /// One over the number of schools.
    pub per_school: Lanes,
    /// Learners this year.
    pub learners: Lanes,
    /// Teachers this year.
    pub teachers: Lanes,
    /// Share of the level's learners.
    pub learner_share: Lanes,
    /// Share of the level's teachers.
    pub teacher_share: Lanes,
    /// Girls as a share of learners.
    pub girls: Lanes,
    /// Learners with a disability as a share of learners.
    pub disability: Lanes,
    /// 1 in the country, 0 in towns.
    pub rural: Lanes,
}

/// What components say of four groups, for other components and for access to read. Each fact has one author: what is
/// planned for year end is said where needs are stated, what stands where stocks open and where what was funded is
/// applied. Shares are shares of a group's schools, teachers or curriculum.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shared {
    /// Devices owned.
    pub devices: Lanes,
    /// Devices in working order.
    pub usable: Lanes,
    /// Devices wanted at year end.
    pub devices_planned: Lanes,
    /// Share of schools equipped.
    pub equipped: Lanes,
    /// Share of schools that were equipped this year.
    pub equipped_new: Lanes,
    /// Planned share of schools equipped.
    pub equipped_planned: Lanes,
    /// Share of the devices owned that power themselves.
    pub self_powered: Lanes,
    /// Energy that the devices owned draw on a school day, kWh in the group.
    pub device_kwh: Lanes,
    /// The same of those planned.
    pub device_kwh_planned: Lanes,

    /// Share of schools with a link, whether or not it is paid for this year.
    pub connected: Lanes,
    /// Planned share of schools with a link.
    pub connected_planned: Lanes,
    /// Share of schools that got a link this year; its first months are paid with it.
    pub links_new: Lanes,
    /// Kinds of link by what they carry.
    pub links: [LinkKind; LINK_KINDS],
    /// Energy of links, kWh a year and school of the group.
    pub links_kwh: Lanes,
    /// The same of those planned.
    pub links_kwh_planned: Lanes,

    /// Share of schools with a network inside the school.
    pub networked: Lanes,
    /// Planned share of schools with one.
    pub networked_planned: Lanes,
    /// Share of schools whose network is in service this year.
    pub networked_in_service: Lanes,
    /// Energy of networks, kWh a year and school of the group.
    pub campus_kwh: Lanes,
    /// The same of those planned.
    pub campus_kwh_planned: Lanes,

    /// Share of schools with a source of power.
    pub powered: Lanes,
    /// Share of schools with solar power.
    pub solar: Lanes,
    /// Energy that a solar system gives on a school day, kWh.
    pub solar_kwh: Lanes,
    /// Share of schools that got power this year; its first months are paid with it.
    pub power_new: Lanes,

    /// Part of the equipped schools, and of those with a link, that have power: what waits for power draws none. Access says it,
    /// which places what is new.
    pub lit_devices: Lanes,
    pub lit_links: Lanes,

    /// Share of teachers who are ready and in a school with power, a link and devices. Access says it.
    pub ready_complete: Lanes,

    /// Share of teachers ready.
    pub ready: Lanes,
    /// How they came to be ready this year.
    pub ready_flows: ReadyFlows,
    /// Share of teachers at knowledge acquisition or above.
    pub acquisition: Lanes,

    /// Share of the curriculum with digital courses in service this year.
    pub courses: Lanes,

    /// Share of users whom systems serve this year.
    pub systems: Lanes,

    /// Share of learners with a difficulty who have what they need this year, today's provision among it.
    pub assistive: Lanes,
    /// Share of schools adapted, those of today among them.
    pub adapted: Lanes,
    /// Share of girls in gender-responsive programmes this year.
    pub girls_programme: Lanes,

    /// Share of learners who have a connection at home by the plan this year.
    pub home_connected: Lanes,
    /// Share of learners who have a device on loan at home this year.
    pub home_device: Lanes,
    /// Share of learners for whom an offline kit is kept ready this year.
    pub home_kits: Lanes,

    /// Technicians paid this year.
    pub technicians: Lanes,
    /// Technicians for each device that keep repair at its usual time.
    pub technicians_each: Lanes,
}

/// Kinds of link that are told apart by what they carry: those of before the plan, and the plan's by technology.
pub const LINK_KINDS: usize = 1 + Technology::ALL.len();

/// One kind of link.
#[derive(Clone, Copy, Debug, Default)]
pub struct LinkKind {
    /// Share of schools that have it.
    pub schools: Lanes,
    /// What it carries, Mbps.
    pub mbps: Lanes,
}

/// All of it for a part of the groups.
#[derive(Clone, Debug)]
pub struct Groups {
    /// Position of the first four among all.
    pub first: usize,
    /// Schools, learners and teachers.
    pub here: Vec<Population>,
    /// What components say.
    pub shared: Vec<Shared>,
    /// Schools by what stands together.
    pub(crate) cells: Vec<SchoolCells>,
    /// The best that was in service so far.
    pub best: Vec<Best>,
    /// Amounts needed this year `[four][cell]`, where money is given to groups one by one.
    pub rows: Vec<[Lanes; CELLS]>,
}

impl Groups {
    /// Room for so many fours.
    #[must_use]
    pub fn new(first: usize, fours: usize, one_by_one: bool) -> Self {
        Self {
            first,
            here: vec![Population::default(); fours],
            shared: vec![Shared::default(); fours],
            cells: vec![SchoolCells::default(); fours],
            best: vec![Best::default(); fours],
            rows: vec![[ZERO; CELLS]; if one_by_one { fours } else { 0 }],
        }
    }

    /// Number of fours.
    #[must_use]
    pub(crate) fn fours(&self) -> usize {
        self.here.len()
    }

    /// Opens a block as in the base year; `totals` are learners and teachers of the groups of each level.
    pub fn open(&mut self, model: &Model, p: &[f64], totals: &[(f64, f64)], demand: &Demand, block: &Range<usize>) {
        if let Some(rows) = self.rows.get_mut(block.clone()) {
            rows.fill([ZERO; CELLS]);
        }
        self.shared[block.clone()].fill(Shared::default());
        self.best[block.clone()].fill(Best::default());
        for at in block.clone() {
            let four = self.first + at;
            let schools = model.count(p, four, |of| of.schools);
            // Groups are shares of their level, whose total the demand chapter carries.
            let (learners, teachers) = totals[model.level_of_four(four)];
            self.here[at] = Population {
                schools,
                per_school: ONE / max(schools, all(1e-12)),
                learner_share: model.count(p, four, |of| of.learners) / learners.max(1e-12),
                teacher_share: model.count(p, four, |of| of.teachers) / teachers.max(1e-12),
                girls: model.four(p, four, |of| of.girls),
                disability: model.four(p, four, |of| of.disability),
                rural: model.rural_four(four),
                ..Population::default()
            };
        }
        self.turn(model, demand, 0, block);
    }

    /// Learners and teachers of a year.
    pub fn turn(&mut self, model: &Model, demand: &Demand, t: usize, block: &Range<usize>) {
        for at in block.clone() {
            let level = model.level_of_four(self.first + at);
            let here = &mut self.here[at];
            here.learners = here.learner_share * demand.learners(t, level);
            here.teachers = here.teacher_share * demand.teachers(t, level);
        }
    }
}

/// What use by person goes by, before anything is provided.
#[derive(Clone, Copy, Debug)]
pub struct Unequal {
    /// Use by girls over that by boys, without a programme for them.
    pub girls: f64,
    /// What a programme adds to it for a girl who takes part.
    pub programme: f64,
    /// Use by learners with a disability over that by others, without what they need.
    pub disability: f64,
}

impl Unequal {
    /// From the parameters.
    #[must_use]
    pub fn of(model: &Model, p: &[f64]) -> Self {
        let people = &model.slots.country.people;
        let girls = Model::number(p, people.girls_use);
        Self {
            girls,
            // A girl in a programme uses what is there no more than boys do.
            programme: Model::number(p, model.slots.evidence.girls_effect).min(1.0 - girls),
            disability: Model::number(p, people.disability_use),
        }
    }

    /// Use by person in four groups, with what is provided there.
    #[inline(always)]
    #[must_use]
    pub fn in_groups(&self, shared: &Shared) -> Use {
        Use {
            girls: self.girls + self.programme * shared.girls_programme,
            disability: self.disability + (1.0 - self.disability) * shared.assistive,
        }
    }
}

/// How much learners of four groups use what is there, by margin.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    /// Use by girls over that by boys.
    pub girls: Lanes,
    /// Use by learners with a disability over that by others.
    pub disability: Lanes,
}

impl Use {
    /// Mean use of a mix of girls and boys.
    #[inline(always)]
    #[must_use]
    pub(crate) fn by_sex(&self, girls: Lanes) -> Lanes {
        girls * self.girls + (ONE - girls)
    }

    /// Mean use of a mix of learners with and without a disability.
    #[inline(always)]
    #[must_use]
    pub(crate) fn by_disability(&self, disability: Lanes) -> Lanes {
        disability * self.disability + (ONE - disability)
    }
}
