//! Sources of money year by year (6.1): what is available, carried in, spent, and what becomes of the rest.

pub mod allocation;
mod concessional_loan;
pub mod debt;
mod domestic_budget;
mod existing_budget;
mod grant;
pub mod matching;
mod outlook;
mod queue;
pub mod source;
mod universal_service_levy;

use allocation::{Allocation, NOTHING};
use concessional_loan::ConcessionalLoan;
use debt::DebtYear;
use domestic_budget::DomesticBudget;
use existing_budget::ExistingBudget;
use grant::Grant;
use matching::Bundle;
use outlook::Outlook;
use queue::Queue;
use source::{Class, Mechanism, Outcome, Past, Rates, SourceId, SourceYear, Unspent, may_pay};
use universal_service_levy::UniversalServiceLevy;

use super::chunk::Needs;
use super::components::nature_of;
use super::funded::Funded;
use super::tables::Model;
use super::{CELLS, Cell};
use crate::scenario::check;
use crate::scenario::funding::SourceKindSlots;
use crate::scenario::{Component, Need};
use crate::units::ConstantUsd;

/// Name of the source that keeps up what stands.
pub const EXISTING: &str = "existing budget";

/// Largest number of sources, the existing budget included.
const MOST_SOURCES: usize = check::MOST_SOURCES + 1;

/// All sources over all years. Source 0 is the existing budget.
#[derive(Clone, Debug)]
pub struct Money {
    /// Number of sources, the existing budget included.
    sources: usize,
    years: usize,
    places: usize,
    /// `[t][source]`.
    book: Vec<SourceYear>,
    /// `[t][source]`.
    debt: Vec<DebtYear>,
    /// What has come of the plan by year.
    outcomes: Vec<Outcome>,
    /// What each source spent on each cell in each place `[t][cell][place][source]`.
    spent_on: Vec<f64>,
    /// Prices and the economy.
    pub outlook: Outlook,
    /// By source: what of its money reaches needs, and what becomes of the rest.
    rules: Vec<(Rates, Unspent)>,
    cost: Vec<f64>,
    capacity: Vec<f64>,
    /// By priority and place.
    classes: Vec<Class>,
    allocation: Allocation,
    bundles: Vec<Bundle>,
    queue: Queue,
}

impl Money {
    /// Room for a model's sources.
    pub(super) fn new(model: &Model) -> Self {
        let sources = (model.scenario.funding.sources.len() + 1).min(MOST_SOURCES);
        Self::with(model, sources, model.places.len(), bundles(model), Queue::new(model))
    }

    /// Room for the existing budget alone, which serves all groups alike.
    pub(super) fn of_twin(model: &Model) -> Self {
        Self::with(model, 1, 1, Vec::new(), Queue::default())
    }

    fn with(model: &Model, sources: usize, places: usize, bundles: Vec<Bundle>, queue: Queue) -> Self {
        let classes: Vec<Class> = model
            .priority
            .iter()
            .flat_map(|(component, need)| {
                let may = eligible(model, *component, *need, sources);
                (0..places).map(move |place| Class {
                    need: 0.0,
                    eligible: may & pay_in(model, place),
                })
            })
            .collect();
        Self {
            sources,
            years: model.years,
            places,
            book: vec![SourceYear::default(); model.years * sources],
            debt: vec![DebtYear::default(); model.years * sources],
            outcomes: vec![Outcome::default(); model.years],
            spent_on: vec![0.0; model.years * CELLS * places * sources],
            outlook: Outlook::new(model.years),
            rules: vec![(Rates::WHOLE, Unspent::Lapses); sources],
            cost: vec![0.0; sources],
            capacity: vec![0.0; sources],
            allocation: Allocation::new(&classes, sources),
            classes,
            bundles,
            queue,
        }
    }

    /// All sources, the existing budget first.
    pub fn ids(&self) -> impl Iterator<Item = SourceId> + Clone + use<> {
        (0..self.sources).map(SourceId)
    }

    /// A source in a year.
    #[must_use]
    pub fn of(&self, t: usize, source: SourceId) -> &SourceYear {
        &self.book[t * self.sources + source.0]
    }

    /// Debt of a source in a year.
    #[must_use]
    pub fn owed(&self, t: usize, source: SourceId) -> &DebtYear {
        &self.debt[t * self.sources + source.0]
    }

    /// What a source spent on a cell in a place.
    #[must_use]
    pub fn on(&self, t: usize, at: Cell, place: usize, source: SourceId) -> f64 {
        self.spent_on[((t * CELLS + at.index()) * self.places + place) * self.sources + source.0]
    }

