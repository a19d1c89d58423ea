//! Room for a run, made once and used for any number of runs of the same model.

use std::ops::Range;

use super::access::Use;
use super::component::Funded;
use super::components::training::Competences;
use super::components::{content, devices, links, power, support, training};
use super::demand::Demand;
use super::funding::Money;
use super::lanes::{LANES, Lanes, ONE, ZERO, all, max};
use super::sums::Sums;
use super::tables::Model;
use super::terms::AllTerms;
use super::trajectory::Pass;
use super::{CELLS, component_index};
use crate::scenario::{Component, Technology};

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
    pub(super) bins: Vec<[u32; LANES]>,
    pub(super) chunks: Vec<Chunk>,
    pub(super) each: Each,
    /// Learners and teachers.
    pub demand: Demand,
    pub(super) terms: AllTerms,
    pub(super) funded: Funded,
    /// Sources and what became of them.
    pub money: Money,
    /// Parameters of which the twin's results and all terms are.
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
        let bin_of = |at: usize| match detail {
            Detail::Full => model.cut_of[at],
            Detail::Totals => u32::from(model.level_of[at]),
        };
        let bin_level: Vec<u8> = match detail {
            Detail::Full => model.cuts.iter().map(|cut| narrow(cut.level)).collect(),
            Detail::Totals => (0..model.levels.len()).map(narrow).collect(),
        };
        let bins: Vec<[u32; LANES]> = (0..model.fours())
            .map(|four| std::array::from_fn(|lane| bin_of(four * LANES + lane)))
            .collect();
        let by_group = !model.serving.is_empty() || model.places.len() > 1;
        let size = (model.fours().div_ceil(MOST_CHUNKS)).max(SMALLEST_CHUNK);
        let chunks = (0..model.fours())
            .step_by(size)
            .map(|first| {
                let count = size.min(model.fours() - first);
                let here = bins[first..first + count]
                    .as_flattened()
                    .iter()
                    .map(|bin| *bin as usize);
                let (low, high) = (here.clone().min().unwrap_or(0), here.max().unwrap_or(0));
                Chunk {
                    state: State::new(model, first, count, by_group),
                    scratch: State::new(model, 0, count.min(BLOCK), false),
                    sums: Sums::new(model.years, &(low..high + 1), detail),
                }
            })
            .collect();
        Self {
            detail,
            bins,
            chunks,
            each: self::one_by_one,
            demand: Demand::new(model),
            terms: AllTerms::new(model),
            funded: Funded::new(if by_group { model.fours() * LANES } else { 0 }),
            money: Money::new(model),
            twin_of: Vec::with_capacity(model.parameters.len()),
            twin: Pass::new(model, Detail::Totals, bin_level.clone()),
            plan: Pass::new(model, detail, bin_level),
        }
    }
}

impl Workspace {
    /// Works on the parts of a large country in this way; the results are the same bits.
    #[must_use]
    pub fn with(mut self, each: Each) -> Self {
        self.each = each;
        self
    }
}

/// What only another run would need is given back: of a large country it is a third of all memory.
impl Workspace {
    /// No run after this asks who is reached.
    pub(super) fn forget_persons(&mut self) {
        for chunk in &mut self.chunks {
            chunk.sums.forget_persons();
        }
    }

    /// No run comes after this: the results stay.
    pub(super) fn retire(&mut self) {
        self.chunks = Vec::new();
    }
}

fn narrow(level: usize) -> u8 {
    u8::try_from(level).unwrap_or(0)
}

/// Fours of groups that go through all components before the next are looked at, so that they stay at hand.
pub const BLOCK: usize = 64;

/// Fours below which a country is not cut into chunks, and the most chunks there are. Fixed, so that sums are added in
/// the same order on any number of threads.
const SMALLEST_CHUNK: usize = 1024;
const MOST_CHUNKS: usize = 16;

/// A way to work on all chunks, each once, in any order or at the same time.
pub type Each = fn(&mut [Chunk], &(dyn Fn(&mut Chunk) + Sync));

/// One chunk after the other.
pub fn one_by_one(chunks: &mut [Chunk], work: &(dyn Fn(&mut Chunk) + Sync)) {
    chunks.iter_mut().for_each(work);
}

