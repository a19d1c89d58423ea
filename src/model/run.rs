//! The year loop.
//!
//! A year runs in this order: what has come of the plan in the year before; what sources offer, given that, the books and
//! the debt of the years before; needs of all components on opening stocks and planned year-end quantities; allocation of
//! money; the books closed and what is owed; apply what was funded, what is in service, access, learning. Nothing in a year depends on what is funded later in the same year.

use std::mem::swap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::chunk::{BLOCK, Chunk, Each, Needs, State, one_by_one};
use super::components::{All, Components, List};
use super::demand::Demand;
use super::funded::Funded;
use super::lanes::{self, LANES};
use super::sums::{Bin, Detail, Sums, stat};
use super::tables::Model;
use super::trajectory::Trajectory;
use super::workspace::{InFull, Known, Workspace};
use super::year::{Year, tax_rates};
use super::yearly::Yearly;
use super::{CELLS, access, on_top, outcomes, skills};
use crate::scenario::Scenario;
use crate::scenario::field::Role;

/// Runs a scenario at full detail, on one thread.
#[must_use]
pub fn simulate(scenario: impl Into<Arc<Scenario>>) -> Trajectory {
    Trajectory::of(Model::new(scenario), one_by_one)
}

impl Trajectory {
    /// Runs a model at full detail.
    #[must_use]
    pub fn of(model: Model, each: Each) -> Self {
        let room = Workspace::new(&model, Detail::FULL).with(each);
        Self::computed(model, room, false)
    }

    /// The same for a model that is to take other scenarios: the room for the next run stays.
    #[must_use]
    pub(crate) fn lasting(model: Model, each: Each) -> Self {
        let room = Workspace::new(&model, Detail::FULL).with(each);
        Self::computed(model, room, true)
    }

    /// Takes another scenario and runs it, in the same room where the tables stay: the results are those of
    /// [`of`](Self::of), bit for bit.
    #[must_use]
    pub fn again(self, scenario: impl Into<Arc<Scenario>>) -> Self {
        let Self { mut model, run, .. } = self;
        let each = run.each;
        if model.retarget(scenario) && !run.is_retired() {
            Self::computed(model, run, true)
        } else {
            Self::lasting(model, each)
        }
    }

    fn computed(model: Model, mut run: Workspace, lasting: bool) -> Self {
        model.run(&model.parameters, &mut run);
        if !lasting {
            run.forget_persons_and_stocks();
        }
        model.pay_in_full(&model.parameters, &mut run);
        if !lasting {
            run.retire();
        }
        Self {
            parameters: model.parameters.clone(),
            model,
            run,
            bill: OnceLock::new(),
        }
    }
}

impl Model {
    /// Computes one parameter vector: the twin, then the plan. The results stand in the workspace.
    ///
    /// The twin does not see the plan's levers nor its money; when nothing else has changed since the last run of this
    /// workspace, its results still hold.
    pub fn run(&self, p: &[f64], ws: &mut Workspace) {
        ws.in_full.known = Known::Nothing;
        self.run_counterpart(p, ws);
        ws.money.open(self, p, &ws.demand);
        if ws.money.waits() {
            // What later years will need is foreseen from the run in which all is paid for.
            self.run_years(p, ws, Who::Plan, Paid::Foreseen);
        }
        self.run_years(p, ws, Who::Plan, Paid::BySources);
    }

    /// Computes the plan of the run that stands in the workspace once more as if all were paid for in its year, whatever
    /// the sources: what it costs to do it all. The run stays; [the workspace] has the answer. Room for it is made
    /// the first time.
    pub fn pay_in_full(&self, p: &[f64], ws: &mut Workspace) {
        let unpaid = |t: usize| ws.plan.year_need(t) - ws.plan.year_funded(t) > 1e-9 * ws.plan.year_need(t);
        if !ws.is_starved && !(1..self.years).any(unpaid) {
            ws.in_full.known = Known::IsTheRun;
            return;
        }
        // What it costs and whom it reaches is asked of it, by place; not by person.
        let mut pass = ws.in_full.pass.take().unwrap_or_else(|| ws.plan.of_costs(self));
        let mut money = ws.in_full.money.take().unwrap_or_else(|| ws.money.clone());
        pass.take_prices(&ws.plan);
        swap(&mut ws.plan, &mut pass);
        swap(&mut ws.money, &mut money);
        self.run_years(p, ws, Who::Plan, Paid::InFull);
        swap(&mut ws.plan, &mut pass);
        swap(&mut ws.money, &mut money);
        ws.in_full = InFull {
            known: Known::Apart,
            pass: Some(pass),
            money: Some(money),
        };
    }