    /// Whether what a source gives, pays and owes in a year are numbers.
    pub(super) fn is_finite_in(&self, t: usize, source: SourceId) -> bool {
        let (book, debt) = (self.of(t, source), self.owed(t, source));
        let amounts = [
            book.available.0,
            book.carried_in.0,
            book.spent.0,
            book.overhead.0,
            book.returned.0,
            book.lapsed.0,
            book.carried_out.0,
            debt.disbursed.0,
            debt.principal.0,
            debt.interest.0,
            debt.fees.0,
            debt.outstanding.0,
            self.outlook.deflator[t],
            self.outlook.gdp[t],
        ];
        amounts.iter().all(|amount| amount.is_finite())
    }

    /// Opens a run: the economy, the cost of each source, what a counterpart must give. No money flows yet.
    pub(super) fn open(&mut self, model: &Model, p: &[f64]) {
        self.outlook.fill(model, p);
        self.queue.fill(model, p);
        let discount = Model::number(p, model.slots.funding.discount);
        self.book.fill(SourceYear::default());
        self.debt.fill(DebtYear::default());
        self.spent_on.fill(0.0);
        for id in self.ids() {
            let (gift, unspent) = ask(model, p, id, |mechanism| {
                (mechanism.grant_element(discount), mechanism.unspent())
            });
            let rates = rates(model, p, id);
            self.cost[id.0] = (1.0 - gift.unwrap_or(0.0)) / (1.0 - rates.overhead);
            self.rules[id.0] = (rates, unspent);
        }
        // What keeps up what stands goes before all else.
        self.cost[SourceId::EXISTING.0] = -1.0;
        for bundle in &mut self.bundles {
            if let Some(ratio) = model.slots.funding.sources[bundle.source - 1].matching {
                bundle.ratio = Model::number(p, ratio);
            }
        }
    }

    /// What a mechanism may know of the run so far.
    fn past<'a>(&'a self, model: &Model, envelope: &'a [f64], source: SourceId) -> Past<'a> {
        Past {
            base_year: model.scenario.base_year,
            outlook: &self.outlook,
            envelope,
            book: &self.book,
            debt: &self.debt,
            outcomes: &self.outcomes,
            sources: self.sources,
            source,
        }
    }

    /// Sets what each source makes available in a year and what it carries over. What is known by then: what has come of
    /// the plan in the year before, and `envelope`, what the twin needs for upkeep and renewal by year.
    pub(super) fn offer(&mut self, model: &Model, p: &[f64], t: usize, before: Outcome, envelope: &[f64]) {
        self.outcomes[t - 1] = before;
        for id in self.ids() {
            let past = self.past(model, envelope, id);
            let available = ask(model, p, id, |mechanism| mechanism.offer(t, &past));
            let before = *self.of(t - 1, id);
            let (rates, unspent) = self.rules[id.0];
            let book = &mut self.book[t * self.sources + id.0];
            book.open(available, &before, unspent, t, &self.outlook);
            self.capacity[id.0] = book.capacity(rates).0;
        }
    }

    /// Funds the needs of a year: fills `funded` and the books.
    pub(super) fn allocate(&mut self, model: &Model, needs: &Needs<'_>, funded: &mut Funded) {
        let t = needs.t;
        let sources = self.sources;
        for (order, (component, need)) in model.priority.iter().enumerate() {
            let at = Cell::of(*component, *need);
            let first = order * self.places;
            if self.places == 1 {
                self.classes[first].need = needs.total(at);
            } else {
                self.classes[first..first + self.places]
                    .iter_mut()
                    .for_each(|class| class.need = 0.0);
                for (need, place) in needs.each(at).zip(&model.place_of) {
                    self.classes[first + usize::from(*place)].need += need;
                }
            }
        }
        self.allocation
            .solve(&self.classes, &self.capacity, &self.cost, &self.bundles);
        for (order, (component, need)) in model.priority.iter().enumerate() {
            let at = Cell::of(*component, *need);
            for place in 0..self.places {
                let class = order * self.places + place;
                for s in 0..sources {
                    let given = self.allocation.given[class * sources + s];
                    self.spent_on[((t * CELLS + at.index()) * self.places + place) * sources + s] = given;
                    self.book[t * sources + s].spent += ConstantUsd(given);
                }
                let need = self.classes[class].need;
                // A thousand-millionth of a dollar is no need, and too small a number to divide by.
                let share = if need > 1e-9 {
                    (self.allocation.funded(class) / need).min(1.0)
                } else {
                    1.0
                };
                // A rounding hair below the whole is the whole.
                let share = if share > 1.0 - 1e-12 { 1.0 } else { share };
                if self.places == 1 && (self.queue.is_empty() || share <= 0.0 || share >= 1.0) {
                    funded.uniform[at.index()] = share;
                } else {
                    let place = (self.places > 1).then_some(place);
                    let here = Serving { needs, at, place };
                    here.give(model, &self.queue, share * need, share, funded.each(at));
                }
            }
        }
    }

