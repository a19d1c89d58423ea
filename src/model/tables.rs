//! A scenario flattened: tables of groups, maps from levers to groups, and the parameter vector.

use std::sync::Arc;

use super::lanes::{LANES, Lanes};
use super::shocks::Closures;
use super::sums::Bin;
use crate::scenario::country::GroupSlots;
use crate::scenario::field::Role;
use crate::scenario::parameters::{NumberSlot, OwnYears, PathSlot, Roles};
use crate::scenario::plan::{Competence, Order};
use crate::scenario::{Component, Group, Laid, Level, Locality, Scenario, ScenarioSlots};

/// A place of the results: level, region and locality.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cut {
    /// Position of the level in [`Model::levels`].
    pub level: usize,
    /// Region; empty for the whole country.
    pub region: String,
    /// Urban or rural.
    pub locality: Locality,
}

/// What does not change from run to run about a level.
#[derive(Clone, Debug)]
pub struct LevelTable {
    /// Which level.
    pub level: Level,
    /// Grades.
    pub grades: usize,
    /// Position of its first grade among all grades.
    pub first_grade: usize,
    /// Position of its data in the slots.
    pub data: usize,
}

/// A scenario ready to run.
#[derive(Clone, Debug)]
pub struct Model {
    /// The scenario it came from.
    pub scenario: Arc<Scenario>,
    /// Values of all numbers, in the order of a walk through the scenario.
    pub parameters: Vec<f64>,
    /// Where each number stands; groups are reached through [`Model::four`].
    pub slots: ScenarioSlots,
    /// Years from base year to horizon.
    pub years: usize,
    /// First year of the plan, counted from the base year.
    pub plan_from: usize,
    /// Levels in order.
    pub levels: Vec<LevelTable>,
    /// Grades of all levels together.
    pub grades: usize,
    /// Level of each place: groups stand level by level, in file order within a level, and each level fills whole fours.
    pub level_of: Vec<u8>,
    /// Whether a place holds a group; the last places of a level may be empty copies of its last group.
    pub held: Vec<bool>,
    /// Whether each group is rural.
    pub rural: Vec<bool>,
    /// Places of the results.
    pub cuts: Vec<Cut>,
    /// Place of each group.
    pub cut_of: Vec<Bin>,
    /// Places that sources tell apart (level, region); most often one.
    pub places: Vec<(Option<usize>, Option<String>)>,
    /// Funding place of each group.
    pub place_of: Vec<u16>,
    /// Which source may pay which place: `[source][place]`, without the existing budget.
    pub pays_place: Vec<Vec<bool>>,
    /// When shocks close schools, and where.
    pub(crate) closures: Closures,
    /// Whether it is asked who can go on at home: the plan gives something for it, or schools close.
    pub(crate) tells_homes: bool,
    /// Components in the order in which money is given.
    pub priority: Vec<Component>,
    /// State from which a teacher counts as ready: 1 acquisition, 2 deepening, 3 creation.
    pub ready_state: usize,
    /// Who reads which part of the parameter vector.
    pub roles: Roles,
    /// Prices of another year than the price year.
    own_years: OwnYears,
    group_base: GroupSlots,
    /// Where each group's numbers stand, counted from those of the first group of the file.
    group_at: Vec<u32>,
}

impl Model {
    /// Flattens a scenario. The scenario is valid by construction, so this cannot fail.
    ///
    /// # Panics
    /// If the scenario has no group; [`crate::scenario::check`] refuses such a scenario.
    #[must_use]
    pub fn new(scenario: impl Into<Arc<Scenario>>) -> Self {
        let shared: Arc<Scenario> = scenario.into();
        let scenario = &*shared;
        let Laid {
            values: parameters,
            slots,
            roles,
            own_years,
        } = scenario.layout();
        let groups = &slots.country.groups;
        let group_base = groups.first().expect("a scenario has groups").clone();
        let country = &scenario.country;
        let mut order: Vec<usize> = (0..country.groups.len()).collect();
        order.sort_by_key(|g| country.groups[*g].level);
        let (order, held) = in_fours(&order, |g| country.groups[*g].level);
        // All groups have the same numbers in the same order.
        let group_at = order
            .iter()
            .map(|g| groups[*g].schools.0 - group_base.schools.0)
            .collect();
        let groups: Vec<&Group> = order.iter().map(|g| &country.groups[*g]).collect();

        let mut levels = Vec::new();
        let mut first_grade = 0;
        for (data, level) in country.levels.iter().enumerate() {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let grades = level.duration.value.round().max(1.0) as usize;
            levels.push(LevelTable {
                level: level.level,
                grades,
                first_grade,
                data,
            });
            first_grade += grades;
        }
        let index = |level: Level| levels.iter().position(|table| table.level == level).unwrap_or(0);
        #[allow(clippy::cast_possible_truncation)]
        let level_of: Vec<u8> = groups.iter().map(|group| index(group.level) as u8).collect();
        let rural = groups.iter().map(|group| group.locality == Locality::Rural).collect();
        let (cuts, cut_of) = cuts(&groups, &level_of);
        let (places, place_of, pays_place) = places(scenario, &groups, &level_of, &levels);
        let ready_state = scenario
            .plan
            .training
            .as_ref()
            .map_or(1, |training| match training.ready_state {
                Competence::Acquisition => 1,
                Competence::Deepening => 2,
                Competence::Creation => 3,
            });
        let plan_from = usize::try_from(scenario.plan_from - scenario.base_year).unwrap_or(1);
        let closures = Closures::of(scenario, &groups);
        Self {
            scenario: Arc::clone(&shared),
            roles,
            own_years,
            years: scenario.years(),
            plan_from,
            grades: first_grade,
            tells_homes: scenario.plan.home_access.is_some() || closures.any(),
            closures,
            priority: priority(scenario),
            parameters,
            slots,
            levels,
            level_of,
            held,
            rural,
            cuts,
            cut_of,
            places,
            place_of,
            pays_place,
            ready_state,
            group_base,
            group_at,
        }
    }

