//! Sources of money year by year (6.1): what is available, carried in, spent, and what becomes of the rest.

use super::allocation::{Allocation, Class, NOTHING};
use super::component::Funded;
use super::debt;
use super::matching::Bundle;
use super::tables::{Model, lapses, pays};
use super::workspace::Needs;
use super::{CELLS, cell};
use crate::scenario::check::{self, released};
use crate::scenario::{Component, Need, SourceKind};

/// Name of the source that keeps up what stands.
pub const EXISTING: &str = "existing budget";

/// Largest number of sources, the existing budget included.
pub const MOST_SOURCES: usize = check::MOST_SOURCES + 1;

/// One source in one year, constant US$.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SourceYear {
    /// Newly available.
    pub available: f64,
    /// Left over from last year.
    pub carried_in: f64,
    /// Spent on needs.
    pub spent: f64,
    /// Its own administration.
    pub overhead: f64,
    /// Given back.
    pub returned: f64,
    /// Gone at the end of the year.
    pub lapsed: f64,
    /// Left over for next year.
    pub carried_out: f64,
}

/// Debt of one loan in one year, nominal US$.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DebtYear {
    /// Paid out by the lender.
    pub disbursed: f64,
    /// Principal repaid.
    pub principal: f64,
    /// Interest paid.
    pub interest: f64,
    /// Fees paid.
    pub fees: f64,
    /// Owed at the end of the year.
    pub outstanding: f64,
}

/// All sources over all years. Source 0 is the existing budget.
#[derive(Clone, Debug)]
pub struct Money {
    /// Number of sources, the existing budget included.
    pub sources: usize,
    years: usize,
    places: usize,
    /// `[t][source]`.
    pub book: Vec<SourceYear>,
    /// `[t][source]`.
    pub debt: Vec<DebtYear>,
    /// What each source spent on each cell in each place `[t][cell][place][source]`.
    pub spent_on: Vec<f64>,
    /// Nominal US$ for one constant US$ of the price year, by year.
    pub deflator: Vec<f64>,
    /// Gross domestic product by year, constant US$.
    pub gdp: Vec<f64>,
    cost: Vec<f64>,
    capacity: Vec<f64>,
    classes: Vec<Class>,
    eligible: Vec<u32>,
    allocation: Allocation,
    bundles: Vec<Bundle>,
}