/// A part of the groups: its stocks and its sums. Chunks are worked on at the same time.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// The plan's stocks.
    pub state: State,
    /// A block's stocks in the twin, which needs no more: nothing in it waits for money.
    pub scratch: State,
    /// Sums of its bins: of the twin, then of the plan.
    pub sums: Sums,
}

/// What the plan needs in one year.
#[derive(Clone, Copy)]
pub struct Needs<'a> {
    /// Year.
    pub t: usize,
    /// Parts of the groups.
    pub chunks: &'a [Chunk],
}

impl Needs<'_> {
    /// Amount of a cell.
    #[must_use]
    pub fn total(&self, at: usize) -> f64 {
        self.chunks
            .iter()
            .map(|chunk| chunk.sums.need.row(self.t, at).iter().sum::<f64>())
            .sum()
    }

    /// Amount of a cell in a bin.
    #[must_use]
    pub fn in_bin(&self, at: usize, bin: usize) -> f64 {
        self.chunks
            .iter()
            .map(|chunk| chunk.sums.need.get(self.t, at, bin))
            .sum()
    }

    /// Amounts of a cell by place in the groups' order, where they are told apart.
    pub fn each(&self, at: usize) -> impl Iterator<Item = f64> {
        self.chunks
            .iter()
            .flat_map(move |chunk| chunk.state.rows.iter().flat_map(move |row| row[at].into_arr()))
    }

    /// Amount of a cell of one group.
    #[must_use]
    pub fn of(&self, at: usize, group: usize) -> f64 {
        let (four, lane) = (group / LANES, group % LANES);
        let size = self.chunks[0].state.fours.len();
        self.chunks[four / size].state.rows[four % size][at].into_arr()[lane]
    }
}

/// Stocks of four groups. Shares are shares of a group's schools, teachers or curriculum.
#[derive(Clone, Copy, Debug)]
pub struct Four {
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
    /// Mean use by the group's mix of learners.
    pub mean_use: Lanes,
    /// 1 in the country, 0 in towns.
    pub rural: Lanes,
    /// How much faster than usual devices are lost and damaged here.
    pub hazard: Lanes,

    /// Share of schools on the grid.
    pub grid: Lanes,
    /// Share of schools with solar power.
    pub solar: Lanes,
    /// Watts of solar capacity in the group.
    pub watts: Lanes,
    /// Watts in the base year.
    pub base_watts: Lanes,
    /// Watts that devices and links ask of a solar school.
    pub load: Lanes,
    /// Share of schools that got power this year; its first months are paid with it.
    pub power_new: Lanes,
    /// Planned this year: new grid share, new solar share, watts added, watts of battery due.
    pub power_plan: [Lanes; 4],

    /// Share of schools with a link of before the plan, by technology.
    pub legacy: [Lanes; TECHNOLOGIES],
    /// Share of schools with a link of the plan, by technology.
    pub fresh: [Lanes; TECHNOLOGIES],
    /// Base shares by technology, which set the pace of refresh.
    pub base_links: [Lanes; TECHNOLOGIES],
    /// Capacity of links of before the plan.
    pub legacy_mbps: Lanes,
    /// Wanted capacity of a school's link.
    pub wanted: Lanes,
    /// Share of schools that got a link this year; its first months are paid with it.
    pub links_new: Lanes,
    /// Planned this year: share added by technology.
    pub links_added: [Lanes; TECHNOLOGIES],
    /// Planned this year: share moved from old links, by new technology.
    pub links_moved: [Lanes; TECHNOLOGIES],
    /// Planned share of schools with a link.
    pub connected_planned: Lanes,
    /// Share of schools near fibre.
    pub reach_fibre: Lanes,
    /// Share of schools in reach of a mobile network.
    pub reach_4g: Lanes,

    /// Share of schools equipped.
    pub equipped: Lanes,
    /// Planned share of schools equipped.
    pub equipped_planned: Lanes,
    /// Devices of the base year.
    pub base_devices: Lanes,
    /// Part of the base year's devices that neither loss nor unrepaired damage has taken since.
    pub unharmed_old: Lanes,
    /// The same for the kind that is bought.
    pub unharmed: Lanes,
    /// Devices of the base year that are still owned.
    pub old_devices: Lanes,
    /// Devices of the base year that will be left at year end.
    pub old_planned: Lanes,
    /// Devices bought that wear has left this year, before loss and damage.
    pub left_by_wear: Lanes,
    /// Devices owned.
    pub devices: Lanes,
    /// Devices in working order.
    pub usable: Lanes,
    /// Devices wanted at year end.
    pub devices_planned: Lanes,
    /// Planned this year: devices replaced, devices added.
    pub device_plan: [Lanes; 2],