    /// Takes another scenario. Where only targets differ, texts that no run reads, and numbers that shape no table, all
    /// tables stay and a workspace of this model goes on serving it; a country that both scenarios share is not gone
    /// through again. Otherwise the model is made anew, and a workspace with it. Gives whether the tables stayed. Either
    /// way the model is what [`Model::new`] makes of the scenario, bit for bit.
    ///
    /// # Panics
    /// If the scenario has no group; [`crate::scenario::check`] refuses such a scenario.
    pub fn retarget(&mut self, scenario: impl Into<Arc<Scenario>>) -> bool {
        let scenario = scenario.into();
        let laid = scenario.layout_after(
            &self.scenario,
            (&self.parameters, &self.slots, &self.roles, &self.own_years),
        );
        // Words stand for themselves among the slots: where these are equal, numbers are all that can differ. Targets are
        // asked when all is computed, and their numbers stand behind all others.
        self.slots.targets.clone_from(&laid.slots.targets);
        let same_years = laid.own_years == self.own_years && scenario.price_year == self.scenario.price_year;
        if laid.slots != self.slots || !same_years || !self.are_shaped_by(&laid.values) {
            *self = Self::new(scenario);
            return false;
        }
        self.scenario = scenario;
        self.parameters = laid.values;
        self.roles = laid.roles;
        true
    }

    fn are_shaped_by(&self, p: &[f64]) -> bool {
        let mut shapes = self.roles.places(|role| role == Role::Shape).flatten();
        let whole = |value: f64| value.round().to_bits();
        shapes.all(|at| whole(p[at]) == whole(self.parameters[at]))
    }

    /// Whether the tables hold for a parameter vector: what shapes them is counted in whole numbers.
    #[must_use]
    pub fn holds(&self, p: &[f64]) -> bool {
        p.len() == self.parameters.len() && self.are_shaped_by(p)
    }

    /// Whether money can differ from group to group by more than what stands.
    #[must_use]
    pub(crate) fn told_apart(&self) -> bool {
        self.scenario.plan.order != Order::Proportional || self.places.len() > 1
    }

