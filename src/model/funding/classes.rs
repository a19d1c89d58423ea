//! Classes of needs, most urgent first (6.2): what would have been kept without a plan, then what keeps what else serves whom the
//! plan reaches, then all that keeps the rest of what stands, then expansion component by component. Needs of one rank that the
//! same sources may pay are one class, and each need of a class is paid in the same proportion; classes of a rank that keeps share
//! alike. What manages a need goes with it.

use std::ops::{Add, Mul, Range};

use super::ask;
use super::evenly::Evenly;
use super::queue::Queue;
use super::source::{Class, SourceId, may_pay};
use crate::model::chunk::Needs;
use crate::model::components::{ON_TOP, is_managed, nature_of};
use crate::model::funded::{Funded, PartFunded};
use crate::model::kept::{Parts, nearly_one};
use crate::model::lanes::{LANES, Lanes, ZERO, sum};
use crate::model::pass::Pass;
use crate::model::sums::kept_row;
use crate::model::tables::Model;
use crate::model::year::LEVELS;
use crate::model::{CELLS, Cell, NEED_COUNT, component_index};
use crate::scenario::{Component, Need};

/// What would have been kept, what else serves whom the plan reaches, what keeps the rest, what adds.
const FIRST: usize = 0;
const REACHING: usize = 1;
const KEEPING_RANK: usize = 2;
const EXPANSION: usize = 3;

/// What of a cell's need a class holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// What would have been needed without a plan.
    First,
    /// What else serves whom the plan reaches.
    Reaching,
    /// The rest.
    Rest,
}

impl Part {
    /// Where is said what of it is funded.
    fn of(self, funded: &mut Funded) -> &mut PartFunded {
        match self {
            Self::First => &mut funded.first,
            Self::Reaching => &mut funded.reaching,
            Self::Rest => &mut funded.rest,
        }
    }
}

/// A part of the need of a component.
#[derive(Clone, Copy, Debug)]
struct Member {
    component: Component,
    need: Need,
    part: Part,
    /// Whether it is what manages the part; what manages the first goes with the second.
    managing: bool,
}

impl Member {
    fn cell(self) -> Cell {
        Cell::of(self.component, self.need)
    }

    /// The cell in which it is booked.
    fn booked(self) -> Cell {
        if self.managing {
            Cell::of(ON_TOP, self.need)
        } else {
            self.cell()
        }
    }

    /// What it asks for, of what its need asks for by part.
    fn amount<T: Add<Output = T> + Mul<f64, Output = T>>(self, [first, reaching, rest]: [T; 3], managing: f64) -> T {
        match (self.part, self.managing) {
            (Part::First, _) => first,
            (Part::Reaching, false) => reaching,
            (Part::Reaching, true) => (first + reaching) * managing,
            (Part::Rest, false) => rest,
            (Part::Rest, true) => rest * managing,
        }
    }

    /// Shows what it asks for in each group, four by four: place of the first group and amounts, constant US$.
    #[inline(always)]
    fn by_four(
        self,
        model: &Model,
        needs: &Needs<'_>,
        at_twins_cost: &[f64; LEVELS],
        managing: f64,
        mut see: impl FnMut(usize, Lanes),
    ) {
        needs.by_part(model, (self.component, self.need), at_twins_cost, |group, parts| {
            see(group, self.amount(parts, managing));
        });
    }
}

/// Needs of one rank and place that the same sources may pay.
#[derive(Clone, Debug)]
struct Members {
    rank: usize,
    /// Position of the first in the order of priority.
    order: usize,
    place: usize,
    eligible: u64,
    of: Vec<Member>,
}

impl Members {
    /// Writes what they ask for in each group, constant US$.
    fn by_group(&self, model: &Model, needs: &Needs<'_>, funded: &Funded, managing: f64, wanted: &mut [f64]) {
        wanted.fill(0.0);
        for member in &self.of {
            let cost = funded.at_twins_cost(member.component, member.need);
            member.by_four(model, needs, &cost, managing, |group, amount| {
                add(&mut wanted[group..], amount);
            });
        }
    }
}

/// All classes of a year.
#[derive(Clone, Debug)]
pub(super) struct Classes {
    sources: usize,
    places: usize,
    list: Vec<Members>,
    /// As they are solved.
    pub(super) classes: Vec<Class>,
    /// Which of them keep what stands.
    pub(super) keeps: Vec<bool>,
    /// Needs by part, `[cell][place]`.
    need: Vec<[f64; 3]>,
    /// Management for each dollar of need.
    managing: f64,
    /// Shares of a class by group, and what it asks for there.
    shares: Vec<f64>,
    pub(super) wanted: Vec<f64>,
}