    /// Closes a year: overhead, what becomes of the rest, and what is owed.
    pub(super) fn close(&mut self, model: &Model, p: &[f64], t: usize, envelope: &[f64]) {
        for id in self.ids() {
            let at = t * self.sources + id.0;
            let (rates, unspent) = self.rules[id.0];
            self.book[at].close(rates, unspent, t + 1 == self.years);
            let past = self.past(model, envelope, id);
            self.debt[at] = ask(model, p, id, |mechanism| mechanism.owes(t, &past));
        }
    }
}

/// Puts a question to the mechanism of a source. Here alone mechanisms are told apart.
pub fn ask<R>(model: &Model, p: &[f64], source: SourceId, question: impl FnOnce(&dyn Mechanism) -> R) -> R {
    #[cfg(test)]
    if let Some(other) = tests::in_place_of(source) {
        return question(&*other);
    }
    let Some(index) = source.place() else {
        let kept = Model::number(p, model.slots.funding.existing);
        return question(&ExistingBudget { kept });
    };
    match &model.slots.funding.sources[index].kind {
        SourceKindSlots::DomesticBudget(slots) => question(&DomesticBudget { slots, p }),
        SourceKindSlots::UniversalServiceLevy(slots) => question(&UniversalServiceLevy::of(slots, p)),
        SourceKindSlots::Grant(slots) => question(&Grant::of(model, slots, p)),
        SourceKindSlots::ConcessionalLoan(slots) => question(&ConcessionalLoan::of(model, slots, p)),
    }
}

/// How much of a source's money reaches needs.
fn rates(model: &Model, p: &[f64], source: SourceId) -> Rates {
    let Some(index) = source.place() else {
        return Rates::WHOLE;
    };
    let slots = &model.slots.funding.sources[index];
    Rates {
        absorption: Model::number(p, slots.absorption),
        overhead: Model::number(p, slots.overhead),
    }
}

/// Which of the sources may pay a cell, wherever it is, a bit each.
fn eligible(model: &Model, component: Component, need: Need, sources: usize) -> u32 {
    let nature = nature_of(component, need);
    let listed = |id: SourceId| id.place().map(|index| &model.scenario.funding.sources[index]);
    let pays = |id: SourceId| {
        ask(model, &model.parameters, id, |mechanism| {
            mechanism.pays(component, need)
        }) && listed(id).is_none_or(|source| may_pay(source, component, need, nature))
    };
    (0..sources)
        .filter(|s| pays(SourceId(*s)))
        .fold(0, |bits, s| bits | 1 << s)
}

/// Which of the sources pay in a place, a bit each; the existing budget pays everywhere.
fn pay_in(model: &Model, place: usize) -> u32 {
    let pays = model.pays_place.iter().zip(1..).filter(|(places, _)| places[place]);
    pays.fold(1, |bits, (_, s)| bits | 1 << s)
}

/// Sources that ask for a counterpart, with the position of both; the existing budget stands first.
fn bundles(model: &Model) -> Vec<Bundle> {
    let sources = &model.scenario.funding.sources;
    let position = |name: &str| sources.iter().position(|source| source.name == name);
    sources
        .iter()
        .enumerate()
        .filter_map(|(index, source)| {
            let ratio = source.matching.as_ref()?.value;
            Some(Bundle {
                source: index + 1,
                counterpart: position(&source.counterpart)? + 1,
                ratio,
            })
        })
        .collect()
}

/// The groups of a place that share out a cell's money.
struct Serving<'a> {
    needs: &'a Needs<'a>,
    at: Cell,
    place: Option<usize>,
}

