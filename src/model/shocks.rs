//! Shocks (7.1): schools that are closed, who goes on learning, what is lost, prices that jump. The plan and its twin live
//! through the same.
//!
//! `A_m · (1 - c (1 - continuity))` with `c = closed · months / 9` the part of a group's school year that is closed.

use super::lanes::{LANES, Lanes, ONE, ZERO};
use super::tables::Model;
use crate::scenario::markets::Market;
use crate::scenario::parameters::NumberSlot;
use crate::scenario::shocks::{ClosureSlots, LostSlots, SCHOOL_MONTHS, ShockKindSlots};
use crate::scenario::{Group, Scenario};

/// What of the shocks of a scenario no number changes: when schools close, and where.
#[derive(Clone, Debug, Default)]
pub(crate) struct Closures(Vec<Closure>);

#[derive(Clone, Debug)]
struct Closure {
    /// Its place in the list of shocks.
    place: usize,
    /// Years since the base year.
    t: usize,
    /// 1 for each group that lies where it strikes, by four.
    here: Vec<Lanes>,
}

impl Closures {
    /// Of groups as they stand in fours. What strikes in no year with money strikes nobody.
    pub(super) fn of(scenario: &Scenario, groups: &[&Group]) -> Self {
        let closures = scenario.shocks.iter().enumerate().filter_map(|(place, shock)| {
            let terms = shock.kind.closure()?;
            let t = usize::try_from(shock.year - scenario.base_year).ok()?;
            let lies = |at: usize| f64::from(u8::from(terms.strikes(&groups[at].region)));
            let here = (0..groups.len())
                .step_by(LANES)
                .map(|at| Lanes::from_arr([lies(at), lies(at + 1), lies(at + 2), lies(at + 3)]));
            (1..scenario.years()).contains(&t).then(|| Closure {
                place,
                t,
                here: here.collect(),
            })
        });
        Self(closures.collect())
    }

    /// Whether schools close in any year.
    pub(crate) fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether schools close in a year.
    pub(crate) fn strike(&self, t: usize) -> bool {
        self.0.iter().any(|closure| closure.t == t)
    }

    /// Part of four groups that each closure of a year leaves, all together: what is struck twice is struck by one after the
    /// other.
    fn left(&self, model: &Model, t: usize, four: usize, struck: impl Fn(&ClosureSlots) -> f64) -> Lanes {
        let mut left = ONE;
        for closure in self.0.iter().filter(|closure| closure.t == t) {
            if let Some(slots) = model.slots.shocks[closure.place].kind.closure() {
                left *= ONE - closure.here[four] * struck(slots);
            }
        }
        left
    }
}

/// Four groups in a year in which schools close.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closed {
    /// Share of schools that are closed for some time.
    pub(crate) schools: Lanes,
    /// Part of the school year that is closed.
    pub(crate) year: Lanes,
}

impl Closed {
    /// No school is closed.
    const NOTHING: Self = Self {
        schools: ZERO,
        year: ZERO,
    };

    /// From the parameters.
    pub(crate) fn of(model: &Model, p: &[f64], t: usize, four: usize) -> Self {
        if !model.closures.strike(t) {
            return Self::NOTHING;
        }
        let number = |slot| Model::number(p, slot);
        let left = |struck: &dyn Fn(&ClosureSlots) -> f64| ONE - model.closures.left(model, t, four, struck);
        Self {
            schools: left(&|slots| number(slots.closed)),
            year: left(&|slots| number(slots.closed) * number(slots.months) / SCHOOL_MONTHS),
        }
    }
}

/// Share of what stands of a component in four groups that a year's closures take; `of` says which losses are its own.
pub(crate) fn lost(model: &Model, p: &[f64], t: usize, four: usize, of: fn(&LostSlots) -> NumberSlot) -> Lanes {
    let number = |slot| Model::number(p, slot);
    let struck = |slots: &ClosureSlots| number(slots.closed) * number(of(&slots.lost));
    ONE - model.closures.left(model, t, four, struck)
}

/// Shares of schools with power, with a link and with devices that lose them to a year's closures; none where no school closes.
pub(crate) fn struck(model: &Model, p: &[f64], t: usize, four: usize) -> Option<[Lanes; 3]> {
    let of: [fn(&LostSlots) -> NumberSlot; 3] = [|lost| lost.power, |lost| lost.links, |lost| lost.devices];
    let closes = model.closures.strike(t);
    closes.then(|| of.map(|of| lost(model, p, t, four, of)))
}

/// How many times as dear as before falls of the currency up to a year have made what is imported, beside what is paid for at
/// home.
pub(crate) fn fall(model: &Model, p: &[f64], t: usize) -> f64 {
    jumps(model, p, t, |kind| match kind {
        ShockKindSlots::CurrencyFall(slots) => Some(slots.jump),
        _ => None,
    })
}

/// What shocks up to a year have made of the prices of a market.
pub(crate) fn jump(model: &Model, p: &[f64], t: usize, market: Market) -> f64 {
    jumps(model, p, t, |kind| match kind {
        ShockKindSlots::CurrencyFall(slots) if market.is_imported() => Some(slots.jump),
        ShockKindSlots::PriceJump(slots) if slots.market == market => Some(slots.jump),
        _ => None,
    })
}

/// The product of some jumps up to a year.
fn jumps(model: &Model, p: &[f64], t: usize, of: impl Fn(&ShockKindSlots) -> Option<NumberSlot>) -> f64 {
    let years = model.scenario.base_year + 1..=model.calendar(t);
    let shocks = model.scenario.shocks.iter().zip(&model.slots.shocks);
    shocks
        .filter(|(shock, _)| years.contains(&shock.year))
        .filter_map(|(_, slots)| of(&slots.kind))
        .fold(1.0, |jump, by| jump * (1.0 + Model::number(p, by)))
}