impl Classes {
    /// From the rules of a model's sources, the existing budget among them.
    pub(super) fn new(model: &Model, [sources, places]: [usize; 2], groups: usize) -> Self {
        let mut list: Vec<Members> = Vec::new();
        for place in 0..places {
            // What is on top goes with what it manages.
            let components = || model.priority.iter().filter(|component| **component != ON_TOP);
            for (order, component) in components().enumerate() {
                for (kind, need) in Need::ALL.iter().enumerate() {
                    let [own, managing] =
                        [false, true].map(|managing| eligible(model, *component, *need, place, sources, managing));
                    let keeps = *need != Need::Expansion;
                    let rest = if keeps { KEEPING_RANK } else { EXPANSION };
                    let parts = [
                        (FIRST, Part::First, false),
                        (REACHING, Part::Reaching, false),
                        (REACHING, Part::Reaching, true),
                        (rest, Part::Rest, false),
                        (rest, Part::Rest, true),
                    ];
                    for (step, (rank, part, manages)) in parts.into_iter().enumerate() {
                        if (manages && !is_managed(*component)) || (part != Part::Rest && !keeps) {
                            continue;
                        }
                        let eligible = if manages { managing } else { own };
                        let order = (order * Need::ALL.len() + kind) * parts.len() + step;
                        let member = Member {
                            component: *component,
                            need: *need,
                            part,
                            managing: manages,
                        };
                        // Expansion is ranked component by component.
                        let joins = |members: &Members| {
                            (members.rank, members.place, members.eligible) == (rank, place, eligible)
                                && (keeps || members.of[0].component == *component)
                        };
                        if let Some(members) = list.iter_mut().find(|members| joins(members)) {
                            members.of.push(member);
                        } else {
                            list.push(Members {
                                rank,
                                order,
                                place,
                                eligible,
                                of: vec![member],
                            });
                        }
                    }
                }
            }
        }
        list.sort_by_key(|members| (members.rank, members.order, members.place));
        let classes = list
            .iter()
            .map(|members| Class {
                need: 0.0,
                // Of each source there is money for all needs, and after it money that can only keep what stands.
                eligible: if members.rank == EXPANSION {
                    members.eligible
                } else {
                    members.eligible | members.eligible << sources
                },
            })
            .collect();
        Self {
            sources,
            places,
            keeps: list.iter().map(|members| members.rank != EXPANSION).collect(),
            list,
            classes,
            need: vec![[0.0; 3]; CELLS * places],
            managing: 0.0,
            shares: vec![0.0; groups],
            wanted: vec![0.0; groups],
        }
    }

    /// Classes of each rank that keeps what stands and falls into several: they share alike.
    pub(super) fn alike(&self) -> Vec<Range<usize>> {
        let mut first = 0;
        let ranks = self.list.chunk_by(|a, b| a.rank == b.rank).map(|members| {
            first += members.len();
            (members[0].rank, first - members.len()..first)
        });
        let several = ranks.filter(|(rank, classes)| *rank != EXPANSION && classes.len() > 1);
        several.map(|(_, classes)| classes).collect()
    }

    /// Adds up the needs of a year by part, what would have been needed without a plan at the twin's unit cost.
    pub(super) fn state(
        &mut self,
        model: &Model,
        needs: &Needs<'_>,
        twin: Option<&Pass>,
        bin_level: &[u8],
        funded: &mut Funded,
    ) {
        self.need.fill([0.0; 3]);
        let (mut managed, mut management) = (0.0, 0.0);
        for component in Component::ALL {
            for need in Need::ALL {
                let at = Cell::of(*component, *need);
                let total = needs.total(at);
                if *component == ON_TOP {
                    management += total;
                } else if is_managed(*component) {
                    managed += total;
                }
                let (parts, cost) = compare_costs(model, needs, twin, bin_level, funded, (*component, *need));
                let row = &mut self.need[at.index() * self.places..(at.index() + 1) * self.places];
                if let [all] = row {
                    *all = parts.amounts(total, cost);
                } else {
                    let cost = funded.at_twins_cost(*component, *need);
                    needs.by_part(model, (*component, *need), &cost, |group, amounts| {
                        let places = &model.place_of[group..group + LANES];
                        for (part, amounts) in amounts.into_iter().enumerate() {
                            for (place, amount) in places.iter().zip(amounts.into_arr()) {
                                row[usize::from(*place)][part] += amount;
                            }
                        }
                    });
                }
            }
        }
        self.managing = if managed > 0.0 { management / managed } else { 0.0 };
        for (class, members) in self.classes.iter_mut().zip(&self.list) {
            let amount = |member: &Member| {
                let at = member.cell().index() * self.places + members.place;
                member.amount(self.need[at], self.managing)
            };
            class.need = members.of.iter().map(amount).sum();
        }
    }

