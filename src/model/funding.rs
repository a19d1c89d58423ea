//! Sources of money year by year (6.1): what is available, carried in, spent, and what becomes of the rest.

pub mod allocation;
mod bond;
mod classes;
mod commercial_loan;
mod concessional_loan;
pub mod debt;
mod debt_swap;
mod domestic_budget;
mod evenly;
mod existing_budget;
mod flow;
mod grant;
mod guaranteed_loan;
mod household_charge;
mod in_kind;
mod international_fund;
mod loan;
pub mod matching;
mod outlook;
mod own_money;
mod partnership;
mod paying_hub;
mod queue;
mod results_based;
pub mod source;
mod universal_service_levy;
mod waiting;

use classes::Classes;
use debt::DebtYear;
use debt_swap::{Cancellation, Debt2Ed, Refinancing};
use domestic_budget::DomesticBudget;
use evenly::Evenly;
use existing_budget::ExistingBudget;
use grant::Grant;
use household_charge::HouseholdCharge;
use in_kind::InKind;
use international_fund::InternationalFund;
use matching::Bundle;
use outlook::Outlook;
use own_money::OwnMoney;
use partnership::Partnership;
use paying_hub::PayingHub;
use queue::Queue;
use results_based::ResultsBased;
use source::{Class, Mechanism, Outcome, Past, Rates, SourceId, SourceYear, Unspent};
use universal_service_levy::UniversalServiceLevy;
use waiting::{Foresight, Holder, Waiting};

use super::chunk::Needs;
use super::demand::Demand;
use super::funded::Funded;
use super::pass::Pass;
use super::tables::Model;
use super::{CELLS, Cell};
use crate::scenario::funding::{SourceKindSlots, Timing};
use crate::scenario::{Component, Need, check};
use crate::units::ConstantUsd;

/// Name of the source that keeps up what stands.
pub const EXISTING: &str = "existing budget";