    /// Teachers by competence: none, acquisition, deepening, creation; shares that add up to 1.
    pub competence: Competences,
    /// Share of teachers who are to be followed up this year.
    pub follow_up: Lanes,
    /// Share of new teachers who arrive with knowledge acquisition.
    pub arrive_ready: Lanes,
    /// Planned this year: share of teachers enrolled, again and new.
    pub training_plan: [Lanes; 2],

    /// Share of curriculum with content.
    pub content: Lanes,
    /// Share of content in service this year.
    pub content_served: Lanes,
    /// Planned this year: share that ends, share added.
    pub content_plan: [Lanes; 2],

    /// Technicians.
    pub technicians: Lanes,
    /// Technicians paid this year.
    pub technicians_served: Lanes,
    /// Planned this year: technicians added.
    pub support_plan: Lanes,
}

impl Four {
    const EMPTY: Self = Self {
        schools: ZERO,
        per_school: ZERO,
        learners: ZERO,
        teachers: ZERO,
        learner_share: ZERO,
        teacher_share: ZERO,
        mean_use: ZERO,
        rural: ZERO,
        hazard: ZERO,
        grid: ZERO,
        solar: ZERO,
        watts: ZERO,
        base_watts: ZERO,
        load: ZERO,
        power_new: ZERO,
        power_plan: [ZERO; 4],
        legacy: [ZERO; TECHNOLOGIES],
        fresh: [ZERO; TECHNOLOGIES],
        base_links: [ZERO; TECHNOLOGIES],
        legacy_mbps: ZERO,
        wanted: ZERO,
        links_new: ZERO,
        links_added: [ZERO; TECHNOLOGIES],
        links_moved: [ZERO; TECHNOLOGIES],
        connected_planned: ZERO,
        reach_fibre: ZERO,
        reach_4g: ZERO,
        equipped: ZERO,
        equipped_planned: ZERO,
        base_devices: ZERO,
        unharmed_old: ZERO,
        unharmed: ZERO,
        old_devices: ZERO,
        old_planned: ZERO,
        left_by_wear: ZERO,
        devices: ZERO,
        usable: ZERO,
        devices_planned: ZERO,
        device_plan: [ZERO; 2],
        competence: Competences::new(ZERO, ZERO, ZERO, ZERO),
        follow_up: ZERO,
        arrive_ready: ZERO,
        training_plan: [ZERO; 2],
        content: ZERO,
        content_served: ZERO,
        content_plan: [ZERO; 2],
        technicians: ZERO,
        technicians_served: ZERO,
        support_plan: ZERO,
    };
}

/// Stocks of a part of the groups, and what was put in place year by year.
#[derive(Clone, Debug)]
pub struct State {
    /// Position of the first four.
    pub first: usize,
    /// Stocks.
    pub fours: Vec<Four>,
    /// Watts installed `[four][year]`.
    pub installed: Vec<[f32; LANES]>,
    /// Links set up `[four][year][technology]`.
    pub set_up: Vec<[[f32; LANES]; TECHNOLOGIES]>,
    /// Devices bought over the unharmed part of that year `[four][year]`.
    pub bought: Vec<Lanes>,
    /// Amounts needed this year `[four][cell]`, where money is given to groups one by one.
    pub rows: Vec<[Lanes; CELLS]>,
}

impl State {
    fn new(model: &Model, first: usize, fours: usize, one_by_one: bool) -> Self {
        let years = model.years;
        Self {
            first,
            fours: vec![Four::EMPTY; fours],
            installed: vec![[0.0; LANES]; fours * years],
            set_up: vec![[[0.0; LANES]; TECHNOLOGIES]; fours * years],
            bought: vec![ZERO; fours * years],
            rows: vec![[ZERO; CELLS]; if one_by_one { fours } else { 0 }],
        }
    }