    /// Lists what some classes of one rank need turn by turn `[class][turn]`; in one turn where groups do not stand in a queue.
    pub(super) fn by_turn(
        &self,
        model: &Model,
        needs: &Needs<'_>,
        queue: &Queue,
        funded: &Funded,
        classes: Range<usize>,
        (wanted, turns): (&mut [f64], &mut Vec<f64>),
    ) {
        for (members, class) in self.list[classes.clone()].iter().zip(&self.classes[classes]) {
            if queue.is_empty() || members.rank == FIRST {
                turns.push(class.need);
                continue;
            }
            members.by_group(model, needs, funded, self.managing, wanted);
            let here = |g: &usize| self.places == 1 || usize::from(model.place_of[*g]) == members.place;
            turns.extend(queue.turns().map(|equal| {
                let groups = equal.iter().map(|g| *g as usize).filter(here);
                groups.map(|g| wanted[g]).sum::<f64>()
            }));
        }
    }

    /// Says what of each need is funded, and tells what each source paid of each cell in each place:
    /// `(cell, place, source, amount)`.
    pub(super) fn share_out(
        &mut self,
        model: &Model,
        needs: &Needs<'_>,
        queue: &Queue,
        allocation: &Evenly,
        funded: &mut Funded,
        mut paid: impl FnMut(Cell, usize, usize, f64),
    ) {
        let share_of = |k: usize, class: &Class| {
            // A thousand-millionth of a dollar is no need, and too small a number to divide by.
            let share = if class.need > 1e-9 {
                (allocation.funded(k) / class.need).min(1.0)
            } else {
                1.0
            };
            // A rounding hair below the whole is the whole.
            if share > 1.0 - 1e-12 { 1.0 } else { share }
        };
        // A class that is paid in part is shared out group by group where groups stand in a queue; one of a place, always.
        let in_turn =
            |members: &Members, share: f64| !queue.is_empty() && members.rank != FIRST && share > 0.0 && share < 1.0;
        let by_group = |members: &Members, share: f64| self.places > 1 || in_turn(members, share);
        let one_by_one = self
            .classes
            .iter()
            .zip(&self.list)
            .enumerate()
            .any(|(k, (class, members))| by_group(members, share_of(k, class)));
        // What is paid of the management of several needs is summed up.
        let managed: [Cell; NEED_COUNT] = std::array::from_fn(|kind| Cell::of(ON_TOP, Need::ALL[kind]));
        for at in managed {
            funded.first.set(at, 1.0);
            funded.reaching.set(at, 1.0);
            if one_by_one {
                funded.rest.each(at).fill(0.0);
            } else {
                funded.rest.set(at, 0.0);
            }
        }
        let (managing, shares, wanted) = (self.managing, &mut self.shares, &mut self.wanted);
        for (k, (members, class)) in self.list.iter().zip(&self.classes).enumerate() {
            let share = share_of(k, class);
            let place = (self.places > 1).then_some(members.place);
            let here = |g: usize| place.is_none_or(|place| usize::from(model.place_of[g]) == place);
            let by_group = by_group(members, share);
            // Elsewhere nobody has a share of it.
            if one_by_one {
                for (g, out) in shares.iter_mut().enumerate() {
                    *out = if here(g) { share } else { 0.0 };
                }
            }
            if in_turn(members, share) {
                members.by_group(model, needs, funded, managing, wanted);
                queue.serve(share * class.need, here, |g| wanted[g], shares);
            }
            let total = allocation.funded(k);
            for member in &members.of {
                let at = member.cell().index() * self.places + members.place;
                let mut amount = share * member.amount(self.need[at], managing);
                if !member.managing && by_group {
                    let out = member.part.of(funded).each(member.cell());
                    for (g, (out, share)) in out.iter_mut().zip(&*shares).enumerate() {
                        if here(g) {
                            *out = *share;
                        }
                    }
                } else if !member.managing {
                    member.part.of(funded).set(member.cell(), share);
                } else if !one_by_one {
                    let before = funded.rest.for_all(member.booked()).unwrap_or(0.0);
                    funded.rest.set(member.booked(), before + amount);
                }
                if one_by_one && (member.managing || by_group) && amount > 0.0 {
                    let cost = funded.at_twins_cost(member.component, member.need);
                    let rest = if member.managing {
                        funded.rest.each(member.booked())
                    } else {
                        &mut []
                    };
                    let mut sums = ZERO;
                    member.by_four(model, needs, &cost, managing, |group, amount| {
                        let paid = Lanes::from_slice(shares, group) * amount;
                        sums += paid;
                        if member.managing {
                            add(&mut rest[group..], paid);
                        }
                    });
                    amount = sum(sums);
                }
                if total > 0.0 {
                    // Of many sources few pay a class.
                    let given = allocation.of(k).iter().enumerate();
                    for (position, given) in given.filter(|(_, given)| **given != 0.0) {
                        let source = position % self.sources;
                        paid(member.booked(), members.place, source, given * amount / total);
                    }
                }
            }
        }
        // Management of several needs: paid of it over all of it.
        let over = |paid: f64, need: f64| {
            if need > 1e-9 { (paid / need).min(1.0) } else { 1.0 }
        };
        for (at, need) in managed.into_iter().zip(Need::ALL) {
            if one_by_one {
                let rest = funded.rest.each(at);
                // None of it is told apart by what stands.
                needs.by_part(model, (ON_TOP, *need), &[1.0; LEVELS], |group, [.., needed]| {
                    let paid = rest[group..group + LANES].iter_mut().zip(needed.into_arr());
                    paid.for_each(|(paid, needed)| *paid = over(*paid, needed));
                });
            } else {
                let share = over(funded.rest.for_all(at).unwrap_or(0.0), needs.total(at));
                funded.rest.set(at, share);
            }
        }
    }
}

