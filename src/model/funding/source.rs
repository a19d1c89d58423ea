//! What all sources have in common: the question put to a mechanism, whom a source may pay, and how its year is booked.

use super::debt::{DebtYear, Repayment, UNIFIED_RATE, dac};
use super::outlook::Outlook;
use crate::scenario::check::nearly_whole;
use crate::scenario::funding::Creditor;
use crate::scenario::{Component, Nature, Need, Source};
use crate::units::{ConstantUsd, NominalUsd};

/// How a source comes by its money and what it asks for later. Amounts that reach needs, overhead, eligibility and what
/// is left over are the same for all and stand here.
pub trait Mechanism {
    /// What it makes available in year `t`, given what has been up to the year before.
    fn offer(&self, t: usize, past: &Past<'_>) -> ConstantUsd;

    /// What of its offer in year `t` runs what stands: it may keep, and adds nothing.
    fn runs(&self, _t: usize, _past: &Past<'_>) -> ConstantUsd {
        ConstantUsd::default()
    }

    /// What becomes of what is not spent.
    fn unspent(&self) -> Unspent;

    /// Whether it pays a need of a component at all, or its management; what a plan lets a source pay comes on top.
    fn pays(&self, _component: Component, _need: Need, _managing: bool) -> bool {
        true
    }

    /// What is paid for it in year `t`, given what has been drawn up to this year; all of it in the source's own money.
    fn owes(&self, _t: usize, _past: &Past<'_>) -> DebtYear {
        DebtYear::default()
    }

    /// Whether anything is ever paid for it.
    fn owes_at_all(&self) -> bool {
        false
    }

    /// Whether all of it can be spent in its year, whatever the rules of execution say.
    fn is_spent_in_full(&self) -> bool {
        false
    }

    /// On which terms it is repaid, if it is.
    fn repayment(&self) -> Option<&Repayment> {
        None
    }

    /// What a donor has promised, if one has, in its own money.
    fn commitment(&self) -> Option<&Commitment<'_>> {
        None
    }

    /// Who lends, where it may be aid.
    fn creditor(&self) -> Option<Creditor> {
        None
    }

    /// What of a donor's promise is a gift, of what is released up to the horizon or its last year before it, in the source's own money. `group` is
    /// the rate of the country's group by income. Of what markets lend it is not told.
    fn grant_equivalent(&self, group: f64, until: usize) -> Option<NominalUsd> {
        let gift = match self.creditor() {
            Some(creditor) => self.grant_element(dac(creditor, group)[0])?,
            None if self.repayment().is_some() => return None,
            None => self.grant_element(UNIFIED_RATE)?,
        };
        Some(self.commitment()?.released_up_to(until) * gift)
    }

    /// Present value of what is paid for each unit of a promise, running included, at a rate of discount.
    fn present_value(&self, discount: f64) -> Option<f64> {
        Some(1.0 - self.grant_element(discount)?)
    }

    /// Part of a donor's money that is a gift, at a rate of discount; none for money of the country's own.
    fn grant_element(&self, _discount: f64) -> Option<f64> {
        None
    }
}

/// Position of a source among all; the existing budget stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceId(pub(super) usize);

impl SourceId {
    /// What keeps up what stands; it is in no list.
    pub const EXISTING: Self = Self(0);

    /// The source at a position of the scenario's list.
    #[must_use]
    pub const fn listed(index: usize) -> Self {
        Self(index + 1)
    }

    /// Position in the scenario's list; none for the existing budget.
    #[must_use]
    pub const fn place(self) -> Option<usize> {
        self.0.checked_sub(1)
    }
}

/// What has come of the plan in a year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Learners of all levels.
    pub learners: f64,
    /// Learners reached.
    pub reached: f64,
    /// Learning gain of the mean learner, standard deviations.
    pub learning: f64,
    /// Schools with a link in service.
    pub online: f64,
}

/// What a mechanism may know when it is asked.
#[derive(Clone, Copy)]
pub struct Past<'a> {
    /// Calendar year of the base year.
    pub base_year: i32,
    /// Prices and the economy.
    pub outlook: &'a Outlook,
    /// What the twin needs for upkeep and renewal by year, constant US$.
    pub envelope: &'a [f64],
    /// Units of the source's own money for one constant US$, by year.
    pub units: &'a [f64],
    /// What one unit that is stated in prices of the price year is in constant US$, by year.
    pub stated: &'a [f64],
    /// Learners of all levels by year.
    pub learners: &'a [f64],
    /// Books of all sources `[t][source]`, written up to the last year, or to this one where it is asked what is owed.
    pub book: &'a [SourceYear],
    /// Debt of all sources `[t][source]`, written up to the last year.
    pub debt: &'a [DebtYear],
    /// What has come of the plan by year, up to the last one.
    pub outcomes: &'a [Outcome],
    /// Number of sources.
    pub sources: usize,
    /// The source that is asked.
    pub source: SourceId,
    /// Last year in which it gives anything.
    pub until: usize,
}

