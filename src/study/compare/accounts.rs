//! One plan under several packages: who bears what, for which purpose, what is left to pay, and who gains.
//!
//! Mechanisms are put together by who bears them in the end: what is borrowed is borne by later taxpayers.

use super::position;
use crate::model::funding::source::SourceId;
use crate::model::{Bin, Cell, OfPersons, Trajectory, stat};
use crate::scenario::funding::Bearer;
use crate::scenario::measure::{Measure, Scope};
use crate::scenario::person::{Person, Wealth};
use crate::scenario::plan::Purpose;
use crate::scenario::{Component, Need, SourceKind};

/// What all services take for one purpose over the common years, constant US$.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Use {
    /// What each pays, in the order of [`Bearer::ALL`].
    pub paid: [f64; Bearer::ALL.len()],
    /// What it takes when all is paid for.
    pub needed: f64,
}

impl Use {
    /// What nobody pays; below nothing where work that was put off is caught up on.
    #[must_use]
    pub fn unpaid(&self) -> f64 {
        self.needed - self.paid.iter().sum::<f64>()
    }
}

/// One run over the common years: who pays, and who gains. Money in constant US$.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// By common year what each pays, in the order of [`Bearer::ALL`].
    pub paid: Vec<[f64; Bearer::ALL.len()]>,
    /// By common year what nobody pays.
    pub unpaid: Vec<f64>,
    /// By common year principal, interest and fees.
    pub service: Vec<f64>,
    /// The same after the last common year, year by year to the last payment.
    pub service_after: Vec<f64>,
    /// What sources keep for their administration, let lapse or give back.
    pub lost: f64,
    /// For what it is paid, in the order of [`Purpose::ALL`].
    pub uses: [Use; Purpose::ALL.len()],
    /// Schools with power, internet and working devices in the last common year.
    pub lit: f64,
    /// Schools that had them and have them no more in that year.
    pub dark: f64,
    /// First dark year up to the last common one.
    pub first_dark: Option<i32>,
    /// Learner-years reached.
    pub learner_years: f64,
    /// Share of the learners of the poorest two fifths who are reached in the last common year.
    pub poorest: Option<f64>,
    /// Share of learners reached in the last common year in each region of a country of several.
    pub regions: Vec<(String, f64)>,
}

impl Account {
    /// What a bearer pays in all common years.
    #[must_use]
    pub fn of(&self, bearer: Bearer) -> f64 {
        self.paid.iter().map(|year| year[bearer as usize]).sum()
    }

    /// What all services take when all is paid for.
    #[must_use]
    pub fn needed(&self) -> f64 {
        self.uses.iter().map(|part| part.needed).sum()
    }

    /// Money of others for each dollar that treasury and households of today pay; none where these pay nothing.
    #[must_use]
    pub fn leverage(&self) -> Option<f64> {
        let own = self.of(Bearer::Treasury) + self.of(Bearer::Households);
        let others = self.of(Bearer::Donors) + self.of(Bearer::Partner) + self.of(Bearer::Later);
        (own >= 1.0).then(|| others / own)
    }

    /// The account of a run over the years that all share.
    pub(super) fn of_run(run: &Trajectory, (from, to): (i32, i32)) -> Option<Self> {
        let (first, last) = (position(run, from)?, position(run, to)?);
        let (model, money, plan) = (&run.model, &run.run.money, &run.run.plan);
        let years = || first..=last;
        let bearer = |source: SourceId| {
            let kind = source.place().map(|place| &model.scenario.funding.sources[place].kind);
            kind.map_or(Bearer::Existing, SourceKind::bearer)
        };
        let mut paid = vec![[0.0; Bearer::ALL.len()]; last + 1 - first];
        let mut uses = [Use::default(); Purpose::ALL.len()];
        let mut lost = 0.0;
        for t in years() {
            for source in money.ids() {
                let book = money.of(t, source);
                paid[t - first][bearer(source) as usize] += book.spent.0;
                lost += (book.overhead + book.returned + book.lapsed).0;
            }
            for component in Component::ALL {
                let part = &mut uses[component.purpose() as usize];
                for need in Need::ALL {
                    let at = Cell::of(*component, *need);
                    part.needed += run.in_full().need(t, at);
                    for source in money.ids() {
                        let on = (0..model.places.len()).map(|place| money.on(t, at, place, source));
                        part.paid[bearer(source) as usize] += on.sum::<f64>();
                    }
                }
            }
        }
        let own = last + 1..model.years;
        let service_after = own.map(|t| money.debt_service(t).0);
        let poorest = |which: OfPersons| {
            let of = |fifth: &Wealth| plan.persons(last, Person::Wealth(*fifth), which, &|_| true);
            Wealth::ALL[..2].iter().map(of).sum::<f64>()
        };
        let share = |reached: f64, learners: f64| (learners >= 1.0).then(|| reached / learners);
        let mut names: Vec<&str> = Vec::new();
        for cut in &model.cuts {
            if !names.contains(&cut.region.as_str()) {
                names.push(&cut.region);
            }
        }
        let region = |name: &&str| {
            let here = |bin: Bin| model.cuts[bin.index()].region == *name;
            let of = |which: usize| plan.over(last, which, &here);
            Some(((*name).to_owned(), share(of(stat::REACHED), of(stat::LEARNERS))?))
        };
        let dark = run.lend().over(Measure::FirstDarkYear, Scope::ALL, 1..last + 1);
        #[allow(clippy::cast_possible_truncation)]
        let first_dark = dark.map(|year| year as i32);
        let all = |t: usize, which: usize| plan.over(t, which, &|_| true);
        Some(Self {
            paid,
            unpaid: years().map(|t| run.to_find_for_all(t)).collect(),
            service: years().map(|t| money.debt_service(t).0).collect(),
            service_after: service_after.chain(run.ahead().debt_service.iter().copied()).collect(),
            lost,
            uses,
            lit: all(last, stat::LIT),
            dark: all(last, stat::DARK),
            first_dark,
            learner_years: years().map(|t| all(t, stat::REACHED)).sum(),
            poorest: share(poorest(OfPersons::Reached), poorest(OfPersons::Learners)),
            regions: if names.len() > 1 {
                names.iter().filter_map(region).collect()
            } else {
                Vec::new()
            },
        })
    }
}
