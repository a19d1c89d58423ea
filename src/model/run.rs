//! The year loop.
//!
//! A year runs in this order: what sources offer, given the books of the years before; needs of all components on opening
//! stocks and planned year-end quantities; allocation of money; the books closed and what is owed; apply what was funded,
//! what is in service, access, learning. Nothing in a year depends on what is funded later in the same year.

use std::ops::Range;
use std::sync::Arc;

use super::component::{self, ComponentModel, Funded, Now, Year};
use super::components::{self, COMPONENTS};
use super::demand::Demand;
use super::lanes::{self, LANES};
use super::sums::Sums;
use super::tables::Model;
use super::terms::AllTerms;
use super::trajectory::{Pass, Trajectory};
use super::workspace::{BLOCK, Chunk, Detail, Each, Needs, State, Workspace, one_by_one};
use super::{access, outcomes};
use crate::scenario::Scenario;

/// Runs a scenario at full detail, on one thread.
#[must_use]
pub fn simulate(scenario: impl Into<Arc<Scenario>>) -> Trajectory {
    Trajectory::of(Model::new(scenario), one_by_one)
}

impl Trajectory {
    /// Runs a model at full detail.
    #[must_use]
    pub fn of(model: Model, each: Each) -> Self {
        let mut run = Workspace::new(&model, Detail::Full).with(each);
        model.run(&model.parameters, &mut run);
        run.forget_persons();
        let in_full = model.in_full(&model.parameters, &mut run);
        run.retire();
        Self {
            parameters: model.parameters.clone(),
            model,
            run,
            in_full,
        }
    }
}

impl Model {
    /// Computes one parameter vector: the twin, then the plan. The results stand in the workspace.
    ///
    /// The twin does not see the plan's levers nor its money; when nothing else has changed since the last run of this
    /// workspace, its results still hold.
    pub fn run(&self, p: &[f64], ws: &mut Workspace) {
        self.run_counterpart(p, ws);
        self.run_plan(p, ws, false);
    }

    /// The same as if all were paid for in its year, whatever the sources: what it costs to do it all.
    pub fn run_paid_in_full(&self, p: &[f64], ws: &mut Workspace) {
        self.run_counterpart(p, ws);
        self.run_plan(p, ws, true);
    }

    /// The plan of a finished run as if all were paid for in its year; none where the run itself leaves nothing unpaid.
    /// The workspace keeps the run.
    fn in_full(&self, p: &[f64], ws: &mut Workspace) -> Option<Pass> {
        let unpaid = |t: usize| ws.plan.year_need(t) - ws.plan.year_funded(t) > 1e-9 * ws.plan.year_need(t);
        if !(1..self.years).any(unpaid) {
            return None;
        }
        // What it costs is asked of it, by place; not who is reached.
        let costs = ws.plan.of_costs(self);
        let plan = std::mem::replace(&mut ws.plan, costs);
        let money = ws.money.clone();
        self.run_plan(p, ws, true);
        ws.money = money;
        Some(std::mem::replace(&mut ws.plan, plan))
    }

    /// Demand and the twin, where what they depend on has changed.
    fn run_counterpart(&self, p: &[f64], ws: &mut Workspace) {
        ws.demand.project(self, p);
        let same = |range: &Range<usize>| {
            ws.twin_of[range.clone()]
                .iter()
                .zip(&p[range.clone()])
                .all(|(old, new)| old.to_bits() == new.to_bits())
        };
        if ws.twin_of.len() != p.len() || !self.twin_depends.iter().all(same) {
            ws.terms.fill(self, p, &ws.demand, [&mut ws.twin, &mut ws.plan]);
            self.run_twin(p, ws);
            ws.twin_of.clear();
            ws.twin_of.extend_from_slice(p);
        }
    }