    /// Demand and the twin, where what they depend on has changed.
    fn run_counterpart(&self, p: &[f64], ws: &mut Workspace) {
        debug_assert!(self.holds(p), "numbers that shape the tables are those of the model");
        ws.demand.project(self, p);
        let same = |places: Range<usize>| {
            ws.twin_of[places.clone()]
                .iter()
                .zip(&p[places])
                .all(|(old, new)| old.to_bits() == new.to_bits())
        };
        if ws.twin_of.len() != p.len() || !self.roles.places(Role::reaches_twin).all(same) {
            ws.yearly.fill(self, p, &ws.demand, [&mut ws.twin, &mut ws.plan]);
            self.run_twin_in_full(p, ws);
            // What it needs is what the existing budget is measured by; where that pays less, it goes with less.
            ws.is_starved = Self::number(p, self.slots.funding.existing) < 1.0;
            if ws.is_starved {
                let mut kept = ws.kept.take().unwrap_or_else(|| ws.twin.clone());
                kept.take_prices(&ws.twin);
                swap(&mut ws.twin, &mut kept);
                ws.kept = Some(kept);
                self.run_years(p, ws, Who::Twin, Paid::BySources);
            }
            ws.twin_of.clear();
            ws.twin_of.extend_from_slice(p);
        }
    }

    /// No new plan, and all that it needs is paid for: each block of groups can go through all years before the next.
    fn run_twin_in_full(&self, p: &[f64], ws: &mut Workspace) {
        let Workspace {
            bins,
            chunks,
            demand,
            yearly,
            funded,
            envelope,
            twin,
            plan,
            each,
            ahead,
            ..
        } = ws;
        let ahead = *ahead;
        funded.everything();
        let (bins, funded) = (&**bins, &*funded);
        let at = |t| Turn::of(self, t, true, p, demand, yearly, bins);
        each(chunks, &|chunk: &mut Chunk| {
            let Chunk { plan, twin, sums: out } = chunk;
            // Persons and stocks are asked of the plan only.
            out.keep([false; 4]);
            out.clear();
            for part in blocks(plan.groups.fours()) {
                twin.groups.first = plan.groups.first + part.start;
                let block = 0..part.len();
                at(0).open(twin, funded, out, &block);
                for t in 1..self.years {
                    let turn = at(t);
                    turn.needs(twin, out, &block);
                    if ahead && t + 1 == self.years {
                        turn.ahead(twin, out, &block);
                    }
                    turn.apply(twin, funded, out, &block);
                }
                plan.kept.take(&part, &twin.kept);
            }
        });
        twin.clear();
        let over = |t, which, level| over_level(chunks, &plan.bin_level, t, which, level);
        for t in 1..self.years {
            outcomes::learn(self, p, twin, (t, true), &over);
            skills::advance(self, p, demand, &mut twin.skills, t, &over);
        }
        gather(chunks, &mut twin.sums);
        twin.record_funded(envelope);
        for t in 1..self.years {
            twin.add_taxes(t, tax_rates(self, p));
        }
    }