    /// A block with the positions of its fours.
    pub fn each(&mut self, block: &Range<usize>) -> impl Iterator<Item = (usize, &mut Four)> {
        let first = self.first + block.start;
        self.fours[block.clone()]
            .iter_mut()
            .enumerate()
            .map(move |(index, four)| (first + index, four))
    }

    /// Keeps what a component needs, where money is given to groups one by one.
    #[inline(always)]
    pub fn keep(&mut self, at: usize, component: Component, needed: [Lanes; 3]) {
        if let Some(row) = self.rows.get_mut(at) {
            let cell = component_index(component) * 3;
            row[cell..cell + 3].copy_from_slice(&needed);
        }
    }

    /// Sets the stocks of a block to those of the base year.
    pub fn open(&mut self, model: &Model, p: &[f64], terms: &AllTerms, block: &Range<usize>) {
        let years = block.start * model.years..block.end * model.years;
        self.installed[years.clone()].fill([0.0; LANES]);
        self.set_up[years.clone()].fill([[0.0; LANES]; TECHNOLOGIES]);
        self.bought[years].fill(ZERO);
        if let Some(rows) = self.rows.get_mut(block.clone()) {
            rows.fill([ZERO; CELLS]);
        }
        let used = Use::of(model, p);
        for (four, s) in self.each(block) {
            let schools = model.count(p, four, |of| of.schools);
            // Groups are shares of their level, whose total the demand chapter carries.
            let (learners, teachers) = terms.level_totals[model.level_of_four(four)];
            *s = Four::EMPTY;
            s.schools = schools;
            s.per_school = ONE / max(schools, all(1e-12));
            s.learner_share = model.count(p, four, |of| of.learners) / learners.max(1e-12);
            s.teacher_share = model.count(p, four, |of| of.teachers) / teachers.max(1e-12);
            s.mean_use = used.mean(
                model.four(p, four, |of| of.girls),
                model.four(p, four, |of| of.disability),
            );
            s.rural = model.rural_four(four);
        }
        devices::open(model, p, self, block);
        links::open(model, p, self, block);
        // Last of the three: solar systems carry what devices and links draw today.
        power::open(model, p, self, block);
        training::open(model, p, self, block);
        content::open(model, p, self, block);
        support::open(model, p, self, block);
    }

    /// Learners and teachers of a year.
    pub fn turn(&mut self, model: &Model, demand: &Demand, t: usize, block: &Range<usize>) {
        for (four, s) in self.each(block) {
            let level = model.level_of_four(four);
            s.learners = s.learner_share * demand.learners(t, level);
            s.teachers = s.teacher_share * demand.teachers(t, level);
        }
    }
}

/// A technical life split once for all groups: when what was put in place in past years reaches its end.
///
/// A life of 5.3 years ends after 5 years for 70 % and after 6 years for 30 %. What stood in the base year has ages
/// spread evenly over its life, so a share of 1 / life ends each year until none is left.
#[derive(Clone, Copy, Debug)]
pub struct Life {
    years: usize,
    /// Part that ends after whole years, and after one year more.
    early: f64,
    late: f64,
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
            early: 1.0 - part,
            late: part,
            of_base: (1.0 / life).min((1.0 - gone).max(0.0)),
            steady: 1.0 / life,
        }
    }

    /// What ends this year of what was placed after the base year.
    #[inline(always)]
    #[must_use]
    pub fn of_placed(&self, t: usize, placed: impl Fn(usize) -> Lanes) -> Lanes {
        if t <= self.years {
            return ZERO;
        }
        let mut due = self.early * placed(t - self.years);
        if t > self.years + 1 {
            due += self.late * placed(t - self.years - 1);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::super::lanes::first;
    use super::*;

    #[test]
    fn what_is_placed_once_ends_once() {
        // 100 units in the base year and 60 placed in year 2, life 2.5 years, over 12 years: all 160 end, no more.
        let placed = |y| all(if y == 2 { 60.0 } else { 0.0 });
        let due = |t| {
            let life = Life::new(2.5, t);
            life.of_base * 100.0 + first(life.of_placed(t, placed))
        };
        let total: f64 = (1..12).map(due).sum();
        assert!((total - 160.0).abs() < 1e-9, "{total}");
        // By hand: half of the 60 end after two years, half after three.
        assert!((first(Life::new(2.5, 4).of_placed(4, placed)) - 30.0).abs() < 1e-12);
    }
}