    /// No new plan: everything is funded, so each block of groups can go through all years before the next.
    fn run_twin(&self, p: &[f64], ws: &mut Workspace) {
        let Workspace {
            bins,
            chunks,
            demand,
            terms,
            funded,
            twin,
            each,
            ..
        } = ws;
        funded.everything();
        let (bins, demand, terms, funded) = (&**bins, &*demand, &*terms, &*funded);
        let now = |t| self.now(t, true, p, demand, terms, bins);
        each(chunks, &|chunk: &mut Chunk| {
            let Chunk {
                state: plan,
                scratch: state,
                sums: out,
            } = chunk;
            // Persons and flows are asked of the plan only.
            out.keep_persons(false);
            out.clear();
            for part in blocks(plan.fours.len()) {
                state.first = plan.first + part.start;
                let block = 0..part.len();
                state.open(self, p, terms, &block);
                state.turn(self, demand, 0, &block);
                access::serve(&now(0), state, funded, out, block.clone());
                for t in 1..self.years {
                    let now = now(t);
                    needs(&now, state, out, &block);
                    apply(&now, state, funded, out, &block);
                }
            }
        });
        twin.clear();
        gather(chunks, &mut twin.sums);
        twin.record_funded();
        for t in 1..self.years {
            component::taxes(self, p, t, twin);
        }
        outcomes::learn(self, p, twin, true);
    }

    /// The plan: each year all groups state their needs, money is given, and what is funded happens.
    fn run_plan(&self, p: &[f64], ws: &mut Workspace, in_full: bool) {
        let Workspace {
            bins,
            chunks,
            demand,
            terms,
            funded,
            money,
            twin,
            plan,
            each,
            ..
        } = ws;
        assert!(!chunks.is_empty(), "a workspace that is retired runs no more");
        let (bins, demand, terms) = (&**bins, &*demand, &*terms);
        let now = |t| self.now(t, false, p, demand, terms, bins);
        plan.clear();
        let persons = plan.sums.keeps_persons();
        money.open(self, p);
        // The base year has state only: everything that is there is in service, no money flows.
        funded.everything();
        for t in 0..self.years {
            if t > 0 {
                money.offer(self, p, t, &twin.envelope);
                components::management::needs(&now(t).year, chunks, twin, plan);
                let needs = Needs { t, chunks };
                if !in_full {
                    money.allocate(self, &needs, funded);
                }
                money.close(self, p, t, &twin.envelope);
                plan.record(&needs, funded, bins);
            }
            // One sweep: what was funded happens, and on what is then there the next year's needs are stated.
            let funded = &*funded;
            each(chunks, &|chunk: &mut Chunk| {
                let Chunk { state, sums: out, .. } = chunk;
                if t == 0 {
                    out.keep_persons(persons);
                    out.clear();
                }
                for block in blocks(state.fours.len()) {
                    if t == 0 {
                        state.open(self, p, terms, &block);
                        state.turn(self, demand, 0, &block);
                        access::serve(&now(0), state, funded, out, block.clone());
                    } else {
                        apply(&now(t), state, funded, out, &block);
                    }
                    if t + 1 < self.years {
                        needs(&now(t + 1), state, out, &block);
                    }
                }
            });
        }
        gather(chunks, &mut plan.sums);
        for t in 1..self.years {
            component::taxes(self, p, t, plan);
        }
        outcomes::learn(self, p, plan, false);
    }

    fn now<'a>(
        &'a self,
        t: usize,
        twin: bool,
        p: &'a [f64],
        demand: &'a Demand,
        terms: &'a AllTerms,
        bins: &'a [[u32; LANES]],
    ) -> Now<'a> {
        Now {
            year: Year {
                t,
                twin,
                p,
                model: self,
                demand,
                trends: terms.trends(t),
            },
            terms: &terms.of(twin)[t],
            wear: &terms.wear,
            bins,
        }
    }
}

/// States a block's needs of a year.
fn needs(now: &Now<'_>, state: &mut State, out: &mut Sums, block: &Range<usize>) {
    state.turn(now.year.model, now.year.demand, now.year.t, block);
    lanes::widest(
        #[inline(always)]
        || COMPONENTS.needs(now, state, out, block.clone()),
    );
}

/// Lets happen in a block what is funded, and sums what is then in service.
fn apply(now: &Now<'_>, state: &mut State, funded: &Funded, out: &mut Sums, block: &Range<usize>) {
    lanes::widest(
        #[inline(always)]
        || {
            COMPONENTS.apply(now, state, funded, out, block.clone());
            access::serve(now, state, funded, out, block.clone());
        },
    );
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
        std::mem::swap(&mut only.sums, total);
        return;
    }
    total.clear();
    for chunk in chunks {
        total.add(&chunk.sums);
    }
}