/// Less than this share of an amount is not worth a word.
const WORTH_SAYING: f64 = 1e-3;

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
    /// Learners of all levels by year.
    learners: Vec<f64>,
    /// What each source spent on each cell in each place `[t][cell][place][source]`.
    spent_on: Vec<f64>,
    /// Prices and the economy.
    pub outlook: Outlook,
    /// The money in which each source counts.
    pub(crate) own: OwnMoney,
    /// By source: what of its money reaches needs, and what becomes of the rest.
    rules: Vec<(Rates, Unspent)>,
    /// Whether a source had money left for a need that it may pay, for it cannot all be spent in its year `[t][source]`.
    held_up: Vec<bool>,
    /// Price and amount of what each source has for all needs, then of what it has for keeping alone.
    cost: Vec<f64>,
    capacity: Vec<f64>,
    classes: Classes,
    allocation: Evenly,
    /// Room for saying what waits.
    waiting: Waiting,
    /// What of each capacity is spent in a year, where money waits.
    spent: Vec<f64>,
    /// What bundles pay of each class in a year, and what of each capacity is tied to them as a counterpart.
    paid: Vec<f64>,
    tied: Vec<f64>,
    /// What is foreseen of classes `[t][class]`.
    foreseen: Vec<f64>,
    /// What of each class was not funded in the year before.
    unfunded: Vec<f64>,
    /// What each source has in hand.
    holders: Vec<Holder>,
    /// What each source is to release `[t][source]`.
    releases: Vec<f64>,
    /// Years for which is reserved what keeps what stands.
    reserve: usize,
    /// Up to this year, itself not counted, money waits.
    pub(super) foreseen_to: usize,
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
        let one_by_one = places > 1 || !queue.is_empty();
        let classes = Classes::new(model, [sources, places], if one_by_one { model.held.len() } else { 0 });
        Self {
            sources,
            years: model.years,
            places,
            book: vec![SourceYear::default(); model.years * sources],
            debt: vec![DebtYear::default(); model.years * sources],
            outcomes: vec![Outcome::default(); model.years],
            learners: vec![0.0; model.years],
            spent_on: vec![0.0; model.years * CELLS * places * sources],
            outlook: Outlook::new(model.years),
            own: OwnMoney::new(model.years, sources),
            rules: vec![(Rates::WHOLE, Unspent::Lapses); sources],
            held_up: vec![false; model.years * sources],
            waiting: Waiting::new(model.years, classes.classes.len(), sources),
            paid: vec![0.0; classes.classes.len()],
            tied: vec![0.0; 2 * sources],
            foreseen: vec![0.0; model.years * classes.classes.len()],
            unfunded: vec![0.0; classes.classes.len()],
            holders: Vec::with_capacity(sources),
            releases: vec![0.0; model.years * sources],
            reserve: 0,
            foreseen_to: model.years,
            spent: vec![0.0; 2 * sources],
            cost: vec![0.0; 2 * sources],
            capacity: vec![0.0; 2 * sources],
            allocation: Evenly::new(&classes.classes, classes.alike(), 2 * sources),
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

    /// What is paid for the debt of all sources in a year; below nothing where a swap spares more than that.
    #[must_use]
    pub fn debt_service(&self, t: usize) -> ConstantUsd {
        let paid = self.ids().map(|source| self.owed(t, source).service()).sum();
        self.outlook.constant(t, paid)
    }

    /// What a source spent on a cell in a place.
    #[must_use]
    pub fn on(&self, t: usize, at: Cell, place: usize, source: SourceId) -> f64 {
        self.spent_on[((t * CELLS + at.index()) * self.places + place) * self.sources + source.0]
    }

    /// Whether a source had money left in a year for a need that it may pay, for it cannot all be spent in its year.
    #[must_use]
    pub fn held_up(&self, t: usize, source: SourceId) -> bool {
        self.held_up[t * self.sources + source.0]
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
    pub(super) fn open(&mut self, model: &Model, p: &[f64], demand: &Demand) {
        self.outlook.fill(model, p);
        self.own.fill(model, p, &self.outlook);
        for (t, learners) in self.learners.iter_mut().enumerate() {
            *learners = (0..model.levels.len()).map(|level| demand.learners(t, level)).sum();
        }
        self.queue.fill(model, p);
        let discount = Model::number(p, model.slots.funding.discount);
        self.book.fill(SourceYear::default());
        self.debt.fill(DebtYear::default());
        self.spent_on.fill(0.0);
        self.holders.clear();
        for id in self.ids() {
            let (gift, unspent, in_full) = ask(model, p, id, |mechanism| {
                let gift = mechanism.grant_element(discount);
                (gift, mechanism.unspent(), mechanism.is_spent_in_full())
            });
            let rates = rates(model, p, id, in_full);
            // What keeps up what stands goes before all else.
            let cost = if id == SourceId::EXISTING {
                -1.0
            } else {
                (1.0 - gift.unwrap_or(0.0)) / (1.0 - rates.overhead)
            };
            self.cost[id.0] = cost;
            self.cost[self.sources + id.0] = cost;
            self.rules[id.0] = (rates, unspent);
            let bound = self.bundles.iter().any(|bundle| bundle.source == id.0);
            self.holders.push(Holder {
                rates,
                unspent,
                waits: unspent.is_kept()
                    && !bound
                    && id
                        .place()
                        .is_some_and(|place| model.scenario.funding.sources[place].timing == Timing::Waits),
                bound,
                until: until(model, p, id).unwrap_or(usize::MAX),
                first_release: 0,
                left: 0.0,
            });
        }
        self.reserve = whole(Model::number(p, model.slots.funding.reserve_years));
        self.unfunded.fill(0.0);
        self.held_up.fill(false);
        for bundle in &mut self.bundles {
            if let Some(ratio) = model.slots.funding.sources[bundle.source % self.sources - 1].matching {
                bundle.ratio = Model::number(p, ratio);
            }
        }
    }

    /// What a mechanism may know of the run so far.
    pub(super) fn past<'a>(&'a self, model: &Model, envelope: &'a [f64], source: SourceId) -> Past<'a> {
        Past {
            base_year: model.scenario.base_year,
            outlook: &self.outlook,
            units: self.own.units(source),
            stated: self.own.stated(source),
            envelope,
            book: &self.book,
            debt: &self.debt,
            outcomes: &self.outcomes,
            learners: &self.learners,
            sources: self.sources,
            source,
            until: self.holders.get(source.0).map_or(usize::MAX, |holder| holder.until),
        }
    }

    /// Sets what each source makes available in a year and what it carries over. What is known by then: what has come of
    /// the plan in the year before, what part of its management was paid, and `envelope`, what the twin needs for upkeep and renewal by year.
    pub(super) fn offer(
        &mut self,
        model: &Model,
        p: &[f64],
        t: usize,
        (before, managed): (Outcome, f64),
        envelope: &[f64],
    ) {
        self.outcomes[t - 1] = before;
        if t == 1 {
            self.plan_releases(model, p, envelope);
        }
        for id in self.ids() {
            let past = self.past(model, envelope, id);
            let is_open = t <= past.until;
            let [available, runs] = if is_open {
                ask(model, p, id, |mechanism| {
                    [mechanism.offer(t, &past), mechanism.runs(t, &past)]
                })
            } else {
                Default::default()
            };
            let before = *self.of(t - 1, id);
            let (rates, unspent) = self.rules[id.0];
            let book = &mut self.book[t * self.sources + id.0];
            book.open([available, runs], &before, unspent, (t, self.own.units(id)));
            let holder = &mut self.holders[id.0];
            if holder.first_release == 0 && available.0 > 0.0 {
                holder.first_release = t;
            }
            let [adds, keeps] = if is_open {
                book.capacity(&rates, t.saturating_sub(holder.first_release), managed, runs)
            } else {
                Default::default()
            };
            self.capacity[id.0] = adds.0;
            self.capacity[self.sources + id.0] = keeps.0;
            holder.left = ((book.available + book.carried_in) * (1.0 - rates.overhead) - adds - keeps).0;
        }
    }

    /// Asks all sources what they are to release in each year, as far as that is known before the first one.
    fn plan_releases(&mut self, model: &Model, p: &[f64], envelope: &[f64]) {
        if !self.waits() {
            return;
        }
        for t in 1..self.years {
            for id in self.ids() {
                let past = self.past(model, envelope, id);
                if t <= past.until {
                    let offer = ask(model, p, id, |mechanism| mechanism.offer(t, &past));
                    self.releases[t * self.sources + id.0] = offer.0;
                }
            }
        }
    }

    /// Whether there is money that can wait, and other money beside it or years to be reserved for.
    pub(super) fn waits(&self) -> bool {
        (self.sources > 2 || self.reserve > 0) && self.holders.iter().any(|holder| holder.waits)
    }

    /// Whether money of a source could have waited for what a component needs in a year, had years been reserved for: it waits, may
    /// still be used then and may pay for it.
    pub(crate) fn could_wait_for(&self, model: &Model, t: usize, needed: (Component, Need), source: SourceId) -> bool {
        let lasts = |holder: &Holder| holder.waits && t <= holder.until;
        self.holders.get(source.0).is_some_and(lasts)
            && (0..self.places).any(|place| classes::pays(model, source, needed, place, false))
    }

    /// What a source spent on expansion in a year.
    pub(crate) fn spent_on_expansion(&self, t: usize, source: SourceId) -> f64 {
        let cells = Component::ALL
            .iter()
            .map(|component| Cell::of(*component, Need::Expansion));
        cells
            .map(|at| (0..self.places).map(|place| self.on(t, at, place, source)).sum::<f64>())
            .sum()
    }

    /// Keeps what a year needs where all is paid for, as what is foreseen.
    pub(super) fn foresee(
        &mut self,
        model: &Model,
        needs: &Needs<'_>,
        twin: Option<&Pass>,
        bin_level: &[u8],
        funded: &mut Funded,
    ) {
        self.classes.state(model, needs, twin, bin_level, funded);
        let count = self.classes.classes.len();
        let row = &mut self.foreseen[needs.t * count..(needs.t + 1) * count];
        for (foreseen, class) in row.iter_mut().zip(&self.classes.classes) {
            *foreseen = class.need;
        }
    }

    /// Funds the needs of a year: fills `funded` and the books. `twin` has what would be needed without a plan.
    pub(super) fn allocate(
        &mut self,
        model: &Model,
        needs: &Needs<'_>,
        twin: Option<&Pass>,
        bin_level: &[u8],
        funded: &mut Funded,
    ) {
        let t = needs.t;
        // Where nothing that could wait is in hand, a year is paid as it would be alone.
        let in_hand =
            |(s, holder): (usize, &Holder)| holder.waits && self.capacity[s] + self.capacity[self.sources + s] > 0.0;
        let waits = self.waits() && t + 1 < self.foreseen_to && self.holders.iter().enumerate().any(in_hand);
        let Self {
            sources,
            places,
            book,
            spent_on,
            cost,
            capacity,
            classes,
            allocation,
            bundles,
            queue,
            rules,
            held_up,
            waiting,
            paid,
            tied,
            spent,
            foreseen,
            unfunded,
            holders,
            releases,
            reserve,
            foreseen_to,
            outlook,
            ..
        } = self;
        classes.state(model, needs, twin, bin_level, funded);
        let mut wanted = std::mem::take(&mut classes.wanted);
        let mut list = |these, turns: &mut Vec<f64>| {
            classes.by_turn(model, needs, queue, funded, these, (&mut wanted, turns));
        };
        if waits {
            paid.fill(0.0);
            tied.fill(0.0);
            if !bundles.is_empty() {
                // What a bundle pays is settled by the year alone.
                allocation.solve(&classes.classes, capacity, cost, bundles, &mut list);
                for bundle in bundles.iter() {
                    for (k, paid) in paid.iter_mut().enumerate() {
                        let given = allocation.of(k)[bundle.source];
                        *paid += (1.0 + bundle.ratio) * given;
                        tied[bundle.counterpart] += bundle.ratio * given;
                    }
                }
            }
            let known = Foresight {
                t,
                classes: &classes.classes,
                keeps: &classes.keeps,
                paid,
                tied,
                foreseen,
                unfunded,
                deflator: &outlook.deflator[..*foreseen_to],
                capacity,
                cost,
                sources: holders,
                releases,
                reserve: *reserve,
            };
            // What is to wait is not there this year.
            waiting.solve(&known, spent);
            allocation.solve(&classes.classes, spent, cost, bundles, list);
        } else {
            allocation.solve(&classes.classes, capacity, cost, bundles, list);
        }
        classes.wanted = wanted;
        for (k, (unfunded, class)) in unfunded.iter_mut().zip(&classes.classes).enumerate() {
            *unfunded = (class.need - allocation.funded(k)).max(0.0);
        }
        classes.share_out(model, needs, queue, allocation, funded, |at, place, s, amount| {
            spent_on[((t * CELLS + at.index()) * *places + place) * *sources + s] += amount;
            if Cell::of(at.component(), Need::Expansion) != at {
                book[t * *sources + s].kept += ConstantUsd(amount);
            }
        });
        for (s, book) in book[t * *sources..(t + 1) * *sources].iter_mut().enumerate() {
            // What it has for all needs and what it has for keeping alone.
            let given = allocation.given.iter().skip(s).step_by(*sources);
            book.spent += ConstantUsd(given.sum());
            let left = (book.available + book.carried_in) * (1.0 - rules[s].0.overhead) - book.spent;
            let short = |(k, class): (usize, &Class)| {
                class.eligible & (1 << s) != 0 && class.need - allocation.funded(k) > WORTH_SAYING * class.need
            };
            held_up[t * *sources + s] =
                left.0 > WORTH_SAYING * book.spent.0 && classes.classes.iter().enumerate().any(short);
        }
    }

    /// Closes a year: overhead, what becomes of the rest, and what is owed.
    pub(super) fn close(&mut self, model: &Model, p: &[f64], t: usize, envelope: &[f64]) {
        for id in self.ids() {
            let at = t * self.sources + id.0;
            let (rates, unspent) = self.rules[id.0];
            let last = t + 1 == self.years || t >= self.holders[id.0].until;
            self.book[at].close(&rates, unspent, last);
            self.debt[at] = self.owes(model, p, t, envelope, id);
        }
    }

    /// What is paid for a source in a year and what is owed then, nominal US$; of years after the last one too.
    pub(super) fn owes(&self, model: &Model, p: &[f64], t: usize, envelope: &[f64], id: SourceId) -> DebtYear {
        let past = self.past(model, envelope, id);
        let owed = ask(model, p, id, |mechanism| mechanism.owes(t, &past));
        self.own.exchanged(model, t, id, owed, &self.outlook)
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
        SourceKindSlots::Grant(slots) | SourceKindSlots::Multiplier(slots) => question(&Grant::of(model, slots, p)),
        SourceKindSlots::ConcessionalLoan(slots) => question(&concessional_loan::of(model, slots, p)),
        SourceKindSlots::HouseholdCharge(slots) => question(&HouseholdCharge::of(slots, p)),
        SourceKindSlots::InKind(slots) => question(&InKind::of(model, slots, p)),
        SourceKindSlots::CommercialLoan(slots) => question(&commercial_loan::of(model, slots, p)),
        SourceKindSlots::Bond(slots) => question(&bond::of(model, slots, p)),
        SourceKindSlots::Partnership(slots) => question(&Partnership::of(model, slots, p)),
        SourceKindSlots::ResultsBased(slots) => question(&ResultsBased::of(model, slots, p)),
        SourceKindSlots::Refinancing(slots) => question(&Refinancing::of(model, slots, p)),
        SourceKindSlots::Debt2Ed(slots) => question(&Debt2Ed::of(model, slots, p)),
        SourceKindSlots::Cancellation(slots) => question(&Cancellation::of(model, slots, p)),
        SourceKindSlots::GuaranteedLoan(slots) => question(&guaranteed_loan::of(model, slots, p)),
        SourceKindSlots::InternationalFund(slots) => question(&InternationalFund::of(model, slots, p)),
        SourceKindSlots::PayingHub(slots) => question(&PayingHub::of(slots, p)),
    }
}

/// How much of a source's money reaches needs.
fn rates(model: &Model, p: &[f64], source: SourceId, in_full: bool) -> Rates {
    let Some(index) = source.place() else {
        return Rates::WHOLE;
    };
    let (rules, slots) = (&model.slots.funding, &model.slots.funding.sources[index]);
    let number = |slot| Model::number(p, slot);
    if in_full {
        return Rates {
            overhead: number(slots.overhead),
            ..Rates::WHOLE
        };
    }
    let [keeping, first, second, third, later] = [
        rules.keeping_absorption,
        rules.absorption_first,
        rules.absorption_second,
        rules.absorption_third,
        rules.absorption_later,
    ]
    .map(|rule| number(slots.absorption.unwrap_or(rule)));
    Rates {
        keeping,
        expansion: [first, second, third, later],
        unmanaged: number(rules.unmanaged),
        overhead: number(slots.overhead),
    }
}

/// Last year in which the money of a source may be used, if one is stated.
pub(crate) fn until(model: &Model, p: &[f64], source: SourceId) -> Option<usize> {
    let slot = model.slots.funding.sources[source.place()?].until?;
    Some(whole(Model::number(p, slot) - f64::from(model.scenario.base_year)))
}

/// A number of years.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(years: f64) -> usize {
    years.round().max(0.0) as usize
}

/// Sources that ask for a counterpart, with the position of both; the existing budget stands first.
fn bundles(model: &Model) -> Vec<Bundle> {
    let sources = &model.scenario.funding.sources;
    let all = sources.len() + 1;
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
        // What can only keep is matched by what can only keep.
        .flat_map(|bundle| {
            let keeping = Bundle {
                source: bundle.source + all,
                counterpart: bundle.counterpart + all,
                ..bundle
            };
            [bundle, keeping]
        })
        .collect()
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
            ConstantUsd(1e6 + 1e7 * before.reached / before.learners + 1e7 * before.learning)
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