/// Sets what the first part of upkeep or renewal costs without a plan over what it costs with it, level by level. Gives what the
/// two parts ask for in all with the plan, and the same ratio over all levels; of another need nothing is a part.
fn compare_costs(
    model: &Model,
    needs: &Needs<'_>,
    twin: Option<&Pass>,
    bin_level: &[u8],
    funded: &mut Funded,
    (component, need): (Component, Need),
) -> (Parts<f64>, f64) {
    let (index, kind) = (component_index(component), need as usize);
    let mut all_of = Parts {
        first: 0.0,
        reaching: 0.0,
    };
    let Some(scale) = funded.at_twins_cost[index].get_mut(kind) else {
        return (all_of, 1.0);
    };
    let at = Cell::of(component, need);
    let [costs, quantities, reaching] = [0, 1, 2].map(|part| needs.kept_by_level(index, kind, part, bin_level));
    let mut first = 0.0;
    for level in 0..model.levels.len() {
        let (cost, quantity) = (costs[level], quantities[level]);
        // Without a twin the run is one itself: all of it would be needed.
        let unit_cost = twin.and_then(|twin| {
            let sum = |row| by_level(row, bin_level)[level];
            let without = sum(twin.sums.kept.row(needs.t, kept_row(index, kind, 1)));
            (without > 0.0).then(|| sum(twin.sums.need.row(needs.t, at.index())) / without)
        });
        scale[level] = match unit_cost {
            Some(unit_cost) if cost > 0.0 => nearly_one((quantity * unit_cost / cost).min(1.0)),
            _ => 1.0,
        };
        all_of.first += cost;
        all_of.reaching += reaching[level];
        first += cost * scale[level];
    }
    let at_twins_cost = if all_of.first > 0.0 { first / all_of.first } else { 1.0 };
    (all_of, at_twins_cost)
}

/// Adds amounts of four groups to those of the first four of some.
#[inline(always)]
fn add(sums: &mut [f64], amounts: Lanes) {
    let amounts = (Lanes::from_slice(sums, 0) + amounts).into_arr();
    sums[..LANES].copy_from_slice(&amounts);
}

/// Adds up a row of bins by level.
fn by_level(row: &[f64], bin_level: &[u8]) -> [f64; LEVELS] {
    let mut sums = [0.0; LEVELS];
    for (amount, level) in row.iter().zip(bin_level) {
        sums[usize::from(*level)] += amount;
    }
    sums
}

/// Which of the sources may pay a cell in a place, or what manages it there; a bit each.
fn eligible(model: &Model, component: Component, need: Need, place: usize, sources: usize, managing: bool) -> u64 {
    (0..sources)
        .filter(|s| pays(model, SourceId(*s), (component, need), place, managing))
        .fold(0, |bits, s| bits | 1 << s)
}

/// Whether a source may pay a need of a component in a place, or its management.
pub(super) fn pays(
    model: &Model,
    id: SourceId,
    (component, need): (Component, Need),
    place: usize,
    managing: bool,
) -> bool {
    let nature = nature_of(if managing { ON_TOP } else { component }, need);
    let ever = |component| {
        ask(model, &model.parameters, id, |mechanism| {
            mechanism.pays(component, need, managing)
        })
    };
    let listed = |component| {
        id.place().is_none_or(|index| {
            let source = &model.scenario.funding.sources[index];
            may_pay(source, component, need, nature) && model.pays_place[index][place]
        })
    };
    let may = |component| ever(component) && listed(component);
    may(component) || (managing && may(ON_TOP))
}