    /// The plan, or a twin that the existing budget keeps only in part: each year all groups state their needs, money is
    /// given, and what is funded happens.
    fn run_years(&self, p: &[f64], ws: &mut Workspace, who: Who, paid: Paid) {
        let in_full = paid != Paid::BySources;
        let serves = paid != Paid::Foreseen;
        let Workspace {
            bins,
            chunks,
            demand,
            yearly,
            funded,
            money,
            twin_money,
            envelope,
            twin,
            kept,
            is_starved,
            plan,
            each,
            ahead,
            ..
        } = ws;
        let ahead = *ahead;
        assert!(!chunks.is_empty(), "a workspace that is retired runs no more");
        let bins = &**bins;
        let is_twin = who == Who::Twin;
        let (pass, money, bin_level, without, stood) = match who {
            Who::Twin => (twin, twin_money, &plan.bin_level, None, None),
            Who::Plan => {
                let kept = kept.as_ref().filter(|_| in_full && *is_starved);
                let twin = &*twin;
                (plan, money, &twin.bin_level, Some(kept.unwrap_or(twin)), Some(twin))
            }
        };
        let at = |t| Turn {
            serves,
            ..Turn::of(self, t, is_twin, p, demand, yearly, bins)
        };
        pass.clear();
        let written = pass.sums.kept();
        money.open(self, p, demand);
        // The base year has state only: everything that is there is in service, no money flows.
        funded.everything();
        for t in 0..self.years {
            if t > 0 {
                if serves {
                    let over = |t, which, level| over_level(chunks, bin_level, t, which, level);
                    if t > 1 {
                        outcomes::learn(self, p, pass, (t - 1, is_twin), &over);
                        skills::advance(self, p, demand, &mut pass.skills, t - 1, &over);
                    }
                    let before = outcomes::outcome(demand, pass, t - 1, &over);
                    money.offer(self, p, t, (before, pass.managed(t - 1, without)), envelope);
                }
                if let Some(twin) = without {
                    on_top::state(&at(t).year, chunks, twin, pass);
                }
                let needs = Needs { t, chunks };
                if in_full {
                    money.foresee(self, &needs, stood, bin_level, funded);
                } else {
                    money.allocate(self, &needs, stood, bin_level, funded);
                }
                funded.national = at(t).national(chunks, funded);
                if serves {
                    money.close(self, p, t, envelope);
                    pass.record(self, &needs, funded, bins);
                }
            }
            // One sweep: what was funded happens, and on what is then there the next year's needs are stated.
            let funded = &*funded;
            each(chunks, &|chunk: &mut Chunk| {
                let Chunk {
                    plan: state, sums: out, ..
                } = chunk;
                if t == 0 {
                    out.keep(written);
                    out.clear();
                }
                for block in blocks(state.groups.fours()) {
                    if t == 0 {
                        at(0).open(state, funded, out, &block);
                    } else {
                        at(t).apply(state, funded, out, &block);
                    }
                    if t + 1 < self.years {
                        at(t + 1).needs(state, out, &block);
                    }
                    if ahead && t + 2 == self.years {
                        at(t + 1).ahead(state, out, &block);
                    }
                }
            });
        }
        if !serves {
            return;
        }
        if self.years > 1 {
            let over = |t, which, level| over_level(chunks, bin_level, t, which, level);
            outcomes::learn(self, p, pass, (self.years - 1, is_twin), &over);
            skills::advance(self, p, demand, &mut pass.skills, self.years - 1, &over);
        }
        gather(chunks, &mut pass.sums);
        for t in 1..self.years {
            pass.add_taxes(t, tax_rates(self, p));
        }
    }
}

/// Who goes through the years.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Twin,
    Plan,
}

/// How what is needed is paid for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Paid {
    /// By sources, as far as they go.
    BySources,
    /// All of it.
    InFull,
    /// All of it, and nothing else is asked but what each year needs.
    Foreseen,
}

/// A year of a pass and what is done in it to a block of groups.
struct Turn<'a> {
    year: Year<'a>,
    yearly: &'a Yearly,
    bins: &'a [[Bin; LANES]],
    /// Whether it is asked what is in service and whom it reaches.
    serves: bool,
}

impl<'a> Turn<'a> {
    fn of(
        model: &'a Model,
        t: usize,
        twin: bool,
        p: &'a [f64],
        demand: &'a Demand,
        yearly: &'a Yearly,
        bins: &'a [[Bin; LANES]],
    ) -> Self {
        Self {
            year: Year {
                t,
                twin,
                p,
                model,
                demand,
                trends: yearly.trends(t),
            },
            yearly,
            bins,
            serves: true,
        }
    }