    /// Number of groups.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.held.iter().filter(|held| **held).count()
    }

    /// Number of fours in which they stand.
    #[must_use]
    pub(crate) fn fours(&self) -> usize {
        self.level_of.len() / LANES
    }

    /// Level of a four: they never mix levels.
    #[inline(always)]
    #[must_use]
    pub(crate) fn level_of_four(&self, four: usize) -> usize {
        usize::from(self.level_of[four * LANES])
    }

    /// 1 for each rural group of a four, 0 for each urban one.
    #[must_use]
    pub(crate) fn rural_four(&self, four: usize) -> Lanes {
        let of = |lane: usize| f64::from(u8::from(self.rural[four * LANES + lane]));
        Lanes::from_arr([of(0), of(1), of(2), of(3)])
    }

    /// Values of one number of four groups: `model.four(p, four, |of| of.grid)`.
    #[inline(always)]
    #[must_use]
    pub fn four(&self, p: &[f64], four: usize, of: impl Fn(&GroupSlots) -> NumberSlot) -> Lanes {
        let at = four * LANES;
        let first = of(&self.group_base).0;
        let value = |lane: usize| p[(first + self.group_at[at + lane]) as usize];
        Lanes::from_arr([value(0), value(1), value(2), value(3)])
    }

    /// The same for what is counted (schools, learners, teachers): nothing where no group stands.
    #[inline(always)]
    #[must_use]
    pub fn count(&self, p: &[f64], four: usize, of: impl Fn(&GroupSlots) -> NumberSlot) -> Lanes {
        let at = four * LANES;
        let held = |lane: usize| f64::from(u8::from(self.held[at + lane]));
        self.four(p, four, of) * Lanes::from_arr([held(0), held(1), held(2), held(3)])
    }

    /// Value of one number of a group.
    pub(super) fn group(&self, p: &[f64], group: usize, of: impl Fn(&GroupSlots) -> NumberSlot) -> f64 {
        p[(of(&self.group_base).0 + self.group_at[group]) as usize]
    }

    /// Value of one number.
    #[inline]
    #[must_use]
    pub fn number(p: &[f64], slot: NumberSlot) -> f64 {
        p[slot.0 as usize]
    }

    /// Value of a path in a year.
    #[inline]
    #[must_use]
    pub fn at(p: &[f64], slot: PathSlot, t: usize) -> f64 {
        p[slot.0 as usize + t]
    }

    /// Values of a path by year.
    #[must_use]
    pub fn path<'p>(&self, p: &'p [f64], slot: PathSlot) -> &'p [f64] {
        &p[slot.0 as usize..slot.0 as usize + self.years]
    }

    /// Year of which a price or an amount is.
    #[must_use]
    pub(crate) fn year_of(&self, money: NumberSlot) -> i32 {
        self.own_years.of(money).unwrap_or(self.scenario.price_year)
    }

    /// Calendar year.
    #[must_use]
    pub fn calendar(&self, t: usize) -> i32 {
        self.scenario.base_year + i32::try_from(t).unwrap_or(0)
    }
}

/// Fills each level's run of an order up to whole fours with copies of its last entry; gives what is held and what is not.
fn in_fours<T: Copy>(order: &[T], level: impl Fn(&T) -> Level) -> (Vec<T>, Vec<bool>) {
    let mut filled = Vec::with_capacity(order.len() + 3 * LANES);
    let mut held = Vec::with_capacity(order.len() + 3 * LANES);
    for run in order.chunk_by(|a, b| level(a) == level(b)) {
        for place in 0..run.len().next_multiple_of(LANES) {
            filled.push(run[place.min(run.len() - 1)]);
            held.push(place < run.len());
        }
    }
    (filled, held)
}

fn cuts<'a>(groups: &[&'a Group], level_of: &[u8]) -> (Vec<Cut>, Vec<Bin>) {
    use std::collections::BTreeMap;
    let mut seen: BTreeMap<(usize, &'a str, Locality), Bin> = BTreeMap::new();
    for (group, level) in groups.iter().zip(level_of) {
        seen.insert(
            (usize::from(*level), group.region.as_str(), group.locality),
            Bin::default(),
        );
    }
    for (position, index) in seen.values_mut().enumerate() {
        *index = Bin::at(position);
    }
    let cuts = seen
        .keys()
        .map(|(level, region, locality)| Cut {
            level: *level,
            region: (*region).into(),
            locality: *locality,
        })
        .collect();
    let cut_of = groups
        .iter()
        .zip(level_of)
        .map(|(group, level)| seen[&(usize::from(*level), group.region.as_str(), group.locality)])
        .collect();
    (cuts, cut_of)
}

type Places = (Vec<(Option<usize>, Option<String>)>, Vec<u16>, Vec<Vec<bool>>);

fn places(scenario: &Scenario, groups: &[&Group], level_of: &[u8], levels: &[LevelTable]) -> Places {
    let sources = &scenario.funding.sources;
    let by_level = sources.iter().any(|source| !source.levels.is_empty());
    let by_region = sources.iter().any(|source| !source.regions.is_empty());
    let mut places: Vec<(Option<usize>, Option<String>)> = Vec::new();
    let mut place_of = Vec::with_capacity(level_of.len());
    for (group, level) in groups.iter().zip(level_of) {
        let place = (
            by_level.then_some(usize::from(*level)),
            by_region.then(|| group.region.clone()),
        );
        let found = places.iter().position(|known| *known == place).unwrap_or_else(|| {
            places.push(place);
            places.len() - 1
        });
        place_of.push(u16::try_from(found).unwrap_or(u16::MAX));
    }
    let pays = sources
        .iter()
        .map(|source| {
            places
                .iter()
                .map(|(level, region)| {
                    (source.levels.is_empty() || level.is_some_and(|l| source.levels.contains(&levels[l].level)))
                        && (source.regions.is_empty() || region.as_ref().is_some_and(|r| source.regions.contains(r)))
                })
                .collect()
        })
        .collect();
    (places, place_of, pays)
}

/// The components in the order in which money is given.
fn priority(scenario: &Scenario) -> Vec<Component> {
    let mut components = scenario.funding.priority.clone();
    for component in Component::ALL {
        if !components.contains(component) {
            components.push(*component);
        }
    }
    components
}