impl Money {
    /// Room for a model's sources.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let sources = (model.scenario.funding.sources.len() + 1).min(MOST_SOURCES);
        let places = model.places.len();
        let mut eligible = vec![0; CELLS * places];
        for component in Component::ALL {
            for need in Need::ALL {
                for place in 0..places {
                    let mut bits = 0;
                    // The existing budget keeps up and renews what stands; it adds nothing and manages no plan.
                    if *need != Need::Expansion && *component != Component::Management {
                        bits |= 1;
                    }
                    for (index, source) in model.scenario.funding.sources.iter().enumerate().take(sources - 1) {
                        if pays(source, *component, *need) && model.pays_place[index][place] {
                            bits |= 1 << (index + 1);
                        }
                    }
                    eligible[cell(*component, *need) * places + place] = bits;
                }
            }
        }
        Self {
            sources,
            years: model.years,
            places,
            book: vec![SourceYear::default(); model.years * sources],
            debt: vec![DebtYear::default(); model.years * sources],
            spent_on: vec![0.0; model.years * CELLS * places * sources],
            deflator: vec![1.0; model.years],
            gdp: vec![0.0; model.years],
            cost: vec![0.0; sources],
            capacity: vec![0.0; sources],
            classes: vec![Class::default(); CELLS * places],
            eligible,
            allocation: Allocation::new(CELLS * places, sources),
            bundles: bundles(model),
        }
    }

    /// A source in a year.
    #[must_use]
    pub fn of(&self, t: usize, source: usize) -> &SourceYear {
        &self.book[t * self.sources + source]
    }

    /// What a source spent on a cell in a place.
    #[must_use]
    pub fn on(&self, t: usize, at: usize, place: usize, source: usize) -> f64 {
        self.spent_on[((t * CELLS + at) * self.places + place) * self.sources + source]
    }

    /// Whether what a source gives, pays and owes in a year are numbers.
    pub(super) fn is_finite_in(&self, t: usize, source: usize) -> bool {
        let (book, debt) = (self.of(t, source), &self.debt[t * self.sources + source]);
        let amounts = [
            book.available,
            book.carried_in,
            book.spent,
            book.overhead,
            book.returned,
            book.lapsed,
            book.carried_out,
            debt.disbursed,
            debt.principal,
            debt.interest,
            debt.fees,
            debt.outstanding,
            self.deflator[t],
            self.gdp[t],
        ];
        amounts.iter().all(|amount| amount.is_finite())
    }

    /// Sets what each source makes available; `envelope` is what the twin needs for upkeep and renewal, by year.
    pub fn open(&mut self, model: &Model, p: &[f64], envelope: &[f64]) {
        let economy = &model.slots.country.economy;
        let number = |slot| Model::number(p, slot);
        let (base, price_year) = (model.scenario.base_year, model.scenario.price_year);
        self.book.fill(SourceYear::default());
        self.debt.fill(DebtYear::default());
        self.spent_on.fill(0.0);
        let kept = number(model.slots.funding.existing);
        // From the price year to the base year the rates of the base year hold.
        let mut deflator = libm::pow(
            1.0 + Model::at(p, economy.us_inflation, 0),
            f64::from(base - price_year),
        );
        let mut gdp =
            number(economy.gdp) * libm::pow(1.0 + Model::at(p, economy.gdp_growth, 0), f64::from(base - price_year));
        for t in 0..self.years {
            if t > 0 {
                deflator *= 1.0 + Model::at(p, economy.us_inflation, t);
                gdp *= 1.0 + Model::at(p, economy.gdp_growth, t);
            }
            self.deflator[t] = deflator;
            self.gdp[t] = gdp;
            self.book[t * self.sources].available = kept * envelope.get(t).copied().unwrap_or(0.0);
        }
        self.cost[0] = -1.0;
        for (index, source) in model.scenario.funding.sources.iter().enumerate().take(self.sources - 1) {
            let slots = &model.slots.funding.sources[index];
            let grant_element = match source.kind {
                SourceKind::Grant => 1.0,
                SourceKind::ConcessionalLoan => debt::Terms::of(slots, p).grant_element(0.05),
                SourceKind::DomesticBudget | SourceKind::UniversalServiceLevy => 0.0,
            };
            if let (Some(bundle), Some(ratio)) = (
                self.bundles.iter_mut().find(|bundle| bundle.source == index + 1),
                slots.matching,
            ) {
                bundle.ratio = number(ratio);
            }
            self.cost[index + 1] = (1.0 - grant_element) / (1.0 - number(slots.overhead));
            for t in 1..self.years {
                let year = model.calendar(t);
                let available = match source.kind {
                    SourceKind::DomesticBudget => match (slots.amount, slots.share_of_education) {
                        (Some(amount), _) => Model::at(p, amount, t),
                        (None, Some(share)) => {
                            Model::at(p, share, t) * number(economy.education_spending) * self.gdp[t]
                        }
                        (None, None) => 0.0,
                    },
                    SourceKind::UniversalServiceLevy => {
                        number(slots.rate)
                            * number(economy.telecom_revenue)
                            * self.gdp[t]
                            * number(slots.education_share)
                            * number(slots.disbursement)
                    }
                    SourceKind::Grant | SourceKind::ConcessionalLoan => {
                        let commitment = slots.commitment.map_or(0.0, number);
                        commitment * source.release.as_ref().map_or(0.0, |release| released(release, year))
                            / self.deflator[t]
                    }
                };
                self.book[t * self.sources + index + 1].available = available;
            }
        }
    }

    /// Funds the needs of a year: fills `funded` and the books.
    pub fn allocate(&mut self, model: &Model, p: &[f64], needs: &Needs<'_>, funded: &mut Funded) {
        let t = needs.t;
        let sources = self.sources;
        for s in 0..sources {
            if t > 0 && s > 0 {
                let before = self.book[(t - 1) * sources + s].carried_out;
                let kind = model.scenario.funding.sources[s - 1].kind;
                let nominal = matches!(kind, SourceKind::Grant | SourceKind::ConcessionalLoan);
                let worth = if nominal {
                    self.deflator[t - 1] / self.deflator[t]
                } else {
                    1.0
                };
                self.book[t * sources + s].carried_in = before * worth;
            }
            let book = &self.book[t * sources + s];
            let (absorbed, overhead) = Self::terms(model, p, s);
            self.capacity[s] = (book.available + book.carried_in) * absorbed * (1.0 - overhead);
        }
        for (order, (component, need)) in model.priority.iter().enumerate() {
            let at = cell(*component, *need);
            let first = order * self.places;
            for place in 0..self.places {
                self.classes[first + place] = Class {
                    need: 0.0,
                    eligible: self.eligible[at * self.places + place],
                };
            }
            if self.places == 1 {
                self.classes[first].need = needs.total(at);
            } else {
                for (need, place) in needs.each(at).zip(&model.place_of) {
                    self.classes[first + usize::from(*place)].need += need;
                }
            }
        }
        self.allocation
            .solve(&self.classes, &self.capacity, &self.cost, &self.bundles);
        for (order, (component, need)) in model.priority.iter().enumerate() {
            let at = cell(*component, *need);
            for place in 0..self.places {
                let class = order * self.places + place;
                for s in 0..sources {
                    let given = self.allocation.given[class * sources + s];
                    self.spent_on[((t * CELLS + at) * self.places + place) * sources + s] = given;
                    self.book[t * sources + s].spent += given;
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
                if self.places == 1 && (model.serving.is_empty() || share <= 0.0 || share >= 1.0) {
                    funded.uniform[at] = share;
                } else {
                    let place = (self.places > 1).then_some(place);
                    let order = Serving { needs, at, place };
                    order.give(model, share * need, share, funded.each(at));
                }
            }
        }
        for s in 0..sources {
            let (_, overhead) = Self::terms(model, p, s);
            let last = t + 1 == self.years;
            let book = &mut self.book[t * sources + s];
            book.overhead = book.spent * overhead / (1.0 - overhead);
            let left = (book.available + book.carried_in - book.spent - book.overhead).max(0.0);
            let lapsing = s == 0 || lapses(model.scenario.funding.sources[s - 1].kind);
            if lapsing {
                book.lapsed = left;
            } else if last {
                book.returned = left;
            } else {
                book.carried_out = left;
            }
        }
    }

    fn terms(model: &Model, p: &[f64], source: usize) -> (f64, f64) {
        if source == 0 {
            return (1.0, 0.0);
        }
        let slots = &model.slots.funding.sources[source - 1];
        (Model::number(p, slots.absorption), Model::number(p, slots.overhead))
    }
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
    at: usize,
    place: Option<usize>,
}

impl Serving<'_> {
    /// Gives an amount to groups (2.9): in serving order until it is used up, or the same share to all.
    fn give(&self, model: &Model, amount: f64, share: f64, shares: &mut [f64]) {
        let here = |g: usize| self.place.is_none_or(|place| usize::from(model.place_of[g]) == place);
        if model.serving.is_empty() {
            for (g, out) in shares.iter_mut().enumerate() {
                if here(g) {
                    *out = share;
                }
            }
            return;
        }
        let mut left = amount;
        for g in model.serving.iter().map(|g| *g as usize).filter(|g| here(*g)) {
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