impl Serving<'_> {
    /// Gives an amount to groups (2.9): in serving order until it is used up, or the same share to all.
    fn give(&self, model: &Model, queue: &Queue, amount: f64, share: f64, shares: &mut [f64]) {
        let here = |g: usize| self.place.is_none_or(|place| usize::from(model.place_of[g]) == place);
        if queue.is_empty() {
            for (g, out) in shares.iter_mut().enumerate() {
                if here(g) {
                    *out = share;
                }
            }
            return;
        }
        let mut left = amount;
        for g in queue.groups().filter(|g| here(*g)) {
            let need = self.needs.of(self.at, g);
            // A need that is a rounding hair is none, or the hair would decide what a group gets.
            shares[g] = if need <= left || need < NOTHING {
                1.0
            } else {
                (left / need).max(0.0)
            };
            left = (left - need).max(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::*;
    use crate::model::{Detail, Workspace, stat};
    use crate::scenario::text::read_scenario;
    use crate::scenario::{Scenario, SourceKind};
    use crate::units::NominalUsd;

    thread_local! {
        static OTHER: RefCell<Option<(SourceId, Rc<dyn Mechanism>)>> = const { RefCell::new(None) };
    }

    /// The mechanism that stands in the place of a source's own while a test runs.
    pub fn in_place_of(source: SourceId) -> Option<Rc<dyn Mechanism>> {
        let other = OTHER.with_borrow(Clone::clone);
        other.filter(|(of, _)| *of == source).map(|(_, mechanism)| mechanism)
    }

    fn example() -> Scenario {
        let text = include_str!("../../tests/data/example.ron");
        let reading = read_scenario("example.ron", text.as_bytes(), &|_| {
            Err(crate::scenario::messages::no_such_file())
        });
        reading.scenario.expect("a scenario")
    }

    /// A run in which a source is of another mechanism.
    fn run_with(scenario: Scenario, source: SourceId, mechanism: impl Mechanism + 'static) -> (Model, Workspace) {
        let model = Model::new(scenario);
        let mut run = Workspace::new(&model, Detail::TOTALS);
        OTHER.set(Some((source, Rc::new(mechanism))));
        model.run(&model.parameters, &mut run);
        OTHER.set(None);
        (model, run)
    }

    /// Pays for what was reached and learned in the year before.
    struct PaysForResults;

    impl Mechanism for PaysForResults {
        fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
            let before = past.outcomes[t - 1];
            ConstantUsd(1e6 + 1e7 * before.reach + 1e7 * before.learning)
        }

        fn unspent(&self) -> Unspent {
            Unspent::Lapses
        }
    }

    #[test]
    fn what_a_source_offers_may_depend_on_last_years_outcome() {
        let source = SourceId::listed(0);
        let (model, run) = run_with(example(), source, PaysForResults);
        let mut reached = 0.0;
        for t in 1..model.years {
            let over = |t, which| run.plan.over(t, which, &|_| true);
            let reach = over(t - 1, stat::REACHED) / over(t - 1, stat::LEARNERS);
            let (mut gain, mut learners) = (0.0, 0.0);
            for grade in 0..model.grades {
                gain += run.demand.in_grade(t - 1, grade) * run.plan.theta(t - 1, grade);
                learners += run.demand.in_grade(t - 1, grade);
            }
            let wanted = 1e6 + 1e7 * reach + 1e7 * gain / learners;
            let available = run.money.of(t, source).available.0;
            assert!((available - wanted).abs() < 1e-6 * wanted, "{t}: {available} {wanted}");
            reached += gain;
        }
        assert!(reached > 0.0, "something is learned");
    }

    /// An amount a year, less what was paid for debt in the year before.
    struct LessDebtService;

    impl Mechanism for LessDebtService {
        fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
            let paid: NominalUsd = past.debt_of_all(t - 1).iter().map(DebtYear::service).sum();
            ConstantUsd(5e6) - past.outlook.constant(t - 1, paid)
        }

        fn unspent(&self) -> Unspent {
            Unspent::Lapses
        }
    }

    #[test]
    fn debt_service_may_lower_the_next_budget() {
        let source = SourceId::listed(0);
        // Without the grant the loan is drawn.
        let mut scenario = example();
        let grant = |source: &crate::scenario::Source| matches!(source.kind, SourceKind::Grant(_));
        scenario.funding.sources.retain(|source| !grant(source));
        let (model, run) = run_with(scenario, source, LessDebtService);
        let mut lowered = 0.0;
        for t in 2..model.years {
            let paid: f64 = run.money.ids().map(|id| run.money.owed(t - 1, id).service().0).sum();
            let paid = paid / run.money.outlook.deflator[t - 1];
            let available = run.money.of(t, source).available.0;
            assert!((available - (5e6 - paid)).abs() < 1e-6, "{t}: {available} {paid}");
            lowered += paid;
        }
        assert!(lowered > 0.0, "a loan is served");
    }
}