impl Past<'_> {
    /// What the source has paid out in a year, its overhead included, in its own money of that year; nothing after the last year
    /// of the run.
    #[must_use]
    pub fn drawn(&self, t: usize) -> NominalUsd {
        let book = self.book.get(t * self.sources + self.source.0);
        book.map_or_else(NominalUsd::default, |book| {
            NominalUsd((book.spent + book.overhead).0 * self.units[t])
        })
    }

    /// What of that ran what stood, and was offered for it.
    #[must_use]
    pub fn ran(&self, t: usize) -> NominalUsd {
        let book = self.book.get(t * self.sources + self.source.0);
        book.map_or_else(NominalUsd::default, |book| NominalUsd(book.ran.0 * self.units[t]))
    }

    /// What an amount in the source's own money of a year is in constant US$.
    #[must_use]
    pub fn constant(&self, t: usize, amount: NominalUsd) -> ConstantUsd {
        ConstantUsd(amount.0 / self.units[t])
    }

    /// What an amount that is stated for each year in prices of the price year, in the source's own money, is in a year.
    #[must_use]
    pub fn stated(&self, t: usize, amount: f64) -> ConstantUsd {
        ConstantUsd(amount * self.stated[t])
    }

    /// Number of years, the base year included.
    #[must_use]
    pub fn years(&self) -> usize {
        self.learners.len()
    }

    /// Calendar year.
    #[must_use]
    pub fn calendar(&self, t: usize) -> i32 {
        self.base_year + i32::try_from(t).unwrap_or(i32::MAX - self.base_year)
    }

    /// Debt of each source in a year.
    #[must_use]
    pub fn debt_of_all(&self, t: usize) -> &[DebtYear] {
        &self.debt[t * self.sources..(t + 1) * self.sources]
    }
}

/// What becomes of money that is not spent within its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unspent {
    /// It is gone.
    Lapses,
    /// It is carried over and keeps what it buys.
    KeepsWorth,
    /// It is carried over as an amount of the source's own money, which buys less each year.
    KeepsAmount,
    /// It was never taken: it is given back within the year.
    IsDeclined,
}

impl Unspent {
    /// Whether it is still there in the next year.
    #[must_use]
    pub const fn is_kept(self) -> bool {
        matches!(self, Self::KeepsWorth | Self::KeepsAmount)
    }
}

/// A promise, nominal and in the source's own money, released over the years.
#[derive(Clone, Copy, Debug)]
pub struct Commitment<'a> {
    /// In all.
    pub face: NominalUsd,
    /// Share that is to be released in each year.
    pub release: &'a [f64],
    /// Years by which it comes later.
    pub lag: f64,
}

impl<'a> Commitment<'a> {
    /// A promise that is kept in time.
    #[must_use]
    pub fn new(face: f64, release: &'a [f64]) -> Self {
        Self {
            face: NominalUsd(face),
            release,
            lag: 0.0,
        }
    }

    /// Share that is released in year `t`: a lag of a part of a year moves that part.
    pub(super) fn share(&self, t: usize) -> f64 {
        if self.lag == 0.0 {
            return self.release[t];
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let (whole, part) = (self.lag.floor() as usize, self.lag.fract());
        let of = |back: usize| {
            t.checked_sub(back)
                .filter(|year| *year > 0)
                .map_or(0.0, |year| self.release[year])
        };
        (1.0 - part) * of(whole) + part * of(whole + 1)
    }

    /// Released in year `t`.
    #[must_use]
    pub fn released(&self, t: usize, past: &Past<'_>) -> ConstantUsd {
        past.constant(t, self.face * self.share(t))
    }

    /// Whether year `t` is the first of its release.
    #[must_use]
    pub fn opens(&self, t: usize) -> bool {
        let released = |year: usize| self.share(year) > 0.0;
        released(t) && !(1..t).any(released)
    }

    /// Released up to a year or the horizon: what is never released is never given.
    #[must_use]
    pub(crate) fn released_up_to(&self, until: usize) -> NominalUsd {
        let years = 1..self.release.len().min(until.saturating_add(1));
        self.face * nearly_whole(years.map(|t| self.share(t)).sum())
    }
}

/// One source in one year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SourceYear {
    /// Newly available.
    pub available: ConstantUsd,
    /// Left over from last year.
    pub carried_in: ConstantUsd,
    /// Spent on needs.
    pub spent: ConstantUsd,
    /// Its own administration.
    pub overhead: ConstantUsd,
    /// Given back.
    pub returned: ConstantUsd,
    /// Gone at the end of the year.
    pub lapsed: ConstantUsd,
    /// Left over for next year.
    pub carried_out: ConstantUsd,
    /// Of what was spent, what kept what stands.
    pub(super) kept: ConstantUsd,
    /// Of what there is, what runs what stands and adds nothing.
    pub(super) running: ConstantUsd,
    /// What of that was spent, overhead included.
    pub(super) ran: ConstantUsd,
}

