//! Classes of needs, most urgent first (6.2): what would have been kept without a plan, then what keeps what else serves whom the
//! plan reaches, then all that keeps the rest of what stands, then expansion component by component. Needs of one rank that the
//! same sources may pay are one class, and each need of a class is paid in the same proportion. What manages a need goes with it.

use super::allocation::Allocation;
use super::ask;
use super::queue::Queue;
use super::source::{Class, SourceId, may_pay};
use crate::model::chunk::Needs;
use crate::model::components::{ON_TOP, is_managed, nature_of};
use crate::model::funded::{Funded, PartFunded};
use crate::model::kept::{KEEPING, Parts, nearly_one};
use crate::model::lanes::{Lanes, ONE};
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
    fn amount(self, [first, reaching, rest]: [f64; 3], managing: f64) -> f64 {
        match (self.part, self.managing) {
            (Part::First, _) => first,
            (Part::Reaching, false) => reaching,
            (Part::Reaching, true) => (first + reaching) * managing,
            (Part::Rest, false) => rest,
            (Part::Rest, true) => rest * managing,
        }
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
    /// Shares of a class by group, where they differ.
    shares: Vec<f64>,
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
        }
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
            let index = component_index(*component);
            for (kind, need) in Need::ALL.iter().enumerate() {
                let at = Cell::of(*component, *need);
                let total = needs.total(at);
                if *component == ON_TOP {
                    management += total;
                } else if is_managed(*component) {
                    managed += total;
                }
                let row = &mut self.need[at.index() * self.places..(at.index() + 1) * self.places];
                if kind >= KEEPING {
                    if let [all] = row {
                        all[2] = total;
                    } else {
                        for (need, place) in needs.each(at).zip(&model.place_of) {
                            row[usize::from(*place)][2] += need;
                        }
                    }
                    continue;
                }
                let scale = &mut funded.at_twins_cost[index][kind];
                let [costs, quantities, reaching] =
                    [0, 1, 2].map(|part| needs.kept_by_level(index, kind, part, bin_level));
                let mut all_of = Parts {
                    first: 0.0,
                    reaching: 0.0,
                };
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
                if let [all] = row {
                    let at_twins_cost = if all_of.first > 0.0 { first / all_of.first } else { 1.0 };
                    *all = all_of.amounts(total, at_twins_cost);
                } else {
                    needs.by_four(at, Some((index, kind)), &mut |first, need, kept| {
                        let kept = kept.map(|parts| parts.map(Lanes::into_arr));
                        let groups = model.level_of[first..].iter().zip(&model.place_of[first..]);
                        for (lane, ((level, place), need)) in groups.zip(need.into_arr()).enumerate() {
                            let Some(Parts { first, reaching }) = kept else { return };
                            let kept = Parts {
                                first: first[lane] * need,
                                reaching: reaching[lane] * need,
                            };
                            let parts = kept.amounts(need, scale[usize::from(*level)]);
                            let sum = &mut row[usize::from(*place)];
                            (0..parts.len()).for_each(|part| sum[part] += parts[part]);
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

    /// What of a member's need a group has, constant US$.
    fn in_group(&self, model: &Model, needs: &Needs<'_>, funded: &Funded, member: Member, group: usize) -> f64 {
        let need = needs.of(member.cell(), group);
        let (component, kind) = (component_index(member.component), member.need as usize);
        let parts = if kind < KEEPING {
            let level = usize::from(model.level_of[group]);
            let kept = needs.kept_of(component, kind, group).map(|part| part * need);
            kept.amounts(need, funded.at_twins_cost[component][kind][level])
        } else {
            [0.0, 0.0, need]
        };
        member.amount(parts, self.managing)
    }

    /// Says what of each need is funded, and tells what each source paid of each cell in each place:
    /// `(cell, place, source, amount)`.
    pub(super) fn share_out(
        &mut self,
        model: &Model,
        needs: &Needs<'_>,
        queue: &Queue,
        allocation: &Allocation,
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
        let mut shares = std::mem::take(&mut self.shares);
        for (k, (members, class)) in self.list.iter().zip(&self.classes).enumerate() {
            let share = share_of(k, class);
            let place = (self.places > 1).then_some(members.place);
            let here = |g: usize| place.is_none_or(|place| usize::from(model.place_of[g]) == place);
            let by_group = by_group(members, share);
            if in_turn(members, share) {
                let need = |g: usize| -> f64 {
                    let amounts = members
                        .of
                        .iter()
                        .map(|member| self.in_group(model, needs, funded, *member, g));
                    amounts.sum()
                };
                queue.serve(share * class.need, here, need, &mut shares);
            } else if by_group {
                for (g, out) in shares.iter_mut().enumerate() {
                    if here(g) {
                        *out = share;
                    }
                }
            }
            let total = allocation.funded(k);
            for member in &members.of {
                let at = member.cell().index() * self.places + members.place;
                let mut amount = share * member.amount(self.need[at], self.managing);
                if by_group {
                    amount = 0.0;
                    for g in (0..shares.len()).filter(|g| here(*g)) {
                        let need = self.in_group(model, needs, funded, *member, g);
                        amount += shares[g] * need;
                        if member.managing {
                            funded.rest.each(member.booked())[g] += shares[g] * need;
                        } else {
                            member.part.of(funded).each(member.cell())[g] = shares[g];
                        }
                    }
                } else if !member.managing {
                    member.part.of(funded).set(member.cell(), share);
                } else if !one_by_one {
                    let before = funded.rest.for_all(member.booked()).unwrap_or(0.0);
                    funded.rest.set(member.booked(), before + amount);
                } else if share * self.managing > 0.0 {
                    let rate = share * self.managing;
                    let paid = funded.rest.each(member.booked());
                    let kind = member.need as usize;
                    let kept = (kind < KEEPING).then_some((component_index(member.component), kind));
                    needs.by_four(member.cell(), kept, &mut |first, need, parts| {
                        let part = parts.map_or(ONE, |Parts { first, reaching }| {
                            let kept = first + reaching;
                            if member.part == Part::Reaching {
                                kept
                            } else {
                                ONE - kept
                            }
                        });
                        let add = (rate * need * part).into_arr();
                        paid[first..].iter_mut().zip(add).for_each(|(paid, add)| *paid += add);
                    });
                }
                if total > 0.0 {
                    for (position, given) in allocation.of(k).iter().enumerate() {
                        let source = position % self.sources;
                        paid(member.booked(), members.place, source, given * amount / total);
                    }
                }
            }
        }
        self.shares = shares;
        // Management of several needs: paid of it over all of it.
        let over = |paid: f64, need: f64| {
            if need > 1e-9 { (paid / need).min(1.0) } else { 1.0 }
        };
        for at in managed {
            if one_by_one {
                for (g, share) in funded.rest.each(at).iter_mut().enumerate() {
                    *share = over(*share, needs.of(at, g));
                }
            } else {
                let share = over(funded.rest.for_all(at).unwrap_or(0.0), needs.total(at));
                funded.rest.set(at, share);
            }
        }
    }
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
