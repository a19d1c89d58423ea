//! Room for a run, made once and used for any number of runs of the same model.

use super::chunk::{BLOCK, Chunk, Each, MOST_CHUNKS, SMALLEST_CHUNK, State, one_by_one};
use super::components::{LINE_COUNT, STOCK_COUNT};
use super::demand::Demand;
use super::funded::Funded;
use super::funding::Money;
use super::lanes::LANES;
use super::pass::Pass;
use super::sums::{Bin, Detail, Sums};
use super::tables::Model;
use super::yearly::Yearly;

/// Everything that a run writes.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// What is kept.
    pub detail: Detail,
    pub(super) bins: Vec<[Bin; LANES]>,
    pub(super) chunks: Vec<Chunk>,
    pub(super) each: Each,
    /// Whether the last year is the one after: what stands is looked at before it begins.
    pub(super) ahead: bool,
    /// Learners and teachers.
    pub demand: Demand,
    pub(super) yearly: Yearly,
    pub(super) funded: Funded,
    /// Sources and what became of them.
    pub money: Money,
    /// The existing budget, which is all that the twin has.
    pub(super) twin_money: Money,
    /// What a twin needs for upkeep and renewal by year, if all is paid for.
    pub(super) envelope: Vec<f64>,
    /// Parameters of which the twin's results and what holds for a year are.
    pub(super) twin_of: Vec<f64>,
    /// No new plan, as far as the existing budget goes.
    pub twin: Pass,
    /// The same if all is paid for, where the existing budget pays less; room for it is made the first time.
    pub(super) kept: Option<Pass>,
    pub(super) is_starved: bool,
    /// The plan.
    pub plan: Pass,
    pub(super) in_full: InFull,
}

/// The plan as if all were paid for in its year.
#[derive(Clone, Debug, Default)]
pub(super) struct InFull {
    pub(super) known: Known,
    /// Room for it.
    pub(super) pass: Option<Pass>,
    /// Room for the money of the run while it is computed.
    pub(super) money: Option<Money>,
}

/// What is known of the last run as if all were paid for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Known {
    /// Nothing: it was not asked.
    #[default]
    Nothing,
    /// It is the run itself, which leaves nothing unpaid.
    IsTheRun,
    /// It stands apart.
    Apart,
}

impl Workspace {
    /// Room for runs of a model.
    #[must_use]
    pub fn new(model: &Model, detail: Detail) -> Self {
        let bin_of = |at: usize| {
            if detail.places {
                model.cut_of[at]
            } else {
                Bin::at(usize::from(model.level_of[at]))
            }
        };
        let bin_level: Vec<u8> = if detail.places {
            model.cuts.iter().map(|cut| narrow(cut.level)).collect()
        } else {
            (0..model.levels.len()).map(narrow).collect()
        };
        let bins: Vec<[Bin; LANES]> = (0..model.fours())
            .map(|four| std::array::from_fn(|lane| bin_of(four * LANES + lane)))
            .collect();
        let by_group = model.told_apart();
        let size = (model.fours().div_ceil(MOST_CHUNKS)).max(SMALLEST_CHUNK);
        let chunks = (0..model.fours())
            .step_by(size)
            .map(|first| {
                let count = size.min(model.fours() - first);
                let here = bins[first..first + count].as_flattened().iter().map(|bin| bin.index());
                let (low, high) = (here.clone().min().unwrap_or(0), here.max().unwrap_or(0));
                Chunk {
                    plan: State::new(first, count, model.years, by_group),
                    twin: State::new(0, count.min(BLOCK), model.years, false),
                    sums: Sums::new(
                        model.years,
                        &(low..high + 1),
                        detail,
                        [LINE_COUNT, STOCK_COUNT],
                        [model.closures.any(), model.tells_homes],
                    ),
                }
            })
            .collect();
        Self {
            detail,
            bins,
            chunks,
            each: one_by_one,
            ahead: false,
            demand: Demand::new(model),
            yearly: Yearly::new(model),
            funded: Funded::new(if by_group { model.fours() * LANES } else { 0 }),
            money: Money::new(model),
            twin_money: Money::of_twin(model),
            envelope: vec![0.0; model.years],
            twin_of: Vec::with_capacity(model.parameters.len()),
            twin: Pass::new(model, Detail::TOTALS, bin_level.clone()),
            kept: None,
            is_starved: false,
            plan: Pass::new(model, detail, bin_level),
            in_full: InFull::default(),
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

    /// No new plan, if all is paid for.
    #[must_use]
    pub(crate) fn twin_in_full(&self) -> &Pass {
        self.kept.as_ref().filter(|_| self.is_starved).unwrap_or(&self.twin)
    }

    /// The plan of the last run as if all were paid for in its year, once [`Model::pay_in_full`] was asked.
    #[must_use]
    pub(crate) fn in_full(&self) -> Option<&Pass> {
        match self.in_full.known {
            Known::Nothing => None,
            Known::IsTheRun => Some(&self.plan),
            Known::Apart => self.in_full.pass.as_ref(),
        }
    }
}

/// What only another run would need is given back: of a large country it is a third of all memory.
impl Workspace {
    /// No run after this asks who is reached and what stands.
    pub(super) fn forget_persons_and_stocks(&mut self) {
        for chunk in &mut self.chunks {
            chunk.sums.forget_persons_and_stocks();
        }
    }

    /// Whether no run comes after the last one.
    pub(super) fn is_retired(&self) -> bool {
        self.chunks.is_empty()
    }

    /// No run comes after this: the results stay.
    pub(super) fn retire(&mut self) {
        self.chunks = Vec::new();
        self.in_full.money = None;
    }
}

fn narrow(level: usize) -> u8 {
    u8::try_from(level).unwrap_or(0)
}