impl SourceYear {
    /// Opens the year: what is newly available, and what is left of last year. `units` of the source's own money are one constant US$.
    pub(super) fn open(
        &mut self,
        [available, runs]: [ConstantUsd; 2],
        before: &Self,
        unspent: Unspent,
        (t, units): (usize, &[f64]),
    ) {
        let carried = |amount: ConstantUsd| match unspent {
            Unspent::KeepsAmount => ConstantUsd(amount.0 * units[t - 1] / units[t]),
            Unspent::KeepsWorth | Unspent::Lapses | Unspent::IsDeclined => amount,
        };
        *self = Self {
            available,
            carried_in: carried(before.carried_out),
            running: runs + carried(before.running - before.ran),
            ..Self::default()
        };
    }

    /// What of it can reach needs: expansion as well, and keeping alone. `year` counts from the source's first release,
    /// `managed` is the part of management that was paid in the year before, `runs` what of the release runs what stands.
    pub(super) fn capacity(&self, rates: &Rates, year: usize, managed: f64, runs: ConstantUsd) -> [ConstantUsd; 2] {
        let can = 1.0 - rates.unmanaged * (1.0 - managed);
        // Where all of it runs what stands, rounding may leave less than nothing.
        let [adds, keeps] = rates.of_release((self.available - runs).0.max(0.0), year);
        let ran_less = self.running - runs;
        let carried = (self.carried_in - ran_less).0.max(0.0) * (1.0 - rates.overhead);
        let running = (runs.0 * rates.keeping + ran_less.0) * (1.0 - rates.overhead);
        [
            ConstantUsd((carried + adds) * can),
            ConstantUsd((keeps + running) * can),
        ]
    }

    /// Closes the year: overhead on what was spent, and what becomes of the rest.
    pub(super) fn close(&mut self, rates: &Rates, unspent: Unspent, last: bool) {
        self.overhead = self.spent * (rates.overhead / (1.0 - rates.overhead));
        self.ran = ConstantUsd(self.running.0.min(self.kept.0 / (1.0 - rates.overhead)));
        let left = self.available + self.carried_in - self.spent - self.overhead;
        let left = ConstantUsd(left.0.max(0.0));
        match unspent {
            Unspent::Lapses => self.lapsed = left,
            Unspent::IsDeclined => self.returned = left,
            _ if last => self.returned = left,
            _ => self.carried_out = left,
        }
    }
}

/// How much of a source's money reaches needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rates {
    /// Share of what is newly available that can be spent within its year on keeping what stands.
    pub keeping: f64,
    /// The same on expansion, by year from the first release; the last holds on.
    pub expansion: [f64; 4],
    /// What cannot be spent where no management was paid in the year before.
    pub unmanaged: f64,
    /// Share of its money that does not reach needs.
    pub overhead: f64,
}

impl Rates {
    /// What of a release can reach needs within its year: expansion as well, and keeping alone. `year` counts from the
    /// source's first release.
    pub(super) fn of_release(&self, amount: f64, year: usize) -> [f64; 2] {
        let adds = self.expansion[year.min(self.expansion.len() - 1)].min(self.keeping);
        [adds, self.keeping - adds].map(|share| amount * share * (1.0 - self.overhead))
    }

    /// All of it.
    pub(crate) const WHOLE: Self = Self {
        keeping: 1.0,
        expansion: [1.0; 4],
        unmanaged: 0.0,
        overhead: 0.0,
    };
}

/// A class of needs that the same sources may pay.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Class {
    /// Amount needed, constant US$.
    pub need: f64,
    /// Bit s is set when source s may pay.
    pub eligible: u64,
}

/// What a source may pay, apart from place: component, and the nature and kind of the need.
pub(super) fn may_pay(source: &Source, component: Component, need: Need, nature: Nature) -> bool {
    (source.components.is_empty() || source.components.contains(&component))
        && (source.natures.is_empty() || source.natures.contains(&nature))
        && (source.needs.is_empty() || source.needs.contains(&need))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 0.3 are carried over, all for running, of which 0.1 and 0.2 add up to a hair more.
    #[test]
    fn there_is_never_less_than_nothing_to_spend() {
        let year = SourceYear {
            available: ConstantUsd(0.1),
            carried_in: ConstantUsd(0.3),
            running: ConstantUsd(0.1 + 0.1 + 0.2 + 1e-16),
            ..SourceYear::default()
        };
        let [adds, keeps] = year.capacity(&Rates::WHOLE, 0, 1.0, ConstantUsd(0.1));
        assert!((year.carried_in - (year.running - ConstantUsd(0.1))).0 < 0.0);
        assert!(adds.0 >= 0.0 && (keeps.0 - 0.4).abs() < 1e-12, "{adds:?} {keeps:?}");
    }
}