    fn all(&self) -> All<'a, Components> {
        self.yearly.all(self.year, self.bins)
    }

    /// Sets what stands in the base year, and sums what is in service.
    fn open(&self, state: &mut State, funded: &Funded, out: &mut Sums, block: &Range<usize>) {
        let Year { p, model, demand, .. } = self.year;
        state.groups.open(model, p, &self.yearly.level_totals, demand, block);
        let all = self.all();
        Components::open(&all, &mut state.stocks, &mut state.groups, block);
        self.serve(&all, state, funded, out, block);
    }

    /// What of national parts is funded: one share of the country, by cell.
    fn national(&self, chunks: &[Chunk], funded: &Funded) -> [f64; CELLS] {
        let mut paid = [0.0; CELLS];
        for Chunk { plan, .. } in chunks {
            let fours = plan.groups.first..plan.groups.first + plan.groups.fours();
            Components::national(&self.all(), &plan.kept, funded, &fours, &mut paid);
        }
        // A rounding hair below the whole is the whole.
        paid.map(|share| if share > 1.0 - 1e-12 { 1.0 } else { share })
    }

    /// States a block's needs.
    fn needs(&self, state: &mut State, out: &mut Sums, block: &Range<usize>) {
        let Year { t, model, demand, .. } = self.year;
        state.groups.turn(model, demand, t, block);
        let all = self.all();
        lanes::widest(
            #[inline(always)]
            || Components::needs(&all, &mut state.stocks, &mut state.groups, &mut state.kept, out, block),
        );
    }

    /// Sums what keeping a block's stocks will cost in the long run, and what of them is not used up.
    fn ahead(&self, state: &mut State, out: &mut Sums, block: &Range<usize>) {
        Components::ahead(&self.all(), &mut state.stocks, &mut state.groups, out, block);
    }

    /// Lets happen in a block what is funded, and sums what is then in service.
    fn apply(&self, state: &mut State, funded: &Funded, out: &mut Sums, block: &Range<usize>) {
        let all = self.all();
        lanes::widest(
            #[inline(always)]
            || {
                let State { groups, stocks, kept } = state;
                Components::apply(&all, stocks, groups, kept, funded, out, block);
                if self.year.model.closures.strike(self.year.t) {
                    Components::strike(&all, stocks, groups, out, block);
                }
                self.serve(&all, state, funded, out, block);
            },
        );
    }

    /// Sums what is in service, and what stands where that is asked for.
    #[inline(always)]
    fn serve(
        &self,
        all: &All<'_, Components>,
        state: &mut State,
        funded: &Funded,
        out: &mut Sums,
        block: &Range<usize>,
    ) {
        let access = self.yearly.access(self.year.twin, self.year.t);
        if !self.serves {
            access::place(&self.year, access, state, block);
            return;
        }
        access::serve(&self.year, access, self.bins, state, funded, out, block);
        if out.stocks.is_kept() {
            Components::close(all, &mut state.stocks, &mut state.groups, out, block);
        }
    }
}

/// A sum of a year over the groups of a level, those of closed schools after the others, before the chunks are gathered; the bins of a level follow one another.
fn over_level(chunks: &[Chunk], bin_level: &[u8], t: usize, which: usize, level: usize) -> f64 {
    let first = bin_level.partition_point(|of| usize::from(*of) < level);
    let last = bin_level.partition_point(|of| usize::from(*of) <= level);
    (first..last)
        .map(Bin::at)
        .map(|bin| {
            let parts = chunks.iter().map(|chunk| match which.checked_sub(stat::COUNT) {
                Some(of_closed) => chunk.sums.shut.get(t, of_closed, bin),
                None => chunk.sums.stats.get(t, which, bin),
            });
            parts.sum::<f64>()
        })
        .sum()
}

/// Blocks of so many fours.
fn blocks(fours: usize) -> impl Iterator<Item = Range<usize>> {
    (0..fours)
        .step_by(BLOCK)
        .map(move |start| start..(start + BLOCK).min(fours))
}

/// Adds up what the chunks have summed, in their order.
fn gather(chunks: &mut [Chunk], total: &mut Sums) {
    if let [only] = chunks
        && only.sums.is_like(total)
    {
        swap(&mut only.sums, total);
        return;
    }
    total.clear();
    for chunk in chunks {
        total.add(&chunk.sums);
    }
}
